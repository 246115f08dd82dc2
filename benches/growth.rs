//! How time and memory grow with the text, for every shape: a table in Markdown.
//!
//! ```sh
//! cargo bench -p onrecord-benches --bench growth [-- [--kilobytes N] [PART OF A SHAPE’S NAME…]]
//! cargo bench -p onrecord-benches --bench growth -- --count
//! ```
//!
//! The first takes times, which noise moves; the second lets valgrind count instructions, which nothing moves, and is
//! the one that decides. Both fail where a shape is above the limit.

use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::time::Duration;

use onrecord::{Extractor, Grammar};
use onrecord_benches::csv;
use onrecord_benches::shapes::{SHAPES, Shape};
use rustix::time::{ClockId, clock_gettime};

/// The least of this many runs is taken: noise only adds.
const RUNS: usize = 3;
/// Twice the text may cost this many times as much.
const LIMIT: f64 = 2.2;
/// Bytes of the shorter text whose instructions are counted.
const COUNTED: usize = 32_000;

fn main() -> ExitCode {
    // Cargo says `--bench` to every bench.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["--once", name, bytes] => {
            let shape = SHAPES.iter().find(|shape| shape.name == name).expect("a shape");
            let text = shape.text(bytes.parse().expect("a number"));
            black_box(csv(&Extractor::new(Grammar::english()), &text));
            ExitCode::SUCCESS
        }
        ["--count", ref wanted @ ..] => count(wanted),
        ["--kilobytes", number, ref wanted @ ..] => table(number.parse().expect("a number"), wanted),
        ref wanted => table(1_000, wanted),
    }
}

fn chosen(wanted: &[&str]) -> impl Iterator<Item = &'static Shape> {
    SHAPES.iter().filter(|shape| wanted.is_empty() || wanted.iter().any(|part| shape.name.contains(part)))
}

fn table(kilobytes: usize, wanted: &[&str]) -> ExitCode {
    let extractor = Extractor::new(Grammar::english());
    let mut above = 0;
    println!("| shape | kB | ms | ms for twice as much | ratio | memory, times the text |");
    println!("|---|---|---|---|---|---|");
    for shape in chosen(wanted) {
        let (once, twice) = (shape.text(1_000 * kilobytes), shape.text(2_000 * kilobytes));
        let (mut short, mut long) = (Duration::MAX, Duration::MAX);
        for _ in 0..RUNS {
            short = short.min(time(&extractor, &once));
            long = long.min(time(&extractor, &twice));
        }
        let memory = allocation_counter::measure(|| drop(black_box(csv(&extractor, &twice)))).bytes_max;
        let ratio = long.as_secs_f64() / short.as_secs_f64();
        above += usize::from(ratio > LIMIT);
        println!(
            "| {} | {kilobytes} | {:.1} | {:.1} | {ratio:.2} | {:.1} |",
            shape.name,
            1000.0 * short.as_secs_f64(),
            1000.0 * long.as_secs_f64(),
            memory as f64 / twice.len() as f64,
        );
    }
    verdict(above)
}

/// What the processor spent on it, whatever else it did meanwhile.
fn time(extractor: &Extractor, text: &[u8]) -> Duration {
    let start = clock_gettime(ClockId::ThreadCPUTime);
    black_box(csv(extractor, black_box(text)));
    Duration::try_from(clock_gettime(ClockId::ThreadCPUTime) - start).expect("time goes on")
}

/// A text and one twice as long, each without what an empty text takes, which is the start.
fn count(wanted: &[&str]) -> ExitCode {
    let mut above = 0;
    println!("| shape | instructions for a byte more | growth |\n|---|---|---|");
    for shape in chosen(wanted) {
        let [start, once, twice] = [0, 1, 2].map(|times| instructions(shape, times * COUNTED));
        let growth = (twice - start) as f64 / (once - start) as f64;
        above += usize::from(growth > LIMIT);
        println!("| {} | {} | {growth:.2} |", shape.name, (twice - once) / COUNTED as u64);
    }
    verdict(above)
}

/// What valgrind counts while this program reads one text.
fn instructions(shape: &Shape, bytes: usize) -> u64 {
    let output = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(std::env::current_exe().expect("this program"))
        .args(["--once", shape.name, &bytes.to_string()])
        .output()
        .expect("valgrind is installed");
    let said = String::from_utf8_lossy(&output.stderr);
    let refs = said.lines().find_map(|line| line.split_once("I   refs:").or(line.split_once("I refs:")));
    let refs = refs.filter(|_| output.status.success()).unwrap_or_else(|| panic!("{}: {said}", shape.name));
    refs.1.trim().replace(',', "").parse().expect("a number")
}

fn verdict(above: usize) -> ExitCode {
    eprintln!("{above} above {LIMIT}");
    ExitCode::from(u8::from(above > 0))
}
