//! Descriptions: Swedish sentences in paragraphs, with what real ones have in them, and a few English ones.

use std::fmt::Write;

use super::faults::{Fault, Faults};
use super::model::personal_number;
use super::random::Random;
use super::vocabulary::{ENGLISH_SENTENCES, OBJECTS, SUBJECTS, TAILS, VERBS};

/// Paragraphs: about 1,100 bytes in the median, 100 to 4,000, but for the tiny ones.
pub fn description(faults: Faults, random: &mut Random) -> String {
    if faults.has(Fault::DescriptionTiny) {
        return random.pick(&["Förstudie.", "Fortsättning", "Se ansökan."]).to_owned();
    }
    let length = match random.below(10) {
        0 => 100 + random.below(300),
        1..=7 => 700 + random.below(900),
        8 => 1_600 + random.below(800),
        _ => 2_400 + random.below(1_600),
    };
    let mut text = String::with_capacity(length + 400);
    while text.len() < length {
        sentence(&mut text, random);
        text.push_str(if random.one_in(5) { "\n\n" } else { " " });
    }
    text.truncate(text.trim_end().len());
    odd_ends(&mut text, faults, random);
    text
}

fn sentence(text: &mut String, random: &mut Random) {
    let _ = write!(text, "{} {} {}", random.pick(SUBJECTS), random.pick(VERBS), random.pick(OBJECTS));
    if random.one_in(2) {
        let _ = write!(text, " och {}", random.pick(OBJECTS));
    }
    let _ = write!(text, " {}.", random.pick(TAILS));
}

fn odd_ends(text: &mut String, faults: Faults, random: &mut Random) {
    let has = |fault| faults.has(fault);
    if has(Fault::LineLikeLabel) {
        text.push_str("\n\nDe tre arbetspaketen är sammanlänkande:");
    }
    if has(Fault::NumberedList) {
        for number in 1..=3 {
            let _ = write!(text, "\n{number} {} {}", random.pick(OBJECTS), random.pick(TAILS));
        }
    }
    if has(Fault::MarkupLeftOver) {
        text.push_str("\n\n**Mål** -- mer på [[vår sida]](https://exempel.se/projekt)");
    }
    if has(Fault::StrayQuotes) {
        text.push_str("\n\nUnga som kallas \"hemmasittare.\" är en del av målgruppen.");
    }
    if has(Fault::SoftHyphens) {
        text.push_str("\n\nArbets\u{ad}marknads\u{ad}insatser för alla.");
    }
    if has(Fault::PersonalNumberInText) {
        let _ = write!(text, "\n\nKontakt: {} är projektledare.", personal_number(random));
    }
}

/// A few sentences, some hundred bytes.
pub fn short(random: &mut Random) -> String {
    let mut text = String::new();
    let length = 60 + random.below(240);
    while text.len() < length {
        if !text.is_empty() {
            text.push_str(if random.one_in(8) { "\n" } else { " " });
        }
        sentence(&mut text, random);
    }
    text
}

/// The same in English: some sentences, translated from no particular ones.
pub fn short_english(random: &mut Random) -> String {
    let count = 1 + random.below(4);
    (0..count).map(|_| random.pick(ENGLISH_SENTENCES)).collect::<Vec<_>>().join(" ")
}
