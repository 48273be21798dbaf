//! The papers that go with a declaration, and the tables all rows of a chunk stand in.
//!
//! Rows of one kind stand in one flat table; a document owns a range of each.
//! Rules see slices and never the layout.

use crate::certificate::{
    Certificate, CertificateAmendment, CertificateHead, CertificateInvoice, CertificateItem, NonPartyFirm,
};
use crate::declaration::{Container, Declaration, DeclarationHead, GoodsItem};
use crate::inspection::{
    Inspection, InspectionContainer, InspectionFiling, InspectionGoods, InspectionGoodsContainer,
    InspectionHead, InspectionLicence, InspectionPacking, InspectionPaper, InspectionQualification,
};
use crate::particulars::{
    Authorisation, Classification, DutyClaim, Explanation, Guarantee, ItemParticulars, OriginCountry,
    Package, Particulars, PreviousDocument, Procedure, RouteCountry, SupportingDocument,
};
use crate::record;
use crate::text::{Field, Record};
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

/// A kind of document: which rows of the tables are one. Made by [`documents!`].
pub trait Kind: Sized {
    /// Begins a document behind those in the tables.
    fn begin(into: &mut Documents<'_>) -> Self;
    /// All its rows have been appended.
    fn end(&mut self, into: &Documents<'_>);
    /// Puts it among the documents of its kind; its number there.
    fn keep(self, into: &mut Documents<'_>) -> usize;
    /// Shows its rows, table by table.
    fn visit<'b>(&self, documents: &Documents<'b>, visitor: &mut impl Visit<'b>);
}

/// Looks at rows of any kind.
pub trait Visit<'b> {
    /// The rows of one table that belong to a document.
    fn rows<R: Record<'b>>(&mut self, rows: &[R]);
}

/// What is done with the one row, or the many, that a document has of a table.
macro_rules! arity {
    (one type) => { u32 };
    (one begin $table:expr) => {{
        $table.push(Default::default());
        $table.len() as u32 - 1
    }};
    (one end $at:expr, $table:expr) => {};
    (one rows $at:expr, $table:expr) => { std::slice::from_ref(&$table[$at as usize]) };
    (one view $at:expr, $table:expr) => { &$table[$at as usize] };
    (many type) => { Rows };
    (many begin $table:expr) => { $table.len() as u32..$table.len() as u32 };
    (many end $at:expr, $table:expr) => { $at.end = $table.len() as u32 };
    (many rows $at:expr, $table:expr) => { &$table[$at.start as usize..$at.end as usize] };
    (many view $at:expr, $table:expr) => { arity!(many rows $at, $table) };
}
/// Defines the kinds of documents: what each is made of, one row or any number of a table, in the order they are shown.
macro_rules! documents {
    ($(
        $(#[$doc:meta])*
        $Rows:ident => $View:ident, $view:ident in $kept:ident {
            $( $(#[$row_doc:meta])* $arity:ident $field:ident: $table:ident of $Row:ident, )*
        }
    )*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, Default)]
            pub struct $Rows {
                $( $(#[$row_doc])* pub $field: arity!($arity type), )*
            }

            impl Kind for $Rows {
                fn begin(into: &mut Documents<'_>) -> $Rows {
                    $Rows { $( $field: arity!($arity begin into.$table), )* }
                }

                fn end(&mut self, into: &Documents<'_>) {
                    $( arity!($arity end self.$field, into.$table); )*
                }

                fn keep(self, into: &mut Documents<'_>) -> usize {
                    into.$kept.push(self);
                    into.$kept.len() - 1
                }

                fn visit<'b>(&self, documents: &Documents<'b>, visitor: &mut impl Visit<'b>) {
                    $( visitor.rows(arity!($arity rows self.$field, documents.$table)); )*
                }
            }
        )*

        /// All rows of a chunk of documents.
        #[derive(Debug, Default)]
        pub struct Documents<'b> {
            $(
                $(#[$doc])*
                pub $kept: Vec<$Rows>,
                $( $(#[$row_doc])* pub $table: Vec<$Row<'b>>, )*
            )*
        }

        /// Every kind of row there is: its name and its fields.
        pub const RECORDS: &[(&str, &[Field])] =
            &[$( $( (<$Row<'_> as Record<'_>>::NAME, <$Row<'_> as Record<'_>>::FIELDS), )* )*];

        impl<'b> Documents<'b> {
            /// Empty tables with the memory of these.
            pub fn recycle<'n>(self) -> Documents<'n> {
                const NONE: &str = "the table was emptied";
                Documents { $(
                    $kept: reuse(self.$kept, |_| unreachable!("{NONE}")),
                    $( $table: reuse(self.$table, |_| unreachable!("{NONE}")), )*
                )* }
            }

            $(
                /// The document of this kind with this number, as rules see it.
                pub fn $view<'c>(&'c self, document_idx: usize) -> $View<'c>
                where
                    'b: 'c,
                {
                    let rows = &self.$kept[document_idx];
                    $View { $( $field: arity!($arity view rows.$field, self.$table), )* }
                }
            )*
        }
    };
}

documents! {
    /// The rows that make up one declaration.
    DeclarationRows => Declaration, declaration in declarations {
        /// Head.
        one head: heads of DeclarationHead,
        /// Goods lines.
        many items: items of GoodsItem,
        /// Licences of goods lines.
        many goods_licences: goods_licences of GoodsLicence,
        /// Containers.
        many containers: containers of Container,
        /// Licence documents.
        many licences: licences of LicenceDocument,
        /// Certificates asked for.
        many requested_certificates: requested_certificates of RequestedCertificate,
        /// Packaging.
        many other_packaging: other_packaging of OtherPackaging,
        /// Qualifications.
        many qualifications: qualifications of FirmQualification,
        /// Pictures of marks.
        many mark_pictures: mark_pictures of MarkPicture,
        /// Free fields.
        one free_text: free_texts of FreeText,
        /// Operation and signature.
        one signature: signatures of Signature,
        /// Promises.
        many promises: promises of Promise,
        /// Electronic documents.
        many electronic_documents: electronic_documents of ElectronicDocument,
        /// Origin mappings.
        many origin_mappings: origin_mappings of OriginMapping,
        /// What stands once in a declaration after the WCO data model; no row in others.
        many particulars: particulars of Particulars,
        /// What stands once in its goods lines.
        many item_particulars: item_particulars of ItemParticulars,
        /// Classes of goods.
        many classifications: classifications of Classification,
        /// Countries of origin.
        many origin_countries: origin_countries of OriginCountry,
        /// Procedures.
        many procedures: procedures of Procedure,
        /// Packages.
        many packages: packages of Package,
        /// Documents produced.
        many supporting_documents: supporting_documents of SupportingDocument,
        /// Explanations.
        many explanations: explanations of Explanation,
        /// Documents the goods came under before.
        many previous_documents: previous_documents of PreviousDocument,
        /// Authorisations.
        many authorisations: authorisations of Authorisation,
        /// Guarantees.
        many guarantees: guarantees of Guarantee,
        /// Duties, preferences and quotas.
        many duty_claims: duty_claims of DutyClaim,
        /// Countries on the way.
        many route_countries: route_countries of RouteCountry,
    }

    /// The rows that make up one certificate.
    CertificateRows => Certificate, certificate in certificates {
        /// Head.
        one head: certificate_heads of CertificateHead,
        /// Goods lines.
        many items: certificate_items of CertificateItem,
        /// What it replaces.
        one amendment: certificate_amendments of CertificateAmendment,
        /// Non-party firms.
        many non_party_firms: non_party_firms of NonPartyFirm,
        /// Invoices.
        many invoices: certificate_invoices of CertificateInvoice,
    }

    /// The rows that make up one inspection application.
    InspectionRows => Inspection, inspection in inspections {
        /// Who files.
        one filing: inspection_filings of InspectionFiling,
        /// Head.
        one head: inspection_heads of InspectionHead,
        /// Goods lines.
        many goods: inspection_goods of InspectionGoods,
        /// Packing of goods lines.
        many packing: inspection_packing of InspectionPacking,
        /// What is in which container.
        many goods_containers: inspection_goods_containers of InspectionGoodsContainer,
        /// Licences of goods lines.
        many licences: inspection_licences of InspectionLicence,
        /// Containers.
        many containers: inspection_containers of InspectionContainer,
        /// Attached documents.
        many papers: inspection_papers of InspectionPaper,
        /// Qualifications of the firm.
        many qualifications: inspection_qualifications of InspectionQualification,
    }
}

/// The memory of a table for rows of another lifetime: collecting in place keeps the allocation.
fn reuse<T, U>(mut table: Vec<T>, never: impl Fn(T) -> U) -> Vec<U> {
    table.clear();
    table.into_iter().map(never).collect()
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
