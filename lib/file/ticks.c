// SPDX-License-Identifier: BSD-2-Clause
/* Without 128-bit integers, which 32-bit machines do not have. */
#include "file/interface.h"

enum {
	NS_PER_S = 1000000000,
	BINARY = 0x80, /* the resolution is a power of 2, else of 10 */
	NANO = 9,
	DECIMAL_MAX = 19, /* 10^19 fits into 64 bits */
};

static uint64_t power_of_10(unsigned int n)
{
	uint64_t value = 1;

	while (n--)
		value *= 10;
	return value;
}

void ticks_set(struct ticks *t, uint8_t resolution, int64_t offset_s)
{
	*t = (struct ticks){ .resolution = resolution, .offset_s = offset_s };
	if (resolution > NANO || offset_s)
		return;
	t->factor = (uint32_t)power_of_10(NANO - resolution);
	t->easy = INT64_MAX / t->factor;
}

struct moment {
	uint64_t seconds;
	uint32_t ns;
};

static struct moment from_decimal(uint64_t count, unsigned int digits)
{
	struct moment m = { 0 };
	uint64_t unit;

	if (digits > DECIMAL_MAX) {
		/* Less than 2 s: all of 64 bits is a part of a second. */
		digits -= NANO;
		if (digits <= DECIMAL_MAX)
			count /= power_of_10(digits);
		m.seconds = digits <= DECIMAL_MAX ? count / NS_PER_S : 0;
		m.ns = digits <= DECIMAL_MAX ? count % NS_PER_S : 0;
		return m;
	}
	unit = power_of_10(digits);
	m.seconds = count / unit;
	count %= unit;
	m.ns = (uint32_t)(digits <= NANO ? count * power_of_10(NANO - digits)
					 : count / power_of_10(digits - NANO));
	return m;
}

/* @part / 2^@bits seconds in nanoseconds; less than a second. */
static uint32_t fraction(uint64_t part, unsigned int bits)
{
	uint64_t low = (part & UINT32_MAX) * NS_PER_S;
	uint64_t high = (part >> 32) * NS_PER_S + (low >> 32);

	low &= UINT32_MAX;
	if (bits >= 32 + 64)
		return 0;
	if (bits >= 32)
		return (uint32_t)(high >> (bits - 32));
	return (uint32_t)(high << (32 - bits) | low >> bits);
}

static struct moment from_binary(uint64_t count, unsigned int bits)
{
	struct moment m = { 0 };

	if (bits < 64) {
		m.seconds = count >> bits;
		count &= (UINT64_C(1) << bits) - 1;
	}
	m.ns = fraction(count, bits);
	return m;
}

bool ticks_convert_any(const struct ticks *t, uint64_t count, int64_t *ns)
{
	unsigned int digits = t->resolution & ~(unsigned int)BINARY;
	struct moment m = t->resolution & BINARY ? from_binary(count, digits)
						 : from_decimal(count, digits);
	int64_t seconds;
	bool early = t->offset_s < 0;

	if (!__builtin_add_overflow(m.seconds, t->offset_s, &seconds)) {
		early = seconds < 0;
		if (!__builtin_mul_overflow(seconds, (int64_t)NS_PER_S, ns) &&
		    !__builtin_add_overflow(*ns, (int64_t)m.ns, ns))
			return true;
	} else if (m.seconds > INT64_MAX) {
		early = false;
	}
	*ns = early ? INT64_MIN : INT64_MAX;
	return false;
}
