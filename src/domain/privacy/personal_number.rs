//! Finds personal identity numbers in text, in the ways in which people and programs write them.
//!
//! A number is six or eight digits of a date of birth and a serial number of four digits with a valid check digit. It is
//! found with any separator or none between date and serial number (`640823-3234`, `640823 - 3234`, `640823-` at the end
//! of a line), with separators inside the date (`1964-08-23-3234`, `64 08 23 3234`), next to letters or in brackets, and
//! in full-width and other decimal digits. Co-ordination numbers (day + 60), reserve numbers with a letter
//! (`640823-T323`) and sole traders' VAT numbers (`SE640823323401`) count too.
//!
//! There is no list of exceptions: a masked invoice number costs less than a person who is shown. Each digit is looked
//! at a bounded number of times, so the cost is linear in the length of the text.

use std::ops::Range;

use crate::domain::values::luhn::luhn_holds;
use crate::domain::values::number::{is_dash, is_group_space};

/// The digits of a number without the century: year, month, day, serial number.
const SHORT: usize = 10;

/// The digits of a number with the century.
const LONG: usize = 12;

/// The digits of the date, without the century.
const DATE: usize = 6;

/// Visible characters accepted between date and serial number: `) - (`, with room for a second dash.
const MAX_SEPARATORS: usize = 6;

/// Bytes looked at between two digits. Indentation and markup count, so that no text makes the search slow.
const MAX_GAP: usize = 96;

/// Letters that replace a digit in the serial number of a reserve number.
const RESERVE_LETTERS: &[u8] = b"TRSUWXJKLMNPtrsuwxjklmnp";

/// The byte ranges of adjacent digits in a text, in order.
pub(super) fn digit_runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = next_digit(text, at)?;
        at = end_of_digits(text, start);
        Some(start..at)
    })
}

/// The byte range of the personal identity number that adjacent digits begin, from its first to its last digit. It may
/// overlap with the one before: `12 640823-3234` can be read in two ways.
pub(super) fn personal_number_at(text: &str, run: Range<usize>) -> Option<Range<usize>> {
    let start = run.start;
    may_begin_number(text.as_bytes(), run).then(|| number_at(text, start)).flatten()
}

/// The next decimal digit of any script at or after `at`. Blocks without one are skipped by a loop that compiles to
/// vector instructions, since most text has few digits.
fn next_digit(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut start = at;
    loop {
        let (blocks, _) = bytes.get(start..)?.as_chunks::<64>();
        for block in blocks {
            if block.iter().fold(false, |any, byte| any | may_begin_digit(*byte)) {
                break;
            }
            start += block.len();
        }
        start += bytes.get(start..)?.iter().position(|byte| MAY_BEGIN_DIGIT[usize::from(*byte)])?;
        if bytes.get(start).is_some_and(u8::is_ascii_digit) || digit_at(text, start).is_some() {
            return Some(start);
        }
        start += 1;
    }
}

/// Returns `true` if a byte is an ASCII digit or the first byte of a digit that [`digit_at`] knows.
const fn may_begin_digit(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | 0xd9 | 0xdb | 0xef | 0xf0)
}

const MAY_BEGIN_DIGIT: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = u8::MIN;
    loop {
        table[byte as usize] = may_begin_digit(byte);
        match byte.checked_add(1) {
            Some(next) => byte = next,
            None => break table,
        }
    }
};

/// The value of the decimal digit at a byte, and the byte after it.
fn digit_at(text: &str, at: usize) -> Option<(u8, usize)> {
    let first = *text.as_bytes().get(at)?;
    if first.is_ascii_digit() {
        return Some((first - b'0', at + 1));
    }
    if first < 0x80 {
        return None;
    }
    let c = text.get(at..)?.chars().next()?;
    let value = match u32::from(c) {
        // Arabic-Indic, extended Arabic-Indic, full-width, mathematical (five styles), segmented.
        code @ 0x660..=0x669 => code - 0x660,
        code @ 0x6f0..=0x6f9 => code - 0x6f0,
        code @ 0xff10..=0xff19 => code - 0xff10,
        code @ 0x1d7ce..=0x1d7ff => (code - 0x1d7ce) % 10,
        code @ 0x1fbf0..=0x1fbf9 => code - 0x1fbf0,
        _ => return None,
    };
    Some((u8::try_from(value).ok()?, at + c.len_utf8()))
}

/// The byte after adjacent digits, the first of which is at `start`.
fn end_of_digits(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes().get(start..).unwrap_or_default();
    let mut end = start + bytes.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(bytes.len());
    while let Some((_, next)) = digit_at(text, end) {
        end = next;
    }
    end
}

/// Tests by a few bytes whether a number may begin with these adjacent digits; never returns `false` for one that does.
/// Lists have a hundred million groups of digits, and nearly all of them are rejected here.
fn may_begin_number(bytes: &[u8], digits: Range<usize>) -> bool {
    let own = bytes.get(digits.clone()).unwrap_or_default();
    let rest = bytes.get(digits.end..).unwrap_or_default();
    let next = rest.first().copied().unwrap_or(b'\n');
    if !is_plain(next) || !own.is_ascii() {
        return own.len() <= 4 * LONG;
    }
    let is_month = |digits: &[u8], at: usize| {
        matches!(digits.get(at..at + 2), Some([b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2']))
    };
    // Two digits of the month or of the day after one separator; after several separators anything may follow.
    let is_part = |is_month_next: bool| match rest {
        [_, tens, ones, ..] if tens.is_ascii_digit() && is_plain(*ones) => {
            ones.is_ascii_digit() && (!is_month_next || is_month(rest, 1))
        }
        [_, other, ..] => is_separator(*other) || !is_plain(*other),
        _ => false,
    };
    match own.len() {
        SHORT => is_month(own, 2),
        LONG => is_month(own, 4) || is_month(own, 2),
        6 => is_separator(next) && is_month(own, 2),
        8 => is_separator(next) && is_month(own, 4),
        4 => is_separator(next) && (is_month(own, 2) && is_part(false) || is_part(true)),
        2 => is_separator(next) && is_part(true),
        // `6 4 0 8 2 3`
        1 => matches!(rest, [b' ', digit, after, ..] if digit.is_ascii_digit() && !after.is_ascii_digit()),
        _ => false,
    }
}

/// Returns `true` if a byte is a character that neither is nor begins something invisible.
const fn is_plain(byte: u8) -> bool {
    byte.is_ascii() && byte != b'<'
}

/// Returns `true` if a byte is a separator within a number, or begins one.
const fn is_separator(byte: u8) -> bool {
    matches!(
        byte,
        b'-' | b' ' | b'.' | b'/' | b':' | b'_' | b'+' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b'*' | b'~' | b'\''
            | b'\n' | b'\r' | b'&' | b'<' | b'\\' | b'A'..=b'Z' | b'a'..=b'z'
    )
}

/// The characters between two digits of a number.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// Nothing that is seen.
    None,
    /// One separator: a dash is `-`, a space of any width is a space, the others are themselves.
    Narrow(char),
    /// Several separators in one line.
    Wide,
    /// A line break next to a dash.
    Broken,
}

/// The gap after a digit, and the byte after it; `None` where something else than a separator follows.
fn gap_at(text: &str, start: usize) -> Option<(Gap, usize)> {
    let mut at = start;
    let (mut count, mut first, mut last, mut has_break) = (0, ' ', None, false);
    // A dash at the end of a line, or directly before the digits of the next one: an item of a list has a space there.
    let mut is_joined = false;
    while at < text.len().min(start + MAX_GAP) {
        if digit_at(text, at).is_some() {
            break;
        }
        let (sign, next) = separator_at(text, at)?;
        match sign {
            Separator::Invisible => {}
            Separator::SoftHyphen => last = Some('-'),
            Separator::Break => {
                is_joined |= count > 0 && last == Some('-');
                has_break = true;
            }
            // Indentation.
            Separator::Visible(' ') if has_break => last = None,
            Separator::Visible(sign) => {
                first = if count == 0 { sign } else { first };
                last = if sign == ' ' { last } else { Some(sign) };
                count += 1;
            }
            Separator::Letter => break,
        }
        if count > MAX_SEPARATORS {
            return None;
        }
        at = next;
    }
    let gap = match count {
        _ if has_break && !(is_joined || last == Some('-')) => return None,
        _ if has_break => Gap::Broken,
        0 => Gap::None,
        1 => Gap::Narrow(first),
        _ => Gap::Wide,
    };
    Some((gap, at))
}

/// A character, an entity, an escape or a tag between two digits.
enum Separator {
    Invisible,
    /// Seen at the end of a line only.
    SoftHyphen,
    Break,
    Visible(char),
    /// A letter: the first character of a reserve number's serial number, or the end of the gap.
    Letter,
}

fn separator_at(text: &str, at: usize) -> Option<(Separator, usize)> {
    let rest = text.get(at..)?;
    let c = rest.chars().next()?;
    let separator = match c {
        '-' | ' ' | '.' | '/' | ':' | '_' | '+' | '(' | ')' | '[' | ']' | '{' | '}' | '*' | '~' | '\''
        | '’' => Separator::Visible(c),
        '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{2424}' => Separator::Break,
        'a'..='z' | 'A'..='Z' => Separator::Letter,
        '\u{ad}' => Separator::SoftHyphen,
        '&' => {
            let length = entity(rest)?;
            return Some((Separator::Visible('-'), at + length));
        }
        '<' => {
            let length = tag(rest)?;
            return Some((Separator::Invisible, at + length));
        }
        '\\' => {
            let length = escape(rest)?;
            return Some((Separator::Visible('-'), at + length));
        }
        ',' | ';' | '\t' | '"' | '|' => return None,
        c if c.is_ascii() => return None,
        c if is_any_dash(c) => Separator::Visible('-'),
        c if c.is_whitespace() || is_group_space(c) => Separator::Visible(' '),
        '\u{b7}' | '\u{2022}' | '\u{2027}' | '\u{2219}' | '\u{ff0e}' | '\u{2024}' => Separator::Visible('.'),
        '\u{2044}' | '\u{2215}' | '\u{ff0f}' => Separator::Visible('/'),
        '\u{ff1a}' => Separator::Visible(':'),
        '\u{ff3f}' => Separator::Visible('_'),
        '\u{ff08}' | '\u{ff09}' | '\u{ff0b}' | '\u{ff3b}' | '\u{ff3d}' | '\u{2795}' | '\u{a6}' => {
            Separator::Visible('+')
        }
        c if is_invisible(c) => Separator::Invisible,
        _ => return None,
    };
    Some((separator, at + c.len_utf8()))
}

/// Every dash and hyphen of Unicode.
fn is_any_dash(c: char) -> bool {
    is_dash(c)
        || matches!(
            c,
            '\u{58a}'
                | '\u{5be}'
                | '\u{1400}'
                | '\u{1806}'
                | '\u{2e17}'
                | '\u{2e1a}'
                | '\u{2e3a}'
                | '\u{2e3b}'
                | '\u{2e40}'
                | '\u{301c}'
                | '\u{3030}'
                | '\u{30a0}'
                | '\u{30fc}'
                | '\u{2043}'
                | '\u{207b}'
                | '\u{208b}'
                | '\u{fe31}'
                | '\u{fe32}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{ff0d}'
                | '\u{2796}'
                | '\u{2500}'
                | '\u{2501}'
                | '\u{10ead}'
        )
}

/// Characters without a shape of their own: joiners, marks of direction, variation selectors, tags.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{ffff}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// The length of an HTML entity, `&nbsp;` or `&#8209;`.
fn entity(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('&')?;
    let length = inside.bytes().take(12).position(|byte| byte == b';')?;
    let name = inside.get(..length)?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
    is_name.then_some(length + 2)
}

/// The length of an HTML tag.
fn tag(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('<')?;
    let length = inside.bytes().take(64).position(|byte| byte == b'>')?;
    inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!').then_some(length + 2)
}

/// The length of an escape of JSON: `\n`, `\u2011`.
fn escape(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('\\')?;
    match inside.bytes().next()? {
        b'n' | b'r' | b't' | b'/' | b'-' => Some(2),
        b'u' => inside.get(1..5)?.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(6),
        _ => None,
    }
}

/// The byte ranges of the digits inside a number. Digits of an entity or escape between them are none.
pub(super) fn digits_of(text: &str, number: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = number.start;
    std::iter::from_fn(move || {
        while at < number.end {
            let start = at;
            if let Some((_, end)) = digit_at(text, start) {
                at = end;
                return Some(start..end);
            }
            at = separator_at(text, start)?.1;
        }
        None
    })
}

/// Up to twelve digits, each with the gap before it.
struct Digits {
    values: [u8; LONG],
    gaps: [Gap; LONG],
    ends: [usize; LONG],
    count: usize,
    /// `true` if another digit follows the last one directly.
    goes_on: bool,
    /// The gap after the last digit and the byte after it, if that is no digit.
    rest: Option<(Gap, usize)>,
}

impl Digits {
    fn read(text: &str, start: usize) -> Self {
        let mut digits = Self {
            values: [0; LONG],
            gaps: [Gap::None; LONG],
            ends: [0; LONG],
            count: 0,
            goes_on: false,
            rest: None,
        };
        let (mut at, mut gap) = (start, Gap::None);
        while let Some((value, end)) = digit_at(text, at) {
            if digits.count == LONG {
                digits.goes_on = gap == Gap::None;
                break;
            }
            digits.values[digits.count] = value;
            digits.gaps[digits.count] = gap;
            digits.ends[digits.count] = end;
            digits.count += 1;
            if digit_at(text, end).is_some() {
                (gap, at) = (Gap::None, end);
                continue;
            }
            digits.rest = gap_at(text, end);
            let Some(next) = digits.rest else { break };
            (gap, at) = next;
        }
        digits
    }

    /// Returns `true` if there is a digit at this index and it is adjacent to the previous one.
    fn is_glued(&self, at: usize) -> bool {
        if at == LONG { self.goes_on } else { at < self.count && self.gaps[at] == Gap::None }
    }

    /// The ten digits from `from` on, if they are spelled as a number.
    fn ten(&self, from: usize) -> Option<[u8; SHORT]> {
        if self.count < from + SHORT || self.is_glued(from + SHORT) {
            return None;
        }
        let gaps = self.gaps.get(from..from + SHORT)?;
        is_spelling(gaps).then(|| self.values.get(from..from + SHORT)?.try_into().ok()).flatten()
    }
}

/// Returns `true` if ten digits with these gaps before them are spelled as a number.
fn is_spelling(gaps: &[Gap]) -> bool {
    let is_cut = |at: usize| gaps[at] != Gap::None;
    let is_space = |at: usize| gaps[at] == Gap::Narrow(' ');
    let inner = || (1..SHORT).filter(|at| *at != DATE);
    if inner().all(is_space) {
        // `6 4 0 8 2 3 - 3 2 3 4`
        return is_cut(DATE);
    }
    inner().all(|at| match at {
        // Within the date, and then before the serial number too.
        2 | 4 => !is_cut(at) || (gaps[at] != Gap::Broken && is_cut(DATE)),
        // `64 08 23 32 34`
        8 => !is_cut(at) || (is_space(at) && is_cut(DATE)),
        _ => !is_cut(at),
    })
}

/// The byte range of the number whose first digit is at `start`.
fn number_at(text: &str, start: usize) -> Option<Range<usize>> {
    let digits = Digits::read(text, start);
    let end = |count: usize| digits.ends[count - 1];
    if let Some(ten) = digits.ten(LONG - SHORT)
        && digits.gaps[1..=2] == [Gap::None; 2]
        && century(&digits.values).is_some_and(|century| is_personal(century, ten))
    {
        return (!begins_second_date(text, &digits, LONG)).then(|| start..end(LONG));
    }
    if let Some(ten) = digits.ten(0)
        && is_personal(ANY_CENTURY, ten)
        && !begins_second_date(text, &digits, SHORT)
    {
        return Some(start..end(SHORT));
    }
    vat_number(text, start, &digits).or_else(|| reserve_number(text, start, &digits))
}

/// The first two digits, if anybody who is registered was born in that century.
fn century(values: &[u8; LONG]) -> Option<u16> {
    let century = u16::from(values[0]) * 10 + u16::from(values[1]);
    matches!(century, 18..=20).then_some(century)
}

/// 2000 is the leap year of the two centuries, so every day that either has is accepted.
const ANY_CENTURY: u16 = 20;

/// Returns `true` if ten digits have a real date and the right check digit. The century is not part of the check digit.
fn is_personal(century: u16, ten: [u8; SHORT]) -> bool {
    is_date(century, &ten) && luhn_holds(ten)
}

fn is_date(century: u16, digits: &[u8]) -> bool {
    let [y1, y2, m1, m2, d1, d2, ..] = *digits else { return false };
    let year = century * 100 + u16::from(y1 * 10 + y2);
    let day = d1 * 10 + d2;
    // 61 to 91: a co-ordination number, for people who are not registered in Sweden.
    let day = if day > 60 { day - 60 } else { day };
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match m1 * 10 + m2 {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(is_leap),
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Returns `true` if the serial number is the year of a second date: `2024-09-01 – 2027-08-31` is a period.
fn begins_second_date(text: &str, digits: &Digits, count: usize) -> bool {
    let is_year = matches!(digits.values[count - 4..count - 2], [1, 9] | [2, 0]);
    let has_parts = digits.gaps[count - SHORT + 2] != Gap::None;
    let rest = text.as_bytes().get(digits.ends[count - 1]..).unwrap_or_default();
    is_year
        && has_parts
        && matches!(rest, [first @ (b'-' | b'.' | b'/'), m1 @ (b'0' | b'1'), m2, second, d1 @ b'0'..=b'3', d2, ..]
            if first == second
                && m2.is_ascii_digit()
                && d2.is_ascii_digit()
                && (*m1, *m2) <= (b'1', b'2')
                && (*d1, *d2) <= (b'3', b'1'))
        && !rest.get(6).is_some_and(u8::is_ascii_digit)
}

/// The ten digits inside a sole trader's VAT number, `SE640823323401`.
fn vat_number(text: &str, start: usize, digits: &Digits) -> Option<Range<usize>> {
    let before = text.get(..start)?.trim_end_matches(' ');
    let country = before.get(before.len().checked_sub(2)?..)?;
    let ends_in_01 = digits.values.get(SHORT..)? == [0, 1] && !digits.goes_on;
    let is_vat = country.eq_ignore_ascii_case("SE") && digits.count == LONG && ends_in_01;
    let gaps = digits.gaps.get(..SHORT)?;
    let ten: [u8; SHORT] = digits.values.get(..SHORT)?.try_into().ok()?;
    (is_vat && is_spelling(gaps) && is_personal(ANY_CENTURY, ten)).then(|| start..digits.ends[SHORT - 1])
}

/// A reserve number, whose serial number begins with a letter: `640823-T323`. The letters of other series than T count as
/// 1 for the check digit; T numbers of some agencies have none.
fn reserve_number(text: &str, start: usize, digits: &Digits) -> Option<Range<usize>> {
    let (gap, at) = digits.rest?;
    let letter = *text.as_bytes().get(at)?;
    if !RESERVE_LETTERS.contains(&letter) || gap == Gap::Broken {
        return None;
    }
    let (from, century) = match digits.count {
        6 => (0, ANY_CENTURY),
        8 => (2, century(&digits.values)?),
        _ => return None,
    };
    let date = digits.values.get(from..from + DATE)?;
    let gaps = digits.gaps.get(from + 1..from + DATE)?;
    let is_spelled = gaps.iter().enumerate().all(|(place, gap)| match place {
        1 | 3 => *gap != Gap::Broken,
        _ => *gap == Gap::None,
    });
    let (mut ten, mut end) = ([0; SHORT], at + 1);
    ten.get_mut(..DATE)?.copy_from_slice(date);
    ten[DATE] = 1;
    for digit in ten.iter_mut().skip(DATE + 1) {
        (*digit, end) = digit_at(text, end)?;
    }
    let is_valid = letter.eq_ignore_ascii_case(&b'T') || luhn_holds(ten);
    (is_spelled && is_date(century, date) && is_valid && digit_at(text, end).is_none()).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The quick look at a few bytes passes over no number that the full reading finds.
        #[test]
        fn the_quick_look_never_hides_a_number(
            text in "(8112189876|811218|19811218|1981|81|12|18|98|76|9876|[0-9]|[-+ ./:_a-zT,;<>&\\\\\u{200b}\u{a0}–]|\n){1,12}"
        ) {
            for run in digit_runs(&text) {
                let is_number = number_at(&text, run.start).is_some();
                prop_assert!(!is_number || may_begin_number(text.as_bytes(), run.clone()), "{:?} at {:?}", text, run);
            }
        }
    }
}
