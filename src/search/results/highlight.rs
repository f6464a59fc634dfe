//! Where in a shown text a query was found. Knows the query and the text, neither index nor screen.

use std::ops::Range;

use fuzzy_matcher::FuzzyMatcher;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::schema::FieldKind;
use crate::domain::values::organisation_number::{OrganisationNumber, read_organisation_number};
use crate::text::fold::{fold, fold_char};

use crate::domain::record_id::RecordId;
use crate::search::language::field::QueryField;
use crate::search::language::id_pattern::IdPattern;
use crate::search::language::letter_pattern::Pattern;
use crate::search::language::query::Query;
use crate::search::language::term::{DescriptionRule, Term, TermForm};
use crate::search::language::word_forms::{WordForms, forms_of};
use crate::search::matching::fuzzy;
use crate::search::matching::one_edit::one_edit;

/// Kind of a displayed text; each is searched by its own rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HighlightTarget {
    /// The id.
    Id,
    /// The name.
    Name,
    /// Any other short field.
    ShortField,
    /// The description, or a part of it that begins at the start of a word.
    Description,
}

/// A query prepared for highlighting: created once per query, used for every visible row.
#[derive(Clone, Debug, Default)]
pub struct Highlighter {
    terms: Vec<Term>,
    /// Other forms of the terms' words, and synonyms.
    forms: Vec<WordForms>,
    /// Texts of conditions, each with the field that it applies to.
    placed: Vec<(HighlightTarget, Term)>,
    whole_ids: Vec<RecordId>,
    /// The whole query as a part of an id.
    id: Option<IdPattern>,
    organisation_numbers: Vec<OrganisationNumber>,
}

impl Highlighter {
    /// Makes a query ready.
    #[must_use]
    pub fn new(query: &Query) -> Self {
        if query.is_personal {
            return Self::default();
        }
        if !query.pasted.is_empty() {
            return Self { whole_ids: query.pasted.clone(), ..Self::default() };
        }
        let terms: Vec<Term> = query.wanted_terms().into_iter().cloned().collect();
        let placed = query.wanted_texts().into_iter().filter_map(|(field, text)| {
            let place = match field {
                QueryField::Text => HighlightTarget::Description,
                QueryField::Known(FieldKind::Name) => HighlightTarget::Name,
                _ => return None,
            };
            Some((place, Term::new(text, TermForm::Exact)))
        });
        let plain = query.plain.as_ref();
        let texts =
            terms.iter().map(|term| term.typed.as_str()).chain(plain.map(|plain| plain.typed.as_str()));
        Self {
            whole_ids: texts.clone().filter_map(RecordId::read_loose).collect(),
            organisation_numbers: texts.filter_map(|text| read_organisation_number(text).ok()?).collect(),
            id: plain.and_then(|plain| plain.id.clone()),
            placed: placed.collect(),
            forms: terms.iter().flat_map(|term| forms_of(term, &query.context().expansion, true)).collect(),
            terms,
        }
    }

    /// The ranges of a text that the query was found by, in bytes, sorted, apart from each other, and whole
    /// graphemes.
    #[must_use]
    pub fn ranges(&self, text: &str, place: HighlightTarget) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if self.is_whole(text, place) {
            found.push(0..text.len());
        }
        if place == HighlightTarget::Id {
            let patterns = self.terms.iter().filter_map(|term| term.id.as_ref()).chain(&self.id);
            found.extend(patterns.filter_map(|pattern| pattern.find(text)).map(|(_, range)| range));
        }
        if place != HighlightTarget::Id && !self.forms.is_empty() {
            self.find_forms(text, &mut found);
        }
        let placed = self.placed.iter().filter(|(own, _)| *own == place).map(|(_, term)| term);
        let mut terms = self.terms.iter().chain(placed).peekable();
        if terms.peek().is_some() {
            let letters = Letters::new(text);
            for term in terms {
                letters.find_all(term, place, &mut found);
            }
        }
        as_graphemes(text, found)
    }

    /// The same for a record that is only similar: approximate places too, in its name and short fields.
    #[must_use]
    pub fn ranges_of_similar(&self, text: &str, place: HighlightTarget) -> Vec<Range<usize>> {
        let mut found = self.ranges(text, place);
        if matches!(place, HighlightTarget::Name | HighlightTarget::ShortField) {
            let letters = Letters::new(text);
            let folded = fold(text);
            for term in self.terms.iter().filter(|term| term.may_be_fuzzy()) {
                letters.find_near(term, &folded, &mut found);
            }
        }
        as_graphemes(text, found)
    }

    /// Every word that is another form of a term's word, or a synonym.
    fn find_forms(&self, text: &str, found: &mut Vec<Range<usize>>) {
        let mut at = 0;
        for piece in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
            if !word.is_empty() && self.forms.iter().any(|forms| forms.accepts(word)) {
                found.push(at..at + word.len());
            }
            at += piece.len();
        }
    }

    /// Returns `true` if the text is the typed id or organisation number in another spelling.
    fn is_whole(&self, text: &str, place: HighlightTarget) -> bool {
        match place {
            HighlightTarget::Id => self.whole_ids.iter().any(|id| *id == *text),
            HighlightTarget::ShortField if !self.organisation_numbers.is_empty() => {
                let number = read_organisation_number(text).ok().flatten();
                number.is_some_and(|number| self.organisation_numbers.contains(&number))
            }
            _ => false,
        }
    }
}

/// A text letter by letter.
struct Letters {
    chars: Vec<char>,
    /// Where each letter starts, and the end of the text.
    starts: Vec<usize>,
}

impl Letters {
    fn new(text: &str) -> Self {
        let starts = text.char_indices().map(|(at, _)| at).chain(std::iter::once(text.len()));
        Self { chars: text.chars().collect(), starts: starts.collect() }
    }

    fn range(&self, from: usize, to: usize) -> Range<usize> {
        let at = |letter: usize| self.starts.get(letter).or(self.starts.last()).copied().unwrap_or_default();
        at(from)..at(to)
    }

    fn starts_word(&self, at: usize) -> bool {
        at.checked_sub(1).and_then(|before| self.chars.get(before)).is_none_or(|c| !c.is_alphanumeric())
    }

    /// Finds all occurrences of a term.
    fn find_all(&self, term: &Term, place: HighlightTarget, found: &mut Vec<Range<usize>>) {
        let pattern = &term.pattern;
        let last = match self.chars.len().checked_sub(pattern.len()) {
            Some(last) if may_stand_in(term, place) => last,
            _ => return,
        };
        let Some(first) = pattern.letters().first() else { return };
        let mut at = 0;
        while at <= last {
            let fits = self.chars.get(at).is_some_and(|c| first.accepts(*c))
                && self.allows(term, place, at, last)
                && pattern.starts_at(self.chars.get(at..).unwrap_or_default());
            if fits {
                found.push(self.range(at, at + pattern.len()));
                at += pattern.len();
            } else {
                at += 1;
            }
        }
    }

    fn allows(&self, term: &Term, place: HighlightTarget, at: usize, last: usize) -> bool {
        match term.form {
            TermForm::Anchored { start, end } => (!start || at == 0) && (!end || at == last),
            TermForm::WordStart => self.starts_word(at),
            TermForm::Plain | TermForm::Exact => {
                place != HighlightTarget::Description
                    || term.in_descriptions() != Some(DescriptionRule::WordStart)
                    || self.starts_word(at)
            }
        }
    }

    /// Finds approximate occurrences of a term: its letters in order, or a word at a distance of one edit.
    fn find_near(&self, term: &Term, folded: &str, found: &mut Vec<Range<usize>>) {
        let matcher = fuzzy::matcher();
        let fuzzy = matcher.fuzzy_indices(folded, term.pattern.folded());
        if let Some((_, indices)) = fuzzy.filter(|(score, _)| *score >= fuzzy::floor(&matcher, term)) {
            found.extend(indices.into_iter().map(|at| self.range(at, at + 1)));
        } else if fuzzy::may_be_edited(term) {
            let typed: Vec<char> = term.pattern.folded().chars().collect();
            let mut at = 0;
            for word in self.chars.split_inclusive(|c| !c.is_alphanumeric()) {
                let letters: Vec<char> =
                    word.iter().filter(|c| c.is_alphanumeric()).map(|c| fold_char(*c)).collect();
                if letters.len() >= 4 && one_edit(&typed, &letters).is_some() {
                    found.push(self.range(at, at + letters.len()));
                }
                at += word.len();
            }
        }
    }
}

fn may_stand_in(term: &Term, place: HighlightTarget) -> bool {
    match place {
        // Ids are matched by their own rules; only the ends of an id are letters like others.
        HighlightTarget::Id => matches!(term.form, TermForm::Anchored { .. }) && has_digit(&term.pattern),
        HighlightTarget::Description => term.in_descriptions().is_some(),
        HighlightTarget::Name | HighlightTarget::ShortField => true,
    }
}

fn has_digit(pattern: &Pattern) -> bool {
    pattern.folded().bytes().any(|b| b.is_ascii_digit())
}

/// Joins ranges that touch, and widens them to whole graphemes.
fn as_graphemes(text: &str, mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    found.retain(|range| !range.is_empty());
    found.sort_unstable_by_key(|range| (range.start, range.end));
    if !text.is_ascii() && !found.is_empty() {
        let mut graphemes = text.grapheme_indices(true).peekable();
        let mut widened: Vec<Range<usize>> = Vec::with_capacity(found.len());
        for range in found {
            // A range that begins inside the last one's reach was widened with it.
            let reached = widened.last().map_or(0, |last| last.end);
            let mut wide = range.start.max(reached)..range.end.max(reached);
            while let Some((at, grapheme)) = graphemes.peek().copied() {
                let end = at + grapheme.len();
                if end > wide.start {
                    if at >= wide.end {
                        break;
                    }
                    wide.start = wide.start.min(at);
                    wide.end = wide.end.max(end);
                }
                graphemes.next();
            }
            if !wide.is_empty() {
                widened.push(wide);
            }
        }
        found = widened;
    }
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(found.len());
    for range in found {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    /// The text with highlights in brackets.
    fn marked(text: &str, ranges: &[Range<usize>]) -> String {
        let mut marked = text.to_owned();
        for range in ranges.iter().rev() {
            marked.insert(range.end, ']');
            marked.insert(range.start, '[');
        }
        marked
    }

    #[rstest]
    #[case("ostra", HighlightTarget::Name, "Trygghet Östra", "Trygghet [Östra]")]
    #[case("östra", HighlightTarget::Name, "Ostra och Östra", "Ostra och [Östra]")]
    #[case("e", HighlightTarget::Name, "Cafe\u{301}", "Caf[e\u{301}]")]
    #[case("trygg unga", HighlightTarget::Name, "Trygg med unga", "[Trygg] med [unga]")]
    #[case("trygg ggh", HighlightTarget::Name, "Trygghet", "[Trygghet]")]
    #[case("!trygg unga", HighlightTarget::Name, "Trygg med unga", "Trygg med [unga]")]
    #[case("arbete*", HighlightTarget::Name, "Rumsarbete och arbeten", "Rumsarbete och [arbete]n")]
    #[case("^rum", HighlightTarget::Name, "Rum för rum", "[Rum] för rum")]
    #[case("rum$", HighlightTarget::Name, "Rum för rum", "Rum för [rum]")]
    #[case("a | b", HighlightTarget::Name, "xaxbx", "x[a]x[b]x")]
    // Short words only at a word's start in descriptions, as they were searched.
    #[case("ung", HighlightTarget::Description, "fungerar för unga", "fungerar för [unga]")]
    #[case("ung", HighlightTarget::Name, "fungerar", "f[ung]erar")]
    #[case("\"en fras\"", HighlightTarget::Description, "är en\nfras här", "är [en\nfras] här")]
    // Ids and organisation numbers in another spelling than the shown one.
    #[case("23079s13", HighlightTarget::Id, "23-079-S13", "[23-079-S13]")]
    #[case("2021SE05SFPR001_23-079-S13", HighlightTarget::Id, "23-079-S13", "[23-079-S13]")]
    #[case("23 079", HighlightTarget::Id, "23-079-S13", "[23-079]-S13")]
    #[case("079", HighlightTarget::Id, "23-079-S13", "23-[079]-S13")]
    #[case("23-079-S13 24-003-S05", HighlightTarget::Id, "24-003-S05", "[24-003-S05]")]
    #[case("s13$", HighlightTarget::Id, "23-079-S13", "23-079-[S13]")]
    #[case("s", HighlightTarget::Id, "23-079-S13", "23-079-S13")]
    #[case("SE212000275901", HighlightTarget::ShortField, "212000-2759", "[212000-2759]")]
    #[case("811218-9876", HighlightTarget::ShortField, "811218-9876", "811218-9876")]
    fn shows_what_was_found(
        #[case] query: &str,
        #[case] place: HighlightTarget,
        #[case] text: &str,
        #[case] expected: &str,
    ) {
        let ranges = Highlighter::new(&Query::parse(query)).ranges(text, place);
        assert_eq!(marked(text, &ranges), expected);
    }

    #[rstest]
    #[case("nyklar", "Nycklar 2.0", "[Ny]c[klar] 2.0")]
    #[case("kopmetens", "Kompetens i vården", "[Kompetens] i vården")]
    #[case("ostrq", "Norra och Östra", "Norra och [Östra]")]
    #[case("xylofon", "Nycklar 2.0", "Nycklar 2.0")]
    fn shows_what_is_similar(#[case] query: &str, #[case] text: &str, #[case] expected: &str) {
        let ranges = Highlighter::new(&Query::parse(query)).ranges_of_similar(text, HighlightTarget::Name);
        assert_eq!(marked(text, &ranges), expected);
    }
}
