//! How many commas and finite verbs stand in a stretch of tokens, told without looking at each.

use super::class::Class;
use crate::span::TokenSpan;

/// A bit for each token, block by block.
#[derive(Clone, Debug, Default)]
pub struct Tally(Vec<Block>);

/// The tokens of a block.
const BLOCK: usize = u32::BITS as usize;

const COMMAS: u64 = Class::set(&[Class::Comma]);

const FINITE: u64 = {
    let (mut set, mut i) = (0, 0);
    while i < Class::ALL.len() {
        if Class::ALL[i].finite() {
            set |= Class::set(&[Class::ALL[i]]);
        }
        i += 1;
    }
    set
};

/// Which tokens of a block are commas and finite verbs, and how many of both stand before it.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    commas: Marked,
    finite: Marked,
}

/// Tokens of one kind.
#[derive(Clone, Copy, Debug, Default)]
struct Marked {
    /// In the block, a bit each.
    here: u32,
    /// Before it.
    before: u32,
}

impl Marked {
    /// Those of the classes of such a set, behind those of the block before.
    fn new(classes: &[Class], wanted: u64, last: Self) -> Self {
        let bit = |class: &Class| (wanted >> *class as u32 & 1) as u32;
        Self {
            here: classes.iter().rev().fold(0, |bits, class| bits << 1 | bit(class)),
            before: last.before + last.here.count_ones(),
        }
    }

    /// How many stand before the token at this place of the block.
    #[inline]
    fn up_to(self, place: usize) -> u32 {
        self.before + (self.here & !(u32::MAX << place)).count_ones()
    }
}

impl Tally {
    /// Counts once through the classes of all tokens.
    pub fn new(classes: &[Class]) -> Self {
        let mut blocks = Vec::with_capacity(classes.len() / BLOCK + 1);
        let mut last = Block::default();
        let mut block = |classes: &[Class]| {
            let Block { commas, finite } = last;
            last = Block {
                commas: Marked::new(classes, COMMAS, commas),
                finite: Marked::new(classes, FINITE, finite),
            };
            last
        };
        let (whole, rest) = classes.as_chunks::<BLOCK>();
        blocks.extend(whole.iter().map(|classes| block(classes)));
        blocks.push(block(rest));
        Self(blocks)
    }

    /// How many commas stand among the tokens.
    pub fn commas(&self, tokens: TokenSpan) -> usize {
        self.between(tokens, |block| block.commas)
    }

    /// How many finite verbs stand among the tokens.
    pub fn finite(&self, tokens: TokenSpan) -> usize {
        self.between(tokens, |block| block.finite)
    }

    #[inline]
    fn between(&self, tokens: TokenSpan, kind: impl Fn(&Block) -> Marked) -> usize {
        let up_to = |at: u32| kind(&self.0[at as usize / BLOCK]).up_to(at as usize % BLOCK);
        (up_to(tokens.end) - up_to(tokens.start)) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn counts_what_stands_between_the_ends() {
        use Class as C;
        let classes = [C::Comma, C::Noun, C::Third, C::Comma, C::Modal, C::Base, C::Comma];
        let tally = Tally::new(&classes);
        let count = |start, end| {
            let tokens = TokenSpan::new(start, end);
            (tally.commas(tokens), tally.finite(tokens))
        };
        assert_eq!([count(0, 7), count(1, 4), count(4, 6), count(3, 3)], [(3, 2), (1, 1), (0, 1), (0, 0)]);
    }

    #[test]
    fn counts_in_long_texts() {
        let classes = vec![Class::Comma; 70_000];
        let tally = Tally::new(&classes);
        let tokens = TokenSpan::new(65_000, 70_000);
        assert_eq!((tally.commas(tokens), tally.finite(tokens)), (5000, 0));
    }
}
