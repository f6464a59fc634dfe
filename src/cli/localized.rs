//! Help of the command line in Swedish and English: replaces texts, headings and value names of clap's command by those
//! of a language.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::Resettable;
use clap::{Arg, Command, CommandFactory};

use super::args::{Arguments, Everywhere};
use super::environment::Environment;
use super::settings::Settings;
use crate::i18n::{HelpWords, Lang, swedish_help, swedish_value_name};

/// The command with the help of a language.
#[must_use]
pub fn command(lang: Lang) -> Command {
    let mut command = Arguments::command();
    // Adds the standard options and commands and copies the common options, so that these are reached too.
    command.build();
    localized(command, "diarium", lang)
}

/// The settings for a command line that clap refuses or answers with help: `--lang` and `--config` count, wherever they
/// are.
#[must_use]
pub fn settings(arguments: &[OsString], environment: &Environment) -> Settings {
    let lang = value_of(arguments, "--lang").and_then(|name| name.to_str()?.parse().ok());
    let config = value_of(arguments, "--config").map(PathBuf::from);
    Settings::read(environment, &Everywhere { lang, config, ..Everywhere::default() })
}

/// The value of an option, as `--name value` or `--name=value`.
fn value_of(arguments: &[OsString], name: &str) -> Option<OsString> {
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let text = argument.to_string_lossy();
        if text == name {
            return arguments.next().cloned();
        }
        if let Some(value) = text.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')) {
            return Some(value.into());
        }
    }
    None
}

/// `path` is the command with those above it: `diarium review mark`.
fn localized(command: Command, path: &str, lang: Lang) -> Command {
    let words = HelpWords::of(lang);
    let header = *command.get_styles().get_header();
    let about = text(&about_key(path), command.get_about(), lang);
    let about = if command.get_name() == "help" { Some(words.help_command.to_owned()) } else { about };
    let after = text(&format!("{path}/after"), command.get_after_help(), lang);
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{header}{}:{header:#} {{usage}}\n\n{{all-args}}{{after-help}}",
        words.usage
    );
    let mut command = command
        .mut_args(|argument| localized_argument(argument, path, lang))
        .mut_subcommands(|inner| {
            let path = format!("{path} {}", inner.get_name());
            localized(inner, &path, lang)
        })
        .subcommand_help_heading(words.commands)
        .subcommand_value_name(words.command_name)
        .help_template(template);
    if let Some(about) = about {
        command = command.about(about);
    }
    if let Some(after) = after {
        command = command.after_help(after);
    }
    let usage = usage(&command.render_usage().to_string(), lang);
    command.override_usage(usage)
}

/// `diarium help find` tells about `diarium find`.
fn about_key(path: &str) -> String {
    path.replace(" help", "")
}

/// A usage line of clap's without its heading, in a language.
pub(super) fn usage(line: &str, lang: Lang) -> String {
    let line = line.trim_start_matches("Usage:").trim_start();
    line.replace("[OPTIONS]", &format!("[{}]", HelpWords::of(lang).options_name))
}

/// The text of a key; the English one is that of clap's definitions.
fn text(key: &str, english: Option<&clap::builder::StyledStr>, lang: Lang) -> Option<String> {
    let swedish = swedish_help(key).map(str::to_owned);
    let english = || english.map(ToString::to_string);
    match lang {
        Lang::Swedish => swedish.or_else(english),
        Lang::English => english(),
    }
}

fn localized_argument(argument: Arg, path: &str, lang: Lang) -> Arg {
    let words = HelpWords::of(lang);
    let id = argument.get_id().as_str().to_owned();
    let mut help = match id.as_str() {
        "help" => words.help_option.to_owned(),
        "version" => words.version_option.to_owned(),
        id => argument_text(&argument, path, id, lang).unwrap_or_default(),
    };
    for remark in [default_value(&argument, &words), possible_values(&argument, &words)].into_iter().flatten()
    {
        help.extend([" [", &remark, "]"]);
    }
    let heading = if argument.is_positional() {
        words.arguments
    } else if argument.is_global_set() && id != "round" {
        words.common_options
    } else {
        words.options
    };
    // Arguments under a heading of their own are sorted by name unless they have an order.
    let order = argument.get_index();
    let names = argument.get_value_names().unwrap_or_default();
    let swedish: Option<Vec<&'static str>> = names.iter().map(|name| swedish_value_name(name)).collect();
    let argument = argument
        .help(help)
        .long_help(Resettable::Reset)
        .help_heading(heading)
        .hide_default_value(true)
        .hide_possible_values(true);
    let argument = if let Some(order) = order { argument.display_order(order) } else { argument };
    match (lang, swedish) {
        (Lang::Swedish, Some(names)) if !names.is_empty() => argument.value_names(names),
        _ => argument,
    }
}

/// The text of an argument: that of this command, else the one that it has everywhere.
fn argument_text(argument: &Arg, path: &str, id: &str, lang: Lang) -> Option<String> {
    let own = argument_key(path, id);
    let key = if swedish_help(&own).is_some() { &own } else { id };
    text(key, argument.get_help(), lang)
}

/// `find.limit`; `diarium.query` for an argument of the program itself.
fn argument_key(path: &str, id: &str) -> String {
    format!("{}.{id}", path.strip_prefix("diarium ").unwrap_or(path))
}

fn default_value(argument: &Arg, words: &HelpWords) -> Option<String> {
    let values = argument.get_default_values().iter().map(|value| value.to_string_lossy());
    let values = values.filter(|value| !value.is_empty()).collect::<Vec<_>>().join(", ");
    let is_flag = !argument.get_action().takes_values();
    (!is_flag && !values.is_empty()).then(|| format!("{}: {values}", words.default))
}

fn possible_values(argument: &Arg, words: &HelpWords) -> Option<String> {
    if !argument.get_action().takes_values() {
        return None;
    }
    let values = argument.get_possible_values();
    let names = values.iter().map(|value| value.get_name().to_owned()).collect::<Vec<_>>().join(", ");
    (!names.is_empty()).then(|| format!("{}: {names}", words.possible_values))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::i18n::swedish_help_keys;

    /// Visits every command with its path, in English as clap defines it.
    fn each_command(look: &mut impl FnMut(&Command, &str)) {
        fn visit(command: &Command, path: &str, look: &mut impl FnMut(&Command, &str)) {
            look(command, path);
            for inner in command.get_subcommands() {
                visit(inner, &format!("{path} {}", inner.get_name()), look);
            }
        }
        visit(&Arguments::command(), "diarium", look);
    }

    #[test]
    fn every_text_of_the_help_is_there_in_swedish_and_none_is_left_over() {
        let (mut wanted, mut missing) = (BTreeSet::new(), Vec::new());
        each_command(&mut |command, path| {
            let mut keys = vec![vec![path.to_owned()]];
            if command.get_after_help().is_some() {
                keys.push(vec![format!("{path}/after")]);
            }
            for argument in command.get_arguments() {
                let id = argument.get_id().as_str();
                keys.push(vec![argument_key(path, id), id.to_owned()]);
                let names = argument.get_value_names().unwrap_or_default().iter();
                let unnamed = names.filter(|name| swedish_value_name(name).is_none());
                if argument.get_action().takes_values() {
                    missing.extend(unnamed.map(|name| format!("the value {name}")));
                }
            }
            for keys in keys {
                match keys.iter().find(|key| swedish_help(key).is_some()) {
                    Some(key) => drop(wanted.insert(key.clone())),
                    None => missing.push(keys[0].clone()),
                }
            }
        });
        assert_eq!(missing, Vec::<String>::new());
        let left_over: Vec<&str> = swedish_help_keys().filter(|key| !wanted.contains(*key)).collect();
        assert_eq!(left_over, Vec::<&str>::new());
    }

    #[test]
    fn the_whole_help_is_in_one_language() {
        let english = ["Usage", "Options", "OPTIONS", "Print", "Commands", "COMMAND", "default:", "possible"];
        let swedish = ["Användning", "Flaggor", "FLAGGOR", "Skriv", "Kommandon", "KOMMANDO", "förval"];
        for (lang, foreign) in [(Lang::Swedish, &english[..]), (Lang::English, &swedish[..])] {
            fn visit(command: &mut Command, foreign: &[&str]) {
                let help = command.render_long_help().to_string();
                for word in foreign {
                    assert!(!help.contains(word), "{word} in:\n{help}");
                }
                for inner in command.get_subcommands_mut() {
                    visit(inner, foreign);
                }
            }
            visit(&mut command(lang), foreign);
        }
    }

    #[test]
    fn a_localized_command_is_sound_and_parses_alike() {
        for lang in [Lang::Swedish, Lang::English] {
            let command = command(lang);
            command.clone().debug_assert();
            let line = ["diarium", "review", "list", "--lang", "en", "--state", "pending", "--round", "a"];
            assert!(command.try_get_matches_from(line).is_ok());
        }
    }
}
