//! Documents for the tests of all formats, and what holds of their list.

use std::collections::HashSet;
use std::path::Path;

use super::{FORMATS, Format, Options};
use crate::record::{
    Act, Addressee, Alteration, Anonymity, Class, Content, Cue, DocumentRecords, Kind, Metadata, Passage,
    Place, Record, Source, SpeakerEntry, SpeakerKind, Unattributed,
};
use crate::{Document, Extractor, Grammar, Selection, document::decode::decode};

/// What a format makes of two documents, the second without records.
pub(super) fn written(format: &Format, options: &Options) -> String {
    String::from_utf8(bytes(format, options)).unwrap()
}

pub(super) fn bytes(format: &Format, options: &Options) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = format.writer(&mut out, options).unwrap();
    writer.start().unwrap();
    for document in documents() {
        writer.document(&document, "").unwrap();
    }
    writer.finish().unwrap();
    drop(writer);
    out
}

pub(super) fn documents() -> Vec<DocumentRecords> {
    let document = |name: &str, mut records: Vec<Record>| {
        for (n, record) in records.iter_mut().enumerate() {
            record.id = format!("q{n:016x}");
        }
        let sources = records.iter().filter_map(|record| record.speaker.as_ref());
        let speakers = sources.map(|source| SpeakerEntry {
            id: source.id.clone().unwrap(),
            name: source.name.clone(),
            description: None,
            kind: source.kind,
        });
        DocumentRecords {
            document: name.into(),
            sha256: "00".repeat(32),
            encoding: "UTF-8".into(),
            metadata: Metadata::default(),
            speakers: speakers.collect(),
            records,
        }
    };
    vec![document("a.txt", vec![full(), bare(), unnamed(), term()]), document("b.txt", Vec::new())]
}

/// The article of README.md with its records.
pub(super) fn article() -> (DocumentRecords, &'static str) {
    let text = include_str!("../../fixtures/ferry-pier.txt");
    let extractor = Extractor::new(Grammar::english());
    let decoded = decode(text.as_bytes()).unwrap();
    let document = Document {
        name: "fixtures/ferry-pier.txt",
        sha256: "",
        decoded: &decoded,
        metadata: &Metadata::default(),
        lexicon: &extractor.grammar.lexicon,
    };
    let records = extractor.extract(text).document_records(&document, Selection::default());
    (records, text)
}

/// What a format makes of one document.
pub(super) fn one(format: &Format, document: &DocumentRecords, text: &str) -> String {
    let mut out = Vec::new();
    let mut writer = format.writer(&mut out, &Options::default()).unwrap();
    writer.start().unwrap();
    writer.document(document, text).unwrap();
    writer.finish().unwrap();
    drop(writer);
    String::from_utf8(out).unwrap()
}

fn passage(text: &str) -> Passage {
    Passage { text: text.into(), place: Place { start: 3, end: 9, byte_start: Some(3), byte_end: None } }
}

fn bare() -> Record {
    Record {
        id: "q0000000000000000".into(),
        document: "a.txt".into(),
        document_sha256: "00".repeat(32).into(),
        kind: Kind::Direct,
        act: Act::Speech,
        content: Content { text: "“=Stand back\u{1b}”".into(), spans: vec![passage("").place] },
        quotes: vec![passage("=Stand back\u{1b}")],
        speaker: None,
        cue: None,
        addressee: None,
        setting: None,
        via: None,
        hedged: false,
        secondhand: false,
        negated: false,
        anonymity: None,
        alterations: Vec::new(),
        context: passage("“=Stand back\u{1b}”"),
        parent: None,
        rule: "none".into(),
        confidence: 0.5,
        unattributed: Some(Unattributed::NoCue),
        time: None,
    }
}

fn said(mention: &str, name: Option<&str>, cue: &str) -> Record {
    let kind = if name.is_some() { SpeakerKind::Person } else { SpeakerKind::Unnamed };
    let source = Source {
        text: Some(mention.into()),
        start: Some(3),
        end: Some(9),
        byte_start: Some(3),
        byte_end: None,
        name: name.map(Into::into),
        description: None,
        kind,
        id: Some(if name.is_some() { "s1" } else { "s2" }.into()),
    };
    Record {
        speaker: Some(source),
        cue: Some(Cue { passage: passage(cue), lemma: "say".into(), stance: "neutral".into() }),
        unattributed: None,
        ..bare()
    }
}

fn full() -> Record {
    Record {
        content: Content {
            text: "“We are ready, … and\n\nwe wait.”".into(),
            spans: vec![passage("").place; 2],
        },
        addressee: Some(Box::new(Addressee { passage: passage("reporters"), name: None })),
        alterations: vec![Alteration::Bracket, Alteration::Sic],
        hedged: true,
        ..said("she", Some("Maria Lopez"), "reportedly told")
    }
}

fn unnamed() -> Record {
    Record {
        kind: Kind::Mixed,
        content: Content { text: "that it was “very loud”".into(), spans: vec![passage("").place] },
        anonymity: Some(Box::new(Anonymity { class: Class::Individual, condition: None, reason: None })),
        ..said("a resident", None, "said")
    }
}

fn term() -> Record {
    let content = Content { text: "“smart”".into(), spans: vec![passage("").place] };
    Record { kind: Kind::Term, content, unattributed: None, ..bare() }
}

#[test]
fn every_format_is_found_by_its_name_and_its_endings() {
    let mut names = HashSet::new();
    for format in FORMATS {
        assert_eq!(Format::named(format.name).unwrap().name, format.name);
        for ending in format.endings {
            let path = Path::new("quotes").with_extension(ending.to_uppercase());
            assert_eq!(Format::of_path(&path).unwrap().name, format.name);
        }
        assert!(names.insert(format.name));
    }
    assert!(Format::named("docx").is_none() && Format::of_path(Path::new("csv")).is_none());
}
