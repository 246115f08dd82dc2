//! Web pages: the article in it, or the whole page.

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};

use super::Options;
use super::problem::Wrong;
use super::text::Taken;
use crate::document::decode::{Decoded, decode_labelled};
use crate::record::Metadata;

/// The head of a page names its encoding within so many bytes.
const HEAD: usize = 1024;
/// What is shown to nobody.
const UNSEEN: &str = "script, style, noscript, template, head, iframe, svg, object";
/// An article has at least so many letters; a page of which less is found is read whole.
const SHORTEST: usize = 200;
/// No page that people read nests its elements deeper, and time grows with depth.
const DEEPEST: usize = 1000;
/// Nor has one more of them.
const ELEMENTS: usize = 4_000_000;

/// The text of a page and what it says of itself.
pub(super) fn read(bytes: &[u8], encoding: Option<&str>, options: &Options) -> Result<Taken, Wrong> {
    let declared = encoding.map(str::to_owned).or_else(|| declared(bytes));
    let page = decode_labelled(bytes, declared.as_deref())
        .map_err(|no| Wrong::new(no.what(), "save the page again as a web page"))?;
    let (text, metadata) = of_page(&page.text, options.whole_pages)?;
    Ok(Taken { metadata, ..Taken::new(Decoded::taken(text, page.encoding)) })
}

/// The encoding that a page names: `<meta charset="latin1">`, `content="text/html; charset=latin1"`.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let metas = head.match_indices("<meta").map(|(at, _)| head[at..].split('>').next().unwrap_or_default());
    metas.filter_map(|meta| meta.split_once("charset=")).find_map(|(_, label)| {
        let label = label.trim_start_matches(['"', '\'', ' ']);
        let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
        let label = &label[..end.unwrap_or(label.len())];
        (!label.is_empty()).then(|| label.to_owned())
    })
}

/// The text of a page that is already decoded.
pub(super) fn of_page(page: &str, whole: bool) -> Result<(String, Metadata), Wrong> {
    let document = parsed(page)?;
    let attribute =
        |of: &str, name: &str| document.select_single(of).attr(name).map(|value| value.to_string());
    let canonical = attribute("link[rel='canonical']", "href");
    let time = attribute("time[datetime]", "datetime");
    let headline = filled(document.select_single("h1").text());
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let mut reader = Readability::with_document(document, None, Some(config))
        .map_err(|error| Wrong::broken("this page", error))?;
    let said = reader.get_article_metadata(reader.parse_json_ld());
    let mut metadata = Metadata {
        title: title(filled(said.title), headline.clone()),
        byline: said.byline.and_then(filled),
        date: said.published_time.and_then(filled).or_else(|| time.and_then(filled)),
        site: said.site_name.and_then(filled),
        url: canonical.and_then(filled).or_else(|| said.url.and_then(filled)),
        ..Metadata::default()
    };
    let article = if whole { None } else { reader.parse().ok() };
    let Some(article) = article.filter(|article| article.length >= SHORTEST) else {
        return Ok((whole_text(page)?, metadata));
    };
    metadata.byline = metadata.byline.or_else(|| article.byline.and_then(filled));
    metadata.title = title(filled(article.title), headline).or(metadata.title);
    let text = article.text_content.trim();
    Ok((headed(metadata.title.as_deref(), text), metadata))
}

/// Everything that a page shows, menus too.
pub(super) fn whole_text(page: &str) -> Result<String, Wrong> {
    let document = parsed(page)?;
    document.select(UNSEEN).remove();
    Ok(document.formatted_text().trim().to_owned())
}

/// The page as a tree that can be walked without running out of stack, time or memory.
fn parsed(page: &str) -> Result<Document, Wrong> {
    let too_much = |what: String| Wrong::new(what, "save it as text in a browser");
    let too_deep = || too_much(format!("this page nests its elements more than {DEEPEST} deep"));
    let tags = Tags::count(page);
    if tags.elements > ELEMENTS {
        return Err(too_much(format!("this page unfolds to more than {ELEMENTS} elements")));
    }
    if tags.depth > DEEPEST {
        return Err(too_deep());
    }
    let document = Document::from(page);
    // Tags only seem to say how deep it is.
    if deepest(&document) > DEEPEST { Err(too_deep()) } else { Ok(document) }
}

/// The headline where the title of the page is that and more, as in *Goat found | The Echo*.
fn title(title: Option<String>, headline: Option<String>) -> Option<String> {
    match (title, headline) {
        (Some(title), Some(headline)) if title.starts_with(&headline) => Some(headline),
        (title, headline) => title.or(headline),
    }
}

/// The headline is part of what was published, though not of the article’s own element.
fn headed(title: Option<&str>, text: &str) -> String {
    match title {
        Some(title) if !text.starts_with(title) => format!("{title}\n\n{text}"),
        _ => text.to_owned(),
    }
}

fn filled(text: impl AsRef<str>) -> Option<String> {
    let text = text.as_ref().split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// How deep the tree is.
fn deepest(document: &Document) -> usize {
    let (mut depth, mut deepest, mut next) = (0_usize, 0, document.root().first_child());
    while let Some(node) = next {
        depth += 1;
        deepest = deepest.max(depth);
        next = node.first_child();
        let mut behind = node;
        while next.is_none() {
            depth -= 1;
            next = behind.next_sibling();
            match behind.parent() {
                Some(parent) if depth > 0 => behind = parent,
                _ => break,
            }
        }
    }
    deepest
}

/// What the tags of a page ask for before it is parsed, which takes time by depth.
#[derive(Default)]
struct Tags {
    depth: usize,
    /// Elements at most: one that marks words and is not closed is opened anew in every paragraph behind it.
    elements: usize,
}

impl Tags {
    fn count(page: &str) -> Self {
        let mut tags = Self::default();
        let (mut depth, mut marking) = (0_usize, [0_usize; MARKING.len()]);
        for (at, _) in page.match_indices('<') {
            let closes = page[at + 1..].starts_with('/');
            let tag = &page[at + 1 + usize::from(closes)..];
            let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
            let is = |name: &&str| tag[..end].eq_ignore_ascii_case(name);
            if end == 0 || VOID.iter().any(is) && closes {
                continue;
            }
            let marks = MARKING.iter().position(is);
            if closes {
                depth = depth.saturating_sub(1);
                if let Some(n) = marks {
                    marking[n] = marking[n].saturating_sub(1);
                }
                continue;
            }
            tags.elements += 1 + marking.iter().sum::<usize>();
            depth += usize::from(!VOID.iter().any(is));
            tags.depth = tags.depth.max(depth);
            if let Some(n) = marks {
                marking[n] += 1;
            }
        }
        tags
    }
}

/// Elements that nobody closes.
const VOID: [&str; 20] = [
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "link", "meta", "source",
    "track", "wbr", "p", "li", "td", "tr", "option",
];
/// Elements that mark words.
const MARKING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    const PAGE: &str = "<!doctype html><html><head><meta charset=\"utf-8\"><title>Goat found | The Echo</title>
        <link rel=canonical href=\"https://example.org/goat\"><meta property=\"og:site_name\" content=\"The Echo\">
        <meta property=\"article:published_time\" content=\"2024-03-05\"><meta name=author content=\"Ana Roe\"></head>
        <body><nav><a href=/>Home</a> <a href=/s>Sport</a></nav><article><h1>Goat found</h1>
        <p>The goat, which had been missing since the Tuesday before, was found in the vestry of the church.</p>
        <p>“It ate a hymn book,” Bo Orr, the vicar, told the paper on the steps of the church that evening.</p>
        <p>Nobody could say how it came there, and the owner of the hat did not want to talk about it at all.</p>
        </article><script>var x = 'no';</script><footer>About us</footer></body></html>";

    #[test]
    fn an_article_is_told_from_its_furniture() {
        let (text, metadata) = of_page(PAGE, false).unwrap();
        assert!(text.starts_with("Goat found\n\nThe goat, which"), "{text}");
        assert!(text.contains("evening.\n\nNobody"), "{text}");
        assert!(!text.contains("Sport") && !text.contains("About us"), "{text}");
        let said = [metadata.byline, metadata.date, metadata.site, metadata.url];
        assert_eq!(
            said.map(Option::unwrap),
            ["Ana Roe", "2024-03-05", "The Echo", "https://example.org/goat"]
        );
    }

    #[test]
    fn a_whole_page_has_its_menus() {
        let (text, _) = of_page(PAGE, true).unwrap();
        assert!(text.contains("Sport") && text.contains("About us") && text.contains("hymn book"), "{text}");
        assert!(!text.contains("var x"), "{text}");
    }

    #[test]
    fn a_page_says_its_encoding() {
        for head in ["<meta charset=latin1>", "<META HTTP-EQUIV=x CONTENT=\"text/html; charset=latin1\">"] {
            assert_eq!(declared(head.as_bytes()).as_deref(), Some("latin1"));
        }
        let taken = read(
            b"<html><meta charset='windows-1252'><p>\x93Na\xefve,\x94 he said.",
            None,
            &Options::default(),
        );
        let taken = taken.unwrap();
        assert_eq!((&*taken.decoded.text, taken.decoded.encoding), ("“Naïve,” he said.", "windows-1252"));
        assert_eq!(taken.decoded.byte_offset(0), None);
    }

    #[test]
    fn a_page_without_an_end_is_refused() {
        let depth = |page: &str| of_page(page, false).unwrap_err().to_string();
        let deep = "this page nests its elements more than 1000 deep; save it as text in a browser";
        assert_eq!(depth(&"<div>".repeat(100_000)), deep);
        assert_eq!(depth(&"<span></i>".repeat(3_000)), deep);
        let marks: String = (0..900).map(|n| format!("<b id={n}>")).collect();
        let message = depth(&(marks + &"<p>One.".repeat(10_000)));
        assert_eq!(message, "this page unfolds to more than 4000000 elements; save it as text in a browser");
        assert!(of_page(&"<p>One.".repeat(1_000), true).is_ok());
    }

    #[test]
    fn depth_is_that_of_the_tree() {
        assert_eq!(deepest(&Document::from("")), deepest(&Document::from("<html><body>")));
        let depth = |page: &str| deepest(&Document::from(page));
        assert_eq!(depth("<div><div><i>a</i></div><b>c</b></div>"), depth("<div>") + 3);
        assert_eq!(depth("<p>a<p>b<p>c"), depth("<p>a"));
    }
}
