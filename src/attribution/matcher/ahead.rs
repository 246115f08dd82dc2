//! What lies ahead in the sentence: a form that needs a quotation does not run where none follows.
//!
//! This changes no result. It spares the many forms that begin with a mention and fail only some items later.

use super::Scene;
use crate::grammar::{Element, Item, Mark, Voice};
use crate::lexicon::ByHash;
use crate::token::Kind;

/// So many tokens behind the sentence are looked at where a quotation runs on; further, all is possible.
const FURTHEST: usize = 400;

/// What each form cannot do without, a bit for each thing.
#[derive(Clone, Debug)]
pub(super) struct Needs {
    forms: Vec<u64>,
    words: ByHash<u64>,
}

const QUOTATION: u64 = 1;
const COMMA: u64 = 1 << 1;
const COLON: u64 = 1 << 2;
const DASH: u64 = 1 << 3;
const OPEN: u64 = 1 << 4;
const CLOSE: u64 = 1 << 5;
const SYMBOL: u64 = 1 << 6;
/// The first bit of the five voices.
const VOICES: u32 = 8;
/// The first bit of the words that some form needs; words that find no bit left are not asked for.
const WORDS: usize = 16;

impl Needs {
    pub fn new<'a>(forms: impl Iterator<Item = &'a Vec<Element>>) -> Self {
        let mut needs = Self { forms: Vec::new(), words: ByHash::default() };
        for form in forms {
            let mask = needs.sequence(form).0;
            needs.forms.push(mask);
        }
        needs
    }

    /// What the elements need in the sentence in which they begin, and whether they lead out of it.
    fn sequence(&mut self, elements: &[Element]) -> (u64, bool) {
        let mut all = 0;
        for (place, element) in elements.iter().enumerate() {
            let (mask, leaves) = match &element.item {
                Item::Start | Item::Paragraph => (0, place > 0),
                item => self.item(item),
            };
            if !element.optional {
                all |= mask;
            }
            if leaves {
                return (all, true);
            }
        }
        (all, false)
    }

    fn item(&mut self, item: &Item) -> (u64, bool) {
        let mask = match item {
            Item::Quote => QUOTATION,
            Item::Cue(test) => voice(test.voice),
            Item::Word(hash) => self.word(*hash),
            Item::Mark(mark) => match mark {
                Mark::Comma => COMMA,
                Mark::Colon => COLON,
                Mark::Dash => DASH,
                Mark::Open => OPEN,
                Mark::Close => CLOSE,
                Mark::Cited => SYMBOL,
                Mark::Stop | Mark::Semicolon => 0,
            },
            Item::Choice(ways) => {
                let ways: Vec<_> = ways.iter().map(|way| self.sequence(way)).collect();
                let common = ways.iter().fold(u64::MAX, |common, (mask, _)| common & mask);
                return (common, ways.iter().any(|&(_, leaves)| leaves));
            }
            _ => 0,
        };
        (mask, false)
    }

    fn word(&mut self, hash: u64) -> u64 {
        let next = WORDS + self.words.len();
        if next < 64 {
            *self.words.entry(hash).or_insert(1 << next)
        } else {
            self.words.get(&hash).copied().unwrap_or(0)
        }
    }
}

fn voice(voice: Voice) -> u64 {
    1 << (VOICES + voice as u32)
}

/// What lies ahead of each token of one sentence.
pub(super) struct Ahead<'a> {
    needs: &'a Needs,
    start: usize,
    masks: Vec<u64>,
}

impl<'a> Ahead<'a> {
    pub fn new(needs: &'a Needs) -> Self {
        Self { needs, start: 0, masks: Vec::new() }
    }

    /// All that lies at the token or behind it, as far as a form that begins there can come.
    pub fn of<S: Scene>(&mut self, scene: &S, at: usize) -> u64 {
        if at < self.start || at >= self.start + self.masks.len() {
            self.look(scene, at);
        }
        self.masks.get(at.wrapping_sub(self.start)).copied().unwrap_or(u64::MAX)
    }

    /// The form finds ahead what it needs.
    pub fn suffices(&self, mask: u64, form: usize) -> bool {
        self.needs.forms[form] & !mask == 0
    }

    fn look<S: Scene>(&mut self, scene: &S, at: usize) {
        let sentence = scene.sentence(at).range();
        self.start = sentence.start;
        self.masks.clear();
        let mut end = sentence.end;
        let mut here = sentence.start;
        while here < end {
            if here > sentence.end + FURTHEST {
                self.masks.resize(sentence.len(), u64::MAX);
                return;
            }
            if let Some((_, after)) = scene.quotation(here).filter(|&(_, after)| after > end) {
                // A form passes over the quotation, into the sentence in which it ends, and its tag may stand there
                // or, where the closing mark ends the sentence, not at all.
                end = scene.sentence(after - 1).end as usize;
            }
            here += 1;
        }
        let mut mask = 0;
        self.masks.resize(sentence.len(), 0);
        for here in (sentence.start..end).rev() {
            mask |= self.token(scene, here);
            if here < sentence.end {
                self.masks[here - sentence.start] = mask;
            }
        }
    }

    fn token<S: Scene>(&self, scene: &S, at: usize) -> u64 {
        let token = scene.token(at);
        let mut mask = match token.kind {
            Kind::Comma => COMMA,
            Kind::Colon => COLON,
            Kind::Dash => DASH,
            Kind::Open => OPEN,
            Kind::Close => CLOSE,
            Kind::Symbol => SYMBOL,
            _ => 0,
        };
        mask |= self.needs.words.get(&token.hash).copied().unwrap_or(0);
        if scene.quotation(at).is_some() {
            mask |= QUOTATION;
        }
        scene.cues(at, &mut |index, _| mask |= voice(scene.cue(index).voice));
        mask
    }
}
