//! Tar archives.

use ::tar::{Archive, EntryType};

use super::problem::Wrong;
use super::source::Source;
use super::walk::{Flow, Place, Walk};

/// Every file in an archive, in the order in which they stand there.
pub(super) fn entries(walk: &mut Walk<'_>, place: &Place, source: Source<'_>) -> Result<Flow, Wrong> {
    let mut archive = Archive::new(walk.bounded(source.buffered()));
    let broken = |error| Wrong::within("this archive", error);
    let mut read = false;
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
        read = true;
        let size = entry.size();
        if walk.open(&here, Source::stream(entry).sized(size)).is_break() {
            return Ok(Flow::Break(()));
        }
    }
    if read { Ok(Flow::Continue(())) } else { Err(Walk::nothing_wanted()) }
}
