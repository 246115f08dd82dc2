//! The proper name inside a noun phrase, without titles and descriptions.

use std::ops::Range;

use crate::lexicon::{Classes, Entry, Gender, Lexicon, Traits, bits, list};
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::token::{Case, Kind, Token};

/// The trailing run of capitalised words that is the name: `Tad Devine` in `Sanders strategist Tad Devine`,
/// nothing in `the President`.
pub fn proper(tokens: &[Token], classes: &[Class], base: TokenSpan, lexicon: &Lexicon) -> TokenSpan {
    let range = base.range();
    let mut start = range.start;
    let mut nickname = false;
    for i in range.clone() {
        // Anton “The Kettle” Bruscane: whatever stands in the marks.
        nickname ^= classes[i] == Class::Mark;
        let inside = nickname
            || matches!(classes[i], Class::Capital | Class::Mark | Class::Number)
            || i > start
                && tokens[i].case == Case::Lower
                && lexicon.traits(tokens[i].word).any(Traits::NAME_PARTICLE)
            || classes[i] == Class::Other;
        if !inside {
            start = i + 1;
        }
    }
    start = behind_title(tokens, range.start, start, range.end, lexicon).unwrap_or(start);
    start += usize::from(called(tokens, start..range.end, lexicon));
    // A number leads no name: 2 Broke Girls is a work. Nor does a conjunction: And Ana Rell.
    let leads =
        |i: usize| classes[i] == Class::Number || classes[i] == Class::Capital && joins(tokens, i, lexicon);
    while start < range.end && leads(start) {
        start += 1;
    }
    // The Consumer Wool Council: what stands behind an article belongs to the name of a body.
    let body = start > range.start
        && matches!(classes[start - 1], Class::Determiner | Class::Possessive | Class::Genitive)
        && lexicon.entry(tokens[range.end - 1].word).is(list::ORGANISATIONS);
    // The Nurses’ Union
    let owned =
        start + 2 < range.end && tokens[start + 1].kind != Kind::Word && classes[start + 1] == Class::Capital;
    let body = body || owned;
    loop {
        let skip = if body { 0 } else { title_length(tokens, start, range.end, lexicon) };
        if skip == 0 {
            break;
        }
        start += skip;
    }
    if office(tokens, range.start, start.min(range.end), range.end, lexicon) {
        return TokenSpan::new(range.end, range.end);
    }
    // The Finance Minister II
    if start > range.start
        && start + 1 == range.end
        && lexicon.entry(tokens[start].word).is(list::NAME_SUFFIXES)
    {
        return TokenSpan::new(range.end, range.end);
    }
    let start = start.min(range.end);
    // Efrenito “Boy” Salonga: what stands in the marks is no title.
    let marked = classes[start..range.end].iter().position(|c| *c == Class::Mark);
    let start = match marked.map(|at| start + at) {
        Some(mark) => Some(inner_title(tokens, start, mark, lexicon)).filter(|&s| s < mark).unwrap_or(start),
        None => inner_title(tokens, start, range.end, lexicon),
    };
    let office = classes[range.clone()].iter().rposition(|c| matches!(c, Class::Preposition | Class::To));
    let name = office.and_then(|of| behind_office(tokens, classes, range.start + of + 1..range.end, lexicon));
    TokenSpan::new(name.unwrap_or(0).max(start), range.end)
}

/// The first word is a common noun before a given name and a surname, and says what its bearer is, or a verb: *Beekeeper
/// Ana Rell*, *Meet Ana Rell*.
fn called(tokens: &[Token], name: Range<usize>, lexicon: &Lexicon) -> bool {
    let entry = |i: usize| lexicon.entry(tokens[i].word);
    let body = bits(&[list::ORGANISATIONS, list::COMPANIES, list::OUTLET_WORDS, list::OUTLETS]);
    let other = body | bits(&[list::GIVEN_NAMES, list::PLACES, list::NATIONALITIES, list::NAME_PARTICLES]);
    let capitals = || name.clone().all(|i| tokens[i].case == Case::Capital);
    matches!(name.len(), 3 | 4)
        && entry(name.start).dominant.any(Classes::NOUN | Classes::BASE)
        && !entry(name.start).is_any(other)
        && entry(name.start + 1).is(list::GIVEN_NAMES)
        && !name.clone().any(|i| entry(i).is_any(body))
        && capitals()
}

/// A conjunction, which has its capital from the beginning of a headline or sentence and is nobody’s name.
fn joins(tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let entry = lexicon.entry(tokens[at].word);
    // So and Or are surnames.
    let joins = entry.is(list::CONJUNCTIONS) && tokens[at].span.len() > 2;
    (joins || entry.is(list::SUBORDINATORS)) && !entry.is(list::GIVEN_NAMES)
}

/// Where a title of several words ends that begins before `start` and holds it: `Member of Parliament`.
fn behind_title(tokens: &[Token], base: usize, start: usize, end: usize, lexicon: &Lexicon) -> Option<usize> {
    (base..start).filter_map(|from| title_end(tokens, from, end, lexicon)).find(|&stop| stop > start)
}

/// The end of the title of several words, such as the list of titles has it, that begins at `from`.
pub(super) fn title_end(tokens: &[Token], from: usize, end: usize, lexicon: &Lexicon) -> Option<usize> {
    let first = tokens[from].word;
    if !lexicon.traits(first).any(Traits::LEADS_TITLE) {
        return None;
    }
    let hash = |i: usize| tokens[..end].get(from + i).map(|t| t.hash);
    let (length, _) = lexicon.phrase_of(lexicon.entry(first), list::TITLES, hash)?;
    (from + length <= end).then_some(from + length)
}

/// A title or role that is nobody’s given name.
pub(super) fn titled(entry: &Entry) -> bool {
    entry.is_any(bits(&[list::TITLES, list::ROLES])) && !entry.is(list::GIVEN_NAMES)
}

/// Where the name begins in the words behind an office and its preposition: `Sadiq` in *of London Sadiq Khan*, `Ana` in
/// *for Youth and Sports Ana Rell*.
///
/// A given name or an initial tells it, or what is known as a place or as common words before at least two words that
/// are not.
pub fn behind_office(
    tokens: &[Token],
    classes: &[Class],
    words: Range<usize>,
    lexicon: &Lexicon,
) -> Option<usize> {
    let entry = |i: usize| lexicon.entry(tokens[i].word);
    let start = words.clone().find(|&i| classes[i] != Class::Determiner)?;
    let organisation = bits(&[list::ORGANISATIONS, list::OUTLET_WORDS]);
    if start + 3 > words.end
        || entry(start).is(list::GIVEN_NAMES)
        || entry(words.end - 1).is_any(organisation)
    {
        return None;
    }
    let hash = |i: usize| tokens[start..words.end].get(i).map(|t| t.hash);
    let place = lexicon.phrase_of(entry(start), list::PLACES, hash).map_or(0, |(n, _)| n);
    let common = |i: usize| entry(i).classes.any(Classes::NOUN | Classes::PLURAL | Classes::ADJECTIVE);
    let plain = |i: &usize| classes[*i] != Class::Capital || common(*i);
    let initial = |i: usize| tokens[i].kind == Kind::Word && tokens[i].span.len() <= 2;
    // San Luis, St John: the place goes on.
    let holy = |i: usize| tokens[i - 1].case == Case::Capital && tokens[i - 1].span.len() <= 3;
    let given = |i: &usize| (entry(*i).is(list::GIVEN_NAMES) || initial(*i)) && !holy(*i);
    let name = (start + place.max(1)..words.end - 1).find(given).or_else(|| {
        let leading = start + place + (start + place..words.end).take_while(plain).count();
        // Okerewu State Ngozika Fubema: the place may have a name that nobody knows.
        let trailing = words.end - (start..words.end).rev().take_while(|i| !plain(i)).count();
        let known = if leading > start { leading } else { trailing };
        (known > start && known + 2 <= words.end).then_some(known)
    })?;
    // A title of its own makes it another person: a spokesman for House Speaker Ana Rell.
    let titled = |i: usize| entry(i).is_any(bits(&[list::TITLES, list::ROLES, list::HONORIFICS]));
    (!(start..name).any(titled)).then_some(name)
}

/// A title with no name behind it: `the US President`, `Scottish Energy Secretary`.
fn office(tokens: &[Token], base: usize, start: usize, end: usize, lexicon: &Lexicon) -> bool {
    if end - start < 2 {
        return false;
    }
    let entry = |i: usize| lexicon.entry(tokens[i].word);
    let title = titled(entry(end - 1));
    let definite =
        start > base && entry(start - 1).is(list::DETERMINERS) && !entry(start).is(list::GIVEN_NAMES);
    let general = bits(&[list::NATIONALITIES, list::PLACES, list::TITLES]);
    title
        && (definite || (start..end - 1).all(|i| entry(i).is_any(general) && !entry(i).is(list::GIVEN_NAMES)))
}

/// Steps behind the last title inside the run: `Scottish Energy Secretary Gillian Martin`, `Finland’s` left alone.
///
/// Names of organisations keep theirs, and a surname that is a title too keeps its given name.
fn inner_title(tokens: &[Token], start: usize, end: usize, lexicon: &Lexicon) -> usize {
    let entry = |i: usize| lexicon.entry(tokens[i].word);
    if start >= end || entry(end - 1).is_any(bits(&[list::ORGANISATIONS, list::OUTLET_WORDS])) {
        return start;
    }
    for i in (start..end).rev() {
        if acronym(tokens, i, end, lexicon) {
            return i + 1;
        }
        if i == start {
            break;
        }
        let before = entry(i - 1);
        let title = entry(i).is_any(bits(&[list::TITLES, list::ROLES, list::HONORIFICS]))
            && !entry(i).is(list::GIVEN_NAMES);
        // San Isidro Gov. Ana Rell: nobody’s surname is shortened.
        let surname = before.is(list::GIVEN_NAMES)
            && !before.is_any(bits(&[list::NATIONALITIES, list::PLACES]))
            && !entry(i).is(list::ABBREVIATIONS);
        if title && !surname && i + 1 < end && tokens[i].kind == Kind::Word {
            return i + 1;
        }
    }
    start
}

/// An office in capitals, or a body, before a given name and more: `MCA Ana Rell`.
fn acronym(tokens: &[Token], at: usize, end: usize, lexicon: &Lexicon) -> bool {
    let given = |i: usize| lexicon.entry(tokens[i].word).is(list::GIVEN_NAMES);
    at + 2 < end
        && tokens[at].case == Case::Upper
        && tokens[at].span.len() >= 3
        && tokens[at + 1].case == Case::Capital
        && tokens[at + 2].case == Case::Capital
        && given(at + 1)
        && !given(at)
        && !lexicon.entry(tokens[at].word).is(list::NAME_SUFFIXES)
}

/// How many words at `start` are a title or honorific with more of the name behind them.
fn title_length(tokens: &[Token], start: usize, end: usize, lexicon: &Lexicon) -> usize {
    if start >= end {
        return 0;
    }
    let hash = |i: usize| tokens.get(start + i).filter(|_| start + i < end).map(|t| t.hash);
    let entry = lexicon.entry(tokens[start].word);
    // Sri Lanka, Consumer Reports: of a place or an outlet nothing is a title.
    let whole = |list| lexicon.phrase_of(entry, list, hash).is_some_and(|(n, _)| n > 1 && start + n == end);
    if whole(list::PLACES) || whole(list::OUTLETS) {
        return 0;
    }
    // National Grid: what is an adjective first belongs to the name.
    let role = entry.is(list::ROLES)
        && !entry.is(list::GIVEN_NAMES)
        && !entry.dominant.any(Classes::ADJECTIVE)
        && end - start >= 2;
    let leads = lexicon.traits(tokens[start].word).any(Traits::LEADS_TITLE | Traits::LEADS_HONORIFIC);
    if !leads && !entry.is_any(bits(&[list::TITLES, list::HONORIFICS])) {
        return usize::from(role);
    }
    // Md Rell: two letters with one capital are a given name.
    let given = entry.is(list::GIVEN_NAMES);
    if given && tokens[start].case == Case::Capital && tokens[start].span.len() == 2 {
        return 0;
    }
    let title = lexicon.phrase_of(entry, list::TITLES, hash).map_or(0, |(n, _)| n);
    let honorific = lexicon.phrase_of(entry, list::HONORIFICS, hash).map_or(0, |(n, _)| n);
    let longest = title.max(honorific);
    // A lone given name that is a title too (Dean, Earl) stays where another capital does not follow, or an age does.
    if longest == 1 && given && (!entry.is(list::HONORIFICS) || entry.is(list::ROLES)) && start + 2 <= end {
        let aged = || {
            let kind = |i: usize| tokens.get(end + i).map(|t| t.kind);
            kind(0) == Some(Kind::Comma) && kind(1) == Some(Kind::Number)
        };
        return usize::from(start + 2 < end && !aged());
    }
    longest.max(usize::from(role))
}

/// What a word before a name tells of its bearer's gender: Mrs, actress; marine engineer Jan Roe is no Marine.
pub fn gender_before(word: &Entry) -> Gender {
    let role = word.is(list::ROLES) && !word.is(list::GIVEN_NAMES);
    if word.is(list::HONORIFICS) || role { word.gender } else { Gender::Unknown }
}

/// Gender by honorific, title or given name.
pub fn gender(tokens: &[Token], base: TokenSpan, name: TokenSpan, lexicon: &Lexicon) -> Gender {
    for token in &tokens[base.start as usize..name.start as usize] {
        let told = gender_before(lexicon.entry(token.word));
        if told != Gender::Unknown {
            return told;
        }
    }
    let first = lexicon.entry(tokens[name.start as usize].word);
    if first.is(list::GIVEN_NAMES) { first.gender } else { Gender::Unknown }
}
