//! Titles of works in quotation marks: *the author of “Old Rivers”* names a book, and nobody says it.

use std::ops::Range;

use crate::token::class::Class;
use crate::token::{Kind, Token};

/// The longest title has so many words and marks.
const LONGEST: usize = 12;

/// The end of the title in marks with which these tokens begin, if they do: all its words but small ones have a
/// capital, and so many at least.
pub(super) fn title(tokens: &[Token], classes: &[Class], at: Range<usize>, capitals: usize) -> Option<usize> {
    let classes = &classes[at.clone()];
    let (_, rest) = classes.split_first().filter(|(open, _)| **open == Class::Mark)?;
    let length = rest.iter().take(LONGEST).position(|c| *c == Class::Mark)?;
    let inside = &tokens[at.start + 1..][..length];
    let capital = |token: &Token| token.kind == Kind::Number || token.capitalised();
    let like = |(token, class): (&Token, &Class)| {
        capital(token) || small(*class) || token.kind != Kind::Word && token.kind != Kind::Stop
    };
    // The American way has a comma or stop inside the marks.
    let words = match inside.split_last()? {
        (last, words) if matches!(last.kind, Kind::Comma | Kind::Stop) => words,
        _ => inside,
    };
    let titled = words.first().is_some_and(capital)
        && words.iter().zip(rest).all(like)
        && words.iter().filter(|token| capital(token)).count() >= capitals;
    titled.then_some(at.start + length + 2)
}

/// Words that stay small in a title.
pub fn small(class: Class) -> bool {
    matches!(
        class,
        Class::Determiner
            | Class::Preposition
            | Class::To
            | Class::Conjunction
            | Class::Possessive
            | Class::Auxiliary
    )
}
