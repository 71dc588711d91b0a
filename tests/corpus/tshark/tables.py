# SPDX-License-Identifier: BSD-2-Clause
"""Everything that is compared, and how tshark is asked."""
from tshark import (application, dns, link, network, routing, tls, transport,
                    wireless)

# Each packet on its own, as pktsniff looks at it.
OPTIONS = [
    "ip.defragment:FALSE",
    "ipv6.defragment:FALSE",
    "wlan.defragment:FALSE",
    "tcp.desegment_tcp_streams:FALSE",
    "tls.desegment_ssl_records:FALSE",
    "ip.check_checksum:TRUE",
    "tcp.check_checksum:TRUE",
    "udp.check_checksum:TRUE",
    "udplite.check_checksum:TRUE",
    "sctp.checksum:CRC 32c",
    "tcp.analyze_sequence_numbers:FALSE",
    "tcp.relative_sequence_numbers:FALSE",
]

FIELDS = [field for level in (link, wireless, network, transport, dns, tls,
                              application, routing) for field in level.FIELDS]
