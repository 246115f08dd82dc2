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
pub mod inflect;
mod read;
pub(crate) mod table;

pub use draft::Draft;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use serde::{Deserialize, Serialize};

/// Hash of a word with case and the shape of apostrophes folded: the key of every look-up and feature.
///
/// FNV-1a over the lower-case UTF-8 bytes (Fowler, Noll and Vo), finished with a multiply and shift.
pub fn fold(word: &str) -> u64 {
    Folding::new().word(word).finish()
}

/// The running state of [`fold`].
#[derive(Clone, Copy)]
pub(crate) struct Folding(u64);

impl Folding {
    /// An empty word.
    pub(crate) fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Adds a byte that is no capital.
    pub(crate) fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }

    /// Adds the first `count` of eight bytes, none of which is a capital.
    pub(crate) fn eight(self, bytes: u64, count: usize) -> Self {
        // All eight are worked out, because nobody can foresee how long a word is.
        bytes.to_le_bytes().into_iter().enumerate().fold(self, |hash, (n, byte)| {
            let mut longer = hash;
            longer.byte(byte);
            if n < count { longer } else { hash }
        })
    }

    /// Adds a word or a piece of one.
    pub(crate) fn word(mut self, word: &str) -> Self {
        for (at, byte) in word.bytes().enumerate() {
            if !byte.is_ascii() {
                word[at..].chars().for_each(|c| self.char(c));
                break;
            }
            self.byte(byte.to_ascii_lowercase());
        }
        self
    }

    fn char(&mut self, c: char) {
        match c {
            '’' | '‘' | 'ʼ' => self.byte(b'\''),
            '\u{ad}' => {}
            c if c.is_ascii() => self.byte(c.to_ascii_lowercase() as u8),
            c => {
                for lower in c.to_lowercase() {
                    for &byte in lower.encode_utf8(&mut [0; 4]).as_bytes() {
                        self.byte(byte);
                    }
                }
            }
        }
    }

    /// The hash of what was added.
    pub(crate) fn finish(self) -> u64 {
        mix(self.0)
    }
}

/// Spreads the bits of a hash.
pub fn mix(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ (hash >> 29)
}

/// A hasher for keys that are hashes already.
#[derive(Default)]
pub struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(b);
        }
    }
    fn write_u64(&mut self, n: u64) {
        self.0 = self.0.rotate_left(32) ^ n;
    }
}

/// Tells of most hashes by one bit that they are not among some.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Filter(Vec<u64>);

impl Default for Filter {
    fn default() -> Self {
        Self(vec![0; 1 << 6])
    }
}

impl Filter {
    fn place(hash: u64) -> (usize, u64) {
        ((hash >> 6) as usize % (1 << 6), 1 << (hash % 64))
    }

    /// Adds a hash.
    pub fn insert(&mut self, hash: u64) {
        let (word, bit) = Self::place(hash);
        self.0[word] |= bit;
    }

    /// The hash may be among those that were added.
    pub fn passes(&self, hash: u64) -> bool {
        let (word, bit) = Self::place(hash);
        self.0[word] & bit != 0
    }
}

/// A map whose keys are word hashes, one or several.
pub type ByHash<V, K = u64> = HashMap<K, V, BuildHasherDefault<Identity>>;

/// One word list, by its bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct List(pub u8);

macro_rules! lists {
    ($($constant:ident $name:literal),* $(,)?) => {
        /// The lists that the code asks for by name; patterns may ask for any other.
        pub mod list {
            use super::List;
            #[expect(non_camel_case_types, clippy::upper_case_acronyms, reason = "numbers named as the lists are")]
            enum Number { $($constant),* }
            $(#[doc = concat!("`", $name, "`")] pub const $constant: List = List(Number::$constant as u8);)*
            /// Their names, in the order of their bits.
            pub const NAMES: &[&str] = &[$($name),*];
        }
    };
}

lists! {
    DETERMINERS "determiners",
    POSSESSIVES "possessives",
    QUANTIFIERS "quantifiers",
    PREPOSITIONS "prepositions",
    CONJUNCTIONS "conjunctions",
    SUBORDINATORS "subordinators",
    AUXILIARIES "auxiliaries",
    MODALS "modals",
    NEGATIONS "negations",
    RELATIVES "relatives",
    INTERROGATIVES "interrogatives",
    PRONOUNS "pronouns",
    CONTRACTIONS "contractions",
    CLIPPED "clipped",
    MONTHS "months",
    WEEKDAYS "weekdays",
    TIME_WORDS "time-words",
    NUMBER_WORDS "number-words",
    ABBREVIATIONS "abbreviations",
    HONORIFICS "honorifics",
    TITLES "titles",
    ROLES "roles",
    GROUPS "groups",
    ORGANISATIONS "organisations",
    DOCUMENTS "documents",
    OUTLETS "outlets",
    OUTLET_WORDS "outlet-words",
    HEDGES "hedges",
    WORKS "works",
    TERM_WORDS "term-words",
    SETTINGS "settings",
    ANONYMITY "anonymity",
    NAME_PARTICLES "name-particles",
    NAME_SUFFIXES "name-suffixes",
    FURNITURE "furniture",
    GIVEN_NAMES "given-names",
    PLACES "places",
    NATIONALITIES "nationalities",
    REPORTING_NOUNS "reporting-nouns",
    GENITIVES "genitives",
    AGENTS "agents",
    ATTACHING "attaching",
    HAVING "having",
    HYPOTHETICALS "hypotheticals",
    INDEFINITES "indefinites",
    ALTERATIONS "alterations",
    REASONS "reasons",
    IT "it",
    JOINING "joining",
    PERSONAL_SUBJECTS "personal-subjects",
    PERSONAL_OBJECTS "personal-objects",
    FIRST_PERSON "first-person",
    THEY "they",
    GENERATIONS "generations",
    INTERVIEWER_LABELS "interviewer-labels",
    GUEST_LABELS "guest-labels",
    DEFINITES "definites",
    COMPANIES "companies",
}

/// What somebody does by the cue: only speech is reported unless attitudes are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Somebody said, wrote, asked, denied; a document, poll or report states.
    Speech,
    /// Somebody wants, supports, thinks, fears.
    Attitude,
    /// Borderline acts that annotators mark: voted against, nominated.
    Deed,
}

/// Where the addressee of a verb stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Addressee {
    /// The verb takes none.
    None,
    /// Directly behind it: told reporters.
    Object,
    /// Behind `to`: said to reporters.
    To,
}

/// How surely the verb reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Strength {
    /// Usually means something else: see, make, run.
    Weak,
    /// Mostly reports.
    Common,
    /// Nearly always reports.
    Core,
}

/// The inflected form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Form {
    /// say
    Base,
    /// says
    Third,
    /// saying
    Ing,
    /// wrote
    Past,
    /// written
    Participle,
    /// said
    PastOrParticiple,
}

impl Form {
    /// Can stand as the verb of a main clause without an auxiliary.
    pub fn finite(self) -> bool {
        matches!(self, Form::Third | Form::Past | Form::PastOrParticiple)
    }

    /// Can follow `was` or `has`.
    pub fn participle(self) -> bool {
        matches!(self, Form::Participle | Form::PastOrParticiple)
    }
}

/// A reporting verb.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Verb {
    /// say
    #[serde(borrow)]
    pub lemma: Cow<'static, str>,
    /// [`fold`] of the lemma.
    pub lemma_hash: u64,
    /// Its kind of act.
    pub act: Act,
    /// `neutral`, `deny`, `ask` …
    #[serde(borrow)]
    pub stance: Cow<'static, str>,
    /// Where an addressee stands.
    pub addressee: Addressee,
    /// Words that belong to the cue right behind it: call for, point out.
    pub particles: Box<[u64]>,
    /// How surely it reports.
    pub strength: Strength,
}

/// A reporting noun: claim, statement.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Noun {
    /// claim
    #[serde(borrow)]
    pub lemma: Cow<'static, str>,
    /// [`fold`] of the lemma.
    pub lemma_hash: u64,
    /// Its kind of act.
    pub act: Act,
    /// `assert`, `deny` …
    #[serde(borrow)]
    pub stance: Cow<'static, str>,
}

/// Grammatical gender of a word for a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Gender {
    /// Says nothing.
    #[default]
    Unknown,
    /// he, Mr, actor
    Male,
    /// she, Ms, actress
    Female,
    /// it
    Neuter,
}

/// Word classes that a chunker can ask for; a word may have several, the first in the list is the commonest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Classes(pub u8);

impl Classes {
    /// Singular noun.
    pub const NOUN: u8 = 1;
    /// Plural noun.
    pub const PLURAL: u8 = 2;
    /// Base form of a verb.
    pub const BASE: u8 = 4;
    /// Third person of a verb.
    pub const THIRD: u8 = 8;
    /// Past tense or participle.
    pub const PAST: u8 = 16;
    /// -ing form.
    pub const ING: u8 = 32;
    /// Adjective.
    pub const ADJECTIVE: u8 = 64;
    /// Adverb.
    pub const ADVERB: u8 = 128;

    /// Any of these.
    pub fn any(self, of: u8) -> bool {
        self.0 & of != 0
    }
}

/// All that the lists say of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// A bit for each list it stands in.
    pub lists: u128,
    /// What of several words begins with it, as an index into the openings.
    opening: u32,
    /// Its word classes.
    pub classes: Classes,
    /// The commonest of them (one bit), or 0.
    pub dominant: Classes,
    /// Index into the reporting verbs, from 1.
    verb: u16,
    /// Index into the reporting nouns, from 1.
    noun: u16,
    /// Which form of the verb it is.
    pub form: Option<Form>,
    /// Gender of a given name, role, honorific or pronoun.
    pub gender: Gender,
    /// More than one: they, spokesmen, claims.
    pub plural: bool,
    /// What the list's own column says, as an index into [`Lexicon::label`]: the kind of a setting or role.
    label: u16,
}

impl Entry {
    /// Stands in the list.
    pub fn is(&self, list: List) -> bool {
        self.lists & (1 << list.0) != 0
    }

    /// Stands in any of the lists.
    pub fn is_any(&self, lists: u128) -> bool {
        self.lists & lists != 0
    }

    /// Is no form of a reporting verb.
    pub fn verb_free(&self) -> bool {
        self.verb == 0
    }

    /// Is a form of a reporting verb.
    pub fn is_verb(&self) -> bool {
        self.verb != 0
    }

    /// Is a reporting noun.
    pub fn is_noun(&self) -> bool {
        self.noun != 0
    }
}

/// What is asked of very many words, in two bytes, so that all of them stay near the processor; an [`Entry`] is far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Traits(u16);

impl Traits {
    /// A form of a reporting verb.
    pub const VERB: u16 = 1;
    /// A reporting noun.
    pub const NOUN: u16 = 1 << 1;
    /// A particle of some reporting verb.
    pub const PARTICLE: u16 = 1 << 2;
    /// A form of a reporting verb with particles.
    pub const TAKES_PARTICLE: u16 = 1 << 3;
    /// The first of several words that are a title.
    pub const LEADS_TITLE: u16 = 1 << 4;
    /// The first of several words that are an honorific.
    pub const LEADS_HONORIFIC: u16 = 1 << 15;
    /// More than one.
    pub const PLURAL: u16 = 1 << 5;
    /// In the list of name particles.
    pub const NAME_PARTICLE: u16 = 1 << 6;
    /// In the list of genitives.
    pub const GENITIVE: u16 = 1 << 7;
    /// In the list of attaching prepositions.
    pub const ATTACHING: u16 = 1 << 8;
    /// In the list of settings.
    pub const SETTING: u16 = 1 << 9;
    const LISTS: [(u16, List); 4] = [
        (Self::NAME_PARTICLE, list::NAME_PARTICLES),
        (Self::GENITIVE, list::GENITIVES),
        (Self::ATTACHING, list::ATTACHING),
        (Self::SETTING, list::SETTINGS),
    ];
    /// Where the number of the gender begins,
    const GENDER: u32 = 10;
    /// and that of the form of the verb.
    const FORM: u32 = 12;

    /// Those of an entry.
    fn new(entry: &Entry, lexicon: &Lexicon, particle: bool) -> Self {
        let of = |bit, has| if has { bit } else { 0 };
        let takes = lexicon.verb(entry).is_some_and(|verb| !verb.particles.is_empty());
        let opens = |list: List| lexicon.opens(entry) & (1 << list.0) != 0;
        Self(
            of(Self::VERB, entry.is_verb())
                | of(Self::NOUN, entry.is_noun())
                | of(Self::PARTICLE, particle)
                | of(Self::TAKES_PARTICLE, takes)
                | of(Self::LEADS_TITLE, opens(list::TITLES))
                | of(Self::LEADS_HONORIFIC, opens(list::HONORIFICS))
                | of(Self::PLURAL, entry.plural)
                | Self::LISTS.iter().fold(0, |all, &(bit, list)| all | of(bit, entry.is(list)))
                | (entry.gender as u16) << Self::GENDER
                | entry.form.map_or(0, |form| form as u16 + 1) << Self::FORM,
        )
    }

    /// Any of these.
    pub fn any(self, of: u16) -> bool {
        self.0 & of != 0
    }

    /// The gender of the word.
    pub fn gender(self) -> Gender {
        [Gender::Unknown, Gender::Male, Gender::Female, Gender::Neuter]
            [usize::from(self.0 >> Self::GENDER & 3)]
    }

    /// Which form of a reporting verb it is.
    pub fn form(self) -> Option<Form> {
        const FORMS: [Form; 6] =
            [Form::Base, Form::Third, Form::Ing, Form::Past, Form::Participle, Form::PastOrParticiple];
        FORMS.get(usize::from(self.0 >> Self::FORM & 7).wrapping_sub(1)).copied()
    }
}

/// The bits of several lists.
pub const fn bits(lists: &[List]) -> u128 {
    let mut all = 0;
    let mut i = 0;
    while i < lists.len() {
        all |= 1 << lists[i].0;
        i += 1;
    }
    all
}

/// The lists of words of closed classes.
pub(crate) const CLOSED: u128 = bits(&[
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

/// The number of what the lists say of a word, which words may share; 0 is a word in no list.
pub type WordId = u32;

/// The phrases of several words that begin with one word; few words have any.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
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
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
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
    entries: Vec<Entry>,
    /// Of each entry.
    traits: Vec<Traits>,
    /// Of the abbreviations that are written with a stop.
    stopped: Filter,
    names: Vec<Box<str>>,
    labels: Vec<Box<str>>,
    verbs: Vec<Verb>,
    nouns: Vec<Noun>,
    /// The first is that of words without phrases.
    openings: Vec<Opening>,
    phrases: Vec<Phrase>,
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

    /// The reporting verbs, in the order of their list.
    pub fn verbs(&self) -> &[Verb] {
        &self.verbs
    }

    /// The list's own column for the word: `interview` for the setting `on-camera interview`, or empty.
    pub fn label(&self, entry: &Entry) -> &str {
        &self.labels[entry.label as usize]
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
