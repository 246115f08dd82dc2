use std::sync::LazyLock;

use super::describe::single_spaced;
use super::resolve::resolve;
use super::{Document, Resolution, Speaker, SpeakerKind};
use crate::attribution::{Attribution, Kind, Source};
use crate::document::paragraph::paragraphs;
use crate::lexicon::{Act, Lexicon};
use crate::mention::chunk;
use crate::quotation::marks;
use crate::span::{Span, TokenSpan};
use crate::token::classify::Classifier;
use crate::token::{scan, sentence};

static ENGLISH: LazyLock<Lexicon> = LazyLock::new(Lexicon::english);

/// Sources stand in double brackets; their content is every quotation of the same sentence.
fn read(marked: &str) -> Resolution {
    let mut text = String::new();
    let mut sources = Vec::new();
    for (i, piece) in marked.split("[[").enumerate() {
        let Some((source, rest)) = piece.split_once("]]").filter(|_| i > 0) else {
            text.push_str(piece);
            continue;
        };
        sources.push(Span::new(text.len(), text.len() + source.len()));
        text.push_str(source);
        text.push_str(rest);
    }
    let lexicon = &*ENGLISH;
    let paragraphs = paragraphs(&text, lexicon);
    let mut tokens = scan::scan(&text, &paragraphs, lexicon);
    let quotations = marks::find(&text, &paragraphs, &mut tokens, lexicon);
    let outer: Vec<TokenSpan> = quotations.iter().filter(|q| q.parent.is_none()).map(|q| q.tokens).collect();
    let sentences = sentence::sentences(&text, &tokens, &paragraphs, &outer, lexicon);
    let classes = Classifier::new(lexicon).classes(&text, &tokens, &sentences, lexicon);
    let mentions = chunk::mentions(&text, &tokens, &classes, &sentences, &outer, lexicon);
    let document = Document {
        text: &text,
        paragraphs: &paragraphs,
        tokens: &tokens,
        classes: &classes,
        sentences: &sentences,
        quotations: &quotations,
        mentions: &mentions,
        lexicon,
    };
    let attributions: Vec<Attribution> = sources
        .iter()
        .map(|&source| {
            let span = document.tokens_in(source);
            let within = sentences[document.sentence_of(span.start)].tokens;
            let content = outer.iter().filter(|q| within.contains(**q)).map(|q| document.bytes(*q)).collect();
            attribution(Source { mention: document.mention_in(span), tokens: span }, content)
        })
        .collect();
    resolve(&document, &attributions)
}

fn attribution(source: Source, content: Vec<Span>) -> Attribution {
    Attribution {
        content: content.into(),
        quotations: Default::default(),
        cue: None,
        source: Some(source),
        addressee: None,
        setting: None,
        via: None,
        kind: Kind::Direct,
        act: Act::Speech,
        hedged: false,
        secondhand: false,
        negated: false,
        parent: None,
        rule: "".into(),
        confidence: 1.0,
        unattributed: None,
    }
}

fn speakers(marked: &str) -> Vec<Option<Speaker>> {
    let found = read(marked);
    found.resolved.iter().map(|r| r.speaker.map(|s| found.speakers[s as usize].clone())).collect()
}

fn names(marked: &str) -> Vec<String> {
    let name = |speaker: Option<Speaker>| speaker?.name;
    speakers(marked).into_iter().map(|s| name(s).as_deref().unwrap_or("-").to_owned()).collect()
}

#[test]
fn a_surname_means_the_full_name_before_it() {
    assert_eq!(names("Greta Marlow opened the shop. “We had one till,” [[Marlow]] said."), ["Greta Marlow"]);
}

#[test]
fn a_surname_in_a_headline_means_the_full_name_below() {
    assert_eq!(
        names(
            "[[Okonedo]]: ‘We never trained for snow’\n\nThe team left late. Chidi Okonedo, the captain, waved."
        ),
        ["Chidi Okonedo"]
    );
}

#[test]
fn titles_and_forms_of_address_are_no_part_of_the_name() {
    assert_eq!(names("“No,” said [[Prof. Dr. Ursula Brandt]]."), ["Ursula Brandt"]);
    assert_eq!(names("“No,” said [[Scottish Energy Secretary Fiona Garrow]]."), ["Fiona Garrow"]);
    assert_eq!(names("“No,” said [[Alhaji Musa Danjuma]]."), ["Musa Danjuma"]);
}

#[test]
fn particles_and_generations_stay_in_the_name() {
    assert_eq!(names("“No,” said [[Pieter van den Berg Jr.]], a skipper."), ["Pieter van den Berg Jr."]);
}

#[test]
fn a_surname_that_stands_first_is_found_by_later_references() {
    assert_eq!(names("The winner was Lin Qiaoyu. “I slept,” [[Mr Lin]] said."), ["Lin Qiaoyu"]);
}

#[test]
fn brothers_named_together_share_their_surname() {
    let text = "Brothers Sam and Peter Hargrove own the mill. “It leaks,” said [[Sam]]. “It does not,” said [[Peter]].";
    assert_eq!(names(text), ["Sam Hargrove", "Peter Hargrove"]);
}

#[test]
fn two_of_one_surname_are_told_apart_by_their_form_of_address() {
    let text = "Alice Turnbull and Robert Turnbull went home. “It was cold,” [[Mrs Turnbull]] said.";
    assert_eq!(names(text), ["Alice Turnbull"]);
}

#[test]
fn a_ministry_is_named_with_its_country() {
    let text = "“No,” said [[Norway’s Foreign Ministry]]. “Yes,” said [[Sweden’s Foreign Ministry]].";
    assert_eq!(names(text), ["Norway’s Foreign Ministry", "Sweden’s Foreign Ministry"]);
    let text = "“No,” said [[Norway’s Foreign Ministry]]. “Not now,” [[the Foreign Ministry]] said.";
    assert_eq!(names(text), ["Norway’s Foreign Ministry", "Norway’s Foreign Ministry"]);
}

#[test]
fn the_countrys_minister_is_the_one_who_bears_the_title() {
    let text = "“No,” said [[the country’s health minister]]. Health Minister Bo Ekdahl had been ill.";
    assert_eq!(names(text), ["Bo Ekdahl"]);
    let two = "“No,” [[the country’s mayor]] said. Mayor Bo Ekdahl and Mayor Ada Lind had been ill.";
    assert_eq!(names(two), ["the country’s mayor"]);
    let other = "“No,” said [[the country’s health minister]]. Foreign Minister Bo Ekdahl had been ill.";
    assert_eq!(names(other), ["the country’s health minister"]);
}

#[test]
fn whose_union_it_is_belongs_to_its_name() {
    assert_eq!(names("“No,” said [[the Tram Drivers’ Union]]."), ["Tram Drivers’ Union"]);
}

#[test]
fn initials_before_a_colon_mean_the_person_who_has_them() {
    let text = "We met Ambrose Lightbody in his shed.\n\n[[AL]]: “It is stone.”";
    assert_eq!(names(text), ["Ambrose Lightbody"]);
    let two = "Ambrose Lightbody met Ada Lind in a shed.\n\n[[AL]]: “It is stone.”";
    assert_eq!(names(two), ["AL"]);
}

#[test]
fn a_name_in_brackets_holds_the_office_before_it() {
    let text = "“Order,” said [[the chairman (Mr Strand)]]. “Silence,” [[the chairman]] said.";
    assert_eq!(names(text), ["Strand", "Strand"]);
    assert_eq!(names("“Order,” said [[the chairman (Labour)]]."), ["the chairman"]);
}

#[test]
fn a_surname_that_two_share_equally_has_no_name() {
    let text = "Robert Turnbull met George Turnbull at noon. “It was cold,” [[Turnbull]] said.";
    assert_eq!(names(text), ["-"]);
}

#[test]
fn she_and_he_take_the_name_of_their_gender() {
    let text =
        "When David Marsh met Helen Cope, both were late. “The bus,” [[she]] said. “The train,” [[he]] said.";
    assert_eq!(names(text), ["Helen Cope", "David Marsh"]);
}

#[test]
fn a_pronoun_prefers_the_subject_and_the_last_speaker() {
    assert_eq!(
        names("Helen Cope beat Mary Dunne in the final. “I was lucky,” [[she]] said."),
        ["Helen Cope"]
    );
    let text = "“It is late,” said [[Mary Dunne]]. The town slept. “Very late,” [[she]] added.";
    assert_eq!(names(text), ["Mary Dunne", "Mary Dunne"]);
}

#[test]
fn a_pronoun_is_nobody_who_asks_or_is_named_behind_it() {
    let text = "Robert Hale gave evidence. Asked by Simon Pratt how he felt, [[he]] replied: “Cold.”";
    assert_eq!(names(text), ["Robert Hale"]);
    let text = "Mary Dunne lost to Helen Cope. “I owe her one,” [[she]] said of Cope.";
    assert_eq!(names(text), ["Mary Dunne"]);
}

#[test]
fn a_title_means_whoever_bears_it() {
    let text = "Health minister Ada Fontana came. “Good,” [[the minister]] said. The hospital’s spokeswoman, Britta Kolm, \
                disagreed. “Bad,” [[the spokeswoman]] said.";
    assert_eq!(names(text), ["Ada Fontana", "Britta Kolm"]);
}

#[test]
fn a_title_with_a_long_phrase_in_apposition_means_the_name() {
    let text =
        "[[The chair of the harbour board on fees]], Ivor Lantry, said no. “Never,” [[the chair]] said.";
    assert_eq!(names(text), ["Ivor Lantry", "Ivor Lantry"]);
}

#[test]
fn the_name_behind_the_clause_that_tells_who_is_meant_is_that_of_whoever_is_meant() {
    let text = "[[The woman]] who built it, Ana Rell, said no. “Never,” said [[the woman]] who built it, Ana Rell. \
                [[One]] of those who built it, Ivo Lantry, said so too. [[A man]] whose son was hurt, Tom Pell, left.";
    assert_eq!(names(text), ["Ana Rell", "Ana Rell", "Ivo Lantry", "Tom Pell"]);
    let place = "[[The man]] who lives in Leeds, West Yorkshire, said no.";
    assert_eq!(names(place), ["The man"]);
}

#[test]
fn more_than_two_are_named_one_behind_the_other() {
    let text = "Ana Rell, Ivo Lantry and [[Odd Pell]] said no. “Never,” [[they]] said.";
    assert_eq!(names(text), ["Ana Rell, Ivo Lantry and Odd Pell", "Ana Rell, Ivo Lantry and Odd Pell"]);
    let oxford = "Ana Rell, Ivo Lantry, and [[Odd Pell]] said no.";
    assert_eq!(names(oxford), ["Ana Rell, Ivo Lantry and Odd Pell"]);
}

#[test]
fn another_of_a_kind_is_somebody_else() {
    let text = "Sophie Brand, an analyst at Kade, sold. [[Another analyst]] said no.";
    assert_eq!(names(text), ["Another analyst"]);
}

#[test]
fn initials_mean_the_organisation_and_so_does_its_head_word() {
    let text = "The Harbour Safety Agency (HSA) closed the pier. “It moved,” [[the HSA]] said. “Twice,” [[the agency]] said.";
    assert_eq!(names(text), ["Harbour Safety Agency", "Harbour Safety Agency"]);
}

#[test]
fn it_means_the_organisation_that_spoke_and_they_the_group() {
    let text = "[[The Interior Ministry]] said so. [[It]] added more. [[Residents]] said no. [[They]] left.";
    assert_eq!(names(text), ["Interior Ministry", "Interior Ministry", "Residents", "Residents"]);
}

#[test]
fn who_means_the_mention_before_it() {
    assert_eq!(names("Petra Long, a broker at Hask, [[who]] said no, left."), ["Petra Long"]);
}

#[test]
fn the_first_person_of_a_report_is_nobody() {
    assert_eq!(names("Robert Hale sat down. “Why?” [[I]] asked."), ["-"]);
}

#[test]
fn my_grandmother_is_the_grandmother_of_the_speaker() {
    let text = "“[[My grandmother]] used to say no, and she was right,” said [[Rosa Ostend]].";
    assert_eq!(names(text), ["Rosa Ostend’s grandmother", "Rosa Ostend"]);
}

#[test]
fn the_answers_of_an_interview_belong_to_the_guest() {
    let text = "Architect Livia Monk spoke to us.\n\n[[Q]]: Why?\n[[A]]: Because.";
    assert_eq!(names(text), ["-", "Livia Monk"]);
}

#[test]
fn without_a_name_the_description_keeps_its_condition() {
    let text = "“It is thick,” said [[a senior official]] who asked not to be named because of the law.";
    let found = speakers(text).remove(0).unwrap();
    assert_eq!(found.name.as_deref(), Some("a senior official who asked not to be named"));
    assert_eq!(found.kind, SpeakerKind::Unnamed);
}

#[test]
fn words_have_one_space_between_them() {
    let shown = [
        ("a clerk", "a clerk"),
        (" a", "a"),
        ("a\nclerk \u{a0} of", "a clerk of"),
        ("a  b ", "a b"),
        ("", ""),
    ];
    for (text, expected) in shown {
        assert_eq!(single_spaced(text.into()), expected);
    }
}

#[test]
fn descriptions_come_from_titles_and_appositives() {
    let description =
        |text| speakers(text).remove(0).unwrap().description.as_deref().unwrap_or_default().to_owned();
    assert_eq!(description("“No,” said [[Foreign Minister Anna Brook]]."), "Foreign Minister");
    assert_eq!(
        description("“Sell,” advised [[Petra Long]], a broker at Hask & Dunne."),
        "a broker at Hask & Dunne"
    );
    assert_eq!(description("“No,” said [[Mr Robert Hale]]."), "");
}

#[test]
fn one_speaker_has_one_entry() {
    let text =
        "“A,” said [[Greta Marlow]]. “B,” [[she]] said. “C,” [[Marlow]] said. “D,” [[Mrs Marlow]] said.";
    let found = read(text);
    assert_eq!(found.speakers.len(), 1);
    assert!(found.resolved.iter().all(|r| r.speaker == Some(0) && r.certainty > 0.5));
}

#[test]
fn long_texts_are_read_in_linear_time() {
    let text = "Greta Marlow met Robert Hale. “Good,” [[she]] said. The minister left. ".repeat(2000);
    let start = std::time::Instant::now();
    assert_eq!(read(&text).speakers.len(), 1);
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn a_surname_with_the_other_pronoun_means_the_relative() {
    let text = "Bruno Tarrow won the race. His wife, Greta Tarrow, waved. Tarrow said he was tired. Tarrow took the cup \
                and he drank. “It was long,” [[Tarrow]] said. “Never again,” [[he]] added.";
    assert_eq!(names(text), ["Bruno Tarrow", "Bruno Tarrow"]);
    // Where nobody of the family has a name that fits, the name may be one of either gender.
    let text = "Greta Tarrow won the race. Tarrow said he was tired. Tarrow took the cup and he drank. “It was long,” \
                [[Tarrow]] said.";
    assert_eq!(names(text), ["Greta Tarrow"]);
}

#[test]
fn two_surnames_without_the_given_name_are_those_of_the_person() {
    let text =
        "“Olives burn,” said [[Marta Ruiz Calvo]]. “Fast,” [[Ruiz Calvo]] said. “Very,” [[Ms. Ruiz]] said.";
    assert_eq!(names(text), ["Marta Ruiz Calvo"; 3]);
    // Where two names end so, nobody knows.
    let text = "Marta Ruiz Calvo met Pablo Ruiz Calvo. “Fast,” [[Ruiz Calvo]] said.";
    assert_eq!(names(text), ["Ruiz Calvo"]);
}

#[test]
fn an_office_is_not_that_of_its_deputy() {
    let text = "Governor Ade Bakare came. Deputy Governor Sola Ojo came too. “Tents are here,” [[the deputy governor]] said. \
                “I shall return,” [[the governor]] said.";
    assert_eq!(names(text), ["Sola Ojo", "Ade Bakare"]);
    let text = "Ex-England captain Will Straw came. “We were poor,” [[the former England captain]] said.";
    assert_eq!(names(text), ["Will Straw"]);
}

#[test]
fn of_two_who_come_up_together_an_office_names_neither() {
    let text = "Councillor Bev Marsh and Councillor Neil Tope met. “It stinks,” [[the councillor]] said.";
    assert_eq!(names(text), ["the councillor"]);
}

#[test]
fn a_possessor_is_whoever_the_pronoun_was() {
    let text =
        "Kemi Balogun sued. Her lawyer, Femi Adu, stood up. “She was left,” [[Balogun’s lawyer]] said.";
    assert_eq!(names(text), ["Femi Adu"]);
}

#[test]
fn a_developer_with_a_name_is_no_business() {
    let text = "Retailer Mabbs fell. Developer Ian Stack came. “Homes sell,” [[the developer]] said. “Less,” [[the company]] \
                said.";
    assert_eq!(names(text), ["Ian Stack", "Mabbs"]);
}

#[test]
fn a_word_between_marks_in_a_name_is_a_name_too() {
    let text = "Robert “Bobby” Tranter drummed. “Loud,” [[Bobby]] said. “Long,” [[Tranter]] said.";
    assert_eq!(names(text), ["Robert Tranter"; 2]);
}

#[test]
fn a_given_name_that_is_a_place_speaks_for_its_bearer() {
    let text = "“Good,” Wellington Souza said. “She prayed,” [[Wellington]] said.";
    assert_eq!(names(text), ["Wellington Souza"]);
    let text = "“Good,” Wellington Souza said in the rain. He flew to Wellington. “Cold,” [[Souza]] said.";
    assert_eq!(names(text), ["Wellington Souza"]);
}

#[test]
fn a_child_is_no_mr() {
    let text =
        "His father, Brian Moyle, waited. Conor Moyle, 15, was found. “He is cold,” [[Mr Moyle]] said.";
    assert_eq!(names(text), ["Brian Moyle"]);
}

#[test]
fn organisations_are_called_by_what_they_are() {
    let text = "The Ministry of Steel closed it. “It is shut,” [[the ministry]] said.";
    assert_eq!(names(text), ["Ministry of Steel"]);
    let text = "The National Union of Dockers struck. “Enough,” [[the union]] said.";
    assert_eq!(names(text), ["National Union of Dockers"]);
    let text = "Wexcombe Police held a man. “He is 34,” [[the force]] said.";
    assert_eq!(names(text), ["Wexcombe Police"]);
    let text = "Derrow United met Brackley Rovers. “He is hurt,” [[the club]] said.";
    assert_eq!(names(text), ["the club"]);
    let text = "“It is shut,” said [[St Brannoc’s Hospital]]. “Go home,” [[the hospital]] said.";
    assert_eq!(names(text), ["St Brannoc’s Hospital"; 2]);
}

#[test]
fn who_was_he_once_is_not_she() {
    let text = "Mehwish Kolm is a nurse. “Nobody came,” [[she]] said. Her husband, Bilal Kolm, sat down. “They shouted,” \
                [[he]] said. “Twice,” [[she]] said.";
    assert_eq!(names(text), ["Mehwish Kolm", "Bilal Kolm", "Mehwish Kolm"]);
}

#[test]
fn a_name_that_no_list_knows_is_that_of_a_person_where_nobody_else_is() {
    assert_eq!(names("Zubeida Kolm has taught here. “He is gifted,” [[she]] said."), ["Zubeida Kolm"]);
}

#[test]
fn two_names_that_are_one_subject_are_they() {
    let text = "Solveig Dahl and Aino Kesti won the cup. “We laughed,” [[they]] said.";
    assert_eq!(names(text), ["Solveig Dahl and Aino Kesti"]);
}

#[test]
fn a_prince_is_called_so_again() {
    let text = "Prince Edgar and Princess Maud came. “I ate three,” [[the princess]] said. “None,” [[the prince]] said.";
    assert_eq!(names(text), ["Maud", "Edgar"]);
}

#[test]
fn a_particle_that_is_a_given_name_tells_people_apart() {
    let text = "Col Josh Tarn came. Ben Tarn came too. “It rained,” [[Ben Tarn]] said.";
    assert_eq!(names(text), ["Ben Tarn"]);
    assert_eq!(names("Ben Hale and Ann Tarn married. “At once,” [[Hale]] said."), ["Ben Hale"]);
    let text = "Zine Ben Karroui came. “It rained,” [[Ben Karroui]] said. “A lot,” [[Karroui]] said.";
    assert_eq!(names(text), ["Zine Ben Karroui"; 2]);
}

#[test]
fn two_surnames_stand_behind_two_given_names_too() {
    let text = "Rupa Devi Jhakri Dumre, a clerk, left. “I saw it,” [[Jhakri Dumre]] said.";
    assert_eq!(names(text), ["Rupa Devi Jhakri Dumre"]);
}

#[test]
fn a_surname_with_a_title_is_that_of_whoever_bore_it() {
    let text = "Capt Josh Tarn came. His son, Ned Tarn, 23, came too. “It rained,” [[Capt Tarn]] said.";
    assert_eq!(names(text), ["Josh Tarn"]);
    let text = "Tolu Tarn, 23, was held. Tarn’s uncle, Col Josh Tarn, wept. “It rained,” [[Col Tarn]] said.";
    assert_eq!(names(text), ["Josh Tarn"]);
    let text = "Dr Ann Hale and Prof Tom Hale met. “It is hard,” [[Prof Hale]] said. “It is easy,” [[Dr Hale]] said.";
    assert_eq!(names(text), ["Tom Hale", "Ann Hale"]);
}

#[test]
fn the_first_of_two_surnames_is_that_of_whoever_was_named() {
    let text = "Ricardo Ramos Tarn said no. “Never,” [[Ramos]] said.\n\nSonia Ramos, a weaver, came. “Why?” [[Ramos]] said.";
    assert_eq!(names(text), ["Ricardo Ramos Tarn", "Sonia Ramos"]);
}

#[test]
fn a_description_is_what_somebody_is() {
    let description =
        |text| speakers(text).remove(0).unwrap().description.as_deref().unwrap_or_default().to_owned();
    assert_eq!(description("“No,” said [[Tarn Union’s Ana Rell]]."), "Tarn Union");
    assert_eq!(description("“No,” said [[the party’s Ana Rell]]."), "");
    assert_eq!(description("“No,” said [[The Tram Drivers’ Union]]."), "");
    assert_eq!(
        description("Eva Rell, whose husband, Tom Rell, is a rower, left. “No,” said [[Tom Rell]]."),
        "husband"
    );
    assert_eq!(description("“No,” said [[the Bishop of Tarn, the Rt Rev Ana Rell]]."), "the Bishop of Tarn");
}

#[test]
fn the_paragraph_tells_who_is_called_by_another_word() {
    let before = "Bríd Hale was hurt. Tom Hale was not.\n\n";
    let after = [
        ("Ana Rell, the chair, urged calm. “Go home,” [[the Tarn senator]] said.", "Ana Rell"),
        ("Cathal Devine had been there since dawn. “I am cold,” [[the Tarn student]] said.", "Cathal Devine"),
        ("Eva Tarn said yes. Then Ana Rell said no. “Never,” [[the Tarn senator]] said.", "the Tarn senator"),
        ("She said Ana Rell was ready. “Go home,” [[the student]] said.", "the student"),
    ];
    for (text, name) in after {
        assert_eq!(names(&format!("{before}{text}")), [name], "{text}");
    }
    let spoken = "“Yes,” said [[Eva Tarn]]. [[Ana Rell]] said no. “Never,” [[the Tarn senator]] said.";
    assert_eq!(names(&format!("{before}{spoken}")), ["Eva Tarn", "Ana Rell", "Ana Rell"]);
    let spoken = "Opposition leader [[Yair Ganz]] said no. “Never,” said [[the former general]].";
    assert_eq!(names(&format!("{before}{spoken}")), ["Yair Ganz"; 2]);
    // Whoever has an office of his own need be nobody who has just spoken.
    let text = "Eva Tarn was glad.\n\n[[Yair Ganz]] said yes. [[The health minister]] said no.";
    assert_eq!(names(text), ["Yair Ganz", "The health minister"]);
}

#[test]
fn an_age_and_a_place_tell_of_somebody_named() {
    let text = "“We know,” says [[Kjersti Aas]]. “We will not,” says [[the 49-year-old from Oslo]].";
    assert_eq!(names(text), ["Kjersti Aas"; 2]);
    let text = "“I do not care,” [[a trader]] said. “I want light,” [[the 29-year-old phone repairer]] said.";
    assert_eq!(names(text), ["a trader"; 2]);
}

#[test]
fn a_role_that_is_a_given_name_too_tells_no_gender() {
    assert_eq!(
        names("Marine engineer Tomasz Zielin spoke. It would, [[he]] said, take years."),
        ["Tomasz Zielin"]
    );
    assert_eq!(names("The dean, Ann Reed, was ill. [[She]] left."), ["Ann Reed"]);
}

#[test]
fn of_two_businesses_named_once_neither_is_the_company() {
    let text =
        "The pier was shut. It rained. Norvik and Holt & Pym sell salt. [[The company]] said it was sorry.";
    assert_eq!(names(text), ["The company"]);
    assert_eq!(names("Norvik sells salt. Norvik fined Holt & Pym. [[The company]] was sorry."), ["Norvik"]);
    assert_eq!(names("Holt & Pym sell salt. [[The company]] said it was sorry."), ["Holt & Pym"]);
}

#[test]
fn a_business_is_neither_he_nor_she() {
    let text =
        "Jets of Korvik Skyways were late. “Sorry,” [[the airline]] said. “I will sleep,” [[she]] said.";
    assert_eq!(names(text), ["Korvik Skyways", "-"]);
    let text = "Zupp rose. Zupp is big. A jet of the airline Korvik was late. “Sorry,” [[the airline]] said.";
    assert_eq!(names(text), ["Korvik"]);
    let kind = |text| speakers(text).remove(0).unwrap().kind;
    assert_eq!(
        kind("“Wait,” said [[pension fund Ilmarvi]], the biggest shareholder."),
        SpeakerKind::Organization
    );
    assert_eq!(kind("“Wait,” said [[Korvik]]. “Soon,” [[it]] said."), SpeakerKind::Organization);
}

#[test]
fn a_family_is_a_group() {
    let text = "Ann Hale and Ned Walsh met. “Yes,” [[the Hales]] said. “No,” [[the Walshes]] said.";
    assert!(speakers(text).into_iter().flatten().all(|s| s.kind == SpeakerKind::Group));
}

#[test]
fn who_has_a_name_that_no_list_has_is_a_person() {
    let text =
        "Zubeidha Kolmen, who was away, is back.\n\n“I slept,” [[Zubeidha]] says. “I ate,” [[she]] says.";
    assert_eq!(names(text), ["Zubeidha Kolmen"; 2]);
    assert_eq!(speakers(text)[0].as_ref().unwrap().kind, SpeakerKind::Person);
    // A business may be called by the first word of its name too.
    let text =
        "Halvorsen Tile cut its forecast. “It is dear,” [[the company]] said. Halvorsen warned of gas.";
    assert_eq!(names(text), ["Halvorsen Tile"]);
}

#[test]
fn given_names_that_are_titles_too_stay_with_one_word() {
    assert_eq!(names("“No,” said [[Dean Rell]]."), ["Dean Rell"]);
    assert_eq!(names("“No,” said [[Dean Ana Rell]]."), ["Ana Rell"]);
    let text = "Vikram Rell, dean of the college, left. “No,” [[Dean Rell]] said.";
    assert_eq!(names(text), ["Vikram Rell"]);
    assert_eq!(names("“No,” said [[Dean Alan Rell]], 44."), ["Dean Alan Rell"]);
    assert_eq!(names("“No,” said [[Md Shamsul Kolm]]."), ["Md Shamsul Kolm"]);
}

#[test]
fn one_of_those_may_have_a_name() {
    assert_eq!(names("[[One of those]] rescued, Ann Hale, 22, said it was cold."), ["Ann Hale"]);
}

#[test]
fn of_another_age_is_somebody_else() {
    let text = "Ann Hale was hurt. Her son Tom Hale, 9, was not. “I am well,” [[Tom]] said. “I am not,” [[the 71-year-old]] said.";
    assert_eq!(names(text), ["Tom Hale", "Ann Hale"]);
}

#[test]
fn capitals_before_a_colon_are_people() {
    let text =
        "[[JAKE RELL]]: We came here by the old road in the rain.\n\n[[RELL]]: We went home by the new one.";
    assert_eq!(names(text), ["JAKE RELL"; 2]);
}

#[test]
fn a_conjunction_is_no_part_of_a_name() {
    assert_eq!(names("“Yes,” said Ana Rell. [[If Ana Rell]] said “no”, it was no."), ["Ana Rell"]);
}

#[test]
fn whose_daughter_it_is_rather_than_she() {
    let text = "Ana Rell is back. The actor, who left after the birth of her daughter Mia, returns in May. “I slept,” \
                [[she]] said.";
    assert_eq!(names(text), ["Ana Rell"]);
}

#[test]
fn who_asks_or_is_the_owner_is_not_called_by_another_word() {
    let text = "Eva Tarn was glad.\n\nIvo Pugh said it was a loan. “They lie,” [[he]] said. Asked by Hefin Hale why, [[the father \
                of two]] replied: “Why not?”";
    assert_eq!(names(text), ["Ivo Pugh"; 2]);
    let text = "Eva Tarn was glad.\n\n[[Lacey’s mum Tracey Duff]] rallied. “No,” [[the former teacher]] said. Lacey Duff left.";
    assert_eq!(names(text), ["Tracey Duff"; 2]);
}

#[test]
fn what_stresses_a_name_tells_the_gender_and_is_no_part_of_the_description() {
    let text =
        "Ivo Rell and Ana Rell left. “No,” [[Rell herself]] said. “Why?” [[the minister himself]] said.";
    assert_eq!(names(text), ["Ana Rell", "the minister"]);
}

#[test]
fn a_business_is_called_by_the_name_behind_the_clause_that_tells_it_apart() {
    assert_eq!(names("[[The company]] that built the sirens, Soundco, said “no”."), ["Soundco"]);
    // Of people one name may be that of a place.
    assert_eq!(names("[[The man]] who lives there, Tarn, said “no”."), ["The man"]);
    // Whoever is told something is no business that is spoken of.
    let text = "Tech firm Padra has lost money, three people told Orlow Gazeta. [[The company]] said “no”.";
    assert_eq!(names(text), ["Padra"]);
}

#[test]
fn the_mother_of_so_many_is_the_woman_spoken_of() {
    let text = "Kelly Rell, 31, and Tom Rell left. [[The mum-of-two]] said: “No.”";
    assert_eq!(names(text), ["Kelly Rell"]);
}

#[test]
fn one_person_without_a_name_may_be_they() {
    let text = "The council said “yes”. One MP put it bluntly. “No,” [[they]] said.";
    assert_eq!(names(text), ["One MP"]);
    let text = "[[The council]] said “yes”. One MP put it bluntly.\n\n“No,” [[they]] said.";
    assert_eq!(names(text), ["The council"; 2]);
}

#[test]
fn the_pronoun_i_makes_no_name_of_the_word_before_it() {
    let text = "[[Workers]] I had never met said “yes”. “No,” [[she]] said.";
    assert_eq!(names(text), ["Workers", "-"]);
}

#[test]
fn of_this_age_is_whom_the_text_gives_it() {
    for first in ["Tom Hale, 44,", "Tom Hale, a 44-year-old plumber,", "44-year-old Tom Hale"] {
        let text = format!("{first} was hurt. Eva Rell was there too. “No,” said [[the 44-year-old]].");
        assert_eq!(names(&text), ["Tom Hale"]);
    }
}

#[test]
fn a_rank_behind_the_office_is_no_part_of_it() {
    let text = "Police spokesperson SP Ann Rell came. “No,” said [[the spokesperson]].";
    assert_eq!(names(text), ["Ann Rell"]);
    assert_eq!(speakers(text)[0].as_ref().unwrap().description.as_deref(), Some("Police spokesperson"));
    let text = "[[Tarn Trust executive Director Ann Rell]] said “no”.";
    assert_eq!(
        speakers(text)[0].as_ref().unwrap().description.as_deref(),
        Some("Tarn Trust executive Director")
    );
}

#[test]
fn the_health_ministry_is_the_ministry_of_health() {
    let text = "“Yes,” said [[the Ministry of Health]]. “No,” [[the Health Ministry]] said.";
    assert_eq!(names(text), ["Ministry of Health"; 2]);
    let text = "“Yes,” [[the Justice Department]] said. “No,” said [[the Department of Justice]].";
    assert_eq!(names(text), ["Department of Justice"; 2]);
    let text = "“Yes,” [[the Justice Department]] said. “No,” said [[the Department of Health]].";
    assert_eq!(names(text), ["Justice Department", "Department of Health"]);
}

#[test]
fn party_and_state_are_nobody() {
    let text = "Sen. Tom Rell, R-Neb., left. [[The group]] said “no”.";
    assert_eq!(names(text), ["The group"]);
}
