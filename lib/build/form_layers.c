// SPDX-License-Identifier: BSD-2-Clause
/* Names of the text form: of layers, and of fields that several have. */
#include "build/form.h"

static const struct form_layer *const groups[] = {
	form_link_layers,      form_network_layers, form_extension_layers,
	form_tunnel_layers,    form_icmp_layers,    form_multicast_layers,
	form_transport_layers, form_dns_layers,	    form_dhcp_layers,
	form_service_layers,   form_routing_layers, form_ppp_layers,
	form_bridge_layers,    form_data_layers,
};

const struct form_field form_common_fields[] = {
	{ "sa", "src", 0 },
	{ "da", "dst", 0 },
	{ "sport", "src_port", 0 },
	{ "srcport", "src_port", 0 },
	{ "dport", "dst_port", PKTCAP_KEEP_NEXT },
	{ "dstport", "dst_port", PKTCAP_KEEP_NEXT },
	{ "dst_port", NULL, PKTCAP_KEEP_NEXT },
	{ "len", "length", PKTCAP_KEEP_LENGTHS },
	{ "length", NULL, PKTCAP_KEEP_LENGTHS },
	{ "csum", "checksum", PKTCAP_KEEP_CHECKSUM },
	{ "chksum", "checksum", PKTCAP_KEEP_CHECKSUM },
	{ "checksum", NULL, PKTCAP_KEEP_CHECKSUM },
	{ NULL, NULL, 0 },
};

const struct form_layer *form_layer_at(size_t index)
{
	for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
		for (const struct form_layer *l = groups[i]; l->name; l++)
			if (index-- == 0)
				return l;
	return NULL;
}

const char *form_layer_name(const struct form_layer *layer, size_t index)
{
	if (!index)
		return layer->name;
	return index <= FORM_ALIASES ? layer->alias[index - 1] : NULL;
}

const struct form_layer *form_layer_of(struct form_word word)
{
	const struct form_layer *layer;
	const char *name;

	for (size_t i = 0; (layer = form_layer_at(i)); i++)
		for (size_t j = 0; (name = form_layer_name(layer, j)); j++)
			if (form_is(word, name))
				return layer;
	return NULL;
}

const struct form_field *form_field_of(const struct form_field *fields,
				       struct form_word word)
{
	for (; fields && fields->name; fields++)
		if (form_is(word, fields->name))
			return fields;
	return NULL;
}
