//! What single words and fixed phrases are: look-up of the word lists in `grammar/en/words`.
//!
//! ```
//! use onrecord::lexicon::{Lexicon, list};
//! let english = Lexicon::english();
//! let told = english.word("Told");
//! assert_eq!(english.verb(told).unwrap().lemma.as_ref(), "tell");
//! assert!(english.word("bridge").verb_free());
//! assert!(english.word("the").is(list::DETERMINERS));
//! ```

pub mod builtin;
mod draft;
mod entry;
mod hash;
pub mod inflect;
mod lists;
mod packed;
mod read;
pub(crate) mod table;

pub use draft::Draft;
pub use entry::{Act, Addressee, Classes, Entry, Form, Gender, Noun, Strength, Traits, Verb};
pub use hash::{ByHash, Identity, fold, mix};
pub(crate) use hash::{Filter, Folding};
pub(crate) use lists::CLOSED;
pub use lists::{List, bits, list};

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

/// The number of what the lists say of a word, which words may share; 0 is a word in no list.
pub type WordId = u32;

/// The phrases of several words that begin with one word; few words have any.
#[derive(Clone, Copy, Debug, Default)]
struct Opening {
    /// A bit for each list that has one of them.
    lists: u128,
    /// Where they are among all.
    phrases: (u32, u16),
    /// A bit for each beginning of the hash of a second word, so that most words are known to be none.
    seconds: u64,
}

impl Opening {
    /// The bit of a second word.
    fn second(hash: u64) -> u64 {
        1 << (hash >> 58)
    }
}

/// A phrase of several words in a list.
#[derive(Clone, Copy, Debug)]
struct Phrase {
    list: List,
    label: u16,
    /// Its second word; the phrases of one first word are in the order of second words and lists.
    second: u64,
    /// Where its words behind the second are among the words of all phrases.
    words: (u32, u16),
}

impl Phrase {
    /// Its length in words.
    fn len(&self) -> usize {
        usize::from(self.words.1) + 2
    }
}

/// The number of a word by its hash, of which a slot keeps 24 bits: a word of no list is taken for one once in 17 million.
type Index = table::Table<6, 24>;

/// All word lists, ready for look-up.
#[derive(Clone, Debug, Serialize, Deserialize)]
// What is built into the program need not be copied.
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lexicon {
    #[serde(skip)]
    index: Index,
    #[serde(with = "packed")]
    entries: Vec<Entry>,
    /// Of each entry.
    #[serde(with = "packed")]
    traits: Vec<Traits>,
    /// Of the abbreviations that are written with a stop.
    stopped: Filter,
    names: Vec<Box<str>>,
    labels: Vec<Box<str>>,
    verbs: Vec<Verb>,
    nouns: Vec<Noun>,
    /// The first is that of words without phrases.
    #[serde(with = "packed")]
    openings: Vec<Opening>,
    #[serde(with = "packed")]
    phrases: Vec<Phrase>,
    #[serde(with = "packed")]
    phrase_words: Vec<u64>,
}

impl Lexicon {
    /// The table of all words, for [`Lexicon::with_table`].
    pub(crate) fn table(&self) -> Vec<u8> {
        self.index.bytes()
    }

    /// The lists with their table of words, which is kept apart from the rest.
    pub(crate) fn with_table(self, slots: &'static [u8]) -> Self {
        Self { index: Index::from_bytes(slots), ..self }
    }

    /// Where the number of a folded word stands if it has one, for [`Lexicon::id_at`].
    #[inline]
    pub(crate) fn place(&self, hash: u64) -> u32 {
        self.index.slot(hash)
    }

    /// The number of a folded word, 0 where no list has it, by its place.
    #[inline]
    pub(crate) fn id_at(&self, place: u32, hash: u64) -> WordId {
        self.index.value(place, hash)
    }

    /// The number of a folded word, 0 where no list has it.
    #[inline]
    pub fn id(&self, hash: u64) -> WordId {
        self.index.get(hash)
    }

    /// All that is known of the word with this number.
    #[inline]
    pub fn entry(&self, id: WordId) -> &Entry {
        &self.entries[id as usize]
    }

    /// The word, with its stop, may be an abbreviation; most are surely none.
    pub(crate) fn may_be_abbreviation(&self, hash: u64) -> bool {
        self.stopped.passes(hash)
    }

    /// What is asked most often of the word with this number.
    #[inline]
    pub fn traits(&self, id: WordId) -> Traits {
        self.traits[id as usize]
    }

    /// All that is known of each word, by its number.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// In how many ways words share the lists in which they stand, and those of phrases that begin with them.
    pub(crate) fn ways(&self) -> usize {
        let ways = self.entries.iter().map(|entry| (entry.lists, self.opens(entry)));
        ways.collect::<HashSet<_>>().len()
    }

    /// All that is known of a word.
    pub fn word(&self, word: &str) -> &Entry {
        self.entry(self.id(fold(word)))
    }

    /// The list of this name.
    pub fn list(&self, name: &str) -> Option<List> {
        self.names.iter().position(|n| n.as_ref() == name).map(|i| List(i as u8))
    }

    /// All list names, in the order of their bits.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(AsRef::as_ref)
    }

    /// The reporting verb of which the word is a form.
    pub fn verb(&self, entry: &Entry) -> Option<&Verb> {
        entry.verb.checked_sub(1).map(|i| &self.verbs[i as usize])
    }

    /// The reporting noun that the word is.
    pub fn noun(&self, entry: &Entry) -> Option<&Noun> {
        entry.noun.checked_sub(1).map(|i| &self.nouns[i as usize])
    }

    /// The reporting verb with this [`Entry::verb`] number.
    #[inline]
    pub(crate) fn verb_at(&self, number: u16) -> Option<&Verb> {
        self.verbs.get(usize::from(number).wrapping_sub(1))
    }

    /// The reporting noun with this [`Entry::noun`] number.
    #[inline]
    pub(crate) fn noun_at(&self, number: u16) -> Option<&Noun> {
        self.nouns.get(usize::from(number).wrapping_sub(1))
    }

    /// The reporting verbs, in the order of their list.
    pub fn verbs(&self) -> &[Verb] {
        &self.verbs
    }

    /// The list's own column for the word: `interview` for the setting `on-camera interview`, or empty.
    pub fn label(&self, entry: &Entry) -> &str {
        &self.labels[entry.label as usize]
    }

    /// *Himself*, *themselves*: the pronouns that may stress the phrase before them.
    pub fn reflexive(&self, word: WordId) -> bool {
        let entry = self.entry(word);
        entry.is(list::PRONOUNS) && self.label(entry) == "reflexive"
    }

    /// The word is that for a relative: *wife*, *son*.
    pub(crate) fn is_kin(&self, entry: &Entry) -> bool {
        entry.is(list::ROLES) && self.label(entry) == "kin"
    }

    /// A bit for each list that has a phrase of several words beginning with this one.
    #[inline]
    pub fn opens(&self, entry: &Entry) -> u128 {
        self.openings[entry.opening as usize].lists
    }

    /// The longest phrase of the list that begins with the first of these folded words: its length in words
    /// and its label. Single words count as phrases of one.
    pub fn phrase(&self, list: List, word_at: impl Fn(usize) -> Option<u64>) -> Option<(usize, &str)> {
        self.phrase_of(self.entry(self.id(word_at(0)?)), list, word_at)
    }

    /// The same where the entry of the first word is known.
    #[inline]
    pub fn phrase_of(
        &self,
        first: &Entry,
        list: List,
        word_at: impl Fn(usize) -> Option<u64>,
    ) -> Option<(usize, &str)> {
        // As with most words.
        if (first.lists | self.opens(first)) & (1 << list.0) == 0 {
            return None;
        }
        self.longest(first, list, word_at)
    }

    fn longest(
        &self,
        first: &Entry,
        list: List,
        word_at: impl Fn(usize) -> Option<u64>,
    ) -> Option<(usize, &str)> {
        let mut best = first.is(list).then_some((1, first.label));
        if self.opens(first) & (1 << list.0) != 0 {
            for phrase in self.beginning(first, word_at).filter(|phrase| phrase.list == list) {
                if phrase.len() > best.map_or(0, |b| b.0) {
                    best = Some((phrase.len(), phrase.label));
                }
            }
        }
        best.map(|(n, label)| (n, self.labels[label as usize].as_ref()))
    }

    /// The lists of all phrases of several words that begin with these folded words, of which the first has this entry,
    /// and their lengths in words; those of one list follow each other.
    pub(crate) fn phrases(
        &self,
        first: &Entry,
        word_at: impl Fn(usize) -> Option<u64>,
    ) -> impl Iterator<Item = (List, usize)> {
        self.beginning(first, word_at).map(|phrase| (phrase.list, phrase.len()))
    }

    /// Some phrase that begins with the first word may go on with the second; most do not.
    #[inline]
    pub(crate) fn goes_on(&self, first: &Entry, second: u64) -> bool {
        self.openings[first.opening as usize].seconds & Opening::second(second) != 0
    }

    /// The second words of all phrases that begin with a word of this entry and are in one of the lists.
    pub(crate) fn seconds(&self, first: &Entry, lists: u128) -> impl Iterator<Item = u64> {
        let (from, count) = self.openings[first.opening as usize].phrases;
        let all = self.phrases[from as usize..][..count.into()].iter();
        all.filter(move |phrase| lists >> phrase.list.0 & 1 != 0).map(|phrase| phrase.second)
    }

    /// The last words of the phrases of a list whose other words are these folded ones, the first with this entry, and
    /// how many those others are.
    pub(crate) fn completions(
        &self,
        list: List,
        first: &Entry,
        word_at: impl Fn(usize) -> Option<u64>,
    ) -> impl Iterator<Item = (u64, usize)> {
        let (from, count) = self.openings[first.opening as usize].phrases;
        let all = &self.phrases[from as usize..][..count.into()];
        all.iter().filter(move |phrase| phrase.list == list).filter_map(move |phrase| {
            let rest = &self.phrase_words[phrase.words.0 as usize..][..phrase.words.1.into()];
            let Some((&last, middle)) = rest.split_last() else { return Some((phrase.second, 1)) };
            let others = std::iter::once(&phrase.second).chain(middle);
            let fits = others.zip(1..).all(|(&word, i)| word_at(i) == Some(word));
            fits.then_some((last, phrase.len() - 1))
        })
    }

    fn beginning(
        &self,
        first: &Entry,
        word_at: impl Fn(usize) -> Option<u64>,
    ) -> impl Iterator<Item = &Phrase> {
        let opening = &self.openings[first.opening as usize];
        let (from, count) = opening.phrases;
        let all = &self.phrases[from as usize..][..count.into()];
        let second = word_at(1).filter(|&second| self.goes_on(first, second));
        let like = second.map_or(all.len(), |second| all.partition_point(|phrase| phrase.second < second));
        let same = all[like..].iter().take_while(move |phrase| Some(phrase.second) == second);
        same.filter(move |phrase| {
            let words = &self.phrase_words[phrase.words.0 as usize..][..phrase.words.1.into()];
            words.iter().zip(2..).all(|(&word, i)| word_at(i) == Some(word))
        })
    }
}
