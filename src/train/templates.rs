//! Which templates of a model earn their keep: what it loses on texts that it does not know when one is left out.
//!
//! Every template costs time at every candidate, and many say what others say as well. So they are left out one after
//! the other, the least missed first, and the rest is fitted again each time (backward elimination).

use super::Recipe;
use super::fit::Problem;

/// Parts of the corpus that take turns as the texts that are not known.
const PARTS: std::ops::Range<u8> = 0..2;

/// A template, and what leaving it out came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Worth {
    /// `form-voice`, without its model.
    pub template: String,
    /// How many of its features have a weight.
    pub weights: usize,
    /// How many an instance has on average, over all its candidates: what it costs.
    pub asked: f64,
    /// By how much the loss grows, as a share of it, when this one alone is left out.
    pub alone: f64,
    /// The same after all that were left out before it, where it was left out as well.
    pub left_out: Option<f64>,
}

/// The templates of a problem, the least useful first.
///
/// One is left out where the loss on unknown texts grows by no more than the share `most` for each feature that an
/// instance is spared, and the next are tried without it.
pub fn worths(problem: &Problem, recipe: Recipe, most: f64) -> Vec<Worth> {
    let rounds = recipe.rounds / 8;
    let all: Vec<usize> = (0..problem.len()).collect();
    let kept = problem.seen(&all, recipe.seen);
    let mut fits: Vec<Fit> = PARTS.map(|part| Fit::new(problem, part, &kept, recipe)).collect();
    let base: f64 = fits.iter().map(|fit| fit.loss).sum();
    let mut worths: Vec<Worth> = problem
        .templates()
        .into_iter()
        .map(|(template, asked)| {
            let of_it = |&f: &usize| problem.template(f) == template;
            let without: f64 = fits.iter().map(|fit| fit.without(problem, &of_it, recipe, rounds).loss).sum();
            let weights = kept.iter().filter(|f| of_it(f)).count();
            Worth { template, weights, asked, alone: without / base - 1.0, left_out: None }
        })
        .collect();
    worths.sort_by(|a, b| (a.alone / a.asked).total_cmp(&(b.alone / b.asked)));
    let mut loss = base;
    for worth in &mut worths {
        let of_it = |&f: &usize| problem.template(f) == worth.template;
        let tried: Vec<Fit> = fits.iter().map(|fit| fit.without(problem, &of_it, recipe, rounds)).collect();
        let without: f64 = tried.iter().map(|fit| fit.loss).sum();
        if (without - loss) / base <= most * worth.asked {
            (fits, loss) = (tried, without);
            worth.left_out = Some(loss / base - 1.0);
        }
    }
    worths
}

/// The weights that were fitted without one part, and what they lose on it.
struct Fit {
    part: u8,
    kept: Vec<usize>,
    weights: Vec<f64>,
    loss: f64,
}

impl Fit {
    fn new(problem: &Problem, part: u8, kept: &[usize], recipe: Recipe) -> Self {
        Self::go_on(problem, part, kept.to_vec(), vec![0.0; kept.len()], recipe, recipe.rounds)
    }

    /// The same without some features, fitted for a few rounds more.
    fn without(
        &self,
        problem: &Problem,
        left_out: &impl Fn(&usize) -> bool,
        recipe: Recipe,
        rounds: u64,
    ) -> Self {
        let rest = self.kept.iter().zip(&self.weights).filter(|(f, _)| !left_out(f));
        let (kept, start): (Vec<usize>, Vec<f64>) = rest.unzip();
        Self::go_on(problem, self.part, kept, start, recipe, rounds)
    }

    fn go_on(
        problem: &Problem,
        part: u8,
        kept: Vec<usize>,
        start: Vec<f64>,
        recipe: Recipe,
        rounds: u64,
    ) -> Self {
        let (unknown, known): (Vec<usize>, Vec<usize>) =
            (0..problem.len()).partition(|&i| problem.part_of(i) == part);
        let weights = problem.minimum(&known, &kept, start, recipe.l2, rounds);
        let loss = problem.loss(&unknown, &kept, &weights);
        Self { part, kept, weights, loss }
    }
}
