//! From the mention in the sentence to the speaker of the document.

use std::borrow::Cow;
use std::cell::OnceCell;

use super::answer::Question;
use super::beside;
use super::describe::{self, Bearings};
use super::names::Numbers;
use super::nominal::Leader;
use super::run::Words;
use super::table::{Route, Table};
use super::{Document, Resolution, Resolved, Speaker, SpeakerKind};
use crate::attribution::Attribution;
use crate::lexicon::{ByHash, Gender, bits, list, mix};
use crate::mention::{Mention, MentionKind};
use crate::span::{Span, TokenSpan};
use crate::token::class::Class;

/// The first of two who speak as one is named at most so many mentions before the second.
const NEAR: usize = 16;

/// How often each way to a speaker is right, given the right mention.
pub(super) mod certainty {
    /// A full name.
    pub const FULL: f32 = 0.99;
    /// A surname that one person of the document has.
    pub const SURNAME: f32 = 0.97;
    /// A surname of several.
    pub const NEAREST: f32 = 0.85;
    /// A first name or the beginning of a name.
    pub const PART: f32 = 0.88;
    /// Initials.
    pub const ACRONYM: f32 = 0.93;
    /// A name with no fuller form.
    pub const ALONE: f32 = 0.9;
    /// A description beside a name.
    pub const APPOSED: f32 = 0.95;
    /// A title that somebody bears elsewhere.
    pub const OFFICE: f32 = 0.88;
    /// A description without a name.
    pub const DESCRIBED: f32 = 0.9;
    /// A pronoun for the last speaker, nobody named since.
    pub const LAST: f32 = 0.9;
    /// A pronoun for the last speaker, named again.
    pub const LAST_NAMED: f32 = 0.88;
    /// A pronoun for the first name of the nearest sentence.
    pub const NAMED: f32 = 0.85;
    /// A pronoun for somebody who was named as an object.
    pub const OBJECT: f32 = 0.6;
    /// they, it
    pub const SEVERAL: f32 = 0.75;
    /// The guest of an interview.
    pub const GUEST: f32 = 0.85;
}

/// A speaker while the document is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Who {
    /// Index into the entities of the table.
    Entity(u32),
    /// Index into the descriptions.
    Described(u32),
}

/// A speaker without a name.
#[derive(Clone, Debug)]
pub(super) struct Described<'a> {
    pub text: Cow<'a, str>,
    pub kind: SpeakerKind,
    pub gender: Gender,
    /// One human being.
    pub person: bool,
    /// One who tells what is not for all ears.
    pub informant: bool,
    /// Content words of the description, folded; the head first.
    pub words: Words,
}

/// Works through the attributions of one document.
pub(super) struct Resolver<'a> {
    pub document: &'a Document<'a>,
    pub table: &'a Table,
    pub bearings: Bearings,
    /// The cue of the attribution at hand.
    pub cue: Option<TokenSpan>,
    /// The words of the attribution at hand.
    pub content: &'a [Span],
    pub described: Vec<Described<'a>>,
    pub described_by_head: ByHash<Numbers>,
    /// Who spoke, and the sentence of it, in the order of the text.
    pub spoken: Vec<(Who, usize)>,
    /// Who of those with a name spoke last.
    last_named: Option<Who>,
    /// The question right before the attribution at hand.
    pub question: Option<Question>,
    /// Who asked it, where that is not the one whom a pronoun means.
    pub barred: Option<Who>,
    /// The first person whom the text names outside quotations: run and entity.
    first_person: Option<(usize, u32)>,
    /// For each sentence definite descriptions of somebody with a name, once somebody has asked: token, entity.
    pub offices: Vec<OnceCell<Offices>>,
    /// For each run that names what may be a business, the one that is named most often up to there, once somebody has
    /// asked.
    pub leaders: OnceCell<Vec<Leader>>,
    /// For each entity whose gender nothing else tells, that of the first pronoun that meant it, or of a word for a business.
    pub shown: Vec<Gender>,
    /// For each mention that was asked for, whom it means.
    of_mention: ByHash<Option<(Who, f32)>>,
    pub attributions: &'a [Attribution],
    /// Pieces of content with their attribution, by where they begin, once somebody has asked.
    pieces: OnceCell<Vec<(Span, u32)>>,
}

/// Descriptions in one sentence that mean somebody with a name: token and entity.
type Offices = Box<[(u32, u32)]>;

/// Finds out whom every source and addressee means.
pub fn resolve(document: &Document<'_>, attributions: &[Attribution]) -> Resolution {
    let table = Table::new(document);
    let mut resolver = Resolver {
        document,
        table: &table,
        bearings: Bearings::new(document, &table),
        cue: None,
        content: &[],
        described: Vec::new(),
        described_by_head: ByHash::default(),
        spoken: Vec::with_capacity(attributions.len()),
        last_named: None,
        question: None,
        barred: None,
        first_person: first_person(&table),
        offices: vec![OnceCell::new(); document.sentences.len()],
        leaders: OnceCell::new(),
        shown: vec![Gender::Unknown; table.entities.len()],
        of_mention: ByHash::default(),
        attributions,
        pieces: OnceCell::new(),
    };
    let mut found: Vec<Option<(Who, f32)>> = vec![None; attributions.len()];
    let sources: Vec<Option<u32>> = attributions.iter().map(|a| mention_of(document, a)).collect();
    let inside = |i: usize| sources[i].is_some_and(|m| document.mentions[m as usize].quoted);
    // Sources inside quotations belong to the speaker around them, who must be known first.
    for nested in [false, true] {
        for (i, attribution) in attributions.iter().enumerate().filter(|&(i, _)| inside(i) == nested) {
            found[i] = resolver.source(attribution, sources[i], i as u32, &found);
            if nested {
                continue;
            }
            let who = found[i].map(|(who, _)| who);
            resolver.question = resolver.question(attribution, sources[i], who);
            let Some(who) = who.filter(|_| !resolver.question.is_some_and(|q| q.generic())) else { continue };
            resolver.spoken.push((who, resolver.place(attribution)));
            if matches!(who, Who::Entity(_)) {
                resolver.last_named = Some(who);
            }
        }
    }
    let addressees: Vec<Option<Who>> = attributions.iter().map(|a| resolver.addressee(a)).collect();
    // Of a long text these are many, and nobody asks for them any more.
    (resolver.of_mention, resolver.spoken, resolver.pieces) = Default::default();
    resolver.collect(&found, &addressees)
}

/// Pieces of content, each with the number of its attribution, in the order of the text.
fn pieces(attributions: &[Attribution]) -> Vec<(Span, u32)> {
    let numbered = attributions.iter().zip(0..);
    let mut pieces: Vec<(Span, u32)> =
        numbered.flat_map(|(a, n)| a.content.iter().map(move |&piece| (piece, n))).collect();
    pieces.sort_unstable();
    pieces
}

fn first_person(table: &Table) -> Option<(usize, u32)> {
    (0..table.runs.len()).filter(|&r| !table.runs[r].quoted).find_map(|r| {
        let e = table.entity(r)?;
        (table.entities[e as usize].kind == SpeakerKind::Person).then_some((r, e))
    })
}

/// The mention of the source, by its index or by its tokens.
fn mention_of(document: &Document<'_>, attribution: &Attribution) -> Option<u32> {
    let source = attribution.source?;
    source.mention.or_else(|| document.mention_in(source.tokens))
}

impl<'a> Resolver<'a> {
    /// The sentence in which an attribution stands: that of its source, or of its last words.
    pub(super) fn place(&self, attribution: &Attribution) -> usize {
        let source = attribution.source.map_or(0, |s| self.document.sentence_of(s.tokens.start));
        let last = attribution
            .content
            .last()
            .map_or(0, |c| self.document.tokens_before(c.end).saturating_sub(1) as u32);
        source.max(self.document.sentence_of(last)).min(self.document.sentences.len().saturating_sub(1))
    }

    fn source(
        &mut self,
        attribution: &'a Attribution,
        mention: Option<u32>,
        number: u32,
        found: &[Option<(Who, f32)>],
    ) -> Option<(Who, f32)> {
        let source = attribution.source?;
        if let Some(label) = self.label(source.tokens) {
            return label;
        }
        let mention = mention?;
        if let Some(&known) = self.of_mention.get(&mix(mention.into())) {
            return known;
        }
        let excluded = self.excluded(attribution, mention);
        self.barred = self.around_speaker(attribution, mention, number, found);
        self.cue = attribution.cue.as_ref().map(|c| c.tokens);
        self.content = &attribution.content;
        let answer = self.own(mention, attribution, number, found).unwrap_or_else(|| {
            let m = self.document.mentions[mention as usize];
            self.answer(attribution, &m).or_else(|| self.mention(mention, &excluded, 0))
        });
        self.barred = None;
        self.of_mention.insert(mix(mention.into()), answer);
        if let Some((Who::Entity(e), _)) = answer {
            self.show(mention, e);
        }
        answer
    }

    /// Remembers that he or she meant somebody, where the sentence names nobody else, and that a business is neither.
    fn show(&mut self, mention: u32, entity: u32) {
        let m = &self.document.mentions[mention as usize];
        let head = self.document.entry(m.head as usize);
        let business = match m.kind {
            MentionKind::Nominal => head.is(list::COMPANIES),
            MentionKind::Pronoun => head.is(list::IT),
            _ => false,
        };
        if business && self.table.entities[entity as usize].kind == SpeakerKind::Unknown {
            self.shown[entity as usize] = Gender::Neuter;
            return;
        }
        let pronoun = m.kind == MentionKind::Pronoun && matches!(m.gender, Gender::Male | Gender::Female);
        if !pronoun || m.quoted || self.shown[entity as usize] != Gender::Unknown {
            return;
        }
        let mut here = self.table.runs_in(m.sentence as usize);
        let other = |r: usize| {
            let run = &self.table.runs[r];
            !run.quoted
                && self
                    .table
                    .entity(r)
                    .is_none_or(|e| e != entity && self.table.entities[e as usize].may_be_person())
        };
        if !here.any(other) {
            self.shown[entity as usize] = m.gender;
        }
    }

    /// Q and A before a colon: the interviewer is nobody, the guest is whoever was named before.
    fn label(&self, tokens: TokenSpan) -> Option<Option<(Who, f32)>> {
        let d = self.document;
        let at = tokens.start as usize;
        if tokens.len() != 1 || d.class(at + 1) != Some(Class::Colon) {
            return None;
        }
        let sentence = d.sentences.get(d.sentence_of(tokens.start))?;
        if sentence.tokens.start != tokens.start {
            return None;
        }
        if d.entry(at).is(list::INTERVIEWER_LABELS) {
            return Some(None);
        }
        if !d.entry(at).is(list::GUEST_LABELS) {
            return None;
        }
        let upto = self.table.runs.partition_point(|r| r.tokens.start < tokens.start);
        let first = self.first_person.filter(|&(run, _)| run < upto).map(|(_, e)| Who::Entity(e));
        let guest = self.last_named.or(first);
        Some(guest.map(|g| (g, certainty::GUEST)))
    }

    /// First person: the speaker of the words in which it stands, or somebody of his.
    fn own(
        &mut self,
        mention: u32,
        a: &Attribution,
        number: u32,
        found: &[Option<(Who, f32)>],
    ) -> Option<Option<(Who, f32)>> {
        let m = self.document.mentions[mention as usize];
        let first = self.document.entry(m.base.start as usize);
        if !first.is(list::FIRST_PERSON) {
            return None;
        }
        if !m.quoted {
            // The reporter, or the writer of a letter, has no name here; our correspondent may have.
            return (m.kind == MentionKind::Pronoun).then_some(None);
        }
        let outer = a.parent.or_else(|| self.around(&m, number));
        let owner = outer.and_then(|o| found.get(o as usize).copied().flatten());
        if m.kind == MentionKind::Pronoun {
            return Some(owner);
        }
        let (who, sure) = owner?;
        let cue = a.cue.as_ref().map(|c| c.tokens);
        let rest =
            TokenSpan { start: m.base.start + 1, end: describe::description(self.document, &m, cue).end };
        let text = format!("{}’s {}", self.name(who), self.document.words(rest));
        Some(Some((self.describe(mention, text.into(), true), sure * certainty::DESCRIBED)))
    }

    /// Whoever speaks the words in which he or she stands, and so cannot be meant.
    fn around_speaker(
        &self,
        a: &Attribution,
        mention: u32,
        number: u32,
        found: &[Option<(Who, f32)>],
    ) -> Option<Who> {
        let m = self.document.mentions[mention as usize];
        let third = m.kind == MentionKind::Pronoun && matches!(m.gender, Gender::Male | Gender::Female);
        if !m.quoted || !third {
            return None;
        }
        let outer = a.parent.or_else(|| self.around(&m, number))?;
        found.get(outer as usize).copied().flatten().map(|f| f.0)
    }

    /// The attribution inside whose content a mention stands.
    fn around(&self, mention: &Mention, not: u32) -> Option<u32> {
        let at = self.document.bytes(mention.base);
        let pieces = self.pieces.get_or_init(|| pieces(self.attributions));
        let upto = pieces.partition_point(|(s, _)| s.start <= at.start);
        pieces[..upto].iter().rev().take(8).find(|(s, n)| *n != not && s.contains(at)).map(|p| p.1)
    }

    /// Whom the pronoun or description of this attribution cannot mean: those it speaks to or of, behind it or in its own words.
    fn excluded(&self, attribution: &Attribution, mention: u32) -> Numbers {
        let m = &self.document.mentions[mention as usize];
        if m.kind == MentionKind::Name {
            return Numbers::new();
        }
        let end = self.document.sentences[m.sentence as usize].tokens.end;
        let behind = TokenSpan { start: m.base.end, end: end.max(m.base.end) };
        let spans =
            std::iter::once(behind).chain(attribution.content.iter().map(|c| self.document.tokens_in(*c)));
        let mut out: Numbers = spans
            .flat_map(|span| self.table.runs_between(span))
            .filter_map(|r| self.table.entity(r))
            .collect();
        // Asked by somebody, in an interview with somebody, he said.
        let front =
            TokenSpan { start: self.document.sentences[m.sentence as usize].tokens.start, end: m.base.start };
        let objects = self.table.runs_between(front).filter(|&r| {
            let run = &self.table.runs[r];
            !run.subject && !run.possessive && !run.quoted
        });
        out.extend(objects.filter_map(|r| self.table.entity(r)));
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Whom a mention means; `depth` guards against descriptions that point at each other.
    pub(super) fn mention(&mut self, mention: u32, excluded: &[u32], depth: u8) -> Option<(Who, f32)> {
        let m = self.document.mentions[mention as usize];
        match m.kind {
            MentionKind::Name => self
                .joint(mention, &m)
                .or_else(|| self.together(mention, &m))
                .or_else(|| self.again(&m, excluded))
                .or_else(|| self.by_initials(&m).map(|who| (who, certainty::OFFICE)))
                .or_else(|| self.named_mention(mention, &m))
                .or_else(|| self.in_name(&m)),
            MentionKind::Pronoun => {
                let personal = self.document.entry(m.head as usize).is_any(bits(&[
                    list::PERSONAL_SUBJECTS,
                    list::PERSONAL_OBJECTS,
                    list::IT,
                ]));
                match beside::name_behind(self.document, &m).filter(|_| !personal) {
                    Some(name) => self
                        .named_mention(name, &self.document.mentions[name as usize])
                        .map(|(w, _)| (w, certainty::APPOSED)),
                    None => self.pronoun(&m, excluded),
                }
            }
            MentionKind::Relative if depth == 0 => {
                let before = self.antecedent(mention)?;
                self.mention(before, excluded, 1).map(|(w, p)| (w, p * certainty::APPOSED))
            }
            MentionKind::Relative => None,
            MentionKind::Nominal => self.nominal(mention, &m, excluded),
            MentionKind::Quantified | MentionKind::Handle => {
                let cue = self.cue;
                if let Some(who) = self.named_behind_clause(&m) {
                    return Some((who, certainty::APPOSED));
                }
                if let Some(name) = self.apposed_name(&m).or_else(|| beside::name_behind(self.document, &m))
                    && let Some((who, _)) = self.named_mention(name, &self.document.mentions[name as usize])
                {
                    return Some((who, certainty::APPOSED));
                }
                if let Some(who) = self.surname(&m) {
                    return Some((who, certainty::SURNAME));
                }
                if let Some(who) = self.again(&m, excluded) {
                    return Some(who);
                }
                let text = self.document.words(describe::description(self.document, &m, cue));
                let shared = m.kind == MentionKind::Handle;
                Some((self.describe(mention, text.into(), shared), certainty::DESCRIBED))
            }
        }
    }

    fn pronoun(&mut self, m: &Mention, excluded: &[u32]) -> Option<(Who, f32)> {
        let entry = self.document.entry(m.head as usize);
        match entry.gender {
            Gender::Male | Gender::Female => self.third(m, excluded),
            Gender::Neuter if entry.is(list::IT) => self.several(m),
            _ if entry.is(list::THEY) => self.several(m),
            _ => None,
        }
    }

    pub(super) fn named_mention(&self, mention: u32, m: &Mention) -> Option<(Who, f32)> {
        let run = self.table.run_of(mention, m.name)?;
        let (entity, route) = self.table.of_run[run]?;
        let sure = match route {
            Route::Full => certainty::FULL,
            Route::Surname => certainty::SURNAME,
            Route::Nearest => certainty::NEAREST,
            Route::Part => certainty::PART,
            Route::Acronym => certainty::ACRONYM,
            Route::Alone => certainty::ALONE,
        };
        Some((Who::Entity(entity), sure))
    }

    /// Two with names who speak as one: `Ned Halloway and Tomas Bray`.
    pub(super) fn joint(&mut self, mention: u32, m: &Mention) -> Option<(Who, f32)> {
        if !m.joins_names() {
            return None;
        }
        let first = |o: &u32| {
            let other = &self.document.mentions[*o as usize];
            other.base.start == m.full.start && other.kind == MentionKind::Name
        };
        let other = (0..mention).rev().take(NEAR).find(first)?;
        let (second, sure) = self.named_mention(mention, m)?;
        let (first, _) = self.named_mention(other, &self.document.mentions[other as usize])?;
        // Of a surname alone nothing may tell that it is one.
        let alike = self.kind(first) == self.kind(second)
            || self.kind(first) == SpeakerKind::Unknown && self.kind(second) == SpeakerKind::Person;
        if first == second || !alike {
            return None;
        }
        // Rell, Lantry and Bray
        let between = other + 1..mention;
        let behind_comma = |&o: &u32| {
            let o = &self.document.mentions[o as usize];
            o.kind == MentionKind::Name && self.document.classes[o.base.start as usize - 1] == Class::Comma
        };
        let others = between.filter(behind_comma);
        let others = others.filter_map(|o| self.named_mention(o, &self.document.mentions[o as usize]));
        let names: Vec<_> =
            [first].into_iter().chain(others.map(|other| other.0)).map(|who| self.name(who)).collect();
        let text = format!("{} and {}", names.join(", "), self.name(second));
        let both = self.describe_as(SpeakerKind::Group, mention, text.into(), true);
        Some((both, sure * certainty::DESCRIBED))
    }

    /// Somebody and one who is his or hers: `He and his brother Sam`, `Mr Grist and his wife, Ellen`.
    pub(super) fn together(&mut self, mention: u32, m: &Mention) -> Option<(Who, f32)> {
        let own = self.document.classes[m.base.start as usize] == Class::Possessive;
        if !own || !m.plural || m.full.start >= m.base.start {
            return None;
        }
        let text = self.document.words(m.full.join(m.base));
        Some((self.describe_as(SpeakerKind::Group, mention, text.into(), true), certainty::DESCRIBED))
    }

    /// A surname that two share equally means the one of them who spoke last, if one did.
    fn in_name(&self, m: &Mention) -> Option<(Who, f32)> {
        let last = self.document.tokens[m.name.end.checked_sub(1)? as usize].hash;
        self.spoken.iter().rev().take(6).map(|s| s.0).find_map(|who| match who {
            Who::Entity(e) if self.table.entities[e as usize].words.last() == Some(&last) => {
                Some((who, certainty::OBJECT))
            }
            _ => None,
        })
    }

    fn addressee(&self, attribution: &Attribution) -> Option<Who> {
        let mention = self.document.mention_in(attribution.addressee?)?;
        let m = &self.document.mentions[mention as usize];
        match m.kind {
            MentionKind::Name => self.named_mention(mention, m).map(|f| f.0),
            MentionKind::Nominal => {
                let name = self.apposed_name(m)?;
                self.named_mention(name, &self.document.mentions[name as usize]).map(|f| f.0)
            }
            _ => None,
        }
    }

    pub(super) fn kind(&self, who: Who) -> SpeakerKind {
        match who {
            Who::Entity(e) => self.table.entities[e as usize].kind,
            Who::Described(d) => self.described[d as usize].kind,
        }
    }

    fn name(&self, who: Who) -> Cow<'_, str> {
        match who {
            Who::Entity(e) => describe::name(self.document, &self.table.entities[e as usize]),
            Who::Described(d) => describe::single_spaced(Cow::Borrowed(&self.described[d as usize].text)),
        }
    }

    fn speaker(&self, who: Who) -> Speaker {
        let description = match who {
            Who::Entity(e) => self.bearings.best[e as usize].map(|b| {
                let span = self.bearings.all[b as usize].span;
                describe::single_spaced(self.document.words(span).into()).into()
            }),
            Who::Described(_) => None,
        };
        let business = matches!(who, Who::Entity(e) if self.shown[e as usize] == Gender::Neuter);
        let kind = if business { SpeakerKind::Organization } else { self.kind(who) };
        Speaker { name: Some(self.name(who).into()), description, kind }
    }

    fn collect(&self, found: &[Option<(Who, f32)>], addressees: &[Option<Who>]) -> Resolution {
        let mut of_entity = vec![None; self.table.entities.len()];
        let mut of_described = vec![None; self.described.len()];
        let mut speakers = Vec::with_capacity(found.len());
        let mut number = |who: Who| {
            let known = match who {
                Who::Entity(e) => &mut of_entity[e as usize],
                Who::Described(d) => &mut of_described[d as usize],
            };
            *known.get_or_insert_with(|| {
                speakers.push(self.speaker(who));
                speakers.len() as u32 - 1
            })
        };
        let mut resolved: Vec<Resolved> = found
            .iter()
            .map(|f| Resolved {
                speaker: f.map(|(w, _)| number(w)),
                addressee: None,
                certainty: f.map_or(0.0, |(_, p)| p),
            })
            .collect();
        for (slot, who) in resolved.iter_mut().zip(addressees) {
            slot.addressee = who.map(&mut number);
        }
        Resolution { speakers, resolved }
    }
}
