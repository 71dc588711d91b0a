#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Traffic of real kernel stacks between two network namespaces.

usage: stack_traffic.py serve | send ADDRESS ADDRESS6

TCP in bulk (so that both sides merge segments), UDP, ICMP and ICMPv6 echo,
with the ARP and neighbour discovery that precede them.
"""
import os
import select
import socket
import struct
import sys

TCP_PORT, UDP_PORT, BYTES = 7001, 7002, 3_000_000


def serve():
    tcp = socket.create_server(("::", TCP_PORT), family=socket.AF_INET6,
                               dualstack_ipv6=True)
    udp = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    udp.bind(("::", UDP_PORT))
    print("ready", flush=True)
    streams = 0
    while streams < 2:
        for source in select.select([tcp, udp], [], [], 30)[0]:
            if source is udp:
                data, peer = udp.recvfrom(65536)
                udp.sendto(data, peer)
            else:
                stream = source.accept()[0]
                while stream.recv(65536):
                    pass
                stream.close()
                streams += 1


def checksum(data):
    total = sum(struct.unpack(f">{len(data) // 2}H", data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def ping(address):
    body = struct.pack(">HH", os.getpid() & 0xFFFF, 1) + bytes(56)
    if ":" in address:
        raw = socket.socket(socket.AF_INET6, socket.SOCK_RAW,
                            socket.IPPROTO_ICMPV6)
        raw.sendto(struct.pack(">BBH", 128, 0, 0) + body, (address, 0))
    else:
        raw = socket.socket(socket.AF_INET, socket.SOCK_RAW,
                            socket.IPPROTO_ICMP)
        sum16 = checksum(struct.pack(">BBH", 8, 0, 0) + body)
        raw.sendto(struct.pack(">BBH", 8, 0, sum16) + body, (address, 0))
    select.select([raw], [], [], 5)


def send(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    ping(address)
    udp = socket.socket(family, socket.SOCK_DGRAM)
    udp.settimeout(10)
    for size in (0, 1, 500, 1472, 8000):
        udp.sendto(os.urandom(size), (address, UDP_PORT))
        udp.recvfrom(65536)
    with socket.create_connection((address, TCP_PORT)) as stream:
        stream.sendall(os.urandom(BYTES))


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve()
    else:
        for target in sys.argv[2:]:
            send(target)
