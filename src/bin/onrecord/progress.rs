//! A bar on the terminal for work that takes its time.

use std::io::{self, IsTerminal, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that is over sooner shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Documents written, bytes read out of all, how fast, and how long it will take.
pub struct Progress {
    bar: ProgressBar,
    documents: u64,
    /// When the work began, until the bar is shown; none where it never will be.
    waiting: Option<Instant>,
    read: Counter,
}

impl Progress {
    /// A bar for so many bytes, none if nobody knows how many; `shown` says whether anybody wants to see it.
    pub fn new(bytes: Option<u64>, shown: bool) -> Self {
        let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::hidden());
        let template = match bytes {
            Some(_) => "{bar:30} {msg}, {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left",
            None => "{spinner} {msg}, {bytes}, {bytes_per_sec}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        let waiting = (shown && io::stderr().is_terminal()).then(Instant::now);
        Self { bar, documents: 0, waiting, read: Counter::default() }
    }

    /// What counts the bytes that are read.
    pub fn counter(&self) -> Counter {
        self.read.clone()
    }

    /// One more is done.
    pub fn count(&mut self) {
        self.documents += 1;
        if self.waiting.is_some_and(|since| since.elapsed() > PATIENCE) {
            self.waiting = None;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        // The rate is that of the whole work, also of what nobody saw.
        self.bar.set_position(self.read.0.load(Ordering::Relaxed));
        if !self.bar.is_hidden() {
            self.bar.set_message(format!("{} documents", self.documents));
        }
    }

    /// Says something without a bar in its way.
    pub fn aside(&self, say: impl FnOnce()) {
        self.bar.suspend(say);
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// Bytes read so far, of all inputs.
#[derive(Clone, Debug, Default)]
pub struct Counter(Arc<AtomicU64>);

impl Counter {
    /// A reader of which so many bytes are counted, however often it reads some of them.
    pub fn reader<R>(&self, reader: R, size: u64) -> Counted<R> {
        Counted { reader, counter: self.clone(), left: size }
    }
}

/// A reader whose bytes are counted.
pub struct Counted<R> {
    reader: R,
    counter: Counter,
    left: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer)?;
        let counted = self.left.min(count as u64);
        self.left -= counted;
        self.counter.0.fetch_add(counted, Ordering::Relaxed);
        Ok(count)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.reader.seek(to)
    }
}
