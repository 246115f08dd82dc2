//! XML of documents into paragraphs, whichever names the elements have.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};

use super::problem::Wrong;

/// The elements of a document’s language that matter, by their names without the prefix.
pub(super) struct Dialect {
    /// Paragraphs and headings.
    pub(super) paragraphs: &'static [&'static str],
    /// Elements in which text is text; none if it is everywhere.
    pub(super) texts: &'static [&'static str],
    /// A space; it may say how many.
    pub(super) spaces: &'static [&'static str],
    /// The end of a line within a paragraph.
    pub(super) breaks: &'static [&'static str],
    /// What is shown to nobody, or twice.
    pub(super) unseen: &'static [&'static str],
    /// What stands at the foot of a page: its paragraphs come behind all others.
    pub(super) notes: &'static [&'static str],
}

/// The paragraphs, a blank line between them.
pub(super) fn paragraphs(xml: &[u8], dialect: &Dialect) -> Result<String, Wrong> {
    let (mut body, mut notes) = (String::new(), String::new());
    // How deep within an element that is unseen, that holds text, that is a note.
    let (mut unseen, mut inside, mut noted) = (0_u32, 0_u32, 0_u32);
    let is = |names: &[&str], name: &str| names.contains(&name);
    each(xml, |event| {
        let text = if noted > 0 { &mut notes } else { &mut body };
        match event {
            Part::Open(name, _) if unseen > 0 || is(dialect.unseen, name) => unseen += 1,
            Part::Close(_) if unseen > 0 => unseen -= 1,
            _ if unseen > 0 => {}
            Part::Open(name, attributes) => {
                if is(dialect.spaces, name) {
                    let count =
                        attributes.iter().find(|(name, _)| name == "c").and_then(|(_, c)| c.parse().ok());
                    text.extend(std::iter::repeat_n(' ', count.unwrap_or(1_usize).min(100)));
                } else if is(dialect.breaks, name) {
                    text.push('\n');
                } else if is(dialect.texts, name) {
                    inside += 1;
                } else if is(dialect.notes, name) {
                    noted += 1;
                }
            }
            Part::Close(name) if is(dialect.notes, name) => noted = noted.saturating_sub(1),
            Part::Close(name) if is(dialect.paragraphs, name) => end_paragraph(text),
            Part::Close(name) if is(dialect.texts, name) => inside = inside.saturating_sub(1),
            Part::Close(_) => {}
            Part::Text(piece) => {
                if dialect.texts.is_empty() || inside > 0 {
                    text.push_str(piece);
                }
            }
        }
    })?;
    body.truncate(body.trim_end().len());
    append(&mut body, notes.trim_end());
    Ok(body)
}

/// Puts paragraphs behind others.
pub(super) fn append(text: &mut String, more: &str) {
    if !text.is_empty() && !more.is_empty() {
        text.push_str("\n\n");
    }
    text.push_str(more);
}

fn end_paragraph(text: &mut String) {
    text.truncate(text.trim_end_matches([' ', '\t', '\n']).len());
    if !text.is_empty() {
        text.push_str("\n\n");
    }
}

/// What stands in the elements of these names, the first of each, without the prefix.
pub(super) fn fields<const N: usize>(xml: &[u8], names: [&str; N]) -> Result<[Option<String>; N], Wrong> {
    let mut found = [const { None::<String> }; N];
    let mut open: Option<usize> = None;
    each(xml, |part| match part {
        Part::Open(name, _) => {
            open = names.iter().position(|known| *known == name).filter(|&n| found[n].is_none());
        }
        Part::Close(_) => open = None,
        Part::Text(piece) => {
            if let Some(n) = open {
                found[n].get_or_insert_default().push_str(piece);
            }
        }
    })?;
    Ok(found.map(|text| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())))
}

/// A piece of XML.
pub(super) enum Part<'a> {
    /// An element with its attributes.
    Open(&'a str, Vec<(String, String)>),
    Close(&'a str),
    Text(&'a str),
}

/// Shows the pieces of XML in their order. Entities that the document makes itself stay as they are.
pub(super) fn each(xml: impl BufRead, mut see: impl FnMut(Part<'_>)) -> Result<(), Wrong> {
    let mut reader = Reader::from_reader(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let broken = |error: &dyn std::fmt::Display| Wrong::broken("its XML", error);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|error| broken(&error))? {
            Event::Start(element) => see(Part::Open(element.local_name().as_ref(), attributes(&element))),
            Event::Empty(element) => {
                let name = element.local_name();
                see(Part::Open(name.as_ref(), attributes(&element)));
                see(Part::Close(name.as_ref()));
            }
            Event::End(element) => see(Part::Close(element.local_name().as_ref())),
            Event::Text(text) => see(Part::Text(&text.xml10_content())),
            Event::CData(text) => see(Part::Text(&text.xml10_content())),
            Event::GeneralRef(entity) => see(Part::Text(&resolved(&entity))),
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

fn attributes(element: &quick_xml::events::BytesStart<'_>) -> Vec<(String, String)> {
    let mut attributes = element.attributes();
    attributes
        .with_checks(false)
        .flatten()
        .map(|attribute| {
            let name = attribute.key.local_name().as_ref().to_owned();
            (
                name,
                attribute
                    .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                    .map(std::borrow::Cow::into_owned)
                    .unwrap_or_default(),
            )
        })
        .collect()
}

fn resolved(entity: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = entity.resolve_char_ref() {
        return character.to_string();
    }
    let name: &str = entity;
    match quick_xml::escape::resolve_predefined_entity(name) {
        Some(text) => text.to_owned(),
        None => format!("&{name};"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    const DIALECT: Dialect = Dialect {
        paragraphs: &["p"],
        texts: &["t"],
        spaces: &["s"],
        breaks: &["br"],
        unseen: &["del"],
        notes: &["n"],
    };

    #[test]
    fn paragraphs_are_apart_and_entities_are_read() {
        let xml = "<w:x><w:p><w:t>A &amp; B&#8217;s</w:t><w:s c='2'/><w:t>c</w:t></w:p>\n <w:p/><w:p><w:del><w:t>no</w:t></w:del>\
                   <w:t>D</w:t><w:br/><w:t>E </w:t></w:p></w:x>";
        assert_eq!(paragraphs(xml.as_bytes(), &DIALECT).unwrap(), "A & B’s  c\n\nD\nE");
    }

    #[test]
    fn notes_come_behind_everything() {
        let xml = "<x><p><t>A</t><n><p><t>first</t></p><p><t>still</t></p></n><t>a</t></p><n><p><t>last</t></p></n><p><t>B</t></p></x>";
        assert_eq!(paragraphs(xml.as_bytes(), &DIALECT).unwrap(), "Aa\n\nB\n\nfirst\n\nstill\n\nlast");
        assert_eq!(paragraphs(b"<n><p><t>all</t></p></n>", &DIALECT).unwrap(), "all");
    }

    #[test]
    fn entities_of_a_document_are_not_expanded() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>\
                    <x><p><t>&b;&c;</t></p></x>";
        assert_eq!(paragraphs(bomb.as_bytes(), &DIALECT).unwrap(), "&b;&c;");
    }

    #[test]
    fn fields_are_the_first_of_their_name() {
        let xml = "<m><dc:title> A </dc:title><dc:title>B</dc:title><dc:creator/></m>";
        assert_eq!(fields(xml.as_bytes(), ["title", "creator"]).unwrap(), [Some("A".into()), None]);
    }
}
