//! What belongs to a mention beyond its base: `of` phrases, ages, party and state, comma appositives.

use std::ops::Range;

use super::name::titled;
use super::work::title;
use super::{Mention, MentionKind};
use crate::lexicon::{Act, Classes, Lexicon, List, Strength, Traits, Verb, bits, list};
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::token::{Kind, Token};

/// How far an appositive may reach; longer ones are clauses of their own.
const LONGEST: usize = 24;

/// The classes that stand behind a mention where more belongs to it.
const EXTEND: u64 =
    Class::set(&[Class::Preposition, Class::To, Class::Open, Class::Comma, Class::Mark, Class::Genitive]);

/// How many mentions back the other of two may begin whose phrases end before `and`.
const NEAR: usize = 64;

/// In how many bodies an office is told to be: *the Director, Public Affairs, Ministry of Works, Ana Rell*.
const MOST_BODIES: usize = 2;

/// How many suffixes and numbers stand behind a name.
const SUFFIXES: usize = 4;

/// Sets `full` and `apposition` of the mentions of one sentence; `offset` is the index of the first.
pub fn extend(
    text: &str,
    tokens: &[Token],
    classes: &[Class],
    sentence: Range<usize>,
    lexicon: &Lexicon,
    mentions: &mut [Mention],
    offset: usize,
) {
    // Right to left, so that an attached phrase is complete when it is attached.
    let scene = Scene { text, tokens, classes, start: sentence.start, end: sentence.end, lexicon };
    for i in (0..mentions.len()).rev() {
        let end = mentions[i].base.end as usize;
        let behind = scene.class(end).is_some_and(|class| Class::set(&[class]) & EXTEND != 0);
        if let Some(j) = scene.called(mentions, i) {
            mentions[i].full.end = mentions[j].full.end;
            mentions[i].apposition = Some((offset + j) as u32);
            mentions[j].apposition = Some((offset + i) as u32);
            // The cyclist, a postman named Erasmus Toole: the name is that of both.
            let start = mentions[i].base.start;
            if let Some(before) = i.checked_sub(1).map(|before| &mut mentions[before])
                && before.kind == MentionKind::Nominal
                && before.base.end + 1 == start
                && classes[before.base.end as usize] == Class::Comma
            {
                before.apposition = Some((offset + j) as u32);
            }
            continue;
        }
        // One question, since either answer alone says little.
        if !(behind & !matches!(mentions[i].kind, MentionKind::Pronoun | MentionKind::Relative)) {
            continue;
        }
        let mut full = mentions[i].base;
        full.end = match scene.own_title(&mentions[i]) {
            Some(end) => end as u32,
            None => scene.phrases(mentions, i, full.end as usize) as u32,
        };
        // The Member of Parliament (MP) for Tarn
        let closed = scene.brackets(full.end as usize);
        if closed > full.end as usize {
            full.end = scene.phrases(mentions, i, closed) as u32;
        }
        if let Some((end, apposed)) = scene.appositive(mentions, i, full.end as usize) {
            full.end = end as u32;
            if let Some(j) = apposed {
                mentions[i].apposition = Some((offset + j) as u32);
                if mentions[i].kind == MentionKind::Name && scene.bears(&mentions[i], &mentions[j]) {
                    mentions[i].kind = MentionKind::Nominal;
                    mentions[i].name = TokenSpan::default();
                }
                // The governor of Okerewu State, Ivo Lantry: the outermost description owns the name.
                let inner = mentions[j].apposition.map(|a| a as usize - offset);
                if let Some(inner) =
                    inner.filter(|&k| k > i && k < j && mentions[i].kind == MentionKind::Nominal)
                {
                    mentions[inner].apposition = None;
                    mentions[j].apposition = None;
                }
                if mentions[j].apposition.is_none() {
                    mentions[j].apposition = Some((offset + i) as u32);
                }
            }
        }
        mentions[i].full = full;
    }
    coordinate(classes, sentence.start, lexicon, tokens, mentions);
}

/// Two people as one subject: `Ned Halloway and Tomas Bray said`, `the former mayor and current governor said`.
fn coordinate(
    classes: &[Class],
    start: usize,
    lexicon: &Lexicon,
    tokens: &[Token],
    mentions: &mut [Mention],
) {
    for i in 1..mentions.len() {
        let mut at = mentions[i].base.start as usize;
        // Rell and visiting minister Ivo Lantry
        if at >= start + 2 && classes[at - 1] == Class::Ing {
            at -= 1;
        }
        if at == start
            || classes[at - 1] != Class::Conjunction
            || !lexicon.entry(tokens[at - 1].word).is(list::JOINING)
        {
            continue;
        }
        let ends = |j: &usize| {
            mentions[*j].full.end as usize == at - 1 && mentions[*j].full.start < mentions[i].base.start
        };
        let Some(j) = (0..i).rev().take(NEAR).find(ends) else { continue };
        // The Bureau for Trade and Development: what it is for has two names, and it has one.
        let entry = |at: u32| lexicon.entry(tokens[at as usize].word);
        let common = |i: &Mention| {
            i.kind == MentionKind::Name
                && i.base.range().all(|at| {
                    entry(at as u32).classes.any(Classes::NOUN | Classes::PLURAL | Classes::ADJECTIVE)
                })
        };
        let holds = |k: &usize| {
            ends(k)
                && mentions[*k].base.end < mentions[j].base.start
                && mentions[*k].kind == MentionKind::Name
                && entry(mentions[*k].head).is(list::ORGANISATIONS)
        };
        if common(&mentions[i])
            && let Some(whole) = (0..j).rev().take(NEAR).find(holds)
        {
            mentions[whole].full.end = mentions[i].full.end;
            continue;
        }
        // Rell and colleagues, Rell and her aides
        let circle = mentions[i].plural
            && (mentions[j].kind, mentions[i].kind) == (MentionKind::Name, MentionKind::Nominal)
            && matches!(classes[at], Class::Plural | Class::Possessive)
            && entry(mentions[i].head).is_any(bits(&[list::ROLES, list::GROUPS]));
        let alike = mentions[i].kind == mentions[j].kind
            && matches!(mentions[i].kind, MentionKind::Name | MentionKind::Nominal);
        // Kestrel president and CEO Ana Rell: one person with two titles.
        let titled = |at: u32| titled(lexicon.entry(tokens[at as usize].word));
        let (first, second) = (&mentions[j], &mentions[i]);
        if second.kind == MentionKind::Name
            && second.name.start > second.base.start
            && titled(second.name.start - 1)
            && first.name.is_empty()
            && !first.plural
            && first.full == first.base
            && titled(first.head)
            && !matches!(classes[first.base.start as usize], Class::Determiner | Class::Possessive)
        {
            mentions[i].full.start = first.base.start;
            continue;
        }
        let bare = matches!(classes[at], Class::Adjective | Class::Noun | Class::Plural);
        let behind = match classes.get(mentions[i].full.end as usize..).unwrap_or_default() {
            // Rell and Lantry on Sunday agreed
            [Class::Time, c, ..] | [Class::Preposition, Class::Time, c, ..] => c.finite(),
            [c, ..] => c.finite() || c.verb() || *c == Class::Adverb,
            [] => false,
        };
        if (circle || alike && (bare || behind)) && classes[mentions[j].base.start as usize] != Class::Time {
            mentions[i].full.start = mentions[j].full.start;
            mentions[i].plural |= !bare;
        }
    }
}

struct Scene<'a> {
    text: &'a str,
    tokens: &'a [Token],
    classes: &'a [Class],
    start: usize,
    end: usize,
    lexicon: &'a Lexicon,
}

impl Scene<'_> {
    /// The name that a participle gives to a person behind *a* or *one*: *a postman named Erasmus Toole*, but not *one critic
    /// called Toole mad*.
    fn called(&self, mentions: &[Mention], i: usize) -> Option<usize> {
        let Mention { base, kind, plural, .. } = mentions[i];
        let at = base.end as usize;
        let person = kind == MentionKind::Nominal
            && self.class(at) == Some(Class::Past)
            && self.listed(at, list::NAMING)
            && (plural || self.listed(base.start as usize, list::INDEFINITES));
        if !person {
            return None;
        }
        let name = |&j: &usize| mentions[j].base.start as usize > at;
        let j = (i + 1..mentions.len()).take(2).find(name)?;
        let goes_on = self.class(mentions[j].full.end as usize).is_none_or(|class| {
            class.finite() || matches!(class, Class::Comma | Class::Relative | Class::Stop | Class::Close)
        });
        let beside = self.classes[at + 1..mentions[j].base.start as usize]
            .iter()
            .all(|c| matches!(c, Class::Adverb | Class::Preposition | Class::Subordinator));
        (mentions[j].kind == MentionKind::Name && goes_on && beside).then_some(j)
    }

    fn listed(&self, at: usize, of: List) -> bool {
        self.lexicon.entry(self.tokens[at].word).is(of)
    }

    fn class(&self, at: usize) -> Option<Class> {
        (at < self.end).then(|| self.classes[at])
    }

    /// The mention that begins at this token.
    fn beginning(&self, mentions: &[Mention], from: usize, at: usize) -> Option<usize> {
        mentions[from..]
            .iter()
            .position(|m| m.base.start as usize >= at)
            .map(|k| from + k)
            .filter(|&j| mentions[j].base.start as usize == at)
    }

    /// Up to two prepositional phrases that begin at `end`: `the leader of the Reed Party`, `police in Tarn Hollow`.
    fn phrases(&self, mentions: &[Mention], i: usize, mut end: usize) -> usize {
        let mention = &mentions[i];
        let mut next = i + 1;
        for _ in 0..2 {
            // An adjective behind its noun has its phrase behind it: people close to the talks.
            let adjective = self.classes[end - 1] == Class::Adjective && end - 1 > mention.head as usize;
            let to = self.class(end) == Some(Class::To);
            let sent = to
                && self.person_noun(mention)
                && match self.class(end + 1) {
                    Some(Class::Capital) => true,
                    Some(Class::Determiner | Class::Possessive) => {
                        self.listed(mention.head as usize, list::SERVING)
                    }
                    _ => false,
                };
            if self.class(end) != Some(Class::Preposition) && !(adjective && to) && !sent {
                break;
            }
            if let Some(title) = self.title_of(mention, end) {
                return title;
            }
            let Some(j) = self.beginning(mentions, next, end + 1) else { break };
            if !adjective && !sent && !self.attaches(mention, end, &mentions[j]) {
                break;
            }
            end = mentions[j].base.end as usize;
            next = j + 1;
        }
        end
    }

    /// The end of the title in marks that a mention has beside it: `Radio Tarn’s “Morning Bell”`, `his book, “Old Rivers,”`.
    fn own_title(&self, mention: &Mention) -> Option<usize> {
        let end = mention.base.end as usize;
        match self.class(end)? {
            Class::Genitive if mention.kind == MentionKind::Name => {
                title(self.tokens, self.classes, end + 1..self.end, 2)
            }
            class @ (Class::Mark | Class::Comma) => {
                let at = end + usize::from(class == Class::Comma);
                let work = || self.lexicon.entry(self.tokens[mention.head as usize].word).is(list::WORKS);
                // What is told by the class is asked first: the entries of all words are far.
                let marked = self.class(at) == Some(Class::Mark) && work();
                if marked { title(self.tokens, self.classes, at..self.end, 1) } else { None }
            }
            _ => None,
        }
    }

    /// The same behind a preposition: `the author of “Old Rivers”`, but not `cries of “Old Rivers”`.
    fn title_of(&self, mention: &Mention, preposition: usize) -> Option<usize> {
        let ties = self.lexicon.traits(self.tokens[preposition].word).any(Traits::GENITIVE);
        let reports = self.lexicon.traits(self.tokens[mention.head as usize].word).any(Traits::NOUN);
        if ties && !reports { title(self.tokens, self.classes, preposition + 1..self.end, 1) } else { None }
    }

    /// The preposition ties the phrase behind it to the mention, not to the verb.
    fn attaches(&self, mention: &Mention, preposition: usize, object: &Mention) -> bool {
        let word = self.lexicon.traits(self.tokens[preposition].word);
        let head = self.lexicon.traits(self.tokens[object.head as usize].word);
        // The House of Commons, a caller on Tarn Street: a name is no occasion.
        let named = object.kind == MentionKind::Name && self.person_noun(mention);
        if head.any(Traits::SETTING) && !named
            || matches!(object.kind, MentionKind::Pronoun | MentionKind::Relative)
        {
            return false;
        }
        // A member of the team on condition of anonymity.
        let terms = || {
            let hash = |n: usize| self.tokens[..self.end].get(preposition + n).map(|t| t.hash);
            let first = self.lexicon.entry(self.tokens[preposition].word);
            self.lexicon.phrase_of(first, list::ANONYMITY, hash).is_some()
        };
        let attaching = word.any(Traits::ATTACHING)
            && (mention.kind != MentionKind::Name || object.kind == MentionKind::Name)
            && !terms();
        attaching || word.any(Traits::GENITIVE)
    }

    /// `(D-Mass.)`, `(R., Fla.)` and the like, short.
    fn brackets(&self, at: usize) -> usize {
        if self.class(at) == Some(Class::Open)
            && let Some(close) = (at + 1..(at + 8).min(self.end)).find(|&i| self.classes[i] == Class::Close)
        {
            return close + 1;
        }
        at
    }

    /// `, a broker at Hask & Dunne,` behind the mention: where it ends, and the mention it holds.
    fn appositive(&self, mentions: &[Mention], i: usize, at: usize) -> Option<(usize, Option<usize>)> {
        if self.class(at) != Some(Class::Comma) {
            return None;
        }
        let mut start = at + 1;
        // Jr., R-Ky., 47
        let mut behind = None;
        for _ in 0..SUFFIXES {
            let suffix = self.class(start) == Some(Class::Number) || self.suffix(start);
            if !suffix || !self.closes(start + 1) {
                break;
            }
            behind = Some((start + 1, None));
            if self.class(start + 1) != Some(Class::Comma) {
                return behind;
            }
            start += 2;
        }
        self.described(mentions, i, start).or(behind)
    }

    /// What stands behind the comma and describes the mention.
    fn described(&self, mentions: &[Mention], i: usize, start: usize) -> Option<(usize, Option<usize>)> {
        let mention = &mentions[i];
        let j = self.beginning(mentions, i + 1, start)?;
        if let Some(holder) = self.holder(mentions, i, j) {
            return Some((mentions[holder].full.end as usize, Some(holder)));
        }
        let apposed = &mentions[j];
        if !self.can_stand_beside(mention, apposed) {
            return None;
        }
        // In Tarn, researchers reported in June: no place is several people.
        let before = (mention.base.start as usize).checked_sub(1).filter(|&at| at >= self.start);
        let one = mention.kind == MentionKind::Name && !mention.plural;
        if one
            && apposed.plural
            && before.is_some_and(|at| self.classes[at] == Class::Preposition)
            && self.class(apposed.base.end as usize).is_some_and(Class::finite)
        {
            return None;
        }
        let end = self.clause_end(mentions, j)?;
        // According to Tarn Air, the trouble on board began at noon: a phrase in front ends with its comma.
        let before = mention.base.start as usize;
        let in_front = before > self.start
            && before <= self.start + 2
            && matches!(self.classes[before - 1], Class::Preposition | Class::To);
        let closed = match self.class(end) {
            Some(Class::Comma | Class::Open | Class::Dash) => true,
            Some(Class::Mark) => end > apposed.base.end as usize,
            _ => false,
        };
        (!in_front || closed).then_some((end, Some(j)))
    }

    /// Who holds an office, behind the bodies in which it is one and their commas: *the Chairman, House Committee on Power,
    /// Ana Rell, said*.
    fn holder(&self, mentions: &[Mention], office: usize, first: usize) -> Option<usize> {
        let entry = |at: u32| self.lexicon.entry(self.tokens[at as usize].word);
        let Mention { head, plural, .. } = mentions[office];
        if plural || !entry(head).is_any(bits(&[list::ROLES, list::TITLES])) {
            return None;
        }
        let personal = |m: &Mention| {
            entry(m.base.start).is_any(bits(&[list::GIVEN_NAMES, list::HONORIFICS, list::TITLES]))
        };
        let body = |m: &Mention| {
            let words = || m.base.range().map(|at| at as u32);
            words().any(|at| entry(at).is_any(bits(&[list::ORGANISATIONS, list::COMPANIES])))
        };
        let inside = |c: &Class| {
            matches!(
                c,
                Class::Capital
                    | Class::Close
                    | Class::Conjunction
                    | Class::Determiner
                    | Class::Genitive
                    | Class::Noun
                    | Class::Open
                    | Class::Plural
                    | Class::Preposition
            )
        };
        let (mut j, mut known) = (first, false);
        for _ in 0..MOST_BODIES {
            let mention = &mentions[j];
            let is_body = body(mention);
            if !self.tokens[mention.base.start as usize].capitalised() || personal(mention) && !is_body {
                return None;
            }
            known |= is_body;
            // Centre for the Promotion of Trade and Industry (CPTI)
            let comma = mention.base.end as usize
                + self.classes[mention.base.end as usize..self.end].iter().position(|c| !inside(c))?;
            if self.classes[comma] != Class::Comma {
                return None;
            }
            j = self.beginning(mentions, j + 1, comma + 1)?;
            let next = &mentions[j];
            let person = next.kind == MentionKind::Name && next.base.len() >= 2 && !body(next);
            if person && (known || personal(next)) && self.closes(next.full.end as usize) {
                return Some(j);
            }
        }
        None
    }

    fn suffix(&self, at: usize) -> bool {
        if at >= self.end || self.tokens[at].kind != Kind::Word {
            return false;
        }
        let token = &self.tokens[at];
        let entry = self.lexicon.entry(token.word);
        // D-Ohio: party and state
        let party = || {
            let state =
                token.span.of(self.text).split_once('-').filter(|(party, _)| ["D", "I", "R"].contains(party));
            state.is_some_and(|(_, state)| state.starts_with(char::is_uppercase))
        };
        let short = || token.capitalised() && token.span.len() <= 8 && entry.is(list::ABBREVIATIONS);
        entry.is(list::NAME_SUFFIXES) || short() || party()
    }

    /// An appositive may end here.
    fn closes(&self, at: usize) -> bool {
        match self.class(at) {
            None => true,
            Some(c) => {
                matches!(
                    c,
                    Class::Comma | Class::Stop | Class::Semicolon | Class::Dash | Class::Mark | Class::Colon
                ) || c.finite()
            }
        }
    }

    /// One is a name and the other a description of it, or the other way round.
    fn can_stand_beside(&self, mention: &Mention, other: &Mention) -> bool {
        let first = self.classes[other.base.start as usize];
        let described = matches!(
            first,
            Class::Determiner
                | Class::Possessive
                | Class::Quantifier
                | Class::Adjective
                | Class::Noun
                | Class::Plural
        ) || first == Class::Capital && other.kind == MentionKind::Nominal
            || first == Class::Capital && self.genitive_inside(other);
        match (mention.kind, other.kind) {
            // Rell, her voice shaking, said: what is hers is not she.
            (MentionKind::Name, MentionKind::Nominal) => {
                described && !self.thing(other) && (first != Class::Possessive || self.person_noun(other))
            }
            (MentionKind::Name, MentionKind::Name) => {
                // Hayashi, Japan’s foreign minister / Tarrow, Head of Fisheries
                let lead = self.lexicon.entry(self.tokens[other.base.start as usize].word);
                let described =
                    lead.is(list::TITLES) || first == Class::Determiner || first == Class::Possessive;
                described || self.bears(mention, other)
            }
            (MentionKind::Nominal, MentionKind::Name) => {
                let lone = || {
                    let end = other.base.end as usize;
                    let word = |i: usize| self.lexicon.entry(self.tokens[i].word);
                    // A reader, Pam in Tarn, writes
                    let end = match [self.class(end), self.class(end + 1)] {
                        [Some(Class::Preposition), Some(Class::Capital)] => end + 2,
                        _ => end,
                    };
                    other.name.len() == 1
                        && (other.name == other.base
                            || other.base.len() == 2 && word(other.base.start as usize).is(list::HONORIFICS))
                        && (matches!(self.class(end), Some(Class::Comma | Class::Open))
                            // Said the chairman of the council, Mr Rell.
                            || other.base.len() == 2
                                && matches!(self.class(end), None | Some(Class::Colon | Class::Stop)))
                        && word(mention.head as usize).is(list::ROLES)
                        && !mention.plural
                        && self.class(end + 1) != Some(Class::Conjunction)
                        // According to the warden, Pam, who teaches, was ill.
                        && !(self.class(end + 1) == Some(Class::Relative)
                            && word(mention.base.start as usize).is(list::DEFINITES))
                };
                let addressed = || {
                    let lead = self.lexicon.entry(self.tokens[other.base.start as usize].word);
                    let opens = mention.base.start as usize == self.start
                        && self.classes[self.start] == Class::Determiner
                        && lead.is(list::GIVEN_NAMES)
                        && self.class(other.base.end as usize) == Some(Class::Comma);
                    // An aide to the winner of the election, Mr Bo Ek: it is not the election that has a name.
                    let before = (mention.base.start as usize).checked_sub(1);
                    let inside = before.and_then(|at| self.class(at)) == Some(Class::Preposition);
                    (lead.is(list::HONORIFICS) && !inside || opens) && !mention.plural
                };
                (other.name.len() >= 2 || lone()) && (self.person_noun(mention) || addressed())
            }
            // Another user, @tarn_gull, wrote
            (MentionKind::Nominal, MentionKind::Handle) => !mention.plural && self.person_noun(mention),
            _ => false,
        }
    }

    /// A title before the name of its bearer: Tarn State Governor, Mr Ana Rell; or one that no list has: the Iyaloja of
    /// the market, Chief Mrs Ana Rell.
    fn bears(&self, mention: &Mention, other: &Mention) -> bool {
        let base = mention.base.range();
        let entry = |at: usize| self.lexicon.entry(self.tokens[at].word);
        let unknown = base.len() == 2
            && self.classes[base.start] == Class::Determiner
            && self.class(base.end) == Some(Class::Preposition)
            && !entry(base.start + 1).is(list::ORGANISATIONS)
            && entry(other.base.start as usize).is(list::HONORIFICS);
        let titled =
            base.len() >= 2 && titled(entry(base.end - 1)) && !entry(base.start).is(list::GIVEN_NAMES);
        // Counsel to the airline, Mr Bola Tijani.
        let alone = base.len() == 1
            && matches!(self.class(base.end), Some(Class::Preposition | Class::To))
            && entry(base.start).is_any(bits(&[list::TITLES, list::ROLES]))
            && !entry(base.start).is(list::GIVEN_NAMES);
        (unknown || titled || alone || self.strange(mention, other)) && other.name.len() >= 2
    }

    /// One word with an article, of which no list knows anything, before the name of whoever speaks: the Adontehene, Nana Ama
    /// Rell, said.
    fn strange(&self, mention: &Mention, other: &Mention) -> bool {
        let base = mention.base.range();
        let entry = |at: usize| self.lexicon.entry(self.tokens[at].word);
        let end = other.base.end as usize;
        base.len() == 2
            && self.classes[base.start] == Class::Determiner
            && self.class(base.end) == Some(Class::Comma)
            && entry(base.start + 1).lists == 0
            && entry(other.base.start as usize).is_any(bits(&[list::GIVEN_NAMES, list::HONORIFICS]))
            && self.class(end) == Some(Class::Comma)
            && self.class(end + 1).is_some_and(Class::finite)
    }

    fn genitive_inside(&self, mention: &Mention) -> bool {
        self.classes[mention.base.range()].contains(&Class::Genitive)
    }

    fn person_noun(&self, mention: &Mention) -> bool {
        let entry = self.lexicon.entry(self.tokens[mention.head as usize].word);
        entry.is(list::ROLES)
            || entry.is(list::TITLES)
            || entry.is(list::GROUPS)
            || entry.is(list::ORGANISATIONS)
    }

    /// `, the day after,` is no description.
    fn thing(&self, mention: &Mention) -> bool {
        self.classes[mention.head as usize] == Class::Time
    }

    /// A past tense that says something or ends its sentence is no participle: police said; the actor wrote, “No.”
    fn says(&self, at: usize) -> bool {
        let says = |verb: &Verb| verb.act == Act::Speech && verb.strength >= Strength::Common;
        let behind = self.class(at + 1);
        self.lexicon.verb(self.lexicon.entry(self.tokens[at].word)).is_some_and(says)
            && matches!(
                behind,
                None | Some(
                    Class::Stop
                        | Class::Comma
                        | Class::Colon
                        | Class::Mark
                        | Class::That
                        | Class::Pronoun
                        | Class::Determiner
                        | Class::Possessive
                        | Class::Capital
                )
            )
    }

    /// A past tense with its object behind it is no participle: the bank closed the account; but the man given the key.
    fn takes_object(&self, at: usize) -> bool {
        let object = matches!(
            self.class(at + 1),
            Some(
                Class::Determiner
                    | Class::Possessive
                    | Class::Pronoun
                    | Class::Mark
                    | Class::Noun
                    | Class::Plural
            )
        );
        object && !self.lexicon.entry(self.tokens[at].word).is(list::NAMING)
    }

    /// Where an appositive that begins with mention `j` ends: before the next comma, mark, stop or finite verb.
    fn clause_end(&self, mentions: &[Mention], j: usize) -> Option<usize> {
        let start = mentions[j].base.end as usize;
        for at in start..(start + LONGEST).min(self.end) {
            match self.classes[at] {
                // The river “came in”: the marks begin with the verb.
                Class::Mark if self.class(at + 1).is_some_and(Class::finite) => return None,
                Class::Mark if at > start => {
                    return Some(self.title_of(&mentions[j], at - 1).unwrap_or(at));
                }
                Class::Comma
                | Class::Stop
                | Class::Semicolon
                | Class::Dash
                | Class::Mark
                | Class::Colon
                | Class::Open
                | Class::Relative
                | Class::That
                | Class::Subordinator
                | Class::Interrogative => return Some(at),
                c if c.finite() && c != Class::Past => return None,
                // The plans leave a hole.
                Class::Base if at == start && mentions[j].plural => return None,
                // “the lease ended in March” is a clause, “the lawyer hired in March” may be none.
                Class::Past
                    if at == start
                        && (self.says(at) || self.takes_object(at) || !self.person_noun(&mentions[j])) =>
                {
                    return None;
                }
                _ => {}
            }
        }
        (start + LONGEST >= self.end).then_some(self.end)
    }
}
