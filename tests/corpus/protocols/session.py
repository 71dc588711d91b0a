# SPDX-License-Identifier: BSD-2-Clause
"""What is said in TCP streams: HTTP, TLS, SSH."""

import build as b
from build import be, cut, h


def normal(name, text, *frames):
    return b.normal(name, text, *b.in_order(frames))


def unusual(name, text, *frames):
    return b.unusual(name, text, *b.apart(frames))


def malformed(name, text, *frames):
    return b.malformed(name, text, *b.apart(frames))


def ask(data, port=80, **how):
    return b.eth_tcp(data, 50000, port, **how)


def reply(data, port=80, **how):
    return b.eth_tcp(data, port, 50000, b.B4, b.A4, **how)


def lines(*text):
    return "".join(line + "\r\n" for line in text).encode("latin-1") + b"\r\n"


GET = lines("GET /index.html?q=1 HTTP/1.1", "Host: example.com",
            "User-Agent: corpus/1.0", "Accept: */*")
OK = lines("HTTP/1.1 200 OK", "Content-Type: text/html",
           "Content-Length: 14", "Server: corpus") + b"<p>hello</p>\r\n"


def http():
    yield normal("get", "request and response on port 80", ask(GET),
                 reply(OK))
    yield normal("post", "a body, 201, HEAD, 304, PUT, DELETE, OPTIONS *",
                 ask(lines("POST /form HTTP/1.1", "Host: example.com",
                           "Content-Type: application/x-www-form-urlencoded",
                           "Content-Length: 7") + b"a=1&b=2"),
                 reply(lines("HTTP/1.1 201 Created", "Location: /form/1")),
                 ask(lines("HEAD / HTTP/1.1", "Host: example.com")),
                 reply(lines("HTTP/1.1 304 Not Modified", 'ETag: "abc"')),
                 ask(lines("DELETE /form/1 HTTP/1.1", "Host: example.com")),
                 ask(lines("OPTIONS * HTTP/1.1", "Host: example.com")))
    yield normal("port-8080", "on 8080, and a response from there",
                 ask(GET, 8080), reply(OK, 8080))
    yield normal("ipv6", "over IPv6", b.eth_tcp6(GET, 50000, 80))
    yield unusual("any-port", "on port 12345: contents tell", ask(GET, 12345),
                  reply(OK, 12345))
    yield unusual("proxy", "absolute form, CONNECT, upgrade to WebSocket, "
                  "extension methods (WebDAV, PRI of HTTP/2)",
                  ask(lines("GET http://example.com/ HTTP/1.1",
                            "Host: example.com"), 3128),
                  ask(lines("CONNECT example.com:443 HTTP/1.1",
                            "Host: example.com:443"), 3128),
                  ask(lines("GET /chat HTTP/1.1", "Host: example.com",
                            "Connection: Upgrade", "Upgrade: websocket")),
                  ask(lines("PROPFIND /dav HTTP/1.1", "Host: example.com",
                            "Depth: 1")),
                  ask(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))
    yield unusual("chunked", "a chunked body, then its end in another "
                  "segment",
                  reply(lines("HTTP/1.1 200 OK", "Transfer-Encoding: chunked")
                        + b"5\r\nhello\r\n", seq=1),
                  reply(b"0\r\n\r\n", seq=58))
    yield unusual("split", "headers over three segments, in a name and in a "
                  "value", ask(GET[:20], seq=1), ask(GET[20:50], seq=21),
                  ask(GET[50:], seq=51))
    yield unusual("pipelined", "two requests in a segment; two responses",
                  ask(GET * 2), reply(OK * 2))
    yield unusual("old", "HTTP/1.0, HTTP/0.9, lines that end in LF alone, no "
                  "reason phrase, folded headers, tabs",
                  ask(b"GET / HTTP/1.0\r\n\r\n"), ask(b"GET /\r\n"),
                  ask(b"GET / HTTP/1.1\nHost: example.com\n\n"),
                  reply(b"HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n"),
                  reply(b"HTTP/1.1 200\r\nX-Long: one\r\n two\r\n\r\n"),
                  reply(lines("HTTP/1.1 200 OK", "X-Tab:\tone\ttwo",
                              "\tthree")))
    yield unusual("escapes", "terminal escapes in path, host and reason",
                  ask(lines("GET /\x1b[2J\x07 HTTP/1.1",
                            "Host: \x1b]0;owned\x07", "X-\x00: \x9b31m")),
                  reply(lines("HTTP/1.1 404 \x1b[31mgone\x00",
                              "Server: a\rb")))
    yield unusual("snapped", "a snap length ends in a request line and in a "
                  "header", cut(ask(GET), 66), cut(reply(OK), 90))
    yield malformed("noise", "noise on port 80: bytes, text, TLS, one byte",
                    ask(bytes(range(128, 168))), ask(b"hello world\r\n\r\n"),
                    ask(h("1603010005 0100000100")), ask(b"G"))
    yield malformed("request-line", "lower-case method, no version, version "
                    "9.9, spaces, a line without an end",
                    ask(b"get / http/1.1\r\n\r\n"),
                    ask(b"GET / HTTP/\r\n\r\n"),
                    ask(b"GET / HTTP/9.9\r\n\r\n"),
                    ask(b"GET   /  a b  HTTP/1.1\r\n\r\n"),
                    ask(b"GET /" + b"a" * 600))
    yield malformed("headers", "no colon, empty name, space before the "
                    "colon, lengths that are no numbers or negative",
                    ask(lines("GET / HTTP/1.1", "Host example.com")),
                    ask(lines("GET / HTTP/1.1", ": empty", "Host : x")),
                    reply(lines("HTTP/1.1 200 OK", "Content-Length: -5")),
                    reply(lines("HTTP/1.1 200 OK",
                                "Content-Length: 99999999999999999999")),
                    reply(lines("HTTP/1.1 abc OK")),
                    reply(lines("HTTP/1.1 99999 OK")))


def tls_record(kind, data, version=0x0303, length=None):
    length = len(data) if length is None else length
    return be("BHH", kind, version, length) + data


def handshake(kind, body, length=None):
    length = len(body) if length is None else length
    return be("I", kind << 24 | length) + body


def vector(data, form="H", length=None):
    return be(form, len(data) if length is None else length) + data


def extension(kind, data):
    return be("H", kind) + vector(data)


def sni(host, length=None):
    return extension(0, vector(b"\0" + vector(host, length=length)))


def alpn(*names):
    return extension(16, vector(b"".join(vector(n, "B") for n in names)))


GROUPS = extension(10, vector(h("001d 0017")))
SIGNATURES = extension(13, vector(h("0403 0804 0401")))
VERSIONS = extension(43, vector(h("0304 0303"), "B"))
KEY_SHARE = extension(51, vector(h("001d") + vector(bytes(range(32)))))
SUITES = h("1301 1302 1303 c02b c02f 009c")


def hello_body(extensions, suites=SUITES, version=0x0303, session=b""):
    random = bytes(range(32))
    body = be("H", version) + random + vector(session, "B") + \
        vector(suites) + h("0100")
    return body + vector(extensions) if extensions is not None else body


def client(extensions, record_version=0x0301, **how):
    return tls_record(22, handshake(1, hello_body(extensions, **how)),
                      record_version)


def server(extensions, suite=h("1301"), version=0x0303, random=None):
    random = bytes(range(32, 64)) if random is None else random
    body = be("H", version) + random + vector(bytes(32), "B") + suite + \
        h("00") + vector(extensions)
    return tls_record(22, handshake(2, body))


HELLO13 = client(sni(b"example.com") + alpn(b"h2", b"http/1.1") + GROUPS +
                 SIGNATURES + VERSIONS + KEY_SHARE, session=bytes(32))
HELLO12 = client(sni(b"example.com") + GROUPS + SIGNATURES +
                 extension(11, h("0100")) + extension(23, b"") +
                 extension(35, b"") + extension(0xFF01, h("00")),
                 suites=h("c02b c02f 00ff"))
RETRY_RANDOM = h("cf21ad74e59a6111be1d8c021e65b891"
                 "c2a211167abb8c5e079e09e2c8a8339c")


def tls():
    yield from tls_good()
    yield from tls_bad()


def tls_good():
    yield normal("client-hello-13", "SNI, ALPN, versions, key share; over "
                 "IPv6", ask(HELLO13, 443), b.eth_tcp6(HELLO13, 50000, 443))
    yield normal("client-hello-12", "SNI, groups, renegotiation, tickets",
                 ask(HELLO12, 443))
    chosen = extension(43, h("0304")) + extension(51, h("001d") +
                                                  vector(bytes(32)))
    yield normal("server-hello", "1.3, 1.2 with ALPN, hello retry request",
                 reply(server(chosen), 443),
                 reply(server(alpn(b"h2"), h("c02f")), 443),
                 reply(server(extension(43, h("0304")) +
                              extension(51, h("001d")),
                              random=RETRY_RANDOM), 443))
    data = tls_record(23, bytes(range(64)))
    yield normal("records", "change cipher spec and two of data; server hello "
                 "and encrypted extensions in a segment",
                 ask(tls_record(20, h("01")) + data * 2, 443),
                 reply(server(chosen) + tls_record(20, h("01")) + data, 443))
    yield normal("alerts", "fatal handshake failure, close notify, unknown "
                 "name, encrypted; heartbeat",
                 reply(tls_record(21, h("0228")), 443),
                 ask(tls_record(21, h("0100")), 443),
                 reply(tls_record(21, h("0170")), 443),
                 ask(tls_record(21, bytes(24)), 443),
                 ask(tls_record(24, h("010004") + b"ping" + bytes(16)), 443))
    messages = handshake(11, vector(b"", "B") + h("0000")) + \
        handshake(14, b"")
    yield normal("several-messages", "certificate and server hello done in a "
                 "record", reply(tls_record(22, messages), 443))
    grease = extension(0x0A0A, b"") + sni(b"grease.example") + \
        extension(43, vector(h("fafa 0304"), "B")) + \
        extension(10, vector(h("2a2a 001d"))) + alpn(b"\x1a\x1a", b"h2") + \
        extension(0xBABA, h("00"))
    yield unusual("grease", "reserved values in suites, groups, versions, "
                  "extensions and ALPN",
                  ask(client(grease, suites=h("8a8a") + SUITES), 443))
    yield unusual("other-ports", "on 8443, 853 (DNS), 993 and 12345",
                  *(ask(HELLO13, port) for port in (8443, 853, 993, 12345)))
    yield unusual("no-extensions", "a client hello without; SSL 3.0; no SNI "
                  "in 1.0", ask(client(None), 443),
                  ask(client(None, 0x0300, version=0x0300), 443),
                  ask(client(GROUPS, version=0x0301), 443))
    yield unusual("sslv2", "a client hello as SSL 2 had it",
                  ask(h("802e 01 0302 0015 0000 0010") +
                      h("00002f00003500000a0000ff010080030080040080") +
                      bytes(range(16)), 443))
    inner = handshake(1, hello_body(sni(b"split.example") + VERSIONS))
    yield unusual("split", "a hello over two records, and over two segments",
                  ask(tls_record(22, inner[:30], 0x0301) +
                      tls_record(22, inner[30:], 0x0301), 443),
                  ask(HELLO13[:100], 443, seq=1),
                  ask(HELLO13[100:], 443, seq=101))
    yield unusual("client-extensions", "pre-shared key, early data, ECH, "
                  "QUIC parameters, certificate compression, padding",
                  ask(client(sni(b"example.com") + extension(
                      42, b"") + extension(45, h("0101")) + extension(
                      57, h("0104 80007530")) + extension(27, h("020002")) +
                      extension(0xFE0D, h("00 0001 0001 aa 0004 01020304"
                                          "0008") + bytes(8)) +
                      extension(21, bytes(40)) + extension(41, vector(
                          vector(b"ticket") + bytes(4)) +
                          vector(vector(bytes(32), "B")))), 443))


def tls_bad():
    yield unusual("escapes", "terminal escapes and a zero in SNI and ALPN; "
                  "an empty name; two names",
                  ask(client(sni(b"\x1b[2Jevil\x00.example") +
                             alpn(b"\x1b]0;x\x07")), 443),
                  ask(client(sni(b"")), 443),
                  ask(client(extension(0, vector(
                      b"\0" + vector(b"a.example") + b"\0" +
                      vector(b"b.example")))), 443))
    body = hello_body(sni(b"example.com"))
    yield malformed("record-length", "beyond the segment, 0, more than "
                    "2^14 + 2048",
                    ask(HELLO12[:3] + h("3fff") + HELLO12[5:], 443),
                    ask(tls_record(22, b""), 443),
                    ask(tls_record(22, handshake(1, body), length=65535),
                        443))
    yield malformed("handshake-length", "beyond the record, below the hello",
                    ask(tls_record(22, handshake(1, body, 0xFFFFFF)), 443),
                    ask(tls_record(22, handshake(1, body, 10)), 443))
    yield malformed("vectors", "session id of 255, suites of odd length, "
                    "extensions and SNI and ALPN beyond their places",
                    *(ask(tls_record(22, handshake(1, data)), 443) for data in
                      (body[:34] + h("ff") + body[35:],
                       body[:35] + h("0003") + body[37:],
                       body[:-18] + h("ffff") + body[-16:],
                       hello_body(sni(b"example.com", 999)),
                       hello_body(extension(16, h("0005 ff 6832"))),
                       hello_body(h("0000 ffff")))))
    yield malformed("record-type", "type 99, version 0x7F7F, noise on 443, "
                    "HTTP on 443",
                    ask(tls_record(99, b"data"), 443),
                    ask(tls_record(22, handshake(1, body), 0x7F7F), 443),
                    ask(bytes(range(200, 240)), 443), ask(GET, 443))
    yield malformed("cut", "1, 4, 5, 6 and 50 bytes; a snap length",
                    *(ask(HELLO13[:n], 443) for n in (1, 4, 5, 6, 50)),
                    cut(ask(HELLO13, 443), 120))


def ssh_packet(payload, padding=None, length=None):
    padding = 4 + -(len(payload) + 9) % 8 if padding is None else padding
    length = 1 + len(payload) + padding if length is None else length
    return be("IB", length, padding) + payload + bytes(padding)


def name_lists(*names):
    return b"".join(vector(name, "I") for name in names)


KEXINIT = h("14") + bytes(range(16)) + name_lists(
    b"curve25519-sha256,kex-strict-c-v00@openssh.com", b"ssh-ed25519",
    b"aes128-gcm@openssh.com", b"aes128-gcm@openssh.com", b"hmac-sha2-256",
    b"hmac-sha2-256", b"none", b"none", b"", b"") + bytes(5)


def ssh():
    banner = b"SSH-2.0-OpenSSH_9.6\r\n"
    yield normal("banner", "both sides",
                 reply(b"SSH-2.0-OpenSSH_9.6 Debian-1\r\n", 22),
                 ask(b"SSH-2.0-corpus_1.0\r\n", 22))
    yield normal("kexinit", "key exchange init, its start, new keys, then "
                 "what is encrypted",
                 ask(banner, 22), ask(ssh_packet(KEXINIT), 22),
                 ask(ssh_packet(h("1e") + vector(bytes(range(32)), "I")), 22),
                 ask(ssh_packet(h("15")), 22),
                 ask(bytes(i * 29 & 255 for i in range(52)), 22))
    yield unusual("banner-and-kexinit", "in one segment; on port 2222",
                  ask(banner + ssh_packet(KEXINIT), 22),
                  ask(banner, 2222))
    yield unusual("banners", "1.99, 1.5, LF alone, lines before it, comment",
                  reply(b"SSH-1.99-Cisco-1.25\n", 22),
                  reply(b"SSH-1.5-1.2.27\n", 22),
                  reply(b"Welcome\r\nSSH-2.0-x\r\n", 22),
                  reply(b"SSH-2.0-dropbear_2022.83 a comment here\r\n", 22))
    yield unusual("escapes", "terminal escapes in the banner and in a list "
                  "of names", reply(b"SSH-2.0-\x1b[2J\x07\x9b31m\r\n", 22),
                  ask(banner + ssh_packet(h("14") + bytes(16) + name_lists(
                      b"\x1b[31m,a", *[b"none"] * 9) + bytes(5)), 22))
    yield malformed("lengths", "packet length 0, 2^32 - 1, padding of more "
                    "than the packet, a list of names beyond",
                    ask(ssh_packet(KEXINIT, length=0), 22),
                    ask(ssh_packet(KEXINIT, length=2**32 - 1), 22),
                    ask(be("IB", 12, 255) + bytes(11), 22),
                    ask(ssh_packet(h("14") + bytes(16) + h("7fffffff") +
                                   b"abc"), 22))
    yield malformed("banner-without-end", "no line end; 300 bytes; noise; "
                    "half a banner", reply(b"SSH-2.0-OpenSSH", 22),
                    reply(b"SSH-2.0-" + b"a" * 300 + b"\r\n", 22),
                    reply(b"\xff\xfe\xfd", 22), reply(b"SS", 22))


PROTOCOLS = [http, tls, ssh]
