#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Examples that build and send do what their first lines say, in a network of
# their own.
set -eu
# shellcheck source=tests/support/examples.sh
. tests/support/examples.sh

# More of it is in build_dns.sh.
build_dns() {
	refuses_unknown_interface build_dns
	exits 0 build_dns pk0
	has build_dns '^IP 10\.9\.0\.1\.[0-9]+ > .*\+ A\? localhost\. '
}

# More of it is in send_raw.sh.
send_raw() {
	refuses_unknown_interface send_raw filled
	exits 0 send_raw pk0 filled
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
	ended 0 capture_file
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
	ended 0 capture_file
	grep -cE '^(1000|3) packets, (60000|180) bytes sent in ' "$dir/sent" \
		>"$dir/count"
	[ "$(cat "$dir/count")" -eq 2 ] || fail "pktsend: $(cat "$dir/sent")"
	tcpdump -nn -xx -r "$file" 2>/dev/null >"$dir/read"
	[ "$(grep -c '0x0000:  ffff ffff ffff 0200 0000 0001 88b5 0001$' \
		"$dir/read")" -eq 1003 ] || fail "pktsend: not 1003 frames"
	exits 1 pktsend -n 'eth / ipp'
	has pktsend "^no layer 'ipp': did you mean 'ip'\?$"
	has pktsend '^        \^$'
	"$examples/pktsend" --list ip >"$out" || fail "pktsend --list: $?"
	has pktsend '^ttl=1$'
	exits 1 pktsend -w "$dir/no/such" 'eth'
	"$examples/pktsend" -w "$file" 'ip / udp dport=9 / "x"' ||
		fail "pktsend -w: $?"
	tcpdump -nn -r "$file" 2>/dev/null >"$out"
	has pktsend 'IP 0.0.0.0.0 > 0.0.0.0.9: UDP, length 1$'
	"$examples/pktsend" -w - 'ip / udp dport=9 / "x"' >"$out" ||
		fail "pktsend -w -: $?"
	cmp "$file" "$out" || fail 'pktsend -w -: another file'
	exits 1 pktsend pk0 'eth / data len=2000'
	has pktsend 'pk0: .*2014 bytes.*MTU'
	has pktsend '^0 packets, 0 bytes sent in '
	pktsend_refuses
}

# What pktsend does not take: the cure is one for texts.
pktsend_refuses() {
	while IFS='|' read -r want arguments text message; do
		# shellcheck disable=SC2086 # words
		exits "$want" pktsend $arguments "$text"
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

try_examples
