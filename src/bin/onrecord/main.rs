//! The command line of onrecord, which sees only the library's public face.
//!
//! Exit status: 0 all is done, 1 some of it could not be read, written or passed a check (each named on standard
//! error), 2 wrong usage, and nothing was done. A reader that closes the pipe has seen enough, as in
//! `onrecord extract news | head`: that is success, and nothing is said of it.

mod args;
mod errors;
mod explain;
mod grammar;
mod input;
mod output;
mod pipeline;
mod progress;
mod read;
mod resume;
mod run;
mod saved;
#[cfg(feature = "sqlite")]
mod search;
mod shard;
mod stop;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{CommandFactory, Parser};

use args::{Args, Command, GrammarCommand};

/// How a command ended that was not stopped by an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// All of it is done.
    Done,
    /// Some of it is; the rest was named on standard error.
    Incomplete,
}

/// What was asked for cannot be meant.
#[derive(Debug)]
struct Usage(String);

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

fn main() -> ExitCode {
    quiet_work();
    match run(Args::parse()) {
        Ok(Status::Done) => ExitCode::SUCCESS,
        Ok(Status::Incomplete) => ExitCode::from(1),
        Err(error) if is_of(&error, io::ErrorKind::BrokenPipe) => ExitCode::SUCCESS,
        Err(error) => match error.downcast_ref::<grammar::Unreadable>() {
            Some(mistakes) => {
                mistakes.show();
                ExitCode::from(2)
            }
            None => {
                let remedy =
                    if is_of(&error, io::ErrorKind::StorageFull) { "; make room on that disk" } else { "" };
                output::complain(format_args!("{error:#}{remedy}"));
                ExitCode::from(if error.is::<Usage>() { 2 } else { 1 })
            }
        },
    }
}

/// What breaks on a document is told in one line, with the document’s name, by whoever gave it to be read.
fn quiet_work() {
    let shown = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let name = std::thread::current().name().map(str::to_owned);
        if ![pipeline::WORK, pipeline::FIND].contains(&name.as_deref().unwrap_or_default()) {
            shown(panic);
        }
    }));
}

fn run(args: Args) -> Result<Status> {
    match args.command {
        Command::Extract(args) => run::extract(&args),
        Command::Explain(args) => explain::explain(&args),
        #[cfg(feature = "sqlite")]
        Command::Search(args) => search::search(&args),
        Command::Grammar { command: GrammarCommand::Check { folder } } => grammar::check(folder.as_deref()),
        Command::Schema => print(onrecord::export::schema::record().as_bytes()),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "onrecord", &mut script);
            print(&script)
        }
        Command::Man { folder } => man(folder.as_deref()),
    }
}

fn print(text: &[u8]) -> Result<Status> {
    let mut out = io::stdout().lock();
    out.write_all(text)?;
    if !text.ends_with(b"\n") {
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(Status::Done)
}

fn man(folder: Option<&Path>) -> Result<Status> {
    let Some(folder) = folder else {
        let mut page = Vec::new();
        clap_mangen::Man::new(Args::command()).render(&mut page)?;
        return print(&page);
    };
    clap_mangen::generate_to(Args::command(), folder)
        .with_context(|| format!("{}: the manual could not be written there", folder.display()))?;
    Ok(Status::Done)
}

/// Some cause of the error is of this kind: of a broken pipe the reader has gone.
fn is_of(error: &anyhow::Error, kind: io::ErrorKind) -> bool {
    let io =
        |cause: &(dyn std::error::Error + 'static)| cause.downcast_ref::<io::Error>().map(io::Error::kind);
    error.chain().any(|cause| io(cause) == Some(kind))
}
