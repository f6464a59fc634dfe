//! Parser of one configuration file. Every problem is reported with line and column, and never keeps the
//! program from starting.

use crate::cli::settings::setting::KeyOverride;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::config_problem::{ConfigProblem, ProblemKind};
use super::review_settings::ReviewWishes;
use crate::cli::args::ColorChoice;
use crate::cli::settings::setting::ThemeSetting;
use crate::i18n::Lang;
use crate::search::language::expansion::Reach;
use crate::search::language::query_context::Rates;
use crate::ui::keys::action::Action;
use crate::ui::keys::context::Context;
use crate::ui::keys::keymap::Override;

/// Contents of a configuration file.
#[derive(Clone, Debug, Default)]
pub struct ConfigFile {
    /// Path of the file.
    pub path: PathBuf,
    /// `data`, as absolute paths.
    pub data: Option<Vec<PathBuf>>,
    /// `language`.
    pub language: Option<Lang>,
    /// `theme`.
    pub theme: Option<ThemeSetting>,
    /// `ascii`.
    pub ascii: Option<bool>,
    /// `color`.
    pub color: Option<ColorChoice>,
    /// `rate`.
    pub rates: Option<Rates>,
    /// `exact`.
    pub reach: Option<Reach>,
    /// `synonyms`, as an absolute path.
    pub synonyms: Option<PathBuf>,
    /// `reviews` and `[review]`.
    pub review: ReviewWishes,
    /// `[keys.CONTEXT]`, in the order of the file.
    pub wishes: Vec<KeyOverride>,
    /// Problems found in the file.
    pub problems: Vec<ConfigProblem>,
}

impl ConfigFile {
    /// Reads a file; `None` if it does not exist.
    #[must_use]
    pub fn read(path: &Path, home: Option<&Path>) -> Option<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => Some(Self::parse(path, &text, home)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => {
                let kind = ProblemKind::Unreadable(error.to_string());
                let problem = ConfigProblem { file: path.to_owned(), line: 0, column: 0, kind };
                Some(Self { path: path.to_owned(), problems: vec![problem], ..Self::default() })
            }
        }
    }

    /// Parses the text of a file. `~` is replaced by `home`.
    #[must_use]
    pub fn parse(path: &Path, text: &str, home: Option<&Path>) -> Self {
        let file = Self { path: path.to_owned(), ..Self::default() };
        let mut reader = ConfigReader { lines: LineStarts::new(text), home, file };
        let (table, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            reader.settings(table.get_ref());
        }
        // Errors after the first are mostly its consequences.
        if let Some(error) = errors.first() {
            let kind = ProblemKind::Syntax(error.message().replace('\n', ", "));
            reader.problem(&error.span().unwrap_or_default(), kind);
        }
        reader.file.problems.sort_by_key(|problem| (problem.line, problem.column));
        reader.file
    }
}

struct ConfigReader<'a> {
    lines: LineStarts<'a>,
    home: Option<&'a Path>,
    file: ConfigFile,
}

type ConfigEntry<'t, 'i> = (&'t Spanned<toml::de::DeString<'i>>, &'t Spanned<DeValue<'i>>);

impl ConfigReader<'_> {
    fn settings(&mut self, table: &DeTable<'_>) {
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "data" => {
                    let paths = self.texts("data", value);
                    self.file.data =
                        Some(paths.into_iter().map(|(path, _)| self.whole_path(&path)).collect());
                }
                "language" => {
                    self.file.language =
                        self.one_of("language", value, &["sv", "en"], |name| name.parse().ok());
                }
                "theme" => {
                    self.file.theme =
                        self.one_of("theme", value, ThemeSetting::NAMES, ThemeSetting::from_name);
                }
                "color" => {
                    let choices = [ColorChoice::Auto, ColorChoice::Always, ColorChoice::Never];
                    self.file.color = self.one_of("color", value, &["auto", "always", "never"], |name| {
                        choices.into_iter().find(|choice| choice.name() == name)
                    });
                }
                "rate" => self.file.rates = self.one_of("rate", value, &["EUR=11.20"], Rates::read),
                "ascii" => match value.get_ref().as_bool() {
                    Some(ascii) => self.file.ascii = Some(ascii),
                    None => self.wrong_type("ascii", "true, false", value),
                },
                "exact" => match value.get_ref().as_bool() {
                    Some(true) => self.file.reach = Some(Reach::Letters),
                    Some(false) => self.file.reach = Some(Reach::Meaning),
                    None => self.wrong_type("exact", "true, false", value),
                },
                "synonyms" => {
                    let path = self.texts("synonyms", value).into_iter().next();
                    self.file.synonyms = path.map(|(path, _)| self.whole_path(&path));
                }
                "reviews" => {
                    let path = self.texts("reviews", value).into_iter().next();
                    self.file.review.store = path.map(|(path, _)| self.whole_path(&path));
                }
                "review" => match value.get_ref().as_table() {
                    Some(table) => self.review(table),
                    None => self.wrong_type("review", "[review]", value),
                },
                "keys" => match value.get_ref().as_table() {
                    Some(contexts) => self.contexts(contexts),
                    None => self.wrong_type("keys", "[keys.list]", value),
                },
                unknown => self.problem(&key.span(), ProblemKind::UnknownSetting(unknown.to_owned())),
            }
        }
    }

    fn review(&mut self, table: &DeTable<'_>) {
        for (key, value) in in_order(table) {
            let name = key.get_ref().as_ref();
            let own = name.to_owned();
            match name {
                "as" => {
                    self.file.review.person =
                        self.texts(&own, value).into_iter().next().map(|(name, _)| name);
                }
                "eyes" => match value.get_ref().as_integer().and_then(|eyes| eyes.as_str().parse().ok()) {
                    Some(eyes @ 1..=2) => self.file.review.eyes = Some(eyes),
                    _ => self.wrong_type(name, "1, 2", value),
                },
                "reasons" => {
                    let reasons = self.texts(&own, value).into_iter().map(|(reason, _)| reason);
                    self.file.review.reasons = Some(reasons.collect());
                }
                "reason" => {
                    let required = |name: &str| match name {
                        "required" => Some(true),
                        "optional" => Some(false),
                        _ => None,
                    };
                    self.file.review.reason_required =
                        self.one_of("reason", value, &["required", "optional"], required);
                }
                "advance" => match value.get_ref().as_bool() {
                    Some(advance) => self.file.review.advance = Some(advance),
                    None => self.wrong_type(name, "true, false", value),
                },
                unknown => {
                    self.problem(&key.span(), ProblemKind::UnknownSetting(format!("review.{unknown}")));
                }
            }
        }
    }

    fn contexts(&mut self, contexts: &DeTable<'_>) {
        for (key, value) in in_order(contexts) {
            let name = key.get_ref().as_ref();
            let Some(context) = Context::ALL.iter().find(|context| context.name() == name) else {
                self.problem(&key.span(), ProblemKind::UnknownContext(name.to_owned()));
                continue;
            };
            match value.get_ref().as_table() {
                Some(actions) => self.actions(*context, actions),
                None => self.wrong_type(name, "help = [\"f1\"]", value),
            }
        }
    }

    fn actions(&mut self, context: Context, actions: &DeTable<'_>) {
        for (key, value) in in_order(actions) {
            let name = key.get_ref().as_ref();
            let Some(action) = Action::from_name(name) else {
                self.problem(&key.span(), ProblemKind::UnknownAction(name.to_owned()));
                continue;
            };
            let mut keys = Vec::new();
            for (name, span) in self.texts(name, value) {
                match name.parse() {
                    Ok(key) => keys.push(key),
                    Err(_) => self.problem(&span, ProblemKind::UnknownKey(name)),
                }
            }
            let place = self.lines.position(key.span().start);
            let keys = Override { context, action, keys };
            self.file.wishes.push(KeyOverride { keys, file: self.file.path.clone(), place });
        }
    }

    /// A string or an array of strings.
    fn texts(&mut self, name: &str, value: &Spanned<DeValue<'_>>) -> Vec<(String, Range<usize>)> {
        let single = std::slice::from_ref(value);
        let mut texts = Vec::new();
        for part in value.get_ref().as_array().map_or(single, |array| &array[..]) {
            match part.get_ref().as_str() {
                Some(text) => texts.push((text.to_owned(), part.span())),
                None => self.wrong_type(name, "[\"…\"]", part),
            }
        }
        texts
    }

    fn one_of<T>(
        &mut self,
        name: &'static str,
        value: &Spanned<DeValue<'_>>,
        allowed: &[&'static str],
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let found = value.get_ref().as_str().and_then(read);
        if found.is_none() {
            self.wrong_type(name, &allowed.join(", "), value);
        }
        found
    }

    fn wrong_type(&mut self, name: &str, wanted: &str, value: &Spanned<DeValue<'_>>) {
        let kind = ProblemKind::WrongValue { name: name.to_owned(), wanted: wanted.to_owned() };
        self.problem(&value.span(), kind);
    }

    fn problem(&mut self, span: &Range<usize>, kind: ProblemKind) {
        let (line, column) = self.lines.position(span.start);
        self.file.problems.push(ConfigProblem { file: self.file.path.clone(), line, column, kind });
    }

    /// Expands `~`; a relative path is relative to the file's folder.
    fn whole_path(&self, path: &str) -> PathBuf {
        let in_home = path.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with('/'));
        match (in_home, self.home) {
            (Some(rest), Some(home)) => home.join(rest.trim_start_matches('/')),
            _ if path == "-" => PathBuf::from(path),
            _ => self.file.path.parent().unwrap_or(Path::new("")).join(path),
        }
    }
}

/// Entries in file order: of two bindings of one key, the first wins.
fn in_order<'t, 'i>(table: &'t DeTable<'i>) -> Vec<ConfigEntry<'t, 'i>> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// The starts of the lines of a text, so that a position costs the length of one line instead of the whole file.
struct LineStarts<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> LineStarts<'a> {
    fn new(text: &'a str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// The line and the column in characters, both from 1, of a byte.
    fn position(&self, at: usize) -> (usize, usize) {
        let at = at.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= at);
        let start = line.checked_sub(1).and_then(|line| self.starts.get(line)).copied().unwrap_or_default();
        (line, self.text.get(start..at).unwrap_or_default().chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> ConfigFile {
        ConfigFile::parse(Path::new("/etc/x/config.toml"), text, Some(Path::new("/home/a")))
    }

    fn said(file: &ConfigFile) -> Vec<String> {
        file.problems.iter().map(|problem| problem.text(Lang::English)).collect()
    }

    #[test]
    fn a_whole_file() {
        let file = parse(
            "data = [\"~/esf\", \"egna\", \"/srv\"]\nlanguage = \"en\"\ntheme = \"mono\"\nascii = true\n\
             color = \"never\"\nrate = \"EUR=11,2\"\nreviews = \"~/g.db\"\n[review]\nas = \"anna\"\neyes = 2\n\
             reasons = [\"code\", \"eget\"]\nreason = \"required\"\nadvance = false\n[keys.list]\ndown = [\"j\", \"ctrl-n\"]\nlast = \"e\"\n",
        );
        assert_eq!(said(&file), Vec::<String>::new());
        assert_eq!(file.data.expect("data"), ["/home/a/esf", "/etc/x/egna", "/srv"].map(PathBuf::from));
        assert_eq!((file.language, file.theme), (Some(Lang::English), Some(ThemeSetting::Mono)));
        assert_eq!((file.ascii, file.color), (Some(true), Some(ColorChoice::Never)));
        assert_eq!(file.rates, Rates::read("EUR=11.20"));
        let review = ReviewWishes {
            store: Some("/home/a/g.db".into()),
            person: Some("anna".to_owned()),
            eyes: Some(2),
            reasons: Some(vec!["code".to_owned(), "eget".to_owned()]),
            reason_required: Some(true),
            advance: Some(false),
        };
        assert_eq!(file.review, review);
        let keys: Vec<usize> = file.wishes.iter().map(|wish| wish.keys.keys.len()).collect();
        assert_eq!(keys, [2, 1]);
    }

    #[test]
    fn mistakes_are_named_with_their_places() {
        let file = parse(
            "colour = 1\nascii = \"ja\"\nlanguage = \"de\"\ndata = [1]\n[keys.lista]\nx = \"y\"\n\
             [keys.list]\n  dawn = \"j\"\ndown = [\"j\", \"hyper-x\"]\n",
        );
        insta::assert_snapshot!(said(&file).join("\n"), @r#"
        /etc/x/config.toml:1:1: warning: there is no setting `colour`
        /etc/x/config.toml:2:9: warning: `ascii` must be one of: true, false
        /etc/x/config.toml:3:12: warning: `language` must be one of: sv, en
        /etc/x/config.toml:4:9: warning: `data` must be one of: ["…"]
        /etc/x/config.toml:5:7: warning: there is no key context `lista`
        /etc/x/config.toml:8:3: warning: there is no action `dawn`
        /etc/x/config.toml:9:14: warning: there is no key `hyper-x`
        "#);
        assert_eq!(file.wishes.len(), 1);
    }

    #[test]
    fn a_file_that_is_no_toml_is_reported_and_not_used() {
        let file = parse("ascii = true\nlanguage = = \"sv\"\n");
        let said = said(&file);
        assert_eq!(said.len(), 1);
        assert!(
            said[0].starts_with(
                "/etc/x/config.toml:2:12: warning: the file is not valid TOML and is not used: "
            )
        );
        assert_eq!(file.ascii, None);
    }
}
