// SPDX-License-Identifier: BSD-2-Clause
/*
 * Radiotap (www.radiotap.org), in front of an 802.11 frame, little-endian:
 *
 *	version (1), 0  padding (1)  length of all (2)  present (4)
 *	more words of present, as long as the last bit is set
 *	a field for each bit that is set, in their order, each aligned
 *
 * A word's bit 29 begins the fields anew (another antenna), its bit 30 those of
 * a vendor, which say how long they are.
 */
#include "proto/fields.h"

enum {
	HEADER = 8,
	WORD = 4,
	LENGTH_AT = 2,
	PRESENT_AT = 4,
	FIELDS = 28, /* bits of a word that are fields of known length */
	BIT_TSFT = 0,
	BIT_FLAGS = 1,
	BIT_RATE = 2,
	BIT_CHANNEL = 3,
	BIT_SIGNAL = 5,
	BIT_NOISE = 6,
	BIT_ANTENNA = 11,
	BIT_MCS = 19,
	BIT_RADIOTAP = 29,
	BIT_VENDOR = 30,
	BIT_MORE = 31,
	VENDOR = 6, /* organisation (3), its space (1), bytes that follow (2) */
	FLAG_FCS = 0x10,
	FLAG_PADDED = 0x20,
	FCS = 4,
	PADDED = 1 << 16, /* with the number that leads to 802.11 */
};

struct form {
	uint8_t size;
	uint8_t align;
};

static const struct form forms[FIELDS] = {
	{ 8, 8 },  { 1, 1 }, { 1, 1 }, { 4, 2 },  { 2, 2 },  { 1, 1 },
	{ 1, 1 },  { 2, 2 }, { 2, 2 }, { 2, 2 },  { 1, 1 },  { 1, 1 },
	{ 1, 1 },  { 1, 1 }, { 2, 2 }, { 2, 2 },  { 1, 1 },  { 1, 1 },
	{ 8, 4 },  { 3, 1 }, { 8, 4 }, { 12, 2 }, { 12, 8 }, { 12, 2 },
	{ 12, 2 }, { 6, 2 }, { 1, 1 }, { 4, 2 },
};

/* From field to field; offsets in the layer. */
struct walk {
	struct bytes b; /* the header alone */
	uint32_t present;
	size_t word; /* which one, from 0 */
	size_t at;   /* behind the last field */
	unsigned int bit;
	bool foreign; /* of a vendor, or of a number nobody knows */
};

static size_t header_len(struct bytes b)
{
	uint16_t len = 0;

	bytes_le16(b, LENGTH_AT, &len);
	return len;
}

static bool is_set(uint32_t present, unsigned int bit)
{
	return present >> bit & 1;
}

/* False where the words do not end in the header. */
static bool walk_begin(struct walk *w, struct bytes layer)
{
	size_t at = PRESENT_AT;
	uint32_t word;

	*w = (struct walk){ .b = bytes_slice(layer, 0, header_len(layer)) };
	do {
		if (!bytes_le32(w->b, at, &word))
			return false;
		at += WORD;
	} while (is_set(word, BIT_MORE));
	w->at = at;
	bytes_le32(w->b, PRESENT_AT, &w->present);
	return true;
}

/* A vendor's fields are passed over as one. */
static bool pass_vendor(struct walk *w, size_t *at)
{
	uint16_t skip;

	*at = (w->at + 1) & ~(size_t)1;
	if (!bytes_le16(w->b, *at + 4, &skip))
		return false;
	w->at = *at + VENDOR + skip;
	return true;
}

static bool next_word(struct walk *w)
{
	bool again = is_set(w->present, BIT_RADIOTAP);

	if (!is_set(w->present, BIT_MORE))
		return false;
	/* Without either bit the numbers go on, behind all that are known. */
	w->foreign = !again;
	if (w->foreign && !is_set(w->present, BIT_VENDOR) && !w->word)
		return false;
	w->word++;
	w->bit = 0;
	return bytes_le32(w->b, PRESENT_AT + w->word * WORD, &w->present);
}

/* The next field that is there; false at the end, and where it is unclear. */
static bool walk_next(struct walk *w, unsigned int *bit, size_t *at)
{
	for (;;) {
		while (w->bit <= BIT_VENDOR) {
			*bit = w->bit++;
			if (!is_set(w->present, *bit) || *bit == BIT_RADIOTAP)
				continue;
			if (*bit == BIT_VENDOR)
				return pass_vendor(w, at);
			if (w->foreign)
				continue;
			if (*bit >= FIELDS)
				return false;
			*at = (w->at + forms[*bit].align - 1) &
			      ~((size_t)forms[*bit].align - 1);
			w->at = *at + forms[*bit].size;
			return bytes_has(w->b, *at, forms[*bit].size);
		}
		if (!next_word(w))
			return false;
	}
}

/* Flags are second among all fields: cheap to find. */
static uint8_t read_flags(struct walk w)
{
	unsigned int bit;
	size_t at;

	while (walk_next(&w, &bit, &at) && bit <= BIT_FLAGS && !w.word)
		if (bit == BIT_FLAGS)
			return u8_at(w.b, at);
	return 0;
}

static enum pktcap_status decode(struct step *step)
{
	size_t len = header_len(step->b), left;
	uint32_t number = PKTCAP_PROTO_WIFI;
	struct walk w;
	uint8_t flags;

	if (!bytes_has(step->b, 0, HEADER))
		return step_short(step, HEADER);
	if (u8_at(step->b, 0) || len < HEADER)
		return PKTCAP_STATUS_MALFORMED;
	if (!bytes_has(step->b, 0, len))
		return step_short(step, len);
	if (!walk_begin(&w, step->b))
		return PKTCAP_STATUS_MALFORMED;
	flags = read_flags(w);
	left = step->wire - len;
	if ((flags & FLAG_FCS) && left >= FCS) {
		step->payload_len = left - FCS;
		step->trailer_len = FCS;
	}
	if (flags & FLAG_PADDED)
		number |= PADDED;
	return step_next(step, len, NEXT_PROTO, number);
}

static const struct field_def rows[] = {
	{ "version", 0, 8, PKTCAP_FIELD_UINT, NULL, NULL },
	{ "pad", 8, 8, PKTCAP_FIELD_UINT, NULL, NULL },
};

static const struct field_def flag_rows[] = {
	{ "flag_short_guard", 0, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_bad_fcs", 1, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_padded", 2, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_fcs", 3, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_fragmented", 4, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_wep", 5, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_short_preamble", 6, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
	{ "flag_contention_free", 7, 1, PKTCAP_FIELD_FLAG, NULL, NULL },
};

static const struct field_def mcs_rows[] = {
	{ "mcs_known", 0, 8, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "mcs_flags", 8, 8, PKTCAP_FIELD_HEX, NULL, NULL },
	{ "mcs", 16, 8, PKTCAP_FIELD_UINT, NULL, NULL },
};

/* Fields that are pieces of little-endian numbers: bit, then what it holds. */
struct piece {
	uint8_t bit;
	uint8_t at;
	uint8_t len;
	uint8_t type;
	const char *name;
	const char *unit;
};

static const struct piece pieces[] = {
	{ BIT_TSFT, 0, 8, PKTCAP_FIELD_UINT, "tsft", "us" },
	{ BIT_RATE, 0, 1, PKTCAP_FIELD_UINT, "rate", "500 kbit/s" },
	{ BIT_CHANNEL, 0, 2, PKTCAP_FIELD_UINT, "frequency", "MHz" },
	{ BIT_CHANNEL, 2, 2, PKTCAP_FIELD_HEX, "channel_flags", NULL },
	{ 4, 0, 1, PKTCAP_FIELD_UINT, "hop_set", NULL },
	{ 4, 1, 1, PKTCAP_FIELD_UINT, "hop_pattern", NULL },
	{ BIT_SIGNAL, 0, 1, PKTCAP_FIELD_INT, "signal", "dBm" },
	{ BIT_NOISE, 0, 1, PKTCAP_FIELD_INT, "noise", "dBm" },
	{ 7, 0, 2, PKTCAP_FIELD_UINT, "lock_quality", NULL },
	{ 8, 0, 2, PKTCAP_FIELD_UINT, "tx_attenuation", NULL },
	{ 9, 0, 2, PKTCAP_FIELD_UINT, "tx_attenuation_db", "dB" },
	{ 10, 0, 1, PKTCAP_FIELD_INT, "tx_power", "dBm" },
	{ BIT_ANTENNA, 0, 1, PKTCAP_FIELD_UINT, "antenna", NULL },
	{ 12, 0, 1, PKTCAP_FIELD_UINT, "signal_db", "dB" },
	{ 13, 0, 1, PKTCAP_FIELD_UINT, "noise_db", "dB" },
	{ 14, 0, 2, PKTCAP_FIELD_HEX, "rx_flags", NULL },
	{ 15, 0, 2, PKTCAP_FIELD_HEX, "tx_flags", NULL },
	{ 16, 0, 1, PKTCAP_FIELD_UINT, "rts_retries", NULL },
	{ 17, 0, 1, PKTCAP_FIELD_UINT, "data_retries", NULL },
	{ 18, 0, 4, PKTCAP_FIELD_HEX, "xchannel_flags", NULL },
	{ 18, 4, 2, PKTCAP_FIELD_UINT, "xchannel_frequency", "MHz" },
	{ 18, 6, 1, PKTCAP_FIELD_UINT, "xchannel", NULL },
	{ 18, 7, 1, PKTCAP_FIELD_UINT, "xchannel_max_power", "500 mdBm" },
	{ 20, 0, 4, PKTCAP_FIELD_UINT, "ampdu_reference", NULL },
	{ 20, 4, 2, PKTCAP_FIELD_HEX, "ampdu_flags", NULL },
	{ 20, 6, 1, PKTCAP_FIELD_HEX, "ampdu_crc", NULL },
	{ 20, 7, 1, PKTCAP_FIELD_HEX, "ampdu_reserved", NULL },
	{ 21, 0, 2, PKTCAP_FIELD_HEX, "vht_known", NULL },
	{ 21, 2, 1, PKTCAP_FIELD_HEX, "vht_flags", NULL },
	{ 21, 3, 1, PKTCAP_FIELD_UINT, "vht_bandwidth", NULL },
	{ 21, 4, 4, PKTCAP_FIELD_HEX, "vht_mcs_nss", NULL },
	{ 21, 8, 1, PKTCAP_FIELD_HEX, "vht_coding", NULL },
	{ 21, 9, 1, PKTCAP_FIELD_UINT, "vht_group", NULL },
	{ 21, 10, 2, PKTCAP_FIELD_HEX, "vht_partial_aid", NULL },
	{ 22, 0, 8, PKTCAP_FIELD_UINT, "timestamp", NULL },
	{ 22, 8, 2, PKTCAP_FIELD_UINT, "timestamp_accuracy", NULL },
	{ 22, 10, 1, PKTCAP_FIELD_HEX, "timestamp_unit", NULL },
	{ 22, 11, 1, PKTCAP_FIELD_HEX, "timestamp_flags", NULL },
	{ 23, 0, 2, PKTCAP_FIELD_HEX, "he_data1", NULL },
	{ 23, 2, 2, PKTCAP_FIELD_HEX, "he_data2", NULL },
	{ 23, 4, 2, PKTCAP_FIELD_HEX, "he_data3", NULL },
	{ 23, 6, 2, PKTCAP_FIELD_HEX, "he_data4", NULL },
	{ 23, 8, 2, PKTCAP_FIELD_HEX, "he_data5", NULL },
	{ 23, 10, 2, PKTCAP_FIELD_HEX, "he_data6", NULL },
	{ 24, 0, 2, PKTCAP_FIELD_HEX, "he_mu_flags1", NULL },
	{ 24, 2, 2, PKTCAP_FIELD_HEX, "he_mu_flags2", NULL },
	{ 24, 4, 4, PKTCAP_FIELD_HEX, "he_mu_channel1", NULL },
	{ 24, 8, 4, PKTCAP_FIELD_HEX, "he_mu_channel2", NULL },
	{ 25, 0, 2, PKTCAP_FIELD_HEX, "he_user1", NULL },
	{ 25, 2, 2, PKTCAP_FIELD_HEX, "he_user2", NULL },
	{ 25, 4, 1, PKTCAP_FIELD_UINT, "he_user_position", NULL },
	{ 25, 5, 1, PKTCAP_FIELD_HEX, "he_user_known", NULL },
	{ 26, 0, 1, PKTCAP_FIELD_UINT, "empty_frame_type", NULL },
	{ 27, 0, 2, PKTCAP_FIELD_HEX, "lsig_known", NULL },
	{ 27, 2, 2, PKTCAP_FIELD_HEX, "lsig", NULL },
};

static void tell_vendor(struct fields *f, const struct walk *w, size_t at)
{
	fields_hex(f, "vendor_oui", at, 3, NULL);
	fields_uint(f, "vendor_space", at + 3, 1, NULL, NULL);
	fields_le(f, "vendor_length", PKTCAP_FIELD_UINT, at + 4, 2, "bytes",
		  NULL);
	if (w->at > at + VENDOR && w->at <= w->b.n)
		fields_data(f, "vendor_data", PKTCAP_FIELD_BYTES, at + VENDOR,
			    w->at - at - VENDOR);
}

static void tell(struct fields *f, const struct walk *w, unsigned int bit,
		 size_t at)
{
	if (bit == BIT_VENDOR)
		tell_vendor(f, w, at);
	else if (bit == BIT_FLAGS)
		FIELDS_ROWS(f, flag_rows, at);
	else if (bit == BIT_MCS)
		FIELDS_ROWS(f, mcs_rows, at);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
		if (pieces[i].bit == bit)
			fields_le(f, pieces[i].name, pieces[i].type,
				  at + pieces[i].at, pieces[i].len,
				  pieces[i].unit, NULL);
}

/* What a further word announces, as an element of a list. */
static void enter_word(struct fields *f, const struct walk *w, size_t told)
{
	if (told)
		fields_end(f);
	else
		fields_list(f, "namespaces");
	fields_group(f, "namespace", 0, 0);
	fields_le(f, "present", PKTCAP_FIELD_HEX, PRESENT_AT + w->word * WORD,
		  WORD, NULL, NULL);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	size_t at, told = 0;
	unsigned int bit;
	struct walk w;

	fields_le(f, "length", PKTCAP_FIELD_UINT, LENGTH_AT, 2, "bytes", NULL);
	fields_le(f, "present", PKTCAP_FIELD_HEX, PRESENT_AT, WORD, NULL, NULL);
	if (layer->status != PKTCAP_STATUS_OK || !walk_begin(&w, f->b))
		return;
	while (!f->stopped && walk_next(&w, &bit, &at)) {
		if (w.word != told)
			enter_word(f, &w, told);
		told = w.word;
		tell(f, &w, bit, at);
	}
	if (told) {
		fields_end(f);
		fields_end(f);
	}
}

static void get_field(struct walk *w, unsigned int bit, size_t at,
		      struct pktcap_radiotap *out)
{
	uint32_t low = 0, high = 0;

	switch (bit) {
	case BIT_TSFT:
		bytes_le32(w->b, at, &low);
		bytes_le32(w->b, at + 4, &high);
		out->tsft = (uint64_t)high << 32 | low;
		break;
	case BIT_FLAGS:
		out->flags = u8_at(w->b, at);
		break;
	case BIT_RATE:
		out->rate = u8_at(w->b, at);
		break;
	case BIT_CHANNEL:
		bytes_le16(w->b, at, &out->frequency);
		bytes_le16(w->b, at + 2, &out->channel_flags);
		break;
	case BIT_SIGNAL:
		out->signal = (int8_t)u8_at(w->b, at);
		break;
	case BIT_NOISE:
		out->noise = (int8_t)u8_at(w->b, at);
		break;
	case BIT_ANTENNA:
		out->antenna = u8_at(w->b, at);
		break;
	case BIT_MCS:
		bytes_copy(w->b, at, out->mcs, sizeof(out->mcs));
		break;
	default:
		break;
	}
	out->found |= 1u << bit;
}

int pktcap_radiotap_get(const struct pktcap_layer *layer,
			struct pktcap_radiotap *out)
{
	struct bytes b = layer_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_RADIOTAP, HEADER);
	unsigned int bit;
	struct walk w;
	size_t at;

	if (err)
		return err;
	if (layer->status != PKTCAP_STATUS_OK || !walk_begin(&w, b))
		return -ENODATA;
	*out = (struct pktcap_radiotap){
		.header_len = (uint16_t)header_len(b),
		.present = w.present,
		.version = u8_at(b, 0),
		.pad = u8_at(b, 1),
	};
	while (walk_next(&w, &bit, &at) && !w.word)
		get_field(&w, bit, at, out);
	return 0;
}

const struct proto proto_radiotap = {
	.name = "radiotap",
	.title = "Radiotap",
	.level = PKTCAP_LEVEL_LINK,
	.decode = decode,
	FIELD_DEFS(rows),
	.fields = fields,
};
