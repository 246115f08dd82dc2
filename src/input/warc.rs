//! Web archives: pages and texts that a crawler fetched, with their addresses and dates.

use std::io::{BufRead, Read, Take};

use super::Format;
use super::problem::Wrong;
use super::source::Source;
use super::walk::{Flow, Place, Walk};
use crate::record::Metadata;

/// The head of a record or of a response has no more bytes.
const HEAD: u64 = 64 << 10;
/// Nor more fields.
const FIELDS: usize = 128;

/// A document for each response that is a page or a text.
pub(super) fn records(walk: &mut Walk<'_>, place: &Place, source: Source<'_>) -> Result<Flow, Wrong> {
    let mut reader = source.buffered();
    let mut number = 0_u64;
    loop {
        number += 1;
        let at = |wrong: Wrong| wrong.at(format!("record {number}"));
        let Some(head) = head(&mut reader).map_err(at)? else { return Ok(Flow::Continue(())) };
        if !head.version.starts_with("WARC/") {
            return Err(at(Wrong::broken("this web archive", "a record does not begin as one")));
        }
        walk.count_entry()?;
        let length = head.field("Content-Length").and_then(|length| length.parse().ok());
        let length: u64 = length
            .ok_or_else(|| at(Wrong::broken("this web archive", "a record does not say how long it is")))?;
        let mut content = reader.by_ref().take(length);
        let flow = record(walk, place, number, &head, &mut content);
        // What nobody read of it is passed over.
        std::io::copy(&mut content, &mut std::io::sink())?;
        if flow.is_break() {
            return Ok(flow);
        }
    }
}

/// A page or a text in a record; anything else is passed over.
fn record(
    walk: &mut Walk<'_>,
    place: &Place,
    number: u64,
    head: &Head,
    content: &mut Take<&mut impl BufRead>,
) -> Flow {
    let url = head.field("WARC-Target-URI").map(|url| url.trim_matches(['<', '>']).to_owned());
    let here = Place {
        name: format!("{}#{}", place.name, url.clone().unwrap_or_else(|| number.to_string())),
        file: url.clone().unwrap_or_default(),
        depth: place.depth + 1,
        metadata: Metadata { date: head.field("WARC-Date").map(str::to_owned), url, ..Metadata::default() },
        ..Place::default()
    };
    let kind = head.field("WARC-Type").unwrap_or_default();
    match kind {
        "response" => match response(content) {
            Ok(Some(response)) => response.open(walk, here, content),
            Ok(None) => Flow::Continue(()),
            Err(wrong) => walk.problem(&here, wrong),
        },
        "resource" => match Kind::of(head.field("Content-Type").unwrap_or_default()) {
            Some(kind) => walk.open(
                &Place { format: Some(kind.format), encoding: kind.encoding, ..here },
                Source::stream(content),
            ),
            None => Flow::Continue(()),
        },
        _ => Flow::Continue(()),
    }
}

/// What a server answered.
struct Response {
    kind: Kind,
    chunked: bool,
    packed: Option<Format>,
}

impl Response {
    fn open(self, walk: &mut Walk<'_>, here: Place, content: &mut Take<&mut impl BufRead>) -> Flow {
        let Self { kind, chunked, packed } = self;
        let here = Place { format: Some(kind.format), encoding: kind.encoding, ..here };
        let plain: Box<dyn BufRead + '_> =
            if chunked { Box::new(std::io::BufReader::new(Chunks::new(content))) } else { Box::new(content) };
        let bytes: Box<dyn Read + '_> = match packed {
            None => plain,
            Some(_) => Box::new(walk.bounded(flate2::bufread::MultiGzDecoder::new(plain))),
        };
        walk.open(&here, Source::stream(bytes))
    }
}

/// The head of a response, none if it is no page and no text, or says that there is none.
fn response(content: &mut impl BufRead) -> Result<Option<Response>, Wrong> {
    let Some(head) = head(content)? else { return Ok(None) };
    let answered = head.version.split(' ').nth(1).is_some_and(|status| status.starts_with('2'));
    let Some(kind) = Kind::of(head.field("Content-Type").unwrap_or_default()).filter(|_| answered) else {
        return Ok(None);
    };
    let packed = match head.field("Content-Encoding").map(str::trim) {
        None | Some("" | "identity") => None,
        Some(name) if ["gzip", "x-gzip"].iter().any(|gzip| name.eq_ignore_ascii_case(gzip)) => {
            Some(Format::Gzip)
        }
        Some(name) => {
            return Err(Wrong::new(
                format!("the server packed it as {name}, which cannot be read"),
                "record it again without that encoding",
            ));
        }
    };
    let chunked = head.field("Transfer-Encoding").is_some_and(|how| how.eq_ignore_ascii_case("chunked"));
    Ok(Some(Response { kind, chunked, packed }))
}

/// `text/html; charset=latin1`.
struct Kind {
    format: Format,
    encoding: Option<String>,
}

impl Kind {
    fn of(content_type: &str) -> Option<Self> {
        let mut parts = content_type.split(';').map(str::trim);
        let format = match parts.next()?.to_ascii_lowercase().as_str() {
            "text/html" | "application/xhtml+xml" => Format::Html,
            "text/plain" => Format::Text,
            _ => return None,
        };
        let charset = parts.find_map(|part| {
            let (name, value) = part.split_once('=')?;
            name.eq_ignore_ascii_case("charset").then(|| value.trim_matches('"').to_owned())
        });
        Some(Self { format, encoding: charset })
    }
}

/// The head of a record or a response: a first line and fields.
struct Head {
    version: String,
    fields: Vec<(String, String)>,
}

impl Head {
    fn field(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        field.map(|(_, value)| value.as_str())
    }
}

/// Reads a head and the blank line behind it; none at the end.
fn head(reader: &mut impl BufRead) -> Result<Option<Head>, Wrong> {
    let mut reader = reader.take(HEAD);
    let mut line = Vec::new();
    let mut first = String::new();
    let mut fields: Vec<(String, String)> = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line).trim_end().to_owned();
        line.clear();
        if first.is_empty() {
            // Records have blank lines behind them.
            first = text;
        } else if text.is_empty() {
            return Ok(Some(Head { version: first, fields }));
        } else if let Some((name, value)) = text.split_once(':').filter(|_| fields.len() < FIELDS) {
            fields.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }
    if first.is_empty() {
        return Ok(None);
    }
    Err(Wrong::broken("this web archive", "a head does not end"))
}

/// A body that came in pieces, each with its length before it.
struct Chunks<R> {
    reader: R,
    left: u64,
    done: bool,
}

impl<R: BufRead> Chunks<R> {
    fn new(reader: R) -> Self {
        Self { reader, left: 0, done: false }
    }

    fn next(&mut self) -> std::io::Result<()> {
        let mut line = Vec::new();
        while line.trim_ascii().is_empty() {
            line.clear();
            if self.reader.by_ref().take(HEAD).read_until(b'\n', &mut line)? == 0 {
                self.done = true;
                return Ok(());
            }
        }
        let text = String::from_utf8_lossy(&line);
        let digits = text.split(';').next().unwrap_or_default().trim();
        self.left = u64::from_str_radix(digits, 16)
            .map_err(|_| std::io::Error::new(std::io::ErrorKind::InvalidData, "a piece has no length"))?;
        self.done = self.left == 0;
        Ok(())
    }
}

impl<R: BufRead> Read for Chunks<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.left == 0 && !self.done {
            self.next()?;
        }
        if self.done {
            return Ok(0);
        }
        let count = self.reader.by_ref().take(self.left).read(buffer)?;
        self.left -= count as u64;
        self.done = count == 0 && !buffer.is_empty();
        Ok(count)
    }
}
