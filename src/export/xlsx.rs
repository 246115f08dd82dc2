//! XLSX: a workbook with a sheet of records, one of speakers and one of documents.
//!
//! Rows go to files aside as they come, so that memory does not grow with them. Text is written as text, whatever it
//! begins with, so that nothing in an article can run as a formula.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Seek};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format as Look, Workbook, Worksheet, XlsxError};

use super::columns::{COLUMNS, Cell, Holds, cells, name};
use super::{Format, Options, Out, Shape, Sink};
use crate::record::{DocumentRecords, Record, SpeakerEntry};

pub(super) const FORMAT: Format = Format {
    name: "xlsx",
    about: "A workbook for Excel and LibreOffice: records, speakers, documents",
    endings: &["xlsx"],
    shape: Shape::File(|options, out| Ok(Box::new(Xlsx::new(options, out)?))),
};

/// The most that Excel takes in a cell, in UTF-16 code units …
const LONGEST: usize = 32_767;
/// … and this stands behind what was cut.
const CUT: &str = " … [cut: the cell is full]";
/// Rows of a sheet, its header among them.
const ROWS: u32 = 1_048_576;

const SPEAKERS: [(&str, Holds); 7] = [
    ("document", Holds::Text),
    ("speaker_name", Holds::Text),
    ("speaker_description", Holds::Text),
    ("speaker_kind", Holds::Text),
    ("records", Holds::Number),
    ("words", Holds::Number),
    ("speaker_id", Holds::Text),
];

const DOCUMENTS: [(&str, Holds); 10] = [
    ("document", Holds::Text),
    ("title", Holds::Text),
    ("byline", Holds::Text),
    ("date", Holds::Text),
    ("site", Holds::Text),
    ("url", Holds::Text),
    ("records", Holds::Number),
    ("speakers", Holds::Number),
    ("encoding", Holds::Text),
    ("document_sha256", Holds::Text),
];

struct Xlsx<'a> {
    book: Workbook,
    records: Table,
    speakers: Table,
    documents: Table,
    out: &'a mut Out,
}

impl<'a> Xlsx<'a> {
    fn new(_options: &Options, out: &'a mut Out) -> io::Result<Self> {
        let mut book = Workbook::new();
        // Without a date of its own the file would have that of its making, and be another each time.
        let made = ExcelDateTime::from_ymd(2000, 1, 1).map_err(io::Error::other)?;
        book.set_properties(&DocProperties::new().set_creation_datetime(&made));
        let mut table = |title, columns| Table::new(&mut book, title, columns);
        let (records, speakers, documents) =
            (table("Records", &COLUMNS)?, table("Speakers", &SPEAKERS)?, table("Documents", &DOCUMENTS)?);
        Ok(Self { book, records, speakers, documents, out })
    }
}

impl Sink for Xlsx<'_> {
    fn document(&mut self, document: &DocumentRecords, _text: &str) -> io::Result<()> {
        let mut said: HashMap<&str, (u64, u64)> = HashMap::new();
        for record in &document.records {
            let mut row = Vec::with_capacity(COLUMNS.len());
            cells(record, &mut row);
            self.records.row(&mut self.book, &row)?;
            if let Some(id) = record.speaker.as_ref().and_then(|speaker| speaker.id.as_deref()) {
                let (records, words) = said.entry(id).or_default();
                *records += 1;
                *words += words_of(record);
            }
        }
        for speaker in &document.speakers {
            let (records, words) = said.get(&*speaker.id).copied().unwrap_or_default();
            self.speakers.row(&mut self.book, &speaker_row(document, speaker, records, words))?;
        }
        self.documents.row(&mut self.book, &document_row(document))
    }

    fn finish(&mut self) -> io::Result<()> {
        for table in [&self.records, &self.speakers, &self.documents] {
            table.close(&mut self.book).map_err(io::Error::other)?;
        }
        // A workbook is written to and fro, which a pipe does not allow.
        let mut aside = tempfile::tempfile()?;
        self.book.save_to_writer(&aside).map_err(io::Error::other)?;
        aside.rewind()?;
        io::copy(&mut aside, self.out)?;
        self.out.flush()
    }
}

fn words_of(record: &Record) -> u64 {
    record.stretches().split_whitespace().count() as u64
}

fn maybe(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Empty, |text| Cell::Text(text.into()))
}

fn speaker_row<'a>(
    document: &'a DocumentRecords,
    speaker: &'a SpeakerEntry,
    records: u64,
    words: u64,
) -> [Cell<'a>; SPEAKERS.len()] {
    [
        Cell::Text((&document.document).into()),
        maybe(speaker.name.as_deref()),
        maybe(speaker.description.as_deref()),
        Cell::Text(name(speaker.kind).into()),
        Cell::Number(records),
        Cell::Number(words),
        Cell::Text((&*speaker.id).into()),
    ]
}

fn document_row(document: &DocumentRecords) -> [Cell<'_>; DOCUMENTS.len()] {
    let about = &document.metadata;
    [
        Cell::Text((&document.document).into()),
        maybe(about.title.as_deref()),
        maybe(about.byline.as_deref()),
        maybe(about.date.as_deref()),
        maybe(about.site.as_deref()),
        maybe(about.url.as_deref()),
        Cell::Number(document.records.len() as u64),
        Cell::Number(document.speakers.len() as u64),
        Cell::Text((&document.encoding).into()),
        Cell::Text((&document.sha256).into()),
    ]
}

/// A table on its sheet, and on further ones where one is full.
struct Table {
    title: &'static str,
    columns: &'static [(&'static str, Holds)],
    /// How many sheets it has, and the place of the last in the workbook.
    sheets: usize,
    sheet: usize,
    /// The next row of the last sheet.
    next: u32,
}

impl Table {
    fn new(
        book: &mut Workbook,
        title: &'static str,
        columns: &'static [(&'static str, Holds)],
    ) -> io::Result<Self> {
        let mut table = Self { title, columns, sheets: 0, sheet: 0, next: 0 };
        table.open(book).map_err(io::Error::other)?;
        Ok(table)
    }

    fn open(&mut self, book: &mut Workbook) -> Result<(), XlsxError> {
        self.sheet = book.worksheets().len();
        self.sheets += 1;
        let sheet = book.add_worksheet_with_constant_memory()?;
        match self.sheets {
            1 => sheet.set_name(self.title)?,
            n => sheet.set_name(format!("{} {n}", self.title))?,
        };
        sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?.set_landscape();
        let head = Look::new().set_bold();
        for (n, (column, holds)) in (0..).zip(self.columns) {
            sheet.set_column_width(n, width(column, *holds))?;
            sheet.write_string_with_format(0, n, *column, &head)?;
        }
        self.next = 1;
        Ok(())
    }

    fn row(&mut self, book: &mut Workbook, cells: &[Cell<'_>]) -> io::Result<()> {
        self.write(book, cells).map_err(io::Error::other)
    }

    fn write(&mut self, book: &mut Workbook, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        if self.next == ROWS {
            self.close(book)?;
            self.open(book)?;
        }
        let sheet = book.worksheet_from_index(self.sheet)?;
        for (n, (cell, (column, _))) in (0..).zip(cells.iter().zip(self.columns)) {
            write(sheet, self.next, n, column, cell)?;
        }
        self.next += 1;
        Ok(())
    }

    /// Filters for the rows that are there.
    fn close(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        let last = self.columns.len() as u16 - 1;
        book.worksheet_from_index(self.sheet)?.autofilter(0, 0, self.next - 1, last)?;
        Ok(())
    }
}

fn write(sheet: &mut Worksheet, row: u32, at: u16, column: &str, cell: &Cell<'_>) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) | Cell::Name(text) => match day(column, text) {
            Some(day) => {
                sheet.write_datetime_with_format(row, at, day, &Look::new().set_num_format("yyyy-mm-dd"))?;
            }
            None => {
                sheet.write_string(row, at, fitting(text))?;
            }
        },
        Cell::Flag(flag) => {
            sheet.write_boolean(row, at, *flag)?;
        }
        Cell::Number(number) => {
            sheet.write_number(row, at, *number as f64)?;
        }
        Cell::Decimal(number) => {
            sheet.write_number(row, at, *number)?;
        }
    }
    Ok(())
}

/// A date that says nothing but the day is a date for the spreadsheet too; any other stays as it stands.
fn day(column: &str, text: &str) -> Option<ExcelDateTime> {
    let plain = text.len() == "2024-05-01".len()
        && text
            .bytes()
            .enumerate()
            .all(|(n, b)| if n == 4 || n == 7 { b == b'-' } else { b.is_ascii_digit() });
    (column == "date" && plain).then(|| ExcelDateTime::parse_from_str(text).ok())?
}

/// As much as goes into a cell, with a mark where something is missing.
fn fitting(text: &str) -> Cow<'_, str> {
    // A code unit has at least a byte.
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let mut room = LONGEST - CUT.encode_utf16().count();
    let kept = text.chars().take_while(|c| {
        let fits = c.len_utf16() <= room;
        room -= c.len_utf16().min(room);
        fits
    });
    Cow::Owned(kept.chain(CUT.chars()).collect())
}

/// In characters: room for names, more for sentences, little for offsets.
fn width(column: &str, holds: Holds) -> f64 {
    match column {
        "quote" | "context" | "content" | "title" => 60.0,
        "document" | "speaker_name" | "speaker" | "speaker_description" | "url" | "rule" => 24.0,
        _ if holds == Holds::Text => 16.0,
        _ => 12.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{bytes, documents};
    use calamine::{Data, Reader, Xlsx as Book};
    use pretty_assertions::assert_eq;
    use std::io::Cursor;

    fn book() -> Book<Cursor<Vec<u8>>> {
        Book::new(Cursor::new(bytes(&FORMAT, &Options::default()))).unwrap()
    }

    #[test]
    fn a_sheet_for_records_speakers_and_documents() {
        let mut book = book();
        assert_eq!(book.sheet_names(), ["Records", "Speakers", "Documents"]);
        let sheet = book.worksheet_range("Records").unwrap();
        let records: Vec<Record> = documents().into_iter().flat_map(|d| d.records).collect();
        assert_eq!(sheet.height(), records.len() + 1);
        for (n, (column, _)) in COLUMNS.iter().enumerate() {
            assert_eq!(sheet[(0, n)], Data::String((*column).to_owned()));
        }
        for (row, record) in sheet.rows().skip(1).zip(&records) {
            let mut expected = Vec::new();
            cells(record, &mut expected);
            for (seen, cell) in row.iter().zip(&expected) {
                let cell = match cell {
                    Cell::Empty => Data::Empty,
                    Cell::Text(text) | Cell::Name(text) => Data::String(text.clone().into_owned()),
                    Cell::Flag(flag) => Data::Bool(*flag),
                    Cell::Number(number) => Data::Float(*number as f64),
                    Cell::Decimal(number) => Data::Float(*number),
                };
                assert_eq!(*seen, cell);
            }
        }
        assert_eq!(book.worksheet_range("Documents").unwrap().height(), 3);
    }

    #[test]
    fn nothing_is_a_formula() {
        let mut book = book();
        for sheet in book.sheet_names() {
            assert!(book.worksheet_formula(&sheet).unwrap().is_empty());
        }
        let text = documents()[0].records[1].quote();
        assert!(text.starts_with('='), "one of the quotations looks like a formula");
    }

    #[test]
    fn a_cell_that_would_be_too_long_is_cut_with_a_mark() {
        let long = "🐟".repeat(LONGEST / 2 + 1);
        let cut = fitting(&long);
        assert!(cut.ends_with(CUT));
        assert!((LONGEST - 1..=LONGEST).contains(&cut.encode_utf16().count()));
        let fits = "é".repeat(LONGEST);
        assert_eq!(fitting(&fits), fits);
    }

    #[test]
    fn only_plain_days_become_dates() {
        assert!(day("date", "2024-05-01").is_some());
        for (column, text) in [("date", "1 May 2024"), ("date", "2024-13-01"), ("quote", "2024-05-01")] {
            assert!(day(column, text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_same_records_make_the_same_workbook() {
        assert!(bytes(&FORMAT, &Options::default()) == bytes(&FORMAT, &Options::default()));
    }
}
