// SPDX-License-Identifier: BSD-2-Clause
/* What was counted and what was obtained. */
#include "send/send.h"

#include <string.h>

void pktcap_send_stats(const struct pktcap_send *s,
		       struct pktcap_send_stats *stats)
{
	*stats = s->stats;
}

void pktcap_send_info(const struct pktcap_send *s,
		      struct pktcap_send_info *info)
{
	char name[PKTCAP_DEVICE_NAME_SIZE];
	int bytes = 0;
	socklen_t len = sizeof(bytes);

	memset(info, 0, sizeof(*info));
	info->flags = s->opts.flags;
	info->engine = s->engine->number;
	info->batch = s->opts.batch;
	info->ifindex = s->ifindex;
	info->hatype = s->hatype;
	info->linktype = s->linktype;
	info->header_bytes = s->header_bytes;
	memcpy(info->ifname, s->ifname, sizeof(info->ifname));
	if (s->ifindex) {
		info->mtu = send_link_mtu(s, s->ifindex, name);
		info->link_flags = send_link_flags(s, s->ifindex);
	}
	if (info->mtu && s->len_max != UINT32_MAX)
		info->frame_bytes = info->mtu + s->header_bytes;
	if (!getsockopt(s->fd, SOL_SOCKET, SO_SNDBUF, &bytes, &len))
		info->sndbuf_bytes = (uint32_t)bytes;
	s->engine->info(s, info);
}

const struct send_engine *send_engine_find(uint32_t number)
{
	static const struct send_engine *const engines[] = {
		[PKTCAP_SEND_ENGINE_MMSG] = &send_engine_mmsg,
		[PKTCAP_SEND_ENGINE_RING] = &send_engine_ring,
		[PKTCAP_SEND_ENGINE_XDP] = &send_engine_xdp,
	};

	return number < sizeof(engines) / sizeof(engines[0]) ? engines[number]
							     : NULL;
}

const char *pktcap_send_engine_name(uint32_t engine)
{
	const struct send_engine *found = send_engine_find(engine);

	if (engine == PKTCAP_SEND_ENGINE_AUTO)
		return "auto";
	return found ? found->name : NULL;
}
