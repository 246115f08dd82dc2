//! Log-linear weights: which of several candidates is right, and how surely.

use std::path::Path;

use super::features::{Sink, Template, Value, fold_name, key};
use crate::error::{Error, ErrorKind, Position};
use crate::lexicon::fold;

/// Weights are kept as one byte in steps of a sixteenth.
pub const STEP: f32 = 1.0 / 16.0;

/// All weights by the key of their feature: open addressing, 56 bits of key and 8 of weight a slot.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    slots: Vec<u64>,
    used: usize,
}

impl Weights {
    /// Adds a file of weights: `feature,weight`, the feature as `template=value|value`.
    ///
    /// `model` (the file's stem) goes before the template: `form=said` in `cue.csv` weighs `cue.form`.
    ///
    /// # Errors
    /// A row without a whole number from -127 to 127 as its weight is named with its line.
    pub fn add_file(&mut self, file: &Path, model: &str, text: &str) -> Result<(), Error> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let mut row = csv::StringRecord::new();
        loop {
            let line = reader.position().line() as usize;
            let wrong = |expected: &str| {
                let text = text.lines().nth(line.saturating_sub(1)).unwrap_or_default().to_owned();
                let position = Position { file: file.to_owned(), line, column: 1, text };
                Error::from(ErrorKind::Grammar {
                    position: Box::new(position),
                    expected: expected.to_owned(),
                })
            };
            if !reader.read_record(&mut row).map_err(|_| wrong("a feature and its weight"))? {
                return Ok(());
            }
            let (Some(feature), Some(weight)) = (row.get(0), row.get(1).and_then(|w| w.parse::<i8>().ok()))
            else {
                return Err(wrong("a feature and a whole number from -127 to 127"));
            };
            self.insert(feature_key(model, feature), weight);
        }
    }

    fn insert(&mut self, key: u64, weight: i8) {
        if (self.used + 1) * 2 > self.slots.len() {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![0; (old.len() * 2).max(1024)];
            for slot in old.into_iter().filter(|&s| s != 0) {
                self.place(slot);
            }
        }
        self.used += 1;
        self.place(key & !0xff | u64::from(weight as u8));
    }

    fn place(&mut self, slot: u64) {
        let mask = self.slots.len() - 1;
        let mut at = (slot >> 8) as usize & mask;
        while self.slots[at] != 0 && self.slots[at] & !0xff != slot & !0xff {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
    }

    /// The weight of a feature in steps, 0 where there is none.
    pub fn get(&self, key: u64) -> i32 {
        if self.slots.is_empty() {
            return 0;
        }
        let mask = self.slots.len() - 1;
        let mut at = (key >> 8) as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot == 0 {
                return 0;
            }
            if slot & !0xff == key & !0xff {
                return i32::from(slot as u8 as i8);
            }
            at = (at + 1) & mask;
        }
    }

    /// How many weights there are.
    pub fn len(&self) -> usize {
        self.used
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.used == 0
    }

    /// The score of one candidate.
    pub fn score(&self, emit: impl FnOnce(&mut Sum<'_>)) -> f32 {
        let mut sum = Sum { weights: self, total: 0 };
        emit(&mut sum);
        sum.total as f32 * STEP
    }
}

/// The key of a feature as a weight file writes it.
pub fn feature_key(model: &str, feature: &str) -> u64 {
    let (template, values) = feature.split_once('=').unwrap_or((feature, ""));
    let template = fold_name(&format!("{model}.{template}"));
    let mut hashed = [Value { text: "", hash: 0 }; 8];
    let mut n = 0;
    if !values.is_empty() {
        for value in values.split('|').take(8) {
            hashed[n] = Value { text: "", hash: fold(value) };
            n += 1;
        }
    }
    key(template, &hashed[..n])
}

/// Adds up the weights of the features it is given.
pub struct Sum<'w> {
    weights: &'w Weights,
    total: i32,
}

impl Sink for Sum<'_> {
    fn add<const N: usize>(&mut self, template: Template, values: [Value<'_>; N]) {
        self.total += self.weights.get(key(template.hash, &values));
    }
}

/// Writes down each feature with its weight, for `explain`.
pub struct Evidence<'w> {
    weights: &'w Weights,
    /// Feature and weight.
    pub found: Vec<(String, f32)>,
}

impl<'w> Evidence<'w> {
    /// Nothing found yet.
    pub fn new(weights: &'w Weights) -> Self {
        Self { weights, found: Vec::new() }
    }
}

impl Sink for Evidence<'_> {
    fn add<const N: usize>(&mut self, template: Template, values: [Value<'_>; N]) {
        let weight = self.weights.get(key(template.hash, &values));
        if weight != 0 {
            self.found.push((name(template, &values), weight as f32 * STEP));
        }
    }
}

/// `form=said` for the template `cue.form` with the value `said`, without the model.
pub fn name(template: Template, values: &[Value<'_>]) -> String {
    let mut out = template.name.split_once('.').map_or(template.name, |(_, t)| t).to_owned();
    for (i, value) in values.iter().enumerate() {
        out.push(if i == 0 { '=' } else { '|' });
        out.extend(
            value
                .text
                .chars()
                .flat_map(char::to_lowercase)
                .map(|c| if crate::token::scan::apostrophe(c) { '\'' } else { c }),
        );
    }
    out
}

/// Scores into probabilities that add up to one.
pub fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        sum += *score;
    }
    for score in scores {
        *score /= sum;
    }
}

/// A log-odds score as a probability.
pub fn logistic(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{t, v};

    #[test]
    fn finds_the_weight_that_the_file_gives() {
        let mut weights = Weights::default();
        weights
            .add_file(Path::new("cue.csv"), "cue", "feature,weight\nform=said,48\npair=don't|y,-16\n")
            .unwrap();
        assert_eq!(weights.score(|f| f.add(t!("cue.form"), [v!("said")])), 3.0);
        let word = Value { text: "Don’t", hash: fold("Don’t") };
        assert_eq!(weights.score(|f| f.add(t!("cue.pair"), [word, v!("y")])), -1.0);
        assert_eq!(weights.score(|f| f.add(t!("cue.form"), [v!("sang")])), 0.0);
    }

    #[test]
    fn names_the_line_of_a_weight_that_is_no_number() {
        let wrong = Weights::default().add_file(
            Path::new("cue.csv"),
            "cue",
            "feature,weight\na=b,1\nform=said,much\n",
        );
        assert_eq!(wrong.unwrap_err().position().unwrap().line, 3);
    }
}
