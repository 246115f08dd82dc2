//! Every refusal that there is, made once: each message names the file, where it helps the place in it, what is wrong and
//! what to do.
//!
//! `cargo test --features full --test refusals -- --nocapture` lists them. A build without a format passes over its cases.

use std::fs;
use std::path::Path;

use pretty_assertions::assert_eq;

#[path = "common/packed.rs"]
mod packed;
#[path = "common/program.rs"]
mod program;

use packed::{gzipped, zipped};
use program::{code, onrecord, text};

/// A file, the options with which it is read, and what is said.
struct Case {
    name: &'static str,
    bytes: Vec<u8>,
    options: &'static str,
    told: &'static str,
}

fn case(name: &'static str, bytes: impl Into<Vec<u8>>, options: &'static str, told: &'static str) -> Case {
    Case { name, bytes: bytes.into(), options, told }
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name)).unwrap()
}

fn half(name: &str) -> Vec<u8> {
    let bytes = fixture(name);
    bytes[..bytes.len() / 2].to_vec()
}

/// A book with one chapter.
fn book(container: &str, lock: &str, chapter: &[u8]) -> Vec<u8> {
    let package = "<package><manifest><item id='a' href='a.xhtml'/></manifest><spine><itemref idref='a'/></spine></package>";
    zipped(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container.as_bytes()),
        ("META-INF/encryption.xml", lock.as_bytes()),
        ("b.opf", package.as_bytes()),
        ("a.xhtml", chapter),
    ])
}

const CONTAINER: &str = "<container><rootfile full-path='b.opf'/></container>";

/// A crawl of one page, packed by its server in some way.
fn crawl(head: &str, packed: &str) -> String {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: {packed}\r\n\r\nx");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://echo.example/pier\r\n{head}Content-Length: {}\r\n\r\n{answer}\r\n\r\n",
        answer.len()
    )
}

/// A page of PDF that shows nothing, or a form that shows itself.
fn page(shows_itself: bool) -> Vec<u8> {
    let mut objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<<>>>>",
        "<</Length 0>>stream\n\nendstream",
    ];
    if shows_itself {
        objects[2] =
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 4 0 R>>>>>>";
        objects[3] = "<</Subtype/Form/Length 5/Resources<</XObject<</X 4 0 R>>>>>>stream\n/X Do\nendstream";
    }
    let (mut body, mut table) = ("%PDF-1.4\n".to_owned(), "0000000000 65535 f \n".to_owned());
    for (n, object) in (1..).zip(objects) {
        table += &format!("{:010} 00000 n \n", body.len());
        body += &format!("{n} 0 obj\n{object}\nendobj\n");
    }
    let at = body.len();
    format!("{body}xref\n0 5\n{table}trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n{at}\n%%EOF").into_bytes()
}

/// An archive that says of its entry that it is packed with a method that hardly anybody has.
fn rare() -> Vec<u8> {
    const PPMD: u8 = 98;
    let mut bytes = zipped(&[("story.txt", b"Ana said no.")]);
    let listed = bytes.windows(4).position(|window| window == b"PK\x01\x02").expect("a list of entries");
    (bytes[8], bytes[listed + 10]) = (PPMD, PPMD);
    bytes
}

/// Blank lines for a quarter of an hour, in a small file.
fn endless() -> Vec<u8> {
    gzipped(&[b'\n'; 1 << 24]).repeat(1 << 9)
}

fn cases() -> Vec<Case> {
    let long = format!("{{\"text\": \"{}\"}}\n", "a".repeat(5000));
    let open = format!("id,text\n1,\"{}\n", "a,b\n".repeat(5000));
    let nested = (0..3).fold(b"Ana said no.".to_vec(), |bytes, _| gzipped(&bytes));
    let deep = "<div>".repeat(2000);
    let two = zipped(&[("a.txt", b"Ana said no."), ("b.txt", b"Bo said yes.")]);
    let lock = "<encryption><CipherReference URI='a.xhtml'/></encryption>";
    vec![
        // The file itself.
        case("nowhere.txt", "", "", "nowhere.txt: there is no such file or folder; check the name"),
        case(
            "picture.txt",
            b"\x89PNG\r\n\x1a\n",
            "",
            "picture.txt: this is no text but a PNG image; convert it to plain text first",
        ),
        case(
            "noise.txt",
            [1, 2, 3, 4, 5, 6, 7, 8, b'a', b'b'],
            "",
            "noise.txt: this is no text: 8 of its first 10 bytes are control characters; convert it to plain text first",
        ),
        case(
            "old.doc",
            fixture("locked/old.doc"),
            "",
            "old.doc: this is an old Microsoft Office document; save it as .docx or .xlsx",
        ),
        // Limits.
        case(
            "large.txt",
            "Ana said no.",
            "--max-document 4",
            "large.txt: it is larger than 4 bytes, the limit for a document; split it into articles, or raise --max-document",
        ),
        case(
            "long.jsonl",
            &*long,
            "--max-document 1K",
            "long.jsonl: line 1: it is larger than 1 KiB, the limit for a document; split it into articles, or raise --max-document",
        ),
        case(
            "open.csv",
            open,
            "--max-document 1K",
            "open.csv: line 1: a row is larger than 1 KiB, the limit for a document; a quotation mark may not be closed; mend it, or raise --max-document",
        ),
        case(
            "object.json",
            format!("{{\n{}}}", " ".repeat(2000)),
            "--max-document 1K",
            "object.json: it is one JSON object larger than 1 KiB, the limit for a document; write it as an array or as JSON Lines, which are read piece by piece, or raise --max-document",
        ),
        case(
            "array.json",
            format!("[{}]", long.trim_end()),
            "--max-document 1K",
            "array.json: it is larger than 1 KiB, the limit for a document; split it into articles, or raise --max-document",
        ),
        case(
            "bomb.txt.gz",
            gzipped(&[b'a'; 100_000]),
            "--max-unfolded 1K",
            "bomb.txt.gz: it unfolds to more than 1 KiB; if you trust it, raise --max-unfolded",
        ),
        case(
            "nested.gz",
            nested,
            "--max-depth 2",
            "nested.gz: archives lie in archives more than 2 deep; if you trust it, raise --max-depth",
        ),
        case(
            "two.zip",
            two,
            "--max-entries 1",
            "two.zip: it holds more than 1 entries; if you trust it, raise --max-entries",
        ),
        case(
            "bomb.docx",
            zipped(&[("word/document.xml", &[b' '; 1 << 20])]),
            "--max-document 16K",
            "bomb.docx: it is larger than 16 KiB, the limit for a document; split it into articles, or raise --max-document",
        ),
        case(
            "endless.jsonl.gz",
            endless(),
            "--max-time 1",
            "endless.jsonl.gz: line [..]: it takes longer than 1 seconds; split it, or raise --max-time",
        ),
        case(
            "deep.html",
            format!("<html>{deep}"),
            "",
            "deep.html: this page nests its elements more than 1000 deep; save it as text in a browser",
        ),
        case(
            "broad.html",
            format!("<html>{}", "<b>".repeat(4_000_001)),
            "",
            "broad.html: this page unfolds to more than 4000000 elements; save it as text in a browser",
        ),
        // Locks.
        case(
            "locked.zip",
            fixture("locked/locked.zip"),
            "",
            "locked.zip/story.txt: it is locked with a password; unpack it yourself and name the files",
        ),
        case(
            "aes.zip",
            fixture("locked/locked-aes.zip"),
            "",
            "aes.zip/story.txt: it is locked with a password; unpack it yourself and name the files",
        ),
        case(
            "locked.docx",
            fixture("locked/locked.docx"),
            "",
            "locked.docx: it is locked with a password; open it in Word or Excel and save it without one",
        ),
        case(
            "locked.xlsx",
            fixture("locked/locked.xlsx"),
            "",
            "locked.xlsx: it is locked with a password; open it in Word or Excel and save it without one",
        ),
        case(
            "locked.odt",
            fixture("locked/locked.odt"),
            "",
            "locked.odt: it is locked with a password; open it in LibreOffice and save it without one",
        ),
        case(
            "locked.pdf",
            fixture("locked/locked.pdf"),
            "",
            "locked.pdf: it is locked with a password; open it with the password and print it into a new PDF",
        ),
        case(
            "locked.epub",
            book(CONTAINER, lock, b"\x00\x01"),
            "",
            "locked.epub: it is locked with copy protection (DRM); ask its publisher for a copy without",
        ),
        // What is no data set.
        case(
            "columns.csv",
            "id,outlet\n1,Echo\n",
            "",
            "columns.csv: no column has a usual name of a text; say which it is with --text-column; there are id, outlet",
        ),
        case(
            "asked.csv",
            "id,text\n1,Ana said no.\n",
            "--text-column body",
            "asked.csv: there is no column body; there are id, text",
        ),
        case(
            "keys.jsonl",
            "{\"id\": 1}\n",
            "",
            "keys.jsonl: no column has a usual name of a text; say which it is with --text-column; there are id",
        ),
        case(
            "broken.jsonl",
            "{\"text\": \n",
            "",
            "broken.jsonl: line 1, column 8: this is no JSON (EOF while parsing a value); mend it, or leave it out",
        ),
        case(
            "broken.json",
            "{\n  \"text\": \n}",
            "",
            "broken.json: line 3, column 1: this is no JSON (expected value); mend it, or leave it out",
        ),
        case(
            "numbers.json",
            "[{\"text\": \"Ana said no.\"}, 7]",
            "",
            "numbers.json: object 2: an object was expected; each document needs its keys, as in {\"text\": …}",
        ),
        case(
            "cut.json",
            "[{\"text\": \"Ana said no.\"}, {\"te",
            "",
            "cut.json: line 1, column 31: this is no JSON (EOF while parsing a string); mend it, or leave it out",
        ),
        case(
            "no.xlsx",
            zipped(&[("xl/workbook.xml", b"<workbook/>")]),
            "",
            "no.xlsx: this workbook cannot be read (File not found '_rels/.rels'); it may be cut off or damaged; get it anew or save it again",
        ),
        case(
            "sheet.xlsx",
            fixture("formats/articles.xlsx"),
            "--text-column words",
            "sheet.xlsx: sheet articles: there is no column words; there are id, headline, date, outlet, url, body",
        ),
        case(
            "wrong.parquet",
            fixture("formats/articles.parquet"),
            "--keep desk",
            "wrong.parquet: there is no column desk; there are id, headline, date, outlet, url, body",
        ),
        case(
            "cut.parquet",
            half("formats/articles.parquet"),
            "",
            "cut.parquet: this Parquet table cannot be read (Parquet error: Invalid Parquet file. Corrupt footer); it may be cut off or damaged; get it anew or save it again",
        ),
        // Archives.
        case(
            "pictures.zip",
            zipped(&[("logo.png", b"\x89PNG\r\n")]),
            "",
            "pictures.zip: this archive holds no file whose ending is known; say what its files are with --input-format, or unpack it and name them",
        ),
        case(
            "tables.zip",
            zipped(&[("outlets.csv", b"id,outlet\n1,Echo\n")]),
            "",
            "tables.zip: this archive holds only data sets without a column of texts; say which column it is with --text-column",
        ),
        case(
            "cut.zip",
            half("formats/news.zip"),
            "",
            "cut.zip: this archive cannot be read (invalid Zip archive: Could not find EOCD); it may be cut off or damaged; get it anew or save it again",
        ),
        case(
            "rare.zip",
            rare(),
            "",
            "rare.zip/story.txt: it is packed in a way that cannot be read (compression method not supported: 98); unpack it yourself and name the files",
        ),
        case(
            "cut.txt.gz",
            half("formats/ferry-pier.txt.gz"),
            "",
            "cut.txt.gz: it ends in the middle; it may be cut off; get it anew or save it again",
        ),
        case(
            "cut.txt.zst",
            half("formats/ferry-pier.txt.zst"),
            "",
            "cut.txt.zst: it ends in the middle; it may be cut off; get it anew or save it again",
        ),
        case(
            "cut.txt.bz2",
            half("formats/ferry-pier.txt.bz2"),
            "",
            "cut.txt.bz2: it ends in the middle; it may be cut off; get it anew or save it again",
        ),
        case(
            "cut.txt.xz",
            half("formats/ferry-pier.txt.xz"),
            "",
            "cut.txt.xz: it ends in the middle; it may be cut off; get it anew or save it again",
        ),
        case(
            "cut.tar.gz",
            half("formats/news.tar.gz"),
            "",
            "cut.tar.gz: it ends in the middle; it may be cut off; get it anew or save it again",
        ),
        case(
            "no.warc",
            "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\nFTP/1.0\r\n\r\n",
            "",
            "no.warc: record 2: this web archive cannot be read (a record does not begin as one); it may be cut off or damaged; get it anew or save it again",
        ),
        case(
            "length.warc",
            "WARC/1.0\r\nWARC-Type: response\r\n\r\n",
            "",
            "length.warc: record 1: this web archive cannot be read (a record does not say how long it is); it may be cut off or damaged; get it anew or save it again",
        ),
        case(
            "head.warc",
            "WARC/1.0\r\nWARC-Type: response\r\n",
            "",
            "head.warc: record 1: this web archive cannot be read (a head does not end); it may be cut off or damaged; get it anew or save it again",
        ),
        case(
            "packed.warc",
            crawl("", "br"),
            "",
            "packed.warc#https://echo.example/pier: the server packed it as br, which cannot be read; record it again without that encoding",
        ),
        // Documents.
        case(
            "no.docx",
            zipped(&[("docProps/app.xml", b"word/")]),
            "",
            "no.docx: this Word document cannot be read (it has no word/document.xml); it may be cut off or damaged; get it anew or save it again",
        ),
        case(
            "no.odt",
            zipped(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<a><!-- ")]),
            "",
            "no.odt: its XML cannot be read (syntax error: comment not closed: `-->` not found before end of input); it may be cut off or damaged; get it anew or save it again",
        ),
        case(
            "no.rtf",
            "{\\rtf1 }}}{\\",
            "",
            "no.rtf: this rich text cannot be read ([RTF Lexer] : Invalid last char, should be '}'); it may be cut off or damaged; get it anew or save it again",
        ),
        case(
            "memory.rtf",
            "{\\rtf1\\uc2000000000 \\u8220 ?No,\\u8221 ? said Ana.}",
            "",
            "memory.rtf: this rich text cannot be read (a number in it asks for too much memory); it may be cut off or damaged; get it anew or save it again",
        ),
        case(
            "memory.pdf",
            "%PDF-1.5\n1 0 obj <</Type/XRef/W[99999999999999 1 1]/Size 9>>",
            "",
            "memory.pdf: this PDF cannot be read (a number in it asks for too much memory); it may be cut off or damaged; get it anew or save it again",
        ),
        case(
            "form.pdf",
            page(true),
            "",
            "form.pdf: this PDF cannot be read (a form in it shows itself); it may be cut off or damaged; get it anew or save it again",
        ),
        case(
            "no.pdf",
            "%PDF-1.4 nothing",
            "",
            "no.pdf: this PDF cannot be read (PDF error: couldn't parse input: invalid file header); it may be cut off or damaged; get it anew or save it again",
        ),
        case(
            "scan.pdf",
            page(false),
            "",
            "scan.pdf: this PDF holds no text, so it is probably a scan; run it through text recognition (OCR) first",
        ),
        case(
            "no.epub",
            book("<container/>", "", b"<p>Ana said no.</p>"),
            "",
            "no.epub: this book cannot be read (it names no contents); it may be cut off or damaged; get it anew or save it again",
        ),
        case(
            "picture.html",
            b"\x89PNG\r\n\x1a\n",
            "--input-format html",
            "picture.html: this is no text but a PNG image; save the page again as a web page",
        ),
        case(
            "no.mhtml",
            "MIME-Version: 1.0\r\nSnapshot-Content-Location: x\r\nContent-Type: text/plain\r\n\r\nHi",
            "",
            "no.mhtml: this page cannot be read (no part of it is a web page); it may be cut off or damaged; get it anew or save it again",
        ),
        case(
            "no.eml",
            "",
            "",
            "no.eml: this letter cannot be read (it has no head); it may be cut off or damaged; get it anew or save it again",
        ),
        case(
            "time.srt",
            "1\n00:00:xx,000 --> 00:00:02,000\nANA: No.\n",
            "",
            "time.srt: piece 1: the time \"00:00:xx,000 --> 00:00:02,000\" cannot be read; mend it by hand: 00:01:02,345 --> 00:01:04,000",
        ),
        case(
            "times.srt",
            "ANA: No.\n",
            "--input-format subtitles",
            "times.srt: these subtitles hold no times; if it is a plain text, read it with --input-format text",
        ),
        case(
            "picture.srt",
            b"\x89PNG\r\n\x1a\n",
            "--input-format subtitles",
            "picture.srt: this is no text but a PNG image; save the subtitles as SRT or WebVTT",
        ),
    ]
}

/// What the program says of a case, without its own name.
fn told(case: &Case, folder: &Path) -> String {
    if case.name != "nowhere.txt" {
        fs::write(folder.join(case.name), &case.bytes).unwrap();
    }
    let mut arguments = vec!["extract", "--quiet", "--format", "jsonl"];
    arguments.extend(case.options.split_whitespace());
    arguments.push(case.name);
    let output = onrecord(&arguments, folder);
    assert_eq!(code(&output), 1, "{}: {output:?}", case.name);
    text(&output.stderr).trim_end().strip_prefix("onrecord: ").expect("a message").to_owned()
}

/// `[..]` stands for anything.
fn matches(told: &str, expected: &str) -> bool {
    match expected.split_once("[..]") {
        Some((before, behind)) => told.starts_with(before) && told.ends_with(behind),
        None => told == expected,
    }
}

#[test]
fn every_refusal_says_what_is_wrong_where_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    for case in cases() {
        let told = told(&case, folder.path());
        if told.contains("which this build of onrecord cannot read") {
            continue;
        }
        // The test is quiet; whoever wants to read them all is not.
        println!("{told}");
        assert!(matches(&told, case.told), "{told}\nis not\n{}", case.told);
    }
}

/// What cannot be made everywhere: other tests make it, or nobody can.
const ELSEWHERE: [&str; 10] = [
    // A build that lacks the format: tests/formats.rs.
    "this is {}, which this build of onrecord cannot read",
    "build it with `--features {feature}` (or `--features full`, which reads everything)",
    // Whoever may read everything is refused nothing.
    "you may not read it",
    "change its permissions or leave it out",
    // Folders are walked through.
    "this is a folder where a file was expected",
    "name a file in it",
    "it could not be read ({error})",
    "check the disk and try again",
    // What breaks a reader is mended once it is known.
    "this file",
    // Every format that is compressed has its reader.
    "nothing unpacks it",
];

/// Whatever the code says where it refuses is said by a case above.
#[test]
fn no_refusal_is_left_out() {
    let told: String = cases().iter().map(|case| case.told).collect::<Vec<_>>().join("\n");
    let mut seen = 0;
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/input")).unwrap() {
        let path = entry.unwrap().path();
        let source = fs::read_to_string(&path).unwrap();
        let code = source.split("#[cfg(test)]\nmod tests").next().unwrap();
        let own = if path.ends_with("problem.rs") { "Self::new(" } else { "Wrong::new(" };
        for call in [own, "Wrong::broken(", "Wrong::locked(", "Wrong::textless("] {
            for (at, _) in code.match_indices(call) {
                for literal in literals(call_from(&code[at..])) {
                    seen += 1;
                    let pieces = literal.split(['{', '}']).step_by(2);
                    let missing = pieces.filter(|piece| !told.contains(&piece.replace('\\', ""))).count();
                    assert!(
                        missing == 0 || ELSEWHERE.contains(&literal),
                        "no case says {literal:?} of {}",
                        path.display()
                    );
                }
            }
        }
    }
    assert!(seen > 60, "{seen} pieces of messages");
}

/// The call with its arguments, to the bracket that closes it.
fn call_from(code: &str) -> &str {
    let mut depth = 0;
    let mut quoted = false;
    for (at, byte) in code.bytes().enumerate() {
        match byte {
            b'"' if !code[..at].ends_with('\\') => quoted = !quoted,
            b'(' if !quoted => depth += 1,
            b')' if !quoted => depth -= 1,
            _ => continue,
        }
        if depth == 0 && byte == b')' && !quoted {
            return &code[..at];
        }
    }
    code
}

/// What stands between marks.
fn literals(code: &str) -> impl Iterator<Item = &str> {
    code.split('"').skip(1).step_by(2)
}
