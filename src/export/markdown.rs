//! Markdown: for notes, drafts and wikis.
//!
//! ```text
//! ## news/ferry.txt
//!
//! > “We are ready.”
//!
//! **Maria Lopez** (she), told reporters — direct, 0.97, `q1f8a…`
//! ```

use super::script::{how, who};
use super::text::harmless;
use super::{Format, Layout, Shape};
use crate::record::{DocumentRecords, Kind, Record};

pub(super) const FORMAT: Format = Format {
    name: "md",
    about: "Markdown, for notes and drafts",
    endings: &["md", "markdown"],
    shape: Shape::Stream(|_| Box::new(Markdown)),
};

struct Markdown;

impl Layout for Markdown {
    fn document(&self, document: &DocumentRecords, _text: &str, out: &mut Vec<u8>) {
        let title = document.metadata.title.as_ref().unwrap_or(&document.document);
        let mut write = |pieces: &[&str]| pieces.iter().for_each(|piece| out.extend(piece.as_bytes()));
        write(&["## ", &plain(title), "\n\n"]);
        for record in &document.records {
            write(&["> ", &plain(&record.content.text), "\n\n", &below(record), "\n\n"]);
        }
    }
}

/// Who said it, by which words, how, and how to find it again.
fn below(record: &Record) -> String {
    let mut line = match record.kind {
        Kind::Term => "Nobody is stated to have said it".to_owned(),
        _ => format!("**{}**", plain(&who(record))),
    };
    if let Some(cue) = &record.cue {
        line += &format!(", {}", plain(&cue.passage.text));
    }
    if let Some(addressee) = &record.addressee {
        line += &format!(" → {}", plain(&addressee.passage.text));
    }
    line + &format!(" — {}, {:.2}, `{}`", how(record, record.kind), record.confidence, record.id)
}

/// Text of an article that Markdown shows as it stands, on one line.
fn plain(text: &str) -> String {
    let line = harmless(text);
    let mut shown = String::with_capacity(line.len());
    // A list, a heading or a quotation begins with these; `1.` is a list too.
    let begins_block = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    for (at, c) in line.char_indices() {
        match c {
            // HTML may stand in Markdown, and a backslash would leave `&amp;` what it is.
            '<' => shown.push_str("&lt;"),
            '&' => shown.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '|' => shown.extend(['\\', c]),
            '#' | '>' | '=' if at == 0 => shown.extend(['\\', c]),
            '+' | '-' | '.' | ')' if at == begins_block && ends_word(&line[at + 1..]) => {
                shown.extend(['\\', c]);
            }
            c => shown.push(c),
        }
    }
    shown
}

/// Nothing or white space stands here.
fn ends_word(rest: &str) -> bool {
    !rest.starts_with(|c: char| !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Options;
    use crate::export::tests::written;
    use pretty_assertions::assert_eq;

    #[test]
    fn words_and_below_them_who_said_them() {
        let text = written(&FORMAT, &Options::default());
        let expected = "## a.txt

> “We are ready, … and ¶ we wait.”

**Maria Lopez (she)**, reportedly told → reporters — direct, hedged, 0.50, `q0000000000000000`

";
        assert_eq!(&text[..expected.len()], expected);
    }

    #[test]
    fn nothing_in_an_article_is_markup() {
        let shown = [
            ("*a* _b_ [c](javascript:d)", "\\*a\\* \\_b\\_ \\[c\\](javascript:d)"),
            ("<script>e</script> `f` &amp;", "&lt;script>e&lt;/script> \\`f\\` &amp;amp;"),
            ("1. one\n> two | ~~three~~", "1\\. one ¶ > two \\| \\~\\~three\\~\\~"),
            ("- one", "\\- one"),
            ("# one", "\\# one"),
            ("22) in all", "22\\) in all"),
            ("3.5 % of it, he-said", "3.5 % of it, he-said"),
        ];
        for (text, expected) in shown {
            assert_eq!(plain(text), expected);
        }
    }
}
