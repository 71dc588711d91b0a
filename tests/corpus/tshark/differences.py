# SPDX-License-Identifier: BSD-2-Clause
"""Where we and tshark differ, and why.

A row: the end of the capture's path, numbers of its packets or None, patterns
of our fields, and the reason. A rule is a function that says whether a
difference is of its kind, in any capture."""

DIFFERENCES = [
    ("eth/length-gap.pcap", (1, 2), "eth.length llc.*",
     "1501 to 1535 are neither a type nor a length: to us the latter"),
    ("llc/cut.pcap", (4,), "eth.type eth.length",
     "a length of 0 is a type to tshark"),
    ("vlan/endless.pcap", (1,), "vlan.*", "tshark stops at 20 tags"),
    ("mpls/ethernet.pcap", (1, 2), "eth.* ipv4* icmp*",
     "tshark takes what is behind the labels for something else"),
    ("mpls/pseudowire.pcap", (1,), "mpls.* eth.* ipv4* icmp*",
     "tshark does not look for a control word"),
    ("null/linux-inet6.pcap", (1,), "ipv6.* icmp6.*",
     "Linux's number of IPv6 is unknown to tshark"),
    ("sll/devices.pcap", (5,), "sll|sll2.*",
     "tshark's decoder of netlink has the header"),
    ("ipv4/other-options.pcap", (5,), "ipv4.options.*",
     "an option that tshark does not know has no fields there"),
    ("wifi/a-msdu.pcap", (1,), "eth.* wifi.dst wifi.src",
     "to us a subframe is an Ethernet frame"),
    ("vxlan/flags.pcap", (2,), "vxlan.group vxlan.next_protocol",
     "to tshark only port 4790 has the generic extension"),
    ("wifi/reserved.pcap", (2,), "wifi.*",
     "tshark takes a reserved subtype for a known one"),
    ("radiotap/rates.pcap", (1,), "radiotap.rate",
     "tshark calculates the rate of an MCS"),
    ("radiotap/decibels.pcap", (2, 3, 4, 5), "radiotap.rate",
     "tshark calculates the rate of an MCS"),
    ("wifi/codes.pcap", (7,), "wifi.reason",
     "what an action has behind its number is bytes to us"),
    ("radiotap/vendor.pcap", (1,), "radiotap.present*",
     "to tshark the word of a vendor's fields is one of ours"),
    ("sctp/checksum.pcap", (2,), "sctp.layer_checksum",
     "a checksum of 0 is none to us (RFC 9653)"),
    ("sctp/other-chunks.pcap", (3,), "sctp.chunks*.address",
     "parameters of ASCONF are bytes to us"),
    ("igmp/aux-data.pcap", (2,), "igmp.layer_checksum",
     "the checksum is that of all bytes (RFC 2236, 2.5)"),
    ("igmp/others.pcap", (1, 2, 4, 5), "igmp.*",
     "DVMRP, PIM and mtrace are other protocols to tshark"),
    ("icmp6/rpl-and-others.pcap", (3,), "icmp6.options*",
     "inverse neighbour discovery is bytes to us"),
    ("icmp6/search-list.pcap", (2,), "icmp6.options*.name",
     "a name that loops is none"),
    ("dhcp6/relay-nesting.pcap", (1,), "dhcp6.*",
     "RFC 8415, 7.6 ends at 8 relays, we at 32"),
    ("dns/forward.pcap", (1,), "dns|mdns|llmnr.questions.*",
     "a pointer to what follows is none (RFC 1035, 4.1.4)"),
    ("dns/labels.pcap", (4,), "dns|mdns|llmnr.questions.*",
     "a name of more than 255 bytes is none"),
    ("dns/loop.pcap", (1, 2, 3), "dns|mdns|llmnr.questions.*",
     "a name that loops is none"),
    ("dns/edns-lengths.pcap", (3,), "dns|mdns|llmnr.*",
     "an IPv4 address of 5 bytes is none"),
    ("mdns/cut.pcap", (3,), "*dns*.questions.*", "a name that loops is none"),
    ("dns/pointers.pcap", (1,), "dns|mdns|llmnr.*",
     "a name of 200 pointers is none"),
    ("quic/coalesced.pcap", (2,), "quic.*",
     "tshark tells a short header where it knows who chose the id"),
    ("quic/negotiation.pcap", (1,), "quic.fixed_bit",
     "version negotiation has no such bit to tshark"),
    ("quic/v1.pcap", (5,), "quic.fixed_bit",
     "tshark does not tell it of Retry"),
    ("quic/versions.pcap", (2, 3), "quic.length quic.token_length",
     "what an unknown version has behind its ids is unknown"),
    ("snmp/types.pcap", (4,), "snmp.*",
     "an unknown PDU is read as others are"),
    ("ssh/banner-and-kexinit.pcap", (2,), "ssh.protocol ssh.software",
     "tshark expects one banner in each direction"),
    ("ssh/banner-without-end.pcap", (2,), "ssh.software",
     "we tell 255 bytes, which is the limit of RFC 4253"),
    ("http/noise.pcap", (3,), "tls.*", "TLS on a port of HTTP"),
    ("http/escapes.pcap", (2,), "http.headers*",
     "a lone carriage return ends a value to tshark"),
    ("http/pipelined.pcap", (2,), "http.*",
     "the body of a response without an end may hold another one"),
    ("http/proxy.pcap", (5,), "http.*",
     "the preface of HTTP/2 is another protocol to tshark"),
    ("http/request-line.pcap", (4,), "http.*",
     "blanks in a target: we take the version from the end"),
    ("http/request-line.pcap", (5,), "http.*",
     "a line without an end, which we tell"),
    ("tls/escapes.pcap", (2, 3), "tls.messages.extensions[[]type=0]*",
     "we tell the first name, and none that is empty"),
    ("tls/split.pcap", (1,), "tls.messages.*",
     "tshark puts a message together that is in two records"),
    ("icmp6/redirect.pcap", (1,), "ipv6.* icmp6.*",
     "tshark takes the packet in a redirect's option apart"),
    ("icmp/extension-length.pcap", (2, 3), "icmp.extensions.*",
     "to us the list ends in front of an object that is too short or long"),
    ("stp/values.pcap", (1,), "stp.*",
     "to us bytes of another protocol number are no spanning tree"),
    ("stp/values.pcap", (5,), "stp*",
     "the extension of 1 byte, which tshark takes for a whole one"),
    ("tcp/mptcp-lengths.pcap", (4,), "tcp.options.sender_key",
     "a key with a byte too many behind it is none to tshark"),
    ("tcp/option-length.pcap", (6,), "tcp.options[[]kind=8].value",
     "timestamps of 4 bytes have no fields to tshark"),
    ("ntp/values.pcap", (3, 4), "ntp.mac",
     "longer than any MAC of RFC 5905: to us no MAC"),
]


def has_option(layer, kinds):
    return any(option.get("kind") in kinds
               for option in layer.get("options", []))


def source_route(field, layers, got, want):
    """tshark tells the last destination of a source route."""
    return (field.key == "ipv4.dst" and len(got) == len(want) and
            any(has_option(layer, (131, 137)) for layer in layers))


def unfinished_record(field, layers, got, want):
    """tshark tells a TLS record where its end is, we as much as there is."""
    whole = [layer for layer in layers if layer["proto"] != "tls" or
             layer.get("length", 0) + 5 <= layer["layer_len"]]
    return "tls" in field.protos and field.ours(whole) == want


def unfinished_header(field, layers, got, want):
    """tshark tells a line of HTTP that goes on in the next segment."""
    return (field.has(want, got) and "http" in field.protos and
            any("partial" in layer for layer in layers))


def line_without_colon(field, layers, got, want):
    """Such a line ends a header to tshark; to us it is one without a name."""
    return (field.has(got, want) and "http" in field.protos and
            any("name" not in line for layer in layers
                if layer["proto"] == "http"
                for line in layer.get("headers", [])))


def ssh_without_banner(field, layers, got, want):
    """tshark must have seen the banners to take packets apart."""
    return (want == [] and field.key.startswith("ssh.packets") and
            not any("software" in layer for layer in layers))


def loopback_type(field, layers, got, want):
    """An EtherType in two of the four bytes of BSD's family."""
    return field.key == "null.family" and [v & 0xffff for v in got] == want


RULES = (source_route, unfinished_record, unfinished_header,
         line_without_colon, ssh_without_banner, loopback_type)
