// SPDX-License-Identifier: BSD-2-Clause
#include <pktcap/base.h>

#define STRING(x) #x
#define NUMBER(x) STRING(x)

const char *pktcap_version(void)
{
	return NUMBER(PKTCAP_VERSION_MAJOR) "." NUMBER(
		PKTCAP_VERSION_MINOR) "." NUMBER(PKTCAP_VERSION_PATCH);
}
