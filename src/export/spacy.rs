//! spaCy: a `Doc` a line, as `Doc.from_json` reads it, with the records as a group of spans.
//!
//! A span of spaCy is made of whole tokens, so words are cut where a span begins or ends. `kb_id` holds the id of the
//! record, by which the spans of one record are found together.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::marks::{Mark, marks};
use super::{Format, Layout, Shape};
use crate::record::DocumentRecords;

pub(super) const FORMAT: Format = Format {
    name: "spacy",
    about: "A spaCy Doc a line in JSON, records as spans",
    endings: &[],
    shape: Shape::Stream(|_| Box::new(Spacy)),
};

/// The group of spans: `doc.spans["onrecord"]`.
const GROUP: &str = "onrecord";

struct Spacy;

impl Layout for Spacy {
    fn document(&self, document: &DocumentRecords, text: &str, out: &mut Vec<u8>) {
        let mut spans = Vec::new();
        let mut cuts = BTreeSet::new();
        for record in &document.records {
            for Mark { role, spans: pieces } in marks(record) {
                for (start, end) in pieces.into_iter().filter(|(start, end)| start < end) {
                    cuts.extend([start, end]);
                    let label = role.name().to_uppercase();
                    spans.push(json!({ "start": start, "end": end, "label": label, "kb_id": record.id }));
                }
            }
        }
        let tokens: Vec<Value> = tokens(text, &cuts)
            .into_iter()
            .enumerate()
            .map(|(id, (start, end))| json!({ "id": id, "start": start, "end": end }))
            .collect();
        let doc = json!({
            "text": text,
            "tokens": tokens,
            "spans": { GROUP: spans },
            "_": { "document": document.document, "sha256": document.sha256 },
        });
        serde_json::to_writer(&mut *out, &doc).expect("memory takes every text");
        out.push(b'\n');
    }
}

/// What a token is made of; a single space between two is no token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Mark,
    Space,
}

/// Words, marks and stretches of white space, in code points, cut at these places.
fn tokens(text: &str, cuts: &BTreeSet<usize>) -> Vec<(usize, usize)> {
    let mut tokens: Vec<(usize, usize)> = Vec::new();
    let mut last = None;
    for (at, c) in text.chars().enumerate() {
        let kind = match c {
            c if c.is_whitespace() => Kind::Space,
            c if c.is_alphanumeric() => Kind::Word,
            _ => Kind::Mark,
        };
        match tokens.last_mut().filter(|_| last == Some(kind) && kind != Kind::Mark && !cuts.contains(&at)) {
            Some(token) => token.1 = at + 1,
            None => tokens.push((at, at + 1)),
        }
        last = Some(kind);
    }
    // spaCy keeps one space with the token before it; more of it is a token.
    let points: Vec<char> = text.chars().collect();
    let mut kept: Vec<(usize, usize)> = Vec::with_capacity(tokens.len());
    for (start, end) in tokens {
        let follows = kept.last().is_some_and(|&(_, before)| before == start);
        match points[start] {
            ' ' if follows && end == start + 1 && !cuts.contains(&end) => {}
            ' ' if follows && !cuts.contains(&(start + 1)) && end > start + 1 => kept.push((start + 1, end)),
            _ => kept.push((start, end)),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{article, one};
    use pretty_assertions::assert_eq;

    #[test]
    fn spans_begin_and_end_with_tokens() {
        let (document, text) = article();
        let doc: Value = serde_json::from_str(&one(&FORMAT, &document, text)).unwrap();
        let set = |key: &str| -> BTreeSet<u64> {
            doc["tokens"].as_array().unwrap().iter().map(|token| token[key].as_u64().unwrap()).collect()
        };
        let (starts, ends) = (set("start"), set("end"));
        let spans = doc["spans"][GROUP].as_array().unwrap();
        assert!(spans.len() > document.records.len());
        for span in spans {
            assert!(starts.contains(&span["start"].as_u64().unwrap()), "{span}");
            assert!(ends.contains(&span["end"].as_u64().unwrap()), "{span}");
        }
    }

    #[test]
    fn one_space_belongs_to_the_word_before() {
        let cut = |text: &str, cuts: &[usize]| {
            let points: Vec<char> = text.chars().collect();
            tokens(text, &cuts.iter().copied().collect())
                .into_iter()
                .map(|(start, end)| points[start..end].iter().collect::<String>())
                .collect::<Vec<_>>()
        };
        assert_eq!(cut("“It’s é.”", &[]), ["“", "It", "’", "s", "é", ".", "”"]);
        assert_eq!(cut("a  b\n\nc", &[]), ["a", " ", "b", "\n\n", "c"]);
        assert_eq!(cut(" abc d", &[2]), [" ", "a", "bc", "d"]);
    }
}
