#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""tcpdump.py DIRECTORY: what "tcpdump -r" makes of most of the corpus, as
lines for compare.py. Its copy of a file is read here, by nobody's library."""

import os
import struct
import subprocess
import sys
import zlib

STEP = 5  # one damaged file in so many; all others

# A copy has 32 bits of seconds, and these files have more.
TOO_FAR = ("-far-", "tsoffset")


def sample(directory):
    with open(os.path.join(directory, "list")) as names:
        names = [name.strip() for name in names]
    damaged = [name for name in names if name.startswith("damaged/")]
    others = [name for name in names if not name.startswith("damaged/")]
    return damaged[::STEP] + [name for name in others if
                              not any(far in name for far in TOO_FAR)]


def packets(copy):
    at, linktype = 24, struct.unpack_from("=I", copy, 20)[0] & 0xFFFF
    while at < len(copy):
        seconds, ns, caplen, wirelen = struct.unpack_from("=iIII", copy, at)
        data = copy[at + 16:at + 16 + caplen]
        at += 16 + caplen
        # The third word: nanoseconds may have been cut to 32 bits.
        yield (f"p {seconds}:{ns}:cut {caplen} {wirelen} {linktype} "
               f"{zlib.crc32(data):08x}")


def show(directory, name):
    """From and to a pipe: it gives up root, and may not open files then."""
    with open(os.path.join(directory, name), "rb") as file:
        done = subprocess.run(
            ["tcpdump", "--time-stamp-precision=nano", "-r", "-", "-w", "-"],
            stdin=file, capture_output=True)
    text = done.stderr.decode(errors="replace").splitlines()[-1:]
    if text and "unknown data link type" in text[0]:
        return  # it could print these packets, but not copy them
    print("file", name)
    if done.stdout:
        print("\n".join(packets(done.stdout)))
    if done.returncode:
        print("error", -done.returncode, 0, *text)
    print("end")


def main(directory):
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    for name in sample(directory):
        show(directory, name)


if __name__ == "__main__":
    main(sys.argv[1])
