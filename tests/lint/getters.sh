#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/support/examine.h asks for every header struct there is a getter for.
set -eu

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# Getters take a layer and a struct; all that is called _get does.
sed -n 's/^[[:space:]]*pktcap_\([a-z0-9_]*\)_get;$/\1/p' lib/pktcap.map |
	grep -v '^flow$' | sort >"$dir/map"
sed -n 's/.*GET(\([a-z0-9_]*\)).*/\1/p' tests/support/examine.h |
	sort -u | grep -vx 'name' >"$dir/examined"
diff "$dir/map" "$dir/examined" || {
	echo "tests/support/examine.h: '<' is missing, '>' is no getter"
	exit 1
}
