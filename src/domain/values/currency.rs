//! Currencies, by their ISO 4217 codes and by the words and signs that lists write for them.

/// A currency that lists state amounts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency(u8);

/// The codes of ISO 4217 that are money people pay with.
const CODES: &[&str] = &[
    "SEK", "EUR", "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT",
    "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHF",
    "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD", "EEK", "EGP", "ERN", "ETB",
    "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ", "GYD", "HKD", "HNL", "HRK", "HTG", "HUF",
    "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD", "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW",
    "KWD", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "LTL", "LVL", "LYD", "MAD", "MDL", "MGA", "MKD",
    "MMK", "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR",
    "NZD", "OMR", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR",
    "SBD", "SCR", "SDG", "SGD", "SHP", "SKK", "SOS", "SRD", "SSP", "STN", "SYP", "SZL", "THB", "TJS", "TMT",
    "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VES", "VND", "VUV", "WST",
    "XAF", "XCD", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWL",
];

/// Words for currencies in lists, in lower case. `$` and `¥` are left out: several countries use them.
const WORDS: &[(&str, &str)] = &[
    ("kr", "SEK"),
    ("kronor", "SEK"),
    ("svenska kronor", "SEK"),
    ("skr", "SEK"),
    ("€", "EUR"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("euroa", "EUR"),
    ("ευρω", "EUR"),
    ("ευρώ", "EUR"),
    ("eiro", "EUR"),
    ("£", "GBP"),
    ("pounds", "GBP"),
    ("kn", "HRK"),
    ("kuna", "HRK"),
    ("zł", "PLN"),
    ("zl", "PLN"),
    ("kč", "CZK"),
    ("kc", "CZK"),
    ("ft", "HUF"),
    ("forint", "HUF"),
    ("lei", "RON"),
    ("лв", "BGN"),
    ("dkr", "DKK"),
    ("nkr", "NOK"),
    ("us$", "USD"),
    ("fr", "CHF"),
    ("sfr", "CHF"),
];

impl Currency {
    /// Swedish kronor.
    pub const SEK: Self = Self(0);
    /// Euros.
    pub const EUR: Self = Self(1);

    /// The currency with an ISO 4217 code, in any case.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim();
        let at = CODES.iter().position(|known| known.eq_ignore_ascii_case(code))?;
        u8::try_from(at).ok().map(Self)
    }

    /// The currency with an ISO 4217 code, or that a word or sign means (`kr`, `€`, `zł`), in any case.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim().trim_end_matches('.');
        Self::from_code(word).or_else(|| {
            let lower = word.to_lowercase();
            WORDS.iter().find(|(known, _)| *known == lower).and_then(|(_, code)| Self::from_code(code))
        })
    }

    /// The ISO 4217 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        CODES.get(usize::from(self.0)).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("SEK", Some("SEK"))]
    #[case(" eur ", Some("EUR"))]
    #[case("kr.", Some("SEK"))]
    #[case("KR", Some("SEK"))]
    #[case("€", Some("EUR"))]
    #[case("zł", Some("PLN"))]
    #[case("kn", Some("HRK"))]
    #[case("Kč", Some("CZK"))]
    #[case("$", None)]
    #[case("XXX", None)]
    #[case("", None)]
    fn codes_and_words(#[case] word: &str, #[case] code: Option<&str>) {
        assert_eq!(Currency::from_word(word).map(Currency::code), code);
    }

    #[test]
    fn every_code_reads_back_and_every_word_has_one() {
        for code in CODES {
            assert_eq!(Currency::from_code(code).map(Currency::code), Some(*code));
        }
        assert_eq!((Currency::SEK.code(), Currency::EUR.code()), ("SEK", "EUR"));
        assert!(WORDS.iter().all(|(word, _)| Currency::from_word(word).is_some()));
    }
}
