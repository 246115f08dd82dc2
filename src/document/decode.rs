//! Bytes into text, with the way back to the place in the file.

use std::fmt;
use std::sync::Arc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A text as it stood in the file: no line end, control character or space of it is changed.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The text, without a byte order mark; records share it.
    pub text: Arc<str>,
    /// The label of its encoding in the WHATWG Encoding Standard: `UTF-8`, `windows-1252`, `UTF-16LE`.
    pub encoding: &'static str,
    /// Some bytes were no text in that encoding; a replacement character stands for them.
    pub lossy: bool,
    /// Length of the byte order mark.
    mark: u8,
    units: Units,
    /// Places to start counting from: byte of the text and byte of the file, about one in [`STEP`] bytes.
    known: Vec<(usize, u64)>,
    /// When the words were spoken, by the byte of the text where they begin; empty for what was written.
    times: Vec<(usize, Time)>,
}

/// When words are heard, in milliseconds from the beginning of the recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// From here.
    pub start: u64,
    /// To here.
    pub end: u64,
}

/// How many bytes of the file a character took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Units {
    /// As many as in the text.
    Same,
    /// One.
    One,
    /// Two for each UTF-16 unit.
    Two,
    /// It depends on the character: it is encoded again.
    Encoded(&'static Encoding),
    /// Nobody can tell: bytes were replaced, the encoding switches between states, or the text was taken out of a
    /// document of another form.
    Unknown,
}

/// Why bytes are no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotText {
    /// What the bytes are, where their beginning tells: `a PNG image`.
    pub looks_like: Option<&'static str>,
    /// How many of the first bytes were looked at.
    pub looked_at: usize,
    /// How many of those are NUL or other control characters.
    pub controls: usize,
}

impl NotText {
    /// What is wrong, without advice.
    pub fn what(&self) -> String {
        match self.looks_like {
            Some(what) => format!("this is no text but {what}"),
            None => format!(
                "this is no text: {} of its first {} bytes are control characters",
                self.controls, self.looked_at
            ),
        }
    }
}

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; convert it to plain text first", self.what())
    }
}

impl std::error::Error for NotText {}

/// Beginnings of files that are no text.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (or a DOCX, ODT or EPUB document)"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x7fELF", "an ELF program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a Microsoft Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
];

/// A query of an offset counts through no more than about this many bytes.
const STEP: usize = 1024;

/// Bytes looked at to tell text from anything else.
const SAMPLE: usize = 8192;

/// The text that the bytes are, and in what encoding they were.
///
/// A byte order mark decides; without one valid UTF-8 is UTF-8, NULs at every other place tell UTF-16, and a
/// guess by letter frequencies (`chardetng`) tells the rest.
///
/// ```
/// let decoded = onrecord::document::decode::decode(b"\xff\xfeN\0o\0").unwrap();
/// assert_eq!((&*decoded.text, decoded.encoding), ("No", "UTF-16LE"));
/// assert_eq!(decoded.byte_offset(1), Some(4));
/// ```
///
/// # Errors
/// Images, programs, archives and the like are no text; the error says what they are and what to do.
pub fn decode(bytes: &[u8]) -> Result<Decoded, NotText> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(decode_as(bytes, encoding, mark));
    }
    if let Some(&(_, what)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(NotText { looks_like: Some(what), looked_at: 0, controls: 0 });
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(decode_as(bytes, encoding, 0));
    }
    check_controls(bytes)?;
    if let Ok(text) = str::from_utf8(bytes) {
        return Ok(Decoded::new(text.into(), UTF_8, false, 0, Units::Same));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Ok(decode_as(bytes, detector.guess(None, Utf8Detection::Allow), 0))
}

/// The text of bytes whose encoding something says: a page in its head, a server, a letter. A byte order mark knows
/// better; without a label that is known, [`decode`] finds out.
///
/// ```
/// let decoded = onrecord::document::decode::decode_labelled(b"na\xefve", Some("latin1")).unwrap();
/// assert_eq!((&*decoded.text, decoded.encoding), ("naïve", "windows-1252"));
/// ```
///
/// # Errors
/// As [`decode`].
pub fn decode_labelled(bytes: &[u8], label: Option<&str>) -> Result<Decoded, NotText> {
    match label.and_then(|label| Encoding::for_label(label.as_bytes())) {
        Some(encoding) if Encoding::for_bom(bytes).is_none() => Ok(decode_as(bytes, encoding, 0)),
        _ => decode(bytes),
    }
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding, mark: usize) -> Decoded {
    let (text, lossy) = encoding.decode_without_bom_handling(&bytes[mark..]);
    let units = if encoding == UTF_16LE || encoding == UTF_16BE {
        if lossy { Units::Unknown } else { Units::Two }
    } else if encoding.is_single_byte() {
        Units::One // A byte without a character becomes one replacement character.
    } else if lossy || !encoding.is_ascii_compatible() {
        Units::Unknown
    } else if encoding == UTF_8 {
        Units::Same
    } else {
        Units::Encoded(encoding)
    };
    Decoded::new(text.into(), encoding, lossy, mark as u8, units)
}

/// Text in UTF-16 has NULs nearly always at odd places (little-endian) or at even ones.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    memchr::memchr(0, sample)?;
    let nuls = |from: usize| sample.iter().skip(from).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, pairs) = (nuls(0), nuls(1), sample.len() / 2);
    let mostly = |n: usize| n * 10 >= pairs * 7;
    match (mostly(even), mostly(odd)) {
        (false, true) if even * 20 <= pairs => Some(UTF_16LE),
        (true, false) if odd * 20 <= pairs => Some(UTF_16BE),
        _ => None,
    }
}

fn check_controls(bytes: &[u8]) -> Result<(), NotText> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let control = |b: &u8| matches!(b, 0..=8 | 14..=26 | 28..=31 | 127);
    // Nearly always there is none, which is told by looking at all of them without counting.
    if !sample.iter().fold(false, |found, b| found | control(b)) {
        return Ok(());
    }
    let controls = sample.iter().filter(|b| control(b)).count();
    // A stray control character or two happens in text from old systems; one in ten bytes does not.
    if controls >= 4 && controls * 10 > sample.len() {
        return Err(NotText { looks_like: None, looked_at: sample.len(), controls });
    }
    Ok(())
}

impl Decoded {
    /// A text that was taken out of a document of another form, whose words stood in this encoding: no offset leads back
    /// into its bytes.
    pub fn taken(text: impl Into<Arc<str>>, encoding: &'static str) -> Self {
        let (known, times) = (Vec::new(), Vec::new());
        Self { text: text.into(), encoding, lossy: false, mark: 0, units: Units::Unknown, known, times }
    }

    /// The same with the times of its words, by the byte where they begin; in order.
    #[must_use]
    pub fn timed(self, times: Vec<(usize, Time)>) -> Self {
        Self { times, ..self }
    }

    /// When the words from `start` to `end` were heard, where the text was spoken: from the beginning of the first of its
    /// pieces to the end of the last.
    pub fn time(&self, start: usize, end: usize) -> Option<Time> {
        let piece =
            |at| Some(self.times[self.times.partition_point(|&(from, _)| from <= at).checked_sub(1)?].1);
        let (first, last) = (piece(start)?, piece(end.saturating_sub(1).max(start))?);
        Some(Time { start: first.start, end: last.end })
    }

    fn new(text: Arc<str>, encoding: &'static Encoding, lossy: bool, mark: u8, units: Units) -> Self {
        let (known, times) = (Vec::new(), Vec::new());
        let mut decoded = Self { text, encoding: encoding.name(), lossy, mark, units, known, times };
        if !matches!(units, Units::Same | Units::Unknown) {
            decoded.known = decoded.count();
        }
        decoded
    }

    fn count(&self) -> Vec<(usize, u64)> {
        let (mut at, mut offset) = (0, u64::from(self.mark));
        let mut known = vec![(at, offset)];
        while at < self.text.len() {
            let step = (at + STEP).min(self.text.len());
            let next = (step..=self.text.len()).find(|&n| self.text.is_char_boundary(n)).unwrap_or(step);
            let Some(length) = self.file_length(&self.text[at..next]) else { break };
            (at, offset) = (next, offset + length);
            known.push((at, offset));
        }
        known
    }

    /// The offset in the file of the byte `at` of the text; `None` where it is no character boundary or the
    /// encoding gives no way back.
    ///
    /// A query costs a walk through at most a kilobyte, in UTF-8 nothing at all.
    pub fn byte_offset(&self, at: usize) -> Option<u64> {
        if !self.text.is_char_boundary(at) {
            return None;
        }
        if self.units == Units::Same {
            return Some(at as u64 + u64::from(self.mark));
        }
        let below = self.known.partition_point(|&(known, _)| known <= at).checked_sub(1)?;
        let (from, offset) = self.known[below];
        Some(offset + self.file_length(&self.text[from..at])?)
    }

    /// How many bytes of the file a stretch of the text took.
    fn file_length(&self, text: &str) -> Option<u64> {
        Some(match self.units {
            Units::Same => text.len() as u64,
            Units::One => text.chars().count() as u64,
            Units::Two => text.chars().map(|c| 2 * c.len_utf16() as u64).sum(),
            Units::Encoded(encoding) => {
                let (bytes, _, unmappable) = encoding.encode(text);
                if unmappable {
                    return None;
                }
                bytes.len() as u64
            }
            Units::Unknown => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn utf8_with_and_without_a_byte_order_mark() {
        let plain = decode("“Nein”\r\nsagte\rsie\0".as_bytes()).unwrap();
        assert_eq!((&*plain.text, plain.encoding), ("“Nein”\r\nsagte\rsie\0", "UTF-8"));
        assert_eq!(plain.byte_offset(3), Some(3));
        assert_eq!(plain.byte_offset(1), None);
        let marked = decode("\u{feff}“Nein”".as_bytes()).unwrap();
        assert_eq!((&*marked.text, marked.byte_offset(3)), ("“Nein”", Some(6)));
    }

    #[test]
    fn an_empty_file_is_an_empty_text() {
        let empty = decode(b"").unwrap();
        assert_eq!((&*empty.text, empty.encoding, empty.byte_offset(0)), ("", "UTF-8", Some(0)));
    }

    #[test]
    fn windows_1252_counts_one_byte_a_character() {
        let bytes = b"\x93The caf\xe9 is shut,\x94 the owner\x92s son said.";
        let decoded = decode(bytes).unwrap();
        assert_eq!(decoded.encoding, "windows-1252");
        assert_eq!(&*decoded.text, "“The café is shut,” the owner’s son said.");
        for (n, (at, _)) in decoded.text.char_indices().enumerate() {
            assert_eq!(decoded.byte_offset(at), Some(n as u64));
        }
        assert_eq!(decoded.byte_offset(3), Some(1));
        assert_eq!(decoded.byte_offset(decoded.text.len()), Some(bytes.len() as u64));
    }

    #[test]
    fn utf16_is_known_by_its_mark_or_by_its_nuls() {
        let text = "“It floats,” said Ana 🐟.";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, name) in [(&little, "UTF-16LE"), (&big, "UTF-16BE")] {
            let decoded = decode(bytes).unwrap();
            assert_eq!((&*decoded.text, decoded.encoding), (text, name));
            assert_eq!(decoded.byte_offset(text.len()), Some(bytes.len() as u64));
        }
        let marked: Vec<u8> = [0xff, 0xfe].into_iter().chain(little).collect();
        let decoded = decode(&marked).unwrap();
        assert_eq!((&*decoded.text, decoded.byte_offset(3)), (text, Some(4)));
    }

    #[test]
    fn other_legacy_encodings_are_encoded_again_to_find_the_place() {
        let text = "「駅は閉まっています」と駅長は言った。バスを使ってください。";
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(text);
        let decoded = decode(&bytes).unwrap();
        assert_eq!((&*decoded.text, decoded.encoding), (text, "Shift_JIS"));
        assert_eq!(decoded.byte_offset(6), Some(4));
        assert_eq!(decoded.byte_offset(text.len()), Some(bytes.len() as u64));
    }

    #[test]
    fn images_programs_and_archives_are_refused_with_advice() {
        for (bytes, what) in [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "a PNG image"),
            (b"\x7fELF\x02\x01\x01\0", "an ELF program"),
            (b"PK\x03\x04\x14\0", "ZIP archive"),
        ] {
            let message = decode(bytes).unwrap_err().to_string();
            assert!(message.contains(what) && message.contains("convert it to plain text"), "{message}");
        }
        let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(decode(&noise).is_err());
        assert!(decode(&[0; 64]).unwrap_err().to_string().contains("64 of its first 64 bytes"));
    }

    #[test]
    fn a_stray_control_character_is_text() {
        assert_eq!(&*decode(b"ends here\x1a").unwrap().text, "ends here\x1a");
    }
}
