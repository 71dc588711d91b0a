#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Filters of pktsniff while it captures: by each engine, on one interface and
# on all, they take what the same expressions take from a file with all of the
# packets, read by tcpdump and by pktsniff; tcpdump captures at the same time.
set -eu
# shellcheck source=tests/support/sniff.sh
. tests/support/sniff.sh

command -v tcpdump >/dev/null || {
	echo "tcpdump is not installed"
	exit 77
}

# The last packet has this length, and everybody waits for it.
last='len = 777'
pids=
trap 'kill $pid $peer $pids 2>/dev/null || :' EXIT

# Those that tcpdump takes by the same expression while it captures; of tagged
# packets it thinks without their tag until the expression says "vlan".
both='vlan
vlan 5
vlan and ip
not vlan and udp
not vlan and (arp or icmp6)
not vlan and ip[8] > 3
less 100 and not vlan'
ours='ip
udp port 9
arp or icmp or icmp6
tcp[tcpflags] & tcp-syn != 0
ether multicast
ether proto 0x8100 or len > 300
ip broadcast
net 10.0.0.0/8
inbound
outbound'

# background NAME COMMAND...: it has begun to listen when this returns.
background() {
	name=$1
	shift
	: >"$dir/$name.err"
	"$@" >"$dir/$name.out" 2>"$dir/$name.err" </dev/null &
	pids="$pids $!"
}

expression_of() { # NUMBER
	printf '%s\n%s\n' "$both" "$ours" | sed -n "$1p"
}

has_last() {
	tcpdump -r "$dir/$1.pcap" --count "$last" 2>/dev/null | grep -q '^1 '
}

# Without the times, which each socket has its own of.
lines() { # FILE.pcap [EXPRESSION]
	tcpdump -nn -t -e -XX -r "$dir/$1.pcap" ${2:+"$2"} 2>/dev/null
}

packets() { # FILE.pcap: how many
	n=$("$sniff" -r "$dir/$1.pcap" --count 2>/dev/null)
	echo "${n%% *}"
}

compare() { # NAME OF-OURS EXPRESSION
	cmp -s "$dir/ours.txt" "$dir/theirs.txt" && return
	diff "$dir/theirs.txt" "$dir/ours.txt" | head -n 10
	fail "$1: $2: $3"
}

from_file() { # NAME NUMBER EXPRESSION
	lines all "$3" >"$dir/theirs.txt"
	lines "legacy$2" >"$dir/ours.txt"
	compare "$1" "tcpdump -r" "$3"
	"$sniff" -r "$dir/all.pcap" -w "$dir/read.pcap" "$3" 2>/dev/null
	lines read >"$dir/theirs.txt"
	lines "more$2" >"$dir/ours.txt"
	compare "$1" "pktsniff -r" "$3"
}

round() { # ENGINE
	names=all
	background all tcpdump -i pk1 -U -w "$dir/all.pcap"
	count=$(printf '%s\n%s\n' "$both" "$ours" | wc -l)
	for i in $(seq "$count"); do
		expression="$last or ($(expression_of "$i"))"
		background "legacy$i" "$sniff" --legacy --engine "$1" -i pk1 \
			-U -w "$dir/legacy$i.pcap" "$expression"
		background "more$i" "$sniff" --engine "$1" -i pk1 \
			-U -w "$dir/more$i.pcap" "$expression"
		names="$names legacy$i more$i"
		[ "$i" -le "$(printf '%s\n' "$both" | wc -l)" ] || continue
		background "peer$i" tcpdump -i pk1 -U -w "$dir/peer$i.pcap" \
			"$expression"
		names="$names peer$i"
	done
	for name in $names; do
		until_true begun "$dir/$name.err"
	done
	"$world" traffic pk0
	"$world" send pk0 30 64
	"$world" traffic pk1
	"$world" send pk0 1 777
	for name in $names; do
		until_true has_last "$name"
	done
	# shellcheck disable=SC2086 # several
	kill -TERM $pids
	for pid in $pids; do
		wait "$pid" || fail "engine $1: exit code $?"
	done
	pid='' pids='' bound=0
	for i in $(seq "$count"); do
		expression="$last or ($(expression_of "$i"))"
		case $expression in
		*bound*) # a file does not tell
			bound=$((bound + $(packets "legacy$i")))
			;;
		*) from_file "$1" "$i" "$expression" ;;
		esac
		[ -f "$dir/peer$i.pcap" ] || continue
		lines "peer$i" >"$dir/theirs.txt"
		lines "legacy$i" >"$dir/ours.txt"
		compare "$1" "tcpdump at once" "$expression"
	done
	# Each one but the last, which both of them took.
	[ "$bound" -eq $(($(packets all) + 1)) ] ||
		fail "$1: $bound packets inbound and outbound"
}
round recv
round ring

# A pcapng file tells it.
start told -i pk1 -c 1 -w "$dir/told.pcapng" udp and not vlan
"$world" send pk0 1 60
ended 0 told
"$sniff" --capinfo "$dir/told.pcapng" >"$dir/told.out"
grep -q 'Filter = udp and not vlan$' "$dir/told.out" ||
	fail "pcapng: $(cat "$dir/told.out")"

# Headers only: 42 bytes of each.
for engine in recv ring; do
	start snap --engine $engine -i pk1 -c 3 -w "$dir/snap.pcap" \
		--snap-headers udp
	"$world" send pk0 3 300
	ended 0 snap
	[ "$(wc -c <"$dir/snap.pcap")" -eq $((24 + 3 * (16 + 42))) ] ||
		fail "--snap-headers, $engine: $(wc -c <"$dir/snap.pcap")"
	[ "$(tcpdump -e -r "$dir/snap.pcap" 2>/dev/null |
		grep -c 'length 300:')" -eq 3 ] ||
		fail "--snap-headers, $engine: other lengths"
done

# All interfaces: the cooked link type.
start any -i any -c 5 -e udp port 9 and outbound
"$world" send pk0 5 60
ended 0 any
[ "$(grep -c '^[^ ]* pk0 *Out .*UDP' "$dir/any.out")" -eq 5 ] ||
	fail "any: not the five packets that were sent"

# More than the kernel takes: the filter runs here.
for i in $(seq 64); do
	seq -f "192.$i.%g.1" 100 163
done >"$dir/hosts"
start many -i pk1 -c 4 -t "host @$dir/hosts or len = 99"
"$world" send pk0 3 60
"$world" send pk0 4 99
ended 0 many
grep -q 'the kernel did not take the filter' "$dir/many.err" ||
	fail "lists: the kernel took them"
[ "$(grep -c 'length 57$' "$dir/many.out")" -eq 4 ] || fail "lists: other packets"

# What is wrong is told before a privilege is asked for, and names as well.
for expression in 'prot 80' 'host nosuch.invalid'; do
	command -v setpriv >/dev/null || break
	code=0
	setpriv --ambient-caps=-all --inh-caps=-all --bounding-set=-all \
		"$sniff" -i pk1 -w "$dir/none.pcap" "$expression" \
		>"$dir/wrong.out" 2>"$dir/wrong.err" || code=$?
	[ "$code" -eq 1 ] || fail "$expression: exit code $code"
	[ ! -s "$dir/wrong.out" ] && [ ! -e "$dir/none.pcap" ] ||
		fail "$expression: something was written"
	grep -q '^ *^$' "$dir/wrong.err" || fail "$expression: no caret"
done

# A packet triggers what is recorded to be written, with its tag in its place.
for expression in 'len = 150' 'vlan 7 and udp'; do
	start trigger -i pk1 --ring-buffer 30s --trigger "$expression" \
		-w "$dir/trigger.pcap" -c 19
	"$world" send pk0 10 100
	case $expression in
	vlan*) "$world" traffic pk0 ;;
	*) "$world" send pk0 1 150 ;;
	esac
	"$world" send pk0 10 100
	ended 0 "--trigger $expression"
	[ "$(packets trigger)" -eq 19 ] || fail "--trigger $expression"
done
