//! What is wrong with a document that cannot be read, by the rule it breaks.

use model::finding::Words;

/// Why a document cannot be read, and where reading stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed {
    /// The rule of the reader that it breaks, and what is wrong.
    pub fault: &'static Fault,
    /// The limit it exceeds, where it exceeds one.
    pub limit: Option<u32>,
    /// Byte offset within the document.
    pub offset: u32,
}

/// One thing that can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Id of the rule.
    pub rule: &'static str,
    /// What is wrong.
    pub what: Words,
}

impl Malformed {
    /// This fault, here.
    pub const fn at(fault: &'static Fault, offset: u32) -> Malformed {
        Malformed { fault, limit: None, offset }
    }

    /// This limit exceeded, here.
    pub const fn beyond(fault: &'static Fault, limit: usize, offset: u32) -> Malformed {
        Malformed { fault, limit: Some(limit as u32), offset }
    }
}

const fn not_well_formed(zh: &'static str, en: &'static str) -> Fault {
    Fault { rule: "MSG-001", what: Words { zh, en } }
}

const fn stray(zh: &'static str, en: &'static str) -> Fault {
    Fault { rule: "MSG-013", what: Words { zh, en } }
}

const fn cut_short(zh: &'static str, en: &'static str) -> Fault {
    Fault { rule: "MSG-014", what: Words { zh, en } }
}

const fn beyond(zh: &'static str, en: &'static str) -> Fault {
    Fault { rule: "MSG-010", what: Words { zh, en } }
}

pub(super) const DECLARATION_INSIDE: &Fault = &not_well_formed(
    "XML声明不在开头：其前不能有任何内容",
    "an XML declaration is not at the start: nothing may stand before it",
);
pub(super) const SECOND_ROOT: &Fault = &not_well_formed("根元素之后还有元素", "an element follows the root");
pub(super) const UNBOUND_PREFIX: &Fault = &not_well_formed(
    "前缀没有绑定命名空间：用“xmlns:前缀”声明，或去掉前缀",
    "a prefix is not bound to a namespace: declare it with xmlns:prefix, or leave it out",
);
pub(super) const BAD_BINDING: &Fault =
    &not_well_formed("命名空间前缀绑定不合规定", "a prefix is bound to a reserved namespace, or to none");
pub(super) const BAD_SCOPE: &Fault = &not_well_formed(
    "报文外层元素的命名空间声明不合规定：改正其前缀和名称",
    "a wrapper around the message binds a namespace as XML does not allow: mend its prefix or its name",
);
pub(super) const ATTRIBUTE: &Fault = &not_well_formed(
    "属性书写错误：应写作 名称=\"值\"，属性之间留空格",
    "an attribute is malformed: write name=\"value\", with quotes and with a space before it",
);
pub(crate) const REPEATED_ATTRIBUTE: &Fault =
    &not_well_formed("属性重复：只保留一个", "an attribute is repeated: keep one of them");
pub(super) const BAD_NAME: &Fault = &not_well_formed(
    "名称书写错误：以字母或下划线开头，其后为字母、数字、“-”“.”“_”",
    "a name is not one XML allows: a letter or _ comes first, behind it letters, digits, - . and _",
);
pub(super) const BAD_REFERENCE: &Fault = &not_well_formed(
    "实体引用未定义或书写错误：“&”应写作“&amp;”，其他字符直接书写",
    "an entity reference is undeclared or malformed: write & as &amp; and other characters as they are",
);
pub(super) const ILLEGAL_CHARACTER: &Fault = &not_well_formed(
    "含有XML不允许的字符：去掉控制字符",
    "there is a character XML does not allow: take control characters out",
);
pub(super) const SECTION_END: &Fault =
    &not_well_formed("文字中有“]]>”：其中“>”应写作“&gt;”", "\"]]>\" stands in text: write its > as &gt;");
pub(super) const MISMATCHED: &Fault = &not_well_formed(
    "结束标记与开始标记不一致：此处应关闭路径所指的元素",
    "an end tag does not match its start tag: the element at this pointer is still open",
);
pub(super) const UNMATCHED: &Fault =
    &not_well_formed("结束标记没有对应的开始标记", "an end tag has no start tag");
pub(super) const DOUBLE_HYPHEN: &Fault =
    &not_well_formed("注释中有两个连续的连字符：只写一个", "there are two hyphens in a comment: write one");
pub(super) const NOT_XML: &Fault = &not_well_formed("不是格式良好的XML", "it is not well-formed XML");

pub(super) const DOCTYPE: &Fault = &Fault {
    rule: "MSG-002",
    what: Words { zh: "含有文档类型声明", en: "there is a document type declaration" },
};
pub(crate) const REPEATED: &Fault = &Fault {
    rule: "MSG-005",
    what: Words {
        zh: "只应出现一次的元素出现了多次", en: "an element that may stand once stands again"
    },
};
pub(super) const TWO_VALUES: &Fault = &Fault {
    rule: "MSG-005",
    what: Words {
        zh: "同一栏目以两种名称填报，内容不一致",
        en: "one field stands under two names with different values",
    },
};
pub(super) const COMMENT_INSIDE: &Fault = &Fault {
    rule: "MSG-009",
    what: Words {
        zh: "值中夹有注释或处理指令",
        en: "a comment or processing instruction stands inside a value",
    },
};
pub(super) const NO_ROOT: &Fault =
    &Fault { rule: "MSG-012", what: Words { zh: "没有根元素", en: "there is no root element" } };

pub(super) const MIXED: &Fault = &stray(
    "元素之间有文字：值中的“<”应写作“&lt;”，或有元素没有关闭",
    "there is text between elements: a < in a value is written &lt;, or an element was not closed",
);
pub(super) const VALUE_FOR_ELEMENTS: &Fault =
    &stray("应含下级元素的元素中只有文字", "an element that should hold elements holds text");
pub(super) const BYTE_ORDER_MARK: &Fault =
    &stray("报文内有字节顺序标记", "a byte order mark stands inside the message");

pub(super) const NOT_CLOSED: &Fault =
    &cut_short("报文在元素关闭之前结束", "the message ends before an element is closed");
pub(super) const UNCLOSED_MARKUP: &Fault =
    &cut_short("报文在标记写完之前结束", "the message ends inside a piece of markup");

pub(super) const TOO_DEEP: &Fault = &beyond("嵌套层数过多", "elements are nested too deep");
pub(super) const TOO_MANY_ATTRIBUTES: &Fault = &beyond("元素属性过多", "an element has too many attributes");
pub(super) const TOO_MANY_BINDINGS: &Fault =
    &beyond("命名空间绑定过多", "too many namespace bindings are in scope");
pub(super) const TOO_MANY_REFERENCES: &Fault = &beyond("引用过多", "there are too many references");
pub(crate) const TOO_MANY_ROWS: &Fault = &beyond("商品项数过多", "there are too many goods lines");
pub(super) const LONG_NAME: &Fault = &beyond("名称字节数过多", "a name has too many bytes");
pub(super) const LONG_ATTRIBUTE: &Fault = &beyond("属性值字节数过多", "an attribute has too many bytes");
pub(super) const LONG_TEXT: &Fault = &beyond("值的字节数过多", "a value has too many bytes");
pub(super) const LONG_BASE64: &Fault = &beyond("附件字节数过多", "an attachment has too many bytes");
pub(super) const LONG_COMMENT: &Fault = &beyond("注释字节数过多", "a comment has too many bytes");
pub(super) const LONG_INSTRUCTION: &Fault =
    &beyond("处理指令字节数过多", "a processing instruction has too many bytes");
pub(super) const LONG_DOCUMENT: &Fault =
    &beyond("报文字节数过多", "the message has too many bytes without its attachments");
