#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""recovered.py OURS RECOVERED: what lines_pktcap printed without and with
PKTCAP_FILE_READER_RECOVER. Everything before damage must be the same, and
damage is no error then."""

import re
import sys

import compare

# Lengths and fractions of a second that cannot be true are no error in pcap
# files, but are damage to one who looks for it, and records near them too.
UNLIKELY = re.compile(r"pcap/(wirelen|fraction)|damaged/(us|ns|mod)-.*-"
                      r"(record\d|bit|zeros)")


def wrong(name, plain, recovered):
    # What is no capture file stays none.
    if recovered.error and recovered.packets:
        return f"an error behind packets: {recovered.error}"
    if UNLIKELY.match(name):
        return None
    first = recovered.packets[:len(plain.packets)]
    if first != plain.packets:
        return f"{plain.packets} became {first}"
    if not plain.error and recovered.packets != plain.packets:
        return "more packets than there are without recovering"
    return None


def main(our_path, recovered_path):
    ours, recovered = compare.read(our_path), compare.read(recovered_path)
    more, failed = 0, 0
    for name, plain in ours.items():
        what = wrong(name, plain, recovered[name])
        if what:
            print(f"{name}: {what}")
            failed += 1
        more += len(recovered[name].packets) > len(plain.packets)
    print(f"recovered packets behind damage in {more} files; {failed} wrong")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
