//! Which texts to read, and their bytes.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use anyhow::Result;
use ignore::WalkBuilder;

use crate::Usage;

/// Files with these endings are read in folders; a file that is named itself may have any.
const ENDINGS: [&str; 2] = ["txt", "md"];

/// One text to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    Stdin,
    File(PathBuf),
}

/// Something that could not be read, in one line with its remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The path as given.
    pub name: String,
    /// Why, and what to do.
    pub reason: String,
}

impl Input {
    /// As the record calls it. Bytes of a path that are no UTF-8 become U+FFFD.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.to_string_lossy().into_owned(),
        }
    }

    /// How many bytes it will be, where that can be told without reading it.
    pub fn size(&self) -> u64 {
        match self {
            Self::Stdin => 0,
            Self::File(path) => fs::metadata(path).map_or(0, |metadata| metadata.len()),
        }
    }

    /// All of its bytes.
    pub fn read(&self) -> Result<Vec<u8>, Problem> {
        let read = match self {
            Self::Stdin => read_limited(io::stdin().lock(), 0),
            Self::File(path) => File::open(path).and_then(|file| {
                let size = file.metadata().map_or(0, |metadata| metadata.len());
                read_limited(file, size)
            }),
        };
        let bytes = read.map_err(|error| self.problem(&advice(&error)))?;
        // Offsets are 32 bits wide; no article comes near.
        if bytes.len() as u64 > LARGEST {
            return Err(self.problem("it is larger than a gigabyte; split it into articles"));
        }
        Ok(bytes)
    }

    pub fn problem(&self, reason: &str) -> Problem {
        Problem { name: self.name(), reason: reason.to_owned() }
    }
}

/// The bytes of the largest text. Decoding makes three bytes of one at most, so that offsets fit in 32 bits.
const LARGEST: u64 = 1 << 30;

/// Reads to the end, for which `size` is a guess.
fn read_limited(reader: impl Read, size: u64) -> io::Result<Vec<u8>> {
    // One more, to see that the end is the end.
    let mut bytes = Vec::with_capacity(size.min(LARGEST) as usize + 1);
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The texts behind the paths given, in their order; folders become their files. What cannot be looked into comes
/// out as a problem.
pub fn find(paths: &[PathBuf]) -> Result<(Vec<Input>, Vec<Problem>)> {
    let (mut inputs, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        if path == Path::new("-") {
            if inputs.contains(&Input::Stdin) {
                return Err(Usage("standard input can be read only once; give `-` once".to_owned()).into());
            }
            inputs.push(Input::Stdin);
        } else if path.is_dir() {
            walk(path, &mut inputs, &mut problems);
        } else {
            inputs.push(Input::File(path.clone()));
        }
    }
    if paths.is_empty() {
        inputs.push(Input::Stdin);
    }
    Ok((inputs, problems))
}

/// A person who waits for onrecord while onrecord waits for text.
pub fn waits_for_typing(inputs: &[Input]) -> bool {
    inputs.contains(&Input::Stdin) && io::stdin().is_terminal()
}

/// All files of a folder, hidden ones and those that some `.gitignore` names too: a folder of articles must not be
/// read in part without a word.
fn walk(folder: &Path, inputs: &mut Vec<Input>, problems: &mut Vec<Problem>) {
    let (mut files, before) = (Vec::new(), problems.len());
    for entry in WalkBuilder::new(folder).standard_filters(false).follow_links(true).build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && has_ending(entry.path()) => {
                files.push(entry.into_path());
            }
            Ok(_) => {}
            Err(error) => problems.push(unwalkable(folder, &error)),
        }
    }
    if files.is_empty() && problems.len() == before {
        let reason =
            "this folder holds no .txt or .md file; name files of other endings one by one".to_owned();
        problems.push(Problem { name: folder.to_string_lossy().into_owned(), reason });
    }
    files.sort_unstable_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    inputs.extend(files.into_iter().map(Input::File));
}

fn has_ending(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

fn unwalkable(folder: &Path, error: &ignore::Error) -> Problem {
    let (mut path, mut inner) = (folder, error);
    loop {
        match inner {
            ignore::Error::WithPath { path: here, err } => (path, inner) = (here, err),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => inner = err,
            ignore::Error::Loop { child, .. } => {
                let reason =
                    "this link leads back into a folder that holds it; it was not followed".to_owned();
                return Problem { name: child.to_string_lossy().into_owned(), reason };
            }
            _ => break,
        }
    }
    let reason = inner.io_error().map_or_else(|| inner.to_string(), advice);
    Problem { name: path.to_string_lossy().into_owned(), reason }
}

/// An error of the operating system with what to do about it.
fn advice(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder; check the name".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "you may not read it; change its permissions or leave it out".to_owned()
        }
        io::ErrorKind::IsADirectory => {
            "this is a folder where a file was expected; name a file in it".to_owned()
        }
        _ => format!("it could not be read ({error}); check the disk and try again"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn a_folder_gives_its_texts_in_the_order_of_their_paths() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("b/x.txt")).unwrap();
        for name in ["b/x.txt/deep.md", "b/2.TXT", "a.txt", ".hidden.txt", "B.md", "c.csv", ".gitignore"] {
            fs::write(root.join(name), "a.txt").unwrap();
        }
        let (inputs, problems) = find(&[root.to_owned(), root.join("a.txt")]).unwrap();
        let names: Vec<String> = inputs
            .iter()
            .map(|i| i.name().replace(root.to_str().unwrap(), "").trim_start_matches('/').to_owned())
            .collect();
        assert_eq!(names, [".hidden.txt", "B.md", "a.txt", "b/2.TXT", "b/x.txt/deep.md", "a.txt"]);
        assert_eq!(problems, []);
    }

    #[test]
    fn a_folder_without_texts_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let (inputs, problems) = find(&[folder.path().to_owned()]).unwrap();
        assert_eq!((inputs.len(), problems.len()), (0, 1));
        assert!(problems[0].reason.contains("no .txt or .md file"));
    }

    #[test]
    fn standard_input_is_read_once() {
        assert_eq!(find(&[]).unwrap().0, [Input::Stdin]);
        assert!(find(&["-".into(), "-".into()]).is_err());
    }

    #[test]
    fn missing_files_are_named_with_advice() {
        let problem = Input::File("no/such.txt".into()).read().unwrap_err();
        assert_eq!(problem.reason, "there is no such file or folder; check the name");
    }
}
