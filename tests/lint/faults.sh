#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every function of libc that the library calls is failed by tests/fault, or is
# listed here as one that cannot fail or is not to.
set -eu
. tests/lint/need.sh
need nm awk

# A mutex without attributes, the descriptor of an open directory, a join of a thread that is there, a mask in range
# the clocks that always exist, and the year of 64-bit nanoseconds have no way
# to fail.
harmless='
	__errno_location clock_gettime dirfd inet_pton qsort strerror
	memchr memcmp memcpy memmove memset
	strcasecmp strchr strncasecmp strpbrk strcmp strcpy strlen strncmp strnlen strrchr strspn strtoul
	gmtime_r localtime_r strftime
	pthread_join pthread_mutex_destroy pthread_mutex_init
	pthread_mutex_lock pthread_mutex_unlock pthread_sigmask sigfillset'
status=0

for name in $(nm -D --undefined-only "$SO" |
	awk '$1 == "U" { sub("@.*", "", $2); print $2 }' | sort -u); do
	case $name in
	# What compilers add, for sanitizers or with _FORTIFY_SOURCE.
	__asan* | __ubsan* | __tsan* | __stack_chk_fail | __*_chk) continue ;;
	esac
	echo "$harmless" | grep -qw "$name" && continue
	grep -q "^WRAP($name," tests/fault/calls.h && continue
	echo "$name: called by the library, not in tests/fault/calls.h"
	status=1
done
exit $status
