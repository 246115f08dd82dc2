//! Whom a description means: the bearer of the title, the business, somebody described before, or somebody new.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::SpeakerKind;
use super::beside::{self, BODIES};
use super::describe::{self, Bearing, OFFICES};
use super::names::Numbers;
use super::resolve::{Described, Resolver, Who, certainty};
use super::run::{Words, before_comma};
use super::table::years_old;
use crate::document::ParagraphKind;
use crate::lexicon::{Gender, Verb, bits, list};
use crate::mention::{Mention, MentionKind};
use crate::span::TokenSpan;
use crate::token::Case;
use crate::token::Sentence;
use crate::token::class::Class;
use crate::token::parent_of;

/// How many who bear the office are looked at on either side of its mention.
pub(super) const NEAR: usize = 64;
/// How many sentences back somebody of a nation is looked for.
const FAR: usize = 14;
/// How many sentences back somebody is named whom another noun for his title means.
const SHORTLY: u32 = 3;
/// How many sentences back somebody spoke lately.
pub(super) const LATELY: usize = 6;
/// How many of another age are passed over.
const OTHERS: usize = 4;

/// Which business the text has named most often as far as one run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leader {
    run: u32,
    entity: u32,
    /// It was named more than once, or no other was, or the text begins with it.
    alone: bool,
}

impl<'a> Resolver<'a> {
    pub(super) fn nominal(&mut self, mention: u32, m: &Mention, excluded: &[u32]) -> Option<(Who, f32)> {
        if let Some(both) = self.together(mention, m) {
            return Some(both);
        }
        if let Some(name) = self.apposed_name(m) {
            let other = self.document.mentions[name as usize];
            if let Some((who, _)) = self.named_mention(name, &other) {
                return Some((who, certainty::APPOSED));
            }
        }
        let handle = |&a: &u32| self.document.mentions[a as usize].kind == MentionKind::Handle;
        if let Some(handle) = m.apposition.get().filter(handle) {
            let name = self.document.words(self.document.mentions[handle as usize].base);
            return Some((self.describe(handle, name.into(), true), certainty::DESCRIBED));
        }
        let beside = beside::name_in_brackets(self.document, m);
        if let Some(name) = beside.or_else(|| beside::name_behind(self.document, m))
            && let Some((who, _)) = self.named_mention(name, &self.document.mentions[name as usize])
        {
            return Some((who, certainty::APPOSED));
        }
        if let Some(who) = self.named_behind_clause(m) {
            return Some((who, certainty::APPOSED));
        }
        if let Some(who) = self.surname(m) {
            return Some((who, certainty::SURNAME));
        }
        let first = self.document.classes[m.base.start as usize];
        let indefinite = matches!(first, Class::Determiner | Class::Quantifier | Class::That)
            && !self.document.entry(m.base.start as usize).is(list::DEFINITES);
        let owned =
            first == Class::Possessive || self.document.classes[m.base.range()].contains(&Class::Genitive);
        let words = self.content(m);
        if let Some(who) = self.by_initials(m) {
            return Some((who, certainty::OFFICE));
        }
        if !indefinite
            && !owned
            && let Some(who) = self.just_described(m, &words)
        {
            return Some((who, certainty::DESCRIBED));
        }
        if !indefinite && !m.plural {
            if let Some(who) = self.company(m, &words).filter(|_| !self.held(words[0], m)) {
                return Some((who, certainty::SEVERAL));
            }
            if let Some(who) = self.bearer(m, &words, owned, &self.spoken) {
                return Some((who, certainty::OFFICE));
            }
        }
        if !indefinite && let Some(who) = self.informant(m) {
            return Some((who, certainty::DESCRIBED));
        }
        if let Some(who) = self.charged(m) {
            return Some((who, certainty::OBJECT));
        }
        if !indefinite && let Some(who) = self.described_before(&words) {
            return Some((who, certainty::DESCRIBED));
        }
        if indefinite && let Some(who) = self.led(m, &words).or_else(|| self.introduced(m)) {
            return Some((who, certainty::OFFICE));
        }
        let again = self.again(m, excluded).or_else(|| self.sole(m, excluded));
        if let Some(who) = again.or_else(|| self.stranger(m)) {
            return Some(who);
        }
        let cue = self.cue;
        let text = self.document.words(describe::description(self.document, m, cue));
        Some((self.describe(mention, text.into(), !indefinite), certainty::DESCRIBED))
    }

    /// The name that stands with a description.
    pub(super) fn apposed_name(&self, m: &Mention) -> Option<u32> {
        let d = self.document;
        // Friends of the actor, Dan Rourke, are not he.
        let several = m.plural && d.class(m.base.end as usize) != Some(Class::Comma);
        let name = |&a: &u32| {
            let name = &d.mentions[a as usize];
            name.kind == MentionKind::Name
                && !(several && name.base.start > m.base.start && !name.joins_names())
        };
        m.apposition.get().filter(name)
    }

    /// Whose name stands behind the clause that tells who or what is meant; a place may stand there too: *the man who lives
    /// in Tarn, North Marrow*.
    pub(super) fn named_behind_clause(&self, m: &Mention) -> Option<Who> {
        let given = beside::name_given(self.document, m);
        let name = given.or_else(|| beside::name_behind_clause(self.document, m))?;
        let (who, _) = self.named_mention(name, &self.document.mentions[name as usize])?;
        let Who::Entity(e) = who else { return None };
        let entity = &self.table.entities[e as usize];
        let body = self.document.entry(m.head as usize).is_any(BODIES);
        ((given.is_some() || entity.kind == SpeakerKind::Person || body) && !entity.place).then_some(who)
    }

    /// A title that is the surname of somebody before: *King said*, where Ann King is.
    pub(super) fn surname(&self, m: &Mention) -> Option<Who> {
        let token = &self.document.tokens[m.head as usize];
        let plain = m.base.len() == 1 && token.case == Case::Capital && !m.plural;
        let bearers = self.table.surnames.get(&token.hash).filter(|_| plain)?;
        let people = bearers.iter().rev().copied().take(NEAR);
        let mut before = people.filter(|&e| {
            let entity = &self.table.entities[e as usize];
            entity.kind == SpeakerKind::Person
                && entity.words.len() > 1
                && entity.full.first().is_some_and(|&at| at < m.base.start)
        });
        before.next().map(Who::Entity)
    }

    /// Somebody of whom the text spoke already, whom it now calls by another word: *the 63-year-old*, *the striker*,
    /// *the Norwegian*.
    pub(super) fn again(&mut self, m: &Mention, excluded: &[u32]) -> Option<(Who, f32)> {
        let d = self.document;
        let definite = d.entry(m.base.start as usize).is(list::DEFINITES);
        let aged = |i: usize| years_old(d, i).is_some();
        // The mother-of-two
        let parent = |i: usize| parent_of(d.words(TokenSpan::new(i, i + 1)), d.lexicon);
        let parent = m.base.range().find_map(parent);
        // The Nigeria international: the noun may be an adjective too, and then is no head.
        let varies = || [m.head, m.base.end - 1].iter().any(|&i| d.entry(i as usize).is(list::VARIATIONS));
        // The tearful mother, where no word tells of another one.
        let kin = || {
            m.base.len() == 3
                && d.classes[m.base.start as usize + 1] == Class::Adjective
                && d.lexicon.is_kin(d.entry(m.head as usize))
                && m.gender != Gender::Unknown
        };
        let native = || {
            let (entry, word) = (d.entry(m.head as usize), d.words(m.name));
            let other = bits(&[list::PLACES, list::OUTLETS, list::ORGANISATIONS]);
            m.base.len() == 2
                && d.tokens[m.head as usize].case == Case::Capital
                && entry.is(list::NATIONALITIES)
                && !entry.is_any(other)
                && one_of_a_nation(word)
        };
        let back = definite
            && !m.plural
            && !m.quoted
            && (m.full == m.base || m.base.range().any(aged))
            // THE WITNESS: before his words is a label.
            && d.class(m.base.end as usize) != Some(Class::Colon)
            && (m.base.range().any(aged) || parent.is_some() || varies() || kin() || native());
        if !back {
            return None;
        }
        if native()
            && let Some(who) = self.countryman(m, excluded)
        {
            return Some((who, certainty::NAMED));
        }
        // Finn is a man’s name, a Finn need be none.
        let gender = match parent {
            Some(parent) => d.lexicon.word(parent).gender,
            None if m.kind == MentionKind::Name => Gender::Unknown,
            None => m.gender,
        };
        let age = m.base.range().find_map(|i| years_old(d, i));
        if let Some(who) = age.and_then(|age| self.of_age(age, m, excluded)) {
            return Some((who, certainty::NAMED));
        }
        let mut who = self.third(&Mention { gender, ..*m }, excluded)?.0;
        if let Some(age) = age {
            let mut others = Numbers::from_slice(excluded);
            while let Who::Entity(e) = who
                && self.table.entities[e as usize].age(d).is_some_and(|own| own != age)
            {
                if others.len() > excluded.len() + OTHERS {
                    return None;
                }
                others.push(e);
                who = self.third(&Mention { gender, ..*m }, &others)?.0;
            }
        }
        if self.asks(who) {
            return None;
        }
        // A trader said so; the 29-year-old.
        let paragraph = |sentence: usize| d.sentences[sentence].paragraph;
        let just = |&(last, sentence): &(Who, usize)| {
            matches!(last, Who::Described(_))
                && last == who
                && paragraph(sentence) == paragraph(m.sentence as usize)
        };
        let unnamed = m.base.range().any(aged) && self.spoken.last().is_some_and(just);
        (self.kind(who) == SpeakerKind::Person || unnamed).then_some((who, certainty::OBJECT))
    }

    /// The latest before *the 44-year-old* whom the text gives this age.
    fn of_age(&self, age: u32, m: &Mention, excluded: &[u32]) -> Option<Who> {
        let upto = self.table.runs.partition_point(|r| r.tokens.start < m.base.start);
        let near = (0..upto).rev().take(NEAR).filter_map(|r| self.table.entity(r));
        let mut of_age = near.filter(|&e| self.table.entities[e as usize].age(self.document) == Some(age));
        of_age.next().map(Who::Entity).filter(|&who| self.can_be(who, m.gender, excluded))
    }

    /// The latest before *the Norwegian* whom the text says to be one: *Norway’s Ola Sund*, *Norwegian skier Ola Sund*,
    /// *Ola Sund of Norway*.
    fn countryman(&self, m: &Mention, excluded: &[u32]) -> Option<Who> {
        let d = self.document;
        let nation = d.words(m.name);
        let upto = self.table.runs.partition_point(|r| r.tokens.start < m.base.start);
        let near = (0..upto).rev().take(NEAR).map(|r| (&self.table.runs[r], r));
        let mut near = near.take_while(|(run, _)| run.sentence as usize + FAR >= m.sentence as usize);
        let says = |at: usize| akin(d.words(TokenSpan::new(at, at + 1)), nation);
        let of = |end: usize| {
            d.class(end) == Some(Class::Preposition) && d.class(end + 1).is_some() && says(end + 1)
        };
        near.find_map(|(run, r)| {
            let start = run.mention.map_or(run.tokens.start, |i| d.mentions[i as usize].base.start);
            let mut before = start.saturating_sub(2) as usize..run.tokens.start as usize;
            let native = before.any(says) || of(run.tokens.end as usize);
            let who = Who::Entity(self.table.entity(r).filter(|_| native)?);
            self.can_be(who, Gender::Unknown, excluded).then_some(who)
        })
    }

    /// The words that carry a description, folded, the head first.
    pub(super) fn content(&self, m: &Mention) -> Words {
        let span = before_comma(self.document, m.full.join(m.base));
        let mut out = Words::from_slice(&[self.document.tokens[m.head as usize].hash]);
        out.extend(
            span.range()
                .filter(|&i| i != m.head as usize && self.carries(i))
                .map(|i| self.document.tokens[i].hash),
        );
        out
    }

    /// The tokens of a possessor without a name: `the country’s` in `the country’s foreign minister`.
    pub(super) fn owner(&self, m: &Mention) -> std::ops::Range<usize> {
        let classes = &self.document.classes[m.base.range()];
        let genitive = classes.iter().rposition(|&c| c == Class::Genitive);
        let start = m.base.start as usize;
        match genitive {
            Some(g) if !classes[..g].contains(&Class::Capital) => start..start + g + 1,
            _ => start..start,
        }
    }

    pub(super) fn owner_unnamed(&self, m: &Mention) -> bool {
        !self.owner(m).is_empty() && self.document.entry(m.base.start as usize).is(list::DEFINITES)
    }

    pub(super) fn carries(&self, token: usize) -> bool {
        use Class as C;
        matches!(self.document.classes[token], C::Noun | C::Plural | C::Adjective | C::Capital | C::Number)
    }

    /// A person of this text is called so: *Developer Ian Stack*.
    fn held(&self, head: u64, m: &Mention) -> bool {
        let known = self.bearings.by_head.get(&head).map_or(&[][..], |known| known);
        let before = known.partition_point(|&b| self.bearings.all[b as usize].token < m.base.start);
        known[..before].iter().rev().take(NEAR).any(|&b| {
            self.table.entities[self.bearings.all[b as usize].entity as usize].kind == SpeakerKind::Person
        })
    }

    /// The only business of which the text has just said that it is one: *the airline Korvik*.
    fn called(&self, m: &Mention, head: u64) -> Option<u32> {
        let known = self.bearings.by_head.get(&head)?;
        let upto = known.partition_point(|&b| self.bearings.all[b as usize].token < m.base.start);
        let named = known[..upto].iter().rev().take(NEAR).map(|&b| self.bearings.all[b as usize]);
        let of_name = |b: &Bearing| {
            let entity = &self.table.entities[b.entity as usize];
            entity.place || entity.name.overlaps(b.span)
        };
        let mut named = named.filter(|b| !b.short && !of_name(b)).map(|b| b.entity);
        let one = named.next()?;
        let person = self.table.entities[one as usize].kind == SpeakerKind::Person;
        (!person && named.all(|other| other == one) && self.lately_named(one, m)).then_some(one)
    }

    /// `the company`: the business that the text has named most often so far; of several named once each, one that has
    /// spoken or with which it begins.
    fn company(&self, m: &Mention, words: &[u64]) -> Option<Who> {
        let company = self.document.entry(m.head as usize).is(list::COMPANIES);
        if !company || words.len() > 1 || self.document.classes[m.base.start as usize] != Class::Determiner {
            return None;
        }
        if let Some(one) = self.called(m, words[0]) {
            return Some(Who::Entity(one));
        }
        let upto = self.table.runs.partition_point(|r| r.tokens.start < m.base.start) as u32;
        let leaders = self.leaders.get_or_init(|| self.find_leaders());
        let last = leaders.partition_point(|leader| leader.run < upto).checked_sub(1)?;
        let Leader { entity, alone, .. } = leaders[last];
        let who = Who::Entity(entity);
        (alone || self.spoken.iter().rev().take(NEAR).any(|spoke| spoke.0 == who)).then_some(who)
    }

    /// What may be a business, organisations and names of which nothing is known: which of them was named most often at
    /// each run that names one.
    fn find_leaders(&self) -> Vec<Leader> {
        let mut named = vec![0_u32; self.table.entities.len()];
        let (mut leader, mut several) = (None, false);
        let body = |s: &Sentence| self.document.paragraphs[s.paragraph as usize].kind == ParagraphKind::Body;
        let opening = self.document.sentences.iter().position(body).unwrap_or(0) as u32;
        let mut opens = vec![false; named.len()];
        let mut leaders = Vec::with_capacity(self.table.runs.len());
        for r in 0..self.table.runs.len() {
            let run = &self.table.runs[r];
            let Some(e) = self.table.entity(r).filter(|_| !run.quoted && !run.heading) else { continue };
            let entity = &self.table.entities[e as usize];
            let outlet = |i| {
                self.document.entry(i).is_any(bits(&[list::OUTLETS, list::OUTLET_WORDS, list::TIME_WORDS]))
            };
            // Told the Ledger that: whoever hears it.
            let before = run.tokens.start.checked_sub(1).map(|at| self.document.entry(at as usize));
            let verb = before.and_then(|before| self.document.lexicon.verb(before));
            let told = verb.is_some_and(Verb::tells);
            if entity.place
                || told
                || !matches!(entity.kind, SpeakerKind::Organization | SpeakerKind::Unknown)
                || run.tokens.range().any(outlet)
                // LONDON, May 4 - Shares in Norvik fell
                || run.words.len() == 1
                    && run.tokens.start > 0
                    && self.document.classes[run.tokens.start as usize - 1] == Class::Dash
            {
                continue;
            }
            named[e as usize] += 1;
            opens[e as usize] |= run.sentence <= opening + 1;
            several |= leader.is_some_and(|(_, Reverse(first))| first != e);
            leader = leader.max(Some((named[e as usize], Reverse(e))));
            let first = |(times, Reverse(entity))| {
                let alone = times > 1 || !several || opens[entity as usize];
                Leader { run: r as u32, entity, alone }
            };
            leaders.extend(leader.map(first));
        }
        leaders
    }

    /// Somebody is named in the few sentences before a mention.
    pub(super) fn named_shortly(&self, m: &Mention) -> bool {
        let paragraph = self.document.sentences[m.sentence as usize].paragraph;
        if self.document.paragraphs[paragraph as usize].kind != ParagraphKind::Body {
            return false;
        }
        self.shortly_before(m).any(|r| {
            let entity = self.table.entity(r).map(|e| &self.table.entities[e as usize]);
            !self.table.runs[r].heading && entity.is_some_and(|e| e.kind == SpeakerKind::Person)
        })
    }

    /// The entity is named in one of the few sentences before a mention.
    pub(super) fn lately_named(&self, entity: u32, m: &Mention) -> bool {
        self.shortly_before(m).any(|r| self.table.entity(r) == Some(entity))
    }

    /// The runs in the few sentences before a mention, the latest first.
    fn shortly_before(&self, m: &Mention) -> impl Iterator<Item = usize> {
        let upto = self.table.runs.partition_point(|r| r.tokens.start < m.base.start);
        let here = (0..upto).rev().take(NEAR);
        here.take_while(|&r| self.table.runs[r].sentence + SHORTLY >= m.sentence)
    }

    /// The latest who tells what is not for all ears: *a second insider said; the source added*.
    fn informant(&self, m: &Mention) -> Option<Who> {
        let plain = m.base.len() == 2 && m.full == m.base && !m.plural;
        if !plain || !self.document.entry(m.head as usize).is(list::INFORMANTS) {
            return None;
        }
        let told = |who: &Who| matches!(who, Who::Described(d) if self.described[*d as usize].informant);
        self.spoken.iter().rev().take(LATELY).map(|spoke| spoke.0).find(told)
    }

    /// Who spoke last, where that is somebody without a name whom the same word introduced: *A deckhand said it was late.
    /// “Very,” the deckhand said.*
    fn just_described(&self, m: &Mention, words: &[u64]) -> Option<Who> {
        let &(who, sentence) = self.spoken.last()?;
        let Who::Described(d) = who else { return None };
        let described = &self.described[d as usize];
        let same = described.person && described.words.first() == words.first();
        let whole = words.iter().all(|word| described.words.contains(word));
        (same && whole && sentence + SHORTLY as usize >= m.sentence as usize).then_some(who)
    }

    /// Somebody without a name who was described with the same words before.
    fn described_before(&self, words: &[u64]) -> Option<Who> {
        let known = self.described_by_head.get(&words[0])?;
        known
            .iter()
            .rev()
            .take(16)
            .find(|&&d| words[1..].iter().all(|w| self.described[d as usize].words.contains(w)))
            .map(|&d| Who::Described(d))
    }

    /// Makes a speaker of a description; `shared` takes an earlier one of the same words.
    pub(super) fn describe(&mut self, mention: u32, text: Cow<'a, str>, shared: bool) -> Who {
        let kind = describe::kind(self.document, &self.document.mentions[mention as usize]);
        self.describe_as(kind, mention, text, shared)
    }

    /// The same where it is known of which kind the speaker is.
    pub(super) fn describe_as(
        &mut self,
        kind: SpeakerKind,
        mention: u32,
        text: Cow<'a, str>,
        shared: bool,
    ) -> Who {
        let m = &self.document.mentions[mention as usize];
        let words = self.content(m);
        if shared {
            let same = self
                .described_by_head
                .get(&words[0])
                .into_iter()
                .flatten()
                .rev()
                .take(16)
                .find(|&&d| self.described[d as usize].text == text);
            if let Some(&d) = same {
                return Who::Described(d);
            }
        }
        let number = self.described.len() as u32;
        self.described_by_head.entry(words[0]).or_default().push(number);
        let person = kind == SpeakerKind::Unnamed && self.document.entry(m.head as usize).is_any(OFFICES);
        let informant = !m.plural && self.document.entry(m.head as usize).is(list::INFORMANTS);
        self.described.push(Described { text, kind, gender: m.gender, person, informant, words });
        Who::Described(number)
    }
}

/// A country and the word for its people, or twice the same, by how they begin: Ukraine and Ukrainian.
fn akin(word: &str, nation: &str) -> bool {
    let common = word.bytes().zip(nation.bytes()).take_while(|(one, other)| one == other).count();
    common >= 4 && word.starts_with(char::is_uppercase)
}

/// The word for people of a nation can mean one of them: the Norwegian, but not the French or the Swiss.
fn one_of_a_nation(word: &str) -> bool {
    !["sh", "ch", "ese", "ss", "s"].iter().any(|end| word.ends_with(end))
}
