//! CSV: RFC 4180, one row a record, the columns that people read first.

use super::text::one_line;
use super::{Layout, Options};
use crate::record::{DocumentRecords, Place, Record, Source};

/// The columns in their order; a test holds [`cells`] to it. Other programs rely on names and order.
pub(super) const COLUMNS: [&str; 60] = [
    "document",
    "speaker",
    "speaker_name",
    "quote",
    "context",
    "kind",
    "act",
    "content",
    "cue",
    "cue_lemma",
    "stance",
    "hedged",
    "secondhand",
    "negated",
    "addressee",
    "setting",
    "via",
    "speaker_description",
    "speaker_kind",
    "speaker_id",
    "anonymity_class",
    "anonymity_reason",
    "alterations",
    "unattributed",
    "rule",
    "confidence",
    "parent",
    "id",
    "document_sha256",
    "content_spans",
    "content_byte_spans",
    "quote_spans",
    "speaker_start",
    "speaker_end",
    "speaker_byte_start",
    "speaker_byte_end",
    "cue_start",
    "cue_end",
    "cue_byte_start",
    "cue_byte_end",
    "addressee_start",
    "addressee_end",
    "addressee_byte_start",
    "addressee_byte_end",
    "setting_start",
    "setting_end",
    "setting_byte_start",
    "setting_byte_end",
    "via_start",
    "via_end",
    "via_byte_start",
    "via_byte_end",
    "context_start",
    "context_end",
    "context_byte_start",
    "context_byte_end",
    "setting_kind",
    "anonymity_condition",
    "time_start",
    "time_end",
];

/// Most rows have fewer bytes.
const ROW: usize = 1024;

pub(super) struct Csv {
    raw: bool,
    excel: bool,
    /// Columns of the data sets, behind ours.
    carried: Vec<String>,
}

impl Csv {
    pub(super) fn new(options: Options) -> Self {
        Self { raw: options.csv_raw, excel: options.excel, carried: options.carried }
    }

    fn line_end(&self) -> &'static [u8] {
        if self.excel { b"\r\n" } else { b"\n" }
    }
}

impl Layout for Csv {
    fn opening(&self) -> Vec<u8> {
        let mark = if self.excel { "\u{feff}" } else { "" };
        let mut header = format!("{mark}{},", COLUMNS.join(",")).into_bytes();
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
            self.carried.iter().for_each(|name| row.maybe(document.metadata.columns.get(name)));
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
        if text.is_empty() {
            self.out.push(b',');
            return;
        }
        let line = one_line(text);
        let guard = if !self.raw && runs(&line) { "'" } else { "" };
        // Line breaks would need quotation marks too, but are gone.
        if memchr::memchr2(b',', b'"', line.as_bytes()).is_none() {
            self.safe(&[guard, &line]);
            return;
        }
        self.out.push(b'"');
        self.out.extend(guard.as_bytes());
        for (n, piece) in line.split('"').enumerate() {
            if n > 0 {
                self.out.extend(b"\"\"");
            }
            self.out.extend(piece.as_bytes());
        }
        self.out.extend(b"\",");
    }

    fn maybe(&mut self, text: Option<&String>) {
        self.text(text.map_or("", String::as_str));
    }

    /// Pieces of our own, in which nothing begins like a formula and nothing needs quotation marks.
    fn safe(&mut self, pieces: &[&str]) {
        for piece in pieces {
            self.out.extend(piece.as_bytes());
        }
        self.out.push(b',');
    }

    fn flag(&mut self, flag: bool) {
        self.safe(&[if flag { "true" } else { "false" }]);
    }

    /// The name of a value as JSON writes it, without the marks.
    fn word(&mut self, value: Option<impl serde::Serialize>) {
        if let Some(value) = value {
            let start = self.out.len();
            serde_json::to_writer(&mut *self.out, &value).expect("memory takes every name");
            self.out.pop();
            self.out.remove(start);
        }
        self.out.push(b',');
    }

    fn number(&mut self, number: Option<u64>) {
        if let Some(number) = number {
            self.digits(number);
        }
        self.out.push(b',');
    }

    fn seconds(&mut self, seconds: Option<f64>) {
        self.safe(&[&seconds.map_or_else(String::new, |seconds| seconds.to_string())]);
    }

    /// `12..30 41..55`: two stops, because a spreadsheet takes `12-30` for a date.
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

    fn digits(&mut self, number: u64) {
        self.out.extend(itoa::Buffer::new().format(number).as_bytes());
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

fn cells(record: &Record, row: &mut Row<'_>) {
    let speaker = record.speaker.as_ref();
    let (cue, addressee, setting) = (record.cue.as_ref(), record.addressee.as_ref(), record.setting.as_ref());
    let anonymity = record.anonymity.as_ref();
    row.text(&record.document);
    row.maybe(speaker.and_then(|s| s.text.as_ref()));
    row.maybe(speaker.and_then(|s| s.name.as_ref()));
    row.text(&record.stretches());
    row.text(&record.context.text);
    row.word(Some(record.kind));
    row.word(Some(record.act));
    row.text(&record.content.text);
    row.maybe(cue.map(|c| &c.passage.text));
    row.maybe(cue.map(|c| &c.lemma));
    row.maybe(cue.map(|c| &c.stance));
    row.flag(record.hedged);
    row.flag(record.secondhand);
    row.flag(record.negated);
    row.maybe(addressee.map(|a| &a.passage.text));
    row.maybe(setting.map(|s| &s.passage.text));
    row.maybe(record.via.as_ref().map(|v| &v.text));
    row.maybe(speaker.and_then(|s| s.description.as_ref()));
    row.word(speaker.map(|s| s.kind));
    row.maybe(speaker.and_then(|s| s.id.as_ref()));
    row.word(anonymity.map(|a| a.class));
    row.maybe(anonymity.and_then(|a| a.reason.as_ref()));
    alterations(record, row);
    row.word(record.unattributed);
    row.text(&record.rule);
    row.safe(&[&record.confidence.to_string()]);
    row.maybe(record.parent.as_ref());
    row.safe(&[&record.id]);
    row.text(&record.document_sha256);
    offsets(record, row);
    row.maybe(setting.map(|s| &s.kind));
    row.maybe(anonymity.and_then(|a| a.condition.as_ref()));
    row.seconds(record.time.map(|time| time.start));
    row.seconds(record.time.map(|time| time.end));
}

fn alterations(record: &Record, row: &mut Row<'_>) {
    for (n, alteration) in record.alterations.iter().enumerate() {
        if n > 0 {
            row.out.push(b' ');
        }
        row.out.extend(alteration.name().as_bytes());
    }
    row.out.push(b',');
}

fn offsets(record: &Record, row: &mut Row<'_>) {
    let content = &record.content.spans;
    row.spans(content.iter().map(|p| (p.start, p.end)));
    // Empty where one of them is unknown.
    let in_file = |p: &Place| p.byte_start.zip(p.byte_end);
    let known = content.iter().all(|p| in_file(p).is_some());
    row.spans(content.iter().filter(|_| known).filter_map(in_file));
    row.spans(record.quotes.iter().map(|quote| (quote.place.start, quote.place.end)));
    let places = [
        record.speaker.as_ref().and_then(Source::place),
        record.cue.as_ref().map(|c| c.passage.place),
        record.addressee.as_ref().map(|a| a.passage.place),
        record.setting.as_ref().map(|s| s.passage.place),
        record.via.as_ref().map(|v| v.place),
        Some(record.context.place),
    ];
    for place in places {
        row.number(place.map(|p| p.start));
        row.number(place.map(|p| p.end));
        row.number(place.and_then(|p| p.byte_start));
        row.number(place.and_then(|p| p.byte_end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Format;
    use crate::export::tests::{documents, written};
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
        Csv::new(Options::default()).document(&documents()[0], "", &mut rows);
        let rows = csv::ReaderBuilder::new().has_headers(false).from_reader(&*rows).into_records();
        assert!(rows.map(Result::unwrap).all(|row| row.len() == COLUMNS.len()));
        let names: std::collections::BTreeSet<_> = COLUMNS.iter().collect();
        assert_eq!(names.len(), COLUMNS.len());
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
        let table = written(Format::Csv, Options { csv_raw: true, ..Options::default() });
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), COLUMNS);
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
        let table = written(Format::Csv, Options { excel: true, ..Options::default() });
        assert!(table.starts_with("\u{feff}document,speaker,"));
        assert_eq!(table.matches('\n').count(), table.matches("\r\n").count());
    }
}
