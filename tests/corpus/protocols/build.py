# SPDX-License-Identifier: BSD-2-Clause
"""Headers as bytes. Lengths and checksums are right unless one is given."""

import struct

MAC_A = bytes.fromhex("020000000001")
MAC_B = bytes.fromhex("020000000002")
BROADCAST = b"\xff" * 6
A4 = bytes([192, 0, 2, 1])
B4 = bytes([192, 0, 2, 2])
A6 = bytes.fromhex("20010db8000000000000000000000001")
B6 = bytes.fromhex("20010db8000000000000000000000002")
LINK_A6 = bytes.fromhex("fe800000000000000000000000000001")
LINK_B6 = bytes.fromhex("fe800000000000000000000000000002")
ALL_NODES = bytes.fromhex("ff020000000000000000000000000001")
ICMP, IGMP, TCP, UDP, IPV6, ICMP6 = 1, 2, 6, 17, 41, 58

h = bytes.fromhex


class Case:
    """A capture file of a few packets: bytes, or (bytes, length on the
    wire)."""

    def __init__(self, name, kind, text, packets, link):
        self.name, self.kind, self.text = name, kind, text
        self.packets, self.link = packets, link


def normal(name, text, *packets, link=1):
    return Case(name, "normal", text, packets, link)


def unusual(name, text, *packets, link=1):
    return Case(name, "unusual", text, packets, link)


def malformed(name, text, *packets, link=1):
    return Case(name, "malformed", text, packets, link)


def be(form, *values):
    return struct.pack(">" + form, *values)


def le(form, *values):
    return struct.pack("<" + form, *values)


def cut(packet, caplen):
    """The packet as a snap length leaves it."""
    return packet[:caplen], len(packet)


def checksum(data):
    data += bytes(len(data) % 2)
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF


def summed(data, at, check=None):
    """@data with its own checksum, or @check, in the two bytes @at."""
    check = checksum(data) if check is None else check
    return data[:at] + be("H", check) + data[at + 2:]


def pseudo(src, dst, proto, length):
    if len(src) == 4:
        return src + dst + be("BBH", 0, proto, length)
    return src + dst + be("II", length, proto)


def summed_over_ip(data, at, proto, src, dst, check=None):
    if check is None:
        check = checksum(pseudo(src, dst, proto, len(data)) + data)
    return data[:at] + be("H", check) + data[at + 2:]


def tlv(kind, value, form="BB", extra=0):
    return be(form, kind, len(value) + extra) + value


# --- link -------------------------------------------------------------------
def eth(payload, kind=0x0800, dst=MAC_B, src=MAC_A):
    return dst + src + be("H", kind) + payload


def dot3(payload, dst=MAC_B, src=MAC_A, length=None):
    length = len(payload) if length is None else length
    return eth(payload + bytes(max(0, 46 - len(payload))), length, dst, src)


def llc(payload, dsap, ssap=None, control=3, **how):
    ssap = dsap if ssap is None else ssap
    return dot3(be("BBB", dsap, ssap, control) + payload, **how)


def snap(payload, oui, pid, **how):
    return llc(oui.to_bytes(3, "big") + be("H", pid) + payload, 0xAA, **how)


# --- network ----------------------------------------------------------------
def ip4(payload, proto, src=A4, dst=B4, options=b"", ident=7, fragment=0x4000,
        ttl=64, tos=0, first=None, total=None, check=None):
    header = 20 + len(options)
    first = 0x40 | header // 4 if first is None else first
    total = header + len(payload) if total is None else total
    data = be("BBHHHBBH", first, tos, total, ident, fragment, ttl, proto, 0)
    return summed(data + src + dst + options, 10, check) + payload


def ip6(payload, following, src=A6, dst=B6, hops=64, flow=0x6 << 28,
        length=None):
    length = len(payload) if length is None else length
    return be("IHBB", flow, length, following, hops) + src + dst + payload


def udp(payload, sport, dport, src=A4, dst=B4, length=None, check=None):
    length = 8 + len(payload) if length is None else length
    data = be("HHHH", sport, dport, length, 0) + payload
    return summed_over_ip(data, 6, UDP, src, dst, check)


def tcp(payload, sport, dport, seq=1000, ack=2000, flags=0x18, window=502,
        options=b"", offset=None, urgent=0, check=None, src=A4, dst=B4):
    offset = 5 + len(options) // 4 if offset is None else offset
    ack = ack if flags & 0x10 else 0
    data = be("HHIIHHHH", sport, dport, seq, ack, offset << 12 | flags,
              window, 0, urgent) + options + payload
    return summed_over_ip(data, 16, TCP, src, dst, check)


# --- whole frames -----------------------------------------------------------
def eth4(payload, proto, **how):
    return eth(ip4(payload, proto, **how))


def eth6(payload, following, **how):
    return eth(ip6(payload, following, **how), 0x86DD)


def eth_udp(payload, sport, dport, src=A4, dst=B4, **how):
    data = udp(payload, sport, dport, src, dst, **how)
    return eth4(data, UDP, src=src, dst=dst)


def eth_udp6(payload, sport, dport, src=A6, dst=B6, **how):
    data = udp(payload, sport, dport, src, dst, **how)
    return eth6(data, UDP, src=src, dst=dst)


def eth_tcp(payload, sport, dport, src=A4, dst=B4, **how):
    data = tcp(payload, sport, dport, src=src, dst=dst, **how)
    return eth4(data, TCP, src=src, dst=dst)


def eth_tcp6(payload, sport, dport, **how):
    return eth6(tcp(payload, sport, dport, src=A6, dst=B6, **how), TCP)


# --- streams ----------------------------------------------------------------
CLIENT = 50000
FIRST = 1000  # tcp()'s: a case that gives another has its reason


def tcp_at(frame):
    """Where TCP begins in a whole Ethernet frame without options, or 0."""
    if isinstance(frame, tuple):
        return 0
    if frame[12:14] == be("H", 0x86DD):
        return 54 if frame[20] == TCP else 0
    return 34 if frame[23] == TCP else 0


def edited(frame, at, data):
    size = 16 if at == 54 else 4
    src, dst = frame[at - 2 * size:at - size], frame[at - size:at]
    data = data[:16] + bytes(2) + data[18:]
    return frame[:at] + summed_over_ip(data, 16, TCP, src, dst)


def in_order(frames):
    """The frames of each connection, numbered as their payloads want it."""
    following = {}
    for frame in frames:
        at = tcp_at(frame)
        if at:
            ports, data = frame[at:at + 4], frame[at:]
            seq = following.get(ports, FIRST)
            ack = following.get(ports[2:] + ports[:2], FIRST)
            frame = edited(frame, at, ports + be("II", seq, ack) + data[12:])
            syn_or_fin = data[13] & 3 != 0
            following[ports] = seq + len(data) - (data[12] >> 4) * 4 + \
                syn_or_fin
        yield frame


def apart(frames):
    """Each frame a connection of its own, unless it has its number."""
    for i, frame in enumerate(frames, 1):
        at = tcp_at(frame)
        if at and frame[at + 4:at + 8] == be("I", FIRST):
            data, port = frame[at:], be("H", CLIENT + i)
            if data[:2] == be("H", CLIENT):
                data = port + data[2:]
            else:
                data = data[:2] + port + data[4:]
            frame = edited(frame, at, data)
        yield frame


def echo(data=b"abcdefgh", kind=8, ident=0x1234, seq=1):
    return summed(be("BBHHH", kind, 0, 0, ident, seq) + data, 2)


def ping(**how):
    """What is carried where it does not matter what."""
    return ip4(echo(), ICMP, **how)


def echo6(data=b"abcdefgh", src=A6, dst=B6):
    return icmp6(be("HH", 0x1234, 1) + data, 128, src=src, dst=dst)


def icmp6(body, kind, code=0, src=A6, dst=B6, check=None):
    return summed_over_ip(be("BBH", kind, code, 0) + body, 2, ICMP6, src, dst,
                          check)


def ping6():
    return ip6(echo6(), ICMP6)
