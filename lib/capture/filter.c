// SPDX-License-Identifier: BSD-2-Clause
/*
 * The program that decides what is captured: in the kernel if it will have
 * it, otherwise here. The kernel's copy also does what no caller asks for by
 * name: it cuts packets to the snap length, which only a filter's return
 * value can, leaves incoming ones out for direction "out", and of a cooked
 * capture lets packets through whose tags it cannot see: view.c decides.
 */
#include "capture/capture.h"

#include <errno.h>
#include <linux/filter.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/error.h"
#include "bpf/bpf.h"
#include "capture/view.h"

_Static_assert(sizeof(struct pktcap_insn) == sizeof(struct sock_filter),
	       "the kernel's instruction");

static const struct pktcap_insn reject_all = { BPF_RET | BPF_K, 0, 0, 0 };

static int attach(const struct pktcap_capture *cap, struct pktcap_insn *insns,
		  size_t n)
{
	struct sock_fprog program = {
		.len = (unsigned short)n,
		.filter = (void *)insns,
	};

	if (n > PKTCAP_BPF_MAX)
		return -EINVAL;
	return setsockopt(cap->fd, SOL_SOCKET, SO_ATTACH_FILTER, &program,
			  sizeof(program))
		       ? -errno
		       : 0;
}

static int detach(const struct pktcap_capture *cap)
{
	int unused = 0;

	if (!setsockopt(cap->fd, SOL_SOCKET, SO_DETACH_FILTER, &unused,
			sizeof(unused)) ||
	    errno == ENOENT)
		return 0;
	return -errno;
}

static uint32_t kernel_snaplen(const struct pktcap_capture *cap)
{
	/* The kernel does not count the header that is put in front here. */
	if (!cap->cooked)
		return cap->opts.snaplen;
	return cap->opts.snaplen > BPF_SLL2_HEADER
		       ? cap->opts.snaplen - BPF_SLL2_HEADER
		       : 1;
}

/* Where a program returns what it has computed, packets are cut here, too. */
static void limit(struct pktcap_capture *cap, struct pktcap_insn *insns,
		  size_t n)
{
	if (!bpf_limit_snaplen(insns, n, kernel_snaplen(cap)))
		cap->check_snaplen = true;
}

/* For the kernel: the direction, then the program or else the snap length. */
static int attach_program(struct pktcap_capture *cap,
			  const struct program *program)
{
	struct pktcap_insn *insns;
	size_t n = 0;
	int err = -EINVAL;

	insns = calloc(BPF_OUTGOING_ONLY + BPF_LEAVE_TAGGED + program->n + 1,
		       sizeof(*insns));
	if (!insns)
		return -ENOMEM;
	if (cap->opts.direction == PKTCAP_DIRECTION_OUT)
		n = bpf_outgoing_only(insns);
	if (!program->n) {
		insns[n++] = (struct pktcap_insn){ BPF_RET | BPF_K, 0, 0,
						   kernel_snaplen(cap) };
	} else if (cap->cooked) {
		/* Whole: the verdict may depend on any byte. */
		n += bpf_leave_tagged(program->insns, program->n,
				      CAPTURE_SNAPLEN_MAX, insns + n);
		if (!bpf_to_cooked(program->insns, program->n, insns + n))
			goto out;
		limit(cap, insns + n, program->n);
		n += program->n;
	} else {
		memcpy(insns + n, program->insns, program->n * sizeof(*insns));
		limit(cap, insns + n, program->n);
		n += program->n;
	}
	err = attach(cap, insns, n);
out:
	free(insns);
	return err;
}

/* Without a program, a limit and a direction the kernel need not run any. */
static bool needs_nothing(const struct pktcap_capture *cap)
{
	return cap->opts.snaplen == CAPTURE_SNAPLEN_MAX &&
	       cap->opts.direction != PKTCAP_DIRECTION_OUT;
}

/* Gives @program to the kernel, or only the rest of what is wanted there. */
static int place(struct pktcap_capture *cap, const struct program *program)
{
	static const struct program none;
	int err;

	if (!program->n) {
		err = needs_nothing(cap) ? detach(cap)
					 : attach_program(cap, program);
		if (err)
			return err;
		cap->filter_place = PKTCAP_FILTER_PLACE_NONE;
		cap->filter_errno = 0;
		return 0;
	}
	err = attach_program(cap, program);
	if (!err) {
		cap->filter_place = PKTCAP_FILTER_PLACE_KERNEL;
		cap->filter_errno = 0;
		return 0;
	}
	/* EINVAL: too long, or needs the cooked header. ENOMEM: optmem_max. */
	if (err != -EINVAL && err != -ENOMEM)
		return err;
	if ((needs_nothing(cap) ? detach(cap) : attach_program(cap, &none)))
		return err;
	cap->filter_place = PKTCAP_FILTER_PLACE_USER;
	cap->filter_errno = (uint32_t)-err;
	return 0;
}

static int copy_program(struct program *copy, const struct pktcap_insn *insns,
			size_t n)
{
	copy->insns = NULL;
	copy->n = n;
	if (!n)
		return 0;
	copy->insns = malloc(n * sizeof(*insns));
	if (!copy->insns)
		return -ENOMEM;
	memcpy(copy->insns, insns, n * sizeof(*insns));
	return 0;
}

int filter_install(struct pktcap_capture *cap, const struct pktcap_insn *insns,
		   size_t n, struct pktcap_error *error)
{
	struct program program;
	int err;

	err = n ? pktcap_bpf_validate(insns, n, error) : 0;
	if (err)
		return err;
	err = copy_program(&program, insns, n);
	if (err)
		return error_set(error, err, "malloc", "out of memory");
	/* While a stop lasts the kernel goes on rejecting everything. */
	err = cap->halted ? 0 : place(cap, &program);
	if (err) {
		free(program.insns);
		return error_set(error, err, "SO_ATTACH_FILTER",
				 "%s: the kernel does not take a filter: %s",
				 cap->ifname,
				 err == -EPERM ? "it is locked "
						 "(SO_LOCK_FILTER)"
					       : strerror(-err));
	}
	free(cap->program.insns);
	cap->program = program;
	cap->foreign_filter = false;
	return 0;
}

/*
 * The old program may be running on other CPUs right now. This waits until
 * none is: its kernel side is a grace period of the kind filters are freed by.
 */
static bool wait_for_other_cpus(void)
{
	enum { MEMBARRIER_GLOBAL = 1 }; /* MEMBARRIER_CMD_GLOBAL, 4.3 */

	return syscall(SYS_membarrier, MEMBARRIER_GLOBAL, 0, 0) == 0;
}

/* Drops the views that wait in the handle and fail the new program. */
static void refilter_views(struct pktcap_capture *cap)
{
	uint32_t kept = cap->next;

	for (uint32_t i = cap->next; i < cap->count; i++) {
		if (view_passes(cap, &cap->views[i]))
			cap->views[kept++] = cap->views[i];
		else
			cap->rejected++;
	}
	cap->count = kept;
	cap->filled = (struct tally){ 0 };
	for (uint32_t i = 0; i < kept; i++)
		tally_packet(&cap->filled, &cap->views[i]);
}

int pktcap_capture_set_filter(struct pktcap_capture *cap,
			      const struct pktcap_insn *insns, size_t n,
			      struct pktcap_error *error)
{
	int err;

	if (!insns != !n)
		return error_set(error, -EINVAL, "filter",
				 "filter: a program needs both an array and "
				 "its length");
	err = filter_install(cap, insns, n, error);
	if (err)
		return err;
	cap->recheck = true;
	if (!wait_for_other_cpus())
		cap->recheck_always = true;
	cap->engine->mark(cap);
	refilter_views(cap);
	/* What follows is to be read with a new look at the rules. */
	if (cap->push)
		cap->push->cut = true;
	return 0;
}

int filter_halt(struct pktcap_capture *cap)
{
	struct pktcap_insn reject = reject_all;

	if (cap->foreign_filter)
		return -EPERM;
	return attach(cap, &reject, 1);
}

int filter_restore(struct pktcap_capture *cap)
{
	return place(cap, &cap->program);
}
