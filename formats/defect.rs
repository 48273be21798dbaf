//! What cutting found wrong with a document, in words for its sender: the rule it breaks and the values that show it.
//!
//! The reader of a format says such things itself; a document with a defect never gets that far.

use model::batch::{Base64Fault, ContainerFault, Defect, EncodingFault};
use model::evidence;
use model::finding::{Evidence, Words};

/// The rule a defect breaks, what is wrong, and the evidence its sentence is filled from; `what` is part of it.
///
/// `fault` names the defect for machines, where one rule stands for several.
pub fn told(defect: &Defect) -> (&'static str, Words, Evidence) {
    let (rule, what) = match defect {
        Defect::Empty => (NOTHING_TO_READ, EMPTY),
        Defect::NotXml => (NOTHING_TO_READ, NOT_XML),
        Defect::NoRoot => (NOTHING_TO_READ, NO_ROOT),
        Defect::Encoding { fault, .. } => (ENCODING_NOT_TAKEN, encoding(*fault)),
        Defect::Utf8 { .. } => (ENCODING_NOT_TAKEN, UTF8),
        Defect::Undecodable { .. } => (ENCODING_NOT_TAKEN, UNDECODABLE),
        Defect::Declaration { .. } => (NOT_WELL_FORMED, DECLARATION),
        Defect::Doctype { .. } => (DOCUMENT_TYPE_DECLARATION, DOCTYPE),
        Defect::Prologue { .. } => (STRAY_TEXT, PROLOGUE),
        Defect::Stray => (STRAY_TEXT, STRAY),
        Defect::SecondRoot => (NOT_WELL_FORMED, SECOND_ROOT),
        Defect::Truncated { .. } => (DOCUMENT_CUT_SHORT, TRUNCATED),
        Defect::TooLarge { .. } => (LIMIT_EXCEEDED, TOO_LARGE),
        Defect::TooDeep { .. } => (LIMIT_EXCEEDED, TOO_DEEP),
        Defect::Base64 { fault, .. } => (BASE64_UNREADABLE, base64(*fault)),
        Defect::Container { fault: ContainerFault::NoDocument, .. } => {
            (NOTHING_TO_READ, container(ContainerFault::NoDocument))
        }
        Defect::Container { fault, .. } => (CONTAINER_UNREADABLE, container(*fault)),
        Defect::Fault => (PROGRAM_FAULT, FAULT),
    };
    (rule, what, evidence(defect, what))
}

const NOT_WELL_FORMED: &str = "MSG-001";
const DOCUMENT_TYPE_DECLARATION: &str = "MSG-002";
const ENCODING_NOT_TAKEN: &str = "MSG-003";
const CONTAINER_UNREADABLE: &str = "MSG-004";
const LIMIT_EXCEEDED: &str = "MSG-010";
const BASE64_UNREADABLE: &str = "MSG-011";
const NOTHING_TO_READ: &str = "MSG-012";
const STRAY_TEXT: &str = "MSG-013";
const DOCUMENT_CUT_SHORT: &str = "MSG-014";
const PROGRAM_FAULT: &str = "MSG-032";

const FAULT: Words = Words {
    zh: "程序内部错误，本文件自此处起未能读取，其中货物不予放行",
    en: "an internal fault: from here on this file could not be read, nothing of the rest is released",
};

fn evidence(defect: &Defect, what: Words) -> Evidence {
    let mut evidence = evidence![what, fault = defect.name()];
    match defect {
        Defect::Encoding { declared, .. } => evidence.extend(evidence![encoding = declared.as_str()]),
        Defect::Utf8 { .. } => evidence.extend(evidence![encoding = "UTF-8"]),
        Defect::Undecodable { encoding, .. } => evidence.extend(evidence![encoding = encoding.name()]),
        Defect::TooLarge { bytes, limit } => {
            evidence.extend(evidence![bytes = whole(*bytes), limit = whole(*limit)]);
        }
        Defect::TooDeep { depth, limit } => {
            evidence.extend(evidence![depth = whole(*depth), limit = whole(*limit)]);
        }
        _ => {}
    }
    evidence
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

const fn encoding(fault: EncodingFault) -> Words {
    match fault {
        EncodingFault::NotTaken => Words { zh: "报文编码不受理", en: "the encoding is not taken" },
        EncodingFault::Disagreeing => Words {
            zh: "声明的编码与字节顺序标记或实际字节不一致",
            en: "the encoding declared is not the one the bytes are in",
        },
        EncodingFault::Unmarked => Words {
            zh: "UTF-16报文缺少字节顺序标记",
            en: "the message is in UTF-16 without a byte order mark",
        },
    }
}

const fn base64(fault: Base64Fault) -> Words {
    match fault {
        Base64Fault::Malformed => Words {
            zh: "Base64字符或填充有误",
            en: "a Base64 value has a wrong character or wrong padding",
        },
        Base64Fault::TooLong => {
            Words { zh: "Base64内容过长", en: "a Base64 value is longer than a value may be" }
        }
        Base64Fault::Nested => Words {
            zh: "Base64内容中又有Base64封装",
            en: "a Base64 value holds another message in Base64",
        },
    }
}

const fn container(fault: ContainerFault) -> Words {
    match fault {
        ContainerFault::NoDocument => {
            Words { zh: "压缩包内没有报文", en: "the archive holds no message" }
        }
        ContainerFault::Nested => Words {
            zh: "压缩包内又有压缩包",
            en: "an archive or compressed file stands inside an archive",
        },
        ContainerFault::RawSize => {
            Words { zh: "文件字节数过多", en: "the input has more bytes than an input may have" }
        }
        ContainerFault::DecodedSize => Words {
            zh: "解压后字节数过多",
            en: "the input has more bytes after decompression than an input may have",
        },
        ContainerFault::Ratio => {
            Words { zh: "压缩比异常", en: "the archive unpacks to implausibly many bytes" }
        }
        ContainerFault::NotAFile => Words {
            zh: "压缩包内有链接、设备等非普通文件",
            en: "the archive holds a link, a device or something else that is no file",
        },
        ContainerFault::Unread => Words {
            zh: "采用不受理的压缩格式（如gzip、xz、7z、RAR）",
            en: "it is packed in a format that is not opened, such as gzip, xz, 7z or RAR",
        },
        ContainerFault::ZstdCorrupt => Words { zh: "zstd数据损坏", en: "a zstd frame does not decode" },
        ContainerFault::ZstdChecksum => {
            Words { zh: "zstd校验和不符", en: "the checksum of a zstd frame is wrong" }
        }
        ContainerFault::ZstdTruncated => {
            Words { zh: "zstd数据不完整", en: "a zstd frame ends too early" }
        }
        ContainerFault::ZstdTrailing => Words {
            zh: "zstd数据之后还有其他字节",
            en: "there are bytes after the last zstd frame",
        },
        ContainerFault::ZstdNoFrame => {
            Words { zh: "zstd数据没有内容", en: "there is no zstd frame with content" }
        }
        ContainerFault::ZstdFrames => Words { zh: "zstd帧过多", en: "there are too many zstd frames" },
        ContainerFault::ZstdSkippable => Words {
            zh: "zstd可跳过帧过多或过长",
            en: "there are too many or too long skippable zstd frames",
        },
        ContainerFault::ZstdWindow => Words {
            zh: "zstd窗口过大，解压需要过多内存",
            en: "a zstd frame asks for a window larger than is allowed",
        },
        ContainerFault::ZstdDictionary => {
            Words { zh: "zstd数据需要字典", en: "a zstd frame needs a dictionary" }
        }
        ContainerFault::TarHeader => {
            Words { zh: "tar文件头无法读取", en: "a tar header cannot be read" }
        }
        ContainerFault::TarTruncated => {
            Words { zh: "tar文件不完整", en: "the tar ends within an entry" }
        }
        ContainerFault::TarKind => {
            Words { zh: "tar条目类型不受理", en: "the tar has an entry of a kind that is not read" }
        }
        ContainerFault::TarMismatch => Words {
            zh: "tar中同一条目的大小前后不一致",
            en: "the tar gives one entry two sizes, or bytes to what has none",
        },
        ContainerFault::TarDuplicate => Words {
            zh: "tar中有同名条目，只读取第一个",
            en: "the tar has an entry of this name already, and only the first is read",
        },
        ContainerFault::TarEntries => Words { zh: "tar条目过多", en: "the tar has too many entries" },
        ContainerFault::ZipDirectory => {
            Words { zh: "ZIP目录无法读取", en: "the directory of the ZIP cannot be read" }
        }
        ContainerFault::ZipEntries => Words { zh: "ZIP条目过多", en: "the ZIP has too many entries" },
        ContainerFault::ZipDuplicate => Words {
            zh: "ZIP中条目重名或重叠",
            en: "the ZIP has two entries of one name, or entries that overlap",
        },
        ContainerFault::ZipMismatch => Words {
            zh: "ZIP条目自身的文件头与目录不一致",
            en: "the header of an entry of the ZIP says other than the directory",
        },
        ContainerFault::ZipHidden => Words {
            zh: "ZIP中有目录未列出的字节",
            en: "the ZIP has bytes that its directory does not list",
        },
        ContainerFault::ZipMultiDisk => {
            Words { zh: "ZIP为分卷文件", en: "the ZIP is one of several parts" }
        }
        ContainerFault::ZipEncrypted => {
            Words { zh: "ZIP条目已加密", en: "an entry of the ZIP is encrypted" }
        }
        ContainerFault::ZipMethod => Words {
            zh: "ZIP压缩方法不受理",
            en: "an entry of the ZIP is packed by a method that is not read",
        },
        ContainerFault::ZipCorrupt => Words {
            zh: "ZIP条目损坏或校验和不符",
            en: "an entry of the ZIP does not decode, or its checksum is wrong",
        },
        ContainerFault::ZipTooLarge => Words {
            zh: "ZIP过大，请以文件方式发送",
            en: "the ZIP is too large to be read from a stream or from inside another file",
        },
    }
}

const EMPTY: Words = Words { zh: "内容为空", en: "there is nothing in it" };
const NOT_XML: Words = Words {
    zh: "不是XML报文：第一个非空字符应为“<”",
    en: "it does not start like XML: the first character that is no blank must be <",
};
const NO_ROOT: Words = Words { zh: "没有根元素", en: "there is no root element" };
const UTF8: Words = Words { zh: "有字节不符合编码", en: "a byte does not fit the encoding" };
const UNDECODABLE: Words = Words {
    zh: "有字节在该编码中不是字符",
    en: "a byte is part of no character of the encoding",
};
const DECLARATION: Words = Words {
    zh: "XML声明书写错误或位置不对：应写作<?xml version=\"1.0\" encoding=\"UTF-8\"?>，其前不能有空格或空行",
    en: "the XML declaration is malformed or misplaced: write <?xml version=\"1.0\" encoding=\"UTF-8\"?>, with no blank before it",
};
const DOCTYPE: Words = Words { zh: "含有文档类型声明", en: "there is a document type declaration" };
const PROLOGUE: Words = Words {
    zh: "第一个元素之前有不应出现的内容",
    en: "something stands before the first element that cannot stand there",
};
const STRAY: Words =
    Words { zh: "报文之外有文字或标记", en: "text or loose markup stands outside any message" };
const SECOND_ROOT: Words = Words {
    zh: "未知报文的根元素之后又有根元素",
    en: "an element follows the root of a message of an unknown kind",
};
const TRUNCATED: Words =
    Words { zh: "报文在根元素关闭之前结束", en: "the message ends before its root is closed" };
const TOO_LARGE: Words = Words { zh: "报文字节数过多", en: "the message has too many bytes" };
const TOO_DEEP: Words =
    Words { zh: "外层封装嵌套过深", en: "the message stands inside too many wrappers" };

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;
    use model::encoding::Encoding;

    fn container_faults() -> Vec<ContainerFault> {
        use ContainerFault::*;
        vec![
            NoDocument,
            Nested,
            RawSize,
            DecodedSize,
            Ratio,
            NotAFile,
            Unread,
            ZstdCorrupt,
            ZstdChecksum,
            ZstdTruncated,
            ZstdTrailing,
            ZstdNoFrame,
            ZstdFrames,
            ZstdSkippable,
            ZstdWindow,
            ZstdDictionary,
            TarHeader,
            TarTruncated,
            TarKind,
            TarMismatch,
            TarDuplicate,
            TarEntries,
            ZipDirectory,
            ZipEntries,
            ZipDuplicate,
            ZipMismatch,
            ZipHidden,
            ZipMultiDisk,
            ZipEncrypted,
            ZipMethod,
            ZipCorrupt,
            ZipTooLarge,
        ]
    }

    fn defects() -> Vec<Defect> {
        let position = 7;
        let mut all = vec![
            Defect::Empty,
            Defect::NotXml,
            Defect::NoRoot,
            Defect::Utf8 { position },
            Defect::Undecodable { encoding: Encoding::Gb18030, position },
            Defect::Declaration { position },
            Defect::Doctype { position },
            Defect::Prologue { position },
            Defect::Stray,
            Defect::SecondRoot,
            Defect::Truncated { position },
            Defect::TooLarge { bytes: 9, limit: 8 },
            Defect::TooDeep { depth: 65, limit: 64 },
            Defect::Fault,
        ];
        for fault in [EncodingFault::NotTaken, EncodingFault::Disagreeing, EncodingFault::Unmarked] {
            all.push(Defect::Encoding { fault, declared: "GBK".to_owned() });
        }
        for fault in [Base64Fault::Malformed, Base64Fault::TooLong, Base64Fault::Nested] {
            all.push(Defect::Base64 { fault, position });
        }
        all.extend(container_faults().into_iter().map(|fault| Defect::Container { fault, position }));
        all
    }

    #[test]
    fn every_defect_is_told_by_its_rule() {
        let mut lines = String::new();
        for defect in defects() {
            let (rule, what, _) = told(&defect);
            lines.push_str(&format!("{rule} {}: {} / {}\n", defect.name(), what.en, what.zh));
        }
        expect![[r#"
            MSG-012 empty: there is nothing in it / 内容为空
            MSG-012 not-xml: it does not start like XML: the first character that is no blank must be < / 不是XML报文：第一个非空字符应为“<”
            MSG-012 no-root: there is no root element / 没有根元素
            MSG-003 utf8: a byte does not fit the encoding / 有字节不符合编码
            MSG-003 undecodable: a byte is part of no character of the encoding / 有字节在该编码中不是字符
            MSG-001 declaration: the XML declaration is malformed or misplaced: write <?xml version="1.0" encoding="UTF-8"?>, with no blank before it / XML声明书写错误或位置不对：应写作<?xml version="1.0" encoding="UTF-8"?>，其前不能有空格或空行
            MSG-002 doctype: there is a document type declaration / 含有文档类型声明
            MSG-013 prologue: something stands before the first element that cannot stand there / 第一个元素之前有不应出现的内容
            MSG-013 stray: text or loose markup stands outside any message / 报文之外有文字或标记
            MSG-001 second-root: an element follows the root of a message of an unknown kind / 未知报文的根元素之后又有根元素
            MSG-014 truncated: the message ends before its root is closed / 报文在根元素关闭之前结束
            MSG-010 too-large: the message has too many bytes / 报文字节数过多
            MSG-010 too-deep: the message stands inside too many wrappers / 外层封装嵌套过深
            MSG-032 internal-fault: an internal fault: from here on this file could not be read, nothing of the rest is released / 程序内部错误，本文件自此处起未能读取，其中货物不予放行
            MSG-003 encoding: the encoding is not taken / 报文编码不受理
            MSG-003 encoding-disagreeing: the encoding declared is not the one the bytes are in / 声明的编码与字节顺序标记或实际字节不一致
            MSG-003 encoding-unmarked: the message is in UTF-16 without a byte order mark / UTF-16报文缺少字节顺序标记
            MSG-011 base64-malformed: a Base64 value has a wrong character or wrong padding / Base64字符或填充有误
            MSG-011 base64-too-long: a Base64 value is longer than a value may be / Base64内容过长
            MSG-011 base64-nested: a Base64 value holds another message in Base64 / Base64内容中又有Base64封装
            MSG-012 container-without-document: the archive holds no message / 压缩包内没有报文
            MSG-004 container-nested: an archive or compressed file stands inside an archive / 压缩包内又有压缩包
            MSG-004 container-raw-size: the input has more bytes than an input may have / 文件字节数过多
            MSG-004 container-decoded-size: the input has more bytes after decompression than an input may have / 解压后字节数过多
            MSG-004 container-ratio: the archive unpacks to implausibly many bytes / 压缩比异常
            MSG-004 container-not-a-file: the archive holds a link, a device or something else that is no file / 压缩包内有链接、设备等非普通文件
            MSG-004 container-unread: it is packed in a format that is not opened, such as gzip, xz, 7z or RAR / 采用不受理的压缩格式（如gzip、xz、7z、RAR）
            MSG-004 zstd-corrupt: a zstd frame does not decode / zstd数据损坏
            MSG-004 zstd-checksum: the checksum of a zstd frame is wrong / zstd校验和不符
            MSG-004 zstd-truncated: a zstd frame ends too early / zstd数据不完整
            MSG-004 zstd-trailing: there are bytes after the last zstd frame / zstd数据之后还有其他字节
            MSG-004 zstd-no-frame: there is no zstd frame with content / zstd数据没有内容
            MSG-004 zstd-frames: there are too many zstd frames / zstd帧过多
            MSG-004 zstd-skippable: there are too many or too long skippable zstd frames / zstd可跳过帧过多或过长
            MSG-004 zstd-window: a zstd frame asks for a window larger than is allowed / zstd窗口过大，解压需要过多内存
            MSG-004 zstd-dictionary: a zstd frame needs a dictionary / zstd数据需要字典
            MSG-004 tar-header: a tar header cannot be read / tar文件头无法读取
            MSG-004 tar-truncated: the tar ends within an entry / tar文件不完整
            MSG-004 tar-kind: the tar has an entry of a kind that is not read / tar条目类型不受理
            MSG-004 tar-mismatch: the tar gives one entry two sizes, or bytes to what has none / tar中同一条目的大小前后不一致
            MSG-004 tar-duplicate: the tar has an entry of this name already, and only the first is read / tar中有同名条目，只读取第一个
            MSG-004 tar-entries: the tar has too many entries / tar条目过多
            MSG-004 zip-directory: the directory of the ZIP cannot be read / ZIP目录无法读取
            MSG-004 zip-entries: the ZIP has too many entries / ZIP条目过多
            MSG-004 zip-duplicate: the ZIP has two entries of one name, or entries that overlap / ZIP中条目重名或重叠
            MSG-004 zip-mismatch: the header of an entry of the ZIP says other than the directory / ZIP条目自身的文件头与目录不一致
            MSG-004 zip-hidden: the ZIP has bytes that its directory does not list / ZIP中有目录未列出的字节
            MSG-004 zip-multi-disk: the ZIP is one of several parts / ZIP为分卷文件
            MSG-004 zip-encrypted: an entry of the ZIP is encrypted / ZIP条目已加密
            MSG-004 zip-method: an entry of the ZIP is packed by a method that is not read / ZIP压缩方法不受理
            MSG-004 zip-corrupt: an entry of the ZIP does not decode, or its checksum is wrong / ZIP条目损坏或校验和不符
            MSG-004 zip-too-large: the ZIP is too large to be read from a stream or from inside another file / ZIP过大，请以文件方式发送
        "#]]
        .assert_eq(&lines);
    }

    #[test]
    fn no_two_defects_are_told_in_the_same_words() {
        let mut seen = std::collections::BTreeSet::new();
        for defect in defects() {
            let (_, what, _) = told(&defect);
            assert!(seen.insert(what.zh), "{} twice", what.zh);
            assert!(seen.insert(what.en), "{} twice", what.en);
            assert!(!what.en.ends_with('.') && !what.zh.ends_with('。'), "{}", what.en);
        }
    }

    #[test]
    fn the_evidence_fills_the_sentence_of_its_rule() {
        let needed = [("MSG-003", "encoding"), ("MSG-010", "limit")];
        for defect in defects() {
            let (rule, what, evidence) = told(&defect);
            assert_eq!(evidence[0], ("what", what.into()), "{}", defect.name());
            for (_, name) in needed.iter().filter(|(known, _)| *known == rule) {
                assert!(evidence.iter().any(|(known, _)| known == name), "{} lacks {name}", defect.name());
            }
        }
    }
}
