//! SQLite: a database that later runs add to.
//!
//! A document is known by its name. What has not changed is not touched, so that a second run over the same texts
//! leaves the file as it is; what has changed is brought up to date, and keeps its keys. Documents are written in
//! transactions: whenever the program is stopped, the database is sound.

pub mod search;

use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, Value};
use rusqlite::{Connection, ErrorCode, OptionalExtension, Statement, ToSql, params, params_from_iter};
use sha2::{Digest, Sha256};

use super::columns::{COLUMNS, Cell, cells, name};
use super::{Format, Options, Shape, Sink};
use crate::record::{DocumentRecords, Passage, Record};

pub(super) const FORMAT: Format = Format {
    name: "sqlite",
    about: "A database to search and to add to, for SQLite, Datasette and whatever reads it",
    endings: &["db", "sqlite", "sqlite3"],
    shape: Shape::Place(|options, path| Ok(Box::new(Sqlite::open(options, path)?))),
};

const SCHEMA: &str = include_str!("schema.sql");
/// Marks a database as ours: `onre`.
const APPLICATION: i32 = 0x6f6e_7265;
/// Counts changes of the schema.
const VERSION: i32 = 1;
/// So many changed documents are written at a time.
const BATCH: usize = 256;
/// Another program may be writing.
const PATIENCE: Duration = Duration::from_secs(10);

/// Columns of a row in CSV that stand in `documents` and `speakers`, or lead there.
const ELSEWHERE: [&str; 6] =
    ["document", "speaker_name", "speaker_description", "speaker_kind", "speaker_id", "document_sha256"];

struct Sqlite {
    database: Connection,
    /// Documents written since the last transaction ended.
    pending: usize,
}

impl Sqlite {
    fn open(_options: &Options, path: &Path) -> io::Result<Self> {
        let database = Connection::open(path).and_then(|database| {
            database.busy_timeout(PATIENCE)?;
            database.pragma_update(None, "foreign_keys", true)?;
            Ok(database)
        });
        let database = database.map_err(told)?;
        match kind(&database).map_err(told)? {
            Kind::Empty => database.execute_batch("BEGIN IMMEDIATE").and_then(|()| {
                database.execute_batch(SCHEMA)?;
                database.pragma_update(None, "application_id", APPLICATION)?;
                database.pragma_update(None, "user_version", VERSION)
            }),
            Kind::Ours => database.execute_batch("BEGIN IMMEDIATE"),
            Kind::Newer => return Err(newer()),
            Kind::Foreign => return Err(foreign()),
        }
        .map_err(told)?;
        Ok(Self { database, pending: 0 })
    }

    fn update(&mut self, document: &DocumentRecords) -> rusqlite::Result<()> {
        let fingerprint = fingerprint(document);
        let mut known = self.database.prepare_cached("SELECT fingerprint FROM documents WHERE name = ?")?;
        let before: Option<String> = known.query_row([&document.document], |row| row.get(0)).optional()?;
        drop(known);
        if before.as_ref() == Some(&fingerprint) {
            return Ok(());
        }
        let key = write_document(&self.database, document, &fingerprint)?;
        let speakers = write_speakers(&self.database, document, key)?;
        write_records(&self.database, document, key, &speakers)?;
        forget(&self.database, document, key)?;
        self.pending += 1;
        if self.pending == BATCH {
            self.pending = 0;
            self.database.execute_batch("COMMIT; BEGIN IMMEDIATE")?;
        }
        Ok(())
    }
}

impl Sink for Sqlite {
    fn document(&mut self, document: &DocumentRecords, _text: &str) -> io::Result<()> {
        self.update(document).map_err(told)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.database.execute_batch("COMMIT").map_err(told)
    }
}

enum Kind {
    Empty,
    Ours,
    Newer,
    Foreign,
}

fn kind(database: &Connection) -> rusqlite::Result<Kind> {
    let number = |name| database.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let tables: i64 = database.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(match (number("application_id")?, number("user_version")?) {
        (APPLICATION, VERSION) => Kind::Ours,
        (APPLICATION, _) => Kind::Newer,
        _ if tables == 0 => Kind::Empty,
        _ => Kind::Foreign,
    })
}

fn foreign() -> io::Error {
    io::Error::new(
        io::ErrorKind::AlreadyExists,
        "this database is not one of onrecord’s; choose another name",
    )
}

fn newer() -> io::Error {
    io::Error::new(
        io::ErrorKind::Unsupported,
        "this database was made by another version of onrecord; take that version or choose another name",
    )
}

/// An error of SQLite with what to do about it, where that is known.
fn told(error: rusqlite::Error) -> io::Error {
    let (kind, reason) = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => {
            (io::ErrorKind::InvalidData, "this file is no SQLite database; choose another name")
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => (
            io::ErrorKind::WouldBlock,
            "another program is writing to this database; try again when it is done",
        ),
        Some(ErrorCode::CannotOpen) => (
            io::ErrorKind::NotFound,
            "it could not be opened; check that its folder is there and may be written",
        ),
        Some(ErrorCode::ReadOnly) => {
            (io::ErrorKind::PermissionDenied, "you may not write to it; change its permissions")
        }
        Some(ErrorCode::DiskFull) => {
            (io::ErrorKind::StorageFull, "the disk is full; make room and run it again")
        }
        _ => return io::Error::other(error),
    };
    io::Error::new(kind, reason)
}

/// The same for the same content of all rows.
fn fingerprint(document: &DocumentRecords) -> String {
    let json = serde_json::to_vec(document).expect("memory takes every record");
    format!("{:x}", Sha256::digest(&json))
}

fn write_document(
    database: &Connection,
    document: &DocumentRecords,
    fingerprint: &str,
) -> rusqlite::Result<i64> {
    let about = &document.metadata;
    let columns = (!about.columns.is_empty())
        .then(|| serde_json::to_string(&about.columns).expect("memory takes every string"));
    database
        .prepare_cached(
            "INSERT INTO documents
                (name, title, byline, date, site, url, columns, encoding, sha256, fingerprint)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET
                title = excluded.title, byline = excluded.byline, date = excluded.date, site = excluded.site,
                url = excluded.url, columns = excluded.columns, encoding = excluded.encoding,
                sha256 = excluded.sha256, fingerprint = excluded.fingerprint
            RETURNING id",
        )?
        .query_row(
            params![
                document.document,
                about.title,
                about.byline,
                about.date,
                about.site,
                about.url,
                columns,
                document.encoding,
                document.sha256,
                fingerprint
            ],
            |row| row.get(0),
        )
}

/// The keys of the speakers by their ids.
fn write_speakers<'d>(
    database: &Connection,
    document: &'d DocumentRecords,
    key: i64,
) -> rusqlite::Result<HashMap<&'d str, i64>> {
    let mut insert = database.prepare_cached(
        "INSERT INTO speakers (document, id, name, description, kind) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (document, id) DO UPDATE SET
            name = excluded.name, description = excluded.description, kind = excluded.kind
        RETURNING key",
    )?;
    let mut keys = HashMap::new();
    for speaker in &document.speakers {
        let values = params![key, speaker.id, speaker.name, speaker.description, name(speaker.kind)];
        keys.insert(&*speaker.id, insert.query_row(values, |row| row.get(0))?);
    }
    Ok(keys)
}

fn write_records(
    database: &Connection,
    document: &DocumentRecords,
    key: i64,
    speakers: &HashMap<&str, i64>,
) -> rusqlite::Result<()> {
    let mut insert = database.prepare_cached(&insert_record())?;
    let mut quote = database.prepare_cached(
        "INSERT INTO quotes (record, number, text, start, \"end\", byte_start, byte_end) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    let mut unquote = database.prepare_cached("DELETE FROM quotes WHERE record = ?")?;
    for record in &document.records {
        let speaker = record.speaker.as_ref().and_then(|speaker| speakers.get(speaker.id.as_deref()?));
        let written = write_record(&mut insert, record, key, speaker.copied())?;
        unquote.execute([written])?;
        for (number, Passage { text, place }) in (1..).zip(&record.quotes) {
            quote.execute(params![
                written,
                number,
                &**text,
                place.start,
                place.end,
                place.byte_start,
                place.byte_end
            ])?;
        }
    }
    Ok(())
}

/// Columns of `records` that are those of CSV, with their place there.
fn shared() -> impl Iterator<Item = (usize, &'static str)> {
    let columns = COLUMNS.iter().enumerate().map(|(n, (column, _))| (n, *column));
    columns.filter(|(_, column)| !ELSEWHERE.contains(column)).map(|(n, column)| match column {
        "speaker" => (n, "speaker_text"),
        _ => (n, column),
    })
}

fn insert_record() -> String {
    let columns: Vec<&str> =
        ["document", "speaker"].into_iter().chain(shared().map(|(_, column)| column)).collect();
    let places = vec!["?"; columns.len()].join(", ");
    let update: Vec<String> = columns.iter().map(|column| format!("{column} = excluded.{column}")).collect();
    format!(
        "INSERT INTO records ({}) VALUES ({places}) ON CONFLICT (document, id) DO UPDATE SET {} RETURNING key",
        columns.join(", "),
        update.join(", ")
    )
}

fn write_record(
    insert: &mut Statement<'_>,
    record: &Record,
    document: i64,
    speaker: Option<i64>,
) -> rusqlite::Result<i64> {
    let mut row = Vec::with_capacity(COLUMNS.len());
    cells(record, &mut row);
    let keys = [Value::Integer(document), speaker.map_or(Value::Null, Value::Integer)];
    let values = keys.iter().map(|key| key as &dyn ToSql).chain(shared().map(|(n, _)| &row[n] as &dyn ToSql));
    insert.query_row(params_from_iter(values), |row| row.get(0))
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self {
            Self::Empty => Ok(ToSqlOutput::Owned(Value::Null)),
            Self::Text(text) | Self::Name(text) => Ok(text.as_ref().into()),
            Self::Flag(flag) => Ok((*flag).into()),
            Self::Number(number) => Ok(i64::try_from(*number).unwrap_or(i64::MAX).into()),
            Self::Decimal(number) => Ok((*number).into()),
        }
    }
}

/// Takes out what the document no longer has.
fn forget(database: &Connection, document: &DocumentRecords, key: i64) -> rusqlite::Result<()> {
    let list = |ids: Vec<&str>| serde_json::to_string(&ids).expect("memory takes every string");
    let records = list(document.records.iter().map(|record| record.id.as_str()).collect());
    let speakers = list(document.speakers.iter().map(|speaker| &*speaker.id).collect());
    for (table, ids) in [("records", records), ("speakers", speakers)] {
        let statement =
            format!("DELETE FROM {table} WHERE document = ? AND id NOT IN (SELECT value FROM json_each(?))");
        database.prepare_cached(&statement)?.execute(params![key, ids])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::documents;
    use pretty_assertions::assert_eq;
    use std::fs;

    fn write(path: &Path, documents: &[DocumentRecords]) -> io::Result<()> {
        let mut writer = FORMAT.writer_at(path, &Options::default())?;
        writer.start()?;
        for document in documents {
            writer.document(document, "")?;
        }
        writer.finish()
    }

    fn one<T: rusqlite::types::FromSql>(path: &Path, question: &str) -> T {
        Connection::open(path).unwrap().query_row(question, [], |row| row.get(0)).unwrap()
    }

    fn sound(path: &Path) {
        assert_eq!(one::<String>(path, "PRAGMA integrity_check"), "ok");
        let database = Connection::open(path).unwrap();
        database
            .execute("INSERT INTO records_fts (records_fts, rank) VALUES ('integrity-check', 1)", [])
            .unwrap();
        assert!(!database.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap());
    }

    #[test]
    fn every_column_of_a_record_has_its_cell() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("quotes.db");
        write(&path, &documents()).unwrap();
        sound(&path);
        let records = &documents()[0].records;
        assert_eq!(one::<i64>(&path, "SELECT count(*) FROM records"), records.len() as i64);
        assert_eq!(one::<i64>(&path, "SELECT count(*) FROM documents"), 2);
        let (database, mut row) = (Connection::open(&path).unwrap(), Vec::new());
        cells(&records[0], &mut row);
        for (n, column) in shared() {
            let question = format!("SELECT {column} FROM records WHERE id = ? ORDER BY key");
            let seen: Value = database.query_row(&question, [&records[0].id], |row| row.get(0)).unwrap();
            let expected = match &row[n] {
                Cell::Empty => Value::Null,
                Cell::Text(text) | Cell::Name(text) => Value::Text(text.clone().into_owned()),
                Cell::Flag(flag) => Value::Integer((*flag).into()),
                Cell::Number(number) => Value::Integer(*number as i64),
                Cell::Decimal(number) => Value::Real(*number),
            };
            assert_eq!(seen, expected, "{column}");
        }
    }

    #[test]
    fn a_second_run_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("quotes.db");
        write(&path, &documents()).unwrap();
        let before = fs::read(&path).unwrap();
        write(&path, &documents()).unwrap();
        assert!(fs::read(&path).unwrap() == before);
    }

    #[test]
    fn what_changed_is_brought_up_to_date_and_the_rest_keeps_its_keys() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("quotes.db");
        let mut documents = documents();
        write(&path, &documents).unwrap();
        let last = documents[0].records.last().unwrap().id.clone();
        let question = format!("SELECT key FROM records WHERE id = '{last}'");
        let key: i64 = one(&path, &question);
        let gone = documents[0].records.remove(0);
        documents[0].records.last_mut().unwrap().rule = "other".into();
        write(&path, &documents[..1]).unwrap();
        sound(&path);
        assert_eq!(one::<i64>(&path, &question), key);
        assert_eq!(one::<String>(&path, &question.replace("key", "rule")), "other");
        assert_eq!(one::<i64>(&path, "SELECT count(*) FROM records"), documents[0].records.len() as i64);
        let question = format!("SELECT count(*) FROM records WHERE id = '{}'", gone.id);
        assert_eq!(one::<i64>(&path, &question), 0);
    }

    #[test]
    fn what_was_not_finished_leaves_no_trace() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("quotes.db");
        write(&path, &documents()[1..]).unwrap();
        let mut writer = FORMAT.writer_at(&path, &Options::default()).unwrap();
        writer.document(&documents()[0], "").unwrap();
        drop(writer);
        sound(&path);
        assert_eq!(one::<i64>(&path, "SELECT count(*) FROM documents"), 1);
    }

    #[test]
    fn a_database_whose_writer_was_killed_is_sound() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("quotes.db");
        let mut writer = FORMAT.writer_at(&path, &Options::default()).unwrap();
        for n in 0..BATCH + BATCH / 2 {
            let mut document = documents().remove(0);
            document.document = format!("{n}.txt");
            writer.document(&document, "").unwrap();
        }
        // What a kill leaves is what the disk has now.
        let left = folder.path().join("left.db");
        fs::copy(&path, &left).unwrap();
        let journal = folder.path().join("quotes.db-journal");
        assert!(journal.exists(), "something was under way");
        fs::copy(journal, folder.path().join("left.db-journal")).unwrap();
        sound(&left);
        assert_eq!(one::<i64>(&left, "SELECT count(*) FROM documents"), BATCH as i64);
    }

    #[test]
    fn databases_of_others_and_other_files_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("theirs.db");
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
        let text = folder.path().join("text.db");
        fs::write(&text, "no database at all, but a text of some length".repeat(30)).unwrap();
        for (path, part) in [(&path, "not one of onrecord’s"), (&text, "no SQLite database")] {
            let before = fs::read(path).unwrap();
            let error = write(path, &documents()).unwrap_err();
            assert!(error.to_string().contains(part), "{error}");
            assert!(fs::read(path).unwrap() == before);
        }
    }

    #[test]
    fn the_views_answer_the_usual_questions() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("quotes.db");
        write(&path, &documents()).unwrap();
        let count = |view: &str| one::<i64>(&path, &format!("SELECT count(*) FROM {view}"));
        assert_eq!(["unnamed_sources", "unattributed", "said"].map(count), [1, 1, 4]);
        assert_eq!(one::<String>(&path, "SELECT speaker FROM who_spoke_most"), "Maria Lopez");
    }
}
