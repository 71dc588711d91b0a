// SPDX-License-Identifier: BSD-2-Clause
#include "device/resolv.h"

#include <arpa/inet.h>
#include <string.h>

#include "device/address.h"
#include "device/words.h"

/* False where the word does not fit, so that nothing cut is believed. */
static bool copy_word(struct bytes word, char *out, size_t size)
{
	if (word.n >= size)
		return false;
	if (word.n)
		memcpy(out, word.p, word.n);
	out[word.n] = '\0';
	return true;
}

static bool parse_server(struct bytes word, struct pktcap_address *server,
			 char *scope)
{
	char text[INET6_ADDRSTRLEN];
	struct bytes tail;
	uint8_t number[16];
	size_t n = 0;

	while (n < word.n && word.p[n] != '%')
		n++;
	tail = bytes_slice(word, n + 1, SIZE_MAX);
	if (!copy_word(bytes_slice(word, 0, n), text, sizeof(text)) ||
	    !copy_word(tail, scope, PKTCAP_DEVICE_NAME_SIZE))
		return false;
	if (inet_pton(AF_INET, text, number) == 1)
		return address_from_bytes((struct bytes){ number, 4 }, server);
	if (inet_pton(AF_INET6, text, number) == 1)
		return address_from_bytes((struct bytes){ number, 16 }, server);
	return false;
}

bool resolv_next(struct bytes *rest, struct pktcap_address *server,
		 char scope[PKTCAP_DEVICE_NAME_SIZE])
{
	static const char key[] = "nameserver";

	while (rest->n) {
		struct bytes line = words_line(rest);

		/* At the very start of the line, as resolvers want it. */
		if (!bytes_has(line, 0, sizeof(key)) ||
		    memcmp(line.p, key, sizeof(key) - 1) != 0 ||
		    !words_is_space(line.p[sizeof(key) - 1]))
			continue;
		line = bytes_slice(line, sizeof(key), SIZE_MAX);
		if (parse_server(words_next(&line), server, scope))
			return true;
	}
	return false;
}
