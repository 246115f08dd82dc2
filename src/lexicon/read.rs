//! Word-list files into the lexicon: `.txt` with an entry a line, `.csv` with a header.

use std::path::Path;

use super::draft::MOST;
use super::inflect;
use super::{Act, Addressee, Classes, Draft, Form, Gender, List, Noun, Strength, Verb, fold};
use crate::error::{Error, ErrorKind, Position};

impl Draft {
    /// Adds one file of words. The list is named after the file; a second file of that name adds to it.
    ///
    /// # Errors
    /// A line that is no entry is named with its file, line and what was expected there.
    pub fn add_file(&mut self, file: &Path, text: &str) -> Result<(), Error> {
        self.add_entries(file, text)?;
        self.too_many_words().map_or(Ok(()), |expected| Err(wrong(file, 1, "", &expected)))
    }

    fn add_entries(&mut self, file: &Path, text: &str) -> Result<(), Error> {
        let name = file.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        if file.extension().is_some_and(|e| e == "csv") {
            match name {
                "reporting-verbs" => self.add_verbs(file, text),
                "reporting-nouns" => self.add_nouns(file, text),
                "word-classes" => self.add_classes(file, text),
                _ => self.add_table(file, name, text),
            }
        } else {
            let list = self.list_for(name, file)?;
            for (number, line) in (1..).zip(text.lines()) {
                let entry = line.split_once("  #").map_or(line, |(entry, _)| entry).trim();
                if !entry.is_empty() && !entry.starts_with('#') {
                    self.add(entry, list, 0).map_err(|expected| wrong(file, number, line, &expected))?;
                }
            }
            Ok(())
        }
    }

    fn list_for(&mut self, name: &str, file: &Path) -> Result<List, Error> {
        if let Some(known) = self.names.iter().position(|n| n.as_ref() == name) {
            return Ok(List(known as u8));
        }
        if self.names.len() == 128 {
            return Err(wrong(file, 1, name, "no more than 128 word lists"));
        }
        self.names.push(name.into());
        Ok(List(self.names.len() as u8 - 1))
    }

    fn add_table(&mut self, file: &Path, name: &str, text: &str) -> Result<(), Error> {
        let list = self.list_for(name, file)?;
        let table = Table::read(file, text)?;
        table.check(columns_of(name))?;
        let (plural, gender, kind, number) =
            (table.column("plural"), table.column("gender"), table.column("kind"), table.column("number"));
        for row in &table.rows {
            let label = kind.map_or(Ok(0), |c| self.label_for(row.cell(c)));
            let label = label.map_err(|expected| table.wrong(row, "kind", &expected))?;
            let refused = |expected: String| table.refused(row, &expected);
            let sex = match gender.map(|c| row.cell(c)) {
                Some("m" | "male") => Gender::Male,
                Some("f" | "female") => Gender::Female,
                Some("neuter") => Gender::Neuter,
                Some("" | "u" | "any" | "either" | "unknown") | None => Gender::Unknown,
                Some(_) => {
                    return Err(table.wrong(row, "gender", "one of m, f, u, male, female, neuter, any"));
                }
            };
            if let Some(word) = self.add(row.cell(0), list, label).map_err(refused)? {
                word.plural |= number.is_some_and(|c| row.cell(c) == "plural");
                if sex != Gender::Unknown && word.gender == Gender::Unknown {
                    word.gender = sex;
                }
            }
            if let Some(plural) = plural.map(|c| row.cell(c)).filter(|p| !p.is_empty() && *p != row.cell(0))
                && let Some(word) = self.add(plural, list, label).map_err(refused)?
            {
                word.plural = true;
            }
        }
        Ok(())
    }

    fn add_verbs(&mut self, file: &Path, text: &str) -> Result<(), Error> {
        let table = Table::read(file, text)?;
        let [forms, act, stance, addressee, particles, strength] =
            table.columns(["forms", "act", "stance", "addressee", "particles", "strength"])?;
        for row in &table.rows {
            let lemma = row.cell(0);
            let given: Vec<&str> = row.cell(forms).split_whitespace().collect();
            let forms: [String; 4] = match given.len() {
                0 => inflect::regular(lemma),
                4 => std::array::from_fn(|i| given[i].to_owned()),
                _ => {
                    return Err(table.wrong(
                        row,
                        "forms",
                        "no forms, or four: third person, -ing, past, participle",
                    ));
                }
            };
            let verb = Verb {
                lemma: lemma.to_owned().into(),
                lemma_hash: fold(lemma),
                act: table.act(row, act)?,
                stance: row.cell(stance).to_owned().into(),
                addressee: match row.cell(addressee) {
                    "object" => Addressee::Object,
                    "to" => Addressee::To,
                    "" => Addressee::None,
                    _ => return Err(table.wrong(row, "addressee", "`object`, `to` or nothing")),
                },
                particles: row.cell(particles).split_whitespace().map(fold).collect(),
                strength: match row.cell(strength) {
                    "core" => Strength::Core,
                    "common" => Strength::Common,
                    "weak" => Strength::Weak,
                    _ => return Err(table.wrong(row, "strength", "core, common or weak")),
                },
            };
            self.add_verb(verb, lemma, &forms).map_err(|expected| table.refused(row, &expected))?;
        }
        Ok(())
    }

    fn add_verb(
        &mut self,
        verb: Verb,
        lemma: &str,
        [third, ing, past, participle]: &[String; 4],
    ) -> Result<(), String> {
        let known = self.verbs.iter().position(|v| v.lemma == verb.lemma);
        let number = known.unwrap_or(self.verbs.len());
        let from_one = number_from_one(number).ok_or_else(|| format!("no more than {MOST} verbs"))?;
        let strength = verb.strength;
        if known.is_some() {
            self.verbs[number] = verb;
        } else {
            self.verbs.push(verb);
        }
        let past_form = if past == participle { Form::PastOrParticiple } else { Form::Past };
        let forms = [
            (lemma, Form::Base),
            (third, Form::Third),
            (ing, Form::Ing),
            (past, past_form),
            (participle, if past == participle { past_form } else { Form::Participle }),
        ];
        for (word, form) in forms {
            let hash = fold(word);
            let rival = self.entry_mut(hash).verb.checked_sub(1).map(|i| self.verbs[i as usize].strength);
            let entry = self.entry_mut(hash);
            // A form of two verbs (found, saw) goes to the one that reports more surely, else to the first.
            if rival.is_none_or(|r| r < strength) || known.is_some() {
                entry.verb = from_one;
                entry.form = Some(form);
            }
            entry.classes.0 |= match form {
                Form::Base => Classes::BASE,
                Form::Third => Classes::THIRD,
                Form::Ing => Classes::ING,
                _ => Classes::PAST,
            };
        }
        Ok(())
    }

    fn add_nouns(&mut self, file: &Path, text: &str) -> Result<(), Error> {
        let table = Table::read(file, text)?;
        let list = super::list::REPORTING_NOUNS;
        let [plural, act, stance] = table.columns(["plural", "act", "stance"])?;
        for row in &table.rows {
            let act = table.act(row, act)?;
            let lemma = row.cell(0);
            let stance = row.cell(stance).to_owned().into();
            let refused = |expected: String| table.refused(row, &expected);
            let from_one = number_from_one(self.nouns.len())
                .ok_or_else(|| refused(format!("no more than {MOST} nouns")))?;
            self.nouns.push(Noun { lemma: lemma.to_owned().into(), lemma_hash: fold(lemma), act, stance });
            for (word, many) in [(row.cell(0), false), (row.cell(plural), true)] {
                if let Some(entry) = self.add(word, list, 0).map_err(refused)? {
                    entry.noun = from_one;
                    entry.plural |= many;
                    entry.classes.0 |= if many { Classes::PLURAL } else { Classes::NOUN };
                }
            }
        }
        Ok(())
    }

    fn add_classes(&mut self, file: &Path, text: &str) -> Result<(), Error> {
        let table = Table::read(file, text)?;
        let [classes] = table.columns(["classes"])?;
        for row in &table.rows {
            let mut all = 0;
            let mut first = 0;
            for letter in row.cell(classes).split_whitespace() {
                let class = match letter {
                    "n" => Classes::NOUN,
                    "p" => Classes::PLURAL,
                    "v" => Classes::BASE,
                    "z" => Classes::THIRD,
                    "d" => Classes::PAST,
                    "g" => Classes::ING,
                    "j" => Classes::ADJECTIVE,
                    "r" => Classes::ADVERB,
                    _ => return Err(table.wrong(row, "classes", "letters out of n p v z d g j r")),
                };
                if first == 0 {
                    first = class;
                }
                all |= class;
            }
            let entry = self.entry_mut(fold(row.cell(0)));
            entry.classes.0 |= all;
            entry.dominant = Classes(first);
        }
        Ok(())
    }
}

/// What a table of this name has behind its entries, beside a note; a list of one’s own may have some of it.
fn columns_of(name: &str) -> Option<&'static [&'static str]> {
    Some(match name {
        "roles" => &["plural", "gender", "kind"],
        "pronouns" => &["person", "number", "gender", "case", "kind"],
        "given-names" | "honorifics" => &["gender"],
        "alterations" | "settings" => &["kind"],
        _ => return None,
    })
}

/// All columns that mean something in a table of words.
const COLUMNS: &[&str] = &["plural", "gender", "kind", "number", "person", "case"];

/// A CSV file in memory, with line numbers for its errors.
struct Table<'a> {
    file: &'a Path,
    header: csv::StringRecord,
    rows: Vec<csv::StringRecord>,
}

trait Cells {
    fn cell(&self, column: usize) -> &str;
}

impl Cells for csv::StringRecord {
    fn cell(&self, column: usize) -> &str {
        self.get(column).unwrap_or_default().trim()
    }
}

impl<'a> Table<'a> {
    fn read(file: &'a Path, text: &str) -> Result<Self, Error> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let fail = |e: csv::Error| {
            let line = e.position().map_or(1, csv::Position::line) as usize;
            wrong(file, line, text.lines().nth(line - 1).unwrap_or_default(), "comma-separated cells")
        };
        let header = reader.headers().map_err(fail)?.clone();
        let rows = reader.into_records().collect::<Result<Vec<_>, _>>().map_err(fail)?;
        Ok(Self { file, header, rows })
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|h| h == name)
    }

    fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[usize; N], Error> {
        let mut found = [0; N];
        for (slot, name) in found.iter_mut().zip(names) {
            let header: Vec<&str> = self.header.iter().collect();
            *slot = self
                .column(name)
                .ok_or_else(|| wrong(self.file, 1, &header.join(","), &format!("a column named `{name}`")))?;
        }
        Ok(found)
    }

    /// The header has these columns, or some that are known, and no other.
    fn check(&self, columns: Option<&[&str]>) -> Result<(), Error> {
        let known = columns.unwrap_or(COLUMNS);
        let header: Vec<&str> = self.header.iter().collect();
        let text = header.join(",");
        let missing = |name: &&&str| self.column(name).is_none();
        let missing = columns.into_iter().flatten().find(missing);
        let unknown = (1..header.len()).find(|&n| !known.contains(&header[n]) && header[n] != "note");
        match (unknown, missing) {
            (Some(n), _) => {
                let before = header[..n].iter().map(|name| name.chars().count() + 1).sum::<usize>();
                let expected = format!("the name of a column, which is {} or note", known.join(", "));
                Err(wrong_at(self.file, 1, before + 1, &text, &expected))
            }
            (None, Some(name)) => Err(wrong(self.file, 1, &text, &format!("a column named `{name}`"))),
            (None, None) => Ok(()),
        }
    }

    fn act(&self, row: &csv::StringRecord, column: usize) -> Result<Act, Error> {
        match row.cell(column) {
            "speech" => Ok(Act::Speech),
            "attitude" => Ok(Act::Attitude),
            "deed" => Ok(Act::Deed),
            _ => Err(self.wrong(row, "act", "speech, attitude or deed")),
        }
    }

    fn wrong(&self, row: &csv::StringRecord, column: &str, expected: &str) -> Error {
        self.refused(row, &format!("{expected} in the column `{column}`"))
    }

    /// A row of which something else is wrong than one cell.
    fn refused(&self, row: &csv::StringRecord, expected: &str) -> Error {
        let line = row.position().map_or(1, csv::Position::line) as usize;
        let text: Vec<&str> = row.iter().collect();
        wrong(self.file, line, &text.join(","), expected)
    }
}

/// The number, counted from one, of what comes behind so many.
fn number_from_one(before: usize) -> Option<u16> {
    u16::try_from(before + 1).ok()
}

fn wrong(file: &Path, line: usize, text: &str, expected: &str) -> Error {
    wrong_at(file, line, 1, text, expected)
}

fn wrong_at(file: &Path, line: usize, column: usize, text: &str, expected: &str) -> Error {
    let position = Position { file: file.to_owned(), line, column, text: text.to_owned() };
    ErrorKind::Grammar { position: Box::new(position), expected: expected.to_owned() }.into()
}
