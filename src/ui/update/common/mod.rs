//! What the families of actions share: moving the selection, scrolling the detail, opening popups, writing reviews.
//! Nothing here knows a family.

pub(super) mod detail_view;
pub(super) mod panes;
pub(super) mod popups;
pub(super) mod reviewing;
pub(super) mod rows;
pub(super) mod search;
pub(super) mod selection;
