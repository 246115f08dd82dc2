//! *The publican*, *the Cebu senator*: the only person of whom the text has just spoken, called by another word.

use super::describe::OFFICES;
use super::resolve::{Resolver, Who, certainty};
use super::{SpeakerKind, table::compatible};
use crate::lexicon::{Gender, list};
use crate::mention::{Mention, MentionKind};
use crate::span::TokenSpan;
use crate::token::Case;
use crate::token::class::Class;

/// How many sentences back the person is named at most.
const NEAR: usize = 4;
/// How many sentences back the text tells who is before a court.
const COURT: usize = 14;
/// How many sentences back somebody without a name has just spoken.
const JUST: usize = 2;
/// What the list of roles calls an office, as against a job.
pub(super) const OFFICE: &str = "office";
/// How many mentions back somebody else of the same description is looked for.
const FAR: usize = 200;

impl Resolver<'_> {
    /// The only person named in the paragraph so far and in the one before, if nothing says that the description is of
    /// somebody else.
    pub(super) fn sole(&self, m: &Mention, excluded: &[u32]) -> Option<(Who, f32)> {
        let d = self.document;
        let head = d.entry(m.head as usize);
        let description = m.kind == MentionKind::Nominal
            && d.entry(m.base.start as usize).is(list::DEFINITES)
            && !m.plural
            && !m.quoted
            && head.is(list::ROLES)
            && !d.classes[m.base.range()].contains(&Class::Genitive);
        let told = description && self.told_apart(m);
        if !description || self.of(m) && !told || head.gender != Gender::Unknown && !told {
            return None;
        }
        let same =
            |span: TokenSpan| d.tokens[span.range()].iter().any(|t| t.hash == d.tokens[m.head as usize].hash);
        let other = |e: u32| {
            let role = self.bearings.best[e as usize].map(|b| self.bearings.all[b as usize].span);
            role.is_some_and(|span| !same(span) && span.range().any(|i| d.entry(i).is_any(OFFICES)))
        };
        // The health minister need not be whoever spoke last; nor is the Tarn Examiner.
        let spoke = self.just_spoke(m, excluded).filter(|_| told || d.lexicon.label(head) != OFFICE);
        let small = d.tokens[m.head as usize].case == Case::Lower;
        let only = if head.is(list::FUNCTIONS) {
            spoke.filter(|_| told && small)
        } else {
            let here = self.of_paragraph(m).filter(|&e| spoke == Some(e) || told && !other(e));
            here.or_else(|| self.only_named(m)).or_else(|| spoke.filter(|_| told))
        };
        let only = only.filter(|e| !excluded.contains(e))?;
        let entity = &self.table.entities[only as usize];
        let fits = compatible(entity.gender_hint(d), m.gender)
            && !self.asks(Who::Entity(only))
            && !self.of_elsewhere(only, m)
            && (told || !other(only))
            && !self.speaks_of_another(m)
            && !self.met_before(m);
        fits.then_some((Who::Entity(only), certainty::OBJECT))
    }

    /// The one person of whom the text last said that a court has to do with them: *the defendant*, *the accused*.
    pub(super) fn charged(&self, m: &Mention) -> Option<Who> {
        let d = self.document;
        let defendant = m.base.len() == 2
            && !m.plural
            && d.entry(m.base.start as usize).is(list::DEFINITES)
            && d.entry(m.head as usize).is(list::DEFENDANTS);
        if !defendant {
            return None;
        }
        let here = m.sentence as usize;
        let told = |s: &usize| d.sentences[*s].tokens.range().any(|i| d.entry(i).is(list::CHARGES));
        (here.saturating_sub(COURT)..here).rev().filter(told).find_map(|s| {
            let runs = self.table.runs_in(s).map(|r| (&self.table.runs[r], self.table.entity(r)));
            let mut people = runs.filter_map(|(run, e)| {
                let one = run.subject && !run.possessive && !run.quoted && !run.heading;
                e.filter(|&e| one && self.table.entities[e as usize].kind == SpeakerKind::Person)
            });
            let first = people.next()?;
            people.all(|other| other == first).then_some(Who::Entity(first))
        })
    }

    /// *The man*, who is whoever without a name has just spoken: *A neighbour said*.
    pub(super) fn stranger(&self, m: &Mention) -> Option<(Who, f32)> {
        let d = self.document;
        let head = d.entry(m.head as usize);
        let plain = m.base.len() == 2
            && m.full == m.base
            && d.entry(m.base.start as usize).is(list::DEFINITES)
            && head.gender != Gender::Unknown
            && !head.is(list::TITLES)
            && !d.lexicon.is_kin(head)
            && !m.plural
            && !m.quoted;
        let &(who, sentence) = self.spoken.last().filter(|_| plain)?;
        let Who::Described(last) = who else { return None };
        let described = &self.described[last as usize];
        let fits = described.person
            && compatible(described.gender, m.gender)
            && sentence + JUST >= m.sentence as usize
            && !self.speaks_of_another(m)
            && !self.met_before(m);
        fits.then_some((who, certainty::OBJECT))
    }

    /// A name or number says which one it is: *the Cebu senator*, *the mother of three*.
    fn told_apart(&self, m: &Mention) -> bool {
        let d = self.document;
        let number = self.of(m) && d.entry(m.base.end as usize + 1).is(list::NUMBER_WORDS);
        // The Cebu senator, the 1986 winner, the four-time winner, the former senator.
        let times = |i: u32| {
            let parts = d.words(TokenSpan { start: i, end: i + 1 }).split_once('-');
            parts.is_some_and(|(first, _)| d.lexicon.word(first).is(list::NUMBER_WORDS))
        };
        let tells = |i: u32| {
            matches!(d.classes[i as usize], Class::Capital | Class::Number)
                || d.entry(i as usize).is(list::FORMER)
                || times(i)
        };
        number || (m.base.start + 1..m.head).any(tells)
    }

    /// The text has this person hold the office somewhere else: *Kano Governor Ann Rell* is not *the Lagos governor*.
    fn of_elsewhere(&self, entity: u32, m: &Mention) -> bool {
        let d = self.document;
        let capital = |i: &usize| d.classes[*i] == Class::Capital && !d.entry(*i).is_any(OFFICES);
        let here = || (m.base.start as usize..m.head as usize).filter(capital);
        if d.lexicon.label(d.entry(m.head as usize)) != OFFICE || here().next().is_none() {
            return false;
        }
        let entity = (entity as usize, &self.table.entities[entity as usize]);
        let office = |span: &TokenSpan| {
            d.tokens[span.range()].iter().any(|t| t.hash == d.tokens[m.head as usize].hash)
        };
        let held = self.bearings.best[entity.0].map(|b| self.bearings.all[b as usize].span).filter(office);
        // Gov. Ann Rell of Kano
        let end = entity.1.name.end as usize;
        let of = d.class(end + 1).is_some() && d.entry(end).is(list::GENITIVES);
        let behind = of.then(|| TokenSpan::new(end + 1, end + 2));
        let mut there = held.into_iter().chain(behind).flat_map(TokenSpan::range).filter(capital).peekable();
        let same = |i: usize| here().any(|other| d.tokens[other].hash == d.tokens[i].hash);
        there.peek().is_some() && !there.any(same)
    }

    /// A phrase with *of* stands behind the description, which then mostly is of somebody new.
    fn of(&self, m: &Mention) -> bool {
        let d = self.document;
        d.class(m.base.end as usize + 1).is_some() && d.entry(m.base.end as usize).is(list::GENITIVES)
    }

    /// The words of the attribution at hand are of a man or woman, or spoken to one, who then is no other than that
    /// person.
    fn speaks_of_another(&self, m: &Mention) -> bool {
        let d = self.document;
        let behind = self.cue.map(|cue| TokenSpan { start: cue.end, end: cue.end + 1 });
        let content = self.content.iter().map(|&c| d.tokens_in(c));
        let mut spans = content.chain(behind);
        spans.any(|span| {
            let from = d.mentions.partition_point(|other| other.base.start < span.start);
            let inside = d.mentions[from..].iter().take_while(|other| other.base.start < span.end);
            let third = |other: &Mention| {
                other.kind == MentionKind::Pronoun
                    && matches!(other.gender, Gender::Male | Gender::Female)
                    && compatible(other.gender, m.gender)
            };
            { inside }.any(third)
        })
    }

    /// Somebody of this description came up before without a name.
    fn met_before(&self, m: &Mention) -> bool {
        let d = self.document;
        let upto = d.mentions.partition_point(|other| other.base.start < m.base.start);
        let hash = d.tokens[m.head as usize].hash;
        d.mentions[..upto].iter().rev().take(FAR).any(|other| {
            other.kind == MentionKind::Nominal
                && other.apposition.get().is_none()
                && d.tokens[other.head as usize].hash == hash
                && d.class(other.base.end as usize) != Some(Class::Comma)
        })
    }

    /// The one person whom the paragraph names before a mention, where it begins with that person and nobody else speaks
    /// there: whom the paragraph before it named does not matter then.
    fn of_paragraph(&self, m: &Mention) -> Option<u32> {
        let d = self.document;
        let here = m.sentence as usize;
        let paragraph = d.sentences[here].paragraph;
        let from = (here.saturating_sub(NEAR)..=here).find(|&s| d.sentences[s].paragraph == paragraph)?;
        let start = d.sentences[from].tokens.start;
        let only = self.one_named(start, m, &[])?;
        let others = self.spoken.iter().rev().take_while(|spoke| spoke.1 >= from);
        if others.take(NEAR).any(|spoke| spoke.0 != Who::Entity(only)) {
            return None;
        }
        // He said Ana Rell was ready: the paragraph is about him.
        let runs = self.table.runs_between(TokenSpan { start, end: m.base.start });
        let named = { runs }.find(|&r| self.table.entity(r) == Some(only))?;
        let named = self.table.runs[named].tokens.start;
        let first = d.mentions.partition_point(|other| other.base.start < start);
        let before = d.mentions[first..].iter().take_while(|other| other.base.start < named);
        let third = |other: &Mention| {
            other.kind == MentionKind::Pronoun
                && !other.quoted
                && matches!(other.gender, Gender::Male | Gender::Female)
        };
        (!{ before }.any(third)).then_some(only)
    }

    /// Who spoke last, in this paragraph and in a sentence that names nobody else but whom the description cannot mean.
    fn just_spoke(&self, m: &Mention, excluded: &[u32]) -> Option<u32> {
        let d = self.document;
        let other = |who: &Who| matches!(who, Who::Entity(e) if excluded.contains(e));
        let last = self.spoken.iter().rev().take(NEAR).find(|spoke| !other(&spoke.0));
        let &(Who::Entity(last), sentence) = last? else { return None };
        let near = sentence + JUST >= m.sentence as usize
            && d.sentences[sentence].paragraph == d.sentences[m.sentence as usize].paragraph;
        let only = self.one_named(d.sentences[sentence].tokens.start, m, excluded).filter(|_| near)?;
        (only == last).then_some(only)
    }

    /// The one person whom the sentences right before a mention name, where nobody without a name is among them.
    fn only_named(&self, m: &Mention) -> Option<u32> {
        let d = self.document;
        let here = m.sentence as usize;
        let first =
            |from: usize| (d.sentences[from].paragraph + 1 < d.sentences[here].paragraph) as usize + from;
        let from = { here.saturating_sub(NEAR)..here }.find(|&s| first(s) == s).unwrap_or(here);
        self.one_named(d.sentences[from].tokens.start, m, &[])
    }

    /// The possessor of somebody with a name: *Lacey’s* in *Lacey’s mother Tracey*.
    fn opens_kin(&self, r: usize) -> bool {
        let d = self.document;
        let end = self.table.runs[r].tokens.end as usize;
        let kin = (end + 1..d.tokens.len()).take(2).find(|&i| d.lexicon.is_kin(d.entry(i)));
        let behind = kin.map(|i| i + 1 + usize::from(d.class(i + 1) == Some(Class::Comma)));
        behind.is_some_and(|i| d.class(i) == Some(Class::Capital))
    }

    /// The one person who is named between a token and a mention, as a subject, where nobody without a name is.
    fn one_named(&self, start: u32, m: &Mention, excluded: &[u32]) -> Option<u32> {
        let d = self.document;
        let (mut only, mut subject) = (None, false);
        for r in self.table.runs_between(TokenSpan { start, end: m.base.start }) {
            let run = &self.table.runs[r];
            let Some(e) = self.table.entity(r).filter(|_| !run.quoted && !run.heading) else { continue };
            if self.table.entities[e as usize].kind != SpeakerKind::Person || excluded.contains(&e) {
                continue;
            }
            // Lacey’s mother Tracey
            if run.possessive && self.opens_kin(r) {
                continue;
            }
            if only.replace(e).is_some_and(|other| other != e) {
                return None;
            }
            subject |= run.subject && !run.possessive;
        }
        let mentions = d.mentions.partition_point(|other| other.base.start < start);
        let before = d.mentions[mentions..].iter().take_while(|other| other.base.start < m.base.start);
        let unnamed = |other: &Mention| {
            other.kind == MentionKind::Nominal
                && !other.quoted
                && !other.plural
                && other.apposition.get().is_none()
                && d.entry(other.head as usize).is(list::ROLES)
        };
        only.filter(|_| subject && !{ before }.any(unnamed))
    }
}
