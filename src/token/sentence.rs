//! Tokens into sentences, with quotations as blocks that are not looked into.

use super::tag::{self, Behind};
use super::{Kind, Sentence, Token};
use crate::document::Paragraph;
use crate::lexicon::{CLOSED, Lexicon, bits, list};
use crate::span::TokenSpan;

/// Words that a name always follows: a sentence does not end at their stop.
const BEFORE_NAMES: u128 = bits(&[list::HONORIFICS, list::TITLES]);

/// A sentence has at most so many tokens outside its quotations. What is longer is a list or no text, and would
/// take time that grows with the square of it.
const LONGEST: usize = 400;

/// The sentences of a text, in order; every token belongs to exactly one.
///
/// Stages run scan, marks, sentences: `outer` are the tokens of the outermost quotations, in order. In
/// `“Why? Who asked?” Ms. Idowu asked. “Nobody.”` there are two sentences: what stands inside the marks ends none,
/// a tag belongs to the quotation before it, and a quotation that stands alone is a sentence of its own.
pub fn sentences(
    text: &str,
    tokens: &[Token],
    paragraphs: &[Paragraph],
    outer: &[TokenSpan],
    lexicon: &Lexicon,
) -> Vec<Sentence> {
    let mut sentences = Vec::with_capacity(tokens.len() / 16);
    let mut splitter = Splitter { text, tokens, outer, lexicon, end: 0 };
    let mut at = 0;
    for (number, paragraph) in paragraphs.iter().enumerate() {
        let first = at;
        at = first + tokens[first..].partition_point(|t| t.span.end <= paragraph.span.end);
        splitter.end = at;
        splitter.paragraph(first, number as u32, &mut sentences);
    }
    sentences
}

struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// The quotations that are still to come.
    outer: &'a [TokenSpan],
    lexicon: &'a Lexicon,
    /// One past the last token of the paragraph.
    end: usize,
}

impl Splitter<'_> {
    fn paragraph(&mut self, first: usize, paragraph: u32, sentences: &mut Vec<Sentence>) {
        let (mut start, mut at, mut loose) = (first, first, 0);
        while at < self.end {
            let quiet = self.quiet(at, LONGEST - 1 - loose);
            loose += quiet;
            at += quiet;
            loose += usize::from(!self.quotation_starts(at));
            let (next, over) = match self.quotation_at(at) {
                Some(end) => (end.min(self.end), self.ends_after_quotation(end.min(self.end))),
                None if self.tokens[at].kind == Kind::Mark => (at + 1, self.ends_after_quotation(at + 1)),
                None => self.ends_at(start, at),
            };
            let over = over || next == self.end || loose >= LONGEST;
            let next = if over { self.trailing(next) } else { next };
            if over {
                sentences.push(Sentence { tokens: TokenSpan::new(start, next), paragraph });
                start = next;
                loose = 0;
            }
            at = next;
        }
    }

    /// How many tokens from `at` on surely end nothing, as most words and commas do not, before a quotation and the last
    /// token of the paragraph.
    fn quiet(&self, at: usize, most: usize) -> usize {
        let quotation = self.outer.first().map_or(self.end, |span| span.start as usize);
        let tokens = self.tokens.get(at..quotation.min(self.end - 1)).unwrap_or_default();
        let quiet =
            |token: &&Token| matches!(token.kind, Kind::Word | Kind::Comma) && !self.ends_with_stop(token);
        tokens.iter().take(most).take_while(quiet).count()
    }

    /// Where the quotation that begins at `at` ends.
    fn quotation_at(&mut self, at: usize) -> Option<usize> {
        while let Some(span) = self.outer.first() {
            if span.start as usize > at {
                return None;
            }
            self.outer = &self.outer[1..];
            if span.start as usize == at && span.end as usize > at {
                return Some(span.end as usize);
            }
        }
        None
    }

    fn quotation_starts(&self, at: usize) -> bool {
        self.outer.first().is_some_and(|span| span.start as usize == at)
    }

    /// Past the closing brackets, stray marks and further stops behind the end of a sentence.
    fn trailing(&self, mut at: usize) -> usize {
        while at < self.end && !self.quotation_starts(at) {
            let token = &self.tokens[at];
            let closes = token.kind == Kind::Close
                || !token.spaced && (token.ends_sentence() || token.kind == Kind::Mark);
            if !closes {
                break;
            }
            at += 1;
        }
        at
    }

    /// Where to go on from the token `at`, which stands in no quotation, and whether the sentence from `start` ends
    /// there.
    fn ends_at(&self, start: usize, at: usize) -> (usize, bool) {
        let token = &self.tokens[at];
        match token.kind {
            // 1. A list item’s number ends nothing.
            Kind::Stop if at == start + 1 && self.tokens[start].kind == Kind::Number => (at + 1, false),
            Kind::Stop | Kind::Question | Kind::Exclamation | Kind::Ellipsis => {
                let next = self.trailing(at + 1);
                (next, self.begins(next))
            }
            Kind::Word => (at + 1, self.abbreviation_ends(token, at + 1)),
            _ => (at + 1, false),
        }
    }

    /// A sentence can begin here: with a capital, a number, a quotation or an opening bracket.
    fn begins(&self, at: usize) -> bool {
        let Some(next) = self.tokens[..self.end].get(at) else { return true };
        self.quotation_starts(at)
            || match next.kind {
                Kind::Word => next.capitalised(),
                Kind::Number | Kind::Handle | Kind::Link | Kind::Open | Kind::Mark | Kind::Dash => true,
                _ => false,
            }
    }

    fn ends_with_stop(&self, token: &Token) -> bool {
        self.text.as_bytes()[token.span.end as usize - 1] == b'.'
    }

    /// `U.S.` ends a sentence before a word that has its capital from nothing else; `Mr.` and `J.` never do.
    fn abbreviation_ends(&self, token: &Token, behind: usize) -> bool {
        if !self.ends_with_stop(token) {
            return false;
        }
        let word = token.span.of(self.text);
        let bare = &word[..word.len() - 1];
        if bare.chars().count() == 1 || self.lexicon.entry(token.word).is_any(BEFORE_NAMES) {
            return false;
        }
        let next = self.trailing(behind);
        let Some(after) = self.tokens[..self.end].get(next) else { return true };
        let capital =
            |at: usize| self.tokens.get(at).is_some_and(|t| t.kind == Kind::Word && t.capitalised());
        // Acme Inc. “It was hard”, but not vs. “Goliath”.
        self.quotation_starts(next) && (bare.contains('.') || token.capitalised()) && capital(next + 1)
            || after.kind == Kind::Word
                && after.capitalised()
                && self.lexicon.entry(after.word).is_any(CLOSED)
    }

    /// The sentence ends with the quotation, or stray mark, before `next`.
    ///
    /// It does where the last thing said is a stop of its own and what follows is no tag of it.
    fn ends_after_quotation(&self, next: usize) -> bool {
        let inside = |t: &&Token| !matches!(t.kind, Kind::Mark | Kind::Close);
        let Some(last) = self.tokens[..next].iter().rev().take(8).find(inside) else { return false };
        let abbreviated = last.kind == Kind::Word && self.ends_with_stop(last);
        if !last.ends_sentence() && !abbreviated {
            return false;
        }
        // A dash behind the marks leads to the signature.
        if self.tokens[..self.end].get(next).is_some_and(|t| t.kind == Kind::Dash) {
            return false;
        }
        let firm = last.kind == Kind::Stop || abbreviated;
        let after = self.trailing(next);
        if self.quotation_starts(after) {
            return true;
        }
        self.begins(after) && !self.tag_follows(after, firm)
    }

    /// What begins at `at` is the tag of the quotation before it: `Trump asked.`, `she said, smiling.`
    ///
    /// Behind a full stop (`firm`) only a tag and nothing else is one: `“No.” He said the bill was dead.` are two
    /// sentences, and so are `“No.” He said, “Yes.”`
    fn tag_follows(&self, at: usize, firm: bool) -> bool {
        let tokens = &self.tokens[..self.end];
        let Some(verb) = tag::subject_first(tokens, at, self.lexicon) else { return false };
        match tag::behind(tokens, verb, self.end, self.lexicon) {
            Behind::Stop => true,
            Behind::Comma => !firm || !self.quotation_near(verb + 1),
            Behind::Quotation | Behind::Rest => !firm,
            Behind::Clause => false,
        }
    }

    /// A quotation begins directly behind the comma at `at`.
    fn quotation_near(&self, at: usize) -> bool {
        self.quotation_starts(at + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::paragraph::paragraphs;
    use crate::quotation::marks;
    use crate::token::scan::scan;
    use pretty_assertions::assert_eq;

    fn english() -> &'static Lexicon {
        static ENGLISH: std::sync::LazyLock<Lexicon> = std::sync::LazyLock::new(Lexicon::english);
        &ENGLISH
    }

    fn split(text: &str) -> Vec<&str> {
        let lexicon = english();
        let paragraphs = paragraphs(text, lexicon);
        let mut tokens = scan(text, &paragraphs, lexicon);
        let quotations = marks::find(text, &paragraphs, &mut tokens, lexicon);
        let outer: Vec<TokenSpan> =
            quotations.iter().filter(|q| q.parent.is_none()).map(|q| q.tokens).collect();
        let sentences = sentences(text, &tokens, &paragraphs, &outer, lexicon);
        let mut at = 0;
        for sentence in &sentences {
            assert_eq!(sentence.tokens.start, at, "sentences are gapless");
            at = sentence.tokens.end;
        }
        assert_eq!(at as usize, tokens.len());
        sentences
            .iter()
            .map(|s| &tokens[s.tokens.range()])
            .map(|t| t[0].span.join(t[t.len() - 1].span).of(text))
            .collect()
    }

    #[test]
    fn a_sentence_without_an_end_is_cut_but_a_long_quotation_is_not() {
        let endless = "he said ".repeat(1000);
        let found = split(&endless);
        assert_eq!(found.len(), 5);
        assert!(found.iter().all(|s| s.split(' ').count() <= LONGEST));
        let long = format!("“{}” said Ama Teller of the ditch.", "we dug, ".repeat(1000));
        assert_eq!(split(&long).len(), 1);
    }

    #[test]
    fn a_quotation_is_a_block() {
        assert_eq!(
            split("“We dug. We dug again. Nothing,” said Ama Teller. “Then it rained.”"),
            ["“We dug. We dug again. Nothing,” said Ama Teller.", "“Then it rained.”"]
        );
        assert_eq!(split("“Dig.” “Why?”"), ["“Dig.”", "“Why?”"]);
    }

    #[test]
    fn a_tag_belongs_to_the_question_before_it() {
        assert_eq!(
            split("“Who dug this?” Teller asked. Nobody knew."),
            ["“Who dug this?” Teller asked.", "Nobody knew."]
        );
        assert_eq!(split("“Who dug this?” she asked. “You?”"), ["“Who dug this?” she asked.", "“You?”"]);
        assert_eq!(
            split("“Stop!” Ama Teller told the crowd in June."),
            ["“Stop!” Ama Teller told the crowd in June."]
        );
    }

    #[test]
    fn what_says_something_else_is_a_new_sentence() {
        assert_eq!(
            split("“It is deep.” He said that the rope was short."),
            ["“It is deep.”", "He said that the rope was short."]
        );
        assert_eq!(
            split("They know “no details yet.”In his remarks he smiled."),
            ["They know “no details yet.”", "In his remarks he smiled."]
        );
    }

    #[test]
    fn a_comma_inside_the_marks_ends_nothing() {
        assert_eq!(
            split("“It is deep,” Teller said, “and cold.” The rope was short."),
            ["“It is deep,” Teller said, “and cold.”", "The rope was short."]
        );
    }

    #[test]
    fn stops_of_abbreviations_end_a_sentence_before_a_function_word_only() {
        assert_eq!(
            split("Mr. Teller left the U.S. Navy at 5 p.m. The pit stayed."),
            ["Mr. Teller left the U.S. Navy at 5 p.m.", "The pit stayed."]
        );
        assert_eq!(
            split("It is 4.5 metres deep (or more.) Nobody fell in."),
            ["It is 4.5 metres deep (or more.)", "Nobody fell in."]
        );
    }

    #[test]
    fn paragraphs_end_sentences() {
        assert_eq!(
            split("A Deep Pit\n\nNobody fell in: so far\n\nThe rope held."),
            ["A Deep Pit", "Nobody fell in: so far", "The rope held."]
        );
    }
}
