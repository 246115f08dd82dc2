//! `--save-text`: the texts into which offsets point.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use onrecord::input::Text;

/// A name keeps so many bytes of the document’s, the last ones, which tell most: systems take 255.
const LONGEST: usize = 160;

/// A folder of texts.
#[derive(Clone, Debug)]
pub struct Saved(PathBuf);

impl Saved {
    pub fn open(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder)
            .with_context(|| format!("{}: the folder could not be made", folder.display()))?;
        Ok(Self(folder.to_owned()))
    }

    pub fn keep(&self, text: &Text) -> Result<()> {
        let path = self.0.join(name(&text.name, &text.sha256));
        fs::write(&path, text.decoded.text.as_bytes())
            .with_context(|| format!("{}: the text could not be written", path.display()))
    }
}

/// The document’s name without anything that a file system would not like or that leads elsewhere, and the beginning of
/// its SHA-256, by which a record finds it: `news_pier.html-0123456789ab.txt`.
fn name(document: &str, sha256: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' };
    let stem: String = document.chars().map(safe).collect();
    let mut last = stem.len().saturating_sub(LONGEST)..;
    let from = last.find(|&at| stem.is_char_boundary(at)).unwrap_or_default();
    let stem = &stem[from..];
    // Two names may look alike now; where their bytes are alike too, so are their texts.
    format!("{}-{}.txt", stem.trim_start_matches('.'), &sha256[..12])
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn names_lead_nowhere_else() {
        let sha256 = "0123456789abcdef";
        for (document, expected) in [
            ("news/pier.html", "news_pier.html-0123456789ab.txt"),
            ("../../etc/passwd", "_.._etc_passwd-0123456789ab.txt"),
            ("a.zip/..\\b\0c#1", "a.zip_.._b_c_1-0123456789ab.txt"),
            ("..", "-0123456789ab.txt"),
        ] {
            assert_eq!(name(document, sha256), expected);
        }
        for letter in ["a", "é", "新", "𝔸"] {
            let name = name(&letter.repeat(500), sha256);
            let kept = name.len() - "-0123456789ab.txt".len();
            assert!((LONGEST - 3..=LONGEST).contains(&kept) && name.starts_with(letter), "{name}");
        }
    }
}
