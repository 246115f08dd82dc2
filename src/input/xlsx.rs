//! Excel workbooks: a data set in each sheet that has a column of texts.

use std::io::BufReader;

use calamine::{Data, Reader, Xlsx};

use super::problem::Wrong;
use super::source::Source;
use super::table::Columns;
use super::walk::{Flow, Place, Walk};

/// A document for each row.
pub(super) fn rows(walk: &mut Walk<'_>, place: &Place, source: Source<'_>) -> Result<Flow, Wrong> {
    let file = super::zip::check(source.seekable(&walk.options.limits)?, &walk.options.limits)?;
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(bad)?;
    let sheets = book.sheet_names();
    let mut without: Option<Wrong> = None;
    let mut read = false;
    for sheet in &sheets {
        let range = book.worksheet_range(sheet).map_err(|error| bad(error).at(format!("sheet {sheet}")))?;
        let mut rows = range.rows();
        let Some(header) = rows.next() else { continue };
        let names: Vec<String> = header.iter().map(|name| cell(name).unwrap_or_default()).collect();
        let here = match &sheets[..] {
            [_] => place.clone(),
            _ => Place { name: format!("{}/{sheet}", place.name), ..place.clone() },
        };
        let (columns, note) = match Columns::choose(&names, true, walk.options) {
            Ok(chosen) => chosen,
            Err(wrong) => {
                without = without.or_else(|| Some(wrong.at(format!("sheet {sheet}"))));
                continue;
            }
        };
        read = true;
        if let Some(note) = note
            && walk.note(&here, note).is_break()
        {
            return Ok(Flow::Break(()));
        }
        for (number, cells) in (1..).zip(rows) {
            let value = |name: &str| cell(cells.get(names.iter().position(|known| known == name)?)?);
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

fn cell(data: &Data) -> Option<String> {
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

fn bad(error: calamine::XlsxError) -> Wrong {
    Wrong::within("this workbook", error)
}
