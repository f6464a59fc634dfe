//! Tells which labels and column names speak of contact persons, telephone or e-mail.

/// Words that make a label personal wherever they stand in it. Whole words only: `Kontaktyta` and
/// `Mobilitet` are no contacts.
const PERSONAL_WORDS: &[&str] = &[
    "kontakt",
    "kontakter",
    "kontaktinfo",
    "kontaktinformation",
    "kontaktuppgift",
    "kontaktuppgifter",
    "telefon",
    "telefonnummer",
    "telefonnr",
    "telefonnumret",
    "tel",
    "tfn",
    "tlf",
    "mobilnummer",
    "mobilnr",
    "epost",
    "epostadress",
    "epostadresser",
    "mejl",
    "mejladress",
    "mail",
    "mailadress",
    "email",
    "emails",
    "emailadress",
    "emailaddress",
    "contact",
    "contacts",
    "phone",
    "phones",
    "telephone",
    "phonenumber",
    "fax",
    "faxnummer",
];

/// What follows a lone `e` in `E-post` and `E-mail address`.
const AFTER_E: &[&str] =
    &["post", "postadress", "postadresser", "mail", "mails", "mailadress", "mejl", "mejladress"];

/// What may stand beside `Mobil` or `Mobile` where it means a telephone: `Location of mobile operations` does not.
const BESIDE_MOBILE: &[&str] = &["nr", "nummer", "no", "number", "phone"];

/// Whether a label speaks of contact persons, telephone or e-mail, so that its values are hidden.
///
/// Works on whole words in Swedish and English, of `Contact_Person`, `contactPerson` and `CONTACT PERSON` alike.
#[must_use]
pub fn is_personal_label(label: &str) -> bool {
    let words = words_of(label);
    let is_one_of = |word: &str, list: &[&str]| list.contains(&word);
    words.iter().enumerate().any(|(at, word)| match word.as_str() {
        "e" => words.get(at + 1).is_some_and(|next| is_one_of(next, AFTER_E)),
        "mobil" | "mobile" => {
            words.iter().enumerate().all(|(other, word)| other == at || is_one_of(word, BESIDE_MOBILE))
        }
        word => {
            is_one_of(word, PERSONAL_WORDS)
                || word.contains("kontaktperson")
                || ["telefon", "telefonnummer", "epost", "email"].iter().any(|end| word.ends_with(end))
        }
    })
}

/// The lower-case words of a label; a capital after a small letter starts a new one.
fn words_of(label: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut after_small = false;
    for c in label.chars() {
        let is_new = !c.is_alphanumeric() || (c.is_uppercase() && after_small);
        if is_new && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
        after_small = c.is_lowercase();
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("Kontaktperson")]
    #[case("KONTAKTPERSON")]
    #[case("Kontaktpersonens namn")]
    #[case("Projektkontaktperson")]
    #[case("Kontakt")]
    #[case("Kontaktuppgifter")]
    #[case("Kontaktperson / Contact person")]
    #[case("Telefon")]
    #[case("Telefonnummer (växel)")]
    #[case("Mobiltelefon")]
    #[case("Tel.")]
    #[case("Mobil")]
    #[case("Mobile no.")]
    #[case("E-post")]
    #[case("E\u{2011}postadress")]
    #[case("Epost")]
    #[case("Mail")]
    #[case("Mejl till projektet")]
    #[case("Email")]
    #[case("e-mail address")]
    #[case("ProjectManagerEmail")]
    #[case("contactPerson")]
    #[case("Contact_Name")]
    #[case("Phone")]
    #[case("phone_number")]
    fn speaks_of_a_person(#[case] label: &str) {
        assert!(is_personal_label(label));
    }

    #[rstest]
    #[case("")]
    #[case("Kontaktyta")]
    #[case("Kontaktytor mot arbetsgivare")]
    #[case("Projektägare")]
    #[case("ManagingAuthority")]
    #[case("Managing Authority")]
    #[case("Mobilitet")]
    #[case("Location of mobile operations")]
    #[case("Stödmottagare postnr")]
    #[case("Stödmottagare ort")]
    #[case("Postal_Code")]
    #[case("Program E - postnummer")]
    #[case("Telefonintervjuer")]
    #[case("Hotell")]
    #[case("Beneficiary_Name")]
    #[case("Sekundärtema - Motverka barnfattigdom")]
    fn does_not(#[case] label: &str) {
        assert!(!is_personal_label(label));
    }

    proptest! {
        #[test]
        fn never_panics_on_any_string(label in ".*") {
            let _ = is_personal_label(&label);
        }
    }
}
