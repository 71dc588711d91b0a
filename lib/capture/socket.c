// SPDX-License-Identifier: BSD-2-Clause
#include "capture/capture.h"

int pktcap_capture_socket(const struct pktcap_capture *cap)
{
	return cap->fd;
}
