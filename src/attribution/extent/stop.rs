//! What ends all content behind a cue, whatever the weights say: the main clause, the next report, the next words.

use super::Frame;
use super::end::{SUBJECT, begins_clause};
use crate::attribution::cue::{CueGroup, Voice};
use crate::attribution::scene::{NONE, Scene};
use crate::attribution::subject;
use crate::lexicon::{Act, Addressee, Gender, Strength, Traits, bits, list};
use crate::mention::{Mention, MentionKind};
use crate::span::TokenSpan;
use crate::token::class::Class;

/// So many verbs may stand in what tells of a subject before its own, and one.
const NEXT: usize = 3;

/// So many verbs behind its beginning may comment on what is said.
const NEAR: usize = 16;

/// A day before a verb has at most so many words.
const DATE: usize = 3;

/// The first token that is no content any more.
pub(super) fn first(scene: &Scene<'_>, cue: &CueGroup, frame: &Frame, start: u32) -> u32 {
    main_clause(scene, frame, start)
        .or_else(|| next_report(scene, frame, start))
        .or_else(|| comment(scene, cue, frame, start))
        .or_else(|| next_words(scene, cue, frame, start))
        .or_else(|| resumed(scene, cue, frame, start))
        .or_else(|| main_verb(scene, cue, frame, start))
        .or_else(|| second_verb(scene, cue, frame, start))
        .or_else(|| {
            let opens = |at: &u32| matches!(scene.classes[*at as usize], Class::Comma | Class::Conjunction);
            (start + 1..frame.sentence.end).filter(opens).find(|&at| withholds(scene, cue, frame, at))
        })
        .unwrap_or(frame.sentence.end)
}

/// Where the main clause begins behind a clause that reports: *While critics say it is lost, the council voted*.
fn main_clause(scene: &Scene<'_>, frame: &Frame, start: u32) -> Option<u32> {
    let before = &scene.classes[frame.sentence.start as usize..frame.tag.end as usize];
    let opens = match before.first()? {
        Class::Subordinator => true,
        // Saying that it was lost, the council voted.
        Class::Ing => frame.participle,
        // After saying that it was lost, the council voted; when critics say it is lost, the council votes.
        Class::Preposition | Class::Interrogative => {
            before.get(1) == Some(&Class::Ing) || frame.tag.start == frame.sentence.start + 1
        }
        _ => false,
    };
    if !opens || before.contains(&Class::Comma) {
        return None;
    }
    let behind = &scene.classes[start as usize..frame.sentence.end as usize];
    let comma = behind.windows(2).position(|pair| pair[0] == Class::Comma && begins_clause(pair[1]))?;
    let clause = behind[comma + 1..].iter().take(SUBJECT);
    let mut clause = clause.take_while(|c| !matches!(c, Class::Comma | Class::Conjunction | Class::Relative));
    (clause.any(|c| c.finite() || *c == Class::Base) && behind[..comma].iter().any(|c| c.finite()))
        .then_some(start + comma as u32)
}

/// Where the main clause begins behind a participle that reports and opens its sentence: *Saying that it was lost, the
/// council voted*.
pub fn behind_participle(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let frame = Frame::new(scene, cue, NONE);
    let comma = frame.participle.then(|| main_clause(scene, &frame, frame.after)).flatten()?;
    let between = &scene.classes[frame.after as usize..comma as usize];
    (!between.contains(&Class::Colon)).then_some(comma + 1)
}

/// The comma before what somebody else says of it all: *said the pipe was old, an excuse the mayor called “childish”*.
fn comment(scene: &Scene<'_>, cue: &CueGroup, frame: &Frame, start: u32) -> Option<u32> {
    let behind = scene.cues_from(cue.sentence, start + 1).iter().take(NEAR);
    let mut named = behind.filter(|c| c.head < frame.sentence.end).filter_map(|c| commented(scene, c));
    named.find(|&comma| comma > start)
}

/// The comma before the noun for what somebody has said, where this cue calls it something in marks.
pub fn commented(scene: &Scene<'_>, cue: &CueGroup) -> Option<u32> {
    let end = cue.tokens.end as usize;
    let marked = matches!(
        scene.classes.get(end..),
        Some([Class::Mark, ..] | [Class::Preposition | Class::Subordinator, Class::Mark, ..])
    );
    if cue.voice != Voice::Finite || cue.quoted || !marked || cue.sense.act != Act::Speech {
        return None;
    }
    let subject = subject::right_before(scene, cue)?;
    let noun = scene.mentions[subject as usize].base.start.checked_sub(1)?;
    let all = &scene.mentions[scene.mentions_in(cue.sentence as usize)];
    let upto = all.partition_point(|m| m.base.start <= noun);
    let mut near = all[..upto].iter().rev().take(NEAR);
    let phrase = near.find(|m| m.base.end == noun + 1 && m.kind == MentionKind::Nominal)?;
    let comma = phrase.base.start.checked_sub(1)?;
    (scene.entry(phrase.base.start as usize).is(list::INDEFINITES)
        && scene.classes[comma as usize] == Class::Comma)
        .then_some(comma)
}

/// The comma, or the mark behind one, after which a participle goes on with words of its own: *said the bill was “dead”,
/// adding: “Enough.”*; *said they were “ready,” warning that time was short*.
fn next_words(scene: &Scene<'_>, cue: &CueGroup, frame: &Frame, start: u32) -> Option<u32> {
    // What his claim was, and what she answers: rejected his claim that it was over, saying it had begun.
    let noun = cue.voice == Voice::Noun;
    let cues = scene.cues[scene.cues_in(frame.sentence_of(scene, start))].iter();
    let mut adding = cues.filter(|c| {
        let (from, to) = (c.tokens.start, c.tokens.end as usize);
        let quotes = matches!(
            scene.classes.get(to..(to + 2).min(frame.sentence.end as usize)),
            Some([Class::Mark, ..] | [Class::Colon | Class::Comma, Class::Mark])
        );
        let before = scene.classes.get(start as usize..from as usize).unwrap_or_default();
        let parted = before.ends_with(&[Class::Comma]);
        let marked =
            before.ends_with(&[Class::Mark, Class::Comma]) || before.ends_with(&[Class::Comma, Class::Mark]);
        let clause = marked && scene.classes.get(to) == Some(&Class::That);
        c.voice == Voice::Ing
            && !c.quoted
            && c.sense.act == Act::Speech
            && before.len() > 1
            && (parted && quotes || (parted && noun || clause) && c.sense.strength >= Some(Strength::Common))
    });
    let from = adding.next()?.tokens.start;
    Some(from - u32::from(scene.classes[from as usize - 1] == Class::Comma))
}

/// Where the sentence’s next report begins: *The army said it had struck a depot; residents said a school was hit*; *Rell
/// said it was “safe”, but Hale called it “a bathtub”*; *said it was over, while another said it was not*; *said it was
/// safe, with one calling it a bathtub*.
fn next_report(scene: &Scene<'_>, frame: &Frame, start: u32) -> Option<u32> {
    let comma = |at: u32| at > start && scene.classes[at as usize - 1] == Class::Comma;
    let told = |at: u32| comma(at) && scene.tally.finite(TokenSpan { start, end: at }) > 0;
    let beside = |at: u32| told(at) && scene.entry(at as usize).is(list::CONTRASTING);
    let behind_mark = |at: u32| {
        let before = &scene.classes[..at as usize];
        before.strip_suffix(&[Class::Comma]).unwrap_or(before).ends_with(&[Class::Mark])
    };
    let joint = |&at: &u32| match scene.classes[at as usize] {
        Class::Semicolon => true,
        // Behind words in marks and a comma.
        Class::Conjunction | Class::Subordinator => {
            let and = || told(at) && scene.entry(at as usize).is(list::JOINING);
            behind_mark(at) || beside(at) || and()
        }
        Class::Preposition => comma(at) && scene.entry(at as usize).is(list::ACCOMPANYING),
        _ => false,
    };
    let sentence = frame.sentence_of(scene, start);
    let reports = |at: u32| {
        let next = scene.cues_from(sentence as u32, at + 1).iter().take(NEXT);
        let with = scene.classes[at as usize] == Class::Preposition;
        let voice = if with { Voice::Ing } else { Voice::Finite };
        let mentions = &scene.mentions[scene.mentions_in(sentence)];
        let from = mentions.partition_point(|m| m.base.start <= at);
        let subjects = || mentions[from..].iter().take_while(|m| m.base.start == at + 1);
        let comma = |end: u32| u32::from(scene.classes.get(end as usize) == Some(&Class::Comma));
        let reports = |cue: &CueGroup| {
            // While the EU voiced “grave concern”: words of its own.
            let marked = scene.classes.get(cue.tokens.end as usize) == Some(&Class::Mark);
            let joined = || scene.entry(at as usize).is(list::JOINING) && !behind_mark(at);
            let alone = !marked && (scene.classes[at as usize] == Class::Semicolon || beside(at) || joined());
            let firm = Some(if alone { Strength::Core } else { Strength::Common });
            // And two of her aides, who asked not to be named, said
            let aside = |end: u32| {
                let clause = &scene.classes[end as usize..cue.tokens.start.max(end) as usize];
                matches!(clause, [Class::Comma, Class::Relative, inside @ .., Class::Comma]
                    if !inside.contains(&Class::Comma))
            };
            // While the chair, Tom Orr, said
            let ends = |m: &Mention| m.full.end + comma(m.full.end) == cue.tokens.start || aside(m.full.end);
            cue.voice == voice && !cue.quoted && cue.sense.strength >= firm && subjects().any(ends)
        };
        next.into_iter().any(reports)
    };
    (start..frame.sentence.end).filter(joint).find(|&at| reports(at))
}

/// Here begins what somebody does not say: *said it was over and declined to comment*; *said it was over, without
/// elaborating*.
pub(super) fn withholds(scene: &Scene<'_>, cue: &CueGroup, frame: &Frame, at: u32) -> bool {
    let (at, end) = (at as usize, frame.sentence.end as usize);
    let reports = |at: usize| at < end && scene.lexicon.traits(scene.tokens[at].word).any(Traits::VERB);
    let tells = |at: usize| {
        let verb = scene.lexicon.verb(scene.entry(at));
        verb.is_some_and(|verb| verb.act == Act::Speech && verb.strength >= Strength::Common)
    };
    match &scene.classes[at.min(end)..end] {
        // But not: alleges that they hid it and refused to pay.
        [Class::Conjunction, Class::Past, Class::To, _, ..] => {
            scene.entry(at + 1).is(list::WITHHOLDING)
                && reports(at + 3)
                && scene.classes[cue.head as usize] != Class::Third
        }
        [Class::Comma, Class::Preposition | Class::Negation, Class::Ing, ..] => {
            let without = scene.entry(at + 1);
            without.is(list::NEGATIONS) && without.is(list::PREPOSITIONS) && tells(at + 2)
        }
        _ => false,
    }
}

/// The main verb behind a report that tells the subject apart: *A woman who said she was ignored has been paid*.
///
/// The sentence begins with the subject, so that one of its verbs is the main one: the second behind the cue, if nothing
/// joins it to the first.
fn main_verb(scene: &Scene<'_>, cue: &CueGroup, frame: &Frame, start: u32) -> Option<u32> {
    let who = pronoun(cue, frame, |at| scene.classes[at as usize] == Class::Relative)?;
    let first = scene.mentions_in(scene.sentence_of(start)).start;
    let subject = &scene.mentions[first];
    if subject.base.start != frame.sentence.start || subject.full.end != who && subject.base.end != who {
        return None;
    }
    let joins = |c: &Class| {
        matches!(
            c,
            Class::Comma
                | Class::Conjunction
                | Class::Interrogative
                | Class::Relative
                | Class::Semicolon
                | Class::Subordinator
                | Class::That
        )
    };
    let behind = &scene.classes[start as usize..frame.sentence.end as usize];
    let verb = |from: usize| Some(from + behind[from..].iter().position(|c| c.finite())?);
    // Participles and adverbs go with the verb before them, in marks or not: was “ignored”.
    let over = |from: usize| {
        let group = |c: &Class| c.finite() || matches!(c, Class::Adverb | Class::Mark | Class::Negation);
        from + behind[from..].iter().take_while(|c| group(c)).count()
    };
    let end = over(verb(usize::from(behind[0] == Class::That))?);
    let second = verb(end)?;
    let sure = behind[second] != Class::Past || verb(over(second)).is_none();
    (sure && !behind[end..second].iter().any(joins)).then_some(start + second as u32)
}

/// Where a second verb of saying goes on with the subject of the first, since the subject of the clause between is a thing,
/// which says nothing: *said the road was shut and thanked drivers*.
pub(super) fn second_verb(scene: &Scene<'_>, cue: &CueGroup, frame: &Frame, start: u32) -> Option<u32> {
    let that = u32::from(scene.classes[start as usize] == Class::That);
    let subject = scene.mention_at(cue.sentence, start + that)?;
    let persons = bits(&[
        list::ROLES,
        list::TITLES,
        list::GROUPS,
        list::ORGANISATIONS,
        list::COMPANIES,
        list::DOCUMENTS,
    ]);
    let head = scene.entry(subject.head as usize);
    let thing = subject.kind == MentionKind::Nominal
        && !head.is_any(persons)
        && subject.gender == Gender::Unknown
        && !scene.classes[subject.base.range()].contains(&Class::Capital);
    // Called it “dead” and accused her; no words in marks may stand behind it, which would be of the first verb too.
    let marked = |at: u32| {
        scene.classes[..at as usize].ends_with(&[Class::Mark])
            && !scene.classes[at as usize..frame.sentence.end as usize].contains(&Class::Mark)
    };
    if cue.sense.act != Act::Speech || cue.sense.strength != Some(Strength::Core) {
        return None;
    }
    let second =
        |other: &&CueGroup| other.head > start && !other.quoted && other.joins(cue, scene.classes).is_some();
    let next = scene.cues_from(cue.sentence, start + 1).iter().take(NEAR).find(second)?;
    let requests = || {
        let behind = &scene.classes[next.tokens.end as usize..frame.sentence.end as usize];
        next.sense.addressee == Addressee::Object && behind.iter().take(SUBJECT).any(|c| *c == Class::To)
    };
    let phrase = next.tokens.end > next.head + 1;
    let says = next.sense.act == Act::Speech
        && (next.sense.strength >= Some(Strength::Common) || phrase || requests());
    let at = next.tokens.start - 1;
    ((thing || marked(at)) && says && scene.tally.finite(TokenSpan { start, end: at }) > 0).then_some(at)
}

/// The relative pronoun of the clause in which the cue stands: right before it, or before its tag.
pub(super) fn pronoun(cue: &CueGroup, frame: &Frame, relative: impl Fn(u32) -> bool) -> Option<u32> {
    let Frame { tag, sentence, .. } = *frame;
    let before = |at: u32| at.checked_sub(1).filter(|&at| at >= sentence.start);
    let places = [Some(tag.start), before(tag.start), before(cue.tokens.start)];
    places.into_iter().flatten().find(|&at| relative(at))
}

/// Where the main clause goes on behind words in a relative clause: *The bill, which Rell called “a joke,” will pass*; *the
/// firm, which says it is owed a million, last week shut*.
fn resumed(scene: &Scene<'_>, cue: &CueGroup, frame: &Frame, start: u32) -> Option<u32> {
    let relative = |at: u32| matches!(scene.classes[at as usize], Class::Interrogative | Class::Relative);
    let who = pronoun(cue, frame, relative)?;
    // Which analysts say is sound, will be sold.
    let aside = who > frame.sentence.start
        && scene.classes[who as usize - 1] == Class::Comma
        && scene.entry(who as usize).is(list::RELATIVES);
    let behind = &scene.classes[start as usize..frame.sentence.end as usize];
    if aside && !behind.contains(&Class::Mark) {
        // Last week began, has since gone; but not: especially his supporters, disenfranchised.
        let verb = |&at: &usize| match &behind[at..] {
            [Class::Comma, Class::Past, Class::Stop, ..] => false,
            [Class::Comma, rest @ ..] => {
                let day = |c: &&Class| {
                    matches!(
                        c,
                        Class::Adjective
                            | Class::Determiner
                            | Class::Number
                            | Class::Preposition
                            | Class::Time
                    )
                };
                let dated = rest.iter().take(DATE).take_while(day).count();
                let dated = if rest[..dated].last() == Some(&Class::Time) { dated } else { 0 };
                let adverb = usize::from(rest.get(dated) == Some(&Class::Adverb));
                let clause = !frame.clausal || behind[..at].iter().any(|c| c.finite());
                clause && rest.get(dated + adverb).is_some_and(|c| c.finite())
            }
            _ => false,
        };
        let comma = (0..behind.len()).find(verb)?;
        return (comma > 1).then_some(start + comma as u32);
    }
    let quotations = scene.outer_in(frame.sentence_of(scene, start));
    let mut ends = quotations.map(|o| scene.quotations[scene.outer[o] as usize].tokens.end);
    ends.find(|&end| {
        let class = |at: u32| scene.classes.get(at as usize).copied();
        let comma = |at: u32| class(at) == Some(Class::Comma);
        let verb = |at: u32| at < frame.sentence.end && class(at).is_some_and(Class::finite);
        end > start + 1 && (comma(end - 2) && verb(end) || comma(end) && verb(end + 1))
    })
}
