//! Subtitles: SRT and WebVTT, with the time of each piece.

use super::problem::Wrong;
use super::text::Taken;
use crate::document::decode::{Decoded, Time, decode};

/// The words in paragraphs, one for each turn that the subtitles tell apart, and when they are heard.
pub(super) fn read(bytes: &[u8]) -> Result<Taken, Wrong> {
    let decoded = decode(bytes).map_err(|no| Wrong::new(no.what(), "save the subtitles as SRT or WebVTT"))?;
    let mut talk = Talk::default();
    for (number, block) in blocks(&decoded.text).enumerate() {
        let Some(timing) = block.iter().position(|line| line.contains("-->")) else { continue };
        let time = timed(block[timing]).ok_or_else(|| {
            Wrong::new(
                format!("the time {:?} cannot be read", block[timing]),
                "mend it by hand: 00:01:02,345 --> 00:01:04,000",
            )
            .at(format!("piece {}", number + 1))
        })?;
        for line in &block[timing + 1..] {
            talk.line(line, time);
        }
    }
    if talk.times.is_empty()
        && !decoded.text.trim().is_empty()
        && !decoded.text.trim_start().starts_with("WEBVTT")
    {
        return Err(Wrong::new(
            "these subtitles hold no times",
            "if it is a plain text, read it with --input-format text",
        ));
    }
    Ok(Taken::new(Decoded::taken(talk.text, decoded.encoding).timed(talk.times)))
}

/// Lines between blank ones.
fn blocks(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let blocks: Vec<Vec<&str>> =
        lines.split(|line| line.is_empty()).filter(|block| !block.is_empty()).map(<[&str]>::to_vec).collect();
    blocks.into_iter()
}

/// `00:01:02,345 --> 00:01:04,000`, with whatever stands behind it.
fn timed(line: &str) -> Option<Time> {
    let (start, end) = line.split_once("-->")?;
    let end = end.split_whitespace().next()?;
    Some(Time { start: clock(start.trim())?, end: clock(end)? })
}

/// Milliseconds of `01:02:03.456` or `02:03,456`.
fn clock(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let seconds = whole
        .split(':')
        .try_fold(0_u64, |sum, part| sum.checked_mul(60)?.checked_add(part.trim().parse().ok()?))?;
    let milliseconds: u64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    seconds.checked_mul(1000)?.checked_add(milliseconds)
}

/// What was heard so far.
#[derive(Default)]
struct Talk {
    text: String,
    times: Vec<(usize, Time)>,
}

impl Talk {
    fn line(&mut self, line: &str, time: Time) {
        let mut line = Line::new(line);
        if line.words.is_empty() {
            return;
        }
        if line.turn && !self.text.is_empty() {
            self.text.push_str("\n\n");
        } else if !self.text.is_empty() {
            self.text.push(' ');
        }
        if self.times.last().is_none_or(|&(_, last)| last != time) {
            self.times.push((self.text.len(), time));
        }
        self.text.push_str(&std::mem::take(&mut line.words));
    }
}

/// A line without its tags.
struct Line {
    words: String,
    /// Somebody else begins to speak.
    turn: bool,
}

impl Line {
    fn new(line: &str) -> Self {
        let (mut words, mut voice, mut rest) = (String::new(), None, line);
        while let Some(at) = rest.find(['<', '{']) {
            words.push_str(&rest[..at]);
            let close = if rest[at..].starts_with('<') { '>' } else { '}' };
            let Some(end) = rest[at..].find(close) else {
                words.push_str(&rest[at..at + 1]);
                rest = &rest[at + 1..];
                continue;
            };
            let tag = &rest[at + 1..at + end];
            // <v Maria Lopez>, <v.loud Maria Lopez>
            if tag.starts_with("v ") || tag.starts_with("v.") {
                voice = tag.split_once(' ').map(|(_, name)| name.trim().to_owned());
            }
            rest = &rest[at + end + 1..];
        }
        words.push_str(rest);
        let words =
            words.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ");
        let trimmed = words.trim();
        let spoken = trimmed.trim_start_matches(">>").trim_start();
        let dashed = spoken.strip_prefix(['-', '–', '—']).map(str::trim_start);
        let turn = spoken.len() < trimmed.len() || dashed.is_some() || voice.is_some() || labelled(spoken);
        let spoken = dashed.unwrap_or(spoken);
        let words = match voice {
            Some(name) if !name.is_empty() => format!("{name}: {spoken}"),
            _ => spoken.to_owned(),
        };
        Self { words, turn }
    }
}

/// `MARIA LOPEZ: …`, `Maria Lopez: …`: up to five words that begin with capitals, and a colon.
fn labelled(text: &str) -> bool {
    let Some((label, _)) = text.split_once(':') else { return false };
    let mut words = label.split_whitespace().peekable();
    words.peek().is_some()
        && label.split_whitespace().count() <= 5
        && words.all(|word| word.starts_with(|c: char| c.is_uppercase() || c == '('))
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn turns_are_paragraphs_and_times_are_kept() {
        let srt = "\u{feff}1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>MARIA LOPEZ: We found rot\r\nin the piles.</i>\r\n\r\n\
                   2\r\n00:00:02,500 --> 00:00:04,000\r\nNobody should walk there.\r\n\r\n3\r\n01:00:00,000 --> 01:00:01,000\r\n{\\an8}- Is it safe?\r\n";
        let taken = read(srt.as_bytes()).unwrap().decoded;
        assert_eq!(
            &*taken.text,
            "MARIA LOPEZ: We found rot in the piles. Nobody should walk there.\n\nIs it safe?"
        );
        let at = |words: &str| {
            let start = taken.text.find(words).unwrap();
            taken.time(start, start + words.len()).unwrap()
        };
        assert_eq!(at("We found rot"), Time { start: 1000, end: 2500 });
        assert_eq!(at("piles. Nobody"), Time { start: 1000, end: 4000 });
        assert_eq!(at("safe"), Time { start: 3_600_000, end: 3_601_000 });
    }

    #[test]
    fn a_voice_of_webvtt_is_a_label() {
        let vtt = "WEBVTT - a title\n\nNOTE nothing\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v.first Tom Adeyemi>I sell tea &amp; cake.</v>\n";
        let taken = read(vtt.as_bytes()).unwrap().decoded;
        assert_eq!(&*taken.text, "Tom Adeyemi: I sell tea & cake.");
        assert_eq!(taken.time(0, 3), Some(Time { start: 1000, end: 2000 }));
    }

    #[test]
    fn a_broken_time_is_named_by_its_piece() {
        let wrong = read(b"1\n00:00:xx,000 --> 00:00:02,000\nHi.\n").err().unwrap().of("a.srt");
        assert_eq!(
            wrong.to_string(),
            "a.srt: piece 1: the time \"00:00:xx,000 --> 00:00:02,000\" cannot be read; mend it by hand: 00:01:02,345 --> 00:01:04,000"
        );
    }
}
