//! Quotations that run over several paragraphs.

use super::Quotation;
use crate::document::{Paragraph, ParagraphKind};

/// Sets `continues` where a quotation carries on one that the paragraph before left open.
///
/// `“We waited. ¶ “Then we left,” she said.` is one quotation in two pieces: the second opens its paragraph, and
/// nothing but furniture of the page stands between the two. Quotations are in the order of the text.
pub fn join(quotations: &mut [Quotation], paragraphs: &[Paragraph]) {
    let mut last: Option<usize> = None; // the last outermost quotation so far
    for at in 0..quotations.len() {
        let this = quotations[at];
        if this.parent.is_some() {
            continue;
        }
        if let Some(before) = last {
            let earlier = quotations[before];
            if !earlier.closed && earlier.paragraph < this.paragraph && touch(&earlier, &this, paragraphs) {
                quotations[at].continues = Some(before as u32);
            }
        }
        last = Some(at);
    }
}

/// Nothing of the text stands between the two.
fn touch(earlier: &Quotation, this: &Quotation, paragraphs: &[Paragraph]) -> bool {
    let (from, to) = (earlier.paragraph as usize, this.paragraph as usize);
    let furniture = || paragraphs[from + 1..to].iter().all(|p| p.kind == ParagraphKind::Furniture);
    earlier.tokens.end == this.tokens.start
        || paragraphs[from].span.end == earlier.span.end
            && paragraphs[to].span.start == this.span.start
            && furniture()
}
