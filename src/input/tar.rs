//! Tar archives.

use std::io::Read;

use ::tar::{Archive, EntryType};

use super::problem::Wrong;
use super::source::Source;
use super::walk::{Flow, Place, Walk};

/// Every file in an archive, in the order in which they stand there.
pub(super) fn entries(walk: &mut Walk<'_>, place: &Place, source: Source<'_>) -> Result<Flow, Wrong> {
    let mut archive = Archive::new(walk.bounded(source.buffered()));
    walk.archive(|walk, read| files(walk, place, &mut archive, read))
}

fn files<R: Read>(
    walk: &mut Walk<'_>,
    place: &Place,
    archive: &mut Archive<R>,
    read: &mut bool,
) -> Result<Flow, Wrong> {
    let broken = |error| Wrong::within("this archive", error);
    for entry in archive.entries().map_err(broken)? {
        walk.count_entry()?;
        let entry = entry.map_err(broken)?;
        if !matches!(
            entry.header().entry_type(),
            EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse
        ) {
            continue;
        }
        let here = place.entry(&String::from_utf8_lossy(&entry.path_bytes()));
        if !walk.wants(&here) {
            continue;
        }
        *read = true;
        let size = entry.size();
        if walk.open(&here, Source::stream(entry).sized(size)).is_break() {
            return Ok(Flow::Break(()));
        }
    }
    Ok(Flow::Continue(()))
}
