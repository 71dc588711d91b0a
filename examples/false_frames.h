/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Frames to addresses that no host has and no group, and what it means if a
 * host answers a question in one: its interface did not filter it.
 *
 * Of frames with the group bit Linux answers all that its interface lets
 * through, of those to another host none, promiscuous or not. So an interface
 * that takes all groups, or never filters, looks like a promiscuous one.
 */
#ifndef FALSE_FRAMES_H
#define FALSE_FRAMES_H

#include <stdbool.h>
#include <stdint.h>

enum false_frame_kind {
	FALSE_FRAME_NONE, /* true: does the host answer such questions? */
	FALSE_FRAME_NEAR, /* nearly that of broadcast */
	FALSE_FRAME_GROUP,
	FALSE_FRAME_HOST,
	FALSE_FRAME_KINDS,
};

/*
 * A filter is often a table by hash, where a false address may stand in the
 * place of a true one: hence several, far from each other.
 */
static const struct {
	uint8_t mac[6];
	enum false_frame_kind kind;
	const char *what;
} false_frames[] = {
	{ { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, FALSE_FRAME_NONE, "true" },
	{ { 0xff, 0xff, 0xff, 0xff, 0xff, 0xfe }, FALSE_FRAME_NEAR, "a bit" },
	{ { 0xff, 0xff, 0, 0, 0, 0 }, FALSE_FRAME_NEAR, "two bytes of it" },
	{ { 0xff, 0, 0, 0, 0, 0 }, FALSE_FRAME_GROUP, "one byte of it" },
	{ { 1, 0, 0, 0, 0, 0 }, FALSE_FRAME_GROUP, "the group bit" },
	{ { 1, 0, 0x5e, 0, 0, 0 }, FALSE_FRAME_GROUP, "of 224.0.0.0" },
	{ { 0x33, 0x33, 0, 0, 0, 0 }, FALSE_FRAME_GROUP, "of ff02::" },
	{ { 3, 0x5d, 0xc1, 7, 0x9e, 0x42 }, FALSE_FRAME_GROUP, "any group" },
	{ { 0x8b, 0x17, 0x3a, 0xe4, 0x50, 0x99 }, FALSE_FRAME_GROUP, "any" },
	{ { 0x47, 0xf2, 0x66, 0x1d, 0xab, 8 }, FALSE_FRAME_GROUP, "any" },
	{ { 2, 0x5d, 0xc1, 7, 0x9e, 0x42 }, FALSE_FRAME_HOST, "another host" },
};

enum { FALSE_FRAMES = sizeof(false_frames) / sizeof(false_frames[0]) };

static inline unsigned int false_frames_of(enum false_frame_kind kind,
					   uint32_t bits)
{
	unsigned int n = 0;

	for (int i = 0; i < FALSE_FRAMES; i++)
		n += false_frames[i].kind == kind && bits >> i & 1;
	return n;
}

/*
 * @mac: of the host; @taken: a bit for each frame it answered; @sure: for each
 * of which that is known
 */
static inline const char *false_frames_verdict(const uint8_t *mac,
					       uint32_t taken, uint32_t sure)
{
	const uint32_t all = UINT32_MAX;
	bool near = false_frames_of(FALSE_FRAME_NEAR, taken) ==
		    false_frames_of(FALSE_FRAME_NEAR, all);
	unsigned int group = false_frames_of(FALSE_FRAME_GROUP, taken);

	if (false_frames_of(FALSE_FRAME_HOST, taken))
		return "promiscuous: answers what is for another host";
	if (near && group == false_frames_of(FALSE_FRAME_GROUP, all))
		/* Administered locally: made by software, as is its card. */
		return mac[0] & 2 ? "promiscuous, or an interface that does "
				    "not filter (veth, tap, all-multicast)"
				  : "promiscuous, or all-multicast";
	if (!false_frames_of(FALSE_FRAME_NONE, taken))
		return "unknown: does not answer probes";
	if (~sure & ((UINT32_C(1) << FALSE_FRAMES) - 1))
		return "unknown: did not always answer";
	/* In that mode it looks at no more than the first bytes. */
	if (near && !group)
		return "promiscuous if it is Windows";
	if (group || false_frames_of(FALSE_FRAME_NEAR, taken))
		return "not promiscuous: it filters, by hash";
	return "not promiscuous";
}

#endif
