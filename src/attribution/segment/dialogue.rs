//! Who goes on speaking: turns of a dialogue, and quotations before which nobody is named.

use super::{Decision, NEAR, quotation_of};
use crate::attribution::scene::{NONE, Scene};
use crate::mention::MentionKind;
use crate::span::TokenSpan;
use crate::token::Kind;

/// So many paragraphs above at most name the speaker of a list.
const FEW: u32 = 2;
/// Bytes that a tag may have beside a line of dialogue.
const TAG: usize = 60;

/// Who speaks where a pattern names nobody: the speaker just before, or else who is named in the paragraph above.
pub(super) fn speaking(scene: &Scene<'_>, decisions: &[Decision], o: usize) -> u32 {
    let quotation = quotation_of(scene, o);
    let sentence = scene.sentences[scene.sentence_of(quotation.tokens.start)].tokens;
    // What tells something before the quotation is no topic.
    if scene.tally.finite(TokenSpan { start: sentence.start, end: quotation.tokens.start }) > 0 {
        return NONE;
    }
    let paragraph = quotation.paragraph;
    let near = |before: &usize| paragraph - quotation_of(scene, *before).paragraph <= FEW;
    let last = o.checked_sub(1).filter(near).map_or(NONE, |before| decisions[before].chosen.mention);
    if last != NONE {
        return last;
    }
    let named = |above: u32| {
        let first = scene.sentences.partition_point(|s| s.paragraph < above);
        let there = scene.sentences.get(first).filter(|s| s.paragraph == above)?;
        let mentions = scene.mentions_in(scene.sentence_of(there.tokens.start));
        let person = |m: &usize| {
            let mention = &scene.mentions[*m];
            !mention.quoted && matches!(mention.kind, MentionKind::Name | MentionKind::Pronoun)
        };
        mentions.take(NEAR).find(person)
    };
    (paragraph.saturating_sub(FEW)..paragraph).rev().find_map(named).map_or(NONE, |m| m as u32)
}

/// In a dialogue of two, the speaker whose turn it is: each paragraph is one quotation with its tag at most, but the one
/// before a question.
pub(super) fn turn(scene: &Scene<'_>, decisions: &[Decision], o: usize) -> Option<u32> {
    let quotation = |o: usize| &scene.quotations[scene.outer[o] as usize];
    let (last, before) = (o.checked_sub(1)?, o.checked_sub(2)?);
    let lone = |o: usize, tag: usize| {
        let paragraph = &scene.paragraphs[quotation(o).paragraph as usize];
        paragraph.span.start == quotation(o).span.start
            && paragraph.span.len() <= quotation(o).span.len() + tag
    };
    let asks = |o: usize| {
        let cue = scene.cues.get(decisions[o].chosen.cue as usize);
        scene.tokens[quotation(o).tokens.end as usize - 2].kind == Kind::Question
            && cue.is_some_and(|cue| cue.stance(scene.lexicon) == Some("ask"))
    };
    let steps = quotation(o).paragraph - quotation(last).paragraph == 1
        && quotation(last).paragraph - quotation(before).paragraph == 1;
    if !steps
        || !lone(o, 0)
        || !lone(last, TAG)
        || !(lone(before, TAG) || asks(last))
        || quotation(o).continues.is_some()
        || !quotation(last).closed
    {
        return None;
    }
    let (a, b) = (decisions[before].chosen.mention, decisions[last].chosen.mention);
    (a != NONE && b != NONE && a != b).then_some(before as u32)
}
