//! JSON Lines: one record a line.

use super::Layout;
use crate::record::DocumentRecords;

pub(super) struct JsonLines;

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
    use crate::export::tests::{documents, written};
    use crate::export::{Format, Options};
    use pretty_assertions::assert_eq;
    use serde_json::Value;

    #[test]
    fn every_line_is_a_record() {
        let text = written(Format::JsonLines, Options::default());
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let records: Vec<_> = documents().into_iter().flat_map(|d| d.records).collect();
        assert_eq!(Value::from(lines), serde_json::to_value(records).unwrap());
    }
}
