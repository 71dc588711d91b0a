/* SPDX-License-Identifier: BSD-2-Clause */
/* Everything; include the single headers instead to see less. */
#ifndef PKTCAP_PKTCAP_H
#define PKTCAP_PKTCAP_H

#include <pktcap/base.h>
#include <pktcap/bpf.h>
#include <pktcap/build.h>
#include <pktcap/capture.h>
#include <pktcap/decode.h>
#include <pktcap/device.h>
#include <pktcap/file.h>
#include <pktcap/filter.h>
#include <pktcap/print.h>
#include <pktcap/proto.h>
#include <pktcap/proto_application.h>
#include <pktcap/proto_link.h>
#include <pktcap/proto_network.h>
#include <pktcap/proto_transport.h>
#include <pktcap/reassemble.h>
#include <pktcap/send.h>

#endif
