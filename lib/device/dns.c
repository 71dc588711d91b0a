// SPDX-License-Identifier: BSD-2-Clause
#include <pktcap/device.h>

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/error.h"
#include "device/resolv.h"

#define SYSTEM_FILE "/etc/resolv.conf"
#define RESOLVED_FILE "/run/systemd/resolve/resolv.conf"
#define FILE_MAX 65536u

struct servers {
	struct pktcap_address *at;
	size_t max;
	int count;
	int stubs; /* of them are systemd-resolved on this host */
};

static bool is_stub(const struct pktcap_address *a)
{
	static const uint8_t start[3] = { 127, 0, 0 };

	return a->family == AF_INET && !memcmp(a->bytes, start, 3) &&
	       (a->bytes[3] == 53 || a->bytes[3] == 54);
}

static uint32_t scope_index(const char *scope)
{
	uint32_t n = 0;

	if (!*scope)
		return 0;
	for (const char *s = scope; *s; s++) {
		if (*s < '0' || *s > '9' || n > INT32_MAX / 10 - 1)
			return if_nametoindex(scope);
		n = n * 10 + (uint32_t)(*s - '0');
	}
	return n;
}

static void parse(struct bytes text, struct servers *servers)
{
	struct pktcap_address server;
	char scope[PKTCAP_DEVICE_NAME_SIZE];

	while (resolv_next(&text, &server, scope)) {
		if ((size_t)servers->count < servers->max) {
			server.ifindex = scope_index(scope);
			servers->at[servers->count] = server;
		}
		servers->count++;
		servers->stubs += is_stub(&server);
	}
}

/* Bytes read, up to the last whole line where the file is longer. */
static ssize_t read_file(int fd, uint8_t *buf)
{
	size_t have = 0;

	while (have < FILE_MAX) {
		ssize_t n = read(fd, buf + have, FILE_MAX - have);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			return (ssize_t)have;
		have += (size_t)n;
	}
	while (have && buf[have - 1] != '\n')
		have--;
	return (ssize_t)have;
}

/* No file, no servers. */
static int parse_file(const char *path, struct servers *servers,
		      struct pktcap_error *error)
{
	uint8_t *buf;
	ssize_t n;
	/* Were it a pipe, opening it would wait. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return 0;
	if (fd < 0)
		return error_set(error, -errno, "open",
				 "%s: cannot be opened (error %d): check its "
				 "permissions",
				 path, errno);
	buf = malloc(FILE_MAX);
	n = buf ? read_file(fd, buf) : -ENOMEM;
	if (n > 0)
		parse((struct bytes){ buf, (size_t)n }, servers);
	free(buf);
	close(fd);
	if (n < 0)
		return error_set(error, (int)n, "read",
				 "%s: cannot be read (error %d)", path,
				 (int)-n);
	return 0;
}

int pktcap_device_dns_servers(struct pktcap_address *servers, size_t max,
			      struct pktcap_error *error)
{
	struct servers s = { .at = servers, .max = max };
	int r = parse_file(SYSTEM_FILE, &s, error);

	if (r == 0 && s.count && s.stubs == s.count)
		r = parse_file(RESOLVED_FILE, &s, error);
	return r < 0 ? r : s.count;
}
