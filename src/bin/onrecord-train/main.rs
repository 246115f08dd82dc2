//! Rebuilds the weights from annotated text, and prints what they find for the scorers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Args, Parser, Subcommand};
use onrecord::attribution::{Attribution, Kind};
use onrecord::evidence::weights::{self, Weights};
use onrecord::extract::Extractor;
use onrecord::grammar::Grammar;
use onrecord::span::TokenSpan;
use onrecord::train::fit::Problem;
use onrecord::train::templates::{Worth, worths};
use onrecord::train::{self, Recipe, brat};
use serde_json::{Value, json};

/// Learns from annotated news what each piece of evidence is worth.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Fit all models to a corpus and write their weights.
    Train {
        /// Folder with `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann` (brat stand-off).
        corpus: PathBuf,
        /// Folder for the weight files; for a newsroom `weights/` in its own grammar folder.
        weights: PathBuf,
        #[command(flatten)]
        fit: Fit,
        /// Leave out texts whose names begin like this, to measure on them: `--without herald,gazette`.
        #[arg(long, value_delimiter = ',')]
        without: Vec<String>,
    },
    /// Print which templates of features the models could do without: a row each, the least useful of a model first.
    Templates {
        /// Folder with `text` and `attributions`.
        corpus: PathBuf,
        #[command(flatten)]
        fit: Fit,
        /// Only of this model, as its weight file is called.
        #[arg(long)]
        model: Option<String>,
        /// The share of its loss that a model may lose on unknown texts for each feature that an instance is spared.
        #[arg(long, default_value_t = 0.0002)]
        most: f64,
    },
    /// Print what weights find in texts, one line of JSON a text.
    Predict {
        /// Folder with texts (`*.txt`).
        texts: PathBuf,
        /// Folder with weight files; the built-in ones where none is given.
        weights: Option<PathBuf>,
    },
    /// Fit to all publishers but some, find what the others print, and so on in turn.
    ///
    /// The publisher is what stands before the first `_` in the name of a text.
    Folds {
        /// Folder with `text` and `attributions`.
        corpus: PathBuf,
        /// How many groups the publishers are shared out to.
        #[arg(long, default_value_t = 3)]
        groups: usize,
        #[command(flatten)]
        fit: Fit,
    },
}

/// How the models are fitted.
#[derive(Debug, Args)]
struct Fit {
    /// Leave out evidence seen fewer times.
    #[arg(long, default_value_t = 4)]
    seen: usize,
    /// The same for the words around a cue, of which there are most.
    #[arg(long, default_value_t = 4)]
    seen_cue: usize,
    /// How strongly weights are held near nothing.
    #[arg(long, default_value_t = 2.0)]
    l2: f64,
}

impl Fit {
    /// How the model of this name is fitted.
    fn recipe(&self, model: &str) -> Recipe {
        Recipe { seen: if model == "cue" { self.seen_cue } else { self.seen }, l2: self.l2, rounds: 120 }
    }
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("onrecord-train: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Train { corpus, weights, fit, without } => {
            let mut texts = annotated(&corpus)?;
            texts.retain(|text| !without.iter().any(|name| text.name.starts_with(name.as_str())));
            fs::create_dir_all(&weights).with_context(|| format!("{} cannot be made", weights.display()))?;
            for (name, rows) in fitted(&texts, &fit, |_, _| {})? {
                let file = weights.join(name).with_extension("csv");
                fs::write(&file, rows).with_context(|| format!("{} cannot be written", file.display()))?;
            }
            Ok(())
        }
        Command::Predict { texts, weights } => {
            let mut grammar = Grammar::english();
            if let Some(folder) = weights {
                grammar.weights = weights_in(&folder)?;
            }
            let extractor = Extractor::new(grammar);
            for path in files(&texts, "txt")? {
                let text = fs::read_to_string(&path)
                    .with_context(|| format!("{} cannot be read as UTF-8", path.display()))?;
                let name = path.file_stem().unwrap_or_default().to_string_lossy();
                println!("{}", predictions(&extractor, &name, &text));
            }
            Ok(())
        }
        Command::Templates { corpus, fit, model, most } => {
            println!("model,template,weights,asked,alone,left_out");
            let study = |name: &str, problem: &Problem| {
                if model.as_ref().is_some_and(|model| model != name) {
                    return;
                }
                for worth in worths(problem, fit.recipe(name), most) {
                    let Worth { template, weights, asked, alone, left_out } = worth;
                    let left_out = left_out.map_or(String::new(), |share| format!("{share:.5}"));
                    println!("{name},{template},{weights},{asked:.2},{alone:.5},{left_out}");
                }
            };
            fitted(&annotated(&corpus)?, &fit, study)?;
            Ok(())
        }
        Command::Folds { corpus, groups, fit } => folds(&annotated(&corpus)?, groups, &fit),
    }
}

/// The annotated texts of a folder; none are a mistake in the layout of the folder.
fn annotated(corpus: &Path) -> Result<Vec<brat::Annotated>> {
    let texts = brat::read(corpus)?;
    if texts.is_empty() {
        bail!(
            "{}: no annotated text; expected text/NAME.txt and attributions/NAME_ANNOTATOR.ann",
            corpus.display()
        );
    }
    Ok(texts)
}

/// The files of all models with their names.
///
/// `study` is shown what each is fitted to.
fn fitted(
    texts: &[brat::Annotated],
    fit: &Fit,
    study: impl Fn(&str, &Problem),
) -> Result<Vec<(&'static str, String)>> {
    // What was learned before has no part in it.
    let grammar = Grammar { weights: Weights::default(), ..Grammar::english() };
    let trained = train::train(
        texts,
        &Extractor::new(grammar),
        |name| fit.recipe(name),
        study,
        |line| eprintln!("{line}"),
    );
    for (name, rows) in &trained {
        eprintln!("{name}: {} weights", rows.len());
    }
    Ok(trained.into_iter().map(|(name, rows)| (name, train::csv(&rows))).collect())
}

/// All weight files of a folder.
fn weights_in(folder: &Path) -> Result<Weights> {
    let mut draft = weights::Draft::default();
    for path in files(folder, "csv")? {
        let text = fs::read_to_string(&path)
            .with_context(|| format!("{} cannot be read; `train` writes it", path.display()))?;
        draft.add_file(&path, &path.file_stem().unwrap_or_default().to_string_lossy(), &text)?;
    }
    Ok(draft.finish())
}

fn folds(texts: &[brat::Annotated], groups: usize, fit: &Fit) -> Result<()> {
    let publisher = |text: &brat::Annotated| text.name.split('_').next().unwrap_or_default().to_owned();
    let mut publishers: Vec<String> = texts.iter().map(publisher).collect();
    publishers.sort();
    publishers.dedup();
    if groups < 2 || publishers.len() < groups {
        bail!("{} publishers cannot be shared out to {groups} groups; two at least", publishers.len());
    }
    for group in 0..groups {
        let held_out = |text: &brat::Annotated| {
            publishers.binary_search(&publisher(text)).is_ok_and(|number| number % groups == group)
        };
        let known: Vec<brat::Annotated> = texts.iter().filter(|t| !held_out(t)).cloned().collect();
        let mut grammar = Grammar::english();
        let mut draft = weights::Draft::default();
        for (name, rows) in fitted(&known, fit, |_, _| {})? {
            draft.add_file(Path::new(name), name, &rows)?;
        }
        grammar.weights = draft.finish();
        let extractor = Extractor::new(grammar);
        for text in texts.iter().filter(|t| held_out(t)) {
            println!("{}", predictions(&extractor, &text.name, &text.text));
        }
    }
    Ok(())
}

/// The files of a folder with this ending, in the order of the alphabet.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let unreadable = || format!("{}: no folder that can be read", folder.display());
    let entries = fs::read_dir(folder).with_context(unreadable)?;
    let mut paths = entries
        .map(|entry| entry.map(|e| e.path()))
        .collect::<std::io::Result<Vec<_>>>()
        .with_context(unreadable)?;
    paths.retain(|path| path.extension().is_some_and(|e| e == ending));
    paths.sort();
    Ok(paths)
}

/// What is found in one text, in code points, as the scorers read it.
fn predictions(extractor: &Extractor, name: &str, text: &str) -> Value {
    let found = extractor.extract(text);
    let at = |byte: u32| text[..byte as usize].chars().count();
    let words = |span: TokenSpan| {
        let tokens = &found.tokens[span.range()];
        tokens.first().zip(tokens.last()).map(|(a, b)| [at(a.span.start), at(b.span.end)])
    };
    let quote = |a: &Attribution| {
        json!({
            "quote": a.content.iter().map(|s| [at(s.start), at(s.end)]).collect::<Vec<_>>(),
            "speaker": a.source.and_then(|s| words(s.tokens)),
            "cue": a.cue.as_ref().and_then(|c| words(c.tokens)),
            "kind": a.kind,
            "act": a.act,
            "hedged": a.hedged,
            "secondhand": a.secondhand,
            "confidence": a.confidence,
            "rule": *a.rule,
        })
    };
    let quotes: Vec<Value> = found.attributions.iter().filter(|a| a.kind != Kind::Term).map(quote).collect();
    json!({"doc": name, "quotes": quotes})
}
