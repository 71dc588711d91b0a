#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The example switches the flag on, shows it and puts it back, and says what
# it lacks when it may not.
set -eu

O=${O:-build}
[ "${1:-}" = inside ] || exec "$O/tests/world" run "$0" inside

want='before   flag clear, 0 holders
while    flag set, 1 holders
after    flag clear, 0 holders'
got=$("$O/examples/promisc" pk0)
[ "$got" = "$want" ] || {
	echo "promisc printed: $got"
	exit 1
}
got=$("$O/examples/promisc" nosuch0 2>&1) && exit 1
[ "$got" = "nosuch0: no such interface: list the interfaces to see their \
names" ] || {
	echo "promisc nosuch0 printed: $got"
	exit 1
}
command -v setpriv >/dev/null || exit 0
got=$(setpriv --inh-caps=-all --ambient-caps=-all --bounding-set=-all \
	"$O/examples/promisc" pk0 2>&1) && exit 1
case $got in
*'pk0: setting an interface flag needs CAP_NET_ADMIN'*) ;;
*)
	echo "promisc without a capability printed: $got"
	exit 1
	;;
esac
