//! The words and places that a plain word also matches: forms, synonyms, parts of the country.

use std::sync::Arc;

use super::term::{Term, TermForm};
use crate::domain::codes::geography::{CountySet, Geography};
use crate::text::fold::fold;

/// The words that are searched in addition to the typed ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expansion {
    /// The extent of the search.
    pub reach: Reach,
    /// The user's own synonyms, in addition to the built-in ones.
    pub own: Arc<OwnSynonyms>,
}

/// The extent to which a plain word finds other words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Reach {
    /// Other forms of the word, synonyms and places.
    #[default]
    Meaning,
    /// The typed letters only.
    Letters,
}

/// Groups of words that find each other, as the user's file lists them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnSynonyms {
    groups: Vec<Vec<String>>,
}

impl OwnSynonyms {
    /// Reads one group per line, words separated by commas, `|` or tabs; `#` begins a comment.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
        let words = |line: &str| -> Vec<String> {
            let cells = line.split([',', '|', '\t']).map(str::trim).filter(|word| !word.is_empty());
            cells.map(str::to_owned).collect()
        };
        Self { groups: lines.map(words).filter(|group| group.len() > 1).collect() }
    }

    /// The number of groups.
    #[must_use]
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Returns `true` if there is no group.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// The words of each group.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &[String]> {
        self.groups.iter().map(Vec::as_slice)
    }
}

/// The counties that a word names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NamedPlace {
    pub(crate) counties: CountySet,
    /// `true` for a part of the country, which contains regions.
    pub(crate) is_part_of_country: bool,
}

/// The counties that a term names: `norrland`, `dalarna`; `None` for towns, which counties share their names with.
pub(crate) fn place_of(term: &Term, expansion: &Expansion, geography: &Geography) -> Option<NamedPlace> {
    if term.form != TermForm::Plain || expansion.reach == Reach::Letters {
        return None;
    }
    let typed = fold(&term.typed);
    let part = geography.part_of_country(typed.strip_suffix('s').unwrap_or(&typed));
    if !part.is_empty() {
        return Some(NamedPlace { counties: part, is_part_of_country: true });
    }
    let counties = geography.county_only(&typed);
    (!counties.is_empty()).then_some(NamedPlace { counties, is_part_of_country: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn own_synonyms_are_lines_of_words() {
        let own = OwnSynonyms::parse("# egna\nlots, vägledare | coach\nensam\n\ncsr\tansvar # kommentar\n");
        let groups: Vec<String> = own.groups().map(|group| group.join("+")).collect();
        assert_eq!(groups, ["lots+vägledare+coach", "csr+ansvar"]);
    }

    #[rstest]
    #[case("norrland", true)]
    #[case("Norrlands", true)]
    #[case("dalarna", true)]
    #[case("norrbottens", true)]
    #[case("piteå", false)]
    #[case("kalmar", false)]
    #[case("norr", false)]
    fn parts_and_counties_are_places(#[case] typed: &str, #[case] is_place: bool) {
        let term = Term::new(typed, TermForm::Plain);
        assert_eq!(place_of(&term, &Expansion::default(), &Geography::built_in()).is_some(), is_place);
        let letters = Expansion { reach: Reach::Letters, ..Expansion::default() };
        assert_eq!(place_of(&term, &letters, &Geography::built_in()), None);
    }
}
