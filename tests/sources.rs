//! Who speaks, whatever is told of this person, whatever leads the sentence in and whichever verb reports: each pair of
//! these is tried with some of the third.

use std::sync::LazyLock;

use onrecord::{Extractor, Grammar, Record, Selection};
use pretty_assertions::assert_eq;

#[path = "common/bare.rs"]
mod bare;

static ENGLISH: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(Grammar::english()));

/// All of them are Rell.
const SOURCES: [&str; 43] = [
    "Rell",
    "Ann Rell",
    "Mr Rell",
    "Dr Ann Rell",
    "Justice Rell",
    "Alhaji Rell",
    "Mayor Ann Rell",
    "Tarn mayor Ann Rell",
    "Labour MP Ann Rell",
    "the Tarn MP Ann Rell",
    "the mayor, Ann Rell,",
    "Tarn’s mayor, Ann Rell,",
    "Ann Rell, the mayor,",
    "Ann Rell, 44,",
    "retired teacher Ann Rell, 71,",
    "Ann Rell of Tarn Council",
    "Ann Rell (Labour)",
    "Sen. Ann Rell (D-Ohio)",
    "Rep. Ann Rell, D-Ohio,",
    "the chairman of the Tarn Council, Mr Rell,",
    "a spokesman for the mill, Ann Rell,",
    "the company’s chief executive, Ann Rell,",
    "a tired but defiant Ann Rell",
    "an angry and visibly shaken Rell",
    "a second resident, Ann Rell,",
    "Rell herself",
    "lead author Ann Rell",
    "Ann Rell, chief executive of Tarn Rail,",
    "the local MP, Labour’s Ann Rell,",
    "Detective Inspector Ann Rell",
    "Det Supt Ann Rell",
    "Superintendent of Police Ann Rell",
    "Professor Ann Rell of Tarn University",
    "Ann Rell MP",
    "Barr. Ann Rell",
    "Lt. Gen. Ann Rell",
    "ex-minister Ann Rell",
    "his wife, Ann Rell,",
    "founder and CEO Ann Rell",
    "Ann Rell, now 44,",
    "44-year-old Ann Rell",
    "Tarn Central MLA Ann Rell",
    "the PPRO, SP Ann Rell,",
];

/// These have something about them between commas that is no description.
const WITH_ASIDES: [&str; 7] = [
    "Ann Rell, who runs the mill,",
    "Rell, speaking in Tarn,",
    "Ann Rell, who chairs the board,",
    "Ann Rell, from Tarn,",
    "Ann Rell, one of the owners,",
    "Ann Rell, then the mayor,",
    "Ann Rell, whose son was hurt,",
];

const LEAD_INS: [&str; 47] = [
    "",
    "On Monday, ",
    "In Tarn on Monday, ",
    "After the vote, ",
    "But ",
    "Meanwhile, ",
    "However, ",
    "Speaking in Tarn, ",
    "At a press conference on Monday, ",
    "Earlier, ",
    "Asked about the vote, ",
    "In a statement, ",
    "In response, ",
    "For his part, ",
    "As the vote was lost, ",
    "Following the vote, ",
    "In an interview with the Herald, ",
    "Separately, ",
    "Appearing for the State, ",
    "TARN: ",
    "TARN, Nov 3 (Newswire) - ",
    "Yesterday, ",
    "Last week, ",
    "On Tuesday evening, ",
    "Two days later, ",
    "In 2019, ",
    "Later on Monday, ",
    "At the same time, ",
    "In a letter to the council, ",
    "In an emailed statement, ",
    "In his reaction, ",
    "Writing on Twitter, ",
    "Reacting to the vote, ",
    "Responding to questions, ",
    "Addressing a rally in Tarn, ",
    "Opening the debate, ",
    "Giving evidence, ",
    "When the vote was lost, ",
    "Although the vote was lost, ",
    "When asked about the vote, ",
    "In court on Monday, ",
    "During the hearing, ",
    "As for the vote, ",
    "And ",
    "Yet ",
    "Tarn (Newswire) – ",
    "LONDON — ",
];

/// What stands behind the source, and what is said.
const REPORTS: [(&str, &str); 42] = [
    ("said the road was shut.", "the road was shut"),
    ("said that the road was shut.", "that the road was shut"),
    ("told reporters the road was shut.", "the road was shut"),
    ("told the council that the road was shut.", "that the road was shut"),
    ("said: “The road is shut.”", "“The road is shut.”"),
    ("told the Herald: “The road is shut.”", "“The road is shut.”"),
    ("said the road was “a disgrace”.", "the road was “a disgrace”"),
    ("warned that the road was shut.", "that the road was shut"),
    ("denied that the road was shut.", "that the road was shut"),
    ("added that the road was shut.", "that the road was shut"),
    ("has said the road will be shut.", "the road will be shut"),
    ("described the road as “a disgrace”.", "the road as “a disgrace”"),
    ("accused ministers of lying.", "ministers of lying"),
    ("called the road “a disgrace”.", "the road “a disgrace”"),
    ("urged ministers to shut the road.", "ministers to shut the road"),
    ("asked why the road was shut.", "why the road was shut"),
    ("insisted the road was shut.", "the road was shut"),
    ("argued that the road was shut.", "that the road was shut"),
    ("on Tuesday said that the road was shut.", "that the road was shut"),
    ("vowed to shut the road.", "shut the road"),
    ("condemned the attack.", "the attack"),
    ("also said the road was shut.", "the road was shut"),
    ("said the council feared “a disgrace”.", "the council feared “a disgrace”"),
    ("said the board submitted that the road was shut.", "the board submitted that the road was shut"),
    ("said on Monday the road was shut.", "the road was shut"),
    ("said in a statement that the road was shut.", "that the road was shut"),
    ("said in a statement the road was shut.", "the road was shut"),
    ("said, “The road is shut.”", "“The road is shut.”"),
    ("wrote on Facebook that the road was shut.", "that the road was shut"),
    ("was quoted as saying that the road was shut.", "that the road was shut"),
    ("was quoted by the Herald as saying the road was shut.", "the road was shut"),
    ("advised residents to stay at home.", "residents to stay at home"),
    ("appealed to residents to stay away.", "residents to stay away"),
    ("submitted that the road was shut.", "that the road was shut"),
    ("declined to comment.", "comment"),
    ("rejected the claim.", "the claim"),
    ("tweeted: “The road is shut.”", "“The road is shut.”"),
    ("slammed the plan as “a disgrace”.", "the plan as “a disgrace”"),
    ("told a press conference that the road was shut.", "that the road was shut"),
    ("said there was no road.", "there was no road"),
    ("says: “The road is shut.”", "“The road is shut.”"),
    ("repeatedly denied that the road was shut.", "that the road was shut"),
];

/// Tags with `{}` for the source, and what is said.
const TAGS: [(&str, &str); 34] = [
    ("“The road is shut,” said {}.", "“The road is shut,”"),
    ("“The road is shut,” {} said.", "“The road is shut,”"),
    ("“The road is shut,” {} told reporters.", "“The road is shut,”"),
    ("“The road is shut,” {} told the council on Monday.", "“The road is shut,”"),
    ("“The road is shut,” said {} on Monday.", "“The road is shut,”"),
    ("“The road is shut,” {} said in a statement.", "“The road is shut,”"),
    ("“The road is shut,” added {}.", "“The road is shut,”"),
    ("“The road is shut,” {} wrote on Facebook.", "“The road is shut,”"),
    ("“The road is shut,” {} told the Herald.", "“The road is shut,”"),
    ("“The road is shut,” {} was quoted as saying.", "“The road is shut,”"),
    ("“The road is shut,” {} said as the crowd cheered.", "“The road is shut,”"),
    ("“The road is shut,” {} said, adding that the bridge was open.", "“The road is shut,”"),
    ("“Is the road shut?” asked {}.", "“Is the road shut?”"),
    ("“The road,” said {}, “is shut.”", "“The road,” … “is shut.”"),
    ("“The road,” {} said, “is shut.”", "“The road,” … “is shut.”"),
    ("The road is shut, {} said.", "The road is shut"),
    ("The road is shut, said {}.", "The road is shut"),
    ("The road is shut, said {} at a forum here on Saturday.", "The road is shut"),
    ("The road is shut, {} said Thursday, despite the rain.", "The road is shut"),
    ("“The road is shut,” says {}.", "“The road is shut,”"),
    ("The road is shut, {} told reporters.", "The road is shut"),
    ("The road is shut, according to {}.", "The road is shut"),
    ("According to {}, the road is shut.", "the road is shut"),
    ("The road is “a disgrace”, {} said.", "The road is “a disgrace”"),
    ("The road is shut, {} told the Herald on Monday.", "The road is shut"),
    ("As {} put it: “The road is shut.”", "“The road is shut.”"),
    ("{}: “The road is shut.”", "“The road is shut.”"),
    ("“The road is shut,” {} said in an interview with the Herald.", "“The road is shut,”"),
    ("“The road is shut,” {} told the BBC’s Today programme.", "“The road is shut,”"),
    ("“The road is shut,” {} said. “It is wet.”", "“The road is shut,” … “It is wet.”"),
    ("The road is a disgrace, {} warned.", "The road is a disgrace"),
    ("The road is shut, {} confirmed on Monday.", "The road is shut"),
    ("“The road is shut,” {} said when asked about the vote.", "“The road is shut,”"),
    ("“The road is shut,” recalls {}.", "“The road is shut,”"),
];

/// Some words, with a capital where they begin a sentence.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// Fails unless Rell alone has a name in the sentence, and has said this.
fn says(sentence: &str, content: &str) {
    let text = format!("The mill is in the north and has two floors.\n\n{sentence}\n");
    let records = bare::found(&ENGLISH, &text, Selection::default()).records;
    let name = |r: &Record| r.speaker.as_ref().and_then(|s| s.name.as_ref().map(ToString::to_string));
    let plain = |text: &str| text.trim_matches([' ', '.', ',']).to_owned();
    let named: Vec<&Record> = records.iter().filter(|r| name(r).is_some()).collect();
    assert!(
        named.iter().all(|r| name(r).is_some_and(|name| name.ends_with("Rell"))),
        "{sentence}: {named:#?}"
    );
    let said: Vec<String> = named.iter().map(|r| plain(&r.content.text)).collect();
    assert_eq!(said.first(), Some(&plain(content)), "{sentence}");
}

#[test]
fn whoever_reports_is_found_behind_all_that_leads_the_sentence_in() {
    let sources = SOURCES.iter().chain(&WITH_ASIDES);
    for ((i, source), (j, lead_in)) in
        sources.enumerate().flat_map(|s| LEAD_INS.iter().enumerate().map(move |l| (s, l)))
    {
        for step in 0..2 {
            let (report, content) = REPORTS[(i + 7 * j + 11 * step) % REPORTS.len()];
            let begins = lead_in.is_empty() || lead_in.ends_with(": ") || lead_in.ends_with("- ");
            let source = if begins { capital(source) } else { (*source).to_owned() };
            says(&format!("{lead_in}{source} {report}"), content);
        }
    }
}

#[test]
fn whoever_reports_is_found_in_every_tag() {
    for source in SOURCES {
        for (tag, content) in TAGS {
            let sentence = tag.replace("{}", source).replace(",.", ".").replace(",,", ",").replace(",:", ":");
            says(&capital(&sentence), content);
        }
    }
}

/// Whose first two words are those of whoever speaks, and none of the others are.
const TOLD_APART: [&str; 13] = [
    "A woman injured in the crash",
    "A man accused of hiding a body",
    "A man charged with murdering his wife",
    "A soldier jailed for killing a farmer",
    "A driver caught in the flood",
    "A doctor working at the hospital",
    "A group representing farmers",
    "A source close to Orr",
    "A tall and thin woman from the mill",
    "The teacher who taught him",
    "A man arrested on Monday",
    "A letter seen by the Herald",
    "A doctor at the hospital",
];

#[test]
fn whoever_is_told_apart_speaks_and_no_noun_that_does_so() {
    for subject in TOLD_APART {
        for report in [
            "said the road was shut.",
            "said that the road was shut.",
            "told the Herald the road was shut.",
            "said: “The road is shut.”",
            "has denied that the road was shut.",
        ] {
            let sentence = format!("{subject} {report}");
            let records = bare::found(&ENGLISH, &format!("{sentence}\n"), Selection::default()).records;
            let road = records.iter().find(|r| r.content.text.to_lowercase().contains("road"));
            let source = road.and_then(|r| r.speaker.as_ref()?.text.as_deref().map(str::to_owned));
            let first = subject.split(' ').take(2).collect::<Vec<_>>().join(" ");
            assert!(source.as_ref().is_some_and(|s| s.starts_with(&first)), "{sentence}: {source:?}");
        }
    }
}

#[test]
fn what_looks_like_a_phrase_is_told_from_one() {
    for (sentence, source, addressee) in [
        // A place in front is none of those who speak.
        ("In Tarn, Ann Rell and Tom Orr said the road was shut.", "Ann Rell and Tom Orr", None),
        ("All of a sudden, young voters said the road was shut.", "young voters", None),
        // The second has a verb of his own.
        ("“The road is shut,” said Ann Rell and Tom Orr left.", "Ann Rell", None),
        ("He told lawyers Ann Rell and Tom Orr would go.", "He", Some("lawyers")),
        // Where it was said is no claim of its own.
        ("The central bank said in its quarterly report that growth would slow.", "The central bank", None),
        ("“The road is shut,” was the only thing Rell said.", "Rell", None),
    ] {
        let records = bare::found(&ENGLISH, &format!("{sentence}\n"), Selection::default()).records;
        let said = records.first().map(|r| {
            let source = r.speaker.as_ref().and_then(|s| s.text.as_deref());
            (source, r.addressee.as_ref().map(|a| &*a.passage.text))
        });
        assert_eq!(said, Some((Some(source), addressee)), "{sentence}");
    }
}

/// All of them are Ann Rell and Tom Orr, who speak as one.
const BOTH: [&str; 7] = [
    "Ann Rell and Tom Orr",
    "Dr Ann Rell and Mr Tom Orr",
    "lawyers Ann Rell and Tom Orr",
    "Ann Rell and Tom Orr, both lawyers,",
    "Ann Rell and Tom Orr, who run the mill,",
    "Ann Rell, 44, and Tom Orr, 51,",
    "Ann Rell, a lawyer, and Tom Orr, a plumber,",
];

#[test]
fn two_who_speak_as_one_are_both_named() {
    for source in BOTH {
        for (report, content) in REPORTS {
            both_say(&capital(&format!("{source} {report}")), content);
        }
    }
    for source in &BOTH[..3] {
        // A label names one.
        for (tag, content) in TAGS.iter().filter(|(tag, _)| !tag.starts_with("{}:")) {
            both_say(&capital(&tag.replace("{}", source)), content);
        }
    }
}

/// Fails unless the first words of the sentence are those of both.
fn both_say(sentence: &str, content: &str) {
    let text = format!("The mill is in the north and has two floors.\n\n{sentence}\n");
    let records = bare::found(&ENGLISH, &text, Selection::default()).records;
    let plain = |text: &str| text.trim_matches([' ', '.', ',']).to_owned();
    let name = |r: &Record| r.speaker.as_ref().and_then(|s| s.name.as_ref().map(ToString::to_string));
    let said = records.first().map(|r| (name(r), plain(&r.content.text)));
    assert_eq!(said, Some((Some("Ann Rell and Tom Orr".to_owned()), plain(content))), "{sentence}");
}

/// Two people, of whom the second has other pronouns, and who of them says what in which order: `{A}` and `{B}` are they,
/// `{a}` and `{b}` are he and she.
const TURNS: [(&str, &[&str]); 22] = [
    ("{A} met {B} in Tarn. “The road is shut,” {b} said.", &["Orr"]),
    ("{A} met {B} in Tarn. “The road is shut,” {a} said.", &["Rell"]),
    ("“The road is shut,” {A} said. “It is open,” {B} replied.", &["Rell", "Orr"]),
    ("“The road is shut,” said {A}. “It is open,” said {B}.", &["Rell", "Orr"]),
    ("{A} said the road was shut, but {B} said it was open.", &["Rell", "Orr"]),
    ("{A} said the road was shut. {B} disagreed. “It is open,” {b} said.", &["Rell", "Orr"]),
    ("{A} told {B} that the road was shut.", &["Rell"]),
    ("{A} accused {B} of lying. Orr denied it.", &["Rell", "Orr"]),
    ("{A} criticised {B}. “It is a disgrace,” {a} said.", &["Rell", "Rell"]),
    ("“The road is shut,” {A} told {B}.", &["Rell"]),
    ("{A} asked {B} why the road was shut. “It is wet,” {b} said.", &["Rell", "Orr"]),
    ("{A} said {B} was a liar.", &["Rell"]),
    ("According to {A}, {B} was a liar.", &["Rell"]),
    ("{B} was a liar, {A} said.", &["Rell"]),
    (
        "{A} said: “The road is shut.”\n\n{B} said: “It is open.”\n\n“It is wet,” {a} added.",
        &["Rell", "Orr", "Rell"],
    ),
    (
        "{A} said: “The road is shut.”\n\n{B} said: “It is open.”\n\n“It is wet,” {b} added.",
        &["Rell", "Orr", "Orr"],
    ),
    ("“The road is shut,” {A} said, adding that {B} had lied.", &["Rell", "Rell"]),
    ("{A} praised {B} for “a great job”.", &["Rell"]),
    ("{A} wrote to {B} asking why the road was shut.", &["Rell"]),
    ("{A} warned {B} that the road was shut.", &["Rell"]),
    ("{A} called {B} “a liar”.", &["Rell"]),
    ("{B} is “a liar”, according to {A}.", &["Rell"]),
];

#[test]
fn two_people_keep_their_words_apart() {
    for (a, b, he, she) in [
        ("Tom Rell", "Ann Orr", "he", "she"),
        ("Mayor Tom Rell", "Councillor Ann Orr", "he", "she"),
        ("Tom Rell, a plumber,", "Ann Orr, 44,", "he", "she"),
        ("the chairman, Tom Rell,", "the secretary, Ann Orr,", "he", "she"),
        ("Ann Rell", "Tom Orr", "she", "he"),
        ("Labour’s Ann Rell", "the minister, Tom Orr,", "she", "he"),
    ] {
        for (turn, speakers) in TURNS {
            let turn = turn.replace("{A}", a).replace("{B}", b).replace("{a}", he).replace("{b}", she);
            let turn = turn
                .replace(",.", ".")
                .replace(",,", ",")
                .replace(". the", ". The")
                .replace("\n\nthe", "\n\nThe");
            let text = format!("The mill is in the north and has two floors.\n\n{}\n", capital(&turn));
            let mut records = bare::found(&ENGLISH, &text, Selection::default()).records;
            records.sort_by_key(|r| r.content.spans.first().map(|span| span.start));
            let name = |r: &Record| r.speaker.as_ref().and_then(|s| s.name.as_ref().map(ToString::to_string));
            let last = |r: &Record| name(r).and_then(|name| name.split(' ').next_back().map(str::to_owned));
            let said: Vec<String> = records.iter().filter_map(last).collect();
            assert_eq!(said, speakers, "{text}");
        }
    }
}
