//! The program, run in a folder, and what it says.

use std::path::Path;
use std::process::{Command, Output};

pub fn onrecord(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.args(arguments).env_remove("NO_COLOR").current_dir(folder).output().unwrap()
}

pub fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

pub fn code(output: &Output) -> i32 {
    output.status.code().expect("no signal ended it")
}
