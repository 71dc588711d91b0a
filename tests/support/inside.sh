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

# wait_while GOES-ON COMMAND...: until COMMAND succeeds, thirty seconds at most;
# 1 if GOES-ON fails before.
wait_while() {
	goes_on=$1
	shift
	tries=0
	until "$@" 2>/dev/null; do
		"$goes_on" || return 1
		tries=$((tries + 1))
		[ "$tries" -lt 600 ] || fail "waited in vain for: $*"
		sleep 0.05
	done
}

# until_true COMMAND...: waits until it succeeds, thirty seconds at most.
until_true() {
	wait_while true "$@"
}

# until_ready COMMAND...: the same, but 1 if what runs as $pid ends before.
until_ready() {
	wait_while still_runs "$@"
}

still_runs() {
	kill -0 "$pid" 2>/dev/null
}

# What runs as $pid has given up its privileges.
has_no_new_privileges() {
	grep -q '^NoNewPrivs:.1$' "/proc/$pid/status"
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
