#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Filters of pktsniff without a capture: the packets that tcpdump takes from
# the same files, programs printed and read back, and how it says what is wrong
# with an expression.
set -eu
PATH=$PATH:/usr/sbin:/sbin
O=${O:-build}
sniff=$O/examples/pktsniff
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

fail() {
	echo "$*"
	failed=1
}

same() { # WHAT: $dir/ours is $dir/theirs
	cmp -s "$dir/ours" "$dir/theirs" && return
	fail "$1:"
	diff "$dir/theirs" "$dir/ours" | head -n 8
}

# FILE RAW-FILE: Ethernet frames of many kinds, and pieces of some; those of IP
# without their Ethernet header
frames() {
	python3 -B - "$@" <<'END'
import struct, sys

def pack(*words):
    return b"".join(struct.pack("!H", w) for w in words)

def ip(protocol, payload, fragment=0, options=b"", hosts=(1, 2)):
    length = 20 + len(options)
    return struct.pack("!BBHHHBBH4s4s", 0x40 | length // 4, 0,
                       length + len(payload), 7, fragment, 64, protocol, 0,
                       bytes((10, 0, 0, hosts[0])),
                       bytes((10, 0, 0, hosts[1]))) + options + payload

def ip6(protocol, payload):
    return struct.pack("!IHBB", 6 << 28, len(payload), protocol, 64) + \
        bytes.fromhex("fd00" + 27 * "0" + "1" + "fd00" + 27 * "0" + "2") + payload

def tcp(source, destination, flags=2):
    return pack(source, destination, 0, 1, 0, 2, 5 << 12 | flags, 512, 0, 0)

def udp(source, destination, payload=b"payload"):
    return pack(source, destination, 8 + len(payload), 0) + payload

macs = bytes.fromhex("020000000002020000000001")
upper = [tcp(4000, 80), tcp(22, 4001, 0x12), udp(53, 4002), udp(5000, 443)]
packets = []
for data in upper:
    protocol = 6 if len(data) == 20 else 17
    packets += [pack(0x800) + ip(protocol, data),
                pack(0x800) + ip(protocol, data, 0x2000),
                pack(0x800) + ip(protocol, data, 100, hosts=(3, 1)),
                pack(0x800) + ip(protocol, data, options=b"\1" * 8),
                pack(0x86dd) + ip6(protocol, data),
                pack(0x86dd) + ip6(44, pack(protocol << 8, 0, 0, 1) + data),
                pack(0x86dd) + ip6(0, pack(protocol << 8, 0, 0, 0) + data)]
packets += [pack(0x800) + ip(1, pack(0x800, 0, 1, 1)),
            pack(0x800) + ip(132, pack(80, 9, 0, 0, 0, 0)),
            pack(0x86dd) + ip6(58, pack(0x8700, 0, 0, 0)),
            pack(0x806) + pack(1, 0x800, 0x604, 1) + macs[6:] +
            bytes((10, 0, 0, 1)) + bytes(6) + bytes((10, 0, 0, 2)),
            pack(26) + b"\x42\x42\x03" + bytes(35)]
plain = list(packets)
packets += [pack(0x8100, 5) + p for p in plain]
packets += [pack(0x88a8, 7, 0x8100, 5) + p for p in plain[::3]]
packets += [pack(0x8847, 0, 0x2140) + ip(6, upper[0]),
            pack(0x8864, 0x1100, 9, 42, 0x21) + ip(17, upper[2]),
            pack(0x8863, 0x1109, 0, 4) + bytes(40)]
raw = [p[2:] for p in packets if p[:2] in (pack(0x800), pack(0x86dd))]
packets = [macs + p for p in packets]
packets += [p[:n] for p in packets[::5] for n in range(0, len(p), 7)]

def write(path, linktype, packets):
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHIIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535,
                              linktype))
        for i, p in enumerate(packets):
            out.write(struct.pack("<IIII", 1700000000 + i, i, len(p), len(p)))
            out.write(p)

write(sys.argv[1], 1, packets)
write(sys.argv[2], 101, raw)
END
}

# --- the same packets as tcpdump ---
expressions() {
	cat <<'END'

tcp
port 80
not port 22 and ip
src host 10.0.0.1 and dst port 53
udp portrange 50-450
ip6 and tcp
icmp or icmp6 or arp
ether src 2:0:0:0:0:1
ether broadcast or ether multicast
net 10.0.0.0/31
host 10.0.0.3 or fd00::2
vlan
vlan 5 and tcp port 80
vlan 7 and vlan 5
mpls and host 10.0.0.1
pppoes and udp
tcp[tcpflags] & (tcp-syn|tcp-ack) != 0
ip[0] & 0xf > 5
ether[12:2] = 0x8100
len >= 60
less 40
ip6 protochain 6
stp
sctp
port domain
tcp port http or https
ip proto \tcp
END
}

if command -v tcpdump >/dev/null && command -v python3 >/dev/null; then
	frames "$dir/frames.pcap" "$dir/raw.pcap"
	set -- "$dir/frames.pcap" tests/data/micro.pcap \
		tests/data/version-2.2.pcap tests/data/empty.pcap
	expressions | while IFS= read -r expression; do
		for file in "$@"; do
			what="$expression on $file"
			# shellcheck disable=SC2086 # none, if it is empty
			tcpdump -r "$file" -w "$dir/theirs" -- \
				${expression:+"$expression"} 2>"$dir/err" ||
				fail "tcpdump: $what: $(cat "$dir/err")"
			"$sniff" --legacy -r "$file" -w "$dir/ours" \
				"$expression" 2>"$dir/err" ||
				fail "$what: $(cat "$dir/err")"
			# Headers may differ: in the version they repeat.
			for side in ours theirs; do
				tail -c +25 "$dir/$side" >"$dir/body"
				mv "$dir/body" "$dir/$side"
			done
			cmp -s "$dir/ours" "$dir/theirs" ||
				echo "$what: other packets than tcpdump"
			count=$(tcpdump -r "$file" --count "$expression" \
				2>/dev/null)
			[ "$("$sniff" --legacy -r "$file" --count "$expression" \
				2>/dev/null)" = "$count" ] ||
				echo "$what: not $count"
		done
	done >"$dir/differences"
	cat "$dir/differences"
	[ ! -s "$dir/differences" ] || failed=1

	# --- programs of tcpdump, in each form, and back ---
	# Its protochain jumps backwards, which the kernel does not take.
	expressions | grep -v protochain | while IFS= read -r expression; do
		tcpdump -ddd "$expression" 2>/dev/null >"$dir/program"
		for form in -d -dd -ddd; do
			tcpdump $form "$expression" 2>/dev/null >"$dir/theirs"
			"$sniff" $form -F "$dir/program" >"$dir/ours"
			same "$form $expression"
		done
	done >"$dir/differences"
	cat "$dir/differences"
	[ ! -s "$dir/differences" ] || failed=1

	# The same program: every packet. Its return value is the snap length.
	for options in '' '-s 99' '-s 0' '-y RAW'; do
		for form in -d -dd -ddd; do
			# shellcheck disable=SC2086 # several options
			tcpdump $form $options '' 2>/dev/null >"$dir/theirs"
			# shellcheck disable=SC2086
			"$sniff" $form $options >"$dir/ours"
			same "$form $options"
		done
	done
else
	echo "without tcpdump or python3: its packets are not compared"
fi

# --- our own programs, and what chooses them ---
expressions | while IFS= read -r expression; do
	"$sniff" --legacy -d "$expression" >"$dir/theirs"
	for form in -dd -ddd -d; do
		"$sniff" --legacy $form "$expression" | "$sniff" -d -F - >"$dir/ours"
		same "$form and back: $expression"
	done
done

said() { # TEXT PKTSNIFF-ARGUMENT...
	text=$1
	shift
	"$sniff" "$@" >"$dir/out" 2>"$dir/err" ||
		fail "pktsniff $*: $(cat "$dir/err")"
	grep -qF -e "$text" "$dir/out" "$dir/err" ||
		fail "pktsniff $*: not $text: $(cat "$dir/out" "$dir/err")"
}

said 'ldb      [0]' -d -y RAW ip
said 'ldb      [0]' -d -y 101 ip
said 'ldh      [0]' -d -y linux_sll2 ip
said 'ret      #77' -d -s 77 ip
said 'ret      #65535' -d -r tests/data/micro.pcap ip
said 'ret      #77' -d -s 77 -r tests/data/micro.pcap ip
said '[vlanp]' -d -i lo vlan 5
said 'ldh      [0]' -d -i any ip
said 'and udp' -d --explain tcp or ip and udp
said 'source or destination' --explain host 10.0.0.1
said '(000) ldh      [12]' --explain ip
"$sniff" -d tcp or arp >"$dir/theirs"
"$sniff" -d 'tcp or arp' >"$dir/ours"
same "words"
"$sniff" -O -ddd ip and ip >"$dir/ours"
"$sniff" -ddd ip and ip >"$dir/theirs"
[ "$(head -n 1 "$dir/ours")" -gt "$(head -n 1 "$dir/theirs")" ] ||
	fail "-O: the program is not longer"

# --- -F ---
printf '# two lines\ntcp # and the second\n  or arp\n' >"$dir/expression"
"$sniff" -d -F "$dir/expression" >"$dir/ours"
"$sniff" -d 'tcp or arp' >"$dir/theirs"
same "-F with an expression"
"$sniff" -d -F - <"$dir/expression" >"$dir/ours"
same "-F -"
"$sniff" -ddd arp >"$dir/arp"
said '1 packet' --count -r tests/data/micro.pcap -F "$dir/arp"
said 'is not looked at' --count -r tests/data/micro.pcap -F "$dir/arp" udp
said '1 packet' --count -r tests/data/micro.pcap udp
printf '192.0.2.9\n10.0.0.0/8 # private\n192.0.2.1\n' >"$dir/list"
said '1 packet' --count -r tests/data/micro.pcap "net @$dir/list"


# --- headers only: 42 of 60 bytes, with and without an expression ---
"$sniff" -r tests/data/micro.pcap --snap-headers -w "$dir/snap" udp 2>/dev/null
[ "$(wc -c <"$dir/snap")" -eq $((24 + 16 + 42)) ] || fail "--snap-headers: udp"
"$sniff" -r tests/data/micro.pcap --snap-headers -c 1 -w "$dir/snap" 2>/dev/null
[ "$(wc -c <"$dir/snap")" -eq $((24 + 16 + 42)) ] || fail "--snap-headers"
said 'does nothing to it' -r tests/data/micro.pcap --snap-headers --count \
	-F "$dir/arp"

# --- samples ---
if command -v python3 >/dev/null; then
	frames "$dir/frames.pcap" "$dir/raw.pcap"
	for seed in 1 2 1; do
		"$sniff" -r "$dir/frames.pcap" -w "$dir/sample" --seed $seed \
			sample 1/4 2>/dev/null
		cksum <"$dir/sample"
	done >"$dir/sums"
	[ "$(sort -u "$dir/sums" | wc -l)" -eq 2 ] &&
		[ "$(sed -n 1p "$dir/sums")" = "$(sed -n 3p "$dir/sums")" ] ||
		fail "--seed: $(cat "$dir/sums")"
fi

# --- a program for each link type ---
# The same frames, and those of IP once more without their Ethernet header.
if command -v python3 >/dev/null; then
	frames "$dir/frames.pcap" "$dir/raw.pcap"
	for format in pcapng merge; do
		case $format in
		pcapng) set -- -r "$dir/both.pcapng" ;;
		merge) set -- --merge -r "$dir/raw.pcap" -r "$dir/frames.pcap" ;;
		esac
		"$sniff" -r "$dir/frames.pcap" -r "$dir/raw.pcap" \
			-w "$dir/both.pcapng" 2>/dev/null
		for expression in 'tcp port 80' 'ip6 or udp' 'host 10.0.0.1'; do
			count=0
			for file in frames raw; do
				n=$("$sniff" -r "$dir/$file.pcap" --count \
					"$expression" 2>/dev/null)
				count=$((count + ${n%% *}))
			done
			said "$count packets" --count "$@" "$expression"
		done
		said 'no packet of link type 101 (RAW) matches' --count "$@" \
			ether host 2:0:0:0:0:1
		"$sniff" -r "$dir/frames.pcap" --count ether host \
			2:0:0:0:0:1 >"$dir/theirs" 2>/dev/null
		"$sniff" "$@" --count ether host \
			2:0:0:0:0:1 >"$dir/ours" 2>/dev/null
		same "ether host in $format"
	done
fi

# --- which link type comes first decides nothing, but if none fits ---
refused() { # TEXT PKTSNIFF-ARGUMENT...: with a caret, nothing is printed
	text=$1
	shift
	code=0
	"$sniff" "$@" >"$dir/out" 2>"$dir/err" || code=$?
	[ "$code" -eq 1 ] || fail "pktsniff $*: exit code $code"
	[ ! -s "$dir/out" ] || fail "pktsniff $*: standard output"
	grep -qF -e "$text" "$dir/err" && grep -q '^ *^$' "$dir/err" ||
		fail "pktsniff $*: not $text: $(cat "$dir/err")"
}

le32() { # NUMBER...
	for number; do
		for shift in 0 8 16 24; do
			# shellcheck disable=SC2059 # an octal escape
			printf "\\$(printf %03o $((number >> shift & 255)))"
		done
	done
}

pcap() { # LINKTYPE: of all packets on standard input, as one
	cat >"$dir/bytes"
	size=$(wc -c <"$dir/bytes")
	le32 $((0xa1b2c3d4)) $((4 << 16 | 2)) 0 0 65535 "$1" 9 0 "$size" "$size"
	cat "$dir/bytes"
}

{
	printf '\377\377\377\377\377\377\2\0\0\0\0\1\10\0'
	head -c 46 /dev/zero
} | pcap 1 >"$dir/ether.pcap"
{
	printf '\0\0\0\1\0\6\2\0\0\0\0\1\0\0\10\0'
	head -c 46 /dev/zero
} | pcap 113 >"$dir/sll.pcap"
none='no packet of link type 113 (LINUX_SLL) matches'
for order in 'sll ether' 'ether sll'; do
	set --
	for file in $order; do
		set -- "$@" -r "$dir/$file.pcap"
	done
	said "$none" --count "$@" ether broadcast
	said '1 packet' --count "$@" ether broadcast
	said '1 packet' --count --merge "$@" ether broadcast
	"$sniff" "$@" -w "$dir/order.pcapng" 2>/dev/null
	said '1 packet' --count -r "$dir/order.pcapng" ether broadcast
	"$sniff" "$@" -w "$dir/order.pcap" ether broadcast 2>/dev/null
	said '1 packet' --count -r "$dir/order.pcap" ether dst ff:ff:ff:ff:ff:ff
done
echo kept >"$dir/kept"
"$sniff" -r "$dir/sll.pcap" -w "$dir/sll.pcapng" 2>/dev/null
for file in pcap pcapng; do
	refused "have no 'broadcast'" -r "$dir/sll.$file" -w "$dir/kept" \
		ether broadcast
	refused "have no 'broadcast'" -r "$dir/sll.$file" \
		-r "$dir/sll.pcapng" --count ether broadcast
	refused 'no packet can match' -r "$dir/sll.$file" --count ip and arp
done
[ "$(cat "$dir/kept")" = kept ] || fail "-w: the old file is lost"

# --- what few files know ---
said 'which packets were sent' --count -r "$dir/ether.pcap" inbound
said '0 packets' --count -r "$dir/ether.pcap" outbound
said 'which interface' --count -r "$dir/ether.pcap" ifindex 3
said '1 packet' --count --legacy -r "$dir/sll.pcap" inbound
# An enhanced packet block with the flag of a packet that was sent.
{
	le32 $((0x0a0d0d0a)) 28 $((0x1a2b3c4d)) 1 -1 -1 28 1 20 1 65535 20
	le32 6 60 0 0 9 14 14
	printf '\377\377\377\377\377\377\2\0\0\0\0\1\10\0\0\0'
	le32 $((4 << 16 | 2)) 2 0 60
} >"$dir/sent.pcapng"
for expression in outbound 'not inbound'; do
	said '1 packet' --count -r "$dir/sent.pcapng" "$expression"
done
said '0 packets' --count -r "$dir/sent.pcapng" inbound
! grep -q 'which packets were sent' "$dir/err" ||
	fail "a file that knows: $(cat "$dir/err")"
for word in inbound outbound 'ifindex 3'; do
	for file in ether.pcap sent.pcapng; do
		refused "'${word% *}' is not known" --legacy \
			-r "$dir/$file" --count "len > 9 and $word"
		refused "'${word% *}' is not known" --legacy \
			-r "$dir/$file" -d "len > 9 and $word"
	done
	said ret --legacy -d "$word"
done

# --- what is wrong, and where ---
# The file, its name: a record an error; the arguments, then what is said.
long=$(seq 1 40 | sed 's/.*/port &/' | paste -s -d, | sed 's/,/ or /g')
tab=$(printf '\t')
escape=$(printf '\033[31m')
lines='ip
and prot 80'
wrong() { # EXPRESSION: what is said is in our input
	cat >"$dir/theirs"
	code=0
	LC_ALL=C "$sniff" -d "$1" >"$dir/out" 2>"$dir/ours" || code=$?
	[ "$code" -eq 1 ] || fail "$1: exit code $code"
	[ ! -s "$dir/out" ] || fail "$1: standard output"
	same "$1"
}

wrong 'tcp and prot 80' <<'END'
pktsniff: 'prot' is not known here: did you mean 'proto'?
  tcp and prot 80
          ^
END
wrong "ip${tab}and${tab}prot 80" <<'END'
pktsniff: 'prot' is not known here: did you mean 'proto'?
  ip and prot 80
         ^
END
wrong 'port 80 or' <<'END'
pktsniff: something to match is expected, such as 'tcp' or 'port 80': the text ends here
  port 80 or
            ^
END
wrong "$lines" <<'END'
pktsniff: line 2: 'prot' is not known here: did you mean 'proto'?
  and prot 80
      ^
END
wrong "host ${escape}red" <<'END'
pktsniff: unexpected character 0x1b
  host ?[31mred
       ^
END
wrong "$long or ptr or $long" <<'END'
pktsniff: unknown port 'ptr'
  ...r port 38 or port 39 or port 40 or ptr or port 1 or port 2 or port 3 or...
                                        ^
END
wrong 'ip and ether host nosuch' <<'END'
pktsniff: unknown Ethernet host 'nosuch'
  ip and ether host nosuch
                    ^
END

# As wide as the terminal is.
if command -v python3 >/dev/null; then
	python3 -B - "$sniff" -d "$long or ptr or $long" >"$dir/ours" <<'END'
import fcntl, os, pty, struct, sys, termios
pid, fd = pty.fork()
if not pid:
    fcntl.ioctl(2, termios.TIOCSWINSZ, struct.pack("4H", 24, 40, 0, 0))
    os.execv(sys.argv[1], sys.argv[1:])
said = b""
try:
    while data := os.read(fd, 4096):
        said += data
except OSError:
    pass
os.waitpid(pid, 0)
sys.stdout.write(said.decode().replace("\r", ""))
END
	cat >"$dir/theirs" <<'END'
pktsniff: unknown port 'ptr'
  ... or port 40 or ptr or port 1 or...
                    ^
END
	same "40 columns"
fi

# What README.md and the manual show without a capture, works.
top=$PWD
{
	sed -n 's/^\(pktsniff -[dr] .*\)/\1/p' README.md
	sed -n '/^\$ pktsniff/{s/^\$ //;:a;/\\e$/{N;s/\\e\n//;ba;};p;}' \
		docs/man/pktsniff.1
} >"$dir/examples"
grep -q "^pktsniff -d" "$dir/examples" || fail "no examples"
for file in trace.pcap file.pcap a.pcap b.pcap; do
	cp tests/data/micro.pcap "$dir/$file"
done
gzip "$dir/b.pcap"
while IFS= read -r command; do
	case $sniff in
	/*) command="$sniff ${command#pktsniff }" ;;
	*) command="$top/$sniff ${command#pktsniff }" ;;
	esac
	(cd "$dir" && sh -c "$command" >out 2>err) ||
		fail "$command: $(cat "$dir/err")"
done <"$dir/examples"

# Nothing is written for an expression that is wrong, and no file is lost.
echo kept >"$dir/kept"
for arguments in "-r tests/data/micro.pcap -w $dir/kept prot 80" \
	"-r tests/data/micro.pcap prot 80" "--explain prot 80" \
	"-r tests/data/micro.pcap --count tcp and udp port 99999" \
	"-d -y NULL ether host 1:2:3:4:5:6"; do
	code=0
	# shellcheck disable=SC2086 # several arguments
	"$sniff" $arguments >"$dir/out" 2>"$dir/err" || code=$?
	[ "$code" -eq 1 ] || fail "pktsniff $arguments: exit code $code"
	[ ! -s "$dir/out" ] || fail "pktsniff $arguments: standard output"
	grep -q '^ *^$' "$dir/err" || fail "pktsniff $arguments: no caret"
done
[ "$(cat "$dir/kept")" = kept ] || fail "-w: the old file is lost"
exit "$failed"
