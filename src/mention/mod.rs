//! Who can be a source: names, descriptions and pronouns, found as base noun phrases without a tagger.

pub mod apposition;
mod bearer;
pub mod chunk;
mod joined;
pub mod name;
mod office;
mod qualities;
pub mod work;

use std::num::NonZero;

use crate::lexicon::Gender;
use crate::span::TokenSpan;

/// A noun phrase that can name somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The base noun phrase: `the country’s foreign minister`, `Koji Tomita`, `she`.
    pub base: TokenSpan,
    /// With `of`/`at`/`in` phrases and the comma appositive that belong to it.
    pub full: TokenSpan,
    /// The token that carries the sense: `minister`, `Tomita`.
    pub head: u32,
    /// What it is.
    pub kind: MentionKind,
    /// The part of `base` that is a proper name without titles, empty where there is none.
    pub name: TokenSpan,
    /// The mention in apposition to it, on either side, as an index into the document's mentions.
    pub apposition: Other,
    /// he, she, it, where the words say so.
    pub gender: Gender,
    /// More than one person or thing.
    pub plural: bool,
    /// The sentence in which it stands.
    pub sentence: u32,
    /// Inside a quotation.
    pub quoted: bool,
}

/// Another mention of the document, or none, in the room that its index alone would take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Other(Option<NonZero<u32>>);

impl Other {
    /// No mention.
    pub const NONE: Self = Self(None);

    /// The mention of this index.
    pub fn at(index: usize) -> Self {
        Self(NonZero::new(index as u32 + 1))
    }

    /// Its index, if there is one.
    pub fn get(self) -> Option<u32> {
        self.0.map(|behind| behind.get() - 1)
    }
}

/// What kind of noun phrase a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MentionKind {
    /// Capitalised words: a person, place or organisation, perhaps with a title before it.
    Name,
    /// A common noun: `a senior official`, `police`.
    Nominal,
    /// he, she, they, it, I, we, you
    Pronoun,
    /// who, which, that
    Relative,
    /// `some`, `many`, `one of them`, `another`
    Quantified,
    /// `@handle`
    Handle,
}

impl Mention {
    /// It is the second of two names that speak as one, and reaches from the first: `Ned Halloway and Tomas Bray`.
    pub fn joins_names(&self) -> bool {
        self.kind == MentionKind::Name && self.plural && self.full.start < self.base.start
    }
}

impl MentionKind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Name, Self::Nominal, Self::Pronoun, Self::Relative, Self::Quantified, Self::Handle];
}
