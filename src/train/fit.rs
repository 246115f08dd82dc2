//! L2-regularised log-linear models: choose among candidates, by L-BFGS (Nocedal 1980) with a fixed start.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use argmin::core::{CostFunction, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use rayon::prelude::*;

use crate::evidence::weights::{STEP, name};
use crate::evidence::{Part, Sink, Template, Value, key};

/// Weights below this are more than half of all, and the rest can do their work: with them the table is twice as large
/// and does not fit into a processor's cache.
const LEAST: f64 = 0.2;

/// Instances of one model: each a list of candidates, each a list of features.
#[derive(Default)]
pub struct Problem {
    index: HashMap<u64, u32>,
    names: Vec<String>,
    features: Vec<u32>,
    /// Where the features of each candidate begin.
    candidates: Vec<u32>,
    right: Vec<bool>,
    /// Where the candidates of each instance begin.
    instances: Vec<u32>,
    /// The part of the corpus that each instance is from.
    parts: Vec<u8>,
    /// The part that instances are added from.
    pub part: u8,
}

/// Takes the features of one candidate.
pub struct Collect<'p>(&'p mut Problem);

impl Sink for Collect<'_> {
    fn add<'v, const N: usize>(&mut self, template: Template, values: [impl Part<'v>; N]) {
        let values: [Value<'v>; N] = values.map(Into::into);
        let problem = &mut *self.0;
        let next = problem.names.len() as u32;
        let number = *problem.index.entry(key(template.hash, &values)).or_insert_with(|| {
            problem.names.push(name(template, &values));
            next
        });
        problem.features.push(number);
    }
}

impl Problem {
    /// One more instance; `candidates` gives how many, `right` says which are right, `emit` gives their features.
    pub fn add(
        &mut self,
        candidates: usize,
        right: impl Fn(usize) -> bool,
        mut emit: impl FnMut(usize, &mut Collect<'_>),
    ) {
        self.instances.push(self.candidates.len() as u32);
        self.parts.push(self.part);
        for i in 0..candidates {
            self.candidates.push(self.features.len() as u32);
            emit(i, &mut Collect(self));
            self.right.push(right(i));
        }
    }

    /// One more yes-or-no instance.
    pub fn add_binary(&mut self, yes: bool, mut emit: impl FnMut(&mut Collect<'_>)) {
        self.add(
            2,
            |i| (i == 0) == yes,
            |i, f| {
                if i == 0 {
                    emit(f);
                }
            },
        );
    }

    /// How many instances there are.
    pub fn len(&self) -> usize {
        self.instances.len()
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.instances.is_empty()
    }

    /// Weights of the features seen at least `seen` times, as rows `feature,weight` in steps, sorted by feature.
    ///
    /// The instances of the part `without` are left out.
    pub fn fit(&self, seen: usize, l2: f64, rounds: u64, without: Option<u8>) -> Vec<(String, i8)> {
        let chosen: Vec<usize> = (0..self.len()).filter(|&i| Some(self.parts[i]) != without).collect();
        let kept = self.seen(&chosen, seen);
        let all = self.minimum(&chosen, &kept, vec![0.0; kept.len()], l2, rounds);
        // What weighs little is left out, and the rest is fitted again without it.
        let heavy = kept.into_iter().zip(all).filter(|(_, weight)| weight.abs() >= LEAST);
        let (kept, start): (Vec<usize>, Vec<f64>) = heavy.unzip();
        let weights = self.minimum(&chosen, &kept, start, l2, rounds);
        let in_steps = |weight: f64| (weight / f64::from(STEP)).round().clamp(-127.0, 127.0) as i8;
        let mut out: Vec<(String, i8)> = kept
            .iter()
            .zip(weights)
            .map(|(&i, weight)| (self.names[i].clone(), in_steps(weight)))
            .filter(|(_, weight)| *weight != 0)
            .collect();
        out.sort();
        out
    }

    /// The features that were seen at least `least` times in these instances.
    pub fn seen(&self, chosen: &[usize], least: usize) -> Vec<usize> {
        let mut counts = vec![0usize; self.names.len()];
        for &i in chosen {
            for c in self.candidates_of(i) {
                self.features_of(c).iter().for_each(|&f| counts[f as usize] += 1);
            }
        }
        (0..counts.len()).filter(|&i| counts[i] >= least && !self.names[i].contains(['\n', '\r'])).collect()
    }

    /// The template of a feature.
    pub fn template(&self, feature: usize) -> &str {
        let name = &self.names[feature];
        name.split_once('=').map_or(name, |(template, _)| template)
    }

    /// All templates, with how many features of each an instance has.
    pub fn templates(&self) -> BTreeMap<String, f64> {
        let mut all = BTreeMap::new();
        for &feature in &self.features {
            *all.entry(self.template(feature as usize).to_owned()).or_insert(0.0) += 1.0;
        }
        all.values_mut().for_each(|count| *count /= self.len() as f64);
        all
    }

    /// The part of the corpus that an instance is from.
    pub fn part_of(&self, instance: usize) -> u8 {
        self.parts[instance]
    }

    /// What these weights lose over the instances: nats each.
    pub fn loss(&self, chosen: &[usize], kept: &[usize], weights: &[f64]) -> f64 {
        let model = Model { problem: self, place: self.places(kept), chosen, l2: 0.0 };
        (0..chosen.len()).map(|i| model.instance(i, weights, None)).sum::<f64>() / chosen.len() as f64
    }

    /// The place of each feature among those that are kept.
    fn places(&self, kept: &[usize]) -> Vec<u32> {
        let mut place = vec![u32::MAX; self.names.len()];
        for (n, &i) in kept.iter().enumerate() {
            place[i] = n as u32;
        }
        place
    }

    /// The weights of the features `kept` with the least loss over the instances `chosen`, sought from `start`.
    pub fn minimum(
        &self,
        chosen: &[usize],
        kept: &[usize],
        start: Vec<f64>,
        l2: f64,
        rounds: u64,
    ) -> Vec<f64> {
        if kept.is_empty() {
            return start;
        }
        let model = Model { problem: self, place: self.places(kept), chosen, l2 };
        let search = MoreThuenteLineSearch::new().with_c(1e-4, 0.9).expect("both constants are in range");
        let solver = LBFGS::new(search, 8).with_tolerance_cost(1e-7).expect("a positive tolerance");
        let run = Executor::new(model, solver).configure(|s| s.param(start.clone()).max_iters(rounds)).run();
        run.ok().and_then(|r| r.state().get_best_param().cloned()).unwrap_or(start)
    }

    fn candidates_of(&self, instance: usize) -> Range<usize> {
        let end = self.instances.get(instance + 1).map_or(self.candidates.len(), |&c| c as usize);
        self.instances[instance] as usize..end
    }

    fn features_of(&self, candidate: usize) -> &[u32] {
        let end = self.candidates.get(candidate + 1).map_or(self.features.len(), |&f| f as usize);
        &self.features[self.candidates[candidate] as usize..end]
    }
}

struct Model<'p> {
    problem: &'p Problem,
    /// The place of each feature among the parameters; none where it is too rare.
    place: Vec<u32>,
    /// The instances that count.
    chosen: &'p [usize],
    l2: f64,
}

impl Model<'_> {
    /// Negative log likelihood of instance `i`; adds its gradient where one is wanted.
    fn instance(&self, i: usize, weights: &[f64], gradient: Option<&mut [f64]>) -> f64 {
        let p = self.problem;
        let range = p.candidates_of(self.chosen[i]);
        let features =
            |c: usize| p.features_of(c).iter().map(|&f| self.place[f as usize]).filter(|&f| f != u32::MAX);
        let scores: Vec<f64> =
            range.clone().map(|c| features(c).map(|f| weights[f as usize]).sum()).collect();
        let right = &p.right[range.clone()];
        let all = log_sum(scores.iter().copied());
        let good = log_sum(scores.iter().zip(right).filter(|(_, r)| **r).map(|(s, _)| *s));
        if let Some(gradient) = gradient {
            for (k, c) in range.enumerate() {
                let target = if right[k] { (scores[k] - good).exp() } else { 0.0 };
                let step = (scores[k] - all).exp() - target;
                for f in features(c) {
                    gradient[f as usize] += step;
                }
            }
        }
        all - good
    }

    fn count(&self) -> usize {
        self.chosen.len()
    }
}

/// ln Σ exp, safe for large scores.
fn log_sum(scores: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = scores.clone().fold(f64::NEG_INFINITY, f64::max);
    most + scores.map(|s| (s - most).exp()).sum::<f64>().ln()
}

/// Instances are summed in fixed blocks, so that the result does not depend on the number of threads.
const BLOCK: usize = 4096;

impl CostFunction for Model<'_> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, weights: &Self::Param) -> Result<f64, argmin::core::Error> {
        let blocks: Vec<f64> = (0..self.count().div_ceil(BLOCK))
            .into_par_iter()
            .map(|b| {
                (b * BLOCK..((b + 1) * BLOCK).min(self.count()))
                    .map(|i| self.instance(i, weights, None))
                    .sum()
            })
            .collect();
        let penalty = self.l2 / 2.0 * weights.iter().map(|w| w * w).sum::<f64>();
        Ok((blocks.iter().sum::<f64>() + penalty) / self.count() as f64)
    }
}

impl Gradient for Model<'_> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, weights: &Self::Param) -> Result<Vec<f64>, argmin::core::Error> {
        let size = weights.len();
        let halves: Vec<Vec<f64>> = [0, 1]
            .into_par_iter()
            .map(|half| {
                let mut gradient = vec![0.0; size];
                for i in (0..self.count()).filter(|i| i % 2 == half) {
                    self.instance(i, weights, Some(&mut gradient));
                }
                gradient
            })
            .collect();
        let mut out: Vec<f64> = weights.iter().map(|w| w * self.l2).collect();
        for half in halves {
            for (o, h) in out.iter_mut().zip(half) {
                *o += h;
            }
        }
        let count = self.count() as f64;
        out.iter_mut().for_each(|o| *o /= count);
        Ok(out)
    }
}
