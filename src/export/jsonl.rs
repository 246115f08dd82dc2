//! JSON Lines: one record a line.

use std::io::{self, Write};

use super::Writer;
use crate::record::DocumentRecords;

pub(super) struct JsonLines<W> {
    out: W,
}

impl<W: Write> JsonLines<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out }
    }
}

impl<W: Write> Writer for JsonLines<W> {
    fn start(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn document(&mut self, document: &DocumentRecords) -> io::Result<()> {
        for record in &document.records {
            serde_json::to_writer(&mut self.out, record)?;
            self.out.write_all(b"\n")?;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
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
    fn every_line_is_a_record() {
        let text = written(Format::JsonLines, Options::default());
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let records: Vec<_> = documents().into_iter().flat_map(|d| d.records).collect();
        assert_eq!(Value::from(lines), serde_json::to_value(records).unwrap());
    }
}
