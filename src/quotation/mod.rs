//! Quotation marks paired into quotations, joined where one runs over several paragraphs.

mod doubles;
pub mod join;
pub mod marks;
mod sides;
mod singles;
mod turns;

use crate::span::{Span, TokenSpan};

/// A stretch of text between quotation marks, within one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub span: Span,
    /// Between its marks.
    pub inner: Span,
    /// Tokens of `span`, the marks included.
    pub tokens: TokenSpan,
    /// The paragraph in which it stands.
    pub paragraph: u32,
    /// The quotation inside which it stands, as an index into the document's quotations.
    pub parent: Option<u32>,
    /// It has an opening mark.
    pub opened: bool,
    /// It has a closing mark. A quotation whose next paragraph reopens its marks has none and is whole all the same.
    pub closed: bool,
    /// The quotation of an earlier paragraph that this one carries on with marks of its own.
    pub continues: Option<u32>,
}

impl Quotation {
    /// It stands in single marks; `text` is that of its document.
    pub fn single(&self, text: &str) -> bool {
        let marked = self.span.of(text);
        marked.starts_with(['‘', '\'']) && !marked.starts_with("''")
    }
}
