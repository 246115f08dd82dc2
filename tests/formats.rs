//! One article in every form in which it may come, made by the programs that people use (`fixtures/formats/make`): what
//! is found in it is the same as in its text.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use onrecord::input::{Event, Flow, Format, Limits, Options, Problem, Source, Text, documents};
use onrecord::{Extractor, Grammar, Record, Selection};
use pretty_assertions::assert_eq;
use proptest::prelude::*;

#[path = "common/packed.rs"]
mod packed;

use packed::{gzipped, zipped};

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| Extractor::new(Grammar::english()));

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/formats")
}

/// All documents in a source, and all that cannot be read.
fn all(name: &str, source: Source<'_>, options: &Options) -> (Vec<Text>, Vec<Problem>) {
    let (mut texts, mut problems) = (Vec::new(), Vec::new());
    let _ = documents(name, source, options, &mut |event| {
        match event {
            Event::Document(found) => match found.read(options) {
                Ok(text) => texts.push(text),
                Err(problem) => problems.push(problem),
            },
            Event::Problem(problem) => problems.push(problem),
            Event::Note { .. } => {}
        }
        Flow::Continue(())
    });
    (texts, problems)
}

fn of_file(name: &str) -> Vec<Text> {
    let file = File::open(folder().join(name)).unwrap();
    let size = file.metadata().unwrap().len();
    let (texts, problems) = all(name, Source::file(file, size), &Options::default());
    assert_eq!(problems, [], "{name}");
    texts
}

fn in_memory(name: &str, bytes: &[u8], options: &Options) -> (Vec<Text>, Vec<Problem>) {
    all(name, Source::stream(bytes), options)
}

fn records(text: &Text) -> Vec<Record> {
    let document = text.document(&EXTRACTOR.grammar.lexicon);
    EXTRACTOR.extract(&text.decoded.text).document_records(&document, Selection::default()).records
}

/// Who, by name, said which words: one line a record.
fn said(text: &Text) -> Vec<String> {
    let line = |record: Record| {
        let who = record.speaker.as_ref().and_then(|speaker| speaker.name.clone()).unwrap_or_default();
        format!("{who}: {}", record.quote())
    };
    records(text).into_iter().map(line).collect()
}

fn article() -> Vec<String> {
    let bytes = fs::read(folder().join("../ferry-pier.txt")).unwrap();
    let said = said(&in_memory("ferry-pier.txt", &bytes, &Options::default()).0[0]);
    assert_eq!(said.len(), 8);
    said
}

#[cfg(feature = "full")]
/// The names of the documents in a file, all of which hold the article.
#[track_caller]
fn holds_the_article(name: &str, expected: &[&str]) -> Vec<Text> {
    let texts = of_file(name);
    for text in &texts {
        assert_eq!(said(text), article(), "{}", text.name);
    }
    let names: Vec<&str> = texts.iter().map(|text| text.name.as_str()).collect();
    assert_eq!(names, expected);
    texts
}

/// Documents whose text has no place in their bytes.
#[cfg(feature = "full")]
const ARTICLES: [&str; 7] = [
    "ferry-pier.html",
    "ferry-pier.mhtml",
    "ferry-pier.docx",
    "ferry-pier.odt",
    "ferry-pier.rtf",
    "ferry-pier.pdf",
    "ferry-pier.epub",
];

#[cfg(feature = "full")]
#[test]
fn a_document_gives_what_its_text_gives() {
    for name in ARTICLES {
        let texts = holds_the_article(name, &[name]);
        for record in records(&texts[0]) {
            let place = record.context.place;
            assert_eq!((place.byte_start, place.byte_end), (None, None), "{name}");
            let points: Vec<char> = texts[0].decoded.text.chars().collect();
            let shown: String = points[place.start as usize..place.end as usize].iter().collect();
            assert_eq!(shown, *record.context.text, "{name}");
        }
    }
}

#[cfg(feature = "full")]
#[test]
fn a_compressed_text_gives_what_it_gave() {
    for name in ["ferry-pier.txt.gz", "ferry-pier.txt.zst", "ferry-pier.txt.bz2", "ferry-pier.txt.xz"] {
        let texts = holds_the_article(name, &[name]);
        // Unpacked it is a file like any other.
        assert!(records(&texts[0])[0].context.place.byte_start.is_some());
    }
}

#[cfg(feature = "full")]
#[test]
fn an_archive_gives_what_is_in_it() {
    for name in ["news.zip", "news.tar.gz"] {
        let inside = ["news/ferry-pier.txt", "news/ferry-pier.html"].map(|entry| format!("{name}/{entry}"));
        holds_the_article(name, &inside.each_ref().map(String::as_str));
    }
}

#[cfg(feature = "full")]
#[test]
fn a_crawl_gives_its_pages_with_address_and_date() {
    let names =
        ["crawl.warc.gz#https://echo.example/old-pier", "crawl.warc.gz#https://echo.example/pier.txt"];
    let texts = holds_the_article("crawl.warc.gz", &names);
    let dates = texts.iter().map(|text| text.metadata.date.as_deref().unwrap());
    assert_eq!(dates.collect::<Vec<_>>(), ["2024-03-05", "2024-03-05T10:00:00Z"]);
    assert_eq!(texts[1].metadata.url.as_deref(), Some("https://echo.example/pier.txt"));
}

#[cfg(feature = "full")]
#[test]
fn a_data_set_gives_a_document_a_row() {
    for name in ["csv", "tsv", "json", "jsonl", "xlsx", "parquet"].map(|ending| format!("articles.{ending}"))
    {
        let options = Options { keep: vec!["outlet".into()], ..Options::default() };
        let bytes = fs::read(folder().join(&name)).unwrap();
        let (texts, problems) = in_memory(&name, &bytes, &options);
        assert_eq!(problems, [], "{name}");
        let names: Vec<&str> = texts.iter().map(|text| text.name.as_str()).collect();
        assert_eq!(names, [format!("{name}#pier"), format!("{name}#goat")]);
        assert_eq!(said(&texts[0]), article(), "{name}");
        let metadata = &texts[0].metadata;
        assert_eq!(metadata.title.as_deref(), Some("Old pier to stay shut until spring"), "{name}");
        assert_eq!(metadata.date.as_deref(), Some("2024-03-05"), "{name}");
        assert_eq!(metadata.columns["outlet"], "The Merran Echo", "{name}");
    }
}

#[test]
fn a_page_says_who_wrote_it_when_and_where() {
    let metadata = of_file("ferry-pier.html").remove(0).metadata;
    let said = [metadata.title, metadata.byline, metadata.date, metadata.site, metadata.url];
    let expected = [
        "Old pier to stay shut until spring",
        "Ana Roe",
        "2024-03-05",
        "The Merran Echo",
        "https://echo.example/old-pier",
    ];
    assert_eq!(said.map(Option::unwrap), expected);
}

#[test]
fn a_letter_keeps_the_words_of_others_apart() {
    let texts = of_file("ferry-pier.eml");
    assert_eq!(
        texts.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(),
        ["ferry-pier.eml", "ferry-pier.eml#quoted"]
    );
    assert_eq!(said(&texts[0]), article());
    assert_eq!(said(&texts[1]), ["Bo Orr: I will not pay,"]);
    let metadata = &texts[0].metadata;
    assert_eq!(metadata.byline.as_deref(), Some("Ana Roe <ana@echo.example>"));
    assert_eq!(metadata.date.as_deref(), Some("2024-03-05T09:30:00Z"));
}

#[test]
fn a_mailbox_gives_its_letters() {
    let texts = of_file("letters.mbox");
    let names: Vec<&str> = texts.iter().map(|text| text.name.as_str()).collect();
    assert_eq!(names, ["letters.mbox#1", "letters.mbox#1#quoted", "letters.mbox#2"]);
    assert_eq!(said(&texts[0]), article());
    assert_eq!(said(&texts[2]), ["Bo Orr: It ate a hymn book,"]);
    // The line that would have begun a letter is as it was written.
    assert!(texts[2].decoded.text.starts_with("From the vicarage:"), "{}", texts[2].decoded.text);
    assert_eq!(texts[2].metadata.byline.as_deref(), Some("Bo Orr <bo@echo.example>"));
}

#[cfg(feature = "full")]
#[test]
fn notes_are_paragraphs_at_the_end() {
    for name in ["notes.docx", "notes.odt"] {
        let text = of_file(name).remove(0).decoded.text;
        let paragraphs: Vec<&str> = text.split("\n\n").collect();
        let expected = [
            "Kiosk moves to the new quay",
            "“The kettle comes with me,” Tom Adeyemi said on Friday. The port authority said that the move would take a day.",
            "Maria Lopez called it “a small thing”.",
            "“It is an old kettle,” he told the Merran Echo later.",
            "She spoke on the phone.",
        ];
        assert_eq!(paragraphs, expected, "{name}");
    }
}

/// More than memory is given to one document comes through, a piece at a time; one object is read whole or refused.
#[test]
fn an_array_of_any_length_streams_and_an_object_does_not() {
    let options = Options { limits: Limits { document: 1 << 16, ..Limits::default() }, ..Options::default() };
    let objects = vec!["{\"text\": \"Ana said no.\"}"; 5000].join(",\n");
    let (texts, problems) = in_memory("a.json", format!("[{objects}]").as_bytes(), &options);
    assert_eq!((texts.len(), problems.len()), (5000, 0));
    let (texts, problems) = in_memory("a.json", format!("{{\"list\": [{objects}]}}").as_bytes(), &options);
    assert_eq!((texts.len(), problems.len()), (0, 1));
}

/// A sheet may say that it is larger than any memory.
#[cfg(feature = "full")]
#[test]
fn a_sheet_of_two_far_cells_takes_no_memory() {
    let part = |name: &str| {
        let mut archive = zip::ZipArchive::new(File::open(folder().join("articles.xlsx")).unwrap()).unwrap();
        let mut bytes = Vec::new();
        std::io::copy(&mut archive.by_name(name).unwrap(), &mut bytes).unwrap();
        bytes
    };
    let sheet = "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>\
        <row r='1'><c r='A1' t='str'><v>text</v></c></row>\
        <row r='2'><c r='A2' t='str'><v>Ana said no.</v></c></row>\
        <row r='1048576'><c r='XFD1048576' t='str'><v>far</v></c></row></sheetData></worksheet>";
    let same = [
        "_rels/.rels",
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
    ];
    let parts = same.map(part);
    let mut files: Vec<(&str, &[u8])> = same.into_iter().zip(parts.iter().map(Vec::as_slice)).collect();
    files.push(("xl/worksheets/sheet1.xml", sheet.as_bytes()));
    let (texts, problems) = in_memory("a.xlsx", &zipped(&files), &Options::default());
    assert_eq!(problems, []);
    let names: Vec<&str> = texts.iter().map(|text| text.name.as_str()).collect();
    assert_eq!(names, ["a.xlsx#1", "a.xlsx#1048575"]);
}

#[test]
fn subtitles_give_what_their_transcript_gives_and_the_time() {
    let transcript = said(&of_file("hearing.txt")[0]);
    assert_eq!(transcript.len(), 2);
    for name in ["hearing.srt", "hearing.vtt"] {
        let texts = of_file(name);
        assert_eq!(said(&texts[0]), transcript, "{name}");
        let times: Vec<(f64, f64)> =
            records(&texts[0]).iter().map(|record| record.time.map(|t| (t.start, t.end)).unwrap()).collect();
        assert_eq!(times, [(4.0, 11.0), (12.0, 19.0)], "{name}");
    }
}

#[test]
fn every_format_is_made_or_another_form_of_one_that_is() {
    let made: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    for format in Format::all().filter(|&format| format != Format::Tar && format != Format::Warc) {
        let ends =
            |name: &String| format.endings().iter().any(|ending| name.ends_with(&format!(".{ending}")));
        assert!(made.iter().any(ends), "no file in fixtures/formats is {}", format.about());
    }
}

#[cfg(not(feature = "full"))]
#[test]
fn a_format_that_is_not_built_in_is_refused_with_its_feature() {
    let bytes = fs::read(folder().join("ferry-pier.pdf")).unwrap();
    let (texts, problems) = in_memory("ferry-pier.pdf", &bytes, &Options::default());
    assert!(texts.is_empty());
    assert_eq!(
        problems[0].to_string(),
        "ferry-pier.pdf: this is a PDF document, which this build of onrecord cannot read; build it with `--features read-pdf` (or `--features full`, which reads everything)"
    );
}

#[track_caller]
fn refused(name: &str, bytes: &[u8], limits: Limits) -> String {
    let (texts, problems) = in_memory(name, bytes, &Options { limits, ..Options::default() });
    assert_eq!((texts.len(), problems.len()), (0, 1), "{problems:?}");
    problems[0].to_string()
}

#[test]
fn what_asks_for_too_much_is_refused_and_says_which_limit() {
    let limits = Limits::default();
    let zip = fs::read(folder().join("news.zip")).unwrap();
    assert_eq!(
        refused("a.txt", b"12345", Limits { document: 4, ..limits }),
        "a.txt: it is larger than 4 bytes, the limit for a document; split it into articles, or raise --max-document"
    );
    assert_eq!(
        refused("a.txt.gz", &gzipped(&[b'a'; 100_000]), Limits { unfolded: 1 << 10, ..limits }),
        "a.txt.gz: it unfolds to more than 1 KiB; if you trust it, raise --max-unfolded"
    );
    let nested = (0..3).fold(b"Hi.".to_vec(), |bytes, _| gzipped(&bytes));
    assert_eq!(
        refused("a.gz", &nested, Limits { depth: 2, ..limits }),
        "a.gz: archives lie in archives more than 2 deep; if you trust it, raise --max-depth"
    );
    let (texts, problems) = in_memory(
        "news.zip",
        &zip,
        &Options { limits: Limits { entries: 1, ..limits }, ..Options::default() },
    );
    assert_eq!(texts.len(), 1);
    assert_eq!(
        problems[0].to_string(),
        "news.zip: it holds more than 1 entries; if you trust it, raise --max-entries"
    );
    let long = format!("{{\"text\": \"{}\"}}\n", "a".repeat(5000));
    let message = refused("a.jsonl", long.as_bytes(), Limits { document: 1 << 10, ..limits });
    assert!(message.starts_with("a.jsonl: line 1: it is larger than 1 KiB"), "{message}");
    let open = format!("id,text\n1,\"{}\n", "a,b\n".repeat(5000));
    let message = refused("a.csv", open.as_bytes(), Limits { document: 1 << 10, ..limits });
    assert!(message.contains("a quotation mark may not be closed"), "{message}");
    let bomb = zipped(&[("word/document.xml", &[b' '; 1 << 20])]);
    assert!(bomb.len() < 1 << 14);
    let message = refused("a.docx", &bomb, Limits { document: 1 << 14, ..limits });
    assert!(message.contains("the limit for a document"), "{message}");
}

#[test]
fn what_is_cut_off_or_damaged_is_named_and_the_rest_is_done() {
    for name in ["ferry-pier.docx", "news.zip"] {
        let bytes = fs::read(folder().join(name)).unwrap();
        let message = refused(name, &bytes[..bytes.len() / 2], Limits::default());
        assert!(message.contains("it may be cut off or damaged"), "{message}");
    }
    let packed = fs::read(folder().join("ferry-pier.txt.gz")).unwrap();
    let message = refused("a.txt.gz", &packed[..packed.len() / 2], Limits::default());
    assert!(message.contains("cut off"), "{message}");
    let lines = "{\"text\": \"Ana said no.\"}\n{\"text\": \n{\"text\": \"Bo said yes.\"}\n";
    let (texts, problems) = in_memory("a.jsonl", lines.as_bytes(), &Options::default());
    assert_eq!(texts.iter().map(|t| t.name.as_str()).collect::<Vec<_>>(), ["a.jsonl#1", "a.jsonl#3"]);
    assert_eq!(problems[0].place.as_deref(), Some("line 2, column 8"));
}

#[test]
fn an_entry_that_leads_out_of_its_archive_stays_a_name() {
    for (entry, expected) in
        [("../../etc/passwd.txt", "a.zip/../../etc/passwd.txt"), ("/root.txt", "a.zip/root.txt")]
    {
        let (texts, _) = in_memory("a.zip", &zipped(&[(entry, b"Ana said no.")]), &Options::default());
        assert_eq!(texts[0].name, expected);
    }
}

#[test]
fn pictures_in_an_archive_are_passed_over_and_one_of_pictures_is_named() {
    let (texts, problems) = in_memory("a.zip", &zipped(&[("logo.png", b"\x89PNG\r\n")]), &Options::default());
    assert!(texts.is_empty());
    assert_eq!(
        problems[0].to_string(),
        "a.zip: this archive holds no file whose ending is known; say what its files are with --input-format, or unpack it and name them"
    );
    let told = Options { format: Some(Format::Text), ..Options::default() };
    assert_eq!(in_memory("a.zip", &zipped(&[("post.7", b"Ana said no.")]), &told).0.len(), 1);
}

#[test]
fn tables_of_other_countries_and_programs_are_read() {
    let semicolons = "\u{feff}id;text\r\n7;\"Ana said no; Bo, yes.\"\r\n";
    let legacy = b"id,text\n1,\"\x93It is a na\xefve plan for the caf\xe9,\x94 the owner\x92s son said.\"\n";
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("id\ttext\n1\tAna said no.\n".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    for (bytes, expected) in [
        (semicolons.as_bytes(), "Ana said no; Bo, yes."),
        (legacy, "“It is a naïve plan for the café,” the owner’s son said."),
        (&wide, "Ana said no."),
    ] {
        let options = Options {
            format: Some(if bytes[0] == 0xff { Format::Tsv } else { Format::Csv }),
            ..Options::default()
        };
        let (texts, problems) = in_memory("-", bytes, &options);
        assert_eq!(problems, []);
        assert_eq!(&*texts[0].decoded.text, expected);
    }
}

#[test]
fn an_object_around_a_list_is_a_data_set_and_one_with_a_text_a_document() {
    let list =
        br#"{"count": 2, "articles": [{"id": 1, "content": "Ana said no."}, {"id": 2, "content": null}]}"#;
    let names = |bytes: &[u8]| {
        let (texts, problems) = in_memory("a.json", bytes, &Options::default());
        assert_eq!(problems, []);
        texts.into_iter().map(|text| text.name).collect::<Vec<_>>()
    };
    assert_eq!(names(list), ["a.json#1", "a.json#2"]);
    assert_eq!(names(br#"{"text": "Ana said no.", "tags": [{"x": 1}]}"#), ["a.json#1"]);
}

/// What opens in each format and never closes must not use up the stack.
#[test]
fn what_nests_without_end_is_read_or_refused() {
    const DEPTH: usize = 20_000;
    let repeated = |head: &str, open: &str| format!("{head}{}", open.repeat(DEPTH)).into_bytes();
    let pdf = |open: &str| {
        let body = format!("%PDF-1.4\n1 0 obj\n{}\nendobj\n", open.repeat(DEPTH));
        format!("{body}xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer\n<</Size 2/Root 1 0 R>>\nstartxref\n{}\n%%EOF", body.len())
            .into_bytes()
    };
    let multipart =
        (0..2000).map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"));
    let files = [
        ("a.html", repeated("<html>", "<div>")),
        ("a.json", repeated("[{\"text\":", "[")),
        ("a.jsonl", repeated("{\"text\":", "{\"a\":")),
        ("a.rtf", format!("{{\\rtf1 {}{}}}", "{".repeat(DEPTH), "}".repeat(DEPTH)).into_bytes()),
        ("a.pdf", pdf("[")),
        ("a.pdf", pdf("<</A ")),
        ("a.eml", format!("MIME-Version: 1.0\r\n{}", multipart.collect::<String>()).into_bytes()),
        ("a.docx", zipped(&[("word/document.xml", &repeated("", "<w:p>"))])),
        ("a.txt", repeated("“No,” said Bo. ", "“‘(")),
    ];
    let read = move || {
        for (name, bytes) in &files {
            let (texts, problems) = in_memory(name, bytes, &Options::default());
            assert!(texts.len() + problems.len() > 0, "{name}");
            texts.iter().for_each(|text| _ = EXTRACTOR.extract(&text.decoded.text));
        }
    };
    std::thread::Builder::new().stack_size(8 << 20).spawn(read).unwrap().join().unwrap();
}

/// Files of every format, with bytes of them changed, left out or put twice: whatever comes out, it comes without a panic.
fn damaged() -> impl Strategy<Value = (Vec<u8>, String)> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let file = prop::sample::select(files);
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..12);
    (file, changes).prop_map(|(path, changes)| {
        let mut bytes = fs::read(&path).unwrap();
        for (at, byte, how) in changes.into_iter().filter(|_| !bytes.is_empty()).collect::<Vec<_>>() {
            if bytes.is_empty() {
                break;
            }
            let at = at.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.truncate(at),
                _ => {
                    let again = bytes[at..].to_vec();
                    bytes.extend(again);
                }
            }
        }
        (bytes, path.file_name().unwrap().to_string_lossy().into_owned())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        for format in Format::all() {
            let options = Options { format: Some(format), text_column: Some("text".into()), ..Options::default() };
            let (texts, problems) = in_memory("a", &bytes, &options);
            prop_assert!(!problems.iter().any(|problem| problem.problem.contains("gave up")) || format == Format::Pdf);
            prop_assert!(texts.iter().all(|text| text.decoded.text.len() <= 3 * bytes.len() + 8));
        }
    }

    #[test]
    fn a_damaged_file_is_read_or_refused((bytes, name) in damaged()) {
        let (texts, problems) = in_memory(&name, &bytes, &Options::default());
        for problem in &problems {
            prop_assert!(!problem.remedy.is_empty() && !problem.problem.is_empty(), "{}", problem);
        }
        for text in texts {
            EXTRACTOR.extract(&text.decoded.text);
        }
    }
}
