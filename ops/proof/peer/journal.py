"""A verifier of journals, written from ops/journal-format.md alone, as a stranger would.

journal.py INDEX:HASH FOLDER...: for each folder the first bad index, 0 when the journal is whole and has that head.
Needs the packages blake3 and zstandard.
"""

import os
import re
import struct
import sys

import blake3
import zstandard


def keyed(name, data):
    key = blake3.blake3(b"clearance journal 1 " + name).digest()
    return blake3.blake3(data, key=key).digest()


def own_hash(index, kind, before, payload):
    said = struct.pack("<HQB", 1, index, kind) + before + blake3.blake3(payload).digest()
    return keyed(b"record", said)


def first_bad(folder, published):
    """Steps 1 to 6 of "What a verifier checks"."""
    names = sorted(it for it in os.listdir(folder) if re.fullmatch(r"\d{8}\.seg", it))
    index, head, commit = 0, bytes(32), 0
    for number, name in enumerate(names, 1):
        if int(name[:8]) != number:
            return index + 1
        with open(os.path.join(folder, name), "rb") as file:
            data = file.read()
        header = data[:88]
        if len(header) < 88 or header[:12] != b"\xf7clrseg\xff\x01\0\0\0" or keyed(b"segment", header[:56]) != header[56:]:
            return index + 1
        if struct.unpack_from("<IQ", header, 12) != (number, index + 1) or header[24:56] != head:
            return index + 1
        at = 88
        while at < len(data):
            header = data[at : at + 168]
            if len(header) < 168 or header[:12] != b"\xf7clrfrm\xff\x01\0\0\0" or keyed(b"frame", header[:136]) != header[136:]:
                return index + 1
            count, first, commit_first, raw_len, packed_len = struct.unpack_from("<IQQII", header, 12)
            before, after, body_hash = header[40:72], header[72:104], header[104:136]
            if count < 1 or first != index + 1 or before != head or raw_len > 64 << 20:
                return index + 1
            if not commit <= commit_first <= first:
                return index + 1
            commit = commit_first
            body = data[at + 168 : at + 168 + 32 * count + packed_len]
            if len(body) < 32 * count + packed_len or keyed(b"body", body) != body_hash:
                return index + 1
            raw = zstandard.ZstdDecompressor().decompress(body[32 * count :], max_output_size=raw_len)
            if len(raw) != raw_len:
                return index + 1
            records, place = [], 0
            while place < raw_len:
                kind, length = struct.unpack_from("<BI", raw, place)
                records.append((kind, raw[place + 5 : place + 5 + length]))
                place += 5 + length
            if place != raw_len or len(records) != count or body[32 * count - 32 : 32 * count] != after:
                return index + 1
            for n, (kind, payload) in enumerate(records):
                own = own_hash(index + 1, kind, head, payload)
                if own != body[32 * n : 32 * n + 32]:
                    return index + 1
                index, head = index + 1, own
                if index == published[0] and head != published[1]:
                    return 1
            at += 168 + len(body)
    return index + 1 if index < published[0] else 0


if __name__ == "__main__":
    index, text = sys.argv[1].split(":")
    for folder in sys.argv[2:]:
        print(first_bad(folder, (int(index), bytes.fromhex(text))))
