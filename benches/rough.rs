//! The same messages as others would write them: with a comment, a CDATA section and an attribute in every fifth.
//!
//! Field orders and prefixes vary in the corpora already. What is said stays the same, so the same is decided.

/// Heads of declarations between two that are written otherwise.
const EVERY: usize = 5;

/// The messages, every fifth head written so that the quick reader is unsure of it.
pub fn rough(xml: &[u8]) -> Vec<u8> {
    const HEAD: &[u8] = b"DecHead>";
    let mut out = Vec::with_capacity(xml.len() + xml.len() / 64);
    let (mut from, mut at, mut n_heads) = (0, 0, 0_usize);
    while let Some(ahead) = xml[at..].windows(HEAD.len()).position(|window| window == HEAD) {
        let is_end = is_closing(&xml[..at + ahead]);
        at += ahead + HEAD.len();
        if is_end {
            continue;
        }
        n_heads += 1;
        if n_heads.is_multiple_of(EVERY)
            && let Some((leaf, len)) = leaf(&xml[at..])
        {
            out.extend_from_slice(&xml[from..at]);
            out.extend_from_slice(&leaf);
            at += len;
            from = at;
        }
    }
    out.extend_from_slice(&xml[from..]);
    out
}

/// What stands before a name belongs to an end tag: `</` or `</ns0:`.
fn is_closing(before: &[u8]) -> bool {
    let from = before.iter().rposition(|&byte| byte == b'<').unwrap_or(0);
    before[from..].starts_with(b"</")
}

/// The first leaf of a head written otherwise, and how long it was; none where it is not filled or no plain text.
fn leaf(xml: &[u8]) -> Option<(Vec<u8>, usize)> {
    let text = std::str::from_utf8(&xml[..xml.iter().position(|&byte| byte == b'/')?]).ok()?;
    let (before, rest) = text.split_once('<')?;
    let (name, value) = rest.split_once('>')?;
    let value = value.strip_suffix('<')?;
    if name.contains(char::is_whitespace) || value.is_empty() || value.contains(['<', '&', ']', '\r']) {
        return None;
    }
    let len = text.len() + "/".len() + name.len() + ">".len();
    let leaf = format!("{before}<{name} seen=\"1\"><![CDATA[{value}]]></{name}><!-- checked -->");
    xml[text.len() + 1..].starts_with(format!("{name}>").as_bytes()).then(|| (leaf.into_bytes(), len))
}

#[cfg(test)]
mod tests {
    use super::rough;

    #[test]
    fn every_fifth_head_is_written_otherwise_and_says_the_same() {
        let plain = "<a:DecHead>\n <a:IEFlag>E</a:IEFlag><x/></a:DecHead>";
        let other =
            "<a:DecHead>\n <a:IEFlag seen=\"1\"><![CDATA[E]]></a:IEFlag><!-- checked --><x/></a:DecHead>";
        let text = rough(plain.repeat(11).as_bytes());
        let told = [plain, plain, plain, plain, other].concat().repeat(2) + plain;
        assert_eq!(String::from_utf8(text).expect("it was text"), told);
    }

    #[test]
    fn what_is_no_plain_leaf_stays() {
        for head in [
            "<DecHead><IEFlag/></DecHead>",
            "<DecHead><X>&lt;</X></DecHead>",
            "<DecHead><A><B>1</B></A></DecHead>",
        ] {
            let text = head.repeat(5);
            assert_eq!(rough(text.as_bytes()), text.as_bytes(), "{head}");
        }
    }
}
