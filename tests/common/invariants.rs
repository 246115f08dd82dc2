//! What holds of every document, whatever its bytes were. Property tests and fuzzing (`fuzz/`) ask the same.

use std::path::Path;
use std::sync::LazyLock;
use std::thread;

use encoding_rs::Encoding;
use onrecord::export::{self, Headings};
use onrecord::record::{Passage, Place};
use onrecord::{Document, DocumentRecords, Extractor, Grammar, Record, Selection};
use serde_json::Value;

#[path = "../schema/mod.rs"]
pub mod schema;

pub static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(Grammar::english()));

static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(&export::schema::record()).expect("a schema is JSON"));

/// Panics where the records of a document do not show what stands in it, or break their schema; gives them back, terms
/// and attitudes among them. `file` are the bytes that the document was decoded from, where it was.
pub fn hold(extractor: &Extractor, document: &Document<'_>, file: Option<&[u8]>) -> DocumentRecords {
    let text = &document.decoded.text;
    let extraction = extractor.extract(text);
    let spans = (extraction.tokens.iter().map(|token| token.span))
        .chain(extraction.paragraphs.iter().map(|paragraph| paragraph.span))
        .chain(extraction.quotations.iter().flat_map(|quotation| [quotation.span, quotation.inner]))
        .chain(extraction.attributions.iter().flat_map(|attribution| attribution.content.iter().copied()));
    for span in spans {
        assert!(text.get(span.range()).is_some(), "{span:?} stands between characters of {text:?}");
    }
    let found = extraction.document_records(document, Selection::ALL);
    let shown = Shown { points: text.chars().collect(), file, encoding: document.decoded.encoding };
    for record in &found.records {
        shown.hold(record);
        if let Some(parent) = &record.parent {
            assert!(found.records.iter().any(|other| other.id == *parent), "{record:?} has its parent");
        }
        schema::check(&SCHEMA, &serde_json::to_value(record).expect("a record is JSON"));
    }
    let mut ids: Vec<&str> = found.records.iter().map(|record| record.id.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), found.records.len(), "every record has an id of its own");
    found
}

/// Panics where a second look at a document, in another thread, finds anything else.
pub fn hold_again(extractor: &Extractor, document: &Document<'_>, found: &DocumentRecords) {
    let again = || extractor.extract(&document.decoded.text).into_document_records(document, Selection::ALL);
    let again = thread::scope(|scope| scope.spawn(again).join()).expect("the first look did not panic");
    assert_eq!(&again, found, "the same text gives the same records");
}

/// A document with what its records are held against.
struct Shown<'a> {
    points: Vec<char>,
    file: Option<&'a [u8]>,
    encoding: &'static str,
}

impl Shown<'_> {
    fn hold(&self, record: &Record) {
        for passage in passages(record) {
            assert_eq!(self.at(passage.place), *passage.text);
            assert!(!passage.text.is_empty(), "{record:?}");
        }
        if let Some(speaker) = &record.speaker {
            // A label such as *Q* says who speaks, but not who that is.
            let nobody = speaker.name.is_none() && speaker.id.is_none();
            assert!(record.unattributed.is_none() || nobody, "{record:?}");
            if let (Some(start), Some(end)) = (speaker.start, speaker.end) {
                let (byte_start, byte_end) = (speaker.byte_start, speaker.byte_end);
                assert_eq!(
                    Some(self.at(Place { start, end, byte_start, byte_end })).as_deref(),
                    speaker.text.as_deref()
                );
            }
        }
        let pieces: Vec<String> = record.content.spans.iter().map(|&place| self.at(place)).collect();
        assert_eq!(pieces.join(" … "), *record.content.text);
        assert!(record.content.spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "{record:?}");
        assert!((0.0..=1.0).contains(&record.confidence), "{record:?}");
    }

    /// What the text shows at a place, by code points; the bytes of the file show the same.
    fn at(&self, place: Place) -> String {
        let shown: String = self.points[place.start as usize..place.end as usize].iter().collect();
        let (Some(file), Some(start), Some(end)) = (self.file, place.byte_start, place.byte_end) else {
            return shown;
        };
        let bytes = file.get(start as usize..end as usize).expect("offsets lie in the file");
        let encoding = Encoding::for_label(self.encoding.as_bytes()).expect("the encoding is a known one");
        let (there, _) = encoding.decode_without_bom_handling(bytes);
        assert_eq!(there, shown, "bytes and code points agree");
        shown
    }
}

/// Every passage of a record, the pieces of its content apart.
pub fn passages(record: &Record) -> Vec<&Passage> {
    let mut all: Vec<&Passage> = record.quotes.iter().collect();
    all.push(&record.context);
    all.extend(record.cue.iter().map(|cue| &cue.passage));
    all.extend(record.addressee.iter().map(|addressee| &addressee.passage));
    all.extend(record.setting.iter().map(|setting| &setting.passage));
    all.extend(record.via.as_deref());
    all
}

/// Panics where a format does not take these documents, each with its text, or writes what its readers would not read.
/// Formats that need a path write into the folder.
pub fn hold_written(format: &export::Format, documents: &[(&DocumentRecords, &str)], folder: &Path) {
    let options = export::Options { headings: Headings::All, ..export::Options::default() };
    let mut out = Vec::new();
    let path = folder.join(format.name);
    let mut writer = match format.needs_path() {
        true => format.writer_at(&path, &options),
        false => format.writer(&mut out, &options),
    }
    .unwrap_or_else(|error| panic!("{} is written: {error}", format.name));
    let mut write = || {
        writer.start()?;
        documents.iter().try_for_each(|(document, text)| writer.document(document, text))?;
        writer.finish()
    };
    write().unwrap_or_else(|error| panic!("{} is written: {error}", format.name));
    drop(writer);
    let records = documents.iter().map(|(document, _)| document.records.len()).sum();
    if format.is_stream() {
        hold_stream(format.name, str::from_utf8(&out).expect("streams are UTF-8"), records);
    }
}

/// What a program that reads the format would stumble over.
fn hold_stream(name: &str, out: &str, records: usize) {
    match name {
        "csv" => {
            let rows: Vec<csv::StringRecord> =
                csv::Reader::from_reader(out.as_bytes()).records().map(|row| row.expect("rows")).collect();
            assert_eq!(rows.len(), records);
            let runs = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!rows.iter().flatten().any(runs), "a cell runs as a formula: {out}");
        }
        "jsonl" => {
            let lines: Vec<Value> =
                out.lines().map(|line| serde_json::from_str(line).expect("lines of JSON")).collect();
            assert_eq!(lines.len(), records);
            lines.iter().for_each(|line| schema::check(&SCHEMA, line));
        }
        "json" | "web-annotation" | "schema-org" => {
            serde_json::from_str::<Value>(out).expect("JSON");
        }
        "tei" => {
            let allowed = |c: char| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{7f}'..='\u{9f}');
            let is_xml = |c: char| allowed(c) && !matches!(c, '\u{fffe}' | '\u{ffff}');
            assert!(out.chars().all(is_xml), "XML has no such characters: {out:?}");
        }
        "script" | "table" | "md" => {
            assert!(!out.contains(|c: char| c.is_control() && c != '\n'), "the cursor is moved: {out:?}");
        }
        _ => {}
    }
}
