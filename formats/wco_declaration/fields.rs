//! The wire names of a declaration (international-formats.md 2.3) and the canonical fields they fill, each by its way from
//! the element of its row. `/@` is an attribute, `..` what the element around the row says.

use crate::wire;
use crate::xml::row::RowMap;
use model::declaration::{Container, DeclarationHead, GoodsItem};
use model::documents::Signature;
use model::particulars::{
    Authorisation, Classification, DutyClaim, Explanation, Guarantee, ItemParticulars, OriginCountry,
    Package, Particulars, PreviousDocument, Procedure, RouteCountry, SupportingDocument,
};

/// All rows.
pub(super) static ROWS: &[&RowMap] = &[
    &HEAD,
    &SIGNATURE,
    &PARTICULARS,
    &DOCUMENT,
    &EXPLANATION,
    &AUTHORISATION,
    &ROUTE,
    &GUARANTEE,
    &SHIPMENT_DOCUMENT,
    &CONTAINER,
    &ITEM,
    &ITEM_PARTICULARS,
    &ITEM_DOCUMENT,
    &ITEM_EXPLANATION,
    &CLASSIFICATION,
    &DUTY,
    &PROCEDURE,
    &ORIGIN,
    &PACKAGE,
    &PREVIOUS_DOCUMENT,
];

wire! {
    /// Head, as far as all declarations have it.
    HEAD, HeadWire: "Declaration" => DeclarationHead {
        "ID" => entry_number,
        "IssueDateTime/DateTimeString" => pre_entry_date,
        "DeclarationOfficeID" => customs_office,
        "TotalGrossMassMeasure" => gross_weight_kg,
        "TotalPackageQuantity" => package_count,
        "BorderTransportMeans/ID" => transport_name,
        "BorderTransportMeans/ModeCode" => transport_mode,
        "Declarant/ID" => agent_unified_code,
        "Declarant/Name" => agent_name,
        "ExitOffice/ID" => exit_office,
        "Exporter/ID" => consignor_unified_code,
        "Exporter/Name" => consignor_name,
        "GoodsShipment/Consignee/ID" => consignee_code,
        "GoodsShipment/Consignee/Name" => consignee_name,
        "GoodsShipment/Consignment/GoodsLocation/Name" => storage_place,
        "GoodsShipment/Destination/CountryCode" => destination_country,
        "GoodsShipment/TradeTerms/ConditionCode" => price_term,
    } unread {
        "IssueLocationID": "where it was made out: no rule asks",
        "LoadingListQuantity": "no rule asks",
        "Authentication": "a signature of a person; which bytes are signed is not published",
        "Agent/Address": "an address: no rule asks",
        "Amendment": "what an amendment changes: laid over the declaration on file as it stands",
        "BorderTransportMeans/Name": "told by its number",
        "BorderTransportMeans/TypeCode": "told by its mode",
        "Consignment/Carrier/Address": "an address: no rule asks",
        "Consignment/Carrier/Communication": "a contact: personal data that no rule asks for",
        "Consignment/ConsignmentItem": "safety and security of single consignments: no rule asks",
        "Consignment/Consignor": "safety and security: the exporter is judged",
        "CurrencyExchange": "a rate of exchange of an import",
        "Declarant/Address": "an address: no rule asks",
        "Declarant/Contact": "a contact: personal data that no rule asks for",
        "Declarant/Communication": "a contact: personal data that no rule asks for",
        "Exporter/Address": "an address: no rule asks",
        "Exporter/Contact": "a contact: personal data that no rule asks for",
        "Exporter/Communication": "a contact: personal data that no rule asks for",
        "Submitter/Name": "told by its code",
        "Submitter/Address": "an address: no rule asks",
        "GoodsShipment/ExitDateTime": "customs writes it",
        "GoodsShipment/AEOMutualRecognitionParty": "operators recognised abroad: no rule asks",
        "GoodsShipment/Buyer/Address": "an address: no rule asks",
        "GoodsShipment/Buyer/Contact": "a contact: personal data that no rule asks for",
        "GoodsShipment/Buyer/Communication": "a contact: personal data that no rule asks for",
        "GoodsShipment/Consignee/Address": "an address: no rule asks",
        "GoodsShipment/Consignment/ArrivalTransportMeans": "of an import",
        "GoodsShipment/Consignment/DepartureTransportMeans/Name": "told by its number",
        "GoodsShipment/Consignment/DepartureTransportMeans/TypeCode": "told by its mode",
        "GoodsShipment/Consignment/GoodsLocation/Address/CityName": "an address: no rule asks",
        "GoodsShipment/Consignment/GoodsLocation/Address/Line": "an address: no rule asks",
        "GoodsShipment/Consignment/GoodsLocation/Address/PostcodeID": "an address: no rule asks",
        "GoodsShipment/Consignment/LoadingLocation": "where an import was loaded",
        "GoodsShipment/Consignor": "safety and security: the exporter is judged",
        "GoodsShipment/CustomsValuation": "valuation of an import",
        "GoodsShipment/Destination/RegionID": "a region inside the destination",
        "GoodsShipment/DomesticDutyTaxParty": "tax parties of an import",
        "GoodsShipment/Importer/Address": "an address: no rule asks",
        "GoodsShipment/Importer/Contact": "a contact: personal data that no rule asks for",
        "GoodsShipment/Importer/Communication": "a contact: personal data that no rule asks for",
        "GoodsShipment/Payer": "who pays for an import",
        "GoodsShipment/Seller/Address": "an address: no rule asks",
        "GoodsShipment/Seller/Contact": "a contact: personal data that no rule asks for",
        "GoodsShipment/Seller/Communication": "a contact: personal data that no rule asks for",
        "GoodsShipment/Surety": "who stands surety for an import",
        "GoodsShipment/TradeTerms/CountryRelationshipCode": "no rule asks",
        "GoodsShipment/TradeTerms/Description": "told by its code",
        "GoodsShipment/UCR/ID": "customs writes it",
    }

    /// The sender's number, and when the declaration says it is accepted.
    SIGNATURE, SignatureWire: "Declaration" => Signature {
        "FunctionalReferenceID" => client_number,
        "AcceptanceDateTime/DateTimeString" => signed_at,
    } unread {}

    /// Head, beyond that.
    PARTICULARS, ParticularsWire: "Declaration" => Particulars {
        "FunctionCode" => function,
        "TypeCode" => declaration_type,
        "GoodsItemQuantity" => item_count,
        "InvoiceAmount" => invoice_total,
        "InvoiceAmount/@currencyID" => invoice_currency,
        "SpecificCircumstancesCodeCode" => special_circumstances,
        "Submitter/ID" => submitter_code,
        "Agent/ID" => representative_code,
        "Agent/Name" => representative_name,
        "Agent/FunctionCode" => representative_status,
        "BorderTransportMeans/IdentificationTypeCode" => border_transport_kind,
        "BorderTransportMeans/RegistrationNationalityCode" => border_transport_nationality,
        "Consignment/Carrier/ID" => carrier_code,
        "Consignment/Carrier/Name" => carrier_name,
        "Consignment/Freight/PaymentMethodCode" => freight_payment,
        "GoodsShipment/TransactionNatureCode" => transaction_nature,
        "GoodsShipment/Buyer/ID" => buyer_code,
        "GoodsShipment/Buyer/Name" => buyer_name,
        "GoodsShipment/Consignment/ContainerCode" => container_flag,
        "GoodsShipment/Consignment/DepartureTransportMeans/ID" => departure_transport,
        "GoodsShipment/Consignment/DepartureTransportMeans/IdentificationTypeCode" => departure_transport_kind,
        "GoodsShipment/Consignment/DepartureTransportMeans/ModeCode" => inland_mode,
        "GoodsShipment/Consignment/GoodsLocation/ID" => location_number,
        "GoodsShipment/Consignment/GoodsLocation/TypeCode" => location_kind,
        "GoodsShipment/Consignment/GoodsLocation/Address/TypeCode" => location_qualifier,
        "GoodsShipment/Consignment/GoodsLocation/Address/CountryCode" => location_country,
        "GoodsShipment/ExportCountry/ID" => export_country,
        "GoodsShipment/Importer/ID" => importer_code,
        "GoodsShipment/Importer/Name" => importer_name,
        "GoodsShipment/Invoice/ID" => invoice_number,
        "GoodsShipment/Invoice/IssueDateTime/DateTimeString" => invoice_date,
        "GoodsShipment/Seller/ID" => seller_code,
        "GoodsShipment/Seller/Name" => seller_name,
        "GoodsShipment/TradeTerms/LocationID" => price_term_place,
        "GoodsShipment/TradeTerms/LocationName" => price_term_place_name,
        "GoodsShipment/UCR/TraderAssignedReferenceID" => consignment_reference,
        "GoodsShipment/Warehouse/ID" => warehouse_number,
        "GoodsShipment/Warehouse/TypeCode" => warehouse_kind,
        "PresentationOffice/ID" => presentation_office,
        "SupervisingOffice/ID" => supervising_office,
    } unread {}

    /// A document that goes with the whole declaration: a deferment account.
    DOCUMENT, DocumentWire: "AdditionalDocument" => SupportingDocument {
        "CategoryCode" => category,
        "TypeCode" => type_code,
        "ID" => number,
    } unread {}

    /// A statement of the whole declaration.
    EXPLANATION, ExplanationWire: "AdditionalInformation" => Explanation {
        "StatementCode" => code,
        "StatementDescription" => words,
        "StatementTypeCode" => kind,
    } unread {
        "Pointer": "what the statement is about, in an amendment or a cancellation",
    }

    /// An authorisation.
    AUTHORISATION, AuthorisationWire: "AuthorisationHolder" => Authorisation {
        "CategoryCode" => kind,
        "ID" => holder,
    } unread {}

    /// A country on the way.
    ROUTE, RouteWire: "Itinerary" => RouteCountry {
        "SequenceNumeric" => number,
        "RoutingCountryCode" => country,
    } unread {}

    /// A guarantee.
    GUARANTEE, GuaranteeWire: "ObligationGuarantee" => Guarantee {
        "SecurityDetailsCode" => kind,
        "ID" => number,
        "ReferenceID" => reference,
        "AmountAmount" => amount,
        "AmountAmount/@currencyID" => currency,
        "GuaranteeOffice/ID" => office,
    } unread {
        "AccessCode": "a secret between the guarantor and customs",
    }

    /// A document the whole shipment came under.
    SHIPMENT_DOCUMENT, ShipmentDocumentWire: "PreviousDocument" => PreviousDocument {
        "CategoryCode" => category,
        "TypeCode" => type_code,
        "ID" => number,
        "LineNumeric" => document_line,
    } unread {}

    /// A container.
    CONTAINER, ContainerWire: "TransportEquipment" => Container {
        "ID" => number,
    } unread {
        "SequenceNumeric": "the containers are told by their numbers",
        "Seal": "seals: no rule asks",
    }

    /// Goods line, as far as all declarations have it.
    ITEM, ItemWire: "GovernmentAgencyGoodsItem" => GoodsItem {
        "SequenceNumeric" => line_number,
        "Commodity/Description" => name,
        "Commodity/Classification/ID" => commodity_code,
        "Commodity/DangerousGoods/UNDGID" => un_number,
        "Commodity/InvoiceLine/ItemChargeAmount" => total_price,
        "Commodity/InvoiceLine/ItemChargeAmount/@currencyID" => currency,
        "Destination/CountryCode" => destination_country,
        "Origin/CountryCode" => origin_country,
    } unread {
        "AEOMutualRecognitionParty": "operators recognised abroad: no rule asks",
        "Buyer/Address": "an address: no rule asks",
        "Buyer/Contact": "a contact: personal data that no rule asks for",
        "Buyer/Communication": "a contact: personal data that no rule asks for",
        "Commodity/TransportEquipment": "which container holds the line: no rule asks",
        "Consignee/Address": "an address: no rule asks",
        "Consignor": "safety and security: the exporter is judged",
        "CustomsValuation/ChargeDeduction": "valuation of an import",
        "Destination/RegionID": "a region inside the destination",
        "DomesticDutyTaxParty": "tax parties of an import",
        "Seller/Address": "an address: no rule asks",
        "Seller/Contact": "a contact: personal data that no rule asks for",
        "Seller/Communication": "a contact: personal data that no rule asks for",
        "UCR/ID": "customs writes it",
    }

    /// Goods line, beyond that.
    ITEM_PARTICULARS, ItemParticularsWire: "GovernmentAgencyGoodsItem" => ItemParticulars {
        "Commodity/GoodsMeasure/GrossMassMeasure" => gross_mass_kg,
        "Commodity/GoodsMeasure/NetNetWeightMeasure" => net_mass_kg,
        "Commodity/GoodsMeasure/TariffQuantity" => supplementary_quantity,
        "StatisticalValueAmount" => statistical_value,
        "StatisticalValueAmount/@currencyID" => statistical_currency,
        "CustomsValueAmount" => customs_value,
        "CustomsValueAmount/@currencyID" => customs_currency,
        "TransactionNatureCode" => transaction_nature,
        "ExportCountry/ID" => export_country,
        "UCR/TraderAssignedReferenceID" => consignment_reference,
        "Consignee/ID" => consignee_code,
        "Consignee/Name" => consignee_name,
        "Seller/ID" => seller_code,
        "Seller/Name" => seller_name,
        "Buyer/ID" => buyer_code,
        "Buyer/Name" => buyer_name,
        "CustomsValuation/MethodCode" => valuation_method,
        "ValuationAdjustment/AdditionCode" => valuation_indicators,
    } unread {}

    /// A document of a goods line.
    ITEM_DOCUMENT, ItemDocumentWire: "AdditionalDocument" => SupportingDocument {
        "../SequenceNumeric" => goods_line,
        "CategoryCode" => category,
        "TypeCode" => type_code,
        "ID" => number,
        "Name" => reason,
        "LPCOExemptionCode" => status,
        "EffectiveDateTime/DateTimeString" => valid_until,
        "Submitter/Name" => issuer,
        "WriteOff/QuantityQuantity" => write_off_quantity,
        "WriteOff/QuantityQuantity/@unitCode" => write_off_unit,
        "WriteOff/AmountAmount" => write_off_amount,
        "WriteOff/AmountAmount/@currencyID" => write_off_currency,
    } unread {
        "Submitter/RoleCode": "no rule asks",
    }

    /// A statement of a goods line.
    ITEM_EXPLANATION, ItemExplanationWire: "AdditionalInformation" => Explanation {
        "../SequenceNumeric" => goods_line,
        "StatementCode" => code,
        "StatementDescription" => words,
        "StatementTypeCode" => kind,
    } unread {}

    /// A class of goods.
    CLASSIFICATION, ClassificationWire: "Classification" => Classification {
        "../../SequenceNumeric" => goods_line,
        "ID" => code,
        "IdentificationTypeCode" => nomenclature,
    } unread {}

    /// A duty, a preference, a quota.
    DUTY, DutyWire: "DutyTaxFee" => DutyClaim {
        "../../SequenceNumeric" => goods_line,
        "TypeCode" => kind,
        "DutyRegimeCode" => preference,
        "QuotaOrderID" => quota,
        "TaxRateNumeric" => rate,
        "SpecificTaxBaseQuantity" => base_quantity,
        "SpecificTaxBaseQuantity/@unitCode" => base_unit,
        "AdValoremTaxBaseAmount" => base_amount,
        "AdValoremTaxBaseAmount/@currencyID" => base_currency,
        "Payment/MethodCode" => payment_method,
        "Payment/TaxAssessedAmount" => assessed_amount,
        "Payment/TaxAssessedAmount/@currencyID" => assessed_currency,
        "Payment/PaymentAmount" => payable_amount,
        "Payment/PaymentAmount/@currencyID" => payable_currency,
    } unread {
        "DeductAmount": "no rule asks",
    }

    /// A procedure.
    PROCEDURE, ProcedureWire: "GovernmentProcedure" => Procedure {
        "../SequenceNumeric" => goods_line,
        "CurrentCode" => current,
        "PreviousCode" => previous,
    } unread {}

    /// A country of origin.
    ORIGIN, OriginWire: "Origin" => OriginCountry {
        "../SequenceNumeric" => goods_line,
        "CountryCode" => country,
        "TypeCode" => kind,
    } unread {
        "RegionID": "a region inside the country",
    }

    /// Packages.
    PACKAGE, PackageWire: "Packaging" => Package {
        "../SequenceNumeric" => goods_line,
        "SequenceNumeric" => number,
        "MarksNumbersID" => marks,
        "QuantityQuantity" => quantity,
        "TypeCode" => kind,
    } unread {
        "PackingMaterialDescription": "no rule asks",
        "LengthMeasure": "no rule asks",
        "WidthMeasure": "no rule asks",
        "HeightMeasure": "no rule asks",
        "VolumeMeasure": "no rule asks",
    }

    /// A document a goods line came under.
    PREVIOUS_DOCUMENT, PreviousDocumentWire: "PreviousDocument" => PreviousDocument {
        "../SequenceNumeric" => goods_line,
        "CategoryCode" => category,
        "TypeCode" => type_code,
        "ID" => number,
        "LineNumeric" => document_line,
    } unread {}
}
