//! JSON: one object with all documents, written document by document.

use std::io::{self, Write};

use super::{Options, Writer};
use crate::record::DocumentRecords;

pub(super) struct Json<W> {
    out: W,
    grammar: [u8; 32],
    /// Documents written.
    count: usize,
}

impl<W: Write> Json<W> {
    pub(super) fn new(out: W, options: Options) -> Self {
        Self { out, grammar: options.grammar, count: 0 }
    }
}

impl<W: Write> Writer for Json<W> {
    fn start(&mut self) -> io::Result<()> {
        let grammar: String = self.grammar.iter().map(|byte| format!("{byte:02x}")).collect();
        let version = env!("CARGO_PKG_VERSION");
        write!(self.out, "{{\"onrecord\":\"{version}\",\"grammar\":\"{grammar}\",\"documents\":[")
    }

    fn document(&mut self, document: &DocumentRecords) -> io::Result<()> {
        self.out.write_all(if self.count == 0 { b"\n" } else { b",\n" })?;
        self.count += 1;
        Ok(serde_json::to_writer(&mut self.out, document)?)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use crate::export::tests::{documents, written};
    use crate::export::{Format, Options};
    use pretty_assertions::assert_eq;
    use serde_json::Value;

    #[test]
    fn names_the_program_the_grammar_and_every_document() {
        let text = written(Format::Json, Options { grammar: [0xab; 32], ..Options::default() });
        assert!(text.starts_with(r#"{"onrecord":""#));
        let whole: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(whole["onrecord"], env!("CARGO_PKG_VERSION"));
        assert_eq!(whole["grammar"], "ab".repeat(32));
        assert_eq!(whole["documents"], serde_json::to_value(documents()).unwrap());
    }
}
