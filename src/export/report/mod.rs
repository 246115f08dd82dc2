//! Report: one page that shows every text with its records, and needs nothing but a browser.
//!
//! Nothing is loaded from anywhere, and only the page's own script may run: its policy names the script by its hash,
//! and the templates escape every word of an article. Without scripts the page shows all it has.

mod index;
mod page;

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek, Write};

use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};

use super::{Format, Options, Out, Shape, Sink};
use crate::record::DocumentRecords;
use index::Index;
use page::Page;

pub(super) const FORMAT: Format = Format {
    name: "html",
    about: "A report for a browser: each text with its records, and an index of many",
    endings: &["html", "htm"],
    shape: Shape::File(|options, out| Ok(Box::new(Report::new(options, out)?))),
};

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
const FOOT: &str = include_str!("foot.html");
const TEMPLATES: [(&str, &str); 3] = [
    ("head.html", include_str!("head.html")),
    ("document.html", include_str!("document.html")),
    ("chart.svg", include_str!("chart.svg")),
];

struct Report<'a> {
    templates: Environment<'static>,
    grammar: String,
    /// What stands above the texts, known when all are read.
    index: Index,
    /// The texts, which stand below the index and are known before it.
    texts: BufWriter<File>,
    out: &'a mut Out,
}

impl<'a> Report<'a> {
    fn new(options: &Options, out: &'a mut Out) -> io::Result<Self> {
        let mut templates = Environment::new();
        templates.set_auto_escape_callback(|_| AutoEscape::Html);
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        for (name, source) in TEMPLATES {
            templates.add_template(name, source).map_err(io::Error::other)?;
        }
        let grammar = options.grammar.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        let texts = BufWriter::new(tempfile::tempfile()?);
        Ok(Self { templates, grammar, index: Index::default(), texts, out })
    }
}

impl Sink for Report<'_> {
    fn document(&mut self, document: &DocumentRecords, text: &str) -> io::Result<()> {
        let page = Page::new(self.index.len() + 1, document, text);
        self.index.add(document, &page);
        let voices = chart(&self.templates, page.chart())?;
        let template = self.templates.get_template("document.html").map_err(io::Error::other)?;
        let whole = context! { voices, ..Value::from(Serde(&page)) };
        let section = template.render(whole).map_err(io::Error::other)?;
        self.texts.write_all(section.as_bytes())
    }

    fn finish(&mut self) -> io::Result<()> {
        let head = self.templates.get_template("head.html").map_err(io::Error::other)?;
        let head = head.render(context! {
            voices => chart(&self.templates, self.index.voices())?,
            times => chart(&self.templates, self.index.times())?,
            style => STYLE,
            script => SCRIPT,
            style_hash => hash(STYLE),
            script_hash => hash(SCRIPT),
            version => env!("CARGO_PKG_VERSION"),
            grammar => self.grammar.as_str(),
            flags => page::FLAGS,
            ..Value::from(Serde(self.index.summary()))
        });
        self.out.write_all(head.map_err(io::Error::other)?.as_bytes())?;
        self.texts.flush()?;
        let mut texts = self.texts.get_ref();
        texts.rewind()?;
        io::copy(&mut BufReader::new(texts), self.out)?;
        self.out.write_all(FOOT.as_bytes())?;
        self.out.flush()
    }
}

/// As a content security policy names what it allows.
fn hash(text: &str) -> String {
    use base64::prelude::{BASE64_STANDARD, Engine};
    use sha2::{Digest, Sha256};
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// A bar for each of these; nothing where there are none.
struct Chart {
    id: String,
    title: &'static str,
    bars: Vec<(String, u64, String)>,
}

/// Of the longest bar.
const LONGEST: u64 = 360;
/// Characters of a label beside its bar; the description has all of it.
const LABEL: usize = 26;

fn chart(templates: &Environment<'_>, chart: Chart) -> io::Result<String> {
    let most = chart.bars.iter().map(|(_, value, _)| *value).max().unwrap_or(0);
    if most == 0 {
        return Ok(String::new());
    }
    let bars: Vec<_> = chart
        .bars
        .iter()
        .map(|(label, value, class)| {
            let short: String = label.chars().take(LABEL).collect();
            let short = if short.len() < label.len() { short + "…" } else { short };
            context! { label, short, value, class, width => (value * LONGEST).div_ceil(most) }
        })
        .collect();
    let template = templates.get_template("chart.svg").map_err(io::Error::other)?;
    template.render(context! { id => chart.id, title => chart.title, bars }).map_err(io::Error::other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{article, bytes, documents, one};
    use crate::record::Metadata;

    #[test]
    fn the_text_is_whole_and_every_record_has_its_row() {
        let (document, text) = article();
        let page = one(&FORMAT, &document, text);
        for record in &document.records {
            let id = &record.id;
            assert_eq!(page.matches(&format!("id=\"d1-{id}\"")).count(), 1, "{id}");
            assert_eq!(page.matches(&format!("<tr id=\"r-d1-{id}\"")).count(), 1, "{id}");
            assert_eq!(page.matches(&format!("class=\"ref\" href=\"#r-d1-{id}\"")).count(), 1, "{id}");
        }
        assert!(page.contains("who runs the kiosk at the gate"));
        assert!(!page.contains("id=\"index\""), "one text needs no index");
    }

    #[test]
    fn nothing_in_an_article_is_markup() {
        let evil = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'&lt;{{ 1234*4321 }}{% include 'x' %}\u{202e}";
        let (mut document, _) = article();
        let about = || Some(evil.to_owned());
        document.document = evil.into();
        document.metadata = Metadata {
            title: about(),
            byline: about(),
            date: about(),
            site: about(),
            url: Some(format!("javascript:alert(1)//{evil}")),
            columns: [].into(),
        };
        for record in &mut document.records {
            record.rule = evil.into();
            record.content.text = evil.into();
            let speaker = record.speaker.as_mut().unwrap();
            (speaker.name, speaker.text) = (Some(evil.into()), Some(evil.into()));
        }
        document.speakers.iter_mut().for_each(|speaker| speaker.name = Some(evil.into()));
        let page = one(&FORMAT, &document, &evil.repeat(60));
        assert_eq!(page.matches("<script").count(), 1, "the page's own");
        for part in ["<img", "href=\"javascript:", "5332114", "\u{202e}", "onerror=alert(1)>"] {
            assert!(!page.replace(STYLE, "").contains(part), "{part}");
        }
    }

    #[test]
    fn many_texts_have_an_index() {
        let page = String::from_utf8(bytes(&FORMAT, &Options::default())).unwrap();
        assert!(page.contains("id=\"index\"") && page.contains("href=\"#d2\""));
        assert!(page.contains("4 records in 2 texts"), "counts");
        assert!(page.contains("Maria Lopez: 2."), "share of voice");
    }

    #[test]
    fn the_policy_names_the_script_and_the_style_that_are_there() {
        let page = one(&FORMAT, &documents()[0], "");
        let policy = format!(
            "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
            hash(STYLE),
            hash(SCRIPT)
        );
        assert!(page.contains(&policy));
        assert!(
            page.contains(&format!("<style>{STYLE}</style>"))
                && page.contains(&format!("<script>{SCRIPT}</script>"))
        );
        assert!(!page.contains("style=\"") && !page.contains("onclick"));
        assert!(!SCRIPT.contains("</") && !STYLE.contains("</"));
    }
}
