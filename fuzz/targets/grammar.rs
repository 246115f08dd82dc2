//! A newsroom’s own word lists, patterns and weights, in the form of [`onrecord_fuzz::files`].
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use onrecord::evidence::weights;
use onrecord::grammar::resolve;
use onrecord::lexicon::Draft;
use onrecord::{Error, ErrorKind, Extractor, Grammar};
use onrecord_fuzz::{files, turn, watch};

static DRAFT: LazyLock<Draft> = LazyLock::new(Draft::english);

const ARTICLE: &str = include_str!("../../fixtures/ferry-pier.txt");

fuzz_target!(init: watch(), |input: &[u8]| -> Corpus {
    let files = files(input);
    if files.is_empty() {
        return Corpus::Reject;
    }
    let mut grammar = Grammar::english();
    let (mut mistakes, mut patterns) = (Vec::new(), Vec::new());
    let (words, others): (Vec<_>, Vec<_>) = files
        .iter()
        .map(|(name, bytes)| (name.clone(), String::from_utf8_lossy(bytes).into_owned()))
        .partition(|(name, _)| name.starts_with("words/"));
    if !words.is_empty() {
        let mut draft = DRAFT.clone();
        for (name, text) in words {
            mistakes.extend(draft.add_file(Path::new(&name), &text).err().map(|wrong| (wrong, text)));
        }
        // Patterns may ask for these lists.
        if !others.is_empty() {
            grammar.lexicon = draft.finish();
        }
    }
    for (name, text) in others {
        let path = Path::new(&name);
        if name.ends_with(".pattern") {
            match resolve::patterns(path, &text, &grammar.lexicon) {
                Ok(own) => patterns.extend(own),
                Err(wrong) => mistakes.extend(wrong.into_iter().map(|wrong| (wrong, text.clone()))),
            }
        } else {
            let mut weights = weights::Draft::default();
            match weights.add_file(path, "cue", &text) {
                Ok(()) => grammar.weights = weights.finish(),
                Err(wrong) => mistakes.push((wrong, text)),
            }
        }
    }
    for (mistake, text) in &mistakes {
        stands_in(mistake, text);
    }
    // What can be read can be used; making it ready takes long, so this is done for some, always for the same.
    if mistakes.is_empty() && turn(&String::from_utf8_lossy(input)).is_multiple_of(4) {
        let own = patterns.len();
        grammar.patterns.splice(0..0, patterns);
        (0..).zip(&mut grammar.patterns).for_each(|(rank, pattern)| pattern.rank = rank);
        let extractor = Extractor::new(grammar);
        let examples = extractor.grammar.patterns[..own].iter().flat_map(|own| own.yes.iter().chain(&own.no));
        for text in examples.map(|example| example.text.as_str()).chain([ARTICLE]) {
            extractor.extract(text);
        }
    }
    Corpus::Keep
});

/// The place of a mistake is a place of the file.
fn stands_in(mistake: &Error, text: &str) {
    let ErrorKind::Grammar { position, expected } = mistake.kind() else { return };
    assert!(!expected.is_empty() && !mistake.to_string().is_empty());
    assert!(position.line >= 1 && position.line <= text.lines().count() + 1, "{mistake} in {text:?}");
    assert!(position.column >= 1 && position.column <= position.text.chars().count() + 1, "{mistake}");
}
