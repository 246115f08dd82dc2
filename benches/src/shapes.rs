//! Texts that nobody writes and everybody can send: what could make a search go over the same words again and again.

use std::fmt::Write;

/// A kind of text that can have any length.
pub struct Shape {
    /// What it is, in a few words.
    pub name: &'static str,
    make: Make,
}

enum Make {
    /// The same over and over.
    Again(&'static [u8]),
    /// So much of the first, then as much of the second.
    Nested(&'static str, &'static str),
    /// The same over and over inside one pair of marks.
    Quoted(&'static str),
    /// Something new for each number.
    Numbered(fn(&mut String, usize)),
}

impl Shape {
    /// A text of about this many bytes.
    pub fn text(&self, bytes: usize) -> Vec<u8> {
        match self.make {
            Make::Again(unit) => unit.repeat(bytes.div_ceil(unit.len())),
            Make::Nested(open, close) => {
                let deep = bytes.div_ceil(open.len() + close.len());
                [open.repeat(deep), close.repeat(deep)].concat().into_bytes()
            }
            Make::Quoted(unit) => format!("“{}”", unit.repeat(bytes.div_ceil(unit.len()))).into_bytes(),
            Make::Numbered(write) => {
                let mut text = String::with_capacity(bytes + 256);
                for number in 0.. {
                    if text.len() >= bytes {
                        break;
                    }
                    write(&mut text, number);
                }
                text.into_bytes()
            }
        }
    }
}

const fn again(name: &'static str, unit: &'static str) -> Shape {
    Shape { name, make: Make::Again(unit.as_bytes()) }
}

const fn quoted(name: &'static str, unit: &'static str) -> Shape {
    Shape { name, make: Make::Quoted(unit) }
}

const fn numbered(name: &'static str, write: fn(&mut String, usize)) -> Shape {
    Shape { name, make: Make::Numbered(write) }
}

/// All of them.
pub const SHAPES: &[Shape] = &[
    again("an article over and over", include_str!("../../fixtures/ferry-pier.txt")),
    again("opening marks", "“"),
    again("closing marks", "”"),
    again("straight marks", "\""),
    again("apostrophes", "'"),
    again("single marks that open", "‘a "),
    again("marks of every kind", "“ ‘ \" ' « » „ ” ’ "),
    Shape { name: "nested marks", make: Make::Nested("“a ‘b ", " c’ d” ") },
    again("single marks among apostrophes", "the drivers’ ‘tea’ isn’t "),
    again("paragraphs that open a mark again", "“We wait for the ferry.\n\n"),
    again("quotations without a cue", "“Nobody should walk on it.” "),
    again("one tag in one sentence", "“Yes,” she said, "),
    again("one name", "Maria Lopez "),
    again("one name that speaks", "Maria Lopez said no. "),
    numbered("a new name in each sentence", |text, number| {
        let (given, family) = (word(2 * number), word(2 * number + 1));
        _ = write!(text, "{given} {family} said no. ");
    }),
    numbered("one surname, a new given name in each paragraph", |text, number| {
        _ = write!(text, "“No,” {} Lopez said. Lopez waited.\n\n", word(number));
    }),
    numbered("a new description in each paragraph", |text, number| {
        _ = write!(text, "“No,” the {} minister said. The minister left.\n\n", word(number));
    }),
    numbered("one given name, a new surname in each sentence", |text, number| {
        _ = write!(text, "Maria {} left. Maria said no. ", word(number));
    }),
    numbered("a new name in each headline", |text, number| {
        _ = write!(text, "{} Lopez\n\nIt rained.\n\n", word(number));
    }),
    numbered("given names that share a surname", |text, number| {
        _ = write!(text, "Tom and Maria {} said no. ", word(number));
    }),
    numbered("unions of a new trade in each sentence", |text, number| {
        let trade = word(number);
        _ = write!(text, "The {trade} Drivers’ Union said no. {trade} Port Union left. ");
    }),
    numbered("a new business in each sentence", |text, number| {
        _ = write!(text, "{} Corp said no. The company said yes. ", word(number));
    }),
    again(
        "whose minister it is",
        "Maria Lopez, the foreign minister, left. The country’s minister said no. ",
    ),
    again("answers of nobody with a name", "The minister said no.\nA: We wait.\n"),
    quoted(
        "one quotation of many that speak",
        "Maria Lopez met Tom Orr. She said no. He said that I told them. ",
    ),
    quoted("one quotation of numbers", "5, "),
    quoted("one quotation of names and ages", "Maria Lopez, Jr., 47, and "),
    quoted("one quotation of phrases", "the leader of the council, the mayor (a) "),
    quoted("one quotation without a stop", "we wait and I said "),
    numbered("capitals that go on", |text, number| {
        _ = write!(text, "{} ", word(number));
    }),
    again("initials", "A. B. C. "),
    again("one amount", "R1.1"),
    again("amounts and shares", "R1.1 (HTLY.L) "),
    again("called again by another word", "Ola Sund left. The striker said no. The 19-year-old said yes. "),
    again("two who speak as one", "Tom Reed and Ana Rell said no. They left. "),
    again("names in a list", "Tom Reed, Ana Rell, and Bo Ek, "),
    again("who is accused and speaks", "a man accused of theft said "),
    numbered("a wife of each name", |text, number| {
        _ = write!(text, "Tom Lopez left. His wife, {} Lopez, said no. Lopez said yes.\n\n", word(number));
    }),
    again("what is inserted", "Police said the man, a diver, "),
    again("words in clauses about words", "The bill, which Rell called “a joke,” will pass, adding: “No,” "),
    again("titles", "President Minister Dr. "),
    again("of and of", "the minister of the council of "),
    again("appositives", "the engineer, a diver, "),
    again("a role behind a role", "the harbour engineer "),
    again("pronouns", "she he they "),
    again("women, men and pronouns", "Mary Orr and Ann Roe met. She said she knew. He said he did.\n\n"),
    again("sources without a name", "A man said no. One official said yes. "),
    again("said", "said "),
    again("he said he said", "he said "),
    again("said that", "said that "),
    again("according to", "according to "),
    again("nouns that report", "the claim of the statement that "),
    again("and without end", "the pier and the ferry and "),
    again("commas", ","),
    again("commas and words", "so, and, but, "),
    again("stops", "."),
    again("questions", "? "),
    again("hyphens in one word", "sea-"),
    again("dashes", "— "),
    again("signatures", "“We wait.”\n— Maria Lopez\n\n"),
    again("questions and answers", "Q: Will it open?\nA: Nobody knows.\n"),
    again("labels", "LOPEZ: We wait.\n"),
    numbered("topics", |text, number| {
        _ = write!(text, "{}: Senate calls army chief\n\n", word(number));
    }),
    again("speakers in turn", "she said it was “safe”, but Tom Hale called it “a bathtub”, and "),
    Shape { name: "brackets in brackets", make: Make::Nested("(a ", ") ") },
    again("brackets that open", "("),
    again("what stands around an article", "[Read more] | Share | Photo: R. Stell\n"),
    again("menus without spaces", "WorldSportMoney"),
    again("letters quoted in letters", "> > On Monday Ada wrote:\n"),
    again("one word", "a"),
    again("one word in capitals", "A"),
    again("digits", "7"),
    again("numbers", "4,000.5 "),
    again("combining marks", "e\u{301}\u{323}"),
    again("faces and joiners", "👩\u{200d}👩\u{200d}👧🏽"),
    again("line ends", "\n"),
    again("spaces", " "),
    again("lines that wrap", "The goat, which had been missing since the Tuesday before, was found\n"),
    again("short lines", "No\n"),
    again("web addresses", "https://example.org/a?b=c&d=(e) www.example.org/"),
    again("handles", "@lopez #pier "),
    again("markup", "<b>said</b> &amp; "),
    Shape { name: "bytes that are no text", make: Make::Again(b"said \xed\xa0\x80\xff\xc3 \xf0\x9f\x92 ") },
];

/// A capitalised word that no other number has.
pub(crate) fn word(mut number: usize) -> String {
    let mut word = String::from("B");
    loop {
        word.push(char::from(b"aeiou"[number % 5]));
        number /= 5;
        word.push(char::from(b"dklmnprstv"[number % 10]));
        number /= 10;
        if number == 0 {
            return word;
        }
    }
}
