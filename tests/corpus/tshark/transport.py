# SPDX-License-Identifier: BSD-2-Clause
"""Transport."""
from tshark.field import (Field, bit, checksum, fields, nonzero, number,
                          octets, text)

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
        options.data_ack+options.data_ack_low tcp.options.mptcp.rawdataack
        options.data_seq+options.data_seq_low tcp.options.mptcp.rawdataseqno
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
    checksum("tcp", "tcp.checksum"),
    checksum("udp|udplite", "udp.checksum"),
    checksum("sctp", "sctp.checksum"),
    *fields("sctp", number, """
        src_port sctp.srcport
        dst_port sctp.dstport
        tag sctp.verification_tag
        checksum sctp.checksum
        chunks.type sctp.chunk_type
        chunks.flags sctp.chunk_flags
        chunks.length sctp.chunk_length
        chunks.beginning sctp.data_b_bit
        chunks.ending sctp.data_e_bit
        chunks.immediate sctp.data_i_bit
        chunks.unordered sctp.data_u_bit
        chunks[type=0|64].tsn sctp.data_tsn_raw
        chunks.stream sctp.data_sid
        chunks.ssn sctp.data_ssn
        chunks.message sctp.data_mid
        chunks[type=0].ppid+chunks[type=64,beginning=True].ppid_or_fsn sctp.data_payload_proto_id
        chunks[type=1].initiate_tag sctp.init_initiate_tag
        chunks[type=1].window sctp.init_credit
        chunks[type=1].inbound_streams sctp.init_nr_in_streams
        chunks[type=1].outbound_streams sctp.init_nr_out_streams
        chunks[type=1].initial_tsn sctp.init_initial_tsn
        chunks[type=2].initiate_tag sctp.initack_initiate_tag
        chunks[type=2].window sctp.initack_credit
        chunks[type=2].inbound_streams sctp.initack_nr_in_streams
        chunks[type=2].outbound_streams sctp.initack_nr_out_streams
        chunks[type=2].initial_tsn sctp.initack_initial_tsn
        chunks[type=3].tsn sctp.sack_cumulative_tsn_ack_raw
        chunks[type=3].window sctp.sack_a_rwnd
        chunks[type=3].gaps sctp.sack_number_of_gap_blocks
        chunks[type=3].duplicates sctp.sack_number_of_duplicated_tsns
        chunks[type=3].gap_blocks.start sctp.sack_gap_block_start
        chunks[type=3].gap_blocks.end sctp.sack_gap_block_end
        chunks[type=3].duplicate_tsns.tsn sctp.sack_duplicate_tsn
        chunks[type=7].tsn sctp.shutdown_cumulative_tsn_ack
    """),
    *fields("sctp", text, """
        chunks[type=1|2].parameters[type=5].address sctp.parameter_ipv4_address
        chunks[type=1|2].parameters[type=6].address sctp.parameter_ipv6_address
    """),
    *fields("sctp", octets, """
        chunks[type=2].parameters[type=7].value sctp.parameter_state_cookie
        chunks[type=10].value sctp.cookie
    """),
    *fields("vxlan", number, """
        vni vxlan.vni
        next_protocol vxlan.next_proto
    """),
    Field("vxlan.group", "vxlan.gbp", only=True),
    *fields("geneve", number, """
        version geneve.version
        control geneve.flags.oam
        critical geneve.flags.critical
        protocol geneve.proto_type
        vni geneve.vni
        reserved geneve.reserved
        options.class geneve.option.class
    """),
    *fields("gtpu", number, """
        version gtp.flags.version
        protocol_type gtp.flags.payload
        spare gtp.flags.reserved
        has_extension gtp.flags.e
        has_seq gtp.flags.s
        has_npdu gtp.flags.pn
        type gtp.message
        length gtp.length
        teid gtp.teid
        extensions.length gtp.ext_hdr.length
    """),
    # A sequence number that is not there is 0 to us, if others are there.
    Field("gtpu[has_seq=True].seq", "gtp.seq_number"),
    Field("gtpu[has_npdu=True].npdu", "gtp.npdu_number"),
    *fields("quic", number, """
        long_header quic.header_form
        fixed_bit quic.fixed_bit
        version quic.version
        dcid_length quic.dcil
        scid_length quic.scil
        length quic.length
        token_length quic.token_length
        spin_bit quic.spin_bit
        versions.version quic.supported_version
    """),
    *fields("quic", octets, """
        dcid quic.dcid
        scid quic.scid
        token quic.token|quic.retry_token
    """),
]
