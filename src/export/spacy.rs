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
        let points: Vec<char> = text.chars().collect();
        let mut spans = Vec::new();
        let mut cuts = BTreeSet::new();
        for record in &document.records {
            for Mark { role, spans: pieces } in marks(record) {
                for (start, end) in pieces.into_iter().filter_map(|span| trimmed(&points, span)) {
                    cuts.extend([start, end]);
                    let label = role.name().to_uppercase();
                    spans.push(json!({ "start": start, "end": end, "label": label, "kb_id": record.id }));
                }
            }
        }
        let tokens: Vec<Value> = tokens(&points, &cuts)
            .into_iter()
            .enumerate()
            .map(|(id, (start, end))| json!({ "id": id, "start": start, "end": end }))
            .collect();
        let doc = json!({
            "text": text,
            "tokens": tokens,
            "spans": { GROUP: spans },
            // spaCy passes these over; its own place for them would have to be declared before reading.
            "document": document.document,
            "sha256": document.sha256,
        });
        serde_json::to_writer(&mut *out, &doc).expect("memory takes every text");
        out.push(b'\n');
    }
}

/// As Python tells white space.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// The stretch without white space at its ends, where anything is left of it.
fn trimmed(points: &[char], (start, end): (usize, usize)) -> Option<(usize, usize)> {
    let words = points.get(start..end)?;
    let before = words.iter().position(|&c| !is_space(c))?;
    let behind = words.iter().rev().position(|&c| !is_space(c))?;
    Some((start + before, end - behind))
}

/// Words and marks in code points, cut at these places. Of the white space between two, one space belongs to the first,
/// and what is left is a token.
fn tokens(points: &[char], cuts: &BTreeSet<usize>) -> Vec<(usize, usize)> {
    let mut tokens: Vec<(usize, usize)> = Vec::new();
    let mut at = 0;
    while at < points.len() {
        let same = |c: char| match points[at] {
            first if is_space(first) => is_space(c),
            first if first.is_alphanumeric() => c.is_alphanumeric(),
            _ => false,
        };
        let goes_on = |&n: &usize| same(points[n]) && (is_space(points[n]) || !cuts.contains(&n));
        let end = at + 1 + (at + 1..points.len()).take_while(goes_on).count();
        let start = if points[at] == ' ' && at > 0 { at + 1 } else { at };
        if start < end {
            tokens.push((start, end));
        }
        at = end;
    }
    tokens
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
            tokens(&points, &cuts.iter().copied().collect())
                .into_iter()
                .map(|(start, end)| points[start..end].iter().collect::<String>())
                .collect::<Vec<_>>()
        };
        assert_eq!(cut("“It’s é.”", &[]), ["“", "It", "’", "s", "é", ".", "”"]);
        assert_eq!(cut("a  b\n\nc \n", &[]), ["a", " ", "b", "\n\n", "c", "\n"]);
        assert_eq!(cut(" abc d", &[2]), [" ", "a", "bc", "d"]);
        assert_eq!(trimmed(&[' ', 'a', '\n'], (0, 3)), Some((1, 2)));
        assert_eq!(trimmed(&[' '], (0, 1)), None);
    }
}
