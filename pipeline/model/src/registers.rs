//! The registers of an office as one immutable snapshot (reference/registers.md).
//!
//! Reading and checking the files is `clearance`'s work; here they are typed, indexed, and named by their digest.
//! One register is one file in `registers/` and two lines here.

mod alert;
mod authorisation;
mod brand;
mod campaign;
mod exchange;
mod exemption;
mod firm;
mod grade;
mod history;
mod index;
mod joint_approval;
mod laboratory;
mod member;
mod order;
mod policy;
mod pot;
mod producer;
mod report;
mod risk;
mod seed;
mod statement;
mod stop;
mod voucher;

pub use alert::{Alert, AlertLevel};
pub use authorisation::Authorisation;
pub use brand::{Brand, BrandKind};
pub use campaign::Campaign;
pub use exchange::{ExchangeRate, ExchangeRates};
pub use exemption::Exemption;
pub use firm::Firm;
pub use grade::{Grade, GradeName, Regime};
pub use history::PastBatches;
pub use index::{ByCode, ByPrefix};
pub use joint_approval::JointApproval;
pub use laboratory::Laboratory;
pub use member::{Member, MemberStatus};
pub use order::{Order, Orders};
pub use policy::{Policy, PolicyFirms, PolicyKind, Stack};
pub use pot::Pot;
pub use producer::{Producer, Producers};
pub use report::TestReport;
pub use risk::{ProductRisk, Risk};
pub use seed::Seed;
pub use statement::Statement;
pub use stop::Stop;
pub use voucher::Voucher;

use crate::decimal::Decimal;
use jiff::civil::Date;
use std::collections::HashMap;

/// A half-open interval of days `[from, to)`; open where a side is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interval {
    /// First day inside.
    pub from: Option<Date>,
    /// First day outside.
    pub to: Option<Date>,
}

impl Interval {
    /// The day lies inside.
    pub fn contains(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day < to)
    }

    /// The days inside both; none when there are none.
    pub fn and(&self, other: &Interval) -> Option<Interval> {
        // `None` is less than any day, which is right for a beginning and not for an end.
        let from = self.from.max(other.from);
        let to = match (self.to, other.to) {
            (Some(one), Some(another)) => Some(one.min(another)),
            (one, another) => one.or(another),
        };
        let is_empty = from.zip(to).is_some_and(|(from, to)| to <= from);
        (!is_empty).then_some(Interval { from, to })
    }
}

/// All registers of an office. An absent file is an empty register.
#[derive(Clone, Debug, Default)]
pub struct Registers {
    /// Digest of the files, naming the snapshot in each decision.
    pub digest: [u8; 32],
    /// Firms by unified code.
    pub firms: ByCode<Firm>,
    /// Authorisations by agent.
    pub authorisations: ByCode<Authorisation>,
    /// Conformity statements by firm.
    pub statements: ByCode<Statement>,
    /// Seeds of draws by day.
    pub seeds: HashMap<Date, Seed>,
    /// Memberships of the zone by firm.
    pub members: ByCode<Member>,
    /// Credit grades by firm.
    pub grades: ByCode<Grade>,
    /// Registered producers.
    pub producers: Producers,
    /// Risk of goods.
    pub risks: ByPrefix<ProductRisk>,
    /// Marks by firm.
    pub brands: ByCode<Brand>,
    /// Certificates of exemption by firm.
    pub exemptions: ByCode<Exemption>,
    /// Approvals of joint inspection by firm.
    pub joint_approvals: ByCode<JointApproval>,
    /// Laboratories by firm.
    pub laboratories: ByCode<Laboratory>,
    /// Test reports by producer.
    pub reports: ByCode<TestReport>,
    /// Policies of relief, in the order of the file.
    pub policies: Vec<Policy>,
    /// Orders of services.
    pub orders: Orders,
    /// Vouchers by holder.
    pub vouchers: ByCode<Voucher>,
    /// Pots by funder.
    pub pots: ByCode<Pot>,
    /// Alerts.
    pub alerts: ByPrefix<Alert>,
    /// Campaigns.
    pub campaigns: ByPrefix<Campaign>,
    /// Stop orders.
    pub stops: ByPrefix<Stop>,
    /// Customs rates.
    pub exchange_rates: ExchangeRates,
    /// Past batches by producer.
    pub history: ByCode<PastBatches>,
}

impl Registers {
    /// The firm with this unified code.
    pub fn firm(&self, unified_code: &str) -> Option<&Firm> {
        self.firms.of(unified_code).first()
    }

    /// Authorisations of this agent by this principal, valid or not.
    pub fn authorisations<'r>(
        &'r self,
        agent: &str,
        principal: &'r str,
    ) -> impl Iterator<Item = &'r Authorisation> {
        self.authorisations.of(agent).iter().filter(move |row| row.principal == principal)
    }

    /// Statements of this firm, for one declaration or yearly, valid or not.
    pub fn statements(&self, unified_code: &str) -> &[Statement] {
        self.statements.of(unified_code)
    }

    /// What the pot of this funder holds for a year: nothing where its other years have a row and this one has none. A
    /// funder the register does not name has no pot, and is not limited by one.
    pub fn pot(&self, funder: &str, year: i16) -> Option<Decimal> {
        match self.pots.of(funder) {
            [] => None,
            rows => Some(rows.iter().find(|row| row.year == year).map_or(Decimal::ZERO, |row| row.amount)),
        }
    }

    /// The seed committed for a day.
    pub fn seed(&self, day: Date) -> Option<&Seed> {
        self.seeds.get(&day)
    }
}
