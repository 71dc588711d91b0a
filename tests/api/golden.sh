#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every capture in tests/data/PROTOCOL has beside it what we print of it: as
# lines (.txt), and with every field (.json). make golden (UPDATE=1) writes them
# anew; the difference is to be read before it is committed.
set -eu
O=${O:-build}
sniff=$O/examples/pktsniff
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

check() {
	if [ -n "${UPDATE:-}" ]; then
		cp "$dir/text" "$1"
	elif ! diff -u "$1" "$dir/text" >"$dir/difference"; then
		cut -c 1-300 "$dir/difference" | head -n 12
		failed=$((failed + 1))
	fi
}

for capture in tests/data/*/*.pcap; do
	case=${capture%.pcap}
	"$sniff" -n -t -e -vv -r "$capture" >"$dir/text" 2>"$dir/said"
	check "$case.txt"
	"$sniff" --format json -r "$capture" >"$dir/text" 2>"$dir/said"
	check "$case.json"
done

# A text without a capture is one that nobody looks at.
for text in tests/data/*/*.txt tests/data/*/*.json; do
	[ -e "${text%.*}.pcap" ] || {
		echo "$text: no capture"
		failed=$((failed + 1))
	}
done

if [ $failed -gt 0 ]; then
	echo "$failed differ; after a change on purpose: make golden"
	exit 1
fi
