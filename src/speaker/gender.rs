//! Who is he and who is she: honorifics, descriptions, given names and pronouns add up.

use smallvec::SmallVec;

use super::names::Builder;
use super::short::NEAR;
use super::table::Route;
use super::{Document, SpeakerKind};
use crate::lexicon::{Gender, list};
use crate::mention::MentionKind;
use crate::token::class::Class;

/// he or she, of which many articles have no more than fit here.
pub(super) type Pronouns = SmallVec<[Pronoun; 16]>;

/// he or she outside quotations.
#[derive(Clone, Copy)]
pub(super) struct Pronoun {
    token: u32,
    sentence: u32,
    vote: i32,
}

/// Votes of two pronouns.
const CONTRADICTS: i32 = 4;

impl Builder<'_> {
    /// Adds up what honorifics, given names and pronouns say of everybody's gender.
    pub(super) fn genders(&mut self) {
        let mut votes = vec![0i32; self.table.entities.len()];
        for (r, run) in self.table.runs.iter().enumerate() {
            let Some(e) = self.table.entity(r) else { continue };
            votes[e as usize] += 12 * sign(run.gender);
            if let Some(mention) = run.mention {
                let apposed = self.document.mentions[mention as usize].apposition.get();
                votes[e as usize] +=
                    apposed.map_or(0, |a| 6 * sign(self.document.mentions[a as usize].gender));
            }
        }
        for (e, entity) in self.table.entities.iter().enumerate() {
            votes[e] += 4 * sign(entity.gender_hint(self.document));
        }
        self.pronoun_votes(&mut votes, |_| true);
        let document = self.document;
        for (entity, vote) in self.table.entities.iter_mut().zip(votes) {
            entity.gender = match vote {
                v if v > 0 => Gender::Male,
                v if v < 0 => Gender::Female,
                _ => Gender::Unknown,
            };
            let unheard = || entity.name.range().all(|i| document.unheard(i));
            let one = entity.words.len() == 1 || matches!(entity.name.len(), 2 | 3) && unheard();
            if entity.kind == SpeakerKind::Unknown && vote.abs() >= 4 && one {
                entity.kind = SpeakerKind::Person;
            }
            if entity.kind == SpeakerKind::Organization {
                entity.gender = Gender::Neuter;
            }
        }
    }

    /// Where he and she behind the short forms of a name contradict its given name, and somebody of that surname has a
    /// name that they fit or that says nothing, those mean the relative: *Cruz said he* is not Heidi Cruz beside Ted Cruz.
    pub(super) fn relatives(&mut self) {
        let mut votes = vec![0i32; self.table.entities.len()];
        self.pronoun_votes(&mut votes, |route| route != Route::Full);
        let relative = |(e, vote): (u32, i32)| {
            let given = sign(self.given(e));
            let words = &self.table.entities[e as usize].words;
            let namesakes =
                self.by_last.get(&words[words.len() - 1]).filter(|_| vote * given <= -CONTRADICTS);
            let near = || namesakes.into_iter().flatten().copied().take(NEAR);
            let given_is = |wanted: i32| near().find(|&n| sign(self.given(n)) == wanted);
            given_is(-given).or_else(|| given_is(0))
        };
        let relatives: Vec<Option<u32>> = (0..).zip(votes).map(relative).collect();
        for run in &mut self.table.of_run {
            if let Some((of, Route::Surname | Route::Nearest)) = *run
                && let Some(relative) = relatives[of as usize]
            {
                *run = Some((relative, Route::Nearest));
            }
        }
    }

    fn given(&self, entity: u32) -> Gender {
        self.table.entities[entity as usize].given(self.document)
    }

    /// he or she behind the only person of a sentence, where the person is named there in such a way.
    fn pronoun_votes(&self, votes: &mut [i32], counts: impl Fn(Route) -> bool) {
        for here in self.pronouns.chunk_by(|one, next| one.sentence == next.sentence) {
            let sentence = here[0].sentence as usize;
            if let Some((entity, from)) = self.only_person(sentence)
                && self
                    .table
                    .runs_in(sentence)
                    .all(|r| self.table.of_run[r].is_none_or(|(e, route)| e != entity || counts(route)))
            {
                let mut behind = here.iter().filter(|pronoun| pronoun.token >= from).peekable();
                let other =
                    behind.peek().filter(|first| self.beside(from, first.token)).map(|first| first.vote);
                let told = behind.filter(|pronoun| Some(pronoun.vote) != other);
                votes[entity as usize] += told.map(|pronoun| pronoun.vote).sum::<i32>();
            }
        }
    }

    /// The pronoun is the object of the verb whose subject ends here, and so means somebody else: *Guy Lamb told her that
    /// she could not spell*.
    fn beside(&self, subject: u32, pronoun: u32) -> bool {
        let d = self.document;
        let between = &d.classes[subject as usize..pronoun as usize];
        let clause = |c: &Class| {
            matches!(
                c,
                Class::That
                    | Class::Relative
                    | Class::Interrogative
                    | Class::Subordinator
                    | Class::Conjunction
            )
        };
        !d.entry(pronoun as usize).is(list::PERSONAL_SUBJECTS)
            && between.iter().filter(|c| c.finite()).count() == 1
            && !between.iter().any(clause)
    }

    /// The one entity of a sentence that may be a person, and where it is first named there.
    fn only_person(&self, sentence: usize) -> Option<(u32, u32)> {
        let mut only = None;
        for r in self.table.runs_in(sentence).filter(|&r| !self.table.runs[r].quoted) {
            match self.table.entity(r) {
                Some(e) if !self.table.entities[e as usize].may_be_person() => {}
                Some(e) if only.is_none_or(|(o, _)| o == e) => {
                    only = only.or(Some((e, self.table.runs[r].tokens.end)));
                }
                _ => return None,
            }
        }
        only
    }
}

/// Every he and she outside quotations, and its vote.
pub(super) fn pronouns(document: &Document<'_>) -> Pronouns {
    let pronouns =
        document.mentions.iter().filter(|mention| mention.kind == MentionKind::Pronoun && !mention.quoted);
    let votes = pronouns.map(|mention| Pronoun {
        token: mention.base.start,
        sentence: mention.sentence,
        vote: 2 * sign(mention.gender),
    });
    votes.filter(|pronoun| pronoun.vote != 0).collect()
}

fn sign(gender: Gender) -> i32 {
    match gender {
        Gender::Male => 1,
        Gender::Female => -1,
        _ => 0,
    }
}
