//! `onrecord extract`: documents in parallel, records in order.

use std::collections::HashSet;
use std::io::{self, IsTerminal};
use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use onrecord::export::{Format, Headings, Options, Writer};
use onrecord::input::{Event, Flow, Limits, Problem};
use sha2::{Digest, Sha256};
use terminal_size::{Width, terminal_size};

use crate::args::ExtractArgs;
use crate::errors::Errors;
use crate::input::{self, Finding, Input};
use crate::output::{self, Output, Target, complain};
use crate::pipeline::{At, Bounds, Done, Pipeline, Task};
use crate::progress::{Counter, Progress};
use crate::read::{Reader, Reading};
use crate::resume::{Journal, Mark, Run};
use crate::saved::Saved;
use crate::stop::Stop;
use crate::{Status, Usage, grammar};

/// What a document takes in memory beside its bytes.
const OVERHEAD: usize = 1 << 10;

pub fn extract(args: &ExtractArgs) -> Result<Status> {
    let format = output::format(args.format, args.output.as_deref())?;
    check(args, format)?;
    // Paths first: a slip of the hand is told at once, without waiting for the grammar.
    let written = [&args.output, &args.errors, &args.save_text].map(Option::as_deref);
    let written: Vec<&Path> = written.into_iter().flatten().collect();
    let Finding { inputs, problems: unfound, notes } = input::find(&args.paths, &written)?;
    let extractor = grammar::extractor(args.grammar.as_deref())?;
    if !args.quiet {
        notes.iter().for_each(|note| complain(format_args!("{note}")));
    }
    if !args.quiet && input::waits_for_typing(&inputs) {
        complain(format_args!("reading what you type; end it with Ctrl-D"));
    }
    let options = Options {
        grammar: extractor.grammar.digest,
        csv_raw: args.csv_raw,
        excel: args.excel,
        headings: headings(&inputs),
        width: args.output.is_none().then(terminal_size).flatten().map(|(Width(columns), _)| columns),
        colour: output::colours(args.color, args.output.is_none() && io::stdout().is_terminal()),
        carried: args.input.keep.clone(),
    };
    let file = args.output.as_deref();
    let run = || run(args, format, &inputs, &options);
    let journal = Output::journal(file.filter(|_| format.is_stream()), run, args.resume)?;
    let (target, journal, from) = match journal {
        Some((journal, from)) => {
            (Target::Bytes(Output::Partial(journal.partial.clone())), Some(journal), from)
        }
        None => (Target::open(format, file)?, None, None),
    };
    let output = file.map_or("standard output".into(), Path::to_string_lossy).into_owned();
    let shown = !args.quiet && target.leaves_terminal_free();
    let sizes = if shown { inputs.iter().map(Input::size).sum() } else { None };
    let progress = Progress::new(sizes, shown);
    let mark = from.unwrap_or_default();
    let mut errors = Errors::open(args.errors.as_deref(), mark.failed, mark.errors)?;
    if from.is_none() {
        unfound.iter().try_for_each(|problem| errors.tell(problem, &progress))?;
    }
    let stop = Stop::listen().context("signals could not be listened to")?;
    let mut input = args.input.options();
    input.limits = Limits { time: args.max_time, ..input.limits };
    let reader = Arc::new(Reader {
        extractor,
        selection: args.wanted.into(),
        preparer: format.preparer(&options),
        options: input,
        saved: args.save_text.as_deref().map(Saved::open).transpose()?,
    });
    let find = find(
        inputs,
        args,
        Arc::clone(&reader),
        progress.counter(),
        At { input: mark.input, inside: mark.inside },
    );
    let work = move |event| work(&reader, event);
    let pipeline = Pipeline::start(bounds(args), stop.clone(), find, work)
        .context("no threads could be started; try a smaller --jobs")?;
    let extraction =
        Extraction { progress, errors, journal, mark, said: HashSet::new(), stop, quiet: args.quiet, output };
    let status = extraction.write(&pipeline, from.is_some(), target, format, &options, args.max_time);
    // The program ends, and the system takes back the grammar and all else at once, sooner than it is put away in order.
    std::mem::forget(pipeline);
    status
}

/// Options that mean nothing together are a mistake that is better told than passed over.
fn check(args: &ExtractArgs, format: &Format) -> Result<()> {
    if format.name != "csv" && (args.csv_raw || args.excel) {
        let option = if args.excel { "--excel" } else { "--csv-raw" };
        return Err(Usage(format!("{option} is for CSV; leave it out or take --format csv")).into());
    }
    if args.resume && args.output.as_deref().is_some_and(|path| path == Path::new("-")) {
        return Err(
            Usage("nobody can go on with standard output; name a file with --output".to_owned()).into()
        );
    }
    if let Some(path) = args.errors.as_deref().filter(|path| args.output.as_deref() == Some(path)) {
        let reason = "records and errors cannot go into one file; give them two names";
        return Err(Usage(format!("{}: {reason}", path.display())).into());
    }
    if args.resume && !format.is_stream() {
        let reason = "is not written document by document and cannot be gone on with; leave out --resume";
        return Err(Usage(format!("{} {reason}", format.name)).into());
    }
    Ok(())
}

/// One input that is one text needs no heading.
fn headings(inputs: &[Input]) -> Headings {
    match inputs {
        [input] => Headings::AllBut(input.name()),
        _ => Headings::All,
    }
}

/// All that decides what comes out.
fn run(args: &ExtractArgs, format: &Format, inputs: &[Input], options: &Options) -> Run {
    let digest = |text: String| format!("{:x}", Sha256::digest(text));
    let wanted =
        (format.name, options, args.wanted, args.input.options(), args.shard, &args.save_text, &args.errors);
    let inputs: Vec<(String, Option<u64>)> =
        inputs.iter().map(|input| (input.name(), input.size())).collect();
    Run {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        grammar: digest(format!("{:?}", options.grammar)),
        options: digest(format!("{wanted:?}")),
        inputs: digest(format!("{inputs:?}")),
    }
}

fn bounds(args: &ExtractArgs) -> Bounds {
    let processors = || thread::available_parallelism().map_or(1, NonZero::get);
    Bounds { threads: args.jobs.map_or_else(processors, usize::from), time: Some(args.max_time) }
}

/// Finds what is in the inputs, from `from` on.
fn find(
    inputs: Vec<Input>,
    args: &ExtractArgs,
    reader: Arc<Reader>,
    counter: Counter,
    from: At,
) -> impl FnOnce(&mut dyn FnMut(Task<Event>) -> bool) + Send + 'static {
    let shard = args.shard;
    move |give| {
        for (number, input) in inputs.iter().enumerate().skip(from.input) {
            let mut at = At { input: number, inside: 0 };
            let flow = input.documents(&reader.options, &counter, &mut |event| {
                at.inside += 1;
                let (name, size) = match &event {
                    Event::Document(found) => (found.name.clone(), found.size()),
                    Event::Problem(problem) => (problem.document.clone(), 0),
                    Event::Note { document, .. } => (document.clone(), 0),
                };
                let done = number == from.input && at.inside <= from.inside;
                // A note is every part's, a document or what is wrong with it one's.
                let ours =
                    matches!(event, Event::Note { .. }) || shard.is_none_or(|shard| shard.takes(&name));
                if done || !ours || give(Task { what: event, at, name, size: size + OVERHEAD }) {
                    Flow::Continue(())
                } else {
                    Flow::Break(())
                }
            });
            if flow.is_break() {
                return;
            }
        }
    }
}

/// What became of something that was found.
enum Outcome {
    Reading(Reading),
    Problem(Problem),
    Note(String, String),
}

fn work(reader: &Reader, event: Event) -> Result<Outcome> {
    Ok(match event {
        Event::Document(found) => match reader.read(found)? {
            Ok(reading) => Outcome::Reading(reading),
            Err(problem) => Outcome::Problem(problem),
        },
        Event::Problem(problem) => Outcome::Problem(problem),
        Event::Note { document, note } => Outcome::Note(document, note),
    })
}

/// The writing side of it.
struct Extraction {
    progress: Progress,
    errors: Errors,
    journal: Option<Journal>,
    mark: Mark,
    /// Notes are said once.
    said: HashSet<String>,
    stop: Stop,
    quiet: bool,
    /// Its name, for errors.
    output: String,
}

impl Extraction {
    /// Writes the records of all documents in their order.
    fn write(
        mut self,
        pipeline: &Pipeline<Event, Result<Outcome>>,
        goes_on: bool,
        mut target: Target<'_>,
        format: &Format,
        options: &Options,
        most: Duration,
    ) -> Result<Status> {
        let mut writer = target.writer(format, options)?;
        if goes_on {
            writer.go_on(self.mark.documents > 0);
        } else {
            writer.start()?;
        }
        if let Err(error) = self.documents(pipeline, &mut writer, most) {
            return Err(match &self.journal {
                Some(journal) => error.context(format!(
                    "{} holds what is whole; --resume goes on with it",
                    journal.path().display()
                )),
                None => error,
            });
        }
        self.progress.finish();
        let stopped = self.stop.is_asked_for();
        if let Some(journal) = self.journal.as_mut().filter(|_| stopped) {
            writer.flush()?;
            journal.mark_now(self.mark, || self.errors.settle())?;
            let (path, documents) = (journal.path().display(), self.mark.documents);
            complain(format_args!(
                "stopped; {path} holds {documents} documents, and --resume goes on with it"
            ));
            return Ok(Status::Incomplete);
        }
        writer.finish().with_context(|| self.output.clone())?;
        drop(writer);
        if stopped {
            match target.keep_part()? {
                Some(part) => complain(format_args!(
                    "stopped; {} is as it was, and {} holds {} documents",
                    self.output,
                    part.display(),
                    self.mark.documents
                )),
                None => complain(format_args!("stopped; what is written is whole")),
            }
            return Ok(Status::Incomplete);
        }
        target.keep()?;
        if let Some(journal) = self.journal {
            journal.keep()?;
        }
        Ok(if self.errors.count > 0 { Status::Incomplete } else { Status::Done })
    }

    fn documents(
        &mut self,
        pipeline: &Pipeline<Event, Result<Outcome>>,
        writer: &mut Writer<'_>,
        most: Duration,
    ) -> Result<()> {
        while let Some((at, done)) = pipeline.next().context("no more threads could be started")? {
            let outcome = match done {
                Done::Made(outcome) => outcome?,
                Done::TooLong(document) => Outcome::Problem(Problem::of_time(&document, most)),
            };
            match outcome {
                Outcome::Reading(reading) => {
                    if let Some(lossy) = &reading.lossy {
                        self.say(&reading.document, lossy);
                    }
                    if let Some(note) = reading.note {
                        self.say_once(&reading.document, note);
                    }
                    writer.part(&reading.part).with_context(|| self.output.clone())?;
                    self.mark.documents += 1;
                    self.progress.count();
                }
                Outcome::Problem(problem) => self.errors.tell(&problem, &self.progress)?,
                Outcome::Note(document, note) => self.say_once(&document, &note),
            }
            let Errors { count: failed, written: errors, .. } = self.errors;
            self.mark = Mark { input: at.input, inside: at.inside, failed, errors, ..self.mark };
            if let Some(journal) = &mut self.journal {
                journal.mark(self.mark, || self.errors.settle())?;
            }
        }
        Ok(())
    }

    /// Says something once, of the first document of which it is true.
    fn say_once(&mut self, document: &str, note: &str) {
        if self.said.insert(note.to_owned()) {
            self.say(document, note);
        }
    }

    fn say(&self, document: &str, note: &str) {
        if !self.quiet {
            self.progress.aside(|| complain(format_args!("{document}: {note}")));
        }
    }
}
