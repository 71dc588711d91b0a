# SPDX-License-Identifier: BSD-2-Clause
"""NTP, SNMP and RADIUS."""

import build as b
from build import be, h, malformed, normal, unusual


def stamp(seconds, fraction=0):
    return be("II", seconds, fraction)


def ntp_packet(leap=0, version=4, mode=3, stratum=0, poll=6, precision=0xE9,
               delay=0, dispersion=0, reference=bytes(4), times=None):
    now = 3908988800  # 2023-11-14, as the packets themselves
    times = times or (0, 0, 0, now)
    return be("BBBBII", leap << 6 | version << 3 | mode, stratum, poll,
              precision, delay, dispersion) + reference + \
        b"".join(stamp(time, time and 0x80000000) for time in times)


def ask(data, port, **how):
    return b.eth_udp(data, 50000, port, **how)


def reply(data, port):
    return b.eth_udp(data, port, 50000, b.B4, b.A4)


def ntp():
    now = 3908988800
    yield normal("v4", "client and server, stratum 2",
                 ask(ntp_packet(), 123),
                 reply(ntp_packet(mode=4, stratum=2, delay=0x1000,
                                  dispersion=0x800, reference=b.B4,
                                  times=(now - 60, now, now, now)), 123))
    yield normal("private", "a client that tells nothing of itself, as chrony "
                 "does; a server cannot",
                 ask(ntp_packet(poll=0, precision=32), 123),
                 reply(ntp_packet(mode=4, poll=0, precision=32), 123))
    yield normal("v3", "client and server, stratum 1 with its source",
                 ask(ntp_packet(version=3), 123),
                 reply(ntp_packet(0, 3, 4, 1, reference=b"GPS\0",
                                  times=(now - 9, now, now, now)), 123))
    yield normal("modes", "symmetric, broadcast, over IPv6",
                 b.eth_udp(ntp_packet(mode=1, stratum=2), 123, 123),
                 b.eth_udp(ntp_packet(mode=2, stratum=2), 123, 123),
                 b.eth_udp(ntp_packet(mode=5, stratum=1), 123, 123),
                 b.eth_udp6(ntp_packet(), 123, 123))
    control = h("16 01 0001 0000 0000 0000 0000")
    yield unusual("control", "mode 6: read status and read variables; mode 7: "
                  "monitor list", ask(control, 123),
                  reply(h("16 82 0002 0615 0000 0000 0010") +
                        b'version="ntpd 4"', 123),
                  ask(h("17 00 03 2a 0000 0000") + bytes(40), 123))
    yield unusual("kiss", "kiss of death RATE and DENY; leap second; alarm; "
                  "stratum 16",
                  *(reply(ntp_packet(3, 4, 4, 0, reference=code), 123)
                    for code in (b"RATE", b"DENY")),
                  reply(ntp_packet(1, 4, 4, 1, reference=b"PPS\0"), 123),
                  reply(ntp_packet(3, 4, 4, 16), 123))
    yield unusual("authenticated", "MD5 and SHA-1 keys, crypto NAK, "
                  "extension fields (NTS)",
                  ask(ntp_packet() + be("I", 1) + bytes(16), 123),
                  ask(ntp_packet() + be("I", 2) + bytes(20), 123),
                  reply(ntp_packet(mode=4, stratum=2) + bytes(4), 123),
                  ask(ntp_packet() + be("HH", 0x0104, 36) + bytes(32) +
                      be("HH", 0x0204, 28) + bytes(24), 123))
    yield unusual("versions", "1, 2 and 5; the time of 2036 and later",
                  *(ask(ntp_packet(version=n), 123) for n in (1, 2, 5)),
                  ask(ntp_packet(times=(0, 0, 0, 5)), 123))
    yield malformed("cut", "0, 1, 12 and 47 bytes; control with a count "
                    "beyond",
                    *(ask(ntp_packet()[:n], 123) for n in (0, 1, 12, 47)),
                    ask(h("16 02 0001 0000 0000 0000 ffff") + b"abc", 123))
    yield malformed("values", "version 0, mode 0, reference with terminal "
                    "escapes, extension of length 0 and beyond; noise",
                    ask(ntp_packet(version=0, mode=0), 123),
                    reply(ntp_packet(mode=4, stratum=1,
                                     reference=b"\x1b[2J"), 123),
                    ask(ntp_packet() + h("01040000") + bytes(32), 123),
                    ask(ntp_packet() + h("0104ffff") + bytes(32), 123),
                    ask(b"not a time server at all", 123))


# --- SNMP: what BER makes of it ---------------------------------------------
def ber(tag, *parts, length=None, wide=False):
    data = b"".join(parts)
    length = len(data) if length is None else length
    if wide or length > 255:
        return be("BBH", tag, 0x82, length) + data
    if length > 127:
        return be("BBB", tag, 0x81, length) + data
    return be("BB", tag, length) + data


def integer(value, tag=2):
    size = value.bit_length() // 8 + 1
    return ber(tag, value.to_bytes(size, "big", signed=True))


def text(value):
    return ber(4, value)


OID = ber(6, h("2b06010201010300"))  # sysUpTime.0
DESCRIPTION = ber(6, h("2b06010201010100"))
NOTHING = ber(5)
ENGINE = h("80001f8804") + b"corpus"


def binding(value, oid=OID):
    return ber(0x30, oid, value)


def pdu(tag, *bindings, ident=1234, error=0, index=0):
    return ber(tag, integer(ident), integer(error), integer(index),
               ber(0x30, *bindings))


def community(version, body, name=b"public"):
    return ber(0x30, integer(version), text(name), body)


def v3(flags, scoped, user=b"", engine=ENGINE, auth=b"",
       privacy=b""):
    security = ber(0x30, text(engine), integer(1), integer(600), text(user),
                   text(auth), text(privacy))
    return ber(0x30, integer(3), ber(
        0x30, integer(77), integer(65507), ber(4, be("B", flags)),
        integer(3)), ber(4, security), scoped)


def snmp():
    scoped = ber(0x30, text(ENGINE), text(b""),
                 pdu(0xA0, binding(NOTHING)))
    yield normal("v1", "get, response, get-next, set, trap", *snmp_v1())
    yield normal("v2c", "get-bulk, response with all types, inform, trap",
                 *snmp_v2c())
    yield normal("v3", "discovery, authenticated, encrypted",
                 ask(v3(4, scoped, engine=b""), 161),
                 ask(v3(5, scoped, b"admin", auth=bytes(12)), 161),
                 ask(v3(7, text(bytes(range(48))), b"admin", auth=bytes(12),
                        privacy=bytes(8)), 161))
    yield unusual("errors", "noSuchName; noSuchObject, endOfMibView",
                  reply(community(0, pdu(0xA2, binding(NOTHING), error=2,
                                         index=1)), 161),
                  reply(community(1, pdu(0xA2, binding(ber(0x80)),
                                         binding(ber(0x82)))), 161))
    yield unusual("long-lengths", "lengths in more bytes than they need; "
                  "empty community; community with terminal escapes",
                  ask(ber(0x30, integer(1), text(b"public"),
                          pdu(0xA0, binding(NOTHING)), wide=True), 161),
                  ask(community(1, pdu(0xA0, binding(NOTHING)), b""), 161),
                  ask(community(1, pdu(0xA0, binding(NOTHING)),
                                b"\x1b[2J\x07\x00"), 161))
    whole = community(1, pdu(0xA0, binding(NOTHING)))
    yield malformed("lengths", "beyond the packet, of 127 bytes, indefinite; "
                    "an inner one beyond the outer",
                    ask(ber(0x30, whole[2:], length=0xFF), 161),
                    ask(h("30ff") + whole[2:], 161),
                    ask(h("3080") + whole[2:], 161),
                    ask(ber(0x30, integer(1), h("047f") + b"public"), 161))
    yield malformed("cut", "0, 1, 2, 6 and 20 bytes",
                    *(ask(whole[:n], 161) for n in (0, 1, 2, 6, 20)))
    yield malformed("types", "version 9, version of 9 bytes, a community that "
                    "is a number, PDU 0xAF; noise",
                    ask(community(9, pdu(0xA0, binding(NOTHING))), 161),
                    ask(ber(0x30, ber(2, bytes(9)), text(b"public")), 161),
                    ask(ber(0x30, integer(1), integer(5)), 161),
                    ask(community(1, pdu(0xAF, binding(NOTHING))), 161),
                    ask(b"hello agent", 161))


def snmp_v1():
    yield ask(community(0, pdu(0xA0, binding(NOTHING))), 161)
    yield reply(community(0, pdu(0xA2, binding(integer(123456, 0x43)))), 161)
    yield ask(community(0, pdu(0xA1, binding(NOTHING))), 161)
    yield ask(community(0, pdu(0xA3, binding(text(b"new"), DESCRIPTION)),
                        b"private"), 161)
    yield ask(community(0, ber(0xA4, ber(6, h("2b060104018f65")),
                               ber(0x40, b.A4), integer(6), integer(1),
                               integer(4242, 0x43), ber(0x30))), 162)


def snmp_v2c():
    values = [integer(-5), text(b"Example OS"), NOTHING,
              ber(6, h("2b060104018f65")), ber(0x40, b.A4),
              integer(2**32 - 1, 0x41), integer(7, 0x42), ber(0x44, b"x"),
              integer(2**63 - 1, 0x46)]
    yield ask(community(1, pdu(0xA5, binding(NOTHING), index=10)), 161)
    yield reply(community(1, pdu(0xA2, *map(binding, values))), 161)
    yield ask(community(1, pdu(0xA6, binding(integer(1, 0x43)))), 162)
    yield ask(community(1, pdu(0xA7, binding(integer(1, 0x43)))), 162)


# --- RADIUS -----------------------------------------------------------------
def radius_packet(code, attributes, ident=5, length=None):
    length = 20 + len(attributes) if length is None else length
    return be("BBH", code, ident, length) + bytes(range(16)) + attributes


def attribute(kind, value, length=None):
    length = 2 + len(value) if length is None else length
    return be("BB", kind, length) + value


def vendor(number, kind, value):
    return attribute(26, be("I", number) + attribute(kind, value))


def radius():
    login = attribute(1, b"user@example.org") + attribute(2, bytes(16)) + \
        attribute(4, b.A4) + attribute(5, be("I", 7)) + \
        attribute(61, be("I", 15)) + attribute(31, b"02-00-00-00-00-01")
    eap = attribute(79, h("0201000901") + b"user") + attribute(80, bytes(16))
    yield normal("access", "request, challenge with EAP, accept, reject",
                 ask(radius_packet(1, login), 1812),
                 reply(radius_packet(11, eap + attribute(24, b"state")),
                       1812),
                 reply(radius_packet(2, attribute(6, be("I", 2)) +
                                     attribute(8, b.A4) +
                                     attribute(27, be("I", 3600))), 1812),
                 reply(radius_packet(3, attribute(18, b"sorry")), 1812))
    yield normal("accounting", "start, interim, stop, response",
                 *(ask(radius_packet(4, attribute(40, be("I", n)) +
                                     attribute(44, b"0001") +
                                     attribute(42, be("I", 1000 * n))), 1813)
                   for n in (1, 3, 2)), reply(radius_packet(5, b""), 1813))
    yield normal("vendor", "attributes of vendors, tunnel with tag, IPv6",
                 reply(radius_packet(2, vendor(9, 1, b"shell:priv-lvl=15") +
                                     vendor(311, 16, bytes(18)) +
                                     attribute(64, h("0100000d")) +
                                     attribute(81, h("01") + b"100") +
                                     attribute(97, h("0040") + b.A6)), 1812))
    yield unusual("others", "status, disconnect, change of authorization, "
                  "old port 1645, code 200; change of authorization on Cisco's "
                  "port",
                  ask(radius_packet(12, b""), 1812),
                  ask(radius_packet(40, attribute(1, b"user")), 3799),
                  ask(radius_packet(43, attribute(1, b"user")), 3799),
                  ask(radius_packet(1, login), 1645),
                  ask(radius_packet(200, b""), 1812),
                  ask(radius_packet(43, attribute(1, b"user")), 1700))
    yield unusual("padded", "bytes behind the length; extended attribute 241; "
                  "unknown 250",
                  ask(radius_packet(1, login) + b"padding", 1812),
                  ask(radius_packet(1, attribute(241, h("01") + b"x") +
                                    attribute(250, b"y")), 1812))
    yield unusual("escapes", "terminal escapes in user name and message",
                  ask(radius_packet(1, attribute(1, b"\x1b[2J\x07\0u")), 1812),
                  reply(radius_packet(3, attribute(18, b"\x1b]0;x\x07\r\n")),
                        1812))
    yield malformed("length", "0, 19, beyond the packet, 65535",
                    *(ask(radius_packet(1, login, length=n), 1812)
                      for n in (0, 19, 999, 65535)))
    yield malformed("attributes", "lengths 0, 1, beyond; half an attribute; "
                    "address of 3 bytes; vendor of 2 and its inner beyond",
                    *(ask(radius_packet(1, data), 1812) for data in
                      (attribute(1, b"user", 0), attribute(1, b"user", 1),
                       attribute(1, b"user", 255), h("01"),
                       attribute(4, b.A4[:3]), attribute(26, h("0000")),
                       attribute(26, be("I", 9) + h("01ff41")))))
    yield malformed("cut", "0, 1, 4 and 19 bytes; noise",
                    *(ask(radius_packet(1, b"")[:n], 1812)
                      for n in (0, 1, 4, 19)), ask(b"no radius", 1812))


PROTOCOLS = [ntp, snmp, radius]
