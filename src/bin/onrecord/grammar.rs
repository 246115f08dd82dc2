//! Loads grammars, shows the mistakes in them as a compiler would, and runs their examples.

use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use anyhow::Result;
use clap::ColorChoice;
use onrecord::error::Position;
use onrecord::export::text::harmless;
use onrecord::{Error, ErrorKind, Extractor, Grammar};

use crate::Status;
use crate::output::{colours, complain, diagnose};

/// A grammar that could not be loaded.
#[derive(Debug)]
pub struct Unreadable(Vec<Error>);

impl std::error::Error for Unreadable {}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.iter().all(|error| matches!(error.kind(), ErrorKind::Io { .. })) {
            return write!(f, "the grammar could not be read; nothing was done");
        }
        let mistakes = if self.0.len() == 1 { "a mistake" } else { "mistakes" };
        write!(f, "the grammar has {mistakes}; nothing was read with it")
    }
}

impl Unreadable {
    /// Shows each mistake at its place.
    pub fn show(&self) {
        for error in &self.0 {
            match error.kind() {
                ErrorKind::Grammar { position, expected } => diagnose(&shown(position, expected)),
                ErrorKind::Io { path, source }
                    if matches!(source.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
                {
                    complain(format_args!("{}: there is no such folder; check the name", path.display()));
                }
                _ => diagnose(&harmless(&format!("error: {error}"))),
            }
        }
        complain(format_args!("{self}"));
    }
}

/// The English grammar, with the folder's files on top where there is one.
pub fn load(folder: Option<&Path>) -> Result<Grammar, Unreadable> {
    folder.map_or_else(|| Ok(Grammar::english()), |folder| Grammar::load(folder).map_err(Unreadable))
}

/// What reads texts with that grammar.
pub fn extractor(folder: Option<&Path>) -> Result<Extractor, Unreadable> {
    Ok(Extractor::new(load(folder)?))
}

/// Runs every example of the grammar and names those that fail.
pub fn check(folder: Option<&Path>) -> Result<Status> {
    let extractor = match extractor(folder) {
        Ok(extractor) => extractor,
        Err(mistakes) => {
            mistakes.show();
            return Ok(Status::Incomplete);
        }
    };
    let failures = onrecord::check::run(&extractor);
    let mut out = io::stdout().lock();
    for failure in &failures {
        writeln!(out, "{failure}")?;
    }
    match failures.len() {
        0 => writeln!(out, "Every example gives what it should.")?,
        1 => writeln!(out, "1 example gives something else.")?,
        n => writeln!(out, "{n} examples give something else.")?,
    }
    out.flush()?;
    Ok(if failures.is_empty() { Status::Done } else { Status::Incomplete })
}

/// File, line, column, the line itself and what was expected there.
fn shown(position: &Position, expected: &str) -> String {
    let (path, expected) = (position.file.to_string_lossy(), harmless(expected));
    let path = harmless(&path);
    let colour = colours(ColorChoice::Auto, io::stderr().is_terminal());
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let here = AnnotationKind::Primary.span(word_at(&position.text, position.column)).label("here");
    let snippet = Snippet::source(position.text.as_str())
        .line_start(position.line)
        .path(path.as_ref())
        .annotation(here);
    renderer.render(&[Level::ERROR.primary_title(format!("expected {expected}")).element(snippet)])
}

/// The bytes of the word that begins in this column, which is counted in characters from 1.
fn word_at(line: &str, column: usize) -> Range<usize> {
    let start = line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at);
    let length = line[start..].find(char::is_whitespace).unwrap_or(line.len() - start);
    let first = line[start..].chars().next().map_or(0, char::len_utf8);
    start..start + length.max(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn a_mistake_is_shown_in_its_line() {
        let position = Position {
            file: "patterns/after.pattern".into(),
            line: 12,
            column: 9,
            text: "  form “é” QOUTE ,?".to_owned(),
        };
        let message = shown(&Position { column: 12, ..position.clone() }, "an item");
        for part in ["expected an item", "patterns/after.pattern:12:12", "QOUTE ,?", "^^^^^ here"] {
            assert!(message.contains(part), "{message}");
        }
        assert!(shown(&Position { column: 99, ..position }, "an item").contains("expected an item"));
    }

    #[test]
    fn points_at_whole_words() {
        assert_eq!(word_at("ab cd", 4), 3..5);
        assert_eq!(word_at("é x", 1), 0..2);
        assert_eq!(word_at("é x", 2), 2..3);
        assert_eq!(word_at("", 1), 0..0);
    }
}
