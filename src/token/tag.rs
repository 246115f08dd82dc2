//! Reporting tags: the `said Odd Fjelstad` or `Trump asked` that stands beside a quotation.

use super::{Kind, Token};
use crate::lexicon::{Addressee, CLOSED, Entry, Lexicon, List, Strength, bits, list};

/// Most words of the name or noun phrase in a tag.
const LONGEST_SUBJECT: usize = 4;

/// Words that begin what was said without marks: `said the bill`, `said that`, `said he`.
const CLAUSE_WORDS: u128 = bits(&[
    list::DETERMINERS,
    list::POSSESSIVES,
    list::QUANTIFIERS,
    list::SUBORDINATORS,
    list::RELATIVES,
    list::INTERROGATIVES,
    list::PRONOUNS,
]);

/// What stands behind the verb of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Behind {
    /// The sentence or paragraph is over: `Trump asked.`
    Stop,
    /// A comma or a dash: `Trump asked, smiling`
    Comma,
    /// A quotation or a colon: `Trump asked: “`
    Quotation,
    /// A clause of its own: `Trump asked that`
    Clause,
    /// Anything else: `Trump asked in Ohio`, `Trump told reporters`
    Rest,
}

/// Where the verb of the tag that begins at `at` stands, if one begins there with its verb:
/// `said caretaker Odd Fjelstad`.
pub(crate) fn verb_first(tokens: &[Token], at: usize, lexicon: &Lexicon) -> Option<usize> {
    let verb = reports(tokens, at, lexicon)?;
    let next = tokens.get(verb + 1).filter(|t| t.kind == Kind::Word)?;
    let entry = lexicon.entry(next.word);
    let subject =
        entry.is_any(bits(&[list::PRONOUNS, list::POSSESSIVES, list::ROLES, list::TITLES, list::HONORIFICS]))
            || entry.is(list::DETERMINERS) && !entry.is(list::SUBORDINATORS);
    let name = || {
        tokens[verb + 1..]
            .iter()
            .take(LONGEST_SUBJECT)
            .take_while(|t| t.kind == Kind::Word)
            .any(|t| t.capitalised() && !lexicon.entry(t.word).is_any(CLOSED))
    };
    (subject || !entry.is_any(CLOSED) && name()).then_some(verb)
}

/// Where the verb of the tag that begins at `at` stands, if one begins there with its subject:
/// `Mr. Trump asked`, `she said`.
pub(crate) fn subject_first(tokens: &[Token], at: usize, lexicon: &Lexicon) -> Option<usize> {
    let first = tokens.get(at).filter(|t| t.kind == Kind::Word)?;
    let entry = lexicon.entry(first.word);
    if entry.is(list::PRONOUNS) {
        return reports(tokens, at + 1, lexicon);
    }
    if !first.capitalised() || entry.is_any(CLOSED) {
        return None;
    }
    let length = tokens[at..]
        .iter()
        .take(LONGEST_SUBJECT)
        .take_while(|t| t.kind == Kind::Word && t.capitalised())
        .count();
    reports(tokens, at + length, lexicon)
}

/// What stands behind the verb at `verb`, its addressee included where it takes one.
pub(crate) fn behind(tokens: &[Token], verb: usize, end: usize, lexicon: &Lexicon) -> Behind {
    let Some(next) = tokens[..end].get(verb + 1) else { return Behind::Stop };
    match next.kind {
        Kind::Stop | Kind::Question | Kind::Exclamation | Kind::Ellipsis => Behind::Stop,
        Kind::Comma | Kind::Dash | Kind::Semicolon => Behind::Comma,
        Kind::Colon | Kind::Mark => Behind::Quotation,
        Kind::Word => {
            let takes_object = lexicon
                .verb(lexicon.entry(tokens[verb].word))
                .is_some_and(|v| v.addressee == Addressee::Object);
            if !takes_object && lexicon.entry(next.word).is_any(CLAUSE_WORDS) {
                Behind::Clause
            } else {
                Behind::Rest
            }
        }
        _ => Behind::Rest,
    }
}

/// The token at `at`, or behind one adverb or auxiliary there, is a finite form of a verb that mostly reports.
fn reports(tokens: &[Token], at: usize, lexicon: &Lexicon) -> Option<usize> {
    let token = tokens.get(at).filter(|t| t.kind == Kind::Word)?;
    let entry = lexicon.entry(token.word);
    if finite(entry, lexicon) {
        return Some(at);
    }
    const BETWEEN: &[List] = &[list::AUXILIARIES];
    let between = entry.is_any(bits(BETWEEN)) || entry.classes.any(crate::lexicon::Classes::ADVERB);
    let next = tokens.get(at + 1).filter(|t| between && !t.capitalised() && t.kind == Kind::Word)?;
    finite(lexicon.entry(next.word), lexicon).then_some(at + 1)
}

fn finite(entry: &Entry, lexicon: &Lexicon) -> bool {
    entry.form.is_some_and(super::super::lexicon::Form::finite)
        && lexicon.verb(entry).is_some_and(|v| v.strength >= Strength::Common)
}
