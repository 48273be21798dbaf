"""What an office would script: thirty fields of each declaration taken out with lxml, and thirty checks on them."""

import re
import sys
from decimal import Decimal, InvalidOperation

from lxml import etree

DEC = "{http://www.chinaport.gov.cn/dec}"
HEAD = [
    "SeqNo", "IEFlag", "Type", "AgentCode", "AgentCodeScc", "AgentName", "CustomMaster", "CutMode",
    "DistinatePort", "FeeCurr", "FeeMark", "FeeRate", "GrossWet", "IEDate", "IEPort", "InsurCurr",
    "ManualNo", "NetWt", "OwnerCode", "OwnerName", "PackNo", "TradeCode", "TradeCountry", "TradeMode",
    "TrafMode", "TransMode", "WrapType",
]
LINE = ["CodeTS", "DeclPrice", "DeclTotal"]
CODE = re.compile(r"[0-9A-Z]*")


def number(text):
    try:
        return Decimal(text or "0")
    except InvalidOperation:
        return None


def check(head, lines):
    """Thirty checks: every field of the head, and three over the lines."""
    bad = 0
    for name in HEAD:
        value = head[name]
        if name.endswith("Name"):
            bad += len(value) > 255
        elif name in ("GrossWet", "NetWt", "PackNo", "FeeRate"):
            bad += number(value) is None
        else:
            bad += CODE.fullmatch(value) is None
    net, gross = number(head["NetWt"]), number(head["GrossWet"])
    bad += net is not None and gross is not None and net > gross
    bad += not all(line["CodeTS"].isdigit() for line in lines)
    bad += any(number(line["DeclTotal"]) is None or number(line["DeclPrice"]) is None for line in lines)
    return bad


def main(path):
    documents = bad = 0
    for _, element in etree.iterparse(path, events=("end",), tag=DEC + "DecMessage", huge_tree=True):
        head_element = element.find(DEC + "DecHead")
        head = {name: head_element.findtext(DEC + name) or "" for name in HEAD}
        lines = [
            {name: line.findtext(DEC + name) or "" for name in LINE}
            for line in element.iterfind(DEC + "DecLists/" + DEC + "DecList")
        ]
        bad += check(head, lines)
        documents += 1
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
    print(documents, bad)


main(sys.argv[1])
