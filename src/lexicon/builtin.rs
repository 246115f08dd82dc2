//! The word lists of English, built into the program.

use std::path::Path;

use super::Lexicon;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$((concat!("words/", $name), include_str!(concat!("../../grammar/en/words/", $name)))),*]
    };
}

/// Every word-list file with its text.
pub const FILES: &[(&str, &str)] = files![
    "abbreviations.txt",
    "agents.txt",
    "alterations.csv",
    "anonymity.txt",
    "attaching.txt",
    "auxiliaries.txt",
    "clipped.txt",
    "companies.txt",
    "conjunctions.txt",
    "contractions.txt",
    "definites.txt",
    "determiners.txt",
    "documents.txt",
    "first-person.txt",
    "furniture.txt",
    "generations.txt",
    "genitives.txt",
    "given-names.csv",
    "groups.txt",
    "guest-labels.txt",
    "having.txt",
    "hedges.txt",
    "honorifics.csv",
    "hypotheticals.txt",
    "indefinites.txt",
    "interrogatives.txt",
    "interviewer-labels.txt",
    "it.txt",
    "joining.txt",
    "modals.txt",
    "months.txt",
    "name-particles.txt",
    "name-suffixes.txt",
    "nationalities.txt",
    "negations.txt",
    "number-words.txt",
    "organisations.txt",
    "outlet-words.txt",
    "outlets.txt",
    "personal-objects.txt",
    "personal-subjects.txt",
    "places.txt",
    "possessives.txt",
    "prepositions.txt",
    "pronouns.csv",
    "quantifiers.txt",
    "reasons.txt",
    "relatives.txt",
    "reporting-nouns.csv",
    "reporting-verbs.csv",
    "roles.csv",
    "settings.csv",
    "subordinators.txt",
    "term-words.txt",
    "they.txt",
    "time-words.txt",
    "titles.txt",
    "weekdays.txt",
    "word-classes.csv",
    "works.txt",
];

pub(super) fn english() -> Lexicon {
    let mut lexicon = Lexicon::empty();
    for (name, text) in FILES {
        lexicon.add_file(Path::new(name), text).expect("the built-in lists are read by a test");
    }
    lexicon
}
