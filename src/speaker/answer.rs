//! Who answers: he or she behind a question is whoever was asked, not whoever asked.

use super::resolve::{Resolver, Who, certainty};
use crate::attribution::Attribution;
use crate::lexicon::{Gender, list};
use crate::mention::{Mention, MentionKind};
use crate::span::TokenSpan;

/// A question that stands right before an attribution.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question {
    /// Who asks.
    asker: Option<Who>,
    /// Who is asked, where the text says it.
    asked: Option<Who>,
    /// The sentence in which it ends.
    sentence: usize,
    /// `Asked by a reporter`: whoever speaks behind it in the sentence is the one who was asked.
    by: bool,
    /// A reporter asks, who is nobody in the story.
    generic: bool,
}

impl Question {
    /// Nobody hears more of whoever asked.
    pub(super) fn generic(&self) -> bool {
        self.generic
    }
}

impl Resolver<'_> {
    /// Asks the question right before the attribution at hand: *“Did you pay?” asked Rell. “I did,” said the witness.*
    pub(super) fn asks(&self, who: Who) -> bool {
        self.question.is_some_and(|question| question.asker == Some(who))
    }

    /// The question that an attribution is, whose source has been found.
    pub(super) fn question(
        &mut self,
        a: &Attribution,
        source: Option<u32>,
        asker: Option<Who>,
    ) -> Option<Question> {
        let cue = a.cue.as_ref()?;
        if !self.is_question(a, cue.head, &cue.stance) {
            return None;
        }
        let source = source.map(|m| self.document.mentions[m as usize]);
        let generic = source.is_some_and(|m| {
            m.kind != MentionKind::Name && !m.plural && self.document.entry(m.head as usize).is(list::ASKERS)
        });
        self.barred = asker;
        let asked = self.asked(a, cue.tokens);
        self.barred = None;
        let by = source.is_some_and(|m| m.base.start > cue.head);
        Some(Question { asker, asked, sentence: self.place(a), by, generic })
    }

    /// The words of an attribution are a question: by their first word, or by the mark behind them.
    fn is_question(&self, a: &Attribution, head: u32, stance: &str) -> bool {
        let d = self.document;
        let hash = |i: usize| d.tokens.get(head as usize + i).map(|t| t.hash);
        if d.lexicon.phrase_of(d.entry(head as usize), list::QUESTIONS, hash).is_some() {
            return a.addressee.is_some();
        }
        let Some(last) = a.content.last().filter(|_| stance == "ask") else { return false };
        let words = d.tokens_in(a.content[0]);
        let opens = |i: usize| {
            let entry = d.entry(i);
            entry.is(list::INTERROGATIVES) || entry.is(list::QUESTIONS)
        };
        let text = last.of(d.text).trim_end_matches(|c: char| c != '?' && !c.is_alphanumeric());
        text.ends_with('?') || words.range().next().is_some_and(opens) || self.object(head).is_some()
    }

    /// The person right behind a verb of asking: *questioned her about it*.
    fn object(&self, head: u32) -> Option<u32> {
        let d = self.document;
        let found = d.mention_in(TokenSpan { start: head + 1, end: head + 2 })?;
        let m = &d.mentions[found as usize];
        let about = d.class(m.base.end as usize).is_some()
            && d.entry(m.base.end as usize).is(list::QUESTIONS)
            && m.base.start == head + 1;
        about.then_some(found)
    }

    fn asked(&mut self, a: &Attribution, cue: TokenSpan) -> Option<Who> {
        let addressee = a.addressee.and_then(|span| self.document.mention_in(span));
        let mention = addressee.or_else(|| self.object(cue.end - 1))?;
        let m = self.document.mentions[mention as usize];
        let person = matches!(m.kind, MentionKind::Name | MentionKind::Nominal)
            || m.kind == MentionKind::Pronoun && matches!(m.gender, Gender::Male | Gender::Female);
        let known = if person && !m.plural { self.mention(mention, &[], 1) } else { None };
        // A description that stands nowhere else is none of those who speak.
        known.map(|f| f.0).filter(|who| m.kind != MentionKind::Nominal || matches!(who, Who::Entity(_)))
    }

    /// Whom a pronoun means that answers the question before it; who asked is barred where it cannot be the one.
    pub(super) fn answer(&mut self, a: &Attribution, m: &Mention) -> Option<(Who, f32)> {
        let question = self.question.filter(|_| m.kind == MentionKind::Pronoun && !m.quoted)?;
        let lemma = self.document.lexicon.word(&a.cue.as_ref()?.lemma);
        let here = self.place(a);
        if !matches!(m.gender, Gender::Male | Gender::Female)
            || !lemma.is(list::ANSWERS)
            || here > question.sentence + 1
        {
            return None;
        }
        let asked = question.asked.filter(|&who| self.can_be(who, m.gender, &[]));
        if asked.is_some() || question.generic || question.by && here == question.sentence {
            self.barred = question.asker;
        }
        asked.map(|who| (who, certainty::NAMED))
    }
}
