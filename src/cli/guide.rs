//! `diarium guide [TOPIC]`: prints the guide, or lists its topics.

use super::app::CliContext;
use super::args::Format;
use super::error::CliError;
use super::output::Looks;
use super::status::Status;
use crate::guide::Topic;
use crate::guide::layout::{Backticks, GuideLine, LineKind, lines};
use crate::text::width::width;

/// The columns of the text where nothing says how wide the output is.
const USUAL_COLUMNS: usize = 80;

/// Runs the command.
///
/// # Errors
/// When there is no such topic, or output cannot be written.
pub fn run(app: &mut CliContext<'_>, topic: Option<&str>) -> Result<Status, CliError> {
    app.format(&[Format::Text], Format::Text)?;
    match topic {
        None => list(app)?,
        Some(name) => {
            let looks = app.output.data_looks;
            let backticks = if looks.coloured { Backticks::Dropped } else { Backticks::Kept };
            let text = Topic::find(name)?.text(app.words.lang);
            for line in lines(text, looks.columns.unwrap_or(USUAL_COLUMNS), backticks) {
                writeln!(app.output.data, "{}", styled(&line, looks))?;
            }
        }
    }
    Ok(Status::Done)
}

/// Each topic with its title.
fn list(app: &mut CliContext<'_>) -> Result<(), CliError> {
    let (lang, looks) = (app.words.lang, app.output.data_looks);
    let names = Topic::ALL.iter().map(|topic| topic.name(lang));
    let widest = names.map(width).max().unwrap_or(0);
    for topic in Topic::ALL {
        let name = topic.name(lang);
        let pad = " ".repeat(widest - width(name));
        writeln!(app.output.data, "{}{pad}  {}", looks.strong(name), topic.title(lang))?;
    }
    Ok(())
}

fn styled(line: &GuideLine, looks: Looks) -> String {
    match line.kind {
        LineKind::Heading => looks.strong(&line.text).to_string(),
        LineKind::Code => looks.code(&line.text).to_string(),
        LineKind::Text => {
            let mut out = String::new();
            let mut from = 0;
            for code in &line.code {
                out += line.text.get(from..code.start).unwrap_or_default();
                out += &looks.code(line.text.get(code.clone()).unwrap_or_default()).to_string();
                from = code.end;
            }
            out + line.text.get(from..).unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::args::Arguments;
    use super::*;
    use crate::guide::commands;
    use crate::i18n::Lang;
    use clap::Parser;

    /// The words of a command as a shell reads them.
    fn words(command: &str) -> Vec<String> {
        let (mut words, mut quoted) = (vec![String::new()], false);
        for c in command.chars() {
            match c {
                '\'' => quoted = !quoted,
                ' ' if !quoted => words.push(String::new()),
                c => words.last_mut().expect("a word").push(c),
            }
        }
        words
    }

    #[test]
    fn every_command_of_the_guide_is_one_of_the_program() {
        for lang in [Lang::Swedish, Lang::English] {
            for topic in Topic::ALL {
                for command in commands(topic.text(lang)) {
                    let parsed = Arguments::try_parse_from(words(&command));
                    assert!(parsed.is_ok(), "{topic:?}: {command}: {}", parsed.expect_err("a mistake"));
                }
            }
        }
    }
}
