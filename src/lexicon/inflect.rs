//! The regular forms of English verbs: claim → claims, claiming, claimed.

/// Third person, -ing form, past and past participle of a regular verb.
///
/// `deny` gives `denies, denying, denied, denied`; consonants are not doubled, so `admit` is listed as irregular.
pub fn regular(lemma: &str) -> [String; 4] {
    let (first, rest) = lemma.split_once(' ').map_or((lemma, String::new()), |(f, r)| (f, format!(" {r}")));
    let third = if let Some(stem) = consonant_y(first) {
        format!("{stem}ies")
    } else if ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| first.ends_with(e)) {
        format!("{first}es")
    } else {
        format!("{first}s")
    };
    let ing = if let Some(stem) = first.strip_suffix("ie") {
        format!("{stem}ying")
    } else if first.ends_with('e') && !["ee", "oe", "ye"].iter().any(|e| first.ends_with(e)) {
        format!("{}ing", &first[..first.len() - 1])
    } else {
        format!("{first}ing")
    };
    let past = if let Some(stem) = consonant_y(first) {
        format!("{stem}ied")
    } else if first.ends_with('e') {
        format!("{first}d")
    } else {
        format!("{first}ed")
    };
    [third + &rest, ing + &rest, past.clone() + &rest, past + &rest]
}

fn consonant_y(word: &str) -> Option<&str> {
    word.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']))
}

#[cfg(test)]
mod tests {
    use super::regular;
    use pretty_assertions::assert_eq;

    #[test]
    fn keeps_the_spelling_rules() {
        assert_eq!(regular("deny"), ["denies", "denying", "denied", "denied"]);
        assert_eq!(regular("argue"), ["argues", "arguing", "argued", "argued"]);
        assert_eq!(regular("stress"), ["stresses", "stressing", "stressed", "stressed"]);
        assert_eq!(regular("agree"), ["agrees", "agreeing", "agreed", "agreed"]);
        assert_eq!(regular("lie"), ["lies", "lying", "lied", "lied"]);
    }
}
