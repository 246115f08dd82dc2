//! One text of the report: its lines with the quotations in place, and a row for each record.

use serde::Serialize;

use super::super::columns::name as name_of;
use super::super::marks::{Label, Role, Step, lines};
use super::super::script::who;
use super::super::text::harmless;
use super::Chart;
use crate::record::{Class, DocumentRecords, Kind, Record};

/// What stands out, in words, so that colour is not needed to see it; filters offer the same.
pub(super) const FLAGS: [&str; 8] =
    ["unattributed", "unnamed", "second-hand", "altered", "hedged", "negated", "direct", "indirect"];

/// Speakers have one of so many colours.
const COLOURS: usize = 8;

#[derive(Serialize)]
pub(super) struct Page {
    pub(super) n: usize,
    pub(super) name: String,
    pub(super) title: String,
    /// Byline, outlet and date, as far as they are known.
    abouts: Vec<String>,
    link: Option<String>,
    lines: Vec<Vec<Piece>>,
    pub(super) rows: Vec<Row>,
    /// Records and words of each speaker, the most words first.
    #[serde(skip)]
    pub(super) voices: Vec<Voice>,
}

/// A record in the table and behind its words.
#[derive(Serialize)]
pub(super) struct Row {
    id: String,
    /// The name, or whatever there is of a speaker.
    pub(super) who: String,
    /// The name, for filters; empty where nobody is named.
    speaker: String,
    words: String,
    cue: String,
    /// Cue, addressee and kind in one line.
    how: String,
    kind: &'static str,
    pub(super) flags: Vec<&'static str>,
    rule: String,
    confidence: String,
    class: String,
}

#[derive(Serialize)]
#[serde(tag = "is", rename_all = "lowercase")]
enum Piece {
    Text { text: String },
    Said { class: String, id: Option<String>, record: String },
    Part { class: String },
    Ref { row: usize },
    Close,
}

/// How much somebody says.
pub(super) struct Voice {
    pub(super) label: String,
    pub(super) records: u64,
    pub(super) words: u64,
    /// It is a name, which may be the same in other texts.
    pub(super) named: bool,
    class: String,
}

impl Page {
    pub(super) fn new(n: usize, document: &DocumentRecords, text: &str) -> Self {
        let about = &document.metadata;
        let name = harmless(&document.document).into_owned();
        let abouts = [&about.byline, &about.site, &about.date].into_iter().flatten();
        let url =
            about.url.as_deref().filter(|url| url.starts_with("https://") || url.starts_with("http://"));
        let rows: Vec<Row> = document.records.iter().map(|record| Row::new(n, document, record)).collect();
        Self {
            n,
            title: about.title.as_deref().map_or(name.clone(), |title| harmless(title).into_owned()),
            name,
            abouts: abouts.map(|about| harmless(about).into_owned()).collect(),
            link: url.map(|url| harmless(url).into_owned()),
            lines: lines(document, text).iter().map(|steps| pieces(document, &rows, steps)).collect(),
            voices: voices(document, &rows),
            rows,
        }
    }

    /// Who says how much of it.
    pub(super) fn chart(&self) -> Chart {
        let bars = self.voices.iter().map(|v| (v.label.clone(), v.words, v.class.clone())).collect();
        Chart { id: format!("d{}-voices", self.n), title: "Share of voice: words of each speaker", bars }
    }
}

impl Row {
    fn new(n: usize, document: &DocumentRecords, record: &Record) -> Self {
        let shown = |text: &str| harmless(text).into_owned();
        let cue = record.cue.as_ref().map_or_else(String::new, |cue| shown(&cue.passage.text));
        let to = record.addressee.as_ref().map(|to| format!(" to {}", shown(&to.passage.text)));
        let via = record.via.as_ref().map(|via| format!(" via {}", shown(&via.text)));
        let kind = name_of(record.kind);
        let flags = flags(record);
        let parts = [cue.clone(), to.unwrap_or_default(), via.unwrap_or_default()].concat();
        let parts = [parts.trim()].into_iter().chain([kind]).chain(flags.iter().copied());
        let speaker = record.speaker.as_ref().and_then(|speaker| speaker.name.as_deref());
        Self {
            id: format!("d{n}-{}", record.id),
            who: match record.kind {
                Kind::Term => "nobody".to_owned(),
                _ => shown(&who(record)),
            },
            speaker: speaker.map_or_else(String::new, shown),
            words: shown(&record.content.text),
            how: parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
            cue,
            kind,
            flags,
            rule: shown(&record.rule),
            confidence: format!("{:.2}", record.confidence),
            class: colour(document, record),
        }
    }
}

/// What a reader must not overlook.
fn flags(record: &Record) -> Vec<&'static str> {
    // A leaflet hides from nobody, and three words are quoted as they are.
    let unnamed = record.anonymity.as_ref().is_some_and(|anonymity| anonymity.class != Class::Document);
    let altered = record.alterations.iter().any(|alteration| alteration.name() != "partial");
    let set = [
        record.unattributed.is_some() || record.kind == Kind::Term,
        unnamed,
        record.secondhand,
        altered,
        record.hedged,
        record.negated,
    ];
    FLAGS.into_iter().zip(set).filter_map(|(flag, set)| set.then_some(flag)).collect()
}

fn colour(document: &DocumentRecords, record: &Record) -> String {
    let id = record.speaker.as_ref().and_then(|speaker| speaker.id.as_ref());
    let number = id.and_then(|id| document.speakers.iter().position(|speaker| speaker.id == *id));
    number.map_or_else(|| "none".to_owned(), |number| format!("s{}", number % COLOURS))
}

fn pieces(document: &DocumentRecords, rows: &[Row], steps: &[Step<'_>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for step in steps {
        match *step {
            Step::Text(text) => pieces.push(Piece::Text { text: harmless(text).into_owned() }),
            Step::Open { label, first } => pieces.push(open(document, rows, label, first)),
            Step::Close { label, last } => {
                if last && label.last && label.role == Role::Content {
                    pieces.push(Piece::Ref { row: label.record });
                }
                pieces.push(Piece::Close);
            }
        }
    }
    pieces
}

fn open(document: &DocumentRecords, rows: &[Row], label: Label, first: bool) -> Piece {
    let row = &rows[label.record];
    if label.role != Role::Content {
        let role = label.role.name().to_lowercase();
        return Piece::Part { class: format!("{role} {}", row.class) };
    }
    let kind = match document.records[label.record].kind {
        Kind::Indirect => " indirect",
        Kind::Direct | Kind::Mixed | Kind::Term => "",
    };
    let id = (first && label.piece == 0).then(|| row.id.clone());
    Piece::Said { class: format!("{}{kind}", row.class), id, record: row.id.clone() }
}

fn voices(document: &DocumentRecords, rows: &[Row]) -> Vec<Voice> {
    let mut voices: Vec<Voice> = Vec::new();
    for (record, row) in document.records.iter().zip(rows) {
        if record.kind == Kind::Term {
            continue;
        }
        let named = record.unattributed.is_none() && !row.speaker.is_empty();
        let label = if record.unattributed.is_some() { "unattributed" } else { row.who.as_str() };
        let label = if named { row.speaker.as_str() } else { label };
        let words = record.stretches().split_whitespace().count() as u64;
        match voices.iter_mut().find(|voice| voice.label == label) {
            Some(voice) => {
                voice.records += 1;
                voice.words += words;
            }
            None => voices.push(Voice {
                label: label.to_owned(),
                records: 1,
                words,
                named: named && record.anonymity.is_none(),
                class: row.class.clone(),
            }),
        }
    }
    // As they come in the text where they say as much.
    voices.sort_by_key(|voice| std::cmp::Reverse(voice.words));
    voices
}
