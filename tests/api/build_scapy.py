# SPDX-License-Identifier: BSD-2-Clause
"""build_scapy.py PKTSEND: packets as texts of pktcap-build(7) and as scapy
builds them: the same bytes.
"""
import logging
import subprocess
import sys

logging.getLogger("scapy").setLevel(logging.ERROR)

from scapy.config import conf  # noqa: E402

conf.verb = 0
from scapy.all import *  # noqa: E402,F401,F403 pylint: disable=all
from scapy.contrib.geneve import GENEVE, GeneveOptions  # noqa: E402
from scapy.contrib.gtp import GTP_U_Header  # noqa: E402
from scapy.contrib.igmp import IGMP  # noqa: E402
from scapy.contrib.igmpv3 import (IGMPv3, IGMPv3gr, IGMPv3mq,  # noqa: E402
                                  IGMPv3mr)
from scapy.contrib.lacp import LACP, SlowProtocol  # noqa: E402
from scapy.contrib.lldp import (LLDPDUChassisID,  # noqa: E402
                                LLDPDUEndOfLLDPDU, LLDPDUPortID,
                                LLDPDUSystemName, LLDPDUTimeToLive)
from scapy.contrib.mpls import MPLS  # noqa: E402
from scapy.contrib.ospf import OSPF_Hdr, OSPF_Hello  # noqa: E402

ETH_TEXT = "eth src=02:00:00:00:00:01 dst=02:00:00:00:00:02 / "
IP4_TEXT = ETH_TEXT + "ip src=192.0.2.1 dst=192.0.2.2 id=7 / "
IP6_TEXT = ETH_TEXT + "ip6 src=2001:db8::1 dst=2001:db8::2 / "
UDP_TEXT = IP4_TEXT + "udp sport=1024 dport=9 / "

eth = Ether(src="02:00:00:00:00:01", dst="02:00:00:00:00:02")
ip4 = eth / IP(src="192.0.2.1", dst="192.0.2.2", id=7)
ip6 = eth / IPv6(src="2001:db8::1", dst="2001:db8::2")


def ip4_hops(ttl):
    packet = ip4.copy()
    packet.ttl = ttl
    return packet


def udp(port, source=1024):
    return UDP(sport=source, dport=port)


inner_text = "ip src=198.51.100.1 dst=198.51.100.2 / icmp id=1 seq=2"
inner = IP(src="198.51.100.1", dst="198.51.100.2", id=0) / ICMP(id=1, seq=2)

ROWS = [
    (UDP_TEXT + '"hello"', ip4 / udp(9) / b"hello"),
    (UDP_TEXT + '"x" / pad 60',
     bytes(ip4 / udp(9) / b"x").ljust(60, b"\0")),
    (IP4_TEXT + "udp sport=1 dport=2 csum=0x1234 / data hex=0102",
     ip4 / UDP(sport=1, dport=2, chksum=0x1234) / b"\1\2"),
    (IP4_TEXT + "udp sport=1 dport=2 len=3 / data len=4",
     ip4 / UDP(sport=1, dport=2, len=3) / (b"\0" * 4)),
    (IP4_TEXT + "tcp sport=1024 dport=80 seq=1 flags=S win=8192 mss=1460 "
     "sackok ts=1:0 nop wscale=7",
     ip4 / TCP(sport=1024, dport=80, seq=1, flags="S", window=8192,
               options=[("MSS", 1460), ("SAckOK", b""), ("Timestamp", (1, 0)),
                        ("NOP", None), ("WScale", 7)])),
    (IP4_TEXT + "tcp sport=1 dport=2 ack=5 flags=PA win=1 / \"GET /\"",
     ip4 / TCP(sport=1, dport=2, ack=5, flags="PA", window=1) / b"GET /"),
    (IP4_TEXT + 'icmp id=1 seq=2 / "abc"', ip4 / ICMP(id=1, seq=2) / b"abc"),
    (ETH_TEXT + "ip src=192.0.2.1 dst=192.0.2.2 ttl=1 df dscp=46 "
     "router_alert=0 / icmp type=echo-reply",
     eth / IP(src="192.0.2.1", dst="192.0.2.2", id=0, ttl=1, flags="DF",
              tos=46 << 2, options=[IPOption_Router_Alert()]) / ICMP(type=0)),
    (ETH_TEXT + "ip src=192.0.2.1 dst=192.0.2.2 id=9 mf frag=185 proto=udp / "
     "data len=8",
     eth / IP(src="192.0.2.1", dst="192.0.2.2", id=9, flags="MF", frag=185,
              proto=17) / (b"\0" * 8)),
    ("eth src=02:00:00:00:00:01 / arp sha=02:00:00:00:00:01 spa=192.0.2.1 "
     "tpa=192.0.2.9",
     Ether(src="02:00:00:00:00:01", dst="ff:ff:ff:ff:ff:ff") /
     ARP(hwsrc="02:00:00:00:00:01", psrc="192.0.2.1", pdst="192.0.2.9",
         hwdst="00:00:00:00:00:00")),
    (ETH_TEXT + "vlan id=100 prio=5 / " + IP4_TEXT[len(ETH_TEXT):] + "udp",
     eth / Dot1Q(vlan=100, prio=5) / ip4[IP] / UDP(sport=0, dport=0)),
    (ETH_TEXT + "dot1ad id=7 / qinq id=6 / dot1q id=5 / ip sa=192.0.2.1 "
     "da=192.0.2.2 tos=0x12 flags=DF / udp",
     eth / Dot1AD(vlan=7) / Dot1AD(vlan=6) / Dot1Q(vlan=5) /
     IP(src="192.0.2.1", dst="192.0.2.2", id=0, tos=0x12, flags="DF") /
     UDP(sport=0, dport=0)),
    (ETH_TEXT + "ip6 src=2001:db8::1 dst=2001:db8::2 tc=0x12 / udp",
     eth / IPv6(src="2001:db8::1", dst="2001:db8::2", tc=0x12) /
     UDP(sport=0, dport=0)),
    (ETH_TEXT + "llc / snap / " + IP4_TEXT[len(ETH_TEXT):] + "udp",
     Dot3(src=eth.src, dst=eth.dst) / LLC() / SNAP() / ip4[IP] /
     UDP(sport=0, dport=0)),
    (ETH_TEXT + "mpls label=16 ttl=9 / mpls label=17 tc=3 ttl=9 / " +
     inner_text,
     eth / MPLS(label=16, ttl=9, s=0) / MPLS(label=17, cos=3, ttl=9, s=1) /
     inner),
    (ETH_TEXT + "pppoe session=5 / ppp / " + inner_text,
     # scapy has one byte for the protocol where that is enough
     eth / PPPoE(sessionid=5) / (b"\0\x21" + bytes(inner))),
    (ETH_TEXT + "llc / stp",
     Dot3(src=eth.src, dst=eth.dst) / LLC(dsap=0x42, ssap=0x42, ctrl=3) /
     STP(rootid=32768, bridgeid=32768, portid=0x8001,
                         age=0)),
    (ETH_TEXT + "lacp system=02:00:00:00:00:01 state=5",
     eth / SlowProtocol(subtype=1) / LACP(
         actor_system="02:00:00:00:00:01", actor_system_priority=32768,
         actor_key=1, actor_port_priority=32768, actor_port_number=1,
         actor_state=5, partner_port_priority=0, partner_key=0)),
    (ETH_TEXT + "lldp chassis=02:00:00:00:00:01 port=eth0 ttl=60 name=sw1 "
     "/ pad 60",
     eth / LLDPDUChassisID(subtype=4, id="02:00:00:00:00:01") /
     LLDPDUPortID(subtype=5, id="eth0") / LLDPDUTimeToLive(ttl=60) /
     LLDPDUSystemName(system_name="sw1") / LLDPDUEndOfLLDPDU()),
    (IP6_TEXT + 'udp sport=1024 dport=9 / "hello"', ip6 / udp(9) / b"hello"),
    (IP6_TEXT + "hopopts router_alert=0 / icmp6 id=1 seq=2",
     ip6 / IPv6ExtHdrHopByHop(options=[RouterAlert(), PadN()]) /
     ICMPv6EchoRequest(id=1, seq=2)),
    (IP6_TEXT + "fragment id=5 frag=1 mf nh=17 / data len=8",
     ip6 / IPv6ExtHdrFragment(id=5, offset=1, m=1, nh=17) / (b"\0" * 8)),
    (IP6_TEXT + "ns target=2001:db8::2 sll=02:00:00:00:00:01",
     ip6 / ICMPv6ND_NS(tgt="2001:db8::2") /
     ICMPv6NDOptSrcLLAddr(lladdr="02:00:00:00:00:01")),
    (IP6_TEXT + "ra hop_limit=0 lifetime=1800 mtu=1500",
     ip6 / ICMPv6ND_RA(chlim=0, prf=0, routerlifetime=1800) /
     ICMPv6NDOptMTU(mtu=1500)),
    (IP6_TEXT + "mld group=ff02::1",
     ip6 / ICMPv6MLQuery(mladdr="ff02::1", mrd=10000)),
    (IP6_TEXT + "mld2-report record=4,ff02::1234",
     ip6 / ICMPv6MLReport2(records=[
         ICMPv6MLDMultAddrRec(rtype=4, dst="ff02::1234")])),
    (IP4_TEXT + "gre key=7 seq=5 csum / " + inner_text,
     ip4 / GRE(chksum_present=1, key_present=1, seqnum_present=1, key=7,
               seqence_number=5) / inner),
    (IP4_TEXT + "udp sport=1024 / vxlan vni=5 / eth dst=02:00:00:00:00:02 "
     "src=02:00:00:00:00:01 / " + inner_text,
     ip4 / udp(4789) / VXLAN(vni=5, flags=8) / eth / inner),
    (IP4_TEXT + "udp sport=1024 / geneve vni=5 option=0x010280:0x01020304 / "
     + inner_text,
     ip4 / udp(6081) / GENEVE(vni=5, proto=0x0800, options=[
         GeneveOptions(classid=0x0102, type=0x80, data=b"\1\2\3\4")]) / inner),
    (IP4_TEXT + "udp sport=2152 dport=2152 / gtpu teid=9 seq=5 / " +
     inner_text,
     ip4 / udp(2152, 2152) / GTP_U_Header(teid=9, S=1, seq=5, gtp_type=255) /
     inner),
    (IP4_TEXT + 'esp spi=5000 seq=3 / "secret"',
     ip4 / ESP(spi=5000, seq=3, data=b"secret")),
    (IP4_TEXT + "igmp type=0x16 max_response=0 group=233.252.0.1",
     ip4 / IGMP(type=0x16, mrcode=0, gaddr="233.252.0.1")),
    (ETH_TEXT + "ip src=192.0.2.1 dst=192.0.2.2 id=7 dscp=48 / "
     "igmp3-report record=4,233.252.0.1,192.0.2.1",
     ip4 / IGMPv3(type=0x22, mrcode=0) / IGMPv3mr(records=[
         IGMPv3gr(rtype=4, maddr="233.252.0.1", srcaddrs=["192.0.2.1"])])),
    (IP4_TEXT + "sctp sport=1 dport=2 tag=3 chunk=4:0x00010008c0000201",
     ip4 / SCTP(sport=1, dport=2, tag=3) /
     SCTPChunkHeartbeatReq(params=[SCTPChunkParamHeartbeatInfo(
         data=b"\xc0\0\2\1")])),
    (IP4_TEXT + "udp sport=1024 / dns id=1 q=www.example.com type=AAAA",
     ip4 / udp(53) / DNS(id=1, rd=1, qd=DNSQR(qname="www.example.com",
                                              qtype="AAAA"))),
    (IP4_TEXT + "udp sport=1024 / dns id=1 qr q=example.com "
     'a="example.com 300 A 192.0.2.1"',
     ip4 / udp(53) / DNS(
         id=1, qr=1, rd=1, qd=DNSQR(qname="example.com"),
         an=DNSRR(rrname=b"\xc0\x0c", ttl=300, rdata="192.0.2.1"))),
    (IP4_TEXT + "udp sport=68 dport=67 / dhcp type=discover xid=9 "
     "chaddr=02:00:00:00:00:01 hostname=host request=1,3,6",
     ip4 / udp(67, 68) / (bytes(
         BOOTP(xid=9, chaddr=b"\2\0\0\0\0\1") / DHCP(options=[
             ("message-type", "discover"), ("hostname", "host"),
             ("param_req_list", [1, 3, 6]), "end"])).ljust(300, b"\0"))),
    (IP4_TEXT + "udp sport=1024 / ntp version=4 transmit=1",
     ip4 / udp(123) / (b"\x23" + b"\0" * 46 + b"\1")),
    (IP4_TEXT + "udp sport=1024 dport=1812 / radius id=3 user=alice",
     ip4 / udp(1812) / Radius(code=1, id=3, authenticator=b"\0" * 16,
                              attributes=[RadiusAttr_User_Name(
                                  value="alice")])),
    (IP4_TEXT + "ospf neighbour=192.0.2.2",
     ip4_hops(1) / OSPF_Hdr(src="192.0.2.1", area="0.0.0.0") / OSPF_Hello(
         mask="255.255.255.0", hellointerval=10, options=2, prio=1,
         deadinterval=40, neighbors=["192.0.2.2"])),
    (IP4_TEXT + "vrrp2 vrid=5 address=192.0.2.1",
     ip4_hops(255) / VRRP(vrid=5, addrlist=["192.0.2.1"])),
]


def built(pktsend):
    """The bytes of each text, in the program's own hexadecimal."""
    for text, _ in ROWS:
        shown = subprocess.run([pktsend, "-n", text], capture_output=True,
                               text=True)
        if shown.returncode:
            yield None, shown.stderr
            continue
        lines = [line.split(":", 1)[1] for line in shown.stdout.splitlines()
                 if line.startswith("\t0x")]
        yield bytes.fromhex("".join(line[2:41] for line in lines)), ""


def main():
    wrong = 0
    for (text, expected), (got, message) in zip(ROWS, built(sys.argv[1])):
        expected = bytes(expected)
        if got != expected:
            wrong += 1
            print(f"{text}\n  text:  {got.hex() if got else message}\n"
                  f"  scapy: {expected.hex()}")
    print(f"{len(ROWS)} stacks, {wrong} with other bytes than scapy's")
    return 1 if wrong else 0


sys.exit(main())
