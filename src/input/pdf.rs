//! PDF documents, as well as it goes: such a document says where letters stand and not what they belong to.

use pdf_extract::{Error, OutputError};

use super::limits::Limits;
use super::pdf_bounds::check;
use super::problem::Wrong;
use super::text::Taken;

const NOTE: &str = "the text of a PDF is a best effort: columns, captions and page heads may stand in the middle of a \
                    sentence; read it with --save-text before you rely on it";

/// The text of a document.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Taken, Wrong> {
    check(bytes, limits)?;
    let text = pdf_extract::extract_text_from_mem(bytes).map_err(|error| match error {
        OutputError::PdfError(Error::Decryption(_) | Error::InvalidPassword) => {
            Wrong::locked("open it with the password and print it into a new PDF")
        }
        error => Wrong::broken("this PDF", error),
    })?;
    if text.trim().is_empty() {
        return Err(Wrong::new(
            "this PDF holds no text, so it is probably a scan",
            "run it through text recognition (OCR) first",
        ));
    }
    Ok(Taken { note: Some(NOTE), ..Taken::text(paragraphs(&text)) })
}

/// Lines that were broken to fit the page, joined again: a line is carried on by the next unless it stays far behind the
/// longest of its block, as the last of a paragraph does.
fn paragraphs(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut joined = String::new();
    for block in lines.split(|line| line.is_empty()).filter(|block| !block.is_empty()) {
        let longest = block.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        if !joined.is_empty() {
            joined.push_str("\n\n");
        }
        for (n, line) in block.iter().enumerate() {
            joined.push_str(line);
            let last = n + 1 == block.len();
            if !last {
                let full = line.chars().count() * 3 >= longest * 2;
                joined.push_str(if full && line.ends_with('-') {
                    ""
                } else if full {
                    " "
                } else {
                    "\n"
                });
            }
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn lines_of_a_paragraph_are_joined() {
        let page = "  Goat found  \n\n\nThe goat, which had been missing since\nTuesday, was found by the co-\noperative store.\n\nEnd.\n";
        assert_eq!(
            paragraphs(page),
            "Goat found\n\nThe goat, which had been missing since Tuesday, was found by the co-operative store.\n\nEnd."
        );
    }

    #[test]
    fn what_is_no_pdf_is_named() {
        let wrong = read(b"%PDF-1.4 nothing", &Limits::default()).err().unwrap().to_string();
        assert!(wrong.starts_with("this PDF cannot be read"), "{wrong}");
    }
}
