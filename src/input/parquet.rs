//! Parquet tables, of which only the columns that are wanted are read.

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::{Mutex, PoisonError};

use ::parquet::errors::ParquetError;
use ::parquet::file::reader::{ChunkReader, FileReader, Length, SerializedFileReader};
use ::parquet::record::Field;
use ::parquet::schema::types::Type;
use bytes::Bytes;

use super::problem::Wrong;
use super::source::{ReadSeek, Source};
use super::table::Columns;
use super::walk::{Flow, Place, Walk};

/// So many rows are unpacked at once.
const BATCH: usize = 64;

/// A document for each row.
pub(super) fn rows(walk: &mut Walk<'_>, place: &Place, source: Source<'_>) -> Result<Flow, Wrong> {
    let file = Shared::new(source.seekable(&walk.options.limits)?)?;
    let table = SerializedFileReader::new(file).map_err(bad)?;
    let schema = table.metadata().file_metadata().schema();
    let fields = schema.get_fields();
    let names: Vec<String> = fields.iter().map(|field| field.name().to_owned()).collect();
    let (columns, note) = Columns::choose(&names, true, walk.options)?;
    if let Some(note) = note
        && walk.note(place, note).is_break()
    {
        return Ok(Flow::Break(()));
    }
    let wanted = fields.iter().filter(|field| columns.names().any(|name| name == field.name()));
    let projection = Type::group_type_builder(schema.name()).with_fields(wanted.cloned().collect()).build();
    let rows = table.get_row_iter(Some(projection.map_err(bad)?)).map_err(bad)?.with_batch_size(BATCH);
    for (number, row) in (1..).zip(rows) {
        let row = row.map_err(|error| bad(error).at(format!("row {number}")))?;
        let cells: Vec<(&String, &Field)> = row.get_column_iter().collect();
        let value =
            |name: &str| cells.iter().find(|(known, _)| *known == name).and_then(|(_, field)| cell(field));
        if walk.row(place, number, columns.row(value)).is_break() {
            return Ok(Flow::Break(()));
        }
    }
    Ok(Flow::Continue(()))
}

fn cell(field: &Field) -> Option<String> {
    match field {
        Field::Null => None,
        Field::Str(text) => Some(text.clone()),
        Field::Bytes(bytes) => Some(String::from_utf8_lossy(bytes.data()).into_owned()),
        other => Some(other.to_string()),
    }
}

fn bad(error: ParquetError) -> Wrong {
    Wrong::within("this Parquet table", error)
}

/// A file of which several readers read at their own places.
struct Shared {
    file: Mutex<Box<dyn ReadSeek>>,
    length: u64,
}

impl Shared {
    fn new(mut file: Box<dyn ReadSeek>) -> Result<Self, Wrong> {
        let length = file.seek(SeekFrom::End(0))?;
        Ok(Self { file: Mutex::new(file), length })
    }

    fn read(&self, start: u64, length: u64) -> io::Result<Vec<u8>> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        file.by_ref().take(length).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

impl Length for Shared {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Shared {
    type T = Cursor<Vec<u8>>;

    fn get_read(&self, start: u64) -> ::parquet::errors::Result<Self::T> {
        // Heads of pages are read like this; they are short.
        const HEAD: u64 = 64 << 10;
        Ok(Cursor::new(self.read(start, HEAD)?))
    }

    fn get_bytes(&self, start: u64, length: usize) -> ::parquet::errors::Result<Bytes> {
        let bytes = self.read(start, length as u64)?;
        if bytes.len() < length {
            return Err(ParquetError::EOF(format!("{length} bytes were expected at {start}")));
        }
        Ok(bytes.into())
    }
}
