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
	sending |= option == 'c' || option == 'R';
	switch (option) {
	case 'c':
		return (count = rate_count("--count", optarg)) >= 0;
	case 'f':
		return (lines = optarg);
	case 'h':
		return help = true;
	case 'l':
		return list = true;
	case 'n':
		return dry_run = true;
	case 'R':
		speed = PKTCAP_SEND_PACE_OPTS(0);
		return !rate_parse("--rate", optarg, &speed);
	case 'w':
		return (output = optarg);
	default:
		return fputs(usage, stderr), false;
	}
}

/* Files are read and written without the privileges that a socket needs. */
static int run(const char *ifname, const char *text)
{
	static struct crafted crafted; /* until the program ends */
	struct pktcap_send_info info;
	struct pktcap_send *s = NULL;
	int ret;

	if (ifname ? sender_open(&s, ifname, NULL, &info)
		   : !!privileges_drop_owner())
		return 1;
	ret = (lines ? crafted_lines(&crafted, lines)
		     : crafted_text(&crafted, text)) ||
	      (dry_run && crafted_print(&crafted)) ||
	      (output && crafted_write(&crafted, output)) ||
	      (s && crafted_send_all(&crafted, s, &info, &speed, count));
	pktcap_send_close(s);
	return ret;
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
	int c;
	bool sends;

	while ((c = getopt_long(argc, argv, "c:f:hlnR:w:", options, NULL)) >= 0)
		if (!take_option(c))
			return 2;
	if (help)
		return fputs(usage, stdout), output_end();
	sends = !dry_run && !output;
	if (list && argc - optind <= 1)
		return crafted_names(argv[optind]);
	if (list || (dry_run && output) || (sending && !sends) ||
	    argc - optind != sends + !lines)
		return fputs(usage, stderr), 2;
	return run(sends ? argv[optind] : NULL, argv[argc - 1]);
}
