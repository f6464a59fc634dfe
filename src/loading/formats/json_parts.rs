//! Parts of JSON objects, as they stand: nothing is read before it is known what it is for.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The keys of an object with their values, in order.
#[derive(Default)]
pub(crate) struct JsonEntries<'a>(pub(crate) Vec<(Cow<'a, str>, &'a RawValue)>);

/// A field of the own export.
#[derive(Deserialize)]
pub(crate) struct Labelled<'a> {
    #[serde(borrow)]
    pub(crate) label: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) value: &'a RawValue,
}

/// A key, which is borrowed where it has no escapes.
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
    /// The number and the currency of an object that is an amount of the own export.
    pub(crate) fn amount(&self) -> Option<(&'a str, String)> {
        let of = |name| self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.get());
        let amount =
            of("amount").filter(|amount| amount.starts_with(|c: char| c.is_ascii_digit() || c == '-'))?;
        let currency = serde_json::from_str(of("currency")?).ok()?;
        (self.0.len() == 2).then_some((amount, currency))
    }
}

impl<'a> Labelled<'a> {
    /// The fields of the own export: all of them texts; `None` for anything else that goes by that name.
    pub(crate) fn list(json: &'a str) -> Option<Vec<Self>> {
        let fields = serde_json::from_str::<Vec<Self>>(json).ok()?;
        fields.iter().all(|field| field.value.get().starts_with('"')).then_some(fields)
    }
}

/// The text with digits where a number outside strings has been masked, so that it is JSON again. Not a byte moves.
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
