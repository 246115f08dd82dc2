//! `onrecord search`: who said what about it, from a database that was written before.

use std::io::{self, BufWriter, IsTerminal, Write};

use anyhow::{Context, Result};
use onrecord::export::sqlite::search::{Hit, Query, search as look};
use onrecord::export::text::harmless;

use crate::args::SearchArgs;
use crate::output::{colours, complain};
use crate::{Status, Usage};

/// Prints two lines for each record in which the words occur, the best first.
pub fn search(args: &SearchArgs) -> Result<Status> {
    if let Some(since) = args.since.as_deref().filter(|since| !begins_a_date(since)) {
        let reason = format!("--since {since}: this is no date; write it like 2024-05-01, 2024-05 or 2024");
        return Err(Usage(reason).into());
    }
    let limit = args.limit as usize;
    let query = Query {
        words: &args.words,
        speaker: args.speaker.as_deref(),
        since: args.since.as_deref(),
        // One more, to see whether there are more.
        limit: limit + 1,
    };
    let hits = look(&args.database, &query).with_context(|| args.database.display().to_string())?;
    let colour = colours(args.color, io::stdout().is_terminal());
    let mut out = BufWriter::new(io::stdout().lock());
    for hit in hits.iter().take(limit) {
        show(&mut out, hit, colour)?;
    }
    out.flush()?;
    if hits.is_empty() {
        complain(format_args!(
            "no record has these words; try fewer of them, or a part of one with * behind it"
        ));
    } else if hits.len() > limit {
        complain(format_args!("there are more than {limit}; --limit shows more of them"));
    }
    Ok(Status::Done)
}

/// As in a script: who, how, when and where; and what.
fn show(out: &mut impl Write, hit: &Hit, colour: bool) -> io::Result<()> {
    let (bold, plain) = if colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let who = hit.speaker.as_deref().unwrap_or("?");
    let cue = hit.cue.as_deref().unwrap_or("-");
    write!(out, "{bold}{}{plain} | {} | {}", harmless(who), harmless(cue), hit.kind)?;
    if let Some(date) = &hit.date {
        write!(out, " | {}", harmless(date))?;
    }
    write!(out, " | {} {}\n  ", harmless(&hit.document), hit.id)?;
    let (before, behind) = if colour { ("\u{1b}[1;33m", "\u{1b}[0m") } else { ("*", "*") };
    for (piece, found) in &hit.snippet {
        let (before, behind) = if *found { (before, behind) } else { ("", "") };
        write!(out, "{before}{}{behind}", harmless(piece))?;
    }
    writeln!(out)
}

/// `2024`, `2024-05` or `2024-05-01`.
fn begins_a_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits =
        |(part, length): (&&str, usize)| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
    parts.len() <= 3 && parts.iter().zip([4, 2, 2]).all(digits)
}

#[cfg(test)]
mod tests {
    use super::begins_a_date;

    #[test]
    fn dates_may_be_short() {
        for date in ["2024", "2024-05", "2024-05-01"] {
            assert!(begins_a_date(date), "{date}");
        }
        for other in ["", "May", "2024-5-1", "24", "2024-05-01-02", "20240501"] {
            assert!(!begins_a_date(other), "{other}");
        }
    }
}
