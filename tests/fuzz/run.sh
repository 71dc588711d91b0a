#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/fuzz/run.sh SECONDS TARGET...: builds each target with libFuzzer and
# runs it that long, from a copy of its corpus. A crash leaves its input in
# $O/fuzz/TARGET/; put it into tests/fuzz/corpus/TARGET/ once it is fixed.
set -eu

seconds=$1
shift
targets=$*
O=${O:-build}
if ! command -v clang >/dev/null; then
	echo "fuzz: clang not installed (tests/install-deps.sh)" >&2
	exit 1
fi

status=0
for target in $targets; do
	dir=$O/fuzz/$target
	mkdir -p "$dir/corpus"
	clang -std=c11 -D_GNU_SOURCE -O2 -g -pthread \
		-fsanitize=fuzzer,address,undefined \
		-fno-sanitize-recover=undefined -Iinclude -Ilib -Itests \
		-o "$dir/$target" "tests/fuzz/$target.c" \
		tests/support/packet*.c tests/support/grammar.c \
		tests/support/rebuild.c tests/support/stack*.c lib/*/*.c
	find "tests/fuzz/corpus/$target" -type f \
		-exec cp {} "$dir/corpus/" \; 2>/dev/null || :
	case $target in fuzz_decode | fuzz_build)
		python3 -B tests/fuzz/seeds.py "$dir/corpus" \
			tests/data/*.pcap tests/data/*/*.pcap
		;;
	esac
	set --
	case $target in
	fuzz_build_text)
		grep -ho '^	{ "[a-z0-9_]*"' lib/build/form_*.c |
			sed 's/^[^"]*//' | sort -u >"$dir/dict"
		set -- -dict="$dir/dict"
		;;
	fuzz_filter_*)
		sed -n 's/^[^"]*{ \("[a-z0-9-]*"\), .*/\1/p' \
			lib/filter/words.c lib/filter/codes.c >"$dir/dict"
		set -- -dict="$dir/dict"
		;;
	esac
	if "$dir/$target" "$@" -max_total_time="$seconds" -timeout=10 \
		-artifact_prefix="$dir/" -print_final_stats=1 "$dir/corpus" \
		>"$dir/log" 2>&1; then
		printf '  ok    %s: %s\n' "$target" "$(
			sed -n 's/^stat::number_of_executed_units: */runs /p' \
				"$dir/log"
		)"
	else
		tail -n 40 "$dir/log"
		printf '  FAIL  %s (%s/log)\n' "$target" "$dir"
		status=1
	fi
done
exit $status
