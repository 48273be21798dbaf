//! `register show`, on the sample zone and on folders of a few rows.

use super::*;
use jiff::civil::date;
use rulebook::tables::Tables;

const ZONE_FIRM: &str = "91441323555600018G";

fn zone() -> Memory {
    let files = fixtures::generate::zone();
    let files: Vec<(&str, &[u8])> = files.iter().map(|file| (file.name, file.text.as_bytes())).collect();
    world(&files)
}

fn shown(what: Option<&str>, on: Option<&str>, json: bool, language: Language) -> String {
    let on = on.map(|day| day.parse().unwrap());
    let tables = Tables::shipped().unwrap();
    show(&zone(), Path::new(DIR), Asked { what, on, json }, &tables, language)
        .unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn the_zone_loads_and_counts() {
    let loaded = load(&zone(), Path::new(DIR)).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(loaded.notices, []);
    assert!(loaded.counts.iter().all(|count| count.present && count.n_rows > 0));
    let registers = &loaded.registers;
    assert_eq!(registers.firms.len(), 71);
    assert_eq!(registers.members.len(), 33);
    let day = date(2018, 6, 1);
    let codes = fixtures::generate::zone();
    let codes: Vec<&str> = codes[0].text.lines().skip(1).map(|row| &row[..18]).collect();
    let n_on = |day, status: model::registers::MemberStatus| {
        let rows = codes.iter().flat_map(|code| registers.members.of(code));
        rows.filter(|row| row.valid.contains(day) && row.status == status).count()
    };
    use model::registers::MemberStatus::{Active, Exited, Suspended};
    assert_eq!(n_on(day, Active), 18);
    assert_eq!((n_on(date(2018, 12, 1), Active), n_on(date(2018, 12, 1), Suspended)), (29, 1));
    assert_eq!(n_on(date(2018, 12, 1), Exited), 1);
    let leading = codes.iter().flat_map(|code| registers.members.of(code)).filter(|row| row.is_leading);
    assert_eq!(leading.count(), 3);
    let [voucher] = registers.vouchers.of(ZONE_FIRM) else { panic!("one voucher") };
    assert_eq!((&*voucher.serial, voucher.services.len()), ("V-2018-000123", 2));
    assert_eq!(registers.seed(day).unwrap().secret, "S-7f3a");
    let lines = registers.orders.of_declaration("531620180168000001");
    assert_eq!(lines.len(), 3);
    assert!(
        registers.policies.iter().any(|policy| policy.heads == ["LAB-CM"] && policy.id == "HD-2018-LAB-30")
    );
}

#[test]
fn a_folder_is_a_line_a_register() {
    expect![[r#"
        ┌────────────┬─────────────────────┬──────────────────┬──────┐
        │ 登记册     ┆ 文件                ┆ 摘要             ┆ 行数 │
        ╞════════════╪═════════════════════╪══════════════════╪══════╡
        │ 企业       ┆ firms.csv           ┆ 8085f51c5c7aeaf1 ┆   71 │
        │ 代理委托   ┆ authorisations.csv  ┆ 8b04b43d6f4bce4d ┆   51 │
        │ 合格保证   ┆ statements.csv      ┆ 6d44dfa1bcbd08b2 ┆   20 │
        │ 抽批种子   ┆ draws.csv           ┆ ff5a20fbe7beb47d ┆    2 │
        │ 示范区企业 ┆ members.csv         ┆ b13b38cdf42ca0f1 ┆   33 │
        │ 信用等级   ┆ grades.csv          ┆ 8c334acab4d3c13a ┆  166 │
        │ 生产企业   ┆ producers.csv       ┆ 6c393e7d04c0edd3 ┆   43 │
        │ 产品风险   ┆ risk.csv            ┆ 8c71e2c8b8b02115 ┆    4 │
        │ 品牌       ┆ brands.csv          ┆ 83818acfeab4595f ┆   12 │
        │ 免验       ┆ exemptions.csv      ┆ 3d4ff9ce52d1f218 ┆    2 │
        │ 共同检验   ┆ joint_approvals.csv ┆ 3c8adf4e7a519ad0 ┆    2 │
        │ 实验室     ┆ laboratories.csv    ┆ b3925b53aceaf877 ┆    3 │
        │ 检测报告   ┆ reports.csv         ┆ 90a58538c593a1ea ┆   13 │
        │ 减免政策   ┆ policies.toml       ┆ 5553f0b6295285a7 ┆    4 │
        │ 委托单     ┆ orders.csv          ┆ e08aa4f0d2b6ad0b ┆    6 │
        │ 服务券     ┆ vouchers.csv        ┆ b2608e10d16bfa9f ┆    6 │
        │ 资金池     ┆ pots.csv            ┆ 6934d6984ed7cf15 ┆    3 │
        │ 预警       ┆ alerts.csv          ┆ e46ef252468be796 ┆    3 │
        │ 专项行动   ┆ campaigns.csv       ┆ 1a705664a0a1a9e0 ┆    1 │
        │ 停放令     ┆ stops.csv           ┆ cbea77ace84be417 ┆    1 │
        │ 汇率       ┆ exchange.csv        ┆ ab0f76b48605f816 ┆    6 │
        │ 历史       ┆ history.csv         ┆ 84aab09fc10ed22a ┆  125 │
        └────────────┴─────────────────────┴──────────────────┴──────┘
        全部登记册 b3:801cb0ac8ed24146dab9cbe2a2f58489bc6bbae5e89e78e9572f5c05dab4e6ff
    "#]]
    .assert_eq(&shown(None, None, false, Language::Zh));
    let json = shown(None, None, true, Language::En);
    assert_eq!(json.lines().count(), 23);
    expect![[r#"{"digest":"b3:8085f51c5c7aeaf1084d9fadee07533f4b5016d8c05cb328001edc9a153cda7d","file":"firms.csv","present":true,"register":"firms","rows":71,"title":"企业"}"#]].assert_eq(json.lines().next().unwrap());
}

#[test]
fn a_register_is_its_rows_as_of_a_day() {
    expect![[r#"
        ┌────────────────┬─────────┬───────┬──────────────┬───────┬───────────┬──────────────┬────────────┬────────────┬───────────────────────┬───────────────────────┬────────────────────────┬────────┬─────────────┬─────┐
        │ id             ┆ kind    ┆ value ┆ heads        ┆ firms ┆ hs_prefix ┆ destinations ┆ from       ┆ to         ┆ authority_doc         ┆ decision_no           ┆ funder                 ┆ quota  ┆ stack       ┆ per │
        ╞════════════════╪═════════╪═══════╪══════════════╪═══════╪═══════════╪══════════════╪════════════╪════════════╪═══════════════════════╪═══════════════════════╪════════════════════════╪════════╪═════════════╪═════╡
        │ HD-2018-LAB-30 ┆ PERCENT ┆ 30    ┆ LAB-CM       ┆ zone  ┆           ┆              ┆ 2018-05-14 ┆ 2021-01-01 ┆ 惠东府函〔2018〕203号 ┆ 惠东女鞋办〔2018〕6号 ┆ 惠东县财政局           ┆ 200000 ┆ best_single ┆     │
        │ HD-2018-LAB-10 ┆ PERCENT ┆ 10    ┆ LAB-CM;TRAIN ┆ all   ┆ 64        ┆              ┆ 2018-01-01 ┆ 2019-01-01 ┆ 惠东府函〔2018〕203号 ┆ 惠东女鞋办〔2018〕7号 ┆ 惠东县检验检疫服务平台 ┆        ┆             ┆     │
        └────────────────┴─────────┴───────┴──────────────┴───────┴───────────┴──────────────┴────────────┴────────────┴───────────────────────┴───────────────────────┴────────────────────────┴────────┴─────────────┴─────┘
        2 rows do not count on that day
    "#]].assert_eq(&shown(Some("policies"), Some("2018-06-01"), false, Language::En));
    let zh = shown(Some("示范区企业"), Some("2018-06-01"), false, Language::Zh);
    assert_eq!(zh.lines().filter(|line| line.contains("第一批")).count(), 18);
    assert!(zh.ends_with("另有 15 行在该日不在有效期内\n"), "{zh}");
    let json = shown(Some("members.csv"), None, true, Language::En);
    assert_eq!(json.lines().count(), 33);
    assert!(json.lines().all(|line| line.contains("\"register\":\"members\"")));
}

#[test]
fn a_firm_is_all_that_names_it_on_a_day() {
    expect![[r#"
        91441323555600018G 惠东县平山禾舟鞋业科技有限公司 2018-06-01
        示范区：在册
        内部信用等级：4
          CRD-021 91441323555600018G → CUS-2 一般认证: 4

        企业
        ┌────────────────────┬────────────┬──────────────┬────────────────────────────────┬───────────────────────────────────────────────────────┬──────────────────┬──────────┬──────┐
        │ 统一社会信用代码   ┆ 海关编码   ┆ 检验检疫编码 ┆ 名称                           ┆ 英文名称                                              ┆ 别名             ┆ 镇街     ┆ 规模 │
        ╞════════════════════╪════════════╪══════════════╪════════════════════════════════╪═══════════════════════════════════════════════════════╪══════════════════╪══════════╪══════╡
        │ 91441323555600018G ┆ 4413960000 ┆ 4413600000   ┆ 惠东县平山禾舟鞋业科技有限公司 ┆ Huidong Pingshan Hezhou Footwear Technology Co., Ltd. ┆ 平山禾舟鞋业科技 ┆ 平山街道 ┆ 中型 │
        └────────────────────┴────────────┴──────────────┴────────────────────────────────┴───────────────────────────────────────────────────────┴──────────────────┴──────────┴──────┘

        代理委托
        ┌────────────────────┬────────────────────┬──────────┬────────────┬────────────┐
        │ 代理人             ┆ 委托人             ┆ 范围     ┆ 起         ┆ 止         │
        ╞════════════════════╪════════════════════╪══════════╪════════════╪════════════╡
        │ 91441302MAWM50002B ┆ 91441323555600018G ┆ 出口报关 ┆ 2018-01-01 ┆ 2019-01-01 │
        └────────────────────┴────────────────────┴──────────┴────────────┴────────────┘

        合格保证
        ┌────────────────────┬────────────────────┬───────────┬────────────┬────────────┬────────────┬────────────┐
        │ 统一社会信用代码   ┆ 报关单号           ┆ 依据      ┆ 签署人职务 ┆ 签署日期   ┆ 起         ┆ 止         │
        ╞════════════════════╪════════════════════╪═══════════╪════════════╪════════════╪════════════╪════════════╡
        │ 91441323555600018G ┆                    ┆ QB/T 1002 ┆ 质量负责人 ┆ 2018-03-26 ┆ 2018-04-01 ┆ 2019-04-01 │
        │ 91441323555600018G ┆ 531620180168000001 ┆ QB/T 1002 ┆ 厂长       ┆ 2018-05-31 ┆ 2018-05-31 ┆ 2018-07-01 │
        └────────────────────┴────────────────────┴───────────┴────────────┴────────────┴────────────┴────────────┘

        示范区企业
        ┌────────────────────┬────────────┬────┬────────┬────────┬───────────────────────┬──────┬──────────┐
        │ 统一社会信用代码   ┆ 起         ┆ 止 ┆ 批次   ┆ 状态   ┆ 文号                  ┆ 龙头 ┆ 生产地   │
        ╞════════════════════╪════════════╪════╪════════╪════════╪═══════════════════════╪══════╪══════════╡
        │ 91441323555600018G ┆ 2018-03-20 ┆    ┆ 第一批 ┆ ACTIVE ┆ 惠东女鞋办〔2018〕3号 ┆ yes  ┆ 平山街道 │
        └────────────────────┴────────────┴────┴────────┴────────┴───────────────────────┴──────┴──────────┘

        信用等级
        ┌────────────────────┬───────┬──────────┬────────────┬────┬────────────────────┐
        │ 统一社会信用代码   ┆ 制度  ┆ 等级     ┆ 起         ┆ 止 ┆ 文号               │
        ╞════════════════════╪═══════╪══════════╪════════════╪════╪════════════════════╡
        │ 91441323555600018G ┆ CUS-2 ┆ 一般认证 ┆ 2018-05-01 ┆    ┆ 惠关企〔2018〕0100 │
        └────────────────────┴───────┴──────────┴────────────┴────┴────────────────────┘
        另有 2 行在该日不在有效期内

        生产企业
        ┌────────────┬────────────────────┬────────────────────────────────┬──────┬────────────┬────────────────┬──────────┐
        │ 注册号     ┆ 统一社会信用代码   ┆ 名称                           ┆ 类别 ┆ 体系有效期 ┆ 自检自控有效期 ┆ 生产地   │
        ╞════════════╪════════════════════╪════════════════════════════════╪══════╪════════════╪════════════════╪══════════╡
        │ 4413002100 ┆ 91441323555600018G ┆ 惠东县平山禾舟鞋业科技有限公司 ┆ 1    ┆ 2019-12-31 ┆ 2020-12-31     ┆ 平山街道 │
        └────────────┴────────────────────┴────────────────────────────────┴──────┴────────────┴────────────────┴──────────┘

        品牌
        ┌────────────────────┬─────────────┬───────┬──────┬──────┬──────────┬────────────┬────────────┐
        │ 统一社会信用代码   ┆ 注册号      ┆ 商标  ┆ 类别 ┆ 地域 ┆ 性质     ┆ 起         ┆ 止         │
        ╞════════════════════╪═════════════╪═══════╪══════╪══════╪══════════╪════════════╪════════════╡
        │ 91441323555600018G ┆ 10230011    ┆ 禾岚  ┆ 25   ┆ 中国 ┆ own      ┆ 2013-01-28 ┆ 2023-01-28 │
        │ 91441323555600018G ┆ 10237930    ┆ HELAN ┆ 25   ┆ 欧盟 ┆ own      ┆ 2013-01-28 ┆ 2023-01-28 │
        │ 91441323555600018G ┆ T2016-40311 ┆ 禾岚  ┆ 25   ┆ 中国 ┆ recorded ┆ 2016-05-09 ┆ 2026-05-09 │
        └────────────────────┴─────────────┴───────┴──────┴──────┴──────────┴────────────┴────────────┘

        共同检验
        ┌────────────────────┬──────────────────────┬──────┬────────────┬────────────┬───────────────────┐
        │ 统一社会信用代码   ┆ 项目                 ┆ 系数 ┆ 起         ┆ 止         ┆ 文号              │
        ╞════════════════════╪══════════════════════╪══════╪════════════╪════════════╪═══════════════════╡
        │ 91441323555600018G ┆ 六价铬;偶氮染料;甲醛 ┆ 0.5  ┆ 2018-03-20 ┆ 2020-03-20 ┆ 惠检共〔2018〕1号 │
        └────────────────────┴──────────────────────┴──────┴────────────┴────────────┴───────────────────┘

        实验室
        ┌──────────┬────────────────────┬───────────────────────────────────┬────────────┬────────────┬──────────┐
        │ 认可编号 ┆ 统一社会信用代码   ┆ 项目                              ┆ 起         ┆ 止         ┆ 暂停日期 │
        ╞══════════╪════════════════════╪═══════════════════════════════════╪════════════╪════════════╪══════════╡
        │ L10211   ┆ 91441323555600018G ┆ 六价铬;偶氮染料;甲醛;邻苯二甲酸酯 ┆ 2017-06-30 ┆ 2023-06-30 ┆          │
        └──────────┴────────────────────┴───────────────────────────────────┴────────────┴────────────┴──────────┘

        检测报告
        ┌──────────────────┬──────────┬────────────┬──────────────┬──────────┬────────┬───────┬──────┬────────────┬────────────┐
        │ 报告号           ┆ 认可编号 ┆ 生产企业   ┆ 商品编码前缀 ┆ 项目     ┆ 检测值 ┆ 单位  ┆ 结论 ┆ 检测日期   ┆ 有效期至   │
        ╞══════════════════╪══════════╪════════════╪══════════════╪══════════╪════════╪═══════╪══════╪════════════╪════════════╡
        │ HD-LAB-2018-0310 ┆ L3052    ┆ 4413002100 ┆ 6403         ┆ 六价铬   ┆ <3     ┆ mg/kg ┆ PASS ┆ 2018-05-21 ┆ 2019-05-21 │
        │ HD-LAB-2018-0310 ┆ L3052    ┆ 4413002100 ┆ 6403         ┆ 偶氮染料 ┆ 未检出 ┆ mg/kg ┆ PASS ┆ 2018-05-21 ┆ 2019-05-21 │
        │ HD-LAB-2018-0310 ┆ L3052    ┆ 4413002100 ┆ 6403         ┆ 甲醛     ┆ 12     ┆ mg/kg ┆ PASS ┆ 2018-05-21 ┆ 2019-05-21 │
        └──────────────────┴──────────┴────────────┴──────────────┴──────────┴────────┴───────┴──────┴────────────┴────────────┘

        减免政策
        另有 1 行在该日不在有效期内

        委托单
        ┌────────────────┬────────────────────┬────────┬────────┬──────────────┬──────┬──────┬────────────────────┐
        │ 委托单号       ┆ 报关单号           ┆ 合同号 ┆ 费目   ┆ 项目         ┆ 数量 ┆ 单价 ┆ 付款人             │
        ╞════════════════╪════════════════════╪════════╪════════╪══════════════╪══════╪══════╪════════════════════╡
        │ WT2018-0601-01 ┆ 531620180168000001 ┆        ┆ LAB-CM ┆ 六价铬       ┆ 1    ┆ 400  ┆ 91441323555600018G │
        │ WT2018-0601-01 ┆ 531620180168000001 ┆        ┆ LAB-CM ┆ 偶氮染料     ┆ 1    ┆ 600  ┆ 91441323555600018G │
        │ WT2018-0601-01 ┆ 531620180168000001 ┆        ┆ LAB-CM ┆ 邻苯二甲酸酯 ┆ 1    ┆ 500  ┆ 91441323555600018G │
        └────────────────┴────────────────────┴────────┴────────┴──────────────┴──────┴──────┴────────────────────┘

        服务券
        ┌───────────────┬────────────────────┬──────┬──────────────┬────────────┬────────────┬────────┐
        │ 券号          ┆ 持有人             ┆ 面值 ┆ 适用         ┆ 起         ┆ 止         ┆ 可拆分 │
        ╞═══════════════╪════════════════════╪══════╪══════════════╪════════════╪════════════╪════════╡
        │ V-2018-000123 ┆ 91441323555600018G ┆ 800  ┆ LAB-CM;TRAIN ┆ 2018-05-15 ┆ 2019-05-15 ┆ yes    │
        └───────────────┴────────────────────┴──────┴──────────────┴────────────┴────────────┴────────┘

        历史
        ┌────────────┬──────┬────────┬──────┐
        │ 生产企业   ┆ 品目 ┆ 目的地 ┆ 批数 │
        ╞════════════╪══════╪════════╪══════╡
        │ 4413002100 ┆ 6403 ┆ USA    ┆ 31   │
        │ 4413002100 ┆ 6403 ┆ DEU    ┆ 12   │
        │ 4413002100 ┆ 6402 ┆ USA    ┆ 57   │
        └────────────┴──────┴────────┴──────┘
    "#]].assert_eq(&shown(Some(ZONE_FIRM), Some("2018-06-01"), false, Language::Zh));
    let json = shown(Some(ZONE_FIRM), Some("2018-06-01"), true, Language::En);
    for register in ["firms", "members", "grades", "producers", "vouchers", "orders", "reports", "history"] {
        assert!(json.contains(&format!("\"register\":\"{register}\"")), "{register}\n{json}");
    }
}

#[test]
fn a_firm_stands_as_of_the_day() {
    let outside = "91441323MA4WXY1296";
    let standing = |code: &str, day: &str| {
        let text = shown(Some(code), Some(day), true, Language::En);
        let line: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
        (line["zone"].as_str().map(str::to_owned), line["level"].as_u64(), line["graded"].as_bool())
    };
    assert_eq!(standing(ZONE_FIRM, "2018-06-01"), (Some("ACTIVE".to_owned()), Some(4), Some(true)));
    assert_eq!(standing(ZONE_FIRM, "2018-03-19"), (None, Some(4), Some(true)));
    assert_eq!(standing(outside, "2018-06-01"), (None, Some(4), Some(true)));
    assert_eq!(standing("91441323MAXK00072A", "2018-06-01"), (None, Some(3), Some(false)));
    let dishonest = fixtures::generate::zone();
    let row = dishonest[2].text.lines().find(|row| row.contains("失信")).unwrap();
    assert_eq!(standing(&row[..18], "2018-06-19").1, standing(&row[..18], "2018-06-01").1);
    assert_eq!(standing(&row[..18], "2018-06-20").1, Some(1));
}

#[test]
fn no_secret_is_shown() {
    for json in [false, true] {
        let text = shown(Some("draws"), None, json, Language::Zh);
        assert!(text.contains("7affe4ac") && !text.contains("S-7f3a"), "{text}");
    }
}

#[test]
fn what_is_no_register_and_no_firm_is_told() {
    let asked = Asked { what: Some("membres"), on: None, json: false };
    let tables = Tables::shipped().unwrap();
    let error = show(&zone(), Path::new(DIR), asked, &tables, Language::En).unwrap_err();
    assert!(
        error.to_string().starts_with("`membres` is neither a register nor a unified social credit code"),
        "{error}"
    );
    let asked = Asked { what: None, on: None, json: false };
    let bad = world(&[("firms.csv", b"scc,name\nx,y\n")]);
    assert!(matches!(show(&bad, Path::new(DIR), asked, &tables, Language::En), Err(ShowError::Registers(_))));
}
