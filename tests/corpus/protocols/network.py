# SPDX-License-Identifier: BSD-2-Clause
"""IPv4 with options and fragments, IPv6 with its chain of headers."""

import build as b
from build import be, cut, h, malformed, normal, unusual

NO_NEXT, HOP, ROUTING, FRAGMENT, DSTOPTS, AH, MOBILITY = (
    59, 0, 43, 44, 60, 51, 135)


def ping(**how):
    return b.eth(b.ping(**how))


def options(text):
    data = h(text)
    return ping(options=data + bytes(-len(data) % 4))


def ipv4():
    yield normal("plain", "ICMP, UDP and TCP",
                 ping(), b.eth_udp(b"hello", 40000, 9),
                 b.eth_tcp(b"", 40000, 9, flags=2))
    yield normal("fragments", "a datagram in three, the last one first",
                 *fragments())
    yield normal("options", "router alert, record route, timestamp",
                 options("94040000"),
                 options("070b08 c0000201 00000000"),
                 options("440c0500 00000000 00000000"),
                 options("44140d01 c0000201 00000001 00000000 00000000"))
    yield unusual("source-route", "LSRR, SSRR, NOP and end of options",
                  options("830b04 c6336401 c6336402"),
                  options("890704 c6336401"), options("01010100"),
                  options("01830704c6336401 00"))
    yield unusual("other-options", "stream id, security, CIPSO, quick start, "
                  "option 222", options("88041234"),
                  options("820b00000000000000 0000"),
                  options("860a00000001 05040001"),
                  options("19080240 00000000"), options("de04abcd"))
    yield unusual("ecn-dscp", "DSCP EF, AF41, CS6, ECN ECT(0), ECT(1), CE",
                  *(ping(tos=tos) for tos in (0xB8, 0x88, 0xC0, 2, 1, 3)))
    yield unusual("gso", "total length 0: the network card cuts it",
                  b.eth4(b.tcp(b"x" * 40, 40000, 9), 6, total=0))
    yield unusual("flags", "time to live 0 and 1, the evil bit, more "
                  "fragments with don't fragment, unknown protocol 253",
                  ping(ttl=0), ping(ttl=1), ping(fragment=0x8000),
                  ping(fragment=0x6000), b.eth4(b"what", 253))
    yield unusual("addresses", "broadcast, 0.0.0.0, loopback, class E, "
                  "the same source and destination",
                  ping(dst=b"\xff" * 4), ping(src=bytes(4)),
                  ping(src=h("7f000001"), dst=h("7f000001")),
                  ping(src=h("f0000001")), ping(src=b.B4))
    yield unusual("snapped", "a snap length ends in the header and behind it",
                  cut(ping(), 28), cut(ping(), 34), cut(ping(), 38))
    yield malformed("checksum", "a wrong checksum, and 0",
                    ping(check=0xBAD0), ping(check=0))
    yield malformed("header-length", "0, 4, and 15 with no such bytes",
                    *(ping(first=0x40 | n) for n in (0, 4, 15)))
    yield malformed("total-length", "below the header, 19, one more than "
                    "there is, 65535",
                    *(ping(total=n) for n in (1, 19, 37, 65535)))
    yield malformed("option-length", "0, 1, beyond the header, beyond with "
                    "pointer 0 and 255",
                    options("07000000"), options("07010000"),
                    options("07280400"), options("07070000000000"),
                    options("0707ff00000000"), options("440c0f00"))
    yield malformed("version", "version 6 and 0 in an IPv4 frame",
                    ping(first=0x65), ping(first=0x05))
    yield malformed("fragment-overlap", "overlapping, beyond 65535, a length "
                    "that is no multiple of 8", *bad_fragments())
    yield malformed("cut", "0, 1, 19 bytes of header",
                    *(b.eth(b.ping()[:n]) for n in (0, 1, 19)))


def fragments():
    whole = b.udp(bytes(range(64)), 40000, 9)
    for start, end, more in ((48, 72, 0), (0, 24, 1), (24, 48, 1)):
        yield b.eth4(whole[start:end], 17, ident=77,
                     fragment=more << 13 | start // 8)


def bad_fragments():
    whole = b.udp(bytes(range(64)), 40000, 9)
    yield b.eth4(whole[:32], 17, ident=78, fragment=0x2000)
    yield b.eth4(b"\xee" * 32, 17, ident=78, fragment=0x2002)
    yield b.eth4(bytes(64), 17, ident=79, fragment=0x1FFF)
    yield b.eth4(whole[:21], 17, ident=80, fragment=0x2000)
    yield b.eth4(b"", 17, ident=81, fragment=0x2003)


def ipv6():
    yield normal("plain", "ICMPv6, UDP, TCP",
                 b.eth(b.ping6(), 0x86DD), b.eth_udp6(b"hello", 40000, 9),
                 b.eth_tcp6(b"", 40000, 9, flags=2))
    yield normal("label", "traffic class EF with ECN, flow label",
                 b.eth6(b.echo6(), 58, flow=0x6BBABCDE))
    yield unusual("addresses", "unspecified, loopback, link-local, mapped "
                  "IPv4, multicast, 6to4, longest runs of zeros",
                  *addresses())
    yield unusual("hop-limit", "0, 1 and 255",
                  *(b.eth6(b.echo6(), 58, hops=n) for n in (0, 1, 255)))
    yield unusual("padded", "bytes behind the payload length",
                  b.eth(b.ping6() + b"trailer", 0x86DD))
    yield unusual("unknown", "next header 253 and 254",
                  b.eth6(b"what", 253), b.eth6(b"what", 254))
    yield unusual("snapped", "a snap length ends in the header and behind",
                  cut(b.eth(b.ping6(), 0x86DD), 40),
                  cut(b.eth(b.ping6(), 0x86DD), 54),
                  cut(b.eth(b.ping6(), 0x86DD), 58))
    yield malformed("payload-length", "beyond the packet, 0 without jumbo",
                    b.eth6(b.echo6(), 58, length=17),
                    b.eth6(b.echo6(), 58, length=65535),
                    b.eth6(b.echo6(), 58, length=0))
    yield malformed("version", "version 4 and 0 in an IPv6 frame",
                    b.eth6(b.echo6(), 58, flow=0x40000000),
                    b.eth6(b.echo6(), 58, flow=0))
    yield malformed("cut", "0, 1 and 39 bytes of header",
                    *(b.eth(b.ping6()[:n], 0x86DD) for n in (0, 1, 39)))


def addresses():
    for src, dst in ((bytes(16), b.ALL_NODES),
                     (bytes(15) + h("01"), bytes(15) + h("01")),
                     (b.LINK_A6, b.LINK_B6),
                     (bytes(10) + b"\xff\xff" + b.A4, b.A6),
                     (h("2002c0000201") + bytes(10),
                      h("20010db8000000010000000000000001")),
                     (h("20010db8000000000001000000000000"),
                      h("00640000000100020003000400050006"))):
        yield b.eth6(b.echo6(src=src, dst=dst), 58, src=src, dst=dst)


def ext(following, body, length=None):
    """An extension header, filled with padding options."""
    missing = -(2 + len(body)) % 8
    if missing == 1:
        body += b"\0"
    elif missing:
        body += be("BB", 1, missing - 2) + bytes(missing - 2)
    length = (2 + len(body)) // 8 - 1 if length is None else length
    return be("BB", following, length) + body


def route(kind, left, addresses, middle=bytes(4)):
    body = be("BB", kind, left) + middle + b"".join(addresses)
    return be("BB", 58, (2 + len(body)) // 8 - 1) + body


def fragment(following, offset, more, ident=0x1234):
    return be("BBHI", following, 0, offset << 3 | more, ident)


def chain(data, first, **how):
    return b.eth6(data + b.echo6(), first, **how)


def ipv6ext():
    alert, jumbo = h("05020000"), h("c20400010000")
    yield normal("hop-by-hop", "router alert; padding only; padding in front, "
                 "of one byte each",
                 chain(ext(58, alert), HOP), chain(ext(58, b""), HOP),
                 chain(ext(58, h("0100") + alert), HOP),
                 chain(ext(58, h("0000") + alert), HOP))
    yield normal("fragments", "a datagram in two", *fragments6())
    yield normal("destination", "destination options; home address",
                 chain(ext(58, b""), DSTOPTS),
                 chain(ext(58, h("c910") + b.A6), DSTOPTS))
    yield normal("segment-routing", "type 4 (SRv6) with two segments",
                 b.eth6(route(4, 1, (b.B6, b.A6), h("01000000")) +
                        b.echo6(dst=b.B6), ROUTING, dst=b.A6))
    yield normal("ethernet", "a frame in IPv6 (RFC 8986, 4.9), in IPv4",
                 b.eth6(b.eth(b.ping()), 143), b.eth4(b.eth(b.ping()), 143))
    yield unusual("routing", "type 0 (deprecated), type 2 (mobility), type 3 "
                  "(RPL), type 253",
                  b.eth6(route(0, 1, (b.B6,)) + b.echo6(dst=b.B6), ROUTING),
                  b.eth6(route(2, 1, (b.B6,)) + b.echo6(dst=b.B6), ROUTING),
                  b.eth6(route(3, 1, (h("00" * 7 + "03"),),
                               h("88000000")) +
                         b.echo6(dst=b.B6[:-1] + h("03")), ROUTING),
                  b.eth6(route(253, 0, (bytes(8),)) + b.echo6(), ROUTING))
    yield unusual("jumbo", "payload length 0 and a jumbo option",
                  jumbogram(jumbo))
    yield unusual("long-chain", "hop-by-hop, destination, routing, fragment, "
                  "AH, destination, then ICMPv6", long_chain())
    yield unusual("many", "eighty destination option headers",
                  chain(ext(DSTOPTS, b"") * 79 + ext(58, b""), DSTOPTS))
    yield unusual("no-next", "nothing follows, with and without bytes",
                  b.eth6(b"", NO_NEXT), b.eth6(b"ignored", NO_NEXT),
                  b.eth6(ext(NO_NEXT, alert), HOP))
    yield unusual("mobility", "binding update, HIP, Shim6",
                  b.eth6(mobility(5, h("0001c0000010") + h("0100")), MOBILITY),
                  b.eth6(b.summed_over_ip(h("3b040111 00000000") + bytes(32),
                                          4, 139, b.A6, b.B6), 139),
                  b.eth6(b.summed(h("3b000000 00000000"), 4), 140))
    yield unusual("atomic-fragment", "the only fragment; one with reserved "
                  "bits",
                  chain(fragment(58, 0, 0), FRAGMENT),
                  chain(be("BBHI", 58, 0xFF, 6, 9), FRAGMENT))
    yield unusual("unknown-options", "options to skip, to drop and to answer",
                  chain(ext(58, h("1e0401020304")), HOP),
                  chain(ext(58, h("5e0401020304")), HOP),
                  chain(ext(58, h("9e0401020304")), DSTOPTS))
    yield malformed("order", "hop-by-hop not first, twice",
                    chain(ext(HOP, b"") + ext(58, b""), DSTOPTS),
                    chain(ext(HOP, b"") + ext(58, b""), HOP))
    yield malformed("length", "headers beyond the packet; the packet ends "
                    "where a header should begin or in its first bytes",
                    chain(ext(58, alert, 255), HOP),
                    b.eth6(ext(DSTOPTS, alert), HOP),
                    b.eth6(ext(DSTOPTS, alert) + h("3a"), HOP),
                    b.eth6(ext(ROUTING, alert) + h("3a02"), HOP),
                    b.eth6(fragment(58, 0, 1)[:6], FRAGMENT))
    yield malformed("option-length", "option beyond its header, half an "
                    "option, jumbo of length 2, jumbo below 65536",
                    chain(h("3a00 05ff 00000000"), HOP),
                    chain(h("3a00 010300 0000 05"), HOP),
                    chain(ext(58, h("c2020001")), HOP),
                    chain(ext(58, h("c20400000010")), HOP))
    yield malformed("routing-left", "more segments left than addresses, odd "
                    "length",
                    b.eth6(route(0, 9, (b.B6,)) + b.echo6(), ROUTING),
                    b.eth6(be("BBBB", 58, 1, 0, 1) + bytes(12) + b.echo6(),
                           ROUTING),
                    b.eth6(route(4, 1, (b.B6,), h("09000000")) + b.echo6(),
                           ROUTING))


def fragments6():
    whole = b.udp(bytes(range(64)), 40000, 9, b.A6, b.B6)
    yield b.eth6(fragment(17, 0, 1) + whole[:40], FRAGMENT)
    yield b.eth6(fragment(17, 5, 0) + whole[40:], FRAGMENT)


def jumbogram(option):
    packet = b.eth6(ext(58, option) + b.echo6(bytes(120)), HOP, length=0)
    return packet[:150], 14 + 40 + 65536


def mobility(kind, body):
    data = be("BBBBH", NO_NEXT, (6 + len(body)) // 8, kind, 0, 0) + body
    data += bytes(-len(data) % 8)
    data = data[:1] + be("B", len(data) // 8 - 1) + data[2:]
    return b.summed_over_ip(data, 4, MOBILITY, b.A6, b.B6)


def long_chain():
    ah = be("BBHII", DSTOPTS, 4, 0, 0x100, 1) + bytes(12)
    headers = ext(DSTOPTS, h("05020000")) + ext(ROUTING, b"") + \
        be("BB", FRAGMENT, 2) + be("BB", 0, 0) + bytes(4) + b.B6 + \
        fragment(AH, 0, 0) + ah + ext(58, b"")
    return chain(headers, HOP)


PROTOCOLS = [ipv4, ipv6, ipv6ext]
