//! ZIP archives, and the parts of documents that are ZIP archives.

use std::borrow::Cow;
use std::io::{BufReader, Cursor, Read, Seek};

use ::zip::ZipArchive;
use ::zip::result::ZipError;

use super::limits::Limits;
use super::problem::Wrong;
#[cfg(feature = "read-zip")]
use super::source::Source;
use super::walk::{Flow, Place, Walk};

/// Every file in an archive, in the order in which they stand there.
#[cfg(feature = "read-zip")]
pub(super) fn entries(walk: &mut Walk<'_>, place: &Place, source: Source<'_>) -> Result<Flow, Wrong> {
    let file = BufReader::new(source.seekable(&walk.options.limits)?);
    let mut archive = ZipArchive::new(file).map_err(wrong)?;
    walk.archive(|walk, read| files(walk, place, &mut archive, read))
}

#[cfg(feature = "read-zip")]
fn files<R: Read + Seek>(
    walk: &mut Walk<'_>,
    place: &Place,
    archive: &mut ZipArchive<R>,
    read: &mut bool,
) -> Result<Flow, Wrong> {
    *read = archive.is_empty();
    for number in 0..archive.len() {
        walk.count_entry()?;
        let name = archive
            .name_for_index(number)
            .and_then(Result::ok)
            .map_or_else(|| format!("entry {}", number + 1), Cow::into_owned);
        let here = place.entry(&name);
        if is_of_a_system(&here.file) || !walk.wants(&here) {
            continue;
        }
        let entry = match archive.by_index(number) {
            Ok(entry) if entry.is_dir() || entry.is_symlink() => continue,
            Ok(entry) => entry,
            Err(error) => {
                *read = true;
                if walk.problem(&here, wrong(error)).is_break() {
                    return Ok(Flow::Break(()));
                }
                continue;
            }
        };
        *read = true;
        let size = entry.size();
        let source = Source::stream(walk.bounded(entry)).sized(size);
        if walk.open(&here, source).is_break() {
            return Ok(Flow::Break(()));
        }
    }
    Ok(Flow::Continue(()))
}

/// What macOS puts beside files, and no text.
#[cfg(feature = "read-zip")]
fn is_of_a_system(path: &str) -> bool {
    path.starts_with("__MACOSX/") || path.rsplit('/').next() == Some(".DS_Store")
}

pub(super) fn wrong(error: ZipError) -> Wrong {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => {
            Wrong::locked("unpack it yourself and name the files")
        }
        ZipError::UnsupportedArchive(what) => Wrong::packed_otherwise(what),
        error => Wrong::within("this archive", error),
    }
}

/// A document that is an archive of its parts.
#[cfg(any(feature = "read-docx", feature = "read-odt", feature = "read-epub"))]
pub(super) struct Parts<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    limits: &'a Limits,
    kind: &'static str,
    /// What the parts may still unfold to.
    left: u64,
}

#[cfg(any(feature = "read-docx", feature = "read-odt", feature = "read-epub"))]
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
            Err(error) => return Err(wrong(error)),
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

#[cfg(feature = "read-xlsx")]
type File = Box<dyn super::source::ReadSeek>;

/// Unpacks everything into nothing, for those who unpack without limits.
#[cfg(feature = "read-xlsx")]
pub(super) fn check(file: File, walk: &Walk<'_>) -> Result<File, Wrong> {
    let limits = &walk.options.limits;
    let mut archive = ZipArchive::new(file).map_err(wrong)?;
    let budget = super::limits::Budget::new(limits.document());
    for number in 0..archive.len() {
        let entry = archive.by_index(number).map_err(wrong)?;
        std::io::copy(&mut budget.reader(walk.timed(entry), limits.too_large()), &mut std::io::sink())?;
    }
    let mut file = archive.into_inner();
    file.rewind()?;
    Ok(file)
}
