/* SPDX-License-Identifier: BSD-2-Clause */
/* Everything; include the single headers instead to see less. */
#ifndef PKTCAP_PKTCAP_H
#define PKTCAP_PKTCAP_H

#include <pktcap/base.h>
#include <pktcap/bpf.h>
#include <pktcap/capture.h>
#include <pktcap/device.h>
#include <pktcap/file.h>
#include <pktcap/filter.h>

#endif
