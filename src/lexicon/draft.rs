//! Word lists while they are read, file by file; [`Draft::finish`] makes them ready for look-up.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::{
    ByHash, CLOSED, Entry, Filter, Index, Lexicon, List, Noun, Opening, Phrase, Traits, Verb, builtin, fold,
    list,
};
use crate::error::Error;

/// A phrase with the folded words behind its first.
#[derive(Clone, Debug)]
struct Several {
    words: Box<[u64]>,
    list: List,
    label: u16,
}

/// So many verbs, nouns, labels, phrases of one first word and words of a phrase have numbers of 16 bits.
pub(super) const MOST: usize = u16::MAX as usize;

/// And so many words those of a slot of the table of words.
const MOST_WORDS: usize = (1 << 24) - 1;

/// Word lists to which files can be added.
#[derive(Clone, Debug)]
pub struct Draft {
    index: ByHash<u32>,
    /// The hash of each entry, in the order in which they came.
    hashes: Vec<u64>,
    pub(super) entries: Vec<Entry>,
    pub(super) names: Vec<Box<str>>,
    labels: Vec<Box<str>>,
    pub(super) verbs: Vec<Verb>,
    pub(super) nouns: Vec<Noun>,
    phrases: ByHash<Vec<Several>>,
}

impl Draft {
    /// The built-in lists.
    pub fn english() -> Self {
        let mut draft = Self {
            index: ByHash::default(),
            hashes: Vec::new(),
            entries: Vec::new(),
            names: list::NAMES.iter().map(|&n| n.into()).collect(),
            labels: vec!["".into()],
            verbs: Vec::new(),
            nouns: Vec::new(),
            phrases: ByHash::default(),
        };
        for (name, text) in builtin::FILES {
            draft.add_file(Path::new(name), text).expect("the built-in lists are read by a test");
        }
        draft
    }

    /// The built-in lists with these files of words on top: names and texts.
    ///
    /// # Errors
    /// As of [`Draft::add_file`].
    pub fn with(files: &[(&str, &str)]) -> Result<Self, Error> {
        let mut draft = Self::english();
        for (name, text) in files {
            draft.add_file(Path::new(name), text)?;
        }
        Ok(draft)
    }

    /// The number of a label, or what is expected instead of one label more.
    pub(super) fn label_for(&mut self, label: &str) -> Result<u16, String> {
        let at = self.labels.iter().position(|l| l.as_ref() == label).unwrap_or_else(|| {
            self.labels.push(label.into());
            self.labels.len() - 1
        });
        u16::try_from(at).map_err(|_| format!("no more than {MOST} different words"))
    }

    /// What is expected instead of so many words, if they are too many.
    pub(super) fn too_many_words(&self) -> Option<String> {
        let particles: usize = self.verbs.iter().map(|verb| verb.particles.len()).sum();
        let words = self.entries.len() + particles;
        (words >= MOST_WORDS).then(|| format!("no more than {MOST_WORDS} words in all lists"))
    }

    pub(super) fn entry_mut(&mut self, hash: u64) -> &mut Entry {
        let at = *self.index.entry(hash).or_insert_with(|| {
            self.entries.push(Entry::default());
            self.hashes.push(hash);
            self.entries.len() as u32 - 1
        });
        &mut self.entries[at as usize]
    }

    /// Adds a word or phrase to a list; the entry is returned only for single words. An error is what is expected instead.
    pub(super) fn add(&mut self, entry: &str, list: List, label: u16) -> Result<Option<&mut Entry>, String> {
        let words: Vec<u64> = entry.split_whitespace().map(fold).collect();
        let Some((&first, rest)) = words.split_first() else { return Ok(None) };
        let word = self.entry_mut(first);
        if rest.is_empty() {
            word.lists |= 1 << list.0;
            if label != 0 {
                word.label = label;
            }
            return Ok(Some(self.entry_mut(first)));
        }
        let phrases = self.phrases.entry(first).or_default();
        if phrases.len() == MOST {
            return Err(format!("no more than {MOST} phrases with the same first word"));
        }
        if rest.len() > MOST {
            return Err(format!("no more than {MOST} words in a phrase"));
        }
        phrases.push(Several { words: rest.into(), list, label });
        Ok(None)
    }

    /// The lists as they are, ready for look-up. Words of which they say the same share an entry.
    pub fn finish(mut self) -> Lexicon {
        let particles: HashSet<u64> =
            self.verbs.iter().flat_map(|verb| verb.particles.iter().copied()).collect();
        for verb in 0..self.verbs.len() {
            for particle in self.verbs[verb].particles.clone() {
                self.entry_mut(particle);
            }
        }
        let mut lexicon = Lexicon {
            index: Index::default(),
            entries: vec![Entry::default()],
            traits: vec![Traits::default()],
            stopped: Filter::default(),
            names: self.names,
            labels: self.labels,
            verbs: self.verbs,
            nouns: self.nouns,
            openings: vec![Opening::default()],
            phrases: Vec::new(),
            phrase_words: Vec::new(),
        };
        let mut known: HashMap<(Entry, Traits, u64), u32> = HashMap::new();
        let mut pairs = Vec::with_capacity(self.hashes.len());
        let mut words: Vec<(u64, Entry)> = self.hashes.into_iter().zip(self.entries).collect();
        // What is said of common words stands together, so that it stays near the processor: the closed classes are
        // the first lists, and the verbs that report most surely are the last that are seldom met.
        words.sort_by_key(|(_, entry)| {
            let strength = lexicon.verb(entry).map(|verb| verb.strength);
            (entry.lists.trailing_zeros(), strength.is_some(), Reverse(strength))
        });
        for (hash, mut entry) in words {
            if entry.is(list::ABBREVIATIONS) {
                lexicon.stopped.insert(hash);
            }
            if let Some(phrases) = self.phrases.get(&hash) {
                entry.opening = lexicon.openings.len() as u32;
                lexicon.openings.push(Opening {
                    lists: phrases.iter().fold(0, |all, phrase| all | 1 << phrase.list.0),
                    phrases: (lexicon.phrases.len() as u32, phrases.len() as u16),
                    seconds: phrases.iter().fold(0, |all, phrase| all | Opening::second(phrase.words[0])),
                });
                let mut phrases: Vec<&Several> = phrases.iter().collect();
                phrases.sort_by_key(|p| (p.words[0], p.list.0));
                for Several { words, list, label } in phrases {
                    let rest = (lexicon.phrase_words.len() as u32, words.len() as u16 - 1);
                    lexicon.phrase_words.extend(&words[1..]);
                    lexicon.phrases.push(Phrase {
                        list: *list,
                        label: *label,
                        second: words[0],
                        words: rest,
                    });
                }
            }
            let traits = Traits::new(&entry, &lexicon, particles.contains(&hash));
            // The words of closed classes have numbers of their own, by which one can ask for them.
            let own = if entry.is_any(CLOSED) { hash } else { 0 };
            let id = *known.entry((entry, traits, own)).or_insert_with(|| {
                lexicon.entries.push(entry);
                lexicon.traits.push(traits);
                lexicon.entries.len() as u32 - 1
            });
            pairs.push((hash, id));
        }
        lexicon.index = Index::new(&pairs);
        lexicon
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    /// What is said of a file that a draft is given.
    fn told(mut draft: Draft, name: &str, text: &str) -> String {
        draft.add_file(Path::new(name), text).map_or_else(|error| error.to_string(), |()| String::new())
    }

    #[test]
    fn one_more_than_there_are_numbers_is_refused_and_not_counted_from_the_beginning() {
        let mut draft = Draft::english();
        let verb = draft.verbs[0].clone();
        draft.verbs.resize(MOST, verb);
        let verbs = "lemma,forms,act,stance,addressee,particles,strength\nskeet,,speech,write,,,core\n";
        assert_eq!(
            told(draft, "reporting-verbs.csv", verbs),
            "reporting-verbs.csv:2:1: expected no more than 65535 verbs\n  skeet,,speech,write,,,core"
        );
        let mut draft = Draft::english();
        let noun = draft.nouns[0].clone();
        draft.nouns.resize(MOST - 1, noun);
        let nouns = "lemma,plural,act,stance\nmurmur,murmurs,speech,assert\nmutter,mutters,speech,assert\n";
        assert_eq!(
            told(draft, "reporting-nouns.csv", nouns),
            "reporting-nouns.csv:3:1: expected no more than 65535 nouns\n  mutter,mutters,speech,assert"
        );
        let mut draft = Draft::english();
        draft.labels.resize(MOST + 1, "office".into());
        assert_eq!(
            told(draft, "desks.csv", "desk,kind\nquay,harbour\n"),
            "desks.csv:2:1: expected no more than 65535 different words in the column `kind`\n  quay,harbour"
        );
    }

    #[test]
    fn phrases_are_counted_too() {
        let phrases = |count: usize| (0..count).map(|n| format!("zz w{n}\n")).collect::<String>();
        assert_eq!(told(Draft::english(), "rivals.txt", &phrases(MOST)), "");
        assert_eq!(
            told(Draft::english(), "rivals.txt", &phrases(MOST + 1)),
            "rivals.txt:65536:1: expected no more than 65535 phrases with the same first word\n  zz w65535"
        );
        let long = |count: usize| told(Draft::english(), "rivals.txt", &"a ".repeat(count));
        assert_eq!(long(MOST + 1), "");
        assert!(long(MOST + 2).starts_with("rivals.txt:1:1: expected no more than 65535 words in a phrase"));
    }
}
