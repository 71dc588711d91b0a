# SPDX-License-Identifier: BSD-2-Clause
"""DNS and multicast DNS."""

import build as b
from build import be, h, malformed, normal, unusual

A, NS, CNAME, SOA, PTR, MX, TXT, AAAA, SRV, NAPTR, OPT, DS = (
    1, 2, 5, 6, 12, 15, 16, 28, 33, 35, 41, 43)
RRSIG, NSEC, DNSKEY, NSEC3, NSEC3PARAM, TLSA, SVCB, HTTPS, ANY, CAA = (
    46, 47, 48, 50, 51, 52, 64, 65, 255, 257)
START = h("c00c")  # the name of the first question
FLUSH = 0x8001


def name(text, end=b"\0"):
    labels = [label.encode("latin-1") for label in text.split(".") if label]
    return b"".join(be("B", len(part)) + part for part in labels) + end


def question(owner="example.com", kind=A, klass=1):
    owner = name(owner) if isinstance(owner, str) else owner
    return owner + be("HH", kind, klass)


def record(kind, data, owner=START, klass=1, ttl=300, length=None):
    length = len(data) if length is None else length
    return owner + be("HHIH", kind, klass, ttl, length) + data


def message(flags, questions=(), answers=(), authority=(), extra=(), ident=1,
            counts=None):
    sections = [list(part) for part in (questions, answers, authority, extra)]
    counts = counts or [len(part) for part in sections]
    return be("HHHHHH", ident, flags, *counts) + \
        b"".join(b"".join(part) for part in sections)


def ask(data):
    return b.eth_udp(data, 50000, 53)


def reply(data):
    return b.eth_udp(data, 53, 50000, b.B4, b.A4)


def answer(kind, *datas, owner="example.com"):
    return reply(message(0x8180, [question(owner, kind)],
                         [record(kind, data) for data in datas]))


def soa(mname=b"\2ns\xc0\x0c"):
    return mname + b"\5admin\xc0\x0c" + be("IIIII", 2024010101, 7200, 3600,
                                           1209600, 300)


def option(code, data):
    return b.tlv(code, data, "HH")


def opt(options=b"", size=1232, flags=0x8000, version=0, rcode=0):
    return record(OPT, options, b"\0", size,
                  rcode << 24 | version << 16 | flags)


def signature(covered, labels=2):
    return be("HBBIIIH", covered, 13, labels, 300, 1700600000, 1699990000,
              12345) + name("example.com") + bytes(range(64))


def dns():
    yield from dns_normal()
    yield from dns_unusual()
    yield from dns_malformed()


def dns_normal():
    yield normal("a", "query and answer with two addresses",
                 ask(message(0x0100, [question()])), answer(A, b.A4, b.B4))
    yield normal("aaaa", "IPv6 addresses, over IPv6",
                 b.eth_udp6(message(0x0100, [question(kind=AAAA)]), 50000,
                            53), answer(AAAA, b.A6, b.B6))
    yield normal("cname", "an alias and the address of its target",
                 reply(message(0x8180, [question("www.example.com")], [
                     record(CNAME, name("web", h("c010"))),
                     record(A, b.A4, h("c02d"))])))
    yield normal("mx-ns-ptr", "mail, name servers, reverse",
                 answer(MX, be("H", 10) + b"\4mail" + START,
                        be("H", 20) + b"\5mail2" + START),
                 answer(NS, b"\3ns1" + START, b"\3ns2" + START),
                 answer(PTR, name("host.example.com"),
                        owner="1.2.0.192.in-addr.arpa"),
                 answer(PTR, name("host.example.com"),
                        owner=".".join("10" + "0" * 22 + "8bd01002") +
                        ".ip6.arpa"))
    yield normal("txt", "one string, several, SPF",
                 answer(TXT, b"\5hello", b"\3one\3two\0",
                        b"\x0bv=spf1 -all"))
    yield normal("soa", "answer; name error with SOA in authority",
                 answer(SOA, soa()),
                 reply(message(0x8183, [question()], (),
                               [record(SOA, soa())])))
    yield normal("srv-naptr-caa", "services, rewriting, certificate "
                 "authority",
                 answer(SRV, be("HHH", 10, 60, 5060) + name(
                     "sip.example.com"), owner="_sip._tcp.example.com"),
                 answer(NAPTR, be("HH", 100, 10) + b"\1S\7SIP+D2U\0" +
                        name("_sip._udp.example.com")),
                 answer(CAA, b"\0\5issue" + b"ca.example.net",
                        b"\x80\5iodef" + b"mailto:security@example.com"))
    yield normal("dnssec", "DS, DNSKEY, RRSIG, NSEC, NSEC3, NSEC3PARAM",
                 answer(DS, be("HBB", 12345, 13, 2) + bytes(range(32))),
                 answer(DNSKEY, be("HBB", 257, 3, 13) + bytes(range(64)),
                        be("HBB", 256, 3, 13) + bytes(64)),
                 answer(RRSIG, signature(A)),
                 answer(NSEC, name("a.example.com") +
                        h("0006 400000000003") + h("0101 40")),
                 answer(NSEC3, h("01 01 000a 04 aabbccdd 14") +
                        bytes(range(20)) + h("0006 400000000002")),
                 answer(NSEC3PARAM, h("01 00 000a 04 aabbccdd")))
    yield normal("tlsa-https", "TLSA; SVCB alias; HTTPS with ALPN, port, "
                 "hints, ECH",
                 answer(TLSA, h("030101") + bytes(range(32)),
                        owner="_443._tcp.example.com"),
                 answer(SVCB, be("H", 0) + name("svc.example.net")),
                 answer(HTTPS, be("H", 1) + b"\0" +
                        option(1, b"\2h2\2h3") + option(3, be("H", 8443)) +
                        option(4, b.A4 + b.B4) + option(5, bytes(12)) +
                        option(6, b.A6)))
    yield normal("edns", "OPT with client subnet, cookie, padding, extended "
                 "error, NSID",
                 ask(message(0x0120, [question()], extra=[opt(
                     option(8, be("HBB", 1, 24, 0) + b.A4[:3]) +
                     option(10, bytes(range(8))) + option(12, bytes(20)))])),
                 reply(message(0x8182, [question()], extra=[opt(
                     option(15, be("H", 7) + b"signature expired") +
                     option(3, b"ns1"))])))
    yield normal("edns-options", "cookie of a server, subnet of IPv6, keepalive "
                 "and expiry asked and told, key tags, an unknown option",
                 ask(message(0x0120, [question()], extra=[opt(
                     option(11, b"") + option(9, b"") +
                     option(8, be("HBB", 2, 56, 0) + b.A6[:7]))])),
                 reply(message(0x8180, [question()], extra=[opt(
                     option(10, bytes(range(24))) + option(11, be("H", 1234)) +
                     option(9, be("I", 86400)) +
                     option(14, be("HH", 20326, 38696)) +
                     option(77, b"what") + option(15, be("H", 999) + b"why"))])))
    query = message(0x0100, [question()])
    whole = message(0x8180, [question()], [record(A, b.A4)])
    yield normal("tcp", "over TCP: query, answer; two messages in a segment",
                 *b.in_order([
                     b.eth_tcp(be("H", len(query)) + query, 50000, 53),
                     b.eth_tcp(be("H", len(whole)) + whole, 53, 50000,
                               b.B4, b.A4),
                     b.eth_tcp((be("H", len(query)) + query) * 2, 50000, 53)]))


def dns_unusual():
    yield unusual("rcodes", "form error, server failure, refused, bad "
                  "version and cookie by EDNS, truncated, one without a name",
                  *(reply(message(0x8180 | rcode, [question()]))
                    for rcode in (1, 2, 5)),
                  reply(message(0x8180, [question()], extra=[opt(rcode=1)])),
                  reply(message(0x8380, [question()])),
                  reply(message(0x8187, [question()], extra=[opt(rcode=1)])),
                  reply(message(0x8180, [question()], extra=[opt(rcode=9)])))
    yield unusual("opcodes", "status, notify, update, stateful operations, "
                  "inverse query",
                  ask(message(0x1000)),
                  ask(message(0x2400, [question(kind=SOA)])),
                  ask(message(0x2800, [question(kind=SOA)], (), [
                      record(A, b.A4, name("new.example.com"))])),
                  ask(message(0x3000) + option(1, be("II", 15000, 15000))),
                  ask(message(0x0800)))
    yield unusual("classes", "version.bind in CHAOS, ANY, AXFR, class 99",
                  ask(message(0, [question("version.bind", TXT, 3)])),
                  ask(message(0x0100, [question(kind=ANY)])),
                  ask(message(0, [question(kind=252)])),
                  ask(message(0, [question(klass=99)])))
    yield unusual("names", "root, 63 bytes in a label, 255 bytes in a name, "
                  "a dot and a space inside of a label, punycode",
                  ask(message(0, [question(b"\0", NS)])),
                  ask(message(0, [question("x" * 63 + ".example")])),
                  ask(message(0, [question(".".join(["y" * 62] * 4))])),
                  ask(message(0, [question(b"\5a.b c\7example\0")])),
                  ask(message(0, [question("xn--mnchen-3ya.example")])))
    yield unusual("escapes", "control bytes, terminal escapes, quotes and "
                  "backslashes in names and strings",
                  ask(message(0, [question(b"\7\x1b[2J\x07\r\n\7example\0")])),
                  answer(TXT, b"\x10\x1b]0;owned\x07\x00\x9b31m\"" +
                         b"\x02\\\""),
                  ask(message(0, [question(b"\4\xc3\xa4\xff\xfe\0")])))
    yield unusual("compression", "pointers to pointers, into the middle of a "
                  "name, in data",
                  reply(message(0x8180, [question("a.b.example.com")], [
                      record(NS, b"\2ns\xc0\x0e", h("c00e")),
                      record(NS, h("c010"), h("c02d")),
                      record(MX, be("H", 1) + h("c03e"))])))
    yield unusual("other-types", "HINFO, LOC, SSHFP, URI, DNAME, SVCB keys, "
                  "type 65280",
                  answer(13, b"\3x86\5Linux"),
                  answer(29, h("00121613 89170000 8b0d2c00 00989680")),
                  answer(44, h("0401") + bytes(20)),
                  answer(256, be("HH", 10, 1) + b"https://example.com/"),
                  answer(39, name("example.net")), answer(65280, b"what"))
    yield unusual("empty", "no question at all; an answer without question; "
                  "bytes behind the end",
                  ask(message(0x0100)),
                  reply(message(0x8180, (), [record(A, b.A4,
                                                    name("example.com"))])),
                  ask(message(0x0100, [question()]) + b"behind"))
    netbios = b"CKAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    yield unusual("port", "DNS on port 5300, on that of QUIC; no DNS: a query "
                  "of NetBIOS, of Hesiod, with an answer",
                  b.eth_udp(message(0x0100, [question()]), 50000, 5300),
                  b.eth_udp(message(0x0100, [question()], ident=0x48C4),
                            50000, 443),
                  b.eth_udp(message(0x8180, [question()], [record(A, b.A4)],
                                    ident=0x48C4), 443, 50000, b.B4, b.A4),
                  b.eth_udp(message(0x0100, [question(netbios.decode(), 33)]),
                            137, 137),
                  b.eth_udp(message(0x0110, [question(netbios.decode(), 32)]),
                            137, 137),
                  b.eth_udp(message(0x0100, [question(klass=4)]), 50000, 5300),
                  b.eth_udp(message(0x0100, [question()], [record(A, b.A4)]),
                            50000, 5300))
    split = message(0x8180, [question()], [record(A, b.A4)])
    split = be("H", len(split)) + split
    yield unusual("tcp-split", "a message over two segments",
                  b.eth_tcp(split[:20], 53, 50000, b.B4, b.A4, seq=1),
                  b.eth_tcp(split[20:], 53, 50000, b.B4, b.A4, seq=21))


def dns_malformed():
    yield malformed("loop", "a name that points to itself, two that point to "
                    "each other",
                    ask(message(0, [START + be("HH", A, 1)])),
                    ask(message(0, [h("c00e c00c") + be("HH", A, 1)])),
                    ask(message(0, [b"\1a" + START + be("HH", A, 1)])))
    yield malformed("forward", "pointers forward, beyond the end, into the "
                    "header",
                    ask(message(0, [h("c012") + be("HH", A, 1) +
                                    name("example.com")])),
                    ask(message(0, [h("ffff") + be("HH", A, 1)])),
                    ask(message(0, [h("c000") + be("HH", A, 1)])))
    yield malformed("counts", "65535 of everything; two questions and one "
                    "there",
                    ask(message(0, [question()], counts=[65535] * 4)),
                    ask(message(0, [question()], counts=[2, 0, 0, 0])),
                    reply(message(0x8180, [question()], [record(A, b.A4)],
                                  counts=[1, 9, 0, 0])))
    yield malformed("labels", "label types 0x40 and 0x80, a label beyond the "
                    "end, a name of 300 bytes, no end",
                    ask(message(0, [h("4001 00") + be("HH", A, 1)])),
                    ask(message(0, [h("8001 00") + be("HH", A, 1)])),
                    ask(message(0, [b"\x3fshort"])),
                    ask(message(0, [question(".".join(["w" * 59] * 5))])),
                    ask(message(0, [b"\3www"])))
    yield malformed("data-length", "an address of 3 and of 5 bytes, data "
                    "beyond the end, MX of 1, SOA that ends, string beyond",
                    answer(A, b.A4[:3]), answer(A, b.A4 + b"x"),
                    reply(message(0x8180, [question()], [
                        record(A, b.A4, length=400)])),
                    answer(MX, b"\0"), answer(SOA, soa()[:20]),
                    answer(TXT, b"\xffhello"))
    yield malformed("dnssec-lengths", "bitmap of 33 bytes, hash beyond, RRSIG "
                    "cut, SVCB parameter beyond",
                    answer(NSEC, b"\0" + h("0021") + bytes(33)),
                    answer(NSEC3, h("01 01 000a ff aabb")),
                    answer(RRSIG, signature(A)[:17]),
                    answer(SVCB, be("H", 1) + b"\0" + h("00010040 02")))
    yield malformed("edns-twice", "OPT with an owner, twice, options beyond",
                    ask(message(0, [question()], extra=[record(
                        OPT, b"", name("x"), 512)])),
                    ask(message(0, [question()], extra=[opt(), opt()])),
                    ask(message(0, [question()], extra=[opt(
                        h("000800ff 0001"))])))
    yield malformed("edns-lengths", "options of EDNS that are too short or too "
                    "long, of no family, half a header",
                    *(ask(message(0, [question()], extra=[opt(data)]))
                      for data in (option(8, h("0001")),
                                   option(8, h("00011800") + bytes(17)),
                                   option(8, h("00011800") + bytes(5)),
                                   option(8, h("00091800") + bytes(3)),
                                   option(9, h("00")), option(10, bytes(7)),
                                   option(11, h("01")), option(14, h("010203")),
                                   option(15, h("01")), h("000a00"))))
    query = message(0x0100, [question()])
    yield malformed("cut", "0, 1, 11 and 20 bytes; TCP with length 0, 5 and "
                    "65535; noise",
                    *(ask(query[:n]) for n in (0, 1, 11, 20)),
                    *b.apart(b.eth_tcp(be("H", n) + query, 50000, 53)
                             for n in (0, 5, 65535)), ask(b"\xff" * 40))
    # At byte 29 begin pointers, in data of type NULL that nobody reads.
    jumps = b"".join(be("H", 0xC000 + 28 + max(0, 2 * n - 1))
                     for n in range(200))
    yield malformed("pointers", "a name behind 200 pointers, each to the one "
                    "before", reply(message(0x8180, [question(b"\0")], [
                        record(10, b"\0" + jumps, b"\0"),
                        record(A, b.A4, be("H", 0xC000 + 29 + 2 * 199))])))


GROUP4, GROUP6 = h("e00000fb"), h("ff0200000000000000000000000000fb")


def multicast(data, src=b.A4, dst=GROUP4, sport=5353):
    packet = b.ip4(b.udp(data, sport, 5353, src, dst), 17, src, dst, ttl=255)
    return b.eth(packet, dst=h("01005e0000fb"))


def service():
    instance = name("Printer", h("c00c"))
    host = name("printer.local")
    return [record(PTR, instance, name("_ipp._tcp.local"), 1, 4500),
            record(TXT, b"\txtvers=1\x06qtotal"[:10], instance, FLUSH, 4500),
            record(SRV, be("HHH", 0, 0, 631) + host, instance, FLUSH, 120),
            record(A, b.A4, host, FLUSH, 120)]


def mdns():
    yield normal("query", "services on the link; with known answers",
                 multicast(message(0, [question("_ipp._tcp.local", PTR)])),
                 multicast(message(0, [question("_ipp._tcp.local", PTR)], [
                     record(PTR, name("Printer", START), ttl=4000)])))
    yield normal("response", "PTR, TXT, SRV and A with cache flush",
                 multicast(message(0x8400, (), service(), ident=0)))
    yield normal("ipv6", "over IPv6: probe with what is wanted in authority",
                 b.eth(b.ip6(b.udp(message(
                     0, [question("host.local", ANY, FLUSH)], (),
                     [record(AAAA, b.LINK_A6)], ident=0), 5353, 5353,
                     b.LINK_A6, GROUP6), 17, b.LINK_A6, GROUP6, 255), 0x86DD,
                     h("3333000000fb")))
    yield unusual("unicast", "QU bit; a query of a simple resolver from "
                  "another port; the answer to it",
                  multicast(message(0, [question("host.local", A, FLUSH)])),
                  multicast(message(0, [question("host.local")]), sport=50000),
                  b.eth_udp(message(0x8400, [question("host.local")],
                                    [record(A, b.B4, ttl=10)]), 5353, 50000))
    yield unusual("goodbye", "time to live 0; NSEC; names in UTF-8 with "
                  "spaces",
                  multicast(message(0x8400, (), [record(
                      PTR, name("Printer", START), name("_ipp._tcp.local"),
                      1, 0)])),
                  multicast(message(0x8400, (), [record(
                      NSEC, START + h("0004 40000008"), name("host.local"),
                      FLUSH, 120)])),
                  multicast(message(0x8400, (), [record(PTR, be("B", 14) +
                            "Büro Drücker".encode() + START,
                            name("_ipp._tcp.local"))])))
    yield unusual("truncated", "TC: more known answers follow",
                  multicast(message(0x0200, [question("_ipp._tcp.local",
                                                      PTR)])))
    yield unusual("escapes", "terminal escapes in an instance's name",
                    multicast(message(0x8400, (), [record(
                        PTR, b"\x0d\x1b[31mEvil\x07\x00\n\r" + START,
                        name("_ipp._tcp.local"))])))
    yield malformed("cut", "a response that ends in a record; counts that "
                    "lie; a loop",
                    multicast(message(0x8400, (), service())[:60]),
                    multicast(message(0x8400, (), service(),
                                      counts=[0, 99, 0, 0])),
                    multicast(message(0, [START + be("HH", A, 1)])))


PROTOCOLS = [dns, mdns]
