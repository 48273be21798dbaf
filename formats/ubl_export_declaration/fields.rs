//! Which way leads to which field.

use crate::Derived;
use crate::ubl::document::DOCUMENT;
use crate::xml::row::RowMap;

macro_rules! shipment {
    ($way:literal) => {
        concat!("CustomsDeclaration/Shipment/", $way)
    };
}
macro_rules! consignment {
    ($way:literal) => {
        concat!("CustomsDeclaration/Shipment/Consignment/", $way)
    };
}
macro_rules! carriage {
    ($way:literal) => {
        concat!("CustomsDeclaration/Shipment/Consignment/MainCarriageShipmentStage/", $way)
    };
}

pub(super) static ROWS: &[&RowMap] = &[
    &HEAD,
    &SIGNATURE,
    &PARTICULARS,
    &PREVIOUS,
    &ITEM,
    &ITEM_PARTICULARS,
    &PROCEDURE,
    &DUTY,
    &PACKAGE,
    &CONTAINER,
    &DOCUMENT,
];

/// What is filled from elsewhere.
pub(super) const DERIVED: &[Derived] = &[
    derived("DeclarationHead", "direction", "the root: it is an export"),
    derived(
        "DeclarationHead",
        "pre_entry_number",
        "`CustomsDeclaration/ID`, where it is no number of customs",
    ),
    derived("GoodsItem", "destination_country", "the destination of the consignment"),
    derived("GoodsItem", "first_quantity", "the net weight"),
    derived("GoodsItem", "first_unit", "the kilogram, where there is a net weight"),
    derived("GoodsItem", "second_quantity", "`CustomsTariffQuantity`"),
    derived("ElectronicDocument", "id", "a document whose type is one of those asked for"),
    derived("ElectronicDocument", "type_code", "the type of such a document"),
    derived("ElectronicDocument", "goods_lines", "the line such a document stands in"),
    derived("OriginMapping", "document_type", "a document that is a certificate of origin"),
    derived("OriginMapping", "goods_line", "the line such a document stands in"),
    derived("OriginMapping", "document_number", "the number of such a document"),
];

const fn derived(record: &'static str, field: &'static str, from: &'static str) -> Derived {
    Derived { record, field, from }
}

const ROOT: &str = "ExportCustomsDeclaration";
const GOODS: &str = "GoodsItem";

const fn map(
    element: &'static str,
    record: &'static str,
    fields: &'static [(&'static str, &'static str)],
    otherwise: &'static [(&'static str, &'static str)],
) -> RowMap {
    RowMap { element, record, fields, otherwise, unread: &[], also: &[] }
}

pub(super) static HEAD: RowMap = map(
    ROOT,
    "DeclarationHead",
    &[
        ("Note", "remarks"),
        ("ExporterParty/PartyLegalEntity/CompanyID", "consignor_unified_code"),
        ("ExporterParty/PartyName/Name", "consignor_name"),
        ("ExporterParty/AgentParty/PartyLegalEntity/CompanyID", "agent_unified_code"),
        ("ExporterParty/AgentParty/PartyName/Name", "agent_name"),
        ("CustomsDeclaration/ID", "entry_number"),
        ("CustomsDeclaration/CustomsExitOfficeLocation/ID", "exit_office"),
        ("CustomsDeclaration/CustomsParty/PartyIdentification/ID", "customs_office"),
        ("CustomsDeclaration/ConsigneeParty/PartyLegalEntity/CompanyID", "consignee_code"),
        ("CustomsDeclaration/ConsigneeParty/PartyName/Name", "consignee_name"),
        ("CustomsDeclaration/ConsigneeParty/PostalAddress/Country/IdentificationCode", "trading_country"),
        (shipment!("GrossWeightMeasure"), "gross_weight_kg"),
        (shipment!("NetWeightMeasure"), "net_weight_kg"),
        (consignment!("CarrierAssignedID"), "bill_of_lading"),
        (consignment!("TotalPackagesQuantity"), "package_count"),
        (consignment!("FinalDestinationCountry/IdentificationCode"), "destination_country"),
        (consignment!("DeliveryTerms/ID"), "price_term"),
        (consignment!("TransportHandlingUnit/ShippingMarks"), "marks"),
        (carriage!("TransportModeCode"), "transport_mode"),
        (carriage!("TransportMeans/MaritimeTransport/VesselName"), "transport_name"),
        (carriage!("LoadingPortLocation/ID"), "departure_port"),
        (carriage!("UnloadingPortLocation/ID"), "final_port"),
    ],
    &[
        ("ExporterParty/PartyIdentification/ID", "consignor_unified_code"),
        ("ExporterParty/PartyLegalEntity/RegistrationName", "consignor_name"),
        ("ExporterParty/AgentParty/PartyIdentification/ID", "agent_unified_code"),
        ("ExporterParty/AgentParty/PartyLegalEntity/RegistrationName", "agent_name"),
        ("CustomsDeclaration/ConsigneeParty/PartyIdentification/ID", "consignee_code"),
        (consignment!("ConsigneeParty/PartyLegalEntity/CompanyID"), "consignee_code"),
        (consignment!("ConsigneeParty/PartyIdentification/ID"), "consignee_code"),
        (consignment!("ConsigneeParty/PartyName/Name"), "consignee_name"),
        (consignment!("GrossWeightMeasure"), "gross_weight_kg"),
        (consignment!("NetWeightMeasure"), "net_weight_kg"),
        (shipment!("ShipmentStage/TransportModeCode"), "transport_mode"),
        (carriage!("TransportMeans/AirTransport/AircraftID"), "transport_name"),
        (carriage!("TransportMeans/RoadTransport/LicensePlateID"), "transport_name"),
        (carriage!("TransportMeans/RailTransport/TrainID"), "transport_name"),
    ],
);

pub(super) static SIGNATURE: RowMap =
    map(ROOT, "Signature", &[("ID", "client_number"), ("IssueDate", "signed_at")], &[]);

pub(super) static PARTICULARS: RowMap = map(
    ROOT,
    "Particulars",
    &[
        ("ExportTypeCode", "declaration_type"),
        ("CustomsDeclaration/FunctionCode", "function"),
        (shipment!("ExportCountry/IdentificationCode"), "export_country"),
        (consignment!("TotalGoodsItemQuantity"), "item_count"),
        (consignment!("TotalInvoiceAmount"), "invoice_total"),
        (consignment!("TotalInvoiceAmount/@currencyID"), "invoice_currency"),
        (consignment!("DeliveryTerms/DeliveryLocation/ID"), "price_term_place"),
        (consignment!("DeliveryTerms/DeliveryLocation/Name"), "price_term_place_name"),
        (consignment!("ImporterParty/PartyLegalEntity/CompanyID"), "importer_code"),
        (consignment!("ImporterParty/PartyName/Name"), "importer_name"),
        (consignment!("CarrierParty/PartyLegalEntity/CompanyID"), "carrier_code"),
        (consignment!("CarrierParty/PartyName/Name"), "carrier_name"),
    ],
    &[
        (shipment!("TotalGoodsItemQuantity"), "item_count"),
        (consignment!("OriginalDepartureCountry/IdentificationCode"), "export_country"),
        (consignment!("ImporterParty/PartyIdentification/ID"), "importer_code"),
        (consignment!("CarrierParty/PartyIdentification/ID"), "carrier_code"),
    ],
);

pub(super) static PREVIOUS: RowMap =
    map(ROOT, "PreviousDocument", &[("CustomsDeclaration/PreviousCustomsDeclaration/ID", "number")], &[]);

pub(super) static ITEM: RowMap = map(
    GOODS,
    "GoodsItem",
    &[
        ("SequenceNumberID", "line_number"),
        ("Item/CommodityClassification/CommodityCode", "commodity_code"),
        ("Description", "name"),
        ("Item/BrandName", "brand"),
        ("Item/ModelName", "model"),
        ("Quantity", "quantity"),
        ("Quantity/@unitCode", "unit"),
        ("CustomsTariffQuantity/@unitCode", "second_unit"),
        ("InvoiceLine/Price/PriceAmount", "unit_price"),
        ("ValueAmount", "total_price"),
        ("ValueAmount/@currencyID", "currency"),
        ("Item/OriginCountry/IdentificationCode", "origin_country"),
        ("Item/ManufacturerParty/PartyLegalEntity/CompanyID", "producer_registration"),
        ("Item/ManufacturerParty/PartyName/Name", "producer_name"),
    ],
    &[
        ("Item/CommodityClassification/ItemClassificationCode", "commodity_code"),
        ("Item/Description", "name"),
        ("Item/Name", "name"),
        ("InvoiceLine/LineExtensionAmount", "total_price"),
        ("InvoiceLine/LineExtensionAmount/@currencyID", "currency"),
        ("OriginAddress/Country/IdentificationCode", "origin_country"),
        ("Item/ManufacturerParty/PartyIdentification/ID", "producer_registration"),
    ],
);

pub(super) static ITEM_PARTICULARS: RowMap = map(
    GOODS,
    "ItemParticulars",
    &[
        ("GrossWeightMeasure", "gross_mass_kg"),
        ("NetNetWeightMeasure", "net_mass_kg"),
        ("CustomsTariffQuantity", "supplementary_quantity"),
        ("DeclaredStatisticsValueAmount", "statistical_value"),
        ("DeclaredStatisticsValueAmount/@currencyID", "statistical_currency"),
        ("DeclaredCustomsValueAmount", "customs_value"),
        ("DeclaredCustomsValueAmount/@currencyID", "customs_currency"),
    ],
    &[("NetWeightMeasure", "net_mass_kg")],
);

pub(super) static PROCEDURE: RowMap = map(GOODS, "Procedure", &[("CustomsProcedureCode", "current")], &[]);

pub(super) static DUTY: RowMap = map(GOODS, "DutyClaim", &[("PreferenceCriterionCode", "preference")], &[]);

pub(super) static PACKAGE: RowMap =
    map("ContainingPackage", "Package", &[("Quantity", "quantity"), ("PackagingTypeCode", "kind")], &[]);

pub(super) static CONTAINER: RowMap = map(
    "TransportEquipment",
    "Container",
    &[("ID", "number"), ("SizeTypeCode", "size_type"), ("TareWeightMeasure", "tare_kg")],
    &[],
);
