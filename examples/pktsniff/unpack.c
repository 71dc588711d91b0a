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

enum { FAILED = -1, NOT_INSTALLED = 127 };

/* What the library says a file was packed with, if we know how to run that. */
static const char *tool_for(const char *call)
{
	static const char *const tools[] = { "gzip", "zstd", "lz4", "xz",
					     "bzip2" };

	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++)
		if (strcmp(tools[i], call) == 0)
			return tools[i];
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

bool unpack_can(const char *path, const struct pktcap_error *error)
{
	struct stat status;

	/* Of a pipe the first bytes are gone. */
	return error->code == -EPROTO && tool_for(error->call) &&
	       !stat(path, &status) && S_ISREG(status.st_mode);
}

int unpack_open(struct unpack *unpack, const char *path,
		const struct pktcap_error *error)
{
	int fd, in = open(path, O_RDONLY | O_CLOEXEC);

	*unpack = (struct unpack){ .tool = tool_for(error->call) };
	if (in < 0) {
		say("%s: %s", path, strerror(errno));
		return FAILED;
	}
	fd = start(unpack, in, path);
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
