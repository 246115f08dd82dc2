//! What a file system can hold beside files, and what can happen to a run: each ends as the README says, and what was there
//! before stays whole.
#![cfg(unix)]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use onrecord::input::{Event, Flow, Options, Source, documents};
use pretty_assertions::assert_eq;

#[path = "common/packed.rs"]
#[cfg_attr(test, expect(dead_code, reason = "no archive is made here"))]
mod packed;
#[path = "common/program.rs"]
mod program;

use packed::gzipped;
use program::{code, onrecord, text};

const ARTICLE: &str = "“The pier is closed,” said Maria Lopez, the harbour master.\n";

/// A folder with one article.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), ARTICLE).unwrap();
    folder
}

/// What the program says, sorted and without its own name.
fn told(output: &Output) -> Vec<String> {
    let mut lines: Vec<String> =
        text(&output.stderr).lines().map(|line| line.replace("onrecord: ", "")).collect();
    lines.sort();
    lines
}

/// The documents that came out, by the headings of a script.
fn headings(output: &Output) -> Vec<&str> {
    text(&output.stdout).lines().filter_map(|line| line.strip_prefix("== ")).collect()
}

/// Runs a command of the system that must be there.
fn run(program: &str, arguments: &[&OsStr]) {
    assert!(Command::new(program).args(arguments).status().unwrap().success(), "{program} {arguments:?}");
}

/// Everything but files: a folder named like a text, a pipe, a socket, and links to nowhere, to each other and back.
fn menagerie(root: &Path) {
    use std::os::unix::{fs::symlink, net::UnixListener};
    fs::create_dir(root.join("folder.txt")).unwrap();
    run("mkfifo", &[root.join("pipe.txt").as_os_str()]);
    UnixListener::bind(root.join("socket.txt")).unwrap();
    symlink("nowhere", root.join("dangling.txt")).unwrap();
    symlink("one.txt", root.join("other.txt")).unwrap();
    symlink("other.txt", root.join("one.txt")).unwrap();
    symlink(".", root.join("back")).unwrap();
}

#[test]
fn a_folder_of_what_is_no_file_names_each_and_waits_for_none() {
    let folder = folder();
    menagerie(folder.path());
    fs::write(folder.path().join("z.md"), ARTICLE).unwrap();
    let output = onrecord(&["extract", "--format", "script", "."], folder.path());
    assert_eq!((code(&output), headings(&output)), (1, vec!["./a.txt", "./z.md"]));
    let no_file = "this is a pipe, a socket or a device and no file; name it by itself to have it read";
    let expected = [
        "./back: this link leads back into a folder that holds it; it was not followed".to_owned(),
        "./dangling.txt: this link leads nowhere; mend it or leave it out".to_owned(),
        "./one.txt: this link cannot be followed; mend it or leave it out".to_owned(),
        "./other.txt: this link cannot be followed; mend it or leave it out".to_owned(),
        format!("./pipe.txt: {no_file}"),
        format!("./socket.txt: {no_file}"),
    ];
    assert_eq!(told(&output), expected);
}

#[test]
fn what_is_no_file_and_is_named_is_told_apart() {
    let folder = folder();
    menagerie(folder.path());
    let named = ["folder.txt", "socket.txt", "dangling.txt", "one.txt", "a.txt"];
    let output = onrecord(&[&["extract", "--format", "script"], &named[..]].concat(), folder.path());
    assert_eq!((code(&output), headings(&output)), (1, vec!["a.txt"]));
    let expected = [
        "dangling.txt: this link leads nowhere; mend it or leave it out",
        "folder.txt: this folder holds no file whose ending is known; name files of other endings one by one",
        "one.txt: this link cannot be followed; mend it or leave it out",
        "socket.txt: this is a socket or a device that gives nothing; leave it out",
    ];
    assert_eq!(told(&output), expected);
}

/// Writes into a pipe, piece by piece, while the program reads it under the name of a file.
fn through_a_pipe(name: &str, pieces: Vec<Vec<u8>>) -> Output {
    let folder = folder();
    let pipe = folder.path().join(name);
    run("mkfifo", &[pipe.as_os_str()]);
    let writer = std::thread::spawn(move || {
        let mut pipe = File::options().write(true).open(pipe).unwrap();
        pieces.iter().for_each(|piece| pipe.write_all(piece).unwrap());
    });
    let output = onrecord(&["extract", "--quiet", "--format", "script", name, "a.txt"], folder.path());
    writer.join().unwrap();
    output
}

#[test]
fn a_pipe_that_is_named_is_read_to_its_end() {
    let cut_anywhere = ARTICLE.as_bytes().chunks(7).map(<[u8]>::to_vec).collect();
    let output = through_a_pipe("pipe.txt", cut_anywhere);
    assert_eq!((code(&output), headings(&output)), (0, vec!["pipe.txt", "a.txt"]));
    assert_eq!(text(&output.stdout).matches(" | said | direct").count(), 2);
}

#[test]
fn a_pipe_that_ends_in_the_middle_costs_that_file_only() {
    let packed = gzipped(ARTICLE.repeat(50).as_bytes());
    let output = through_a_pipe("pipe.txt.gz", vec![packed[..packed.len() / 2].to_vec()]);
    assert_eq!((code(&output), headings(&output)), (1, vec!["a.txt"]));
    let expected = ["pipe.txt.gz: it ends in the middle; it may be cut off; get it anew or save it again"];
    assert_eq!(told(&output), expected);
}

/// Formats of one text and of many, which all bound what they hold.
const KINDS: [&str; 7] = ["text", "html", "docx", "email", "mbox", "jsonl", "csv"];

#[cfg(target_os = "linux")]
#[test]
fn a_device_without_an_end_meets_a_limit_whatever_it_is_taken_for() {
    let folder = folder();
    for kind in KINDS {
        let output = onrecord(
            &["extract", "--quiet", "--max-document", "64K", "--input-format", kind, "/dev/zero", "a.txt"],
            folder.path(),
        );
        let said = told(&output);
        assert_eq!(code(&output), 1, "{kind}: {said:?}");
        assert!(
            said[0].starts_with("/dev/zero: ") && said[0].contains("larger than 64 KiB"),
            "{kind}: {said:?}"
        );
    }
    let output = onrecord(&["extract", "--format", "script", "/dev/null", "a.txt"], folder.path());
    assert_eq!((code(&output), headings(&output)), (0, vec!["/dev/null", "a.txt"]));
}

#[test]
fn a_file_of_eight_gigabytes_of_nothing_meets_a_limit() {
    let folder = folder();
    for ending in ["txt", "html", "docx", "eml", "mbox", "jsonl", "json", "csv", "srt", "zip", "gz"] {
        let name = format!("sparse.{ending}");
        File::create(folder.path().join(&name)).unwrap().set_len(8 << 30).unwrap();
        let output = onrecord(
            &["extract", "--quiet", "--format", "script", "--max-document", "1M", &name, "a.txt"],
            folder.path(),
        );
        assert_eq!((code(&output), headings(&output)), (1, vec!["a.txt"]), "{ending}");
        let said = told(&output);
        assert!(said[0].contains("larger than 1 MiB, the limit for a document"), "{said:?}");
    }
}

/// A file that grows or shrinks while it is read: how long it was said to be is a guess and no promise.
#[test]
fn how_long_a_file_is_said_to_be_changes_nothing() {
    let read = |name: &str, bytes: &[u8], size: usize| {
        let (mut texts, mut problems) = (Vec::new(), Vec::new());
        let options = Options::default();
        let source = Source::file(Cursor::new(bytes.to_vec()), size as u64);
        let _ = documents(name, source, &options, &mut |event| {
            match event {
                Event::Document(found) => match found.read(&options) {
                    Ok(text) => texts.push(text.decoded.text),
                    Err(problem) => problems.push(problem.to_string()),
                },
                Event::Problem(problem) => problems.push(problem.to_string()),
                Event::Note { .. } => {}
            }
            Flow::Continue(())
        });
        (texts, problems)
    };
    let mut seen = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats")).unwrap() {
        let path = entry.unwrap().path();
        let (name, bytes) = (path.file_name().unwrap().to_str().unwrap(), fs::read(&path).unwrap());
        let parquet = path.extension().is_some_and(|ending| ending == "parquet");
        for bytes in [&bytes[..], &bytes[..bytes.len() / 2], b""] {
            let whole = read(name, bytes, bytes.len());
            for size in [0, bytes.len() / 2, bytes.len() + 1, 1 << 40] {
                let (texts, problems) = read(name, bytes, size);
                // The table of contents of Parquet stands at the end, and is sought there.
                if !parquet {
                    assert_eq!(
                        (&texts, &problems),
                        (&whole.0, &whole.1),
                        "{name}, said to have {size} bytes"
                    );
                }
                seen += 1;
            }
        }
    }
    assert!(seen > 300, "{seen} readings");
}

/// A name is text of strangers too.
#[cfg(target_os = "linux")]
#[test]
fn every_format_takes_every_name() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let names: [&[u8]; 5] = [
        b"new\nline.txt",
        b"caf\xe9.txt",
        b"<script>alert(1)<!--.txt",
        b"=1+1,\".txt",
        b"\xe2\x80\xae[31m\x1b.txt",
    ];
    for name in names {
        fs::write(folder.path().join(OsStr::from_bytes(name)), ARTICLE).unwrap();
    }
    for format in onrecord::export::FORMATS {
        let out = folder.path().join("out");
        let output =
            onrecord(&["extract", "--quiet", "--format", format.name, "--output", "out", "."], folder.path());
        assert_eq!((code(&output), text(&output.stderr)), (0, ""), "{}", format.name);
        match format.name {
            "html" => assert!(!fs::read_to_string(&out).unwrap().contains("<script>alert")),
            "csv" => {
                let rows = csv::Reader::from_path(&out).unwrap().into_records().map(Result::unwrap);
                let names: Vec<String> = rows.map(|row| row[0].to_owned()).collect();
                assert_eq!(names.len(), 5);
                assert!(names.iter().all(|name| !name.contains('\n')), "{names:?}");
            }
            "script" | "table" | "md" => {
                let shown = fs::read_to_string(&out).unwrap();
                assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{}: {shown}", format.name);
            }
            _ => {}
        }
        let _ = fs::remove_file(&out).or_else(|_| fs::remove_dir_all(&out));
    }
}

#[test]
fn what_is_read_is_not_written_over() {
    let folder = folder();
    let table = "id,text\n1,“No.”\n";
    fs::write(folder.path().join("a.csv"), table).unwrap();
    for option in ["--output", "--errors"] {
        let output = onrecord(&["extract", option, "./a.csv", "a.csv"], folder.path());
        assert_eq!(code(&output), 2);
        let expected = ["a.csv: it would be written over while it is read; give the output another name"];
        assert_eq!(told(&output), expected);
    }
    let output = onrecord(&["extract", "--output", "b.csv", "--errors", "b.csv", "a.txt"], folder.path());
    assert_eq!(code(&output), 2);
    assert_eq!(told(&output), ["b.csv: records and errors cannot go into one file; give them two names"]);
    assert_eq!(fs::read_to_string(folder.path().join("a.csv")).unwrap(), table);
    assert!(!folder.path().join("b.csv").exists());
}

/// More JSON Lines than a pipe holds, so that whoever has written them knows that somebody reads.
fn lines() -> Vec<u8> {
    let line = format!("{{\"text\": \"{}\"}}\n", ARTICLE.trim_end().repeat(20));
    line.repeat((1 << 18) / line.len()).into_bytes()
}

#[test]
fn a_run_that_is_stopped_leaves_the_old_output_as_it_was() {
    for (signal, name) in [
        ("-TERM", "q.csv"),
        ("-INT", "q.jsonl"),
        ("-QUIT", "q.json"),
        ("-TERM", "q.xlsx"),
        ("-INT", "q.html"),
    ] {
        let format = onrecord::export::Format::of_path(Path::new(name));
        let Some(format) = format else { continue };
        let folder = folder();
        let old = folder.path().join(name);
        fs::write(&old, "old").unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .args(["extract", "--quiet", "--input-format", "jsonl", "--output", name])
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(&lines()).unwrap();
        run("kill", &[signal.as_ref(), child.id().to_string().as_ref()]);
        // It ends although more could come.
        let output = child.wait_with_output().unwrap();
        drop(stdin);
        assert_eq!(
            (code(&output), fs::read_to_string(&old).unwrap().as_str()),
            (1, "old"),
            "{name}: {output:?}"
        );
        assert!(folder.path().join(format!("{name}.partial")).exists(), "{name}: {output:?}");
        let how = if format.is_stream() { "--resume goes on with it" } else { "is as it was, and" };
        assert!(text(&output.stderr).contains(how), "{output:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn standard_output_on_a_full_disk_is_an_error_with_a_remedy() {
    let folder = folder();
    let full = File::options().write(true).open("/dev/full").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .args(["extract", "a.txt"])
        .current_dir(folder.path())
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(code(&output), 1);
    assert!(text(&output.stderr).ends_with("; make room on that disk\n"), "{output:?}");
}

/// A file system that comes to its end, where one may be mounted; it goes when this is dropped.
#[cfg(target_os = "linux")]
struct SmallDisk(PathBuf);

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn mount(at: &Path) -> Option<Self> {
        fs::create_dir(at).unwrap();
        let mount = ["-t", "tmpfs", "-o", "size=64k", "tmpfs"].map(OsStr::new);
        let mounted = Command::new("mount").args(mount).arg(at).stderr(Stdio::null()).status();
        mounted.is_ok_and(|status| status.success()).then(|| Self(at.to_owned()))
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_costs_nothing_that_was_there() {
    let folder = folder();
    let Some(disk) = SmallDisk::mount(&folder.path().join("disk")) else {
        println!("SKIPPED: no file system may be mounted here");
        return;
    };
    fs::write(folder.path().join("a.jsonl"), &lines()[..1 << 16]).unwrap();
    for name in ["q.csv", "q.jsonl", "q.xlsx", "q.html"] {
        if onrecord::export::Format::of_path(Path::new(name)).is_none() {
            continue;
        }
        let (old, ballast) = (disk.0.join(name), disk.0.join("ballast"));
        fs::write(&old, "old").unwrap();
        // What fills the disk is a file beside it, so that there is room again without it.
        let mut rest = File::create(&ballast).unwrap();
        while rest.write_all(&[0; 1 << 12]).is_ok() {}
        drop(rest);
        File::options().write(true).open(&ballast).unwrap().set_len(1 << 15).unwrap();
        let out = format!("disk/{name}");
        let arguments = ["extract", "--quiet", "--output", &out, "a.jsonl"];
        let output = onrecord(&arguments, folder.path());
        assert_eq!(
            (code(&output), fs::read_to_string(&old).unwrap().as_str()),
            (1, "old"),
            "{name}: {output:?}"
        );
        assert!(text(&output.stderr).ends_with("; make room on that disk\n"), "{output:?}");
        fs::read_dir(&disk.0).unwrap().for_each(|file| fs::remove_file(file.unwrap().path()).unwrap());
    }
}

/// Root may read and write everything, so the program is run as somebody who may not.
#[cfg(target_os = "linux")]
#[test]
fn whoever_may_not_read_or_write_is_told_so() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let program = folder.path().join("onrecord");
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    // Nobody may look into the folder in which it was built.
    fs::copy(env!("CARGO_BIN_EXE_onrecord"), &program).unwrap();
    let nobody = |arguments: &[&str]| {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(&program).args(arguments);
        command.current_dir(folder.path()).output()
    };
    fs::create_dir(folder.path().join("shut")).unwrap();
    fs::create_dir(folder.path().join("open")).unwrap();
    for name in ["secret.txt", "shut/b.txt"] {
        fs::write(folder.path().join(name), ARTICLE).unwrap();
    }
    mode(folder.path(), 0o755);
    mode(&folder.path().join("open"), 0o777);
    mode(&folder.path().join("shut"), 0o700);
    mode(&folder.path().join("secret.txt"), 0o600);
    if !nobody(&["--version"]).is_ok_and(|output| output.status.success()) {
        println!("SKIPPED: the program cannot be run as somebody else here");
        return;
    }
    let output = nobody(&["extract", "--quiet", "--format", "script", "."]).unwrap();
    assert_eq!((code(&output), headings(&output)), (1, vec!["./a.txt"]));
    let may_not = "you may not read it; change its permissions or leave it out";
    assert_eq!(told(&output), [format!("./secret.txt: {may_not}"), format!("./shut: {may_not}")]);
    for (option, path) in [
        ("--output", "q.csv"),
        ("--output", "q.xlsx"),
        ("--output", "shut/q.csv"),
        ("--errors", "e.jsonl"),
        ("--save-text", "texts"),
    ] {
        if option == "--output" && onrecord::export::Format::of_path(Path::new(path)).is_none() {
            continue;
        }
        let output = nobody(&["extract", "--quiet", option, path, "a.txt"]).unwrap();
        assert_eq!(code(&output), 1, "{option} {path}");
        let said = told(&output);
        assert!(
            said[0].starts_with(&format!("{path}: ")) && said[0].contains("ermission denied"),
            "{said:?}"
        );
    }
    // What can be read can be written elsewhere.
    let output = nobody(&["extract", "--quiet", "--output", "open/q.csv", "a.txt"]).unwrap();
    assert_eq!((code(&output), told(&output)), (0, Vec::new()));
}
