//! Tags: a menu of the tags of the round, into which a new one can be typed.

use std::sync::Arc;

use super::common::popups::open_menu;
use super::common::reviewing::{after_change, opened, refuses_personal_number, say_done, selected, write};
use crate::i18n::Words;
use crate::review::event::EventKind;
use crate::ui::pages::menu::{Menu, MenuChoice, MenuItem, MenuKind, ReviewChoice};
use crate::ui::state::State;

/// The signs of a tag that choosing sets, and of one that choosing removes.
const SIGNS: [&str; 2] = ["+", "-"];

/// Opens the menu of tags for the selected record.
pub(super) fn open(state: &mut State) {
    let Some(id) = selected(state) else { return };
    let person = state.setup.review.person.clone();
    let Some(review) = opened(state) else { return };
    let own = review.state(&id, &person).0.tags;
    let mut known = review.tags();
    known.extend(own.iter().cloned());
    let item = |tag: Arc<str>| {
        let sign = SIGNS[usize::from(own.contains(&tag))];
        let choice = ReviewChoice::Tag(id.clone(), tag.to_string());
        MenuItem::new(sign, tag.to_string(), MenuChoice::Review(choice))
    };
    let mut items: Vec<MenuItem> = known.into_iter().map(item).collect();
    // The last item becomes the typed tag, once something is typed.
    let new = MenuChoice::Review(ReviewChoice::Tag(id, String::new()));
    items.push(MenuItem::new("", "", new));
    open_menu(state, MenuKind::Tags, items);
}

/// Offers the typed text as a new tag, if there is no such tag.
pub(super) fn offer_new(menu: &mut Menu, words: &Words) {
    if menu.kind != MenuKind::Tags {
        return;
    }
    let typed = one_line(menu.filter.value());
    let is_known = menu.items.iter().rev().skip(1).any(|item| item.title == typed);
    let Some(new) = menu.items.last_mut() else { return };
    let Some(MenuChoice::Review(ReviewChoice::Tag(_, tag))) = &mut new.choice else { return };
    if typed.is_empty() || is_known {
        (new.key, new.title) = (String::new(), String::new());
        tag.clear();
    } else {
        let title = format!("{typed}  {}", words.tag_new);
        (new.key, new.title) = (SIGNS[0].to_owned(), title);
        *tag = typed;
    }
}

/// Sets a tag on a record, or removes it.
pub(super) fn choose(state: &mut State, id: String, tag: &str) {
    if tag.is_empty() || refuses_personal_number(state, tag) {
        return;
    }
    let person = state.setup.review.person.clone();
    let has = opened(state).is_some_and(|review| review.state(&id, &person).0.tags.contains(tag));
    write(state, std::slice::from_ref(&id), &EventKind::Tag { on: !has }, tag);
    let words = state.words();
    say_done(state, &[id], &format!("{} {tag}", if has { words.tag_removed } else { words.tag }));
    after_change(state);
}

fn one_line(typed: &str) -> String {
    typed.split_whitespace().collect::<Vec<_>>().join(" ")
}
