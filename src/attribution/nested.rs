//! Words inside somebody else's words: quotations within quotations, reports within reports.

use super::cue::{CueGroup, Voice};
use super::report;
use super::scene::{NONE, Scene};
use super::segment::Sources;
use crate::evidence::weights::Weights;
use crate::lexicon::{Act, Addressee, Strength};
use crate::span::TokenSpan;
use crate::token::Kind;
use crate::token::class::Class;
use crate::v;

/// An inner quotation with the cue beside it and the source of that cue.
#[derive(Clone, Copy, Debug)]
pub struct Inner {
    /// The cue, as an index.
    pub cue: u32,
    /// Its source, as an index into the mentions.
    pub mention: u32,
    /// What was said.
    pub content: TokenSpan,
    /// The inner quotation that is the content, as an index, or [`NONE`] for a report without marks.
    pub quotation: u32,
    /// The probability of the source.
    pub probability: f32,
}

/// Quotations inside quotations that have a cue right before or behind them.
pub fn quotations(scene: &Scene<'_>, weights: &Weights, sources: &mut Sources) -> Vec<Inner> {
    let mut out = Vec::new();
    for (i, quotation) in scene.quotations.iter().enumerate().filter(|(_, q)| q.parent.is_some()) {
        let sentence = scene.sentence_of(quotation.tokens.start);
        let beside = near(scene, sentence, quotation.tokens).find(|&c| {
            let cue = &scene.cues[c];
            cue.quoted && strong(cue) && touches(scene, cue, quotation.tokens)
        });
        let Some(cue) = beside else { continue };
        let Some(first) = sources.of(scene, weights, cue as u32).first().filter(|s| s.mention != NONE) else {
            continue;
        };
        out.push(Inner {
            cue: cue as u32,
            mention: first.mention,
            content: quotation.tokens,
            quotation: i as u32,
            probability: first.probability,
        });
    }
    out
}

/// So many cues on either side of a quotation may touch it.
const NEAR: usize = 8;

/// The cues of the sentence on either side of a quotation, those nearest to it.
fn near(scene: &Scene<'_>, sentence: usize, quotation: TokenSpan) -> impl Iterator<Item = usize> {
    let all = scene.cues_in(sentence);
    let before = |end: u32| all.start + scene.cues[all.clone()].partition_point(|c| c.head < end);
    let (first, last) = (before(quotation.start), before(quotation.end));
    (first.saturating_sub(NEAR).max(all.start)..first).chain(last..(last + NEAR).min(all.end))
}

/// Only comma, colon or the cue’s own source stands between cue and quotation.
fn touches(scene: &Scene<'_>, cue: &CueGroup, quotation: TokenSpan) -> bool {
    let between = if cue.tokens.end <= quotation.start {
        behind_addressee(scene, cue)..quotation.start
    } else if quotation.end <= cue.tokens.start {
        quotation.end..cue.tokens.start
    } else {
        return false;
    };
    if between.start > between.end {
        return false;
    }
    let classes = &scene.classes[between.start as usize..between.end as usize];
    let behind = cue.tokens.start >= quotation.end;
    if classes.len() > if behind { 4 } else { 1 } {
        return false;
    }
    // ‘Bring it in,’ and they do: another clause; ‘It is bad.’ We cried: another sentence.
    let last = quotation.end.checked_sub(2).map(|at| scene.tokens[at as usize].kind);
    let parts = |c: &Class| matches!(c, Class::Conjunction | Class::Stop);
    if behind && (classes.iter().any(parts) || last == Some(Kind::Stop)) {
        return false;
    }
    let marks = classes.iter().filter(|c| matches!(c, Class::Comma | Class::Colon)).count();
    marks <= 1 && classes.len() - marks <= if behind { 3 } else { 0 }
}

/// One past the cue and whom it speaks to: *told me*, *said to him*.
fn behind_addressee(scene: &Scene<'_>, cue: &CueGroup) -> u32 {
    let end = cue.tokens.end;
    let from = match cue.sense.addressee {
        Addressee::Object => end,
        Addressee::To if scene.classes.get(end as usize) == Some(&Class::To) => end + 1,
        _ => return end,
    };
    let all = scene.mentions_in(cue.sentence as usize);
    let at = all.start + scene.mentions[all.clone()].partition_point(|m| m.base.start < from);
    scene.mentions[at..all.end].first().filter(|m| m.base.start == from).map_or(end, |m| m.base.end)
}

fn strong(cue: &CueGroup) -> bool {
    cue.voice != Voice::Passive
        && cue.sense.strength.is_some_and(|s| s >= Strength::Common)
        && cue.sense.act == Act::Speech
}

/// The cue is one that reports a clause, whoever its source is.
pub fn may_report(scene: &Scene<'_>, cue: u32) -> bool {
    let group = &scene.cues[cue as usize];
    let frames = [v!("that"), v!("clause"), v!("object"), v!("object-clause")];
    let clause = frames.contains(&report::frame(scene, group));
    let core = group.sense.strength == Some(Strength::Core) && group.sense.act == Act::Speech;
    group.voice == Voice::Finite && clause && (core || report::tells(scene, group))
}

/// A cue that reports inside the content `outer`: `the engineer had told him the dam was safe`.
pub fn reports(scene: &Scene<'_>, outer: TokenSpan, cue: u32, mention: u32) -> bool {
    let group = &scene.cues[cue as usize];
    may_report(scene, cue)
        && mention != NONE
        && scene.classes[scene.mentions[mention as usize].base.start as usize] != Class::That
        && outer.contains(group.tokens)
        && outer.contains(scene.mentions[mention as usize].base)
        && scene.proposals.of_cue(cue).iter().any(|p| p.mention == mention)
}
