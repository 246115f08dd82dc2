//! Files into documents: what is inside an input, whatever its format, one document at a time.
//!
//! An input is a text, a data set with a text a row, or an archive of other inputs. [`documents`] finds what is in
//! it and shows each document once it is there, so that neither the input nor an archive is ever held whole.
//! Finding is one thread's work; [`Found::read`], which takes the text out of a page or a letter, may be any
//! other's.
//!
//! ```
//! use std::ops::ControlFlow;
//! use onrecord::input::{Event, Options, Source, documents};
//!
//! let lines = "{\"id\": 7, \"body\": \"Ana said no.\"}\n{\"id\": 9, \"body\": \"Bo said yes.\"}\n";
//! let mut names = Vec::new();
//! let options = Options::default();
//! let _ = documents("a.jsonl", Source::stream(lines.as_bytes()), &options, &mut |event| {
//!     if let Event::Document(found) = event {
//!         names.push((found.name.clone(), found.read(&options).unwrap().decoded.text.to_string()));
//!     }
//!     ControlFlow::Continue(())
//! });
//! assert_eq!(names[1], ("a.jsonl#9".to_owned(), "Bo said yes.".to_owned()));
//! ```
//!
//! Nothing is fetched from the network, no path in an archive is written to, no entity of XML is expanded but the
//! five that every parser knows, and [`Limits`] bound what an input may unfold to.

mod clock;
#[cfg(any(feature = "read-gzip", feature = "read-zstd", feature = "read-bzip2", feature = "read-xz"))]
mod compress;
#[cfg(feature = "read-docx")]
mod docx;
#[cfg(feature = "read-email")]
mod email;
#[cfg(feature = "read-epub")]
mod epub;
mod format;
#[cfg(feature = "read-html")]
mod html;
#[cfg(feature = "read-json")]
mod json;
mod limits;
#[cfg(feature = "read-email")]
mod mbox;
#[cfg(feature = "read-odt")]
mod odt;
#[cfg(feature = "read-parquet")]
mod parquet;
#[cfg(any(feature = "read-docx", feature = "read-odt", feature = "read-epub"))]
mod parts;
#[cfg(feature = "read-pdf")]
mod pdf;
#[cfg(feature = "read-pdf")]
mod pdf_bounds;
mod problem;
#[cfg(feature = "read-rtf")]
mod rtf;
#[cfg(feature = "read-csv")]
mod separated;
mod sniff;
mod source;
#[cfg(feature = "read-subtitles")]
mod subtitles;
mod table;
#[cfg(feature = "read-tar")]
mod tar;
mod text;
mod walk;
#[cfg(feature = "read-warc")]
mod warc;
#[cfg(feature = "read-xlsx")]
mod xlsx;
#[cfg(any(feature = "read-docx", feature = "read-odt", feature = "read-epub"))]
mod xml;
#[cfg(feature = "read-zip")]
mod zip;

pub use format::Format;
pub use limits::Limits;
pub use problem::Problem;
pub use source::Source;
pub use text::{Found, Text};
pub use walk::{Event, Flow, documents};

/// How inputs are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The format of the input, or of what lies in it if it is an archive; without it content and name tell.
    pub format: Option<Format>,
    /// Web pages are read whole, and not only their article.
    pub whole_pages: bool,
    /// The column of a data set that holds the text; without it one of the usual names.
    pub text_column: Option<String>,
    /// The column of a data set that names its rows; without it one of the usual names, or their number.
    pub id_column: Option<String>,
    /// Columns that are carried into [`Metadata::columns`](crate::Metadata::columns).
    pub keep: Vec<String>,
    /// The input lies beside articles: if it is a data set without a column of texts it says something of them, and is
    /// passed over with a note. So is such a data set in an archive.
    pub beside_articles: bool,
    /// What an input may unfold to.
    pub limits: Limits,
}
