//! Which way leads to which field.

use crate::ubl::certificate::ITEM;
use crate::xml::row::RowMap;

pub(super) static ROWS: &[&RowMap] = &[&HEAD, &ITEM];

macro_rules! consignment {
    ($way:literal) => {
        concat!("Shipment/Consignment/", $way)
    };
}

pub(super) static HEAD: RowMap = RowMap {
    element: "GoodsCertificate",
    record: "CertificateHead",
    fields: &[
        ("ID", "number"),
        ("IssueDate", "issue_date"),
        ("Note", "remark"),
        ("ExporterParty/PartyLegalEntity/CompanyID", "exporter_code"),
        ("ExporterParty/PartyName/Name", "exporter"),
        ("ConsigneeParty/PartyName/Name", "consignee"),
        ("ApplicantParty/PartyLegalEntity/CompanyID", "applicant_firm_code"),
        ("ApplicantParty/PartyName/Name", "firm_name"),
        ("IssuerParty/PartyLegalEntity/CompanyID", "issuing_office"),
        ("Shipment/FreeOnBoardValueAmount", "fob_value"),
        ("Shipment/FreeOnBoardValueAmount/@currencyID", "currency"),
        (consignment!("TotalInvoiceAmount"), "total_amount"),
        (consignment!("FinalDestinationCountry/IdentificationCode"), "destination_country_code"),
        (consignment!("DeliveryTerms/ID"), "price_term"),
        (consignment!("MainCarriageShipmentStage/LoadingPortLocation/ID"), "load_port"),
        (consignment!("MainCarriageShipmentStage/UnloadingPortLocation/ID"), "discharge_port"),
        (
            consignment!("MainCarriageShipmentStage/TransportMeans/MaritimeTransport/VesselName"),
            "transport_name",
        ),
    ],
    otherwise: &[
        ("ExporterParty/PartyIdentification/ID", "exporter_code"),
        ("ConsignorParty/PartyLegalEntity/CompanyID", "exporter_code"),
        ("ConsignorParty/PartyIdentification/ID", "exporter_code"),
        ("ConsignorParty/PartyName/Name", "exporter"),
        ("ImporterParty/PartyName/Name", "consignee"),
        (consignment!("ConsigneeParty/PartyName/Name"), "consignee"),
        ("ApplicantParty/PartyIdentification/ID", "applicant_firm_code"),
        ("IssuerParty/PartyIdentification/ID", "issuing_office"),
        ("IssuerParty/PartyName/Name", "issuing_office"),
        ("ConsigneeParty/PostalAddress/Country/IdentificationCode", "destination_country_code"),
        ("ImporterParty/PostalAddress/Country/IdentificationCode", "destination_country_code"),
        (consignment!("ConsigneeParty/PostalAddress/Country/IdentificationCode"), "destination_country_code"),
        (consignment!("TotalInvoiceAmount/@currencyID"), "currency"),
    ],
    unread: &[],
    also: &[],
};
