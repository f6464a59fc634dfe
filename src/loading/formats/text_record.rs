//! Reads text records: a title, labels with values, and free text. One file may hold several.
//!
//! Results are ranges of the text; their meaning is decided elsewhere.

use std::ops::Range;

use crate::domain::catalogue::batch_builder::{RawField, RawRecord};
use crate::domain::diagnostic::Code;
use crate::domain::record_id::split_stable_key;
use crate::domain::schema::FieldKind;
use crate::domain::values::diarienummer::Diarienummer;
use crate::domain::values::title_id::find_title_id;

/// An oddity in the form of a text record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextRecordFinding {
    /// The kind of finding.
    pub code: Code,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The text in question.
    pub subject: String,
}

/// Reads the records of a text, with findings on their form.
#[must_use]
pub fn read(text: &str) -> (Vec<RawRecord>, Vec<TextRecordFinding>) {
    let lines = Lines::new(text);
    let mut reader = TextRecordReader { lines, findings: Vec::new() };
    let records = reader.records();
    (records, reader.findings)
}

/// Line (from 0) of the last title after a blank line. The text can be split there and both parts read independently.
pub(crate) fn last_start(text: &str) -> Option<usize> {
    let reader = TextRecordReader { lines: Lines::new(text), findings: Vec::new() };
    let is_start = |line: &usize| {
        reader.lines.is_blank(line - 1) && reader.title_start(*line).is_some_and(|start| start.offset == 0)
    };
    (1..reader.lines.len()).rev().find(is_start)
}

/// A text split into lines.
struct Lines<'a> {
    text: &'a str,
    /// Without line ends.
    ranges: Vec<Range<usize>>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
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

    /// Range of a part of a line.
    fn range_of(&self, part: &str) -> Range<usize> {
        let start = part.as_ptr() as usize - self.text.as_ptr() as usize;
        start..start + part.len()
    }

    /// The range without surrounding white space.
    fn trimmed(&self, range: &Range<usize>) -> Range<usize> {
        self.range_of(self.slice(range).trim())
    }

    fn number(line: usize) -> u32 {
        u32::try_from(line + 1).unwrap_or(u32::MAX)
    }
}

/// The beginning of a record.
#[derive(Clone, Debug)]
struct Start<'a> {
    line: usize,
    /// Offset in the line; the text before it ends the previous record.
    offset: usize,
    title: Option<&'a str>,
    id: Option<Diarienummer>,
}

/// A line with a label.
struct LabelLine<'a> {
    label: &'a str,
    kind: Option<FieldKind>,
    /// Value on the same line; `None` for a bare label, whose value is on the next.
    value: Option<&'a str>,
}

/// The end of a block of fields.
enum BlockEnd<'a> {
    /// The description begins at this line.
    Text(usize),
    /// Another record begins within the block.
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

    /// The beginning of the first record. Its title may lack an id: any line before a blank line and a known label.
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

    /// The beginning of a record at this line: `ID - NAME` or `~KEY - NAME` before a blank line and a known label, or
    /// `Diarienummer:` with an id after a blank line.
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

    /// The beginning of a record without an id: a known label after a blank line or at the top, or a title before one.
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
            // The title and the blank line after it.
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

    /// Reads the description from a line on, up to the next record.
    fn body(&mut self, from: usize) -> (Range<usize>, Option<Start<'a>>) {
        let begin = self.lines.ranges.get(from).map_or(self.lines.text.len(), |range| range.start);
        let next = (from..self.lines.len()).find_map(|line| self.start_at(line));
        let end = next.as_ref().map_or(self.lines.text.len(), |next| self.byte_of(next));
        self.note_joined(next.as_ref());
        (self.lines.trimmed(&(begin..end.max(begin))), next)
    }

    /// Reports a record that begins in the middle of a line, where files without a final line end were concatenated.
    fn note_joined(&mut self, next: Option<&Start<'a>>) {
        if let Some(start) = next
            && self.lines.get(start.line).get(..start.offset).is_some_and(|before| !before.trim().is_empty())
        {
            let subject = self.lines.get(start.line).get(start.offset..).unwrap_or_default();
            self.note(Code::JoinedRecords, start.line, start.offset, subject);
        }
    }

    /// Reads the block of labels and values from a line on.
    fn block(&mut self, from: usize, fields: &mut Vec<RawField>) -> BlockEnd<'a> {
        let mut seen = Vec::new();
        // The last label still has no value.
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
                // Text before the id is the end of the previous record.
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

    /// Reads a line of the block, or its part before the next record.
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

    /// Returns `true` if a blank line is an empty value: the next line is a bare known label not yet seen.
    fn goes_on_after(&self, blank: usize, seen: &[FieldKind]) -> bool {
        label_line(self.lines.get(blank + 1)).is_some_and(|label| {
            label.value.is_none() && label.kind.is_some_and(|kind| !seen.contains(&kind))
        })
    }

    /// Adds a line without a label: the value of the last label, or a continuation of it.
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

/// The label of a line, if it has one.
///
/// A known label may be bare or precede a value on the same line. An unknown one may precede a value only if it looks
/// like a label: short, capitalised, without punctuation.
fn label_line(line: &str) -> Option<LabelLine<'_>> {
    let line = line.trim();
    let (before, after) = line.split_once(':')?;
    let (label, value) = (before.trim(), after.trim());
    if label.is_empty() {
        return None;
    }
    if value.is_empty() {
        return Some(LabelLine { label, kind: FieldKind::from_label(label), value: None });
    }
    // `Länk: https://…:` also ends in a colon, but its label ends at the first one.
    let kind = FieldKind::from_label(label);
    let looks_like_one = || {
        label.chars().count() <= 40
            && label.starts_with(char::is_uppercase)
            && after.starts_with(char::is_whitespace)
            && label.chars().all(|c| c.is_alphanumeric() || " -/()".contains(c))
            && label.split(' ').count() <= 4
    };
    (kind.is_some() || looks_like_one()).then_some(LabelLine { label, kind, value: Some(value) })
}

/// The name after the stable key of a record without a diarienummer, `~1a2b3c4d - Name`, as this program writes it.
fn behind_stable_key(title: &str) -> Option<&str> {
    let (key, rest) = split_stable_key(title)?;
    let is_as_written = !key.bytes().any(|byte| byte.is_ascii_uppercase());
    let name = rest.trim_end();
    is_as_written.then(|| if name.is_empty() { Some(name) } else { name.strip_prefix(" - ") })?
}

#[cfg(test)]
#[path = "text_record_tests.rs"]
mod tests;
