//! Compressed files: what is in them is read as if it lay beside them.

use std::io::Read;

use super::Format;
use super::problem::Wrong;
use super::source::Source;
use super::walk::{Flow, Place, Walk};

/// What a decompressor may hold in memory.
#[cfg(any(feature = "read-zstd", feature = "read-xz"))]
const MEMORY: u32 = 128 << 20;

/// What is inside.
pub(super) fn unfold(
    walk: &mut Walk<'_>,
    place: &Place,
    format: Format,
    source: Source<'_>,
) -> Result<Flow, Wrong> {
    let reader: Box<dyn Read + '_> = match format {
        #[cfg(feature = "read-gzip")]
        Format::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(source.buffered())),
        #[cfg(feature = "read-zstd")]
        Format::Zstd => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(source.buffered())?;
            decoder.window_log_max(MEMORY.ilog2())?;
            Box::new(decoder)
        }
        #[cfg(feature = "read-bzip2")]
        Format::Bzip2 => Box::new(::bzip2::bufread::MultiBzDecoder::new(source.buffered())),
        #[cfg(feature = "read-xz")]
        Format::Xz => Box::new(lzma_rust2::XzReader::new_mem_limit(source.buffered(), true, MEMORY >> 10)),
        _ => return Err(Wrong::broken(format.about(), "nothing unpacks it")),
    };
    let reader = walk.bounded(reader);
    Ok(walk.open(&place.unfolded(), Source::stream(reader)))
}
