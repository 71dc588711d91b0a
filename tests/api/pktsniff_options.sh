#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What pktsniff says, and with which exit code, when it is asked for something
# it cannot do; and what it shows without capturing anything.
set -eu
O=${O:-build}
sniff=$O/examples/pktsniff
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

# A pcap file with one frame of 4 bytes, little-endian.
printf '\324\303\262\241\002\0\004\0\0\0\0\0\0\0\0\0\0\0\004\0\001\0\0\0' \
	>"$dir/header"
printf '\001\0\0\0\002\0\0\0\004\0\0\0\004\0\0\0abcd' >"$dir/record"
cat "$dir/header" "$dir/record" >"$dir/one.pcap"
{ cat "$dir/one.pcap" && printf '\001\0\0'; } >"$dir/cut.pcap"
echo 'no capture file at all, only text' >"$dir/text"
printf '1\n6 0 0 262144\n' >"$dir/all"
printf '1\n6 0 0 0\n' >"$dir/none"
printf '1\n5 0 0 9\n' >"$dir/jump"
mkdir "$dir/folder"
for i in $(seq 8); do
	seq -f "192.%g.$i.1" 255
done >"$dir/hosts"

fail() {
	echo "$*"
	cat "$dir/out" "$dir/err"
	failed=1
}

# Rows: exit code | arguments | text that must appear. DIR is our folder.
while IFS='|' read -r code arguments text; do
	arguments=$(echo "$arguments" | sed "s|DIR|$dir|g")
	text=$(echo "$text" | sed "s|DIR|$dir|g")
	got=0
	# shellcheck disable=SC2086 # several arguments
	"$sniff" $arguments >"$dir/out" 2>"$dir/err" </dev/null || got=$?
	[ "$got" -eq "$code" ] ||
		fail "pktsniff $arguments: exit code $got, not $code"
	grep -qF -e "$text" "$dir/out" "$dir/err" ||
		fail "pktsniff $arguments: does not say: $text"
done <<'END'
0|--version|pktsniff version 
0|-h|usage: pktsniff
1|-c abc|-c abc: not a number from 1 to 
1|-c 0|-c 0: not a number from 1 to 
1|-c -1|-c -1: not a number from 1 to 
1|-c 99999999999999999999|not a number from 1 to 
1|-s 262145|-s 262145: not a number from 0 to 262144
1|-B 1|-B 1: not a number from 64 to 
1|-Q both|-Q both: not one of in, out, inout
1|-j adapter|-j adapter: not one of host, host_hiprec, 
1|-j siocgstamp --engine ring|not with --engine ring
1|--seed 4294967296|--seed 4294967296: not a number from 0 to 4294967295
1|--legacy --snap-headers -d ip|--snap-headers: not with --legacy
1|--format tall -r DIR/one.pcap|not one of pcap, pcapng, line, tree, boxes, json
1|--format pcapng -r DIR/one.pcap|--format pcap, pcapng: needs -w
1|--format tree -r DIR/one.pcap -w DIR/out.pcap|which needs --print here
1|--format boxes -r DIR/one.pcap --stats|which needs --print here
1|--format json -r DIR/one.pcap -x|--format json: not with
1|--format json -r DIR/one.pcap -#|--format json: not with
1|--color green -r DIR/one.pcap|--color green: not one of auto, always, never
1|-F - -r -|standard input can be read once only
1|--capinfo DIR/one.pcap ip|--capinfo: takes no filter
1|-r DIR/one.pcap -y RAW ip|-y: not with -r or -V: a file says its link types
1|-d -r DIR/one.pcap -y RAW ip|-y: not with -r or -V: a file says its link types
1|--explain -V DIR/text -y RAW|-y: not with -r or -V: a file says its link types
1|-i lo -r DIR/one.pcap|-i: not with -r or -V
1|-L -r DIR/one.pcap|-L: not with -r or -V
1|-J -V DIR/text|-J: not with -r or -V
1|--explain -dd ip|--explain: not with -dd or -ddd
0|--explain port 80| for a packet; the kernel takes it
0|--explain --legacy|1 instruction, at most 1 for a packet; the kernel takes it
0|--explain host @DIR/hosts|runs in user space: the kernel takes 4096
1|-d host @DIR/missing|pktsniff: the list 'DIR/missing' cannot be read: No such file or directory
1|-k|pktsniff: invalid option -- 'k'
1|-d -y 65536|-y 65536: not a link type we know
1|--explain -F DIR/all|-F DIR/all is a program already
1|-d -i nothing-like-it|nothing-like-it: no such interface
1|-y ETHERNET|-y ETHERNET: not a link type we know; -L lists
1|--engine xdp|--engine xdp: not one of auto, recv, ring
1|--time-stamp-precision pico|not one of micro, nano
1|-tttttt|only -t, -tt, -ttt, -tttt, and -ttttt are supported
1|-k|usage: pktsniff
1|--nonsense|usage: pktsniff
1|-nnei|usage: pktsniff
1|-Z nobody-like-it -r DIR/one.pcap|-Z nobody-like-it: no such user
1|DIR/one.pcap|that is a file: -r reads one
1|-r DIR/one.pcap DIR/cut.pcap|that is a file: -r reads one
1|-d prot 80|'prot' is not known here: did you mean 'proto'?
0|-d|(000) ret      #262144
1|-F DIR/missing|DIR/missing: No such file or directory
1|-d -F DIR/text|-F DIR/text, line 1: what kind of thing is 'no'?
1|-d -F DIR/jump|DIR/jump: instruction 0 
0|-d -F DIR/all|(000) ret      #262144
0|-dd -F DIR/all|{ 0x6, 0, 0, 0x00040000 },
0|-ddd -F DIR/all|6 0 0 262144
1|-r DIR/missing|DIR/missing
1|-r DIR/folder|DIR/folder
1|-r DIR/text|DIR/text
1|-r DIR/cut.pcap|DIR/cut.pcap
1|-r DIR/one.pcap -w DIR/folder|DIR/folder
1|-r DIR/one.pcap -w DIR/missing/file|DIR/missing/file
1|-r DIR/one.pcap -w - --print|standard output is taken by -w -
1|-r DIR/one.pcap -w /dev/full|-w /dev/full: No space left on device; what was written, 0 bytes, is intact
0|-r DIR/one.pcap|link-type EN10MB (Ethernet), snapshot length 262144
0|-r DIR/one.pcap --count|1 packet
1|--stats=0|--stats 0: not a number from 1 to 
1|--stats=|not a number from 1 to 
1|--format json -r DIR/one.pcap --top|json: not with --top
1|--top --stats -i lo|--top: not with --stats or --print
1|--top -r DIR/one.pcap|--top: standard output is not a terminal: use --stats
1|--stats 5|--stats: write --stats=SECONDS, without a blank
0|-r DIR/one.pcap --stats --count|1 packet, 4 bytes (4 B) in 0.000 s
0|-r DIR/one.pcap --count -F DIR/all|1 packet
0|-r DIR/one.pcap --count -F DIR/none|0 packets
0|-r DIR/cut.pcap -c 1 --count|1 packet
END

# What cannot be read is told of once; an unset variable is no expression.
"$sniff" -d host "@$dir/missing" >"$dir/out" 2>"$dir/err" || :
[ "$(grep -c pktsniff: "$dir/err")" -eq 1 ] || fail "a list: not one message"
for trigger in '' ' '; do
	got=0
	"$sniff" -i lo -w "$dir/never" --ring-buffer 1s --trigger "$trigger" \
		>"$dir/out" 2>"$dir/err" || got=$?
	[ "$got" -eq 1 ] && grep -qF -e '--trigger: is empty' "$dir/err" ||
		fail "--trigger '$trigger': exit code $got"
done

# One screen, with a line for the prompt.
"$sniff" --help >"$dir/out"
if [ "$(wc -l <"$dir/out")" -gt 23 ] || grep -q '.\{81\}' "$dir/out"; then
	fail "the help does not fit 24 lines of 80 columns"
fi

# What is read before the damage is shown.
"$sniff" -r "$dir/cut.pcap" >"$dir/out" 2>"$dir/err" || :
grep -qF '[|ether]' "$dir/out" || fail "a cut file: its packets are not shown"

# A full disk under the lines, under a list.
for arguments in "-r $dir/one.pcap" -h "-d -F $dir/all"; do
	# shellcheck disable=SC2086 # several arguments
	if "$sniff" $arguments >/dev/full 2>"$dir/err"; then
		fail "pktsniff $arguments >/dev/full: exit code 0"
	fi
	grep -q 'standard output: No space left on device' "$dir/err" ||
		fail "pktsniff $arguments >/dev/full: says no reason"
done
exit "$failed"
