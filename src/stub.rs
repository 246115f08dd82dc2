//! Stands in for stages that others write; thrown away when they arrive.
#![allow(missing_docs, reason = "nothing here stays")]

use crate::attribution::{Attribution, Cue, Kind, Rival, Source, Unattributed};
use crate::document::{Paragraph, ParagraphKind};
use crate::extract::{Extraction, Resolved};
use crate::grammar::Grammar;
use crate::lexicon::{Act, Gender};
use crate::mention::{Mention, MentionKind};
use crate::quotation::Quotation;
use crate::span::{Span, TokenSpan};
use crate::speaker::{Speaker, SpeakerKind};
use crate::token::{Kind as TokenKind, Sentence, Token, scan::scan};

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
}

impl Extractor {
    pub fn new(grammar: Grammar) -> Self {
        Self { grammar }
    }

    pub fn grammar(&self) -> &Grammar {
        &self.grammar
    }

    pub fn extract<'t>(&self, text: &'t str) -> Extraction<'t> {
        let lexicon = &self.grammar.lexicon;
        let paragraphs = paragraphs(text);
        let tokens = scan(text, &paragraphs, lexicon);
        let sentences = sentences(&tokens, &paragraphs);
        let quotations = quotations(text, &tokens, &paragraphs);
        let mut found = Extraction {
            text,
            paragraphs,
            tokens,
            sentences,
            quotations,
            mentions: Vec::new(),
            attributions: Vec::new(),
            resolved: Vec::new(),
            speakers: Vec::new(),
        };
        for number in 0..found.quotations.len() {
            attribute(&mut found, number, lexicon);
        }
        found
    }
}

fn attribute(found: &mut Extraction<'_>, number: usize, lexicon: &crate::lexicon::Lexicon) {
    let quotation = found.quotations[number];
    let end = quotation.tokens.end as usize;
    let tokens = &found.tokens;
    let cue = tokens.get(end).and_then(|t| lexicon.verb(lexicon.entry(t.word))).map(|verb| Cue {
        tokens: TokenSpan::new(end, end + 1),
        head: end as u32,
        lemma: verb.lemma.to_string(),
        stance: verb.stance.to_string(),
    });
    let name = |t: &&Token| t.kind == TokenKind::Word && t.capitalised();
    let words = if cue.is_some() { tokens[end + 1..].iter().take_while(name).count() } else { 0 };
    let source = (words > 0).then(|| TokenSpan::new(end + 1, end + 1 + words));
    let rival = Rival {
        rule: "before/plain".into(),
        source,
        cue: None,
        probability: 0.1,
        evidence: vec![("distance=3".into(), -1.5)],
    };
    if let Some(source) = source {
        let name = Span::new(tokens[end + 1].span.start as usize, tokens[end + words].span.end as usize);
        found.speakers.push(Speaker {
            name: Some(name.of(found.text).to_owned()),
            description: None,
            kind: SpeakerKind::Person,
        });
        found.mentions.push(Mention {
            base: source,
            full: source,
            head: source.end - 1,
            kind: MentionKind::Name,
            name: source,
            apposition: None,
            gender: Gender::Unknown,
            plural: false,
            sentence: 0,
            quoted: false,
        });
    }
    let speaker = source.map(|_| found.speakers.len() as u32 - 1);
    found.resolved.push(Resolved { speaker, addressee: None });
    found.attributions.push(Attribution {
        content: vec![quotation.span],
        quotations: vec![number as u32],
        kind: if cue.is_some() { Kind::Direct } else { Kind::Term },
        source: source.map(|tokens| Source { mention: Some(found.mentions.len() as u32 - 1), tokens }),
        unattributed: source.is_none().then_some(Unattributed::NoCue),
        cue,
        addressee: None,
        setting: None,
        via: None,
        act: Act::Speech,
        hedged: false,
        secondhand: false,
        negated: false,
        parent: None,
        rule: "after/inverted".into(),
        confidence: 0.9,
        rivals: vec![rival],
    });
}

fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        if !line.trim().is_empty() {
            let span = Span::new(start, start + line.trim().len());
            found.push(Paragraph { span, kind: ParagraphKind::Body });
        }
        at += line.len();
    }
    found
}

fn sentences(tokens: &[Token], paragraphs: &[Paragraph]) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut start = 0;
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let last = tokens.partition_point(|t| t.span.start < paragraph.span.end);
        while start < last {
            let stop = (start..last).find(|&i| tokens[i].kind == TokenKind::Stop).map_or(last, |i| i + 1);
            found.push(Sentence { tokens: TokenSpan::new(start, stop), paragraph: number as u32 });
            start = stop;
        }
    }
    found
}

fn quotations(text: &str, tokens: &[Token], paragraphs: &[Paragraph]) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != TokenKind::Mark || matches!(token.span.of(text), "'" | "’" | "‘") {
            continue;
        }
        let Some(start) = open.take() else {
            open = Some(at);
            continue;
        };
        let span = tokens[start].span.join(token.span);
        let paragraph = paragraphs.partition_point(|p| p.span.end <= span.start) as u32;
        found.push(Quotation {
            span,
            inner: Span::new(tokens[start].span.end as usize, token.span.start as usize),
            tokens: TokenSpan::new(start, at + 1),
            paragraph,
            parent: None,
            opened: true,
            closed: true,
            continues: None,
        });
    }
    found
}
