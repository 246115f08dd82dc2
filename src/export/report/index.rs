//! What stands above many texts: which they are, who speaks in them, and when.

use std::collections::{BTreeMap, HashMap};

use serde::Serialize;

use super::Chart;
use super::page::Page;
use crate::record::DocumentRecords;

/// Speakers and bars that are shown; the rest is in the other formats.
const SPEAKERS: usize = 500;
const BARS: usize = 15;
/// More months than this are counted in years.
const MONTHS: usize = 36;

#[derive(Default)]
pub(super) struct Index {
    entries: Vec<Entry>,
    /// By name, the first text each speaks in among the rest.
    speakers: HashMap<String, Speaker>,
    /// Records by year and month, `2024-05`.
    months: BTreeMap<String, u64>,
    records: u64,
}

#[derive(Serialize)]
struct Entry {
    n: usize,
    title: String,
    date: String,
    records: usize,
    unattributed: usize,
    unnamed: usize,
    speakers: Vec<String>,
}

#[derive(Clone, Serialize)]
struct Speaker {
    name: String,
    records: u64,
    words: u64,
    texts: u64,
    first: usize,
    first_title: String,
}

#[derive(Serialize)]
pub(super) struct Summary<'a> {
    many: bool,
    title: &'a str,
    counts: String,
    entries: &'a [Entry],
    speakers: Vec<Speaker>,
    /// How many speakers there are, where not all are shown.
    more: Option<usize>,
}

impl Index {
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn add(&mut self, document: &DocumentRecords, page: &Page) {
        let flagged = |flag| page.rows.iter().filter(|row| row.flags.contains(&flag)).count();
        let named = || page.voices.iter().filter(|voice| voice.named);
        let date = document.metadata.date.as_deref().unwrap_or_default();
        self.entries.push(Entry {
            n: page.n,
            title: page.title.clone(),
            date: super::super::text::harmless(date).into_owned(),
            records: page.rows.len(),
            unattributed: flagged("unattributed"),
            unnamed: flagged("unnamed"),
            speakers: named().map(|voice| voice.label.clone()).collect(),
        });
        self.records += page.rows.len() as u64;
        if let Some(month) = month(date) {
            *self.months.entry(month.to_owned()).or_default() += page.rows.len() as u64;
        }
        for voice in named() {
            let speaker = self.speakers.entry(voice.label.clone()).or_insert_with(|| Speaker {
                name: voice.label.clone(),
                records: 0,
                words: 0,
                texts: 0,
                first: page.n,
                first_title: page.title.clone(),
            });
            speaker.records += voice.records;
            speaker.words += voice.words;
            speaker.texts += 1;
        }
    }

    /// Most records first, then by name, so that the same texts give the same page.
    fn ranked(&self) -> Vec<Speaker> {
        let mut speakers: Vec<Speaker> = self.speakers.values().cloned().collect();
        speakers.sort_by(|a, b| b.records.cmp(&a.records).then_with(|| a.name.cmp(&b.name)));
        speakers
    }

    pub(super) fn summary(&self) -> Summary<'_> {
        let plural = |n: u64, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
        let texts = self.entries.len();
        let mut speakers = self.ranked();
        let more = (speakers.len() > SPEAKERS).then_some(speakers.len());
        speakers.truncate(SPEAKERS);
        let many = texts > 1;
        Summary {
            many,
            title: self.entries.first().filter(|_| !many).map_or("Report", |entry| &entry.title),
            counts: format!("{} in {}", plural(self.records, "record"), plural(texts as u64, "text")),
            entries: &self.entries,
            speakers,
            more,
        }
    }

    pub(super) fn voices(&self) -> Chart {
        let mut speakers = self.ranked();
        speakers.sort_by_key(|speaker| std::cmp::Reverse(speaker.words));
        speakers.truncate(BARS);
        let bars =
            speakers.into_iter().map(|speaker| (speaker.name, speaker.words, "s0".to_owned())).collect();
        Chart { id: "voices".to_owned(), title: "Share of voice: words of those who say most", bars }
    }

    /// Records by month, or by year where there are many; none where all are of one.
    pub(super) fn times(&self) -> Chart {
        let mut months = filled(&self.months);
        if months.len() > MONTHS {
            let mut years: BTreeMap<String, u64> = BTreeMap::new();
            for (month, records) in &months {
                *years.entry(month[..4].to_owned()).or_default() += records;
            }
            months = years.into_iter().collect();
        }
        if months.len() < 2 {
            months.clear();
        }
        let bars = months.into_iter().map(|(when, records)| (when, records, "s0".to_owned())).collect();
        Chart { id: "times".to_owned(), title: "Records over time", bars }
    }
}

/// Year and month of a date that begins with them.
fn month(date: &str) -> Option<&str> {
    let month = date.get(..7)?;
    let fits = month.bytes().enumerate().all(|(n, b)| if n == 4 { b == b'-' } else { b.is_ascii_digit() });
    (fits && ("01"..="12").contains(&&month[5..])).then_some(month)
}

/// Every month from the first to the last.
fn filled(months: &BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let number =
        |month: &String| Some(month[..4].parse::<usize>().ok()? * 12 + month[5..].parse::<usize>().ok()? - 1);
    let ends = months.first_key_value().zip(months.last_key_value());
    let Some((first, last)) = ends.and_then(|((first, _), (last, _))| number(first).zip(number(last))) else {
        return Vec::new();
    };
    let name = |n: usize| format!("{:04}-{:02}", n / 12, n % 12 + 1);
    (first..=last).map(name).map(|month| (month.clone(), months.get(&month).copied().unwrap_or(0))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn months_without_records_are_shown_too() {
        let months = BTreeMap::from([("2023-11".to_owned(), 2), ("2024-02".to_owned(), 1)]);
        let bars: Vec<String> =
            filled(&months).into_iter().map(|(month, n)| format!("{month} {n}")).collect();
        assert_eq!(bars, ["2023-11 2", "2023-12 0", "2024-01 0", "2024-02 1"]);
        let many = BTreeMap::from([("1999-01".to_owned(), 2), ("2024-02".to_owned(), 1)]);
        let years = Index { months: many, ..Index::default() }.times().bars;
        assert_eq!((years.len(), years[0].0.as_str(), years[0].1), (26, "1999", 2));
    }

    #[test]
    fn only_dates_that_begin_with_year_and_month_count() {
        assert_eq!(month("2024-05-01T10:00:00Z"), Some("2024-05"));
        for other in ["1 May 2024", "2024", "2024-5-1", "2024-13-01", "2024é-05"] {
            assert_eq!(month(other), None);
        }
    }
}
