//! The Luhn check digit, shared by organisation numbers and personal identity numbers.

/// Returns `true` if ten digits (values 0 to 9, not characters) end in the right check digit.
pub(crate) fn luhn_holds(digits: [u8; 10]) -> bool {
    let sum: u32 = digits
        .iter()
        .enumerate()
        .map(|(at, &digit)| {
            let weighted = if at % 2 == 0 { u32::from(digit) * 2 } else { u32::from(digit) };
            weighted / 10 + weighted % 10
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_for_known_numbers() {
        assert!(luhn_holds([7, 6, 9, 6, 3, 7, 8, 4, 5, 9]));
        assert!(luhn_holds([2, 1, 2, 0, 0, 0, 2, 7, 5, 9]));
        assert!(!luhn_holds([2, 1, 2, 0, 0, 0, 2, 7, 5, 8]));
    }
}
