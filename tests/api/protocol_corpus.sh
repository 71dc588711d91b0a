#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The captures by protocol in tests/data are what their generator makes, and
# there is none that it does not know.
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

command -v python3 >/dev/null || {
	echo "skipped: python3 not installed (tests/install-deps.sh)"
	exit 77
}

python3 -B tests/corpus/protocols/make.py "$dir"
for file in CASES.md $(cd "$dir" && find . -name '*.pcap'); do
	cmp "$dir/$file" "tests/data/$file"
done
made=$(find "$dir" -mindepth 2 -name '*.pcap' | wc -l)
kept=$(find tests/data -mindepth 2 -name '*.pcap' | wc -l)
[ "$made" -eq "$kept" ] || {
	echo "$kept captures by protocol, but $made are made"
	exit 1
}
