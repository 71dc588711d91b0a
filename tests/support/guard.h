/* SPDX-License-Identifier: BSD-2-Clause */
/* Copies bytes so that they end at an unmapped page: one byte too far faults.
 */
#ifndef TESTS_SUPPORT_GUARD_H
#define TESTS_SUPPORT_GUARD_H

#include <stddef.h>
#include <stdint.h>

uint8_t *guard_copy(const void *src, size_t n);
void guard_free(uint8_t *p, size_t n);

#endif
