//! Messages that are known and not decided here, each a row with what it is (ruling K8).
//!
//! A standard with more messages than it is worth to list is known by its namespace besides.

use crate::Root;
use crate::{single_window_certificate, single_window_declaration, wco_declaration};
use model::finding::Words;

/// A message that is declined by its root.
#[derive(Clone, Copy, Debug)]
pub struct DeclinedRoot {
    /// Name and namespaces.
    pub root: Root,
    /// What it is.
    pub why: Words,
    /// Batches are cut at it. A name that others use, too, is known only where it stands alone.
    pub is_cut: bool,
}

/// A message of the Universal Business Language.
macro_rules! ubl {
    ($name:literal, $why:expr) => {
        known($name, &[concat!("urn:oasis:names:specification:ubl:schema:xsd:", $name, "-2")], $why)
    };
}

/// A message of transit in the European Union.
macro_rules! ncts {
    ($name:literal) => {
        known($name, &[NCTS], TRANSIT)
    };
}

/// The messages, by gateway.
pub static DECLINED: &[DeclinedRoot] = &[
    // China Single Window.
    known("DecImportResponse", &[single_window_declaration::NAMESPACE, ""], ANSWER),
    known("DEC_DATA", &[""], ANSWER),
    known("DEC_RESULT", &[""], ANSWER),
    known("Receipt", &[single_window_certificate::NAMESPACE, ""], ANSWER),
    known("FileRet", &[single_window_certificate::NAMESPACE, ""], ANSWER),
    known("CommonResponeMessage", &[""], ANSWER),
    known("ImportAgrResponse", &[single_window_declaration::NAMESPACE, ""], ANSWER),
    alone("File", &[""], ATTACHMENT),
    known("DCL_RESPONSE", &[""], ANSWER),
    known("Manifest", &["urn:Declaration:datamodel:standard:CN:MT1401:1"], MANIFEST),
    // Gateway of the United Kingdom; documentation strips its namespaces.
    known("Response", &[wco_declaration::ANSWERS, ""], NOTIFICATION),
    // Movements there, and the answers to them.
    known("inventoryLinkingMovementRequest", MOVEMENTS, MOVEMENT),
    known("inventoryLinkingConsolidationRequest", MOVEMENTS, MOVEMENT),
    known("inventoryLinkingQueryRequest", MOVEMENTS, MOVEMENT),
    known("inventoryLinkingControlResponse", MOVEMENTS, ANSWER),
    known("inventoryLinkingMovementResponse", MOVEMENTS, ANSWER),
    known("inventoryLinkingMovementTotalsResponse", MOVEMENTS, ANSWER),
    known("inventoryLinkingQueryResponse", MOVEMENTS, ANSWER),
    // Other systems.
    known("SPSCertificate", &["urn:un:unece:uncefact:data:standard:SPSCertificate:17"], PHYTOSANITARY),
    known("ASYCUDA", &[""], ASYCUDA),
    // Universal Business Language.
    ubl!("ImportCustomsDeclaration", IMPORT),
    ubl!("TransitCustomsDeclaration", TRANSIT),
    ubl!("ProofOfReexportation", REEXPORTATION),
    ubl!("ProofOfReexportationRequest", REEXPORTATION),
    ubl!("ProofOfReexportationReminder", REEXPORTATION),
    ubl!("ApplicationResponse", ANSWER),
    ubl!("DocumentStatus", ANSWER),
    ubl!("Invoice", INVOICE),
    ubl!("CreditNote", INVOICE),
    ubl!("DebitNote", INVOICE),
    ubl!("FreightInvoice", INVOICE),
    ubl!("SelfBilledInvoice", INVOICE),
    ubl!("SelfBilledCreditNote", INVOICE),
    ubl!("BillOfLading", TRANSPORT),
    ubl!("Waybill", TRANSPORT),
    ubl!("PackingList", TRANSPORT),
    ubl!("Manifest", TRANSPORT),
    ubl!("DespatchAdvice", TRANSPORT),
    ubl!("ReceiptAdvice", TRANSPORT),
    ubl!("ForwardingInstructions", TRANSPORT),
    ubl!("WeightStatement", TRANSPORT),
    ubl!("TransportationStatus", TRANSPORT),
    ubl!("GoodsItemItinerary", TRANSPORT),
    ubl!("CommonTransportationReport", TRANSPORT),
    ubl!("Order", TRADE),
    ubl!("OrderResponse", TRADE),
    // Transit of the European Union: each step of it is a message of its own.
    ncts!("CC013C"),
    ncts!("CC014C"),
    ncts!("CC015C"),
    ncts!("CC170C"),
    ncts!("CC007C"),
    ncts!("CC044C"),
];

/// Namespaces of standards whose other messages are known by nothing else, by how they begin.
static STANDARDS: &[(&str, Words)] = &[
    ("urn:oasis:names:specification:ubl:schema:xsd:", TRADE),
    ("urn:wco:datamodel:WCO:RES-DMS:", NOTIFICATION),
    ("urn:un:unece:uncefact:data:standard:SPS", PHYTOSANITARY),
    ("http://gov.uk/customs/inventoryLinking/", MOVEMENT),
];

const MOVEMENTS: &[&str] = &["http://gov.uk/customs/inventoryLinking/v1"];
const NCTS: &str = "http://ncts.dgtaxud.ec";

const ANSWER: Words = Words { zh: "回执，不是申报", en: "an answer, not a declaration" };
const ATTACHMENT: Words = Words {
    zh: "原产地证附件报文，不含证书",
    en: "an attachment of a certificate, not the certificate",
};

const MANIFEST: Words = Words {
    zh: "公路舱单，不是本程序受理的报文种类",
    en: "a road manifest, not a type this program clears",
};
const NOTIFICATION: Words = Words {
    zh: "海关答复通知（RES），不是申报",
    en: "a notification from customs (RES), not a declaration",
};
const MOVEMENT: Words = Words {
    zh: "货物移动报文（运抵、运离或拼单），不是本程序受理的报文种类",
    en: "a movement of goods (arrival, departure, consolidation), not a type this program clears",
};
const PHYTOSANITARY: Words = Words {
    zh: "动植物检疫证书，不是本程序受理的报文种类",
    en: "a sanitary or phytosanitary certificate, not a type this program clears",
};
const ASYCUDA: Words = Words {
    zh: "ASYCUDA系统报关单，不是本程序受理的报文种类",
    en: "a declaration of ASYCUDA, not a type this program clears",
};
const IMPORT: Words = Words {
    zh: "进口报关单，不是本程序受理的报文种类",
    en: "an import declaration, not a type this program clears",
};
const TRANSIT: Words = Words {
    zh: "过境、转关运输报文，不是本程序受理的报文种类",
    en: "a message of transit, not a type this program clears",
};
const REEXPORTATION: Words = Words {
    zh: "复运出境证明，不是本程序受理的报文种类",
    en: "a proof of re-exportation, not a type this program clears",
};
const INVOICE: Words = Words {
    zh: "发票或账单，不是本程序受理的报文种类",
    en: "an invoice or a note on one, not a type this program clears",
};
const TRANSPORT: Words = Words {
    zh: "运输单证，不是本程序受理的报文种类",
    en: "a document of transport, not a type this program clears",
};
const TRADE: Words = Words {
    zh: "贸易单证，不是本程序受理的报文种类",
    en: "a document of trade, not a type this program clears",
};

/// What is said of a root that is not known.
pub(crate) const UNKNOWN: Words =
    Words { zh: "不是本程序受理的报文种类", en: "not a type this program clears" };

/// What a message is that no format reads.
pub(crate) fn why(name: &str, namespace: &str) -> Words {
    let listed = DECLINED.iter().find(|known| known.root.is(name, namespace)).map(|known| known.why);
    let of_a_standard = || (namespace == NCTS).then_some(TRANSIT).or_else(|| standard(namespace));
    listed.or_else(of_a_standard).unwrap_or(UNKNOWN)
}

fn standard(namespace: &str) -> Option<Words> {
    STANDARDS.iter().find(|(begins, _)| namespace.starts_with(begins)).map(|(_, why)| *why)
}

const fn known(local_name: &'static str, namespaces: &'static [&'static str], why: Words) -> DeclinedRoot {
    DeclinedRoot { root: Root { local_name, namespaces }, why, is_cut: true }
}

const fn alone(local_name: &'static str, namespaces: &'static [&'static str], why: Words) -> DeclinedRoot {
    DeclinedRoot { is_cut: false, ..known(local_name, namespaces, why) }
}

#[cfg(test)]
mod tests;
