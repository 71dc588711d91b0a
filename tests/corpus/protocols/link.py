# SPDX-License-Identifier: BSD-2-Clause
"""Frames, tags and labels, and link types without an Ethernet header."""

import build as b
from build import be, cut, h, le, malformed, normal, unusual

NULL, PPP, RAW, LOOP, SLL, SLL2 = 0, 9, 101, 108, 113, 276
IPV4, IPV6 = 228, 229


def eth():
    padded = b.eth(b.ping())
    yield normal("ip", "Ethernet II with IPv4 and with IPv6",
                 padded, b.eth(b.ping6(), 0x86DD))
    yield unusual("padded", "zeros behind a short IPv4 packet, then padding "
                  "that leaks bytes of something else",
                  padded + bytes(10), padded + b"secret-key")
    yield unusual("experimental", "EtherType 0x88B5 and unknown 0x9999",
                  b.eth(b"payload", 0x88B5), b.eth(b"payload", 0x9999))
    yield unusual("addresses", "broadcast, IPv4 and IPv6 multicast, locally "
                  "administered and globally unique addresses",
                  b.eth(b.ping(), dst=b.BROADCAST),
                  b.eth(b.ping(dst=h("e0000001")), dst=h("01005e000001")),
                  b.eth(b.ip6(b.echo6(dst=b.ALL_NODES), 58, dst=b.ALL_NODES),
                        0x86DD, dst=h("333300000001")),
                  b.eth(b.ping(), src=h("005056000001")))
    yield unusual("loopback", "configuration testing protocol, 0x9000",
                  b.eth(h("0000 0100 0000") + bytes(40), 0x9000,
                        b.MAC_A, b.MAC_A))
    yield malformed("length-gap", "1501 to 1535 are neither length nor type",
                    b.eth(b"payload", 1501), b.eth(b"payload", 1535))
    yield malformed("short", "frames of 0, 1, 13 and 14 bytes", b"",
                    padded[:1], padded[:13], padded[:14])
    yield malformed("wrong-type", "IPv6 said to be IPv4 and the reverse",
                    b.eth(b.ping6()), b.eth(b.ping(), 0x86DD))


def llc():
    yield normal("stp-sap", "unnumbered information to SAP 0x42",
                 b.llc(h("0000000000") + bytes(30), 0x42,
                       dst=h("0180c2000000")))
    yield normal("ip-sap", "IPv4 in SAP 6", b.llc(b.ping(), 6))
    yield unusual("frames", "information, receive ready, SABME, XID, TEST",
                  b.llc(h("0204") + b"data", 0xF0, control=2)[:17] +
                  h("04") + b"data" + bytes(30),
                  b.dot3(h("f0f00102")), b.dot3(h("f0f07f")),
                  b.dot3(h("0001af810100")), b.dot3(h("0001f3") + b"test"))
    yield unusual("response", "a response: low bit of the source SAP",
                  b.dot3(h("000173")), b.dot3(h("0401bf810100")))
    yield unusual("novell-raw", "IPX directly behind the length: FFFF",
                  b.dot3(h("ffff001e0000 00000000ffffffffffff5000"
                           "000000000200000000015000")))
    yield malformed("cut", "the length ends inside of the LLC header",
                    b.dot3(h("42"), length=1), b.dot3(h("4242"), length=2),
                    b.dot3(h("f0f001"), length=3), b.dot3(b"", length=0))
    yield malformed("length-beyond", "a length of more than the frame has",
                    b.dot3(h("424203") + bytes(10), length=1400))


def snap():
    yield normal("ip", "RFC 1042 encapsulation of IPv4",
                 b.snap(b.ping(), 0, 0x0800))
    yield normal("cisco", "CDP of Cisco: version 2, device id",
                 b.snap(cdp(), 0x00000C, 0x2000, dst=h("01000ccccccc")))
    yield unusual("bridge-tunnel", "802.1H bridge tunnel of AARP; Apple",
                  b.snap(be("HHBBH", 1, 0x809B, 6, 4, 3) + b.MAC_A +
                         h("00fe0001") + bytes(6) + h("00fe0002"), 0x0000F8,
                         0x80F3),
                  b.snap(be("HH", 20, 0) + h("fe01fe02 0102 0404 04 01") +
                         bytes(6), 0x080007, 0x809B))
    yield unusual("unknown-oui", "an organization that nobody knows",
                  b.snap(b"private", 0xFEDCBA, 0x1234))
    yield malformed("cut", "the length ends inside of the SNAP header",
                    b.dot3(h("aaaa03000000"), length=6),
                    b.dot3(h("aaaa03"), length=3))
    yield malformed("snapped", "a snap length ends inside of the header",
                    cut(b.snap(b.ping(), 0, 0x0800), 19))


def cdp():
    body = h("02b40000") + be("HH", 1, 4 + 6) + b"switch"
    return b.summed(body, 2)


def vlan():
    ip = be("H", 0x0800) + b.ping()
    yield normal("tagged", "802.1Q: VLAN 100 with priority 5",
                 b.eth(be("H", 5 << 13 | 100) + ip, 0x8100))
    yield normal("qinq", "802.1ad: service VLAN 200, customer VLAN 10",
                 b.eth(be("HHH", 200, 0x8100, 10) + ip, 0x88A8))
    yield unusual("special-ids", "VLAN 0 (priority only), 1 with drop "
                  "eligible, 4095 (reserved)",
                  b.eth(be("H", 7 << 13) + ip, 0x8100),
                  b.eth(be("H", 0x1001) + ip, 0x8100),
                  b.eth(be("H", 0xFFF) + ip, 0x8100))
    yield unusual("old-qinq", "tag types 0x9100 and 0x8100 twice",
                  b.eth(be("HHH", 30, 0x8100, 31) + ip, 0x9100),
                  b.eth(be("HHH", 30, 0x8100, 31) + ip, 0x8100))
    yield unusual("llc", "a length instead of a type behind the tag",
                  b.eth(be("HH", 7, 38) + h("424203") + bytes(43), 0x8100))
    yield unusual("deep", "twenty tags",
                  b.eth(be("HH", 1, 0x8100) * 19 + be("H", 1) + ip, 0x8100))
    yield malformed("cut", "frames that end in the tag and behind its id",
                    b.eth(h("00"), 0x8100), b.eth(h("0064"), 0x8100),
                    b.eth(h("006408"), 0x8100))
    yield malformed("endless", "a frame of tags and nothing else",
                    b.eth(be("HH", 1, 0x8100) * 60, 0x8100))


def label(value, bottom=1, ttl=64, traffic=0):
    return be("I", value << 12 | traffic << 9 | bottom << 8 | ttl)


def mpls():
    yield normal("ipv4", "one label with IPv4, two labels with IPv4",
                 b.eth(label(100) + b.ping(), 0x8847),
                 b.eth(label(16001, 0) + label(24, 1, 254, 5) + b.ping(),
                       0x8847))
    yield normal("ipv6", "IPv6, with label 2 (IPv6 explicit null)",
                 b.eth(label(300) + b.ping6(), 0x8847),
                 b.eth(label(2) + b.ping6(), 0x8847))
    yield normal("pseudowire", "Ethernet with a control word",
                 b.eth(label(500, 0) + label(77, 1, 2) + bytes(4) +
                       b.eth(b.ping()), 0x8847))
    yield unusual("special", "router alert, entropy label indicator, "
                  "generic associated channel",
                  b.eth(label(1, 0) + label(40) + b.ping(), 0x8847),
                  b.eth(label(40, 0) + label(7, 0) + label(987654) +
                        b.ping(), 0x8847),
                  b.eth(label(40, 0) + label(13, 1, 1) + h("10000021") +
                        b.ping(), 0x8847))
    yield unusual("multicast", "EtherType 0x8848",
                  b.eth(label(900) + b.ping(), 0x8848))
    yield unusual("ethernet", "a pseudowire without control word: the first "
                  "four bits look like one, and do not",
                  b.eth(label(501) + b.eth(b.ping()), 0x8847),
                  b.eth(label(501) + b.eth(b.ping(), dst=h("a20000000002")),
                        0x8847))
    yield unusual("ttl-zero", "time to live 0 and 1",
                  b.eth(label(100, 1, 0) + b.ping(), 0x8847),
                  b.eth(label(100, 1, 1) + b.ping(), 0x8847))
    yield malformed("no-bottom", "no label is the bottom",
                    b.eth(label(5, 0) * 10, 0x8847),
                    b.eth(label(5, 0) * 300, 0x8847))
    yield malformed("cut", "the frame ends in a label and behind the bottom",
                    b.eth(label(5, 0) + h("0000"), 0x8847),
                    b.eth(label(5), 0x8847), b.eth(b"", 0x8847))


def sll_header(proto, packet=0, device=1, address=b.MAC_A, length=None):
    length = len(address) if length is None else length
    return be("HHH", packet, device, length) + \
        (address + bytes(8))[:8] + be("H", proto)


def sll():
    yield normal("ip", "to us and from us, IPv4 and IPv6",
                 sll_header(0x0800) + b.ping(),
                 sll_header(0x86DD, 4) + b.ping6(), link=SLL)
    yield normal("arp", "broadcast ARP",
                 sll_header(0x0806, 1) + h("0001080006040001") + b.MAC_A +
                 b.A4 + bytes(6) + b.B4, link=SLL)
    yield unusual("vlan", "a tag behind the header, multicast, other host",
                  sll_header(0x8100, 2) + be("HH", 100, 0x0800) + b.ping(),
                  sll_header(0x8100, 3) + be("HH", 9, 0x86DD) + b.ping6(),
                  link=SLL)
    yield unusual("devices", "loopback, PPP without address, InfiniBand with "
                  "20 bytes of address, tunnel, netlink",
                  sll_header(0x0800, 0, 772, bytes(6)) + b.ping(),
                  sll_header(0x0800, 0, 512, b"") + b.ping(),
                  sll_header(0x0800, 0, 32, b"\xfe\x80" * 4, 20) + b.ping(),
                  sll_header(0x0800, 4, 768, b.A4) + b.ping(),
                  sll_header(0, 4, 824, b"") + bytes(16), link=SLL)
    yield unusual("not-types", "protocol 1 (raw 802.3), 4 (LLC), 12 (CAN)",
                  sll_header(1, 1) + h("ffff001e") + bytes(26),
                  sll_header(4, 2) + h("424203") + bytes(35),
                  sll_header(12, 1, 280, b"") + h("00000123 04000000") +
                  bytes(8), link=SLL)
    yield malformed("cut", "headers of 0, 7, 15 and 16 bytes",
                    b"", sll_header(0x0800)[:7], sll_header(0x0800)[:15],
                    sll_header(0x0800), link=SLL)
    yield malformed("values", "packet type 77, address length 65535",
                    sll_header(0x0800, 77, 1, b.MAC_A, 65535) + b.ping(),
                    link=SLL)


def sll2_header(proto, packet=0, device=1, address=b.MAC_A, index=2,
                length=None, reserved=0):
    length = len(address) if length is None else length
    return be("HHIHBB", proto, reserved, index, device, packet, length) + \
        (address + bytes(8))[:8]


def sll2():
    yield normal("ip", "to us and from us, IPv4 and IPv6, two interfaces",
                 sll2_header(0x0800) + b.ping(),
                 sll2_header(0x86DD, 4, index=3) + b.ping6(), link=SLL2)
    yield normal("vlan", "a tag behind the header",
                 sll2_header(0x8100) + be("HH", 0x6064, 0x0800) + b.ping(),
                 link=SLL2)
    yield unusual("devices", "loopback, no address, address of 20 bytes, "
                  "interface 0 and 2^32 - 1",
                  sll2_header(0x0800, 0, 772, bytes(6), 1) + b.ping(),
                  sll2_header(0x0800, 4, 65534, b"", 0) + b.ping(),
                  sll2_header(0x0800, 0, 32, b"\xfe\x80" * 4, 2**32 - 1,
                              20) + b.ping(), link=SLL2)
    yield unusual("llc", "protocol 4: LLC behind the header",
                  sll2_header(4, 2) + h("424203") + bytes(35), link=SLL2)
    yield malformed("cut", "headers of 0, 1, 19 and 20 bytes",
                    b"", sll2_header(0x0800)[:1], sll2_header(0x0800)[:19],
                    sll2_header(0x0800), link=SLL2)
    yield malformed("values", "reserved bits set, packet type 200",
                    sll2_header(0x0800, 200, reserved=0xFFFF, length=255) +
                    b.ping(), link=SLL2)


def null():
    yield normal("little-endian", "AF_INET, AF_INET6 of BSD, of FreeBSD and "
                 "of macOS", le("I", 2) + b.ping(), le("I", 24) + b.ping6(),
                 le("I", 28) + b.ping6(), le("I", 30) + b.ping6(), link=NULL)
    yield normal("loop", "OpenBSD's LOOP: always big-endian",
                 be("I", 2) + b.ping(), be("I", 24) + b.ping6(), link=LOOP)
    yield unusual("big-endian", "written by a big-endian machine",
                  be("I", 2) + b.ping(), be("I", 28) + b.ping6(), link=NULL)
    yield unusual("linux-inet6", "AF_INET6 of Linux, 10",
                  le("I", 10) + b.ping6(), link=NULL)
    yield unusual("ethertype", "an EtherType as Wireshark's exports have",
                  le("I", 0x0800) + b.ping(), le("I", 7) + bytes(20),
                  link=NULL)
    yield malformed("unknown", "family 0x12345678; in both byte orders small",
                    le("I", 0x12345678) + b.ping(), le("I", 0) + b.ping(),
                    link=NULL)
    yield malformed("cut", "0, 3 and 4 bytes", b"", le("I", 2)[:3],
                    le("I", 2), link=NULL)


def raw():
    yield normal("ip", "RAW: the first four bits tell IPv4 from IPv6",
                 b.ping(), b.ping6(), link=RAW)
    yield normal("ipv4", "link type IPV4", b.ping(), link=IPV4)
    yield normal("ipv6", "link type IPV6", b.ping6(), link=IPV6)
    yield unusual("trailer", "bytes behind what the IP headers state",
                  b.ping() + b"trailer", b.ping6() + bytes(3), link=RAW)
    yield malformed("other-family", "IPv6 in link type IPV4",
                  b.ping6(), link=IPV4)
    yield malformed("other-family-6", "IPv4 in link type IPV6",
                  b.ping(), link=IPV6)
    yield malformed("version", "versions 0, 5 and 15",
                    h("05") + b.ping()[1:], h("50") + b.ping()[1:],
                    b"\xff" * 40, link=RAW)
    yield malformed("cut", "0, 1 and 19 bytes", b"", b.ping()[:1],
                    b.ping()[:19], link=RAW)


PROTOCOLS = [eth, llc, snap, vlan, mpls, sll, sll2, null, raw]
