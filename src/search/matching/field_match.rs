//! The rank of one term by ids and short texts. Knows the index's buffers, no queries.

use std::ops::Range;

use super::planned_term::PlannedTerm;
use super::rank::{Rank, Spot, Tier, better};
use crate::search::index::Index;
use crate::search::index::slots::Slot;
use crate::search::index::text_arena::{END, TextArena};
use crate::search::language::id_pattern::IdPart;
use crate::search::language::letter_pattern::Pattern;
use crate::search::language::term::TermForm;

/// Ranks a term in a chunk of records by one scan over their texts. `ranks` has one entry for each record.
pub(crate) fn scan(index: &Index, term: &PlannedTerm, slots: &Range<Slot>, ranks: &mut [Option<Rank>]) {
    if term.searches_ids {
        for (slot, rank) in slots.clone().zip(ranks.iter_mut()) {
            *rank = rank_by_id(index, term, slot);
        }
    }
    let texts = index.short();
    let bytes = texts.text().as_bytes();
    let end = slots.end.checked_sub(1).map_or(0, |last| texts.range(last).end);
    let mut at = texts.range(slots.start).start;
    let mut slot = slots.start;
    while let Some(found) = bytes.get(at..end).and_then(|rest| term.finder.find(rest)) {
        at += found;
        while texts.range(slot).end <= at {
            slot += 1;
        }
        if let Some(rank) = slot.checked_sub(slots.start).and_then(|chunk_at| ranks.get_mut(chunk_at)) {
            *rank = better(*rank, rank_in_texts(texts, term, slot, at, Holds::Name));
        }
        at = texts.range(slot).end;
        slot += 1;
    }
    if term.values.is_some() {
        for (slot, rank) in slots.clone().zip(ranks.iter_mut()) {
            *rank = better(*rank, rank_in_values(index, term, slot));
        }
    }
}

/// The rank of a term by a record's id.
pub(crate) fn rank_by_id(index: &Index, term: &PlannedTerm, slot: Slot) -> Option<Rank> {
    if term.whole_id == Some(slot) {
        return Some(Rank::WHOLE_ID);
    }
    // Ids are stored elsewhere in memory: they are not read for a word that can be in none.
    if !term.searches_ids {
        return None;
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

/// Role of the first text in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A name; the others are fields.
    Name,
    /// A field like the others.
    Fields,
}

/// The rank of a term in each shared value; `None` if no shared value contains it.
pub(crate) fn ranks_of_values(values: &TextArena, term: &PlannedTerm) -> Option<Vec<Option<Rank>>> {
    let bytes = values.text().as_bytes();
    let mut ranks: Option<Vec<Option<Rank>>> = None;
    let (mut group, mut at) = (0, 0);
    while let Some(found) = bytes.get(at..).and_then(|rest| term.finder.find(rest)) {
        at += found;
        while values.range(group).end <= at {
            group += 1;
        }
        let rank = rank_in_texts(values, term, group, at, Holds::Fields);
        if rank.is_some() {
            let ranks = ranks.get_or_insert_with(|| vec![None; values.len()]);
            if let Some(known) = ranks.get_mut(group) {
                *known = rank;
            }
        }
        at = values.range(group).end;
    }
    ranks
}

/// The rank of a term in the values that a record shares with many others.
pub(crate) fn rank_in_values(index: &Index, term: &PlannedTerm, slot: Slot) -> Option<Rank> {
    let ranks = term.values.as_ref()?;
    index.values_of(slot).iter().filter_map(|value| *ranks.get(*value as usize)?).min()
}

/// The best place of a term in a group of texts, from a byte of the buffer on.
pub(crate) fn rank_in_texts(
    texts: &TextArena,
    term: &PlannedTerm,
    group: usize,
    from: usize,
    holds: Holds,
) -> Option<Rank> {
    let bytes = texts.text().as_bytes();
    let range = texts.range(group);
    let own = bytes.get(range.clone())?;
    let name_end = match holds {
        Holds::Name => range.start + memchr::memchr(END, own).unwrap_or(own.len()),
        Holds::Fields => range.start,
    };
    let mut best: Option<Rank> = None;
    let mut at = from;
    while let Some(found) = bytes.get(at..range.end).and_then(|rest| term.finder.find(rest)) {
        let start = at + found;
        let is_name = start < name_end;
        // The name has been read to its end, and no other field is better.
        if !is_name && best.is_some_and(|rank| rank.tier == Tier::Name) {
            break;
        }
        at = start + 1;
        let end = start + term.finder.needle().len();
        let Some(lies) = spot_of(texts, term, start, end, is_name) else { continue };
        best = better(best, Some(Rank::in_text(is_name, lies)));
        // A name is whole at its start or not at all.
        if lies == Spot::Whole || (is_name && lies == Spot::WordStart) {
            break;
        }
    }
    best
}

/// Position of a match in its text; `None` if the term's operators forbid it there.
fn spot_of(texts: &TextArena, term: &PlannedTerm, start: usize, end: usize, is_name: bool) -> Option<Spot> {
    let bytes = texts.text().as_bytes();
    let starts_text = start == 0 || bytes.get(start - 1) == Some(&END);
    let ends_text = bytes.get(end) == Some(&END);
    let starts_word = starts_text || {
        let before = texts.text().get(..start).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric())
    };
    let allowed = match term.term.form {
        TermForm::Plain | TermForm::Exact => true,
        TermForm::WordStart => starts_word,
        TermForm::Anchored { start, end } => (!start || starts_text) && (!end || ends_text),
    };
    if !allowed || !has_typed_letters(texts, &term.term.pattern, start) {
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

/// Returns `true` if the text at this byte has the same diacritics as those that were typed.
pub(crate) fn has_typed_letters(texts: &TextArena, pattern: &Pattern, start: usize) -> bool {
    if !pattern.is_particular() {
        return true;
    }
    let mut at = start;
    pattern.letters().iter().all(|letter| {
        let here = at;
        at += letter.folded.len_utf8();
        letter.typed.is_none_or(|typed| texts.particular(here) == Some(typed))
    })
}
