//! The word class of each token in its context, without a tagger.
//!
//! Closed classes come from the lists, open ones from counted word classes and suffixes; where a word can be
//! noun and verb, the token before it decides (measured on annotated news: 92 % where it decides at all).
//! All of this depends on the entry of a word and on few classes before it, so it is worked out once for the lexicon;
//! only capitals, endings and clitics are looked at in their place.

use smallvec::SmallVec;

use super::calendar::{DATES, core_past, named, small_in_name, surname};
use super::capitals::{Capitals, fronted};
use super::class::Class;
use super::counted::{ALLOWED, LOOK, Reading, Row, SHIFTS, chosen, closed, shift, small, suffix, time};
use super::settle::settle;
use super::{Case, Kind, Sentence, Token};
use crate::lexicon::{ByHash, CLOSED, Classes, Entry, Lexicon, bits, fold, list};

/// How many kinds of tokens there are.
const KINDS: usize = Kind::Symbol as usize + 1;

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
pub(super) struct Place<'a> {
    /// Those of its sentence, and which of them it is.
    pub tokens: &'a [Token],
    pub at: usize,
    /// The number of the class before it.
    pub previous: u8,
    /// It begins the sentence or what stands behind a mark or colon.
    pub first: bool,
    /// It is one of the words that a text shouts at its beginning.
    pub shouted: bool,
    pub title_case: bool,
    /// Words that stand elsewhere with a capital and nowhere without one.
    pub names: &'a ByHash<()>,
    /// A month that was a surname before.
    pub surname: bool,
}

impl<'a> Place<'a> {
    pub fn token(&self) -> &'a Token {
        &self.tokens[self.at]
    }

    pub fn next(&self) -> Option<&'a Token> {
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
            // THE boss of a water firm: a text begins with a few words that are shouted and are no names.
            let shout = |t: &&Token| t.case == Case::Upper || t.capitalised() && t.span.len() == 1;
            let shouted = match tokens.first().map(|t| lexicon.entry(t.word)) {
                Some(first) if first.is_any(OPENING) && !title_case => {
                    tokens.iter().take_while(shout).count()
                }
                _ => 0,
            };
            // THE WITNESS: a label
            let label = tokens.get(shouted).is_some_and(|t| t.kind == Kind::Colon);
            let shouted = if label || shouted > SHOUTED { 0 } else { shouted };
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
                    let shouted = at < shouted;
                    let place = Place { tokens, at, previous, first, shouted, title_case, names, surname };
                    let class = self.look(text, &place, lexicon);
                    if class == Class::Capital
                        && lexicon.entry(token.word).is_any(DATES | bits(&[list::TIME_WORDS]))
                    {
                        months.push(token.hash);
                    }
                    class
                };
                previous = *out as u8;
                (first, marked) = (token.kind == Kind::Colon || at + 1 < shouted, token.kind == Kind::Mark);
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
            && let Some(class) = self.capital(text, place, entry, lexicon)
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
    fn capital(&self, text: &str, place: &Place<'_>, entry: &Entry, lexicon: &Lexicon) -> Option<Class> {
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
        // Tarn-based Norvik said: the place is no part of the name.
        let participle = |tail: &str| {
            tail.starts_with(char::is_lowercase) && lexicon.word(tail).classes.any(Classes::PAST)
        };
        if first
            && next.is_some_and(Token::capitalised)
            && token.span.of(text).rsplit_once('-').is_some_and(|(_, tail)| participle(tail))
        {
            return Some(Class::Adjective);
        }
        // US, IT, WHO are names where the rest is not in capitals too.
        let lead = place.shouted;
        let shouted = token.case == Case::Upper && token.span.len() > 1 && !title_case && !lead;
        // A capital inside a sentence makes a name of what is no article or pronoun: Senate Minority Leader.
        let named = token.case == Case::Capital && !first && !title_case && token.span.len() > 1;
        let open_to_names = named
            && (!entry.is_any(bits(&[list::DETERMINERS, list::PRONOUNS, list::POSSESSIVES]))
                || small_in_name(place, entry, lexicon));
        if !shouted
            && !open_to_names
            && let Some(class) = self.closed(token, entry)
        {
            return Some(class);
        }
        // Villagers, which nobody counted.
        let people = entry.plural && entry.is_any(bits(&[list::ROLES, list::GROUPS]));
        let listed = entry.classes.0 != 0 || people;
        // Workers I met: the pronoun has its capital always.
        let pronoun = |n: &Token| n.span.len() == 1 && lexicon.entry(n.word).is(list::PRONOUNS);
        let next_capital = next.is_some_and(|n| n.kind == Kind::Word && n.capitalised() && !pronoun(n));
        // Taking Proudhon as a guide: a participle or adverb has its capital from the sentence.
        let opens = first
            && !title_case
            && token.case == Case::Capital
            && (entry.dominant.0 == Classes::ING || entry.dominant.0 == Classes::ADVERB)
            && !entry.is_any(bits(&[list::GIVEN_NAMES, list::PLACES, list::OUTLETS, list::OUTLET_WORDS]))
            && !(next_capital && begins_place(place, entry, lexicon));
        if first && !title_case && next_capital && fronted(text, place, entry, lexicon) {
            return Some(Class::Ing);
        }
        let open_word = opens
            || lead && token.case == Case::Upper && !entry.is_any(bits(&[list::GIVEN_NAMES, list::PLACES]))
            || title_case && !entry.is(list::GIVEN_NAMES)
            || first && !next_capital && !entry.is(list::GIVEN_NAMES) && !entry.is(list::PLACES);
        // Two days later; Six in ten
        let counts = first && open_word && !shouted && entry.classes.0 == 0 && entry.is(list::NUMBER_WORDS);
        if counts {
            return Some(Class::Number);
        }
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

/// Papers shout so many words at the beginning of a text at most.
const SHOUTED: usize = 5;

/// Words that lead a sentence in and are nobody’s name, also where they are shouted.
const OPENING: u128 = bits(&[list::DETERMINERS, list::POSSESSIVES, list::QUANTIFIERS]);

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

fn listed_verb(entry: &Entry) -> bool {
    entry.classes.any(Classes::THIRD | Classes::PAST | Classes::ING)
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
