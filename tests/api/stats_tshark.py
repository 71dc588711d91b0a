# SPDX-License-Identifier: BSD-2-Clause
"""Does the table of pktsniff --stats say what tshark counts?

stats_tshark.py make FILE       writes packets between many addresses
stats_tshark.py flood FILE N    one great conversation among N small ones
stats_tshark.py backwards FILE   packets that are not in the order of time
stats_tshark.py compare FILE PKTSNIFF   exit code 1 and the difference if not
stats_tshark.py json FILE PKTSNIFF      does the JSON object say the same?
"""

import collections
import json
import random
import re
import struct
import subprocess
import sys

NAMES = {"eth": "Ethernet", "ip": "IPv4", "ipv6": "IPv6", "arp": "ARP",
         "tcp": "TCP", "udp": "UDP", "icmp": "ICMP", "icmpv6": "ICMPv6",
         "dns": "DNS", "http": "HTTP", "tls": "TLS"}
SHOWN = 10
BARE = {ord("["): None, ord("]"): None}
MAC = re.compile("(..:){5}..")


class Pcap:
    def __init__(self, path):
        self.file = open(path, "wb")
        self.file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0,
                                    65535, 1))
        self.time_us = 0

    def write(self, frame, wirelen=None):
        self.time_us += 1000
        self.file.write(struct.pack(
            "<IIII", *divmod(self.time_us, 1000000), len(frame),
            wirelen or len(frame)) + frame)


def ethernet(ethertype, payload):
    return bytes(5) + b"\1" + bytes(5) + b"\2" + \
        struct.pack(">H", ethertype) + payload


def ipv4(protocol, source, target, payload):
    return ethernet(0x0800, struct.pack(
        ">BBHHHBBH", 0x45, 0, 20 + len(payload), 0, 0, 64, protocol, 0) +
        source + target + payload)


def ipv6(protocol, source, target, payload):
    return ethernet(0x86DD, struct.pack(
        ">IHBB", 0x60000000, len(payload), protocol, 64) +
        source + target + payload)


def tcp(source, target, payload):
    return struct.pack(">HHIIBBHHH", source, target, 1, 1, 0x50, 0x18, 99, 0,
                       0) + payload


def udp(source, target, payload):
    return struct.pack(">HHHH", source, target, 8 + len(payload), 0) + payload


def arp(source, target):
    return ethernet(0x0806, struct.pack(">HHBBH", 1, 0x0800, 6, 4, 1) +
                    bytes(6) + source + bytes(6) + target)


def make(path):
    pcap, dice = Pcap(path), random.Random(5)
    hosts4 = [bytes((10, 0, 0, i)) for i in range(1, 16)]
    hosts6 = [b"\x20\x01\x0d\xb8" + bytes(11) + bytes((i,))
              for i in range(1, 9)]
    for i in range(1500):
        network, hosts = ((ipv4, hosts4) if i % 3 else (ipv6, hosts6))
        source, target = dice.sample(hosts, 2)
        # Hosts of low numbers talk most, ports are few: both ways are used.
        if dice.random() < .5:
            source = hosts[0]
            target = dice.choice(hosts[1:])
        if dice.random() < .5:
            source, target = target, source
        ports = [40000 + source[-1] % 3, 40000 + target[-1] % 3]
        payload = bytes(dice.randrange(1, 400))
        kind = dice.randrange(10)
        if kind == 0:
            pcap.write(arp(source[-4:], target[-4:]))
        elif kind == 1:
            number, echo = (1, 8) if network == ipv4 else (58, 128)
            pcap.write(network(number, source, target, struct.pack(
                ">BBHHH", echo, 0, 0, 1, i) + payload))
        elif kind < 6:
            pcap.write(network(17, source, target, udp(*ports, payload)))
        else:
            # Some are cut: the bytes on the wire count.
            frame = network(6, source, target, tcp(*ports, payload))
            pcap.write(frame[:90], len(frame))


def backwards(path):
    pcap = Pcap(path)
    for seconds in (9, 4, 8):
        pcap.time_us = seconds * 1000000
        pcap.write(arp(bytes(4), bytes(4)))


def flood(path, n):
    pcap = Pcap(path)
    for i in range(n):
        pcap.write(ipv4(17, bytes((10, 1)) + struct.pack(">H", i % 60000),
                        bytes((10, 2, 0, 1)), udp(i % 60000, 40000, b"x")))
        if i % 100 == 99:
            pcap.write(ipv4(17, bytes((10, 3, 0, 1)), bytes((10, 2, 0, 1)),
                            udp(40001, 40002, bytes(1000))))


def lines_of(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL,
                          text=True).stdout.splitlines()


def tshark(path, *statistics):
    options = [word for name in statistics for word in ("-z", name)]
    return lines_of("tshark", "-n", "-q", "-o", "ip.defragment:FALSE",
                    "-o", "ipv6.defragment:FALSE", "-r", path, *options)


def their_protocols(path):
    counts = collections.Counter()
    for line in tshark(path, "io,phs"):
        match = re.match(r" *(\S+) +frames:(\d+) bytes:(\d+)", line)
        if match and match[1] in NAMES:
            counts[NAMES[match[1]], "packets"] += int(match[2])
            counts[NAMES[match[1]], "bytes"] += int(match[3])
    return counts


def their_talkers(path):
    rows = {}
    for line in tshark(path, "endpoints,ip", "endpoints,ipv6"):
        match = re.match(r"(\S+)" + r" +(\d+)" * 6, line)
        if match:
            rows[match[1]] = tuple(int(match[i]) for i in (4, 5, 6, 7))
    return rows


def their_conversations(path):
    """Packets only: tshark rounds bytes."""
    rows = {}
    for kind in ("tcp", "udp"):
        for line in tshark(path, f"conv,{kind}"):
            match = re.match(r"(\S+) +<-> (\S+) +(\d+) \d+ \S+ +(\d+) ", line)
            if match:
                rows[kind.upper(), match[1], match[2]] = (
                    int(match[4]), int(match[3]))
                rows[kind.upper(), match[2], match[1]] = (
                    int(match[3]), int(match[4]))
    return rows


class Ours:
    def __init__(self, sniff, path):
        self.lines = lines_of(sniff, "--stats", "-r", path)

    def section(self, title):
        """The rows below the line that begins with @title."""
        rows, inside = [], False
        for line in self.lines:
            if line.startswith(title):
                inside = True
            elif not line:
                inside = False
            elif inside:
                rows.append(line)
        return rows

    def levels(self):
        levels = {}
        for line in self.section("LEVEL"):
            level, name, packets, size = re.match(
                r"(\w*) {2,}(.+?)  +(\d+)  +\S+  +(\d+) ", line).groups()
            rows = levels.setdefault(level, {}) if level else rows
            rows[name] = (int(packets), int(size))
        return levels

    def protocols(self):
        return {name: amount for rows in self.levels().values()
                for name, amount in rows.items()}

    def total(self):
        match = re.match(r"(\d+) packets, (\d+) bytes", self.lines[0])
        return (int(match[1]), int(match[2]))

    def talkers(self):
        rows = [line.split() for line in self.section("TOP TALKERS")[1:]]
        return {row[0]: tuple(map(int, row[1:5])) for row in rows}

    def conversations(self):
        rows = [re.split("  +", line)
                for line in self.section("TOP CONVERSATIONS")[1:]]
        return {(row[0].split()[0], *(end.translate(BARE)
                                      for end in row[1:3])):
                tuple(map(int, row[3:7])) for row in rows}


def complain(what, ours, theirs):
    print(f"{what}: {ours}, tshark has {theirs}")
    return 1


def add_up(ours):
    """Without tunnels each packet is in one row of each level."""
    failed, levels = 0, ours.levels()
    if list(levels) != ["link", "network", "transport", "application"]:
        failed += complain("levels", list(levels), "others")
    for level, rows in levels.items():
        for i, total in enumerate(ours.total()):
            if sum(amount[i] for amount in rows.values()) != total:
                failed += complain(f"sum of {level}", rows, total)
    return failed


def compare_protocols(ours, path):
    failed, theirs = 0, their_protocols(path)
    for name in NAMES.values():
        mine = ours.protocols().get(name, (0, 0))
        want = (theirs[name, "packets"], theirs[name, "bytes"])
        if mine != want:
            failed += complain(name, mine, want)
    return failed


def compare_talkers(ours, path):
    failed, theirs = 0, their_talkers(path)
    mine = {address: amounts for address, amounts in ours.talkers().items()
            if not MAC.fullmatch(address)}
    for address, amounts in mine.items():
        if theirs.get(address) != amounts:
            failed += complain(address, amounts, theirs.get(address))
    greatest = sorted((t[1] + t[3] for t in theirs.values()), reverse=True)
    shown = [m[1] + m[3] for m in mine.values()]
    if not shown or shown != greatest[:len(shown)]:
        failed += complain("top talkers", shown, greatest[:SHOWN])
    return failed


def compare_conversations(ours, path):
    failed, theirs = 0, their_conversations(path)
    mine = ours.conversations()
    for key, amounts in mine.items():
        if key[0] in ("TCP", "UDP") and theirs.get(key) != (amounts[0], amounts[2]):
            failed += complain(key, amounts, theirs.get(key))
    if not mine:
        failed += complain("conversations", None, len(theirs))
    return failed


def compare(sniff, path):
    ours = Ours(sniff, path)
    return (add_up(ours) + compare_protocols(ours, path) + compare_talkers(ours, path) +
            compare_conversations(ours, path))


def json_amounts(amount):
    return (amount["packets"], amount["bytes"])


def compare_json(sniff, path):
    table = Ours(sniff, path)
    lines = lines_of(sniff, "--stats", "--format", "json", "-r", path)
    stats = json.loads(lines[0])
    failed = 0 if len(lines) == 1 else complain("lines", len(lines), 1)
    if json_amounts(stats["all"]) != table.total():
        failed += complain("all", stats["all"], table.total())
    # Names are others, their order is the same.
    protocols = {level: [json_amounts(amount) for amount in rows.values()]
                 for level, rows in stats["protocols"].items()}
    want = {level: list(rows.values())
            for level, rows in table.levels().items()}
    if protocols != want:
        failed += complain("protocols", protocols, want)
    talkers = {talker["address"]: json_amounts(talker["sent"]) +
               json_amounts(talker["received"])
               for talker in stats["talkers"]["top"]}
    if talkers != table.talkers():
        failed += complain("talkers", talkers, table.talkers())
    conversations = {
        (one["protocol"].split()[0], one["a"].translate(BARE),
         one["b"].translate(BARE)):
        json_amounts(one["a_to_b"]) + json_amounts(one["b_to_a"])
        for one in stats["conversations"]["top"]}
    if conversations != table.conversations():
        failed += complain("conversations", conversations,
                           table.conversations())
    return failed


def main():
    command, path, *rest = sys.argv[1:]
    if command == "make":
        make(path)
    elif command == "backwards":
        backwards(path)
    elif command == "flood":
        flood(path, int(rest[0]))
    elif command == "json":
        sys.exit(min(compare_json(rest[0], path), 1))
    else:
        sys.exit(min(compare(rest[0], path), 1))


main()
