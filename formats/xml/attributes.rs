//! The attributes of a start tag. Only those that bind namespaces mean anything to a format, but a tag with a
//! malformed one is no tag, and readers differ in what they make of it.

use super::name::{is_name, is_plain_name, is_space, trim};
use super::{Malformed, Reader, Tag};

/// An attribute as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Attribute<'b> {
    /// Prefix; empty when it has none.
    pub prefix: &'b str,
    /// Local name.
    pub name: &'b str,
    /// What stands between the quotes, references and all.
    pub raw: &'b str,
}

/// Takes the next attribute off what follows the name in a start tag (XML 1.0, productions 10, 40 and 41).
///
/// `None` at the end of the tag; an error when what follows is no attribute.
pub(super) fn next<'b>(rest: &mut &'b str) -> Option<Result<Attribute<'b>, NotAnAttribute>> {
    let after_space = rest.trim_start_matches(SPACE);
    if after_space.is_empty() {
        return None;
    }
    let is_apart = after_space.len() < rest.len();
    Some(
        take(after_space)
            .filter(|_| is_apart)
            .map(|(attribute, after)| {
                *rest = after;
                attribute
            })
            .ok_or(NotAnAttribute),
    )
}

/// What follows the name of an element is not well formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotAnAttribute;

const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

fn take(text: &str) -> Option<(Attribute<'_>, &str)> {
    let end = text.bytes().position(|byte| byte == b'=' || is_space(byte))?;
    let (prefix, name) = split(&text[..end])?;
    let value = text[end..].trim_start_matches(SPACE).strip_prefix('=')?.trim_start_matches(SPACE);
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (raw, after) = value[1..].split_once(quote)?;
    let is_clean = !raw.contains('<');
    is_clean.then_some((Attribute { prefix, name, raw }, after))
}

/// Prefix and local name of a qualified name; `None` when it is none.
#[inline]
pub(super) fn split(qualified: &str) -> Option<(&str, &str)> {
    if is_plain_name(qualified) {
        return Some(("", qualified));
    }
    match qualified.split_once(':') {
        None => is_name(qualified).then_some(("", qualified)),
        Some((prefix, name)) => (is_name(prefix) && is_name(name)).then_some((prefix, name)),
    }
}

impl<'b> Reader<'b> {
    /// The start tag says more than the name of its element.
    pub fn has_attributes(&self, tag: Tag<'b>) -> bool {
        let name = self.name_at(tag.offset);
        self.text.as_bytes().get(tag.offset as usize + 1 + name.len()).is_some_and(|&byte| is_space(byte))
    }

    /// The value of an attribute without prefix in a start tag that was read before; none when it has no such attribute.
    pub fn attribute_of(&mut self, tag: Tag<'b>, name: &str) -> Result<Option<&'b str>, Malformed> {
        let qualified = self.name_at(tag.offset);
        let mut rest = &self.text[tag.offset as usize + 1 + qualified.len()..];
        while let Some(Ok(attribute)) = next(&mut rest) {
            if attribute.prefix.is_empty() && attribute.name == name {
                return self.attribute_value(attribute.raw).map(trim).map(Some);
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut rest: &str) -> Option<Vec<String>> {
        let mut told = Vec::new();
        while let Some(attribute) = next(&mut rest) {
            let Attribute { prefix, name, raw } = attribute.ok()?;
            told.push(format!("{prefix}|{name}|{raw}"));
        }
        Some(told)
    }

    #[test]
    fn attributes_are_taken_one_by_one() {
        let written = " version=\"4.8\"\n xsi:schemaLocation = 'a>\"b' c=''  ";
        assert_eq!(
            all(written),
            Some(vec!["|version|4.8".into(), "xsi|schemaLocation|a>\"b".into(), "|c|".into()])
        );
        assert_eq!(all(" "), Some(vec![]));
    }

    #[test]
    fn what_is_no_attribute() {
        for written in [
            "a='1'",
            " a='1'b='2'",
            " a",
            " a=",
            " a=1",
            " a='1",
            " 1='1'",
            " a:='1'",
            " a:b:c='1'",
            " a='<'",
            " ='1'",
            " /",
        ] {
            assert_eq!(all(written), None, "{written}");
        }
    }
}
