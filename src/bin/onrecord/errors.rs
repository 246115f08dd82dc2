//! What could not be read: a line for people, and with `--errors` one for programs.

use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use onrecord::input::Problem;

use crate::output::complain;
use crate::progress::Progress;

/// Everything that could not be read.
pub struct Errors {
    file: Option<(File, PathBuf)>,
    /// How many there are.
    pub count: u64,
    /// Bytes in the file.
    pub written: u64,
}

impl Errors {
    /// Into the file, if there is one, behind so many bytes and errors of a run before.
    pub fn open(path: Option<&Path>, count: u64, written: u64) -> Result<Self> {
        let open = |path: &Path| -> io::Result<_> {
            let mut file = File::options().create(true).write(true).truncate(false).open(path)?;
            file.set_len(written)?;
            file.seek(SeekFrom::Start(written))?;
            Ok((file, path.to_owned()))
        };
        let file = path.map(|path| open(path).with_context(|| could_not(path))).transpose()?;
        Ok(Self { file, count, written })
    }

    pub fn tell(&mut self, problem: &Problem, progress: &Progress) -> Result<()> {
        self.count += 1;
        progress.aside(|| complain(format_args!("{problem}")));
        if let Some((file, path)) = &mut self.file {
            let mut line = serde_json::to_vec(problem)?;
            line.push(b'\n');
            file.write_all(&line).with_context(|| could_not(path))?;
            self.written += line.len() as u64;
        }
        Ok(())
    }

    /// All of it is on the disk.
    pub fn settle(&self) -> io::Result<()> {
        self.file.as_ref().map_or(Ok(()), |(file, _)| file.sync_data())
    }
}

fn could_not(path: &Path) -> String {
    format!("{}: the errors could not be written", path.display())
}
