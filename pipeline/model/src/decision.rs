//! What was decided about a document, and every step that led there.

use crate::finding::{RuleId, Value, Words};
use jiff::civil::Date;

/// What happens to the goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Disposition {
    /// 放行
    Release,
    /// 查验
    Inspect,
    /// 挂起
    Hold,
    /// 退单
    Reject,
}

impl Disposition {
    /// All, from the lightest.
    pub const ALL: [Disposition; 4] = [Self::Release, Self::Inspect, Self::Hold, Self::Reject];

    /// Name in code and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Inspect => "inspect",
            Self::Hold => "hold",
            Self::Reject => "reject",
        }
    }

    /// Name for people.
    pub const fn words(self) -> Words {
        match self {
            Self::Release => Words { zh: "放行", en: "release" },
            Self::Inspect => Words { zh: "查验", en: "inspect" },
            Self::Hold => Words { zh: "挂起", en: "hold" },
            Self::Reject => Words { zh: "退单", en: "reject" },
        }
    }
}

/// Inspection mode, from the lightest: the worst wins (domain-rules 3.1, CHN-001).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// 出口免验
    Exempt,
    /// 信用监管
    Credit,
    /// 审单放行
    DocRelease,
    /// 验证监管
    Verify,
    /// 共同检验
    Joint,
    /// 一般监管
    General,
    /// 严密监管
    Strict,
    /// 特别监管
    Special,
    /// 挂起
    Hold,
    /// 退单
    Reject,
}

impl Mode {
    /// All, from the lightest.
    pub const ALL: [Mode; 10] = [
        Self::Exempt,
        Self::Credit,
        Self::DocRelease,
        Self::Verify,
        Self::Joint,
        Self::General,
        Self::Strict,
        Self::Special,
        Self::Hold,
        Self::Reject,
    ];

    /// Name in code and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exempt => "EXEMPT",
            Self::Credit => "CREDIT",
            Self::DocRelease => "DOC_RELEASE",
            Self::Verify => "VERIFY",
            Self::Joint => "JOINT",
            Self::General => "GENERAL",
            Self::Strict => "STRICT",
            Self::Special => "SPECIAL",
            Self::Hold => "HOLD",
            Self::Reject => "REJECT",
        }
    }

    /// Name for people.
    pub const fn words(self) -> Words {
        match self {
            Self::Exempt => Words { zh: "出口免验", en: "exempt" },
            Self::Credit => Words { zh: "信用监管", en: "credit supervision" },
            Self::DocRelease => Words { zh: "审单放行", en: "document-review release" },
            Self::Verify => Words { zh: "验证监管", en: "verification" },
            Self::Joint => Words { zh: "共同检验", en: "joint inspection" },
            Self::General => Words { zh: "一般监管", en: "general supervision" },
            Self::Strict => Words { zh: "严密监管", en: "strict supervision" },
            Self::Special => Words { zh: "特别监管", en: "special supervision" },
            Self::Hold => Words { zh: "挂起", en: "held" },
            Self::Reject => Words { zh: "退单", en: "rejected" },
        }
    }
}

/// One step of the way to a decision (ruling C8: computing rules trace, they do not find).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceLine {
    /// The rule that changed the value.
    pub rule: RuleId,
    /// Before.
    pub before: Value,
    /// After.
    pub after: Value,
}

/// The sampling draw, with all that is needed to recompute it after the reveal (SMP-010, ruling C7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// Rule.
    pub rule: RuleId,
    /// Version of the rule: part of the draw.
    pub version: u32,
    /// Number drawn for: the first number of the declaration, for ever (K1).
    pub number: String,
    /// Day of the seed.
    pub seed_date: Date,
    /// SHA-256 of the seed, published before the day; empty when no seed was committed.
    pub commitment: String,
    /// A seed was committed for the day.
    pub committed: bool,
    /// Ratio in basis points.
    pub ratio_bp: u32,
    /// Draw in basis points.
    pub draw_bp: u32,
    /// Drawn for inspection.
    pub hit: bool,
}

/// What became of one document: exactly one each (ruling K8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutcomeKind {
    /// Decided for the first time, or as a new version.
    Decided,
    /// A provisional hold decided again because what it waited for came (K3).
    Redecided,
    /// A certificate or report put on file.
    Filed,
    /// Same key, same content: the first answer again.
    Repeated,
    /// Same key, other content.
    Conflict,
    /// Unreadable, or breaks a reader's rule.
    Refused,
    /// Readable, but not something this program decides.
    Declined,
}

impl OutcomeKind {
    /// All of them.
    pub const ALL: [OutcomeKind; 7] = [
        Self::Decided,
        Self::Redecided,
        Self::Filed,
        Self::Repeated,
        Self::Conflict,
        Self::Refused,
        Self::Declined,
    ];

    /// Name in code and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::Redecided => "redecided",
            Self::Filed => "filed",
            Self::Repeated => "repeated",
            Self::Conflict => "conflict",
            Self::Refused => "refused",
            Self::Declined => "declined",
        }
    }

    /// Name for people.
    pub const fn words(self) -> Words {
        match self {
            Self::Decided => Words { zh: "已决定", en: "decided" },
            Self::Redecided => Words { zh: "重新决定", en: "decided again" },
            Self::Filed => Words { zh: "已存档", en: "filed" },
            Self::Repeated => Words { zh: "重复申报", en: "repeated" },
            Self::Conflict => Words { zh: "编号冲突", en: "conflict" },
            Self::Refused => Words { zh: "无法读取", en: "refused" },
            Self::Declined => Words { zh: "不予受理", en: "declined" },
        }
    }
}
