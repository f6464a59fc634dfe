//! The records compiled into the program, shown if no source is given. Their origin is in `data/README.md`.

macro_rules! records {
    ($($name:literal)*) => {
        /// Source name and text of each record.
        pub const RECORDS: &[(&str, &str)] = &[$((
            concat!("<built-in>/", $name, ".txt"),
            include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/records/", $name, ".txt")),
        )),*];
    };
}

records! {
    "2015-00969"
    "2018-00076"
    "2020-00692"
    "23-017-S01"
    "23-043-S39"
    "23-079-S13"
    "24-003-S05"
    "24-030-S04"
    "24-056-S07"
    "24-063-S05"
    "25-031-S02"
    "aktiv-fritid-jarva"
    "battre-halsa"
    "care-for-ukrainian-refugees"
    "digit"
    "digitalt-kompetenslyft"
    "effektivare-mottagande"
    "entreprenor-i-sverige"
    "esf-projektet-syven"
    "hallbar-etablering"
    "isa-insatser-i-samverkan-for-unga-i-region-uppsala"
    "kompetensutveckling-for-framtidens-socialtjanst"
    "kompetensutveckling-for-hallbara-skolmaltider"
    "kompetensutveckling-i-aldreomsorgen"
    "kvinnors-etablering"
    "nystart-stockholm"
    "ratt-kompetens-for-framtidens-socialtjanst"
    "ratt-stod-for-mig"
    "samverkan-for-okad-skolnarvaro"
    "spangen"
    "stockholms-stad-bygger-cirkulart-forstudie-esf"
    "susa-stockholms-unga-studerar-eller-arbetar"
    "suvas-stockholms-unga-vuxna-arbetar-eller-studerar"
    "sverige-bygger-nytt"
    "ung-kraft-jarva-din-vag-mot-sysselsattning"
    "vux-2-0"
    "yfi-yrkesutbildning-for-invandrare-med-integrerad-sprakutbildning"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_collection_is_in_the_program() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/records");
        let files = std::fs::read_dir(folder).expect("the folder").count();
        assert_eq!(RECORDS.len(), files);
    }
}
