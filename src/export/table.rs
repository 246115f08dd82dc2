//! Table: as wide as the terminal, for a quick look.

use comfy_table::{Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Table, Width, presets};

use super::script::{how, who};
use super::text::harmless;
use super::{Format, Headings, Layout, Options, Shape};
use crate::record::{DocumentRecords, Kind, Record};

pub(super) const FORMAT: Format = Format {
    name: "table",
    about: "A table as wide as the terminal, for a quick look",
    endings: &[],
    shape: Shape::Stream(|options| Box::new(Look::new(options))),
};

const COLUMNS: [&str; 5] = ["speaker", "cue", "kind", "sure", "words"];
/// Where nobody says how wide the terminal is.
const USUAL: u16 = 100;
/// Narrower columns hold no words.
const NARROWEST: u16 = 60;
/// Room for a column on its right.
const GAP: u16 = 2;

struct Look {
    widths: [u16; COLUMNS.len()],
    headings: Headings,
    colour: bool,
}

impl Look {
    fn new(options: &Options) -> Self {
        let width = options.width.unwrap_or(USUAL).max(NARROWEST);
        let (speaker, cue, kind, sure) = (width / 5, (width / 8).max(10), (width / 10).max(8), 5);
        let words = width - speaker - cue - kind - sure - GAP * (COLUMNS.len() as u16 - 1);
        Self {
            widths: [speaker, cue, kind, sure, words],
            headings: options.headings.clone(),
            colour: options.colour,
        }
    }

    fn table(&self) -> Table {
        let mut table = Table::new();
        table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
        table.force_no_tty();
        if self.colour {
            table.enforce_styling();
        }
        table
    }

    /// Columns are as wide in every document.
    fn lines(&self, mut table: Table, out: &mut Vec<u8>) {
        let last = COLUMNS.len() - 1;
        let padded = |n: usize, width| if n < last { width + GAP } else { width };
        let widths = self.widths.iter().enumerate().map(|(n, width)| padded(n, *width));
        table.set_constraints(widths.map(|width| ColumnConstraint::Absolute(Width::Fixed(width))));
        for (n, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, if n < last { GAP } else { 0 }));
        }
        for line in table.lines() {
            out.extend(line.trim_end().as_bytes());
            out.push(b'\n');
        }
    }

    fn row(&self, record: &Record) -> [Cell; COLUMNS.len()] {
        let nobody = record.unattributed.is_some();
        let (who, how) = match record.kind {
            Kind::Term => ("-".to_owned(), "term".to_owned()),
            kind => (name(record), how(record, kind)),
        };
        let cue = record.cue.as_ref().map_or("-", |cue| &cue.passage.text);
        let speaker = Cell::new(harmless(&who)).add_attribute(Attribute::Bold);
        [
            if nobody { speaker.fg(Color::Yellow) } else { speaker },
            Cell::new(harmless(cue)).fg(Color::Cyan),
            Cell::new(how),
            Cell::new(format!("{:.2}", record.confidence)).add_attribute(Attribute::Dim),
            Cell::new(harmless(&record.content.text)),
        ]
    }
}

/// The name alone, where there is one: the sentence is not far.
fn name(record: &Record) -> String {
    let name =
        record.speaker.as_ref().filter(|_| record.unattributed.is_none()).and_then(|s| s.name.as_deref());
    name.map_or_else(|| who(record), str::to_owned)
}

impl Layout for Look {
    fn opening(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let mut table = self.table();
        table.add_row(COLUMNS.map(|column| Cell::new(column).add_attribute(Attribute::Underlined)));
        self.lines(table, &mut out);
        out
    }

    fn document(&self, document: &DocumentRecords, _text: &str, out: &mut Vec<u8>) {
        if self.headings.has(&document.document) {
            out.extend(format!("== {}\n", harmless(&document.document)).as_bytes());
        }
        if document.records.is_empty() {
            return;
        }
        let mut table = self.table();
        table.add_rows(document.records.iter().map(|record| self.row(record)));
        self.lines(table, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{documents, written};
    use pretty_assertions::assert_eq;

    #[test]
    fn columns_stand_below_each_other_in_every_document() {
        let options = Options { headings: Headings::All, width: Some(72), ..Options::default() };
        let expected = "\
speaker         cue         kind      sure   words
== a.txt
Maria Lopez     reportedly  direct,   0.50   “We are ready, … and ¶ we
                told        hedged           wait.”
? no-cue        -           direct    0.50   “=Stand back␛”
a resident      said        mixed,    0.50   that it was “very loud”
                            unnamed
-               -           term      0.50   “smart”
== b.txt
";
        assert_eq!(written(&FORMAT, &options), expected);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let mut document = documents().remove(0);
        document.records[0].content.text = ("漢字 🐟 naïve ".repeat(80) + &"x".repeat(300)).into();
        for width in [0, 40, 57, 80, 200] {
            let mut out = Vec::new();
            Look::new(&Options { width: Some(width), ..Options::default() })
                .document(&document, "", &mut out);
            for line in String::from_utf8(out).unwrap().lines() {
                assert!(
                    unicode_width::UnicodeWidthStr::width(line) <= width.max(NARROWEST) as usize,
                    "{line}"
                );
            }
        }
    }

    #[test]
    fn colour_only_where_it_is_wanted() {
        assert!(!written(&FORMAT, &Options::default()).contains('\u{1b}'));
        assert!(written(&FORMAT, &Options { colour: true, ..Options::default() }).contains("\u{1b}["));
    }
}
