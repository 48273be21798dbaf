//! Writing XML: names are ours, values are escaped, nothing is pasted.

/// Appends elements to a buffer.
#[derive(Debug)]
pub struct Writer<'w> {
    into: &'w mut Vec<u8>,
}

impl<'w> Writer<'w> {
    /// A writer to this buffer.
    pub fn new(into: &'w mut Vec<u8>) -> Self {
        Writer { into }
    }

    /// `<name xmlns="namespace">`, without the attribute when the namespace is empty.
    pub fn open(&mut self, name: &str, namespace: &str) {
        self.into.push(b'<');
        self.into.extend_from_slice(name.as_bytes());
        if !namespace.is_empty() {
            self.into.extend_from_slice(b" xmlns=\"");
            escape(namespace, self.into);
            self.into.push(b'"');
        }
        self.into.push(b'>');
    }

    /// `<name a="1" b="2">`
    pub fn open_with(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.into.push(b'<');
        self.into.extend_from_slice(name.as_bytes());
        for (attribute, value) in attributes {
            self.into.push(b' ');
            self.into.extend_from_slice(attribute.as_bytes());
            self.into.extend_from_slice(b"=\"");
            escape(value, self.into);
            self.into.push(b'"');
        }
        self.into.push(b'>');
    }

    /// `<name a="1">value</name>`
    pub fn leaf_with(&mut self, name: &str, attributes: &[(&str, &str)], value: &str) {
        self.open_with(name, attributes);
        escape(value, self.into);
        self.close(name);
    }

    /// `</name>`
    pub fn close(&mut self, name: &str) {
        self.into.extend_from_slice(b"</");
        self.into.extend_from_slice(name.as_bytes());
        self.into.push(b'>');
    }

    /// `<name>value</name>`, or `<name/>` when there is no value.
    pub fn leaf(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            self.into.push(b'<');
            self.into.extend_from_slice(name.as_bytes());
            self.into.extend_from_slice(b"/>");
            return;
        }
        self.open(name, "");
        escape(value, self.into);
        self.close(name);
    }
}

impl Writer<'_> {
    /// `<name xmlns="namespace" attribute="said">value</name>`.
    pub fn leaf_in(&mut self, name: &str, namespace: &str, (attribute, said): (&str, &str), value: &str) {
        self.open(name, namespace);
        self.into.pop();
        self.into.push(b' ');
        self.into.extend_from_slice(attribute.as_bytes());
        self.into.extend_from_slice(b"=\"");
        escape(said, self.into);
        self.into.extend_from_slice(b"\">");
        escape(value, self.into);
        self.close(name);
    }
}

/// Escapes text for content and double-quoted attributes; characters XML does not allow become `?`.
fn escape(text: &str, into: &mut Vec<u8>) {
    let mut rest = text.as_bytes();
    while let Some(plain) = rest.iter().position(|byte| matches!(byte, 0..0x20 | b'<' | b'>' | b'&' | b'"')) {
        into.extend_from_slice(&rest[..plain]);
        match rest[plain] {
            b'<' => into.extend_from_slice(b"&lt;"),
            b'>' => into.extend_from_slice(b"&gt;"),
            b'&' => into.extend_from_slice(b"&amp;"),
            b'"' => into.extend_from_slice(b"&quot;"),
            b'\r' => into.extend_from_slice(b"&#13;"),
            blank @ (b'\t' | b'\n') => into.push(blank),
            _ => into.push(b'?'),
        }
        rest = &rest[plain + 1..];
    }
    into.extend_from_slice(rest);
}

#[cfg(test)]
mod tests {
    use super::Writer;

    #[test]
    fn values_are_escaped_and_empty_ones_closed_at_once() {
        let mut bytes = Vec::new();
        let mut writer = Writer::new(&mut bytes);
        writer.open("NOTE", "urn:a&b");
        writer.leaf("A", "1 < 2 & \"3\"\u{1}");
        writer.leaf("B", "");
        writer.close("NOTE");
        let text = String::from_utf8(bytes).expect("writes UTF-8");
        assert_eq!(text, r#"<NOTE xmlns="urn:a&amp;b"><A>1 &lt; 2 &amp; &quot;3&quot;?</A><B/></NOTE>"#);
    }
}
