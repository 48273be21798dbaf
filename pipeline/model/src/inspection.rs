//! The inspection application (检验检疫申请, 报检单), single-window.md section 6.

use crate::record;

record! {
    /// Who files, as the Single Window says it around the application.
    pub struct InspectionFiling {
        /// What is asked: G saves a draft.
        operation: Text "操作类型",
        /// Firm's own number.
        firm_number: Text "企业内部编号",
        /// Declaring unit's unified code: the declarant of the key (rulings 1).
        declarant_unified_code: Text "报检单位统一编码",
        /// Consignor's unified code.
        consignor_unified_code: Text "发货人统一编码",
        /// Office that issues the certificates.
        certificate_office: Text "领证机关",
        /// Goods stay in their container.
        original_container: Text "原集装箱标识",
        /// Kind of message, where an envelope says it.
        message_kind: Text "报文类型",
    }
}

record! {
    /// Head of an inspection application.
    pub struct InspectionHead {
        /// Firm's number of the application: part of the key.
        number: Text "企业报检编号",
        /// Technical id.
        uuid: Text "企业唯一编号",
        /// Number within the sender's system.
        id: Text "申请单主键",
        /// Class of the application: pre-inspection, inspection, check at the port, verification.
        class: Text "报检类别",
        /// Entry or exit: I, E.
        direction: Text "出入境标志",
        /// Day of application.
        declared_on: Date "报检日期",
        /// Declaring unit's registration number: the declarant where no unified code is filed.
        declarant_number: Text "报检单位注册号",
        /// Declaring unit's name.
        declarant_name: Text "报检单位名称",
        /// Declaring person's certificate number.
        declaring_person_number: Personal "报检员证号",
        /// Declaring person's name.
        declaring_person: Personal "报检员姓名",
        /// Contact person.
        contact_person: Personal "联系人",
        /// Contact phone.
        contact_phone: Personal "联系电话",
        /// Office applied to.
        accepting_office: Text "报检受理机关",
        /// Office at the port.
        port_office: Text "口岸机关",
        /// Office of destination.
        destination_office: Text "目的机关",
        /// Office that issues the certificates.
        certificate_office: Text "领证机关",
        /// Consignor's code.
        consignor_code: Text "发货人代码",
        /// Consignor's name.
        consignor_name: Text "发货人名称",
        /// Consignor's name in a foreign language.
        consignor_name_en: Text "发货人名称（外文）",
        /// Consignor's address.
        consignor_address: Text "发货人地址",
        /// Consignee's code.
        consignee_code: Text "收货人代码",
        /// Consignee's name.
        consignee_name: Text "收货人名称",
        /// Consignee's name in a foreign language.
        consignee_name_en: Text "收货人名称（外文）",
        /// Consignee's address.
        consignee_address: Text "收货人地址",
        /// Trade mode, in inspection's own list.
        trade_mode: Text "贸易方式代码",
        /// Contract number.
        contract_number: Text "合同号",
        /// Marks.
        marks: Text "标记号码",
        /// Trading country.
        trading_country: Text "贸易国别代码",
        /// Country of departure.
        departure_country: Text "启运国家代码",
        /// Transport mode.
        transport_mode: Text "运输方式代码",
        /// Means of transport.
        transport_name: Text "运输工具名称",
        /// Number of the means of transport.
        transport_number: Text "运输工具号码",
        /// Port of departure.
        departure_port: Text "启运口岸代码",
        /// Port called at.
        stop_port: Text "经停口岸代码",
        /// Port of entry.
        entry_port: Text "入境口岸代码",
        /// Port of arrival.
        arrival_port: Text "到达口岸代码",
        /// Where the goods are.
        storage_place: Text "存放地点",
        /// Destination.
        destination: Text "目的地代码",
        /// Bill of lading or waybill.
        bill_of_lading: Text "提/运单号",
        /// Split bill of lading.
        split_bill: Text "分提/运单号",
        /// Delivery order.
        delivery_order: Text "提货单号",
        /// Arrival of the goods.
        arrival_date: Date "到货日期",
        /// Departure.
        departure_date: Date "启运日期",
        /// Discharge completed.
        discharge_date: Date "卸毕日期",
        /// Until when claims can be made.
        claims_until: Text "索赔有效期",
        /// Special business, by position.
        special_business: Text "特殊业务标识",
        /// Special passage, by position.
        special_passage: Text "特殊通关模式",
        /// Special requirement.
        special_requirement: Text "特殊检验检疫要求",
        /// Related application.
        related_number: Text "关联报检号",
        /// Why it is related.
        related_reason: Text "关联理由",
        /// Certificates asked for.
        certificate_codes: Text "申请单证代码",
        /// Their names.
        certificate_names: Text "申请单证名称",
        /// Their originals.
        certificate_originals: Text "申请单证正本数",
        /// Their copies.
        certificate_copies: Text "申请单证副本数",
        /// Names of attached papers, joined by commas.
        attached_papers: Text "随附单据名称",
        /// Customs registration number.
        customs_registration: Text "海关注册号",
        /// Customs office.
        customs_office: Text "申报海关",
        /// Total in US dollars.
        total_usd: Number "货物总值（美元）",
        /// Total in yuan.
        total_cny: Number "货物总值（人民币）",
        /// Containers taken off.
        containers_cancelled: Text "集装箱取消标志",
        /// Epidemic situation.
        situation: Text "疫情代码",
        /// Its level.
        situation_level: Text "疫情级别",
        /// Goods stay in their container.
        original_container: Text "原集装箱标识",
        /// Kind of software.
        software: Text "软件类型",
        /// Organisation code of the declaring unit.
        organisation_code: Text "组织机构代码",
        /// The firm gives its promise.
        promise: Text "企业承诺",
    }
}

record! {
    /// A goods line (货物).
    pub struct InspectionGoods {
        /// Number within the sender's system.
        id: Text "货物主键",
        /// Goods line.
        line_number: Text "货物序号",
        /// Commodity code.
        commodity_code: Text "HS编码",
        /// What the code stands for.
        commodity_description: Text "HS编码描述",
        /// Inspection code.
        inspection_code: Text "检验检疫编码",
        /// Inspection name.
        inspection_name: Text "检验检疫名称",
        /// Kind of inspection.
        inspection_kind: Text "检验类别",
        /// Name.
        name: Text "货物名称",
        /// English name.
        name_en: Text "货物英文名称",
        /// Specification.
        specification: Text "货物规格",
        /// Model.
        model: Text "货物型号",
        /// Brand.
        brand: Text "货物品牌",
        /// Country of origin.
        origin_country: Text "原产国代码",
        /// Region of origin.
        origin_place: Text "原产地区代码",
        /// Quantity.
        quantity: Number "数量",
        /// Its unit.
        unit: Text "数量计量单位",
        /// Weight.
        weight: Number "重量",
        /// Its unit.
        weight_unit: Text "重量计量单位",
        /// Statutory quantity.
        standard_quantity: Number "标准数量",
        /// Its unit.
        standard_unit: Text "标准数量计量单位",
        /// Statutory weight.
        standard_weight: Number "标准重量",
        /// Its unit.
        standard_weight_unit: Text "标准重量计量单位",
        /// Kind of the statutory unit.
        standard_unit_kind: Text "标准计量单位类别",
        /// Unit price.
        unit_price: Number "单价",
        /// Total.
        total: Number "货物总值",
        /// Currency.
        currency: Text "币种代码",
        /// Purpose.
        purpose: Text "用途代码",
        /// Goods attributes.
        attributes: Text "货物属性代码",
        /// Producer's registration number.
        producer_number: Text "生产单位注册号",
        /// Producer's name.
        producer_name: Text "生产单位名称",
        /// Days of production.
        produced_on: Text "生产日期",
        /// Batches.
        batches: Text "生产批号",
        /// Valid until.
        valid_until: Text "产品有效期",
        /// Shelf life.
        shelf_life: Text "产品保质期",
        /// Ingredients.
        ingredients: Text "成份/原料",
        /// UN number.
        un_number: Text "UN编码",
        /// Name as dangerous goods.
        dangerous_name: Text "危险货物名称",
        /// Dangerous packing: class.
        dangerous_packing: Text "危包类别",
        /// Dangerous packing: specification.
        dangerous_packing_specification: Text "危包规格",
        /// No dangerous chemical.
        not_dangerous: Text "非危险化学品",
        /// Producer abroad.
        foreign_producer: Text "境外生产企业名称",
        /// What is asked of supervision.
        supervision_demand: Text "监管要求",
    }
}

record! {
    /// The packing of a goods line (包装).
    pub struct InspectionPacking {
        /// Number within the sender's system.
        id: Text "包装主键",
        /// Kind.
        kind: Text "包装种类代码",
        /// Name of the kind.
        category: Text "包装种类名称",
        /// Short name of the kind.
        kind_short: Text "包装种类简称",
        /// Packages.
        quantity: Number "包装件数",
        /// The main packing: 1.
        is_main: Text "主要包装标志",
        /// Length.
        length: Text "包装长",
        /// Height.
        height: Text "包装高",
        /// Width.
        width: Text "包装宽",
        /// Material.
        material: Text "包装材料",
        /// Maker of the packing.
        maker: Text "包装加工厂",
    }
}

record! {
    /// What of a goods line is in which container (货物集装箱).
    pub struct InspectionGoodsContainer {
        /// Number within the sender's system.
        id: Text "货物集装箱主键",
        /// Container.
        container: Text "集装箱代码",
        /// Commodity code.
        commodity_code: Text "HS编码",
        /// Quantity.
        quantity: Number "数量",
        /// Its unit.
        unit: Text "数量计量单位",
        /// Weight.
        weight: Number "重量",
        /// Its unit.
        weight_unit: Text "重量计量单位",
        /// Statutory unit.
        standard_unit: Text "标准计量单位",
        /// Statutory quantity.
        standard_quantity: Number "标准计量单位数量",
        /// Kind of the means of transport.
        transport_kind: Text "运输工具类型",
    }
}

record! {
    /// A licence of a goods line (许可证).
    pub struct InspectionLicence {
        /// Number within the sender's system.
        id: Text "许可证主键",
        /// Type.
        type_code: Text "许可证类别代码",
        /// Number.
        number: Text "许可证编号",
        /// Name.
        name: Text "许可证名称",
        /// Write-off detail.
        write_off_detail: Text "核销明细序号",
        /// Quantity written off.
        write_off_quantity: Number "核销数量",
        /// Left of the detail.
        detail_left: Number "明细余量",
        /// Left.
        left: Number "核销后余量",
    }
}

record! {
    /// A container, or several of one size (集装箱).
    pub struct InspectionContainer {
        /// Number within the sender's system.
        id: Text "集装箱主键",
        /// Size and type.
        size_type: Text "集装箱规格代码",
        /// How many.
        quantity: Number "集装箱数量",
        /// Consolidated.
        lcl: Text "拼箱标识",
        /// Container number.
        number: Text "集装箱号码",
        /// Position.
        position: Text "序号",
    }
}

record! {
    /// An attached document (随附单据).
    pub struct InspectionPaper {
        /// Number within the sender's system.
        id: Text "随附单据主键",
        /// Firm's number of the application.
        application_number: Text "企业报检编号",
        /// Document type, 6 digits: 101039 is the entrustment letter.
        type_code: Text "随附单据类别代码",
        /// Number.
        number: Text "随附单据编号",
        /// Name.
        name: Text "随附单据名称",
        /// Write-off detail.
        write_off_detail: Text "核销明细序号",
        /// Quantity written off.
        write_off_quantity: Number "核销数量",
        /// Left of the detail.
        detail_left: Number "明细余量",
        /// Left.
        left: Number "核销后余量",
    }
}

record! {
    /// A qualification of the firm (企业资质).
    pub struct InspectionQualification {
        /// Number within the sender's system.
        id: Text "企业资质主键",
        /// Type.
        type_code: Text "企业资质类别代码",
        /// Number.
        number: Text "企业资质编号",
        /// Name.
        name: Text "企业资质名称",
        /// Organisation code of the firm.
        firm_code: Text "企业组织机构代码",
        /// Name of the firm.
        firm_name: Text "企业名称",
    }
}

/// An inspection application with all its rows, as a rule sees it.
#[derive(Clone, Copy, Debug)]
pub struct Inspection<'c> {
    /// Who files.
    pub filing: &'c InspectionFiling<'c>,
    /// Head.
    pub head: &'c InspectionHead<'c>,
    /// Goods lines.
    pub goods: &'c [InspectionGoods<'c>],
    /// Packing of goods lines.
    pub packing: &'c [InspectionPacking<'c>],
    /// What is in which container.
    pub goods_containers: &'c [InspectionGoodsContainer<'c>],
    /// Licences of goods lines.
    pub licences: &'c [InspectionLicence<'c>],
    /// Containers.
    pub containers: &'c [InspectionContainer<'c>],
    /// Attached documents.
    pub papers: &'c [InspectionPaper<'c>],
    /// Qualifications of the firm.
    pub qualifications: &'c [InspectionQualification<'c>],
}
