//! The real programs open what `onrecord extract` writes: LibreOffice, Datasette, pandas, DuckDB, Chromium and others.
//!
//! They are many and big, so these tests run only where somebody asks for them:
//!
//! ```sh
//! tests/programs/install
//! cargo test --features full --test programs -- --ignored --nocapture
//! ```
//!
//! A test whose program is not there says so and is over.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What spreadsheets run, markup shows and XML forbids, said by somebody.
const AWKWARD: &str = "Odd things said\n\n\
“=HYPERLINK(\"http://example.org\"; \"click\") is what they typed,” said Maria Lopez.\n\n\
“-- and then, + more, @home,” Tom Adeyemi said. “'=1+1' was in the cell,” he added.\n\n\
“+44 is the code,” Ruth Okell told Maria Lopez. “@everyone should know it,” said Okell. “-1 degree,” she said.\n\n\
“Fish 🐟 and <b>chips</b> & “naïve” cafés,\u{a0}yes,” said Ruth Okell, the councillor.\n\n\
“It began on Monday.\n\n“It ended on Tuesday,” Tom Adeyemi said.\n\n\
“\u{202e}Backwards\u{202c} and\tsideways,” said Maria Lopez. She said, \u{201c}a, b; “c”\u{201d}.\n";

/// What would like to be a program.
const EVIL: &str = "<script>globalThis.owned = 1; alert(1)</script>\n\n\
“<script>globalThis.owned = 1; alert(2)</script>,” said <img src=x onerror=alert(3)> Maria Lopez.\n\n\
“[a](javascript:alert(4)) \"><svg onload=alert(5)> </style></script><iframe srcdoc='x'>,” said Tom Adeyemi.\n\n\
“{{ 7 * 7 }} {% raw %} ${alert(6)} &lt;script&gt; ]]> --> ,” Ruth Okell told javascript:alert(7).\n";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Says it although the test is quiet.
fn say(words: &str) {
    let _ = writeln!(io::stderr(), "{words}");
}

fn onrecord(folder: &Path, arguments: &[&str]) {
    let done = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["extract", "--quiet", "--terms"])
        .args(arguments)
        .current_dir(folder)
        .status()
        .unwrap();
    assert!(done.success(), "{arguments:?}");
}

/// A folder with articles and their records as JSON Lines.
fn articles() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(root().join("fixtures/ferry-pier.txt"), folder.path().join("ferry-pier.txt")).unwrap();
    fs::write(folder.path().join("awkward.txt"), AWKWARD).unwrap();
    fs::write(folder.path().join("evil.txt"), EVIL).unwrap();
    onrecord(folder.path(), &["--output", "quotes.jsonl", "awkward.txt", "evil.txt", "ferry-pier.txt"]);
    folder
}

const TEXTS: [&str; 3] = ["awkward.txt", "evil.txt", "ferry-pier.txt"];

fn write(folder: &Path, arguments: &[&str]) {
    onrecord(folder, &[arguments, &TEXTS].concat());
}

/// Where a program is, if it is: among those that `install` puts there, or those of the system.
fn find(program: &str) -> Option<PathBuf> {
    let installed = root().join("target/programs/venv/bin").join(program);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let system = std::env::split_paths(&path).map(|folder| folder.join(program));
    std::iter::once(installed).chain(system).find(|path| path.is_file())
}

/// Runs a script over the folder, where its programs are there.
fn run(script: &str, needs: &[&str], arguments: &[&Path]) {
    let missing: Vec<&str> = needs.iter().copied().filter(|program| find(program).is_none()).collect();
    if !missing.is_empty() {
        say(&format!("skipped: {script} needs {}; tests/programs/install gets it", missing.join(", ")));
        return;
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let bin = root().join("target/programs/venv/bin");
    let path = std::env::join_paths(std::iter::once(bin).chain(std::env::split_paths(&path))).unwrap();
    let output = Command::new(find(needs[0]).unwrap())
        .arg(root().join("tests/programs").join(script))
        .args(arguments)
        .env("PATH", path)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .current_dir(root())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{script}\n{told}{}", String::from_utf8_lossy(&output.stderr));
    told.lines().for_each(say);
}

#[test]
#[ignore = "needs LibreOffice and pandas: tests/programs/install"]
fn the_workbook_is_opened_by_libreoffice_and_pandas() {
    let folder = articles();
    write(folder.path(), &["--output", "quotes.xlsx"]);
    run("xlsx.py", &["python", "soffice", "datasette"], &[folder.path()]);
}

#[test]
#[ignore = "needs LibreOffice, pandas, DuckDB and others: tests/programs/install"]
fn every_cell_of_csv_comes_back() {
    let folder = articles();
    write(folder.path(), &["--output", "quotes.csv"]);
    write(folder.path(), &["--csv-raw", "--output", "raw.csv"]);
    write(folder.path(), &["--excel", "--output", "excel.csv"]);
    run("csv_readers.py", &["python", "soffice", "sqlite-utils"], &[folder.path()]);
}

#[test]
#[ignore = "needs OpenRefine: tests/programs/install"]
fn openrefine_imports_every_cell() {
    let folder = articles();
    write(folder.path(), &["--output", "quotes.csv"]);
    write(folder.path(), &["--excel", "--output", "excel.csv"]);
    run("openrefine.py", &["python", "openrefine"], &[folder.path()]);
}

#[test]
#[ignore = "needs Datasette and sqlite-utils: tests/programs/install"]
fn the_database_is_shown_by_datasette() {
    let folder = articles();
    write(folder.path(), &["--output", "quotes.db"]);
    run("sqlite.py", &["python", "datasette", "sqlite-utils"], &[folder.path()]);
}

#[test]
#[cfg(feature = "parquet")]
#[ignore = "needs pyarrow, DuckDB, pandas and Polars: tests/programs/install"]
fn parquet_is_read_by_data_frames() {
    let folder = articles();
    write(folder.path(), &["--output", "quotes.parquet"]);
    write(folder.path(), &["--format", "parquet-flat", "--output", "flat.parquet"]);
    write(folder.path(), &["--csv-raw", "--output", "raw.csv"]);
    let table = root().join("fixtures/formats/articles.csv");
    for output in ["known.parquet", "known.jsonl", "known-flat.parquet"] {
        let format = Path::new(output).extension().unwrap().to_str().unwrap();
        let format = if output.contains("flat") { "parquet-flat" } else { format };
        let arguments = ["--keep", "outlet", "--format", format, "--output", output, table.to_str().unwrap()];
        onrecord(folder.path(), &arguments);
    }
    run("parquet.py", &["python", "datasette"], &[folder.path()]);
}

#[test]
#[ignore = "needs PyLD, spaCy, readers of brat and Jing: tests/programs/install"]
fn annotations_are_read_by_the_tools_they_are_for() {
    let folder = articles();
    write(folder.path(), &["--output", "quotes.jsonld"]);
    write(folder.path(), &["--format", "schema-org", "--output", "schema.json"]);
    write(folder.path(), &["--format", "brat", "--output", "brat"]);
    write(folder.path(), &["--format", "spacy", "--output", "docs.jsonl"]);
    write(folder.path(), &["--output", "quotes.xml"]);
    run("annotations.py", &["python", "jing", "datasette"], &[folder.path()]);
}

/// `ONRECORD_PICTURES=fixtures/pictures` leaves the pictures of README.md there.
#[test]
#[ignore = "needs Chromium, playwright-core and axe-core: tests/programs/install"]
fn the_report_is_shown_by_chromium() {
    let folder = articles();
    onrecord(folder.path(), &["--output", "one.html", "ferry-pier.txt"]);
    onrecord(folder.path(), &["--output", "evil.html", "evil.txt"]);
    let fixtures = root().join("fixtures");
    onrecord(
        folder.path(),
        &["--output", "many.html", "ferry-pier.txt", fixtures.join("names").to_str().unwrap()],
    );
    let many: Vec<String> = (0..3)
        .flat_map(|_| ignore::Walk::new(&fixtures).map(Result::unwrap))
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "md"))
        .map(|entry| entry.path().to_string_lossy().into_owned())
        .chain((0..50).map(|_| "ferry-pier.txt".to_owned()))
        .take(300)
        .collect();
    let mut arguments = vec!["--output", "300.html"];
    arguments.extend(many.iter().map(String::as_str));
    onrecord(folder.path(), &arguments);
    if !root().join("target/programs/node_modules/axe-core").is_dir() {
        say("skipped: report.mjs needs playwright-core and axe-core; tests/programs/install gets them");
        return;
    }
    let pictures = std::env::var_os("ONRECORD_PICTURES").map(|folder| root().join(folder));
    let folders: Vec<&Path> = [folder.path()].into_iter().chain(pictures.as_deref()).collect();
    run("report.mjs", &["node", "chromium"], &folders);
}
