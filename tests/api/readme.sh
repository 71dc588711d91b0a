#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The program at the top of README.md compiles with the command below it and
# prints packets; what builds one below that builds it.
set -eu

O=${O:-build}
top=$PWD
case $O in
/*) build=$O ;;
*) build=$top/$O ;;
esac

# shellcheck disable=SC2016 # awk's
block='/^```c$/ { if (++found == n) { inside = 1; next } }
	/^```$/ { inside = 0 } inside'

if [ "${1:-}" != inside ]; then
	dir=$(mktemp -d)
	trap 'rm -rf "$dir"' EXIT
	awk -v n=1 "$block" README.md >"$dir/first.c"
	{
		echo '#include <pktcap/pktcap.h>'
		echo 'int main(void) {'
		awk -v n=2 "$block" README.md
		# Ethernet, IPv4, UDP and "hello".
		echo 'return len != 14 + 20 + 8 + 5; }'
	} >"$dir/second.c"
	command=$(sed -n 's/^cc \(-Iinclude first.c .*\) && .*/\1/p' README.md)
	ln -s "$top/include" "$dir/include"
	ln -s "$build" "$dir/build"
	# shellcheck disable=SC2086 # a command line, as it stands in the text
	(cd "$dir" && ${CC:-cc} -Wall -Wextra -Werror \
		${SAN:+-fsanitize=$SAN} $command)
	${CC:-cc} -Wall -Wextra -Werror ${SAN:+"-fsanitize=$SAN"} -Iinclude \
		"$dir/second.c" "$build/libpktcap.a" -pthread -o "$dir/second"
	"$dir/second" || {
		echo "README.md's packet is not built"
		exit 1
	}
	code=0
	"$build/tests/world" run "$0" inside "$dir" || code=$?
	exit "$code"
fi

"$2/first" pk1 >"$2/out" &
pid=$!
trap 'kill "$pid" 2>/dev/null || :' EXIT
"$build/tests/world" wait
"$build/tests/world" send pk0 10 99
wait "$pid"
trap - EXIT
if [ "$(grep -c '^IP 10.9.0.1.1000 > 10.9.0.2.9: UDP, length 57$' "$2/out")" -ne 10 ]; then
	echo "ten UDP packets of 99 bytes were sent, this was printed:"
	cat "$2/out"
	exit 1
fi
