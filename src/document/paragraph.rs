//! Text into paragraphs: one a line, or one a block where the lines of a paragraph were wrapped.

use super::kind::kinds;
use super::{Paragraph, ParagraphKind};
use crate::lexicon::Lexicon;
use crate::span::Span;

/// Most texts have no more lines than one in so many bytes.
const LINE: usize = 64;
/// A line of a wrapped text that breaks off has at least this many characters,
const NARROWEST: usize = 45;
/// and at most this many.
const WIDEST: usize = 100;
/// A wrapped line may end this many characters before the next line’s first word would have to.
const SLACK: usize = 6;
/// The header of a mail has at least this many lines.
const HEADER: usize = 3;
/// A caption has at most this many words.
const LONGEST_CAPTION: usize = 25;
/// A run of letters with this many capitalised pieces is no word but several that lost their separators.
const HUMPS: usize = 4;

/// The paragraphs of a text, in order and without white space at their ends.
///
/// `Ferry stops\n\n“It is over,” said Ana.\n` gives a heading and a body paragraph. A line is a paragraph, except
/// that lines between blank ones are joined where the text looks wrapped: lines of about one width that break in
/// mid-sentence. Lines of mail that quote (`>`) stay apart; lines of `%` separate.
pub fn paragraphs(text: &str, lexicon: &Lexicon) -> Vec<Paragraph> {
    let mut lines: Vec<Line<'_>> = Vec::with_capacity(text.len() / LINE + 1);
    lines.extend(self::lines(text).map(|span| Line::new(text, span)));
    let width = wrapped_at(&lines);
    let mut spans: Vec<Span> = Vec::with_capacity(lines.len());
    for block in lines.split(Line::separates).filter(|block| !block.is_empty()) {
        let wrapped = width.filter(|&width| block.iter().all(|line| line.length() <= width + SLACK));
        for (n, line) in block.iter().enumerate() {
            match (n.checked_sub(1).map(|before| &block[before]), wrapped, spans.last_mut()) {
                (Some(before), Some(width), Some(paragraph)) if before.goes_on(line, width) => {
                    *paragraph = paragraph.join(line.span);
                }
                _ => spans.push(line.span),
            }
        }
    }
    let header = header(&lines);
    let kinds = kinds(text, &spans, lexicon);
    let mut paragraphs = Vec::with_capacity(spans.len());
    for (&span, kind) in spans.iter().zip(kinds) {
        let kind = if span.end <= header { ParagraphKind::Furniture } else { kind };
        unglue(text, Paragraph { span, kind }, &mut paragraphs);
    }
    paragraphs
}

/// A line, and whether the next one carries it on.
struct Line<'a> {
    /// Without white space at either end.
    span: Span,
    text: &'a str,
    /// White space before it.
    margin: &'a str,
}

impl<'a> Line<'a> {
    fn new(text: &'a str, line: Span) -> Self {
        let span = trimmed(text, line);
        let margin = &text[line.start as usize..span.start as usize];
        Self { span, text: span.of(text), margin }
    }

    /// Characters of white space before it.
    fn indent(&self) -> usize {
        self.margin.chars().count()
    }

    /// In characters, with the white space before it.
    fn length(&self) -> usize {
        self.indent() + self.text.chars().count()
    }

    fn separates(&self) -> bool {
        self.text.is_empty() || self.text == "%"
    }

    /// Lines that are never joined to others: quoted mail, list items, signatures.
    fn stands_alone(&self) -> bool {
        self.text.starts_with(['>', '•', '*', '|', '—']) || self.text.starts_with("--")
    }

    /// The line ends like a sentence or a head.
    fn ends(&self) -> bool {
        self.text.ends_with(['.', '?', '!', ':', ';', '…', '”', '"', '’', '\'', ')', '»', '|'])
    }

    /// The sentence clearly goes on in the next line.
    fn breaks_off(&self, next: &Line<'_>) -> bool {
        next.text.starts_with(|c: char| c.is_lowercase())
            && !self.text.ends_with(['.', '?', '!', ':', '|'])
            && !self.stands_alone()
            && (NARROWEST..=WIDEST).contains(&self.length())
    }

    /// The next line is of the same paragraph: its first word had no place in this one.
    fn goes_on(&self, next: &Line<'_>, width: usize) -> bool {
        let word = next.text.split_whitespace().next().map_or(0, |w| w.chars().count());
        let full = self.length() + 1 + word + SLACK > width;
        let indented = next.indent() > self.indent() && self.ends();
        full && !indented && !self.text.starts_with('>') && !next.stands_alone()
    }
}

/// The width at which the lines of a text were wrapped, if they were.
///
/// It is that of the longest line that breaks off. Such lines must not be rare: no fewer than a third of the full
/// ones that another follows, and more than the lines that are far too long.
fn wrapped_at(lines: &[Line<'_>]) -> Option<usize> {
    let pairs = || lines.windows(2).filter(|pair| !pair[0].separates() && !pair[1].separates());
    let width = pairs().filter(|pair| pair[0].breaks_off(&pair[1])).map(|pair| pair[0].length()).max()?;
    let broken = pairs().filter(|pair| pair[0].breaks_off(&pair[1])).count();
    let full = pairs().filter(|pair| pair[0].length() <= WIDEST && pair[0].goes_on(&pair[1], width)).count();
    let long = lines.iter().filter(|line| line.length() > WIDEST).count();
    (broken * 3 >= full && broken > long).then_some(width)
}

/// Where the header of a mail at the beginning ends, 0 without one: each line is a word, a colon and no sentence.
fn header(lines: &[Line<'_>]) -> u32 {
    let block = || lines.iter().skip_while(|l| l.separates()).take_while(|l| !l.separates());
    let field = |line: &Line<'_>| {
        let name = line.text.split_once(": ").map_or("", |(name, _)| name);
        name.len() >= 2
            && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'-')
            && !line.text.ends_with(['.', '?', '!'])
    };
    if block().all(field) && block().nth(HEADER - 1).is_some() {
        block().last().map_or(0, |last| last.span.end)
    } else {
        0
    }
}

/// The lines of a text without their ends: LF, CR LF, CR, form feed, and the two separators of Unicode.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut rest = Some(0);
    let separators = separated(text.as_bytes());
    std::iter::from_fn(move || {
        let start = rest?;
        let plain = memchr::memchr3(b'\n', b'\r', 0xc, &text.as_bytes()[start..]);
        let before = &text[start..plain.map_or(text.len(), |at| start + at)];
        let found = if separators { before.find(['\u{2028}', '\u{2029}']) } else { None };
        let end = start + found.unwrap_or(before.len());
        rest = text[end..].chars().next().map(|c| {
            let crlf = text[end..].starts_with("\r\n");
            end + if crlf { 2 } else { c.len_utf8() }
        });
        Some(Span::new(start, end))
    })
}

/// One of the two separators of Unicode, which are told apart by their last bytes, is in a text.
fn separated(text: &[u8]) -> bool {
    let mut last = memchr::memchr2_iter(0xa8, 0xa9, text);
    last.any(|at| text[..at].ends_with(&[0xe2, 0x80]))
}

fn trimmed(text: &str, line: Span) -> Span {
    let blank = |c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}';
    let content = line.of(text);
    let start = line.start as usize + content.len() - content.trim_start_matches(blank).len();
    let length = text[start..line.end as usize].trim_end_matches(blank).len();
    Span::new(start, start + length)
}

/// `… the South China SeaInternationalIndiaAfricaThe island …` is a caption, a menu and a text that lost what
/// separated them: such a run of capitalised words ends one paragraph and begins another.
fn unglue(text: &str, paragraph: Paragraph, paragraphs: &mut Vec<Paragraph>) {
    let Paragraph { span, kind } = paragraph;
    if !glued(span.of(text)) {
        paragraphs.push(paragraph);
        return;
    }
    let (mut start, mut at) = (span.start as usize, span.start as usize);
    for word in span.of(text).split_inclusive(char::is_whitespace) {
        let from = at;
        at += word.len();
        let Some((menu, body)) = humps(word.trim_end()) else { continue };
        let (menu, body) = (from + menu, if at == span.end as usize { at } else { from + body });
        let caption = text[start..menu].split_whitespace().nth(LONGEST_CAPTION).is_none();
        let before = if caption { ParagraphKind::Furniture } else { kind };
        paragraphs.push(Paragraph { span: Span::new(start, menu), kind: before });
        paragraphs.push(Paragraph { span: Span::new(menu, body), kind: ParagraphKind::Furniture });
        start = body;
    }
    if start < span.end as usize {
        paragraphs.push(Paragraph { span: Span::new(start, span.end as usize), kind });
    }
}

/// Capitals stand right behind small letters as often as in a run of them: a quick look before the slow one, at all
/// bytes, so that the compiler can take many at once.
fn glued(text: &str) -> bool {
    let bytes = text.as_bytes();
    let pairs = || bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let hump = |(a, b): (&u8, &u8)| a.is_ascii_lowercase() & b.is_ascii_uppercase();
    pairs().fold(false, |found, pair| found | hump(pair))
        && pairs().filter(|&pair| hump(pair)).nth(HUMPS - 2).is_some()
}

/// Where in a run of capitalised words the second begins and where the last does.
fn humps(word: &str) -> Option<(usize, usize)> {
    let plain =
        word.bytes().all(|b| b.is_ascii_alphabetic()) && word.starts_with(|c: char| c.is_ascii_uppercase());
    if !plain {
        return None;
    }
    let capitals: Vec<usize> =
        word.bytes().enumerate().filter(|(_, b)| b.is_ascii_uppercase()).map(|(n, _)| n).collect();
    let long = capitals.windows(2).all(|pair| pair[1] - pair[0] >= 3)
        && capitals.last().is_some_and(|&n| word.len() - n >= 2);
    (long && capitals.len() >= HUMPS).then(|| (capitals[1], capitals[capitals.len() - 1]))
}

#[cfg(test)]
mod tests {
    use super::ParagraphKind::{Body, Furniture, Heading};
    use super::*;
    use pretty_assertions::assert_eq;

    fn english() -> &'static Lexicon {
        static ENGLISH: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::english);
        &ENGLISH
    }

    fn read(text: &str) -> Vec<(ParagraphKind, &str)> {
        paragraphs(text, english()).into_iter().map(|p| (p.kind, p.span.of(text))).collect()
    }

    fn texts(text: &str) -> Vec<&str> {
        read(text).into_iter().map(|p| p.1).collect()
    }

    #[test]
    fn every_line_end_ends_a_paragraph() {
        assert_eq!(texts("A.\nB.\r\nC.\rD.\u{2028}E.\u{2029}F."), ["A.", "B.", "C.", "D.", "E.", "F."]);
        assert_eq!(texts(" \u{a0}\n\r\n\t"), [""; 0]);
        assert_eq!(texts("  A.\u{a0}\n"), ["A."]);
    }

    #[test]
    fn lines_that_end_sentences_stay_paragraphs() {
        let text = "The first line is of a middling length and it ends with a stop.\n\
                    The second is about as long as the first and ends with one too.\n\
                    “We shall see,” said the mayor, who had read them both by then.";
        assert_eq!(texts(text).len(), 3);
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "The goat, which had been missing since the Tuesday before, was found in\n\
                    the vestry. Nobody could say how it came there. It had eaten a hymn book,\n\
                    two candles and a hat.\n\nThe vicar, who owned the hat, did not want to talk about it when we met\nhim.\n";
        let found = texts(text);
        assert_eq!(found.len(), 2);
        assert!(found[0].ends_with("a hat.") && found[1].ends_with("him."));
    }

    #[test]
    fn fortune_cookies_and_mail_keep_their_parts_apart() {
        let text = "The clerk who stamps the form is never the clerk who wrote it, and the\n\
                    one who wrote it is dead.\n\t\t-- Mabel Orr\n%\nShort.\n";
        assert_eq!(texts(text).len(), 3);
        let mail = "From: Ada\nTo: The Committee\nSubject: the pond\n\nHal wrote:\n> It runs.\n> It ran.\n";
        assert_eq!(
            read(mail),
            [
                (Furniture, "From: Ada"),
                (Furniture, "To: The Committee"),
                (Furniture, "Subject: the pond"),
                (Body, "Hal wrote:"),
                (Body, "> It runs."),
                (Body, "> It ran."),
            ]
        );
    }

    #[test]
    fn indented_paragraphs_of_a_book_are_told_apart() {
        let text = "    The road was long and they did not talk for the whole of the second\nmile.\n    \
                    At the mill they stopped, for nobody was there to open the gate for\nthem.\n";
        assert_eq!(texts(text).len(), 2);
    }

    #[test]
    fn headlines_and_section_heads_are_headings() {
        assert_eq!(
            read(
                "Goat found in vestry\n\nIt was cold.\n\nThe Missing Hat\n\nIt was black.\n\nCREDITS AND THANKS.\n\nAll went home."
            ),
            [
                (Heading, "Goat found in vestry"),
                (Body, "It was cold."),
                (Heading, "The Missing Hat"),
                (Body, "It was black."),
                (Heading, "CREDITS AND THANKS."),
                (Body, "All went home."),
            ]
        );
        assert_eq!(
            read("“You ate it?”\n\n“To the last page.”"),
            [(Body, "“You ate it?”"), (Body, "“To the last page.”")]
        );
    }

    #[test]
    fn what_stands_around_an_article_is_furniture() {
        let words = "by\nphoto:\nleave a reply\nread more";
        let lexicon = crate::lexicon::Draft::with(&[("furniture.txt", words)]).unwrap().finish();
        let kind = |text: &str| paragraphs(&format!("Head\n\n{text}\n\nThe end came."), &lexicon)[1].kind;
        for furniture in [
            "Home | News | Log in",
            "Leave a Reply",
            "By Ana Roe and Ben Orr",
            "Photo: R. Stell",
            "The pond at dusk. Photo: R. Stell/Harbour",
            "Nov. 21, 2023",
            "May 3, 2022, 10:15 a.m.",
            "* * *",
        ] {
            assert_eq!(kind(furniture), Furniture, "{furniture}");
        }
        assert_eq!(kind("Read more: The goat that ate a hat"), Heading);
        for body in ["By noon the goat was gone.", "Photo editors met on Tuesday.", "The year was 2023."] {
            assert_eq!(kind(body), Body, "{body}");
        }
    }

    #[test]
    fn a_glued_menu_separates_caption_and_text() {
        assert_eq!(
            read("Goat Found\n\nA boat in the North SeaWorldSportMoneyThe goat was found.\n\nIt was cold."),
            [
                (Heading, "Goat Found"),
                (Furniture, "A boat in the North Sea"),
                (Furniture, "WorldSportMoney"),
                (Body, "The goat was found."),
                (Body, "It was cold."),
            ]
        );
        assert_eq!(texts("Ana McGregor-Smith sold her iPhone and her PlayStation.").len(), 1);
    }
}
