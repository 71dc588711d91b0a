#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# --stats and --top of files: tshark counts the same, a full table says so, and each
# table goes where its options want it.
set -eu
O=${O:-build}
PATH=$PATH:/usr/sbin:/sbin
sniff=$O/examples/pktsniff
compare=tests/api/stats_tshark.py
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

for tool in python3 tshark; do
	command -v "$tool" >/dev/null || {
		echo "skipped: $tool not installed (tests/install-deps.sh)"
		exit 77
	}
done

fail() {
	echo "$*"
	cat "$dir/out" "$dir/err"
	exit 1
}

# shows TEXT OPTION...: a line of standard output is like TEXT.
shows() {
	text=$1
	shift
	"$sniff" "$@" >"$dir/out" 2>"$dir/err" || fail "$*: exit code $?"
	grep -qE -e "$text" "$dir/out" || fail "$*: no line like: $text"
}

stats() {
	shows "$@" --stats -r "$dir/made.pcap"
}

python3 -B "$compare" make "$dir/made.pcap"
python3 -B "$compare" compare "$dir/made.pcap" "$sniff" || exit 1
python3 -B "$compare" json "$dir/made.pcap" "$sniff" || exit 1
"$sniff" -w "$dir/web.pcap" -r tests/data/dns/a.pcap \
	-r tests/data/http/get.pcap -r tests/data/tls/client-hello-13.pcap \
	-r tests/data/icmp/echo.pcap 2>"$dir/err"
python3 -B "$compare" compare "$dir/web.pcap" "$sniff" || exit 1

# A filter, -c, and a file with nothing in it; others add up all the same.
stats '^transport +TCP +0 ' udp
stats '^network +IPv4 +0 ' ip6
stats '^7 packets, ' -c 7
stats "^0 packets, 0 bytes " host 192.0.2.1
stats '^ +others +1 +100\.0%' -c 1 arp

# The table has standard output unless the packets do.
stats '^1500 packets, ' -w "$dir/copy.pcap"
cmp -s "$dir/made.pcap" "$dir/copy.pcap" || fail '--stats -w: another file'
stats . -w -
cmp -s "$dir/made.pcap" "$dir/out" || fail '--stats -w -: another file'
grep -q '^1500 packets, ' "$dir/err" || fail '--stats -w -: no table'
stats ' ARP, ' --print -c 1 arp
[ "$(wc -l <"$dir/out")" -eq 1 ] || fail '--stats --print: more than packets'
grep -q '^1 packet, ' "$dir/err" || fail '--stats --print: no table'

# Intervals are those of the time stamps: 1.5 seconds, then a day without any.
"$sniff" -r "$dir/made.pcap" --stats=1 >"$dir/out" 2>"$dir/err"
[ "$(grep -c '^last ' "$dir/out")" -eq 2 ] || fail '--stats=1: not 2 tables'
grep -q '^1000 packets, .* in 1.000 s: ' "$dir/out" ||
	fail '--stats=1: not 1000 packets in a second'

# From the first time that a file can have to the last: all digits are right.
{
	printf '\324\303\262\241\002\0\004\0\0\0\0\0\0\0\0\0\377\377\0\0\001\0\0\0'
	printf '\0\0\0\0\0\0\0\0\0\0\0\0\052\0\0\0'
	printf '\377\377\377\377\077\102\017\0\0\0\0\0\052\0\0\0'
} >"$dir/long.pcap"
shows '"duration_s":4294967295\.999999000,' --stats --format json \
	-r "$dir/long.pcap"

# Whichever packet is the earliest.
python3 -B "$compare" backwards "$dir/backwards.pcap"
shows '^3 packets, .* in 5\.000 s: 0\.6 packets/s' --stats -r "$dir/backwards.pcap"

# --top, in a terminal.
python3 -B tests/api/top_pty.py "$sniff" "$dir/made.pcap" || exit 1

# More addresses and conversations than there is room for: those that matter
# are there, with all they had, and what is not is counted.
python3 -B "$compare" flood "$dir/flood.pcap" 50000
shows '^10\.3\.0\.1 +500 +521000 +0 +0 ' --stats -r "$dir/flood.pcap"
shows '^\(the 16384 places were full: 33618 entries with 33618 packets' \
	--stats -r "$dir/flood.pcap"
shows '^UDP +10\.3\.0\.1:40001 +10\.2\.0\.1:40002 +500 +521000 +0 +0 ' \
	--stats -r "$dir/flood.pcap"
shows '^10\.2\.0\.1 .*[0-9] MB$' --stats -r "$dir/flood.pcap"
