//! Full names: which runs are one name by their structure, and which take their surname from the name behind them.

use std::collections::HashMap;

use smallvec::{SmallVec, smallvec};

use super::SpeakerKind;
use super::names::{Builder, Numbers};
use super::run::Run;
use crate::lexicon::{ByHash, Classes, fold, list};
use crate::span::TokenSpan;
use crate::token::class::Class;

/// So many names that begin with a title are looked for by another.
const FEW: usize = 8;

/// The name of an organisation that is called by its owner has no more words than this.
const LONG: usize = 12;

/// How one word stands by itself.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    /// So often.
    pub often: u32,
    /// With a form of address before it.
    pub addressed: bool,
}

/// Runs by the first and the last word of the name, in the order in which these first come up.
#[derive(Default)]
struct Groups {
    /// Where each stands in the list.
    places: ByHash<u32, (u64, u64)>,
    /// Those that went into others have no runs.
    list: Vec<((u64, u64), Numbers)>,
}

impl Groups {
    fn with_capacity(count: usize) -> Self {
        let places = ByHash::with_capacity_and_hasher(count, Default::default());
        Self { places, list: Vec::with_capacity(count) }
    }

    fn push(&mut self, key: (u64, u64), run: u32) {
        let place = *self.places.entry(key).or_insert_with(|| {
            self.list.push((key, Numbers::new()));
            self.list.len() as u32 - 1
        });
        self.list[place as usize].1.push(run);
    }

    /// Puts the runs of one group into the other.
    fn join(&mut self, one: usize, other: usize) {
        let more = std::mem::take(&mut self.list[other].1);
        self.list[one].1.extend(more);
        self.list[one].1.sort_unstable();
    }
}

impl Builder<'_> {
    /// Makes an entity of every name of two words or more that is no headline and no accident.
    pub fn full_names(&mut self) {
        // Names come up again, and few texts have more of them.
        let count = self.table.runs.len() / 4;
        let mut groups = Groups::with_capacity(count);
        let mut alone: ByHash<Seen> = ByHash::with_capacity_and_hasher(count, Default::default());
        for (i, run) in self.table.runs.iter().enumerate() {
            if let [word] = run.words[..] {
                let seen = alone.entry(word).or_default();
                seen.often += 1;
                seen.addressed |= run.addressed;
            } else if !run.heading && !self.ordered(run) {
                groups.push((run.words[0], *run.words.last().unwrap_or(&0)), i as u32);
            }
        }
        self.married(&mut groups);
        self.longer(&mut groups);
        self.surnames(&mut groups);
        self.given_titles(&mut groups);
        self.owned(&mut groups);
        self.departments(&mut groups);
        for ((first, last), members) in groups.list.iter().filter(|(_, members)| !members.is_empty()) {
            let seen = |word| alone.get(word).copied().unwrap_or_default();
            let evidence = self.evidence(members, seen(first), seen(last));
            self.add(members, evidence);
        }
    }

    /// “Ask Ravi,”: a verb at the beginning of a quotation has its capital from there.
    fn ordered(&self, run: &Run) -> bool {
        if !run.quoted {
            return false;
        }
        let d = self.document;
        let first = d.entry(run.tokens.start as usize);
        let before = run.tokens.start.checked_sub(1).and_then(|i| d.class(i as usize));
        before == Some(Class::Mark) && first.dominant.0 == Classes::BASE && !first.is(list::GIVEN_NAMES)
    }

    /// One given name with `Aldous-Wren` here and `Wren` there is one person.
    fn married(&self, groups: &mut Groups) {
        let d = self.document;
        for i in 0..groups.list.len() {
            let (key, ref members) = groups.list[i];
            let Some(&member) = members.first() else { continue };
            let last = self.table.runs[member as usize].tokens.end as usize - 1;
            let parts = d.tokens[last].span.of(d.text);
            if d.tokens[last].hash == key.1 && !parts.contains('-') {
                continue;
            }
            for part in parts.split('-') {
                let other = groups.places.get(&(key.0, fold(part))).map_or(i, |&other| other as usize);
                if other != i {
                    groups.join(i, other);
                }
            }
        }
    }

    /// The Health Ministry is the Ministry of Health.
    fn departments(&self, groups: &mut Groups) {
        let kinds = ["department", "ministry"].map(fold);
        for i in 0..groups.list.len() {
            let ((first, last), ref members) = groups.list[i];
            let two = |&r: &u32| self.table.runs[r as usize].words.len() == 2;
            if !kinds.contains(&last) || !members.first().is_some_and(two) {
                continue;
            }
            if let Some(&other) = groups.places.get(&(last, first)).filter(|&&other| other as usize != i) {
                let other = other as usize;
                groups.join(i.min(other), i.max(other));
            }
        }
    }

    /// Ahmad Fauzi is Ahmad Fauzi Embong, where no other name begins so.
    fn longer(&self, groups: &mut Groups) {
        let mut beginning: ByHash<Option<u32>, (u64, u64)> = ByHash::default();
        for (i, (_, members)) in groups.list.iter().enumerate() {
            let run = members.first().map(|&r| &self.table.runs[r as usize]);
            let Some(run) = run.filter(|run| run.words.len() > 2 && self.of_person(run)) else { continue };
            let known = beginning.entry((run.words[0], run.words[1]));
            known.and_modify(|one| *one = None).or_insert(Some(i as u32));
        }
        if beginning.is_empty() {
            return;
        }
        for i in 0..groups.list.len() {
            let (key, ref members) = groups.list[i];
            let short = members.first().is_some_and(|&r| self.table.runs[r as usize].words.len() == 2);
            if let (true, Some(&Some(longer))) = (short, beginning.get(&key)) {
                groups.join(longer as usize, i);
            }
        }
    }

    /// Ruiz Calvo is Marta Ruiz Calvo, where no other name ends so.
    fn surnames(&self, groups: &mut Groups) {
        let mut ending: ByHash<Option<u32>, (u64, u64)> = ByHash::default();
        for (i, (_, members)) in groups.list.iter().enumerate() {
            let run = members.first().map(|&r| &self.table.runs[r as usize]);
            let Some(run) = run.filter(|run| run.tokens.len() > 2 && self.of_person(run)) else { continue };
            let known = match run.words[..] {
                [_, .., before, last] => (before, last),
                // Ben Ali, of Zine Ben Ali.
                [_, last] => (self.document.tokens[run.tokens.end as usize - 2].hash, last),
                _ => continue,
            };
            let known = ending.entry(known);
            known.and_modify(|one| *one = None).or_insert(Some(i as u32));
        }
        if ending.is_empty() {
            return;
        }
        for i in 0..groups.list.len() {
            let (key, ref members) = groups.list[i];
            let Some(&Some(longer)) = ending.get(&key) else { continue };
            let Some(&first) = members.first() else { continue };
            let short = &self.table.runs[first as usize];
            let given = self.document.entry(short.tokens.start as usize).is(list::GIVEN_NAMES);
            let behind = groups.list[longer as usize].1.first().is_some_and(|&long| long < first);
            if short.words.len() == 2 && (short.addressed || !given || behind) {
                groups.join(longer as usize, i);
            }
        }
    }

    /// Dean Amar is Vikram Amar, the dean, where the text has him.
    fn given_titles(&self, groups: &mut Groups) {
        let run = |r: &u32| &self.table.runs[*r as usize];
        let title = |run: &Run| {
            let first = self.document.entry(run.tokens.start as usize);
            run.words.len() == 2 && first.is(list::HONORIFICS) && first.is(list::GIVEN_NAMES)
        };
        let numbered = groups.list.iter().enumerate();
        let titles = numbered.filter(|(_, (_, members))| members.first().map(run).is_some_and(title));
        let titles: SmallVec<[usize; FEW]> = titles.map(|(i, _)| i).take(FEW).collect();
        for i in titles {
            let ((title, surname), ref members) = groups.list[i];
            let Some(&first) = members.first() else { continue };
            let bearer = |(_, members): &((u64, u64), Numbers)| {
                members.first().is_some_and(|r| *r < first && self.described(run(r), title))
            };
            let mut others = (0..groups.list.len()).filter(|&o| o != i && groups.list[o].0.1 == surname);
            if let Some(other) = others.find(|&o| bearer(&groups.list[o])) {
                groups.join(other, i);
            }
        }
    }

    /// The description behind a name has this word.
    fn described(&self, run: &Run, word: u64) -> bool {
        let d = self.document;
        let apposed = run.mention.and_then(|m| d.mentions[m as usize].apposition.get());
        apposed.is_some_and(|a| d.tokens[d.mentions[a as usize].base.range()].iter().any(|t| t.hash == word))
    }

    /// The name begins with a given name, and behind two words has no common one or place: no John Hale School.
    fn of_person(&self, run: &Run) -> bool {
        let d = self.document;
        d.entry(run.tokens.start as usize).is(list::GIVEN_NAMES)
            && run.owner.is_none()
            && run.tokens.range().skip(2).all(|i| d.unheard(i))
    }

    /// `the Foreign Ministry` is that of the only country whose ministry the text names.
    fn owned(&self, groups: &mut Groups) {
        let run = |r: u32| &self.table.runs[r as usize];
        let owner = |members: &Numbers| members.iter().copied().find(|&r| run(r).owner.is_some());
        let with_owner = |(i, (_, members)): (usize, &((u64, u64), Numbers))| Some((i, owner(members)?));
        let owners: Vec<(usize, u32)> = groups.list.iter().enumerate().filter_map(with_owner).collect();
        if owners.is_empty() {
            return;
        }
        // What a name may end with and be that of an organisation with an owner: whose, and whether of several.
        let mut whose: HashMap<&[u64], (usize, bool)> = HashMap::new();
        for &(i, r) in &owners {
            let words = &run(r).words;
            for length in 2..=words.len().min(LONG) {
                let known = whose.entry(&words[words.len() - length..]);
                known.and_modify(|(_, several)| *several = true).or_insert((i, false));
            }
        }
        for i in 0..groups.list.len() {
            let members = &groups.list[i].1;
            let Some(&plain) = members.first().filter(|_| owner(members).is_none()) else { continue };
            if let Some(&(one, false)) = whose.get(&run(plain).words[..]) {
                groups.join(one, i);
            }
        }
    }

    /// Gives the surname of a coordinated name to the given name before it.
    pub fn coordinated(&mut self) {
        // How many names end with a word, counted once somebody asks.
        let mut ending = None;
        for later in 1..self.table.runs.len() {
            let (mut at, to) = (later, self.table.entity(later));
            let Some(to) = to.filter(|&e| self.table.entities[e as usize].kind == SpeakerKind::Person) else {
                continue;
            };
            let surname = TokenSpan {
                start: self.table.runs[later].tokens.end - 1,
                end: self.table.runs[later].tokens.end,
            };
            let mut joined = Class::Conjunction;
            while at > 0 && self.shares(at - 1, at, joined, to, &mut ending) {
                at -= 1;
                joined = Class::Comma;
                let run = &self.table.runs[at];
                let family = self.document.tokens[surname.start as usize].hash;
                let words = smallvec![run.words[0], family];
                *ending.get_or_insert_with(|| self.endings()).entry(family).or_default() += 1;
                self.add(&[at as u32], SpeakerKind::Person);
                if let Some(entity) = self.table.entities.last_mut() {
                    entity.words = words;
                    entity.surname = Some(surname);
                }
            }
        }
    }

    /// The run before is a given name that is joined to this one by `and` or, further left, a comma, and that no other
    /// name ends with, as `ending` counts them.
    fn shares(
        &self,
        before: usize,
        at: usize,
        by: Class,
        full: u32,
        ending: &mut Option<ByHash<u32>>,
    ) -> bool {
        let d = self.document;
        let (left, right) = (&self.table.runs[before], &self.table.runs[at]);
        let base = right.mention.map_or(right.tokens, |m| d.mentions[m as usize].base);
        let adjacent = left.tokens.end + 1 == base.start && base.start == right.tokens.start;
        let first = d.entry(left.tokens.start as usize);
        let plural = left.tokens.start > 0 && d.entry(left.tokens.start as usize - 1).plural && left.titled;
        adjacent
            && d.classes[left.tokens.end as usize] == by
            && left.words.len() == 1
            && self.table.of_run[before].is_none()
            && (plural || first.is(list::GIVEN_NAMES) && !left.titled && !first.is(list::PLACES))
            && ending.get_or_insert_with(|| self.endings()).get(&left.words[0]).copied().unwrap_or(0)
                == u32::from(self.table.entities[full as usize].words.last() == Some(&left.words[0]))
    }

    /// How many names end with each word.
    fn endings(&self) -> ByHash<u32> {
        let mut ending: ByHash<u32> = ByHash::default();
        for last in self.table.entities.iter().filter_map(|e| e.words.last()) {
            *ending.entry(*last).or_default() += 1;
        }
        ending
    }
}
