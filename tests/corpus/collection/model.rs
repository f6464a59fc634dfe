//! The model of a synthetic record: what all forms write, each in its own way. Knows no form.

use super::faults::{Fault, Faults};
use super::places::{REGIONS, Region, TOWNS, Town};
use super::prose;
use super::random::Random;
use super::vocabulary::{ENGLISH_STARTS, NAME_ENDS, NAME_STARTS, OWNERS};

/// A day as it will be written: it need not exist.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Day {
    pub year: usize,
    pub month: usize,
    pub of_month: usize,
}

/// A project.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Its place in the collection, from 0.
    pub number: usize,
    pub faults: Faults,
    /// `true` for the period 2014–2020, which has other codes and numbers.
    pub is_old: bool,
    pub id: Option<String>,
    pub name: String,
    pub name_english: String,
    pub start: Day,
    pub end: Option<Day>,
    pub owner: String,
    pub owner_number: Option<String>,
    /// The Union's part, in percent.
    pub rate: usize,
    pub priority: &'static str,
    pub objective: &'static str,
    /// The objective as the regulation counts.
    pub european_objective: &'static str,
    pub child_poverty: bool,
    pub strategic: bool,
    pub town: Town,
    pub postcode: String,
    pub region: Region,
    pub interventions: Vec<&'static str>,
    pub participants: Option<usize>,
    /// In kronor.
    pub total: Option<usize>,
    /// Paragraphs, separated by blank lines.
    pub description: String,
    /// A few sentences of it, as the European list has them.
    pub short: String,
    pub short_english: String,
}

/// Programme area, specific objective, the regulation's objective.
const OBJECTIVES: &[(&str, &str, &str)] =
    &[("A", "A1A", "ESO4.7"), ("A", "A2A", "ESO4.8"), ("C", "C1", "ESO4.12"), ("D", "D1", "ESO4.2")];

const CODES: &[&str] = &["134", "136", "137", "140", "145", "146", "151", "152", "153", "163"];
const OLD_CODES: &[&str] = &["102", "103", "106", "108", "109", "115", "117", "118"];

impl Model {
    /// The record number `number` of the collection with this seed.
    pub fn new(seed: u64, number: usize) -> Self {
        let random = &mut Random::new(seed, number);
        let faults = Faults::draw(random);
        let has = |fault| faults.has(fault);
        let is_old = is_old(number);
        let town = random.pick(TOWNS);
        let (owner, is_department) = owner(town, faults, random);
        let start_at = random.below(NAME_STARTS.len());
        let start = NAME_STARTS.get(start_at).copied().unwrap_or_default();
        let (priority, objective, european_objective) = objective(town, random);
        let interventions = interventions(is_old, faults, random);
        let (from, until) = days(number, faults, random);
        let name = format!("{start} {}", random.pick(NAME_ENDS)).trim_end().to_owned();
        let region =
            if has(Fault::RegionDisagrees) { other_region(town.region(), random) } else { town.region() };
        Self {
            number,
            faults,
            is_old,
            id: written_id(number, faults),
            name: if has(Fault::NameWithDash) { format!("SUVAS - {name}") } else { name },
            name_english: ENGLISH_STARTS.get(start_at).copied().unwrap_or_default().to_owned(),
            start: from,
            end: until,
            owner,
            owner_number: if is_department { None } else { owner_number(faults, random) },
            rate: if is_old { 50 } else { random.pick(&[40, 40, 50, 90, 100]) },
            priority,
            objective,
            european_objective,
            child_poverty: random.one_in(4),
            strategic: random.one_in(10),
            town,
            postcode: format!("{}{:02}", town.postcode, 10 + random.below(80)),
            region,
            interventions,
            participants: random.one_in(2).then(|| 20 + random.below(1_500)),
            total: (!has(Fault::AmountMissing)).then(|| 200_000 + random.below(60_000_000)),
            description: prose::description(faults, random),
            short: prose::short(random),
            short_english: prose::short_english(random),
        }
    }

    pub fn has(&self, fault: Fault) -> bool {
        self.faults.has(fault)
    }

    /// The Union's contribution in kronor, whole ones: the rest is cut off.
    pub fn union_part(&self) -> Option<usize> {
        self.total.map(|total| total * self.rate / 100)
    }

    pub fn fund(&self) -> &'static str {
        if self.is_old { "ESF" } else { "ESF+" }
    }

    /// The programme's code, all 15 characters.
    pub fn programme(&self) -> &'static str {
        if self.is_old { "2014SE05M9OP001" } else { "2021SE05SFPR001" }
    }

    pub fn period(&self) -> &'static str {
        if self.is_old { "2014-2020" } else { "2021-2027" }
    }
}

fn objective(town: Town, random: &mut Random) -> (&'static str, &'static str, &'static str) {
    let chosen = random.pick(OBJECTIVES);
    // Programme area D is there for the sparsely populated regions alone.
    let is_sparse = ["SE32", "SE33"].contains(&town.region().nuts2);
    if chosen.0 == "D" && !is_sparse { OBJECTIVES.first().copied().unwrap_or_default() } else { chosen }
}

fn is_old(number: usize) -> bool {
    // There are seven years of 100,000 numbers each.
    number % 20 == 19 && number / 20 < 700_000
}

/// The diarienummer of a place in the collection: no two are the same.
pub fn plain_id(number: usize) -> String {
    if is_old(number) {
        let count = number / 20;
        return format!("{}/{:05}", 2014 + count % 7, count / 7);
    }
    format!("{:02}-{:03}-S{:02}", 22 + number % 6, number / 6 % 1_000, number / 6_000 + 1)
}

fn written_id(number: usize, faults: Faults) -> Option<String> {
    if faults.has(Fault::IdMissing) {
        return None;
    }
    let id = plain_id(if faults.has(Fault::IdRepeated) { number.saturating_sub(1) } else { number });
    Some(if faults.has(Fault::IdInLowerCase) { id.to_lowercase() } else { id })
}

fn owner(town: Town, faults: Faults, random: &mut Random) -> (String, bool) {
    let name = town.name;
    if faults.has(Fault::OwnerIsDepartment) {
        let department = random.pick(&["Äldreförvaltningen", "Arbetsmarknadsavdelningen", "Socialkontoret"]);
        return (format!("{department}, {name} kommun"), true);
    }
    let owner =
        if random.one_in(2) { format!("{name} kommun") } else { format!("{} {name}", random.pick(OWNERS)) };
    (if faults.has(Fault::OwnerInCapitals) { owner.to_uppercase() } else { owner }, false)
}

fn other_region(region: Region, random: &mut Random) -> Region {
    let at = REGIONS.iter().position(|known| *known == region).unwrap_or_default();
    REGIONS.get((at + 1 + random.below(REGIONS.len() - 1)) % REGIONS.len()).copied().unwrap_or_default()
}

fn interventions(is_old: bool, faults: Faults, random: &mut Random) -> Vec<&'static str> {
    if is_old {
        return vec![random.pick(OLD_CODES)];
    }
    if faults.has(Fault::CodeWithLetter) {
        return vec![random.pick(&["145a", "145b"])];
    }
    let at = random.below(CODES.len());
    let count = if faults.has(Fault::SeveralCodes) { 2 } else { 1 };
    CODES.iter().cycle().skip(at).take(count).copied().collect()
}

fn days(number: usize, faults: Faults, random: &mut Random) -> (Day, Option<Day>) {
    let year = if is_old(number) { 2014 + number / 20 % 7 } else { 2022 + number % 6 };
    let month = random.below(12) + 1;
    let start = Day { year, month, of_month: random.pick(&[1, 1, 1, 15]) };
    let years = 1 + random.below(3);
    let mut end = Day { year: year + years, month, of_month: 28 };
    if faults.has(Fault::EndBeforeStart) {
        end.year = year - 1;
    }
    if faults.has(Fault::DateImpossible) {
        (end.month, end.of_month) = (2, 31);
    }
    (start, (!faults.has(Fault::EndMissing)).then_some(end))
}

fn owner_number(faults: Faults, random: &mut Random) -> Option<String> {
    if faults.has(Fault::NumberMissing) {
        return None;
    }
    if faults.has(Fault::NumberIsForeign) {
        return Some("GB744495211".to_owned());
    }
    if faults.has(Fault::NumberIsPersonal) {
        return Some(personal_number(random));
    }
    let start = random.pick(&["212000", "556", "769", "802", "2021"]);
    let number = with_check_digit(start, random);
    if !faults.has(Fault::NumberWrittenOtherwise) {
        return Some(number);
    }
    Some(match random.below(3) {
        0 => hyphenated(&number),
        1 => format!("16{number}"),
        _ => format!("SE{number}01"),
    })
}

/// Ten digits of an invented person: the date and the check digit are valid.
pub fn personal_number(random: &mut Random) -> String {
    let birth = format!("{:02}{:02}{:02}", 50 + random.below(49), 1 + random.below(12), 1 + random.below(28));
    with_check_digit(&birth, random)
}

fn hyphenated(number: &str) -> String {
    let (first, rest) = number.split_at_checked(6).unwrap_or((number, ""));
    format!("{first}-{rest}")
}

/// Nine digits that begin so, and the check digit (Luhn) that belongs to them.
fn with_check_digit(start: &str, random: &mut Random) -> String {
    let mut digits: Vec<usize> =
        start.chars().filter_map(|c| c.to_digit(10)).map(|digit| digit as usize).collect();
    digits.resize_with(9, || random.below(10));
    let weighted =
        |(at, digit): (usize, &usize)| if at % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { *digit };
    let sum: usize = digits.iter().enumerate().map(weighted).sum();
    digits.push((10 - sum % 10) % 10);
    digits.iter().map(ToString::to_string).collect()
}
