//! What the targets share: reading everything in an input, holding it against what must be true, and telling our own
//! panics from those of parsers whose panics the program catches.

use std::backtrace::Backtrace;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Cursor;
use std::ops::ControlFlow;
use std::panic::PanicHookInfo;
use std::sync::Mutex;
use std::time::Duration;

use onrecord::export::FORMATS;
use onrecord::input::{Event, Limits, Options, Source, Text, documents};
use onrecord::{Document, DocumentRecords};

#[path = "../../tests/common/invariants.rs"]
pub mod invariants;
#[path = "../../tests/common/packed.rs"]
pub mod packed;
#[path = "../../tests/common/pieces.rs"]
pub mod pieces;

pub use invariants::EXTRACTOR;

/// Small, so that what grows without bound is seen by its time or its memory.
pub fn options() -> Options {
    let limits =
        Limits { document: 1 << 18, unfolded: 1 << 22, entries: 100, depth: 4, time: Duration::from_secs(5) };
    Options { limits, ..Options::default() }
}

/// Reads everything in an input and holds it against what must be true of every document.
pub fn hold_all(name: &str, bytes: &[u8], options: &Options) {
    let mut found = Vec::new();
    let source = Source::file(Cursor::new(bytes.to_vec()), bytes.len() as u64);
    let flow = documents(name, source, options, &mut |event| {
        match event {
            Event::Document(document) => found.push(document),
            Event::Problem(problem) => {
                assert!(!problem.problem.is_empty() && !problem.remedy.is_empty(), "{problem:?}");
            }
            Event::Note { note, .. } => assert!(!note.is_empty()),
        }
        if found.len() < 50 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    assert!(flow.is_continue() || found.len() == 50, "it ends where it is told to");
    for text in found.into_iter().filter_map(|document| document.read(options).ok()) {
        hold_text(&text);
    }
}

/// Holds one document against what must be true of all.
pub fn hold_text(text: &Text) {
    hold(&text.document(&EXTRACTOR.grammar.lexicon), None);
}

/// The same, where `file` are the bytes that it was decoded from. What takes long is done for some documents only, always
/// for the same.
pub fn hold(document: &Document<'_>, file: Option<&[u8]>) {
    let found = invariants::hold(&EXTRACTOR, document, file);
    let text = &document.decoded.text;
    let turn = turn(text);
    if turn.is_multiple_of(8) {
        invariants::hold_again(&EXTRACTOR, document, &found);
        assert_eq!(
            format!("{:?}", EXTRACTOR.explain(text).attributions),
            format!("{:?}", EXTRACTOR.extract(text).attributions)
        );
    }
    if !found.records.is_empty() || turn.is_multiple_of(16) {
        hold_written(&found, text, turn);
    }
}

/// Each document is written in some formats: one in four of the streams, a file or a folder of its own now and then.
fn hold_written(found: &DocumentRecords, text: &str, turn: u64) {
    let written = [(found, text)];
    let folder = tempfile::tempdir().expect("a folder for what is written");
    for (number, format) in FORMATS.iter().enumerate() {
        let (number, chance) = (number as u64, turn / 16);
        if format.is_stream() && number % 4 == chance % 4 || chance % 512 == number {
            invariants::hold_written(format, &written, folder.path());
        }
    }
}

/// A number that looks like chance and is always the same for a text.
pub fn turn(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Files in one input, a name in the first line of each and a line `%%` between them.
pub fn files(input: &[u8]) -> Vec<(String, &[u8])> {
    let mut files = Vec::new();
    let mut rest = Some(input);
    while let Some(input) = rest {
        let end = find(input, b"\n%%\n");
        let (file, behind) = end.map_or((input, None), |at| (&input[..at], Some(&input[at + 4..])));
        if let Some(line) = find(file, b"\n") {
            files.push((String::from_utf8_lossy(&file[..line]).into_owned(), &file[line + 1..]));
        }
        rest = behind;
    }
    files
}

fn find(bytes: &[u8], piece: &[u8]) -> Option<usize> {
    bytes.windows(piece.len()).position(|window| window == piece)
}

/// Makes a panic of onrecord a find, also where the program would catch it. One of a library that reads other people’s
/// formats costs the program one document, which is named; here it is told once for each of its places.
pub fn watch() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        if is_ours(&place) {
            eprintln!("{panic}\n{}", Backtrace::force_capture());
            std::process::abort();
        }
        tell_once(&place, panic);
    }));
}

/// Panics of the standard library have its places, and who called it stands in the trace.
fn is_ours(place: &str) -> bool {
    if place.contains("/registry/src/") {
        return false;
    }
    if !place.starts_with("/rustc/") {
        return true;
    }
    let trace = Backtrace::force_capture().to_string();
    let of_std =
        ["std::", "core::", "alloc::", "<std::", "<core::", "<alloc::", "__rustc", "rust_begin_unwind"];
    let frames = trace.lines().filter_map(|line| line.trim().split_once(": ").map(|(_, name)| name.trim()));
    let culprit = frames
        .skip_while(|frame| !frame.contains("panicking::"))
        .find(|frame| !of_std.iter().any(|start| frame.starts_with(start)));
    culprit.is_none_or(|frame| frame.contains("onrecord"))
}

fn tell_once(place: &str, panic: &PanicHookInfo<'_>) {
    static TOLD: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    if TOLD.lock().is_ok_and(|mut told| told.insert(place.to_owned())) {
        eprintln!("CAUGHT {panic}");
    }
}
