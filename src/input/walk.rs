//! What is inside an input, and inside of what is inside.

use std::io::Read;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::clock::{Clock, Inside};
use super::limits::{Bounded, Budget, bytes};
use super::problem::{Problem, Wrong};
use super::sniff::{self, SAMPLE};
use super::source::Source;
use super::table::Row;
use super::text::{Body, Found, gave_up};
use super::{Format, Options};
use crate::record::Metadata;

/// Whether to go on.
pub type Flow = ControlFlow<()>;

/// What comes up while an input is walked through.
#[derive(Debug)]
pub enum Event {
    /// A document.
    Document(Found),
    /// Something that is left out.
    Problem(Problem),
    /// Something that was guessed.
    Note {
        /// The file.
        document: String,
        /// What was guessed, and how to say otherwise.
        note: String,
    },
}

/// Shows everything inside an input, in its order, until `see` wants no more.
pub fn documents(
    name: &str,
    source: Source<'_>,
    options: &Options,
    see: &mut dyn FnMut(Event) -> Flow,
) -> Flow {
    let unfolded = Budget::new(options.limits.unfolded);
    let clock = Clock::new(options.limits.time);
    let source = source.timed(&clock);
    let mut walk = Walk { options, unfolded, clock, entries: 0, documents: 0, passed_over: 0, see };
    walk.open(&Place { name: name.to_owned(), file: name.to_owned(), ..Place::default() }, source)
}

/// Where in the input something lies.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// As records call it.
    pub(super) name: String,
    /// The name of the file itself, by which its format may be told.
    pub(super) file: String,
    /// Archives around it.
    pub(super) depth: u32,
    /// Other files lie beside it in an archive.
    pub(super) has_neighbours: bool,
    /// What is known from around it.
    pub(super) metadata: Metadata,
    /// Its format and encoding, where something around it tells.
    pub(super) format: Option<Format>,
    pub(super) encoding: Option<String>,
}

impl Place {
    /// An entry of the archive here. Only a name comes of it: nothing is written there.
    pub(super) fn entry(&self, path: &str) -> Self {
        let path = path.trim_start_matches(['/', '\\']);
        Self {
            name: format!("{}/{path}", self.name),
            file: path.to_owned(),
            depth: self.depth + 1,
            has_neighbours: true,
            ..Self::default()
        }
    }

    /// What is compressed here.
    pub(super) fn unfolded(&self) -> Self {
        let (stem, ending) = self.file.rsplit_once('.').unwrap_or((&self.file, ""));
        let tar = ending.len() > 2 && ending.get(..1).is_some_and(|t| t.eq_ignore_ascii_case("t"));
        let file = if tar { format!("{stem}.tar") } else { stem.to_owned() };
        Self { file, depth: self.depth + 1, ..self.clone() }
    }
}

/// A walk through one input.
pub(super) struct Walk<'w> {
    pub(super) options: &'w Options,
    unfolded: Budget,
    clock: Clock,
    entries: u64,
    /// How many came up so far.
    documents: u64,
    /// Data sets without texts so far.
    passed_over: u64,
    see: &'w mut dyn FnMut(Event) -> Flow,
}

impl Walk<'_> {
    /// Shows what is inside, or what is wrong with it.
    pub(super) fn open(&mut self, place: &Place, source: Source<'_>) -> Flow {
        // Readers of other people’s formats meet everything; what breaks one of them costs this file only.
        let look = || self.look_into(place, source);
        let looked = catch_unwind(AssertUnwindSafe(look))
            .unwrap_or_else(|why| Err(Wrong::broken("this file", gave_up(why.as_ref()))));
        match looked {
            Ok(flow) => flow,
            Err(wrong) if wrong.is_textless && self.may_pass_over(place) => {
                self.passed_over += 1;
                self.note(place, format!("it is passed over: {wrong}"))
            }
            Err(wrong) => self.problem(place, wrong),
        }
    }

    /// What has no texts may be about something that lies beside it, unless somebody says otherwise.
    fn may_pass_over(&self, place: &Place) -> bool {
        let told = self.options.format.is_some() || self.options.text_column.is_some();
        (place.has_neighbours || self.options.beside_articles) && !told
    }

    pub(super) fn problem(&mut self, place: &Place, wrong: Wrong) -> Flow {
        self.show(Event::Problem(wrong.of(&place.name)))
    }

    pub(super) fn note(&mut self, place: &Place, note: String) -> Flow {
        self.show(Event::Note { document: place.name.clone(), note })
    }

    pub(super) fn document(&mut self, found: Found) -> Flow {
        self.documents += 1;
        self.show(Event::Document(found))
    }

    fn show(&mut self, event: Event) -> Flow {
        let flow = (self.see)(event);
        self.clock.restart();
        flow
    }

    /// A row of the data set here.
    pub(super) fn row(&mut self, place: &Place, number: u64, row: Row) -> Flow {
        let id = row.id.unwrap_or_else(|| number.to_string());
        let name = format!("{}#{id}", place.name);
        if row.text.len() as u64 > self.options.limits.document() {
            return self.show(Event::Problem(self.options.limits.too_large().of(&name)));
        }
        self.document(Found {
            name,
            format: Format::Text,
            body: Body::Text(row.text),
            metadata: row.metadata,
        })
    }

    /// Counts an entry of an archive.
    pub(super) fn count_entry(&mut self) -> Result<(), Wrong> {
        self.clock.restart();
        self.entries += 1;
        if self.entries > self.options.limits.entries {
            return Err(Wrong::new(
                format!("it holds more than {} entries", self.options.limits.entries),
                "if you trust it, raise --max-entries",
            ));
        }
        Ok(())
    }

    /// A file of an archive is read if its ending is known, as those of a folder are; or all of them if somebody says what
    /// they are.
    #[cfg(any(feature = "read-zip", feature = "read-tar"))]
    pub(super) fn wants(&self, place: &Place) -> bool {
        self.options.format.is_some() || Format::of_name(&place.file).is_some()
    }

    /// All files of an archive, shown one by one by `each`, which says whether it read any.
    #[cfg(any(feature = "read-zip", feature = "read-tar"))]
    pub(super) fn archive(
        &mut self,
        each: impl FnOnce(&mut Self, &mut bool) -> Result<Flow, Wrong>,
    ) -> Result<Flow, Wrong> {
        let (documents, passed_over) = (self.documents, self.passed_over);
        let mut read = false;
        let flow = each(self, &mut read)?;
        if flow.is_continue() && !read {
            return Err(Wrong::new(
                "this archive holds no file whose ending is known",
                "say what its files are with --input-format, or unpack it and name them",
            ));
        }
        if flow.is_continue() && self.documents == documents && self.passed_over > passed_over {
            return Err(Wrong::new(
                "this archive holds only data sets without a column of texts",
                "say which column it is with --text-column",
            ));
        }
        Ok(flow)
    }

    /// Counts what comes out of an archive or a compressed file.
    pub(super) fn bounded<R: Read>(&self, reader: R) -> Bounded<Inside<R>> {
        let most = bytes(self.options.limits.unfolded);
        let exceeded =
            Wrong::new(format!("it unfolds to more than {most}"), "if you trust it, raise --max-unfolded");
        self.unfolded.reader(self.timed(reader), exceeded)
    }

    /// What takes no longer than the time that is left.
    pub(super) fn timed<R>(&self, reader: R) -> Inside<R> {
        self.clock.inside(reader)
    }

    fn look_into(&mut self, place: &Place, source: Source<'_>) -> Result<Flow, Wrong> {
        let (head, source) = source.peek(SAMPLE)?;
        let format = self.format(place, &head);
        if let Some(feature) = format.feature().filter(|_| !format.is_built_in()) {
            return Err(Wrong::new(
                format!("this is {}, which this build of onrecord cannot read", format.about()),
                format!(
                    "build it with `--features {feature}` (or `--features full`, which reads everything)"
                ),
            ));
        }
        if format.holds() == super::format::Holds::Files && place.depth >= self.options.limits.depth {
            return Err(Wrong::new(
                format!("archives lie in archives more than {} deep", self.options.limits.depth),
                "if you trust it, raise --max-depth",
            ));
        }
        match format {
            #[cfg(any(
                feature = "read-gzip",
                feature = "read-zstd",
                feature = "read-bzip2",
                feature = "read-xz"
            ))]
            Format::Gzip | Format::Zstd | Format::Bzip2 | Format::Xz => {
                super::compress::unfold(self, place, format, source)
            }
            #[cfg(feature = "read-zip")]
            Format::Zip => super::zip::entries(self, place, source),
            #[cfg(feature = "read-tar")]
            Format::Tar => super::tar::entries(self, place, source),
            #[cfg(feature = "read-warc")]
            Format::Warc => super::warc::records(self, place, source),
            #[cfg(feature = "read-email")]
            Format::Email => super::email::letters(self, place, source),
            #[cfg(feature = "read-email")]
            Format::Mbox => super::mbox::messages(self, place, source),
            #[cfg(feature = "read-json")]
            Format::JsonLines => super::json::lines(self, place, source),
            #[cfg(feature = "read-json")]
            Format::Json => super::json::whole(self, place, source),
            #[cfg(feature = "read-csv")]
            Format::Csv | Format::Tsv => super::separated::rows(self, place, format, &head, source),
            #[cfg(feature = "read-xlsx")]
            Format::Xlsx => super::xlsx::rows(self, place, source),
            #[cfg(feature = "read-parquet")]
            Format::Parquet => super::parquet::rows(self, place, source),
            _ => {
                let bytes = source.whole(&self.options.limits)?;
                Ok(self.document(Found {
                    name: place.name.clone(),
                    format,
                    body: Body::File { bytes, encoding: place.encoding.clone() },
                    metadata: place.metadata.clone(),
                }))
            }
        }
    }

    /// What somebody said it is, unless it is an archive of what was meant.
    fn format(&self, place: &Place, head: &[u8]) -> Format {
        let told = place.format.unwrap_or_else(|| sniff::format(head, &place.file));
        let wraps = |format: Format| format.holds() == super::format::Holds::Files;
        match self.options.format {
            Some(wanted) if wraps(wanted) && place.depth > 0 => told,
            Some(wanted) if wraps(wanted) || !wraps(told) => wanted,
            _ => told,
        }
    }
}
