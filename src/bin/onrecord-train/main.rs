//! Rebuilds the weights from annotated text, or prints predictions for the scorers.

use std::path::{Path, PathBuf};

use onrecord::evidence::weights;
use onrecord::extract::Extractor;
use onrecord::grammar::Grammar;
use onrecord::train::{self, Recipe, brat};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut grammar = Grammar::english();
    match args[0].as_str() {
        "train" => {
            let leave = args.get(3).cloned().unwrap_or_else(|| "\0".into());
            let mut corpus = brat::read(Path::new(&args[1])).unwrap();
            corpus.retain(|a| !leave.split(',').any(|l| a.name.starts_with(l)));
            let env = |k: &str, d: f64| std::env::var(k).ok().and_then(|v| v.parse().ok()).unwrap_or(d);
            let trained = train::train(
                &corpus,
                &Extractor::new(grammar),
                |name| Recipe {
                    seen: env(&format!("SEEN_{name}"), env("SEEN", 4.0)) as usize,
                    l2: env(&format!("L2_{name}"), env("L2", 2.0)),
                    rounds: env("ROUNDS", 120.0) as u64,
                },
                |line| eprintln!("{line}"),
            );
            for (name, rows) in trained {
                eprintln!("{name}: {} weights", rows.len());
                std::fs::write(PathBuf::from(&args[2]).join(format!("{name}.csv")), train::csv(&rows))
                    .unwrap();
            }
        }
        "predict" => {
            let mut draft = weights::Draft::default();
            for name in
                ["source", "side", "start", "end", "left", "label", "segment", "trust", "cue", "again"]
            {
                let file = PathBuf::from(&args[2]).join(format!("{name}.csv"));
                draft.add_file(&file, name, &std::fs::read_to_string(&file).unwrap()).unwrap();
            }
            grammar.weights = draft.finish();
            let extractor = Extractor::new(grammar);
            let mut paths: Vec<PathBuf> = std::fs::read_dir(&args[1])
                .unwrap()
                .map(|e| e.unwrap().path())
                .filter(|p| p.extension().is_some_and(|e| e == "txt"))
                .collect();
            paths.sort();
            for path in paths {
                let text = String::from_utf8(std::fs::read(&path).unwrap()).unwrap();
                let found = extractor.extract(&text);
                let at = |b: u32| text[..b as usize].chars().count();
                let tokens = |t: onrecord::span::TokenSpan| {
                    serde_json::json!([
                        at(found.tokens[t.start as usize].span.start),
                        at(found.tokens[t.end as usize - 1].span.end)
                    ])
                };
                let quotes: Vec<serde_json::Value> = found
                    .attributions
                    .iter()
                    .filter(|a| a.kind != onrecord::attribution::Kind::Term)
                    .map(|a| {
                        serde_json::json!({
                            "quote": a.content.iter().map(|s| [at(s.start), at(s.end)]).collect::<Vec<_>>(),
                            "speaker": a.source.map(|s| tokens(s.tokens)),
                            "cue": a.cue.as_ref().map(|c| tokens(c.tokens)),
                            "kind": a.kind, "hedged": a.hedged, "secondhand": a.secondhand, "confidence": a.confidence, "act": a.act, "rule": a.rule,
                        })
                    })
                    .collect();
                println!(
                    "{}",
                    serde_json::json!({"doc": path.file_stem().unwrap().to_str(), "quotes": quotes})
                );
            }
        }
        "unaligned" => {
            let corpus = brat::read(Path::new(&args[1])).unwrap();
            let extractor = Extractor::new(grammar);
            for a in &corpus {
                let reading = onrecord::extract::Reading::new(&a.text, &extractor);
                let scene = reading.scene(&extractor);
                let gold = train::instances::align(&scene, &a.gold);
                for (g, o) in gold.iter().zip(&a.gold) {
                    let mut mentions = Vec::new();
                    if g.cue == u32::MAX {
                        println!(
                            "CUE\t{}",
                            o.cue.iter().map(|s| s.of(&a.text)).collect::<Vec<_>>().join(" ... ")
                        );
                    } else {
                        let cue = &scene.cues[g.cue as usize];
                        onrecord::attribution::source::candidates(&scene, g.cue, &mut mentions);
                        if !mentions.iter().any(|&m| g.named_by(&scene, m)) {
                            println!(
                                "SOURCE\t{}\t{}\t{}",
                                o.source.iter().map(|s| s.of(&a.text)).collect::<Vec<_>>().join(" ... "),
                                scene.words(cue.tokens),
                                scene.words(scene.sentences[cue.sentence as usize].tokens).replace('\n', " ")
                            );
                        }
                    }
                }
            }
        }
        _ => panic!(),
    }
}
