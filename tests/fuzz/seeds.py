#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""seeds.py DIRECTORY CAPTURE...: each packet of the pcap files as an input of
packet_input.h: link type, flags (2 bytes), bytes cut off, then the packet."""
import os
import struct
import sys

# As in packet_input.h
LINKTYPES = [1, 101, 113, 276, 0, 9, 50, 51, 105, 127, 108, 228, 229, 104, 271, 227]


def packets(path):
    with open(path, "rb") as file:
        data = file.read()
    orders = {b"\xd4\xc3\xb2\xa1": "<", b"\x4d\x3c\xb2\xa1": "<",
              b"\xa1\xb2\xc3\xd4": ">", b"\xa1\xb2\x3c\x4d": ">"}
    order = orders.get(data[:4])
    if not order or len(data) < 24:
        return
    linktype = struct.unpack(order + "I", data[20:24])[0] & 0xFFFF
    at = 24
    while at + 16 <= len(data):
        caplen, wirelen = struct.unpack(order + "II", data[at + 8:at + 16])
        at += 16
        yield linktype, data[at:at + caplen], wirelen
        at += caplen


def main():
    directory, *captures = sys.argv[1:]
    for path in captures:
        stem = os.path.splitext(path.replace("/", "-"))[0]
        for i, (linktype, frame, wirelen) in enumerate(packets(path)):
            if linktype not in LINKTYPES:
                continue
            head = bytes([LINKTYPES.index(linktype), 0, 0,
                          min(wirelen - len(frame), 255)])
            with open(f"{directory}/{stem}-{i}", "wb") as seed:
                seed.write(head + frame)


main()
