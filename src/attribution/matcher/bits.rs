//! A set of places in a sentence, or of other numbers, one bit each.

/// Places `0..64 * W`, where `W` is a power of two; what lies beyond is neither in nor out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bits<const W: usize>([u64; W]);

impl<const W: usize> Bits<W> {
    pub const NONE: Self = Self([0; W]);
    pub const ALL: Self = Self([u64::MAX; W]);

    /// This place and no other.
    #[inline]
    pub fn only(at: usize) -> Self {
        let mut only = Self::NONE;
        only.insert(at);
        only
    }

    #[inline]
    pub fn insert(&mut self, at: usize) {
        debug_assert!(at < 64 * W);
        self.0[at / 64 % W] |= 1 << (at % 64);
    }

    /// The same without a branch, where that is so.
    #[inline]
    pub fn insert_if(&mut self, so: bool, at: usize) {
        debug_assert!(at < 64 * W);
        self.0[at / 64 % W] |= u64::from(so) << (at % 64);
    }

    #[inline]
    pub fn add(&mut self, other: Self) {
        *self = self.or(other);
    }

    #[inline]
    pub fn remove(&mut self, at: usize) {
        debug_assert!(at < 64 * W);
        self.0[at / 64 % W] &= !(1 << (at % 64));
    }

    #[inline]
    pub fn has(&self, at: usize) -> bool {
        debug_assert!(at < 64 * W);
        self.0[at / 64 % W] >> (at % 64) & 1 != 0
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.iter().fold(0, |all, word| all | word) == 0
    }

    #[inline]
    pub fn and(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] & other.0[i]))
    }

    #[inline]
    pub fn or(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }

    /// Some place is in both.
    #[inline]
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).fold(0, |all, (word, other)| all | word & other) != 0
    }

    /// The places that are not in the other set.
    #[inline]
    pub fn without(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] & !other.0[i]))
    }

    /// The places as words, of which each holds 64.
    #[inline]
    pub fn words(self) -> [u64; W] {
        self.0
    }

    /// All places before this one.
    #[inline]
    pub fn below(at: usize) -> Self {
        Self(std::array::from_fn(|i| match at.saturating_sub(64 * i) {
            64.. => u64::MAX,
            some => (1 << some) - 1,
        }))
    }

    /// Each place from which one step leads into the set.
    #[inline]
    pub fn before(self) -> Self {
        let next = |i| if i + 1 < W { self.0[i + 1] } else { 0 };
        Self(std::array::from_fn(|i| self.0[i] >> 1 | next(i) << 63))
    }

    /// Each place to which one step leads out of the set.
    #[inline]
    pub fn after(self) -> Self {
        let last = |i| if i > 0 { self.0[i - 1] } else { 0 };
        Self(std::array::from_fn(|i| self.0[i] << 1 | last(i) >> 63))
    }

    /// All places that have some place of the set before them.
    #[inline]
    pub fn above_first(self) -> Self {
        self.first().map_or(Self::NONE, |first| Self::ALL.without(Self::below(first + 1)))
    }

    /// All places from the first of the set on.
    #[inline]
    pub fn since_first(self) -> Self {
        self.first().map_or(Self::NONE, |first| Self::ALL.without(Self::below(first)))
    }

    /// The first place that is not before this one.
    #[inline]
    pub fn first_from(&self, at: usize) -> Option<usize> {
        self.without(Self::below(at)).first()
    }

    /// The first place.
    #[inline]
    pub fn first(&self) -> Option<usize> {
        let word = (0..W).find(|&i| self.0[i] != 0)?;
        Some(word * 64 + self.0[word].trailing_zeros() as usize)
    }

    /// All places that have some place of the set behind them.
    #[inline]
    pub fn below_last(self) -> Self {
        let last = (0..W).rev().find(|&i| self.0[i] != 0);
        last.map_or(Self::NONE, |i| Self::below(i * 64 + self.0[i].ilog2() as usize))
    }

    /// The places in their order.
    #[inline]
    pub fn iter(self) -> impl Iterator<Item = usize> {
        self.0
            .into_iter()
            .zip((0..).step_by(64))
            .flat_map(|(word, first)| ones(word).map(move |at| first + at))
    }
}

/// The bits that are set, in their order.
#[inline]
pub(super) fn ones(mut word: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = (word != 0).then(|| word.trailing_zeros() as usize);
        word &= word.wrapping_sub(1);
        at
    })
}

impl<const W: usize> Default for Bits<W> {
    fn default() -> Self {
        Self::NONE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn bits(places: &[usize]) -> Bits<2> {
        let mut bits = Bits::NONE;
        places.iter().for_each(|&at| bits.insert(at));
        bits
    }

    fn places(bits: Bits<2>) -> Vec<usize> {
        bits.iter().collect()
    }

    #[test]
    fn steps_and_orders_cross_the_words() {
        assert_eq!(places(bits(&[1, 64, 127]).before()), [0, 63, 126]);
        assert_eq!(places(bits(&[0]).before()), [0; 0]);
        assert_eq!(places(bits(&[3, 66]).below_last()), (0..66).collect::<Vec<_>>());
        assert_eq!(places(bits(&[64]).below_last()), (0..64).collect::<Vec<_>>());
        assert_eq!(places(bits(&[0]).below_last()), [0; 0]);
        assert!(Bits::<2>::NONE.below_last().is_empty());
        assert_eq!(places(bits(&[1, 63, 127]).after()), [2, 64]);
        assert_eq!(places(bits(&[63, 100]).above_first()), (64..128).collect::<Vec<_>>());
        assert_eq!(places(bits(&[127]).above_first()), [0; 0]);
        assert!(Bits::<2>::NONE.above_first().is_empty());
        assert_eq!(places(bits(&[63, 100]).since_first()), (63..128).collect::<Vec<_>>());
        assert!(Bits::<2>::NONE.since_first().is_empty());
        assert_eq!(bits(&[3, 70]).first_from(3), Some(3));
        assert_eq!(bits(&[3, 70]).first_from(4), Some(70));
        assert_eq!(bits(&[3, 70]).first_from(71), None);
    }

    #[test]
    fn sets_meet_and_part() {
        let (a, b) = (bits(&[2, 70]), bits(&[2, 90]));
        assert_eq!(places(a.and(b)), [2]);
        assert_eq!(places(a.or(b)), [2, 70, 90]);
        assert_eq!(places(a.without(b)), [70]);
        assert_eq!(places(Bits::below(66)), (0..66).collect::<Vec<_>>());
        assert!(a.has(70) && !a.has(90));
    }
}
