//! The record: what is said about one attribution, in the form that leaves the program.
//!
//! Everything before this module works in bytes of the decoded text and in indices; a [`Record`] has only strings,
//! numbers and offsets that other programs can check: every `text` is exactly what stands at its offsets. Records of one
//! document share what is the same in all of them: its name, its text, and who speaks. What few records have stands in a
//! box, so that it takes no room in the others.

mod alterations;
mod build;
mod context;
mod excerpt;
mod place;
#[cfg(test)]
mod tests;
mod withheld;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;

pub use self::excerpt::Excerpt;
pub use crate::attribution::{Kind, Unattributed};
use crate::document::decode::Decoded;
pub use crate::lexicon::Act;
use crate::lexicon::Lexicon;
pub use crate::speaker::SpeakerKind;
pub use crate::speaker::anonymity::Class;

/// The lists know acts without knowing of schemas, which are a record’s business.
impl JsonSchema for Act {
    fn schema_name() -> Cow<'static, str> {
        "Act".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "What somebody does by the cue: only speech is reported unless attitudes are asked for.",
            "oneOf": [
                {
                    "description": "Somebody said, wrote, asked, denied; a document, poll or report states.",
                    "type": "string",
                    "const": Act::Speech
                },
                {
                    "description": "Somebody wants, supports, thinks, fears.",
                    "type": "string",
                    "const": Act::Attitude
                },
                {
                    "description": "Borderline acts that annotators mark: voted against, nominated.",
                    "type": "string",
                    "const": Act::Deed
                }
            ]
        })
    }
}

/// What a record must know of its document beside the extraction.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// The path as given, `-` for standard input; behind it the entry of an archive and the row of a data set.
    pub name: &'a str,
    /// SHA-256 of the bytes read, unpacked if they lay in an archive, in hexadecimal; of the text for a row.
    pub sha256: &'a str,
    /// The text with the way back to the bytes of the file.
    pub decoded: &'a Decoded,
    /// What the input says of the text beside the text itself.
    pub metadata: &'a Metadata,
    /// The word lists with which the text was read.
    pub lexicon: &'a Lexicon,
}

/// One attribution relation: somebody is stated to have said something.
///
/// `start` and `end` count Unicode code points of the decoded text, `byte_start` and `byte_end` bytes of the file.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Record {
    /// The same for the same bytes and the same content, whatever the rules say about the speaker.
    pub id: String,
    /// The path as given, `-` for standard input.
    pub document: Arc<str>,
    /// SHA-256 of the bytes read, in hexadecimal.
    pub document_sha256: Arc<str>,
    /// How much of the content stands in quotation marks.
    pub kind: Kind,
    /// What somebody does by saying it.
    pub act: Act,
    /// What was said, marks included.
    pub content: Content,
    /// The words between the marks inside the content, marks excluded; empty for indirect speech.
    pub quotes: Vec<Passage>,
    /// Who is stated to have said it, and whom that means.
    pub speaker: Option<Source>,
    /// The words that report.
    pub cue: Option<Cue>,
    /// To whom it was said.
    pub addressee: Option<Box<Addressee>>,
    /// Where it was said: `in a statement`, `on Twitter`.
    pub setting: Option<Box<Setting>>,
    /// The outlet, document or person through whom the words came.
    pub via: Option<Box<Passage>>,
    /// The act of speaking is in doubt.
    pub hedged: bool,
    /// It came through another outlet, a document or another person.
    pub secondhand: bool,
    /// The act of speaking is denied, questioned or hypothetical.
    pub negated: bool,
    /// For a source without a name, what it is and why it has none.
    pub anonymity: Option<Box<Anonymity>>,
    /// How the quoted words differ from what was said.
    pub alterations: Vec<Alteration>,
    /// The sentence or sentences in which content, cue and source stand.
    pub context: Passage,
    /// The id of the record inside whose content this one stands.
    pub parent: Option<String>,
    /// The pattern that decided, `file/name`.
    pub rule: Arc<str>,
    /// Probability from 0 to 1 that cue and source are right.
    #[schemars(range(min = 0, max = 1))]
    pub confidence: f64,
    /// Why there is no speaker.
    pub unattributed: Option<Unattributed>,
    /// When it is heard, where the document is a recording’s subtitles.
    pub time: Option<Time>,
}

/// A stretch of a recording, in seconds from its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Time {
    /// Where the first piece of the content begins.
    pub start: f64,
    /// Where the last one ends.
    pub end: f64,
}

/// A place in a document, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Place {
    /// First code point of the decoded text.
    pub start: u64,
    /// One past the last code point.
    pub end: u64,
    /// First byte in the file; null where the encoding gives no way back.
    pub byte_start: Option<u64>,
    /// One past the last byte in the file.
    pub byte_end: Option<u64>,
}

/// A stretch of the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Passage {
    /// Exactly what stands there.
    pub text: Excerpt,
    /// Where it stands.
    #[serde(flatten)]
    pub place: Place,
}

/// What was said, in pieces where a tag interrupts it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Content {
    /// The pieces, joined by ` … `.
    pub text: Excerpt,
    /// Where each piece stands.
    pub spans: Vec<Place>,
}

/// The source in the sentence and whom it means, or one of the two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Source {
    /// The mention as it stands; null, as are its offsets, where words are carried on without one.
    pub text: Option<Excerpt>,
    /// First code point of the mention.
    pub start: Option<u64>,
    /// One past its last code point.
    pub end: Option<u64>,
    /// Its first byte in the file.
    pub byte_start: Option<u64>,
    /// One past its last byte in the file.
    pub byte_end: Option<u64>,
    /// The fullest name in the document without titles, or the fullest description; null for a pronoun nobody can resolve.
    pub name: Option<Arc<str>>,
    /// Title, role or affiliation.
    pub description: Option<Arc<str>>,
    /// What the speaker is.
    pub kind: SpeakerKind,
    /// One for each speaker of each document.
    pub id: Option<Arc<str>>,
}

/// The words that report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cue {
    /// With auxiliaries, adverbs and negation: `reportedly told`.
    #[serde(flatten)]
    pub passage: Passage,
    /// `tell`
    pub lemma: Cow<'static, str>,
    /// `neutral`, `deny` …
    pub stance: Cow<'static, str>,
}

/// To whom something was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Addressee {
    /// As it stands.
    #[serde(flatten)]
    pub passage: Passage,
    /// The fullest name of whom it means.
    pub name: Option<Arc<str>>,
}

/// Where something was said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Setting {
    /// As it stands.
    #[serde(flatten)]
    pub passage: Passage,
    /// `statement`, `interview`, `post`, `press-conference`, `document`, `broadcast`, `court`, `speech`, `other`
    pub kind: String,
}

/// What is said of a source without a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Anonymity {
    /// What the source is.
    pub class: Class,
    /// `on condition of anonymity`
    pub condition: Option<Excerpt>,
    /// `because he was not authorised to speak`
    pub reason: Option<Excerpt>,
}

/// A way in which quoted words differ from what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Alteration {
    /// Words in brackets that the writer put in.
    Bracket,
    /// Words left out.
    Ellipsis,
    /// A mistake that the writer left and marked.
    Sic,
    /// A fragment of up to three words.
    Partial,
    /// A quotation mark is missing.
    Unclosed,
    /// The writer made words stand out.
    Emphasis,
}

impl Alteration {
    /// As the record writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bracket => "bracket",
            Self::Ellipsis => "ellipsis",
            Self::Sic => "sic",
            Self::Partial => "partial",
            Self::Unclosed => "unclosed",
            Self::Emphasis => "emphasis",
        }
    }
}

/// Which records come out: by default speech, and whatever holds quotation marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Marked words that nobody is stated to have said come out too.
    pub terms: bool,
    /// What people want, think or do comes out too, also where they are not quoted.
    pub attitudes: bool,
}

impl Selection {
    /// Everything that was found.
    pub const ALL: Self = Self { terms: true, attitudes: true };

    /// The record is one of those asked for.
    pub fn keeps(self, record: &Record) -> bool {
        self.wants(record.kind, record.act, !record.quotes.is_empty())
    }

    /// So is one of this kind and act, with or without quotations.
    fn wants(self, kind: Kind, act: Act, quoted: bool) -> bool {
        match kind {
            Kind::Term => self.terms,
            _ => self.attitudes || act == Act::Speech || quoted,
        }
    }
}

/// What an input says of a document beside its text; nothing of it is guessed from the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Metadata {
    /// The headline, or the subject of a letter.
    pub title: Option<String>,
    /// Who wrote it, as it stands there.
    pub byline: Option<String>,
    /// When it appeared, as it stands there.
    pub date: Option<String>,
    /// The outlet.
    pub site: Option<String>,
    /// Where it appeared.
    pub url: Option<String>,
    /// Columns of a data set that are carried through.
    pub columns: BTreeMap<String, String>,
}

/// All records of one document.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct DocumentRecords {
    /// The path as given, `-` for standard input.
    pub document: String,
    /// SHA-256 of the bytes read, in hexadecimal.
    pub sha256: String,
    /// The encoding of the file.
    pub encoding: String,
    /// What the input says of the document beside its text.
    pub metadata: Metadata,
    /// In the order of the text.
    pub records: Vec<Record>,
    /// Who speaks in these records, in the order in which they first do.
    pub speakers: Vec<SpeakerEntry>,
}

/// Somebody who speaks in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SpeakerEntry {
    /// The `id` of the speaker in the records.
    pub id: Arc<str>,
    /// The fullest name in the document without titles, or the fullest description.
    pub name: Option<Arc<str>>,
    /// Title, role or affiliation.
    pub description: Option<Arc<str>>,
    /// What the speaker is.
    pub kind: SpeakerKind,
}

impl Source {
    /// Where the mention stands.
    pub fn place(&self) -> Option<Place> {
        let (start, end) = self.start.zip(self.end)?;
        Some(Place { start, end, byte_start: self.byte_start, byte_end: self.byte_end })
    }
}

impl Record {
    /// The words between the marks, stretches joined by ` … `; for indirect speech the content.
    pub fn quote(&self) -> String {
        self.stretches().into_owned()
    }

    /// The same, borrowed where nothing is joined.
    pub(crate) fn stretches(&self) -> Cow<'_, str> {
        match &self.quotes[..] {
            [] => Cow::Borrowed(&self.content.text),
            [one] => Cow::Borrowed(&one.text),
            several => {
                let texts: Vec<&str> = several.iter().map(|quote| &*quote.text).collect();
                Cow::Owned(texts.join(build::BETWEEN))
            }
        }
    }
}
