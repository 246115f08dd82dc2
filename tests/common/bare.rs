//! What is found in a text of which nothing else is known.

use onrecord::document::decode::decode;
use onrecord::record::{DocumentRecords, Metadata};
use onrecord::{Document, Extractor, Selection};

pub fn found(extractor: &Extractor, text: &str, selection: Selection) -> DocumentRecords {
    let decoded = decode(text.as_bytes()).expect("no control characters");
    let (metadata, lexicon) = (Metadata::default(), &extractor.grammar.lexicon);
    let document = Document { name: "-", sha256: "", decoded: &decoded, metadata: &metadata, lexicon };
    extractor.extract(&decoded.text).into_document_records(&document, selection)
}
