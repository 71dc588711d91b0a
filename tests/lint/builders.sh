#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/support/rebuild.h builds every header again that can be built, and the
# text form has a layer for each.
set -eu

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

# Function, struct and protocol: WRITER(name, ID, type), ROW(name, type, ID).
sed -n 's/^[A-Z]*(\([a-z0-9_]*\), \([A-Z0-9_]*\), \([a-z0-9_]*\))$/\1 \3 \2/p' \
	lib/build/writers.h | sort >"$dir/writers"
sed -n 's/^[[:space:]]*ROW(\([a-z0-9_]*\), \([a-z0-9_]*\), \([A-Z0-9_]*\)).*/\1 \2 \3/p' \
	tests/support/rebuild.h | sort >"$dir/rebuilt"
[ -s "$dir/writers" ]
diff "$dir/writers" "$dir/rebuilt" || {
	echo "tests/support/rebuild.h: '<' is missing, '>' cannot be built"
	exit 1
}

# The text form (lib/build/form_*.c) has a layer for each of them.
sed -n 's/.*HEADER([A-Z0-9_]*, \([a-z0-9_]*\)).*/\1/p
	s/.*FORM("[a-z0-9-]*", [A-Z0-9_]*, \([a-z0-9_]*\), .*/\1/p
	s/.*\.writer = &writer_\([a-z0-9_]*\),.*/\1/p' \
	lib/build/form_*.c | sort -u >"$dir/forms"
cut -d ' ' -f 1 "$dir/writers" | sort >"$dir/names"
diff "$dir/names" "$dir/forms" || {
	echo "lib/build/form_*.c: '<' is missing in the text form"
	exit 1
}

sed -n 's/^WRITER(\([a-z0-9_]*\),.*/\1/p; s/^VIEW(\([a-z0-9_]*\),.*/\1/p' \
	lib/build/writers.h | sort >"$dir/names"
cat tests/support/stack_*.c | tr -c 'a-z0-9_A-Z(,' ' ' |
	grep -o 'KIND([a-z0-9_]*, *[a-z0-9_]*' | sed 's/.*, *//' |
	sort -u >"$dir/drawn"
diff "$dir/names" "$dir/drawn" || {
	echo "tests/support/stack_*.c: '<' has no KIND, '>' cannot be built"
	exit 1
}
