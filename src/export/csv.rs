//! CSV: RFC 4180, one row a record, the columns that people read first.

use std::borrow::Cow;
use std::io::{self, Write};

use super::text::one_line;
use super::{Options, Writer};
use crate::record::{DocumentRecords, Place, Record};

/// The columns in their order; a test holds [`row`] to it. Other programs rely on names and order.
pub(super) const COLUMNS: [&str; 58] = [
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
];

pub(super) struct Csv<W: Write> {
    csv: csv::Writer<W>,
    raw: bool,
    excel: bool,
}

impl<W: Write> Csv<W> {
    pub(super) fn new(out: W, options: Options) -> Self {
        let ends = if options.excel { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
        let csv = csv::WriterBuilder::new().terminator(ends).from_writer(out);
        Self { csv, raw: options.csv_raw, excel: options.excel }
    }
}

impl<W: Write> Writer for Csv<W> {
    fn start(&mut self) -> io::Result<()> {
        if self.excel {
            // The mark is part of no cell: behind it the header must not be quoted.
            let header = format!("\u{feff}{}", COLUMNS[0]);
            let columns = std::iter::once(header.as_str()).chain(COLUMNS[1..].iter().copied());
            return self.csv.write_record(columns).map_err(as_io);
        }
        self.csv.write_record(COLUMNS).map_err(as_io)
    }

    fn document(&mut self, document: &DocumentRecords) -> io::Result<()> {
        for record in &document.records {
            let cells = row(record);
            let shown = cells.iter().map(|cell| cell.shown(self.raw).into_owned());
            self.csv.write_record(shown).map_err(as_io)?;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.csv.flush()
    }
}

/// The error below, so that a closed pipe is still known as one: `csv`'s own conversion hides it.
fn as_io(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// What stands in one cell.
enum Cell<'a> {
    /// Words of the article, of its path or of the grammar: whatever they begin with.
    Text(Cow<'a, str>),
    /// Numbers, places and names of our own, none of which begins like a formula.
    Safe(String),
}

impl Cell<'_> {
    fn shown(&self, raw: bool) -> Cow<'_, str> {
        match self {
            Self::Safe(text) => Cow::Borrowed(text),
            Self::Text(text) => {
                let line = one_line(text);
                if raw || !runs(&line) { line } else { Cow::Owned(format!("'{line}")) }
            }
        }
    }
}

/// A spreadsheet would run the cell as a formula, or it begins like one that was guarded: with the guard on those
/// too, taking one apostrophe away from every cell of this shape gives back the text.
fn runs(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn row(record: &Record) -> Vec<Cell<'_>> {
    let speaker = record.speaker.as_ref();
    let (cue, addressee, setting) = (record.cue.as_ref(), record.addressee.as_ref(), record.setting.as_ref());
    let anonymity = record.anonymity.as_ref();
    let alterations: Vec<&str> = record.alterations.iter().map(|a| a.name()).collect();
    let mut cells = vec![
        text(&record.document),
        maybe(speaker.map(|s| &s.passage.text)),
        maybe(speaker.and_then(|s| s.name.as_ref())),
        Cell::Text(Cow::Owned(record.quote())),
        text(&record.context.text),
        word(Some(record.kind)),
        word(Some(record.act)),
        text(&record.content.text),
        maybe(cue.map(|c| &c.passage.text)),
        maybe(cue.map(|c| &c.lemma)),
        maybe(cue.map(|c| &c.stance)),
        Cell::Safe(record.hedged.to_string()),
        Cell::Safe(record.secondhand.to_string()),
        Cell::Safe(record.negated.to_string()),
        maybe(addressee.map(|a| &a.passage.text)),
        maybe(setting.map(|s| &s.passage.text)),
        maybe(record.via.as_ref().map(|v| &v.text)),
        maybe(speaker.and_then(|s| s.description.as_ref())),
        word(speaker.map(|s| s.kind)),
        maybe(speaker.and_then(|s| s.id.as_ref())),
        word(anonymity.map(|a| a.class)),
        maybe(anonymity.and_then(|a| a.reason.as_ref())),
        Cell::Safe(alterations.join(" ")),
        word(record.unattributed),
        text(&record.rule),
        Cell::Safe(record.confidence.to_string()),
        maybe(record.parent.as_ref()),
        text(&record.id),
        text(&record.document_sha256),
    ];
    offsets(record, &mut cells);
    cells.push(maybe(setting.map(|s| &s.kind)));
    cells.push(maybe(anonymity.and_then(|a| a.condition.as_ref())));
    cells
}

fn offsets(record: &Record, cells: &mut Vec<Cell<'_>>) {
    let quotes: Vec<Place> = record.quotes.iter().map(|quote| quote.place).collect();
    cells.extend([points(&record.content.spans), bytes(&record.content.spans), points(&quotes)]);
    let passages = [
        record.speaker.as_ref().map(|s| &s.passage),
        record.cue.as_ref().map(|c| &c.passage),
        record.addressee.as_ref().map(|a| &a.passage),
        record.setting.as_ref().map(|s| &s.passage),
        record.via.as_ref(),
        Some(&record.context),
    ];
    for place in passages.map(|passage| passage.map(|p| p.place)) {
        cells.extend([
            number(place.map(|p| p.start)),
            number(place.map(|p| p.end)),
            number(place.and_then(|p| p.byte_start)),
            number(place.and_then(|p| p.byte_end)),
        ]);
    }
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(text))
}

fn maybe(cell: Option<&String>) -> Cell<'_> {
    text(cell.map_or("", String::as_str))
}

/// The name of a value as JSON writes it.
fn word(value: Option<impl serde::Serialize>) -> Cell<'static> {
    let name = value.and_then(|v| serde_json::to_value(v).ok()).and_then(|v| v.as_str().map(str::to_owned));
    Cell::Safe(name.unwrap_or_default())
}

fn number(number: Option<u64>) -> Cell<'static> {
    Cell::Safe(number.map_or_else(String::new, |n| n.to_string()))
}

/// `12..30 41..55`: two stops, because a spreadsheet takes `12-30` for a date.
fn points(places: &[Place]) -> Cell<'static> {
    let spans: Vec<String> = places.iter().map(|p| format!("{}..{}", p.start, p.end)).collect();
    Cell::Safe(spans.join(" "))
}

/// The same in bytes of the file; empty where one of them is unknown.
fn bytes(places: &[Place]) -> Cell<'static> {
    let spans = places.iter().map(|p| Some(format!("{}..{}", p.byte_start?, p.byte_end?)));
    Cell::Safe(spans.collect::<Option<Vec<_>>>().unwrap_or_default().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Format;
    use crate::export::tests::{documents, written};
    use pretty_assertions::assert_eq;

    fn shown(text: &str, raw: bool) -> String {
        Cell::Text(Cow::Borrowed(text)).shown(raw).into_owned()
    }

    #[test]
    fn every_row_has_a_cell_for_every_column() {
        for record in &documents()[0].records {
            assert_eq!(row(record).len(), COLUMNS.len());
        }
        let names: std::collections::BTreeSet<_> = COLUMNS.iter().collect();
        assert_eq!(names.len(), COLUMNS.len());
    }

    #[test]
    fn guards_cells_that_a_spreadsheet_would_run() {
        for cell in ["=1+1", "+1", "-- he said", "@handle", "\tx", "'=1", "''-x"] {
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
