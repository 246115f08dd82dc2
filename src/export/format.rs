//! What a format is: its name, its endings, and one of three ways to write it.

use std::io::{self, Write};
use std::path::Path;

use super::{FORMATS, Preparer, Writer};
use crate::record::DocumentRecords;

/// What the output looks like.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// As the command line writes it.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// Endings of files, without the stop, that are taken for this format.
    pub endings: &'static [&'static str],
    pub(super) shape: Shape,
}

/// How a format comes into being.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// Bytes of one document behind those of the other.
    Stream(fn(&Options) -> Box<dyn Layout>),
    /// One file that is whole only at the end.
    #[cfg_attr(
        not(any(feature = "parquet", feature = "report", feature = "xlsx")),
        expect(dead_code, reason = "all of them bring a library along")
    )]
    File(for<'a> fn(&Options, &'a mut Out) -> io::Result<Box<dyn Sink + 'a>>),
    /// A database or a folder, which may hold something already.
    Place(fn(&Options, &Path) -> io::Result<Box<dyn Sink>>),
}

/// Where bytes go.
pub type Out = dyn Write + Send;

/// What a format makes of one document, wherever it stands; threads may share it.
pub(super) trait Layout: Send + Sync {
    /// What stands before the first document.
    fn opening(&self) -> Vec<u8> {
        Vec::new()
    }

    /// What stands directly before a document.
    fn before(&self, _first: bool) -> &'static [u8] {
        b""
    }

    /// Appends the records of one document, of which the whole text stands beside.
    fn document(&self, document: &DocumentRecords, text: &str, out: &mut Vec<u8>);

    /// What stands behind the last document.
    fn closing(&self) -> &'static [u8] {
        b""
    }
}

/// What a format makes of all documents, which come in their order.
pub(super) trait Sink {
    /// Takes the records of one document, of which the whole text stands beside.
    fn document(&mut self, document: &DocumentRecords, text: &str) -> io::Result<()>;

    /// There are no more.
    fn finish(&mut self) -> io::Result<()>;
}

/// How a format writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// SHA-256 of the grammar, named in JSON.
    pub grammar: [u8; 32],
    /// CSV cells that a spreadsheet would run as formulas stay as they are.
    pub csv_raw: bool,
    /// CSV begins with a byte order mark and ends its lines with CR LF.
    pub excel: bool,
    /// Which documents script and table name above their records.
    pub headings: Headings,
    /// How many columns the terminal has, for the table.
    pub width: Option<u16>,
    /// The table has colours.
    pub colour: bool,
    /// Columns of data sets ([`Metadata::columns`](crate::Metadata::columns)) that have a column of their own in CSV.
    pub carried: Vec<String>,
}

/// Which documents have their name above them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Headings {
    /// None.
    #[default]
    None,
    /// All of them.
    All,
    /// All but the one of this name, which is the whole input.
    AllBut(String),
}

impl Headings {
    pub(super) fn has(&self, document: &str) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::AllBut(whole) => whole != document,
        }
    }
}

impl Format {
    /// The format that the command line writes like this.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The format that files of this ending have.
    pub fn of_path(path: &Path) -> Option<&'static Self> {
        let ending = path.extension()?;
        FORMATS.iter().find(|format| format.endings.iter().any(|known| ending.eq_ignore_ascii_case(known)))
    }

    /// The output is a database or a folder with a name, which [`Format::writer_at`] opens, and no stream of bytes.
    pub fn needs_path(&self) -> bool {
        matches!(self.shape, Shape::Place(_))
    }

    /// The output is whole only at its end: a workbook or a page, and nothing for a terminal.
    pub fn is_one_file(&self) -> bool {
        matches!(self.shape, Shape::File(_))
    }

    /// Documents stand one behind the other, so that an output that was cut off can be gone on with.
    pub fn is_stream(&self) -> bool {
        matches!(self.shape, Shape::Stream(_))
    }

    /// What makes documents ready for a writer of the same format and options.
    pub fn preparer(&self, options: &Options) -> Preparer {
        match self.shape {
            Shape::Stream(layout) => Preparer::new(Some(layout(options))),
            Shape::File(_) | Shape::Place(_) => Preparer::new(None),
        }
    }

    /// Starts to write this format.
    ///
    /// # Errors
    /// The format needs a path, or what it needs beside the output could not be opened.
    pub fn writer<'a>(&self, out: &'a mut Out, options: &Options) -> io::Result<Writer<'a>> {
        Ok(match self.shape {
            Shape::Stream(layout) => Writer::stream(out, layout(options)),
            Shape::File(open) => Writer::whole(open(options, out)?),
            Shape::Place(_) => {
                let reason = format!("{} is no stream of bytes; it needs a path", self.name);
                return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
            }
        })
    }

    /// Starts to write this format into the database or the folder of this name, which is made where it is missing.
    ///
    /// # Errors
    /// The format needs no path, or what stands there could not be opened.
    pub fn writer_at(&self, path: &Path, options: &Options) -> io::Result<Writer<'static>> {
        match self.shape {
            Shape::Place(open) => Ok(Writer::whole(open(options, path)?)),
            Shape::Stream(_) | Shape::File(_) => {
                let reason = format!("{} is a stream of bytes", self.name);
                Err(io::Error::new(io::ErrorKind::InvalidInput, reason))
            }
        }
    }
}
