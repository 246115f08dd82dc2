//! What covers one or more tokens of a window: from where it leads into a set of places, and to where it leads out of one.

use super::bits::Bits;

/// What covers at most so many tokens is found by shifts.
const SHORT: usize = 3;

/// Stretches of tokens in a window, each by where it begins and ends.
#[derive(Clone, Debug, Default)]
pub(super) struct Blocks<const W: usize> {
    /// By the number of their tokens, where they begin.
    short: [Bits<W>; SHORT],
    /// From where to where the longer ones go.
    long: Vec<(u16, u16)>,
    /// Where those begin that lead out of the window.
    pub out: Bits<W>,
}

impl<const W: usize> Blocks<W> {
    pub fn clear(&mut self) {
        self.short = [Bits::NONE; SHORT];
        self.long.clear();
        self.out = Bits::NONE;
    }

    /// Adds what goes from here to there in a window of so many tokens.
    #[inline]
    pub fn add(&mut self, from: usize, to: usize, len: usize) {
        if to > len {
            self.out.insert(from);
        } else if let Some(short) = self.short.get_mut(to - from - 1) {
            short.insert(from);
        } else {
            self.long.push((from as u16, to as u16));
        }
    }

    /// Adds what covers one token at each of these places.
    pub fn add_single(&mut self, places: Bits<W>) {
        self.short[0] = self.short[0].or(places);
    }

    /// From where they lead into the set; what leads out may lead anywhere.
    #[inline]
    pub fn before(&self, after: &Bits<W>) -> Bits<W> {
        let (mut all, mut before) = (self.out, *after);
        for short in self.short {
            before = before.before();
            all = all.or(short.and(before));
        }
        for &(from, to) in &self.long {
            all.insert_if(after.has(to.into()), from.into());
        }
        all
    }

    /// To where they lead out of the set.
    #[inline]
    pub fn behind(&self, before: &Bits<W>) -> Bits<W> {
        if before.meets(&self.out) {
            return Bits::ALL;
        }
        let mut all = Bits::NONE;
        for short in self.short.iter().rev() {
            all = all.or(short.and(*before)).after();
        }
        for &(from, to) in &self.long {
            all.insert_if(before.has(from.into()), to.into());
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    /// Stretches of 1 to 5 tokens, and one that leads out of a window of 12.
    fn blocks() -> Blocks<1> {
        let mut blocks = Blocks::default();
        for (from, to) in [(0, 1), (1, 3), (2, 5), (3, 8), (4, 9), (10, 14)] {
            blocks.add(from, to, 12);
        }
        blocks
    }

    fn places(bits: Bits<1>) -> Vec<usize> {
        bits.iter().collect()
    }

    #[test]
    fn each_leads_from_its_beginning_to_its_end() {
        let blocks = blocks();
        for (from, to) in [(0, 1), (1, 3), (2, 5), (3, 8), (4, 9)] {
            assert_eq!(places(blocks.behind(&Bits::only(from))), [to]);
            assert_eq!(places(blocks.before(&Bits::only(to))), [from, 10]);
        }
        assert!(blocks.behind(&Bits::only(5)).is_empty());
    }

    #[test]
    fn what_leads_out_may_lead_anywhere() {
        let blocks = blocks();
        assert_eq!(blocks.behind(&Bits::only(10)), Bits::ALL);
        assert_eq!(places(blocks.before(&Bits::NONE)), [10]);
    }
}
