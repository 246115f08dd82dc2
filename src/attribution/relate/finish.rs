//! Drafts into attributions: kind, cue, source and what else is said of each, in the order of the text.

use super::{Draft, Numbers, Pieces, Taken, proposal};
use crate::attribution::details;
use crate::attribution::scene::{NONE, Scene};
use crate::attribution::segment::{Decision, Origin};
use crate::attribution::{Attribution, Cue, Kind, Source, tail, trust};
use crate::lexicon::Act;
use crate::span::{Span, TokenSpan};
use crate::token::Kind as TokenKind;
use crate::token::class::Class;

/// Puts the drafts in the order of the text, makes an attribution of each, and tells each inner one its parent.
pub(in crate::attribution) fn finish_all(
    scene: &Scene<'_>,
    drafts: &mut [Draft<'_>],
    decisions: &[Decision],
) -> Vec<Attribution> {
    drafts.sort_by_key(|d| {
        (d.pieces.first().map(|p| p.start), std::cmp::Reverse(d.pieces.last().map(|p| p.end)))
    });
    let mut out: Vec<Attribution> = drafts.iter().map(|draft| finish(scene, draft, decisions)).collect();
    details::share_addressees(scene, &mut out);
    describe(scene, drafts, &mut out);
    let mut outer: Option<u32> = None;
    for i in 0..drafts.len() {
        if drafts[i].inner {
            let holds = |o: &u32| {
                drafts[*o as usize].pieces.iter().any(|p| drafts[i].pieces.iter().all(|q| p.contains(*q)))
            };
            out[i].parent = outer.filter(holds);
            out[i].secondhand = true;
        } else if !drafts[i].term {
            outer = Some(i as u32);
        }
    }
    out
}

/// Adds to each source what describes it, where that belongs to no attribution.
fn describe(scene: &Scene<'_>, drafts: &[Draft<'_>], out: &mut [Attribution]) {
    let mut taken = Taken::new(scene);
    for draft in drafts.iter().filter(|d| !d.term) {
        taken.add(scene, draft.cue, draft.mention, &draft.pieces);
    }
    for (draft, attribution) in drafts.iter().zip(out).filter(|(d, _)| d.cue != NONE) {
        let Some(source) = &mut attribution.source else { continue };
        let cue = &scene.cues[draft.cue as usize];
        let setting = attribution.setting.as_ref().map(|setting| setting.tokens);
        let others = [attribution.addressee, setting, attribution.via];
        let free =
            |tail: TokenSpan| taken.free(tail) && !others.iter().flatten().any(|other| other.overlaps(tail));
        source.tokens = tail::with(scene, source.tokens, cue, named_in_full(scene, draft.mention), free);
    }
}

/// So many mentions behind the first the last of those who are one subject may stand.
const NEAR: usize = 64;

/// The last of those who are one subject with the first, by which all are meant: *said Ned Halloway and Tomas Bray*; *Ned
/// Halloway, a baker, and Tomas Bray, 44, said*.
fn with_last(scene: &Scene<'_>, cue: u32, mention: u32) -> u32 {
    let first = &scene.mentions[mention as usize];
    if cue == NONE {
        return mention;
    }
    let verb = scene.cues[cue as usize].tokens;
    let behind = (mention + 1..).zip(&scene.mentions[mention as usize + 1..]).take(NEAR);
    let mut joined = behind
        .take_while(|(_, other)| other.sentence == first.sentence)
        .filter(|(_, other)| other.full.start == first.full.start && other.base.start > first.full.end);
    let last = if verb.end <= first.full.start {
        // “No,” said Rell and the crowd cheered.
        let verb = |end: u32| scene.classes.get(end as usize).is_some_and(|class| class.finite());
        joined.find(|(_, other)| other.base.start == first.full.end + 1 && !verb(other.full.end))
    } else {
        let aside =
            |class: &Class| matches!(class, Class::Comma | Class::Adverb | Class::Time | Class::Preposition);
        let next = |end: u32| {
            end <= verb.start && scene.classes[end as usize..verb.start as usize].iter().all(aside)
        };
        joined.find(|(_, other)| next(other.full.end))
    };
    last.map_or(mention, |(last, _)| last)
}

/// The mention has a name of several words, or one behind a title: a bare surname was introduced before.
fn named_in_full(scene: &Scene<'_>, mention: u32) -> bool {
    mention != NONE && {
        let mention = &scene.mentions[mention as usize];
        !mention.name.is_empty() && mention.base.len() > 1
    }
}

/// The outermost quotations inside these pieces, as indices into them, in order.
fn inside(scene: &Scene<'_>, pieces: &[TokenSpan]) -> Numbers {
    let tokens = |o: u32| scene.quotations[scene.outer[o as usize] as usize].tokens;
    let mut out = Numbers::new();
    for piece in pieces {
        let from = scene.outer.partition_point(|&q| scene.quotations[q as usize].tokens.start < piece.start);
        let behind = from as u32..scene.outer.len() as u32;
        out.extend(
            behind.take_while(|&o| tokens(o).start < piece.end).filter(|&o| piece.contains(tokens(o))),
        );
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn finish(scene: &Scene<'_>, draft: &Draft<'_>, decisions: &[Decision]) -> Attribution {
    let content = draft.pieces.iter().map(|p| bytes(scene, *p)).collect();
    let inside = inside(scene, &draft.pieces);
    let spoken: Numbers = inside
        .into_iter()
        .filter(|&o| draft.owned.contains(&o) || decisions[o as usize].chosen.origin != Origin::Nobody)
        .collect();
    let heading = || draft.pieces.first().is_some_and(|p| scene.heading(p.start));
    let kind = if draft.term {
        Kind::Term
    } else if draft.label && !heading()
        || draft.pieces.first().is_some_and(|p| cited(scene, *p))
        || draft.inner && scene.classes[draft.pieces[0].start as usize] == Class::Mark
    {
        Kind::Direct
    } else {
        kind(scene, &draft.pieces, &spoken)
    };
    let cue = (draft.cue != NONE && !draft.term).then(|| cue(scene, draft.cue));
    let group = (draft.cue != NONE).then(|| &scene.cues[draft.cue as usize]);
    let source = if draft.term {
        None
    } else if draft.mention != NONE {
        let mention = with_last(scene, draft.cue, draft.mention);
        Some(Source { mention: Some(mention), tokens: scene.mentions[mention as usize].full })
    } else {
        (!draft.words.is_empty()).then_some(Source { mention: None, tokens: draft.words })
    };
    let owned: Pieces =
        draft.owned.iter().map(|&o| scene.quotations[scene.outer[o as usize] as usize].tokens).collect();
    let pattern = group.and_then(|_| proposal(scene, draft.cue, draft.mention, &owned));
    // A construction that can have no other sense makes saying of any verb: the court heard that.
    let sure = pattern.is_some_and(|p| scene.rules.sure(p.pattern));
    let mut out = Attribution {
        content,
        quotations: spoken.iter().map(|&o| scene.outer[o as usize]).collect(),
        act: group.filter(|_| !sure).map_or(Act::Speech, |g| g.sense.act),
        cue,
        source,
        addressee: None,
        setting: None,
        via: None,
        kind,
        hedged: false,
        secondhand: false,
        negated: false,
        parent: None,
        rule: draft.rule.into(),
        confidence: trust::calibrated(draft.confidence, draft.owned.is_empty() && !draft.label),
        unattributed: draft.unattributed,
    };
    if let Some(group) = group.filter(|_| !draft.term) {
        details::add(scene, group, &draft.pieces, pattern, &mut out);
    }
    out
}

/// A line copied from a message: its sign stands before it at the head of the paragraph.
fn cited(scene: &Scene<'_>, piece: TokenSpan) -> bool {
    let Some(sign) = piece.start.checked_sub(1) else { return false };
    let token = &scene.tokens[sign as usize];
    let first = || {
        let sentence = &scene.sentences[scene.sentence_of(sign)];
        scene.paragraphs[sentence.paragraph as usize].span.start
    };
    token.kind == TokenKind::Symbol && token.span.start == first()
}

fn bytes(scene: &Scene<'_>, piece: TokenSpan) -> Span {
    scene.tokens[piece.start as usize].span.join(scene.tokens[piece.end as usize - 1].span)
}

/// How much of the pieces stands in the quotations that are spoken, which lie in them in order.
fn kind(scene: &Scene<'_>, pieces: &[TokenSpan], spoken: &[u32]) -> Kind {
    if spoken.is_empty() {
        return Kind::Indirect;
    }
    let word = |i: u32| {
        let kind = scene.tokens[i as usize].kind;
        matches!(kind, TokenKind::Word | TokenKind::Number | TokenKind::Handle)
    };
    let tokens = |&o: &u32| scene.quotations[scene.outer[o as usize] as usize].tokens;
    let mixed = pieces.iter().any(|piece| {
        let mut from = piece.start;
        let mut inside = spoken.iter().map(tokens).filter(|q| piece.contains(*q));
        let before = inside.any(|q| (std::mem::replace(&mut from, q.end)..q.start).any(word));
        before || (from..piece.end).any(word)
    });
    if mixed { Kind::Mixed } else { Kind::Direct }
}

fn cue(scene: &Scene<'_>, number: u32) -> Cue {
    let group = &scene.cues[number as usize];
    let (lemma, stance) = match (group.verb(scene.lexicon), group.noun(scene.lexicon)) {
        (Some(v), _) => (v.lemma.clone(), v.stance.clone()),
        (_, Some(n)) => (n.lemma.clone(), n.stance.clone()),
        _ => (scene.words(group.tokens).to_lowercase().into(), "neutral".into()),
    };
    Cue { tokens: group.tokens, head: group.head, lemma, stance }
}
