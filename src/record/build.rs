//! An extraction into records.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::{
    Addressee, Anonymity, Content, Cue, Document, DocumentRecords, Passage, Record, Selection, Setting,
    Source, SpeakerEntry, SpeakerKind, alterations, context, place::Ruler,
};
use crate::attribution::Attribution;
use crate::extract::Extraction;
use crate::span::{Span, TokenSpan};
use crate::speaker::anonymity;

/// Stands between pieces that are not neighbours in the text.
pub(super) const BETWEEN: &str = " … ";

impl Extraction<'_> {
    /// One record for each attribution, in their order, also those that are left out by default.
    pub fn records(&self, document: &Document<'_>) -> Vec<Record> {
        let builder = Builder::new(self, document);
        (0..self.attributions.len()).map(|number| builder.record(number)).collect()
    }

    /// The selected records with the speakers that occur in them.
    pub fn document_records(&self, document: &Document<'_>, selection: Selection) -> DocumentRecords {
        let mut records = self.records(document);
        let above = parents_that_stay(self, &records, selection);
        for (record, above) in records.iter_mut().zip(above) {
            record.parent = above;
        }
        records.retain(|record| selection.keeps(record));
        DocumentRecords {
            document: document.name.to_owned(),
            sha256: document.sha256.to_owned(),
            encoding: document.decoded.encoding.to_owned(),
            speakers: voices(&records),
            records,
        }
    }
}

/// For each record the nearest record around it that comes out.
fn parents_that_stay(
    extraction: &Extraction<'_>,
    records: &[Record],
    selection: Selection,
) -> Vec<Option<String>> {
    // Nobody nests words this deep; the bound keeps a circle, should one arise, from running for ever.
    const DEPTH: usize = 16;
    let parent = |number: usize| extraction.attributions.get(number)?.parent.map(|p| p as usize);
    let around = |number: usize| std::iter::successors(parent(number), |&n| parent(n)).take(DEPTH);
    (0..records.len())
        .map(|number| {
            let mut kept = around(number).filter_map(|n| records.get(n)).filter(|r| selection.keeps(r));
            kept.next().map(|record| record.id.clone())
        })
        .collect()
}

fn voices(records: &[Record]) -> Vec<SpeakerEntry> {
    let mut voices: Vec<SpeakerEntry> = Vec::new();
    let mut known = HashMap::new();
    for source in records.iter().filter_map(|r| r.speaker.as_ref()) {
        if let Some(id) = source.id.as_ref().filter(|id| known.insert((*id).clone(), ()).is_none()) {
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
    ruler: Ruler<'a>,
    ids: Vec<String>,
    /// For each quotation, whether a later one carries it on.
    carried: Vec<bool>,
}

impl<'a> Builder<'a> {
    fn new(extraction: &'a Extraction<'a>, document: &'a Document<'a>) -> Self {
        let ruler = Ruler::new(extraction.text, document.decoded);
        let mut carried = vec![false; extraction.quotations.len()];
        for earlier in extraction.quotations.iter().filter_map(|q| q.continues) {
            if let Some(carried) = carried.get_mut(earlier as usize) {
                *carried = true;
            }
        }
        let ids = ids(extraction, document, &ruler);
        Self { extraction, document, ruler, ids, carried }
    }

    fn record(&self, number: usize) -> Record {
        let attribution = &self.extraction.attributions[number];
        let around = context::tokens(self.extraction, attribution);
        let context = context::bytes(self.extraction, around).unwrap_or_default();
        // The sentence may leave out a mark that the content takes in.
        let hull =
            attribution.content.iter().fold(context, |all, &s| if all.is_empty() { s } else { all.join(s) });
        Record {
            id: self.ids[number].clone(),
            document: self.document.name.to_owned(),
            document_sha256: self.document.sha256.to_owned(),
            kind: attribution.kind,
            act: attribution.act,
            content: self.content(&attribution.content),
            quotes: self.quotes(attribution),
            speaker: self.speaker(number, attribution),
            cue: self.cue(attribution),
            addressee: self.addressee(number, attribution),
            setting: self.setting(attribution),
            via: attribution.via.and_then(|via| self.passage(via)),
            hedged: attribution.hedged,
            secondhand: attribution.secondhand,
            negated: attribution.negated,
            anonymity: self.anonymity(number, attribution, around),
            alterations: alterations::find(self.extraction, self.document, attribution, &self.carried),
            context: self.ruler.passage(hull),
            parent: attribution.parent.and_then(|parent| self.ids.get(parent as usize).cloned()),
            rule: attribution.rule.clone(),
            confidence: (f64::from(attribution.confidence) * 1000.0).round() / 1000.0,
            unattributed: attribution.unattributed,
        }
    }

    fn passage(&self, tokens: TokenSpan) -> Option<Passage> {
        context::bytes(self.extraction, tokens).map(|span| self.ruler.passage(span))
    }

    fn content(&self, pieces: &[Span]) -> Content {
        let texts: Vec<&str> = pieces.iter().map(|piece| piece.of(self.extraction.text)).collect();
        Content {
            text: texts.join(BETWEEN),
            spans: pieces.iter().map(|&piece| self.ruler.place(piece)).collect(),
        }
    }

    fn quotes(&self, attribution: &Attribution) -> Vec<Passage> {
        let quotations =
            attribution.quotations.iter().filter_map(|&q| self.extraction.quotations.get(q as usize));
        quotations.map(|quotation| self.ruler.passage(quotation.inner)).collect()
    }

    fn speaker(&self, number: usize, attribution: &Attribution) -> Option<Source> {
        let passage = self.passage(attribution.source?.tokens)?;
        let resolved = self.extraction.resolved.get(number).and_then(|r| r.speaker);
        let known =
            resolved.and_then(|n| self.extraction.speakers.get(n as usize).map(|speaker| (n, speaker)));
        Some(match known {
            Some((n, speaker)) => Source {
                passage,
                name: speaker.name.clone(),
                description: speaker.description.clone(),
                kind: speaker.kind,
                id: Some(short_hash('s', &format!("{}:speaker:{n}", self.document.sha256))),
            },
            None => Source { passage, name: None, description: None, kind: SpeakerKind::Unknown, id: None },
        })
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
        let (tokens, kind) = attribution.setting.as_ref()?;
        Some(Setting { passage: self.passage(*tokens)?, kind: kind.clone() })
    }

    fn anonymity(&self, number: usize, attribution: &Attribution, around: TokenSpan) -> Option<Anonymity> {
        let extraction = self.extraction;
        let source = attribution.source?;
        let speaker = extraction.resolved.get(number)?.speaker?;
        let kind = extraction.speakers.get(speaker as usize)?.kind;
        let mention = source.mention.and_then(|m| extraction.mentions.get(m as usize));
        let reader = anonymity::Reader { tokens: &extraction.tokens, lexicon: self.document.lexicon };
        let class = reader.class(kind, mention, source.tokens)?;
        let words =
            |tokens: TokenSpan| context::bytes(extraction, tokens).map(|s| s.of(extraction.text).to_owned());
        let said = reader.condition(source.tokens, around, &self.taken(attribution));
        Some(Anonymity {
            class,
            condition: said.condition.and_then(words),
            reason: said.reason.and_then(words),
        })
    }

    /// What of the sentence is content or cue, and so can be no part of the reason for a missing name.
    fn taken(&self, attribution: &Attribution) -> Vec<TokenSpan> {
        let tokens = &self.extraction.tokens;
        let content = attribution.content.iter().map(|piece| {
            let start = tokens.partition_point(|t| t.span.end <= piece.start);
            let end = tokens.partition_point(|t| t.span.start < piece.end);
            TokenSpan::new(start, end.max(start))
        });
        content.chain(attribution.cue.iter().map(|cue| cue.tokens)).collect()
    }
}

/// The id of each attribution: a hash of document and content, numbered where two share their content.
fn ids(extraction: &Extraction<'_>, document: &Document<'_>, ruler: &Ruler<'_>) -> Vec<String> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let id = |attribution: &Attribution| {
        let mut key = document.sha256.to_owned();
        for place in attribution.content.iter().map(|&piece| ruler.place(piece)) {
            key += &format!(":{}-{}", place.start, place.end);
        }
        let id = short_hash('q', &key);
        let count = seen.entry(id.clone()).or_insert(0);
        *count += 1;
        if *count == 1 { id } else { format!("{id}-{count}") }
    };
    extraction.attributions.iter().map(id).collect()
}

fn short_hash(letter: char, key: &str) -> String {
    let digest = Sha256::digest(key.as_bytes());
    let hex: String = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{letter}{hex}")
}
