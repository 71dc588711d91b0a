#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Examples that capture, read and ask do what their first lines say, in a
# network of their own; those that send: examples_send.sh.
set -eu
# shellcheck source=tests/support/examples.sh
. tests/support/examples.sh

capture_print() {
	refuses_unknown_interface capture_print
	start capture_print pk1 3
	"$world" send pk0 3 100
	ended 0 capture_print
	[ "$(grep -cE '^[0-9:]{8}\.[0-9]{9} 100 of 100 bytes in [0-9]+( [0-9a-f]{4}){8}$' \
		"$out")" -eq 3 ] || fail "capture_print: not three lines"
	start capture_print any 1
	"$world" send pk0 1 100
	ended 0 capture_print
	# LINUX_SLL2: 20 bytes in the place of an Ethernet header of 14.
	has capture_print ' 106 of 106 bytes '
}

capture_file() {
	refuses_unknown_interface capture_file "$dir/never"
	[ ! -e "$dir/never" ] || fail "capture_file made a file for nothing"
	start capture_file pk1 "$file" 300
	"$world" send pk0 300 100
	ended 0 capture_file
	holds capture_file 300
	start capture_file pk1 "$file"
	"$world" send pk0 1000 100
	interrupted capture_file
	has capture_file '^1000 packets captured, 0 dropped'
	holds capture_file 1000
}

capture_poll() {
	refuses_unknown_interface capture_poll "$dir/never"
	start capture_poll pk1 "$file"
	"$world" send pk0 1000 100
	interrupted capture_poll
	holds capture_poll 1000
}

capture_thread() {
	refuses_unknown_interface capture_thread
	start capture_thread pk1
	"$world" send pk0 1000 100
	interrupted capture_thread
	has capture_thread '^1000 IPv4, 0 IPv6, 0 other$'
}

capture_filter() {
	refuses_unknown_interface capture_filter
	exits 1 capture_filter pk1 'tcp prot 80'
	has capture_filter '^    \^ .*'
	start capture_filter pk1
	"$world" send pk0 20 100
	"$world" traffic pk0
	until_true has_lines 1
	interrupted capture_filter
	[ "$(wc -l <"$out")" -eq 1 ] || fail "capture_filter: not one packet"
	has capture_filter '^[0-9]+\.[0-9]{9} 74 bytes$'
	start capture_filter pk1 udp dst port '{9} and greater 200'
	"$world" send pk0 20 100
	"$world" send pk0 3 300
	until_true has_lines 3
	interrupted capture_filter
	[ "$(grep -cE '^[0-9]+\.[0-9]{9} 300 bytes$' "$out")" -eq 3 ] ||
		fail "capture_filter: not three lines"
}

filter_dump() {
	for form in -d -dd -ddd; do
		tcpdump "$form" -y EN10MB len = 80 >"$dir/want" 2>/dev/null
		exits 0 filter_dump "$form" len = 80
		[ "$(wc -l <"$out")" -eq "$(wc -l <"$dir/want")" ] ||
			fail "filter_dump: not as long as tcpdump's"
	done
	# Names, and more than libpcap knows.
	"$examples/filter_dump" -d 'host {127.0.0.1, ::1} and port 22' >"$dir/want"
	"$examples/filter_dump" -d 'host {localhost, ::1} and port ssh' >"$out" ||
		fail "filter_dump of names: exit code $?"
	cmp -s "$out" "$dir/want" || fail "filter_dump of names: other tests"
	"$examples/filter_dump" -ddd tcp port 80 >"$out" 2>&1
	has filter_dump '^6 0 0 262144$'
	code=0
	"$examples/filter_dump" -d tcp prot 80 >"$out" 2>"$dir/err" || code=$?
	[ "$code" -eq 1 ] || fail "filter_dump of nonsense: exit code $code"
	[ ! -s "$out" ] || fail "filter_dump of nonsense writes something"
	grep -q '^    ^ ' "$dir/err" || fail "filter_dump: no caret"
	"$examples/filter_dump" -d "$(printf 'host \033[31m')" 2>"$out" || :
	has filter_dump '^host \?\[31m$'
}

filter_match() {
	captured 30
	fails_without_output filter_match "$file" udp
	for expression in udp 'udp[11] & 1 = 0' 'host 10.9.0.1 and greater 101'; do
		exits 0 filter_match "$file" "$expression"
		want=$(tcpdump -r "$file" "$expression" 2>/dev/null | wc -l)
		has filter_match "^$want of 30 packets\$"
	done
	echo '10.9.0.0/24 # ours' >"$dir/list"
	"$examples/filter_match" "$file" net "@$dir/list" and \
		port '{9, @'"$dir/list"'}' >"$out" 2>&1 && fail "filter_match: a port"
	"$examples/filter_match" "$file" net "@$dir/list" and not net \
		"{1.0.0.0/8, @$dir/list}" or port '{9}' >"$out" 2>&1
	has filter_match '^30 of 30 packets$'
	code=0
	"$examples/filter_match" "$file" 'portrang 1-2' >"$out" 2>"$dir/err" ||
		code=$?
	[ "$code" -eq 1 ] || fail "filter_match of nonsense: exit code $code"
	[ ! -s "$out" ] || fail "filter_match of nonsense: standard output"
	grep -q portrange "$dir/err" || fail "filter_match: $(cat "$dir/err")"
}

device_list() {
	"$examples/device_list" >"$out" 2>&1 || fail "device_list: exit code $?"
	has device_list ' lo .*up'
	has device_list ' pk0 .*up'
	has device_list ' 10\.9\.0\.1/24$'
	has device_list '^ *0 any '
	fails_without_output device_list
}

device_info() {
	refuses_unknown_interface device_info
	exits 0 device_info pk0
	fails_without_output device_info pk0
	has device_info '^name +pk0$'
	has device_info '^kind +veth$'
	has device_info '^mtu +1500$'
	has device_info '^link type +EN10MB'
	has device_info '^address +10\.9\.0\.1/24 scope 0'
}

promisc() {
	refuses_unknown_interface promisc
	exits 0 promisc pk0
	has promisc '^before +flag clear, 0 '
	has promisc '^while +flag set, 1 '
	has promisc '^after +flag clear, 0 '
}

file_copy() {
	captured 30
	cp "$file" "$dir/whole.pcap"
	rm "$file"
	exits 0 file_copy "$dir/whole.pcap" "$file"
	cmp "$file" "$dir/whole.pcap" || fail 'file_copy: not a copy'
	head -c -1 "$dir/whole.pcap" >"$dir/cut.pcap"
	exits 1 file_copy "$dir/cut.pcap" "$file"
	has file_copy "^$dir/cut.pcap: .* at byte "
	holds file_copy 29
}

file_info() {
	captured 30
	exits 0 file_info "$file"
	fails_without_output file_info "$file"
	has file_info '^format     pcap 2\.4, microseconds$'
	has file_info '^interface  .*, link type 1, snap length 262144$'
	has file_info '^packets    30$'
	has file_info '^bytes      3000$'
	has file_info '^in order   yes$'
	head -c -1 "$file" >"$dir/cut.pcap"
	exits 1 file_info "$dir/cut.pcap"
	has file_info '^packets    29$'
	has file_info "^$dir/cut.pcap: .* at byte "
	# The interface's name is eth0 with an escape in its middle.
	printf '%b' '\012\015\015\012\0034\0\0\0M<+\032\001\0\0\0' \
		'\0377\0377\0377\0377\0377\0377\0377\0377\0034\0\0\0' \
		'\001\0\0\0\0040\0\0\0\001\0\0\0\0\0\001\0' \
		'\002\0\005\0et\033h0\0\0\0\0040\0\0\0' >"$file"
	exits 0 file_info "$file"
	has file_info '^interface  et\?h0, link type 1, '
}

# Even and odd numbers, put together again.
file_merge() {
	captured 30
	tcpdump -r "$file" -w "$dir/even.pcap" 'udp[11] & 1 = 0' 2>/dev/null
	tcpdump -r "$file" -w "$dir/odd.pcap" 'udp[11] & 1 = 1' 2>/dev/null
	exits 0 file_merge "$file" "$dir/odd.pcap" "$dir/even.pcap"
	holds file_merge 30
	exits 1 file_merge "$file" "$dir/even.pcap" "$dir/nosuch.pcap"
	has file_merge "^$dir/nosuch.pcap: "
	holds file_merge 30
}

has_files() {
	[ "$(find "$dir" -name '*.pcapng' | wc -l)" -ge "$1" ]
}

# Seconds pass here, with and without packets: files begin at each of them.
file_rotate() {
	refuses_unknown_interface file_rotate "$dir/never" 1
	[ ! -e "$dir/never" ] || fail "file_rotate made a file for nothing"
	start file_rotate pk1 "$dir/%s.pcapng" 1
	"$world" send pk0 20 100
	until_true has_files 2
	"$world" send pk0 20 100
	interrupted file_rotate
	[ "$(wc -l <"$out")" -ge 3 ] || fail "file_rotate: too few files"
	: >"$dir/read"
	while read -r name; do
		tcpdump -nn -r "$name" 2>/dev/null >>"$dir/read" ||
			fail "file_rotate: tcpdump does not read $name"
	done <"$out"
	[ "$(grep -c 'UDP, length 58' "$dir/read")" -eq 40 ] ||
		fail "file_rotate: not 40 packets in all files"
	[ "$(find "$dir" -name '*.part' | wc -l)" -eq 0 ] ||
		fail "file_rotate: a file has the name of an unfinished one"
	rm "$dir"/*.pcapng
}

# How many packets it has seen when the signal comes is not for us to know:
# from the first one on all are in the file, and at least those after it.
file_recorder() {
	refuses_unknown_interface file_recorder "$dir/never" 5
	[ ! -e "$dir/never" ] || fail "file_recorder made a file for nothing"
	start file_recorder pk1 "$file" 5
	"$world" send pk0 20 100
	kill -USR2 "$pid"
	tries=0
	while kill -0 "$pid" 2>/dev/null; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || fail "file_recorder does not end"
		"$world" send pk0 20 100
		sleep 0.05
	done
	ended 0 file_recorder
	tcpdump -nn -x -r "$file" >"$out" 2>/dev/null ||
		fail "file_recorder: tcpdump does not read the file"
	[ "$(grep -c 'UDP, length 58' "$out")" -ge 5 ] ||
		fail "file_recorder: too few packets"
	# Each run of world counts from 0.
	awk '$1 == "0x0010:" && $8 $9 != sprintf("%08x", n++ % 20) {
		print $8 $9 " is not the next number"; exit 1 }' "$out" ||
		fail "file_recorder: packets are missing"
}

# Of its own end by the clock nothing is asked here: Ctrl-C does it, too.
capture_stats() {
	refuses_unknown_interface capture_stats
	shows_usage capture_stats lo nonsense
	fails_without_output capture_stats pk0 1
	start capture_stats pk1 3600
	"$world" send pk0 20 100
	"$world" traffic pk0
	interrupted capture_stats
	# At least: both ends announce themselves by IPv6 when they like.
	[ "$(grep -c '^10\.9\.0\.1 > 10\.9\.0\.2$' "$out")" -ge 20 ] ||
		fail "capture_stats: not 20 lines"
	for line in '[0-9]+ packets' 'Ethernet +[0-9]+' 'IPv4 +2[0-9]' \
		'IPv6 +[1-9][0-9]*' 'TCP +[1-9]' 'UDP +2[0-9]' 'DNS +[1-9]' \
		'HTTP +0' 'TLS +0'; do
		has capture_stats "^$line\$"
	done
}

decode_layers() {
	refuses_unknown_interface decode_layers
	shows_usage decode_layers lo 0
	exits 0 decode_layers tests/data/http/get.pcap 2
	fails_without_output decode_layers tests/data/http/get.pcap
	for line in 'packet 2, 148 bytes' 'ipv4: 20 bytes at 14' \
		'  192\.0\.2\.1 > 192\.0\.2\.2, ttl 64, 128 bytes, protocol 6' \
		'  50000 > 80, seq 1000, window 502, ACK' \
		'payload, 88 bytes: GET /index\.html\?q=1 HTTP/1\.1\.\.Ho' \
		'HTTP found'; do
		has decode_layers "^$line\$"
	done
	"$examples/decode_layers" tests/data/tcp/offset.pcap >"$out" 2>&1
	has decode_layers '^tcp is malformed$'
	start decode_layers pk1
	"$world" send pk0 1 100
	ended 0 decode_layers
	has decode_layers '^udp: 8 bytes at 34$'
}

arp_boxes() {
	refuses_unknown_interface arp_boxes
	exits 0 arp_boxes tests/data/arp/request-reply.pcap
	has arp_boxes ' operation 1 \(request\) '
	has arp_boxes ' operation 2 \(reply\) '
	has arp_boxes '^\| +target protocol 192\.0\.2\.2 +\|$'
	start arp_boxes pk1
	"$world" traffic pk0
	"$world" traffic pk0
	ended 0 arp_boxes
	[ "$(grep -c '^| *target protocol 10\.9\.0\.' "$out")" -eq 2 ] ||
		fail "arp_boxes: not two packets"
}

decode_dns() {
	refuses_unknown_interface decode_dns
	exits 0 decode_dns tests/data/dns/cname.pcap
	fails_without_output decode_dns tests/data/dns/cname.pcap
	has decode_dns '^response 1, NOERROR$'
	has decode_dns '^  question   www\.example\.com A$'
	has decode_dns '^  answer     www.example.com CNAME web.example.com, ttl 300$'
	has decode_dns '^  answer     web.example.com A 192.0.2.1, ttl 300$'
	"$examples/decode_dns" tests/data/dns/loop.pcap >"$out" 2>&1
	has decode_dns '^  \(malformed\)$'
	start decode_dns pk1
	"$world" traffic pk0
	until_true has_lines 2
	interrupted decode_dns
	has decode_dns '^query [0-9]+, NOERROR$'
}

decode_sni() {
	refuses_unknown_interface decode_sni
	exits 0 decode_sni tests/data/tls/client-hello-13.pcap
	fails_without_output decode_sni tests/data/tls/client-hello-13.pcap
	has decode_sni '^192\.0\.2\.1:50000 > 192\.0\.2\.2:443: sni example\.com '
	has decode_sni ' alpn h2,http/1\.1 version TLS 1\.3 ja4 t13d0606h2_'
	"$examples/decode_sni" tests/data/tls/escapes.pcap >"$out" 2>&1
	has decode_sni ' sni \?\[2Jevil\?\.example '
}

stream_sni() {
	exits 0 stream_sni tests/data/tls/split.pcap
	fails_without_output stream_sni tests/data/tls/split.pcap
	has stream_sni '^192\.0\.2\.1:50000 > 192\.0\.2\.2:443: sni example\.com$'
	"$examples/stream_sni" tests/data/tls/escapes.pcap >"$out" 2>&1
	has stream_sni ': sni \?\[2Jevil\?\.example$'
	"$examples/stream_sni" tests/data/http/post.pcap >"$out" 2>&1
	[ ! -s "$out" ] || fail "stream_sni: a name in HTTP"
}

tcp_streams() {
	exits 0 tcp_streams tests/data/http/post.pcap
	fails_without_output tcp_streams tests/data/http/post.pcap
	has tcp_streams '^1: 192\.0\.2\.1 port 50000 > 192\.0\.2\.2 port 80$'
	has tcp_streams '^  > 242 bytes, 0 lost: POST /form HTTP/1\.1$'
	has tcp_streams '^  < 85 bytes, 0 lost: HTTP/1\.1 201 Created$'
	"$examples/tcp_streams" tests/data/http/escapes.pcap >"$out" 2>&1
	has tcp_streams ': GET /\.\[2J\. HTTP/1\.1$'
}

# More of these is in ask.sh.
arp_resolve() {
	refuses_unknown_interface arp_resolve 10.9.0.2
	exits 0 arp_resolve pk0 10.9.0.1
	has arp_resolve '^10\.9\.0\.1: [0-9a-f:]{17}$'
	# Without an address of its own, of the other end.
	"$examples/arp_resolve" --retries 60 pk1 10.9.0.1 >"$out" 2>"$dir/err" ||
		fail "arp_resolve without an address: exit code $?"
	has arp_resolve '^10\.9\.0\.1: [0-9a-f:]{17}$'
	grep -q '^pk1: has no address ' "$dir/err" || fail "$(cat "$dir/err")"
}

arp_scan() {
	refuses_unknown_interface arp_scan
	exits 1 arp_scan pk1
	has arp_scan '^pk1: it has no IPv4 address'
}

promisc_detect() {
	refuses_unknown_interface promisc_detect
	exits 1 promisc_detect pk1 10.9.0.1
	has promisc_detect '^pk1: it has no address to ask from'
}

try_examples
