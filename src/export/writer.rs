//! A format on its way into a file: documents are made ready in any thread and written in their order.

use std::io;

use super::format::{Layout, Out, Sink};
use crate::record::DocumentRecords;

/// Does what can be done for a document before its turn to be written comes; threads may share it.
pub struct Preparer(Option<Box<dyn Layout>>);

/// A document as its writer takes it.
pub struct Part(Prepared);

enum Prepared {
    Bytes(Vec<u8>),
    Document(Box<DocumentRecords>, String),
}

impl Preparer {
    pub(super) fn new(layout: Option<Box<dyn Layout>>) -> Self {
        Self(layout)
    }

    /// Makes one document ready, of which the whole text stands beside.
    pub fn prepare(&self, document: DocumentRecords, text: &str) -> Part {
        let Some(layout) = &self.0 else {
            return Part(Prepared::Document(Box::new(document), text.to_owned()));
        };
        let mut bytes = Vec::new();
        layout.document(&document, text, &mut bytes);
        Part(Prepared::Bytes(bytes))
    }
}

/// A format on its way into a file: `start`, any number of documents, `finish`.
pub struct Writer<'a>(Way<'a>);

enum Way<'a> {
    /// `first` as long as no document is written.
    Stream {
        out: &'a mut Out,
        layout: Box<dyn Layout>,
        first: bool,
    },
    Whole(Box<dyn Sink + 'a>),
}

impl<'a> Writer<'a> {
    pub(super) fn stream(out: &'a mut Out, layout: Box<dyn Layout>) -> Self {
        Self(Way::Stream { out, layout, first: true })
    }

    pub(super) fn whole(sink: Box<dyn Sink + 'a>) -> Self {
        Self(Way::Whole(sink))
    }

    /// Writes what stands before the first document.
    ///
    /// # Errors
    /// The output could not be written; a closed pipe is [`io::ErrorKind::BrokenPipe`].
    pub fn start(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Way::Stream { out, layout, .. } => out.write_all(&layout.opening()),
            Way::Whole(_) => Ok(()),
        }
    }

    /// Goes on with an output that was cut off behind its opening, or behind a document if `any` is written, instead of
    /// [`Writer::start`].
    pub fn go_on(&mut self, any: bool) {
        if let Way::Stream { first, .. } = &mut self.0 {
            *first = !any;
        }
    }

    /// Hands on what is written so far.
    ///
    /// # Errors
    /// The output could not be written.
    pub fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Way::Stream { out, .. } => out.flush(),
            Way::Whole(_) => Ok(()),
        }
    }

    /// Writes the records of one document, of which the whole text stands beside.
    ///
    /// # Errors
    /// The output could not be written.
    pub fn document(&mut self, document: &DocumentRecords, text: &str) -> io::Result<()> {
        match &mut self.0 {
            Way::Stream { out, layout, first } => {
                let mut bytes = Vec::new();
                layout.document(document, text, &mut bytes);
                out.write_all(layout.before(std::mem::take(first)))?;
                out.write_all(&bytes)
            }
            Way::Whole(sink) => sink.document(document, text),
        }
    }

    /// Writes one document that was made ready for this format before, perhaps in another thread.
    ///
    /// # Errors
    /// The output could not be written.
    pub fn part(&mut self, part: &Part) -> io::Result<()> {
        match (&mut self.0, &part.0) {
            (Way::Stream { out, layout, first }, Prepared::Bytes(bytes)) => {
                out.write_all(layout.before(std::mem::take(first)))?;
                out.write_all(bytes)
            }
            (_, Prepared::Document(document, text)) => self.document(document, text),
            (Way::Whole(_), Prepared::Bytes(_)) => Err(io::Error::new(
                io::ErrorKind::InvalidInput,
                "the document was made ready for another format",
            )),
        }
    }

    /// Writes what stands behind the last document, and hands everything on.
    ///
    /// # Errors
    /// The output could not be written.
    pub fn finish(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Way::Stream { out, layout, .. } => {
                out.write_all(layout.closing())?;
                out.flush()
            }
            Way::Whole(sink) => sink.finish(),
        }
    }
}
