//! What holds of every text: nothing panics, spans are sound, and the time is linear.

use std::time::{Duration, Instant};

use onrecord::document::{Paragraph, decode::decode, paragraph::paragraphs};
use onrecord::lexicon::Lexicon;
use onrecord::quotation::{Quotation, marks};
use onrecord::span::TokenSpan;
use onrecord::token::{Sentence, Token, scan::scan, sentence::sentences};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

struct Read {
    paragraphs: Vec<Paragraph>,
    tokens: Vec<Token>,
    quotations: Vec<Quotation>,
    sentences: Vec<Sentence>,
}

fn read(text: &str, lexicon: &Lexicon) -> Read {
    let paragraphs = paragraphs(text, lexicon);
    let mut tokens = scan(text, &paragraphs, lexicon);
    let quotations = marks::find(text, &paragraphs, &mut tokens, lexicon);
    let outer: Vec<TokenSpan> = quotations.iter().filter(|q| q.parent.is_none()).map(|q| q.tokens).collect();
    let sentences = sentences(text, &tokens, &paragraphs, &outer, lexicon);
    Read { paragraphs, tokens, quotations, sentences }
}

fn check(text: &str, lexicon: &Lexicon) {
    let Read { paragraphs, tokens, quotations, sentences } = read(text, lexicon);
    let mut last = 0;
    for paragraph in &paragraphs {
        assert!(last <= paragraph.span.start && !paragraph.span.is_empty());
        assert_eq!(paragraph.span.of(text).trim(), paragraph.span.of(text));
        last = paragraph.span.end;
    }
    for (n, q) in quotations.iter().enumerate() {
        let paragraph = paragraphs[q.paragraph as usize].span;
        assert!(paragraph.contains(q.span) && q.span.contains(q.inner));
        assert!(!q.span.of(text).is_empty() && q.inner.of(text).len() <= q.span.len());
        assert_eq!(tokens[q.tokens.start as usize].span.start, q.span.start);
        assert_eq!(tokens[q.tokens.end as usize - 1].span.end, q.span.end);
        if let Some(parent) = q.parent {
            assert!((parent as usize) < n && quotations[parent as usize].span.contains(q.span));
        }
        if let Some(earlier) = q.continues {
            assert!((earlier as usize) < n && quotations[earlier as usize].paragraph < q.paragraph);
        }
        if n > 0 {
            let before = quotations[n - 1];
            assert!(before.span.start <= q.span.start, "sorted");
            assert!(!before.span.overlaps(q.span) || before.span.contains(q.span), "nested or apart");
        }
    }
    let mut at = 0;
    for s in &sentences {
        assert!(s.tokens.start == at && s.tokens.end > at);
        at = s.tokens.end;
        let paragraph = paragraphs[s.paragraph as usize].span;
        assert!(tokens[s.tokens.range()].iter().all(|t| paragraph.contains(t.span)));
        let crosses =
            |q: &Quotation| q.parent.is_none() && q.tokens.overlaps(s.tokens) && !s.tokens.contains(q.tokens);
        assert!(!quotations.iter().any(crosses), "a quotation is never cut");
    }
    assert_eq!(at as usize, tokens.len());
}

const PIECES: &[&str] = &[
    "“",
    "”",
    "‘",
    "’",
    "\"",
    "'",
    "''",
    "``",
    "`",
    "„",
    "‟",
    "«",
    "»",
    "‹",
    "›",
    "‚",
    "'''",
    "″",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\u{2028}",
    "\u{202a}",
    "\0",
    "\t",
    ".",
    ",",
    "?",
    "!",
    "…",
    "...",
    ":",
    "—",
    "-",
    "(",
    ")",
    "[",
    "=",
    "|",
    ">",
    "%",
    "5",
    "6'6\"",
    "24",
    "said",
    "Ana",
    "he",
    "drivers",
    "the",
    "Mr.",
    "U.S.",
    "told",
    "It’s",
    "don't",
    "HomeNewsSportWeather",
    "é",
    "日",
    "😀",
    "e\u{301}",
    "Photo:",
    "By",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, rng_seed: RngSeed::Fixed(20261123), ..ProptestConfig::default() })]

    #[test]
    fn spans_are_sound_for_texts_of_marks(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        check(&pieces.concat(), shared());
    }

    #[test]
    fn spans_are_sound_for_any_text(text in "\\PC{0,80}") {
        check(&text, shared());
    }

    #[test]
    fn the_same_text_gives_the_same_quotations(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let text = pieces.concat();
        prop_assert_eq!(read(&text, shared()).quotations, read(&text, shared()).quotations);
    }

    #[test]
    fn any_bytes_are_text_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(decoded) = decode(&bytes) {
            let mut last = 0;
            for (at, _) in decoded.text.char_indices() {
                if let Some(offset) = decoded.byte_offset(at) {
                    prop_assert!(offset >= last && offset <= bytes.len() as u64);
                    last = offset;
                }
            }
            check(&decoded.text, shared());
        }
    }
}

fn shared() -> &'static Lexicon {
    static LEXICON: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::english);
    &LEXICON
}

/// Reads `length` characters of the same piece; anything quadratic would take far longer than the limit.
fn takes_linear_time(piece: &str, length: usize) {
    let text = piece.repeat(length / piece.chars().count());
    let start = Instant::now();
    read(&text, shared());
    assert!(start.elapsed() < Duration::from_secs(20), "{piece:?} took {:?}", start.elapsed());
}

#[test]
fn a_million_marks_take_no_longer_than_a_walk_through_them() {
    for piece in ["“", "”", "\"", "'", "‘a’s "] {
        takes_linear_time(piece, 1_000_000);
    }
}

#[test]
fn no_mixture_of_marks_takes_more_than_linear_time() {
    for piece in [
        "‘",
        "’ ",
        " ‘a",
        "“a ",
        "a” ",
        "\"a ",
        "a\" ",
        "«“",
        "5\"",
        "a.”",
        ".)",
        "!",
        "'s ",
        "“a, ‘",
        "a’ ",
        "=\"",
        ", he said. “",
        "\u{202a}",
        "“\n",
        "‘a\n",
        "a. b ",
        "\"\n“",
        "» « ",
        "```",
        "\"“",
        "“\"",
        "’’",
        "\n",
        "a\nb",
    ] {
        takes_linear_time(piece, 200_000);
    }
}
