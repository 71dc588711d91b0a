/* SPDX-License-Identifier: BSD-2-Clause */
/* What names in filter expressions mean on this machine. */
#ifndef PKTSNIFF_RESOLVE_H
#define PKTSNIFF_RESOLVE_H

#include <pktcap/filter.h>

/* A pktcap_filter_resolve_fn; @user is not used. */
int resolve_name(void *user, const char *name, enum pktcap_filter_name kind,
		 struct pktcap_filter_answer *answers, size_t max);

#endif
