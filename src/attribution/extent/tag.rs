//! What the words around a tag show of the side on which its content stands.

use super::end::begins_clause;
use super::stop::second_verb;
use super::{Frame, View};
use crate::attribution::cue::{CueGroup, Voice};
use crate::attribution::lead;
use crate::attribution::scene::{NONE, Scene};
use crate::attribution::subject;
use crate::lexicon::{Act, Addressee, Strength, bits, list};
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::token::{Case, Token};

/// What one says of something has a subject of at most so many words before the tag.
const OPENING: usize = 10;
/// A tag ends so many tokens behind its verb and subject, if not at once.
const TAG: usize = 8;
/// The first of two verbs of one subject is one of so many before the second.
const FIRSTS: usize = 4;

/// Nothing stands behind a tag but whom one told, where and on which day: *The road is shut, the council told drivers at the
/// gate.*
pub fn tells_before(scene: &Scene<'_>, view: &View<'_>) -> bool {
    let Frame { sentence, tag, before, after, .. } = view.frame;
    let cue = view.cue;
    let clause = TokenSpan { start: sentence.start, end: before };
    if before >= tag.start || cue.voice != Voice::Finite || !whole(scene, clause) {
        return false;
    }
    let behind = |from: u32| &scene.classes[from.min(sentence.end) as usize..sentence.end as usize];
    if cue.sense.addressee == Addressee::Object {
        let mut objects = scene.mentions[scene.mentions_in(view.sentence)].iter();
        let Some(object) = objects.find(|m| m.base.start == cue.tokens.end) else { return false };
        let behind = behind(object.full.end);
        return matches!(
            behind,
            [] | [Class::Stop | Class::Time, ..] | [Class::Preposition, Class::Time, ..]
        ) || cue.stance(scene.lexicon) == Some("neutral") && phrases(behind);
    }
    cue.sense.act == Act::Speech
        && cue.sense.strength == Some(Strength::Core)
        && after == cue.tokens.end
        && phrases(behind(after))
}

/// The cue is the second verb of saying of one subject, with words of its own: *said the road was shut and thanked drivers*.
pub fn second(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let ends = |first: &CueGroup| {
        cue.joins(first, scene.classes).is_some()
            && first.speaks()
            && !first.quoted
            && second_verb(scene, first, &Frame::new(scene, first, NONE), first.tokens.end)
                == cue.tokens.start.checked_sub(1)
    };
    let before = cue.tokens.start.checked_sub(1).map(|at| scene.classes[at as usize]);
    let end = scene.sentences[cue.sentence as usize].tokens.end;
    let asks =
        || scene.classes[cue.tokens.end as usize..end as usize].iter().take(TAG).any(|c| *c == Class::To);
    let cues = &scene.cues[scene.cues_in(cue.sentence as usize)];
    let firsts = || cues[..cues.partition_point(|c| c.head < cue.head)].iter().rev().take(FIRSTS);
    cue.voice == Voice::Finite
        && before == Some(Class::Conjunction)
        && cue.sense.act == Act::Speech
        && (cue.speaks() || asks())
        && firsts().any(ends)
}

/// A whole clause stands before the tag, and behind it a participle goes on: *The mill will close, its owner announced on
/// Monday, leaving 90 people without work*.
pub fn closes(scene: &Scene<'_>, cue: &CueGroup) -> bool {
    let says = cue.voice == Voice::Finite && !cue.quoted && cue.speaks();
    let sentence = scene.sentences[cue.sentence as usize].tokens;
    let behind = &scene.classes[cue.tokens.end as usize..sentence.end as usize];
    let comma = behind.iter().take(TAG).position(|c| *c == Class::Comma);
    let Some(comma) = comma.filter(|_| says) else { return false };
    let next = cue.tokens.end + comma as u32 + 1;
    let reports = |c: &CueGroup| c.tokens.start == next && c.voice == Voice::Ing;
    let goes_on = match behind.get(comma + 1) {
        Some(Class::Ing) => true,
        Some(Class::Preposition) => scene.entry(next as usize).is(list::ACCOMPANYING),
        _ => scene.cues_from(cue.sentence, next).first().is_some_and(reports),
    };
    let aside = &behind[..comma];
    if !goes_on || !(aside.is_empty() || aside == [Class::Adverb] || phrases(aside)) {
        return false;
    }
    let Some(subject) = subject::right_before(scene, cue) else { return false };
    let start = scene.mentions[subject as usize].base.start;
    start > sentence.start
        && scene.classes[start as usize - 1] == Class::Comma
        && whole(scene, TokenSpan { start: sentence.start, end: start - 1 })
}

/// A clause that stands by itself, as no lead-in does: neither *Before the vote* nor *Two weeks after the fire broke out*.
fn whole(scene: &Scene<'_>, clause: TokenSpan) -> bool {
    let front = &scene.classes[clause.range()];
    let main = !matches!(
        front.first(),
        None | Some(
            Class::Subordinator
                | Class::Preposition
                | Class::Interrogative
                | Class::Past
                | Class::Ing
                | Class::To
        )
    );
    let opens = |i: usize| scene.entry(clause.start as usize + i).is(list::SUBORDINATORS);
    main && front.iter().position(|c| c.finite()).is_some_and(|verb| !(0..verb).any(opens))
}

/// Prepositions and what they govern, to the end of the sentence.
fn phrases(classes: &[Class]) -> bool {
    let classes = classes.strip_suffix(&[Class::Stop]).unwrap_or(classes);
    let inside = |c: &Class| {
        matches!(
            c,
            Class::Preposition
                | Class::Determiner
                | Class::Possessive
                | Class::Adjective
                | Class::Noun
                | Class::Plural
                | Class::Capital
                | Class::Number
                | Class::Time
                | Class::Genitive
                | Class::Adverb
                | Class::To
        )
    };
    matches!(classes.first(), Some(Class::Preposition | Class::Time)) && classes.iter().all(inside)
}

/// Where what is said goes on behind the tag, if its subject stands before it: *The aunt, she recalled, “believed in cold
/// baths”*; *It was, he said, “a blunder”*.
pub fn opened(scene: &Scene<'_>, view: &View<'_>) -> Option<u32> {
    let Frame { sentence, tag, before, after, .. } = view.frame;
    let front = &scene.classes[sentence.start as usize..before as usize];
    let begins = |c: Class| begins_clause(c) || matches!(c, Class::Adjective | Class::Number | Class::That);
    let parts = |c: &Class| {
        matches!(
            c,
            Class::Comma
                | Class::Colon
                | Class::Interrogative
                | Class::Mark
                | Class::Relative
                | Class::Semicolon
                | Class::Subordinator
        )
    };
    let says = view.cue.voice == Voice::Finite
        && view.cue.sense.act == Act::Speech
        && view.cue.sense.strength >= Some(Strength::Common);
    let relative =
        matches!(scene.classes[tag.start as usize], Class::Relative | Class::Interrogative | Class::That);
    if before >= tag.start
        || !says
        || relative
        || view.frame.tag == view.cue.tokens
        || before + 1 != tag.start
        || front.last() == Some(&Class::Time)
        || scene.classes[before as usize] != Class::Comma
        || front.len() > OPENING
        // There was, he warned, “a risk to life”.
        || !(front.first().is_some_and(|&c| begins(c)) || matches!(front, [_, Class::Auxiliary | Class::Modal]))
        || front.iter().any(parts)
    {
        return None;
    }
    let behind = &scene.classes[after as usize..sentence.end as usize];
    let comma = behind.iter().take(TAG).position(|c| *c == Class::Comma)?;
    // Whom one tells, where and when, but nothing that one says.
    let told =
        view.cue.sense.addressee == Addressee::Object && view.cue.sense.strength == Some(Strength::Core);
    let object = || {
        let mentions = &scene.mentions[scene.mentions_in(view.sentence)];
        let from = mentions.partition_point(|m| m.base.start < after);
        mentions[from..].first().filter(|m| m.base.start == after).map(|m| (m.base.end - after) as usize)
    };
    let aside = if told { object().unwrap_or(0) } else { 0 };
    let aside = behind.get(aside..comma)?;
    if !aside.is_empty() && !phrases(aside) && aside != [Class::Adverb] {
        return None;
    }
    let at = after as usize + comma + 1;
    let marked = behind.get(comma + 1) == Some(&Class::Mark);
    let first = at + usize::from(marked);
    let word =
        scene.tokens.get(first).filter(|token| token.case == Case::Lower && first < sentence.end as usize);
    let verb = match &scene.classes[first..] {
        [Class::Adverb | Class::Negation, next, ..] | [next, ..] => {
            next.finite() || marked && *next == Class::Base
        }
        [] => false,
    };
    let open = if front.iter().any(|c| c.finite()) {
        marked && matches!(front.last(), Some(Class::Auxiliary | Class::Modal | Class::Negation))
    } else {
        verb
    };
    (word.is_some() && open).then_some(at as u32)
}

/// Where the relative clause begins whose verb stands behind the tag: *a van which neighbours said had been there for
/// weeks*; *trees, some of which she said were old*.
pub fn inset(scene: &Scene<'_>, view: &View<'_>) -> Option<u32> {
    let Frame { sentence, tag, after, .. } = view.frame;
    let pronoun = tag.start.checked_sub(1).filter(|&at| at > sentence.start)?;
    let stands =
        matches!(scene.classes[pronoun as usize], Class::Relative | Class::Interrogative | Class::That)
            && scene.entry(pronoun as usize).is(list::RELATIVES);
    let verb = match &scene.classes[after as usize..sentence.end as usize] {
        [Class::Adverb | Class::Negation, next, ..] | [next, ..] => next.finite(),
        [] => false,
    };
    let said = view.cue.voice == Voice::Finite && tag.start < view.cue.tokens.start;
    if !stands || !verb || !said {
        return None;
    }
    let before = &scene.classes[sentence.start as usize..pronoun as usize];
    match before {
        [.., Class::Noun | Class::Plural | Class::Capital | Class::Comma] => Some(pronoun),
        // Some of which.
        [.., Class::Preposition] => {
            let comma = before.iter().rev().take(4).position(|c| *c == Class::Comma)?;
            Some(pronoun - comma as u32)
        }
        _ => None,
    }
}

/// What the speaker does stands in front, and whole sentences follow: *Addressing a rally, she said, “We won.”*
pub fn introduces(scene: &Scene<'_>, view: &View<'_>) -> bool {
    let Frame { sentence, before, after, .. } = view.frame;
    let front = TokenSpan { start: sentence.start, end: before };
    let behind = &scene.classes[after as usize..sentence.end as usize];
    let first = behind.iter().position(|c| *c == Class::Mark).map(|mark| after as usize + mark + 1);
    scene.classes[sentence.start as usize] == Class::Ing
        && scene.tally.finite(front) == 0
        && first.and_then(|i| scene.tokens.get(i)).is_some_and(Token::capitalised)
}

/// What stands before the tag only leads the sentence in, and the clause stands behind: *Before the vote, she said in a
/// statement the road was shut*; *Asked why, she said on Monday it was wet*.
pub fn led_in(scene: &Scene<'_>, view: &View<'_>) -> bool {
    let Frame { sentence, tag, before, after, .. } = view.frame;
    let cue = view.cue;
    // In time, she said, it would be open: all of it is said, but where a sentence begins in marks.
    let parted = match scene.classes.get(after as usize..sentence.end as usize) {
        Some([Class::Comma, Class::Mark, ..]) => {
            !scene.tokens.get(after as usize + 2).is_some_and(Token::capitalised)
        }
        Some([first, ..]) => *first == Class::Comma,
        _ => false,
    };
    if before >= tag.start || parted || cue.voice != Voice::Finite || cue.sense.act != Act::Speech {
        return false;
    }
    let front = TokenSpan { start: sentence.start, end: before };
    let words = &scene.classes[front.range()];
    let Some(&opens) = words.first() else { return false };
    let first = scene.entry(sentence.start as usize);
    // When the vote was lost
    let clause = || {
        (first.is_any(bits(&[list::SUBORDINATORS, list::QUESTIONED])) || opens == Class::Interrogative)
            && !words.contains(&Class::Comma)
    };
    let phrase = || {
        matches!(
            opens,
            Class::Preposition
                | Class::Time
                | Class::Adverb
                | Class::Number
                | Class::Quantifier
                | Class::Ing
                | Class::Past
                | Class::To
        ) && scene.tally.finite(front) == 0
    };
    let follows = TokenSpan { start: after.min(sentence.end), end: sentence.end };
    let dateline = || lead::behind_dateline(scene, sentence).is_some_and(|behind| behind >= before);
    scene.tally.finite(follows) > 0 && (clause() || phrase() || dateline())
}

/// The tag is part of a clause that begins with *what* or *which*: *They found what the board called “a lie”*.
pub fn embedded(scene: &Scene<'_>, view: &View<'_>) -> bool {
    let start = view.frame.tag.start;
    start > view.frame.sentence.start
        && matches!(scene.classes[start as usize - 1], Class::Interrogative | Class::Relative)
}
