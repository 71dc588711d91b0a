// SPDX-License-Identifier: BSD-2-Clause
#include "screen.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define ENTER "\033[?1049h\033[?25l"
#define LEAVE "\033[?25h\033[?1049l"

/* Handlers of signals need them. */
static int keyboard = -1;
static struct termios as_it_was;
static volatile sig_atomic_t is_on;
static volatile sig_atomic_t changed;

static bool in_front(void)
{
	int fd = keyboard >= 0 ? keyboard : STDOUT_FILENO;
	pid_t group = tcgetpgrp(fd);

	return group < 0 || group == getpgrp();
}

/* From here to stop_and_continue(): also called by handlers of signals. */
static int write_all(const char *text, size_t len)
{
	struct pollfd pollfd = { .fd = STDOUT_FILENO, .events = POLLOUT };
	ssize_t n;

	for (; len; text += n, len -= (size_t)n) {
		n = write(STDOUT_FILENO, text, len);
		if (n < 0 && errno == EAGAIN)
			poll(&pollfd, 1, -1);
		else if (n < 0 && errno != EINTR)
			return -errno;
		n = n < 0 ? 0 : n;
	}
	return 0;
}

static void enter(void)
{
	struct termios raw = as_it_was;

	if (is_on || !in_front())
		return;
	is_on = 1;
	/* Ctrl-C and Ctrl-Z stay signals. */
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	raw.c_cc[VMIN] = 0;
	raw.c_cc[VTIME] = 0;
	if (keyboard >= 0)
		tcsetattr(keyboard, TCSANOW, &raw);
	write_all(ENTER, sizeof(ENTER) - 1);
}

static void leave(void)
{
	if (!is_on)
		return;
	is_on = 0;
	write_all(LEAVE, sizeof(LEAVE) - 1);
	if (keyboard >= 0)
		tcsetattr(keyboard, TCSANOW, &as_it_was);
}

static void on_change(int number)
{
	(void)number;
	changed = 1;
}

static void on_continue(int number)
{
	int saved = errno;

	(void)number;
	enter();
	changed = 1;
	errno = saved;
}

static void on_stop(int number)
{
	int saved = errno;

	(void)number;
	leave();
	raise(SIGSTOP);
	errno = saved;
}

/* SA_RESETHAND: the second one ends the program as it would have done. */
static void on_death(int number)
{
	leave();
	raise(number);
}

static void install(int number, void (*handler)(int), int flags)
{
	struct sigaction action = { .sa_handler = handler, .sa_flags = flags };

	sigemptyset(&action.sa_mask);
	sigaction(number, &action, NULL);
}

/* Those that end the program at once; signals.c has those that ask it to. */
static void install_all(void)
{
	static const int deadly[] = { SIGQUIT, SIGILL,	SIGTRAP,   SIGABRT,
				      SIGBUS,  SIGFPE,	SIGSEGV,   SIGALRM,
				      SIGSYS,  SIGXCPU, SIGVTALRM, SIGPROF,
				      SIGIO,   SIGPWR };

	for (size_t i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++)
		install(deadly[i], on_death, (int)(SA_RESETHAND | SA_NODEFER));
	install(SIGWINCH, on_change, 0);
	install(SIGCONT, on_continue, 0);
	install(SIGTSTP, on_stop, 0);
}

const char *screen_refusal(void)
{
	const char *term = getenv("TERM");

	if (!isatty(STDOUT_FILENO))
		return "standard output is not a terminal: use --stats";
	if (!term || !*term || strcmp(term, "dumb") == 0)
		return "TERM names no terminal that can do it: use --stats";
	return NULL;
}

/*
 * A descriptor of our own: a signal may close standard input, and packets may
 * come from there.
 */
static void open_keyboard(void)
{
	if (isatty(STDIN_FILENO))
		keyboard = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	else
		keyboard = open("/dev/tty", O_RDONLY | O_CLOEXEC);
	if (keyboard >= 0 && tcgetattr(keyboard, &as_it_was)) {
		close(keyboard);
		keyboard = -1;
	}
}

void screen_open(void)
{
	open_keyboard();
	install_all();
	atexit(leave);
	enter();
}

void screen_close(void)
{
	leave();
	if (keyboard >= 0)
		close(keyboard);
	keyboard = -1;
}

struct screen_size screen_size(void)
{
	struct screen_size size = { 24, 80 };
	struct winsize window;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_row &&
	    window.ws_col)
		size = (struct screen_size){ window.ws_row, window.ws_col };
	return size;
}

int screen_key_fd(void)
{
	return is_on ? keyboard : -1;
}

int screen_key(void)
{
	struct pollfd pollfd = { .fd = screen_key_fd(), .events = POLLIN };
	unsigned char key;

	if (pollfd.fd < 0 || poll(&pollfd, 1, 0) <= 0)
		return 0;
	if (read(pollfd.fd, &key, 1) == 1)
		return key;
	/* The terminal is gone: it would be readable for ever. */
	close(keyboard);
	keyboard = -1;
	return 0;
}

bool screen_changed(void)
{
	bool was = changed;

	if (was)
		changed = 0;
	return was;
}

bool screen_has_colour(void)
{
	const char *no = getenv("NO_COLOR");

	return !no || !*no;
}

int screen_draw(const char *text, size_t len)
{
	struct pollfd pollfd = { .fd = STDOUT_FILENO, .events = POLLOUT };

	enter();
	/* Ctrl-S stops the picture, not the capture. */
	if (!is_on || poll(&pollfd, 1, 0) <= 0)
		return 0;
	return pollfd.revents & POLLOUT ? write_all(text, len) : -EIO;
}
