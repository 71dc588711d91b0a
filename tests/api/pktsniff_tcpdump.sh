#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every packet of the corpus as tcpdump prints it, with the options that change
# most, but for the differences that are listed with their reasons.
set -eu
O=${O:-build}
# The list is for one release: what others print is theirs.
case $(tcpdump --version 2>&1) in
*'tcpdump version 4.99.3'*) ;;
*)
	echo "skipped: this compares with tcpdump 4.99.3"
	exit 77
	;;
esac
command -v python3 >/dev/null || {
	echo "skipped: python3 not installed (tests/install-deps.sh)"
	exit 77
}
exec python3 tests/corpus/lines_tcpdump.py "$O/examples/pktsniff" \
	tests/corpus/lines_tcpdump.txt tests/data
