//! Swedish counties (län), the municipalities in them, and the three parts of the country.

use std::collections::HashMap;

use crate::text::fold::fold;

/// A set of counties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountySet(u32);

impl CountySet {
    /// Returns `true` if the set has no county.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns `true` if the sets have a county in common.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The counties that are in both sets.
    #[must_use]
    pub const fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The counties of both sets.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// This set; the other if this one is empty.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        if self.is_empty() { other } else { self }
    }
}

impl FromIterator<Self> for CountySet {
    fn from_iter<I: IntoIterator<Item = Self>>(sets: I) -> Self {
        sets.into_iter().fold(Self::default(), Self::with)
    }
}

/// A county.
#[derive(Clone, Debug)]
struct County {
    name: &'static str,
    /// The name without *län*, folded: `norrbotten`.
    short: String,
    /// The first part of the name, folded: `norrbottens`.
    genitive: String,
    nuts3: &'static str,
    /// Norrland, Svealand or Götaland, folded.
    part: String,
}

/// The tables of counties and municipalities.
#[derive(Clone, Debug)]
pub struct Geography {
    counties: Vec<County>,
    /// The county of each municipality, by its name in lower case: *Habo* is not *Håbo*.
    municipalities: HashMap<String, CountySet>,
}

impl Geography {
    pub(crate) fn built_in() -> Self {
        let counties = include_str!("../../../data/counties.tsv");
        let mut codes: HashMap<&str, CountySet> = HashMap::new();
        let mut read = Vec::new();
        for line in counties.lines().skip(1) {
            let [code, name, nuts3, part] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
            codes.insert(code, CountySet(1 << read.len()));
            let genitive = fold(name.strip_suffix(" län").unwrap_or(name));
            read.push(County { name, short: short(&genitive).to_owned(), genitive, nuts3, part: fold(part) });
        }
        let municipalities = include_str!("../../../data/municipalities.tsv");
        let municipality = |line: &'static str| {
            let (code, name) = line.split_once('\t')?;
            Some((name.to_lowercase(), *codes.get(code.get(..2)?)?))
        };
        let municipalities = municipalities.lines().skip(1).filter_map(municipality).collect();
        Self { counties: read, municipalities }
    }

    /// The names of the counties in a set, such as `Norrbottens län`.
    pub fn names(&self, set: CountySet) -> impl Iterator<Item = &'static str> {
        self.each().filter(move |(own, _)| own.meets(set)).map(|(_, county)| county.name)
    }

    fn each(&self) -> impl Iterator<Item = (CountySet, &County)> {
        self.counties.iter().enumerate().map(|(at, county)| (CountySet(1 << at), county))
    }

    fn those(&self, is_meant: impl Fn(&County) -> bool) -> CountySet {
        self.each().filter(|(_, county)| is_meant(county)).map(|(own, _)| own).collect()
    }

    /// The counties of Norrland, Svealand or Götaland, by its name.
    #[must_use]
    pub fn part_of_country(&self, name: &str) -> CountySet {
        let name = fold(name.trim());
        self.those(|county| county.part == name)
    }

    /// The county with a name: `Norrbotten`, `Norrbottens län`.
    #[must_use]
    pub fn county(&self, name: &str) -> CountySet {
        let name = fold(name.trim());
        let name = name.strip_suffix(" lan").unwrap_or(&name);
        self.those(|county| county.short == name || county.genitive == name)
    }

    /// The county with a name that no municipality has: `Kalmar` is a town first.
    #[must_use]
    pub fn county_only(&self, name: &str) -> CountySet {
        let folded = fold(name.trim());
        let is_town = self.municipalities.keys().any(|town| fold(town) == folded);
        if is_town { CountySet::default() } else { self.county(name) }
    }

    /// The county of a municipality, by the name of its main town or its own: `Piteå`, `PITEÅ KOMMUN`, `Härnösands
    /// kommun`.
    #[must_use]
    pub fn municipality(&self, name: &str) -> CountySet {
        let name = name.trim().to_lowercase();
        let bare =
            [" kommun", " stad", "s kommun", "s stad"].iter().filter_map(|ending| name.strip_suffix(ending));
        std::iter::once(&*name)
            .chain(bare)
            .filter_map(|name| self.municipalities.get(name).copied())
            .collect()
    }

    /// The county that an owner's name says: that of a municipality, or `Region Gävleborg`, `Länsstyrelsen i
    /// Norrbottens län`, `Västerbottens läns landsting`.
    #[must_use]
    pub fn owner(&self, name: &str) -> CountySet {
        let folded = fold(name.trim());
        let says = |county: &County| {
            let after_region = folded.strip_prefix("region ");
            let before_lan = || folded.split(" lan").next().filter(|before| before.len() < folded.len());
            after_region.is_some_and(|rest| rest == county.short || rest == county.genitive)
                || before_lan().is_some_and(|before| ends_with_word(before, &county.genitive))
        };
        self.municipality(name).or(self.those(says))
    }

    /// The counties of a NUTS code; one of level 3 is a county.
    #[must_use]
    pub fn nuts(&self, code: &str) -> CountySet {
        let code = code.trim().to_ascii_uppercase();
        if code.len() < 3 {
            return CountySet::default();
        }
        self.those(|county| county.nuts3.starts_with(&code))
    }
}

/// The name of a county by its genitive, both folded.
fn short(genitive: &str) -> &str {
    match genitive {
        "uppsala" | "kalmar" | "skane" | "orebro" | "blekinge" => genitive,
        _ => genitive.strip_suffix('s').unwrap_or(genitive),
    }
}

fn ends_with_word(text: &str, word: &str) -> bool {
    let before = text.strip_suffix(word);
    before.is_some_and(|before| before.chars().next_back().is_none_or(|c| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn names(set: CountySet) -> Vec<&'static str> {
        Geography::built_in().names(set).collect()
    }

    #[test]
    fn the_tables_are_whole() {
        let geography = Geography::built_in();
        assert_eq!((geography.counties.len(), geography.municipalities.len()), (21, 290));
        let parts =
            ["norrland", "svealand", "götaland"].map(|part| Geography::built_in().part_of_country(part));
        assert_eq!(parts.map(|part| names(part).len()), [5, 7, 9]);
        let is_single = |name| geography.county(name).0.is_power_of_two();
        assert!(geography.counties.iter().all(|county| is_single(county.name)));
    }

    #[rstest]
    #[case("PITEÅ KOMMUN", &["Norrbottens län"])]
    #[case("Härnösands kommun", &["Västernorrlands län"])]
    #[case("Stockholms stad", &["Stockholms län"])]
    #[case("Region Gävleborg", &["Gävleborgs län"])]
    #[case("Region Skåne", &["Skåne län"])]
    #[case("Länsstyrelsen i Norrbottens län", &["Norrbottens län"])]
    #[case("Västerbottens Läns Landsting", &["Västerbottens län"])]
    #[case("Uppsala Läns Landsting", &["Uppsala län"])]
    #[case("TalangAkademin Ekonomisk förening", &[])]
    #[case("Landsbygd i Norden AB", &[])]
    fn owners_say_their_county(#[case] owner: &str, #[case] counties: &[&str]) {
        assert_eq!(names(Geography::built_in().owner(owner)), counties);
    }

    #[rstest]
    #[case("SE332", &["Norrbottens län"])]
    #[case("se33", &["Västerbottens län", "Norrbottens län"])]
    #[case("SE", &[])]
    #[case("DE300", &[])]
    fn codes_are_counties(#[case] code: &str, #[case] counties: &[&str]) {
        assert_eq!(names(Geography::built_in().nuts(code)), counties);
    }

    #[rstest]
    #[case("norrbotten", 1)]
    #[case("Norrbottens län", 1)]
    #[case("dalarna", 1)]
    #[case("Västra Götaland", 1)]
    #[case("kalmar", 0)]
    #[case("piteå", 0)]
    fn a_town_is_no_county(#[case] name: &str, #[case] count: u32) {
        assert_eq!(Geography::built_in().county_only(name).0.count_ones(), count);
    }
}
