//! Who says what in forms that papers everywhere have, one of each: source, name, addressee and content.

use std::sync::LazyLock;

use onrecord::record::Record;
use onrecord::{Extractor, Grammar, Selection};
use pretty_assertions::assert_eq;

#[path = "common/bare.rs"]
mod bare;

static ENGLISH: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(Grammar::english()));

fn records(text: &str) -> Vec<Record> {
    bare::found(&ENGLISH, text, Selection::default()).records
}

/// Source and content of each record, as they stand in the text.
fn said(text: &str) -> Vec<(String, String)> {
    let source = |r: &Record| r.speaker.as_ref().and_then(|s| s.text.as_deref()).unwrap_or("-").to_owned();
    records(text).iter().map(|r| (source(r), r.content.text.to_string())).collect()
}

/// Whom the source of the last record means.
fn last_name(text: &str) -> Option<String> {
    records(text).pop()?.speaker?.name.as_deref().map(str::to_owned)
}

/// Sentences with the source and content of each of their records.
const SENTENCES: &[(&str, &[(&str, &str)])] = &[
    // Participles and second verbs report by themselves.
    (
        "The union said it was “ready to talk”, warning that members were losing patience.",
        &[("The union", "it was “ready to talk”"), ("The union", "that members were losing patience")],
    ),
    (
        "The union said it was “ready to talk,” warning that members were losing patience.",
        &[("The union", "it was “ready to talk,”"), ("The union", "that members were losing patience")],
    ),
    (
        "The mayor said the road was shut and urged drivers to wait.",
        &[("The mayor", "the road was shut"), ("The mayor", "drivers to wait")],
    ),
    (
        "The mayor said the road was shut and closed for repairs.",
        &[("The mayor", "the road was shut and closed for repairs")],
    ),
    (
        "The suit alleges that officials ignored 40,000 comments and failed to explain the savings.",
        &[("The suit", "that officials ignored 40,000 comments and failed to explain the savings")],
    ),
    // A tag that closed its clause leaves what follows to others.
    (
        "The dam could fail within days, engineers said Monday, a day after Ann Roth called the reports “mad.”",
        &[("engineers", "The dam could fail within days"), ("Ann Roth", "the reports “mad.”")],
    ),
    (
        "Rebels seized the airport, the army said, hours after talks collapsed.",
        &[("the army", "Rebels seized the airport")],
    ),
    // When somebody spoke is no part of what was said, nor is the particle of the verb.
    ("The bank said over the weekend it would pay the fine.", &[("The bank", "it would pay the fine")]),
    ("Two senators called Monday for a ban on the drug.", &[("Two senators", "a ban on the drug")]),
    // That and whether belong to what is said.
    ("The judge ruled that the sale was void.", &[("The judge", "that the sale was void")]),
    ("Ms Farr argues that the rent is too high.", &[("Ms Farr", "that the rent is too high")]),
    // Words in marks that go on with a verb are no words of a noun.
    (
        "Mr Kerr said the criticism of the firm “missed the point”.",
        &[("Mr Kerr", "the criticism of the firm “missed the point”")],
    ),
    // A participle in front has its own words, and the main verb has others.
    (
        "Terming it a “milestone”, the ministry on Wednesday said the pact would benefit both.",
        &[("the ministry", "it a “milestone”"), ("the ministry", "the pact would benefit both")],
    ),
    // Nicknames are said by nobody.
    (
        "The trader, Musa Bello, also known as “Small London”, said he was innocent.",
        &[("The trader, Musa Bello", "he was innocent")],
    ),
    // Forms of answering and summing up.
    ("Ken Boll shot back on Monday: “He is wrong.”", &[("Ken Boll", "“He is wrong.”")]),
    ("Hal Jorgens summed it up this way: “Two pups, one toy.”", &[("Hal Jorgens", "“Two pups, one toy.”")]),
    (
        "“No, ma’am, I don’t believe I am,” Stubbs answers.",
        &[("Stubbs", "“No, ma’am, I don’t believe I am,”")],
    ),
    (
        "Her daughters claim staff left her without water.",
        &[("Her daughters", "staff left her without water")],
    ),
    ("The church is haunted, local villagers claim.", &[("local villagers", "The church is haunted")]),
    // Phrases and participles belong to who speaks.
    (
        "A report by auditors concluded that money was lost.",
        &[("A report by auditors", "that money was lost")],
    ),
    ("Planning officers said the scheme was too big.", &[("Planning officers", "the scheme was too big")]),
    ("Her first boss told her that she would fail.", &[("Her first boss", "that she would fail")]),
    // Places, days and agencies speak nothing.
    (
        "Lafia, Jan. 21, 2026 (NBN) Dr Ann Nwoko, a consultant, said that rats spread the disease.",
        &[("Dr Ann Nwoko, a consultant", "that rats spread the disease")],
    ),
    // What is said to have been said has somebody who says it.
    (
        "Captain Ormsby, then 30, is said to have replied that he was not for sale.",
        &[("Captain Ormsby, then 30", "that he was not for sale")],
    ),
];

#[test]
fn every_form_gives_its_sources_and_contents() {
    let wanted = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|&(source, content)| (source.to_owned(), content.to_owned())).collect()
    };
    for (sentence, pairs) in SENTENCES {
        assert_eq!(said(sentence), wanted(pairs), "{sentence}");
    }
}

/// Texts with the name that the source of the last record means.
const NAMES: &[(&str, Option<&str>)] = &[
    // Whoever is told is not whoever tells.
    (
        "Novelist Enid Marsh began as a typist. Her editor, Guy Lamb, told her that she could not spell. “I told him he could not read,” she said.",
        Some("Enid Marsh"),
    ),
    // Offices by their initials, chiefs and bosses.
    (
        "Station House Officer Dinesh Parwan reached the spot. “It was an accident,” the SHO said.",
        Some("Dinesh Parwan"),
    ),
    ("Chief Medical Officer Dr Ann Rathor saw the ward. “It is clean,” the CMO said.", Some("Ann Rathor")),
    ("Union president Tom Rell met the minister. The union boss said it was over.", Some("Tom Rell")),
    (
        "Trainer Willie Shane was confident. “He worked well,” said the Kilbrack trainer.",
        Some("Willie Shane"),
    ),
    ("A FORMER Labour MP has said the party is lost. “It is dead,” he said.", Some("A FORMER Labour MP")),
    ("Kano Governor Ann Rell spoke. The Lagos governor said it was over.", Some("The Lagos governor")),
    ("President Ann Rell spoke. The French president said it was over.", Some("The French president")),
    // Whoever is before a court.
    ("Gary Stubb, 44, is on trial for burglary. The defendant said he was at home.", Some("Gary Stubb")),
    // Friends of somebody are not that person, nor is whoever answers the one who asks.
    ("Friends of the actor, Dan Rourke, said he was resting.", Some("Friends of the actor")),
    ("“Did you pay?” asked Ann Gicheru. “I did,” said the witness.", Some("the witness")),
    ("The governor warned looters to stay away. The emir said the market was quiet.", Some("The emir")),
    ("A guard told them: “You can’t come in.” They said they would be back.", None),
    ("A TRAIN firm has said sorry. The company admitted that it had been slow.", Some("The company")),
    ("WARSAW (AP) — The firm wrote on Friday. “No one is hurt,” it said.", None),
    // Names behind bodies and their offices, in brackets, and with nicknames.
    ("University of Lagos law professor Gil Aronsen said it was over.", Some("Gil Aronsen")),
    ("Central Bank of Nigeria (CBN) Governor Olu Cardoso said it was over.", Some("Olu Cardoso")),
    ("Leader of the Labour group Cllr Jan Firth said it was over.", Some("Jan Firth")),
    ("The Minister for Lands (Mr. Garvey) said the bill was dead.", Some("Garvey")),
    ("Mayor Efrenito “Boy” Salonga said the town was cut off.", Some("Efrenito Salonga")),
    ("Local MP Jagan Rathwania of the Jan Shakti Dal said it was over.", Some("Jagan Rathwania")),
];

#[test]
fn later_and_longer_names_mean_whoever_bears_them() {
    for (text, name) in NAMES {
        assert_eq!(last_name(text).as_deref(), *name, "{text}");
    }
}

#[test]
fn a_text_may_end_with_an_office_of_a_body() {
    assert_eq!(said("They met the Bank of Tarn Governor"), []);
}

#[test]
fn a_text_may_end_with_a_subject_that_may_be_a_verb() {
    assert_eq!(said("Rell said it was “good” and state").len(), 1);
}

#[test]
fn an_appeal_or_a_warning_is_addressed_to_somebody() {
    for (text, whom) in [
        ("The governor appealed to residents to remain calm.", "residents"),
        ("The lawyer pleaded with the judge to free the boy.", "the judge"),
        ("The judge directed the parties to attempt mediation.", "the parties"),
        ("The governor warned looters to stay away.", "looters"),
        ("“It is a tough job,” Malinda told the Sunday Isle.", "the Sunday Isle"),
    ] {
        let addressee = records(text)[0].addressee.as_ref().map(|a| a.passage.text.to_string());
        assert_eq!(addressee.as_deref(), Some(whom), "{text}");
    }
}

#[test]
fn a_request_is_certain_and_hearsay_is_not() {
    for (text, hedged) in [
        ("Passengers were told to stay on the train.", false),
        ("Drivers are being urged to avoid the road.", false),
        ("Rell is said to have told aides that he would resign.", true),
    ] {
        assert_eq!(records(text)[0].hedged, hedged, "{text}");
    }
}

#[test]
fn a_label_keeps_the_words_in_which_somebody_is_cited() {
    let text = "PAUL REES: What did you do?\n\nANNA COLE: I rang and I said, “This is wrong.” They hung up.\n\nPAUL REES: And then?";
    let names: Vec<_> =
        records(text).iter().filter_map(|r| r.speaker.as_ref()?.text.as_deref().map(str::to_owned)).collect();
    assert_eq!(names, ["PAUL REES", "ANNA COLE", "PAUL REES"]);
}
