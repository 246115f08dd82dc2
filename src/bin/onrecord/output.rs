//! Where the records go and in which form: standard output, a file that is replaced only when all is written, or a
//! database or folder that is added to.

use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::path::{Path, PathBuf};
use std::{env, fmt};

use anyhow::{Context, Result};
use clap::ColorChoice;
use onrecord::export::text::harmless;
use onrecord::export::{FORMATS, Format, Options, Writer};
use tempfile::NamedTempFile;

use crate::Usage;
use crate::resume::{Journal, Mark, Partial, Run};

/// One line on standard error. Names of files stand in it, so it must not move the cursor.
pub fn complain(message: fmt::Arguments<'_>) {
    diagnose(&harmless(&format!("onrecord: {message}")));
}

/// Lines on standard error that are fit to be shown.
pub fn diagnose(lines: &str) {
    // Nobody is left to be told of an error here.
    let _ = writeln!(io::stderr(), "{lines}");
}

/// Colours are wanted: always, never, or on a terminal whose user has not set `NO_COLOR`.
pub fn colours(choice: ColorChoice, terminal: bool) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => terminal && env::var_os("NO_COLOR").is_none_or(|set| set.is_empty()),
    }
}

/// The format asked for, or else that of the file's ending.
pub fn format(asked: Option<&'static Format>, path: Option<&Path>) -> Result<&'static Format> {
    let csv = &FORMATS[0];
    let format = match (asked, path) {
        (Some(asked), _) => asked,
        (None, Some(path)) if path.extension().is_some() => Format::of_path(path).ok_or_else(|| {
            let known = FORMATS.iter().flat_map(|format| format.endings).map(|ending| format!(".{ending}"));
            let known = known.collect::<Vec<_>>().join(", ");
            Usage(format!("{}: no format has this ending; take one of {known}, or --format", path.display()))
        })?,
        _ => csv,
    };
    let named = path.filter(|path| *path != Path::new("-"));
    if named.is_none() && (format.needs_path() || format.is_one_file() && io::stdout().is_terminal()) {
        let reason = format!("{} is not for the terminal; name a file or folder with --output", format.name);
        return Err(Usage(reason).into());
    }
    Ok(format)
}

/// Where a format goes: bytes, or a database or folder that it knows itself how to write.
pub enum Target<'a> {
    Bytes(Output),
    Place(&'a Path),
}

impl<'a> Target<'a> {
    pub fn open(format: &Format, path: Option<&'a Path>) -> Result<Self> {
        match path.filter(|_| format.needs_path()) {
            Some(path) => Ok(Self::Place(path)),
            None => Output::open(path).map(Self::Bytes),
        }
    }

    /// A bar on the terminal would not run through the records.
    pub fn leaves_terminal_free(&self) -> bool {
        match self {
            Self::Bytes(output) => output.leaves_terminal_free(),
            Self::Place(_) => true,
        }
    }

    pub fn writer(&mut self, format: &Format, options: &Options) -> Result<Writer<'_>> {
        match self {
            Self::Bytes(output) => Ok(format.writer(output, options)?),
            Self::Place(path) => format.writer_at(path, options).with_context(|| path.display().to_string()),
        }
    }

    /// All is written.
    pub fn keep(self) -> Result<()> {
        match self {
            Self::Bytes(output) => output.keep(),
            Self::Place(_) => Ok(()),
        }
    }

    /// What is written is whole, but not all: a file that was there before stays, and gives back where the new one is.
    pub fn keep_part(self) -> Result<Option<PathBuf>> {
        match self {
            Self::Bytes(Output::Aside { file, target }) if target.exists() => {
                let part = with_ending(&target, ".partial");
                Output::Aside { file, target: part.clone() }.keep()?;
                Ok(Some(part))
            }
            other => other.keep().map(|()| None),
        }
    }
}

/// The path with something behind its name.
pub fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// An output that is not finished.
pub enum Output {
    Stdout(BufWriter<Stdout>),
    /// A device or a pipe, which cannot be replaced.
    Device(BufWriter<File>),
    /// Written beside the file that it will replace, so that the move cannot cross a file system.
    Aside {
        file: BufWriter<NamedTempFile>,
        target: PathBuf,
    },
    /// Written beside the file that it will replace, and kept where it breaks off.
    Partial(Partial),
}

impl Output {
    /// Opens the file, or standard output for none and for `-`.
    pub fn open(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            return Ok(Self::Stdout(BufWriter::new(io::stdout())));
        };
        Self::open_file(path).with_context(|| format!("{}: it could not be written", path.display()))
    }

    fn open_file(path: &Path) -> io::Result<Self> {
        // A link is followed, so that the file it leads to is replaced and not the link.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let old = fs::metadata(&target).ok();
        if old.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if old.as_ref().is_some_and(|old| !old.is_file()) {
            return Ok(Self::Device(BufWriter::new(File::options().write(true).open(&target)?)));
        }
        let folder =
            target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        if let Some(permissions) = old.map(|old| old.permissions()).or_else(usual_permissions) {
            builder.permissions(permissions);
        }
        // The name of the file aside would tell nobody anything.
        let file = builder.prefix(".onrecord-").tempfile_in(folder).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => io::Error::new(
                error.kind(),
                format!("there is no folder {}; make it first", folder.display()),
            ),
            kind => kind.into(),
        })?;
        Ok(Self::Aside { file: BufWriter::new(file), target })
    }

    /// Opens the file for a format in which documents stand one behind the other: its journal lets a later run go on. None
    /// for standard output and for devices, which nobody can go on with.
    pub fn journal(
        path: Option<&Path>,
        run: impl FnOnce() -> Run,
        resume: bool,
    ) -> Result<Option<(Journal, Option<Mark>)>> {
        let plain = |path: &&Path| fs::metadata(path).map_or(true, |file| file.is_file());
        let path = path.filter(|path| *path != Path::new("-")).filter(plain);
        path.map(|path| Journal::open(path, &run(), resume)).transpose()
    }

    fn leaves_terminal_free(&self) -> bool {
        !matches!(self, Self::Stdout(_)) || !io::stdout().is_terminal()
    }

    /// All is written: the file takes its place.
    pub fn keep(self) -> Result<()> {
        match self {
            Self::Stdout(mut out) => out.flush()?,
            Self::Device(mut out) => out.flush()?,
            // Its journal puts it in its place.
            Self::Partial(mut out) => out.flush()?,
            Self::Aside { file, target } => {
                let failed = || format!("{}: it could not be written", target.display());
                let file = file.into_inner().map_err(io::IntoInnerError::into_error).with_context(failed)?;
                file.persist(&target).map_err(|error| error.error).with_context(failed)?;
            }
        }
        Ok(())
    }
}

/// What a new file gets: temporary files are closed to others, this one is to stay. The system's mask applies.
fn usual_permissions() -> Option<Permissions> {
    #[cfg(unix)]
    return Some(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    #[cfg(not(unix))]
    None
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::Device(out) => out.write(bytes),
            Self::Aside { file, .. } => file.write(bytes),
            Self::Partial(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::Device(out) => out.flush(),
            Self::Aside { file, .. } => file.flush(),
            Self::Partial(out) => out.flush(),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn the_old_file_stays_until_all_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("quotes.csv");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        let mut dropped = Output::open(Some(&path)).unwrap();
        dropped.write_all(b"half").unwrap();
        drop(dropped);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let mut kept = Output::open(Some(&path)).unwrap();
        kept.write_all(b"new").unwrap();
        kept.keep().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn a_link_still_leads_to_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("real.csv"), folder.path().join("link.csv"));
        fs::write(&path, "old").unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let mut output = Output::open(Some(&link)).unwrap();
        output.write_all(b"new").unwrap();
        output.keep().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
