//! What can go wrong outside a text: grammar files, options and I/O. Extraction itself never fails.

use std::fmt;
use std::path::PathBuf;

/// A place in a file that people can jump to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The file, or a name such as `<builtin>/words/titles.txt`.
    pub file: PathBuf,
    /// First line is 1.
    pub line: usize,
    /// First column is 1, counted in characters.
    pub column: usize,
    /// The line itself, without its end.
    pub text: String,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file.display(), self.line, self.column)
    }
}

/// Why something failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A grammar file says something that cannot be read; the text tells what was expected there.
    Grammar {
        /// Where.
        position: Box<Position>,
        /// What was expected there.
        expected: String,
    },
    /// A file could not be read or written.
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// An input is no text that can be read; the text says why and what to do.
    Input {
        /// The file.
        path: PathBuf,
        /// Why, and what to do.
        reason: String,
    },
    /// An output format refused a record.
    Export {
        /// Why.
        reason: String,
    },
}

/// The one error of the library; `kind()` says which, `Display` says it in a sentence with its place.
#[derive(Debug)]
pub struct Error(Box<ErrorKind>);

impl Error {
    /// What went wrong, to match on.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// The place in a grammar file, where there is one.
    pub fn position(&self) -> Option<&Position> {
        match self.kind() {
            ErrorKind::Grammar { position, .. } => Some(position),
            _ => None,
        }
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            ErrorKind::Grammar { position, expected } => {
                write!(f, "{position}: expected {expected}\n  {}", position.text)
            }
            ErrorKind::Io { path, source } => write!(f, "{}: {source}", path.display()),
            ErrorKind::Input { path, reason } => write!(f, "{}: {reason}", path.display()),
            ErrorKind::Export { reason } => write!(f, "{reason}"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.kind() {
            ErrorKind::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
