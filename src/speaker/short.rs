//! Which entity a short form of a name means: surnames, first names, initials, capitals of headlines.

use smallvec::SmallVec;

use super::SpeakerKind;
use super::names::{Builder, Numbers, nickname};
use super::run::Run;
use super::table::{Route, compatible};
use crate::lexicon::{Classes, Gender, Strength, bits, list};
use crate::span::TokenSpan;
use crate::token::class::Class;

/// Of how many who share a word and come up first before a short form, or behind it, it may mean one. No article has as
/// many of one name, and a list of members that has would be gone through for each of them.
pub(super) const NEAR: usize = 64;

/// From this age on somebody is called Mr or Ms.
const ADULT: u32 = 16;

/// What was found for a short form.
pub(super) enum Attached {
    To(u32, Route),
    Undecided,
    Nobody,
}

impl Builder<'_> {
    pub(super) fn attach(&self, r: usize) -> Attached {
        let run = &self.table.runs[r];
        let last = *run.words.last().unwrap_or(&0);
        let fits = |e: u32| {
            let entity = &self.table.entities[e as usize];
            compatible(entity.gender_hint(self.document), run.gender)
                && entity.kind != SpeakerKind::Unknown
                && !(entity.kind != SpeakerKind::Person && run.addressed)
                && !(run.addressed && run.gender != Gender::Unknown && self.minor(e))
        };
        let named = |e: &u32| self.table.entities[*e as usize].words.ends_with(&run.words) && fits(*e);
        let people = |e: &u32| self.table.entities[*e as usize].kind == SpeakerKind::Person;
        let of_last = self.near(run, self.by_last.get(&last), |e| *e);
        // A headline has the whole name of somebody of whom nothing tells what it names.
        let same = |e: &&u32| self.table.entities[**e as usize].words == run.words;
        if run.heading
            && run.words.len() > 1
            && let Some(&one) = of_last.iter().find(same)
        {
            return Attached::To(one, Route::Full);
        }
        let surnames: Numbers = of_last.iter().copied().filter(|e| named(e) && people(e)).collect();
        if !surnames.is_empty() {
            if let Some(one) = self.first_surname(run, &surnames).filter(|&e| fits(e)) {
                return Attached::To(one, Route::Part);
            }
            let people = self.of_title(run, &surnames).unwrap_or_else(|| self.without_kin(run, surnames));
            return match self.headlined(&people) {
                Some(one) => Attached::To(one, Route::Nearest),
                None => self.nearest(run, &people),
            };
        }
        // Bangash, of Khan-Bangash.
        let alone = run.words.len() == 1 && of_last.is_empty();
        if let Some(&[one]) = self.by_part.get(&last).filter(|_| alone).map(|all| &all[..])
            && fits(one)
        {
            return Attached::To(one, Route::Part);
        }
        let given = self.document.entry(run.tokens.start as usize).is(list::GIVEN_NAMES);
        if run.words.len() > 1 && !given {
            // Capitals that a headline or the start of a sentence put before a surname.
            if let Some(found) = self.surname_only(run, of_last) {
                return found;
            }
        }
        if let Some(entity) = self.initials_of(run) {
            return Attached::To(entity, Route::Acronym);
        }
        if run.heading
            && let Some(found) = self.in_headline(run)
        {
            return found;
        }
        if run.listed.place || run.listed.outlet || run.listed.nationality {
            let named = self.first_name(run).filter(|_| !run.listed.outlet && !run.listed.nationality);
            return named.map_or(Attached::Nobody, |one| Attached::To(one, Route::Part));
        }
        // The League, the Commission: the beginning or end of an organisation’s name.
        let common = run.definite && run.words.len() == 1;
        if common {
            let body = |e: &u32| self.table.entities[*e as usize].kind == SpeakerKind::Organization;
            let heads: Numbers = of_last.iter().copied().filter(body).collect();
            if !heads.is_empty() {
                return self.nearest(run, &heads);
            }
        }
        let mut parts: SmallVec<[(u32, u32); 4]> = SmallVec::new();
        for &(e, place) in self.near(run, self.by_word.get(&run.words[0]), |(e, _)| *e) {
            let entity = &self.table.entities[e as usize];
            let called = run.words.len() == 1 && nickname(self.document, entity.name) == Some(run.words[0]);
            let inside = entity.words[place as usize..].starts_with(&run.words) || called;
            let vague = entity.kind == SpeakerKind::Unknown
                && place == 0
                && run.words.len() == 1
                && !run.addressed
                && entity.words.len() > 1;
            if inside
                && (fits(e) || vague)
                && (place == 0 || entity.kind == SpeakerKind::Person)
                && !(common && entity.kind == SpeakerKind::Person)
            {
                parts.push((place, e));
            }
        }
        let Some(best) = parts.iter().map(|p| p.0).min() else { return Attached::Nobody };
        let first: Numbers = parts.iter().filter(|p| p.0 == best).map(|p| p.1).collect();
        match self.nearest(run, &first) {
            Attached::To(e, _) => Attached::To(e, Route::Part),
            other => other,
        }
    }

    /// Of several with one surname those who bore the title before this one when their full names came up: *Col Tarn* is
    /// Col Josh Tarn, not Ned Tarn.
    fn of_title(&self, run: &Run, people: &Numbers) -> Option<Numbers> {
        let d = self.document;
        if people.len() < 2 {
            return None;
        }
        let before = |mention: u32| {
            let mention = &d.mentions[mention as usize];
            mention.base.start..mention.name.start
        };
        let title = |i: &u32| d.entry(*i as usize).is_any(bits(&[list::HONORIFICS, list::TITLES]));
        let titles: SmallVec<[u64; 4]> =
            before(run.mention?).filter(title).map(|i| d.tokens[i as usize].hash).collect();
        let bears = |e: &u32| {
            let mention = self.first_mention(*e);
            mention.is_some_and(|m| before(m).any(|i| titles.contains(&d.tokens[i as usize].hash)))
        };
        let bearers: Numbers = people.iter().copied().filter(bears).collect();
        (!titles.is_empty() && !bearers.is_empty()).then_some(bearers)
    }

    /// The only one named so far whose first of two surnames this is: *Ramos*, of Ricardo Ramos Tarn, where Sonia Ramos
    /// comes up later.
    fn first_surname(&self, run: &Run, surnames: &Numbers) -> Option<u32> {
        let so_far = |e: u32| self.first(e) < run.tokens.start;
        if run.words.len() > 1 || surnames.iter().any(|&e| so_far(e)) {
            return None;
        }
        let inside = self.by_word.get(&run.words[0])?.iter().take(NEAR);
        let mut inside = inside.filter(|&&(e, place)| {
            place > 0 && so_far(e) && self.table.entities[e as usize].kind == SpeakerKind::Person
        });
        let (one, other) = (inside.next()?, inside.next());
        other.is_none().then_some(one.0)
    }

    /// The mention in which the full name of an entity first stands.
    fn first_mention(&self, entity: u32) -> Option<u32> {
        let at = self.first(entity);
        let run = self.table.runs.partition_point(|run| run.tokens.start < at);
        self.table.runs.get(run)?.mention
    }

    /// Of several with one surname those who were not introduced as somebody’s wife or son: news calls these by more than
    /// the surname, so that they are told apart.
    fn without_kin(&self, run: &Run, people: Numbers) -> Numbers {
        // The younger Rell is told apart by that word.
        let described = run.mention.is_some_and(|m| {
            let mention = &self.document.mentions[m as usize];
            (mention.base.start..mention.name.start)
                .any(|i| self.document.entry(i as usize).classes.any(Classes::ADJECTIVE))
        });
        if people.len() < 2 || described {
            return people;
        }
        let others: Numbers = people.iter().copied().filter(|&e| !self.kin(e)).collect();
        if others.is_empty() { people } else { others }
    }

    /// Of several with one surname the only one whose whole name the headline has: the text is about this one, and the others
    /// are called by more than the surname.
    fn headlined(&self, people: &Numbers) -> Option<u32> {
        if people.len() < 2 {
            return None;
        }
        let headline = || self.table.runs.iter().take_while(|run| run.heading).take(NEAR);
        let whole = |e: &&u32| headline().any(|run| run.words == self.table.entities[**e as usize].words);
        let mut found = people.iter().filter(whole);
        let (one, other) = (found.next()?, found.next());
        other.is_none().then_some(*one)
    }

    /// The full name first stands with the age of a child, who is no Mr or Mrs: *Conor Moyle, 15,*.
    fn minor(&self, entity: u32) -> bool {
        self.table.entities[entity as usize].age(self.document).is_some_and(|age| age < ADULT)
    }

    /// The full name first stands with a word for a relative of somebody else: *his wife, Ann Hale*.
    fn kin(&self, entity: u32) -> bool {
        let d = self.document;
        let Some(mention) = self.first_mention(entity) else { return false };
        let mention = &d.mentions[mention as usize];
        let apposed = mention.apposition.get().map(|other| d.mentions[other as usize].base);
        let before = TokenSpan { start: mention.base.start, end: mention.name.start };
        let kin = |token: usize| d.lexicon.is_kin(d.entry(token));
        let owned = |words: TokenSpan| {
            let owner = |c: &Class| matches!(c, Class::Possessive | Class::Genitive);
            d.classes[words.range()].iter().any(owner) && words.range().any(kin)
        };
        owned(before) || apposed.is_some_and(owned)
    }

    /// The only person whose name begins with this word, which is a place too, where the word speaks: *Wellington said*,
    /// where Wellington Souza is.
    fn first_name(&self, run: &Run) -> Option<u32> {
        let d = self.document;
        if run.words.len() != 1 || run.possessive || run.definite || !run.subject {
            return None;
        }
        let person = |&&(e, place): &&(u32, u32)| {
            let entity = &self.table.entities[e as usize];
            place == 0 && entity.kind == SpeakerKind::Person && !entity.place
        };
        let mut people = self.by_word.get(&run.words[0])?.iter().filter(person);
        let (one, other) = (people.next()?, people.next());
        let says = |i: usize| d.lexicon.verb(d.entry(i)).is_some_and(|verb| verb.strength == Strength::Core);
        let (before, behind) = (run.tokens.start.checked_sub(1), run.tokens.end as usize);
        let speaks = d.class(behind).is_some_and(Class::finite) && says(behind)
            || before.is_some_and(|i| d.classes[i as usize].finite() && says(i as usize));
        (other.is_none() && speaks).then_some(one.0)
    }

    /// Whose initials a word in capitals is: those of an organisation, or of the only person before a colon.
    fn initials_of(&self, run: &Run) -> Option<u32> {
        let word = run.words.first().filter(|_| self.shouted(run))?;
        let person = || match self.initials.get(word)?[..] {
            [one] if self.labels(run) => Some(one),
            _ => None,
        };
        self.acronyms.get(word).copied().or_else(person)
    }

    /// Those of a list of the index that come up nearest to a run.
    fn near<'l, T>(
        &self,
        run: &Run,
        all: Option<&'l SmallVec<impl smallvec::Array<Item = T>>>,
        entity: impl Fn(&T) -> u32,
    ) -> &'l [T] {
        let all = all.map_or(&[][..], |list| &list[..]);
        if all.len() <= 2 * NEAR {
            return all;
        }
        let split = all.partition_point(|item| self.first(entity(item)) < run.tokens.start);
        &all[split.saturating_sub(NEAR)..all.len().min(split + NEAR)]
    }

    /// The one person with this surname, where the words before it are no given name of anybody.
    fn surname_only(&self, run: &Run, of_last: &[u32]) -> Option<Attached> {
        let mut people =
            of_last.iter().copied().filter(|&e| self.table.entities[e as usize].kind == SpeakerKind::Person);
        let (one, other) = (people.next()?, people.next());
        // Mehwish Kolm is none of the other Kolms, though no list knows her name.
        let front = run.tokens.range().take(run.tokens.len() - 1);
        let unheard = |i: usize| {
            let entry = self.document.entry(i);
            entry.classes.0 == 0 && entry.lists == 0
        };
        if !run.heading && { front }.any(unheard) {
            return None;
        }
        let first = self.document.sentences[run.sentence as usize].tokens.start == run.tokens.start;
        (other.is_none() && (first || run.heading || run.quoted)).then_some(Attached::To(one, Route::Surname))
    }

    /// A surname somewhere in the capitals of a headline.
    fn in_headline(&self, run: &Run) -> Option<Attached> {
        let found = run.words.iter().find_map(|word| {
            let all = self.near(run, self.by_last.get(word), |e| *e);
            let people: Numbers = all
                .iter()
                .copied()
                .filter(|&e| self.table.entities[e as usize].kind == SpeakerKind::Person)
                .collect();
            if let [one] = people[..] { Some(one) } else { None }
        })?;
        Some(Attached::To(found, Route::Surname))
    }

    /// The one whose full name stands last before the run, else first behind it; none where two stand together.
    fn nearest(&self, run: &Run, among: &[u32]) -> Attached {
        if let [one] = among {
            return Attached::To(*one, Route::Surname);
        }
        let at = run.tokens.start;
        let mut before: SmallVec<[(u32, u32); 4]> = SmallVec::new();
        let mut behind: SmallVec<[(u32, u32); 4]> = SmallVec::new();
        for &e in among {
            let full = &self.table.entities[e as usize].full;
            let split = full.partition_point(|&t| t < at);
            match split.checked_sub(1) {
                Some(i) => before.push((full[i], e)),
                None => behind.extend(full.get(split).map(|&t| (t, e))),
            }
        }
        before.sort_by(|a, b| b.cmp(a));
        behind.sort_unstable();
        let ranked = if before.is_empty() { behind } else { before };
        match ranked[..] {
            [] => Attached::Nobody,
            [(_, one)] => Attached::To(one, Route::Nearest),
            [(first, one), (second, _), ..] => {
                let same = self.document.sentence_of(first) == self.document.sentence_of(second);
                if same { Attached::Undecided } else { Attached::To(one, Route::Nearest) }
            }
        }
    }
}
