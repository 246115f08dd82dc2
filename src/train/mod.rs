//! Weights from annotated text: what `grammar/en/weights` holds, rebuilt by one command.

pub mod brat;
pub mod fit;
pub mod instances;
pub mod templates;

use std::path::Path;

use crate::attribution::scene::Scene;
use crate::attribution::segment::Sources;
use crate::evidence::weights::{self, Weights};
use crate::extract::{Extractor, Reading};
use brat::Annotated;
use fit::Problem;
use instances::{Aligned, Problems};

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

/// Into how many parts the corpus is cut for evidence that comes from another model.
const PARTS: usize = 4;

/// The models fitted so far: on the whole corpus, and on all of it but one part.
struct Fitted<'a> {
    out: Trained,
    /// The weights fitted without part 0, 1 …, and the same ready for look-up.
    drafts: Vec<weights::Draft>,
    without: Vec<Weights>,
    recipe: &'a dyn Fn(&str) -> Recipe,
    study: &'a dyn Fn(&str, &Problem),
}

impl Fitted<'_> {
    /// Fits a model on everything; and once without each part where a later model `leans` on it.
    ///
    /// A model is surer of the texts it was fitted on than of any other. What leans on its probabilities has
    /// to see them as they will be on new texts, so each part is read with weights that do not know it.
    fn add(&mut self, name: &'static str, problem: &Problem, leans: bool) {
        let Recipe { seen, l2, rounds } = (self.recipe)(name);
        (self.study)(name, problem);
        if leans {
            for (part, (draft, ready)) in self.drafts.iter_mut().zip(&mut self.without).enumerate() {
                let rows = problem.fit(seen, l2, rounds, Some(part as u8));
                draft.add_file(Path::new(name), name, &csv(&rows)).expect("rows that were just written");
                *ready = draft.finish();
            }
        }
        self.out.push((name, problem.fit(seen, l2, rounds, None)));
    }
}

/// Fits all models, in the order in which they lean on each other.
///
/// `study` is shown each model’s problem before it is fitted, `log` is told what was found.
pub fn train(
    corpus: &[Annotated],
    extractor: &Extractor,
    recipe: impl Fn(&str) -> Recipe,
    study: impl Fn(&str, &Problem),
    log: impl Fn(&str),
) -> Trained {
    let readings: Vec<Reading<'_>> = corpus.iter().map(|a| Reading::new(&a.text, extractor)).collect();
    let scenes: Vec<Scene<'_>> = readings.iter().map(|r| r.scene(extractor)).collect();
    let gold: Vec<Vec<Aligned>> =
        scenes.iter().zip(corpus).map(|(scene, a)| instances::align(scene, &a.gold)).collect();
    let texts = || scenes.iter().zip(&gold).enumerate().map(|(i, (scene, gold))| (i % PARTS, scene, gold));
    let mut fitted = Fitted {
        out: Vec::new(),
        drafts: vec![weights::Draft::default(); PARTS],
        without: vec![Weights::default(); PARTS],
        recipe: &recipe,
        study: &study,
    };
    let mut problems = Problems::default();
    for (part, scene, gold) in texts() {
        problems.part(part);
        instances::sources(scene, gold, &mut problems.source);
        instances::extents(scene, gold, &mut problems);
        instances::labelled(scene, gold, &mut problems.label);
    }
    let annotated: usize = gold.iter().map(Vec::len).sum();
    log(&format!("{annotated} attributions, {} with a source among the candidates", problems.source.len()));
    fitted.add("source", &problems.source, true);
    fitted.add("side", &problems.side, true);
    fitted.add("start", &problems.start, true);
    fitted.add("end", &problems.end, true);
    fitted.add("left", &problems.left, true);
    fitted.add("label", &problems.label, true);
    let mut sources: Vec<Sources> = scenes.iter().map(|s| Sources::new(s.cues.len())).collect();
    for ((part, scene, gold), sources) in texts().zip(&mut sources) {
        problems.part(part);
        instances::segments(scene, &fitted.without[part], sources, gold, &mut problems.segment);
    }
    let quotations: usize = scenes.iter().map(|s| s.outer.len()).sum();
    log(&format!("{quotations} quotations, {} with an owner among the candidates", problems.segment.len()));
    fitted.add("segment", &problems.segment, true);
    for ((part, scene, gold), sources) in texts().zip(&mut sources) {
        problems.part(part);
        instances::trusted(scene, &fitted.without[part], sources, gold, &mut problems.trust);
    }
    fitted.add("trust", &problems.trust, false);
    for ((part, scene, gold), sources) in texts().zip(&mut sources) {
        problems.part(part);
        instances::cues(scene, &fitted.without[part], sources, gold, &mut problems.cue);
    }
    fitted.add("cue", &problems.cue, true);
    for ((part, scene, gold), sources) in texts().zip(&mut sources) {
        problems.part(part);
        instances::second(scene, &fitted.without[part], sources, gold, &mut problems.again);
    }
    fitted.add("again", &problems.again, false);
    fitted.out
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
