//! Positional arguments of browsing: paths to load, ids to open, parts of ids to search for.

use std::path::{Path, PathBuf};

use super::error::CliError;
use crate::domain::record_id::RecordId;

/// Classified positional arguments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Targets {
    /// Files and folders, in the order given.
    pub paths: Vec<PathBuf>,
    /// Complete ids, normalised.
    pub ids: Vec<RecordId>,
    /// Parts of ids, as typed.
    pub parts: Vec<String>,
}

impl Targets {
    /// Classifies the arguments.
    ///
    /// # Errors
    /// If an argument is neither a path nor an id.
    pub fn read(named: &[String], exists: impl Fn(&Path) -> bool) -> Result<Self, CliError> {
        let mut targets = Self::default();
        for text in named {
            if is_plainly_a_path(text) || exists(Path::new(text)) {
                targets.paths.push(PathBuf::from(text));
            } else if let Some(id) = RecordId::read_loose(text) {
                targets.ids.push(id);
            } else if is_part_of_an_id(text) {
                targets.parts.push(text.clone());
            } else {
                return Err(CliError::NeitherPathNorId(text.clone()));
            }
        }
        Ok(targets)
    }

    /// The id to open and the initial query. A single complete id is opened; several become a query.
    ///
    /// # Errors
    /// If ids are combined with a query.
    pub fn opening(&self, query: Option<&str>) -> Result<(Option<RecordId>, String), CliError> {
        match (query, self.ids.as_slice(), self.parts.as_slice()) {
            (query, [], []) => Ok((None, query.unwrap_or_default().to_owned())),
            (Some(_), ..) => Err(CliError::IdAndQuery),
            (None, [id], []) => Ok((Some(id.clone()), String::new())),
            (None, ids, parts) => {
                let words: Vec<&str> =
                    ids.iter().map(RecordId::as_str).chain(parts.iter().map(String::as_str)).collect();
                Ok((None, words.join(" ")))
            }
        }
    }
}

/// `./x` is a path even if it does not exist; `-` is standard input.
fn is_plainly_a_path(text: &str) -> bool {
    text == "-" || ["./", "../", "/"].iter().any(|start| text.starts_with(start))
}

/// Digits and the separators of an id, with or without its S.
fn is_part_of_an_id(text: &str) -> bool {
    let text = text.trim();
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '/' | '_' | ' ' | 's' | 'S'))
        && text.chars().filter(|c| c.eq_ignore_ascii_case(&'s')).count() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn read(named: &[&str]) -> Result<Targets, CliError> {
        let named: Vec<String> = named.iter().map(|&text| text.to_owned()).collect();
        Targets::read(&named, |path| path == Path::new("23-079-S13.txt") || path == Path::new("079"))
    }

    #[rstest]
    #[case(&["23-079-S13.txt"], &["23-079-S13.txt"], None, "")]
    #[case(&["./show"], &["./show"], None, "")]
    #[case(&["-"], &["-"], None, "")]
    #[case(&["079"], &["079"], None, "")]
    #[case(&["23079s13", "./a"], &["./a"], Some("23-079-S13"), "")]
    #[case(&["2021SE05SFPR001_23-079-S13"], &[], Some("23-079-S13"), "")]
    #[case(&["23-079-S13#2"], &[], Some("23-079-S13#2"), "")]
    #[case(&["~1A2B3C4D"], &[], Some("~1a2b3c4d"), "")]
    #[case(&["2018/00076"], &[], Some("2018/00076"), "")]
    #[case(&["24-003"], &[], None, "24-003")]
    #[case(&["S13"], &[], None, "S13")]
    #[case(&["23-079-S13", "24-003-S05"], &[], None, "23-079-S13 24-003-S05")]
    fn what_is_named(
        #[case] named: &[&str],
        #[case] paths: &[&str],
        #[case] id: Option<&str>,
        #[case] query: &str,
    ) {
        let targets = read(named).expect("targets");
        assert_eq!(targets.paths, paths.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert_eq!(targets.opening(None).expect("an opening"), (id.map(RecordId::from), query.to_owned()));
    }

    #[rstest]
    #[case("trygghet")]
    #[case("projekt2")]
    #[case("SS")]
    #[case("")]
    fn what_is_neither(#[case] text: &str) {
        assert!(matches!(read(&[text]), Err(CliError::NeitherPathNorId(_))));
    }

    #[test]
    fn an_id_and_a_query_are_too_much() {
        let targets = read(&["23-079-S13"]).expect("targets");
        assert!(matches!(targets.opening(Some("x")), Err(CliError::IdAndQuery)));
    }
}
