//! The wire names of a certificate (single-window.md 5.1 to 5.3) and the canonical fields they fill.

use crate::wire;
use crate::xml::row::RowMap;
use model::certificate::{
    CertificateAmendment, CertificateHead, CertificateInvoice, CertificateItem, NonPartyFirm,
};

/// All rows.
pub(super) static ROWS: &[&RowMap] = &[&HEAD, &ITEM, &AMENDMENT, &NON_PARTY, &INVOICE, &PROMISE];

wire! {
    /// Head.
    HEAD, HeadWire: "CertificateHead" => CertificateHead {
        "CertNo" => number,
        "ApplyType" => application_kind,
        "CertStatus" => status,
        "CertType" => form,
        "EntMgrNo" => firm_number,
        "CiqRegNo" => exporter_code,
        "AplRegNo" => applicant_firm_code,
        "EtpsName" => firm_name,
        "ApplName" => applicant_name,
        "Applicant" => applicant_identity,
        "ApplTel" => applicant_phone,
        "OrgCode" => issuing_office,
        "FetchPlace" => pickup_office,
        "AplAdd" => application_place,
        "InvDate" => invoice_date,
        "InvNo" => invoice_number,
        "AplDate" => application_date,
        "DestCountry" => destination_country,
        "DestCountryCode" => destination_country_code,
        "DestCountryName" => destination_country_name,
        "Exporter" => exporter,
        "Consignee" => consignee,
        "GoodsSpecClause" => goods_clause,
        "Mark" => marks,
        "LoadPort" => load_port,
        "UnloadPort" => discharge_port,
        "TransMeans" => transport_means,
        "TransName" => transport_name,
        "TransCountryCode" => transit_country_code,
        "TransCountryName" => transit_country_name,
        "TransPort" => transit_port,
        "DestPort" => destination_port,
        "TransDetails" => route,
        "IntendExpDate" => departure_date,
        "TradeModeCode" => trade_mode,
        "FOBValue" => fob_value,
        "TotalAmt" => total_amount,
        "Note" => application_note,
        "ContractNo" => contract_number,
        "LcNo" => letter_of_credit,
        "SpecInvTerms" => invoice_clauses,
        "PriceTerms" => price_term,
        "Curr" => currency,
        "Remark" => remark,
        "ProducerSertFlag" => producer_confidential,
        "ExhibitFlag" => exhibition_flag,
        "ThirdPartyInvFlag" => third_party_invoice_flag,
        "ExporterTel" => exporter_phone,
        "ExporterFax" => exporter_fax,
        "ExporterEmail" => exporter_mail,
        "ConsigneeTel" => consignee_phone,
        "ConsigneeFax" => consignee_fax,
        "ConsigneeEmail" => consignee_mail,
        "PredictFlag" => predicted_flag,
        "ExpDeclDate" => declaration_date,
        "OriCountryCode" => origin_country_code,
        "OriCountry" => origin_country,
        "ChkValidDate" => issue_date,
        "EtpsConcEr" => firm_contact,
        "EtpsTel" => firm_phone,
        "Producer" => producer,
        "PrcsAssembly" => assembly_process,
        "EntryId" => entry_number,
    } unread {}

    /// Line.
    ITEM, ItemWire: "Goods" => CertificateItem {
        "GoodsItemFlag" => goods_flag,
        "GNo" => line_number,
        "HSCode" => commodity_code,
        "GoodsName" => name,
        "GoodsNameE" => name_en,
        "PackQty" => package_count,
        "PackUnit" => package_unit,
        "GoodsQty" => quantity,
        "GoodsUnitE" => unit_en,
        "GoodsUnit" => unit,
        "GoodsQtyRef" => auxiliary_quantity,
        "GoodsUnitRef" => auxiliary_unit,
        "SecdGoodsQtyRef" => second_auxiliary_quantity,
        "SecdGoodsUnitRef" => second_auxiliary_unit,
        "GrossWt" => gross_weight,
        "NetWt" => net_weight,
        "WtUnit" => weight_unit,
        "InvPrice" => invoice_price,
        "InvValue" => invoice_value,
        "FOBValue" => fob_value,
        "ICompPrpr" => imported_content,
        "OriCriteria" => criterion,
        "OriCriteriaRef" => criterion_auxiliary,
        "OriCriteriaSub" => criterion_sub,
        "Producer" => producer,
        "ProducerTel" => producer_phone,
        "ProducerFax" => producer_fax,
        "ProducerEmail" => producer_mail,
        "CiqRegNo" => producer_code,
        "PrdcEtpsName" => producing_firm,
        "PrdcEtpsConcEr" => producing_firm_contact,
        "PrdcEtpsTel" => producing_firm_phone,
        "ProducerSertFlag" => producer_confidential,
        "GoodsDesc" => description,
        "GoodsOriginCountry" => origin_country,
        "GoodsOriginCountryEn" => origin_country_en,
        "GoodsTaxRate" => tax_rate_mark,
        "InvNo" => invoice_number,
        "PackType" => packing_kind,
    } unread {}

    /// What is replaced.
    AMENDMENT, AmendmentWire: "ModCertificate" => CertificateAmendment {
        "OldCertNo" => old_number,
        "ModReason" => reason,
        "ModColm" => boxes,
        "OldSituDesc" => before,
        "ModSituDesc" => after,
        "OldDeclDate" => old_application_date,
        "OldIssueDate" => old_issue_date,
    } unread {}

    /// Firm outside the parties.
    NON_PARTY, NonPartyWire: "NonpartyCorp" => NonPartyFirm {
        "SortNo" => position,
        "EntName" => name,
        "EntAddr" => address,
        "EntCountryCode" => country_code,
        "EntCountryName" => country_name,
    } unread {}

    /// Invoice (RCEP).
    INVOICE, InvoiceWire: "OriInv" => CertificateInvoice {
        "CertNo" => certificate_number,
        "InvNo" => number,
        "ContractNo" => contract_number,
        "LcNo" => letter_of_credit,
        "Value" => value,
        "Curr" => currency,
        "PriceClause" => price_term,
        "SpecInvTerms" => clauses,
        "InvDate" => date,
    } unread {}

    /// Promise: a part of its own on the wire, a field of the head here.
    PROMISE, PromiseWire: "AplPromise" => CertificateHead {
        "AplPromiseCode" => promise,
    } unread {}
}
