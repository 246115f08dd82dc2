//! Which words are given away already: no two relations of a text lie in each other, unless one is told inside the other.

use super::Pieces;
use crate::attribution::again::Possible;
use crate::attribution::scene::{NONE, Scene};
use crate::span::TokenSpan;
use crate::token::class::Class;

/// The tokens that are given away, as contents and as cues.
pub(super) struct Taken {
    pub content: Vec<bool>,
    heads: Vec<bool>,
    /// The source, cue or content of a relation begins with the token.
    begins: Vec<bool>,
}

impl Taken {
    pub fn new(scene: &Scene<'_>) -> Self {
        let none = || vec![false; scene.tokens.len()];
        Self { content: none(), heads: none(), begins: none() }
    }

    pub fn add(&mut self, scene: &Scene<'_>, cue: u32, mention: u32, pieces: &[TokenSpan]) {
        for piece in pieces {
            self.content[piece.range()].fill(true);
            self.begins[piece.start as usize] = true;
        }
        if cue != NONE {
            let cue = &scene.cues[cue as usize];
            self.heads[cue.head as usize] = true;
            self.begins[cue.tokens.start as usize] = true;
        }
        if mention != NONE {
            self.begins[scene.mentions[mention as usize].base.start as usize] = true;
        }
    }

    pub fn free(&self, tokens: TokenSpan) -> bool {
        !tokens.range().any(|i| self.content[i] || self.heads[i])
    }

    /// Neither lies in the other, once the content ends where the next relation of its sentence begins.
    ///
    /// *Lopez said the road was closed and added that police were there* are two reports; taken by itself the first
    /// would go on to the end.
    pub fn fits(&self, scene: &Scene<'_>, p: &mut Possible) -> bool {
        let inside = |token: u32| self.content[token as usize];
        let head = scene.cues[p.cue as usize].head;
        if inside(head) || p.mention != NONE && inside(scene.mentions[p.mention as usize].head) {
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
        let next = content.range().skip(1).find(|&at| self.begins[at])?;
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
