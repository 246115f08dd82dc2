//! Who said what to whom, in sentences that try one mechanism each.

use std::sync::LazyLock;

use onrecord::{Extractor, Grammar, Record, Selection};
use pretty_assertions::assert_eq;

#[path = "common/bare.rs"]
mod bare;

static ENGLISH: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(Grammar::english()));

fn records(text: &str) -> Vec<Record> {
    bare::found(&ENGLISH, text, Selection::default()).records
}

/// Cue and addressee of every record.
fn addressees(text: &str) -> Vec<(String, Option<String>)> {
    let passage = |r: &Record| r.addressee.as_ref().map(|a| a.passage.text.to_string());
    records(text).iter().map(|r| (cue(r), passage(r))).collect()
}

fn cue(record: &Record) -> String {
    record.cue.as_ref().map_or_else(|| "-".to_owned(), |c| c.passage.text.to_string())
}

/// Cue, source, content and kind of the only record.
fn only(text: &str) -> [String; 3] {
    let found = records(text);
    assert_eq!(found.len(), 1, "one record from {text}: {found:#?}");
    let source = found[0].speaker.as_ref().and_then(|s| s.text.as_deref()).unwrap_or("-").to_owned();
    [cue(&found[0]), source, found[0].content.text.to_string()]
}

fn some(cue: &str, addressee: &str) -> (String, Option<String>) {
    (cue.to_owned(), Some(addressee.to_owned()))
}

#[test]
fn an_addressee_leaves_out_where_it_was_spoken_to() {
    let text = "“The dam is safe,” Ola Brandt told reporters at the Halmer Press Club.";
    assert_eq!(addressees(text), [some("told", "reporters")]);
    let text = "“The dam is safe,” Ola Brandt told members of the guild.";
    assert_eq!(addressees(text), [some("told", "members of the guild")]);
    let text = "The coach has told his players they must “run until it rains”.";
    assert_eq!(addressees(text), [some("has told", "his players")]);
}

#[test]
fn a_participle_speaks_to_whom_its_verb_spoke() {
    let text = "“The dam is safe,” Ola Brandt told villagers, adding: “Sleep well.”";
    assert_eq!(addressees(text), [some("told", "villagers"), some("adding", "villagers")]);
}

#[test]
fn a_participle_of_somebody_else_speaks_to_nobody() {
    let text = "“The dam is safe,” Ola Brandt told villagers. Pia Lund left, adding: “Sleep well.”";
    assert_eq!(addressees(text)[1], ("adding".to_owned(), None));
}

#[test]
fn a_phrase_is_one_cue() {
    let text = "The professor went on to say that the roof had been repaired twice.";
    assert_eq!(only(text), ["went on to say", "The professor", "that the roof had been repaired twice"]);
    let text = "The ministry released a statement saying that the border was open.";
    assert_eq!(only(text), ["released a statement saying", "The ministry", "that the border was open"]);
}

#[test]
fn a_verb_without_a_role_is_part_of_the_phrase() {
    let text = "The Lowland Herald quoted a dock foreman as saying: “The crane was old.”";
    assert_eq!(only(text), ["quoted", "a dock foreman", "“The crane was old.”"]);
    assert!(records(text)[0].secondhand);
}

#[test]
fn words_of_time_stand_between_auxiliary_and_verb() {
    assert_eq!(only("“Nobody rang us,” he has repeatedly said.")[0], "has repeatedly said");
}

#[test]
fn he_said_by_email_is_no_passive() {
    assert_eq!(only("“It is late,” she said by email.")[1], "she");
    assert_eq!(only("“No surrender,” shouted by a boy, was all we heard.")[1], "a boy");
}

#[test]
fn a_line_copied_from_a_message_is_direct() {
    let found = records("On Tuesday Bea Lindqvist wrote:\n\n> The boiler has failed again.");
    let kind: Vec<_> = found.iter().map(|r| (&*r.content.text, format!("{:?}", r.kind))).collect();
    assert_eq!(kind, [("The boiler has failed again", "Direct".to_owned())]);
}

#[test]
fn who_is_asked_is_spoken_to() {
    assert_eq!(addressees("“Why now?” the mayor was asked."), [some("was asked", "the mayor")]);
    assert_eq!(addressees("“Not now,” she wrote to the bishop."), [some("wrote", "the bishop")]);
    let text = "The umpire told both benches that he would carry on.";
    assert_eq!(addressees(text), [some("told", "both benches")]);
}

#[test]
fn to_allege_is_no_hedge_but_to_be_alleged_is() {
    let hedged = |text: &str| records(text).iter().map(|r| r.hedged).collect::<Vec<_>>();
    assert_eq!(hedged("Ines Vark alleged that the seals were broken."), [false]);
    assert_eq!(hedged("It has been alleged that the seals were broken."), [true]);
    assert_eq!(hedged("Ines Vark allegedly said that the seals were broken."), [true]);
}

#[test]
fn what_was_told_to_an_outlet_came_through_it() {
    let secondhand = |text: &str| records(text)[0].secondhand;
    assert!(secondhand("“We were not asked,” Ines Vark told Radio Carrow."));
    assert!(secondhand("“We were not asked,” Ines Vark told local newspaper Kustbladet."));
    assert!(!secondhand("“We were not asked,” Ines Vark told Pia Lund."));
}

#[test]
fn an_adverb_of_time_belongs_to_the_verb_behind_it() {
    assert_eq!(only("Ines Vark later told guests that the lamp had gone out.")[0], "later told");
}

#[test]
fn whoever_asks_in_an_interview_has_no_name() {
    let found = records("Q: Tell us about the fire.\n\nA: It was hot.\n\nQ: And then?\n\nA: It went out.");
    let reasons: Vec<_> = found.iter().map(|r| r.unattributed.is_some()).collect();
    assert_eq!(reasons, [true, false, true, false]);
}

#[test]
fn a_name_behind_a_dash_signs_what_stands_above() {
    let signed = |text: &str| {
        let of = |r: &Record| {
            (
                r.speaker.as_ref().and_then(|s| s.name.as_deref().map(str::to_owned)),
                r.content.text.to_string(),
            )
        };
        records(text).iter().map(of).collect::<Vec<_>>()
    };
    let brisk = |words: &str| (Some("Odalys Brisk".to_owned()), words.to_owned());
    let map = "“A map is a promise.”";
    assert_eq!(signed(&format!("{map} — Odalys Brisk.")), [brisk(map)]);
    assert_eq!(signed(&format!("{map}\n-- Odalys Brisk, \"The Long Coast\"")), [brisk(map)]);
    assert_eq!(signed(&format!("{map}\n-- Odalys Brisk, coxswain, in a letter")), [brisk(map)]);
}

#[test]
fn lines_are_signed_where_a_text_has_several_signatures() {
    let text = "A map is a promise\nthat nobody made.\n-- Odalys Brisk\n%\nSalt keeps.\n-- Ines Vark\n%\n\
                A coast is a threat.\n-- Gil Marrow\n";
    let found = records(text);
    let words: Vec<&str> = found.iter().map(|r| &*r.content.text).collect();
    assert_eq!(words, ["A map is a promise\nthat nobody made.", "Salt keeps.", "A coast is a threat."]);
    assert!(records("The vase will be shown again in May.\n\n— Odalys Brisk").is_empty());
}

#[test]
fn a_tag_may_open_its_sentence() {
    assert_eq!(only("Replied Drummond, “We were second to every ball.”")[..2], ["Replied", "Drummond"]);
    let said = only("Said Coach Wally Drummond: “We were second to every ball.”");
    assert_eq!(said[..2], ["Said", "Coach Wally Drummond"]);
}

/// Cue, source and content of each record.
fn all(text: &str) -> Vec<[String; 3]> {
    let source = |r: &Record| r.speaker.as_ref().and_then(|s| s.text.as_deref()).unwrap_or("-").to_owned();
    records(text).iter().map(|r| [cue(r), source(r), r.content.text.to_string()]).collect()
}

#[test]
fn a_report_ends_where_the_next_one_of_its_sentence_begins() {
    assert_eq!(
        all("Lopez said the road was closed and added that police were there."),
        [["said", "Lopez", "the road was closed"], ["added", "Lopez", "that police were there"]]
    );
    // An addition that is no report of its own stays.
    let text = "Lopez said the road was closed and police were there.";
    assert_eq!(only(text)[2], "the road was closed and police were there");
}

#[test]
fn a_noun_of_saying_stands_in_what_somebody_says() {
    let text = "Lopez said the guild’s claim that the well was dry had been wrong.";
    assert_eq!(only(text)[..2], ["said", "Lopez"]);
    let text = "The guild’s claim that the well was dry surprised no one.";
    assert_eq!(only(text)[..2], ["claim", "The guild"]);
}

#[test]
fn a_participle_behind_its_noun_belongs_to_the_source() {
    let source = |text: &str| only(text)[1].clone();
    assert_eq!(
        source("A report released last week found that one boat in ten leaks."),
        "A report released last week"
    );
    assert_eq!(source("People briefed on the sale say the mill will close."), "People briefed on the sale");
    assert_eq!(
        source("Nine wells are dry, according to data released on Friday by the Bureau of Springs."),
        "data released on Friday by the Bureau of Springs"
    );
    // Behind a name it is the verb of a sentence.
    assert_eq!(source("Ola Renn said the mill will close."), "Ola Renn");
    assert_eq!(source("Nine wells are dry, according to a survey on Friday."), "a survey");
}

#[test]
fn titles_and_nicknames_are_part_of_a_description_and_nobody_says_them() {
    assert_eq!(
        all("“It was crude,” said Adda Segal, the author of “The Hacked Sea.”"),
        [["said", "Adda Segal, the author of “The Hacked Sea.”", "“It was crude,”"]]
    );
    assert_eq!(
        only("Marcia “Cia” Price said the bill was dead.")[1..],
        ["Marcia “Cia” Price", "the bill was dead"]
    );
    let text = "“It was crude,” Ola Renn told Radio Tarn’s “Good Morning Tarn” on Monday.";
    assert_eq!(only(text)[2], "“It was crude,”");
    // What people cry is no title.
    let text = "Ola Renn was met by cries of “Shame, Shame” from the gallery.";
    assert!(records(text).is_empty() || only(text)[2].contains("Shame"));
}

#[test]
fn a_month_behind_a_given_name_or_form_of_address_is_a_surname() {
    let text = "Theresa May said the talks would go on. “There is time,” May said. In May it rained.";
    let sources: Vec<String> = all(text).into_iter().map(|[_, source, _]| source).collect();
    assert_eq!(sources, ["Theresa May", "May"]);
    assert_eq!(only("Mrs May denied that she had lied.")[1], "Mrs May");
    assert_eq!(only("In early May Ola Renn said the mill would close.")[1], "Ola Renn");
}

#[test]
fn a_title_with_a_capital_goes_on_with_the_words_before_it() {
    assert_eq!(
        only("Tarn police Chief Chuck Jordan said the road was closed.")[1],
        "Tarn police Chief Chuck Jordan"
    );
    let text = "Ola Renn told reporters President Ivo Lantry would resign.";
    assert_eq!(only(text)[1], "Ola Renn");
    assert_eq!(addressees(text)[0].1.as_deref(), Some("reporters"));
}

/// Source and name of the only record.
fn named(text: &str) -> (String, Option<String>) {
    let found = records(text);
    assert_eq!(found.len(), 1, "one record from {text}: {found:#?}");
    let speaker = found[0].speaker.clone().expect("somebody");
    (speaker.text.map(|t| t.to_string()).unwrap_or_default(), speaker.name.map(|n| n.to_string()))
}

#[test]
fn a_name_stands_behind_the_place_or_portfolio_of_its_office() {
    for (source, name) in [
        ("Minister for Transport Eoin Casserly", "Eoin Casserly"),
        ("Commissioner for Information and Culture Bode Akintade", "Bode Akintade"),
        ("Former Secretary of State Hettie Prowse", "Hettie Prowse"),
        ("Secretary of State for Northern Waters Hettie Prowse", "Hettie Prowse"),
        ("Leader of the Opposition Gil Marchetti", "Gil Marchetti"),
        ("Governor of Okerewu State Ngozika Fubema", "Ngozika Fubema"),
    ] {
        let text = format!("{source} said the gates were safe.");
        assert_eq!(named(&text), (source.to_owned(), Some(name.to_owned())));
    }
    // Whoever speaks for somebody is not that person, and an institution has no name behind it.
    let text = "A spokesman for House Speaker Gil Marchetti said the gates were safe.";
    assert_eq!(named(text).0, "A spokesman for House Speaker Gil Marchetti");
    let text = "The director of the Coral Reef Society said the gates were safe.";
    assert_eq!(named(text).0, "The director of the Coral Reef Society");
}

#[test]
fn an_adjective_behind_its_noun_has_its_phrase() {
    let source = |text: &str| only(text)[1].clone();
    assert_eq!(
        source("A person familiar with the talks said a deal was near."),
        "A person familiar with the talks"
    );
    assert_eq!(source("Aides close to the mayor said a deal was near."), "Aides close to the mayor");
}

#[test]
fn what_a_court_hears_somebody_else_has_said() {
    for text in [
        "A baker hid the flour under his bed, a court has heard.",
        "The inquest heard that the valve was shut.",
        "The jury was told that the valve was shut.",
        "“The valve was shut,” the hearing was told.",
    ] {
        let found = records(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].speaker.as_ref().and_then(|s| s.name.as_deref()), None, "{text}");
        assert!(found[0].addressee.is_some() && found[0].unattributed.is_some(), "{text}");
    }
    let text = "The inquest heard from Dr Ines Vole that the valve was shut.";
    assert_eq!(named(text).1.as_deref(), Some("Ines Vole"));
    assert_eq!(records("The court heard the appeal in June.").len(), 0);
}

#[test]
fn a_closing_tag_is_sure_whatever_its_verb_but_needs_a_clause() {
    for (verb, source) in [("admitted", "the council"), ("added", "it"), ("clarified", "the club")] {
        let text = format!("The boiler was never safe, {source} {verb}.");
        assert_eq!(only(&text), [verb, source, "The boiler was never safe"]);
    }
    assert_eq!(records("The chief, a tall man with a scar, smiled.").len(), 0);
    assert_eq!(records("Ann Li, 18, from Accra, disagrees.").len(), 0);
    let text = "“We lost the files,” Ann Li, who runs the office, admitted.";
    assert_eq!(only(text), ["admitted", "Ann Li, who runs the office", "“We lost the files,”"]);
}

#[test]
fn a_phrase_in_front_has_no_subject_and_is_not_said() {
    let text = "In a chat with our reader, a trader, Ana Rell, said that prices had doubled.";
    assert_eq!(only(text)[1], "a trader, Ana Rell");
    let text = "Correcting him, the treasurer, Bisi Lawal, said the funds were whole.";
    assert_eq!(only(text)[1], "the treasurer, Bisi Lawal");
    let text = "Addressing a rally in Tarn, she said, “The people will answer.”";
    assert_eq!(only(text)[2], "“The people will answer.”");
    // A gerund goes on behind its tag.
    let text = "Raising the tax, she said, “would hurt the poor”.";
    assert_eq!(only(text)[2], "Raising the tax … “would hurt the poor”");
}

#[test]
fn whoever_says_something_is_no_description_of_the_name_before() {
    assert_eq!(named("The driver has been named as Tom Reed, police said.").1.as_deref(), Some("police"));
    let text = "The driver has been named as Tom Reed (32), police said.";
    assert_eq!(only(text)[2], "The driver has been named as Tom Reed (32)");
    let text = "Taking to Chirper, the actor wrote, “Grateful for all the love.”";
    assert_eq!(named(text).1.as_deref(), Some("the actor"));
}

#[test]
fn a_semicolon_parts_two_reports() {
    let text = "The army said it had struck a depot; residents said a school was hit.";
    assert_eq!(
        all(text),
        [["said", "The army", "it had struck a depot"], ["said", "residents", "a school was hit"]]
    );
    let text = "Lopez said the road was closed; the bridge was open.";
    assert_eq!(only(text)[2], "the road was closed; the bridge was open");
}

#[test]
fn words_at_a_beginning_are_read_by_what_follows() {
    let text = "“The brine is low,” lead author Dr Signe Holm said.";
    assert_eq!(only(text), ["said", "lead author Dr Signe Holm", "“The brine is low,”"]);
    assert_eq!(only("Downing Street said the road was shut.")[1], "Downing Street");
    let text = "Ann Li told the court Wicks had “no regard” for her.";
    assert_eq!(addressees(text), [some("told", "the court")]);
}

#[test]
fn a_past_tense_before_that_has_a_subject_and_says_something() {
    let text = "Varsha Patil alleged that the guild was late.";
    assert_eq!(only(text), ["alleged", "Varsha Patil", "that the guild was late"]);
    let text = "A clerk for the guild alleged that the mill was late.";
    assert_eq!(only(text)[1], "A clerk for the guild");
    let text = "Kailash Bhosale, however, maintained that prices had to be kept in check.";
    assert_eq!(only(text)[1..], ["Kailash Bhosale", "that prices had to be kept in check"]);
    // An adjective stays one.
    assert_eq!(records("The alleged thief lost a shoe.").len(), 0);
}

#[test]
fn what_is_told_begins_behind_whoever_is_told() {
    let text = "Simon Bell told the court Doyle had watched 14 films.";
    assert_eq!(only(text)[2], "Doyle had watched 14 films");
    assert_eq!(addressees(text), [some("told", "the court")]);
    let text = "The union has threatened to embark on a strike.";
    assert_eq!(only(text)[2], "embark on a strike");
}

#[test]
fn a_dateline_speaks_nothing() {
    let text = "NASHIKPUR: Exporters said the ban should be lifted. They met in a shed.";
    assert_eq!(only(text), ["said", "Exporters", "the ban should be lifted"]);
    let text = "KUALA SENTANG: Police said three men were held. They met in a shed.";
    assert_eq!(only(text), ["said", "Police", "three men were held"]);
    let text = "TULLOCH: The ban should go.\n\nHASK: It should stay.\n\nTULLOCH: It should go.";
    assert_eq!(records(text).len(), 3);
    let text =
        "TARN: The High Court came down on the council, observing that citizens “cannot be made to pay”.";
    assert_eq!(only(text)[1], "The High Court");
    for place in ["LONDON, Oct 12 (Newswire) - ", "SAN JOSE, Calif. - ", "TARN — "] {
        let text =
            format!("{place}Norvik cut its forecast on Tuesday, saying it had “finally fixed” the fault.");
        assert_eq!(only(&text)[1], "Norvik", "{place}");
    }
}

/// The name of the speaker of the last record.
fn whose(text: &str) -> Option<String> {
    records(text).last()?.speaker.as_ref()?.name.as_ref().map(ToString::to_string)
}

#[test]
fn an_amount_with_its_currency_is_one_word() {
    for amount in ["P3.2 billion", "R1.5m", "Rs30,000", "Ksh4.75 million", "GH¢2.5 million", "RM2.4 million"]
    {
        let text = format!("The clerk said at least {amount} was gone.");
        assert_eq!(only(&text)[2], format!("at least {amount} was gone"));
    }
    assert_eq!(whose("Hartley Mills (HTLY.L) said it would close.").as_deref(), Some("Hartley Mills"));
}

#[test]
fn a_spokesman_for_a_name_speaks_and_not_the_name() {
    for source in [
        "A spokesman for Hartley",
        "The Minister for Health",
        "The Secretary of State for Defence",
        "The Centre for Salt Studies",
        "A Department for Salt spokeswoman",
        "The Organisation for Trade Cooperation and Development",
    ] {
        assert_eq!(only(&format!("{source} said it was over."))[1], source);
    }
    assert_eq!(only("As Hartley said it was over, nobody slept.")[1], "Hartley");
}

#[test]
fn a_name_begins_behind_what_its_bearer_is_or_will_be() {
    for (source, name) in [
        ("Prime Minister-designate Luka Horvat", "Luka Horvat"),
        ("Leader of opposition Sunita Bora", "Sunita Bora"),
        ("Head of research Nora Quist", "Nora Quist"),
        ("Minister of state for power R.K. Sahni", "R.K. Sahni"),
        ("Mdm Lim Siew Hoon", "Lim Siew Hoon"),
        ("The Member of Parliament for Tano", "The Member of Parliament for Tano"),
        ("The head of research firm Gartley Vane", "The head of research firm Gartley Vane"),
    ] {
        assert_eq!(whose(&format!("{source} said it was over.")).as_deref(), Some(name));
    }
}

#[test]
fn two_who_speak_as_one_have_both_names() {
    let text = "Tom Reed sells salt. Ana Rell buys it. Reed and Rell said they would appeal.";
    assert_eq!(whose(text).as_deref(), Some("Tom Reed and Ana Rell"));
    let text = "Tom Reed sells salt. Ana Rell, who buys from Tom Reed, said it was over.";
    assert_eq!(whose(text).as_deref(), Some("Ana Rell"));
}

#[test]
fn an_office_of_two_fields_is_one() {
    for office in [
        "Tourism and Sports Minister Ana Rell",
        "Health and Family Welfare Minister Ana Rell",
        "Police and Crime Commissioner Ana Rell",
        "Thailand’s Tourism and Sports Minister Ana Rell",
        "Bureau of Tides senior forecaster Dean Rell",
    ] {
        assert_eq!(only(&format!("{office} said the plan was ready."))[1], office);
    }
    assert_eq!(
        only("Tarnland and Foreign Minister Ana Rell said it.")[1],
        "Tarnland and Foreign Minister Ana Rell"
    );
}

#[test]
fn a_phrase_ends_before_whoever_speaks_of_it() {
    let text = "The bill passed, a move President Ana Rell called “historic”.";
    assert_eq!(only(text)[1], "President Ana Rell");
    let text = "According to Korvik Air, the trouble on Flight 712 began when a door opened.";
    assert_eq!(only(text)[1], "Korvik Air");
}

#[test]
fn who_is_called_again_by_another_word_keeps_the_name() {
    for again in ["the 19-year-old", "the striker", "the Norwegian", "the teenager"] {
        let text = format!("Ola Sund, 19, struck twice.\n\n“I listen,” {again} said.");
        assert_eq!(whose(&text).as_deref(), Some("Ola Sund"));
    }
    for other in ["the 50-state poll", "the judge", "the French"] {
        let text = format!("Ola Sund, 19, struck twice.\n\n“That is good,” {other} said.");
        assert_ne!(whose(&text).as_deref(), Some("Ola Sund"));
    }
}

#[test]
fn a_surname_is_that_of_the_one_whose_relative_is_told_apart() {
    let text = "Tom Hale was cleared. His wife, Ann Hale, slept. Hale said he would go home.";
    assert_eq!(whose(text).as_deref(), Some("Tom Hale"));
    let text = "The court cleared Tom Hale. Then came the clerk Ann Hale. Hale said it was over.";
    assert_eq!(whose(text).as_deref(), Some("Ann Hale"));
}

#[test]
fn what_somebody_calls_it_is_all_that_is_said() {
    let text = "The bridge was shut after divers found what the board called “a plain lie”.";
    assert_eq!(only(text), ["called", "the board", "“a plain lie”"]);
}

#[test]
fn marks_in_a_clause_about_the_speaker_are_not_said() {
    let text = "“The cut was due,” said Marta Oye, who has a “hold” rating on the shares.";
    assert_eq!(only(text)[2], "“The cut was due,”");
    let text = "“The risk,” said Marta Oye, a trader who sells salt, “is that we are poor.”";
    assert_eq!(only(text)[2], "“The risk,” … “is that we are poor.”");
    let text = "“No,” said Marta Oye, who called the plan “mad”.";
    assert_eq!(records(text).len(), 2);
}

#[test]
fn a_clause_that_tells_who_somebody_is_belongs_to_the_source() {
    let all = |text: &str| only(text)[1].clone();
    let text =
        "“It sank,” said a pilot who had flown over the wreck twice that morning with two divers aboard.";
    assert_eq!(all(text)[..], text["“It sank,” said ".len()..text.len() - 1]);
    assert_eq!(
        all("Marta Oye, 31, of Tarn, who sells salt, said it sank."),
        "Marta Oye, 31, of Tarn, who sells salt"
    );
    assert_eq!(all("“It sank,” said Marta Oye, who sells salt. It rained."), "Marta Oye, who sells salt");
    // Who has been introduced before is only told of, and so is a thing.
    assert_eq!(all("“It sank,” said Oye, who sells salt."), "Oye");
    assert_eq!(all("“It sank,” said Tarn Salt, which sells it."), "Tarn Salt");
}

#[test]
fn a_study_that_closes_its_sentence_says_all_of_it() {
    let text = "Octopuses decide where to live by “tasting” the walls, a study has found.";
    assert_eq!(only(text), ["has found", "a study", "Octopuses decide where to live by “tasting” the walls"]);
}

#[test]
fn a_smile_behind_the_words_goes_with_them() {
    let text = "Elena Prats was sad. “You can’t give that. I won’t get one,” she smiled.";
    assert_eq!(only(text)[0], "smiled");
    assert_eq!(whose(text).as_deref(), Some("Elena Prats"));
}

#[test]
fn a_subject_with_an_insertion_keeps_its_verb() {
    for content in [
        "the bridge, which opened in May, will close on Monday",
        "the man, a father of two, died at the scene",
        "the government, however, would pay",
    ] {
        assert_eq!(only(&format!("Police said {content}."))[2], content);
    }
    // What is announced may be a thing.
    assert_eq!(only("The board announced the plan, which would cost four million.")[2], "the plan");
}

#[test]
fn a_stop_may_be_that_of_an_abbreviation_and_of_a_sentence() {
    for before in ["She works for Acme Inc.", "Her mother was ill.", "He put it on X."] {
        assert_eq!(
            records(&format!("{before} “It was hard,” she said.")).last().unwrap().content.text,
            "“It was hard,”"
        );
    }
    assert_eq!(only("Dr. “Doc” Hale said it was over.")[1], "Dr. “Doc” Hale");
}

#[test]
fn where_words_are_written_down_is_not_who_said_them() {
    let text = "“We will not rest,” Smith said, according to a transcript of the hearing.";
    assert_eq!(only(text), ["said", "Smith", "“We will not rest,”"]);
    let text = "“We are ready,” the Herald quoted Smith as saying.";
    assert_eq!(only(text)[1..], ["Smith", "“We are ready,”"]);
    let text = "Ms Osei posted on Chirper: “We will not forget.”";
    assert_eq!(only(text)[2], "“We will not forget.”");
}

#[test]
fn a_title_has_brackets_commas_and_conjunctions_in_it() {
    for (source, name) in [
        ("Superintendent of Police (SP) Ankita Rao", "Ankita Rao"),
        ("Tarn State Governor, Mr Bola Sanni,", "Bola Sanni"),
        ("The envoy to Libya, Hanna Tette,", "Hanna Tette"),
        ("The Iyaloja of the market, Chief Mrs Bisi Lawal,", "Bisi Lawal"),
        ("Chairman and CEO Tom Bagar", "Tom Bagar"),
        ("Law Society of Tarn President Ann Odhe", "Ann Odhe"),
        ("First Minister Callum Reed", "Callum Reed"),
        ("Managing director Tim Hale", "Tim Hale"),
        ("Prime Minister Datuk Seri Omar Reza", "Omar Reza"),
        ("National Grid", "National Grid"),
        ("Match-winner Tobi Reed", "Tobi Reed"),
        ("Tarn Steel managing director Bo Reed", "Bo Reed"),
        ("The Member of Parliament (MP) for Tarn Central, Bo Reed,", "Bo Reed"),
        ("“No,” institute director Bo Reed", "Bo Reed"),
        ("Sri Lanka", "Sri Lanka"),
        ("Jean-Paul Mark Dubois", "Jean-Paul Mark Dubois"),
    ] {
        assert_eq!(whose(&format!("{source} said it was over.")).as_deref(), Some(name));
    }
}

#[test]
fn whoever_holds_an_office_stands_behind_the_bodies_in_which_it_is_one() {
    for (source, name) in [
        ("But the National President, Tarn Marketers Association, Alhaji Bashir Dano,", "Bashir Dano"),
        ("The Director, Public Affairs, Ministry of Works, Mrs Ngozi Ade,", "Ngozi Ade"),
        ("The Chairman, Senate Committee on Women and Trade (SCWT), Femi Ade,", "Femi Ade"),
        ("The secretary, Tarn chapter, Mr Akin Lade,", "Akin Lade"),
        ("The spokesman, Bola Sanni, Ministry of Works, Tarn,", "Bola Sanni"),
    ] {
        assert_eq!(whose(&format!("{source} said it was over.")).as_deref(), Some(name));
    }
    let text = "“It is safe,” said the Managing Director, Tarn Power Company, Sule Abdul.";
    assert_eq!(whose(text).as_deref(), Some("Sule Abdul"));
}

#[test]
fn a_name_may_end_as_a_possessive_does() {
    for (text, source) in [
        ("Hartley's said it would close.", "Hartley's"),
        ("Hartley's, the baker, said it would close.", "Hartley's, the baker"),
        ("A spokesman for Hartley's said prices would fall.", "A spokesman for Hartley's"),
        ("Hartley's has said it would close.", "Hartley's"),
        ("Hartley's boss said it would close.", "Hartley's boss"),
        ("Hale's been ill, Rell said.", "Rell"),
        ("Few shops close as Ann Hale's did, Rell said.", "Rell"),
    ] {
        assert_eq!(only(text)[1], source);
    }
}

#[test]
fn who_speaks_with_colleagues_or_aides_speaks_as_one_with_them() {
    for source in ["Rell and colleagues", "Mr Rell and his aides"] {
        assert_eq!(only(&format!("{source} say the drug works."))[1], source);
    }
}

#[test]
fn of_two_with_one_surname_it_is_that_of_the_one_in_the_headline() {
    let text = "Singer Lena Marsh on fame\n\n“It hurts,” Lena Marsh said.\n\nHer sister wept. “I told her,” Cat Marsh \
                says.\n\n“It broke me,” Marsh said.";
    assert_eq!(whose(text).as_deref(), Some("Lena Marsh"));
}

#[test]
fn a_participle_that_opens_its_sentence_is_no_name() {
    let text = "Jailing Bell for life, the judge said he was evil.\n\nBell said he was innocent.";
    assert_eq!(whose(text).as_deref(), Some("Bell"));
    let text = "Sentencing Council chair Ann Li said terms would fall.";
    assert_eq!(only(text)[1], "Sentencing Council chair Ann Li");
}

#[test]
fn whom_a_court_hears_of_speaks_behind_the_comma() {
    let text = "The court heard that Bell went in and demanded cash, telling his victim: “Be quiet.”";
    assert_eq!(lines(text)[1..], ["Bell | telling | “Be quiet.”"]);
}

#[test]
fn whose_mind_the_sentence_before_tells_speaks_what_stands_alone_behind_it() {
    for before in ["Rell was blunt.", "Rell agreed.", "Rell was clear about the aim."] {
        assert_eq!(whose(&format!("{before} “It is over.”")).as_deref(), Some("Rell"), "{before}");
    }
    assert_eq!(whose("Rell remained calm. “It was hard,” Orr said.").as_deref(), Some("Orr"));
}

#[test]
fn who_is_asked_at_a_beginning_is_asked_by_nobody_named() {
    let text = "Asked about interest from Real Tarn, Diallo just smiled. “Ask my agent,” he said.";
    assert_eq!(whose(text).as_deref(), Some("Diallo"));
    assert_eq!(only("Asked by Rell if it was over, Diallo smiled.")[1], "Rell");
}

#[test]
fn a_verb_of_saying_takes_no_clause_from_the_next_one() {
    let text = "Costa wrote to the Speaker, and Rell alleged that phones were tapped.";
    assert_eq!(lines(text), ["Rell | alleged | that phones were tapped"]);
    let text = "Rell had said the bill “would erode freedoms”, while the union expressed “grave concern”.";
    assert_eq!(
        lines(text),
        ["Rell | had said | the bill “would erode freedoms”", "the union | expressed | “grave concern”"]
    );
}

#[test]
fn with_people_who_warn_others_have_words_of_their_own() {
    let text = "Homes were dark as the storm hit the coast, with forecasters warning of “danger to life”.";
    assert_eq!(only(text), ["warning of", "forecasters", "“danger to life”"]);
}

#[test]
fn whoever_is_asked_is_no_part_of_the_question() {
    assert_eq!(only("Malan asked Khumalo who had made the offer.")[2], "who had made the offer");
    assert_eq!(only("The judge asked the witness who she was.")[2], "who she was");
}

#[test]
fn an_unanswered_call_is_on_record() {
    assert_eq!(only("Ms Rell did not return a call seeking comment.")[..2], ["did not return", "Ms Rell"]);
}

#[test]
fn whoever_is_told_in_the_middle_of_a_sentence_does_not_tell() {
    for hearer in ["reporters", "TARN Metro"] {
        let text = format!("A voter, Bo Osagie, told {hearer}, “I was in the queue from six.”");
        assert_eq!(only(&text), ["told", "A voter, Bo Osagie", "“I was in the queue from six.”"]);
    }
}

#[test]
fn an_adviser_to_somebody_is_one_phrase_and_an_election_no_person() {
    assert_eq!(
        only("Other advisers to the island's council said no.")[1],
        "Other advisers to the island's council"
    );
    let record =
        records("An aide to a candidate in the election, Barr. Osa Ige, said it was over.").pop().unwrap();
    assert_ne!(record.speaker.unwrap().description.as_deref(), Some("the election"));
}

#[test]
fn a_text_may_end_with_a_full_name() {
    assert_eq!(whose("“It is over,” Mr Rell said.\n\nTom Rell").as_deref(), Some("Tom Rell"));
}

#[test]
fn some_and_others_speak_before_names() {
    for source in ["Some", "Many", "Several", "The other", "One"] {
        assert_eq!(only(&format!("{source} said Rell was late."))[1], source);
    }
    assert_eq!(only("Many told reporters they would vote.")[..2], ["told", "Many"]);
    assert_eq!(only("One described meetings as “theatre”.")[1], "One");
}

#[test]
fn a_majority_has_its_adjective() {
    assert_eq!(
        only("Rates will stay, according to a strong majority of economists.")[1],
        "a strong majority of economists"
    );
}

#[test]
fn a_place_is_not_several_people() {
    let text = "A frog has been found in Tarn, researchers reported in the journal.";
    assert_eq!(only(text), ["reported", "researchers", "A frog has been found in Tarn"]);
}

#[test]
fn a_tag_closes_with_its_day_before_what_happened_meanwhile() {
    let text = "Three people died, police said on Monday, after a blaze tore through a mill.";
    assert_eq!(only(text), ["said", "police", "Three people died"]);
}

#[test]
fn a_report_may_list_its_clauses() {
    let text = "He said that the road was shut; that the bridge was open; and that nobody was hurt.";
    assert_eq!(only(text)[2], "that the road was shut; that the bridge was open; and that nobody was hurt");
}

#[test]
fn the_accused_is_a_person_and_mum_a_noun() {
    assert_eq!(addressees("He told the accused: “You are a disgrace.”"), [some("told", "the accused")]);
    assert_eq!(only("Her mum said he was fine.")[1], "Her mum");
}

#[test]
fn a_short_sentence_full_of_names_is_no_headline() {
    assert_eq!(whose("Tom Hill met Bob Lee on Monday. “It was good,” he said.").as_deref(), Some("Tom Hill"));
}

#[test]
fn who_asks_not_to_be_named_reports_nothing() {
    let text = "Several residents, who asked not to be identified, said the road was bad.";
    assert_eq!(only(text)[1], "Several residents");
}

#[test]
fn somebody_new_is_whom_he_means() {
    let text = "Tom Hill was sad. A farmer found the car. “I saw smoke,” he said.";
    assert_eq!(whose(text).as_deref(), Some("A farmer"));
    let text = "Tom Hill said he was sad. The senator found the car. “I saw smoke,” he said.";
    assert_eq!(whose(text).as_deref(), Some("Tom Hill"));
}

#[test]
fn what_a_headline_says_a_court_was_told_nobody_has_said() {
    assert_eq!(only("Man who stole salmon ‘panicked’, court told")[..2], ["told", "-"]);
    assert_eq!(only("He stole salmon, Tarn District Court heard this week.")[2], "He stole salmon");
}

#[test]
fn content_ends_where_other_words_or_the_main_clause_go_on() {
    let text = "Mr Hill said the bill was “dead”, adding: “Enough is enough.”";
    assert_eq!(
        records(text).iter().map(|r| r.content.text.to_string()).collect::<Vec<_>>(),
        ["the bill was “dead”", "“Enough is enough.”"]
    );
    let text = "The bill, which Hale described as “a joke,” will go to the Senate.";
    assert_eq!(only(text)[2], "“a joke,”");
}

#[test]
fn a_name_stands_behind_whoever_is_addressed() {
    for (source, name) in [
        ("A participant, Miss Ruth Bello,", "Ruth Bello"),
        ("The coordinator in Sudan, Tom Reed,", "Tom Reed"),
        ("John Lee, M.D.", "John Lee"),
    ] {
        assert_eq!(whose(&format!("{source} said it was over.")).as_deref(), Some(name));
    }
}

/// Source, cue and content of every record.
fn lines(text: &str) -> Vec<String> {
    let line = |r: &Record| {
        let source = r.speaker.as_ref().and_then(|s| s.text.as_deref()).unwrap_or("-");
        format!("{source} | {} | {}", cue(r), r.content.text)
    };
    records(&format!("The mill is in the north.\n\n{text}")).iter().map(line).collect()
}

#[test]
fn a_closing_tag_may_go_on_with_what_is_added() {
    let text = "The road was bad, Ann Rell said, adding that it would be mended.";
    assert_eq!(
        lines(text),
        ["Ann Rell | said | The road was bad", "Ann Rell | adding | that it would be mended"]
    );
    let text = "The road was bad, Rell said, but added that it would be mended.";
    assert_eq!(lines(text)[0], "Rell | said | The road was bad");
}

#[test]
fn the_day_behind_a_tag_is_not_what_was_said() {
    for behind in
        ["on Thursday, a day after the truce ended", "here Thursday", "Thursday, hours before talks began"]
    {
        let text = format!("Nine people died overnight, the ministry said {behind}.");
        assert_eq!(lines(&text), ["the ministry | said | Nine people died overnight"], "{behind}");
    }
    let text = "Nine people died overnight, said officials Thursday.";
    assert_eq!(lines(text), ["officials | said | Nine people died overnight"]);
    let text = "President Ola Sund said here on Thursday that nine people had died.";
    assert_eq!(lines(text), ["President Ola Sund | said | that nine people had died"]);
}

#[test]
fn whom_one_told_and_on_what_terms_closes_the_sentence() {
    for terms in ["", " on condition of anonymity", " by phone"] {
        let text = format!("Nine people died overnight, an army source told Coastwire{terms}.");
        assert_eq!(lines(&text), ["an army source | told | Nine people died overnight"]);
    }
}

#[test]
fn a_subject_with_a_clause_about_it_is_not_what_its_verb_says() {
    let text = "Marta Oye, who leads the guild, condemned the raid.";
    assert_eq!(lines(text), ["Marta Oye, who leads the guild | condemned | the raid"]);
    let text = "Peter Pell, elected in 2021, blamed the board.";
    assert_eq!(lines(text), ["Peter Pell | blamed | the board"]);
}

#[test]
fn a_clause_that_says_when_ends_where_the_main_clause_begins() {
    for word in ["When", "After", "As"] {
        let text = format!("{word} the bank said rates would stay low, traders cheered.");
        assert_eq!(lines(&text), ["the bank | said | rates would stay low"]);
    }
}

#[test]
fn a_report_about_the_subject_ends_before_its_verb() {
    let text = "A nurse who said she was “ignored” by doctors has been paid a pension.";
    assert_eq!(lines(text)[0], "who | said | she was “ignored” by doctors");
    let text = "The man who claimed he was the rightful heir died on Monday.";
    assert_eq!(lines(text)[0], "who | claimed | he was the rightful heir");
    let text = "The man who said he had seen the ship and that it had sunk was held.";
    assert!(lines(text)[0].contains("it had sunk"));
}

#[test]
fn another_speaker_takes_over_in_the_same_sentence() {
    for (joint, second) in [
        ("”, but", "Tom Hale branded it “a bathtub”"),
        ("” and", "Tom Hale called it “a bathtub”"),
        ("”, while", "Tom Hale warned of “a bathtub”"),
    ] {
        let found = lines(&format!("Ann Rell said the ferry was “safe{joint} {second}."));
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0], "Ann Rell | said | the ferry was “safe”");
        assert!(found[1].starts_with("Tom Hale |") && found[1].ends_with("“a bathtub”"), "{found:?}");
    }
}

#[test]
fn the_subject_of_a_clause_speaks_in_it() {
    let text = "Ms Hart left hours after the warden, Odd Pell, said she had his “full trust”.";
    assert_eq!(lines(text), ["the warden, Odd Pell | said | she had his “full trust”"]);
}

#[test]
fn who_wrote_the_words_down_did_not_say_them() {
    for text in [
        "“I took it,” Pell told the guards, according to an affidavit.",
        "Pell told the guards: “I took it,” according to an affidavit.",
    ] {
        assert_eq!(lines(text), ["Pell | told | “I took it,”"]);
    }
}

#[test]
fn who_is_warned_does_not_speak() {
    for text in [
        "Ann Rell was last night urged to “get a grip”.",
        "Ann Rell was warned that the guild was “over”.",
        "A farmer who was killed by a bull has been described as a “gentle giant”.",
    ] {
        assert!(lines(text)[0].starts_with("- |"), "{:?}", lines(text));
    }
}

#[test]
fn words_that_are_nouns_too_report_with_their_particle_or_clause() {
    assert_eq!(lines("The letter states that he left."), ["The letter | states | that he left"]);
    assert_eq!(lines("Rell shot back that it was low."), ["Rell | shot back | that it was low"]);
    assert_eq!(lines("Critics point out that it is late."), ["Critics | point out | that it is late"]);
    assert_eq!(lines("“I will not,” Mr Rell repeated."), ["Mr Rell | repeated | “I will not,”"]);
    assert_eq!(lines("The swing states that decided it were small."), [""; 0]);
}

#[test]
fn names_and_calls_by_telephone_report_nothing() {
    for text in [
        "A woman named Tasha took two loaves.",
        "A chemist called Ann Rell ran the shop.",
        "The governor’s proposal that would cut taxes passed.",
    ] {
        assert_eq!(lines(text), [""; 0]);
    }
    assert_eq!(lines("Ann Rell called me and said, “Come home.”"), ["Ann Rell | said | “Come home.”"]);
}

#[test]
fn a_party_with_its_town_is_one_word() {
    let text = "Rep. Ann Rell, D-St. Orm, said the bill was “dead”.";
    assert!(lines(text)[0].starts_with("Rep. Ann Rell, D-St. Orm |"), "{:?}", lines(text));
}

#[test]
fn a_year_is_no_part_of_the_name_behind_it() {
    assert_eq!(lines("In 2019 Rell called the plan “a joke”."), ["Rell | called | the plan “a joke”"]);
}

#[test]
fn the_topic_of_a_headline_does_not_speak() {
    for topic in ["Insecurity", "2027", "Explainer"] {
        assert_eq!(records(&format!("{topic}: Senate calls army chief\n\nThe senate met.")).len(), 0);
    }
    let text = "Rell: Tunnel will open before winter\n\nMayor Ida Rell was at the tunnel.";
    assert_eq!(records(text).len(), 1);
    let text = "Ann Rell smiled.\n\n“It is hard,” she said.\n\n‘Not a silver bullet’\n\nTom Hale left.";
    assert_eq!(records(text).len(), 1);
}

/// The same behind a paragraph, so that the text is no headline.
fn last_name(text: &str) -> Option<String> {
    whose(&format!("The town is in the north.\n\n{text}"))
}

#[test]
fn whoever_was_asked_answers() {
    for (text, name) in [
        ("Mr Ash asked Mr Birk if he was sorry. “No,” he replied.", Some("Birk")),
        ("Sam Ash KC put it to Mr Birk that the gate was shut. “It was open,” he replied.", Some("Birk")),
        ("“Was it dark?” Tom Ash asked Jim Birk. “Yes,” he said.", Some("Jim Birk")),
        ("Anna Ash asked Tom Birk if he was sorry. “He ought to be,” she said.", Some("Anna Ash")),
        (
            "Dr Ravi Birk gave evidence. Coroner Alan Ash asked him if he slept. “I did,” he replied.",
            Some("Ravi Birk"),
        ),
        (
            "Mayor Jon Birk met the press. A reporter asked whether tax would rise. “No,” he said.",
            Some("Jon Birk"),
        ),
        (
            "Mayor Jon Birk met the press. Asked by a reporter whether tax would rise, he said it would.",
            Some("Jon Birk"),
        ),
        ("A reporter asked whether tax would rise. “No,” he said.", None),
        ("“Who knows?” Tom Ash asked. “Nobody,” he said.", Some("Tom Ash")),
        ("Tom Ash asked Jim Birk for a lamp. “It is dark,” he said.", Some("Tom Ash")),
    ] {
        assert_eq!(last_name(text).as_deref(), name, "{text}");
    }
}

#[test]
fn a_title_has_a_noun_by_which_its_bearer_is_called() {
    for (title, noun) in [
        ("Gov.", "governor"),
        ("Sen.", "senator"),
        ("Rep.", "congressman"),
        ("Dr", "doctor"),
        ("Det Insp", "detective"),
        ("Cllr", "councillor"),
        ("Rev", "vicar"),
        ("Mr Justice", "judge"),
        ("Prime Minister", "PM"),
        ("Member of Parliament", "MP"),
        ("Minister of State for Rural Roads", "minister"),
        ("Prime Minister Datuk Seri", "prime minister"),
    ] {
        let text = format!("{title} Sam Huckle toured the town.\n\n“It is gone,” the {noun} said.");
        assert_eq!(last_name(&text).as_deref(), Some("Sam Huckle"), "{text}");
    }
    let far =
        "Sen. Sam Huckle came. It rained. It snowed. It thawed. It dried. “It is gone,” the senator said.";
    assert_eq!(last_name(far).as_deref(), Some("the senator"));
}

#[test]
fn an_age_with_the_verb_behind_it_is_who_speaks() {
    let text = "Josh Tarn struck twice. “The lads did it,” the 26-year-old told reporters.";
    assert_eq!(last_name(text).as_deref(), Some("Josh Tarn"));
    let text = "Rui Tarn was happy. He travels to Barton on Monday. “Enjoy it,” said the 47-year-old.";
    assert_eq!(last_name(text).as_deref(), Some("Rui Tarn"));
}

#[test]
fn a_common_word_may_be_a_surname() {
    for name in ["Tom Day", "Ann Winter", "Ann King", "Ann Little", "Ann Farmer", "Ann Judge"] {
        let surname = &name[4..];
        let text = format!("{name} runs the shop. “It is over,” {surname} said.");
        assert_eq!(last_name(&text).as_deref(), Some(name), "{text}");
    }
    for name in ["Tom Day", "Ann Summer", "May Hallam", "Jan Hallam"] {
        assert_eq!(last_name(&format!("{name} said: “Go.”")).as_deref(), Some(name));
    }
    assert_eq!(
        last_name("Malik Zahid Noon spoke. “We are ready,” Mr Noon said.").as_deref(),
        Some("Malik Zahid Noon")
    );
}

#[test]
fn the_only_person_may_be_called_by_another_word() {
    for (text, name) in [
        ("Thomas Kell keeps a goat. “It’s no joke,” says the publican.", "Thomas Kell"),
        ("Senator Rosa Kell filed a bill. “Heads must roll,” the Cebu senator said.", "Rosa Kell"),
        ("TUV leader Samuel Kell blamed both. “It is broken,” said the North Antrim MLA.", "Samuel Kell"),
        ("Kate Orr finished late. “It was dark,” said the mother of three.", "Kate Orr"),
        ("Kate Orr finished late. “It was dark,” said the Ryland driver.", "Kate Orr"),
        ("Striker Dele Orr scored. “It was dark,” said the Nigeria international.", "Dele Orr"),
        ("A neighbour said it was loud. “It makes you sick,” the man said.", "A neighbour"),
        ("A neighbour said a man ran off. “Help me,” the man said.", "the man"),
        // Somebody else has a part of his own, or is near.
        ("Tom Kell stole a van. “You are lucky,” the judge said.", "the judge"),
        ("Ann Bell went home. Tom Kell stayed. “It is sad,” the baker said.", "the baker"),
        ("Tom Kell met a baker. “It is sad,” the baker said.", "the baker"),
        ("Tom Kell won. “He was late,” the baker said.", "the baker"),
        ("Mayor Ann Bell went home. “It is sad,” the baker said.", "the baker"),
    ] {
        assert_eq!(last_name(text).as_deref(), Some(name), "{text}");
    }
}

#[test]
fn who_is_of_a_nation_is_told_by_the_text() {
    let text = "Norway’s Inga Halvor beat Daria Koval of Ukraine.";
    assert_eq!(
        last_name(&format!("{text} “I am tired,” said the Ukrainian.")).as_deref(),
        Some("Daria Koval")
    );
    assert_eq!(
        last_name(&format!("{text} “I am glad,” said the Norwegian.")).as_deref(),
        Some("Inga Halvor")
    );
    let text = "Ann Bell lost to Norwegian teenager Lise Vik. “I am glad,” the Norwegian said.";
    assert_eq!(last_name(text).as_deref(), Some("Lise Vik"));
}

#[test]
fn he_inside_a_quotation_is_neither_its_speaker_nor_somebody_behind_it() {
    let names = |text: &str| {
        let name = |r: Record| r.speaker.and_then(|s| s.name).map(|n| n.to_string());
        records(text).into_iter().map(name).collect::<Vec<_>>()
    };
    let text = "The town is small.\n\nJim Hall said: “I saw the boy. He said, ‘Are you a guard?’”";
    assert_eq!(names(text), [Some("Jim Hall".to_owned()), None]);
    let text =
        "The town is small.\n\n“He said, ‘Come home,’” Ann Bell recalled.\n\nMayor Wes Hard said it was sad.";
    assert!(!names(text)[..2].contains(&Some("Wes Hard".to_owned())));
}

#[test]
fn he_is_whom_the_writer_met_or_whose_clause_it_is() {
    for (text, name) in [
        ("Mayor Halim Yeo said it was late. The BBC spoke to a driver. “We have four,” he said.", "a driver"),
        ("Mayor Halim Yeo said it was late. We met a trader. “We have four,” he said.", "a trader"),
        (
            "Mayor Tom Rudd met the families. But one father was unmoved. “He was late,” he said.",
            "one father",
        ),
        ("Bernard Crewe was born in Leeds. His father, he claimed, “never spoke to me”.", "Bernard Crewe"),
    ] {
        assert_eq!(last_name(text).as_deref(), Some(name), "{text}");
    }
}

#[test]
fn a_name_has_a_shorter_form_without_its_end() {
    for (long, short) in [
        ("Ahmad Fauzi Embong", "Ahmad Fauzi"),
        ("Asif Khan-Bangash", "Gen Bangash"),
        ("Declan Rice-Bellow", "Bellow"),
    ] {
        let text = format!("{long} said it was late. “It is bad,” {short} said.");
        assert_eq!(last_name(&text).as_deref(), Some(long), "{text}");
    }
}

#[test]
fn what_kind_of_text_follows_nobody_says() {
    for flag in ["READ MORE", "WATCH", "Related"] {
        let text = format!(
            "Ann Bell said: \"It is bad.\"\n\n{flag}: Farmers 'at breaking point' over mice\n\n\"You can't sleep,\" she said."
        );
        assert_eq!(last_name(&text).as_deref(), Some("Ann Bell"), "{text}");
    }
}

#[test]
fn a_bracket_inside_a_title_fails_nothing() {
    let text = "Mr (retd) Gov. ” three (retd) ‘ asked “No,” MORE Hall Gov. Gov.";
    assert!(records(text).len() < 9);
}

#[test]
fn a_participle_gives_the_name_of_a_person() {
    for source in ["A clerk named Ola Toole", "The cyclist, a clerk called Ola Toole,"] {
        let text = format!("Mayor Gus Rell lost. {source} denied that the box was open.");
        assert_eq!(last_name(&text).as_deref(), Some("Ola Toole"));
    }
}

#[test]
fn an_explanation_names_the_other_patterns_that_say_the_same() {
    let also = |text: &str| -> Vec<Vec<String>> {
        let text = format!("The mill is in the north.\n\n{text}");
        ENGLISH.explain(&text).explanations.into_iter().map(|e| e.also).collect()
    };
    let none = Vec::<String>::new;
    assert_eq!(also("Ann Rell said the plan was “good”."), [vec!["indirect/says".to_owned()]]);
    assert_eq!(also("The ferry sank, Ola Sund said."), [vec!["indirect/tag".to_owned()]]);
    // A label without a cue has those of its place.
    assert_eq!(also("Rell: “We won.”"), [vec!["headline/source-first".to_owned()]]);
    // What a pattern gives to somebody else, or nobody said, is no agreement.
    assert_eq!(also("“No,” said Tom Hale, a clerk."), [none()]);
    assert_eq!(also("The book “Salt” sold well."), [none()]);
}

#[test]
fn an_office_with_its_purpose_or_country_gives_up_its_name() {
    for (source, name) in [
        ("Secretary to the Ministry Kumu Weera", "Kumu Weera"),
        ("UN envoy to Yemen Hans Lind", "Hans Lind"),
        ("Ambassador to Kenya Meg Wick", "Meg Wick"),
    ] {
        assert_eq!(last_name(&format!("{source} said the truce held.")).as_deref(), Some(name));
    }
}

/// Setting of every record.
fn settings(text: &str) -> Vec<Option<String>> {
    records(text).iter().map(|r| r.setting.as_ref().map(|s| s.passage.text.to_string())).collect()
}

#[test]
fn a_setting_tells_where_the_cue_was_said() {
    for (text, setting) in [
        ("The dam is safe, Ola Brandt said in a statement on Tuesday.", "in a statement"),
        ("In a letter released on Friday, Ola Brandt said the dam was safe.", "In a letter"),
        ("“The dam is safe,” a spokesman said in an interview.", "in an interview"),
        ("At the hearing, Ola Brandt lost her temper, saying the dam was safe.", "At the hearing"),
        ("Ola Brandt, who built it, told reporters at a rally that the dam was safe.", "at a rally"),
    ] {
        assert_eq!(settings(text), [Some(setting.to_owned())], "{text}");
    }
}

#[test]
fn what_tells_of_somebody_or_something_else_is_no_setting() {
    for text in [
        "Ola Brandt, chairman of the Chamber of Shipping, said the dam was safe.",
        "A delegate at the congress said the dam was safe.",
        "Ola Brandt, who had sat in the chamber, said the dam was safe.",
        "Ola Brandt said of the report that it was “safe”.",
        "After the court refused to rule, Ola Brandt said the dam was safe.",
        "“He lost in the debate,” said Ola Brandt.",
    ] {
        assert_eq!(settings(text), [None], "{text}");
    }
}

#[test]
fn turns_of_a_quoted_transcript_belong_to_their_labels() {
    let text = "The exchange:\n\n“QUINE: Will you go?\n\n“RUDD: I said so. I will.\n\n“It is time.\n\n“QUINE: When?”";
    let found: Vec<_> = records(text)
        .into_iter()
        .map(|r| {
            (
                r.speaker.and_then(|s| s.name).map_or_else(String::new, |n| n.to_string()),
                r.content.text.to_string(),
            )
        })
        .collect();
    let turn = |name: &str, words: &str| (name.to_owned(), words.to_owned());
    assert_eq!(
        found,
        [
            turn("QUINE", "Will you go?"),
            turn("RUDD", "I said so. I will.\n\n“It is time."),
            turn("QUINE", "When?”"),
        ]
    );
    // A notice is one label only.
    let text = "Two signs stood there:\n\n“DANGER: Deep water.”\n\n“DANGER: Deep mud.”";
    assert!(records(text).iter().all(|r| r.content.text.starts_with('“')), "{text}");
}

fn said<const N: usize>(all: [[&str; 3]; N]) -> Vec<[String; 3]> {
    all.iter().map(|one| one.map(str::to_owned)).collect()
}

#[test]
fn the_second_verb_of_a_subject_reports_for_itself() {
    let text = "Tom Brandt said the bill was “dead” and accused Ms Lund of “betrayal”.";
    let both =
        [["said", "Tom Brandt", "the bill was “dead”"], ["accused", "Tom Brandt", "Ms Lund of “betrayal”"]];
    assert_eq!(all(text), said(both));
    let text = "Tom Brandt said the bill was late and accused Ms Lund of “betrayal”.";
    assert_eq!(all(text)[0], ["said", "Tom Brandt", "the bill was late"]);
    let text = "Tom Brandt said the road was shut and suggested that it would stay so.";
    let both =
        [["said", "Tom Brandt", "the road was shut"], ["suggested", "Tom Brandt", "that it would stay so"]];
    assert_eq!(all(text), said(both));
}

#[test]
fn another_subject_beside_the_first_reports_for_itself() {
    let text = "Ms Lund said the plan was “mad”, while Tom Brandt accused ministers of “a con”.";
    let both = [["said", "Ms Lund", "the plan was “mad”"], ["accused", "Tom Brandt", "ministers of “a con”"]];
    assert_eq!(all(text), said(both));
}

#[test]
fn a_verb_in_a_clause_of_its_own_is_no_second_verb() {
    let text = "Gov. Tom Brandt described Ms Lund as a “scandal” after she attacked salt traders in May and blamed floods on “hidden greed”.";
    assert!(all(text).iter().all(|[cue, source, _]| cue != "blamed" || source != "Tom Brandt"));
}

#[test]
fn a_court_hears_clauses_and_things() {
    let heard = |text| all(text).into_iter().map(|[.., content]| content).collect::<Vec<_>>();
    assert_eq!(heard("The court heard Brandt, 43, hid the flour."), ["Brandt, 43, hid the flour"]);
    assert_eq!(heard("The jury heard the pair met online."), ["the pair met online"]);
    assert_eq!(heard("The court heard a plea filed by the baker."), [""; 0]);
    assert_eq!(heard("The court heard arguments from both sides."), [""; 0]);
}

#[test]
fn a_list_of_topics_is_answered_by_whoever_was_named_before() {
    let text =
        "Coach Ola Brandt has met the press.\n\nOn the race: “We will see.”\n\nOn her future: “I will stay.”";
    let source = |r: [String; 3]| r[1].clone();
    assert_eq!(all(text).into_iter().map(source).collect::<Vec<_>>(), ["Coach Ola Brandt"; 2]);
    let text = "On Monday Ola Brandt told the press: “We will see.”";
    assert_eq!(all(text), said([["told", "Ola Brandt", "“We will see.”"]]));
}

#[test]
fn a_participle_before_the_verb_reports_nothing() {
    assert_eq!(all("Ana Lund is a columnist. The views expressed here are her own."), said([]));
}

#[test]
fn a_statement_without_marks_is_copied_as_long_as_it_speaks_of_itself() {
    let text = "In a statement, Mayor Ana Lund said:\n\nI will not stand again. It has been an honour.\n\nMy thanks \
                go to all of you.\n\nThe vote is on Friday.";
    let found = records(text);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].content.text.starts_with("I will not stand again."));
    assert!(found[0].content.text.ends_with("go to all of you."));
    let narrated = "Mayor Ana Lund said:\n\nThe vote is on Friday.";
    assert_eq!(all(narrated), said([]));
}

#[test]
fn a_station_may_have_a_number() {
    let text = "Channel 77 reported that the keeper had fled.";
    assert_eq!(all(text), said([["reported", "Channel 77", "that the keeper had fled"]]));
}

#[test]
fn who_is_accused_or_urged_says_nothing() {
    for text in [
        "Mayor accused of ‘lying’ over bus lane",
        "Residents urged to boil water",
        "Ms Lund, accused of “rot” by her rivals, left.",
    ] {
        let speaks =
            |[_, source, _]: &[String; 3]| ["Mayor", "Residents", "Ms Lund"].contains(&source.as_str());
        assert!(!all(text).iter().any(speaks), "{text}");
    }
    let text = "Tom Brandt accused ministers of “a con”.";
    assert_eq!(all(text), said([["accused", "Tom Brandt", "ministers of “a con”"]]));
}

#[test]
fn letters_behind_a_name_are_one_word() {
    assert_eq!(whose("Helen Voss, Ph.D., said the drug works.").as_deref(), Some("Helen Voss"));
    assert_eq!(whose("Lena Fry, Ed.D., said schools must close.").as_deref(), Some("Lena Fry"));
}

#[test]
fn a_chief_behind_his_office_is_somebody() {
    assert_eq!(only("The police chief said crime was down.")[1], "The police chief");
    assert_eq!(only("The finance chief said costs would fall.")[1], "The finance chief");
}

#[test]
fn days_and_months_are_names_of_people_too() {
    assert_eq!(whose("“It is bad,” Mr Sunday said.").as_deref(), Some("Sunday"));
    assert_eq!(whose("Sunday Ade, the chairman, said the road was bad.").as_deref(), Some("Sunday Ade"));
    assert_eq!(whose("April Munday, a parent, said she was shocked.").as_deref(), Some("April Munday"));
    assert_eq!(only("The clerk on Sunday said the road was bad.")[1], "The clerk");
}

#[test]
fn people_of_whom_nobody_counted_the_word_begin_a_sentence() {
    let found = records("Villagers said the dam was shut.");
    assert_eq!(found[0].speaker.as_ref().map(|s| s.kind), Some(onrecord::record::SpeakerKind::Group));
}

#[test]
fn whoever_speaks_for_somebody_is_named_with_him() {
    let text = "A spokeswoman for the hospital said it was sorry.";
    assert_eq!(whose(text).as_deref(), Some("A spokeswoman for the hospital"));
    assert_eq!(whose("Counsel for the airline, Mr Bola Tijani, said so.").as_deref(), Some("Bola Tijani"));
}

#[test]
fn what_somebody_does_stands_before_the_name_and_is_no_part_of_it() {
    for (source, name) in [
        ("Qualifier Petra Halova-Stirk", "Petra Halova-Stirk"),
        ("Potter Ines Garrow", "Ines Garrow"),
        ("Nominated MCA Hassan Abdi", "Hassan Abdi"),
        ("Mother of five Shivani Ramdeen", "Shivani Ramdeen"),
        ("San Isidro Gov. Eduardo Malaban", "Eduardo Malaban"),
        ("Chair of the bench Mrs Anne Lathom", "Anne Lathom"),
        ("Marcus “The Kettle” Okonjo-Bray", "Marcus Okonjo-Bray"),
        ("Justice Minister Ferdinand Mba", "Ferdinand Mba"),
        ("Ana Rell, MBA", "Ana Rell"),
        ("Dr. Wm. Hargreave", "Wm. Hargreave"),
        ("The Consumer Wool Council", "Consumer Wool Council"),
    ] {
        assert_eq!(last_name(&format!("{source} said it was late.")).as_deref(), Some(name));
    }
}

#[test]
fn a_name_in_apposition_is_that_of_whoever_is_described() {
    for (source, name) in [
        ("The Adontehene, Nana Ama Bediako", "Nana Ama Bediako"),
        ("Counsel to the inquiry, Rachel Orr KC", "Rachel Orr"),
        ("A reader, Pam in Tarnhaven", "Pam"),
        ("Another user, @tarn_gull", "@tarn_gull"),
        ("Another resident, Mr Hobbs", "Hobbs"),
        ("One of the strikers, Ahmed", "Ahmed"),
        ("One of them, Kareem", "Kareem"),
    ] {
        assert_eq!(last_name(&format!("{source}, said: “It is late.”")).as_deref(), Some(name));
    }
}

#[test]
fn two_who_agree_speak_as_one() {
    for (source, name) in [
        ("Rell and visiting Norwegian minister Ola Sund on Sunday", "Rell and Ola Sund"),
        ("President Rell and Prime Minister Ola Sund on Friday", "Rell and Ola Sund"),
        ("Rell and her deputy Tom Aske", "Rell and Tom Aske"),
    ] {
        let text = format!("{source} agreed that the tax should fall.");
        assert_eq!(last_name(&text).as_deref(), Some(name));
    }
}

#[test]
fn who_is_somebody_and_no_report() {
    for (clause, name) in [
        ("The board heard a report from clerk Sam Quan, who", "Sam Quan"),
        ("I met a woman carrying two bags, who", "a woman"),
        ("The council received an email from a resident of Mill Lane, who", "a resident of Mill Lane"),
        ("It was the view of a coalition of dockers, who", "a coalition of dockers"),
    ] {
        assert_eq!(last_name(&format!("{clause} said the pond was full.")).as_deref(), Some(name));
    }
}

#[test]
fn a_name_behind_the_occasion_is_the_subject() {
    let text = "In his evidence Poskitt accepted that he was late.";
    assert_eq!(only(text), ["accepted", "Poskitt", "that he was late"]);
    let text = "A caller on Juniper Street reported that a dog was loose.";
    assert_eq!(only(text), ["reported", "A caller on Juniper Street", "that a dog was loose"]);
}

#[test]
fn he_is_not_somebody_beside_an_object() {
    let text = "Minister Carl Dunn gave evidence. He also spoke of a note to an adviser, Toby Fenn, in which he wrote: “No.”";
    assert_eq!(last_name(text).as_deref(), Some("Carl Dunn"));
}

#[test]
fn nobody_hears_what_is_asked_for_or_heard() {
    let none = |cue: &str| (cue.to_owned(), None);
    assert_eq!(addressees("Ana Rell called for CCTV “in every lane”."), [none("called for")]);
    assert_eq!(addressees("“We will win,” Ana Rell said to laughter."), [none("said")]);
    let text = "Ana Rell told state television late Thursday that it was over.";
    assert_eq!(addressees(text), [some("told", "state television")]);
    let text = "Ana Rell told the House of Commons that it was over.";
    assert_eq!(addressees(text), [some("told", "the House of Commons")]);
}

#[test]
fn who_laughs_or_turns_right_before_a_quotation_speaks_it() {
    let text = "“He is a fraud,” said Mr Hale.\n\nWhen that was put to Tom Orr, the challenger laughed. “Tommy who?”";
    assert_eq!(last_name(text).as_deref(), Some("Tom Orr"));
    let text = "“She is late,” said Joan Reed.\n\nTom Orr shrugged. “She says that every year.”";
    assert_eq!(last_name(text).as_deref(), Some("Tom Orr"));
    let text = "“It is over,” said Ann Rell.\n\nThe crowd laughed. “For now.”";
    assert_eq!(last_name(text).as_deref(), Some("Ann Rell"));
    let text = "The ban has hit Tom Orr hard. It has cost him his van. “I had to sell it.”";
    assert_eq!(last_name(text).as_deref(), Some("Tom Orr"));
}

#[test]
fn a_description_is_of_whoever_was_spoken_of() {
    for (before, text, name) in [
        ("Ana Rell lost her son.", "“He was all I had,” the tearful mother said.", "Ana Rell"),
        ("Ambassador Ola Sund left on Monday.", "“I am sad to go,” the diplomat wrote.", "Ola Sund"),
        (
            "Sue Burge said it was dark. Dr Paul Venn said it rained.",
            "“It was late,” the witness said.",
            "Paul Venn",
        ),
        (
            "A source close to the band said it was over. A second insider said it was not.",
            "“It is fine,” the source said.",
            "A second insider",
        ),
        ("15.40 GMT\n\nTarn Rail has stopped all trains.", "“We are sorry,” the operator said.", "Tarn Rail"),
    ] {
        assert_eq!(last_name(&format!("{before} {text}")).as_deref(), Some(name), "{text}");
    }
}

#[test]
fn the_first_paragraph_may_leave_the_name_to_a_later_one() {
    for (first, later, names) in [
        (
            "A coroner has said that a boy was failed.",
            "At the inquest, senior coroner Dr Ada Moss said: “He was let down.”",
            ["Ada Moss", "Ada Moss"],
        ),
        (
            "A teacher has told how she was lost for nine hours.",
            "Helen Rudd, 41, said she had sung to herself.",
            ["Helen Rudd", "Helen Rudd"],
        ),
        (
            "A farmer has warned that milk will run out.",
            "Owen Pryce, who keeps 90 cows, told the Herald: “We are done.”",
            ["Owen Pryce", "Owen Pryce"],
        ),
        // Another, or perhaps another.
        (
            "A woman told a jury that she was attacked.",
            "Owen Pryce, 34, said he was at home.",
            ["A woman", "Owen Pryce"],
        ),
        (
            "A teacher told a jury that she was attacked.",
            "Kim Pryce, 34, denies it. The trial goes on, her lawyer said.",
            ["A teacher", "her lawyer"],
        ),
        (
            "A judge has ruled that a landlord must pay.",
            "Owen Pryce, 44, said he would appeal.",
            ["A judge", "Owen Pryce"],
        ),
        (
            "A farmer has warned that milk will run out.",
            "Tarn Dairies said it was sorry.",
            ["A farmer", "Tarn Dairies"],
        ),
    ] {
        let found = records(&format!("{first}\n\n{later}")).into_iter();
        let found: Vec<_> = found.filter_map(|r| r.speaker?.name).map(|name| name.to_string()).collect();
        assert_eq!(
            (found.first(), found.last()),
            (Some(&names[0].to_owned()), Some(&names[1].to_owned())),
            "{first} {later}"
        );
    }
}

#[test]
fn a_label_is_nobody_who_asked_before() {
    let text = "MS ABERNETHY: Who was on the bridge?\n\nTHE WITNESS: The second officer.\n\nMS ABERNETHY: Is that so?";
    let names: Vec<_> = records(text).into_iter().map(|r| r.speaker.and_then(|s| s.name)).collect();
    assert_ne!(names[0], names[1], "{names:?}");
}

/// Source, cue and content of each record.
fn told(text: &str) -> Vec<[String; 3]> {
    let source = |r: &Record| r.speaker.as_ref().and_then(|s| s.text.as_deref()).unwrap_or("-").to_owned();
    records(text).iter().map(|r| [source(r), cue(r), r.content.text.to_string()]).collect()
}

#[test]
fn phrases_behind_a_closing_tag_are_not_what_was_said() {
    for (text, content) in [
        (
            "Only a tenth of the pumps were mended, the agency says on its website.",
            "Only a tenth of the pumps were mended",
        ),
        (
            "The ferry will sail in March, Dunmore told reporters after the meeting.",
            "The ferry will sail in March",
        ),
        (
            "Parcels are sorted by hand, Ferrell told The Beacon in an interview ahead of the launch.",
            "Parcels are sorted by hand",
        ),
    ] {
        assert_eq!(only(text)[2], content);
    }
}

#[test]
fn whoever_is_told_parts_what_they_are_told() {
    let text = "The road, residents were told, would be shut for a week.";
    assert_eq!(only(text), ["were told", "-", "The road … would be shut for a week"]);
    assert_eq!(addressees(text), [some("were told", "residents")]);
}

#[test]
fn a_subject_before_the_tag_belongs_to_the_words_behind_it() {
    for (text, content) in [
        ("It was, he said, “a blunder”. Mr Orr left.", "It was … “a blunder”"),
        ("The aunt, she recalled, “believed in cold baths”.", "The aunt … “believed in cold baths”"),
        ("That, he told Ms Okafor, was “a figure of speech”.", "That … was “a figure of speech”"),
        ("The pier, Mr Bell said on Friday, was “a disgrace”.", "The pier … was “a disgrace”"),
    ] {
        assert_eq!(only(text)[2], content);
    }
    assert_eq!(only("Last night, he said, “Stop the ferry.”")[2], "“Stop the ferry.”");
}

#[test]
fn whom_one_tells_stands_before_words_inside_other_words() {
    let inner = |text: &str| told(text).into_iter().nth(1).unwrap_or_default();
    assert_eq!(
        inner("“I tell them, ‘Bring the rope,’ and they do,” Dr Ibe said."),
        ["I", "tell", "‘Bring the rope,’"]
    );
    assert_eq!(
        inner("“She’d say to me, ‘You can act’,” Mary Pell says."),
        ["She", "’d say", "‘You can act’"]
    );
    let text = "“The vet told my dad, ‘It is bad.’ We cried,” Ms Vane said.";
    assert_eq!(inner(text), ["The vet", "told", "‘It is bad.’"]);
    assert_eq!(
        inner("Ms Vane said: “You are a ‘danger to us’. I’ve read your notes.”"),
        ["", "", ""].map(str::to_owned)
    );
}

#[test]
fn what_papers_show_may_be_that_somebody_told() {
    let text = "He had told a nurse that he was cold, court papers show.";
    assert_eq!(
        told(text),
        [
            ["court papers", "show", "He had told a nurse that he was cold"],
            ["He", "had told", "that he was cold"],
        ]
    );
}

#[test]
fn a_second_predicate_has_the_subject_of_the_first() {
    let text = "Brann will be without Stojan for three games and hinted that Mow could play.";
    assert_eq!(only(text), ["hinted", "Brann", "that Mow could play"]);
}

#[test]
fn whoever_was_asked_is_blunt_in_words_of_their_own() {
    let text = "When asked if he thinks the pier will last, Mr Orr was blunt: “No.”";
    assert!(told(text).contains(&["Mr Orr".into(), "-".into(), "“No.”".into()]));
}

#[test]
fn a_participle_in_front_ends_where_the_main_clause_begins() {
    assert_eq!(only("Saying that he was tired, Mr Orr quit."), ["Saying", "Mr Orr", "that he was tired"]);
    let text = "Insisting the vote was fair, the guild left the hall.";
    assert_eq!(only(text), ["Insisting", "the guild", "the vote was fair"]);
}

#[test]
fn the_occasion_of_a_report_is_no_part_of_it() {
    let text = "Zhur said at that time that the guests had left.";
    assert_eq!(only(text)[2], "that the guests had left");
    assert_eq!(only("Eberle said after the meeting she expected a petition.")[2], "she expected a petition");
    let text = "He said if the bank closed, nobody would lend to farmers.";
    assert_eq!(only(text)[2], "if the bank closed, nobody would lend to farmers");
}

#[test]
fn a_tag_inside_a_relative_clause_reports_that_clause() {
    for (text, content) in [
        (
            "Police found a van which neighbours said had been there for weeks.",
            "which … had been there for weeks",
        ),
        ("The fund paid for a stadium that residents say has no lights.", "that … has no lights"),
        ("The mill, which analysts say is worth a million, will be sold.", "which … is worth a million"),
    ] {
        assert_eq!(only(text)[2], content);
    }
}

#[test]
fn what_one_is_unable_to_say_is_not_said() {
    for text in [
        "She has yet to say what she would cut.",
        "Mr Hay was unable to say when the road would open.",
        "The owners were not prepared to say how much the horse cost.",
        "Ms Bell was careful not to say who had paid.",
    ] {
        assert!(records(text).iter().all(|r| r.negated), "{text}");
    }
    assert!(!records("She was able to say what she would cut.")[0].negated);
    assert!(records("Efrain stood beside her and said nothing.").is_empty());
}

#[test]
fn what_is_denied_is_the_saying() {
    assert_eq!(only("Mr Abdi denied having said this."), ["denied", "Mr Abdi", "having said this"]);
    let text = "He denied ever saying that the well was dry.";
    assert_eq!(only(text), ["denied", "He", "ever saying that the well was dry"]);
}

#[test]
fn hearsay_with_a_verb_of_saying_names_its_speaker() {
    let text = "Ms Vane is said to have answered: “Spite, darling.”";
    assert_eq!(only(text), ["have answered", "Ms Vane", "“Spite, darling.”"]);
    assert!(records(text)[0].hedged);
}

#[test]
fn what_people_say_at_such_times_is_said_already() {
    let text = "“I make no apology,” she began, which is what chairmen say when the money is gone.";
    assert_eq!(only(text), ["began", "she", "“I make no apology,”"]);
}

#[test]
fn a_word_that_may_be_a_plural_tags_a_quotation() {
    for behind in
        ["cautions biologist Raj Menon, who took no part", "cautions Raj Menon", "cautions the biologist"]
    {
        assert_eq!(only(&format!("“It is one colony,” {behind}."))[0], "cautions", "{behind}");
    }
    assert_eq!(only("‘It is one colony’, cautions biologist Raj Menon.")[0], "cautions");
    assert_eq!(records("The “fake news” claims of the ministry were old."), []);
}

#[test]
fn a_question_in_front_is_not_what_is_laughed() {
    for asked in ["Asked if he would stay", "When asked if he would stay", "Pressed on whether he would stay"]
    {
        let text = format!("{asked}, Tom Rowe grinned.");
        assert!(!records(&text).iter().any(|r| cue(r) == "grinned"), "{asked}");
    }
}

#[test]
fn a_plural_behind_which_is_the_subject_of_the_verb_behind_it() {
    let text = "The scheme, which ministers have called “world-leading”, failed.";
    assert_eq!(only(text), ["have called", "ministers", "“world-leading”"]);
    assert_eq!(only("The bag, which sources say held cash, was found.")[1], "sources");
    assert_eq!(records("The tower, which looks like a needle, fell."), []);
}

#[test]
fn behind_a_name_a_noun_with_its_verb_is_no_apposition() {
    for (verb, object) in
        [("closed", "the account"), ("missed", "“repeated warnings”"), ("moved", "its money")]
    {
        let text = format!("According to Mr Bell, the bank {verb} {object}.");
        assert_eq!(only(&text), ["According to", "Mr Bell", &format!("the bank {verb} {object}")], "{verb}");
    }
    assert_eq!(
        only("According to Ann Bell, the lawyer hired in March, the bank closed.")[1],
        "Ann Bell, the lawyer hired in March"
    );
    let text = "In the words of poet Una Bly, the river “came in like a lodger”.";
    assert_eq!(only(text)[1..], ["poet Una Bly", "the river “came in like a lodger”"]);
    for aside in ["who teaches maths", "a clerk", "44"] {
        let said = format!("the driver, {aside}, was drunk");
        assert_eq!(only(&format!("According to police, {said}."))[2], said);
    }
}

#[test]
fn who_is_questioned_answers_behind_the_comma() {
    for asked in [
        "Cross-examined by Paul Wray, defending",
        "Questioned by Paul Wray",
        "Asked by the lawyer, Jane Hale",
    ] {
        let found = told(&format!("{asked}, he agreed that he was late."));
        assert_eq!(found, [["he", "agreed", "that he was late"]], "{asked}");
    }
}

#[test]
fn two_participles_of_one_subject_are_two_reports() {
    let text = "The mayor told residents the pool would close, blaming “years of neglect” and saying there was “no choice”.";
    assert_eq!(
        told(text)[1..],
        [["The mayor", "blaming", "“years of neglect”"], ["The mayor", "saying", "there was “no choice”"]]
    );
}

#[test]
fn whose_it_is_may_stand_inside_a_name() {
    assert_eq!(
        only("Campaign group Save Our Swim said on Friday that it was “not going away”.")[1],
        "Campaign group Save Our Swim"
    );
    assert_eq!(only("IN BRIEF The guild said that it was “not going away”.")[1], "The guild");
}

#[test]
fn what_is_done_to_a_thing_is_not_said() {
    for text in [
        "The striker claimed his tenth goal of the season with a header.",
        "Storm Ada claimed three lives.",
        "England conceded a late penalty.",
        "Police found the car and called an ambulance.",
        "The band announced themselves with a wall of noise.",
    ] {
        assert_eq!(records(text), [], "{text}");
    }
    assert_eq!(only("The striker claimed the goal was offside.")[2], "the goal was offside");
    assert_eq!(only("England conceded that the penalty was fair.")[2], "that the penalty was fair");
}

#[test]
fn people_who_know_something_close_a_sentence() {
    for who in
        ["two people briefed on the matter", "officials briefed on the matter", "a man who works there"]
    {
        assert_eq!(told(&format!("The deal is near, said {who}.")), [[who, "said", "The deal is near"]]);
    }
}

#[test]
fn behind_those_who_are_told_a_clause_has_its_own_subject() {
    let text = "Rob Teal told the crowd ministers “should hang their heads”.";
    assert_eq!(only(text)[2], "ministers “should hang their heads”");
    assert_eq!(addressees(text), [some("told", "the crowd")]);
    assert_eq!(only("Rob Teal told the jury police were slow.")[2], "police were slow");
    assert_eq!(addressees("He told court officers that he was ill."), [some("told", "court officers")]);
}

#[test]
fn what_is_withheld_is_no_content() {
    let text = "The spokesman said that the matter was before the court and declined to comment further.";
    assert_eq!(records(text)[0].content.text.to_string(), "that the matter was before the court");
    assert_eq!(only("The mill would close, she said, without elaborating.")[2], "The mill would close");
}

#[test]
fn the_main_clause_goes_on_behind_a_report_about_its_subject() {
    let text = "The council, which says it is owed a million by tenants, last week closed the baths.";
    assert_eq!(only(text)[2], "it is owed a million by tenants");
    let text = "The firm, which claims the boat was safe, has since gone bankrupt.";
    assert_eq!(only(text)[2], "the boat was safe");
}

#[test]
fn an_insertion_between_dashes_ends_no_content() {
    let text = "They claim the mill was never for sale, and that two offers – one from the village – were turned down.";
    assert_eq!(
        only(text)[2],
        "the mill was never for sale, and that two offers – one from the village – were turned down"
    );
}

#[test]
fn a_second_clause_goes_on_behind_the_tag() {
    let text = "It was not on the list, he added, and he could give no promise that it would be.";
    assert_eq!(only(text)[2], "It was not on the list … and he could give no promise that it would be");
}

#[test]
fn whoever_is_told_may_be_two() {
    let text = "Tessa Marlow told Kai and Bella on Hot Radio she was left “gobsmacked” by the bill.";
    assert_eq!(only(text)[2], "she was left “gobsmacked” by the bill");
}

#[test]
fn a_participle_of_warning_opens_its_sentence() {
    let found = records("Warning that the dam could burst, Ms Dell said people should leave.");
    let source = |r: &Record| r.speaker.as_ref().and_then(|s| s.text.as_deref()).map(str::to_owned);
    assert_eq!(
        found.iter().map(source).collect::<Vec<_>>(),
        [Some("Ms Dell".to_owned()), Some("Ms Dell".to_owned())]
    );
}

#[test]
fn a_subject_told_apart_speaks() {
    for (text, source) in [
        (
            "The union representing the drivers said it had warned of tired crews for years.",
            "The union representing the drivers",
        ),
        (
            "A lawyer representing the family alleged that the seal was false.",
            "A lawyer representing the family",
        ),
        ("The firm that owns the ferry said it was sorry.", "The firm"),
        (
            "A film shared more than 40,000 times on Chirper claims that the mill will close.",
            "A film shared more than 40,000 times on Chirper",
        ),
    ] {
        assert_eq!(only(text)[1], source);
    }
    let text = "The firm that the union says is bankrupt owns the ferry.";
    assert_eq!(only(text)[1], "the union");
}

#[test]
fn who_is_described_behind_the_tag_speaks() {
    let text = "Half a dozen people, some of them elderly, were hurt, said Ola Brandt, who runs the shop.";
    assert_eq!(only(text)[2], "Half a dozen people, some of them elderly, were hurt");
}

#[test]
fn who_was_asked_did_not_ask() {
    for text in [
        "A spokesman for the guild, Anton Drew, when asked about the fire, told reporters he knew nothing.",
        "Ms Dell, asked if she would resign, said no.",
    ] {
        assert!(records(text).iter().all(|r| !cue(r).contains("asked") || r.speaker.is_none()), "{text}");
    }
}

#[test]
fn a_name_or_a_condition_is_nothing_said() {
    for text in [
        "The accused have been identified as Manoj Sollan and Irfan Qader.",
        "Two officials spoke on the condition of anonymity.",
    ] {
        assert!(records(text).is_empty(), "{text}");
    }
}

#[test]
fn whoever_spoke_to_a_reporter_goes_on_in_the_next_sentence() {
    let text = "“We have roads,” she said.\n\nSpeaking to this paper afterwards, the farmer Odd Devane was less than \
                impressed. “They have talked about that road for forty years.”";
    assert_eq!(records(text)[1].speaker.as_ref().and_then(|s| s.name.as_deref()), Some("Odd Devane"));
}

#[test]
fn a_result_in_a_headline_says_nothing() {
    let text = "Rovers 2 Athletic 2: Tully rages at late penalty\n\nOdd Tully was angry on Saturday, and he was right.";
    assert!(records(text).is_empty());
}

#[test]
fn what_is_called_something_is_not_spoken_to() {
    assert_eq!(addressees("The guild called him “a fool”."), [("called".to_owned(), None)]);
    assert_eq!(addressees("Ola Brandt left the hall, calling them “the best”.")[0].1, None);
}

#[test]
fn another_report_in_the_sentence_ends_the_first() {
    let text = "A person close to the talks said they had ended, while another said they were on hold.";
    let found: Vec<String> = records(text).iter().map(|r| r.content.text.to_string()).collect();
    assert_eq!(found, ["they had ended", "they were on hold"]);
    let text = "The minister said the road would be built by May, with the engineer warning that it could take longer.";
    let found: Vec<String> = records(text).iter().map(|r| r.content.text.to_string()).collect();
    assert_eq!(found, ["the road would be built by May", "that it could take longer"]);
}

#[test]
fn a_bare_subject_waits_behind_the_tag_for_its_verb() {
    for (text, source, content) in [
        ("The scheme, says Mr Dell, is doomed.", "Mr Dell", "The scheme … is doomed"),
        ("Rents, say landlords, are “going up”.", "landlords", "Rents … are “going up”"),
        (
            "By 2030, says the report, one in three will be empty.",
            "the report",
            "By 2030 … one in three will be empty",
        ),
        (
            "The price of a pint in the north, said Ms Osei, has doubled.",
            "Ms Osei",
            "The price of a pint in the north … has doubled",
        ),
    ] {
        assert_eq!(only(text)[1..], [source, content]);
    }
}

#[test]
fn more_of_the_source_is_no_part_of_its_words() {
    let text = "The fire broke out at noon, according to police, who said nobody was hurt.";
    assert_eq!(records(text)[0].content.text.to_string(), "The fire broke out at noon");
}

#[test]
fn a_participle_with_a_subject_of_its_own_stands_nearer() {
    let text = "Castel Corp reported results that beat estimates, with its chairman telling analysts that demand was “not slowing”.";
    let found = records(text);
    assert_eq!(
        found.last().and_then(|r| r.speaker.as_ref()).and_then(|s| s.text.as_deref()),
        Some("its chairman")
    );
    assert_eq!(
        found.last().map(|r| r.content.text.to_string()),
        Some("that demand was “not slowing”".to_owned())
    );
}

#[test]
fn words_that_a_sure_clause_holds_are_spoken() {
    let found = records("Describing the raid as “barbaric”, the judge jailed Pell for a year.");
    assert_eq!((found.len(), format!("{:?}", found[0].kind)), (1, "Mixed".to_owned()));
}

#[test]
fn a_thing_that_is_blamed_or_praised_says_nothing() {
    let text = "The woman who runs the mill, Ann Rell, condemned the attack.";
    assert_eq!(only(text), ["condemned", "The woman who runs the mill, Ann Rell", "the attack"]);
    let text = "Ivo Lantry of Tarn, a baker who served at sea, denounced the mayor’s remarks.";
    let [cue, source, content] = only(text);
    assert!(source.starts_with("Ivo Lantry"), "{source}");
    assert_eq!([&*cue, &*content], ["denounced", "the mayor’s remarks"]);
}

#[test]
fn who_speaks_may_overlap_who_is_spoken_of() {
    assert_eq!(records("Teddy anchored Facebook, followings and said.").len(), 0);
}
