//! Qualities that stand together before one noun: *a tired but defiant Rell*, *an angry and visibly shaken widow*.

use super::chunk::Chunker;
use crate::lexicon::{Classes, list};
use crate::token::class::Class;

/// So many words at most on either side of the conjunction.
const MOST: usize = 3;

impl Chunker<'_> {
    /// Past the second of two qualities behind an article or possessive, where a noun or name has both. The phrase begins
    /// at `start` and has come to `at`.
    pub(super) fn qualities(&self, start: usize, at: usize, end: usize) -> Option<usize> {
        use Class as C;
        if !matches!(self.classes[start], C::Determiner | C::Possessive) {
            return None;
        }
        let class = |i: usize| self.classes[..end].get(i).copied();
        let past = |from: usize| (from..from + MOST).find(|&i| !self.quality(i, end)).unwrap_or(from + MOST);
        let conjunction = past(start + 1);
        // All of a sudden, young voters came.
        let governed = || start > 0 && self.classes[start - 1] == C::Preposition;
        let joined = match class(conjunction) {
            Some(C::Conjunction) => true,
            Some(C::Comma) => !governed(),
            _ => false,
        };
        let behind = past(conjunction + 1);
        let ends_in_one = |from: usize, to: usize| to > from && class(to - 1) != Some(C::Adverb);
        (joined
            && conjunction >= at
            && ends_in_one(start + 1, conjunction)
            && ends_in_one(conjunction + 1, behind)
            && matches!(class(behind), Some(C::Noun | C::Plural | C::Capital)))
        .then_some(behind)
    }

    /// A word that says how somebody is, or how much so. A participle does that only where it is an adjective too, or where
    /// an adverb stands before it, for most are verbs: *the poor and fed people*.
    fn quality(&self, at: usize, end: usize) -> bool {
        let adjective = || self.lexicon.entry(self.tokens[at].word).classes.any(Classes::ADJECTIVE);
        match self.classes[..end].get(at) {
            Some(Class::Adjective) => !self.lexicon.entry(self.tokens[at].word).is(list::QUANTIFIERS),
            Some(Class::Adverb) => true,
            Some(Class::Past | Class::Ing) => self.classes[at - 1] == Class::Adverb || adjective(),
            _ => false,
        }
    }
}
