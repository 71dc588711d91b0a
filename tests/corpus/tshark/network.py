# SPDX-License-Identifier: BSD-2-Clause
"""ARP, IP and what stands between IP and transport."""
from tshark.field import Field, fields, nonzero, number, octets, text

FIELDS = [
    *fields("arp", number, """
        hardware_type arp.hw.type
        protocol_type arp.proto.type
        hardware_length arp.hw.size
        protocol_length arp.proto.size
        operation arp.opcode
    """),
    *fields("arp[hardware_length=6]", text, """
        sender_hardware arp.src.hw_mac
        target_hardware arp.dst.hw_mac
    """),
    *fields("arp[protocol_length=4]", text, """
        sender_protocol arp.src.proto_ipv4
        target_protocol arp.dst.proto_ipv4
    """),
    *fields("ipv4", number, """
        dscp ip.dsfield.dscp
        ecn ip.dsfield.ecn
        total_length ip.len
        id ip.id
        reserved_flag ip.flags.rb
        dont_fragment ip.flags.df
        more_fragments ip.flags.mf
        fragment_offset ip.frag_offset
        ttl ip.ttl
        protocol ip.proto
        checksum ip.checksum
        options.kind ip.opt.type
        options.length ip.opt.len
    """),
    Field("ipv4.ihl", "ip.hdr_len", scale=4),
    *fields("ipv4", text, """
        src ip.src
        dst ip.dst
    """),
    *fields("ipv6", number, """
        dscp ipv6.tclass.dscp
        ecn ipv6.tclass.ecn
        flow_label ipv6.flow
        payload_length ipv6.plen
        next_header ipv6.nxt
        hop_limit ipv6.hlim
    """),
    *fields("ipv6", text, """
        src ipv6.src
        dst ipv6.dst
    """),
    *fields("ipv6_hopopts", number, """
        next_header ipv6.hopopts.nxt
        length ipv6.hopopts.len
    """),
    *fields("ipv6_dstopts", number, """
        next_header ipv6.dstopts.nxt
        length ipv6.dstopts.len
    """),
    *fields("ipv6_hopopts|ipv6_dstopts", number, """
        options.type ipv6.opt.type
        options.length ipv6.opt.length
        options.alert ipv6.opt.router_alert
        options.payload_length ipv6.opt.jumbo
    """),
    *fields("ipv6_routing", number, """
        next_header ipv6.routing.nxt
        length ipv6.routing.len
        type ipv6.routing.type
        segments_left ipv6.routing.segleft
        last_entry ipv6.routing.srh.last_entry
        flags ipv6.routing.srh.flags
        compressed ipv6.routing.rpl.cmprI
        compressed_last ipv6.routing.rpl.cmprE
        pad ipv6.routing.rpl.pad
    """),
    *fields("ipv6_routing", text, """
        addresses.address ipv6.routing.src.addr|ipv6.routing.mipv6.home_address|ipv6.routing.srh.addr
    """),
    Field("ipv6_routing.tag", "ipv6.routing.srh.tag",
          peer=lambda v: int(octets(v), 16)),
    *fields("ipv6_fragment", number, """
        next_header ipv6.fraghdr.nxt
        reserved ipv6.fraghdr.reserved_octet
        fragment_offset ipv6.fraghdr.offset
        reserved_bits ipv6.fraghdr.reserved_bits
        more_fragments ipv6.fraghdr.more
        id ipv6.fraghdr.ident
    """),
    *fields("ipv6_mobility", number, """
        next_header mip6.proto
        length mip6.hlen
        type mip6.mhtype
        reserved mip6.reserved
        checksum mip6.csum
    """),
    *fields("icmp", number, """
        type icmp.type
        code icmp.code
        checksum icmp.checksum
        id icmp.ident
        next_hop_mtu icmp.mtu
        pointer icmp.pointer
        originate icmp.originate_timestamp
        receive icmp.receive_timestamp
        transmit icmp.transmit_timestamp
        addresses icmp.num_addrs
        entry_size icmp.addr_entry_size
        lifetime icmp.lifetime
        routers.preference icmp.pref_level
        extension_version icmp.ext.version
        extension_checksum icmp.ext.checksum
        extensions.length icmp.ext.length
        extensions.class icmp.ext.class
        extensions.type icmp.ext.ctype
        extensions.labels.label icmp.mpls.label
        extensions.labels.tc icmp.mpls.exp
        extensions.labels.bottom icmp.mpls.s
        extensions.labels.ttl icmp.mpls.ttl
    """),
    Field("icmp.length", "icmp.length", nonzero),
    Field("icmp[type=0|8|13|14|15|16|17|18].seq", "icmp.seq"),
    Field("icmp[type=42|43].seq", "icmp.ext.echo.seq"),
    *fields("icmp", text, """
        gateway icmp.redir_gw
        mask icmp.address_mask
        routers.address icmp.router_address
    """),
    *fields("icmp6", number, """
        type icmpv6.type
        code icmpv6.code
        checksum icmpv6.checksum
        id icmpv6.echo.identifier
        seq icmpv6.echo.sequence_number
        mtu icmpv6.mtu
        pointer icmpv6.pointer
    """),
    Field("icmp6.length", "icmpv6.length", nonzero),
]
