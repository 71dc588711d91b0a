# SPDX-License-Identifier: BSD-2-Clause
"""Protocols directly above frames: ARP, PPP, and what bridges say."""

import build as b
from build import be, cut, h, malformed, normal, unusual

PPP, PPP_HDLC = 9, 50
BRIDGES, NEAREST, SLOW = (h("0180c2000000"), h("0180c200000e"),
                          h("0180c2000002"))


def arp_body(operation, sender, target, hardware=1, protocol=0x0800,
             hlen=6, plen=4):
    return be("HHBBH", hardware, protocol, hlen, plen, operation) + \
        b"".join(sender + target)


def arp():
    ours, theirs = (b.MAC_A, b.A4), (b.MAC_B, b.B4)
    ask = arp_body(1, ours, (bytes(6), b.B4))
    yield normal("request-reply", "who has 192.0.2.2, and the answer",
                 b.eth(ask, 0x0806, b.BROADCAST),
                 b.eth(arp_body(2, theirs, ours) + bytes(18), 0x0806,
                       b.MAC_A, b.MAC_B))
    yield normal("gratuitous", "announcement, gratuitous reply, probe",
                 b.eth(arp_body(1, ours, (bytes(6), b.A4)), 0x0806,
                       b.BROADCAST),
                 b.eth(arp_body(2, ours, (b.BROADCAST, b.A4)), 0x0806,
                       b.BROADCAST),
                 b.eth(arp_body(1, (b.MAC_A, bytes(4)), (bytes(6), b.A4)),
                       0x0806, b.BROADCAST))
    yield unusual("rarp", "reverse request and reply",
                  b.eth(arp_body(3, (b.MAC_A, bytes(4)),
                                 (b.MAC_A, bytes(4))), 0x8035, b.BROADCAST),
                  b.eth(arp_body(4, theirs, ours), 0x8035, b.MAC_A, b.MAC_B))
    yield unusual("inarp", "inverse request and reply, operation 77",
                  b.eth(arp_body(8, ours, (b.MAC_B, bytes(4))), 0x0806),
                  b.eth(arp_body(9, theirs, ours), 0x0806),
                  b.eth(arp_body(77, ours, theirs), 0x0806))
    yield unusual("other-hardware", "InfiniBand's addresses of 20 bytes, no "
                  "hardware address, IPv6's 16 bytes",
                  b.eth(arp_body(1, (bytes(range(20)), b.A4),
                                 (bytes(20), b.B4), 32, hlen=20), 0x0806),
                  b.eth(arp_body(1, (b"", b.A4), (b"", b.B4), hlen=0),
                        0x0806),
                  b.eth(arp_body(1, (b.MAC_A, b.A6), (bytes(6), b.B6),
                                 protocol=0x86DD, plen=16), 0x0806))
    yield malformed("lengths", "address lengths beyond the packet, 255 and "
                    "255, 0 and 0 with addresses",
                    b.eth(arp_body(1, ours, theirs, hlen=6, plen=16), 0x0806),
                    b.eth(arp_body(1, ours, theirs, hlen=255, plen=255),
                          0x0806),
                    b.eth(arp_body(1, ours, theirs, hlen=0, plen=0), 0x0806))
    yield malformed("cut", "packets that end in the fixed part and in an "
                    "address, and a snap length",
                    b.eth(ask[:5], 0x0806), b.eth(ask[:8], 0x0806),
                    b.eth(ask[:25], 0x0806), cut(b.eth(ask, 0x0806), 38))


def pppoe_header(code, payload, session=0, length=None, first=0x11):
    length = len(payload) if length is None else length
    return be("BBHH", first, code, session, length) + payload


def discovery(code, tags, session=0, **how):
    return b.eth(pppoe_header(code, tags, session, **how), 0x8863)


def session(payload, **how):
    return b.eth(pppoe_header(0, payload, 0x11, **how), 0x8864)


def tag(kind, value=b""):
    return b.tlv(kind, value, "HH")


def ppp_control(proto, code, options, ident=1):
    return be("HBBH", proto, code, ident, 4 + len(options)) + options


def pppoe():
    name, uniq = tag(0x0101), tag(0x0103, h("deadbeef"))
    concentrator = tag(0x0102, b"bras1.example.net")
    cookie = tag(0x0104, bytes(range(16)))
    yield normal("discovery", "PADI, PADO, PADR, PADS, PADT",
                 discovery(0x09, name + uniq),
                 discovery(0x07, concentrator + name + cookie + uniq),
                 discovery(0x19, name + cookie + uniq),
                 discovery(0x65, name + uniq, 0x11),
                 discovery(0xA7, b"", 0x11))
    yield normal("ip", "IPv4 and IPv6 in a session",
                 session(h("0021") + b.ping()),
                 session(h("0057") + b.ping6()))
    yield normal("control", "LCP, PAP, CHAP, IPCP", *ppp_frames(session))
    yield unusual("tags", "PPP-Max-Payload, end of list, vendor, relay, "
                  "errors with escapes in their text",
                  discovery(0x09, name + tag(0x0120, be("H", 1500)) + uniq +
                            tag(0x0110, b"relay") + tag(0x0000) + b"behind"),
                  discovery(0x65, tag(0x0105, b"vendor") +
                            tag(0x0201, b"no\x1b[31m such service") +
                            tag(0x0203, b"\r\n\x00")))
    yield unusual("compressed", "protocol field of one byte; padding behind",
                  session(h("21") + b.ping()),
                  session(h("0021") + b.ping()) + bytes(12))
    yield malformed("length", "payload lengths beyond the frame and 0; tag "
                    "beyond the payload; half a tag",
                    session(h("0021") + b.ping(), length=1000),
                    session(h("0021") + b.ping(), length=0),
                    discovery(0x09, h("01010040") + b"abc"),
                    discovery(0x09, h("0101 00")))
    yield malformed("version", "version 2, type 3, code 0x42, cut header",
                    session(h("0021") + b.ping(), first=0x23),
                    discovery(0x42, name), b.eth(h("1100001100"), 0x8864))


def ppp_frames(wrap):
    lcp, pap, chap, ipcp = 0xC021, 0xC023, 0xC223, 0x8021
    options = h("010405d4") + h("0304c023") + h("0506 12345678") + h("0702")
    yield wrap(ppp_control(lcp, 1, options))
    yield wrap(ppp_control(lcp, 2, options))
    yield wrap(ppp_control(pap, 1, h("04") + b"user" + h("06") + b"secret"))
    yield wrap(ppp_control(pap, 2, h("02") + b"ok"))
    yield wrap(ppp_control(chap, 1, h("10") + bytes(range(16)) + b"bras1"))
    yield wrap(ppp_control(ipcp, 1, h("0306") + b.A4 + h("810600000000")))


def ppp():
    def framed(payload):
        return h("ff03") + payload
    yield normal("ip", "address and control, IPv4 and IPv6",
                 framed(h("0021") + b.ping()), framed(h("0057") + b.ping6()),
                 link=PPP)
    yield normal("control", "LCP, PAP, CHAP, IPCP", *ppp_frames(framed),
                 link=PPP_HDLC)
    yield normal("lcp", "echo request and reply, terminate request, "
                 "configuration reject",
                 framed(ppp_control(0xC021, 9, h("12345678"))),
                 framed(ppp_control(0xC021, 10, h("87654321"))),
                 framed(ppp_control(0xC021, 5, b"bye")),
                 framed(ppp_control(0xC021, 4, h("1104 05dc"))), link=PPP)
    yield unusual("compressed", "no address and control, protocol of one "
                  "byte, MPLS, IPV6CP", h("0021") + b.ping(),
                  h("21") + b.ping(), framed(h("21") + b.ping()),
                  framed(h("0281 00064140") + b.ping()),
                  framed(ppp_control(0x8057, 1, h("010a") + bytes(8))),
                  link=PPP)
    yield malformed("options", "option lengths 0, 1 and beyond; control "
                    "length beyond and below 4",
                    framed(ppp_control(0xC021, 1, h("0100"))),
                    framed(ppp_control(0xC021, 1, h("0101"))),
                    framed(ppp_control(0xC021, 1, h("01ff0000"))),
                    framed(h("c021 01010040 0104")),
                    framed(h("c021 01010002")), link=PPP)
    yield malformed("cut", "0, 1, 2 and 3 bytes", b"", h("ff"), h("ff03"),
                    h("ff0300"), link=PPP)


def lldp_tlv(kind, value):
    return be("H", kind << 9 | len(value)) + value


def org(oui, subtype, value):
    return lldp_tlv(127, oui.to_bytes(3, "big") + be("B", subtype) + value)


LLDP_START = lldp_tlv(1, h("04") + b.MAC_A) + lldp_tlv(2, h("05") + b"eth0") \
    + lldp_tlv(3, be("H", 120))


def lldpdu(tlvs, end=bytes(2)):
    return b.eth(LLDP_START + tlvs + end, 0x88CC, NEAREST)


def lldp():
    yield normal("minimal", "chassis id, port id, time to live",
                 lldpdu(b""))
    yield normal("usual", "names, descriptions, capabilities, management "
                 "address, VLAN, physical configuration, maximum frame",
                 lldpdu(lldp_tlv(4, b"uplink") + lldp_tlv(5, b"switch1") +
                        lldp_tlv(6, b"Example OS 1.0") +
                        lldp_tlv(7, be("HH", 0x14, 0x04)) +
                        lldp_tlv(8, h("0501") + b.A4 + h("02 00000003 00")) +
                        org(0x0080C2, 1, be("H", 100)) +
                        org(0x0080C2, 3, be("HB", 100, 5) + b"users") +
                        org(0x00120F, 1, h("03 6c01 001e")) +
                        org(0x0080C2, 7, h("01 00000001")) +
                        org(0x00120F, 4, be("H", 1518))))
    yield unusual("ids", "other kinds of ids, LLDP-MED, unknown vendor, "
                  "goodbye",
                  b.eth(lldp_tlv(1, h("0501") + b.A4) +
                        lldp_tlv(2, h("03") + b.MAC_B) +
                        lldp_tlv(3, be("H", 0)) + bytes(2), 0x88CC, NEAREST),
                  lldpdu(org(0x0012BB, 1, h("000f01")) +
                         org(0xFEDCBA, 9, b"whatever") + lldp_tlv(99, b"x")))
    yield unusual("no-end", "no end TLV, and bytes behind the end",
                  lldpdu(lldp_tlv(5, b"switch1"), b""),
                  lldpdu(b"", bytes(2) + b"behind"))
    yield unusual("escapes", "terminal escapes in the system name",
                  lldpdu(lldp_tlv(5, b"\x1b]0;owned\x07\x1b[2J") +
                         lldp_tlv(6, b"line\r\nline\x00\xff")))
    yield malformed("length", "a TLV beyond the frame, half a TLV header",
                    lldpdu(be("H", 5 << 9 | 511) + b"switch1"),
                    lldpdu(h("0a"), b""))
    yield malformed("empty-values", "mandatory TLVs without value, in wrong "
                    "order, management address of length 0 and 255",
                    b.eth(lldp_tlv(1, b"") + lldp_tlv(2, b"") +
                          lldp_tlv(3, b"") + bytes(2), 0x88CC, NEAREST),
                    b.eth(lldp_tlv(3, be("H", 1)) +
                          lldp_tlv(2, h("05") + b"eth0") + bytes(2), 0x88CC,
                          NEAREST),
                    lldpdu(lldp_tlv(8, h("0001") + b.A4) +
                           lldp_tlv(8, h("ff01") + b.A4) +
                           lldp_tlv(7, h("00"))))


ROOT = h("8000") + b.MAC_A
BRIDGE = h("8001") + b.MAC_B


def bpdu(body):
    return b.llc(body, 0x42, dst=BRIDGES)


def bpdu_body(version, kind, flags, root=ROOT, ages=(0x100, 0x1400, 0x200,
                                                     0xF00)):
    return be("HBBB", 0, version, kind, flags) + root + be("I", 4) + \
        BRIDGE + be("HHHHH", 0x8002, *ages)


def mstp_body(records, length=None):
    name = b"region" + bytes(26)
    part = be("B", 0) + name + be("H", 1) + bytes(range(16)) + \
        be("I", 20000) + BRIDGE + be("B", 20) + records
    length = len(part) if length is None else length
    return bpdu_body(3, 2, 0x7C) + be("BH", 0, length) + part


def stp():
    instance = be("B", 0x7C) + ROOT + be("IBBB", 200, 128, 128, 19)
    yield normal("config", "configuration BPDU, topology change",
                 bpdu(bpdu_body(0, 0, 0)), bpdu(bpdu_body(0, 0, 0x81)))
    yield normal("tcn", "topology change notification",
                 bpdu(h("00000080")))
    yield normal("rstp", "designated and forwarding; proposal",
                 bpdu(bpdu_body(2, 2, 0x3C) + h("00")),
                 bpdu(bpdu_body(2, 2, 0x0E) + h("00")))
    yield normal("mstp", "no instance, and two", bpdu(mstp_body(b"")),
                 bpdu(mstp_body(instance * 2)))
    yield unusual("pvst", "Cisco's per VLAN tree in SNAP 0x010B",
                  b.snap(bpdu_body(0, 0, 0) + h("00 0000 0002 000a"),
                         0x00000C, 0x010B, dst=h("01000ccccccd")))
    yield unusual("versions", "version 4 (SPT), ages of zero and maximum",
                  bpdu(bpdu_body(4, 2, 0) + h("00")),
                  bpdu(bpdu_body(0, 0, 0, ages=(0xFFFF, 0, 0, 0xFFFF))))
    yield malformed("cut", "the length ends in the BPDU: 2, 3, 34 bytes; "
                    "RSTP without its last byte",
                    bpdu(h("0000")), bpdu(h("000000")),
                    bpdu(bpdu_body(0, 0, 0)[:34]),
                    bpdu(bpdu_body(2, 2, 0x3C)))
    yield malformed("values", "protocol 1; type 0x55; MSTP lengths that lie",
                    bpdu(h("0001") + bpdu_body(0, 0, 0)[2:]),
                    bpdu(bpdu_body(0, 0x55, 0)),
                    bpdu(mstp_body(instance, 65535)),
                    bpdu(mstp_body(instance, 65)),
                    bpdu(mstp_body(instance, 1)))


def lacp_info(kind, system, state, length=20):
    return be("BBH", kind, length, 0x8000) + system + \
        be("HHHB", 17, 255, 1, state) + bytes(3)


def lacpdu(state_a=0x3D, state_b=0x3D, version=1, subtype=1, lengths=(20, 20,
                                                                     16, 0)):
    return be("BB", subtype, version) + \
        lacp_info(1, b.MAC_A, state_a, lengths[0]) + \
        lacp_info(2, b.MAC_B, state_b, lengths[1]) + \
        be("BBH", 3, lengths[2], 100) + bytes(12) + \
        be("BB", 0, lengths[3]) + bytes(50)


def slow(body):
    return b.eth(body, 0x8809, SLOW)


def lacp():
    yield normal("actor-partner", "collecting and distributing on both sides",
                 slow(lacpdu()))
    yield normal("starting", "defaulted, expired, no partner; short timeout",
                 slow(lacpdu(0xC7, 0x00)), slow(lacpdu(0x07, 0x3F)))
    yield unusual("marker", "marker information and response",
                  slow(h("02010110") + be("H", 17) + b.MAC_A +
                       be("IH", 1, 0) + h("0000") + bytes(90)),
                  slow(h("02010210") + be("H", 17) + b.MAC_A +
                       be("IH", 1, 0) + h("0000") + bytes(90)))
    yield unusual("others", "OAM (3), OSSP (10), version 2",
                  slow(h("03 0050 00") + bytes(42)),
                  slow(h("0a 001122") + bytes(42)), slow(lacpdu(version=2)))
    yield malformed("lengths", "TLV lengths 0, 255 and 19",
                    slow(lacpdu(lengths=(0, 20, 16, 0))),
                    slow(lacpdu(lengths=(255, 20, 16, 0))),
                    slow(lacpdu(lengths=(20, 19, 16, 0))))
    yield malformed("cut", "0, 1, 2, 10 and 30 bytes",
                    *(slow(lacpdu()[:n]) for n in (0, 1, 2, 10, 30)))


PROTOCOLS = [arp, pppoe, ppp, lldp, stp, lacp]
