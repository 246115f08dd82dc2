//! One text: bytes in, records out.

use std::panic::{AssertUnwindSafe, catch_unwind};

use onrecord::document::decode::{Decoded, decode};
use onrecord::export::{Part, Preparer};
use onrecord::record::Metadata;
use onrecord::{Document, Extraction, Extractor, Selection};
use sha2::{Digest, Sha256};

use crate::input::{Input, Problem};

/// A text that was read.
pub struct Text {
    pub name: String,
    pub sha256: String,
    pub decoded: Decoded,
    pub metadata: Metadata,
}

/// The text behind an input.
pub fn text(input: &Input) -> Result<Text, Problem> {
    let bytes = input.read()?;
    let decoded = decode(&bytes).map_err(|error| input.problem(&error.to_string()))?;
    let sha256 = hexadecimal(&Sha256::digest(&bytes));
    Ok(Text { name: input.name(), sha256, decoded, metadata: Metadata::default() })
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |n: u8| char::from(b"0123456789abcdef"[usize::from(n)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

impl Text {
    /// What the records must know of it.
    pub fn document<'a>(&'a self, extractor: &'a Extractor) -> Document<'a> {
        let lexicon = &extractor.grammar.lexicon;
        Document {
            name: &self.name,
            sha256: &self.sha256,
            decoded: &self.decoded,
            metadata: &self.metadata,
            lexicon,
        }
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

/// The records of one input, ready to be written, and a note where its bytes were not all text.
pub struct Reading {
    pub part: Part,
    pub note: Option<String>,
}

/// Reads one input. An error in onrecord itself costs this text and not the thousand others.
pub fn records(
    input: &Input,
    extractor: &Extractor,
    selection: Selection,
    preparer: &Preparer,
) -> Result<Reading, Problem> {
    let text = text(input)?;
    let find = || {
        let records = text.extraction(extractor).document_records(&text.document(extractor), selection);
        preparer.prepare(records, &text.decoded.text)
    };
    let part = catch_unwind(AssertUnwindSafe(find)).map_err(|_| {
        input.problem("onrecord failed on this text, which is an error in onrecord; please report it")
    })?;
    let encoding = text.decoded.encoding;
    let note = text
        .decoded
        .lossy
        .then(|| format!("{}: some bytes are no {encoding}; U+FFFD stands for them", text.name));
    Ok(Reading { part, note })
}
