//! How much an input may ask for: what comes from strangers must not fill memory or run for ever.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;
use std::time::Duration;

use super::problem::Wrong;

/// Bounds of what one input may unfold to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the largest document, before and after its text is taken out.
    pub document: u64,
    /// Bytes that come out of all compressed files and archives of one input together.
    pub unfolded: u64,
    /// Entries of all archives of one input together.
    pub entries: u64,
    /// Archives within archives.
    pub depth: u32,
    /// Time until the next document of an archive or a data set is there; waiting for a disk or a network is not counted.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            document: 64 << 20,
            unfolded: 64 << 30,
            entries: 1_000_000,
            depth: 4,
            time: Duration::from_secs(300),
        }
    }
}

/// Decoding makes three bytes of one at most, so that offsets in a text of this many fit in 32 bits.
pub(super) const LARGEST: u64 = 1 << 30;

impl Limits {
    pub(super) fn document(&self) -> u64 {
        self.document.min(LARGEST)
    }

    /// All bytes of a document, for which `size` is a guess.
    pub(super) fn read(&self, reader: impl Read, size: u64) -> Result<Vec<u8>, Wrong> {
        let most = self.document();
        // One more, to see that the end is the end.
        let mut bytes = Vec::with_capacity(size.min(most) as usize + 1);
        reader.take(most + 1).read_to_end(&mut bytes)?;
        self.let_in(bytes)
    }

    /// The bytes of a document, if they are not too many.
    pub(super) fn let_in(&self, bytes: Vec<u8>) -> Result<Vec<u8>, Wrong> {
        if bytes.len() as u64 > self.document() { Err(self.too_large()) } else { Ok(bytes) }
    }

    pub(super) fn too_large(&self) -> Wrong {
        Wrong::new(
            format!("it is larger than {}, the limit for a document", bytes(self.document())),
            "split it into articles, or raise --max-document",
        )
    }

    pub(super) fn too_long(most: Duration) -> Wrong {
        Wrong::new(
            format!("it takes longer than {} seconds", most.as_secs()),
            "split it, or raise --max-time",
        )
    }
}

/// `64 MiB`, `1500 bytes`.
pub(super) fn bytes(count: u64) -> String {
    let units = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    match units.into_iter().find(|&(_, size)| count >= size && count.is_multiple_of(size)) {
        Some((name, size)) => format!("{} {name}", count / size),
        None => format!("{count} bytes"),
    }
}

/// Bytes that may still be read; readers share it.
#[derive(Clone, Debug)]
pub(super) struct Budget(Rc<Cell<u64>>);

impl Budget {
    pub(super) fn new(bytes: u64) -> Self {
        Self(Rc::new(Cell::new(bytes)))
    }

    pub(super) fn set(&self, bytes: u64) {
        self.0.set(bytes);
    }

    /// A reader that fails as `exceeded` says where it reads more than is left.
    pub(super) fn reader<R: Read>(&self, reader: R, exceeded: Wrong) -> Bounded<R> {
        Bounded { reader, left: self.clone(), exceeded }
    }
}

pub(super) struct Bounded<R> {
    reader: R,
    left: Budget,
    exceeded: Wrong,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        match self.left.0.get().checked_sub(count as u64) {
            Some(left) => self.left.0.set(left),
            None => return Err(self.exceeded.clone().into_io()),
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn a_document_is_as_large_as_the_limit_and_no_larger() {
        let limits = Limits { document: 4, ..Limits::default() };
        assert_eq!(limits.read(&b"1234"[..], 0).unwrap(), b"1234");
        let message = limits.read(&b"12345"[..], 0).unwrap_err().to_string();
        assert_eq!(
            message,
            "it is larger than 4 bytes, the limit for a document; split it into articles, or raise --max-document"
        );
        assert_eq!(bytes(64 << 20), "64 MiB");
    }

    #[test]
    fn readers_share_what_is_left() {
        let budget = Budget::new(5);
        let wrong = Wrong::new("too much", "less");
        let read = |bytes: &'static [u8]| {
            io::copy(&mut budget.reader(bytes, wrong.clone()), &mut io::sink()).map_err(Wrong::from)
        };
        assert_eq!(read(b"123").unwrap(), 3);
        assert_eq!(read(b"456").unwrap_err().to_string(), "too much; less");
    }
}
