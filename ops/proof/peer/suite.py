"""Lists the tests of the W3C XML conformance suite: a line of JSON each. The argument is the suite's folder.

The lists of the suite are put together by external entities, so they are read by a parser that has them.
"""

import json
import os
import sys
from xml.parsers import expat

KEPT = ("ID", "TYPE", "RECOMMENDATION", "VERSION", "EDITION", "NAMESPACE", "ENTITIES", "SECTIONS")


def listed(folder):
    tests = []
    bases = [folder]
    main = os.path.join(folder, "xmlconf.xml")

    def start(name, attributes):
        if name in ("TESTSUITE", "TESTCASES"):
            bases.append(os.path.join(bases[-1], attributes.get("xml:base", "")))
        elif name == "TEST":
            test = {key.lower(): attributes[key] for key in KEPT if key in attributes}
            test["path"] = os.path.normpath(os.path.join(bases[-1], attributes["URI"]))
            tests.append(test)

    def end(name):
        if name in ("TESTSUITE", "TESTCASES"):
            bases.pop()

    def entity(context, _base, system, _public):
        with open(os.path.join(folder, system), "rb") as file:
            parser.ExternalEntityParserCreate(context).Parse(file.read(), True)
        return 1

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.ExternalEntityRefHandler = entity
    with open(main, "rb") as file:
        parser.Parse(file.read(), True)
    return tests


def has_declaration(path):
    """There is a document type declaration in it; where the parser stops before one, the letters must do."""
    seen = []
    with open(path, "rb") as file:
        content = file.read()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = lambda *_: seen.append(True)
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError):
        # In UTF-16 every other byte of it is nothing.
        return bool(seen) or b"<!DOCTYPE" in content.replace(b"\0", b"")
    return bool(seen)


for test in listed(sys.argv[1]):
    # Some listed files are not in the distribution.
    if os.path.exists(test["path"]):
        test["declares"] = has_declaration(test["path"])
        print(json.dumps(test))
