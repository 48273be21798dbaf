//! Export declaration of the Universal Business Language, `ExportCustomsDeclaration` (international-formats.md 9 and 14).
//!
//! Goods lie at any depth: in the shipment, or in packages of handling units of a consignment. The codes of units,
//! of means of transport and of terms of delivery become those of the model at this edge; others keep their spelling.

mod fields;
mod rows;

use crate::answer::{Answer, Echo};
use crate::frame::{Declined, Message};
use crate::ubl::{self, VOCABULARIES, answer, delivery_term, root, transport_mode, unit};
use crate::xml::row::{Gathering, RowMap, missing};
use crate::xml::{Malformed, Reader, Tag};
use crate::{Derived, Identity, Root};
use model::declaration::DeclarationHead;
use model::documents::{DeclarationRows, Documents};
use model::evidence;
use model::finding::{Finding, Place, Words};
use model::ledger::NumberKind;
use model::text::Text;

/// The format.
#[derive(Clone, Copy, Debug)]
pub struct UblExportDeclaration;

impl Message for UblExportDeclaration {
    type Kind = DeclarationRows;
    const NAME: &'static str = "ubl_export_declaration";
    const TELLS_FINDINGS: bool = true;
    const ROOTS: &'static [Root] = &[root!("ExportCustomsDeclaration")];
    const ROWS: &'static [&'static RowMap] = fields::ROWS;
    const DERIVED: &'static [Derived] = fields::DERIVED;
    const REPEATED: &'static [&'static str] = ubl::REPEATED;

    fn read<'b>(
        reader: &mut Reader<'b>,
        root: Tag<'b>,
        into: &mut Documents<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        reader.speak(VOCABULARIES)?;
        rows::read(reader, root, into, gathering)
    }

    fn straighten(into: &mut Documents<'_>, rows: &DeclarationRows) {
        let head = &mut into.heads[rows.head as usize];
        head.direction = Text::at("E", head.offset);
        head.transport_mode = transport_mode(head.transport_mode);
        head.price_term = delivery_term(head.price_term);
        // The schema asks for a number before customs has given one, so senders repeat their own.
        if !is_of_customs(head.entry_number.value) {
            head.pre_entry_number = std::mem::take(&mut head.entry_number);
        }
        for item in &mut into.items[rows.items.start as usize..] {
            item.destination_country = head.destination_country;
            item.unit = unit(item.unit);
            item.second_unit = unit(item.second_unit);
        }
    }

    fn echo(from: &Documents<'_>, rows: &DeclarationRows) -> Echo {
        let (head, signature) = (&from.heads[rows.head as usize], &from.signatures[rows.head as usize]);
        Echo {
            client_number: signature.client_number.value.to_owned(),
            entry_number: head.entry_number.value.to_owned(),
            customs_office: head.customs_office.value.to_owned(),
            ..Echo::default()
        }
    }

    fn declined(from: &Documents<'_>, rows: &DeclarationRows) -> Option<Declined> {
        let particulars = from.particulars[rows.particulars.start as usize..].first()?;
        let function = &particulars.function;
        (!matches!(function.value, "" | ORIGINAL | CHANGE | REPLACE)).then(|| Declined {
            why: Words {
                zh: "该报文功能不是申报或更改",
                en: "its function is neither to declare nor to change",
            },
            place: Place::of(particulars, function),
            evidence: evidence![function = *function],
        })
    }

    fn identity<'b>(from: &Documents<'b>, rows: &DeclarationRows) -> Identity<'b> {
        let (head, signature) = (&from.heads[rows.head as usize], &from.signatures[rows.head as usize]);
        let numbers = [
            (NumberKind::Client, signature.client_number.value),
            (NumberKind::Entry, head.entry_number.value),
        ];
        let numbers = numbers.into_iter().filter(|(_, number)| !number.is_empty()).collect();
        Identity { declarant: declarant(head).value, numbers }
    }

    fn check(from: &Documents<'_>, rows: &DeclarationRows, findings: &mut Vec<Finding>) {
        let (head, signature) = (&from.heads[rows.head as usize], &from.signatures[rows.head as usize]);
        if signature.client_number.is_empty() {
            findings.push(missing(signature, &signature.client_number));
        }
        if declarant(head).is_empty() {
            findings.push(missing(head, &head.consignor_unified_code));
        }
    }

    fn answer(answer: &Answer<'_>, into: &mut Vec<u8>) {
        answer::write(answer, "ExportCustomsDeclaration", &answer.echo.client_number, into);
    }
}

/// Who files: the agent, else the exporter; by code, else by name.
fn declarant<'b>(head: &DeclarationHead<'b>) -> Text<'b> {
    let filing = [head.agent_unified_code, head.agent_name, head.consignor_unified_code, head.consignor_name];
    filing.into_iter().find(Text::is_present).unwrap_or_default()
}

/// A number of customs has 18 figures.
fn is_of_customs(number: &str) -> bool {
    number.len() == 18 && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Functions of a message, by list 1225 of the United Nations.
const CHANGE: &str = "4";
const REPLACE: &str = "5";
const ORIGINAL: &str = "9";

#[cfg(test)]
mod tests;
