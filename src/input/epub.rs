//! Books: all chapters in the order of reading.

use super::Options;
use super::html;
use super::parts::Parts;
use super::problem::Wrong;
use super::text::Taken;
use super::xml::{Part, each, fields};
use crate::document::decode::decode_labelled;
use crate::record::Metadata;

/// The text of a book, and what it says of itself.
pub(super) fn read(bytes: &[u8], options: &Options) -> Result<Taken, Wrong> {
    let mut parts = Parts::open(bytes, "this book", &options.limits)?;
    let contents = contents(&parts.part("META-INF/container.xml")?)?;
    let folder = contents.rsplit_once('/').map_or("", |(folder, _)| folder);
    let package = parts.part(&contents)?;
    let [title, byline, date, site] = fields(&package, ["title", "creator", "date", "publisher"])?;
    let locked =
        parts.maybe("META-INF/encryption.xml")?.map_or_else(|| Ok(Vec::new()), |list| locked(&list))?;
    let mut chapters = Vec::new();
    for chapter in spine(&package)? {
        let chapter = path(folder, &chapter);
        if locked.contains(&chapter) {
            return Err(Wrong::new(
                "it is locked with copy protection (DRM)",
                "ask its publisher for a copy without",
            ));
        }
        let chapter = parts.part(&chapter)?;
        let page =
            decode_labelled(&chapter, Some("utf-8")).map_err(|no| Wrong::broken("this book", no.what()))?;
        chapters.push(html::whole_text(&page.text)?);
    }
    chapters.retain(|chapter| !chapter.is_empty());
    let metadata = Metadata { title, byline, date, site, ..Metadata::default() };
    Ok(Taken { metadata, ..Taken::text(chapters.join("\n\n")) })
}

/// What can be read only with a key: mostly nothing but fonts.
fn locked(list: &[u8]) -> Result<Vec<String>, Wrong> {
    let mut files = Vec::new();
    each(list, |part| {
        if let Part::Open("CipherReference", attributes) = part {
            files.extend(value(&attributes, "URI").map(|file| path("", &file)));
        }
    })?;
    Ok(files)
}

/// Where the table of contents stands.
fn contents(container: &[u8]) -> Result<String, Wrong> {
    let mut found = None;
    each(container, |part| {
        if let Part::Open("rootfile", attributes) = part {
            found = found.take().or_else(|| value(&attributes, "full-path"));
        }
    })?;
    found.ok_or_else(|| Wrong::broken("this book", "it names no contents"))
}

/// The paths of the chapters in the order of reading.
fn spine(package: &[u8]) -> Result<Vec<String>, Wrong> {
    let (mut files, mut order) = (Vec::new(), Vec::new());
    each(package, |part| match part {
        Part::Open("item", attributes) => {
            // The list of chapters is none of them.
            let listed = value(&attributes, "properties").is_some_and(|p| p.split(' ').any(|p| p == "nav"));
            let file = value(&attributes, "id").zip(value(&attributes, "href"));
            files.extend(file.filter(|_| !listed));
        }
        Part::Open("itemref", attributes) => order.extend(value(&attributes, "idref")),
        _ => {}
    })?;
    let file = |id: String| files.iter().find(|(known, _)| *known == id).map(|(_, file)| file.clone());
    Ok(order.into_iter().filter_map(file).collect())
}

fn value(attributes: &[(String, String)], name: &str) -> Option<String> {
    attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
}

/// A path from a folder, as it stands in the archive.
fn path(folder: &str, file: &str) -> String {
    let mut pieces: Vec<&str> = folder.split('/').filter(|piece| !piece.is_empty()).collect();
    for piece in file.split('#').next().unwrap_or_default().split('/') {
        match piece {
            ".." => _ = pieces.pop(),
            "" | "." => {}
            piece => pieces.push(piece),
        }
    }
    pieces.join("/").replace("%20", " ")
}
