//! Values of a document by the names of row and field: for whoever shows what a rule saw.

use crate::certificate::{
    Certificate, CertificateAmendment, CertificateHead, CertificateInvoice, CertificateItem, NonPartyFirm,
};
use crate::declaration::{Container, Declaration, DeclarationHead, GoodsItem};
use crate::documents::{
    ElectronicDocument, FirmQualification, FreeText, GoodsLicence, LicenceDocument, MarkPicture,
    OriginMapping, OtherPackaging, Promise, RECORDS, RequestedCertificate, Signature,
};
use crate::inspection::{
    Inspection, InspectionContainer, InspectionFiling, InspectionGoods, InspectionGoodsContainer,
    InspectionHead, InspectionLicence, InspectionPacking, InspectionPaper, InspectionQualification,
};
use crate::particulars::{
    Authorisation, Classification, DutyClaim, Explanation, Guarantee, ItemParticulars, OriginCountry,
    Package, Particulars, PreviousDocument, Procedure, RouteCountry, SupportingDocument,
};
use crate::text::{Field, Record, Shape};

/// The values of one field in all rows of its kind, in order; empty ones among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values<'c> {
    /// As many as were asked for.
    pub list: Vec<&'c str>,
    /// Rows beyond those.
    pub n_more: usize,
}

/// Kinds of rows, each with where its rows stand.
macro_rules! rows {
    ($of:ident, $Of:ident: $( $Row:ident = $rows:expr, )*) => {
        /// The values of a field; none when there is no such row or field, or when it is about a living person (ruling J2).
        pub fn $of<'c>(of: &$Of<'c>, row: &str, field: &str, n_max: usize) -> Option<Values<'c>> {
            $( if row == <$Row<'_> as Record<'_>>::NAME {
                let rows: &'c [$Row<'c>] = $rows(of);
                return values(rows, field, n_max);
            } )*
            None
        }
    };
}

rows! {
    declaration, Declaration:
    DeclarationHead = |of: &Declaration<'c>| std::slice::from_ref(of.head),
    Signature = |of: &Declaration<'c>| std::slice::from_ref(of.signature),
    FreeText = |of: &Declaration<'c>| std::slice::from_ref(of.free_text),
    GoodsItem = |of: &Declaration<'c>| of.items,
    Container = |of: &Declaration<'c>| of.containers,
    LicenceDocument = |of: &Declaration<'c>| of.licences,
    GoodsLicence = |of: &Declaration<'c>| of.goods_licences,
    RequestedCertificate = |of: &Declaration<'c>| of.requested_certificates,
    OtherPackaging = |of: &Declaration<'c>| of.other_packaging,
    FirmQualification = |of: &Declaration<'c>| of.qualifications,
    MarkPicture = |of: &Declaration<'c>| of.mark_pictures,
    Promise = |of: &Declaration<'c>| of.promises,
    ElectronicDocument = |of: &Declaration<'c>| of.electronic_documents,
    OriginMapping = |of: &Declaration<'c>| of.origin_mappings,
    Particulars = |of: &Declaration<'c>| of.particulars,
    ItemParticulars = |of: &Declaration<'c>| of.item_particulars,
    Classification = |of: &Declaration<'c>| of.classifications,
    OriginCountry = |of: &Declaration<'c>| of.origin_countries,
    Procedure = |of: &Declaration<'c>| of.procedures,
    Package = |of: &Declaration<'c>| of.packages,
    SupportingDocument = |of: &Declaration<'c>| of.supporting_documents,
    Explanation = |of: &Declaration<'c>| of.explanations,
    PreviousDocument = |of: &Declaration<'c>| of.previous_documents,
    Authorisation = |of: &Declaration<'c>| of.authorisations,
    Guarantee = |of: &Declaration<'c>| of.guarantees,
    DutyClaim = |of: &Declaration<'c>| of.duty_claims,
    RouteCountry = |of: &Declaration<'c>| of.route_countries,
}

rows! {
    certificate, Certificate:
    CertificateHead = |of: &Certificate<'c>| std::slice::from_ref(of.head),
    CertificateAmendment = |of: &Certificate<'c>| std::slice::from_ref(of.amendment),
    CertificateItem = |of: &Certificate<'c>| of.items,
    NonPartyFirm = |of: &Certificate<'c>| of.non_party_firms,
    CertificateInvoice = |of: &Certificate<'c>| of.invoices,
}

rows! {
    inspection, Inspection:
    InspectionFiling = |of: &Inspection<'c>| std::slice::from_ref(of.filing),
    InspectionHead = |of: &Inspection<'c>| std::slice::from_ref(of.head),
    InspectionGoods = |of: &Inspection<'c>| of.goods,
    InspectionPacking = |of: &Inspection<'c>| of.packing,
    InspectionGoodsContainer = |of: &Inspection<'c>| of.goods_containers,
    InspectionLicence = |of: &Inspection<'c>| of.licences,
    InspectionContainer = |of: &Inspection<'c>| of.containers,
    InspectionPaper = |of: &Inspection<'c>| of.papers,
    InspectionQualification = |of: &Inspection<'c>| of.qualifications,
}

/// The field with these names.
pub fn field(row: &str, field: &str) -> Option<&'static Field> {
    let (_, fields) = RECORDS.iter().find(|(name, _)| *name == row)?;
    fields.iter().find(|known| known.name == field)
}

fn values<'c, R: Record<'c>>(rows: &'c [R], field: &str, n_max: usize) -> Option<Values<'c>> {
    let field_idx = R::field_named(field)?;
    if R::FIELDS[field_idx].shape == Shape::Personal {
        return None;
    }
    let list = rows.iter().take(n_max).map(|row| row.text(field_idx).value).collect();
    Some(Values { list, n_more: rows.len().saturating_sub(n_max) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::Documents;
    use crate::text::Text;

    #[test]
    fn the_first_rows_are_shown_and_the_rest_counted() {
        let item = |quantity| GoodsItem { quantity: Text::at(quantity, 1), ..GoodsItem::default() };
        let tables = Documents {
            heads: vec![DeclarationHead { entry_clerk: Text::at("张三", 1), ..DeclarationHead::default() }],
            items: vec![item("1"), item("2"), item("3")],
            ..Documents::default()
        };
        let (signature, free_text) = (Signature::default(), FreeText::default());
        let declaration = Declaration {
            head: &tables.heads[0],
            signature: &signature,
            free_text: &free_text,
            items: &tables.items,
            containers: &[],
            licences: &[],
            goods_licences: &[],
            requested_certificates: &[],
            other_packaging: &[],
            qualifications: &[],
            mark_pictures: &[],
            promises: &[],
            electronic_documents: &[],
            origin_mappings: &[],
            particulars: &[],
            item_particulars: &[],
            classifications: &[],
            origin_countries: &[],
            procedures: &[],
            packages: &[],
            supporting_documents: &[],
            explanations: &[],
            previous_documents: &[],
            authorisations: &[],
            guarantees: &[],
            duty_claims: &[],
            route_countries: &[],
        };
        let values = super::declaration(&declaration, "GoodsItem", "quantity", 2);
        assert_eq!(values, Some(Values { list: vec!["1", "2"], n_more: 1 }));
        assert_eq!(super::declaration(&declaration, "DeclarationHead", "entry_clerk", 2), None);
        assert_eq!(super::declaration(&declaration, "Nothing", "quantity", 2), None);
    }
}
