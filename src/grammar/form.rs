//! A form into its elements: `content=QUOTE ,? cue=SAYS source=MENTION`.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::{char, digit1, one_of, space0, space1};
use nom::combinator::{opt, recognize};
use nom::multi::{many0, many1, separated_list1};
use nom::sequence::{delimited, preceded, terminated};
use nom::{Offset, Parser};

use super::ast::{Element, Test, What};
use super::parse::{Read, expect, name};

/// What may follow in a form.
pub(super) const ELEMENT: &str =
    "a lower-case word, `@list`, a mark, an item such as QUOTE, a gap such as `..3`, or `( … | … )`";

/// Choices lie in each other no deeper: reading them goes down as deep as they do.
const DEEPEST: usize = 16;

/// What is said of a bracket below that.
pub(super) const SHALLOWER: &str = "choices that lie in each other no more than 16 deep";

/// The first bracket that lies deeper than any may.
pub(super) fn too_deep(form: &str) -> Option<&str> {
    let mut depth = 0_usize;
    let (at, _) = form.match_indices(['(', ')']).find(|&(_, bracket)| {
        depth = if bracket == "(" { depth + 1 } else { depth.saturating_sub(1) };
        depth > DEEPEST
    })?;
    Some(&form[at..])
}

/// Elements, parted by spaces.
pub(super) fn elements(input: &str) -> Read<'_, Vec<Element<'_>>> {
    separated_list1(space1, element).parse(input)
}

fn element(input: &str) -> Read<'_, Element<'_>> {
    let (left, role) = opt(terminated(name, char('='))).parse(input)?;
    let (left, what) = if role.is_some() { expect(ELEMENT, what).parse(left)? } else { what(left)? };
    let (left, optional) = opt(char('?')).parse(left)?;
    let text = &input[..input.offset(left)];
    Ok((left, Element { text, role, what, optional: optional.is_some() }))
}

fn what(input: &str) -> Read<'_, What<'_>> {
    alt((
        preceded(char('@'), expect("the name of a word list", name)).map(What::List),
        preceded(tag(".."), expect("a number after `..`, at most 12", digit1)).map(What::Gap),
        choice,
        recognize(one_of(",:;.>¶-–—")).map(What::Mark),
        item,
        word.map(What::Word),
    ))
    .parse(input)
}

fn choice(input: &str) -> Read<'_, What<'_>> {
    let way = delimited(space0, elements, space0);
    delimited(char('('), expect(ELEMENT, separated_list1(char('|'), way)), expect("`|` or `)`", char(')')))
        .map(What::Choice)
        .parse(input)
}

fn item(input: &str) -> Read<'_, What<'_>> {
    let (input, name) = take_while1(|c: char| c.is_ascii_uppercase()).parse(input)?;
    let brackets = delimited(
        char('['),
        expect("a lemma, `~stance`, `+column` or `@list`", many1(delimited(space0, test, space0))),
        expect("`]`", char(']')),
    );
    let (input, tests) = opt(brackets).parse(input)?;
    Ok((input, What::Item { name, tests: tests.unwrap_or_default() }))
}

fn test(input: &str) -> Read<'_, Test<'_>> {
    alt((
        preceded(char('~'), expect("a stance", name)).map(Test::Stance),
        preceded(
            char('+'),
            expect("one of object, to, nobody, core, common, weak, speech, attitude, deed", name),
        )
        .map(Test::Column),
        preceded(char('@'), expect("the name of a word list", name)).map(Test::List),
        word.map(Test::Lemma),
    ))
    .parse(input)
}

/// A word as it stands in a text, in lower case: `says`, `co-author`, `’s`.
fn word(input: &str) -> Read<'_, &str> {
    let letter = |c: char| c.is_lowercase() || c.is_ascii_digit() || matches!(c, '\'' | '’');
    recognize((take_while1(letter), many0(preceded(char('-'), take_while1(letter))))).parse(input)
}
