//! Bytes as hexadecimal digits, and SHA-256.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// Two digits a byte.
pub(super) fn written(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// `None` where anything is no pair of digits.
pub(super) fn read(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect()
}

/// The SHA-256 of all parts, one after the other, each with its length before it so that no two lists have one hash.
pub fn sha256<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    written(&hash.finalize())
}

/// The SHA-256 of a file, as other programs compute it.
///
/// # Errors
/// When it cannot be read.
pub fn sha256_of_reader(mut from: impl std::io::Read) -> std::io::Result<String> {
    let mut hash = Sha256::new();
    let mut room = vec![0; 1 << 16];
    loop {
        let read = from.read(&mut room)?;
        if read == 0 {
            return Ok(written(&hash.finalize()));
        }
        hash.update(room.get(..read).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        assert_eq!(written(&[0, 171, 255]), "00abff");
        assert_eq!(read("00abFF"), Some(vec![0, 171, 255]));
        assert_eq!(["0", "0g", "å"].map(read), [None, None, None]);
    }

    #[test]
    fn the_hash_of_a_file_is_what_sha256sum_prints() {
        let hash = sha256_of_reader(&b"abc"[..]).expect("readable");
        assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn parts_are_told_apart() {
        assert_ne!(sha256([&b"ab"[..], b"c"]), sha256([&b"a"[..], b"bc"]));
    }
}
