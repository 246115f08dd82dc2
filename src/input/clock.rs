//! How long it takes until the next document comes up: what unfolds for ever must not keep all others waiting.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::limits::Limits;

/// The time that is left until the next document must be there. Whoever reads looks at it; clones share it.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    begun: Instant,
    most: Duration,
    /// When the time is up, in nanoseconds behind the beginning.
    until: Arc<AtomicU64>,
}

impl Clock {
    pub(super) fn new(most: Duration) -> Self {
        let clock = Self { begun: Instant::now(), most, until: Arc::default() };
        clock.restart();
        clock
    }

    /// The whole time again.
    pub(super) fn restart(&self) {
        self.until.store(nanoseconds(self.begun.elapsed().saturating_add(self.most)), Ordering::Relaxed);
    }

    fn check(&self) -> io::Result<()> {
        if nanoseconds(self.begun.elapsed()) > self.until.load(Ordering::Relaxed) {
            return Err(Limits::too_long(self.most).into_io());
        }
        Ok(())
    }

    /// What comes from elsewhere: disks and networks may take their time, which is not counted.
    pub(super) fn outside<R>(&self, reader: R) -> Outside<R> {
        Outside { reader, clock: self.clone() }
    }

    /// What is made here, as out of an archive.
    pub(super) fn inside<R>(&self, reader: R) -> Inside<R> {
        Inside { reader, clock: self.clone() }
    }
}

fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

pub(super) struct Outside<R> {
    reader: R,
    clock: Clock,
}

impl<R: Read> Read for Outside<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.clock.check()?;
        let before = Instant::now();
        let count = self.reader.read(buffer);
        self.clock.until.fetch_add(nanoseconds(before.elapsed()), Ordering::Relaxed);
        count
    }
}

impl<R: Seek> Seek for Outside<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.reader.seek(to)
    }
}

pub(super) struct Inside<R> {
    reader: R,
    clock: Clock,
}

impl<R: Read> Read for Inside<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.clock.check()?;
        self.reader.read(buffer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::problem::Wrong;
    use pretty_assertions::assert_eq;

    /// Takes its time for every byte.
    struct Slow(Duration);

    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            std::thread::sleep(self.0);
            buffer[0] = b'a';
            Ok(1)
        }
    }

    #[test]
    fn what_is_made_here_takes_no_longer_than_it_may() {
        let clock = Clock::new(Duration::from_millis(20));
        let slow = clock.inside(Slow(Duration::from_millis(1)));
        let wrong = io::copy(&mut slow.take(u64::MAX), &mut io::sink()).map_err(Wrong::from).unwrap_err();
        assert!(wrong.to_string().ends_with("raise --max-time"), "{wrong}");
        clock.restart();
        clock.check().unwrap();
    }

    #[test]
    fn waiting_for_others_is_not_counted() {
        let clock = Clock::new(Duration::from_millis(500));
        let slow = clock.outside(Slow(Duration::from_millis(20)));
        assert_eq!(io::copy(&mut slow.take(50), &mut io::sink()).map_err(Wrong::from).unwrap(), 50);
    }
}
