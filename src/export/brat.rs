//! brat: stand-off annotation, a text and an `.ann` file for each document, as annotators and trainers know it.
//!
//! Content, source, cue and the rest are text-bound, in pieces where they are interrupted or run over a line.
//! Relations join each to the content it belongs to; what else a record says is an attribute or a note.

use std::collections::HashSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::columns::name;
use super::marks::{Role, marks};
use super::text::one_line;
use super::{Format, Options, Shape, Sink};
use crate::record::DocumentRecords;

pub(super) const FORMAT: Format = Format {
    name: "brat",
    about: "brat stand-off: a folder with an .ann and a .txt file for each text, or one .ann file with its text",
    endings: &["ann"],
    shape: Shape::Place(|options, path| Ok(Box::new(Brat::open(options, path)?))),
};

/// What brat must know of the annotations to show and edit them.
const CONFIGURATION: &str = "\
[entities]
Content
Source
Cue
Addressee
Setting
Via

[relations]
Says\tArg1:Source, Arg2:Content
Reports\tArg1:Cue, Arg2:Content
Hears\tArg1:Addressee, Arg2:Content
Frames\tArg1:Setting, Arg2:Content
Passes\tArg1:Via, Arg2:Content

[events]

[attributes]
Kind\tArg:Content, Value:direct|mixed|indirect|term
Hedged\tArg:Content
SecondHand\tArg:Content
Negated\tArg:Content
";

struct Brat {
    target: Target,
    /// Names that are taken.
    names: HashSet<String>,
}

enum Target {
    Folder(PathBuf),
    /// A single file, which holds one document.
    File(PathBuf),
}

impl Brat {
    fn open(_options: &Options, path: &Path) -> io::Result<Self> {
        let names = HashSet::new();
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ann")) && !path.is_dir() {
            return Ok(Self { target: Target::File(path.to_owned()), names });
        }
        fs::create_dir_all(path)?;
        fs::write(path.join("annotation.conf"), CONFIGURATION)?;
        Ok(Self { target: Target::Folder(path.to_owned()), names })
    }

    /// The file for the next document, without its ending.
    fn next(&mut self, document: &str) -> io::Result<PathBuf> {
        match &self.target {
            Target::Folder(folder) => Ok(folder.join(unique(&stem(document), &mut self.names))),
            Target::File(path) if self.names.insert(String::new()) => Ok(path.with_extension("")),
            Target::File(_) => {
                let reason =
                    "an .ann file holds one text; name a folder, as in --format brat --output annotations/";
                Err(io::Error::new(io::ErrorKind::InvalidInput, reason))
            }
        }
    }
}

impl Sink for Brat {
    fn document(&mut self, document: &DocumentRecords, text: &str) -> io::Result<()> {
        let path = self.next(&document.document)?.into_os_string();
        let ending = |ending: &str| {
            let mut path = path.clone();
            path.push(ending);
            path
        };
        fs::write(ending(".txt"), text)?;
        fs::write(ending(".ann"), standoff(document, text))
    }

    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The path of a document as the name of a file, without the ending.
fn stem(document: &str) -> String {
    let path = document.trim_start_matches("./");
    let whole = path
        .rsplit_once('.')
        .map_or(path, |(stem, ending)| if ending.contains(['/', '#']) { path } else { stem });
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' };
    let stem: String = whole.chars().map(plain).collect();
    // A name that begins with a stop is hidden, and `..` leads elsewhere.
    let stem = stem.trim_start_matches(['.', '_']);
    // Systems take 255 bytes, and a character has up to four.
    let stem: String = stem.chars().take(48).collect();
    if stem.is_empty() { "text".to_owned() } else { stem }
}

fn unique(stem: &str, taken: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|n| format!("{stem}-{n}"));
    let mut names = std::iter::once(stem.to_owned()).chain(numbered);
    // Some file systems do not tell capitals from small letters.
    names.find(|name| taken.insert(name.to_lowercase())).unwrap_or_default()
}

fn standoff(document: &DocumentRecords, text: &str) -> String {
    let points: Vec<char> = text.chars().collect();
    let (mut bound, mut relations, mut attributes, mut notes) = (0, 0, 0, 0);
    let mut out = String::new();
    for record in &document.records {
        let mut content = None;
        for mark in marks(record) {
            let pieces: Vec<(usize, usize)> =
                mark.spans.iter().flat_map(|span| in_lines(&points, *span)).collect();
            if pieces.is_empty() {
                continue;
            }
            bound += 1;
            let spans: Vec<String> = pieces.iter().map(|(start, end)| format!("{start} {end}")).collect();
            let words: Vec<String> =
                pieces.iter().map(|&(start, end)| points[start..end].iter().collect()).collect();
            let _ = writeln!(out, "T{bound}\t{} {}\t{}", mark.role.name(), spans.join(";"), words.join(" "));
            let relation = match mark.role {
                Role::Content => {
                    content = Some(bound);
                    continue;
                }
                Role::Source => "Says",
                Role::Cue => "Reports",
                Role::Addressee => "Hears",
                Role::Setting => "Frames",
                Role::Via => "Passes",
            };
            if let Some(content) = content {
                relations += 1;
                let _ = writeln!(out, "R{relations}\t{relation} Arg1:T{bound} Arg2:T{content}");
            }
        }
        let Some(content) = content else { continue };
        let flags =
            [(record.hedged, "Hedged"), (record.secondhand, "SecondHand"), (record.negated, "Negated")];
        let flags = flags.into_iter().filter(|(set, _)| *set).map(|(_, flag)| format!("{flag} T{content}"));
        for attribute in std::iter::once(format!("Kind T{content} {}", name(record.kind))).chain(flags) {
            attributes += 1;
            let _ = writeln!(out, "A{attributes}\t{attribute}");
        }
        notes += 1;
        let speaker = record.speaker.as_ref().and_then(|speaker| speaker.name.as_deref()).map(one_line);
        let speaker = speaker.map_or_else(String::new, |speaker| format!(", {}", speaker.replace('\t', " ")));
        let _ = writeln!(
            out,
            "#{notes}\tAnnotatorNotes T{content}\t{}, {}, {:.3}{speaker}",
            record.id, record.rule, record.confidence
        );
    }
    out
}

/// brat shows line by line and has tabs between its columns, so an annotation that runs over either is in pieces; white
/// space at their ends is none.
fn in_lines(points: &[char], (start, end): (usize, usize)) -> Vec<(usize, usize)> {
    let end = end.min(points.len());
    let mut pieces = Vec::new();
    let mut at = start.min(end);
    for line in points[at..end].split(|c| matches!(c, '\n' | '\r' | '\t')) {
        let before = line.iter().take_while(|c| c.is_whitespace()).count();
        let behind = line.iter().rev().take_while(|c| c.is_whitespace()).count();
        if before < line.len() {
            pieces.push((at + before, at + line.len() - behind));
        }
        at += line.len() + 1;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tests::{article, documents};
    use pretty_assertions::assert_eq;

    fn write(path: &Path, documents: &[(DocumentRecords, &str)]) -> io::Result<()> {
        let mut writer = FORMAT.writer_at(path, &Options::default())?;
        for (document, text) in documents {
            writer.document(document, text)?;
        }
        writer.finish()
    }

    #[test]
    fn every_line_points_at_its_words() {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), &[article(), article()]).unwrap();
        let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        let (text, annotations) = (read("fixtures_ferry-pier.txt"), read("fixtures_ferry-pier.ann"));
        assert_eq!(text, article().1);
        assert_eq!(annotations, read("fixtures_ferry-pier-2.ann"));
        let points: Vec<char> = text.chars().collect();
        for line in annotations.lines().filter(|line| line.starts_with('T')) {
            let [_, place, words] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let pieces = place.split_once(' ').unwrap().1.split(';').map(|piece| {
                let (start, end) = piece.split_once(' ').unwrap();
                points[start.parse().unwrap()..end.parse().unwrap()].iter().collect::<String>()
            });
            assert_eq!(pieces.collect::<Vec<_>>().join(" "), words);
        }
        assert!(annotations.contains("Says Arg1:T2 Arg2:T1\n"), "{annotations}");
        assert!(annotations.contains(";"), "an interrupted quotation is in pieces");
        let roles = [Role::Content, Role::Source, Role::Cue, Role::Addressee, Role::Setting, Role::Via];
        assert!(roles.iter().all(|role| CONFIGURATION.contains(&format!("\n{}\n", role.name()))));
    }

    #[test]
    fn one_file_holds_one_text() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.b.ann");
        let error = write(&path, &[article(), article()]).unwrap_err();
        assert!(error.to_string().contains("name a folder"));
        assert!(path.exists() && folder.path().join("a.b.txt").exists());
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        let names =
            ["../../etc/passwd", "/a/b.c.txt", "..", "", "news/.txt", "a\\b\0c.md", "x.d/y", "n.jsonl#7"];
        assert_eq!(
            names.map(stem),
            ["etc_passwd", "a_b.c", "text", "text", "news_", "a_b_c", "x.d_y", "n.jsonl_7"]
        );
        let mut taken = HashSet::new();
        assert_eq!(["A", "a", "a-2"].map(|name| unique(name, &mut taken)), ["A", "a-2", "a-2-2"]);
    }

    #[test]
    fn annotations_do_not_run_over_lines() {
        let points: Vec<char> = "a b \n\n c\td".chars().collect();
        assert_eq!(in_lines(&points, (0, 99)), [(0, 3), (7, 8), (9, 10)]);
        let mut document = documents().remove(0);
        document.records[0].rule = "r".into();
        assert!(standoff(&document, "").is_empty());
    }
}
