//! Rich text.

use rtf_parser::RtfDocument;

use super::problem::Wrong;
use super::text::Taken;

/// The text of a document.
pub(super) fn read(bytes: &[u8]) -> Result<Taken, Wrong> {
    // Everything beyond ASCII is escaped.
    let source = String::from_utf8_lossy(bytes);
    let document = RtfDocument::try_from(&*source).map_err(|error| Wrong::broken("this rich text", error))?;
    Ok(Taken::text(document.get_text()))
}
