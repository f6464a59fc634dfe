//! The forms of the control strings that terminals send as replies, to tell them from keys that are typed after a chord
//! with the same beginning.

/// A comparison of the first bytes of a control string with the replies of terminals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StringForm {
    /// Replies begin with these bytes, and keys could be typed so as well.
    Beginning,
    /// Only a reply begins with these bytes.
    Reply,
    /// No reply begins with these bytes.
    Other,
}

/// The largest number of digits and separators that a reply begins with.
const LONGEST_NUMBERS: usize = 16;

/// Compares the first bytes after an introducer, the character after ESC, with the replies that begin with it.
pub(super) fn string_form(introducer: char, bytes: &[u8]) -> StringForm {
    match introducer {
        // XTVERSION and DA3; DECRQSS, DECRQTSR and XTGETTCAP have a number before their `$` or `+`.
        'P' => match bytes {
            [b'>' | b'!'] => StringForm::Beginning,
            [b'>' | b'!', b'|', ..] => StringForm::Reply,
            _ => after_numbers(bytes, b"$+"),
        },
        // The number of an OSC, and a semicolon.
        ']' => after_numbers(bytes, b";"),
        // The graphics protocol: `G`, a key of one letter, `=`.
        '_' => match bytes {
            [b'G'] => StringForm::Beginning,
            [b'G', key] if key.is_ascii_alphabetic() => StringForm::Beginning,
            [b'G', key, b'=', ..] if key.is_ascii_alphabetic() => StringForm::Reply,
            _ => StringForm::Other,
        },
        _ => StringForm::Other,
    }
}

/// The form of bytes that must begin with a number and go on with one of `ends`.
fn after_numbers(bytes: &[u8], ends: &[u8]) -> StringForm {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match bytes.get(digits) {
        None if digits <= LONGEST_NUMBERS => StringForm::Beginning,
        Some(end) if digits > 0 && ends.contains(end) => StringForm::Reply,
        _ => StringForm::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_are_told_from_keys_by_their_first_bytes() {
        let form = |text: &str| {
            let mut characters = text.chars();
            string_form(characters.next().expect("an introducer"), characters.as_str().as_bytes())
        };
        for reply in ["P>|", "P!|", "P1$", "P0+", "P1$r0 q", "]11;", "]4;1", "_Gi=", "_Gi=31;OK"] {
            assert_eq!(form(reply), StringForm::Reply, "{reply}");
        }
        for beginning in ["P>", "P!", "P1", "]", "]11", "_G", "_Gi"] {
            assert_eq!(form(beginning), StringForm::Beginning, "{beginning}");
        }
        for keys in [
            "Pj",
            "P>j",
            "P1j",
            "P+",
            "P$",
            "]j",
            "];",
            "]11j",
            "_g",
            "_GG0",
            "Xr",
            "^p",
            "P11111111111111111",
        ] {
            assert_eq!(form(keys), StringForm::Other, "{keys}");
        }
    }
}
