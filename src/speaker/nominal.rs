//! Whom a description means: the bearer of the title, the business, somebody described before, or somebody new.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::SpeakerKind;
use super::describe::{self, OFFICES};
use super::resolve::{Described, Resolver, Who, certainty};
use super::run::{Words, before_comma};
use super::table::compatible;
use crate::document::ParagraphKind;
use crate::lexicon::{Gender, bits, fold, list};
use crate::mention::{Mention, MentionKind};
use crate::span::TokenSpan;
use crate::token::Case;
use crate::token::class::Class;

/// How many who bear the office are looked at on either side of its mention.
const NEAR: usize = 64;
/// How many sentences back somebody of a nation is looked for.
const FAR: usize = 14;
/// How many sentences back somebody is named whom another noun for his title means.
const SHORTLY: u32 = 3;
/// How many sentences back somebody spoke lately.
const LATELY: usize = 6;

impl<'a> Resolver<'a> {
    pub(super) fn nominal(&mut self, mention: u32, m: &Mention, excluded: &[u32]) -> Option<(Who, f32)> {
        if let Some(name) =
            m.apposition.filter(|&a| self.document.mentions[a as usize].kind == MentionKind::Name)
        {
            let other = self.document.mentions[name as usize];
            if let Some((who, _)) = self.named_mention(name, &other) {
                return Some((who, certainty::APPOSED));
            }
        }
        let handle = |&a: &u32| self.document.mentions[a as usize].kind == MentionKind::Handle;
        if let Some(handle) = m.apposition.filter(handle) {
            let name = self.document.words(self.document.mentions[handle as usize].base);
            return Some((self.describe(handle, name.into(), true), certainty::DESCRIBED));
        }
        let beside = describe::name_in_brackets(self.document, m);
        if let Some(name) = beside.or_else(|| describe::name_behind(self.document, m))
            && let Some((who, _)) = self.named_mention(name, &self.document.mentions[name as usize])
        {
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
        if !indefinite && let Some(who) = self.described_before(&words) {
            return Some((who, certainty::DESCRIBED));
        }
        if indefinite && let Some(who) = self.led(m, &words) {
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

    /// Whom the first paragraph calls by what he is, and only a later one by his name: *A coroner has said*.
    fn led(&self, m: &Mention, words: &[u64]) -> Option<Who> {
        let d = self.document;
        let sentence = d.sentences[m.sentence as usize];
        let opens = m.base.start == sentence.tokens.start
            && !m.plural
            && d.entry(m.base.start as usize).is(list::INDEFINITES)
            && d.entry(m.head as usize).is_any(bits(&[list::ROLES, list::TITLES]));
        if !opens || d.paragraphs[sentence.paragraph as usize].kind != ParagraphKind::Body {
            return None;
        }
        let earlier = &d.paragraphs[..sentence.paragraph as usize];
        if earlier.iter().rev().take(LATELY).any(|p| p.kind == ParagraphKind::Body) {
            return None;
        }
        let known = self.bearings.by_head.get(&words[0])?;
        let bearing = |&b: &u32| &self.bearings.all[b as usize];
        let first = bearing(known.first()?);
        let one = known.iter().take(NEAR).all(|b| bearing(b).entity == first.entity);
        // Its driver need not be the driver that the text began with.
        let owned = d.classes[first.span.start as usize] == Class::Possessive;
        let fits = first.token > m.base.end
            && one
            && !owned
            && self.table.entities[first.entity as usize].kind == SpeakerKind::Person
            && compatible(self.table.entities[first.entity as usize].gender, m.gender)
            && words[1..].iter().all(|&w| self.says(first.span, first.entity, w));
        fits.then_some(Who::Entity(first.entity))
    }

    /// Somebody of whom the text spoke already, whom it now calls by another word: *the 63-year-old*, *the striker*,
    /// *the Norwegian*.
    pub(super) fn again(&mut self, m: &Mention, excluded: &[u32]) -> Option<(Who, f32)> {
        let d = self.document;
        let definite = d.entry(m.base.start as usize).is(list::DEFINITES);
        let aged = |i: usize| {
            let word = d.words(TokenSpan::new(i, i + 1));
            word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with("-old")
        };
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
            && m.full == m.base
            // THE WITNESS: before his words is a label.
            && d.class(m.base.end as usize) != Some(Class::Colon)
            && (m.base.range().any(aged) || varies() || kin() || native());
        if !back {
            return None;
        }
        if native()
            && let Some(who) = self.countryman(m, excluded)
        {
            return Some((who, certainty::NAMED));
        }
        // Finn is a man’s name, a Finn need be none.
        let gender = if m.kind == MentionKind::Name { Gender::Unknown } else { m.gender };
        let (who, _) = self.third(&Mention { gender, ..*m }, excluded)?;
        (self.kind(who) == SpeakerKind::Person).then_some((who, certainty::OBJECT))
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
    fn content(&self, m: &Mention) -> Words {
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
    fn owner(&self, m: &Mention) -> std::ops::Range<usize> {
        let classes = &self.document.classes[m.base.range()];
        let genitive = classes.iter().rposition(|&c| c == Class::Genitive);
        let start = m.base.start as usize;
        match genitive {
            Some(g) if !classes[..g].contains(&Class::Capital) => start..start + g + 1,
            _ => start..start,
        }
    }

    fn owner_unnamed(&self, m: &Mention) -> bool {
        !self.owner(m).is_empty() && self.document.entry(m.base.start as usize).is(list::DEFINITES)
    }

    fn carries(&self, token: usize) -> bool {
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

    /// `the company`: the business that the text has named most often so far.
    fn company(&self, m: &Mention, words: &[u64]) -> Option<Who> {
        let company = self.document.entry(m.head as usize).is(list::COMPANIES);
        if !company || words.len() > 1 || self.document.classes[m.base.start as usize] != Class::Determiner {
            return None;
        }
        let upto = self.table.runs.partition_point(|r| r.tokens.start < m.base.start) as u32;
        let leaders = self.leaders.get_or_init(|| self.find_leaders());
        let last = leaders.partition_point(|&(run, _)| run < upto).checked_sub(1)?;
        Some(Who::Entity(leaders[last].1))
    }

    /// Descriptions in a sentence that mean somebody with a name: token and entity.
    pub(super) fn offices_in(&self, sentence: usize) -> &[(u32, u32)] {
        self.offices[sentence].get_or_init(|| self.find_offices(sentence as u32))
    }

    fn find_offices(&self, sentence: u32) -> Vec<(u32, u32)> {
        let d = self.document;
        let first = d.mentions.partition_point(|m| m.sentence < sentence);
        let here = d.mentions[first..].iter().take_while(|m| m.sentence == sentence);
        let borne = |m: &&Mention| {
            m.kind == MentionKind::Nominal
                && !m.quoted
                && !m.plural
                && d.entry(m.base.start as usize).is(list::DEFINITES)
                && self.bearings.by_head.contains_key(&d.tokens[m.head as usize].hash)
        };
        let office = |m: &Mention| match self.bearer(m, &self.content(m), false, &[])? {
            Who::Entity(e) => Some((m.base.start, e)),
            Who::Described(_) => None,
        };
        here.filter(borne).filter_map(office).collect()
    }

    /// What may be a business, organisations and names of which nothing is known: which of them was named most often at
    /// each run that names one.
    fn find_leaders(&self) -> Vec<(u32, u32)> {
        let mut named = vec![0_u32; self.table.entities.len()];
        let mut leader = None;
        let mut leaders = Vec::with_capacity(self.table.runs.len());
        for r in 0..self.table.runs.len() {
            let run = &self.table.runs[r];
            let Some(e) = self.table.entity(r).filter(|_| !run.quoted && !run.heading) else { continue };
            let entity = &self.table.entities[e as usize];
            let outlet = |i| {
                self.document.entry(i).is_any(bits(&[list::OUTLETS, list::OUTLET_WORDS, list::TIME_WORDS]))
            };
            if entity.place
                || !matches!(entity.kind, SpeakerKind::Organization | SpeakerKind::Unknown)
                || run.tokens.range().any(outlet)
            {
                continue;
            }
            named[e as usize] += 1;
            leader = leader.max(Some((named[e as usize], Reverse(e))));
            leaders.extend(leader.map(|(_, Reverse(e))| (r as u32, e)));
        }
        leaders
    }

    /// Who bears the title or role: one of those who spoke last, else the latest before the mention, else the first behind it.
    fn bearer(&self, m: &Mention, words: &[u64], owned: bool, spoken: &[(Who, usize)]) -> Option<Who> {
        if !self.document.entry(m.head as usize).is_any(OFFICES) {
            return None;
        }
        let known = self.bearings.by_head.get(&words[0])?;
        let split = known.partition_point(|&b| self.bearings.all[b as usize].token < m.base.start);
        let premodifiers = m.base.range().filter(|&i| i != m.head as usize && self.carries(i)).count();
        // Those behind a bracket in the title are not among the words.
        let premodifiers = premodifiers.min(words.len() - 1);
        let owner: Vec<u64> = self.owner(m).map(|i| self.document.tokens[i].hash).collect();
        let fits = |&&b: &&u32| {
            let bearing = &self.bearings.all[b as usize];
            let entity = &self.table.entities[bearing.entity as usize];
            let phrase = self.document.classes[bearing.span.range()].contains(&Class::Preposition);
            let told = if phrase { &words[1..] } else { &words[1..=premodifiers] };
            compatible(entity.gender, m.gender)
                && (!bearing.short || self.lately_named(bearing.entity, m))
                && told
                    .iter()
                    .filter(|w| !owner.contains(w))
                    .all(|w| self.says(bearing.span, bearing.entity, *w))
        };
        // “The country’s” points back or ahead as “its” does: the office is that of the only one who bears it.
        let anaphoric = self.owner_unnamed(m);
        if owned && (words.len() == 1 || anaphoric) {
            let near = &known[split.saturating_sub(NEAR)..known.len().min(split + NEAR)];
            let named = |b: u32| {
                let body = &self.bearings.all[b as usize];
                body.span == self.table.entities[body.entity as usize].name
            };
            // His office is none that bears the word in its name.
            let known = near.iter().filter(|b| if anaphoric { fits(b) } else { !named(**b) });
            let mut bearers: Vec<u32> = known.map(|&b| self.bearings.all[b as usize].entity).collect();
            bearers.sort_unstable();
            bearers.dedup();
            return if let [one] = bearers[..] { Some(Who::Entity(one)) } else { None };
        }
        let bearer = |b: &u32| self.bearings.all[*b as usize].entity;
        // The governor is not the deputy governor, where the text has both.
        let under = |b: &u32| self.under(self.bearings.all[*b as usize].span);
        let near = &known[split.saturating_sub(NEAR)..split];
        let above =
            near.iter().any(under) && !self.under(m.base) && near.iter().any(|b| !under(b) && fits(&b));
        let whole = |b: &u32| !above || !under(b);
        let lately = spoken.iter().rev().take(2).filter(|s| m.sentence as usize <= s.1 + LATELY);
        let last = lately.filter_map(|s| match s.0 {
            Who::Entity(e) => known.iter().take(NEAR).find(|&&b| bearer(&b) == e && fits(&&b) && whole(&b)),
            Who::Described(_) => None,
        });
        // Without a country or field of its own, the office is rather held by one who is named without one too.
        let plain = |b: &&u32| fits(b) && self.bearings.all[**b as usize].span.len() == words.len();
        let before = || known[..split].iter().rev().take(32).filter(|b| whole(b));
        let behind = || known[split..].iter().take(32).filter(|b| !under(b) || self.under(m.base));
        let mut last = last;
        let behind_it = self.document.tokens.get(m.base.end as usize);
        let of = behind_it.is_some_and(|t| self.document.lexicon.entry(t.word).is(list::GENITIVES));
        let bare = words.len() == 1 && !of;
        if let Some(last) = last.next() {
            return Some(Who::Entity(bearer(last)));
        }
        let found = before().find(plain).or_else(|| before().find(fits));
        if let Some(found) = found
            && (self.beside_another(*found, before().filter(|b| fits(b)))
                || self.bearings.all[*found as usize].short
                    && before().any(|b| self.another_body(*found, *b) && fits(&b)))
        {
            return None;
        }
        found
            .or_else(|| behind().find(plain))
            .or_else(|| behind().find(fits).filter(|_| !bare || !self.named_shortly(m)))
            .map(bearer)
            .or_else(|| self.kept(m, &known[split.saturating_sub(NEAR)..split]))
            .map(Who::Entity)
    }

    /// *Obi’s lawyer*, who came up as *her lawyer, Femi Adu*, behind nobody but Obi.
    fn kept(&self, m: &Mention, known: &[u32]) -> Option<u32> {
        let d = self.document;
        let genitive = d.classes[m.base.range()].iter().rposition(|&c| c == Class::Genitive)?;
        if genitive + 2 != m.base.len() {
            return None;
        }
        let owner = self.table.entity(self.table.runs_between(m.base).next()?)?;
        let entity = &self.table.entities[owner as usize];
        let last = |before: u32| {
            let upto = self.table.runs.partition_point(|r| r.tokens.start < before);
            let people = (0..upto).rev().take(LATELY).filter_map(|r| self.table.entity(r));
            { people }.find(|&e| self.table.entities[e as usize].kind == SpeakerKind::Person)
        };
        let his = |b: &&u32| {
            let bearing = &self.bearings.all[**b as usize];
            let first = bearing.span.start as usize;
            d.classes[first] == Class::Possessive
                && bearing.entity != owner
                && compatible(d.entry(first).gender, entity.gender)
                && last(bearing.span.start.min(bearing.token)) == Some(owner)
        };
        let found = known.iter().rev().find(his)?;
        (entity.kind == SpeakerKind::Person).then(|| self.bearings.all[*found as usize].entity)
    }

    /// Words that make an office another one: *deputy governor*, *former minister*.
    fn under(&self, span: TokenSpan) -> bool {
        let d = self.document;
        let joined = |i: usize| {
            let parts = d.words(TokenSpan::new(i, i + 1)).split_once('-');
            parts.is_some_and(|(first, _)| d.lexicon.word(first).is(list::DEPUTIES))
        };
        span.range().any(|i| d.entry(i).is(list::DEPUTIES) || joined(i))
    }

    /// Another bears an office in the sentence in which its bearer is named so, and nothing tells which of them is meant:
    /// *Councillor Marsh and Councillor Tope quarrelled*.
    fn beside_another<'b>(&self, found: u32, mut bearers: impl Iterator<Item = &'b u32>) -> bool {
        let bearing = |b: u32| &self.bearings.all[b as usize];
        let sentence = |b: u32| self.document.sentence_of(bearing(b).token);
        let alike = |b: &u32| {
            bearing(*b).entity != bearing(found).entity
                && bearing(*b).span.len() == bearing(found).span.len()
                && sentence(*b) == sentence(found)
        };
        bearers.any(alike)
    }

    /// Another organisation is called by the same noun.
    fn another_body(&self, found: u32, other: u32) -> bool {
        let entity = |b: u32| self.bearings.all[b as usize].entity;
        let kind = |b: u32| self.table.entities[entity(b) as usize].kind;
        entity(found) != entity(other)
            && kind(found) != SpeakerKind::Person
            && kind(other) != SpeakerKind::Person
    }

    /// Somebody is named in the few sentences before a mention.
    fn named_shortly(&self, m: &Mention) -> bool {
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
    fn lately_named(&self, entity: u32, m: &Mention) -> bool {
        self.shortly_before(m).any(|r| self.table.entity(r) == Some(entity))
    }

    /// The runs in the few sentences before a mention, the latest first.
    fn shortly_before(&self, m: &Mention) -> impl Iterator<Item = usize> {
        let upto = self.table.runs.partition_point(|r| r.tokens.start < m.base.start);
        let here = (0..upto).rev().take(NEAR);
        here.take_while(|&r| self.table.runs[r].sentence + SHORTLY >= m.sentence)
    }

    /// A word of the description or of the name itself.
    fn says(&self, span: TokenSpan, entity: u32, word: u64) -> bool {
        let d = self.document;
        // Ex-Norway captain: the former Norway captain.
        let deputy = |word: u64| d.lexicon.entry(d.lexicon.id(word)).is(list::DEPUTIES);
        let joined = |i: usize| {
            let parts = d.words(TokenSpan::new(i, i + 1)).split_once('-');
            parts
                .filter(|(_, rest)| rest.starts_with(char::is_uppercase))
                .is_some_and(|(first, rest)| fold(rest) == word || deputy(fold(first)) && deputy(word))
        };
        d.tokens[span.range()].iter().any(|t| t.hash == word)
            || self.table.entities[entity as usize].words.contains(&word)
            || span.range().any(joined)
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
