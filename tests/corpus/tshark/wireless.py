# SPDX-License-Identifier: BSD-2-Clause
"""802.11 and what receivers say of it."""
from tshark.field import Field, fields, number, octets, some_text, text

FIELDS = [
    *fields("radiotap", number, """
        version radiotap.version
        pad radiotap.pad
        length radiotap.length
        tsft radiotap.mactime
        frequency radiotap.channel.freq
        channel_flags radiotap.channel.flags
        flag_contention_free radiotap.flags.cfp
        flag_short_preamble radiotap.flags.preamble
        flag_wep radiotap.flags.wep
        flag_fragmented radiotap.flags.frag
        flag_fcs radiotap.flags.fcs
        flag_padded radiotap.flags.datapad
        flag_bad_fcs radiotap.flags.badfcs
        flag_short_guard radiotap.flags.shortgi
        mcs radiotap.mcs.index
        mcs_known radiotap.mcs.known
        ampdu_reference radiotap.ampdu.reference
        vht_bandwidth radiotap.vht.bw
        vendor_oui radiotap.vendor_oui
        vendor_space radiotap.vendor_subns
        vendor_length radiotap.vendor_data_len
        present+namespaces.present radiotap.present.word
        signal+namespaces.signal radiotap.dbm_antsignal
        noise+namespaces.noise radiotap.dbm_antnoise
        antenna+namespaces.antenna radiotap.antenna
    """),
    Field("radiotap.rate", "radiotap.datarate", peer=lambda v: 2 * float(v)),
    *fields("wifi", number, """
        version wlan.fc.version
        type wlan.fc.type
        subtype wlan.fc.subtype
        flag_to_ds wlan.fc.tods
        flag_from_ds wlan.fc.fromds
        flag_more_fragments wlan.fc.frag
        flag_retry wlan.fc.retry
        flag_power_save wlan.fc.pwrmgt
        flag_more_data wlan.fc.moredata
        flag_protected wlan.fc.protected
        flag_order wlan.fc.order
        duration wlan.duration
        sequence wlan.seq
        fragment wlan.frag
        tid wlan.qos.tid
        ack_policy wlan.qos.ack
        ht_control wlan.htc
        timestamp wlan.fixed.timestamp
        interval wlan.fixed.beacon
        listen_interval wlan.fixed.listen_ival
        capabilities.value wlan.fixed.capabilities
        capabilities.ess wlan.fixed.capabilities.ess
        capabilities.ibss wlan.fixed.capabilities.ibss
        capabilities.privacy wlan.fixed.capabilities.privacy
        capabilities.short_preamble wlan.fixed.capabilities.short_preamble
        capabilities.short_slot wlan.fixed.capabilities.short_slot_time
        algorithm wlan.fixed.auth.alg
        transaction wlan.fixed.auth_seq
        status wlan.fixed.status_code
        reason wlan.fixed.reason_code
        block_ack_control wlan.ba.control
        start_sequence wlan.fixed.ssc.sequence
        elements.type wlan.tag.number
        elements.length wlan.tag.length
        elements[type=3].value wlan.ds.current_channel
        elements[type=5].dtim_count wlan.tim.dtim_count
        elements[type=5].dtim_period wlan.tim.dtim_period
        elements[type=48].version wlan.rsn.version
    """),
    *fields("wifi", octets, """
        bitmap wlan.ba.bm
        elements[type=5].bitmap wlan.tim.partial_virtual_bitmap
    """),
    *fields("wifi", text, """
        bssid wlan.bssid
        dst wlan.da
        src wlan.sa
    """),
    # Other frames' addresses we name by what they are for.
    *fields("wifi[type=1,subtype!=10]", text, """
        receiver wlan.ra
        transmitter wlan.ta
    """, only=True),
    Field("wifi[type=2,flag_from_ds=True].eosp", "wlan.qos.eosp", only=True),
    Field("wifi[type=2,subtype=8].amsdu", "wlan.qos.amsdupresent", only=True),
    # tshark writes it in hexadecimal digits.
    Field("wifi.elements[type=0].value", "wlan.ssid", text,
          peer=lambda v: some_text(
              bytes.fromhex(octets(v)).decode("latin-1"))),
]
