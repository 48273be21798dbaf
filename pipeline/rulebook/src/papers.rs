//! Which documents a declaration needs, which of them it has, and which the firm need not send (domain-rules 7, ruling D2).
//!
//! The matrix says what is asked (SIM-001); here stands how a document shows on the wire or in a register.
//! A document that has no code on the wire is never said to be missing: it is told as not judged.

use crate::goods::{Goods, goods};
use crate::rules::rsk::rsk_006_alert_level;
use crate::rules::sim::sim_001_required_set;
use crate::standing::Standings;
use crate::tables::Tables;
use crate::tables::papers::{Asked, Document, Status, When};
use jiff::civil::Date;
use model::case::Case;
use model::code::edocument;
use model::decision::Mode;
use model::documents::ElectronicDocument;
use model::registers::Statement;

/// Promise code of the export conformity statement (single-window 3, 企业承诺).
pub const CONFORMITY_PROMISE: &str = "102053";

/// What the documents of a case come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Papers {
    /// By document: how it is asked for, and how it shows; none where no row of the matrix applies.
    cells: [Option<(Status, Presence)>; Document::ALL.len()],
}

impl Papers {
    /// The documents that have to come with the case, and whether they did.
    pub fn asked(&self) -> impl Iterator<Item = (Document, Presence)> {
        self.told()
            .filter(|(_, status, _)| status.is_sent())
            .map(|(document, _, presence)| (document, presence))
    }

    /// What the firm need not send.
    pub fn waived(&self) -> impl Iterator<Item = Document> {
        self.told().filter(|(_, status, _)| status.is_waived()).map(|(document, ..)| document)
    }

    /// Asked for and not there.
    pub fn missing(&self) -> impl Iterator<Item = Document> {
        self.asked().filter(|(_, presence)| *presence == Presence::Missing).map(|(document, _)| document)
    }

    /// The conformity statement is asked for and not there (SIM-005).
    pub fn statement_missing(&self) -> bool {
        self.missing().any(|document| document == Document::ConformityStatement)
    }

    /// Nothing is missing.
    pub fn are_complete(&self) -> bool {
        self.missing().next().is_none()
    }

    /// What missing papers ask for: verification, until they come (ruling C2).
    pub fn mode(&self) -> Option<Mode> {
        (!self.are_complete()).then_some(Mode::Verify)
    }

    /// Every document a row of the matrix applies to: how it is asked for, and how it shows.
    pub fn told(&self) -> impl Iterator<Item = (Document, Status, Presence)> {
        let cells = Document::ALL.into_iter().zip(&self.cells);
        cells.filter_map(|(document, cell)| cell.map(|(status, presence)| (document, status, presence)))
    }
}

/// How a document shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is there.
    There,
    /// It is not.
    Missing,
    /// The message has no place for it, and no register carries it.
    Unknown,
    /// A rule of its own looks for it: permits DOC-019, certificates of origin ORG-051.
    Elsewhere,
}

/// The documents of a case accepted on this day, by the consignor's column of the matrix.
pub fn required(case: &Case<'_>, day: Date, tables: &Tables, standings: &Standings) -> Papers {
    let mut papers = Papers::default();
    let needs_report = rsk_006_alert_level::needs_report(&standings.producers, tables, day);
    let consignor = &standings.consignor;
    for (document, status) in sim_001_required_set::cells(case, day, &tables.papers, consignor, needs_report)
    {
        papers.cells[document as usize] = Some((status, presence(document, case, day)));
    }
    papers
}

/// A row of the matrix applies to this case.
pub fn applies(asked: &Asked, case: &Case<'_>, needs_report: bool) -> bool {
    match asked.when {
        When::Always => true,
        When::AgentFiles => agent_files(case),
        When::OriginClaimed => !case.claims.is_empty(),
        When::TradeMode => {
            asked.trade_modes.iter().any(|mode| mode == case.declaration.head.trade_mode.value)
        }
        When::Laboratory => needs_report,
        // Which goods need a permit is DOC-019's to say.
        When::ControlledGoods => false,
    }
}

/// Whether a document is there: by its code on the wire, or by a register.
pub fn presence(document: Document, case: &Case<'_>, day: Date) -> Presence {
    let there = match document {
        Document::Invoice | Document::PackingList | Document::BillOfLading | Document::Contract => {
            has_file(case, document)
        }
        Document::AgencyAgreement => has_agreement(case) || is_authorised(case, day),
        Document::ConformityStatement => has_promise(case) || statements(case, day).next().is_some(),
        Document::Permit | Document::OriginCertificate => return Presence::Elsewhere,
        // A report that is not on file may have been sent: it has no code on the wire (ruling D2).
        Document::LaboratoryReport if has_reports(case, day) => true,
        Document::FactoryInspectionRecord | Document::LaboratoryReport | Document::ReturnProof => {
            return Presence::Unknown;
        }
    };
    if there { Presence::There } else { Presence::Missing }
}

fn has_file(case: &Case<'_>, document: Document) -> bool {
    files(case, document).next().is_some()
}

/// Every goods line has a report on file that it passed, in force on this day.
fn has_reports(case: &Case<'_>, day: Date) -> bool {
    let reports = &case.registers.reports;
    let is_reported = |line: Goods<'_>| {
        let code = line.item.commodity_code.value;
        line.names().flat_map(|name| reports.of(name)).any(|row| {
            row.is_passed
                && code.starts_with(&row.commodity_prefix)
                && row.tested_on.is_some_and(|tested_on| tested_on <= day)
                && row.valid_to.is_none_or(|to| day < to)
        })
    };
    !reports.is_empty() && goods(case).all(is_reported)
}

/// An agency agreement is attached.
pub fn has_agreement(case: &Case<'_>) -> bool {
    has_file(case, Document::AgencyAgreement)
}

/// The firm promises by the code of the conformity statement.
pub fn has_promise(case: &Case<'_>) -> bool {
    case.declaration.promises.iter().any(|promise| promise.material_code.value == CONFORMITY_PROMISE)
}

/// Conformity statements of the consignor that are valid on this day: for this declaration, or yearly masters.
pub fn statements<'c>(case: &Case<'c>, day: Date) -> impl Iterator<Item = &'c Statement> {
    let head = case.declaration.head;
    let numbers = [
        case.number,
        head.entry_number.value,
        head.unified_number.value,
        case.declaration.signature.client_number.value,
    ];
    case.registers
        .statements(head.consignor_unified_code.value)
        .iter()
        .filter(move |row| row.number.is_empty() || numbers.contains(&row.number.as_str()))
        .filter(move |row| row.valid.contains(day))
}

/// Agent and consignor are two firms: by unified codes, where one is not filed by customs codes.
/// Where neither can be compared, a code is missing, and that is DOC-001's to say.
pub fn agent_files(case: &Case<'_>) -> bool {
    let head = case.declaration.head;
    let unified = [head.agent_unified_code, head.consignor_unified_code];
    let customs = [head.agent_customs_code, head.consignor_customs_code];
    let comparable = [unified, customs].into_iter().find(|codes| codes.iter().all(|code| code.is_present()));
    comparable.is_some_and(|[agent, consignor]| agent.value != consignor.value)
}

/// The files of this document that come with the case.
pub fn files<'c>(case: &Case<'c>, document: Document) -> impl Iterator<Item = &'c ElectronicDocument<'c>> {
    let code = code(document);
    case.declaration
        .electronic_documents
        .iter()
        .filter(move |file| code.is_some_and(|code| file.type_code.value == code))
}

/// Type code of a document on the wire, where it has one (ruling D2).
const fn code(document: Document) -> Option<&'static str> {
    match document {
        Document::Invoice => Some(edocument::INVOICE),
        Document::PackingList => Some(edocument::PACKING_LIST),
        Document::BillOfLading => Some(edocument::BILL_OF_LADING),
        Document::Contract => Some(edocument::CONTRACT),
        Document::AgencyAgreement => Some(edocument::AGENCY_AGREEMENT),
        _ => None,
    }
}

fn is_authorised(case: &Case<'_>, day: Date) -> bool {
    let head = case.declaration.head;
    let (agent, principal) = (head.agent_unified_code.value, head.consignor_unified_code.value);
    case.registers.authorisations(agent, principal).any(|row| row.valid.contains(day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::standing::Standing;
    use fixtures::notation::Notated;

    const ALL_FILES: &str = "edoc type_code=00000001\nedoc type_code=00000002\nedoc type_code=10000001\n";

    fn papers(notation: &str, consignor: Standing) -> Papers {
        let tables = Tables::shipped().expect("shipped tables are good");
        let notated = Notated::parse(notation).expect("good notation");
        let standings = Standings { consignor, ..Standings::unknown() };
        notated.with_case(|case| required(case, case.accepted_on(), &tables, &standings))
    }

    fn waived(papers: &Papers) -> Vec<&'static str> {
        papers.waived().map(Document::name).collect()
    }

    fn missing(papers: &Papers) -> Vec<Document> {
        papers.missing().collect()
    }

    fn unknown(notation: &str) -> Papers {
        papers(notation, Standing::UNKNOWN)
    }

    #[test]
    fn a_clean_case_of_an_unknown_firm_keeps_its_contract() {
        let papers = unknown("");
        assert_eq!(waived(&papers), ["contract"]);
        assert!(papers.are_complete());
    }

    #[test]
    fn before_the_matrix_the_contract_is_uploaded_and_no_statement_is_asked() {
        let papers = unknown(&format!("accepted 2017-10-31\nno promise\n{ALL_FILES}"));
        assert_eq!(missing(&papers), [Document::Contract]);
        assert!(waived(&papers).is_empty());
    }

    #[test]
    fn each_file_has_its_own_code() {
        let papers = unknown("edoc type_code=00000004\nedoc type_code=00000003");
        assert_eq!(missing(&papers), [Document::Invoice, Document::PackingList, Document::AgencyAgreement]);
        assert!(unknown(ALL_FILES).are_complete());
    }

    #[test]
    fn a_firm_that_files_for_itself_needs_no_authorisation() {
        let files = "edoc type_code=00000001\nedoc type_code=00000002\n";
        assert_eq!(missing(&unknown(files)), [Document::AgencyAgreement]);
        let itself = format!("{files}declaration agent_unified_code=91441323555600018G");
        assert!(unknown(&itself).are_complete());
        let by_customs_code = format!("{files}declaration agent_unified_code= agent_customs_code=4413960001");
        assert!(unknown(&by_customs_code).are_complete());
    }

    #[test]
    fn an_authorisation_on_file_serves_until_the_day_before_it_ends() {
        let on_file = |to: &str| {
            unknown(&format!(
                "edoc type_code=00000001\nedoc type_code=00000002\n\
                 authorisation agent=91441323MA4WXY1296 principal=91441323555600018G to={to}"
            ))
        };
        assert!(on_file("2018-06-02").are_complete());
        assert_eq!(missing(&on_file("2018-06-01")), [Document::AgencyAgreement]);
    }

    #[test]
    fn a_statement_is_a_promise_or_a_row_that_is_valid() {
        assert!(unknown("no promise").statement_missing());
        assert!(unknown("promise material_code=102054").statement_missing());
        let row = |fields: &str| {
            unknown(&format!("no promise\nstatement scc=91441323555600018G {fields}")).statement_missing()
        };
        assert!(!row("number=HD2018000000000001"), "for this declaration");
        assert!(!row("from=2018-01-01 to=2019-01-01"), "a yearly master");
        assert!(row("number=HD2018000000000002"), "for another declaration");
        assert!(row("from=2017-01-01 to=2018-01-01"), "last year's");
    }

    #[test]
    fn goods_that_came_back_need_a_proof_the_wire_does_not_carry() {
        let unknown = |notation: &str| -> Vec<Document> {
            let papers = unknown(notation);
            let asked = papers.asked().filter(|(_, presence)| *presence == Presence::Unknown);
            asked.map(|(document, _)| document).collect()
        };
        assert_eq!(unknown(""), [Document::FactoryInspectionRecord]);
        let came_back = unknown("declaration trade_mode=4561");
        assert_eq!(came_back, [Document::FactoryInspectionRecord, Document::ReturnProof]);
    }

    #[test]
    fn an_alert_asks_for_a_report_that_only_a_register_can_show() {
        let tables = Tables::shipped().expect("shipped tables are good");
        let report = |notation: &str| {
            let notated = Notated::parse(notation).expect("good notation");
            notated.with_case(|case| {
                let papers = crate::dossier::Dossier::of(case, &tables).papers;
                papers.asked().find(|(document, _)| *document == Document::LaboratoryReport).map(|it| it.1)
            })
        };
        assert_eq!(report("alert alert_no=A-1 level=L1"), None);
        assert_eq!(report("alert alert_no=A-1 level=L2"), Some(Presence::Unknown));
        let on_file = |to| {
            report(&format!(
                "alert alert_no=A-1 level=L2\nreport report_no=R-1 producer=91441323555600018G hs_prefix=6403 \
                 result=PASS tested_on=2018-05-01 valid_to={to}"
            ))
        };
        assert_eq!(on_file("2018-06-02"), Some(Presence::There));
        assert_eq!(on_file("2018-06-01"), Some(Presence::Unknown));
    }

    #[test]
    fn columns_differ_in_what_they_ask() {
        let zone = Standing { level: 4, in_zone: true, ..Standing::UNKNOWN };
        let low = Standing { level: 2, ..Standing::UNKNOWN };
        let agreement = "edoc type_code=10000001";
        let best = papers(agreement, zone);
        assert_eq!(waived(&best), ["contract", "invoice", "packing_list", "factory_inspection_record"]);
        assert!(best.are_complete());
        let worst = papers(agreement, low);
        assert_eq!(missing(&worst), [Document::Contract, Document::Invoice, Document::PackingList]);
        assert!(waived(&worst).is_empty());
    }

    #[test]
    fn what_simplification_never_waives_is_asked_from_the_best_firm_too() {
        let best = Standing { level: 5, in_zone: true, ..Standing::UNKNOWN };
        let papers = papers("no promise\nno edoc", best);
        assert_eq!(missing(&papers), [Document::AgencyAgreement, Document::ConformityStatement]);
    }
}
