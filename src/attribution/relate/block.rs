//! Words without marks in paragraphs of their own, behind a sentence that announces them: *In a statement, she said:*

use super::{Draft, Pieces, rule_of};
use crate::attribution::cue::Voice;
use crate::attribution::scene::{NONE, Scene};
use crate::attribution::segment::{SURE, Sources};
use crate::document::ParagraphKind;
use crate::evidence::weights::Weights;
use crate::lexicon::list;
use crate::span::TokenSpan;
use crate::token::class::Class;

/// So many words at most stand between the verb and the colon.
const GAP: u32 = 10;
/// So many paragraphs at most are copied.
const PARAGRAPHS: usize = 8;
/// A source is believed from this probability on.
const BELIEVED: f32 = 0.5;

/// A statement speaks of itself as *I* or *we*, and the sentence before it does not: other paragraphs are the reporter’s.
pub(super) fn blocks<'a>(scene: &Scene<'a>, weights: &Weights, sources: &mut Sources) -> Vec<Draft<'a>> {
    let mut out = Vec::new();
    for (s, pair) in scene.sentences.windows(2).enumerate() {
        let (here, next) = (&pair[0], &pair[1]);
        let announces = here.paragraph != next.paragraph
            && !here.tokens.is_empty()
            && scene.classes[here.tokens.end as usize - 1] == Class::Colon;
        if !announces || !body(scene, here.paragraph) || personal(scene, here.tokens) {
            continue;
        }
        let near = |c: &usize| {
            let cue = &scene.cues[*c];
            cue.voice == Voice::Finite
                && !cue.quoted
                && !cue.idle
                && cue.speaks()
                && here.tokens.end - cue.tokens.end <= GAP
        };
        let Some(cue) = scene.cues_in(s).rev().find(near) else { continue };
        let source = sources.of(scene, weights, cue as u32).first().copied();
        let Some(source) = source.filter(|c| c.mention != NONE && c.probability > BELIEVED) else { continue };
        let pieces = copied(scene, s + 1);
        if !pieces.is_empty() {
            let rule = rule_of(scene, cue as u32, source.mention, &[]).unwrap_or("continued/block");
            let mut draft = Draft::new(cue as u32, source.mention, rule, SURE);
            draft.pieces = pieces;
            draft.label = true;
            out.push(draft);
        }
    }
    out
}

/// The paragraphs from this sentence on that are part of the statement, a piece each.
fn copied(scene: &Scene<'_>, mut sentence: usize) -> Pieces {
    let mut out = Pieces::new();
    while let Some(first) = scene.sentences.get(sentence) {
        let length = scene.sentences[sentence..].partition_point(|s| s.paragraph == first.paragraph);
        let end = scene.sentences[sentence + length - 1].tokens.end;
        let all = TokenSpan { start: first.tokens.start, end };
        let opens = scene.classes[all.start as usize];
        let marked = matches!(opens, Class::Mark | Class::Dash | Class::Other | Class::Open);
        if marked || !body(scene, first.paragraph) || !personal(scene, all) || out.len() == PARAGRAPHS {
            break;
        }
        out.push(all);
        sentence += length;
    }
    out
}

fn body(scene: &Scene<'_>, paragraph: u32) -> bool {
    scene.paragraphs[paragraph as usize].kind == ParagraphKind::Body
}

/// Outside quotations somebody speaks of himself.
fn personal(scene: &Scene<'_>, tokens: TokenSpan) -> bool {
    let first = scene.outer.partition_point(|&q| scene.quotations[q as usize].tokens.end <= tokens.start);
    let mut inside = scene.outer[first..].iter().map(|&q| scene.quotations[q as usize].tokens).peekable();
    tokens.range().any(|i| {
        while inside.next_if(|q| q.end as usize <= i).is_some() {}
        scene.entry(i).is(list::FIRST_PERSON) && !inside.peek().is_some_and(|q| q.range().contains(&i))
    })
}
