//! Who speaks, whatever is told of this person, whatever leads the sentence in and whichever verb reports: each pair of
//! these is tried with some of the third.

use std::sync::LazyLock;

use onrecord::{Extractor, Grammar, Record, Selection};
use pretty_assertions::assert_eq;

#[path = "common/bare.rs"]
mod bare;

static ENGLISH: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(Grammar::english()));

/// All of them are Rell.
const SOURCES: [&str; 22] = [
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
];

/// These have a verb about them, which is not theirs.
const WITH_VERBS: [&str; 2] = ["Ann Rell, who runs the mill,", "Rell, speaking in Tarn,"];

const LEAD_INS: [&str; 20] = [
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
    "TARN: ",
    "TARN, Nov 3 (Newswire) - ",
];

/// What stands behind the source, and what is said.
const REPORTS: [(&str, &str); 22] = [
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
    ("argued that the road was shut.", "the road was shut"),
    ("on Tuesday said that the road was shut.", "that the road was shut"),
    ("vowed to shut the road.", "shut the road"),
    ("condemned the attack.", "the attack"),
    ("also said the road was shut.", "the road was shut"),
];

/// Tags with `{}` for the source, and what is said.
const TAGS: [(&str, &str); 24] = [
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
    ("The road is shut, {} told reporters.", "The road is shut"),
    ("The road is shut, according to {}.", "The road is shut"),
    ("According to {}, the road is shut.", "the road is shut"),
    ("The road is “a disgrace”, {} said.", "The road is “a disgrace”"),
    ("The road is shut, {} told the Herald on Monday.", "The road is shut"),
    ("As {} put it: “The road is shut.”", "“The road is shut.”"),
    ("{}: “The road is shut.”", "“The road is shut.”"),
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
    let sources = SOURCES.iter().chain(&WITH_VERBS);
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
