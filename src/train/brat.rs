//! Annotated text in brat stand-off: `text/NAME.txt` with `attributions/NAME_ANNOTATOR.ann`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind};
use crate::span::Span;

/// One text with its annotated attributions.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// The name of the text without its ending.
    pub name: String,
    /// The text.
    pub text: String,
    /// What the annotator found in it.
    pub gold: Vec<Gold>,
}

/// One annotated attribution relation, in bytes of its text.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    /// What was said.
    pub content: Vec<Span>,
    /// Who said it; empty where it is implicit.
    pub source: Vec<Span>,
    /// The words that report.
    pub cue: Vec<Span>,
}

/// All annotated texts of a folder, by name. Where several annotators did a text, the first by name counts.
///
/// # Errors
/// A folder or file that cannot be read is named.
pub fn read(folder: &Path) -> Result<Vec<Annotated>, Error> {
    let mut annotations: BTreeMap<String, PathBuf> = BTreeMap::new();
    for path in listed(&folder.join("attributions"))? {
        let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
        if let Some((name, _)) = stem.rsplit_once('_') {
            annotations.entry(name.to_owned()).or_insert(path.clone());
        }
    }
    let mut out = Vec::with_capacity(annotations.len());
    for path in listed(&folder.join("text"))? {
        let name = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default().to_owned();
        if let Some(annotation) = annotations.get(&name) {
            let text = load(&path)?;
            let gold = parse(&text, &load(annotation)?);
            out.push(Annotated { name, text, gold });
        }
    }
    Ok(out)
}

fn listed(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let fail = |source| Error::from(ErrorKind::Io { path: folder.to_owned(), source });
    let mut paths = fs::read_dir(folder)
        .map_err(fail)?
        .map(|e| e.map(|e| e.path()))
        .collect::<Result<Vec<_>, _>>()
        .map_err(fail)?;
    paths.sort();
    Ok(paths)
}

fn load(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|source| ErrorKind::Io { path: path.to_owned(), source }.into())
}

/// The attributions of one annotation file; lines that are neither text-bound nor event are passed over.
fn parse(text: &str, annotation: &str) -> Vec<Gold> {
    let mut bytes: Vec<u32> = text.char_indices().map(|(i, _)| i as u32).collect();
    bytes.push(text.len() as u32);
    let span = |piece: &str| {
        let (start, end) = piece.split_once(' ')?;
        let (start, end) = (start.parse::<usize>().ok()?, end.parse::<usize>().ok()?);
        Some(Span { start: *bytes.get(start)?, end: *bytes.get(end)? })
    };
    let mut bounds: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut out = Vec::new();
    for line in annotation.lines() {
        let mut columns = line.split('\t');
        let (Some(id), Some(middle)) = (columns.next(), columns.next()) else { continue };
        if id.starts_with('T') {
            if let Some((_, offsets)) = middle.split_once(' ') {
                bounds.insert(id, offsets.split(';').filter_map(span).collect());
            }
        } else if id.starts_with('E') {
            let mut gold = Gold::default();
            for role in middle.split(' ') {
                let Some((name, id)) = role.split_once(':') else { continue };
                let Some(spans) = bounds.get(id) else { continue };
                match name.trim_end_matches(|c: char| c.is_ascii_digit()) {
                    "Content" => gold.content.extend(spans),
                    "Source" => gold.source.extend(spans),
                    "Cue" => gold.cue.extend(spans),
                    _ => {}
                }
            }
            if !gold.content.is_empty() {
                gold.content.sort();
                gold.source.sort();
                gold.cue.sort();
                out.push(gold);
            }
        }
    }
    out.sort_by(|a, b| a.content.cmp(&b.content));
    out
}
