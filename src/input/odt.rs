//! OpenDocument texts.

use super::Options;
use super::parts::Parts;
use super::problem::Wrong;
use super::text::Taken;
use super::xml::{Dialect, fields, paragraphs};
use crate::record::Metadata;

const WRITER: Dialect = Dialect {
    paragraphs: &["p", "h"],
    texts: &["p", "h"],
    spaces: &["s", "tab"],
    breaks: &["line-break"],
    unseen: &["tracked-changes", "annotation", "note-citation", "sequence-decls", "script"],
    notes: &["note-body"],
};

/// The text of a document, its notes behind it, and what it says of itself.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Taken, Wrong> {
    let mut parts = Parts::open(bytes, "this OpenDocument text", &options.limits)?;
    let manifest = parts.maybe("META-INF/manifest.xml")?.unwrap_or_default();
    if memchr::memmem::find(&manifest, b":encryption-data").is_some() {
        return Err(Wrong::locked("open it in LibreOffice and save it without one"));
    }
    let text = paragraphs(&parts.part("content.xml")?, &WRITER)?;
    let metadata = match parts.maybe("meta.xml")? {
        Some(meta) => {
            let [title, first, last, date] =
                fields(&meta, ["title", "initial-creator", "creator", "creation-date"])?;
            Metadata { title, byline: first.or(last), date, ..Metadata::default() }
        }
        None => Metadata::default(),
    };
    Ok(Taken { metadata, ..Taken::text(text) })
}
