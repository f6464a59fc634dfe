//! Context of every command: settings, words, output and log, and the loading that they share.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use encoding_rs::Encoding;

use super::args::{Everywhere, Format};
use super::environment::Environment;
use super::error::CliError;
use super::log::Log;
use super::output::Output;
use super::progress::ProgressLine;
use super::settings::Settings;
use super::settings::inputs;
use crate::cli::settings::setting::SettingOrigin;
use crate::domain::catalogue::Privacy;
use crate::domain::codes::Codes;
use crate::domain::diagnostic::Severity;
use crate::domain::values::date::Date;
use crate::export::ExportKey;
use crate::i18n::{CliWords, Words, explain, fill};
use crate::loading::{Input, LoadPlan, Loaded, load_observed};
use crate::search::language::expansion::{Expansion, OwnSynonyms};
use crate::search::language::query_context::QueryContext;

/// Maximum number of unreadable files that are listed; `check` lists all.
const MOST_FAILURES: usize = 10;

/// Context of a command.
pub struct CliContext<'a> {
    /// Environment of the process.
    pub environment: &'a Environment,
    /// Options that every command takes.
    pub options: Everywhere,
    /// Settings in force.
    pub settings: Settings,
    /// Words in the language in force.
    pub words: Words,
    /// Output streams.
    pub output: Output<'a>,
    /// Log file.
    pub log: Log,
}

impl CliContext<'_> {
    /// Reference date: `--date`, or today.
    #[must_use]
    pub fn today(&self) -> Date {
        self.options.date.unwrap_or(self.environment.today)
    }

    /// Context for parsing queries.
    #[must_use]
    pub fn basis(&self) -> QueryContext {
        QueryContext {
            today: self.today(),
            rates: self.settings.rates.value,
            expansion: self.expansion(),
            ..QueryContext::default()
        }
    }

    /// The words that queries also match. A missing file of synonyms counts as empty.
    #[must_use]
    pub fn expansion(&self) -> Expansion {
        let own = self.settings.synonyms.value.as_deref().and_then(|path| std::fs::read_to_string(path).ok());
        Expansion {
            reach: self.settings.reach.value,
            own: Arc::new(own.as_deref().map(OwnSynonyms::parse).unwrap_or_default()),
        }
    }

    /// The sources to load: the named paths, or those of the settings.
    ///
    /// # Errors
    /// If no encoding has the label.
    pub fn plan(&self, paths: &[PathBuf]) -> Result<LoadPlan, CliError> {
        let named = inputs(paths);
        let data = &self.settings.data;
        let inputs = match (named.is_empty(), &data.origin) {
            (true, _) => data.value.clone(),
            (false, SettingOrigin::Option(_)) => [data.value.clone(), named].concat(),
            (false, _) => named,
        };
        let encoding = match &self.options.encoding {
            None => None,
            Some(name) => Some(
                Encoding::for_label(name.as_bytes())
                    .ok_or_else(|| CliError::UnknownEncoding(name.clone()))?,
            ),
        };
        let privacy = if self.options.show_personal { Privacy::Shown } else { Privacy::Protected };
        Ok(LoadPlan {
            inputs,
            encoding,
            delimiter: self.options.delimiter,
            mapping: self.options.mapping.clone().unwrap_or_default(),
            currency: self.options.currency,
            privacy,
        })
    }

    /// Loads records, and reports on standard error that they are examples, or that sources were
    /// unreadable.
    ///
    /// # Errors
    /// If no source is readable.
    pub fn load(&mut self, paths: &[PathBuf]) -> Result<Loaded, CliError> {
        let plan = self.plan(paths)?;
        let loaded = self.load_quietly(&plan)?;
        let lang = self.words.lang;
        let failures =
            || loaded.diagnostics.iter().filter(|diagnostic| diagnostic.severity() == Severity::Error);
        for failure in failures().take(MOST_FAILURES) {
            let file = loaded.catalogue.source_name(failure.place.source);
            self.output.say(format!("{file}: {}: {}", self.words.error, explain(failure, lang)))?;
        }
        if failures().count() > MOST_FAILURES {
            let more = failures().count() - MOST_FAILURES;
            self.output.say(fill(CliWords::of(lang).more_failures, &[&more]))?;
        }
        if loaded.nothing_was_readable() { Err(CliError::NothingReadable) } else { Ok(loaded) }
    }

    /// Loads records, and reports only that they are examples.
    ///
    /// # Errors
    /// If standard error cannot be written.
    pub fn load_quietly(&mut self, plan: &LoadPlan) -> Result<Loaded, CliError> {
        let at_terminal = self.environment.terminals.errors;
        let errors: Option<&mut dyn Write> = if at_terminal { Some(&mut *self.output.errors) } else { None };
        let mut line = ProgressLine::new(&self.words, errors);
        let loaded = load_observed(plan, Arc::new(Codes::built_in()), &mut line);
        line.end();
        self.log.detail(&format!("{} records from {:?}", loaded.catalogue.len(), plan.inputs))?;
        if plan.inputs.contains(&Input::BuiltIn) {
            self.output.say(self.words.example_data)?;
        }
        Ok(loaded)
    }

    /// The output format: `--format`, or the default.
    ///
    /// # Errors
    /// If the command does not support the format, or `--fields` is given for a format without fields.
    pub fn format(&self, possible: &'static [Format], default: Format) -> Result<Format, CliError> {
        let format = self.options.format.unwrap_or(default);
        if !possible.contains(&format) {
            return Err(CliError::FormatNotHere(format, possible));
        }
        let has_keys = !matches!(format, Format::Text | Format::Ids | Format::Md);
        if !self.options.fields.is_empty() && !has_keys {
            return Err(CliError::FieldsNotHere);
        }
        Ok(format)
    }

    /// The fields of `--fields`; `None` for all.
    ///
    /// # Errors
    /// If no field has the name.
    pub fn keys(&self) -> Result<Option<Vec<ExportKey>>, CliError> {
        let names = &self.options.fields;
        let key = |name: &String| {
            ExportKey::from_name(name.trim()).ok_or_else(|| CliError::UnknownField(name.clone()))
        };
        let keys = names.iter().map(key).collect::<Result<Vec<_>, _>>()?;
        Ok((!keys.is_empty()).then_some(keys))
    }
}
