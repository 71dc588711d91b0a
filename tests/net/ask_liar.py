#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""A host that lies: to each request for certain addresses it sends everything
that looks like an answer and is none, each with a hardware address of its own,
02:11:11:00:00:NN, that nobody may believe.

  10.9.0.66, fd00:9::66  lies, then the truth: 02:22:22:22:22:22
  10.9.0.67, fd00:9::67  lies only
  10.9.0.68, fd00:9::68  the truth, then another: 02:33:33:33:33:33
  10.9.0.69 to .71       the truth, and to probes only in certain frames

usage: ask_liar.py INTERFACE
"""

import socket
import struct
import sys

TRUTH = bytes.fromhex("022222222222")
OTHER = bytes.fromhex("023333333333")
ALL_NODES = socket.inet_pton(socket.AF_INET6, "ff02::1")
HEADER = 14


def tagged(frame):
    return frame[:12] + bytes.fromhex("81000005") + frame[12:]


def arp(ask, mac, **lie):
    """The reply to a request, but for what @lie says."""
    f = dict(
        htype=1, ptype=0x0800, hlen=6, plen=4, op=2, sha=mac,
        spa=ask[HEADER + 24:HEADER + 28], tha=ask[HEADER + 8:HEADER + 14],
        tpa=ask[HEADER + 14:HEADER + 18],
    )
    f.update(lie)
    return (ask[6:12] + mac + b"\x08\x06" +
            struct.pack("!HHBBH", f["htype"], f["ptype"], f["hlen"],
                        f["plen"], f["op"]) +
            f["sha"] + f["spa"] + f["tha"] + f["tpa"])


def arp_lies(ask):
    number = 0

    def mac():
        nonlocal number
        number += 1
        return bytes.fromhex("02111100") + struct.pack("!H", number)

    for op in (0, 1, 3, 4, 8, 9, 0x0200, 0xffff):
        yield arp(ask, mac(), op=op)
    for hlen in (0, 5, 7, 8, 20, 255):
        yield arp(ask, mac(), hlen=hlen)
    for plen in (0, 3, 5, 16, 255):
        yield arp(ask, mac(), plen=plen)
    # Fields of such lengths, and not only the numbers.
    wrong = mac()
    yield arp(ask, mac(), hlen=8, sha=wrong + b"\0\0",
              tha=ask[HEADER + 8:HEADER + 14] + b"\0\0")
    yield arp(ask, mac(), plen=5, spa=ask[HEADER + 24:HEADER + 28] + b"\0",
              tpa=ask[HEADER + 14:HEADER + 18] + b"\0")
    for htype in (0, 6, 0x0100):
        yield arp(ask, mac(), htype=htype)
    for ptype in (0, 0x0806, 0x86dd):
        yield arp(ask, mac(), ptype=ptype)
    yield arp(ask, mac(), spa=bytes([10, 9, 0, 99]))
    yield arp(ask, mac(), spa=bytes(4))
    yield arp(ask, mac(), tpa=bytes([10, 9, 0, 99]))
    yield arp(ask, mac(), tha=bytes.fromhex("020202020202"))
    yield arp(ask, mac(), tha=bytes(6))
    for sha in ("ffffffffffff", "01005e000001", "333300000001", "000000000000"):
        yield arp(ask, mac(), sha=bytes.fromhex(sha))
    for length in range(HEADER, HEADER + 28):
        yield arp(ask, mac())[:length]
    yield tagged(arp(ask, mac()))
    yield tagged(tagged(arp(ask, mac())))


def checksum(data):
    data += b"\0" * (len(data) % 2)
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def nd(ask, mac, **lie):
    """The advertisement that answers a solicitation, but for what @lie says."""
    target = ask[HEADER + 48:HEADER + 64]
    f = dict(
        hops=255, next=58, src=target, dst=ask[HEADER + 8:HEADER + 24],
        type=136, code=0, flags=0x60000000, target=target,
        options=b"\x02\x01" + mac, wrong=0, longer=0, between=b"",
    )
    if f["dst"] == bytes(16):
        f.update(dst=ALL_NODES, flags=0x20000000)
    f.update(lie)
    body = struct.pack("!BBHI", f["type"], f["code"], 0, f["flags"])
    body += f["target"] + f["options"]
    total = checksum(f["src"] + f["dst"] + struct.pack("!II", len(body), 58) +
                     body)
    body = body[:2] + struct.pack("!H", total ^ f["wrong"]) + body[4:]
    body = f["between"] + body
    return (ask[6:12] + mac + b"\x86\xdd" +
            struct.pack("!IHBB", 6 << 28, len(body) + f["longer"], f["next"],
                        f["hops"]) + f["src"] + f["dst"] + body)


def nd_lies(ask):
    number = 0

    def mac():
        nonlocal number
        number += 1
        return bytes.fromhex("02111101") + struct.pack("!H", number)

    other = socket.inet_pton(socket.AF_INET6, "fd00:9::99")
    for hops in (0, 1, 64, 254):
        yield nd(ask, mac(), hops=hops)
    yield nd(ask, mac(), code=1)
    for wrong in (1, 0x100, 0xffff):
        yield nd(ask, mac(), wrong=wrong)
    for kind in (133, 134, 135, 137, 129):
        yield nd(ask, mac(), type=kind)
    for target in (other, bytes(16), ALL_NODES):
        yield nd(ask, mac(), target=target)
    yield nd(ask, mac(), dst=other)
    yield nd(ask, mac(), dst=ALL_NODES, flags=0x60000000)
    solicited = ask[HEADER + 8:HEADER + 24] != bytes(16)
    yield nd(ask, mac(), flags=0x20000000 if solicited else 0x60000000)
    for options in ("", "0200", "0201", "0200111111111111", "0202111111111111",
                    "ff01111111111111", "0101021111111111", "020111111111",
                    "02020211111111021111111111111111", "02ff111111111111"):
        yield nd(ask, mac(), options=bytes.fromhex(options))
    lie = mac()
    yield nd(ask, lie, options=b"\x02\x01" + lie + b"\x05\0" + bytes(6))
    yield nd(ask, lie, options=b"\x02\x01" + lie + b"\x05\x02" + bytes(6))
    for sha in ("ffffffffffff", "333300000001", "000000000000"):
        yield nd(ask, mac(), options=b"\x02\x01" + bytes.fromhex(sha))
    for longer in (-32, -24, -8, -1, 1, 8, 1000):
        yield nd(ask, mac(), longer=longer)
    yield nd(ask, mac(), next=0, between=b"\x3a\0\x01\x04" + bytes(4))
    yield nd(ask, mac(), next=44, between=b"\x3a" + bytes(7))
    yield nd(ask, mac(), next=6)
    for length in range(HEADER, HEADER + 72):
        yield nd(ask, mac())[:length]
    yield tagged(nd(ask, mac()))


# By the last byte of the address: where probes to it may go.
BROADCAST = bytes.fromhex("ffffffffffff")
PICKY = {
    69: (BROADCAST, bytes.fromhex("fffffffffffe"),
         bytes.fromhex("ffff00000000")),
    70: (BROADCAST, bytes.fromhex("01005e000000")),
    71: (),
}


def answers(ask):
    """What to send when @ask arrives."""
    if len(ask) < 42:
        return
    if ask[12:14] == b"\x08\x06" and ask[HEADER + 27] in PICKY:
        probe = ask[HEADER + 14:HEADER + 18] == bytes(4)
        if not probe or ask[:6] in PICKY[ask[HEADER + 27]]:
            yield arp(ask, TRUTH)
        return
    kind = ask[12:14]
    if kind == b"\x08\x06" and ask[20:22] == b"\0\1":
        last, reply, lies = ask[HEADER + 27], arp, arp_lies
        wanted = (0x42, 0x43, 0x44)  # .66, .67, .68
    elif kind == b"\x86\xdd" and len(ask) >= 78 and ask[HEADER + 40] == 135:
        last, reply, lies = ask[HEADER + 63], nd, nd_lies
        wanted = (0x66, 0x67, 0x68)
    else:
        return
    if last not in wanted:
        return
    if last in wanted[:2]:
        yield from lies(ask)
    if last != wanted[1]:
        yield reply(ask, TRUTH)
    if last == wanted[2]:
        yield reply(ask, OTHER)


def main():
    raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    raw.bind((sys.argv[1], 3))
    while True:
        ask, where = raw.recvfrom(2048)
        if where[2] == socket.PACKET_OUTGOING:
            continue
        for frame in answers(ask):
            raw.send(frame)


main()
