/* SPDX-License-Identifier: BSD-2-Clause */
#include "unpack.h"
#include "message.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_PACKED = -1, FAILED = -2, NOT_INSTALLED = 127 };

static const struct {
	size_t n;
	char start[4];
	const char *tool;
} kinds[] = {
	{ 2, "\x1f\x8b", "gzip" },
	{ 4, "\x28\xb5\x2f\xfd", "zstd" },
	{ 4, "\x04\x22\x4d\x18", "lz4" },
	{ 4, "\xfd\x37zX", "xz" },
	{ 3, "BZh", "bzip2" },
};

/* What unpacks a file that begins so; NULL if it is not packed. */
static const char *tool_for(int fd)
{
	char start[4] = "";
	ssize_t n = pread(fd, start, sizeof(start), 0);

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (n >= (ssize_t)kinds[i].n &&
		    memcmp(start, kinds[i].start, kinds[i].n) == 0)
			return kinds[i].tool;
	return NULL;
}

/* The program's own rights are the user's already: see privilege_lower(). */
static void become(const char *tool, int in, int out)
{
	signal(SIGPIPE, SIG_DFL);
	if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0)
		execlp(tool, tool, "-dc", (char *)NULL);
	_exit(NOT_INSTALLED);
}

static int start(struct unpack *unpack, int in, const char *path)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC)) {
		say("%s: %s", path, strerror(errno));
		return FAILED;
	}
	unpack->pid = fork();
	if (unpack->pid == 0)
		become(unpack->tool, in, ends[1]);
	close(ends[1]);
	if (unpack->pid > 0)
		return ends[0];
	say("%s: %s cannot be started: %s", path, unpack->tool,
	    strerror(errno));
	unpack->pid = 0;
	close(ends[0]);
	return FAILED;
}

int unpack_open(struct unpack *unpack, const char *path)
{
	struct stat status;
	int fd, in;

	*unpack = (struct unpack){ 0 };
	/* Opening a fifo here would take its writer away from the reader. */
	if (stat(path, &status) || !S_ISREG(status.st_mode))
		return NOT_PACKED;
	in = open(path, O_RDONLY | O_CLOEXEC);
	if (in < 0)
		return NOT_PACKED; /* the reader says why */
	unpack->tool = tool_for(in);
	fd = unpack->tool ? start(unpack, in, path) : NOT_PACKED;
	close(in);
	return fd;
}

int unpack_close(struct unpack *unpack, int fd, const char *path,
		 int read_to_end)
{
	int status = 0;

	close(fd);
	if (!unpack->pid)
		return 0;
	while (waitpid(unpack->pid, &status, 0) < 0 && errno == EINTR)
		;
	unpack->pid = 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_INSTALLED) {
		say("%s: is compressed, and %s is not installed: unpack it "
		    "elsewhere, or install %s",
		    path, unpack->tool, unpack->tool);
		return -1;
	}
	if (!read_to_end || (WIFEXITED(status) && WEXITSTATUS(status) == 0))
		return 0;
	say("%s: %s could not unpack all of it", path, unpack->tool);
	return -1;
}
