#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# --format: lines, trees, boxes and JSON of every capture in tests/data, with
# and without colours, beside a file that is written. JSON is read by another
# program, which finds no key twice in an object.
set -eu
O=${O:-build}
sniff=$O/examples/pktsniff
arp=tests/data/arp/request-reply.pcap
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

fail() {
	echo "$*"
	failed=1
}

run() {
	"$sniff" "$@" 2>"$dir/err" || {
		cat "$dir/err"
		fail "pktsniff $*: exit code $?"
	}
}

# has FILE PATTERN: a line that is the pattern, which is a basic expression.
has() {
	grep -q "^$2\$" "$1" || {
		cat "$1"
		fail "$1: no line is '$2'"
	}
}

# lacks FILE PATTERN
lacks() {
	! grep -q "$2" "$1" || fail "$1: has '$2'"
}

run -r "$arp" -t -c 1 >"$dir/line"
run -r "$arp" -t -c 1 --format line >"$dir/same"
cmp "$dir/line" "$dir/same" || failed=1
has "$dir/line" 'ARP, Request who-has 192.0.2.2 tell 192.0.2.1, length 28'

# The line, the headers below it, an empty line behind them.
for form in tree boxes; do
	run -r "$arp" -t -c 1 --format $form >"$dir/$form"
	head -n 1 "$dir/$form" | cmp - "$dir/line" || failed=1
	has "$dir/$form" 'Address Resolution Protocol, 28 bytes'
	[ -z "$(tail -n 1 "$dir/$form")" ] || fail "$form: no empty line"
done
has "$dir/tree" '    sender_protocol       192.0.2.1'
has "$dir/boxes" '|  hardware type 1 (Ethernet)   |  protocol type 0x0800 (IPv4)  |'
# IPv6 addresses that have no room beside a title stand below it.
{
	printf '\324\303\262\241\002\0\004\0\0\0\0\0\0\0\0\0\0\0\004\0e\0\0\0'
	printf '\0\0\0\0\0\0\0\0(\0\0\0(\0\0\0`\0\0\0\0\0;@'
	printf '2222222222222222%016d' 0
} >"$dir/long.pcap"
run -r "$dir/long.pcap" --format boxes >"$dir/boxes"
has "$dir/boxes" '    3232:3232:[0-9:]* >'
has "$dir/boxes" '    3030:3030:[0-9:]*'
run -r "$arp" -# -tt -c 1 -x --format tree >"$dir/dump"
has "$dir/dump" '    1  [0-9]*\.[0-9]* ARP, Request .*'
has "$dir/dump" '	0x0010:  0201 .*'
run -r "$arp" -q -t -c 1 --format tree >"$dir/quick"
lacks "$dir/quick" sender_protocol
# Elements of a single value take a line each, and those of several do not.
run -r tests/data/tls/client-hello-13.pcap --format tree >"$dir/hello"
has "$dir/hello" '                            group 0x001d (x25519)'
# So does what begins with a name and its value, as text; not any name.
run -r tests/data/http/get.pcap --format tree >"$dir/http"
has "$dir/http" '        header            Host: "example.com"'
run -r tests/data/dns/tcp.pcap --format tree >"$dir/dns"
has "$dir/dns" '            name          "example.com"'
run -r tests/data/dns/edns-options.pcap --format tree >"$dir/edns"
has "$dir/edns" '                    timeout 1234 x 100 ms'
has "$dir/hello" '                extension'
lacks "$dir/hello" '^ *group$'
udp=tests/data/udp/checksum.pcap
run -r "$udp" --format tree >"$dir/verified"
run -r "$udp" --format tree -K >"$dir/unverified"
has "$dir/verified" '    \[checksum bad\]'
lacks "$dir/unverified" 'checksum bad'

# Both kinds of format at once, in any order.
run -r "$arp" --format json --format pcapng --print -w "$dir/out" >"$dir/json"
has "$dir/json" '{"time":"2023-11-14T22:13:20.123456000Z","caplen":.*'
[ "$(head -c 4 "$dir/out" | od -An -tx1 | tr -d ' ')" = 0a0d0d0a ] ||
	fail "--format pcapng --format json: no pcapng"
run -r "$dir/out" --format json >"$dir/again"
cmp "$dir/json" "$dir/again" || failed=1

# Colours: only where they are asked for, for they are no part of the text.
escape=$(printf '\033')
for form in line tree boxes; do
	run -r "$arp" -t --format $form --color always >"$dir/colours"
	grep -q "$escape\[34m" "$dir/colours" || fail "$form: no blue"
	run -r "$arp" -t --format $form >"$dir/plain"
	lacks "$dir/plain" "$escape"
	sed "s/$escape\[[0-9;]*m//g" "$dir/colours" | cmp - "$dir/plain" || failed=1
done
run -r "$arp" --format json --color always >"$dir/colours"
lacks "$dir/colours" "$escape"

# terminal NAME VARIABLE=VALUE OPTION...: what it prints on one.
terminal() {
	name=$1
	variable=$2
	shift 2
	env TERM=xterm "$variable" script -qec \
		"$sniff -r $arp -t -c 1 $*" /dev/null 2>/dev/null \
		</dev/null >"$dir/$name"
}

if command -v script >/dev/null; then
	terminal auto X=1
	grep -q "$escape\[34m" "$dir/auto" || fail "a terminal: no colour"
	terminal unwanted NO_COLOR=1
	lacks "$dir/unwanted" "$escape"
	terminal dumb TERM=dumb
	lacks "$dir/dumb" "$escape"
	terminal never X=1 --color never
	lacks "$dir/never" "$escape"
	terminal always NO_COLOR=1 --color always
	grep -q "$escape\[34m" "$dir/always" || fail "--color always: no colour"
fi

command -v python3 >/dev/null || {
	[ "$failed" -eq 0 ] || exit 1
	echo "skipped: python3 not installed (tests/install-deps.sh)"
	exit 77
}
for file in tests/data/*.pcap* tests/data/*/*.pcap*; do
	for option in '' -v -q; do
		# Some captures end in damage, which is an error.
		# shellcheck disable=SC2086 # none, or one
		"$sniff" -r "$file" --format json $option 2>/dev/null || :
	done
done >"$dir/all"
cat >"$dir/check.py" <<'END'
import json
import re
import sys


def unique(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        sys.exit(f"a key twice: {names}")
    for name in names:
        if not re.fullmatch("[a-z][a-z0-9_]*", name):
            sys.exit(f"a key that is none: {name}")
    return dict(pairs)


# Of a name in a protocol all values have one type, but for what the guide
# says: values of options, and the flags of NAPTR records, which are letters.
types = {}


def check_types(path, members):
    for name, value in members.items():
        key = (*path, name)
        kind = type(value)
        if types.setdefault(key, kind) != kind and name != "value" and (
            key != ("dns", "answers", "flags")
        ):
            sys.exit(f"{key}: {types[key]} and {kind}: {value}")
        for item in value if kind == list else [value]:
            if isinstance(item, dict):
                check_types(key, item)


def check(packet):
    if "time" not in packet or packet["caplen"] > packet["wirelen"]:
        sys.exit(f"no packet: {packet}")
    for layer in packet["layers"]:
        if not layer["proto"] or layer["layer_offset"] > packet["caplen"]:
            sys.exit(f"no layer: {layer}")
        check_types((layer["proto"],), layer)


packets = 0
for line in open(sys.argv[1], encoding="ascii", newline="\n"):
    check(json.loads(line, object_pairs_hook=unique))
    packets += 1
if packets < 3000:
    sys.exit(f"{packets} packets only")
END
python3 "$dir/check.py" "$dir/all" || failed=1
exit "$failed"
