//! What users wait for: text to CSV in several sizes, the start, and what more patterns cost.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use onrecord::{Extractor, Grammar};
use onrecord_benches::{csv, news, newsroom};

fn sizes(criterion: &mut Criterion) {
    let extractor = Extractor::new(Grammar::english());
    let mut group = criterion.benchmark_group("text to CSV");
    group.sample_size(20);
    for bytes in [2_000, 20_000, 200_000, 2_000_000] {
        let text = news(bytes);
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_with_input(BenchmarkId::new("invented", bytes), text.as_bytes(), |bencher, text| {
            bencher.iter(|| csv(&extractor, black_box(text)));
        });
    }
    // News that others wrote is no part of the project; where it lies beside it, it is measured too.
    let articles = articles(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/polnear/train/text"));
    if !articles.is_empty() {
        group.throughput(Throughput::Bytes(articles.iter().map(|text| text.len() as u64).sum()));
        group.bench_function("news", |bencher| {
            bencher
                .iter(|| articles.iter().map(|text| csv(&extractor, black_box(text)).len()).sum::<usize>());
        });
    }
    group.finish();
}

/// Some articles of a folder, if it is there.
fn articles(folder: &Path) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths.into_iter().take(100).filter_map(|path| fs::read(path).ok()).collect()
}

fn start(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("start");
    group.bench_function("grammar", |bencher| bencher.iter(Grammar::english));
    group.bench_function("extractor", |bencher| bencher.iter(|| Extractor::new(Grammar::english())));
    group.finish();
}

fn patterns(criterion: &mut Criterion) {
    let text = news(200_000);
    let mut group = criterion.benchmark_group("patterns of a newsroom");
    group.throughput(Throughput::Bytes(text.len() as u64)).sample_size(20);
    for count in [0, 1, 10, 100] {
        let extractor = Extractor::new(newsroom(count));
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            bencher.iter(|| csv(&extractor, black_box(text.as_bytes())));
        });
    }
    group.finish();
}

criterion_group!(benches, sizes, start, patterns);
criterion_main!(benches);
