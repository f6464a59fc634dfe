//! Review settings: the store, the reviewer, the number of approvals, the reasons.

use std::path::{Path, PathBuf};

use crate::cli::args::Everywhere;
use crate::cli::environment::Environment;
use crate::cli::settings::setting::{Setting, SettingOrigin};

/// Review settings in force.
#[derive(Clone, Debug)]
pub struct ReviewSettings {
    /// Path of the store. If it is named, the review is open from the start.
    pub store: Setting<Option<PathBuf>>,
    /// Name of the reviewer; default: the login name.
    pub person: Setting<String>,
    /// Number of people who must agree, 1 or 2.
    pub eyes: Setting<u8>,
    /// Reasons offered with a rejection.
    pub reasons: Setting<Vec<String>>,
    /// A rejection requires a reason.
    pub reason_required: Setting<bool>,
    /// A verdict moves on to the next undecided record.
    pub advance: Setting<bool>,
}

/// Review settings of one configuration file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewWishes {
    /// `reviews`, as an absolute path.
    pub store: Option<PathBuf>,
    /// `as`.
    pub person: Option<String>,
    /// `eyes`.
    pub eyes: Option<u8>,
    /// `reasons`.
    pub reasons: Option<Vec<String>>,
    /// `reason`.
    pub reason_required: Option<bool>,
    /// `advance`.
    pub advance: Option<bool>,
}

impl ReviewSettings {
    /// Default settings.
    #[must_use]
    pub fn new(environment: &Environment) -> Self {
        let reasons = crate::review::verdict::REASONS.iter().map(|name| (*name).to_owned());
        Self {
            store: Setting::new(None, SettingOrigin::Default),
            person: Setting::new(environment.account.clone(), SettingOrigin::Default),
            eyes: Setting::new(1, SettingOrigin::Default),
            reasons: Setting::new(reasons.collect(), SettingOrigin::Default),
            reason_required: Setting::new(false, SettingOrigin::Default),
            advance: Setting::new(true, SettingOrigin::Default),
        }
    }

    /// Overrides with the settings of a file.
    #[must_use]
    pub fn with_file(mut self, wishes: ReviewWishes, file: &Path) -> Self {
        let origin = || SettingOrigin::File(file.to_owned());
        self.store = self.store.or_nearer(wishes.store.map(Some), origin);
        self.person = self.person.or_nearer(wishes.person, origin);
        self.eyes = self.eyes.or_nearer(wishes.eyes, origin);
        self.reasons = self.reasons.or_nearer(wishes.reasons, origin);
        self.reason_required = self.reason_required.or_nearer(wishes.reason_required, origin);
        self.advance = self.advance.or_nearer(wishes.advance, origin);
        self
    }

    /// Overrides with variables and options of this run.
    #[must_use]
    pub fn with_run(mut self, environment: &Environment, options: &Everywhere) -> Self {
        let named = |person: &Option<String>| person.clone().filter(|person| !person.trim().is_empty());
        self.person = self
            .person
            .or_nearer(named(&environment.reviewer), || SettingOrigin::Variable("DIARIUM_REVIEWER"));
        self.person = self.person.or_nearer(named(&options.reviewer), || SettingOrigin::Option("--as"));
        self.store =
            self.store.or_nearer(options.reviews.clone().map(Some), || SettingOrigin::Option("--reviews"));
        self
    }
}
