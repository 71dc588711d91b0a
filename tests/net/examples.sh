#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every example does what its first lines say, in a network of its own.
set -eu

O=${O:-build}
world=$O/tests/world
examples=$O/examples

if [ "${1:-}" != inside ]; then
	command -v tcpdump >/dev/null || {
		echo "skipped: tcpdump not installed (tests/install-deps.sh)"
		exit 77
	}
	dir=$(mktemp -d)
	trap 'rm -rf "$dir"' EXIT
	code=0
	"$world" run "$0" inside "$dir" || code=$?
	exit "$code"
fi

dir=$2
out=$dir/out
file=$dir/file.pcap
pid=''
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || :' EXIT

fail() {
	echo "examples.sh: $*"
	[ ! -s "$out" ] || sed 's/^/    /' "$out"
	exit 1
}

# Starts an example and waits until it listens: sockets that do have a
# protocol in /proc/net/packet, 0003 for all of them. One that wants few packets
# may have ended by then, with what the kernels had to say to each other (ARP of
# neighbours they want to be sure of): how it ended is told by ended().
start() {
	: >"$file"
	name=$1
	shift
	"$examples/$name" "$@" >"$out" 2>&1 &
	pid=$!
	tries=0
	until grep -q ' 0003 ' /proc/net/packet; do
		kill -0 "$pid" 2>/dev/null || return 0
		tries=$((tries + 1))
		[ "$tries" -lt 600 ] || fail "$name does not listen after 30 s"
		sleep 0.05
	done
}

# Waits until the example that was started has ended well.
ended() {
	code=0
	wait "$pid" || code=$?
	pid=''
	[ "$code" -eq 0 ] || fail "$1: exit code $code"
}

# Ctrl-C, again where it came before there was anybody to take it.
interrupted() {
	tries=0
	while kill -INT "$pid" 2>/dev/null; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || fail "$1 does not end with SIGINT"
		sleep 0.1
	done
	ended "$1"
}

has() {
	grep -qE "$2" "$out" || fail "$1 printed no line like: $2"
}

# The file holds COUNT frames of ours, whole and in their order.
holds() {
	tcpdump -nn -x -r "$file" 2>/dev/null >"$dir/read" ||
		fail "$1: tcpdump does not read the file"
	grep -c 'IP 10\.9\.0\.1\.1000 > 10\.9\.0\.2\.9: UDP, length 58' \
		"$dir/read" >"$dir/count" || :
	[ "$(cat "$dir/count")" -eq "$2" ] ||
		fail "$1: $(cat "$dir/count") packets in the file, not $2"
	# Behind 28 bytes of headers, on the second line, is the number.
	awk -v name="$1" '$1 == "0x0010:" && $8 $9 != sprintf("%08x", n++) {
		print name ": " $8 $9 " is not the next number"; exit 1 }' \
		"$dir/read" || fail "$1: packets are missing or out of order"
}

refuses_unknown_interface() {
	code=0
	"$examples/$1" nosuch0 ${2:+"$2"} ${3:+"$3"} >"$out" 2>&1 || code=$?
	[ "$code" -eq 1 ] || fail "$1 nosuch0: exit code $code"
	has "$1" 'nosuch0: no such interface'
}

capture_print() {
	refuses_unknown_interface capture_print
	start capture_print pk1 3
	"$world" send pk0 3 100
	ended capture_print
	[ "$(grep -cE '^[0-9:]{8}\.[0-9]{9} 100 of 100 bytes in [0-9]+( [0-9a-f]{4}){8}$' \
		"$out")" -eq 3 ] || fail "capture_print: not three lines"
	start capture_print any 1
	"$world" send pk0 1 100
	ended capture_print
	# LINUX_SLL2: 20 bytes in the place of an Ethernet header of 14.
	has capture_print ' 106 of 106 bytes '
}

capture_file() {
	refuses_unknown_interface capture_file "$dir/never"
	[ ! -e "$dir/never" ] || fail "capture_file made a file for nothing"
	start capture_file pk1 "$file" 300
	"$world" send pk0 300 100
	ended capture_file
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

# COUNT lines of an example that is running.
waits_for_lines() {
	tries=0
	until [ "$(wc -l <"$out")" -ge "$1" ]; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || fail "not $1 lines"
		sleep 0.05
	done
}

capture_filter() {
	refuses_unknown_interface capture_filter
	code=0
	"$examples/capture_filter" pk1 'tcp prot 80' >"$out" 2>&1 || code=$?
	[ "$code" -eq 1 ] || fail "capture_filter of nonsense: exit code $code"
	has capture_filter '^    \^ .*'
	start capture_filter pk1
	"$world" send pk0 20 100
	"$world" traffic pk0
	waits_for_lines 1
	interrupted capture_filter
	[ "$(wc -l <"$out")" -eq 1 ] || fail "capture_filter: not one packet"
	has capture_filter '^[0-9]+\.[0-9]{9} 74 bytes$'
	start capture_filter pk1 udp dst port '{9} and greater 200'
	"$world" send pk0 20 100
	"$world" send pk0 3 300
	waits_for_lines 3
	interrupted capture_filter
	[ "$(grep -cE '^[0-9]+\.[0-9]{9} 300 bytes$' "$out")" -eq 3 ] ||
		fail "capture_filter: not three lines"
}

filter_dump() {
	for form in -d -dd -ddd; do
		tcpdump "$form" -y EN10MB len = 80 >"$dir/want" 2>/dev/null
		"$examples/filter_dump" "$form" len = 80 >"$out" 2>&1 ||
			fail "filter_dump: exit code $?"
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
	for expression in udp 'udp[11] & 1 = 0' 'host 10.9.0.1 and greater 101'; do
		"$examples/filter_match" "$file" "$expression" >"$out" 2>&1 ||
			fail "filter_match: exit code $?"
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
}

device_info() {
	refuses_unknown_interface device_info
	"$examples/device_info" pk0 >"$out" 2>&1 ||
		fail "device_info: exit code $?"
	has device_info '^name +pk0$'
	has device_info '^kind +veth$'
	has device_info '^mtu +1500$'
	has device_info '^link type +EN10MB'
	has device_info '^address +10\.9\.0\.1/24 scope 0'
}

promisc() {
	refuses_unknown_interface promisc
	"$examples/promisc" pk0 >"$out" 2>&1 || fail "promisc: exit code $?"
	has promisc '^before +flag clear, 0 '
	has promisc '^while +flag set, 1 '
	has promisc '^after +flag clear, 0 '
}

# A file with COUNT packets of ours.
captured() {
	start capture_file pk1 "$file" "$1"
	"$world" send pk0 "$1" 100
	ended capture_file
}

file_copy() {
	captured 30
	cp "$file" "$dir/whole.pcap"
	rm "$file"
	"$examples/file_copy" "$dir/whole.pcap" "$file" >"$out" 2>&1 ||
		fail "file_copy: exit code $?"
	cmp "$file" "$dir/whole.pcap" || fail 'file_copy: not a copy'
	head -c -1 "$dir/whole.pcap" >"$dir/cut.pcap"
	code=0
	"$examples/file_copy" "$dir/cut.pcap" "$file" >"$out" 2>&1 || code=$?
	[ "$code" -eq 1 ] || fail "file_copy of a damaged file: exit code $code"
	has file_copy "^$dir/cut.pcap: .* at byte "
	holds file_copy 29
}

file_info() {
	captured 30
	"$examples/file_info" "$file" >"$out" 2>&1 ||
		fail "file_info: exit code $?"
	has file_info '^format     pcap 2\.4, microseconds$'
	has file_info '^interface  .*, link type 1, snap length 262144$'
	has file_info '^packets    30$'
	has file_info '^bytes      3000$'
	has file_info '^in order   yes$'
	head -c -1 "$file" >"$dir/cut.pcap"
	code=0
	"$examples/file_info" "$dir/cut.pcap" >"$out" 2>&1 || code=$?
	[ "$code" -eq 1 ] || fail "file_info of a damaged file: exit code $code"
	has file_info '^packets    29$'
	has file_info "^$dir/cut.pcap: .* at byte "
}

# Even and odd numbers, put together again.
file_merge() {
	captured 30
	tcpdump -r "$file" -w "$dir/even.pcap" 'udp[11] & 1 = 0' 2>/dev/null
	tcpdump -r "$file" -w "$dir/odd.pcap" 'udp[11] & 1 = 1' 2>/dev/null
	"$examples/file_merge" "$file" "$dir/odd.pcap" "$dir/even.pcap" \
		>"$out" 2>&1 || fail "file_merge: exit code $?"
	holds file_merge 30
	code=0
	"$examples/file_merge" "$file" "$dir/even.pcap" "$dir/nosuch.pcap" \
		>"$out" 2>&1 || code=$?
	[ "$code" -eq 1 ] || fail "file_merge without a file: exit code $code"
	has file_merge "^$dir/nosuch.pcap: "
	holds file_merge 30
}

# Seconds pass here, with and without packets: files begin at each of them.
file_rotate() {
	refuses_unknown_interface file_rotate "$dir/never" 1
	[ ! -e "$dir/never" ] || fail "file_rotate made a file for nothing"
	start file_rotate pk1 "$dir/%s.pcapng" 1
	"$world" send pk0 20 100
	tries=0
	until [ "$(find "$dir" -name '*.pcapng' | wc -l)" -ge 2 ]; do
		tries=$((tries + 1))
		[ "$tries" -lt 100 ] || fail "file_rotate does not change files"
		sleep 0.05
	done
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
	ended file_recorder
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
	"$examples/decode_layers" tests/data/http/get.pcap 2 >"$out" 2>&1 ||
		fail "decode_layers: exit code $?"
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
	ended decode_layers
	has decode_layers '^udp: 8 bytes at 34$'
}

arp_boxes() {
	refuses_unknown_interface arp_boxes
	"$examples/arp_boxes" tests/data/arp/request-reply.pcap >"$out" 2>&1 ||
		fail "arp_boxes: exit code $?"
	has arp_boxes ' operation 1 \(request\) '
	has arp_boxes ' operation 2 \(reply\) '
	has arp_boxes '^\| +target protocol 192\.0\.2\.2 +\|$'
	start arp_boxes pk1
	"$world" traffic pk0
	"$world" traffic pk0
	ended arp_boxes
	[ "$(grep -c '^| *target protocol 10\.9\.0\.' "$out")" -eq 2 ] ||
		fail "arp_boxes: not two packets"
}

decode_dns() {
	refuses_unknown_interface decode_dns
	"$examples/decode_dns" tests/data/dns/cname.pcap >"$out" 2>&1 ||
		fail "decode_dns: exit code $?"
	has decode_dns '^response 1, NOERROR$'
	has decode_dns '^  question   www\.example\.com A$'
	has decode_dns '^  answer     www.example.com CNAME web.example.com, ttl 300$'
	has decode_dns '^  answer     web.example.com A 192.0.2.1, ttl 300$'
	"$examples/decode_dns" tests/data/dns/loop.pcap >"$out" 2>&1
	has decode_dns '^  \(malformed\)$'
	start decode_dns pk1
	"$world" traffic pk0
	waits_for_lines 2
	interrupted decode_dns
	has decode_dns '^query [0-9]+, NOERROR$'
}

decode_sni() {
	refuses_unknown_interface decode_sni
	"$examples/decode_sni" tests/data/tls/client-hello-13.pcap >"$out" 2>&1 ||
		fail "decode_sni: exit code $?"
	has decode_sni '^192\.0\.2\.1:50000 > 192\.0\.2\.2:443: sni example\.com '
	has decode_sni ' alpn h2,http/1\.1 version TLS 1\.3 ja4 t13d0606h2_'
	"$examples/decode_sni" tests/data/tls/escapes.pcap >"$out" 2>&1
	has decode_sni ' sni \?\[2Jevil\?\.example '
}

stream_sni() {
	"$examples/stream_sni" tests/data/tls/split.pcap >"$out" 2>&1 ||
		fail "stream_sni: exit code $?"
	has stream_sni '^192\.0\.2\.1:50000 > 192\.0\.2\.2:443: sni example\.com$'
	"$examples/stream_sni" tests/data/tls/escapes.pcap >"$out" 2>&1
	has stream_sni ': sni \?\[2Jevil\?\.example$'
	"$examples/stream_sni" tests/data/http/post.pcap >"$out" 2>&1
	[ ! -s "$out" ] || fail "stream_sni: a name in HTTP"
}

tcp_streams() {
	"$examples/tcp_streams" tests/data/http/post.pcap >"$out" 2>&1 ||
		fail "tcp_streams: exit code $?"
	has tcp_streams '^1: 192\.0\.2\.1 port 50000 > 192\.0\.2\.2 port 80$'
	has tcp_streams '^  > 242 bytes, 0 lost: POST /form HTTP/1\.1$'
	has tcp_streams '^  < 85 bytes, 0 lost: HTTP/1\.1 201 Created$'
	"$examples/tcp_streams" tests/data/http/escapes.pcap >"$out" 2>&1
	has tcp_streams ': GET /\.\[2J\. HTTP/1\.1$'
}

# More of these is in ask.sh.
arp_resolve() {
	refuses_unknown_interface arp_resolve 10.9.0.2
	"$examples/arp_resolve" pk0 10.9.0.1 >"$out" 2>&1 ||
		fail "arp_resolve: exit code $?"
	has arp_resolve '^10\.9\.0\.1: [0-9a-f:]{17}$'
	# Without an address of its own, of the other end.
	"$examples/arp_resolve" --retries 60 pk1 10.9.0.1 >"$out" 2>"$dir/err" ||
		fail "arp_resolve without an address: exit code $?"
	has arp_resolve '^10\.9\.0\.1: [0-9a-f:]{17}$'
	grep -q '^pk1: has no address ' "$dir/err" || fail "$(cat "$dir/err")"
}

arp_scan() {
	refuses_unknown_interface arp_scan
	code=0
	"$examples/arp_scan" pk1 >"$out" 2>&1 || code=$?
	[ "$code" -eq 1 ] || fail "arp_scan without an address: exit code $code"
	has arp_scan '^pk1: it has no IPv4 address'
}

promisc_detect() {
	refuses_unknown_interface promisc_detect
	code=0
	"$examples/promisc_detect" pk1 10.9.0.1 >"$out" 2>&1 || code=$?
	[ "$code" -eq 1 ] || fail "promisc_detect: exit code $code"
	has promisc_detect '^pk1: it has no address to ask from'
}

# More of it is in build_dns.sh.
build_dns() {
	refuses_unknown_interface build_dns
	"$examples/build_dns" pk0 >"$out" 2>&1 || fail "build_dns: exit code $?"
	has build_dns '^IP 10\.9\.0\.1\.[0-9]+ > .*\+ A\? localhost\. '
}

# More of it is in send_raw.sh.
send_raw() {
	refuses_unknown_interface send_raw filled
	"$examples/send_raw" pk0 filled >"$out" 2>&1 ||
		fail "send_raw: exit code $?"
	has send_raw '^pk0: the filled frame was sent$'
}

# More of it is in send_replay.sh.
replay() {
	captured 30
	cp "$file" "$dir/whole.pcap"
	refuses_unknown_interface replay "$dir/whole.pcap"
	start capture_file pk1 "$file" 30
	"$examples/replay" pk0 "$dir/whole.pcap" >"$dir/replay" 2>&1 ||
		fail "replay: exit code $?: $(cat "$dir/replay")"
	ended capture_file
	holds replay 30
}

# Bytes by hand; what a text can be is in tests/api/test_build_text.c.
pktsend() {
	refuses_unknown_interface pktsend 'eth / ip'
	text='eth src=02:00:00:00:00:01 type=0x88b5 / "\x00\x01" / pad 60'
	"$examples/pktsend" --help >"$out" 2>&1 || fail "pktsend --help: $?"
	has pktsend '^usage: '
	"$examples/pktsend" -n "$text" >"$out" || fail "pktsend -n: $?"
	has pktsend '^	0x0000:  ffff ffff ffff 0200 0000 0001 88b5 0001  '
	start capture_file pk1 "$file" 1003
	"$examples/pktsend" --count 1000 pk0 "$text" >"$dir/sent" ||
		fail "pktsend: $?"
	printf '# three\n%s\n\n%s\n%s\n' "$text" "$text" "$text" |
		"$examples/pktsend" -R 1000 -f - pk0 >>"$dir/sent" ||
		fail "pktsend -f -: $?"
	ended capture_file
	grep -cE '^(1000|3) packets, (60000|180) bytes sent in ' "$dir/sent" \
		>"$dir/count"
	[ "$(cat "$dir/count")" -eq 2 ] || fail "pktsend: $(cat "$dir/sent")"
	tcpdump -nn -xx -r "$file" 2>/dev/null >"$dir/read"
	[ "$(grep -c '0x0000:  ffff ffff ffff 0200 0000 0001 88b5 0001$' \
		"$dir/read")" -eq 1003 ] || fail "pktsend: not 1003 frames"
	code=0
	"$examples/pktsend" -n 'eth / ipp' >"$out" 2>&1 || code=$?
	[ "$code" -eq 1 ] || fail "pktsend: exit code $code for nonsense"
	has pktsend "^no layer 'ipp': did you mean 'ip'\?$"
	has pktsend '^        \^$'
	"$examples/pktsend" --list ip >"$out" || fail "pktsend --list: $?"
	has pktsend '^ttl=1$'
	code=0
	"$examples/pktsend" -w "$dir/no/such" 'eth' >"$out" 2>&1 || code=$?
	[ "$code" -eq 1 ] || fail "pktsend -w: exit code $code"
	"$examples/pktsend" -w "$file" 'ip / udp dport=9 / "x"' ||
		fail "pktsend -w: $?"
	tcpdump -nn -r "$file" 2>/dev/null >"$out"
	has pktsend 'IP 0.0.0.0.0 > 0.0.0.0.9: UDP, length 1$'
	code=0
	"$examples/pktsend" pk0 'eth / data len=2000' >"$out" 2>&1 || code=$?
	[ "$code" -eq 1 ] || fail "pktsend: exit code $code for 2014 bytes"
	has pktsend 'pk0: .*2014 bytes.*MTU'
	has pktsend '^0 packets, 0 bytes sent in '
	pktsend_refuses
}

# What pktsend does not take: the cure is one for texts.
pktsend_refuses() {
	while IFS='|' read -r want arguments text message; do
		code=0
		# shellcheck disable=SC2086 # words
		"$examples/pktsend" $arguments "$text" >"$out" 2>&1 || code=$?
		[ "$code" -eq "$want" ] ||
			fail "pktsend $arguments $text: exit code $code"
		has "pktsend $arguments $text" "$message"
	done <<-'END'
		0|pk0|data hex=ffffffffffff02000000000188b50001|^1 packet, 16 bytes sent in [0-9.]* s$
		1|pk0|data hex=ffff|pk0: .* end the text with / pad 60$
		1|pk0|ip / icmp|^pk0: it is Ethernet: begin the text with eth$
		1|any|eth|^any: packets are sent on one interface: say which$
		2|-R 10kb pk0|eth|^--rate 10kb: packets or bits per second: 
		2|-R 1000000001 pk0|eth|^--rate 1000000001: packets or bits 
		2|-c -1 pk0|eth|^--count -1: how many, 
		2|-n -c 3|eth|^usage: 
		2|-w x.pcap -R 3|eth|^usage: 
		2|-n -w x.pcap|eth|^usage: 
	END
	code=0
	printf 'eth\n\0\n' | "$examples/pktsend" -n -f - >"$out" 2>&1 || code=$?
	[ "$code" -eq 1 ] || fail "pktsend: exit code $code for a byte 0"
	has pktsend '^in -, line 2$'
	code=0
	printf 'eth\nip / icmp\n' | "$examples/pktsend" -w "$file" -f - \
		>"$out" 2>&1 || code=$?
	[ "$code" -eq 1 ] || fail "pktsend: exit code $code for two link types"
	has pktsend '^packet 2 begins with another header than the first: write '
	[ "$(wc -l <"$out")" -eq 1 ] || fail 'pktsend: more than one message'
}

shows_usage() { # EXAMPLE ARGUMENT...
	name=$1
	shift
	code=0
	"$examples/$name" "$@" >"$out" 2>&1 || code=$?
	[ "$code" -eq 2 ] || fail "$name $*: exit code $code"
	has "$name" '^usage: '
}

for source in examples/*.c; do
	example=$(basename "$source" .c)
	command -v "$example" >/dev/null || fail "$example: not tested here"
	case $example in
	file_info | pktsend) ;; # that is a file, that is no fault
	*) shows_usage "$example" --help ;;
	esac
	case $example in
	device_list | capture_stats | promisc_detect) ;; # have defaults
	*) shows_usage "$example" ;;
	esac
	"$example"
done
