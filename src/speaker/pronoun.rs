//! he, she, they, it and who: the nearest sentence backwards that names or quotes somebody who fits.

use super::resolve::{Resolver, Who};
use super::table::compatible;
use super::{SpeakerKind, resolve::certainty};
use crate::lexicon::Gender;
use crate::mention::{Mention, MentionKind};

/// How many sentences are looked at for the bearer of a pronoun.
const FAR: usize = 14;
/// How many sentences back `they` and `it` still mean the last speaker.
const NEAR: usize = 5;

impl Resolver<'_> {
    /// Whom `he` or `she` means: the last speaker if he is named in the nearest sentence with a compatible name
    /// or spoke since, else the first compatible name there.
    pub(super) fn third(&self, mention: &Mention, excluded: &[u32]) -> Option<(Who, f32)> {
        let last = self.last_speaker(mention, excluded);
        let here = mention.sentence as usize;
        let mut object = None;
        for sentence in (here.saturating_sub(FAR)..=here).rev() {
            let (first, any) = self.named(sentence, mention, excluded);
            if let Some((who, _)) = last.filter(|l| l.1 >= sentence) {
                return Some((who, certainty::LAST));
            }
            if let Some(who) = last.map(|l| l.0).filter(|&w| self.is_named(sentence, mention, w)) {
                return Some((who, certainty::LAST_NAMED));
            }
            if let Some(entity) = first {
                return Some((Who::Entity(entity), certainty::NAMED));
            }
            object = object.or(any);
        }
        object.map(|e| (Who::Entity(e), certainty::OBJECT))
    }

    /// The latest compatible speaker, with the sentence in which he last spoke.
    fn last_speaker(&self, mention: &Mention, excluded: &[u32]) -> Option<(Who, usize)> {
        self.spoken.iter().rev().take(12).find(|(who, _)| self.can_be(*who, mention.gender, excluded)).copied()
    }

    fn can_be(&self, who: Who, gender: Gender, excluded: &[u32]) -> bool {
        match who {
            Who::Entity(e) => {
                let entity = &self.table.entities[e as usize];
                entity.may_be_person() && compatible(entity.gender, gender) && !excluded.contains(&e)
            }
            Who::Described(d) => {
                let described = &self.described[d as usize];
                described.person && compatible(described.gender, gender)
            }
        }
    }

    /// The first person of a sentence who fits, as a subject, and the first in any place.
    fn named(&self, sentence: usize, mention: &Mention, excluded: &[u32]) -> (Option<u32>, Option<u32>) {
        let mut any = None;
        let mut vague = None;
        let mut lone = None;
        for r in self.table.runs_in(sentence) {
            let run = &self.table.runs[r];
            if run.quoted || run.tokens.start >= mention.base.start {
                continue;
            }
            let Some(e) = self.table.entity(r) else { continue };
            if !self.can_be(Who::Entity(e), mention.gender, excluded) {
                continue;
            }
            let entity = &self.table.entities[e as usize];
            let known = entity.kind == SpeakerKind::Person && entity.gender != Gender::Unknown;
            if run.heading || !run.subject || run.possessive {
                any = any.or(Some(e));
            } else if known {
                return (Some(e), any);
            } else if entity.kind == SpeakerKind::Person {
                vague = vague.or(Some(e));
            } else {
                lone = lone.or(Some(e));
            }
        }
        let here = sentence == mention.sentence as usize;
        let person = |e: &u32| self.table.entities[*e as usize].kind == SpeakerKind::Person;
        let object = any.filter(|e| !here && person(e));
        (vague.or(object).or(lone.filter(|_| here)), any.filter(person).or(lone))
    }

    fn is_named(&self, sentence: usize, mention: &Mention, who: Who) -> bool {
        let Who::Entity(entity) = who else { return false };
        self.table.runs_in(sentence).any(|r| {
            let run = &self.table.runs[r];
            !run.quoted && run.tokens.start < mention.base.start && self.table.entity(r) == Some(entity)
        })
    }

    /// Whom `they` or `it` means: the last speaker, if it is no single named person and spoke not long ago.
    pub(super) fn several(&self, mention: &Mention) -> Option<(Who, f32)> {
        let it = mention.gender == Gender::Neuter;
        let fits = |kind: SpeakerKind| match kind {
            SpeakerKind::Organization => true,
            SpeakerKind::Group | SpeakerKind::Unnamed => !it,
            SpeakerKind::Document => it,
            SpeakerKind::Person | SpeakerKind::Unknown => false,
        };
        let near = |sentence: usize| mention.sentence as usize <= sentence + NEAR;
        let last = self.spoken.iter().rev().take(4).find(|(who, s)| near(*s) && fits(self.kind(*who)));
        if let Some(&(who, _)) = last {
            return Some((who, certainty::SEVERAL));
        }
        if !it {
            return None;
        }
        let here = mention.sentence as usize;
        (here.saturating_sub(1)..=here).rev().find_map(|s| {
            self.table.runs_in(s).find_map(|r| {
                let run = &self.table.runs[r];
                let e = self.table.entity(r)?;
                let fits = self.table.entities[e as usize].kind == SpeakerKind::Organization && !self.table.entities[e as usize].place;
                (run.subject && !run.quoted && run.tokens.start < mention.base.start && fits)
                    .then_some((Who::Entity(e), certainty::SEVERAL))
            })
        })
    }

    /// The mention that `who` or `which` belongs to: the longest that ends right before it, else the last name.
    pub(super) fn antecedent(&self, mention: u32) -> Option<u32> {
        let d = self.document;
        let relative = &d.mentions[mention as usize];
        let at = relative.base.start;
        let same = |m: &u32| d.mentions[*m as usize].sentence == relative.sentence;
        let before: Vec<u32> = (0..mention).rev().take(8).take_while(same).collect();
        let ends = |end: u32| end <= at && at <= end + 1;
        let usable = |m: u32| !matches!(d.mentions[m as usize].kind, MentionKind::Pronoun | MentionKind::Relative);
        let adjacent = before.iter().rev().copied().find(|&m| {
            let other = &d.mentions[m as usize];
            usable(m) && (ends(other.full.end) || ends(other.base.end))
        });
        adjacent.or_else(|| before.iter().copied().find(|&m| d.mentions[m as usize].kind == MentionKind::Name))
    }
}
