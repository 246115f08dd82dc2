//! From syntax to meaning: names become list bits, roles and hashes, and what does not exist is shown.

use std::path::Path;

use nom::Offset;

use super::ast::{self, Test, What};
use super::parse::{parse, wrong};
use super::{CueTest, Element, Example, Item, Mark, MentionClass, MentionTest, Pattern, Role, Voice};
use crate::error::Error;
use crate::lexicon::{Act, Addressee, Lexicon, Strength, fold};

/// A gap longer than this would tie together words that have nothing to do with one another.
pub const LONGEST_GAP: u8 = 12;

/// A form captures no more roles than this, so that a match needs no memory of its own.
pub const MOST_CAPTURES: usize = 8;

/// The patterns of one file, ready to match; ranks are counted from 0.
///
/// # Errors
/// The first mistake of every pattern: in its syntax, or a list, lemma or role that does not exist.
pub fn patterns(path: &Path, text: &str, lexicon: &Lexicon) -> Result<Vec<Pattern>, Vec<Error>> {
    let file = File { path, text, lexicon };
    let mut patterns: Vec<Pattern> = Vec::new();
    let mut errors = Vec::new();
    for pattern in parse(path, text)? {
        if patterns.iter().any(|p| p.name == pattern.name) {
            errors.push(file.wrong(pattern.name, "a name that no other pattern of this file has"));
            continue;
        }
        match file.pattern(&pattern) {
            Ok(read) => patterns.push(Pattern { rank: patterns.len() as u32, ..read }),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(patterns) } else { Err(errors) }
}

/// One file with what its names are looked up in.
struct File<'a> {
    path: &'a Path,
    text: &'a str,
    lexicon: &'a Lexicon,
}

impl<'a> File<'a> {
    fn wrong(&self, at: &str, expected: impl Into<String>) -> Error {
        wrong(self.path, self.text, at, expected)
    }

    fn line(&self, at: &str) -> usize {
        self.text[..self.text.offset(at)].matches('\n').count() + 1
    }

    fn pattern(&self, pattern: &ast::Pattern<'a>) -> Result<Pattern, Error> {
        let examples = |all: &[ast::Example<'a>]| -> Result<Vec<Example>, Error> {
            all.iter()
                .map(|e| Example::read(e, self.line(e.text)).map_err(|role| self.wrong(role, roles())))
                .collect()
        };
        Ok(Pattern {
            file: self.path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
            name: pattern.name.to_owned(),
            why: pattern.why.join(" "),
            sure: (!pattern.sure.is_empty()).then(|| pattern.sure.join(" ")),
            forms: pattern.forms.iter().map(|form| self.form(form)).collect::<Result<_, _>>()?,
            yes: examples(&pattern.yes)?,
            no: examples(&pattern.no)?,
            rank: 0,
            path: self.path.to_owned(),
            line: self.line(pattern.name),
        })
    }

    fn form(&self, form: &ast::Form<'a>) -> Result<Vec<Element>, Error> {
        let elements = self.elements(&form.elements)?;
        if captures(&elements) == 0 {
            return Err(self.wrong(form.text, "at least one role, such as `source=MENTION`"));
        }
        if captures(&elements) > MOST_CAPTURES {
            return Err(self.wrong(form.text, format!("no more than {MOST_CAPTURES} roles in one form")));
        }
        if !consumes(&elements) {
            return Err(self.wrong(form.text, "at least one element without `?`"));
        }
        Ok(elements)
    }

    fn elements(&self, elements: &[ast::Element<'a>]) -> Result<Vec<Element>, Error> {
        elements.iter().map(|e| self.element(e)).collect()
    }

    fn element(&self, element: &ast::Element<'a>) -> Result<Element, Error> {
        let role = match element.role {
            Some(name) => Some(Role::named(name).ok_or_else(|| self.wrong(name, roles()))?),
            None => None,
        };
        let item = self.item(&element.what)?;
        if role.is_some() && matches!(item, Item::Start | Item::End | Item::Paragraph) {
            return Err(self.wrong(element.text, "an element that covers words behind the role"));
        }
        Ok(Element { item, role, optional: element.optional })
    }

    fn item(&self, what: &What<'a>) -> Result<Item, Error> {
        Ok(match what {
            What::Word(word) => Item::Word(fold(word)),
            What::List(name) => Item::List(
                self.lexicon
                    .list(name)
                    .ok_or_else(|| self.wrong(name, "the name of a word list; there is none of this name"))?,
            ),
            What::Mark(mark) => match *mark {
                "," => Item::Mark(Mark::Comma),
                ":" => Item::Mark(Mark::Colon),
                ";" => Item::Mark(Mark::Semicolon),
                "." => Item::Mark(Mark::Stop),
                ">" => Item::Mark(Mark::Cited),
                "¶" => Item::Paragraph,
                _ => Item::Mark(Mark::Dash),
            },
            What::Gap(count) => match count.parse() {
                Ok(most) if (1..=LONGEST_GAP).contains(&most) => Item::Gap(most),
                _ => return Err(self.wrong(count, format!("a number from 1 to {LONGEST_GAP}"))),
            },
            What::Choice(ways) => {
                Item::Choice(ways.iter().map(|way| self.elements(way)).collect::<Result<_, _>>()?)
            }
            What::Item { name, tests } => self.named_item(name, tests)?,
        })
    }

    fn named_item(&self, name: &'a str, tests: &[Test<'a>]) -> Result<Item, Error> {
        let class = match name {
            "NAME" => Some(MentionClass::Name),
            "NOMINAL" => Some(MentionClass::Nominal),
            "PRONOUN" => Some(MentionClass::Pronoun),
            _ => None,
        };
        let item = match name {
            "MENTION" | "NAME" | "NOMINAL" | "PRONOUN" => return self.mention(class, tests),
            "SAYS" => return self.cue(Voice::Finite, tests),
            "SAYING" => return self.cue(Voice::Ing, tests),
            "SAY" => return self.cue(Voice::Bare, tests),
            "SAID" => return self.cue(Voice::Passive, tests),
            "CLAIM" => return self.cue(Voice::Noun, tests),
            "QUOTE" => Item::Quote,
            "NUMBER" => Item::Number,
            "WORD" => Item::AnyWord,
            "CLAUSE" => Item::Clause,
            "START" => Item::Start,
            "END" => Item::End,
            "OPEN" => Item::Mark(Mark::Open),
            "CLOSE" => Item::Mark(Mark::Close),
            "STRAY" => Item::Mark(Mark::Stray),
            _ => return Err(self.wrong(name, ITEMS)),
        };
        if tests.is_empty() {
            Ok(item)
        } else {
            Err(self.wrong(name, "brackets behind mentions and cues only"))
        }
    }

    fn mention(&self, kind: Option<MentionClass>, tests: &[Test<'a>]) -> Result<Item, Error> {
        let mut lists = Vec::new();
        for test in tests {
            match test {
                Test::List(name) => match self.lexicon.list(name) {
                    Some(list) => lists.push(list),
                    None => {
                        return Err(self.wrong(name, "the name of a word list; there is none of this name"));
                    }
                },
                Test::Lemma(at) | Test::Stance(at) | Test::Column(at) => {
                    return Err(self.wrong(at, "word lists such as `@outlets`, because this item is no cue"));
                }
            }
        }
        Ok(Item::Mention(MentionTest { kind, lists }))
    }

    fn cue(&self, voice: Voice, tests: &[Test<'a>]) -> Result<Item, Error> {
        let mut cue = CueTest::any(voice);
        for test in tests {
            match *test {
                Test::Lemma(lemma) if self.has_lemma(voice, lemma) => cue.lemmas.push(lemma.into()),
                Test::Lemma(at) => {
                    return Err(self.wrong(at, "a lemma from the list of reporting words; this is none"));
                }
                Test::Stance(stance) if self.has_stance(stance) => cue.stances.push(stance.into()),
                Test::Stance(at) => {
                    return Err(self.wrong(at, "a stance from the list of reporting verbs; none has this"));
                }
                Test::Column("object") => cue.addressees.push(Addressee::Object),
                Test::Column("to") => cue.addressees.push(Addressee::To),
                Test::Column("nobody") => cue.addressees.push(Addressee::None),
                Test::Column("core") => cue.strengths.push(Strength::Core),
                Test::Column("common") => cue.strengths.push(Strength::Common),
                Test::Column("weak") => cue.strengths.push(Strength::Weak),
                Test::Column("speech") => cue.acts.push(Act::Speech),
                Test::Column("attitude") => cue.acts.push(Act::Attitude),
                Test::Column("deed") => cue.acts.push(Act::Deed),
                Test::Column(at) => {
                    return Err(self
                        .wrong(at, "one of object, to, nobody, core, common, weak, speech, attitude, deed"));
                }
                Test::List(at) => {
                    return Err(self.wrong(at, "a lemma, `~stance` or `+column`, because this item is a cue"));
                }
            }
        }
        Ok(Item::Cue(cue))
    }

    fn has_lemma(&self, voice: Voice, lemma: &str) -> bool {
        match voice {
            Voice::Noun => {
                self.lexicon.noun(self.lexicon.word(lemma)).is_some_and(|n| n.lemma.as_ref() == lemma)
            }
            _ => self.lexicon.verbs().iter().any(|v| v.lemma.as_ref() == lemma),
        }
    }

    /// Verbs and nouns share their stances.
    fn has_stance(&self, stance: &str) -> bool {
        self.lexicon.verbs().iter().any(|v| v.stance.as_ref() == stance)
    }
}

const ITEMS: &str = "one of QUOTE, MENTION, NAME, NOMINAL, PRONOUN, SAYS, SAYING, SAY, SAID, CLAIM, CLAUSE, \
                     NUMBER, WORD, OPEN, CLOSE, STRAY, START, END";

fn roles() -> String {
    format!("one of the roles {}", Role::ALL.map(Role::name).join(", "))
}

/// The most roles that one way through the elements captures.
fn captures(elements: &[Element]) -> usize {
    let inside = |item: &Item| match item {
        Item::Choice(ways) => ways.iter().map(|w| captures(w)).max().unwrap_or(0),
        _ => 0,
    };
    elements.iter().map(|e| usize::from(e.role.is_some()) + inside(&e.item)).sum()
}

/// Every way through the elements covers at least one word.
fn consumes(elements: &[Element]) -> bool {
    elements.iter().any(|e| {
        !e.optional
            && match &e.item {
                Item::Start | Item::End | Item::Paragraph | Item::Gap(_) => false,
                Item::Choice(ways) => ways.iter().all(|w| consumes(w)),
                _ => true,
            }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn read(form: &str) -> Result<Vec<Pattern>, String> {
        let text = format!("pattern a\n  why b\n  form {form}\n  yes {{source a}}\n  no a\n");
        patterns("own.pattern".as_ref(), &text, &Lexicon::english()).map_err(|errors| errors[0].to_string())
    }

    #[test]
    fn names_become_roles_and_items() {
        let patterns = read("source=NAME ..3 cue=SAYS[say +core] ,?").unwrap();
        let [form] = patterns[0].forms.as_slice() else { panic!("{patterns:?}") };
        let name = MentionTest { kind: Some(MentionClass::Name), lists: Vec::new() };
        let said = CueTest {
            lemmas: vec!["say".into()],
            strengths: vec![Strength::Core],
            ..CueTest::any(Voice::Finite)
        };
        let element = |item, role, optional| Element { item, role, optional };
        assert_eq!(
            *form,
            [
                element(Item::Mention(name), Some(Role::Source), false),
                element(Item::Gap(3), None, false),
                element(Item::Cue(said), Some(Role::Cue), false),
                element(Item::Mark(Mark::Comma), None, true),
            ]
        );
        assert_eq!((patterns[0].id().as_str(), patterns[0].line, patterns[0].yes[0].line), ("own/a", 1, 4));
    }

    #[test]
    fn what_does_not_exist_is_shown_where_it_stands() {
        for (form, column, expected) in [
            ("speaker=NAME", 8, "one of the roles content, cue, source, addressee, setting, via"),
            ("source=@rivals", 16, "the name of a word list; there is none of this name"),
            ("source=NAME[@rivals]", 21, "the name of a word list; there is none of this name"),
            ("source=NAMES", 15, ITEMS),
            ("cue=SAYS[zzz]", 17, "a lemma from the list of reporting words; this is none"),
            ("cue=SAYS[~zzz]", 18, "a stance from the list of reporting verbs; none has this"),
            ("cue=SAYS[+zzz]", 18, "one of object, to, nobody, core, common, weak, speech, attitude, deed"),
            ("cue=SAYS[@roles]", 18, "a lemma, `~stance` or `+column`, because this item is a cue"),
            ("source=NAME[say]", 20, "word lists such as `@outlets`, because this item is no cue"),
            ("content=QUOTE[say]", 16, "brackets behind mentions and cues only"),
            ("source=NAME ..13 cue=SAYS", 22, "a number from 1 to 12"),
            ("NAME SAYS", 8, "at least one role, such as `source=MENTION`"),
            ("source=NAME? ..3", 8, "at least one element without `?`"),
            ("source=START NAME", 8, "an element that covers words behind the role"),
            (&"via=WORD ".repeat(9), 8, "no more than 8 roles in one form"),
        ] {
            let line = read(form).unwrap_err();
            let first = line.lines().next().unwrap();
            assert_eq!(first, format!("own.pattern:3:{column}: expected {expected}"), "{form}");
        }
    }

    #[test]
    fn roles_of_examples_must_exist() {
        let text = "pattern a\n  why b\n  form source=NAME\n  yes {speaker Ana}\n  no a\n";
        let errors = patterns("own.pattern".as_ref(), text, &Lexicon::english()).unwrap_err();
        assert!(
            errors[0].to_string().starts_with("own.pattern:4:8: expected one of the roles"),
            "{}",
            errors[0]
        );
    }

    #[test]
    fn two_patterns_of_one_file_cannot_share_a_name() {
        let one = "pattern a\n  why b\n  form source=NAME\n  yes {source Ana}\n  no a\n";
        let errors = patterns("own.pattern".as_ref(), &one.repeat(2), &Lexicon::english()).unwrap_err();
        assert!(
            errors[0].to_string().starts_with("own.pattern:6:9: expected a name that no other"),
            "{}",
            errors[0]
        );
    }
}
