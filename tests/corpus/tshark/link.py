# SPDX-License-Identifier: BSD-2-Clause
"""Link layers."""
from tshark.field import Field, fields, number, octets, text

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
        control_flags pwmcw.flags
        control_length pwmcw.length
        control_sequence pwmcw.sequence_number
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
        address ppp.address
        control ppp.control
        protocol ppp.protocol
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
]
