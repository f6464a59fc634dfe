//! A record as it was when it was judged, and its changes since. Personal data is never stored.

use serde::{Deserialize, Serialize};

use super::content::{Content, ContentKey};
use super::hex::sha256;
use crate::domain::catalogue::Privacy;
use crate::domain::catalogue::record::Record;
use crate::domain::privacy::labels::is_personal_label;
use crate::domain::privacy::mask_personal_numbers;

/// The contents of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Its name.
    pub name: String,
    /// Its fields, in the order of their sources.
    pub fields: Vec<VersionField>,
    /// Its text.
    pub text: String,
    /// The source of name and text.
    pub source: String,
}

/// A field of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionField {
    /// The label, as the source spells it.
    pub label: String,
    /// The raw text.
    pub value: String,
    /// The name of the file that it came from, without its folder.
    pub source: String,
}

/// The change of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The label; `None` for the name.
    pub of: ChangedPart,
    /// The earlier value.
    pub before: Option<String>,
    /// The present value.
    pub after: FieldNow,
}

/// The part of a record that has changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangedPart {
    /// The name of the record.
    Name,
    /// A field, by its label.
    Field(String),
    /// The text.
    Text,
}

/// The present value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldNow {
    /// This.
    Says(String),
    /// It is not there any more.
    Gone,
    /// Unknown, because its source is not loaded.
    NotCompared,
}

impl From<Record<'_>> for Version {
    /// The present contents of a record, with personal data masked or left out, even if this run shows it.
    fn from(record: Record<'_>) -> Self {
        let catalogue = record.catalogue();
        let is_shown = catalogue.privacy() == Privacy::Shown;
        let safe = |text: &str| match is_shown.then(|| mask_personal_numbers(text)).flatten() {
            Some((masked, _)) => masked,
            None => text.to_owned(),
        };
        let source = |name: &str| file_name(name).to_owned();
        let fields = record.fields().filter(|field| !(is_shown && is_personal_label(field.label)));
        let first = record.places().next();
        Self {
            name: safe(record.name()),
            fields: fields
                .map(|field| VersionField {
                    label: field.label.to_owned(),
                    value: safe(field.value),
                    source: source(catalogue.source_name(field.source)),
                })
                .collect(),
            text: safe(record.description()),
            source: source(first.map_or("", |place| catalogue.source_name(place.source))),
        }
    }
}

impl Version {
    /// The key of the version: equal versions have equal keys, whatever files they came from.
    #[must_use]
    pub fn key(&self) -> ContentKey {
        let fields = self.fields.iter().flat_map(|field| [field.label.as_bytes(), field.value.as_bytes()]);
        ContentKey(sha256([self.name.as_bytes(), self.text.as_bytes()].into_iter().chain(fields)).into())
    }

    /// As a store keeps it.
    #[must_use]
    pub fn content(&self) -> Content {
        // Strings and lists of strings always become JSON.
        Content { key: self.key(), text: serde_json::to_string(self).unwrap_or_default() }
    }

    /// Reads a version from a content; `None` if it is not a version.
    #[must_use]
    pub fn from_content(content: &Content) -> Option<Self> {
        serde_json::from_str(&content.text).ok()
    }

    /// The changes in a later version, field by field, in the order of the later one. Values of sources that are not
    /// loaded cannot be compared.
    #[must_use]
    pub fn changes(&self, now: &Self, is_loaded: &dyn Fn(&str) -> bool) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut compare = |of: ChangedPart, before: Option<String>, after: Option<String>, source: &str| {
            if before == after {
                return;
            }
            let gone = || if is_loaded(source) { FieldNow::Gone } else { FieldNow::NotCompared };
            changes.push(Change { of, before, after: after.map_or_else(gone, FieldNow::Says) });
        };
        let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        compare(ChangedPart::Name, said(&self.name), said(&now.name), &self.source);
        for (label, after) in now.by_label() {
            compare(ChangedPart::Field(label.to_owned()), self.values(label), Some(after), "");
        }
        for (label, before) in self.by_label() {
            let source = self.fields.iter().find(|field| field.label == label);
            let source = source.map_or("", |field| field.source.as_str());
            if now.values(label).is_none() {
                compare(ChangedPart::Field(label.to_owned()), Some(before), None, source);
            }
        }
        compare(ChangedPart::Text, said(&self.text), said(&now.text), &self.source);
        changes
    }

    /// Each label once, with all its values.
    fn by_label(&self) -> impl Iterator<Item = (&str, String)> {
        let is_first = |(at, field): &(usize, &VersionField)| {
            !self.fields.iter().take(*at).any(|before| before.label == field.label)
        };
        let labels = self.fields.iter().enumerate().filter(is_first).map(|(_, field)| field.label.as_str());
        labels.filter_map(|label| Some((label, self.values(label)?)))
    }

    /// The values of a label, one per line; `None` if it is missing or empty.
    fn values(&self, label: &str) -> Option<String> {
        let own = self.fields.iter().filter(|field| field.label == label).map(|field| field.value.as_str());
        let values = own.filter(|value| !value.is_empty()).collect::<Vec<_>>().join("\n");
        (!values.is_empty()).then_some(values)
    }
}

impl Change {
    /// Returns `true` if a difference is certain.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.after != FieldNow::NotCompared
    }
}

/// The name of a file without its folder: a delivery that has been moved is still the same.
#[must_use]
pub fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(fields: &[(&str, &str)]) -> Version {
        let field = |(label, value): &(&str, &str)| VersionField {
            label: (*label).to_owned(),
            value: (*value).to_owned(),
            source: "lista.csv".to_owned(),
        };
        Version {
            name: "Trygg".to_owned(),
            fields: fields.iter().map(field).collect(),
            text: "Text.".to_owned(),
            source: "lista.csv".to_owned(),
        }
    }

    #[test]
    fn what_says_the_same_has_the_same_key() {
        let one = version(&[("Ort", "Piteå")]);
        let mut other = one.clone();
        other.fields[0].source = "ny.csv".to_owned();
        assert_eq!(one.key(), other.key());
        other.fields[0].value = "Luleå".to_owned();
        assert_ne!(one.key(), other.key());
        assert_eq!(Version::from_content(&one.content()), Some(one));
    }

    #[test]
    fn changes_are_told_field_by_field() {
        let old = version(&[("Ort", "Piteå"), ("Slut", "2027"), ("Typ", "1")]);
        let new = version(&[("Ort", "Luleå"), ("Typ", "1"), ("Start", "2024")]);
        let said = |text: &str| Some(text.to_owned());
        let field = |label: &str| ChangedPart::Field(label.to_owned());
        let expected = vec![
            Change { of: field("Ort"), before: said("Piteå"), after: FieldNow::Says("Luleå".to_owned()) },
            Change { of: field("Start"), before: None, after: FieldNow::Says("2024".to_owned()) },
            Change { of: field("Slut"), before: said("2027"), after: FieldNow::Gone },
        ];
        assert_eq!(old.changes(&new, &|_| true), expected);
        assert_eq!(old.changes(&old, &|_| true), []);
    }

    #[test]
    fn what_a_missing_source_said_is_not_compared() {
        let old = version(&[("Slut", "2027")]);
        let changes = old.changes(&version(&[]), &|source| source != "lista.csv");
        assert_eq!(changes.len(), 1);
        assert!(!changes[0].is_certain());
    }
}
