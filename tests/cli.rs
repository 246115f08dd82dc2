//! How the program behaves from outside: exit codes, streams, files and order. What is found in a text is not
//! asked here; the articles in these tests are written for us.
//!
//! `tests/cmd` holds the cases in which every word of the output matters.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use pretty_assertions::assert_eq;
use serde_json::Value;

#[path = "common/packed.rs"]
mod packed;
#[path = "common/program.rs"]
mod program;
mod schema;

use packed::{gzipped, zipped};
use program::{code, onrecord, text};

const ARTICLE: &str = "Ferry pier shut\n\n“The pier is closed,” said Maria Lopez, the harbour master. \
“It was =SUM(1) damage,” said Lopez.\n\nA so-called “storm watch” goes on until Friday.\n";

fn with_stdin(arguments: &[&str], input: impl AsRef<[u8]>) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_ref()).unwrap();
    child.wait_with_output().unwrap()
}

/// A folder with so many articles, the last of them empty.
fn articles(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for n in 0..count {
        fs::write(folder.path().join(format!("{n:03}.txt")), ARTICLE.repeat(1 + n % 3)).unwrap();
    }
    fs::write(folder.path().join("zzz.md"), "").unwrap();
    folder
}

fn records(output: &Output) -> Vec<Value> {
    text(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_cases_in_their_own_files() {
    trycmd::TestCases::new().case("tests/cmd/*.toml");
}

#[test]
fn every_record_obeys_the_printed_schema() {
    let folder = articles(3);
    let printed = onrecord(&["schema"], folder.path());
    let schema: Value = serde_json::from_slice(&printed.stdout).unwrap();
    let output = onrecord(&["extract", "--format", "jsonl", "--terms", "--attitudes", "."], folder.path());
    let records = records(&output);
    assert!(!records.is_empty());
    for record in &records {
        schema::check(&schema, record);
    }
}

#[test]
fn what_a_record_shows_is_what_stands_at_its_offsets() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), format!("\u{feff}{ARTICLE}")).unwrap();
    let bytes = fs::read(folder.path().join("a.txt")).unwrap();
    let points: Vec<char> = ARTICLE.chars().collect();
    let output = onrecord(&["extract", "--format", "jsonl", "--terms", "a.txt"], folder.path());
    let mut seen = 0;
    for record in records(&output) {
        each_passage(&record, &mut |passage| {
            let at = |key: &str| passage[key].as_u64().unwrap() as usize;
            let shown = passage["text"].as_str().unwrap();
            assert_eq!(points[at("start")..at("end")].iter().collect::<String>(), shown);
            assert_eq!(text(&bytes[at("byte_start")..at("byte_end")]), shown);
            seen += 1;
        });
    }
    assert!(seen > 0);
}

fn each_passage(value: &Value, see: &mut impl FnMut(&Value)) {
    match value {
        Value::Object(object) => {
            if object.contains_key("text") && object.contains_key("start") {
                see(value);
            }
            object.values().for_each(|inner| each_passage(inner, see));
        }
        Value::Array(array) => array.iter().for_each(|inner| each_passage(inner, see)),
        _ => {}
    }
}

#[test]
fn nothing_absent_is_written_as_a_word() {
    let output = with_stdin(&["extract", "--format", "jsonl", "--terms"], ARTICLE);
    for word in ["\"Unknown\"", "\"None\"", "\"N/A\""] {
        assert!(!text(&output.stdout).contains(word));
    }
}

#[test]
fn the_number_of_jobs_changes_nothing() {
    let folder = articles(70);
    for format in ["csv", "json", "jsonl", "script"] {
        let one = onrecord(&["extract", "--format", format, "--terms", "--jobs", "1", "."], folder.path());
        let four = onrecord(&["extract", "--format", format, "--terms", "--jobs", "4", "."], folder.path());
        assert_eq!(code(&one), 0);
        assert!(one.stdout == four.stdout, "{format} depends on the number of jobs");
    }
}

#[test]
fn documents_come_in_the_order_of_their_paths() {
    let folder = articles(40);
    let output = onrecord(&["extract", "--format", "json", "020.txt", ".", "003.txt"], folder.path());
    let whole: Value = serde_json::from_slice(&output.stdout).unwrap();
    let names: Vec<&str> =
        whole["documents"].as_array().unwrap().iter().map(|d| d["document"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 43);
    assert_eq!((names[0], names[42]), ("020.txt", "003.txt"));
    assert!(names[1..42].is_sorted());
    assert_eq!(names[41], "./zzz.md");
    for key in ["sha256", "encoding", "records", "speakers"] {
        assert!(whole["documents"][0].get(key).is_some(), "{key} is missing");
    }
}

#[test]
fn standard_input_is_read_without_a_path_and_for_a_dash() {
    let (without, dash) = (with_stdin(&["extract"], ARTICLE), with_stdin(&["extract", "-"], ARTICLE));
    assert_eq!(code(&without), 0);
    assert_eq!(without.stdout, dash.stdout);
    assert_eq!(text(&without.stderr), "");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = articles(200);
    for arguments in [
        &["extract", "--format", "csv", "--terms", "."][..],
        &["extract", "--format", "json", "--terms", "."],
        &["extract", "--format", "jsonl", "--terms", "."],
        &["extract", "--format", "script", "--terms", "."],
        &["schema"],
        &["completions", "bash"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(arguments)
            .current_dir(folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((code(&output), text(&output.stderr)), (0, ""), "{arguments:?}");
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_done() {
    let folder = articles(2);
    fs::write(folder.path().join("picture.txt"), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap();
    let output = onrecord(&["extract", "--format", "json", "missing.txt", "."], folder.path());
    assert_eq!(code(&output), 1);
    let complaints: Vec<&str> = text(&output.stderr).lines().collect();
    assert_eq!(complaints.len(), 2, "{complaints:?}");
    assert_eq!(complaints[0], "onrecord: missing.txt: there is no such file or folder; check the name");
    assert!(complaints[1].starts_with("onrecord: ./picture.txt: "));
    let whole: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(whole["documents"].as_array().unwrap().len(), 3);
}

#[test]
fn a_text_given_twice_comes_out_twice() {
    let folder = articles(1);
    let once = onrecord(&["extract", "--format", "jsonl", "--terms", "000.txt"], folder.path());
    let twice = onrecord(&["extract", "--format", "jsonl", "--terms", "000.txt", "000.txt"], folder.path());
    assert_eq!(text(&twice.stdout), text(&once.stdout).repeat(2));
}

#[test]
fn a_file_that_is_named_may_have_any_ending() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("story.asc"), ARTICLE).unwrap();
    fs::create_dir(folder.path().join("x.txt")).unwrap();
    fs::write(folder.path().join("x.txt/inner.md"), ARTICLE).unwrap();
    let output = onrecord(&["extract", "--format", "script", "story.asc", "x.txt"], folder.path());
    assert_eq!(code(&output), 0);
    let headings: Vec<&str> = text(&output.stdout).lines().filter(|line| line.starts_with("==")).collect();
    assert_eq!(headings, ["== story.asc", "== x.txt/inner.md"]);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_utf8_and_names_that_move_the_cursor_are_shown_safely() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(OsStr::from_bytes(b"caf\xe9.txt")), ARTICLE).unwrap();
    let output = onrecord(&["extract", "--format", "jsonl", "--terms", "."], folder.path());
    assert_eq!(records(&output)[0]["document"], "./caf\u{fffd}.txt");
    let output = onrecord(&["extract", "\u{1b}[2Jx\n.txt"], folder.path());
    assert!(text(&output.stderr).starts_with("onrecord: ␛[2Jx ¶ .txt: "), "{output:?}");
}

#[test]
fn the_output_file_is_whole_or_as_it_was() {
    let folder = articles(3);
    let target = folder.path().join("quotes.csv");
    fs::write(&target, "old").unwrap();
    let failed = onrecord(&["extract", "--grammar", "nowhere", "--output", "quotes.csv", "."], folder.path());
    assert_eq!((code(&failed), fs::read_to_string(&target).unwrap().as_str()), (2, "old"));
    let done = onrecord(&["extract", "--output", "quotes.csv", "."], folder.path());
    assert_eq!((code(&done), text(&done.stdout)), (0, ""));
    assert!(fs::read_to_string(&target).unwrap().starts_with("document,speaker,"));
    let names = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names.into_iter().all(|name| !name.to_string_lossy().starts_with(".onrecord-")));
}

#[test]
fn an_output_that_cannot_be_written_is_named() {
    let folder = articles(1);
    let output = onrecord(&["extract", "--output", "no/such/folder/quotes.csv", "000.txt"], folder.path());
    assert_eq!(code(&output), 1);
    assert!(text(&output.stderr).starts_with("onrecord: no/such/folder/quotes.csv: it could not be written"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let folder = articles(1);
    let output = onrecord(&["extract", "--output", "/dev/full", "000.txt"], folder.path());
    assert_eq!(code(&output), 1);
    assert!(!output.stderr.is_empty());
}

#[test]
fn csv_parses_back_and_runs_no_formula() {
    let article = "“=1+1 is what they wrote,” said Maria Lopez.\n\n“The pier is,\nshe wrote, \u{ab}closed\u{bb},” said Lopez.\n";
    let output = with_stdin(&["extract", "--terms"], article);
    let mut table = csv::Reader::from_reader(output.stdout.as_slice());
    let columns = table.headers().unwrap().clone();
    assert!(columns.iter().take(5).eq(["document", "speaker", "speaker_name", "quote", "context"]));
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert!(rows.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])));
    assert!(rows.iter().flatten().all(|cell| !cell.contains(['\n', '\r'])));
    assert!(!text(&output.stdout).contains('\r'));
}

#[test]
fn excel_gets_a_mark_and_its_line_ends() {
    let output = with_stdin(&["extract", "--excel", "--terms"], ARTICLE);
    let table = text(&output.stdout);
    assert!(table.starts_with("\u{feff}document,"));
    assert_eq!(table.matches('\n').count(), table.matches("\r\n").count());
}

#[test]
fn a_mistake_in_a_grammar_is_shown_at_its_place() {
    let folder = articles(1);
    fs::create_dir_all(folder.path().join("own/words")).unwrap();
    fs::write(folder.path().join("own/words/reporting-verbs.csv"), "lemma,forms\nblurt,\n").unwrap();
    let read = onrecord(&["extract", "--grammar", "own", "000.txt"], folder.path());
    assert_eq!((code(&read), text(&read.stdout)), (2, ""));
    for part in ["own/words/reporting-verbs.csv:1", "expected", "lemma,forms"] {
        assert!(text(&read.stderr).contains(part), "{}", text(&read.stderr));
    }
    assert_eq!(code(&onrecord(&["grammar", "check", "own"], folder.path())), 1);
}

/// A header that is not that of the list would make all that stands below it mean nothing.
#[test]
fn a_wrong_header_in_a_list_of_words_is_shown_at_its_place() {
    let folder = articles(1);
    fs::create_dir_all(folder.path().join("own/words")).unwrap();
    for (table, place, expected) in [
        (
            "role,plurals,gender,kind\nreeve,reeves,any,office\n",
            6,
            "the name of a column, which is plural, gender, kind or note",
        ),
        ("reeve,reeves,any,office\n", 7, "the name of a column, which is plural, gender, kind or note"),
        ("role,gender,kind\nreeve,any,office\n", 1, "a column named `plural`"),
    ] {
        fs::write(folder.path().join("own/words/roles.csv"), table).unwrap();
        let read = onrecord(&["extract", "--grammar", "own", "000.txt"], folder.path());
        assert_eq!((code(&read), text(&read.stdout)), (2, ""));
        for part in [&format!("own/words/roles.csv:1:{place}"), expected] {
            assert!(text(&read.stderr).contains(part), "{part} in\n{}", text(&read.stderr));
        }
    }
}

/// Every mistake that can be seen at once is shown with file, line, column, the line, and what was expected.
#[test]
fn mistakes_in_patterns_are_shown_as_a_compiler_shows_them() {
    let pattern = |form: &str| {
        format!(
            "pattern p{}\n  why   A test.\n  form  {form}\n  yes   {{source Ana}} {{cue said}}.\n  no    Ana.\n",
            form.len()
        )
    };
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("own/patterns")).unwrap();
    let text_of =
        ["source=MENTION[@rivals] cue=SAYS", "source=MENTION cue=SAYZ", "source=MENTION ..40 cue=SAYS"];
    let file = text_of.map(pattern).concat();
    fs::write(folder.path().join("own/patterns/desk.pattern"), &file).unwrap();
    let output = onrecord(&["grammar", "check", "own"], folder.path());
    assert_eq!(code(&output), 1);
    for part in [
        "own/patterns/desk.pattern:3:25",
        "the name of a word list; there is none of this name",
        "  form  source=MENTION[@rivals] cue=SAYS",
        "own/patterns/desk.pattern:8:28",
        "own/patterns/desk.pattern:13:26",
        "a number from 1 to 12",
    ] {
        assert!(text(&output.stderr).contains(part), "{part} in\n{}", text(&output.stderr));
    }
}

#[test]
fn a_check_of_the_grammar_says_how_it_went() {
    let output = onrecord(&["grammar", "check"], Path::new("."));
    assert_eq!((code(&output), text(&output.stdout)), (0, "Every example gives what it should.\n"));
}

#[test]
fn a_check_names_the_example_that_gives_something_else() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("own/patterns")).unwrap();
    let file = "pattern over\n  why   A test.\n  form  over to source=MENTION : content=QUOTE\n  \
                yes   Over to {source Ana}: {content “Bo.”}\n  \
                no    Over to Ana: “It is a fine morning here.”\n";
    fs::write(folder.path().join("own/patterns/desk.pattern"), file).unwrap();
    let output = onrecord(&["grammar", "check", "own"], folder.path());
    let shown = text(&output.stdout);
    assert_eq!(code(&output), 1);
    assert!(
        shown.contains("own/patterns/desk.pattern:5: desk/over: the pattern decided, and should stay silent")
    );
    assert!(shown.ends_with("1 example gives something else.\n"), "{shown}");
}

#[test]
fn explain_shows_the_rule_of_one_record_or_of_all() {
    let folder = articles(1);
    let listed =
        onrecord(&["extract", "--format", "jsonl", "--terms", "--attitudes", "000.txt"], folder.path());
    let listed = records(&listed);
    let all = onrecord(&["explain", "000.txt"], folder.path());
    assert_eq!(code(&all), 0);
    for record in &listed {
        let head = format!("{}  {}  ", record["id"].as_str().unwrap(), record["rule"].as_str().unwrap());
        assert!(text(&all.stdout).contains(&head));
    }
    let id = listed[0]["id"].as_str().unwrap();
    let one = onrecord(&["explain", "000.txt", "--id", id], folder.path());
    assert_eq!(text(&one.stdout).lines().filter(|line| line.starts_with('q')).count(), 1);
    assert_eq!(code(&onrecord(&["explain", "000.txt", "--id", "qx"], folder.path())), 1);
    assert_eq!(code(&onrecord(&["explain", "."], folder.path())), 2);
}

#[test]
fn explain_names_the_evidence_in_a_hundred_columns() {
    let article = "“The dam is safe,” Ola Brandt said. She added that divers had been down. \
                   He did not say “sorry”. “Nobody drowned yesterday” was written on the wall.\n";
    let output = with_stdin(&["explain", "-"], article);
    let shown = text(&output.stdout);
    assert_eq!(code(&output), 0);
    let evidence: Vec<&str> = shown.lines().filter(|line| line.starts_with("             ")).collect();
    assert!(evidence.iter().any(|line| line.trim_start().starts_with('+')), "{shown}");
    assert!(evidence.iter().any(|line| line.trim_start().starts_with('-')), "{shown}");
    assert!(evidence.iter().all(|line| line.chars().count() <= 100), "{shown}");
    for named in ["  weighed    cue  ", "  weighed    again  ", "which is denied", " not "] {
        assert!(shown.contains(named), "{named} in\n{shown}");
    }
}

#[test]
fn explain_says_of_an_empty_text_nothing() {
    let folder = articles(0);
    for output in [onrecord(&["explain", "zzz.md"], folder.path()), with_stdin(&["explain", "-"], "")] {
        assert_eq!((code(&output), text(&output.stdout), text(&output.stderr)), (0, "", ""));
    }
}

#[test]
fn explain_of_what_is_no_text_says_what_to_do() {
    let folder = articles(1);
    let missing = onrecord(&["explain", "nowhere.txt"], folder.path());
    assert_eq!(code(&missing), 1);
    assert_eq!(
        text(&missing.stderr),
        "onrecord: nowhere.txt: there is no such file or folder; check the name\n"
    );
    let whole = onrecord(&["explain", "."], folder.path());
    assert_eq!(code(&whole), 2);
    assert!(text(&whole.stderr).contains("this is a folder; explain takes one file of it"));
}

#[test]
fn completions_and_manual_are_written() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish"] {
        assert!(text(&onrecord(&["completions", shell], folder.path()).stdout).contains("onrecord"));
    }
    assert!(text(&onrecord(&["man"], folder.path()).stdout).contains(".TH onrecord"));
    assert_eq!(code(&onrecord(&["man", "."], folder.path())), 0);
    assert!(folder.path().join("onrecord-extract.1").exists());
}

#[test]
fn a_saved_text_is_what_offsets_count() {
    let folder = tempfile::tempdir().unwrap();
    let page = format!(
        "<html><body><p>{}</p><p>“No – we won’t,” said Maria Lopez.</p></body></html>",
        "Rain fell. ".repeat(5)
    );
    fs::write(folder.path().join("pier.html"), page).unwrap();
    let output =
        onrecord(&["extract", "--format", "jsonl", "--save-text", "texts", "pier.html"], folder.path());
    let records = records(&output);
    assert_eq!((code(&output), records.len()), (0, 1));
    let sha256 = records[0]["document_sha256"].as_str().unwrap();
    let saved =
        fs::read_to_string(folder.path().join(format!("texts/pier.html-{}.txt", &sha256[..12]))).unwrap();
    let points: Vec<char> = saved.chars().collect();
    let mut seen = 0;
    each_passage(&records[0], &mut |passage| {
        let at = |key: &str| passage[key].as_u64().unwrap() as usize;
        let shown: String = points[at("start")..at("end")].iter().collect();
        assert_eq!(
            (shown.as_str(), &passage["byte_start"]),
            (passage["text"].as_str().unwrap(), &Value::Null)
        );
        seen += 1;
    });
    assert!(seen > 2);
}

#[test]
fn columns_are_carried_into_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let table =
        "nr,outlet,body\n7,\"=Echo, daily\",\"“No,” said Maria Lopez.\"\n8,,\"“Yes,” said Bo Orr.\"\n";
    fs::write(folder.path().join("a.csv"), table).unwrap();
    let run = |format: &str| {
        let output = onrecord(
            &["extract", "--format", format, "--id-column", "nr", "--keep", "outlet,nr", "a.csv"],
            folder.path(),
        );
        assert_eq!(code(&output), 0);
        assert_eq!(
            text(&output.stderr),
            "onrecord: a.csv: the text is taken from the column body; --text-column names another\n"
        );
        output
    };
    let csv = run("csv");
    let mut rows = csv::Reader::from_reader(csv.stdout.as_slice());
    assert!(rows.headers().unwrap().iter().rev().take(2).eq(["nr", "outlet"]));
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let carried = |row: &csv::StringRecord| (row[0].to_owned(), row[row.len() - 2].to_owned());
    assert_eq!(carried(&rows[0]), ("a.csv#7".into(), "'=Echo, daily".into()));
    assert_eq!(carried(&rows[1]), ("a.csv#8".into(), String::new()));
    assert_eq!(records(&run("jsonl"))[0]["metadata"]["columns"]["outlet"], "=Echo, daily");
    let json: Value = serde_json::from_slice(&run("json").stdout).unwrap();
    assert_eq!(json["documents"][0]["metadata"]["columns"]["nr"], "7");
}

/// Of a folder of articles the tables about them are no error; a table that somebody names is.
#[test]
fn what_lies_beside_articles_is_passed_over_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("news")).unwrap();
    for (name, bytes) in [
        ("a.txt", "“No,” said Bo Orr.\n"),
        ("a.json", "{\"text\": \"“No,” said Bo Orr.\"}"),
        ("b.json", "{\"text\": \"“Yes,” said Ana Roe.\"}"),
        ("outlets.csv", "id,outlet\n1,Echo\n"),
    ] {
        fs::write(root.join("news").join(name), bytes).unwrap();
    }
    let output = onrecord(&["extract", "--format", "script", "news"], root);
    assert_eq!(code(&output), 0);
    assert_eq!(text(&output.stdout).matches("== ").count(), 2, "{output:?}");
    let told = text(&output.stderr);
    assert!(
        told.contains("news: data sets with the name of an article beside them are passed over (1)"),
        "{told}"
    );
    assert!(
        told.contains("news/outlets.csv: it is passed over: no column has a usual name of a text"),
        "{told}"
    );
    for arguments in [&["news/outlets.csv"][..], &["--text-column", "body", "news"]] {
        let output = onrecord(&[&["extract", "--quiet"], arguments].concat(), root);
        assert_eq!(code(&output), 1, "{output:?}");
        assert!(text(&output.stderr).contains("news/outlets.csv: "), "{output:?}");
    }
    fs::remove_file(root.join("news/a.txt")).unwrap();
    let output = onrecord(&["extract", "--quiet", "news"], root);
    assert_eq!(code(&output), 1, "in a folder of tables each is one that was meant: {output:?}");
}

#[test]
fn articles_out_of_an_archive_have_headings_wherever_it_comes_from() {
    let heads = |bytes: &[u8]| {
        let output = with_stdin(&["extract", "--format", "script", "-"], bytes);
        let lines = text(&output.stdout).lines().map(str::to_owned);
        lines.filter(|line| line.starts_with("== ")).collect::<Vec<_>>()
    };
    let said = b"\xe2\x80\x9cNo,\xe2\x80\x9d said Bo Orr.\n";
    assert_eq!(heads(&zipped(&[("a.txt", said), ("b.txt", said)])), ["== -/a.txt", "== -/b.txt"]);
    assert_eq!(heads(b"{\"id\": 7, \"text\": \"x\"}\n"), ["== -#7"]);
    assert_eq!(heads(said), [""; 0]);
    assert_eq!(heads(&gzipped(said)), [""; 0]);
}

#[test]
fn errors_are_collected_as_json_lines() {
    let folder = articles(2);
    fs::write(folder.path().join("b.jsonl"), "{\"text\": \"“No,” said Bo Orr.\"}\n{\n").unwrap();
    fs::write(folder.path().join("c.txt"), b"\x89PNG\r\n\x1a\n").unwrap();
    let output = onrecord(&["extract", "--errors", "errors.jsonl", ".", "nowhere.txt"], folder.path());
    assert_eq!(code(&output), 1);
    let lines = fs::read_to_string(folder.path().join("errors.jsonl")).unwrap();
    let errors: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let documents: Vec<&str> = errors.iter().map(|error| error["document"].as_str().unwrap()).collect();
    assert_eq!(documents, ["./b.jsonl", "./c.txt", "nowhere.txt"]);
    assert_eq!(errors[0]["place"], "line 2, column 1");
    assert_eq!(errors[1]["problem"], "this is no text but a PNG image");
    assert_eq!(errors[2]["remedy"], "check the name");
    let complaints = text(&output.stderr).lines().filter(|line| !line.contains("is taken from"));
    assert_eq!(complaints.count(), 3);
    // What was written there is no input of the next run.
    let again = onrecord(&["extract", "--errors", "errors.jsonl", "."], folder.path());
    assert!(!text(&again.stderr).contains("errors.jsonl"));
}

#[test]
fn parts_are_the_whole_and_share_nothing() {
    let folder = articles(30);
    let run = |shard: Option<&str>| {
        let mut arguments = vec!["extract", "--format", "jsonl", "."];
        arguments.extend(shard.iter().flat_map(|shard| ["--shard", shard]));
        let output = onrecord(&arguments, folder.path());
        assert_eq!(code(&output), 0);
        text(&output.stdout).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let mut parts: Vec<String> =
        ["1/3", "2/3", "3/3"].into_iter().flat_map(|shard| run(Some(shard))).collect();
    let mut whole = run(None);
    parts.sort();
    whole.sort();
    assert!(parts == whole && !whole.is_empty());
    assert_eq!(code(&onrecord(&["extract", "--shard", "4/3", "."], folder.path())), 2);
}

#[test]
fn a_document_that_takes_too_long_is_left_out_and_named() {
    let folder = articles(1);
    let long = format!("{}\n\n", ARTICLE.replace('\n', " ")).repeat(20_000);
    fs::write(folder.path().join("long.txt"), long).unwrap();
    let output = onrecord(
        &["extract", "--max-time", "1", "--format", "json", "000.txt", "long.txt", "zzz.md"],
        folder.path(),
    );
    assert_eq!(code(&output), 1);
    assert_eq!(
        text(&output.stderr),
        "onrecord: long.txt: it takes longer than 1 seconds; split it, or raise --max-time\n"
    );
    let whole: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(whole["documents"].as_array().unwrap().len(), 2);
}

#[test]
fn a_page_is_read_whole_where_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let rain =
        "Rain fell on the quay, on the kiosk and on the people who waited there for the boat. ".repeat(4);
    let page = format!(
        "<html><body><article><p>{rain}</p><p>{rain}</p></article><footer><p>“No,” said Bo Orr.</p></footer></body></html>"
    );
    fs::write(folder.path().join("a.html"), page).unwrap();
    let count = |part: &str| {
        records(&onrecord(&["extract", "--format", "jsonl", "--html", part, "a.html"], folder.path())).len()
    };
    assert_eq!((count("article"), count("whole")), (0, 1));
}

#[test]
fn explain_takes_what_extract_takes() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("a.jsonl"),
        "{\"text\": \"“No,” said Bo Orr.\"}\n{\"text\": \"“Yes,” said Ana Roe.\"}\n",
    )
    .unwrap();
    let output = onrecord(&["explain", "a.jsonl"], folder.path());
    assert_eq!(code(&output), 0);
    assert!(text(&output.stdout).contains("“No,”") && text(&output.stdout).contains("“Yes,”"));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_standard_output_with_what_is_whole() {
    let folder = articles(400);
    let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["extract", "--format", "json", "--jobs", "1", "."])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let mut whole = vec![0];
    std::io::Read::read_exact(&mut stdout, &mut whole).unwrap();
    assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
    std::io::Read::read_to_end(&mut stdout, &mut whole).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), text(&output.stderr)), (1, "onrecord: stopped; what is written is whole\n"));
    let whole: Value = serde_json::from_slice(&whole).unwrap();
    let documents = whole["documents"].as_array().unwrap().len();
    assert!((1..401).contains(&documents), "{documents}");
}
