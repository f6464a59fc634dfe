//! By what records are sorted: keys with their names, directions, and several of them after each other. Knows no
//! records.

use super::field::{FieldError, QueryField, nearest, plain};
use crate::domain::schema::FieldKind;
use crate::i18n::Lang;

/// Something that records can be sorted by. A further one needs its line here and, where its values are no field's, its
/// place in [`crate::search::results::sorting`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// How well a record answers the query.
    Relevance,
    /// A field of the schema.
    Field(FieldKind),
    /// When anything was last said of a record in a review.
    LastReviewed,
}

/// Which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SortDirection {
    /// From the least, the first day, the letter a.
    #[default]
    Ascending,
    /// From the greatest.
    Descending,
}

/// A key with its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SortBy {
    /// The key.
    pub key: SortKey,
    /// Which way; relevance has one only, best first.
    pub direction: SortDirection,
}

/// An order: what a key does not tell apart, the next one does. Behind the last stand relevance and the id; without
/// any key they alone decide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SortOrder {
    keys: Vec<SortBy>,
}

/// Why a text is no key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SortOrderError {
    /// Nothing is called so; perhaps this was meant.
    Unknown(Option<&'static str>),
    /// Records are not sorted by this field.
    NotSorted,
    /// What stands after the colon is no direction.
    Direction,
    /// Relevance has one direction.
    BestFirst,
}

const RELEVANCE: [&str; 2] = ["relevans", "relevance"];

const LAST_REVIEWED: [&str; 2] = ["granskad", "reviewed"];

impl SortKey {
    /// All of them, in the order in which they are offered.
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

    /// Its short name: that of the field in queries.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        let [swedish, english] = match self {
            Self::Relevance => RELEVANCE,
            Self::LastReviewed => LAST_REVIEWED,
            Self::Field(kind) => QueryField::Known(kind).names(),
        };
        lang.choose(swedish, english)
    }

    /// What it is, in full.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Relevance => lang.choose("bäst träff först", "best match first"),
            Self::LastReviewed => lang.choose("Senast granskad", "Last reviewed"),
            Self::Field(kind) => lang.choose(kind.spec().label, kind.spec().english),
        }
    }

    /// The key of a name: one that a query's field may have, in either language, or `relevance`.
    fn of_name(typed: &str) -> Result<Self, SortOrderError> {
        let folded = plain(typed);
        if folded.len() >= 3 && RELEVANCE.iter().any(|name| name.starts_with(&folded)) {
            return Ok(Self::Relevance);
        }
        if LAST_REVIEWED.contains(&folded.as_str()) {
            return Ok(Self::LastReviewed);
        }
        match QueryField::of_name(typed) {
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
    fn of_name(typed: &str) -> Result<Self, SortOrderError> {
        match plain(typed).as_str() {
            "asc" | "ascending" | "stigande" => Ok(Self::Ascending),
            "desc" | "descending" | "fallande" => Ok(Self::Descending),
            _ => Err(SortOrderError::Direction),
        }
    }

    /// The other one.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

impl SortBy {
    /// Reads `end`, `slut:desc`.
    ///
    /// # Errors
    /// When there is no such key or direction.
    pub fn read(text: &str) -> Result<Self, SortOrderError> {
        let (name, direction) = text.split_once(':').map_or((text, None), |(name, way)| (name, Some(way)));
        let key = SortKey::of_name(name)?;
        let direction = direction.map(SortDirection::of_name).transpose()?;
        if key == SortKey::Relevance && direction.is_some() {
            return Err(SortOrderError::BestFirst);
        }
        Ok(Self { key, direction: direction.unwrap_or_default() })
    }
}

impl SortOrder {
    /// The order of some keys; of one that comes twice, the first counts. What stands behind relevance alone is told
    /// apart by it as far as it goes.
    #[must_use]
    pub fn of(keys: impl IntoIterator<Item = SortBy>) -> Self {
        let mut own: Vec<SortBy> = Vec::new();
        for by in keys {
            if own.iter().all(|known| known.key != by.key) {
                own.push(by);
            }
        }
        // Relevance decides in the end anyway.
        while own.last().is_some_and(|last| last.key == SortKey::Relevance) {
            own.pop();
        }
        Self { keys: own }
    }

    /// Its keys; none is relevance.
    #[must_use]
    pub fn keys(&self) -> &[SortBy] {
        &self.keys
    }

    /// Whether it hangs on what reviewers have said.
    #[must_use]
    pub fn asks_for_review(&self) -> bool {
        self.keys.iter().any(|by| by.key == SortKey::LastReviewed)
    }

    /// Whether relevance alone decides.
    #[must_use]
    pub fn is_relevance(&self) -> bool {
        self.keys.is_empty()
    }

    /// Which way it goes by a key, and as the how manieth, from 1.
    #[must_use]
    pub fn of_key(&self, key: SortKey) -> Option<(usize, SortDirection)> {
        let at = self.keys.iter().position(|by| by.key == key)?;
        Some((at + 1, self.keys[at].direction))
    }

    /// By one key alone; the other way if it is that already.
    #[must_use]
    pub fn by(&self, key: SortKey) -> Self {
        let direction = match self.keys.as_slice() {
            [only] if only.key == key => only.direction.turned(),
            _ => SortDirection::Ascending,
        };
        Self::of([SortBy { key, direction }])
    }

    /// With a key after the others; one that is there is turned, and the second time taken away.
    #[must_use]
    pub fn and_by(&self, key: SortKey) -> Self {
        let mut keys = self.keys.clone();
        match keys.iter().position(|by| by.key == key) {
            None => keys.push(SortBy { key, direction: SortDirection::Ascending }),
            Some(at) if keys[at].direction == SortDirection::Ascending => {
                keys[at].direction = SortDirection::Descending;
            }
            Some(at) => {
                keys.remove(at);
            }
        }
        Self::of(keys)
    }

    /// As it is typed after `--sort`: `slut:desc,namn`.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let text = |by: &SortBy| match by.direction {
            SortDirection::Ascending => by.key.name(lang).to_owned(),
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

    fn order(text: &str) -> SortOrder {
        SortOrder::of(text.split(',').map(|text| SortBy::read(text).expect("a key")))
    }

    #[rstest]
    #[case("slut", END, SortDirection::Ascending)]
    #[case("end:desc", END, SortDirection::Descending)]
    #[case("Slutdatum:fallande", END, SortDirection::Descending)]
    #[case("name:asc", NAME, SortDirection::Ascending)]
    #[case("agare", SortKey::Field(FieldKind::Beneficiary), SortDirection::Ascending)]
    #[case("relev", SortKey::Relevance, SortDirection::Ascending)]
    fn keys_are_read(#[case] text: &str, #[case] key: SortKey, #[case] direction: SortDirection) {
        assert_eq!(SortBy::read(text), Ok(SortBy { key, direction }));
    }

    #[rstest]
    #[case("sult", SortOrderError::Unknown(Some("slut")))]
    #[case("xyzzyx", SortOrderError::Unknown(None))]
    #[case("", SortOrderError::Unknown(None))]
    #[case("region", SortOrderError::NotSorted)]
    #[case("slut:upp", SortOrderError::Direction)]
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
        assert_eq!(turned.of_key(NAME), Some((2, SortDirection::Descending)));
        assert_eq!(turned.and_by(NAME), end);
        assert!(end.by(SortKey::Relevance).is_relevance());
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
