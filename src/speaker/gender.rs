//! Who is he and who is she: honorifics, descriptions, given names and pronouns add up.

use super::SpeakerKind;
use super::names::Builder;
use crate::lexicon::Gender;
use crate::mention::MentionKind;

impl Builder<'_> {
    /// Adds up what honorifics, given names and pronouns say of everybody's gender.
    pub(super) fn genders(&mut self) {
        let mut votes = vec![0i32; self.table.entities.len()];
        let sign = |g: Gender| match g {
            Gender::Male => 1,
            Gender::Female => -1,
            _ => 0,
        };
        for (r, run) in self.table.runs.iter().enumerate() {
            let Some(e) = self.table.entity(r) else { continue };
            votes[e as usize] += 12 * sign(run.gender);
            if let Some(mention) = run.mention {
                let apposed = self.document.mentions[mention as usize].apposition;
                votes[e as usize] +=
                    apposed.map_or(0, |a| 6 * sign(self.document.mentions[a as usize].gender));
            }
        }
        for (e, entity) in self.table.entities.iter().enumerate() {
            votes[e] += 4 * sign(entity.gender_hint(self.document));
        }
        self.pronoun_votes(&mut votes);
        for (entity, vote) in self.table.entities.iter_mut().zip(votes) {
            entity.gender = match vote {
                v if v > 0 => Gender::Male,
                v if v < 0 => Gender::Female,
                _ => Gender::Unknown,
            };
            if entity.kind == SpeakerKind::Unknown && vote.abs() >= 4 && entity.words.len() == 1 {
                entity.kind = SpeakerKind::Person;
            }
            if entity.kind == SpeakerKind::Organization {
                entity.gender = Gender::Neuter;
            }
        }
    }

    /// he or she behind the only person of a sentence.
    fn pronoun_votes(&self, votes: &mut [i32]) {
        for (s, sentence) in self.document.sentences.iter().enumerate() {
            let mut only = None;
            for r in self.table.runs_in(s).filter(|&r| !self.table.runs[r].quoted) {
                match self.table.entity(r) {
                    Some(e) if !self.table.entities[e as usize].may_be_person() => {}
                    Some(e) if only.is_none_or(|(o, _)| o == e) => {
                        only = only.or(Some((e, self.table.runs[r].tokens.end)));
                    }
                    _ => {
                        only = None;
                        break;
                    }
                }
            }
            let Some((entity, from)) = only else { continue };
            for mention in &self.document.mentions[self.mentions_from(from)..] {
                if mention.base.start >= sentence.tokens.end {
                    break;
                }
                if mention.kind == MentionKind::Pronoun && !mention.quoted {
                    votes[entity as usize] += match mention.gender {
                        Gender::Male => 2,
                        Gender::Female => -2,
                        _ => 0,
                    };
                }
            }
        }
    }

    fn mentions_from(&self, token: u32) -> usize {
        self.document.mentions.partition_point(|m| m.base.start < token)
    }
}
