//! Unparsed parts of JSON objects, which are read once their purpose is known.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Keys and values of an object, in order.
#[derive(Default)]
pub(crate) struct JsonEntries<'a>(pub(crate) Vec<(Cow<'a, str>, &'a RawValue)>);

/// A label with its value, as in the own export.
#[derive(Deserialize)]
pub(crate) struct Labelled<'a> {
    #[serde(borrow)]
    pub(crate) label: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) value: &'a RawValue,
}

/// A key, borrowed unless it has escapes.
#[derive(Deserialize)]
struct JsonKey<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for JsonEntries<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = JsonEntries<'de>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<JsonEntries<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some((JsonKey(key), value)) = map.next_entry::<JsonKey<'de>, &'de RawValue>()? {
            entries.push((key, value));
        }
        Ok(JsonEntries(entries))
    }
}

impl<'a> JsonEntries<'a> {
    /// Number and currency of an object that is an amount of the own export.
    pub(crate) fn amount(&self) -> Option<(&'a str, String)> {
        let of = |name| self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.get());
        let amount =
            of("amount").filter(|amount| amount.starts_with(|c: char| c.is_ascii_digit() || c == '-'))?;
        let currency: Option<String> = serde_json::from_str(of("currency")?).ok()?;
        (self.0.len() == 2).then(|| (amount, currency.unwrap_or_default()))
    }
}

impl<'a> Labelled<'a> {
    /// Reads the list of fields of the own export; `None` if a value is not a string.
    pub(crate) fn list(json: &'a str) -> Option<Vec<Self>> {
        let fields = serde_json::from_str::<Vec<Self>>(json).ok()?;
        fields.iter().all(|field| field.value.get().starts_with('"')).then_some(fields)
    }
}

/// Replaces masked numbers outside strings by digits, so that the text is JSON again. All offsets stay the same.
pub(crate) fn with_masks_as_digits(text: &str) -> Cow<'_, str> {
    if !text.contains("****") {
        return Cow::Borrowed(text);
    }
    let (mut is_string, mut is_escaped) = (false, false);
    let digit = |c: char| {
        match c {
            '"' if !is_escaped => is_string = !is_string,
            '*' if !is_string => return '1',
            _ => {}
        }
        is_escaped = is_string && c == '\\' && !is_escaped;
        c
    };
    Cow::Owned(text.chars().map(digit).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_become_digits_outside_strings_only() {
        let text = r#"{"å": "****\"****", "b": ******-****}"#;
        assert_eq!(with_masks_as_digits(text), r#"{"å": "****\"****", "b": 111111-1111}"#);
    }
}
