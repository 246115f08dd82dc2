//! What holds of every text, news or not: nothing panics, every span shows what it says, nothing quoted is lost, and
//! the same text gives the same records.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use onrecord::document::decode::decode;
use onrecord::export::FORMATS;
use onrecord::{Document, DocumentRecords, Metadata, Selection};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

#[path = "common/bare.rs"]
mod bare;
#[path = "common/invariants.rs"]
mod invariants;
#[path = "common/pieces.rs"]
mod pieces;

use invariants::EXTRACTOR;
use pieces::{BEGINNINGS, MARKS, SOURCES, VERBS, WORDS};

/// All records of a text, terms and attitudes among them.
fn records(text: &str) -> DocumentRecords {
    bare::found(&EXTRACTOR, text, Selection::ALL)
}

/// Holds every record against the text it came from, and a second look against the first.
fn hold_against_text(text: &str) {
    let decoded = decode(text.as_bytes()).expect("no control characters");
    let (metadata, lexicon) = (Metadata::default(), &EXTRACTOR.grammar.lexicon);
    let document = Document { name: "-", sha256: "", decoded: &decoded, metadata: &metadata, lexicon };
    let found = invariants::hold(&EXTRACTOR, &document, Some(text.as_bytes()));
    invariants::hold_again(&EXTRACTOR, &document, &found);
}

/// Every stretch between marks that some record holds, with how often.
fn quoted(text: &str) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for quote in records(text).records.into_iter().flat_map(|record| record.quotes) {
        *all.entry(quote.text.to_string()).or_insert(0) += 1;
    }
    all
}

/// Somebody or something that speaks in invented news.
fn source() -> impl Strategy<Value = &'static str> {
    select(SOURCES)
}

fn verb() -> impl Strategy<Value = &'static str> {
    select(VERBS)
}

fn words() -> impl Strategy<Value = String> {
    vec(select(WORDS), 1..12).prop_map(|words| words.join(" "))
}

/// Well-formed marks around something.
fn marked() -> impl Strategy<Value = String> {
    (words(), select(vec![('“', '”'), ('"', '"'), ('‘', '’')]), select(vec![",", ".", "?", "!", ""]))
        .prop_map(|(words, (open, close), stop)| format!("{open}{words}{stop}{close}"))
}

fn sentence() -> impl Strategy<Value = String> {
    prop_oneof![
        (marked(), source(), verb()).prop_map(|(quote, who, says)| format!("{quote} {who} {says}.")),
        (source(), verb(), marked()).prop_map(|(who, says, quote)| format!("{who} {says}: {quote}")),
        (source(), verb(), words()).prop_map(|(who, says, what)| format!("{who} {says} that {what}.")),
        (words(), source()).prop_map(|(what, who)| format!("According to {who}, {what}.")),
        (marked(), source(), verb(), marked())
            .prop_map(|(one, who, says, two)| format!("{one} {who} {says}. {two}")),
        words().prop_map(|words| format!("The {words}.")),
    ]
}

/// An article as newspapers print it: paragraphs of whole sentences, all marks closed.
fn news() -> impl Strategy<Value = String> {
    let paragraph = vec(sentence(), 1..4).prop_map(|sentences| sentences.join(" "));
    vec(paragraph, 1..6).prop_map(|paragraphs| paragraphs.join("\n\n"))
}

/// Text that nobody prints: marks without partners, odd spaces, breaks anywhere, words of news between them.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        select(MARKS).prop_map(str::to_owned),
        source().prop_map(str::to_owned),
        verb().prop_map(str::to_owned),
        words(),
        select(BEGINNINGS).prop_map(str::to_owned),
        any::<char>()
            .prop_filter("control characters are no text", |c| !c.is_control())
            .prop_map(String::from),
    ];
    (vec(piece, 0..60), any::<bool>()).prop_map(|(pieces, spaced)| pieces.join(if spaced { " " } else { "" }))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, rng_seed: RngSeed::Fixed(20261123), ..ProptestConfig::default() })]

    #[test]
    fn no_string_makes_it_panic(text in any::<String>()) {
        EXTRACTOR.extract(&text);
    }

    #[test]
    fn every_attribution_of_any_text_can_be_explained(news in news(), hostile in hostile()) {
        for text in [news, hostile] {
            let (plain, explained) = (EXTRACTOR.extract(&text), EXTRACTOR.explain(&text));
            prop_assert_eq!(explained.explanations.len(), plain.attributions.len());
            let shown = |found: &onrecord::Extraction<'_>| format!("{:?}", found.attributions);
            prop_assert_eq!(shown(&plain), shown(&explained));
        }
    }

    #[test]
    fn records_of_news_show_what_stands_at_their_offsets(text in news()) {
        hold_against_text(&text);
    }

    #[test]
    fn records_of_hostile_text_show_what_stands_at_their_offsets(text in hostile()) {
        hold_against_text(&text);
    }

    #[test]
    fn two_articles_in_one_lose_no_quotation(one in news(), other in news()) {
        // Single marks are told from apostrophes by the style of the whole text, which joining changes.
        if [&one, &other].iter().any(|text| text.contains('‘')) {
            return Ok(());
        }
        let both = quoted(&format!("{one}\n\n{other}"));
        for part in [&one, &other] {
            for (quote, count) in quoted(part) {
                prop_assert!(both.get(&quote).is_some_and(|&now| now >= count), "{:?} was lost", quote);
            }
        }
        let sum = |all: &BTreeMap<String, usize>| all.values().sum::<usize>();
        prop_assert_eq!(sum(&both), sum(&quoted(&one)) + sum(&quoted(&other)));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_format_writes_records_of_any_text(texts in vec(prop_oneof![news(), hostile()], 10)) {
        let texts: Vec<&str> = texts.iter().map(|text| text.trim_start_matches('\u{feff}')).collect();
        let mut found: Vec<DocumentRecords> = texts.iter().map(|text| records(text)).collect();
        // A database and a folder tell documents apart by their names.
        found.iter_mut().enumerate().for_each(|(n, found)| found.document = format!("{n}.txt"));
        let documents: Vec<(&DocumentRecords, &str)> = found.iter().zip(texts).collect();
        let folder = tempfile::tempdir().unwrap();
        for format in FORMATS {
            invariants::hold_written(format, &documents, folder.path());
        }
    }

    #[test]
    fn the_number_of_threads_changes_nothing(articles in vec(prop_oneof![news(), hostile()], 40)) {
        let folder = tempfile::tempdir().unwrap();
        for (n, article) in articles.iter().enumerate() {
            fs::write(folder.path().join(format!("{n:02}.txt")), article).unwrap();
        }
        let run = |jobs: &str| {
            let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
                .args(["extract", "--format", "json", "--terms", "--attitudes", "--quiet", "--jobs", jobs, "."])
                .current_dir(folder.path())
                .output()
                .unwrap();
            (output.status.code(), output.stdout)
        };
        let one = run("1");
        for jobs in ["2", "7"] {
            prop_assert!(run(jobs) == one, "{} threads give something else", jobs);
        }
    }
}

/// Cut after every word: a source, a cue or a preposition may be the last thing there is.
#[test]
fn a_text_may_break_off_anywhere() {
    let article = include_str!("../fixtures/ferry-pier.txt");
    let tails = "“Go,” said Ana Roe, 41, of Tarn, the head of the pier to the press who asked, a clerk";
    for text in article.lines().chain([tails]) {
        for (end, _) in text.match_indices(' ') {
            hold_against_text(&text[..end]);
        }
    }
}
