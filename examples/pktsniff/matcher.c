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
		(struct matcher_program){ linktype, { NULL, 0 } };
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
	if (!ret)
		return 0;
	if (others && (ret == -EOPNOTSUPP || ret == -ENOMSG)) {
		tell_none_matches(linktype, &error);
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

int64_t matcher_run(struct matcher *matcher, const struct pktcap_packet *pkt)
{
	const struct program *program;

	if (!matcher->count)
		return UINT32_MAX;
	if (matcher->programs[matcher->last].linktype != pkt->linktype &&
	    !find(matcher, pkt->linktype) &&
	    compile(matcher, pkt->linktype, true))
		return -1;
	program = &matcher->programs[matcher->last].program;
	return program->insns ? pktcap_bpf_run(program->insns, program->n, pkt)
			      : 0;
}

void matcher_close(struct matcher *matcher)
{
	for (size_t i = 0; i < matcher->count; i++)
		program_free(&matcher->programs[i].program);
	free(matcher->programs);
	*matcher = (struct matcher){ .filter = NULL };
}
