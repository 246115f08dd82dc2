//! The grammar that is built in, read when the program was built.

use crate::grammar::Grammar;
use crate::grammar::frozen::Frozen;
use crate::lexicon::Lexicon;

const FROZEN: Frozen<&[u8]> = Frozen {
    body: include_bytes!(concat!(env!("OUT_DIR"), "/english.body")),
    words: include_bytes!(concat!(env!("OUT_DIR"), "/english.words")),
    weights: include_bytes!(concat!(env!("OUT_DIR"), "/english.weights")),
};

impl Grammar {
    /// The grammar of English.
    ///
    /// ```
    /// let english = onrecord::Grammar::english();
    /// assert!(english.patterns.iter().any(|p| p.id() == "after/inverted"));
    /// ```
    pub fn english() -> Self {
        Self::thaw(FROZEN)
    }
}

impl Lexicon {
    /// The word lists of English.
    pub fn english() -> Self {
        Grammar::english().lexicon
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn what_is_built_in_is_what_the_files_say() {
        let (frozen, read) = (FROZEN, Grammar::built_in().freeze());
        assert!(frozen.body == read.body && frozen.words == read.words && frozen.weights == read.weights);
        assert_eq!(Grammar::english().digest, Grammar::built_in().digest);
    }
}
