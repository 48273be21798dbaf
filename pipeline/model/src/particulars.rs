//! What a declaration says beyond head and goods lines where it follows the data model of the World Customs
//! Organization: functions and types of messages, procedures, documents and their status, parties by role.
//!
//! A declaration of the China Single Window has none of these rows. Rows of a goods line name it by its number.

use crate::declaration::GoodsItem;
use crate::record;
use crate::text::Text;

record! {
    /// What stands once in a declaration (申报要素).
    pub struct Particulars {
        /// What the message does: 9 files an original, 13 asks something about one on file.
        function: Text "报文功能代码",
        /// Movement and kind of declaration, or what is asked for.
        declaration_type: Text "申报类型",
        /// Goods lines, as the head counts them.
        item_count: Number "商品项总数",
        /// Invoice total.
        invoice_total: Number "发票总金额",
        /// Its currency.
        invoice_currency: Text "发票币制",
        /// Special circumstances.
        special_circumstances: Text "特殊情形标志",
        /// Who sends a message about a declaration on file.
        submitter_code: Text "提交人代码",
        /// Representative's code.
        representative_code: Text "代理人代码",
        /// Representative's name.
        representative_name: Text "代理人名称",
        /// Direct or indirect representation.
        representative_status: Text "代理方式",
        /// Importer's code.
        importer_code: Text "进口人代码",
        /// Importer's name.
        importer_name: Text "进口人名称",
        /// Seller's code.
        seller_code: Text "卖方代码",
        /// Seller's name.
        seller_name: Text "卖方名称",
        /// Buyer's code.
        buyer_code: Text "买方代码",
        /// Buyer's name.
        buyer_name: Text "买方名称",
        /// Carrier's code.
        carrier_code: Text "承运人代码",
        /// Carrier's name.
        carrier_name: Text "承运人名称",
        /// Office of presentation.
        presentation_office: Text "提交地海关",
        /// Supervising office.
        supervising_office: Text "监管地海关",
        /// Kind of identification of the means of transport at the border.
        border_transport_kind: Text "过境运输工具标识类型",
        /// Nationality of the means of transport at the border.
        border_transport_nationality: Text "过境运输工具国籍",
        /// Means of transport at departure.
        departure_transport: Text "启运运输工具",
        /// Kind of its identification.
        departure_transport_kind: Text "启运运输工具标识类型",
        /// Mode of transport inland.
        inland_mode: Text "境内运输方式",
        /// Goods are in containers.
        container_flag: Text "集装箱标识",
        /// Kind of the place of the goods.
        location_kind: Text "货物所在地类型",
        /// Its number, where it has one beside its name.
        location_number: Text "货物所在地编号",
        /// How the place of the goods is told.
        location_qualifier: Text "货物所在地标识方式",
        /// Country of the place of the goods.
        location_country: Text "货物所在国",
        /// How freight is paid.
        freight_payment: Text "运费支付方式",
        /// Country of export.
        export_country: Text "输出国",
        /// Place of the price term, coded.
        price_term_place: Text "成交方式地点代码",
        /// Place of the price term.
        price_term_place_name: Text "成交方式地点",
        /// Invoice number.
        invoice_number: Text "发票号",
        /// Invoice date.
        invoice_date: Date "发票日期",
        /// Unique consignment reference of the trader.
        consignment_reference: Text "货物唯一参考号",
        /// Nature of the transaction.
        transaction_nature: Text "交易性质",
        /// Warehouse.
        warehouse_number: Text "仓库编号",
        /// Kind of warehouse.
        warehouse_kind: Text "仓库类型",
    }
}

record! {
    /// What stands once in a goods line; as many rows as goods lines, in their order (商品申报要素).
    pub struct ItemParticulars {
        /// Gross mass, kilograms.
        gross_mass_kg: Number "毛重",
        /// Net mass, kilograms.
        net_mass_kg: Number "净重",
        /// Quantity in the supplementary unit of the tariff.
        supplementary_quantity: Number "补充计量数量",
        /// Statistical value.
        statistical_value: Number "统计价值",
        /// Its currency.
        statistical_currency: Text "统计价值币制",
        /// Customs value.
        customs_value: Number "完税价格",
        /// Its currency.
        customs_currency: Text "完税价格币制",
        /// Nature of the transaction.
        transaction_nature: Text "交易性质",
        /// Country of export.
        export_country: Text "输出国",
        /// Unique consignment reference of the trader.
        consignment_reference: Text "货物唯一参考号",
        /// Consignee's code.
        consignee_code: Text "收货人代码",
        /// Consignee's name.
        consignee_name: Text "收货人名称",
        /// Seller's code.
        seller_code: Text "卖方代码",
        /// Seller's name.
        seller_name: Text "卖方名称",
        /// Buyer's code.
        buyer_code: Text "买方代码",
        /// Buyer's name.
        buyer_name: Text "买方名称",
        /// Method of valuation.
        valuation_method: Text "估价方法",
        /// Valuation indicators.
        valuation_indicators: Text "估价标志",
    }
}

record! {
    /// A class of goods by one of several nomenclatures (商品归类).
    pub struct Classification {
        /// Goods line.
        goods_line: Text "商品序号",
        /// Code.
        code: Text "归类代码",
        /// Nomenclature.
        nomenclature: Text "归类目录",
    }
}

record! {
    /// A country the goods originate in, preferentially or not (原产国).
    pub struct OriginCountry {
        /// Goods line.
        goods_line: Text "商品序号",
        /// Country or group of countries.
        country: Text "原产国代码",
        /// Preferential or not.
        kind: Text "原产地类型",
    }
}

record! {
    /// A customs procedure, or an additional one (海关手续).
    pub struct Procedure {
        /// Goods line.
        goods_line: Text "商品序号",
        /// Procedure asked for, or additional procedure.
        current: Text "申请手续代码",
        /// Procedure before it; empty for an additional one.
        previous: Text "前一手续代码",
    }
}

record! {
    /// Packages of one kind (包装).
    pub struct Package {
        /// Goods line.
        goods_line: Text "商品序号",
        /// Number among those of the line.
        number: Number "包装序号",
        /// Marks.
        marks: Text "唛码",
        /// Packages.
        quantity: Number "件数",
        /// Kind.
        kind: Text "包装种类",
    }
}

record! {
    /// A document produced, or why it is not (随附单证).
    pub struct SupportingDocument {
        /// Goods line; empty where it goes with the whole declaration.
        goods_line: Text "商品序号",
        /// Category: first part of its code.
        category: Text "单证大类",
        /// Type: second part of its code.
        type_code: Text "单证类型",
        /// Number.
        number: Text "单证编号",
        /// Reason, or name.
        reason: Text "单证名称或理由",
        /// Where it is, and how far it is used.
        status: Text "单证状态",
        /// Valid until.
        valid_until: Date "有效期",
        /// Issuer.
        issuer: Text "签发机构",
        /// Quantity written off.
        write_off_quantity: Number "核销数量",
        /// Its unit.
        write_off_unit: Text "核销计量单位",
        /// Amount written off.
        write_off_amount: Number "核销金额",
        /// Its currency.
        write_off_currency: Text "核销币制",
    }
}

record! {
    /// What is explained in words or by a code (附加说明).
    pub struct Explanation {
        /// Goods line; empty where it goes with the whole declaration.
        goods_line: Text "商品序号",
        /// Code.
        code: Text "说明代码",
        /// Words.
        words: Text "说明内容",
        /// Kind.
        kind: Text "说明类型",
    }
}

record! {
    /// A document the goods came under before (前一单证).
    pub struct PreviousDocument {
        /// Goods line; empty where it goes with the whole declaration.
        goods_line: Text "商品序号",
        /// Category.
        category: Text "单证大类",
        /// Type.
        type_code: Text "单证类型",
        /// Number.
        number: Text "单证编号",
        /// Line of that document.
        document_line: Number "单证项号",
    }
}

record! {
    /// An authorisation somebody holds (授权).
    pub struct Authorisation {
        /// Kind.
        kind: Text "授权类型",
        /// Who holds it.
        holder: Text "持有人代码",
    }
}

record! {
    /// A guarantee, or that none is asked for (担保).
    pub struct Guarantee {
        /// Kind.
        kind: Text "担保类型",
        /// Its number at customs.
        number: Text "担保编号",
        /// Its number elsewhere.
        reference: Text "担保参考号",
        /// Amount.
        amount: Number "担保金额",
        /// Currency.
        currency: Text "担保币制",
        /// Office.
        office: Text "担保海关",
    }
}

record! {
    /// A duty, a preference claimed, or a quota (税费与优惠).
    pub struct DutyClaim {
        /// Goods line.
        goods_line: Text "商品序号",
        /// Duty.
        kind: Text "税种",
        /// Preference.
        preference: Text "优惠代码",
        /// Quota.
        quota: Text "配额编号",
        /// How it is paid.
        payment_method: Text "支付方式",
        /// Rate.
        rate: Number "税率",
        /// Quantity it is reckoned by.
        base_quantity: Number "计税数量",
        /// Unit of that quantity.
        base_unit: Text "计税计量单位",
        /// Amount it is reckoned by.
        base_amount: Number "计税金额",
        /// Currency of that amount.
        base_currency: Text "计税金额币制",
        /// Amount assessed.
        assessed_amount: Number "应缴税额",
        /// Currency of that amount.
        assessed_currency: Text "税额币制",
        /// Amount to be paid.
        payable_amount: Number "实缴税额",
        /// Currency of that amount.
        payable_currency: Text "实缴税额币制",
    }
}

record! {
    /// A country on the way (途经国).
    pub struct RouteCountry {
        /// Number on the way.
        number: Number "途经序号",
        /// Country.
        country: Text "途经国代码",
    }
}

/// A row that belongs to a goods line, or to the whole declaration.
pub trait OfLine {
    /// Number of the line; empty where it belongs to the whole.
    fn goods_line(&self) -> &Text<'_>;
}

macro_rules! of_line {
    ($($Row:ident)*) => {
        $( impl OfLine for $Row<'_> {
            fn goods_line(&self) -> &Text<'_> {
                &self.goods_line
            }
        } )*
    };
}

of_line! {
    Classification OriginCountry Procedure Package SupportingDocument Explanation PreviousDocument DutyClaim
}

/// Goods lines with their rows of one table. Both stand in the order of the document, so each row is looked at once, however
/// many lines there are.
pub fn by_line<'c, R: OfLine>(
    rows: &'c [R],
    items: &'c [GoodsItem<'c>],
) -> impl Iterator<Item = (&'c GoodsItem<'c>, &'c [R])> {
    let mut rest = rows;
    items.iter().map(move |item| {
        let n_of_whole = rest.iter().take_while(|row| row.goods_line().is_empty()).count();
        rest = &rest[n_of_whole..];
        let line = item.line_number.value;
        let n_of_line = rest.iter().take_while(|row| row.goods_line().value == line).count();
        let (of_line, behind) = rest.split_at(n_of_line);
        rest = behind;
        (item, of_line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_has_its_own_rows_and_those_of_the_whole_are_left_out() {
        let item = |number| GoodsItem { line_number: Text::at(number, 1), ..GoodsItem::default() };
        let row = |line| PreviousDocument { goods_line: Text::at(line, 1), ..PreviousDocument::default() };
        let items = [item("1"), item("2"), item("3")];
        let rows = [row(""), row("1"), row("1"), row("3"), row("")];
        let told: Vec<(&str, usize)> =
            by_line(&rows, &items).map(|(item, rows)| (item.line_number.value, rows.len())).collect();
        assert_eq!(told, [("1", 2), ("2", 0), ("3", 1)]);
    }
}
