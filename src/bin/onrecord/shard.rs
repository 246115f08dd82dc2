//! A part of the input for each of several machines.

use std::str::FromStr;

use sha2::{Digest, Sha256};

/// One of so many parts. Which documents are in it depends on their names alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// From 0.
    index: u64,
    of: u64,
}

impl Shard {
    pub fn takes(self, document: &str) -> bool {
        let digest = Sha256::digest(document);
        let hash = u64::from_be_bytes(digest[..8].try_into().expect("eight bytes"));
        hash % self.of == self.index
    }
}

impl FromStr for Shard {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers = text.split_once('/').and_then(|(number, of)| number.parse().ok().zip(of.parse().ok()));
        match numbers {
            Some((number, of)) if (1..=of).contains(&number) => Ok(Self { index: number - 1, of }),
            _ => Err("a part is written I/N, as 1/4 for the first of four"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_document_is_in_one_part() {
        let shards: Vec<Shard> = ["1/3", "2/3", "3/3"].map(|text| text.parse().unwrap()).to_vec();
        let names: Vec<String> = (0..300).map(|n| format!("news/{n}.txt")).collect();
        for name in &names {
            assert_eq!(shards.iter().filter(|shard| shard.takes(name)).count(), 1);
        }
        for shard in &shards {
            let count = names.iter().filter(|name| shard.takes(name)).count();
            assert!((70..130).contains(&count), "{count} of 300");
        }
        // Which part it is must stay the same in later versions.
        assert!(
            "2/4".parse::<Shard>().unwrap().takes("a.txt") != "1/4".parse::<Shard>().unwrap().takes("a.txt")
        );
    }

    #[test]
    fn parts_that_are_none_are_refused() {
        for text in ["0/4", "5/4", "1", "1/0", "a/b", "/", "-1/2"] {
            assert!(text.parse::<Shard>().is_err(), "{text}");
        }
    }
}
