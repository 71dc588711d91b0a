#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Runs test programs and scripts one after another: tests/run.sh TEST...
# A test passes with exit code 0, is skipped with 77 (its last line says why)
# and fails with any other or after TEST_TIMEOUT seconds. The output of a test
# is shown when it fails, or always with V=1.
set -u

# Where tcpdump and ip are, which the path of an ordinary user leaves out.
PATH=$PATH:/usr/sbin:/sbin
limit=${TEST_TIMEOUT:-180}
passed=0 failed=0 skipped=0
failures='' reasons=''
newline='
'
log=$(mktemp) || exit 1
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT TERM

# Not in the background: a shell starts background programs with SIGINT
# ignored, and some tests are about SIGINT.
run_one() {
	timeout -k 5 "$limit" "$1" </dev/null >"$log" 2>&1
}

show() {
	printf '  %-5s %s\n' "$1" "$2"
}

for test in "$@"; do
	run_one "$test"
	code=$?
	case $code in
	0)
		passed=$((passed + 1))
		show ok "$test"
		[ -z "${V:-}" ] || cat "$log"
		;;
	77)
		skipped=$((skipped + 1))
		show skip "$test"
		reasons="$reasons$test: $(tail -n 1 "$log")$newline"
		;;
	*)
		failed=$((failed + 1))
		cat "$log"
		case $code in
		124 | 137) why="no end after $limit seconds" ;;
		*) why="exit code $code" ;;
		esac
		show FAIL "$test ($why)"
		failures="$failures$test ($why)$newline"
		;;
	esac
done

[ -z "$reasons" ] || printf 'Skipped:\n%s' "$reasons"
[ -z "$failures" ] || printf 'Failed:\n%s' "$failures"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
