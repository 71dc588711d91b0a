# SPDX-License-Identifier: BSD-2-Clause
"""ARP, IP and what stands between IP and transport."""
import ipaddress

from tshark.field import (NAME, Field, checksum, fields, hexadecimal,
                          nonzero, number, octets, text)

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
    # Where it is 0, tshark makes one up.
    Field("ipv4[total_length!=0].total_length", "ip.len", only=True),
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
    Field("ipv6_routing.tag", "ipv6.routing.srh.tag", hexadecimal),
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
    checksum("ipv4", "ip.checksum"),
    checksum("icmp", "icmp.checksum"),
    checksum("icmp6", "icmpv6.checksum"),
    checksum("igmp", "igmp.checksum"),
    *fields("icmp6", number, """
        options.type icmpv6.opt.type
        options.length icmpv6.opt.length
        home_agent icmpv6.nd.ra.flag.h
        managed icmpv6.nd.ra.flag.m
        other icmpv6.nd.ra.flag.o
        preference icmpv6.nd.ra.flag.prf
        proxy icmpv6.nd.ra.flag.p
        hop_limit icmpv6.nd.ra.cur_hop_limit
        lifetime icmpv6.nd.ra.router_lifetime
        reachable_time icmpv6.nd.ra.reachable_time
        retransmission icmpv6.nd.ra.retrans_timer
        router icmpv6.nd.na.flag.r
        solicited icmpv6.nd.na.flag.s
        override icmpv6.nd.na.flag.o
        max_response icmpv6.mld.maximum_response_delay|icmpv6.mld.maximum_response_code
        interval_code icmpv6.mld.qqi
        robustness icmpv6.mld.flag.qrv
        suppress icmpv6.mld.flag.s
        source_count icmpv6.mld.nb_sources
        record_count icmpv6.mldr.nb_mcast_records
        records.type icmpv6.mldr.mar.record_type
        records.auxiliary_length icmpv6.mldr.mar.aux_data_len
        records.source_count icmpv6.mldr.mar.nb_sources
        options[type=3|24].prefix_length icmpv6.opt.prefix.length
        options[type=3].on_link icmpv6.opt.prefix.flag.l
        options[type=3].autonomous icmpv6.opt.prefix.flag.a
        options[type=3].router_address icmpv6.opt.prefix.flag.r
        options[type=3].valid_lifetime icmpv6.opt.prefix.valid_lifetime
        options[type=3].preferred_lifetime icmpv6.opt.prefix.preferred_lifetime
        options[type=5].mtu icmpv6.opt.mtu
        options[type=24].preference icmpv6.opt.route_info.flag.route_preference
        options[type=24].lifetime icmpv6.opt.route_lifetime
        options[type=25].lifetime icmpv6.opt.rdnss.lifetime
        options[type=31].lifetime icmpv6.opt.dnssl.lifetime
        options[type=38].scaled_lifetime icmpv6.opt.pref64.scaled_lifetime
        options[type=38].prefix_length_code icmpv6.opt.pref64.plc
    """),
    *fields("icmp6", text, """
        destination icmpv6.rd.na.destination_address
        target icmpv6.nd.ns.target_address|icmpv6.nd.na.target_address|icmpv6.nd.rd.target_address
        group icmpv6.mld.multicast_address
        sources.address icmpv6.mld.source_address
        records.group icmpv6.mldr.mar.multicast_address
        records.sources.address icmpv6.mldr.mar.source_address
        options[type=1].address icmpv6.opt.src_linkaddr
        options[type=2].address icmpv6.opt.target_linkaddr
        options[type=25].servers.address icmpv6.opt.rdnss
        options[type=37].uri icmpv6.opt.captive_portal
    """),
    # A route's prefix may be half an address.
    Field("icmp6.options[type=3|24].prefix", "icmpv6.opt.prefix", text,
          mine=lambda v: v if ":" in v else str(ipaddress.ip_address(
              bytes.fromhex(v.ljust(32, "0"))))),
    Field("icmp6.options[type=31].domains.name", "icmpv6.opt.dnssl", NAME),
    *fields("igmp", number, """
        type igmp.type
        checksum igmp.checksum
        interval_code igmp.qqic
        robustness igmp.qrv
        suppress igmp.s
        source_count+records.source_count igmp.num_src
        record_count igmp.num_grp_recs
        records.type igmp.record_type
        records.auxiliary_length igmp.aux_data_len
    """),
    *fields("igmp", text, """
        group+records.group igmp.maddr
        sources.address+records.sources.address igmp.saddr
    """),
    Field("igmp.records.auxiliary", "igmp.aux_data", octets),
    *fields("gre", number, """
        has_checksum gre.flags.checksum
        has_routing gre.flags.routing
        has_key gre.flags.key
        has_seq gre.flags.sequence_number
        strict_route gre.flags.strict_source_route
        recursion gre.flags.recursion_control
        flags gre.flags.reserved
        version gre.flags.version
        protocol gre.proto
        checksum gre.checksum
        offset gre.offset
        key gre.key
        payload_length gre.key.payload_length
        call gre.key.call_id
        seq gre.sequence_number
        ack gre.ack_number
    """),
    *fields("esp", number, """
        spi esp.spi
        seq esp.sequence
    """),
    *fields("ah", number, """
        next_header ah.next_header
        length ah.length
        spi ah.spi
        seq ah.sequence
    """),
    Field("ah.reserved", "ah.reserved", hexadecimal),
    Field("ah.icv", "ah.icv", lambda v: octets(v) or None),
]
