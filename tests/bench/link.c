// SPDX-License-Identifier: BSD-2-Clause
#include "bench/harness.h"
#include "support/world.h"

int bench_sender(void)
{
	int sender, err = world_veth("pk0", "pk1");

	if (err)
		bench_fail("veth pk0 and pk1", err);
	sender = world_sender("pk0");
	if (sender < 0)
		bench_fail("pk0", sender);
	return sender;
}
