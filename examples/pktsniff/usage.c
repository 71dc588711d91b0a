/* SPDX-License-Identifier: BSD-2-Clause */
#include "options.h"

#include <stdio.h>

/* One screen of 24 lines, with the prompt that follows. */
static const char help[] =
	"usage: pktsniff [OPTIONS] [EXPRESSION]  the packets that "
	"EXPRESSION means\n"
	"  -i IF       interface: name, index or any     -D  list "
	"interfaces\n"
	"  -w FILE     write packets (- stdout)          -U  flush "
	"each packet\n"
	"  --format F  of FILE: pcap pcapng; printed: line tree boxes "
	"json; --print also\n"
	"  -C SIZE     new file each SIZE million bytes  -G S  every "
	"S seconds\n"
	"  -W N        keep so many files                -z CMD  run "
	"CMD FILE\n"
	"  --ring-buffer 64M|30s  only keep the last of it; SIGUSR2 "
	"writes it to\n"
	"              -w FILE, so does a packet that --trigger "
	"EXPRESSION means\n"
	"  -r FILE     read packets (- stdin), -V LIST   --merge  by "
	"time\n"
	"  --recover   go on behind damage               --follow  "
	"wait for more\n"
	"  --capinfo FILE  tell what is in it            -c N  end "
	"after N packets\n"
	"  -s BYTES    keep so much; --snap-headers  no payload  --count  "
	"only count\n"
	"  -F FILE     EXPRESSION, or program from -d    -d -dd -ddd "
	" print program\n"
	"  --explain   how it is compiled, -O plainly    --legacy  "
	"as libpcap does\n"
	"  --stats[=S] count protocols, talkers; every S seconds  --top  "
	"live on screen\n"
	"  -Q in|out|inout  direction  -p  not promiscuous  -y TYPE  link "
	"type  -L  list\n"
	"  -Z USER     become USER once all is open      -B KIB  "
	"buffer, 64 and more\n"
	"  --engine E  auto, recv or ring                -j TYPE -J  "
	"time stamps\n"
	"  --time-stamp-precision micro|nano  --micro --nano  "
	"--immediate-mode  --seed N\n"
	"  -e link header  -q short  -v say more  -l line by line "
	"-# -n -S -K  --color C\n"
	"  -t none -tt seconds -ttt since last -tttt date -ttttt "
	"since first\n"
	"  -x -X -A    hex, hex and text, text; doubled: link header "
	"too  --version\n"
	"SIGINT, SIGTERM end it, SIGUSR1 shows the counters. See "
	"pktsniff(1).\n";

void options_help(void)
{
	fputs(help, stdout);
}

void options_usage(void)
{
	fputs("usage: pktsniff [-AdDehJKlLnOpqStUvxX#] [-i IF] [-w FILE] "
	      "[-r FILE] [-V LIST]\n"
	      "       [-c N] [-s BYTES] [-F FILE] [-B KIB] [-C SIZE] [-G S] "
	      "[-W N] [-z CMD]\n"
	      "       [-Q in|out|inout] [-y TYPE] [-j TYPE] [-Z USER]\n"
	      "       [EXPRESSION]; pktsniff -h says more\n",
	      stderr);
}
