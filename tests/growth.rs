//! What hostile text asks of memory: it grows with the text and no faster, whatever the shape.
//!
//! Bytes are counted, not timed, so that noise cannot move it. A search that goes over the same words again without
//! taking memory is not seen here; `cargo bench -p onrecord-benches --bench growth -- --count` counts instructions.

use onrecord::{Extractor, Grammar, Selection};

#[path = "common/bare.rs"]
mod bare;
#[path = "../benches/src/shapes.rs"]
mod shapes;

/// Bytes of the shortest of three texts; what the second step adds is held against what the first added.
const SIZE: usize = 6_000;
/// Twice the text may ask for this many times as much.
const GROWTH: f64 = 2.2;
/// Bytes that one text asked for, all together and at most at a time.
fn memory(extractor: &Extractor, text: &str) -> (u64, u64) {
    let seen = allocation_counter::measure(|| drop(bare::found(extractor, text, Selection::ALL)));
    (seen.bytes_total, seen.bytes_max)
}

#[test]
fn twice_the_text_asks_for_twice_the_memory() {
    let extractor = Extractor::new(Grammar::english());
    let mut complaints = Vec::new();
    for shape in shapes::SHAPES {
        let text = |bytes| String::from_utf8_lossy(&shape.text(bytes)).into_owned();
        let [one, two, four] = [1, 2, 4].map(|times| memory(&extractor, &text(times * SIZE)));
        let growth = |of: fn(&(u64, u64)) -> u64| {
            (of(&four) as f64 - of(&two) as f64) / (of(&two) as f64 - of(&one) as f64)
        };
        for (what, growth) in [("all together", growth(|seen| seen.0)), ("at a time", growth(|seen| seen.1))]
        {
            if growth > GROWTH {
                complaints.push(format!("{}: twice the text takes {growth:.2} times, {what}", shape.name));
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}
