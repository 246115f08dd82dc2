//! A bar on the terminal for work that takes its time.

use std::io::{self, IsTerminal};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that is over sooner shows no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Texts read out of all; threads may count at once.
pub struct Progress {
    bar: ProgressBar,
    /// When the work began, until the bar is shown; none where it never will be.
    waiting: Mutex<Option<Instant>>,
}

impl Progress {
    /// A bar for so many texts; `shown` says whether anybody wants to see it.
    pub fn new(texts: usize, shown: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(texts as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} texts, {eta} left") {
            bar.set_style(style);
        }
        let waiting = (shown && io::stderr().is_terminal()).then(Instant::now);
        Self { bar, waiting: Mutex::new(waiting) }
    }

    /// One more is read.
    pub fn count(&self) {
        self.bar.inc(1);
        let Ok(mut waiting) = self.waiting.lock() else { return };
        if waiting.is_some_and(|since| since.elapsed() > PATIENCE) {
            *waiting = None;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
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
