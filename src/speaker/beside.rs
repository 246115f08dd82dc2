//! The name that stands beside a description: behind it, behind a clause that tells it apart, or in brackets.

use super::Document;
use super::describe::OFFICES;
use crate::lexicon::{bits, fold, list};
use crate::mention::{Mention, MentionKind};
use crate::span::TokenSpan;
use crate::token::class::Class;

/// So many words at most lead from *who* to the name that somebody gives.
const GIVEN: usize = 9;

/// So many words of an office stand at most between its noun and the name in brackets.
const BRACKETED: usize = 6;

/// The classes of the words of phrases behind a description, and of brackets among them.
pub(super) const PHRASES: u64 = Class::set(&[
    Class::Preposition,
    Class::Determiner,
    Class::Possessive,
    Class::Noun,
    Class::Plural,
    Class::Adjective,
    Class::Capital,
    Class::Genitive,
    Class::Open,
    Class::Close,
]);

/// A name set off by commas behind all phrases of a description: `The chair of the board on fees, Ivo Lantry,`.
pub(super) fn name_behind(d: &Document<'_>, m: &Mention) -> Option<u32> {
    let vague = matches!(m.kind, MentionKind::Quantified | MentionKind::Pronoun);
    let more = if vague { Class::set(&[Class::Pronoun, Class::Past]) } else { Class::set(&[Class::To]) };
    let phrase = PHRASES | more;
    let is = |i: usize, of: u64| Class::set(&[d.classes[i]]) & of != 0;
    let from = m.base.end as usize;
    // The class behind it tells of most that none is there, and is sooner asked than the entry of its word.
    let perhaps = from < d.classes.len() && is(from, phrase | Class::set(&[Class::Comma]));
    // Friends of the actor, Dan Rourke, are not he.
    if !perhaps || !vague && (m.plural || !d.entry(m.head as usize).is_any(OFFICES)) {
        return None;
    }
    let end = (from + 20).min(d.sentences[m.sentence as usize].tokens.end as usize);
    // One of those rescued, but not: one said, Ana Rell
    let told = |i: usize| d.classes[i] == Class::Past && d.lexicon.verb(d.entry(i)).is_some();
    let goes_on = |i: usize| is(i, phrase) && !told(i);
    let comma = (from..end).find(|&i| !goes_on(i)).filter(|&i| d.classes[i] == Class::Comma)?;
    let name = d.mention_in(TokenSpan::new(comma + 1, comma + 2))?;
    let other = &d.mentions[name as usize];
    let closed = d.class(other.base.end as usize).is_none_or(closes);
    // One of them, Ahmed, said
    let lone = vague && !m.plural && other.name == other.base;
    (other.kind == MentionKind::Name
        && other.base.start as usize == comma + 1
        && (other.name.len() >= 2 || lone)
        && closed)
        .then_some(name)
}

/// What is set off ends before a mark of this class.
pub(super) fn closes(class: Class) -> bool {
    matches!(class, Class::Comma | Class::Stop | Class::Mark | Class::Semicolon)
}

/// Words for a business or another body.
pub(super) const BODIES: u128 = bits(&[list::COMPANIES, list::ORGANISATIONS]);

/// A name set off by commas behind the clause that tells who or what is meant: `The woman who built it, Ana Rell, said`;
/// `The firm that built it, Rellco, said`.
pub(super) fn name_behind_clause(d: &Document<'_>, m: &Mention) -> Option<u32> {
    let head = d.entry(m.head as usize);
    let body = head.is_any(BODIES);
    let person = m.kind == MentionKind::Quantified || head.is_any(bits(&[list::ROLES, list::TITLES]));
    // One of those who built it, Ana Rell
    let of_those = [Some(Class::Preposition), Some(Class::Determiner)];
    let end = m.full.end as usize;
    let from = if [d.class(end), d.class(end + 1)] == of_those { end + 2 } else { end };
    let relative = || d.tokens.get(from).is_some() && d.entry(from).is(list::RELATIVES);
    if m.plural || !(person || body) || !relative() {
        return None;
    }
    let end = (from + 20).min(d.sentences[m.sentence as usize].tokens.end as usize);
    let breaks = |c: &Class| matches!(c, Class::Comma | Class::Mark | Class::Semicolon | Class::Dash);
    // The next sentence may begin in between.
    let comma = from + d.classes.get(from..end)?.iter().position(breaks)?;
    let clause = d.classes[from..comma].iter().any(|class| class.finite());
    if !clause || d.classes[comma] != Class::Comma {
        return None;
    }
    let name = d.mention_in(TokenSpan::new(comma + 1, comma + 2))?;
    let other = &d.mentions[name as usize];
    let behind = &d.classes[other.full.end as usize..end.max(other.full.end as usize)];
    let closed = match behind {
        [Class::Comma, next, ..] => *next != Class::Conjunction,
        [next, ..] => matches!(next, Class::Stop | Class::Mark),
        [] => true,
    };
    let named = other.kind == MentionKind::Name && other.name.len() >= 2 - usize::from(body && !person);
    (named && other.base.start as usize == comma + 1 && closed).then_some(name)
}

/// The name that somebody gives in a clause: `a trader, who gave his name as Yusuf, said`; `a man who identified himself
/// only as Ramesh`.
pub(super) fn name_given(d: &Document<'_>, m: &Mention) -> Option<u32> {
    let end = d.sentences[m.sentence as usize].tokens.end as usize;
    let from = m.base.end as usize + usize::from(d.class(m.base.end as usize) == Some(Class::Comma));
    if m.plural || d.class(from) != Some(Class::Relative) {
        return None;
    }
    let clause = from + 1..(from + GIVEN).min(end);
    let naming = |i: usize| {
        let token = &d.tokens[i];
        token.hash == fold("name") || d.entry(i).is(list::NAMING) || d.lexicon.reflexive(token.word)
    };
    let named = clause.clone().find(|&i| naming(i))?;
    let name = (named + 1..clause.end).find(|&i| d.classes[i] == Class::Capital)?;
    let between = &d.classes[named + 1..name];
    // As Yusuf; but not: who found herself in Leeds.
    let word = d.entry(name - 1);
    let plain = word.is(list::PREPOSITIONS)
        && word.is(list::REASONS)
        && between.iter().all(|c| matches!(c, Class::Adverb | Class::Adjective | Class::Preposition));
    let found = d.mention_in(TokenSpan::new(name, name + 1))?;
    let other = &d.mentions[found as usize];
    let closed = d.class(other.base.end as usize).is_none_or(|c| closes(c) || c.finite());
    (plain && !between.is_empty() && other.kind == MentionKind::Name && closed).then_some(found)
}

/// The name that fills the brackets right behind an office.
pub(super) fn name_in_brackets(d: &Document<'_>, m: &Mention) -> Option<u32> {
    // The Minister for Lands (Mr Garvey)
    let from = m.base.end as usize;
    let phrase = |c: &Class| Class::set(&[*c]) & PHRASES != 0 && *c != Class::Open;
    let open = from + d.classes[from..].iter().take(BRACKETED).take_while(|c| phrase(c)).count();
    if d.class(open) != Some(Class::Open) || !d.entry(m.head as usize).is_any(OFFICES) {
        return None;
    }
    let name = d.mention_in(TokenSpan::new(open + 1, open + 2))?;
    let other = &d.mentions[name as usize];
    let person = other.name.len() >= 2 || d.entry(other.base.start as usize).is(list::HONORIFICS);
    // Mr R. J. Holt, K.C.
    let end = other.base.end as usize;
    let letters = d.class(end) == Some(Class::Comma) && d.class(end + 2) == Some(Class::Close);
    let fills = other.base.start as usize == open + 1 && (letters || d.class(end) == Some(Class::Close));
    (other.kind == MentionKind::Name && fills && person).then_some(name)
}
