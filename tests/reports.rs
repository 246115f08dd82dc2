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
    // A tag closes its clause though a participle goes on, or somebody else does.
    (
        "The ferry line will close in June, its owner announced, leaving 90 people without work.",
        &[("its owner", "The ferry line will close in June")],
    ),
    (
        "The herd has doubled, the Range Bureau said in its yearly count Monday, calling the trend “unsustainable.”",
        &[("the Range Bureau", "The herd has doubled"), ("the Range Bureau", "the trend “unsustainable.”")],
    ),
    (
        "Retailers are cutting orders, suppliers said, with one warning that prices would fall.",
        &[("suppliers", "Retailers are cutting orders"), ("one", "that prices would fall")],
    ),
    (
        "Half the wells have run dry, a survey by the Jalmitra Trust has found.",
        &[("a survey by the Jalmitra Trust", "Half the wells have run dry")],
    ),
    (
        "A midwife was sacked by text message, it was claimed last night.",
        &[("-", "A midwife was sacked by text message")],
    ),
    (
        "Retail sales rose 0.4% in April, data released on Tuesday by the Census Office showed.",
        &[("data released on Tuesday by the Census Office", "Retail sales rose 0.4% in April")],
    ),
    (
        "Exports jumped 8% in May, customs data showed on Thursday.",
        &[("customs data", "Exports jumped 8% in May")],
    ),
    (
        "The bridge, the inquiry found, had not been painted.",
        &[("the inquiry", "The bridge … had not been painted")],
    ),
    ("The firm is insolvent, the High Court was told yesterday.", &[("-", "The firm is insolvent")]),
    (
        "A clerk took cash for years, prosecutors alleged on Monday.",
        &[("prosecutors", "A clerk took cash for years")],
    ),
    // A participle goes on with whoever acts before it, and not with a thing.
    (
        "Stock in Tolley Mines tumbled after the miner cut its target, warning that floods had shut two pits.",
        &[("the miner", "that floods had shut two pits")],
    ),
    (
        "Sales rose as the firm opened stores, analysts said, warning that it would not last.",
        &[("analysts", "Sales rose as the firm opened stores"), ("analysts", "that it would not last")],
    ),
    // But a lead-in is no clause.
    (
        "In June, its owner announced, the ferry line will close.",
        &[("its owner", "In June … the ferry line will close")],
    ),
    // The first words of a subject may be verbs or prepositions elsewhere, and so may its last.
    ("Rescue officials said the cave had flooded.", &[("Rescue officials", "the cave had flooded")]),
    ("Outside lawyers have questioned the ruling.", &[("Outside lawyers", "the ruling")]),
    (
        "The road is shut, according to plant manager Neil Ambley.",
        &[("plant manager Neil Ambley", "The road is shut")],
    ),
    (
        "Its most senior judge, Dame Iris Holt, said the plan was mad.",
        &[("Its most senior judge, Dame Iris Holt", "the plan was mad")],
    ),
    (
        "The league’s policy lead, Tom Orr, warned of fraud.",
        &[("The league’s policy lead, Tom Orr", "fraud")],
    ),
    (
        "A columnist for the Sunday Lantern called it “a farce”.",
        &[("A columnist for the Sunday Lantern", "“a farce”")],
    ),
    (
        "Two aides who spoke privately said he would quit.",
        &[("Two aides who spoke privately", "he would quit")],
    ),
    ("Prosecutors alleged Brian Dole wrote it.", &[("Prosecutors", "Brian Dole wrote it")]),
    (
        "In a letter, managing partner Hugo Prill said it was over.",
        &[("managing partner Hugo Prill", "it was over")],
    ),
    // The verb in marks has its object behind them.
    (
        "The director said fuel costs had “gutted” its budget.",
        &[("The director", "fuel costs had “gutted” its budget")],
    ),
    // Two are one subject.
    (
        "Hodge and two other trustees said the school was broke.",
        &[("Hodge and two other trustees", "the school was broke")],
    ),
    ("Vance and her husband said the barn was empty.", &[("Vance and her husband", "the barn was empty")]),
    ("Hale met Rell and his wife said it was fine.", &[("his wife", "it was fine")]),
    ("Guards beat Rell and several witnesses said he was dead.", &[("several witnesses", "he was dead")]),
    // What tells who the source is, is no content, and what has a comma of its own is a subject.
    ("The road is shut, according to the mayor, Ann Rell.", &[("the mayor, Ann Rell", "The road is shut")]),
    (
        "The chairman, Tom Rell, said the clerk, Ann Orr, was ill.",
        &[("The chairman, Tom Rell", "the clerk, Ann Orr, was ill")],
    ),
    ("The road, says Ann Orr, is shut.", &[("Ann Orr", "The road … is shut")]),
    // Brackets without a verb before them are within the clause.
    (
        "Rovers said that Ali Ncube (groin) and Sam Beck (calf) were doubtful.",
        &[("Rovers", "that Ali Ncube (groin) and Sam Beck (calf) were doubtful")],
    ),
    // Statements and posts are their makers’.
    (
        "The Rowing Union on Friday issued a statement saying the regatta would go ahead.",
        &[("The Rowing Union", "the regatta would go ahead")],
    ),
    (
        "In a note posted on the club’s website, Ms Trill wrote: “I am leaving.”",
        &[("Ms Trill", "“I am leaving.”")],
    ),
    // The second of two verbs has words of its own.
    (
        "The minister said the bags had arrived and appealed to farmers to be patient.",
        &[("The minister", "the bags had arrived"), ("The minister", "farmers to be patient")],
    ),
    (
        "The minister said the bags had arrived and moved to the next item.",
        &[("The minister", "the bags had arrived")],
    ),
    // What another calls it all, and what another reports, is not said by the first.
    (
        "The firm said the pipe was old, an excuse the mayor called “childish”.",
        &[("The firm", "the pipe was old"), ("the mayor", "“childish”")],
    ),
    (
        "Ms Ede admitted that it was late, and a builder, who asked not to be named, said he was sorry.",
        &[("Ms Ede", "that it was late"), ("a builder", "he was sorry")],
    ),
    (
        "The choir was “in fine voice,” Dame Edith said, but needed altos.",
        &[("Dame Edith", "The choir was “in fine voice,” … but needed altos")],
    ),
    // Nobody says it, and a nickname is said by nobody.
    ("Nobody has ever claimed that it is a menace.", &[]),
    ("Pascoe, known up and down the valley as “Twig”, began in 1974.", &[]),
    // What a court hears may have marks in it.
    (
        "A man who flew a kite “posed a real danger” to horses, a court heard.",
        &[("-", "A man who flew a kite “posed a real danger” to horses")],
    ),
    (
        "“If it’s a cup,” he told me over tea in the kitchen, “why does it leak?”",
        &[("he", "“If it’s a cup,” … “why does it leak?”")],
    ),
    // A document may be written by somebody who is named.
    (
        "According to an affidavit written by Det. Ann Sykes, Rourke took 40 saddles.",
        &[("an affidavit written by Det. Ann Sykes", "Rourke took 40 saddles")],
    ),
    ("Its handbook states that strings must be short.", &[("Its handbook", "that strings must be short")]),
    // Who hears is not what is said, and who is asked does not ask.
    ("She complained to the bank, which refunded her.", &[]),
    ("“They stole our water,” said Nyambura to applause.", &[("Nyambura", "“They stole our water,”")]),
    ("Depositors have been assured that the bank is safe.", &[("-", "that the bank is safe")]),
    ("What would she tell her boss?", &[]),
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
    // One word names a business, and a stranger; a union keeps the names of its trades.
    ("The toy maker, Bricolo, said it would recall the dolls.", Some("Bricolo")),
    ("The caretaker, a Mr Pugh, said he had heard nothing.", Some("Pugh")),
    ("The Cooks and Bakers’ Union said no.", Some("Cooks and Bakers’ Union")),
    ("Another trader, who gave his name as Yusuf, said he would not leave.", Some("Yusuf")),
    ("He and his brother Sam said they would sue.", Some("He and his brother Sam")),
    ("“No,” said a trader who gave his name as Yusuf.", Some("Yusuf")),
    ("A teacher who found herself in Leeds said it was cold.", Some("A teacher")),
    // The next paragraph is no clause about whoever spoke.
    ("“No,” said one of\n\nthose who built it, Ana Rell.", Some("one")),
    // A pronoun goes on with the pronoun before it, and not with whoever comes up behind that, or in a question.
    (
        "Ann Kerslake climbed Everest twice.\n\nShe was taught by Vera Hitchin. “I was a fat child,” she said.",
        Some("Ann Kerslake"),
    ),
    (
        "Club secretary Ray Pitt said it would stand. Asked whether Mr Dunn could appeal, he replied: “No.”",
        Some("Ray Pitt"),
    ),
    (
        "Deckhand Ollie Pruitt drowned. A deckhand on another boat said the sea was high. “It was late,” the deckhand said.",
        Some("A deckhand on another boat"),
    ),
    // It is the document with which the sentence before began.
    ("The report, seen by auditors, runs to 90 pages. It warns that the dam could fail.", Some("The report")),
    // A bureau is an agency, a department a ministry.
    (
        "The Bureau of Port Safety shut the pier. The agency said the piles were rotten.",
        Some("Bureau of Port Safety"),
    ),
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
        ("It is understood that the lamp will be sold.", true),
        ("It was claimed by the guild that the lamp was sold.", false),
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
