//! Letters: what was written, and apart from it what it replies to.

use mail_parser::{Address, Message, MessageParser};

use super::Format;
use super::problem::Wrong;
use super::source::Source;
use super::text::{Body, Found};
use super::walk::{Flow, Place, Walk};
use crate::record::Metadata;

/// The letter, and as a document of its own the words of others that it quotes.
pub(super) fn letters(walk: &mut Walk<'_>, place: &Place, source: Source<'_>) -> Result<Flow, Wrong> {
    let size = source.size;
    let bytes = walk.options.limits.read(source, size)?;
    letter(walk, place, bytes)
}

/// A letter of these bytes.
pub(super) fn letter(walk: &mut Walk<'_>, place: &Place, bytes: Vec<u8>) -> Result<Flow, Wrong> {
    let message = parsed(&bytes)?;
    let Letter { own, quoted } = Letter::new(&body(&message)?);
    let metadata = metadata(&message);
    let found = Found {
        name: place.name.clone(),
        format: Format::Email,
        body: Body::Taken { text: own, bytes },
        metadata: metadata.clone(),
    };
    let flow = walk.document(found);
    if flow.is_break() || quoted.is_empty() {
        return Ok(flow);
    }
    // Who wrote these, and when, their own letter would tell.
    let metadata = Metadata { title: metadata.title, ..Metadata::default() };
    let name = format!("{}#quoted", place.name);
    Ok(walk.document(Found { name, format: Format::Email, body: Body::Text(quoted), metadata }))
}

/// The page in a letter to oneself, which is how browsers save a page with its pictures.
#[cfg(feature = "read-mhtml")]
pub(super) fn page(bytes: &[u8], options: &super::Options) -> Result<super::text::Taken, Wrong> {
    use super::text::Taken;
    let message = parsed(bytes)?;
    let page = message
        .parts
        .iter()
        .find_map(|part| part.is_text_html().then(|| part.text_contents()).flatten())
        .ok_or_else(|| Wrong::broken("this page", "no part of it is a web page"))?;
    let (text, mut metadata) = super::html::of_page(page, options.whole_pages)?;
    let from = message.header_raw("Snapshot-Content-Location").or(message.header_raw("Content-Location"));
    metadata.url = metadata.url.or_else(|| from.map(|url| url.trim().to_owned()));
    metadata.title = metadata.title.or_else(|| message.subject().map(str::to_owned));
    Ok(Taken { metadata, ..Taken::text(text) })
}

fn parsed(bytes: &[u8]) -> Result<Message<'_>, Wrong> {
    MessageParser::default().parse(bytes).ok_or_else(|| Wrong::broken("this letter", "it has no head"))
}

fn metadata(message: &Message<'_>) -> Metadata {
    let from = message.from().or_else(|| message.sender()).and_then(Address::first);
    let byline = from.and_then(|from| match (from.name(), from.address()) {
        (Some(name), Some(address)) => Some(format!("{name} <{address}>")),
        (name, address) => name.or(address).map(str::to_owned),
    });
    Metadata {
        title: message.subject().map(str::to_owned),
        byline,
        date: message.date().map(mail_parser::DateTime::to_rfc3339),
        ..Metadata::default()
    }
}

/// The text part, or what a reader would see of the page that there is instead.
fn body(message: &Message<'_>) -> Result<String, Wrong> {
    #[cfg(feature = "read-html")]
    if let Some(page) =
        message.text_part(0).filter(|part| part.is_text_html()).and_then(|part| part.text_contents())
    {
        return super::html::whole_text(page);
    }
    Ok(message.body_text(0).unwrap_or_default().into_owned())
}

/// A letter, its own words and those of others in it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Letter {
    own: String,
    quoted: String,
}

impl Letter {
    fn new(text: &str) -> Self {
        let mut letter = Self::default();
        let lines: Vec<&str> = text.lines().collect();
        for (n, line) in lines.iter().enumerate() {
            if let Some(quoted) = line.strip_prefix('>') {
                let inner = quoted.trim_start_matches(['>', ' ']);
                letter.quoted.push_str(inner);
                letter.quoted.push('\n');
            } else if introduces(line, &lines[n + 1..]) {
                letter.quoted.push('\n');
            } else {
                letter.own.push_str(line);
                letter.own.push('\n');
            }
        }
        Self { own: letter.own.trim().to_owned(), quoted: letter.quoted.trim().to_owned() }
    }
}

/// *On Tuesday, Ana Roe wrote:* right above lines of others: a line that ends with a colon.
fn introduces(line: &str, behind: &[&str]) -> bool {
    let next = behind.iter().take(2).find(|line| !line.trim().is_empty());
    line.trim_end().ends_with(':') && next.is_some_and(|next| next.starts_with('>'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn words_of_others_are_apart() {
        let letter = Letter::new(
            "Dear Bo,\n\nno.\n\nOn Tuesday, Bo Orr wrote:\n> Will it\n> float?\n>> I ask.\n\nAna\n",
        );
        assert_eq!(letter.own, "Dear Bo,\n\nno.\n\n\nAna");
        assert_eq!(letter.quoted, "Will it\nfloat?\nI ask.");
        assert_eq!(Letter::new("She said:\n\nNo.").quoted, "");
    }
}
