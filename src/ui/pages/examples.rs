//! The query language by example, for the help.

use crate::i18n::Lang;

/// A query, and what it finds.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    query: [&'static str; 2],
    meaning: [&'static str; 2],
}

impl Example {
    /// The query, as it is typed.
    #[must_use]
    pub const fn query(&self, lang: Lang) -> &'static str {
        lang.choose(self.query[0], self.query[1])
    }

    /// What it finds.
    #[must_use]
    pub const fn meaning(&self, lang: Lang) -> &'static str {
        lang.choose(self.meaning[0], self.meaning[1])
    }
}

macro_rules! examples {
    ($($swedish:literal $english:literal: $finds_swedish:literal $finds_english:literal;)*) => {
        &[$(Example { query: [$swedish, $english], meaning: [$finds_swedish, $finds_english] },)*]
    };
}

/// One for each form.
#[rustfmt::skip]
pub const EXAMPLES: &[Example] = examples! {
    "23079s13" "23079s13": "ett diarienummer, hur det än skrivs" "an id in any spelling";
    "piteå nycklar" "piteå nycklar": "båda orden, i valfri ordning" "both words, in any order";
    "\"social trygghet\"" "\"social trygghet\"": "orden intill varandra" "the words next to each other";
    "'ung" "'ung": "just dessa bokstäver, ingenting liknande" "just these letters, nothing similar";
    "^ung" "^ung": "något fält börjar så" "some field begins so";
    "kommun$" "kommun$": "något fält slutar så" "some field ends so";
    "trygg*" "trygg*": "ett ord börjar så" "a word begins so";
    "!skola" "!skola": "inte detta ord; också INTE skola" "not this word; NOT skola too";
    "skola | arbete" "skola | arbete": "något av dem; också ELLER" "either; OR too";
    "(skola ung) | arbete" "(skola ung) | arbete": "parenteser håller ihop" "brackets keep together";
    "region:norr" "region:norr": "fältet innehåller ordet" "the field contains the word";
    "region:norr,stockholm" "region:norr,stockholm": "något av värdena" "any of the values";
    "!region:norr" "!region:norr": "inte detta värde" "not this value";
    "ägare=\"piteå kommun\"" "owner=\"piteå kommun\"": "fältet är just detta" "the field is just this";
    "start:2024..2025" "start:2024..2025": "mellan två datum; också 2024-05 och ..idag" "between two dates; 2024-05 and ..today too";
    "slut<+3mån" "end<+3mo": "slutar inom tre månader" "ends within three months";
    "deltagare>=100" "participants>=100": "minst så många" "at least so many";
    "budget:20mkr.." "budget:20mkr..": "minst 20 miljoner kronor; andra valutor med --rate" "at least 20 million kronor; other currencies with --rate";
    "!har:deltagare" "!has:participants": "fältet saknar värde" "the field has no value";
    "är:pågående" "is:ongoing": "läget: pågående, avslutad, kommande, strategisk, markerad" "the state: ongoing, ended, upcoming, strategic, marked";
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::language::query::Query;

    #[test]
    fn every_example_is_a_query_without_a_problem() {
        for example in EXAMPLES {
            for lang in [Lang::Swedish, Lang::English] {
                let query = Query::parse(example.query(lang));
                assert!(query.problems().is_empty() && !query.is_empty(), "{}", example.query(lang));
            }
        }
    }
}
