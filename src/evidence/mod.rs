//! Named pieces of evidence and what each is worth: a template and a few values, hashed to one key.
//!
//! A weight file says `form=said` in `cue.csv`; the code emits the template `cue.form` with the value `said`.
//! Both come to the same key, so that nothing is looked up by string while a text is read.

use crate::lexicon::Folding;

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
    /// The words behind the hash, for people and weight files.
    pub text: &'a str,
    /// [`crate::lexicon::fold`] of the text.
    pub hash: u64,
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

/// The key of a feature: what is hashed well already need only be kept apart by its place.
#[inline(always)]
pub fn key<'v, V: Copy + Into<Value<'v>>>(template: u64, values: &[V]) -> u64 {
    let mut hash = template;
    for &value in values {
        hash = hash.rotate_left(11) ^ value.into().hash;
    }
    hash
}

/// Takes features as they are found.
pub trait Sink {
    /// One feature that holds.
    fn add<'v, const N: usize, V: Copy + Into<Value<'v>>>(&mut self, template: Template, values: [V; N]);
}

/// A small count as a value: 0, 1, 2, 3, 4-6, 7-12, 13+.
pub fn count(n: usize) -> Name {
    match n {
        0 => v!("0"),
        1 => v!("1"),
        2 => v!("2"),
        3 => v!("3"),
        4..=6 => v!("4-6"),
        7..=12 => v!("7-12"),
        _ => v!("13+"),
    }
}

/// Yes or no.
pub fn flag(yes: bool) -> Name {
    if yes { v!("y") } else { v!("n") }
}
