//! Which format is this? The content decides, and the name where the content leaves it open.

use std::borrow::Cow;

use encoding_rs::Encoding;

use super::Format;
use super::table;

/// Bytes looked at.
pub(super) const SAMPLE: usize = 8192;

/// Beginnings that belong to one format alone.
const SIGNATURES: &[(&[u8], Format)] = &[
    (b"%PDF-", Format::Pdf),
    (b"{\\rtf", Format::Rtf),
    (b"PAR1", Format::Parquet),
    (b"\x1f\x8b", Format::Gzip),
    (b"\x28\xb5\x2f\xfd", Format::Zstd),
    (b"BZh", Format::Bzip2),
    (b"\xfd7zXZ\0", Format::Xz),
    (b"WARC/1.", Format::Warc),
];

/// The format of an input that begins like this and has this name.
pub(super) fn format(head: &[u8], name: &str) -> Format {
    let named = Format::of_name(name);
    if let Some(&(_, format)) = SIGNATURES.iter().find(|(start, _)| head.starts_with(start)) {
        return format;
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return zipped(head, named);
    }
    if head.get(257..262) == Some(b"ustar") {
        return Format::Tar;
    }
    let text = text(head);
    let start = text.trim_start();
    let said = subtitles(start)
        .or_else(|| page(start))
        .or_else(|| letter(start))
        .or_else(|| mailbox(start))
        .or_else(|| json(start, named))
        .or_else(|| named.is_none().then(|| table::looks_like(start)).flatten());
    said.unwrap_or(match named {
        // Of the others something at the beginning would have told.
        Some(
            format @ (Format::Csv
            | Format::Tsv
            | Format::Html
            | Format::Mhtml
            | Format::Email
            | Format::Mbox
            | Format::Json
            | Format::JsonLines
            | Format::Subtitles),
        ) => format,
        _ => Format::Text,
    })
}

/// Names with which the parts of an Office document begin; other archives begin with a file of somebody’s.
const PARTS: [&[u8]; 6] = [b"[Content_Types].xml", b"_rels/", b"docProps/", b"customXml/", b"word/", b"xl/"];

/// What a ZIP archive is that is a document: these show it by their first entry.
fn zipped(head: &[u8], named: Option<Format>) -> Format {
    // The name of an entry stands this far behind where the entry begins.
    let entry = head.get(30..).unwrap_or_default();
    let holds = |piece: &[u8]| memchr::memmem::find(entry, piece).is_some();
    if entry.starts_with(b"mimetypeapplication/epub+zip") {
        return Format::Epub;
    }
    if entry.starts_with(b"mimetypeapplication/vnd.oasis.opendocument.text") {
        return Format::Odt;
    }
    if PARTS.iter().any(|part| entry.starts_with(part)) {
        if holds(b"word/") {
            return Format::Docx;
        }
        if holds(b"xl/") {
            return Format::Xlsx;
        }
    }
    match named {
        Some(format @ (Format::Docx | Format::Odt | Format::Epub | Format::Xlsx)) => format,
        _ => Format::Zip,
    }
}

/// As text, whatever cannot be read replaced.
fn text(head: &[u8]) -> Cow<'_, str> {
    match Encoding::for_bom(head) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling(&head[mark..]).0,
        // Most are UTF-8, of which this is sure several times sooner.
        None => str::from_utf8(head).map_or_else(|_| String::from_utf8_lossy(head), Cow::Borrowed),
    }
}

fn subtitles(text: &str) -> Option<Format> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next()?;
    let vtt = first == "WEBVTT" || first.starts_with("WEBVTT ") || first.starts_with("WEBVTT\t");
    let number = || first.bytes().all(|b| b.is_ascii_digit());
    let mut srt = || number() && lines.next().is_some_and(|line| line.contains(" --> "));
    (vtt || srt()).then_some(Format::Subtitles)
}

fn page(text: &str) -> Option<Format> {
    let mut rest = text;
    loop {
        let behind = |open: &str, close: &str| {
            rest.strip_prefix(open)?.split_once(close).map(|(_, behind)| behind.trim_start())
        };
        match behind("<!--", "-->").or_else(|| behind("<?xml", "?>")) {
            Some(behind) => rest = behind,
            None => break,
        }
    }
    let begins = |tag: &str| rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    ["<!doctype html", "<html", "<head", "<body"].into_iter().any(begins).then_some(Format::Html)
}

/// A letter as it was sent, and not one that somebody typed: only mail programs write these fields.
fn letter(text: &str) -> Option<Format> {
    let head = text.split("\n\n").next()?.split("\r\n\r\n").next()?;
    let mut page = false;
    let mut sent = false;
    for line in head.lines() {
        let carried_on = line.starts_with([' ', '\t']);
        let (name, value) = match line.split_once(':') {
            _ if carried_on => continue,
            Some((name, value)) if name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') => {
                (name, value)
            }
            _ => return None,
        };
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        page |= is("Snapshot-Content-Location") || value.trim() == "<Saved by Blink>";
        sent |=
            ["MIME-Version", "Received", "Return-Path", "Message-ID", "DKIM-Signature"].into_iter().any(is);
    }
    match (page, sent) {
        (true, _) => Some(Format::Mhtml),
        (false, true) => Some(Format::Email),
        (false, false) => None,
    }
}

/// A line that says from whom and when, and below it a letter.
fn mailbox(text: &str) -> Option<Format> {
    let (_, below) = text.strip_prefix("From ")?.split_once('\n')?;
    letter(below).map(|_| Format::Mbox)
}

fn json(text: &str, named: Option<Format>) -> Option<Format> {
    let object = |text: &str| {
        let inner = text.strip_prefix('{')?.trim_start();
        inner.starts_with(['"', '}']).then_some(())
    };
    if let Some(inside) = text.strip_prefix('[') {
        return object(inside.trim_start()).map(|()| Format::Json);
    }
    object(text)?;
    if let Some(format @ (Format::Json | Format::JsonLines)) = named {
        return Some(format);
    }
    // A line that ends within the sample is a whole object or none.
    let line = text.lines().next()?;
    let whole =
        line.len() == text.trim_end().len() || serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok();
    Some(if whole { Format::JsonLines } else { Format::Json })
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn the_content_decides_before_the_name() {
        let page = "\u{feff} <!-- saved -->\n<!DOCTYPE HTML><title>x</title>";
        let wide: Vec<u8> =
            [0xff, 0xfe].into_iter().chain("<html>".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let mut tar = vec![0; 512];
        tar[257..262].copy_from_slice(b"ustar");
        for (head, name, expected) in [
            (page.as_bytes(), "a.txt", Format::Html),
            (&wide, "a", Format::Html),
            (b"<?xml version=\"1.0\"?>\n<html xmlns=\"x\">", "a", Format::Html),
            (b"%PDF-1.7", "a.txt", Format::Pdf),
            (b"\x1f\x8b\x08", "a.txt", Format::Gzip),
            (&tar, "a", Format::Tar),
            (b"WARC/1.0\r\n", "a", Format::Warc),
            (b"WEBVTT\n\n", "a.txt", Format::Subtitles),
            (b"1\n00:00:01,000 --> 00:00:02,000\nHi.\n", "a.txt", Format::Subtitles),
            (b"Received: from x\r\n by y\r\nSubject: a\r\n\r\nHi: you", "a.txt", Format::Email),
            (b"From ana@echo.example Tue Mar  5 09:30:00 2024\nMIME-Version: 1.0\n\nHi", "a", Format::Mbox),
            (b"From: <Saved by Blink>\r\nSubject: a\r\n\r\n", "a", Format::Mhtml),
            (b"{\"text\": \"a\"}\n{\"text\": \"b\"}\n", "-", Format::JsonLines),
            (b"{\"text\": \"a\"}", "-", Format::JsonLines),
            (b"{\n \"text\": \"a\"\n}", "-", Format::Json),
            (b"[\n {\"text\": 1}]", "a.txt", Format::Json),
            (b"id;date;text\n1;2;x", "-", Format::Csv),
            (b"PK\x03\x04__________________________mimetypeapplication/epub+zip", "a.zip", Format::Epub),
            (b"PK\x03\x04__________________________word/document.xml", "a", Format::Docx),
            (b"PK\x03\x04__________________________news/a.docxPK\x03\x04word/document.xml", "a", Format::Zip),
        ] {
            assert_eq!(format(head, name), expected, "{name}: {}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn the_name_decides_where_the_content_does_not() {
        for (head, name, expected) in [
            (&b"a,b\n"[..], "a.csv", Format::Csv),
            (b"a,b\n", "a.txt", Format::Text),
            (b"<p>Hi.", "a.html", Format::Html),
            (b"Hi.", "a.eml", Format::Email),
            (b"PK\x03\x04", "a.docx", Format::Docx),
            (b"PK\x03\x04", "a.zip", Format::Zip),
            (b"not one", "a.pdf", Format::Text),
            (b"", "a.json", Format::Json),
        ] {
            assert_eq!(format(head, name), expected, "{name}");
        }
    }

    #[test]
    fn a_typed_letter_and_a_bracket_are_text() {
        for text in [
            "From: Ada\nTo: The Committee\nSubject: the pond\n\nHal wrote:",
            "[Editor's note: this is old.]",
            "{sic}, she wrote.",
            "Note: text, body and soul",
            "1\n2\n",
        ] {
            assert_eq!(format(text.as_bytes(), "-"), Format::Text, "{text}");
        }
    }
}
