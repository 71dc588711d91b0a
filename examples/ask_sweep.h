/* SPDX-License-Identifier: BSD-2-Clause */
/* Asks all hosts of struct ask, and takes their answers. */
#ifndef ASK_SWEEP_H
#define ASK_SWEEP_H

#include "ask.h"
#include "neighbour.h"
#include "progress.h"

static inline int ask_compare(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct neighbour_address));
}

static inline int ask_take(struct ask *ask, const struct pktcap_packet *pkt)
{
	struct neighbour_answer answer;
	struct ask_host *host;
	const uint8_t *from;

	if (!neighbour_answer(pkt, ask->device->mac, &answer))
		return 0;
	host = bsearch(&answer.address, ask->hosts, ask->n, sizeof(*host),
		       ask_compare);
	if (!host)
		return 0;
	from = ask_from(ask, &host->address);
	if (memcmp(answer.to.bytes, from, ask_bytes(host->address.family))) {
		host->probed |= !memcmp(answer.to.bytes, neighbour_nobody, 16);
		return 0;
	}
	if (!host->answered) {
		memcpy(host->mac, answer.mac, 6);
		ask->waiting--;
	} else if (memcmp(host->mac, answer.mac, 6)) {
		memcpy(host->other, answer.mac, 6);
		host->twice = true;
	}
	host->answered = true;
	ask->open -= host->open > 0;
	host->open -= host->open > 0;
	return 0;
}

/* When a try is over that ends with what was sent last. */
static inline int64_t ask_deadline(const struct ask *ask)
{
	return progress_now_ns() + ask->timeout_ms * INT64_C(1000000);
}

/* A stop that comes just before a wait is seen behind this much of it. */
enum { ASK_PIECE_MS = 100 };

/* Takes answers until then, or until every request (@all) has its own. */
static inline int ask_receive(struct ask *ask, int64_t until_ns, bool all)
{
	const struct pktcap_packet *pkt;
	int64_t left_ns, wait_ms;
	int ret;

	do {
		if (stop_wanted)
			return -1; /* who pressed Ctrl-C knows */
		if (all && !ask->open)
			break;
		left_ns = until_ns - progress_now_ns();
		/* One, at least, of those that are there. */
		if (left_ns < 0)
			left_ns = 0;
		wait_ms = (left_ns + 999999) / 1000000;
		ret = pktcap_capture_next(
			ask->cap, &pkt,
			wait_ms < ASK_PIECE_MS ? (int)wait_ms : ASK_PIECE_MS);
		if (ret < 0 && ret != -EINTR)
			return ask_failed(ask->ifname, strerror(-ret));
		if (ret > 0 && ask->take(ask, pkt))
			return -1;
	} while (left_ns);
	return 0;
}

/* A pause is over: what was not sent in it is not to be sent all at once. */
static inline int ask_pace(struct ask *ask)
{
	struct pktcap_error error;

	if (!pktcap_send_pace_start(&ask->pace, &ask->rate, &error))
		return 0;
	fprintf(stderr, "%s\n", error.text);
	return -1;
}

/* When its time has come. @len: negative if it could not be built */
static inline int ask_transmit(struct ask *ask, const uint8_t *frame, int len)
{
	struct pktcap_packet pkt = { .data = frame };
	struct pktcap_error error;

	if (len < 0)
		return ask_failed("building a request", strerror(-len));
	pkt.caplen = (uint32_t)len;
	if (ask_receive(
		    ask,
		    pktcap_send_pace_due(&ask->pace, &pkt, progress_now_ns()),
		    false))
		return -1;
	if (pktcap_send_frame(ask->sender, frame, pkt.caplen, &error)) {
		fprintf(stderr, "%s\n", error.text);
		return -1;
	}
	pktcap_send_pace_sent(&ask->pace, &pkt, 1, progress_now_ns());
	return 0;
}

/* @mac: a false address, for a probe; or NULL */
static inline int ask_send(struct ask *ask, struct ask_host *host,
			   const uint8_t *mac)
{
	const uint8_t *from =
		mac ? neighbour_nobody : ask_from(ask, &host->address);
	uint8_t frame[NEIGHBOUR_FRAME];
	int len = neighbour_request(frame, ask->device->mac, from,
				    &host->address, mac);

	if (ask_transmit(ask, frame, len))
		return -1;
	host->open += !mac;
	ask->open += !mac;
	return 0;
}

static inline int ask_sweep_once(struct ask *ask, const uint8_t *mac)
{
	if (ask_pace(ask))
		return -1;
	for (size_t i = 0; i < ask->n; i++) {
		struct ask_host *host = &ask->hosts[i];

		if (host->answered)
			continue;
		if (mac && ask_send(ask, host, mac))
			return -1;
		if (ask_send(ask, host, NULL))
			return -1;
		progress_show(&ask->progress, i, ask->n, "addresses");
	}
	return ask_receive(ask, ask_deadline(ask), !ask->patient);
}

static inline bool ask_is_own(const struct ask *ask,
			      const struct neighbour_address *address)
{
	const struct pktcap_address *own = ask->device->addresses;

	for (uint32_t i = 0; i < ask->device->address_count; i++, own++)
		if (own->family == address->family &&
		    !memcmp(own->bytes, address->bytes,
			    ask_bytes(address->family)))
			return true;
	return false;
}

/* In the order of their addresses, each one once, as if never asked. */
static inline void ask_begin(struct ask *ask)
{
	size_t n = 0;

	ask->take = ask_take;
	ask->open = ask->waiting = 0;
	qsort(ask->hosts, ask->n, sizeof(*ask->hosts), ask_compare);
	for (size_t i = 0; i < ask->n; i++) {
		struct ask_host *host = &ask->hosts[n];

		*host = ask->hosts[i];
		if (n && !ask_compare(host, host - 1))
			continue;
		n++;
		host->own = ask_is_own(ask, &host->address);
		if (host->own)
			memcpy(host->mac, ask->device->mac, 6);
		host->answered = host->own;
		host->probed = host->twice = false;
		host->open = 0;
		ask->waiting += !host->own;
	}
	ask->n = n;
}

/*
 * Asks every host, those that did not answer again. With @mac a probe goes to
 * this address in front of each request: whoever takes it answers it first, so
 * that with the answer to the request it is known, without a look at a clock,
 * whether there is one to the probe. Returns 0, or -1 after a message.
 */
static inline int ask_sweep(struct ask *ask, const uint8_t *mac)
{
	int ret = 0;

	ask_begin(ask);
	progress_start(&ask->progress);
	for (uint32_t i = 0; i <= ask->retries && ask->waiting && !ret; i++)
		ret = ask_sweep_once(ask, mac);
	progress_erase(&ask->progress);
	return ret;
}

/* Those who did not answer, and ourselves. */
static inline void ask_forget_silent(struct ask *ask)
{
	size_t n = 0;

	for (size_t i = 0; i < ask->n; i++)
		if (ask->hosts[i].answered && !ask->hosts[i].own)
			ask->hosts[n++] = ask->hosts[i];
	ask->n = n;
}

#endif
