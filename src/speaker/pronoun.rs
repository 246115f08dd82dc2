//! he, she, they, it and who: the nearest sentence backwards that names or quotes somebody who fits.

use super::resolve::{Resolver, Who};
use super::table::{Route, compatible};
use super::{Document, SpeakerKind, resolve::certainty};
use crate::lexicon::{Gender, bits, list};
use crate::mention::{Mention, MentionKind};
use crate::span::TokenSpan;
use crate::token::Case;
use crate::token::class::Class;

/// How many sentences are looked at for the bearer of a pronoun.
const FAR: usize = 14;
/// How many mentions back in a quotation somebody is looked for.
const MENTIONS: usize = 40;
/// How many sentences back `they` and `it` still mean the last speaker.
const NEAR: usize = 5;

impl Resolver<'_> {
    /// Whom `he` or `she` means: the last speaker if he is named in the nearest sentence with a compatible name
    /// or spoke since, else the first compatible name there.
    pub(super) fn third(&mut self, mention: &Mention, excluded: &[u32]) -> Option<(Who, f32)> {
        if let Some(inside) = self.in_quotation(mention, excluded) {
            return inside;
        }
        let last = self.last_speaker(mention, excluded);
        let here = mention.sentence as usize;
        let (mut object, mut unknown, mut told) = (None, None, false);
        for sentence in (here.saturating_sub(FAR)..=here).rev() {
            let (first, any) = self.named(sentence, mention, excluded);
            let first = first.map(Who::Entity).or_else(|| self.kin(sentence, mention));
            if let Some(who) = self.met(sentence, mention) {
                return Some((who, certainty::NAMED));
            }
            // Somebody of whom nothing tells the gender gives way to a name there that fits.
            let known = first.is_some_and(
                |w| matches!(w, Who::Entity(e) if self.table.entities[e as usize].gender == mention.gender),
            );
            let vague = |who: Who| matches!(who, Who::Described(d) if self.described[d as usize].gender == Gender::Unknown);
            // She was born here: the text goes on with somebody, and not with whoever spoke in passing.
            told |= sentence < here && self.goes_on(sentence, mention.gender);
            let given_up = |l: &(Who, usize)| vague(l.0) && (known || told && !self.opens_with_somebody(l.1));
            if let Some((who, _)) = last.filter(|l| l.1 >= sentence && !given_up(l)) {
                return Some((who, certainty::LAST));
            }
            if let Some(who) = last.map(|l| l.0).filter(|&w| self.is_named(sentence, mention, w)) {
                return Some((who, certainty::LAST_NAMED));
            }
            if let Some(who) = first {
                return Some((who, certainty::NAMED));
            }
            object = object.or(any);
            unknown = unknown.or_else(|| self.unheard(sentence, mention, excluded));
        }
        unknown.or(object).map(|e| (Who::Entity(e), certainty::OBJECT))
    }

    /// The subject at the beginning of a sentence whose two or three words no list has: *Zubeida Vorm has taught here.*
    fn unheard(&self, sentence: usize, mention: &Mention, excluded: &[u32]) -> Option<u32> {
        let d = self.document;
        let r = self.table.runs_in(sentence).next()?;
        let run = &self.table.runs[r];
        let plain = |i: usize| {
            let entry = d.entry(i);
            d.classes[i] == Class::Capital
                && d.tokens[i].case == Case::Capital
                && entry.classes.0 == 0
                && entry.lists & !bits(&[list::GIVEN_NAMES, list::PLACES]) == 0
        };
        let tokens = d.sentences[sentence].tokens;
        let ended = d.class((tokens.end as usize).saturating_sub(1)) == Some(Class::Stop);
        let alone = ended
            && run.tokens.start == tokens.start
            && run.tokens.end < mention.base.start
            && matches!(run.tokens.len(), 2 | 3)
            && !run.quoted
            && !run.heading
            && !run.possessive
            && !run.listed.place
            && run.tokens.range().all(plain);
        let e = self.table.entity(r).filter(|_| alone)?;
        (self.table.entities[e as usize].kind == SpeakerKind::Unknown
            && self.can_be(Who::Entity(e), mention.gender, excluded))
        .then_some(e)
    }

    /// Whom a pronoun in a quotation means by the words before it there: the only person whom they name; somebody without
    /// a name, whom nothing else tells, or one of several is nobody.
    fn in_quotation(&self, mention: &Mention, excluded: &[u32]) -> Option<Option<(Who, f32)>> {
        let d = self.document;
        if !mention.quoted {
            return None;
        }
        let paragraph = |m: &Mention| d.sentences[m.sentence as usize].paragraph;
        let upto = d.mentions.partition_point(|m| m.base.start < mention.base.start);
        let before = (0..upto).rev().take(MENTIONS).map(|i| (i as u32, &d.mentions[i]));
        // “It was Rell,” she said. “He fled.”
        let inside = before.take_while(|(_, m)| paragraph(m) == paragraph(mention)).filter(|(_, m)| m.quoted);
        let mut only = None;
        for (i, m) in inside {
            let person = match m.kind {
                MentionKind::Name => match self.named_mention(i, m) {
                    None => continue,
                    Some((who, _)) if self.kind(who) != SpeakerKind::Person => continue,
                    Some((who, _)) if !self.can_be(who, mention.gender, excluded) => continue,
                    Some((who, _)) => Some(who),
                },
                MentionKind::Nominal if !m.plural && compatible(m.gender, mention.gender) => {
                    // He is a doctor: nobody new.
                    let before = m.base.start.checked_sub(1).and_then(|i| d.class(i as usize));
                    if before == Some(Class::Auxiliary) || !d.entry(m.head as usize).is(list::ROLES) {
                        continue;
                    }
                    None
                }
                _ => continue,
            };
            if only.is_some_and(|known| known != person) {
                return Some(None);
            }
            only = Some(person);
        }
        only.map(|person| person.map(|who| (who, certainty::NAMED)))
    }

    /// The latest compatible speaker, with the sentence in which he last spoke.
    fn last_speaker(&self, mention: &Mention, excluded: &[u32]) -> Option<(Who, usize)> {
        self.spoken
            .iter()
            .rev()
            .skip_while(|spoke| mention.quoted && spoke.1 >= mention.sentence as usize)
            .take(12)
            .find(|(who, _)| self.can_be(*who, mention.gender, excluded))
            .copied()
    }

    /// The subject of a sentence, where it is a word for one man or woman without a name: `Her mother was silent.`
    fn kin(&mut self, sentence: usize, mention: &Mention) -> Option<Who> {
        let d = self.document;
        let mut start = d.sentences[sentence].tokens.start;
        if sentence < mention.sentence as usize && d.class(start as usize) == Some(Class::Conjunction) {
            start += 1; // But one father was sad.
        }
        let first = d.mentions.partition_point(|m| m.base.start < start);
        let m = d.mentions.get(first)?;
        let subject = m.base.start == start
            && !m.quoted
            && !interrupted(d, m.full.end, mention)
            && m.kind == MentionKind::Nominal
            && m.base.start < mention.base.start;
        if !subject || mention.gender == Gender::Unknown || m.head == mention.head {
            return None;
        }
        // A farmer found the car. He said: right behind it, whoever is new need not be known for man or woman.
        let person = m.gender == Gender::Unknown
            && !m.plural
            && d.entry(start as usize).is(list::INDEFINITES)
            && sentence + 1 == mention.sentence as usize
            && d.sentences[sentence].paragraph == d.sentences[mention.sentence as usize].paragraph
            && d.entry(m.head as usize).is(list::ROLES)
            && !d.entry(m.head as usize).is(list::ASKERS);
        if m.gender != mention.gender && !person {
            return None;
        }
        self.mention(first as u32, &[], 1).map(|f| f.0).filter(|&who| self.can_be(who, mention.gender, &[]))
    }

    pub(super) fn can_be(&self, who: Who, gender: Gender, excluded: &[u32]) -> bool {
        if self.barred == Some(who) {
            return false;
        }
        match who {
            Who::Entity(e) => {
                let entity = &self.table.entities[e as usize];
                let known =
                    if entity.gender == Gender::Unknown { self.shown[e as usize] } else { entity.gender };
                entity.may_be_person() && compatible(known, gender) && !excluded.contains(&e)
            }
            Who::Described(d) => {
                let described = &self.described[d as usize];
                described.person && compatible(described.gender, gender)
            }
        }
    }

    /// The first person of a sentence who fits, as a subject, and the first in any place.
    fn named(&self, sentence: usize, mention: &Mention, excluded: &[u32]) -> (Option<u32>, Option<u32>) {
        let here = sentence == mention.sentence as usize;
        // Asked whether Rell would stay, he said: nobody who is asked about.
        let answer = if here { self.behind_question(sentence) } else { 0 };
        let mut any = None;
        let mut vague = None;
        for r in self.table.runs_in(sentence) {
            let run = &self.table.runs[r];
            if run.quoted || run.tokens.start >= mention.base.start || run.tokens.start < answer {
                continue;
            }
            let Some(e) = self.table.entity(r) else { continue };
            if !self.can_be(Who::Entity(e), mention.gender, excluded) {
                continue;
            }
            if interrupted(self.document, run.tokens.end, mention) || !run.subject && self.lone_place(r) {
                continue;
            }
            let entity = &self.table.entities[e as usize];
            let known = entity.kind == SpeakerKind::Person && entity.gender != Gender::Unknown;
            if run.heading || !run.subject || run.possessive {
                // The birth of her daughter Yazhini: she is the mother.
                if !self.of_same(r, mention.gender) {
                    any = any.or(Some(e));
                }
            } else if known {
                return (Some(e), any);
            } else if entity.kind == SpeakerKind::Person {
                vague = vague.or(Some(e));
            }
        }
        let office = || {
            let fits = |o: &&(u32, u32)| {
                o.0 < mention.base.start && self.can_be(Who::Entity(o.1), mention.gender, excluded)
            };
            self.offices_in(sentence).iter().find(fits).map(|o| o.1)
        };
        let person = |e: &u32| self.table.entities[*e as usize].kind == SpeakerKind::Person;
        // She was taught by Ann Rell: the next *she* is the first.
        any = any.filter(|e| person(e) && (here || !self.goes_on(sentence, mention.gender)));
        (vague.or_else(office).or(any.filter(|_| !here)), any)
    }

    /// The sentence begins with a pronoun for somebody of this gender, of whom the text spoke before.
    fn goes_on(&self, sentence: usize, gender: Gender) -> bool {
        let first = self.document.entry(self.document.sentences[sentence].tokens.start as usize);
        first.is(list::PERSONAL_SUBJECTS) && first.gender == gender
    }

    /// The sentence begins with a phrase for somebody or something, and no pronoun.
    fn opens_with_somebody(&self, sentence: usize) -> bool {
        let start = self.document.sentences[sentence].tokens.start;
        let first = self.document.mention_in(TokenSpan { start, end: start + 1 });
        let kind = first.map(|m| self.document.mentions[m as usize].kind);
        matches!(kind, Some(MentionKind::Name | MentionKind::Nominal | MentionKind::Quantified))
    }

    /// Where the answer begins, if the sentence begins with a question: *Asked whether*, *When asked about*.
    fn behind_question(&self, sentence: usize) -> u32 {
        let d = self.document;
        let tokens = d.sentences[sentence].tokens;
        let when = |&i: &usize| matches!(d.classes[i], Class::Interrogative | Class::Subordinator);
        let asked = tokens.range().find(|i| !when(i)).is_some_and(|i| d.entry(i).is(list::QUESTIONED));
        if !asked {
            return 0;
        }
        let comma = d.classes[tokens.range()].iter().position(|c| *c == Class::Comma);
        comma.map_or(tokens.end, |at| tokens.start + at as u32)
    }

    /// Somebody whom a possessive of this gender introduces, and whose owner the pronoun rather means.
    fn of_same(&self, r: usize, gender: Gender) -> bool {
        let d = self.document;
        let Some(mention) = self.table.runs[r].mention.map(|m| &d.mentions[m as usize]) else { return false };
        let apposed = mention.apposition.get().map(|other| &d.mentions[other as usize]);
        let before = apposed.filter(|other| other.base.start < mention.base.start).unwrap_or(mention);
        let first = before.base.start as usize;
        d.classes[first] == Class::Possessive && d.entry(first).gender == gender
    }

    /// A lone name of one word that stands nowhere but behind a word for where: *He travels to Barton.*
    fn lone_place(&self, r: usize) -> bool {
        let run = &self.table.runs[r];
        let before = run.tokens.start.checked_sub(1).map(|i| self.document.entry(i as usize));
        run.words.len() == 1
            && !run.titled
            && before.is_some_and(|entry| entry.is(list::WHITHER))
            && self.table.of_run[r].is_some_and(|(e, route)| {
                route == Route::Alone && self.table.entities[e as usize].full.len() == 1
            })
    }

    fn is_named(&self, sentence: usize, mention: &Mention, who: Who) -> bool {
        let Who::Entity(entity) = who else { return false };
        self.table.runs_in(sentence).any(|r| {
            let run = &self.table.runs[r];
            !run.quoted && run.tokens.start < mention.base.start && self.table.entity(r) == Some(entity)
        }) || self.offices_in(sentence).iter().any(|o| o.1 == entity && o.0 < mention.base.start)
    }

    /// Whom `they` or `it` means: the subject of the nearest sentence that can be several people or a thing that
    /// speaks, or the last speaker, if that is no single named person.
    pub(super) fn several(&mut self, mention: &Mention) -> Option<(Who, f32)> {
        let it = mention.gender == Gender::Neuter;
        let here = mention.sentence as usize;
        for sentence in (here.saturating_sub(NEAR)..=here).rev() {
            let spoke = self
                .spoken
                .iter()
                .rev()
                .take(4)
                .find(|(who, s)| {
                    let one = self.kind(*who) == SpeakerKind::Unnamed;
                    *s == sentence && self.can_speak(*who, it) && !(one && self.tells_several(sentence))
                })
                .map(|s| s.0);
            let found = match spoke {
                Some(who) => Some(who),
                None if sentence == here => None,
                None => match self.subject(sentence, it) {
                    None if !it && sentence + 1 == here => self.somebody(sentence),
                    subject => subject,
                },
            };
            if let Some(who) = found {
                return Some((who, certainty::SEVERAL));
            }
        }
        None
    }

    /// Several hear what somebody says there, who are *they* later on: *A guard told them*.
    fn tells_several(&self, sentence: usize) -> bool {
        let d = self.document;
        let first = d.mentions.partition_point(|m| (m.sentence as usize) < sentence);
        let mut here = d.mentions[first..].iter().take_while(|m| m.sentence as usize == sentence);
        here.any(|m| m.kind == MentionKind::Pronoun && !m.quoted && d.entry(m.head as usize).is(list::THEY))
    }

    /// Somebody new whom the writer met in the sentence before: `The BBC spoke to a driver at the depot.`
    fn met(&mut self, sentence: usize, mention: &Mention) -> Option<Who> {
        let d = self.document;
        if sentence + 1 != mention.sentence as usize {
            return None;
        }
        let tokens = d.sentences[sentence].tokens;
        let first = d.mentions.partition_point(|m| m.base.start < tokens.start);
        let subject = d.mentions.get(first).filter(|m| m.base.start == tokens.start && !m.quoted)?;
        let outlet = bits(&[list::OUTLETS, list::OUTLET_WORDS]);
        let entry = d.entry(subject.head as usize);
        let writer =
            entry.is(list::FIRST_PERSON) || subject.kind == MentionKind::Name && entry.is_any(outlet);
        if !writer {
            return None;
        }
        let behind = d.mentions[first + 1..].iter().zip(first + 1..);
        let mut here = behind.take_while(|(m, _)| m.base.end <= tokens.end && !m.quoted);
        let new = |m: &Mention| {
            m.kind == MentionKind::Nominal
                && !m.plural
                && d.entry(m.base.start as usize).is(list::INDEFINITES)
                && d.entry(m.head as usize).is(list::ROLES)
                && compatible(m.gender, mention.gender)
        };
        let (_, who) = here.find(|(m, _)| new(m))?;
        self.mention(who as u32, &[], 1).map(|f| f.0).filter(|&who| self.can_be(who, mention.gender, &[]))
    }

    fn can_speak(&self, who: Who, it: bool) -> bool {
        match self.kind(who) {
            SpeakerKind::Organization => true,
            SpeakerKind::Group => !it,
            SpeakerKind::Unnamed => {
                !it && matches!(who, Who::Described(d) if self.described[d as usize].gender == Gender::Unknown)
            }
            SpeakerKind::Document | SpeakerKind::Unknown => it,
            SpeakerKind::Person => false,
        }
    }

    /// The subject of a sentence, where it is an organisation, or for `they` a group.
    fn subject(&mut self, sentence: usize, it: bool) -> Option<Who> {
        let d = self.document;
        let start = d.sentences[sentence].tokens.start;
        let first = d.mentions.partition_point(|m| m.base.start < start);
        let m = d.mentions.get(first).filter(|m| m.base.start == start && !m.quoted)?;
        let head = d.entry(m.head as usize);
        match m.kind {
            MentionKind::Name if !it && let Some(second) = self.joined(first) => {
                let both = self.document.mentions[second as usize];
                self.joint(second, &both).map(|f| f.0)
            }
            // WARSAW (AP) — The ministry answered.
            MentionKind::Name
                if d.tokens[m.head as usize].case == Case::Upper
                    && matches!(
                        d.class(m.full.end as usize),
                        Some(Class::Dash | Class::Open | Class::Comma)
                    ) =>
            {
                None
            }
            MentionKind::Name => {
                self.named_mention(first as u32, m).map(|f| f.0).filter(|w| self.can_speak(*w, it))
            }
            // The report, seen by the Courier, runs to 90 pages.
            MentionKind::Nominal
                if it
                    && !m.plural
                    && head.is_any(bits(&[list::ORGANISATIONS, list::COMPANIES, list::DOCUMENTS])) =>
            {
                self.mention(first as u32, &[], 1).map(|f| f.0)
            }
            MentionKind::Nominal if !it && m.plural && head.is_any(bits(&[list::GROUPS, list::ROLES])) => {
                self.mention(first as u32, &[], 1).map(|f| f.0)
            }
            _ => None,
        }
    }

    /// One person without a name with whom a sentence begins, of whom the next tells in the same paragraph: *One MP was
    /// blunter. “It is over,” they said.*
    fn somebody(&mut self, sentence: usize) -> Option<Who> {
        let d = self.document;
        let (here, next) = (&d.sentences[sentence], d.sentences.get(sentence + 1)?);
        let start = here.tokens.start;
        let first = d.mentions.partition_point(|m| m.base.start < start);
        let m = d.mentions.get(first).filter(|m| m.base.start == start && !m.quoted)?;
        let one = m.kind == MentionKind::Nominal
            && !self.tells_several(sentence)
            && !m.plural
            && d.entry(start as usize).is(list::INDEFINITES)
            && d.entry(m.head as usize).is_any(bits(&[list::ROLES, list::TITLES]))
            && here.paragraph == next.paragraph;
        if one { self.mention(first as u32, &[], 1).map(|found| found.0) } else { None }
    }

    /// The second of two names that are one subject, the first of which this is: *Ned Halloway and Tomas Bray won*.
    fn joined(&self, first: usize) -> Option<u32> {
        let d = self.document;
        let m = &d.mentions[first];
        let behind = d.mentions[first + 1..].iter().take(NEAR).zip(first as u32 + 1..);
        let mut here = behind.take_while(|(other, _)| other.sentence == m.sentence);
        here.find(|(other, _)| other.joins_names() && other.full.start == m.full.start).map(|(_, i)| i)
    }

    /// The mention that `who` or `which` belongs to: the longest that ends right before it, else the last name.
    pub(super) fn antecedent(&self, mention: u32) -> Option<u32> {
        let d = self.document;
        let relative = &d.mentions[mention as usize];
        let at = relative.base.start;
        let same = |m: &u32| d.mentions[*m as usize].sentence == relative.sentence;
        let before: Vec<u32> = (0..mention).rev().take(8).take_while(same).collect();
        let ends = |end: u32| end <= at && at <= end + 1;
        let usable =
            |m: u32| !matches!(d.mentions[m as usize].kind, MentionKind::Pronoun | MentionKind::Relative);
        let beside = |&m: &u32| {
            let other = &d.mentions[m as usize];
            usable(m) && (ends(other.full.end) || ends(other.base.end))
        };
        let adjacent = before.iter().rev().copied().find(beside);
        let told = adjacent
            .filter(|_| d.entry(relative.head as usize).is(list::PERSONAL_RELATIVES))
            .and_then(|_| {
                // A letter from the mayor, who said: of those that end here the first that can be a person.
                let inner = before.iter().rev().copied().filter(beside).find(|&m| self.human(m));
                if let Some(inner) = inner.filter(|&m| self.amount(m)) {
                    let of = d.mentions[inner as usize].base.start - 1;
                    let so_many = |&m: &u32| d.mentions[m as usize].base.end == of;
                    return before.iter().copied().find(so_many).or(adjacent);
                }
                // A man with two bags, who said
                let outer = |&m: &u32| {
                    let other = &d.mentions[m as usize];
                    let goes_on =
                        matches!(d.class(other.full.end as usize), Some(Class::Ing | Class::Preposition));
                    usable(m) && goes_on && other.kind == MentionKind::Nominal && self.human(m)
                };
                inner.or_else(|| before.iter().copied().find(outer))
            });
        told.or(adjacent)
            .or_else(|| before.iter().copied().find(|&m| d.mentions[m as usize].kind == MentionKind::Name))
    }
}

impl Resolver<'_> {
    /// So many of them: a few of the voters, a coalition of unions; but not a letter of the voters.
    fn amount(&self, mention: u32) -> bool {
        let d = self.document;
        let m = &d.mentions[mention as usize];
        let Some(of) = (m.base.start as usize).checked_sub(1) else { return false };
        let classes = &d.classes[m.base.range()];
        let bare = |c: &Class| !matches!(c, Class::Determiner | Class::Possessive | Class::Genitive);
        m.plural
            && m.kind == MentionKind::Nominal
            && classes.iter().all(bare)
            && of > 0
            && d.entry(of).is(list::GENITIVES)
            && !d.entry(of - 1).is_any(bits(&[list::DOCUMENTS, list::REPORTING_NOUNS]))
    }

    /// The mention is of somebody, by its name or by what it is called, and not of a thing.
    fn human(&self, mention: u32) -> bool {
        let m = &self.document.mentions[mention as usize];
        let head = self.document.entry(m.head as usize);
        match m.kind {
            MentionKind::Name => !self.named_mention(mention, m).is_some_and(|(who, _)| {
                matches!(self.kind(who), SpeakerKind::Organization | SpeakerKind::Document)
            }),
            MentionKind::Nominal => {
                head.is_any(bits(&[list::ROLES, list::TITLES, list::GROUPS])) || m.gender != Gender::Unknown
            }
            _ => true,
        }
    }
}

/// The pronoun stands right behind the comma that ends at `end`: *His father, he claimed, never spoke*.
fn interrupted(document: &Document<'_>, end: u32, pronoun: &Mention) -> bool {
    end + 1 == pronoun.base.start && document.class(end as usize) == Some(Class::Comma)
}
