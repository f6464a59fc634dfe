//! Commands with an argument, as the palette takes them: `:write FILE`, `:sort KEY`, `:guide TOPIC`, `:lang sv`.

use super::{help, order, output};
use crate::guide::Topic;
use crate::i18n::Lang;
use crate::ui::keys::action::{Action, ArgumentKind};
use crate::ui::pages::palette::sort_order;
use crate::ui::state::State;
use crate::ui::theme::ThemeName;

/// Runs an action on an argument; a message says if the argument cannot be interpreted.
pub(super) fn act_on(state: &mut State, action: Action, argument: &str) {
    let Some(kind) = action.argument() else { return };
    let is_understood = match kind {
        ArgumentKind::File => {
            output::write(state, argument);
            true
        }
        ArgumentKind::SortOrder => sort_order(argument).map(|wanted| order::take(state, wanted)).is_some(),
        ArgumentKind::Theme => argument.parse::<ThemeName>().map(|theme| state.theme = theme).is_ok(),
        ArgumentKind::Topic => {
            Topic::find(argument).map(|topic| help::open_guide(state, Some(topic))).is_ok()
        }
        ArgumentKind::Language => argument.parse::<Lang>().map(|lang| state.lang = lang).is_ok(),
    };
    if !is_understood {
        let said = state.words().bad_argument(action.name(), argument);
        state.say(said);
    }
}
