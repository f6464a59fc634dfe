//! The palette: commands found by name, alias, key or description, their arguments, and rows by number.

use tui_input::Input as Line;

use super::choice_cursor::ChoiceCursor;
use super::menu::{MenuChoice, MenuItem};
use crate::guide::Topic;
use crate::i18n::{Lang, Words};
use crate::search::language::sort_order::{SortBy, SortKey, SortOrder};
use crate::text::fold::fold;
use crate::ui::keys::action::{Action, ArgumentKind};
use crate::ui::theme::ThemeName;

/// The largest size of the palette in columns and rows.
pub const SIZE: (u16, u16) = (72, 30);

/// A command of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaletteCommand {
    /// The action that it runs.
    pub action: Action,
    /// The first key of the action here; empty if it has none.
    pub key: String,
}

/// The palette while it is open.
#[derive(Clone, Debug)]
pub struct Palette {
    /// The typed line.
    pub line: Line,
    /// The items that match the line, best first.
    pub items: Vec<MenuItem>,
    /// The chosen item.
    pub cursor: ChoiceCursor,
    commands: Vec<PaletteCommand>,
}

/// The meaning of the typed line.
enum PaletteInput<'a> {
    /// The number of a row.
    Row(usize),
    /// A command and its argument.
    Argument(Action, ArgumentKind, &'a str),
    /// Words to find a command by.
    Search(&'a str),
}

impl Palette {
    /// The palette over these commands, in their order.
    #[must_use]
    pub fn new(commands: Vec<PaletteCommand>, words: &Words) -> Self {
        let (line, items, cursor) = (Line::default(), Vec::new(), ChoiceCursor::default());
        let mut palette = Self { line, items, cursor, commands };
        palette.refresh(words);
        palette
    }

    /// Finds the items of the typed line and chooses the best one.
    pub fn refresh(&mut self, words: &Words) {
        self.items = match self.typed() {
            PaletteInput::Row(number) => {
                vec![MenuItem::new(number.to_string(), words.go_to_row, MenuChoice::GoToRow(number))]
            }
            PaletteInput::Argument(action, kind, argument) => arguments(action, kind, argument, words),
            PaletteInput::Search(text) => self.found(text, words),
        };
        self.cursor = ChoiceCursor::first(&self.choosable());
    }

    /// Moves the cursor by a number of items, of which `height` are shown.
    pub fn move_by(&mut self, by: isize, height: usize) {
        let choosable = self.choosable();
        self.cursor.move_by(by, height, &choosable);
    }

    /// The effect of the chosen item.
    #[must_use]
    pub fn chosen(&self) -> Option<MenuChoice> {
        self.items.get(self.cursor.at)?.choice.clone()
    }

    /// The line completed by the selected item; `None` if there is nothing to complete.
    #[must_use]
    pub fn completed(&self) -> Option<String> {
        match self.chosen()? {
            MenuChoice::Act(action) if action.argument().is_some() => Some(format!("{} ", action.name())),
            MenuChoice::Act(action) => Some(action.name().to_owned()),
            MenuChoice::ActOn(_, argument) => {
                let (name, _) = self.line.value().trim_start().split_once(' ')?;
                Some(format!("{name} {argument}"))
            }
            _ => None,
        }
    }

    fn choosable(&self) -> Vec<bool> {
        self.items.iter().map(|item| item.choice.is_some()).collect()
    }

    fn typed(&self) -> PaletteInput<'_> {
        let text = self.line.value().trim_start();
        let number = text.trim_end();
        if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) {
            // A number too large for any list is a row that does not exist.
            return PaletteInput::Row(number.parse().unwrap_or(usize::MAX));
        }
        if let Some((name, argument)) = text.split_once(' ')
            && let Some(action) = self.commands.iter().map(|known| known.action).find(|a| is_called(*a, name))
            && let Some(kind) = action.argument()
        {
            return PaletteInput::Argument(action, kind, argument.trim());
        }
        PaletteInput::Search(number)
    }

    /// The commands that a text finds: names first, then keys, then beginnings of names, then descriptions.
    fn found(&self, text: &str, words: &Words) -> Vec<MenuItem> {
        let mut found: Vec<(u8, &PaletteCommand)> =
            self.commands.iter().filter_map(|known| Some((rank(known, text, words.lang)?, known))).collect();
        found.sort_by_key(|(rank, _)| *rank);
        let item = |command: &PaletteCommand| {
            let title = command.action.title(words.lang);
            MenuItem::new(command.key.clone(), title, MenuChoice::Act(command.action))
        };
        if found.is_empty() {
            return vec![MenuItem::heading(&words.no_such_command(text))];
        }
        found.into_iter().map(|(_, command)| item(command)).collect()
    }
}

fn is_called(action: Action, name: &str) -> bool {
    action.name() == name || action.aliases().contains(&name)
}

/// The rank of a command for a text, 0 is best; `None` if the text does not find it.
fn rank(command: &PaletteCommand, text: &str, lang: Lang) -> Option<u8> {
    let action = command.action;
    let names = || [action.name()].into_iter().chain(action.aliases().iter().copied());
    if text.is_empty() {
        return Some(0);
    }
    if is_called(action, text) {
        return Some(0);
    }
    if command.key == text {
        return Some(1);
    }
    let text = fold(text);
    if names().any(|name| name.starts_with(&text)) {
        return Some(2);
    }
    let title = fold(action.title(lang));
    if title.starts_with(&text) {
        return Some(3);
    }
    let all = fold(&format!("{} {} {title}", command.key, names().collect::<Vec<_>>().join(" ")));
    text.split_whitespace().all(|word| all.contains(word)).then_some(4)
}

/// The usage of a command and what its argument can become.
fn arguments(action: Action, kind: ArgumentKind, typed: &str, words: &Words) -> Vec<MenuItem> {
    let usage = format!("{} {} · {}", action.name(), usage(kind, words), action.title(words.lang));
    let mut items = vec![MenuItem::heading(&usage)];
    if typed.is_empty() {
        items.push(MenuItem::new("", words.without_argument, MenuChoice::Act(action)));
    }
    let candidates = match kind {
        ArgumentKind::File => Vec::new(),
        ArgumentKind::Language => languages(typed),
        ArgumentKind::Theme => themes(typed),
        ArgumentKind::Topic => topics(typed, words.lang),
        ArgumentKind::SortOrder => sort_orders(typed, words.lang),
    };
    // A candidate comes before the same argument half typed.
    let is_known = candidates.iter().any(|(text, _)| text == typed);
    let as_typed = (!typed.is_empty() && !is_known && is_valid(kind, typed))
        .then(|| MenuItem::new(typed, "", MenuChoice::ActOn(action, typed.to_owned())));
    items.extend(
        candidates
            .into_iter()
            .map(|(text, meaning)| MenuItem::new(text.clone(), meaning, MenuChoice::ActOn(action, text))),
    );
    items.extend(as_typed);
    items
}

const fn usage(kind: ArgumentKind, words: &Words) -> &'static str {
    match kind {
        ArgumentKind::File => words.usage_file,
        ArgumentKind::SortOrder => words.usage_sort_order,
        ArgumentKind::Language => words.usage_language,
        ArgumentKind::Theme => words.usage_theme,
        ArgumentKind::Topic => words.usage_topic,
    }
}

/// Returns `true` if an argument is valid as typed.
fn is_valid(kind: ArgumentKind, typed: &str) -> bool {
    match kind {
        ArgumentKind::File => true,
        ArgumentKind::Language => typed.parse::<Lang>().is_ok(),
        ArgumentKind::Theme => typed.parse::<ThemeName>().is_ok(),
        ArgumentKind::Topic => Topic::find(typed).is_ok(),
        ArgumentKind::SortOrder => sort_order(typed).is_some(),
    }
}

/// The sort order of a text like `ägare,namn:desc`; `None` if a key or direction is unknown.
#[must_use]
pub fn sort_order(text: &str) -> Option<SortOrder> {
    let keys = text.split(',').map(|key| SortBy::read(key.trim()).ok());
    keys.collect::<Option<Vec<_>>>().map(SortOrder::new)
}

fn themes(typed: &str) -> Vec<(String, String)> {
    let names = ThemeName::ALL.into_iter().map(ThemeName::name).filter(|name| name.starts_with(typed));
    names.map(|name| (name.to_owned(), String::new())).collect()
}

fn topics(typed: &str, lang: Lang) -> Vec<(String, String)> {
    let fits = |topic: &&Topic| fold(topic.name(lang)).starts_with(&fold(typed));
    let all = Topic::ALL.iter().filter(fits);
    all.map(|topic| (topic.name(lang).to_owned(), topic.title(lang).to_owned())).collect()
}

fn languages(typed: &str) -> Vec<(String, String)> {
    let all = [("sv", "svenska"), ("en", "English")];
    let fits = |(code, name): &(&str, &str)| code.starts_with(typed) || fold(name).starts_with(&fold(typed));
    all.into_iter().filter(fits).map(|(code, name)| (code.to_owned(), name.to_owned())).collect()
}

/// The sort keys that begin with the text after the last comma.
fn sort_orders(typed: &str, lang: Lang) -> Vec<(String, String)> {
    let (before, last) = typed.rsplit_once(',').map_or(("", typed), |(before, last)| (before, last));
    let before = if before.is_empty() { String::new() } else { format!("{before},") };
    let last = fold(last.trim());
    let keys = SortKey::ALL.iter().filter(|key| fold(key.name(lang)).starts_with(&last));
    keys.map(|key| (format!("{before}{}", key.name(lang)), key.title(lang).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::keys::action::{AppAction, OrderAction, OutputAction};

    fn palette(text: &str) -> Palette {
        let commands = Action::ALL.iter().map(|action| PaletteCommand {
            action: *action,
            key: match action {
                Action::Output(OutputAction::Write) => "w".to_owned(),
                Action::App(AppAction::Leave) => "q".to_owned(),
                Action::App(AppAction::Quit) => "f10".to_owned(),
                _ => String::new(),
            },
        });
        let words = Words::of(Lang::Swedish);
        let mut palette = Palette::new(commands.collect(), &words);
        palette.line = Line::new(text.to_owned());
        palette.refresh(&words);
        palette
    }

    #[test]
    fn digits_are_rows_and_never_actions() {
        for text in ["10", "1", "20200940", "99999999999999999999999"] {
            let choices: Vec<_> = palette(text).items.into_iter().filter_map(|item| item.choice).collect();
            assert!(matches!(choices[..], [MenuChoice::GoToRow(_)]), "{text}: {choices:?}");
        }
    }

    #[test]
    fn names_rank_before_keys_before_descriptions() {
        assert_eq!(palette("q").chosen(), Some(MenuChoice::Act(Action::App(AppAction::Quit))));
        assert_eq!(palette("w").chosen(), Some(MenuChoice::Act(Action::Output(OutputAction::Write))));
        assert_eq!(palette("sort").chosen(), Some(MenuChoice::Act(Action::Order(OrderAction::Open))));
        assert_eq!(palette("nosuchthing").chosen(), None);
    }

    #[test]
    fn every_name_and_alias_finds_its_action_first() {
        for action in Action::ALL {
            for name in [action.name()].iter().chain(action.aliases()) {
                assert_eq!(palette(name).chosen(), Some(MenuChoice::Act(*action)), "{name}");
            }
        }
    }

    #[test]
    fn a_name_and_a_space_take_an_argument() {
        let write = Action::Output(OutputAction::Write);
        assert_eq!(palette("w ut fil.csv").chosen(), Some(MenuChoice::ActOn(write, "ut fil.csv".to_owned())));
        assert_eq!(palette("w ").chosen(), Some(MenuChoice::Act(write)));
        let sort = palette("sortera namn,sl");
        assert_eq!(sort.completed().as_deref(), Some("sortera namn,slut"));
        assert_eq!(palette("sort nosuchkey").chosen(), None);
        let guide = Action::App(AppAction::Guide);
        assert_eq!(palette("guide").chosen(), Some(MenuChoice::Act(guide)));
        assert_eq!(palette("guide gran").chosen(), Some(MenuChoice::ActOn(guide, "granskning".to_owned())));
        assert_eq!(palette("guide nosuchtopic").chosen(), None);
        let language = Action::App(AppAction::SwitchLanguage);
        assert_eq!(palette("lang e").chosen(), Some(MenuChoice::ActOn(language, "en".to_owned())));
        assert_eq!(palette("lan").completed().as_deref(), Some("toggle-language "));
    }
}
