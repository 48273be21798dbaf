//! How long the fields of a declaration may be (single-window.md 3.3, the column of lengths).
//!
//! Where real messages are known to carry more than is stated, what they carry is taken: `CopCode` of ten characters, `Type`
//! of seven, `CodeTS` of thirteen, `ClientSeqNo` of thirty-two. Dates have no length here: their shapes are judged by MSG-007.

#[cfg(test)]
use crate::length::RowLengths;
use crate::lengths;
use model::declaration::{Container, DeclarationHead, GoodsItem};
use model::documents::{
    DeclarationRows, Documents, ElectronicDocument, FirmQualification, FreeText, GoodsLicence,
    LicenceDocument, MarkPicture, OriginMapping, OtherPackaging, Promise, RequestedCertificate, Rows,
    Signature,
};
use model::finding::Finding;

/// All rows.
#[cfg(test)]
pub(super) static LENGTHS: &[&RowLengths] = &[
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

/// Finds every value that is longer than its field takes. In one piece, so that a profile shows what it costs.
#[inline(never)]
pub(super) fn check(from: &Documents<'_>, rows: &DeclarationRows, findings: &mut Vec<Finding>) {
    head(std::slice::from_ref(&from.heads[rows.head as usize]), findings);
    item(&from.items[range(&rows.items)], findings);
    goods_licence(&from.goods_licences[range(&rows.goods_licences)], findings);
    container(&from.containers[range(&rows.containers)], findings);
    licence(&from.licences[range(&rows.licences)], findings);
    requested(&from.requested_certificates[range(&rows.requested_certificates)], findings);
    packaging(&from.other_packaging[range(&rows.other_packaging)], findings);
    qualification(&from.qualifications[range(&rows.qualifications)], findings);
    picture(&from.mark_pictures[range(&rows.mark_pictures)], findings);
    free_text(std::slice::from_ref(&from.free_texts[rows.free_text as usize]), findings);
    signature(std::slice::from_ref(&from.signatures[rows.signature as usize]), findings);
    promise(&from.promises[range(&rows.promises)], findings);
    electronic_document(&from.electronic_documents[range(&rows.electronic_documents)], findings);
    origin_mapping(&from.origin_mappings[range(&rows.origin_mappings)], findings);
}

fn range(rows: &Rows) -> std::ops::Range<usize> {
    rows.start as usize..rows.end as usize
}

lengths! {
    /// Head.
    HEAD, head: DeclarationHead {
        agent_customs_code: 10,
        agent_name: 100,
        agent_unified_code: 18,
        agent_inspection_code: 10,
        entry_firm_code: 10,
        entry_firm_name: 70,
        entry_firm_unified_code: 18,
        consignor_customs_code: 18,
        consignor_name: 100,
        consignor_name_en: 400,
        consignor_unified_code: 18,
        consignor_inspection_code: 10,
        owner_customs_code: 18,
        owner_name: 100,
        owner_unified_code: 18,
        owner_inspection_code: 10,
        overseas_consignor_code: 50,
        overseas_party_name: 150,
        overseas_consignor_name_en: 100,
        overseas_party_address: 100,
        consignee_code: 50,
        consignee_name: 400,
        entry_number: 18,
        unified_number: 18,
        pre_entry_number: 9,
        direction: 1,
        entry_type: 1,
        document_kind: 7,
        channel_flag: 1,
        transit_relation: 1,
        bonded_list_kind: 1,
        extension_flags: 5,
        business_items: 5,
        special_business_flags: 10,
        price_statements: 32,
        customs_office: 4,
        exit_office: 4,
        exit_port: 8,
        final_port: 6,
        departure_port: 8,
        destination_country: 3,
        trading_country: 3,
        destination_office: 4,
        storage_place: 100,
        transport_mode: 1,
        transport_name: 50,
        bill_of_lading: 32,
        delivery_order: 50,
        contract_number: 32,
        licence_number: 20,
        handbook_number: 12,
        related_number: 18,
        correlation_number: 500,
        correlation_reason: 2,
        trade_mode: 4,
        levy_category: 3,
        price_term: 1,
        freight_mark: 1,
        freight_rate: (19, 5),
        freight_currency: 3,
        insurance_mark: 1,
        insurance_rate: (19, 5),
        insurance_currency: 3,
        other_mark: 1,
        other_rate: (19, 5),
        other_currency: 3,
        package_count: (9, 0),
        package_kind: 2,
        no_other_packaging: 1,
        gross_weight_kg: (19, 5),
        net_weight_kg: (19, 5),
        marks: 400,
        remarks: 255,
        channel_remark: 128,
        channel_remark_2: 128,
        guarantee_flag: 1,
        inspection_diversion: 1,
        tax_administration_mark: 1,
        original_container_flag: 1,
        entry_clerk: 32,
        entry_clerk_card: 30,
        declaring_person: 50,
        declarant_identifier: 20,
    }

    /// Goods line. On an export the wire swaps origin and destination (3.4); imports are swapped back and declined.
    ITEM, item: GoodsItem {
        line_number: (19, 0),
        handbook_line: 19,
        commodity_code: 13,
        inspection_code: 20,
        inspection_name: 50,
        name: 255,
        name_en: 100,
        specification: 255,
        classification_mark: 1,
        quantity: (19, 5),
        unit: 3,
        first_quantity: (19, 5),
        first_unit: 3,
        second_quantity: (19, 5),
        second_unit: 3,
        unit_factor: (11, 3),
        unit_price: (19, 4),
        total_price: (19, 4),
        currency: 3,
        destination_country: 3,
        origin_country: 3,
        origin_region: 50,
        preferential_origin: 3,
        source_district: 5,
        division: 8,
        duty_mode: 1,
        use_code: 2,
        purpose: 4,
        attributes: 20,
        finished_goods_number: 30,
        finished_goods_version: 8,
        processing_fee: (19, 4),
        materials: 400,
        inspection_specification: 2000,
        model: 2000,
        brand: 2000,
        production_dates: 2000,
        production_batch: 2000,
        valid_until: 20,
        shelf_life: 20,
        producer_registration: 20,
        producer_name: 150,
        overseas_producer_name: 100,
        un_number: 20,
        dangerous_name: 80,
        dangerous_packaging_class: 4,
        dangerous_packaging_specification: 24,
        not_dangerous_flag: 1,
        control_code: 4,
    }

    /// Licence of a goods line.
    GOODS_LICENCE, goods_licence: GoodsLicence {
        goods_line: 9,
        type_code: 5,
        number: 40,
        write_off_detail: 4,
        write_off_quantity: 20,
        write_off_unit: 3,
    }

    /// Container.
    CONTAINER, container: Container {
        number: 32,
        size_type: 32,
        goods_lines: 255,
        consolidated_flag: 1,
        goods_weight_kg: (19, 5),
        tare_kg: (18, 5),
    }

    /// Licence document.
    LICENCE, licence: LicenceDocument {
        code: 1,
        number: 32,
    }

    /// Certificate asked of inspection.
    REQUESTED, requested: RequestedCertificate {
        code: 50,
        originals: 50,
        copies: 50,
    }

    /// Packaging beside that in the head.
    PACKAGING, packaging: OtherPackaging {
        quantity: (19, 5),
        kind: 2,
    }

    /// Qualification of the firm.
    QUALIFICATION, qualification: FirmQualification {
        number: 40,
        type_code: 5,
    }

    /// Picture of the marks.
    PICTURE, picture: MarkPicture {
        name: 80,
        file_type: 20,
    }

    /// Free fields.
    FREE_TEXT, free_text: FreeText {
        warehouse: 32,
        yard: 8,
        declarant_contact: 32,
        declaring_person_number: 13,
        related_entry: 18,
        related_filing: 12,
        voyage: 32,
    }

    /// Operation and signature.
    SIGNATURE, signature: Signature {
        operation: 1,
        client_number: 32,
        firm_code: 18,
        signer_class: 1,
        remark: 100,
        bonded_list_number: 18,
        operator_card: 13,
        operator_name: 30,
        operator_certificate: 20,
    }

    /// Promise.
    PROMISE, promise: Promise {
        material_code: 10,
    }

    /// Electronic document.
    ELECTRONIC_DOCUMENT, electronic_document: ElectronicDocument {
        id: 64,
        type_code: 8,
        format: 2,
        note: 255,
        firm_file_name: 64,
        owner_customs_code: 10,
        signing_unit: 10,
        owner_name: 100,
        size_bytes: 12,
        goods_lines: 150,
    }

    /// Origin document mapped to a goods line.
    ORIGIN_MAPPING, origin_mapping: OriginMapping {
        document_type: 3,
        goods_line: 9,
        document_number: 64,
        document_line: 9,
        extension: 255,
    }
}
