//! Records into files: one trait, one file a format, one list of formats.
//!
//! ```
//! use onrecord::export::{Format, Options};
//! let mut out = Vec::new();
//! let mut writer = Format::Csv.writer(&mut out, Options::default());
//! writer.start().unwrap();
//! writer.finish().unwrap();
//! drop(writer);
//! assert!(out.starts_with(b"document,speaker,speaker_name,quote,context,"));
//! ```

mod csv;
mod json;
mod jsonl;
pub mod schema;
mod script;
pub mod text;

use std::io::{self, Write};

use crate::record::DocumentRecords;

/// What a format makes of records, wherever they go; threads may share it.
pub trait Layout: Send + Sync {
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

/// A format on its way into a file: `start`, any number of documents, `finish`.
pub struct Writer<W> {
    out: W,
    layout: Box<dyn Layout>,
    /// No document is written yet.
    first: bool,
}

impl<W: Write> Writer<W> {
    /// Writes what stands before the first document.
    ///
    /// # Errors
    /// The output could not be written; a closed pipe is [`io::ErrorKind::BrokenPipe`].
    pub fn start(&mut self) -> io::Result<()> {
        self.out.write_all(&self.layout.opening())
    }

    /// Goes on with an output that was cut off behind its opening, or behind a document if `any` is written, instead of
    /// [`Writer::start`].
    pub fn go_on(&mut self, any: bool) {
        self.first = !any;
    }

    /// Writes the records of one document.
    ///
    /// # Errors
    /// The output could not be written.
    pub fn document(&mut self, document: &DocumentRecords, text: &str) -> io::Result<()> {
        let mut bytes = Vec::new();
        self.layout.document(document, text, &mut bytes);
        self.laid_out(&bytes)
    }

    /// Writes one document of which [`Layout::document`] of this format made bytes before, perhaps in another thread.
    ///
    /// # Errors
    /// The output could not be written.
    pub fn laid_out(&mut self, document: &[u8]) -> io::Result<()> {
        self.out.write_all(self.layout.before(self.first))?;
        self.first = false;
        self.out.write_all(document)
    }

    /// Hands on what is written so far.
    ///
    /// # Errors
    /// The output could not be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Writes what stands behind the last document, and hands everything on.
    ///
    /// # Errors
    /// The output could not be written.
    pub fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(self.layout.closing())?;
        self.out.flush()
    }
}

/// What the output looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table for spreadsheets and data frames.
    Csv,
    /// One JSON object with all documents.
    Json,
    /// One record a line.
    JsonLines,
    /// Two lines a record, for reading.
    Script,
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
    /// Script names each document above its records.
    pub headings: bool,
    /// Columns of data sets ([`Metadata::columns`](crate::Metadata::columns)) that have a column of their own in CSV.
    pub carried: Vec<String>,
}

impl Format {
    /// All formats, in the order in which help lists them.
    pub const ALL: [Self; 4] = [Self::Csv, Self::Json, Self::JsonLines, Self::Script];

    /// As the command line writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Script => "script",
        }
    }

    /// The format that the command line writes like this.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// What it is, in a sentence.
    pub fn about(self) -> &'static str {
        match self {
            Self::Csv => "A table, one row a record",
            Self::Json => "One JSON object with all documents, their records and speakers",
            Self::JsonLines => "JSON Lines, one record a line",
            Self::Script => "Two lines a record, for people to read",
        }
    }

    /// How this format lays out records.
    pub fn layout(self, options: Options) -> Box<dyn Layout> {
        match self {
            Self::Csv => Box::new(csv::Csv::new(options)),
            Self::Json => Box::new(json::Json::new(&options)),
            Self::JsonLines => Box::new(jsonl::JsonLines),
            Self::Script => Box::new(script::Script::new(&options)),
        }
    }

    /// Starts to write this format.
    pub fn writer<W: Write>(self, out: W, options: Options) -> Writer<W> {
        Writer { out, layout: self.layout(options), first: true }
    }
}

#[cfg(test)]
mod tests {
    use super::{Format, Options};
    use crate::record::{
        Act, Addressee, Alteration, Anonymity, Class, Content, Cue, DocumentRecords, Kind, Metadata, Passage,
        Place, Record, Source, SpeakerKind, Unattributed,
    };

    /// What a format makes of two documents, the second without records.
    pub(super) fn written(format: Format, options: Options) -> String {
        let mut out = Vec::new();
        let mut writer = format.writer(&mut out, options);
        writer.start().unwrap();
        for document in documents() {
            writer.document(&document, "").unwrap();
        }
        writer.finish().unwrap();
        drop(writer);
        String::from_utf8(out).unwrap()
    }

    pub(super) fn documents() -> Vec<DocumentRecords> {
        let document = |name: &str, records| DocumentRecords {
            document: name.into(),
            sha256: "00".repeat(32),
            encoding: "UTF-8".into(),
            metadata: Metadata::default(),
            records,
            speakers: Vec::new(),
        };
        vec![document("a.txt", vec![full(), bare(), unnamed(), term()]), document("b.txt", Vec::new())]
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
            id: Some("s1".into()),
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
    fn every_format_is_found_by_its_name() {
        for format in Format::ALL {
            assert_eq!(Format::named(format.name()), Some(format));
        }
        assert_eq!(Format::named("xml"), None);
    }
}
