//! Text broken into lines that fit, as ranges of the text, so that highlights still map.

use std::ops::Range;

use textwrap::{LineEnding, Options, WordSplitter, WrapAlgorithm};

/// The lines of a text in at most `columns` columns (at least one), as byte ranges. Line breaks of the text are kept.
#[must_use]
pub fn wrap(text: &str, columns: usize) -> Vec<Range<usize>> {
    let options = Options::new(columns.max(1))
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .word_splitter(WordSplitter::NoHyphenation)
        .line_ending(LineEnding::LF);
    let base = text.as_ptr() as usize;
    textwrap::wrap(text, options)
        .iter()
        .map(|line| {
            // Without indents and hyphens every line is a part of the text. An empty one may be any empty
            // string, so it is given no place of its own.
            match (line.as_ptr() as usize).checked_sub(base).filter(|start| start + line.len() <= text.len())
            {
                Some(start) => start..start + line.len(),
                None => 0..0,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::width;
    use proptest::prelude::*;

    fn lines(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, columns).into_iter().map(|range| text.get(range).expect("a part")).collect()
    }

    #[test]
    fn breaks_at_words_and_keeps_line_breaks() {
        assert_eq!(lines("ett två tre\n1 fyra\n\nfem", 8), ["ett två", "tre", "1 fyra", "", "fem"]);
        assert_eq!(lines("ordsomärförlångt", 6), ["ordsom", "ärförl", "ångt"]);
    }

    proptest! {
        #[test]
        fn every_line_fits_and_nothing_seen_is_lost(text in "\\PC{0,60}", columns in 2_usize..30) {
            let lines = lines(&text, columns);
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
            for line in lines {
                prop_assert!(width(line) <= columns || line.chars().count() == 1, "{:?}", line);
            }
        }
    }
}
