//! The word class of each token in its context, without a tagger.
//!
//! Closed classes come from the lists, open ones from counted word classes and suffixes; where a word can be
//! noun and verb, the token before it decides (measured on annotated news: 92 % where it decides at all).

use super::{Case, Kind, Token};
use crate::lexicon::{ByHash, Classes, Entry, Form, Lexicon, Strength, bits, list};
use crate::span::Span;

/// What a token is in the structure of its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Class {
    /// the, a, this
    Determiner,
    /// my, her, their
    Possessive,
    /// some, many, both
    Quantifier,
    /// he, they, someone
    Pronoun,
    /// who, which
    Relative,
    /// that, in any of its uses
    That,
    /// what, how, whether
    Interrogative,
    /// to
    To,
    /// in, of, by
    Preposition,
    /// and, or, but
    Conjunction,
    /// because, while, if
    Subordinator,
    /// is, has, did
    Auxiliary,
    /// will, could
    Modal,
    /// not, never
    Negation,
    /// also, publicly
    Adverb,
    /// senior, new
    Adjective,
    /// minister
    Noun,
    /// officials
    Plural,
    /// base form of a verb
    Base,
    /// says
    Third,
    /// said, given
    Past,
    /// saying
    Ing,
    /// 24, dozens as figures
    Number,
    /// Wednesday, March, yesterday
    Time,
    /// A capitalised word that is no other class
    Capital,
    /// ’s behind a noun
    Genitive,
    /// Web address, handle
    Handle,
    /// ,
    Comma,
    /// . ? ! …
    Stop,
    /// :
    Colon,
    /// ;
    Semicolon,
    /// –
    Dash,
    /// Opening bracket
    Open,
    /// Closing bracket
    Close,
    /// A quotation mark
    Mark,
    /// Anything else
    Other,
}

impl Class {
    /// All classes, in the order of their numbers.
    pub const ALL: [Class; 36] = {
        use Class::*;
        [
            Determiner,
            Possessive,
            Quantifier,
            Pronoun,
            Relative,
            That,
            Interrogative,
            To,
            Preposition,
            Conjunction,
            Subordinator,
            Auxiliary,
            Modal,
            Negation,
            Adverb,
            Adjective,
            Noun,
            Plural,
            Base,
            Third,
            Past,
            Ing,
            Number,
            Time,
            Capital,
            Genitive,
            Handle,
            Comma,
            Stop,
            Colon,
            Semicolon,
            Dash,
            Open,
            Close,
            Mark,
            Other,
        ]
    };

    /// A short name for features.
    pub const fn name(self) -> &'static str {
        use Class::*;
        match self {
            Determiner => "det",
            Possessive => "poss",
            Quantifier => "quant",
            Pronoun => "pron",
            Relative => "rel",
            That => "that",
            Interrogative => "wh",
            To => "to",
            Preposition => "prep",
            Conjunction => "conj",
            Subordinator => "sub",
            Auxiliary => "aux",
            Modal => "modal",
            Negation => "neg",
            Adverb => "adv",
            Adjective => "adj",
            Noun => "noun",
            Plural => "plural",
            Base => "base",
            Third => "third",
            Past => "past",
            Ing => "ing",
            Number => "num",
            Time => "time",
            Capital => "cap",
            Genitive => "gen",
            Handle => "handle",
            Comma => "comma",
            Stop => "stop",
            Colon => "colon",
            Semicolon => "semi",
            Dash => "dash",
            Open => "open",
            Close => "close",
            Mark => "mark",
            Other => "other",
        }
    }

    /// A verb form that is no auxiliary.
    pub fn verb(self) -> bool {
        matches!(self, Class::Base | Class::Third | Class::Past | Class::Ing)
    }

    /// Can be the verb of a clause by itself: says, said, is, would.
    pub fn finite(self) -> bool {
        matches!(self, Class::Third | Class::Past | Class::Auxiliary | Class::Modal)
    }

    /// Can stand inside a base noun phrase and carry it.
    pub fn nominal(self) -> bool {
        matches!(self, Class::Noun | Class::Plural | Class::Capital | Class::Number | Class::Handle)
    }
}

const CLOSED: u128 = bits(&[
    list::DETERMINERS,
    list::POSSESSIVES,
    list::QUANTIFIERS,
    list::PREPOSITIONS,
    list::CONJUNCTIONS,
    list::SUBORDINATORS,
    list::AUXILIARIES,
    list::MODALS,
    list::NEGATIONS,
    list::RELATIVES,
    list::INTERROGATIVES,
    list::PRONOUNS,
]);

/// Words that the classifier itself must know by their form.
struct Known {
    that: u64,
    to: u64,
    her: u64,
    genitive: u64,
}

/// The class of every token; sentences in capitals or Title Case are read by their words, not their capitals.
pub fn classes(text: &str, tokens: &[Token], sentences: &[super::Sentence], lexicon: &Lexicon) -> Vec<Class> {
    use crate::lexicon::fold;
    let known = Known { that: fold("that"), to: fold("to"), her: fold("her"), genitive: fold("'s") };
    let mut out = Vec::with_capacity(tokens.len());
    let title_case: Vec<bool> =
        sentences.iter().map(|sentence| in_title_case(&tokens[sentence.tokens.range()])).collect();
    let names = names(tokens, sentences, &title_case);
    for (sentence, &title_case) in sentences.iter().zip(&title_case) {
        let range = sentence.tokens.range();
        for i in range.clone() {
            let previous = (i > range.start).then(|| out[i - 1]);
            let next = tokens.get(i + 1).filter(|_| i + 1 < range.end);
            let first = i == range.start || previous == Some(Class::Mark) || previous == Some(Class::Colon);
            let name = tokens[i].capitalised() && names.contains_key(&tokens[i].hash);
            let class = classify(text, &tokens[i], previous, next, first, title_case, name, lexicon, &known);
            out.push(class);
        }
        settle(tokens, &mut out, range, lexicon, &known);
    }
    out
}

/// Most words are capitalised, as in a headline: capitals say nothing.
fn in_title_case(tokens: &[Token]) -> bool {
    let (mut all, mut capital, mut upper) = (0, 0, 0);
    for word in tokens.iter().filter(|t| t.kind == Kind::Word) {
        all += 1;
        capital += usize::from(word.capitalised());
        upper += usize::from(word.case == Case::Upper && word.span.len() > 1);
    }
    all >= 4 && capital * 10 >= all * 7 || upper * 2 > all && all >= 3
}

/// Words that stand with a capital inside a sentence of this text and never without one.
fn names(tokens: &[Token], sentences: &[super::Sentence], title_case: &[bool]) -> ByHash<()> {
    let mut names: ByHash<()> = ByHash::default();
    // Whether a bit of the hash stands for a name: most words are none, which one look tells.
    let mut perhaps = [0_u64; 64];
    let bit = |hash: u64| ((hash >> 6) as usize % 64, 1 << (hash % 64));
    let plain = || sentences.iter().zip(title_case).filter(|(_, in_title_case)| !**in_title_case);
    for (sentence, _) in plain() {
        for pair in tokens[sentence.tokens.range()].windows(2) {
            if pair[1].case == Case::Capital
                && matches!(pair[0].kind, Kind::Word | Kind::Comma | Kind::Clitic)
            {
                let (word, bit) = bit(pair[1].hash);
                perhaps[word] |= bit;
                names.insert(pair[1].hash, ());
            }
        }
    }
    for (sentence, _) in plain() {
        let inside = tokens[sentence.tokens.range()].iter().skip(1);
        for word in inside.filter(|word| word.case == Case::Lower) {
            let (at, bit) = bit(word.hash);
            if perhaps[at] & bit != 0 {
                names.remove(&word.hash);
            }
        }
    }
    names
}

/// The past tense of a verb that nearly always reports.
fn core_past(entry: &Entry, lexicon: &Lexicon) -> bool {
    matches!(entry.form, Some(Form::Past | Form::PastOrParticiple))
        && lexicon.verb(entry).is_some_and(|verb| verb.strength == Strength::Core)
}

fn listed_verb(entry: &Entry) -> bool {
    entry.classes.any(Classes::THIRD | Classes::PAST | Classes::ING)
}

#[expect(clippy::too_many_arguments, reason = "the context of one token, each used once")]
fn classify(
    text: &str,
    token: &Token,
    previous: Option<Class>,
    next: Option<&Token>,
    first: bool,
    title_case: bool,
    name: bool,
    lexicon: &Lexicon,
    known: &Known,
) -> Class {
    match token.kind {
        Kind::Comma => return Class::Comma,
        Kind::Stop | Kind::Question | Kind::Exclamation | Kind::Ellipsis => return Class::Stop,
        Kind::Colon => return Class::Colon,
        Kind::Semicolon => return Class::Semicolon,
        Kind::Dash => return Class::Dash,
        Kind::Open => return Class::Open,
        Kind::Close => return Class::Close,
        Kind::Mark => return Class::Mark,
        Kind::Number => return Class::Number,
        Kind::Handle | Kind::Link => return Class::Handle,
        Kind::Symbol => return Class::Other,
        Kind::Clitic => {
            return if token.hash == known.genitive
                || token.span.len() <= 3 && !lexicon.entry(token.word).is(list::CONTRACTIONS)
            {
                match previous {
                    Some(Class::Pronoun | Class::Relative | Class::That | Class::Interrogative) => {
                        Class::Auxiliary
                    }
                    _ => Class::Genitive,
                }
            } else {
                Class::Auxiliary
            };
        }
        Kind::Word => {}
    }
    let entry = lexicon.entry(token.word);
    if entry.is(list::MONTHS) || entry.is(list::WEEKDAYS) {
        if token.capitalised() {
            return Class::Time;
        }
    } else if entry.is(list::TIME_WORDS) && !entry.is_any(CLOSED) {
        // The Morning Bell is a newspaper.
        let capital = |t: &Token| t.kind == Kind::Word && t.case == Case::Capital;
        let date = |t: &Token| lexicon.entry(t.word).is_any(bits(&[list::MONTHS, list::WEEKDAYS]));
        if first || title_case || !capital(token) || !next.is_some_and(|n| capital(n) && !date(n)) {
            return Class::Time;
        }
    }
    // Replied Drummond; said Coach Drummond, though Said is a first name too: no title stands behind one.
    if first && token.case == Case::Capital && !title_case && core_past(entry, lexicon) {
        let titles = bits(&[list::TITLES, list::ROLES, list::HONORIFICS]);
        let name = entry.is(list::GIVEN_NAMES);
        if next.is_some_and(|n| n.capitalised() && (!name || lexicon.entry(n.word).is_any(titles))) {
            return Class::Past;
        }
    }
    // US, IT, WHO are names where the rest is not in capitals too.
    let shouted = token.case == Case::Upper && token.span.len() > 1 && !title_case;
    // A capital inside a sentence makes a name of what is no article or pronoun: Senate Minority Leader.
    let named = token.case == Case::Capital && !first && !title_case && token.span.len() > 1;
    let open_to_names = named && !entry.is_any(bits(&[list::DETERMINERS, list::PRONOUNS, list::POSSESSIVES]));
    if !shouted
        && !open_to_names
        && entry.is_any(CLOSED)
        && let Some(class) = closed(token, entry, known)
    {
        return class;
    }
    if token.capitalised() {
        let listed = entry.classes.0 != 0;
        let next_capital = next.is_some_and(|n| n.kind == Kind::Word && n.capitalised());
        // Taking Proudhon as a guide: a participle or adverb has its capital from the sentence.
        let opens = first
            && !title_case
            && token.case == Case::Capital
            && (entry.dominant.0 == Classes::ING || entry.dominant.0 == Classes::ADVERB)
            && !entry.is_any(bits(&[list::GIVEN_NAMES, list::PLACES, list::OUTLETS, list::OUTLET_WORDS]));
        let open_word = opens
            || title_case && !entry.is(list::GIVEN_NAMES)
            || first && !next_capital && !entry.is(list::GIVEN_NAMES) && !entry.is(list::PLACES);
        if shouted
            || name && !title_case
            || name && token.case == Case::Capital && !listed_verb(entry)
            || !(open_word && listed)
        {
            return Class::Capital;
        }
        if first
            && !title_case
            && !entry.classes.any(
                Classes::ADVERB
                    | Classes::ING
                    | Classes::PAST
                    | Classes::ADJECTIVE
                    | Classes::PLURAL
                    | Classes::NOUN,
            )
        {
            return Class::Capital;
        }
    }
    open(text, token, entry, previous, lexicon)
}

fn closed(token: &Token, entry: &Entry, known: &Known) -> Option<Class> {
    Some(if token.hash == known.that {
        Class::That
    } else if token.hash == known.to {
        Class::To
    } else if entry.is(list::AUXILIARIES) {
        Class::Auxiliary
    } else if entry.is(list::MODALS) {
        if token.case == Case::Capital && entry.is(list::GIVEN_NAMES) {
            return None;
        }
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

/// Noun, verb, adjective or adverb: by the list, the token before, or the suffix.
fn open(text: &str, token: &Token, entry: &Entry, previous: Option<Class>, lexicon: &Lexicon) -> Class {
    let mut all = entry.classes.0;
    let mut dominant = entry.dominant.0;
    if all == 0 {
        if entry.is_any(bits(&[list::ROLES, list::GROUPS, list::ORGANISATIONS, list::DOCUMENTS, list::WORKS]))
        {
            return if entry.plural { Class::Plural } else { Class::Noun };
        }
        if entry.is(list::HEDGES) {
            return Class::Adverb;
        }
        if entry.is(list::NATIONALITIES) {
            return Class::Adjective;
        }
        all = suffix(token.span.of(text), lexicon);
    }
    if dominant == 0 {
        dominant = 1 << all.trailing_zeros();
    }
    const NOUNS: u8 = Classes::NOUN | Classes::PLURAL | Classes::ADJECTIVE;
    const VERBS: u8 = Classes::BASE | Classes::THIRD | Classes::PAST | Classes::ING;
    use Class as C;
    let allowed = match previous {
        Some(C::Determiner | C::Possessive | C::Genitive | C::Adjective | C::Quantifier | C::Number) => {
            all & (NOUNS | Classes::ADVERB)
        }
        Some(C::Preposition) => all & (NOUNS | Classes::ADVERB | Classes::ING),
        Some(C::To | C::Modal) => all & (Classes::BASE | Classes::ADVERB),
        Some(C::Pronoun | C::Relative) => all & (VERBS | Classes::ADVERB),
        Some(C::Auxiliary) => {
            all & (Classes::PAST | Classes::ING | Classes::ADVERB | Classes::ADJECTIVE | Classes::BASE)
        }
        _ => all,
    };
    let pool = if allowed != 0 { allowed } else { all };
    // An adjective before a noun is likelier than a participle there, so the dominant class decides among those left.
    let chosen = if pool & dominant != 0 { dominant } else { 1 << pool.trailing_zeros() };
    match chosen {
        Classes::NOUN => C::Noun,
        Classes::PLURAL => C::Plural,
        Classes::BASE => C::Base,
        Classes::THIRD => C::Third,
        Classes::PAST => C::Past,
        Classes::ING => C::Ing,
        Classes::ADVERB => C::Adverb,
        _ => C::Adjective,
    }
}

/// Classes of a word that no list has, by its last piece or its ending.
fn suffix(word: &str, lexicon: &Lexicon) -> u8 {
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

/// What only the token behind can settle: her, participles before nouns, nouns before subjects' verbs.
fn settle(
    tokens: &[Token],
    classes: &mut [Class],
    range: std::ops::Range<usize>,
    lexicon: &Lexicon,
    known: &Known,
) {
    use Class as C;
    for i in range.clone() {
        let next = (i + 1 < range.end).then(|| classes[i + 1]);
        let previous = (i > range.start).then(|| classes[i - 1]);
        match classes[i] {
            C::Possessive
                if tokens[i].hash == known.her
                    && !matches!(
                        next,
                        Some(C::Noun | C::Plural | C::Adjective | C::Capital | C::Number | C::Past | C::Ing)
                    ) =>
            {
                classes[i] = C::Pronoun;
            }
            C::Past | C::Ing
                if matches!(
                    previous,
                    Some(C::Determiner | C::Possessive | C::Genitive | C::Adjective | C::Quantifier)
                ) && matches!(next, Some(C::Noun | C::Plural | C::Adjective | C::Capital)) =>
            {
                classes[i] = C::Adjective;
            }
            C::Adjective | C::Ing | C::Adverb
                if matches!(previous, Some(C::Determiner | C::Possessive | C::Genitive))
                    && !matches!(
                        next,
                        Some(
                            C::Noun
                                | C::Plural
                                | C::Adjective
                                | C::Capital
                                | C::Number
                                | C::Comma
                                | C::Conjunction
                                | C::Ing
                                | C::Past
                                | C::Adverb
                                | C::Quantifier
                        )
                    ) =>
            {
                classes[i] = C::Noun;
            }
            C::Genitive => {
                // ’s before a verb form or at the end is no possessive: Clinton’s running.
                if matches!(next, Some(C::Determiner | C::Negation | C::Auxiliary | C::Pronoun)) {
                    classes[i] = C::Auxiliary;
                }
            }
            // A name or plural before a word that is noun and verb makes it the verb if an object or clause follows.
            C::Noun | C::Plural
                if matches!(previous, Some(C::Capital | C::Plural | C::Close))
                    && matches!(
                        next,
                        Some(
                            C::Determiner
                                | C::Pronoun
                                | C::Possessive
                                | C::That
                                | C::To
                                | C::Mark
                                | C::Interrogative
                        )
                    ) =>
            {
                let entry = lexicon.entry(tokens[i].word);
                if tokens[i].case == Case::Lower {
                    if entry.classes.any(Classes::THIRD) {
                        classes[i] = C::Third;
                    } else if entry.classes.any(Classes::BASE) && previous == Some(C::Plural) {
                        classes[i] = C::Base;
                    }
                }
            }
            _ => {}
        }
    }
    promote(tokens, classes, range, lexicon);
}

/// A sentence without any verb has lost it to a noun: `Trump reports investments`, `One poll shows Cruz ahead`.
fn promote(tokens: &[Token], classes: &mut [Class], range: std::ops::Range<usize>, lexicon: &Lexicon) {
    use Class as C;
    if classes[range.clone()].iter().any(|c| c.finite() || *c == C::Base) {
        return;
    }
    for i in range.start + 1..range.end {
        let subject = matches!(classes[i - 1], C::Capital | C::Noun | C::Plural | C::Pronoun | C::Quantifier);
        if subject && matches!(classes[i], C::Noun | C::Plural) {
            let entry = lexicon.entry(tokens[i].word);
            let third = entry.classes.any(Classes::THIRD) && classes[i - 1] != C::Plural;
            let base = entry.classes.any(Classes::BASE) && classes[i - 1] == C::Plural;
            if third || base {
                classes[i] = if third { C::Third } else { C::Base };
                return;
            }
        }
    }
}

/// The text of a token.
pub fn word<'t>(text: &'t str, token: &Token) -> &'t str {
    Span::of(token.span, text)
}
