//! Other forms of a Swedish word: stems, irregular words, synonyms.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};

use super::expansion::{Expansion, OwnSynonyms, Reach};
use super::letter_pattern::Pattern;
use super::term::{Term, TermForm};
use crate::text::fold::fold;

/// Minimum number of letters of a word whose other forms are found as well.
const MIN_LETTERS: usize = 4;

/// Minimum number of letters that all forms of a word begin with. Shorter beginnings match as whole words only.
const MIN_LEAD: usize = 3;

/// Minimum number of letters of a stem that is found as the last part of a compound.
const MIN_COMPOUND: usize = 5;

/// Words whose forms do not share a stem, one group per line.
const IRREGULAR: &[&str] = &[
    "man män mannen männen mannens männens",
    "bok böcker boken böckerna",
    "natt nätter natten nätterna",
    "stad städer staden städerna stadens städernas",
    "land länder landet länderna",
    "hand händer handen händerna",
    "fot fötter foten fötterna",
    "son söner sonen sönerna",
    "dotter döttrar dottern döttrarna",
    "bror bröder brodern bröderna",
    "far fader fäder fadern fäderna",
    "mor moder mödrar modern mödrarna",
    "bonde bönder bonden bönderna",
    "ung unga ungas yngre yngst yngsta",
    "gammal gamla äldre äldst äldsta",
    "liten litet lilla små mindre minst",
    "stor stora stort större störst största",
    "god gott goda bra bättre bäst bästa",
    "lång långa långt längre längst längsta",
    "hög höga högt högre högst högsta",
    "låg låga lågt lägre lägst lägsta",
    "vatten vattnet vattnets",
    "medel medlet medlen",
    "nyckel nyckeln nycklar nycklarna",
    "förälder föräldern föräldrar föräldrarna föräldrars",
    "medlem medlemmar medlemmen medlemmarna",
    "program programmet programmen programmets programmens",
    "museum museet museer museerna",
    "centrum centret centrumet centra centrumen",
];

/// The built-in synonyms.
const SYNONYMS: &str = include_str!("../../../data/synonyms.tsv");

/// The relation of a found word to the typed one, closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FormKind {
    /// Another form of the same word.
    Form,
    /// A word of the same meaning, or a place within the named area.
    Synonym,
}

/// All forms of one word: those that have its stem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WordForms {
    pub(crate) kind: FormKind,
    /// The letters that every form begins with, as typed.
    pub(crate) lead: String,
    /// The stem, folded, and the stem of the stem.
    stems: [String; 2],
    /// `true` if only the word itself is accepted, since its stem is too short.
    is_whole: bool,
    pattern: Pattern,
}

impl WordForms {
    /// Returns `None` for phrases, numbers and words without letters.
    fn new(word: &str, kind: FormKind) -> Option<Self> {
        let folded = fold(word);
        if folded.is_empty() || !folded.chars().all(char::is_alphabetic) {
            return None;
        }
        let stem = stem(&folded).into_owned();
        let again = self::stem(&stem).into_owned();
        let ending = without_ending(&folded);
        let shortest = if ending.len() < again.len() { ending } else { &again };
        let same = shortest.chars().zip(folded.chars()).take_while(|(one, other)| one == other).count();
        let is_whole = same < MIN_LEAD;
        let count = if is_whole { folded.chars().count() } else { same };
        let pattern = Pattern::new(word);
        let lead = pattern.typed_text().chars().take(count).collect();
        Some(Self { kind, lead, stems: [stem, again], is_whole, pattern })
    }

    /// The word, in lower case.
    pub(crate) fn word(&self) -> String {
        self.pattern.typed_text()
    }

    /// Returns `true` if a form may be the last part of a compound: forms of the typed word with a stem of five letters
    /// and more.
    pub(crate) fn may_end_compounds(&self) -> bool {
        self.kind == FormKind::Form && !self.is_whole && self.lead.chars().count() >= MIN_COMPOUND
    }

    /// The operators by which the lead is searched in descriptions.
    pub(crate) fn lead_form(&self) -> TermForm {
        if self.may_end_compounds() { TermForm::Exact } else { TermForm::WordStart }
    }

    /// Returns `true` if a word is one of the forms. Letters typed with a diacritic must have it.
    pub(crate) fn accepts(&self, word: &str) -> bool {
        if !self.pattern.accepts_as_far_as_same(word) {
            return false;
        }
        let word = &*fold(word);
        if word == self.pattern.folded() {
            return true;
        }
        if self.is_whole {
            return false;
        }
        if without_ending(word) == without_ending(self.pattern.folded()) {
            return true;
        }
        let stem = stem(word);
        let [own, again] = &self.stems;
        *own == stem || is_long(&stem) && *again == stem || is_long(own) && self::stem(&stem) == own.as_str()
    }
}

/// Returns `true` if a stem is long enough to be the stem of another stem. Short ones are not: *ung* of *ungera*.
fn is_long(stem: &str) -> bool {
    stem.len() >= MIN_LETTERS
}

/// Endings of nouns that the stemmer leaves, longest first.
const ENDINGS: &[&str] = &[
    "arnas", "ernas", "ornas", "arna", "erna", "orna", "ets", "ens", "ans", "ars", "ers", "ors", "et", "en",
    "an", "ar", "er", "or",
];

/// A folded word without its ending, if at least four letters are left.
fn without_ending(word: &str) -> &str {
    let stems = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending));
    stems.into_iter().find(|stem| stem.len() >= MIN_LETTERS).unwrap_or(word)
}

/// The stem that most forms of a folded word share, whatever their endings.
pub(crate) fn root(word: &str) -> Cow<'_, str> {
    stem(without_ending(word))
}

/// The stem of a folded word. Names such as *Ungern* keep the ending that a longer word would lose.
pub(crate) fn stem(word: &str) -> Cow<'_, str> {
    let stem = Stemmer::create(Algorithm::Swedish).stem(word);
    if !is_long(&stem) && word.ends_with("ern") { Cow::Borrowed(word) } else { stem }
}

/// The other forms of a term's word; none for terms with operators, short words and numbers.
pub(crate) fn forms_of(term: &Term, expansion: &Expansion, with_synonyms: bool) -> Vec<WordForms> {
    let typed = term.typed.as_str();
    if expansion.reach == Reach::Letters
        || term.form != TermForm::Plain
        || !typed.chars().all(char::is_alphabetic)
    {
        return Vec::new();
    }
    let mut found: Vec<WordForms> = Vec::new();
    let mut add = |word: &str, kind: FormKind| {
        found.extend(WordForms::new(word, kind).filter(|forms| !found.contains(forms)));
    };
    let folded = fold(typed);
    if term.pattern.len() >= MIN_LETTERS {
        add(typed, FormKind::Form);
    }
    for group in IRREGULAR {
        // A letter typed with its diacritic means itself; a plain one means both.
        let holds =
            group.split(' ').any(|word| fold(word) == folded && term.pattern.accepts_as_far_as_same(word));
        if holds && term.pattern.len() >= MIN_LEAD {
            group.split(' ').for_each(|word| add(word, FormKind::Form));
        }
    }
    if with_synonyms {
        for word in synonyms(term, &folded, &expansion.own) {
            add(word, FormKind::Synonym);
        }
    }
    found
}

/// The single words that the built-in table and the user's give for a term.
fn synonyms<'a>(term: &Term, folded: &str, own_groups: &'a OwnSynonyms) -> Vec<&'a str> {
    let mut found = Vec::new();
    let own = WordForms::new(&term.typed, FormKind::Form);
    let is_meant = |word: &str| {
        fold(word) == folded
            || (fold(word).len() > MIN_LEAD && own.as_ref().is_some_and(|own| own.accepts(word)))
    };
    for line in SYNONYMS.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let (Some(kind), Some(words)) = (cells.next(), cells.next()) else { continue };
        let words = || words.split('|').map(str::trim);
        // In an area only its name, the first word, means the others.
        let holds = match kind {
            "area" => words().next().is_some_and(is_meant),
            _ => words().any(is_meant),
        };
        if holds {
            found.extend(words().filter(|word| !is_meant(word)));
        }
    }
    for group in own_groups.groups() {
        if group.iter().any(|word| is_meant(word)) {
            found.extend(group.iter().map(String::as_str).filter(|word| !is_meant(word)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn finds(typed: &str, word: &str) -> bool {
        let term = Term::new(typed, TermForm::Plain);
        let folded = fold(word);
        let begins = |forms: &WordForms| folded.starts_with(&fold(&forms.lead));
        forms_of(&term, &Expansion::default(), false).iter().any(|forms| begins(forms) && forms.accepts(word))
    }

    #[rstest]
    #[case("kvinna", "kvinnor")]
    #[case("kvinnor", "kvinnan")]
    #[case("ungdom", "ungdomarna")]
    #[case("nätverken", "nätverk")]
    #[case("natverken", "nätverket")]
    #[case("projektet", "projekt")]
    #[case("marknaden", "marknad")]
    #[case("unga", "ung")]
    #[case("man", "männen")]
    #[case("städer", "stad")]
    #[case("böcker", "bok")]
    #[case("nyckel", "nycklarna")]
    #[case("programmen", "program")]
    #[case("skolor", "skolan")]
    fn forms_of_one_word_find_each_other(#[case] typed: &str, #[case] word: &str) {
        assert!(finds(typed, word));
        // A typed diacritic finds only itself.
        let is_marked = typed.is_ascii() && fold(word) != word;
        let is_short = word.chars().count() < MIN_LETTERS;
        assert!(finds(word, typed) || is_marked || is_short, "the other way");
    }

    #[rstest]
    #[case("fiskare", "geografiska")]
    #[case("arbete", "samarbete")]
    #[case("sport", "transport")]
    #[case("unga", "malung")]
    #[case("rena", "erfarenheter")]
    #[case("kvinna", "kvist")]
    #[case("skola", "skog")]
    #[case("nät", "nätter")]
    #[case("barn", "barnlös")]
    #[case("land", "landsting")]
    #[case("mål", "målare")]
    #[case("marknad", "markerad")]
    #[case("företag", "företräda")]
    #[case("ungdom", "ungefär")]
    #[case("arbetslös", "arbetare")]
    #[case("stöd", "stödja")]
    #[case("teknik", "teknisk")]
    #[case("vård", "vårdnad")]
    #[case("region", "regim")]
    #[case("produkt", "produktion")]
    #[case("ungera", "ung")]
    #[case("ungern", "unga")]
    #[case("kolera", "kol")]
    #[case("hamna", "ham")]
    #[case("malaria", "mal")]
    #[case("sonera", "son")]
    fn other_words_do_not(#[case] typed: &str, #[case] word: &str) {
        assert!(!finds(typed, word));
    }

    #[rstest]
    #[case("ungdom", &["unga", "ung"])]
    #[case("ungdomarna", &["unga", "ung"])]
    #[case("arbetssökande", &["arbetslös"])]
    #[case("norrland", &["norrbotten", "gävleborg"])]
    #[case("gävleborg", &[])]
    fn synonyms_are_those_of_the_table(#[case] typed: &str, #[case] words: &[&str]) {
        let term = Term::new(typed, TermForm::Plain);
        let own = OwnSynonyms::default();
        let found = synonyms(&term, &fold(typed), &own);
        assert!(words.iter().all(|word| found.contains(word)), "{found:?}");
        assert!(!words.is_empty() || found.is_empty(), "{found:?}");
    }

    #[test]
    fn every_line_of_the_table_has_a_kind_words_and_a_source() {
        for line in SYNONYMS.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 3, "{line}");
            assert!(matches!(cells[0], "same" | "area"), "{line}");
            assert!(cells[1].split('|').count() > 1, "{line}");
        }
    }
}
