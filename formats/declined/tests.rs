//! What a sender of something else is told.

use super::*;
use crate::testing::read;
use expect_test::expect;

/// What is told of a message of this root, in both languages.
fn told(root: &str, namespace: &str) -> String {
    let text = format!("<x:{root} xmlns:x='{namespace}'><x:A>1</x:A></x:{root}>");
    let text = if namespace.is_empty() { format!("<{root}><A>1</A></{root}>") } else { text };
    let reading = read(&text);
    assert_eq!((reading.kind, reading.format), ("declined", None), "{root}");
    let why = why(root, namespace);
    assert!(reading.told.contains(why.en), "{}", reading.told);
    format!("{root}: {} / {}\n", why.en, why.zh)
}

#[test]
fn each_message_is_told_what_it_is() {
    let told: String =
        DECLINED.iter().map(|known| told(known.root.local_name, known.root.namespaces[0])).collect();
    expect![[r#"
        DecImportResponse: an answer, not a declaration / 回执，不是申报
        DEC_DATA: an answer, not a declaration / 回执，不是申报
        DEC_RESULT: an answer, not a declaration / 回执，不是申报
        Receipt: an answer, not a declaration / 回执，不是申报
        FileRet: an answer, not a declaration / 回执，不是申报
        CommonResponeMessage: an answer, not a declaration / 回执，不是申报
        ImportAgrResponse: an answer, not a declaration / 回执，不是申报
        File: an attachment of a certificate, not the certificate / 原产地证附件报文，不含证书
        DCL_RESPONSE: an answer, not a declaration / 回执，不是申报
        Manifest: a road manifest, not a type this program clears / 公路舱单，不是本程序受理的报文种类
        Response: a notification from customs (RES), not a declaration / 海关答复通知（RES），不是申报
        inventoryLinkingMovementRequest: a movement of goods (arrival, departure, consolidation), not a type this program clears / 货物移动报文（运抵、运离或拼单），不是本程序受理的报文种类
        inventoryLinkingConsolidationRequest: a movement of goods (arrival, departure, consolidation), not a type this program clears / 货物移动报文（运抵、运离或拼单），不是本程序受理的报文种类
        inventoryLinkingQueryRequest: a movement of goods (arrival, departure, consolidation), not a type this program clears / 货物移动报文（运抵、运离或拼单），不是本程序受理的报文种类
        inventoryLinkingControlResponse: an answer, not a declaration / 回执，不是申报
        inventoryLinkingMovementResponse: an answer, not a declaration / 回执，不是申报
        inventoryLinkingMovementTotalsResponse: an answer, not a declaration / 回执，不是申报
        inventoryLinkingQueryResponse: an answer, not a declaration / 回执，不是申报
        SPSCertificate: a sanitary or phytosanitary certificate, not a type this program clears / 动植物检疫证书，不是本程序受理的报文种类
        ASYCUDA: a declaration of ASYCUDA, not a type this program clears / ASYCUDA系统报关单，不是本程序受理的报文种类
        ImportCustomsDeclaration: an import declaration, not a type this program clears / 进口报关单，不是本程序受理的报文种类
        TransitCustomsDeclaration: a message of transit, not a type this program clears / 过境、转关运输报文，不是本程序受理的报文种类
        ProofOfReexportation: a proof of re-exportation, not a type this program clears / 复运出境证明，不是本程序受理的报文种类
        ProofOfReexportationRequest: a proof of re-exportation, not a type this program clears / 复运出境证明，不是本程序受理的报文种类
        ProofOfReexportationReminder: a proof of re-exportation, not a type this program clears / 复运出境证明，不是本程序受理的报文种类
        ApplicationResponse: an answer, not a declaration / 回执，不是申报
        DocumentStatus: an answer, not a declaration / 回执，不是申报
        Invoice: an invoice or a note on one, not a type this program clears / 发票或账单，不是本程序受理的报文种类
        CreditNote: an invoice or a note on one, not a type this program clears / 发票或账单，不是本程序受理的报文种类
        DebitNote: an invoice or a note on one, not a type this program clears / 发票或账单，不是本程序受理的报文种类
        FreightInvoice: an invoice or a note on one, not a type this program clears / 发票或账单，不是本程序受理的报文种类
        SelfBilledInvoice: an invoice or a note on one, not a type this program clears / 发票或账单，不是本程序受理的报文种类
        SelfBilledCreditNote: an invoice or a note on one, not a type this program clears / 发票或账单，不是本程序受理的报文种类
        BillOfLading: a document of transport, not a type this program clears / 运输单证，不是本程序受理的报文种类
        Waybill: a document of transport, not a type this program clears / 运输单证，不是本程序受理的报文种类
        PackingList: a document of transport, not a type this program clears / 运输单证，不是本程序受理的报文种类
        Manifest: a document of transport, not a type this program clears / 运输单证，不是本程序受理的报文种类
        DespatchAdvice: a document of transport, not a type this program clears / 运输单证，不是本程序受理的报文种类
        ReceiptAdvice: a document of transport, not a type this program clears / 运输单证，不是本程序受理的报文种类
        ForwardingInstructions: a document of transport, not a type this program clears / 运输单证，不是本程序受理的报文种类
        WeightStatement: a document of transport, not a type this program clears / 运输单证，不是本程序受理的报文种类
        TransportationStatus: a document of transport, not a type this program clears / 运输单证，不是本程序受理的报文种类
        GoodsItemItinerary: a document of transport, not a type this program clears / 运输单证，不是本程序受理的报文种类
        CommonTransportationReport: a document of transport, not a type this program clears / 运输单证，不是本程序受理的报文种类
        Order: a document of trade, not a type this program clears / 贸易单证，不是本程序受理的报文种类
        OrderResponse: a document of trade, not a type this program clears / 贸易单证，不是本程序受理的报文种类
        CC013C: a message of transit, not a type this program clears / 过境、转关运输报文，不是本程序受理的报文种类
        CC014C: a message of transit, not a type this program clears / 过境、转关运输报文，不是本程序受理的报文种类
        CC015C: a message of transit, not a type this program clears / 过境、转关运输报文，不是本程序受理的报文种类
        CC170C: a message of transit, not a type this program clears / 过境、转关运输报文，不是本程序受理的报文种类
        CC007C: a message of transit, not a type this program clears / 过境、转关运输报文，不是本程序受理的报文种类
        CC044C: a message of transit, not a type this program clears / 过境、转关运输报文，不是本程序受理的报文种类
    "#]].assert_eq(&told);
}

#[test]
fn a_standard_is_known_by_its_namespace() {
    let told = [
        ("Catalogue", "urn:oasis:names:specification:ubl:schema:xsd:Catalogue-2"),
        ("CC928C", "http://ncts.dgtaxud.ec"),
        ("SPSAcknowledgement", "urn:un:unece:uncefact:data:standard:SPSAcknowledgement:17"),
    ]
    .map(|(root, namespace)| told(root, namespace))
    .concat();
    expect![[r#"
        Catalogue: a document of trade, not a type this program clears / 贸易单证，不是本程序受理的报文种类
        CC928C: a message of transit, not a type this program clears / 过境、转关运输报文，不是本程序受理的报文种类
        SPSAcknowledgement: a sanitary or phytosanitary certificate, not a type this program clears / 动植物检疫证书，不是本程序受理的报文种类
    "#]].assert_eq(&told);
}

#[test]
fn a_name_in_another_namespace_is_none_of_these() {
    for (root, namespace) in [
        ("Invoice", "urn:example:invoice"),
        ("Invoice", ""),
        ("SPSCertificate", ""),
        ("ASYCUDA", "urn:x"),
        ("CC015C", "http://ncts.dgtaxud.ec.example.com"),
    ] {
        assert!(told(root, namespace).contains(UNKNOWN.en), "{root} in {namespace}");
    }
}

/// Messages of others stand in batches between ours: each is cut out whole, whatever it holds.
#[test]
fn what_they_hold_is_none_of_ours() {
    let invoice = "<Invoice xmlns='urn:oasis:names:specification:ubl:schema:xsd:Invoice-2'>\
                   <Certificate xmlns='http://www.w3.org/2000/09/xmldsig#'><A>1</A></Certificate></Invoice>";
    assert_eq!(
        read(invoice).told,
        "MSG-030 warn 1:1 /Invoice what=an invoice or a note on one, not a type this program clears root=Invoice\n"
    );
}
