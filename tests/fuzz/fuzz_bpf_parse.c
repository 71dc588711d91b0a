// SPDX-License-Identifier: BSD-2-Clause
/* Any text is refused or a program, which written down reads back the same. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/bpf.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INSNS = 256, TEXT = INSNS * 48 };

/* Written and read again; what mnemonics do not show stays behind. */
static void round_trip(const struct pktcap_insn *insns, size_t n, uint32_t form)
{
	static struct pktcap_insn again[INSNS];
	static char first[TEXT], second[TEXT];
	int64_t len = pktcap_bpf_dump(insns, n, form, first, TEXT);

	if (len >= TEXT)
		abort();
	if (pktcap_bpf_parse(first, (size_t)len, again, INSNS, NULL) !=
	    (int64_t)n)
		abort();
	pktcap_bpf_dump(again, n, form, second, TEXT);
	if (strcmp(first, second) != 0)
		abort();
	if (form != PKTCAP_BPF_FORM_ASM &&
	    memcmp(again, insns, n * sizeof(*insns)) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct pktcap_insn insns[INSNS];
	struct pktcap_error error;
	int64_t n = pktcap_bpf_parse((const char *)data, size, insns, INSNS,
				     &error);

	if (n > 0 && n <= INSNS)
		for (uint32_t form = PKTCAP_BPF_FORM_ASM;
		     form <= PKTCAP_BPF_FORM_DECIMAL; form++)
			round_trip(insns, (size_t)n, form);
	/* As instructions instead, for those that no text can make. */
	n = (int64_t)(size / sizeof(*insns));
	n = n < INSNS ? n : INSNS;
	memcpy(insns, data, (size_t)n * sizeof(*insns));
	for (uint32_t form = PKTCAP_BPF_FORM_ASM;
	     n && form <= PKTCAP_BPF_FORM_DECIMAL; form++)
		round_trip(insns, (size_t)n, form);
	if (n && pktcap_bpf_validate(insns, (size_t)n, NULL) == 0 &&
	    pktcap_bpf_cost(insns, (size_t)n) > n)
		abort();
	return 0;
}
