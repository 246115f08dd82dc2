//! Bytes into text, text into paragraphs.

pub mod decode;
mod kind;
pub mod paragraph;

use crate::span::Span;

/// A stretch of lines that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Without white space at either end.
    pub span: Span,
    /// What it is on the page.
    pub kind: ParagraphKind,
}

/// What a paragraph is on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParagraphKind {
    /// Running text.
    Body,
    /// A headline or section head.
    Heading,
    /// Menus, captions' credits, share lines, comment forms: no part of the article.
    Furniture,
}
