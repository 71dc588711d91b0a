#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Each public header compiles alone, as C11 and as C++17, for 64 and for 32
# bits, and no struct in it has hidden padding.
set -eu
strict='-Wall -Wextra -Wpadded -pedantic -Werror -fsyntax-only -Iinclude'
status=0

# Without a libc the compiler's own stdint.h serves: -m32 needs no 32-bit libc.
compiles() {
	# shellcheck disable=SC2086 # CC and the flags are lists
	echo "$1" | $CC -ffreestanding $2 $strict -
}

try() {
	if ! compiles 'extern int probe;' "$1" 2>/dev/null; then
		echo "left out: $CC cannot $1"
		[ -z "${LINT_STRICT:-}" ] || status=1
		return
	fi
	for header in include/pktcap/*.h; do
		if ! compiles "#include <pktcap/$(basename "$header")>" "$1"; then
			echo "$header: not clean with $1"
			status=1
		fi
	done
}

try '-x c -std=c11'
try '-x c++ -std=c++17'
case $(uname -m) in
x86_64)
	try '-m32 -x c -std=c11'
	try '-m32 -x c++ -std=c++17'
	;;
esac
exit $status
