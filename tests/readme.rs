//! Every command that README.md shows is run, and prints what README.md shows.
//!
//! `TRYCMD=overwrite cargo test --test readme` writes down what comes out.

use std::fs;
use std::path::Path;

use calamine::Reader;
use onrecord::{Extractor, Grammar, Selection, export::Format};

#[path = "common/bare.rs"]
mod bare;

fn readme() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md")
}

/// The lines of every fence in this language.
fn fences(language: &str) -> Vec<String> {
    let text = readme();
    let open = format!("```{language}\n");
    text.split(&open).skip(1).map(|rest| rest.split("```").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn commands_print_what_is_shown() {
    // The database that is shown is a new one.
    let _ = fs::remove_file(Path::new(env!("CARGO_MANIFEST_DIR")).join("target/quotes.db"));
    trycmd::TestCases::new().case("README.md");
}

/// `cargo run --release -- …` would build for minutes inside a test. What stands behind it is run as `onrecord …`.
#[test]
fn the_first_command_is_one_of_those_that_are_run() {
    let shown = fences("console").concat();
    let mut commands = 0;
    for line in fences("sh").iter().flat_map(|fence| fence.lines().map(str::to_owned).collect::<Vec<_>>()) {
        if let Some(arguments) = line.strip_prefix("cargo run --release -- ") {
            commands += 1;
            assert!(shown.contains(&format!("$ onrecord {arguments}\n")), "no output is shown for `{line}`");
        }
    }
    assert!(commands > 0, "README.md begins with a command that builds and runs");
}

/// The command for journalists writes the workbook that it promises.
#[test]
fn the_workbook_is_written() {
    let command = fences("sh").concat().lines().find_map(|l| l.strip_prefix("onrecord ").map(str::to_owned));
    let command = command.expect("a command for journalists");
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("articles")).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::copy(root.join("fixtures/ferry-pier.txt"), folder.path().join("articles/ferry-pier.txt")).unwrap();
    let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_onrecord"));
    assert!(run.args(command.split(' ')).current_dir(folder.path()).status().unwrap().success());
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.path().join("quotes.xlsx")).unwrap();
    let records = book.worksheet_range("Records").unwrap();
    assert!(records.rows().any(|row| row.iter().any(|cell| *cell == "Maria Lopez")));
}

/// The grammar of a newsroom that is shown is the one that lies in `examples/`.
#[test]
fn the_newsroom_is_shown_as_it_is() {
    let shown = readme();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/newsroom");
    for file in ["words/reporting-verbs.csv", "order.txt", "patterns/desk.pattern"] {
        assert!(shown.contains(file), "{file}");
        for line in fs::read_to_string(root.join(file)).unwrap().lines() {
            assert!(shown.contains(line.trim()), "README.md does not show {line:?} of {file}");
        }
    }
}

/// The article shown is the one that is read.
#[test]
fn the_article_is_shown_as_it_is() {
    let article =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/ferry-pier.txt")).unwrap();
    let shown: String =
        readme().lines().filter_map(|line| line.strip_prefix("> ")).collect::<Vec<_>>().join(" ");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&shown), words(&article));
}

/// The columns of the CSV are those that the table in README.md explains.
#[test]
fn every_column_is_explained() {
    let none = bare::found(&Extractor::new(Grammar::english()), "", Selection::default());
    let mut out = Vec::new();
    let mut writer =
        Format::named("csv").unwrap().writer(&mut out, &onrecord::export::Options::default()).unwrap();
    writer.start().unwrap();
    writer.document(&none, "").unwrap();
    writer.finish().unwrap();
    drop(writer);
    let header = String::from_utf8(out).unwrap();
    let offsets = |column: &str| ["_start", "_end", "_spans"].iter().any(|ending| column.ends_with(ending));
    let text = readme();
    for column in header.trim_end().split(',').filter(|column| !offsets(column)) {
        assert!(text.contains(&format!("`{column}`")), "README.md does not explain the column {column}");
    }
}
