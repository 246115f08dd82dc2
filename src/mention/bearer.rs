//! Whether a name beside a description is that of its bearer: *the mayor, Ana Rell*, *the Chairman, House Committee on
//! Power, Ana Rell*.

use super::apposition::Scene;
use super::name::titled;
use super::{Mention, MentionKind};
use crate::lexicon::{bits, list};
use crate::token::class::Class;

/// In how many bodies an office is told to be: *the Director, Public Affairs, Ministry of Works, Ana Rell*.
const MOST_BODIES: usize = 2;

impl Scene<'_> {
    /// Who holds an office, behind the bodies in which it is one and their commas: *the Chairman, House Committee on Power,
    /// Ana Rell, said*.
    pub fn holder(&self, mentions: &[Mention], office: usize, first: usize) -> Option<usize> {
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

    /// One is a name and the other a description of it, or the other way round.
    pub fn can_stand_beside(&self, mention: &Mention, other: &Mention) -> bool {
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
                    // Mr Rell; a Mr Rell
                    let article = u32::from(first == Class::Determiner);
                    let addressed = other.base.len() as u32 == 2 + article
                        && word((other.base.start + article) as usize).is(list::HONORIFICS);
                    other.name.len() == 1
                        && (other.name == other.base || addressed)
                        && (matches!(self.class(end), Some(Class::Comma | Class::Open))
                            // Said the chairman of the council, Mr Rell.
                            || other.base.len() == 2
                                && matches!(self.class(end), None | Some(Class::Colon | Class::Stop)))
                        && word(mention.head as usize).is_any(bits(&[list::ROLES, list::COMPANIES]))
                        && !mention.plural
                        && self.class(end + 1) != Some(Class::Conjunction)
                        // According to the warden, Pam, who teaches, was ill.
                        && !(self.class(end + 1) == Some(Class::Relative)
                            && word(mention.base.start as usize).is(list::DEFINITES))
                };
                let addressed = || {
                    let lead = self.lexicon.entry(self.tokens[other.base.start as usize].word);
                    let end = other.base.end as usize;
                    // The club’s new signing, 19-year-old striker Bo Ek, said
                    let named = || {
                        let first = self.lexicon.entry(self.tokens[other.name.start as usize].word);
                        (first.lists == 0 || first.is(list::GIVEN_NAMES))
                            && self.class(end + 1).is_some_and(Class::finite)
                    };
                    let opens = mention.base.start as usize == self.start
                        && self.classes[self.start] == Class::Determiner
                        && self.class(end) == Some(Class::Comma)
                        && (lead.is(list::GIVEN_NAMES) || named());
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
    pub fn bears(&self, mention: &Mention, other: &Mention) -> bool {
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
}
