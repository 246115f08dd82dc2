//! Instructions, which no noise moves: the gate of a change. Limits stand in `instructions.csv`.
//!
//! `cargo bench -p onrecord-benches --bench instructions` fails where more are counted than the limit;
//! `benches/limits` writes the limits anew, a tenth above what it counts.

#![expect(clippy::exit, reason = "the macro that makes the program ends it so")]
#![expect(missing_docs, unused_qualifications, reason = "what the macros of gungraun write")]

use std::hint::black_box;

use gungraun::{
    Callgrind, EventKind, LibraryBenchmarkConfig, library_benchmark, library_benchmark_group, main,
};
use onrecord::document::decode::{Decoded, decode};
use onrecord::extract::Reading;
use onrecord::{Extractor, Grammar};
use onrecord_benches::{csv, news};

/// Bytes of the invented news that is read.
const SIZE: usize = 20_000;

/// No more instructions than the file of limits says.
fn limit(name: &str) -> LibraryBenchmarkConfig {
    let limits = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/instructions.csv"));
    let most = limits
        .unwrap_or_default()
        .lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(',')?.parse().ok())
        .unwrap_or(u64::MAX);
    let mut config = LibraryBenchmarkConfig::default();
    config.tool(Callgrind::default().hard_limits([(EventKind::Ir, most)]));
    config
}

fn text() -> String {
    news(SIZE)
}

fn ready() -> (Extractor, String) {
    (Extractor::new(Grammar::english()), text())
}

#[library_benchmark(config = limit("start"))]
fn start() -> Extractor {
    Extractor::new(Grammar::english())
}

#[library_benchmark(config = limit("decoding"))]
#[bench::news(setup = text)]
fn decoding(text: String) -> Option<Decoded> {
    decode(black_box(text.as_bytes())).ok()
}

#[library_benchmark(config = limit("whole"))]
#[bench::news(setup = ready)]
fn whole((extractor, text): (Extractor, String)) -> Vec<u8> {
    csv(&extractor, black_box(text.as_bytes()))
}

#[library_benchmark(config = limit("reading"))]
#[bench::news(setup = ready)]
fn reading((extractor, text): (Extractor, String)) -> usize {
    Reading::new(black_box(&text), &extractor).tokens.len()
}

#[library_benchmark(config = limit("extraction"))]
#[bench::news(setup = ready)]
fn extraction((extractor, text): (Extractor, String)) -> usize {
    extractor.extract(black_box(&text)).attributions.len()
}

library_benchmark_group!(name = counted; benchmarks = start, decoding, reading, extraction, whole);
main!(library_benchmark_groups = counted);
