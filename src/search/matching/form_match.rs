//! Finds other forms of a term's word, and its synonyms, in the texts of records.

use memchr::memmem::Finder;

use super::description_match::DescriptionScanner;
use super::rank::{Rank, better};
use crate::search::index::Index;
use crate::search::index::slots::Slot;
use crate::search::index::text_arena::{END, TextArena};
use crate::search::language::letter_pattern::letter_mask;
use crate::search::language::term::{Term, TermForm};
use crate::search::language::word_forms::{WordForms, forms_of};
use crate::text::fold::fold;

/// The forms of one term, prepared for an index.
#[derive(Debug)]
pub(crate) struct FormMatcher(Vec<FormLead>);

/// One word with its forms.
#[derive(Debug)]
struct FormLead {
    forms: WordForms,
    finder: Finder<'static>,
    mask: u64,
    scanner: Option<DescriptionScanner>,
    /// The rank in each value that many records have; empty if no such value contains a form.
    values: Vec<Option<Rank>>,
}

impl FormMatcher {
    /// Returns `None` if the term has no other forms.
    pub(crate) fn new(index: &Index, term: &Term, with_synonyms: bool) -> Option<Self> {
        let forms = forms_of(term, with_synonyms);
        let leads: Vec<FormLead> = forms.into_iter().map(|forms| FormLead::new(index, forms)).collect();
        (!leads.is_empty()).then_some(Self(leads))
    }

    /// The best rank of a form in the short texts of a record.
    pub(crate) fn rank_in_record(&self, index: &Index, slot: Slot) -> Option<Rank> {
        let mask = index.mask(slot);
        let leads = self.0.iter().filter(|lead| mask & lead.mask == lead.mask);
        leads
            .filter_map(|lead| {
                better(lead.rank_in_group(index.short(), slot, true), lead.rank_in_values(index, slot))
            })
            .min()
    }

    /// Returns `true` if a description has the letters of a form.
    pub(crate) fn may_describe(&self, index: &Index, slot: Slot) -> bool {
        let mask = index.long_mask(slot);
        self.0.iter().any(|lead| lead.scanner.is_some() && mask & lead.mask == lead.mask)
    }

    /// The best rank of a form in the long texts of a record.
    pub(crate) fn rank_in_description(&self, index: &Index, slot: Slot) -> Option<Rank> {
        let mask = index.long_mask(slot);
        let leads = self.0.iter().filter(|lead| mask & lead.mask == lead.mask);
        let holds = |lead: &&FormLead| {
            let scanner = lead.scanner.as_ref();
            scanner.is_some_and(|scanner| {
                index.long_texts(slot).any(|text| scanner.finds_word(text, |word| lead.forms.accepts(word)))
            })
        };
        leads.filter(holds).map(|lead| Rank::form_in_description(lead.forms.kind)).min()
    }
}

impl FormLead {
    fn new(index: &Index, forms: WordForms) -> Self {
        let folded = fold(&forms.lead);
        let mut lead = Self {
            finder: Finder::new(&*folded).into_owned(),
            mask: letter_mask(&folded),
            scanner: DescriptionScanner::new(index, &Term::new(&forms.lead, TermForm::WordStart)),
            values: Vec::new(),
            forms,
        };
        lead.values = lead.ranks_of_values(index.values());
        lead
    }

    fn ranks_of_values(&self, values: &TextArena) -> Vec<Option<Rank>> {
        let bytes = values.text().as_bytes();
        let mut ranks = Vec::new();
        let (mut group, mut at) = (0, 0);
        while let Some(found) = bytes.get(at..).and_then(|rest| self.finder.find(rest)) {
            at += found;
            while values.range(group).end <= at {
                group += 1;
            }
            if let Some(rank) = self.rank_in_group(values, group, false) {
                ranks.resize(values.len(), None);
                ranks[group] = Some(rank);
            }
            at = values.range(group).end;
        }
        ranks
    }

    fn rank_in_values(&self, index: &Index, slot: Slot) -> Option<Rank> {
        if self.values.is_empty() {
            return None;
        }
        let values = index.values_of(slot).iter();
        values.filter_map(|value| *self.values.get(*value as usize)?).min()
    }

    /// The rank of the first form in a group of texts, of which the first may be a name.
    fn rank_in_group(&self, texts: &TextArena, group: usize, has_name: bool) -> Option<Rank> {
        let range = texts.range(group);
        let own = texts.text().get(range.clone())?;
        let name_end = if has_name { own.find(char::from(END)).unwrap_or(own.len()) } else { 0 };
        for at in self.finder.find_iter(own.as_bytes()) {
            let starts = own.get(..at).and_then(|before| before.chars().next_back());
            let is_start = starts.is_none_or(|c| !c.is_alphanumeric());
            if is_start && self.forms.accepts(&word_at(texts, range.start + at)) {
                return Some(Rank::form(at < name_end, self.forms.kind));
            }
        }
        None
    }
}

/// The word that begins at a byte, in lower case with its diacritics.
fn word_at(texts: &TextArena, start: usize) -> String {
    let rest = texts.text().get(start..).unwrap_or_default();
    let letters = rest.char_indices().take_while(|(_, c)| c.is_alphanumeric());
    letters.map(|(at, c)| texts.particular(start + at).unwrap_or(c)).collect()
}
