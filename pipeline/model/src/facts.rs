//! A certificate or an inspection application as the journal keeps it: its values without the personal ones (ruling
//! J2), so that a declaration that names it in a later run can be compared with it.
//!
//! Layout: for each row a tag byte, then pairs of field number and length-prefixed text, then `0xFF`.
//! Field numbers are positions in `FIELDS`; the byte at the front says which of the two it is, and changes when a row's
//! fields do.

use crate::certificate::{
    Certificate, CertificateAmendment, CertificateHead, CertificateInvoice, CertificateItem, NonPartyFirm,
};
use crate::inspection::{
    Inspection, InspectionContainer, InspectionFiling, InspectionGoods, InspectionGoodsContainer,
    InspectionHead, InspectionLicence, InspectionPacking, InspectionPaper, InspectionQualification,
};
use crate::text::{Record, Shape, Text};

const CERTIFICATE: u8 = 1;
const INSPECTION: u8 = 2;
const END_OF_ROW: u8 = 0xFF;

/// The rows of a certificate read back from its facts.
#[derive(Debug, Default)]
pub struct CertificateFacts<'f> {
    head: CertificateHead<'f>,
    amendment: CertificateAmendment<'f>,
    items: Vec<CertificateItem<'f>>,
    non_party_firms: Vec<NonPartyFirm<'f>>,
    invoices: Vec<CertificateInvoice<'f>>,
}

impl CertificateFacts<'_> {
    /// The certificate as a rule sees it.
    pub fn certificate(&self) -> Certificate<'_> {
        Certificate {
            head: &self.head,
            amendment: &self.amendment,
            items: &self.items,
            non_party_firms: &self.non_party_firms,
            invoices: &self.invoices,
        }
    }
}

/// The rows of an inspection application read back from its facts.
#[derive(Debug, Default)]
pub struct InspectionFacts<'f> {
    filing: InspectionFiling<'f>,
    head: InspectionHead<'f>,
    goods: Vec<InspectionGoods<'f>>,
    packing: Vec<InspectionPacking<'f>>,
    goods_containers: Vec<InspectionGoodsContainer<'f>>,
    licences: Vec<InspectionLicence<'f>>,
    containers: Vec<InspectionContainer<'f>>,
    papers: Vec<InspectionPaper<'f>>,
    qualifications: Vec<InspectionQualification<'f>>,
}

impl InspectionFacts<'_> {
    /// The application as a rule sees it.
    pub fn inspection(&self) -> Inspection<'_> {
        Inspection {
            filing: &self.filing,
            head: &self.head,
            goods: &self.goods,
            packing: &self.packing,
            goods_containers: &self.goods_containers,
            licences: &self.licences,
            containers: &self.containers,
            papers: &self.papers,
            qualifications: &self.qualifications,
        }
    }
}

/// Facts of either kind.
#[derive(Debug)]
pub enum Facts<'f> {
    /// Of a certificate.
    Certificate(CertificateFacts<'f>),
    /// Of an inspection application.
    Inspection(InspectionFacts<'f>),
}

/// Writes what the journal keeps of a certificate.
pub fn write(certificate: &Certificate<'_>, into: &mut Vec<u8>) {
    into.push(CERTIFICATE);
    write_row(0, certificate.head, into);
    write_row(1, certificate.amendment, into);
    certificate.items.iter().for_each(|row| write_row(2, row, into));
    certificate.non_party_firms.iter().for_each(|row| write_row(3, row, into));
    certificate.invoices.iter().for_each(|row| write_row(4, row, into));
}

/// Writes what the journal keeps of an inspection application.
pub fn write_inspection(inspection: &Inspection<'_>, into: &mut Vec<u8>) {
    into.push(INSPECTION);
    write_row(0, inspection.filing, into);
    write_row(1, inspection.head, into);
    inspection.goods.iter().for_each(|row| write_row(2, row, into));
    inspection.packing.iter().for_each(|row| write_row(3, row, into));
    inspection.goods_containers.iter().for_each(|row| write_row(4, row, into));
    inspection.licences.iter().for_each(|row| write_row(5, row, into));
    inspection.containers.iter().for_each(|row| write_row(6, row, into));
    inspection.papers.iter().for_each(|row| write_row(7, row, into));
    inspection.qualifications.iter().for_each(|row| write_row(8, row, into));
}

/// Reads them back; `None` when the bytes are no such facts.
pub fn read(facts: &[u8]) -> Option<Facts<'_>> {
    let (&kind, rest) = facts.split_first()?;
    match kind {
        CERTIFICATE => read_certificate(rest).map(Facts::Certificate),
        INSPECTION => read_inspection(rest).map(Facts::Inspection),
        _ => None,
    }
}

fn read_inspection(mut rest: &[u8]) -> Option<InspectionFacts<'_>> {
    let mut read = InspectionFacts::default();
    while let Some((&tag, row)) = rest.split_first() {
        rest = match tag {
            0 => read_row(&mut read.filing, row)?,
            1 => read_row(&mut read.head, row)?,
            2 => read_new_row(&mut read.goods, row)?,
            3 => read_new_row(&mut read.packing, row)?,
            4 => read_new_row(&mut read.goods_containers, row)?,
            5 => read_new_row(&mut read.licences, row)?,
            6 => read_new_row(&mut read.containers, row)?,
            7 => read_new_row(&mut read.papers, row)?,
            8 => read_new_row(&mut read.qualifications, row)?,
            _ => return None,
        };
    }
    Some(read)
}

fn read_certificate(mut rest: &[u8]) -> Option<CertificateFacts<'_>> {
    let mut read = CertificateFacts::default();
    while let Some((&tag, row)) = rest.split_first() {
        rest = match tag {
            0 => read_row(&mut read.head, row)?,
            1 => read_row(&mut read.amendment, row)?,
            2 => read_new_row(&mut read.items, row)?,
            3 => read_new_row(&mut read.non_party_firms, row)?,
            4 => read_new_row(&mut read.invoices, row)?,
            _ => return None,
        };
    }
    Some(read)
}

fn write_row<'b, R: Record<'b>>(tag: u8, row: &R, into: &mut Vec<u8>) {
    into.push(tag);
    for (field_idx, field) in R::FIELDS.iter().enumerate() {
        let text = row.text(field_idx);
        if text.is_present() && field.shape != Shape::Personal {
            into.push(field_idx as u8);
            into.extend_from_slice(&(text.value.len() as u32).to_le_bytes());
            into.extend_from_slice(text.value.as_bytes());
        }
    }
    into.push(END_OF_ROW);
}

fn read_new_row<'f, R: Record<'f> + Default>(rows: &mut Vec<R>, bytes: &'f [u8]) -> Option<&'f [u8]> {
    let mut row = R::default();
    let rest = read_row(&mut row, bytes)?;
    rows.push(row);
    Some(rest)
}

fn read_row<'f, R: Record<'f>>(row: &mut R, mut bytes: &'f [u8]) -> Option<&'f [u8]> {
    loop {
        let (&field_idx, rest) = bytes.split_first()?;
        if field_idx == END_OF_ROW {
            return Some(rest);
        }
        let (len, rest) = rest.split_first_chunk::<4>()?;
        let (value, rest) = rest.split_at_checked(u32::from_le_bytes(*len) as usize)?;
        if usize::from(field_idx) >= R::FIELDS.len() {
            return None;
        }
        *row.text_mut(usize::from(field_idx)) = Text::at(std::str::from_utf8(value).ok()?, 0);
        bytes = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_come_back_without_personal_data() {
        let head = CertificateHead {
            number: Text::at("E18MA4WXY1290061", 7),
            applicant_identity: Text::at("not to be kept", 9),
            ..CertificateHead::default()
        };
        let items =
            [CertificateItem { commodity_code: Text::at("640399", 20), ..CertificateItem::default() }];
        let amendment = CertificateAmendment::default();
        let certificate = Certificate {
            head: &head,
            amendment: &amendment,
            items: &items,
            non_party_firms: &[],
            invoices: &[],
        };
        let mut bytes = Vec::new();
        write(&certificate, &mut bytes);
        let Some(Facts::Certificate(facts)) = read(&bytes) else { panic!("written just now") };
        assert_eq!(facts.certificate().head.number.value, "E18MA4WXY1290061");
        assert_eq!(facts.certificate().head.applicant_identity.value, "");
        assert_eq!(facts.certificate().items[0].commodity_code.value, "640399");
    }

    #[test]
    fn an_application_comes_back_without_personal_data() {
        let head = InspectionHead {
            number: Text::at("HD-BJ-2012-0001", 7),
            contact_phone: Text::at("not to be kept", 9),
            ..InspectionHead::default()
        };
        let goods = [InspectionGoods { quantity: Text::at("1200", 20), ..InspectionGoods::default() }];
        let filing = InspectionFiling::default();
        let inspection = Inspection {
            filing: &filing,
            head: &head,
            goods: &goods,
            packing: &[],
            goods_containers: &[],
            licences: &[],
            containers: &[],
            papers: &[],
            qualifications: &[],
        };
        let mut bytes = Vec::new();
        write_inspection(&inspection, &mut bytes);
        let Some(Facts::Inspection(facts)) = read(&bytes) else { panic!("written just now") };
        assert_eq!(facts.inspection().head.number.value, "HD-BJ-2012-0001");
        assert_eq!(facts.inspection().head.contact_phone.value, "");
        assert_eq!(facts.inspection().goods[0].quantity.value, "1200");
    }

    #[test]
    fn what_was_cut_short_is_no_fact() {
        let head = CertificateHead { number: Text::at("E18MA4WXY1290061", 7), ..CertificateHead::default() };
        let amendment = CertificateAmendment::default();
        let certificate = Certificate {
            head: &head,
            amendment: &amendment,
            items: &[],
            non_party_firms: &[],
            invoices: &[],
        };
        let mut bytes = Vec::new();
        write(&certificate, &mut bytes);
        for len in 2..bytes.len() - 2 {
            assert!(read(&bytes[..len]).is_none(), "cut at {len}");
        }
    }
}
