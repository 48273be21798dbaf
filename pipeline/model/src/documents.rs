//! The papers that go with a declaration, and the tables all rows of a chunk stand in.
//!
//! Rows of one kind stand in one flat table; a document owns a range of each.
//! Rules see slices and never the layout.

use crate::certificate::{
    Certificate, CertificateAmendment, CertificateHead, CertificateInvoice, CertificateItem, NonPartyFirm,
};
use crate::declaration::{Container, Declaration, DeclarationHead, GoodsItem};
use crate::record;
use std::ops::Range;

record! {
    /// A licence document named by its one-letter code (随附单证).
    pub struct LicenceDocument {
        /// Document code; case sensitive.
        code: Text "单证代码",
        /// Document number.
        number: Text "单证编号",
    }
}

record! {
    /// A licence of one goods line (许可证信息).
    pub struct GoodsLicence {
        /// Goods line.
        goods_line: Text "商品序号",
        /// Licence type.
        type_code: Text "许可证类别代码",
        /// Licence number.
        number: Text "许可证编号",
        /// Write-off detail.
        write_off_detail: Text "许可证核销明细序号",
        /// Quantity written off.
        write_off_quantity: Text "许可证核销数量",
        /// Unit of that quantity.
        write_off_unit: Text "许可证核销数量单位",
    }
}

record! {
    /// A certificate asked of inspection (申请单证).
    pub struct RequestedCertificate {
        /// Certificate code.
        code: Text "申请单证代码",
        /// Originals.
        originals: Text "申请单证正本数",
        /// Copies.
        copies: Text "申请单证副本数",
    }
}

record! {
    /// Packaging beside that in the head (其他包装).
    pub struct OtherPackaging {
        /// Packages.
        quantity: Number "包装件数",
        /// Kind.
        kind: Text "包装材料种类",
    }
}

record! {
    /// A qualification of the firm (企业资质).
    pub struct FirmQualification {
        /// Number.
        number: Text "企业资质编号",
        /// Type.
        type_code: Text "企业资质类别代码",
    }
}

record! {
    /// A picture of the marks (标记号码附件); its bytes are bounded and hashed with the raw input, not read.
    pub struct MarkPicture {
        /// Name.
        name: Text "附件名称",
        /// File type.
        file_type: Text "附件类型",
    }
}

record! {
    /// A statement the firm promises by (企业承诺).
    pub struct Promise {
        /// Material code: 102053 is the export conformity statement.
        material_code: Text "证明/声明材料代码",
    }
}

record! {
    /// Free fields (自由文本).
    pub struct FreeText {
        /// Supervised warehouse.
        warehouse: Text "监管仓号",
        /// Yard.
        yard: Text "货场代码",
        /// Declarant's contact.
        declarant_contact: Personal "报关员联系方式",
        /// Declaring person's registration number.
        declaring_person_number: Personal "申报人员证号",
        /// Related entry.
        related_entry: Text "关联报关单号",
        /// Related filing.
        related_filing: Text "关联备案号",
        /// Voyage.
        voyage: Text "航次号",
    }
}

record! {
    /// Operation and signature (签名).
    pub struct Signature {
        /// What the sender asks for: A upload, B, E, G draft; C and D declare (ruling K8).
        operation: Text "操作类型",
        /// The sender's own number. An alias of the declaration (K1).
        client_number: Text "客户端报关单编号",
        /// Signing time.
        signed_at: Date "签名日期",
        /// Operating firm's organisation code.
        firm_code: Text "操作企业组织机构代码",
        /// Signer class.
        signer_class: Text "签名人分类",
        /// Remark.
        remark: Text "备注",
        /// Unified number of the matching bonded list.
        bonded_list_number: Text "对应清单统一编号",
        /// Operator's card.
        operator_card: Personal "操作员IC卡号",
        /// Operator's name.
        operator_name: Personal "操作员姓名",
        /// Operator's card certificate.
        operator_certificate: Personal "操作员卡的证书号",
    }
}

record! {
    /// An electronic document attached (电子随附单据).
    pub struct ElectronicDocument {
        /// File name or number.
        id: Text "随附单据编号",
        /// Document type, 8 digits.
        type_code: Text "随附单证类别",
        /// Structured or not.
        format: Text "随附单据格式类型",
        /// Why it was sent again.
        note: Text "操作说明",
        /// The firm's own file name.
        firm_file_name: Text "随附单据文件企业名",
        /// Owner's customs code.
        owner_customs_code: Text "所属单位海关编号",
        /// Signing unit.
        signing_unit: Text "签名单位代码",
        /// Signing time.
        signed_at: Date "签名时间",
        /// Owner's name.
        owner_name: Text "所属单位名称",
        /// Size in bytes.
        size_bytes: Number "随附单据文件大小",
        /// Goods lines covered; all when empty.
        goods_lines: Text "商品项号关系",
    }
}

record! {
    /// A line of an origin document mapped to a goods line (随附单证对应关系).
    pub struct OriginMapping {
        /// Document code: `Y` and the agreement's number for origin.
        document_type: Text "单证代码",
        /// Goods line of the declaration.
        goods_line: Text "报关单商品项号",
        /// Document number, with a leading `C` or `D` for origin (ruling D1).
        document_number: Text "单证编号",
        /// Line of that document.
        document_line: Text "对应随附单证商品项号",
        /// Extension.
        extension: Text "扩展字段",
    }
}

/// Rows `start..end` of one table.
pub type Rows = Range<u32>;

/// The rows that make up one declaration.
#[derive(Clone, Debug, Default)]
pub struct DeclarationRows {
    /// Row of the head, of the signature and of the free fields.
    pub head: u32,
    /// Goods lines.
    pub items: Rows,
    /// Containers.
    pub containers: Rows,
    /// Licence documents.
    pub licences: Rows,
    /// Licences of goods lines.
    pub goods_licences: Rows,
    /// Certificates asked for.
    pub requested_certificates: Rows,
    /// Packaging.
    pub other_packaging: Rows,
    /// Qualifications.
    pub qualifications: Rows,
    /// Pictures of marks.
    pub mark_pictures: Rows,
    /// Promises.
    pub promises: Rows,
    /// Electronic documents.
    pub electronic_documents: Rows,
    /// Origin mappings.
    pub origin_mappings: Rows,
}

/// The rows that make up one certificate.
#[derive(Clone, Debug, Default)]
pub struct CertificateRows {
    /// Row of the head and of the amendment.
    pub head: u32,
    /// Goods lines.
    pub items: Rows,
    /// Non-party firms.
    pub non_party_firms: Rows,
    /// Invoices.
    pub invoices: Rows,
}

/// All rows of a chunk of documents.
#[derive(Debug, Default)]
pub struct Documents<'b> {
    /// Declarations.
    pub declarations: Vec<DeclarationRows>,
    /// Certificates.
    pub certificates: Vec<CertificateRows>,
    /// Heads of declarations.
    pub heads: Vec<DeclarationHead<'b>>,
    /// Signatures, one a head.
    pub signatures: Vec<Signature<'b>>,
    /// Free fields, one a head.
    pub free_texts: Vec<FreeText<'b>>,
    /// Goods lines.
    pub items: Vec<GoodsItem<'b>>,
    /// Containers.
    pub containers: Vec<Container<'b>>,
    /// Licence documents.
    pub licences: Vec<LicenceDocument<'b>>,
    /// Licences of goods lines.
    pub goods_licences: Vec<GoodsLicence<'b>>,
    /// Certificates asked for.
    pub requested_certificates: Vec<RequestedCertificate<'b>>,
    /// Packaging.
    pub other_packaging: Vec<OtherPackaging<'b>>,
    /// Qualifications.
    pub qualifications: Vec<FirmQualification<'b>>,
    /// Pictures of marks.
    pub mark_pictures: Vec<MarkPicture<'b>>,
    /// Promises.
    pub promises: Vec<Promise<'b>>,
    /// Electronic documents.
    pub electronic_documents: Vec<ElectronicDocument<'b>>,
    /// Origin mappings.
    pub origin_mappings: Vec<OriginMapping<'b>>,
    /// Heads of certificates.
    pub certificate_heads: Vec<CertificateHead<'b>>,
    /// Amendments, one a certificate head.
    pub certificate_amendments: Vec<CertificateAmendment<'b>>,
    /// Goods lines of certificates.
    pub certificate_items: Vec<CertificateItem<'b>>,
    /// Non-party firms.
    pub non_party_firms: Vec<NonPartyFirm<'b>>,
    /// Invoices of certificates.
    pub certificate_invoices: Vec<CertificateInvoice<'b>>,
}

/// Empties tables and keeps their memory for rows of other documents.
macro_rules! recycled {
    ($from:ident: $($table:ident),* $(,)?) => {
        Documents { $( $table: reuse($from.$table, |_| unreachable!("the table was emptied")), )* }
    };
}

/// The memory of a table for rows of another lifetime: collecting in place keeps the allocation.
fn reuse<T, U>(mut table: Vec<T>, never: impl Fn(T) -> U) -> Vec<U> {
    table.clear();
    table.into_iter().map(never).collect()
}

fn slice<'c, T>(table: &'c [T], rows: &Rows) -> &'c [T] {
    &table[rows.start as usize..rows.end as usize]
}

impl<'b> Documents<'b> {
    /// Empty tables with the memory of these.
    pub fn recycle<'n>(self) -> Documents<'n> {
        recycled!(self:
            declarations, certificates, heads, signatures, free_texts, items, containers, licences, goods_licences,
            requested_certificates, other_packaging, qualifications, mark_pictures, promises, electronic_documents,
            origin_mappings, certificate_heads, certificate_amendments, certificate_items, non_party_firms,
            certificate_invoices,
        )
    }

    /// The declaration with this number, as rules see it.
    pub fn declaration<'c>(&'c self, declaration_idx: usize) -> Declaration<'c>
    where
        'b: 'c,
    {
        let rows = &self.declarations[declaration_idx];
        let head_idx = rows.head as usize;
        Declaration {
            head: &self.heads[head_idx],
            signature: &self.signatures[head_idx],
            free_text: &self.free_texts[head_idx],
            items: slice(&self.items, &rows.items),
            containers: slice(&self.containers, &rows.containers),
            licences: slice(&self.licences, &rows.licences),
            goods_licences: slice(&self.goods_licences, &rows.goods_licences),
            requested_certificates: slice(&self.requested_certificates, &rows.requested_certificates),
            other_packaging: slice(&self.other_packaging, &rows.other_packaging),
            qualifications: slice(&self.qualifications, &rows.qualifications),
            mark_pictures: slice(&self.mark_pictures, &rows.mark_pictures),
            promises: slice(&self.promises, &rows.promises),
            electronic_documents: slice(&self.electronic_documents, &rows.electronic_documents),
            origin_mappings: slice(&self.origin_mappings, &rows.origin_mappings),
        }
    }

    /// The certificate with this number, as rules see it.
    pub fn certificate<'c>(&'c self, certificate_idx: usize) -> Certificate<'c>
    where
        'b: 'c,
    {
        let rows = &self.certificates[certificate_idx];
        let head_idx = rows.head as usize;
        Certificate {
            head: &self.certificate_heads[head_idx],
            amendment: &self.certificate_amendments[head_idx],
            items: slice(&self.certificate_items, &rows.items),
            non_party_firms: slice(&self.non_party_firms, &rows.non_party_firms),
            invoices: slice(&self.certificate_invoices, &rows.invoices),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recycled_tables_are_empty_and_keep_their_memory() {
        let mut tables = Documents { items: vec![GoodsItem::default(); 100], ..Documents::default() };
        tables.heads.push(DeclarationHead::default());
        let recycled: Documents<'static> = tables.recycle();
        assert!(recycled.items.is_empty() && recycled.heads.is_empty());
        assert!(recycled.items.capacity() >= 100);
    }
}
