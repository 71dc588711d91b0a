# SPDX-License-Identifier: BSD-2-Clause
"""TLS and HTTP."""
from tshark.field import Field, fields, number, octets, some_text, text


def headers(name):
    """However it is written."""
    lower = name.lower()
    names = dict.fromkeys((name, lower.capitalize(), lower, name.upper()))
    return f"http.headers[name={'|'.join(names)}].value"


FIELDS = [
    *fields("tls", number, """
        type tls.record.content_type|tls.record.opaque_type
        version tls.record.version
        length tls.record.length
        level tls.alert_message.level
        description tls.alert_message.desc
        heartbeat_type tls.heartbeat_message.type
        payload_length tls.heartbeat_message.payload_length
    """),
    *fields("tls", number, """
        message_type tls.handshake.type
        message_length tls.handshake.length
        hello_version tls.handshake.version
        cipher_suites.cipher_suite+messages.cipher_suite tls.handshake.ciphersuite
        extensions.type tls.handshake.extension.type
        extensions.length tls.handshake.extension.len
        extensions[type=0].name_type tls.handshake.extensions_server_name_type
        extensions[type=10].groups.group tls.handshake.extensions_supported_group
        extensions[type=13].signature_algorithms.signature_algorithm tls.handshake.sig_hash_alg
        extensions[type=43].versions.version+messages.extensions[type=43].selected_version tls.handshake.extensions.supported_version
        certificates.length tls.handshake.certificate_length
    """, "messages"),
    *fields("tls", text, """
        extensions[type=0].server_name tls.handshake.extensions_server_name
        extensions[type=16].protocols.protocol tls.handshake.extensions_alpn_str
    """, "messages"),
    *fields("tls", octets, """
        random tls.handshake.random
        session_id tls.handshake.session_id
        extensions[type=51].key_shares.key+messages.extensions[type=51].key tls.handshake.extensions_key_share_key_exchange
    """, "messages"),
    *fields("http", text, """
        method http.request.method
        target http.request.uri
        reason http.response.phrase
    """),
    Field("http.version", "http.request.version|http.response.version",
          some_text),
    Field("http.status", "http.response.code"),
    *(Field(headers(ours), theirs, text) for ours, theirs in (
        ("Host", "http.host"),
        ("User-Agent", "http.user_agent"),
        ("Server", "http.server"),
        ("Content-Type", "http.content_type"),
        ("Content-Length", "http.content_length_header"),
        ("Content-Encoding", "http.content_encoding"),
        ("Transfer-Encoding", "http.transfer_encoding"),
        ("Connection", "http.connection"),
        ("Location", "http.location"),
        ("Referer", "http.referer"),
        ("Accept", "http.accept"),
        ("Accept-Language", "http.accept_language"),
        ("Accept-Encoding", "http.accept_encoding"),
        ("Cache-Control", "http.cache_control"),
        ("Date", "http.date"),
        ("Last-Modified", "http.last_modified"),
        ("Cookie", "http.cookie"),
        ("Set-Cookie", "http.set_cookie"),
        ("Authorization", "http.authorization"),
        ("Upgrade", "http.upgrade"))),
]
