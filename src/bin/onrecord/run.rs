//! `onrecord extract`: texts in parallel, records in order.

use std::io::{self, IsTerminal};

use anyhow::{Context, Result};
use onrecord::export::{Format, Options, Preparer, Writer};
use onrecord::{Extractor, Selection};
use rayon::ThreadPool;
use rayon::prelude::*;
use terminal_size::{Width, terminal_size};

use crate::args::ExtractArgs;
use crate::input::{self, Input};
use crate::output::{self, Target, complain};
use crate::progress::Progress;
use crate::read::{self, Reading};
use crate::{Status, Usage, grammar};

/// So many texts for each thread are held in memory at once …
const PER_THREAD: usize = 64;

/// … unless so many bytes are reached before.
const BATCH_BYTES: u64 = 64 << 20;

pub fn extract(args: &ExtractArgs) -> Result<Status> {
    let format = output::format(args.format, args.output.as_deref())?;
    check(args, format)?;
    // Paths first: a slip of the hand is told at once, without waiting for the grammar.
    let (inputs, problems) = input::find(&args.paths)?;
    let extractor = grammar::extractor(args.grammar.as_deref())?;
    for problem in &problems {
        complain(format_args!("{}: {}", problem.name, problem.reason));
    }
    if !args.quiet && input::waits_for_typing(&inputs) {
        complain(format_args!("reading what you type; end it with Ctrl-D"));
    }
    let options = Options {
        grammar: extractor.grammar.digest,
        csv_raw: args.csv_raw,
        excel: args.excel,
        headings: inputs.len() > 1,
        width: terminal_size().map(|(Width(columns), _)| columns),
        colour: output::colours(args.color, args.output.is_none() && io::stdout().is_terminal()),
    };
    let mut target = Target::open(format, args.output.as_deref())?;
    let run = Run {
        extractor,
        selection: args.wanted.into(),
        preparer: format.preparer(options),
        pool: rayon::ThreadPoolBuilder::new()
            .num_threads(args.jobs.map_or(0, usize::from))
            .build()
            .context("no threads could be started; try a smaller --jobs")?,
        progress: Progress::new(inputs.len(), !args.quiet && target.leaves_terminal_free()),
        quiet: args.quiet,
    };
    let name = args.output.as_ref().map_or("standard output".into(), |path| path.to_string_lossy());
    let failed =
        run.write(&inputs, &mut target.writer(format, options)?).with_context(|| name.into_owned())?;
    target.keep()?;
    Ok(if failed + problems.len() == 0 { Status::Done } else { Status::Incomplete })
}

/// Options that mean nothing together are a mistake that is better told than passed over.
fn check(args: &ExtractArgs, format: &Format) -> Result<()> {
    if format.name != "csv" && (args.csv_raw || args.excel) {
        let option = if args.excel { "--excel" } else { "--csv-raw" };
        return Err(Usage(format!("{option} is for CSV; leave it out or take --format csv")).into());
    }
    Ok(())
}

struct Run {
    extractor: Extractor,
    selection: Selection,
    preparer: Preparer,
    pool: ThreadPool,
    progress: Progress,
    quiet: bool,
}

impl Run {
    /// Writes the records of all inputs in their order; the result is how many could not be read.
    fn write(&self, inputs: &[Input], writer: &mut Writer<'_>) -> Result<usize> {
        let mut failed = 0;
        writer.start()?;
        for batch in batches(inputs, self.pool.current_num_threads() * PER_THREAD) {
            for reading in self.read(batch) {
                match reading {
                    Ok(reading) => {
                        if let Some(note) = reading.note.filter(|_| !self.quiet) {
                            self.progress.aside(|| complain(format_args!("{note}")));
                        }
                        writer.part(&reading.part)?;
                    }
                    Err(problem) => {
                        failed += 1;
                        self.progress
                            .aside(|| complain(format_args!("{}: {}", problem.name, problem.reason)));
                    }
                }
            }
        }
        writer.finish()?;
        self.progress.finish();
        Ok(failed)
    }

    fn read(&self, batch: &[Input]) -> Vec<Result<Reading, input::Problem>> {
        let read = |input| {
            let reading = read::records(input, &self.extractor, self.selection, &self.preparer);
            self.progress.count();
            reading
        };
        self.pool.install(|| batch.par_iter().map(read).collect())
    }
}

/// Neighbours that fit into memory together.
fn batches(inputs: &[Input], most: usize) -> impl Iterator<Item = &[Input]> {
    let mut rest = inputs;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = |input: &&Input| {
            let first = bytes == 0;
            bytes += input.size().max(1);
            first || bytes <= BATCH_BYTES
        };
        let count = rest.iter().take(most).take_while(fits).count();
        let (batch, behind) = rest.split_at(count);
        rest = behind;
        (count > 0).then_some(batch)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn batches_are_bounded_and_leave_nothing_out() {
        let inputs: Vec<Input> = (0..10).map(|n| Input::File(format!("no/such/{n}").into())).collect();
        let sizes: Vec<usize> = batches(&inputs, 4).map(<[Input]>::len).collect();
        assert_eq!(sizes, [4, 4, 2]);
        assert_eq!(batches(&inputs, 3).flatten().cloned().collect::<Vec<_>>(), inputs);
        assert_eq!(batches(&[], 3).count(), 0);
    }
}
