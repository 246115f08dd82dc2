//! The word class of each token in its context, without a tagger.
//!
//! Closed classes come from the lists, open ones from counted word classes and suffixes; where a word can be
//! noun and verb, the token before it decides (measured on annotated news: 92 % where it decides at all).
//! All of this depends on the entry of a word and on few classes before it, so it is worked out once for the lexicon;
//! only capitals, endings and clitics are looked at in their place.

use smallvec::SmallVec;

use super::class::Class;
use super::settle::settle;
use super::{Case, Kind, Sentence, Token};
use crate::lexicon::{
    ByHash, CLOSED, Classes, Entry, Filter, Form, Gender, Lexicon, Strength, bits, fold, list,
};

const DATES: u128 = bits(&[list::MONTHS, list::WEEKDAYS]);

/// How many kinds of tokens there are.
const KINDS: usize = Kind::Symbol as usize + 1;

/// The number of the class behind each group of classes, a byte for each (see [`shift`]): one number, so that it can be
/// fetched before the class before it is known. [`LOOK`] where it takes a longer look.
type Row = u64;

/// The number of no class.
const LOOK: u8 = u8::MAX;

/// What words with a capital inside a sentence may be at once; none takes a longer look.
const CAPITALS: [Option<Class>; 3] = [None, Some(Class::Time), Some(Class::Capital)];

/// The number of a row has no more bits.
const SMALL: u32 = 14;
const _: () = assert!(KINDS + CAPITALS.len() + Reading::KINDS <= 1 << SMALL);

/// Gives words their classes by one lexicon.
#[derive(Clone, Debug)]
pub struct Classifier {
    /// A row for each [`Kind`], of use for those that are no words, then those of [`CAPITALS`], then one for all words that
    /// are read alike.
    rows: Vec<Row>,
    /// For each entry of the lexicon the row that it has without a capital, and behind [`SMALL`] bits which of
    /// [`CAPITALS`] it has with one inside a sentence: one number, so that all of them stay near the processor.
    words: Vec<u16>,
    // Words that the classifier itself must know by their form.
    that: u64,
    to: u64,
    her: u64,
    genitive: u64,
}

/// A word that is looked at in its place.
struct Place<'a> {
    /// Those of its sentence, and which of them it is.
    tokens: &'a [Token],
    at: usize,
    /// The number of the class before it.
    previous: u8,
    /// It begins the sentence or what stands behind a mark or colon.
    first: bool,
    title_case: bool,
    /// Words that stand elsewhere with a capital and nowhere without one.
    names: &'a ByHash<()>,
    /// A month that was a surname before.
    surname: bool,
}

impl<'a> Place<'a> {
    fn token(&self) -> &'a Token {
        &self.tokens[self.at]
    }

    fn next(&self) -> Option<&'a Token> {
        self.tokens.get(self.at + 1)
    }
}

impl Classifier {
    /// Works out what does not depend on a text.
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut rows = vec![Reading::Fixed(None).row(); KINDS];
        for &(kind, class) in MARKS {
            rows[kind as usize] = Reading::Fixed(Some(class)).row();
        }
        rows.extend(CAPITALS.map(|class| Reading::Fixed(class).row()));
        let mut places = vec![None; Reading::KINDS];
        let mut place = |reading: Reading| {
            *places[reading.number()].get_or_insert_with(|| {
                rows.push(reading.row());
                (rows.len() - 1) as u16
            })
        };
        let mut words: Vec<u16> =
            lexicon.entries().iter().map(|entry| place(small(entry)) | capital(entry) << SMALL).collect();
        let [that, to, her, genitive] = ["that", "to", "her", "'s"].map(fold);
        for (word, class) in [(that, Class::That), (to, Class::To)] {
            let word = &mut words[lexicon.id(word) as usize];
            *word = place(Reading::Fixed(Some(class))) | *word >> SMALL << SMALL;
        }
        Self { rows, words, that, to, her, genitive }
    }

    /// The class of every token; sentences in capitals or Title Case are read by their words, not their capitals.
    pub fn classes(
        &self,
        text: &str,
        tokens: &[Token],
        sentences: &[Sentence],
        lexicon: &Lexicon,
    ) -> Vec<Class> {
        let mut out = vec![Class::Other; tokens.len()];
        let capitals = Capitals::new(tokens, sentences, lexicon);
        // Months that are somebody’s surname in this text.
        let mut months: SmallVec<[u64; 4]> = SmallVec::new();
        for (sentence, &title_case) in sentences.iter().zip(&capitals.title_case) {
            let tokens = &tokens[sentence.tokens.range()];
            let out = &mut out[sentence.tokens.range()];
            let mut previous = LOOK;
            // A capital says something of the word itself only behind another, not at a beginning.
            let (mut first, mut marked) = (true, false);
            for (at, (token, out)) in tokens.iter().zip(out.iter_mut()).enumerate() {
                // Behind a mark with a space behind it a sentence goes on: Nan “Kettle” Price.
                first |= marked & !token.spaced;
                // Numbers and no branches: nobody can foresee which words have capitals.
                let capital = usize::from(token.capitalised());
                let lone = usize::from(first | title_case | (token.span.len() == 1));
                let told = usize::from(token.kind == Kind::Word) & !(capital & lone);
                let word = usize::from(self.words[token.word as usize]);
                let word = if capital != 0 { KINDS + (word >> SMALL) } else { word % (1 << SMALL) };
                let row = if told != 0 { word } else { token.kind as usize };
                let found = (self.rows[row] >> SHIFTS[usize::from(previous)]) as u8;
                *out = if let Some(&class) = Class::ALL.get(usize::from(found)) {
                    class
                } else {
                    let surname = months.contains(&token.hash);
                    let names = &capitals.names;
                    let place = Place { tokens, at, previous, first, title_case, names, surname };
                    let class = self.look(text, &place, lexicon);
                    if class == Class::Capital
                        && lexicon.entry(token.word).is_any(DATES | bits(&[list::TIME_WORDS]))
                    {
                        months.push(token.hash);
                    }
                    class
                };
                previous = *out as u8;
                (first, marked) = (token.kind == Kind::Colon, token.kind == Kind::Mark);
            }
            settle(tokens, out, self.her, lexicon);
        }
        out
    }

    // Apart from the loop over all words, which then has room for what it needs itself.
    #[inline(never)]
    fn look(&self, text: &str, place: &Place<'_>, lexicon: &Lexicon) -> Class {
        let token = place.token();
        let previous = Class::ALL.get(usize::from(place.previous)).copied();
        let entry = lexicon.entry(token.word);
        if token.kind == Kind::Clitic {
            return self.clitic(token, entry, previous);
        }
        if token.capitalised()
            && let Some(class) = self.capital(place, entry, lexicon)
        {
            return class;
        }
        if let Some(class) = self.closed(token, entry) {
            return class;
        }
        let small = usize::from(self.words[token.word as usize]) % (1 << SMALL);
        let found = self.rows[small] >> shift(previous);
        let ending =
            || chosen(suffix(token.span.of(text), lexicon), 0, ALLOWED[shift(previous) as usize / 8]);
        Class::ALL.get(usize::from(found as u8)).copied().unwrap_or_else(ending)
    }

    fn clitic(&self, token: &Token, entry: &Entry, previous: Option<Class>) -> Class {
        let genitive = token.hash == self.genitive || token.span.len() <= 3 && !entry.is(list::CONTRACTIONS);
        match previous {
            Some(Class::Pronoun | Class::Relative | Class::That | Class::Interrogative) => Class::Auxiliary,
            _ if genitive => Class::Genitive,
            _ => Class::Auxiliary,
        }
    }

    /// The class that a word has for its capital; none where it is read like a small one.
    fn capital(&self, place: &Place<'_>, entry: &Entry, lexicon: &Lexicon) -> Option<Class> {
        let Place { first, title_case, names, .. } = *place;
        let (token, next) = (place.token(), place.next());
        if entry.is_any(DATES) {
            return Some(if named(place, entry, lexicon) { Class::Capital } else { Class::Time });
        }
        if time(entry) && surname(place, lexicon) {
            return Some(Class::Capital);
        }
        if time(entry) {
            // The Morning Bell is a newspaper.
            let capital = |t: &Token| t.kind == Kind::Word && t.case == Case::Capital;
            let date = |t: &Token| lexicon.entry(t.word).is_any(DATES);
            if first || title_case || !capital(token) || !next.is_some_and(|n| capital(n) && !date(n)) {
                return Some(Class::Time);
            }
        }
        // Replied Drummond; said Coach Drummond, though Said is a first name too: no title stands behind one.
        if first && token.case == Case::Capital && !title_case && core_past(entry, lexicon) {
            let titles = bits(&[list::TITLES, list::ROLES, list::HONORIFICS]);
            let name = entry.is(list::GIVEN_NAMES);
            if next.is_some_and(|n| n.capitalised() && (!name || lexicon.entry(n.word).is_any(titles))) {
                return Some(Class::Past);
            }
        }
        // US, IT, WHO are names where the rest is not in capitals too.
        let shouted = token.case == Case::Upper && token.span.len() > 1 && !title_case;
        // A capital inside a sentence makes a name of what is no article or pronoun: Senate Minority Leader.
        let named = token.case == Case::Capital && !first && !title_case && token.span.len() > 1;
        let open_to_names = named
            && (!entry.is_any(bits(&[list::DETERMINERS, list::PRONOUNS, list::POSSESSIVES]))
                || amount_in_name(place, entry, lexicon));
        if !shouted
            && !open_to_names
            && let Some(class) = self.closed(token, entry)
        {
            return Some(class);
        }
        // Villagers, which nobody counted.
        let people = entry.plural && entry.is_any(bits(&[list::ROLES, list::GROUPS]));
        let listed = entry.classes.0 != 0 || people;
        let next_capital = next.is_some_and(|n| n.kind == Kind::Word && n.capitalised());
        // Taking Proudhon as a guide: a participle or adverb has its capital from the sentence.
        let opens = first
            && !title_case
            && token.case == Case::Capital
            && (entry.dominant.0 == Classes::ING || entry.dominant.0 == Classes::ADVERB)
            && !entry.is_any(bits(&[list::GIVEN_NAMES, list::PLACES, list::OUTLETS, list::OUTLET_WORDS]))
            && !(next_capital && begins_place(place, entry, lexicon));
        let open_word = opens
            || title_case && !entry.is(list::GIVEN_NAMES)
            || first && !next_capital && !entry.is(list::GIVEN_NAMES) && !entry.is(list::PLACES);
        if shouted || !(open_word && listed) {
            return Some(Class::Capital);
        }
        let written_so = !title_case || token.case == Case::Capital && !listed_verb(entry);
        if written_so && names.contains_key(&token.hash) {
            return Some(Class::Capital);
        }
        const LEADING: u8 = Classes::ADVERB
            | Classes::ING
            | Classes::PAST
            | Classes::ADJECTIVE
            | Classes::PLURAL
            | Classes::NOUN;
        (first && !title_case && !entry.classes.any(LEADING) && !people).then_some(Class::Capital)
    }

    /// The closed class of a word.
    fn closed(&self, token: &Token, entry: &Entry) -> Option<Class> {
        if !entry.is_any(CLOSED) {
            None
        } else if token.hash == self.that {
            Some(Class::That)
        } else if token.hash == self.to {
            Some(Class::To)
        } else {
            // Will, May and Mark are names too.
            let name = token.case == Case::Capital && entry.is(list::GIVEN_NAMES);
            closed(entry).filter(|&class| class != Class::Modal || !name)
        }
    }
}

/// The word begins the name of a place: Downing Street.
fn begins_place(place: &Place<'_>, entry: &Entry, lexicon: &Lexicon) -> bool {
    let hash = |i: usize| place.tokens.get(place.at + i).map(|t| t.hash);
    lexicon.phrase_of(entry, list::PLACES, hash).is_some_and(|(words, _)| words > 1)
}

/// The classes of tokens that are no words.
const MARKS: &[(Kind, Class)] = &[
    (Kind::Number, Class::Number),
    (Kind::Handle, Class::Handle),
    (Kind::Link, Class::Handle),
    (Kind::Comma, Class::Comma),
    (Kind::Stop, Class::Stop),
    (Kind::Colon, Class::Colon),
    (Kind::Semicolon, Class::Semicolon),
    (Kind::Dash, Class::Dash),
    (Kind::Question, Class::Stop),
    (Kind::Exclamation, Class::Stop),
    (Kind::Ellipsis, Class::Stop),
    (Kind::Open, Class::Open),
    (Kind::Close, Class::Close),
    (Kind::Mark, Class::Mark),
    (Kind::Symbol, Class::Other),
];

const NOUNS: u8 = Classes::NOUN | Classes::PLURAL | Classes::ADJECTIVE;
const VERBS: u8 = Classes::BASE | Classes::THIRD | Classes::PAST | Classes::ING;

/// Which of its counted classes a word may have behind each group of classes, if it has any of them.
const ALLOWED: [u8; 6] = [
    u8::MAX,
    NOUNS | Classes::ADVERB,
    NOUNS | Classes::ADVERB | Classes::ING,
    Classes::BASE | Classes::ADVERB,
    VERBS | Classes::ADVERB,
    Classes::PAST | Classes::ING | Classes::ADVERB | Classes::ADJECTIVE | Classes::BASE,
];

/// Which byte of a [`Row`] a class before the word chooses, in bits: those of one group allow the same.
const fn shift(previous: Option<Class>) -> u8 {
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
const SHIFTS: [u8; 256] = {
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
enum Reading {
    /// The same class everywhere, or a longer look.
    Fixed(Option<Class>),
    /// By what stands before it, of these counted classes, of which this is the commonest.
    Counted(Classes, Classes),
}

impl Reading {
    /// How many there are: no class and each class, then all counted ones with each as the commonest, or none.
    const KINDS: usize = (1 + Class::ALL.len()) + (1 << u8::BITS) * (1 + u8::BITS as usize);

    fn number(self) -> usize {
        match self {
            Self::Fixed(class) => class.map_or(0, |class| 1 + class as usize),
            Self::Counted(all, dominant) => {
                let commonest = if dominant.0 == 0 { 0 } else { 1 + dominant.0.ilog2() as usize };
                1 + Class::ALL.len() + usize::from(all.0) * (1 + u8::BITS as usize) + commonest
            }
        }
    }

    fn row(self) -> Row {
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
fn small(entry: &Entry) -> Reading {
    match if time(entry) { Some(Class::Time) } else { closed(entry) } {
        None if entry.classes.0 != 0 => Reading::Counted(entry.classes, entry.dominant),
        fixed => Reading::Fixed(fixed.or_else(|| listed(entry))),
    }
}

/// A word with a capital behind other words, as a place among [`CAPITALS`]: most are names, whatever else they may be.
fn capital(entry: &Entry) -> u16 {
    if entry.is_any(DATES) {
        0 // It may be a name.
    } else {
        let other =
            time(entry) || entry.is_any(bits(&[list::DETERMINERS, list::PRONOUNS, list::POSSESSIVES]));
        if other { 0 } else { 2 }
    }
}

/// A word of time and nothing else, apart from the days and months, which need their capital.
fn time(entry: &Entry) -> bool {
    entry.is(list::TIME_WORDS) && !entry.is_any(CLOSED | DATES)
}

fn closed(entry: &Entry) -> Option<Class> {
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
fn chosen(all: u8, dominant: u8, allowed: u8) -> Class {
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

/// A sentence of so many words may be full of names.
const SHORT: usize = 10;

/// What can be known of capitals only from the whole text.
struct Capitals {
    /// For each sentence, whether it is in capitals or Title Case, as headlines are: its capitals say nothing.
    title_case: Vec<bool>,
    /// Words that stand with a capital inside a sentence of this text and never without one.
    names: ByHash<()>,
}

impl Capitals {
    fn new(tokens: &[Token], sentences: &[Sentence], lexicon: &Lexicon) -> Self {
        let mut title_case = Vec::with_capacity(sentences.len());
        // Nobody can foresee which words have a capital, so all are written down, each over the last that has none.
        let mut candidates = Vec::new();
        let mut count = 0;
        for sentence in sentences {
            let tokens = &tokens[sentence.tokens.range()];
            if candidates.len() < count + tokens.len() {
                candidates.resize(count + tokens.len(), 0);
            }
            let (mut written, mut inside) = (count, false);
            let (mut all, mut capital, mut upper) = (0, 0, 0);
            for token in tokens {
                all += usize::from(token.kind == Kind::Word);
                capital += usize::from(token.capitalised());
                if token.case == Case::Upper {
                    upper += usize::from(token.span.len() > 1);
                }
                candidates[written] = token.hash;
                written += usize::from((token.case == Case::Capital) & inside);
                inside = matches!(token.kind, Kind::Word | Kind::Comma | Kind::Clitic);
            }
            let mostly = all >= 4 && capital * 10 >= all * 7;
            let headline = mostly && !(all <= SHORT && upper == 0 && names_people(tokens, lexicon))
                || upper * 2 > all && all >= 3;
            title_case.push(headline);
            count = if headline { count } else { written };
        }
        candidates.truncate(count);
        let names = names(&candidates, tokens, sentences, &title_case);
        Self { title_case, names }
    }
}

/// A short sentence may consist of names: Ann Li met Bo Reed on Monday. In a headline its verb has a capital too.
fn names_people(tokens: &[Token], lexicon: &Lexicon) -> bool {
    let small = tokens.iter().filter(|token| token.kind == Kind::Word && token.case == Case::Lower);
    small.into_iter().any(|token| !lexicon.entry(token.word).is_any(CLOSED))
}

/// Those of the candidates that stand inside no sentence without a capital.
fn names(candidates: &[u64], tokens: &[Token], sentences: &[Sentence], title_case: &[bool]) -> ByHash<()> {
    let mut names = ByHash::with_capacity_and_hasher(candidates.len(), Default::default());
    let mut perhaps = Filter::default();
    for &hash in candidates {
        perhaps.insert(hash);
        names.insert(hash, ());
    }
    for (sentence, &title_case) in sentences.iter().zip(title_case) {
        let Some((_, inside)) = tokens[sentence.tokens.range()].split_first() else { continue };
        for word in if title_case { &[] } else { inside } {
            // Most words are small, and few pass.
            if perhaps.passes(word.hash) && word.case == Case::Lower {
                names.remove(&word.hash);
            }
        }
    }
    names
}

/// Theresa May, Mrs May, and then May said: the month is a surname.
fn named(place: &Place<'_>, entry: &Entry, lexicon: &Lexicon) -> bool {
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

/// Aaron Little, Formula One: a word for how much or how many that ends a name.
fn amount_in_name(place: &Place<'_>, entry: &Entry, lexicon: &Lexicon) -> bool {
    let behind = Class::ALL.get(usize::from(place.previous)) == Some(&Class::Capital);
    let Some(before) = place.at.checked_sub(1).filter(|_| behind) else { return false };
    let given = lexicon.entry(place.tokens[before].word).is(list::GIVEN_NAMES);
    entry.is(list::NUMBER_WORDS) || given && entry.is(list::QUANTIFIERS)
}

/// Tom Day said, Mr Winter: a word of time behind a given name or form of address is a surname.
fn surname(place: &Place<'_>, lexicon: &Lexicon) -> bool {
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
    (given || place.surname && before.kind == Kind::Mark) && speaks(place, lexicon)
}

/// A verb that reports stands behind the word, or the ending of a possessor.
fn speaks(place: &Place<'_>, lexicon: &Lexicon) -> bool {
    let verb = |next: &Token| next.case == Case::Lower && lexicon.entry(next.word).is_verb();
    place.next().is_some_and(|next| next.kind == Kind::Clitic || verb(next))
}

/// The past tense of a verb that nearly always reports.
fn core_past(entry: &Entry, lexicon: &Lexicon) -> bool {
    matches!(entry.form, Some(Form::Past | Form::PastOrParticiple))
        && lexicon.verb(entry).is_some_and(|verb| verb.strength == Strength::Core)
}

fn listed_verb(entry: &Entry) -> bool {
    entry.classes.any(Classes::THIRD | Classes::PAST | Classes::ING)
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

#[cfg(test)]
mod tests {
    use super::Class as C;
    use super::*;
    use crate::document::paragraph::paragraphs;
    use crate::quotation::marks;
    use crate::span::TokenSpan;
    use crate::token::{scan::scan, sentence::sentences};
    use pretty_assertions::assert_eq;

    fn classes(text: &str) -> Vec<Class> {
        let lexicon = Lexicon::english();
        let paragraphs = paragraphs(text, &lexicon);
        let mut tokens = scan(text, &paragraphs, &lexicon);
        let quotations = marks::find(text, &paragraphs, &mut tokens, &lexicon);
        let outer: Vec<TokenSpan> =
            quotations.iter().filter(|q| q.parent.is_none()).map(|q| q.tokens).collect();
        let sentences = sentences(text, &tokens, &paragraphs, &outer, &lexicon);
        Classifier::new(&lexicon).classes(text, &tokens, &sentences, &lexicon)
    }

    #[test]
    fn the_word_before_decides_between_noun_and_verb() {
        assert_eq!(classes("The claim stands.")[..2], [C::Determiner, C::Noun]);
        assert_eq!(classes("They claim that it stands.")[..3], [C::Pronoun, C::Base, C::That]);
        assert_eq!(classes("He wants to claim it.")[2..4], [C::To, C::Base]);
    }

    #[test]
    fn a_capital_says_more_inside_a_sentence_than_at_its_beginning() {
        assert_eq!(
            classes("Officials met Norway on Friday.")[..5],
            [C::Plural, C::Past, C::Capital, C::Preposition, C::Time]
        );
        assert_eq!(classes("Then the US and WHO agreed.")[2..5], [C::Capital, C::Conjunction, C::Capital]);
        assert_eq!(classes("That is what I said.")[3], C::Pronoun);
    }

    #[test]
    fn what_no_list_has_is_told_by_its_ending() {
        assert_eq!(
            classes("She glumpily plunked the vorps.")[..5],
            [C::Pronoun, C::Adverb, C::Past, C::Determiner, C::Plural]
        );
    }
}
