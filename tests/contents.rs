//! Where the words of somebody begin and end in the sentence of a reporter, whoever speaks and whatever leads it in.

use std::sync::LazyLock;

use onrecord::{Extractor, Grammar, Record, Selection};

#[path = "common/bare.rs"]
mod bare;

static ENGLISH: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(Grammar::english()));

/// Rell and Orr, as they are named.
const SPEAKERS: [(&str, &str); 9] = [
    ("Ann Rell", "Tom Orr"),
    ("Ms Rell", "Mr Orr"),
    ("Rell", "Orr"),
    ("Mayor Ann Rell", "Councillor Tom Orr"),
    ("council leader Ann Rell", "Labour’s Tom Orr"),
    ("Ann Rell of Tarn Council", "Tom Orr of the union"),
    ("Ann Rell, 44,", "Tom Orr, 51,"),
    ("the mayor, Ann Rell,", "the chair, Tom Orr,"),
    ("Ann Rell, who runs the mill,", "Tom Orr, who is 51,"),
];

const LEAD_INS: [&str; 5] = ["", "On Monday, ", "In Tarn, ", "But ", "Meanwhile, "];

/// Sentences of `{S}` and `{T}`, and who says what in them.
const SENTENCES: [(&str, &[(&str, &str)]); 38] = [
    (
        "{S} said the road was shut, but the bridge was open.",
        &[("Rell", "the road was shut, but the bridge was open")],
    ),
    (
        "{S} said the road was shut and the bridge was open.",
        &[("Rell", "the road was shut and the bridge was open")],
    ),
    (
        "{S} said the road was shut and that the bridge was open.",
        &[("Rell", "the road was shut and that the bridge was open")],
    ),
    (
        "{S} said that the road was shut and that the bridge was open.",
        &[("Rell", "that the road was shut and that the bridge was open")],
    ),
    (
        "{S} said the road was shut, adding that the bridge was open.",
        &[("Rell", "the road was shut"), ("Rell", "that the bridge was open")],
    ),
    (
        "{S} said the road was shut, but {T} said the bridge was open.",
        &[("Rell", "the road was shut"), ("Orr", "the bridge was open")],
    ),
    (
        "{S} said the road was shut, while {T} said the bridge was open.",
        &[("Rell", "the road was shut"), ("Orr", "the bridge was open")],
    ),
    (
        "{S} said the road was shut. {T} said the bridge was open.",
        &[("Rell", "the road was shut"), ("Orr", "the bridge was open")],
    ),
    (
        "{S} said the road, which leads to Tarn, was shut.",
        &[("Rell", "the road, which leads to Tarn, was shut")],
    ),
    ("{S} said the road was shut after the rain.", &[("Rell", "the road was shut after the rain")]),
    ("{S} said the road would be shut if it rained.", &[("Rell", "the road would be shut if it rained")]),
    (
        "{S} said that, if it rained, the road would be shut.",
        &[("Rell", "that, if it rained, the road would be shut")],
    ),
    (
        "{S} said that the road was shut because of the rain, the worst in years.",
        &[("Rell", "that the road was shut because of the rain, the worst in years")],
    ),
    (
        "{S} said she did not know whether the road was shut.",
        &[("Rell", "she did not know whether the road was shut")],
    ),
    ("{S} said nobody was hurt but two cars were hit.", &[("Rell", "nobody was hurt but two cars were hit")]),
    ("{S} said the road was shut on Monday.", &[("Rell", "the road was shut on Monday")]),
    ("{S} said Monday the road was shut.", &[("Rell", "the road was shut")]),
    (
        "{S} said in a statement that the road was shut and that the bridge was open.",
        &[("Rell", "that the road was shut and that the bridge was open")],
    ),
    ("{S} urged drivers to stay at home and to wait.", &[("Rell", "drivers to stay at home and to wait")]),
    (
        "{S} promised to shut the road and to open the bridge.",
        &[("Rell", "to shut the road and to open the bridge")],
    ),
    ("{S} asked whether the road was shut.", &[("Rell", "whether the road was shut")]),
    (
        "{S} denied that the road was shut, saying the bridge was open.",
        &[("Rell", "that the road was shut"), ("Rell", "the bridge was open")],
    ),
    (
        "The road is shut and the bridge is open, {S} said.",
        &[("Rell", "The road is shut and the bridge is open")],
    ),
    (
        "The road was shut because it had rained, {S} said.",
        &[("Rell", "The road was shut because it had rained")],
    ),
    (
        "According to {S}, the road was shut and the bridge was open.",
        &[("Rell", "the road was shut and the bridge was open")],
    ),
    (
        "The road was shut and the bridge was open, according to {S}.",
        &[("Rell", "The road was shut and the bridge was open")],
    ),
    (
        "{S} said he would resign if the road was shut, but {T} accused him of lying.",
        &[("Rell", "he would resign if the road was shut"), ("Orr", "him of lying")],
    ),
    ("{S} confirmed the road was shut but declined to say why.", &[("Rell", "the road was shut")]),
    ("{S} said the road was shut but declined to say why.", &[("Rell", "the road was shut")]),
    (
        "{S} said the road was shut and warned that the bridge was next.",
        &[("Rell", "the road was shut"), ("Rell", "that the bridge was next")],
    ),
    ("{S} left the hall, saying the road was shut.", &[("Rell", "the road was shut")]),
    (
        "{S} said that {T}, who runs the mill, had shut the road.",
        &[("Rell", "that {T}, who runs the mill, had shut the road")],
    ),
    (
        "{S} said that under the plan the road would be shut.",
        &[("Rell", "that under the plan the road would be shut")],
    ),
    ("{S} said that in May the road would be shut.", &[("Rell", "that in May the road would be shut")]),
    ("{S} estimated that 40 roads were shut.", &[("Rell", "that 40 roads were shut")]),
    (
        "{S} said more roads would be shut in the coming days as the rain goes on.",
        &[("Rell", "more roads would be shut in the coming days as the rain goes on")],
    ),
    (
        "{S} argued the road should be shut so that nobody gets hurt.",
        &[("Rell", "the road should be shut so that nobody gets hurt")],
    ),
    (
        "{S} explained that the road was shut, not the bridge.",
        &[("Rell", "that the road was shut, not the bridge")],
    ),
];

/// The words without *that* and *to*, commas and stops around them.
fn plain(words: &str) -> String {
    let words = words.trim_matches([' ', '.', ',']);
    words.trim_start_matches("that ").trim_start_matches("to ").to_owned()
}

#[test]
fn what_somebody_says_has_its_beginning_and_end() {
    for (one, other) in SPEAKERS {
        for lead_in in LEAD_INS {
            for (sentence, said) in SENTENCES {
                // What begins with another’s words has nothing before them.
                if !lead_in.is_empty() && !sentence.starts_with("{S}") {
                    continue;
                }
                let name = |text: &str| {
                    text.replace("{S}", one).replace("{T}", other).replace(",.", ".").replace(",,", ",")
                };
                let sentence = format!("{lead_in}{}", name(sentence));
                let sentence = sentence[..1].to_uppercase() + &sentence[1..].replace(". the", ". The");
                let text = format!("The mill is in the north and has two floors.\n\n{sentence}\n");
                let records = bare::found(&ENGLISH, &text, Selection::default()).records;
                for (speaker, words) in said {
                    let by = |r: &Record| r.speaker.as_ref().and_then(|s| s.name.clone());
                    let found = records.iter().any(|r| {
                        plain(&r.content.text) == plain(&name(words))
                            && by(r).is_some_and(|name| name.ends_with(speaker))
                    });
                    assert!(found, "{speaker}: {words} in {sentence}: {records:#?}");
                }
            }
        }
    }
}
