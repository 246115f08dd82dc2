//! Makes the name table: what a name is by what stands around it, and the short forms that full names leave.

use smallvec::SmallVec;

use super::full::Seen;
use super::gender::Pronouns;
use super::run::{Run, Words};
use super::short::{Attached, NEAR};
use super::table::{Entity, Route, Table, compatible};
use super::{Document, SpeakerKind};
use crate::lexicon::{ByHash, Folding, Gender, Strength, bits, fold, list, mix};
use crate::span::TokenSpan;
use crate::token::Case;
use crate::token::class::Class;

/// Evidence from which on a run of capitals is taken for a person.
const PERSON: i32 = 2;

/// A list of runs, entities or tokens that mostly is short.
pub type Numbers = SmallVec<[u32; 4]>;

/// A name table while it is put together.
pub(super) struct Builder<'a> {
    pub document: &'a Document<'a>,
    pub table: Table,
    /// Entities by the last word of their names, in the order in which they come up; so in the next list.
    pub by_last: ByHash<Numbers>,
    /// Entities by every other word, with its place in the name.
    pub by_word: ByHash<SmallVec<[(u32, u32); 2]>>,
    /// Entities by the last part of a surname with hyphens.
    pub by_part: ByHash<Numbers>,
    /// Organisations by their initials.
    pub acronyms: ByHash<u32>,
    /// People by theirs.
    pub initials: ByHash<Numbers>,
    /// he and she outside quotations, each with its vote.
    pub pronouns: Pronouns,
}

impl Builder<'_> {
    pub(super) fn add(&mut self, members: &[u32], kind: SpeakerKind) {
        let longest = members.iter().copied().max_by_key(|&r| {
            let run = &self.table.runs[r as usize];
            let shouted = run.tokens.range().any(|i| {
                self.document.tokens[i].case == Case::Upper && self.document.tokens[i].span.len() > 3
            });
            (!shouted, run.words.len(), run.tokens.len(), std::cmp::Reverse(r))
        });
        let Some(longest) = longest else { return };
        let run = &self.table.runs[longest as usize];
        let entity = Entity {
            kind,
            words: Words::from_slice(&run.words),
            name: run.owner.map_or(run.tokens, |owner| owner.join(run.tokens)),
            surname: None,
            gender: Gender::Unknown,
            full: members.iter().map(|&r| self.table.runs[r as usize].tokens.start).collect(),
            place: run.listed.place,
        };
        let number = self.table.entities.len() as u32;
        self.table.entities.push(entity);
        for &r in members {
            self.table.of_run[r as usize] = Some((number, Route::Full));
        }
    }

    /// What the runs of one name are together.
    pub(super) fn evidence(&self, members: &[u32], forename: Seen, surname: Seen) -> SpeakerKind {
        let first = &self.table.runs[members[0] as usize];
        let addressed = forename.addressed || surname.addressed;
        let person: i32 =
            members.iter().map(|&r| self.person(&self.table.runs[r as usize])).max().unwrap_or(0)
                + if addressed {
                    3
                } else if surname.often > 0 {
                    2
                } else {
                    0
                };
        let given = self.document.entry(first.tokens.start as usize).is(list::GIVEN_NAMES);
        let strong = person >= 5 && given;
        let called = !strong && members.iter().any(|&r| self.called_body(&self.table.runs[r as usize]));
        if first.listed.outlet || first.listed.place || called || self.ampersand(first) {
            return SpeakerKind::Organization;
        }
        let organisation = first.tokens.range().skip(usize::from(given)).any(|i| {
            let entry = self.document.entry(i);
            entry.is_any(bits(&[list::ORGANISATIONS, list::OUTLET_WORDS]))
                || entry.is(list::NATIONALITIES) && !given
        });
        // Norwell Rovers
        let last = self.document.entry(first.tokens.end as usize - 1);
        let organisation = organisation || self.document.lexicon.opens(last) & bits(&[list::BODY_NOUNS]) != 0;
        // JAKE RELL: before a colon, or where Rell is named alone too, is a person in capitals.
        let label =
            || surname.often > 0 || members.iter().any(|&r| self.labels(&self.table.runs[r as usize]));
        let shouted = first.tokens.range().all(|i| self.document.tokens[i].case == Case::Upper)
            && !addressed
            && !(given && label());
        let definite = members
            .iter()
            .any(|&r| self.table.runs[r as usize].definite && !self.table.runs[r as usize].titled);
        if organisation && !strong || definite && person < 5 {
            return SpeakerKind::Organization;
        }
        let odd = first.tokens.len() > 6
            || first.tokens.range().any(|i| self.document.entry(i).is(list::DETERMINERS));
        if person >= PERSON && !shouted && !odd { SpeakerKind::Person } else { SpeakerKind::Unknown }
    }

    fn ampersand(&self, run: &Run) -> bool {
        self.document.classes[run.tokens.range()].contains(&Class::Other)
    }

    /// How much speaks for a person where this run stands.
    fn person(&self, run: &Run) -> i32 {
        let d = self.document;
        let first = d.entry(run.tokens.start as usize);
        let mut sum = 0;
        if first.is(list::GIVEN_NAMES) {
            sum += 2;
        }
        if run.titled {
            sum += if run.addressed { 3 } else { 2 };
        }
        let end = run.tokens.end as usize;
        let aged = matches!(d.class(end), Some(Class::Comma | Class::Open))
            && d.class(end + 1) == Some(Class::Number)
            && matches!(d.class(end + 2), Some(Class::Comma | Class::Close | Class::Stop));
        if aged {
            sum += 3;
        }
        let apposed = run
            .mention
            .and_then(|m| d.mentions[m as usize].apposition.get())
            .map(|a| &d.mentions[a as usize]);
        if apposed.is_some_and(|a| d.entry(a.head as usize).is_any(bits(&[list::ROLES, list::TITLES]))) {
            sum += 2;
        }
        let who = end + usize::from(d.class(end) == Some(Class::Comma));
        if d.class(who) == Some(Class::Relative) && d.class(end) == Some(Class::Comma) {
            // Lachie Drury, who: a name that no list has is no team’s.
            let unheard = run.words.len() > 1 && run.tokens.range().all(|i| d.unheard(i));
            sum += if unheard { 2 } else { 1 };
        }
        let says = |i: usize| match d.lexicon.verb(d.entry(i)).map(|v| v.strength) {
            Some(Strength::Core) => 2,
            Some(_) => 1,
            None => 0,
        };
        if run.words.len() == 1 {
            return sum;
        }
        let speaks = if d.class(end).is_some_and(Class::finite) { says(end) } else { 0 };
        let spoken =
            if run.subject && run.tokens.start > 0 { says(run.tokens.start as usize - 1) } else { 0 };
        sum + speaks.max(spoken)
    }

    /// A word for a body or business stands before the name: pension fund Ilmarvi.
    fn called_body(&self, run: &Run) -> bool {
        let Some(mention) = run.mention.map(|m| &self.document.mentions[m as usize]) else { return false };
        let Some(before) = run.tokens.start.checked_sub(1).filter(|&i| i >= mention.base.start) else {
            return false;
        };
        let entry = self.document.entry(before as usize);
        // Secretary of state Ana Rell
        let office =
            before > mention.base.start && self.document.classes[before as usize - 1] == Class::Preposition;
        !office
            && self.document.tokens[before as usize].case == Case::Lower
            && entry.is_any(bits(&[list::ORGANISATIONS, list::COMPANIES]))
            && !entry.is_any(bits(&[list::ROLES, list::TITLES]))
    }

    pub fn index(&mut self) {
        let count = self.table.entities.len();
        self.by_last.reserve(count);
        self.by_word.reserve(count);
        let mut order: Vec<u32> = (0..count as u32).collect();
        order.sort_by_key(|&e| self.first(e));
        for e in order {
            let words = &self.table.entities[e as usize].words;
            for (place, &word) in words.iter().enumerate() {
                if place + 1 == words.len() {
                    self.by_last.entry(word).or_default().push(e);
                } else {
                    self.by_word.entry(word).or_default().push((e, place as u32));
                }
            }
        }
        for (e, entity) in (0..).zip(&self.table.entities) {
            if entity.kind != SpeakerKind::Person {
                continue;
            }
            if let Some(nickname) = nickname(self.document, entity.name) {
                self.by_word.entry(nickname).or_default().push((e, 0));
            }
            let last = self.document.tokens[entity.name.end as usize - 1].span.of(self.document.text);
            if let Some((_, part)) = last.rsplit_once('-') {
                self.by_part.entry(fold(part)).or_default().push(e);
            }
        }
        let (mut organisations, mut people) = (false, false);
        for run in self.table.runs.iter().filter(|run| self.shouted(run)) {
            organisations = true;
            people |= self.labels(run);
        }
        for e in 0..count {
            let Entity { name, kind, .. } = self.table.entities[e];
            if kind != SpeakerKind::Person {
                if organisations {
                    self.acronym(e as u32, name);
                }
            } else if people {
                self.initials.entry(self.letters(name).0).or_default().push(e as u32);
            }
        }
    }

    /// One word in capitals, as initials are.
    pub(super) fn shouted(&self, run: &Run) -> bool {
        run.words.len() == 1 && self.document.tokens[run.tokens.start as usize].case == Case::Upper
    }

    /// Before a colon, where initials may be those of a person: AL: in an interview with Ambrose Lightbody.
    pub(super) fn labels(&self, run: &Run) -> bool {
        self.document.class(run.tokens.end as usize) == Some(Class::Colon)
    }

    /// Where the full name of an entity stands first, by token.
    pub(super) fn first(&self, entity: u32) -> u32 {
        self.table.entities[entity as usize].full.first().copied().unwrap_or(0)
    }

    /// The first letters of the capitalised words of a name, folded, and how many they are.
    fn letters(&self, name: TokenSpan) -> (u64, usize) {
        let d = self.document;
        let capital = d.tokens[name.range()].iter().filter(|token| token.capitalised());
        let words = capital.map(|token| token.span.of(d.text));
        let letters = words.filter_map(|word| word.get(..word.chars().next()?.len_utf8()));
        let (folded, count) = letters.fold((Folding::new(), 0), |(folded, n), l| (folded.word(l), n + 1));
        (folded.finish(), count)
    }

    /// `(FSA)` behind the name, or its initials.
    fn acronym(&mut self, entity: u32, name: TokenSpan) {
        let d = self.document;
        let (initials, count) = self.letters(name);
        if count >= 2 {
            self.acronyms.entry(initials).or_insert(entity);
        }
        let end = name.end as usize;
        if d.class(end) == Some(Class::Open)
            && d.class(end + 2) == Some(Class::Close)
            && d.tokens[end + 1].case == Case::Upper
        {
            self.acronyms.insert(d.tokens[end + 1].hash, entity);
        }
    }

    /// Gives every shorter run its entity, in the order of the text, and makes one for what is left.
    pub fn short_names(&mut self) {
        let count = self.table.runs.len();
        // Few runs are the first of a name that stands in no other form.
        let mut alone: ByHash<Numbers> = ByHash::with_capacity_and_hasher(count / 4, Default::default());
        for r in 0..count {
            if self.table.of_run[r]
                .is_some_and(|(e, _)| self.table.entities[e as usize].kind != SpeakerKind::Unknown)
            {
                continue;
            }
            match self.attach(r) {
                Attached::To(entity, route) => self.table.of_run[r] = Some((entity, route)),
                Attached::Undecided => self.table.of_run[r] = None,
                Attached::Nobody if self.table.of_run[r].is_some() => {}
                Attached::Nobody => self.single(r, &mut alone),
            }
        }
    }

    /// `alone` has those that stand in no fuller form, by a hash of all their words.
    fn single(&mut self, r: usize, alone: &mut ByHash<Numbers>) {
        let run = &self.table.runs[r];
        let fits = |e: &u32| {
            let entity = &self.table.entities[*e as usize];
            entity.words == run.words && compatible(entity.gender, run.gender)
        };
        let same = alone.entry(run.words.iter().fold(0, |hash, word| mix(hash) ^ word)).or_default();
        if let Some(entity) = same.iter().copied().find(fits) {
            self.table.of_run[r] = Some((entity, Route::Alone));
            let gender = self.table.runs[r].gender;
            let entity = &mut self.table.entities[entity as usize];
            entity.full.push(self.table.runs[r].tokens.start);
            if entity.gender == Gender::Unknown {
                entity.gender = gender;
            }
            return;
        }
        let kind = if run.words.len() > 1 {
            self.evidence(&[r as u32], Seen::default(), Seen::default())
        } else {
            self.alone_kind(run)
        };
        let gender = run.gender;
        self.add(&[r as u32], kind);
        let entity = self.table.entities.len() as u32 - 1;
        self.table.entities[entity as usize].gender = gender;
        self.table.of_run[r] = Some((entity, Route::Alone));
        same.push(entity);
    }

    /// The plural of a surname of this text: the Hales, the Walshes.
    fn family(&self, run: &Run) -> bool {
        let word = self.document.words(run.tokens);
        let known = |ending: &str| {
            let people = word.strip_suffix(ending).and_then(|stem| self.by_last.get(&fold(stem)));
            people
                .into_iter()
                .flatten()
                .take(NEAR)
                .any(|&e| self.table.entities[e as usize].kind == SpeakerKind::Person)
        };
        run.words.len() == 1 && word.ends_with('s') && (known("s") || known("es"))
    }

    /// What a name is that stands in no fuller form.
    fn alone_kind(&self, run: &Run) -> SpeakerKind {
        let last = run.tokens.end as usize - 1;
        let entry = self.document.entry(last);
        let listed = run.listed.outlet || run.listed.place || self.ampersand(run) || self.called_body(run);
        let shouted =
            self.document.tokens[last].case == Case::Upper && self.document.tokens[last].span.len() > 1;
        let given = entry.is(list::GIVEN_NAMES) && run.words.len() == 1;
        if entry.is(list::NATIONALITIES) && !listed && !given || run.definite && self.family(run) {
            SpeakerKind::Group
        } else if run.addressed && run.words.len() <= 3 {
            SpeakerKind::Person
        } else if listed
            || run.definite
            || entry.is_any(bits(&[list::ORGANISATIONS, list::OUTLET_WORDS]))
            || shouted
                && !run.heading
                && !run.titled
                && self.document.class(run.tokens.end as usize) != Some(Class::Colon)
        {
            SpeakerKind::Organization
        } else if run.titled || given || self.person(run) >= PERSON {
            SpeakerKind::Person
        } else {
            SpeakerKind::Unknown
        }
    }
}

/// The one word between marks inside a name: `Bobby` in `Robert “Bobby” Tranter`.
pub(super) fn nickname(document: &Document<'_>, name: TokenSpan) -> Option<u64> {
    if name.len() < 5 {
        return None; // As nearly all are.
    }
    let open = document.classes[name.range()].iter().position(|&class| class == Class::Mark)?;
    let at = name.start as usize + open + 1;
    let one = at + 1 < name.end as usize && document.class(at + 1) == Some(Class::Mark);
    one.then(|| document.tokens[at].hash)
}
