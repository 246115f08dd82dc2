//! Sources without a name: what they are, and on what condition and for what reason they have none.

use crate::lexicon::{Lexicon, list};
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
    pub fn class(&self, kind: SpeakerKind, mention: Option<&Mention>, source: TokenSpan) -> Option<Class> {
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

    /// A role or title that is not one of many: `the spokesman`, not `a spokesman`.
    fn office(&self, mention: &Mention, source: TokenSpan) -> bool {
        let entry = |at: u32| self.tokens.get(at as usize).map(|t| self.lexicon.entry(t.word));
        let head = entry(mention.head).is_some_and(|e| e.is(list::ROLES) || e.is(list::TITLES));
        let one_of_many = self.lexicon.list("indefinites");
        let first = entry(source.start);
        head && !first.is_some_and(|e| e.is(list::QUANTIFIERS) || one_of_many.is_some_and(|list| e.is(list)))
    }

    /// The condition nearest to the source within `around`, and the reason given for it. `taken` is what the
    /// sentence needs for other things: its content and its cue.
    pub fn condition(&self, source: TokenSpan, around: TokenSpan, taken: &[TokenSpan]) -> Stated {
        let free = |at: usize| !taken.iter().any(|span| span.range().contains(&at));
        let first = around.start.max(source.start.saturating_sub(REACH as u32)) as usize;
        let last = (around.end as usize).min(source.end as usize + REACH).min(self.tokens.len());
        let phrase = |list, at: usize| {
            let found = self.lexicon.phrase(list, |i| self.tokens[..last].get(at + i).map(|t| t.hash));
            found.map(|(length, _)| TokenSpan::new(at, at + length))
        };
        let conditions = (first..last).filter(|&at| free(at)).filter_map(|at| phrase(list::ANONYMITY, at));
        let Some(condition) = conditions.min_by_key(|found| distance(*found, source)) else {
            return Stated::default();
        };
        let Some(reasons) = self.lexicon.list("reasons") else {
            return Stated { condition: Some(condition), reason: None };
        };
        // `on condition of anonymity because …`, perhaps with a comma between.
        let mut behind = condition.end as usize;
        behind += usize::from(self.tokens.get(behind).is_some_and(|t| t.kind == Kind::Comma));
        if behind < last && free(behind) && phrase(reasons, behind).is_some() {
            return Stated { condition: Some(condition), reason: Some(self.clause(behind, last, taken)) };
        }
        // `because he was not authorised to speak`: the list's phrase is itself the reason.
        let start = condition.start as usize;
        let before = (start.saturating_sub(BEFORE).max(first)..start).rev();
        let opening = before
            .take_while(|&at| free(at) && !breaks(&self.tokens[at]))
            .find(|&at| phrase(reasons, at).is_some());
        match opening {
            Some(at) => Stated { condition: None, reason: Some(self.clause(at, last, taken)) },
            None => Stated { condition: Some(condition), reason: None },
        }
    }

    /// From the word that opens a reason to the end of its clause.
    fn clause(&self, start: usize, last: usize, taken: &[TokenSpan]) -> TokenSpan {
        let limit = taken.iter().map(|span| span.start as usize).filter(|&at| at > start).min();
        let last = limit.unwrap_or(last).min(last).min(start + LONGEST);
        let ends = |at: &usize| {
            let next = self.tokens.get(at + 1).map(|t| self.lexicon.entry(t.word));
            match self.tokens[*at].kind {
                // `…, adding that`, and `…, he said`: what follows the comma reports again.
                Kind::Comma => at + 1 >= last || next.is_some_and(|e| e.is_verb() || e.is(list::PRONOUNS)),
                Kind::Close | Kind::Mark => true,
                _ => breaks(&self.tokens[*at]),
            }
        };
        TokenSpan::new(start, (start + 1..last).find(ends).unwrap_or(last))
    }
}

/// Ends a clause for good.
fn breaks(token: &Token) -> bool {
    token.ends_sentence() || matches!(token.kind, Kind::Dash | Kind::Semicolon | Kind::Colon)
}

fn distance(a: TokenSpan, b: TokenSpan) -> u32 {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}
