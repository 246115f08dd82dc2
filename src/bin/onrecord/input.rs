//! Which files to read, and how they are opened.

use std::fs::{self, File};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::Result;
use ignore::WalkBuilder;
use onrecord::input::{Event, Flow, Format, Options, Problem, Source, documents};

use crate::Usage;
use crate::progress::Counter;

/// One file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    Stdin,
    File(PathBuf),
}

impl Input {
    /// As the record calls it. Bytes of a path that are no UTF-8 become U+FFFD.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.to_string_lossy().into_owned(),
        }
    }

    /// How many bytes it has, where that can be told without reading it.
    pub fn size(&self) -> Option<u64> {
        match self {
            Self::Stdin => None,
            Self::File(path) => fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|file| file.len()),
        }
    }

    /// Shows all documents in it.
    pub fn documents(
        &self,
        options: &Options,
        counter: &Counter,
        see: &mut dyn FnMut(Event) -> Flow,
    ) -> Flow {
        let name = self.name();
        let source = match self {
            Self::Stdin => Ok(Source::stream(counter.reader(io::stdin().lock(), u64::MAX))),
            Self::File(path) => File::open(path).and_then(|file| {
                let known = file.metadata()?;
                let size = known.len();
                // Pipes and devices cannot be read at any place.
                Ok(match known.is_file() {
                    true => Source::file(counter.reader(file, size), size),
                    false => Source::stream(counter.reader(file, u64::MAX)),
                })
            }),
        };
        match source {
            Ok(source) => documents(&name, source, options, see),
            Err(error) => see(Event::Problem(Problem::of_io(&name, error))),
        }
    }
}

/// The files behind the paths given, in their order; folders become their files. What cannot be looked into comes
/// out as a problem, and what is written to is not read: neither these files nor what lies in these folders.
pub fn find(paths: &[PathBuf], written: &[&Path]) -> Result<(Vec<Input>, Vec<Problem>)> {
    let (mut inputs, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        if path == Path::new("-") {
            if inputs.contains(&Input::Stdin) {
                return Err(Usage("standard input can be read only once; give `-` once".to_owned()).into());
            }
            inputs.push(Input::Stdin);
        } else if path.is_dir() {
            walk(path, written, &mut inputs, &mut problems);
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
fn walk(folder: &Path, written: &[&Path], inputs: &mut Vec<Input>, problems: &mut Vec<Problem>) {
    let (mut files, before) = (Vec::new(), problems.len());
    let written: Vec<PathBuf> = written.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    let is_written = |path: &Path| {
        !written.is_empty()
            && fs::canonicalize(path).is_ok_and(|path| written.iter().any(|out| path.starts_with(out)))
    };
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
        problems.push(Problem {
            document: folder.to_string_lossy().into_owned(),
            place: None,
            problem: "this folder holds no file whose ending is known".to_owned(),
            remedy: "name files of other endings one by one".to_owned(),
        });
    }
    files.retain(|path: &PathBuf| !is_written(path));
    files.sort_unstable_by(|a, b| a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes()));
    inputs.extend(files.into_iter().map(Input::File));
}

/// The ending is known. A `.json` beside articles is mostly what somebody has written about them, and is read where it is
/// named.
fn has_ending(path: &Path) -> bool {
    let format = path.file_name().and_then(|name| Format::of_name(&name.to_string_lossy()));
    format.is_some_and(|format| format != Format::Json)
}

fn unwalkable(folder: &Path, error: &ignore::Error) -> Problem {
    let (mut path, mut inner) = (folder, error);
    loop {
        match inner {
            ignore::Error::WithPath { path: here, err } => (path, inner) = (here, err),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => inner = err,
            ignore::Error::Loop { child, .. } => {
                return Problem {
                    document: child.to_string_lossy().into_owned(),
                    place: None,
                    problem: "this link leads back into a folder that holds it".to_owned(),
                    remedy: "it was not followed".to_owned(),
                };
            }
            _ => break,
        }
    }
    let document = path.to_string_lossy();
    let error =
        inner.io_error().map_or_else(|| io::Error::other(inner.to_string()), |error| error.kind().into());
    Problem::of_io(&document, error)
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
        for name in [
            "b/x.txt/deep.md",
            "b/2.TXT",
            "a.txt",
            ".hidden.txt",
            "B.md",
            "c.csv",
            "d.png",
            "e.csv",
            ".gitignore",
        ] {
            fs::write(root.join(name), "a.txt").unwrap();
        }
        let (inputs, problems) =
            find(&[root.to_owned(), root.join("a.txt")], &[&root.join("e.csv")]).unwrap();
        let names: Vec<String> = inputs
            .iter()
            .map(|i| i.name().replace(root.to_str().unwrap(), "").trim_start_matches('/').to_owned())
            .collect();
        assert_eq!(names, [".hidden.txt", "B.md", "a.txt", "b/2.TXT", "b/x.txt/deep.md", "c.csv", "a.txt"]);
        assert_eq!(problems, []);
    }

    #[test]
    fn a_folder_without_texts_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let (inputs, problems) = find(&[folder.path().to_owned()], &[]).unwrap();
        assert_eq!((inputs.len(), problems.len()), (0, 1));
        assert!(problems[0].to_string().contains("no file whose ending is known"));
    }

    #[test]
    fn standard_input_is_read_once() {
        assert_eq!(find(&[], &[]).unwrap().0, [Input::Stdin]);
        assert!(find(&["-".into(), "-".into()], &[]).is_err());
    }

    #[test]
    fn missing_files_are_named_with_advice() {
        let mut shown = Vec::new();
        let _ = Input::File("no/such.txt".into()).documents(
            &Options::default(),
            &Counter::default(),
            &mut |event| {
                shown.push(format!("{event:?}"));
                Flow::Continue(())
            },
        );
        assert_eq!(shown.len(), 1);
        assert!(shown[0].contains("there is no such file or folder"), "{shown:?}");
    }
}
