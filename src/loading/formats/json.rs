//! Reads JSON: the program's own export, which reads back as the same records, and objects keyed by labels or by the
//! export's keys; in an array, in sequence, or one per line.
//!
//! Values are ranges of the text; only those with escapes are copied. Records before a syntax error are kept, and in
//! JSON Lines those after it too.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use serde::de::{Deserializer as _, SeqAccess, Visitor};
use serde_json::Deserializer;
use serde_json::value::RawValue;

use super::json_parts::{JsonEntries, Labelled, with_masks_as_digits};
use super::list::header::{Kronor, unit_of};
use super::list::heading_rows::Vocabulary;
use super::row_sink::RowSink;
use crate::domain::catalogue::batch_builder::{LabelId, RawCell, RawRow};
use crate::domain::catalogue::columns::{ColumnUnit, SourceForm};
use crate::domain::diagnostic::Code;
use crate::domain::record_id::RecordId;
use crate::domain::schema::{FIELDS, FieldKind, ValueType};
use crate::domain::values::diarienummer::Diarienummer;
use crate::domain::values::span::column_of;

/// Maximum nesting of objects; deeper values are skipped.
const DEEPEST: usize = 16;

/// Keys of the own export that are not fields.
const OWN_KEYS: &[&str] = &["id", "description", "sources", "review"];

/// Reads an array, or a sequence of objects.
pub(crate) fn read(text: &str, vocabulary: Vocabulary<'_>, sink: &mut RowSink<'_>) {
    let json = with_masks_as_digits(text);
    let mut reader =
        JsonReader { text, json: &json, at: 0, line: 1, vocabulary, labels: HashMap::new(), sink };
    if json.trim_start().starts_with('[') {
        let mut source = Deserializer::from_str(&json);
        let read = source.deserialize_seq(Elements(&mut reader)).and_then(|()| source.end());
        if let Err(error) = read {
            reader.note_error(&error, 0, text.split('\n').nth(error.line().max(1) - 1).unwrap_or_default());
        }
        return;
    }
    for object in Deserializer::from_str(&json).into_iter::<&RawValue>() {
        match object {
            Ok(object) => reader.whole(object.get()),
            Err(error) => {
                reader.note_error(
                    &error,
                    0,
                    text.split('\n').nth(error.line().max(1) - 1).unwrap_or_default(),
                );
            }
        }
    }
}

/// Reads one object per line.
pub(crate) fn read_lines(text: &str, vocabulary: Vocabulary<'_>, sink: &mut RowSink<'_>) {
    let json = with_masks_as_digits(text);
    let mut reader =
        JsonReader { text, json: &json, at: 0, line: 1, vocabulary, labels: HashMap::new(), sink };
    let lines = json.split('\n').enumerate();
    for (before, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<&RawValue>(line) {
            Ok(object) => reader.element(object.get()),
            Err(error) => reader.note_error(&error, before, line),
        }
    }
}

/// Visits the elements of an array one by one.
struct Elements<'a, 'b, 'c>(&'a mut JsonReader<'b, 'c>);

impl<'de> Visitor<'de> for Elements<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
        while let Some(element) = elements.next_element::<&RawValue>()? {
            self.0.element(element.get());
        }
        Ok(())
    }
}

/// Origin of a text: the own export is settled, a text of another program may hold HTML.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MarkupPolicy {
    Settled,
    AsGiven,
}

/// The surroundings of an object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It is all of its file.
    Alone,
    /// Others precede or follow it.
    InList,
}

/// The properties of a `GeoJSON` feature, else the object itself.
fn feature(entries: JsonEntries<'_>) -> JsonEntries<'_> {
    let of = |name: &str| entries.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.get());
    let is_feature = of("type") == Some("\"Feature\"");
    match of("properties").filter(|_| is_feature).and_then(|own| serde_json::from_str(own).ok()) {
        Some(properties) => properties,
        None => entries,
    }
}

struct JsonReader<'a, 'b> {
    text: &'a str,
    /// The same text with masked numbers replaced by digits, so that it is valid JSON.
    json: &'a str,
    /// An offset whose line is known; other lines are counted from here.
    at: usize,
    line: u32,
    vocabulary: Vocabulary<'a>,
    /// The labels of the keys so far.
    labels: HashMap<Box<str>, LabelId>,
    sink: &'a mut RowSink<'b>,
}

impl JsonReader<'_, '_> {
    /// Reads a top-level value: a record, or an object around an array of records.
    fn whole(&mut self, part: &str) {
        let wrapped = serde_json::from_str::<JsonEntries<'_>>(part).ok().and_then(|entries| {
            let is_record = entries.0.iter().any(|(key, _)| {
                FieldKind::from_label(key).is_some() || OWN_KEYS.contains(&&**key) || key == "fields"
            });
            let mut arrays =
                entries.0.into_iter().map(|(_, value)| value.get()).filter(|value| value.starts_with('['));
            let array = arrays.next().filter(|_| !is_record && arrays.next().is_none())?;
            serde_json::from_str::<Vec<&RawValue>>(array).ok()
        });
        match wrapped.filter(|elements| elements.iter().any(|element| element.get().starts_with('{'))) {
            Some(elements) => elements.iter().for_each(|element| self.element(element.get())),
            None => self.element_in(part, Place::Alone),
        }
    }

    fn element(&mut self, part: &str) {
        self.element_in(part, Place::InList);
    }

    fn element_in(&mut self, part: &str, among: Place) {
        let extent = self.range_of(part);
        let place = (self.line_of(extent.start), 0);
        if !part.starts_with('{') {
            let words = self.text.get(extent).unwrap_or_default().chars().take(40).collect();
            return self.sink.report(Code::StrayText, place, words, None);
        }
        match serde_json::from_str::<JsonEntries<'_>>(part) {
            Ok(entries) => self.object(&feature(entries), (extent, place.0), among),
            Err(error) => self.sink.report(Code::JsonSyntax, place, reason(&error), None),
        }
    }

    fn object(&mut self, entries: &JsonEntries<'_>, (extent, line): (Range<usize>, u32), among: Place) {
        let mut row = RawRow { extent, line, ..RawRow::default() };
        let labelled = |(key, value): &(Cow<'_, str>, &RawValue)| {
            (key == "fields").then(|| Labelled::list(value.get())).flatten().is_some()
        };
        let is_own = entries.0.iter().any(labelled);
        for (key, value) in &entries.0 {
            match &**key {
                "fields" if is_own => {
                    for field in Labelled::list(value.get()).unwrap_or_default() {
                        let range =
                            self.string(&field.label, field.value.get(), MarkupPolicy::Settled, &mut row);
                        self.put(&field.label, range, field.value.get(), &mut row);
                    }
                }
                "id" if is_own => row.settled_id = settled_id(value.get()),
                "name" if is_own => row.name = self.string(key, value.get(), MarkupPolicy::Settled, &mut row),
                "description" if is_own => {
                    row.body = self.string(key, value.get(), MarkupPolicy::Settled, &mut row);
                }
                // Derived from the fields, which are read anyway.
                key if is_own && (OWN_KEYS.contains(&key) || FIELDS.iter().any(|spec| spec.key == key)) => {}
                "id" if own_id(value.get()).is_some() => row.id = own_id(value.get()),
                key => self.value(key, value.get(), 0, &mut row),
            }
        }
        if is_own {
            self.sink.add(&row);
        } else if self.is_project(&row, among) {
            self.sink.batch.set_form(self.sink.source(), SourceForm::Json);
            self.sink.add_with_summary(row);
        } else {
            let words = self.text.get(row.extent.clone()).unwrap_or_default().chars().take(60).collect();
            self.sink.report(Code::StrayRow, (line, 0), words, None);
        }
    }

    /// Returns `true` for a row with an id, or with two known fields that are not both places; in a list of objects a
    /// name is enough.
    fn is_project(&self, row: &RawRow, among: Place) -> bool {
        let mut kinds: Vec<FieldKind> =
            row.cells.iter().filter_map(|cell| self.sink.batch.kind_of(cell.label)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let is_place = |kind: &FieldKind| {
            matches!(
                kind,
                FieldKind::Region
                    | FieldKind::Nuts
                    | FieldKind::City
                    | FieldKind::Postcode
                    | FieldKind::Countries
                    | FieldKind::NameEnglish
            )
        };
        row.id.is_some()
            || kinds.contains(&FieldKind::Diarienummer)
            || kinds.contains(&FieldKind::Name) && among == Place::InList
            || kinds.len() >= 2 && !kinds.iter().all(is_place)
    }

    /// The label of a key, with its meaning and the unit that it states.
    fn label(&mut self, key: &str) -> LabelId {
        if let Some(known) = self.labels.get(key) {
            return *known;
        }
        let kind = self.vocabulary.meaning(key).map(|meaning| meaning.kind);
        let is_amount = kind.is_some_and(|kind| kind.spec().value == ValueType::Amount);
        let unit = if is_amount { unit_of(key, Kronor::Other) } else { ColumnUnit::default() };
        let label = self.sink.batch.column_as(key, kind, unit);
        self.labels.insert(key.into(), label);
        label
    }

    /// Adds a value: elements of an array each under the key, members of an object under keys joined by `.`.
    fn value(&mut self, key: &str, value: &str, depth: usize, row: &mut RawRow) {
        match value.as_bytes().first() {
            _ if depth > DEEPEST => {
                let place = (self.line_of(self.range_of(value).start), 0);
                self.sink.report(
                    Code::JsonSyntax,
                    place,
                    format!("more than {DEEPEST} objects in each other"),
                    None,
                );
            }
            Some(b'[') => {
                for element in serde_json::from_str::<Vec<&RawValue>>(value).unwrap_or_default() {
                    self.value(key, element.get(), depth + 1, row);
                }
            }
            Some(b'{') => {
                let entries = serde_json::from_str::<JsonEntries<'_>>(value).unwrap_or_default();
                if let Some((amount, currency)) = entries.amount() {
                    let amount = self.text.get(self.range_of(amount)).unwrap_or_default();
                    let range = self.sink.annex(
                        self.range_of(value),
                        format!("{currency} {amount}").trim_start().to_owned(),
                        row,
                    );
                    return self.put(key, range, value, row);
                }
                for (inner, value) in &entries.0 {
                    self.value(&format!("{key}.{inner}"), value.get(), depth + 1, row);
                }
            }
            Some(b'n') | None => {}
            _ => {
                let range = self.string(key, value, MarkupPolicy::AsGiven, row);
                if !range.is_empty() {
                    self.put(key, range, value, row);
                }
            }
        }
    }

    /// Range of the text of a string or number, without quotation marks and escapes; empty for `null`.
    fn string(&mut self, key: &str, value: &str, meaning: MarkupPolicy, row: &mut RawRow) -> Range<usize> {
        let whole = self.range_of(value);
        if value == "null" {
            return whole.start..whole.start;
        }
        let Some(inside) = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')) else {
            return whole;
        };
        let range = self.range_of(inside);
        let column = self.label(key);
        // A lone surrogate is not text: the value is kept as written.
        let unescaped = inside.contains('\\').then(|| serde_json::from_str::<String>(value).ok()).flatten();
        match meaning {
            MarkupPolicy::Settled => self.sink.annex_unescaped(column, range, unescaped, row),
            MarkupPolicy::AsGiven => self.sink.annex_plain(column, range, (inside, unescaped), row),
        }
    }

    fn put(&mut self, key: &str, value: Range<usize>, written: &str, row: &mut RawRow) {
        let line = self.line_of(self.range_of(written).start);
        let label = self.label(key);
        row.cells.push(RawCell { label, value, line });
    }

    /// Range of a part of the JSON.
    fn range_of(&self, part: &str) -> Range<usize> {
        let start = (part.as_ptr() as usize).wrapping_sub(self.json.as_ptr() as usize);
        start..start + part.len()
    }

    /// Line of an offset, counted from the previous one asked for.
    fn line_of(&mut self, at: usize) -> u32 {
        let between = self.at.min(at)..self.at.max(at);
        let bytes = self.json.as_bytes().get(between).unwrap_or_default();
        let lines = u32::try_from(memchr::memchr_iter(b'\n', bytes).count()).unwrap_or(u32::MAX);
        self.line =
            if at < self.at { self.line.saturating_sub(lines) } else { self.line.saturating_add(lines) };
        self.at = at;
        self.line
    }

    /// Reports a syntax error; `serde_json` counts columns in bytes.
    fn note_error(&mut self, error: &serde_json::Error, lines_before: usize, line: &str) {
        let number = lines_before + error.line().max(1);
        let byte = error.column().saturating_sub(1).min(line.len());
        let at = (0..=byte).rev().find(|at| line.is_char_boundary(*at)).unwrap_or_default();
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        self.sink.report(Code::JsonSyntax, (number, column_of(line, at)), reason(error), None);
    }
}

/// The message of an error without its position.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

/// Value of the key `id`, if it is a diarienummer.
fn own_id(value: &str) -> Option<Diarienummer> {
    Diarienummer::read(&serde_json::from_str::<String>(value).ok()?)
}

/// The id that a record has been exported under: a diarienummer or a stable key, perhaps with an ordinal.
fn settled_id(value: &str) -> Option<RecordId> {
    RecordId::read_exact(&serde_json::from_str::<String>(value).ok()?)
}
