//! What each register forgives, what it refuses, and what stands once.

use super::bad::{check_text, faults};
use super::*;
use jiff::civil::{Date, date};
use model::code::country::Country;
use model::code::currency::Currency;
use model::decimal::Decimal;
use model::registers::{MemberStatus, PolicyFirms, PolicyKind, Regime, Risk, Stack};

const ONE: &str = "91441323MAXK00072A";
const TWO: &str = "91441323MAYD00123L";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn amount(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

#[test]
fn days_of_a_spreadsheet_are_read_where_there_is_one_way_to_read_them() {
    for written in [
        "2018-06-01",
        "2018/6/1",
        "2018-6-1",
        "2018.6.1",
        "2018年6月1日",
        "２０１８／６／１",
        " 2018/06/01 0:00 ",
    ] {
        let loaded = good(&[("risk.csv", &format!("hs_prefix,risk,from\n64,一般,{written}\n"))]);
        let risk = loaded.registers.risks.covering("6403990090").next().unwrap();
        assert_eq!(risk.valid.from, Some(date(2018, 6, 1)), "{written}");
    }
}

#[test]
fn one_day_has_one_digest_however_it_is_written() {
    let digest = |written: &str| {
        good(&[("risk.csv", &format!("hs_prefix,risk,from\n64,{written}\n"))]).registers.digest
    };
    assert_eq!(digest("general,2018-06-01"), digest("一般,2018/6/1"));
    assert_ne!(digest("general,2018-06-01"), digest("high,2018-06-01"));
}

#[test]
fn months_are_read_and_may_have_become_their_first_day() {
    for written in ["2018-06", "2018/6", "2018-6", "2018年6月", "2018/6/1", "2018-06-01"] {
        let loaded = good(&[("exchange.csv", &format!("月份,币制,汇率\n{written},美元,6.3500\n"))]);
        let rate = loaded.registers.exchange_rates.on(Currency::USD, day("2018-06-30")).unwrap();
        assert_eq!(rate.cny_per_unit, amount("6.35"), "{written}");
        assert!(loaded.registers.exchange_rates.on(Currency::USD, day("2018-07-01")).is_none());
    }
    for written in ["2018-13", "Jun-18", "201806", "2018/6/2"] {
        let text = format!("month,currency,cny_per_unit\n{written},USD,6.35\n");
        assert_eq!(faults("exchange.csv", &text), [(2, "month")], "{written}");
    }
    let text =
        "month,currency,cny_per_unit\n2018-06,USD,6.35\n2018/6,502,6.36\n2018-06,XYZ,1\n2018-07,USD,0\n";
    assert_eq!(faults("exchange.csv", text), [(3, "duplicate"), (4, "currency"), (5, "not-positive")]);
}

/// A spreadsheet drops the last zeros of an amount when it saves: the rows are the same, and so is the snapshot.
#[test]
fn last_zeros_of_an_amount_change_no_digest() {
    let digest = |amount: &str| {
        good(&[("pots.csv", &format!("funder,year,amount\n县财政局,2018,{amount}\n"))]).registers.digest
    };
    assert_eq!(digest("180.50"), digest("180.5"));
    assert_eq!(digest("300000.00"), digest("300000"));
    assert_ne!(digest("1800"), digest("18"));
}

#[test]
fn amounts_are_plain_and_exact() {
    check_text(
        "pots.csv",
        "出资单位,年度,金额\n甲,2018,\"1,500\"\n乙,2018,1.5E+3\n丙,2018,-1\n丁,2018,1500元\n戊,2018,1.000001\n己,1818,1\n庚,2018,１５００.50\n",
        expect![[r#"
            pots.csv:2:金额: "1,500" has separators between its thousands; write 1234.56
            pots.csv:3:金额: "1.5E+3" was turned into a quantity by a spreadsheet; format the column as text
            pots.csv:4:金额: "-1" is negative
            pots.csv:5:金额: "1500元" is no number; write 1234.56
            pots.csv:6:金额: "1.000001" has more than five decimal places, or is too large
            pots.csv:7:年度: "1818" is no whole number from 2000 to 2099
            registers do not load: pots.csv 7 rows, 6 wrong; 21 absent
            pots.csv:2:金额: “1,500”含有千位分隔符，请去掉，写作 1234.56
            pots.csv:3:金额: “1.5E+3”已被表格软件转成科学计数，请将该列设为文本后重新填写
            pots.csv:4:金额: “-1”不能为负数
            pots.csv:5:金额: “1500元”不是数字，应写作 1234.56
            pots.csv:6:金额: “1.000001”小数超过五位，或数值过大
            pots.csv:7:年度: “1818”应为 2000 至 2099 的整数
            登记册未载入：pots.csv 7 行，有误 6 行；另有 21 个登记册没有文件
        "#]],
    );
    let loaded = good(&[("pots.csv", "funder,year,amount\n县财政局,2018,１００００.50\n")]);
    let [pot] = loaded.registers.pots.of("县财政局") else { panic!("one pot") };
    assert_eq!((pot.year, pot.amount), (2018, amount("10000.5")));
    assert_eq!(
        faults("pots.csv", "funder,year,amount\n甲,2018,1\n甲,2019,1\n甲,2018,2\n"),
        [(4, "duplicate")]
    );
}

#[test]
fn a_member_has_one_standing_on_a_day_and_a_decision() {
    let head = "scc,from,to,cohort,status,decision_no,leading,site_town\n";
    let rows = format!(
        "{head}{ONE},2018-03-20,2018-09-01,1,在册,惠东女鞋办〔2018〕3号,是,吉隆镇\n\
         {ONE},2018-09-01,,1,退出,惠东女鞋办〔2018〕11号,否,吉隆镇\n"
    );
    let loaded = good(&[("members.csv", &rows)]);
    let [first, second] = loaded.registers.members.of(ONE) else { panic!("two rows") };
    assert!(first.is_leading && first.valid.contains(day("2018-08-31")));
    assert!(!first.valid.contains(day("2018-09-01")));
    assert_eq!((first.status, second.status), (MemberStatus::Active, MemberStatus::Exited));
    check_text(
        "members.csv",
        &format!(
            "{head}{ONE},2018-03-20,,1,ACTIVE,3号,,\n{ONE},2018-09-01,,1,EXITED,11号,,\n{TWO},2018-03-20,,1,ACTIVE,,,\n\
             {TWO},2019-03-20,,1,ACTIVE,,yes,\n{TWO},2020-03-20,,1,PENDING,5号,,\n"
        ),
        expect![[r#"
            members.csv:3:from: counts on a day on which line 2 counts; give that line its end first
            members.csv:4:decision_no: there is no decision number; nothing is in force without one (ZON-001)
            members.csv:5:from: counts on a day on which line 4 counts; give that line its end first
            members.csv:5:decision_no: there is no decision number; nothing is in force without one (ZON-010)
            members.csv:6:from: counts on a day on which line 4 counts; give that line its end first
            members.csv:6:status: "PENDING" is none of: ACTIVE 在册, SUSPENDED 暂停, EXITED 退出
            registers do not load: members.csv 5 rows, 4 wrong; 21 absent
            members.csv:3:from: 与第 2 行的有效期重叠；请先填好那一行的止日
            members.csv:4:decision_no: 没有文号：无决定文号的不得载入（ZON-001）
            members.csv:5:from: 与第 4 行的有效期重叠；请先填好那一行的止日
            members.csv:5:decision_no: 没有文号：无决定文号的不得载入（ZON-010）
            members.csv:6:from: 与第 4 行的有效期重叠；请先填好那一行的止日
            members.csv:6:status: “PENDING”不在可选值之内：ACTIVE 在册, SUSPENDED 暂停, EXITED 退出
            登记册未载入：members.csv 5 行，有误 4 行；另有 21 个登记册没有文件
        "#]],
    );
}

#[test]
fn grades_are_those_of_their_regime() {
    let head = "scc,regime,grade,from,to,decision_no\n";
    let rows = format!(
        "{head}{ONE},CIQ-1,ａ,2017-10-20,2018-05-01,x\n{ONE},CUS-1,general certified,2016-12-01,2018-05-01,x\n\
         {ONE},cus-2,一般认证企业,2018-05-01,2018-06-21,x\n{ONE},CUS-2,失信,2018/6/20 15:00,,x\n"
    );
    let loaded = good(&[("grades.csv", &rows)]);
    let grades = loaded.registers.grades.of(ONE);
    let named: Vec<(Regime, &str)> = grades.iter().map(|it| (it.regime, it.grade.as_str())).collect();
    let expected =
        [(Regime::Ciq1, "A"), (Regime::Cus1, "一般认证"), (Regime::Cus2, "一般认证"), (Regime::Cus2, "失信")];
    assert_eq!(named, expected);
    assert_eq!(grades[0].decided_at, None);
    assert_eq!(grades[3].decided_at, Some(date(2018, 6, 20).at(15, 0, 0, 0)));
    assert_eq!(grades[3].valid.from, Some(date(2018, 6, 20)));
    check_text(
        "grades.csv",
        &format!(
            "{head}{ONE},CUS-2,A,2018-05-01,,\n{ONE},CIQ-2,A,2018-05-01,,\n{TWO},CUS-2,失信,2018-05-01,,\n\
             {TWO},CUS-2,一般信用,2019-05-01,,\n{TWO},CUS-3,失信,5月1日,,\n"
        ),
        expect![[r#"
            grades.csv:2:grade: CUS-2 has no grade "A", only: 高级认证, 一般认证, 一般信用, 失信
            grades.csv:3:regime: "CIQ-2" is none of: CIQ-1, CUS-0, CUS-1, CUS-2, CUS-3, CUS-4
            grades.csv:5:from: counts on a day on which line 4 counts; give that line its end first
            grades.csv:6:from: "5月1日" is neither a day nor a moment; write 2018-06-01 or 2018-06-01 15:00
            registers do not load: grades.csv 5 rows, 4 wrong; 21 absent
            grades.csv:2:grade: 制度 CUS-2 没有“A”这一等级，只有：高级认证, 一般认证, 一般信用, 失信
            grades.csv:3:regime: “CIQ-2”不在可选值之内：CIQ-1, CUS-0, CUS-1, CUS-2, CUS-3, CUS-4
            grades.csv:5:from: 与第 4 行的有效期重叠；请先填好那一行的止日
            grades.csv:6:from: “5月1日”不是日期或时刻，应写作 2018-06-01 或 2018-06-01 15:00
            登记册未载入：grades.csv 5 行，有误 4 行；另有 21 个登记册没有文件
        "#]],
    );
}

#[test]
fn producers_brands_and_certificates() {
    let loaded = good(&[
        (
            "producers.csv",
            &format!("注册号,统一社会信用代码,类别,体系有效期\n4413002100,{ONE},二类,2019/12/31\n"),
        ),
        (
            "brands.csv",
            &format!("scc,注册号,商标,类别,地域,性质,起\n{ONE},10230011,禾岚,25,中国,自有,2013-01-28\n"),
        ),
        (
            "exemptions.csv",
            &format!("证书号,scc,商品编码前缀,品牌,起,止\nMY-7,{ONE},6403,,2016-03-01,2019-03-01\n"),
        ),
        ("joint_approvals.csv", &format!("scc,项目,系数,起,文号\n{ONE},六价铬；甲醛,0.5,2018-03-20,共1号\n")),
        (
            "laboratories.csv",
            &format!("认可编号,scc,items,from,暂停日期\nL3052,{ONE},甲醛,2015-09-01,2018-09-03\n"),
        ),
        (
            "reports.csv",
            "报告号,生产企业,项目,检测值,结论,检测日期\nR-1,4413002100,六价铬,3.4,不合格,2018-04-02\n",
        ),
        ("history.csv", "producer,hs4,destination,batches\n4413002100,6403,美国,31\n4413002100,6403,,2\n"),
    ]);
    let registers = &loaded.registers;
    let producer = registers.producers.registered("4413002100").unwrap();
    assert_eq!((producer.class, producer.quality_system_to), (2, Some(date(2019, 12, 31))));
    assert_eq!(registers.producers.of_firm(ONE).len(), 1);
    assert_eq!(registers.brands.of(ONE)[0].kind.name(), "own");
    assert_eq!(registers.exemptions.of(ONE)[0].commodity_prefix, "6403");
    assert_eq!(registers.joint_approvals.of(ONE)[0].items, ["六价铬", "甲醛"]);
    assert_eq!(registers.joint_approvals.of(ONE)[0].factor, Decimal::HALF);
    assert_eq!(registers.laboratories.of(ONE)[0].suspended_from, Some(date(2018, 9, 3)));
    assert!(!registers.reports.of("4413002100")[0].is_passed);
    assert_eq!(registers.history.of("4413002100")[0].destination, Some(Country::known("USA")));
    let class = |class: &str| faults("producers.csv", &format!("reg_no,class\n4413002100,{class}\n"));
    assert_eq!(class("4"), []);
    assert_eq!(class("5"), [(2, "word")]);
    let twice = "reg_no,class\n4413002100,1\n4413002100,1\n";
    assert_eq!(faults("producers.csv", twice), [(3, "duplicate")]);
    for (factor, expected) in
        [("1", None), ("0", Some("factor")), ("1.01", Some("factor")), ("50%", Some("no-amount"))]
    {
        let text = format!("scc,items,factor,from\n{ONE},甲醛,{factor},2018-03-20\n");
        let found = faults("joint_approvals.csv", &text);
        assert_eq!(found.first().map(|(_, reason)| *reason), expected, "{factor}");
    }
}

#[test]
fn the_risk_of_goods_has_one_word_on_a_day() {
    let text = "hs_prefix,risk,from,to\n64,一般,2017-01-01,\n6403,high,2018-01-01,2018-07-01\n6403,较高,2018-07-01,\n";
    let loaded = good(&[("risk.csv", text)]);
    let on = |day: &str| {
        let mut rows = loaded.registers.risks.covering("6403990090");
        rows.find(|row| row.valid.contains(day.parse().unwrap())).unwrap().risk
    };
    assert_eq!(
        (on("2017-06-01"), on("2018-06-01"), on("2018-07-01")),
        (Risk::General, Risk::High, Risk::Raised)
    );
    let text = text.replace("2018-07-01\n", "2018-07-02\n");
    assert_eq!(faults("risk.csv", &text), [(4, "overlap")]);
    for prefix in ["6", "64039900901", "6403.99", "64X"] {
        let text = format!("hs_prefix,risk,from\n{prefix},high,2018-01-01\n");
        assert_eq!(faults("risk.csv", &text), [(2, "figures")], "{prefix}");
    }
}

#[test]
fn alerts_and_stops_name_countries_under_any_code_and_the_union() {
    let text = "alert_no,level,hs_prefix,destination,from\nA12/1,L2,6403,FI,2018-04-10\nA12/2,l3,6403,330,2018-04-10\n\
                A12/3,L1,,,2018-04-10\nA12/4,L2,6404,欧盟;挪威,2012-01-01\n";
    let loaded = good(&[("alerts.csv", text)]);
    let named = |code: &'static str| -> Vec<(&str, Option<Country>)> {
        let rows = loaded.registers.alerts.covering(code);
        rows.map(|row| (row.number.as_str(), row.destination)).collect()
    };
    let finland = Some(Country::known("FIN"));
    assert_eq!(named("6403990090")[0], ("A12/1", finland));
    assert_eq!(named("6403990090").len(), 3);
    let union = named("6404199000");
    assert_eq!(union.len(), 28 + 1 + 1);
    assert!(union.contains(&("A12/4", Some(Country::known("NOR")))));
    let croatia = loaded
        .registers
        .alerts
        .covering("6404199000")
        .find(|row| row.destination == Some(Country::known("HRV")));
    assert_eq!(croatia.unwrap().valid.from, Some(date(2013, 7, 1)));
    let text = "stop_no,destination,from\nS1,火星,2018-01-01\nS2,DE,2018-01-01\nS2,DEU,2018-02-01\n";
    assert_eq!(faults("stops.csv", text), [(2, "country"), (4, "overlap")]);
    let text = "campaign_no,towns,floor_bp,from\nC1,吉隆镇;黄埠镇,3000,2018-09-01\nC2,,10001,2018-09-01\n";
    assert_eq!(faults("campaigns.csv", text), [(3, "whole")]);
}

#[test]
fn orders_and_vouchers() {
    let order = "order_no,number,contract,head,item,quantity,unit_price,payer\n";
    let text = format!(
        "{order}W1,531620180168000001,,LAB-CM,六价铬,1,400,\nW1,,HD/18-1,LAB-CM,甲醛,2,180.50,{ONE}\n"
    );
    let loaded = good(&[("orders.csv", &text)]);
    assert_eq!(loaded.registers.orders.of_declaration("531620180168000001")[0].unit_price, amount("400"));
    assert_eq!(loaded.registers.orders.of_contract("HD/18-1")[0].payer, ONE);
    let text = format!(
        "{order}W1,,,LAB-CM,a,1,400,\nW2,,K,LAB-CM,a,0,400,\nW3,,K,LAB-CM,a,1,4,\nW3,,K,LAB-CM,a,1,4,\n"
    );
    assert_eq!(faults("orders.csv", &text), [(2, "no-consignment"), (3, "not-positive"), (5, "duplicate")]);
    let voucher = "serial,holder,value,services,from,to,splittable\n";
    let text = format!(
        "{voucher}V-1,{ONE},800,LAB-CM+TRAIN,2018-05-15,2019-05-15,否\nV-2,{ONE},800,TRAIN,2018-05-15,,\n"
    );
    let loaded = good(&[("vouchers.csv", &text)]);
    let [first, second] = loaded.registers.vouchers.of(ONE) else { panic!("two vouchers") };
    assert_eq!(
        (first.services.as_slice(), first.is_splittable),
        (&["LAB-CM".to_owned(), "TRAIN".to_owned()][..], false)
    );
    assert!(second.is_splittable, "the default of FEE-022");
    let text = format!("{voucher}V-1,,800,TRAIN,2018-05-15,,\nV-1,{ONE},0,TRAIN,2018-05-15,,也许\n");
    let expected = [(2, "empty"), (3, "duplicate"), (3, "not-positive"), (3, "word")];
    assert_eq!(faults("vouchers.csv", &text), expected);
}

const POLICY: &str = "[[policy]]\nid = \"P-1\"\nkind = \"PERCENT\"\nvalue = 30\nheads = [\"LAB-CM\"]\nfirms = \"zone\"\n\
    from = 2018-05-14\nauthority_doc = \"惠东府函〔2018〕203号\"\ndecision_no = \"6号\"\nfunder = \"县财政局\"\n";

#[test]
fn policies_are_read_as_they_are_written() {
    let text = format!(
        "\u{feff}{POLICY}quota = 200_000.50\nstack = \"sequential\"\n\n[[policy]]\nid = \"P-2\"\nkind = \"全免\"\nheads = [\"TRAIN\", \"STD-INFO\"]\n\
         firms = [\"{ONE}\", \"{TWO}\"]\nfrom = \"2018/7/1\"\nto = \"2019-07-01\"\nhs_prefix = [64, \"6505\"]\n\
         destinations = [\"US\", \"DEU\"]\nauthority_doc = \"a\"\ndecision_no = \"7号\"\nfunder = \"b\"\n"
    );
    let loaded = good(&[("policies.toml", &text.replace('\n', "\r\n"))]);
    let [first, second] = loaded.registers.policies.as_slice() else { panic!("two policies") };
    assert_eq!(first.kind, PolicyKind::Percent(amount("30")));
    assert_eq!((first.quota, first.stack), (Some(amount("200000.5")), Stack::Sequential));
    assert_eq!((&first.firms, first.valid.from), (&PolicyFirms::Zone, Some(date(2018, 5, 14))));
    assert_eq!(second.kind, PolicyKind::Full);
    assert_eq!(second.firms, PolicyFirms::Listed(vec![ONE.to_owned(), TWO.to_owned()]));
    assert_eq!(second.commodity_prefixes, ["64", "6505"]);
    assert_eq!(second.destinations, [Country::known("USA"), Country::known("DEU")]);
    assert_eq!(good(&[("policies.toml", &text)]).registers.digest, loaded.registers.digest);
}

#[test]
fn a_cap_is_of_a_head_or_of_a_year() {
    let kind = |per: &str| {
        let cap = POLICY.replace("\"PERCENT\"", "\"CAP\"") + per;
        good(&[("policies.toml", &cap)]).registers.policies[0].kind
    };
    assert_eq!(kind(""), PolicyKind::Cap(amount("30")));
    assert_eq!(kind("per = \"head\"\n"), PolicyKind::Cap(amount("30")));
    assert_eq!(kind("\"封顶范围\" = \"年度\"\n"), PolicyKind::YearlyCap(amount("30")));
}

#[test]
fn each_defect_of_a_policy_is_named_with_its_field() {
    let plain = |from: &str, to: &str| {
        let text = POLICY.replace(from, to);
        let found = faults("policies.toml", &text);
        let [(_, reason)] = found.as_slice() else { panic!("{to}: {found:?}") };
        *reason
    };
    assert_eq!(plain("decision_no = \"6号\"\n", ""), "no-decision");
    assert_eq!(plain("decision_no = \"6号\"", "decision_no = \" \""), "no-decision");
    for value in ["0", "100.01", "120"] {
        assert_eq!(plain("value = 30", &format!("value = {value}")), "percent", "{value}");
    }
    assert_eq!(faults("policies.toml", &POLICY.replace("value = 30", "value = 100")), []);
    assert_eq!(faults("policies.toml", &POLICY.replace("value = 30", "value = 0.5")), []);
    assert_eq!(plain("value = 30\n", ""), "empty");
    assert_eq!(plain("value = 30", "value = -5"), "negative");
    assert_eq!(plain("value = 30", "value = inf"), "no-amount");
    assert_eq!(plain("\"PERCENT\"", "\"HALF\""), "word");
    assert_eq!(plain("\"zone\"", "\"list\""), "firms");
    assert_eq!(plain("\"zone\"", "[\"91441323MAXK000723\"]"), "unified-code");
    assert_eq!(plain("funder =", "stack = \"additive\"\nfunder ="), "word");
    assert_eq!(plain("funder =", "per = \"year\"\nfunder ="), "year-of-cap");
    assert_eq!(plain("value = 30", "value = [30]"), "not-plain");
    assert_eq!(plain("value = 30", "value = 30\n值 = 1"), "toml");
    assert_eq!(plain("[[policy]]", "[policy]"), "not-tables");
    assert_eq!(faults("policies.toml", &format!("{POLICY}\n{POLICY}")), [(18, "overlap")]);
    check_text(
        "policies.toml",
        &format!(
            "# 政策\n{}\n[other]\nx = 1\n",
            POLICY.replace("decision_no = \"6号\"\n", "note = \"x\"\n").replace("30", "120")
        ),
        expect![[r#"
            policies.toml:2:decision_no: there is no decision number; nothing is in force without one (AUD-002)
            notice: policies.toml: unknown column "other", not read
            notice: policies.toml: unknown column "note", not read
            registers do not load: policies.toml 1 row, 1 wrong; 21 absent
            policies.toml:2:decision_no: 没有文号：无决定文号的不得载入（AUD-002）
            提示：policies.toml：未知列“other”，未读取
            提示：policies.toml：未知列“note”，未读取
            登记册未载入：policies.toml 1 行，有误 1 行；另有 21 个登记册没有文件
        "#]],
    );
    check_text(
        "policies.toml",
        "[[policy]]\nid = \n",
        expect![[r#"
        policies.toml:2: no TOML: string values must be quoted, expected literal string
        registers do not load: policies.toml 0 rows, 1 wrong; 21 absent
        policies.toml:2: 不符合 TOML 格式：string values must be quoted, expected literal string
        登记册未载入：policies.toml 0 行，有误 1 行；另有 21 个登记册没有文件
    "#]],
    );
    check_text(
        "policies.toml",
        "[[policy]]\nid = \"P-1\"\n",
        expect![[r#"
        policies.toml:1:kind: required, and empty
        policies.toml:1:heads: required, and empty
        policies.toml:1:firms: required, and empty
        policies.toml:1:from: required, and empty
        policies.toml:1:authority_doc: required, and empty
        policies.toml:1:decision_no: there is no decision number; nothing is in force without one (AUD-002)
        policies.toml:1:funder: required, and empty
        registers do not load: policies.toml 1 row, 1 wrong; 21 absent
        policies.toml:1:kind: 必填，不能为空
        policies.toml:1:heads: 必填，不能为空
        policies.toml:1:firms: 必填，不能为空
        policies.toml:1:from: 必填，不能为空
        policies.toml:1:authority_doc: 必填，不能为空
        policies.toml:1:decision_no: 没有文号：无决定文号的不得载入（AUD-002）
        policies.toml:1:funder: 必填，不能为空
        登记册未载入：policies.toml 1 行，有误 1 行；另有 21 个登记册没有文件
    "#]],
    );
    check_reports(
        &[("policies.toml", b"a = \"\xff\"\n")],
        expect![[r#"
        policies.toml:1: not UTF-8; save the file as "CSV UTF-8"
        registers do not load: policies.toml 0 rows, 1 wrong; 21 absent
        policies.toml:1: 不是 UTF-8 编码，请另存为“CSV UTF-8”
        登记册未载入：policies.toml 0 行，有误 1 行；另有 21 个登记册没有文件
    "#]],
    );
    assert_eq!(good(&[("policies.toml", "")]).registers.policies.len(), 0);
}
