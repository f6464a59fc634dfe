//! The pictures of the README: their names, and the keys that lead to each screen.

use diarium::i18n::Lang;
use diarium::loading::Input;
use diarium::ui::review::ReviewSetup;
use diarium::ui::state::Setup;

use super::drawing::svg;
use super::harness::{Screen, setup};
use crate::steps::Steps;

/// Columns and rows: wide enough for list and detail side by side, small enough to be legible on a page.
const SIZE: (u16, u16) = (110, 26);

/// Each picture with the name of its file.
pub fn all() -> [(&'static str, String); 2] {
    [("browse.svg", browse()), ("review.svg", review())]
}

fn english() -> Setup {
    Setup { lang: Lang::English, example_data: true, ..setup() }
}

/// A search, with one of its matches selected.
fn browse() -> String {
    let mut screen = Screen::start(english(), Input::BuiltIn, SIZE);
    screen.play(&Steps::new().search("is:ongoing").times(2, "j"));
    let (buffer, _) = screen.buffer();
    svg(&buffer, "The project list beside the details of one project")
}

/// A round with some verdicts, and the reasons that a rejection offers.
fn review() -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let review = ReviewSetup { person: "anna".to_owned(), at_start: true, ..ReviewSetup::default() };
    let setup = Setup { review, ..english() };
    let mut screen = Screen::reviewing(setup, Input::BuiltIn, SIZE, &folder.path().join("r.db"));
    screen.play(&Steps::new().approve().approve().press("r").reject(3).approve().put_off().star().press("-"));
    let (buffer, _) = screen.buffer();
    svg(&buffer, "A review in progress, with the reasons for a rejection")
}
