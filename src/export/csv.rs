//! CSV: RFC 4180, one row a record, the columns that people read first.

use std::borrow::Cow;
use std::io::Write;

use super::columns::{self, COLUMNS, Cell, cells};
use super::text::{may_break, one_line};
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
            cells(record, &mut row);
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

impl<'a> columns::Row<'a> for Row<'_> {
    // Inlined, so that what is known of a cell where it is made is not asked again.
    #[inline(always)]
    fn cell(&mut self, cell: Cell<'a>) {
        match cell {
            Cell::Empty => self.out.push(b','),
            Cell::Text(text) => self.text(&text),
            Cell::Name(name) => self.plain(&name),
            Cell::Flag(flag) => self.plain(if flag { "true" } else { "false" }),
            Cell::Number(number) => self.number(number),
            Cell::Decimal(number) => self.decimal(number),
        }
    }

    fn spans(&mut self, spans: impl Iterator<Item = (u64, u64)>) {
        for (n, (start, end)) in spans.enumerate() {
            if n > 0 {
                self.out.push(b' ');
            }
            self.digits(start);
            self.out.extend(b"..");
            self.digits(end);
        }
        self.out.push(b',');
    }
}

impl Row<'_> {
    /// Words of the article, of its path or of the grammar: whatever they begin with.
    fn text(&mut self, text: &str) {
        let signs = signs(text);
        if signs == 0 && (self.raw || !runs(text)) {
            return self.plain(text);
        }
        let line = if signs & BREAK == 0 { Cow::Borrowed(text) } else { one_line(text) };
        let quoted = signs & (COMMA | MARK) != 0;
        if quoted {
            self.out.push(b'"');
        }
        if !self.raw && runs(&line) {
            self.out.push(b'\'');
        }
        let mut written = 0;
        if signs & MARK != 0 {
            for mark in memchr::memchr_iter(b'"', line.as_bytes()) {
                self.out.extend(&line.as_bytes()[written..=mark]);
                self.out.push(b'"');
                written = mark + 1;
            }
        }
        self.out.extend(&line.as_bytes()[written..]);
        if quoted {
            self.out.push(b'"');
        }
        self.out.push(b',');
    }

    /// Something of our own, which does not begin like a formula and needs no quotation marks.
    fn plain(&mut self, text: &str) {
        self.out.extend(text.as_bytes());
        self.out.push(b',');
    }

    fn number(&mut self, number: u64) {
        self.digits(number);
        self.out.push(b',');
    }

    #[inline(never)]
    fn digits(&mut self, number: u64) {
        let Ok(small @ 0..10_000) = u16::try_from(number) else {
            return self.out.extend(itoa::Buffer::new().format(number).as_bytes());
        };
        let ([a, b], [c, d]) = (PAIRS[usize::from(small / 100)], PAIRS[usize::from(small % 100)]);
        let zeros = usize::from(small < 1000) + usize::from(small < 100) + usize::from(small < 10);
        let end = self.out.len() + 4 - zeros;
        // Four bytes are sooner written than as many as there are digits.
        self.out.extend_from_slice(&(u32::from_le_bytes([a, b, c, d]) >> (8 * zeros)).to_le_bytes());
        self.out.truncate(end);
    }

    /// As `{}` has it, which takes long for what nearly all decimals are: a number of thousandths.
    #[inline(never)]
    fn decimal(&mut self, number: f64) {
        let thousandths = (number * 1000.0).round();
        if !(1.0..1e15).contains(&thousandths) || thousandths / 1000.0 != number {
            // Nothing can fail where bytes are only kept.
            return write!(self.out, "{number},").expect("memory takes it");
        }
        let (whole, rest) = (thousandths as u64 / 1000, thousandths as u64 % 1000);
        self.out.extend(itoa::Buffer::new().format(whole).as_bytes());
        let digits = [rest / 100, rest / 10 % 10, rest % 10].map(|digit| b'0' + digit as u8);
        if let Some(last) = digits.iter().rposition(|&digit| digit != b'0') {
            self.out.push(b'.');
            self.out.extend(&digits[..=last]);
        }
        self.out.push(b',');
    }

    fn end(self, line_end: &[u8]) {
        self.out.pop();
        self.out.extend(line_end);
    }
}

/// The digits of all numbers of two.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut number = 0;
    while number < pairs.len() {
        pairs[number] = [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8];
        number += 1;
    }
    pairs
};

/// There may be a line break …
const BREAK: u8 = 1;
/// … a comma, which needs quotation marks around the cell, as a line break would if it stayed …
const COMMA: u8 = 2;
/// … and a quotation mark, which needs them and is doubled.
const MARK: u8 = 4;

const fn sign(byte: u8) -> u8 {
    (may_break(byte) as u8 * BREAK) | ((byte == b',') as u8 * COMMA) | ((byte == b'"') as u8 * MARK)
}

/// The same, looked up: quicker for a byte alone, and slower for many.
const SIGNS: [u8; 256] = {
    let mut signs = [0; 256];
    let mut byte = 0;
    while byte < signs.len() {
        signs[byte] = sign(byte as u8);
        byte += 1;
    }
    signs
};

/// What of these a text has, in one look at all its bytes, and at some of the last twice.
fn signs(text: &str) -> u8 {
    let bytes = text.as_bytes();
    let Some(last) = bytes.last_chunk::<16>() else {
        return bytes.iter().fold(0, |all, byte| all | SIGNS[usize::from(*byte)]);
    };
    let mut found = [0; 16];
    let mut look = |bytes: &[u8; 16]| found.iter_mut().zip(bytes).for_each(|(f, byte)| *f |= sign(*byte));
    bytes.as_chunks().0.iter().for_each(&mut look);
    look(last);
    found.iter().fold(0, |all, found| all | found)
}

/// A spreadsheet would run the cell as a formula, or it begins like one that was guarded: with the guard on those
/// too, taking one apostrophe away from every cell of this shape gives back the text.
fn runs(cell: &str) -> bool {
    let first = cell.bytes().find(|byte| *byte != b'\'');
    matches!(first, Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r'))
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
    fn numbers_are_written_as_the_language_does() {
        for number in (0..=10_001).chain([123_456, u64::MAX]) {
            let mut out = Vec::new();
            Row { out: &mut out, raw: true }.number(number);
            assert_eq!(String::from_utf8(out).unwrap(), format!("{number},"));
        }
    }

    #[test]
    fn decimals_are_written_as_the_language_does() {
        let shares = (0..=1000).map(|thousandths| f64::from(thousandths) / 1000.0);
        for number in
            shares.chain([-0.0, -1.5, 12.34, 3600.0, 86_399.999, 0.1 + 0.2, 1e-7, 1e15, 1e300, f64::MAX])
        {
            let mut out = Vec::new();
            Row { out: &mut out, raw: true }.decimal(number);
            assert_eq!(String::from_utf8(out).unwrap(), format!("{number},"));
        }
    }

    #[test]
    fn signs_are_seen_wherever_they_stand() {
        for (sign, expected) in
            [("\n", BREAK), ("\u{2028}", BREAK), ("\u{85}", BREAK), (",", COMMA), ("\"", MARK), ("a", 0)]
        {
            for before in 0..40 {
                let text = format!("{}{sign}{}", "a".repeat(before), "b".repeat(40 - before));
                assert_eq!(signs(&text), expected, "{text}");
            }
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
