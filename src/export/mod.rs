//! Records into files: one list of formats, one file a format.
//!
//! A format has one of two shapes. Where documents can be written one behind the other, a [`Layout`] turns each into
//! bytes, in any thread. Where the whole must be known first, as in a workbook, or where documents go to several
//! places, a [`Sink`] takes them in their order. Either way a [`Writer`] is fed with what a [`Preparer`] made.
//!
//! ```
//! use onrecord::export::{Format, Options};
//! let mut out = Vec::new();
//! let mut writer = Format::named("csv").unwrap().writer(&mut out, &Options::default()).unwrap();
//! writer.start().unwrap();
//! writer.finish().unwrap();
//! drop(writer);
//! assert!(out.starts_with(b"document,speaker,speaker_name,quote,context,"));
//! ```

mod brat;
mod columns;
mod csv;
mod json;
mod jsonl;
mod markdown;
mod marks;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "report")]
mod report;
pub mod schema;
mod schema_org;
mod script;
mod spacy;
#[cfg(feature = "sqlite")]
pub mod sqlite;
#[cfg(feature = "terminal")]
mod table;
mod tei;
pub mod text;
mod web_annotation;
#[cfg(feature = "xlsx")]
mod xlsx;

use std::io::{self, Write};
use std::path::Path;

use crate::record::DocumentRecords;

/// All formats, in the order in which help lists them.
pub static FORMATS: &[Format] = &[
    csv::FORMAT,
    #[cfg(feature = "xlsx")]
    xlsx::FORMAT,
    #[cfg(feature = "sqlite")]
    sqlite::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    #[cfg(feature = "report")]
    report::FORMAT,
    script::FORMAT,
    #[cfg(feature = "terminal")]
    table::FORMAT,
    markdown::FORMAT,
    #[cfg(feature = "parquet")]
    parquet::FORMAT,
    #[cfg(feature = "parquet")]
    parquet::FLAT,
    web_annotation::FORMAT,
    brat::FORMAT,
    spacy::FORMAT,
    tei::FORMAT,
    schema_org::FORMAT,
];

/// What the output looks like.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// As the command line writes it.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// Endings of files, without the stop, that are taken for this format.
    pub endings: &'static [&'static str],
    shape: Shape,
}

/// How a format comes into being.
#[derive(Clone, Copy, Debug)]
enum Shape {
    /// Bytes of one document behind those of the other.
    Stream(fn(&Options) -> Box<dyn Layout>),
    /// One file that is whole only at the end.
    #[cfg_attr(
        not(any(feature = "parquet", feature = "report", feature = "xlsx")),
        expect(dead_code, reason = "all of them bring a library along")
    )]
    File(for<'a> fn(&Options, &'a mut Out) -> io::Result<Box<dyn Sink + 'a>>),
    /// A database or a folder, which may hold something already.
    Place(fn(&Options, &Path) -> io::Result<Box<dyn Sink>>),
}

/// Where bytes go.
pub type Out = dyn Write + Send;

/// What a format makes of one document, wherever it stands; threads may share it.
trait Layout: Send + Sync {
    /// What stands before the first document.
    fn opening(&self) -> Vec<u8> {
        Vec::new()
    }

    /// What stands directly before a document.
    fn before(&self, _first: bool) -> &'static [u8] {
        b""
    }

    /// Appends the records of one document, of which the whole text stands beside.
    fn document(&self, document: &DocumentRecords, text: &str, out: &mut Vec<u8>);

    /// What stands behind the last document.
    fn closing(&self) -> &'static [u8] {
        b""
    }
}

/// What a format makes of all documents, which come in their order.
trait Sink {
    /// Takes the records of one document, of which the whole text stands beside.
    fn document(&mut self, document: &DocumentRecords, text: &str) -> io::Result<()>;

    /// There are no more.
    fn finish(&mut self) -> io::Result<()>;
}

/// How a format writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// SHA-256 of the grammar, named in JSON.
    pub grammar: [u8; 32],
    /// CSV cells that a spreadsheet would run as formulas stay as they are.
    pub csv_raw: bool,
    /// CSV begins with a byte order mark and ends its lines with CR LF.
    pub excel: bool,
    /// Script and table name each document above its records.
    pub headings: bool,
    /// How many columns the terminal has, for the table.
    pub width: Option<u16>,
    /// The table has colours.
    pub colour: bool,
    /// Columns of data sets ([`Metadata::columns`](crate::Metadata::columns)) that have a column of their own in CSV.
    pub carried: Vec<String>,
}

impl Format {
    /// The format that the command line writes like this.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The format that files of this ending have.
    pub fn of_path(path: &Path) -> Option<&'static Self> {
        let ending = path.extension()?;
        FORMATS.iter().find(|format| format.endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
    }

    /// The output is a database or a folder with a name, which [`Format::writer_at`] opens, and no stream of bytes.
    pub fn needs_path(&self) -> bool {
        matches!(self.shape, Shape::Place(_))
    }

    /// The output is whole only at its end: a workbook or a page, and nothing for a terminal.
    pub fn is_one_file(&self) -> bool {
        matches!(self.shape, Shape::File(_))
    }

    /// Documents stand one behind the other, so that an output that was cut off can be gone on with.
    pub fn is_stream(&self) -> bool {
        matches!(self.shape, Shape::Stream(_))
    }

    /// What makes documents ready for a writer of the same format and options.
    pub fn preparer(&self, options: &Options) -> Preparer {
        match self.shape {
            Shape::Stream(layout) => Preparer(Some(layout(options))),
            Shape::File(_) | Shape::Place(_) => Preparer(None),
        }
    }

    /// Starts to write this format.
    ///
    /// # Errors
    /// The format needs a path, or what it needs beside the output could not be opened.
    pub fn writer<'a>(&self, out: &'a mut Out, options: &Options) -> io::Result<Writer<'a>> {
        Ok(match self.shape {
            Shape::Stream(layout) => Writer(Way::Stream { out, layout: layout(options), first: true }),
            Shape::File(open) => Writer(Way::Whole(open(options, out)?)),
            Shape::Place(_) => {
                let reason = format!("{} is no stream of bytes; it needs a path", self.name);
                return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
            }
        })
    }

    /// Starts to write this format into the database or the folder of this name, which is made where it is missing.
    ///
    /// # Errors
    /// The format needs no path, or what stands there could not be opened.
    pub fn writer_at(&self, path: &Path, options: &Options) -> io::Result<Writer<'static>> {
        match self.shape {
            Shape::Place(open) => Ok(Writer(Way::Whole(open(options, path)?))),
            Shape::Stream(_) | Shape::File(_) => {
                let reason = format!("{} is a stream of bytes", self.name);
                Err(io::Error::new(io::ErrorKind::InvalidInput, reason))
            }
        }
    }
}

/// Does what can be done for a document before its turn to be written comes; threads may share it.
pub struct Preparer(Option<Box<dyn Layout>>);

/// A document as its writer takes it.
pub struct Part(Prepared);

enum Prepared {
    Bytes(Vec<u8>),
    Document(Box<DocumentRecords>, String),
}

impl Preparer {
    /// Makes one document ready, of which the whole text stands beside.
    pub fn prepare(&self, document: DocumentRecords, text: &str) -> Part {
        let Some(layout) = &self.0 else {
            return Part(Prepared::Document(Box::new(document), text.to_owned()));
        };
        let mut bytes = Vec::new();
        layout.document(&document, text, &mut bytes);
        Part(Prepared::Bytes(bytes))
    }
}

/// A format on its way into a file: `start`, any number of documents, `finish`.
pub struct Writer<'a>(Way<'a>);

enum Way<'a> {
    /// `first` as long as no document is written.
    Stream {
        out: &'a mut Out,
        layout: Box<dyn Layout>,
        first: bool,
    },
    Whole(Box<dyn Sink + 'a>),
}

impl Writer<'_> {
    /// Writes what stands before the first document.
    ///
    /// # Errors
    /// The output could not be written; a closed pipe is [`io::ErrorKind::BrokenPipe`].
    pub fn start(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Way::Stream { out, layout, .. } => out.write_all(&layout.opening()),
            Way::Whole(_) => Ok(()),
        }
    }

    /// Goes on with an output that was cut off behind its opening, or behind a document if `any` is written, instead of
    /// [`Writer::start`].
    pub fn go_on(&mut self, any: bool) {
        if let Way::Stream { first, .. } = &mut self.0 {
            *first = !any;
        }
    }

    /// Hands on what is written so far.
    ///
    /// # Errors
    /// The output could not be written.
    pub fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Way::Stream { out, .. } => out.flush(),
            Way::Whole(_) => Ok(()),
        }
    }

    /// Writes the records of one document, of which the whole text stands beside.
    ///
    /// # Errors
    /// The output could not be written.
    pub fn document(&mut self, document: &DocumentRecords, text: &str) -> io::Result<()> {
        match &mut self.0 {
            Way::Stream { out, layout, first } => {
                let mut bytes = Vec::new();
                layout.document(document, text, &mut bytes);
                out.write_all(layout.before(std::mem::take(first)))?;
                out.write_all(&bytes)
            }
            Way::Whole(sink) => sink.document(document, text),
        }
    }

    /// Writes one document that was made ready for this format before, perhaps in another thread.
    ///
    /// # Errors
    /// The output could not be written.
    pub fn part(&mut self, part: &Part) -> io::Result<()> {
        match (&mut self.0, &part.0) {
            (Way::Stream { out, layout, first }, Prepared::Bytes(bytes)) => {
                out.write_all(layout.before(std::mem::take(first)))?;
                out.write_all(bytes)
            }
            (_, Prepared::Document(document, text)) => self.document(document, text),
            (Way::Whole(_), Prepared::Bytes(_)) => Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "the document was made ready for another format",
            )),
        }
    }

    /// Writes what stands behind the last document, and hands everything on.
    ///
    /// # Errors
    /// The output could not be written.
    pub fn finish(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Way::Stream { out, layout, .. } => {
                out.write_all(layout.closing())?;
                out.flush()
            }
            Way::Whole(sink) => sink.finish(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::path::Path;

    use super::{FORMATS, Format, Options};
    use crate::record::{
        Act, Addressee, Alteration, Anonymity, Class, Content, Cue, DocumentRecords, Kind, Metadata, Passage,
        Place, Record, Source, SpeakerEntry, SpeakerKind, Unattributed,
    };
    use crate::{Document, Extractor, Grammar, Selection, document::decode::decode};

    /// What a format makes of two documents, the second without records.
    pub(super) fn written(format: &Format, options: &Options) -> String {
        String::from_utf8(bytes(format, options)).unwrap()
    }

    pub(super) fn bytes(format: &Format, options: &Options) -> Vec<u8> {
        let mut out = Vec::new();
        let mut writer = format.writer(&mut out, options).unwrap();
        writer.start().unwrap();
        for document in documents() {
            writer.document(&document, "").unwrap();
        }
        writer.finish().unwrap();
        drop(writer);
        out
    }

    pub(super) fn documents() -> Vec<DocumentRecords> {
        let document = |name: &str, mut records: Vec<Record>| {
            for (n, record) in records.iter_mut().enumerate() {
                record.id = format!("q{n:016x}");
            }
            let sources = records.iter().filter_map(|record| record.speaker.as_ref());
            let speakers = sources.map(|source| SpeakerEntry {
                id: source.id.clone().unwrap(),
                name: source.name.clone(),
                description: None,
                kind: source.kind,
            });
            DocumentRecords {
                document: name.into(),
                sha256: "00".repeat(32),
                encoding: "UTF-8".into(),
                metadata: Metadata::default(),
                speakers: speakers.collect(),
                records,
            }
        };
        vec![document("a.txt", vec![full(), bare(), unnamed(), term()]), document("b.txt", Vec::new())]
    }

    /// The article of README.md with its records.
    pub(super) fn article() -> (DocumentRecords, &'static str) {
        let text = include_str!("../../fixtures/ferry-pier.txt");
        let extractor = Extractor::new(Grammar::english());
        let decoded = decode(text.as_bytes()).unwrap();
        let document = Document {
            name: "fixtures/ferry-pier.txt",
            sha256: "",
            decoded: &decoded,
            metadata: &Metadata::default(),
            lexicon: &extractor.grammar.lexicon,
        };
        let records = extractor.extract(text).document_records(&document, Selection::default());
        (records, text)
    }

    /// What a format makes of one document.
    pub(super) fn one(format: &Format, document: &DocumentRecords, text: &str) -> String {
        let mut out = Vec::new();
        let mut writer = format.writer(&mut out, &Options::default()).unwrap();
        writer.start().unwrap();
        writer.document(document, text).unwrap();
        writer.finish().unwrap();
        drop(writer);
        String::from_utf8(out).unwrap()
    }

    fn passage(text: &str) -> Passage {
        Passage { text: text.into(), place: Place { start: 3, end: 9, byte_start: Some(3), byte_end: None } }
    }

    fn bare() -> Record {
        Record {
            id: "q0000000000000000".into(),
            document: "a.txt".into(),
            document_sha256: "00".repeat(32),
            kind: Kind::Direct,
            act: Act::Speech,
            content: Content { text: "“=Stand back\u{1b}”".into(), spans: vec![passage("").place] },
            quotes: vec![passage("=Stand back\u{1b}")],
            speaker: None,
            cue: None,
            addressee: None,
            setting: None,
            via: None,
            hedged: false,
            secondhand: false,
            negated: false,
            anonymity: None,
            alterations: Vec::new(),
            context: passage("“=Stand back\u{1b}”"),
            parent: None,
            rule: "none".into(),
            confidence: 0.5,
            unattributed: Some(Unattributed::NoCue),
            time: None,
        }
    }

    fn said(mention: &str, name: Option<&str>, cue: &str) -> Record {
        let kind = if name.is_some() { SpeakerKind::Person } else { SpeakerKind::Unnamed };
        let source = Source {
            text: Some(mention.into()),
            start: Some(3),
            end: Some(9),
            byte_start: Some(3),
            byte_end: None,
            name: name.map(str::to_owned),
            description: None,
            kind,
            id: Some(if name.is_some() { "s1" } else { "s2" }.into()),
        };
        Record {
            speaker: Some(source),
            cue: Some(Cue { passage: passage(cue), lemma: "say".into(), stance: "neutral".into() }),
            unattributed: None,
            ..bare()
        }
    }

    fn full() -> Record {
        Record {
            content: Content {
                text: "“We are ready, … and\n\nwe wait.”".into(),
                spans: vec![passage("").place; 2],
            },
            addressee: Some(Addressee { passage: passage("reporters"), name: None }),
            alterations: vec![Alteration::Bracket, Alteration::Sic],
            hedged: true,
            ..said("she", Some("Maria Lopez"), "reportedly told")
        }
    }

    fn unnamed() -> Record {
        Record {
            kind: Kind::Mixed,
            content: Content { text: "that it was “very loud”".into(), spans: vec![passage("").place] },
            anonymity: Some(Anonymity { class: Class::Individual, condition: None, reason: None }),
            ..said("a resident", None, "said")
        }
    }

    fn term() -> Record {
        let content = Content { text: "“smart”".into(), spans: vec![passage("").place] };
        Record { kind: Kind::Term, content, unattributed: None, ..bare() }
    }

    #[test]
    fn every_format_is_found_by_its_name_and_its_endings() {
        let mut names = HashSet::new();
        for format in FORMATS {
            assert_eq!(Format::named(format.name).unwrap().name, format.name);
            for ending in format.endings {
                let path = Path::new("quotes").with_extension(ending.to_uppercase());
                assert_eq!(Format::of_path(&path).unwrap().name, format.name);
            }
            assert!(names.insert(format.name));
        }
        assert!(Format::named("docx").is_none() && Format::of_path(Path::new("csv")).is_none());
    }
}
