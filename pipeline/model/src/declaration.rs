//! The export goods declaration as filed (报关单), in the words of the trade.
//!
//! The wire names and their misspellings stay in `formats`; single-window.md section 3 is the field list.
//! Country of origin and destination mean what they say here: a format that swaps them on export swaps them back.

use crate::documents::{
    ElectronicDocument, FirmQualification, FreeText, GoodsLicence, LicenceDocument, MarkPicture,
    OriginMapping, OtherPackaging, Promise, RequestedCertificate, Signature,
};
use crate::particulars::{
    Authorisation, Classification, DutyClaim, Explanation, Guarantee, ItemParticulars, OriginCountry,
    Package, Particulars, PreviousDocument, Procedure, RouteCountry, SupportingDocument,
};
use crate::record;

record! {
    /// Head of a declaration (表头).
    pub struct DeclarationHead {
        /// Declarant's customs registration code, 10 characters.
        agent_customs_code: Text "申报单位代码",
        /// Declarant's name.
        agent_name: Text "申报单位名称",
        /// Declarant's unified social credit code: who files, part of the key (rulings 1).
        agent_unified_code: Text "申报单位统一编码",
        /// Declarant's inspection registration code.
        agent_inspection_code: Text "申报单位检验检疫编码",
        /// Data-entry firm's code.
        entry_firm_code: Text "录入单位代码",
        /// Data-entry firm's name.
        entry_firm_name: Text "录入单位名称",
        /// Data-entry firm's unified social credit code.
        entry_firm_unified_code: Text "录入单位统一编码",
        /// Domestic consignor's customs registration code.
        consignor_customs_code: Text "境内收发货人编号",
        /// Domestic consignor's name.
        consignor_name: Text "境内收发货人名称",
        /// Domestic consignor's name in a foreign language.
        consignor_name_en: Text "境内收发货人名称（外文）",
        /// Domestic consignor's unified social credit code.
        consignor_unified_code: Text "收发货人统一编码",
        /// Domestic consignor's inspection registration code.
        consignor_inspection_code: Text "境内收发货人检验检疫编码",
        /// Producing and selling unit's customs code; `NO` when it has none.
        owner_customs_code: Text "生产销售单位代码",
        /// Producing and selling unit's name.
        owner_name: Text "生产销售单位名称",
        /// Producing and selling unit's unified social credit code.
        owner_unified_code: Text "生产销售单位统一编码",
        /// Producing and selling unit's inspection registration code.
        owner_inspection_code: Text "生产销售单位检验检疫编码",
        /// Overseas consignor's code.
        overseas_consignor_code: Text "境外发货人代码",
        /// Overseas party's name in Chinese.
        overseas_party_name: Text "境外收发货人名称",
        /// Overseas consignor's name in a foreign language.
        overseas_consignor_name_en: Text "境外发货人名称（外文）",
        /// Overseas party's address.
        overseas_party_address: Text "境外收发货人地址",
        /// Overseas consignee's code.
        consignee_code: Text "境外收货人编码",
        /// Overseas consignee's name: the buyer.
        consignee_name: Text "境外收货人名称(外文)",
        /// Customs entry number: 18 digits, empty until customs answers. An alias of the declaration (K1).
        entry_number: Text "海关编号",
        /// Data-centre unified number. An alias of the declaration (K1).
        unified_number: Text "数据中心统一编号",
        /// Pre-entry number.
        pre_entry_number: Text "预录入编号",
        /// Import or export: `I`, `E`.
        direction: Text "进出口标志",
        /// Declaration form type; paperless ones are taken (ruling X1).
        entry_type: Text "报关单类型",
        /// Document kind and filing mode, positional; blank is legal (ruling X3).
        document_kind: Text "单据类型",
        /// Declaration channel flag.
        channel_flag: Text "报关标志",
        /// Ordinary or advance transit.
        transit_relation: Text "报关/转关关系标志",
        /// Bonded-list kind.
        bonded_list_kind: Text "备案清单类型",
        /// Positional extension flags.
        extension_flags: Text "扩展字段",
        /// Positional business-item flags.
        business_items: Text "业务事项",
        /// Positional special-business flags.
        special_business_flags: Text "特种业务标识",
        /// Positional price statements.
        price_statements: Text "价格说明",
        /// Customs office of declaration.
        customs_office: Text "申报地海关",
        /// Customs office of exit.
        exit_office: Text "出境关别",
        /// Port of exit.
        exit_port: Text "离境口岸",
        /// Final port.
        final_port: Text "指运港",
        /// Port of departure.
        departure_port: Text "启运港代码",
        /// Country of shipment's destination.
        destination_country: Text "运抵国",
        /// Country of the counterparty.
        trading_country: Text "贸易国别",
        /// Customs office of destination (import).
        destination_office: Text "目的地海关",
        /// Place where the goods are stored.
        storage_place: Text "存放地点",
        /// Means of transport, by mode.
        transport_mode: Text "运输方式",
        /// Name of the means of transport.
        transport_name: Text "运输工具名称",
        /// Bill of lading or waybill number.
        bill_of_lading: Text "提单号",
        /// Delivery-order number.
        delivery_order: Text "B/L号",
        /// Day of export.
        departure_date: Date "出口日期",
        /// Shipping date.
        shipping_date: Date "启运日期",
        /// Pre-entry date.
        pre_entry_date: Date "打印日期",
        /// Day on which discharge was completed.
        discharge_date: Date "卸毕日期",
        /// Contract number.
        contract_number: Text "合同号",
        /// Licence number.
        licence_number: Text "许可证编号",
        /// Handbook or account number; empty for ordinary trade.
        handbook_number: Text "备案号",
        /// Related document number.
        related_number: Text "关联单据号",
        /// Correlation number.
        correlation_number: Text "关联号码",
        /// Correlation reason.
        correlation_reason: Text "关联理由",
        /// Supervision mode, e.g. 0110 ordinary trade.
        trade_mode: Text "监管方式",
        /// Levy category.
        levy_category: Text "征免性质",
        /// Price term.
        price_term: Text "成交方式",
        /// Freight: rate, unit price or total.
        freight_mark: Text "运费标记",
        /// Freight amount or rate.
        freight_rate: Number "运费／率",
        /// Freight currency.
        freight_currency: Text "运费币制",
        /// Insurance: rate or total.
        insurance_mark: Text "保险费标记",
        /// Insurance amount or rate.
        insurance_rate: Number "保险费／率",
        /// Insurance currency.
        insurance_currency: Text "保险费币制",
        /// Other charges: rate, unit price or total.
        other_mark: Text "杂费标志",
        /// Other charges, amount or rate.
        other_rate: Number "杂费／率",
        /// Other charges' currency.
        other_currency: Text "杂费币制",
        /// Number of packages.
        package_count: Number "件数",
        /// Packaging kind.
        package_kind: Text "包装种类",
        /// No packaging beside that in the head.
        no_other_packaging: Text "无其他包装",
        /// Gross weight, kilograms.
        gross_weight_kg: Number "毛重",
        /// Net weight, kilograms.
        net_weight_kg: Number "净重",
        /// Marks and numbers.
        marks: Text "标记唛码",
        /// Remarks.
        remarks: Text "备注",
        /// Electronic declaration remark.
        channel_remark: Text "EDI申报备注",
        /// Second electronic declaration remark.
        channel_remark_2: Text "EDI申报备注2",
        /// Release on guarantee.
        guarantee_flag: Text "担保验放标志",
        /// Inspection diversion.
        inspection_diversion: Text "查验分流",
        /// Tax administration.
        tax_administration_mark: Text "税收征管标记",
        /// Goods stay in their original container.
        original_container_flag: Text "原集装箱标识",
        /// Data-entry clerk's name.
        entry_clerk: Personal "录入员名称",
        /// Data-entry clerk's card number.
        entry_clerk_card: Personal "录入员IC卡号",
        /// Declaring person's name.
        declaring_person: Personal "申报人员姓名",
        /// Declaring person's identifier.
        declarant_identifier: Personal "申报人标识",
    }
}

record! {
    /// One goods line (表体).
    pub struct GoodsItem {
        /// Line number.
        line_number: Number "商品序号",
        /// Line number in the handbook; bonded goods only.
        handbook_line: Text "备案序号",
        /// Commodity code: HS and national digits, 10 in all.
        commodity_code: Text "商品编号",
        /// Inspection supervision class, or a 13-digit inspection code.
        inspection_code: Text "监管类别名称",
        /// Inspection commodity description.
        inspection_name: Text "检验检疫名称",
        /// Commodity name.
        name: Text "商品名称",
        /// Commodity name in English.
        name_en: Text "商品英文名称",
        /// Specification and model: declared elements joined by `|`.
        specification: Text "商品规格、型号",
        /// Classification mark.
        classification_mark: Text "归类标志",
        /// Quantity sold.
        quantity: Number "成交数量",
        /// Unit of the quantity sold.
        unit: Text "成交计量单位",
        /// Quantity in the first statutory unit.
        first_quantity: Number "第一法定数量",
        /// First statutory unit.
        first_unit: Text "法定单位",
        /// Quantity in the second statutory unit.
        second_quantity: Number "第二法定数量",
        /// Second statutory unit.
        second_unit: Text "第二计量单位",
        /// Declared unit in statutory units.
        unit_factor: Number "比例因子",
        /// Unit price.
        unit_price: Number "申报单价",
        /// Line total.
        total_price: Number "申报总价",
        /// Currency.
        currency: Text "成交币制",
        /// Country of origin.
        origin_country: Text "原产国",
        /// Final destination.
        destination_country: Text "最终目的国（地区）",
        /// Region inside the country of origin.
        origin_region: Text "原产地区代码",
        /// Origin under a preferential agreement.
        preferential_origin: Text "优惠贸易协定项下原产地",
        /// Domestic source place.
        source_district: Text "境内货源地",
        /// Administrative division of origin of the goods.
        division: Text "目的地代码",
        /// Duty collection mode.
        duty_mode: Text "征免方式",
        /// Use.
        use_code: Text "用途/生产厂家",
        /// Inspection purpose.
        purpose: Text "用途代码",
        /// Goods attributes.
        attributes: Text "货物属性代码",
        /// Finished-goods number.
        finished_goods_number: Text "货号",
        /// Finished-goods version.
        finished_goods_version: Text "版本号",
        /// Processing fee.
        processing_fee: Number "工缴费",
        /// Raw materials.
        materials: Text "成份/原料/组份",
        /// Goods specification for inspection.
        inspection_specification: Text "检验检疫货物规格",
        /// Goods model.
        model: Text "货物型号",
        /// Goods brand.
        brand: Text "货物品牌",
        /// Production dates, joined by `;`.
        production_dates: Text "生产日期",
        /// Production batch.
        production_batch: Text "生产批号",
        /// Valid until.
        valid_until: Text "产品有效期",
        /// Shelf life.
        shelf_life: Text "产品保质期",
        /// Producer's registration number: links the line to a registered producer.
        producer_registration: Text "生产单位注册号",
        /// Producer's name.
        producer_name: Text "生产单位名称",
        /// Overseas producer's name.
        overseas_producer_name: Text "境外生产企业名称",
        /// UN number of dangerous goods.
        un_number: Text "UN编码",
        /// Name of dangerous goods.
        dangerous_name: Text "危险货物名称",
        /// Class of dangerous packaging.
        dangerous_packaging_class: Text "危包类别",
        /// Specification of dangerous packaging.
        dangerous_packaging_specification: Text "危包规格",
        /// Not a dangerous chemical.
        not_dangerous_flag: Text "非危险化学品",
        /// Prohibition or restriction code.
        control_code: Text "禁限管制识别码",
    }
}

record! {
    /// One container (集装箱).
    pub struct Container {
        /// Container number.
        number: Text "集装箱号",
        /// Size and type.
        size_type: Text "集装箱规格",
        /// Goods lines it carries, joined by `,`.
        goods_lines: Text "商品项号",
        /// Consolidated box.
        consolidated_flag: Text "拼箱标识",
        /// Weight of the goods in it, kilograms.
        goods_weight_kg: Number "箱货重量",
        /// Tare, kilograms.
        tare_kg: Number "自重",
    }
}

/// A declaration with all its rows, as a rule sees it.
#[derive(Clone, Copy, Debug)]
pub struct Declaration<'c> {
    /// Head.
    pub head: &'c DeclarationHead<'c>,
    /// Operation and signature.
    pub signature: &'c Signature<'c>,
    /// Free fields.
    pub free_text: &'c FreeText<'c>,
    /// Goods lines.
    pub items: &'c [GoodsItem<'c>],
    /// Containers.
    pub containers: &'c [Container<'c>],
    /// Licence documents by one-letter code.
    pub licences: &'c [LicenceDocument<'c>],
    /// Licences of single goods lines.
    pub goods_licences: &'c [GoodsLicence<'c>],
    /// Certificates asked of inspection.
    pub requested_certificates: &'c [RequestedCertificate<'c>],
    /// Packaging beside that in the head.
    pub other_packaging: &'c [OtherPackaging<'c>],
    /// Qualifications of the firm.
    pub qualifications: &'c [FirmQualification<'c>],
    /// Pictures of the marks.
    pub mark_pictures: &'c [MarkPicture<'c>],
    /// Statements the firm promises by.
    pub promises: &'c [Promise<'c>],
    /// Electronic documents.
    pub electronic_documents: &'c [ElectronicDocument<'c>],
    /// Origin documents mapped to goods lines.
    pub origin_mappings: &'c [OriginMapping<'c>],
    /// What stands once in a declaration after the WCO data model; no row in others.
    pub particulars: &'c [Particulars<'c>],
    /// What stands once in its goods lines; as many rows as those, in their order.
    pub item_particulars: &'c [ItemParticulars<'c>],
    /// Classes of goods.
    pub classifications: &'c [Classification<'c>],
    /// Countries of origin.
    pub origin_countries: &'c [OriginCountry<'c>],
    /// Procedures.
    pub procedures: &'c [Procedure<'c>],
    /// Packages.
    pub packages: &'c [Package<'c>],
    /// Documents produced.
    pub supporting_documents: &'c [SupportingDocument<'c>],
    /// Explanations.
    pub explanations: &'c [Explanation<'c>],
    /// Documents the goods came under before.
    pub previous_documents: &'c [PreviousDocument<'c>],
    /// Authorisations.
    pub authorisations: &'c [Authorisation<'c>],
    /// Guarantees.
    pub guarantees: &'c [Guarantee<'c>],
    /// Duties, preferences and quotas.
    pub duty_claims: &'c [DutyClaim<'c>],
    /// Countries on the way.
    pub route_countries: &'c [RouteCountry<'c>],
}

impl<'c> Declaration<'c> {
    /// What stands once in a declaration after the WCO data model.
    pub fn particulars(&self) -> Option<&'c Particulars<'c>> {
        self.particulars.first()
    }

    /// Goods lines with what stands once in them after the WCO data model.
    pub fn lines(&self) -> impl Iterator<Item = (&'c GoodsItem<'c>, &'c ItemParticulars<'c>)> + use<'c> {
        self.items.iter().zip(self.item_particulars)
    }
}
