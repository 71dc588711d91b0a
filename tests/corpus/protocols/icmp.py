# SPDX-License-Identifier: BSD-2-Clause
"""What hosts tell each other about IP: ICMP, ICMPv6, IGMP."""

import build as b
from build import be, cut, h, malformed, normal, unusual

GROUP = h("e8010101")


def message(kind, code, rest, data=b"", check=None):
    return b.summed(be("BBH", kind, code, 0) + rest + data, 2, check)


def icmp4(*args, **how):
    return b.eth4(message(*args, **how), b.ICMP)


QUOTED = b.ip4(b.udp(b"data", 40000, 33434), b.UDP, src=b.B4, dst=b.A4, ttl=1)


def icmp():
    yield normal("echo", "request and reply",
                 icmp4(8, 0, be("HH", 0x1234, 1), bytes(range(32))),
                 icmp4(0, 0, be("HH", 0x1234, 1), bytes(range(32))))
    yield normal("unreachable", "net, host, protocol, port, fragmentation "
                 "needed with its MTU, prohibited; each quotes a packet",
                 *(icmp4(3, code, be("HH", 0, 1280 * (code == 4)), QUOTED)
                   for code in (0, 1, 2, 3, 4, 13)))
    yield normal("time-exceeded", "in transit, in reassembly; quoted TCP",
                 icmp4(11, 0, bytes(4), QUOTED),
                 icmp4(11, 1, bytes(4),
                       b.ip4(b.tcp(b"", 40000, 80, flags=2), 6, ttl=1)[:28]))
    yield normal("redirect", "for a host, with the gateway's address",
                 icmp4(5, 1, h("c0000203"), QUOTED))
    yield unusual("timestamp", "request, reply, address mask",
                  icmp4(13, 0, be("HH", 1, 1), be("III", 43200000, 0, 0)),
                  icmp4(14, 0, be("HH", 1, 1),
                        be("III", 43200000, 43200005, 0x80000005)),
                  icmp4(17, 0, be("HH", 1, 1), bytes(4)),
                  icmp4(18, 0, be("HH", 1, 1), h("ffffff00")))
    yield unusual("others", "source quench, parameter problem, router "
                  "advertisement and solicitation, traceroute, type 200",
                  icmp4(4, 0, bytes(4), QUOTED),
                  icmp4(12, 0, h("14000000"), QUOTED),
                  icmp4(9, 0, h("02020708") + h("c0000201 00000001") +
                        h("c0000202 80000000")), icmp4(10, 0, bytes(4)),
                  icmp4(30, 0, bytes(16)), icmp4(200, 9, bytes(4), b"what"))
    yield unusual("extensions", "RFC 4884: the original of 128 bytes, then "
                  "an MPLS label; extended echo",
                  icmp4(11, 0, h("00200000"), QUOTED + bytes(96) +
                        b.summed(h("20000000 00080101 00064140"), 2)),
                  icmp4(42, 0, be("HBB", 1, 1, 1),
                        b.summed(h("20000000 00080302 00000002"), 2)))
    yield unusual("quoted-cut", "8 bytes, 20 bytes, nothing quoted; an error "
                  "that quotes an error that quotes an error",
                  icmp4(3, 3, bytes(4), QUOTED[:28]),
                  icmp4(3, 3, bytes(4), QUOTED[:20]), icmp4(3, 3, bytes(4)),
                  nested(6))
    yield malformed("checksum", "a wrong checksum",
                    icmp4(8, 0, be("HH", 1, 1), b"abc", check=0xBAD0))
    yield malformed("cut", "1, 3, 7 bytes; timestamp of 10; quoted header of "
                    "length 0 and of 5 bytes",
                    *(b.eth4(b.echo()[:n], 1) for n in (1, 3, 7)),
                    icmp4(13, 0, be("HH", 1, 1), bytes(2)),
                    icmp4(3, 3, bytes(4), h("40") + QUOTED[1:]),
                    icmp4(3, 3, bytes(4), QUOTED[:5]))
    yield malformed("extension-length", "an original of 255 words, an object "
                    "of length 0 and one beyond",
                    icmp4(11, 0, h("00ff0000"), QUOTED),
                    icmp4(11, 0, h("00200000"), QUOTED + bytes(96) +
                          h("20000000 00000101")),
                    icmp4(11, 0, h("00200000"), QUOTED + bytes(96) +
                          h("20000000 ffff0101")))


def nested(depth):
    data = QUOTED
    for _ in range(depth):
        data = b.ip4(message(3, 1, bytes(4), data), 1)
    return b.eth(data)


SOLICITED = h("ff0200000000000000000001ff000002")


def option(kind, value):
    data = be("BB", kind, 0) + value
    data += bytes(-len(data) % 8)
    return data[:1] + be("B", len(data) // 8) + data[2:]


def neighbour(body, kind, src=b.LINK_A6, dst=b.LINK_B6, code=0, hops=255):
    return b.eth6(b.icmp6(body, kind, code, src, dst), 58, src=src, dst=dst,
                  hops=hops)


def advertisement(options, flags=0x40):
    return neighbour(be("BBHII", 64, flags, 1800, 0, 0) + options, 134,
                     dst=b.ALL_NODES)


def prefix(length=64):
    return option(3, be("BBIII", length, 0xC0, 86400, 14400, 0) +
                  h("20010db8") + bytes(12))


def icmp6():
    lladdr = option(1, b.MAC_A)
    yield normal("echo", "request and reply", b.eth(b.ping6(), 0x86DD),
                 b.eth6(b.icmp6(be("HH", 0x1234, 1) + b"abcdefgh", 129), 58))
    yield normal("neighbour", "solicitation and advertisement; duplicate "
                 "address detection",
                 neighbour(bytes(4) + b.LINK_B6 + lladdr, 135, dst=SOLICITED),
                 neighbour(h("60000000") + b.LINK_B6 + option(2, b.MAC_B),
                           136, b.LINK_B6, b.LINK_A6),
                 neighbour(bytes(4) + b.LINK_B6, 135, bytes(16), SOLICITED))
    yield normal("router", "solicitation; advertisement with prefix, MTU, DNS "
                 "servers, search list, route",
                 neighbour(bytes(4) + lladdr, 133,
                           dst=h("ff020000000000000000000000000002")),
                 advertisement(lladdr + option(5, be("HI", 0, 1492)) +
                               prefix() + dns_options()))
    yield normal("errors", "unreachable, too big, time exceeded, parameter "
                 "problem; each quotes a packet", *errors6())
    yield normal("redirect", "with target address and redirected packet",
                 neighbour(bytes(4) + b.LINK_B6 + b.B6 + option(2, b.MAC_B) +
                           option(4, bytes(6) + b.ping6()), 137))
    yield normal("mld", "version 1 query, report, done; version 2 query and "
                 "report", *mld())
    yield unusual("options", "captive portal, PREF64, nonce, signature-like, "
                  "unknown option 250, home agent flags",
                  advertisement(option(37, b"https://portal.example/")),
                  advertisement(option(38, be("H", 1800 & 0xFFF8) +
                                       h("0064ff9b") + bytes(8))),
                  advertisement(option(250, b"whatever") +
                                option(14, h("010203040506")), 0xF8))
    yield unusual("rpl-and-others", "node information, RPL, inverse "
                  "neighbour, router renumbering, type 200",
                  *(b.eth6(b.icmp6(body, kind), 58) for kind, body in (
                      (139, be("HHQ", 3, 0, 7) + b.A6), (155, bytes(2)),
                      (141, bytes(4) + lladdr + option(2, b.MAC_B)),
                      (138, be("IBBHI", 1, 0, 0, 0, 0)), (200, bytes(8)))))
    yield unusual("hop-limit", "a solicitation with hop limit 64",
                  neighbour(bytes(4) + b.LINK_B6 + lladdr, 135, hops=64))
    yield malformed("checksum", "a wrong checksum",
                    b.eth6(b.icmp6(be("HH", 1, 1), 128, check=0xBAD0), 58))
    yield malformed("options-length", "length 0, beyond the message, a prefix "
                    "of 129 bits, DNS option of 8 bytes",
                    advertisement(h("0100") + b.MAC_A),
                    advertisement(h("01ff") + b.MAC_A),
                    advertisement(prefix(129)), advertisement(option(25, b"")),
                    advertisement(lladdr[:5]))
    yield malformed("cut", "0, 3, 7 bytes; solicitation without target; MLD "
                    "reports whose counts lie",
                    *(b.eth6(b.echo6()[:n], 58) for n in (0, 3, 7)),
                    neighbour(bytes(4) + b.LINK_B6[:8], 135),
                    b.eth6(b.icmp6(be("HH", 0, 65535) + h("04000000"), 143),
                           58),
                    b.eth6(b.icmp6(be("HH", 0, 1) + h("04ffffff") +
                                   b.ALL_NODES, 143), 58))
    yield malformed("search-list", "a search list whose names do not end",
                    advertisement(option(31, be("HI", 0, 600) + h("3f") +
                                         b"example")),
                    advertisement(option(31, be("HI", 0, 600) + h("c000"))))


def dns_options():
    return option(25, be("HI", 0, 600) + b.A6) + \
        option(31, be("HI", 0, 600) + b"\7example\3org\0") + \
        option(24, be("BBI", 48, 0x08, 600) + h("20010db80001") + bytes(2))


def errors6():
    quoted = b.ip6(b.udp(b"data", 40000, 33434, b.B6, b.A6), 17, b.B6, b.A6)
    for kind, code, value in ((1, 0, 0), (1, 4, 0), (2, 0, 1280), (3, 0, 0),
                              (4, 1, 6)):
        yield b.eth6(b.icmp6(be("I", value) + quoted, kind, code), 58)


def mld():
    group = h("ff020000000000000000000000010003")
    alert = h("3a00 05020000 0100")

    def listener(body, kind, dst):
        data = b.icmp6(body, kind, src=b.LINK_A6, dst=dst)
        return b.eth6(alert + data, 0, src=b.LINK_A6, dst=dst, hops=1)
    yield listener(be("HH", 10000, 0) + bytes(16), 130, b.ALL_NODES)
    yield listener(be("HH", 10000, 0) + bytes(16) + be("BBH", 2, 125, 0), 130,
                   b.ALL_NODES)
    yield listener(bytes(4) + group, 131, group)
    yield listener(bytes(4) + group, 132,
                   h("ff020000000000000000000000000002"))
    yield listener(be("HH", 1000, 0) + group + be("BBH", 2, 125, 1) + b.A6,
                   130, group)
    records = be("BBH", 4, 0, 0) + group + be("BBH", 1, 0, 1) + group + b.A6
    yield listener(be("HH", 0, 2) + records, 143,
                   h("ff020000000000000000000000000016"))


def igmp_frame(data, dst=GROUP):
    return b.eth(b.ip4(data, 2, dst=dst, ttl=1, options=h("94040000")),
                 dst=h("01005e") + bytes([dst[1] & 127]) + dst[2:])


def group_message(kind, code, group, rest=b"", check=None):
    return b.summed(be("BBH", kind, code, 0) + group + rest, 2, check)


def igmp():
    everyone, routers = h("e0000001"), h("e0000002")
    yield normal("v1", "query and report",
                 igmp_frame(group_message(0x11, 0, bytes(4)), everyone),
                 igmp_frame(group_message(0x12, 0, GROUP)))
    yield normal("v2", "general and group query, report, leave",
                 igmp_frame(group_message(0x11, 100, bytes(4)), everyone),
                 igmp_frame(group_message(0x11, 10, GROUP)),
                 igmp_frame(group_message(0x16, 0, GROUP)),
                 igmp_frame(group_message(0x17, 0, GROUP), routers))
    record = be("BBH", 4, 0, 0) + GROUP
    sources = be("BBH", 1, 0, 2) + GROUP + b.A4 + b.B4
    yield normal("v3", "query with sources; report: exclude nothing, include "
                 "two sources",
                 igmp_frame(group_message(0x11, 0x8A, GROUP,
                                          be("BBH", 0x0A, 0x9F, 1) + b.A4)),
                 igmp_frame(group_message(0x22, 0, be("HH", 0, 2),
                                          record + sources),
                            h("e0000016")))
    yield unusual("others", "DVMRP, PIM version 1, mtrace, RGMP-like 0xFE, "
                  "type 0x99",
                  *(igmp_frame(group_message(kind, 1, GROUP,
                                             b.A4 + b.B4 + bytes(8)))
                    for kind in (0x13, 0x14, 0x1F, 0xFE, 0x99)))
    yield unusual("aux-data", "records with auxiliary data; bytes behind",
                  igmp_frame(group_message(0x22, 0, be("HH", 0, 1),
                                           be("BBH", 4, 1, 0) + GROUP +
                                           b"aux!")),
                  igmp_frame(group_message(0x16, 0, GROUP) + b"behind"))
    yield malformed("counts", "65535 records, 65535 sources, auxiliary data "
                    "beyond the packet, query with 9 sources and none there",
                    igmp_frame(group_message(0x22, 0, be("HH", 0, 65535),
                                             record)),
                    igmp_frame(group_message(0x22, 0, be("HH", 0, 1),
                                             be("BBH", 1, 0, 65535) + GROUP)),
                    igmp_frame(group_message(0x22, 0, be("HH", 0, 1),
                                             be("BBH", 4, 255, 0) + GROUP)),
                    igmp_frame(group_message(0x11, 10, GROUP,
                                             be("BBH", 2, 125, 9))))
    yield malformed("cut", "0, 1, 7 bytes, a query of 10, and a snap length",
                    *(igmp_frame(group_message(0x16, 0, GROUP)[:n])
                      for n in (0, 1, 7)),
                    igmp_frame(group_message(0x11, 10, GROUP, bytes(2))),
                    cut(igmp_frame(group_message(0x16, 0, GROUP)), 42))
    yield malformed("checksum", "a wrong checksum",
                    igmp_frame(group_message(0x16, 0, GROUP, check=0xBAD0)))


PROTOCOLS = [icmp, icmp6, igmp]
