//! A second look at the cues: what each would report if its neighbours report too, and whether it then still does.
//!
//! Only the outermost of two relations that lie in each other is one: in *X noted Y said it rained* the first cue
//! weakens the second. So what the first look found of a sentence is evidence for the second.

use super::extent;
use super::relate::{self, Pieces};
use super::report;
use super::scene::{NONE, Scene};
use super::segment::{SURE, Sources};
use crate::evidence::weights::{Weights, logistic};
use crate::evidence::{Name, Sink, flag};
use crate::{t, v};

/// Cues less likely than this at the first look are not looked at again.
const POSSIBLE: f32 = 0.15;

/// A cue that may report, with what it would report.
#[derive(Clone, Debug)]
pub struct Possible {
    /// Index into the cues.
    pub cue: u32,
    /// Its likeliest source, or [`NONE`].
    pub mention: u32,
    /// How likely that source is.
    pub source: f32,
    /// Whether it reports, at the first look: log-odds.
    pub score: f32,
    /// What it would report.
    pub pieces: Pieces,
    /// How sure the extent of that is.
    pub sure: f32,
    /// A pattern that needs no weighing says so.
    pub surely: bool,
    /// It tells that something is so.
    pub tells: bool,
}

/// How likely at least somebody who tells that something is so reports it.
const TELLS: f32 = 0.6;

/// The cues that may report beside those that own quotations or stand in what others report (`given`), in the order of
/// the text.
pub fn possible(
    scene: &Scene<'_>,
    weights: &Weights,
    sources: &mut Sources,
    given: impl Fn(u32) -> bool,
    owned_sentence: &[bool],
) -> Vec<Possible> {
    let mut out = Vec::with_capacity(scene.sentences.len());
    for (c, cue) in scene.cues.iter().enumerate() {
        if cue.quoted || given(c as u32) {
            continue;
        }
        let sure = scene.proposals.of_cue(c as u32).iter().find(|p| scene.rules.sure(p.pattern));
        let second = extent::second(scene, cue);
        if cue.idle && sure.is_none() && !second {
            continue;
        }
        let context = || {
            let owned_elsewhere = owned_sentence[cue.sentence as usize];
            let mut context = report::context(sources.of(scene, weights, c as u32));
            if let Some(proposal) = sure {
                context.mention = proposal.mention;
                context.source = context.source.max(SURE);
            }
            report::Context { owned_elsewhere, ..context }
        };
        let tells = second || report::tells(scene, cue);
        let Some((score, context)) =
            report::score(scene, weights, c as u32, tells || sure.is_some(), context)
        else {
            continue;
        };
        if !tells && sure.is_none() && logistic(score) < POSSIBLE {
            continue;
        }
        let (pieces, extent) = relate::content(scene, weights, c as u32, context.mention);
        if !pieces.is_empty() {
            out.push(Possible {
                cue: c as u32,
                mention: context.mention,
                source: context.source,
                score,
                pieces,
                sure: extent,
                surely: sure.is_some(),
                tells: tells && context.mention != NONE,
            });
        }
    }
    out
}

/// The probability that a cue reports what it would report.
pub fn probability(scene: &Scene<'_>, weights: &Weights, all: &[Possible], number: usize) -> f32 {
    let weighed = logistic(weights.score(|f| features(scene, all, number, f)));
    match all[number] {
        Possible { surely: true, .. } => weighed.max(SURE),
        Possible { tells: true, .. } => weighed.max(TELLS),
        _ => weighed,
    }
}

/// The evidence for `all[number]`.
pub fn features(scene: &Scene<'_>, all: &[Possible], number: usize, f: &mut impl Sink) {
    let this = &all[number];
    let cue = &scene.cues[this.cue as usize];
    let same = |p: &&Possible| scene.cues[p.cue as usize].sentence == cue.sentence;
    let start = number - all[..number].iter().rev().take_while(same).count();
    let end = number + 1 + all[number + 1..].iter().take_while(same).count();
    let (before, after) = (&all[start..number], &all[number + 1..end]);
    let others = || before.iter().chain(after);
    let head = |p: &Possible| scene.cues[p.cue as usize].head;
    let within = |token: u32, p: &Possible| p.pieces.iter().any(|s| s.start <= token && token < s.end);
    let likeliest = |fits: &dyn Fn(&Possible) -> bool| {
        others().filter(|p| fits(p)).map(|p| p.score).max_by(f32::total_cmp)
    };
    let outer = likeliest(&|p| within(cue.head, p));
    let inner = likeliest(&|p| within(head(p), this));
    let holder = (this.mention != NONE)
        .then(|| likeliest(&|p| within(scene.mentions[this.mention as usize].head, p)))
        .flatten();
    let clash = likeliest(&|p| {
        p.pieces.iter().any(|a| this.pieces.iter().any(|b| a.overlaps(*b)))
            && !within(cue.head, p)
            && !within(head(p), this)
    });
    let (own, voice) = (odds(this.score), Name::from(cue.voice));
    let frame = report::frame(scene, cue);
    let lemma = report::lemma(scene, cue);
    let sure = share(this.sure);
    let source = if this.mention == NONE { v!("none") } else { share(this.source) };
    f.add(t!("again.own"), [own]);
    f.add(t!("again.own-voice"), [own, voice]);
    f.add(t!("again.sure"), [sure, frame]);
    f.add(t!("again.source"), [source, voice]);
    f.add(t!("again.sure-source"), [sure, source]);
    f.add(t!("again.lemma"), [lemma]);
    f.add(t!("again.outer"), [rough(outer), voice]);
    f.add(t!("again.outer-own"), [rough(outer), own]);
    f.add(t!("again.outer-frame"), [rough(outer), frame]);
    f.add(t!("again.inner"), [rough(inner), frame]);
    f.add(t!("again.inner-own"), [rough(inner), own]);
    f.add(t!("again.inner-lemma"), [rough(inner).into(), lemma]);
    f.add(t!("again.both"), [rough(outer), rough(inner)]);
    f.add(t!("again.holder"), [rough(holder), own]);
    f.add(t!("again.clash"), [rough(clash), own]);
    let score = |p: Option<&Possible>| rough(p.map(|p| p.score));
    f.add(t!("again.neighbours"), [score(before.last()), score(after.first()), voice]);
    f.add(t!("again.before-own"), [score(before.last()), own]);
    f.add(t!("again.after-own"), [score(after.first()), own]);
    if let Some(last) = before.last() {
        f.add(t!("again.shared"), [flag(last.mention == this.mention), voice, rough(Some(last.score))]);
    }
}

/// Log-odds in steps of a half.
fn odds(score: f32) -> Name {
    match (score * 2.0).floor() as i32 {
        ..=-4 => v!("<-1.5"),
        -3 => v!("-1.5"),
        -2 => v!("-1"),
        -1 => v!("-.5"),
        0 => v!("0"),
        1 => v!(".5"),
        2 => v!("1"),
        3 => v!("1.5"),
        4 => v!("2"),
        5 => v!("2.5"),
        6..=7 => v!("3"),
        8..=9 => v!("4"),
        _ => v!("5"),
    }
}

/// Log-odds of a neighbour, where there is one.
fn rough(score: Option<f32>) -> Name {
    match score {
        None => v!("none"),
        Some(s) if s < -1.0 => v!("<-1"),
        Some(s) if s < 0.0 => v!("<0"),
        Some(s) if s < 1.0 => v!("<1"),
        Some(s) if s < 2.5 => v!("<2.5"),
        Some(_) => v!("high"),
    }
}

/// A probability in six steps.
fn share(p: f32) -> Name {
    match p {
        p if p < 0.3 => v!("<.3"),
        p if p < 0.5 => v!("<.5"),
        p if p < 0.7 => v!("<.7"),
        p if p < 0.85 => v!("<.85"),
        p if p < 0.95 => v!("<.95"),
        _ => v!("high"),
    }
}
