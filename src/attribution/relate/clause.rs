//! The content of an attribution: its quotations, and the clauses that its cue reports.

use super::{Draft, Pieces, proposal};
use crate::attribution::cue::Voice;
use crate::attribution::details::person_like;
use crate::attribution::extent::{self, Owned, Side};
use crate::attribution::propose::Proposal;
use crate::attribution::scene::{NONE, Scene};
use crate::evidence::weights::Weights;
use crate::lexicon::{Addressee, list};
use crate::mention::Mention;
use crate::span::TokenSpan;
use crate::token::Kind as TokenKind;
use crate::token::class::Class;

/// The content of a draft: its quotations and, where a cue reports them in a clause, the clause.
pub(super) fn lay_out(scene: &Scene<'_>, weights: &Weights, draft: &mut Draft<'_>) {
    let quotes: Pieces =
        draft.owned.iter().map(|&o| scene.quotations[scene.outer[o as usize] as usize].tokens).collect();
    let mut pieces = quotes.clone();
    if draft.cue != NONE && !draft.term {
        let cue = &scene.cues[draft.cue as usize];
        let sentence = scene.sentences[cue.sentence as usize].tokens;
        let here: Pieces = quotes.iter().copied().filter(|q| sentence.contains(*q)).collect();
        if let Some(pieces_of_pattern) = surely(scene, weights, draft.cue, draft.mention, &here) {
            pieces.extend(pieces_of_pattern);
        } else if !here.is_empty() && !interrupted(scene, draft.cue, draft.mention, &here) {
            let owned = Owned {
                before: here.iter().any(|q| q.start < cue.head),
                after: here.iter().any(|q| q.start > cue.head),
            };
            pieces.extend(clauses(scene, weights, draft.cue, draft.mention, owned).0);
        }
    }
    draft.pieces = merge(pieces);
}

/// A pattern sees the tag, and perhaps a gesture, in the middle of a quotation: nothing around it is said.
fn interrupted(scene: &Scene<'_>, cue: u32, mention: u32, owned: &[TokenSpan]) -> bool {
    let whole = |p: &Proposal| p.quoted && p.pieces.iter().all(|piece| owned.contains(piece));
    proposal(scene, cue, mention, owned).is_some_and(whole)
}

/// What a pattern that needs no weighing says is the content of this cue and source.
fn surely(
    scene: &Scene<'_>,
    weights: &Weights,
    cue: u32,
    mention: u32,
    owned: &[TokenSpan],
) -> Option<impl Iterator<Item = TokenSpan>> {
    let proposal = proposal(scene, cue, mention, owned).filter(|p| scene.rules.sure(p.pattern))?;
    let weighed = (!proposal.quoted).then(|| {
        let side = Owned {
            before: proposal.pieces.iter().any(|p| !p.is_empty() && p.start < scene.cues[cue as usize].head),
            after: proposal.pieces.iter().any(|p| p.start > scene.cues[cue as usize].head),
        };
        clauses(scene, weights, cue, mention, side).0
    });
    let heard = proposal.mention == NONE && proposal.addressee.is_some();
    let within = move |piece: TokenSpan| {
        let inner = weighed.iter().flatten().find(|w| w.overlaps(piece));
        // Half of all “free” parking: a clause does not begin where its marks do.
        let begins = |w: &TokenSpan| {
            w.start <= piece.start
                || extent::may_begin(scene, w.start)
                || scene.classes[w.start as usize] == Class::That
        };
        let start = |w: &TokenSpan| if begins(w) { w.start.max(piece.start) } else { piece.start };
        let cut = inner.map_or(piece, |w| TokenSpan { start: start(w), end: w.end.min(piece.end) });
        // What is heard or told without *that* does not end before its verb: heard Evans, 43, hid it.
        let verb = || scene.tally.finite(cut) == 0 && scene.tally.finite(piece) > 0;
        let cut = if heard && verb() { piece } else { cut };
        trim(scene, cut.start, cut.end)
    };
    Some(proposal.pieces.into_iter().filter(|p| !p.is_empty()).filter_map(within))
}

/// The reported clauses of a cue in its own sentence, and how sure their extent is.
pub(super) fn clauses(
    scene: &Scene<'_>,
    weights: &Weights,
    number: u32,
    mention: u32,
    owned: Owned,
) -> (Pieces, f32) {
    let view = extent::View::new(scene, number, mention, owned);
    let frame = view.frame;
    if let Some(pieces) = around(scene, weights, &view) {
        return (pieces, 1.0);
    }
    let (side, mut sure) = match (owned.before, owned.after) {
        (true, true) => (Side::Both, 1.0),
        (before, after) => match extent::side(weights, &view) {
            (_, sure) if !before && extent::led_in(scene, &view) => (Side::After, sure),
            (Side::After, sure) if before || extent::tells_before(scene, &view) => (Side::Before, sure),
            (_, sure) if !after && extent::closes(scene, view.cue) => (Side::Before, sure),
            (Side::Before, sure) if after => (Side::After, sure),
            (Side::Both, sure)
                if after
                    && !before
                    && (extent::introduces(scene, &view) || extent::embedded(scene, &view)) =>
            {
                (Side::After, sure)
            }
            weighed => weighed,
        },
    };
    let mut out = Pieces::new();
    if side != Side::After && frame.before > frame.sentence.start {
        let (left, p) = extent::left(scene, weights, &view);
        sure *= p.max(0.05);
        out.extend(trim(scene, left, frame.before));
    }
    if side != Side::Before
        && let Some(start) = extent::start(scene, weights, &view)
        && !answers(scene, &view, start)
    {
        let (end, p) = extent::end(scene, weights, &view, start);
        sure *= p.max(0.05);
        out.extend(trim(scene, start, end));
    }
    (out, sure)
}

/// Who is asked something at the beginning of a sentence answers behind the comma: *Questioned by Ms Li, he agreed.*
fn answers(scene: &Scene<'_>, view: &extent::View<'_>, start: u32) -> bool {
    let cue = view.cue;
    cue.voice == Voice::Passive
        && cue.tokens.start == view.frame.sentence.start
        && scene.classes[start as usize - 1] == Class::Comma
        && scene.entry(cue.head as usize).is(list::QUESTIONED)
}

/// The piece as far as this token, if that is a clause or holds one, or a quotation.
pub(super) fn up_to(scene: &Scene<'_>, piece: TokenSpan, end: u32) -> Option<TokenSpan> {
    let cut = trim(scene, piece.start, end.min(piece.end))?;
    let opens = scene.classes[cut.start as usize];
    let whole = scene.tally.finite(cut) > 0 || matches!(opens, Class::To | Class::Mark);
    whole.then_some(cut)
}

/// A clause that a tag parts in two, where the words around the tag leave no doubt: its beginning stands before.
fn around(scene: &Scene<'_>, weights: &Weights, view: &extent::View<'_>) -> Option<Pieces> {
    if view.owned.before {
        return None;
    }
    let frame = view.frame;
    let (left, start) = match extent::opened(scene, view) {
        Some(start) => (frame.sentence.start, start),
        None => {
            let pronoun = extent::inset(scene, view)?;
            // A deadline that officials say was missed: what the clause is about may have been weighed as part of it.
            let (weighed, _) = extent::left(scene, weights, view);
            let about = TokenSpan { start: weighed.min(pronoun), end: pronoun };
            (if scene.tally.finite(about) == 0 { about.start } else { pronoun }, frame.after)
        }
    };
    let (end, _) = extent::end(scene, weights, view, start);
    let pieces = [trim(scene, left, frame.before), trim(scene, start, end)];
    Some(pieces.into_iter().flatten().collect())
}

/// Without commas at either end and stops at the end.
fn trim(scene: &Scene<'_>, mut start: u32, mut end: u32) -> Option<TokenSpan> {
    while start < end
        && matches!(
            scene.classes[start as usize],
            Class::Comma | Class::Stop | Class::Colon | Class::Dash | Class::Semicolon
        )
    {
        start += 1;
    }
    while start < end
        && (matches!(
            scene.classes[end as usize - 1],
            Class::Comma | Class::Colon | Class::Semicolon | Class::Dash
        ) || scene.tokens[end as usize - 1].kind == TokenKind::Stop)
    {
        end -= 1;
    }
    (start < end).then_some(TokenSpan { start, end })
}

/// Pieces in order, overlapping ones joined.
pub(super) fn merge(mut pieces: Pieces) -> Pieces {
    pieces.sort();
    let mut out = Pieces::new();
    for piece in pieces {
        match out.last_mut() {
            Some(last) if piece.start <= last.end => last.end = last.end.max(piece.end),
            _ => out.push(piece),
        }
    }
    out
}

/// What a cue without quotations would report, and how sure its extent is.
pub fn content(scene: &Scene<'_>, weights: &Weights, cue: u32, mention: u32) -> (Pieces, f32) {
    let (pieces, sure) = match surely(scene, weights, cue, mention, &[]) {
        Some(pieces) => (pieces.collect(), 1.0),
        None => clauses(scene, weights, cue, mention, Owned::default()),
    };
    (merge(pieces).into_iter().filter(|&piece| !hears(scene, cue, piece)).collect(), sure)
}

/// The piece is nothing that is said, but who hears it: *complained to the bank*.
fn hears(scene: &Scene<'_>, cue: u32, piece: TokenSpan) -> bool {
    let cue = &scene.cues[cue as usize];
    let words = &scene.classes[piece.range()];
    let verb = |c: &Class| matches!(c, Class::Base | Class::That | Class::Mark | Class::Interrogative);
    let rest = |m: &Mention| &scene.classes[m.full.end.min(piece.end) as usize..piece.end as usize];
    let people = || {
        let heard = scene.mention_at(cue.sentence, piece.start + 1);
        heard.is_some_and(|m| person_like(scene, m) && rest(m).iter().all(|c| *c == Class::Time))
    };
    cue.sense.addressee == Addressee::To
        && piece.start == cue.tokens.end
        && words[0] == Class::To
        && scene.tally.finite(piece) == 0
        && !words.iter().any(verb)
        && people()
}
