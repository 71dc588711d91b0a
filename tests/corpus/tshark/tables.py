# SPDX-License-Identifier: BSD-2-Clause
"""Everything that is compared, and how tshark is asked."""
from tshark import application, link, network, transport

# Each packet on its own, as pktsniff looks at it.
OPTIONS = [
    "ip.defragment:FALSE",
    "ipv6.defragment:FALSE",
    "ip.check_checksum:TRUE",
    "tcp.check_checksum:TRUE",
    "udp.check_checksum:TRUE",
    "wlan.defragment:FALSE",
    "tcp.desegment_tcp_streams:FALSE",
    "tcp.relative_sequence_numbers:FALSE",
]

FIELDS = [
    *link.FIELDS,
    *network.FIELDS,
    *transport.FIELDS,
    *application.FIELDS,
]
