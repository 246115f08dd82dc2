//! A file of any format. The first line is its name; behind it are its bytes. Where the name begins with `+` there are the
//! files of which an archive is made, in the form of [`onrecord_fuzz::files`], so that checksums and lengths are right.
#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use onrecord::input::Format;
use onrecord_fuzz::packed::{gzipped, zipped};
use onrecord_fuzz::{files, hold_all, options, watch};

fuzz_target!(init: watch(), |input: &[u8]| -> Corpus {
    let Some(line) = input.iter().take(64).position(|&byte| byte == b'\n') else { return Corpus::Reject };
    let name = String::from_utf8_lossy(&input[..line]).into_owned();
    let bytes = &input[line + 1..];
    let Some(format) = Format::of_name(&name).filter(|&format| format != Format::Text) else {
        return Corpus::Reject;
    };
    let made = match (name.starts_with('+'), format) {
        (false, _) => bytes.to_vec(),
        (true, Format::Gzip) => gzipped(bytes),
        (true, Format::Tar) => tar(&files(bytes)),
        (true, Format::Warc) => warc(&files(bytes)),
        (true, _) => {
            let files = files(bytes);
            let mut named: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
            // No archive has two files of one name.
            named.sort_by_key(|file| file.0);
            named.dedup_by_key(|file| file.0);
            zipped(&named)
        }
    };
    hold_all(&name, &made, &options());
    Corpus::Keep
});

fn tar(files: &[(String, &[u8])]) -> Vec<u8> {
    let mut archive = tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        // Names that no archive can hold are left out.
        let _ = archive.append_data(&mut header, name, *bytes);
    }
    archive.into_inner().expect("memory takes it")
}

/// The name is the address, and the bytes are what a server answered.
fn warc(files: &[(String, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, bytes) in files {
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {name}\r\nContent-Length: {}\r\n\r\n",
            bytes.len()
        );
        archive.extend(head.as_bytes());
        archive.extend(*bytes);
        archive.extend(b"\r\n\r\n");
    }
    archive
}
