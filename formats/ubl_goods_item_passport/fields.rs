//! Which way leads to which field.

use crate::ubl::certificate::ITEM;
use crate::xml::row::RowMap;

pub(super) static ROWS: &[&RowMap] = &[&HEAD, &ITEM];

pub(super) static HEAD: RowMap = RowMap {
    element: "GoodsItemPassport",
    record: "CertificateHead",
    fields: &[
        ("ID", "number"),
        ("IssueDate", "issue_date"),
        ("Note", "remark"),
        ("StatusCode", "approval"),
        ("HolderParty/PartyLegalEntity/CompanyID", "exporter_code"),
        ("HolderParty/PartyName/Name", "exporter"),
        ("RepresentativeParty/PartyLegalEntity/CompanyID", "applicant_firm_code"),
        ("RepresentativeParty/PartyName/Name", "firm_name"),
        ("IssuerParty/PartyLegalEntity/CompanyID", "issuing_office"),
        ("Shipment/Consignment/TotalInvoiceAmount", "total_amount"),
        ("Shipment/Consignment/TotalInvoiceAmount/@currencyID", "currency"),
        ("Shipment/Consignment/FinalDestinationCountry/IdentificationCode", "destination_country_code"),
    ],
    otherwise: &[
        ("IssuerEndorsement/ApprovalStatus", "approval"),
        ("HolderParty/PartyIdentification/ID", "exporter_code"),
        ("RepresentativeParty/PartyIdentification/ID", "applicant_firm_code"),
        ("IssuerParty/PartyIdentification/ID", "issuing_office"),
        ("IssuerParty/PartyName/Name", "issuing_office"),
    ],
    unread: &[],
    also: &[],
};
