//! A synthetic collection: any number of text records from a seed, the same for the same seed. The words are
//! what such records are made of; the projects are made up.

use std::fmt::Write;

/// `count` text records in one text. Descriptions have about 1,100 characters in the median, 100 to 4,000.
#[must_use]
pub fn generate(count: usize, seed: u64) -> String {
    let mut random = Random(seed);
    let mut text = String::with_capacity(count * 1_900);
    for number in 0..count {
        record(&mut text, number, &mut random);
    }
    text
}

/// splitmix64 (Steele, Lea, Flood 2014): small, and good enough for names.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or(0)
    }

    fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words.get(self.below(words.len())).copied().unwrap_or_default()
    }
}

const REGIONS: &[(&str, &str)] = &[
    ("Stockholm", "SE11"),
    ("Östra Mellansverige", "SE12"),
    ("Småland och Öarna", "SE21"),
    ("Sydsverige", "SE22"),
    ("Västsverige", "SE23"),
    ("Norra Mellansverige", "SE31"),
    ("Mellersta Norrland", "SE32"),
    ("Övre Norrland", "SE33"),
];

const TOWNS: &[&str] = &[
    "Piteå",
    "Luleå",
    "Umeå",
    "Skellefteå",
    "Östersund",
    "Sundsvall",
    "Gävle",
    "Falun",
    "Karlstad",
    "Örebro",
    "Västerås",
    "Uppsala",
    "Norrköping",
    "Linköping",
    "Jönköping",
    "Växjö",
    "Kalmar",
    "Visby",
    "Malmö",
    "Lund",
    "Kristianstad",
    "Halmstad",
    "Göteborg",
    "Borås",
    "Trollhättan",
    "Skövde",
    "Södertälje",
    "Botkyrka",
    "Kiruna",
    "Älvsbyn",
];

const NAME_STARTS: &[&str] = &[
    "Nya vägar",
    "Trygghet",
    "Steget vidare",
    "Kompetenslyft",
    "Framtidskraft",
    "Språk i arbete",
    "Ung kraft",
    "Hållbar etablering",
    "Samverkan",
    "Nycklar",
    "Växtkraft",
    "Bryggan",
    "Rätt stöd",
    "Digitalt lyft",
    "Jämställd start",
    "Inkluderande arbetsliv",
    "Grön omställning",
    "Livslångt lärande",
    "Vägen in",
    "Mitt val",
];

const NAME_ENDS: &[&str] = &[
    "till arbete",
    "för unga",
    "2.0",
    "i hela länet",
    "på arbetsmarknaden",
    "för utrikes födda kvinnor",
    "steg två",
    "i vård och omsorg",
    "- en förstudie",
    "för framtidens industri",
    "mot skolavhopp",
    "i samverkan",
    "",
];

const OWNERS: &[&str] = &[
    "Region",
    "Arbetsförmedlingen",
    "Folkhögskolan",
    "Samordningsförbundet",
    "Länsstyrelsen",
    "Föreningen Framåt",
    "Studieförbundet",
    "Högskolan",
    "Näringslivsbolaget",
    "Kompetensakademin",
];

const SUBJECTS: &[&str] = &[
    "Projektet",
    "Insatsen",
    "Kommunen",
    "En stor del av deltagarna",
    "Arbetsgivarna i regionen",
    "Målgruppen",
    "Många unga",
    "De deltagande verksamheterna",
    "Ett växande antal företag",
    "Projektets samverkansparter",
];

const VERBS: &[&str] = &[
    "ska stärka",
    "syftar till att utveckla",
    "behöver",
    "arbetar med",
    "saknar i dag",
    "prövar nya former av",
    "kompletterar",
    "erbjuder",
    "kartlägger",
    "bidrar till",
];

const OBJECTS: &[&str] = &[
    "kompetensutveckling",
    "vägledning och stöd",
    "språkträning på arbetsplatsen",
    "individuella handlingsplaner",
    "jämställdhet och tillgänglighet",
    "samverkan mellan skola och socialtjänst",
    "metoder för tidiga insatser",
    "en hållbar etablering på arbetsmarknaden",
    "digitala verktyg",
    "trygghet i övergången till studier",
    "utbildning inom bristyrken",
    "motiverande samtal",
    "validering av yrkeskunskaper",
    "psykisk hälsa",
];

const TAILS: &[&str] = &[
    "i nära samarbete med näringslivet",
    "för personer som står långt från arbetsmarknaden",
    "under hela projekttiden",
    "tillsammans med civilsamhället",
    "så att fler fullföljer sina studier",
    "utifrån individens egna behov",
    "i samtliga kommuner i länet",
    "med stöd av forskning och utvärdering",
    "vilket minskar risken för utanförskap",
];

fn record(text: &mut String, number: usize, random: &mut Random) {
    let year = 22 + number % 6;
    let serial = number / 6 % 1_000;
    let id = format!("{year:02}-{serial:03}-S{:02}", (number / 6_000 + random.below(3) * 33) % 99 + 1);
    let start = random.pick(NAME_STARTS);
    let name = format!("{start} {}", random.pick(NAME_ENDS));
    let name = name.trim();
    let town = random.pick(TOWNS);
    let (region, nuts) = REGIONS.get(random.below(REGIONS.len())).copied().unwrap_or_default();
    let owner = match random.below(4) {
        0 => format!("{town} kommun").to_uppercase(),
        1 => format!("{town} kommun"),
        _ => format!("{} {town}", random.pick(OWNERS)),
    };
    let _ = write!(text, "{id} - {name}\n\nDiarienummer:\n{id}\nNamn:\n{name}\n");
    let mut field = |label: &str, value: &str| {
        let _ = write!(text, "{label}:\n{value}\n");
    };
    let month = random.below(12) + 1;
    field("Startdatum", &format!("20{year}-{month:02}-01"));
    field("Slutdatum", &format!("20{}-{month:02}-28", year + 2 + random.below(2)));
    field("Land som berörs", "Sverige");
    field("Berörd fond", "ESF+");
    field("Program CCI", "2021SE05SFPR");
    if !random.one_in(9) {
        field("Projektägare organisationsnummer", &organisation_number(random));
    }
    field("Projektägare", &owner);
    field("Unionens medfinansieringsgrad", random.pick(&["40%", "50%", "90%"]));
    field("Programområde", random.pick(&["A", "B", "C", "D"]));
    field("Specifikt mål", random.pick(&["A1", "A2A", "B1", "C1", "D1"]));
    field("Sekundärtema - Motverka barnfattigdom", random.pick(&["Ja", "Nej", "Nej", "Nej"]));
    if !random.one_in(20) {
        field("Region", region);
    }
    field("NUTS-2 kod", nuts);
    if random.one_in(2) {
        field("Stödmottagare postnr", &format!("{:05}", 10_000 + random.below(88_000)));
        field("Stödmottagare ort", &town.to_uppercase());
    }
    field("Interventionstyp", random.pick(&["134", "136", "140", "145", "146", "151", "152", "163", "175"]));
    if random.one_in(2) {
        field("Antal deltagare", &(20 + random.below(1_500)).to_string());
    }
    if random.one_in(3) {
        field("Total projektbudget", &format!("{} {:03} 000 kr", 1 + random.below(60), random.below(1_000)));
    }
    field("Insats av strategisk betydelse", random.pick(&["Ja", "Nej", "Nej"]));
    text.push('\n');
    description(text, random);
    text.push_str("\n\n");
}

fn description(text: &mut String, random: &mut Random) {
    let length = match random.below(10) {
        0 => 100 + random.below(300),
        1..=7 => 700 + random.below(900),
        8 => 1_600 + random.below(800),
        _ => 2_400 + random.below(1_600),
    };
    let end = text.len() + length;
    while text.len() < end {
        let _ = write!(text, "{} {} {}", random.pick(SUBJECTS), random.pick(VERBS), random.pick(OBJECTS));
        if random.one_in(2) {
            let _ = write!(text, " och {}", random.pick(OBJECTS));
        }
        let _ = write!(text, " {}.", random.pick(TAILS));
        text.push_str(if random.one_in(5) { "\n\n" } else { " " });
    }
    text.truncate(text.trim_end().len());
}

/// Ten digits whose third is high enough for an organisation and whose check digit (Luhn) is right.
fn organisation_number(random: &mut Random) -> String {
    let digits: Vec<u32> =
        [2, 1, 2].into_iter().chain((0..6).map(|_| u32::try_from(random.below(10)).unwrap_or(0))).collect();
    let weighted =
        |(at, digit): (usize, &u32)| if at % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { *digit };
    let sum: u32 = digits.iter().enumerate().map(weighted).sum();
    let all = digits.iter().copied().chain(std::iter::once((10 - sum % 10) % 10));
    all.filter_map(|digit| char::from_digit(digit, 10)).collect()
}
