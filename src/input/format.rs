//! Which formats there are: one list, with what tells them apart and what they need.

/// A format of an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text in any encoding.
    Text,
    /// A web page.
    Html,
    /// A web page saved with its pictures.
    Mhtml,
    /// A document of Microsoft Word since 2007.
    Docx,
    /// A document of LibreOffice Writer.
    Odt,
    /// Rich text.
    Rtf,
    /// A page description.
    Pdf,
    /// A book.
    Epub,
    /// A letter as mail programs save it.
    Email,
    /// Letters one behind the other, as mail programs keep them.
    Mbox,
    /// Subtitles, SRT or WebVTT.
    Subtitles,
    /// One JSON object a line.
    JsonLines,
    /// A JSON array of objects, or one object.
    Json,
    /// Cells with commas, semicolons or bars between them.
    Csv,
    /// Cells with tabs between them.
    Tsv,
    /// A workbook of Microsoft Excel since 2007.
    Xlsx,
    /// A table by columns.
    Parquet,
    /// A compressed file.
    Gzip,
    /// A compressed file.
    Zstd,
    /// A compressed file.
    Bzip2,
    /// A compressed file.
    Xz,
    /// An archive.
    Zip,
    /// An archive.
    Tar,
    /// What a crawler fetched.
    Warc,
}

/// What an input of a format holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// One text.
    Text,
    /// Letters: what was written, and what it replies to.
    Letters,
    /// A row or an object for each text.
    Rows,
    /// Other files.
    Files,
}

/// What is known of a format.
struct Known {
    format: Format,
    name: &'static str,
    about: &'static str,
    endings: &'static [&'static str],
    holds: Holds,
    /// The cargo feature it needs, and whether this build has it.
    feature: Option<(&'static str, bool)>,
}

macro_rules! needs {
    ($feature:literal) => {
        Some(($feature, cfg!(feature = $feature)))
    };
}

/// In the order in which help lists them.
#[rustfmt::skip]
const KNOWN: [Known; 24] = [
    Known { format: Format::Text, name: "text", about: "plain text", endings: &["txt", "text", "md", "markdown"], holds: Holds::Text, feature: None },
    Known { format: Format::Html, name: "html", about: "a web page", endings: &["html", "htm", "xhtml"], holds: Holds::Text, feature: needs!("read-html") },
    Known { format: Format::Mhtml, name: "mhtml", about: "a web page with its pictures", endings: &["mhtml", "mht"], holds: Holds::Text, feature: needs!("read-mhtml") },
    Known { format: Format::Docx, name: "docx", about: "a Word document", endings: &["docx"], holds: Holds::Text, feature: needs!("read-docx") },
    Known { format: Format::Odt, name: "odt", about: "an OpenDocument text", endings: &["odt"], holds: Holds::Text, feature: needs!("read-odt") },
    Known { format: Format::Rtf, name: "rtf", about: "a rich text document", endings: &["rtf"], holds: Holds::Text, feature: needs!("read-rtf") },
    Known { format: Format::Pdf, name: "pdf", about: "a PDF document", endings: &["pdf"], holds: Holds::Text, feature: needs!("read-pdf") },
    Known { format: Format::Epub, name: "epub", about: "an EPUB book", endings: &["epub"], holds: Holds::Text, feature: needs!("read-epub") },
    Known { format: Format::Email, name: "email", about: "a letter (EML)", endings: &["eml"], holds: Holds::Letters, feature: needs!("read-email") },
    Known { format: Format::Mbox, name: "mbox", about: "a mailbox (mbox)", endings: &["mbox"], holds: Holds::Letters, feature: needs!("read-email") },
    Known { format: Format::Subtitles, name: "subtitles", about: "subtitles (SRT, WebVTT)", endings: &["srt", "vtt"], holds: Holds::Text, feature: needs!("read-subtitles") },
    Known { format: Format::JsonLines, name: "jsonl", about: "JSON Lines", endings: &["jsonl", "ndjson"], holds: Holds::Rows, feature: needs!("read-json") },
    Known { format: Format::Json, name: "json", about: "JSON", endings: &["json"], holds: Holds::Rows, feature: needs!("read-json") },
    Known { format: Format::Csv, name: "csv", about: "a CSV table", endings: &["csv"], holds: Holds::Rows, feature: needs!("read-csv") },
    Known { format: Format::Tsv, name: "tsv", about: "a table with tabs", endings: &["tsv", "tab"], holds: Holds::Rows, feature: needs!("read-csv") },
    Known { format: Format::Xlsx, name: "xlsx", about: "an Excel workbook", endings: &["xlsx", "xlsm"], holds: Holds::Rows, feature: needs!("read-xlsx") },
    Known { format: Format::Parquet, name: "parquet", about: "a Parquet table", endings: &["parquet"], holds: Holds::Rows, feature: needs!("read-parquet") },
    Known { format: Format::Gzip, name: "gzip", about: "a file compressed with gzip", endings: &["gz"], holds: Holds::Files, feature: needs!("read-gzip") },
    Known { format: Format::Zstd, name: "zstd", about: "a file compressed with Zstandard", endings: &["zst"], holds: Holds::Files, feature: needs!("read-zstd") },
    Known { format: Format::Bzip2, name: "bzip2", about: "a file compressed with bzip2", endings: &["bz2"], holds: Holds::Files, feature: needs!("read-bzip2") },
    Known { format: Format::Xz, name: "xz", about: "a file compressed with xz", endings: &["xz"], holds: Holds::Files, feature: needs!("read-xz") },
    Known { format: Format::Zip, name: "zip", about: "a ZIP archive", endings: &["zip"], holds: Holds::Files, feature: needs!("read-zip") },
    Known { format: Format::Tar, name: "tar", about: "a tar archive", endings: &["tar"], holds: Holds::Files, feature: needs!("read-tar") },
    Known { format: Format::Warc, name: "warc", about: "a web archive (WARC)", endings: &["warc"], holds: Holds::Files, feature: needs!("read-warc") },
];

/// Endings of two formats at once.
const DOUBLE: [(&str, Format); 4] =
    [("tgz", Format::Gzip), ("tzst", Format::Zstd), ("tbz2", Format::Bzip2), ("txz", Format::Xz)];

impl Format {
    /// All formats, in the order in which help lists them.
    pub fn all() -> impl Iterator<Item = Self> {
        KNOWN.iter().map(|known| known.format)
    }

    fn known(self) -> &'static Known {
        &KNOWN[self as usize]
    }

    /// As the command line writes it.
    pub fn name(self) -> &'static str {
        self.known().name
    }

    /// What an input of it is, in a few words.
    pub fn about(self) -> &'static str {
        self.known().about
    }

    /// The format that the command line writes like this.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|format| format.name() == name)
    }

    /// How names of its files end, without the stop.
    pub fn endings(self) -> &'static [&'static str] {
        self.known().endings
    }

    /// The cargo feature that a build needs to read it; `None` for what every build reads.
    pub fn feature(self) -> Option<&'static str> {
        self.known().feature.map(|(name, _)| name)
    }

    /// This build can read it.
    pub fn is_built_in(self) -> bool {
        self.known().feature.is_none_or(|(_, there)| there)
    }

    /// The format that the ending of a name stands for.
    ///
    /// ```
    /// use onrecord::input::Format;
    /// assert_eq!(Format::of_name("news/Story.HTM"), Some(Format::Html));
    /// assert_eq!(Format::of_name("README"), None);
    /// ```
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        let is = |known: &&str| ending.eq_ignore_ascii_case(known);
        let double = || DOUBLE.into_iter().find(|(known, _)| is(known)).map(|(_, format)| format);
        Self::all().find(|format| format.endings().iter().any(is)).or_else(double)
    }

    /// An input of it has a row or an object for each text.
    pub fn is_data_set(self) -> bool {
        self.holds() == Holds::Rows
    }

    pub(super) fn holds(self) -> Holds {
        self.known().holds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_the_order_of_the_formats() {
        for format in Format::all() {
            assert_eq!(format.known().format, format);
            assert_eq!(Format::named(format.name()), Some(format));
            for ending in format.endings() {
                assert_eq!(Format::of_name(&format!("a.b.{ending}")), Some(format), "{ending}");
            }
        }
        assert_eq!(Format::of_name("archive.TGZ"), Some(Format::Gzip));
        assert_eq!(Format::of_name("gz"), None);
    }
}
