//! The JSON Schema of one record.

use schemars::generate::SchemaSettings;

use crate::record::Record;

/// The JSON Schema (draft 2020-12) that every record in JSON and JSON Lines obeys, for people to read.
///
/// ```
/// let schema = onrecord::export::schema::record();
/// assert!(schema.contains(r#""title": "Record""#));
/// ```
pub fn record() -> String {
    let schema =
        SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Record>();
    serde_json::to_string_pretty(&schema).expect("a schema has no keys that JSON cannot write")
}
