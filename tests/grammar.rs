//! Every example of every built-in pattern gives what its file says.

use onrecord::{Extractor, Grammar, check};

#[test]
fn every_example_of_the_english_grammar_holds() {
    let extractor = Extractor::new(Grammar::english()).expect("the English grammar is sound");
    let failures: Vec<String> = check::run(&extractor).iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{}\n{} examples give something else", failures.join("\n"), failures.len());
}
