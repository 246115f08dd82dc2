//! Who said what, from English news: speaker, quotation, cue and context, with the rule that decided.
#![forbid(unsafe_code)]

pub mod attribution;
pub mod check;
pub mod document;
pub mod english;
pub mod error;
pub mod evidence;
pub mod export;
pub mod extract;
pub mod grammar;
#[cfg_attr(
    not(feature = "read-parquet"),
    expect(dead_code, reason = "what only some formats need; of Parquet’s there is always some")
)]
pub mod input;
pub mod lexicon;
pub mod mention;
pub mod quotation;
pub mod record;
pub mod span;
pub mod speaker;
pub mod token;
#[cfg(feature = "train")]
pub mod train;

pub use error::{Error, ErrorKind};
pub use extract::{Extraction, Extractor};
pub use grammar::Grammar;
pub use record::{Document, DocumentRecords, Excerpt, Metadata, Record, Selection};

/// The program in README.md compiles and runs.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
