//! Words as numbers: the hash by which everything is looked up, and tables of such hashes.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use serde::{Deserialize, Serialize};

/// Hash of a word with case and the shape of apostrophes folded: the key of every look-up and feature.
///
/// Each eight bytes of the lower-case UTF-8 are taken in by one multiplication (the finaliser of SplitMix, after Steele,
/// Lea and Flood), the last of them filled up with zeros.
pub fn fold(word: &str) -> u64 {
    Folding::new().word(word).finish()
}

/// The running state of [`fold`].
#[derive(Clone, Copy)]
pub(crate) struct Folding {
    hash: u64,
    /// The bytes that are not in the hash yet, the first of them lowest, and how many they are: fewer than eight.
    bytes: u64,
    count: usize,
}

impl Folding {
    /// An empty word.
    pub(crate) const fn new() -> Self {
        Self { hash: 0, bytes: 0, count: 0 }
    }

    /// Adds a byte that is no capital.
    pub(crate) const fn byte(mut self, byte: u8) -> Self {
        self.bytes |= (byte as u64) << (8 * self.count);
        self.count += 1;
        if self.count == 8 { Self { hash: self.taken(), bytes: 0, count: 0 } } else { self }
    }

    /// Adds up to eight bytes, of which none is a capital and the others are zero, to a word of whole eights.
    #[inline]
    pub(crate) fn eight(self, bytes: u64, count: usize) -> Self {
        let more = Self { bytes, count, ..self };
        if count == 8 { Self { hash: more.taken(), bytes: 0, count: 0 } } else { more }
    }

    /// The hash with the bytes in it.
    const fn taken(&self) -> u64 {
        let hash = (self.hash ^ self.bytes).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash ^ (hash >> 32)
    }

    /// Adds a word or a piece of one.
    pub(crate) fn word(mut self, word: &str) -> Self {
        for (at, piece) in (0..).step_by(8).zip(word.as_bytes().chunks(8)) {
            let bytes = number(piece);
            if bytes & HIGH != 0 {
                // All before it is ASCII, so that a character begins here.
                return word[at..].chars().fold(self, Self::char);
            }
            self = self.bytes(small(bytes), piece.len());
        }
        self
    }

    /// Adds up to eight bytes as one number, the first of them lowest, of which none is a capital.
    fn bytes(self, more: u64, count: usize) -> Self {
        let all = Self { bytes: self.bytes | more << (8 * self.count), count: self.count + count, ..self };
        if all.count < 8 {
            return all;
        }
        let left = more.checked_shr(8 * (8 - self.count as u32)).unwrap_or(0);
        Self { hash: all.taken(), bytes: left, count: all.count - 8 }
    }

    fn char(self, c: char) -> Self {
        match c {
            '’' | '‘' | 'ʼ' => self.byte(b'\''),
            '\u{ad}' => self,
            c if c.is_ascii() => self.byte(c.to_ascii_lowercase() as u8),
            c => c.to_lowercase().fold(self, |folding, lower| {
                lower.encode_utf8(&mut [0; 4]).bytes().fold(folding, Self::byte)
            }),
        }
    }

    /// The hash of what was added.
    pub(crate) const fn finish(self) -> u64 {
        mix(self.taken() ^ self.count as u64)
    }
}

/// The lowest bit of every byte.
const ONES: u64 = u64::MAX / 255;
/// The highest bit of every byte.
const HIGH: u64 = ONES << 7;

/// Up to eight bytes as one number, the first of them lowest.
fn number(piece: &[u8]) -> u64 {
    match (piece.first_chunk(), piece.first_chunk(), piece.last_chunk()) {
        (Some(&eight), ..) => u64::from_le_bytes(eight),
        // Two halves that may overlap are sooner read than byte after byte.
        (None, Some(&first), Some(&last)) => {
            let last = u64::from(u32::from_le_bytes(last));
            u64::from(u32::from_le_bytes(first)) | last << (8 * (piece.len() - 4))
        }
        _ => piece.iter().rev().fold(0, |bytes, &byte| bytes << 8 | u64::from(byte)),
    }
}

/// Eight bytes of ASCII with small letters for capitals.
fn small(bytes: u64) -> u64 {
    // Bytes of ASCII have room for a carry into their highest bit.
    let above = |least: u8| bytes + ONES * (0x80 - u64::from(least));
    let capitals = above(b'A') & !above(b'Z' + 1) & HIGH;
    bytes | capitals >> 2
}

/// Spreads the bits of a hash.
pub const fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

/// A hasher for keys that are hashes already.
#[derive(Default)]
pub struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(b);
        }
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = self.0.rotate_left(32) ^ n;
    }
}

/// Tells of most hashes by one bit that they are not among some.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Filter(Vec<u64>);

impl Default for Filter {
    fn default() -> Self {
        Self(vec![0; 1 << 6])
    }
}

impl Filter {
    fn place(hash: u64) -> (usize, u64) {
        ((hash >> 6) as usize % (1 << 6), 1 << (hash % 64))
    }

    /// Adds a hash.
    pub fn insert(&mut self, hash: u64) {
        let (word, bit) = Self::place(hash);
        self.0[word] |= bit;
    }

    /// The hash may be among those that were added.
    pub fn passes(&self, hash: u64) -> bool {
        let (word, bit) = Self::place(hash);
        self.0[word] & bit != 0
    }
}

/// A map whose keys are word hashes, one or several.
pub type ByHash<V, K = u64> = HashMap<K, V, BuildHasherDefault<Identity>>;

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn pieces_make_the_hash_of_the_whole_whatever_their_lengths() {
        let word = "Re-Elected’s_Überraschungen[@Z`z{";
        let slow = |word: &str| word.chars().fold(Folding::new(), Folding::char).finish();
        for (end, _) in word.char_indices() {
            for (at, _) in word[..end].char_indices() {
                let pieces = Folding::new().word(&word[..at]).word(&word[at..end]);
                assert_eq!(pieces.finish(), slow(&word[..end]), "{at} of {}", &word[..end]);
            }
        }
        assert_eq!(fold("McDonald’s"), fold("mcdonald's"));
    }
}
