//! Who bears an office: *the minister*, *the former captain*, *Obi’s lawyer*.

use super::SpeakerKind;
use super::describe::OFFICES;
use super::nominal::{LATELY, NEAR};
use super::resolve::{Resolver, Who};
use super::sole::OFFICE;
use super::table::compatible;
use crate::lexicon::{fold, list};
use crate::mention::{Mention, MentionKind};
use crate::span::TokenSpan;
use crate::token::Case;
use crate::token::class::Class;

/// Letters for an office: the CMO, the PPRO.
const INITIALS: std::ops::RangeInclusive<usize> = 2..=5;

impl Resolver<'_> {
    /// The latest before a mention whose title begins with these letters: *the SHO* behind *Station House Officer Dinesh
    /// Parwan*.
    pub(super) fn by_initials(&self, m: &Mention) -> Option<Who> {
        let d = self.document;
        let letters = d.words(TokenSpan { start: m.head, end: m.head + 1 });
        let plain = m.base.len() == 2
            && d.entry(m.base.start as usize).is(list::DEFINITES)
            && d.tokens[m.head as usize].case == Case::Upper
            && INITIALS.contains(&letters.len());
        if !plain {
            return None;
        }
        let upto = self.bearings.all.partition_point(|b| b.token < m.base.start);
        let mut near = self.bearings.all[..upto].iter().rev().take(NEAR);
        let person = |e: u32| self.table.entities[e as usize].kind == SpeakerKind::Person;
        near.find(|b| person(b.entity) && self.begins(b.span, letters)).map(|b| Who::Entity(b.entity))
    }

    /// The words of a title begin with these letters, but for small words between them.
    fn begins(&self, title: TokenSpan, letters: &str) -> bool {
        let d = self.document;
        let small =
            |i: &usize| !matches!(d.classes[*i], Class::Preposition | Class::Determiner | Class::Conjunction);
        // Chief Medical Officer Dr
        let honorific = |&i: &usize| d.entry(i).is(list::HONORIFICS);
        let honorifics = title.range().rev().take_while(honorific).count();
        let title = title.range().rev().skip(honorifics).rev().filter(small);
        let words = title.map(|i| d.words(TokenSpan::new(i, i + 1)));
        let parts = words.flat_map(|word| word.split('-')).filter(|part| !matches!(*part, "in" | "of"));
        let firsts = parts.filter_map(|part| part.chars().next()).flat_map(char::to_uppercase);
        firsts.eq(letters.chars())
    }

    /// Descriptions in a sentence that mean somebody with a name: token and entity.
    pub(super) fn offices_in(&self, sentence: usize) -> &[(u32, u32)] {
        self.offices[sentence].get_or_init(|| self.find_offices(sentence as u32).into())
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

    /// Who bears the title or role: one of those who spoke last, else the latest before the mention, else the first behind it.
    pub(super) fn bearer(
        &self,
        m: &Mention,
        words: &[u64],
        owned: bool,
        spoken: &[(Who, usize)],
    ) -> Option<Who> {
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
            .or_else(|| self.told_where(m, near))
            .map(Who::Entity)
    }

    /// The only one of a trade so far, of whom the text now tells the place: *Trainer Willie Shane*, then *the Kilbrack
    /// trainer*; but there are other presidents.
    fn told_where(&self, m: &Mention, known: &[u32]) -> Option<u32> {
        let d = self.document;
        let placed = m.base.len() == 3
            && d.entry(m.base.start as usize).is(list::DEFINITES)
            && d.classes[m.base.start as usize + 1] == Class::Capital
            && d.classes[m.head as usize] != Class::Capital
            && d.lexicon.label(d.entry(m.head as usize)) != OFFICE;
        let bearings = || known.iter().map(|&b| &self.bearings.all[b as usize]);
        let first = bearings().next().filter(|_| placed)?.entity;
        let only = bearings().all(|b| b.entity == first && b.span.len() == 1);
        let person = self.table.entities[first as usize].kind == SpeakerKind::Person;
        (only && person && self.lately_named(first, m)).then_some(first)
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

    /// The two parts of a word with a hyphen.
    fn hyphenated(&self, token: usize) -> Option<(&str, &str)> {
        self.document.words(TokenSpan::new(token, token + 1)).split_once('-')
    }

    /// Words that make an office another one: *deputy governor*, *former minister*.
    fn under(&self, span: TokenSpan) -> bool {
        let d = self.document;
        let joined =
            |i: usize| self.hyphenated(i).is_some_and(|(first, _)| d.lexicon.word(first).is(list::DEPUTIES));
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

    /// A word of the description or of the name itself.
    pub(super) fn says(&self, span: TokenSpan, entity: u32, word: u64) -> bool {
        let d = self.document;
        // Ex-Norway captain: the former Norway captain.
        let deputy = |word: u64| d.lexicon.entry(d.lexicon.id(word)).is(list::DEPUTIES);
        let joined = |i: usize| {
            self.hyphenated(i)
                .filter(|(_, rest)| rest.starts_with(char::is_uppercase))
                .is_some_and(|(first, rest)| fold(rest) == word || deputy(fold(first)) && deputy(word))
        };
        d.tokens[span.range()].iter().any(|t| t.hash == word)
            || self.table.entities[entity as usize].words.contains(&word)
            || span.range().any(joined)
    }
}
