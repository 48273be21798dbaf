//! The wire names of an inspection application (single-window.md 6.1 to 6.4) and the canonical fields they fill.
//!
//! Where the two dialects differ, the name of the Single Window's stands first and that of the transport copies under
//! `also`.

use crate::wire;
use crate::xml::row::RowMap;
use model::inspection::{
    InspectionContainer, InspectionFiling, InspectionGoods, InspectionGoodsContainer, InspectionHead,
    InspectionLicence, InspectionPacking, InspectionPaper, InspectionQualification,
};

/// All rows.
pub(super) static ROWS: &[&RowMap] = &[
    &FILING,
    &ENVELOPE,
    &HEAD,
    &GOODS,
    &PACKING,
    &GOODS_CONTAINER,
    &LICENCE,
    &CONTAINER,
    &CONTAINER_DETAIL,
    &PAPER,
    &QUALIFICATION,
];

wire! {
    /// Around the application: only the Single Window's dialect says it.
    FILING, FilingWire: "EEntDeclIo" => InspectionFiling {
        "operType" => operation,
        "CopNo" => firm_number,
        "DeclRegScc" => declarant_unified_code,
        "consignorScc" => consignor_unified_code,
        "vsaOrgCode" => certificate_office,
        "OrigBoxFlag" => original_container,
    } unread {}

    /// The envelope of the older regional wrapper.
    ENVELOPE, EnvelopeWire: "MessageHead" => InspectionFiling {
        "MESSAGE_TYPE" => message_kind,
    } unread {
        "MESSAGE_ID": "a number of the transport",
        "MESSAGE_TIME": "when it was sent: the day of application is in the head",
        "MESSAGE_SOURCE": "a node of the transport",
        "MESSAGE_DEST": "a node of the transport",
        "MESSAGE_CATEGORY": "push or pull: the same application",
        "MESSAGE_VERSION": "version of the envelope",
        "TECH_REG_CODE": "organisation code, which is also in the head",
        "RECEIVED_MODE": "a setting of the transport",
        "MESSAGE_SIGN_DATA": "signature: not verified",
    }

    /// Head.
    HEAD, HeadWire: "ITF_DCL_IO_DECL" => InspectionHead {
        "EntDeclNo" => number,
        "EntUuid" => uuid,
        "DeclId" => id,
        "DeclCode" => class,
        "AplKind" => direction,
        "DeclDate" => declared_on,
        "DeclRegNo" => declarant_number,
        "DeclRegName" => declarant_name,
        "DeclPersnCertNo" => declaring_person_number,
        "DeclPersonName" => declaring_person,
        "Contactperson" => contact_person,
        "ContTel" => contact_phone,
        "OrgCode" => accepting_office,
        "InspOrgCode" => port_office,
        "PurpOrgCode" => destination_office,
        "VsaOrgCode" => certificate_office,
        "ConsignorCode" => consignor_code,
        "ConsignorCname" => consignor_name,
        "ConsignorEname" => consignor_name_en,
        "ConsignorAddr" => consignor_address,
        "ConsigneeCode" => consignee_code,
        "ConsigneeCname" => consignee_name,
        "ConsigneeEname" => consignee_name_en,
        "ConsigneeAddr" => consignee_address,
        "TradeModeCode" => trade_mode,
        "ContractNo" => contract_number,
        "MarkNo" => marks,
        "CiqTradeCountryCode" => trading_country,
        "CiqDespCtryCode" => departure_country,
        "CiqTrafMode" => transport_mode,
        "TrafName" => transport_name,
        "CusVoyageNo" => transport_number,
        "DespPortCode" => departure_port,
        "PortStopCode" => stop_port,
        "CiqEntyPortCode" => entry_port,
        "ArrivPortCode" => arrival_port,
        "GoodsPlace" => storage_place,
        "CiqDestCode" => destination,
        "BillNo" => bill_of_lading,
        "SplitBillLadNo" => split_bill,
        "DeliveryOrder" => delivery_order,
        "GdsArvlDate" => arrival_date,
        "DespDate" => departure_date,
        "CmplDschrgDt" => discharge_date,
        "CounterClaim" => claims_until,
        "SpecDeclFlag" => special_business,
        "SpecPassFlag" => special_passage,
        "SpeclInspQuraRe" => special_requirement,
        "CorrelationDeclNo" => related_number,
        "CorrelationReasonFlag" => related_reason,
        "AppCertCode" => certificate_codes,
        "AppCertName" => certificate_names,
        "ApplOri" => certificate_originals,
        "ApplCopyQuan" => certificate_copies,
        "AttaCollectName" => attached_papers,
        "CustmRegNo" => customs_registration,
        "CustomMaster" => customs_office,
        "TotalValUs" => total_usd,
        "TotalValCn" => total_cny,
        "ContCancelFlag" => containers_cancelled,
        "SituationCode" => situation,
        "SituationLevel" => situation_level,
        "OrigBoxFlag" => original_container,
        "SoftType" => software,
        "techRegCode" => organisation_code,
        "IsCopPromise" => promise,
    } also {
        "TradeCountryCode" => trading_country,
        "DespCtryCode" => departure_country,
        "TransModeCode" => transport_mode,
        "ConvynceName" => transport_name,
        "TransMeanNo" => transport_number,
        "EntyPortCode" => entry_port,
        "DestCode" => destination,
        "BillLadNo" => bill_of_lading,
        "DeclCustm" => customs_office,
    } unread {
        "spare1": "account and password of the channel: never read, never told",
        "spare2": "account and password of the channel: never read, never told",
        "spare3": "account and password of the channel: never read, never told",
        "spare4": "account and password of the channel: never read, never told",
    }

    /// Line.
    GOODS, GoodsWire: "ITF_DCL_IO_DECL_GOODS" => InspectionGoods {
        "GoodsId" => id,
        "GoodsNo" => line_number,
        "ProdHsCode" => commodity_code,
        "HsCodeDesc" => commodity_description,
        "CiqCode" => inspection_code,
        "CiqName" => inspection_name,
        "InspType" => inspection_kind,
        "DeclGoodsCname" => name,
        "DeclGoodsEname" => name_en,
        "GoodsSpec" => specification,
        "GoodsModel" => model,
        "GoodsBrand" => brand,
        "CiqOriginCountry" => origin_country,
        "OrigPlaceCode" => origin_place,
        "CiqQty" => quantity,
        "CiqQtyMeasUnit" => unit,
        "CiqWeight" => weight,
        "CiqWtMeasUnit" => weight_unit,
        "Qty1" => standard_quantity,
        "Unit1" => standard_unit,
        "StdWeight" => standard_weight,
        "StdWeightUnitCode" => standard_weight_unit,
        "StdUnitTypeCode" => standard_unit_kind,
        "PricePerUnit" => unit_price,
        "GoodsTotalVal" => total,
        "CiqCurr" => currency,
        "Purpose" => purpose,
        "GoodsAttr" => attributes,
        "MnufctrRegNo" => producer_number,
        "MnufctrRegName" => producer_name,
        "ProduceDate" => produced_on,
        "ProdBatchNo" => batches,
        "ProdValidDt" => valid_until,
        "ProdQgp" => shelf_life,
        "Stuff" => ingredients,
        "UnCode" => un_number,
        "DangName" => dangerous_name,
        "PackType" => dangerous_packing,
        "PackSpec" => dangerous_packing_specification,
        "NoDangerFlag" => not_dangerous,
        "EngManEntCnm" => foreign_producer,
        "SupvDmd" => supervision_demand,
    } also {
        "OriCtryCode" => origin_country,
        "Qty" => quantity,
        "QtyMeasUnit" => unit,
        "Weight" => weight,
        "WtMeasUnit" => weight_unit,
        "StdQty" => standard_quantity,
        "StdQtyUnitCode" => standard_unit,
        "Currency" => currency,
        "NoDangFlag" => not_dangerous,
    } unread {
        "By1": "spare field: its meaning is not known",
        "By2": "spare field: its meaning is not known",
    }

    /// Packing of a line.
    PACKING, PackingWire: "ITF_DCL_IO_DECL_GOODS_PACK" => InspectionPacking {
        "PackId" => id,
        "PackTypeCode" => kind,
        "PackCatgName" => category,
        "PackTypeShort" => kind_short,
        "PackQty" => quantity,
        "IsMainPack" => is_main,
        "PackLenth" => length,
        "PackHigh" => height,
        "PackWide" => width,
        "MatType" => material,
        "ProcFactory" => maker,
    } unread {}

    /// What of a line is in which container.
    GOODS_CONTAINER, GoodsContainerWire: "ITF_DCL_IO_DECL_GOODS_CONT" => InspectionGoodsContainer {
        "GoodsContId" => id,
        "ContCode" => container,
        "ProdHsCode" => commodity_code,
        "Qty" => quantity,
        "QtyMeasUnit" => unit,
        "Weight" => weight,
        "WtUnitCode" => weight_unit,
        "StdMeasUnit" => standard_unit,
        "StdMeasUnitQyt" => standard_quantity,
        "TransMeansType" => transport_kind,
    } unread {}

    /// Licence of a line.
    LICENCE, LicenceWire: "ITF_DCL_IO_DECL_GOODS_LIMIT" => InspectionLicence {
        "LimitId" => id,
        "LicTypeCode" => type_code,
        "LicenceNo" => number,
        "LicName" => name,
        "LicWrtofDetailNo" => write_off_detail,
        "LicWrtofQty" => write_off_quantity,
        "LicDetailLeft" => detail_left,
        "LicWrtofLeft" => left,
    } unread {}

    /// Containers of one size.
    CONTAINER, ContainerWire: "ITF_DCL_IO_DECL_CONT" => InspectionContainer {
        "ContId" => id,
        "CntnrModeCode" => size_type,
        "ContainerQty" => quantity,
        "LclFlag" => lcl,
        "ContNo" => number,
        "SeqNo" => position,
    } unread {}

    /// One of them: where which element stands is not settled, so both take all.
    CONTAINER_DETAIL, ContainerDetailWire: "ITF_DCL_IO_DECL_CONT_DETAIL" => InspectionContainer {
        "ContId" => id,
        "CntnrModeCode" => size_type,
        "ContainerQty" => quantity,
        "LclFlag" => lcl,
        "ContNo" => number,
        "SeqNo" => position,
    } unread {}

    /// Attached document.
    PAPER, PaperWire: "ITF_DCL_IO_DECL_ATT" => InspectionPaper {
        "AttId" => id,
        "EntDeclNo" => application_number,
        "AttDocTypeCode" => type_code,
        "AttDocNo" => number,
        "AttDocName" => name,
        "AttDocWrtofDetailNo" => write_off_detail,
        "AttDocWrtofQty" => write_off_quantity,
        "AttDocDetailLeft" => detail_left,
        "AttDocWrtofLeft" => left,
    } unread {}

    /// Qualification of the firm.
    QUALIFICATION, QualificationWire: "ITF_DCL_IO_DECL_LIMIT" => InspectionQualification {
        "DeclLimitId" => id,
        "EntQualifTypeCode" => type_code,
        "EntQualifNo" => number,
        "EntQualifName" => name,
        "EntOrgCode" => firm_code,
        "EntName" => firm_name,
    } unread {}
}
