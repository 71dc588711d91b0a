# SPDX-License-Identifier: BSD-2-Clause
"""Bytes of a capture file that know where their headers and lengths are."""

import struct
import zlib

NS = 10**9
START_NS = 1700000000 * NS + 123456789

# How two tools show a time that 64 bits of nanoseconds do not hold.
TIME_MIN, TIME_MAX = -(2**63), 2**63 - 1


class Image:
    """A file that is being built in one byte order ("<" or ">")."""

    def __init__(self, order="<"):
        self.order = order
        self.data = bytearray()
        self.headers = []  # (first byte, byte behind it)
        self.lengths = []  # (name, offset, struct format)
        self.packets = []  # lines that a reader must print

    def put(self, form, *values, length=None):
        if length:
            self.lengths.append((length, len(self.data), self.order + form))
        self.data += struct.pack(self.order + form, *values)

    def raw(self, data, align=1):
        self.data += data + bytes(-len(data) % align)

    def begin_header(self):
        self.headers.append((len(self.data), None))

    def end_header(self):
        self.headers[-1] = (self.headers[-1][0], len(self.data))

    def expect(self, ts_ns, data, wirelen, linktype):
        self.packets.append(packet_line(ts_ns, data, wirelen, linktype))


def packet_line(ts_ns, data, wirelen, linktype):
    """What lines.c prints, without its last column for a cut packet."""
    ts_ns = min(max(ts_ns, TIME_MIN), TIME_MAX)
    wirelen = max(wirelen, len(data))
    return f"p {ts_ns} {len(data)} {wirelen} {linktype} {zlib.crc32(data):08x}"


def udp_frame(payload):
    """An Ethernet frame that every tool can print."""
    udp = struct.pack(">HHHH", 5353, 9, 8 + len(payload), 0) + payload
    ip = struct.pack(">BBHHHBBHII", 0x45, 0, 20 + len(udp), 7, 0, 64, 17, 0,
                     0xC0000201, 0xC0000202)
    addresses = bytes.fromhex("020000000002020000000001")
    return addresses + b"\x08\x00" + ip + udp


FRAMES = [
    udp_frame(bytes(range(18))),
    bytes.fromhex("ffffffffffff020000000001") + b"\x08\x06" + bytes(28),
    b"",
    udp_frame(b"\xa5" * 1200),
    b"\x7f",
    udp_frame(bytes(255 - i for i in range(201))),
]
