//! TEI: a corpus in XML, in which what was said is a `<said who toWhom>` and everybody is in a list of persons.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Write;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::columns::name;
use super::marks::{Label, Role, Step, lines};
use super::text::picture;
use super::{Format, Layout, Shape};
use crate::record::{DocumentRecords, Kind, Record, SpeakerEntry, SpeakerKind};

pub(super) const FORMAT: Format = Format {
    name: "tei",
    about: "TEI in XML: the whole text with what was said in it",
    endings: &["xml", "tei"],
    shape: Shape::Stream(|_| Box::new(Tei)),
};

struct Tei;

impl Layout for Tei {
    fn opening(&self) -> Vec<u8> {
        let head = header("Who said what", "Texts as their files have them.", "");
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<teiCorpus xmlns=\"http://www.tei-c.org/ns/1.0\">\n{head}"
        )
        .into_bytes()
    }

    fn document(&self, document: &DocumentRecords, text: &str, out: &mut Vec<u8>) {
        out.extend(Text::new(document).write(text).as_bytes());
    }

    fn closing(&self) -> &'static [u8] {
        b"</teiCorpus>\n"
    }
}

/// A header; what describes the people stands in it as it is.
fn header(title: &str, source: &str, people: &str) -> String {
    format!(
        "<teiHeader>\n<fileDesc>\n<titleStmt><title>{}</title></titleStmt>\n\
         <publicationStmt><p>Marked up by onrecord {}.</p></publicationStmt>\n\
         <sourceDesc><p>{}</p></sourceDesc>\n</fileDesc>\n{people}</teiHeader>\n",
        escaped(title),
        env!("CARGO_PKG_VERSION"),
        escaped(source)
    )
}

/// Text as it stands, none of it markup; what XML cannot hold is shown by its picture.
fn escaped(text: &str) -> Cow<'_, str> {
    let markup = |c: char| matches!(c, '&' | '<' | '>' | '"');
    let foreign = |c: char| c < ' ' && c != '\t' && c != '\n' || matches!(c, '\u{fffe}' | '\u{ffff}');
    if !text.contains(|c| markup(c) || foreign(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A reader would make a line break of it.
            '\r' => out.push_str("&#13;"),
            c if foreign(c) => out.push(picture(c)),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// One document on its way into TEI.
struct Text<'a> {
    document: &'a DocumentRecords,
    /// Stands before every id, so that ids of different documents differ.
    prefix: String,
    /// Of each record, in how many pieces its content stands in the XML, and how many of them are written.
    pieces: Vec<(usize, usize)>,
}

impl<'a> Text<'a> {
    fn new(document: &'a DocumentRecords) -> Self {
        let hash = Sha256::digest(&document.document);
        let prefix = hash.iter().take(4).fold("d".to_owned(), |prefix, byte| format!("{prefix}{byte:02x}"));
        Self { document, prefix, pieces: vec![(0, 0); document.records.len()] }
    }

    fn write(mut self, text: &str) -> String {
        let lines = lines(self.document, text);
        for step in lines.iter().flatten() {
            if let Step::Open { label: Label { record, role: Role::Content, .. }, .. } = step {
                self.pieces[*record].0 += 1;
            }
        }
        let about = &self.document.metadata;
        let source = [&about.byline, &about.site, &about.date, &about.url].into_iter().flatten();
        let source: Vec<&str> =
            [self.document.document.as_str()].into_iter().chain(source.map(String::as_str)).collect();
        let title = about.title.as_ref().unwrap_or(&self.document.document);
        let mut out = "<TEI>\n".to_owned() + &header(title, &source.join("; "), &self.people());
        out += "<text>\n<body>\n";
        for steps in &lines {
            out += "<p>";
            for step in steps {
                match step {
                    Step::Text(text) => out += &escaped(text),
                    Step::Open { label, .. } => self.open(*label, &mut out),
                    Step::Close { label, .. } => self.close(*label, &mut out),
                }
            }
            out += "</p>\n";
        }
        if lines.is_empty() {
            out += "<p/>\n";
        }
        out + "</body>\n</text>\n</TEI>\n"
    }

    fn id(&self, id: &str) -> String {
        format!("{}-{}", self.prefix, escaped(id))
    }

    fn open(&mut self, label: Label, out: &mut String) {
        let record = &self.document.records[label.record];
        let source = record.speaker.as_ref().and_then(|speaker| speaker.id.clone());
        let reference =
            |id: Option<Arc<str>>| id.map_or_else(String::new, |id| format!(" ref=\"#{}\"", self.id(&id)));
        *out += &match label.role {
            Role::Content => self.said(label.record),
            Role::Source => format!("<rs type=\"source\"{}>", reference(source)),
            Role::Addressee => format!("<rs type=\"addressee\"{}>", reference(self.to_whom(record))),
            Role::Via => "<rs type=\"via\">".to_owned(),
            Role::Cue => "<seg type=\"cue\">".to_owned(),
            Role::Setting => "<seg type=\"setting\">".to_owned(),
        };
    }

    /// One of the elements in which a content stands, joined to those before and behind it.
    fn said(&mut self, number: usize) -> String {
        let (count, written) = &mut self.pieces[number];
        *written += 1;
        let (count, here) = (*count, *written);
        let record = &self.document.records[number];
        let id = self.id(&record.id);
        let piece = |n: usize| if n == 1 { id.clone() } else { format!("{id}.{n}") };
        let mut attributes = format!(" xml:id=\"{}\"", piece(here));
        let mut add = |name: &str, value: &str| attributes += &format!(" {name}=\"{value}\"");
        if record.kind != Kind::Term {
            if let Some(id) = record.speaker.as_ref().and_then(|speaker| speaker.id.as_deref()) {
                add("who", &format!("#{}", self.id(id)));
            }
            if let Some(id) = self.to_whom(record) {
                add("toWhom", &format!("#{}", self.id(&id)));
            }
            add("direct", if record.kind == Kind::Indirect { "false" } else { "true" });
        }
        add("cert", &format!("{:.3}", record.confidence));
        if here > 1 {
            add("prev", &format!("#{}", piece(here - 1)));
        }
        if here < count {
            add("next", &format!("#{}", piece(here + 1)));
        }
        format!("<{}{attributes}>", element(record))
    }

    fn close(&self, label: Label, out: &mut String) {
        let element = match label.role {
            Role::Content => element(&self.document.records[label.record]),
            Role::Source | Role::Addressee | Role::Via => "rs",
            Role::Cue | Role::Setting => "seg",
        };
        let _ = write!(out, "</{element}>");
    }

    /// The id of whoever is spoken to: a speaker of that name, or somebody of the record's own.
    fn to_whom(&self, record: &Record) -> Option<Arc<str>> {
        let addressee = record.addressee.as_ref()?;
        let speaks = |speaker: &&SpeakerEntry| speaker.name.is_some() && speaker.name == addressee.name;
        let speaker = self.document.speakers.iter().find(speaks).map(|speaker| speaker.id.clone());
        Some(speaker.unwrap_or_else(|| format!("{}-to", record.id).into()))
    }

    /// Who speaks and who is spoken to.
    fn people(&self) -> String {
        let (mut persons, mut organizations) = (String::new(), String::new());
        for speaker in &self.document.speakers {
            let id = self.id(&speaker.id);
            let text = |element: &str, text: &Option<Arc<str>>| {
                text.as_ref()
                    .map_or_else(String::new, |text| format!("<{element}>{}</{element}>", escaped(text)))
            };
            let (named, note) = (&speaker.name, text("note", &speaker.description));
            let kind = name(speaker.kind);
            match speaker.kind {
                SpeakerKind::Organization | SpeakerKind::Document => {
                    organizations += &format!(
                        "<org xml:id=\"{id}\" type=\"{kind}\">{}{note}</org>\n",
                        text("orgName", named)
                    );
                }
                SpeakerKind::Group => {
                    persons += &format!(
                        "<personGrp xml:id=\"{id}\" role=\"{kind}\">{}{note}</personGrp>\n",
                        text("persName", named)
                    );
                }
                SpeakerKind::Person | SpeakerKind::Unnamed | SpeakerKind::Unknown => {
                    persons += &format!(
                        "<person xml:id=\"{id}\" role=\"{kind}\">{}{note}</person>\n",
                        text("persName", named)
                    );
                }
            }
        }
        let mut addressees = HashSet::new();
        for record in &self.document.records {
            let Some((id, addressee)) = self.to_whom(record).zip(record.addressee.as_ref()) else { continue };
            if self.document.speakers.iter().any(|speaker| speaker.id == id) || !addressees.insert(id.clone())
            {
                continue;
            }
            let shown = addressee.name.as_deref().unwrap_or(&addressee.passage.text);
            persons += &format!(
                "<person xml:id=\"{}\" role=\"addressee\"><persName>{}</persName></person>\n",
                self.id(&id),
                escaped(shown)
            );
        }
        let list = |element: &str, inside: String| match inside.as_str() {
            "" => inside,
            _ => format!("<{element}>\n{inside}</{element}>\n"),
        };
        let people = list("listPerson", persons) + &list("listOrg", organizations);
        if people.is_empty() {
            people
        } else {
            format!("<profileDesc>\n<particDesc>\n{people}</particDesc>\n</profileDesc>\n")
        }
    }
}

fn element(record: &Record) -> &'static str {
    if record.kind == Kind::Term { "soCalled" } else { "said" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Options;
    use crate::export::tests::{article, one, written};
    use pretty_assertions::assert_eq;

    /// Without markup, entities undone.
    fn plain(xml: &str) -> String {
        let text: String =
            xml.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
    }

    #[test]
    fn the_text_is_whole_and_everybody_has_an_id() {
        let (document, text) = article();
        let xml = one(&FORMAT, &document, text);
        let body = xml.split_once("<body>\n").unwrap().1.split_once("</body>").unwrap().0;
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(plain(body).lines().collect::<Vec<_>>(), lines);
        for at in xml.match_indices("=\"#").map(|(at, _)| at + 3) {
            let id = xml[at..].split('"').next().unwrap();
            assert_eq!(xml.matches(&format!("xml:id=\"{id}\"")).count(), 1, "{id}");
        }
        assert_eq!(body.matches("<said ").count(), body.matches("</said>").count());
        let indirect = document.records.iter().find(|record| record.quotes.is_empty()).unwrap();
        let said = format!("direct=\"false\" cert=\"{}\">The old ferry pier", indirect.confidence);
        assert!(body.contains(&said), "{body}");
    }

    #[test]
    fn an_interrupted_quotation_is_joined() {
        let (document, text) = article();
        let xml = one(&FORMAT, &document, text);
        let id = format!("{}-{}", Text::new(&document).prefix, document.records[1].id);
        for part in [format!("next=\"#{id}.2\">“We found"), format!("prev=\"#{id}\">“Nobody should")] {
            assert!(xml.contains(&part), "{part}");
        }
    }

    #[test]
    fn nothing_in_an_article_is_markup() {
        assert_eq!(escaped("<a b=\"c\">&amp;\u{1}\u{ffff}"), "&lt;a b=&quot;c&quot;&gt;&amp;amp;␁\u{fffd}");
        assert!(written(&FORMAT, &Options::default()).ends_with("</TEI>\n</teiCorpus>\n"));
    }
}
