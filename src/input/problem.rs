//! What keeps an input from being read: which, where in it, what is wrong, what to do.

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use super::limits::Limits;

/// Something that could not be read, in one line with its remedy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The document, or the file if none of its documents could be told.
    pub document: String,
    /// Where in it: `line 12`, `row 3`.
    pub place: Option<String>,
    /// What is wrong.
    pub problem: String,
    /// What to do about it.
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.document)?;
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}; {}", self.problem, self.remedy)
    }
}

impl std::error::Error for Problem {}

impl Problem {
    /// A document that takes longer than it may.
    pub fn of_time(document: &str, most: Duration) -> Self {
        Limits::too_long(most).of(document)
    }

    /// A file that the operating system does not give.
    pub fn of_io(document: &str, error: io::Error) -> Self {
        Wrong::from(error).of(document)
    }
}

/// A problem of a document that is named further up.
#[derive(Clone, Debug)]
pub(super) struct Wrong {
    place: Option<String>,
    what: String,
    remedy: String,
    /// It is a data set in which no column holds texts, and may be about something else.
    pub(super) is_textless: bool,
}

impl Wrong {
    pub(super) fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { place: None, what: what.into(), remedy: remedy.into(), is_textless: false }
    }

    /// A data set in which no column holds texts.
    pub(super) fn textless(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { is_textless: true, ..Self::new(what, remedy) }
    }

    /// A document that its owner has locked.
    pub(super) fn locked(remedy: &str) -> Self {
        Self::new("it is locked with a password", remedy)
    }

    /// A file that is not whole, or that its own format would not read.
    pub(super) fn broken(kind: &str, error: impl fmt::Display) -> Self {
        Self::new(
            format!("{kind} cannot be read ({error})"),
            "it may be cut off or damaged; get it anew or save it again",
        )
    }

    /// An archive that needs another program.
    pub(super) fn packed_otherwise(how: impl fmt::Display) -> Self {
        Self::new(
            format!("it is packed in a way that cannot be read ({how})"),
            "unpack it yourself and name the files",
        )
    }

    pub(super) fn at(self, place: impl Into<String>) -> Self {
        Self { place: self.place.or(Some(place.into())), ..self }
    }

    pub(super) fn of(self, document: &str) -> Problem {
        Problem { document: document.to_owned(), place: self.place, problem: self.what, remedy: self.remedy }
    }

    /// In the clothes of an error of reading, for what reads on behalf of others; [`Wrong::from`] undresses it.
    pub(super) fn into_io(self) -> io::Error {
        io::Error::other(self)
    }

    /// Itself, where something that read on behalf of others met it; otherwise the file is broken.
    pub(super) fn within<E>(kind: &str, error: E) -> Self
    where
        E: std::error::Error + 'static,
    {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
        while let Some(error) = cause {
            let shared = || error.downcast_ref::<Arc<io::Error>>().map(AsRef::as_ref);
            let inner = error.downcast_ref::<io::Error>().or_else(shared).and_then(io::Error::get_ref);
            if let Some(wrong) = inner.and_then(|inner| inner.downcast_ref::<Self>()) {
                return wrong.clone();
            }
            cause = error.source();
        }
        Self::broken(kind, error)
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.what, self.remedy)
    }
}

impl std::error::Error for Wrong {}

impl From<io::Error> for Wrong {
    fn from(error: io::Error) -> Self {
        if let Some(wrong) = error.get_ref().and_then(|inner| inner.downcast_ref::<Self>()) {
            return wrong.clone();
        }
        match error.kind() {
            io::ErrorKind::NotFound => Self::new("there is no such file or folder", "check the name"),
            io::ErrorKind::PermissionDenied => {
                Self::new("you may not read it", "change its permissions or leave it out")
            }
            io::ErrorKind::IsADirectory => {
                Self::new("this is a folder where a file was expected", "name a file in it")
            }
            io::ErrorKind::UnexpectedEof => {
                Self::new("it ends in the middle", "it may be cut off; get it anew or save it again")
            }
            io::ErrorKind::Unsupported => Self::packed_otherwise(error),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Self::broken("it", error),
            _ => Self::new(format!("it could not be read ({error})"), "check the disk and try again"),
        }
    }
}

#[cfg(any(
    feature = "read-zip",
    feature = "read-docx",
    feature = "read-odt",
    feature = "read-epub",
    feature = "read-xlsx"
))]
impl From<zip::result::ZipError> for Wrong {
    fn from(error: zip::result::ZipError) -> Self {
        use zip::result::ZipError;
        match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
                Self::locked("unpack it yourself and name the files")
            }
            ZipError::UnsupportedArchive(what) => Self::packed_otherwise(what),
            error => Self::within("this archive", error),
        }
    }
}
