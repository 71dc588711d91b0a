#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What pktsniff and tshark say of each packet in tests/data is the same, field
# by field: decode_tshark.py. CAPTURES=DIRECTORY: all files in there as well.
set -eu
O=${O:-build}

for tool in python3 tshark mergecap; do
	command -v "$tool" >/dev/null || {
		echo "skipped: $tool not installed (tests/install-deps.sh)"
		exit 77
	}
done
{
	echo tests/data/session.pcap
	find tests/data -mindepth 2 -name '*.pcap'
	[ -z "${CAPTURES:-}" ] || find "$CAPTURES" -name '*.*cap*' -type f
} | sort | xargs python3 -B tests/api/decode_tshark.py "$O/examples/pktsniff"
