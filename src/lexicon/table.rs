//! Hashes and what they stand for in one flat piece of bytes, which can be built into the program as it is.

use std::borrow::Cow;

/// Open addressing with a step of one: eight bytes a slot, 40 bits of the hash above 24 bits of value.
///
/// The place in the table tells further bits of the hash. Zero is an empty slot and the value of a hash that is
/// not there.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    slots: Cow<'static, [u8]>,
}

const SLOT: usize = 8;
const VALUE: u64 = (1 << 24) - 1;

impl Table {
    /// A table of these hashes, each of which stands here once, and their values, which are not zero.
    pub fn new(pairs: impl ExactSizeIterator<Item = (u64, u32)>) -> Self {
        let count = (pairs.len() * 2).next_power_of_two().max(1);
        let mut slots = vec![0; count];
        for (hash, value) in pairs {
            assert!(value > 0 && u64::from(value) <= VALUE, "no more than 2^24 values");
            let mut at = hash as usize & (count - 1);
            while slots[at] != 0 {
                at = (at + 1) & (count - 1);
            }
            slots[at] = hash & !VALUE | u64::from(value);
        }
        Self { slots: slots.iter().flat_map(|slot: &u64| slot.to_le_bytes()).collect() }
    }

    /// A table that was made before: what [`Table::bytes`] gave.
    pub fn from_bytes(slots: &'static [u8]) -> Self {
        Self { slots: Cow::Borrowed(slots) }
    }

    /// All slots.
    pub fn bytes(&self) -> &[u8] {
        &self.slots
    }

    /// The value of a hash, 0 where it has none.
    pub fn get(&self, hash: u64) -> u32 {
        let last = self.slots.len() / SLOT - 1;
        let mut at = hash as usize & last;
        loop {
            let bytes = self.slots[at * SLOT..][..SLOT].try_into();
            let slot = u64::from_le_bytes(bytes.expect("eight bytes"));
            if slot == 0 {
                return 0;
            }
            if (slot ^ hash) & !VALUE == 0 {
                return (slot & VALUE) as u32;
            }
            at = (at + 1) & last;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::mix;
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn gives_back_what_was_put_in_and_nothing_else() {
        let table = Table::new((1..1001).map(|n| (mix(n as u64), n)));
        assert!((1..1001).all(|n| table.get(mix(n.into())) == n));
        assert_eq!((1001..9000).filter(|&n| table.get(mix(n)) != 0).count(), 0);
        assert_eq!(Table::new([].into_iter()).get(7), 0);
    }
}
