//! CSV: RFC 4180, one row a record, the columns that people read first.

use std::io::Write;

use super::columns::{COLUMNS, Cell, cells};
use super::text::one_line;
use super::{Format, Layout, Options, Shape};
use crate::record::DocumentRecords;

pub(super) const FORMAT: Format = Format {
    name: "csv",
    about: "A table, one row a record",
    endings: &["csv"],
    shape: Shape::Stream(|options| Box::new(Csv::new(options))),
};

/// Most rows have fewer bytes.
const ROW: usize = 1024;

struct Csv {
    raw: bool,
    excel: bool,
    /// Columns of the data sets, behind ours.
    carried: Vec<String>,
}

impl Csv {
    fn new(options: &Options) -> Self {
        Self { raw: options.csv_raw, excel: options.excel, carried: options.carried.clone() }
    }

    fn line_end(&self) -> &'static [u8] {
        if self.excel { b"\r\n" } else { b"\n" }
    }
}

impl Layout for Csv {
    fn opening(&self) -> Vec<u8> {
        let mark = if self.excel { "\u{feff}" } else { "" };
        let mut header = format!("{mark}{},", COLUMNS.map(|(name, _)| name).join(",")).into_bytes();
        let mut row = Row { out: &mut header, raw: self.raw };
        self.carried.iter().for_each(|name| row.text(name));
        row.end(self.line_end());
        header
    }

    fn document(&self, document: &DocumentRecords, _text: &str, out: &mut Vec<u8>) {
        out.reserve(document.records.len() * ROW);
        for record in &document.records {
            let mut row = Row { out, raw: self.raw };
            cells(record, &mut |cell| row.cell(&cell));
            let carried = self.carried.iter().map(|name| document.metadata.columns.get(name));
            carried.for_each(|cell| row.text(cell.map_or("", String::as_str)));
            row.end(self.line_end());
        }
    }
}

/// A row while it is written: cells with a comma behind each.
struct Row<'a> {
    out: &'a mut Vec<u8>,
    raw: bool,
}

impl Row<'_> {
    /// Words of the article, of its path or of the grammar: whatever they begin with.
    fn text(&mut self, text: &str) {
        let line = one_line(text);
        let guard = if !self.raw && runs(&line) { "'" } else { "" };
        // Line breaks would need quotation marks too, but are gone.
        if memchr::memchr2(b',', b'"', line.as_bytes()).is_none() {
            self.safe(&[guard, &line]);
            return;
        }
        self.out.push(b'"');
        self.out.extend(guard.as_bytes());
        let mut written = 0;
        for mark in memchr::memchr_iter(b'"', line.as_bytes()) {
            self.out.extend(&line.as_bytes()[written..=mark]);
            self.out.push(b'"');
            written = mark + 1;
        }
        self.out.extend(&line.as_bytes()[written..]);
        self.out.extend(b"\",");
    }

    fn cell(&mut self, cell: &Cell<'_>) {
        match cell {
            Cell::Empty => self.out.push(b','),
            Cell::Text(text) => self.text(text),
            Cell::Flag(flag) => self.safe(&[if *flag { "true" } else { "false" }]),
            Cell::Number(number) => self.safe(&[itoa::Buffer::new().format(*number)]),
            // Nothing can fail where bytes are only kept.
            Cell::Decimal(number) => write!(self.out, "{number},").expect("memory takes it"),
        }
    }

    /// Pieces of our own, in which nothing begins like a formula and nothing needs quotation marks.
    fn safe(&mut self, pieces: &[&str]) {
        for piece in pieces {
            self.out.extend(piece.as_bytes());
        }
        self.out.push(b',');
    }

    fn end(self, line_end: &[u8]) {
        self.out.pop();
        self.out.extend(line_end);
    }
}

/// A spreadsheet would run the cell as a formula, or it begins like one that was guarded: with the guard on those
/// too, taking one apostrophe away from every cell of this shape gives back the text.
fn runs(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{documents, written};
    use crate::record::Record;
    use pretty_assertions::assert_eq;

    fn shown(text: &str, raw: bool) -> String {
        let mut out = Vec::new();
        Row { out: &mut out, raw }.text(text);
        let row = csv::ReaderBuilder::new().has_headers(false).from_reader(&*out).records().next();
        row.unwrap().unwrap()[0].to_owned()
    }

    #[test]
    fn every_row_has_a_cell_for_every_column() {
        let mut rows = Vec::new();
        Csv::new(&Options::default()).document(&documents()[0], "", &mut rows);
        let rows = csv::ReaderBuilder::new().has_headers(false).from_reader(&*rows).into_records();
        assert!(rows.map(Result::unwrap).all(|row| row.len() == COLUMNS.len()));
    }

    #[test]
    fn guards_cells_that_a_spreadsheet_would_run() {
        for cell in ["=1+1", "+1", "-- he said", "@handle", "\tx", "'=1", "''-x", "=A1,\"b\""] {
            assert_eq!(shown(cell, false), format!("'{cell}"));
            assert_eq!(shown(cell, true), cell);
        }
        for cell in ["’tis", "'tis", "a=b", "", "“-”", "'"] {
            assert_eq!(shown(cell, false), cell);
        }
    }

    #[test]
    fn guards_can_be_taken_away_again() {
        let unguard = |cell: &str| {
            let guarded = cell.starts_with('\'') && runs(&cell[1..]);
            if guarded { cell[1..].to_owned() } else { cell.to_owned() }
        };
        for cell in ["=1", "'=1", "''=1", "'tis", "-", "'", "''", "x"] {
            assert_eq!(unguard(&shown(cell, false)), cell);
        }
    }

    #[test]
    fn line_breaks_in_a_cell_become_a_sign() {
        assert_eq!(shown("one\r\n\r\ntwo\n", false), "one ¶ two");
    }

    #[test]
    fn reads_back_as_it_was_written() {
        let table = written(&FORMAT, &Options { csv_raw: true, ..Options::default() });
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), COLUMNS.map(|(name, _)| name));
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let records: Vec<Record> = documents().into_iter().flat_map(|d| d.records).collect();
        assert_eq!(rows.len(), records.len());
        for (row, record) in rows.iter().zip(&records) {
            assert_eq!(row[3], *one_line(&record.quote()));
            assert_eq!(row[27], record.id);
        }
        assert!(!table.contains('\r'));
    }

    #[test]
    fn excel_gets_its_mark_and_its_line_ends() {
        let table = written(&FORMAT, &Options { excel: true, ..Options::default() });
        assert!(table.starts_with("\u{feff}document,speaker,"));
        assert_eq!(table.matches('\n').count(), table.matches("\r\n").count());
    }
}
