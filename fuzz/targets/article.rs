//! Text that looks like news: each byte stands for a word, a source, a verb or a mark.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use onrecord::document::decode::decode;
use onrecord::{Document, Metadata};
use onrecord_fuzz::pieces::{BEGINNINGS, MARKS, SOURCES, VERBS, WORDS};
use onrecord_fuzz::{EXTRACTOR, hold, watch};

/// What a byte stands for. A piece that begins with a letter has a space before it.
static PIECES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let spaced = [SOURCES, VERBS, WORDS, BEGINNINGS].concat();
    let spaced = spaced.into_iter().map(|piece| format!(" {piece}"));
    spaced.chain(MARKS.iter().map(|&mark| mark.to_owned())).chain(CAPITALS.map(str::to_owned)).collect()
});

/// Beginnings of sentences, names, and what only pages have.
const CAPITALS: [&str; 24] = [
    "He",
    "She",
    "They",
    "It",
    "The",
    "Lopez",
    "Adeyemi",
    "Mr",
    "Dr",
    "A spokeswoman",
    "Sources",
    "According",
    " by",
    " who",
    " and",
    " of",
    " that",
    " not",
    " if",
    "\n\nQ. ",
    "\n\nA. ",
    "\n\nMS. OKELL: ",
    "\n- ",
    "\n> ",
];

fuzz_target!(init: watch(), |bytes: &[u8]| {
    let text: String = bytes.iter().map(|&byte| PIECES[usize::from(byte) % PIECES.len()].as_str()).collect();
    let decoded = decode(text.as_bytes()).expect("no control characters");
    let (metadata, lexicon) = (Metadata::default(), &EXTRACTOR.grammar.lexicon);
    let document = Document { name: "a.txt", sha256: "", decoded: &decoded, metadata: &metadata, lexicon };
    hold(&document, Some(text.as_bytes()));
});
