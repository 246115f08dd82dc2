//! Text into words and marks.

use super::eight::Eight;
use super::{Case, Kind, Token};
use crate::document::Paragraph;
use crate::lexicon::{CLOSED, Classes, Folding, Lexicon, List, fold, list};
use crate::span::Span;

/// An abbreviation with a stop has at most this many bytes before it.
const LONGEST_ABBREVIATION: usize = 6;
/// A currency that is written with letters, right before its digits, has at most this many bytes: `R`, `Ksh`.
const LONGEST_CURRENCY: usize = 4;
/// An amount has at most this many bytes.
const LONGEST_AMOUNT: usize = 24;

/// The tokens of all paragraphs, in order.
///
/// `Mr. O’Neill’s re-election` gives `Mr.`, `O’Neill`, `’s`, `re-election`. Marks are not paired here: a
/// quotation mark, or an apostrophe that may be one, is a [`Kind::Mark`].
pub fn scan(text: &str, paragraphs: &[Paragraph], lexicon: &Lexicon) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 4);
    for paragraph in paragraphs {
        let mut scanner =
            Scanner { text, at: paragraph.span.start as usize, end: paragraph.span.end as usize, lexicon };
        let mut spaced = true;
        while scanner.at < scanner.end {
            let (end, blank) = match scanner.plain_word(spaced) {
                Some(word) => {
                    tokens.push(word);
                    (word.span.end as usize, false)
                }
                None => scanner.other(spaced, &mut tokens),
            };
            // The one space behind most words is passed without a question.
            let space = text.as_bytes().get(end) == Some(&b' ');
            (scanner.at, spaced) = (end + usize::from(space), blank | space);
        }
    }
    // Words are longer than that in most texts, and what comes after this takes more memory than the tokens.
    tokens.shrink_to_fit();
    // All at once and in two short steps, so that the processor can wait for many places of the table at the same time.
    for token in &mut tokens {
        token.word = lexicon.place(token.hash);
    }
    for token in &mut tokens {
        let id = lexicon.id_at(token.word, token.hash);
        token.word = if matches!(token.kind, Kind::Word | Kind::Clitic | Kind::Number) { id } else { 0 };
    }
    tokens
}

/// Controls and marks of direction that print nothing.
pub(crate) fn invisible(c: char) -> bool {
    c.is_control()
        || c >= '\u{200b}'
            && matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

pub(crate) fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ')
}

/// Where a token may begin, and where its paragraph ends.
#[derive(Clone, Copy)]
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    lexicon: &'a Lexicon,
}

impl Scanner<'_> {
    fn char_at(&self, at: usize) -> Option<char> {
        if at >= self.end {
            return None;
        }
        let byte = self.text.as_bytes()[at];
        if byte < 0x80 { Some(byte as char) } else { self.text[at..self.end].chars().next() }
    }

    /// Takes the token of any kind that begins here, or passes a character at which none does: where that ends, and
    /// whether white space stands before what follows.
    // Apart from the loop over all words, which then has room for what it needs itself.
    #[inline(never)]
    fn other(self, spaced: bool, tokens: &mut Vec<Token>) -> (usize, bool) {
        let Some(c) = self.char_at(self.at) else { return (self.end, spaced) };
        if c != ' ' && (c.is_ascii_graphic() || !c.is_whitespace() && !invisible(c)) {
            let token = self.token(c, spaced);
            tokens.push(token);
            return (token.span.end as usize, false);
        }
        (self.at + c.len_utf8(), spaced | c.is_whitespace())
    }

    /// The word of nothing but letters and digits of ASCII that begins here, as most do; none where what stands
    /// behind it may belong to it.
    #[inline]
    fn plain_word(self, spaced: bool) -> Option<Token> {
        let rest = &self.text.as_bytes()[self.at..];
        if !rest.first()?.is_ascii_alphabetic() {
            return None;
        }
        let mut eight = Eight::new(rest);
        let mut hash = Folding::new().eight(eight.folded, eight.plain);
        let (initial, mut inner) = (eight.capitals & 1, eight.capitals & !1);
        let mut length = eight.plain;
        while eight.plain == 8 {
            eight = Eight::new(&rest[length..]);
            hash = hash.eight(eight.folded, eight.plain);
            inner |= eight.capitals;
            length += eight.plain;
        }
        match rest.get(length) {
            _ if self.at + length > self.end => return None,
            None | Some(b' ' | b'"' | b')' | b';' | b'?' | b'!' | b'\n') => {}
            Some(b',') if !self.amount(self.at, self.at + length) => {}
            Some(b'.') if stop_ends(&rest[..self.end - self.at], length, hash, self.lexicon) => {}
            _ => return None,
        }
        let span = Span::new(self.at, self.at + length);
        let case = match (inner, initial) {
            (0, 0) => Case::Lower,
            (0, _) => Case::Capital,
            _ => case(span.of(self.text)),
        };
        Some(Token { span, hash: hash.finish(), word: 0, kind: Kind::Word, case, spaced })
    }

    fn token(&self, first: char, spaced: bool) -> Token {
        let (kind, end) = match first {
            '$' | '£' | '€' | '₦' | '₹' | '¥'
                if self.char_at(self.at + first.len_utf8()).is_some_and(|c| c.is_ascii_digit()) =>
            {
                self.number(self.at + first.len_utf8())
            }
            '\'' | '‘' | '’' => self.apostrophe(first),
            '@' | '#' => self.handle(first),
            '.' => self.stops(),
            '-' => self.hyphens(),
            '`' => (Kind::Mark, self.repeated('`', 2)),
            ',' => (Kind::Comma, self.at + 1),
            ':' => (Kind::Colon, self.at + 1),
            ';' => (Kind::Semicolon, self.at + 1),
            '?' => (Kind::Question, self.at + 1),
            '!' => (Kind::Exclamation, self.at + 1),
            '(' | '[' | '{' => (Kind::Open, self.at + 1),
            ')' | ']' | '}' => (Kind::Close, self.at + 1),
            '–' | '—' | '―' | '‒' => (Kind::Dash, self.at + first.len_utf8()),
            '…' => (Kind::Ellipsis, self.at + first.len_utf8()),
            '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '‚' | '‛' | '＂' | '″' => {
                (Kind::Mark, self.at + first.len_utf8())
            }
            c if c.is_alphabetic() => self.word(self.at),
            c if c.is_ascii_digit() => self.number(self.at),
            c if c.is_numeric() => (Kind::Number, self.at + c.len_utf8()),
            c => (Kind::Symbol, self.at + c.len_utf8()),
        };
        self.finish(kind, end, spaced)
    }

    fn finish(&self, kind: Kind, end: usize, spaced: bool) -> Token {
        let text = &self.text[self.at..end];
        let case = if kind == Kind::Word { case(text) } else { Case::None };
        let hash = match text.as_bytes() {
            // As with most marks.
            [mark] if !mark.is_ascii_uppercase() => Folding::new().byte(*mark).finish(),
            _ => fold(text),
        };
        Token { span: Span::new(self.at, end), hash, word: 0, kind, case, spaced }
    }

    fn repeated(&self, c: char, most: usize) -> usize {
        let mut end = self.at;
        while end - self.at < most && self.char_at(end) == Some(c) {
            end += 1;
        }
        end
    }

    /// A word from `start`, which may lie behind an apostrophe that belongs to it.
    fn word(&self, start: usize) -> (Kind, usize) {
        let mut at = start;
        let mut piece = start; // where the piece behind the last stop, hyphen or apostrophe begins
        let mut stops = false;
        let mut kind = Kind::Word;
        loop {
            at = self.past_plain(at);
            let Some(c) = self.char_at(at) else { break };
            if matches!(c, ' ' | '”') {
                break; // as most words do
            }
            let next = at + c.len_utf8();
            if c != '’' && (c.is_alphanumeric() || c == '\u{ad}' || is_combining(c)) {
                at = next;
                continue;
            }
            let after = self.char_at(next);
            let goes_on = after.is_some_and(char::is_alphanumeric);
            match c {
                '-' | '‑' | '&' | '_' if goes_on => {
                    at = next;
                    piece = next;
                }
                '/' if goes_on && self.text[start..at].len() <= 3 => {
                    at = next;
                    piece = next;
                }
                c if apostrophe(c) && c != '‘' && goes_on => {
                    if self.clitic_at(next) {
                        break;
                    }
                    at = next;
                    piece = next;
                }
                ':' if self.text[next..self.end].starts_with("//") => {
                    return (Kind::Link, self.to_space(next));
                }
                '.' if goes_on && at - piece <= 2 && single_letter(&self.text[piece..at]) => {
                    at = next;
                    piece = next;
                    stops = true;
                }
                '.' if goes_on && self.text[start..at].eq_ignore_ascii_case("www") => {
                    return (Kind::Link, self.to_space(next));
                }
                '.' if goes_on && self.domain(next) => {
                    at = next;
                    piece = next;
                }
                '.' if goes_on && self.degree(start, at) => return (Kind::Word, at + 3),
                '.' | ',' if self.amount(start, at) => {
                    at = next;
                    kind = Kind::Number;
                }
                '¢' if after.is_some_and(|c| c.is_ascii_digit()) => at = next,
                '.' if self.ticker(start, at) => at = next,
                '.' if self.takes_stop(start, at, piece, stops) => return (Kind::Word, next),
                _ => break,
            }
        }
        (kind, at)
    }

    /// The letters behind a name go on behind the stop at `at`: Ph.D.
    fn degree(&self, start: usize, at: usize) -> bool {
        let whole = self.text.as_bytes()[..self.end].get(start..at + 3);
        at - start <= LONGEST_ABBREVIATION
            && whole.is_some_and(|whole| whole[whole.len() - 2].is_ascii_uppercase() && whole.ends_with(b"."))
            && listed(Folding::new().word(&self.text[start..at + 3]), list::NAME_SUFFIXES, self.lexicon)
    }

    /// An amount of money goes on behind the stop or comma at `at`: R1.5 million, Rs30,000.
    #[inline]
    fn amount(&self, start: usize, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        bytes[at - 1].is_ascii_digit()
            && at - start <= LONGEST_AMOUNT
            && self.char_at(at + 1).is_some_and(|c| c.is_ascii_digit())
            && is_amount(&self.text[start..at])
    }

    /// The sign of a share goes on behind the stop at `at` with that of its exchange: Hartley Mills (HTLY.L).
    fn ticker(&self, start: usize, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        let exchange =
            bytes[at + 1..self.end].iter().take(3).take_while(|b| b.is_ascii_alphanumeric()).count();
        at - start <= LONGEST_ABBREVIATION
            && self.text[..start].ends_with(['(', '<'])
            && bytes[start..at].iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
            && (1..=2).contains(&exchange)
            && bytes[at + 1..][..exchange].iter().all(u8::is_ascii_uppercase)
    }

    /// Past the letters and digits of ASCII.
    fn past_plain(&self, from: usize) -> usize {
        let rest = &self.text.as_bytes()[from..self.end];
        from + rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len())
    }

    /// A clitic begins here (behind an apostrophe) and ends with the word.
    fn clitic_at(&self, at: usize) -> bool {
        let mut end = at;
        while let Some(c) = self.char_at(end).filter(|c| c.is_alphanumeric()) {
            end += c.len_utf8();
            if end - at > 3 {
                return false;
            }
        }
        listed(Folding::new().word("'").word(&self.text[at..end]), list::CONTRACTIONS, self.lexicon)
    }

    /// The stop behind `start..at` belongs to the word: an abbreviation or an initial.
    fn takes_stop(&self, start: usize, at: usize, piece: usize, stops: bool) -> bool {
        let word = &self.text[start..at];
        if stops && single_letter(&self.text[piece..at]) {
            return true; // U.S.
        }
        if single_letter(word) && word.chars().all(char::is_uppercase) {
            // An initial; but “I.” ends a sentence unless a name follows, and what is posted on X. does.
            let posted = word == "X" && self.text[..start].ends_with(" on ");
            let named = || self.text[at + 1..self.end].trim_start().starts_with(char::is_uppercase);
            return !posted && (word != "I" || named());
        }
        // R-Pa., D-St. Paul: a party with its state or town.
        let last = match word.split_once('-') {
            Some((party, place)) if single_letter(party) => place,
            _ => word,
        };
        last.len() <= LONGEST_ABBREVIATION
            && abbreviation(Folding::new().word(last).word("."), self.lexicon)
            && !self.closes(last, at)
    }

    /// A small word with the stop of a sentence, which with a capital would be an abbreviation: *She fell ill. He left.*
    fn closes(&self, word: &str, stop: usize) -> bool {
        let begins = |c: char| c.is_uppercase() || matches!(c, '"' | '“' | '‘' | '\'');
        let rest = &self.text[stop + 1..self.end];
        let next = rest.trim_start();
        case(word) == Case::Lower
            && (next.is_empty() || next.len() < rest.len() && next.starts_with(begins))
            && self.known(word)
    }

    /// The word without a stop is one of the language.
    fn known(&self, word: &str) -> bool {
        let entry = self.lexicon.word(word);
        entry.classes != Classes::default() || entry.is_any(CLOSED) || entry.is(list::NEGATIONS)
    }

    /// What follows the stop ends a domain name: `example.com`, not `end.Next`.
    fn domain(&self, at: usize) -> bool {
        let rest = &self.text.as_bytes()[at..self.end];
        let letters = rest.iter().take_while(|b| b.is_ascii_lowercase()).count();
        matches!(
            &rest[..letters],
            b"com" | b"org" | b"net" | b"gov" | b"edu" | b"co" | b"uk" | b"ie" | b"ng" | b"au"
        )
    }

    fn to_space(self, from: usize) -> usize {
        let rest = &self.text[from..self.end];
        let length = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '"' | '”' | '“' | '<' | '>'))
            .unwrap_or(rest.len());
        from + rest[..length].trim_end_matches(['.', ',', ';', ':', ')', ']', '!', '?', '\'', '’']).len()
    }

    fn number(&self, start: usize) -> (Kind, usize) {
        let mut at = start;
        while let Some(c) = self.char_at(at) {
            let next = at + c.len_utf8();
            let digit_next = self.char_at(next).is_some_and(|c| c.is_ascii_digit());
            match c {
                c if c.is_alphanumeric() => at = next,
                '.' | ',' | ':' | '/' if digit_next => at = next,
                '-' | '‑' if self.char_at(next).is_some_and(char::is_alphanumeric) => at = next,
                '%' => return (Kind::Number, next),
                _ => break,
            }
        }
        // 24-year-old is a word, 24 a number.
        let letters = self.text[start..at].chars().filter(|c| c.is_alphabetic()).count();
        (if letters > 4 { Kind::Word } else { Kind::Number }, at)
    }

    fn apostrophe(&self, first: char) -> (Kind, usize) {
        let next = self.at + first.len_utf8();
        if first == '\'' && self.char_at(next) == Some('\'') {
            return (Kind::Mark, if self.inner_mark_first(next + 1) { next } else { next + 1 });
        }
        // ‘‘ and ’’ are double marks that were typed as two.
        if matches!(first, '‘' | '’') && self.char_at(next) == Some(first) {
            return (Kind::Mark, next + first.len_utf8());
        }
        let tight = self.at > 0
            && self.text[..self.at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '.');
        if self.char_at(next).is_some_and(char::is_alphanumeric) {
            if tight && self.clitic_at(next) {
                let mut end = next;
                while let Some(c) = self.char_at(end).filter(|c| c.is_alphanumeric()) {
                    end += c.len_utf8();
                }
                return (Kind::Clitic, end);
            }
            // 6'11" is no ’11, and ‘ before such a word is left to the pairing.
            if !tight
                && first != '‘'
                && let Some(end) = self.clipped(next)
            {
                return (Kind::Word, end);
            }
        }
        (Kind::Mark, next)
    }

    /// In `so 'we go''' the first of three apostrophes closes the inner quotation, the other two the outer one;
    /// at the beginning of a quotation it is the other way round. `third` is the byte of the third.
    fn inner_mark_first(&self, third: usize) -> bool {
        self.char_at(third) == Some('\'')
            && self.char_at(third + 1) != Some('\'')
            && self.text[..self.at].chars().next_back().is_some_and(|c| !c.is_whitespace() && c != '\'')
    }

    /// A word in print without its beginning: ’em, ’90s.
    fn clipped(&self, at: usize) -> Option<usize> {
        let (_, end) = self.word_or_number(at);
        let word = &self.text[at..end];
        let year = word.trim_end_matches('s');
        let decade = year.len() == 2 && year.bytes().all(|b| b.is_ascii_digit());
        (decade || self.lexicon.word(word).is(list::CLIPPED)).then_some(end)
    }

    fn word_or_number(&self, at: usize) -> (Kind, usize) {
        if self.char_at(at).is_some_and(|c| c.is_ascii_digit()) { self.number(at) } else { self.word(at) }
    }

    fn handle(&self, first: char) -> (Kind, usize) {
        let mut end = self.at + first.len_utf8();
        while let Some(c) = self.char_at(end).filter(|&c| c.is_alphanumeric() || c == '_') {
            end += c.len_utf8();
        }
        (if end > self.at + 1 { Kind::Handle } else { Kind::Symbol }, end)
    }

    fn stops(&self) -> (Kind, usize) {
        let mut end = self.at + 1;
        let mut count = 1;
        loop {
            let mut next = end;
            while self.char_at(next) == Some(' ') {
                next += 1;
            }
            if self.char_at(next) != Some('.') || next - end > 1 {
                break;
            }
            end = next + 1;
            count += 1;
        }
        if count >= 3 { (Kind::Ellipsis, end) } else { (Kind::Stop, self.at + 1) }
    }

    fn hyphens(&self) -> (Kind, usize) {
        let end = self.repeated('-', usize::MAX);
        let before = self.at == 0 || self.text[..self.at].ends_with(char::is_whitespace);
        let after = self.char_at(end).is_none_or(char::is_whitespace);
        let dash = end - self.at >= 2 || before || after;
        (if dash { Kind::Dash } else { Kind::Symbol }, end)
    }
}

/// The stop behind the word of this length, with which the rest of the paragraph begins, is surely none of an
/// abbreviation, initial or address.
#[inline(never)]
fn stop_ends(rest: &[u8], length: usize, word: Folding, lexicon: &Lexicon) -> bool {
    let goes_on = rest.get(length + 1).is_some_and(|b| b.is_ascii_alphanumeric() || !b.is_ascii());
    length > 1 && !goes_on && (length > LONGEST_ABBREVIATION || !abbreviation(word.byte(b'.'), lexicon))
}

fn abbreviation(word: Folding, lexicon: &Lexicon) -> bool {
    lexicon.may_be_abbreviation(word.finish()) && listed(word, list::ABBREVIATIONS, lexicon)
}

fn listed(word: Folding, of: List, lexicon: &Lexicon) -> bool {
    lexicon.entry(lexicon.id(word.finish())).is(of)
}

/// A currency of a few letters, and digits with what parts them.
fn is_amount(word: &str) -> bool {
    let digits = word.trim_start_matches(char::is_alphabetic);
    let currency = word.len() - digits.len();
    let digits = digits.trim_start_matches('¢');
    (1..=LONGEST_CURRENCY).contains(&currency)
        && word.starts_with(char::is_uppercase)
        && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','))
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn single_letter(piece: &str) -> bool {
    let mut chars = piece.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

fn case(word: &str) -> Case {
    // Nearly all words are of small letters, perhaps behind a capital.
    if let Some((first, rest)) = word.as_bytes().split_first()
        && rest.iter().all(u8::is_ascii_lowercase)
    {
        match first {
            b'a'..=b'z' => return Case::Lower,
            b'A'..=b'Z' => return Case::Capital,
            _ => {}
        }
    }
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else { return Case::None };
    if !first.is_uppercase() {
        // iPhone, al-Hassan: a capital inside the first piece or behind a hyphen counts.
        return if word.chars().any(char::is_uppercase) { Case::Capital } else { Case::Lower };
    }
    let mut rest = letters.peekable();
    if rest.peek().is_some() && rest.all(char::is_uppercase) { Case::Upper } else { Case::Capital }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::ParagraphKind;
    use pretty_assertions::assert_eq;

    fn marks(text: &str) -> Vec<&str> {
        let paragraph = Paragraph { span: Span::new(0, text.len()), kind: ParagraphKind::Body };
        let tokens = scan(text, &[paragraph], &Lexicon::english());
        tokens.iter().filter(|t| t.kind == Kind::Mark).map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn three_apostrophes_are_an_inner_and_an_outer_mark() {
        assert_eq!(
            marks("''So 'we go,''' she said. '''Go,' I said.''"),
            ["''", "'", "'", "''", "''", "'", "'", "''"]
        );
    }

    #[test]
    fn inches_behind_feet_are_no_year() {
        assert_eq!(marks("6'11\" tall in the '90s"), ["'", "\""]);
    }

    #[test]
    fn two_curly_single_marks_are_a_double_one() {
        assert_eq!(marks("‘‘Go,’’ she said."), ["‘‘", "’’"]);
    }
}
