//! The certificate of origin as applied for (原产地证), single-window.md section 5.

use crate::record;

record! {
    /// Head of a certificate.
    pub struct CertificateHead {
        /// Certificate number: part of the key (rulings 1).
        number: Text "原产地证编号",
        /// Save or apply.
        application_kind: Text "申请类型",
        /// New, changed, re-issued.
        status: Text "证书类别",
        /// Type: one or two letters, single-window.md 5.4.
        form: Text "证书类型",
        /// Firm number.
        firm_number: Text "企业编号",
        /// Exporter's code: the declarant of the key (rulings 1).
        exporter_code: Text "出口商代码",
        /// Data-entry firm's code: the declarant where the exporter's is absent.
        applicant_firm_code: Text "录入企业代码",
        /// Firm name.
        firm_name: Text "企业名称",
        /// Applicant's name.
        applicant_name: Personal "申报员姓名",
        /// Applicant's identity number.
        applicant_identity: Personal "身份证号",
        /// Applicant's phone.
        applicant_phone: Personal "电话",
        /// Issuing office.
        issuing_office: Text "签证机构",
        /// Pick-up office.
        pickup_office: Text "领证机构代码",
        /// Place of application.
        application_place: Text "申请地址",
        /// Invoice date.
        invoice_date: Date "发票日期",
        /// Invoice number.
        invoice_number: Text "发票号",
        /// Application date.
        application_date: Date "申请日期",
        /// Importing country in English.
        destination_country: Text "进口国",
        /// Importing country's code.
        destination_country_code: Text "进口国代码",
        /// Importing country in Chinese.
        destination_country_name: Text "进口国中文名",
        /// Exporter: name and address.
        exporter: Text "出口商",
        /// Consignee: name and address.
        consignee: Text "收货人",
        /// Special clause in the goods box.
        goods_clause: Text "特殊条款",
        /// Marks.
        marks: Text "唛头",
        /// Port of loading.
        load_port: Text "启运港",
        /// Port of discharge.
        discharge_port: Text "卸货港",
        /// Means of transport.
        transport_means: Text "运输方式",
        /// Vessel and voyage.
        transport_name: Text "船名航次",
        /// Transit country's code.
        transit_country_code: Text "中转国",
        /// Transit country.
        transit_country_name: Text "中转国名称",
        /// Port of transhipment.
        transit_port: Text "转运港",
        /// Port of destination.
        destination_port: Text "目的港",
        /// Route.
        route: Text "运输细节",
        /// Shipping date.
        departure_date: Date "出运日期",
        /// Trade mode of the certificate, 5.6; not the customs list.
        trade_mode: Text "贸易方式代码",
        /// FOB value.
        fob_value: Number "FOB值",
        /// Total amount.
        total_amount: Number "总金额",
        /// Note on the application.
        application_note: Text "申请书备注",
        /// Contract.
        contract_number: Text "合同号",
        /// Letter of credit.
        letter_of_credit: Text "信用证号",
        /// Special invoice clauses.
        invoice_clauses: Text "发票条款",
        /// Price term.
        price_term: Text "价格条款",
        /// Currency.
        currency: Text "币制",
        /// Remark printed on the certificate.
        remark: Text "证书备注",
        /// Producer kept confidential.
        producer_confidential: Text "生产商保密",
        /// Exhibition.
        exhibition_flag: Text "是否展览",
        /// Third-party invoice.
        third_party_invoice_flag: Text "第三方发票",
        /// Exporter's phone.
        exporter_phone: Personal "出口商电话",
        /// Exporter's fax.
        exporter_fax: Personal "出口商传真",
        /// Exporter's mail.
        exporter_mail: Personal "出口商邮箱",
        /// Consignee's phone.
        consignee_phone: Personal "收货人电话",
        /// Consignee's fax.
        consignee_fax: Personal "收货人传真",
        /// Consignee's mail.
        consignee_mail: Personal "收货人邮箱",
        /// Departure is expected.
        predicted_flag: Text "预计离港",
        /// Export declaration date.
        declaration_date: Date "出口报关日期",
        /// Country of origin's code.
        origin_country_code: Text "原产国代码",
        /// Country of origin.
        origin_country: Text "原产国",
        /// Valid-from date: the day of issue (ruling D4).
        issue_date: Date "签发有效日期",
        /// Firm's contact.
        firm_contact: Personal "企业联系人",
        /// Firm's phone.
        firm_phone: Personal "企业电话",
        /// Producer.
        producer: Text "生产商描述",
        /// Processing and assembly.
        assembly_process: Text "加工装配工序",
        /// Customs entry number: the link to the declaration.
        entry_number: Text "报关单号",
        /// The firm's promise.
        promise: Text "企业承诺",
        /// What the issuer says of it, where it says so in the message itself.
        approval: Text "签发状态",
    }
}

record! {
    /// One line of a certificate.
    pub struct CertificateItem {
        /// Goods line or not.
        goods_flag: Text "货项标志",
        /// Line number.
        line_number: Number "货物序号",
        /// Commodity code.
        commodity_code: Text "HS编码",
        /// Name in Chinese.
        name: Text "货物名称",
        /// Name in English.
        name_en: Text "货物英文名称",
        /// Packages.
        package_count: Number "件数",
        /// Packaging, English.
        package_unit: Text "包装单位",
        /// Quantity.
        quantity: Number "数量",
        /// Unit, English.
        unit_en: Text "数量单位英文",
        /// Unit, Chinese.
        unit: Text "数量单位",
        /// Auxiliary quantity.
        auxiliary_quantity: Number "辅助数量",
        /// Auxiliary unit.
        auxiliary_unit: Text "辅助数量单位",
        /// Second auxiliary quantity.
        second_auxiliary_quantity: Number "第二辅助数量",
        /// Second auxiliary unit.
        second_auxiliary_unit: Text "第二辅助数量单位",
        /// Gross weight.
        gross_weight: Number "毛重",
        /// Net weight.
        net_weight: Number "净重",
        /// Unit of weight.
        weight_unit: Text "重量单位",
        /// Unit price on the invoice.
        invoice_price: Number "发票单价",
        /// Value on the invoice.
        invoice_value: Number "发票金额",
        /// FOB value.
        fob_value: Number "FOB值",
        /// Share of imported content.
        imported_content: Text "进口成份比例",
        /// Origin criterion.
        criterion: Text "原产地标准",
        /// Auxiliary to the origin criterion.
        criterion_auxiliary: Text "原产地标准辅助项",
        /// Sub-criterion.
        criterion_sub: Text "原产地标准子项",
        /// Producer.
        producer: Text "生产商",
        /// Producer's phone.
        producer_phone: Personal "生产商电话",
        /// Producer's fax.
        producer_fax: Personal "生产商传真",
        /// Producer's mail.
        producer_mail: Personal "生产商邮箱",
        /// Producer's code.
        producer_code: Text "生产企业代码",
        /// Producing firm.
        producing_firm: Text "生产企业名称",
        /// Producing firm's contact.
        producing_firm_contact: Personal "生产企业联系人",
        /// Producing firm's phone.
        producing_firm_phone: Personal "生产企业电话",
        /// Producer kept confidential.
        producer_confidential: Text "生产商保密",
        /// Description.
        description: Text "货物描述",
        /// Country of origin under RCEP.
        origin_country: Text "货物原产国",
        /// The same in English.
        origin_country_en: Text "货物原产国英文",
        /// Tax rate mark under RCEP.
        tax_rate_mark: Text "货物税率",
        /// Invoice number.
        invoice_number: Text "发票号",
        /// Regular or irregular packing.
        packing_kind: Text "包装类型",
    }
}

record! {
    /// What a changed or re-issued certificate replaces.
    pub struct CertificateAmendment {
        /// Certificate replaced.
        old_number: Text "原证书号",
        /// Why.
        reason: Text "更改原因",
        /// Boxes changed.
        boxes: Text "更改栏目",
        /// Before.
        before: Text "原申报内容",
        /// After.
        after: Text "更改后内容",
        /// Old application date.
        old_application_date: Date "原申请日期",
        /// Old issue date.
        old_issue_date: Date "原签证日期",
    }
}

record! {
    /// A firm outside the parties (third-party invoice).
    pub struct NonPartyFirm {
        /// Order.
        position: Text "序号",
        /// Name.
        name: Text "企业名称",
        /// Address.
        address: Text "企业地址",
        /// Country's code.
        country_code: Text "国别代码",
        /// Country.
        country_name: Text "国别名称",
    }
}

record! {
    /// An invoice of a certificate (RCEP).
    pub struct CertificateInvoice {
        /// Certificate.
        certificate_number: Text "原产地证编号",
        /// Invoice number.
        number: Text "发票号",
        /// Contract.
        contract_number: Text "合同号",
        /// Letter of credit.
        letter_of_credit: Text "信用证号",
        /// Value.
        value: Number "金额",
        /// Currency.
        currency: Text "币制",
        /// Price term.
        price_term: Text "价格条款",
        /// Special clauses.
        clauses: Text "发票条款",
        /// Date.
        date: Date "发票日期",
    }
}

/// A certificate with all its rows, as a rule sees it.
#[derive(Clone, Copy, Debug)]
pub struct Certificate<'c> {
    /// Head.
    pub head: &'c CertificateHead<'c>,
    /// What it replaces.
    pub amendment: &'c CertificateAmendment<'c>,
    /// Lines.
    pub items: &'c [CertificateItem<'c>],
    /// Firms outside the parties.
    pub non_party_firms: &'c [NonPartyFirm<'c>],
    /// Invoices.
    pub invoices: &'c [CertificateInvoice<'c>],
}

impl<'c> Certificate<'c> {
    /// Lines that are goods: `GoodsItemFlag` N (5.2); a missing flag means goods.
    pub fn goods(&self) -> impl Iterator<Item = &'c CertificateItem<'c>> {
        self.items.iter().filter(|item| item.goods_flag.value != "Y")
    }

    /// Day of issue: the valid-from date, else the application date (ruling D4), with which of the two it is.
    pub fn issued_on(&self) -> Option<(jiff::civil::Date, &'static str)> {
        let issued = self.head.issue_date.date().map(|day| (day, "issue_date"));
        issued.or_else(|| self.head.application_date.date().map(|day| (day, "application_date")))
    }
}
