//! Which document is asked from whom, and in which form (domain-rules 7.1, ruling D3).

use super::{Coverage, Dated, Row, TableError, read};
use crate::rules::sim::sim_002_cell_source;
use jiff::civil::Date;
use model::finding::Words;
use serde::Deserialize;

/// A document that goes with a declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Document {
    /// 合同
    Contract,
    /// 商业发票
    Invoice,
    /// 装箱单
    PackingList,
    /// 提单
    BillOfLading,
    /// 代理报关委托协议
    AgencyAgreement,
    /// 合格保证
    ConformityStatement,
    /// 厂检记录
    FactoryInspectionRecord,
    /// 检测报告
    LaboratoryReport,
    /// 原产地证
    OriginCertificate,
    /// 许可证件
    Permit,
    /// 退运证明
    ReturnProof,
}

impl Document {
    /// All.
    pub const ALL: [Document; 11] = [
        Self::Contract,
        Self::Invoice,
        Self::PackingList,
        Self::BillOfLading,
        Self::AgencyAgreement,
        Self::ConformityStatement,
        Self::FactoryInspectionRecord,
        Self::LaboratoryReport,
        Self::OriginCertificate,
        Self::Permit,
        Self::ReturnProof,
    ];

    /// What no simplification ever waives (SIM-005).
    pub const NEVER_WAIVED: [Document; 4] =
        [Self::Permit, Self::AgencyAgreement, Self::ConformityStatement, Self::ReturnProof];

    /// Canonical name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Invoice => "invoice",
            Self::PackingList => "packing_list",
            Self::BillOfLading => "bill_of_lading",
            Self::AgencyAgreement => "agency_agreement",
            Self::ConformityStatement => "conformity_statement",
            Self::FactoryInspectionRecord => "factory_inspection_record",
            Self::LaboratoryReport => "laboratory_report",
            Self::OriginCertificate => "origin_certificate",
            Self::Permit => "permit",
            Self::ReturnProof => "return_proof",
        }
    }

    /// Name for people.
    pub const fn words(self) -> Words {
        match self {
            Self::Contract => Words { zh: "合同", en: "contract" },
            Self::Invoice => Words { zh: "商业发票", en: "commercial invoice" },
            Self::PackingList => Words { zh: "装箱单", en: "packing list" },
            Self::BillOfLading => Words { zh: "提单", en: "bill of lading" },
            Self::AgencyAgreement => Words { zh: "代理报关委托协议", en: "agency agreement" },
            Self::ConformityStatement => Words { zh: "合格保证", en: "conformity statement" },
            Self::FactoryInspectionRecord => Words { zh: "厂检记录", en: "factory inspection record" },
            Self::LaboratoryReport => Words { zh: "检测报告", en: "laboratory report" },
            Self::OriginCertificate => Words { zh: "原产地证", en: "certificate of origin" },
            Self::Permit => Words { zh: "许可证件", en: "permit" },
            Self::ReturnProof => Words { zh: "退运证明", en: "proof of return" },
        }
    }
}

/// How a document is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Must be there.
    Required,
    /// Sent as a file.
    Upload,
    /// Sent as data.
    Electronic,
    /// Its data stand in the declaration.
    Declare,
    /// Its number is enough.
    Reference,
    /// Kept by the firm, shown on request (SIM-003).
    Keep,
    /// Not asked.
    Waived,
}

impl Status {
    /// Something has to come with the declaration.
    pub const fn is_sent(self) -> bool {
        matches!(self, Status::Required | Status::Upload | Status::Electronic)
    }

    /// The firm need not send it.
    pub const fn is_waived(self) -> bool {
        matches!(self, Status::Keep | Status::Waived)
    }
}

/// A column of the matrix: what kind of consignor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    /// Level 5 or 4, member of the zone.
    HighInZone,
    /// Level 5 or 4.
    High,
    /// Level 3, member of the zone.
    MiddleInZone,
    /// Level 3.
    Middle,
    /// Level 2 and below.
    Low,
}

impl Column {
    /// The column of a firm.
    pub const fn of(level: u8, in_zone: bool) -> Column {
        match (level, in_zone) {
            (4.., true) => Column::HighInZone,
            (4.., false) => Column::High,
            (3, true) => Column::MiddleInZone,
            (3, false) => Column::Middle,
            (0..=2, _) => Column::Low,
        }
    }

    /// Name for people.
    pub const fn words(self) -> Words {
        match self {
            Column::HighInZone => {
                Words { zh: "示范区四、五级企业", en: "zone firm of level 4 or 5" }
            }
            Column::High => Words { zh: "四、五级企业", en: "firm of level 4 or 5" },
            Column::MiddleInZone => Words { zh: "示范区三级企业", en: "zone firm of level 3" },
            Column::Middle => Words { zh: "三级企业", en: "firm of level 3" },
            Column::Low => Words { zh: "二级及以下企业", en: "firm of level 2 or below" },
        }
    }
}

/// When a row of the matrix applies to a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// To every case.
    #[default]
    Always,
    /// Agent and consignor differ.
    AgentFiles,
    /// An alert or a market rule asks for a report.
    Laboratory,
    /// A certificate of origin is claimed.
    OriginClaimed,
    /// The goods need a permit.
    ControlledGoods,
    /// The trade mode is one of the row's.
    TradeMode,
}

/// One row of the matrix.
#[derive(Clone, Debug)]
pub struct Asked {
    /// When it applies.
    pub when: When,
    /// Trade modes of [`When::TradeMode`].
    pub trade_modes: Vec<String>,
    by_column: [Status; 5],
}

impl Asked {
    /// The cell of this column.
    pub const fn status(&self, column: Column) -> Status {
        self.by_column[column as usize]
    }
}

/// The matrix; a document without a row on a day is not asked on that day.
#[derive(Clone, Debug)]
pub struct PapersMatrix {
    by_document: Dated<Document, Asked>,
}

#[derive(Deserialize)]
struct Columns {
    document: String,
    #[serde(default)]
    when: When,
    #[serde(default)]
    trade_modes: Vec<String>,
    l5_l4_zone: Status,
    l5_l4: Status,
    l3_zone: Status,
    l3: Status,
    l2: Status,
}

impl PapersMatrix {
    /// Reads the table, and holds it to SIM-005 and SIM-002.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let by_document = read("papers", text, Coverage::Sparse, |row: Columns| {
            let document = Document::ALL
                .into_iter()
                .find(|document| document.name() == row.document)
                .ok_or_else(|| format!("no such document: {}", row.document))?;
            let by_column = [row.l5_l4_zone, row.l5_l4, row.l3_zone, row.l3, row.l2];
            if Document::NEVER_WAIVED.contains(&document) && !by_column.iter().all(|it| it.is_sent()) {
                return Err(format!("SIM-005: {} is never waived", row.document));
            }
            if (row.when == When::TradeMode) == row.trade_modes.is_empty() {
                return Err("`trade_modes` goes with `when = \"trade_mode\"`, and only with it".to_owned());
            }
            Ok((document, Asked { when: row.when, trade_modes: row.trade_modes, by_column }))
        })?;
        for (document, row) in by_document.rows() {
            sim_002_cell_source::check(&row.citation, row.basis).map_err(|what| TableError {
                table: "papers",
                key: document.name().to_owned(),
                what,
            })?;
        }
        Ok(PapersMatrix { by_document })
    }

    /// The row of this document on this day.
    pub fn asked(&self, document: Document, day: Date) -> Option<&Asked> {
        self.by_document.on(&document, day)
    }

    /// The same with its source and basis (SIM-002).
    pub fn row(&self, document: Document, day: Date) -> Option<&Row<Asked>> {
        self.by_document.row(&document, day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const SHIPPED: &str = include_str!("../../data/papers.toml");

    fn status(document: Document, column: Column, day: Date) -> Option<Status> {
        let matrix = PapersMatrix::parse(SHIPPED).expect("shipped tables are good");
        matrix.asked(document, day).map(|asked| asked.status(column))
    }

    #[test]
    fn the_matrix_begins_on_the_first_of_november_2017() {
        let (before, first) = (date(2017, 10, 31), date(2017, 11, 1));
        assert_eq!(status(Document::Contract, Column::Middle, before), Some(Status::Upload));
        assert_eq!(status(Document::Contract, Column::Middle, first), Some(Status::Keep));
        assert_eq!(status(Document::Invoice, Column::High, before), Some(Status::Declare));
        assert_eq!(status(Document::ConformityStatement, Column::Middle, before), None);
        assert_eq!(status(Document::ConformityStatement, Column::Middle, first), Some(Status::Required));
    }

    #[test]
    fn a_better_firm_finds_more_cells_lightened() {
        let day = date(2018, 6, 1);
        let columns = [Column::HighInZone, Column::High, Column::MiddleInZone, Column::Middle, Column::Low];
        let row = |document| columns.map(|column| status(document, column, day));
        use Status::{Declare, Keep, Upload};
        assert_eq!(row(Document::Contract), [Keep, Keep, Keep, Keep, Upload].map(Some));
        assert_eq!(row(Document::Invoice), [Keep, Declare, Declare, Upload, Upload].map(Some));
        assert_eq!(row(Document::PackingList), [Keep, Declare, Declare, Upload, Upload].map(Some));
        assert_eq!(row(Document::FactoryInspectionRecord), [Keep, Keep, Keep, Upload, Upload].map(Some));
        assert_eq!(row(Document::BillOfLading), [None; 5]);
    }

    #[test]
    fn columns_of_firms() {
        assert_eq!(Column::of(5, true), Column::HighInZone);
        assert_eq!(Column::of(4, false), Column::High);
        assert_eq!(Column::of(3, true), Column::MiddleInZone);
        assert_eq!(Column::of(3, false), Column::Middle);
        assert_eq!(Column::of(2, true), Column::Low);
    }

    #[test]
    fn a_matrix_that_waives_the_conformity_statement_does_not_load() {
        let row = "[[row]]\ndocument = \"conformity_statement\"\nl5_l4_zone = \"keep\"\nl5_l4 = \"required\"\nl3_zone = \"required\"\nl3 = \"required\"\nl2 = \"required\"\ncitation = \"x\"\nbasis = \"C\"";
        let error = PapersMatrix::parse(row).expect_err("it is never waived");
        assert_eq!(error.what, "SIM-005: conformity_statement is never waived");
        PapersMatrix::parse(&row.replace("keep", "electronic")).expect("asked from everybody");
    }
}
