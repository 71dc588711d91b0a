# SPDX-License-Identifier: BSD-2-Clause
"""DHCP, DHCPv6, NTP, SNMP, SSH and RADIUS."""
from tshark.field import NAME, Field, fields, hexadecimal, nonzero, number, octets, text, time

# Options of a message, in an option, and of the messages that relays carry.
DHCP6_OPTIONS = ("options+options.options+relayed.options"
                 "+relayed.options.options")

FIELDS = [
    *fields("dhcp", number, """
        op dhcp.type
        htype+options[code=61,htype=1].htype dhcp.hw.type
        hlen dhcp.hw.len
        hops dhcp.hops
        xid dhcp.id
        flag_broadcast dhcp.flags.bc
        flags_reserved dhcp.flags.reserved
        options[code=53].value dhcp.option.dhcp
        options[code=55].values.value dhcp.option.request_list_item
        options[code=51].value dhcp.option.ip_address_lease_time
        options[code=57].value dhcp.option.dhcp_max_message_size
        options[code=58].value dhcp.option.renewal_time_value
        options[code=59].value dhcp.option.rebinding_time_value
        options[code=52].value dhcp.option.option_overload
        options[code=26].value dhcp.option.interface_mtu
        options[code=2].value dhcp.option.time_offset
        options[code=23].value dhcp.option.default_ip_ttl
        options[code=46].value dhcp.option.netbios_over_tcpip_node_type
        options[code=81].flag_server dhcp.fqdn.s
        options[code=81].flag_override dhcp.fqdn.o
        options[code=81].flag_encoded dhcp.fqdn.e
        options[code=81].flag_no_update dhcp.fqdn.n
        options[code=81].a_result dhcp.fqdn.rcode1
        options[code=81].ptr_result dhcp.fqdn.rcode2
        options[code=82].suboptions.code dhcp.option.agent_information_option.suboption
    """),
    *fields("dhcp", text, """
        ciaddr dhcp.ip.client
        yiaddr dhcp.ip.your
        siaddr dhcp.ip.server
        giaddr dhcp.ip.relay
        options[code=1].value dhcp.option.subnet_mask
        options[code=3].values.value dhcp.option.router
        options[code=6].values.value dhcp.option.domain_name_server
        options[code=12].value dhcp.option.hostname
        options[code=15].value dhcp.option.domain_name
        options[code=28].value dhcp.option.broadcast_address
        options[code=42].values.value dhcp.option.ntp_server
        options[code=44].values.value dhcp.option.netbios_over_tcpip_name_server
        options[code=50].value dhcp.option.requested_ip_address
        options[code=54].value dhcp.option.dhcp_server_id
        options[code=60].value dhcp.option.vendor_class_id
        options[code=66].value dhcp.option.tftp_server_name
        options[code=67].value dhcp.option.bootfile_name
        options[code=81].name dhcp.fqdn.name
        options[code=82].suboptions.address dhcp.option.agent_information_option.link_selection|dhcp.option.agent_information_option.server_id_override
        options[code=33].values.address dhcp.option.static_route.ip
        options[code=33].values.second dhcp.option.static_route.router
    """),
    *fields("dhcp", octets, """
        chaddr_padding dhcp.hw.addr_padding
        options[code=82].suboptions[code=1].data dhcp.option.agent_information_option.agent_circuit_id
        options[code=82].suboptions[code=2].data dhcp.option.agent_information_option.agent_remote_id
    """),
    # tshark tells options of padding, and 0 for the one that ends the list.
    # Options in file and sname come last to us, but not to tshark.
    Field("dhcp.options.code", "dhcp.option.type", nonzero, unordered=True),
    Field("dhcp.options.length", "dhcp.option.length", unordered=True),
    Field("dhcp.options[code=56].value", "dhcp.option.message", text,
          unordered=True),
    # tshark swaps its bytes where that looks better.
    Field("dhcp.secs", "dhcp.secs",
          lambda v: min(number(v), number(v) >> 8 | (number(v) & 255) << 8)),
    Field("dhcp.chaddr+options[code=61,htype=1].value", "dhcp.hw.mac_addr|dhcp.hw.addr", octets),
    *fields("ntp", number, """
        leap ntp.flags.li
        version ntp.flags.vn
        mode ntp.flags.mode
        stratum ntp.stratum
        association ntp.ctrl.associd
        offset ntp.ctrl.offset
        count ntp.ctrl.count
        status ntp.ctrl.status
        implementation ntp.priv.impl
        request ntp.priv.reqcode
        error ntp.priv.err
        item_count ntp.priv.numitems
        item_size ntp.priv.itemsize
        extensions.type ntp.ext.type
        extensions.length ntp.ext.length
    """),
    *fields("ntp", octets, """
        mac ntp.mac
    """),
    *fields("ntp", time, """
        reference_time ntp.reftime
        origin_time ntp.org
        receive_time ntp.rec
        transmit_time ntp.xmt
    """),
    *fields("dhcp6", number, """
        code dhcpv6.option.type
        length dhcpv6.option.length
        [code=13].status dhcpv6.status_code
        [code=1|2].duid_type dhcpv6.duid.type
        [code=3|25].t1 dhcpv6.iaid.t1
        [code=3|25].t2 dhcpv6.iaid.t2
        [code=5].preferred_lifetime dhcpv6.iaaddr.pref_lifetime
        [code=5].valid_lifetime dhcpv6.iaaddr.valid_lifetime
        [code=26].preferred_lifetime dhcpv6.iaprefix.pref_lifetime
        [code=26].valid_lifetime dhcpv6.iaprefix.valid_lifetime
        [code=26].prefix_length dhcpv6.iaprefix.pref_len
        [code=6].values.value dhcpv6.requested_option_code
        [code=7].value dhcpv6.option_preference
        [code=19].value dhcpv6.reconf_msg
        [code=16].enterprise dhcpv6.vendorclass.enterprise
        [code=37].enterprise dhcpv6.remoteid.enterprise
    """, DHCP6_OPTIONS, unordered=True),
    *fields("dhcp6", hexadecimal, """
        [code=3|25].iaid dhcpv6.iaid
    """, DHCP6_OPTIONS, unordered=True),
    *fields("dhcp6", text, """
        [code=5].address dhcpv6.iaaddr.ip
        [code=26].prefix dhcpv6.iaprefix.pref_addr
        [code=13].message dhcpv6.status_msg
        [code=23].values.value dhcpv6.dns_server
    """, DHCP6_OPTIONS, unordered=True),
    *fields("dhcp6", NAME, """
        [code=24].values.value dhcpv6.search_list_entry
    """, DHCP6_OPTIONS, unordered=True),
    *fields("dhcp6", octets, """
        [code=1|2,duid_type=1].link_address dhcpv6.duidllt.link_layer_addr
        [code=1|2,duid_type=3].link_address dhcpv6.duidll.link_layer_addr
        [code=18].data dhcpv6.interface_id
    """, DHCP6_OPTIONS, unordered=True),
    *fields("dhcp6", number, """
        type+relayed.type dhcpv6.msgtype
        xid+relayed.xid dhcpv6.xid
        hop_count+relayed.hop_count dhcpv6.hopcount
    """),
    *fields("dhcp6", text, """
        link_address+relayed.link_address dhcpv6.linkaddr
        peer_address+relayed.peer_address dhcpv6.peeraddr
    """),
    *fields("snmp", number, """
        version snmp.version|snmp.msgVersion
        error_index snmp.error_index
        error_status snmp.error_status
        max_repetitions snmp.max_repetitions
        non_repeaters snmp.non_repeaters
        request_id snmp.request_id
        generic_trap snmp.generic_trap
        specific_trap snmp.specific_trap
        time snmp.time_stamp
        message_id snmp.msgID
        max_size snmp.msgMaxSize
        security_model snmp.msgSecurityModel
        engine_boots snmp.msgAuthoritativeEngineBoots
        engine_time snmp.msgAuthoritativeEngineTime
        flag_authenticated snmp.v3.flags.auth
        flag_encrypted snmp.v3.flags.crypt
        flag_reportable snmp.v3.flags.report
        variables[type=2].value snmp.value.int
        variables[type=65|70].value snmp.value.counter|snmp.value.u32
        variables[type=66].value snmp.value.g32
        variables[type=67].value snmp.value.timeticks
    """),
    *fields("snmp", text, """
        community snmp.community
        context_name snmp.contextName
        user snmp.msgUserName
        enterprise snmp.enterprise
        agent snmp.agent_addr
        variables.oid snmp.name
        variables[type=6].value snmp.value.oid
        variables[type=64].value snmp.value.ipv4
    """),
    *fields("snmp", octets, """
        engine_id snmp.msgAuthoritativeEngineID
        context_engine_id snmp.contextEngineID
        encrypted snmp.encryptedPDU
    """),
    Field("ssh.protocol", "ssh.protocol", text,
          peer=lambda v: v.split("-")[1]),
    Field("ssh.software", "ssh.protocol", text,
          peer=lambda v: text(v.split("-", 2)[2].split(" ")[0])),
    *fields("ssh", number, """
        packets.packet_length ssh.packet_length
        packets.padding_length ssh.padding_length
        packets.message ssh.message_code
        packets.first_kex_packet_follows ssh.first_kex_packet_follows
    """),
    *fields("ssh", text, """
        packets.kex_algorithms ssh.kex_algorithms
        packets.server_host_key_algorithms ssh.server_host_key_algorithms
        packets.encryption_client_to_server ssh.encryption_algorithms_client_to_server
        packets.encryption_server_to_client ssh.encryption_algorithms_server_to_client
        packets.mac_client_to_server ssh.mac_algorithms_client_to_server
        packets.mac_server_to_client ssh.mac_algorithms_server_to_client
        packets.compression_client_to_server ssh.compression_algorithms_client_to_server
        packets.compression_server_to_client ssh.compression_algorithms_server_to_client
    """),
    Field("ssh.packets.cookie", "ssh.cookie", octets),
    *fields("radius", number, """
        code radius.code
        id radius.id
        length radius.length
        attributes.type radius.avp.type
        attributes.length radius.avp.length
        attributes[type=26].vendor radius.avp.vendor_id
        attributes[type=26].attributes.type radius.avp.vendor_type
        attributes[type=26].attributes.length radius.avp.vendor_len
        attributes[type=5].value radius.NAS_Port
        attributes[type=6].value radius.Service_Type
        attributes[type=12].value radius.Framed_MTU
        attributes[type=27].value radius.Session_Timeout
        attributes[type=40].value radius.Acct_Status_Type
        attributes[type=42].value radius.Acct_Input_Octets
        attributes[type=61].value radius.NAS_Port_Type
        attributes[type=79].eap_code eap.code
        attributes[type=79].eap_id eap.id
        attributes[type=79].eap_length eap.len
        attributes[type=79].eap_type eap.type
    """),
    *fields("radius", text, """
        attributes[type=1].value radius.User_Name
        attributes[type=4].value radius.NAS_IP_Address
        attributes[type=8].value radius.Framed-IP-Address
        attributes[type=18].value radius.Reply_Message
        attributes[type=30].value radius.Called_Station_Id
        attributes[type=31].value radius.Calling_Station_Id
        attributes[type=44].value radius.Acct_Session_Id
    """),
    *fields("radius", octets, """
        authenticator radius.authenticator
        attributes[type=24].data radius.State
        attributes[type=80].data radius.Message_Authenticator
    """),
]
