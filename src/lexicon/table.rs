//! Hashes and what they stand for in one flat piece of bytes, which can be built into the program as it is.

use std::borrow::Cow;
use std::cmp::Reverse;

/// A perfect hash table: every known hash has a slot of its own, so that one look tells all.
///
/// The lowest bits of a hash choose a multiplier, those in the middle of their product the slot (hash and displace, after
/// Belazzougui, Botelho and Dietzfelbinger). There are as many slots as a power of two, so that such bits are a place as
/// they are. A slot of `SLOT` bytes has a value of `VALUE` bits below the lower bits of its hash, which its place tells
/// least of. Zero is the value of a hash that is not there.
///
/// As bytes: a multiplier for every [`SHARE`] slots, then the slots.
#[derive(Clone, Debug)]
pub(crate) struct Table<const SLOT: usize, const VALUE: u32> {
    multipliers: Cow<'static, [[u8; MULTIPLIER]]>,
    slots: Cow<'static, [[u8; SLOT]]>,
}

/// The bytes of a multiplier.
const MULTIPLIER: usize = 2;
/// So many slots share a multiplier.
const SHARE: usize = 4;
/// One slot in so many stays free at least, so that the last hashes find a place.
const FREE: usize = 16;

impl<const SLOT: usize, const VALUE: u32> Default for Table<SLOT, VALUE> {
    fn default() -> Self {
        Self::new(&[])
    }
}

impl<const SLOT: usize, const VALUE: u32> Table<SLOT, VALUE> {
    /// The bits of a slot.
    const MASK: u64 = u64::MAX >> (u64::BITS - 8 * SLOT as u32);

    /// A table of these hashes, each of which stands here once, and their values, which are not zero.
    pub fn new(pairs: &[(u64, u32)]) -> Self {
        let mut shares = (pairs.len() + pairs.len() / FREE).div_ceil(SHARE).next_power_of_two();
        loop {
            if let Some(table) = Self::place(pairs, shares) {
                return table;
            }
            shares *= 2;
        }
    }

    /// A table that was made before: what [`Table::bytes`] gave.
    pub fn from_bytes(bytes: &'static [u8]) -> Self {
        let shares = bytes.len() / (SHARE * SLOT + MULTIPLIER);
        let (multipliers, slots) = bytes.split_at(shares * MULTIPLIER);
        Self { multipliers: multipliers.as_chunks().0.into(), slots: slots.as_chunks().0.into() }
    }

    /// The table.
    pub fn bytes(&self) -> Vec<u8> {
        [self.multipliers.as_flattened(), self.slots.as_flattened()].concat()
    }

    /// The value of a hash, 0 where it has none.
    #[inline]
    pub fn get(&self, hash: u64) -> u32 {
        self.value_at(self.place_of(hash), hash)
    }

    /// Where a hash has its value if it has one.
    #[inline]
    pub fn slot(&self, hash: u64) -> u32 {
        self.place_of(hash) as u32
    }

    /// The value in a slot, 0 where it is that of another hash.
    #[inline]
    pub fn value(&self, slot: u32, hash: u64) -> u32 {
        self.value_at(slot as usize, hash)
    }

    #[inline]
    fn place_of(&self, hash: u64) -> usize {
        let multiplier = u16::from_le_bytes(self.multipliers[share_of(hash, self.multipliers.len())]);
        slot_of(hash, multiplier, self.slots.len())
    }

    #[inline]
    fn value_at(&self, slot: usize, hash: u64) -> u32 {
        let mut wide = [0; 8];
        wide[..SLOT].copy_from_slice(&self.slots[slot]);
        let value = u64::from_le_bytes(wide) ^ (hash << VALUE & Self::MASK);
        // Without a branch: which hashes are there is hard to foresee, and the next look need not wait for this one. All bits
        // are set where nothing is left of the hash; of a comparison the compiler makes a branch.
        let same = (value >> VALUE).wrapping_sub(1) as i64 >> 63;
        value as u32 & same as u32
    }

    /// A table of this size, unless some share finds no multiplier that gives its hashes free slots.
    fn place(pairs: &[(u64, u32)], count: usize) -> Option<Self> {
        let mut shares = vec![Vec::new(); count];
        for pair in pairs {
            assert!(pair.1 > 0 && pair.1 >> VALUE == 0, "a value of {VALUE} bits: {}", pair.1);
            shares[share_of(pair.0, count)].push(pair);
        }
        // Those with many hashes are the hardest to place.
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|&share| Reverse(shares[share].len()));
        let mut multipliers = vec![1; count];
        let mut slots = vec![0; count * SHARE];
        for share in order {
            let pairs = &shares[share];
            multipliers[share] = (1..=u16::MAX).step_by(2).find(|&multiplier| {
                let at = |n: usize| slot_of(pairs[n].0, multiplier, slots.len());
                (0..pairs.len()).all(|n| slots[at(n)] == 0 && (0..n).all(|before| at(before) != at(n)))
            })?;
            for &&(hash, value) in pairs {
                let at = slot_of(hash, multipliers[share], slots.len());
                slots[at] = hash << VALUE & Self::MASK | u64::from(value);
            }
        }
        let slot = |slot: &u64| *slot.to_le_bytes().first_chunk().expect("a slot has eight bytes at most");
        Some(Self {
            multipliers: multipliers.iter().map(|m: &u16| m.to_le_bytes()).collect(),
            slots: slots.iter().map(slot).collect(),
        })
    }
}

/// Which multiplier a hash uses.
#[inline]
fn share_of(hash: u64, shares: usize) -> usize {
    hash as usize & shares.wrapping_sub(1)
}

/// The slot of a hash with its multiplier, which is odd.
#[inline]
fn slot_of(hash: u64, multiplier: u16, slots: usize) -> usize {
    let product = hash.wrapping_mul(multiplier.into());
    (product >> 32) as usize & slots.wrapping_sub(1)
}

#[cfg(test)]
mod tests {
    use super::super::mix;
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn gives_back_what_was_put_in_and_nothing_else() {
        holds_what_it_was_given::<6, 24>(1000);
        holds_what_it_was_given::<4, 8>(255);
    }

    fn holds_what_it_was_given<const SLOT: usize, const VALUE: u32>(values: u32) {
        for count in [0, 1, 7, 8, 1000, 30_000] {
            let pairs: Vec<(u64, u32)> = (1..=count).map(|n| (mix(n.into()), n % values + 1)).collect();
            let table = Table::<SLOT, VALUE>::new(&pairs);
            assert!(pairs.iter().all(|&(hash, value)| table.get(hash) == value));
            let again = Table::<SLOT, VALUE>::from_bytes(table.bytes().leak());
            assert!(pairs.iter().all(|&(hash, value)| again.get(hash) == value));
            assert_eq!((count + 1..count + 100_000).filter(|&n| table.get(mix(n.into())) != 0).count(), 0);
        }
    }
}
