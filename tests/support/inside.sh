# shellcheck shell=sh
# SPDX-License-Identifier: BSD-2-Clause
# For scripts that run programs in a network of their own: they source this
# file, say what they need(), and enter().
PATH=$PATH:/usr/sbin:/sbin
O=${O:-build}
world=$O/tests/world

# need TOOL...: without them the script is skipped.
need() {
	for tool in "$@"; do
		command -v "$tool" >/dev/null && continue
		echo "skipped: $tool not installed (tests/install-deps.sh)"
		exit 77
	done
}

# enter NETWORK "$@": comes back in what `world NETWORK` makes, with $dir for
# files; $out and $err are two of them.
enter() {
	if [ "${2:-}" != inside ]; then
		dir=$(mktemp -d)
		trap 'rm -rf "$dir"' EXIT
		code=0
		"$world" "$1" "$0" inside "$dir" || code=$?
		exit "$code"
	fi
	dir=$3
	out=$dir/out
	err=$dir/err
	: >"$out"
	: >"$err"
	pid='' peer='' # what a failure leaves running
	trap 'kill $pid $peer 2>/dev/null || :' EXIT
}

# Standard output may be what a test has taken away.
fail() {
	{
		echo "${0##*/}: $*"
		sed 's/^/    /' "$out" "$dir"/*err
	} >&2
	exit 1
}

# until_true COMMAND...: waits until it succeeds, thirty seconds at most.
until_true() {
	tries=0
	until "$@" 2>/dev/null; do
		tries=$((tries + 1))
		[ "$tries" -lt 600 ] || fail "waited in vain for: $*"
		sleep 0.05
	done
}

# ended CODE WHAT: waits for what runs as $pid and looks at its exit code.
ended() {
	code=0
	wait "$pid" || code=$?
	pid=''
	[ "$code" -eq "$1" ] || fail "$2: exit code $code"
}

# ends CODE COMMAND...: its output is $out, its messages are $err.
ends() {
	want=$1
	shift
	code=0
	"$@" >"$out" 2>"$err" || code=$?
	[ "$code" -eq "$want" ] || fail "$*: exit code $code"
}

# says REGULAR-EXPRESSION: a message does.
says() {
	grep -qE "$1" "$err" || fail "it does not say: $1"
}
