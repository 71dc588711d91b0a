/* SPDX-License-Identifier: BSD-2-Clause */
#include "options.h"

#include <stdio.h>

/* One screen of 24 lines, with the prompt that follows. */
static const char help[] =
	"usage: pktsniff [OPTIONS]             capture, print or write "
	"packets\n"
	"  -i IF       interface: name, index or any     -D  list interfaces\n"
	"  -w FILE     write a pcap file (- stdout)      -U  flush each "
	"packet\n"
	"  -r FILE     read a pcap file (- stdin)        --print  also with "
	"-w\n"
	"  -c N        end after N packets               --count  only count\n"
	"  -s BYTES    keep so much of each packet, 0 = 262144\n"
	"  -F FILE     filter program, -ddd form         -d -dd -ddd  dump it\n"
	"  -Q DIR      in, out or inout                  -p  not promiscuous\n"
	"  -y TYPE     link type; LINUX_SLL2 = cooked    -L  list them\n"
	"  -B KIB      memory for packets not yet read, 64 and more\n"
	"  -Z USER     become USER once all is open\n"
	"  --engine E  auto, recv or ring                --immediate-mode\n"
	"  -j TYPE     who stamps the time               -J  list them\n"
	"  --time-stamp-precision micro|nano             --micro --nano\n"
	"  -e          link header    -q  short lines    -v  say more\n"
	"  -# --number packet numbers -n -S  numbers, as always\n"
	"  -t none  -tt seconds  -ttt to the packet before  -tttt with date\n"
	"  -ttttt to the first packet -l  line by line\n"
	"  -x -X -A    hex, hex and text, text; doubled: link header too\n"
	"  --version   -h --help\n"
	"SIGINT, SIGTERM end it, SIGUSR1 shows the counters. See "
	"pktsniff(1).\n";

void options_help(void)
{
	fputs(help, stdout);
}

void options_usage(void)
{
	fputs("usage: pktsniff [-AdDehJlLnpqStUvxX#] [-i IF] [-w FILE] "
	      "[-r FILE] [-c N]\n"
	      "       [-s BYTES] [-F FILE] [-B KIB] [-Q in|out|inout] "
	      "[-y TYPE] [-j TYPE]\n"
	      "       [-Z USER]; pktsniff -h says more\n",
	      stderr);
}
