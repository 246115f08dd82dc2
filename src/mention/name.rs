//! The proper name inside a noun phrase, without titles and descriptions.

use crate::lexicon::{Gender, Lexicon, list};
use crate::span::TokenSpan;
use crate::token::Token;
use crate::token::class::Class;

/// The trailing run of capitalised words that is the name: `Tad Devine` in `Sanders strategist Tad Devine`,
/// nothing in `the President`.
pub fn proper(tokens: &[Token], classes: &[Class], base: TokenSpan, lexicon: &Lexicon) -> TokenSpan {
    let range = base.range();
    let mut start = range.start;
    for i in range.clone() {
        let inside = matches!(classes[i], Class::Capital | Class::Mark | Class::Number)
            || i > range.start && lexicon.entry(tokens[i].word).is(list::NAME_PARTICLES) && classes[i - 1] == Class::Capital
            || classes[i] == Class::Other;
        if !inside {
            start = i + 1;
        }
    }
    // A number leads no name: 2 Broke Girls is a work.
    while start < range.end && classes[start] == Class::Number {
        start += 1;
    }
    loop {
        let skip = title_length(tokens, start, range.end, lexicon);
        if skip == 0 {
            break;
        }
        start += skip;
    }
    TokenSpan::new(start.min(range.end), range.end)
}

/// How many words at `start` are a title or honorific with more of the name behind them.
fn title_length(tokens: &[Token], start: usize, end: usize, lexicon: &Lexicon) -> usize {
    if start >= end {
        return 0;
    }
    let hash = |i: usize| tokens.get(start + i).filter(|_| start + i < end).map(|t| t.hash);
    let title = lexicon.phrase(list::TITLES, hash).map_or(0, |(n, _)| n);
    let honorific = lexicon.phrase(list::HONORIFICS, hash).map_or(0, |(n, _)| n);
    let longest = title.max(honorific);
    let entry = lexicon.entry(tokens[start].word);
    // A lone given name that is a title too (Dean, Bishop) stays where another capital does not follow.
    if longest == 1 && entry.is(list::GIVEN_NAMES) && !entry.is(list::HONORIFICS) && start + 2 <= end && title == 1 {
        return usize::from(start + 2 < end);
    }
    if longest == 0 && end - start >= 2 && entry.is(list::ROLES) && !entry.is(list::GIVEN_NAMES) {
        return 1;
    }
    longest
}

/// Gender by honorific, title or given name.
pub fn gender(tokens: &[Token], base: TokenSpan, name: TokenSpan, lexicon: &Lexicon) -> Gender {
    for token in &tokens[base.start as usize..name.start as usize] {
        let entry = lexicon.entry(token.word);
        if entry.gender != Gender::Unknown && (entry.is(list::HONORIFICS) || entry.is(list::ROLES)) {
            return entry.gender;
        }
    }
    let first = lexicon.entry(tokens[name.start as usize].word);
    if first.is(list::GIVEN_NAMES) { first.gender } else { Gender::Unknown }
}
