//! ZIP archives.

use std::borrow::Cow;
use std::io::{BufReader, Read, Seek};

use ::zip::ZipArchive;

use super::problem::Wrong;
use super::source::Source;
use super::walk::{Flow, Place, Walk};

/// Every file in an archive, in the order in which they stand there.
pub(super) fn entries(walk: &mut Walk<'_>, place: &Place, source: Source<'_>) -> Result<Flow, Wrong> {
    let file = BufReader::new(source.seekable(&walk.options.limits)?);
    let mut archive = ZipArchive::new(file)?;
    walk.archive(|walk, read| files(walk, place, &mut archive, read))
}

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
                if walk.problem(&here, error.into()).is_break() {
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
fn is_of_a_system(path: &str) -> bool {
    path.starts_with("__MACOSX/") || path.rsplit('/').next() == Some(".DS_Store")
}
