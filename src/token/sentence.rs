//! Tokens into sentences.
use super::{Sentence, Token};
use crate::document::Paragraph;
use crate::lexicon::Lexicon;
use crate::span::TokenSpan;

/// The sentences of a text.
pub fn sentences(_: &str, _: &[Token], _: &[Paragraph], _: &[TokenSpan], _: &Lexicon) -> Vec<Sentence> {
    Vec::new()
}
