#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Installs what "make check", "make lint", "make bench" and .ci/run use, with
# the system's package manager. Required: a compiler, make and cmocka. All else
# is installed where the system has it; what needs it says so when it is gone.
set -eu

tools='gcc make clang tcpdump tshark capinfos mergecap ip mandoc clang-format
	git-clang-format cppcheck shellcheck netsniff-ng tcpreplay musl-gcc
	setarch nm git python3'

have_library() {
	echo "$1" | cc -fsyntax-only -x c - 2>/dev/null
}

# In the distribution's own Python, which need not be the first.
have_scapy() {
	python3 -c 'import scapy' 2>/dev/null ||
		/usr/bin/python3 -c 'import scapy' 2>/dev/null
}

have_required() {
	command -v cc >/dev/null && command -v make >/dev/null &&
		have_library '#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>'
}

have_everything() {
	have_required && have_library '#include <pcap/pcap.h>' &&
		have_scapy || return 1
	for tool in $tools; do
		PATH=$PATH:/usr/sbin:/sbin command -v "$tool" >/dev/null ||
			return 1
	done
}

if have_everything; then
	exit 0
fi

if [ "$(id -u)" -eq 0 ]; then
	as_root=
elif command -v sudo >/dev/null; then
	as_root='sudo'
else
	have_required && exit 0
	echo "install-deps: run it as root, or install sudo" >&2
	exit 1
fi

# Sets refresh (may be empty), install, required and optional.
choose_manager() {
	refresh=
	optional='clang tcpdump mandoc cppcheck netsniff-ng tcpreplay git
		python3'
	if command -v apt-get >/dev/null; then
		refresh='apt-get -q update'
		install='env DEBIAN_FRONTEND=noninteractive apt-get -q -y
			--no-install-recommends install'
		required='gcc g++ libc6-dev make libcmocka-dev'
		optional="$optional libpcap-dev tshark iproute2
			clang-format shellcheck musl-tools binutils util-linux
			gcc-multilib wireshark-common procps
			python3-scapy"
	elif command -v dnf >/dev/null; then
		install='dnf -q -y install'
		required='gcc gcc-c++ make libcmocka-devel'
		optional="$optional libpcap-devel wireshark-cli iproute
			clang-tools-extra git-clang-format ShellCheck musl-gcc
			binutils util-linux procps-ng python3-scapy"
	elif command -v apk >/dev/null; then
		install='apk add -q'
		required='gcc g++ musl-dev linux-headers make cmocka-dev'
		optional="$optional libpcap-dev tshark iproute2
			clang-extra-tools shellcheck binutils util-linux procps
			coreutils scapy"
	elif command -v pacman >/dev/null; then
		install='pacman -S --noconfirm --needed'
		refresh='pacman -Sy --noconfirm'
		required='gcc make cmocka'
		optional="$optional libpcap wireshark-cli iproute2
			shellcheck musl binutils util-linux procps-ng scapy"
	elif command -v zypper >/dev/null; then
		install='zypper -q -n install'
		required='gcc gcc-c++ make libcmocka-devel'
		optional="$optional libpcap-devel wireshark iproute2
			clang-tools ShellCheck binutils util-linux procps
			python3-scapy"
	else
		return 1
	fi
}

if ! choose_manager; then
	have_required && exit 0
	echo "install-deps: no package manager that it knows (apt-get, dnf," \
		"apk, pacman, zypper): install a C compiler, make and cmocka" >&2
	exit 1
fi

# shellcheck disable=SC2086 # lists
{
	[ -z "$refresh" ] || $as_root $refresh || have_required
	have_required || $as_root $install $required
	# All at once is quick; one by one where one of them does not exist.
	$as_root $install $optional || for package in $optional; do
		$as_root $install "$package" ||
			echo "install-deps: no package $package here" >&2
	done
}
