//! Errors of the operating system as sentences.

use std::io::{Error, ErrorKind};

use super::Lang;

/// The sentence for an error of the operating system, without a full stop. An error that is not in the table keeps the
/// system's own words.
#[must_use]
pub fn system_error(lang: Lang, error: &Error) -> String {
    system_error_of_kind(lang, error.kind()).map_or_else(|| error.to_string(), str::to_owned)
}

/// The sentence for a kind of error; `None` for a kind that is not in the table.
#[must_use]
pub const fn system_error_of_kind(lang: Lang, kind: ErrorKind) -> Option<&'static str> {
    let (swedish, english) = match kind {
        ErrorKind::NotFound => ("filen eller mappen finns inte", "no such file or folder"),
        ErrorKind::PermissionDenied => ("behörighet saknas", "permission denied"),
        ErrorKind::AlreadyExists => ("filen finns redan", "the file exists already"),
        ErrorKind::IsADirectory => ("är en mapp", "is a folder"),
        ErrorKind::NotADirectory => {
            ("en del av sökvägen är ingen mapp", "a part of the path is not a folder")
        }
        ErrorKind::StorageFull => ("disken är full", "the disk is full"),
        ErrorKind::QuotaExceeded => ("diskkvoten är slut", "the disk quota is used up"),
        ErrorKind::FileTooLarge => ("filen är för stor", "the file is too large"),
        ErrorKind::ReadOnlyFilesystem => ("filsystemet är skrivskyddat", "the file system is read-only"),
        ErrorKind::InvalidFilename => ("filnamnet är inte giltigt", "the file name is not valid"),
        ErrorKind::ResourceBusy => {
            ("filen används av ett annat program", "the file is in use by another program")
        }
        ErrorKind::TimedOut => ("tiden tog slut", "timed out"),
        ErrorKind::OutOfMemory => ("minnet räcker inte", "out of memory"),
        _ => return None,
    };
    Some(lang.choose(swedish, english))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_errors_are_sentences_and_others_keep_their_words() {
        let missing = Error::from(ErrorKind::NotFound);
        assert_eq!(system_error(Lang::Swedish, &missing), "filen eller mappen finns inte");
        assert_eq!(system_error(Lang::English, &missing), "no such file or folder");
        let other = Error::other("the disk makes a noise");
        assert_eq!(system_error(Lang::Swedish, &other), "the disk makes a noise");
    }
}
