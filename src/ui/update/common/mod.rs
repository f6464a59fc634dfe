//! Functions shared by the families of actions: moving the selection, scrolling the detail, opening popups, review
//! actions. Independent of any family.

pub(super) mod detail_view;
pub(super) mod panes;
pub(super) mod popups;
pub(super) mod reviewing;
pub(super) mod rows;
pub(super) mod search;
pub(super) mod selection;
