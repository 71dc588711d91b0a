#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every way to print a packet, byte for byte as tcpdump prints it.
set -eu
O=${O:-build}
sniff=$O/examples/pktsniff
command -v tcpdump >/dev/null || {
	echo "skipped: tcpdump not installed (tests/install-deps.sh)"
	exit 77
}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

# Frames by name, in hexadecimal. Ports are those no decoder claims.
cat >"$dir/frames" <<'END'
arp-request
	020000000002020000000001080600010800060400010200000000010a000001
	0000000000000a000002000000000000000000000000000000000000
arp-reply
	020000000002020000000001080600010800060400020200000000020a000002
	0200000000010a000001
arp-known
	020000000002020000000001080600010800060400010200000000010a000001
	0200000000020a000002000000000000000000000000000000000000
udp-text
	02000000000202000000000108004500002f00010000401166bb0a0000010a00
	000203e89c40001b000068656c6c6f0d0a776f726c640d780979017fff
udp-text-cr
	02000000000202000000000108004500002f00010000401166bb0a0000010a00
	000203e89c40001b000068656c6c6f0d0a776f726c640d780979017f0d
udp-bytes
	02000000000202000000000108004500004100010000401166a90a0000010a00
	000203e89c40002d000000070e151c232a31383f464d545b626970777e858c93
	9aa1a8afb6bdc4cbd2d9e0e7eef5fc
icmp-request
	02000000000202000000000108004500002400010000400166d60a0000010a00
	000208000000004d0003616263646566676800000000000000000000
icmp-reply
	02000000000202000000000108004500002400010000400166d60a0000010a00
	000200000000004d00036162636465666768
tcp-syn
	02000000000202000000000108004500002800010000400666cd0a0000010a00
	00029c409c41fffffffa000000055002020000000007
tcp-synack
	02000000000202000000000108004500002800010000400666cd0a0000010a00
	00029c409c41fffffffa000000055012020000000007
tcp-ack
	02000000000202000000000108004500002800010000400666cd0a0000010a00
	00029c409c41fffffffa000000055010020000000007
tcp-push
	02000000000202000000000108004500002c00010000400666c90a0000010a00
	00029c409c41fffffffa00000005501802000000000764617461
tcp-fin
	02000000000202000000000108004500002800010000400666cd0a0000010a00
	00029c409c41fffffffa000000055011020000000007
tcp-rst
	02000000000202000000000108004500002800010000400666cd0a0000010a00
	00029c409c41fffffffa000000055004020000000007
tcp-rstack
	02000000000202000000000108004500002800010000400666cd0a0000010a00
	00029c409c41fffffffa000000055014020000000007
tcp-urg
	02000000000202000000000108004500002800010000400666cd0a0000010a00
	00029c409c41fffffffa000000055030020000000007
tcp-none
	02000000000202000000000108004500002800010000400666cd0a0000010a00
	00029c409c41fffffffa000000055000020000000007
tcp-ecn
	02000000000202000000000108004500002800010000400666cd0a0000010a00
	00029c409c41fffffffa0000000550c2020000000007
tcp-options
	02000000000202000000000108004500003c00010000400666b90a0000010a00
	00029c409c410000006400000000a002020000000007020405b40402080a0000
	00010000000201030307
ip6-udp
	02000000000202000000000186dd60000000000a1140fe800000000000000000
	000000000001fe80000000000000000000000000000203e89c40000a00007636
ip6-tcp
	02000000000202000000000186dd6000000000170640fe800000000000000000
	000000000001fe8000000000000000000000000000029c409c41000000010000
	0002501802000000000778797a
ip6-request
	02000000000202000000000186dd6000000000103a40fe800000000000000000
	000000000001fe80000000000000000000000000000280000000000900013132
	333435363738
ip6-reply
	02000000000202000000000186dd6000000000103a40fe800000000000000000
	000000000001fe80000000000000000000000000000281000000000900013132
	333435363738
vlan
	0200000000020200000000018100206408004500002000010000401166ca0a00
	00010a00000200019c40000c0000766c616e
qinq
	02000000000202000000000188a800058100f00a080045000020000100004011
	66ca0a0000010a00000200019c40000c0000766c616e
vlan-zero
	0200000000020200000000018100000008004500002000010000401166ca0a00
	00010a00000200019c40000c0000766c616e
unknown
	02000000000202000000000188b5756e6b6e6f776e207061796c6f6164200001
	ff21
fragment-first
	02000000000202000000000108004500002c00012000401146be0a0000010a00
	000203e89c400018000066666666666666666666666666666666
fragment-last
	02000000000202000000000108004500002c00010002401166bc0a0000010a00
	0002676767676767676767676767676767676767676767676767
ip-253
	02000000000202000000000108004500001c0001000040fd65e20a0000010a00
	000270726f746f323533
ip-options
	02000000000202000000000108004600003000010000401163b90a0000010a00
	00020101010003e89c400018000066666666666666666666666666666666
ip6-253
	02000000000202000000000186dd600000000008fd40fe800000000000000000
	000000000001fe8000000000000000000000000000023132333435363738
END

# pcap SNAPLEN MAGIC LINKTYPE: the frames as a file in big-endian order. For
# LINUX_SLL2 each gets a cooked header instead of its Ethernet header; for RAW
# those that are not IP are left out.
pcap() {
	printf '%b' "$(awk -v snap="$1" -v magic="$2" -v linktype="$3" \
		-v number="${4:-18000000}" '
	function hex(n, digits) { return sprintf("%0" digits "x", n) }
	function escapes(text,  i, out, n) {
		for (i = 1; i < length(text); i += 2) {
			n = (index(digits, substr(text, i, 1)) - 1) * 16
			n += index(digits, substr(text, i + 1, 1)) - 1
			out = out sprintf("\\0%03o", n)
		}
		return out
	}
	function cooked(frame) {
		return substr(frame, 25, 4) "0000" hex(1 + n % 2, 8) "0001" \
			hex(n % 5, 2) "06" substr(frame, 13, 12) "0000" \
			substr(frame, 29)
	}
	# Of several systems, in both byte orders.
	function family(frame) {
		if (linktype !~ /^(0|108)$/)
			return ""
		if (n % 9 == 8)
			return "01020304"
		if (substr(frame, 25, 4) == "0800")
			return n % 2 ? "02000000" : "00000002"
		split(number " 00000018 1c000000 0000001e", families, " ")
		return families[n % 4 + 1]
	}
	function put(frame,  caplen, wirelen) {
		if (!frame)
			return
		# Of these tcpdump knows only one kind of tag.
		if (linktype == 276 && substr(frame, 25, 4) == "88a8")
			return
		if (linktype == 276)
			frame = cooked(frame)
		if (linktype !~ /^(1|276)$/) {
			if (substr(frame, 25, 4) !~ /0800|86dd/)
				return
			frame = family(frame) substr(frame, 29)
		}
		wirelen = length(frame) / 2
		caplen = wirelen < snap ? wirelen : snap
		# One packet is a little older than the one before.
		micro = n == 8 ? 5 : n * 31007
		second = 1700000000 + (n > 20 ? n * 4000 : n == 8 ? 7 : n)
		printf "%s", escapes(hex(second, 8) hex(micro, 8) \
			hex(caplen, 8) hex(wirelen, 8) \
			substr(frame, 1, 2 * caplen))
		n++
	}
	BEGIN {
		digits = "0123456789abcdef"
		printf "%s", escapes(magic "00020004" hex(0, 16) \
			hex(262144, 8) hex(linktype, 8))
	}
	/^[a-z]/ { put(frame); frame = "" }
	/^\t/ { frame = frame $1 }
	END { put(frame) }' "$dir/frames")"
}

# same FILE OPTION...: both programs print the same. Standard input, because
# tcpdump gives up its rights before it opens a file.
same() {
	file=$1
	shift
	tcpdump -nn -S "$@" -r - <"$file" >"$dir/theirs" 2>/dev/null
	"$sniff" -nn -S "$@" -r - <"$file" >"$dir/ours" 2>"$dir/errors" || {
		cat "$dir/errors"
		failed=1
	}
	cmp -s "$dir/theirs" "$dir/ours" && return
	echo "$(basename "$file") $*: tcpdump (<) and pktsniff (>) differ"
	diff "$dir/theirs" "$dir/ours" | head -n 10
	failed=1
}

pcap 262144 a1b2c3d4 1 >"$dir/micro"
pcap 262144 a1b23c4d 1 >"$dir/nano"
pcap 262144 a1b2c3d4 276 >"$dir/cooked"
pcap 262144 a1b2c3d4 101 >"$dir/raw"
for linktype in 0 12 14 108; do
	pcap 262144 a1b2c3d4 $linktype >"$dir/linktype-$linktype"
done
[ "$("$sniff" -r "$dir/micro" 2>/dev/null | grep -c '^[0-9]')" -eq 32 ]

for zone in UTC Asia/Kolkata America/St_Johns; do
	export TZ="$zone"
	for form in -# -t -tt -ttt -tttt -ttttt; do
		same "$dir/micro" "$form"
		same "$dir/nano" "$form" --time-stamp-precision nano
		same "$dir/nano" "$form" --micro
	done
done
same "$dir/micro" -t -q
same "$dir/micro" -t -e -q
for option in -n -x -xx -X -XX -A -AA; do
	same "$dir/micro" -t "$option"
	same "$dir/micro" -t -q "$option"
	same "$dir/micro" -t -e "$option"
	same "$dir/cooked" -t "$option"
	same "$dir/cooked" -t -e "$option"
	same "$dir/raw" -t -e "$option"
	for linktype in 0 12 108; do
		same "$dir/linktype-$linktype" -t -e "$option"
	done
done
same "$dir/linktype-0" -t
same "$dir/linktype-0" -t -q
same "$dir/linktype-0" -t -q -e
# All in front of the network header is link header; of management frames the
# header of 802.11 alone.
for capture in ppp/ip ppp/lcp radiotap/data-pad radiotap/usual wifi/beacon \
	wifi/data wifi/four-addresses wifi/management; do
	for option in -x -xx -X -A -AA; do
		same "tests/data/$capture.pcap" -t "$option"
	done
done
# A number of OpenBSD that tcpdump does not know elsewhere.
for linktype in 12 14; do
	"$sniff" -e -r "$dir/linktype-$linktype" 2>/dev/null >"$dir/$linktype"
	"$sniff" --capinfo "$dir/linktype-$linktype" >"$dir/capinfo"
	grep -q 'encapsulation: *Raw IP$' "$dir/capinfo" || {
		cat "$dir/capinfo"
		failed=1
	}
done
cmp "$dir/12" "$dir/14" || failed=1
# Linux has its own number for IPv6, which tcpdump takes for none.
for number in 0a000000 18000000; do
	pcap 262144 a1b2c3d4 0 $number >"$dir/linux"
	"$sniff" -r "$dir/linux" 2>/dev/null >"$dir/$number"
done
cmp "$dir/0a000000" "$dir/18000000" || failed=1
same "$dir/micro" -c 3
same "$dir/micro" --count

# Cut anywhere but inside TCP and IP options, of which tcpdump shows parts.
sed '/^tcp-options$/,/^ip6-udp$/d; /^ip-options$/,/^ip6-253$/d' \
	"$dir/frames" >"$dir/plain" && mv "$dir/plain" "$dir/frames"
length=0
while [ "$length" -le 80 ]; do
	pcap "$length" a1b2c3d4 1 >"$dir/cut-to-$length"
	same "$dir/cut-to-$length" -t
	same "$dir/cut-to-$length" -t -XX
	pcap "$length" a1b2c3d4 0 >"$dir/cut-to-$length"
	same "$dir/cut-to-$length" -t
	length=$((length + 1))
done
exit "$failed"
