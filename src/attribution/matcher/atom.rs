//! The things that forms ask of single places, each with a number: most tokens answer to none of them.

use super::number;
use super::passes::{CueTests, MentionTests};
use crate::grammar::{Item, Mark};
use crate::lexicon::{Lexicon, List, bits, fold, list};
use crate::mention::MentionKind;
use crate::token::{Kind, Token};

pub(super) const KINDS: usize = Kind::Symbol as usize + 1;

/// What a form asks of one place; of mentions and cues the number of the test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Ask {
    Word(u64),
    AnyWord,
    Number,
    Mark(Mark),
    List(List),
    Quote,
    Mention(u16),
    Cue(u16),
}

impl Ask {
    /// The token by itself is what is asked for.
    pub fn token(self, token: &Token) -> bool {
        match self {
            Self::Word(hash) => token.hash == hash,
            Self::Mark(Mark::Cited) => token.kind == Kind::Symbol && token.hash == fold(">"),
            ask => ask.kinds().contains(&token.kind),
        }
    }

    /// The kinds of token that alone are asked for.
    fn kinds(self) -> &'static [Kind] {
        match self {
            Self::AnyWord => &[Kind::Word],
            Self::Number => &[Kind::Number],
            Self::Mark(Mark::Comma) => &[Kind::Comma],
            Self::Mark(Mark::Colon) => &[Kind::Colon],
            Self::Mark(Mark::Semicolon) => &[Kind::Semicolon],
            Self::Mark(Mark::Dash) => &[Kind::Dash],
            Self::Mark(Mark::Stop) => &[Kind::Stop, Kind::Question, Kind::Exclamation, Kind::Ellipsis],
            Self::Mark(Mark::Open) => &[Kind::Open],
            Self::Mark(Mark::Close) => &[Kind::Close],
            Self::Mark(Mark::Stray) => &[Kind::Mark],
            _ => &[],
        }
    }

    /// How much of text has such a place: more is commoner.
    pub fn common(self, lexicon: &Lexicon) -> u8 {
        match self {
            Self::Mark(Mark::Comma | Mark::Stop) | Self::AnyWord | Self::Mention(_) => 4,
            Self::List(list) if CLOSED >> list.0 & 1 != 0 => 3,
            Self::Word(hash) if lexicon.entry(lexicon.id(hash)).is_any(CLOSED) => 2,
            Self::Cue(_) => 2,
            Self::List(_) | Self::Quote => 1,
            Self::Word(_) | Self::Number | Self::Mark(_) => 0,
        }
    }
}

/// The words that stand in nearly every sentence.
const CLOSED: u128 = bits(&[
    list::DETERMINERS,
    list::PREPOSITIONS,
    list::CONJUNCTIONS,
    list::SUBORDINATORS,
    list::AUXILIARIES,
    list::PRONOUNS,
]);

/// All atoms of a grammar’s forms.
#[derive(Clone, Debug, Default)]
pub(super) struct Atoms {
    pub asks: Vec<Ask>,
    /// Words that are asked for by themselves, by their hashes.
    pub words: Vec<(u64, u16)>,
    /// For each kind of token the atom that asks for it.
    pub kinds: [Option<u16>; KINDS],
    /// By the number of the list, where it is one of `every_list`.
    pub lists: Vec<u16>,
    pub every_list: u128,
    pub mentions: MentionTests,
    /// For each test of mentions its atom.
    pub mention_atoms: Vec<u16>,
    /// For each kind of mention the atoms whose test it may pass.
    pub mentions_of: [Vec<u16>; MentionKind::ALL.len()],
    pub cues: CueTests,
    /// For each test of cues its atom.
    pub cue_atoms: Vec<u16>,
    pub quotation: Option<u16>,
}

impl Atoms {
    /// What is asked by an item that stands at one place, and its number; `alone` is a cue by itself and no part of
    /// a phrase. Nothing for items that stand between places or lead over several.
    pub fn number(&mut self, item: &Item, alone: bool) -> Option<(Ask, u16)> {
        let ask = match item {
            Item::Word(hash) => Ask::Word(*hash),
            Item::AnyWord => Ask::AnyWord,
            Item::Number => Ask::Number,
            Item::Mark(mark) => Ask::Mark(*mark),
            Item::List(list) => Ask::List(*list),
            Item::Quote => Ask::Quote,
            Item::Mention(test) => Ask::Mention(self.mentions.number(test)),
            Item::Cue(test) => Ask::Cue(self.cues.number(test, alone)),
            Item::Clause | Item::Gap(_) | Item::Choice(_) | Item::Start | Item::End | Item::Paragraph => {
                return None;
            }
        };
        if let Some(known) = self.known(ask) {
            return Some((ask, known));
        }
        let number = number(self.asks.len());
        self.asks.push(ask);
        match ask {
            Ask::Word(hash) => self.words.push((hash, number)),
            Ask::Mark(Mark::Cited) => self.words.push((fold(">"), number)),
            Ask::AnyWord | Ask::Number | Ask::Mark(_) => {
                ask.kinds().iter().for_each(|&kind| self.kinds[kind as usize] = Some(number));
            }
            Ask::List(list) => {
                self.lists.resize(128, 0);
                self.lists[usize::from(list.0)] = number;
                self.every_list |= 1 << list.0;
            }
            Ask::Quote => self.quotation = Some(number),
            Ask::Mention(test) => {
                self.mention_atoms.push(number);
                for kind in MentionKind::ALL {
                    if self.mentions.may_pass(test.into(), kind) {
                        self.mentions_of[kind as usize].push(number);
                    }
                }
            }
            Ask::Cue(_) => self.cue_atoms.push(number),
        }
        Some((ask, number))
    }

    /// A number behind those of all atoms, where there is none.
    pub fn none(&self) -> u16 {
        number(self.asks.len())
    }

    fn known(&self, ask: Ask) -> Option<u16> {
        match ask {
            Ask::Word(hash) => self.words.iter().find(|known| known.0 == hash).map(|known| known.1),
            Ask::List(list) => self.of_list(list),
            Ask::Quote => self.quotation,
            Ask::Mention(test) => self.mention_atoms.get(usize::from(test)).copied(),
            Ask::Cue(test) => self.cue_atoms.get(usize::from(test)).copied(),
            ask => self.asks.iter().position(|&known| known == ask).map(number),
        }
    }

    /// The atom of a list, if that is asked for.
    pub fn of_list(&self, list: List) -> Option<u16> {
        (self.every_list >> list.0 & 1 != 0).then(|| self.lists[usize::from(list.0)])
    }

    /// The atoms of these lists, which are among those that are asked for.
    pub fn of_lists(&self, mut lists: u128) -> impl Iterator<Item = u16> {
        std::iter::from_fn(move || {
            let list = lists.trailing_zeros() as usize;
            lists &= lists.wrapping_sub(1);
            self.lists.get(list).copied()
        })
    }
}
