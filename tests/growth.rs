//! What hostile text asks of memory: it grows with the text and no faster, whatever the shape.
//!
//! Bytes are counted, not timed, so that noise cannot move it. A search that goes over the same words again without
//! taking memory is not seen here; `cargo bench -p onrecord-benches --bench growth -- --count` counts instructions.

use std::fs;
use std::path::PathBuf;

use onrecord::{Extractor, Grammar, Selection};

#[path = "common/bare.rs"]
mod bare;
#[path = "../benches/src/shapes.rs"]
mod shapes;

/// Bytes of the shorter text.
const SIZE: usize = 4_000;
/// Four times the text may ask for this many times as much: lists that double their room come in steps, so that what grows
/// with the text may show as more than 4; what grows with its square shows as 16.
const GROWTH: f64 = 8.0;

/// Bytes that one text asked for, all together.
fn memory(extractor: &Extractor, text: &str) -> u64 {
    allocation_counter::measure(|| drop(bare::found(extractor, text, Selection::ALL))).bytes_total
}

#[test]
fn memory_grows_with_the_text_and_no_faster() {
    let extractor = Extractor::new(Grammar::english());
    let mut complaints = Vec::new();
    for shape in shapes::SHAPES {
        let text = |bytes| String::from_utf8_lossy(&shape.text(bytes)).into_owned();
        let [one, four] = [1, 4].map(|times| memory(&extractor, &text(times * SIZE)));
        let growth = four as f64 / one as f64;
        if growth > GROWTH {
            complaints
                .push(format!("{}: four times the text takes {growth:.2} times the memory", shape.name));
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

/// What lives at once while a text is read, over its length. Every other sentence of the fixtures is a record; of news as it
/// is, where fewer are, it is less than 12.
const LIVES: f64 = 18.0;

#[test]
fn what_lives_at_once_is_a_few_times_the_text() {
    let extractor = Extractor::new(Grammar::english());
    let mut news = String::new();
    let mut folders = vec![PathBuf::from("fixtures")];
    while let Some(folder) = folders.pop() {
        let mut paths: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                let case = fs::read_to_string(path).unwrap();
                news += case.split("~~~~").nth(1).unwrap_or_default();
            }
        }
    }
    let lives = allocation_counter::measure(|| drop(bare::found(&extractor, &news, Selection::default())));
    let times = lives.bytes_max as f64 / news.len() as f64;
    assert!(times <= LIVES, "{} bytes of news take {times:.2} times as much", news.len());
}
