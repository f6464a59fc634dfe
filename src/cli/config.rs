//! `diarium config`: prints the path and the settings in force, or creates a commented file.

use std::io::Write;
use std::path::Path;

use super::app::CliContext;
use super::args::{ConfigCommand, Format};
use super::error::CliError;
use super::settings::SYSTEM_FILE;
use super::settings::Settings;
use super::settings::review_settings::ReviewSettings;
use crate::cli::settings::setting::SettingOrigin;
use crate::cli::status::Status;
use crate::i18n::{CliWords, Lang, Words, config_head};
use crate::loading::Input;
use crate::search::language::expansion::Reach;
use crate::text::printable::printable_lines;
use crate::ui::keys::context::Context;
use crate::ui::keys::keymap::Keymap;

/// Runs the command.
///
/// # Errors
/// If the file already exists or cannot be written.
pub fn run(app: &mut CliContext<'_>, what: ConfigCommand) -> Result<Status, CliError> {
    app.format(&[Format::Text], Format::Text)?;
    match what {
        ConfigCommand::Path => {
            let path = app.settings.user_file.as_deref().ok_or(CliError::NoConfigFolder)?;
            writeln!(app.output.data, "{}", path.display())?;
        }
        ConfigCommand::Show => {
            let text = in_force(&app.settings, &app.words);
            write!(app.output.data, "{}", printable_lines(&text))?;
        }
        ConfigCommand::Init => {
            let path = app.settings.user_file.clone().ok_or(CliError::NoConfigFolder)?;
            write_new(&path, &template(app.words.lang))?;
            writeln!(app.output.data, "{}", path.display())?;
        }
    }
    Ok(Status::Done)
}

/// Prints the settings in force as an equivalent configuration, with the origin of each.
fn in_force(settings: &Settings, words: &Words) -> String {
    let from = |origin: &SettingOrigin| match origin {
        SettingOrigin::Default => CliWords::of(words.lang).default.to_owned(),
        SettingOrigin::Locale => CliWords::of(words.lang).locale.to_owned(),
        SettingOrigin::File(path) => path.display().to_string(),
        SettingOrigin::Variable(name) | SettingOrigin::Option(name) => (*name).to_owned(),
    };
    let mut lines: Vec<String> = settings.files.iter().map(|file| format!("# {}", file.display())).collect();
    let is_example = settings.data.value.contains(&Input::BuiltIn);
    let data = settings.data.value.iter().map(|input| match input {
        Input::Path(path) => quoted(&path.to_string_lossy()),
        Input::StandardInput => quoted("-"),
        Input::BuiltIn => String::new(),
        Input::Bytes { name, .. } => quoted(name),
    });
    let data: Vec<String> = data.filter(|path| !path.is_empty()).collect();
    if is_example {
        lines.push(format!("#data = []  # {}", words.example_data));
    }
    let mut add = |name: &str, value: String, origin| {
        lines.push(format!("{name} = {value}  # {}", from(origin)));
    };
    if !is_example {
        add("data", format!("[{}]", data.join(", ")), &settings.data.origin);
    }
    add("language", quoted(settings.lang.value.code()), &settings.lang.origin);
    add("theme", quoted(settings.theme.value.name()), &settings.theme.origin);
    add("ascii", settings.ascii.value.to_string(), &settings.ascii.origin);
    add("color", quoted(settings.color.value.name()), &settings.color.origin);
    if !settings.rates.value.is_empty() {
        add("rate", quoted(&settings.rates.value.to_string()), &settings.rates.origin);
    }
    if settings.reach.origin != SettingOrigin::Default {
        add("exact", (settings.reach.value == Reach::Letters).to_string(), &settings.reach.origin);
    }
    if let Some(path) = settings.synonyms.value.as_ref().filter(|path| path.exists()) {
        add("synonyms", quoted(&path.to_string_lossy()), &settings.synonyms.origin);
    }
    lines.extend(review_in_force(&settings.review, from));
    for context in Context::ALL {
        let mut heading = Some(format!("\n[keys.{}]", context.name()));
        for wish in settings.wishes.iter().filter(|wish| wish.keys.context == *context) {
            let rows = settings.keymap.rows();
            let row = rows.iter().find(|row| row.context == *context && row.action == wish.keys.action);
            let Some(row) = row else { continue };
            lines.extend(heading.take());
            let keys: Vec<String> = row.keys.iter().map(|key| quoted(&key.to_string())).collect();
            let file = wish.file.display();
            lines.push(format!("{} = [{}]  # {file}", row.action.name(), keys.join(", ")));
        }
    }
    lines.join("\n") + "\n"
}

/// Review settings that differ from the defaults.
fn review_in_force(review: &ReviewSettings, from: impl Fn(&SettingOrigin) -> String) -> Vec<String> {
    let store = review.store.value.as_ref().map(|path| quoted(&path.to_string_lossy()));
    let list = |texts: &[String]| texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ");
    let reason = if review.reason_required.value { "required" } else { "optional" };
    let settings = [
        ("as", quoted(&review.person.value), &review.person.origin),
        ("eyes", review.eyes.value.to_string(), &review.eyes.origin),
        ("reasons", format!("[{}]", list(&review.reasons.value)), &review.reasons.origin),
        ("reason", quoted(reason), &review.reason_required.origin),
        ("advance", review.advance.value.to_string(), &review.advance.origin),
    ];
    let said = settings.iter().filter(|(_, _, origin)| **origin != SettingOrigin::Default);
    let own: Vec<String> =
        said.map(|(name, value, origin)| format!("{name} = {value}  # {}", from(origin))).collect();
    let heading = (!own.is_empty()).then(|| "\n[review]".to_owned());
    let store = store.map(|store| format!("reviews = {store}  # {}", from(&review.store.origin)));
    store.into_iter().chain(heading).chain(own).collect()
}

/// A string as TOML.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Configuration file with every setting commented out.
fn template(lang: Lang) -> String {
    let head = config_head(lang).replace("SYSTEM", SYSTEM_FILE);
    let mut lines = vec![head.trim_end().to_owned()];
    for context in Context::ALL {
        lines.push(format!("\n#[keys.{}]  # {}", context.name(), context.title(lang)));
        for row in Keymap::default().rows().iter().filter(|row| row.context == *context) {
            let keys: Vec<String> = row.keys.iter().map(|key| quoted(&key.to_string())).collect();
            let line = format!("#{} = [{}]", row.action.name(), keys.join(", "));
            lines.push(format!("{line:<48}  # {}", row.action.title(lang)));
        }
    }
    lines.join("\n") + "\n"
}

/// Creates a file atomically; an existing file is never changed.
fn write_new(path: &Path, text: &str) -> Result<(), CliError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = |error| CliError::CannotWrite(path.to_owned(), error);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut file = tempfile::Builder::new().prefix(".diarium-").tempfile_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    match file.persist_noclobber(path) {
        Ok(_) => Ok(()),
        Err(refused) if refused.error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(CliError::ConfigExists(path.to_owned()))
        }
        Err(refused) => Err(failed(refused.error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::settings::config_file::ConfigFile;

    #[test]
    fn the_template_says_nothing_and_everything_in_it_works() {
        for lang in [Lang::Swedish, Lang::English] {
            let text = template(lang);
            assert!(text.lines().all(|line| line.is_empty() || line.starts_with('#')), "{text}");
            let live =
                |line: &str| line.strip_prefix('#').filter(|line| !line.starts_with(' ')).map(str::to_owned);
            let live = text.lines().filter_map(live).collect::<Vec<_>>().join("\n");
            let file = ConfigFile::parse(Path::new("c"), &live, None);
            assert_eq!(file.problems, []);
            let wishes: Vec<_> = file.wishes.iter().map(|wish| wish.keys.clone()).collect();
            let (keymap, problems) = Keymap::with(&wishes);
            assert_eq!((keymap.rows(), problems), (Keymap::default().rows(), Vec::new()));
        }
    }
}
