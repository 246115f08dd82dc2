//! How far the choice of an owner can be trusted: its probability against what such choices turned out to be worth.
//!
//! A choice sees only its own candidates. That it carries on an earlier choice which may be wrong, that its cue is a
//! rare one, or that no pattern agrees is known to it, but not what it means for being right.

use super::relate;
use super::scene::{NONE, Scene};
use super::segment::{Candidate, Decision, Origin};
use crate::evidence::weights::{Weights, logistic};
use crate::evidence::{Name, Sink, count, flag};
use crate::{t, v};

/// How many links of a chain are looked at.
const CHAIN: usize = 6;

/// The probability that the owner chosen for the outermost quotation `o` is the right one.
///
/// `before` holds the choices for the quotations in front of it.
pub fn probability(
    scene: &Scene<'_>,
    weights: &Weights,
    before: &[Decision],
    o: usize,
    this: &Decision,
) -> f32 {
    logistic(weights.score(|f| features(scene, before, o, this, f)))
}

/// The evidence for the choice.
pub fn features(scene: &Scene<'_>, before: &[Decision], o: usize, this: &Decision, f: &mut impl Sink) {
    let Candidate { origin, cue, mention, source, carried } = this.chosen;
    let own = odds(this.probability);
    let from = Name::from(origin);
    let quotation = scene.quotations[scene.outer[o] as usize].tokens;
    let length = count(quotation.len());
    f.add(t!("trust.own"), [own]);
    f.add(t!("trust.own-origin"), [own, from]);
    f.add(t!("trust.own-length"), [own, length]);
    if matches!(origin, Origin::Same | Origin::Earlier) {
        f.add(t!("trust.carried"), [odds(weakest(before, carried)), from, own]);
    }
    if mention != NONE {
        let kind = scene.mention_type(&scene.mentions[mention as usize]);
        f.add(t!("trust.kind"), [kind, from]);
        f.add(t!("trust.kind-own"), [kind, own]);
    }
    if cue != NONE && origin == Origin::Cue {
        let group = &scene.cues[cue as usize];
        f.add(t!("trust.cue"), [group.strength(), group.voice.into(), own]);
        f.add(t!("trust.source"), [odds(source), own]);
        let behind = flag(group.head < quotation.start);
        let rule = relate::pattern_of(scene, cue, mention, quotation)
            .map_or(v!("none").into(), |p| scene.rules.value(p));
        f.add(t!("trust.rule"), [rule, behind.into()]);
    }
}

/// What a probability is worth, as the confidence of a record: weights are surer than they should be of texts that they
/// were not fitted on, and unsure where they need not be.
///
/// Slope and shift of the log-odds were fitted on the texts of each third of the publishers of the annotated news, read with
/// weights of the other two thirds (`onrecord-train folds`): once for what is quoted, once for what is reported only.
pub fn calibrated(probability: f32, reported: bool) -> f32 {
    let (slope, shift) = if reported { (0.66, 0.19) } else { (0.73, -0.47) };
    let p = probability.clamp(0.001, 0.999);
    logistic(slope * (p / (1.0 - p)).ln() + shift)
}

/// The least probable of the choices that a chain leans on, looked back at over a few.
fn weakest(before: &[Decision], mut carried: u32) -> f32 {
    let mut least = 1.0;
    for _ in 0..CHAIN {
        let Some(decision) = before.get(carried as usize) else { break };
        least = f32::min(least, decision.probability);
        carried = decision.chosen.carried;
    }
    least
}

/// A probability in steps of log-odds.
fn odds(p: f32) -> Name {
    match p {
        p if p < 0.4 => v!("<.4"),
        p if p < 0.5 => v!("<.5"),
        p if p < 0.6 => v!("<.6"),
        p if p < 0.7 => v!("<.7"),
        p if p < 0.8 => v!("<.8"),
        p if p < 0.88 => v!("<.88"),
        p if p < 0.94 => v!("<.94"),
        p if p < 0.97 => v!("<.97"),
        p if p < 0.99 => v!("<.99"),
        p if p < 0.997 => v!("<.997"),
        _ => v!("high"),
    }
}
