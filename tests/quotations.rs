//! What stands in marks belongs to whoever says it: each shape of quotations is tried with all marks, and with whoever speaks
//! named in several ways.

use std::sync::LazyLock;

use onrecord::{Extractor, Grammar, Record, Selection};

#[path = "common/bare.rs"]
mod bare;

static ENGLISH: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(Grammar::english()));

/// Opening and closing marks, those inside of them, and the apostrophe.
const MARKS: [[char; 5]; 5] = [
    ['“', '”', '‘', '’', '’'],
    ['‘', '’', '“', '”', '’'],
    ['"', '"', '\'', '\'', '\''],
    ['\'', '\'', '"', '"', '\''],
    ['«', '»', '“', '”', '’'],
];

/// A man and a woman, as they are named.
const SPEAKERS: [(&str, &str); 5] = [
    ("Tom Rell", "Ann Orr"),
    ("Mr Rell", "Ms Orr"),
    ("the mayor, Tom Rell,", "the chair, Ann Orr,"),
    ("Tom Rell, 44,", "Ann Orr, 51,"),
    ("Labour’s Tom Rell", "the Green MP Ann Orr"),
];

/// How quotations stand in a text, and who says what begins so: `[ ]` are the marks, `< >` those inside them, `{S}` and `{T}`
/// the speakers.
const SHAPES: [(&str, &[(&str, &str)]); 50] = [
    (
        "[The road is shut,] {S} said. [It is wet. Nobody came.]",
        &[("Rell", "The road"), ("Rell", "It is wet")],
    ),
    ("[The road is shut,] said {S}. [It is wet.]", &[("Rell", "The road"), ("Rell", "It is wet")]),
    ("{S} said: [The road is shut. It is wet.]", &[("Rell", "The road")]),
    ("{S} said: [The road is shut.\n\n[It is wet.]", &[("Rell", "The road"), ("Rell", "It is wet")]),
    ("[The road is shut,] {S} said.\n\n[It is wet.]", &[("Rell", "The road"), ("Rell", "It is wet")]),
    (
        "[The road is shut,] {S} said.\n\n[It is wet,] he added.",
        &[("Rell", "The road"), ("Rell", "It is wet")],
    ),
    ("[The road is shut,] {S} said, adding: [It is wet.]", &[("Rell", "The road"), ("Rell", "It is wet")]),
    ("[The road,] {S} said, [is shut.]", &[("Rell", "The road"), ("Rell", "is shut")]),
    ("[The road is shut,] {S} said, [and it is wet.]", &[("Rell", "The road"), ("Rell", "and it")]),
    (
        "[The road is shut,] {S} said. [It is wet,] {T} replied.",
        &[("Rell", "The road"), ("Orr", "It is wet")],
    ),
    (
        "[The road is shut,] {S} said.\n\n{T} disagreed. [It is open,] she said.",
        &[("Rell", "The road"), ("Orr", "It is open")],
    ),
    ("[The road is shut,] {S} said. {T} said: [It is open.]", &[("Rell", "The road"), ("Orr", "It is open")]),
    (
        "{S} called the road [a disgrace], but {T} said it was [a triumph].",
        &[("Rell", "a disgrace"), ("Orr", "a triumph")],
    ),
    ("{S} said the road was [a disgrace] and [a scandal].", &[("Rell", "a disgrace"), ("Rell", "a scandal")]),
    (
        "{S} said the road was [a disgrace], while {T} called it [a triumph].",
        &[("Rell", "a disgrace"), ("Orr", "a triumph")],
    ),
    ("[He told me, <Go away,>] {S} said.", &[("Rell", "He told me")]),
    ("[They said <no> and left,] {S} said.", &[("Rell", "They said")]),
    ("[It’s the drivers’ fault,] {S} said.", &[("Rell", "It’s the drivers’")]),
    ("[Don’t go,] {S} said. [You’ll drown.]", &[("Rell", "Don’t go"), ("Rell", "You’ll")]),
    ("[Is the road shut?] {S} asked.", &[("Rell", "Is the road")]),
    ("[Is the road shut?] asked {S}. [It is,] said {T}.", &[("Rell", "Is the road"), ("Orr", "It is")]),
    ("[Shut it!] {S} shouted.", &[("Rell", "Shut it")]),
    ("{S} shrugged. [The road is shut.]", &[("Rell", "The road")]),
    ("{S} was blunt: [The road is shut.]", &[("Rell", "The road")]),
    ("According to {S}, the road is [a disgrace].", &[("Rell", "a disgrace")]),
    ("The road is [a disgrace], according to {S}.", &[("Rell", "a disgrace")]),
    ("The road is [a disgrace], {S} said.", &[("Rell", "a disgrace")]),
    ("The road is [a disgrace], said {S}.", &[("Rell", "a disgrace")]),
    ("In his view, the road is [a disgrace], {S} said.", &[("Rell", "a disgrace")]),
    ("{S}, who lives nearby, said: [The road is shut.]", &[("Rell", "The road")]),
    (
        "[The road is shut,] said {S}, who lives nearby.\n\n[It is wet.]",
        &[("Rell", "The road"), ("Rell", "It is wet")],
    ),
    ("Asked about the road, {S} said: [It is shut.]", &[("Rell", "It is shut")]),
    ("Asked if the road was shut, {S} replied: [It is.]", &[("Rell", "It is")]),
    ("[The road is shut,] {S} told {T}.", &[("Rell", "The road")]),
    ("{S} told {T}: [The road is shut.]", &[("Rell", "The road")]),
    ("{S} told {T} the road was [a disgrace].", &[("Rell", "a disgrace")]),
    ("{S} accused {T} of [lying].", &[("Rell", "lying")]),
    ("{S} described {T} as [a liar].", &[("Rell", "a liar")]),
    ("{S} praised {T} for [a great job].", &[("Rell", "a great job")]),
    ("As {S} put it, [the road is shut].", &[("Rell", "the road")]),
    ("In the words of {S}, [the road is shut].", &[("Rell", "the road")]),
    ("[The road is shut. It is wet,] {S} said in a statement.", &[("Rell", "The road")]),
    (
        "[The road is shut,] {S} wrote on Facebook. [It is wet.]",
        &[("Rell", "The road"), ("Rell", "It is wet")],
    ),
    ("{S} tweeted: [The road is shut.]", &[("Rell", "The road")]),
    ("[The road is shut.] – {S}", &[("Rell", "The road")]),
    ("{S} met {T}. [The road is shut,] he said.", &[("Rell", "The road")]),
    ("{S} met {T}. [The road is shut,] she said.", &[("Orr", "The road")]),
    (
        "{T} was there. [The road is shut,] she said. [It is wet.]",
        &[("Orr", "The road"), ("Orr", "It is wet")],
    ),
    (
        "{S} warned that the road was [a death trap].\n\n[Somebody will die,] he said.",
        &[("Rell", "a death trap"), ("Rell", "Somebody")],
    ),
    (
        "{S} said that [the road is shut] and that {T} [is a liar].",
        &[("Rell", "the road"), ("Rell", "is a liar")],
    ),
];

/// The shape in these marks, with these speakers.
fn written(
    shape: &str,
    (one, other): (&str, &str),
    [open, close, inner_open, inner_close, apostrophe]: [char; 5],
) -> String {
    let mut text = String::new();
    // Whoever opens a sentence has a capital.
    let mut opens = true;
    let mut rest = shape;
    while let Some(sign) = rest.chars().next() {
        let (piece, length) = match rest.get(..3) {
            Some("{S}") => (one, 3),
            Some("{T}") => (other, 3),
            _ => (&rest[..sign.len_utf8()], sign.len_utf8()),
        };
        rest = &rest[length..];
        let mut signs = piece.chars();
        let first = signs.next().into_iter();
        if opens {
            text.extend(first.flat_map(char::to_uppercase));
        } else {
            text.extend(first);
        }
        text.extend(signs);
        opens = [". ", ".] ", "\n\n"].iter().any(|end| text.ends_with(end)) || opens && piece == "[";
    }
    for comma in [",.", ",,", ",:"] {
        text = text.replace(comma, &comma[1..]);
    }
    let sign = |sign: char| match sign {
        '[' => open,
        ']' => close,
        '<' => inner_open,
        '>' => inner_close,
        '’' => apostrophe,
        other => other,
    };
    text.chars().map(sign).collect()
}

#[test]
fn every_shape_in_all_marks_belongs_to_whoever_says_it() {
    for marks in MARKS {
        for speakers in SPEAKERS {
            for (shape, said) in SHAPES {
                let text = written(shape, speakers, marks);
                let text = format!("The mill is in the north and has two floors.\n\n{text}\n");
                let records = bare::found(&ENGLISH, &text, Selection::default()).records;
                let outer: Vec<&Record> = records.iter().filter(|r| r.parent.is_none()).collect();
                for (speaker, begins) in said {
                    let begins = begins.replace('’', &marks[4].to_string());
                    let quotes = |r: &&&Record| r.quotes.iter().any(|q| q.text.starts_with(&begins));
                    let record = outer.iter().find(quotes);
                    let name = record.and_then(|r| r.speaker.as_ref()?.name.as_deref());
                    assert!(
                        name.is_some_and(|name| name.ends_with(speaker)),
                        "{begins} by {name:?} in {text}: {outer:#?}"
                    );
                }
            }
        }
    }
}
