//! Every article in `fixtures/` gives exactly what stands under *On the record* in its file.
//!
//! A fixture is Markdown: `# title`, why the case matters, `## Article` with a `~~~~text` fence, and
//! `## On the record` with a `~~~~text` fence that holds what `onrecord extract --format script` prints. The records
//! were written by hand before the program could find them. Where it does not find them yet, the file has a third
//! section, `## Not yet`, with the records as they should be; `On the record` then holds what really comes out.
//!
//! `ONRECORD_BLESS=1 cargo test --test fixtures` writes what comes out into the files. Hand-written records are never
//! lost by it: they move to `Not yet`, and come back once they are reached. Under `CI` it refuses.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use onrecord::export::{Format, Options};
use onrecord::{Extractor, Grammar, Selection};
use pretty_assertions::StrComparison;

#[path = "common/bare.rs"]
mod bare;

/// Opens and closes what is shown word for word.
const FENCE: &str = "~~~~";
const ARTICLE: &str = "## Article";
const ON_THE_RECORD: &str = "## On the record";
const NOT_YET: &str = "## Not yet";

/// One file of `fixtures/`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Fixture {
    /// Title, and why the case matters.
    preface: String,
    article: String,
    /// What comes out.
    on_the_record: String,
    /// What should come out, where it does not yet.
    not_yet: Option<String>,
}

impl Fixture {
    fn parse(text: &str) -> Result<Self, String> {
        if text.contains('\r') {
            return Err("lines end with LF".to_owned());
        }
        let (preface, rest) = text
            .split_once(&format!("{ARTICLE}\n"))
            .ok_or_else(|| format!("expected a section `{ARTICLE}` behind the title"))?;
        if !preface.starts_with("# ") || preface.lines().filter(|line| !line.is_empty()).count() < 2 {
            return Err("expected `# title` and a paragraph that says why the case matters".to_owned());
        }
        let (article, rest) = fenced(rest, ARTICLE)?;
        let rest = section(rest, ON_THE_RECORD)?;
        let (on_the_record, rest) = fenced(rest, ON_THE_RECORD)?;
        let (not_yet, rest) = if rest.trim().is_empty() {
            (None, rest)
        } else {
            let (gold, rest) = fenced(section(rest, NOT_YET)?, NOT_YET)?;
            (Some(gold), rest)
        };
        if !rest.trim().is_empty() {
            return Err(format!("expected nothing more, found {:?}", rest.trim().lines().next()));
        }
        Ok(Self { preface: preface.trim_end().to_owned(), article, on_the_record, not_yet })
    }

    /// What was written by hand, whether it is reached or not.
    fn gold(&self) -> &str {
        self.not_yet.as_ref().unwrap_or(&self.on_the_record)
    }

    /// The same case once this came out of it.
    fn blessed(&self, found: &str) -> Self {
        let gold = self.gold().to_owned();
        let not_yet = (gold != found).then_some(gold);
        Self { on_the_record: found.to_owned(), not_yet, ..self.clone() }
    }

    fn text(&self) -> String {
        let block = |head: &str, body: &str| format!("\n\n{head}\n\n{FENCE}text\n{body}{FENCE}");
        let mut text = self.preface.clone();
        text += &block(ARTICLE, &self.article);
        text += &block(ON_THE_RECORD, &self.on_the_record);
        if let Some(gold) = &self.not_yet {
            text += &block(NOT_YET, gold);
        }
        text + "\n"
    }
}

/// What stands behind a heading that must come next.
fn section<'t>(text: &'t str, heading: &str) -> Result<&'t str, String> {
    text.trim_start_matches('\n')
        .strip_prefix(heading)
        .ok_or_else(|| format!("expected the section `{heading}` next"))
}

/// The lines of the fence that opens here, and what stands behind it.
fn fenced<'t>(text: &'t str, heading: &str) -> Result<(String, &'t str), String> {
    let body = text
        .trim_start_matches('\n')
        .strip_prefix(&format!("{FENCE}text\n"))
        .ok_or_else(|| format!("expected `{FENCE}text` under `{heading}`"))?;
    let mut length = 0;
    for line in body.split_inclusive('\n') {
        if line.trim_end() == FENCE {
            return Ok((body[..length].to_owned(), &body[length + line.len()..]));
        }
        length += line.len();
    }
    Err(format!("expected `{FENCE}` at the end of `{heading}`"))
}

/// What `onrecord extract --format script` prints for this article.
fn script(extractor: &Extractor, article: &str) -> String {
    let records = bare::found(extractor, article, Selection::default());
    let mut out = Vec::new();
    let mut writer = Format::named("script").unwrap().writer(&mut out, &Options::default()).unwrap();
    writer.start().expect("writing to memory");
    writer.document(&records, article).expect("writing to memory");
    writer.finish().expect("writing to memory");
    drop(writer);
    String::from_utf8(out).expect("the script is UTF-8")
}

/// Head and content of every record of a script.
fn records(script: &str) -> Vec<(&str, &str)> {
    let lines: Vec<&str> = script.lines().collect();
    lines.chunks(2).map(|pair| (pair[0], pair.get(1).copied().unwrap_or_default())).collect()
}

/// How many records of the gold come out, each counted as often as it stands there.
fn reached(gold: &str, found: &str) -> usize {
    let mut left: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for record in records(found) {
        *left.entry(record).or_default() += 1;
    }
    let mut take = |record| match left.get_mut(&record) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    };
    records(gold).into_iter().filter(|&record| take(record)).count()
}

/// All fixtures, in the order of their paths.
fn paths() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let list = |folder: &Path| -> Vec<PathBuf> {
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect()
    };
    // `formats` holds one article in every form in which it may come, `locked` what nobody can open.
    let other = ["formats", "locked"];
    let themes = list(&root)
        .into_iter()
        .filter(|path| path.is_dir() && !other.iter().any(|name| path.ends_with(name)));
    let mut paths: Vec<PathBuf> = themes.flat_map(|theme| list(&theme)).collect();
    paths.retain(|path| path.extension().is_none_or(|ending| ending != "png"));
    paths.sort();
    paths
}

/// How far the program is from what was written by hand.
#[derive(Default)]
struct Score {
    fixtures: usize,
    whole: usize,
    records: usize,
    reached: usize,
}

impl Score {
    fn add(&mut self, gold: &str, found: &str) {
        self.fixtures += 1;
        self.whole += usize::from(gold == found);
        self.records += records(gold).len();
        self.reached += reached(gold, found);
    }

    /// The continuous integration reads these two lines.
    fn print(&self) {
        let share = |part: usize, all: usize| 100.0 * part as f64 / all.max(1) as f64;
        println!(
            "fixtures as written by hand: {:.1} % ({} of {})",
            share(self.whole, self.fixtures),
            self.whole,
            self.fixtures
        );
        println!(
            "their records reached: {:.1} % ({} of {})",
            share(self.reached, self.records),
            self.reached,
            self.records
        );
    }
}

/// What is wrong with a fixture, if anything.
fn complaint(fixture: &Fixture, found: &str) -> Option<String> {
    if fixture.not_yet.as_deref() == Some(found) {
        return Some(format!(
            "what stood under `{NOT_YET}` is reached! Take the section out, or let ONRECORD_BLESS=1 do it"
        ));
    }
    (fixture.on_the_record != found).then(|| {
        format!(
            "something else comes out (left: `{ON_THE_RECORD}`, right: now)\n{}",
            StrComparison::new(&fixture.on_the_record, found)
        )
    })
}

#[test]
fn every_article_gives_what_is_on_the_record() {
    let bless = env::var_os("ONRECORD_BLESS").is_some_and(|value| value == "1");
    assert!(!(bless && env::var_os("CI").is_some()), "ONRECORD_BLESS=1 is for people, not for CI");
    let extractor = Extractor::new(Grammar::english());
    let mut score = Score::default();
    let mut complaints = Vec::new();
    for path in paths() {
        let shown = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(&path).display().to_string();
        let text = fs::read_to_string(&path).expect("a fixture is UTF-8 text");
        let fixture = match Fixture::parse(&text) {
            Ok(fixture) => fixture,
            Err(reason) => {
                complaints.push(format!("{shown}: {reason}"));
                continue;
            }
        };
        let found = script(&extractor, &fixture.article);
        score.add(fixture.gold(), &found);
        if bless {
            fs::write(&path, fixture.blessed(&found).text()).expect("the fixture can be written");
        } else if let Some(reason) = complaint(&fixture, &found) {
            complaints.push(format!("{shown}: {reason}"));
        }
    }
    score.print();
    assert!(
        complaints.is_empty(),
        "{}\n{} of {} fixtures differ; ONRECORD_BLESS=1 writes down what comes out",
        complaints.join("\n"),
        complaints.len(),
        score.fixtures
    );
}

const CASE: &str = "# A pier\n\nWhy.\n\n## Article\n\n~~~~text\n“No,” she said.\n~~~~\n\n\
                    ## On the record\n\n~~~~text\nshe | said | direct\n  “No,”\n~~~~\n";

#[test]
fn a_fixture_is_written_as_it_is_read() {
    let fixture = Fixture::parse(CASE).unwrap();
    assert_eq!(fixture.text(), CASE);
    let moved = fixture.blessed("");
    assert_eq!(Fixture::parse(&moved.text()).unwrap(), moved);
}

#[test]
fn blessing_keeps_what_was_written_by_hand() {
    let fixture = Fixture::parse(CASE).unwrap();
    let worse = fixture.blessed("").blessed("she | said | mixed\n  “No,”\n");
    assert_eq!(worse.gold(), fixture.gold());
    assert_eq!(worse.on_the_record, "she | said | mixed\n  “No,”\n");
    assert_eq!(worse.blessed(fixture.gold()), fixture);
}

#[test]
fn a_reached_goal_is_good_news_and_must_be_noted() {
    let fixture = Fixture::parse(CASE).unwrap().blessed("");
    assert!(complaint(&fixture, "").is_none());
    let news = complaint(&fixture, fixture.gold()).unwrap();
    assert!(news.contains("is reached!"), "{news}");
}

#[test]
fn records_are_counted_as_often_as_they_stand_there() {
    let (one, other) = ("a | - | direct\n  “x”\n", "b | - | direct\n  “x”\n");
    assert_eq!(reached(&one.repeat(2), &format!("{other}{one}")), 1);
    assert_eq!(reached(&format!("{one}{other}"), &format!("{other}{one}")), 2);
    assert_eq!(reached("", one), 0);
}

#[test]
fn a_mistake_in_a_fixture_is_told() {
    for (text, reason) in [
        ("# A pier\n\nWhy.\n", "expected a section `## Article`"),
        ("# A pier\n\n## Article\n", "a paragraph that says why"),
        ("# A pier\n\nWhy.\n\n## Article\n\ntext\n", "expected `~~~~text` under `## Article`"),
        ("# A pier\n\nWhy.\n\n## Article\n\n~~~~text\nx\n", "expected `~~~~` at the end of `## Article`"),
        ("# A pier\n\nWhy.\n\n## Article\n\n~~~~text\n~~~~\n", "expected the section `## On the record`"),
    ] {
        let error = Fixture::parse(text).unwrap_err();
        assert!(error.contains(reason), "{error}");
    }
}
