//! Which forms can begin at a token: most tokens begin none, and are passed at the cost of a look-up.

use super::Scene;
use crate::grammar::{Element, Item, Mark, Voice};
use crate::lexicon::{ByHash, List};
use crate::token::Kind;

/// A set of forms.
#[derive(Clone, Debug)]
pub(super) struct Set(Vec<u64>);

impl Set {
    pub fn new(forms: usize) -> Self {
        Self(vec![0; forms.div_ceil(64)])
    }

    fn insert(&mut self, form: usize) {
        self.0[form / 64] |= 1 << (form % 64);
    }

    fn add(&mut self, other: &Self) {
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            *word |= more;
        }
    }

    /// The forms in their order.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(word, &bits)| {
            std::iter::successors(Some(bits), |left| Some(left & left.wrapping_sub(1)))
                .take_while(|&left| left != 0)
                .map(move |left| word * 64 + left.trailing_zeros() as usize)
        })
    }
}

/// For each thing that may stand at a token, the forms that begin with it.
#[derive(Clone, Debug)]
pub(super) struct First {
    /// Forms that may begin with anything.
    always: Set,
    words: ByHash<Set>,
    lists: Vec<(List, Set)>,
    kinds: Vec<(Kind, Set)>,
    quotation: Set,
    mention: Set,
    cue: [Set; 5],
    sentence: Set,
    forms: usize,
}

impl First {
    pub fn new<'a>(forms: impl Iterator<Item = &'a Vec<Element>> + Clone) -> Self {
        let count = forms.clone().count();
        let none = || Set::new(count);
        let mut first = Self {
            always: none(),
            words: ByHash::default(),
            lists: Vec::new(),
            kinds: Vec::new(),
            quotation: none(),
            mention: none(),
            cue: std::array::from_fn(|_| none()),
            sentence: none(),
            forms: count,
        };
        for (number, form) in forms.enumerate() {
            first.sequence(form, number);
        }
        first
    }

    /// Enters what the elements can begin with; true where all of them can be left out.
    fn sequence(&mut self, elements: &[Element], form: usize) -> bool {
        elements.iter().all(|element| {
            let empty = self.element(&element.item, form);
            empty || element.optional
        })
    }

    fn element(&mut self, item: &Item, form: usize) -> bool {
        match item {
            Item::Word(hash) => {
                let none = Set::new(self.forms);
                self.words.entry(*hash).or_insert(none).insert(form);
            }
            Item::List(list) => entry(&mut self.lists, *list, self.forms).insert(form),
            Item::Mark(mark) => {
                for &kind in kinds(*mark) {
                    entry(&mut self.kinds, kind, self.forms).insert(form);
                }
            }
            Item::AnyWord => entry(&mut self.kinds, Kind::Word, self.forms).insert(form),
            Item::Number => entry(&mut self.kinds, Kind::Number, self.forms).insert(form),
            Item::Quote => self.quotation.insert(form),
            Item::Mention(_) => self.mention.insert(form),
            Item::Cue(test) => self.cue[place(test.voice)].insert(form),
            // Both stand only where a sentence begins, and so does a paragraph.
            Item::Clause | Item::Start | Item::Paragraph => self.sentence.insert(form),
            Item::End | Item::Gap(_) => self.always.insert(form),
            Item::Choice(ways) => {
                return ways.iter().fold(false, |empty, way| self.sequence(way, form) | empty);
            }
        }
        false
    }

    /// Fills `able` with the forms that can begin at the token.
    pub fn able<S: Scene>(&self, scene: &S, at: usize, able: &mut Set) {
        able.0.copy_from_slice(&self.always.0);
        let token = scene.token(at);
        if let Some(forms) = self.words.get(&token.hash) {
            able.add(forms);
        }
        let entry = scene.lexicon().entry(token.word);
        for (list, forms) in &self.lists {
            if entry.is(*list) || entry.opens_phrase {
                able.add(forms);
            }
        }
        for (kind, forms) in &self.kinds {
            if token.kind == *kind {
                able.add(forms);
            }
        }
        if scene.quotation(at).is_some() {
            able.add(&self.quotation);
        }
        let mut mention = false;
        scene.mentions(at, &mut |_, _| mention = true);
        if mention {
            able.add(&self.mention);
        }
        scene.cues(at, &mut |index, _| able.add(&self.cue[place(scene.cue(index).voice)]));
        if scene.sentence(at).start as usize == at {
            able.add(&self.sentence);
        }
    }
}

fn entry<K: PartialEq>(all: &mut Vec<(K, Set)>, key: K, forms: usize) -> &mut Set {
    let at = all.iter().position(|(known, _)| *known == key).unwrap_or_else(|| {
        all.push((key, Set::new(forms)));
        all.len() - 1
    });
    &mut all[at].1
}

fn place(voice: Voice) -> usize {
    match voice {
        Voice::Finite => 0,
        Voice::Ing => 1,
        Voice::Bare => 2,
        Voice::Passive => 3,
        Voice::Noun => 4,
    }
}

fn kinds(mark: Mark) -> &'static [Kind] {
    match mark {
        Mark::Comma => &[Kind::Comma],
        Mark::Colon => &[Kind::Colon],
        Mark::Semicolon => &[Kind::Semicolon],
        Mark::Dash => &[Kind::Dash],
        Mark::Stop => &[Kind::Stop, Kind::Question, Kind::Exclamation, Kind::Ellipsis],
        Mark::Open => &[Kind::Open],
        Mark::Close => &[Kind::Close],
        Mark::Cited => &[Kind::Symbol],
    }
}
