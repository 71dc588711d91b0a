# SPDX-License-Identifier: BSD-2-Clause
"""TCP, UDP, UDP-Lite, SCTP and the headers of QUIC."""

import zlib

import build as b
from build import be, cut, h, malformed, normal, unusual

FIN, SYN, RST, PSH, ACK, URG, ECE, CWR, AE = (1 << n for n in range(9))
MSS, WSCALE, SACK_OK = h("020405b4"), h("01030307"), h("0402")
TIMES = h("080a") + be("II", 1000, 0)
SYN_OPTIONS = MSS + SACK_OK + TIMES + WSCALE
HERE, THERE = b.CLIENT, 5001  # ports of no application
DCCP, SCTP, UDPLITE = 33, 132, 136


def out(payload=b"", flags=ACK, **how):
    return b.eth_tcp(payload, HERE, THERE, flags=flags, **how)


def back(payload=b"", flags=ACK, **how):
    return b.eth_tcp(payload, THERE, HERE, src=b.B4, dst=b.A4, flags=flags,
                     **how)


def stamps(value, echo):
    return h("0101080a") + be("II", value, echo)


def tcp_options(text):
    data = h(text)
    return out(flags=SYN, options=data + bytes(-len(data) % 4))


def tcp():
    yield normal("handshake", "SYN with MSS, SACK, timestamps, window scale; "
                 "SYN ACK, ACK, data, FIN", *b.in_order(handshake()))
    yield normal("ipv6", "data over IPv6",
                 b.eth_tcp6(b"hello", HERE, THERE, flags=PSH | ACK))
    yield normal("reset", "RST, RST ACK, with a reason as data",
                 *b.apart([out(flags=RST), back(flags=RST | ACK),
                           back(b"No tcp here", RST | ACK)]))
    yield normal("sack", "one, two and three blocks; D-SACK",
                 *b.apart(back(options=sack(blocks)) for blocks in (
                     [(2500, 3000)], [(2500, 3000), (4000, 5000)],
                     [(2500, 3000), (4000, 5000), (6000, 7000)],
                     [(1500, 2000), (2500, 3000)])))
    yield unusual("fast-open", "cookie request, cookie with data, the "
                  "experimental kind",
                  *b.apart([tcp_options("2202"),
                            out(b"early data", SYN, options=h(
                                "220a0102030405060708 0101")),
                            tcp_options("fe0cf989 0102030405060708")]))
    yield unusual("mptcp", "capable (version 1), join, DSS, add address, "
                  "remove address, fast close", *b.apart(mptcp()))
    yield unusual("mptcp-more", "keys with checksums, and with a length of "
                  "data; answers to join; DSS of 8 bytes, with FIN, alone; "
                  "addresses of IPv6, with ports, echoed, of version 0; "
                  "priority, failure, reset, an experiment",
                  *b.apart(mptcp_more()))
    yield malformed("mptcp-lengths", "subtypes that are too short or too long",
                    *b.apart(out(options=pad(h(text))) for text in MPTCP_BAD))
    yield unusual("accurate-ecn", "AccECN SYN with AE CWR ECE; SYN ACK; ECE, "
                  "CWR, the counter options",
                  *b.in_order(accurate_ecn()))
    yield unusual("urgent", "urgent data, urgent pointer without flag",
                  *b.apart([out(b"abc!", URG | ACK | PSH, urgent=4),
                            out(b"abc", ACK, urgent=99)]))
    yield unusual("other-options", "MD5 signature, TCP-AO, user timeout, "
                  "kind 100, NOPs, end before the end",
                  *b.apart(map(tcp_options, (
                      "1312" + "ab" * 16, "1d10 0102" + "cd" * 12,
                      "1c048005", "6404abcd", "01010101",
                      "00020405b4ffff00"))))
    yield unusual("flags", "null, Christmas tree, SYN FIN, all bits with the "
                  "reserved ones",
                  *b.apart(out(flags=bits) for bits in (
                      0, FIN | PSH | URG, SYN | FIN, 0xFFF)))
    yield unusual("window", "window 0, its probe and its answer; keepalive",
                  back(window=0, seq=2000, ack=1000),
                  out(b"x", ACK, seq=1000, ack=2000),
                  out(b"\0", ACK, seq=999, ack=2000))
    yield unusual("sequence", "numbers that wrap around 2^32",
                  out(b"12345678", PSH | ACK, seq=2**32 - 4),
                  out(b"9", PSH | ACK, seq=4))
    yield unusual("snapped", "a snap length ends in ports, header, options "
                  "and data",
                  *(cut(out(b"data" * 9, options=stamps(1, 2), seq=n * 99), n)
                    for n in (37, 45, 60, 70)))
    yield malformed("checksum", "a wrong checksum; the sum of the pseudo "
                    "header alone, as offloading leaves it",
                    out(b"data", check=0xBAD0),
                    out(b"data", check=b.checksum(
                        b.pseudo(b.A4, b.B4, 6, 24)) ^ 0xFFFF))
    yield malformed("offset", "data offsets 0, 4 and 15 with no such bytes",
                    *b.apart(out(b"data", offset=n) for n in (0, 4, 15)))
    yield malformed("option-length", "0, 1, beyond the header, MSS of 3, "
                    "SACK of 9, timestamps of 4, kind without length",
                    *b.apart(map(tcp_options, (
                        "0200", "0201", "02280102", "02030500",
                        "0509000000000000000000", "08040102", "01010102"))))
    yield malformed("cut", "the IP packet ends: 1, 4, 13 and 19 bytes",
                    *(b.eth4(b.tcp(b"", HERE, THERE)[:n], 6)
                      for n in (1, 4, 13, 19)))
    yield unusual("ports", "port 0 on both sides", b.eth_tcp(b"data", 0, 0))


def handshake():
    yield out(flags=SYN, options=SYN_OPTIONS, window=64240)
    yield back(flags=SYN | ACK, window=65160, options=MSS + SACK_OK +
               h("080a") + be("II", 9000, 1000) + WSCALE)
    yield out(options=stamps(1001, 9000))
    yield out(b"hello\n", PSH | ACK, options=stamps(1002, 9000))
    yield back(options=stamps(9002, 1002))
    yield out(flags=FIN | ACK, options=stamps(1003, 9002))


def sack(blocks):
    data = b"".join(be("II", *block) for block in blocks)
    return h("0101") + b.tlv(5, data, extra=2)


def accurate_ecn():
    yield out(flags=AE | CWR | ECE | SYN, options=MSS)
    yield back(flags=CWR | SYN | ACK, options=MSS)
    yield out(flags=ACK | ECE)
    yield out(b"data", ACK | CWR | PSH)
    yield back(options=h("ac0b 000001 000002 000003 00"))


def mptcp():
    yield out(flags=SYN, options=MSS + h("1e0401 01"))
    yield out(options=h("1e1401 01") + bytes(range(16)))
    yield out(flags=SYN, options=h("1e0c10 02 11223344 55667788"))
    yield out(b"data", PSH | ACK,
              options=h("1e12 2005") + be("I", 7) + be("IIH", 9, 1, 4) +
              h("0101"))
    yield out(options=h("1e1030 02 c0000207") + bytes(range(8)))
    yield out(options=h("1e0440 02"))
    yield out(options=h("1e0c70 00") + bytes(range(8)))


def pad(option):
    return option + b"\1" * (-len(option) % 4)


def mptcp_more():
    key, address6 = "0102030405060708", "20010db8000000000000000000000007"
    for text in ("1e0c0081" + key, "1e160181" + key * 2 + "0064",
                 "1e181181" + key * 2 + "00640bad", "1e101105" + key + "55667788",
                 "1e181000" + "ab" * 20, "1e1c200f" + key * 2 + "00000009 0064 0bad",
                 "1e142014 00000009 00000000 0001 0bad", "1e082001 00000007",
                 "1e0c2003" + key, "1e1a2007" + key + "00000008 00000009 0001",
                 "1e0a3106 c0000207 1f90", "1e083105 c0000207",
                 "1e083402 c0000207", "1e0a3402 c0000207 1f90",
                 "1e123007 c0000207 1f90" + key, "1e1c3008" + address6 + key,
                 "1e1e3008" + address6 + "1f90" + key, "1e143108" + address6,
                 "1e163608" + address6 + "1f90", "1e064001 0203",
                 "1e0350", "1e0451 09", "1e0c6000" + key, "1e048103",
                 "1e04f001"):
        yield out(options=pad(h(text)))


MPTCP_BAD = ("1e02", "1e0300", "1e050001aa", "1e0d0081" + "01" * 9,
             "1e031000", "1e0610020102", "1e0320", "1e06200f0102",
             "1e092001 00000007 00", "1e0430 02", "1e073002 c00002", "1e0340",
             "1e055109 00", "1e046000", "1e0670000102", "1e0380", "1e056000aa")


def udp():
    yield normal("plain", "over IPv4 and IPv6, and empty",
                 b.eth_udp(b"hello", HERE, THERE),
                 b.eth_udp6(b"hello", HERE, THERE),
                 b.eth_udp(b"", HERE, THERE))
    yield unusual("no-checksum", "0: none was made", b.eth_udp(
        b"hello", HERE, THERE, check=0))
    yield unusual("trailer", "a length below that of the IP packet, as UDP "
                  "options have it",
                  b.eth_udp(b"hello" + h("0103 02000000"), HERE, THERE,
                            length=13, check=0))
    yield unusual("ports", "0, 65535, the same on both sides; discard",
                  b.eth_udp(b"x", 0, 65535), b.eth_udp(b"x", 7, 7),
                  b.eth_udp(b"x", HERE, 9))
    yield unusual("jumbo", "length 0 in a jumbogram is left to IPv6; here it "
                  "has none", b.eth_udp6(b"hello", HERE, THERE, length=0))
    yield unusual("snapped", "a snap length ends in header and data",
                  cut(b.eth_udp(b"hello world", HERE, THERE), 38),
                  cut(b.eth_udp(b"hello world", HERE, THERE), 46))
    yield malformed("checksum", "wrong; 0 over IPv6, where it is forbidden",
                    b.eth_udp(b"hello", HERE, THERE, check=0xBAD0),
                    b.eth_udp6(b"hello", HERE, THERE, check=0))
    yield malformed("length", "0, 7, beyond the IP packet, 65535",
                    *(b.eth_udp(b"hello", HERE, THERE, length=n)
                      for n in (0, 7, 14, 65535)))
    yield malformed("cut", "the IP packet ends: 0, 3, 4 and 7 bytes",
                    *(b.eth4(b.udp(b"", HERE, THERE)[:n], 17)
                      for n in (0, 3, 4, 7)))


def lite(payload, coverage, check=None, src=b.A4, dst=b.B4):
    data = be("HHHH", HERE, THERE, coverage, 0) + payload
    if check is None:
        covered = data[:coverage or len(data)]
        check = b.checksum(b.pseudo(src, dst, UDPLITE, len(data)) + covered)
    return data[:6] + be("H", check) + data[8:]


def udplite():
    yield normal("whole", "coverage 0 and the length: all of it",
                 b.eth4(lite(b"hello world", 0), UDPLITE),
                 b.eth4(lite(b"hello world", 19), UDPLITE))
    yield normal("header", "coverage 8: the header alone; over IPv6",
                 b.eth4(lite(b"hello world", 8), UDPLITE),
                 b.eth6(lite(b"hello", 8, None, b.A6, b.B6), UDPLITE))
    yield unusual("partial", "coverage 12", b.eth4(lite(b"hello world", 12),
                                                   UDPLITE))
    yield malformed("coverage", "1 and 7 (forbidden), beyond the packet",
                    *(b.eth4(lite(b"hello world", n), UDPLITE)
                      for n in (1, 7, 20, 65535)))
    yield malformed("checksum", "wrong; 0, which is forbidden; cut",
                    b.eth4(lite(b"hello", 0, 0xBAD0), UDPLITE),
                    b.eth4(lite(b"hello", 0, 0), UDPLITE),
                    b.eth4(lite(b"", 0)[:5], UDPLITE))


def crc32c(data):
    crc = 2**32 - 1
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ 0x82F63B78 * (crc & 1)
    return crc ^ 2**32 - 1


def chunk(kind, value, flags=0, length=None):
    length = 4 + len(value) if length is None else length
    return be("BBH", kind, flags, length) + value + bytes(-len(value) % 4)


def sctp_packet(*chunks, tag=0x1234, check=None):
    data = be("HHII", HERE, THERE, tag, 0) + b"".join(chunks)
    check = crc32c(data) if check is None else check
    return data[:8] + check.to_bytes(4, "little") + data[12:]


def sctp4(*chunks, **how):
    return b.eth4(sctp_packet(*chunks, **how), SCTP)


def parameter(kind, value, length=None):
    length = 4 + len(value) if length is None else length
    return be("HH", kind, length) + value + bytes(-len(value) % 4)


def data_chunk(payload, tsn=1, flags=3, **how):
    return chunk(0, be("IHHI", tsn, 0, 0, 46) + payload, flags, **how)


def sctp():
    fixed = be("IIHHI", 0xABCD, 65535, 10, 10, 1)
    cookie = parameter(7, b"cookie!!")
    yield normal("association", "INIT with addresses, INIT ACK, COOKIE ECHO, "
                 "COOKIE ACK",
                 sctp4(chunk(1, fixed + parameter(5, b.A4) +
                             parameter(6, b.A6) +
                             parameter(12, h("00050006")) +
                             parameter(0x8008, h("c1808200")) +
                             parameter(0xC000, b"")), tag=0),
                 sctp4(chunk(2, fixed + cookie)),
                 sctp4(chunk(10, b"cookie!!")), sctp4(chunk(11, b"")))
    yield normal("data", "whole message, first and last part, SACK with a gap "
                 "and a duplicate",
                 sctp4(data_chunk(b"hello")),
                 sctp4(data_chunk(b"first", 2, 2)),
                 sctp4(data_chunk(b"last", 3, 1)),
                 sctp4(chunk(3, be("IIHHHHI", 3, 65535, 1, 1, 2, 3, 1))))
    yield normal("life", "HEARTBEAT, its ACK, SHUTDOWN, ACK, COMPLETE",
                 sctp4(chunk(4, parameter(1, b"whenever"))),
                 sctp4(chunk(5, parameter(1, b"whenever"))),
                 sctp4(chunk(7, be("I", 3))), sctp4(chunk(8, b"")),
                 sctp4(chunk(14, b"", 1)))
    yield normal("abort", "ABORT with a cause, ERROR, T bit",
                 sctp4(chunk(6, parameter(12, b"bye!"))),
                 sctp4(chunk(9, parameter(1, h("00070000")))),
                 sctp4(chunk(6, b"", 1)))
    yield unusual("bundled", "SACK and two messages in one packet; over IPv6",
                  sctp4(chunk(3, be("IIHH", 3, 65535, 0, 0)),
                        data_chunk(b"one", 4), data_chunk(b"two", 5)),
                  b.eth6(sctp_packet(data_chunk(b"hello")), SCTP))
    yield unusual("other-chunks", "I-DATA, FORWARD TSN, AUTH, ASCONF, PAD, "
                  "ECNE, kinds 0x3F and 0xFF",
                  sctp4(chunk(64, be("IHHII", 1, 0, 0, 1, 46) + b"x", 3)),
                  sctp4(chunk(192, be("I", 9)), chunk(15, bytes(24))),
                  sctp4(chunk(0xC1, be("I", 1) + parameter(5, b.A4))),
                  sctp4(chunk(132, bytes(6)), chunk(12, be("I", 1))),
                  sctp4(chunk(0x3F, b"?"), chunk(0xFF, b"?")))
    yield unusual("no-chunks", "the common header alone", sctp4())
    yield unusual("adler", "the checksum of RFC 2960, before CRC32c",
                  sctp4(data_chunk(b"hello"), check=int.from_bytes(be(
                      "I", zlib.adler32(sctp_packet(data_chunk(b"hello"),
                                                    check=0))), "little")))
    yield malformed("checksum", "wrong; 0, as offloading leaves it",
                    sctp4(data_chunk(b"hello"), check=0xBAD0BAD0),
                    sctp4(data_chunk(b"hello"), check=0))
    yield malformed("chunk-length", "0, 3, beyond the packet, DATA of 8, "
                    "half a chunk header",
                    *(sctp4(data_chunk(b"hello", length=n))
                      for n in (0, 3, 999, 8)), sctp4(h("0003")))
    yield malformed("parameters", "lengths 0, 2 and beyond; SACK whose "
                    "counts lie",
                    *(sctp4(chunk(1, fixed + parameter(5, b.A4, n)))
                      for n in (0, 2, 99)),
                    sctp4(chunk(3, be("IIHH", 3, 65535, 65535, 65535))))
    yield malformed("cut", "0, 3 and 11 bytes",
                    *(b.eth4(sctp_packet()[:n], SCTP) for n in (0, 3, 11)))


DCID, SCID = h("8394c8f03e515708"), h("f067a5502a4262b5")


def quic_long(version, first, body, dcid=DCID, scid=SCID):
    return be("BI", first, version) + be("B", len(dcid)) + dcid + \
        be("B", len(scid)) + scid + body


def quic_initial(version, first, token=b"", dcid=DCID, scid=SCID, size=400,
                 length=None):
    """Contents are noise: what is encrypted cannot be read either way."""
    noise = bytes(i * 7 & 255 for i in range(size))
    length = size if length is None else length
    return quic_long(version, first, be("B", len(token)) + token +
                     be("H", 0x4000 | length) + noise, dcid, scid)


def quic4(payload, dport=443):
    return b.eth_udp(payload, 50000, dport)


def quic():
    v1, v2 = 1, 0x6B3343CF
    yield normal("v1", "Initial with and without token, 0-RTT, Handshake, "
                 "Retry",
                 quic4(quic_initial(v1, 0xC3)),
                 quic4(quic_initial(v1, 0xC0, b"token", size=100)),
                 quic4(quic_long(v1, 0xD1, be("H", 0x4040) + bytes(64))),
                 quic4(quic_long(v1, 0xE1, be("H", 0x4040) + bytes(64))),
                 quic4(quic_long(v1, 0xF0, b"retry token" + bytes(16))))
    yield normal("v2", "version 2: other numbers for the same types",
                 quic4(quic_initial(v2, 0xD3, size=100)),
                 quic4(quic_long(v2, 0xF1, be("H", 0x4040) + bytes(64))))
    yield normal("negotiation", "version negotiation with three versions",
                 quic4(quic_long(0, 0x80, be("III", 1, v2, 0x1A2A3A4A))))
    yield normal("short", "short headers behind an Initial, spin bit",
                 quic4(quic_initial(v1, 0xC3, size=100)),
                 quic4(h("41") + DCID + bytes(range(40))),
                 quic4(h("61") + DCID + bytes(range(40))))
    yield unusual("coalesced", "Initial and Handshake in one datagram; a short "
                  "header of the same connection, of another",
                  quic4(quic_initial(v1, 0xC3, size=60) +
                        quic_long(v1, 0xE1, be("H", 0x4040) + bytes(64))),
                  *(quic4(quic_initial(v1, 0xC3, size=60) + h("41") + dcid +
                          bytes(range(30)), 784)
                    for dcid in (DCID, bytes(len(DCID)))))
    yield unusual("ids", "no connection ids, ids of 20 bytes, port 4433",
                  quic4(quic_initial(v1, 0xC3, b"", b"", b"", 60)),
                  quic4(quic_initial(v1, 0xC3, b"", bytes(range(20)),
                                     bytes(20), 60)),
                  quic4(quic_initial(v1, 0xC3, size=60), 4433))
    yield unusual("versions", "draft-29, Google's Q046, a greased version; "
                  "those of Google and Facebook that are as drafts",
                  *(quic4(quic_initial(version, 0xC3, size=60))
                    for version in (0xFF00001D, 0x51303436, 0x1A2A3A4A,
                                    0x51303530, 0x54303530, 0x54303531,
                                    0xFACEB001, 0xFACEB002, 0xFACEB00E)))
    yield malformed("lengths", "id of 21 and 255 bytes, token and payload "
                    "beyond the datagram",
                    quic4(quic_initial(v1, 0xC3, b"", bytes(21), SCID, 60)),
                    quic4(be("BIB", 0xC3, 1, 255) + bytes(30)),
                    quic4(quic_long(v1, 0xC3, h("7fff") + bytes(30))),
                    quic4(quic_initial(v1, 0xC3, size=60, length=9999)))
    yield malformed("cut", "0, 1, 5, 6 and 20 bytes",
                    *(quic4(quic_initial(v1, 0xC3)[:n])
                      for n in (0, 1, 5, 6, 20)))
    yield malformed("fixed-bit", "without the fixed bit; negotiation with a "
                    "list of 3 bytes; noise on 443",
                    quic4(quic_initial(v1, 0x83, size=60)),
                    quic4(quic_long(0, 0x80, bytes(3))),
                    quic4(b"this is not QUIC"))


PROTOCOLS = [tcp, udp, udplite, sctp, quic]
