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
    /// Names of our own for kinds of something, ids and spans: letters, digits, hyphens, spaces and stops.
    Name(Cow<'a, str>),
    Flag(bool),
    /// A place in the text or in the file.
    Number(u64),
    /// A share from 0 to 1, or seconds.
    Decimal(f64),
}

/// Takes the cells of a row.
pub(super) trait Row<'a> {
    /// Takes the next cell.
    fn cell(&mut self, cell: Cell<'a>);

    /// Takes stretches as the next cell: `12..30 41..55`, with two stops, because a spreadsheet takes `12-30` for a date.
    fn spans(&mut self, spans: impl Iterator<Item = (u64, u64)>);
}

impl<'a> Row<'a> for Vec<Cell<'a>> {
    fn cell(&mut self, cell: Cell<'a>) {
        self.push(cell);
    }

    fn spans(&mut self, spans: impl Iterator<Item = (u64, u64)>) {
        let spans: Vec<String> = spans.map(|(start, end)| format!("{start}..{end}")).collect();
        self.push(own(spans.join(" ")));
    }
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

/// Gives the row a cell of the record for each column.
pub(super) fn cells<'a>(record: &'a Record, row: &mut impl Row<'a>) {
    let speaker = record.speaker.as_ref();
    let (cue, addressee, setting) = (record.cue.as_ref(), record.addressee.as_ref(), record.setting.as_ref());
    let anonymity = record.anonymity.as_ref();
    row.cell(text(&record.document));
    row.cell(maybe(speaker.and_then(|s| s.text.as_deref())));
    row.cell(maybe(speaker.and_then(|s| s.name.as_deref())));
    row.cell(Cell::Text(record.stretches()));
    row.cell(text(&record.context.text));
    row.cell(word(Some(record.kind)));
    row.cell(word(Some(record.act)));
    row.cell(text(&record.content.text));
    row.cell(maybe(cue.map(|c| &*c.passage.text)));
    row.cell(maybe(cue.map(|c| &*c.lemma)));
    row.cell(maybe(cue.map(|c| &*c.stance)));
    row.cell(Cell::Flag(record.hedged));
    row.cell(Cell::Flag(record.secondhand));
    row.cell(Cell::Flag(record.negated));
    row.cell(maybe(addressee.map(|a| &*a.passage.text)));
    row.cell(maybe(setting.map(|s| &*s.passage.text)));
    row.cell(maybe(record.via.as_ref().map(|v| &*v.text)));
    row.cell(maybe(speaker.and_then(|s| s.description.as_deref())));
    row.cell(word(speaker.map(|s| s.kind)));
    row.cell(digits(speaker.and_then(|s| s.id.as_deref())));
    row.cell(word(anonymity.map(|a| a.class)));
    row.cell(maybe(anonymity.and_then(|a| a.reason.as_deref())));
    row.cell(own(alterations(record)));
    row.cell(word(record.unattributed));
    row.cell(text(&record.rule));
    row.cell(Cell::Decimal(record.confidence));
    row.cell(digits(record.parent.as_deref()));
    row.cell(digits(Some(&record.id)));
    row.cell(digits(Some(&record.document_sha256)));
    offsets(record, row);
    row.cell(maybe(setting.map(|s| &*s.kind)));
    row.cell(maybe(anonymity.and_then(|a| a.condition.as_deref())));
    row.cell(record.time.map_or(Cell::Empty, |time| Cell::Decimal(time.start)));
    row.cell(record.time.map_or(Cell::Empty, |time| Cell::Decimal(time.end)));
}

fn offsets<'a>(record: &'a Record, row: &mut impl Row<'a>) {
    let content = &record.content.spans;
    row.spans(content.iter().map(|p| (p.start, p.end)));
    // Empty where one of them is unknown.
    let in_file = |p: &Place| p.byte_start.zip(p.byte_end);
    let known = content.iter().all(|p| in_file(p).is_some());
    row.spans(content.iter().filter(|_| known).filter_map(in_file));
    row.spans(record.quotes.iter().map(|quote| (quote.place.start, quote.place.end)));
    let places = [
        record.speaker.as_ref().and_then(Source::place),
        record.cue.as_ref().map(|c| c.passage.place),
        record.addressee.as_ref().map(|a| a.passage.place),
        record.setting.as_ref().map(|s| s.passage.place),
        record.via.as_ref().map(|v| v.place),
        Some(record.context.place),
    ];
    for place in places {
        row.cell(number(place.map(|p| p.start)));
        row.cell(number(place.map(|p| p.end)));
        row.cell(number(place.and_then(|p| p.byte_start)));
        row.cell(number(place.and_then(|p| p.byte_end)));
    }
}

fn text(text: &str) -> Cell<'_> {
    if text.is_empty() { Cell::Empty } else { Cell::Text(Cow::Borrowed(text)) }
}

fn maybe(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Empty, self::text)
}

/// An id or a hash.
fn digits(text: Option<&str>) -> Cell<'_> {
    text.filter(|text| !text.is_empty()).map_or(Cell::Empty, |text| Cell::Name(Cow::Borrowed(text)))
}

fn own<'a>(name: impl Into<Cow<'a, str>>) -> Cell<'a> {
    let name = name.into();
    if name.is_empty() { Cell::Empty } else { Cell::Name(name) }
}

fn number<'a>(number: Option<u64>) -> Cell<'a> {
    number.map_or(Cell::Empty, Cell::Number)
}

fn word<'a>(value: Option<impl Serialize>) -> Cell<'a> {
    value.map_or(Cell::Empty, |value| Cell::Name(Cow::Borrowed(name(value))))
}

/// The name of a value as JSON writes it.
pub(super) fn name(value: impl Serialize) -> &'static str {
    serde_variant::to_variant_name(&value).expect("a kind of something, with nothing in it")
}

/// All of them in one cell.
pub(super) fn alterations(record: &Record) -> Cow<'static, str> {
    match &record.alterations[..] {
        [] => Cow::Borrowed(""),
        [one] => Cow::Borrowed(one.name()),
        several => several.iter().map(|alteration| alteration.name()).collect::<Vec<_>>().join(" ").into(),
    }
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
            cells(record, &mut row);
            assert_eq!(row.len(), COLUMNS.len());
            for (cell, (column, holds)) in row.iter().zip(COLUMNS) {
                let held = match cell {
                    Cell::Empty => holds,
                    Cell::Text(_) | Cell::Name(_) => Holds::Text,
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
