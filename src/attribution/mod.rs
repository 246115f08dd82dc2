//! Who said what, in the sentence: cue, source and content of every attribution relation.

pub mod again;
pub mod cue;
pub mod details;
pub mod explain;
pub mod extent;
mod fit;
pub mod frame;
pub mod label;
mod lead;
pub mod matcher;
pub mod nested;
pub mod propose;
pub mod relate;
pub mod report;
pub mod scene;
pub mod segment;
mod setting;
pub mod source;
mod subject;
pub mod tail;
pub mod trust;

use std::borrow::Cow;
use std::sync::Arc;

use smallvec::SmallVec;

use crate::lexicon::Act;
use crate::span::{Span, TokenSpan};

/// One attribution relation: somebody is stated to have said something.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// What was said, in pieces where a tag interrupts it; bytes, in the order of the text.
    pub content: SmallVec<[Span; 2]>,
    /// The outermost quotations inside the content, as indices into the document's quotations.
    pub quotations: relate::Numbers,
    /// The words that report: `reportedly told`; none for a colon, a label or a quotation that is carried on.
    pub cue: Option<Cue>,
    /// Who is stated to have said it, as it stands in the sentence.
    pub source: Option<Source>,
    /// To whom.
    pub addressee: Option<TokenSpan>,
    /// Where: few have one, and a long text has many attributions.
    pub setting: Option<Box<Setting>>,
    /// Through whom the words came: `citing Reuters`.
    pub via: Option<TokenSpan>,
    /// How much of the content stands in quotation marks, or that nobody is stated to have said it.
    pub kind: Kind,
    /// Speech, attitude or deed.
    pub act: Act,
    /// The act of speaking is in doubt.
    pub hedged: bool,
    /// Through another outlet, a document or another person.
    pub secondhand: bool,
    /// Denied, questioned or hypothetical.
    pub negated: bool,
    /// The attribution inside whose content this one stands, as an index into the document's attributions.
    pub parent: Option<u32>,
    /// The pattern that decided, `file/name`.
    pub rule: Arc<str>,
    /// Probability that cue and source are right, 0 to 1.
    pub confidence: f32,
    /// Why there is no source.
    pub unattributed: Option<Unattributed>,
}

/// The words that report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// With auxiliaries, adverbs, negation and particle.
    pub tokens: TokenSpan,
    /// The token that carries the sense.
    pub head: u32,
    /// `tell`
    pub lemma: Cow<'static, str>,
    /// `neutral`, `deny` …
    pub stance: Cow<'static, str>,
}

/// Where something was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// `in a statement`, `on Twitter`
    pub tokens: TokenSpan,
    /// The kind that the list of settings gives.
    pub kind: String,
}

/// The source as it stands in the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source {
    /// Index into the document's mentions, where it is one.
    pub mention: Option<u32>,
    /// The words, with the appositive that is part of it.
    pub tokens: TokenSpan,
}

/// How much of the content stands in quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// All of it.
    Direct,
    /// Some of it.
    Mixed,
    /// None of it.
    Indirect,
    /// Marked words nobody is stated to have said: scare quote, title, nickname, word as word.
    Term,
}

/// Why an attribution has no source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unattributed {
    /// Nothing near it reports.
    NoCue,
    /// Several could have said it and none is likelier than not.
    Ambiguous,
    /// The cue has no subject: an infinitive, a noun without possessor.
    CueWithoutSource,
    /// `was described as`, without `by`.
    Passive,
    /// It stands in a headline that names nobody.
    Headline,
}
