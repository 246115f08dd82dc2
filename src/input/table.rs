//! Which column of a data set is the text, which names the row, which say something of the document?

use super::problem::Wrong;
use super::{Format, Options};
use crate::record::Metadata;

/// Usual names, without case, spaces, stops and lines; the first in the list that a data set has is taken.
const TEXT: &[&str] = &[
    "text",
    "body",
    "content",
    "articletext",
    "articlebody",
    "fulltext",
    "maintext",
    "bodytext",
    "plaintext",
    "story",
    "article",
    "transcript",
    "contents",
    "document",
];
const ID: &[&str] = &["id", "articleid", "docid", "documentid", "uuid", "guid", "uid", "key", "slug"];
const TITLE: &[&str] = &["title", "headline", "subject"];
const BYLINE: &[&str] = &["byline", "author", "authors", "creator", "writer"];
const DATE: &[&str] = &[
    "date",
    "published",
    "publishedat",
    "datepublished",
    "pubdate",
    "publicationdate",
    "publishdate",
    "datetime",
];
const SITE: &[&str] = &["outlet", "site", "sitename", "publication", "publisher", "newspaper", "source"];
const URL: &[&str] = &["url", "link", "weburl", "canonicalurl", "permalink"];

/// A row of a data set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) text: String,
    pub(super) id: Option<String>,
    pub(super) metadata: Metadata,
}

/// The columns that are read, by their names in the data set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    text: String,
    id: Option<String>,
    title: Option<String>,
    byline: Option<String>,
    date: Option<String>,
    site: Option<String>,
    url: Option<String>,
    keep: Vec<String>,
}

impl Columns {
    /// Chooses among the columns of a data set; `all` are there, and not only those of the first object. With it comes
    /// what was guessed.
    pub(super) fn choose(
        names: &[String],
        all: bool,
        options: &Options,
    ) -> Result<(Self, Option<String>), Wrong> {
        let usual = |known: &[&str]| {
            known.iter().find_map(|known| names.iter().find(|name| folded(name) == *known)).cloned()
        };
        let there = || format!("there are {}", listed(names));
        let exists = |wanted: &String| {
            if all && !names.contains(wanted) {
                return Err(Wrong::new(format!("there is no column {wanted}"), there()));
            }
            Ok(wanted.clone())
        };
        let text = match &options.text_column {
            Some(wanted) => exists(wanted)?,
            None => usual(TEXT).ok_or_else(|| {
                let what = "no column has a usual name of a text";
                Wrong::textless(what, format!("say which it is with --text-column; {}", there()))
            })?,
        };
        let id = match &options.id_column {
            Some(wanted) => Some(exists(wanted)?),
            None => usual(ID),
        };
        options.keep.iter().map(exists).collect::<Result<Vec<_>, _>>()?;
        let note = match (&options.text_column, &options.id_column, &id) {
            (Some(_), Some(_), _) | (Some(_), None, None) => None,
            (Some(_), None, Some(id)) => {
                Some(format!("rows are named by the column {id}; --id-column names another"))
            }
            (None, None, Some(id)) => Some(format!(
                "the text is taken from the column {text}, rows are named by {id}; --text-column and --id-column name others"
            )),
            (None, ..) => {
                Some(format!("the text is taken from the column {text}; --text-column names another"))
            }
        };
        let columns = Self {
            id,
            title: usual(TITLE),
            byline: usual(BYLINE),
            date: usual(DATE),
            site: usual(SITE),
            url: usual(URL),
            keep: options.keep.clone(),
            text,
        };
        Ok((columns, note))
    }

    /// The row with these cells.
    pub(super) fn row(&self, mut cell: impl FnMut(&str) -> Option<String>) -> Row {
        let filled = |text: String| Some(text).filter(|text| !text.trim().is_empty());
        let mut named = |name: &Option<String>| name.as_ref().and_then(|name| cell(name)).and_then(filled);
        let (id, title, byline) = (named(&self.id), named(&self.title), named(&self.byline));
        let (date, site, url) = (named(&self.date), named(&self.site), named(&self.url));
        let columns = self.keep.iter().map(|name| (name.clone(), cell(name).unwrap_or_default())).collect();
        Row {
            text: cell(&self.text).unwrap_or_default(),
            id,
            metadata: Metadata { title, byline, date, site, url, columns },
        }
    }

    /// The names of all that is read.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        let some = [&self.id, &self.title, &self.byline, &self.date, &self.site, &self.url];
        std::iter::once(&self.text).chain(some.into_iter().flatten()).chain(&self.keep)
    }
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The first names, as many as fit in a line.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let mut list = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        list += &format!(" and {} more", names.len() - SHOWN);
    }
    if names.is_empty() { "no columns".to_owned() } else { list }
}

/// A table that nothing names as one: a first line of short names, two of them usual ones, of which one is a text’s.
pub(super) fn looks_like(text: &str) -> Option<Format> {
    let line = text.lines().next()?;
    let mark = separator(line);
    let names: Vec<String> = line.split(mark).map(|name| folded(name.trim_matches('"'))).collect();
    let usual = |known: &[&str]| names.iter().any(|name| known.contains(&name.as_str()));
    let others = [ID, TITLE, BYLINE, DATE, SITE, URL].into_iter().any(usual);
    let table = usual(TEXT) && others && !line.contains(". ") && !line.contains(", ");
    table.then_some(if mark == '\t' { Format::Tsv } else { Format::Csv })
}

/// What stands between the cells of a first line: whichever of the usual marks it has most of.
pub(super) fn separator(line: &str) -> char {
    let count = |mark: &char| line.matches(*mark).count();
    // Of several the last is taken, so the comma wins a tie.
    ['|', '\t', ';', ','].into_iter().max_by_key(count).unwrap_or(',')
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    fn names(list: &str) -> Vec<String> {
        list.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn usual_names_are_guessed_and_the_guess_is_said() {
        let options = Options { keep: vec!["Desk".into()], ..Options::default() };
        let (columns, note) =
            Columns::choose(&names("Article_ID Headline Body Pub-Date Desk"), true, &options).unwrap();
        assert_eq!(
            note.unwrap(),
            "the text is taken from the column Body, rows are named by Article_ID; --text-column and --id-column name others"
        );
        let row = columns.row(|name| Some(format!("<{name}>")));
        assert_eq!((row.text.as_str(), row.id.as_deref()), ("<Body>", Some("<Article_ID>")));
        assert_eq!(row.metadata.title.as_deref(), Some("<Headline>"));
        assert_eq!(row.metadata.date.as_deref(), Some("<Pub-Date>"));
        assert_eq!(row.metadata.columns["Desk"], "<Desk>");
    }

    #[test]
    fn what_is_asked_for_is_not_guessed() {
        let options = Options { text_column: Some("b".into()), ..Options::default() };
        let (columns, note) = Columns::choose(&names("a b"), true, &options).unwrap();
        assert_eq!((columns.text.as_str(), note), ("b", None));
    }

    #[test]
    fn a_missing_column_is_named_with_those_that_are_there() {
        let choose =
            |options: &Options| Columns::choose(&names("a b"), true, options).unwrap_err().to_string();
        assert_eq!(
            choose(&Options::default()),
            "no column has a usual name of a text; say which it is with --text-column; there are a, b"
        );
        let keep = Options { text_column: Some("a".into()), keep: vec!["c".into()], ..Options::default() };
        assert_eq!(choose(&keep), "there is no column c; there are a, b");
    }

    #[test]
    fn the_separator_is_the_mark_that_is_there() {
        assert_eq!(["a;b,c;d", "a\tb", "a,b", "a", "a|b"].map(separator), [';', '\t', ',', ',', '|']);
    }
}
