//! Hashes and what they stand for in one flat piece of bytes, which can be built into the program as it is.

use std::borrow::Cow;
use std::cmp::Reverse;

/// A perfect hash table: every known hash has a slot of its own, so that one look tells all.
///
/// The lower bits of a hash choose a multiplier, the upper bits of their product the slot (hash and displace, after
/// Belazzougui, Botelho and Dietzfelbinger). A slot has 40 bits of its hash above 24 bits of value. Zero is the value
/// of a hash that is not there.
///
/// As bytes: a multiplier for every [`SHARE`] slots, then the slots.
#[derive(Clone, Debug)]
pub(super) struct Table {
    bytes: Cow<'static, [u8]>,
    /// How many multipliers there are.
    shares: usize,
}

/// The bytes of a slot.
const SLOT: usize = 8;
/// The bytes of a multiplier.
const MULTIPLIER: usize = 2;
/// So many slots share a multiplier.
const SHARE: usize = 4;
/// The bits of a value.
const VALUE: u64 = (1 << 24) - 1;

impl Default for Table {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl Table {
    /// A table of these hashes, each of which stands here once, and their values, which are not zero.
    pub fn new(pairs: &[(u64, u32)]) -> Self {
        let mut shares = pairs.len().next_power_of_two().div_ceil(SHARE).max(2);
        loop {
            if let Some(bytes) = place(pairs, shares) {
                return Self::from_bytes(bytes);
            }
            shares *= 2;
        }
    }

    /// A table that was made before: what [`Table::bytes`] gave.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Self {
        let bytes = bytes.into();
        let shares = bytes.len() / (SHARE * SLOT + MULTIPLIER);
        Self { bytes, shares }
    }

    /// The table.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The value of a hash, 0 where it has none.
    #[inline]
    pub fn get(&self, hash: u64) -> u32 {
        self.value(self.slot(hash), hash)
    }

    /// Where a hash has its value if it has one.
    #[inline]
    pub fn slot(&self, hash: u64) -> u32 {
        let multiplier = &self.bytes[share_of(hash, self.shares) * MULTIPLIER..][..MULTIPLIER];
        let multiplier = u16::from_le_bytes(multiplier.try_into().expect("two bytes"));
        slot_of(hash, multiplier, self.shares) as u32
    }

    /// The value in a slot, 0 where it is that of another hash.
    #[inline]
    pub fn value(&self, slot: u32, hash: u64) -> u32 {
        let slot = &self.bytes[self.shares * MULTIPLIER + slot as usize * SLOT..][..SLOT];
        let slot = u64::from_le_bytes(slot.try_into().expect("eight bytes"));
        if (slot ^ hash) & !VALUE == 0 { (slot & VALUE) as u32 } else { 0 }
    }
}

/// Which multiplier a hash uses; `shares` is a power of two.
fn share_of(hash: u64, shares: usize) -> usize {
    hash as usize & (shares - 1)
}

fn slot_of(hash: u64, multiplier: u16, shares: usize) -> usize {
    let product = hash.wrapping_mul(2 * u64::from(multiplier) + 1);
    (product >> (u64::BITS - (shares * SHARE).trailing_zeros())) as usize
}

/// The bytes of a table of this size, unless some share finds no multiplier that gives its hashes free slots.
fn place(pairs: &[(u64, u32)], count: usize) -> Option<Vec<u8>> {
    let mut shares = vec![Vec::new(); count];
    for pair in pairs {
        assert!(pair.1 > 0 && u64::from(pair.1) <= VALUE, "no more than 2^24 values");
        shares[share_of(pair.0, count)].push(pair);
    }
    // Those with many hashes are the hardest to place.
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|&share| Reverse(shares[share].len()));
    let mut multipliers = vec![0; count];
    let mut slots = vec![0; count * SHARE];
    for share in order {
        let pairs = &shares[share];
        multipliers[share] = (0..=u16::MAX).find(|&multiplier| {
            let at = |n: usize| slot_of(pairs[n].0, multiplier, count);
            (0..pairs.len()).all(|n| slots[at(n)] == 0 && (0..n).all(|before| at(before) != at(n)))
        })?;
        for &&(hash, value) in pairs {
            slots[slot_of(hash, multipliers[share], count)] = hash & !VALUE | u64::from(value);
        }
    }
    let multipliers = multipliers.iter().flat_map(|multiplier: &u16| multiplier.to_le_bytes());
    let slots = slots.iter().flat_map(|slot: &u64| slot.to_le_bytes());
    Some(multipliers.chain(slots).collect())
}

#[cfg(test)]
mod tests {
    use super::super::mix;
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn gives_back_what_was_put_in_and_nothing_else() {
        for count in [0, 1, 7, 8, 1000, 30_000] {
            let pairs: Vec<(u64, u32)> = (1..=count).map(|n| (mix(n.into()), n % 1000 + 1)).collect();
            let table = Table::new(&pairs);
            assert!(pairs.iter().all(|&(hash, value)| table.get(hash) == value));
            let again = Table::from_bytes(table.bytes().to_vec());
            assert!(pairs.iter().all(|&(hash, value)| again.get(hash) == value));
            assert_eq!((count + 1..count + 9000).filter(|&n| table.get(mix(n.into())) != 0).count(), 0);
        }
    }
}
