//! The Swedish regions: NUTS codes, the fund's own regions, and whether a name and a code agree.

use std::collections::HashMap;

/// The regions of the NUTS classification and of ESF-rådet, read once by the caller of [`super::Codes`].
#[derive(Clone, Debug)]
pub struct Regions {
    by_code: HashMap<&'static str, Region>,
    /// Lower-case names and other spellings. `småland och öarna` has one code; a name can have several.
    by_name: HashMap<String, Vec<&'static str>>,
}

/// One row of `data/regions.tsv`.
#[derive(Clone, Copy, Debug)]
struct Region {
    name: &'static str,
    esf_region: &'static str,
}

impl Regions {
    pub(crate) fn built_in() -> Self {
        let mut by_code = HashMap::new();
        let mut by_name: HashMap<String, Vec<&'static str>> = HashMap::new();
        for line in table().lines().skip(1) {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let [code, _level, name, esf_region, also] = cells.as_slice() else { continue };
            by_code.insert(*code, Region { name, esf_region });
            let spellings = [name, esf_region].into_iter().copied().chain(also.split('|'));
            for spelling in spellings.filter(|spelling| !spelling.is_empty()) {
                let codes = by_name.entry(spelling.to_lowercase()).or_default();
                if !codes.contains(code) {
                    codes.push(code);
                }
            }
        }
        Self { by_code, by_name }
    }

    /// The Swedish name of a NUTS code of any level: `SE121` is `Uppsala län`.
    #[must_use]
    pub fn name_of_nuts(&self, code: &str) -> Option<&'static str> {
        self.by_code.get(code.trim().to_ascii_uppercase().as_str()).map(|region| region.name)
    }

    /// ESF-rådet's region for a NUTS-2 code or a NUTS-3 code within it, as its records name it:
    /// `SE21` and `SE213` are `Småland och Öarna`, `SE` is `ESF Nationellt`.
    #[must_use]
    pub fn region_of_nuts(&self, code: &str) -> Option<&'static str> {
        let code = code.trim().to_ascii_uppercase();
        self.by_code.get(code.as_str())?;
        let region = self.by_code.get(code.get(..4).unwrap_or(&code))?;
        Some(region.esf_region).filter(|name| !name.is_empty())
    }

    /// Returns `true` if a region's name and a NUTS code denote the same place, or one of them a part of the other.
    ///
    /// Both may be lists (`Södermanland, Uppsala`, `SE121|SE122`): one agreeing pair is enough. `None` if nothing
    /// agrees and a name or a code is unknown.
    #[must_use]
    pub fn region_agrees(&self, region_name: &str, nuts: &str) -> Option<bool> {
        let name_codes = self.codes_of_names(region_name);
        let nuts_codes = parts(nuts).map(|part| {
            let code = part.to_ascii_uppercase();
            self.by_code.get_key_value(code.as_str()).map(|(code, _)| vec![*code])
        });
        let nuts_codes: Vec<_> = nuts_codes.collect();
        let is_within = |a: &str, b: &str| a.starts_with(b) || b.starts_with(a);
        let known = |codes: &[Option<Vec<&'static str>>]| {
            codes.iter().flatten().flatten().copied().collect::<Vec<_>>()
        };
        let (names, codes) = (known(&name_codes), known(&nuts_codes));
        if names.iter().any(|name| codes.iter().any(|code| is_within(name, code))) {
            return Some(true);
        }
        let all_known = |codes: &[Option<Vec<_>>]| !codes.is_empty() && codes.iter().all(Option::is_some);
        (all_known(&name_codes) && all_known(&nuts_codes)).then_some(false)
    }

    /// Returns `true` if two lists of region names denote the same places, in any known spelling.
    #[must_use]
    pub fn same_region(&self, one: &str, other: &str) -> bool {
        let (one, other) = (self.codes_of_names(one), self.codes_of_names(other));
        let shared = |a: &Option<Vec<&str>>, b: &Option<Vec<&str>>| {
            a.iter().flatten().any(|code| b.iter().flatten().any(|other| code == other))
        };
        let within = |these: &[_], those: &[_]| these.iter().all(|a| those.iter().any(|b| shared(a, b)));
        !one.is_empty() && within(&one, &other) && within(&other, &one)
    }

    /// The codes of each name in a list; `None` for a name that is not in the table.
    fn codes_of_names(&self, names: &str) -> Vec<Option<Vec<&'static str>>> {
        parts(names).map(|name| self.by_name.get(&name.to_lowercase()).cloned()).collect()
    }
}

fn table() -> &'static str {
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/regions.tsv"))
}

fn parts(list: &str) -> impl Iterator<Item = &str> {
    list.split([',', '|', ';']).map(str::trim).filter(|part| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("Östra Mellansverige", "SE12", Some(true))]
    #[case("ÖSTRA MELLANSVERIGE", "se12", Some(true))]
    #[case("Övre Norrland", "SE12", Some(false))]
    #[case("Småland och Öarna", "SE21", Some(true))]
    #[case("Småland med öarna", "SE213", Some(true))]
    #[case("Skåne-Blekinge", "SE22", Some(true))]
    #[case("Uppsala län", "SE12", Some(true))]
    #[case("Uppsala", "SE122", Some(false))]
    #[case("Stockholm", "SE110", Some(true))]
    #[case("ESF-Nationellt", "SE33", Some(true))]
    #[case("Södermanland, Uppsala, Västmanland, Örebro, Östergötland", "SE12", Some(true))]
    #[case("Södermanland, Uppsala", "SE33", Some(false))]
    #[case("Stockholm", "SE110|SE121", Some(true))]
    #[case("Bergslagen", "SE12", None)]
    #[case("Bergslagen, Uppsala", "SE12", Some(true))]
    #[case("Bergslagen, Uppsala", "SE33", None)]
    #[case("Övre Norrland", "SE99", None)]
    #[case("Övre Norrland", "", None)]
    #[case("", "SE12", None)]
    fn names_and_codes_are_checked(#[case] name: &str, #[case] nuts: &str, #[case] expected: Option<bool>) {
        assert_eq!(Regions::built_in().region_agrees(name, nuts), expected);
    }

    #[rstest]
    #[case("SE12", Some("Östra Mellansverige"))]
    #[case("se213", Some("Småland och Öarna"))]
    #[case("SE", Some("ESF Nationellt"))]
    #[case("SE1", None)]
    #[case("SE129", None)]
    #[case("DK01", None)]
    #[case("åäöå", None)]
    fn a_code_has_a_region(#[case] code: &str, #[case] expected: Option<&str>) {
        assert_eq!(Regions::built_in().region_of_nuts(code), expected);
    }

    #[test]
    fn every_row_is_read() {
        let regions = Regions::built_in();
        assert_eq!(regions.by_code.len(), table().lines().count() - 1);
        assert_eq!(regions.name_of_nuts("SE332"), Some("Norrbottens län"));
    }

    proptest! {
        #[test]
        fn never_panics_on_any_string(name in ".*", code in ".*") {
            let regions = Regions::built_in();
            let _ = regions.region_agrees(&name, &code);
            let _ = regions.region_of_nuts(&code);
            let _ = regions.name_of_nuts(&code);
        }
    }
}
