// SPDX-License-Identifier: BSD-2-Clause
/* What radiotap says about a frame of 802.11. */
#include "print/line_wifi.h"

#define HAS_MORE (UINT32_C(1) << 31)

enum radiotap {
	HAS_TSFT = 1 << 0,
	HAS_FLAGS = 1 << 1,
	HAS_RATE = 1 << 2,
	HAS_CHANNEL = 1 << 3,
	HAS_SIGNAL = 1 << 5,
	HAS_NOISE = 1 << 6,
	HAS_QUALITY = 1 << 7,
	HAS_ANTENNA = 1 << 11,
	HAS_SIGNAL_DB = 1 << 12,
	HAS_NOISE_DB = 1 << 13,
	HAS_MCS = 1 << 19,
	BAD_FCS = 0x40,
	CHANNEL_CCK = 0x20,
	CHANNEL_OFDM = 0x40,
	CHANNEL_5GHZ = 0x100,
	MCS_KNOWS_WIDTH = 1,
	MCS_KNOWS_INDEX = 2,
	MCS_KNOWS_GUARD = 4,
	MCS_SHORT_GUARD = 4,
	MCS_RATES = 8, /* for each number of streams */
	MCS_LAST = 31, /* of those with equal streams */
};

static void put_channel(struct line *l, const struct pktcap_radiotap *r)
{
	line_told(l, "", r->frequency, " MHz ");
	if (r->channel_flags & CHANNEL_CCK)
		PUT(&l->t, "11b ");
	else if (r->channel_flags & CHANNEL_OFDM)
		put_string(&l->t,
			   r->channel_flags & CHANNEL_5GHZ ? "11a " : "11g ");
	else if (r->found & HAS_MCS)
		PUT(&l->t, "11n ");
}

static void put_power(struct line *l, int8_t power, const char *what)
{
	put_int(&l->t, power);
	PUT(&l->t, "dBm ");
	put_string(&l->t, what);
}

static void put_found(struct line *l, const struct pktcap_layer *layer,
		      const char *name, const char *behind)
{
	uint64_t value;

	if (line_field(layer, name, &value))
		line_told(l, "", value, behind);
}

/*
 * IEEE 802.11, 19.5: bits that a symbol of a stream has, with 20 and with 40
 * MHz. A symbol takes 4 us, with the short guard interval 3.6 us.
 */
static uint32_t mcs_rate(const uint8_t mcs[3])
{
	static const uint16_t bits[2][MCS_RATES] = {
		{ 26, 52, 78, 104, 156, 208, 234, 260 },
		{ 54, 108, 162, 216, 324, 432, 486, 540 },
	};
	uint32_t all = bits[(mcs[1] & 3) == 1][mcs[2] % MCS_RATES];

	all *= mcs[2] / MCS_RATES + 1u;
	/* In 100 kbit/s, rounded. */
	return mcs[1] & MCS_SHORT_GUARD ? (all * 100 + 18) / 36 : all * 10 / 4;
}

static void put_mcs(struct line *l, const uint8_t mcs[3])
{
	static const char *const widths[] = { "20 MHz ", "40 MHz ",
					      "20 MHz (L) ", "20 MHz (U) " };
	enum { ALL = MCS_KNOWS_WIDTH | MCS_KNOWS_INDEX | MCS_KNOWS_GUARD };
	uint32_t rate;

	if ((mcs[0] & ALL) == ALL && mcs[2] <= MCS_LAST) {
		rate = mcs_rate(mcs);
		line_told(l, "", rate / 10, ".");
		line_told(l, "", rate % 10, " Mb/s ");
	}
	if (mcs[0] & MCS_KNOWS_INDEX)
		line_told(l, "MCS ", mcs[2], " ");
	if (mcs[0] & MCS_KNOWS_WIDTH)
		put_string(&l->t, widths[mcs[1] & 3]);
	if (mcs[0] & MCS_KNOWS_GUARD)
		put_string(&l->t,
			   mcs[1] & MCS_SHORT_GUARD ? "short GI " : "long GI ");
}

/* Antennas have their own signal in groups behind the fields of all. */
static int put_of_antenna(void *arg, const struct pktcap_field *field)
{
	struct line *l = arg;

	if (!field->depth || !field->name)
		return 0;
	if (!strcmp(field->name, "signal"))
		put_power(l, (int8_t)field->value, "signal ");
	else if (!strcmp(field->name, "noise"))
		put_power(l, (int8_t)field->value, "noise ");
	else if (!strcmp(field->name, "antenna"))
		line_told(l, "antenna ", field->value, " ");
	return 0;
}

static void put_qualities(struct line *l, const struct pktcap_layer *layer,
			  const struct pktcap_radiotap *r)
{
	if (r->present & HAS_QUALITY)
		put_found(l, layer, "lock_quality", " sq ");
	if (r->found & HAS_ANTENNA)
		line_told(l, "antenna ", r->antenna, " ");
	if (r->present & HAS_SIGNAL_DB)
		put_found(l, layer, "signal_db", "dB signal ");
	if (r->present & HAS_NOISE_DB)
		put_found(l, layer, "noise_db", "dB noise ");
	if (r->found & HAS_MCS)
		put_mcs(l, r->mcs);
	if (r->present & HAS_MORE)
		pktcap_layer_fields(layer, put_of_antenna, l);
}

void line_radiotap(struct line *l, const struct pktcap_layer *layer)
{
	struct pktcap_radiotap r;

	if (pktcap_radiotap_get(layer, &r)) {
		line_truncated(l, "802.11_radio");
		return;
	}
	if (r.found & HAS_TSFT)
		line_told(l, "", r.tsft, "us tsft ");
	if (r.found & HAS_FLAGS && r.flags & BAD_FCS)
		PUT(&l->t, "bad-fcs ");
	if (r.found & HAS_RATE) {
		line_wifi_rate(l, r.rate);
		PUT(&l->t, " Mb/s ");
	}
	if (r.found & HAS_CHANNEL)
		put_channel(l, &r);
	if (r.found & HAS_SIGNAL)
		put_power(l, r.signal, "signal ");
	if (r.found & HAS_NOISE)
		put_power(l, r.noise, "noise ");
	put_qualities(l, layer, &r);
}
