/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Packets from words: "eth vlan:5 ip4 tcp:80". Each word is a header, whose
 * lengths and next protocols are those of what follows. See layers.c.
 */
#ifndef TESTS_SUPPORT_LAYERS_H
#define TESTS_SUPPORT_LAYERS_H

#include <stddef.h>
#include <stdint.h>

enum { LAYERS_MAX = 512 };

/* Bytes at @out; fails the test for a word it does not know. */
size_t layers_build(const char *words, uint8_t out[LAYERS_MAX]);

#endif
