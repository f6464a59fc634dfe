//! The table of actions: everything that a key or a command can do, grouped into families, with its name, its
//! default keys and its description. Help, bottom line, palette, documentation and configuration read this table.

use super::context::Context;
use crate::i18n::{Bilingual, Lang};

/// One row of the table: an action in one context.
#[derive(Debug)]
pub struct Binding {
    /// The action.
    pub action: Action,
    /// The context in which its keys act.
    pub context: Context,
    /// The names of its default keys.
    pub keys: &'static [&'static str],
    /// The description.
    title: Bilingual,
}

impl Binding {
    /// The description of the action.
    #[must_use]
    pub const fn title(&self, lang: Lang) -> &'static str {
        self.title.text(lang)
    }
}

/// The kind of argument that a command of the palette takes (`:write FILE`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArgumentKind {
    /// The path of a file to write.
    File,
    /// Sort keys as the command line takes them: `slut`, `ägare,namn:desc`.
    SortOrder,
    /// `sv` or `en`.
    Language,
    /// The name of a theme.
    Theme,
    /// A topic of the guide.
    Topic,
}

macro_rules! argument {
    () => {
        None
    };
    ($kind:ident) => {
        Some(ArgumentKind::$kind)
    };
}

macro_rules! actions {
    ($(
        $(#[$about:meta])*
        $family:ident($group:ident) {
            $($action:ident $name:literal $(or $($alias:literal)+)? $(takes $kind:ident)?
                $([$context:ident $($key:literal)*])+ $swedish:literal $english:literal;)*
        }
    )*) => {
        /// Something that a key or a command makes happen.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($(#[$about])* $family($group),)* }

        $(
            $(#[$about])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
            pub enum $group { $(#[doc = $english] $action,)* }
        )*

        impl Action {
            /// Every action, in the order of the table.
            pub const ALL: &[Self] = &[$($(Self::$family($group::$action),)*)*];

            /// The name used in the configuration and in the palette.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $($(Self::$family($group::$action) => $name,)*)* }
            }

            /// Shorter and translated names that the palette accepts as well.
            #[must_use]
            pub const fn aliases(self) -> &'static [&'static str] {
                match self { $($(Self::$family($group::$action) => &[$($($alias),+)?],)*)* }
            }

            /// The argument that the palette may hand to the action.
            #[must_use]
            pub const fn argument(self) -> Option<ArgumentKind> {
                match self { $($(Self::$family($group::$action) => argument!($($kind)?),)*)* }
            }
        }

        /// The table.
        pub const BINDINGS: &[Binding] = &[$($($(Binding {
            action: Action::$family($group::$action),
            context: Context::$context,
            keys: &[$($key),*],
            title: Bilingual::new($swedish, $english),
        },)+)*)*];
    };
}

#[rustfmt::skip]
actions! {
    /// The program as a whole. These actions act at once, even while a search is running.
    App(AppAction) {
        Help "help" [Everywhere "f1"] [Browse "?"] "hjälp: tangenterna här" "help: the keys in force here";
        Guide "guide" or "handledning" takes Topic [Browse] "handledning: sökning, granskning, export …" "guide: searching, reviewing, writing files …";
        Back "back" [Everywhere "esc"] "ett steg tillbaka" "one level back";
        Cancel "cancel" [Everywhere "ctrl-c"] "avbryt; två gånger avslutar" "cancel; twice quits";
        Suspend "suspend" [Everywhere "ctrl-z"] "lägg programmet i bakgrunden" "suspend to the shell";
        Redraw "redraw" [Everywhere "ctrl-l"] "rita om" "redraw";
        Quit "quit" or "q" [Everywhere "f10"] "avsluta" "quit";
        Leave "leave" [Browse "q"] [Pager "q"] "tillbaka; från listan avsluta" "go back; quits from the list";
        Palette "palette" [Browse ":"] "kommandon" "commands";
        Diagnostics "diagnostics" [Browse "W"] "påpekanden om uppgifterna" "diagnostics of the data";
        Reload "reload" [Browse "R" "f5"] "läs om filerna" "reload the files";
        SwitchLanguage "toggle-language" or "lang" "language" "språk" takes Language [Browse] "byt språk till engelska" "switch the language to Swedish";
        CycleTheme "theme" or "tema" takes Theme [Browse] "byt färgtema" "change the colour theme";
        CycleLayout "layout" [Browse "z"] "byt vy" "change the layout";
    }

    /// The text of the query: opening the prompt, editing its line, recalling earlier queries.
    Edit(EditAction) {
        Open "search" [Browse "/"] "sök" "search";
        HistoryPrevious "history-previous" [Prompt "alt-p" "ctrl-up"] "föregående sökfråga" "previous query";
        HistoryNext "history-next" [Prompt "alt-n" "ctrl-down"] "nästa sökfråga" "next query";
        CharLeft "char-left" [Prompt "left" "ctrl-b"] "ett tecken åt vänster" "one character left";
        CharRight "char-right" [Prompt "right" "ctrl-f"] "ett tecken åt höger" "one character right";
        WordLeft "word-left" [Prompt "ctrl-left" "alt-b"] "ett ord åt vänster" "one word left";
        WordRight "word-right" [Prompt "ctrl-right" "alt-f"] "ett ord åt höger" "one word right";
        LineStart "line-start" [Prompt "ctrl-a" "home"] "till radens början" "to the start of the line";
        LineEnd "line-end" [Prompt "ctrl-e" "end"] "till radens slut" "to the end of the line";
        DeleteBack "delete-back" [Prompt "backspace"] "radera tecknet före" "delete the character before the cursor";
        DeleteForward "delete-forward" [Prompt "delete" "ctrl-d"] "radera tecknet under markören" "delete the character under the cursor";
        DeleteWordBack "delete-word-back" [Prompt "ctrl-w"] "radera ordet före" "delete the word before the cursor";
        DeleteWordForward "delete-word-forward" [Prompt "alt-d"] "radera ordet efter" "delete the word after the cursor";
        DeleteToStart "delete-to-start" [Prompt "ctrl-u"] "radera allt före" "delete to the start of the line";
        DeleteToEnd "delete-to-end" [Prompt "ctrl-k"] "radera allt efter" "delete to the end of the line";
    }

    /// Leaving the prompt and returning to an earlier search.
    Prompt(PromptAction) {
        Accept "accept" [Prompt "enter"] "till listan; öppna enda träffen" "go to the list; open the only match";
        Leave "leave-prompt" [Prompt "tab"] "komplettera fält eller värde, annars till listan (--pick: markera)" "complete a field or value, else go to the list (--pick: mark)";
        Meaning "meaning" or "exact" "exakt" [Prompt "ctrl-t"] [Browse "ctrl-t"] "bara de skrivna bokstäverna, igen: även former, synonymer och platser" "only the typed letters, again: forms, synonyms and places too";
        Restore "restore" [Browse "b"] "tillbaka till förra sökningen" "back to the previous search";
    }

    /// Moving the selection in the list.
    Move(MoveAction) {
        Down "down" [List "j" "down" "ctrl-n"] "nedåt" "down";
        Up "up" [List "k" "up" "ctrl-p"] "uppåt" "up";
        First "first" [List "g" "home"] "till den första" "to the first";
        Last "last" [List "G" "end"] "till den sista" "to the last";
        HalfPageDown "half-page-down" [List "ctrl-d"] "en halv sida nedåt" "half a page down";
        HalfPageUp "half-page-up" [List "ctrl-u"] "en halv sida uppåt" "half a page up";
        PageDown "page-down" [List "pgdn" "ctrl-f"] "en sida nedåt" "a page down";
        PageUp "page-up" [List "pgup" "ctrl-b"] "en sida uppåt" "a page up";
        ViewDown "view-down" [List "ctrl-e"] "bläddra listan en rad nedåt" "scroll the list down by a row";
        ViewUp "view-up" [List "ctrl-y"] "bläddra listan en rad uppåt" "scroll the list up by a row";
        PromptUp "prompt-up" [Prompt "up" "ctrl-p"] "uppåt i listan" "up in the list";
        PromptDown "prompt-down" [Prompt "down" "ctrl-n"] "nedåt i listan" "down in the list";
        PromptPageUp "prompt-page-up" [Prompt "pgup"] "en sida uppåt" "a page up";
        PromptPageDown "prompt-page-down" [Prompt "pgdn"] "en sida nedåt" "a page down";
        NextRecord "next-record" [Detail "J"] "nästa projekt" "next record";
        PreviousRecord "previous-record" [Detail "K"] "föregående projekt" "previous record";
    }

    /// Marking records.
    Mark(MarkAction) {
        Toggle "mark" [List "space"] "markera och gå nedåt" "mark and go down";
        Range "mark-range" [List "V"] "markera från förra markeringen hit" "mark from the last mark to here";
        All "mark-all" [List "A"] "markera alla träffar, igen: avmarkera" "mark all matches, again: unmark";
        Only "only-marked" [List "m"] "bara markerade" "only marked";
    }

    /// The detail of the selected record: opening it, its fields, the matches in its text.
    Detail(DetailAction) {
        Open "open" [List "enter" "l" "right"] "öppna i full bredd" "open at full width";
        Close "close" [Detail "h" "left"] [List "h" "left"] "tillbaka" "back";
        SwitchPane "switch-pane" [Browse "tab"] "byt mellan lista och uppgifter" "switch between list and detail";
        FieldDown "field-down" [Detail "down" "ctrl-n"] "nästa fält, sedan texten" "next field, then the text";
        FieldUp "field-up" [Detail "up" "ctrl-p"] "föregående fält" "previous field";
        NextHit "next-hit" [Browse "n"] "nästa träff i texten" "next match in the text";
        PreviousHit "previous-hit" [Browse "N"] "föregående träff i texten" "previous match in the text";
        Source "source" [Browse "v"] "källtext" "source text";
    }

    /// Scrolling the detail or a text page.
    Scroll(ScrollAction) {
        DetailDown "detail-down" [List "J"] [Prompt "alt-j" "shift-down"] "bläddra nedåt i uppgifterna" "scroll the detail down";
        DetailUp "detail-up" [List "K"] [Prompt "alt-k" "shift-up"] "bläddra uppåt i uppgifterna" "scroll the detail up";
        Down "scroll-down" [Detail "j" "ctrl-e"] [Pager "j" "down" "ctrl-e" "ctrl-n"] "bläddra nedåt" "scroll down";
        Up "scroll-up" [Detail "k" "ctrl-y"] [Pager "k" "up" "ctrl-y" "ctrl-p"] "bläddra uppåt" "scroll up";
        HalfDown "scroll-half-down" [Detail "ctrl-d"] [Pager "ctrl-d"] "bläddra en halv sida nedåt" "scroll half a page down";
        HalfUp "scroll-half-up" [Detail "ctrl-u"] [Pager "ctrl-u"] "bläddra en halv sida uppåt" "scroll half a page up";
        PageDown "scroll-page-down" [Detail "space" "pgdn" "ctrl-f"] [Pager "space" "pgdn" "ctrl-f"] "bläddra en sida nedåt" "scroll a page down";
        PageUp "scroll-page-up" [Detail "pgup" "ctrl-b"] [Pager "pgup" "ctrl-b"] "bläddra en sida uppåt" "scroll a page up";
        Top "scroll-top" [Detail "g" "home"] [Pager "g" "home"] "till början" "to the top";
        Bottom "scroll-bottom" [Detail "G" "end"] [Pager "G" "end"] "till slutet" "to the bottom";
    }

    /// Filtering: the facet panel and the values of fields in the detail.
    Filter(FilterAction) {
        OpenPanel "facets" [Browse "f"] "avgränsa …" "facets …";
        Alike "similar" or "liknande" [Browse "a"] "projekt som liknar det här" "projects like this one";
        Clear "clear-filters" [Browse "F"] "rensa avgränsningar" "clear filters";
        IncludeField "filter-to-value" [Detail "*"] "avgränsa till fältets värde" "filter to the field's value";
        ExcludeField "exclude-value" [Detail "x"] "uteslut fältets värde" "exclude the field's value";
        IncludeValue "facet-include" [Facets "space"] "ta med värdet, igen: ta bort" "include the value, again: remove";
        ExcludeValue "facet-exclude" [Facets "x" "-"] "uteslut värdet, igen: ta bort" "exclude the value, again: remove";
        ClosePanel "facet-done" [Facets "enter"] "klar" "done";
    }

    /// The sort order of the list.
    Order(OrderAction) {
        Open "order" or "sort" "sortera" takes SortOrder [Browse "S"] "sortering …" "sort order …";
        SortBy "order-by" [Order "enter"] "sortera så, igen: åt andra hållet" "sort by this key, again: reverse";
        AddKey "order-add" [Order "space"] "lägg till efter de andra, igen: vänd, igen: ta bort" "add after the others, again: reverse, again: remove";
    }

    /// Actions whose result leaves the screen: copies, links, files.
    Output(OutputAction) {
        Copy "copy" [Browse "y"] "kopiera diarienummer (i uppgifterna: fältet)" "copy the id (in the detail: the field)";
        CopyMenu "copy-what" [Browse "Y"] "kopiera annat …" "copy something else …";
        OpenLink "open-link" [Browse "o"] "projektets webbsida" "the project's web page";
        Write "write" or "w" "spara" takes File [Browse "w"] "spara markerade eller visade till fil" "write marked or shown records to a file";
    }

    /// Review rounds, and looking around in one; none of these writes a verdict.
    Round(RoundAction) {
        OpenMenu "open-review" [Browse "O"] "granskning: öppna, börja, byta, avsluta …" "review: open, begin, change, close …";
        NextUndecided "next-undecided" [Review "."] "nästa ej granskade" "next undecided";
        PreviousUndecided "previous-undecided" [Review ","] "föregående ej granskade" "previous undecided";
        HideReviewed "hide-reviewed" [Review "i"] "dölj granskade, igen: visa" "hide reviewed, again: show";
        Page "review-page" [Review "L"] "läge, utgångna projekt och händelselogg" "progress, vanished records, audit log";
    }

    /// Verdicts, stars, tags and notes on the selected or marked records of a review.
    Review(ReviewAction) {
        Reviewed "reviewed" [Review "r"] "genomgånget, igen: ta bort" "reviewed, again: take back";
        Approve "approve" [Review "+"] "godkänt, igen: ta bort" "approved, again: take back";
        Reject "reject" [Review "-"] "underkänt, med skäl, igen: ta bort" "rejected, with a reason, again: take back";
        PutOff "pending" [Review "p"] "utreds, igen: ta bort" "pending, again: take back";
        Star "star" [Review "s"] "bevaka, igen: ta bort" "star, again: take back";
        Tag "tag" [Review "t"] "etikett …" "tag …";
        Note "note" [Review "c"] "anteckning …" "note …";
        EditNote "edit-note" [Review "e"] "anteckning i $EDITOR" "note in $EDITOR";
        Undo "undo" [Review "u"] "ångra det senaste" "undo the latest";
        Redo "redo" [Review "U"] "gör om" "redo";
    }

    /// The note box.
    Note(NoteAction) {
        Save "note-save" [Note "enter"] "spara" "save";
        NewLine "note-new-line" [Note "ctrl-o"] "ny rad" "new line";
        Earlier "note-earlier" [Note "pgup"] "ändra en tidigare" "change an earlier one";
        Later "note-later" [Note "pgdn"] "till en senare" "to a later one";
        Editor "note-editor" [Note "ctrl-x"] "i $EDITOR" "in $EDITOR";
        Kind "note-kind" [Note "ctrl-t"] "arbetsanteckning eller iakttagelse" "working note or finding";
    }

    /// Menus, the palette and lines to type.
    Menu(MenuAction) {
        Complete "palette-complete" [Palette "tab"] "komplettera" "complete";
        Down "menu-down" [Menu "down" "ctrl-n" "tab"] "nedåt" "down";
        Up "menu-up" [Menu "up" "ctrl-p"] "uppåt" "up";
        PageDown "menu-page-down" [Menu "pgdn"] "en sida nedåt" "a page down";
        PageUp "menu-page-up" [Menu "pgup"] "en sida uppåt" "a page up";
        Choose "menu-choose" [Menu "enter"] "välj" "choose";
    }
}

impl Action {
    /// The action with a name in the configuration.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }

    /// The description of the action.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        BINDINGS.iter().find(|row| row.action == self).map_or("", |row| row.title(lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_aliases_belong_to_one_action_each() {
        let mut known = std::collections::HashSet::new();
        for action in Action::ALL {
            for name in [action.name()].iter().chain(action.aliases()) {
                assert!(known.insert(*name), "{name} names two actions");
                assert!(!name.chars().any(char::is_whitespace), "{name} cannot be a first word");
                assert!(!name.chars().all(|c| c.is_ascii_digit()), "{name} would be a row");
            }
        }
    }
}
