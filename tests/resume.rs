//! An output that is cut off and gone on with is the same, byte for byte, as one that never was.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use pretty_assertions::assert_eq;
use tempfile::TempDir;

/// Documents of the input: so many that it takes a second or more.
const DOCUMENTS: usize = if cfg!(debug_assertions) { 800 } else { 12_000 };

/// A folder with a data set, a broken line in it, and a few texts.
fn newsroom() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("in")).unwrap();
    let mut lines = String::new();
    for n in 0..DOCUMENTS {
        let said = format!(
            "“We found rot in {n} piles,” Maria Lopez told journalists. She added that it was late. "
        );
        if n % 50 == 7 {
            lines += "{\"id\": \n";
        }
        lines += &format!("{{\"id\": {n}, \"text\": \"{}\"}}\n", said.repeat(1 + n % 9));
    }
    fs::write(folder.path().join("in/b.jsonl"), lines).unwrap();
    for name in ["a.txt", "c.txt", "d.png.txt"] {
        fs::write(folder.path().join("in").join(name), "“No,” said Bo Orr.\n").unwrap();
    }
    fs::write(folder.path().join("in/d.docx"), "PK\u{3}\u{4}").unwrap();
    folder
}

fn command(format: &str, folder: &Path, out: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.args(["extract", "--quiet", "--format", format, "--resume", "--output", out]);
    command.args(["--errors", &format!("{out}.errors"), "in"]).current_dir(folder).stderr(Stdio::null());
    command
}

/// What a run leaves that nothing cut off: the output and the errors.
fn left(folder: &Path, out: &str) -> (Vec<u8>, Vec<u8>) {
    (fs::read(folder.join(out)).unwrap(), fs::read(folder.join(format!("{out}.errors"))).unwrap())
}

fn whole(format: &str, folder: &Path) -> (Vec<u8>, Vec<u8>) {
    let out = format!("whole.{format}");
    assert_eq!(command(format, folder, &out).status().unwrap().code(), Some(1));
    left(folder, &out)
}

fn partial(folder: &Path, out: &str) -> PathBuf {
    folder.join(format!("{out}.partial"))
}

/// Numbers that look like chance and are the same in every run.
fn chance(seed: &mut u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

/// The journal says of some of the output that it is whole.
fn vouched(folder: &Path, out: &str) -> bool {
    let journal = fs::read_to_string(folder.join(format!("{out}.partial.journal")));
    journal.is_ok_and(|journal| journal.lines().count() > 1)
}

fn end(mut child: Child) -> Option<i32> {
    child.wait().unwrap().code()
}

#[test]
fn killed_at_ten_moments_it_loses_nothing_and_doubles_nothing() {
    let folder = newsroom();
    let folder = folder.path();
    let mut seed = 20;
    for format in ["csv", "json"] {
        let begun = Instant::now();
        let expected = whole(format, folder);
        let took = u64::try_from(begun.elapsed().as_micros()).unwrap();
        let out = format!("cut.{format}");
        let (mut kills, mut gone_on_with) = (0, 0);
        loop {
            let mut child = command(format, folder, &out).spawn().unwrap();
            if kills < 10 {
                // Now and then before anything is vouched for, mostly behind that.
                let behind = !chance(&mut seed).is_multiple_of(4);
                while behind && !vouched(folder, &out) && child.try_wait().unwrap().is_none() {
                    thread::sleep(Duration::from_millis(1));
                }
                thread::sleep(Duration::from_micros(chance(&mut seed) % (took * 3 / 10)));
                if child.try_wait().unwrap().is_none() {
                    child.kill().unwrap();
                    child.wait().unwrap();
                    kills += 1;
                    gone_on_with += usize::from(vouched(folder, &out));
                    continue;
                }
            }
            assert_eq!(end(child), Some(1), "{format}");
            assert!(left(folder, &out) == expected, "{format} differs after {kills} cuts");
            if kills == 10 {
                break;
            }
            // It was over too soon; once more from the beginning.
            fs::remove_file(folder.join(&out)).unwrap();
        }
        assert!(gone_on_with > 0, "{format}: no cut came after something was vouched for");
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        assert!(!names.into_iter().any(|name| name.to_string_lossy().contains("partial")));
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_with_what_is_whole_and_can_be_gone_on_with() {
    let folder = newsroom();
    let folder = folder.path();
    let expected = whole("jsonl", folder);
    let child = command("jsonl", folder, "q.jsonl").spawn().unwrap();
    let partial = partial(folder, "q.jsonl");
    while fs::metadata(&partial).map_or(0, |file| file.len()) == 0 {
        thread::sleep(Duration::from_millis(10));
    }
    let interrupt = ["-INT", &child.id().to_string()].map(str::to_owned);
    assert!(Command::new("kill").args(interrupt).status().unwrap().success());
    assert_eq!(end(child), Some(1));
    let written = fs::read(&partial).unwrap();
    assert!(
        expected.0.starts_with(&written) && written.ends_with(b"}\n") && written.len() < expected.0.len()
    );
    assert_eq!(command("jsonl", folder, "q.jsonl").status().unwrap().code(), Some(1));
    assert!(fs::read(folder.join("q.jsonl")).unwrap() == expected.0);
}

#[test]
fn another_command_does_not_go_on_with_it() {
    let folder = newsroom();
    let folder = folder.path();
    let mut child = command("csv", folder, "q.csv").spawn().unwrap();
    while !partial(folder, "q.csv").exists() {
        thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let mut other = command("csv", folder, "q.csv");
    let output = other.arg("--terms").stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8(output.stderr).unwrap();
    let expected = "onrecord: q.csv.partial: it was written with other options; repeat the command as it was, or \
                    remove the file to begin anew\n";
    assert_eq!(message, expected);
}
