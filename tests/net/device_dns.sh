#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# The name servers of the system, from files in a mount namespace of our own.
# (No awk below: where /etc is empty, its alternatives are gone.)
set -eu

O=${O:-build}
if [ "${1:-}" != inside ]; then
	command -v unshare >/dev/null || {
		echo "skipped: unshare not installed (tests/install-deps.sh)"
		exit 77
	}
	exec "$O/tests/world" run unshare -m "$0" inside
fi

if ! mount -t tmpfs none /etc || ! mount -t tmpfs none /run; then
	echo "skipped: no file system can be mounted here"
	exit 77
fi
mkdir -p /run/systemd/resolve
status=0

# expect NAME WANTED: the servers, each behind a blank.
expect() {
	got=$("$O/examples/device_info" lo 2>&1 |
		sed -n 's/^dns *\(.*\)/ \1/p; /cannot/p' | tr -d '\n')
	[ "$got" = "$2" ] || {
		echo "$1: '$got', not '$2'"
		status=1
	}
}

expect "no file" ""
echo "nameserver 10.0.0.1" >/etc/resolv.conf
echo "nameserver 10.0.0.9" >/run/systemd/resolve/resolv.conf
expect "one server, no stub" " 10.0.0.1"
echo "nameserver 127.0.0.53" >/etc/resolv.conf
expect "the stub and what is behind it" " 127.0.0.53 10.0.0.9"
echo "nameserver 10.0.0.1" >>/etc/resolv.conf
expect "the stub is one of several" " 127.0.0.53 10.0.0.1"
echo "nameserver 127.0.0.53" >/etc/resolv.conf
rm /run/systemd/resolve/resolv.conf
expect "the stub alone" " 127.0.0.53"
echo "nameserver fe80::1%lo" >/etc/resolv.conf
expect "a scope" " fe80::1"
{
	yes '# nothing' | head -n 9000
	echo "nameserver 10.0.0.1"
} >/etc/resolv.conf
expect "a huge file is not read to its end" ""
rm /etc/resolv.conf
mkdir /etc/resolv.conf
expect "a directory" "/etc/resolv.conf: cannot be read (error 21)"
rmdir /etc/resolv.conf
mkfifo /etc/resolv.conf
expect "a pipe does not hang" ""
exit $status
