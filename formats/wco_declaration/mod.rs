//! Customs declaration after the data model 3.6 of the World Customs Organization, as the gateway of the United Kingdom
//! takes it: `Declaration` in an envelope `MetaData` (international-formats.md sections 2 to 5 and 7).
//!
//! One vocabulary stands at many depths: `ID`, `TypeCode` and `FunctionCode` mean what the way to them says.
//! `DateTimeString` is in another namespace than its parent; nothing else is taken from there.

mod answer;
mod fields;
mod lay;
mod outline;
mod pointer;
mod read;
mod request;

pub use answer::{NOTIFICATIONS, notify};

use crate::answer::{Answer, Echo};
use crate::frame::{Declined, Message};
use crate::request::{Ask, Laid, Request, Written};
use crate::xml::row::{Gathering, RowMap};
use crate::xml::{Malformed, Reader, Tag};
use crate::{Identity, Root};
use fields::ROWS;
use model::declaration::DeclarationHead;
use model::documents::{DeclarationRows, Documents};
use model::evidence;
use model::finding::{Effect, Place, RuleId, Words};
use model::jurisdiction::Jurisdiction;
use model::ledger::NumberKind;
use model::limits::Limits;
use model::particulars::Particulars;
use model::text::Text;

/// Namespace of the declaration.
pub const NAMESPACE: &str = "urn:wco:datamodel:WCO:DEC-DMS:2";
/// Namespace of its data types: of moments.
const DATA_TYPES: &str = "urn:wco:datamodel:WCO:Declaration_DS:DMS:2";
/// Namespace of the envelope.
pub const ENVELOPE: &str = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2";
/// Namespace of the answers.
pub const ANSWERS: &str = "urn:wco:datamodel:WCO:RES-DMS:2";
/// Namespace of the wrapper that the gateway puts around the envelope.
pub const REQUEST: &str = "http://uk/gov/hmrc/mdg/declarationmanagement/submitdeclaration/request/schema/v1";

/// The format.
#[derive(Clone, Copy, Debug)]
pub struct WcoDeclaration;

impl Message for WcoDeclaration {
    type Kind = DeclarationRows;
    const NAME: &'static str = "wco_declaration";
    const JURISDICTION: Jurisdiction = Jurisdiction::UnitedKingdom;
    const TELLS_FINDINGS: bool = true;
    const UNKNOWN_ELEMENT: (RuleId, Effect) = (RuleId("CDS-10002"), Effect::Reject);
    const ROOTS: &'static [Root] = &[Root { local_name: "Declaration", namespaces: &[NAMESPACE] }];
    const ROWS: &'static [&'static RowMap] = ROWS;
    const REPEATED: &'static [&'static str] = REPEATED;

    fn read<'b>(
        reader: &mut Reader<'b>,
        root: Tag<'b>,
        into: &mut Documents<'b>,
        gathering: &mut Gathering<'_>,
    ) -> Result<(), Malformed> {
        read::declaration(reader, root, into, gathering)
    }

    fn echo(from: &Documents<'_>, rows: &DeclarationRows) -> Echo {
        let head = &from.heads[rows.head as usize];
        let signature = &from.signatures[rows.signature as usize];
        Echo {
            client_number: signature.client_number.value.to_owned(),
            entry_number: head.entry_number.value.to_owned(),
            ..Echo::default()
        }
    }

    fn request<'b>(from: &Documents<'b>, rows: &DeclarationRows) -> Option<Request<'b>> {
        let particulars = from.particulars.get(rows.particulars.start as usize)?;
        request::request(&from.heads[rows.head as usize], particulars)
    }

    fn lay(ask: Ask, request: Written<'_>, declaration: Written<'_>, limits: &Limits) -> Option<Laid> {
        lay::lay(ask, request, declaration, limits)
    }

    fn declined(from: &Documents<'_>, rows: &DeclarationRows) -> Option<Declined> {
        let particulars = from.particulars.get(rows.particulars.start as usize)?;
        let first =
            from.procedures.get(rows.procedures.start as usize..rows.procedures.end as usize)?.first();
        declined(particulars, first.map_or("", |procedure| procedure.current.value))
    }

    fn identity<'b>(from: &Documents<'b>, rows: &DeclarationRows) -> Identity<'b> {
        let head = &from.heads[rows.head as usize];
        let signature = &from.signatures[rows.signature as usize];
        if let Some(request) = Self::request(from, rows) {
            let declarant = request.parties.first().map_or("", |(party, _)| party);
            let number = Some(signature.client_number.value).filter(|number| !number.is_empty());
            let numbers = number.map(|number| (NumberKind::Request, number)).into_iter().collect();
            return Identity { declarant, numbers };
        }
        let numbers = [
            (NumberKind::Entry, head.entry_number.value),
            (NumberKind::Client, signature.client_number.value),
        ];
        let numbers = numbers.into_iter().filter(|(_, number)| !number.is_empty()).collect();
        let particulars = from.particulars.get(rows.particulars.start as usize);
        Identity { declarant: filed_by(head, particulars).value, numbers }
    }

    fn answer(answer: &Answer<'_>, into: &mut Vec<u8>) {
        answer::write(answer, into);
    }
}

/// Elements that may stand more than once under their parent.
const REPEATED: &[&str] = &[
    "AdditionalDocument",
    "AdditionalInformation",
    "AEOMutualRecognitionParty",
    "Amendment",
    "AuthorisationHolder",
    "ChargeDeduction",
    "Classification",
    "ConsignmentItem",
    "CurrencyExchange",
    "DangerousGoods",
    "DomesticDutyTaxParty",
    "DutyTaxFee",
    "GovernmentAgencyGoodsItem",
    "GovernmentProcedure",
    "Itinerary",
    "ObligationGuarantee",
    "Origin",
    "Packaging",
    "Pointer",
    "PreviousDocument",
    "Seal",
    "TransportEquipment",
];

/// Identity fields are no content (ruling K2).
fn is_content(way: &str) -> bool {
    !matches!(way, "ID" | "FunctionalReferenceID" | "Declarant/ID")
}

/// The filing party: the declarant, else who represents the exporter, else the exporter.
fn filed_by<'b>(head: &DeclarationHead<'b>, particulars: Option<&Particulars<'b>>) -> Text<'b> {
    let represented = particulars.map(|it| it.representative_code).unwrap_or_default();
    let parties = [head.agent_unified_code, represented, head.consignor_unified_code];
    parties.into_iter().find(Text::is_present).unwrap_or_default()
}

/// Message functions.
mod function {
    /// A request about a declaration on file.
    pub const REQUEST: &str = "13";
    /// In the schema, and never used by the gateway.
    pub const RESERVED: &str = "14";
}

/// What a request of another type than those that are known is told.
const OTHER_REQUEST: Words = Words {
    zh: "对已申报报关单的申请，种类不明，须由人工办理",
    en: "a request about a declaration on file of a kind not known here, which an officer decides",
};
const IMPORT: Words = Words { zh: "进口报关单", en: "an import declaration" };

/// Imports, and requests for what is not known here, are readable, but not decided (ruling K8). What moves to or from a special fiscal territory says by
/// its procedure which way it goes.
fn declined(particulars: &Particulars<'_>, procedure: &str) -> Option<Declined> {
    let (function, declaration_type) = (&particulars.function, &particulars.declaration_type);
    if matches!(function.value, function::REQUEST | function::RESERVED) {
        let evidence = evidence![function = *function, declaration_type = *declaration_type];
        return Some(Declined { why: OTHER_REQUEST, place: Place::of(particulars, function), evidence });
    }
    let is_import = match declaration_type.value.get(..2) {
        Some("IM") => true,
        Some("CO") => procedure.starts_with(['4', '5', '6', '7', '9', '0']),
        _ => false,
    };
    is_import.then(|| Declined {
        why: IMPORT,
        place: Place::of(particulars, declaration_type),
        evidence: evidence![declaration_type = *declaration_type],
    })
}

#[cfg(test)]
mod tests;
