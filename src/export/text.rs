//! Text that stays on one line and does nothing to the terminal or the spreadsheet that shows it.

use std::borrow::Cow;

/// Stands for a line break.
const BREAK: &str = " ¶ ";

/// Every line break has one of these among its bytes, and few other characters do.
pub(super) const fn may_break(byte: u8) -> bool {
    // Without branches, so that the compiler takes many bytes at once.
    (byte.wrapping_sub(b'\n') <= b'\r' - b'\n') | (byte == 0x85) | (byte & 0xfe == 0xa8)
}

fn breaks_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Line breaks, with the white space around them, become ` ¶ `.
///
/// ```
/// use onrecord::export::text::one_line;
/// assert_eq!(one_line("“It is over.\r\n\r\n“We won.”"), "“It is over. ¶ “We won.”");
/// ```
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.bytes().fold(false, |found, b| found | may_break(b)) || !text.contains(breaks_line) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len() + 8);
    let mut broken = false;
    for piece in text.split(breaks_line) {
        if broken && piece.trim().is_empty() {
            continue;
        }
        if broken {
            line.truncate(line.trim_end().len());
            line.push_str(BREAK);
            line.push_str(piece.trim_start());
        } else {
            line.push_str(piece);
        }
        broken = true;
    }
    Cow::Owned(line)
}

/// One line in which nothing moves the cursor, colours the screen or turns the direction of writing.
///
/// Control characters become their pictures (`␛`), tabs spaces, the rest U+FFFD.
///
/// ```
/// use onrecord::export::text::harmless;
/// assert_eq!(harmless("\x1b[2Jbye\n"), "␛[2Jbye");
/// ```
pub fn harmless(text: &str) -> Cow<'_, str> {
    let line = one_line(text);
    if !line.contains(controls) {
        return line;
    }
    Cow::Owned(line.chars().map(|c| if controls(c) { picture(c) } else { c }).collect())
}

fn controls(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// What stands for a control character.
pub(super) fn picture(c: char) -> char {
    match c {
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7f}' => '␡',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pretty_assertions::assert_eq;

    #[test]
    fn blank_lines_are_one_break() {
        assert_eq!(one_line("a \r\n \n\n b\u{2028}c"), "a ¶ b ¶ c");
        assert_eq!(one_line("\n=a"), " ¶ =a");
        assert_eq!(one_line("plain"), "plain");
    }

    #[test]
    fn controls_are_shown_and_not_obeyed() {
        assert_eq!(harmless("a\tb\u{7f}\u{9b}31m\u{202e}x\0"), "a b␡\u{fffd}31m\u{fffd}x␀");
        assert_eq!(harmless("“naïve” 🐟"), "“naïve” 🐟");
    }
}
