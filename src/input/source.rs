//! Bytes from somewhere: a file that can be read at any place, or a stream that comes once.

use std::io::{self, BufReader, Cursor, Read, Seek};

use super::clock::Clock;
use super::limits::Limits;
use super::problem::Wrong;

/// What can be read at any place.
pub(super) trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

/// Bytes from somewhere.
pub struct Source<'a> {
    bytes: Bytes<'a>,
    /// How many there are, where that is known.
    pub(super) size: u64,
}

enum Bytes<'a> {
    File(Box<dyn ReadSeek>),
    Stream(Box<dyn Read + 'a>),
    /// All of a short file.
    Whole(Cursor<Vec<u8>>),
}

impl<'a> Source<'a> {
    /// A file or something like it, of so many bytes.
    pub fn file(file: impl Read + Seek + Send + 'static, size: u64) -> Self {
        Self { bytes: Bytes::File(Box::new(file)), size }
    }

    /// Bytes that come once, one after the other.
    pub fn stream(reader: impl Read + 'a) -> Self {
        Self { bytes: Bytes::Stream(Box::new(reader)), size: 0 }
    }

    /// The same, with a guess how many there are.
    #[cfg(any(feature = "read-zip", feature = "read-tar"))]
    pub(super) fn sized(self, size: u64) -> Self {
        Self { size, ..self }
    }

    /// The same, its time measured.
    pub(super) fn timed(self, clock: &Clock) -> Self {
        let bytes = match self.bytes {
            Bytes::File(file) => Bytes::File(Box::new(clock.outside(file))),
            Bytes::Stream(stream) => Bytes::Stream(Box::new(clock.outside(stream))),
            whole @ Bytes::Whole(_) => whole,
        };
        Self { bytes, size: self.size }
    }

    /// The first bytes, which will be read again.
    pub(super) fn peek(self, count: usize) -> io::Result<(Vec<u8>, Self)> {
        // One more than there is, so that the first read meets the end of a short file.
        let mut head = Vec::with_capacity(self.size.min(count as u64) as usize + 1);
        match self.bytes {
            Bytes::File(mut file) => {
                file.by_ref().take(count as u64).read_to_end(&mut head)?;
                // What is there whole need not be read again.
                let bytes = if head.len() < count {
                    Bytes::Whole(Cursor::new(head.clone()))
                } else {
                    file.rewind()?;
                    Bytes::File(file)
                };
                Ok((head, Self { bytes, size: self.size }))
            }
            Bytes::Whole(ref whole) => {
                Ok((whole.get_ref()[..count.min(whole.get_ref().len())].to_vec(), self))
            }
            Bytes::Stream(mut stream) => {
                stream.by_ref().take(count as u64).read_to_end(&mut head)?;
                let whole = Cursor::new(head.clone()).chain(stream);
                Ok((head, Self { bytes: Bytes::Stream(Box::new(whole)), size: self.size }))
            }
        }
    }

    /// To be read at any place; a stream is read into memory first, as far as the limits let it.
    pub(super) fn seekable(self, limits: &Limits) -> Result<Box<dyn ReadSeek>, Wrong> {
        match self.bytes {
            Bytes::File(file) => Ok(file),
            Bytes::Stream(stream) => Ok(Box::new(Cursor::new(limits.read(stream, self.size)?))),
            Bytes::Whole(whole) => Ok(Box::new(whole)),
        }
    }

    /// All bytes, as far as the limits let them in.
    pub(super) fn whole(self, limits: &Limits) -> Result<Vec<u8>, Wrong> {
        match self.bytes {
            Bytes::Whole(whole) => limits.let_in(whole.into_inner()),
            _ => {
                let size = self.size;
                limits.read(self, size)
            }
        }
    }

    /// To be read in small pieces.
    pub(super) fn buffered(self) -> BufReader<Self> {
        BufReader::with_capacity(1 << 16, self)
    }
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match &mut self.bytes {
            Bytes::File(file) => file.read(buffer),
            Bytes::Stream(stream) => stream.read(buffer),
            Bytes::Whole(whole) => whole.read(buffer),
        }
    }
}

/// In UTF-8 without a byte order mark, where the mark names another encoding.
#[cfg(any(feature = "read-json", feature = "read-csv"))]
pub(super) fn utf8(source: Source<'_>) -> impl io::BufRead + '_ {
    let decoder = encoding_rs_io::DecodeReaderBytesBuilder::new()
        .utf8_passthru(true)
        .strip_bom(true)
        .bom_override(true)
        .build(source);
    BufReader::with_capacity(1 << 16, decoder)
}
