//! Tables of cells with a mark between them: CSV in all its national forms, and TSV.

use std::collections::HashMap;
use std::io;

use csv::{ByteRecord, ReaderBuilder};

use super::Format;
use super::limits::Budget;
use super::problem::Wrong;
use super::source::{Source, utf8};
use super::table::{Columns, separator};
use super::walk::{Flow, Place, Walk};
use crate::document::decode::{decode, decode_labelled};

/// A document for each row.
pub(super) fn rows(
    walk: &mut Walk<'_>,
    place: &Place,
    format: Format,
    head: &[u8],
    source: Source<'_>,
) -> Result<Flow, Wrong> {
    let most = walk.options.limits.document();
    let first = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let mark = if format == Format::Tsv { '\t' } else { separator(&String::from_utf8_lossy(first)) };
    // An open mark would take all that follows for one cell.
    let budget = Budget::new(most);
    let unclosed = Wrong::new(
        format!("a row is larger than {}, the limit for a document", super::limits::bytes(most)),
        "a quotation mark may not be closed; mend it, or raise --max-document",
    );
    let reader = budget.reader(utf8(source), unclosed);
    let mut table = ReaderBuilder::new().delimiter(mark as u8).flexible(true).from_reader(reader);
    let header = table.byte_headers().map_err(|error| bad(error).at("line 1"))?.clone();
    if header.is_empty() {
        return Ok(Flow::Continue(()));
    }
    let guessed = decode(head).ok().map(|decoded| decoded.encoding);
    let text = |cell: &[u8]| text(cell, guessed);
    let names: Vec<String> = header.iter().map(text).collect();
    let (columns, note) = Columns::choose(&names, true, walk.options)?;
    if let Some(note) = note
        && walk.note(place, note).is_break()
    {
        return Ok(Flow::Break(()));
    }
    let mut places = HashMap::new();
    for (n, name) in names.iter().enumerate() {
        places.entry(name.as_str()).or_insert(n);
    }
    let (mut cells, mut number) = (ByteRecord::new(), 0);
    loop {
        budget.set(most);
        number += 1;
        let at = |wrong: Wrong| wrong.at(format!("row {number}"));
        if !table.read_byte_record(&mut cells).map_err(|error| at(bad(error)))? {
            return Ok(Flow::Continue(()));
        }
        let row = columns.row(|name| cells.get(*places.get(name)?).map(text));
        if walk.row(place, number, row).is_break() {
            return Ok(Flow::Break(()));
        }
    }
}

/// A cell in UTF-8, or in the encoding that the beginning of the table seems to have: a table may have been put together
/// from several.
fn text(cell: &[u8], guessed: Option<&str>) -> String {
    match std::str::from_utf8(cell) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let other = guessed.filter(|&guessed| guessed != "UTF-8");
            let decoded = decode_labelled(cell, other);
            decoded.map_or_else(
                |_| String::from_utf8_lossy(cell).into_owned(),
                |decoded| decoded.text.to_string(),
            )
        }
    }
}

fn bad(error: csv::Error) -> Wrong {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error.into(),
        // Where cells are bytes and rows as long as they like nothing else goes wrong.
        other => io::Error::other(format!("{other:?}")).into(),
    }
}
