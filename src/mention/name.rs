//! The proper name inside a noun phrase, without titles and descriptions.

use crate::lexicon::{Gender, Lexicon, Traits, bits, list};
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::token::{Case, Kind, Token};

/// The trailing run of capitalised words that is the name: `Tad Devine` in `Sanders strategist Tad Devine`,
/// nothing in `the President`.
pub fn proper(tokens: &[Token], classes: &[Class], base: TokenSpan, lexicon: &Lexicon) -> TokenSpan {
    let range = base.range();
    let mut start = range.start;
    for i in range.clone() {
        let inside = matches!(classes[i], Class::Capital | Class::Mark | Class::Number)
            || i > start
                && tokens[i].case == Case::Lower
                && lexicon.traits(tokens[i].word).any(Traits::NAME_PARTICLE)
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
    if office(tokens, range.start, start.min(range.end), range.end, lexicon) {
        return TokenSpan::new(range.end, range.end);
    }
    TokenSpan::new(inner_title(tokens, start.min(range.end), range.end, lexicon), range.end)
}

/// A title with no name behind it: `the US President`, `Scottish Energy Secretary`.
fn office(tokens: &[Token], base: usize, start: usize, end: usize, lexicon: &Lexicon) -> bool {
    if end - start < 2 {
        return false;
    }
    let entry = |i: usize| lexicon.entry(tokens[i].word);
    let last = entry(end - 1);
    let title = last.is_any(bits(&[list::TITLES, list::ROLES])) && !last.is(list::GIVEN_NAMES);
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
    for i in (start + 1..end).rev() {
        let before = entry(i - 1);
        let title = entry(i).is_any(bits(&[list::TITLES, list::ROLES, list::HONORIFICS]))
            && !entry(i).is(list::GIVEN_NAMES);
        let surname =
            before.is(list::GIVEN_NAMES) && !before.is_any(bits(&[list::NATIONALITIES, list::PLACES]));
        if title && !surname && i + 1 < end && tokens[i].kind == Kind::Word {
            return i + 1;
        }
    }
    // President of Finland Alexander Stubb: the place belongs to the title.
    if start == 0 || !lexicon.traits(tokens[start - 1].word).any(Traits::GENITIVE) {
        return start;
    }
    let hash = |i: usize| tokens.get(start + i).filter(|_| start + i < end).map(|t| t.hash);
    let place = lexicon.phrase_of(entry(start), list::PLACES, hash).map_or(0, |(n, _)| n);
    if place > 0 && end - start >= place + 2 && entry(start + place).is(list::GIVEN_NAMES) {
        start + place
    } else {
        start
    }
}

/// How many words at `start` are a title or honorific with more of the name behind them.
fn title_length(tokens: &[Token], start: usize, end: usize, lexicon: &Lexicon) -> usize {
    if start >= end {
        return 0;
    }
    let hash = |i: usize| tokens.get(start + i).filter(|_| start + i < end).map(|t| t.hash);
    let entry = lexicon.entry(tokens[start].word);
    let role = entry.is(list::ROLES) && !entry.is(list::GIVEN_NAMES) && end - start >= 2;
    let leads = lexicon.traits(tokens[start].word).any(Traits::LEADS_TITLE | Traits::LEADS_HONORIFIC);
    if !leads && !entry.is_any(bits(&[list::TITLES, list::HONORIFICS])) {
        return usize::from(role);
    }
    let title = lexicon.phrase_of(entry, list::TITLES, hash).map_or(0, |(n, _)| n);
    let honorific = lexicon.phrase_of(entry, list::HONORIFICS, hash).map_or(0, |(n, _)| n);
    let longest = title.max(honorific);
    // A lone given name that is a title too (Dean, Bishop) stays where another capital does not follow.
    if longest == 1
        && entry.is(list::GIVEN_NAMES)
        && !entry.is(list::HONORIFICS)
        && start + 2 <= end
        && title == 1
    {
        return usize::from(start + 2 < end);
    }
    longest.max(usize::from(role))
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
