//! What stands around a cue: to whom, where, through whom, and whether the speaking itself is in doubt.

use super::cue::{CueGroup, Voice};
use super::propose::Proposal;
use super::scene::{NONE, Scene};
use super::setting::setting;
use super::{Attribution, Setting};
use crate::lexicon::{Addressee, bits, list};
use crate::mention::{Mention, MentionKind};
use crate::span::TokenSpan;
use crate::token::class::Class;

/// How many attributions on either side of a participle may hold the verb that it goes with.
const NEAR: usize = 6;

/// The longest phrase before an infinitive that takes back what it says.
const PHRASE: usize = 4;

/// Fills in addressee, setting, via and the flags of one attribution.
///
/// What the deciding pattern captured goes before what is found here.
pub fn add(
    scene: &Scene<'_>,
    cue: &CueGroup,
    pieces: &[TokenSpan],
    decided: Option<&Proposal>,
    out: &mut Attribution,
) {
    // Laughter and applause are spoken to by nobody.
    let hears = |to: &TokenSpan| {
        let heard = scene.mention_at(cue.sentence, to.start).map_or(to.end - 1, |m| m.head);
        !scene.entry(heard as usize).is(list::REACTIONS)
    };
    let captured = decided
        .and_then(|p| p.addressee)
        .filter(hears)
        .filter(|to| !calls(scene, cue, to.end))
        .map(|to| base(scene, cue.sentence, to));
    // Called for cameras, asked about rumours: those are spoken of, and are asked nothing.
    let of = |to: &TokenSpan| {
        to.start == cue.tokens.end && scene.entry(cue.tokens.end as usize - 1).is(list::AIMS)
    };
    out.addressee = captured.or_else(|| addressee(scene, cue, out)).filter(|to| !of(to));
    let mut through = None;
    if let Some(place) = setting(scene, cue, pieces, out.source) {
        let (end, head) = (place.base.end, scene.entry(place.head as usize));
        let tokens = TokenSpan { start: place.base.start - 1, end };
        out.setting = Some(Box::new(Setting { tokens, kind: scene.lexicon.label(head).to_owned() }));
        let behind = || scene.mention_at(cue.sentence, end + 1);
        match scene.classes.get(end as usize) {
            // An interview with the weekly Horizont came through it.
            Some(Class::Preposition) => {
                through = behind().filter(|m| is_outlet(scene, m.base)).map(|m| m.base);
            }
            // A letter to shareholders names whom it speaks to.
            Some(Class::To) if out.addressee.is_none() => {
                out.addressee = behind().filter(|m| person_like(scene, m)).map(|m| m.base);
            }
            _ => {}
        }
    }
    let group = cue.tokens.range();
    // “Alleged” by itself is what somebody did; “is alleged” keeps its distance.
    let hedge = |i: usize| i != cue.head as usize || cue.voice == Voice::Passive && out.source.is_none();
    out.hedged = group.clone().any(|i| scene.entry(i).is(list::HEDGES) && hedge(i))
        || cue.voice == Voice::Passive
            && cue.sense.addressee != Addressee::Object
            && scene.classes.get(cue.tokens.end as usize) == Some(&Class::To)
            && out.source.is_none();
    out.hedged |= is_said_to_have(scene, cue) || out.source.is_none() && is_understood(scene, cue);
    out.negated = negated(scene, cue, out.source.and_then(|s| s.mention).unwrap_or(NONE));
    out.via = decided.and_then(|p| p.via).or(through);
    out.secondhand = out.via.is_some();
    if let Some(to) = out.addressee
        && is_outlet(scene, to)
    {
        out.via = Some(to);
        out.secondhand = true;
    }
}

/// A perfect infinitive behind a passive tells what people say of the subject: is said to have answered.
fn is_said_to_have(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let start = cue.tokens.start as usize;
    scene.entry(start).is(list::HAVING)
        && matches!(scene.classes[..start], [.., Class::Auxiliary, Class::Past | Class::Adjective, Class::To])
}

/// It is understood, it was claimed: nobody in particular says so.
fn is_understood(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let Some(it) = cue.tokens.start.checked_sub(1).map(|it| it as usize) else { return false };
    let hash = |i: usize| scene.tokens.get(it + i).map(|t| t.hash);
    let phrase = || scene.lexicon.phrase_of(scene.entry(it), list::HEDGES, hash);
    cue.voice == Voice::Passive
        && scene.entry(it).is(list::IT)
        && phrase().is_some_and(|(length, _)| it + length > cue.head as usize)
}

/// The cue is denied, or said of nobody in particular: `did not say`, `a cynic might say`.
pub fn negated(scene: &Scene<'_>, cue: &CueGroup, mention: u32) -> bool {
    let group = cue.tokens.range();
    let denied =
        group.clone().any(|i| scene.classes[i] == Class::Negation || scene.entry(i).is(list::NEGATIONS));
    let denied = denied || cue.voice == Voice::Infinitive && withheld(scene, cue);
    let modal = group.clone().any(|i| scene.entry(i).is(list::HYPOTHETICALS));
    let generic = mention != NONE && {
        let mention = &scene.mentions[mention as usize];
        scene.entry(mention.base.start as usize).is(list::INDEFINITES)
            || mention.kind == MentionKind::Quantified
    };
    denied || modal && generic
}

/// What stands before the infinitive says that nothing was said: unable to say, has yet to say, not prepared to say.
fn withheld(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let first = scene.sentences[cue.sentence as usize].tokens.start as usize;
    let Some(to) = (cue.tokens.start as usize).checked_sub(1).filter(|&to| to > first) else { return false };
    let hash = |from: usize| move |i: usize| (from + i < to).then(|| scene.tokens[from + i].hash);
    let ends = |from: usize| {
        let found = scene.lexicon.phrase_of(scene.entry(from), list::WITHHOLDING, hash(from));
        found.is_some_and(|(length, _)| from + length == to)
    };
    scene.classes[to] == Class::To
        && (scene.classes[to - 1] == Class::Negation || (first.max(to.saturating_sub(PHRASE))..to).any(ends))
}

fn is_outlet(scene: &Scene<'_>, span: TokenSpan) -> bool {
    span.range().any(|i| scene.entry(i).is(list::OUTLETS)) || phrase_outlet(scene, span)
}

/// An outlet’s name, or an outlet word that is no group of people: the Northern Wire agency, not reporters.
fn phrase_outlet(scene: &Scene<'_>, span: TokenSpan) -> bool {
    let hash =
        |from: usize| move |i: usize| (from + i < span.end as usize).then(|| scene.tokens[from + i].hash);
    let named = span.range().any(|from| scene.lexicon.phrase(list::OUTLETS, hash(from)).is_some());
    let people = bits(&[list::GROUPS, list::ROLES]);
    let outlet = |i: usize| {
        let entry = scene.entry(i);
        entry.is(list::OUTLET_WORDS) && !entry.plural && !entry.is_any(people)
    };
    let capital = |i: usize| scene.tokens[i].capitalised();
    // The Northern Wire agency, Radio Carrow, local newspaper Kustbladet; not a radio host called Ines Vark.
    let last = span.end as usize - 1;
    let first = span.range().find(|&i| scene.classes[i] != Class::Determiner).unwrap_or(last);
    let before_name = span.range().any(|i| i < last && outlet(i) && capital(last))
        && (outlet(first) && capital(first) || !span.range().any(|i| i < last && capital(i)));
    named || outlet(last) && span.range().any(capital) || before_name && !scene.entry(last).is_any(people)
}

fn addressee(scene: &Scene<'_>, cue: &CueGroup, out: &Attribution) -> Option<TokenSpan> {
    if cue.voice == Voice::Passive {
        return if cue.sense.addressee == Addressee::Object { spoken_to(scene, cue, out) } else { None };
    }
    let end = cue.tokens.end;
    let source = out.source.map(|s| s.tokens);
    let take =
        |m: &Mention| (person_like(scene, m) && source.is_none_or(|s| !s.overlaps(m.base))).then_some(m.base);
    match cue.sense.addressee {
        Addressee::Object => {
            let m = scene.mention_at(cue.sentence, end)?;
            let next = scene.classes.get(m.base.end as usize).copied();
            if calls(scene, cue, m.base.end) {
                return None;
            }
            // Whoever stands between told and that is spoken to, whatever the word: the gathering, both benches.
            let other = !out.source.is_some_and(|s| s.tokens.overlaps(m.base));
            // Warned looters to stay away; but not: asked permission to leave.
            let told_to = || {
                let first = scene.classes[m.base.start as usize];
                let someone =
                    m.plural || matches!(first, Class::Determiner | Class::Possessive | Class::Capital);
                let to = m.base.end as usize;
                someone && matches!(scene.classes[to..], [Class::To, Class::Base | Class::Auxiliary, ..])
            };
            let told = other && (next == Some(Class::That) || told_to());
            if told && m.kind != MentionKind::Relative {
                return Some(m.base);
            }
            // “warned the nation will never” has a clause, not an addressee.
            let clause = next.is_some_and(|c| c.finite() && c != Class::Past)
                && cue.verb(scene.lexicon).is_some_and(|verb| verb.lemma.as_ref() != "tell");
            if clause { None } else { take(m) }
        }
        Addressee::To => {
            let at = (end..end + 1).find(|&i| scene.classes.get(i as usize) == Some(&Class::To))?;
            take(scene.mention_at(cue.sentence, at + 1)?)
        }
        Addressee::None => None,
    }
}

/// Whom one calls something is not spoken to: *called him “a fool”*; `end` is behind him.
fn calls(scene: &Scene<'_>, cue: &CueGroup, end: u32) -> bool {
    cue.head + 1 == cue.tokens.end
        && scene.entry(cue.head as usize).is_any(bits(&[list::NAMING, list::TELEPHONE]))
        && !matches!(scene.classes.get(end as usize), Some(Class::Comma | Class::Colon | Class::That))
}

/// Who is spoken to without where: `reporters` in `reporters at the club`, but all of `members of the guild`.
fn base(scene: &Scene<'_>, sentence: u32, captured: TokenSpan) -> TokenSpan {
    let Some(m) = scene.mention_at(sentence, captured.start) else { return captured };
    let mut end = m.base.end;
    while let Some(next) = scene.mention_at(sentence, end + 1)
        && next.base.end <= m.full.end
        && scene.entry(end as usize).is(list::GENITIVES)
    {
        end = next.base.end;
    }
    TokenSpan { start: captured.start, end }
}

/// A participle has the addressee of the verb that it goes with: told journalists, adding: “…”.
pub fn share_addressees(scene: &Scene<'_>, all: &mut [Attribution]) {
    let place = |a: &Attribution| {
        let cue = a.cue.as_ref()?;
        Some((cue.head, scene.sentence_of(cue.head), a.source?.mention?))
    };
    for i in 0..all.len() {
        let participle = all[i].cue.as_ref().is_some_and(|c| scene.classes[c.head as usize] == Class::Ing);
        if !participle || all[i].addressee.is_some() {
            continue;
        }
        let Some((head, sentence, source)) = place(&all[i]) else { continue };
        // Those of one sentence are neighbours.
        let near = &all[i.saturating_sub(NEAR)..(i + NEAR).min(all.len())];
        let verb = near.iter().rev().find(|a| {
            place(a).is_some_and(|(h, s, m)| h < head && s == sentence && m == source)
                && a.addressee.is_some()
        });
        if let Some((addressee, via)) = verb.map(|a| (a.addressee, a.via)) {
            (all[i].addressee, all[i].via) = (addressee, via);
            all[i].secondhand |= via.is_some();
        }
    }
}

/// The subject of the passive: the mayor was asked.
fn spoken_to(scene: &Scene<'_>, cue: &CueGroup, out: &Attribution) -> Option<TokenSpan> {
    let all = scene.mentions_in(cue.sentence as usize);
    let subject = scene.mentions[all].iter().find(|m| m.full.end == cue.tokens.start)?;
    let free = out.source.is_none_or(|s| !s.tokens.overlaps(subject.base));
    (free && person_like(scene, subject)).then_some(subject.base)
}

/// Can be spoken to: a person, group, outlet or organisation rather than a thing.
pub(super) fn person_like(scene: &Scene<'_>, mention: &Mention) -> bool {
    match mention.kind {
        MentionKind::Name | MentionKind::Pronoun | MentionKind::Handle => true,
        MentionKind::Nominal => scene.entry(mention.head as usize).is_any(bits(&[
            list::ROLES,
            list::TITLES,
            list::GROUPS,
            list::ORGANISATIONS,
            list::OUTLET_WORDS,
            list::OUTLETS,
        ])),
        MentionKind::Relative | MentionKind::Quantified => false,
    }
}

/// The content is but the subject of a passive that names who hears: *Rell is not convinced*.
pub fn hears_only(scene: &Scene<'_>, cue: u32, content: &[TokenSpan]) -> bool {
    let cue = &scene.cues[cue as usize];
    let mentions = &scene.mentions[scene.mentions_in(cue.sentence as usize)];
    cue.voice == Voice::Passive
        && cue.sense.addressee == Addressee::Object
        && matches!(content, [piece] if piece.end == cue.tokens.start && {
            let from = mentions.partition_point(|m| m.base.start < piece.start);
            let mut here = mentions[from..].iter().take_while(|m| m.base.start == piece.start);
            here.any(|m| m.base.end == piece.end || m.full.end == piece.end)
        })
}
