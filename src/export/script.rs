//! Script: two lines a record, for people to read.
//!
//! ```text
//! Maria Lopez (she) | told → reporters | direct
//!   “We are ready.”
//! ? no-cue | - | direct
//!   “Stand back!”
//! ? ambiguous (they) | replied | indirect
//!   that nobody had asked them
//! ```

use super::columns::name as name_of;
use super::text::harmless;
use super::{Format, Headings, Layout, Options, Shape};
use crate::record::{Class, DocumentRecords, Kind, Record};

pub(super) const FORMAT: Format = Format {
    name: "script",
    about: "Two lines a record, for people to read",
    endings: &[],
    shape: Shape::Stream(|options| Box::new(Script::new(options))),
};

struct Script {
    headings: Headings,
}

impl Script {
    fn new(options: &Options) -> Self {
        Self { headings: options.headings.clone() }
    }
}

impl Layout for Script {
    fn document(&self, document: &DocumentRecords, _text: &str, out: &mut Vec<u8>) {
        let mut write = |pieces: &[&str]| pieces.iter().for_each(|piece| out.extend(piece.as_bytes()));
        if self.headings.has(&document.document) {
            write(&["== ", &harmless(&document.document), "\n"]);
        }
        for record in &document.records {
            let (head, content) = lines(record);
            write(&[&harmless(&head), "\n  ", &harmless(content), "\n"]);
        }
    }
}

/// Who, by which words, to whom and how; and what.
fn lines(record: &Record) -> (String, &str) {
    let head = match record.kind {
        Kind::Term => "term | - | term".to_owned(),
        kind => {
            let mut head =
                format!("{} | {}", who(record), record.cue.as_ref().map_or("-", |cue| &cue.passage.text));
            if let Some(addressee) = &record.addressee {
                head += &format!(" → {}", addressee.passage.text);
            }
            head + &format!(" | {}", how(record, kind))
        }
    };
    (head, &record.content.text)
}

/// The name with the words of the sentence, or why there is none.
pub(super) fn who(record: &Record) -> String {
    let mention = record.speaker.as_ref().and_then(|speaker| speaker.text.as_deref());
    let name = record.speaker.as_ref().and_then(|speaker| speaker.name.as_deref());
    let unknown = record.unattributed.map(|reason| format!("? {}", name_of(reason)));
    match (unknown.as_deref().or(name), mention) {
        (Some(name), Some(mention)) if name != mention => format!("{name} ({mention})"),
        (_, Some(who)) | (Some(who), None) => who.to_owned(),
        (None, None) => "?".to_owned(),
    }
}

/// How much of it is quoted, and what else is to be known.
pub(super) fn how(record: &Record, kind: Kind) -> String {
    let kind = match kind {
        Kind::Direct => "direct",
        Kind::Mixed => "mixed",
        Kind::Indirect => "indirect",
        Kind::Term => "term",
    };
    // A leaflet hides from nobody.
    let unnamed = record.anonymity.as_ref().is_some_and(|a| a.class != Class::Document);
    let flags = [
        (record.hedged, "hedged"),
        (record.secondhand, "second-hand"),
        (record.negated, "negated"),
        (unnamed, "unnamed"),
    ];
    let set = flags.into_iter().filter_map(|(set, name)| set.then_some(name));
    std::iter::once(kind).chain(set).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{Class, FORMAT, lines};
    use crate::attribution::Unattributed;
    use crate::export::tests::{documents, written};
    use crate::export::{Headings, Options};
    use pretty_assertions::assert_eq;

    #[test]
    fn two_lines_a_record_and_a_heading_a_document() {
        let text = written(&FORMAT, &Options { headings: Headings::All, ..Options::default() });
        let expected = "== a.txt
Maria Lopez (she) | reportedly told → reporters | direct, hedged
  “We are ready, … and ¶ we wait.”
? no-cue | - | direct
  “=Stand back␛”
a resident | said | mixed, unnamed
  that it was “very loud”
term | - | term
  “smart”
== b.txt
";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_source_that_cannot_be_told_stands_behind_the_reason() {
        let mut record = documents()[0].records.remove(0);
        record.unattributed = Some(Unattributed::Ambiguous);
        record.hedged = false;
        assert_eq!(lines(&record).0, "? ambiguous (she) | reportedly told → reporters | direct");
    }

    #[test]
    fn words_that_are_carried_on_have_a_name_alone() {
        let mut record = documents()[0].records.remove(0);
        record.cue = None;
        record.addressee = None;
        record.speaker.as_mut().unwrap().text = None;
        assert_eq!(lines(&record).0, "Maria Lopez | - | direct, hedged");
    }

    #[test]
    fn a_document_is_not_said_to_be_unnamed() {
        let mut record = documents()[0].records.remove(2);
        record.anonymity.as_mut().unwrap().class = Class::Document;
        assert_eq!(lines(&record).0, "a resident | said | mixed");
    }

    #[test]
    fn one_document_needs_no_heading() {
        assert!(!written(&FORMAT, &Options::default()).contains("=="));
        let alone = Options { headings: Headings::AllBut("a.txt".into()), ..Options::default() };
        let text = written(&FORMAT, &alone);
        assert!(!text.contains("== a.txt") && text.contains("== b.txt"));
    }
}
