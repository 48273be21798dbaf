//! `grades.csv` 信用等级: credit grades of each regime, as the regime writes them (domain-rules 2).

use super::Interval;
use jiff::civil::DateTime;

/// A credit regime (domain-rules 2.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Regime {
    /// AQSIQ 2013 No. 93.
    #[default]
    Ciq1,
    /// GACC order 197.
    Cus0,
    /// GACC order 225.
    Cus1,
    /// GACC order 237.
    Cus2,
    /// GACC order 251.
    Cus3,
    /// GACC order 282.
    Cus4,
}

impl Regime {
    /// All of them.
    pub const ALL: [Regime; 6] = [Self::Ciq1, Self::Cus0, Self::Cus1, Self::Cus2, Self::Cus3, Self::Cus4];

    /// Name in registers and tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ciq1 => "CIQ-1",
            Self::Cus0 => "CUS-0",
            Self::Cus1 => "CUS-1",
            Self::Cus2 => "CUS-2",
            Self::Cus3 => "CUS-3",
            Self::Cus4 => "CUS-4",
        }
    }
}

/// A grade of a regime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GradeName {
    /// In the words of the regime.
    pub name: &'static str,
    /// What offices write for it as well, without blanks.
    pub aliases: &'static [&'static str],
}

impl GradeName {
    const fn new(name: &'static str, aliases: &'static [&'static str]) -> GradeName {
        GradeName { name, aliases }
    }
}

static LETTERS: &[GradeName] = &[
    GradeName::new("AA", &["AA级"]),
    GradeName::new("A", &["A级"]),
    GradeName::new("B", &["B级"]),
    GradeName::new("C", &["C级"]),
    GradeName::new("D", &["D级"]),
];

static LETTERS_AND_BLACKLIST: &[GradeName] = &[
    GradeName::new("AA", &["AA级"]),
    GradeName::new("A", &["A级"]),
    GradeName::new("B", &["B级"]),
    GradeName::new("C", &["C级"]),
    GradeName::new("D", &["D级"]),
    GradeName::new("黑名单", &["blacklist"]),
];

static FOUR_KINDS: &[GradeName] = &[
    GradeName::new("高级认证", &["高级认证企业", "advanced", "advancedcertified"]),
    GradeName::new("一般认证", &["一般认证企业", "generalcertified"]),
    GradeName::new("一般信用", &["一般信用企业", "generalcredit"]),
    GradeName::new("失信", &["失信企业", "dishonest"]),
];

static THREE_KINDS: &[GradeName] = &[
    GradeName::new("高级认证", &["高级认证企业", "advanced", "advancedcertified"]),
    GradeName::new("常规", &["常规企业", "其他", "普通", "一般", "ordinary", "other"]),
    GradeName::new("失信", &["失信企业", "dishonest"]),
];

static FIVE_KINDS: &[GradeName] = &[
    GradeName::new("高级认证", &["高级认证企业", "advanced", "advancedcertified"]),
    GradeName::new("认证", &["认证企业", "certified"]),
    GradeName::new("常规", &["常规企业", "regular"]),
    GradeName::new("失信", &["失信企业", "dishonest"]),
    GradeName::new("严重失信", &["严重失信企业", "seriouslydishonest"]),
];

impl Regime {
    /// The grades of the regime, from the best.
    pub fn grades(self) -> &'static [GradeName] {
        match self {
            Self::Ciq1 => LETTERS_AND_BLACKLIST,
            Self::Cus0 => LETTERS,
            Self::Cus1 | Self::Cus2 => FOUR_KINDS,
            Self::Cus3 => THREE_KINDS,
            Self::Cus4 => FIVE_KINDS,
        }
    }

    /// The grade somebody means, in the words of the regime.
    pub fn grade(self, written: &str) -> Option<&'static str> {
        let is_it = |name: &&str| name.eq_ignore_ascii_case(written);
        let found = self.grades().iter().find(|it| is_it(&it.name) || it.aliases.iter().any(is_it));
        found.map(|it| it.name)
    }
}

/// A credit grade.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grade {
    /// The firm's unified code.
    pub unified_code: String,
    /// Regime that gave it.
    pub regime: Regime,
    /// Grade in the words of the regime.
    pub grade: String,
    /// Days on which it is in force.
    pub valid: Interval,
    /// Moment of the decision, where `from` names a time of day; from when on it counts is then CRD-019's to say.
    pub decided_at: Option<DateTime>,
    /// Number of the decision.
    pub decision_number: String,
}
