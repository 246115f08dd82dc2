//! A record as a row of a table: one list of columns for every format that has them.

use std::borrow::Cow;

use serde::Serialize;

use crate::record::{Place, Record, Source};

/// What the cells of a column hold, where they are not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    Text,
    Flag,
    Number,
    Decimal,
}

/// One cell of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    Empty,
    /// Words of the article, of its path or of the grammar: whatever they begin with.
    Text(Cow<'a, str>),
    Flag(bool),
    /// A place in the text or in the file.
    Number(u64),
    /// A share from 0 to 1, or seconds.
    Decimal(f64),
}

/// The columns in their order; a test holds [`cells`] to it. Other programs rely on names and order.
pub(super) const COLUMNS: [(&str, Holds); 60] = [
    ("document", Holds::Text),
    ("speaker", Holds::Text),
    ("speaker_name", Holds::Text),
    ("quote", Holds::Text),
    ("context", Holds::Text),
    ("kind", Holds::Text),
    ("act", Holds::Text),
    ("content", Holds::Text),
    ("cue", Holds::Text),
    ("cue_lemma", Holds::Text),
    ("stance", Holds::Text),
    ("hedged", Holds::Flag),
    ("secondhand", Holds::Flag),
    ("negated", Holds::Flag),
    ("addressee", Holds::Text),
    ("setting", Holds::Text),
    ("via", Holds::Text),
    ("speaker_description", Holds::Text),
    ("speaker_kind", Holds::Text),
    ("speaker_id", Holds::Text),
    ("anonymity_class", Holds::Text),
    ("anonymity_reason", Holds::Text),
    ("alterations", Holds::Text),
    ("unattributed", Holds::Text),
    ("rule", Holds::Text),
    ("confidence", Holds::Decimal),
    ("parent", Holds::Text),
    ("id", Holds::Text),
    ("document_sha256", Holds::Text),
    ("content_spans", Holds::Text),
    ("content_byte_spans", Holds::Text),
    ("quote_spans", Holds::Text),
    ("speaker_start", Holds::Number),
    ("speaker_end", Holds::Number),
    ("speaker_byte_start", Holds::Number),
    ("speaker_byte_end", Holds::Number),
    ("cue_start", Holds::Number),
    ("cue_end", Holds::Number),
    ("cue_byte_start", Holds::Number),
    ("cue_byte_end", Holds::Number),
    ("addressee_start", Holds::Number),
    ("addressee_end", Holds::Number),
    ("addressee_byte_start", Holds::Number),
    ("addressee_byte_end", Holds::Number),
    ("setting_start", Holds::Number),
    ("setting_end", Holds::Number),
    ("setting_byte_start", Holds::Number),
    ("setting_byte_end", Holds::Number),
    ("via_start", Holds::Number),
    ("via_end", Holds::Number),
    ("via_byte_start", Holds::Number),
    ("via_byte_end", Holds::Number),
    ("context_start", Holds::Number),
    ("context_end", Holds::Number),
    ("context_byte_start", Holds::Number),
    ("context_byte_end", Holds::Number),
    ("setting_kind", Holds::Text),
    ("anonymity_condition", Holds::Text),
    ("time_start", Holds::Decimal),
    ("time_end", Holds::Decimal),
];

/// Hands out the cells of a record, one for each column.
pub(super) fn cells<'a>(record: &'a Record, put: &mut dyn FnMut(Cell<'a>)) {
    let speaker = record.speaker.as_ref();
    let (cue, addressee, setting) = (record.cue.as_ref(), record.addressee.as_ref(), record.setting.as_ref());
    let anonymity = record.anonymity.as_ref();
    put(text(&record.document));
    put(maybe(speaker.and_then(|s| s.text.as_ref())));
    put(maybe(speaker.and_then(|s| s.name.as_ref())));
    put(Cell::Text(record.stretches()));
    put(text(&record.context.text));
    put(word(Some(record.kind)));
    put(word(Some(record.act)));
    put(text(&record.content.text));
    put(maybe(cue.map(|c| &c.passage.text)));
    put(maybe(cue.map(|c| &c.lemma)));
    put(maybe(cue.map(|c| &c.stance)));
    put(Cell::Flag(record.hedged));
    put(Cell::Flag(record.secondhand));
    put(Cell::Flag(record.negated));
    put(maybe(addressee.map(|a| &a.passage.text)));
    put(maybe(setting.map(|s| &s.passage.text)));
    put(maybe(record.via.as_ref().map(|v| &v.text)));
    put(maybe(speaker.and_then(|s| s.description.as_ref())));
    put(word(speaker.map(|s| s.kind)));
    put(maybe(speaker.and_then(|s| s.id.as_ref())));
    put(word(anonymity.map(|a| a.class)));
    put(maybe(anonymity.and_then(|a| a.reason.as_ref())));
    put(own(alterations(record)));
    put(word(record.unattributed));
    put(text(&record.rule));
    put(Cell::Decimal(record.confidence));
    put(maybe(record.parent.as_ref()));
    put(text(&record.id));
    put(text(&record.document_sha256));
    offsets(record, put);
    put(maybe(setting.map(|s| &s.kind)));
    put(maybe(anonymity.and_then(|a| a.condition.as_ref())));
    put(record.time.map_or(Cell::Empty, |time| Cell::Decimal(time.start)));
    put(record.time.map_or(Cell::Empty, |time| Cell::Decimal(time.end)));
}

fn offsets<'a>(record: &'a Record, put: &mut dyn FnMut(Cell<'a>)) {
    let content = &record.content.spans;
    put(spans(content.iter().map(|p| (p.start, p.end))));
    // Empty where one of them is unknown.
    let in_file = |p: &Place| p.byte_start.zip(p.byte_end);
    let known = content.iter().all(|p| in_file(p).is_some());
    put(spans(content.iter().filter(|_| known).filter_map(in_file)));
    put(spans(record.quotes.iter().map(|quote| (quote.place.start, quote.place.end))));
    let places = [
        record.speaker.as_ref().and_then(Source::place),
        record.cue.as_ref().map(|c| c.passage.place),
        record.addressee.as_ref().map(|a| a.passage.place),
        record.setting.as_ref().map(|s| s.passage.place),
        record.via.as_ref().map(|v| v.place),
        Some(record.context.place),
    ];
    for place in places {
        put(number(place.map(|p| p.start)));
        put(number(place.map(|p| p.end)));
        put(number(place.and_then(|p| p.byte_start)));
        put(number(place.and_then(|p| p.byte_end)));
    }
}

fn text(text: &str) -> Cell<'_> {
    if text.is_empty() { Cell::Empty } else { Cell::Text(Cow::Borrowed(text)) }
}

fn maybe(text: Option<&String>) -> Cell<'_> {
    text.map_or(Cell::Empty, |known| self::text(known))
}

fn own<'a>(text: String) -> Cell<'a> {
    if text.is_empty() { Cell::Empty } else { Cell::Text(Cow::Owned(text)) }
}

fn number<'a>(number: Option<u64>) -> Cell<'a> {
    number.map_or(Cell::Empty, Cell::Number)
}

fn word<'a>(value: Option<impl Serialize>) -> Cell<'a> {
    value.map_or(Cell::Empty, |value| text(name(value)))
}

/// The name of a value as JSON writes it.
pub(super) fn name(value: impl Serialize) -> &'static str {
    serde_variant::to_variant_name(&value).expect("a kind of something, with nothing in it")
}

/// All of them in one cell.
pub(super) fn alterations(record: &Record) -> String {
    record.alterations.iter().map(|alteration| alteration.name()).collect::<Vec<_>>().join(" ")
}

/// `12..30 41..55`: two stops, because a spreadsheet takes `12-30` for a date.
fn spans<'a>(spans: impl Iterator<Item = (u64, u64)>) -> Cell<'a> {
    let mut cell = String::new();
    for (start, end) in spans {
        cell.push_str(if cell.is_empty() { "" } else { " " });
        cell.push_str(itoa::Buffer::new().format(start));
        cell.push_str("..");
        cell.push_str(itoa::Buffer::new().format(end));
    }
    own(cell)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::documents;
    use pretty_assertions::assert_eq;

    #[test]
    fn every_record_has_a_cell_for_every_column() {
        for record in &documents()[0].records {
            let mut row = Vec::new();
            cells(record, &mut |cell| row.push(cell));
            assert_eq!(row.len(), COLUMNS.len());
            for (cell, (column, holds)) in row.iter().zip(COLUMNS) {
                let held = match cell {
                    Cell::Empty => holds,
                    Cell::Text(_) => Holds::Text,
                    Cell::Flag(_) => Holds::Flag,
                    Cell::Number(_) => Holds::Number,
                    Cell::Decimal(_) => Holds::Decimal,
                };
                assert_eq!(held, holds, "{column}");
            }
        }
        let names: std::collections::BTreeSet<_> = COLUMNS.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), COLUMNS.len());
    }
}
