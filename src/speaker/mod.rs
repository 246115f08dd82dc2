//! Whom a source means: names over the whole article.

pub mod anonymity;
mod answer;
mod beside;
mod describe;
mod full;
mod gender;
mod names;
mod nominal;
mod office;
mod opening;
pub mod pronoun;
pub mod resolve;
pub mod run;
mod short;
mod sole;
pub mod table;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::document::Paragraph;
use crate::lexicon::{Entry, Lexicon, bits, list};
use crate::mention::Mention;
use crate::quotation::Quotation;
use crate::span::{Span, TokenSpan};
use crate::token::class::Class;
use crate::token::{Sentence, Token};

/// Somebody who speaks in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The fullest name in the document without titles, or the fullest description.
    pub name: Option<Arc<str>>,
    /// Title, role or affiliation.
    pub description: Option<Arc<str>>,
    /// What the speaker is.
    pub kind: SpeakerKind,
}

/// What a speaker is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SpeakerKind {
    /// A named person.
    Person,
    /// A named organisation.
    Organization,
    /// Several people: residents, critics.
    Group,
    /// A report, sign, law.
    Document,
    /// One person or office without a name.
    Unnamed,
    /// Cannot be told.
    Unknown,
}

/// Whom the mentions of one attribution mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Resolved {
    /// Index into the document's speakers.
    pub speaker: Option<u32>,
    /// Index into the document's speakers; only where it is somebody with a name.
    pub addressee: Option<u32>,
    /// Probability that the mention means this speaker, given that it is the right mention; 0 without a speaker.
    pub certainty: f32,
}

/// All speakers of a document, and for each attribution who they are.
#[derive(Clone, Debug, Default)]
pub struct Resolution {
    /// One entry for each, in the order in which they first speak.
    pub speakers: Vec<Speaker>,
    /// One entry for each attribution.
    pub resolved: Vec<Resolved>,
}

/// A text read as far as its mentions: what resolution looks at.
#[derive(Clone, Copy)]
pub struct Document<'a> {
    /// The text itself.
    pub text: &'a str,
    /// Its paragraphs.
    pub paragraphs: &'a [Paragraph],
    /// Its words and marks.
    pub tokens: &'a [Token],
    /// The class of each.
    pub classes: &'a [Class],
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// What stands between quotation marks.
    pub quotations: &'a [Quotation],
    /// Who could be a source.
    pub mentions: &'a [Mention],
    /// The word lists.
    pub lexicon: &'a Lexicon,
}

impl<'a> Document<'a> {
    /// What the lists say of a token.
    fn entry(&self, token: usize) -> &'a Entry {
        self.lexicon.entry(self.tokens[token].word)
    }

    /// A word that no list has, but perhaps as a given name.
    fn unheard(&self, token: usize) -> bool {
        let entry = self.entry(token);
        entry.classes.0 == 0 && entry.lists & !bits(&[list::GIVEN_NAMES, list::NAME_PARTICLES]) == 0
    }

    /// The class of a token, where there is one.
    fn class(&self, token: usize) -> Option<Class> {
        self.classes.get(token).copied()
    }

    /// The words of a span of tokens.
    fn words(&self, span: TokenSpan) -> &'a str {
        if span.is_empty() { "" } else { self.bytes(span).of(self.text) }
    }

    /// The bytes of a span of tokens.
    fn bytes(&self, span: TokenSpan) -> Span {
        self.tokens[span.start as usize].span.join(self.tokens[span.end as usize - 1].span)
    }

    /// The sentence in which a token stands.
    fn sentence_of(&self, token: u32) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= token)
    }

    /// The tokens that overlap a span of bytes.
    fn tokens_in(&self, bytes: Span) -> TokenSpan {
        let start = self.tokens.partition_point(|t| t.span.end <= bytes.start);
        TokenSpan::new(start, self.tokens_before(bytes.end).max(start))
    }

    /// How many tokens begin before a byte.
    fn tokens_before(&self, byte: u32) -> usize {
        self.tokens.partition_point(|t| t.span.start < byte)
    }

    /// The first mention whose base shares a token with the span.
    fn mention_in(&self, span: TokenSpan) -> Option<u32> {
        let at = self.mentions.partition_point(|m| m.base.end <= span.start);
        self.mentions.get(at).filter(|m| m.base.overlaps(span)).map(|_| at as u32)
    }
}
