# SPDX-License-Identifier: BSD-2-Clause
"""DNS, multicast DNS and LLMNR, which are one to tshark."""
from tshark.field import NAME, Field, fields, number, octets, text, time

DNS = "dns|mdns|llmnr"
RECORDS = "answers+authorities+additionals"

FIELDS = [
    *fields(DNS, number, """
        id dns.id
        length dns.length
        response dns.flags.response
        opcode dns.flags.opcode
        truncated dns.flags.truncated
        question_count dns.count.queries|dns.count.zones
        answer_count dns.count.answers|dns.count.prerequisites
        authority_count dns.count.auth_rr|dns.count.updates
        additional_count dns.count.add_rr
        questions.type dns.qry.type
        questions.class dns.qry.class
    """),
    # LLMNR has other flags at their place.
    Field(f"{DNS}.recursion_desired", "dns.flags.recdesired", unless="llmnr"),
    *fields("mdns", number, """
        questions.unicast_response dns.qry.qu
    """),
    # tshark tells these of responses only.
    *fields(f"{DNS}[response=True]", number, """
        authoritative dns.flags.authoritative
        recursion_available dns.flags.recavail
        authentic_data dns.flags.authenticated
        checking_disabled dns.flags.checkdisable
        rcode dns.flags.rcode
    """, unless="llmnr", only=True),
    Field(f"{DNS}.questions.name", "dns.qry.name", NAME),
    # tshark has other fields for the parts of these names.
    *fields(DNS, NAME, """
        [type!=33].name dns.resp.name
    """, RECORDS),
    # And calls those types so, too, that NSEC and NSEC3 list.
    Field(f"{DNS}." + "+".join(f"{section}.type+{section}.types.type"
                               for section in RECORDS.split("+")),
          "dns.resp.type", unordered=True),
    *fields(DNS, number, """
        class dns.resp.class
        ttl dns.resp.ttl
        rdata_length dns.resp.len
        [type=6].serial dns.soa.serial_number
        [type=6].refresh dns.soa.refresh_interval
        [type=6].retry dns.soa.retry_interval
        [type=6].expire dns.soa.expire_limit
        [type=6].minimum dns.soa.minimum_ttl
        [type=15].preference dns.mx.preference
        [type=29].version dns.loc.version
        [type=29].size dns.loc.size
        [type=29].latitude dns.loc.latitude
        [type=29].longitude dns.loc.longitude
        [type=29].altitude dns.loc.altitude
        [type=33].priority dns.srv.priority
        [type=33].weight dns.srv.weight
        [type=33].port dns.srv.port
        [type=35].order dns.naptr.order
        [type=35].preference dns.naptr.preference
        [type=41].udp_payload_size dns.rr.udp_payload_size
        [type=41].extended_rcode dns.resp.ext_rcode
        [type=41].version dns.resp.edns0_version
        [type=41].dnssec_ok dns.resp.z.do
        [type=41].reserved_flags dns.resp.z.reserved
        [type=41].options.code dns.opt.code
        [type=41].options.length dns.opt.len
        [type=41].options[code=8].family dns.opt.client.family
        [type=41].options[code=8].source_prefix dns.opt.client.netmask
        [type=41].options[code=8].scope_prefix dns.opt.client.scope
        [type=41].options[code=15].info_code dns.opt.ext_error.info_code
        [type=43].key_tag dns.ds.key_id
        [type=43].algorithm dns.ds.algorithm
        [type=43].digest_type dns.ds.digest_type
        [type=44].algorithm dns.sshfp.algorithm
        [type=44].fingerprint_type dns.sshfp.fingerprint.type
        [type=46].type_covered dns.rrsig.type_covered
        [type=46].algorithm dns.rrsig.algorithm
        [type=46].labels dns.rrsig.labels
        [type=46].original_ttl dns.rrsig.original_ttl
        [type=46].key_tag dns.rrsig.key_tag
        [type=48].zone_key dns.dnskey.flags.zone_key
        [type=48].revoked dns.dnskey.flags.key_revoked
        [type=48].secure_entry_point dns.dnskey.flags.secure_entry_point
        [type=48].protocol dns.dnskey.protocol
        [type=48].algorithm dns.dnskey.algorithm
        [type=50|51].hash_algorithm dns.nsec3.algo
        [type=50|51].iterations dns.nsec3.iterations
        [type=50|51].salt_length dns.nsec3.salt_length
        [type=50].hash_length dns.nsec3.hash_length
        [type=52].usage dns.tlsa.certificate_usage
        [type=52].selector dns.tlsa.selector
        [type=52].matching_type dns.tlsa.matching_type
        [type=64|65].priority dns.svcb.svcpriority
        [type=64|65].parameters.key dns.svcb.svcparam.key
        [type=64|65].parameters.length dns.svcb.svcparam.value.length
        [type=64|65].parameters[key=3].port dns.svcb.svcparam.port
        [type=257].critical dns.caa.flags.issuer_critical
    """, RECORDS),
    *fields(DNS, text, """
        [type=1].address dns.a
        [type=13].cpu dns.hinfo.cpu
        [type=13].os dns.hinfo.os
        [type=16].texts.text dns.txt
        [type=28].address dns.aaaa
        [type=35].flags dns.naptr.flags
        [type=35].services dns.naptr.service
        [type=35].regexp dns.naptr.regex
        [type=41].options[code=8].address dns.opt.client.addr4|dns.opt.client.addr6
        [type=41].options[code=15].extra_text dns.opt.ext_error.extra_text
        [type=64|65].parameters[key=1].alpn.protocol dns.svcb.svcparam.alpn
        [type=64|65].parameters[key=4].addresses.address dns.svcb.svcparam.ipv4hint.ip
        [type=64|65].parameters[key=6].addresses.address dns.svcb.svcparam.ipv6hint.ip
        [type=257].tag dns.caa.tag
        [type=257].value dns.caa.value
    """, RECORDS),
    *fields(DNS, NAME, """
        [type=2].target dns.ns
        [type=5].target dns.cname
        [type=6].primary dns.soa.mname
        [type=6].mailbox dns.soa.rname
        [type=12].target dns.ptr.domain_name
        [type=15].target dns.mx.mail_exchange
        [type=33].target dns.srv.target
        [type=35].replacement dns.naptr.replacement
        [type=39].target dns.dname
        [type=46].signer dns.rrsig.signers_name
        [type=47].next_name dns.nsec.next_domain_name
        [type=64|65].target dns.svcb.targetname
    """, RECORDS),
    *fields(DNS, octets, """
        [type=41].options[code=10].client_cookie dns.opt.cookie.client
        [type=41].options[code=10].server_cookie dns.opt.cookie.server
        [type=43].digest dns.ds.digest
        [type=44].fingerprint dns.sshfp.fingerprint
        [type=46].signature dns.rrsig.signature
        [type=48].public_key dns.dnskey.public_key
        [type=50|51].salt dns.nsec3.salt_value
        [type=52].association dns.tlsa.certificate_association_data
    """, RECORDS),
    *fields(DNS, time, """
        [type=46].expiration dns.rrsig.signature_expiration
        [type=46].inception dns.rrsig.signature_inception
    """, RECORDS),
]
