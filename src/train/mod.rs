//! Weights from annotated text: what `grammar/en/weights` holds, rebuilt by one command.

pub mod brat;
pub mod fit;
pub mod instances;

use std::path::Path;

use crate::attribution::segment::Sources;
use crate::evidence::weights::{self, Weights};
use crate::extract::{Extractor, Reading};
use brat::Annotated;
use fit::Problem;
use instances::Problems;

/// How a model is fitted.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// Features seen fewer times are left out.
    pub seen: usize,
    /// Strength of the L2 penalty.
    pub l2: f64,
    /// Most rounds of the optimiser.
    pub rounds: u64,
}

/// The weight files of all models: name and rows.
pub type Trained = Vec<(&'static str, Vec<(String, i8)>)>;

/// Fits all models, in the order in which they lean on each other.
///
/// `log` is told what was found.
pub fn train(
    corpus: &[Annotated],
    extractor: &Extractor,
    recipe: impl Fn(&str) -> Recipe,
    log: impl Fn(&str),
) -> Trained {
    let readings: Vec<Reading<'_>> = corpus.iter().map(|a| Reading::new(&a.text, extractor)).collect();
    let mut out: Trained = Vec::new();
    let mut weights = Weights::default();
    let mut draft = weights::Draft::default();
    let mut fit = |name: &'static str, problem: Problem, weights: &mut Weights, out: &mut Trained| {
        let r = recipe(name);
        let rows = problem.fit(r.seen, r.l2, r.rounds);
        draft.add_file(Path::new(name), name, &csv(&rows)).expect("rows that were just written");
        *weights = draft.finish();
        out.push((name, rows));
    };
    let mut problems = Problems::default();
    for (reading, annotated) in readings.iter().zip(corpus) {
        let scene = reading.scene(extractor);
        let gold = instances::align(&scene, &annotated.gold);
        instances::sources(&scene, &gold, &mut problems.source);
        instances::extents(&scene, &gold, &mut problems);
        instances::labelled(&scene, &gold, &mut problems.label);
    }
    let gold: usize = corpus.iter().map(|a| a.gold.len()).sum();
    log(&format!("{gold} attributions, {} with a source among the candidates", problems.source.len()));
    fit("source", problems.source, &mut weights, &mut out);
    fit("side", problems.side, &mut weights, &mut out);
    fit("start", problems.start, &mut weights, &mut out);
    fit("end", problems.end, &mut weights, &mut out);
    fit("left", problems.left, &mut weights, &mut out);
    fit("label", problems.label, &mut weights, &mut out);
    for (reading, annotated) in readings.iter().zip(corpus) {
        let scene = reading.scene(extractor);
        let gold = instances::align(&scene, &annotated.gold);
        let mut sources = Sources::new(scene.cues.len());
        instances::segments(&scene, &weights, &mut sources, &gold, &mut problems.segment);
        instances::cues(&scene, &weights, &mut sources, &gold, &mut problems.cue);
    }
    let quotations: usize =
        readings.iter().map(|r| r.quotations.iter().filter(|q| q.parent.is_none()).count()).sum();
    log(&format!("{quotations} quotations, {} with an owner among the candidates", problems.segment.len()));
    fit("segment", problems.segment, &mut weights, &mut out);
    fit("cue", problems.cue, &mut weights, &mut out);
    out
}

/// The rows of a weight file.
pub fn csv(rows: &[(String, i8)]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["feature", "weight"]).expect("writing to memory");
    for (feature, weight) in rows {
        writer.write_record([feature, &weight.to_string()]).expect("writing to memory");
    }
    String::from_utf8(writer.into_inner().expect("writing to memory")).expect("features are UTF-8")
}
