#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""compare.py OURS THEIRS TRUTH DIRECTORY: what lines_pktcap and lines_pcap
printed for the same files, and what the generator knows to be right.

Ends with 1 if a packet differs, or one is missing, or a file ends otherwise
without a reason that is written down here. Prints what we read and libpcap
does not, by reason.
"""

import os
import re
import sys
from collections import Counter, defaultdict

NS = 10**9
ENODATA, EPROTO = -61, -71

# Why libpcap stops where we go on, by what it says.
MORE = [
    (r"has a type \d+ different from", "several link types"),
    (r"has a snapshot length \d+ different from", "several snap lengths"),
    (r"sections with different byte orders", "sections of both byte orders"),
    (r"bigger than snaplen of", "a packet longer than its snap length"),
    (r"no Interface Description Blocks", "a section without an interface"),
    (r"more than one if_ts", "an option that is there twice"),
    (r"has if_ts\w+ option with length", "an option of a wrong length"),
    (r"if_tsresol option resolution \S+ is too high", "a resolution finer "
     "than 64 bits can count"),
    (r"block of type 1 in pcapng dump file is too short", "options of an "
     "interface that run over its end"),
    (r"has opt_endofopt option with length", "an end of options that has a "
     "length"),
    (r"pcapng block size \d+ > maximum", "a section of the other byte order, "
     "whose length it turns, or a block of more than 16 MiB"),
]

# Link types whose DLT_ number in libpcap is another one.
DLT = {100: 11, 101: 12, 102: 15, 103: 16, 106: 19, 112: 109, 246: 18}
LINKTYPE = {dlt: linktype for linktype, dlt in DLT.items()}

# Headers in the byte order of whoever captured: libpcap changes them to ours,
# we deliver what the file has. What is right is in the generator's truth.
HOST_ORDER = {189, 220, 239}

# Resolutions of 2^-35 s and finer: libpcap multiplies the fraction by 10^9 in
# 64 bits, which overflows. The generator knows the right time.
OVERFLOW = re.compile(r"tsresol(s|-(163|168|180|191))(-far)?[-.]")


class File:
    """Lines of one reader about one file."""

    def __init__(self):
        self.packets, self.error, self.other = [], None, []

    def add(self, line):
        if line.startswith("p "):
            self.packets.append(line.split()[1:])
        elif line.startswith("error ") and not self.error:
            _, code, offset, text = line.split(" ", 3)
            self.error = (int(code), int(offset), text)
        else:
            self.other.append(line)


def read(path):
    files, file = {}, None
    with open(path, errors="replace") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("file "):
                file = files[line[5:]] = File()
            elif line == "end":
                file = None
            else:
                file.add(line)
    return files


def clamp(ns):
    return min(max(ns, -(2**63)), 2**63 - 1)


def times(text):
    """Nanoseconds that libpcap's seconds and fraction can stand for."""
    seconds, fraction, *cut = text.split(":")
    seconds, fraction = int(seconds), int(fraction)
    # In pcap files of this machine's byte order it takes 32 bits as signed.
    yield clamp(seconds * NS + fraction)
    # An offset may lead beyond 64 bits of seconds.
    yield clamp(seconds % 2**64 * NS + fraction)
    yield seconds % 2**32 * NS + fraction
    yield seconds % 2**32 * NS + fraction % 2**32
    yield seconds % 2**32 * NS + fraction // 1000 % 2**32 * 1000
    for turn in range(1000 if cut else 0):
        yield seconds % 2**32 * NS + fraction + turn * 2**32


def difference(ours, theirs, known_time):
    """What is not the same in two packets, or None."""
    time, caplen, wirelen, linktype, crc, *cuts = ours
    their_time, their_caplen, their_wirelen, dlt, their_crc = theirs[:5]
    if not known_time and int(time) not in times(their_time):
        return "time"
    # It gives no more than the snap length.
    same = [(caplen, crc), *zip(cuts[::2], cuts[1::2])]
    if int(linktype) in HOST_ORDER:
        same = [(n, their_crc) for n, _ in same]
    if (their_caplen, their_crc) not in same:
        return "bytes"
    # No packet is shorter on the wire than here.
    if int(wirelen) != max(int(their_wirelen), int(caplen)):
        return "wirelen"
    if int(dlt) not in (int(linktype), DLT.get(int(linktype)),
                        LINKTYPE.get(int(linktype))):
        return "linktype"
    return None


def reason_for_more(theirs):
    for pattern, reason in MORE:
        if theirs.error and re.search(pattern, theirs.error[2]):
            return reason
    return None


def unclear(error, size):
    """What is wrong with an error message of ours, or None."""
    code, offset, text = error
    if code not in (ENODATA, EPROTO):
        return f"error {code} is not about a file"
    if offset > size:
        return f"the error is at byte {offset} of {size}"
    if len(text) < 20:
        return "the error says nothing"
    return None


def compare(ours, theirs, size, known_time):
    """(what is wrong or None, why we read more or None)"""
    for i, (our, their) in enumerate(zip(ours.packets, theirs.packets)):
        what = difference(our, their, known_time)
        if what:
            return f"packet {i + 1}: {what}: {our} {their}", None
    if ours.error and unclear(ours.error, size):
        return unclear(ours.error, size), None
    if ours.other:
        return ours.other[0], None
    more = len(ours.packets) - len(theirs.packets)
    if more < 0 or (ours.error and not theirs.error):
        return f"{-more} packets fewer, {ours.error}", None
    if more or (theirs.error and not ours.error):
        reason = reason_for_more(theirs)
        if not reason:
            return f"{more} packets more, libpcap: {theirs.error}", None
        return None, reason
    return None, None


def against_truth(ours, truth):
    if [packet[:5] for packet in ours.packets] != truth.packets:
        for i, want in enumerate(truth.packets):
            got = ours.packets[i][:5] if i < len(ours.packets) else ours.error
            if got != want:
                return f"packet {i + 1}: {got} instead of {want}"
        return f"{len(ours.packets)} packets instead of {len(truth.packets)}"
    return ours.error and f"{ours.error} instead of the end"


def main(our_path, their_path, truth_path, directory):
    ours, theirs, truth = map(read, (our_path, their_path, truth_path))
    wrong, more, ends = {}, defaultdict(list), Counter()
    for name, file in ours.items():
        size = os.path.getsize(os.path.join(directory, name))
        what = against_truth(file, truth[name]) if name in truth else None
        if not what and name in theirs:
            known = name in truth and OVERFLOW.search(name)
            what, why = compare(file, theirs[name], size, known)
            if why:
                more[why].append(name)
        ends["refused" if file.error and not file.packets else
             "damaged" if file.error else "read to the end"] += 1
        if what:
            wrong[name] = what
    for why, names in sorted(more.items()):
        print(f"we read on, libpcap does not: {why}: {' '.join(names)}")
    for name, what in wrong.items():
        print(f"{name}: {what}")
    print(", ".join(f"{n} {how}" for how, n in sorted(ends.items())) +
          f"; {sum(map(len, more.values()))} further than libpcap; "
          f"{len(wrong)} wrong")
    return 1 if wrong or set(theirs) - set(ours) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
