//! JSON Lines: one record a line.

use super::{Format, Layout, Shape};
use crate::record::DocumentRecords;

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    about: "JSON Lines, one record a line",
    endings: &["jsonl", "ndjson"],
    shape: Shape::Stream(|_| Box::new(JsonLines)),
};

struct JsonLines;

impl Layout for JsonLines {
    fn document(&self, document: &DocumentRecords, _text: &str, out: &mut Vec<u8>) {
        for record in &document.records {
            serde_json::to_writer(&mut *out, record).expect("memory takes every record");
            out.push(b'\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FORMAT;
    use crate::export::Options;
    use crate::export::tests::{documents, written};
    use pretty_assertions::assert_eq;
    use serde_json::Value;

    #[test]
    fn every_line_is_a_record() {
        let text = written(&FORMAT, Options::default());
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let records: Vec<_> = documents().into_iter().flat_map(|d| d.records).collect();
        assert_eq!(Value::from(lines), serde_json::to_value(records).unwrap());
    }
}
