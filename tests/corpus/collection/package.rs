//! A workbook written part by part, its sheets as XML: for the synthetic collection, and for tests that put into a sheet
//! what no other program would. Knows no records.

use std::io::{self, Write};

use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// The type of a part; a number or a name goes between the two halves.
const TYPE: [&str; 2] = ["application/vnd.openxmlformats-officedocument.spreadsheetml.", "+xml"];

/// A workbook under construction; the parts before and after its sheets are written with them.
pub struct Package<W: Write> {
    archive: ZipWriter<StreamWriter<W>>,
    options: SimpleFileOptions,
    sheets: Vec<String>,
}

impl<W: Write> Package<W> {
    /// An empty one. With `Stored` it is as large as its text.
    pub fn new(out: W, method: CompressionMethod) -> Self {
        let options = SimpleFileOptions::default().compression_method(method);
        Self { archive: ZipWriter::new_stream(out), options, sheets: Vec::new() }
    }

    /// Begins a sheet.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn sheet(&mut self, name: &str) -> io::Result<()> {
        self.sheets.push(name.to_owned());
        let path = format!("xl/worksheets/sheet{}.xml", self.sheets.len());
        self.begin(&path)
    }

    /// Takes the XML of the sheet that was begun last.
    pub fn out(&mut self) -> &mut dyn Write {
        &mut self.archive
    }

    /// Writes the other parts; style 1 is that of dates.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        for (path, text) in self.other_parts() {
            self.begin(&path)?;
            self.archive.write_all(text.as_bytes())?;
        }
        Ok(self.archive.finish()?.into_inner())
    }

    fn begin(&mut self, path: &str) -> io::Result<()> {
        Ok(self.archive.start_file(path, self.options)?)
    }

    fn other_parts(&self) -> Vec<(String, String)> {
        let numbered = || self.sheets.iter().enumerate().map(|(at, name)| (at + 1, name));
        let list = numbered()
            .map(|(id, name)| format!("<sheet name=\"{name}\" sheetId=\"{id}\" r:id=\"rId{id}\"/>"));
        let relations = numbered().map(|(id, _)| {
            let target = format!("worksheets/sheet{id}.xml");
            format!("<Relationship Id=\"rId{id}\" Type=\"{OFFICE}/worksheet\" Target=\"{target}\"/>")
        });
        let styles = format!("<Relationship Id=\"rId0\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/>");
        let of_type = |path: &str, name: &str| {
            let [before, after] = TYPE;
            format!("<Override PartName=\"/xl/{path}.xml\" ContentType=\"{before}{name}{after}\"/>")
        };
        let types = numbered().map(|(id, _)| of_type(&format!("worksheets/sheet{id}"), "worksheet"));
        let part = |path: &str, text: String| {
            (
                path.to_owned(),
                format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{text}"),
            )
        };
        vec![
            part(
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{}</sheets></workbook>",
                    list.collect::<String>()
                ),
            ),
            part(
                "xl/_rels/workbook.xml.rels",
                format!(
                    "<Relationships xmlns=\"{PACKAGE}\">{}{styles}</Relationships>",
                    relations.collect::<String>()
                ),
            ),
            part("xl/styles.xml", styles_part()),
            part(
                "_rels/.rels",
                format!(
                    "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" \
                     Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            part(
                "[Content_Types].xml",
                format!(
                    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default \
                     Extension=\"rels\" \
                     ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>{}{}{}</Types>",
                    of_type("workbook", "sheet.main"),
                    of_type("styles", "styles"),
                    types.collect::<String>()
                ),
            ),
        ]
    }
}

fn styles_part() -> String {
    let plain = "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>";
    let date = "<xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" applyNumberFormat=\"1\"/>";
    format!(
        "<styleSheet xmlns=\"{MAIN}\"><fonts count=\"1\"><font/></fonts><fills count=\"1\"><fill/></fills><borders \
         count=\"1\"><border/></borders><cellStyleXfs count=\"1\">{plain}</cellStyleXfs><cellXfs \
         count=\"2\">{plain}{date}</cellXfs></styleSheet>"
    )
}

/// Start of a sheet's XML.
pub fn sheet_begin() -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<worksheet xmlns=\"{MAIN}\"><sheetData>")
}

/// End of a sheet's XML.
pub const SHEET_END: &str = "</sheetData></worksheet>";

/// The letters of a column, from 0: `A`, `Z`, `AA`.
pub fn column(at: usize) -> String {
    let letter = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap_or_default());
    if at < 26 { letter(at).to_string() } else { format!("{}{}", column(at / 26 - 1), letter(at)) }
}

/// A text as XML has it.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
        .replace('\t', "&#9;")
        .replace('\r', "&#13;")
}
