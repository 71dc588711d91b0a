// SPDX-License-Identifier: BSD-2-Clause
/* Programs as text: every form of line, buffers too small, and the peer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dlfcn.h>
#include <errno.h>
#include <linux/filter.h>
#include <stdio.h>
#include <string.h>

#include <pktcap/bpf.h>

struct row {
	const char *name;
	struct pktcap_insn insn;
	const char *want;
};

static struct row rows[] = {
	{ "load a constant", { 0x00, 0, 0, 0x800 }, "ld       #0x800" },
	{ "load the length", { 0x80, 0, 0, 0 }, "ld       #pktlen" },
	{ "load a half", { 0x28, 0, 0, 12 }, "ldh      [12]" },
	{ "load indirectly", { 0x50, 0, 0, 14 }, "ldb      [x + 14]" },
	{ "load below zero",
	  { 0x40, 0, 0, (uint32_t)-2 },
	  "ld       [x + -2]" },
	{ "load the header length",
	  { 0xb1, 0, 0, 14 },
	  "ldxb     4*([14]&0xf)" },
	{ "load from memory", { 0x61, 0, 0, 3 }, "ldx      M[3]" },
	{ "load the interface",
	  { 0x20, 0, 0, (uint32_t)SKF_AD_OFF + SKF_AD_IFINDEX },
	  "ld       [ifidx]" },
	{ "load the tag",
	  { 0x28, 0, 0, (uint32_t)SKF_AD_OFF + SKF_AD_VLAN_TAG },
	  "ldh      [vlan_tci]" },
	{ "load no ancillary value",
	  { 0x28, 0, 0, (uint32_t)SKF_AD_OFF + SKF_AD_MAX },
	  "ldh      [-4032]" },
	{ "no names with x",
	  { 0x48, 0, 0, (uint32_t)SKF_AD_OFF },
	  "ldh      [x + -4096]" },
	{ "store", { 0x03, 0, 0, 15 }, "stx      M[15]" },
	{ "add", { 0x04, 0, 0, (uint32_t)-1 }, "add      #-1" },
	{ "exclusive or", { 0xa4, 0, 0, 0xff }, "xor      #0xff" },
	{ "modulo x", { 0x9c, 0, 0, 0 }, "mod      x" },
	{ "negate", { 0x84, 0, 0, 0 }, "neg      " },
	{ "jump", { 0x05, 0, 0, 6 }, "ja       7" },
	{ "branch on a constant",
	  { 0x15, 0, 255, 0x86dd },
	  "jeq      #0x86dd          jt 1\tjf 256" },
	{ "branch on x",
	  { 0x4d, 3, 4, 0 },
	  "jset     x                jt 4\tjf 5" },
	{ "return all", { 0x06, 0, 0, UINT32_MAX }, "ret      #-1" },
	{ "return a", { 0x16, 0, 0, 0 }, "ret      " },
	{ "move", { 0x87, 0, 0, 0 }, "txa      " },
	{ "unknown",
	  { 0xfd, 1, 2, 3 },
	  "unimp    0xfd             jt 2\tjf 3" },
	{ "unknown, not a jump", { 0xfe, 1, 2, 3 }, "unimp    0xfe" },
};

static void run(void **state)
{
	const struct row *r = *state;
	char want[64], got[64];
	int len = snprintf(want, sizeof(want), "(000) %s\n", r->want);

	assert_int_equal(pktcap_bpf_dump(&r->insn, 1, PKTCAP_BPF_FORM_ASM, got,
					 sizeof(got)),
			 len);
	assert_string_equal(got, want);
}

static const struct pktcap_insn program[] = {
	{ 0x28, 0, 0, 12 },
	{ 0x15, 0, 1, 0x800 },
	{ 0x06, 0, 0, UINT32_MAX },
	{ 0x06, 0, 0, 0 },
};

enum { INSNS = sizeof(program) / sizeof(program[0]) };

static const char *const texts[] = {
	[PKTCAP_BPF_FORM_ASM] = "(000) ldh      [12]\n"
				"(001) jeq      #0x800           jt 2\tjf 3\n"
				"(002) ret      #-1\n"
				"(003) ret      #0\n",
	[PKTCAP_BPF_FORM_C] = "{ 0x28, 0, 0, 0x0000000c },\n"
			      "{ 0x15, 0, 1, 0x00000800 },\n"
			      "{ 0x6, 0, 0, 0xffffffff },\n"
			      "{ 0x6, 0, 0, 0x00000000 },\n",
	[PKTCAP_BPF_FORM_DECIMAL] = "4\n"
				    "40 0 0 12\n"
				    "21 0 1 2048\n"
				    "6 0 0 4294967295\n"
				    "6 0 0 0\n",
};

static void every_form_at_every_size(void **state)
{
	char got[128];

	(void)state;
	for (uint32_t form = PKTCAP_BPF_FORM_ASM;
	     form <= PKTCAP_BPF_FORM_DECIMAL; form++) {
		size_t len = strlen(texts[form]);

		assert_int_equal(pktcap_bpf_dump(program, INSNS, form, NULL, 0),
				 len);
		for (size_t size = 1; size <= len + 1; size++) {
			memset(got, '~', sizeof(got));
			assert_int_equal(pktcap_bpf_dump(program, INSNS, form,
							 got, size),
					 len);
			assert_int_equal(strlen(got), size - 1);
			assert_memory_equal(got, texts[form], size - 1);
			assert_int_equal(got[size], '~');
		}
	}
}

static void unknown_form(void **state)
{
	char got[8];

	(void)state;
	assert_int_equal(pktcap_bpf_dump(program, INSNS, 0, got, sizeof(got)),
			 -EINVAL);
	assert_int_equal(pktcap_bpf_dump(program, INSNS, 4, got, sizeof(got)),
			 -EINVAL);
}

typedef const char *(*image_function)(const struct pktcap_insn *insn, int n);

static void compare(image_function image, const struct pktcap_insn *insns,
		    int n)
{
	char got[128], want[128];
	int64_t before =
		pktcap_bpf_dump(insns, (size_t)n, PKTCAP_BPF_FORM_ASM, NULL, 0);
	static char all[1 << 16];

	pktcap_bpf_dump(insns, (size_t)n + 1, PKTCAP_BPF_FORM_ASM, all,
			sizeof(all));
	snprintf(got, sizeof(got), "%s", all + before);
	snprintf(want, sizeof(want), "%s\n", image(&insns[n], n));
	assert_string_equal(got, want);
}

/* Each code with numbers that show signs, bases and targets, as libpcap does.
 */
static void same_as_libpcap(void **state)
{
	static const uint32_t constants[] = {
		0, 9, 0x7fffffff, 0x80000000, 0xffffffff,
	};
	void *library = dlopen("libpcap.so.0.8", RTLD_NOW);
	image_function image;
	void *symbol;

	(void)state;
	if (!library)
		library = dlopen("libpcap.so.1", RTLD_NOW);
	if (!library)
		skip();
	symbol = dlsym(library, "bpf_image");
	assert_non_null(symbol);
	memcpy(&image, &symbol, sizeof(image));
	for (uint32_t code = 0; code <= UINT16_MAX; code++) {
		struct pktcap_insn insn = { (uint16_t)code, 7, 255,
					    constants[code % 5] };

		compare(image, &insn, 0);
	}
	for (uint32_t code = 0; code <= UINT8_MAX; code++) {
		struct pktcap_insn insns[1010] = { 0 };

		for (size_t i = 0; i < 5; i++) {
			insns[1009] = (struct pktcap_insn){ (uint16_t)code, 0,
							    255, constants[i] };
			compare(image, insns + 1000, 9);
			compare(image, insns, 1009);
		}
	}
	for (uint32_t k = (uint32_t)SKF_AD_OFF - 8; k; k++) {
		struct pktcap_insn insn = { BPF_LD | BPF_B | BPF_ABS, 0, 0, k };

		compare(image, &insn, 0);
	}
	dlclose(library);
}

int main(void)
{
	enum { ROWS = sizeof(rows) / sizeof(rows[0]) };
	struct CMUnitTest tests[ROWS + 3] = {
		cmocka_unit_test(every_form_at_every_size),
		cmocka_unit_test(unknown_form),
		cmocka_unit_test(same_as_libpcap),
	};

	for (size_t i = 0; i < ROWS; i++)
		tests[3 + i] = (struct CMUnitTest){
			.name = rows[i].name,
			.test_func = run,
			.initial_state = &rows[i],
		};
	return _cmocka_run_group_tests("bpf_dump", tests, ROWS + 3, NULL, NULL);
}
