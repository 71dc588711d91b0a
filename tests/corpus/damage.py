# SPDX-License-Identifier: BSD-2-Clause
"""What can happen to a file: cut off, and lengths that are not true."""

import struct

import pcap
import pcapng

LENGTHS = (0, 1, 3, 5, 2**31 - 1, 2**31, 2**32 - 4, 2**32 - 1)


def cuts(image):
    """The file up to each byte of each header, and around each end of data."""
    places = {0, len(image.data) - 1}
    for first, behind in image.headers:
        places.update(range(first, behind + 2))
    for n in sorted(places):
        if n < len(image.data):
            yield f"cut-{n:04}", bytes(image.data[:n])


def wrong_lengths(image):
    for name, offset, form in image.lengths:
        size = struct.calcsize(form)
        right = struct.unpack_from(form, image.data, offset)[0]
        limit = 2 ** (8 * size) - 1
        values = {n & limit for n in LENGTHS}
        values.update(n for n in (right - 4, right - 1, right + 1, right + 4)
                      if 0 <= n <= limit)
        for value in sorted(values - {right}):
            data = bytearray(image.data)
            struct.pack_into(form, data, offset, value)
            yield f"{name}-{value:x}", bytes(data)


def garbage(image):
    """Bytes that belong to nothing, behind each header and the whole file."""
    for first, _ in image.headers:
        data = bytes(image.data[:first]) + b"\xde\xad\xbe\xef" * 3
        yield f"garbage-{first:04}", data + bytes(image.data[first:])
    yield "garbage-end", bytes(image.data) + b"\0\0\0"
    yield "zeros-end", bytes(image.data) + bytes(64)


def other_magics(image):
    """Every single bit of the first twelve bytes."""
    for bit in range(96):
        data = bytearray(image.data)
        data[bit // 8] ^= 1 << bit % 8
        yield f"bit-{bit:02}", bytes(data)


def victims():
    for o, order in pcap.ORDERS.items():
        for m, magic in pcap.MAGICS.items():
            yield f"{m}-{o}", ".pcap", pcap.small(order, magic)
        yield f"ng-{o}", ".pcapng", pcapng.small(order)


def all_files():
    for name, suffix, image in victims():
        ways = [cuts, wrong_lengths, garbage]
        if not name.startswith(("ns", "mod")):
            ways.append(other_magics)
        for way in ways:
            for kind, data in way(image):
                yield f"damaged/{name}-{kind}{suffix}", data
    one = pcap.Pcap().fill()
    two = pcapng.small("<")
    yield "damaged/pcap-then-pcapng.pcap", bytes(one.data + two.data)
    yield "damaged/pcapng-then-pcap.pcapng", bytes(two.data + one.data)
    yield "damaged/text.pcap", b"No.  Time  Source  Destination\n" * 40
    yield "damaged/newlines.pcap", b"\n\r\r\n" * 40
    for i, start in enumerate((b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd",
                               b"\x04\x22\x4d\x18", b"\xfd7zXZ\0", b"BZh9")):
        yield f"damaged/packed-{i}.pcap", start + bytes(64)
