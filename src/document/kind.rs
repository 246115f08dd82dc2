//! What a paragraph is on the page: headline, text or furniture.

use smallvec::SmallVec;

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
pub(super) fn kinds(text: &str, spans: &[Span], lexicon: &Lexicon) -> impl Iterator<Item = ParagraphKind> {
    let mut seen_text = false;
    spans.iter().enumerate().map(move |(n, span)| {
        let kind = kind(span.of(text), lexicon, !seen_text, n + 1 == spans.len());
        seen_text |= kind != ParagraphKind::Furniture;
        kind
    })
}

fn kind(text: &str, lexicon: &Lexicon, first: bool, last: bool) -> ParagraphKind {
    if surely_long(text) { ParagraphKind::Body } else { Line::new(text, lexicon).kind(first, last) }
}

/// More words than a line of furniture has, by a quick look that may miss some but takes nothing else for one.
fn surely_long(text: &str) -> bool {
    let begins = |(space, letter): (&u8, &u8)| u8::from((*space == b' ') & letter.is_ascii_graphic());
    let mut words = 0;
    for piece in text.as_bytes().as_chunks::<65>().0.iter().take(8) {
        words += usize::from(piece[..64].iter().zip(&piece[1..]).map(begins).sum::<u8>());
        if words > LONGEST_FURNITURE {
            return true;
        }
    }
    false
}

/// A paragraph that may be something else than running text.
struct Line<'a> {
    text: &'a str,
    lexicon: &'a Lexicon,
}

impl<'a> Line<'a> {
    fn new(text: &'a str, lexicon: &'a Lexicon) -> Self {
        Self { text, lexicon }
    }

    /// Its first words, at most one more than any rule looks at.
    fn words(&self) -> impl Iterator<Item = &'a str> {
        self.text.split_whitespace().take(LONGEST_FURNITURE + 1)
    }

    fn kind(&self, first: bool, last: bool) -> ParagraphKind {
        let kind = match self.furniture() {
            Some(kind) => kind,
            None if self.rule() || self.menu() || self.timestamp() => ParagraphKind::Furniture,
            None if !last && self.heading(first) => ParagraphKind::Heading,
            None => return ParagraphKind::Body,
        };
        if self.words().count() > LONGEST_FURNITURE { ParagraphKind::Body } else { kind }
    }

    /// A phrase of the furniture list begins the line, or is the credit at its end.
    ///
    /// One word is not enough (`Photo editors met`) unless it is all, or a colon or only a name follows: `By Ana Roe`.
    fn furniture(&self) -> Option<ParagraphKind> {
        let Some(length) = self.phrase_at(0) else {
            return self.credit().then_some(ParagraphKind::Furniture);
        };
        let colon = self.words().nth(length - 1).is_some_and(|word| word.ends_with(':'));
        let rest = || self.words().skip(length);
        if length > 1 && colon && rest().count() > 2 {
            return Some(ParagraphKind::Heading); // the headline of another story: “Read more: …”
        }
        let name = || !self.stops() && rest().count() <= 8 && rest().all(|word| self.name_like(word));
        (length > 1 || colon || rest().next().is_none() || name()).then_some(ParagraphKind::Furniture)
    }

    /// `Pontoon four at dusk. Photo: R. Stell`
    fn credit(&self) -> bool {
        if !self.text.contains(':') {
            return false;
        }
        let words: SmallVec<[&str; LONGEST_FURNITURE + 1]> = self.words().collect();
        let from = words.len().saturating_sub(8);
        (from.max(1)..words.len()).any(|n| {
            words[n].ends_with(':') && self.phrase_at(n) == Some(1) && words[n - 1].ends_with(['.', ')'])
        })
    }

    /// Length of the furniture phrase that begins with the word `at`.
    fn phrase_at(&self, at: usize) -> Option<usize> {
        let trimmed = |word: &'a str| word.trim_matches(|c: char| !c.is_alphanumeric());
        let word = |n: usize| self.words().nth(at + n);
        let first = word(0)?;
        if !self.begins(trimmed(first)) && (trimmed(first) == first || !self.begins(first)) {
            return None; // As nearly always.
        }
        let plain = |n: usize| word(n).map(|w| fold(trimmed(w)));
        let as_written = |n: usize| word(n).map(fold);
        let plain = self.lexicon.phrase(list::FURNITURE, plain).map(|(n, _)| n);
        plain.max(self.lexicon.phrase(list::FURNITURE, as_written).map(|(n, _)| n))
    }

    /// A phrase of the furniture list begins with this word.
    fn begins(&self, word: &str) -> bool {
        let entry = self.lexicon.word(word);
        (entry.lists | self.lexicon.opens(entry)) & bits(&[list::FURNITURE]) != 0
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
        // All bytes, so that the compiler takes many at once.
        if !self.text.bytes().fold(false, |found, b| found | b.is_ascii_digit()) {
            return false;
        }
        let mark = |c: char| matches!(c, ',' | '|' | '-' | '–' | '—' | '(' | ')');
        let words = || self.words().map(|w| w.trim_matches(mark)).filter(|w| !w.is_empty());
        let number = |w: &str| w.starts_with(|c: char| c.is_ascii_digit());
        let date = |w: &str| {
            self.lexicon.word(w.trim_end_matches(['.', ':'])).is_any(DATES)
                || self.lexicon.word(w).is_any(DATES)
        };
        let zone = |w: &str| {
            w.len() <= 5
                && (self.lexicon.word(w).is(list::ABBREVIATIONS) || w.chars().all(char::is_uppercase))
        };
        words().all(|w| number(w) || date(w) || zone(w))
            && words().any(number)
            && words().any(|w| {
                date(w) || w.contains(':') || w.bytes().filter(|&b| matches!(b, b'-' | b'/')).count() == 2
            })
    }

    /// A headline at the top, or a head within the text.
    fn heading(&self, first: bool) -> bool {
        let letters = || self.text.chars().filter(|c| c.is_alphabetic());
        if letters().all(char::is_uppercase) && letters().nth(3).is_some() {
            return true; // ABSTRACT.
        }
        if self.text.starts_with('>') || self.stops() && !first {
            return false;
        }
        let words: SmallVec<[&str; LONGEST_FURNITURE + 1]> = self.words().collect();
        if first {
            return words.len() <= LONGEST_HEADING && (!self.stops() || title_case(&words));
        }
        words.len() <= LONGEST_SECTION_HEAD
            && self.text.starts_with(|c: char| c.is_uppercase() || matches!(c, '‘' | '\'' | '“' | '"'))
            && !words[0].ends_with(':')
            && (title_case(&words) || words.len() <= LONGEST_SECTION_HEAD / 2)
    }

    /// Ends like a sentence, a list item or a line that introduces something.
    fn stops(&self) -> bool {
        let closing = |c: char| matches!(c, '”' | '"' | '’' | '\'' | '»' | ')' | ']');
        self.text.trim_end_matches(closing).ends_with(['.', '!', '?', ':', ',', '…', ';', '—'])
            && !(self.text.ends_with("; ") || self.text.ends_with(';'))
    }
}

/// Nearly all words of more than three letters have a capital.
fn title_case(words: &[&str]) -> bool {
    let letters = |w: &&&str| w.chars().filter(|c| c.is_alphabetic()).nth(3).is_some();
    let long = words.iter().filter(letters);
    let capital = |w: &&&str| w.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let (count, capitals) = (long.clone().count(), long.filter(capital).count());
    count > 0 && capitals * 4 >= count * 3 && (capitals > 1 || words.len() <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_look_takes_nothing_for_long_that_is_not() {
        for word in ["a", "goat", "é—è", "“it’s”", "hxxp://goat.example/a-name-as-long-as-no-other/of-these"]
        {
            for gap in [" ", "  ", "\u{a0}", "\n"] {
                let short = [word; LONGEST_FURNITURE].join(gap);
                assert!(!surely_long(&short), "{short}");
            }
        }
        assert!(surely_long(&["goat"; 4 * LONGEST_FURNITURE].join(" ")));
    }
}
