#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Runs test programs and scripts: tests/run.sh TEST...
# A test passes with exit code 0, is skipped with 77 (its last line says why)
# and fails with any other or after TEST_TIMEOUT seconds. The output of a test
# is shown when it fails, or always with V=1. TEST_JOBS run at a time, as many
# as there are CPUs, but no more than 4: most of them wait for something.
set -u

# Where tcpdump and ip are, which the path of an ordinary user leaves out.
PATH=$PATH:/usr/sbin:/sbin
limit=${TEST_TIMEOUT:-180}
jobs=${TEST_JOBS:-$(nproc)}
[ "$jobs" -le 4 ] || jobs=4

show() {
	printf '  %-5s %s\n' "$1" "$2"
}

# A line for the test in the list of its kind; what there is to show at once.
tell() {
	echo "$test$3" >>"$RUN_DIR/$1"
	{
		[ -z "$4" ] || cat "$log"
		show "$2" "$test$3"
	} >"$log.shown"
	cat "$log.shown"
}

# Called by xargs, not in the background: a shell starts background programs
# with SIGINT ignored, and some tests are about SIGINT.
if [ "${1:-}" = --one ]; then
	test=$2
	log=$(mktemp "$RUN_DIR/log.XXXXXX") || exit 1
	timeout -k 5 "$limit" "$test" </dev/null >"$log" 2>&1
	code=$?
	case $code in
	0) tell passed ok '' "${V:-}" ;;
	77) tell skipped skip ": $(tail -n 1 "$log")" '' ;;
	124 | 137) tell failed FAIL " (no end after $limit seconds)" 1 ;;
	*) tell failed FAIL " (exit code $code)" 1 ;;
	esac
	exit 0
fi

RUN_DIR=$(mktemp -d) || exit 1
export RUN_DIR
trap 'rm -rf "$RUN_DIR"' EXIT
trap 'exit 130' INT TERM
touch "$RUN_DIR/passed" "$RUN_DIR/skipped" "$RUN_DIR/failed"
[ $# -eq 0 ] || printf '%s\0' "$@" | xargs -0 -n 1 -P "$jobs" "$0" --one || exit 1

count() {
	wc -l <"$RUN_DIR/$1"
}

[ "$(count skipped)" -eq 0 ] || { echo Skipped: && cat "$RUN_DIR/skipped"; }
[ "$(count failed)" -eq 0 ] || { echo Failed: && cat "$RUN_DIR/failed"; }
echo "$(count passed) passed, $(count failed) failed, $(count skipped) skipped"
[ "$(count failed)" -eq 0 ] && [ "$(count passed)" -gt 0 ]
