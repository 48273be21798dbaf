//! Messages that are known and not decided here, each a row with what it is (ruling K8).

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
    known("EEntDeclIo", &["http://www.chinaport.gov.cn/ciq", ""], INSPECTION),
    // Gateway of the United Kingdom; documentation strips its namespaces.
    known("Response", &[wco_declaration::ANSWERS, ""], ANSWER),
];

const ANSWER: Words = Words { zh: "回执，不是申报", en: "an answer, not a declaration" };
const ATTACHMENT: Words = Words {
    zh: "原产地证附件报文，不含证书",
    en: "an attachment of a certificate, not the certificate",
};
const INSPECTION: Words = Words {
    zh: "检验检疫申请，本程序目前不决定",
    en: "an inspection application, which is not decided here",
};

/// What is said of a root that is not known.
pub(crate) const UNKNOWN: Words =
    Words { zh: "不是本程序受理的报文种类", en: "not a type this program clears" };

/// What a message is that no format reads.
pub(crate) fn why(name: &str, namespace: &str) -> Words {
    DECLINED.iter().find(|known| known.root.is(name, namespace)).map_or(UNKNOWN, |known| known.why)
}

const fn known(local_name: &'static str, namespaces: &'static [&'static str], why: Words) -> DeclinedRoot {
    DeclinedRoot { root: Root { local_name, namespaces }, why, is_cut: true }
}

const fn alone(local_name: &'static str, namespaces: &'static [&'static str], why: Words) -> DeclinedRoot {
    DeclinedRoot { is_cut: false, ..known(local_name, namespaces, why) }
}
