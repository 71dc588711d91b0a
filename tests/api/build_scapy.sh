#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Packets as texts of pktcap-build(7) and as scapy builds them: the same bytes.
set -eu
O=${O:-build}

# The distribution's scapy is in its own Python.
for python in python3 /usr/bin/python3; do
	"$python" -c 'import scapy' 2>/dev/null && break
done
"$python" -c 'import scapy' 2>/dev/null || {
	echo "skipped: scapy not installed (tests/install-deps.sh)"
	exit 77
}
"$python" -B tests/api/build_scapy.py "$O/examples/pktsend"
