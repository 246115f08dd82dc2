//! Named pieces of evidence and what each is worth: a template and a few values, hashed to one key.
//!
//! A weight file says `form=said` in `cue.csv`; the code emits the template `cue.form` with the value `said`.
//! Both come to the same key, so that nothing is looked up by string while a text is read.

use std::borrow::Cow;

use crate::lexicon::Folding;
use crate::span::Span;

mod names;
pub use names::Name;
pub mod weights;

/// A template's name, hashed when the program is compiled.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// `cue.form`
    pub name: &'static str,
    /// Hash of the name.
    pub hash: u64,
}

/// One value of a feature: a word of the text or a fixed name.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    /// [`crate::lexicon::fold`] of the words.
    pub hash: u64,
    /// Where the words stand, which are taken out only where somebody wants to read them.
    text: &'a str,
    span: Span,
    /// They stand in a list instead.
    listed: Option<&'a Cow<'static, str>>,
}

impl<'a> Value<'a> {
    /// A value with words of its own.
    #[inline]
    pub const fn new(words: &'a str, hash: u64) -> Self {
        Self { hash, text: words, span: Span { start: 0, end: words.len() as u32 }, listed: None }
    }

    /// Words of a text.
    #[inline]
    pub fn within(text: &'a str, span: Span, hash: u64) -> Self {
        Self { hash, text, span, listed: None }
    }

    /// Words of a list.
    #[inline]
    #[expect(clippy::ptr_arg, reason = "what it points to is far, and read only where somebody wants it")]
    pub fn listed(words: &'a Cow<'static, str>, hash: u64) -> Self {
        Self { hash, text: "", span: Span { start: 0, end: 0 }, listed: Some(words) }
    }

    /// The words behind the hash, for people and weight files.
    pub fn words(&self) -> &'a str {
        self.listed.map_or_else(|| self.span.of(self.text), |words| &**words)
    }
}

/// [`crate::lexicon::fold`] of lower-case ASCII, at compile time.
pub const fn fold_name(name: &str) -> u64 {
    let bytes = name.as_bytes();
    let mut folding = Folding::new();
    let mut i = 0;
    while i < bytes.len() {
        folding = folding.byte(bytes[i]);
        i += 1;
    }
    folding.finish()
}

impl Template {
    /// The template of this name.
    pub const fn new(name: &'static str) -> Self {
        Self { name, hash: fold_name(name) }
    }
}

/// A template by its name: `t!("cue.form")`.
#[macro_export]
#[doc(hidden)]
macro_rules! t {
    ($name:literal) => {
        const { $crate::evidence::Template::new($name) }
    };
}

/// A fixed name: `v!("comma")`.
#[macro_export]
#[doc(hidden)]
macro_rules! v {
    ($name:literal) => {
        const { $crate::evidence::Name::of($name) }
    };
}

/// What is hashed well already need only be kept apart by its place: by so many bits for each value behind it.
const TURN: u32 = 11;

/// What can be the value of a feature.
pub trait Part<'v>: Copy + Into<Value<'v>> {
    /// Its part of a key, where so many values stand behind it.
    #[inline(always)]
    fn turned(self, behind: usize) -> u64 {
        self.into().hash.rotate_left(TURN * behind as u32)
    }
}

impl<'v> Part<'v> for Value<'v> {}

/// The key of a feature.
#[inline(always)]
pub fn key<'v>(template: u64, values: &[impl Part<'v>]) -> u64 {
    let template = template.rotate_left(TURN * values.len() as u32);
    values.iter().rev().zip(0..).fold(template, |key, (value, behind)| key ^ value.turned(behind))
}

/// Takes features as they are found.
pub trait Sink {
    /// One feature that holds.
    fn add<'v, const N: usize>(&mut self, template: Template, values: [impl Part<'v>; N]);
}

/// A small count as a value: 0, 1, 2, 3, 4-6, 7-12, 13+.
pub fn count(n: usize) -> Name {
    const FEW: [Name; 13] = {
        let mut few = [v!("7-12"); 13];
        (few[0], few[1], few[2], few[3]) = (v!("0"), v!("1"), v!("2"), v!("3"));
        (few[4], few[5], few[6]) = (v!("4-6"), v!("4-6"), v!("4-6"));
        few
    };
    FEW.get(n).copied().unwrap_or(v!("13+"))
}

/// Yes or no.
pub fn flag(yes: bool) -> Name {
    if yes { v!("y") } else { v!("n") }
}
