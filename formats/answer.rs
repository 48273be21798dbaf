//! What a sender is told about his document (rulings O6, O9).

use jiff::civil::DateTime;
use model::decision::{Disposition, Mode, OutcomeKind};
use model::text::push_moment;

/// Values of the document that its answers repeat; echoed, never invented (ruling O9).
///
/// They are kept with the decision, so that an answer can be written again, byte for byte.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Echo {
    /// The sender's own number.
    pub client_number: String,
    /// Data-centre unified number.
    pub unified_number: String,
    /// Customs entry number.
    pub entry_number: String,
    /// Certificate number.
    pub certificate_number: String,
    /// Customs office.
    pub customs_office: String,
    /// Day of export as filed.
    pub departure_date: String,
}

impl Echo {
    /// The values in a fixed order, for keeping.
    pub fn values(&self) -> [&str; 6] {
        [
            &self.client_number,
            &self.unified_number,
            &self.entry_number,
            &self.certificate_number,
            &self.customs_office,
            &self.departure_date,
        ]
    }

    /// The values back again.
    pub fn from_values(values: [String; 6]) -> Echo {
        let [client_number, unified_number, entry_number, certificate_number, customs_office, departure_date] =
            values;
        Echo {
            client_number,
            unified_number,
            entry_number,
            certificate_number,
            customs_office,
            departure_date,
        }
    }
}

/// The answers that stand one after another in what [`Format::answer`](crate::Format::answer) wrote.
pub fn each(written: &[u8]) -> Each<'_> {
    Each(written)
}

/// See [`each`]: the name of each root, without prefix, and all of its bytes.
#[derive(Clone, Debug)]
pub struct Each<'w>(&'w [u8]);

impl<'w> Iterator for Each<'w> {
    type Item = (&'w str, &'w [u8]);

    /// What is read was written by our writer: no `<` and no `>` stands in a value, no comment anywhere.
    fn next(&mut self) -> Option<Self::Item> {
        let answers = self.0.trim_ascii_start();
        let (mut depth, mut end) = (0, 0);
        while let Some(open) = answers[end..].iter().position(|byte| *byte == b'<') {
            let open = end + open;
            end = open + answers[open..].iter().position(|byte| *byte == b'>')? + 1;
            match (answers[open + 1], answers[end - 2]) {
                (b'/', _) => depth -= 1,
                (b'?', _) | (_, b'/') => {}
                _ => depth += 1,
            }
            if depth == 0 && answers[open + 1] != b'?' {
                let (answer, rest) = answers.split_at(end);
                self.0 = rest;
                return Some((root_name(answer), answer));
            }
        }
        None
    }
}

fn root_name(answer: &[u8]) -> &str {
    let roots = answer.split(|byte| *byte == b'<').find(|tag| !tag.is_empty() && tag[0] != b'?');
    let tag = roots.unwrap_or_default();
    let end = tag.iter().position(|byte| matches!(byte, b' ' | b'/' | b'>')).unwrap_or(tag.len());
    let name = std::str::from_utf8(&tag[..end]).unwrap_or_default();
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Everything an answer is written from.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// What became of the document.
    pub outcome: OutcomeKind,
    /// What happens to the goods.
    pub disposition: Option<Disposition>,
    /// Inspection mode.
    pub mode: Option<Mode>,
    /// A held declaration waits for documents.
    pub documents_wanted: bool,
    /// A rejected declaration can be mended by its declarant.
    pub is_mendable: bool,
    /// A certificate has been linked to a declaration and is clean.
    pub is_linked: bool,
    /// Values to repeat.
    pub echo: &'a Echo,
    /// The decision's acceptance time, UTC+8; none when unknown.
    pub accepted_at: Option<DateTime>,
    /// What was found, in words, with the journal's index and head.
    pub note: &'a str,
    /// Version of the document; 0 when it has none.
    pub version: u32,
    /// Names this answer among all: digits of the journal's hash.
    pub reference: &'a str,
    /// What was found, one by one: only for formats that ask for it ([`Format::tells_findings`](crate::Format)).
    pub findings: &'a [Told],
    /// Findings that are not among them.
    pub n_more: usize,
}

/// A finding as it was told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Id of the rule.
    pub rule: String,
    /// What it asks for, by name.
    pub effect: String,
    /// The way from the root.
    pub pointer: String,
    /// The sentence.
    pub message: String,
}

/// `yyyy-MM-ddTHH:mm:ss`, or nothing.
pub fn date_time(moment: Option<DateTime>, between: char) -> String {
    let Some(moment) = moment else { return String::new() };
    let mut text = String::with_capacity(32);
    push_moment(moment, between, &mut text);
    text
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn answers_written_one_after_another_are_told_apart() {
        let written =
            b"<A xmlns=\"urn:a\"><A><B/></A>1 &lt; 2</A>\n<r:C a=\"1\"/><?xml version=\"1.0\"?><D></D>";
        let expected: [(&str, &[u8]); 3] = [
            ("A", b"<A xmlns=\"urn:a\"><A><B/></A>1 &lt; 2</A>"),
            ("C", b"<r:C a=\"1\"/>"),
            ("D", b"<?xml version=\"1.0\"?><D></D>"),
        ];
        assert_eq!(each(written).collect::<Vec<_>>(), expected);
        assert_eq!(each(b"").count(), 0);
    }
}
