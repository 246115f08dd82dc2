//! Whether a PDF document asks for more memory than a document may: its reader unpacks without limits and believes every
//! number.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read, Write};

use flate2::bufread::{DeflateDecoder, ZlibDecoder};
use pdf_extract::{Dictionary, Document, ObjectId, Stream};
use weezl::{BitOrder, decode::Decoder};

use super::limits::Limits;
use super::problem::Wrong;

/// All streams of a document together unfold to so many times the limit of a document: most are pictures.
const TOGETHER: u64 = 16;
/// A stream is packed in no more ways at once; what seems to be and unfolds to few bytes is none.
const LAYERS: u32 = 4;
const SMALL: u64 = 1 << 12;
/// Forms show forms no deeper than this.
const DEEPEST: usize = 50;
/// Numbers by which memory is measured are no larger in documents that people make.
const LARGEST: u64 = 1 << 20;

/// Refuses a document that would fill memory.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), Wrong> {
    check_numbers(bytes)?;
    check_streams(bytes, limits)?;
    check_forms(bytes)
}

/// Sees that no form shows itself, also by way of others: its reader would go down for ever, and end the program.
fn check_forms(bytes: &[u8]) -> Result<(), Wrong> {
    // What is wrong with the document otherwise its reader tells.
    let Ok(document) = Document::load_mem(bytes) else { return Ok(()) };
    let mut forms: BTreeMap<ObjectId, Vec<ObjectId>> = BTreeMap::new();
    for (&id, object) in &document.objects {
        // Its reader takes every stream for a form.
        if let Ok(form) = object.as_stream() {
            forms.insert(id, shown(&document, form));
        }
    }
    // Forms that show no others are taken away, and then those that show only these.
    for _ in 0..DEEPEST {
        let known: BTreeSet<ObjectId> = forms.keys().copied().collect();
        forms.retain(|_, shown| shown.iter().any(|other| known.contains(other)));
    }
    if forms.is_empty() { Ok(()) } else { Err(Wrong::broken("this PDF", "a form in it shows itself")) }
}

/// What a form may show, if it shows anything. One without resources has those of whatever shows it, so that this may be
/// everything.
fn shown(document: &Document, form: &Stream) -> Vec<ObjectId> {
    let content = form.decompressed_content().unwrap_or_else(|_| form.content.clone());
    let mut calls = memchr::memmem::find_iter(&content, b"Do");
    if !calls.any(|at| is_call(&content[..at], content.get(at + 2))) {
        return Vec::new();
    }
    let Ok(resources) = document.get_dict_in_dict(&form.dict, b"Resources") else {
        return document.objects.keys().copied().collect();
    };
    let Ok(objects) = document.get_dict_in_dict(resources, b"XObject") else { return Vec::new() };
    objects.iter().filter_map(|(_, object)| object.as_reference().ok()).collect()
}

/// Sees that no number makes its reader ask for more memory than there is, which would end the program: rows of pictures,
/// and the fields of a table of objects, which without a length go on for ever.
fn check_numbers(bytes: &[u8]) -> Result<(), Wrong> {
    for at in memchr::memchr_iter(b'/', bytes) {
        let (name, behind) = name(&bytes[at + 1..]);
        let numbers = match &name[..] {
            b"W" | b"Columns" | b"Colors" | b"BitsPerComponent" => numbers(behind),
            _ => continue,
        };
        let endless = name == b"W" && numbers.len() == 3 && numbers.iter().all(|&number| number == 0);
        if endless || numbers.iter().any(|&number| number > LARGEST) {
            return Err(Wrong::broken("this PDF", "a number in it asks for too much memory"));
        }
    }
    Ok(())
}

/// A name, of which a byte may be written as `#41`, and what stands behind it.
fn name(bytes: &[u8]) -> (Vec<u8>, &[u8]) {
    let (mut name, mut at) = (Vec::new(), 0);
    // The longest that is looked for has 16 letters.
    while name.len() <= 16 {
        let code = bytes.get(at + 1..at + 3).and_then(|code| str::from_utf8(code).ok());
        let code = code.filter(|_| bytes[at] == b'#').and_then(|code| u8::from_str_radix(code, 16).ok());
        match (code, bytes.get(at)) {
            (Some(byte), _) => (name.push(byte), at += 3).0,
            (None, Some(byte)) if byte.is_ascii_alphanumeric() => (name.push(*byte), at += 1).0,
            _ => break,
        }
    }
    (name, &bytes[at.min(bytes.len())..])
}

/// Behind a name `Do` shows what has it.
fn is_call(before: &[u8], behind: Option<&u8>) -> bool {
    let named = before.trim_ascii_end();
    let start = named.iter().rposition(u8::is_ascii_whitespace).unwrap_or(0);
    behind.is_none_or(|byte| !byte.is_ascii_alphanumeric()) && named[start..].contains(&b'/')
}

/// The first three whole numbers of a list, or one that stands alone; spaces and comments are passed over.
fn numbers(mut bytes: &[u8]) -> Vec<u64> {
    let mut numbers = Vec::new();
    while let [first, rest @ ..] = bytes
        && numbers.len() < 3
    {
        let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let end = |byte: &u8| matches!(byte, b'\n' | b'\r');
        bytes = match first {
            _ if digits > 0 => {
                let number = str::from_utf8(&bytes[..digits]).ok().and_then(|digits| digits.parse().ok());
                numbers.push(number.unwrap_or(u64::MAX));
                &bytes[digits..]
            }
            b'%' => &rest[rest.iter().position(end).unwrap_or(rest.len())..],
            b'[' | b'+' | b'\0' => rest,
            byte if byte.is_ascii_whitespace() => rest,
            _ => break,
        };
    }
    numbers
}

/// Unpacks every stream into nothing, for those who unpack without limits. What a stream says of how it is packed may stand
/// elsewhere, so each is tried in every way, and what comes out once more.
fn check_streams(bytes: &[u8], limits: &Limits) -> Result<(), Wrong> {
    let mut left = limits.document().saturating_mul(TOGETHER);
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let data = &bytes[at + "stream".len()..];
        let start = data.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        check_stream(&data[start..], limits, LAYERS, &mut left)?;
    }
    Ok(())
}

fn check_stream(data: &[u8], limits: &Limits, layers: u32, left: &mut u64) -> Result<(), Wrong> {
    for unfolded in [zlib(data, limits), lzw(data, limits), ascii85(data)] {
        let size = unfolded.len() as u64;
        *left = left.checked_sub(size).ok_or_else(|| limits.too_large())?;
        if size > limits.document() || layers == 0 && size > SMALL {
            return Err(limits.too_large());
        }
        if size > 0 && layers > 0 {
            check_stream(&unfolded, limits, layers - 1, left)?;
        }
    }
    Ok(())
}

/// What there is of it up to one byte more than the limit; nothing where it is packed in another way.
fn zlib(data: &[u8], limits: &Limits) -> Vec<u8> {
    let unfolded = |reader: &mut dyn Read| {
        let mut unfolded = Vec::new();
        // What is damaged is read up to there.
        let _ = reader.take(limits.document() + 1).read_to_end(&mut unfolded);
        unfolded
    };
    let whole = unfolded(&mut ZlibDecoder::new(data));
    // Its reader tries once more without the head.
    if whole.is_empty() && data.len() > 2 { unfolded(&mut DeflateDecoder::new(&data[2..])) } else { whole }
}

fn lzw(data: &[u8], limits: &Limits) -> Vec<u8> {
    let mut longest = Vec::new();
    for mut decoder in [Decoder::with_tiff_size_switch(BitOrder::Msb, 8), Decoder::new(BitOrder::Msb, 8)] {
        let mut most = Most { bytes: Vec::new(), left: limits.document() + 1 };
        // An end that is no end of it is one of what is kept.
        let _ = decoder.into_stream(&mut most).decode_all(data);
        if most.bytes.len() > longest.len() {
            longest = most.bytes;
        }
    }
    longest
}

fn ascii85(data: &[u8]) -> Vec<u8> {
    let end = memchr::memmem::find(data, b"~>").map_or(data.len(), |end| end + 2);
    let mut packed = Dictionary::new();
    packed.set("Filter", "ASCII85Decode");
    Stream::new(packed, data[..end].to_vec()).decompressed_content().unwrap_or_default()
}

/// So many bytes and no more.
struct Most {
    bytes: Vec<u8>,
    left: u64,
}

impl Write for Most {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = bytes.len().min(self.left as usize);
        if count == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        self.bytes.extend(&bytes[..count]);
        self.left -= count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, read::ZlibEncoder};
    use pretty_assertions::assert_eq;

    const LIMITS: Limits =
        Limits { document: 1 << 20, unfolded: 0, entries: 0, depth: 0, time: std::time::Duration::ZERO };

    fn told(body: &[u8]) -> Option<String> {
        check(body, &LIMITS).err().map(|wrong| wrong.to_string())
    }

    fn zlibbed(bytes: &[u8]) -> Vec<u8> {
        let mut packed = Vec::new();
        ZlibEncoder::new(bytes, Compression::best()).read_to_end(&mut packed).unwrap();
        packed
    }

    fn stream(packed: &[u8]) -> Vec<u8> {
        [b"<</Filter/FlateDecode>>stream\r\n", packed, b"\nendstream\n"].concat()
    }

    const TOO_LARGE: &str =
        "it is larger than 1 MiB, the limit for a document; split it into articles, or raise --max-document";

    #[test]
    fn what_a_stream_unfolds_to_is_bounded_however_it_is_packed() {
        let (most, more) = (vec![b' '; 1 << 20], vec![b' '; (1 << 20) + 1]);
        assert_eq!(told(&stream(&zlibbed(&most))), None);
        assert_eq!(told(&stream(&zlibbed(&more))).as_deref(), Some(TOO_LARGE));
        assert_eq!(told(&stream(&zlibbed(&zlibbed(&more)))).as_deref(), Some(TOO_LARGE), "twice");
        let mut headless = zlibbed(&more);
        headless[..2].copy_from_slice(b"??");
        assert_eq!(told(&stream(&headless)).as_deref(), Some(TOO_LARGE), "its reader passes over the head");
        let mut packed = weezl::encode::Encoder::new(BitOrder::Msb, 8);
        assert_eq!(told(&stream(&packed.encode(&more).unwrap())).as_deref(), Some(TOO_LARGE), "LZW");
        let zeros = "z".repeat((1 << 18) + 1);
        assert_eq!(told(&stream(format!("{zeros}~>").as_bytes())).as_deref(), Some(TOO_LARGE), "ASCII 85");
        let many = stream(&zlibbed(&most)).repeat(17);
        assert_eq!(told(&many).as_deref(), Some(TOO_LARGE), "many");
        assert_eq!(told(&stream(&b"BT /F1 9 Tf (No, said Ana Roe.) Tj ET ".repeat(9000))), None);
    }

    #[test]
    fn numbers_by_which_memory_is_measured_are_small() {
        let wrong = "this PDF cannot be read (a number in it asks for too much memory); it may be cut off or damaged; \
                     get it anew or save it again";
        for refused in [
            "/W [99999999999999 1 1]",
            "/W%a comment\n[ 1 99999999999999999999999 1]",
            "/#57[0 0 0]",
            "/DecodeParms<</Predictor 12/Columns 4000000000>>",
            "/Co#6cors 9999999",
        ] {
            assert_eq!(told(refused.as_bytes()).as_deref(), Some(wrong), "{refused}");
        }
        for read in
            ["/W [1 2 1]", "/W [0 [500 600] 3 5 1000]", "/Columns 4", "/Length 99999999", "/W", "/#", "/"]
        {
            assert_eq!(told(read.as_bytes()), None, "{read}");
        }
    }
}
