//! An extraction into records.

use std::cell::OnceCell;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::withheld::Withheld;
use super::{
    Addressee, Content, Cue, Document, DocumentRecords, Passage, Record, Selection, Setting, Source,
    SpeakerEntry, SpeakerKind, Time, alterations, context, place::Ruler,
};
use crate::attribution::Attribution;
use crate::extract::Extraction;
use crate::lexicon::ByHash;
use crate::span::{Span, TokenSpan};

/// Stands between pieces that are not neighbours in the text.
pub(super) const BETWEEN: &str = " … ";

impl Extraction<'_> {
    /// One record for each attribution, in their order, also those that are left out by default.
    pub fn records(&self, document: &Document<'_>) -> Vec<Record> {
        let ruler = Ruler::new(self.text, document.decoded);
        let all = |_: usize| true;
        let mut builder = Builder::new(self, document, &ruler, Withheld::all(self, document, &ruler, all));
        self.attributions.iter().enumerate().map(|(number, a)| builder.record(number, a.parent)).collect()
    }

    /// The selected records with the speakers that occur in them.
    pub fn document_records(&self, document: &Document<'_>, selection: Selection) -> DocumentRecords {
        let ruler = Ruler::new(self.text, document.decoded);
        let kept = self.kept(selection);
        let withheld = Withheld::all(self, document, &ruler, |number| kept[number]);
        self.kept_records(document, &ruler, &kept, withheld)
    }

    /// The same in less memory: what was found is let go as soon as nobody asks for it.
    pub fn into_document_records(mut self, document: &Document<'_>, selection: Selection) -> DocumentRecords {
        let ruler = Ruler::new(self.text, document.decoded);
        let kept = self.kept(selection);
        let withheld = Withheld::all(&self, document, &ruler, |number| kept[number]);
        self.mentions = Vec::new();
        self.kept_records(document, &ruler, &kept, withheld)
    }

    /// For each attribution whether it is one of those asked for.
    fn kept(&self, selection: Selection) -> Vec<bool> {
        let wanted = |a: &Attribution| selection.wants(a.kind, a.act, !a.quotations.is_empty());
        self.attributions.iter().map(wanted).collect()
    }

    /// The records that are kept; mentions are no longer looked at.
    fn kept_records(
        &self,
        document: &Document<'_>,
        ruler: &Ruler<'_>,
        kept: &[bool],
        withheld: Withheld,
    ) -> DocumentRecords {
        let mut builder = Builder::new(self, document, ruler, withheld);
        let numbers = (0..kept.len()).filter(|&number| kept[number]);
        let mut records = Vec::with_capacity(kept.iter().filter(|kept| **kept).count());
        records.extend(
            numbers.clone().map(|number| builder.record(number, parent_that_stays(self, kept, number))),
        );
        let speakers = voices(self, numbers.zip(&records));
        DocumentRecords {
            document: document.name.to_owned(),
            sha256: document.sha256.to_owned(),
            encoding: document.decoded.encoding.to_owned(),
            metadata: document.metadata.clone(),
            records,
            speakers,
        }
    }
}

/// The nearest attribution around this one that comes out.
fn parent_that_stays(extraction: &Extraction<'_>, kept: &[bool], number: usize) -> Option<u32> {
    // Nobody nests words this deep; the bound keeps a circle, should one arise, from running for ever.
    const DEPTH: usize = 16;
    let parent = |number: usize| extraction.attributions.get(number)?.parent;
    let mut around = std::iter::successors(parent(number), |&n| parent(n as usize)).take(DEPTH);
    around.find(|&n| kept.get(n as usize) == Some(&true))
}

/// Who speaks in these records, each with its number.
fn voices<'r>(
    extraction: &Extraction<'_>,
    records: impl Iterator<Item = (usize, &'r Record)>,
) -> Vec<SpeakerEntry> {
    let mut voices: Vec<SpeakerEntry> = Vec::with_capacity(extraction.speakers.len());
    let mut known = vec![false; extraction.speakers.len()];
    for (number, record) in records {
        if let Some(source) = &record.speaker
            && let Some(id) = &source.id
            && let Some(speaker) = extraction.resolved.get(number).and_then(|r| r.speaker)
            && let Some(known) = known.get_mut(speaker as usize)
            && !std::mem::replace(known, true)
        {
            voices.push(SpeakerEntry {
                id: id.clone(),
                name: source.name.clone(),
                description: source.description.clone(),
                kind: source.kind,
            });
        }
    }
    voices
}

struct Builder<'a> {
    extraction: &'a Extraction<'a>,
    document: &'a Document<'a>,
    name: Arc<str>,
    sha256: Arc<str>,
    ruler: &'a Ruler<'a>,
    ids: Vec<Id>,
    /// The hash of the document, as it is begun for each id.
    of_document: Sha256,
    speaker_ids: Vec<OnceCell<Arc<str>>>,
    /// For each quotation, whether a later one carries it on.
    carried: Vec<bool>,
    withheld: Withheld,
}

impl<'a> Builder<'a> {
    fn new(
        extraction: &'a Extraction<'a>,
        document: &'a Document<'a>,
        ruler: &'a Ruler<'a>,
        withheld: Withheld,
    ) -> Self {
        let mut carried = vec![false; extraction.quotations.len()];
        for earlier in extraction.quotations.iter().filter_map(|q| q.continues) {
            if let Some(carried) = carried.get_mut(earlier as usize) {
                *carried = true;
            }
        }
        let of_document = Sha256::new_with_prefix(document.sha256);
        let ids = ids(extraction, &of_document, ruler);
        Self {
            extraction,
            document,
            name: document.name.into(),
            sha256: document.sha256.into(),
            ruler,
            ids,
            of_document,
            speaker_ids: vec![OnceCell::new(); extraction.speakers.len()],
            carried,
            withheld,
        }
    }

    /// `parent` is the attribution around it that is named.
    fn record(&mut self, number: usize, parent: Option<u32>) -> Record {
        let attribution = &self.extraction.attributions[number];
        let around = context::tokens(self.extraction, attribution);
        let context = context::bytes(self.extraction, around).unwrap_or_default();
        // The sentence may leave out a mark that the content takes in.
        let hull =
            attribution.content.iter().fold(context, |all, &s| if all.is_empty() { s } else { all.join(s) });
        Record {
            id: self.ids[number].text(),
            document: self.name.clone(),
            document_sha256: self.sha256.clone(),
            kind: attribution.kind,
            act: attribution.act,
            content: self.content(&attribution.content),
            quotes: self.quotes(attribution),
            speaker: self.speaker(number, attribution),
            cue: self.cue(attribution),
            addressee: self.addressee(number, attribution).map(Box::new),
            setting: self.setting(attribution).map(Box::new),
            via: attribution.via.and_then(|via| self.passage(via)).map(Box::new),
            hedged: attribution.hedged,
            secondhand: attribution.secondhand,
            negated: attribution.negated,
            anonymity: self.withheld.take(number),
            alterations: alterations::find(self.extraction, self.document, attribution, &self.carried),
            context: self.ruler.passage(hull),
            parent: parent.and_then(|parent| self.ids.get(parent as usize)).map(Id::text),
            rule: Arc::clone(&attribution.rule),
            confidence: (f64::from(attribution.confidence) * 1000.0).round() / 1000.0,
            unattributed: attribution.unattributed,
            time: self.time(&attribution.content),
        }
    }

    fn passage(&self, tokens: TokenSpan) -> Option<Passage> {
        context::bytes(self.extraction, tokens).map(|span| self.ruler.passage(span))
    }

    fn time(&self, pieces: &[Span]) -> Option<Time> {
        let (first, last) = pieces.first().zip(pieces.last())?;
        let time = self.document.decoded.time(first.start as usize, last.end as usize)?;
        let seconds = |milliseconds: u64| milliseconds as f64 / 1000.0;
        Some(Time { start: seconds(time.start), end: seconds(time.end) })
    }

    fn content(&self, pieces: &[Span]) -> Content {
        let text = match pieces {
            [piece] => self.ruler.excerpt(*piece),
            _ => pieces
                .iter()
                .map(|piece| piece.of(self.extraction.text))
                .collect::<Vec<_>>()
                .join(BETWEEN)
                .into(),
        };
        Content { text, spans: pieces.iter().map(|&piece| self.ruler.place(piece)).collect() }
    }

    fn quotes(&self, attribution: &Attribution) -> Vec<Passage> {
        let quotations =
            attribution.quotations.iter().filter_map(|&q| self.extraction.quotations.get(q as usize));
        let mut quotes = Vec::with_capacity(attribution.quotations.len());
        quotes.extend(quotations.map(|quotation| self.ruler.passage(quotation.inner)));
        quotes
    }

    fn speaker(&self, number: usize, attribution: &Attribution) -> Option<Source> {
        let mention = attribution.source.and_then(|source| self.passage(source.tokens));
        let resolved = self.extraction.resolved.get(number).and_then(|r| r.speaker);
        let known = resolved.and_then(|n| self.extraction.speakers.get(n as usize));
        if mention.is_none() && known.is_none() {
            return None;
        }
        let place = mention.as_ref().map(|m| m.place);
        Some(Source {
            text: mention.map(|m| m.text),
            start: place.map(|p| p.start),
            end: place.map(|p| p.end),
            byte_start: place.and_then(|p| p.byte_start),
            byte_end: place.and_then(|p| p.byte_end),
            name: known.and_then(|speaker| speaker.name.clone()),
            description: known.and_then(|speaker| speaker.description.clone()),
            kind: known.map_or(SpeakerKind::Unknown, |speaker| speaker.kind),
            id: resolved.and_then(|n| self.speaker_id(n)),
        })
    }

    fn speaker_id(&self, number: u32) -> Option<Arc<str>> {
        let id = || {
            let mut key = String::with_capacity(24);
            key.push_str(":speaker:");
            key.push_str(itoa::Buffer::new().format(number));
            let digits = hexadecimal(b's', short_hash(&self.of_document, &key));
            str::from_utf8(&digits).expect(HEXADECIMAL).into()
        };
        Some(self.speaker_ids.get(number as usize)?.get_or_init(id).clone())
    }

    fn cue(&self, attribution: &Attribution) -> Option<Cue> {
        let cue = attribution.cue.as_ref()?;
        Some(Cue { passage: self.passage(cue.tokens)?, lemma: cue.lemma.clone(), stance: cue.stance.clone() })
    }

    fn addressee(&self, number: usize, attribution: &Attribution) -> Option<Addressee> {
        let passage = self.passage(attribution.addressee?)?;
        let whom = self.extraction.resolved.get(number).and_then(|r| r.addressee);
        let name = whom.and_then(|n| self.extraction.speakers.get(n as usize)?.name.clone());
        Some(Addressee { passage, name })
    }

    fn setting(&self, attribution: &Attribution) -> Option<Setting> {
        let setting = attribution.setting.as_ref()?;
        Some(Setting { passage: self.passage(setting.tokens)?, kind: setting.kind.clone() })
    }
}

/// The id of a record: a hash of document and content, numbered from 1 where several share their content.
struct Id {
    hash: u64,
    number: u32,
}

impl Id {
    fn text(&self) -> String {
        let id = String::from_utf8(hexadecimal(b'q', self.hash).to_vec()).expect(HEXADECIMAL);
        if self.number == 1 { id } else { format!("{id}-{}", self.number) }
    }
}

/// The id of each attribution.
fn ids(extraction: &Extraction<'_>, of_document: &Sha256, ruler: &Ruler<'_>) -> Vec<Id> {
    let count = extraction.attributions.len();
    let mut seen: ByHash<u32> = ByHash::with_capacity_and_hasher(count, Default::default());
    let mut key = String::with_capacity(64);
    let id = |attribution: &Attribution| {
        key.clear();
        for (start, end) in attribution.content.iter().map(|&piece| ruler.points(piece)) {
            let mut digits = itoa::Buffer::new();
            key.push(':');
            key.push_str(digits.format(start));
            key.push('-');
            key.push_str(digits.format(end));
        }
        let hash = short_hash(of_document, &key);
        let number = seen.entry(hash).or_insert(0);
        *number += 1;
        Id { hash, number: *number }
    };
    extraction.attributions.iter().map(id).collect()
}

/// The beginning of the SHA-256 of a key inside the document, the hash of which is begun.
fn short_hash(of_document: &Sha256, key: &str) -> u64 {
    let digest = of_document.clone().chain_update(key).finalize();
    u64::from_be_bytes(digest[..8].try_into().expect("eight bytes"))
}

const HEXADECIMAL: &str = "a letter and digits";

fn hexadecimal(letter: u8, hash: u64) -> [u8; 17] {
    let mut id = [letter; 17];
    for (digit, nibble) in id[1..].iter_mut().zip((0..16).rev()) {
        *digit = b"0123456789abcdef"[(hash >> (4 * nibble)) as usize & 15];
    }
    id
}
