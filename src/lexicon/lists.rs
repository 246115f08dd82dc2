//! The word lists by number, and sets of them as bits.

use serde::{Deserialize, Serialize};

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
    NAMING "naming",
    RELATIVES "relatives",
    INTERROGATIVES "interrogatives",
    PRONOUNS "pronouns",
    CONTRACTIONS "contractions",
    CLIPPED "clipped",
    MONTHS "months",
    WEEKDAYS "weekdays",
    THINGS "things",
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
    HEARERS "hearers",
    HEDGES "hedges",
    QUESTIONED "questioned",
    REACTIONS "reactions",
    AIMS "aims",
    GESTURES "gestures",
    INFORMANTS "informants",
    WORKS "works",
    TELEPHONE "telephone",
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
    OBJECTLESS "objectless",
    DEEDS "deeds",
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
    PERSONAL_RELATIVES "personal-relatives",
    FIRST_PERSON "first-person",
    THEY "they",
    GENERATIONS "generations",
    INTERVIEWER_LABELS "interviewer-labels",
    GUEST_LABELS "guest-labels",
    DEFINITES "definites",
    COMPANIES "companies",
    VARIATIONS "variations",
    ANSWERS "answers",
    ASKERS "askers",
    PARTS_OF_DAY "parts-of-day",
    DEFENDANTS "defendants",
    CHARGES "charges",
    QUESTIONS "questions",
    TITLE_NOUNS "title-nouns",
    FLAGS "flags",
    FUNCTIONS "functions",
    WHITHER "whither",
    PLACING "placing",
    DEPUTIES "deputies",
    BODY_NOUNS "body-nouns",
    REPRESENTING "representing",
    WITHHOLDING "withholding",
    AMOUNTS "amounts",
    FORMER "former",
    ACCOMPANYING "accompanying",
    CONTRASTING "contrasting",
    FINITE "finite",
    HEARD "heard",
    SERVING "serving",
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
