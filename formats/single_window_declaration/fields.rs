//! The wire names of a declaration (single-window.md 3.3) and the canonical fields they fill.

use crate::wire;
use crate::xml::row::RowMap;
use model::declaration::{Container, DeclarationHead, GoodsItem};
use model::documents::{
    ElectronicDocument, FirmQualification, FreeText, GoodsLicence, LicenceDocument, MarkPicture,
    OriginMapping, OtherPackaging, Promise, RequestedCertificate, Signature,
};

/// All rows.
pub(super) static ROWS: &[&RowMap] = &[
    &HEAD,
    &ITEM,
    &GOODS_LICENCE,
    &CONTAINER,
    &LICENCE,
    &REQUESTED,
    &PACKAGING,
    &QUALIFICATION,
    &PICTURE,
    &FREE_TEXT,
    &SIGNATURE,
    &PROMISE,
    &ELECTRONIC_DOCUMENT,
    &ORIGIN_MAPPING,
];

wire! {
    /// Head.
    HEAD, HeadWire: "DecHead" => DeclarationHead {
        "AgentCode" => agent_customs_code,
        "AgentName" => agent_name,
        "AgentCodeScc" => agent_unified_code,
        "DeclCiqCode" => agent_inspection_code,
        "CopCode" => entry_firm_code,
        "CopName" => entry_firm_name,
        "CopCodeScc" => entry_firm_unified_code,
        "TradeCode" => consignor_customs_code,
        "TradeName" => consignor_name,
        "DomesticConsigneeEname" => consignor_name_en,
        "TradeCoScc" => consignor_unified_code,
        "TradeCiqCode" => consignor_inspection_code,
        "OwnerCode" => owner_customs_code,
        "OwnerName" => owner_name,
        "OwnerCodeScc" => owner_unified_code,
        "OwnerCiqCode" => owner_inspection_code,
        "OverseasConsignorCode" => overseas_consignor_code,
        "OverseasConsignorCname" => overseas_party_name,
        "OverseasConsignorEname" => overseas_consignor_name_en,
        "OverseasConsignorAddr" => overseas_party_address,
        "OverseasConsigneeCode" => consignee_code,
        "OverseasConsigneeEname" => consignee_name,
        "EntryId" => entry_number,
        "SeqNo" => unified_number,
        "PreEntryId" => pre_entry_number,
        "IEFlag" => direction,
        "EntryType" => entry_type,
        "Type" => document_kind,
        "EdiId" => channel_flag,
        "DeclTrnRel" => transit_relation,
        "BillType" => bonded_list_kind,
        "DataSource" => extension_flags,
        "BusinessItems" => business_items,
        "SpecDeclFlag" => special_business_flags,
        "PromiseItmes" => price_statements,
        "CustomMaster" => customs_office,
        "IEPort" => exit_office,
        "EntyPortCode" => exit_port,
        "DistinatePort" => final_port,
        "DespPortCode" => departure_port,
        "TradeCountry" => destination_country,
        "TradeAreaCode" => trading_country,
        "PurpOrgCode" => destination_office,
        "GoodsPlace" => storage_place,
        "TrafMode" => transport_mode,
        "TrafName" => transport_name,
        "BillNo" => bill_of_lading,
        "BLNo" => delivery_order,
        "IEDate" => departure_date,
        "DespDate" => shipping_date,
        "PDate" => pre_entry_date,
        "CmplDschrgDt" => discharge_date,
        "ContrNo" => contract_number,
        "LicenseNo" => licence_number,
        "ManualNo" => handbook_number,
        "TgdNo" => related_number,
        "CorrelationNo" => correlation_number,
        "CorrelationReasonFlag" => correlation_reason,
        "TradeMode" => trade_mode,
        "CutMode" => levy_category,
        "TransMode" => price_term,
        "FeeMark" => freight_mark,
        "FeeRate" => freight_rate,
        "FeeCurr" => freight_currency,
        "InsurMark" => insurance_mark,
        "InsurRate" => insurance_rate,
        "InsurCurr" => insurance_currency,
        "OtherMark" => other_mark,
        "OtherRate" => other_rate,
        "OtherCurr" => other_currency,
        "PackNo" => package_count,
        "WrapType" => package_kind,
        "NoOtherPack" => no_other_packaging,
        "GrossWet" => gross_weight_kg,
        "NetWt" => net_weight_kg,
        "MarkNo" => marks,
        "NoteS" => remarks,
        "EdiRemark" => channel_remark,
        "EdiRemark2" => channel_remark_2,
        "ChkSurety" => guarantee_flag,
        "CheckFlow" => inspection_diversion,
        "TaxAaminMark" => tax_administration_mark,
        "OrigBoxFlag" => original_container_flag,
        "InputerName" => entry_clerk,
        "TypistNo" => entry_clerk_card,
        "DeclareName" => declaring_person,
        "PartenerID" => declarant_identifier,
    } unread {
        "ApprNo": "formerly the foreign-exchange write-off number, now empty",
        "Risk": "Shanghai only, else empty",
        "InspOrgCode": "abandoned by the interface",
        "VsaOrgCode": "abandoned by the interface",
        "OrgCode": "abandoned by the interface",
    }

    /// Goods line. On an export the wire swaps origin and destination (3.4); imports are swapped back and declined.
    ITEM, ItemWire: "DecList" => GoodsItem {
        "GNo" => line_number,
        "ContrItem" => handbook_line,
        "CodeTS" => commodity_code,
        "CiqCode" => inspection_code,
        "CiqName" => inspection_name,
        "GName" => name,
        "DeclGoodsEname" => name_en,
        "GModel" => specification,
        "ClassMark" => classification_mark,
        "GQty" => quantity,
        "GUnit" => unit,
        "FirstQty" => first_quantity,
        "FirstUnit" => first_unit,
        "SecondQty" => second_quantity,
        "SecondUnit" => second_unit,
        "Factor" => unit_factor,
        "DeclPrice" => unit_price,
        "DeclTotal" => total_price,
        "TradeCurr" => currency,
        "OriginCountry" => destination_country,
        "DestinationCountry" => origin_country,
        "OrigPlaceCode" => origin_region,
        "RcepOrigPlaceCode" => preferential_origin,
        "DistrictCode" => source_district,
        "DestCode" => division,
        "DutyMode" => duty_mode,
        "UseTo" => use_code,
        "Purpose" => purpose,
        "GoodsAttr" => attributes,
        "ExgNo" => finished_goods_number,
        "ExgVersion" => finished_goods_version,
        "WorkUsd" => processing_fee,
        "Stuff" => materials,
        "GoodsSpec" => inspection_specification,
        "GoodsModel" => model,
        "GoodsBrand" => brand,
        "ProduceDate" => production_dates,
        "ProdBatchNo" => production_batch,
        "ProdValidDt" => valid_until,
        "ProdQgp" => shelf_life,
        "MnufctrRegNo" => producer_registration,
        "MnufctrRegName" => producer_name,
        "EngManEntCnm" => overseas_producer_name,
        "Uncode" => un_number,
        "DangName" => dangerous_name,
        "DangPackType" => dangerous_packaging_class,
        "DangPackSpec" => dangerous_packaging_specification,
        "NoDangFlag" => not_dangerous_flag,
        "ControlExplainCode" => control_code,
    } unread {
        "DecGoodsLimits": "a wrapper; empty when there is no licence",
    }

    /// Licence of a goods line.
    GOODS_LICENCE, GoodsLicenceWire: "DecGoodsLimit" => GoodsLicence {
        "GoodsNo" => goods_line,
        "LicTypeCode" => type_code,
        "LicenceNo" => number,
        "LicWrtofDetailNo" => write_off_detail,
        "LicWrtofQty" => write_off_quantity,
        "LicWrtofQtyUnit" => write_off_unit,
    } unread {
        "DecGoodsLimitVin": "vehicle data, not goods of this channel",
        "DecGoodsLimitVins": "vehicle data, not goods of this channel",
    }

    /// Container.
    CONTAINER, ContainerWire: "Container" => Container {
        "ContainerId" => number,
        "ContainerMd" => size_type,
        "GoodsNo" => goods_lines,
        "LclFlag" => consolidated_flag,
        "GoodsContaWt" => goods_weight_kg,
        "ContainerWt" => tare_kg,
    } unread {}

    /// Licence document.
    LICENCE, LicenceWire: "LicenseDocu" => LicenceDocument {
        "DocuCode" => code,
        "CertCode" => number,
    } unread {}

    /// Certificate asked of inspection.
    REQUESTED, RequestedWire: "DecRequestCert" => RequestedCertificate {
        "AppCertCode" => code,
        "ApplOri" => originals,
        "ApplCopyQuan" => copies,
    } unread {}

    /// Packaging beside that in the head.
    PACKAGING, PackagingWire: "DecOtherPack" => OtherPackaging {
        "PackQty" => quantity,
        "PackType" => kind,
    } unread {}

    /// Qualification of the firm.
    QUALIFICATION, QualificationWire: "DecCopLimit" => FirmQualification {
        "EntQualifNo" => number,
        "EntQualifTypeCode" => type_code,
    } unread {}

    /// Picture of the marks.
    PICTURE, PictureWire: "DecMarkLob" => MarkPicture {
        "AttachName" => name,
        "AttachType" => file_type,
    } unread {
        "Attachment": "bytes of a picture: kept and hashed with the raw input, never opened",
    }

    /// Free fields.
    FREE_TEXT, FreeTextWire: "DecFreeTxt" => FreeText {
        "BonNo" => warehouse,
        "CusFie" => yard,
        "DecBpNo" => declarant_contact,
        "DecNo" => declaring_person_number,
        "RelId" => related_entry,
        "RelManNo" => related_filing,
        "VoyNo" => voyage,
    } unread {}

    /// Operation and signature.
    SIGNATURE, SignatureWire: "DecSign" => Signature {
        "OperType" => operation,
        "ClientSeqNo" => client_number,
        "SignDate" => signed_at,
        "CopCode" => firm_code,
        "DomainId" => signer_class,
        "Note" => remark,
        "BillSeqNo" => bonded_list_number,
        "ICCode" => operator_card,
        "OperName" => operator_name,
        "Certificate" => operator_certificate,
    } unread {
        "Sign": "which bytes are signed is not published: the value is kept with the raw input",
        "HostId": "abandoned by the interface",
    }

    /// Promise.
    PROMISE, PromiseWire: "DecCopPromise" => Promise {
        "DeclaratioMaterialCode" => material_code,
    } unread {}

    /// Electronic document.
    ELECTRONIC_DOCUMENT, ElectronicDocumentWire: "EdocRealation" => ElectronicDocument {
        "EdocID" => id,
        "EdocCode" => type_code,
        "EdocFomatType" => format,
        "OpNote" => note,
        "EdocCopId" => firm_file_name,
        "EdocOwnerCode" => owner_customs_code,
        "SignUnit" => signing_unit,
        "SignTime" => signed_at,
        "EdocOwnerName" => owner_name,
        "EdocSize" => size_bytes,
        "GNoStr" => goods_lines,
    } unread {}

    /// Origin document mapped to a goods line.
    ORIGIN_MAPPING, OriginMappingWire: "EcoRelation" => OriginMapping {
        "CertType" => document_type,
        "DecGNo" => goods_line,
        "EcoCertNo" => document_number,
        "EcoGNo" => document_line,
        "ExtendFiled" => extension,
    } unread {}
}
