/* SPDX-License-Identifier: BSD-2-Clause */
#include "matcher.h"
#include "message.h"

#include <errno.h>
#include <stdlib.h>

/* The program of a link type that was not there before. */
static struct matcher_program *add(struct matcher *matcher, uint32_t linktype)
{
	struct matcher_program *programs = realloc(
		matcher->programs, (matcher->count + 1) * sizeof(*programs));

	if (!programs) {
		say("out of memory");
		return NULL;
	}
	matcher->programs = programs;
	matcher->last = matcher->count++;
	programs[matcher->last] =
		(struct matcher_program){ .linktype = linktype };
	return &programs[matcher->last];
}

static void tell_none_matches(uint32_t linktype,
			      const struct pktcap_error *error)
{
	const char *name = pktcap_linktype_name(linktype);

	say("no packet of link type %u%s%s%s matches: %s", linktype,
	    name ? " (" : "", name ? name : "", name ? ")" : "", error->text);
}

static int compile(struct matcher *matcher, uint32_t linktype, bool others)
{
	const struct filter_target target = { .linktype = linktype,
					      .snaplen = UINT32_MAX };
	struct matcher_program *added = add(matcher, linktype);
	struct pktcap_error error;
	int ret;

	if (!added)
		return -1;
	ret = filter_program(matcher->filter, &target, &added->program, &error);
	if (!ret) {
		matcher->compiled = true;
		added->wants = program_wants(added->program.insns,
					     added->program.n);
		return 0;
	}
	if (others && (ret == -EOPNOTSUPP || ret == -ENOMSG)) {
		tell_none_matches(linktype, &error);
		if (!matcher->refused.code)
			matcher->refused = error;
		return 0;
	}
	filter_complain(matcher->filter, &error);
	return -1;
}

int matcher_open(struct matcher *matcher, const struct filter *filter,
		 uint32_t linktype, bool others)
{
	*matcher = (struct matcher){ .filter = filter };
	return filter_given(filter) ? compile(matcher, linktype, others) : 0;
}

static bool find(struct matcher *matcher, uint32_t linktype)
{
	for (size_t i = 0; i < matcher->count; i++)
		if (matcher->programs[i].linktype == linktype) {
			matcher->last = i;
			return true;
		}
	return false;
}

bool matcher_waits(const struct matcher *matcher)
{
	return matcher->count && !matcher->compiled;
}

int matcher_add(struct matcher *matcher, uint32_t linktype)
{
	if (matcher->programs[matcher->last].linktype == linktype ||
	    find(matcher, linktype))
		return 0;
	return compile(matcher, linktype, true);
}

void matcher_complain(const struct matcher *matcher)
{
	filter_complain(matcher->filter, &matcher->refused);
}

/* Once, for the first packet: the others of the file are like it. */
static void tell_unknown(struct matcher *matcher, struct program_wants wants,
			 const struct pktcap_packet *pkt)
{
	if (matcher->told_unknown)
		return;
	if (wants.direction && pkt->direction == PKTCAP_DIRECTION_UNKNOWN)
		say("the file does not say which packets were sent and which "
		    "received: all count as inbound");
	else if (wants.interface && !pkt->ifindex)
		say("the file does not say which interface packets are of: "
		    "all have the ifindex 0");
	else
		return;
	matcher->told_unknown = true;
}

int64_t matcher_run(struct matcher *matcher, const struct pktcap_packet *pkt)
{
	const struct matcher_program *found;

	if (!matcher->count)
		return UINT32_MAX;
	if (matcher_add(matcher, pkt->linktype))
		return -1;
	found = &matcher->programs[matcher->last];
	if (found->wants.direction || found->wants.interface)
		tell_unknown(matcher, found->wants, pkt);
	return found->program.insns
		       ? pktcap_bpf_run(found->program.insns, found->program.n,
					pkt)
		       : 0;
}

void matcher_close(struct matcher *matcher)
{
	for (size_t i = 0; i < matcher->count; i++)
		program_free(&matcher->programs[i].program);
	free(matcher->programs);
	*matcher = (struct matcher){ .filter = NULL };
}
