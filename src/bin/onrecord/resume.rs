//! An output that a crash, a full disk or Ctrl-C cuts off, and going on with it.
//!
//! Records go into `FILE.partial`. Beside it a journal says now and then up to which byte the output is whole and which
//! document comes next. When all is written the file takes its place and the journal goes. A run with `--resume` cuts
//! the output back to the last byte that the journal vouches for, passes over what is in it, and goes on.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use crate::Usage;
use crate::output::with_ending;

/// So much work at most is done again.
const INTERVAL: Duration = Duration::from_millis(250);

/// What must be the same for a run to go on where another stopped: digests, so that the journal stays small.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    pub version: String,
    pub grammar: String,
    pub options: String,
    pub inputs: String,
}

/// Up to where an output is whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The input in which the next document is, by its number.
    pub input: usize,
    /// How many documents, and problems like them, of that input are done.
    pub inside: u64,
    /// Documents in the output.
    pub documents: u64,
    /// Bytes of the output.
    pub bytes: u64,
    /// What could not be read so far, and the bytes that `--errors` has of it.
    pub failed: u64,
    pub errors: u64,
}

/// The file that is being written; it is shared with whoever writes.
#[derive(Clone)]
pub struct Partial(Arc<Mutex<Inner>>);

struct Inner {
    out: BufWriter<File>,
    written: u64,
}

impl Partial {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for Partial {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut inner = self.lock();
        let count = inner.out.write(bytes)?;
        inner.written += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.lock().out.flush()
    }
}

/// A journal of an output that is being written.
pub struct Journal {
    pub partial: Partial,
    file: File,
    paths: Paths,
    last: Instant,
}

struct Paths {
    target: PathBuf,
    partial: PathBuf,
    journal: PathBuf,
}

impl Paths {
    fn new(target: &Path) -> Self {
        // A link is followed, so that the file it leads to is replaced and not the link.
        let target = fs::canonicalize(target).unwrap_or_else(|_| target.to_owned());
        let with = |ending| with_ending(&target, ending);
        Self { partial: with(".partial"), journal: with(".partial.journal"), target }
    }
}

impl Journal {
    /// Begins an output, or goes on with one if `resume` says so; with it comes up to where it is whole already.
    pub fn open(target: &Path, run: &Run, resume: bool) -> Result<(Self, Option<Mark>)> {
        let paths = Paths::new(target);
        let could_not = || format!("{}: it could not be written", target.display());
        if !paths.partial.exists() {
            return Ok((Self::begin(paths, run).with_context(could_not)?, None));
        }
        let partial = paths.partial.display();
        if !resume {
            let reason = format!(
                "{partial}: a run before this was cut off; go on with --resume, or remove the file to begin anew"
            );
            return Err(Usage(reason).into());
        }
        match last_mark(&paths, run)? {
            Some(mark) => Ok((Self::go_on(paths, run, mark).with_context(could_not)?, Some(mark))),
            None => Ok((Self::begin(paths, run).with_context(could_not)?, None)),
        }
    }

    fn begin(paths: Paths, run: &Run) -> io::Result<Self> {
        let folder = paths.target.parent().filter(|folder| !folder.as_os_str().is_empty());
        if let Some(folder) = folder.filter(|folder| !folder.exists()) {
            let reason = format!("there is no folder {}; make it first", folder.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, reason));
        }
        // The journal first: an output without one could not be gone on with.
        let journal = start(&paths, run, Mark::default())?;
        let out = File::create(&paths.partial)?;
        // What replaces a file may be read by those who could read the file.
        if let Ok(old) = fs::metadata(&paths.target) {
            out.set_permissions(old.permissions())?;
        }
        Ok(Self::new(out, journal, paths, 0))
    }

    fn go_on(paths: Paths, run: &Run, mark: Mark) -> io::Result<Self> {
        let mut out = File::options().write(true).open(&paths.partial)?;
        out.set_len(mark.bytes)?;
        out.seek(SeekFrom::Start(mark.bytes))?;
        let journal = start(&paths, run, mark)?;
        Ok(Self::new(out, journal, paths, mark.bytes))
    }

    fn new(out: File, file: File, paths: Paths, written: u64) -> Self {
        let inner = Inner { out: BufWriter::with_capacity(1 << 16, out), written };
        Self { partial: Partial(Arc::new(Mutex::new(inner))), file, paths, last: Instant::now() }
    }

    /// Vouches for all that is written, unless it did a moment ago; `mark` lacks only the bytes.
    pub fn mark(&mut self, mark: Mark, settle: impl FnOnce() -> io::Result<()>) -> Result<()> {
        if self.last.elapsed() < INTERVAL {
            return Ok(());
        }
        self.mark_now(mark, settle)
    }

    /// Vouches for all that is written.
    pub fn mark_now(&mut self, mark: Mark, settle: impl FnOnce() -> io::Result<()>) -> Result<()> {
        let write = || {
            let mut inner = self.partial.lock();
            inner.out.flush()?;
            // What the journal vouches for must survive what the journal survives.
            inner.out.get_ref().sync_data()?;
            settle()?;
            self.file.write_all(&line(&Mark { bytes: inner.written, ..mark })?)?;
            self.file.sync_data()
        };
        write().with_context(|| format!("{}: it could not be written", self.paths.journal.display()))?;
        self.last = Instant::now();
        Ok(())
    }

    /// All is written: the file takes its place.
    pub fn keep(self) -> Result<()> {
        let keep = || {
            let mut inner = self.partial.lock();
            inner.out.flush()?;
            inner.out.get_ref().sync_data()?;
            fs::rename(&self.paths.partial, &self.paths.target)?;
            fs::remove_file(&self.paths.journal)
        };
        keep().with_context(|| format!("{}: it could not be written", self.paths.target.display()))
    }

    /// The file in which the records are until then.
    pub fn path(&self) -> &Path {
        &self.paths.partial
    }
}

/// A journal that begins with the mark.
fn start(paths: &Paths, run: &Run, mark: Mark) -> io::Result<File> {
    let next = with_ending(&paths.journal, ".new");
    let mut file = File::create(&next)?;
    file.write_all(&line(run)?)?;
    if mark != Mark::default() {
        file.write_all(&line(&mark)?)?;
    }
    file.sync_all()?;
    // At no moment is there none.
    fs::rename(&next, &paths.journal)?;
    Ok(file)
}

fn line(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value)?;
    line.push(b'\n');
    Ok(line)
}

/// The last mark of the journal that the output reaches; an error if it was another run’s.
fn last_mark(paths: &Paths, run: &Run) -> Result<Option<Mark>> {
    let partial = paths.partial.display();
    let Ok(file) = File::open(&paths.journal) else {
        let reason = format!(
            "{partial}: the journal that belongs to it, {}, is gone; remove the file to begin anew",
            paths.journal.display()
        );
        return Err(Usage(reason).into());
    };
    let length = fs::metadata(&paths.partial).with_context(|| partial.to_string())?.len();
    let mut lines = BufReader::new(file).lines();
    let before: Option<Run> =
        lines.next().and_then(Result::ok).and_then(|line| serde_json::from_str(&line).ok());
    let Some(before) = before else { return Ok(None) };
    let other = [
        (before.version != run.version, "by another version of onrecord"),
        (before.grammar != run.grammar, "with another grammar"),
        (before.options != run.options, "with other options"),
        (before.inputs != run.inputs, "from other inputs, or from inputs that have changed"),
    ];
    if let Some((_, what)) = other.into_iter().find(|(differs, _)| *differs) {
        let reason = format!(
            "{partial}: it was written {what}; repeat the command as it was, or remove the file to begin anew"
        );
        return Err(Usage(reason).into());
    }
    // The last line may be torn.
    let marks = lines.map_while(Result::ok).filter_map(|line| serde_json::from_str::<Mark>(&line).ok());
    Ok(marks.filter(|mark| mark.bytes <= length).last())
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn run() -> Run {
        let text = |text: &str| text.to_owned();
        Run { version: text("1"), grammar: text("g"), options: text("o"), inputs: text("i") }
    }

    fn open(target: &Path, resume: bool) -> Result<(Journal, Option<Mark>)> {
        Journal::open(target, &run(), resume)
    }

    #[test]
    fn what_the_journal_does_not_vouch_for_is_cut_off() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("q.csv");
        let (mut journal, mark) = open(&target, true).unwrap();
        assert_eq!(mark, None);
        journal.partial.write_all(b"one\n").unwrap();
        let mark = Mark { documents: 1, ..Mark::default() };
        journal.mark_now(mark, || Ok(())).unwrap();
        journal.partial.write_all(b"two\nthr").unwrap();
        journal.partial.flush().unwrap();
        drop(journal);
        assert!(!target.exists());
        let refused = open(&target, false).err().unwrap();
        assert!(refused.is::<Usage>() && refused.to_string().contains("--resume"), "{refused}");
        let (mut journal, found) = open(&target, true).unwrap();
        assert_eq!(found, Some(Mark { bytes: 4, ..mark }));
        journal.partial.write_all(b"two\n").unwrap();
        journal.keep().unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "one\ntwo\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_torn_journal_is_read_as_far_as_it_goes() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("q.csv");
        let (mut journal, _) = open(&target, true).unwrap();
        journal.partial.write_all(b"one\n").unwrap();
        journal.mark_now(Mark { documents: 1, ..Mark::default() }, || Ok(())).unwrap();
        journal.file.write_all(b"{\"input\":3,\"ins").unwrap();
        drop(journal);
        assert_eq!(open(&target, true).unwrap().1.unwrap().documents, 1);
    }

    #[test]
    fn another_run_is_refused_and_says_what_is_other() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("q.csv");
        drop(open(&target, false).unwrap());
        let other = Run { options: "p".to_owned(), ..run() };
        let refused = Journal::open(&target, &other, true).err().unwrap().to_string();
        assert!(refused.contains("with other options; repeat the command as it was"), "{refused}");
        fs::remove_file(folder.path().join("q.csv.partial.journal")).unwrap();
        assert!(open(&target, true).err().unwrap().to_string().contains("is gone"));
    }
}
