//! Reads the grammar of English and leaves it as bytes that the program need not read again.
//!
//! It compiles the same files that the program compiles: the folders above the text, from which nothing leads down.

#![expect(dead_code, unused_imports, reason = "the program uses the rest of these modules")]

use std::path::Path;
use std::{env, fs, io};

#[path = "src/error.rs"]
mod error;
#[path = "src/evidence/mod.rs"]
mod evidence;
#[path = "src/grammar/mod.rs"]
mod grammar;
#[path = "src/lexicon/mod.rs"]
mod lexicon;
#[path = "src/span.rs"]
mod span;

fn main() -> io::Result<()> {
    for path in ["grammar", "src/error.rs", "src/evidence", "src/grammar", "src/lexicon", "src/span.rs"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let out =
        env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR for build scripts"))?;
    let frozen = grammar::Grammar::built_in().freeze();
    for (name, bytes) in [("body", frozen.body), ("words", frozen.words), ("weights", frozen.weights)] {
        fs::write(Path::new(&out).join("english").with_extension(name), bytes)?;
    }
    Ok(())
}
