//! Records of extractions that are built by hand.

use std::sync::LazyLock;

use pretty_assertions::assert_eq;
use proptest::prelude::*;
use smallvec::smallvec;

use super::*;
use crate::attribution::{self, Attribution};
use crate::document::decode::decode;
use crate::document::{Paragraph, ParagraphKind};
use crate::extract::{Extraction, Resolved};
use crate::lexicon::{Draft, Gender};
use crate::mention::{Mention, MentionKind, Other};
use crate::quotation::Quotation;
use crate::span::{Span, TokenSpan};
use crate::speaker::Speaker;
use crate::token::{Kind as TokenKind, Sentence, scan::scan};

/// English with lists that these tests can rely on.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let lists = [
        ("alterations.csv", "entry,kind\nsic,sic\nemphasis added,emphasis\n"),
        ("anonymity.txt", "on condition of anonymity\nnot authorised to speak\n"),
        ("indefinites.txt", "a\n"),
        ("reasons.txt", "because\n"),
        ("roles.csv", "entry,plural,gender,kind\nminister,ministers,,office\n"),
    ];
    Draft::with(&lists).unwrap().finish()
});

/// One text with the parts of its attributions, named by their words.
struct Case<'t> {
    found: Extraction<'t>,
}

impl<'t> Case<'t> {
    fn new(text: &'t str) -> Self {
        let paragraphs = vec![Paragraph { span: Span::new(0, text.len()), kind: ParagraphKind::Body }];
        let tokens = scan(text, &paragraphs, &LEXICON);
        let mut sentences = Vec::new();
        let mut start = 0;
        let stop = |at: usize| tokens.get(at).is_some_and(|t| t.kind == TokenKind::Stop);
        let closes = |at: usize| tokens.get(at).is_some_and(|t| t.span.of(text) == "”");
        let ends = |end: &usize| match *end {
            end if end == tokens.len() => true,
            end if closes(end - 1) => end > 1 && stop(end - 2),
            end => stop(end - 1) && !closes(end),
        };
        for end in (1..=tokens.len()).filter(ends) {
            sentences.push(Sentence { tokens: TokenSpan::new(start, end), paragraph: 0 });
            start = end;
        }
        let found = Extraction {
            explanations: Vec::new(),
            text,
            paragraphs,
            tokens,
            sentences,
            quotations: Vec::new(),
            mentions: Vec::new(),
            attributions: Vec::new(),
            resolved: Vec::new(),
            speakers: Vec::new(),
        };
        Self { found }
    }

    fn span(&self, part: &str) -> Span {
        let start = self.found.text.find(part).unwrap_or_else(|| panic!("{part} is not in the text"));
        Span::new(start, start + part.len())
    }

    fn tokens(&self, part: &str) -> TokenSpan {
        self.tokens_of(self.span(part))
    }

    fn tokens_of(&self, span: Span) -> TokenSpan {
        let tokens = &self.found.tokens;
        let start = tokens.partition_point(|t| t.span.end <= span.start);
        TokenSpan::new(start, tokens.partition_point(|t| t.span.start < span.end).max(start))
    }

    /// An attribution of these pieces, each a quotation if it begins with a mark.
    fn say(&mut self, pieces: &[&str]) -> &mut Attribution {
        let content: Vec<Span> = pieces.iter().map(|piece| self.span(piece)).collect();
        let spans = content.iter().filter(|s| s.of(self.found.text).starts_with('“')).copied();
        let quotations: Vec<u32> =
            spans.collect::<Vec<_>>().into_iter().map(|span| self.quote(span)).collect();
        let kind = if quotations.is_empty() { Kind::Indirect } else { Kind::Direct };
        self.found.resolved.push(Resolved::default());
        self.found.attributions.push(Attribution {
            content: content.into(),
            quotations: quotations.into(),
            kind,
            act: Act::Speech,
            cue: None,
            source: None,
            addressee: None,
            setting: None,
            via: None,
            hedged: false,
            secondhand: false,
            negated: false,
            parent: None,
            rule: "after/inverted".into(),
            confidence: 0.912_345,
            unattributed: None,
        });
        self.found.attributions.last_mut().unwrap()
    }

    fn quote(&mut self, span: Span) -> u32 {
        let closed = span.of(self.found.text).ends_with('”');
        let end = span.end as usize - if closed { '”'.len_utf8() } else { 0 };
        let inner = Span::new((span.start as usize + '“'.len_utf8()).min(end), end);
        self.found.quotations.push(Quotation {
            span,
            inner,
            tokens: self.tokens_of(span),
            paragraph: 0,
            parent: None,
            opened: true,
            closed,
            continues: None,
        });
        self.found.quotations.len() as u32 - 1
    }

    /// The source and cue of the last attribution.
    fn by(&mut self, source: &str, cue: &str, kind: SpeakerKind) {
        let (tokens, cue) = (self.tokens(source), self.tokens(cue));
        let named = matches!(kind, SpeakerKind::Person | SpeakerKind::Organization);
        self.found.mentions.push(Mention {
            base: tokens,
            full: tokens,
            head: tokens.end - 1,
            kind: if named { MentionKind::Name } else { MentionKind::Nominal },
            name: TokenSpan::default(),
            apposition: Other::NONE,
            gender: Gender::Unknown,
            plural: false,
            sentence: 0,
            quoted: false,
        });
        self.found.speakers.push(Speaker {
            name: named.then(|| "Maria Lopez".into()),
            description: None,
            kind,
        });
        let mention = Some(self.found.mentions.len() as u32 - 1);
        self.found.resolved.last_mut().unwrap().speaker = Some(self.found.speakers.len() as u32 - 1);
        let last = self.found.attributions.last_mut().unwrap();
        last.source = Some(attribution::Source { mention, tokens });
        last.cue = Some(attribution::Cue {
            tokens: cue,
            head: cue.start,
            lemma: "say".into(),
            stance: "neutral".into(),
        });
    }

    fn records(&self) -> Vec<Record> {
        self.selected(Selection::ALL).records
    }

    fn selected(&self, selection: Selection) -> DocumentRecords {
        let decoded = decode(self.found.text.as_bytes()).unwrap();
        let document = Document {
            name: "a.txt",
            sha256: "5ha",
            decoded: &decoded,
            metadata: &Metadata::default(),
            lexicon: &LEXICON,
        };
        self.found.document_records(&document, selection)
    }
}

#[test]
fn the_keys_stand_in_the_order_of_the_contract() {
    let mut case = Case::new("“Go,” she said.");
    case.say(&["“Go,”"]);
    case.by("she", "said", SpeakerKind::Person);
    let json = serde_json::to_string(&case.records()[0]).unwrap();
    let keys = [
        "id",
        "document",
        "document_sha256",
        "kind",
        "act",
        "content",
        "quotes",
        "speaker",
        "cue",
        "addressee",
        "setting",
        "via",
        "hedged",
        "secondhand",
        "negated",
        "anonymity",
        "alterations",
        "context",
        "parent",
        "rule",
        "confidence",
        "unattributed",
    ];
    let mut last = 0;
    for key in keys {
        let at = json[last..]
            .find(&format!("\"{key}\":"))
            .unwrap_or_else(|| panic!("{key} comes too early or never"));
        last += at;
    }
    assert!(json.contains(
        r#""speaker":{"text":"she","start":6,"end":9,"byte_start":10,"byte_end":13,"name":"Maria Lopez","#
    ));
    assert!(json.contains(r#""confidence":0.912,"unattributed":null,"time":null}"#));
}

#[test]
fn interrupted_words_are_one_content_in_pieces() {
    let mut case = Case::new("It rained. “The pier,” she said, “is closed.” It was noon.");
    case.say(&["“The pier,”", "“is closed.”"]);
    case.by("she", "said", SpeakerKind::Person);
    let record = &case.records()[0];
    assert_eq!(record.content.text, "“The pier,” … “is closed.”");
    assert_eq!(record.quote(), "The pier, … is closed.");
    let spans: Vec<_> =
        record.content.spans.iter().map(|p| (p.start, p.end, p.byte_start, p.byte_end)).collect();
    assert_eq!(spans, [(11, 22, Some(11), Some(26)), (33, 45, Some(37), Some(53))]);
    assert_eq!(record.context.text, "“The pier,” she said, “is closed.”");
}

#[test]
fn the_id_depends_on_document_and_content_alone() {
    let (mut bare, mut full) = (Case::new("“Go,” she said."), Case::new("“Go,” she said."));
    bare.say(&["“Go,”"]);
    full.say(&["“Go,”"]);
    full.by("she", "said", SpeakerKind::Person);
    full.say(&["“Go,”"]);
    let (bare, full) = (bare.records(), full.records());
    assert_eq!(bare[0].id, full[0].id);
    assert_eq!((bare[0].id.len(), &bare[0].id[..1]), (17, "q"));
    assert_eq!(full[1].id, format!("{}-2", bare[0].id));
}

#[test]
fn the_context_reaches_to_the_source() {
    let mut case = Case::new("Nobody came. Lopez spoke. It was noon. “Go.” So it ended.");
    case.say(&["“Go.”"]);
    case.by("Lopez", "spoke", SpeakerKind::Person);
    assert_eq!(case.records()[0].context.text, "Lopez spoke. It was noon. “Go.”");
}

#[test]
fn the_context_leaves_a_far_source_out() {
    let text = format!("Lopez spoke. {}“Go.”", "It was noon. ".repeat(40));
    let mut case = Case::new(&text);
    case.say(&["“Go.”"]);
    case.by("Lopez", "spoke", SpeakerKind::Person);
    assert_eq!(case.records()[0].context.text, "“Go.”");
}

fn anonymity(text: &str, source: &str, kind: SpeakerKind) -> Option<(Class, Option<String>, Option<String>)> {
    let mut case = Case::new(text);
    case.say(&["“Go,”"]);
    case.by(source, "said", kind);
    let shown = |words: Option<Excerpt>| words.map(|words| words.to_string());
    case.records().remove(0).anonymity.map(|a| (a.class, shown(a.condition), shown(a.reason)))
}

#[test]
fn a_missing_name_comes_with_its_condition_and_reason() {
    let text = "“Go,” said a clerk, who spoke on condition of anonymity because the talks are private.";
    let because = Some("because the talks are private".to_owned());
    let condition = Some("on condition of anonymity".to_owned());
    assert_eq!(
        anonymity(text, "a clerk", SpeakerKind::Unnamed),
        Some((Class::Individual, condition.clone(), because))
    );
    let text = "A clerk, speaking on condition of anonymity, said “Go,” and left.";
    assert_eq!(anonymity(text, "A clerk", SpeakerKind::Unnamed), Some((Class::Individual, condition, None)));
    let text = "A clerk, unnamed because he was not authorised to speak to the press, said “Go,” and left.";
    let because = Some("because he was not authorised to speak to the press".to_owned());
    assert_eq!(anonymity(text, "A clerk", SpeakerKind::Unnamed), Some((Class::Individual, None, because)));
}

#[test]
fn sources_without_a_name_have_a_class() {
    let class = |text, source, kind| anonymity(text, source, kind).map(|found| found.0);
    assert_eq!(class("“Go,” the minister said.", "the minister", SpeakerKind::Unnamed), Some(Class::Role));
    assert_eq!(class("“Go,” a minister said.", "a minister", SpeakerKind::Unnamed), Some(Class::Individual));
    assert_eq!(class("“Go,” the woman said.", "the woman", SpeakerKind::Unnamed), Some(Class::Individual));
    assert_eq!(class("“Go,” residents said.", "residents", SpeakerKind::Group), Some(Class::Group));
    assert_eq!(class("“Go,” the memo said.", "the memo", SpeakerKind::Document), Some(Class::Document));
    assert_eq!(class("“Go,” Maria Lopez said.", "Maria Lopez", SpeakerKind::Person), None);
}

fn alterations(text: &str, content: &str, kind: Kind) -> Vec<&'static str> {
    let mut case = Case::new(text);
    case.say(&[content]).kind = kind;
    case.records()[0].alterations.iter().map(|a| a.name()).collect()
}

#[test]
fn changes_to_the_words_are_told() {
    let direct = |text| alterations(text, text, Kind::Direct);
    assert_eq!(direct("“It [the pier] was closed that very day.”"), ["bracket"]);
    assert_eq!(direct("“It was […] closed on that very day.”"), ["ellipsis"]);
    assert_eq!(direct("“It was … closed on that very day.”"), ["ellipsis"]);
    assert_eq!(direct("“It were [sic] closed on that very day.”"), ["sic"]);
    assert_eq!(direct("“It was (nearly) closed on that day.”"), [""; 0]);
    assert_eq!(direct("“It was closed on that very day."), ["unclosed"]);
    let added = "“It was closed on that very day” (emphasis added).";
    assert_eq!(alterations(added, "“It was closed on that very day”", Kind::Direct), ["emphasis"]);
}

#[test]
fn a_fragment_is_partial_and_a_short_utterance_is_not() {
    assert_eq!(alterations("“very loud”", "“very loud”", Kind::Direct), ["partial"]);
    assert_eq!(alterations("“Very loud indeed”", "“Very loud indeed”", Kind::Mixed), ["partial"]);
    assert_eq!(alterations("“Go away.”", "“Go away.”", Kind::Direct), [""; 0]);
    assert_eq!(alterations("“very loud all night”", "“very loud all night”", Kind::Mixed), [""; 0]);
}

#[test]
fn a_quotation_that_is_carried_on_is_closed() {
    let mut case = Case::new("“It was closed that day. “It was open the next day.”");
    case.say(&["“It was closed that day.", "“It was open the next day.”"]);
    assert_eq!(case.records()[0].alterations, [Alteration::Unclosed]);
    case.found.quotations[1].continues = Some(0);
    assert_eq!(case.records()[0].alterations, []);
}

#[test]
fn only_speech_and_quoted_words_come_out_by_default() {
    let mut case =
        Case::new("She hopes it opens. He fears “a long winter”. A “smart” boat. She said it opens soon.");
    case.say(&["it opens"]).act = Act::Attitude;
    case.say(&["“a long winter”"]).act = Act::Attitude;
    case.say(&["“smart”"]).kind = Kind::Term;
    case.say(&["it opens soon"]);
    let count = |terms, attitudes| case.selected(Selection { terms, attitudes }).records.len();
    assert_eq!(
        [count(false, false), count(true, false), count(false, true), count(true, true)],
        [2, 3, 3, 4]
    );
}

#[test]
fn the_parent_is_the_nearest_record_that_comes_out() {
    let mut case = Case::new("He said she hopes they think it opens.");
    case.say(&["she hopes they think it opens"]);
    case.say(&["they think it opens"]).act = Act::Attitude;
    case.found.attributions[1].parent = Some(0);
    case.say(&["it opens"]).parent = Some(1);
    let parent = |records: &[Record], n: usize| records[n].parent.clone();
    let all = case.records();
    assert_eq!((parent(&all, 0), parent(&all, 2)), (None, Some(all[1].id.clone())));
    let some = case.selected(Selection::default()).records;
    assert_eq!((some.len(), parent(&some, 1)), (2, Some(all[0].id.clone())));
}

#[test]
fn speakers_are_listed_once_and_only_where_they_speak() {
    let mut case = Case::new("“Go,” she said. “Stay,” she said.");
    case.say(&["“Go,”"]);
    case.by("she", "said", SpeakerKind::Person);
    case.say(&["“Stay,”"]);
    case.by("she", "said", SpeakerKind::Person);
    case.found.resolved[1].speaker = Some(0);
    let whole = case.selected(Selection::default());
    assert_eq!(whole.speakers.len(), 1);
    assert_eq!(Some(&whole.speakers[0].id), whole.records[1].speaker.as_ref().unwrap().id.as_ref());
}

proptest! {
    #[test]
    fn every_span_is_exactly_its_text(text in "[a-zé“”🐟 .\\[\\]…\n]{0,300}", cuts in prop::collection::vec(0..300_usize, 2..12)) {
        let mut case = Case::new(&text);
        let boundaries: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        for cut in cuts.windows(2) {
            let at = |n: usize| boundaries[cut[n] % boundaries.len()];
            let span = Span::new(at(0).min(at(1)), at(0).max(at(1)));
            case.say(&[]).content = smallvec![span];
            let number = case.quote(span);
            case.found.quotations[number as usize].inner = span;
            case.found.attributions.last_mut().unwrap().quotations = smallvec![number];
        }
        let points: Vec<char> = text.chars().collect();
        for record in case.records() {
            let passages = record.quotes.iter().chain([&record.context]);
            let content = Passage { text: record.content.text.clone(), place: record.content.spans[0] };
            for passage in passages.chain([&content]) {
                let (start, end) = (passage.place.start as usize, passage.place.end as usize);
                prop_assert_eq!(points[start..end].iter().collect::<String>(), passage.text.to_string());
                prop_assert_eq!(&text[passage.place.byte_start.unwrap() as usize..passage.place.byte_end.unwrap() as usize], &*passage.text);
            }
        }
    }
}
