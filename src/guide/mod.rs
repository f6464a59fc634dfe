//! The user's guide: its topics, in Swedish and English, and their layout for any width. Pure.
//!
//! The texts are Markdown files in `data/guide`, compiled into the program. They use the part of Markdown that
//! [`markdown`] reads: headings, paragraphs, lists, tables, fenced code, and code in a line.

pub mod layout;
pub mod markdown;

use crate::i18n::{Bilingual, Lang};
use crate::text::fold::fold;
use markdown::{Block, blocks};

macro_rules! topics {
    ($($topic:ident $english:literal $swedish:literal;)*) => {
        /// A topic of the guide.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Topic { $(#[doc = $english] $topic),* }

        impl Topic {
            /// All topics, in reading order.
            pub const ALL: &[Self] = &[$(Self::$topic),*];

            /// The name by which a topic is asked for.
            #[must_use]
            pub const fn name(self, lang: Lang) -> &'static str {
                match self { $(Self::$topic => Bilingual::new($swedish, $english).text(lang)),* }
            }

            /// The Markdown text.
            #[must_use]
            pub const fn text(self, lang: Lang) -> &'static str {
                match self {
                    $(Self::$topic => Bilingual::new(
                        include_str!(concat!("../../data/guide/sv/", $english, ".md")),
                        include_str!(concat!("../../data/guide/en/", $english, ".md")),
                    ).text(lang)),*
                }
            }
        }
    };
}

topics! {
    Start "start" "start";
    Search "search" "sökning";
    Lists "lists" "listor";
    Review "review" "granskning";
    Samples "samples" "stickprov";
    Export "export" "spara";
    Configuration "configuration" "inställningar";
    Ssh "ssh" "ssh";
    Accessibility "accessibility" "tillgänglighet";
    Privacy "privacy" "personuppgifter";
}

/// The commands of the program in the shell code of a text, without pipes into or out of them.
#[must_use]
pub fn commands(text: &str) -> Vec<String> {
    let shell = blocks(text).into_iter().filter_map(|block| match block {
        Block::Code(kind, lines) if kind == "sh" => Some(lines),
        _ => None,
    });
    let parts = shell.flatten().flat_map(|line| line.split(" | ").map(str::to_owned).collect::<Vec<_>>());
    parts.filter(|part| part.split(' ').next() == Some("diarium")).collect()
}

/// A name that belongs to no topic.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the guide has no topic `{name}`")]
pub struct UnknownTopicError {
    /// The name.
    pub name: String,
    /// The topic with the most similar name, if one is similar enough to be a typing error.
    pub nearest: Option<Topic>,
}

impl Topic {
    /// The title: the first heading of the text.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let first = self.text(lang).lines().next().unwrap_or_default();
        first.trim_start_matches(['#', ' '])
    }

    /// Finds a topic by its name in either language, in any case, with or without diacritics, or by an unambiguous
    /// beginning of its name.
    ///
    /// # Errors
    /// If no topic has that name.
    pub fn find(name: &str) -> Result<Self, UnknownTopicError> {
        let typed = fold(name.trim());
        let names = |topic: Self| [Lang::English, Lang::Swedish].map(|lang| fold(topic.name(lang)));
        if let Some(topic) = Self::ALL.iter().copied().find(|topic| names(*topic).contains(&typed)) {
            return Ok(topic);
        }
        let mut begun = Self::ALL
            .iter()
            .copied()
            .filter(|topic| !typed.is_empty() && names(*topic).iter().any(|name| name.starts_with(&typed)));
        if let (Some(topic), None) = (begun.next(), begun.next()) {
            return Ok(topic);
        }
        let distances = Self::ALL
            .iter()
            .flat_map(|topic| names(*topic).map(|name| (strsim::damerau_levenshtein(&typed, &name), *topic)));
        let nearest = distances.min_by_key(|(distance, _)| *distance);
        let most = typed.chars().count().div_ceil(2);
        let nearest = nearest.filter(|(distance, _)| *distance <= most).map(|(_, topic)| topic);
        Err(UnknownTopicError { name: name.to_owned(), nearest })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::path::Path;

    #[rstest]
    #[case("search", Topic::Search)]
    #[case("Sökning", Topic::Search)]
    #[case("sokning", Topic::Search)]
    #[case("conf", Topic::Configuration)]
    #[case("granskn", Topic::Review)]
    fn names_in_both_languages_find_their_topic(#[case] name: &str, #[case] topic: Topic) {
        assert_eq!(Topic::find(name), Ok(topic));
    }

    #[test]
    fn both_languages_say_the_same() {
        for topic in Topic::ALL {
            let [swedish, english] = [Lang::Swedish, Lang::English].map(|lang| topic.text(lang));
            assert_eq!(commands(swedish), commands(english), "{topic:?}");
            // The kinds and sizes of the blocks: headings and tables with as many rows.
            let shape = |text| {
                let size = |block: Block| match block {
                    Block::Heading(level, _) => ("heading", level),
                    Block::Paragraph(_) => ("paragraph", 1),
                    Block::List(items) => ("list", items.len()),
                    Block::Table(rows) => ("table", rows.len()),
                    Block::Code(_, lines) => ("code", lines.len()),
                };
                blocks(text).into_iter().map(size).collect::<Vec<_>>()
            };
            assert_eq!(shape(swedish), shape(english), "{topic:?}");
        }
    }

    #[test]
    fn the_files_are_the_topics() {
        for lang in [Lang::Swedish, Lang::English] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/guide").join(lang.code());
            let files = std::fs::read_dir(folder).expect("a folder").flatten();
            let mut files: Vec<_> =
                files.map(|file| file.file_name().into_string().expect("a name")).collect();
            files.sort();
            let names = Topic::ALL.iter().map(|topic| format!("{}.md", topic.name(Lang::English)));
            let mut names: Vec<_> = names.collect();
            names.sort();
            assert_eq!(files, names);
        }
    }

    #[rstest]
    #[case("serach", Some(Topic::Search))]
    #[case("stickprvo", Some(Topic::Samples))]
    #[case("s", None)]
    #[case("", None)]
    #[case("weather report", None)]
    fn other_names_offer_the_nearest_topic(#[case] name: &str, #[case] nearest: Option<Topic>) {
        assert_eq!(Topic::find(name).expect_err("no topic").nearest, nearest);
    }
}
