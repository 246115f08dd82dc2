//! The patterns and weights of English, built into the program.

macro_rules! files {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$((concat!($folder, $name), include_str!(concat!("../../grammar/en/", $folder, $name)))),*]
    };
}

/// Which of the pattern files is surest.
pub(super) const ORDER: &str = include_str!("../../grammar/en/order.txt");

/// Every pattern file with its text.
pub(super) const PATTERNS: &[(&str, &str)] = files![
    "patterns/":
    "according.pattern",
    "adding.pattern",
    "after.pattern",
    "around.pattern",
    "before.pattern",
    "colon.pattern",
    "headline.pattern",
    "indirect.pattern",
    "noun.pattern",
    "opening.pattern",
    "passive.pattern",
    "secondhand.pattern",
    "signature.pattern",
    "transcript.pattern",
];

/// Every weight file with its text.
pub(super) const WEIGHTS: &[(&str, &str)] = files![
    "weights/":
    "cue.csv",
    "end.csv",
    "left.csv",
    "segment.csv",
    "side.csv",
    "source.csv",
    "start.csv",
];

#[cfg(test)]
mod tests {
    use crate::grammar::Grammar;

    #[test]
    fn the_built_in_grammar_is_read() {
        let grammar = Grammar::english();
        assert!(grammar.patterns.iter().all(|p| !p.why.is_empty() && !p.yes.is_empty() && !p.no.is_empty()));
    }
}
