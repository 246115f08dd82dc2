//! The order of the stages: text in, everything that is known about it out.

use crate::attribution::cue::CueGroup;
use crate::attribution::explain::{self, Explanation};
use crate::attribution::propose::{self, Proposals, Rules};
use crate::attribution::scene::{Places, Scene};
use crate::attribution::{Attribution, cue, relate, report};
use crate::document::{Paragraph, paragraph};
use crate::grammar::Grammar;
use crate::lexicon::Lexicon;
use crate::mention::{Mention, chunk};
use crate::quotation::{Quotation, marks};
use crate::span::TokenSpan;
pub use crate::speaker::Resolved;
use crate::speaker::{Document, Resolution, Speaker, resolve};
use crate::token::class::Class;
use crate::token::classify::Classifier;
use crate::token::tally::Tally;
use crate::token::{Sentence, Token, scan, sentence};

/// Everything found in one text; indices in one list point into the others.
#[derive(Clone, Debug)]
pub struct Extraction<'t> {
    /// The text itself.
    pub text: &'t str,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// Its words and marks.
    pub tokens: Vec<Token>,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// What stands between quotation marks.
    pub quotations: Vec<Quotation>,
    /// Who could be a source.
    pub mentions: Vec<Mention>,
    /// Who said what, in the order of the text.
    pub attributions: Vec<Attribution>,
    /// For each attribution why it is as it is; none unless [`Extractor::explain`] was asked.
    pub explanations: Vec<Explanation>,
    /// For each attribution the speaker whom its source means, and the same for its addressee.
    pub resolved: Vec<Resolved>,
    /// Who speaks in this document.
    pub speakers: Vec<Speaker>,
}

/// A text read as far as the question of who said what: words, quotations, mentions and cues.
#[derive(Clone, Debug)]
pub struct Reading<'t> {
    /// The text itself.
    pub text: &'t str,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// Its words and marks.
    pub tokens: Vec<Token>,
    /// The class of each.
    pub classes: Vec<Class>,
    /// How many commas and finite verbs stand in a stretch of them.
    pub tally: Tally,
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// What stands between quotation marks.
    pub quotations: Vec<Quotation>,
    /// Who could be a source.
    pub mentions: Vec<Mention>,
    /// Where the mentions and quotations of each sentence are.
    pub places: Places,
    /// What could report.
    pub cues: Vec<CueGroup>,
    /// What the patterns propose.
    pub proposals: Proposals,
}

impl<'t> Reading<'t> {
    /// Reads a text with the word lists and patterns.
    pub fn new(text: &'t str, extractor: &Extractor) -> Self {
        let lexicon = &extractor.grammar.lexicon;
        let paragraphs = paragraph::paragraphs(text, lexicon);
        let mut tokens = scan::scan(text, &paragraphs, lexicon);
        let quotations = marks::find(text, &paragraphs, &mut tokens, lexicon);
        let mut outer: Vec<TokenSpan> = Vec::with_capacity(quotations.len());
        outer.extend(quotations.iter().filter(|q| q.parent.is_none()).map(|q| q.tokens));
        let sentences = sentence::sentences(text, &tokens, &paragraphs, &outer, lexicon);
        let classes = extractor.classifier.classes(text, &tokens, &sentences, lexicon);
        let mentions = chunk::mentions(text, &tokens, &classes, &sentences, &outer, lexicon);
        let cues = cue::cues(&tokens, &classes, &sentences, &outer, &mentions, &extractor.senses, lexicon);
        let mut reading = Self {
            text,
            paragraphs,
            tokens,
            tally: Tally::new(&classes),
            places: Places::new(&sentences, &quotations, &mentions),
            classes,
            sentences,
            quotations,
            mentions,
            cues,
            proposals: Proposals::default(),
        };
        let idle = report::idle(&reading.scene(extractor), &extractor.grammar.weights);
        reading.cues.iter_mut().zip(idle).for_each(|(cue, (idle, own))| (cue.idle, cue.own) = (idle, own));
        let findings = propose::Findings {
            tokens: &reading.tokens,
            classes: &reading.classes,
            sentences: &reading.sentences,
            quotations: &reading.quotations,
            mentions: &reading.mentions,
        };
        reading.proposals = propose::propose(&extractor.rules, &findings, &mut reading.cues, lexicon);
        reading
    }

    /// The view of it that resolution works on.
    pub fn document<'a>(&'a self, lexicon: &'a Lexicon) -> Document<'a> {
        Document {
            text: self.text,
            paragraphs: &self.paragraphs,
            tokens: &self.tokens,
            classes: &self.classes,
            sentences: &self.sentences,
            quotations: &self.quotations,
            mentions: &self.mentions,
            lexicon,
        }
    }

    /// The view of it that attribution works on.
    pub fn scene<'a>(&'a self, extractor: &'a Extractor) -> Scene<'a> {
        Scene::new(
            self.text,
            &self.paragraphs,
            &self.tokens,
            &self.classes,
            &self.tally,
            &self.sentences,
            &self.quotations,
            &self.mentions,
            &self.cues,
            &extractor.grammar.lexicon,
            &extractor.rules,
            &self.proposals,
            &self.places,
        )
    }
}

/// Reads texts with one grammar; cheap to share between threads.
#[derive(Clone, Debug)]
pub struct Extractor {
    /// The grammar.
    pub grammar: Grammar,
    rules: Rules,
    classifier: Classifier,
    senses: cue::Senses,
}

impl Extractor {
    /// Makes a grammar ready to read texts.
    pub fn new(grammar: Grammar) -> Self {
        let rules = Rules::new(&grammar);
        let classifier = Classifier::new(&grammar.lexicon);
        let senses = cue::Senses::new(&grammar.lexicon);
        Self { grammar, rules, classifier, senses }
    }

    /// Finds who said what in a text. Never fails.
    pub fn extract<'t>(&self, text: &'t str) -> Extraction<'t> {
        let reading = Reading::new(text, self);
        let attributions = relate::relate(&reading.scene(self), &self.grammar.weights);
        self.finish(reading, attributions, Vec::new())
    }

    /// Finds the same as [`Extractor::extract`], and why: slower, for people who ask. Never fails.
    pub fn explain<'t>(&self, text: &'t str) -> Extraction<'t> {
        let reading = Reading::new(text, self);
        let (attributions, explanations) = explain::explain(&reading.scene(self), &self.grammar.weights);
        self.finish(reading, attributions, explanations)
    }

    /// Says whom the sources mean.
    fn finish<'t>(
        &self,
        mut reading: Reading<'t>,
        attributions: Vec<Attribution>,
        explanations: Vec<Explanation>,
    ) -> Extraction<'t> {
        // Nobody asks for these any more, and a long text needs the memory.
        (reading.cues, reading.proposals, reading.tally) = Default::default();
        let document = reading.document(&self.grammar.lexicon);
        let Resolution { speakers, resolved } = resolve::resolve(&document, &attributions);
        let Reading { text, paragraphs, tokens, sentences, quotations, mentions, .. } = reading;
        Extraction {
            text,
            paragraphs,
            tokens,
            sentences,
            quotations,
            mentions,
            attributions,
            explanations,
            resolved,
            speakers,
        }
    }
}
