//! The order of the stages: text in, everything that is known about it out.

use crate::attribution::cue::CueGroup;
use crate::attribution::scene::Scene;
use crate::attribution::weigh::Weights;
use crate::attribution::{Attribution, cue, relate};
use crate::document::{Paragraph, paragraph};
use crate::lexicon::Lexicon;
use crate::mention::{Mention, chunk};
use crate::quotation::{Quotation, marks};
use crate::span::TokenSpan;
use crate::speaker::Speaker;
use crate::token::class::{Class, classes};
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
    /// For each attribution the speaker whom its source means, and the same for its addressee.
    pub resolved: Vec<Resolved>,
    /// Who speaks in this document.
    pub speakers: Vec<Speaker>,
}

/// Whom the mentions of one attribution mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resolved {
    /// Index into the document's speakers.
    pub speaker: Option<u32>,
    /// Index into the document's speakers.
    pub addressee: Option<u32>,
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
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// What stands between quotation marks.
    pub quotations: Vec<Quotation>,
    /// Who could be a source.
    pub mentions: Vec<Mention>,
    /// What could report.
    pub cues: Vec<CueGroup>,
}

impl<'t> Reading<'t> {
    /// Reads a text with the word lists.
    pub fn new(text: &'t str, lexicon: &Lexicon) -> Self {
        let paragraphs = paragraph::paragraphs(text, lexicon);
        let mut tokens = scan::scan(text, &paragraphs, lexicon);
        let quotations = marks::find(text, &paragraphs, &mut tokens, lexicon);
        let outer: Vec<TokenSpan> = quotations.iter().filter(|q| q.parent.is_none()).map(|q| q.tokens).collect();
        let sentences = sentence::sentences(text, &tokens, &paragraphs, &outer, lexicon);
        let classes = classes(text, &tokens, &sentences, lexicon);
        let mentions = chunk::mentions(text, &tokens, &classes, &sentences, &outer, lexicon);
        let cues = cue::cues(&tokens, &classes, &sentences, &outer, lexicon);
        Self { text, paragraphs, tokens, classes, sentences, quotations, mentions, cues }
    }

    /// The view of it that attribution works on.
    pub fn scene<'a>(&'a self, lexicon: &'a Lexicon) -> Scene<'a> {
        Scene::new(
            self.text,
            &self.paragraphs,
            &self.tokens,
            &self.classes,
            &self.sentences,
            &self.quotations,
            &self.mentions,
            &self.cues,
            lexicon,
        )
    }
}

/// Reads texts with one grammar; cheap to share between threads.
#[derive(Debug)]
pub struct Extractor {
    /// The word lists.
    pub lexicon: Lexicon,
    /// The weights.
    pub weights: Weights,
}

impl Extractor {
    /// Finds who said what in a text. Never fails.
    pub fn extract<'t>(&self, text: &'t str) -> Extraction<'t> {
        let reading = Reading::new(text, &self.lexicon);
        let attributions = relate::relate(&reading.scene(&self.lexicon), &self.weights);
        let resolved = vec![Resolved::default(); attributions.len()];
        let Reading { text, paragraphs, tokens, sentences, quotations, mentions, .. } = reading;
        Extraction { text, paragraphs, tokens, sentences, quotations, mentions, attributions, resolved, speakers: Vec::new() }
    }
}
