//! Words of a document, shown without a copy.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use crate::span::Span;

/// A stretch of a text that all stretches of it share; to a program it is a `str`.
///
/// ```
/// let words = onrecord::Excerpt::from("the pier");
/// assert_eq!((words.len(), &*words), (8, "the pier"));
/// ```
#[derive(Clone)]
pub struct Excerpt {
    text: Arc<str>,
    span: Span,
}

impl Excerpt {
    pub(super) fn new(text: &Arc<str>, span: Span) -> Self {
        Self { text: Arc::clone(text), span }
    }
}

impl Deref for Excerpt {
    type Target = str;

    fn deref(&self) -> &str {
        self.span.of(&self.text)
    }
}

impl<T: Into<Arc<str>>> From<T> for Excerpt {
    fn from(text: T) -> Self {
        let text = text.into();
        Self { span: Span::new(0, text.len()), text }
    }
}

impl PartialEq for Excerpt {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Excerpt {}

impl PartialEq<&str> for Excerpt {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl fmt::Display for Excerpt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&**self, f)
    }
}

impl Serialize for Excerpt {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

/// As that of a `String`.
impl JsonSchema for Excerpt {
    fn inline_schema() -> bool {
        String::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        String::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn an_excerpt_is_to_others_what_its_words_are() {
        let text: Arc<str> = "“Nein”, sagte sie".into();
        let excerpt = Excerpt::new(&text, Span::new(3, 7));
        assert_eq!(excerpt, "Nein");
        assert_eq!(excerpt, Excerpt::from("Nein"));
        assert_eq!(
            (format!("{excerpt}"), format!("{excerpt:?}")),
            ("Nein".to_owned(), "\"Nein\"".to_owned())
        );
        assert_eq!(serde_json::to_string(&excerpt).unwrap(), "\"Nein\"");
        let (schema, string) = (schemars::schema_for!(Excerpt), schemars::schema_for!(String));
        assert_eq!(schema, string);
    }
}
