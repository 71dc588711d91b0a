# SPDX-License-Identifier: BSD-2-Clause
"""Applications."""
from tshark.field import Field, fields, name, nonzero, number, octets, text, time

FIELDS = [
    *fields("dhcp", number, """
        op dhcp.type
        htype+options[code=61].htype dhcp.hw.type
        hlen dhcp.hw.len
        hops dhcp.hops
        xid dhcp.id
        secs dhcp.secs
        flag_broadcast dhcp.flags.bc
        flags_reserved dhcp.flags.reserved
        options.length dhcp.option.length
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
        options[code=56].value dhcp.option.message
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
    Field("dhcp.options.code", "dhcp.option.type", nonzero),
    Field("dhcp.chaddr+options[code=61].value", "dhcp.hw.mac_addr|dhcp.hw.addr", octets),
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
]
