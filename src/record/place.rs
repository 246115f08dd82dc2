//! Bytes of the text into code points and into bytes of the file.

use std::sync::Arc;

use super::{Excerpt, Passage, Place};
use crate::document::decode::Decoded;
use crate::span::Span;

/// A look-up counts through fewer bytes than this, which the processor looks at together. The count of one step fits in
/// a byte.
const STEP: usize = 16;

/// The text, measured once from end to end.
pub(super) struct Ruler<'a> {
    text: Arc<str>,
    decoded: &'a Decoded,
    /// Code points before each `STEP`th byte; empty for ASCII, where both counts agree.
    known: Vec<u32>,
}

impl<'a> Ruler<'a> {
    pub(super) fn new(text: &str, decoded: &'a Decoded) -> Self {
        let same = std::ptr::eq(text, &*decoded.text);
        let text = if same { Arc::clone(&decoded.text) } else { text.into() };
        let mut known = Vec::new();
        if !text.is_ascii() {
            known.reserve_exact(text.len() / STEP + 2);
            let mut count = 0;
            for chunk in text.as_bytes().chunks(STEP) {
                known.push(count);
                count += begun(chunk);
            }
            known.push(count);
        }
        Self { text, decoded, known }
    }

    /// Code points before this byte.
    fn point(&self, byte: usize) -> u64 {
        let (step, place) = (byte / STEP, byte % STEP);
        let Some(before) = self.known.get(step) else { return byte as u64 };
        let rest = &self.text.as_bytes()[step * STEP..];
        let here = match rest.first_chunk() {
            Some(step) => begun_before(step, place),
            None => begun(&rest[..place]),
        };
        (before + here).into()
    }

    /// Code points before the first byte and before the end.
    pub(super) fn points(&self, span: Span) -> (u64, u64) {
        (self.point(span.start as usize), self.point(span.end as usize))
    }

    pub(super) fn place(&self, span: Span) -> Place {
        let (start, end) = self.points(span);
        Place {
            start,
            end,
            byte_start: self.decoded.byte_offset(span.start as usize),
            byte_end: self.decoded.byte_offset(span.end as usize),
        }
    }

    pub(super) fn passage(&self, span: Span) -> Passage {
        Passage { text: self.excerpt(span), place: self.place(span) }
    }

    pub(super) fn excerpt(&self, span: Span) -> Excerpt {
        Excerpt::new(&self.text, span)
    }
}

/// How many characters begin in these bytes of one step: all bytes but those that carry one on.
fn begun(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&byte| u8::from(byte & 0b1100_0000 != 0b1000_0000)).sum::<u8>().into()
}

/// How many begin before this place of the step. Its bytes are looked at as one number, for that takes no guess at where to
/// stop.
fn begun_before(step: &[u8; STEP], place: usize) -> u32 {
    const LOWEST: u128 = u128::MAX / 0xff;
    let bytes = u128::from_le_bytes(*step) & ((1 << (8 * place)) - 1);
    let carry_on = bytes >> 7 & !(bytes >> 6) & LOWEST;
    // Of both halves at once, of which each byte counts none or one.
    let count = ((carry_on >> 64) as u64 + carry_on as u64).wrapping_mul(LOWEST as u64) >> 56;
    place as u32 - count as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::decode::decode;
    use pretty_assertions::assert_eq;

    #[test]
    fn counts_code_points_and_bytes_of_the_file() {
        let text = "“é” 🐟 ".repeat(200);
        let utf16: Vec<u8> =
            [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let (plain, wide) = (decode(text.as_bytes()).unwrap(), decode(&utf16).unwrap());
        let (plain, wide) = (Ruler::new(&plain.text, &plain), Ruler::new(&wide.text, &wide));
        let mut units = 2;
        for (count, (at, c)) in text.char_indices().enumerate() {
            let span = Span::new(at, at + c.len_utf8());
            let (here, there) = (plain.passage(span), wide.passage(span));
            assert_eq!((here.place.start, here.place.end), (count as u64, count as u64 + 1));
            assert_eq!((here.place.byte_start, &*here.text), (Some(at as u64), c.to_string().as_str()));
            assert_eq!((there.place.start, there.place.byte_start), (count as u64, Some(units)));
            units += 2 * c.len_utf16() as u64;
        }
        assert_eq!(plain.point(text.len()), text.chars().count() as u64);
    }

    #[test]
    fn ascii_needs_no_counting() {
        let decoded = decode(b"plain").unwrap();
        let ruler = Ruler::new(&decoded.text, &decoded);
        assert_eq!((ruler.known.len(), ruler.point(5)), (0, 5));
    }
}
