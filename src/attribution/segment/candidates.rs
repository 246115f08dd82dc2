//! Who may own a quotation: the cues and noun phrases around it, the speakers before it, and nobody.

use super::{Candidate, Origin, Sources, quotation_of};
use crate::attribution::cue::CueGroup;
use crate::attribution::scene::{NONE, Scene};
use crate::document::ParagraphKind;
use crate::evidence::weights::Weights;
use crate::lexicon::{Act, list};
use crate::mention::MentionKind;
use crate::quotation::Quotation;
use crate::token::class::Class;

/// All candidates for the outermost quotation `o`; `chosen` tells what was decided for those before it.
pub fn propose(
    scene: &Scene<'_>,
    weights: &Weights,
    sources: &mut Sources,
    chosen: &dyn Fn(usize) -> Candidate,
    o: usize,
    out: &mut Vec<Candidate>,
) {
    out.clear();
    within(scene, weights, sources, chosen, o, out);
    around(scene, weights, sources, o, out);
}

fn free(cue: &CueGroup) -> bool {
    !cue.quoted && !cue.idle
}

/// The cues of its own sentence, the owners of quotations before it, and nobody.
pub(super) fn within(
    scene: &Scene<'_>,
    weights: &Weights,
    sources: &mut Sources,
    chosen: &dyn Fn(usize) -> Candidate,
    o: usize,
    out: &mut Vec<Candidate>,
) {
    let sentence = scene.sentence_of(quotation_of(scene, o).tokens.start);
    for c in scene.cues_in(sentence).filter(|&c| free(&scene.cues[c])) {
        with_sources(scene, weights, sources, c as u32, Origin::Cue, 2, out);
    }
    // A head within the text takes its words from what stands below it.
    let heading = scene.heading(quotation_of(scene, o).tokens.start);
    if let Some(before) = o.checked_sub(1).filter(|_| !heading) {
        let last = chosen(before);
        if last.origin != Origin::Nobody {
            out.push(Candidate { origin: Origin::Same, carried: before as u32, ..last });
        }
        let other = (0..before)
            .rev()
            .take(6)
            .map(|i| (i, chosen(i)))
            .find(|(_, d)| d.origin != Origin::Nobody && d.mention != last.mention && d.mention != NONE);
        if let Some((i, candidate)) = other {
            out.push(Candidate { origin: Origin::Earlier, carried: i as u32, ..candidate });
        }
    }
    out.push(Candidate::lone(Origin::Nobody, NONE));
}

/// Noun phrases of its sentence, and cues and noun phrases of the sentences beside it.
pub(super) fn around(
    scene: &Scene<'_>,
    weights: &Weights,
    sources: &mut Sources,
    o: usize,
    out: &mut Vec<Candidate>,
) {
    let quotation = quotation_of(scene, o);
    let sentence = scene.sentence_of(quotation.tokens.start);
    let mut near: Vec<u32> = near_mentions(scene, sentence, quotation);
    for p in scene.cueless(quotation.tokens).iter().filter(|p| {
        p.mention != NONE && p.content.contains(quotation.tokens) && !thing(scene, p.mention as usize)
    }) {
        if !near.contains(&p.mention) {
            near.push(p.mention);
        }
    }
    out.extend(near.into_iter().map(|m| Candidate::lone(Origin::Near, m)));
    let before = neighbour(scene, sentence, true).filter(|_| !scene.heading(quotation.tokens.start));
    if let Some(previous) = before {
        for c in scene.cues_in(previous).rev().filter(|&c| free(&scene.cues[c])).take(3) {
            let last = out.len();
            with_sources(scene, weights, sources, c as u32, Origin::PreviousCue, 1, out);
            // It made her angrier: no report of words, and nobody speaks.
            let idle = scene.cues[c].sense.act != Act::Speech;
            let dumb = |c: &Candidate| idle && c.mention != NONE && thing(scene, c.mention as usize);
            let mut place = 0;
            out.retain(|c| {
                place += 1;
                place <= last || !dumb(c)
            });
        }
        let subjects = scene
            .mentions_in(previous)
            .filter(|&m| !scene.mentions[m].quoted && !thing(scene, m) && subject_like(scene, m));
        out.extend(subjects.take(2).map(|m| Candidate::lone(Origin::PreviousMention, m as u32)));
    }
    if let Some(next) = neighbour(scene, sentence, false) {
        for c in scene.cues_in(next).filter(|&c| free(&scene.cues[c])).take(1) {
            with_sources(scene, weights, sources, c as u32, Origin::NextCue, 1, out);
        }
    }
}

fn with_sources(
    scene: &Scene<'_>,
    weights: &Weights,
    sources: &mut Sources,
    cue: u32,
    origin: Origin,
    most: usize,
    out: &mut Vec<Candidate>,
) {
    for (i, s) in sources.of(scene, weights, cue).iter().take(most).enumerate() {
        if i == 0 || s.probability > 0.1 {
            out.push(Candidate { origin, cue, mention: s.mention, source: s.probability, carried: NONE });
        }
    }
}

/// The noun phrases around a quotation: three before, one behind, the first of the sentence.
fn near_mentions(scene: &Scene<'_>, sentence: usize, quotation: &Quotation) -> Vec<u32> {
    let all = scene.mentions_in(sentence);
    let free = |m: &usize| !scene.mentions[*m].quoted && !thing(scene, *m);
    let split =
        all.start + scene.mentions[all.clone()].partition_point(|m| m.base.start < quotation.tokens.start);
    let mut out: Vec<u32> = (all.start..split).rev().filter(free).take(3).map(|m| m as u32).collect();
    if let Some(first) = (all.start..split).find(free)
        && !out.contains(&(first as u32))
    {
        out.push(first as u32);
    }
    // “It was war”: Survivors tell of a blast – a headline goes on behind its colon, and names its source only there
    // where it ends.
    let end = scene.sentences[sentence].tokens.end;
    let colon = scene.heading(quotation.tokens.start)
        && scene.classes.get(quotation.tokens.end as usize) == Some(&Class::Colon);
    let closes = |m: &usize| !colon || scene.mentions[*m].full.end == end;
    out.extend((split..all.end).filter(free).take(1).filter(closes).map(|m| m as u32));
    out
}

/// *It*, which owns no words that no verb gives it; and a result: Rovers 2 Athletic 2.
fn thing(scene: &Scene<'_>, m: usize) -> bool {
    let mention = &scene.mentions[m];
    if mention.base.len() > 3 {
        let numbers = scene.classes[mention.base.range()].iter().filter(|c| **c == Class::Number);
        return numbers.count() > 1;
    }
    mention.kind == MentionKind::Pronoun && scene.entry(mention.head as usize).is(list::IT)
}

fn subject_like(scene: &Scene<'_>, m: usize) -> bool {
    let mention = &scene.mentions[m];
    let start = mention.base.start as usize;
    let sentence = scene.sentences[mention.sentence as usize].tokens.range();
    start == sentence.start || !matches!(scene.classes[start - 1], Class::Preposition | Class::To)
}

/// The sentence before or behind, if it is in this paragraph or the next one of running text.
fn neighbour(scene: &Scene<'_>, sentence: usize, before: bool) -> Option<usize> {
    let here = scene.sentences[sentence].paragraph;
    let other = if before { sentence.checked_sub(1)? } else { sentence + 1 };
    let there = scene.sentences.get(other)?.paragraph;
    let near = here.abs_diff(there) <= 1;
    let body = there == here || scene.paragraphs[there as usize].kind == ParagraphKind::Body;
    (near && body).then_some(other)
}
