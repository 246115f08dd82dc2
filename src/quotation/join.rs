//! Quotations that run over several paragraphs.

use super::Quotation;

/// Sets `continues` where a quotation carries on one that the paragraph before left open.
///
/// `“We waited. ¶ “Then we left,” she said.` is one quotation in two pieces: the second opens its paragraph, and
/// nothing stands between the two. Quotations are in the order of the text.
pub fn join(quotations: &mut [Quotation]) {
    let mut last: Option<usize> = None; // the last outermost quotation so far
    for at in 0..quotations.len() {
        let this = quotations[at];
        if this.parent.is_some() {
            continue;
        }
        if let Some(before) = last {
            let earlier = quotations[before];
            if !earlier.closed && earlier.paragraph < this.paragraph && earlier.tokens.end == this.tokens.start {
                quotations[at].continues = Some(before as u32);
            }
        }
        last = Some(at);
    }
}
