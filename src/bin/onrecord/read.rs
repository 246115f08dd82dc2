//! One text: bytes in, records out.

use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use onrecord::document::decode::{Decoded, decode};
use onrecord::{Document, DocumentRecords, Extraction, Extractor, Selection};
use sha2::{Digest, Sha256};

use crate::input::{Input, Problem};

/// A text that was read.
pub struct Text {
    pub name: String,
    pub sha256: String,
    pub decoded: Decoded,
}

/// The text behind an input.
pub fn text(input: &Input) -> Result<Text, Problem> {
    let bytes = input.read()?;
    let decoded = decode(&bytes).map_err(|error| input.problem(&error.to_string()))?;
    let mut sha256 = String::with_capacity(64);
    for byte in Sha256::digest(&bytes) {
        let _ = write!(sha256, "{byte:02x}");
    }
    Ok(Text { name: input.name(), sha256, decoded })
}

impl Text {
    /// What the records must know of it.
    pub fn document<'a>(&'a self, extractor: &'a Extractor) -> Document<'a> {
        let lexicon = &extractor.grammar.lexicon;
        Document { name: &self.name, sha256: &self.sha256, decoded: &self.decoded, lexicon }
    }

    /// What is found in it.
    pub fn extraction<'a>(&'a self, extractor: &Extractor) -> Extraction<'a> {
        extractor.extract(&self.decoded.text)
    }

    /// The same, and why.
    pub fn explanation<'a>(&'a self, extractor: &Extractor) -> Extraction<'a> {
        extractor.explain(&self.decoded.text)
    }
}

/// Records of one input, and a note where its bytes were not all text.
pub struct Reading {
    pub records: DocumentRecords,
    pub note: Option<String>,
}

/// Reads one input. An error in onrecord itself costs this text and not the thousand others.
pub fn records(input: &Input, extractor: &Extractor, selection: Selection) -> Result<Reading, Problem> {
    let text = text(input)?;
    let find = || text.extraction(extractor).document_records(&text.document(extractor), selection);
    let records = catch_unwind(AssertUnwindSafe(find)).map_err(|_| {
        input.problem("onrecord failed on this text, which is an error in onrecord; please report it")
    })?;
    let encoding = text.decoded.encoding;
    let note = text
        .decoded
        .lossy
        .then(|| format!("{}: some bytes are no {encoding}; U+FFFD stands for them", text.name));
    Ok(Reading { records, note })
}
