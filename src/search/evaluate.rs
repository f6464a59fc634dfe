//! One worker's evaluation of a query: the rank of each record, the cheap tests before the dear ones.

use std::ops::Range;

use regex_automata::meta::Cache;

use super::id_pattern::IdPart;
use super::index::{END, Index, Slot};
use super::plan::{Plan, PlannedTerm, Step};
use super::query::TermForm;
use super::rank::{Rank, Spot};

/// What one worker needs: the plan, and room of its own.
pub(super) struct Evaluator<'a> {
    pub(super) index: &'a Index,
    pub(super) plan: &'a Plan,
    caches: Vec<Option<Cache>>,
    /// Of each term, the rank by id and short texts of each record of the chunk.
    ranks: Vec<Vec<Option<Rank>>>,
    first: Slot,
}

impl<'a> Evaluator<'a> {
    pub(super) fn new(index: &'a Index, plan: &'a Plan) -> Self {
        let caches =
            plan.terms.iter().map(|term| term.scanner.as_ref().map(super::descriptions::Scanner::cache));
        Self { index, plan, caches: caches.collect(), ranks: vec![Vec::new(); plan.terms.len()], first: 0 }
    }

    /// Looks for every term in the short texts of a chunk of records: one scan over their common buffer.
    pub(super) fn read_chunk(&mut self, slots: &Range<Slot>) {
        self.first = slots.start;
        for (term, ranks) in self.plan.terms.iter().zip(&mut self.ranks) {
            ranks.clear();
            ranks.resize(slots.len(), None);
            scan(self.index, term, slots, ranks);
        }
    }

    /// The same for one record alone.
    pub(super) fn read_one(&mut self, slot: Slot) {
        self.first = slot;
        for (term, ranks) in self.plan.terms.iter().zip(&mut self.ranks) {
            ranks.clear();
            ranks.push(rank_by_id(self.index, term, slot));
            if self.index.mask(slot) & term.mask == term.mask {
                let by_text = rank_in_texts(self.index, term, slot, self.index.short_range(slot).start);
                ranks[0] = better(ranks[0], by_text);
            }
        }
    }

    /// The rank of a record that has been read in tiers 1 to 5; `None` where it does not answer the query.
    pub(super) fn rank(&mut self, slot: Slot) -> Option<Rank> {
        let plan = self.plan;
        let by_terms = self.all(&plan.clauses, slot);
        match &plan.whole {
            None => by_terms,
            Some(whole) => {
                if whole.whole_id == Some(slot) {
                    return Some(Rank::WHOLE_ID);
                }
                let by_id = whole.id.as_ref().and_then(|id| id.find(self.index.id(slot)));
                let by_id = by_id.map(|(part, _)| Rank::part_of_id(part));
                let best = better(by_id, by_terms);
                let may_be_name = best.is_some_and(|rank| rank > Rank::WHOLE_NAME);
                if may_be_name && self.is_name(slot, &whole.pattern) { Some(Rank::WHOLE_NAME) } else { best }
            }
        }
    }

    /// Whether a record that has been read has one clause of the query.
    pub(super) fn has_clause(&mut self, clause: usize, slot: Slot) -> bool {
        let plan = self.plan;
        plan.clauses.get(clause).is_some_and(|step| self.step(step, slot).is_some())
    }

    /// The rank of a term by id and short texts.
    pub(super) fn short_rank(&self, term: usize, slot: Slot) -> Option<Rank> {
        *self.ranks.get(term)?.get(slot.checked_sub(self.first)?)?
    }

    /// The rank of a term, descriptions included.
    fn term(&mut self, term: usize, slot: Slot) -> Option<Rank> {
        self.short_rank(term, slot).or_else(|| self.in_description(term, slot).then_some(Rank::DESCRIPTION))
    }

    /// The rank of a part of the query.
    pub(super) fn step(&mut self, step: &Step, slot: Slot) -> Option<Rank> {
        match step {
            Step::Term(term) => self.term(*term, slot),
            Step::Not(step) => self.step(step, slot).is_none().then_some(Rank::LISTED),
            Step::Any(steps) => self.any(steps, slot),
            Step::All(steps) => self.all(steps, slot),
        }
    }

    /// The worst of all.
    fn all(&mut self, steps: &[Step], slot: Slot) -> Option<Rank> {
        let is_short = |evaluator: &Self, step: &Step| match step {
            Step::Term(term) => evaluator.short_rank(*term, slot).is_some(),
            _ => false,
        };
        let mut worst = Rank::LISTED;
        // Descriptions are read last, and only for records that have everything else.
        for dear in [false, true] {
            for step in steps {
                if is_short(self, step) == dear {
                    continue;
                }
                worst = worst.max(self.step(step, slot)?);
            }
        }
        Some(worst)
    }

    /// The best of all; no description is better than what another alternative found elsewhere.
    fn any(&mut self, steps: &[Step], slot: Slot) -> Option<Rank> {
        let short = steps.iter().filter_map(|step| match step {
            Step::Term(term) => self.short_rank(*term, slot),
            _ => None,
        });
        let mut best = short.min();
        for step in steps {
            let is_term = matches!(step, Step::Term(_));
            if is_term && best.is_some() {
                continue;
            }
            best = better(best, self.step(step, slot));
        }
        best
    }

    fn in_description(&mut self, term: usize, slot: Slot) -> bool {
        let plan = self.plan;
        let scanner = plan.terms.get(term).and_then(|term| term.scanner.as_ref());
        let (Some(scanner), Some(Some(cache))) = (scanner, self.caches.get_mut(term)) else { return false };
        self.index.long_texts(slot).any(|text| scanner.finds_in(cache, text))
    }

    fn is_name(&self, slot: Slot, pattern: &super::letters::Pattern) -> bool {
        self.index.folded_name(slot) == pattern.folded()
            && has_typed_letters(self.index, pattern, self.index.short_range(slot).start)
    }
}

/// The better of two ranks, if any.
pub(super) fn better(one: Option<Rank>, other: Option<Rank>) -> Option<Rank> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn scan(index: &Index, term: &PlannedTerm, slots: &Range<Slot>, ranks: &mut [Option<Rank>]) {
    if term.searches_ids {
        for (slot, rank) in slots.clone().zip(ranks.iter_mut()) {
            *rank = rank_by_id(index, term, slot);
        }
    }
    let bytes = index.short().as_bytes();
    let end = slots.end.checked_sub(1).map_or(0, |last| index.short_range(last).end);
    let mut at = index.short_range(slots.start).start;
    let mut slot = slots.start;
    while let Some(found) = bytes.get(at..end).and_then(|rest| term.finder.find(rest)) {
        at += found;
        while index.short_range(slot).end <= at {
            slot += 1;
        }
        if let Some(rank) = slot.checked_sub(slots.start).and_then(|chunk_at| ranks.get_mut(chunk_at)) {
            *rank = better(*rank, rank_in_texts(index, term, slot, at));
        }
        at = index.short_range(slot).end;
        slot += 1;
    }
}

fn rank_by_id(index: &Index, term: &PlannedTerm, slot: Slot) -> Option<Rank> {
    if term.whole_id == Some(slot) {
        return Some(Rank::WHOLE_ID);
    }
    let id = index.id(slot);
    match (term.term.form, &term.term.id) {
        (TermForm::Anchored { start, end }, _) => {
            let typed = term.term.pattern.folded().as_bytes();
            let id = id.as_bytes();
            let is_at = |part: Option<&[u8]>| part.is_some_and(|part| part.eq_ignore_ascii_case(typed));
            let from_end = id.len().checked_sub(typed.len());
            let starts = is_at(id.get(..typed.len()));
            let ends = is_at(from_end.and_then(|from| id.get(from..)));
            let part = if start { IdPart::Prefix } else { IdPart::Substring };
            let fits = term.searches_ids && (!start || starts) && (!end || ends);
            let fits = fits && (!(start && end) || id.len() == typed.len());
            fits.then(|| Rank::part_of_id(part))
        }
        (form, Some(pattern)) => {
            let (part, range) = pattern.find(id)?;
            let before = range.start.checked_sub(1).and_then(|at| id.as_bytes().get(at));
            let inside_part = before.is_some_and(u8::is_ascii_alphanumeric);
            (form != TermForm::WordStart || !inside_part).then(|| Rank::part_of_id(part))
        }
        (_, None) => None,
    }
}

/// The best place of a term among the short texts of a record, from a byte of the buffer on.
fn rank_in_texts(index: &Index, term: &PlannedTerm, slot: Slot, from: usize) -> Option<Rank> {
    let bytes = index.short().as_bytes();
    let range = index.short_range(slot);
    let name = bytes.get(range.clone())?;
    let name_end = range.start + memchr::memchr(END, name).unwrap_or(name.len());
    let mut best: Option<Rank> = None;
    let mut at = from;
    while let Some(found) = bytes.get(at..range.end).and_then(|rest| term.finder.find(rest)) {
        let start = at + found;
        let is_name = start < name_end;
        // The name has been read to its end, and no other field is better.
        if !is_name && best.is_some_and(|rank| rank.tier == super::rank::Tier::Name) {
            break;
        }
        at = start + 1;
        let end = start + term.finder.needle().len();
        let Some(spot) = spot_of(index, term, start, end, is_name) else { continue };
        best = better(best, Some(Rank::in_text(is_name, spot)));
        if spot == Spot::Whole {
            break;
        }
    }
    best
}

/// How a match lies in its text; `None` where the term may not stand there.
fn spot_of(index: &Index, term: &PlannedTerm, start: usize, end: usize, is_name: bool) -> Option<Spot> {
    let bytes = index.short().as_bytes();
    let starts_text = start == 0 || bytes.get(start - 1) == Some(&END);
    let ends_text = bytes.get(end) == Some(&END);
    let starts_word = starts_text || {
        let before = index.short().get(..start).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric())
    };
    let allowed = match term.term.form {
        TermForm::Plain | TermForm::Exact => true,
        TermForm::WordStart => starts_word,
        TermForm::Anchored { start, end } => (!start || starts_text) && (!end || ends_text),
    };
    if !allowed || !has_typed_letters(index, &term.term.pattern, start) {
        return None;
    }
    // A value of a list is a whole one too, but not a part of a name with a comma.
    let is_whole = if is_name {
        starts_text && ends_text
    } else {
        (starts_text || follows_list_mark(bytes, start))
            && (ends_text || is_followed_by_list_mark(bytes, end))
    };
    Some(if is_whole {
        Spot::Whole
    } else if starts_word {
        Spot::WordStart
    } else {
        Spot::Inside
    })
}

fn follows_list_mark(bytes: &[u8], start: usize) -> bool {
    let before = bytes.get(..start).unwrap_or_default();
    before.iter().rev().find(|byte| **byte != b' ').is_some_and(|byte| is_list_mark(*byte))
}

fn is_followed_by_list_mark(bytes: &[u8], end: usize) -> bool {
    let after = bytes.get(end..).unwrap_or_default();
    after.iter().find(|byte| **byte != b' ').is_some_and(|byte| is_list_mark(*byte))
}

fn is_list_mark(byte: u8) -> bool {
    matches!(byte, b',' | b';' | b'|')
}

/// Whether the letters that were typed with a diacritic stand in the text that begins at this byte.
fn has_typed_letters(index: &Index, pattern: &super::letters::Pattern, start: usize) -> bool {
    if !pattern.is_particular() {
        return true;
    }
    let mut at = start;
    pattern.letters().iter().all(|letter| {
        let here = at;
        at += letter.folded.len_utf8();
        letter.typed.is_none_or(|typed| index.particular(here) == Some(typed))
    })
}
