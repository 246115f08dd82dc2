//! JSON Lines: one record a line, with what is known of its document.

use super::{Format, Layout, Shape};
use crate::record::{DocumentRecords, Metadata};

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    about: "JSON Lines, one record a line",
    endings: &["jsonl", "ndjson"],
    shape: Shape::Stream(|_| Box::new(JsonLines)),
};

struct JsonLines;

impl Layout for JsonLines {
    fn document(&self, document: &DocumentRecords, _text: &str, out: &mut Vec<u8>) {
        let metadata = (document.metadata != Metadata::default()).then(|| {
            let mut metadata = b",\"metadata\":".to_vec();
            serde_json::to_writer(&mut metadata, &document.metadata).expect("memory takes all metadata");
            metadata
        });
        for record in &document.records {
            serde_json::to_writer(&mut *out, record).expect("memory takes every record");
            if let Some(metadata) = &metadata {
                // As the last of its keys.
                out.pop();
                out.extend(metadata);
                out.push(b'}');
            }
            out.push(b'\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FORMAT, JsonLines};
    use crate::export::tests::{documents, written};
    use crate::export::{Layout, Options};
    use pretty_assertions::assert_eq;
    use serde_json::Value;

    #[test]
    fn every_line_is_a_record() {
        let text = written(&FORMAT, &Options::default());
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let records: Vec<_> = documents().into_iter().flat_map(|d| d.records).collect();
        assert_eq!(Value::from(lines), serde_json::to_value(records).unwrap());
    }

    #[test]
    fn a_line_knows_its_document() {
        let mut document = documents().remove(0);
        document.metadata.columns.insert("outlet".into(), "The Echo".into());
        let mut out = Vec::new();
        JsonLines.document(&document, "", &mut out);
        let line: Value = serde_json::from_slice(out.split(|&byte| byte == b'\n').next().unwrap()).unwrap();
        assert_eq!(line["metadata"]["columns"]["outlet"], "The Echo");
        assert_eq!(line["id"], document.records[0].id);
    }
}
