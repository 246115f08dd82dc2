//! JSON: one object with all documents, written document by document.

use super::{Format, Layout, Options, Shape};
use crate::record::DocumentRecords;

pub(super) const FORMAT: Format = Format {
    name: "json",
    about: "One JSON object with all documents, their records and speakers",
    endings: &["json"],
    shape: Shape::Stream(|options| Box::new(Json::new(options))),
};

struct Json {
    grammar: [u8; 32],
}

impl Json {
    fn new(options: &Options) -> Self {
        Self { grammar: options.grammar }
    }
}

impl Layout for Json {
    fn opening(&self) -> Vec<u8> {
        let grammar: String = self.grammar.iter().map(|byte| format!("{byte:02x}")).collect();
        let version = env!("CARGO_PKG_VERSION");
        format!("{{\"onrecord\":\"{version}\",\"grammar\":\"{grammar}\",\"documents\":[").into_bytes()
    }

    fn before(&self, first: bool) -> &'static [u8] {
        if first { b"\n" } else { b",\n" }
    }

    fn document(&self, document: &DocumentRecords, _text: &str, out: &mut Vec<u8>) {
        serde_json::to_writer(out, document).expect("memory takes every record");
    }

    fn closing(&self) -> &'static [u8] {
        b"\n]}\n"
    }
}

#[cfg(test)]
mod tests {
    use super::{FORMAT, Options};
    use crate::export::tests::{documents, written};
    use pretty_assertions::assert_eq;
    use serde_json::Value;

    #[test]
    fn names_the_program_the_grammar_and_every_document() {
        let text = written(&FORMAT, &Options { grammar: [0xab; 32], ..Options::default() });
        assert!(text.starts_with(r#"{"onrecord":""#));
        let whole: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(whole["onrecord"], env!("CARGO_PKG_VERSION"));
        assert_eq!(whole["grammar"], "ab".repeat(32));
        assert_eq!(whole["documents"], serde_json::to_value(documents()).unwrap());
    }
}
