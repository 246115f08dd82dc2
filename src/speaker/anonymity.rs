//! Sources without a name: what they are, and on what condition and for what reason they have none.

use crate::lexicon::{Lexicon, List, bits, list};
use crate::mention::{Mention, MentionKind};
use crate::span::TokenSpan;
use crate::speaker::SpeakerKind;
use crate::token::{Kind, Token};

/// What a source without a name is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// One person: `a resident`, `a senior official`.
    Individual,
    /// Several: `diplomats`, `two people familiar with the talks`.
    Group,
    /// An office that one could look up: `the foreign minister`, `the company’s spokeswoman`.
    Role,
    /// A paper: `an internal memo`.
    Document,
}

/// What the text says about a missing name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// `on condition of anonymity`
    pub condition: Option<TokenSpan>,
    /// `because he was not authorised to speak`
    pub reason: Option<TokenSpan>,
}

/// What the list of roles calls an office, as against a job or a relation.
const OFFICE: &str = "office";

/// A reason of fewer tokens is none: content or cue begins right behind the word that opens it.
const SHORTEST: usize = 3;

/// A condition is looked for no further than this many tokens from its source.
const REACH: usize = 80;

/// No reason is longer.
const LONGEST: usize = 60;

/// The opening word of a reason stands at most so many tokens before `not authorised to speak`.
const BEFORE: usize = 6;

/// Tokens with the word lists that tell what they are.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// Of the whole document.
    pub tokens: &'a [Token],
    /// With which they were scanned.
    pub lexicon: &'a Lexicon,
}

impl Reader<'_> {
    /// What the source is; nothing for one with a name.
    pub fn class(
        &self,
        kind: SpeakerKind,
        mention: Option<&Mention>,
        source: Option<TokenSpan>,
    ) -> Option<Class> {
        let named = mention.is_some_and(|m| matches!(m.kind, MentionKind::Name | MentionKind::Handle));
        match kind {
            SpeakerKind::Person | SpeakerKind::Organization | SpeakerKind::Unknown => None,
            SpeakerKind::Document => (!named).then_some(Class::Document),
            SpeakerKind::Group => Some(Class::Group),
            SpeakerKind::Unnamed if mention.is_some_and(|m| m.plural) => Some(Class::Group),
            SpeakerKind::Unnamed if mention.is_some_and(|m| self.office(m, source)) => Some(Class::Role),
            SpeakerKind::Unnamed => Some(Class::Individual),
        }
    }

    /// An office that is not one of many: `the spokesman`, not `a spokesman` and not `the woman`.
    fn office(&self, mention: &Mention, source: Option<TokenSpan>) -> bool {
        let entry = |at: u32| self.tokens.get(at as usize).map(|t| self.lexicon.entry(t.word));
        let head = entry(mention.head).is_some_and(|e| e.is(list::ROLES) && self.lexicon.label(e) == OFFICE);
        let one_of_many = bits(&[list::QUANTIFIERS, list::INDEFINITES, list::NUMBER_WORDS]);
        head && !source.and_then(|s| entry(s.start)).is_some_and(|e| e.is_any(one_of_many))
    }

    /// The condition and the reason nearest to the source within `around`. `head` is the word that carries the
    /// source, which is no part of a condition (`a source close to …`), and `taken` what the sentence needs for
    /// other things: its content and its cue.
    pub fn stated(
        &self,
        source: TokenSpan,
        head: Option<u32>,
        around: TokenSpan,
        taken: &[TokenSpan],
    ) -> Stated {
        let first = around.start.max(source.start.saturating_sub(REACH as u32)) as usize;
        let last = (around.end as usize).min(source.end as usize + REACH).min(self.tokens.len());
        let view = View { reader: self, first, last, taken };
        let apart = |phrase: &TokenSpan| !head.is_some_and(|head| phrase.range().contains(&(head as usize)));
        let found = (first..last).filter_map(|at| view.phrase(list::ANONYMITY, at)).filter(apart);
        // A phrase such as `citing security concerns` is a reason, all others are conditions.
        let (reasons, conditions): (Vec<_>, Vec<_>) =
            found.partition(|phrase| view.opens_reason(phrase.start as usize));
        let near = |phrase: &TokenSpan| distance(*phrase, source);
        let condition = conditions.into_iter().min_by_key(near).map(|found| view.bare(found));
        let behind = condition.and_then(|condition| view.reason_behind(condition));
        let nearest = behind.or_else(|| reasons.into_iter().min_by_key(near).map(|r| r.start as usize));
        if let Some(reason) = nearest.and_then(|at| view.clause(at)) {
            return Stated { condition, reason: Some(reason) };
        }
        match condition.and_then(|condition| view.clause(view.reason_around(condition)?)) {
            Some(reason) => Stated { condition: None, reason: Some(reason) },
            None => Stated { condition, reason: None },
        }
    }
}

/// Where in the tokens a condition is looked for.
struct View<'a> {
    reader: &'a Reader<'a>,
    first: usize,
    last: usize,
    taken: &'a [TokenSpan],
}

impl View<'_> {
    fn free(&self, at: usize) -> bool {
        !self.taken.iter().any(|span| span.range().contains(&at))
    }

    fn phrase(&self, list: List, at: usize) -> Option<TokenSpan> {
        let tokens = &self.reader.tokens[..self.last];
        let lexicon = self.reader.lexicon;
        let first = lexicon.entry(tokens.get(at)?.word);
        let (length, _) = lexicon.phrase_of(first, list, |i| tokens.get(at + i).map(|t| t.hash))?;
        self.free(at).then(|| TokenSpan::new(at, at + length))
    }

    fn opens_reason(&self, at: usize) -> bool {
        self.phrase(list::REASONS, at).is_some()
    }

    /// `on condition of anonymity` in `who spoke on condition of anonymity`, where the list has both.
    fn bare(&self, condition: TokenSpan) -> TokenSpan {
        let Reader { tokens, lexicon } = self.reader;
        let prepositions =
            condition.range().filter(|&at| lexicon.entry(tokens[at].word).is(list::PREPOSITIONS));
        let mut inner = prepositions.filter_map(|at| self.phrase(list::ANONYMITY, at));
        inner.find(|inner| inner.end == condition.end).unwrap_or(condition)
    }

    /// `on condition of anonymity because …`, perhaps with a comma between.
    fn reason_behind(&self, condition: TokenSpan) -> Option<usize> {
        let end = condition.end as usize;
        let comma = self.reader.tokens.get(end).is_some_and(|t| t.kind == Kind::Comma);
        Some(end + usize::from(comma)).filter(|&at| at < self.last && self.opens_reason(at))
    }

    /// `because he was not authorised to speak`: the phrase is part of the reason.
    fn reason_around(&self, condition: TokenSpan) -> Option<usize> {
        let start = condition.start as usize;
        let before = (start.saturating_sub(BEFORE).max(self.first)..start).rev();
        let mut clause = before.take_while(|&at| self.free(at) && !breaks(&self.reader.tokens[at]));
        clause.find(|&at| self.opens_reason(at))
    }

    /// From the word that opens a reason to the end of its clause.
    fn clause(&self, start: usize) -> Option<TokenSpan> {
        let Reader { tokens, lexicon } = self.reader;
        let limit = self.taken.iter().map(|span| span.start as usize).filter(|&at| at > start).min();
        let last = limit.unwrap_or(self.last).min(self.last).min(start + LONGEST);
        let ends = |at: &usize| {
            let next = tokens.get(at + 1).map(|t| lexicon.entry(t.word));
            match tokens[*at].kind {
                // `…, adding that`, and `…, he said`: what follows the comma reports again.
                Kind::Comma => at + 1 >= last || next.is_some_and(|e| e.is_verb() || e.is(list::PRONOUNS)),
                Kind::Close | Kind::Mark => true,
                _ => breaks(&tokens[*at]),
            }
        };
        let end = (start + 1..last).find(ends).unwrap_or(last);
        (end >= start + SHORTEST).then(|| TokenSpan::new(start, end))
    }
}

/// Ends a clause for good.
fn breaks(token: &Token) -> bool {
    token.ends_sentence() || matches!(token.kind, Kind::Dash | Kind::Semicolon | Kind::Colon)
}

fn distance(a: TokenSpan, b: TokenSpan) -> u32 {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}
