//! Why records say what they say: the same decisions whether anybody asks or not, and evidence that bears its names.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use onrecord::attribution::Unattributed;
use onrecord::attribution::explain::{Explanation, Ground};
use onrecord::attribution::trust::calibrated;
use onrecord::evidence::weights::{STEP, Tip, feature_key};
use onrecord::{Extraction, Extractor, Grammar};
use pretty_assertions::assert_eq;

static ENGLISH: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(Grammar::english()));

const ARTICLE: &str = "“The dam is safe,” Ola Brandt told villagers. She added that divers had been down twice.\n\n\
    “Nobody sleeps here.”\n\nIt was said that the gate had rusted. A so-called “storm watch” goes on.\n";

/// The articles of all fixtures.
fn articles() -> Vec<String> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                files.push(path);
            }
        }
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending == "md"));
    files.sort();
    let article = |text: String| text.split("~~~~").nth(1).map(|s| s.trim_start_matches("text\n").to_owned());
    files.iter().filter_map(|file| article(fs::read_to_string(file).unwrap())).collect()
}

fn found(extraction: &Extraction<'_>) -> String {
    format!("{:?}\n{:?}\n{:?}", extraction.attributions, extraction.resolved, extraction.speakers)
}

/// The weight that the grammar has for a feature of this model, as the tip counts it.
fn agrees(model: &str, tip: &Tip) -> bool {
    let weight = ENGLISH.grammar.weights.get(feature_key(model, &tip.feature)) as f32 * STEP;
    tip.weight == if tip.lacking { -weight } else { weight }
}

#[test]
fn whoever_asks_why_gets_the_same_answer() {
    let articles = articles();
    assert!(articles.len() > 80, "{} articles", articles.len());
    for article in &articles {
        let (plain, explained) = (ENGLISH.extract(article), ENGLISH.explain(article));
        assert_eq!(found(&plain), found(&explained));
        assert!(plain.explanations.is_empty());
        assert_eq!(explained.explanations.len(), explained.attributions.len());
    }
}

#[test]
fn evidence_has_the_names_and_weights_of_the_weight_files() {
    let extraction = ENGLISH.explain(ARTICLE);
    let mut tips = 0;
    for (attribution, why) in extraction.attributions.iter().zip(&extraction.explanations) {
        let model =
            if attribution.quotations.is_empty() && !why.weighed.is_empty() { "source" } else { "segment" };
        let weighed = why.weighed.iter().map(|w| (w.model, &w.evidence));
        let rivals =
            why.rivals.iter().map(|r| (if r.rule == "loose/source" { "source" } else { model }, &r.evidence));
        for (model, tip) in
            weighed.chain(rivals).flat_map(|(model, tips)| tips.iter().map(move |t| (model, t)))
        {
            tips += 1;
            assert!(tip.feature == "whole-sentence" || agrees(model, tip), "{model} {tip:?}");
        }
    }
    assert!(tips > 20, "{tips} pieces of evidence");
}

#[test]
fn three_pieces_of_evidence_at_most_stand_on_either_side_strongest_first() {
    for article in articles() {
        for rival in ENGLISH.explain(&article).explanations.iter().flat_map(|why| &why.rivals) {
            let (plus, minus): (Vec<f32>, Vec<f32>) =
                rival.evidence.iter().map(|tip| tip.weight).partition(|weight| *weight > 0.0);
            assert!(plus.len() <= 3 && plus.is_sorted_by(|a, b| a >= b), "{rival:?}");
            assert!(minus.len() <= 3 && minus.is_sorted_by(|a, b| a <= b), "{rival:?}");
        }
    }
}

#[test]
fn the_second_look_at_its_cue_says_how_sure_indirect_speech_is() {
    let extraction = ENGLISH.explain(ARTICLE);
    let cued = |why: &Explanation| why.weighed.iter().map(|w| w.model).collect::<Vec<_>>();
    let (attribution, why) = extraction
        .attributions
        .iter()
        .zip(&extraction.explanations)
        .find(|(a, _)| a.cue.as_ref().is_some_and(|cue| cue.lemma == "add"))
        .expect("She added");
    assert_eq!(cued(why), ["cue", "again"]);
    assert_eq!(calibrated(why.weighed[1].probability, true), attribution.confidence);
}

#[test]
fn what_overrules_the_weights_is_named() {
    let last = |text: &str| ENGLISH.explain(text).explanations.last().map(|why| why.ground);
    let dialogue =
        "“Is the dam safe?” asked Ola Brandt.\n\n“It is,” said Pia Lund.\n\n“Then I will walk on it.”\n";
    assert_eq!(last(dialogue), Some(Ground::Turn));
    assert_eq!(last("He did not say “sorry”.\n"), Some(Ground::Denied));
    assert_eq!(last("“The dam is safe,” Ola Brandt said.\n"), Some(Ground::Weights));
}

/// The likeliest speaker is shown though he was not likely enough.
#[test]
fn a_quotation_that_several_could_have_said_shows_the_likeliest_of_them() {
    let mut ambiguous = 0;
    for article in articles() {
        let extraction = ENGLISH.explain(&article);
        for (attribution, why) in extraction.attributions.iter().zip(&extraction.explanations) {
            if attribution.unattributed == Some(Unattributed::Ambiguous) {
                ambiguous += 1;
                assert!(why.rivals[0].source.is_some(), "{why:?}");
                assert!(!why.rivals[0].evidence.is_empty(), "{why:?}");
            }
        }
    }
    assert!(ambiguous > 0);
}
