//! Every popup and pane with its styles: in both languages, in colour and without, from 40×10 to 120×40.

use diarium::i18n::Lang;
use diarium::ui::review::ReviewSetup;
use diarium::ui::state::Setup;
use diarium::ui::theme::Theme;
use rstest::{Context, rstest};

use super::harness::{Screen, fixture, setup};
use crate::steps::Steps;

/// Language, theme and size of a scene.
struct Look {
    name: &'static str,
    lang: Lang,
    size: (u16, u16),
    theme: Theme,
}

fn looks() -> [Look; 4] {
    let (colour, mono, ascii) = (Theme::new(true, false), Theme::new(false, false), Theme::new(false, true));
    [
        Look { name: "sv_80x24", lang: Lang::Swedish, size: (80, 24), theme: colour },
        Look { name: "en_120x40", lang: Lang::English, size: (120, 40), theme: colour },
        Look { name: "sv_40x10_mono", lang: Lang::Swedish, size: (40, 10), theme: mono },
        Look { name: "en_80x24_ascii", lang: Lang::English, size: (80, 24), theme: ascii },
    ]
}

/// A review of the fixtures with some verdicts, a star, a tag and a note, the cursor on the second record.
fn review(look: &Look, folder: &std::path::Path) -> Screen {
    let review = ReviewSetup { person: "anna".to_owned(), at_start: true, ..ReviewSetup::default() };
    let setup = Setup { review, lang: look.lang, ..setup() };
    let mut screen =
        Screen::reviewing_as(setup, fixture("projekt"), look.size, &folder.join("r.db"), look.theme);
    let verdicts = Steps::new().approve().reject(2).put_off();
    screen.play(&verdicts.first().star().note(&["se bilaga 3"]).tag("eu").press("j"));
    screen
}

#[rstest]
#[case::list("")]
#[case::marked("  m")]
#[case::search("/trygg")]
#[case::problem("/regoin:norr")]
#[case::nothing_found("/24-103 sjöstad")]
#[case::detail("<enter>")]
#[case::detail_field("<enter><down><down>")]
#[case::matches_in_text("/handläggare<enter><enter>n")]
#[case::help("?")]
#[case::palette(":")]
#[case::palette_argument(":sort n")]
#[case::copy_menu("Y")]
#[case::order_menu("S<down><down> ")]
#[case::facets("f<down> ")]
#[case::diagnostics("W")]
#[case::source("v")]
#[case::copied("y")]
#[case::write_line("wlista.csv")]
#[case::reasons("-")]
#[case::confirm("A+")]
#[case::tags("t")]
#[case::note("cförsta raden<ctrl-o>andra raden<ctrl-t>")]
#[case::rounds("O")]
#[case::round_name("Oav allt<enter>")]
#[case::review_page("L")]
fn scene(#[context] context: Context, #[case] keys: &str) {
    let scene = context.description.expect("each case has a name");
    for look in looks() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut screen = review(&look, folder.path());
        screen.keys(keys);
        insta::assert_snapshot!(format!("{scene}_{}", look.name), screen.styled());
    }
}
