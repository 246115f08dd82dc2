//! The examples of the built-in patterns, run through the whole program.

use onrecord::{Extractor, Grammar, check};

/// Examples that do not come out yet: the weights prefer another reading, or the extent differs. Lower this
/// number with every one that is mended; it never rises.
const NOT_YET: usize = 50;

#[test]
fn examples_of_the_english_grammar_hold_but_for_the_known_number() {
    let extractor = Extractor::new(Grammar::english());
    let failures: Vec<String> = check::run(&extractor).iter().map(ToString::to_string).collect();
    assert_eq!(failures.len(), NOT_YET, "{}", failures.join("\n"));
}
