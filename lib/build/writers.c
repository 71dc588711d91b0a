// SPDX-License-Identifier: BSD-2-Clause
/* pktcap_build_eth() and its like, and which protocols can be built. */
#include "build/build.h"

#define WRITER(name, id, type) extern const struct writer writer_##name;
#include "build/writers.h"

const struct writer *const build_writers[PKTCAP_PROTO_COUNT] = {
#define WRITER(name, id, type) [PKTCAP_PROTO_##id] = &writer_##name,
#define VIEW(name, id, type)
#include "build/writers.h"
};

#define WRITER(name, id, type)                                                \
	int pktcap_build_##name(struct pktcap_build *build,                   \
				const struct pktcap_##type *header,           \
				uint32_t keep)                                \
	{                                                                     \
		return build_append(build, PKTCAP_PROTO_##id, &writer_##name, \
				    header, keep);                            \
	}
#include "build/writers.h"
