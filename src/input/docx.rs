//! Word documents: the text as it stands when all changes are accepted.

use super::Options;
use super::parts::Parts;
use super::problem::Wrong;
use super::text::Taken;
use super::xml::{Dialect, append, fields, paragraphs};
use crate::record::Metadata;

const WORD: Dialect = Dialect {
    paragraphs: &["p"],
    texts: &["t"],
    spaces: &["tab", "ptab"],
    breaks: &["br", "cr"],
    // What was deleted, what fields are made of, and the same once more for old programs.
    unseen: &["del", "moveFrom", "instrText", "Fallback"],
    notes: &[],
};

/// Where notes stand.
const NOTES: [&str; 2] = ["word/footnotes.xml", "word/endnotes.xml"];

/// The text of a document, its notes behind it, and what it says of itself.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Taken, Wrong> {
    let mut parts = Parts::open(bytes, "this Word document", &options.limits)?;
    let mut text = paragraphs(&parts.part("word/document.xml")?, &WORD)?;
    for notes in NOTES {
        if let Some(notes) = parts.maybe(notes)? {
            append(&mut text, &paragraphs(&notes, &WORD)?);
        }
    }
    let metadata = match parts.maybe("docProps/core.xml")? {
        Some(core) => {
            let [title, byline, date] = fields(&core, ["title", "creator", "created"])?;
            Metadata { title, byline, date, ..Metadata::default() }
        }
        None => Metadata::default(),
    };
    Ok(Taken { metadata, ..Taken::text(text) })
}
