//! What a paragraph is on the page: headline, text or furniture.

use super::ParagraphKind;
use crate::lexicon::{Lexicon, bits, fold, list};
use crate::span::Span;

/// A headline has at most this many words.
const LONGEST_HEADING: usize = 25;
/// A head within the text has at most this many words.
const LONGEST_SECTION_HEAD: usize = 12;
/// A line of furniture has at most this many words.
const LONGEST_FURNITURE: usize = 25;
/// A piece of a menu has at most this many words.
const LONGEST_ITEM: usize = 4;

/// The kind of each paragraph of a text.
pub(super) fn kinds(text: &str, spans: &[Span], lexicon: &Lexicon) -> Vec<ParagraphKind> {
    let mut seen_text = false;
    spans
        .iter()
        .enumerate()
        .map(|(n, span)| {
            let kind = kind(span.of(text), lexicon, !seen_text, n + 1 == spans.len());
            seen_text |= kind != ParagraphKind::Furniture;
            kind
        })
        .collect()
}

fn kind(text: &str, lexicon: &Lexicon, first: bool, last: bool) -> ParagraphKind {
    if surely_long(text) { ParagraphKind::Body } else { Line::new(text, lexicon).kind(first, last) }
}

/// More words than a line of furniture has, by a quick look that may miss some but takes nothing else for one.
fn surely_long(text: &str) -> bool {
    let bytes = &text.as_bytes()[..text.len().min(LONGEST_FURNITURE * 16)];
    let begins = |(space, letter): (&u8, &u8)| u16::from((*space == b' ') & letter.is_ascii_graphic());
    let words: u16 = bytes.iter().zip(bytes.get(1..).unwrap_or_default()).map(begins).sum();
    usize::from(words) > LONGEST_FURNITURE
}

/// A paragraph with the first words of it, enough to tell its kind.
struct Line<'a> {
    text: &'a str,
    /// At most one more than any rule looks at.
    words: Vec<&'a str>,
    lexicon: &'a Lexicon,
}

impl<'a> Line<'a> {
    fn new(text: &'a str, lexicon: &'a Lexicon) -> Self {
        let mut words = Vec::with_capacity(LONGEST_FURNITURE + 1);
        words.extend(text.split_whitespace().take(LONGEST_FURNITURE + 1));
        Self { text, words, lexicon }
    }

    fn kind(&self, first: bool, last: bool) -> ParagraphKind {
        if self.words.len() > LONGEST_FURNITURE {
            return ParagraphKind::Body;
        }
        match self.furniture() {
            Some(kind) => kind,
            None if self.rule() || self.menu() || self.timestamp() => ParagraphKind::Furniture,
            None if !last && self.heading(first) => ParagraphKind::Heading,
            None => ParagraphKind::Body,
        }
    }

    /// A phrase of the furniture list begins the line, or is the credit at its end.
    ///
    /// One word is not enough (`Photo editors met`) unless it is all, or a colon or only a name follows: `By Ana Roe`.
    fn furniture(&self) -> Option<ParagraphKind> {
        let Some(length) = self.phrase_at(0) else {
            return self.credit().then_some(ParagraphKind::Furniture);
        };
        let colon = self.words[length - 1].ends_with(':');
        let rest = &self.words[length..];
        if length > 1 && colon && rest.len() > 2 {
            return Some(ParagraphKind::Heading); // the headline of another story: “Read more: …”
        }
        let name = !self.stops() && rest.len() <= 8 && rest.iter().all(|w| self.name_like(w));
        (length > 1 || colon || rest.is_empty() || name).then_some(ParagraphKind::Furniture)
    }

    /// `Pontoon four at dusk. Photo: R. Stell`
    fn credit(&self) -> bool {
        let from = self.words.len().saturating_sub(8);
        (from.max(1)..self.words.len()).any(|n| {
            self.words[n].ends_with(':')
                && self.phrase_at(n) == Some(1)
                && self.words[n - 1].ends_with(['.', ')'])
        })
    }

    /// Length of the furniture phrase that begins with the word `at`.
    fn phrase_at(&self, at: usize) -> Option<usize> {
        let word =
            |n: usize| self.words.get(at + n).map(|w| fold(w.trim_matches(|c: char| !c.is_alphanumeric())));
        let plain = self.lexicon.phrase(list::FURNITURE, word).map(|(n, _)| n);
        let as_written = |n: usize| self.words.get(at + n).map(|w| fold(w));
        plain.max(self.lexicon.phrase(list::FURNITURE, as_written).map(|(n, _)| n))
    }

    fn name_like(&self, word: &str) -> bool {
        let entry = self.lexicon.word(word.trim_matches(|c: char| !c.is_alphanumeric()));
        word.starts_with(char::is_uppercase)
            || entry.is_any(bits(&[list::CONJUNCTIONS, list::NAME_PARTICLES]))
            || !word.contains(char::is_alphanumeric)
    }

    /// `***`
    fn rule(&self) -> bool {
        !self.text.contains(char::is_alphanumeric)
    }

    /// `Home | News | Sport`
    fn menu(&self) -> bool {
        let pieces = || self.text.split(['|', '•', '·']).map(|piece| piece.split_whitespace().count());
        // The last bytes of the three, few of which stand in running text.
        let separated = self.text.bytes().fold(false, |found, b| found | matches!(b, b'|' | 0xa2 | 0xb7));
        separated && pieces().count() >= 3 && pieces().all(|words| words <= LONGEST_ITEM)
    }

    /// Nothing but words of dates and times, with a number.
    fn timestamp(&self) -> bool {
        const DATES: u128 = bits(&[list::MONTHS, list::WEEKDAYS]);
        if !self.text.bytes().any(|b| b.is_ascii_digit()) {
            return false;
        }
        let mark = |c: char| matches!(c, ',' | '|' | '-' | '–' | '—' | '(' | ')');
        let words = || self.words.iter().map(|w| w.trim_matches(mark)).filter(|w| !w.is_empty());
        let number = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
        let date = |w: &str| {
            self.lexicon.word(w.trim_end_matches(['.', ':'])).is_any(DATES)
                || self.lexicon.word(w).is_any(DATES)
        };
        let zone = |w: &str| {
            w.len() <= 5
                && (self.lexicon.word(w).is(list::ABBREVIATIONS) || w.chars().all(char::is_uppercase))
        };
        words().any(number)
            && words().any(|w| {
                date(w) || w.contains(':') || w.bytes().filter(|&b| matches!(b, b'-' | b'/')).count() == 2
            })
            && words().all(|w| number(w) || date(w) || zone(w))
    }

    /// A headline at the top, or a head within the text.
    fn heading(&self, first: bool) -> bool {
        let letters = || self.text.chars().filter(|c| c.is_alphabetic());
        if letters().all(char::is_uppercase) && letters().nth(3).is_some() {
            return true; // ABSTRACT.
        }
        if self.words.len() > LONGEST_HEADING || self.text.starts_with('>') {
            return false;
        }
        if first {
            return !self.stops() || self.title_case();
        }
        self.words.len() <= LONGEST_SECTION_HEAD
            && !self.stops()
            && self.text.starts_with(|c: char| c.is_uppercase() || matches!(c, '‘' | '\''))
            && !self.words[0].ends_with(':')
            && (self.title_case() || self.words.len() <= LONGEST_SECTION_HEAD / 2)
    }

    /// Ends like a sentence, a list item or a line that introduces something.
    fn stops(&self) -> bool {
        let closing = |c: char| matches!(c, '”' | '"' | '’' | '\'' | '»' | ')' | ']');
        self.text.trim_end_matches(closing).ends_with(['.', '!', '?', ':', ',', '…', ';', '—'])
            && !(self.text.ends_with("; ") || self.text.ends_with(';'))
    }

    /// Nearly all words of more than three letters have a capital.
    fn title_case(&self) -> bool {
        let long: Vec<&&str> =
            self.words.iter().filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() > 3).collect();
        let capital = |w: &&&&str| w.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
        let capitals = long.iter().filter(capital).count();
        !long.is_empty() && capitals * 4 >= long.len() * 3 && (capitals > 1 || self.words.len() <= 2)
    }
}
