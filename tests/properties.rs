//! What holds of every text, news or not: nothing panics, every span shows what it says, nothing quoted is lost, and
//! the same text gives the same records.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::sync::LazyLock;

use onrecord::record::{Passage, Place};
use onrecord::{DocumentRecords, Extractor, Grammar, Record, Selection};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

#[path = "common/bare.rs"]
mod bare;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(Grammar::english()));

/// All records of a text, terms and attitudes among them.
fn records(text: &str) -> DocumentRecords {
    bare::found(&EXTRACTOR, text, Selection::ALL)
}

/// Every passage of a record, the pieces of its content apart.
fn passages(record: &Record) -> Vec<&Passage> {
    let mut all: Vec<&Passage> = record.quotes.iter().collect();
    all.push(&record.context);
    all.extend(record.cue.iter().map(|cue| &cue.passage));
    all.extend(record.addressee.iter().map(|addressee| &addressee.passage));
    all.extend(record.setting.iter().map(|setting| &setting.passage));
    all.extend(record.via.iter());
    all
}

/// What a text shows at a place, by code points; the bytes must show the same.
fn shown(text: &str, points: &[char], place: Place) -> String {
    let by_points: String = points[place.start as usize..place.end as usize].iter().collect();
    let (start, end) = (place.byte_start.expect("UTF-8"), place.byte_end.expect("UTF-8"));
    assert_eq!(
        text.get(start as usize..end as usize),
        Some(by_points.as_str()),
        "bytes and code points agree"
    );
    by_points
}

/// Holds every record against the text it came from.
fn hold_against_text(text: &str) {
    let points: Vec<char> = text.chars().collect();
    let found = records(text);
    for record in &found.records {
        for passage in passages(record) {
            assert_eq!(shown(text, &points, passage.place), passage.text);
            assert!(!passage.text.is_empty(), "{record:?}");
        }
        let pieces: Vec<String> =
            record.content.spans.iter().map(|&place| shown(text, &points, place)).collect();
        assert_eq!(pieces.join(" … "), record.content.text);
        assert!(record.content.spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "{record:?}");
        assert!((0.0..=1.0).contains(&record.confidence), "{record:?}");
        assert!(record.speaker.is_none() || record.unattributed.is_none(), "{record:?}");
        if let Some(parent) = &record.parent {
            assert!(found.records.iter().any(|other| other.id == *parent), "{record:?}");
        }
    }
    let mut ids: Vec<&str> = found.records.iter().map(|record| record.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), found.records.len(), "every record has an id of its own");
}

/// Every stretch between marks that some record holds, with how often.
fn quoted(text: &str) -> BTreeMap<String, usize> {
    let mut all = BTreeMap::new();
    for quote in records(text).records.into_iter().flat_map(|record| record.quotes) {
        *all.entry(quote.text).or_insert(0) += 1;
    }
    all
}

/// Somebody or something that speaks in invented news.
fn source() -> impl Strategy<Value = String> {
    select(vec![
        "Maria Lopez",
        "Mr. Hayashi",
        "Prof. Ó Briain-Nguyễn",
        "she",
        "a senior official who asked not to be named",
        "the ministry’s spokesman, Tom Adeyemi,",
        "Tarn Hollow Rovers F.C.",
        "several residents",
        "the Merran Echo",
        "Dr van der Berg Jr.",
    ])
    .prop_map(str::to_owned)
}

fn verb() -> impl Strategy<Value = &'static str> {
    select(vec![
        "said",
        "told reporters",
        "has reportedly denied",
        "wrote in a statement",
        "did not say",
        "asked",
        "was quoted as saying",
        "called it",
    ])
}

fn words() -> impl Strategy<Value = String> {
    let word = select(vec![
        "we",
        "are",
        "ready",
        "the",
        "pier",
        "is",
        "shut",
        "don’t",
        "4.5",
        "U.S.",
        "now",
        "naïve",
        "1990s",
        "however",
        "it’s",
        "7 p.m.",
        "never",
        "£4m",
        "🙂",
        "co-operate",
    ]);
    vec(word, 1..12).prop_map(|words| words.join(" "))
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
        select(vec![
            "“",
            "”",
            "\"",
            "'",
            "‘",
            "’",
            "''",
            "``",
            "«",
            "»",
            "„",
            "(",
            ")",
            "[",
            "]",
            "…",
            "...",
            ".",
            ",",
            ":",
            ";",
            "?",
            "!",
            "—",
            "-",
            ">",
            "\n",
            "\n\n",
            "\r\n",
            "\t",
            " ",
            "  ",
            "\u{a0}",
            "\u{2028}",
            "\u{200b}",
            "\u{301}",
            "\u{feff}",
            "’s",
            "@handle",
            "#tag",
            "http://a.b/c?d=“e”",
            "&",
            "*",
            "_",
        ])
        .prop_map(str::to_owned),
        source(),
        verb().prop_map(str::to_owned),
        words(),
        select(vec![
            "that",
            "according to",
            "Q:",
            "A:",
            "THE CHAIRPERSON:",
            "“’Tis",
            "rock ’n’ roll",
            "6'2\""
        ])
        .prop_map(str::to_owned),
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
    fn every_span_of_an_extraction_stands_between_characters(text in hostile()) {
        let found = EXTRACTOR.extract(&text);
        let spans = found.tokens.iter().map(|token| token.span)
            .chain(found.paragraphs.iter().map(|paragraph| paragraph.span))
            .chain(found.quotations.iter().flat_map(|quotation| [quotation.span, quotation.inner]))
            .chain(found.attributions.iter().flat_map(|attribution| attribution.content.iter().copied()));
        for span in spans {
            prop_assert!(text.get(span.range()).is_some(), "{:?} in {:?}", span, text);
        }
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
        // A byte order mark at the head is no part of the text.
        hold_against_text(text.trim_start_matches('\u{feff}'));
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

    #[test]
    fn the_same_text_gives_the_same_records(text in prop_oneof![news(), hostile()]) {
        let text = text.trim_start_matches('\u{feff}');
        prop_assert_eq!(records(text), records(text));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, failure_persistence: None, ..ProptestConfig::default() })]

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
