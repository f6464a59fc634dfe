//! A synthetic collection as text in memory. `collection` has it in every form, of any size.

pub mod collection;

use collection::{Collection, FORMS, Form};

/// `count` text records in one text.
#[must_use]
pub fn generate(count: usize, seed: u64) -> String {
    let mut bytes = Vec::with_capacity(count * 1_900);
    let form = FORMS.iter().find(|(name, _)| *name == "text").map_or(Form::Text, |(_, form)| *form);
    Collection { seed, count }.write(form, &mut bytes).expect("written to memory");
    String::from_utf8(bytes).expect("text")
}
