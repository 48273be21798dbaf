"""Another reader of XML: expat, with namespaces, asked about many documents by one process.

A question is a length (four bytes, little end first), a byte of options and the document. The answer is a length and
two lines of text: what was noticed, and what the document says in the words of `told.rs`; or `!` and why it is refused.
"""

import struct
import sys
from xml.parsers import expat

# No name of a namespace can hold it: XML does not allow the character.
APART = "\x0c"
END = "\x1e"
BLANK = " \t\r\n"
# The document stands inside an element that binds namespaces for it.
INSIDE = 1


def names(qualified):
    """Namespace, local name, and the bytes of the name as written."""
    parts = qualified.split(APART)
    if len(parts) == 1:
        return "", parts[0], len(parts[0].encode())
    prefix = parts[2] + ":" if len(parts) > 2 else ""
    return parts[0], parts[1], len((prefix + parts[1]).encode())


class Element:
    __slots__ = ("name", "texts", "has_children", "has_aside", "has_section", "names", "is_told")

    def __init__(self, name):
        self.name = name
        self.texts = []
        self.has_children = False
        self.has_aside = False
        self.has_section = False
        self.names = set()
        self.is_told = False


class Document:
    """Follows one document and keeps what it says."""

    def __init__(self, options):
        self.skipped = options & INSIDE
        self.open = []
        self.told = []
        self.noticed = set()
        self.root_namespace = ""
        self.most = dict.fromkeys(("depth", "attributes", "name", "attribute", "text", "comment", "instruction", "bindings"), 0)
        self.bindings = 0
        self.ended = False

    def parser(self):
        parser = expat.ParserCreate(namespace_separator=APART)
        parser.buffer_text = True
        parser.namespace_prefixes = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.CommentHandler = self.comment
        parser.ProcessingInstructionHandler = self.instruction
        parser.StartCdataSectionHandler = self.section
        parser.StartDoctypeDeclHandler = self.doctype
        parser.XmlDeclHandler = self.declaration
        parser.StartNamespaceDeclHandler = self.binding
        parser.EndNamespaceDeclHandler = self.unbinding
        return parser

    def at_most(self, what, size):
        if size > self.most[what]:
            self.most[what] = size

    def start(self, qualified, attributes):
        if self.skipped:
            self.skipped = 0
            return
        namespace, local, written = names(qualified)
        if not self.open:
            self.root_namespace = namespace
            self.told.append(f"{local}@{namespace}")
        else:
            parent = self.open[-1]
            if not parent.is_told:
                parent.is_told = True
                self.told.append(f"+{parent.name}")
            parent.has_children = True
        name = local if namespace in ("", self.root_namespace) else ""
        if self.open:
            if name in self.open[-1].names:
                self.noticed.add("repeated")
            self.open[-1].names.add(name)
        element = Element(name)
        element.is_told = not self.open
        self.open.append(element)
        self.at_most("depth", len(self.open))
        self.at_most("attributes", len(attributes) + self.bindings)
        self.at_most("name", written)
        for key, value in attributes.items():
            self.at_most("name", names(key)[2])
            self.at_most("attribute", len(value.encode()))

    def end(self, _):
        if not self.open:
            return
        element = self.open.pop()
        text = "".join(element.texts)
        value = text.strip(BLANK)
        self.at_most("text", len(value.encode()))
        if element.has_children or not self.open:
            if value:
                self.noticed.add("mixed")
            if element.has_section:
                self.noticed.add("section")
            self.told.append("-")
        else:
            if value and element.has_aside:
                self.noticed.add("aside")
            self.told.append(f"{element.name}={value}")

    def text(self, text):
        if self.open:
            self.open[-1].texts.append(text)

    def aside(self):
        if self.open:
            self.open[-1].has_aside = True

    def comment(self, text):
        self.at_most("comment", len(text.encode()))
        self.aside()

    def instruction(self, target, text):
        self.at_most("instruction", len(target.encode()) + 1 + len(text.encode()))
        self.aside()

    def section(self):
        if self.open:
            self.open[-1].has_section = True

    def doctype(self, *_):
        self.noticed.add("doctype")

    def declaration(self, version, encoding, _):
        if version != "1.0":
            self.noticed.add("version")
        if encoding is not None and encoding.upper() != "UTF-8":
            self.noticed.add("encoding")

    def binding(self, prefix, name):
        self.bindings += 1
        self.at_most("bindings", self.bindings)
        self.at_most("attribute", len((name or "").encode()))

    def unbinding(self, _):
        self.bindings -= 1


def answer(options, document):
    follows = Document(options)
    try:
        follows.parser().Parse(document, True)
    except expat.ExpatError as error:
        return "!" + str(error).replace("\n", " ")
    except (ValueError, LookupError) as error:
        # An encoding the library has no table for.
        return "!" + str(error).replace("\n", " ")
    sizes = [f"{what}:{size}" for what, size in follows.most.items()]
    return " ".join(sorted(follows.noticed) + sizes) + "\n" + END.join(follows.told)


def main():
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    while head := questions.read(5):
        length, options = struct.unpack("<IB", head)
        told = answer(options, questions.read(length)).encode("utf-8", "surrogatepass")
        answers.write(struct.pack("<I", len(told)) + told)
        answers.flush()


main()
