//! What each stage takes, alone, on the same text: criterion measures time, and says bytes of the article a second.
//!
//! Every stage is public, so that its lists can be made once here and handed to it again and again.

use std::hint::black_box;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main};
use onrecord::attribution::propose::{self, Findings, Rules};
use onrecord::attribution::{cue, relate};
use onrecord::document::decode::decode;
use onrecord::document::paragraph;
use onrecord::extract::Reading;
use onrecord::mention::chunk;
use onrecord::quotation::marks;
use onrecord::record::Metadata;
use onrecord::span::TokenSpan;
use onrecord::speaker::resolve;
use onrecord::token::classify::Classifier;
use onrecord::token::{scan, sentence};
use onrecord::{Document, Extractor, Grammar, Selection};
use onrecord_benches::{news, written};

fn stages(criterion: &mut Criterion) {
    let extractor = Extractor::new(Grammar::english());
    let (lexicon, weights) = (&extractor.grammar.lexicon, &extractor.grammar.weights);
    let (rules, classifier) = (Rules::new(&extractor.grammar), Classifier::new(lexicon));
    let text = news(200_000);
    let text = text.as_str();

    let mut group = criterion.benchmark_group("stage");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
    let mut stage = |name: &str, run: &mut dyn FnMut()| bench(&mut group, name, run);

    stage("decode", &mut || drop(black_box(decode(black_box(text.as_bytes())))));
    stage("paragraphs", &mut || drop(black_box(paragraph::paragraphs(black_box(text), lexicon))));

    let read = Reading::new(text, &extractor);
    let outer: Vec<TokenSpan> =
        read.quotations.iter().filter(|q| q.parent.is_none()).map(|q| q.tokens).collect();
    let (tokens, classes, sentences) = (&read.tokens, &read.classes, &read.sentences);
    let (quotations, mentions) = (&read.quotations, &read.mentions);

    stage("tokens", &mut || drop(black_box(scan::scan(black_box(text), &read.paragraphs, lexicon))));
    let scanned = scan::scan(text, &read.paragraphs, lexicon);
    // What is found is written into the tokens, so that each run needs its own.
    stage("quotation marks", &mut || {
        drop(black_box(marks::find(text, &read.paragraphs, &mut scanned.clone(), lexicon)));
    });
    stage("sentences", &mut || {
        drop(black_box(sentence::sentences(text, tokens, &read.paragraphs, &outer, lexicon)));
    });
    stage("classes", &mut || drop(black_box(classifier.classes(text, tokens, sentences, lexicon))));
    stage("mentions", &mut || {
        drop(black_box(chunk::mentions(text, tokens, classes, sentences, &outer, lexicon)));
    });
    let senses = cue::Senses::new(lexicon);
    stage("cues", &mut || {
        drop(black_box(cue::cues(tokens, classes, sentences, &outer, mentions, &senses, lexicon)));
    });
    stage("patterns", &mut || {
        let mut cues = read.cues.clone();
        let findings = Findings { tokens, classes, sentences, quotations, mentions };
        drop(black_box(propose::propose(&rules, &findings, &mut cues, lexicon)));
    });
    stage("attribution", &mut || drop(black_box(relate::relate(&read.scene(&extractor), weights))));
    let attributions = relate::relate(&read.scene(&extractor), weights);
    let document = read.document(lexicon);
    stage("speakers", &mut || drop(black_box(resolve::resolve(&document, &attributions))));

    let (found, decoded) = (extractor.extract(text), decode(text.as_bytes()).expect("a text"));
    let metadata = Metadata::default();
    let document = Document { name: "-", sha256: "", decoded: &decoded, metadata: &metadata, lexicon };
    stage("records", &mut || drop(black_box(found.document_records(&document, Selection::default()))));
    let records = found.document_records(&document, Selection::default());
    for format in ["csv", "jsonl"] {
        stage(format, &mut || drop(black_box(written(format, &records, text))));
    }
    group.finish();
}

fn bench(group: &mut BenchmarkGroup<'_, WallTime>, name: &str, run: &mut dyn FnMut()) {
    group.bench_function(name, |bencher| bencher.iter(&mut *run));
}

criterion_group!(benches, stages);
criterion_main!(benches);
