//! Where content that stands behind a cue begins: behind whoever is told, where and when that was, or at once.

use super::end::begins_clause;
use super::{Boundaries, Frame, View, stop};
use crate::attribution::cue::CueGroup;
use crate::attribution::scene::Scene;
use crate::evidence::weights::Weights;
use crate::evidence::{Sink, count, flag};
use crate::lexicon::{Addressee, Traits, bits, list};
use crate::mention::{Mention, MentionKind};
use crate::t;
use crate::token::class::Class;

/// A phrase for the part of a day when somebody spoke has at most so many words.
const NIGHT: usize = 7;

/// A *that* which stands for the noun before it: *argued over a fence that would block the light*.
pub fn relative(classes: &[Class], at: usize) -> bool {
    at > 0
        && classes.get(at) == Some(&Class::That)
        && matches!(classes[at - 1], Class::Noun | Class::Plural)
        && classes.get(at + 1).is_some_and(|c| c.finite())
}

/// Where the clause begins behind whoever is told: *told the court in Truro Wicks had lied*.
fn behind_hearer(scene: &Scene<'_>, frame: &Frame) -> Option<u32> {
    let mut mentions = scene.mentions[scene.mentions_in(frame.sentence_of(scene, frame.tag.start))].iter();
    let people = bits(&[
        list::HEARERS,
        list::ROLES,
        list::GROUPS,
        list::ORGANISATIONS,
        list::OUTLET_WORDS,
        list::WORKS,
    ]);
    let person = |m: &&Mention| match m.kind {
        MentionKind::Name | MentionKind::Pronoun => true,
        MentionKind::Nominal => scene.entry(m.head as usize).is_any(people),
        _ => false,
    };
    let hearer = mentions.find(|m| m.base.start == frame.after).filter(person)?;
    let mut behind = mentions.filter(|m| m.base.start >= hearer.base.end && m.kind != MentionKind::Relative);
    let mut subject = behind.next()?;
    let mut end = hearer.base.end;
    // Told Ann and Ola Brandt she was sorry.
    if scene.classes[end as usize] == Class::Conjunction && subject.base.start == end + 1 {
        end = Some(subject).filter(person)?.base.end;
        subject = behind.find(|m| m.base.start >= end)?;
    }
    if scene.classes[end as usize] == Class::Preposition && subject.base.start == end + 1 {
        end = subject.full.end;
        subject = behind.find(|m| m.base.start >= end)?;
    }
    // Told the crowd ministers “should go”: the marks begin with the verb.
    let verb = match &scene.classes[subject.full.end as usize..] {
        [Class::Mark, verb, ..] | [verb, ..] => verb.finite(),
        [] => false,
    };
    (subject.base.start == end && verb).then_some(subject.base.start)
}

/// Where *that* stands behind when and where something was said: *said here on Thursday that it was shut*.
fn behind_day(scene: &Scene<'_>, frame: &Frame) -> Option<u32> {
    let behind = &scene.classes[frame.after as usize..frame.sentence.end as usize];
    let day = |i: &usize| match behind[*i] {
        Class::Adverb | Class::Time | Class::Preposition | Class::Number => true,
        // At that time.
        Class::That => *i > 0 && behind[i - 1] == Class::Preposition,
        _ => false,
    };
    let length = (0..behind.len()).find(|i| !day(i))?;
    (length > 0 && behind[length] == Class::That && behind[..length].contains(&Class::Time))
        .then_some(frame.after + length as u32)
}

/// Where the clause begins behind a phrase for the part of a day when it was said: *said over the weekend it would pay*;
/// *said late on Sunday night the talks had failed*.
fn behind_night(scene: &Scene<'_>, frame: &Frame) -> Option<u32> {
    let behind = &scene.classes[frame.after as usize..frame.sentence.end as usize];
    let day = |c: &&Class| {
        matches!(
            c,
            Class::Adjective
                | Class::Adverb
                | Class::Determiner
                | Class::Number
                | Class::Preposition
                | Class::Time
        )
    };
    let phrase = behind.iter().take(NIGHT).take_while(day).count() as u32;
    let part = |at: &u32| scene.entry(*at as usize).is(list::PARTS_OF_DAY);
    let last = (frame.after + 1..frame.after + phrase).rev().find(part)?;
    let subject = scene.mention_at(frame.sentence_of(scene, frame.tag.start) as u32, last + 1)?;
    let verb = scene.classes.get(subject.full.end as usize).is_some_and(|c| c.finite());
    (frame.clausal && verb).then_some(last + 1)
}

/// Where the object begins behind a word for when and the particle of the verb: *called on Monday for a ban*; *called again
/// for talks*.
fn behind_particle(scene: &Scene<'_>, cue: &CueGroup, frame: &Frame) -> Option<u32> {
    let behind = &scene.classes[frame.after as usize..frame.sentence.end as usize];
    let when = match behind {
        [Class::Time | Class::Adverb, Class::Preposition, _, ..] => 1,
        [Class::Preposition | Class::Adjective, Class::Time, Class::Preposition, _, ..] => 2,
        _ => return None,
    };
    let particle = frame.after + when;
    let verb = cue.verb(scene.lexicon)?;
    (cue.head + 1 == frame.after && verb.particles.contains(&scene.tokens[particle as usize].hash))
        .then_some(particle + 1)
}

/// Where the clause begins behind the occasion on which it was said: *said after the meeting she hoped for peace*.
fn behind_occasion(scene: &Scene<'_>, frame: &Frame) -> Option<u32> {
    if !frame.clausal || scene.classes.get(frame.after as usize) != Some(&Class::Preposition) {
        return None;
    }
    let sentence = frame.sentence_of(scene, frame.tag.start) as u32;
    let place = |m: &&Mention| scene.lexicon.traits(scene.tokens[m.head as usize].word).any(Traits::SETTING);
    let occasion = scene.mention_at(sentence, frame.after + 1).filter(place)?;
    let subject = scene.mention_at(sentence, occasion.base.end)?;
    let verb = scene.classes.get(subject.full.end as usize).is_some_and(|c| c.finite());
    verb.then_some(subject.base.start)
}

/// Where a question for somebody begins behind the one who is asked: *asked Rell who had paid*; *asked the clerk who she
/// was*, but not *asked the clerk who had paid*.
fn asked_who(scene: &Scene<'_>, frame: &Frame) -> Option<u32> {
    let sentence = frame.sentence_of(scene, frame.tag.start) as u32;
    let asked = scene.mention_at(sentence, frame.after)?;
    let who = asked.base.end as usize;
    let behind = &scene.classes[who..(frame.sentence.end as usize).max(who)];
    let question = match behind {
        [Class::Relative, next, ..] => asked.kind == MentionKind::Name || !next.finite(),
        _ => false,
    };
    // Asked Rell, who had paid, to go: what is asked comes behind.
    let later = behind.windows(2).any(|pair| pair == [Class::To, Class::Base]);
    (question && !later && scene.entry(who).is(list::PERSONAL_RELATIVES)).then_some(who as u32)
}

/// Where *that* stands behind the one to whom it was said: *put it to him that he had been warned*.
fn behind_to(scene: &Scene<'_>, frame: &Frame) -> Option<u32> {
    if scene.classes.get(frame.after as usize) != Some(&Class::To) {
        return None;
    }
    let sentence = frame.sentence_of(scene, frame.tag.start) as u32;
    let hearer = scene.mention_at(sentence, frame.after + 1)?;
    let that = hearer.full.end;
    let opens = that < frame.sentence.end
        && scene.classes[that as usize] == Class::That
        && !relative(scene.classes, that as usize);
    opens.then_some(that)
}

/// Where a second clause goes on behind a tag between two commas: *It was late, she said, and nobody knew that it rained*.
fn going_on(scene: &Scene<'_>, frame: &Frame) -> Option<u32> {
    let (after, end) = (frame.after as usize, frame.sentence.end as usize);
    let between = frame.sentence.start < frame.before && frame.before + 1 == frame.tag.start;
    match scene.classes.get(after..end)? {
        [Class::Comma, Class::Conjunction, next, ..] if between && begins_clause(*next) => {
            Some(frame.after + 1)
        }
        _ => None,
    }
}

/// Where content behind a cue may begin: at once, behind a comma, an addressee, or before `that` and marks.
pub fn starts(scene: &Scene<'_>, cue: &CueGroup, frame: &Frame) -> Boundaries {
    if cue.sense.addressee == Addressee::Object
        && cue.head + 1 == frame.after
        && scene.classes.get(frame.after as usize) != Some(&Class::That)
        && let Some(clause) = behind_hearer(scene, frame)
    {
        return Boundaries::from_slice(&[clause]);
    }
    if cue.stance(scene.lexicon) == Some("ask")
        && let Some(clause) = asked_who(scene, frame)
    {
        return Boundaries::from_slice(&[clause]);
    }
    if let [Class::Ing, ..] | [Class::Auxiliary | Class::Adverb | Class::Time, Class::Past | Class::Ing, ..] =
        &scene.classes[(frame.after as usize).min(scene.classes.len())..]
        && cue.stance(scene.lexicon) == Some("deny")
    {
        return Boundaries::from_slice(&[frame.after]);
    }
    if let Some(clause) = behind_day(scene, frame).or_else(|| behind_occasion(scene, frame)) {
        return Boundaries::from_slice(&[clause]);
    }
    if let Some(clause) = behind_night(scene, frame).or_else(|| behind_particle(scene, cue, frame)) {
        return Boundaries::from_slice(&[clause]);
    }
    if let Some(clause) = behind_to(scene, frame).or_else(|| going_on(scene, frame)) {
        return Boundaries::from_slice(&[clause]);
    }
    let mut out = Boundaries::new();
    let near = frame.sentence.end.min(frame.after + 14);
    let classes = &scene.classes[frame.after as usize..near.max(frame.after) as usize];
    let mut previous = scene.classes[frame.after.saturating_sub(1) as usize];
    for (at, &here) in (frame.after..).zip(classes) {
        let opens = matches!(
            here,
            Class::That | Class::Mark | Class::Interrogative | Class::To | Class::Subordinator
        ) && !relative(scene.classes, at as usize)
            // At that time.
            && !(here == Class::That
                && previous == Class::Preposition
                && scene.classes.get(at as usize + 2) == Some(&Class::That));
        let behind = matches!(
            previous,
            Class::Comma
                | Class::Colon
                | Class::Dash
                | Class::Noun
                | Class::Plural
                | Class::Capital
                | Class::Pronoun
                | Class::Time
        );
        let mark = matches!(here, Class::Comma | Class::Colon | Class::Stop);
        if !mark && (at == frame.after || opens || behind && !relative(scene.classes, at as usize)) {
            out.push(at);
        }
        if here == Class::Mark || out.len() == 8 {
            break;
        }
        previous = here;
    }
    out
}

/// The most probable first token of content behind the cue.
pub fn start(scene: &Scene<'_>, weights: &Weights, view: &View<'_>) -> Option<u32> {
    // She said, without elaborating.
    if stop::withholds(scene, view.cue, &view.frame, view.frame.after) {
        return None;
    }
    let mut at = starts(scene, view.cue, &view.frame);
    if at.len() == 1 {
        return at.pop();
    }
    // Of equals the first.
    let scored = at.iter().map(|&a| (a, weights.score(|f| start_features(view, a, f))));
    scored.reduce(|best, next| if next.1 > best.1 { next } else { best }).map(|(a, _)| a)
}

/// The evidence for a first token.
pub fn start_features(view: &View<'_>, at: u32, f: &mut impl Sink) {
    let View { line, lemma, voice, takes, after: [first, _], .. } = *view;
    let offset = count((at - view.frame.after) as usize);
    let token = i64::from(at);
    let (previous, here, word) = (line.class(token - 1), line.class(token), line.word(token));
    let owns = flag(view.owned.after);
    f.add(t!("start.offset"), [offset, voice]);
    f.add(t!("start.offset-takes"), [offset, takes, first]);
    f.add(t!("start.first"), [first, offset, here]);
    f.add(t!("start.owned"), [owns, here, offset]);
    f.add(t!("start.classes"), [previous, here, takes]);
    f.add(t!("start.word"), [word]);
    f.add(t!("start.lemma"), [lemma, offset.into()]);
    f.add(t!("start.lemma-class"), [lemma, here.into()]);
}
