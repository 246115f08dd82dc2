//! Who said what about it: looks into a database that was written before.

use std::io;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, named_params};

use super::{Kind, foreign, kind, newer, told};

/// What is looked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<'a> {
    /// All of these must occur in a quotation with its sentence: words, or several words that stand together. Forms
    /// of a word count as the word; `*` behind a word stands for any ending.
    pub words: &'a [String],
    /// Only what this speaker said; a part of the name is enough.
    pub speaker: Option<&'a str>,
    /// Only documents of this date and later, `2024-05-01`, or `2024` or `2024-05`; those without a date that begins
    /// like this are left out.
    pub since: Option<&'a str>,
    /// No more than so many.
    pub limit: usize,
}

/// A record in which the words occur.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The id of the record.
    pub id: String,
    /// The path as it was given.
    pub document: String,
    /// When the document appeared, as it stands there.
    pub date: Option<String>,
    /// The fullest name of the speaker, or the words that stand for it.
    pub speaker: Option<String>,
    /// The words that report.
    pub cue: Option<String>,
    /// How much of it is quoted: `direct`, `mixed`, `indirect`.
    pub kind: String,
    /// A part of the quotation or of its sentence, and which stretches of it are the words looked for.
    pub snippet: Vec<(String, bool)>,
}

/// Stand around the words in a snippet; no text that anybody reads holds them.
const MARKS: [char; 2] = ['\u{2}', '\u{3}'];

const QUESTION: &str = "
SELECT records.id, documents.name, documents.date, coalesce(speakers.name, records.speaker_text), records.cue,
    records.kind, snippet(records_fts, -1, char(2), char(3), '…', 32)
FROM records_fts
JOIN records ON records.key = records_fts.rowid
JOIN documents ON documents.id = records.document
LEFT JOIN speakers ON speakers.key = records.speaker
WHERE records_fts MATCH :words
    AND (:speaker IS NULL OR instr(lower(coalesce(speakers.name, records.speaker_text)), lower(:speaker)))
    AND (:since IS NULL OR (documents.date GLOB '[0-9][0-9][0-9][0-9]*' AND documents.date >= :since))
ORDER BY rank, documents.name, records.context_start
LIMIT :limit";

/// The best hits first.
///
/// # Errors
/// There is no such database, or it is not one that onrecord made.
pub fn search(path: &Path, query: &Query<'_>) -> io::Result<Vec<Hit>> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(path, flags).map_err(told)?;
    match kind(&database).map_err(told)? {
        Kind::Ours => hits(&database, query).map_err(told),
        Kind::Newer => Err(newer()),
        Kind::Empty | Kind::Foreign => Err(foreign()),
    }
}

fn hits(database: &Connection, query: &Query<'_>) -> rusqlite::Result<Vec<Hit>> {
    let words: Vec<String> = query.words.iter().map(|word| phrase(word)).collect();
    let mut statement = database.prepare(QUESTION)?;
    let values = named_params! {
        ":words": words.join(" AND "),
        ":speaker": query.speaker,
        ":since": query.since,
        ":limit": i64::try_from(query.limit).unwrap_or(i64::MAX),
    };
    let hits = statement.query_map(values, |row| {
        Ok(Hit {
            id: row.get(0)?,
            document: row.get(1)?,
            date: row.get(2)?,
            speaker: row.get(3)?,
            cue: row.get(4)?,
            kind: row.get(5)?,
            snippet: pieces(&row.get::<_, String>(6)?),
        })
    })?;
    hits.collect()
}

/// What was typed, as FTS5 wants a phrase: nothing in it is an operator but the star at its end.
fn phrase(typed: &str) -> String {
    let (words, star) = typed.strip_suffix('*').map_or((typed, ""), |words| (words, " *"));
    format!("\"{}\"{star}", words.replace('"', "\"\""))
}

fn pieces(snippet: &str) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut found = false;
    for piece in snippet.split(MARKS) {
        if !piece.is_empty() {
            pieces.push((piece.to_owned(), found));
        }
        found = !found;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::super::FORMAT;
    use super::*;
    use crate::export::Options;
    use crate::export::tests::documents;
    use pretty_assertions::assert_eq;

    fn found(words: &[&str], speaker: Option<&str>, since: Option<&str>) -> Vec<Hit> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("quotes.db");
        let mut writer = FORMAT.writer_at(&path, &Options::default()).unwrap();
        for mut document in documents() {
            document.metadata.date = Some("2024-05-01T10:00".into());
            writer.document(&document, "").unwrap();
        }
        writer.finish().unwrap();
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        search(&path, &Query { words: &words, speaker, since, limit: 10 }).unwrap()
    }

    #[test]
    fn finds_forms_of_words_and_marks_them() {
        let hits = found(&["standing", "back"], None, None);
        assert_eq!(hits.len(), 4, "all have the same context");
        let marked: Vec<&str> =
            hits[0].snippet.iter().filter(|(_, found)| *found).map(|(piece, _)| piece.as_str()).collect();
        assert_eq!(marked, ["Stand", "back"]);
    }

    #[test]
    fn speaker_and_date_narrow_it() {
        assert_eq!(found(&["back"], Some("lopez"), None).len(), 1);
        assert_eq!(found(&["back"], Some("lop%z"), None).len(), 0);
        assert_eq!(found(&["back"], None, Some("2024-05")).len(), 4);
        assert_eq!(found(&["back"], None, Some("2024-05-02")).len(), 0);
    }

    #[test]
    fn nothing_that_is_typed_is_an_operator() {
        for typed in ["\"", "back OR", "NEAR(", "quote:", "*", "-", "", "a\"b", "^x"] {
            found(&[typed], None, None);
        }
        assert_eq!(found(&["sta*"], None, None).len(), 4);
        assert_eq!(found(&["back stand"], None, None).len(), 0);
    }
}
