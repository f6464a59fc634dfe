//! `diarium check --explain [CODE]`: the meaning of a diagnostic, its reason, and its remedy.

use super::app::CliContext;
use super::args::Format;
use super::error::CliError;
use super::severity::severity_word;
use crate::cli::status::Status;
use crate::domain::diagnostic::Code;
use crate::i18n::{Explanation, explanation};
use crate::text::wrap::wrap;

/// Maximum line width in columns, for readability.
const COLUMNS: usize = 80;

/// Explains one code, or lists all codes.
///
/// # Errors
/// If no diagnostic has the code, or the output cannot be written.
pub fn run(app: &mut CliContext<'_>, name: &str) -> Result<Status, CliError> {
    app.format(&[Format::Text], Format::Text)?;
    if name.is_empty() {
        return all(app);
    }
    let known = Code::ALL.iter().find(|code| code.name().eq_ignore_ascii_case(name.trim()));
    let code = *known.ok_or_else(|| CliError::UnknownCode(name.to_owned(), nearest(name)))?;
    one(app, code, explanation(code, app.words.lang))
}

fn all(app: &mut CliContext<'_>) -> Result<Status, CliError> {
    let column = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or(0) + 2;
    for code in Code::ALL {
        let meaning = explanation(*code, app.words.lang).meaning;
        writeln!(app.output.data, "{:column$}{meaning}", code.name())?;
    }
    Ok(Status::Done)
}

fn one(app: &mut CliContext<'_>, code: Code, said: Explanation) -> Result<Status, CliError> {
    let (words, looks) = (app.words, app.output.data_looks);
    let severity = severity_word(code.severity(), &words);
    let label = format!("{severity}[{}]", code.name());
    writeln!(app.output.data, "{}", looks.severity(code.severity(), label))?;
    for text in [said.meaning, said.reason, said.remedy] {
        writeln!(app.output.data)?;
        for line in wrap(text, COLUMNS) {
            writeln!(app.output.data, "{}", text.get(line).unwrap_or_default().trim_end())?;
        }
    }
    writeln!(app.output.data, "\n{} {}", looks.quiet(format!("{}:", words.example)), said.example)?;
    Ok(Status::Done)
}

/// The nearest code: one that begins with the text, or differs by few letters.
fn nearest(name: &str) -> Option<Code> {
    let name = name.trim().to_lowercase();
    let near = |code: &Code| distance(&name, code.name());
    let close = Code::ALL.iter().copied().min_by_key(near).filter(|code| near(code) <= 3);
    let begins = |code: &&Code| name.len() >= 3 && code.name().split('-').any(|word| word.starts_with(&name));
    close.or_else(|| Code::ALL.iter().find(begins).copied())
}

/// Maximum edit distance to a suggested code.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.chars().count()).collect();
    for (at, a) in one.chars().enumerate() {
        let mut corner = at;
        let mut left = at + 1;
        for (cell, b) in row.iter_mut().skip(1).zip(other.chars()) {
            let best = (corner + usize::from(a != b)).min(left + 1).min(*cell + 1);
            corner = std::mem::replace(cell, best);
            left = best;
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("", "abc", 3)]
    #[case("abc", "", 3)]
    #[case("abc", "abc", 0)]
    #[case("abc", "acb", 2)]
    #[case("confict", "conflict", 1)]
    #[case("kitten", "sitting", 3)]
    fn distances(#[case] one: &str, #[case] other: &str, #[case] expected: usize) {
        assert_eq!(distance(one, other), expected);
    }
}
