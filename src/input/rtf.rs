//! Rich text.

use rtf_parser::RtfDocument;

use super::problem::Wrong;
use super::text::Taken;

/// The text of a document.
pub(super) fn read(bytes: &[u8]) -> Result<Taken, Wrong> {
    // Everything beyond ASCII is escaped.
    let source = String::from_utf8_lossy(bytes);
    check(&source)?;
    let document = RtfDocument::try_from(&*source).map_err(|error| Wrong::broken("this rich text", error))?;
    Ok(Taken::text(document.get_text()))
}

/// Sees that `\\uc`, by which its reader measures memory, says how many characters stand for one: a few.
fn check(source: &str) -> Result<(), Wrong> {
    const MOST: i32 = 100;
    for (at, word) in source.match_indices("\\uc") {
        let number = &source[at + word.len()..];
        let end = number.find(|c: char| c != '-' && !c.is_ascii_digit()).unwrap_or(number.len());
        if end > 0 && !number[..end].parse().is_ok_and(|number: i32| (0..=MOST).contains(&number)) {
            return Err(Wrong::broken("this rich text", "a number in it asks for too much memory"));
        }
    }
    Ok(())
}
