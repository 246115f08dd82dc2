//! Log-linear weights: which of several candidates is right, and how surely.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Part, Sink, Template, Value, fold_name, key};
use crate::error::{Error, ErrorKind, Position};
use crate::lexicon::fold;
use crate::lexicon::table::Table;

/// Weights are kept as one byte in steps of a sixteenth.
pub const STEP: f32 = 1.0 / 16.0;

/// Weights while files of them are read; [`Draft::finish`] makes them ready for look-up.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    by_key: BTreeMap<u64, i8>,
}

impl Draft {
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
            self.by_key.insert(feature_key(model, feature), weight);
        }
    }

    /// The weights as they are, ready for look-up.
    pub fn finish(&self) -> Weights {
        let weights = self.by_key.iter().filter(|(_, weight)| **weight != 0);
        let pairs: Vec<(u64, u32)> = weights.map(|(&key, &weight)| (key, u32::from(weight as u8))).collect();
        Weights { table: Table::new(&pairs) }
    }
}

/// All weights by the key of their feature, of which a slot keeps 24 bits.
///
/// The place tells at least ten more bits of the key, so that a feature without a weight is taken for one with a
/// weight once in ten million look-ups; small beside the noise of the weights themselves, and always the same.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    table: Table<4, 8>,
}

impl Weights {
    /// Weights whose table was made before: what [`Weights::bytes`] gave.
    pub fn from_bytes(table: &'static [u8]) -> Self {
        Self { table: Table::from_bytes(table) }
    }

    /// The table.
    pub fn bytes(&self) -> Vec<u8> {
        self.table.bytes()
    }

    /// The weight of a feature in steps, 0 where there is none.
    #[inline]
    pub fn get(&self, key: u64) -> i32 {
        i32::from(self.table.get(key) as u8 as i8)
    }

    /// The score of one candidate.
    #[inline]
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
    let mut hashed = [Value::new("", 0); 8];
    let mut n = 0;
    if !values.is_empty() {
        for value in values.split('|').take(8) {
            hashed[n] = Value::new("", fold(value));
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
    // Where it is called the values are known, and only their hashes are needed.
    #[inline(always)]
    fn add<'v, const N: usize>(&mut self, template: Template, values: [impl Part<'v>; N]) {
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
    fn add<'v, const N: usize>(&mut self, template: Template, values: [impl Part<'v>; N]) {
        let values: [Value<'v>; N] = values.map(Into::into);
        let weight = self.weights.get(key(template.hash, &values));
        if weight != 0 {
            self.found.push((name(template, &values), weight as f32 * STEP));
        }
    }
}

/// A feature that one candidate has and the other lacks.
#[derive(Clone, Debug, PartialEq)]
pub struct Tip {
    /// As a weight file writes it: `gap=q-sc|tight`.
    pub feature: String,
    /// Log-odds for the candidate that is asked about, or against it.
    pub weight: f32,
    /// It is the other candidate that has the feature.
    pub lacking: bool,
}

/// What speaks for `one` and against `other`, strongest first: what both have is left out.
pub fn difference(one: Vec<(String, f32)>, other: Vec<(String, f32)>) -> Vec<Tip> {
    // The same feature may be found several times, by several patterns.
    let mut times: BTreeMap<String, (i32, f32)> = BTreeMap::new();
    let signed = one.into_iter().map(|f| (f, 1)).chain(other.into_iter().map(|f| (f, -1)));
    for ((feature, weight), sign) in signed {
        let entry = times.entry(feature).or_insert((0, weight));
        entry.0 += sign;
    }
    let mut tips: Vec<Tip> = times
        .into_iter()
        .filter(|(_, (times, _))| *times != 0)
        .map(|(feature, (times, weight))| Tip { feature, weight: times as f32 * weight, lacking: times < 0 })
        .collect();
    tips.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    tips
}

/// `form=said` for the template `cue.form` with the value `said`, without the model.
pub fn name(template: Template, values: &[Value<'_>]) -> String {
    let mut out = template.name.split_once('.').map_or(template.name, |(_, t)| t).to_owned();
    for (i, value) in values.iter().enumerate() {
        out.push(if i == 0 { '=' } else { '|' });
        out.extend(
            value
                .words()
                .chars()
                .flat_map(char::to_lowercase)
                .map(|c| if matches!(c, '’' | '‘' | 'ʼ') { '\'' } else { c }),
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
        let mut draft = Draft::default();
        draft
            .add_file(Path::new("cue.csv"), "cue", "feature,weight\nform=said,48\npair=don't|y,-16\n")
            .unwrap();
        let weights = draft.finish();
        assert_eq!(weights.score(|f| f.add(t!("cue.form"), [Value::new("said", fold("said"))])), 3.0);
        let word = Value::new("Don’t", fold("Don’t"));
        assert_eq!(weights.score(|f| f.add(t!("cue.pair"), [word, v!("y").into()])), -1.0);
        assert_eq!(weights.score(|f| f.add(t!("cue.form"), [Value::new("sang", fold("sang"))])), 0.0);
    }

    #[test]
    fn every_weight_of_many_is_found_and_no_other() {
        let mut text = String::from("feature,weight\n");
        for n in 0..2000 {
            text += &format!("form=w{n},{}\n", n % 127 + 1);
        }
        let mut draft = Draft::default();
        draft.add_file(Path::new("cue.csv"), "cue", &text).unwrap();
        let weights = draft.finish();
        let weight = |n: i32| weights.get(feature_key("cue", &format!("form=w{n}")));
        assert!((0..2000).all(|n| weight(n) == n % 127 + 1));
        assert!((2000..9000).all(|n| weight(n) == 0));
        assert_eq!(Weights::default().get(7), 0);
    }

    #[test]
    fn evidence_that_both_have_tips_nothing() {
        let found = |features: &[(&str, f32)]| features.iter().map(|(f, w)| ((*f).to_owned(), *w)).collect();
        let tips = difference(
            found(&[("form=said", 1.0), ("gap=tight", -0.5), ("pattern=a", 0.25), ("pattern=a", 0.25)]),
            found(&[("form=said", 1.0), ("kind=name", 2.0), ("pattern=a", 0.25)]),
        );
        let tip = |feature: &str, weight, lacking| Tip { feature: feature.to_owned(), weight, lacking };
        assert_eq!(
            tips,
            [tip("kind=name", -2.0, true), tip("gap=tight", -0.5, false), tip("pattern=a", 0.25, false)]
        );
    }

    #[test]
    fn names_the_line_of_a_weight_that_is_no_number() {
        let wrong =
            Draft::default().add_file(Path::new("cue.csv"), "cue", "feature,weight\na=b,1\nform=said,much\n");
        assert_eq!(wrong.unwrap_err().position().unwrap().line, 3);
    }
}
