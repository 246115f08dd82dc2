//! A document that was found, and the text in it.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use sha2::{Digest, Sha256};

use super::problem::{Problem, Wrong};
use super::{Format, Options};
use crate::document::decode::{Decoded, decode};
use crate::lexicon::Lexicon;
use crate::record::{Document, Metadata};

/// The beginning of what Office programs wrote before 2007, and of what they lock.
const OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// A document as it was found, its text not yet taken out.
#[derive(Clone, Debug)]
pub struct Found {
    /// The path as given; behind it the entry of an archive and the row of a data set: `a.zip/b.csv#7`.
    pub name: String,
    /// Its format.
    pub format: Format,
    pub(super) body: Body,
    /// What stands around it: a row's columns, a crawler's notes.
    pub(super) metadata: Metadata,
}

/// What there is of a document.
#[derive(Clone, Debug)]
pub(super) enum Body {
    /// All bytes of a file, and their encoding if something outside the file tells it.
    File { bytes: Vec<u8>, encoding: Option<String> },
    /// The text of a row, or of a part of a file.
    Text(String),
    /// A text of which a file's bytes are behind it.
    Taken { text: String, bytes: Vec<u8> },
}

/// A document that was read.
#[derive(Clone, Debug)]
pub struct Text {
    /// As in [`Found`].
    pub name: String,
    /// SHA-256 of the file's bytes, unpacked where it lay in an archive; of the text where that is all there is, as in
    /// a row of a data set.
    pub sha256: String,
    /// The text, with the way back to the bytes where there is one.
    pub decoded: Decoded,
    /// What the input says of it beside the text.
    pub metadata: Metadata,
    /// What its reader should know of how it was read.
    pub note: Option<&'static str>,
}

impl Text {
    /// What records must know of it; `lexicon` is that of the grammar by which it is read.
    pub fn document<'a>(&'a self, lexicon: &'a Lexicon) -> Document<'a> {
        let Self { name, sha256, decoded, metadata, .. } = self;
        Document { name, sha256, decoded, metadata, lexicon }
    }
}

/// What a format makes of bytes.
pub(super) struct Taken {
    pub(super) decoded: Decoded,
    pub(super) metadata: Metadata,
    pub(super) note: Option<&'static str>,
}

impl Taken {
    pub(super) fn new(decoded: Decoded) -> Self {
        Self { decoded, metadata: Metadata::default(), note: None }
    }

    /// A text that has no place in the bytes it was taken from.
    pub(super) fn text(text: String) -> Self {
        Self::new(Decoded::taken(text, "UTF-8"))
    }
}

impl Found {
    /// How many bytes it holds.
    pub fn size(&self) -> usize {
        match &self.body {
            Body::File { bytes, .. } => bytes.len(),
            Body::Text(text) => text.len(),
            Body::Taken { text, bytes } => text.len() + bytes.len(),
        }
    }

    /// Takes the text out.
    ///
    /// # Errors
    /// The document is none of its format, or larger than the limits allow.
    pub fn read(self, options: &Options) -> Result<Text, Problem> {
        let Self { name, format, body, metadata } = self;
        let (taken, sha256) = match body {
            Body::File { bytes, encoding } => {
                let sha256 = digest(&bytes);
                // Readers of other people’s formats meet everything; what breaks one of them costs this document only.
                let read = || taken(format, &bytes, encoding.as_deref(), options);
                let taken = catch_unwind(AssertUnwindSafe(read))
                    .unwrap_or_else(|why| Err(Wrong::broken(format.about(), gave_up(why.as_ref()))))
                    .map_err(|wrong| wrong.of(&name))?;
                (taken, sha256)
            }
            Body::Taken { text, bytes } => (Taken::new(Decoded::taken(text, "UTF-8")), digest(&bytes)),
            Body::Text(text) => {
                let sha256 = digest(text.as_bytes());
                (Taken::new(Decoded::taken(text, "UTF-8")), sha256)
            }
        };
        if taken.decoded.text.len() as u64 > options.limits.document().saturating_mul(3) {
            return Err(options.limits.too_large().of(&name));
        }
        let metadata = both(metadata, taken.metadata);
        Ok(Text { name, sha256, decoded: taken.decoded, metadata, note: taken.note })
    }
}

/// What stands around a document, and where that says nothing, what it says itself. Only of the date it knows better.
fn both(around: Metadata, own: Metadata) -> Metadata {
    Metadata {
        title: around.title.or(own.title),
        byline: around.byline.or(own.byline),
        date: own.date.or(around.date),
        site: around.site.or(own.site),
        url: around.url.or(own.url),
        columns: around.columns,
    }
}

fn taken(format: Format, bytes: &[u8], encoding: Option<&str>, options: &Options) -> Result<Taken, Wrong> {
    match format {
        #[cfg(feature = "read-html")]
        Format::Html => super::html::read(bytes, encoding, options),
        #[cfg(feature = "read-mhtml")]
        Format::Mhtml => super::email::page(bytes, options),
        #[cfg(feature = "read-docx")]
        Format::Docx => super::docx::read(bytes, options),
        #[cfg(feature = "read-odt")]
        Format::Odt => super::odt::read(bytes, options),
        #[cfg(feature = "read-rtf")]
        Format::Rtf => super::rtf::read(bytes),
        #[cfg(feature = "read-pdf")]
        Format::Pdf => super::pdf::read(bytes, &options.limits),
        #[cfg(feature = "read-epub")]
        Format::Epub => super::epub::read(bytes, options),
        #[cfg(feature = "read-subtitles")]
        Format::Subtitles => super::subtitles::read(bytes),
        _ => {
            // Only other formats ask for these.
            let _ = (encoding, options);
            if bytes.starts_with(OFFICE) {
                return Err(office(bytes));
            }
            let decoded = decode(bytes);
            Ok(Taken::new(decoded.map_err(|no| Wrong::new(no.what(), "convert it to plain text first"))?))
        }
    }
}

/// Why it is no text, and what to do about it.
fn office(bytes: &[u8]) -> Wrong {
    // Programs put a document that they lock into such a box, under this name.
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    match memchr::memmem::find(bytes, &name) {
        Some(_) => Wrong::locked("open it in Word or Excel and save it without one"),
        None => Wrong::new("this is an old Microsoft Office document", "save it as .docx or .xlsx"),
    }
}

/// What a reader said as it broke.
pub(super) fn gave_up(why: &(dyn Any + Send)) -> String {
    let said =
        why.downcast_ref::<&str>().copied().or_else(|| why.downcast_ref::<String>().map(String::as_str));
    format!("its reader gave up: {}", said.unwrap_or("it did not say why"))
}

fn digest(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}
