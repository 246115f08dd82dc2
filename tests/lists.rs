//! The word lists are kept like code: one normal form, no surprises, every file in use.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::Grammar;
use onrecord::lexicon::{Lexicon, Strength, builtin};

/// What parts an entry from the reason why it is there.
const REASON: &str = "  #";

/// A column, and the values that it allows.
type Column = (&'static str, Option<&'static [&'static str]>);

/// The columns of every table. The first holds the entry; a column with values
/// allows only these.
const TABLES: &[(&str, &[Column])] = &[
    ("alterations.csv", &[("entry", None), ("kind", Some(&["emphasis", "sic"]))]),
    ("given-names.csv", &[("name", None), ("gender", Some(&["f", "m", "u"]))]),
    ("honorifics.csv", &[("honorific", None), ("gender", Some(GENDERS)), ("note", None)]),
    (
        "pronouns.csv",
        &[
            ("pronoun", None),
            ("person", Some(&["1", "2", "3"])),
            ("number", Some(&["either", "plural", "singular"])),
            ("gender", Some(&["any", "female", "male", "neuter"])),
            ("case", Some(&["either", "object", "possessive", "subject"])),
            ("kind", Some(&["demonstrative", "indefinite", "personal", "reflexive"])),
        ],
    ),
    (
        "reporting-nouns.csv",
        &[("noun", None), ("plural", None), ("act", Some(ACTS)), ("stance", Some(STANCES)), ("note", None)],
    ),
    (
        "reporting-verbs.csv",
        &[
            ("lemma", None),
            ("forms", None),
            ("act", Some(ACTS)),
            ("stance", Some(STANCES)),
            ("addressee", Some(&["", "object", "to"])),
            ("particles", None),
            ("strength", Some(&["core", "common", "weak"])),
            ("note", None),
        ],
    ),
    (
        "roles.csv",
        &[
            ("role", None),
            ("plural", None),
            ("gender", Some(GENDERS)),
            ("kind", Some(&["kin", "office", "person"])),
        ],
    ),
    (
        "settings.csv",
        &[
            ("setting", None),
            (
                "kind",
                Some(&[
                    "broadcast",
                    "court",
                    "document",
                    "interview",
                    "other",
                    "post",
                    "press-conference",
                    "speech",
                    "statement",
                ]),
            ),
        ],
    ),
    ("word-classes.csv", &[("word", None), ("classes", None)]),
];

const GENDERS: &[&str] = &["any", "female", "male"];

const ACTS: &[&str] = &["attitude", "deed", "speech"];

const STANCES: &[&str] = &[
    "agree",
    "ask",
    "assert",
    "believe",
    "concede",
    "criticise",
    "deed",
    "demand",
    "deny",
    "doubt",
    "joke",
    "manner",
    "neutral",
    "praise",
    "predict",
    "promise",
    "refuse",
    "reveal",
    "show",
    "suggest",
    "want",
    "warn",
    "write",
];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("grammar/en").join(name)
}

/// The files of a folder of the grammar with one of these endings, by name, with their text.
fn files(name: &str, endings: &[&str]) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder(name)).expect("a folder of the grammar") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| endings.iter().any(|known| ending == *known)) {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            files.insert(name, fs::read_to_string(&path).expect("grammar files are UTF-8"));
        }
    }
    files
}

fn words() -> BTreeMap<String, String> {
    files("words", &["txt", "csv"])
}

/// The entries of a file with their line numbers.
fn entries<'t>(name: &str, text: &'t str) -> Vec<(usize, &'t str)> {
    let table = name.ends_with(".csv");
    let lines = text.lines().enumerate().map(|(n, line)| (n + 1, line));
    if table {
        lines.skip(1).map(|(n, line)| (n, line.split(',').next().unwrap_or_default())).collect()
    } else {
        lines
            .filter(|(_, line)| !line.starts_with('#'))
            .map(|(n, line)| (n, line.split_once(REASON).map_or(line, |(entry, _)| entry)))
            .collect()
    }
}

/// The rows of a table with their line numbers.
fn rows(text: &str) -> Vec<(usize, csv::StringRecord)> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let numbered = |row: Result<csv::StringRecord, csv::Error>| {
        let row = row.expect("as many cells as the header has");
        (row.position().map_or(0, csv::Position::line) as usize, row)
    };
    reader.records().map(numbered).collect()
}

fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn lines_end_plainly() {
    let mut complaints = Vec::new();
    for (name, text) in words() {
        if text.contains('\r') {
            complaints.push(format!("{name}: lines end with LF, without CR"));
        }
        if !text.ends_with('\n') || text.ends_with("\n\n") {
            complaints.push(format!("{name}: one LF stands at the end"));
        }
        for (n, line) in text.lines().enumerate().filter(|(_, line)| line.trim_end() != *line) {
            complaints.push(format!("{name}:{}: no space at the end of a line: {line:?}", n + 1));
        }
    }
    none(&complaints);
}

#[test]
fn entries_are_sorted_by_byte_and_unique() {
    let mut complaints = Vec::new();
    for (name, text) in words() {
        for pair in entries(&name, &text).windows(2) {
            let ((_, before), (n, entry)) = (pair[0], pair[1]);
            if entry == before {
                complaints.push(format!("{name}:{n}: “{entry}” stands there twice"));
            } else if entry.as_bytes() < before.as_bytes() {
                complaints.push(format!("{name}:{n}: “{entry}” belongs before “{before}”"));
            }
        }
    }
    none(&complaints);
}

#[test]
fn entries_are_lower_case_and_evenly_spaced() {
    let mut complaints = Vec::new();
    for (name, text) in words() {
        for (n, entry) in entries(&name, &text) {
            if entry != entry.to_lowercase() {
                complaints
                    .push(format!("{name}:{n}: case means nothing here; write “{}”", entry.to_lowercase()));
            }
            if entry.is_empty() || entry != entry.split_whitespace().collect::<Vec<_>>().join(" ") {
                complaints.push(format!("{name}:{n}: one space between words, none around: {entry:?}"));
            }
            if entry.contains(['’', '‘']) {
                complaints
                    .push(format!("{name}:{n}: write the apostrophe as ' (the look-up folds its shapes)"));
            }
        }
    }
    none(&complaints);
}

#[test]
fn every_list_says_what_it_is_for() {
    let silent: Vec<String> = words()
        .into_iter()
        .filter(|(name, text)| name.ends_with(".txt") && !text.starts_with("# "))
        .map(|(name, _)| format!("{name}: the first line says in a sentence what the list holds: `# …`"))
        .collect();
    none(&silent);
}

#[test]
fn every_file_is_built_in_and_every_built_in_file_is_there() {
    let there: BTreeSet<String> = words().into_keys().collect();
    let built_in: Vec<&str> =
        builtin::FILES.iter().map(|(name, _)| name.strip_prefix("words/").unwrap_or(name)).collect();
    assert!(built_in.is_sorted(), "lexicon/builtin.rs lists its files by name");
    assert_eq!(there, built_in.into_iter().map(str::to_owned).collect());

    let grammar = Grammar::english();
    let stems = |name: &str, ending: &str| -> BTreeSet<String> {
        let strip = |file: String| file.trim_end_matches(ending).to_owned();
        files(name, &[&ending[1..]]).into_keys().map(strip).collect()
    };
    let patterns: BTreeSet<String> = grammar.patterns.iter().map(|p| p.file.clone()).collect();
    assert_eq!(stems("patterns", ".pattern"), patterns);
}

#[test]
fn tables_have_their_columns_and_only_the_values_that_mean_something() {
    let known: BTreeSet<&str> = TABLES.iter().map(|(name, _)| *name).collect();
    let there = words();
    let tables: BTreeSet<&str> = there.keys().map(String::as_str).filter(|n| n.ends_with(".csv")).collect();
    assert_eq!(tables, known, "tests/lists.rs knows the columns of every table");
    let mut complaints = Vec::new();
    for (name, columns) in TABLES {
        let text = &there[*name];
        let header: Vec<&str> = columns.iter().map(|(column, _)| *column).collect();
        assert_eq!(text.lines().next(), Some(header.join(",").as_str()), "the header of {name}");
        for (n, row) in rows(text) {
            for ((column, allowed), cell) in columns.iter().zip(&row) {
                if cell != cell.trim() {
                    complaints.push(format!("{name}:{n}: no space around a cell: {cell:?}"));
                }
                if allowed.is_some_and(|values| !values.contains(&cell)) {
                    complaints.push(format!("{name}:{n}: `{column}` is not one of its values: {cell:?}"));
                }
            }
        }
    }
    none(&complaints);
}

#[test]
fn verbs_are_many_and_have_four_forms_or_regular_ones() {
    let text = &words()["reporting-verbs.csv"];
    let rows = rows(text);
    assert!(rows.len() >= 250, "{} reporting verbs are too few for English news", rows.len());
    let lexicon = Lexicon::english();
    assert_eq!(lexicon.verbs().len(), rows.len());
    assert!(lexicon.verbs().iter().any(|verb| verb.strength == Strength::Core));
    let mut complaints = Vec::new();
    for (n, row) in rows {
        let (lemma, forms) = (&row[0], row[1].split(' ').collect::<Vec<_>>());
        let given = row[1].is_empty() || forms.len() == 4;
        if !given {
            complaints.push(format!("{n}: {lemma}: third person, -ing, past and participle, not {forms:?}"));
        } else if forms.len() == 4 && !forms[1].ends_with("ing") {
            complaints.push(format!("{n}: {lemma}: the second form ends with -ing, not {:?}", forms[1]));
        }
        for word in forms.iter().filter(|word| !word.is_empty()) {
            if lexicon.verb(lexicon.word(word)).is_none() {
                complaints.push(format!("{n}: {lemma}: the look-up does not know its form {word:?}"));
            }
        }
    }
    none(&complaints);
}

#[test]
fn word_classes_are_letters_that_mean_something() {
    let wrong: Vec<String> = rows(&words()["word-classes.csv"])
        .into_iter()
        .filter(|(_, row)| {
            let letters: Vec<&str> = row[1].split(' ').collect();
            let different: BTreeSet<&str> = letters.iter().copied().collect();
            let known = |letter: &&str| ["n", "p", "v", "z", "d", "g", "j", "r"].contains(letter);
            !letters.iter().all(known) || different.len() != letters.len()
        })
        .map(|(n, row)| {
            format!("word-classes.csv:{n}: different letters out of n p v z d g j r: {:?}", &row[1])
        })
        .collect();
    none(&wrong);
}

#[test]
fn weights_are_whole_numbers_and_each_feature_has_one() {
    let mut complaints = Vec::new();
    for (name, text) in files("weights", &["csv"]) {
        let mut seen = BTreeSet::new();
        for (n, row) in rows(&text) {
            if row[1].parse::<i8>().is_err() {
                complaints.push(format!("{name}:{n}: a whole number from -127 to 127, not {:?}", &row[1]));
            }
            if !seen.insert(row[0].to_owned()) {
                complaints.push(format!("{name}:{n}: {:?} stands there twice", &row[0]));
            }
        }
    }
    none(&complaints);
}
