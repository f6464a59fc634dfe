//! The text record: a title, labels with their values, and free text. One file may hold several.
//!
//! Finds where things stand in a text; what they mean is decided elsewhere. Knows no files.

use std::ops::Range;

use crate::domain::catalogue::batch_builder::{RawField, RawRecord};
use crate::domain::diagnostic::Code;
use crate::domain::record_id::split_stable_key;
use crate::domain::schema::FieldKind;
use crate::domain::values::diarienummer::Diarienummer;
use crate::domain::values::title_id::find_title_id;

/// Something odd about the form of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRecordFinding {
    /// What it is.
    pub code: Code,
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// The text in question.
    pub subject: String,
}

/// The records of a text and what is odd about their form.
#[must_use]
pub fn read(text: &str) -> (Vec<RawRecord>, Vec<TextRecordFinding>) {
    let lines = Lines::of(text);
    let mut reader = TextRecordReader { lines, findings: Vec::new() };
    let records = reader.records();
    (records, reader.findings)
}

/// Where the last record begins that surely begins one, in lines from 0: a title after a blank line. What stands before
/// it can be read by itself, and it and what comes after it too.
pub(crate) fn last_start(text: &str) -> Option<usize> {
    let reader = TextRecordReader { lines: Lines::of(text), findings: Vec::new() };
    let is_start = |line: &usize| {
        reader.lines.is_blank(line - 1) && reader.title_start(*line).is_some_and(|start| start.offset == 0)
    };
    (1..reader.lines.len()).rev().find(is_start)
}

/// A text cut into lines, with places in it.
struct Lines<'a> {
    text: &'a str,
    /// Without line ends.
    ranges: Vec<Range<usize>>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let mut ranges = Vec::new();
        let mut start = 0;
        for end in memchr::memchr_iter(b'\n', text.as_bytes()) {
            ranges.push(start..end);
            start = end + 1;
        }
        if start < text.len() {
            ranges.push(start..text.len());
        }
        Self { text, ranges }
    }

    fn len(&self) -> usize {
        self.ranges.len()
    }

    fn get(&self, line: usize) -> &'a str {
        self.ranges.get(line).map_or("", |range| self.slice(range))
    }

    fn slice(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    fn is_blank(&self, line: usize) -> bool {
        line < self.len() && self.get(line).trim().is_empty()
    }

    /// Where a part of a line stands in the text.
    fn range_of(&self, part: &str) -> Range<usize> {
        let start = part.as_ptr() as usize - self.text.as_ptr() as usize;
        start..start + part.len()
    }

    /// The stretch without white space at its ends.
    fn trimmed(&self, range: &Range<usize>) -> Range<usize> {
        self.range_of(self.slice(range).trim())
    }

    fn number(line: usize) -> u32 {
        u32::try_from(line + 1).unwrap_or(u32::MAX)
    }
}

/// Where a record begins.
#[derive(Clone, Debug)]
struct Start<'a> {
    line: usize,
    /// Bytes of the line before it; the rest of the line before ends the previous record.
    offset: usize,
    title: Option<&'a str>,
    id: Option<Diarienummer>,
}

/// A line that carries a label.
struct LabelLine<'a> {
    label: &'a str,
    kind: Option<FieldKind>,
    /// What stands on the same line; `None` for a bare label, whose value is on the next.
    value: Option<&'a str>,
}

/// How a field block ended.
enum BlockEnd<'a> {
    /// At this line, which may belong to the text.
    Text(usize),
    /// Another record begins in the middle of a line of the block.
    Record(Start<'a>),
}

struct TextRecordReader<'a> {
    lines: Lines<'a>,
    findings: Vec<TextRecordFinding>,
}

impl<'a> TextRecordReader<'a> {
    fn records(&mut self) -> Vec<RawRecord> {
        let mut records = Vec::new();
        let mut next = self.first_start();
        while let Some(start) = next {
            let (record, following) = self.record(&start);
            records.push(record);
            next = following;
        }
        records
    }

    fn note(&mut self, code: Code, line: usize, offset: usize, subject: &str) {
        let before = self.lines.get(line).get(..offset).unwrap_or_default();
        let column = u32::try_from(before.chars().count() + 1).unwrap_or(u32::MAX);
        let subject = subject.chars().take(80).collect();
        self.findings.push(TextRecordFinding { code, line: Lines::number(line), column, subject });
    }

    /// The first record may lack an id: its title is then any line before a blank line and a known label.
    fn first_start(&mut self) -> Option<Start<'a>> {
        let first = (0..self.lines.len()).find(|line| !self.lines.is_blank(*line))?;
        if let Some(start) = self.start_at(first) {
            return Some(start);
        }
        let mut at = first;
        while at < self.lines.len() {
            if let Some(start) = self.start_at(at).or_else(|| self.nameless_start(at)) {
                for line in first..at {
                    self.note_stray(line);
                }
                return Some(start);
            }
            at += 1;
        }
        None
    }

    fn note_stray(&mut self, line: usize) {
        let text = self.lines.get(line).trim();
        if !text.is_empty() {
            self.note(Code::StrayText, line, 0, text);
        }
    }

    /// A record begins here: `ID - NAME` before a blank line and a known label, the stable key as an id that has
    /// none, or `Diarienummer:` and an id after a blank line.
    fn start_at(&self, line: usize) -> Option<Start<'a>> {
        self.title_start(line).or_else(|| self.id_start(line))
    }

    fn title_start(&self, line: usize) -> Option<Start<'a>> {
        if !self.lines.is_blank(line + 1) || !self.is_known_label(line + 2) {
            return None;
        }
        let text = self.lines.get(line);
        if let Some(name) = behind_stable_key(text) {
            return Some(Start { line, offset: 0, title: Some(name), id: None });
        }
        let (start, end) = find_title_id(text)?;
        let id = Diarienummer::read(text.get(start..end)?)?;
        let title = text.get(end..)?.trim_start().strip_prefix("- ").unwrap_or_default();
        Some(Start { line, offset: start, title: Some(title.trim()), id: Some(id) })
    }

    fn id_start(&self, line: usize) -> Option<Start<'a>> {
        if line > 0 && !self.lines.is_blank(line - 1) {
            return None;
        }
        let label = label_line(self.lines.get(line))?;
        let value = label.value.unwrap_or_else(|| self.lines.get(line + 1));
        let is_id = label.kind == Some(FieldKind::Diarienummer) && Diarienummer::read(value).is_some();
        is_id.then_some(Start { line, offset: 0, title: None, id: None })
    }

    /// A record without an id: a known label after a blank line or at the top, or a title before one.
    fn nameless_start(&self, line: usize) -> Option<Start<'a>> {
        if line > 0 && !self.lines.is_blank(line - 1) {
            return None;
        }
        if self.is_known_label(line) {
            return Some(Start { line, offset: 0, title: None, id: None });
        }
        let text = self.lines.get(line).trim();
        let is_title = !text.is_empty() && self.lines.is_blank(line + 1) && self.is_known_label(line + 2);
        is_title.then_some(Start { line, offset: 0, title: Some(text), id: None })
    }

    fn is_known_label(&self, line: usize) -> bool {
        label_line(self.lines.get(line)).is_some_and(|label| label.kind.is_some())
    }

    fn record(&mut self, start: &Start<'a>) -> (RawRecord, Option<Start<'a>>) {
        let mut record = RawRecord {
            line: Lines::number(start.line),
            title_id: start.id.clone(),
            title_name: start.title.map_or(0..0, |title| self.lines.range_of(title)),
            ..RawRecord::default()
        };
        let mut at = start.line;
        if start.title.is_some() {
            // The title and the blank line that every title has.
            at += 2;
        }
        let next = match self.block(at, &mut record.fields) {
            BlockEnd::Record(next) => Some(next),
            BlockEnd::Text(line) => {
                let (body, next) = self.body(line);
                record.body = body;
                next
            }
        };
        let begin = self.lines.ranges.get(start.line).map_or(0, |range| range.start + start.offset);
        let end = next.as_ref().map_or(self.lines.text.len(), |next| self.byte_of(next));
        record.extent = self.lines.trimmed(&(begin..end));
        (record, next)
    }

    fn byte_of(&self, start: &Start<'_>) -> usize {
        self.lines.ranges.get(start.line).map_or(self.lines.text.len(), |range| range.start + start.offset)
    }

    /// The free text from a line on, up to the next record.
    fn body(&mut self, from: usize) -> (Range<usize>, Option<Start<'a>>) {
        let begin = self.lines.ranges.get(from).map_or(self.lines.text.len(), |range| range.start);
        let next = (from..self.lines.len()).find_map(|line| self.start_at(line));
        let end = next.as_ref().map_or(self.lines.text.len(), |next| self.byte_of(next));
        self.note_joined(next.as_ref());
        (self.lines.trimmed(&(begin..end.max(begin))), next)
    }

    /// A record that begins in the middle of a line: files whose last line has no end were put together.
    fn note_joined(&mut self, next: Option<&Start<'a>>) {
        if let Some(start) = next
            && self.lines.get(start.line).get(..start.offset).is_some_and(|before| !before.trim().is_empty())
        {
            let subject = self.lines.get(start.line).get(start.offset..).unwrap_or_default();
            self.note(Code::JoinedRecords, start.line, start.offset, subject);
        }
    }

    /// The labels and values from a line on.
    fn block(&mut self, from: usize, fields: &mut Vec<RawField>) -> BlockEnd<'a> {
        let mut seen = Vec::new();
        // Whether the last label still waits for its value.
        let mut waiting = false;
        let mut at = from;
        while at < self.lines.len() {
            if self.lines.is_blank(at) {
                if !self.goes_on_after(at, &seen) {
                    return BlockEnd::Text(at + 1);
                }
                waiting = false;
                at += 1;
                continue;
            }
            if at > from
                && let Some(start) = self.title_start(at)
            {
                // What stands before the id is the end of the last record, as on a line of its own.
                let before = self.lines.get(at).get(..start.offset).unwrap_or_default();
                if !before.trim().is_empty() {
                    self.take_line(at, before, &mut seen, &mut waiting, fields);
                    self.note_joined(Some(&start));
                }
                return BlockEnd::Record(start);
            }
            self.take_line(at, self.lines.get(at), &mut seen, &mut waiting, fields);
            at += 1;
        }
        BlockEnd::Text(at)
    }

    /// A line of the block, or the part of it that belongs to this record.
    fn take_line(
        &mut self,
        line: usize,
        text: &'a str,
        seen: &mut Vec<FieldKind>,
        waiting: &mut bool,
        fields: &mut Vec<RawField>,
    ) {
        match label_line(text).filter(|label| label.kind.is_some() || !*waiting) {
            Some(label) => {
                seen.extend(label.kind);
                *waiting = label.value.is_none();
                let end = self.lines.range_of(text).end;
                fields.push(RawField {
                    label: self.lines.range_of(label.label),
                    value: label.value.map_or(end..end, |value| self.lines.range_of(value)),
                    line: Lines::number(line),
                });
            }
            None => {
                self.take_value(line, text, *waiting, fields);
                *waiting = false;
            }
        }
    }

    /// Whether a blank line stands for an empty value: a bare known label, not yet seen, comes next.
    fn goes_on_after(&self, blank: usize, seen: &[FieldKind]) -> bool {
        label_line(self.lines.get(blank + 1)).is_some_and(|label| {
            label.value.is_none() && label.kind.is_some_and(|kind| !seen.contains(&kind))
        })
    }

    /// A line of the block that is no label: the value waited for, or more of the last one.
    fn take_value(&mut self, line: usize, text: &'a str, waiting: bool, fields: &mut [RawField]) {
        let Some(field) = fields.last_mut() else {
            return self.note(Code::StrayText, line, 0, text.trim());
        };
        let value = self.lines.range_of(text.trim());
        if waiting {
            field.value = value;
            field.line = Lines::number(line);
        } else {
            field.value.end = value.end;
            self.note(Code::ContinuedValue, line, 0, text.trim());
        }
    }
}

/// The label that a line carries, if it carries one.
///
/// A known label counts bare and before a value on the same line. An unknown one counts bare, and before a
/// value only if it looks like a label: short, beginning with a capital, no punctuation but what names have.
fn label_line(line: &str) -> Option<LabelLine<'_>> {
    let line = line.trim();
    let (before, after) = line.split_once(':')?;
    let (label, value) = (before.trim(), after.trim());
    if label.is_empty() {
        return None;
    }
    if value.is_empty() {
        return Some(LabelLine { label, kind: FieldKind::of_label(label), value: None });
    }
    // `Länk: https://…:` ends in a colon too, but its label ends at the first.
    let kind = FieldKind::of_label(label);
    let looks_like_one = || {
        label.chars().count() <= 40
            && label.starts_with(char::is_uppercase)
            && after.starts_with(char::is_whitespace)
            && label.chars().all(|c| c.is_alphanumeric() || " -/()".contains(c))
            && label.split(' ').count() <= 4
    };
    (kind.is_some() || looks_like_one()).then_some(LabelLine { label, kind, value: Some(value) })
}

/// The name behind the stable key of a record without a diarienummer, `~1a2b3c4d - Name`, as this program writes it.
fn behind_stable_key(title: &str) -> Option<&str> {
    let (key, rest) = split_stable_key(title)?;
    let is_as_written = !key.bytes().any(|byte| byte.is_ascii_uppercase());
    let name = rest.trim_end();
    is_as_written.then(|| if name.is_empty() { Some(name) } else { name.strip_prefix(" - ") })?
}

#[cfg(test)]
#[path = "text_record_tests.rs"]
mod tests;
