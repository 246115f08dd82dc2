//! How many commas and finite verbs stand in a stretch of tokens, told without looking at each.

use super::class::Class;
use crate::span::TokenSpan;

/// For each token, and behind the last, how many of both stand before it, in one number (see [`COMMA`]).
///
/// The number may overflow: only differences are asked for, of stretches with fewer than 65,536 of each.
#[derive(Clone, Debug, Default)]
pub struct Tally(Vec<u32>);

/// One comma and one finite verb in a number that counts both.
const COMMA: u32 = 1;
const FINITE: u32 = 1 << 16;

/// What a token of each class adds to such a number.
const STEPS: [u32; Class::ALL.len()] = {
    let mut steps = [0; Class::ALL.len()];
    let mut i = 0;
    while i < steps.len() {
        steps[i] = match Class::ALL[i] {
            Class::Comma => COMMA,
            class if class.finite() => FINITE,
            _ => 0,
        };
        i += 1;
    }
    steps
};

impl Tally {
    /// Counts once through the classes of all tokens.
    pub fn new(classes: &[Class]) -> Self {
        let mut sum: u32 = 0;
        let mut sums = Vec::with_capacity(classes.len() + 1);
        sums.push(sum);
        sums.extend(classes.iter().map(|&class| {
            sum = sum.wrapping_add(STEPS[class as usize]);
            sum
        }));
        Self(sums)
    }

    /// How many commas stand among the tokens.
    pub fn commas(&self, tokens: TokenSpan) -> usize {
        (self.between(tokens) % FINITE) as usize
    }

    /// How many finite verbs stand among the tokens.
    pub fn finite(&self, tokens: TokenSpan) -> usize {
        (self.between(tokens) / FINITE) as usize
    }

    fn between(&self, tokens: TokenSpan) -> u32 {
        self.0[tokens.end as usize].wrapping_sub(self.0[tokens.start as usize])
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
    fn counts_beyond_what_the_number_holds() {
        let classes = vec![Class::Comma; 70_000];
        let tally = Tally::new(&classes);
        let tokens = TokenSpan::new(65_000, 70_000);
        assert_eq!((tally.commas(tokens), tally.finite(tokens)), (5000, 0));
    }
}
