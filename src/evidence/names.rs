//! The fixed names that stand as values of features: classes of words, counts, kinds, yes and no.
//!
//! Each has a number by its place here and its hash in a table, so that nothing is hashed while a text is read.

use super::{Value, fold_name};

/// All of them, in the order of the alphabet.
const NAMES: &[&str] = &[
    "-",
    "-.5",
    "-1",
    "-1.5",
    ".5",
    "0",
    "1",
    "1.5",
    "13+",
    "16+",
    "2",
    "2-3",
    "2.5",
    "3",
    "4",
    "4-5",
    "4-6",
    "5",
    "6-8",
    "7-12",
    "9-15",
    "<-1",
    "<-1.5",
    "<.2",
    "<.3",
    "<.4",
    "<.5",
    "<.6",
    "<.7",
    "<.8",
    "<.85",
    "<.88",
    "<.94",
    "<.95",
    "<.97",
    "<.99",
    "<.997",
    "<0",
    "<1",
    "<2.5",
    "adj",
    "adv",
    "adverb",
    "after",
    "and",
    "attitude",
    "aux",
    "base",
    "before",
    "both",
    "break",
    "c-q",
    "cap",
    "capital",
    "clause",
    "close",
    "colon",
    "comma",
    "common",
    "conj",
    "continues",
    "core",
    "cs-q",
    "cue",
    "dash",
    "deed",
    "det",
    "document",
    "earlier",
    "edge",
    "end",
    "far",
    "finite",
    "fullname",
    "gen",
    "group",
    "handle",
    "high",
    "indefinite",
    "inf",
    "infinitive",
    "ing",
    "it",
    "left",
    "letter",
    "long",
    "lower",
    "mark",
    "modal",
    "n",
    "name",
    "near",
    "neg",
    "next",
    "next-cue",
    "next-tight",
    "nobody",
    "none",
    "noun",
    "num",
    "object",
    "object-clause",
    "objpron",
    "open",
    "org",
    "orgname",
    "other",
    "outlet",
    "paragraph",
    "passive",
    "past",
    "phrase",
    "place",
    "plural",
    "poss",
    "prep",
    "preposition",
    "previous-cue",
    "previous-mention",
    "pron",
    "pronoun",
    "q-c",
    "q-cs",
    "q-sc",
    "quant",
    "quantified",
    "quote",
    "rel",
    "relative",
    "right",
    "role",
    "same",
    "sc-q",
    "semi",
    "sentence",
    "short",
    "speech",
    "stop",
    "sub",
    "subordinate",
    "that",
    "thing",
    "things",
    "third",
    "tight",
    "time",
    "to",
    "upper",
    "verb",
    "weak",
    "wh",
    "y",
];

const COUNT: usize = NAMES.len();

const _: () = assert!(COUNT < u8::MAX as usize, "the number of a name is one byte");

/// A fixed name by its number, which is its place in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name(u8);

impl Name {
    /// The name as it is written. Fails when the program is compiled where the list lacks it.
    pub const fn of(name: &str) -> Self {
        let mut i = 0;
        while i < COUNT {
            if same(NAMES[i].as_bytes(), name.as_bytes()) {
                return Self(i as u8);
            }
            i += 1;
        }
        panic!("a fixed name stands in evidence/names.rs");
    }
}

impl From<Name> for Value<'static> {
    #[inline(always)]
    fn from(name: Name) -> Self {
        const HASHES: [u64; COUNT] = {
            let mut hashes = [0; COUNT];
            let mut i = 0;
            while i < COUNT {
                hashes[i] = fold_name(NAMES[i]);
                i += 1;
            }
            hashes
        };
        Value { text: NAMES[usize::from(name.0)], hash: HASHES[usize::from(name.0)] }
    }
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}
