//! Labels and column headings of personal data: contact persons, telephone numbers, e-mail addresses.

/// Words that make a label personal anywhere in it. Only whole words count: `Kontaktyta` and `Mobilitet` are no contacts.
const PERSONAL_WORDS: &[&str] = &[
    "projektledare",
    "projektledaren",
    "projektledarens",
    "projektledarna",
    "projektansvarig",
    "handläggare",
    "handläggaren",
    "handläggarens",
    "kontakter",
    "kontaktinfo",
    "kontaktinformation",
    "kontaktuppgift",
    "kontaktuppgifter",
    "telefon",
    "telefonnummer",
    "telefonnr",
    "telefonnumret",
    "telnr",
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
    "ansprechpartner",
    "ansprechpartnerin",
    "ansprechperson",
    "kontaktadresse",
    "yhteyshenkilö",
    "contactpersoon",
];

/// Words that are personal unless an organisation follows: `Ansvarig`, but not `Ansvarig myndighet`.
const PERSONAL_ALONE: &[&str] = &["ansvarig", "ansvariga", "kontakt"];

/// The beginnings of words for organisations.
const ORGANISATION: &[&str] =
    &["myndighet", "organisation", "enhet", "förvaltning", "avdelning", "kommun", "nämnd"];

/// Two words that are personal together.
const PERSONAL_PAIRS: &[(&str, &str)] =
    &[("project", "manager"), ("project", "leader"), ("responsible", "person"), ("person", "responsible")];

/// Words that follow a lone `e` in `E-post` and `E-mail address`.
const AFTER_E: &[&str] =
    &["post", "postadress", "postadresser", "mail", "mails", "mailadress", "mejl", "mejladress"];

/// The only words that may accompany `Mobil` or `Mobile` for a telephone: `Location of mobile operations` is none.
const BESIDE_MOBILE: &[&str] = &["nr", "nummer", "no", "number", "phone"];

/// Returns `true` for a label of contact persons, telephone numbers or e-mail addresses, whose values are hidden.
///
/// Whole words are compared, in any case: `Contact_Person`, `contactPerson` and `CONTACT PERSON` are alike.
#[must_use]
pub fn is_personal_label(label: &str) -> bool {
    let words = words_of(label);
    let is_one_of = |word: &str, list: &[&str]| list.contains(&word);
    words.iter().enumerate().any(|(at, word)| match word.as_str() {
        "e" => words.get(at + 1).is_some_and(|next| is_one_of(next, AFTER_E)),
        "mobil" | "mobile" => {
            words.iter().enumerate().all(|(other, word)| other == at || is_one_of(word, BESIDE_MOBILE))
        }
        word if is_one_of(word, PERSONAL_ALONE) => {
            let after = words.get(at + 1..).unwrap_or_default();
            !after.iter().any(|word| ORGANISATION.iter().any(|start| word.starts_with(start)))
        }
        word => {
            let next = words.get(at + 1).map_or("", String::as_str);
            PERSONAL_PAIRS.contains(&(word, next))
                || is_one_of(word, PERSONAL_WORDS)
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
    #[case("projektledare_namn")]
    #[case("Projektledare")]
    #[case("Handläggare")]
    #[case("telnr")]
    #[case("Ansvarig")]
    #[case("Ansvarig person")]
    #[case("Ansprechpartner")]
    #[case("Project manager")]
    #[case("Responsible person")]
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
    #[case("Ansvarig myndighet")]
    #[case("Kontakt organisation")]
    #[case("Ansvarig enhet hos projektägaren")]
    #[case("Project title")]
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
