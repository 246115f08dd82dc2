//! Records into files: one list of formats, one file a format.
//!
//! A format has one of two shapes. Where documents can be written one behind the other, a `Layout` turns each into
//! bytes, in any thread. Where the whole must be known first, as in a workbook, or where documents go to several
//! places, a `Sink` takes them in their order. Either way a [`Writer`] is fed with what a [`Preparer`] made.
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
mod format;
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
mod writer;
#[cfg(feature = "xlsx")]
mod xlsx;

#[cfg(test)]
mod tests;

pub use format::{Format, Headings, Options, Out};
use format::{Layout, Shape, Sink};
pub use writer::{Part, Preparer, Writer};

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
