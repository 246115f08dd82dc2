//! Texts to measure with, all invented or made by rule, and the whole of the program on one of them.

pub mod shapes;

use std::fs;
use std::path::{Path, PathBuf};

use onrecord::document::decode::decode;
use onrecord::export::{Format, Options};
use onrecord::{Document, Extractor, Grammar, Metadata, Selection};

/// Everything from bytes to rows of CSV, as the program does it for one document.
///
/// # Panics
/// Where the bytes are no text: what is measured is.
pub fn csv(extractor: &Extractor, bytes: &[u8]) -> Vec<u8> {
    let decoded = decode(bytes).expect("a text");
    let (metadata, lexicon) = (Metadata::default(), &extractor.grammar.lexicon);
    let document = Document { name: "-", sha256: "", decoded: &decoded, metadata: &metadata, lexicon };
    let records = extractor.extract(&decoded.text).document_records(&document, Selection::default());
    written("csv", &records, &decoded.text)
}

/// The records of one document in this format.
///
/// # Panics
/// Where no format has the name, or memory cannot be written.
pub fn written(format: &str, records: &onrecord::DocumentRecords, text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = Format::named(format).expect("a format").writer(&mut out, &Options::default()).unwrap();
    writer.start().expect("memory");
    writer.document(records, text).expect("memory");
    writer.finish().expect("memory");
    drop(writer);
    out
}

/// About this many bytes of news: the articles of `fixtures/`, in their order, again and again.
///
/// # Panics
/// Where the fixtures cannot be read.
pub fn news(bytes: usize) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let list = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
        paths.sort();
        paths
    };
    let themes = list(&root).into_iter().filter(|path| path.is_dir());
    let cases = themes.flat_map(|theme| list(&theme)).filter(|p| p.extension().is_some_and(|e| e == "md"));
    let mut once = String::new();
    for case in cases {
        let case = fs::read_to_string(case).expect("a fixture");
        let article = case.split_once("## Article").and_then(|(_, rest)| rest.split("~~~~").nth(1));
        if let Some(article) = article.and_then(|fenced| fenced.strip_prefix("text\n")) {
            once += article;
            once += "\n";
        }
    }
    let mut text = String::with_capacity(bytes + 4);
    while text.len() < bytes {
        let rest = bytes - text.len();
        text.extend(once.chars().scan(0, |before, c| {
            let begins = *before < rest;
            *before += c.len_utf8();
            begins.then_some(c)
        }));
    }
    text
}

/// The built-in grammar and so many patterns of a newsroom, each with a verb phrase of its own.
///
/// # Panics
/// Where the patterns cannot be written or are wrong.
pub fn newsroom(patterns: usize) -> Grammar {
    if patterns == 0 {
        return Grammar::english();
    }
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("patterns")).expect("a folder");
    let mut text = String::new();
    for word in (0..patterns).map(|number| shapes::word(number).to_lowercase()) {
        text += &format!(
            "pattern over-{word}\n  why   Live pages hand over without a verb.\n  \
             form  over at {word} to source=MENTION : content=QUOTE\n  \
             yes   Over at {word} to {{source Maria Lopez}}: {{content “We are ready.”}}\n  \
             no    Over to the harbour, where “Patience” is expected at noon.\n\n"
        );
    }
    fs::write(folder.path().join("order.txt"), "desk   our house style\n").expect("a file");
    fs::write(folder.path().join("patterns/desk.pattern"), text).expect("a file");
    Grammar::load(folder.path()).expect("patterns that are right")
}
