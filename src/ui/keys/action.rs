//! Everything that a key can do, by name: the one table that the help, the bottom line, the palette, the
//! documentation and the configuration read.

use crate::i18n::Lang;

/// Where a key acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Wherever nothing nearer claims the key.
    Everywhere,
    /// In the list and in the detail.
    Browse,
    /// In the prompt.
    Prompt,
    /// In the list.
    List,
    /// In the detail.
    Detail,
    /// In the list and in the detail, while a review is open.
    Review,
    /// In a list to choose from, filtered by typing.
    Menu,
    /// In a text to read.
    Pager,
    /// In the facet panel.
    Facets,
    /// In the box of a note.
    Note,
    /// In the menu of sort keys.
    Order,
}

impl Context {
    /// All of them, in the order of the help.
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
        Self::Menu,
        Self::Pager,
    ];

    /// Its name in the configuration (`[keys.list]`).
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
        }
    }

    /// Its heading in the help.
    #[must_use]
    pub const fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Everywhere => lang.choose("överallt", "everywhere"),
            Self::Browse => lang.choose("listan och uppgifterna", "list and detail"),
            Self::Prompt => lang.choose("sökrutan", "prompt"),
            Self::List => lang.choose("listan", "list"),
            Self::Detail => lang.choose("uppgifterna", "detail"),
            Self::Review => lang.choose("granskning", "review"),
            Self::Menu => lang.choose("menyer", "menus"),
            Self::Pager => lang.choose("textvyer", "texts"),
            Self::Facets => lang.choose("avgränsa", "facets"),
            Self::Note => lang.choose("anteckningar", "notes"),
            Self::Order => lang.choose("sortering", "order"),
        }
    }

    /// Where to look for a key, nearest first.
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
            Self::Review => &[Self::Review, Self::Browse, Self::Everywhere],
            Self::Browse => &[Self::Browse, Self::Everywhere],
            Self::Everywhere => &[Self::Everywhere],
        }
    }
}

/// One row of the table: an action, where it acts, its default keys, and what it does in words.
#[derive(Debug)]
pub struct Binding {
    /// The action.
    pub action: Action,
    /// Where.
    pub context: Context,
    /// The keys, by name.
    pub keys: &'static [&'static str],
    /// What it does, in Swedish and English.
    title: [&'static str; 2],
}

impl Binding {
    /// What it does.
    #[must_use]
    pub const fn title(&self, lang: Lang) -> &'static str {
        lang.choose(self.title[0], self.title[1])
    }
}

macro_rules! actions {
    ($($action:ident $name:literal $([$context:ident $($key:literal)*])+ $swedish:literal $english:literal;)*) => {
        /// Something that a key or the palette can make happen.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $(#[doc = $english] $action),* }

        impl Action {
            /// Every action, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$action),*];

            /// Its name in the configuration.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$action => $name),* }
            }
        }

        /// The table.
        pub const BINDINGS: &[Binding] = &[$($(Binding {
            action: Action::$action,
            context: Context::$context,
            keys: &[$($key),*],
            title: [$swedish, $english],
        },)+)*];
    };
}

#[rustfmt::skip]
actions! {
    Help "help" [Everywhere "f1"] [Browse "?"] "hjälp: tangenterna här" "help: the keys in force here";
    Back "back" [Everywhere "esc"] "ett steg tillbaka" "one level back";
    Cancel "cancel" [Everywhere "ctrl-c"] "avbryt; två gånger avslutar" "cancel; twice quits";
    Suspend "suspend" [Everywhere "ctrl-z"] "lägg programmet i bakgrunden" "suspend to the shell";
    Redraw "redraw" [Everywhere "ctrl-l"] "rita om" "redraw";
    Quit "quit" [Everywhere "f10"] "avsluta" "quit";
    Leave "leave" [Browse "q"] [Pager "q"] "ett steg tillbaka, från listan avsluta" "one level back, from the list quit";
    Palette "palette" [Browse ":"] "kommandon" "commands";
    Diagnostics "diagnostics" [Browse "W"] "påpekanden om uppgifterna" "diagnostics of the data";
    Reload "reload" [Browse "R"] "läs in filerna på nytt" "read the files again";
    ToggleLanguage "toggle-language" [Browse] "byt språk till engelska" "switch the language to Swedish";

    PromptUp "prompt-up" [Prompt "up" "ctrl-p"] "uppåt i listan" "up in the list";
    PromptDown "prompt-down" [Prompt "down" "ctrl-n"] "nedåt i listan" "down in the list";
    PromptPageUp "prompt-page-up" [Prompt "pgup"] "en sida uppåt" "a page up";
    PromptPageDown "prompt-page-down" [Prompt "pgdn"] "en sida nedåt" "a page down";
    Accept "accept" [Prompt "enter"] "till listan; öppna enda träffen" "to the list; open the only hit";
    LeavePrompt "leave-prompt" [Prompt "tab"] "komplettera fält eller värde, annars till listan (--pick: märk)" "complete a field or value, else to the list (--pick: mark)";
    HistoryPrevious "history-previous" [Prompt "alt-p" "ctrl-up"] "föregående sökfråga" "previous query";
    HistoryNext "history-next" [Prompt "alt-n" "ctrl-down"] "nästa sökfråga" "next query";
    CharLeft "char-left" [Prompt "left" "ctrl-b"] "ett tecken åt vänster" "one character left";
    CharRight "char-right" [Prompt "right" "ctrl-f"] "ett tecken åt höger" "one character right";
    WordLeft "word-left" [Prompt "ctrl-left" "alt-b"] "ett ord åt vänster" "one word left";
    WordRight "word-right" [Prompt "ctrl-right" "alt-f"] "ett ord åt höger" "one word right";
    LineStart "line-start" [Prompt "ctrl-a" "home"] "till början" "to the beginning";
    LineEnd "line-end" [Prompt "ctrl-e" "end"] "till slutet" "to the end";
    DeleteBack "delete-back" [Prompt "backspace"] "radera tecknet före" "delete the character before";
    DeleteForward "delete-forward" [Prompt "delete" "ctrl-d"] "radera tecknet under" "delete the character under";
    DeleteWordBack "delete-word-back" [Prompt "ctrl-w"] "radera ordet före" "delete the word before";
    DeleteWordForward "delete-word-forward" [Prompt "alt-d"] "radera ordet efter" "delete the word after";
    DeleteToStart "delete-to-start" [Prompt "ctrl-u"] "radera allt före" "delete all before";
    DeleteToEnd "delete-to-end" [Prompt "ctrl-k"] "radera allt efter" "delete all after";

    Down "down" [List "j" "down"] "nedåt" "down";
    Up "up" [List "k" "up"] "uppåt" "up";
    First "first" [List "g" "home"] "till den första" "to the first";
    Last "last" [List "G" "end"] "till den sista" "to the last";
    HalfPageDown "half-page-down" [List "ctrl-d"] "en halv sida nedåt" "half a page down";
    HalfPageUp "half-page-up" [List "ctrl-u"] "en halv sida uppåt" "half a page up";
    PageDown "page-down" [List "pgdn"] "en sida nedåt" "a page down";
    PageUp "page-up" [List "pgup"] "en sida uppåt" "a page up";
    DetailDown "detail-down" [List "J"] [Prompt "alt-j" "shift-down"] "rulla uppgifterna nedåt" "scroll the detail down";
    DetailUp "detail-up" [List "K"] [Prompt "alt-k" "shift-up"] "rulla uppgifterna uppåt" "scroll the detail up";
    Open "open" [List "enter" "l" "right"] "öppna i full bredd" "open wide";
    SwitchPane "switch-pane" [Browse "tab"] "byt mellan lista och uppgifter" "switch between list and detail";
    Layout "layout" [Browse "z"] "byt uppställning" "change the layout";
    Search "search" [Browse "/"] "sök" "search";
    Facets "facets" [Browse "f"] "avgränsa …" "facets …";
    ClearFilters "clear-filters" [Browse "F"] "rensa avgränsningar" "clear filters";
    Order "order" [Browse "S"] "sortering …" "order …";
    FilterToValue "filter-to-value" [Detail "*"] "avgränsa till fältets värde" "filter to the field's value";
    ExcludeValue "exclude-value" [Detail "x"] "uteslut fältets värde" "exclude the field's value";
    Restore "restore" [Browse "b"] "tillbaka till förra sökningen" "back to the previous search";
    NextHit "next-hit" [Browse "n"] "nästa träff i texten" "next hit in the text";
    PreviousHit "previous-hit" [Browse "N"] "föregående träff i texten" "previous hit in the text";
    Mark "mark" [List "space"] "märk och gå nedåt" "mark and go down";
    MarkRange "mark-range" [List "V"] "märk från förra märket hit" "mark from the last mark to here";
    MarkAll "mark-all" [List "A"] "märk alla träffar, igen ingen" "mark all hits, again none";
    OnlyMarked "only-marked" [List "m"] "bara markerade" "only marked";
    Copy "copy" [Browse "y"] "kopiera diarienummer (i uppgifterna: fältet)" "copy the id (in the detail: the field)";
    CopyWhat "copy-what" [Browse "Y"] "kopiera annat …" "copy something else …";
    OpenLink "open-link" [Browse "o"] "projektets webbsida" "the project's page";
    Write "write" [Browse "w"] "spara markerade eller visade till fil" "write marked or shown to a file";
    Source "source" [Browse "v"] "källtext" "source text";

    OpenReview "open-review" [Browse "O"] "granskning: öppna, börja, byta, avsluta …" "review: open, begin, change, close …";
    Reviewed "reviewed" [Review "r"] "genomgången, igen inte" "reviewed, again not";
    Approve "approve" [Review "+"] "godkänd, igen inte" "approved, again not";
    Reject "reject" [Review "-"] "underkänd, med skäl, igen inte" "rejected, with a reason, again not";
    PutOff "pending" [Review "p"] "utreds, igen inte" "pending, again not";
    Star "star" [Review "s"] "bevaka, igen inte" "star, again not";
    Tag "tag" [Review "t"] "etikett …" "tag …";
    Note "note" [Review "c"] "anteckning …" "note …";
    EditNote "edit-note" [Review "e"] "anteckning i $EDITOR" "note in $EDITOR";
    NextUndecided "next-undecided" [Review "."] "nästa ej granskade" "next undecided";
    PreviousUndecided "previous-undecided" [Review ","] "föregående ej granskade" "previous undecided";
    HideReviewed "hide-reviewed" [Review "i"] "dölj granskade, igen visa" "hide reviewed, again show";
    ReviewPage "review-page" [Review "L"] "läge, utgångna projekt och händelselogg" "progress, what is gone, audit log";
    Undo "undo" [Review "u"] "ångra det senaste" "undo the latest";
    Redo "redo" [Review "U"] "gör om" "redo";
    NoteSave "note-save" [Note "enter"] "spara" "save";
    NoteNewLine "note-new-line" [Note "ctrl-o"] "ny rad" "new line";
    NoteEarlier "note-earlier" [Note "pgup"] "ändra en tidigare" "change an earlier one";
    NoteLater "note-later" [Note "pgdn"] "till en senare" "to a later one";
    NoteEditor "note-editor" [Note "ctrl-x"] "i $EDITOR" "in $EDITOR";
    NoteKind "note-kind" [Note "ctrl-t"] "arbetsanteckning eller iakttagelse" "working note or finding";

    FieldDown "field-down" [Detail "down"] "nästa fält, sedan texten" "next field, then the text";
    FieldUp "field-up" [Detail "up"] "föregående fält" "previous field";
    ScrollDown "scroll-down" [Detail "j"] [Pager "j" "down"] "rulla nedåt" "scroll down";
    ScrollUp "scroll-up" [Detail "k"] [Pager "k" "up"] "rulla uppåt" "scroll up";
    ScrollHalfDown "scroll-half-down" [Detail "ctrl-d"] [Pager "ctrl-d"] "rulla en halv sida nedåt" "scroll half a page down";
    ScrollHalfUp "scroll-half-up" [Detail "ctrl-u"] [Pager "ctrl-u"] "rulla en halv sida uppåt" "scroll half a page up";
    ScrollPageDown "scroll-page-down" [Detail "space" "pgdn"] [Pager "space" "pgdn"] "rulla en sida nedåt" "scroll a page down";
    ScrollPageUp "scroll-page-up" [Detail "pgup"] [Pager "pgup"] "rulla en sida uppåt" "scroll a page up";
    ScrollTop "scroll-top" [Detail "g" "home"] [Pager "g" "home"] "till början" "to the top";
    ScrollBottom "scroll-bottom" [Detail "G" "end"] [Pager "G" "end"] "till slutet" "to the bottom";
    NextRecord "next-record" [Detail "J"] "nästa projekt" "next record";
    PreviousRecord "previous-record" [Detail "K"] "föregående projekt" "previous record";
    Close "close" [Detail "h" "left"] [List "h" "left"] "tillbaka" "back";

    FacetInclude "facet-include" [Facets "space"] "ta med värdet, igen inte" "include the value, again not";
    FacetExclude "facet-exclude" [Facets "x" "-"] "uteslut värdet, igen inte" "exclude the value, again not";
    FacetDone "facet-done" [Facets "enter"] "klar" "done";
    OrderBy "order-by" [Order "enter"] "sortera så, igen åt andra hållet" "sort so, again the other way";
    OrderAdd "order-add" [Order "space"] "lägg till efter de andra, igen vänd, igen ta bort" "add after the others, again turn, again take away";
    MenuDown "menu-down" [Menu "down" "ctrl-n" "tab"] "nedåt" "down";
    MenuUp "menu-up" [Menu "up" "ctrl-p"] "uppåt" "up";
    MenuPageDown "menu-page-down" [Menu "pgdn"] "en sida nedåt" "a page down";
    MenuPageUp "menu-page-up" [Menu "pgup"] "en sida uppåt" "a page up";
    MenuChoose "menu-choose" [Menu "enter"] "välj" "choose";
}

impl Action {
    /// The action of a name in the configuration.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }

    /// What it does.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        BINDINGS.iter().find(|row| row.action == self).map_or("", |row| row.title(lang))
    }
}
