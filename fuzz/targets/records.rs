//! Any bytes, decoded and read.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use onrecord::document::decode::decode;
use onrecord::{Document, Metadata};
use onrecord_fuzz::{EXTRACTOR, hold, watch};

fuzz_target!(init: watch(), |bytes: &[u8]| -> Corpus {
    let Ok(decoded) = decode(bytes) else { return Corpus::Reject };
    let (metadata, lexicon) = (Metadata::default(), &EXTRACTOR.grammar.lexicon);
    let document = Document { name: "a.txt", sha256: "", decoded: &decoded, metadata: &metadata, lexicon };
    hold(&document, Some(bytes));
    Corpus::Keep
});
