//! Contexts: the parts of the screen in which a key can have its own meaning.

use crate::i18n::{Bilingual, Lang};

/// A part of the screen with its own keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Any part whose own contexts leave the key free.
    Everywhere,
    /// The list and the detail.
    Browse,
    /// The prompt.
    Prompt,
    /// The list.
    List,
    /// The detail.
    Detail,
    /// The list and the detail while a review is open.
    Review,
    /// A menu, filtered by typing.
    Menu,
    /// A text page.
    Pager,
    /// The facet panel.
    Facets,
    /// The note box.
    Note,
    /// The menu of sort keys.
    Order,
    /// The palette.
    Palette,
}

impl Context {
    /// All contexts, in the order of the help.
    pub const ALL: &[Self] = &[
        Self::Everywhere,
        Self::Browse,
        Self::Prompt,
        Self::List,
        Self::Detail,
        Self::Review,
        Self::Facets,
        Self::Note,
        Self::Order,
        Self::Palette,
        Self::Menu,
        Self::Pager,
    ];

    /// The name used in the configuration (`[keys.list]`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Browse => "browse",
            Self::Prompt => "prompt",
            Self::List => "list",
            Self::Detail => "detail",
            Self::Review => "review",
            Self::Menu => "menu",
            Self::Pager => "pager",
            Self::Facets => "facets",
            Self::Note => "note",
            Self::Order => "order",
            Self::Palette => "palette",
        }
    }

    /// The heading used in the help.
    #[must_use]
    pub const fn title(self, lang: Lang) -> &'static str {
        let title = match self {
            Self::Everywhere => Bilingual::new("överallt", "everywhere"),
            Self::Browse => Bilingual::new("listan och uppgifterna", "list and detail"),
            Self::Prompt => Bilingual::new("sökrutan", "prompt"),
            Self::List => Bilingual::new("listan", "list"),
            Self::Detail => Bilingual::new("uppgifterna", "detail"),
            Self::Review => Bilingual::new("granskning", "review"),
            Self::Menu => Bilingual::new("menyer", "menus"),
            Self::Pager => Bilingual::new("textvyer", "texts"),
            Self::Facets => Bilingual::new("avgränsa", "facets"),
            Self::Note => Bilingual::new("anteckningar", "notes"),
            Self::Order => Bilingual::new("sortering", "sort order"),
            Self::Palette => Bilingual::new("kommandon", "commands"),
        };
        title.text(lang)
    }

    /// The contexts in which a key is looked up, nearest first.
    #[must_use]
    pub const fn lookup(self) -> &'static [Self] {
        match self {
            Self::List => &[Self::List, Self::Review, Self::Browse, Self::Everywhere],
            Self::Detail => &[Self::Detail, Self::Review, Self::Browse, Self::Everywhere],
            Self::Prompt => &[Self::Prompt, Self::Everywhere],
            Self::Menu => &[Self::Menu, Self::Everywhere],
            Self::Pager => &[Self::Pager, Self::Everywhere],
            Self::Facets => &[Self::Facets, Self::Menu, Self::Everywhere],
            Self::Note => &[Self::Note, Self::Everywhere],
            Self::Order => &[Self::Order, Self::Menu, Self::Everywhere],
            Self::Palette => &[Self::Palette, Self::Menu, Self::Everywhere],
            Self::Review => &[Self::Review, Self::Browse, Self::Everywhere],
            Self::Browse => &[Self::Browse, Self::Everywhere],
            Self::Everywhere => &[Self::Everywhere],
        }
    }
}
