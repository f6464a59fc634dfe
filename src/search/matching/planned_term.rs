//! A term of a query, prepared for one index.

use memchr::memmem::Finder;

use super::description_match::DescriptionScanner;
use super::form_match::FormMatcher;
use super::rank::Rank;
use crate::domain::record_id::RecordId;
use crate::search::index::Index;
use crate::search::index::slots::Slot;
use crate::search::language::expansion::NamedPlace;
use crate::search::language::letter_pattern::letter_mask;
use crate::search::language::term::{Term, TermForm};
use crate::search::language::word_forms::FormKind;

/// A term made ready.
#[derive(Debug)]
pub(crate) struct PlannedTerm {
    pub(crate) term: Term,
    /// The record whose whole id it is.
    pub(crate) whole_id: Option<Slot>,
    /// `true` if the term may be a part of an id, so that all ids are read.
    pub(crate) searches_ids: bool,
    pub(crate) finder: Finder<'static>,
    pub(crate) mask: u64,
    /// Its rank in each shared value; `None` if no shared value contains it.
    pub(crate) values: Option<Vec<Option<Rank>>>,
    pub(crate) scanner: Option<DescriptionScanner>,
    /// The counties that it names, if they are searched.
    pub(crate) place: Option<NamedPlace>,
    /// Other forms of the word; `None` if they are not searched.
    pub(crate) forms: Option<FormMatcher>,
}

impl PlannedTerm {
    /// Prepares a term. Its ranks in shared values are left for the plan to fill in.
    pub(crate) fn new(index: &Index, term: &Term) -> Self {
        Self {
            whole_id: term.id.as_ref().and_then(|_| slot_of_whole_id(index, &term.typed)),
            searches_ids: term.id.is_some() || is_anchored_number(term),
            finder: Finder::new(term.pattern.folded()).into_owned(),
            mask: letter_mask(term.pattern.folded()),
            values: None,
            place: None,
            forms: None,
            scanner: DescriptionScanner::new(index, term),
            term: term.clone(),
        }
    }
}

impl PlannedTerm {
    /// The rank of a record in a place that the term names.
    pub(crate) fn rank_by_place(&self, index: &Index, slot: Slot) -> Option<Rank> {
        let place = self.place?;
        let own = index.counties().get(slot);
        let counties = if place.is_part_of_country { own.possible } else { own.known };
        counties.meets(place.counties).then_some(Rank::form(false, FormKind::Synonym))
    }
}

/// `^23-07`, `s13$`.
fn is_anchored_number(term: &Term) -> bool {
    let has_digit = term.pattern.folded().bytes().any(|b| b.is_ascii_digit() || b == b'~');
    has_digit && matches!(term.form, TermForm::Anchored { .. })
}

/// The record whose whole id this is, in any spelling.
pub(crate) fn slot_of_whole_id(index: &Index, typed: &str) -> Option<Slot> {
    RecordId::read_loose(typed).and_then(|id| index.slot_of_id(&id))
}
