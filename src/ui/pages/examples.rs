//! The query language by example, for the help.

use crate::i18n::{Bilingual, Lang};

/// A query and its meaning.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    query: Bilingual,
    meaning: Bilingual,
}

impl Example {
    /// The query in query syntax.
    #[must_use]
    pub const fn query(&self, lang: Lang) -> &'static str {
        self.query.text(lang)
    }

    /// The records that it finds.
    #[must_use]
    pub const fn meaning(&self, lang: Lang) -> &'static str {
        self.meaning.text(lang)
    }
}

macro_rules! examples {
    ($($swedish:literal $english:literal: $finds_swedish:literal $finds_english:literal;)*) => {
        &[$(Example {
            query: Bilingual::new($swedish, $english),
            meaning: Bilingual::new($finds_swedish, $finds_english),
        },)*]
    };
}

/// One example of each form.
#[rustfmt::skip]
pub const EXAMPLES: &[Example] = examples! {
    "23079s13" "23079s13": "ett diarienummer, oavsett skrivsätt" "an id in any spelling";
    "piteå nycklar" "piteå nycklar": "båda orden, i valfri ordning" "both words, in any order";
    "\"social trygghet\"" "\"social trygghet\"": "orden intill varandra" "the words next to each other";
    "'ung" "'ung": "exakt dessa bokstäver, inget liknande" "exactly these letters, nothing similar";
    "^ung" "^ung": "något fält börjar med detta" "a field begins with this";
    "kommun$" "kommun$": "något fält slutar med detta" "a field ends with this";
    "trygg*" "trygg*": "något ord börjar med detta" "a word begins with this";
    "!skola" "!skola": "inte detta ord; även INTE skola" "not this word; also NOT skola";
    "skola | arbete" "skola | arbete": "något av dem; även ELLER" "either of them; also OR";
    "(skola ung) | arbete" "(skola ung) | arbete": "parenteser grupperar" "brackets group";
    "region:norr" "region:norr": "fältet innehåller ordet" "the field contains the word";
    "region:norr,stockholm" "region:norr,stockholm": "något av värdena" "any of the values";
    "!region:norr" "!region:norr": "inte detta värde" "not this value";
    "ägare=\"piteå kommun\"" "owner=\"piteå kommun\"": "fältet är exakt detta" "the field is exactly this";
    "start:2024..2025" "start:2024..2025": "mellan två datum; även 2024-05 och ..idag" "between two dates; also 2024-05 and ..today";
    "slut<+3mån" "end<+3mo": "slutar inom tre månader" "ends within three months";
    "deltagare>=100" "participants>=100": "minst så många deltagare" "at least this many participants";
    "budget:20mkr.." "budget:20mkr..": "minst 20 miljoner kronor; andra valutor med --rate" "at least 20 million kronor; other currencies with --rate";
    "!har:deltagare" "!has:participants": "fältet saknar värde" "the field has no value";
    "är:pågående" "is:ongoing": "läget: pågående, avslutat, kommande, strategiskt, markerat" "the state: ongoing, ended, upcoming, strategic, marked";
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
