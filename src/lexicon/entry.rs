//! What the lists say of one word: reporting verb or noun, word classes, gender, and what is asked of most words.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::Lexicon;
use super::lists::{List, list};

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
    /// All of them.
    pub(super) const ALL: [Self; 6] =
        [Self::Base, Self::Third, Self::Ing, Self::Past, Self::Participle, Self::PastOrParticiple];

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

impl Verb {
    /// It nearly always tells somebody something: told reporters.
    pub(crate) fn tells(&self) -> bool {
        self.strength == Strength::Core && self.addressee == Addressee::Object
    }
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

impl Gender {
    /// All of them.
    pub(super) const ALL: [Self; 4] = [Self::Unknown, Self::Male, Self::Female, Self::Neuter];
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Entry {
    /// A bit for each list it stands in.
    pub lists: u128,
    /// What of several words begins with it, as an index into the openings.
    pub(super) opening: u32,
    /// Its word classes.
    pub classes: Classes,
    /// The commonest of them (one bit), or 0.
    pub dominant: Classes,
    /// Index into the reporting verbs, from 1.
    pub(crate) verb: u16,
    /// Index into the reporting nouns, from 1.
    pub(crate) noun: u16,
    /// Which form of the verb it is.
    pub form: Option<Form>,
    /// Gender of a given name, role, honorific or pronoun.
    pub gender: Gender,
    /// More than one: they, spokesmen, claims.
    pub plural: bool,
    /// What the list's own column says, as an index into [`Lexicon::label`]: the kind of a setting or role.
    pub(super) label: u16,
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Traits(pub(super) u16);

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
    pub(super) fn new(entry: &Entry, lexicon: &Lexicon, particle: bool) -> Self {
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
        Gender::ALL[usize::from(self.0 >> Self::GENDER & 3)]
    }

    /// Which form of a reporting verb it is.
    pub fn form(self) -> Option<Form> {
        Form::ALL.get(usize::from(self.0 >> Self::FORM & 7).wrapping_sub(1)).copied()
    }
}
