#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# pktsniff writes what it captures: pcapng with what tshark finds in it, files
# by the clock, the flight recorder; and follows a file that is written.
set -eu
# shellcheck source=tests/support/sniff.sh
. tests/support/sniff.sh

holds() { # COUNT FILE...
	want=$1
	shift
	total=0
	for file in "$@"; do
		n=$("$sniff" -r "$file" --count 2>/dev/null | sed 's/ .*//')
		total=$((total + ${n:-0}))
	done
	[ "$total" -eq "$want" ]
}

# --- pcapng: interface, direction, counters ---
start ng -i pk1 -c 20 -w "$dir/ng.pcapng"
"$world" send pk0 20 100
ended 0 pcapng
holds 20 "$dir/ng.pcapng" || fail "pcapng: not 20 packets"
if command -v tshark >/dev/null; then
	tshark -r "$dir/ng.pcapng" -T fields -e frame.interface_name \
		-e frame.packet_flags_direction 2>/dev/null |
		sort -u >"$dir/fields"
	[ "$(cat "$dir/fields")" = "$(printf 'pk1\t0x00000001')" ] ||
		fail "tshark found: $(cat "$dir/fields")"
	capinfos -M "$dir/ng.pcapng" >"$dir/capinfos"
	for line in 'Capture application: pktsniff' 'Name = pk1' \
		'Hardware = veth' 'Number of stat entries = 1'; do
		grep -q "$line" "$dir/capinfos" || fail "capinfos: no $line"
	done
fi

# --- any: each interface under its name ---
start any -i any -Q in -c 10 -w "$dir/any.pcapng"
"$world" send pk0 10 100
ended 0 any
if command -v tshark >/dev/null; then
	[ "$(tshark -r "$dir/any.pcapng" -T fields -e frame.interface_name \
		2>/dev/null | sort -u)" = pk1 ] || fail "any: not from pk1"
fi

# --- files by the clock, though no packet comes ---
start clock -i pk1 -G 1 -W 3 -w "$dir/g-%s.pcap" -z true
"$world" send pk0 5 100
ended 0 "-G -W"
# shellcheck disable=SC2046 # names without blanks
set -- $(ls "$dir"/g-*.pcap)
[ $# -eq 3 ] || fail "-G 1 -W 3: $# files"
holds 5 "$@" || fail "-G: not 5 packets"

# --- flight recorder: nothing is written until asked for ---
start recorder -i pk1 --ring-buffer 1M -w "$dir/fr.pcap"
"$world" send pk0 50 100
sleep 0.3 # for packets to be recorded; too short only weakens the next line
holds 0 "$dir/fr.pcap" || fail "--ring-buffer: written unasked"
kill -USR2 "$pid"
until_true holds 50 "$dir/fr.pcap"
"$world" send pk0 5 100
kill -USR2 "$pid"
until_true holds 55 "$dir/fr.pcap"
kill -INT "$pid"
ended 0 recorder

# A bad option leaves the file alone; what nobody asked for is told.
code=0
"$sniff" -i pk1 --ring-buffer 1M --trigger "$dir/nosuch" -w "$dir/fr.pcap" \
	2>"$dir/refused.err" || code=$?
[ "$code" -eq 1 ] || fail "--trigger without a file: exit code $code"
grep -q -- '--trigger .*nosuch' "$dir/refused.err" || fail "no --trigger"
holds 55 "$dir/fr.pcap" || fail "a refused option emptied the file"
start unasked -i pk1 --ring-buffer 1M -c 3 -w "$dir/none.pcap"
"$world" send pk0 3 100
ended 0 unasked
grep -q '3 packets in memory were not asked for' "$dir/unasked.err" ||
	fail "nothing told of packets that were not asked for"

# A program that accepts one packet (its number at byte 42 is 7) triggers it.
printf '4\n32 0 0 42\n21 0 1 7\n6 0 0 262144\n6 0 0 0\n' >"$dir/seven"
start trigger -i pk1 --ring-buffer 30s --trigger "$dir/seven" \
	-w "$dir/tr.pcap" -c 20
"$world" send pk0 20 100
ended 0 trigger
holds 20 "$dir/tr.pcap" || fail "--trigger: not all 20 packets"

# --- follow a file that is written, and one that takes its place ---
"$sniff" -r "$dir/ng.pcapng" -w "$dir/grow.pcap" 2>/dev/null
cp "$dir/grow.pcap" "$dir/whole.pcap"
half=$(($(wc -c <"$dir/whole.pcap") / 2))
head -c "$half" "$dir/whole.pcap" >"$dir/grow.pcap"
start follow --follow -r "$dir/grow.pcap" -c 40 -w "$dir/followed.pcap" -U
until_true holds 9 "$dir/followed.pcap"
tail -c +$((half + 1)) "$dir/whole.pcap" >>"$dir/grow.pcap"
until_true holds 20 "$dir/followed.pcap"
mv "$dir/whole.pcap" "$dir/grow.pcap"
ended 0 follow
holds 40 "$dir/followed.pcap" || fail "--follow: not 40 packets"
