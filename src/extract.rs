//! The order of the stages: text in, everything that is known about it out.

use crate::attribution::Attribution;
use crate::document::Paragraph;
use crate::lexicon::Lexicon;
use crate::mention::Mention;
use crate::quotation::Quotation;
use crate::speaker::Speaker;
use crate::token::{Sentence, Token};

/// Everything found in one text; indices in one list point into the others.
#[derive(Clone, Debug)]
pub struct Extraction<'t> {
    /// The text itself.
    pub text: &'t str,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// Its words and marks.
    pub tokens: Vec<Token>,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// What stands between quotation marks.
    pub quotations: Vec<Quotation>,
    /// Who could be a source.
    pub mentions: Vec<Mention>,
    /// Who said what, in the order of the text.
    pub attributions: Vec<Attribution>,
    /// For each attribution the speaker whom its source means, and the same for its addressee.
    pub resolved: Vec<Resolved>,
    /// Who speaks in this document.
    pub speakers: Vec<Speaker>,
}

/// Whom the mentions of one attribution mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// Index into the document's speakers.
    pub speaker: Option<u32>,
    /// Index into the document's speakers.
    pub addressee: Option<u32>,
}

/// Reads texts with one grammar; cheap to share between threads.
#[derive(Debug)]
pub struct Extractor {
    lexicon: Lexicon,
}
