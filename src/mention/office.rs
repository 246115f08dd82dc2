//! Offices before the names of who holds them, inside one phrase: *Mayor of Tarn Ana Rell*, *Superintendent of Police
//! (SP) Ana Rell*.

use smallvec::SmallVec;

use super::chunk::Chunker;
use crate::lexicon::{Classes, bits, list};
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::token::{Case, Kind};

/// So many common words may stand between an office and the name of who holds it: head of human resources Ana Rell.
const MOST_OF_OFFICE: usize = 2;

/// A name has no more words.
const NAME: usize = 5;

/// So many words at most stand between a body and the role of whoever serves it: *law* in *a University of Tarn law
/// professor*.
const FIELDS: usize = 3;

impl Chunker<'_> {
    /// Steps over what may stand inside a name: `Secretary of State Ana Rell`, `Anton “The Kettle” Bruscane`.
    pub fn bridge(&self, start: usize, at: usize, end: usize) -> Option<usize> {
        use Class as C;
        if matches!(self.classes[at], C::Preposition | C::To) {
            // Where the titles end that may reach up to the preposition, or beyond it.
            let titles = (start.max(at.saturating_sub(3))..at)
                .rev()
                .filter_map(|from| super::name::title_end(self.tokens, from, end, self.lexicon));
            let titles: SmallVec<[usize; 3]> = titles.collect();
            if let Some(stop) = self.office(at, end, titles.contains(&at)).or_else(|| self.staff(at, end)) {
                return Some(stop);
            }
            if let Some(&stop) = titles.iter().find(|&&stop| stop > at + 1) {
                return Some(stop);
            }
        }
        if self.classes[at] == C::Open {
            return self.bracketed(at, end);
        }
        if self.classes[at] == C::Conjunction {
            return self.fields(start, at, end).or_else(|| self.qualities(start, at, end));
        }
        if matches!(self.classes[at], C::Comma | C::Past | C::Ing | C::Adverb) {
            return self.qualities(start, at, end);
        }
        if self.classes[at] == C::Mark && self.classes[at - 1] == C::Capital {
            let close = (at + 2..(at + 6).min(end)).find(|&i| self.classes[i] == C::Mark)?;
            // Bear, which the sentence could begin with, too.
            let inside = close == at + 2
                || self.classes[at + 1..close]
                    .iter()
                    .all(|c| matches!(c, C::Capital | C::Determiner | C::Noun | C::Adjective));
            let goes_on =
                close + 1 < end && self.classes[close + 1] == C::Capital && self.tokens[close + 1].spaced;
            return (inside && goes_on && self.tokens[at].spaced && self.tokens[at + 1].capitalised())
                .then_some(close + 1);
        }
        None
    }

    /// Past the second field of an office of two: Tourism and Sports Minister Ana Rell.
    fn fields(&self, start: usize, at: usize, end: usize) -> Option<usize> {
        let entry = |i: usize| self.lexicon.entry(self.tokens[i].word);
        let others = bits(&[
            list::GIVEN_NAMES,
            list::PLACES,
            list::NATIONALITIES,
            list::OUTLETS,
            list::OUTLET_WORDS,
            list::ROLES,
            list::ORGANISATIONS,
            list::DEPUTIES,
        ]);
        let capital = |i: usize| i < end && self.tokens[i].case == Case::Capital;
        let noun = |i: usize| entry(i).dominant.any(Classes::NOUN | Classes::PLURAL);
        let field = |i: usize| {
            capital(i)
                && entry(i).classes.any(Classes::NOUN | Classes::PLURAL | Classes::ADJECTIVE)
                && (!entry(i).is_any(others) || entry(i).is(list::GROUPS)) // police
        };
        let role = at + 1 + (at + 1..at + 4).take_while(|&i| field(i)).count();
        let held = capital(role + 1) || self.classes[start] == Class::Determiner;
        // Foreign Minister Ana Rell has one field, and what stands before it speaks too.
        let office = role > at + 1 && (noun(at + 1) || role > at + 2);
        let joins = field(at - 1) && noun(at - 1) && entry(at).is(list::JOINING);
        (joins && office && held && capital(role) && entry(role).is_any(bits(&[list::TITLES, list::ROLES])))
            .then_some(role + 1)
    }

    /// Past a word in brackets inside a title: Superintendent of Police (SP) Ana Rell, the Salt Authority (SA) chief.
    fn bracketed(&self, at: usize, end: usize) -> Option<usize> {
        use Class as C;
        let [C::Capital, C::Open, _, C::Close, next, ..] = self.classes[at - 1..end] else { return None };
        let short = self.tokens[at + 1].kind == Kind::Word && self.tokens[at + 1].span.len() <= 12;
        let entry = |i: usize| self.lexicon.entry(self.tokens[i].word);
        let goes_on = match next {
            C::Capital => {
                let title = bits(&[list::TITLES, list::ROLES, list::ORGANISATIONS, list::HONORIFICS]);
                entry(at - 1).is_any(title) || self.tokens[at + 1].case == Case::Upper
            }
            C::Noun => entry(at + 3).is_any(bits(&[list::TITLES, list::ROLES])),
            _ => false,
        };
        (short && goes_on).then_some(at + 3)
    }

    /// The end of a name that stands right behind an office: `Mayor of Tarn Ana Rell`, with its preposition at `at`,
    /// at which a title of several words may end.
    fn office(&self, at: usize, end: usize, titled: bool) -> Option<usize> {
        use Class as C;
        let entry = |i: usize| self.lexicon.entry(self.tokens[i].word);
        let single = || entry(at - 1).is_any(bits(&[list::TITLES, list::ROLES])) && !self.kin(at - 1);
        let capital = |i: usize| self.classes[..end].get(i) == Some(&C::Capital);
        // Mother of five Ana Rell
        if self.kin(at - 1) && capital(at + 2) && entry(at + 1).is(list::NUMBER_WORDS) && self.given(at + 2) {
            let stop = at + 2 + (at + 2..end).take_while(|&i| capital(i)).count();
            return (stop > at + 3).then_some(stop);
        }
        if !titled && !single() {
            return None;
        }
        let from = at + 1 + usize::from(self.classes.get(at + 1) == Some(&C::Determiner));
        let common = |i: &usize| matches!(self.classes[*i], C::Noun | C::Plural | C::Adjective);
        let capitals = from + (from..end).take_while(common).count();
        // Chair of the bench Mrs Ana Rell; leader of the Labour group Cllr Ana Rell
        let people = bits(&[list::ROLES, list::TITLES]);
        let body = |i: &usize| common(i) || capital(*i) && !entry(*i).is(list::HONORIFICS);
        let addressed = from + (from..end).take_while(body).count();
        if addressed > from
            && from > at + 1
            && capital(addressed)
            && capital(addressed + 1)
            && self.classes[addressed - 1] == C::Noun
            && !entry(addressed - 1).is_any(people)
        {
            return Some(addressed + (addressed..end).take_while(|&i| capital(i)).count());
        }
        // Behind common words only a known given name begins one, and a firm may have one too.
        if capitals > from
            && !(capitals - from <= MOST_OF_OFFICE
                && capitals < end
                && self.classes[capitals] == C::Capital
                && self.given(capitals)
                && !entry(capitals - 1).is(list::COMPANIES))
        {
            return None;
        }
        let joined = |i: usize| match self.classes[i] {
            C::Capital => true,
            C::Conjunction => capital(i + 1),
            // President of the Chamber of Commerce Ana Rell
            C::Preposition => {
                i > from
                    && entry(i).is(list::GENITIVES)
                    && entry(i - 1).is(list::ORGANISATIONS)
                    && entry(at).is(list::GENITIVES)
                    && capital(i - 1)
                    && (i + 1..i + 4).all(capital)
                    && self.given(i + 2)
            }
            _ => false,
        };
        let stop = capitals + (capitals..end).take_while(|&i| joined(i)).count();
        super::name::behind_office(self.tokens, self.classes, from..stop, self.lexicon).map(|_| stop)
    }

    /// The end of somebody’s role behind the name of an office with its preposition at `at`: `a Ministry of Works
    /// spokeswoman`.
    fn staff(&self, at: usize, end: usize) -> Option<usize> {
        let entry = |i: usize| self.lexicon.entry(self.tokens[i].word);
        let title = |i: usize| entry(i).is_any(bits(&[list::TITLES, list::ROLES]));
        let named = |i: usize| self.classes[..end].get(i) == Some(&Class::Capital);
        // University of the Plains
        let from = at + 1 + usize::from(self.classes.get(at + 1) == Some(&Class::Determiner));
        let capital = |i: &usize| named(*i) && (*i == from || !title(*i));
        let mut role = from + (from..end).take_while(capital).count();
        if role == from {
            return None;
        }
        // Bank of Tarn (BOT) Governor
        if matches!(self.classes[role..end], [Class::Open, _, Class::Close, ..]) {
            role += 3;
        }
        // Bureau of Tides senior forecaster; University of Tarn law professor
        let serves = |i: usize| entry(i).is_any(bits(&[list::ROLES, list::GROUPS]));
        let field = |i: &usize| matches!(self.classes[*i], Class::Adjective | Class::Noun) && !serves(*i);
        role += (role..end.min(role + FIELDS)).take_while(field).count();
        let serves = role < end
            && match self.classes[role] {
                Class::Noun | Class::Plural => serves(role),
                Class::Adjective => serves(role) && named(role + 1),
                // Law Society of Tarn President Ana Rell
                Class::Capital => {
                    let name = || self.given(role + 1) || named(role + 1) && named(role + 2);
                    title(role)
                        && (role + 2 < end && name()
                            || self.classes[..end].get(role + 1) == Some(&Class::Comma))
                }
                _ => false,
            };
        // The first word of a sentence may have no class of a name.
        let office = self.tokens[at - 1].case == Case::Capital && entry(at - 1).is(list::ORGANISATIONS);
        (serves && office).then_some(role + 1)
    }

    /// A title with a capital before a name, behind a small plural that tells of what: the city police Chief Ana Rell.
    pub fn titled(&self, at: usize, end: usize) -> bool {
        let entry = |at: usize| self.lexicon.entry(self.tokens[at].word);
        let before = entry(at - 1);
        let people = bits(&[list::GROUPS, list::ROLES, list::TITLES]);
        at + 1 < end
            && self.classes[at + 1] == Class::Capital
            && entry(at).is_any(bits(&[list::TITLES, list::ROLES]))
            && (before.is(list::ORGANISATIONS) || !before.is_any(people))
    }

    /// Two names stand behind what both are: *said lawyers Ana Rell and Ivo Lantry*; but not behind those who are told of
    /// them: *told lawyers Rell and Lantry would go*.
    pub fn described_together(&self, at: usize, end: usize) -> bool {
        let classes = &self.classes[..end];
        let name =
            |from: usize| (from..end).take(NAME).find(|&i| classes[i] != Class::Capital).unwrap_or(end);
        let and = name(at);
        let second = name(and + 1);
        self.lexicon.entry(self.tokens[at - 1].word).is(list::ROLES)
            && classes.get(and) == Some(&Class::Conjunction)
            && second > and + 1
            && !(at >= 2 && self.tells(at - 2) && classes.get(second).is_some_and(|class| class.finite()))
    }

    /// What somebody does, as the first word of a sentence: `Potter Ines Reed`.
    pub fn occupied(&self, base: TokenSpan) -> bool {
        let start = base.start as usize;
        if base.start != self.opening || base.len() < 3 {
            return false;
        }
        let entry = |i: usize| self.lexicon.entry(self.tokens[i].word);
        let first = entry(start);
        let known = bits(&[
            list::GIVEN_NAMES,
            list::PLACES,
            list::NATIONALITIES,
            list::OUTLETS,
            list::OUTLET_WORDS,
            list::ORGANISATIONS,
            list::SETTINGS,
            list::DOCUMENTS,
            list::WORKS,
        ]);
        self.tokens[start].case == Case::Capital
            && first.dominant.any(Classes::NOUN)
            && !first.is_any(known)
            && self.classes[base.range()].iter().all(|&c| c == Class::Capital)
            && entry(start + 1).is(list::GIVEN_NAMES)
            && entry(start + 1).classes.0 == 0
            && !entry(base.end as usize - 1).is_any(bits(&[list::ORGANISATIONS, list::OUTLET_WORDS]))
    }

    /// What somebody is in one word with a hyphen, at the beginning of a sentence: `Match-winner Tobi Reed`.
    pub fn compound(&self, base: TokenSpan) -> bool {
        let start = base.start as usize;
        let word = self.tokens[start].span.of(self.text);
        let common = word.rsplit_once('-').is_some_and(|(_, last)| last.starts_with(char::is_lowercase));
        common && base.len() >= 3 && self.given(start + 1)
    }

    /// A given name or initials.
    fn given(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        self.lexicon.entry(token.word).is(list::GIVEN_NAMES) || token.span.of(self.text).ends_with('.')
    }

    pub fn kin(&self, at: usize) -> bool {
        self.lexicon.is_kin(self.lexicon.entry(self.tokens[at].word))
    }
}
