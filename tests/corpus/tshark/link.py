# SPDX-License-Identifier: BSD-2-Clause
"""Link layers."""
from tshark.field import Field, fields, number, octets, seconds, text

FIELDS = [
    *fields("eth", text, """
        dst eth.dst
        src eth.src
    """),
    *fields("eth", number, """
        type eth.type
        length eth.len
    """),
    *fields("vlan", number, """
        vid ieee8021ad.id|vlan.id
        pcp ieee8021ad.priority|vlan.priority
        dei ieee8021ad.dei|vlan.dei
    """),
    *fields("llc", number, """
        dsap llc.dsap
        ssap llc.ssap
        send_number llc.control.n_s
        receive_number llc.control.n_r
        function llc.control.s_ftype
    """),
    Field("snap.oui", "llc.oui"),
    Field("snap[oui=0|248].pid", "llc.type"),
    Field("snap[oui=12].pid", "llc.cisco_pid"),
    *fields("sll|sll2", number, """
        packet_type sll.pkttype
        device_type sll.hatype
        address_length sll.halen
    """),
    *fields("null", number, """
        family null.family|null.type
    """),
    *fields("mpls", number, """
        label mpls.label
        traffic_class mpls.exp
        bottom mpls.bottom
        ttl mpls.ttl
        control_sequence pwmcw.sequence_number|pweth.cw.sequence_number
        channel_type pwach.channel_type
    """),
    *fields("pppoe", number, """
        version pppoe.version
        type pppoe.type
        code pppoe.code
        session pppoe.session_id
        length pppoe.payload_length
    """),
    *fields("ppp", number, """
        address ppp.address|chdlc.address
        control ppp.control|chdlc.control
        protocol ppp.protocol|chdlc.protocol
    """),
    *fields("stp", number, """
        protocol stp.protocol
        version stp.version
        type stp.type
        flag_topology_change_ack+instances.flag_topology_change_ack stp.flags.tcack
        flag_topology_change+instances.flag_topology_change stp.flags.tc
        port stp.port
        root_cost stp.root.cost
        version1_length stp.version_1_length
        version3_length mstp.version_3_length
        revision mstp.config_revision_level
        vlan stp.pvst.origvlan
    """),
    # The first spanning tree has none of these flags, and 0 there.
    *fields("stp[type=2]", number, """
        flag_agreement+instances.flag_agreement stp.flags.agreement
        flag_forwarding+instances.flag_forwarding stp.flags.forwarding
        flag_learning+instances.flag_learning stp.flags.learning
        port_role+instances.port_role stp.flags.port_role
        flag_proposal+instances.flag_proposal stp.flags.proposal
    """),
    Field("lacp[subtype=1].version", "lacp.version"),
    *fields("lacp", number, """
        actor.system_priority lacp.actor.sys_priority
        actor.key lacp.actor.key
        actor.port_priority lacp.actor.port_priority
        actor.port lacp.actor.port
        actor.flag_expired lacp.actor.state.expired
        actor.flag_defaulted lacp.actor.state.defaulted
        actor.flag_distributing lacp.actor.state.distributing
        actor.flag_collecting lacp.actor.state.collecting
        actor.flag_synchronized lacp.actor.state.synchronization
        actor.flag_aggregatable lacp.actor.state.aggregation
        actor.flag_short_timeout lacp.actor.state.timeout
        actor.flag_active lacp.actor.state.activity
        partner.system_priority lacp.partner.sys_priority
        partner.key lacp.partner.key
        partner.port_priority lacp.partner.port_priority
        partner.port lacp.partner.port
        partner.flag_expired lacp.partner.state.expired
        partner.flag_defaulted lacp.partner.state.defaulted
        partner.flag_distributing lacp.partner.state.distributing
        partner.flag_collecting lacp.partner.state.collecting
        partner.flag_synchronized lacp.partner.state.synchronization
        partner.flag_aggregatable lacp.partner.state.aggregation
        partner.flag_short_timeout lacp.partner.state.timeout
        partner.flag_active lacp.partner.state.activity
        collector.max_delay lacp.collector.max_delay
    """),
    *fields("lacp", text, """
        actor.system lacp.actor.sysid
        partner.system lacp.partner.sysid
    """),
    *fields("lacp", number, """
        subtype slow.subtype
        requester_port marker.requesterPort
        transaction marker.requesterTransId
    """),
    Field("lacp.requester_system", "marker.requesterSystem", text),
    *fields("stp", number, """
        root_priority stp.root.prio
        root_extension stp.root.ext
        bridge_priority stp.bridge.prio
        bridge_extension stp.bridge.ext
        regional_priority mstp.cist_bridge.prio
        regional_extension mstp.cist_bridge.ext
        internal_root_cost mstp.cist_internal_root_path_cost
        remaining_hops mstp.cist_remaining_hops
        instances.internal_root_cost mstp.msti.root_cost
        instances.number mstp.msti.msti_id
        instances.remaining_hops mstp.msti.remaining_hops
    """),
    *fields("stp", text, """
        root stp.root.hw
        bridge stp.bridge.hw
        regional_bridge mstp.cist_bridge.hw
        instances.root mstp.msti.root.hw
        name mstp.config_name
    """),
    Field("stp.digest", "mstp.config_digest", octets),
    *fields("stp", seconds, """
        message_age stp.msg_age
        max_age stp.max_age
        hello_time stp.hello
        forward_delay stp.forward
    """, mine=lambda v: seconds(v / 256)),
    *fields("pppoe", octets, """
        tags[type=259].value pppoed.tags.host_uniq
        tags[type=260].value pppoed.tags.ac_cookie
        tags[type=272].value pppoed.tags.relay_session_id
    """),
    *fields("pppoe", text, """
        tags[type=257].value pppoed.tags.service_name
        tags[type=258].value pppoed.tags.ac_name
        tags[type=513].value pppoed.tags.service_name_error
        tags[type=514].value pppoed.tags.ac_system_error
        tags[type=515].value pppoed.tags.generic_error
    """),
    *fields("pppcp", number, """
        code ppp.code|pap.code|chap.code
        id ppp.identifier|pap.identifier|chap.identifier
        length ppp.length|pap.length|chap.length
        magic lcp.magic_number
        options.type lcp.opt.type|ipcp.opt.type|ipv6cp.opt.type|ccp.opt.type
        options.length lcp.opt.length|ipcp.opt.length|ipv6cp.opt.length|ccp.opt.length
        options[type=3].protocol lcp.opt.auth_protocol
        message_length pap.message.length
        password_length pap.password.length
        peer_length pap.peer_id.length
        value_length chap.value_size
    """),
    *fields("pppcp", text, """
        message pap.message|chap.message
        password pap.password
        peer pap.peer_id|chap.name
        options[type=129].value ipcp.opt.pri_dns_address
        options[type=131].value ipcp.opt.sec_dns_address
    """),
    Field("pppcp.value", "chap.value", octets),
    *fields("lldp", number, """
        tlvs.type lldp.tlv.type
        tlvs.length lldp.tlv.len
        tlvs[type=1].subtype lldp.chassis.subtype
        tlvs[type=2].subtype lldp.port.subtype
        tlvs[type=3].value lldp.time_to_live
        tlvs[type=7].available.bridge lldp.tlv.system_cap.bridge
        tlvs[type=7].available.docsis lldp.tlv.system_cap.docsis_cable_device
        tlvs[type=7].available.other lldp.tlv.system_cap.other
        tlvs[type=7].available.repeater lldp.tlv.system_cap.repeater
        tlvs[type=7].available.router lldp.tlv.system_cap.router
        tlvs[type=7].available.station lldp.tlv.system_cap.station_only
        tlvs[type=7].available.telephone lldp.tlv.system_cap.telephone
        tlvs[type=7].available.wlan lldp.tlv.system_cap.wlan_access_pt
        tlvs[type=7].enabled.bridge lldp.tlv.enable_system_cap.bridge
        tlvs[type=7].enabled.docsis lldp.tlv.enable_system_cap.docsis_cable_device
        tlvs[type=7].enabled.other lldp.tlv.enable_system_cap.other
        tlvs[type=7].enabled.repeater lldp.tlv.enable_system_cap.repeater
        tlvs[type=7].enabled.router lldp.tlv.enable_system_cap.router
        tlvs[type=7].enabled.station lldp.tlv.enable_system_cap.station_only
        tlvs[type=7].enabled.telephone lldp.tlv.enable_system_cap.telephone
        tlvs[type=7].enabled.wlan lldp.tlv.enable_system_cap.wlan_access_pt
        tlvs[type=8].address_length lldp.mgn.address.len
        tlvs[type=8].family lldp.mgn.address.subtype
        tlvs[type=8].interface_subtype lldp.mgn.interface.subtype
        tlvs[type=8].interface lldp.mgn.interface.number
        tlvs[type=8].oid_length lldp.mgn.obj.len
        tlvs[type=127].oui lldp.orgtlv.oui
        tlvs[type=127,oui=4623].advertised lldp.ieee.802_3.pmd_auto_neg_advertised_caps
        tlvs[type=127,oui=4623].negotiation_enabled lldp.ieee.802_3.mac_phy_auto_neg_status.enabled
        tlvs[type=127,oui=4623].negotiation_supported lldp.ieee.802_3.mac_phy_auto_neg_status.supported
        tlvs[type=127,oui=4623].mau_type lldp.ieee.802_3.pmd_mau_type
        tlvs[type=127,oui=4623].max_frame lldp.ieee.802_3.max_frame_size
        tlvs[type=127,oui=4623].power_enabled lldp.ieee.802_3.mdi_power_support.enabled
        tlvs[type=127,oui=4623].power_supported lldp.ieee.802_3.mdi_power_support.supported
        tlvs[type=127,oui=4623].power_class lldp.ieee.802_3.mdi_power_class
        tlvs[type=127].aggregated lldp.ieee.802_1.aggregation_status.enabled|lldp.ieee.802_3.aggregation_status.enabled
        tlvs[type=127].aggregatable lldp.ieee.802_1.aggregation_status.cap|lldp.ieee.802_3.aggregation_status.cap
        tlvs[type=127].aggregated_port lldp.ieee.802_1.aggregated_port_id|lldp.ieee.802_3.aggregated_port_id
        tlvs[type=127,oui=32962,subtype=1].vlan lldp.ieee.802_1.port_vlan.id
        tlvs[type=127,oui=32962,subtype=3].vlan lldp.ieee.802_1.vlan.id
        tlvs[type=127,oui=32962].name_length lldp.ieee.802_1.vlan.name_len
        tlvs[type=127,oui=4795].device_class lldp.media.subtype.class
        tlvs[type=127,oui=4795].capabilities lldp.media.subtype.caps.llpd
        tlvs[type=127,oui=4795].network_policy lldp.media.subtype.caps.network_policy
        tlvs[type=127,oui=4795].location lldp.media.subtype.caps.location_id
        tlvs[type=127,oui=4795].inventory lldp.media.subtype.caps.inventory
        tlvs[type=127,oui=4795].application lldp.media.app_type
        tlvs[type=127,oui=4795].unknown lldp.media.policy_flag
        tlvs[type=127,oui=4795].tagged lldp.media.tag_flag
        tlvs[type=127,oui=4795].vlan lldp.media.vlan_id
        tlvs[type=127,oui=4795].priority lldp.media.l2_prio
        tlvs[type=127,oui=4795].dscp lldp.media.dscp
        tlvs[type=127,oui=4795].power_type lldp.media.power.type
        tlvs[type=127,oui=4795].power lldp.media.power.value
    """),
    *fields("lldp", text, """
        tlvs[type=1,subtype=4].id lldp.chassis.id.mac
        tlvs[type=2,subtype=1|5|7].id lldp.port.id
        tlvs[type=4].value lldp.port.desc
        tlvs[type=5].value lldp.tlv.system.name
        tlvs[type=6].value lldp.tlv.system.desc
        tlvs[type=8].address lldp.mgn.addr.ip4|lldp.mgn.addr.ip6
        tlvs[type=127,oui=32962].name lldp.ieee.802_1.vlan.name
    """),
]
