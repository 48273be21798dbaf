//! What `top` shows of a service made up by hand, and of a real door.

use super::*;
use crate::serve::config::load;
use crate::serve::door::Door;
use crate::serve::meters::Meters;
use crate::serve::status::tests::{at, sample};
use crate::world::World;
use crate::world::memory::Memory;
use expect_test::expect;
use std::path::Path;
use std::sync::Arc;

#[test]
fn one_look_is_tables() {
    let looks = Looks::begin(sample());
    expect![[r#"
        clearance 9.8.7  2018-06-01 09:31:00  运行中，已运行 1 分 0 秒  日志链 1207 条
        内存 89.1 MB，打开的文件 23 个
        送不出去的回执：3 份
        ┌─────────┬──────┬───────┬───────┬──────────┐
        │ 速率    ┆ 1 秒 ┆ 10 秒 ┆ 60 秒 ┆ 启动以来 │
        ╞═════════╪══════╪═══════╪═══════╪══════════╡
        │ 文件/秒 ┆    – ┆     – ┆     – ┆      0.0 │
        │ 份/秒   ┆    – ┆     – ┆     – ┆     20.0 │
        │ MB/s    ┆    – ┆     – ┆     – ┆      0.1 │
        └─────────┴──────┴───────┴───────┴──────────┘
        ┌──────────┬──────┬──────┬──────┐
        │ 结果     ┆ 份数 ┆ 处置 ┆ 份数 │
        ╞══════════╪══════╪══════╪══════╡
        │ 已决定   ┆ 1000 ┆ 放行 ┆  700 │
        │ 重新决定 ┆    1 ┆ 查验 ┆  100 │
        │ 已存档   ┆  150 ┆ 挂起 ┆  150 │
        │ 重复申报 ┆   40 ┆ 退单 ┆   51 │
        │ 编号冲突 ┆    2 ┆      ┆      │
        │ 无法读取 ┆    7 ┆      ┆      │
        │ 不予受理 ┆    1 ┆      ┆      │
        └──────────┴──────┴──────┴──────┘
        ┌──────────┬───────────┬─────────────┬──────────┬──────┬───────┐
        │ 文件夹组 ┆ 业务类型  ┆ 异常        ┆ 等待文件 ┆ 字节 ┆  最早 │
        ╞══════════╪═══════════╪═════════════╪══════════╪══════╪═══════╡
        │ a        ┆ Deccus001 ┆             ┆        2 ┆ 4 kB ┆ 12 秒 │
        │ b        ┆ 产地证    ┆ cannot-list ┆        0 ┆  0 B ┆     – │
        └──────────┴───────────┴─────────────┴──────────┴──────┴───────┘
        ┌──────────────────┬──────┬────────┬────────┬────────┐
        │ 用时（启动以来） ┆ 次数 ┆   平均 ┆  p50 ≤ ┆  p99 ≤ │
        ╞══════════════════╪══════╪════════╪════════╪════════╡
        │ 一轮             ┆   13 ┆ 2.3 ms ┆ 1.0 ms ┆  10 ms │
        │ 查看文件夹       ┆   13 ┆  76 µs ┆ 100 µs ┆ 100 µs │
        │ 审核             ┆    4 ┆ 4.5 ms ┆ 5.0 ms ┆ 5.0 ms │
        │ 落盘             ┆    4 ┆ 2.0 ms ┆ 2.0 ms ┆ 2.0 ms │
        │ 回执与移动       ┆    4 ┆ 750 µs ┆ 1.0 ms ┆ 1.0 ms │
        │ 落盘：原始报文   ┆    4 ┆ 750 µs ┆ 1.0 ms ┆ 1.0 ms │
        │ 落盘：日志链     ┆    4 ┆ 875 µs ┆ 1.0 ms ┆ 1.0 ms │
        │ 落盘：文件夹     ┆    4 ┆  50 µs ┆ 100 µs ┆ 100 µs │
        │ 收到至确认       ┆    4 ┆ 9.0 ms ┆  10 ms ┆  10 ms │
        └──────────────────┴──────┴────────┴────────┴────────┘
        最慢环节：审核，占 60%
        ┌─────────────────────┬──────┬─────────────┬───────────────────┐
        │ 最近异常            ┆ 位置 ┆ 代码        ┆ 系统提示          │
        ╞═════════════════════╪══════╪═════════════╪═══════════════════╡
        │ 2018-06-01 09:30:42 ┆ b    ┆ cannot-list ┆ permission denied │
        └─────────────────────┴──────┴─────────────┴───────────────────┘
        启动以来异常 1 次
    "#]]
    .assert_eq(&view::tables(&looks, Language::Zh));
    expect![[r#"
        clearance 9.8.7  2018-06-01 09:31:00  ready, up 1 min 0 s  journal records: 1207
        memory 89.1 MB, open files: 23
        answers their folders do not take: 3
        ┌─────────────┬─────┬──────┬──────┬─────────────┐
        │ rate        ┆ 1 s ┆ 10 s ┆ 60 s ┆ since start │
        ╞═════════════╪═════╪══════╪══════╪═════════════╡
        │ files/s     ┆   – ┆    – ┆    – ┆         0.0 │
        │ documents/s ┆   – ┆    – ┆    – ┆        20.0 │
        │ MB/s        ┆   – ┆    – ┆    – ┆         0.1 │
        └─────────────┴─────┴──────┴──────┴─────────────┘
        ┌───────────────┬───────────┬─────────────┬───────────┐
        │ outcome       ┆ documents ┆ disposition ┆ documents │
        ╞═══════════════╪═══════════╪═════════════╪═══════════╡
        │ decided       ┆ 1000      ┆ release     ┆       700 │
        │ decided again ┆    1      ┆ inspect     ┆       100 │
        │ filed         ┆  150      ┆ hold        ┆       150 │
        │ repeated      ┆   40      ┆ reject      ┆        51 │
        │ conflict      ┆    2      ┆             ┆           │
        │ refused       ┆    7      ┆             ┆           │
        │ declined      ┆    1      ┆             ┆           │
        └───────────────┴───────────┴─────────────┴───────────┘
        ┌─────────┬───────────┬─────────────┬───────┬───────┬────────┐
        │ folders ┆ business  ┆ trouble     ┆ files ┆ bytes ┆ oldest │
        ╞═════════╪═══════════╪═════════════╪═══════╪═══════╪════════╡
        │ a       ┆ Deccus001 ┆             ┆     2 ┆  4 kB ┆   12 s │
        │ b       ┆ 产地证    ┆ cannot-list ┆     0 ┆   0 B ┆      – │
        └─────────┴───────────┴─────────────┴───────┴───────┴────────┘
        ┌──────────────────────┬───────┬────────┬────────┬────────┐
        │ time (since start)   ┆ times ┆   mean ┆  p50 ≤ ┆  p99 ≤ │
        ╞══════════════════════╪═══════╪════════╪════════╪════════╡
        │ turn                 ┆    13 ┆ 2.3 ms ┆ 1.0 ms ┆  10 ms │
        │ scan                 ┆    13 ┆  76 µs ┆ 100 µs ┆ 100 µs │
        │ settle               ┆     4 ┆ 4.5 ms ┆ 5.0 ms ┆ 5.0 ms │
        │ sync                 ┆     4 ┆ 2.0 ms ┆ 2.0 ms ┆ 2.0 ms │
        │ answer and move      ┆     4 ┆ 750 µs ┆ 1.0 ms ┆ 1.0 ms │
        │ sync of evidence     ┆     4 ┆ 750 µs ┆ 1.0 ms ┆ 1.0 ms │
        │ sync of journal      ┆     4 ┆ 875 µs ┆ 1.0 ms ┆ 1.0 ms │
        │ sync of folders      ┆     4 ┆  50 µs ┆ 100 µs ┆ 100 µs │
        │ seen to acknowledged ┆     4 ┆ 9.0 ms ┆  10 ms ┆  10 ms │
        └──────────────────────┴───────┴────────┴────────┴────────┘
        slowest stage: settle, 60% of the time
        ┌─────────────────────┬───────┬─────────────┬──────────────────────┐
        │ last troubles       ┆ place ┆ code        ┆ what the system said │
        ╞═════════════════════╪═══════╪═════════════╪══════════════════════╡
        │ 2018-06-01 09:30:42 ┆ b     ┆ cannot-list ┆ permission denied    │
        └─────────────────────┴───────┴─────────────┴──────────────────────┘
        troubles since start: 1
    "#]]
    .assert_eq(&view::tables(&looks, Language::En));
}

/// Ten seconds later: 120 documents more, a MB more, one sync of the journal of up to 5 ms.
#[test]
fn a_second_look_tells_rates_and_the_times_since() {
    let mut looks = Looks::begin(sample());
    let mut next = sample();
    next.now = at(70);
    next.documents += 120;
    next.bytes += 1_000_000;
    next.syncs[1].times.counts[5] += 1;
    next.syncs[1].times.sum_micros += 4_321;
    looks.take(next);
    let view = view::tables(&looks, Language::En);
    let row = |name: &str| -> Vec<String> {
        let line = view.lines().find(|line| line.contains(name)).unwrap();
        line.split(['│', '┆']).map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect()
    };
    assert_eq!(row("documents/s"), ["documents/s", "12.0", "12.0", "12.0", "18.8"]);
    assert_eq!(row("MB/s"), ["MB/s", "0.1", "0.1", "0.1", "0.1"]);
    assert_eq!(row("sync of journal"), ["sync of journal", "1", "4.3 ms", "5.0 ms", "5.0 ms"]);
    assert_eq!(row("sync of evidence"), ["sync of evidence", "0", "–", "–", "–"]);
    assert_eq!(row("last 60 s"), ["time (last 60 s)", "times", "mean", "p50 ≤", "p99 ≤"]);
    assert_eq!(
        view::line(&looks, Language::En),
        "2018-06-01 09:31:10 ready; 12.0 documents/s, 0.1 MB/s; files waiting: 2, oldest 12 s; troubles: 1\n"
    );
    assert_eq!(
        view::line(&looks, Language::Zh),
        "2018-06-01 09:31:10 运行中；12.0 份/秒，0.1 MB/秒；等待 2 个文件，最早 12 秒；异常 1\n"
    );
}

/// A Chinese character is two columns wide.
#[test]
fn columns_stand_below_each_other_in_either_language() {
    let width = |line: &str| -> usize { line.chars().map(|it| if it >= '\u{2e80}' { 2 } else { 1 }).sum() };
    for language in [Language::Zh, Language::En] {
        let view = view::tables(&Looks::begin(sample()), language);
        let mut of_table = None;
        for line in view.lines() {
            if line.starts_with('┌') {
                of_table = Some(width(line));
            } else if line.starts_with(['│', '╞', '└']) {
                assert_eq!(Some(width(line)), of_table, "{line}");
            }
        }
        assert!(of_table.is_some());
    }
}

/// What comes from a strange service, or from the name of a folder, moves no cursor.
#[test]
fn a_view_holds_no_controls_of_others() {
    let mut status = sample();
    let evil = "\x1b[2J\r\u{9b}evil";
    status.queues[0].business = evil.to_owned();
    status.queues[1].trouble = Some(evil.to_owned());
    status.troubles[0].detail = evil.to_owned();
    status.stages[0].name = evil.to_owned();
    status.syncs[0].name = evil.to_owned();
    status.version = evil.to_owned();
    status.outcomes[0].0 = evil.to_owned();
    for language in [Language::Zh, Language::En] {
        let view = view::tables(&Looks::begin(status.clone()), language);
        assert!(view.contains("evil"));
        assert!(view.chars().all(|it| it == '\n' || !it.is_control()), "{view:?}");
    }
}

/// A stream that says whether it is a terminal.
struct Screen {
    text: Vec<u8>,
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.text.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn shown(order: &Order) -> Result<String, TopError> {
    let mut screen = Screen { text: Vec::new() };
    top(order, false, &mut screen).map(|()| String::from_utf8(screen.text).unwrap())
}

#[test]
fn a_real_door_is_asked() {
    let world = Memory::new();
    world.set_now(at(60));
    let text = b"data = \"/d\"\nhttp.listen = \"127.0.0.1:0\"\n[[folders]]\nroot = \"/a\"\n";
    world.create(Path::new("/c.toml")).unwrap().append(text).unwrap();
    let config = load(&world, Path::new("/c.toml")).unwrap();
    let meters = Arc::new(Meters::new(at(0)));
    let door = Door::open(&config, Arc::clone(&meters), Arc::new(world.clone())).unwrap();
    let order = Order {
        place: format!("http://{}", door.address().unwrap()).parse().unwrap(),
        form: Form::Json,
        is_once: true,
        every: Duration::from_secs(1),
        language: Language::En,
    };
    let status: Status = serde_json::from_str(&shown(&order).unwrap()).unwrap();
    assert_eq!(Status { process: None, ..status.clone() }, meters.status(at(60)));
    let tables = shown(&Order { form: Form::Suited, ..order.clone() }).unwrap();
    // The second line says what the process takes of the machine, and that changes.
    let steady = |view: &str| {
        view.lines()
            .enumerate()
            .filter(|(idx, _)| *idx != 1)
            .map(|(_, line)| line.to_owned())
            .collect::<Vec<String>>()
    };
    assert_eq!(steady(&tables), steady(&view::tables(&Looks::begin(status), Language::En)));
    door.close();
    let refused = shown(&order).unwrap_err().to_string();
    assert!(refused.starts_with("127.0.0.1:") && refused.contains(": no answer: "), "{refused}");
}
