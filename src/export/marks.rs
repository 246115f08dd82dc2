//! What records point at in their text, and the text with all of it in place.

use crate::record::{DocumentRecords, Place, Record, Source};

/// What a stretch of the text is to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Role {
    Content,
    Source,
    Cue,
    Addressee,
    Setting,
    Via,
}

impl Role {
    /// As annotation tools show it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Content => "Content",
            Self::Source => "Source",
            Self::Cue => "Cue",
            Self::Addressee => "Addressee",
            Self::Setting => "Setting",
            Self::Via => "Via",
        }
    }
}

/// The words of one role, in pieces where they are interrupted.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) role: Role,
    /// In code points, half-open, in the order of the text.
    pub(super) spans: Vec<(usize, usize)>,
}

/// All that a record points at, its content first.
pub(super) fn marks(record: &Record) -> Vec<Mark> {
    let content = Mark { role: Role::Content, spans: record.content.spans.iter().map(points).collect() };
    let roles = [
        (Role::Source, record.speaker.as_ref().and_then(Source::place)),
        (Role::Cue, record.cue.as_ref().map(|cue| cue.passage.place)),
        (Role::Addressee, record.addressee.as_ref().map(|addressee| addressee.passage.place)),
        (Role::Setting, record.setting.as_ref().map(|setting| setting.passage.place)),
        (Role::Via, record.via.as_ref().map(|via| via.place)),
    ];
    let others =
        roles.into_iter().filter_map(|(role, place)| Some(Mark { role, spans: vec![points(&place?)] }));
    std::iter::once(content).chain(others).collect()
}

fn points(place: &Place) -> (usize, usize) {
    (place.start as usize, place.end as usize)
}

/// Which stretch: the record by its number in the document, the role, and the number of the piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Label {
    pub(super) record: usize,
    pub(super) role: Role,
    pub(super) piece: usize,
    /// It is the last piece of its role.
    pub(super) last: bool,
}

/// A way through a line of text: what opens is closed in the same line, the innermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'t> {
    /// `first` where it was not open before.
    Open {
        label: Label,
        first: bool,
    },
    Text(&'t str),
    /// `last` where it does not go on behind.
    Close {
        label: Label,
        last: bool,
    },
}

/// The lines of a text that are not empty, with every mark in its place. Where marks cross each other or the end of
/// a line, one is closed and opened again.
pub(super) fn lines<'t>(document: &DocumentRecords, text: &'t str) -> Vec<Vec<Step<'t>>> {
    let mut spans = Vec::new();
    for (record, found) in document.records.iter().enumerate() {
        for Mark { role, spans: pieces } in marks(found) {
            let last = pieces.len().saturating_sub(1);
            let pieces = pieces.into_iter().enumerate().filter(|(_, (start, end))| start < end);
            spans.extend(
                pieces.map(|(piece, span)| (span, Label { record, role, piece, last: piece == last })),
            );
        }
    }
    let mut spans = in_bytes(text, spans);
    // The longer is opened first, so that it stands around the shorter.
    spans.sort_by_key(|((start, end), label)| (*start, usize::MAX - end, *label));
    let mut lines = Vec::new();
    let (mut at, mut next, mut open) = (0, 0, Vec::new());
    for line in text.split('\n') {
        let range = at..at + line.len();
        at = range.end + 1;
        if !line.trim().is_empty() {
            let mut steps = Vec::new();
            walk(text, range, &spans, &mut next, &mut open, &mut steps);
            lines.push(steps);
        }
    }
    lines
}

type Spanned = ((usize, usize), Label);

fn walk<'t>(
    text: &'t str,
    line: std::ops::Range<usize>,
    spans: &[Spanned],
    next: &mut usize,
    open: &mut Vec<Spanned>,
    steps: &mut Vec<Step<'t>>,
) {
    // What ended in the break between two lines is over.
    open.retain(|((_, end), _)| *end > line.start);
    steps.extend(open.iter().map(|(_, label)| Step::Open { label: *label, first: false }));
    let mut at = line.start;
    loop {
        close(at, open, steps);
        while let Some(&(span, label)) = spans.get(*next).filter(|((start, _), _)| *start <= at) {
            *next += 1;
            if span.1 > at {
                steps.push(Step::Open { label, first: true });
                open.push((span, label));
            }
        }
        let starts = spans.get(*next).map(|((start, _), _)| *start);
        let ends = open.iter().map(|((_, end), _)| *end).min();
        let stop = starts.into_iter().chain(ends).chain([line.end]).min().unwrap_or(line.end).min(line.end);
        if stop > at {
            steps.push(Step::Text(&text[at..stop]));
        }
        if stop == line.end {
            break;
        }
        at = stop;
    }
    close(line.end, open, steps);
    steps.extend(open.iter().rev().map(|(_, label)| Step::Close { label: *label, last: false }));
}

/// Closes what ends here, and opens again what had to be closed for it.
fn close(at: usize, open: &mut Vec<Spanned>, steps: &mut Vec<Step<'_>>) {
    let Some(outermost) = open.iter().position(|((_, end), _)| *end <= at) else { return };
    let inner = open.split_off(outermost);
    for ((_, end), label) in inner.iter().rev() {
        steps.push(Step::Close { label: *label, last: *end <= at });
    }
    for spanned in inner.into_iter().filter(|((_, end), _)| *end > at) {
        steps.push(Step::Open { label: spanned.1, first: false });
        open.push(spanned);
    }
}

/// Code points into bytes; what lies behind the end of the text is left out.
fn in_bytes<T>(text: &str, spans: Vec<((usize, usize), T)>) -> Vec<((usize, usize), T)> {
    let mut points: Vec<usize> = spans.iter().flat_map(|((start, end), _)| [*start, *end]).collect();
    points.sort_unstable();
    points.dedup();
    let mut bytes = Vec::with_capacity(points.len());
    let boundaries = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
    for (point, byte) in boundaries.enumerate() {
        if points.get(bytes.len()) == Some(&point) {
            bytes.push(byte);
        }
    }
    let byte = |point| bytes.get(points.partition_point(|&known| known < point)).copied();
    let spans = spans.into_iter();
    spans.filter_map(|((start, end), what)| Some(((byte(start)?, byte(end)?), what))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{article, documents};
    use pretty_assertions::assert_eq;
    use proptest::prelude::*;

    #[test]
    fn every_mark_covers_its_words() {
        let (document, text) = article();
        let points: Vec<char> = text.chars().collect();
        for record in &document.records {
            let marks = marks(record);
            let covered = |role| -> Vec<String> {
                let spans = marks.iter().filter(|mark| mark.role == role).flat_map(|mark| &mark.spans);
                spans.map(|&(start, end)| points[start..end].iter().collect()).collect()
            };
            assert_eq!(covered(Role::Content).join(" … "), *record.content.text);
            let cue = record.cue.iter().map(|cue| cue.passage.text.to_string()).collect::<Vec<_>>();
            assert_eq!(covered(Role::Cue), cue);
        }
    }

    fn check(document: &DocumentRecords, text: &str) {
        let lines = lines(document, text);
        let mut opened = 0;
        for steps in &lines {
            let mut open = Vec::new();
            for step in steps {
                match step {
                    Step::Open { label, first } => {
                        opened += usize::from(*first);
                        open.push(*label);
                    }
                    Step::Close { label, .. } => assert_eq!(open.pop(), Some(*label)),
                    Step::Text(_) => {}
                }
            }
            assert_eq!(open, []);
        }
        let whole: Vec<String> = lines
            .iter()
            .map(|steps| {
                steps.iter().map(|step| if let Step::Text(text) = step { text } else { "" }).collect()
            })
            .collect();
        assert_eq!(whole, text.split('\n').filter(|line| !line.trim().is_empty()).collect::<Vec<_>>());
        let starts = |label: &Label| opened > 0 && label.piece == 0;
        let firsts = lines
            .iter()
            .flatten()
            .filter(|s| matches!(s, Step::Open { label, first: true } if starts(label)));
        assert!(firsts.count() <= document.records.len() * 6);
    }

    #[test]
    fn lines_hold_the_whole_text_and_every_content() {
        let (document, text) = article();
        check(&document, text);
        let steps = lines(&document, text);
        let ends = |step: &&Step<'_>| matches!(step, Step::Close { label, last: true } if label.last && label.role == Role::Content);
        assert_eq!(steps.iter().flatten().filter(ends).count(), document.records.len());
    }

    proptest! {
        #[test]
        fn marks_that_cross_are_closed_and_opened_again(
            text in "[aé🐟 \n]{0,40}",
            spans in prop::collection::vec((0..45_u64, 0..12_u64), 0..8),
        ) {
            let mut document = documents().remove(0);
            let record = document.records[1].clone();
            document.records = spans.iter().map(|(start, length)| {
                let mut record = record.clone();
                let place = Place { start: *start, end: start + length, byte_start: None, byte_end: None };
                record.content.spans = vec![place];
                record
            }).collect();
            check(&document, &text);
        }
    }
}
