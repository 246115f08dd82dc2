//! A pattern file into its syntax tree.
//!
//! Every mistake is placed at the character where reading stopped, and reading goes on at the next pattern,
//! so that a file's author sees them all at once.

use std::path::Path;

use nom::branch::alt;
use nom::bytes::complete::{tag, take_until, take_while};
use nom::character::complete::{char, line_ending, not_line_ending, one_of, space0, space1};
use nom::combinator::{all_consuming, cut, eof, opt, peek, recognize, rest, value, verify};
use nom::error::{ContextError, ErrorKind as NomKind, ParseError, context};
use nom::multi::many0_count;
use nom::sequence::{preceded, terminated};
use nom::{IResult, Offset, Parser};

use super::ast::{Form, Pattern};
use super::{example, form};
use crate::error::{Error, ErrorKind, Position};

/// Reads the patterns of one file.
///
/// ```
/// use onrecord::grammar::parse;
/// let text = "pattern tag\n  why  Short.\n  form source=MENTION cue=SAYS\n  yes  {source Ana} {cue said} so.\n  no   Ana.\n";
/// assert_eq!(parse::parse("tags.pattern".as_ref(), text).unwrap()[0].name, "tag");
/// ```
///
/// # Errors
/// The first mistake of every pattern, with file, line, column, the line itself and what was expected there.
pub fn parse<'a>(file: &Path, text: &'a str) -> Result<Vec<Pattern<'a>>, Vec<Error>> {
    let mut patterns = Vec::new();
    let mut errors = Vec::new();
    let mut input = text;
    loop {
        match next_pattern(input) {
            Ok((left, Some(pattern))) => {
                match complete(&pattern) {
                    Ok(()) => patterns.push(pattern),
                    Err(expected) => errors.push(wrong(file, text, pattern.name, expected)),
                }
                input = left;
            }
            Ok((_, None)) => break,
            Err(nom::Err::Error(e) | nom::Err::Failure(e)) => {
                errors.push(wrong(file, text, e.at, e.expected.unwrap_or("`pattern` and its name")));
                input = resume(&text[text.offset(e.at)..]);
            }
            Err(nom::Err::Incomplete(_)) => unreachable!("complete parsers never ask for more"),
        }
    }
    if errors.is_empty() { Ok(patterns) } else { Err(errors) }
}

/// An error at `at`, which is a slice of `text`, or its end.
pub(super) fn wrong(file: &Path, text: &str, at: &str, expected: impl Into<String>) -> Error {
    let offset = text.offset(at);
    let start = text[..offset].rfind('\n').map_or(0, |n| n + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let position = Position {
        file: file.to_owned(),
        line: text[..offset].matches('\n').count() + 1,
        column: text[start..offset].chars().count() + 1,
        text: line.to_owned(),
    };
    ErrorKind::Grammar { position: Box::new(position), expected: expected.into() }.into()
}

/// The error for the place where reading stopped.
#[expect(clippy::needless_pass_by_value, reason = "used up: the parser is done with it")]
pub(super) fn refused(file: &Path, text: &str, stop: Stop<'_>) -> Error {
    wrong(file, text, stop.at, stop.expected.unwrap_or("something else"))
}

/// Where reading stopped and what it wanted there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stop<'a> {
    at: &'a str,
    expected: Option<&'static str>,
}

impl<'a> ParseError<&'a str> for Stop<'a> {
    fn from_error_kind(at: &'a str, _: NomKind) -> Self {
        Self { at, expected: None }
    }

    fn append(_: &'a str, _: NomKind, other: Self) -> Self {
        other
    }

    /// Of two attempts the one that came further knows better what was meant.
    fn or(self, other: Self) -> Self {
        if other.at.len() < self.at.len() { other } else { self }
    }
}

impl<'a> ContextError<&'a str> for Stop<'a> {
    fn add_context(_: &'a str, expected: &'static str, other: Self) -> Self {
        Self { expected: other.expected.or(Some(expected)), ..other }
    }
}

pub(super) type Read<'a, T> = IResult<&'a str, T, Stop<'a>>;

/// From here on nothing else can be meant: a failure is final, and says what it wanted.
pub(super) fn expect<'a, T>(
    what: &'static str,
    parser: impl Parser<&'a str, Output = T, Error = Stop<'a>>,
) -> impl Parser<&'a str, Output = T, Error = Stop<'a>> {
    cut(context(what, parser))
}

/// What stands behind the mistake, from the next pattern on.
fn resume(at: &str) -> &str {
    let next: Read<'_, &str> = preceded(take_until("\npattern "), rest).parse(at);
    next.map_or("", |(_, left)| left)
}

fn complete(pattern: &Pattern<'_>) -> Result<(), &'static str> {
    if pattern.why.is_empty() {
        Err("a `why` line in this pattern: the reason for it, in a sentence")
    } else if pattern.forms.is_empty() {
        Err("at least one `form` line in this pattern")
    } else if pattern.yes.is_empty() {
        Err("at least one `yes` example in this pattern")
    } else if pattern.no.is_empty() {
        Err("at least one `no` example in this pattern")
    } else {
        Ok(())
    }
}

fn end_of_line(input: &str) -> Read<'_, ()> {
    value((), (space0, alt((line_ending, eof)))).parse(input)
}

/// A blank line or a comment; never nothing.
fn idle_line(input: &str) -> Read<'_, ()> {
    value(
        (),
        verify(recognize((space0, opt((char('#'), not_line_ending)), alt((line_ending, eof)))), |s: &str| {
            !s.is_empty()
        }),
    )
    .parse(input)
}

fn next_pattern(input: &str) -> Read<'_, Option<Pattern<'_>>> {
    let (input, _) = many0_count(idle_line).parse(input)?;
    if input.is_empty() {
        return Ok((input, None));
    }
    let (input, _) =
        expect("`pattern` and its name, at the start of a line", terminated(tag("pattern"), space1))
            .parse(input)?;
    let (input, name) =
        expect("a name of lower-case letters, digits and hyphens", terminated(name, peek(end_of_line)))
            .parse(input)?;
    let (input, ()) = end_of_line(input)?;
    let mut pattern = Pattern {
        name,
        why: Vec::new(),
        sure: Vec::new(),
        forms: Vec::new(),
        yes: Vec::new(),
        no: Vec::new(),
    };
    let mut input = input;
    loop {
        (input, _) = many0_count(idle_line).parse(input)?;
        let (left, Some(field)) = opt(preceded(space1, line)).parse(input)? else {
            return Ok((input, Some(pattern)));
        };
        input = left;
        match field {
            Line::Why(text) => pattern.why.push(text),
            Line::Sure(text) => pattern.sure.push(text),
            Line::Form(form) => pattern.forms.push(form),
            Line::Yes(example) => pattern.yes.push(example),
            Line::No(example) => pattern.no.push(example),
        }
    }
}

enum Line<'a> {
    Why(&'a str),
    Sure(&'a str),
    Form(Form<'a>),
    Yes(super::ast::Example<'a>),
    No(super::ast::Example<'a>),
}

fn line(input: &str) -> Read<'_, Line<'_>> {
    let keyword = verify(name, |word: &str| matches!(word, "why" | "sure" | "form" | "yes" | "no"));
    let (input, word) =
        expect("one of `why`, `sure`, `form`, `yes`, `no`", terminated(keyword, space0)).parse(input)?;
    let (left, content) = terminated(not_line_ending, end_of_line).parse(input)?;
    let content = content.trim_end();
    if content.is_empty() {
        return Err(nom::Err::Failure(Stop { at: content, expected: Some("something behind this word") }));
    }
    let line = match word {
        "why" => Line::Why(content),
        "sure" => Line::Sure(content),
        "form" => {
            if let Some(at) = form::too_deep(content) {
                return Err(nom::Err::Failure(Stop { at, expected: Some(form::SHALLOWER) }));
            }
            Line::Form(Form { text: content, elements: whole(form::elements, content, form::ELEMENT)? })
        }
        "yes" => Line::Yes(whole(example::marked, content, example::MARKED)?),
        _ => Line::No(whole(example::plain, content, example::PLAIN)?),
    };
    Ok((left, line))
}

/// All of one line, nothing left; the line's kind is known, so no failure can mean another.
fn whole<'a, T>(
    parser: impl Fn(&'a str) -> Read<'a, T>,
    line: &'a str,
    expected: &'static str,
) -> Result<T, nom::Err<Stop<'a>>> {
    let (_, read) = all_consuming(parser).parse(line).map_err(|e| {
        let (nom::Err::Error(stop) | nom::Err::Failure(stop)) = e else {
            unreachable!("the line is complete")
        };
        nom::Err::Failure(Stop { at: stop.at.trim_start(), expected: stop.expected.or(Some(expected)) })
    })?;
    Ok(read)
}

/// `continued-tag`
pub(super) fn name(input: &str) -> Read<'_, &str> {
    recognize((
        one_of("abcdefghijklmnopqrstuvwxyz"),
        take_while(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
    ))
    .parse(input)
}

#[cfg(test)]
mod tests {
    use super::super::ast::{Test, What};
    use super::*;
    use pretty_assertions::assert_eq;

    fn message(text: &str) -> Vec<String> {
        parse("after.pattern".as_ref(), text).unwrap_err().iter().map(ToString::to_string).collect()
    }

    const GOOD: &str = "# a comment

pattern inverted
  why   The verb stands first,
  why   and its subject behind it.
  form  content=QUOTE ,? cue=SAYS[tell ~ask +object] ..3 source=( MENTION[@outlets] | ’s co-author )
  yes   {content “We are ready,”} {cue said} {source Maria Lopez}.
  # another comment
  no    “The Odyssey” thrilled Maria Lopez.
";

    #[test]
    fn reads_a_pattern_with_all_its_lines() {
        let patterns = parse("a".as_ref(), GOOD).unwrap();
        let [inverted] = patterns.as_slice() else { panic!("{patterns:?}") };
        assert_eq!(inverted.name, "inverted");
        assert_eq!(inverted.why, ["The verb stands first,", "and its subject behind it."]);
        let elements = &inverted.forms[0].elements;
        assert_eq!(
            elements.iter().map(|e| e.text).collect::<Vec<_>>(),
            [
                "content=QUOTE",
                ",?",
                "cue=SAYS[tell ~ask +object]",
                "..3",
                "source=( MENTION[@outlets] | ’s co-author )"
            ]
        );
        assert!(elements[1].optional);
        let tests = vec![Test::Lemma("tell"), Test::Stance("ask"), Test::Column("object")];
        assert_eq!(elements[2].what, What::Item { name: "SAYS", tests });
        assert_eq!(elements[3].what, What::Gap("3"));
        let What::Choice(ways) = &elements[4].what else { panic!() };
        assert_eq!(
            ways[1].iter().map(|e| &e.what).collect::<Vec<_>>(),
            [&What::Word("’s"), &What::Word("co-author")]
        );
    }

    #[test]
    fn an_empty_file_has_no_patterns() {
        assert_eq!(parse("a".as_ref(), "").unwrap(), []);
        assert_eq!(parse("a".as_ref(), "# nothing yet").unwrap(), []);
    }

    #[test]
    fn windows_line_ends_are_line_ends() {
        assert_eq!(parse("a".as_ref(), &GOOD.replace('\n', "\r\n")).unwrap()[0].yes.len(), 1);
    }

    #[test]
    fn shows_a_mistake_with_its_place_its_line_and_what_was_expected() {
        let broken = GOOD.replace("..3", "..x");
        assert_eq!(
            message(&broken),
            [
                "after.pattern:6:56: expected a number after `..`, at most 12\n    form  content=QUOTE ,? cue=SAYS[tell ~ask +object] ..x source=( MENTION[@outlets] | ’s co-author )"
            ]
        );
    }

    #[test]
    fn names_what_a_pattern_lacks() {
        let without = |word: &str| -> String {
            GOOD.lines().filter(|l| !l.trim_start().starts_with(word)).map(|l| format!("{l}\n")).collect()
        };
        let first = |text: String| message(&text)[0].lines().next().unwrap().to_owned();
        assert_eq!(
            first(without("why")),
            "after.pattern:3:9: expected a `why` line in this pattern: the reason for it, in a sentence"
        );
        assert_eq!(
            first(without("form")),
            "after.pattern:3:9: expected at least one `form` line in this pattern"
        );
        assert_eq!(
            first(without("yes")),
            "after.pattern:3:9: expected at least one `yes` example in this pattern"
        );
        assert_eq!(
            first(without("no ")),
            "after.pattern:3:9: expected at least one `no` example in this pattern"
        );
    }

    #[test]
    fn goes_on_behind_a_mistake_and_finds_the_next() {
        let two = format!("{}\n{}", GOOD.replace("cue=SAYS", "cue=?"), GOOD.replace("  no ", "  not"));
        let errors = message(&two);
        assert_eq!(errors.len(), 2, "{errors:#?}");
        assert!(
            errors[0].starts_with("after.pattern:6:30: expected a lower-case word, `@list`"),
            "{}",
            errors[0]
        );
        assert!(
            errors[1].starts_with("after.pattern:19:3: expected one of `why`, `sure`, `form`, `yes`, `no`"),
            "{}",
            errors[1]
        );
    }

    #[test]
    fn brackets_may_be_deep_but_not_as_deep_as_the_stack() {
        let nested =
            |deep: usize| GOOD.replace("QUOTE ,?", &format!("{}a{}", "(".repeat(deep), ")".repeat(deep)));
        assert!(parse("a".as_ref(), &nested(16)).is_ok());
        assert!(message(&nested(100_000))[0].starts_with("after.pattern:6:33: expected choices that lie"));
    }

    #[test]
    fn every_kind_of_mistake_says_what_was_wanted() {
        for (form, expected) in [
            ("content=QUOTE @ cue=SAYS", "the name of a word list"),
            ("content=QUOTE (a | b", "`|` or `)`"),
            ("content=QUOTE ( )", "a lower-case word"),
            ("SAYS[tell", "`]`"),
            ("SAYS[]", "a lemma, `~stance`"),
            ("SAYS[+]", "one of object, to,"),
            ("QUOTE %", "a lower-case word"),
            ("source=", "a lower-case word"),
            (&*format!("SAYS {}a{}", "(".repeat(17), ")".repeat(17)), "choices that lie in each other no"),
        ] {
            let text = format!("pattern a\n  why b\n  form {form}\n  yes {{source a}}\n  no a\n");
            let errors = message(&text);
            assert!(
                errors.len() == 1 && errors[0].contains(&format!("expected {expected}")),
                "{form}: {errors:?}"
            );
        }
        assert!(message("patern a\n")[0].starts_with("after.pattern:1:1: expected `pattern` and its name"));
        assert!(message("pattern A\n")[0].starts_with("after.pattern:1:9: expected a name of lower-case"));
        assert!(message("pattern a\n  why\n")[0].contains("expected something behind this word"));
    }
}
