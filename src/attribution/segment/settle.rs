//! Which candidate owns the quotation, once each is weighed.

use super::evidence::View;
use super::{Candidate, Decision, NEAR, Origin};
use crate::attribution::cue::Voice;
use crate::attribution::scene::{NONE, Scene};
use crate::lexicon::{Act, Gender, Strength, Traits, list};
use crate::mention::{Mention, MentionKind};
use crate::token::class::Class;

/// What opens a sentence before its subject has at most so many words.
const OPENING: usize = 20;
/// Who agrees does so in so many words, with the stop: *agreed wholeheartedly.*
const CONSENT: usize = 3;
/// How likely at least the subject of one verb is that of another, too: not in *Rell said the board feared a “rout”*.
const SHARED: f32 = 0.2;

/// Adds up the candidates of one source and takes the likeliest of the likeliest source.
pub(super) fn settle(
    scene: &Scene<'_>,
    view: &View<'_>,
    candidates: &[Candidate],
    scores: &[f32],
    turn: Option<u32>,
) -> Decision {
    let total = |c: &Candidate| -> f32 {
        candidates
            .iter()
            .zip(scores)
            .filter(|(d, _)| d.mention == c.mention && (c.mention != NONE || d.origin == c.origin))
            .map(|(_, p)| p)
            .sum()
    };
    let mut chosen = candidates[0];
    let mut likeliest = (f32::MIN, f32::MIN);
    for (candidate, &score) in candidates.iter().zip(scores) {
        let key = (total(candidate), score);
        if key > likeliest {
            likeliest = key;
            chosen = *candidate;
        }
    }
    let mut most = likeliest.0;
    if let Some(turn) = turn {
        if let Some(c) = candidates.iter().find(|c| c.origin == Origin::Earlier && c.carried == turn) {
            chosen = *c;
            most = total(c).max(0.5);
        }
    } else if let Some(c) = candidates.iter().find(|c| {
        c.mention == chosen.mention && c.mention != NONE && c.source > SHARED && leads_in(scene, view, c)
    }) {
        chosen = *c;
    } else if let Some(c) = second_verb(scene, view, candidates, chosen) {
        chosen = *c;
    }
    if chosen.origin != Origin::Cue
        && let Some(subject) =
            gesture(scene, view).or_else(|| spoken_to(scene, view)).or_else(|| minded(scene, view))
    {
        let known = candidates.iter().find(|c| c.origin == Origin::PreviousMention && c.mention == subject);
        chosen = known.copied().unwrap_or(Candidate::lone(Origin::PreviousMention, subject));
        most = known.map_or(0.0, total).max(0.5);
    }
    // Whoever spoke just before and is named between goes on speaking.
    if matches!(chosen.origin, Origin::PreviousCue | Origin::PreviousMention) {
        let goes_on = |c: &&Candidate| c.origin == Origin::Same && c.mention == chosen.mention;
        chosen = candidates.iter().find(goes_on).copied().unwrap_or(chosen);
    }
    Decision { chosen, probability: most.min(1.0), trust: 1.0 }
}

/// The second of two verbs of one subject, where the quotation stands behind it: *said the bill was “dead” and accused
/// Ms Orr of “betrayal”* are two reports.
fn second_verb<'a>(
    scene: &Scene<'_>,
    view: &View<'_>,
    candidates: &'a [Candidate],
    best: Candidate,
) -> Option<&'a Candidate> {
    if best.mention == NONE || !matches!(best.origin, Origin::Cue | Origin::Same) {
        return None;
    }
    let start = view.quotation.tokens.start;
    let (first, sentence) = (scene.cues.get(best.cue as usize)?, scene.sentence_of(start));
    if first.voice == Voice::Noun && best.origin == Origin::Same {
        // Rejected his claim that it was “safe”, saying it was a “trap”: what the noun reports is over.
        let beyond = |c: &Candidate| {
            let cue = scene.cues.get(c.cue as usize).filter(|_| c.origin == Origin::Cue && c.source > SHARED);
            cue.is_some_and(|cue| {
                let between = first.head < cue.head && cue.head < start && cue.sentence == first.sentence;
                between && cue.voice == Voice::Ing && cue.sense.strength == Some(Strength::Core)
            })
        };
        return candidates.iter().find(|c| beyond(c));
    }
    let verb = |c: &usize| {
        let cue = &scene.cues[*c];
        cue.head < start && matches!(cue.voice, Voice::Finite | Voice::Ing) && !cue.idle && !cue.quoted
    };
    let last = scene.cues_in(sentence).rev().take(NEAR).find(verb)?;
    let cue = &scene.cues[last];
    if first.sentence != cue.sentence || !cue.speaks() {
        return None;
    }
    cue.joins(first, scene.classes)?;
    let second = |c: &Candidate| {
        c.origin == Origin::Cue && c.cue == last as u32 && c.mention == best.mention && c.source > SHARED
    };
    candidates.iter().find(|c| second(c))
}

/// The sentence right before the one that the quotation opens, in its paragraph.
fn just_before(scene: &Scene<'_>, view: &View<'_>) -> Option<usize> {
    let start = view.quotation.tokens.start;
    let here = scene.sentence_of(start);
    let before = here.checked_sub(1)?;
    let (last, next) = (&scene.sentences[before], &scene.sentences[here]);
    (next.tokens.start == start && last.paragraph == next.paragraph && last.tokens.len() >= 3)
        .then_some(before)
}

/// One who may speak where no verb says so.
fn somebody(scene: &Scene<'_>, mention: &Mention) -> bool {
    match mention.kind {
        MentionKind::Name => true,
        MentionKind::Pronoun => matches!(mention.gender, Gender::Male | Gender::Female),
        _ => !mention.plural && scene.entry(mention.head as usize).is(list::ROLES),
    }
}

/// Whoever laughs, shrugs or turns in the sentence before, where nothing else stands between that and the words: *The
/// challenger laughed. “Tommy who?”*
fn gesture(scene: &Scene<'_>, view: &View<'_>) -> Option<u32> {
    let before = just_before(scene, view)?;
    let verb = scene.sentences[before].tokens.end - 2;
    if !scene.entry(verb as usize).is(list::GESTURES) || !scene.classes[verb as usize].finite() {
        return None;
    }
    let subject = |&m: &usize| {
        let mention = &scene.mentions[m];
        mention.full.end == verb && !mention.quoted && somebody(scene, mention)
    };
    scene.mentions_in(before).rev().take(NEAR).find(subject).map(|m| m as u32)
}

/// Of whom the sentence before says no more than in what mind this person is, or that there is consent: *Rell was blunt.
/// “It is over.”*; *Rell agreed. “It is over.”*
fn minded(scene: &Scene<'_>, view: &View<'_>) -> Option<u32> {
    let before = just_before(scene, view)?;
    let sentence = scene.sentences[before].tokens;
    let whole =
        scene.sentences[scene.sentence_of(view.quotation.tokens.start)].tokens == view.quotation.tokens;
    if !whole || !scene.outer_in(before).is_empty() {
        return None;
    }
    // Her neighbour, and not her.
    let opening = scene.mentions_in(before).take_while(|&m| scene.mentions[m].base.start == sentence.start);
    let first = opening.max_by_key(|&m| scene.mentions[m].full.end)?;
    let subject = &scene.mentions[first];
    let words = &scene.classes[subject.full.end as usize..sentence.end as usize];
    let words = words.strip_prefix(&[Class::Comma]).unwrap_or(words);
    let state = match words {
        [Class::Auxiliary | Class::Past | Class::Third, rest @ ..] => {
            let beside =
                rest.iter().find(|c| !matches!(c, Class::Adverb | Class::Negation | Class::Quantifier));
            matches!(beside, Some(Class::Adjective))
        }
        _ => false,
    };
    let consents = || {
        let cues = &scene.cues[scene.cues_in(before)];
        let verb = cues.iter().find(|cue| cue.tokens.start == subject.full.end);
        words.len() <= CONSENT && verb.is_some_and(|cue| cue.sense.act == Act::Speech)
    };
    (somebody(scene, subject) && (state || consents())).then_some(first as u32)
}

/// Whoever speaks to somebody or is asked something as the sentence before begins: *Speaking to our reporter, the coach was
/// glum. “We were poor.”*
fn spoken_to(scene: &Scene<'_>, view: &View<'_>) -> Option<u32> {
    let before = just_before(scene, view)?;
    let sentence = scene.sentences[before].tokens;
    let first = sentence.start as usize;
    let speaks = match scene.classes[first] {
        Class::Ing => scene.lexicon.traits(scene.tokens[first].word).any(Traits::VERB),
        Class::Past => scene.entry(first).is(list::QUESTIONED),
        _ => false,
    };
    if !speaks || !scene.outer_in(before).is_empty() {
        return None;
    }
    let words = &scene.classes[first..(sentence.end as usize).min(first + OPENING)];
    let start = sentence.start + words.iter().position(|c| *c == Class::Comma)? as u32 + 1;
    let subject = |&m: &usize| scene.mentions[m].base.start == start && somebody(scene, &scene.mentions[m]);
    scene.mentions_in(before).take(NEAR).find(subject).map(|m| m as u32)
}

/// The cue stands right before the quotation, with a comma or colon at most: `adding: “…”`.
pub(super) fn leads_in(scene: &Scene<'_>, view: &View<'_>, candidate: &Candidate) -> bool {
    if candidate.origin != Origin::Cue {
        return false;
    }
    let cue = &scene.cues[candidate.cue as usize];
    if cue.sense.strength.is_none_or(|strength| strength < Strength::Common) {
        return false;
    }
    let (end, start) = (cue.tokens.end, view.quotation.tokens.start);
    end <= start
        && scene.classes[end as usize..start as usize]
            .iter()
            .all(|c| matches!(c, Class::Comma | Class::Colon))
}
