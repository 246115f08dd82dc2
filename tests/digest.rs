//! The same bytes in give the same bytes out: whatever the number of threads, the run, and how the program was built.
//!
//! `tests/digest/sums.txt` has the SHA-256 of what comes out of all invented articles, a line a format as `sha256sum`
//! writes it. This test holds the program of `cargo test` against it, `.ci/run` the one that users build.
//! `ONRECORD_BLESS=1 cargo test --test digest` writes it anew, where results are meant to change; under `CI` it refuses.
#![cfg(feature = "cli")]

use std::fs;
use std::path::{Path, PathBuf};
use std::{env, fmt::Write};

use pretty_assertions::assert_eq;
use sha2::{Digest, Sha256};

#[path = "common/program.rs"]
mod program;

/// What is in every build and made of the records alone.
const FORMATS: [&str; 5] = ["csv", "json", "jsonl", "tei", "web-annotation"];

fn digests(jobs: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let articles = fs::read_to_string(root.join("tests/digest/articles.txt")).expect("the list of folders");
    let mut lines = String::new();
    for format in FORMATS {
        let mut arguments = vec!["extract", "--quiet", "--format", format, "--jobs", jobs];
        arguments.extend(articles.lines());
        let output = program::onrecord(&arguments, root);
        assert_eq!(program::text(&output.stderr), "");
        assert_eq!(program::code(&output), 0);
        let digest = Sha256::digest(&output.stdout);
        digest.iter().for_each(|byte| write!(lines, "{byte:02x}").expect("a string"));
        writeln!(lines, "  {format}").expect("a string");
    }
    lines
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/digest/sums.txt")
}

#[test]
fn the_same_bytes_come_out_of_any_run_and_build() {
    let found = digests("1");
    assert_eq!(digests("2"), found, "another run, with two threads");
    if env::var_os("ONRECORD_BLESS").is_some_and(|value| value == "1") {
        assert!(env::var_os("CI").is_none(), "ONRECORD_BLESS=1 is for people, not for CI");
        fs::write(file(), &found).expect("the file can be written");
    }
    assert_eq!(found, fs::read_to_string(file()).expect("tests/digest/sums.txt"));
}

#[test]
fn every_folder_of_articles_is_in_the_digest() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let other = ["formats", "locked", "pictures"];
    let mut folders: Vec<String> = fs::read_dir(root.join("fixtures"))
        .expect("fixtures/")
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().into_string().expect("UTF-8"))
        .filter(|name| !other.contains(&name.as_str()))
        .map(|name| format!("fixtures/{name}"))
        .collect();
    folders.sort();
    let listed = fs::read_to_string(root.join("tests/digest/articles.txt")).expect("the list of folders");
    assert_eq!(listed.lines().filter(|line| !line.ends_with(".txt")).collect::<Vec<_>>(), folders);
}
