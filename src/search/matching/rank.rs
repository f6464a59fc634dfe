//! The rank of a record: the tier, then the order within it, then the score.

use crate::domain::catalogue::Row;

use crate::search::language::id_pattern::IdPart;
use crate::search::language::word_forms::FormKind;

/// Where a record was found, best first. A record's tier is that of its worst term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tier {
    /// The whole id, in any spelling.
    WholeId,
    /// Not found by anything: the query asks for nothing, or only excludes.
    Listed,
    /// A part of the id.
    PartOfId,
    /// The name.
    Name,
    /// Another short field.
    ShortField,
    /// The description.
    Description,
    /// Similar: the letters in this order, with others between.
    Fuzzy,
    /// Similar: one letter swapped, wrong, missing or too many.
    OneEdit,
}

impl Tier {
    /// Returns `true` for tiers below the line, whose records are neither counted nor marked.
    #[must_use]
    pub const fn is_similar(self) -> bool {
        matches!(self, Self::Fuzzy | Self::OneEdit)
    }
}

/// A tier with its sub-order; less is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Rank {
    pub(crate) tier: Tier,
    /// Within the tier, 0 is best.
    pub(crate) order: u8,
}

impl Rank {
    /// Ranks are fewer than this.
    pub(crate) const COUNT: usize = (Tier::OneEdit as usize + 1) * Self::ORDERS;
    /// Sub-orders of a tier are fewer than this.
    const ORDERS: usize = 5;

    /// The last sub-order of matches of the typed letters; forms of words and synonyms come after it.
    pub(crate) const LAST_EXACT: u8 = 2;

    pub(crate) const LISTED: Self = Self { tier: Tier::Listed, order: 0 };
    pub(crate) const WHOLE_ID: Self = Self { tier: Tier::WholeId, order: 0 };
    /// The whole id of a record that the conditions leave out.
    pub(crate) const OUTSIDE_THE_FILTER: Self = Self { tier: Tier::WholeId, order: 1 };
    pub(crate) const WHOLE_NAME: Self = Self { tier: Tier::Name, order: 0 };
    pub(crate) const DESCRIPTION: Self = Self { tier: Tier::Description, order: 0 };
    pub(crate) const FUZZY: Self = Self { tier: Tier::Fuzzy, order: 0 };
    /// One edit away from a whole word, and from the beginning of a longer one.
    pub(crate) const ONE_EDIT: Self = Self { tier: Tier::OneEdit, order: 0 };
    pub(crate) const ONE_EDIT_INSIDE: Self = Self { tier: Tier::OneEdit, order: 1 };

    /// Of a record that has to answer two steps: the worse. What only excludes finds nothing, and so worsens nothing.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::LISTED, rank) | (rank, Self::LISTED) => rank,
            (one, other) => one.max(other),
        }
    }

    /// Ranks in their order, counted from 0.
    pub(crate) fn number(self) -> usize {
        self.tier as usize * Self::ORDERS + usize::from(self.order).min(Self::ORDERS - 1)
    }

    pub(crate) fn part_of_id(part: IdPart) -> Self {
        let order = match part {
            IdPart::Prefix => 0,
            IdPart::WholeParts => 1,
            IdPart::Substring => 2,
        };
        Self { tier: Tier::PartOfId, order }
    }

    /// Another form of a word, or a synonym, in a short text: after every exact match there.
    pub(crate) const fn form(is_name: bool, kind: FormKind) -> Self {
        let tier = if is_name { Tier::Name } else { Tier::ShortField };
        let order = match kind {
            FormKind::Form => Self::LAST_EXACT + 1,
            FormKind::Synonym => Self::LAST_EXACT + 2,
        };
        Self { tier, order }
    }

    /// Another form of a word, or a synonym, in the description.
    pub(crate) const fn form_in_description(kind: FormKind) -> Self {
        let order = match kind {
            FormKind::Form => 1,
            FormKind::Synonym => 2,
        };
        Self { tier: Tier::Description, order }
    }

    pub(crate) const fn in_text(is_name: bool, spot: Spot) -> Self {
        let tier = if is_name { Tier::Name } else { Tier::ShortField };
        let order = match spot {
            Spot::Whole => 0,
            Spot::WordStart => 1,
            Spot::Inside => 2,
        };
        Self { tier, order }
    }
}

/// The better of two ranks, if any.
pub(crate) fn better(one: Option<Rank>, other: Option<Rank>) -> Option<Rank> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// Position of a match in a short text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    Whole,
    WordStart,
    Inside,
}

/// A record that answers a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hit {
    /// The record.
    pub row: Row,
    /// The tier.
    pub tier: Tier,
    /// Rank within the tier, 0 is best: equal texts, then those that begin with the term, then those that contain it.
    pub order: u8,
    /// The score of fuzzy matching, more is better; 0 in the other tiers.
    pub score: i64,
}

impl Hit {
    /// Returns `true` if the conditions exclude the record and it is listed for its id alone.
    #[must_use]
    pub fn is_outside_the_filter(&self) -> bool {
        self.tier == Rank::OUTSIDE_THE_FILTER.tier && self.order == Rank::OUTSIDE_THE_FILTER.order
    }

    /// Returns `true` if some term was found only in the description; the list then says so.
    #[must_use]
    pub fn only_by_description(&self) -> bool {
        self.tier == Tier::Description
    }
}
