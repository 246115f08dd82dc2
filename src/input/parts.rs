//! The parts of documents that are ZIP archives.

use std::io::Cursor;

use ::zip::ZipArchive;
use ::zip::result::ZipError;

use super::limits::Limits;
use super::problem::Wrong;

/// A document that is an archive of its parts.
pub(super) struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    limits: &'a Limits,
    kind: &'static str,
    /// What the parts may still unfold to.
    left: u64,
}

impl<'a> Parts<'a> {
    pub(super) fn open(bytes: &'a [u8], kind: &'static str, limits: &'a Limits) -> Result<Self, Wrong> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Wrong::within(kind, error))?;
        Ok(Self { archive, limits, kind, left: limits.document() })
    }

    /// A part that must be there.
    pub(super) fn part(&mut self, name: &str) -> Result<Vec<u8>, Wrong> {
        self.maybe(name)?.ok_or_else(|| Wrong::broken(self.kind, format!("it has no {name}")))
    }

    /// A part that may be there.
    pub(super) fn maybe(&mut self, name: &str) -> Result<Option<Vec<u8>>, Wrong> {
        let part = match self.archive.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let size = part.size();
        let left = Limits { document: self.left, ..*self.limits };
        // Of a limit of several parts the whole is named.
        let too_large = |wrong: Wrong| if size > self.left { self.limits.too_large() } else { wrong };
        let bytes = left.read(part, size).map_err(too_large)?;
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }
}
