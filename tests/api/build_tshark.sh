#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every header that can be built, with any values (tests/corpus/stacks.c): what
# tshark reads of each field is what pktsniff reads, which test_build_property
# compares with what went in. tshark finds nothing malformed and no checksum
# wrong, and neither does tcpdump.
set -eu
O=${O:-build}
PATH=$PATH:/usr/sbin:/sbin

for tool in python3 tshark tcpdump; do
	command -v "$tool" >/dev/null || {
		echo "skipped: $tool not installed (tests/install-deps.sh)"
		exit 77
	}
done
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$O/tests/corpus/stacks" "$dir" "${STACKS:-1000}"
status=0

python3 -B tests/api/decode_tshark.py "$O/examples/pktsniff" "$dir"/*.pcap ||
	status=1

# A column for each checksum: 0 is bad, 1 is good, another one says nothing.
sums='ip tcp udp icmp icmpv6 igmp sctp gre vrrp'
set --
for sum in $sums; do
	set -- "$@" -e "$sum.checksum.status"
done
for option in ip.check tcp.check udp.check udplite.check; do
	set -- "$@" -o "${option}_checksum:TRUE"
done
for file in "$dir"/*.pcap; do
	tshark -n -r "$file" -o 'sctp.checksum:CRC 32c' -T fields \
		-e frame.number -e frame.protocols -e _ws.malformed "$@" \
		2>/dev/null
done >"$dir/verdicts"
awk -F '\t' -v names="$sums" '
BEGIN { n = split(names, name, " ") }
$3 != "" { print $1 " (" $2 "): malformed to tshark"; bad = 1 }
{
	for (i = 1; i <= n; i++) {
		if ($(i + 3) ~ /0/) {
			print $1 " (" $2 "): checksum of " name[i]
			bad = 1
		}
		good[i] += gsub(/1/, "", $(i + 3))
	}
}
END {
	for (i = 1; i <= n; i++) {
		printf "%s%s %d", (i > 1 ? ", " : "good to tshark: "), name[i],
			good[i]
		if (!good[i])
			bad = 1
	}
	print ""
	exit bad
}' "$dir/verdicts" || status=1

# Behind 128 bytes that an error quotes tcpdump takes anything for extensions.
for file in "$dir"/*.pcap; do
	tcpdump -n -vv -r "$file" 2>/dev/null
done | sed 's/\[|icmp]//' >"$dir/lines"
wrong='bad [a-z0-9 ]*cksum|incorrect|\(invalid\)|\[\|[a-z0-9_]*\]|truncated'
if grep -nE "$wrong|malformed" "$dir/lines"; then
	echo "tcpdump does not agree"
	status=1
fi
echo "lines of tcpdump: $(grep -c . "$dir/lines")"
exit $status
