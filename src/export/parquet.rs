//! Parquet: columns for data frames, nested as in JSON or flat as in CSV.

use std::io;
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanBuilder, Float64Builder, Int64Builder, RecordBatch, StringBuilder};
use arrow::datatypes::{DataType, Field, Fields, Schema, SchemaRef};
use arrow::json::ReaderBuilder;
use arrow::json::reader::Decoder;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use serde::Serialize;

use super::columns::{COLUMNS, Cell, Holds, cells};
use super::{Format, Out, Shape, Sink};
use crate::record::{DocumentRecords, Metadata, Record};

pub(super) const FORMAT: Format = Format {
    name: "parquet",
    about: "Parquet for data frames and DuckDB, nested as in JSON",
    endings: &["parquet"],
    shape: Shape::File(|_, out| Ok(Box::new(Parquet::new(Nested::new()?, out)?))),
};

pub(super) const FLAT: Format = Format {
    name: "parquet-flat",
    about: "Parquet with the columns of CSV",
    endings: &[],
    shape: Shape::File(|options, out| Ok(Box::new(Parquet::new(Flat::new(&options.carried), out)?))),
};

/// Rows that are held until a group of them is written.
const GROUP: usize = 16 * 1024;

/// Records as columns.
trait Columns {
    fn schema(&self) -> SchemaRef;
    /// Takes in the records of a document; the result is how many rows wait.
    fn add(&mut self, document: &DocumentRecords) -> Result<usize, ParquetError>;
    /// All that was taken in since.
    fn take(&mut self) -> Result<Option<RecordBatch>, ParquetError>;
}

struct Parquet<'a, C> {
    columns: C,
    /// Until the end is written.
    writer: Option<ArrowWriter<&'a mut Out>>,
}

impl<'a, C: Columns> Parquet<'a, C> {
    fn new(columns: C, out: &'a mut Out) -> io::Result<Self> {
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(Default::default()))
            .set_created_by(concat!("onrecord ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let writer =
            ArrowWriter::try_new(out, columns.schema(), Some(properties)).map_err(io::Error::other)?;
        Ok(Self { columns, writer: Some(writer) })
    }

    fn flush(&mut self) -> Result<(), ParquetError> {
        if let (Some(writer), Some(batch)) = (&mut self.writer, self.columns.take()?) {
            writer.write(&batch)?;
            writer.flush()?;
        }
        Ok(())
    }
}

impl<C: Columns> Sink for Parquet<'_, C> {
    fn document(&mut self, document: &DocumentRecords, _text: &str) -> io::Result<()> {
        let waiting = self.columns.add(document).map_err(io::Error::other)?;
        if waiting >= GROUP { self.flush().map_err(io::Error::other) } else { Ok(()) }
    }

    fn finish(&mut self) -> io::Result<()> {
        self.flush().map_err(io::Error::other)?;
        if let Some(writer) = self.writer.take() {
            writer.into_inner().map_err(io::Error::other)?.flush()?;
        }
        Ok(())
    }
}

/// A record with what is known of its document.
#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    record: &'a Record,
    metadata: Option<&'a Metadata>,
}

/// The record as JSON Lines have it, by the way of JSON.
struct Nested {
    schema: SchemaRef,
    decoder: Decoder,
    waiting: usize,
}

impl Nested {
    fn new() -> io::Result<Self> {
        let schema: SchemaRef = Arc::new(Schema::new(record()));
        let decoder = ReaderBuilder::new(schema.clone())
            .with_batch_size(GROUP)
            .build_decoder()
            .map_err(io::Error::other)?;
        Ok(Self { schema, decoder, waiting: 0 })
    }
}

impl Columns for Nested {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    fn add(&mut self, document: &DocumentRecords) -> Result<usize, ParquetError> {
        let metadata = Some(&document.metadata).filter(|metadata| **metadata != Metadata::default());
        let rows: Vec<Row<'_>> = document.records.iter().map(|record| Row { record, metadata }).collect();
        self.decoder.serialize(&rows)?;
        self.waiting += document.records.len();
        Ok(self.waiting)
    }

    fn take(&mut self) -> Result<Option<RecordBatch>, ParquetError> {
        self.waiting = 0;
        Ok(self.decoder.flush()?)
    }
}

fn text(name: &str) -> Field {
    Field::new(name, DataType::Utf8, true)
}

fn whole(name: &str) -> Field {
    Field::new(name, DataType::Int64, true)
}

fn decimal(name: &str) -> Field {
    Field::new(name, DataType::Float64, true)
}

fn flag(name: &str) -> Field {
    Field::new(name, DataType::Boolean, true)
}

fn nested(name: &str, fields: Vec<Field>) -> Field {
    Field::new(name, DataType::Struct(Fields::from(fields)), true)
}

fn list(name: &str, of: DataType) -> Field {
    Field::new(name, DataType::List(Arc::new(Field::new("item", of, true))), true)
}

fn place() -> Vec<Field> {
    ["start", "end", "byte_start", "byte_end"].map(whole).into()
}

/// A stretch of the text and what else is known of it.
fn passage(also: &[&str]) -> Vec<Field> {
    std::iter::once(text("text")).chain(place()).chain(also.iter().map(|name| text(name))).collect()
}

/// What is known of the document: the columns of a data set that are carried through have names of their own.
fn metadata() -> Vec<Field> {
    let known = ["title", "byline", "date", "site", "url"].map(text);
    let (keys, values) = (Field::new("keys", DataType::Utf8, false), text("values"));
    known.into_iter().chain([Field::new_map("columns", "entries", keys, values, false, true)]).collect()
}

/// The keys of a record in their order; a test holds them to those of JSON.
fn record() -> Vec<Field> {
    let places = DataType::Struct(Fields::from(place()));
    let quotes = DataType::Struct(Fields::from(passage(&[])));
    vec![
        text("id"),
        text("document"),
        text("document_sha256"),
        text("kind"),
        text("act"),
        nested("content", vec![text("text"), list("spans", places)]),
        list("quotes", quotes),
        nested("speaker", passage(&["name", "description", "kind", "id"])),
        nested("cue", passage(&["lemma", "stance"])),
        nested("addressee", passage(&["name"])),
        nested("setting", passage(&["kind"])),
        nested("via", passage(&[])),
        flag("hedged"),
        flag("secondhand"),
        flag("negated"),
        nested("anonymity", ["class", "condition", "reason"].map(text).into()),
        list("alterations", DataType::Utf8),
        nested("context", passage(&[])),
        text("parent"),
        text("rule"),
        decimal("confidence"),
        text("unattributed"),
        nested("time", ["start", "end"].map(decimal).into()),
        nested("metadata", metadata()),
    ]
}

/// The columns of CSV.
struct Flat {
    columns: Vec<Column>,
    /// Columns of data sets, behind the others.
    carried: Vec<(String, StringBuilder)>,
    waiting: usize,
}

enum Column {
    Text(StringBuilder),
    Flag(BooleanBuilder),
    Number(Int64Builder),
    Decimal(Float64Builder),
}

impl Flat {
    fn new(carried: &[String]) -> Self {
        let column = |(_, holds): &(&str, Holds)| match holds {
            Holds::Text => Column::Text(StringBuilder::new()),
            Holds::Flag => Column::Flag(BooleanBuilder::new()),
            Holds::Number => Column::Number(Int64Builder::new()),
            Holds::Decimal => Column::Decimal(Float64Builder::new()),
        };
        let carried = carried.iter().map(|name| (name.clone(), StringBuilder::new())).collect();
        Self { columns: COLUMNS.iter().map(column).collect(), carried, waiting: 0 }
    }
}

impl Columns for Flat {
    fn schema(&self) -> SchemaRef {
        let field = |(name, holds): &(&str, Holds)| match holds {
            Holds::Text => text(name),
            Holds::Flag => flag(name),
            Holds::Number => whole(name),
            Holds::Decimal => decimal(name),
        };
        let carried = self.carried.iter().map(|(name, _)| text(name));
        Arc::new(Schema::new(COLUMNS.iter().map(field).chain(carried).collect::<Vec<_>>()))
    }

    fn add(&mut self, document: &DocumentRecords) -> Result<usize, ParquetError> {
        for record in &document.records {
            let mut row = Vec::with_capacity(COLUMNS.len());
            cells(record, &mut row);
            self.columns.iter_mut().zip(&row).for_each(|(column, cell)| column.put(cell));
            for (name, column) in &mut self.carried {
                column.append_option(document.metadata.columns.get(name));
            }
        }
        self.waiting += document.records.len();
        Ok(self.waiting)
    }

    fn take(&mut self) -> Result<Option<RecordBatch>, ParquetError> {
        self.waiting = 0;
        let carried = self.carried.iter_mut().map(|(_, column)| Arc::new(column.finish()) as ArrayRef);
        let columns = self.columns.iter_mut().map(Column::take).chain(carried).collect();
        Ok(Some(RecordBatch::try_new(self.schema(), columns)?).filter(|batch| batch.num_rows() > 0))
    }
}

impl Column {
    /// What does not fit the column counts as nothing; a test of the columns sees to it that all does.
    fn put(&mut self, cell: &Cell<'_>) {
        match (self, cell) {
            (Self::Text(column), Cell::Text(text) | Cell::Name(text)) => column.append_value(text),
            (Self::Flag(column), Cell::Flag(flag)) => column.append_value(*flag),
            (Self::Number(column), Cell::Number(number)) => column.append_option(i64::try_from(*number).ok()),
            (Self::Decimal(column), Cell::Decimal(number)) => column.append_value(*number),
            (Self::Text(column), _) => column.append_null(),
            (Self::Flag(column), _) => column.append_null(),
            (Self::Number(column), _) => column.append_null(),
            (Self::Decimal(column), _) => column.append_null(),
        }
    }

    fn take(&mut self) -> ArrayRef {
        match self {
            Self::Text(column) => Arc::new(column.finish()),
            Self::Flag(column) => Arc::new(column.finish()),
            Self::Number(column) => Arc::new(column.finish()),
            Self::Decimal(column) => Arc::new(column.finish()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Options;
    use crate::export::tests::{bytes, documents};
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use pretty_assertions::assert_eq;
    use serde_json::Value;

    fn rows(format: &Format) -> Vec<Value> {
        rows_of(bytes(format, &Options::default()))
    }

    /// The rows as JSON, in which what is absent is left out.
    fn rows_of(file: Vec<u8>) -> Vec<Value> {
        let file = bytes::Bytes::from(file);
        let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap();
        let batches: Vec<RecordBatch> = reader.map(Result::unwrap).collect();
        let mut writer = arrow::json::ArrayWriter::new(Vec::new());
        writer.write_batches(&batches.iter().collect::<Vec<_>>()).unwrap();
        writer.finish().unwrap();
        serde_json::from_slice(&writer.into_inner()).unwrap()
    }

    fn without_nulls(value: Value) -> Value {
        match value {
            Value::Object(fields) => {
                fields.into_iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k, without_nulls(v))).collect()
            }
            Value::Array(items) => items.into_iter().map(without_nulls).collect(),
            value => value,
        }
    }

    #[test]
    fn nested_rows_are_the_records_of_json() {
        let records = documents().into_iter().flat_map(|d| d.records);
        let expected: Vec<Value> = records.map(|r| without_nulls(serde_json::to_value(r).unwrap())).collect();
        assert_eq!(rows(&FORMAT), expected);
    }

    #[test]
    fn what_is_known_of_a_document_stands_beside_its_records() {
        let mut document = documents().remove(0);
        document.metadata.title = Some("Pier shut".into());
        document.metadata.columns.insert("outlet".into(), "The Echo".into());
        let options = Options { carried: vec!["outlet".into()], ..Options::default() };
        let written = |format: &Format| {
            let mut out = Vec::new();
            let mut writer = format.writer(&mut out, &options).unwrap();
            writer.document(&document, "").unwrap();
            writer.finish().unwrap();
            drop(writer);
            rows_of(out)
        };
        let known = serde_json::json!({"title": "Pier shut", "columns": {"outlet": "The Echo"}});
        let nested = written(&FORMAT);
        assert_eq!(nested.len(), document.records.len());
        assert!(nested.iter().all(|row| row["metadata"] == known), "{nested:?}");
        assert!(written(&FLAT).iter().all(|row| row["outlet"] == "The Echo"));
    }

    #[test]
    fn every_key_of_a_record_has_its_column() {
        fn compare(schema: &Value, defs: &Value, fields: &Fields, path: &str) {
            let schema = schema
                .get("$ref")
                .map_or(schema, |to| &defs[to.as_str().unwrap().rsplit('/').next().unwrap()]);
            let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
            let mut keys: Vec<&str> = properties.keys().map(String::as_str).collect();
            let mut names: Vec<&str> = fields.iter().map(|field| field.name().as_str()).collect();
            keys.sort_unstable();
            names.sort_unstable();
            assert_eq!(names, keys, "{path}");
            for field in fields {
                let below = &properties[field.name()];
                let below = below.get("anyOf").map_or(below, |choices| &choices[0]);
                let path = format!("{path}/{}", field.name());
                match field.data_type() {
                    DataType::Struct(fields) => compare(below, defs, fields, &path),
                    DataType::List(item) => {
                        if let DataType::Struct(fields) = item.data_type() {
                            compare(&below["items"], defs, fields, &path);
                        }
                    }
                    _ => {}
                }
            }
        }
        let schema: Value = serde_json::from_str(&crate::export::schema::record()).unwrap();
        compare(&schema, &schema["$defs"], &Fields::from(record()), "");
    }

    #[test]
    fn flat_rows_are_those_of_csv() {
        let rows = rows(&FLAT);
        let records: Vec<_> = documents().into_iter().flat_map(|d| d.records).collect();
        assert_eq!(rows.len(), records.len());
        for (row, record) in rows.iter().zip(&records) {
            let mut expected = Vec::new();
            cells(record, &mut expected);
            for ((name, _), cell) in COLUMNS.iter().zip(expected) {
                let seen = row.get(*name).cloned();
                let expected = match cell {
                    Cell::Empty => None,
                    Cell::Text(text) | Cell::Name(text) => Some(Value::from(text.into_owned())),
                    Cell::Flag(flag) => Some(flag.into()),
                    Cell::Number(number) => Some(number.into()),
                    Cell::Decimal(number) => Some(number.into()),
                };
                assert_eq!(seen, expected);
            }
        }
    }
}
