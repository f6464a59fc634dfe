//! Rendering of reports: snapshots, and hostile texts that must not break the markup.

use proptest::prelude::*;
use rstest::rstest;

use super::fixtures::{closed, open_sample, saying};
use super::{ReportFormat, render};
use crate::i18n::Lang;
use crate::review::finding::{Finding, FindingKind};

#[rstest]
#[case::html_sv(ReportFormat::Html, Lang::Swedish)]
#[case::html_en(ReportFormat::Html, Lang::English)]
#[case::markdown_sv(ReportFormat::Markdown, Lang::Swedish)]
#[case::markdown_en(ReportFormat::Markdown, Lang::English)]
fn a_closed_review(#[case] form: ReportFormat, #[case] lang: Lang) {
    let name = format!("closed_{}_{}", if form == ReportFormat::Html { "html" } else { "md" }, lang.code());
    // The style sheet says nothing of the review.
    let text = render(&closed(), form, lang).replace(include_str!("style.css"), "…\n");
    insta::assert_snapshot!(name, text);
}

/// The list is the same in both languages.
#[test]
fn a_closed_review_as_a_list() {
    let list = render(&closed(), ReportFormat::Csv, Lang::Swedish);
    assert_eq!(list, render(&closed(), ReportFormat::Csv, Lang::English));
    insta::assert_snapshot!("closed_csv", list);
}

#[rstest]
#[case(Lang::Swedish)]
#[case(Lang::English)]
fn a_sample_that_is_being_reviewed(#[case] lang: Lang) {
    let name = format!("sample_md_{}", lang.code());
    insta::assert_snapshot!(name, render(&open_sample(), ReportFormat::Markdown, lang));
}

#[test]
fn working_notes_stay_out_and_personal_numbers_are_masked() {
    for form in [ReportFormat::Html, ReportFormat::Markdown, ReportFormat::Csv] {
        let text = render(&closed(), form, Lang::Swedish);
        assert!(!text.contains("ARBETSANTECKNING"), "{form:?}");
        assert!(!text.contains("811228"), "{form:?}");
        assert!(!text.contains("Skulle inte ha skrivits"), "{form:?}");
        assert!(text.contains("Underlag saknas"), "{form:?}");
    }
}

#[test]
fn the_closing_hash_holds_though_a_text_was_emptied_and_later_events_are_counted() {
    let seal = closed().seal.expect("closed");
    assert!(seal.holds);
    assert_eq!(seal.later, 1);
    assert_eq!(seal.closing.hash.len(), 64);
    assert_eq!(open_sample().seal, None);
}

#[test]
fn a_broken_hash_is_reported() {
    let mut report = closed();
    report.seal.as_mut().expect("closed").holds = false;
    assert!(render(&report, ReportFormat::Html, Lang::Swedish).contains("<p class=\"notice\">STÄMMER INTE"));
    assert!(render(&report, ReportFormat::Markdown, Lang::English).contains("**INVALID"));
}

#[test]
fn problems_of_the_store_are_named() {
    let mut report = closed();
    report.findings = vec![Finding::new(FindingKind::ContentAltered, "#3: ab12")];
    let html = render(&report, ReportFormat::Html, Lang::Swedish);
    assert!(html.contains("GRANSKNINGSFILEN ÄR INTE HEL"), "{html}");
    let markdown = render(&report, ReportFormat::Markdown, Lang::English);
    assert!(markdown.contains("#3: ab12: a kept version or scope was altered"), "{markdown}");
}

#[rstest]
#[case("r.HTML", Some(ReportFormat::Html))]
#[case("r.htm", Some(ReportFormat::Html))]
#[case("r.md", Some(ReportFormat::Markdown))]
#[case("r.csv", Some(ReportFormat::Csv))]
#[case("r.pdf", None)]
#[case("r", None)]
fn the_extension_selects_the_format(#[case] path: &str, #[case] form: Option<ReportFormat>) {
    assert_eq!(ReportFormat::from_path(path), form);
}

/// Texts of what means something somewhere, and of anything.
fn hostile() -> impl Strategy<Value = String> {
    let signs = prop::sample::select(vec![
        "<",
        ">",
        "&",
        "\"",
        "'",
        "</td>",
        "<script>",
        "-->",
        "]]>",
        "</style>",
        "|",
        "\\",
        "`",
        "\n",
        "\n\n",
        "\r",
        "#",
        "* ",
        "- ",
        "1. ",
        "> ",
        "===",
        "---",
        "=1+1",
        "@x",
        "+",
        ",",
        ";",
        "\t",
        "\u{1b}",
        "\u{202e}",
        "\u{0}",
        "å",
        "x",
        " ",
        "{",
        "}",
        "https://x",
        "<br>",
    ]);
    prop_oneof![prop::collection::vec(signs, 1..12).prop_map(|signs| signs.concat()), ".{1,20}"]
}

/// The tags of a page in order, without their text. Panics if a text contains a raw markup character.
fn tags(html: &str) -> Vec<String> {
    let body = html.split_once("</style>").expect("a style").1;
    let mut tags = Vec::new();
    for part in body.split('<').skip(1) {
        let (tag, text) = part.split_once('>').expect("closed tags");
        assert!(!text.contains(['>', '"', '\'']), "{text}");
        tags.push(tag.to_owned());
    }
    tags
}

/// The beginnings of Markdown lines that the report itself writes: headings, table rows, facts, quotations.
fn skeleton(markdown: &str) -> Vec<String> {
    let own = markdown.lines().filter(|line| !line.is_empty() && !line.starts_with('>'));
    own.map(|line| {
        let bars = line.replace("\\\\", "").replace("\\|", "").matches('|').count();
        let begins: String = line.chars().take_while(|c| !c.is_alphanumeric() && *c != '\\').collect();
        format!("{bars} {}", begins.trim())
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_text_breaks_out_of_a_page(text in hostile()) {
        let page = render(&saying(&text), ReportFormat::Html, Lang::Swedish);
        let plain = render(&saying("x"), ReportFormat::Html, Lang::Swedish);
        prop_assert_eq!(tags(&page), tags(&plain));
        prop_assert_eq!(page.matches("</style").count(), 1);
        let has_controls = page.contains(['\u{1b}', '\u{202e}', '\u{0}', '\r']);
        prop_assert!(!has_controls);
    }

    #[test]
    fn no_text_breaks_out_of_a_document(text in hostile()) {
        // White space alone is no text, and an own word at a line's start is looked for.
        let text = format!("x{text}");
        let document = render(&saying(&text), ReportFormat::Markdown, Lang::Swedish);
        prop_assert_eq!(skeleton(&document), skeleton(&render(&saying("x"), ReportFormat::Markdown, Lang::Swedish)));
    }

    #[test]
    fn no_text_breaks_out_of_a_cell(text in hostile()) {
        let list = render(&saying(&text), ReportFormat::Csv, Lang::Swedish);
        let (head, rest) = list.split_once('\n').expect("a head");
        let columns = head.split(',').count();
        let mut cells: Vec<String> = vec![String::new()];
        let mut is_quoted = false;
        let mut signs = rest.trim_end_matches('\n').chars().peekable();
        while let Some(sign) = signs.next() {
            match sign {
                '"' if is_quoted && signs.next_if_eq(&'"').is_some() => cells.last_mut().expect("one").push('"'),
                '"' => is_quoted = !is_quoted,
                // A second row would have more cells than the head.
                ',' | '\n' if !is_quoted => cells.push(String::new()),
                other => cells.last_mut().expect("one").push(other),
            }
        }
        prop_assert!(!is_quoted);
        prop_assert_eq!(cells.len(), columns, "{}", list);
        let is_formula = |cell: &String| cell.trim_start().starts_with(['=', '+', '-', '@']);
        let number = |cell: &String| cell.parse::<f64>().is_ok();
        prop_assert!(!cells.iter().any(|cell| is_formula(cell) && !number(cell)), "{:?}", cells);
    }
}
