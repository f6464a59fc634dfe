//! The manual page in a language: commands, options, keys and the guide, as `man` macros.

use clap::{Arg, Command};

use super::localized;
use crate::guide::Topic;
use crate::guide::markdown::{Block, Inline, Part, blocks};
use crate::i18n::{HelpWords, Lang};
use crate::ui::keys::context::Context;
use crate::ui::keys::keymap::Keymap;

/// The manual page, in UTF-8.
#[must_use]
pub fn page(lang: Lang, keymap: &Keymap) -> String {
    let words = HelpWords::of(lang);
    let program = localized::command(lang);
    let mut page = ManualPage { roff: String::new() };
    let version = concat!("diarium ", env!("CARGO_PKG_VERSION"));
    page.line(".\\\" -*- coding: utf-8 -*-");
    page.line(&format!(".TH DIARIUM 1 \"\" \"{version}\""));
    page.section(words.manual_name);
    let about = program.get_about().map(ToString::to_string).unwrap_or_default();
    page.line(&format!("diarium \\- {}", escaped(&about)));
    page.section(words.manual_synopsis);
    page.usage(&program);
    page.section(&words.options.to_uppercase());
    page.options(program.get_arguments().filter(|argument| !argument.is_global_set()));
    page.verbatim(program.get_after_help().map(ToString::to_string).as_deref().unwrap_or_default());
    page.section(words.manual_commands);
    page.commands(&program);
    page.section(words.manual_common_options);
    page.options(program.get_arguments().filter(|argument| argument.is_global_set()));
    page.section(words.manual_keys);
    page.keys(lang, keymap);
    page.section(words.manual_guide);
    let titles: Vec<&str> = Topic::ALL.iter().map(|topic| topic.title(lang)).collect();
    page.paragraph(&format!("{}.", titles.join(", ")));
    for topic in Topic::ALL {
        page.topic(topic.text(lang));
    }
    page.roff
}

struct ManualPage {
    roff: String,
}

impl ManualPage {
    /// A line that is markup.
    fn line(&mut self, line: &str) {
        self.roff += line;
        self.roff.push('\n');
    }

    /// A line of text, which begins no markup.
    fn text(&mut self, text: &str) {
        if text.starts_with(['.', '\'']) {
            self.roff += "\\&";
        }
        self.line(text);
    }

    fn section(&mut self, title: &str) {
        self.line(&format!(".SH \"{}\"", escaped(title)));
    }

    fn paragraph(&mut self, text: &str) {
        self.line(".PP");
        self.text(&escaped(text));
    }

    fn usage(&mut self, command: &Command) {
        self.text(&format!("\\fB{}\\fR", escaped(&usage(command))));
    }

    /// All commands below one, each with its usage, text and own options.
    fn commands(&mut self, command: &Command) {
        for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
            self.line(&format!(".SS \"{}\"", escaped(&usage(inner)).replace('"', "\\(dq")));
            if let Some(about) = inner.get_about() {
                self.text(&escaped(&about.to_string()));
            }
            self.options(inner.get_arguments().filter(|argument| !is_explained_above(argument, command)));
            if let Some(after) = inner.get_after_help() {
                self.verbatim(&after.to_string());
            }
            self.commands(inner);
        }
    }

    fn options<'a>(&mut self, arguments: impl Iterator<Item = &'a Arg>) {
        for argument in arguments {
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            self.item(&format!("\\fB{}\\fR", escaped(&shown(argument))), &escaped(&help));
        }
    }

    /// A tag with its explanation.
    fn item(&mut self, tag: &str, text: &str) {
        self.line(".TP");
        self.text(tag);
        self.text(text);
    }

    /// Lines without filling.
    fn verbatim(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.line(".PP\n.nf");
        for line in text.lines() {
            self.text(&escaped(line));
        }
        self.line(".fi");
    }

    fn keys(&mut self, lang: Lang, keymap: &Keymap) {
        for context in Context::ALL {
            self.line(&format!(".SS \"{}\"", escaped(context.title(lang))));
            let rows = keymap.rows().iter().filter(|row| row.context == *context && !row.keys.is_empty());
            for row in rows {
                let keys: Vec<String> = row.keys.iter().map(ToString::to_string).collect();
                let keys = escaped(&keys.join(", "));
                self.item(&format!("\\fB{keys}\\fR"), &escaped(row.action.title(lang)));
            }
        }
    }

    fn topic(&mut self, text: &str) {
        for block in blocks(text) {
            match block {
                Block::Heading(1, title) => self.section(&plain(&title).to_uppercase()),
                Block::Heading(_, title) => self.line(&format!(".SS \"{}\"", escaped(&plain(&title)))),
                Block::Paragraph(paragraph) => {
                    self.line(".PP");
                    self.text(&styled(&paragraph));
                }
                Block::List(items) => {
                    for item in items {
                        self.line(".IP \\(bu 2");
                        self.text(&styled(&item));
                    }
                }
                Block::Table(rows) => {
                    for row in rows.iter().skip(1) {
                        let mut cells = row.iter().map(styled);
                        let tag = cells.next().unwrap_or_default();
                        self.item(&tag, &cells.collect::<Vec<_>>().join(" "));
                    }
                }
                Block::Code(_, lines) => self.verbatim(&lines.join("\n")),
            }
        }
    }
}

/// Returns `true` if an option is explained with the command above or is global.
fn is_explained_above(argument: &Arg, above: &Command) -> bool {
    let is_inherited =
        argument.is_global_set() && above.get_arguments().any(|known| known.get_id() == argument.get_id());
    is_inherited || argument.get_id() == "help"
}

fn usage(command: &Command) -> String {
    let usage = command.clone().render_usage().to_string();
    usage.trim_start_matches("Usage:").trim().to_owned()
}

/// `-q, --query <TEXT>`, `[QUERY]...`.
fn shown(argument: &Arg) -> String {
    let short = argument.get_short().map(|short| format!("-{short}, ")).unwrap_or_default();
    format!("{short}{argument}")
}

fn plain(inline: &Inline) -> String {
    inline.parts.iter().map(Part::text).collect()
}

fn styled(inline: &Inline) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => escaped(text),
        Part::Code(text) => format!("\\fB{}\\fR", escaped(text)),
        Part::Stressed(text) => format!("\\fI{}\\fR", escaped(text)),
    };
    inline.parts.iter().map(part).collect()
}

/// Escapes characters that have a meaning to `man`. Hyphens, quotes and accents are kept literal, so that commands can
/// be copied.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\e"),
            '-' => escaped.push_str("\\-"),
            '\'' => escaped.push_str("\\(aq"),
            '`' => escaped.push_str("\\(ga"),
            '^' => escaped.push_str("\\(ha"),
            '~' => escaped.push_str("\\(ti"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_commands_keys_and_guide_in_both_languages() {
        for (lang, words) in [
            (Lang::Swedish, ["NAMN", "TANGENTER", "SÖKA", "review mark", "nästa ej granskade"]),
            (Lang::English, ["NAME", "KEYS", "SEARCHING", "review mark", "next undecided"]),
        ] {
            let page = page(lang, &Keymap::default());
            for word in words {
                assert!(page.contains(word), "{word}");
            }
        }
    }

    #[test]
    fn text_is_never_markup() {
        for lang in [Lang::Swedish, Lang::English] {
            for line in page(lang, &Keymap::default()).lines().filter(|line| line.starts_with(['.', '\''])) {
                let name = line.trim_start_matches('.').split(' ').next().unwrap_or_default();
                assert!(["\\\"", "TH", "SH", "SS", "PP", "TP", "IP", "nf", "fi"].contains(&name), "{line}");
            }
        }
        assert_eq!(escaped("a\\b - 'c' `d` ^ ~"), "a\\eb \\- \\(aqc\\(aq \\(gad\\(ga \\(ha \\(ti");
    }
}
