//! Settings in force, in rising precedence: defaults, `/etc/diarium/config.toml`, the user's file, variables,
//! options. Each setting keeps its origin.

pub(crate) mod config_file;
pub(crate) mod config_problem;
pub(crate) mod review_settings;
pub(crate) mod setting;

use crate::cli::settings::setting::Setting;
use crate::cli::settings::setting::SettingOrigin;
use crate::cli::settings::setting::ThemeSetting;
use std::path::{Path, PathBuf};

use self::config_file::ConfigFile;
use self::config_problem::{ConfigProblem, ProblemKind};
use self::review_settings::ReviewSettings;
use super::args::{ColorChoice, Everywhere};
use super::environment::Environment;
use crate::cli::settings::setting::KeyOverride;
use crate::i18n::Lang;
use crate::loading::{Input, files};
use crate::search::language::expansion::Reach;
use crate::search::language::query_context::Rates;
use crate::ui::keys::keymap::Keymap;

/// Configuration file of the machine.
pub const SYSTEM_FILE: &str = "/etc/diarium/config.toml";

/// Settings in force.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Sources of records, unless a command names some.
    pub data: Setting<Vec<Input>>,
    /// Language of the program's words.
    pub lang: Setting<Lang>,
    /// Theme of the screen.
    pub theme: Setting<ThemeSetting>,
    /// Draws plain ASCII only.
    pub ascii: Setting<bool>,
    /// Use of colours.
    pub color: Setting<ColorChoice>,
    /// Exchange rates.
    pub rates: Setting<Rates>,
    /// The extent of the search for a plain word.
    pub reach: Setting<Reach>,
    /// File of the user's synonyms; by default next to the configuration.
    pub synonyms: Setting<Option<PathBuf>>,
    /// Review settings.
    pub review: ReviewSettings,
    /// Key bindings in force.
    pub keymap: Keymap,
    /// Key bindings of the configuration files.
    pub wishes: Vec<KeyOverride>,
    /// Problems found in the configuration.
    pub problems: Vec<ConfigProblem>,
    /// Path of the user's file; the file need not exist.
    pub user_file: Option<PathBuf>,
    /// Configuration files that were read.
    pub files: Vec<PathBuf>,
}

impl Settings {
    /// Reads the configuration files and merges all layers.
    #[must_use]
    pub fn read(environment: &Environment, options: &Everywhere) -> Self {
        let home = environment.folders.home.as_deref();
        let user_file = options
            .config
            .clone()
            .or_else(|| environment.folders.config.as_ref().map(|folder| folder.join("config.toml")));
        let paths = [Some(PathBuf::from(SYSTEM_FILE)), user_file.clone()];
        let files = paths.iter().flatten().filter_map(|path| ConfigFile::read(path, home)).collect();
        Self { user_file, ..Self::resolve(environment, options, files) }
    }

    /// Merges all layers. Later files take precedence.
    #[must_use]
    pub fn resolve(environment: &Environment, options: &Everywhere, files: Vec<ConfigFile>) -> Self {
        let mut problems = Vec::new();
        let default_lang = match environment.locale.as_str() {
            "" => Setting::new(Lang::default(), SettingOrigin::Default),
            locale => Setting::new(Lang::from_locale(locale), SettingOrigin::Locale),
        };
        let mut settings = Self {
            data: own_records(environment),
            lang: default_lang,
            theme: Setting::new(ThemeSetting::default(), SettingOrigin::Default),
            ascii: Setting::new(false, SettingOrigin::Default),
            color: Setting::new(ColorChoice::default(), SettingOrigin::Default),
            rates: Setting::new(Rates::default(), SettingOrigin::Default),
            reach: Setting::new(Reach::default(), SettingOrigin::Default),
            synonyms: Setting::new(
                environment.folders.config.as_ref().map(|folder| folder.join("synonyms.txt")),
                SettingOrigin::Default,
            ),
            review: ReviewSettings::new(environment),
            keymap: Keymap::default(),
            wishes: Vec::new(),
            problems: Vec::new(),
            user_file: None,
            files: files.iter().map(|file| file.path.clone()).collect(),
        };
        for file in files {
            problems.extend(file.problems.iter().cloned());
            settings = settings.with_file(file);
        }
        let settings = settings.with_environment(environment, &mut problems).with_options(options);
        let review = settings.review.clone().with_run(environment, options);
        let overrides: Vec<_> = settings.wishes.iter().map(|wish| wish.keys.clone()).collect();
        let (keymap, key_problems) = Keymap::with(&overrides);
        problems.extend(key_problems.into_iter().filter_map(|(at, problem)| {
            let wish = settings.wishes.get(at)?;
            let (line, column) = wish.place;
            Some(ConfigProblem { file: wish.file.clone(), line, column, kind: ProblemKind::Key(problem) })
        }));
        problems.sort_by(|one, other| {
            (&one.file, one.line, one.column).cmp(&(&other.file, other.line, other.column))
        });
        Self { review, keymap, problems, ..settings }
    }

    fn with_file(mut self, file: ConfigFile) -> Self {
        let origin = || SettingOrigin::File(file.path.clone());
        let data = file.data.filter(|paths| !paths.is_empty());
        self.data = self.data.or_nearer(data.map(|paths| inputs(&paths)), origin);
        self.lang = self.lang.or_nearer(file.language, origin);
        self.theme = self.theme.or_nearer(file.theme, origin);
        self.ascii = self.ascii.or_nearer(file.ascii, origin);
        self.color = self.color.or_nearer(file.color, origin);
        self.rates = self.rates.or_nearer(file.rates, origin);
        self.reach = self.reach.or_nearer(file.reach, origin);
        self.synonyms = self.synonyms.or_nearer(file.synonyms.map(Some), origin);
        self.review = self.review.with_file(file.review, &file.path);
        // Bindings of the file with higher precedence come first, since the first wins, and replace those of the same action.
        let said = |known: &KeyOverride| {
            file.wishes
                .iter()
                .any(|wish| (wish.keys.context, wish.keys.action) == (known.keys.context, known.keys.action))
        };
        self.wishes.retain(|known| !said(known));
        self.wishes.splice(0..0, file.wishes);
        self
    }

    fn with_environment(mut self, environment: &Environment, problems: &mut Vec<ConfigProblem>) -> Self {
        let data = (!environment.data.is_empty()).then(|| inputs(&environment.data));
        self.data = self.data.or_nearer(data, || SettingOrigin::Variable("DIARIUM_DATA"));
        if let Some(language) = &environment.language {
            let lang = language.parse().ok();
            if lang.is_none() {
                let kind = ProblemKind::WrongValue { name: language.clone(), wanted: "sv, en".to_owned() };
                problems.push(ConfigProblem { file: "DIARIUM_LANG".into(), line: 0, column: 0, kind });
            }
            self.lang = self.lang.or_nearer(lang, || SettingOrigin::Variable("DIARIUM_LANG"));
        }
        let no_color = environment.no_color.then_some(ColorChoice::Never);
        self.color = self.color.or_nearer(no_color, || SettingOrigin::Variable("NO_COLOR"));
        self
    }

    fn with_options(mut self, options: &Everywhere) -> Self {
        let data = (!options.data.is_empty()).then(|| inputs(&options.data));
        self.data = self.data.or_nearer(data, || SettingOrigin::Option("--data"));
        self.lang = self.lang.or_nearer(options.lang, || SettingOrigin::Option("--lang"));
        self.ascii = self.ascii.or_nearer(options.ascii.then_some(true), || SettingOrigin::Option("--ascii"));
        self.color = self.color.or_nearer(options.color, || SettingOrigin::Option("--color"));
        self.rates = self.rates.or_nearer(options.rate, || SettingOrigin::Option("--rate"));
        let letters = options.exact.then_some(Reach::Letters);
        self.reach = self.reach.or_nearer(letters, || SettingOrigin::Option("--exact"));
        let synonyms = options.synonyms.clone().map(Some);
        self.synonyms = self.synonyms.or_nearer(synonyms, || SettingOrigin::Option("--synonyms"));
        self
    }
}

/// Paths as sources; `-` is standard input.
#[must_use]
pub fn inputs(paths: &[PathBuf]) -> Vec<Input> {
    let input = |path: &PathBuf| {
        if path == Path::new("-") { Input::StandardInput } else { Input::Path(path.clone()) }
    };
    paths.iter().map(input).collect()
}

/// The user's records folder if it contains files, else the built-in records.
fn own_records(environment: &Environment) -> Setting<Vec<Input>> {
    let folder = environment.folders.data.as_ref().map(|folder| folder.join("records"));
    let own = folder.filter(|folder| {
        folder.is_dir() && files::find(folder).any(|found| matches!(found, files::FoundFile::File { .. }))
    });
    Setting::new(own.map_or(vec![Input::BuiltIn], |folder| vec![Input::Path(folder)]), SettingOrigin::Default)
}

#[cfg(test)]
mod tests {
    use super::super::environment::{Folders, Terminals};
    use super::*;

    fn environment() -> Environment {
        Environment {
            locale: String::new(),
            language: None,
            data: Vec::new(),
            no_color: false,
            columns: None,
            account: "konto".to_owned(),
            host: "dator".to_owned(),
            reviewer: None,
            wait: None,
            now: 0,
            folders: Folders::default(),
            terminals: Terminals::default(),
            today: "2026-11-21".parse().expect("a day"),
        }
    }

    fn file(path: &str, text: &str) -> ConfigFile {
        ConfigFile::parse(Path::new(path), text, None)
    }

    #[test]
    fn what_is_nearer_to_the_run_counts() {
        let files = || {
            vec![
                file("/etc/c", "language = \"en\"\ncolor = \"always\"\ndata = \"/srv\"\nascii = true"),
                file("/home/c", "language = \"sv\"\n"),
            ]
        };
        let mut environment = environment();
        environment.locale = "en_GB.UTF-8".to_owned();
        environment.no_color = true;
        let settings = Settings::resolve(&environment, &Everywhere::default(), files());
        assert_eq!(settings.lang.value, Lang::Swedish);
        assert_eq!(settings.lang.origin, SettingOrigin::File("/home/c".into()));
        assert_eq!(settings.color.value, ColorChoice::Never);
        assert_eq!(settings.data.value, [Input::Path("/srv".into())]);
        let options = Everywhere { lang: Some(Lang::English), ..Everywhere::default() };
        assert_eq!(Settings::resolve(&environment, &options, files()).lang.value, Lang::English);
    }

    #[test]
    fn conflicting_keys_are_named_where_they_stand() {
        let files = vec![
            file("/etc/c", "[keys.list]\nup = \"x\"\n"),
            file("/home/c", "[keys.list]\ndown = \"x\"\nopen = [\"x\"]\n"),
        ];
        let settings = Settings::resolve(&environment(), &Everywhere::default(), files);
        let said: Vec<_> = settings.problems.iter().map(|problem| problem.text(Lang::English)).collect();
        assert_eq!(
            said,
            [
                "/etc/c:2:1: warning: `x` is already bound to `down` in `list`, so it is not bound to `up`",
                "/home/c:3:1: warning: `x` is already bound to `down` in `list`, so it is not bound to `open`",
            ]
        );
    }

    #[test]
    fn own_records_count_before_the_built_in_ones() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut environment = environment();
        environment.folders.data = Some(folder.path().to_owned());
        let data = |environment: &Environment| {
            Settings::resolve(environment, &Everywhere::default(), Vec::new()).data.value
        };
        std::fs::create_dir(folder.path().join("records")).expect("made");
        assert_eq!(data(&environment), [Input::BuiltIn]);
        std::fs::write(folder.path().join("records/a.txt"), "x").expect("written");
        assert_eq!(data(&environment), [Input::Path(folder.path().join("records"))]);
    }
}
