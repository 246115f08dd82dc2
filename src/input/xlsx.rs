//! Excel workbooks: a data set in each sheet that has a column of texts.

use std::io::{self, BufReader, Seek};

use ::zip::ZipArchive;
use calamine::{Data, Reader, Xlsx, XlsxCellReader, XlsxError};

use super::limits::Budget;
use super::problem::Wrong;
use super::source::{ReadSeek, Source};
use super::table::Columns;
use super::walk::{Flow, Place, Walk};

type File = Box<dyn ReadSeek>;

/// A document for each row.
pub(super) fn rows(walk: &mut Walk<'_>, place: &Place, source: Source<'_>) -> Result<Flow, Wrong> {
    let file = check(source.seekable(&walk.options.limits)?, walk)?;
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(bad)?;
    let sheets = book.sheet_names();
    let mut without: Option<Wrong> = None;
    let mut read = false;
    for sheet in &sheets {
        let at = |wrong: Wrong| wrong.at(format!("sheet {sheet}"));
        let mut rows = match book.worksheet_cells_reader(sheet) {
            Ok(cells) => Rows { cells: Some(cells), next: None },
            // A sheet that is a chart.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(at(bad(error))),
        };
        let Some(header) = rows.next().map_err(at)? else { continue };
        let names: Vec<String> = header.cells.iter().map(|(_, name)| name.clone()).collect();
        let here = match &sheets[..] {
            [_] => place.clone(),
            _ => Place { name: format!("{}/{sheet}", place.name), ..place.clone() },
        };
        let (columns, note) = match Columns::choose(&names, true, walk.options) {
            Ok(chosen) => chosen,
            Err(wrong) => {
                without = without.or_else(|| Some(at(wrong)));
                continue;
            }
        };
        read = true;
        if let Some(note) = note
            && walk.note(&here, note).is_break()
        {
            return Ok(Flow::Break(()));
        }
        while let Some(row) = rows.next().map_err(at)? {
            let value = |name: &str| {
                let (column, _) = header.cells.iter().find(|(_, known)| known == name)?;
                row.cells.iter().find(|(at, _)| at == column).map(|(_, text)| text.clone())
            };
            let number = u64::from(row.number.saturating_sub(header.number));
            if walk.row(&here, number, columns.row(value)).is_break() {
                return Ok(Flow::Break(()));
            }
        }
    }
    match without.filter(|_| !read) {
        Some(wrong) => Err(wrong),
        None => Ok(Flow::Continue(())),
    }
}

/// Unpacks everything into nothing, for those who unpack without limits.
pub(super) fn check(file: File, walk: &Walk<'_>) -> Result<File, Wrong> {
    let limits = &walk.options.limits;
    let mut archive = ZipArchive::new(file)?;
    let budget = Budget::new(limits.document());
    for number in 0..archive.len() {
        let entry = archive.by_index(number)?;
        io::copy(&mut budget.reader(walk.timed(entry), limits.too_large()), &mut io::sink())?;
    }
    let mut file = archive.into_inner();
    file.rewind()?;
    Ok(file)
}

/// Rows one by one: a sheet may say that it is as large as it likes.
struct Rows<'a> {
    /// None behind the last.
    cells: Option<XlsxCellReader<'a, BufReader<File>>>,
    /// The first cell of the next row.
    next: Option<Cell>,
}

/// A cell that holds something.
struct Cell {
    row: u32,
    column: u32,
    text: String,
}

/// The cells of a row that hold something, each with its column.
struct Cells {
    number: u32,
    cells: Vec<(u32, String)>,
}

impl Rows<'_> {
    /// The next row that holds something.
    fn next(&mut self) -> Result<Option<Cells>, Wrong> {
        let first = match self.next.take() {
            Some(first) => Some(first),
            None => self.cell()?,
        };
        let Some(Cell { row: number, column, text }) = first else { return Ok(None) };
        let mut cells = vec![(column, text)];
        while let Some(cell) = self.cell()? {
            if cell.row != number {
                self.next = Some(cell);
                break;
            }
            cells.push((cell.column, cell.text));
        }
        Ok(Some(Cells { number, cells }))
    }

    fn cell(&mut self) -> Result<Option<Cell>, Wrong> {
        while let Some(cells) = &mut self.cells {
            match cells.next_cell().map_err(bad)? {
                None => self.cells = None,
                Some(cell) => {
                    if let Some(text) = shown(&Data::from(cell.get_value().clone())) {
                        let (row, column) = cell.get_position();
                        return Ok(Some(Cell { row, column, text }));
                    }
                }
            }
        }
        Ok(None)
    }
}

fn shown(data: &Data) -> Option<String> {
    match data {
        Data::Empty | Data::Error(_) => None,
        Data::DateTime(date) if date.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
            let day = format!("{year:04}-{month:02}-{day:02}");
            let midnight = (hour, minute, second) == (0, 0, 0);
            Some(if midnight { day } else { format!("{day}T{hour:02}:{minute:02}:{second:02}") })
        }
        other => Some(other.to_string()),
    }
}

fn bad(error: XlsxError) -> Wrong {
    Wrong::within("this workbook", error)
}
