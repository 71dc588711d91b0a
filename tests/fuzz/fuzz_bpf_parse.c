// SPDX-License-Identifier: BSD-2-Clause
/* Any text is refused or a program, which written down reads back the same. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <pktcap/bpf.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct pktcap_insn first[256], second[256];
	static char text[256 * 32];
	struct pktcap_error error;
	int64_t n =
		pktcap_bpf_parse((const char *)data, size, first, 256, &error);
	int64_t len;

	if (n < 0 || n > 256)
		return 0;
	pktcap_bpf_dump(first, (size_t)n, PKTCAP_BPF_FORM_ASM, text, 64);
	len = pktcap_bpf_dump(first, (size_t)n, PKTCAP_BPF_FORM_DECIMAL, text,
			      sizeof(text));
	if (pktcap_bpf_parse(text, (size_t)len, second, 256, NULL) != n ||
	    memcmp(first, second, (size_t)n * sizeof(*first)) != 0)
		abort();
	return 0;
}
