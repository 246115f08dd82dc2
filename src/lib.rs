//! Who said what, from English news: speaker, quotation, cue and context, with the rule that decided.
#![forbid(unsafe_code)]

pub mod span;
pub mod error;
pub mod lexicon;
pub mod grammar;
pub mod document;
pub mod token;
pub mod quotation;
pub mod mention;
pub mod attribution;
pub mod speaker;
pub mod extract;
pub mod record;
pub mod export;
pub mod check;
#[cfg(feature = "train")]
pub mod train;

pub use error::{Error, ErrorKind};
pub use extract::{Extraction, Extractor};
pub use grammar::Grammar;
pub use record::{Document, DocumentRecords, Record, Selection};
