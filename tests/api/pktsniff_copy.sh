#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# From file to file: equal bytes, filtered as tcpdump filters, whole up to the
# last packet where the disk is full, and quiet when nobody reads any more.
set -eu
O=${O:-build}
sniff=$O/examples/pktsniff
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

fail() {
	echo "$*"
	exit 1
}

# packets COUNT: a little-endian pcap file of 60-byte UDP frames, port 1 2 1 2.
packets() {
	printf '\324\303\262\241\002\0\004\0\0\0\0\0\0\0\0\0\0\0\004\0\001\0\0\0'
	frame='\0377\0377\0377\0377\0377\0377\02\0\0\0\0\01\010\0'
	frame=$frame'\0105\0\0\056\0\0\0\0\0100\021\0\0\012\0\0\01\012\0\0\02'
	rest='\0\032\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0'
	i=0
	while [ "$i" -lt "$1" ]; do
		printf '%b' '\01\0\0\0\011\0\0\0\074\0\0\0\074\0\0\0' "$frame" \
			"\\0\\0$((i % 2 + 1))\\0\\0$((i % 2 + 1))$rest"
		i=$((i + 1))
	done
}

packets 1000 >"$dir/in.pcap"
"$sniff" -r "$dir/in.pcap" -w - 2>/dev/null >"$dir/out.pcap"
cmp "$dir/in.pcap" "$dir/out.pcap"
"$sniff" -r - -w "$dir/out.pcap" <"$dir/in.pcap" 2>/dev/null
cmp "$dir/in.pcap" "$dir/out.pcap"
"$sniff" --nano -U -r "$dir/in.pcap" -w - 2>/dev/null |
	"$sniff" -r - -w - 2>/dev/null | cmp - "$dir/in.pcap"

# What "-" stands for, not a file of this name, is read or written.
at=$(realpath "$sniff")
# shellcheck disable=SC2094 # onto itself is what is tried
(
	cd "$dir"
	echo nothing >./-
	"$at" -r - -w - <in.pcap 2>/dev/null | cmp - in.pcap
	cp in.pcap same.pcap
	if "$at" -r - -w same.pcap <same.pcap 2>err; then
		fail "standard input onto itself: exit code 0"
	fi
	grep -q 'same.pcap: is read, too' err
	cmp in.pcap same.pcap
)

# Full after 8 or 4 KiB, by unit of ulimit: what fits is whole.
for buffering in -U -S; do
	(
		trap '' XFSZ
		ulimit -f 8
		if "$sniff" $buffering -r "$dir/in.pcap" -w "$dir/full.pcap"
		then
			fail "$buffering -w to a full disk: exit code 0"
		fi
	) 2>"$dir/err"
	kept=$("$sniff" -r "$dir/full.pcap" --count 2>"$dir/full.err") || {
		cat "$dir/full.err"
		fail "$buffering -w to a full disk: the file is damaged"
	}
	size=$(wc -c <"$dir/full.pcap")
	grep -q "File too large; what was written, $size bytes, is intact" \
		"$dir/err" || {
		cat "$dir/err"
		fail "$buffering -w to a full disk: not $size bytes intact"
	}
	[ "${kept%% *}" -gt 40 ] ||
		fail "$buffering -w to a full disk: only $kept"
done

# A silent pipe does not keep it from ending with a whole file.
mkfifo "$dir/fifo"
"$sniff" -r - -w "$dir/out.pcap" <"$dir/fifo" 2>"$dir/err" &
pid=$!
exec 3>"$dir/fifo"
cat "$dir/in.pcap" >&3
until grep -q '^reading from' "$dir/err"; do
	sleep 0.1
done
kill -TERM "$pid"
wait "$pid" || fail "SIGTERM while reading a pipe: exit code $?"
exec 3>&-
"$sniff" -r "$dir/out.pcap" >"$dir/out" 2>&1 || fail "$(cat "$dir/out")"

# The reader of the lines goes away: no noise, no error.
(
	set +e
	"$sniff" -X -r "$dir/in.pcap" 2>"$dir/err"
	echo $? >"$dir/code"
) | head -n 1 >/dev/null
[ "$(cat "$dir/code")" -eq 0 ] || fail "| head: exit code $(cat "$dir/code")"
[ "$(wc -l <"$dir/err")" -eq 1 ] || {
	cat "$dir/err"
	fail "| head: more than one line on standard error"
}

command -v tcpdump >/dev/null || {
	echo "skipped: tcpdump not installed (tests/install-deps.sh)"
	exit 77
}
for filter in 'udp port 2' 'len > 60' 'ip[8] = 64 and src net 10'; do
	tcpdump -ddd -y EN10MB "$filter" >"$dir/program" 2>/dev/null
	"$sniff" -F "$dir/program" -r "$dir/in.pcap" -w - 2>/dev/null \
		>"$dir/ours"
	tcpdump -r - -w - "$filter" <"$dir/in.pcap" >"$dir/theirs" 2>/dev/null
	cmp "$dir/ours" "$dir/theirs"
	for form in -d -dd -ddd; do
		"$sniff" "$form" -F - <"$dir/program" >"$dir/ours"
		tcpdump "$form" -y EN10MB "$filter" >"$dir/theirs" 2>/dev/null
		diff "$dir/ours" "$dir/theirs"
	done
done
