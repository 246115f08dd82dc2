//! Stands in for stages that others write; thrown away when they arrive.
#![allow(missing_docs, reason = "nothing here stays")]

use std::path::Path;

use crate::attribution::weigh::Weights;
use crate::extract::{self, Extraction};
use crate::grammar::Grammar;
use crate::span::Span;
use crate::speaker::{Speaker, SpeakerKind};

pub mod grammar {
    use std::path::Path;

    use crate::error::{Error, ErrorKind};
    use crate::lexicon::Lexicon;

    #[derive(Clone, Debug)]
    pub struct Grammar {
        pub lexicon: Lexicon,
        pub digest: [u8; 32],
    }

    impl Grammar {
        pub fn english() -> Self {
            Self { lexicon: Lexicon::english(), digest: [7; 32] }
        }

        pub fn load(folder: &Path) -> Result<Self, Vec<Error>> {
            let mut grammar = Self::english();
            let io = |path: &Path, source| vec![ErrorKind::Io { path: path.to_owned(), source }.into()];
            let mut errors = Vec::new();
            std::fs::read_dir(folder).map_err(|e| io(folder, e))?;
            for entry in std::fs::read_dir(folder.join("words")).into_iter().flatten() {
                let path = entry.map_err(|e| io(folder, e))?.path();
                let text = std::fs::read_to_string(&path).map_err(|e| io(&path, e))?;
                errors.extend(grammar.lexicon.add_file(&path, &text).err());
            }
            if errors.is_empty() { Ok(grammar) } else { Err(errors) }
        }
    }
}

pub mod check {
    #[derive(Debug)]
    pub struct Failure;

    impl std::fmt::Display for Failure {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a pattern failed")
        }
    }

    pub fn run(_: &crate::grammar::Grammar) -> Vec<Failure> {
        Vec::new()
    }
}

#[derive(Debug)]
pub struct Extractor {
    grammar: Grammar,
    inner: extract::Extractor,
}

impl Extractor {
    pub fn new(grammar: Grammar) -> Self {
        let mut weights = Weights::default();
        let files = [
            ("cue", include_str!("../grammar/en/weights/cue.csv")),
            ("end", include_str!("../grammar/en/weights/end.csv")),
            ("left", include_str!("../grammar/en/weights/left.csv")),
            ("segment", include_str!("../grammar/en/weights/segment.csv")),
            ("side", include_str!("../grammar/en/weights/side.csv")),
            ("source", include_str!("../grammar/en/weights/source.csv")),
            ("start", include_str!("../grammar/en/weights/start.csv")),
        ];
        for (name, text) in files {
            weights.add_file(Path::new(name), name, text).expect("built-in weights");
        }
        let inner = extract::Extractor { lexicon: grammar.lexicon.clone(), weights };
        Self { grammar, inner }
    }

    pub fn grammar(&self) -> &Grammar {
        &self.grammar
    }

    /// Every source is a speaker of its own.
    pub fn extract<'t>(&self, text: &'t str) -> Extraction<'t> {
        let mut found = self.inner.extract(text);
        for (number, attribution) in found.attributions.iter().enumerate() {
            let Some(source) = attribution.source else { continue };
            let tokens = &found.tokens[source.tokens.range()];
            let span = Span { start: tokens[0].span.start, end: tokens[tokens.len() - 1].span.end };
            let kind = if tokens[0].capitalised() { SpeakerKind::Person } else { SpeakerKind::Unnamed };
            found.resolved[number].speaker = Some(found.speakers.len() as u32);
            found.speakers.push(Speaker { name: Some(span.of(text).to_owned()), description: None, kind });
        }
        found
    }
}
