# SPDX-License-Identifier: BSD-2-Clause
#
#   make          the library (static and shared), the examples, pktsniff
#   make demo     capture live in a namespace of its own, without root
#   make check    all tests (tests/install-deps.sh installs what they need)
#   make lint     rules a compiler does not check
#   make bench    ratios to libpcap, tcpdump and bare kernel loops
#   make fuzz     libFuzzer programs (clang); FUZZ_SECONDS=60 each
#   make golden   write the texts beside tests/data/*/*.pcap anew
#   make size     bytes of text a static capture program takes from us
#   make install  PREFIX=/usr/local DESTDIR=
#   make clean
#
# O=dir builds elsewhere, SAN=address,undefined or SAN=thread builds all with
# sanitizers, V=1 shows the commands, CC= CFLAGS= LDFLAGS= as usual.

PREFIX  ?= /usr/local
LIBDIR  ?= $(PREFIX)/lib
MANDIR  ?= $(PREFIX)/share/man
SAN     ?=
O       ?= build
CFLAGS  ?= -O2 -g
NM      ?= nm
OBJCOPY ?= objcopy
FUZZ_SECONDS ?= 60

version = $(shell sed -n 's/^.define PKTCAP_VERSION_$(1) //p' include/pktcap/base.h)
SOVER   := $(call version,MAJOR)
VERSION := $(SOVER).$(call version,MINOR).$(call version,PATCH)
SO      := libpktcap.so.$(VERSION)
A       := $(O)/libpktcap.a

WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wvla -Wundef -Wcast-qual -Wwrite-strings -Wpointer-arith
# A feature-test macro must come before the first system header: here, once.
ALL  := -std=c11 -D_GNU_SOURCE $(WARN) -Iinclude -MMD -MP -pthread \
	$(if $(SAN),-fsanitize=$(SAN) -fno-omit-frame-pointer)
LINK := -pthread $(if $(SAN),-fsanitize=$(SAN))
Q    := $(if $(V),,@)
say   = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2))
objs  = $(patsubst %.c,$(O)/obj/%.o,$(wildcard $(1)))

# An example for those who add a protocol: compiled, but in no library.
TEMPLATE := $(O)/obj/lib/proto/TEMPLATE.o
LIB      := $(filter-out $(TEMPLATE),$(call objs,lib/*/*.c))
EXAMPLES := $(patsubst %.c,$(O)/%,$(wildcard examples/*.c))
PKTSNIFF := $(O)/examples/pktsniff
PKTSEND  := $(O)/examples/pktsend
TESTS    := $(patsubst %.c,$(O)/%,$(wildcard tests/api/test_*.c \
	tests/unit/test_*.c tests/net/test_*.c tests/fault/test_*.c))
# What tshark and tcpdump say of our output, sanitizers do not change.
PEERS    := $(patsubst %,tests/api/%.sh,build_tshark decode_tshark pktsniff_tcpdump)
SCRIPTS  := $(filter-out $(if $(SAN),$(PEERS)),$(wildcard tests/api/*.sh tests/net/*.sh))
WORLD    := $(O)/tests/world
FUZZ     := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
REPLAY   := $(FUZZ:%=$(O)/replay/%)
LINES    := $(O)/tests/corpus/lines_pktcap $(O)/tests/corpus/lines_pcap
CORPUS   := $(LINES) $(O)/tests/corpus/stacks
BENCH    := $(patsubst %.c,$(O)/%,$(wildcard tests/bench/bench_*.c))

all: $(A) $(O)/$(SO) $(EXAMPLES) $(PKTSNIFF) $(TEMPLATE)

# --- objects: lib/ and tests of its inside see lib/, all else does not -------
$(O)/obj/lib/%:         FLAGS = -Ilib -fPIC -fvisibility=hidden
$(O)/obj/tests/%:       FLAGS = -Itests
$(O)/obj/tests/unit/%:  FLAGS = -Itests -Ilib
$(O)/obj/tests/fuzz/%:  FLAGS = -Itests -Ilib

# Changed flags or another compiler build all anew, instead of half of it.
$(O)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS)' | cmp -s - $@ || \
		echo '$(CC) $(ALL) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS)' > $@
FORCE:

$(O)/obj/%.o: %.c $(O)/flags
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL) $(FLAGS) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(O)/obj/%.o: %.cc $(O)/flags
	@mkdir -p $(@D)
	$(call say,CXX,$<)
	$(Q)$(CXX) -std=c++17 -Wall -MMD -MP $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# --- libraries --------------------------------------------------------------
# An archive cannot hide names: what is ours alone gets a prefix, or a program
# with a text_char() of its own could not be linked.
$(A): $(LIB)
	$(call say,AR,$@)
	$(Q)rm -rf $@ $(O)/archive && mkdir -p $(O)/archive
	$(Q)$(NM) -g --defined-only $^ | awk '$$3 ~ /^[a-z]/ && \
		$$3 !~ /^pktcap_/ { print $$3, "pktcap__" $$3 }' | \
		sort -u > $(O)/archive/names
	$(Q)set -e; for o in $(^:$(O)/obj/lib/%=%); do \
		$(OBJCOPY) --redefine-syms=$(O)/archive/names \
		$(O)/obj/lib/$$o $(O)/archive/$$(echo $$o | tr / -); done
	$(Q)$(AR) rcs $@ $(O)/archive/*.o

$(O)/$(SO): $(LIB) lib/pktcap.map
	$(call say,LD,$@)
	$(Q)$(CC) -shared -Wl,-soname,libpktcap.so.$(SOVER) \
		$(if $(SAN),,-Wl,-z,defs) -Wl,--version-script=lib/pktcap.map \
		$(LINK) $(CFLAGS) $(LDFLAGS) -o $@ $(LIB)
	$(Q)ln -sf $(SO) $(O)/libpktcap.so.$(SOVER)
	$(Q)ln -sf libpktcap.so.$(SOVER) $(O)/libpktcap.so

# --- programs ---------------------------------------------------------------
# An archive: who takes one helper needs not what the others call.
HELPERS := $(O)/tests/helpers.a
# The peer, where it is installed.
PCAP    := $(if $(wildcard /usr/include/pcap/pcap.h),-lpcap)
# Every call out of the library that can fail, for tests/fault to fail it.
WRAP    := $(shell sed -n 's/^WRAP.\([a-z_0-9]*\).*/-Wl,--wrap=\1/p' tests/fault/calls.h 2>/dev/null)

BENCHLIB := $(filter-out $(O)/obj/tests/bench/bench_%,$(call objs,tests/bench/*.c))

$(HELPERS): $(call objs,tests/support/*.c)
	@mkdir -p $(@D)
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^
$(EXAMPLES): $(O)/%: $(O)/obj/%.o $(A)
$(PKTSEND): $(O)/obj/examples/pktsniff/caret.o
$(PKTSNIFF): $(call objs,examples/pktsniff/*.c) $(A)
$(TESTS): $(O)/%: $(O)/obj/%.o $(HELPERS)
# Tests of the inside call it by its own names.
$(filter $(O)/tests/unit/%,$(TESTS)): $(LIB)
$(filter-out $(O)/tests/unit/%,$(TESTS)): $(A)
$(TESTS): LDLIBS = -lcmocka
$(O)/tests/unit/test_filter_parse $(O)/tests/api/test_filter_libpcap: LDLIBS = -lcmocka $(PCAP)
$(O)/tests/fault/%: WRAPPED = $(WRAP)
$(WORLD): $(O)/obj/tests/world.o $(HELPERS)
$(REPLAY): $(O)/replay/%: $(O)/obj/tests/fuzz/%.o $(O)/obj/tests/fuzz/replay.o \
	$(call objs,tests/support/packet*.c tests/support/grammar.c) \
	$(call objs,tests/support/rebuild.c tests/support/stack*.c) $(LIB)
$(CORPUS): $(O)/%: $(O)/obj/%.o $(HELPERS) $(A)
$(LINES): $(O)/obj/tests/corpus/lines.o
$(BENCH): $(O)/%: $(O)/obj/%.o $(BENCHLIB) $(HELPERS) $(A)
# Another peer, in C++.
ifneq ($(and $(wildcard /usr/include/tins/tins.h),$(shell command -v $(CXX))),)
WITH_TINS := $(O)/tests/bench/bench_decode $(O)/tests/bench/bench_build
$(WITH_TINS): $(O)/obj/tests/bench/peer_tins.o
$(WITH_TINS): PEER = -ltins -lstdc++
endif
$(CORPUS): LDLIBS = $(PCAP)
$(BENCH): LDLIBS = $(PCAP) $(PEER) -lm
$(EXAMPLES) $(PKTSNIFF) $(TESTS) $(WORLD) $(REPLAY) $(BENCH) $(CORPUS):
	@mkdir -p $(@D)
	$(call say,LD,$@)
	$(Q)$(CC) $(LINK) $(CFLAGS) $(LDFLAGS) $(WRAPPED) -o $@ $^ $(LDLIBS)

# --- what people run --------------------------------------------------------
demo: $(WORLD) $(PKTSNIFF)
	$(Q)O=$(O) tests/demo.sh

# Programs of all kinds, so that -j has something to do before tests run.
programs: all $(TESTS) $(REPLAY) $(WORLD) $(CORPUS)
check: all check-tests check-fuzz check-scripts lint
	@echo "all checks passed"
check-tests: $(TESTS)
	$(Q)O=$(O) tests/run.sh $(TESTS)
check-fuzz: $(REPLAY)
	$(Q)set -e; for f in $(FUZZ); do $(O)/replay/$$f tests/fuzz/corpus/$$f/*; done
check-scripts: all $(WORLD) $(CORPUS)
	$(Q)O=$(O) tests/run.sh $(SCRIPTS)
golden: $(PKTSNIFF)
	$(Q)O=$(O) UPDATE=1 tests/api/golden.sh
lint: $(O)/$(SO)
	$(Q)CC="$(CC)" O=$(O) tests/lint/run.sh $(O)/$(SO)
bench: all $(WORLD) $(BENCH)
	$(Q)O=$(O) tests/bench/run.sh
fuzz:
	$(Q)O=$(O) tests/fuzz/run.sh $(FUZZ_SECONDS) $(FUZZ)
size: $(O)/$(SO)
	$(Q)CC="$(CC)" O=$(O) tests/size.sh

install: all
	install -d $(DESTDIR)$(LIBDIR)/pkgconfig $(DESTDIR)$(PREFIX)/include/pktcap \
		$(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(MANDIR)/man1 \
		$(DESTDIR)$(MANDIR)/man3 $(DESTDIR)$(MANDIR)/man7
	install -m 644 include/pktcap/*.h $(DESTDIR)$(PREFIX)/include/pktcap
	install -m 644 $(A) $(DESTDIR)$(LIBDIR)
	install -m 755 $(O)/$(SO) $(DESTDIR)$(LIBDIR)
	ln -sf $(SO) $(DESTDIR)$(LIBDIR)/libpktcap.so.$(SOVER)
	ln -sf libpktcap.so.$(SOVER) $(DESTDIR)$(LIBDIR)/libpktcap.so
	install -m 755 $(PKTSNIFF) $(PKTSEND) $(DESTDIR)$(PREFIX)/bin
	sed 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|; s|@VERSION@|$(VERSION)|' \
		lib/pktcap.pc.in > $(DESTDIR)$(LIBDIR)/pkgconfig/pktcap.pc
	for s in 1 3 7; do install -m 644 docs/man/*.$$s $(DESTDIR)$(MANDIR)/man$$s; done
	docs/man/links.sh $(DESTDIR)$(MANDIR)/man3

clean:
	rm -rf $(O)

.PHONY: FORCE all demo programs check check-tests check-fuzz check-scripts golden lint bench fuzz \
	size install clean
.SECONDARY:
-include $(shell find $(O)/obj -name '*.d' 2>/dev/null)
