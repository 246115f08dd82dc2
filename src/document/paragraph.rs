//! Text into paragraphs: one a line, or one a block where the lines of a paragraph were wrapped.

use super::kind::kinds;
use super::{Paragraph, ParagraphKind};
use crate::lexicon::Lexicon;
use crate::span::Span;

/// A block is wrapped only if its longest line has this many characters.
const NARROWEST: usize = 45;
/// A block with a line of more characters is not wrapped.
const WIDEST: usize = 100;
/// A wrapped line may end this many characters before its neighbour's first word would have to.
const SLACK: usize = 6;
/// A run of letters with this many capitalised pieces is no word but several that lost their separators.
const HUMPS: usize = 4;

/// The paragraphs of a text, in order and without white space at their ends.
///
/// `Ferry stops\n\n“It is over,” said Ana.\n` gives a heading and a body paragraph. A line is a paragraph, except
/// that the lines of a block between blank lines are one where they look wrapped: each is full and some break in
/// mid-sentence. Lines of mail that quote (`>`) stay apart; lines of `%` separate.
pub fn paragraphs(text: &str, lexicon: &Lexicon) -> Vec<Paragraph> {
    let mut spans = Vec::new();
    let mut block: Vec<Span> = Vec::new();
    for line in lines(text) {
        let content = trimmed(text, line);
        let separates = content.is_empty() || content.of(text) == "%";
        if !separates {
            block.push(content);
        }
        if separates || content.of(text).starts_with('>') {
            join_block(text, &mut block, &mut spans);
        }
    }
    join_block(text, &mut block, &mut spans);
    let kinds = kinds(text, &spans, lexicon);
    let mut paragraphs = Vec::with_capacity(spans.len());
    for (span, kind) in spans.into_iter().zip(kinds) {
        unglue(text, Paragraph { span, kind }, &mut paragraphs);
    }
    paragraphs
}

/// The lines of a text without their ends: LF, CR LF, CR, form feed, and the two separators of Unicode.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut rest = Some(0);
    std::iter::from_fn(move || {
        let start = rest?;
        let found = text[start..].find(['\n', '\r', '\u{c}', '\u{2028}', '\u{2029}']);
        let end = found.map_or(text.len(), |at| start + at);
        rest = text[end..].chars().next().map(|c| {
            let crlf = text[end..].starts_with("\r\n");
            end + if crlf { 2 } else { c.len_utf8() }
        });
        Some(Span::new(start, end))
    })
}

fn trimmed(text: &str, line: Span) -> Span {
    let blank = |c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}';
    let content = line.of(text);
    let start = line.start as usize + content.len() - content.trim_start_matches(blank).len();
    let length = text[start..line.end as usize].trim_end_matches(blank).len();
    Span::new(start, start + length)
}

/// Moves the lines of a block to the paragraphs, wrapped ones joined.
fn join_block(text: &str, block: &mut Vec<Span>, spans: &mut Vec<Span>) {
    let width = wrapped_at(text, block);
    let mut last: Option<Span> = None;
    for line in block.drain(..) {
        match (last, width, spans.last_mut()) {
            (Some(before), Some(width), Some(paragraph)) if full(text, before, line, width) => {
                *paragraph = paragraph.join(line);
            }
            _ => spans.push(line),
        }
        last = Some(line);
    }
}

/// The width at which the lines of a block were wrapped, if they were: nearly all that are followed by another are
/// full, and at least one of those, as well as every third, breaks in mid-sentence.
fn wrapped_at(text: &str, block: &[Span]) -> Option<usize> {
    let width = block.iter().map(|line| line.of(text).chars().take(WIDEST + 1).count()).max()?;
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let pairs = || block.windows(2).map(|pair| (pair[0], pair[1]));
    let all = block.len() - 1;
    let full_ones = pairs().filter(|&(line, next)| full(text, line, next, width)).count();
    let broken = pairs().filter(|&(line, next)| full(text, line, next, width) && broken(text, line, next)).count();
    (broken > 0 && broken * 3 >= all && full_ones * 4 >= all * 3).then_some(width)
}

/// The next line's first word would not have fitted behind the line.
fn full(text: &str, line: Span, next: Span, width: usize) -> bool {
    let next = next.of(text);
    if next.starts_with(['>', '•', '*', '|']) || next.starts_with("--") || line.of(text).starts_with('>') {
        return false;
    }
    let word = next.split_whitespace().next().map_or(0, |w| w.chars().count());
    line.of(text).chars().count() + 1 + word + SLACK > width
}

/// The sentence goes on in the next line.
fn broken(text: &str, line: Span, next: Span) -> bool {
    let lower = next.of(text).starts_with(|c: char| c.is_lowercase());
    let ends = line.of(text).ends_with(['.', '?', '!', ':', '…', '”', '"', '’', '\'', ')', '»', '|']);
    lower || !ends && !next.of(text).contains(" | ")
}

/// `… the South China SeaInternationalIndiaAfricaThe island …` is a caption, a menu and a text that lost what
/// separated them: such a run of capitalised words ends one paragraph and begins another.
fn unglue(text: &str, paragraph: Paragraph, paragraphs: &mut Vec<Paragraph>) {
    let mut start = paragraph.span.start as usize;
    let end = paragraph.span.end as usize;
    let mut at = start;
    for word in paragraph.span.of(text).split_inclusive(char::is_whitespace) {
        let from = at;
        at += word.len();
        let Some((menu, body)) = humps(word.trim_end()) else { continue };
        let before = Span::new(start, from + menu);
        paragraphs.push(Paragraph { span: before, kind: ParagraphKind::Furniture });
        paragraphs.push(Paragraph { span: Span::new(before.end as usize, from + body), kind: ParagraphKind::Furniture });
        start = from + body;
    }
    paragraphs.push(Paragraph { span: Span::new(start, end), ..paragraph });
}

/// Where in a run of capitalised words the second begins and where the last does.
fn humps(word: &str) -> Option<(usize, usize)> {
    let plain = word.bytes().all(|b| b.is_ascii_alphabetic()) && word.starts_with(|c: char| c.is_ascii_uppercase());
    if !plain {
        return None;
    }
    let capitals: Vec<usize> = word.bytes().enumerate().filter(|(_, b)| b.is_ascii_uppercase()).map(|(n, _)| n).collect();
    let long = capitals.windows(2).all(|pair| pair[1] - pair[0] >= 3) && capitals.last().is_some_and(|&n| word.len() - n >= 2);
    (long && capitals.len() >= HUMPS).then(|| (capitals[1], capitals[capitals.len() - 1]))
}
