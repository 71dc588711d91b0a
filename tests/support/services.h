/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of services and protocols, from the files of this machine. */
#ifndef TESTS_SUPPORT_SERVICES_H
#define TESTS_SUPPORT_SERVICES_H

#include <pktcap/filter.h>

/* A pktcap_filter_resolve_fn that knows no other names. */
int services_resolve(void *user, const char *name, enum pktcap_filter_name kind,
		     struct pktcap_filter_answer *answers, size_t max);

#endif
