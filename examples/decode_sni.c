// SPDX-License-Identifier: BSD-2-Clause
/*
 * Prints a line for each TLS ClientHello of a file or an interface: who calls
 * whom, the server's name (SNI), the protocols offered (ALPN), the highest
 * version, and the JA4 fingerprint.
 * cc decode_sni.c -lpktcap -o decode_sni && sudo ./decode_sni eth0
 */
#include <pktcap/pktcap.h>

#include "clean.h"
#include "packets.h"

/* A byte in front of each name says how long it is. */
static void print_alpn(const uint8_t *alpn, size_t len)
{
	const char *before = "";
	size_t n;

	for (size_t at = 0; at < len; at += 1 + n) {
		n = alpn[at];
		if (n > len - at - 1)
			n = len - at - 1;
		fputs(before, stdout);
		print_clean_name(alpn + at + 1, n);
		before = ",";
	}
}

static void print_ends(const struct pktcap_layer *layers, size_t n)
{
	char text[PKTCAP_PRINT_FLOW_SIZE];
	struct pktcap_flow flow;

	if (pktcap_flow_get(layers, n, &flow))
		return;
	pktcap_print_flow(&flow, text, sizeof(text));
	printf("%s: ", text);
}

static int print_hello(void *user, const struct pktcap_packet *pkt)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
	char ja4[PKTCAP_TLS_JA4_SIZE];
	const struct pktcap_layer *layer;
	struct pktcap_tls_hello hello;
	const char *version;

	(void)user;
	layer = pktcap_layer_find(layers, n, PKTCAP_PROTO_TLS);
	if (!layer || pktcap_tls_hello_get(layer, &hello) ||
	    hello.type != PKTCAP_TLS_CLIENT_HELLO)
		return 0;
	print_ends(layers, n);
	fputs("sni ", stdout);
	print_clean_name(hello.server_name, hello.server_name_len);
	fputs(hello.server_name ? " alpn " : "- alpn ", stdout);
	print_alpn(hello.alpn, hello.alpn_len);
	version = pktcap_tls_version_name(hello.real_version);
	if (pktcap_tls_ja4(layer, ja4, sizeof(ja4)))
		strcpy(ja4, "- (incomplete)");
	printf("%s version %s ja4 %s\n", hello.alpn ? "" : "-",
	       version ? version : "unknown", ja4);
	return fflush(stdout) ? -errno : 0;
}

int main(int argc, char **argv)
{
	if (argc != 2 || argv[1][0] == '-') {
		fprintf(stderr, "usage: %s FILE|INTERFACE\n", argv[0]);
		return 2;
	}
	return packets_of(argv[1], 0, print_hello, NULL) ? 1 : 0;
}
