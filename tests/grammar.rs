//! The examples of the built-in patterns, run through the whole program.

use onrecord::{Extractor, Grammar, check};

#[test]
fn every_example_of_the_english_grammar_holds() {
    let extractor = Extractor::new(Grammar::english());
    let failures: Vec<String> = check::run(&extractor).iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What decides without being weighed says why it may.
#[test]
fn every_sure_pattern_gives_its_reason() {
    let english = Grammar::english();
    let sure: Vec<&str> = english.patterns.iter().filter_map(|p| p.sure.as_deref()).collect();
    assert!(!sure.is_empty(), "some patterns need no weighing");
    assert!(sure.iter().all(|reason| reason.ends_with('.') && reason.split(' ').count() > 3), "{sure:?}");
}
