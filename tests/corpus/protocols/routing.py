# SPDX-License-Identifier: BSD-2-Clause
"""What routers tell each other: OSPF and VRRP."""

import build as b
from build import be, cut, h, malformed, normal, unusual

OSPF, VRRP = 89, 112
ROUTER_A, ROUTER_B, BACKBONE = h("0a000001"), h("0a000002"), bytes(4)
ALL_ROUTERS, ALL_ROUTERS6 = h("e0000005"), h("ff02" + "00" * 13 + "05")


def fletcher(lsa):
    """The checksum of an LSA, without its age; at byte 16 of the header."""
    data = bytearray(lsa)
    data[16:18] = b"\0\0"
    c0 = c1 = 0
    for byte in data[2:]:
        c0 = (c0 + byte) % 255
        c1 = (c1 + c0) % 255
    left = len(data) - 2 - 15
    x = (left * c0 - c1) % 255
    y = (c1 - (left + 1) * c0) % 255
    data[16:18] = bytes([x or 255, y or 255])
    return bytes(data)


def lsa(kind, body, ident=ROUTER_A, options=2, sequence=0x80000001):
    header = be("HBB", 1, options, kind) + ident + ROUTER_A + \
        be("IHH", sequence, 0, 20 + len(body))
    return fletcher(header + body)


def packet2(kind, body, auth=0, length=None, check=None, version=2,
            trailer=b""):
    length = 24 + len(body) if length is None else length
    head = be("BBH", version, kind, length) + ROUTER_A + BACKBONE + \
        be("HH", 0, auth)
    if check is None:
        check = 0 if auth == 2 else b.checksum(head + body)
    key = h("0000 01 10 00000007") if auth == 2 else \
        b"password" if auth else bytes(8)
    data = b.summed(head, 12, check) + key + body + trailer
    return b.eth(b.ip4(data, OSPF, dst=ALL_ROUTERS, ttl=1, tos=0xC0,
                       fragment=0), dst=h("01005e000005"))


def hello2(neighbours=ROUTER_B, options=2):
    return h("ffffff00") + be("HBBI", 10, options, 1, 40) + b.A4 + b.B4 + \
        neighbours


def router_lsa(links=1, count=None):
    count = links if count is None else count
    link = h("c0000200 ffffff00") + be("BBH", 3, 0, 10)
    return lsa(1, be("BBH", 0, 0, count) + link * links)


def external():
    return lsa(5, h("ffffff00") + be("I", 1 << 31 | 20) + bytes(8),
               h("cb007100"))


def dd(headers=b"", flags=7):
    return be("HBBI", 1500, 0x42, flags, 0x1234) + headers


def ospf():
    request = be("I", 1) + ROUTER_A + ROUTER_A
    yield normal("v2-hello", "with a neighbour; with two; none",
                 packet2(1, hello2()), packet2(1, hello2(ROUTER_B * 2)),
                 packet2(1, hello2(b"")))
    yield normal("v2-exchange", "database description, request, update with "
                 "three LSAs, acknowledgement", packet2(2, dd()),
                 packet2(2, dd(router_lsa()[:20], 3)), packet2(3, request),
                 packet2(4, be("I", 3) + router_lsa(2) + external() +
                         lsa(2, h("ffffff00") + ROUTER_A + ROUTER_B)),
                 packet2(5, router_lsa()[:20] + external()[:20]))
    yield normal("v3", "hello, database description, request, update, "
                 "acknowledgement", *ospf3())
    yield unusual("authentication", "password; MD5 digest behind the packet",
                  packet2(1, hello2(), 1),
                  packet2(1, hello2(), 2, trailer=bytes(range(16))))
    yield unusual("opaque", "opaque LSA (traffic engineering), NSSA, summary; "
                  "maximum age",
                  packet2(4, be("I", 3) + lsa(10, h("00010004") + ROUTER_A,
                                              h("01000001"), 0x42) +
                          lsa(7, h("ffffff00") + bytes(12), b.A4) +
                          lsa(3, h("ffffff00 00000014"), h("c6336400"))),
                  packet2(4, be("I", 1) + h("0e10") + external()[2:]))
    yield unusual("link-local", "a block of link-local signalling behind",
                  packet2(1, hello2(options=0x12), trailer=b.summed(
                      h("0000 0003 0001 0004 00000001"), 0)))
    yield malformed("length", "below the header, beyond the packet, 0",
                    *(packet2(1, hello2(), length=n) for n in (23, 999, 0)))
    yield malformed("counts", "an update with 2^32 - 1 LSAs; LSA of length 0, "
                    "19 and beyond; router LSA of 65535 links",
                    packet2(4, be("I", 2**32 - 1) + router_lsa()),
                    *(packet2(4, be("I", 1) + router_lsa()[:18] + be("H", n) +
                              router_lsa()[20:]) for n in (0, 19, 9999)),
                    packet2(4, be("I", 1) + router_lsa(1, 65535)))
    yield malformed("cut", "1, 23, 30 bytes; a snap length",
                    *(b.eth4(packet2(1, hello2())[34:34 + n], OSPF)
                      for n in (1, 23, 30)),
                    cut(packet2(1, hello2()), 70))
    yield malformed("values", "version 4, type 9, wrong checksum",
                    packet2(1, hello2(), version=4), packet2(9, hello2()),
                    packet2(1, hello2(), check=0xBAD0))


def packet3(kind, body):
    data = be("BBH", 3, kind, 16 + len(body)) + ROUTER_A + BACKBONE + \
        be("HBB", 0, 0, 0) + body
    data = b.summed_over_ip(data, 12, OSPF, b.LINK_A6, ALL_ROUTERS6)
    return b.eth(b.ip6(data, OSPF, b.LINK_A6, ALL_ROUTERS6, 1,
                       0x6C << 24), 0x86DD, h("333300000005"))


def lsa3(kind, body, ident=1):
    header = be("HHI", 1, kind, ident) + ROUTER_A + \
        be("IHH", 0x80000001, 0, 20 + len(body))
    return fletcher(header + body)


def ospf3():
    link = lsa3(8, be("I", 1 << 24 | 0x13) + b.LINK_A6 + be("I", 1) +
                be("BBH", 64, 0, 0) + b.A6[:8], 5)
    router = lsa3(0x2001, be("I", 0x13) + be("BBHIII", 2, 0, 10, 5, 6, 0) +
                  b"")
    yield packet3(1, be("II", 5, 1 << 24 | 0x13) + be("HH", 10, 40) +
                  ROUTER_A + ROUTER_B + ROUTER_B)
    yield packet3(2, be("IHBBI", 0x13, 1500, 0, 7, 0x1234) + link[:20])
    yield packet3(3, be("HHI", 0, 0x2001, 0) + ROUTER_B)
    yield packet3(4, be("I", 2) + link + router)
    yield packet3(5, link[:20] + router[:20])


def vrrp2(addresses=(h("c00002fe"),), priority=100, auth=0, count=None,
          first=0x21, check=None, ttl=255, adver=1):
    count = len(addresses) if count is None else count
    data = be("BBBBBBH", first, 7, priority, count, auth, adver, 0) + \
        b"".join(addresses)
    data += (b"secret\0\0" if auth else bytes(8))
    return vrrp_frame(b.summed(data, 6, check), ttl)


def vrrp_frame(data, ttl=255):
    return b.eth(b.ip4(data, VRRP, dst=h("e0000012"), ttl=ttl),
                 dst=h("01005e000012"), src=h("00005e000107"))


def vrrp3(addresses, priority=100, count=None, src=b.A4, dst=h("e0000012"),
          check=None):
    count = len(addresses) if count is None else count
    data = be("BBBBHH", 0x31, 7, priority, count, 100, 0) + \
        b"".join(addresses)
    return b.summed_over_ip(data, 6, VRRP, src, dst, check)


def vrrp():
    group6 = h("ff02" + "00" * 13 + "12")
    master = h("fe80" + "00" * 13 + "fe")
    data6 = vrrp3((master, b.A6), src=b.LINK_A6, dst=group6)
    yield normal("v2", "master's advertisement; two addresses",
                 vrrp2(), vrrp2((h("c00002fe"), h("c00002fd"))))
    yield normal("v3", "over IPv4", vrrp_frame(vrrp3((h("c00002fe"),))))
    yield normal("v3-ipv6", "over IPv6, two addresses",
                 b.eth(b.ip6(data6, VRRP, b.LINK_A6, group6, 255), 0x86DD,
                       h("333300000012"), h("00005e000207")))
    yield unusual("priorities", "0 (master leaves), 255 (owner), interval 0 "
                  "and 255; a plain text password",
                  vrrp2(priority=0), vrrp2(priority=255), vrrp2(adver=0),
                  vrrp2(adver=255), vrrp2(auth=1))
    yield unusual("ttl", "a time to live of 64, which is forbidden",
                  vrrp2(ttl=64))
    yield unusual("carp", "CARP of BSD: the same protocol number",
                  vrrp_frame(b.summed(h("21 07 00 07 00 01 0000") +
                                      bytes(range(28)), 6)))
    yield malformed("counts", "255 addresses and one there; none at all",
                    vrrp2(count=255), vrrp_frame(vrrp3((h("c00002fe"),),
                                                       count=255)),
                    vrrp2((), count=0))
    yield malformed("cut", "0, 1, 7 and 10 bytes",
                    *(vrrp_frame(vrrp3((h("c00002fe"),))[:n])
                      for n in (0, 1, 7, 10)))
    yield malformed("values", "versions 0 and 9, type 5, wrong checksum",
                    vrrp2(first=0x01), vrrp2(first=0x91), vrrp2(first=0x25),
                    vrrp2(check=0xBAD0),
                    vrrp_frame(vrrp3((h("c00002fe"),), check=0xBAD0)))


PROTOCOLS = [ospf, vrrp]
