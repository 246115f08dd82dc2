//! Whom the first words of a text mean, where it names them only later: *A coroner has said*, *A teacher has told*.

use super::SpeakerKind;
use super::nominal::{LATELY, NEAR};
use super::resolve::{Resolver, Who};
use super::table::compatible;
use crate::document::ParagraphKind;
use crate::lexicon::{Gender, bits, list};
use crate::mention::{Mention, MentionKind};
use crate::span::TokenSpan;
use crate::token::class::Class;

impl Resolver<'_> {
    /// Whom the first paragraph calls by what he is, and only a later one by his name: *A coroner has said*.
    pub(super) fn led(&self, m: &Mention, words: &[u64]) -> Option<Who> {
        let d = self.document;
        if !self.leads(m) {
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

    /// Whom the first paragraph calls by what he is, where the next begins with a name: *A teacher has told how she was
    /// lost. ¶ Helen Rudd, 41, said …*
    pub(super) fn introduced(&self, m: &Mention) -> Option<Who> {
        let d = self.document;
        if !self.leads(m) {
            return None;
        }
        let lead = d.sentences[m.sentence as usize].paragraph as usize;
        let body = d.paragraphs.get(lead + 1).is_some_and(|p| p.kind == ParagraphKind::Body);
        let behind = d.sentences.partition_point(|s| s.paragraph as usize <= lead);
        let sentence = d.sentences.get(behind).filter(|_| body)?.tokens;
        let name = d.mention_in(TokenSpan::new(sentence.start as usize, sentence.start as usize + 1))?;
        let other = &d.mentions[name as usize];
        let (Who::Entity(e), _) = self.named_mention(name, other)? else { return None };
        let entity = &self.table.entities[e as usize];
        let upto = self.table.runs.partition_point(|r| r.tokens.start < other.name.start);
        let person = |&e: &u32| self.table.entities[e as usize].kind == SpeakerKind::Person;
        let alone = !(0..upto).take(NEAR).filter_map(|r| self.table.entity(r)).any(|e| person(&e));
        // A judge told a landlord to pay: it may be either.
        let first = d.mentions.partition_point(|other| other.sentence < m.sentence);
        let here = d.mentions[first..].iter().take_while(|other| other.sentence == m.sentence).take(NEAR);
        let role = |o: &Mention| !o.plural && !o.quoted && d.entry(o.head as usize).is(list::ROLES);
        let mut others = here.filter(|o| o.base.start != m.base.start && o.kind == MentionKind::Nominal);
        let two = others.any(role);
        let near = self.attributions.iter().take(NEAR);
        let mut own = near.filter(|a| a.source.is_some_and(|s| s.mention == Some(name)));
        let first = own.next().map(|a| a.cue.as_ref().is_none_or(|cue| cue.stance != "deny"));
        let aged = entity.age(d).is_some();
        let says = first.unwrap_or(aged) && (aged || entity.gender != Gender::Unknown);
        // Who is named first may be the one against whom she speaks.
        let paragraph = d.sentences[behind..].iter().take_while(|s| s.paragraph as usize == lead + 1);
        let charged = |i: usize| d.entry(i).is(list::CHARGES);
        let charged = paragraph.take(NEAR).flat_map(|s| s.tokens.range()).any(charged);
        let fits = other.kind == MentionKind::Name
            && other.base.start == sentence.start
            && alone
            && !two
            && person(&e)
            && entity.words.len() > 1
            && compatible(entity.gender, m.gender)
            && says
            && !charged;
        fits.then_some(Who::Entity(e))
    }

    /// The text begins with somebody whom it calls by what he is: *A coroner has said*.
    fn leads(&self, m: &Mention) -> bool {
        let d = self.document;
        let sentence = d.sentences[m.sentence as usize];
        let opens = m.base.start == sentence.tokens.start
            && !m.plural
            && d.entry(m.base.start as usize).is(list::INDEFINITES)
            && d.entry(m.head as usize).is_any(bits(&[list::ROLES, list::TITLES]));
        let body = |number: usize| d.paragraphs[number].kind == ParagraphKind::Body;
        let here = sentence.paragraph as usize;
        let first =
            m.sentence.checked_sub(1).is_none_or(|s| d.sentences[s as usize].paragraph != sentence.paragraph);
        first && opens && body(here) && !(0..here).rev().take(LATELY).any(body)
    }
}
