//! Who said what, from English news: speaker, quotation, cue and context, with the rule that decided.
#![forbid(unsafe_code)]

pub mod span;
pub mod error;
pub mod lexicon;
pub mod document;
pub mod token;
pub mod quotation;
pub mod mention;
pub mod attribution;
pub mod speaker;
pub mod extract;
#[cfg(feature = "train")]
pub mod train;
pub mod record;
pub mod export;
pub mod stub;

pub use error::{Error, ErrorKind};
pub use extract::Extraction;
pub use record::{Document, DocumentRecords, Record, Selection};
pub use stub::grammar::{self, Grammar};
pub use stub::{Extractor, check};
