//! One document: text in, records out.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use anyhow::Result;
use onrecord::export::{Part, Preparer};
use onrecord::input::{Found, Options, Problem, Text};
use onrecord::{Extractor, Selection};

use crate::saved::Saved;

/// How documents are read; threads share it.
pub struct Reader {
    pub extractor: Extractor,
    pub selection: Selection,
    pub preparer: Preparer,
    pub options: Options,
    pub saved: Option<Saved>,
}

/// The records of one document, ready to be written, and what is to be said of it.
pub struct Reading {
    pub part: Part,
    pub document: String,
    /// Its bytes were not all text.
    pub lossy: Option<String>,
    /// What is true of all documents of its format.
    pub note: Option<&'static str>,
}

impl Reader {
    /// Reads one document. An error in onrecord itself costs this document and not the thousand others; the outer error
    /// is one of writing, which ends it all.
    pub fn read(&self, found: Found) -> Result<Result<Reading, Problem>> {
        let text = match found.read(&self.options) {
            Ok(text) => text,
            Err(problem) => return Ok(Err(problem)),
        };
        if let Some(saved) = &self.saved {
            saved.keep(&text)?;
        }
        let find = || {
            let found = self.extractor.extract(&text.decoded.text);
            let document = text.document(&self.extractor.grammar.lexicon);
            let records = found.into_document_records(&document, self.selection);
            self.preparer.prepare(records, &text.decoded.text)
        };
        Ok(match catch_unwind(AssertUnwindSafe(find)) {
            Ok(part) => Ok(Reading { part, lossy: lossy(&text), note: text.note, document: text.name }),
            Err(why) => Err(Problem {
                document: text.name,
                place: None,
                problem: format!(
                    "onrecord failed on this text ({}), which is an error in onrecord",
                    said(why.as_ref())
                ),
                remedy: "please report it".to_owned(),
            }),
        })
    }
}

/// What it said as it failed.
fn said(why: &(dyn Any + Send)) -> &str {
    let text = why.downcast_ref::<&str>().copied();
    text.or_else(|| why.downcast_ref::<String>().map(String::as_str)).unwrap_or("it did not say why")
}

fn lossy(text: &Text) -> Option<String> {
    let encoding = text.decoded.encoding;
    text.decoded.lossy.then(|| format!("some bytes are no {encoding}; U+FFFD stands for them"))
}
