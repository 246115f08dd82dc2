//! Examples of a pattern: `{content “We won,”} {cue said} {source Ana}.`

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::take_till1;
use nom::character::complete::{char, space1};
use nom::combinator::map;
use nom::multi::{many1, separated_list1};
use nom::sequence::{delimited, terminated};

use super::ast::{self, Piece};
use super::parse::{Read, expect, name};
use super::{Example, Role};
use crate::span::Span;

/// Stands in an example where a blank line stands in a text.
const PARAGRAPH: &str = " ¶ ";

/// What may follow in a `yes` line.
pub(super) const MARKED: &str = "words, or a role and its words in braces; a `}` needs its `{`";

/// What may follow in a `no` line.
pub(super) const PLAIN: &str = "no braces, because nothing may come out of a `no` example";

/// A `yes` line, with roles in braces.
pub(super) fn marked(input: &str) -> Read<'_, ast::Example<'_>> {
    let words = || take_till1(|c| matches!(c, '{' | '}'));
    let names = expect("a role", separated_list1(char('+'), name));
    let role = terminated(names, expect("a space behind the role", space1));
    let inside = (role, expect("the words that play the role", words()));
    let braced = delimited(char('{'), inside, expect("`}`", char('}')));
    many1(alt((
        map(braced, |(roles, words)| Piece { roles, words }),
        map(words(), |words| Piece { roles: Vec::new(), words }),
    )))
    .map(|pieces| ast::Example { text: input, pieces })
    .parse(input)
}

/// A `no` line, which marks nothing.
pub(super) fn plain(input: &str) -> Read<'_, ast::Example<'_>> {
    take_till1(|c| matches!(c, '{' | '}'))
        .map(|words| ast::Example { text: input, pieces: vec![Piece { roles: Vec::new(), words }] })
        .parse(input)
}

impl Example {
    /// The text without its braces, and where each role stands in it; a role that is none is handed back.
    pub(super) fn read<'a>(example: &ast::Example<'a>, line: usize) -> Result<Self, &'a str> {
        let mut read = Self { text: String::new(), roles: Vec::new(), line };
        for piece in &example.pieces {
            let start = read.text.len();
            read.text.push_str(&piece.words.replace(PARAGRAPH, "\n\n"));
            for name in &piece.roles {
                let role = Role::named(name).ok_or(*name)?;
                read.roles.push((role, Span::new(start, read.text.len())));
            }
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grammar::parse::parse;
    use pretty_assertions::assert_eq;

    fn read(yes: &str) -> Result<Example, String> {
        let text = format!("pattern a\n  why b\n  form QUOTE\n  yes {yes}\n  no c\n");
        let patterns = parse("a.pattern".as_ref(), &text).map_err(|e| e[0].to_string())?;
        Example::read(&patterns[0].yes[0], 4).map_err(str::to_owned)
    }

    #[test]
    fn the_text_has_no_braces_and_the_roles_have_their_places() {
        let example = read("{content “Höher,”} {cue said} {source Ana}, {content “and on.”}").unwrap();
        assert_eq!(example.text, "“Höher,” said Ana, “and on.”");
        let roles: Vec<_> =
            example.roles.iter().map(|(role, span)| (role.name(), span.of(&example.text))).collect();
        assert_eq!(
            roles,
            [("content", "“Höher,”"), ("cue", "said"), ("source", "Ana"), ("content", "“and on.”")]
        );
    }

    #[test]
    fn one_stretch_may_play_two_roles() {
        let example = read("{source Ana} {cue told} {addressee+via the Herald} so.").unwrap();
        let names: Vec<_> =
            example.roles.iter().map(|(role, span)| (role.name(), span.of(&example.text))).collect();
        assert_eq!(names[2..], [("addressee", "the Herald"), ("via", "the Herald")]);
    }

    #[test]
    fn a_paragraph_sign_is_a_blank_line() {
        assert_eq!(
            read("{content “One. ¶ “Two,”} {cue said} Ana. ¶ Three.").unwrap().text,
            "“One.\n\n“Two,” said Ana.\n\nThree."
        );
    }

    #[test]
    fn broken_braces_are_shown() {
        let first = |yes: &str| read(yes).unwrap_err().lines().next().unwrap().to_owned();
        assert_eq!(first("{source Ana said."), "a.pattern:4:24: expected `}`");
        assert_eq!(first("{source} said."), "a.pattern:4:14: expected a space behind the role");
        assert_eq!(first("{ Ana} said."), "a.pattern:4:9: expected a role");
        assert_eq!(
            first("Ana} said."),
            "a.pattern:4:10: expected words, or a role and its words in braces; a `}` needs its `{`"
        );
        assert_eq!(read("{speaker Ana} said."), Err("speaker".to_owned()));
    }
}
