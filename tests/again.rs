//! Whoever was named is known again by any later name, title or pronoun, whatever stands between.

use std::sync::LazyLock;

use onrecord::{Extractor, Grammar, Selection};
use pretty_assertions::assert_eq;

#[path = "common/bare.rs"]
mod bare;

static ENGLISH: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(Grammar::english()));

/// Ann or Tom Rell is named, and what they may be called later.
const NAMED: [(&str, &[&str]); 48] = [
    (
        "Ann Rell, the mayor of Tarn, opened the bridge on Monday.",
        &["the mayor", "Mayor Rell", "the Tarn mayor"],
    ),
    ("Mayor Ann Rell opened the bridge on Monday.", &["the mayor", "Mayor Rell"]),
    ("The mayor, Ann Rell, opened the bridge on Monday.", &["the mayor"]),
    ("Tarn mayor Ann Rell opened the bridge on Monday.", &["the mayor", "Mayor Rell"]),
    ("The bridge was opened by the mayor, Ann Rell, on Monday.", &["the mayor"]),
    ("Tom Rell, a 44-year-old plumber, was hurt in the crash.", &["the 44-year-old", "the plumber"]),
    ("Tom Rell, 44, was hurt in the crash.", &["the 44-year-old"]),
    ("Plumber Tom Rell was hurt in the crash.", &["the plumber"]),
    ("Dr Ann Rell runs the ward.", &["the doctor", "Dr Rell"]),
    ("Dr Ann Rell, a surgeon, runs the ward.", &["the surgeon", "Dr Rell"]),
    ("Detective Inspector Tom Rell led the search.", &["the inspector", "DI Rell", "the detective"]),
    ("Sgt. Tom Rell of the Tarn police led the search.", &["the sergeant", "Sgt. Rell"]),
    ("Justice Ann Rell heard the case.", &["the judge", "Justice Rell"]),
    ("Judge Tom Rell heard the case.", &["the judge", "Judge Rell"]),
    ("Sen. Ann Rell voted against the bill.", &["the senator", "Sen. Rell"]),
    ("Rep. Tom Rell, R-Ohio, voted against the bill.", &["the congressman", "Rep. Rell"]),
    ("Labour MP Ann Rell voted against the bill.", &["the MP", "the Labour MP"]),
    ("Ann Rell, the Labour MP for Tarn, voted against the bill.", &["the MP", "the Tarn MP"]),
    ("Tarn Rovers manager Tom Rell picked a young side.", &["the manager", "the Rovers manager"]),
    ("Tom Rell, the Tarn Rovers manager, picked a young side.", &["the manager", "the Rovers boss"]),
    ("Striker Tom Rell scored twice.", &["the striker"]),
    ("Actress Ann Rell has left the show.", &["the actress"]),
    ("Singer Ann Rell has left the band.", &["the singer"]),
    ("Chief executive Ann Rell has left the bank.", &["the chief executive"]),
    ("Tarn Bank’s chief executive, Ann Rell, has left.", &["the chief executive"]),
    (
        "Professor Tom Rell of Tarn University found the bones.",
        &["the professor", "Prof Rell", "Professor Rell"],
    ),
    ("Rev Tom Rell leads the church.", &["the vicar", "Rev Rell"]),
    ("Chief Adewale Rell leads the party.", &["Chief Rell"]),
    ("The chairman of the party, Chief Adewale Rell, resigned.", &["the chairman", "Chief Rell"]),
    ("Police spokesperson SP Ann Rell confirmed the arrest.", &["the spokesperson", "SP Rell"]),
    ("Finance Minister Tom Rell read the budget.", &["the minister", "the finance minister"]),
    ("Tom Rell, the finance minister, read the budget.", &["the minister", "the finance minister"]),
    (
        "Prime Minister Ann Rell met the unions.",
        &["the prime minister", "Prime Minister Rell", "the premier"],
    ),
    ("President Tom Rell met the unions.", &["the president", "President Rell"]),
    ("Advocate Tom Rell appeared for the accused.", &["the advocate", "the lawyer"]),
    ("Attorney Ann Rell appeared for the accused.", &["the attorney", "the lawyer"]),
    ("Coach Tom Rell picked a young side.", &["the coach", "Coach Rell"]),
    ("Gov. Ann Rell signed the bill.", &["the governor", "Gov. Rell"]),
    ("Ann Rell, a nurse at the hospital, saw the fire.", &["the nurse"]),
    ("A nurse at the hospital, Ann Rell, saw the fire.", &["the nurse"]),
    ("Mother-of-two Ann Rell saw the fire.", &["the mother-of-two"]),
    ("Ann Rell, whose son was hurt, saw the fire.", &[]),
    ("Author Tom Rell has died.", &["the author"]),
    ("Imam Tom Rell leads the mosque.", &["the imam"]),
    ("Council leader Ann Rell backed the plan.", &["the council leader", "the leader"]),
    ("Ann Rell, leader of the council, backed the plan.", &["the council leader", "the leader"]),
    ("Governor Ann Rell signed the bill.", &["the governor", "Governor Rell"]),
    ("Farmer Tom Rell lost his cows.", &["the farmer"]),
];

/// What stands between; `{}` is somebody of the other gender.
const BETWEEN: [&str; 6] = [
    "",
    "The weather was wet. ",
    "It took two hours.\n\n",
    "Hundreds of people watched.\n\n",
    "{} was there too. ",
    "The day before, {} had refused to come.\n\n",
];

/// `{}` speaks, with a capital where it is `{C}`.
const REPORTS: [&str; 7] = [
    "“The road is shut,” {} said.",
    "{C} said the road was shut.",
    "{C} added: “The road is shut.”",
    "{C} told reporters that the road was shut.",
    "“The road is shut,” {} told the Herald.",
    "“The road is shut,” said {}.",
    "According to {}, the road is shut.",
];
/// Those that no pronoun has.
const NO_PRONOUN: usize = 2;

#[test]
fn whoever_was_named_is_known_again() {
    for (i, (named, titles)) in NAMED.iter().enumerate() {
        let woman = named.contains("Ann");
        let (pronoun, address, other) = if woman {
            ("she", ["Ms Rell", "Mrs. Rell"], "Tom Hale")
        } else {
            ("he", ["Mr Rell", "Mr. Rell"], "Eva Hale")
        };
        let name = ["Adewale Rell", "Ann Rell", "Tom Rell"].into_iter().find(|name| named.contains(name));
        let later = titles.iter().copied().chain(address).chain(["Rell", pronoun]);
        for (j, later) in later.enumerate() {
            for (k, between) in BETWEEN.iter().enumerate() {
                let reports = if later == pronoun { REPORTS.len() - NO_PRONOUN } else { REPORTS.len() };
                let report = REPORTS[(i + j + k) % reports];
                let capital = later[..1].to_uppercase() + &later[1..];
                let report = report.replace("{C}", &capital).replace("{}", later);
                let text = format!("{named} {}{report}\n", between.replace("{}", other));
                let records = bare::found(&ENGLISH, &text, Selection::default()).records;
                let road = records.iter().find(|r| r.content.text.contains("road"));
                let speaker = road.and_then(|r| r.speaker.as_ref()?.name.as_deref());
                assert_eq!(speaker, name, "{text}");
            }
        }
    }
}
