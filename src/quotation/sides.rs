//! What a single mark looks like: which family it is of, and to which side it seems to open.

use crate::document::Paragraph;
use crate::token::Token;
use crate::token::scan::invisible;

/// A mark with what its shape and its neighbours tell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// Its token.
    pub token: usize,
    pub style: Style,
    pub single: bool,
    pub side: Side,
    /// The shape alone tells the side: “ ” « »
    pub fixed: bool,
    /// The last character before it, white space included; `None` at the start of the paragraph.
    pub before: Option<char>,
    /// The first character behind it.
    pub after: Option<char>,
}

/// Marks of one style pair with each other before they pair with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// “ ” „ ‟ ‘ ’ ‚ ‛
    Curly,
    /// " '
    Straight,
    /// '' `` `
    Tick,
    /// « » ‹ ›
    Angle,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Open,
    Close,
    Either,
}

impl Mark {
    /// Looks at the mark that is the token `token`.
    pub fn look(text: &str, paragraph: &Paragraph, tokens: &[Token], token: usize) -> Self {
        let span = tokens[token].span;
        let start = paragraph.span.start as usize;
        let end = paragraph.span.end as usize;
        let before = text[start..span.start as usize].chars().rev().find(|&c| visible(c));
        let after = text[span.end as usize..end].chars().find(|&c| visible(c));
        let (style, single, shape) = shape(span.of(text));
        let side = side(style, shape, before, after);
        Self { token, style, single, side, fixed: shape != Side::Either, before, after }
    }

    /// Stands directly behind a letter or number.
    pub fn tight(&self) -> bool {
        self.before.is_some_and(char::is_alphanumeric)
    }

    /// May be the sign of feet or inches: it stands behind a number and opens nothing.
    pub fn like_measure(&self) -> bool {
        matches!(self.style, Style::Straight | Style::Tick)
            && self.before.is_some_and(|c| c.is_ascii_digit())
            && !self.after.is_some_and(char::is_alphabetic)
    }
}

/// A control character does not count as a neighbour, a tab or line end does.
fn visible(c: char) -> bool {
    c.is_whitespace() || !invisible(c)
}

fn shape(mark: &str) -> (Style, bool, Side) {
    match mark {
        "“" | "„" | "‟" | "‘‘" => (Style::Curly, false, Side::Open),
        "”" | "’’" => (Style::Curly, false, Side::Close),
        "«" => (Style::Angle, false, Side::Open),
        "»" => (Style::Angle, false, Side::Close),
        "``" => (Style::Tick, false, Side::Open),
        "''" => (Style::Tick, false, Side::Either),
        "‘" | "‚" | "‛" => (Style::Curly, true, Side::Open),
        "’" | "ʼ" => (Style::Curly, true, Side::Close),
        "‹" => (Style::Angle, true, Side::Open),
        "›" => (Style::Angle, true, Side::Close),
        "`" => (Style::Tick, true, Side::Either),
        "'" => (Style::Straight, true, Side::Either),
        _ => (Style::Straight, false, Side::Either),
    }
}

fn side(style: Style, shape: Side, before: Option<char>, after: Option<char>) -> Side {
    let space_before = before.is_none_or(char::is_whitespace);
    let space_after = after.is_none_or(char::is_whitespace);
    let left_free = space_before
        || before.is_some_and(|c| "([{—–-‘“/>".contains(c))
        || shape == Side::Either && before == Some('\'');
    let right_free = space_after || after.is_some_and(|c| ")]}—–-’'”,.;:!?/*".contains(c));
    match (style, shape) {
        // »German« books turn them round; « French » ones put spaces inside.
        (Style::Angle, Side::Open) if !left_free && right_free => Side::Close,
        (Style::Angle, Side::Close) if left_free && !right_free => Side::Open,
        // “so“ and ”so” happen to typists.
        (Style::Curly, Side::Open) if after.is_none() => Side::Either,
        (Style::Curly, Side::Open)
            if !left_free && (right_free || after.is_some_and(|c| "([".contains(c))) =>
        {
            Side::Either
        }
        (Style::Curly, Side::Close) if space_before && !right_free => Side::Either,
        (_, Side::Either) => match (left_free, right_free) {
            (true, false) => Side::Open,
            (false, true) => Side::Close,
            _ => Side::Either,
        },
        _ => shape,
    }
}
