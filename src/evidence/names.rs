//! The fixed names that stand as values of features: classes of words, counts, kinds, yes and no.
//!
//! Each has a number by its place here and its hash in a table, so that nothing is hashed while a text is read.

use super::{Part, TURN, Value, fold_name};

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

/// As many as a byte can tell apart, so that no number is out of range.
const PLACES: usize = u8::MAX as usize + 1;

const _: () = assert!(COUNT < PLACES, "the number of a name is one byte");

/// A feature has no more values.
const MOST: usize = 6;

/// The names by their numbers.
static WORDS: [&str; PLACES] = {
    let mut words = [""; PLACES];
    let mut i = 0;
    while i < COUNT {
        words[i] = NAMES[i];
        i += 1;
    }
    words
};

/// The part of a key that each name is, by how many values stand behind it.
static TURNED: [[u64; PLACES]; MOST] = {
    let mut turned = [[0; PLACES]; MOST];
    let mut i = 0;
    while i < COUNT {
        let hash = fold_name(NAMES[i]);
        let mut behind = 0;
        while behind < MOST {
            turned[behind][i] = hash.rotate_left(TURN * behind as u32);
            behind += 1;
        }
        i += 1;
    }
    turned
};

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
        Value::new(WORDS[usize::from(name.0)], TURNED[0][usize::from(name.0)])
    }
}

impl Part<'static> for Name {
    #[inline(always)]
    fn turned(self, behind: usize) -> u64 {
        TURNED[behind][usize::from(self.0)]
    }
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    i == a.len() && i == b.len()
}
