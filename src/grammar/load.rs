//! All files of a grammar into one: the built-in ones, and a newsroom's own on top.

use std::fs;
use std::path::{Path, PathBuf};

use nom::branch::alt;
use nom::character::complete::{char, line_ending, not_line_ending, space0, space1};
use nom::combinator::{eof, map, not, opt, value};
use nom::multi::many0;
use nom::sequence::{preceded, terminated};
use nom::{Finish, Parser};
use sha2::{Digest, Sha256};

use super::parse::{Read, expect, name, refused};
use super::{Element, Grammar, Item, Pattern, builtin, resolve};
use crate::error::{Error, ErrorKind, Position};
use crate::evidence::weights::{self, Weights};
use crate::lexicon::{self, Draft, Lexicon};

impl Grammar {
    /// Reads the files of the built-in grammar, which a test reads too, so this cannot fail.
    ///
    /// [`Grammar::english`] is the same and takes no time: this was done when the program was built.
    pub fn built_in() -> Self {
        let mut files = Files::new();
        for (name, text) in lexicon::builtin::FILES.iter().chain(builtin::PATTERNS).chain(builtin::WEIGHTS) {
            files.hash(name, text);
        }
        files.hash("order.txt", builtin::ORDER);
        let lexicon = Draft::english().finish();
        let order =
            order(Path::new("<builtin>/order.txt"), builtin::ORDER).expect("a test reads the built-in order");
        let texts = builtin::PATTERNS
            .iter()
            .map(|&(path, text)| (Path::new("<builtin>").join(path), text.to_owned()));
        let patterns = read_patterns(&texts.collect::<Vec<_>>(), &order, &lexicon);
        let mut grammar = Self {
            patterns: patterns
                .unwrap_or_else(|errors| panic!("a test reads the built-in patterns: {}", errors[0])),
            lexicon,
            weights: weights(&[]).unwrap_or_else(|errors| panic!("a test reads them: {}", errors[0])),
            digest: files.digest(),
        };
        grammar.rank();
        grammar
    }

    /// A newsroom's own `words/*`, `patterns/*.pattern` and `weights/*.csv`, on top of English.
    ///
    /// Words are added to the lists of their files' names. Patterns go before the built-in ones; one with the
    /// file and name of a built-in pattern takes its place. An `order.txt` says which of the own files is surest,
    /// else they follow the alphabet. Weights replace those of the same name.
    ///
    /// # Errors
    /// Every mistake in every file, with its place; a folder or file that cannot be read, with its path.
    pub fn load(dir: &Path) -> Result<Self, Vec<Error>> {
        let mut files = Files::new();
        fs::read_dir(dir).map_err(|source| vec![io(dir, source)])?;
        let mut grammar = Self::built_in();
        files.0.update(grammar.digest);
        let mut errors = Vec::new();
        let words = files.folder(dir, "words", &["txt", "csv"])?;
        if !words.is_empty() {
            let mut draft = Draft::english();
            errors.extend(words.iter().filter_map(|(path, text)| draft.add_file(path, text).err()));
            grammar.lexicon = draft.finish();
        }
        let order_file = dir.join("order.txt");
        let own_order = match files.file(dir, &order_file)? {
            Some(text) => order(&order_file, &text).unwrap_or_else(|error| {
                errors.push(error);
                Vec::new()
            }),
            None => Vec::new(),
        };
        let texts = files.folder(dir, "patterns", &["pattern"])?;
        match read_patterns(&texts, &own_order, &grammar.lexicon) {
            Ok(own) => grammar.put_first(own),
            Err(wrong) => errors.extend(wrong),
        }
        let own = files.folder(dir, "weights", &["csv"])?;
        if !own.is_empty() {
            match weights(&own) {
                Ok(own) => grammar.weights = own,
                Err(wrong) => errors.extend(wrong),
            }
        }
        errors.extend(too_much(dir, &grammar));
        grammar.digest = files.digest();
        if errors.is_empty() { Ok(grammar) } else { Err(errors) }
    }

    fn put_first(&mut self, own: Vec<Pattern>) {
        let replaced =
            |built_in: &Pattern| own.iter().any(|p| p.file == built_in.file && p.name == built_in.name);
        self.patterns.retain(|p| !replaced(p));
        self.patterns.splice(0..0, own);
        self.rank();
    }

    fn rank(&mut self) {
        for (rank, pattern) in self.patterns.iter_mut().enumerate() {
            pattern.rank = rank as u32;
        }
    }
}

/// So many elements have the forms of all patterns together, and in so many ways words share their lists: what is asked
/// of places has numbers of 16 bits, of which each element takes two at most and each of these ways one.
const MOST_ELEMENTS: usize = 14_000;
const MOST_WAYS: usize = 36_000;

/// A grammar that is larger than its numbers.
fn too_much(dir: &Path, grammar: &Grammar) -> Option<Error> {
    let mut elements = 0;
    let over = grammar.patterns.iter().find(|pattern| {
        elements += pattern.forms.iter().map(|form| count(form)).sum::<usize>();
        elements > MOST_ELEMENTS
    });
    if let Some(pattern) = over {
        let text = format!("pattern {}", pattern.name);
        let position = Position { file: pattern.path.clone(), line: pattern.line, column: 9, text };
        let expected = format!("no more than {MOST_ELEMENTS} elements in the forms of all patterns");
        return Some(ErrorKind::Grammar { position: Box::new(position), expected }.into());
    }
    let reason = format!("the words share their lists in more than {MOST_WAYS} ways; take fewer lists");
    (grammar.lexicon.ways() > MOST_WAYS).then(|| ErrorKind::Input { path: dir.join("words"), reason }.into())
}

/// How many elements there are, those of choices among them.
fn count(elements: &[Element]) -> usize {
    let inside = |element: &Element| match &element.item {
        Item::Choice(ways) => ways.iter().map(|way| count(way)).sum(),
        _ => 0,
    };
    elements.iter().map(|element| 1 + inside(element)).sum()
}

/// The built-in weights, but for the files that have the name of one of these.
fn weights(own: &[(PathBuf, String)]) -> Result<Weights, Vec<Error>> {
    let mut draft = weights::Draft::default();
    let mut errors = Vec::new();
    let built_in = builtin::WEIGHTS.iter().map(|&(path, text)| (Path::new(path), text));
    let replaced = |path: &Path| own.iter().any(|(own, _)| stem(own) == stem(path));
    let own_files = own.iter().map(|(path, text)| (path.as_path(), text.as_str()));
    for (path, text) in built_in.filter(|(path, _)| !replaced(path)).chain(own_files) {
        errors.extend(draft.add_file(path, &stem(path), text).err());
    }
    if errors.is_empty() { Ok(draft.finish()) } else { Err(errors) }
}

/// The patterns of all files, in the order of `order`; files that it does not name come behind, as they are given.
fn read_patterns(
    files: &[(PathBuf, String)],
    order: &[String],
    lexicon: &Lexicon,
) -> Result<Vec<Pattern>, Vec<Error>> {
    let mut groups = Vec::new();
    let mut errors = Vec::new();
    for (path, text) in files {
        match resolve::patterns(path, text, lexicon) {
            Ok(patterns) => {
                let file = stem(path);
                groups.push((order.iter().position(|f| *f == file).unwrap_or(order.len()), patterns));
            }
            Err(wrong) => errors.extend(wrong),
        }
    }
    groups.sort_by_key(|&(place, _)| place);
    if errors.is_empty() {
        Ok(groups.into_iter().flat_map(|(_, patterns)| patterns).collect())
    } else {
        Err(errors)
    }
}

/// The files of `order.txt`, surest first; each line is a file and the reason for its place.
fn order(file: &Path, text: &str) -> Result<Vec<String>, Error> {
    fn idle(input: &str) -> Read<'_, Option<&str>> {
        let comment = preceded(char('#'), not_line_ending);
        value(None, terminated((space0, opt(comment)), line_ending)).parse(input)
    }
    fn entry(input: &str) -> Read<'_, Option<&str>> {
        let reason = expect("the reason for this place", (space1, not_line_ending));
        let file = expect("the name of a pattern file without its ending", name);
        map(terminated(file, (reason, opt(line_ending))), Some).parse(input)
    }
    let mut lines = terminated(many0(alt((idle, preceded(not(eof), entry)))), eof);
    let (_, lines) = lines.parse(text).finish().map_err(|stop| refused(file, text, stop))?;
    Ok(lines.into_iter().flatten().map(str::to_owned).collect())
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn io(path: &Path, source: std::io::Error) -> Error {
    ErrorKind::Io { path: path.to_owned(), source }.into()
}

/// Reads files and remembers all of them in one hash.
struct Files(Sha256);

impl Files {
    fn new() -> Self {
        Self(Sha256::new())
    }

    /// Lengths keep two files apart whose texts could be cut at another place.
    fn hash(&mut self, name: &str, text: &str) {
        for part in [name, text] {
            self.0.update((part.len() as u64).to_le_bytes());
            self.0.update(part);
        }
    }

    fn digest(self) -> [u8; 32] {
        self.0.finalize().into()
    }

    /// A file, where there is one.
    fn file(&mut self, dir: &Path, path: &Path) -> Result<Option<String>, Vec<Error>> {
        match fs::read_to_string(path) {
            Ok(text) => {
                let name = path.strip_prefix(dir).unwrap_or(path);
                self.hash(&name.to_string_lossy().replace('\\', "/"), &text);
                Ok(Some(text))
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(vec![io(path, e)]),
        }
    }

    /// The files of a folder with one of these endings, in the order of the alphabet; none where it is absent.
    fn folder(
        &mut self,
        dir: &Path,
        name: &str,
        endings: &[&str],
    ) -> Result<Vec<(PathBuf, String)>, Vec<Error>> {
        let folder = dir.join(name);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(e) => return Err(vec![io(&folder, e)]),
        };
        let mut paths = entries
            .map(|entry| entry.map(|e| e.path()))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|e| vec![io(&folder, e)])?;
        paths.retain(|p| p.extension().is_some_and(|e| endings.iter().any(|known| e == *known)));
        paths.sort();
        let mut texts = Vec::new();
        let mut errors = Vec::new();
        for path in paths {
            match self.file(dir, &path) {
                Ok(text) => texts.extend(text.map(|text| (path, text))),
                Err(wrong) => errors.extend(wrong),
            }
        }
        if errors.is_empty() { Ok(texts) } else { Err(errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::weights::feature_key;
    use pretty_assertions::assert_eq;

    const PATTERN: &str =
        "pattern tag\n  why a\n  form source=MENTION cue=SAYS\n  yes {source Ana} {cue said}.\n  no b\n";

    fn newsroom(files: &[(&str, &str)]) -> (PathBuf, Result<Grammar, Vec<Error>>) {
        let number = files.iter().map(|(n, t)| n.len() * 31 + t.len()).sum::<usize>();
        let dir = std::env::temp_dir().join(format!("onrecord-grammar-{}-{number}", std::process::id()));
        for folder in ["words", "patterns", "weights"] {
            fs::create_dir_all(dir.join(folder)).unwrap();
        }
        for (name, text) in files {
            fs::write(dir.join(name), text).unwrap();
        }
        let grammar = Grammar::load(&dir);
        fs::remove_dir_all(&dir).unwrap();
        (dir, grammar)
    }

    #[test]
    fn own_patterns_come_first_in_their_own_order() {
        let (_, grammar) = newsroom(&[
            ("order.txt", "# surest first\n\nzebra  seen daily\nant    seen once"),
            ("patterns/ant.pattern", PATTERN),
            ("patterns/zebra.pattern", PATTERN),
            ("weights/who.csv", "feature,weight\nform=said,7\n"),
        ]);
        let grammar = grammar.unwrap();
        let ids: Vec<_> = grammar.patterns.iter().map(Pattern::id).take(2).collect();
        assert_eq!(ids, ["zebra/tag", "ant/tag"]);
        assert!(grammar.patterns.iter().enumerate().all(|(i, p)| p.rank as usize == i));
        assert_eq!(grammar.weights.get(feature_key("who", "form=said")), 7);
        assert_ne!(grammar.digest, Grammar::english().digest);
    }

    #[test]
    fn a_pattern_of_the_same_name_takes_the_place_of_the_built_in_one() {
        let english = Grammar::english();
        let known = &english.patterns[3];
        let text = PATTERN.replace("pattern tag", &format!("pattern {}", known.name));
        let (_, grammar) = newsroom(&[(&format!("patterns/{}.pattern", known.file), &text)]);
        let grammar = grammar.unwrap();
        assert_eq!(grammar.patterns.len(), english.patterns.len());
        assert_eq!((grammar.patterns[0].id(), grammar.patterns[0].why.as_str()), (known.id(), "a"));
    }

    #[test]
    fn own_words_can_be_asked_for_by_own_patterns() {
        let pattern = PATTERN.replace("MENTION", "MENTION[@rivals]");
        let (_, grammar) =
            newsroom(&[("words/rivals.txt", "Daily Kite\n"), ("patterns/own.pattern", &pattern)]);
        assert!(grammar.is_ok());
        let (dir, grammar) = newsroom(&[("patterns/own.pattern", &pattern)]);
        let file = dir.join("patterns/own.pattern");
        assert_eq!(
            grammar.unwrap_err()[0].to_string(),
            format!(
                "{}:3:24: expected the name of a word list; there is none of this name\n  form source=MENTION[@rivals] cue=SAYS",
                file.display()
            )
            .replace("\n  form", "\n    form")
        );
    }

    #[test]
    fn a_grammar_that_is_larger_than_its_numbers_is_refused() {
        let words = |count: usize| (0..count).map(|n| format!("a{n} ")).collect::<String>();
        let pattern = |count: usize| PATTERN.replace("cue=SAYS", &format!("{}cue=SAYS", words(count)));
        let (_, refused) = newsroom(&[("patterns/own.pattern", &pattern(14_000))]);
        let told = refused.unwrap_err()[0].to_string();
        assert!(
            told.contains("own.pattern:1:9: expected no more than 14000 elements in the forms"),
            "{told}"
        );
        let mut large = Grammar::english();
        large.put_first(resolve::patterns("own.pattern".as_ref(), &pattern(9000), &large.lexicon).unwrap());
        assert!(too_much("own".as_ref(), &large).is_none());
    }

    #[test]
    fn lists_that_share_their_words_in_too_many_ways_are_refused() {
        // So many lists share their words in two to their power of ways.
        let told = |lists: usize| {
            let words = |list: usize| (0..1 << lists).filter(move |n| n >> list & 1 != 0);
            let list = |list: usize| words(list).map(|n| format!("w{n}x\n")).collect::<String>();
            let lists: Vec<_> = (0..lists).map(|n| (format!("l{n}.txt"), list(n))).collect();
            let lists: Vec<_> = lists.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
            let lexicon = Draft::with(&lists).unwrap().finish();
            too_much("own".as_ref(), &Grammar { lexicon, ..Grammar::english() })
                .map(|error| error.to_string())
        };
        assert_eq!(told(10), None);
        let expected = "own/words: the words share their lists in more than 36000 ways; take fewer lists";
        assert_eq!(told(16).as_deref(), Some(expected));
    }

    #[test]
    fn the_built_in_grammar_leaves_room_for_others() {
        let english = Grammar::english();
        let elements: usize = english.patterns.iter().flat_map(|p| &p.forms).map(|form| count(form)).sum();
        assert!((1..MOST_ELEMENTS / 4).contains(&elements), "{elements}");
        assert!((1..MOST_WAYS / 4).contains(&english.lexicon.ways()), "{}", english.lexicon.ways());
    }

    #[test]
    fn mistakes_of_all_files_are_shown_together() {
        let (_, grammar) = newsroom(&[
            ("order.txt", "ant\n"),
            ("patterns/ant.pattern", "pattern Tag\n"),
            ("words/pronouns.csv", "entry,gender,number\nze,green,\n"),
        ]);
        let errors: Vec<_> = grammar.unwrap_err().iter().map(ToString::to_string).collect();
        assert_eq!(errors.len(), 3, "{errors:#?}");
        assert!(errors[1].contains("order.txt:1:4: expected the reason for this place"), "{errors:#?}");
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let errors = Grammar::load(Path::new("/no/such/grammar")).unwrap_err();
        assert!(errors[0].to_string().starts_with("/no/such/grammar: "), "{}", errors[0]);
    }

    #[test]
    fn the_digest_does_not_change_between_two_readings() {
        assert_eq!(Grammar::english().digest, Grammar::english().digest);
    }
}
