//! A grammar as bytes that are ready without reading: what the build script leaves for the program.

use super::Grammar;
use crate::evidence::weights::Weights;

/// A grammar in three pieces; the tables are looked into where they lie.
#[derive(Clone, Copy, Debug)]
pub struct Frozen<B> {
    /// Patterns, entries, names and the digest.
    pub body: B,
    /// The table of words.
    pub words: B,
    /// The table of weights.
    pub weights: B,
}

impl Grammar {
    /// Turns the grammar into bytes for [`Grammar::thaw`].
    pub fn freeze(&self) -> Frozen<Vec<u8>> {
        let body = (&self.patterns, &self.lexicon, &self.digest);
        Frozen {
            body: postcard::to_allocvec(&body).expect("plain data in memory"),
            words: self.lexicon.table(),
            weights: self.weights.bytes(),
        }
    }

    /// The grammar that was frozen by the same version of the program.
    ///
    /// # Panics
    /// Bytes that [`Grammar::freeze`] has not made are none of a grammar.
    pub fn thaw(frozen: Frozen<&'static [u8]>) -> Self {
        let (patterns, lexicon, digest): (_, crate::lexicon::Lexicon, _) =
            postcard::from_bytes(frozen.body).expect("what freezing has made");
        let lexicon = lexicon.with_table(frozen.words);
        Self { patterns, lexicon, weights: Weights::from_bytes(frozen.weights), digest }
    }
}
