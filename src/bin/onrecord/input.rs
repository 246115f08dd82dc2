//! Which files to read, and how they are opened.

use std::collections::HashSet;
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
    File {
        path: PathBuf,
        /// It was found in a folder of articles, and may say something of them.
        beside_articles: bool,
    },
}

/// What was found behind the paths given.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Finding {
    pub inputs: Vec<Input>,
    /// What cannot be looked into.
    pub problems: Vec<Problem>,
    /// What is passed over.
    pub notes: Vec<String>,
}

impl Input {
    /// As the record calls it. Bytes of a path that are no UTF-8 become U+FFFD.
    pub fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File { path, .. } => path.to_string_lossy().into_owned(),
        }
    }

    /// How many bytes it has, where that can be told without reading it.
    pub fn size(&self) -> Option<u64> {
        match self {
            Self::Stdin => None,
            Self::File { path, .. } => {
                fs::metadata(path).ok().filter(fs::Metadata::is_file).map(|file| file.len())
            }
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
            Self::File { path, .. } => open(path).map(|(file, size)| match size {
                Some(size) => Source::file(counter.reader(file, size), size),
                None => Source::stream(counter.reader(file, u64::MAX)),
            }),
        };
        let beside_articles = matches!(self, Self::File { beside_articles: true, .. });
        let options = Options { beside_articles, ..options.clone() };
        match source {
            Ok(source) => documents(&name, source, &options, see),
            Err(problem) => see(Event::Problem(problem)),
        }
    }
}

/// A file, and how long it is; pipes and devices have no length and cannot be read at any place.
fn open(path: &Path) -> Result<(File, Option<u64>), Problem> {
    let open = || {
        let file = File::open(path)?;
        let known = file.metadata()?;
        Ok((file, known.is_file().then_some(known.len())))
    };
    open().map_err(|error| unopened(path, error))
}

/// Why something could not be opened. What is no file of its own says so better than the system does.
fn unopened(path: &Path, error: io::Error) -> Problem {
    let is = |kind: &str, remedy: &str| problem(path, kind, remedy);
    if error.kind() == io::ErrorKind::PermissionDenied {
        return Problem::of_io(&path.to_string_lossy(), error);
    }
    if fs::symlink_metadata(path).is_ok_and(|here| here.is_symlink()) {
        return match error.kind() {
            io::ErrorKind::NotFound => is("this link leads nowhere", "mend it or leave it out"),
            _ if fs::metadata(path).is_err() => is("this link cannot be followed", "mend it or leave it out"),
            _ => Problem::of_io(&path.to_string_lossy(), error),
        };
    }
    match fs::metadata(path) {
        Ok(here) if !here.is_file() && !here.is_dir() => {
            is("this is a socket or a device that gives nothing", "leave it out")
        }
        _ => Problem::of_io(&path.to_string_lossy(), error),
    }
}

fn problem(path: &Path, problem: &str, remedy: &str) -> Problem {
    let (problem, remedy) = (problem.to_owned(), remedy.to_owned());
    Problem { document: path.to_string_lossy().into_owned(), place: None, problem, remedy }
}

/// The files behind the paths given, in their order; folders become their files. What is written to is not read:
/// neither these files nor what lies in these folders.
pub fn find(paths: &[PathBuf], written: &[&Path]) -> Result<Finding> {
    let mut found = Finding::default();
    let written: Vec<PathBuf> = written.iter().filter_map(|path| fs::canonicalize(path).ok()).collect();
    for path in paths {
        if path == Path::new("-") {
            if found.inputs.contains(&Input::Stdin) {
                return Err(Usage("standard input can be read only once; give `-` once".to_owned()).into());
            }
            found.inputs.push(Input::Stdin);
        } else if path.is_dir() {
            walk(path, &written, &mut found);
        } else {
            if fs::canonicalize(path).is_ok_and(|path| path.is_file() && written.contains(&path)) {
                return Err(Usage(format!(
                    "{}: it would be written over while it is read; give the output another name",
                    path.display()
                ))
                .into());
            }
            found.inputs.push(Input::File { path: path.clone(), beside_articles: false });
        }
    }
    if paths.is_empty() {
        found.inputs.push(Input::Stdin);
    }
    Ok(found)
}

/// A person who waits for onrecord while onrecord waits for text.
pub fn waits_for_typing(inputs: &[Input]) -> bool {
    inputs.contains(&Input::Stdin) && io::stdin().is_terminal()
}

/// What is written to, by real paths.
struct Written<'a> {
    all: &'a [PathBuf],
    /// The folder of the file that was looked for last, and its real path where it has one: the system need not be asked
    /// for that of each file.
    folder: Option<(PathBuf, Option<PathBuf>)>,
}

impl Written<'_> {
    /// The file is one of them, or lies in one of them.
    fn holds(&mut self, file: &Path, is_link: bool) -> bool {
        if self.all.is_empty() {
            return false;
        }
        let real = match (file.parent(), file.file_name()) {
            (Some(parent), Some(name)) if !is_link => self.real(parent).map(|folder| folder.join(name)),
            _ => fs::canonicalize(file).ok(),
        };
        real.is_some_and(|real| self.all.iter().any(|out| real.starts_with(out)))
    }

    /// The real path of a folder.
    fn real(&mut self, folder: &Path) -> Option<&Path> {
        if self.folder.as_ref().is_none_or(|(last, _)| last != folder) {
            self.folder = Some((folder.to_owned(), fs::canonicalize(folder).ok()));
        }
        self.folder.as_ref()?.1.as_deref()
    }
}

/// All files of a folder, hidden ones and those that some `.gitignore` names too: a folder of articles must not be
/// read in part without a word.
fn walk(folder: &Path, written: &[PathBuf], found: &mut Finding) {
    let (mut files, before) = (Vec::new(), found.problems.len());
    let (mut written, mut any) = (Written { all: written, folder: None }, false);
    for entry in WalkBuilder::new(folder).standard_filters(false).follow_links(true).build() {
        match entry {
            Ok(entry) => {
                let is = |of: fn(&fs::FileType) -> bool| entry.file_type().is_some_and(|kind| of(&kind));
                match Format::of_name(&entry.file_name().to_string_lossy()) {
                    Some(format) if is(fs::FileType::is_file) => {
                        any = true;
                        if !written.holds(entry.path(), entry.path_is_symlink()) {
                            files.push((entry.into_path(), format));
                        }
                    }
                    // Nobody may ever write into it, and all that lies behind it would wait.
                    Some(_) if !is(fs::FileType::is_dir) => found.problems.push(problem(
                        entry.path(),
                        "this is a pipe, a socket or a device and no file",
                        "name it by itself to have it read",
                    )),
                    _ => {}
                }
            }
            Err(error) => found.problems.push(unwalkable(folder, &error)),
        }
    }
    if !any && found.problems.len() == before {
        found.problems.push(problem(
            folder,
            "this folder holds no file whose ending is known",
            "name files of other endings one by one",
        ));
    }
    files.sort_unstable_by(|(a, _), (b, _)| {
        a.as_os_str().as_encoded_bytes().cmp(b.as_os_str().as_encoded_bytes())
    });
    let articles: HashSet<PathBuf> = files
        .iter()
        .filter(|(_, format)| !format.is_data_set())
        .map(|(path, _)| path.with_extension(""))
        .collect();
    let all = files.len();
    // `pier.json` beside `pier.html` says something of that article, or the same once more.
    files.retain(|(path, format)| !format.is_data_set() || !articles.contains(&path.with_extension("")));
    if files.len() < all {
        let (folder, count) = (folder.display(), all - files.len());
        found.notes.push(format!(
            "{folder}: data sets with the name of an article beside them are passed over ({count}); name them to have them read"
        ));
    }
    let beside_articles = !articles.is_empty();
    found.inputs.extend(files.into_iter().map(|(path, _)| Input::File { path, beside_articles }));
}

fn unwalkable(folder: &Path, error: &ignore::Error) -> Problem {
    let (mut path, mut inner) = (folder, error);
    loop {
        match inner {
            ignore::Error::WithPath { path: here, err } => (path, inner) = (here, err),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => inner = err,
            ignore::Error::Loop { child, .. } => {
                return problem(
                    child,
                    "this link leads back into a folder that holds it",
                    "it was not followed",
                );
            }
            _ => break,
        }
    }
    let error =
        inner.io_error().map_or_else(|| io::Error::other(inner.to_string()), |error| error.kind().into());
    unopened(path, error)
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
        let found = find(&[root.to_owned(), root.join("a.txt")], &[&root.join("e.csv")]).unwrap();
        let names: Vec<String> = found
            .inputs
            .iter()
            .map(|i| i.name().replace(root.to_str().unwrap(), "").trim_start_matches('/').to_owned())
            .collect();
        assert_eq!(names, [".hidden.txt", "B.md", "a.txt", "b/2.TXT", "b/x.txt/deep.md", "c.csv", "a.txt"]);
        assert_eq!(found.problems, []);
    }

    #[test]
    fn a_data_set_with_the_name_of_an_article_is_passed_over_with_a_note() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in ["goat.json", "pier.html", "pier.json", "tide.txt.json"] {
            fs::write(root.join(name), "").unwrap();
        }
        let found = find(&[root.to_owned()], &[]).unwrap();
        let file = |name: &str| Input::File { path: root.join(name), beside_articles: true };
        assert_eq!(found.inputs, ["goat.json", "pier.html", "tide.txt.json"].map(file));
        assert_eq!(found.notes.len(), 1);
        assert!(found.notes[0].contains("(1); name them"), "{:?}", found.notes);
        fs::remove_file(root.join("pier.html")).unwrap();
        let found = find(&[root.to_owned()], &[]).unwrap();
        assert_eq!((found.inputs.len(), found.notes.len()), (3, 0));
        assert!(found.inputs.iter().all(|input| matches!(input, Input::File { beside_articles: false, .. })));
    }

    #[test]
    fn a_folder_without_texts_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let found = find(&[folder.path().to_owned()], &[]).unwrap();
        assert_eq!((found.inputs.len(), found.problems.len()), (0, 1));
        assert!(found.problems[0].to_string().contains("no file whose ending is known"));
    }

    #[test]
    fn standard_input_is_read_once() {
        assert_eq!(find(&[], &[]).unwrap().inputs, [Input::Stdin]);
        assert!(find(&["-".into(), "-".into()], &[]).is_err());
    }

    #[test]
    fn missing_files_are_named_with_advice() {
        let mut shown = Vec::new();
        let missing = Input::File { path: "no/such.txt".into(), beside_articles: false };
        let _ = missing.documents(&Options::default(), &Counter::default(), &mut |event| {
            shown.push(format!("{event:?}"));
            Flow::Continue(())
        });
        assert_eq!(shown.len(), 1);
        assert!(shown[0].contains("there is no such file or folder"), "{shown:?}");
    }
}
