#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Compare what pktsniff and tcpdump print for every packet of captures.

lines_tcpdump.py PKTSNIFF DIFFERENCES DIR...

Packets of one link type go into one file, with their number as time, so that a
few runs of both programs are enough. A packet may be printed differently only
if its file is in DIFFERENCES, with the reason; a file that is there without
need is an error, too.
"""

import fnmatch
import pathlib
import struct
import subprocess
import sys

OPTIONS = ("-n", "-ne", "-nv", "-nvv", "-nq", "-nS")
MAGICS = {b"\xd4\xc3\xb2\xa1": "<", b"\x4d\x3c\xb2\xa1": "<",
          b"\xa1\xb2\xc3\xd4": ">", b"\xa1\xb2\x3c\x4d": ">"}


def packets(path):
    """(link type, wire length, bytes) of each packet of a pcap file."""
    data = path.read_bytes()
    order = MAGICS.get(data[:4])
    if not order or len(data) < 24:
        return
    linktype = struct.unpack_from(order + "I", data, 20)[0] & 0xffff
    at = 24
    while at + 16 <= len(data):
        _, _, caplen, wirelen = struct.unpack_from(order + "4I", data, at)
        at += 16
        if caplen > len(data) - at:
            return
        # tcpdump gives up at one that has more bytes than the wire, and
        # shows no time for one that has none.
        if 0 < caplen <= min(wirelen, 262144):
            yield linktype, wirelen, data[at:at + caplen]
        at += caplen


def capture(linktype, of_type):
    out = [struct.pack("<IHHIIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, linktype)]
    for number, (wirelen, data) in enumerate(of_type):
        out.append(struct.pack("<4I", 1000000 + number, 0, len(data), wirelen))
        out.append(data)
    return b"".join(out)


def texts(program, option, file, count):
    """What a program prints for each packet, by the time in front of it."""
    run = subprocess.run([program, option, "-tt", "-r", "-"], input=file,
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                         check=False)
    out = [""] * count
    number = 0
    for line in run.stdout.decode("latin-1").split("\n"):
        stamp = "%d.000000 " % (1000000 + number)
        if number < count and line.startswith(stamp):
            line = line[len(stamp):]
            number += 1
        if number:
            out[number - 1] += line + "\n"
    return [text.rstrip("\n") for text in out]


def read_differences(path):
    rows = []
    for line in path.read_text().splitlines():
        if line and not line.startswith("#"):
            options, pattern, reason = line.split(None, 2)
            rows.append([options, pattern, reason, False])
    return rows


def is_explained(rows, option, name):
    found = False
    for row in rows:
        if option[1:] in row[0].split(",") and fnmatch.fnmatch(name, row[1]):
            row[3] = found = True
    return found


def main():
    sniff, differences = sys.argv[1], pathlib.Path(sys.argv[2])
    rows = read_differences(differences)
    types = {}
    for directory in sys.argv[3:]:
        root = pathlib.Path(directory)
        for path in sorted(root.rglob("*.*cap")):
            for linktype, wirelen, data in packets(path):
                types.setdefault(linktype, []).append(
                    (str(path.relative_to(root)), wirelen, data))
    failed = False
    for option in OPTIONS:
        same = total = 0
        for linktype, rest in types.items():
            file = capture(linktype, [p[1:] for p in rest])
            theirs = texts("tcpdump", option, file, len(rest))
            ours = texts(sniff, option, file, len(rest))
            for (name, _, _), their, our in zip(rest, theirs, ours):
                total += 1
                if their == our:
                    same += 1
                elif not is_explained(rows, option, name):
                    print(f"{name} {option}: tcpdump (<) and pktsniff (>)")
                    print("< " + their)
                    print("> " + our)
                    failed = True
        print(f"{option}: {same} of {total} packets as tcpdump prints them")
    for _, pattern, reason, used in rows:
        if not used:
            print(f"{differences.name}: {pattern} {reason}: not needed")
            failed = True
    sys.exit(failed)


main()
