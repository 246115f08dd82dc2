//! May Hall, Mr Winter, Aaron Little, Save Our Swim: words of time, amount and possession in names.

use super::class::Class;
use super::classify::Place;
use super::{Case, Kind, Token};
use crate::lexicon::{CLOSED, Classes, Entry, Form, Gender, Lexicon, Strength, Verb, bits, list};

/// Words that are dates with a capital.
pub(super) const DATES: u128 = bits(&[list::MONTHS, list::WEEKDAYS]);

/// Theresa May, Mrs May, and then May said: the month is a surname.
pub(super) fn named(place: &Place<'_>, entry: &Entry, lexicon: &Lexicon) -> bool {
    let next = |kind: Kind| place.next().is_some_and(|next| next.kind == kind);
    if next(Kind::Number) {
        return false;
    }
    let bearer = |before: &Token| {
        let before = (before.capitalised(), lexicon.entry(before.word));
        before.0
            && before.1.is_any(bits(&[list::GIVEN_NAMES, list::HONORIFICS, list::TITLES]))
            && !before.1.is_any(bits(&[list::PLACES, list::MONTHS]))
    };
    if short(place, lexicon) || paper(place, lexicon) {
        return true;
    }
    let dates = bits(&[list::PREPOSITIONS, list::DETERMINERS, list::SUBORDINATORS, list::TIME_WORDS]);
    let free = |before: &Token| before.kind != Kind::Number && !lexicon.entry(before.word).is_any(dates);
    let verb =
        place.next().is_some_and(|next| next.case == Case::Lower && lexicon.entry(next.word).is_verb());
    let given = given_month(place, lexicon);
    if !entry.is(list::MONTHS) {
        // Mr Sunday, Sunday Ade said; a day behind other words is one.
        let address = |before: &Token| {
            let entry = lexicon.entry(before.word);
            before.capitalised()
                && entry.is(list::HONORIFICS)
                && entry.gender != Gender::Unknown
                && !entry.is(list::GIVEN_NAMES)
                && !lexicon.is_kin(entry)
        };
        let speaks = || place.surname && (verb || next(Kind::Clitic));
        return match place.at.checked_sub(1).map(|before| &place.tokens[before]) {
            Some(before) => {
                address(before) || matches!(before.kind, Kind::Mark | Kind::Comma | Kind::Close) && speaks()
            }
            None => given || speaks(),
        };
    }
    match place.at.checked_sub(1).map(|before| &place.tokens[before]) {
        Some(before) if given && free(before) && !before.capitalised() => true,
        None if given => true,
        Some(before) => bearer(before) || place.surname && free(before) && (verb || next(Kind::Clitic)),
        None => place.surname && (verb || next(Kind::Clitic)),
    }
}

/// Another word with a capital stands behind this one, and is no time.
fn before_name(place: &Place<'_>, lexicon: &Lexicon) -> bool {
    place.next().is_some_and(|next| {
        next.kind == Kind::Word
            && next.case == Case::Capital
            && !lexicon.entry(next.word).is_any(DATES | bits(&[list::TIME_WORDS]))
    })
}

/// The Jan Shakti Dal, Councillor Sat Narayani: no month or day is cut short without a stop before another capital.
fn short(place: &Place<'_>, lexicon: &Lexicon) -> bool {
    let before = place.at.checked_sub(1).map(|before| lexicon.entry(place.tokens[before].word));
    let token = place.token();
    token.case == Case::Capital
        && token.span.len() == SHORT
        && !lexicon.entry(token.word).is(list::MODALS)
        && before.is_none_or(|before| !before.is(list::PREPOSITIONS))
        && !place.first
        && !place.title_case
        && before_name(place, lexicon)
}

/// The letters of a month or day that is cut short.
const SHORT: usize = 3;

/// Told the Sunday Isle, told Saturday Pulse: a day before another capital is the name of whoever hears.
fn paper(place: &Place<'_>, lexicon: &Lexicon) -> bool {
    let mut before = place.tokens[..place.at].iter().rev();
    let first = before.next();
    let the = first.is_some_and(|t| lexicon.entry(t.word).is(list::DEFINITES));
    let verb = if the { before.next() } else { first };
    before_name(place, lexicon)
        && verb.and_then(|t| lexicon.verb(lexicon.entry(t.word))).is_some_and(Verb::tells)
}

/// May Hall said: the month or day is a given name before a surname that speaks.
fn given_month(place: &Place<'_>, lexicon: &Lexicon) -> bool {
    let (Some(next), Some(verb)) = (place.next(), place.tokens.get(place.at + 2)) else { return false };
    let entry = lexicon.entry(next.word);
    let known = bits(&[list::ORGANISATIONS, list::OUTLETS, list::OUTLET_WORDS, list::TITLES, list::PLACES]);
    let dates = bits(&[list::NATIONALITIES, list::TIME_WORDS]);
    let says = verb.case == Case::Lower && core_past(lexicon.entry(verb.word), lexicon);
    // April Munday, a parent
    let described = || {
        let behind = place.tokens.get(place.at + 3);
        verb.kind == Kind::Comma && behind.is_some_and(|t| lexicon.entry(t.word).is(list::DETERMINERS))
    };
    place.token().case == Case::Capital
        && next.case == Case::Capital
        && !entry.is_any(known | dates | DATES)
        && (says || described())
}

/// Aaron Little, Formula One, Save Our Swim: a word for how much or how many that ends a name, one for whose inside it.
pub(super) fn small_in_name(place: &Place<'_>, entry: &Entry, lexicon: &Lexicon) -> bool {
    let behind = Class::ALL.get(usize::from(place.previous)) == Some(&Class::Capital);
    let Some(before) = place.at.checked_sub(1).filter(|_| behind) else { return false };
    if entry.is_any(bits(&[list::POSSESSIVES, list::DETERMINERS])) {
        // IN BRIEF The guild: what is shouted stands before another sentence.
        let shouted = place.tokens[..=before].iter().rev().take(2).all(|t| t.case == Case::Upper);
        let next = place.next().is_some_and(|next| next.kind == Kind::Word && next.case == Case::Capital);
        return next && !shouted;
    }
    let given = lexicon.entry(place.tokens[before].word).is(list::GIVEN_NAMES);
    entry.is(list::NUMBER_WORDS) || given && entry.is(list::QUANTIFIERS)
}

/// Tom Day said, Mr Winter: a word of time behind a given name or form of address is a surname.
pub(super) fn surname(place: &Place<'_>, lexicon: &Lexicon) -> bool {
    let Some(before) = place.at.checked_sub(1).map(|before| &place.tokens[before]) else {
        return place.surname && speaks(place, lexicon);
    };
    let bearer = lexicon.entry(before.word);
    let capital = before.case == Case::Capital && place.token().case == Case::Capital;
    if capital && bearer.is(list::HONORIFICS) && !bearer.is(list::GIVEN_NAMES) {
        return true;
    }
    let other = bits(&[list::PLACES, list::MONTHS, list::WEEKDAYS, list::TIME_WORDS, list::OUTLET_WORDS]);
    let given = capital && bearer.is(list::GIVEN_NAMES) && !bearer.is_any(other);
    // Paul Noon, general secretary of the guild; Paul Noon, 44
    let described = || {
        let [_, comma, next, ..] = place.tokens[place.at..] else { return false };
        let noun = lexicon.entry(next.word).classes.any(Classes::NOUN | Classes::PLURAL | Classes::ADJECTIVE);
        let described = next.kind == Kind::Number || noun && !lexicon.entry(next.word).is_any(CLOSED);
        comma.kind == Kind::Comma && next.case != Case::Capital && described
    };
    given && described() || (given || place.surname && before.kind == Kind::Mark) && speaks(place, lexicon)
}

/// A verb that reports stands behind the word, or the ending of a possessor.
fn speaks(place: &Place<'_>, lexicon: &Lexicon) -> bool {
    let verb = |next: &Token| next.case == Case::Lower && lexicon.entry(next.word).is_verb();
    place.next().is_some_and(|next| next.kind == Kind::Clitic || verb(next))
}

/// The past tense of a verb that nearly always reports.
pub(super) fn core_past(entry: &Entry, lexicon: &Lexicon) -> bool {
    matches!(entry.form, Some(Form::Past | Form::PastOrParticiple))
        && lexicon.verb(entry).is_some_and(|verb| verb.strength == Strength::Core)
}
