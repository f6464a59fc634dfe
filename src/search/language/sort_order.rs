//! Sort orders: keys with their names and directions.

use super::field::{FieldError, QueryField, nearest, plain};
use crate::domain::schema::{FieldKind, ValueType};
use crate::i18n::{Bilingual, Lang, Words, field_label};

/// A key that records can be sorted by.
///
/// A new key needs a line in [`SortKey::ALL`] and, unless it is a field, ranks in `search::index::sort_ranks`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// Relevance to the query.
    Relevance,
    /// A field of the schema.
    Field(FieldKind),
    /// Time of the latest review event on the record.
    LastReviewed,
}

/// The direction of a sort key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortDirection {
    /// Smallest, earliest, or first in the alphabet first.
    #[default]
    Ascending,
    /// The reverse.
    Descending,
}

/// A sort key with its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SortBy {
    /// The key.
    pub key: SortKey,
    /// The direction; relevance is always best first.
    pub direction: SortDirection,
}

/// A list of sort keys, each of which breaks the ties of those before it. Relevance, then the id, break the last ties.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SortOrder {
    keys: Vec<SortBy>,
}

/// The reason why a text is no sort key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SortOrderError {
    /// No key has the name; with the most similar name.
    #[error("unknown sort key")]
    Unknown(Option<&'static str>),
    /// Records cannot be sorted by this field.
    #[error("not a sort key")]
    NotSorted,
    /// The text after the colon is no direction.
    #[error("unknown direction")]
    Direction,
    /// Relevance has no direction.
    #[error("relevance is always best first")]
    BestFirst,
}

const RELEVANCE: Bilingual = Bilingual::new("relevans", "relevance");

const LAST_REVIEWED: Bilingual = Bilingual::new("granskad", "reviewed");

impl SortKey {
    /// All keys in the order of the sort menu.
    pub const ALL: &[Self] = &[
        Self::Relevance,
        Self::Field(FieldKind::Diarienummer),
        Self::Field(FieldKind::Name),
        Self::Field(FieldKind::Beneficiary),
        Self::Field(FieldKind::City),
        Self::Field(FieldKind::StartDate),
        Self::Field(FieldKind::EndDate),
        Self::Field(FieldKind::Participants),
        Self::Field(FieldKind::TotalBudget),
        Self::Field(FieldKind::EsfSupport),
        Self::Field(FieldKind::EuSupport),
        Self::Field(FieldKind::CofinancingRate),
        Self::LastReviewed,
    ];

    /// The short name, the same as in queries.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        let names = match self {
            Self::Relevance => RELEVANCE,
            Self::LastReviewed => LAST_REVIEWED,
            Self::Field(kind) => QueryField::Known(kind).names(),
        };
        names.text(lang)
    }

    /// The full title.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Relevance => Words::of(lang).best_match_first,
            Self::LastReviewed => Words::of(lang).last_reviewed,
            Self::Field(kind) => field_label(kind, lang),
        }
    }

    /// The direction where none is given: the largest amounts and counts come first, everything else ascends.
    #[must_use]
    pub fn usual_direction(self) -> SortDirection {
        match self {
            Self::Field(kind) if matches!(kind.spec().value, ValueType::Amount | ValueType::Count) => {
                SortDirection::Descending
            }
            _ => SortDirection::Ascending,
        }
    }

    /// Resolves a name of a field in either language, or `relevance`.
    fn from_name(typed: &str) -> Result<Self, SortOrderError> {
        let folded = plain(typed);
        if folded.len() >= 3 && RELEVANCE.both().iter().any(|name| name.starts_with(&folded)) {
            return Ok(Self::Relevance);
        }
        if LAST_REVIEWED.both().contains(&folded.as_str()) {
            return Ok(Self::LastReviewed);
        }
        match QueryField::from_name(typed) {
            Ok(QueryField::Known(kind)) if Self::ALL.contains(&Self::Field(kind)) => Ok(Self::Field(kind)),
            Ok(_) => Err(SortOrderError::NotSorted),
            Err(FieldError::Unknown(_) | FieldError::Ambiguous) => {
                let names =
                    Self::ALL.iter().flat_map(|key| [key.name(Lang::Swedish), key.name(Lang::English)]);
                Err(SortOrderError::Unknown(nearest(typed, names)))
            }
        }
    }
}

impl SortDirection {
    fn from_name(typed: &str) -> Result<Self, SortOrderError> {
        match plain(typed).as_str() {
            "asc" | "ascending" | "stigande" => Ok(Self::Ascending),
            "desc" | "descending" | "fallande" => Ok(Self::Descending),
            _ => Err(SortOrderError::Direction),
        }
    }

    /// The opposite direction.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

impl SortBy {
    /// Parses a key with an optional direction: `end`, `slut:desc`, and `-slut` for `slut:desc`. Without a direction
    /// the key has its usual one.
    ///
    /// # Errors
    /// If there is no such key or direction, or two directions are given.
    pub fn read(text: &str) -> Result<Self, SortOrderError> {
        let (name, direction) = text.split_once(':').map_or((text, None), |(name, way)| (name, Some(way)));
        let (name, sign) = match (name.strip_prefix('-'), name.strip_prefix('+')) {
            (Some(name), _) => (name, Some(SortDirection::Descending)),
            (_, Some(name)) => (name, Some(SortDirection::Ascending)),
            (None, None) => (name, None),
        };
        let key = SortKey::from_name(name)?;
        let direction = match (sign, direction.map(SortDirection::from_name).transpose()?) {
            (Some(_), Some(_)) => return Err(SortOrderError::Direction),
            (sign, direction) => sign.or(direction),
        };
        if key == SortKey::Relevance && direction.is_some() {
            return Err(SortOrderError::BestFirst);
        }
        Ok(Self { key, direction: direction.unwrap_or(key.usual_direction()) })
    }
}

impl SortOrder {
    /// Makes an order of some keys. Only the first occurrence of a key counts, and relevance at the end is dropped.
    #[must_use]
    pub fn new(keys: impl IntoIterator<Item = SortBy>) -> Self {
        let mut own: Vec<SortBy> = Vec::new();
        for by in keys {
            if own.iter().all(|known| known.key != by.key) {
                own.push(by);
            }
        }
        // Relevance breaks the last ties anyway.
        while own.last().is_some_and(|last| last.key == SortKey::Relevance) {
            own.pop();
        }
        Self { keys: own }
    }

    /// The keys; none means relevance.
    #[must_use]
    pub fn keys(&self) -> &[SortBy] {
        &self.keys
    }

    /// Returns `true` if the order depends on the review.
    #[must_use]
    pub fn asks_for_review(&self) -> bool {
        self.keys.iter().any(|by| by.key == SortKey::LastReviewed)
    }

    /// Returns `true` for the order by relevance.
    #[must_use]
    pub fn is_relevance(&self) -> bool {
        self.keys.is_empty()
    }

    /// Position (from 1) and direction of a key.
    #[must_use]
    pub fn position_of(&self, key: SortKey) -> Option<(usize, SortDirection)> {
        let at = self.keys.iter().position(|by| by.key == key)?;
        Some((at + 1, self.keys[at].direction))
    }

    /// The order by a single key; turned if it is that already.
    #[must_use]
    pub fn by(&self, key: SortKey) -> Self {
        let direction = match self.keys.as_slice() {
            [only] if only.key == key => only.direction.turned(),
            _ => key.usual_direction(),
        };
        Self::new([SortBy { key, direction }])
    }

    /// The order with a key appended, or turned if present, or removed if present and turned.
    #[must_use]
    pub fn and_by(&self, key: SortKey) -> Self {
        let mut keys = self.keys.clone();
        match keys.iter().position(|by| by.key == key) {
            None => keys.push(SortBy { key, direction: key.usual_direction() }),
            Some(at) if keys[at].direction == key.usual_direction() => {
                keys[at].direction = keys[at].direction.turned();
            }
            Some(at) => {
                keys.remove(at);
            }
        }
        Self::new(keys)
    }

    /// The order as typed after `--sort`: `slut:desc,namn`.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let text = |by: &SortBy| match by.direction {
            usual if usual == by.key.usual_direction() => by.key.name(lang).to_owned(),
            SortDirection::Ascending => format!("{}:asc", by.key.name(lang)),
            SortDirection::Descending => format!("{}:desc", by.key.name(lang)),
        };
        self.keys.iter().map(text).collect::<Vec<_>>().join(",")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const END: SortKey = SortKey::Field(FieldKind::EndDate);
    const NAME: SortKey = SortKey::Field(FieldKind::Name);

    const EU: SortKey = SortKey::Field(FieldKind::EuSupport);

    fn order(text: &str) -> SortOrder {
        SortOrder::new(text.split(',').map(|text| SortBy::read(text).expect("a key")))
    }

    #[rstest]
    #[case("slut", END, SortDirection::Ascending)]
    #[case("end:desc", END, SortDirection::Descending)]
    #[case("Slutdatum:fallande", END, SortDirection::Descending)]
    #[case("name:asc", NAME, SortDirection::Ascending)]
    #[case("agare", SortKey::Field(FieldKind::Beneficiary), SortDirection::Ascending)]
    #[case("relev", SortKey::Relevance, SortDirection::Ascending)]
    #[case("eu", EU, SortDirection::Descending)]
    #[case("eu:asc", EU, SortDirection::Ascending)]
    #[case("-eu", EU, SortDirection::Descending)]
    #[case("+eu", EU, SortDirection::Ascending)]
    #[case("-slut", END, SortDirection::Descending)]
    #[case("deltagare", SortKey::Field(FieldKind::Participants), SortDirection::Descending)]
    #[case("andel", SortKey::Field(FieldKind::CofinancingRate), SortDirection::Ascending)]
    fn keys_are_read(#[case] text: &str, #[case] key: SortKey, #[case] direction: SortDirection) {
        assert_eq!(SortBy::read(text), Ok(SortBy { key, direction }));
    }

    #[rstest]
    #[case("sult", SortOrderError::Unknown(Some("slut")))]
    #[case("xyzzyx", SortOrderError::Unknown(None))]
    #[case("", SortOrderError::Unknown(None))]
    #[case("region", SortOrderError::NotSorted)]
    #[case("slut:upp", SortOrderError::Direction)]
    #[case("-slut:asc", SortOrderError::Direction)]
    #[case("relevans:desc", SortOrderError::BestFirst)]
    fn other_texts_are_none(#[case] text: &str, #[case] why: SortOrderError) {
        assert_eq!(SortBy::read(text), Err(why));
    }

    #[test]
    fn every_key_is_found_by_its_names() {
        for key in SortKey::ALL {
            for lang in [Lang::Swedish, Lang::English] {
                assert_eq!(SortBy::read(key.name(lang)).map(|by| by.key), Ok(*key));
            }
        }
    }

    #[test]
    fn choosing_turns_and_adding_takes_away_at_last() {
        let end = SortOrder::default().by(END);
        assert_eq!(end.text(Lang::Swedish), "slut");
        assert_eq!(end.by(END).text(Lang::English), "end:desc");
        assert_eq!(end.by(END).by(END), end);
        let both = end.and_by(NAME);
        assert_eq!(both.text(Lang::Swedish), "slut,namn");
        assert_eq!(both.by(END), end, "one key instead of several is not turned");
        let turned = both.and_by(NAME);
        assert_eq!(turned.position_of(NAME), Some((2, SortDirection::Descending)));
        assert_eq!(turned.and_by(NAME), end);
        assert!(end.by(SortKey::Relevance).is_relevance());
        let largest = SortOrder::default().by(EU);
        assert_eq!(largest.text(Lang::Swedish), "eu");
        assert_eq!(largest.by(EU).text(Lang::Swedish), "eu:asc");
        assert_eq!(largest.and_by(EU).and_by(EU), SortOrder::default());
    }

    #[test]
    fn what_changes_nothing_is_left_out() {
        assert!(order("relevans").is_relevance());
        assert_eq!(order("slut,relevans"), order("slut"));
        assert_eq!(order("slut,slut:desc"), order("slut"));
        assert_eq!(order("relevans,slut").keys().len(), 2);
        assert_eq!(order("slut:desc,name").text(Lang::English), "end:desc,name");
    }
}
