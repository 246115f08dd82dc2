//! Script: two lines a record, for people to read.
//!
//! ```text
//! Maria Lopez (she) | told → reporters | direct
//!   “We are ready.”
//! ? no-cue | - | direct
//!   “Stand back!”
//! ```

use std::io::{self, Write};

use super::text::harmless;
use super::{Options, Writer};
use crate::record::{DocumentRecords, Kind, Record};

pub(super) struct Script<W> {
    out: W,
    headings: bool,
}

impl<W: Write> Script<W> {
    pub(super) fn new(out: W, options: Options) -> Self {
        Self { out, headings: options.headings }
    }
}

impl<W: Write> Writer for Script<W> {
    fn start(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn document(&mut self, document: &DocumentRecords) -> io::Result<()> {
        if self.headings {
            writeln!(self.out, "== {}", harmless(&document.document))?;
        }
        for record in &document.records {
            let (head, content) = lines(record);
            writeln!(self.out, "{}\n  {}", harmless(&head), harmless(&content))?;
        }
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Who, by which words, to whom and how; and what.
fn lines(record: &Record) -> (String, String) {
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
    (head, record.content.text.clone())
}

fn who(record: &Record) -> String {
    let Some(speaker) = &record.speaker else {
        let reason = record.unattributed.and_then(|reason| serde_json::to_value(reason).ok());
        return match reason.as_ref().and_then(|reason| reason.as_str()) {
            Some(reason) => format!("? {reason}"),
            None => "?".to_owned(),
        };
    };
    let mention = &speaker.passage.text;
    match &speaker.name {
        Some(name) if name != mention => format!("{name} ({mention})"),
        _ => mention.clone(),
    }
}

fn how(record: &Record, kind: Kind) -> String {
    let kind = match kind {
        Kind::Direct => "direct",
        Kind::Mixed => "mixed",
        Kind::Indirect => "indirect",
        Kind::Term => "term",
    };
    let flags = [
        (record.hedged, "hedged"),
        (record.secondhand, "second-hand"),
        (record.negated, "negated"),
        (record.anonymity.is_some(), "unnamed"),
    ];
    let set = flags.into_iter().filter_map(|(set, name)| set.then_some(name));
    std::iter::once(kind).chain(set).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use crate::export::tests::written;
    use crate::export::{Format, Options};
    use pretty_assertions::assert_eq;

    #[test]
    fn two_lines_a_record_and_a_heading_a_document() {
        let text = written(Format::Script, Options { headings: true, ..Options::default() });
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
    fn one_document_needs_no_heading() {
        assert!(!written(Format::Script, Options::default()).contains("=="));
    }
}
