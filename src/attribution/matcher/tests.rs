//! Forms over a small lattice that is written down by hand.

use super::*;
use crate::attribution::cue::{Sense, Voice};
use crate::grammar::resolve;
use crate::lexicon::{Gender, fold};
use crate::mention::{MentionKind, Other};
use crate::span::Span;
use crate::token::{Case, Kind};
use pretty_assertions::assert_eq;
use std::path::Path;
use std::sync::LazyLock;

static ENGLISH: LazyLock<Grammar> = LazyLock::new(Grammar::english);

/// Words parted by spaces. `[` and `]` stand around a quotation, `<` and `>` around a mention, `{` and `}` around
/// a finite cue, `(` and `)` around an -ing cue; the signs are no tokens. `/` parts paragraphs, a stop sentences.
struct Fake {
    words: Vec<String>,
    tokens: Vec<Token>,
    lexicon: &'static Lexicon,
    quotations: Vec<(usize, usize)>,
    mentions: Vec<Mention>,
    cues: Vec<(usize, usize, Voice)>,
    paragraphs: Vec<usize>,
    sentences: Vec<Sentence>,
}

impl Fake {
    fn new(text: &str) -> Self {
        let mut fake = Self {
            words: Vec::new(),
            tokens: Vec::new(),
            lexicon: &ENGLISH.lexicon,
            quotations: Vec::new(),
            mentions: Vec::new(),
            cues: Vec::new(),
            paragraphs: vec![0],
            sentences: Vec::new(),
        };
        let mut open = Vec::new();
        for word in text.split_whitespace() {
            let at = fake.tokens.len();
            match word {
                "[" | "<" | "{" | "(" => open.push(at),
                "]" => fake.quotations.push((open.pop().unwrap(), at)),
                ">" => fake.add_mention(open.pop().unwrap(), at),
                "}" => fake.cues.push((open.pop().unwrap(), at, Voice::Finite)),
                ")" => fake.cues.push((open.pop().unwrap(), at, Voice::Ing)),
                "/" => fake.paragraphs.push(at),
                word => fake.add_token(word),
            }
        }
        let mut starts: Vec<usize> = (1..fake.tokens.len())
            .filter(|&i| fake.words[i - 1] == "." && fake.words[i] != "." || fake.paragraphs.contains(&i))
            .collect();
        starts.insert(0, 0);
        starts.push(fake.tokens.len());
        let sentence = |pair: &[usize]| Sentence {
            tokens: TokenSpan::new(pair[0], pair[1]),
            paragraph: fake.paragraphs.iter().filter(|&&start| start <= pair[0]).count() as u32,
        };
        fake.sentences = starts.windows(2).map(sentence).collect();
        fake
    }

    fn matches(&self, forms: &[&str]) -> Matches {
        self.found_by(&Matcher::new(&grammar(forms)))
    }

    fn found_by(&self, matcher: &Matcher) -> Matches {
        let quotations = self.quotations.iter().zip(0..);
        let said = self.lexicon.entry(self.lexicon.id(fold("said")));
        let cue = |&(start, end, voice): &(usize, usize, Voice)| CueGroup {
            tokens: TokenSpan::new(start, end),
            head: start as u32,
            voice,
            sentence: 0,
            quoted: false,
            idle: false,
            own: None,
            follows: None,
            sense: Sense::new(voice, said, self.lexicon),
        };
        let cues: Vec<CueGroup> = self.cues.iter().map(cue).collect();
        let scene = Scene {
            tokens: &self.tokens,
            sentences: &self.sentences,
            lexicon: self.lexicon,
            quotations: quotations.map(|(&(start, end), i)| (i, TokenSpan::new(start, end))).collect(),
            mentions: &self.mentions,
            cues: &cues,
        };
        let mut matches = Matches::default();
        matcher.find(&scene, &mut matches);
        matches
    }

    fn add_token(&mut self, word: &str) {
        let kind = match word {
            "," => Kind::Comma,
            "." => Kind::Stop,
            ":" => Kind::Colon,
            _ => Kind::Word,
        };
        let hash = fold(word);
        let word_id = self.lexicon.id(hash);
        self.words.push(word.to_owned());
        self.tokens.push(Token {
            span: Span::new(0, 0),
            hash,
            word: word_id,
            kind,
            case: Case::Lower,
            spaced: true,
        });
    }

    fn add_mention(&mut self, start: usize, end: usize) {
        let tokens = TokenSpan::new(start, end);
        let kind = if self.words[start] == "she" { MentionKind::Pronoun } else { MentionKind::Name };
        let mention = Mention {
            base: tokens,
            full: tokens,
            head: end as u32 - 1,
            kind,
            name: tokens,
            apposition: Other::NONE,
            gender: Gender::Unknown,
            plural: false,
            sentence: 0,
            quoted: false,
        };
        self.mentions.push(mention);
    }
}

fn grammar(forms: &[&str]) -> Grammar {
    let forms: String = forms.iter().map(|form| format!("  form {form}\n")).collect();
    let text = format!("pattern it\n  why a\n{forms}  yes {{source b}}\n  no c\n");
    let mut grammar = ENGLISH.clone();
    grammar.patterns = resolve::patterns(Path::new("test.pattern"), &text, &grammar.lexicon).unwrap();
    grammar
}

/// Every match as `role=words`.
fn found(forms: &[&str], text: &str) -> Vec<String> {
    let fake = Fake::new(text);
    let matches = fake.matches(forms);
    let capture = |c: &Capture| format!("{}={}", c.role.name(), fake.words[c.tokens.range()].join(" "));
    matches.iter().map(|m| m.roles.iter().map(capture).collect::<Vec<_>>().join(" | ")).collect()
}

/// What lies beyond a limit costs every sentence a look, and nobody would see it in the results.
#[test]
fn all_that_the_grammar_asks_for_has_a_bit() {
    let matcher = Matcher::new(&ENGLISH);
    assert!(matcher.atoms.asks.len() <= program::NEEDED);
    assert!(matcher.atoms.cue_atoms.len() <= passes::MOST_TESTS);
    let needs = matcher.tree.meets.iter().copied().fold(tree::Needs::NONE, tree::Needs::or);
    assert!(needs.iter().count() < tree::MOST_NEEDS);
}

#[test]
fn a_tag_behind_a_quotation_is_found() {
    let form = ["content=QUOTE ,? cue=SAYS source=MENTION"];
    assert_eq!(
        found(&form, "[ “ Yes ” ] , { said } < Ana Ruiz > ."),
        ["content=“ Yes ” | cue=said | source=Ana Ruiz"]
    );
    assert_eq!(found(&form, "[ “ Yes ” ] { said } < Ana > ."), ["content=“ Yes ” | cue=said | source=Ana"]);
    assert_eq!(found(&form, "[ “ Yes ” ] and { said } < Ana > ."), [""; 0]);
}

#[test]
fn a_form_stays_in_its_sentence_unless_it_says_otherwise() {
    let text = "[ “ Yes ” ] . < she > { said } .";
    assert_eq!(found(&["content=QUOTE . source=MENTION cue=SAYS"], text), [""; 0]);
    assert_eq!(
        found(&["content=QUOTE . START source=MENTION cue=SAYS"], text),
        ["content=“ Yes ” | source=she | cue=said"]
    );
    let text = "[ “ Yes ” ] / < Ana >";
    assert_eq!(found(&["content=QUOTE source=MENTION"], text), [""; 0]);
    assert_eq!(found(&["content=QUOTE ¶ source=MENTION ¶"], text), ["content=“ Yes ” | source=Ana"]);
}

#[test]
fn a_quotation_of_many_sentences_is_passed_over_to_its_tag() {
    let form = ["content=QUOTE , cue=SAYS source=MENTION"];
    for sentences in [1, 3, 300] {
        let text = format!("[ {} b ” ] , {{ said }} < Ana > .", "“ a . ".repeat(sentences));
        assert_eq!(found(&form, &text).len(), 1, "{sentences}");
    }
}

#[test]
fn a_clause_is_as_short_as_the_rest_allows() {
    let form = ["content=CLAUSE , source=MENTION cue=SAYS"];
    assert_eq!(
        found(&form, "rain , hail , < Ana > { said } ."),
        ["content=rain , hail | source=Ana | cue=said"]
    );
    assert_eq!(
        found(&["content=CLAUSE , content=CLAUSE"], "a , b , c ."),
        ["content=a | content=b , c", "content=a , b | content=c"]
    );
}

#[test]
fn a_clause_at_the_end_runs_to_the_stop_and_over_quotations() {
    let form = ["source=MENTION cue=SAYS content=( that CLAUSE )"];
    assert_eq!(
        found(&form, "< Ana > { said } that it was [ “ bad . very bad ” ] indeed ."),
        ["source=Ana | cue=said | content=that it was “ bad . very bad ” indeed"]
    );
    assert_eq!(found(&form, "< Ana > { said } that ."), [""; 0]);
}

#[test]
fn a_clause_with_something_optional_behind_it_still_ends_with_the_sentence() {
    let form = ["cue=SAYS content=( CLAUSE QUOTE CLAUSE? )"];
    assert_eq!(found(&form, "{ said } it was [ “ bad ” ] ."), ["cue=said | content=it was “ bad ”"]);
    assert_eq!(
        found(&form, "{ said } it was [ “ bad ” ] for all ."),
        ["cue=said | content=it was “ bad ” for all", "cue=said | content=it was “ bad ”"]
    );
}

#[test]
fn a_clause_that_opens_a_form_opens_a_sentence() {
    assert_eq!(
        found(&["content=CLAUSE cue=SAYS"], "a b { said } . c { said } ."),
        ["content=a b | cue=said", "content=c | cue=said"]
    );
}

#[test]
fn a_gap_counts_a_mention_once_and_leaves_no_quotation_out() {
    let form = ["source=NAME ..2 cue=SAYING"];
    let both = ["source=Ana | cue=saying", "source=Bo van Dyk | cue=saying"];
    assert_eq!(found(&form, "< Ana > waved < Bo van Dyk > ( saying ) ."), both);
    assert_eq!(
        found(&form, "< Ana > waved to < Bo van Dyk > ( saying ) ."),
        ["source=Bo van Dyk | cue=saying"]
    );
    assert_eq!(found(&["source=PRONOUN ..5 cue=SAYING"], "< she > sang [ “ a ” ] ( saying ) ."), [""; 0]);
    assert_eq!(found(&["source=PRONOUN ..5 cue=SAYING"], "< she > sang . la ( saying ) ."), [""; 0]);
}

#[test]
fn a_group_is_captured_whole_and_keeps_what_it_is() {
    let fake = Fake::new("< Ana > { was quoted } as ( saying ) [ “ a ” ]");
    let matches = fake.matches(&["source=( MENTION | PRONOUN ) cue=( SAYS as SAYING ) content=( QUOTE )"]);
    let first = matches.iter().next().expect("a match");
    let kinds: Vec<_> = first.roles.iter().map(|c| (c.kind, c.tokens.len())).collect();
    assert_eq!(
        kinds,
        [(CaptureKind::Mention(0), 1), (CaptureKind::Cue(1), 4), (CaptureKind::Quotation(0), 3)]
    );
    assert_eq!(first.tokens, TokenSpan::new(0, 8));
}

#[test]
fn a_list_gives_its_longest_phrase_and_otherwise_the_word() {
    let form = ["cue=SAYS setting=( @prepositions ) source=MENTION"];
    for phrase in ["as", "as against", "as well as"] {
        assert_eq!(
            found(&form, &format!("{{ said }} {phrase} < Ana > .")),
            [format!("cue=said | setting={phrase} | source=Ana")]
        );
    }
    assert_eq!(found(&form, "{ said } as well < Ana > ."), [""; 0]);
    assert_eq!(found(&form, "{ said } as < against Ana > ."), [""; 0]);
}

#[test]
fn one_stretch_can_be_captured_in_two_roles() {
    let form = ["cue=SAYS addressee=( via=MENTION )"];
    assert_eq!(found(&form, "{ told } < Bo > ."), ["cue=told | addressee=Bo | via=Bo"]);
}

#[test]
fn brackets_narrow_a_cue_by_every_column() {
    let text = "< Ana > { said } .";
    for (test, finds) in [
        ("say", true),
        ("tell", false),
        ("~neutral", true),
        ("~deny", false),
        ("+core +to", true),
        ("+core +object", false),
    ] {
        assert_eq!(!found(&[&format!("source=MENTION cue=SAYS[{test}]")], text).is_empty(), finds, "{test}");
    }
}

#[test]
fn no_more_than_four_ways_from_one_token() {
    assert_eq!(
        found(&["content=CLAUSE , content=CLAUSE"], "a , b , c , d , e , f , g .").len(),
        MOST_MATCHES
    );
}

#[test]
fn two_forms_that_say_the_same_say_it_once() {
    let forms = ["source=MENTION ,? cue=SAYS", "source=NAME cue=SAYS"];
    assert_eq!(found(&forms, "< Ana > { said } ."), ["source=Ana | cue=said"]);
}

#[test]
fn what_forms_need_and_where_they_lead_takes_no_match_away() {
    let matcher = Matcher::new(&ENGLISH);
    let mut heedless = matcher.clone();
    heedless.tree.forget_all();
    let mut found = 0;
    for text in [
        "[ “ Yes ” ] , { said } < Ana Ruiz > , who rows .",
        "[ “ Yes , ” ] < she > { said } , [ “ and no . ” ]",
        "< Ana > { said } that the gate was [ “ shut ” ] .",
        "The gate was shut , < she > { said } on Monday .",
        "The gate was shut , { said } < Ana > . < Bo > { said } nothing .",
        "As < Ana > { put } it , [ “ a gate is a gate . ” ]",
        "< Bo > : [ “ Shut it . ” ] / < Ana > : [ “ No . ” ]",
        "[ “ Shut it . ” ] / < Bo >",
        "According to < Ana > , the gate was shut .",
        "< Ana > nodded . [ “ It is shut . ” ]",
        "< Ana > , on Monday , { said } that the gate was shut .",
        "< Ana > { said } yesterday , in the rain , that the gate was shut .",
        "In a statement , < Ana > { said } the gate was [ “ shut ” ] .",
        "< Ana > was adamant that the gate was shut .",
        "The gate was shut , and < Ana > was adamant that it was .",
        "< Ana > waved to < Bo van Dyk > , ( saying ) [ “ Shut it . ” ]",
    ] {
        let fake = Fake::new(text);
        let (with, without) = (fake.found_by(&matcher), fake.found_by(&heedless));
        assert_eq!(with, without, "{text}");
        found += with.len();
    }
    assert!(found > 10, "{found}");
}

#[test]
fn only_a_beginning_behind_something_leads_out_of_a_sentence() {
    let leads_out = |form| Matcher::new(&grammar(&[form])).programs[0].leaves < usize::MAX;
    assert!(leads_out("content=QUOTE . START source=MENTION cue=SAYS"));
    assert!(leads_out("content=QUOTE ( , | START ) source=MENTION cue=SAYS"));
    assert!(!leads_out("START source=MENTION cue=SAYS content=CLAUSE"));
    let form = "( START | , | and ) source=MENTION cue=SAYS content=CLAUSE";
    assert!(!leads_out(form));
    for text in ["< Ana > { said } it rained .", "It rained , < Ana > { said } it rained ."] {
        assert_eq!(found(&[form], text), ["source=Ana | cue=said | content=it rained"], "{text}");
    }
    assert_eq!(found(&[form], "It rained < Ana > { said } it rained ."), [""; 0]);
}

#[test]
fn a_choice_finds_what_each_of_its_ways_finds() {
    let form = ["source=MENTION ( , | - )? cue=SAYS ( that | whether | @prepositions ) content=CLAUSE"];
    for text in [
        "< Ana > { said } that it rained .",
        "< Ana > , { said } whether it rained .",
        "< Ana > , { said } as well as it rained .",
    ] {
        assert_eq!(found(&form, text), ["source=Ana | cue=said | content=it rained"], "{text}");
    }
    assert_eq!(found(&form, "< Ana > , { said } it rained ."), [""; 0]);
}

#[test]
fn a_sentence_without_end_takes_no_more_than_its_steps() {
    let text = format!("{} , < Ana > {{ said }} .", "a , ".repeat(5_000));
    assert_eq!(found(&["content=CLAUSE , source=MENTION cue=SAYS"], &text), [""; 0]);
}

#[test]
fn empty_text_has_no_matches() {
    assert_eq!(found(&["source=MENTION"], ""), [""; 0]);
}
