//! Every payload is read back as it was written, by this program and by a stranger who has the page alone.

use super::*;
use jiff::civil::date;

fn decided() -> Decided<'static> {
    Decided {
        sequence: 300,
        id: 17,
        first_sequence: 12,
        supersedes: 17,
        state: State::Held,
        version: 2,
        content: [7; 32],
        accepted_at: Some(date(2018, 6, 1).at(9, 30, 0, 0)),
        origin: Cow::Owned(Origin {
            input: "a.zip!b.xml".into(),
            document: 3,
            offset: 18_231,
            line: 5,
            column: 9,
        }),
        number: "531620180168000001".into(),
        entry_number: "531620180168000001".into(),
        client_number: "HD1".into(),
        keys: vec![Key([1; 16]), Key([2; 16])].into(),
        waits_for: vec![Key([3; 16])].into(),
        place: Some(Place { offset: 0, len: 9 }),
        draw: Some(Cow::Owned(Draw {
            rule: RuleId("SMP-010"),
            version: 3,
            number: "531620180168000001".into(),
            seed_date: date(2018, 6, 1),
            commitment: "7affe4".into(),
            committed: true,
            ratio_bp: 1_000,
            draw_bp: 1_989,
            hit: false,
        })),
        facts: vec![1, 0, 255].into(),
        takes: vec![Take {
            account: Account::new(AccountKind::Voucher, "V-2018-000123"),
            amount: Decimal::integer(800),
            used: Decimal::integer(800),
        }]
        .into(),
        answered: Arc::new(Answered { note: "放行".into(), codes: [1, 2, 3, 4], ..Answered::default() }),
    }
}

#[test]
fn a_decision_comes_back_as_it_was_written() {
    let decided = decided();
    assert_eq!(read_decided(&write_decided(&decided)), Some(decided));
}

#[test]
fn a_decision_cut_short_is_none() {
    let bytes = write_decided(&decided());
    for len in 0..bytes.len() {
        assert!(read_decided(&bytes[..len]).is_none(), "cut at {len}");
    }
}

#[test]
fn an_answer_keeps_the_aliases_it_adds() {
    let repeats =
        Repeats { record: 3, id: 2, aliases: vec![Key([9; 16])], entry_number: "531620180168000001".into() };
    let bytes = write_answer(5, &repeats, &Origin::default(), &Answered::default());
    assert_eq!(read_answer(&bytes), Some((5, repeats)));
}

/// Reads payloads as a stranger would: by the tables of the page alone.
struct Stranger<'p> {
    page: &'static str,
    rest: &'p [u8],
}

impl Stranger<'_> {
    /// Reads a payload; gives what is left of it.
    fn read(payload: &[u8], heading: &str) -> usize {
        let page = include_str!("../../../../../ops/journal-format.md");
        let (layout, rest) = payload.split_first().unwrap();
        let expected = match heading {
            "Kind 1: submission" => LAYOUT_SUBMISSION,
            "Kind 3: decision" => LAYOUT_DECIDED,
            _ => LAYOUT,
        };
        assert_eq!(*layout, expected);
        let mut stranger = Stranger { page, rest };
        stranger.table(heading);
        stranger.rest.len()
    }

    fn table(&mut self, heading: &str) {
        let (_, section) = self.page.split_once(&format!("\n### {heading}\n")).expect(heading);
        let rows = section.lines().skip_while(|line| !line.starts_with("|---"));
        let mut repeats = 0;
        for row in rows.skip(1).take_while(|line| line.starts_with('|')) {
            let [field, form] = [1, 2].map(|column| row.split('|').nth(column).unwrap().trim());
            match (heading, field) {
                ("Kind 4: answer", "repeats") => repeats = self.integer(),
                ("Kind 4: answer", "said") if repeats > 0 => {}
                ("Draw", "is there") => {
                    if self.take(1)[0] == 0 {
                        return;
                    }
                }
                _ => self.field(form),
            }
        }
    }

    fn field(&mut self, form: &str) {
        match form {
            "byte" => drop(self.take(1)),
            "4 bytes" => drop(self.take(4)),
            "32 bytes" => drop(self.take(32)),
            "integer" => {
                self.integer();
            }
            "bytes" => drop(self.bytes()),
            "text" => drop(String::from_utf8(self.bytes()).unwrap()),
            "moment" => {
                let text = String::from_utf8(self.bytes()).unwrap();
                assert!(text.is_empty() || text.parse::<DateTime>().is_ok(), "{text}");
            }
            "keys" => (0..self.integer()).for_each(|_| drop(self.take(16))),
            "texts" => (0..self.integer()).for_each(|_| self.field("text")),
            "attachments" => (0..self.integer()).for_each(|_| self.table("Attachments")),
            "origin" => self.table("Origin"),
            "place" => self.table("Place"),
            "draw" => self.table("Draw"),
            "takes" => (0..self.integer()).for_each(|_| self.table("Takes")),
            "said" => self.table("Said"),
            form => panic!("the page does not say what `{form}` is"),
        }
    }

    fn take(&mut self, n: usize) -> Vec<u8> {
        let (taken, rest) = self.rest.split_at(n);
        self.rest = rest;
        taken.to_vec()
    }

    fn integer(&mut self) -> u64 {
        let n = self.rest.iter().position(|byte| byte & 0x80 == 0).unwrap() + 1;
        self.take(n).iter().rev().fold(0, |value, byte| value << 7 | u64::from(byte & 0x7F))
    }

    fn bytes(&mut self) -> Vec<u8> {
        let n = self.integer() as usize;
        self.take(n)
    }
}

#[test]
fn every_payload_is_as_the_page_says() {
    let answered = Answered { certificates: vec!["E18".into(), "E19".into()], ..Answered::default() };
    let full = Decided { answered: Arc::new(answered.clone()), ..decided() };
    let bare = Decided { draw: None, place: None, accepted_at: None, ..decided() };
    for decided in [full, bare] {
        assert_eq!(Stranger::read(&write_decided(&decided), "Kind 3: decision"), 0);
    }
    let origin = decided().origin;
    let repeats = Repeats { record: 300, id: 2, aliases: vec![Key([9; 16])], entry_number: "5".into() };
    for repeats in [Repeats::default(), repeats] {
        let answer = write_answer(5, &repeats, &origin, &answered);
        assert_eq!(Stranger::read(&answer, "Kind 4: answer"), 0);
    }
    let codes = ["91441300MA4UL0001A".to_owned(), "91441300MA4UL0002B".to_owned()];
    for declarants in [None, Some(&codes[..]), Some(&[])] {
        let digests = [&[1; 32], &[2; 32]];
        let submission = write_submission("declared", digests, "zh", "depth = 3\n", ("/a", declarants));
        assert_eq!(Stranger::read(&submission, "Kind 1: submission"), 0);
        let read = read_submission(&submission).unwrap().declarants;
        assert_eq!(read.as_deref(), declarants);
    }
    assert_eq!(Stranger::read(&write_end([300, 1, 2, 3, 4, 5, 6]), "Kind 5: end"), 0);
    let attachments = [("a.pdf".to_owned(), 300, [3; 32]), ("b.pdf".to_owned(), 0, [4; 32])];
    let input = write_input("a.zip", 70_000, &[5; 32], &attachments);
    assert_eq!(Stranger::read(&input, "Kind 2: input"), 0);
}

#[test]
fn submissions_written_in_layouts_before_this_are_read() {
    let digests = [&[1; 32], &[2; 32]];
    let declarants = Some(&["X".to_owned()][..]);
    let written = write_submission("declared", digests, "zh", "depth = 3\n", ("/a/Deccus001", declarants));
    let now = read_submission(&written).unwrap();
    assert_eq!((&*now.limits, &*now.source), ("depth = 3\n", "/a/Deccus001"));
    // A byte, the number of codes, and a code with its length.
    let mut before = written[..written.len() - 4].to_vec();
    before[0] = 3;
    let now = Submission { declarants: None, ..now };
    assert_eq!(read_submission(&before), Some(now.clone()));
    before.truncate(before.len() - "_/a/Deccus001".len());
    before[0] = 2;
    let without_source = Submission { source: String::new(), ..now };
    assert_eq!(read_submission(&before), Some(without_source.clone()));
    before.truncate(before.len() - "_depth = 3\n".len());
    before[0] = 1;
    assert_eq!(read_submission(&before), Some(Submission { limits: String::new(), ..without_source }));
}

#[test]
fn an_answer_is_read_with_what_was_said() {
    let origin = Origin { input: "a.xml".into(), document: 2, ..Origin::default() };
    let answered = Answered { note: "重复".into(), ..Answered::default() };
    let said = Said { repeats: Repeats::default(), origin, answered: Some(answered.clone()) };
    let written = write_answer(5, &said.repeats, &said.origin, &answered);
    assert_eq!(read_said(&written), Some(said.clone()));
    let repeats = Repeats { record: 3, id: 2, ..Repeats::default() };
    let written = write_answer(5, &repeats, &said.origin, &answered);
    assert_eq!(read_said(&written), Some(Said { repeats, answered: None, ..said }));
}

#[test]
fn the_end_of_a_submission_says_its_accounts() {
    let outcomes = [300, 0, 2, 0, 1, 0, 7];
    assert_eq!(read_end(&write_end(outcomes)), Some(outcomes));
    assert_eq!(read_end(&write_end(outcomes)[..7]), None);
}

#[test]
fn codes_are_those_of_the_page() {
    let page = include_str!("../../../../../ops/journal-format.md");
    for disposition in Disposition::ALL {
        assert!(page.contains(&format!("{} {}", disposition as u8, disposition.name())));
    }
    for mode in Mode::ALL {
        assert!(page.contains(&format!("{} `{}`", mode as u8, mode.name())));
    }
    for kind in OutcomeKind::ALL {
        assert!(page.contains(&format!("{} {}", kind as u8, kind.name())));
    }
}
