//! Messages about wrong command lines, in Swedish and English.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::localized;
use super::output::Looks;
use crate::domain::diagnostic::Severity;
use crate::i18n::{HelpWords, Lang, UsageWords, expected_value};

/// The message: the problem, a suggestion, the usage.
#[must_use]
pub fn message(error: &Error, lang: Lang, looks: Looks) -> String {
    let words = UsageWords::of(lang);
    let label = looks.severity(Severity::Error, format!("{}:", words.error));
    let mut lines = vec![format!("{label} {}", sentence(error, lang))];
    if let Some(values) = strings(error, ContextKind::ValidValue) {
        lines.push(format!("  [{}: {}]", HelpWords::of(lang).possible_values, values.join(", ")));
    }
    let meant = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    if let Some(meant) = meant.into_iter().find_map(|kind| strings(error, kind)) {
        lines.push(format!("\n  {}: {}?", words.did_you_mean, meant.join(", ")));
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = localized::usage(&usage.to_string(), lang);
        lines.push(format!("\n{}: {usage}", HelpWords::of(lang).usage));
    }
    lines.push(format!("\n{}: --help\n", words.more_help));
    lines.join("\n")
}

/// The problem as one sentence.
fn sentence(error: &Error, lang: Lang) -> String {
    let words = UsageWords::of(lang);
    let argument = string(error, ContextKind::InvalidArg).map(|name| format!("'{name}'"));
    let command = string(error, ContextKind::InvalidSubcommand).map(|name| format!("'{name}'"));
    let value = string(error, ContextKind::InvalidValue).filter(|value| !value.is_empty());
    let about =
        |pattern: &str, name: &Option<String>| pattern.replace("{}", name.as_deref().unwrap_or_default());
    match error.kind() {
        ErrorKind::UnknownArgument => about(words.unknown_argument, &argument),
        ErrorKind::InvalidSubcommand => about(words.unknown_command, &command),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match value {
            None => about(words.value_missing, &argument),
            Some(value) => {
                let expected = argument_id(error).and_then(|id| expected_value(&id, lang));
                let expected = expected.map(|form| format!(" ({form})")).unwrap_or_default();
                format!("{}: '{value}'{expected}", about(words.invalid_value, &argument))
            }
        },
        ErrorKind::TooManyValues => about(words.too_many_values, &argument),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => about(words.too_few_values, &argument),
        ErrorKind::MissingRequiredArgument => {
            let missing = strings(error, ContextKind::InvalidArg).map(|names| names.join(", "));
            about(words.required, &missing)
        }
        ErrorKind::MissingSubcommand => about(words.command_required, &command),
        ErrorKind::ArgumentConflict => {
            let others = strings(error, ContextKind::PriorArg).unwrap_or_default();
            let name = argument.or(command);
            if others.is_empty() || name == others.first().map(|other| format!("'{other}'")) {
                about(words.repeated, &name)
            } else {
                let others: Vec<String> = others.iter().map(|other| format!("'{other}'")).collect();
                format!("{} {}", about(words.conflict, &name), others.join(", "))
            }
        }
        ErrorKind::InvalidUtf8 => words.not_unicode.to_owned(),
        _ => words.wrong_use.to_owned(),
    }
}

/// The id of the argument that the error is about: of `--rate <EUR=KURS>` it is `rate`, of `<N>` the size.
fn argument_id(error: &Error) -> Option<String> {
    let shown = string(error, ContextKind::InvalidArg)?;
    let name = shown.split(' ').next()?.trim_start_matches('-');
    Some(if name.starts_with('<') { "size".to_owned() } else { name.to_owned() })
}

fn string(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        _ => None,
    }
}

fn strings(error: &Error, kind: ContextKind) -> Option<Vec<String>> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(vec![text.clone()]),
        ContextValue::Strings(texts) if !texts.is_empty() => Some(texts.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(
        "find --limti 3",
        "okänd flagga eller oväntat argument: '--limti'",
        "unexpected argument: '--limti'"
    )]
    #[case("find --limit", "'--limit <ANTAL>' kräver ett värde", "'--limit <N>' requires a value")]
    #[case(
        "find --limit x",
        "ogiltigt värde för '--limit <ANTAL>': 'x' (ett heltal)",
        "invalid value for '--limit <N>': 'x' (a whole number)"
    )]
    #[case(
        "--rate 3",
        "ogiltigt värde för '--rate <EUR=KURS>': '3' (en kurs skrivs EUR=11.20)",
        "invalid value for '--rate <EUR=RATE>': '3' (rates are written EUR=11.20)"
    )]
    #[case(
        "find --color blue",
        "ogiltigt värde för '--color <NÄR>': 'blue'",
        "invalid value for '--color <WHEN>': 'blue'"
    )]
    #[case("show", "nödvändiga uppgifter saknas: <ID>...", "required arguments are missing: <ID>...")]
    #[case("review aprove", "okänt kommando: 'aprove'", "unknown command: 'aprove'")]
    #[case(
        "find --limit 1 --limit 2",
        "'--limit <ANTAL>' kan bara anges en gång",
        "'--limit <N>' can be given only once"
    )]
    #[case(
        "review sample 5 --seed a --by region --weight eu",
        "'--by <FÄLT>' kan inte kombineras med '--weight <BELOPP>'",
        "'--by <FIELD>' cannot be combined with '--weight <AMOUNT>'"
    )]
    #[case(
        "review sample 0 --seed a",
        "ogiltigt värde för '<ANTAL>': '0' (ett heltal, minst 1)",
        "invalid value for '<N>': '0' (a whole number, at least 1)"
    )]
    fn common_mistakes_are_named(#[case] line: &str, #[case] swedish: &str, #[case] english: &str) {
        for (lang, expected) in [(Lang::Swedish, swedish), (Lang::English, english)] {
            let line = std::iter::once("diarium").chain(line.split(' '));
            let error = localized::command(lang).try_get_matches_from(line).expect_err("a mistake");
            assert_eq!(sentence(&error, lang), expected, "{:?}", error.kind());
        }
    }

    #[test]
    fn a_message_has_suggestion_and_usage() {
        let error = localized::command(Lang::Swedish)
            .try_get_matches_from(["diarium", "find", "--limti", "3"])
            .expect_err("a mistake");
        assert_eq!(
            message(&error, Lang::Swedish, Looks::default()),
            "fel: okänd flagga eller oväntat argument: '--limti'\n\n  menade du: --limit?\n\n\
             Användning: diarium find [FLAGGOR] [SÖKFRÅGA]...\n\nMer hjälp: --help\n"
        );
    }
}
