//! What belongs to a mention beyond its base: `of` phrases, ages, party and state, comma appositives.

use std::ops::Range;

use super::work::title;
use super::{Mention, MentionKind, Other};
use crate::lexicon::{Act, Lexicon, List, Strength, Traits, Verb, fold, list};
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::token::{Case, Kind, Token};

/// How far an appositive may reach; longer ones are clauses of their own.
const LONGEST: usize = 24;

/// The classes that stand behind a mention where more belongs to it.
const EXTEND: u64 =
    Class::set(&[Class::Preposition, Class::To, Class::Open, Class::Comma, Class::Mark, Class::Genitive]);

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
            mentions[i].apposition = Other::at(offset + j);
            mentions[j].apposition = Other::at(offset + i);
            // The cyclist, a postman named Erasmus Toole: the name is that of both.
            let start = mentions[i].base.start;
            if let Some(before) = i.checked_sub(1).map(|before| &mut mentions[before])
                && before.kind == MentionKind::Nominal
                && before.base.end + 1 == start
                && classes[before.base.end as usize] == Class::Comma
            {
                before.apposition = Other::at(offset + j);
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
                mentions[i].apposition = Other::at(offset + j);
                if mentions[i].kind == MentionKind::Name && scene.bears(&mentions[i], &mentions[j]) {
                    mentions[i].kind = MentionKind::Nominal;
                    mentions[i].name = TokenSpan::default();
                }
                // The governor of Okerewu State, Ivo Lantry: the outermost description owns the name.
                let inner = mentions[j].apposition.get().map(|a| a as usize - offset);
                if let Some(inner) =
                    inner.filter(|&k| k > i && k < j && mentions[i].kind == MentionKind::Nominal)
                {
                    mentions[inner].apposition = Other::NONE;
                    mentions[j].apposition = Other::NONE;
                }
                if mentions[j].apposition.get().is_none() {
                    mentions[j].apposition = Other::at(offset + i);
                }
            }
        }
        mentions[i].full = full;
    }
    super::joined::coordinate(classes, sentence.start, lexicon, tokens, mentions);
}

/// Party and state: D-Ohio.
pub(super) fn party(word: &str) -> bool {
    let state = word.split_once('-').filter(|(party, _)| ["D", "I", "R"].contains(party));
    state.is_some_and(|(_, state)| state.starts_with(char::is_uppercase))
}

/// One sentence and its words.
pub(super) struct Scene<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub classes: &'a [Class],
    pub start: usize,
    pub end: usize,
    pub lexicon: &'a Lexicon,
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

    pub fn listed(&self, at: usize, of: List) -> bool {
        self.lexicon.entry(self.tokens[at].word).is(of)
    }

    pub fn class(&self, at: usize) -> Option<Class> {
        (at < self.end).then(|| self.classes[at])
    }

    /// The mention that begins at this token.
    pub fn beginning(&self, mentions: &[Mention], from: usize, at: usize) -> Option<usize> {
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
            // Rell, now 44
            let aged = matches!(self.class(start), Some(Class::Time | Class::Adverb))
                && self.class(start + 1) == Some(Class::Number)
                && self.closes(start + 2);
            start += usize::from(aged);
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
        let home = || self.home(&mentions[i], start).map(|end| (end, None));
        self.described(mentions, i, start).or_else(home).or(behind)
    }

    /// Where whoever has the name is from, which ends with a comma or its sentence: *Rell, 44, of Tarn Road,*.
    fn home(&self, mention: &Mention, at: usize) -> Option<usize> {
        let of = mention.kind == MentionKind::Name
            && self.class(at) == Some(Class::Preposition)
            && (self.listed(at, list::GENITIVES) || self.tokens[at].hash == fold("from"));
        let place = (at + 1..self.end).take_while(|&i| self.classes[i] == Class::Capital).count();
        let mut end = at + 1 + place;
        // Of Springfield, Va.,
        let state = [self.class(end), self.class(end + 1)] == [Some(Class::Comma), Some(Class::Capital)]
            && (self.listed(end + 1, list::ABBREVIATIONS) || self.listed(end + 1, list::PLACES));
        end += 2 * usize::from(state);
        let closed = matches!(self.class(end), None | Some(Class::Comma | Class::Stop));
        (of && place > 0 && closed).then_some(end)
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

    fn suffix(&self, at: usize) -> bool {
        if at >= self.end || self.tokens[at].kind != Kind::Word {
            return false;
        }
        let token = &self.tokens[at];
        let entry = self.lexicon.entry(token.word);
        let party = || party(token.span.of(self.text));
        let short = || token.capitalised() && token.span.len() <= 8 && entry.is(list::ABBREVIATIONS);
        entry.is(list::NAME_SUFFIXES) || short() || party()
    }

    /// An appositive may end here.
    pub fn closes(&self, at: usize) -> bool {
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

    pub fn genitive_inside(&self, mention: &Mention) -> bool {
        self.classes[mention.base.range()].contains(&Class::Genitive)
    }

    pub fn person_noun(&self, mention: &Mention) -> bool {
        let entry = self.lexicon.entry(self.tokens[mention.head as usize].word);
        entry.is(list::ROLES)
            || entry.is(list::TITLES)
            || entry.is(list::GROUPS)
            || entry.is(list::ORGANISATIONS)
    }

    /// `, the day after,` is no description.
    pub fn thing(&self, mention: &Mention) -> bool {
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
        // A law called the Dream Act, a man called Rell; but: the union called the fine “fair”.
        let name = || {
            let the =
                self.class(at + 1) == Some(Class::Determiner) && self.tokens[at + 1].case == Case::Lower;
            !the || matches!(self.class(at + 2), Some(Class::Capital | Class::Mark))
        };
        object && !(self.lexicon.entry(self.tokens[at].word).is(list::NAMING) && name())
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
