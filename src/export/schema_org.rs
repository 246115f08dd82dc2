//! schema.org `Quotation`, as JSON-LD: for pages and search engines.

use serde_json::{Map, Value, json};

use super::script::{how, who};
use super::web_annotation::{iri, urn};
use super::{Format, Layout, Shape};
use crate::record::{DocumentRecords, Kind, Record, SpeakerKind};

pub(super) const FORMAT: Format = Format {
    name: "schema-org",
    about: "schema.org Quotations in JSON-LD, for web pages",
    endings: &[],
    shape: Shape::Stream(|_| Box::new(SchemaOrg)),
};

struct SchemaOrg;

impl Layout for SchemaOrg {
    fn opening(&self) -> Vec<u8> {
        b"{\"@context\":\"https://schema.org\",\"@graph\":[".to_vec()
    }

    fn before(&self, first: bool) -> &'static [u8] {
        if first { b"\n" } else { b",\n" }
    }

    fn document(&self, document: &DocumentRecords, _text: &str, out: &mut Vec<u8>) {
        let article = article(document);
        serde_json::to_writer(&mut *out, &article).expect("memory takes every article");
        for record in document.records.iter().filter(|record| record.kind != Kind::Term) {
            out.extend(b",\n");
            let quotation = quotation(record, &article["@id"]);
            serde_json::to_writer(&mut *out, &quotation).expect("memory takes every quotation");
        }
    }

    fn closing(&self) -> &'static [u8] {
        b"\n]}\n"
    }
}

/// Without what is not known.
fn known(fields: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let fields = fields.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(fields.map(|(key, value)| (key.to_owned(), value)).collect::<Map<_, _>>())
}

fn article(document: &DocumentRecords) -> Value {
    let about = &document.metadata;
    let named =
        |kind: &str, name: &Option<String>| name.as_ref().map(|name| json!({ "@type": kind, "name": name }));
    known([
        ("@type", json!("NewsArticle")),
        ("@id", json!(iri(document))),
        ("headline", json!(about.title)),
        ("author", json!(named("Person", &about.byline))),
        ("datePublished", json!(about.date)),
        ("publisher", json!(named("Organization", &about.site))),
        ("url", json!(about.url)),
        ("identifier", json!(document.document)),
    ])
}

fn quotation(record: &Record, article: &Value) -> Value {
    known([
        ("@type", json!("Quotation")),
        ("@id", json!(urn(record))),
        ("text", json!(record.stretches())),
        ("spokenByCharacter", speaker(record)),
        ("isPartOf", json!({ "@id": article })),
        ("disambiguatingDescription", json!(format!("{}: {}", who(record), how(record, record.kind)))),
    ])
}

fn speaker(record: &Record) -> Value {
    let Some(source) = record.speaker.as_ref().filter(|_| record.unattributed.is_none()) else {
        return Value::Null;
    };
    let Some(name) = source.name.as_deref().or(source.text.as_deref()) else { return Value::Null };
    let kind = match source.kind {
        SpeakerKind::Organization => "Organization",
        _ => "Person",
    };
    known([("@type", json!(kind)), ("name", json!(name)), ("description", json!(source.description))])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Options;
    use crate::export::tests::{documents, written};
    use pretty_assertions::assert_eq;

    #[test]
    fn articles_and_what_stands_in_them() {
        let graph: Value = serde_json::from_str(&written(&FORMAT, &Options::default())).unwrap();
        let graph = graph["@graph"].as_array().unwrap();
        let quotations = documents()[0].records.len() - 1;
        assert_eq!(graph.len(), 2 + quotations, "a term is nobody's quotation");
        let first = json!({
            "@type": "Quotation",
            "@id": "urn:onrecord:q0000000000000000",
            "text": documents()[0].records[0].quote(),
            "spokenByCharacter": { "@type": "Person", "name": "Maria Lopez" },
            "isPartOf": { "@id": "a.txt" },
            "disambiguatingDescription": "Maria Lopez (she): direct, hedged",
        });
        assert_eq!(graph[1], first);
        assert!(graph[2].get("spokenByCharacter").is_none());
    }
}
