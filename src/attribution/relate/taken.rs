//! Which words are given away already: no two relations of a text lie in each other, unless one is told inside the other.

use super::Pieces;
use crate::attribution::again::Possible;
use crate::attribution::scene::{NONE, Scene};
use crate::span::TokenSpan;
use crate::token::class::Class;

/// What is given away of each token.
pub(super) struct Taken(Vec<u8>);

/// It stands in the content of a relation.
const CONTENT: u8 = 1;
/// It is the head of a cue.
const HEAD: u8 = 2;
/// The source, cue or content of a relation begins with it.
const BEGINS: u8 = 4;

impl Taken {
    pub fn new(scene: &Scene<'_>) -> Self {
        Self(vec![0; scene.tokens.len()])
    }

    pub fn add(&mut self, scene: &Scene<'_>, cue: u32, mention: u32, pieces: &[TokenSpan]) {
        for piece in pieces {
            self.0[piece.range()].iter_mut().for_each(|token| *token |= CONTENT);
            self.0[piece.start as usize] |= BEGINS;
        }
        if cue != NONE {
            let cue = &scene.cues[cue as usize];
            self.0[cue.head as usize] |= HEAD;
            self.0[cue.tokens.start as usize] |= BEGINS;
        }
        if mention != NONE {
            self.0[scene.mentions[mention as usize].base.start as usize] |= BEGINS;
        }
    }

    /// The token stands in what somebody says.
    pub fn said(&self, token: u32) -> bool {
        self.0[token as usize] & CONTENT != 0
    }

    pub fn free(&self, tokens: TokenSpan) -> bool {
        self.0[tokens.range()].iter().all(|token| token & (CONTENT | HEAD) == 0)
    }

    /// Neither lies in the other, once the content ends where the next relation of its sentence begins.
    ///
    /// *Lopez said the road was closed and added that police were there* are two reports; taken by itself the first
    /// would go on to the end.
    pub fn fits(&self, scene: &Scene<'_>, p: &mut Possible) -> bool {
        let head = scene.cues[p.cue as usize].head;
        if self.said(head) || p.mention != NONE && self.said(scene.mentions[p.mention as usize].head) {
            return false;
        }
        if p.pieces.iter().all(|piece| self.free(*piece)) {
            return true;
        }
        let cut = match p.pieces[..] {
            [piece] if piece.start > head => self.before_next(scene, piece),
            _ => None,
        };
        match cut {
            Some(cut) => {
                p.pieces = Pieces::from_slice(&[cut]);
                true
            }
            None => false,
        }
    }

    /// The content up to the relation that begins in it behind a comma or conjunction, if it is a clause by itself.
    fn before_next(&self, scene: &Scene<'_>, content: TokenSpan) -> Option<TokenSpan> {
        let next = content.range().skip(1).find(|&at| self.0[at] & BEGINS != 0)?;
        let inside = &scene.classes[content.start as usize..next];
        let joins = |c: &Class| parts(*c) || matches!(c, Class::Subordinator | Class::Adverb);
        let length = inside.len() - inside.iter().rev().take_while(|c| joins(c)).count();
        let (clause, joint) = inside.split_at(length);
        let cut = TokenSpan::new(content.start as usize, content.start as usize + length);
        let whole = scene.tally.finite(cut) > 0 || clause.first() == Some(&Class::To);
        (whole && joint.iter().any(|c| parts(*c)) && self.free(cut)).then_some(cut)
    }
}

/// Stands between two predicates or clauses.
fn parts(class: Class) -> bool {
    matches!(class, Class::Comma | Class::Semicolon | Class::Dash | Class::Conjunction)
}
