//! Which way leads to which field.

use crate::ubl::certificate::{INVOICE, ITEM};
use crate::xml::row::RowMap;

macro_rules! application {
    ($way:literal) => {
        concat!("CertificateOfOriginApplication/", $way)
    };
}
macro_rules! consignment {
    ($way:literal) => {
        concat!("CertificateOfOriginApplication/Shipment/Consignment/", $way)
    };
}
pub(super) static ROWS: &[&RowMap] = &[&HEAD, &ITEM, &INVOICE];

pub(super) static HEAD: RowMap = RowMap {
    element: "CertificateOfOrigin",
    record: "CertificateHead",
    fields: &[
        ("ID", "number"),
        ("IssueDate", "issue_date"),
        ("Note", "remark"),
        ("ExporterParty/PartyLegalEntity/CompanyID", "exporter_code"),
        ("ExporterParty/PartyName/Name", "exporter"),
        ("ImporterParty/PartyName/Name", "consignee"),
        (application!("CertificateType"), "form"),
        (application!("Remarks"), "application_note"),
        (application!("PreparationParty/PartyLegalEntity/CompanyID"), "applicant_firm_code"),
        (application!("PreparationParty/PartyName/Name"), "firm_name"),
        (application!("IssuerParty/PartyLegalEntity/CompanyID"), "issuing_office"),
        (application!("Shipment/FreeOnBoardValueAmount"), "fob_value"),
        (application!("Shipment/FreeOnBoardValueAmount/@currencyID"), "currency"),
        (consignment!("TotalInvoiceAmount"), "total_amount"),
        (consignment!("FinalDestinationCountry/IdentificationCode"), "destination_country_code"),
        (consignment!("DeliveryTerms/ID"), "price_term"),
        (consignment!("MainCarriageShipmentStage/LoadingPortLocation/ID"), "load_port"),
        (consignment!("MainCarriageShipmentStage/UnloadingPortLocation/ID"), "discharge_port"),
        (
            consignment!("MainCarriageShipmentStage/TransportMeans/MaritimeTransport/VesselName"),
            "transport_name",
        ),
        ("IssuerEndorsement/ApprovalStatus", "approval"),
    ],
    otherwise: &[
        ("ExporterParty/PartyIdentification/ID", "exporter_code"),
        (application!("ExporterParty/PartyLegalEntity/CompanyID"), "exporter_code"),
        (application!("ExporterParty/PartyIdentification/ID"), "exporter_code"),
        (application!("ExporterParty/PartyName/Name"), "exporter"),
        (application!("ImporterParty/PartyName/Name"), "consignee"),
        (application!("PreparationParty/PartyIdentification/ID"), "applicant_firm_code"),
        (application!("IssuerParty/PartyIdentification/ID"), "issuing_office"),
        (application!("IssuerParty/PartyName/Name"), "issuing_office"),
        ("ImporterParty/PostalAddress/Country/IdentificationCode", "destination_country_code"),
        (application!("ImporterParty/PostalAddress/Country/IdentificationCode"), "destination_country_code"),
        (consignment!("TotalInvoiceAmount/@currencyID"), "currency"),
    ],
    unread: &[],
    also: &[],
};
