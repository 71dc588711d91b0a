// SPDX-License-Identifier: BSD-2-Clause
/*
 * Prints the DNS and mDNS messages of a file or an interface: a line for each
 * message and one for each of its questions and records.
 * cc decode_dns.c -lpktcap -o decode_dns && ./decode_dns file.pcap
 */
#include <arpa/inet.h>
#include <inttypes.h>

#include <pktcap/pktcap.h>

#include "packets.h"

/* Addresses and names; of other records only how long they are. */
static void print_data(const struct pktcap_layer *layer,
		       const struct pktcap_dns_record *record)
{
	char text[PKTCAP_DNS_NAME_SIZE] = "";

	if (record->type == PKTCAP_DNS_TYPE_A && record->rdata_len == 4)
		inet_ntop(AF_INET, record->rdata, text, sizeof(text));
	else if (record->type == PKTCAP_DNS_TYPE_AAAA &&
		 record->rdata_len == 16)
		inet_ntop(AF_INET6, record->rdata, text, sizeof(text));
	else if ((record->type == PKTCAP_DNS_TYPE_NS ||
		  record->type == PKTCAP_DNS_TYPE_CNAME ||
		  record->type == PKTCAP_DNS_TYPE_PTR) &&
		 pktcap_dns_name(layer, record->rdata_offset, text,
				 sizeof(text)) < 0)
		snprintf(text, sizeof(text), "(broken name)");
	if (text[0])
		printf(" %s", text);
	else
		printf(" %u bytes", record->rdata_len);
	printf(", ttl %" PRIu32, record->ttl);
}

static void print_record(const struct pktcap_layer *layer,
			 const struct pktcap_dns_record *record)
{
	static const char *const sections[] = { "question", "answer",
						"authority", "additional" };
	const char *type = pktcap_dns_type_name(record->type);

	printf("  %-10s %s ", sections[record->section], record->name);
	if (type)
		printf("%s", type);
	else
		printf("TYPE%u", record->type);
	if (record->section != PKTCAP_DNS_QUESTION)
		print_data(layer, record);
	putchar('\n');
}

static int print_message(void *user, const struct pktcap_packet *pkt)
{
	struct pktcap_layer layers[PKTCAP_LAYERS];
	size_t n = pktcap_decode(pkt, layers, PKTCAP_LAYERS);
	struct pktcap_dns_record record = { .next = 0 };
	const struct pktcap_layer *layer;
	struct pktcap_dns dns;
	const char *rcode;
	int ret;

	(void)user;
	layer = pktcap_layer_find(layers, n, PKTCAP_PROTO_DNS);
	if (!layer)
		layer = pktcap_layer_find(layers, n, PKTCAP_PROTO_MDNS);
	if (!layer || pktcap_dns_get(layer, &dns))
		return 0;
	rcode = pktcap_dns_rcode_name(dns.rcode);
	printf("%s %u, %s\n", dns.response ? "response" : "query", dns.id,
	       rcode ? rcode : "unknown code");
	while ((ret = pktcap_dns_record_next(layer, &record)) == 1)
		print_record(layer, &record);
	if (ret)
		puts(ret == -ENODATA ? "  (cut)" : "  (malformed)");
	return fflush(stdout) ? -errno : 0;
}

int main(int argc, char **argv)
{
	if (argc != 2 || argv[1][0] == '-') {
		fprintf(stderr, "usage: %s FILE|INTERFACE\n", argv[0]);
		return 2;
	}
	return packets_of(argv[1], 0, print_message, NULL) ? 1 : 0;
}
