// SPDX-License-Identifier: BSD-2-Clause
/* NTP: who asks whom, with -v all that the message says about clocks. */
#include "print/line.h"

#include <time.h>

enum {
	STRATUM_REFUSED = 0,
	STRATUM_CLOCK = 1,
	STRATUM_NONE = 16,
	KEY_ID = 4,
	MD5 = 16,
	SHA1 = 20,
};

#define SECONDS_TO_1970 INT64_C(2208988800)

static const char *const modes[] = {
	"unspecified", "symmetric active", "symmetric passive", "Client",
	"Server",      "Broadcast",	   "Control Message",	"Reserved",
};

static void put_leap(struct line *l, unsigned int leap)
{
	static const char *const leaps[] = { "", "+1s", "-1s",
					     "clock unsynchronized" };

	PUT(&l->t, "\n\tLeap indicator: ");
	put_string(&l->t, leaps[leap & 3]);
	line_told(l, " (", (leap & 3) << 6, ")");
}

static const char *stratum_name(unsigned int stratum)
{
	if (stratum == STRATUM_REFUSED)
		return "unspecified";
	if (stratum == STRATUM_CLOCK)
		return "primary reference";
	return stratum < STRATUM_NONE ? "secondary reference" : "reserved";
}

/* In s / 65536. */
static void put_interval(struct line *l, const char *before, uint32_t interval)
{
	line_told(l, before, interval >> 16, ".");
	put_padded(&l->t, (interval & UINT16_MAX) * UINT64_C(1000000) >> 16, 6);
}

/* In s / 2^32. */
static void put_time(struct line *l, uint64_t time)
{
	put_uint(&l->t, time >> 32);
	put_char(&l->t, '.');
	put_padded(&l->t, (time & UINT32_MAX) * UINT64_C(1000000000) >> 32, 9);
}

static void put_timestamp(struct line *l, const char *before, uint64_t stamp)
{
	int64_t seconds = (int64_t)(stamp >> 32) - SECONDS_TO_1970;
	time_t when = (time_t)seconds;
	char text[PUT_MAX];
	struct tm tm;

	put_string(&l->t, before);
	put_time(l, stamp);
	if (!(stamp >> 32) || when != seconds || !gmtime_r(&when, &tm) ||
	    !strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm))
		return;
	PUT(&l->t, " (");
	put_string(&l->t, text);
	put_char(&l->t, ')');
}

/* How much later it was than when the request left. */
static void put_later(struct line *l, const char *before, uint64_t stamp,
		      uint64_t origin)
{
	if (!origin) {
		put_timestamp(l, before, stamp);
		return;
	}
	put_string(&l->t, before);
	put_char(&l->t, stamp > origin ? '+' : '-');
	put_time(l, stamp > origin ? stamp - origin : origin - stamp);
}

static void put_reference(struct line *l, const struct pktcap_ntp *ntp)
{
	enum { HASHED_SINCE = 4 }; /* the version */

	PUT(&l->t, ", Reference-ID: ");
	if (ntp->stratum == STRATUM_REFUSED)
		PUT(&l->t, "(unspec)");
	else if (ntp->stratum == STRATUM_CLOCK)
		put_safe(&l->t, ntp->reference_id, sizeof(ntp->reference_id));
	else if (ntp->version < HASHED_SINCE)
		put_ipv4(&l->t, ntp->reference_id);
	else
		line_put_hex(l, "0x", line_be(ntp->reference_id, 4), 8, "");
}

static void put_rest(struct line *l, const struct pktcap_ntp *ntp)
{
	switch (ntp->rest_len) {
	case 0:
		return;
	case KEY_ID:
	case KEY_ID + MD5:
	case KEY_ID + SHA1:
		break;
	default:
		line_told(l, "\n\t(", ntp->rest_len,
			  " more bytes after the header)");
		return;
	}
	line_told(l, "\n\tKey id: ", line_be(ntp->rest, KEY_ID), "");
	if (ntp->rest_len == KEY_ID)
		return;
	PUT(&l->t, "\n\tAuthentication: ");
	put_octets(&l->t, ntp->rest + KEY_ID, ntp->rest_len - KEY_ID, '\0');
}

static void put_clocks(struct line *l, const struct pktcap_ntp *ntp)
{
	put_leap(l, ntp->leap);
	line_told(l, ", Stratum ", ntp->stratum, " (");
	put_string(&l->t, stratum_name(ntp->stratum));
	line_told(l, "), poll ", (uint8_t)ntp->poll, "");
	if (ntp->poll >= 0 && ntp->poll < 32)
		line_told(l, " (", UINT32_C(1) << ntp->poll, "s)");
	PUT(&l->t, ", precision ");
	put_int(&l->t, ntp->precision);
	put_interval(l, "\n\tRoot Delay: ", ntp->root_delay);
	put_interval(l, ", Root dispersion: ", ntp->root_dispersion);
	put_reference(l, ntp);
	put_timestamp(l, "\n\t  Reference Timestamp:  ", ntp->reference);
	put_timestamp(l, "\n\t  Originator Timestamp: ", ntp->origin);
	put_timestamp(l, "\n\t  Receive Timestamp:    ", ntp->receive);
	put_timestamp(l, "\n\t  Transmit Timestamp:   ", ntp->transmit);
	put_later(l, "\n\t    Originator - Receive Timestamp:  ", ntp->receive,
		  ntp->origin);
	put_later(l, "\n\t    Originator - Transmit Timestamp: ", ntp->transmit,
		  ntp->origin);
	put_rest(l, ntp);
}

static void put_control(struct line *l, const struct pktcap_ntp_control *ntp)
{
	put_leap(l, ntp->leap);
	put_string(&l->t, ntp->response ? ", Response" : ", Request");
	put_string(&l->t, ntp->error ? ", Error" : ", OK");
	put_string(&l->t, ntp->more ? ", More" : ", Last");
	line_told(l, ", OpCode=", ntp->opcode, "");
	line_told(l, "\n\tSequence=", ntp->sequence, ", Status=");
	line_put_hex(l, ntp->status ? "0x" : "", ntp->status, 0, "");
	line_told(l, ", Assoc.=", ntp->association, "");
	line_told(l, ", Offset=", ntp->offset, "");
	line_told(l, ", Count=", ntp->count, "");
	if (ntp->count > ntp->data_len)
		line_invalid(l);
	else if (ntp->count)
		PUT(&l->t, "\n\tTO-BE-DONE: data not interpreted");
}

void line_ntp(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_ntp_control control;
	uint64_t version, mode;
	struct pktcap_ntp ntp;

	l->ended = true;
	if (!line_field(layer, "version", &version) ||
	    !line_field(layer, "mode", &mode)) {
		line_truncated(l, "ntp");
		return;
	}
	line_told(l, "NTPv", version, ", ");
	put_string(&l->t, modes[mode & 7]);
	line_told(l, ", length ", line_wire(l, layer), "");
	if (!line_verbose(l))
		return;
	if (!pktcap_ntp_get(layer, &ntp))
		put_clocks(l, &ntp);
	else if (!pktcap_ntp_control_get(layer, &control))
		put_control(l, &control);
}
