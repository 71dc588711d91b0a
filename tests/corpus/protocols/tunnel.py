# SPDX-License-Identifier: BSD-2-Clause
"""Packets in packets, and packets that nobody may read."""

import build as b
from build import be, cut, h, malformed, normal, unusual

GRE, ESP, AH = 47, 50, 51
CHECKSUM, ROUTING, KEY, SEQUENCE = 0x8000, 0x4000, 0x2000, 0x1000
INNER = b.ip4(b.echo(), b.ICMP, src=h("0a000001"), dst=h("0a000002"))


def gre_header(flags, kind, fields=b"", payload=INNER):
    data = be("HH", flags, kind) + fields + payload
    return b.summed(data, 4) if flags & CHECKSUM else data


def gre4(*args, **how):
    return b.eth4(gre_header(*args, **how), GRE)


def gre():
    yield normal("ip", "IPv4 and IPv6 in GRE over IPv4; over IPv6",
                 gre4(0, 0x0800), gre4(0, 0x86DD, payload=b.ping6()),
                 b.eth6(gre_header(0, 0x0800), GRE))
    yield normal("fields", "key; sequence; checksum; all three",
                 gre4(KEY, 0x0800, be("I", 42)),
                 gre4(SEQUENCE, 0x0800, be("I", 1)),
                 gre4(CHECKSUM, 0x0800, bytes(4)),
                 gre4(CHECKSUM | KEY | SEQUENCE, 0x0800,
                      bytes(4) + be("II", 42, 7)))
    yield normal("ethernet", "transparent bridging, with VSID (NVGRE)",
                 gre4(KEY, 0x6558, be("I", 0x00123400),
                      payload=b.eth(INNER)))
    yield normal("pptp", "version 1: PPP with sequence and acknowledgement",
                 gre4(0x3001, 0x880B, be("HHI", 4 + len(INNER), 99, 1),
                      payload=h("ff030021") + INNER),
                 gre4(0x2081, 0x880B, be("HHI", 0, 99, 7), payload=b""))
    yield unusual("erspan", "ERSPAN II and III, as unknown as they are",
                  gre4(SEQUENCE, 0x88BE, be("I", 1),
                       payload=h("1064000a 00000001") + b.eth(INNER)),
                  gre4(SEQUENCE, 0x22EB, be("I", 1),
                       payload=h("2064000a 00000001 00000000") +
                       b.eth(INNER)))
    yield unusual("others", "MPLS, WCCP, keepalive of Cisco, type 0x1234",
                  gre4(0, 0x8847, payload=h("00064140") + INNER),
                  gre4(0, 0x883E, payload=h("00000000") + INNER),
                  gre4(0, 0, payload=b""), gre4(0, 0x1234, payload=b"what"))
    yield unusual("nested", "GRE in GRE in GRE", nested_gre(3))
    yield unusual("deep", "forty GRE headers: a decoder must stop somewhere",
                  nested_gre(40))
    yield malformed("routing", "source routes (RFC 1701): one, without end",
                    gre4(ROUTING, 0x0800, bytes(4) + h("08000004 c0000203") +
                         bytes(4)),
                    gre4(ROUTING, 0x0800, bytes(4) + h("080000ff")))
    yield malformed("cut", "the packet ends in the header and its fields",
                    gre4(0, 0x0800, payload=b"")[:36],
                    b.eth4(h("30"), GRE), b.eth4(h("b0000800"), GRE),
                    b.eth4(h("b0000800 00000000 0000"), GRE))
    yield malformed("checksum", "a wrong checksum; version 5; a PPTP length "
                    "beyond",
                    b.eth4(h("80000800 bad00000") + INNER, GRE),
                    gre4(5, 0x0800),
                    gre4(0x3001, 0x880B, be("HHI", 9999, 99, 1),
                         payload=h("ff030021") + INNER))


def nested_gre(depth):
    data = INNER
    for _ in range(depth):
        data = b.ip4(gre_header(0, 0x0800, payload=data), GRE)
    return b.eth(data)


def ipip():
    yield normal("4in4", "IPv4 in IPv4", b.eth4(INNER, 4))
    yield normal("6in4", "IPv6 in IPv4", b.eth4(b.ping6(), 41))
    yield normal("in6", "IPv4 and IPv6 in IPv6", b.eth6(INNER, 4),
                 b.eth6(b.ping6(), 41))
    nested = INNER
    for _ in range(30):
        nested = b.ip4(nested, 4)
    yield unusual("deep", "thirty IPv4 headers", b.eth(nested))
    yield unusual("mpls", "MPLS in IPv4, EtherIP",
                  b.eth4(h("00064140") + INNER, 137),
                  b.eth4(h("3000") + b.eth(INNER), 97))
    yield malformed("wrong-version", "IPv6 in protocol 4, IPv4 in 41, "
                    "version 9", b.eth4(b.ping6(), 4), b.eth4(INNER, 41),
                    b.eth4(h("95") + INNER[1:], 4))
    yield malformed("cut", "an inner header that ends; one longer than the "
                    "outer packet; nothing",
                    b.eth4(INNER[:10], 4), b.eth4(b.ping(total=400), 4),
                    b.eth4(b"", 4), b.eth4(b.ping6()[:39], 41))


def vxlan_header(vni=42, flags=0x08, reserved=0, last=0):
    return be("BBHI", flags, reserved, 0, vni << 8 | last)


def vxlan4(payload, dport=4789, **how):
    return b.eth_udp(vxlan_header(**how) + payload, 50000, dport)


def vxlan():
    frame = b.eth(INNER)
    yield normal("frame", "network 42; over IPv6; with a VLAN inside",
                 vxlan4(frame), b.eth_udp6(vxlan_header() + frame, 50000,
                                           4789),
                 vxlan4(b.eth(h("00640800") + INNER, 0x8100)))
    yield unusual("no-checksum", "UDP checksum 0, as most send it",
                  b.eth_udp(vxlan_header() + frame, 50000, 4789, check=0))
    yield unusual("group-policy", "group policy extension; network 2^24 - 1",
                  b.eth_udp(h("88 00 0123") + vxlan_header(2**24 - 1)[4:] +
                            frame, 50000, 4789))
    yield unusual("gpe", "generic protocol extension on port 4790: IPv4, "
                  "Ethernet",
                  b.eth_udp(h("0c000001 00002a00") + INNER, 50000, 4790),
                  b.eth_udp(h("0c000003 00002a00") + frame, 50000, 4790))
    nested = frame
    for _ in range(12):
        nested = vxlan4(nested)
    yield unusual("nested", "twelve times in itself", nested)
    yield malformed("flags", "no network flag; reserved bits set",
                    vxlan4(frame, flags=0), vxlan4(frame, flags=0xFF,
                                                   reserved=0xFF, last=0xFF))
    yield malformed("cut", "0, 7, 8 bytes; an inner frame of 10; noise",
                    *(b.eth_udp(vxlan_header()[:n], 50000, 4789)
                      for n in (0, 7, 8)), vxlan4(frame[:10]),
                    b.eth_udp(b"GET / HTTP/1.1\r\n\r\n", 50000, 4789))


def geneve_header(options=b"", kind=0x6558, vni=42, flags=0, first=None):
    first = len(options) // 4 if first is None else first
    return be("BBHI", first, flags, kind, vni << 8) + options


def geneve4(header, payload=None):
    payload = b.eth(INNER) if payload is None else payload
    return b.eth_udp(header + payload, 50000, 6081)


def geneve_option(group, kind, data, length=None):
    length = len(data) // 4 if length is None else length
    return be("HBB", group, kind, length) + data


def geneve():
    options = geneve_option(0x0102, 0x80, h("00010002")) + \
        geneve_option(0xFFFF, 1, b"") + geneve_option(0x0103, 2, bytes(8))
    yield normal("frame", "network 42, no options; over IPv6",
                 geneve4(geneve_header()),
                 b.eth_udp6(geneve_header() + b.eth(INNER), 50000, 6081))
    yield normal("options", "three options, one of them critical",
                 geneve4(geneve_header(options, flags=0x40)))
    yield normal("ip", "IPv4 and IPv6 directly",
                 geneve4(geneve_header(kind=0x0800), INNER),
                 geneve4(geneve_header(kind=0x86DD), b.ping6()))
    yield unusual("control", "a control packet (OAM), an unknown type, 63 "
                  "words of options",
                  geneve4(geneve_header(flags=0x80)),
                  geneve4(geneve_header(kind=0x1234), b"what"),
                  geneve4(geneve_header(geneve_option(1, 1, bytes(120)) * 2 +
                                        geneve_option(1, 1, b""))))
    yield malformed("option-length", "options beyond the packet, an option "
                    "beyond the options",
                    geneve4(geneve_header(first=63), b"short"),
                    geneve4(geneve_header(geneve_option(1, 1, bytes(4), 31))))
    yield malformed("version", "version 3; 0 and 7 bytes of header",
                    geneve4(geneve_header(first=0xC0)),
                    geneve4(b"", b""), geneve4(geneve_header()[:7], b""))


def gtp(kind, payload, teid=0x11223344, flags=0x30, extra=b"", length=None):
    length = len(extra + payload) if length is None else length
    return be("BBHI", flags, kind, length, teid) + extra + payload


def gtp4(*args, sport=2152, dport=2152, **how):
    return b.eth_udp(gtp(*args, **how), sport, dport)


def gtpu():
    session = h("0000 00 85") + h("01 00 09 00")
    yield normal("data", "IPv4 and IPv6 of a subscriber",
                 gtp4(255, INNER), gtp4(255, b.ping6()))
    yield normal("signalling", "echo request and response, error indication, "
                 "end marker",
                 gtp4(1, b"", 0, 0x32, h("00010000")),
                 gtp4(2, h("0e00"), 0, 0x32, h("00010000")),
                 gtp4(26, h("1011223344 850004c0000201"), 0, 0x32, bytes(4)),
                 gtp4(254, b""))
    yield normal("extension", "PDU session container, as in 5G",
                 gtp4(255, INNER, flags=0x34, extra=session),
                 gtp4(255, INNER, flags=0x36, extra=h("0007 00 85") +
                      h("01 10 05 00")))
    yield unusual("chain", "sequence, N-PDU number, two extension headers",
                  gtp4(255, INNER, flags=0x37, extra=h("0001 09 c0") +
                       h("01 0102 85") + h("01 00 09 00")),
                  gtp4(255, INNER, flags=0x36, extra=h("0001 00 00")))
    yield unusual("optional-part", "flag of the sequence alone: 4 bytes; an "
                  "unknown extension 0x33; ports 3000",
                  gtp4(255, INNER, flags=0x32, extra=h("00050000")),
                  gtp4(255, INNER, flags=0x34, extra=h("000000 33") +
                       h("01 abcd 00")),
                  gtp4(255, INNER, sport=3000))
    yield malformed("length", "length beyond the packet, 0, below the "
                    "optional part",
                    gtp4(255, INNER, length=2000), gtp4(255, INNER, length=0),
                    gtp4(255, INNER, flags=0x32, extra=bytes(4), length=2))
    yield malformed("extension-length", "length 0 (never ends), beyond",
                    gtp4(255, INNER, flags=0x34, extra=h("000000 85") +
                         h("00 00 09 85")),
                    gtp4(255, INNER, flags=0x34, extra=h("000000 85") +
                         h("ff 00 09 00")))
    yield malformed("version", "version 0, version 2, GTP' (protocol type 0), "
                    "0, 1 and 7 bytes", gtp4(255, INNER, flags=0x10),
                    gtp4(255, INNER, flags=0x50),
                    gtp4(255, INNER, flags=0x20),
                    *(b.eth_udp(gtp(255, b"")[:n], 2152, 2152)
                      for n in (0, 1, 7)))


def esp():
    body = be("II", 0x1000, 1) + bytes(range(48))
    yield normal("ip", "over IPv4 and IPv6, two sequence numbers",
                 b.eth4(body, ESP), b.eth6(be("II", 0x2000, 1) + body[8:], ESP),
                 b.eth4(be("II", 0x1000, 2) + bytes(range(48)), ESP))
    yield normal("udp", "in UDP 4500; IKE with its marker; keepalive",
                 b.eth_udp(body, 4500, 4500),
                 b.eth_udp(bytes(4) + ike(), 4500, 4500),
                 b.eth_udp(h("ff"), 4500, 4500))
    yield unusual("null-cipher", "readable contents with padding 1 2, next "
                  "header 4",
                  b.eth4(be("II", 0x1001, 1) + INNER + h("0102 02 04") +
                         bytes(12), ESP))
    yield unusual("values", "reserved SPI 0 and 255, sequence 0 and maximum",
                  b.eth4(bytes(8) + bytes(20), ESP),
                  b.eth4(be("II", 255, 2**32 - 1) + bytes(20), ESP))
    yield malformed("cut", "0, 4 and 8 bytes; a snap length",
                    *(b.eth4(body[:n], ESP) for n in (0, 4, 8)),
                    cut(b.eth4(body, ESP), 38))


def ike():
    header = bytes(range(8)) + bytes(8) + h("28202208 00000000")
    payload = h("00000014") + bytes(range(16))
    return header + be("I", len(header) + 4 + len(payload)) + payload


def ah_header(following, length=4, icv=bytes(range(12))):
    return be("BBHII", following, length, 0, 0x2000, 1) + icv


def ah():
    yield normal("transport", "over IPv4: ICMP; over IPv6: ICMPv6",
                 b.eth4(ah_header(1) + b.echo(), AH),
                 b.eth6(ah_header(58) + b.echo6(), AH))
    yield normal("tunnel", "IPv4 in AH; ESP in AH",
                 b.eth4(ah_header(4) + INNER, AH),
                 b.eth4(ah_header(50) + be("II", 1, 1) + bytes(24), AH))
    yield unusual("lengths", "no check value; one of 32 bytes; AH in AH",
                  b.eth4(ah_header(1, 1, b"") + b.echo(), AH),
                  b.eth4(ah_header(1, 9, bytes(32)) + b.echo(), AH),
                  b.eth4(ah_header(51) + ah_header(1) + b.echo(), AH))
    yield unusual("no-next", "no next header", b.eth6(ah_header(59), AH))
    yield malformed("length", "0 (less than the fixed part), 255; reserved "
                    "bits", b.eth4(ah_header(1, 0) + b.echo(), AH),
                    b.eth4(ah_header(1, 255) + b.echo(), AH),
                    b.eth4(h("0104ffff") + ah_header(1)[4:] + b.echo(), AH))
    yield malformed("cut", "0, 1, 11 and 20 bytes",
                    *(b.eth4(ah_header(1)[:n], AH) for n in (0, 1, 11, 20)))
    yield malformed("endless", "fifty AH in a row, the last one points on",
                    b.eth4(ah_header(51) * 50, AH))


PROTOCOLS = [gre, ipip, vxlan, geneve, gtpu, esp, ah]
