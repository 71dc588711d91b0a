/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages of applications and of control protocols.
 * What a getter returns is told once, at the end of pktcap/proto.h.
 */
#ifndef PKTCAP_PROTO_APPLICATION_H
#define PKTCAP_PROTO_APPLICATION_H

#include <pktcap/proto.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __cplusplus
}
#endif
#endif
