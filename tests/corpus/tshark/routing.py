# SPDX-License-Identifier: BSD-2-Clause
"""OSPF and VRRP."""
from tshark.field import Field, checksum, fields, number, text

FIELDS = [
    checksum("vrrp", "vrrp.checksum"),
    *fields("ospf", number, """
        version ospf.version
        type ospf.msg
        length ospf.packet_length
        checksum ospf.checksum
        auth_type ospf.auth.type
        auth_length ospf.auth.crypt.data_length
        auth_sequence ospf.auth.crypt.seq_nbr
        instance ospf.instance_id
        interface_id ospf.hello.interface_id
        hello_interval ospf.hello.hello_interval
        dead_interval ospf.hello.router_dead_interval
        priority ospf.hello.router_priority
        flag_init ospf.dbd.i
        flag_more ospf.dbd.m
        flag_master ospf.dbd.ms
        mtu ospf.db.interface_mtu
        sequence ospf.db.dd_sequence
        lsa_count ospf.ls.number_of_lsas
        lsas.age ospf.lsa.age
        lsas.checksum ospf.lsa.chksum
        lsas.length ospf.lsa.length
        lsas.sequence ospf.lsa.seqnum
    """),
    *fields("ospf", text, """
        router_id ospf.srcrouter
        area_id ospf.area_id
        mask ospf.hello.network_mask
        designated_router ospf.hello.designated_router
        backup_router ospf.hello.backup_designated_router
        neighbours.router_id ospf.hello.active_neighbor
        lsas.router+requests.router ospf.advrouter
    """),
    *fields("vrrp", number, """
        version vrrp.version
        type vrrp.type
        vrid vrrp.virt_rtr_id
        priority vrrp.prio
        address_count vrrp.addr_count
        auth_type vrrp.auth_type
        interval vrrp.adver_int|vrrp.short_adver_int
        checksum vrrp.checksum
    """),
    *fields("vrrp", text, """
        addresses.address vrrp.ip_addr|vrrp.ipv6_addr
    """),
]
