# SPDX-License-Identifier: BSD-2-Clause
"""Transport."""
from tshark.field import Field, bit, fields, nonzero, number, octets, text

FIELDS = [
    *fields("tcp", number, """
        src_port tcp.srcport
        dst_port tcp.dstport
        seq tcp.seq_raw
        ack tcp.ack_raw
        flag_urg tcp.flags.urg
        flag_ack tcp.flags.ack
        flag_psh tcp.flags.push
        flag_rst tcp.flags.reset
        flag_syn tcp.flags.syn
        flag_fin tcp.flags.fin
        window tcp.window_size_value
        checksum tcp.checksum
        urgent_pointer tcp.urgent_pointer
        options.length tcp.option_len
        options.mss tcp.options.mss_val
        options.shift tcp.options.wscale.shift
        options.blocks.left tcp.options.sack_le
        options.blocks.right tcp.options.sack_re
        options[kind=8].value tcp.options.timestamp.tsval
        options.echo_reply tcp.options.timestamp.tsecr
        options.minutes tcp.options.user_to_granularity
        options.timeout tcp.options.user_to_val
        options.key_id tcp.options.ao.keyid
        options.next_key_id tcp.options.ao.rnextkeyid
        options.experiment tcp.options.experimental.exid
        options.e0b tcp.options.acc_ecn.ee0b
        options.ceb tcp.options.acc_ecn.eceb
        options.e1b tcp.options.acc_ecn.ee1b
        options.subtype tcp.options.mptcp.subtype
        options.mptcp_version tcp.options.mptcp.version
        options.checksum_required tcp.options.mptcp.checksumreq.flags
        options.sender_key tcp.options.mptcp.sendkey
        options.receiver_key tcp.options.mptcp.recvkey
        options.token tcp.options.mptcp.recvtok
        options.nonce tcp.options.mptcp.sendrand
        options.address_id+options.addresses.address_id tcp.options.mptcp.addrid
        options.data_ack tcp.options.mptcp.rawdataack
        options.data_seq tcp.options.mptcp.rawdataseqno
        options.subflow_seq tcp.options.mptcp.subflowseqno
        options.data_length tcp.options.mptcp.datalvllen
        options.port tcp.options.mptcp.port
    """),
    # Together a counter, to tshark, where a connection counts ECN accurately.
    Field("tcp.flag_ae", "tcp.flags", peer=bit(8)),
    Field("tcp.flag_cwr", "tcp.flags", peer=bit(7)),
    Field("tcp.flag_ece", "tcp.flags", peer=bit(6)),
    # To tshark padding behind the end is options, too.
    Field("tcp.options.kind", "tcp.option_kind", nonzero),
    Field("tcp.data_offset", "tcp.hdr_len", scale=4),
    *fields("tcp", octets, """
        options.digest tcp.options.md5.digest
        options.mac tcp.options.ao.mac
        options.cookie tcp.options.tfo.cookie
    """),
    *fields("tcp", text, """
        options.address tcp.options.mptcp.ipv4|tcp.options.mptcp.ipv6
    """),
    *fields("udp|udplite", number, """
        src_port udp.srcport
        dst_port udp.dstport
        checksum udp.checksum
    """),
    Field("udp.length", "udp.length", unless="udplite"),
    Field("udplite.coverage", "udp.checksum_coverage"),
]
