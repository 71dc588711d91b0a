# SPDX-License-Identifier: BSD-2-Clause
"""DHCP and DHCPv6."""

import build as b
from build import be, h, malformed, normal, unusual

NOBODY, ALL = bytes(4), b"\xff" * 4
COOKIE, END = h("63825363"), h("ff")
SERVERS6 = h("ff020000000000000000000000010002")


def option(code, data):
    return b.tlv(code, data)


def bootp(options, kind=1, cookie=COOKIE, sname=b"", file=b"", flags=0,
          yiaddr=NOBODY, hlen=6, giaddr=NOBODY):
    return be("BBBBIHH", kind, 1, hlen, 0, 0x3903F326, 0, flags) + \
        NOBODY + yiaddr + NOBODY + giaddr + b.MAC_A + bytes(10) + \
        sname.ljust(64, b"\0") + file.ljust(128, b"\0") + cookie + options


def ask(data):
    return b.eth(b.ip4(b.udp(data, 68, 67, NOBODY, ALL), 17, NOBODY, ALL),
                 dst=b.BROADCAST)


def offer(data):
    return b.eth(b.ip4(b.udp(data, 67, 68, b.B4, b.A4), 17, b.B4, b.A4),
                 dst=b.MAC_A, src=b.MAC_B)


def kind(value):
    return option(53, be("B", value))


LEASE = option(54, b.B4) + option(51, be("I", 86400)) + \
    option(1, h("ffffff00")) + option(3, h("c00002fe")) + \
    option(6, h("c0000235 c0000236")) + option(15, b"example.org")


def dhcp():
    client = option(61, h("01") + b.MAC_A) + option(12, b"host") + \
        option(55, h("0103060c0f1c792a"))
    yield normal("lease", "discover, offer, request, ack",
                 ask(bootp(kind(1) + client + END)),
                 offer(bootp(kind(2) + LEASE + END, 2, yiaddr=b.A4)),
                 ask(bootp(kind(3) + client + option(50, b.A4) +
                           option(54, b.B4) + END)),
                 offer(bootp(kind(5) + LEASE + END, 2, yiaddr=b.A4)))
    yield normal("options", "lease times, domain search, classless routes, "
                 "vendor class, user class, FQDN, MTU, NTP, WPAD",
                 offer(bootp(kind(5) + LEASE + option(58, be("I", 43200)) +
                             option(59, be("I", 75600)) +
                             option(119, b"\7example\3org\0\3lab\xc0\0") +
                             option(121, h("00 c00002fe 18 0a0102 c00002fd"))
                             + option(26, be("H", 1400)) +
                             option(42, b.B4) + option(28, h("c00002ff")) +
                             option(252, b"http://example.org/wpad") + END,
                             2, yiaddr=b.A4)),
                 ask(bootp(kind(1) + option(60, b"Example 1.0") +
                           option(77, b"\4user") + option(57, be("H", 1500)) +
                           option(81, h("010000") + b"host.example.org") +
                           END)))
    yield normal("others", "decline, nak with a message, release, inform",
                 ask(bootp(kind(4) + option(50, b.A4) + END)),
                 offer(bootp(kind(6) + option(56, b"wrong network") + END, 2)),
                 ask(bootp(kind(7) + END)), ask(bootp(kind(8) + END)))
    yield unusual("relay", "option 82 of a relay, broadcast flag, relay's "
                  "address, from port 67",
                  b.eth_udp(bootp(kind(1) + option(82, option(1, b"ge-0/0/1")
                                                   + option(2, b.MAC_B)) +
                                  END, flags=0x8000, giaddr=b.A4), 67, 67))
    yield unusual("overload", "options go on in file and server name; one "
                  "is split over two",
                  offer(bootp(kind(2) + option(52, h("03")) +
                              option(15, b"exam") + option(15, b"ple.org") +
                              END, 2, yiaddr=b.A4,
                              file=option(6, b.B4) + END,
                              sname=option(3, b.B4) + END)))
    yield unusual("bootp", "no options at all, as before DHCP; file and "
                  "server name",
                  ask(bootp(bytes(64), cookie=b"")),
                  offer(bootp(bytes(60), 2, cookie=bytes(4), file=b"boot.img",
                              sname=b"server", yiaddr=b.A4)))
    yield unusual("padded", "pad options between others, bytes behind the "
                  "end, no end",
                  ask(bootp(bytes(3) + kind(1) + bytes(2) + END + bytes(40))),
                  ask(bootp(kind(1))), ask(bootp(kind(1) + END + b"junk")))
    yield unusual("escapes", "terminal escapes in host name and message",
                  ask(bootp(kind(1) + option(12, b"\x1b[31mhost\x07\0") +
                            END)),
                  offer(bootp(kind(6) + option(56, b"\x1b]0;x\x07\r\n") + END,
                              2)))
    yield malformed("cookie", "another magic number; noise on port 67",
                    ask(bootp(kind(1) + END, cookie=h("63825364"))),
                    ask(b"noise"))
    yield malformed("option-length", "beyond the packet, half an option, "
                    "addresses of 3 bytes, message type of 0, routes cut",
                    ask(bootp(h("35ff01"))), ask(bootp(h("35"))),
                    ask(bootp(kind(1) + option(50, b.A4[:3]) +
                              option(1, b"") + END)),
                    ask(bootp(option(53, b"") + END)),
                    offer(bootp(kind(5) + option(121, h("21 0a000001")) + END,
                                2)))
    yield malformed("overload-loop", "overload to both fields, whose options "
                    "overload again",
                    offer(bootp(kind(2) + option(52, h("03")) + END, 2,
                                file=option(52, h("03")) * 42,
                                sname=option(52, h("03")) * 21)))
    whole = ask(bootp(kind(1) + END))
    yield unusual("snapped", "a capture of 96 bytes, and of 72",
                  (whole[:96], len(whole)), (whole[:72], len(whole)))
    yield malformed("cut", "1, 43, 235 and 239 bytes; hardware length 255",
                    *(ask(bootp(kind(1))[:n]) for n in (1, 43, 235, 239)),
                    ask(bootp(kind(1) + END, hlen=255)))


def option6(code, data, length=None):
    length = len(data) if length is None else length
    return be("HH", code, length) + data


def message6(code, options, ident=0x123456):
    return be("I", code << 24 | ident) + options


def relay6(code, inner, hops=0, extra=b""):
    return be("BB", code, hops) + b.A6 + b.LINK_A6 + option6(9, inner) + extra


def ask6(data):
    return b.eth(b.ip6(b.udp(data, 546, 547, b.LINK_A6, SERVERS6), 17,
                       b.LINK_A6, SERVERS6, 1), 0x86DD, h("333300010002"))


def offer6(data):
    return b.eth6(b.udp(data, 547, 546, b.LINK_B6, b.LINK_A6), 17,
                  src=b.LINK_B6, dst=b.LINK_A6)


CLIENT = option6(1, h("0001 0001 2a3b4c5d") + b.MAC_A)
SERVER = option6(2, h("0003 0001") + b.MAC_B)


def association(options=b""):
    return option6(3, be("III", 1, 3600, 5400) + options)


def dhcp6():
    wants = option6(6, h("0017 0018 0038")) + option6(8, be("H", 0))
    leased = association(option6(5, b.A6 + be("II", 7200, 10800)))
    dns = option6(23, b.A6 + b.B6) + \
        option6(24, b"\7example\3org\0\3lab\7example\0")
    yield normal("lease", "solicit, advertise, request, reply",
                 ask6(message6(1, CLIENT + wants + association())),
                 offer6(message6(2, CLIENT + SERVER + leased + dns)),
                 ask6(message6(3, CLIENT + SERVER + wants + leased)),
                 offer6(message6(7, CLIENT + SERVER + leased + dns)))
    delegated = option6(25, be("III", 1, 3600, 5400) + option6(
        26, be("IIB", 7200, 10800, 56) + h("20010db8000100") + bytes(9)))
    yield normal("prefix", "prefix delegation, preference, rapid commit",
                 ask6(message6(1, CLIENT + option6(25, be("III", 1, 0, 0)) +
                               option6(14, b""))),
                 offer6(message6(7, CLIENT + SERVER + delegated +
                                 option6(7, h("ff")))))
    yield normal("relay", "relayed twice, with interface and remote id; the "
                 "reply", *relays(association()))
    yield unusual("status", "status codes with text, reconfigure, "
                  "information request, lease query, boot file",
                  offer6(message6(7, SERVER + option6(13, be("H", 2) +
                                                      b"no addresses"))),
                  offer6(message6(10, SERVER + option6(19, h("05")))),
                  ask6(message6(11, CLIENT + wants)),
                  offer6(message6(7, SERVER + option6(59, b"tftp://[::1]/")
                                  + option6(60000, b"what"))))
    yield unusual("duids", "of an enterprise, UUID, unknown",
                  *(ask6(message6(1, option6(1, duid))) for duid in (
                      h("0002 0000 0009 0102"), h("0004") + bytes(16),
                      h("0077 01"))))
    yield unusual("escapes", "terminal escapes in a status and in a name",
                  offer6(message6(7, option6(13, be("H", 1) + b"\x1b[2J\x07")
                                  + option6(24, b"\6\x1b[31m\7\3org\0"))))
    yield malformed("option-length", "beyond the packet, half an option, "
                    "address of 8 bytes, IA of 4, no DUID, names that do not "
                    "end",
                    ask6(message6(1, h("0001 ffff 00"))),
                    ask6(message6(1, h("0001 00"))),
                    ask6(message6(1, association(option6(5, bytes(8))))),
                    ask6(message6(1, option6(3, bytes(4)))),
                    ask6(message6(1, option6(1, b""))),
                    offer6(message6(7, option6(24, b"\x3fexample"))),
                    offer6(message6(7, option6(24, h("c000")))))
    deep = message6(1, CLIENT)
    for hops in range(40):
        deep = relay6(12, deep, hops)
    yield malformed("relay-nesting", "forty relays in each other; a relay "
                    "message beyond the packet", ask6(deep),
                    ask6(be("BB", 12, 0) + b.A6 + b.LINK_A6 +
                         option6(9, b"abcd", 500)))
    yield malformed("cut", "0, 1, 3 bytes; 33 bytes of a relay; type 200",
                    *(ask6(message6(1, b"")[:n]) for n in (0, 1, 3)),
                    ask6(relay6(12, b"")[:33]), ask6(message6(200, b"")))


def relays(wanted):
    inner = message6(1, CLIENT + wanted)
    once = relay6(12, inner, 0, option6(18, b"ge-0/0/1"))
    yield b.eth_udp6(once, 547, 547)
    yield b.eth_udp6(relay6(12, once, 1, option6(37, be("I", 9) + b"port 7")),
                     547, 547)
    yield b.eth_udp6(relay6(13, message6(2, CLIENT + SERVER), 0,
                            option6(18, b"ge-0/0/1")), 547, 547)


PROTOCOLS = [dhcp, dhcp6]
