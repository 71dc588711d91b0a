#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What pktsniff reads and writes besides one pcap file: pcapng, compressed
# files, lists, merged files, damaged ones, several files out of one, and what
# --capinfo tells, beside capinfos.
set -eu
O=${O:-build}
sniff=$O/examples/pktsniff
data=tests/data
PATH=$PATH:/usr/sbin:/sbin
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

fail() {
	echo "$*"
	exit 1
}

# equal WHAT EXPECTED FOUND
equal() {
	[ "$2" = "$3" ] || fail "$1: expected '$2', found '$3'"
}

count() {
	"$sniff" --count "$@" 2>"$dir/err" | sed 's/ .*//'
}

# refused WORD OPTION...: exit code 1 and a message with WORD in it.
refused() {
	word=$1
	shift
	code=0
	"$sniff" "$@" >/dev/null 2>"$dir/err" || code=$?
	equal "exit code of $*" 1 "$code"
	grep -q -- "$word" "$dir/err" || {
		cat "$dir/err"
		fail "$*: a message without $word"
	}
}

# Four seconds in each of two files, one file half a second behind.
python3 - "$dir" <<'P'
import struct, sys
for name, behind in ("a", 0), ("b", 500007):
    with open(f"{sys.argv[1]}/{name}.pcap", "wb") as f:
        f.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, 1))
        for i in range(200):
            at = 1700000000000000 + i * 20000 + behind
            f.write(struct.pack("<IIII", at // 1000000, at % 1000000, 60, 100))
            f.write(bytes([i]) * 60)
P
cd_a=$dir/a.pcap
cd_b=$dir/b.pcap

# --- formats, by name and by option ---
"$sniff" -r "$cd_a" -w "$dir/a.pcapng" 2>/dev/null
"$sniff" -r "$dir/a.pcapng" -w "$dir/back.pcap" 2>/dev/null
cmp "$cd_a" "$dir/back.pcap"
"$sniff" -r "$cd_a" --format pcapng -w "$dir/other" 2>/dev/null
cmp "$dir/a.pcapng" "$dir/other"
"$sniff" -r "$cd_a" --format pcap -w "$dir/really.pcapng" 2>/dev/null
cmp "$cd_a" "$dir/really.pcapng"
"$sniff" -r "$cd_a" --format pcapng -w - 2>/dev/null |
	"$sniff" -r - -w - 2>/dev/null | cmp - "$cd_a"
if command -v capinfos >/dev/null; then
	equal "capinfos of our pcapng" 200 \
		"$(capinfos -Mc "$dir/a.pcapng" | awk '/^Number/ { print $4 }')"
fi

# What a pcapng file says besides packets is in the copy, too.
told() {
	tshark -r "$1" -T fields -e frame.interface_name \
		-e frame.interface_description -e frame.comment \
		-e frame.packet_id -e frame.drop_count \
		-e frame.packet_flags 2>/dev/null | grep '[^[:blank:]]'
	capinfos -M "$1" 2>/dev/null | grep -c 'stat entries = [1-9]' || :
}
if command -v tshark >/dev/null; then
	"$sniff" -r "$data/every-block.pcapng" -w "$dir/copy.pcapng" \
		2>/dev/null
	told "$data/every-block.pcapng" >"$dir/before"
	told "$dir/copy.pcapng" >"$dir/after"
	diff "$dir/before" "$dir/after" || fail "pcapng: not all is copied"
	grep -q '[a-z]' "$dir/before" || fail "nothing to copy"
fi

# --- compressed ---
for tool in gzip zstd lz4 xz bzip2; do
	command -v "$tool" >/dev/null || continue
	"$tool" -c <"$cd_a" >"$dir/packed"
	equal "packets of a $tool file" 200 "$(count -r "$dir/packed")"
	size=$(wc -c <"$dir/packed")
	head -c $((size / 2)) "$dir/packed" >"$dir/half"
	refused "$tool" -r "$dir/half" --count
	equal "-c 5 of a $tool file" 5 "$(count -c 5 -r "$dir/packed")"
done
gzip -c <"$cd_a" >"$dir/a.gz"
code=0
PATH=/nowhere "$sniff" -r "$dir/a.gz" --count >/dev/null 2>"$dir/err" ||
	code=$?
equal "exit code without gzip" 1 "$code"
grep -q 'gzip is not installed' "$dir/err" || fail "gzip is not missed"

# --- several ---
equal "two -r" 400 "$(count -r "$cd_a" -r "$dir/a.gz")"
printf '%s\n%s\n' "$cd_a" "$cd_b" >"$dir/list"
equal "-V" 400 "$(count -V "$dir/list")"
equal "-V -" 400 "$(count -V - <"$dir/list")"
"$sniff" --merge -r "$cd_a" -r "$cd_b" -w "$dir/merged.pcap" 2>/dev/null
"$sniff" -tt -q -r "$dir/merged.pcap" 2>/dev/null | cut -d' ' -f1 \
	>"$dir/times"
sort -c "$dir/times" || fail "--merge: out of order"
equal "--merge" 400 "$(wc -l <"$dir/times" | tr -d ' ')"
if command -v mergecap >/dev/null; then
	mergecap -F pcap -w "$dir/theirs.pcap" "$cd_a" "$cd_b"
	cmp "$dir/merged.pcap" "$dir/theirs.pcap"
fi
: >"$dir/empty"
refused 'no file is named' -V "$dir/empty"
refused nosuch -r "$cd_a" -r "$dir/nosuch" --count
refused nosuch -V "$dir/nosuch"

# --- damage ---
{
	head -c 1000 "$cd_a"
	head -c 300 /dev/zero | tr '\0' '\377'
	tail -c +1301 "$cd_a"
} >"$dir/bad.pcap"
refused 'at byte' -r "$dir/bad.pcap" --count
found=$(count --recover -r "$dir/bad.pcap")
[ "$found" -ge 190 ] || fail "--recover: $found packets"
grep -q 'skipped [0-9]* bytes of damage at [0-9]* place' "$dir/err" ||
	fail "--recover: nothing told"

equal "what follows a damaged file" 202 \
	"$(count -r "$data/cut.pcap" -r "$cd_a" -r "$data/cut.pcap" || :)"

# --- what would be lost ---
cp "$cd_a" "$dir/same.pcap"
refused 'is read, too' -r "$dir/same.pcap" -w "$dir/same.pcap"
cmp "$cd_a" "$dir/same.pcap"
refused 'another link type' -r "$data/linktypes.pcapng" -w "$dir/lt.pcap"
"$sniff" -r "$data/linktypes.pcapng" -w "$dir/lt.pcapng" 2>/dev/null
equal "link types" "$(count -r "$data/linktypes.pcapng")" \
	"$(count -r "$dir/lt.pcapng")"

# --- several out of one ---
"$sniff" -r "$cd_a" -C 5K -w "$dir/c.pcap" -z true 2>/dev/null
total=0
for file in "$dir"/c.pcap*; do
	[ "$(wc -c <"$file")" -le 5120 ] || fail "-C 5K: $file is longer"
	total=$((total + $(count -r "$file")))
done
equal "-C: packets in all files" 200 "$total"
[ -e "$dir/c.pcap1" ] || fail "-C: no second file"
"$sniff" -r "$cd_a" -C 5K -W 2 -w "$dir/w.pcap" 2>/dev/null
equal "-C -W: files" "w.pcap0 w.pcap1" \
	"$(cd "$dir" && echo w.pcap*)"
"$sniff" -r "$cd_a" -G 1 -w "$dir/g-%s.pcap" -z "$dir/hook" 2>/dev/null
total=0
for file in "$dir"/g-*.pcap; do
	total=$((total + $(count -r "$file")))
done
equal "-G: packets in all files" 200 "$total"
equal "-G: files" 4 "$(find "$dir" -name 'g-*.pcap' | wc -l | tr -d ' ')"

# -z gets each name, the last one included. It is not waited for.
# shellcheck disable=SC2016 # for the hook
printf '#!/bin/sh\necho "$1" >>"%s"\n' "$dir/done" >"$dir/hook"
chmod +x "$dir/hook"
"$sniff" -r "$cd_a" -G 1 -w "$dir/g-%s.pcap" -z "$dir/hook" 2>/dev/null
tries=0
until [ -e "$dir/done" ] && [ "$(wc -l <"$dir/done")" -eq 4 ]; do
	tries=$((tries + 1))
	[ "$tries" -lt 100 ] || fail "-z ran for $(wc -l <"$dir/done") files"
	sleep 0.1
done

# --- names out of a file are clean, and may be UTF-8 ---
python3 - "$dir/names.pcapng" <<'P'
import struct, sys
name = b"et\x1b\x9b\xc2\x9bh\xc3\xa4"
def block(kind, body):
    size = struct.pack("<I", len(body) + 12)
    return struct.pack("<I", kind) + size + body + size
with open(sys.argv[1], "wb") as f:
    f.write(block(0x0a0d0d0a, struct.pack("<IHHq", 0x1a2b3c4d, 1, 0, -1)))
    f.write(block(1, struct.pack("<HHIHH", 1, 0, 65535, 2, len(name)) +
                  name + bytes(-len(name) % 4 + 4)))
P
"$sniff" --capinfo "$dir/names.pcapng" >"$dir/ours"
grep -aq "Name = et????h$(printf '\303\244')\$" "$dir/ours" ||
	fail "--capinfo: a name is not clean"

# --- what is in it ---
for file in "$cd_a" "$dir/a.pcapng" "$data"/*.pcap "$data"/*.pcapng; do
	"$sniff" --capinfo "$file" >"$dir/ours" 2>"$dir/err" || continue
	grep -q "^Number of packets: " "$dir/ours" || fail "--capinfo $file"
	command -v capinfos >/dev/null || continue
	capinfos -Mcds "$file" >"$dir/theirs" 2>/dev/null || continue
	for name in 'Number of packets' 'File size' 'Data size'; do
		equal "--capinfo $file" "$(grep "^$name" "$dir/theirs")" \
			"$(grep "^$name" "$dir/ours")"
	done
done
refused nosuch --capinfo "$dir/nosuch"

# --- options that need others ---
refused '-C: needs -w' -C 1 -r "$cd_a"
refused '-W: needs -C or -G' -W 2 -w "$dir/x" -r "$cd_a"
refused '-z: needs' -z true -w "$dir/x" -r "$cd_a"
refused '--merge: needs' --merge
refused '--follow: not with' --follow --merge -r "$cd_a"
refused 'not a size like' --ring-buffer 5x -w "$dir/x" -r "$cd_a"
refused 'not a size like' --ring-buffer 5m -w "$dir/x"
refused '--ring-buffer: not with -r' --ring-buffer 5M -w "$dir/x" -r "$cd_a"
refused '--capinfo: not with' --capinfo "$cd_a" -w "$dir/x"
refused 'not one of pcap, pcapng' --format snoop -w "$dir/x" -r "$cd_a"
refused 'name of a file' -C 1 -w - -r "$cd_a"
