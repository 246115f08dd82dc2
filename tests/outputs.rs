//! How the program writes: which format, where to, and what it finds again.

use std::fs;
use std::path::Path;

use pretty_assertions::assert_eq;

#[path = "common/program.rs"]
mod program;

use program::{code, onrecord, text};

const ARTICLE: &str = "Ferry pier shut\n\n“The pier is closed,” said Maria Lopez, the harbour master.\n\n\
“Nobody may walk on it,” Lopez told reporters. A clerk said that the \u{1b}[31mpiles were rotten.\n";

fn articles(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..count {
        fs::write(folder.path().join(format!("{n}.txt")), ARTICLE).unwrap();
    }
    folder
}

/// Extracts, and sees that it went well.
fn extract(arguments: &[&str], folder: &Path) -> String {
    let output = onrecord(&[&["extract"], arguments].concat(), folder);
    assert_eq!((code(&output), text(&output.stderr)), (0, ""), "{arguments:?}");
    text(&output.stdout).to_owned()
}

#[test]
fn the_ending_of_the_output_tells_the_format() {
    let folder = articles(1);
    let begins: &[(&str, &[u8])] = &[
        ("a.csv", b"document,speaker,"),
        ("a.JSON", b"{\"onrecord\":"),
        ("a.jsonl", b"{\"id\":"),
        ("a.jsonld", b"{\"@context\":"),
        ("a.md", b"## 0.txt\n"),
        ("a.xml", b"<?xml version=\"1.0\""),
        ("a.ann", b"T1\tContent "),
        #[cfg(feature = "xlsx")]
        ("a.xlsx", b"PK\x03\x04"),
        #[cfg(feature = "sqlite")]
        ("a.db", b"SQLite format 3\0"),
        #[cfg(feature = "report")]
        ("a.html", b"<!doctype html>"),
        #[cfg(feature = "parquet")]
        ("a.parquet", b"PAR1"),
    ];
    for (name, begins) in begins {
        assert_eq!(extract(&["--output", name, "0.txt"], folder.path()), "");
        let written = fs::read(folder.path().join(name)).unwrap();
        assert!(written.starts_with(begins), "{name}");
    }
    // What is asked for counts more than what the ending says.
    extract(&["--output", "a.json", "--format", "csv", "0.txt"], folder.path());
    assert!(fs::read(folder.path().join("a.json")).unwrap().starts_with(b"document,speaker,"));
}

#[test]
fn an_ending_that_nobody_knows_is_wrong_usage() {
    let folder = articles(1);
    let output = onrecord(&["extract", "--output", "quotes.docx", "0.txt"], folder.path());
    assert_eq!(code(&output), 2);
    let told = text(&output.stderr);
    assert!(
        told.starts_with("onrecord: quotes.docx: no format has this ending; take one of .csv, "),
        "{told}"
    );
    assert!(told.ends_with(", or --format\n"), "{told}");
    assert!(!folder.path().join("quotes.docx").exists());
}

#[test]
fn the_number_of_jobs_changes_no_format() {
    let folder = articles(40);
    for name in ["a.jsonld", "a.xml", "a.html", "a.xlsx"] {
        if extract_or_skip(name, "1", folder.path()) {
            let one = fs::read(folder.path().join(name)).unwrap();
            extract_or_skip(name, "4", folder.path());
            assert!(fs::read(folder.path().join(name)).unwrap() == one, "{name}");
        }
    }
}

/// A build may lack a format.
fn extract_or_skip(name: &str, jobs: &str, folder: &Path) -> bool {
    let output = onrecord(&["extract", "--jobs", jobs, "--output", name, "."], folder);
    assert!(code(&output) == 0 || text(&output.stderr).contains("no format has this ending"), "{output:?}");
    code(&output) == 0
}

#[test]
fn a_database_and_a_folder_need_a_name() {
    let folder = articles(1);
    let formats = [
        "brat",
        #[cfg(feature = "sqlite")]
        "sqlite",
    ];
    for format in formats {
        let output = onrecord(&["extract", "--format", format, "0.txt"], folder.path());
        assert_eq!((code(&output), text(&output.stdout)), (2, ""));
        assert!(text(&output.stderr).contains("--output"), "{output:?}");
    }
}

#[test]
fn brat_gets_a_folder_with_two_files_for_each_text() {
    let folder = articles(2);
    extract(&["--format", "brat", "--output", "brat", "."], folder.path());
    let mut names: Vec<_> =
        fs::read_dir(folder.path().join("brat")).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["0.ann", "0.txt", "1.ann", "1.txt", "annotation.conf"]);
    assert_eq!(fs::read_to_string(folder.path().join("brat/1.txt")).unwrap(), ARTICLE);
    let output = onrecord(&["extract", "--output", "one.ann", "."], folder.path());
    assert_eq!(code(&output), 1);
    assert!(text(&output.stderr).starts_with("onrecord: one.ann: an .ann file holds one text"), "{output:?}");
}

#[test]
fn the_table_has_colours_only_where_they_are_wanted() {
    let folder = articles(1);
    let plain = extract(&["--format", "table", "0.txt"], folder.path());
    assert!(plain.contains("Maria Lopez") && !plain.contains('\u{1b}'), "{plain}");
    let colours = extract(&["--format", "table", "--color", "always", "0.txt"], folder.path());
    assert!(colours.contains("\u{1b}[") && !colours.contains("\u{1b}[31mpiles"));
    assert_eq!(extract(&["--format", "table", "--color", "never", "0.txt"], folder.path()), plain);
}

#[cfg(feature = "sqlite")]
mod search {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn finds_who_said_what_about_it() {
        let folder = articles(1);
        extract(&["--output", "quotes.db", "."], folder.path());
        let search = |arguments: &[&str]| {
            let output = onrecord(&[&["search", "quotes.db"], arguments].concat(), folder.path());
            assert_eq!(code(&output), 0, "{output:?}");
            text(&output.stdout).to_owned()
        };
        let found = search(&["closing"]);
        assert!(found.starts_with("Maria Lopez | said | direct | ./0.txt q"), "{found}");
        assert!(found.ends_with("\n  The pier is *closed*,\n"), "{found}");
        assert_eq!(search(&["piles", "--speaker", "lopez"]), "");
        assert!(search(&["rot*"]).contains("␛[31mpiles were *rotten*"), "nothing moves the cursor");
        assert_eq!(search(&["closed", "--since", "2024"]), "", "the text has no date");
        assert!(search(&["closed", "--color", "always"]).contains("\u{1b}[1;33mclosed\u{1b}[0m"));
        let output = onrecord(&["search", "quotes.db", "pier", "--since", "May"], folder.path());
        assert_eq!(code(&output), 2);
        assert!(text(&output.stderr).contains("write it like 2024-05-01"), "{output:?}");
    }

    #[test]
    fn says_what_is_wrong_with_a_database() {
        let folder = articles(1);
        for (name, told) in
            [("none.db", "it could not be opened"), ("0.txt", "this file is no SQLite database")]
        {
            let output = onrecord(&["search", name, "pier"], folder.path());
            assert_eq!((code(&output), text(&output.stdout)), (1, ""));
            assert!(text(&output.stderr).starts_with(&format!("onrecord: {name}: {told}")), "{output:?}");
        }
        assert!(!folder.path().join("none.db").exists());
    }

    #[test]
    fn a_second_run_leaves_the_database_as_it_is() {
        let folder = articles(3);
        extract(&["--output", "quotes.db", "."], folder.path());
        let before = fs::read(folder.path().join("quotes.db")).unwrap();
        extract(&["--output", "quotes.db", "--jobs", "1", "."], folder.path());
        assert!(fs::read(folder.path().join("quotes.db")).unwrap() == before);
    }
}
