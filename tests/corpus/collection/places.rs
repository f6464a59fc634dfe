//! Towns, their counties and regions: codes, names and coordinates that agree with each other.

/// A municipality's main town.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Town {
    pub name: &'static str,
    /// The first three digits of its postcodes.
    pub postcode: &'static str,
    pub nuts3: &'static str,
    /// Degrees north, in hundredths.
    pub latitude: u32,
    /// Degrees east, in hundredths.
    pub longitude: u32,
}

/// A region of the fund.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Region {
    pub nuts2: &'static str,
    /// The fund's name of the place.
    pub name: &'static str,
    /// Eurostat's name of the place.
    pub eurostat: &'static str,
}

impl Town {
    /// The county's name.
    pub fn county(&self) -> &'static str {
        COUNTIES.iter().find(|(code, _)| *code == self.nuts3).map_or("", |(_, name)| name)
    }

    pub fn region(&self) -> Region {
        REGIONS.iter().find(|region| self.nuts3.starts_with(region.nuts2)).copied().unwrap_or_default()
    }

    /// Code and name of its part of the country.
    pub fn part(&self) -> (&'static str, &'static str) {
        let parts = [("SE1", "ÖSTRA SVERIGE"), ("SE2", "SÖDRA SVERIGE"), ("SE3", "NORRA SVERIGE")];
        parts.into_iter().find(|(code, _)| self.nuts3.starts_with(code)).unwrap_or_default()
    }
}

const fn region(nuts2: &'static str, name: &'static str, eurostat: &'static str) -> Region {
    Region { nuts2, name, eurostat }
}

pub const REGIONS: &[Region] = &[
    region("SE11", "Stockholm", "Stockholm"),
    region("SE12", "Östra Mellansverige", "Östra Mellansverige"),
    region("SE21", "Småland och Öarna", "Småland med öarna"),
    region("SE22", "Sydsverige", "Sydsverige"),
    region("SE23", "Västsverige", "Västsverige"),
    region("SE31", "Norra Mellansverige", "Norra Mellansverige"),
    region("SE32", "Mellersta Norrland", "Mellersta Norrland"),
    region("SE33", "Övre Norrland", "Övre Norrland"),
];

const COUNTIES: &[(&str, &str)] = &[
    ("SE110", "Stockholms län"),
    ("SE121", "Uppsala län"),
    ("SE123", "Östergötlands län"),
    ("SE124", "Örebro län"),
    ("SE125", "Västmanlands län"),
    ("SE211", "Jönköpings län"),
    ("SE212", "Kronobergs län"),
    ("SE213", "Kalmar län"),
    ("SE214", "Gotlands län"),
    ("SE224", "Skåne län"),
    ("SE231", "Hallands län"),
    ("SE232", "Västra Götalands län"),
    ("SE311", "Värmlands län"),
    ("SE312", "Dalarnas län"),
    ("SE313", "Gävleborgs län"),
    ("SE321", "Västernorrlands län"),
    ("SE322", "Jämtlands län"),
    ("SE331", "Västerbottens län"),
    ("SE332", "Norrbottens län"),
];

const fn town(
    name: &'static str,
    postcode: &'static str,
    nuts3: &'static str,
    latitude: u32,
    longitude: u32,
) -> Town {
    Town { name, postcode, nuts3, latitude, longitude }
}

pub const TOWNS: &[Town] = &[
    town("Piteå", "941", "SE332", 6532, 2148),
    town("Luleå", "972", "SE332", 6558, 2215),
    town("Kiruna", "981", "SE332", 6786, 2023),
    town("Älvsbyn", "942", "SE332", 6568, 2099),
    town("Umeå", "903", "SE331", 6383, 2026),
    town("Skellefteå", "931", "SE331", 6475, 2095),
    town("Östersund", "831", "SE322", 6318, 1464),
    town("Sundsvall", "852", "SE321", 6239, 1731),
    town("Gävle", "803", "SE313", 6067, 1714),
    town("Falun", "791", "SE312", 6061, 1564),
    town("Karlstad", "652", "SE311", 5938, 1350),
    town("Örebro", "702", "SE124", 5927, 1521),
    town("Västerås", "722", "SE125", 5961, 1655),
    town("Uppsala", "753", "SE121", 5986, 1764),
    town("Norrköping", "602", "SE123", 5859, 1618),
    town("Linköping", "582", "SE123", 5841, 1562),
    town("Jönköping", "553", "SE211", 5778, 1416),
    town("Växjö", "352", "SE212", 5688, 1481),
    town("Kalmar", "392", "SE213", 5666, 1636),
    town("Visby", "621", "SE214", 5763, 1829),
    town("Malmö", "211", "SE224", 5560, 1300),
    town("Lund", "222", "SE224", 5570, 1319),
    town("Kristianstad", "291", "SE224", 5603, 1415),
    town("Halmstad", "302", "SE231", 5667, 1286),
    town("Göteborg", "411", "SE232", 5771, 1197),
    town("Borås", "503", "SE232", 5772, 1294),
    town("Trollhättan", "461", "SE232", 5828, 1229),
    town("Skövde", "541", "SE232", 5839, 1385),
    town("Södertälje", "151", "SE110", 5920, 1763),
    town("Botkyrka", "147", "SE110", 5920, 1783),
];
