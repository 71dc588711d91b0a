/* SPDX-License-Identifier: BSD-2-Clause */
#include "postrotate.h"
#include "message.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void become(const char *command, const char *file)
{
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	setpriority(PRIO_PROCESS, 0, 19);
	execlp(command, command, file, (char *)NULL);
	say("-z %s: %s", command, strerror(errno));
	_exit(127);
}

void postrotate_run(const char *command, const char *file)
{
	pid_t pid = fork();

	if (pid == 0) {
		/* A grandchild is init's to wait for. */
		pid = fork();
		if (pid == 0)
			become(command, file);
		_exit(pid < 0);
	}
	if (pid < 0)
		say("-z %s: %s", command, strerror(errno));
	while (pid > 0 && waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}
