//! Typed queries, each with the expected record and its lowest accepted place. Those over the built-in records are a
//! table; those over a synthetic collection are derived from the words of its records. A plain scan, independent of the
//! program's search, checks that a record alone has its words.

use std::fmt::Write as _;

use super::corpus::collection::model::Model;
use super::corpus::collection::{self, Collection, Form};

/// The collection that the second half is asked of.
pub const COLLECTION: Collection = Collection { seed: 7, count: 600 };

/// A query and its expected result.
#[derive(Clone, Debug)]
pub struct Asked {
    pub query: String,
    /// The record's id or, if it has none, its name.
    pub expected: String,
    /// The lowest accepted place, from 1.
    pub place: usize,
}

/// The table over the built-in records.
pub fn of_built_in() -> Vec<Asked> {
    let rows = include_str!("../fixtures/ranking/built_in.tsv").lines().filter(|row| !row.starts_with('#'));
    let read = |row: &str| {
        let mut cells = row.split('\t');
        let (place, expected, query) = (cells.next()?, cells.next()?, cells.next()?);
        Some(Asked { query: query.to_owned(), expected: expected.to_owned(), place: place.parse().ok()? })
    };
    rows.map(|row| read(row).unwrap_or_else(|| panic!("a row of the table: {row:?}"))).collect()
}

/// The queries over the synthetic collection.
pub fn of_collection() -> Vec<Asked> {
    let models: Vec<Model> = COLLECTION.models().collect();
    let texts: Vec<String> = models.iter().map(|model| plain(&text(model))).collect();
    let is_alone = |query: &str| {
        let words: Vec<String> = query.split(' ').map(plain).collect();
        texts.iter().filter(|text| words.iter().all(|word| text.contains(word))).count() == 1
    };
    let mut asked = Vec::new();
    for model in models.iter().step_by(7) {
        let Some(id) = model.id.clone().filter(|id| is_alone(id)) else { continue };
        let mut ask = |query: String| {
            let expected = id.to_uppercase();
            asked.push(Asked { query, expected, place: 1 });
        };
        if let [year, number, _] = id.split('-').collect::<Vec<_>>()[..] {
            ask(id.to_lowercase().replace('-', ""));
            ask(id.replace('-', " "));
            ask(format!("2021SE05SFPR001_{id}"));
            ask(format!("{year}-{number}"));
            ask(format!("{year}{number}"));
            // With the number, a slip in the name leaves one record.
            ask(format!("{year}-{number} {}", swapped(long_word(&model.name))));
        }
        let (word, town) = (long_word(&model.name), model.town.name);
        let (owner, code) =
            (long_word(&model.owner), model.interventions.first().copied().unwrap_or_default());
        let derived = [
            format!("{word} {town}"),
            format!("{} {}", plain(word), plain(town)),
            format!("{owner} {word}"),
            format!("{owner} {town} {word}"),
            format!("{code} {word} {town}"),
            format!("{} {} {}", beginning(&model.name), beginning(town), code),
            format!("{} {town}", model.name),
        ];
        derived.into_iter().filter(|query| is_alone(query)).for_each(ask);
    }
    asked
}

/// The place of a record among ids and names, from 1; `None` if it is missing.
pub fn place_of<'a>(asked: &Asked, mut found: impl Iterator<Item = (&'a str, &'a str)>) -> Option<usize> {
    found.position(|(id, name)| id == asked.expected || name == asked.expected).map(|at| at + 1)
}

/// The mean reciprocal rank; a missing record counts as zero.
#[expect(clippy::cast_precision_loss, reason = "places are small")]
pub fn mean_reciprocal_rank(places: &[Option<usize>]) -> f64 {
    places.iter().flatten().map(|place| 1.0 / *place as f64).sum::<f64>() / places.len().max(1) as f64
}

/// The queries whose record is missing or below its accepted place, one per line.
pub fn misses(asked: &[Asked], places: &[Option<usize>]) -> String {
    let mut misses = String::new();
    for (asked, place) in asked.iter().zip(places) {
        if place.is_none_or(|place| place > asked.place) {
            let at = place.map_or_else(|| "not found".to_owned(), |place| format!("at place {place}"));
            let _ = writeln!(
                misses,
                "{:40} {} is {at}, not among the first {}",
                asked.query, asked.expected, asked.place
            );
        }
    }
    misses
}

fn text(model: &Model) -> String {
    let mut bytes = Vec::new();
    collection::record(Form::Text, model, &mut bytes).expect("written");
    String::from_utf8(bytes).expect("text")
}

fn plain(text: &str) -> String {
    let letter = |c| match c {
        'å' | 'ä' => 'a',
        'ö' => 'o',
        'é' => 'e',
        other => other,
    };
    text.to_lowercase().chars().map(letter).collect()
}

/// The longest word.
fn long_word(text: &str) -> &str {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.max_by_key(|word| word.chars().count()).unwrap_or_default()
}

/// The first four letters.
fn beginning(text: &str) -> String {
    text.chars().take_while(|c| *c != ' ').take(4).collect()
}

/// A word with its third and fourth letters swapped.
fn swapped(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() > 5 {
        letters.swap(2, 3);
    }
    letters.into_iter().collect()
}
