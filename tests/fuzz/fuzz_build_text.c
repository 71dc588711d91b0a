// SPDX-License-Identifier: BSD-2-Clause
/*
 * Any text is refused at one of its bytes or is a packet, which does not leave
 * its buffer. The first byte of the input chooses the buffer's size.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/build.h>
#include <pktcap/decode.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What was built can be decoded and built again. */
static void check_packet(const struct pktcap_build *build)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	struct pktcap_build again;
	struct pktcap_packet pkt;
	size_t n;
	void *copy;

	if (pktcap_build_packet(build, &pkt))
		return;
	n = pktcap_decode(&pkt, layers, PKTCAP_LAYERS);
	copy = malloc(pkt.caplen);
	if (!copy || !n) {
		free(copy);
		return;
	}
	pktcap_build_start(&again, copy, pkt.caplen);
	for (size_t i = 0; i < n; i++)
		pktcap_build_layer(&again, &layers[i], PKTCAP_KEEP_ALL);
	pktcap_build_rest(&again, &pkt, layers, n);
	if (pktcap_build_finish(&again) != (int)pkt.caplen ||
	    memcmp(copy, pkt.data, pkt.caplen) != 0)
		abort();
	free(copy);
}

/* The same again where there is no byte more than it needs. */
static void check_room(const char *text, const void *packet, int len)
{
	struct pktcap_build build;
	void *buf = malloc((size_t)len);

	if (!buf)
		return;
	pktcap_build_start(&build, buf, (size_t)len);
	/* A header that shrinks may have needed more. */
	if (!pktcap_build_text(&build, text, NULL) &&
	    (pktcap_build_finish(&build) != len ||
	     memcmp(buf, packet, (size_t)len) != 0))
		abort();
	free(buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct pktcap_error error = { 0 };
	struct pktcap_build build;
	size_t room;
	char *text;
	void *buf;
	int len;

	if (!size)
		return 0;
	room = data[0] < 0x80 ? 2048 : data[0] - 0x80u;
	text = calloc(1, size);
	buf = malloc(room);
	if (!text || !buf)
		abort();
	memcpy(text, data + 1, size - 1);
	pktcap_build_start(&build, buf, room);
	if (pktcap_build_text(&build, text, &error) &&
	    (error.offset > strlen(text) || !error.text[0] || !error.code))
		abort();
	len = pktcap_build_finish(&build);
	if (len > (int)room || (error.code && len != error.code))
		abort();
	if (len > 0) {
		check_packet(&build);
		check_room(text, buf, len);
	}
	free(buf);
	free(text);
	return 0;
}
