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
    "again.csv",
    "cue.csv",
    "end.csv",
    "label.csv",
    "left.csv",
    "segment.csv",
    "side.csv",
    "source.csv",
    "start.csv",
    "trust.csv",
];

#[cfg(test)]
mod tests {
    use super::{ORDER, PATTERNS, WEIGHTS};
    use crate::grammar::Grammar;
    use std::fs;

    #[test]
    fn the_built_in_grammar_is_read() {
        let grammar = Grammar::english();
        assert!(grammar.patterns.iter().all(|p| !p.why.is_empty() && !p.yes.is_empty() && !p.no.is_empty()));
    }

    #[test]
    fn every_file_of_weights_is_built_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/en/weights");
        let mut there: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|file| format!("weights/{}", file.unwrap().file_name().into_string().unwrap()))
            .collect();
        there.sort();
        assert_eq!(WEIGHTS.iter().map(|(path, _)| *path).collect::<Vec<_>>(), there);
    }

    #[test]
    fn every_pattern_file_is_built_in_and_has_its_place() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/en/patterns");
        for file in fs::read_dir(folder).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            assert!(
                PATTERNS.iter().any(|(path, _)| *path == format!("patterns/{name}")),
                "{name} is not built in"
            );
            let stem = name.trim_end_matches(".pattern");
            assert!(
                ORDER.lines().any(|l| l.split_whitespace().next() == Some(stem)),
                "{name} has no place in order.txt"
            );
        }
    }
}
