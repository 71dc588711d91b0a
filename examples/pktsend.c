// SPDX-License-Identifier: BSD-2-Clause
/*
 * Sends packets that are described as text, see pktcap-build(7).
 * pktsend eth0 'eth dst=02:00:00:00:00:02 / ip dst=192.0.2.2 / icmp'
 */
#include <getopt.h>

#include "crafted.h"
#include "rate.h"

static const char usage[] =
	"usage: pktsend [-c COUNT] [-R RATE] INTERFACE TEXT | -f FILE\n"
	"       pktsend -n | -w FILE TEXT | -f FILE\n"
	"       pktsend -l [LAYER]\n\n"
	"  TEXT        'eth src=02:00:00:00:00:01 / ip dst=192.0.2.2 / icmp'\n"
	"  -c, --count COUNT  so many times (1); 0: until Ctrl-C\n"
	"  -f, --file FILE    a packet from each line, - for standard input\n"
	"  -h, --help\n"
	"  -l, --list         the layers there are, or the fields of one\n"
	"  -n, --dry-run      show what would be sent\n"
	"  -R, --rate RATE    a second: 100 or 10kpps packets, 10Mbit bits\n"
	"  -w, --write FILE   to a capture file instead of an interface\n";

static struct pktcap_send_pace_opts speed = PKTCAP_SEND_PACE_OPTS(0);
static const char *lines, *output;
static bool dry_run, list, help, sending; /* sending: -c or -R */
static int count = 1;

static bool take_option(int option)
{
	switch (option) {
	case 'c':
		sending = true;
		return (count = rate_count("--count", optarg)) >= 0;
	case 'f':
		lines = optarg;
		return true;
	case 'h':
		return help = true;
	case 'l':
		return list = true;
	case 'n':
		return dry_run = true;
	case 'R':
		sending = true;
		speed = PKTCAP_SEND_PACE_OPTS(0);
		return !rate_parse("--rate", optarg, &speed);
	case 'w':
		output = optarg;
		return true;
	default:
		return fputs(usage, stderr), false;
	}
}

/* Returns the exit code. */
static int run(const char *ifname, const char *text)
{
	static struct crafted crafted; /* until the program ends */

	if (lines ? crafted_lines(&crafted, lines)
		  : crafted_text(&crafted, text))
		return 1;
	if (dry_run && crafted_print(&crafted))
		return 1;
	if (output)
		return crafted_write(&crafted, output);
	return ifname ? crafted_send_on(&crafted, ifname, &speed, count) : 0;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "count", required_argument, NULL, 'c' },
		{ "dry-run", no_argument, NULL, 'n' },
		{ "file", required_argument, NULL, 'f' },
		{ "help", no_argument, NULL, 'h' },
		{ "list", no_argument, NULL, 'l' },
		{ "rate", required_argument, NULL, 'R' },
		{ "write", required_argument, NULL, 'w' },
		{ 0 },
	};
	int option, words;
	bool sends, wrong;

	while ((option = getopt_long(argc, argv, "c:f:hlnR:w:", options,
				     NULL)) >= 0)
		if (!take_option(option))
			return 2;
	if (help)
		return fputs(usage, stdout), 0;
	sends = !dry_run && !output;
	words = argc - optind;
	if (list && words <= 1)
		return crafted_names(argv[optind]);
	wrong = (dry_run && output) || (sending && !sends);
	if (list || wrong || words != sends + !lines)
		return fputs(usage, stderr), 2;
	return run(sends ? argv[optind] : NULL, argv[argc - 1]);
}
