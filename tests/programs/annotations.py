"""Annotations through readers that others wrote, each span held against the text."""

import json
import subprocess
from pathlib import Path

import brat_parser
import bratly
import lxml.etree
import spacy
from importlib.metadata import version
from pyld import jsonld
from truth import folder, quote, records, same, saw, texts

# The contexts that JSON-LD refers to stand on the web, where a test must not go: these say as much of them as is used.
OA = "http://www.w3.org/ns/oa#"
CONTEXTS = {
    "http://www.w3.org/ns/anno.jsonld": {
        "oa": OA, "as": "http://www.w3.org/ns/activitystreams#", "dc": "http://purl.org/dc/terms/", "id": "@id", "type": "@type",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dct": "http://purl.org/dc/dcmitype/", "schema": "http://schema.org/",
        **{name: f"oa:{name}" for name in ["Annotation", "SpecificResource", "TextualBody", "TextQuoteSelector", "TextPositionSelector"]},
        "AnnotationPage": "as:OrderedCollectionPage", "Software": "as:Application", "generator": "as:generator",
        "items": {"@type": "@id", "@id": "as:items", "@container": "@list"}, "name": "http://xmlns.com/foaf/0.1/name",
        "value": "rdf:value", "format": "dc:format", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
        "start": "oa:start", "end": "oa:end",
        **{key: {"@id": f"oa:{to}", "@type": "@id"} for key, to in
           {"body": "hasBody", "target": "hasTarget", "source": "hasSource", "selector": "hasSelector"}.items()},
        **{key: {"@id": f"oa:{to}", "@type": "@vocab"} for key, to in {"motivation": "motivatedBy", "purpose": "hasPurpose"}.items()},
        **{name: f"oa:{name}" for name in ["describing", "tagging", "commenting", "linking", "identifying", "classifying"]},
    },
    "https://schema.org": {"@vocab": "http://schema.org/", "url": {"@type": "@id"}},
}
jsonld.set_document_loader(lambda url, _: {
    "contextUrl": None, "documentUrl": url, "contentType": "application/ld+json", "document": {"@context": CONTEXTS[url]},
})


def web_annotation():
    page = json.loads((folder / "quotes.jsonld").read_text(encoding="utf-8"))
    expanded = jsonld.expand(page, {"base": "https://example.org/"})
    items = expanded[0]["http://www.w3.org/ns/activitystreams#items"][0]["@list"]
    targets = 0
    for item in items:
        for target in item[OA + "hasTarget"]:
            source = target[OA + "hasSource"][0]["@id"].removeprefix("https://example.org/")
            by_words, by_place = target[OA + "hasSelector"]
            value = lambda selector, key: selector[OA + key][0]["@value"]
            start, end = value(by_place, "start"), value(by_place, "end")
            text = texts[next(name for name in texts if jsonld_path(name) == source)]
            same("exact", value(by_words, "exact"), text[start:end])
            around = value(by_words, "prefix") + value(by_words, "exact") + value(by_words, "suffix")
            assert around in text
            targets += 1
    ids = {item["@id"] for item in items}
    same("records", {f"urn:onrecord:{record['id']}" for record in records} - ids, set())
    quads = jsonld.to_rdf(page, {"base": "https://example.org/"})["@default"]
    saw("PyLD", version("PyLD"), f"{len(items)} annotations, {targets} targets where they say, {len(quads)} triples")


def jsonld_path(name):
    from urllib.parse import quote as percent
    return percent(name, safe="/-._~")


def schema_org():
    graph = jsonld.expand(json.loads((folder / "schema.json").read_text(encoding="utf-8")), {"base": "https://example.org/"})
    quotations = [node for node in graph if node["@type"] == ["http://schema.org/Quotation"]]
    said = [record for record in records if record["kind"] != "term"]
    same("texts", [q["http://schema.org/text"][0]["@value"] for q in quotations], [quote(r) for r in said])
    named = sum("http://schema.org/spokenByCharacter" in q for q in quotations)
    saw("PyLD", version("PyLD"), f"{len(quotations)} schema.org Quotations, {named} with their speaker")


def brat():
    bound = relations = pieces = 0
    for path in sorted((folder / "brat").glob("*.ann")):
        text = path.with_suffix(".txt").read_text(encoding="utf-8")
        read = brat_parser.parse(str(path))
        entities, related, attributes = read.entities, read.relations, read.attributes
        for entity in entities:
            same(path.name, " ".join(text[start:end] for start, end in entity.span), entity.text)
            assert "\n" not in entity.text
            pieces += len(entity.span)
        kinds = {entity.id: entity.type for entity in entities}
        for relation in related:
            same("joined to a content", kinds[relation.obj], "Content")
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("T"):
                entity = bratly.EntityAnnotation.from_line(line)
                same("bratly", " ".join(text[f.start:f.end] for f in entity.fragments), entity.content)
        bound += len(entities)
        relations += len(related)
        assert len(attributes) >= sum(entity.type == "Content" for entity in entities)
    contents = len(records)
    assert bound > contents and relations > 0 and pieces > bound
    saw("brat_parser", version("mendelai-brat-parser"), f"{bound} spans in {pieces} pieces, {relations} relations, each at its words")
    saw("bratly", version("bratly"), f"{bound} spans with the same words")


def spans():
    blank, seen = spacy.blank("en"), 0
    by_id = {}
    docs = [json.loads(line) for line in (folder / "docs.jsonl").open(encoding="utf-8")]
    for as_json in docs:
        doc = spacy.tokens.Doc(blank.vocab).from_json(as_json, validate=True)
        same("text", doc.text, as_json["text"])
        for span, given in zip(doc.spans["onrecord"], as_json["spans"]["onrecord"], strict=True):
            same("span", (span.start_char, span.end_char, span.label_), (given["start"], given["end"], given["label"]))
            by_id.setdefault((span.kb_id_, span.label_), []).append(span.text)
            seen += 1
    for record in records:
        same("content", " … ".join(by_id[record["id"], "CONTENT"]), record["content"]["text"])
        if record["cue"]:
            same("cue", by_id[record["id"], "CUE"], [record["cue"]["text"]])
    saw("spaCy", spacy.__version__, f"{len(docs)} Docs that are valid, {seen} spans at their words")


def tei():
    schema = Path(__file__).parents[2] / "target/programs/tei/schemas/tei_all.rng"
    path = folder / "quotes.xml"
    subprocess.run(["jing", schema, path], check=True, timeout=300)
    root = lxml.etree.parse(path)
    ns = {"t": "http://www.tei-c.org/ns/1.0"}
    xml_id = "{http://www.w3.org/XML/1998/namespace}id"
    ids = {element.get(xml_id): element for element in root.iter() if element.get(xml_id)}
    said = root.findall(".//t:said", ns)
    for element in root.iter():
        for name in ("who", "toWhom", "ref", "next", "prev"):
            assert element.get(name) is None or element.get(name)[1:] in ids, element.get(name)
    words = {}
    for element in root.findall(".//t:body//t:said", ns) + root.findall(".//t:body//t:soCalled", ns):
        first = element.get(xml_id).split(".")[0].split("-")[-1]
        words[first] = words.get(first, "") + "".join(element.itertext())
    squeezed = lambda text: "".join(text.replace("…", "").replace("¶", "").split())
    # Two records in the same words have ids that end in -2 and the like.
    for record in records:
        if record["id"].count("-") == 0:
            same("said", squeezed(words[record["id"]]), squeezed(record["content"]["text"]))
    to_whom = sum(element.get("toWhom") is not None for element in said)
    saw("Jing", "with tei_all.rng 4.3.0", f"valid; {len(said)} said elements, {to_whom} of them to somebody")


web_annotation()
schema_org()
brat()
spans()
tei()
