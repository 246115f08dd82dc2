//! What is said of a speaker beside the name: titles, roles and appositives, and names as they are shown.

use std::borrow::Cow;

use super::beside::{PHRASES, closes, name_behind, name_in_brackets};
use super::names::Numbers;
use super::run::{before_comma, family};
use super::table::{Entity, Table};
use super::{Document, SpeakerKind};
use crate::lexicon::{ByHash, Gender, bits, list};
use crate::mention::{Mention, MentionKind};
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::token::{Case, Kind};

/// Words that say what somebody is.
pub(super) const OFFICES: u128 =
    bits(&[list::TITLES, list::ROLES, list::GROUPS, list::ORGANISATIONS, list::OUTLET_WORDS]);

/// A description that stands with a name.
#[derive(Clone, Copy, Debug)]
pub struct Bearing {
    /// Where it stands.
    pub token: u32,
    /// Whom it describes.
    pub entity: u32,
    /// Its words.
    pub span: TokenSpan,
    /// Set off by commas, not in front of the name.
    pub apposed: bool,
    /// The bearer is called so by another noun than that of the text, and only near the name.
    pub short: bool,
}

/// All descriptions of names, and where to find them by the word that carries them.
#[derive(Clone, Debug, Default)]
pub struct Bearings {
    /// In the order of the text.
    pub all: Vec<Bearing>,
    /// By the folded head word: indices into `all`, in order.
    pub by_head: ByHash<Numbers>,
    /// For each entity the best one, as an index into `all`.
    pub best: Vec<Option<u32>>,
}

impl Bearings {
    /// Finds every description that stands with a name.
    pub fn new(document: &Document<'_>, table: &Table) -> Self {
        let mut out = Self {
            all: Vec::with_capacity(table.entities.len()),
            by_head: ByHash::with_capacity_and_hasher(table.entities.len(), Default::default()),
            best: vec![None; table.entities.len()],
        };
        for (r, run) in table.runs.iter().enumerate() {
            let (Some(m), Some(entity)) = (run.mention, table.entity(r)) else { continue };
            let mention = &document.mentions[m as usize];
            // The Tram Drivers’ Union: whose union it is belongs to its name.
            let owner = |span: TokenSpan| run.owner.is_some_and(|owner| owner.overlaps(span));
            let whose = |span: TokenSpan| {
                let body = table.entities[entity as usize].kind == SpeakerKind::Organization;
                body && document.class(span.end as usize) == Some(Class::Genitive)
            };
            let says = |&(span, _): &(TokenSpan, u32)| !owner(span) && !whose(span);
            if let Some((span, head)) = before_name(document, mention).filter(says) {
                out.push(
                    document,
                    Bearing { token: span.start, entity, span, apposed: false, short: false },
                    head,
                );
            }
            if let Some((span, head)) = apposed(document, table, mention) {
                out.push(
                    document,
                    Bearing { token: span.start, entity, span, apposed: true, short: false },
                    head,
                );
            }
            if mention.base.start < mention.name.start {
                let before = TokenSpan { start: mention.base.start, end: mention.name.start };
                out.nouns(document, before, entity);
            }
            let apposed = mention.apposition.get().map(|a| &document.mentions[a as usize]);
            if let Some(other) = apposed.filter(|other| other.kind == MentionKind::Nominal) {
                out.nouns(document, before_comma(document, other.base.join(other.full)), entity);
            }
        }
        out.behind(document, table);
        out.bracketed(document, table);
        out.bodies(document, table);
        out.sort();
        out
    }

    /// The nouns by which the bearer of a title is called later: the governor, of Gov. Hale.
    fn nouns(&mut self, document: &Document<'_>, words: TokenSpan, entity: u32) {
        for i in words.range() {
            let first = document.entry(i);
            if document.lexicon.opens(first) & bits(&[list::TITLE_NOUNS]) == 0 {
                continue; // As most words.
            }
            let hash = |n: usize| document.tokens[i..words.end as usize].get(n).map(|t| t.hash);
            for (noun, _) in document.lexicon.completions(list::TITLE_NOUNS, first, hash) {
                let number = self.all.len() as u32;
                self.by_head.entry(noun).or_default().push(number);
                // The Rovers boss, of Rovers coach Ana Rell.
                let (token, span) = (i as u32, words);
                self.all.push(Bearing { token, entity, span, apposed: false, short: true });
            }
        }
    }

    /// Descriptions with long phrases before a name in commas.
    fn behind(&mut self, document: &Document<'_>, table: &Table) {
        let behind =
            |m: &Mention| document.class(m.base.end as usize).map_or(0, |class| Class::set(&[class]));
        let perhaps = |m: &Mention| {
            // One question, since no answer alone says much.
            (m.kind == MentionKind::Nominal)
                & m.apposition.get().is_none()
                & (behind(m) & (PHRASES | Class::set(&[Class::Comma])) != 0)
        };
        // Nobody can foresee which they are, so all are written down, each over the last that is none of them.
        let mut found = vec![0; document.mentions.len()];
        let mut count = 0;
        for (number, mention) in document.mentions.iter().enumerate() {
            found[count] = number;
            count += usize::from(perhaps(mention));
        }
        for &number in &found[..count] {
            let mention = &document.mentions[number];
            let Some(name) = name_behind(document, mention) else { continue };
            let run = table.run_of(name, document.mentions[name as usize].name);
            let Some(entity) = run.and_then(|r| table.entity(r)) else { continue };
            let end = document.mentions[name as usize].base.start - 1;
            let span = TokenSpan { start: mention.base.start, end };
            self.push(
                document,
                Bearing { token: span.start, entity, span, apposed: true, short: false },
                mention.head,
            );
        }
    }

    /// A name in brackets behind an office: `The CHAIRPERSON (Ms. Strand)`.
    fn bracketed(&mut self, document: &Document<'_>, table: &Table) {
        if !document.classes.contains(&Class::Open) {
            return; // As most texts are.
        }
        for mention in document.mentions.iter().filter(|m| m.kind == MentionKind::Nominal && !m.plural) {
            let Some(name) = name_in_brackets(document, mention) else { continue };
            let run = table.run_of(name, document.mentions[name as usize].name);
            let Some(entity) = run.and_then(|r| table.entity(r)) else { continue };
            let span = mention.base;
            self.push(
                document,
                Bearing { token: span.start, entity, span, apposed: true, short: false },
                mention.head,
            );
        }
    }

    /// Organisations bear the head words of their own names: the ministry, and nouns that go with them: the force.
    fn bodies(&mut self, document: &Document<'_>, table: &Table) {
        for (r, run) in table.runs.iter().enumerate().filter(|(_, run)| run.words.len() > 1) {
            let kind = |e: u32| table.entities[e as usize].kind;
            let Some(entity) = table.entity(r).filter(|&e| kind(e) != SpeakerKind::Person) else { continue };
            for at in [run.tokens.start, run.tokens.end - 1] {
                let first = document.entry(at as usize);
                if document.lexicon.opens(first) & bits(&[list::BODY_NOUNS]) == 0 {
                    continue; // As most words.
                }
                for (noun, _) in document.lexicon.completions(list::BODY_NOUNS, first, |_| None) {
                    let number = self.all.len() as u32;
                    self.by_head.entry(noun).or_default().push(number);
                    let (token, span) = (run.tokens.start, run.tokens);
                    self.all.push(Bearing { token, entity, span, apposed: false, short: true });
                }
            }
            if kind(entity) != SpeakerKind::Organization {
                continue;
            }
            if let Some(head) = body(document, run.tokens) {
                let number = self.all.len() as u32;
                self.by_head.entry(document.tokens[head as usize].hash).or_default().push(number);
                self.all.push(Bearing {
                    token: run.tokens.start,
                    entity,
                    span: run.tokens,
                    apposed: false,
                    short: false,
                });
            }
        }
    }

    /// Puts the look-up lists in the order of the text again.
    #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
    fn sort(&mut self) {
        for list in self.by_head.values_mut() {
            list.sort_by_key(|&b| self.all[b as usize].token);
        }
    }

    fn push(&mut self, document: &Document<'_>, bearing: Bearing, head: u32) {
        let number = self.all.len() as u32;
        self.by_head.entry(document.tokens[head as usize].hash).or_default().push(number);
        let worth = |b: &Bearing| {
            let long = b.apposed || b.span.len() > 1;
            // Rt Rev says less than the Bishop of Tarn.
            let form = |i: usize| {
                let entry = document.entry(i);
                entry.is(list::HONORIFICS) || document.lexicon.opens(entry) & bits(&[list::HONORIFICS]) != 0
            };
            let more = long && !b.span.range().all(form);
            (b.span.range().any(|i| document.entry(i).is_any(OFFICES)), long, more)
        };
        let slot = &mut self.best[bearing.entity as usize];
        if slot.is_none_or(|known| worth(&bearing) > worth(&self.all[known as usize])) {
            *slot = Some(number);
        }
        self.all.push(bearing);
    }
}

/// The word that says what an organisation is: the one that its phrase stands behind, as in *Ministry of Steel*, else the
/// last, else the first.
fn body(document: &Document<'_>, name: TokenSpan) -> Option<u32> {
    let says =
        |at: &u32| document.entry(*at as usize).is_any(bits(&[list::ORGANISATIONS, list::OUTLET_WORDS]));
    let phrase = name.range().skip(1).find(|&i| document.classes[i] == Class::Preposition);
    let heads = [phrase.map_or(name.end, |i| i as u32) - 1, name.end - 1, name.start];
    heads.into_iter().find(says)
}

/// `Foreign Minister` before the name; nothing for `Mr` alone.
fn before_name(document: &Document<'_>, mention: &Mention) -> Option<(TokenSpan, u32)> {
    // Kestrel president and CEO Ana Rell has two titles.
    let first = || document.mention_in(TokenSpan { start: mention.full.start, end: mention.full.start + 1 });
    let nameless = || first().is_some_and(|m| document.mentions[m as usize].name.is_empty());
    let both = mention.full.start < mention.base.start && !mention.plural && nameless();
    let start = if both { mention.full.start } else { mention.base.start };
    let mut span = TokenSpan { start, end: mention.name.start };
    let address = |i: u32| {
        let entry = document.entry(i as usize);
        entry.is(list::HONORIFICS)
            && (entry.gender != Gender::Unknown || !entry.is_any(bits(&[list::TITLES, list::ROLES])))
    };
    // Father of two: no form of address.
    let kin = document.class(span.start as usize + 1) == Some(Class::Preposition);
    while span.start < span.end
        && (address(span.start) && !kin
            || matches!(
                document.classes[span.start as usize],
                Class::Determiner | Class::Genitive | Class::Number
            ))
    {
        span.start += 1;
    }
    // Prime Minister Datuk Seri
    let two = |end: u32| {
        let words = TokenSpan { start: end - 2, end };
        let hash = |i: usize| document.tokens[words.range()].get(i).map(|t| t.hash);
        document.lexicon.phrase(list::HONORIFICS, hash).is_some_and(|(n, _)| n == 2)
    };
    while span.len() > 2 && two(span.end) {
        span.end -= 2;
    }
    while span.start < span.end
        && (address(span.end - 1) || document.classes[span.end as usize - 1] == Class::Mark)
    {
        span.end -= 1;
    }
    // Senior coroner Dr Ana Rell; police spokesman Lt. Col. Ana Rell
    let ranks = |from: u32| {
        let rank = |i: usize| {
            document.tokens[i].capitalised()
                && document.entry(i).is_any(bits(&[list::HONORIFICS, list::TITLES, list::ABBREVIATIONS]))
        };
        from < span.end && (from as usize..span.end as usize).all(rank)
    };
    let role = |&i: &u32| {
        let noun = document.classes[i as usize] == Class::Noun;
        noun && document.tokens[i as usize].case == Case::Lower && document.entry(i as usize).is(list::ROLES)
    };
    // Executive Director is one title.
    let whole = |from: u32| {
        let hash = |i: usize| document.tokens[from as usize..span.end as usize].get(i).map(|t| t.hash);
        document.lexicon.phrase(list::TITLES, hash).is_some_and(|(length, _)| length > 1)
    };
    let office = (span.start..span.end).rev().find(role);
    if let Some(office) = office.filter(|&office| ranks(office + 1) && !whole(office)) {
        span.end = office + 1;
    } else if span.len() > 1 {
        let last = document.entry(span.end as usize - 1);
        let form = last.is(list::HONORIFICS) && !last.is(list::ROLES);
        span.end -= u32::from(form && document.classes[span.range()].contains(&Class::Preposition));
    }
    let says = |i: usize| {
        document.entry(i).is_any(OFFICES | bits(&[list::HONORIFICS]))
            || matches!(document.classes[i], Class::Noun)
    };
    // Minister for Rural Affairs: the head stands before its phrases.
    let phrase = span.range().skip(1).find(|&i| document.classes[i] == Class::Preposition);
    let head = phrase.map_or(span.end.saturating_sub(1), |i| i as u32 - 1);
    // Labour’s Ana Rell is of Labour; the party’s Ana Rell has no description here.
    if !span.is_empty() && document.classes[span.end as usize - 1] == Class::Genitive {
        span.end -= 1;
        if span.is_empty() || document.classes[span.end as usize - 1] != Class::Capital {
            return None;
        }
    }
    (!span.is_empty() && span.range().any(says)).then_some((span, head))
}

/// The description with another one that *and* joins to it: *founder and chief executive of Norvik*.
fn with_second(document: &Document<'_>, span: TokenSpan) -> TokenSpan {
    let and = span.end as usize;
    let joins = document.class(and) == Some(Class::Conjunction) && document.entry(and).is(list::JOINING);
    let second = joins.then(|| document.mention_in(TokenSpan::new(and + 1, and + 2))).flatten();
    let Some(second) = second.map(|m| &document.mentions[m as usize]) else { return span };
    let office = second.kind == MentionKind::Nominal
        && second.base.start as usize == and + 1
        && document.entry(second.head as usize).is_any(OFFICES);
    let closed = document.class(second.full.end as usize).is_none_or(closes);
    if office && closed { TokenSpan { start: span.start, end: second.full.end } } else { span }
}

/// `a broker at Hask & Dunne`, on either side of the name.
fn apposed(document: &Document<'_>, table: &Table, mention: &Mention) -> Option<(TokenSpan, u32)> {
    let other = &document.mentions[mention.apposition.get()? as usize];
    let person = other.kind == MentionKind::Name
        && table
            .run_of(mention_index(document, other), other.name)
            .and_then(|r| table.entity(r))
            .is_some_and(|e| table.entities[e as usize].kind == SpeakerKind::Person);
    let head = document.entry(other.head as usize);
    let office = head.is_any(OFFICES);
    let noun =
        matches!(document.classes[other.head as usize], Class::Noun | Class::Adjective) && !head.is_noun();
    if person || !office && !noun || other.plural {
        return None;
    }
    // Whose husband, Tom Rell: her husband.
    let whose =
        u32::from(other.base.len() > 1 && document.entry(other.base.start as usize).is(list::RELATIVES));
    let span = before_comma(document, TokenSpan { start: other.base.start + whose, end: other.full.end });
    Some((with_second(document, span), other.head))
}

fn mention_index(document: &Document<'_>, mention: &Mention) -> u32 {
    document.mentions.partition_point(|m| m.base.start < mention.base.start) as u32
}

/// The name as it is shown: without nicknames and letters of honour, with Jr. and the shared surname.
pub fn name<'a>(document: &Document<'a>, entity: &Entity) -> Cow<'a, str> {
    let mut span = entity.name;
    // Letters behind the name go; what tells father from son stays.
    while span.len() > 1 {
        let last = document.entry(span.end as usize - 1);
        let letters =
            last.is(list::NAME_SUFFIXES) && !family(document, span.end as usize - 1, span.len() - 1);
        if letters && !last.is(list::GENERATIONS) && entity.kind == SpeakerKind::Person {
            span.end -= 1;
        } else {
            break;
        }
    }
    let generation = |at: u32| {
        document.tokens.get(at as usize).is_some_and(|_| document.entry(at as usize).is(list::GENERATIONS))
    };
    let junior = document.class(span.end as usize) == Some(Class::Comma) && generation(span.end + 1);
    let shown: Cow<'_, str> = if junior {
        document.words(TokenSpan { start: span.start, end: span.end + 2 }).into()
    } else if document.classes[span.range()].contains(&Class::Mark) {
        without_nickname(document, span).into()
    } else {
        document.words(span).into()
    };
    single_spaced(match entity.surname {
        Some(surname) => format!("{shown} {}", document.words(surname)).into(),
        None => shown,
    })
}

/// The words of a text with one space between each two.
pub(super) fn single_spaced(text: Cow<'_, str>) -> Cow<'_, str> {
    // As nearly all have it.
    let mut spaced = true;
    let single = |c: char| {
        let before = std::mem::replace(&mut spaced, c.is_whitespace());
        !spaced || c == ' ' && !before
    };
    if text.chars().all(single) && !spaced {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out.into()
}

fn without_nickname(document: &Document<'_>, span: TokenSpan) -> String {
    let mut inside = false;
    let mut out = String::new();
    for i in span.range() {
        let token = &document.tokens[i];
        if token.kind == Kind::Mark {
            inside = !inside;
        } else if !inside {
            if token.spaced && !out.is_empty() {
                out.push(' ');
            }
            out.push_str(token.span.of(document.text));
        }
    }
    out
}

/// The fullest form of a description without a name: with its phrases, and with a clause that asks for anonymity.
pub fn description(document: &Document<'_>, mention: &Mention, cue: Option<TokenSpan>) -> TokenSpan {
    let mut span = before_comma(document, mention.full.join(mention.base));
    // The minister himself
    let stressed = document.lexicon.reflexive(document.tokens[span.end as usize - 1].word);
    span.end -= u32::from(stressed && span.len() > 1);
    span.end = behind(document, mention, span.end as usize, cue) as u32;
    // Behind a comma the clause only adds something: “a broker, who asked not to be named, said”.
    let at = span.end as usize;
    let end = document.sentences[mention.sentence as usize].tokens.end as usize;
    let hash = |i: usize| document.tokens[..end].get(at + i).map(|t| t.hash);
    // `who asked not to be named`, as the list of such phrases has it, with or without its first word.
    let clause = document.class(at) == Some(Class::Relative);
    let whole = document.lexicon.phrase(list::ANONYMITY, hash).map(|(n, _)| n);
    let rest = document.lexicon.phrase(list::ANONYMITY, |i| hash(i + 1)).map(|(n, _)| n + 1);
    if let Some(length) = whole.max(rest).filter(|_| clause) {
        span.end = (at + length) as u32;
    }
    span
}

/// The end of what stands between a subject and its cue, where that is one phrase: `A sign on the gate reads`,
/// `A study published in the journal found`, `Three of them said`.
fn behind(document: &Document<'_>, mention: &Mention, end: usize, cue: Option<TokenSpan>) -> usize {
    use Class as C;
    let first = document.class(end);
    let of = document.entry(end.min(document.tokens.len() - 1)).is(list::GENITIVES);
    if mention.kind == MentionKind::Quantified && of && document.class(end + 1) == Some(C::Pronoun) {
        return end + 2;
    }
    let Some(mut stop) = cue.map(|c| c.start as usize).filter(|&c| c > end && c <= end + 16) else {
        return end;
    };
    while stop > end && document.classes[stop - 1] == C::Adverb {
        stop -= 1;
    }
    // The ministry released a report: an object behind it makes it the verb of the sentence.
    let past = first == Some(C::Past) && matches!(document.class(end + 1), Some(C::Preposition | C::Time));
    let opens = past || first == Some(C::Preposition);
    let representing = first == Some(C::Preposition) && document.entry(end).is(list::REPRESENTING);
    let phrase = |i: usize| match document.classes[i] {
        C::Preposition
        | C::Determiner
        | C::Possessive
        | C::Noun
        | C::Plural
        | C::Adjective
        | C::Capital
        | C::Genitive
        | C::Number => past || representing || !document.entry(i).is(list::SETTINGS),
        C::Past => i == end,
        C::Time => past,
        _ => false,
    };
    if opens && stop >= end + 2 && (end..stop).all(phrase) { stop } else { end }
}

/// What somebody without a name is.
pub fn kind(document: &Document<'_>, mention: &Mention) -> SpeakerKind {
    let head = document.entry(mention.head as usize);
    if mention.kind == MentionKind::Quantified {
        return if mention.plural { SpeakerKind::Group } else { SpeakerKind::Unnamed };
    }
    if head.is(list::GROUPS)
        || mention.plural && head.is_any(bits(&[list::ROLES, list::TITLES, list::NATIONALITIES]))
    {
        SpeakerKind::Group
    } else if head.is_any(bits(&[list::ROLES, list::TITLES])) {
        SpeakerKind::Unnamed
    } else if head.is_any(bits(&[list::ORGANISATIONS, list::OUTLET_WORDS, list::OUTLETS])) {
        SpeakerKind::Organization
    } else if head.is(list::DOCUMENTS) || head.is(list::REPORTING_NOUNS) {
        SpeakerKind::Document
    } else if mention.plural {
        SpeakerKind::Group
    } else {
        SpeakerKind::Unnamed
    }
}
