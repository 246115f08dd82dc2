//! All that is known of a text when the question is who said what, with quick look-up by token and sentence.

use super::cue::CueGroup;
use super::propose::{Proposal, Proposals, Rules};
use crate::document::Paragraph;
use crate::evidence::{Name, Value};
use crate::lexicon::{Entry, Lexicon};
use crate::mention::{Mention, MentionKind};
use crate::quotation::Quotation;
use crate::span::TokenSpan;
use crate::token::class::Class;
use crate::token::tally::Tally;
use crate::token::{Sentence, Token};

/// No index.
pub const NONE: u32 = u32::MAX;

/// One text with everything found in it so far.
pub struct Scene<'a> {
    /// The text itself.
    pub text: &'a str,
    /// Its paragraphs.
    pub paragraphs: &'a [Paragraph],
    /// Its tokens.
    pub tokens: &'a [Token],
    /// Their classes.
    pub classes: &'a [Class],
    /// How many commas and finite verbs stand in a stretch of them.
    pub tally: &'a Tally,
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// Its quotations.
    pub quotations: &'a [Quotation],
    /// The outermost of them, as indices.
    pub outer: &'a [u32],
    /// Its mentions.
    pub mentions: &'a [Mention],
    /// Its cues.
    pub cues: &'a [CueGroup],
    /// The word lists.
    pub lexicon: &'a Lexicon,
    /// The patterns.
    pub rules: &'a Rules,
    /// What they propose.
    pub proposals: &'a Proposals,
    /// Single marks are those in which people speak here, as in British papers: no outermost quotation has double ones,
    /// and some ends with a comma or stop of its own.
    pub british: bool,
    /// Where those of each sentence are.
    places: &'a Places,
    /// For each sentence where its cues begin; one more at the end.
    cue_starts: Vec<u32>,
}

/// Where the mentions and quotations of each sentence are, found once for all views of a text.
#[derive(Clone, Debug)]
pub struct Places {
    /// The outermost quotations, as indices.
    outer: Vec<u32>,
    /// For each sentence where its mentions begin; one more at the end.
    mention_starts: Vec<u32>,
    /// For each sentence the first outermost quotation that ends after its start, as an index into `outer`; one more at the
    /// end.
    outer_starts: Vec<u32>,
}

impl Places {
    /// Looks once through a text.
    pub fn new(sentences: &[Sentence], quotations: &[Quotation], mentions: &[Mention]) -> Self {
        let outermost = quotations.iter().zip(0..).filter(|(quotation, _)| quotation.parent.is_none());
        let outer: Vec<u32> = outermost.map(|(_, number)| number).collect();
        let mut outer_starts = Vec::with_capacity(sentences.len() + 1);
        let mut next = 0;
        for sentence in sentences {
            while next < outer.len() && quotations[outer[next] as usize].tokens.end <= sentence.tokens.start {
                next += 1;
            }
            outer_starts.push(next as u32);
        }
        outer_starts.push(outer.len() as u32);
        let mention_starts = starts(sentences.len(), mentions.iter().map(|m| m.sentence));
        Self { outer, mention_starts, outer_starts }
    }
}

impl<'a> Scene<'a> {
    /// Puts the look-up tables together.
    #[expect(clippy::too_many_arguments, reason = "one for each stage before")]
    pub fn new(
        text: &'a str,
        paragraphs: &'a [Paragraph],
        tokens: &'a [Token],
        classes: &'a [Class],
        tally: &'a Tally,
        sentences: &'a [Sentence],
        quotations: &'a [Quotation],
        mentions: &'a [Mention],
        cues: &'a [CueGroup],
        lexicon: &'a Lexicon,
        rules: &'a Rules,
        proposals: &'a Proposals,
        places: &'a Places,
    ) -> Self {
        let cue_starts = starts(sentences.len(), cues.iter().map(|c| c.sentence));
        let outer = || places.outer.iter().map(|&q| &quotations[q as usize]);
        let closes = |quotation: &Quotation| {
            let last = (quotation.tokens.end as usize).saturating_sub(2);
            matches!(classes[last], Class::Comma | Class::Stop)
        };
        let british = outer().all(|quotation| quotation.single(text)) && outer().any(closes);
        Self {
            text,
            paragraphs,
            tokens,
            classes,
            tally,
            sentences,
            quotations,
            outer: &places.outer,
            mentions,
            cues,
            lexicon,
            rules,
            proposals,
            british,
            places,
            cue_starts,
        }
    }

    /// The mentions of a sentence, as indices.
    pub fn mentions_in(&self, sentence: usize) -> std::ops::Range<usize> {
        self.places.mention_starts[sentence] as usize..self.places.mention_starts[sentence + 1] as usize
    }

    /// The first mention of a sentence that begins with the token.
    pub fn mention_at(&self, sentence: u32, token: u32) -> Option<&'a Mention> {
        let here = &self.mentions[self.mentions_in(sentence as usize)];
        here[here.partition_point(|m| m.base.start < token)..].first().filter(|m| m.base.start == token)
    }

    /// The cues of a sentence whose heads stand at the token or behind it.
    pub fn cues_from(&self, sentence: u32, token: u32) -> &'a [CueGroup] {
        let here = &self.cues[self.cues_in(sentence as usize)];
        &here[here.partition_point(|c| c.head < token)..]
    }

    /// The cues of a sentence, as indices.
    pub fn cues_in(&self, sentence: usize) -> std::ops::Range<usize> {
        self.cue_starts[sentence] as usize..self.cue_starts[sentence + 1] as usize
    }

    /// The outermost quotations of a sentence, as indices into `outer`.
    pub fn outer_in(&self, sentence: usize) -> std::ops::Range<usize> {
        let from = self.places.outer_starts[sentence] as usize;
        let end = self.sentences[sentence].tokens.end;
        let count = self.outer[from..]
            .iter()
            .take_while(|&&q| self.quotations[q as usize].tokens.start < end)
            .count();
        from..from + count
    }

    /// The token stands in a headline or section head.
    pub fn heading(&self, token: u32) -> bool {
        let paragraph = self.sentences[self.sentence_of(token)].paragraph;
        self.paragraphs[paragraph as usize].kind == crate::document::ParagraphKind::Heading
    }

    /// Proposals without a cue whose content touches the span.
    pub fn cueless(&self, span: TokenSpan) -> &'a [Proposal] {
        let all = self.proposals.cueless();
        let from = all.partition_point(|p| p.content.start < span.start);
        let from = from.saturating_sub(
            all[..from].iter().rev().take(4).take_while(|p| p.content.end >= span.start).count(),
        );
        let count = all[from..].iter().take_while(|p| p.content.start <= span.start).count();
        &all[from..from + count]
    }

    /// The sentence in which a token stands.
    pub fn sentence_of(&self, token: u32) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= token)
    }

    /// What the lists say of a token.
    pub fn entry(&self, token: usize) -> &'a Entry {
        self.lexicon.entry(self.tokens[token].word)
    }

    /// The words of a span of tokens.
    pub fn words(&self, span: TokenSpan) -> &'a str {
        if span.is_empty() {
            return "";
        }
        &self.text[self.tokens[span.start as usize].span.start as usize
            ..self.tokens[span.end as usize - 1].span.end as usize]
    }

    /// A token as a feature value: words by themselves, capitalised ones no list has by their class.
    #[inline]
    pub fn word(&self, token: usize) -> Value<'a> {
        word(self.text, &self.tokens[token], self.classes[token])
    }

    /// The words of a sentence.
    #[inline]
    pub fn line(&self, sentence: usize) -> Line<'a> {
        let range = self.sentences[sentence].tokens.range();
        Line {
            text: self.text,
            start: range.start as i64,
            tokens: &self.tokens[range.clone()],
            classes: &self.classes[range],
        }
    }

    /// What a mention is, as a feature value.
    pub fn mention_type(&self, mention: &Mention) -> Name {
        use crate::lexicon::{bits, list};
        use crate::v;
        let head = self.entry(mention.head as usize);
        match mention.kind {
            MentionKind::Pronoun if head.is(list::IT) => v!("it"),
            MentionKind::Pronoun if head.is(list::PERSONAL_SUBJECTS) => v!("pronoun"),
            MentionKind::Pronoun if head.is(list::PERSONAL_OBJECTS) => v!("objpron"),
            MentionKind::Pronoun => v!("indefinite"),
            MentionKind::Relative => v!("relative"),
            MentionKind::Quantified => v!("quantified"),
            MentionKind::Handle => v!("handle"),
            MentionKind::Name => {
                if head.is_any(bits(&[list::ORGANISATIONS, list::OUTLET_WORDS])) {
                    v!("orgname")
                } else if head.is(list::PLACES) {
                    v!("place")
                } else if head.is(list::OUTLETS) {
                    v!("outlet")
                } else if mention.name.len() >= 2 {
                    v!("fullname")
                } else {
                    v!("name")
                }
            }
            MentionKind::Nominal => {
                if head.is_any(bits(&[list::ROLES, list::TITLES])) && !mention.plural {
                    v!("role")
                } else if head.is_any(bits(&[list::ROLES, list::GROUPS])) {
                    v!("group")
                } else if head.is(list::DOCUMENTS) {
                    v!("document")
                } else if head.is_any(bits(&[list::ORGANISATIONS, list::OUTLET_WORDS])) {
                    v!("org")
                } else if mention.plural {
                    v!("things")
                } else {
                    v!("thing")
                }
            }
        }
    }
}

/// For each sentence where its items begin, and one more at the end; `of` gives the sentence of each, in order.
fn starts(sentences: usize, of: impl ExactSizeIterator<Item = u32>) -> Vec<u32> {
    let mut table = Vec::with_capacity(sentences + 1);
    let count = of.len() as u32;
    for (i, sentence) in of.enumerate() {
        while table.len() <= sentence as usize {
            table.push(i as u32);
        }
    }
    table.resize(sentences + 1, count);
    table
}

/// The words of one sentence as feature values; whatever stands outside is its edge.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    text: &'a str,
    /// Its first token.
    start: i64,
    tokens: &'a [Token],
    classes: &'a [Class],
}

impl<'a> Line<'a> {
    /// The word at a token of the text.
    #[inline]
    pub fn word(&self, token: i64) -> Value<'a> {
        // Before the first token the difference is greater than any length.
        let at = (token - self.start) as usize;
        match (self.tokens.get(at), self.classes.get(at)) {
            (Some(token), Some(&class)) => word(self.text, token, class),
            _ => crate::v!("edge").into(),
        }
    }

    /// The class of a token of the text.
    #[inline]
    pub fn class(&self, token: i64) -> Name {
        let at = (token - self.start) as usize;
        self.classes.get(at).map_or(crate::v!("edge"), |&class| class_value(class))
    }
}

#[inline]
fn word<'a>(text: &'a str, token: &Token, class: Class) -> Value<'a> {
    match class {
        Class::Capital | Class::Number | Class::Handle | Class::Time => class_value(class).into(),
        _ => Value::within(text, token.span, token.hash),
    }
}

/// A class as a feature value.
#[inline]
pub fn class_value(class: Class) -> Name {
    const VALUES: [Name; Class::ALL.len()] = {
        let mut values = [Name::of("-"); Class::ALL.len()];
        let mut i = 0;
        while i < values.len() {
            values[i] = Name::of(Class::ALL[i].name());
            i += 1;
        }
        values
    };
    VALUES[class as usize]
}

/// The classes between two tokens, when there are few; else how far it is.
pub fn signature(classes: &[Class]) -> [Name; 4] {
    use crate::v;
    let mut out = [v!("-"); 4];
    match classes.len() {
        0 => out[0] = v!("tight"),
        1..=4 => {
            for (slot, class) in out.iter_mut().zip(classes) {
                *slot = class_value(*class);
            }
        }
        5..=8 => out[0] = v!("short"),
        9..=16 => out[0] = v!("long"),
        _ => out[0] = v!("far"),
    }
    out
}
