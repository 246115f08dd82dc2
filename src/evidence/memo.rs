//! Sums that were added up before, so that the same evidence need not be looked up again.
//!
//! News repeats itself: a `said` behind a name and before a comma weighs the same wherever it stands. A memo keeps the
//! latest sum for each place in a small table, and gives back what adding up would give.

use std::cell::Cell;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// Places in the table, as a power of two: small enough to stay in a processor's cache.
const PLACES: u32 = 14;

/// The bits of a slot that hold a sum; the others hold what the place does not tell of its key.
const SUM: u32 = PLACES;

/// Sums by their keys, for one thread at a time.
pub struct Memo {
    slots: Box<[Cell<u64>]>,
}

impl Memo {
    /// The sum that was kept under this key, unless another took its place.
    #[inline]
    pub(super) fn get(&self, key: u64) -> Option<i32> {
        let (place, rest) = halves(key);
        let slot = self.slots[place].get();
        (slot ^ rest < 1 << SUM && slot != 0).then_some(((slot << (64 - SUM)) as i64 >> (64 - SUM)) as i32)
    }

    /// Keeps a sum where a slot has room for one so large.
    #[inline]
    pub(super) fn keep(&self, key: u64, sum: i32) {
        if sum.unsigned_abs() < 1 << (SUM - 1) {
            let (place, rest) = halves(key);
            self.slots[place].set(rest | u64::from(sum as u32) & ((1 << SUM) - 1));
        }
    }
}

/// Where a key has its place, and what else there is of it: multiplied by an odd number no key is lost.
#[inline]
fn halves(key: u64) -> (usize, u64) {
    let spread = key.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((spread >> (64 - PLACES)) as usize, spread << PLACES)
}

impl Default for Memo {
    fn default() -> Self {
        Self { slots: vec![Cell::new(0); 1 << PLACES].into() }
    }
}

impl fmt::Debug for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memo").finish_non_exhaustive()
    }
}

/// Memos of one table of weights, which threads borrow.
#[derive(Debug, Default)]
pub(super) struct Memos(Mutex<Vec<Memo>>);

impl Memos {
    /// Lends a memo that nobody else has.
    pub fn lend<R>(&self, work: impl FnOnce(&Memo) -> R) -> R {
        let free = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let memo = free().pop().unwrap_or_default();
        let result = work(&memo);
        free().push(memo);
        result
    }
}

/// A copy of the weights remembers for itself.
impl Clone for Memos {
    fn clone(&self) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn gives_back_the_latest_sum_of_each_key_or_none() {
        let memo = Memo::default();
        let sum = |key: u64| (key % 4000) as i32 - 2000;
        for key in 0..100_000 {
            assert_eq!(memo.get(key), None);
            memo.keep(key, sum(key));
            assert_eq!(memo.get(key), Some(sum(key)));
        }
        let kept = (0..100_000).filter(|&key| memo.get(key).is_some()).count();
        assert!(kept > 1 << (PLACES - 1), "{kept}");
        assert!((0..100_000).all(|key| memo.get(key).is_none_or(|found| found == sum(key))));
    }

    #[test]
    fn a_sum_that_does_not_fit_is_not_kept() {
        let memo = Memo::default();
        memo.keep(1, 1 << (SUM - 1));
        assert_eq!(memo.get(1), None);
    }
}
