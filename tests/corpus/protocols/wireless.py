# SPDX-License-Identifier: BSD-2-Clause
"""802.11 frames, bare and behind radiotap headers."""

import build as b
from build import be, h, le, malformed, normal, unusual

WIFI, RADIOTAP = 105, 127
STATION, ACCESS_POINT, SERVER = b.MAC_A, b.MAC_B, h("020000000003")
FLAGS, RATE, CHANNEL, SIGNAL, NOISE = 1 << 1, 1 << 2, 1 << 3, 1 << 5, 1 << 6
TSFT, ANTENNA, MCS, AMPDU, VHT = 1, 1 << 11, 1 << 19, 1 << 20, 1 << 21
MORE_VENDOR, MORE = 1 << 30, 1 << 31
TO_DS, FROM_DS, RETRY, PROTECTED, ORDER = 1, 2, 8, 0x40, 0x80


def frame(kind, subtype, addresses, body=b"", flags=0, sequence=0x10,
          duration=44, version=0):
    first, second, third, *fourth = addresses
    return le("BBH", subtype << 4 | kind << 2 | version, flags, duration) + \
        first + second + third + le("H", sequence) + b"".join(fourth) + body


def element(kind, value):
    return b.tlv(kind, value)


def beacon(ssid=b"corpus", extra=b""):
    fixed = le("QHH", 123456789, 100, 0x0431)
    body = fixed + element(0, ssid) + element(1, h("82848b960c121824")) + \
        element(3, h("06")) + element(5, h("00010000")) + extra
    return frame(0, 8, (b.BROADCAST, ACCESS_POINT, ACCESS_POINT), body)


RSN = element(48, h("0100000fac040100000fac040100000fac020000"))


def llc(packet, kind=0x0800):
    return h("aaaa03000000") + be("H", kind) + packet


def data_addresses():
    return ACCESS_POINT, STATION, SERVER


def wifi():
    yield normal("beacon", "open, WPA2 (RSN), hidden network name",
                 beacon(), beacon(extra=RSN), beacon(ssid=b""), link=WIFI)
    yield normal("management", "probe request and response, authentication, "
                 "association request and response, deauthentication",
                 *management(), link=WIFI)
    yield normal("codes", "disassociation; refused; challenge; SAE; block "
                 "acks and another action; association with privacy; a reason "
                 "without a name; the same protected", *codes(), link=WIFI)
    yield normal("data", "data to and from the distribution system, QoS data",
                 frame(2, 0, data_addresses(), llc(b.ping()), TO_DS),
                 frame(2, 0, (STATION, ACCESS_POINT, SERVER),
                       llc(b.ping6(), 0x86DD), FROM_DS),
                 frame(2, 8, data_addresses(), h("0500") + llc(b.ping()),
                       TO_DS), link=WIFI)
    yield normal("control", "acknowledgement, RTS, CTS, PS-poll, block ack "
                 "request and block ack", *control(), link=WIFI)
    yield unusual("four-addresses", "between access points, with QoS",
                  frame(2, 0, (*data_addresses(), b.MAC_B), llc(b.ping()),
                        TO_DS | FROM_DS),
                  frame(2, 8, (*data_addresses(), b.MAC_B),
                        h("0000") + llc(b.ping()), TO_DS | FROM_DS),
                  link=WIFI)
    yield unusual("protected", "CCMP data, QoS data, WEP",
                  frame(2, 0, data_addresses(), h("0100002000000000") +
                        bytes(range(40)), TO_DS | PROTECTED),
                  frame(2, 8, data_addresses(), h("0000 0200002000000000") +
                        bytes(range(40)), TO_DS | PROTECTED),
                  frame(2, 0, data_addresses(), h("01020300") +
                        bytes(range(30)), TO_DS | PROTECTED), link=WIFI)
    yield unusual("no-data", "null, QoS null, fragments, retry",
                  frame(2, 4, data_addresses(), b"", TO_DS | 0x10),
                  frame(2, 12, data_addresses(), h("0000"), TO_DS),
                  frame(2, 0, data_addresses(), llc(b.ping()[:20]),
                        TO_DS | 4, 0x20),
                  frame(2, 0, data_addresses(), b.ping()[20:],
                        TO_DS | RETRY, 0x21), link=WIFI)
    yield unusual("ht-control", "the order bit: four bytes of HT control",
                  frame(2, 8, data_addresses(), h("0000 01020304") +
                        llc(b.ping()), TO_DS | ORDER), link=WIFI)
    yield unusual("a-msdu", "two frames in one, both with Ethernet addresses",
                  frame(2, 8, data_addresses(), h("8000") + a_msdu(), TO_DS),
                  link=WIFI)
    yield unusual("ssid-escapes", "a network name of terminal escapes, one "
                  "that is not UTF-8", beacon(b"\x1b[2J\x07\x00red\x9b31m"),
                  beacon(b"\xff\xfe\xc0\x80"), link=WIFI)
    yield malformed("elements", "an element beyond the end, half an element, "
                    "a name of 255 bytes", beacon(extra=h("dd20001122")),
                    beacon(extra=h("dd")), beacon(ssid=b"x" * 255), link=WIFI)
    whole = frame(2, 8, (*data_addresses(), b.MAC_B), h("0000"), 3)
    yield malformed("no-codes", "no reason; half a status; no action; no key",
                    *no_codes(), link=WIFI)
    yield malformed("cut", "frames that end in the header: 1, 2, 9, 10, 23, "
                    "29 and 31 bytes",
                    *(whole[:n] for n in (1, 2, 9, 10, 23, 29, 31)),
                    link=WIFI)
    yield malformed("reserved", "protocol version 3, type 3, subtype 15",
                    frame(0, 8, data_addresses(), bytes(20), version=3),
                    frame(3, 0, data_addresses(), bytes(20)),
                    frame(0, 15, data_addresses(), bytes(20)),
                    frame(2, 13, data_addresses(), bytes(20)), link=WIFI)


def management():
    path = (ACCESS_POINT, STATION, ACCESS_POINT)
    back = (STATION, ACCESS_POINT, ACCESS_POINT)
    rates = element(1, h("82848b96"))
    name = element(0, b"corpus")
    yield frame(0, 4, (b.BROADCAST, STATION, b.BROADCAST),
                element(0, b"") + rates)
    yield frame(0, 5, back, le("QHH", 1, 100, 0x0401) + name + rates)
    yield frame(0, 11, path, le("HHH", 0, 1, 0))
    yield frame(0, 0, path, le("HH", 0x0401, 10) + name + rates)
    yield frame(0, 1, back, le("HHH", 0x0401, 0, 0xC001) + rates)
    yield frame(0, 12, back, le("H", 7))


def codes():
    path = (ACCESS_POINT, STATION, ACCESS_POINT)
    yield frame(0, 10, path, le("H", 8))
    yield frame(0, 11, path, le("HHH", 0, 2, 17))
    yield frame(0, 11, path, le("HHH", 1, 2, 0) + element(16, bytes(8)))
    yield frame(0, 11, path, le("HHH", 3, 1, 76) + bytes(4))
    for action in range(3):
        yield frame(0, 13, path, le("BB", 3, action) + bytes(4))
    yield frame(0, 13, path, le("BBBB", 7, 1, 0, 0))
    yield frame(0, 13, path, le("BB", 99, 2))
    yield frame(0, 3, path, le("HHH", 0x0411, 0, 0xC00B))
    yield frame(0, 12, path, le("H", 999))
    yield frame(0, 12, path, h("0100002000000000") + bytes(10), PROTECTED)


def no_codes():
    path = (ACCESS_POINT, STATION, ACCESS_POINT)
    yield frame(0, 12, path)
    yield frame(0, 11, path, le("HHB", 0, 1, 0))
    yield frame(0, 13, path, h("03"))
    yield frame(2, 0, data_addresses(), h("010203"), TO_DS | PROTECTED)


def control():
    yield h("d4000000") + STATION
    yield h("b4007c00") + ACCESS_POINT + STATION
    yield h("c4005000") + STATION
    yield h("a40001c0") + ACCESS_POINT + STATION
    yield h("84003200") + ACCESS_POINT + STATION + le("HH", 4, 0x100)
    yield h("94003200") + STATION + ACCESS_POINT + le("HHQ", 4, 0x100, 255)


def a_msdu():
    parts = b""
    for packet, kind in ((b.ping(), 0x0800), (b.ping6(), 0x86DD)):
        inner = llc(packet, kind)
        parts += bytes(-len(parts) % 4) + SERVER + STATION + \
            be("H", len(inner)) + inner
    return parts


def tap(present, fields, packet=None, version=0, length=None):
    words = present if isinstance(present, tuple) else (present,)
    body = b"".join(le("I", word) for word in words) + fields
    length = 4 + len(body) if length is None else length
    packet = h("d4000000") + STATION if packet is None else packet
    return le("BBH", version, 0, length) + body + packet


def radiotap():
    usual = TSFT | FLAGS | RATE | CHANNEL | SIGNAL | ANTENNA
    fields = le("QBBHHbB", 987654321, 0, 12, 2437, 0x00A0, -42, 1)
    yield normal("usual", "time, flags, rate, channel, signal, antenna",
                 tap(usual, fields, beacon()),
                 tap(usual, fields, frame(2, 0, data_addresses(),
                                          llc(b.ping()), TO_DS)),
                 link=RADIOTAP)
    yield normal("rates", "MCS; A-MPDU and VHT", *rates(), link=RADIOTAP)
    yield normal("decibels", "quality and signals of older adapters; 802.11n "
                 "with its rate, without", *decibels(), link=RADIOTAP)
    yield normal("empty", "no field at all", tap(0, b""), link=RADIOTAP)
    yield unusual("several-words", "signal of three antennas in three present "
                  "words", tap((usual | SIGNAL | MORE | 1 << 29,
                                SIGNAL | ANTENNA | MORE | 1 << 29,
                                SIGNAL | ANTENNA),
                               bytes(4) + fields + le("bBbB", -45, 0, -50, 1),
                               beacon()), link=RADIOTAP)
    yield unusual("vendor", "a vendor's namespace that must be skipped",
                  tap((RATE | MORE | MORE_VENDOR, 1 | 1 << 29 | MORE, SIGNAL),
                      h("0c00") + h("001122 05 0400 aabbccdd") +
                      le("b", -60)), link=RADIOTAP)
    yield unusual("fcs", "a frame check sequence behind the frame, and one "
                  "that is said to be bad",
                  tap(FLAGS, h("10"), beacon() + h("01020304")),
                  tap(FLAGS, h("50"), beacon() + h("01020304")),
                  link=RADIOTAP)
    yield unusual("data-pad", "two bytes between header and body of QoS data",
                  tap(FLAGS, h("20"), frame(2, 8, data_addresses(),
                                            h("0000") + h("0000") +
                                            llc(b.ping()), TO_DS)),
                  link=RADIOTAP)
    yield unusual("padding", "a header longer than its fields, alignment",
                  tap(RATE | CHANNEL, h("0c00") + le("HH", 5180, 0x140) +
                      bytes(12), beacon()),
                  tap(TSFT, bytes(0) + le("Q", 5)), link=RADIOTAP)
    yield malformed("length", "header lengths 0, 4, 7 and beyond the packet",
                    *(tap(usual, fields, length=n) for n in (0, 4, 7, 999)),
                    link=RADIOTAP)
    yield malformed("fields", "fields that are present and not there; present "
                    "words without an end",
                    tap(usual, fields[:5]),
                    tap((MORE,) * 8, b"", length=36),
                    tap((MORE,) * 100, b""), link=RADIOTAP)
    yield malformed("version", "version 1; packets of 0, 3 and 7 bytes",
                    tap(usual, fields, version=1), b"",
                    tap(usual, fields)[:3], tap(usual, fields)[:7],
                    link=RADIOTAP)


def decibels():
    yield tap(CHANNEL | 1 << 7 | ANTENNA | 1 << 12 | 1 << 13,
              le("HHHBBB", 2412, 0x00A0, 88, 0, 43, 7))
    for mcs in ("070000", "07040f", "070507", "070220", "020009"):
        yield tap(CHANNEL | ANTENNA | MCS,
                  le("HHB", 2427, 0x0480, 1) + h(mcs))


def rates():
    yield tap(MCS, h("070f0f"), beacon())
    yield tap(AMPDU | VHT, le("IHBB", 99, 0, 0, 0) +
              le("HBB", 0x0044, 4, 4) + h("92000000 00 00 0000"), beacon())


PROTOCOLS = [wifi, radiotap]
