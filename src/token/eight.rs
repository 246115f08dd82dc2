//! Eight bytes of text as one number: how many of them are letters or digits, and which are capitals, told without a
//! branch for each.

/// The lowest bit of every byte.
const ONES: u64 = u64::MAX / 255;
/// The highest bit of every byte.
const HIGH: u64 = ONES << 7;

/// The letters and digits of ASCII at the beginning of a piece of text, as far as they are among its first eight bytes.
pub(super) struct Eight {
    /// Those, the first of them lowest, with small letters for capitals; the other bytes are zero.
    pub folded: u64,
    /// How many are letters or digits before any other.
    pub plain: usize,
    /// A bit for each capital among them, the lowest for the first.
    pub capitals: u64,
}

impl Eight {
    /// Looks at the first eight bytes, or all of them.
    pub fn new(text: &[u8]) -> Self {
        let bytes = match text.first_chunk() {
            Some(&eight) => u64::from_le_bytes(eight),
            None => fewer(text),
        };
        // Bytes of ASCII have room for a carry into their highest bit.
        let ascii = bytes & !HIGH;
        let above = |bytes: u64, least: u8| bytes + ONES * (0x80 - u64::from(least));
        let between = |bytes: u64, first: u8, last: u8| above(bytes, first) & !above(bytes, last + 1) & HIGH;
        let letters = between(ascii | (ONES * 0x20), b'a', b'z');
        let others = HIGH & !((letters | between(ascii, b'0', b'9')) & !bytes);
        let plain = others.trailing_zeros() as usize / 8;
        let inside = ((others & others.wrapping_neg()) >> 7).wrapping_sub(1);
        Self {
            folded: (bytes | (letters >> 2)) & inside,
            plain,
            capitals: (letters & !(bytes << 2) & inside) >> 7,
        }
    }
}

/// The last bytes of a text.
#[cold]
fn fewer(text: &[u8]) -> u64 {
    text.iter().rev().fold(0, |bytes, &byte| bytes << 8 | u64::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn every_byte_is_told_as_it_is_alone() {
        for byte in 0..=u8::MAX {
            for at in 0..8 {
                let mut text = *b"aB3dZf0h";
                text[at] = byte;
                let eight = Eight::new(&text);
                let plain = text.iter().take_while(|b| b.is_ascii_alphanumeric()).count();
                assert_eq!(eight.plain, plain, "{text:?}");
                let small = text.to_ascii_lowercase();
                assert_eq!(eight.folded.to_le_bytes()[..plain], small[..plain], "{text:?}");
                assert!(eight.folded.to_le_bytes()[plain..].iter().all(|&byte| byte == 0), "{text:?}");
                let capitals =
                    (0..plain).filter(|&n| text[n].is_ascii_uppercase()).map(|n| 1 << (8 * n)).sum::<u64>();
                assert_eq!(eight.capitals, capitals, "{text:?}");
            }
        }
    }

    #[test]
    fn the_end_of_the_text_is_no_letter() {
        for length in 0..8 {
            let eight = Eight::new(&b"Northern"[..length]);
            assert_eq!((eight.plain, eight.capitals), (length, u64::from(length > 0)));
        }
    }
}
