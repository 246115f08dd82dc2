//! The JSON Schema of one record.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use crate::record::{Metadata, Record};

/// The JSON Schema (draft 2020-12) that every record in JSON and JSON Lines obeys, for people to read.
///
/// ```
/// let schema = onrecord::export::schema::record();
/// assert!(schema.contains(r#""title": "Record""#));
/// ```
pub fn record() -> String {
    let schema =
        SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Line>();
    serde_json::to_string_pretty(&schema).expect("a schema has no keys that JSON cannot write")
}

/// One attribution relation: somebody is stated to have said something.
///
/// `start` and `end` count Unicode code points of the decoded text, `byte_start` and `byte_end` bytes of the file.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Record")]
struct Line {
    #[serde(flatten)]
    record: Record,
    /// What the input says of the document beside its text; only in JSON Lines and Parquet, where no document stands
    /// around its records, and only where it says something.
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<Metadata>,
}
