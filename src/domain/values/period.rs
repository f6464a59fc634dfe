//! The programming periods of the Union's funds. The same code can mean different things in each.

use super::number::is_dash;

/// A programming period of seven years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Period {
    /// 2014–2020: the European Social Fund.
    P2014,
    /// 2021–2027: the European Social Fund Plus.
    P2021,
}

impl Period {
    /// Both periods, oldest first.
    pub const ALL: [Self; 2] = [Self::P2014, Self::P2021];

    /// As deliveries write it: `2014-2020` or `2021-2027`.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::P2014 => "2014-2020",
            Self::P2021 => "2021-2027",
        }
    }

    /// Reads `2021-2027` with any dash and any spaces around it; a list of periods is none.
    #[must_use]
    pub fn read(raw: &str) -> Option<Self> {
        if let Some(period) = Self::ALL.into_iter().find(|period| period.text() == raw) {
            return Some(period);
        }
        let plain: String =
            raw.chars().filter(|c| !c.is_whitespace()).map(|c| if is_dash(c) { '-' } else { c }).collect();
        Self::ALL.into_iter().find(|period| period.text() == plain)
    }

    /// The period a programme belongs to, from the first four digits of its CCI (`2021SE05SFPR001`).
    #[must_use]
    pub fn from_cci(cci: &str) -> Option<Self> {
        let cci = cci.trim();
        let is_cci = cci.len() >= 12 && cci.bytes().all(|b| b.is_ascii_alphanumeric());
        match cci.get(..4).filter(|_| is_cci)? {
            "2014" => Some(Self::P2014),
            "2021" => Some(Self::P2021),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("2021-2027", Some(Period::P2021))]
    #[case(" 2014 – 2020 ", Some(Period::P2014))]
    #[case("2014-2020 | 2021-2027", None)]
    #[case("2007-2013", None)]
    fn reads_period_texts(#[case] raw: &str, #[case] expected: Option<Period>) {
        assert_eq!(Period::read(raw), expected);
    }

    #[rstest]
    #[case("2021SE05SFPR", Some(Period::P2021))]
    #[case("2021SE05SFPR001", Some(Period::P2021))]
    #[case("2014SE05M9OP001", Some(Period::P2014))]
    #[case("2021", None)]
    #[case("2007SE052PO001", None)]
    #[case("åäöåäöåäöåäö", None)]
    fn a_cci_names_its_period(#[case] cci: &str, #[case] expected: Option<Period>) {
        assert_eq!(Period::from_cci(cci), expected);
    }

    proptest! {
        #[test]
        fn never_panics_on_any_string(raw in ".*") {
            let _ = Period::read(&raw);
            let _ = Period::from_cci(&raw);
        }
    }
}
