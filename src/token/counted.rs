//! The class of a word by its lists and counts, where the group of the class before it is all that matters.

use super::calendar::DATES;
use super::class::Class;
use crate::lexicon::{CLOSED, Classes, Entry, Lexicon, bits, list};

/// The number of the class behind each group of classes, a byte for each (see [`shift`]): one number, so that it can be
/// fetched before the class before it is known. [`LOOK`] where it takes a longer look.
pub(super) type Row = u64;

/// The number of no class.
pub(super) const LOOK: u8 = u8::MAX;

const NOUNS: u8 = Classes::NOUN | Classes::PLURAL | Classes::ADJECTIVE;

const VERBS: u8 = Classes::BASE | Classes::THIRD | Classes::PAST | Classes::ING;

/// Which of its counted classes a word may have behind each group of classes, if it has any of them.
pub(super) const ALLOWED: [u8; 6] = [
    u8::MAX,
    NOUNS | Classes::ADVERB,
    NOUNS | Classes::ADVERB | Classes::ING,
    Classes::BASE | Classes::ADVERB,
    VERBS | Classes::ADVERB,
    Classes::PAST | Classes::ING | Classes::ADVERB | Classes::ADJECTIVE | Classes::BASE,
];

/// Which byte of a [`Row`] a class before the word chooses, in bits: those of one group allow the same.
pub(super) const fn shift(previous: Option<Class>) -> u8 {
    use Class as C;
    8 * match previous {
        Some(C::Determiner | C::Possessive | C::Genitive | C::Adjective | C::Quantifier | C::Number) => 1,
        Some(C::Preposition) => 2,
        Some(C::To | C::Modal) => 3,
        Some(C::Pronoun | C::Relative) => 4,
        Some(C::Auxiliary) => 5,
        _ => 0,
    }
}

/// [`shift`] by the number of the class; other numbers are no class.
pub(super) const SHIFTS: [u8; 256] = {
    let mut shifts = [shift(None); 256];
    let mut i = 0;
    while i < Class::ALL.len() {
        shifts[i] = shift(Some(Class::ALL[i]));
        i += 1;
    }
    shifts
};

/// How the class of a word is told where it stands.
#[derive(Clone, Copy)]
pub(super) enum Reading {
    /// The same class everywhere, or a longer look.
    Fixed(Option<Class>),
    /// By what stands before it, of these counted classes, of which this is the commonest.
    Counted(Classes, Classes),
}

impl Reading {
    /// How many there are: no class and each class, then all counted ones with each as the commonest, or none.
    pub const KINDS: usize = (1 + Class::ALL.len()) + (1 << u8::BITS) * (1 + u8::BITS as usize);

    pub fn number(self) -> usize {
        match self {
            Self::Fixed(class) => class.map_or(0, |class| 1 + class as usize),
            Self::Counted(all, dominant) => {
                let commonest = if dominant.0 == 0 { 0 } else { 1 + dominant.0.ilog2() as usize };
                1 + Class::ALL.len() + usize::from(all.0) * (1 + u8::BITS as usize) + commonest
            }
        }
    }

    pub fn row(self) -> Row {
        let classes = ALLOWED.map(|allowed| match self {
            Self::Fixed(class) => class,
            Self::Counted(all, dominant) => Some(chosen(all.0, dominant.0, allowed)),
        });
        classes
            .iter()
            .rev()
            .fold(0, |row, class| row << 8 | u64::from(class.map_or(LOOK, |class| class as u8)))
    }
}

/// A word without a capital.
pub(super) fn small(entry: &Entry) -> Reading {
    match if time(entry) { Some(Class::Time) } else { closed(entry) } {
        None if entry.classes.0 != 0 => Reading::Counted(entry.classes, entry.dominant),
        fixed => Reading::Fixed(fixed.or_else(|| listed(entry))),
    }
}

/// A word of time and nothing else, apart from the days and months, which need their capital.
pub(super) fn time(entry: &Entry) -> bool {
    entry.is(list::TIME_WORDS) && !entry.is_any(CLOSED | DATES)
}

pub(super) fn closed(entry: &Entry) -> Option<Class> {
    if !entry.is_any(CLOSED) {
        return None; // As most words.
    }
    Some(if entry.is(list::AUXILIARIES) {
        Class::Auxiliary
    } else if entry.is(list::MODALS) {
        Class::Modal
    } else if entry.is(list::POSSESSIVES) {
        Class::Possessive
    } else if entry.is(list::DETERMINERS) {
        Class::Determiner
    } else if entry.is(list::RELATIVES) {
        Class::Relative
    } else if entry.is(list::QUANTIFIERS) || entry.is(list::PRONOUNS) && entry.is(list::NUMBER_WORDS) {
        Class::Quantifier
    } else if entry.is(list::PRONOUNS) {
        Class::Pronoun
    } else if entry.is(list::NEGATIONS) {
        Class::Negation
    } else if entry.is(list::INTERROGATIVES) {
        Class::Interrogative
    } else if entry.is(list::CONJUNCTIONS) {
        Class::Conjunction
    } else if entry.is(list::PREPOSITIONS) {
        Class::Preposition
    } else if entry.is(list::SUBORDINATORS) {
        Class::Subordinator
    } else {
        return None;
    })
}

/// The class of a word that nobody counted, by its lists.
fn listed(entry: &Entry) -> Option<Class> {
    if entry.is_any(bits(&[list::ROLES, list::GROUPS, list::ORGANISATIONS, list::DOCUMENTS, list::WORKS])) {
        Some(if entry.plural { Class::Plural } else { Class::Noun })
    } else if entry.is(list::HEDGES) {
        Some(Class::Adverb)
    } else {
        entry.is(list::NATIONALITIES).then_some(Class::Adjective)
    }
}

/// Noun, verb, adjective or adverb: the commonest class of those that are allowed, else of all.
pub(super) fn chosen(all: u8, dominant: u8, allowed: u8) -> Class {
    let dominant = if dominant == 0 { 1 << all.trailing_zeros() } else { dominant };
    let pool = if all & allowed != 0 { all & allowed } else { all };
    // An adjective before a noun is likelier than a participle there, so the dominant class decides among those left.
    match if pool & dominant != 0 { dominant } else { 1 << pool.trailing_zeros() } {
        Classes::NOUN => Class::Noun,
        Classes::PLURAL => Class::Plural,
        Classes::BASE => Class::Base,
        Classes::THIRD => Class::Third,
        Classes::PAST => Class::Past,
        Classes::ING => Class::Ing,
        Classes::ADVERB => Class::Adverb,
        _ => Class::Adjective,
    }
}

/// What somebody is to so many: *mother* in *mother-of-two*.
pub(crate) fn parent_of<'a>(word: &'a str, lexicon: &Lexicon) -> Option<&'a str> {
    let (parent, number) = word.split_once("-of-")?;
    let counts = number.parse::<u32>().is_ok() || lexicon.word(number).is(list::NUMBER_WORDS);
    counts.then_some(parent)
}

/// Classes of a word that no list has, by its last piece or its ending.
pub(super) fn suffix(word: &str, lexicon: &Lexicon) -> u8 {
    if parent_of(word, lexicon).is_some() {
        return Classes::NOUN;
    }
    if let Some((_, last)) = word.rsplit_once(['-', '‑']) {
        let classes = lexicon.word(last).classes.0;
        if classes & (Classes::PAST | Classes::ING | Classes::ADJECTIVE) != 0 {
            return Classes::ADJECTIVE;
        }
        if classes != 0 {
            return classes & (Classes::NOUN | Classes::PLURAL) | Classes::ADJECTIVE;
        }
        return Classes::ADJECTIVE;
    }
    const ENDINGS: &[(&str, u8)] = &[
        ("ly", Classes::ADVERB),
        ("ing", Classes::ING),
        ("ed", Classes::PAST),
        ("ous", Classes::ADJECTIVE),
        ("ful", Classes::ADJECTIVE),
        ("ive", Classes::ADJECTIVE),
        ("able", Classes::ADJECTIVE),
        ("ible", Classes::ADJECTIVE),
        ("less", Classes::ADJECTIVE),
        ("ish", Classes::ADJECTIVE),
        ("ical", Classes::ADJECTIVE),
        ("ness", Classes::NOUN),
        ("ss", Classes::NOUN),
        ("us", Classes::NOUN),
        ("is", Classes::NOUN),
        ("s", Classes::PLURAL),
    ];
    ENDINGS.iter().find(|(end, _)| word.ends_with(end)).map_or(Classes::NOUN, |&(_, class)| class)
}
