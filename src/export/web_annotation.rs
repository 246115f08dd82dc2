//! W3C Web Annotation, as JSON-LD: a page of annotations that any annotation tool can lay over the article.
//!
//! Each record is an annotation of its content; source, cue, addressee, setting and outlet are annotations of their own
//! that link to it. A target is found by its words with what stands around them, and by its place in code points.

use serde_json::{Value, json};

use super::columns::name;
use super::marks::{Mark, Role, marks};
use super::script::{how, who};
use super::{Format, Layout, Shape};
use crate::record::{DocumentRecords, Kind, Record};

pub(super) const FORMAT: Format = Format {
    name: "web-annotation",
    about: "W3C Web Annotations in JSON-LD, for annotation tools",
    endings: &["jsonld"],
    shape: Shape::Stream(|_| Box::new(WebAnnotation)),
};

/// Characters around the words by which they are found again.
const AROUND: usize = 32;

struct WebAnnotation;

impl Layout for WebAnnotation {
    fn opening(&self) -> Vec<u8> {
        let version = env!("CARGO_PKG_VERSION");
        format!(
            "{{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"type\":\"AnnotationPage\",\
             \"generator\":{{\"type\":\"Software\",\"name\":\"onrecord {version}\"}},\"items\":["
        )
        .into_bytes()
    }

    fn before(&self, first: bool) -> &'static [u8] {
        if first { b"" } else { b"," }
    }

    fn document(&self, document: &DocumentRecords, text: &str, out: &mut Vec<u8>) {
        let words = Words::new(document, text);
        let annotations = document.records.iter().flat_map(|record| annotations(record, &words));
        for (n, annotation) in annotations.enumerate() {
            out.extend(if n == 0 { "\n" } else { ",\n" }.as_bytes());
            serde_json::to_writer(&mut *out, &annotation).expect("memory takes every annotation");
        }
        if document.records.is_empty() {
            // What stands between two documents would else stand beside nothing.
            let nothing = json!({ "type": "Annotation", "motivation": "classifying", "target": words.iri,
                "body": { "type": "TextualBody", "purpose": "classifying", "value": "nobody is on record" } });
            serde_json::to_writer(out, &nothing).expect("memory takes every annotation");
        }
    }

    fn closing(&self) -> &'static [u8] {
        b"\n]}\n"
    }
}

/// The text with a way to any of its code points.
struct Words {
    iri: String,
    points: Vec<char>,
}

impl Words {
    fn new(document: &DocumentRecords, text: &str) -> Self {
        Self { iri: iri(document), points: text.chars().collect() }
    }

    fn slice(&self, start: usize, end: usize) -> String {
        let end = end.min(self.points.len());
        self.points[start.min(end)..end].iter().collect()
    }

    fn target(&self, &(start, end): &(usize, usize)) -> Value {
        json!({
            "type": "SpecificResource",
            "source": self.iri,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": self.slice(start, end),
                    "prefix": self.slice(start.saturating_sub(AROUND), start),
                    "suffix": self.slice(end, end + AROUND),
                },
                { "type": "TextPositionSelector", "start": start, "end": end },
            ],
        })
    }

    fn targets(&self, mark: &Mark) -> Value {
        mark.spans.iter().map(|span| self.target(span)).collect()
    }
}

/// Where the document is: its address on the web, or its path as a reference.
pub(super) fn iri(document: &DocumentRecords) -> String {
    if let Some(url) = &document.metadata.url {
        return url.clone();
    }
    let mut iri = String::new();
    for byte in document.document.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                iri.push(byte.into());
            }
            _ => iri.push_str(&format!("%{byte:02X}")),
        }
    }
    iri
}

/// The name of a record that no other record has.
pub(super) fn urn(record: &Record) -> String {
    format!("urn:onrecord:{}", record.id)
}

fn body(purpose: &str, value: impl Into<String>) -> Value {
    json!({ "type": "TextualBody", "purpose": purpose, "format": "text/plain", "value": value.into() })
}

fn annotations(record: &Record, words: &Words) -> Vec<Value> {
    marks(record).iter().map(|mark| annotation(record, mark, words)).collect()
}

fn annotation(record: &Record, mark: &Mark, words: &Words) -> Value {
    let targets = words.targets(mark);
    let urn = urn(record);
    if mark.role == Role::Content {
        let who = if record.kind == Kind::Term { "nobody".to_owned() } else { who(record) };
        let mut bodies = vec![
            body("describing", format!("{who}: {}", how(record, record.kind))),
            body("tagging", name(record.kind)),
            body("tagging", name(record.act)),
            body("commenting", format!("rule {}, confidence {:.3}", record.rule, record.confidence)),
        ];
        bodies.extend(
            record.unattributed.map(|reason| body("tagging", format!("unattributed: {}", name(reason)))),
        );
        return json!({ "id": urn, "type": "Annotation", "motivation": "describing", "body": bodies, "target": targets });
    }
    let role = mark.role.name().to_lowercase();
    let known = match mark.role {
        Role::Source => record.speaker.as_ref().and_then(|speaker| speaker.name.as_deref()),
        Role::Addressee => record.addressee.as_ref().and_then(|addressee| addressee.name.as_deref()),
        Role::Cue => record.cue.as_ref().map(|cue| &*cue.lemma),
        Role::Content | Role::Setting | Role::Via => None,
    };
    let mut bodies = vec![json!({ "type": "SpecificResource", "purpose": "linking", "source": urn })];
    bodies.push(body("tagging", role.as_str()));
    bodies.extend(known.map(|known| body("identifying", known)));
    json!({
        "id": format!("{urn}:{role}"),
        "type": "Annotation",
        "motivation": ["linking", "tagging"],
        "body": bodies,
        "target": targets,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Options;
    use crate::export::tests::{article, one, written};
    use pretty_assertions::assert_eq;

    #[test]
    fn every_target_is_where_it_says() {
        let (document, text) = article();
        let page: Value = serde_json::from_str(&one(&FORMAT, &document, text)).unwrap();
        let points: Vec<char> = text.chars().collect();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() > document.records.len());
        for target in items.iter().flat_map(|item| item["target"].as_array().unwrap()) {
            let [quote, place] = &target["selector"].as_array().unwrap()[..] else { panic!("two selectors") };
            let (start, end) =
                (place["start"].as_u64().unwrap() as usize, place["end"].as_u64().unwrap() as usize);
            let exact = quote["exact"].as_str().unwrap();
            assert_eq!(points[start..end].iter().collect::<String>(), exact);
            let around = ["prefix", "exact", "suffix"].map(|key| quote[key].as_str().unwrap()).concat();
            assert!(text.contains(&around), "{around}");
        }
        assert_eq!(items[0]["id"], urn(&document.records[0]));
    }

    #[test]
    fn several_documents_are_one_page() {
        let page: Value = serde_json::from_str(&written(&FORMAT, &Options::default())).unwrap();
        let sources: Vec<&Value> =
            page["items"].as_array().unwrap().iter().map(|item| &item["target"]).collect();
        assert_eq!(sources.last().unwrap().as_str(), Some("b.txt"));
    }

    #[test]
    fn paths_become_references() {
        let (mut document, _) = article();
        document.document = "news/a b:ü?.txt".into();
        assert_eq!(iri(&document), "news/a%20b%3A%C3%BC%3F.txt");
        document.metadata.url = Some("https://example.org/a".into());
        assert_eq!(iri(&document), "https://example.org/a");
    }
}
