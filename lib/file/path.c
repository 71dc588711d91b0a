// SPDX-License-Identifier: BSD-2-Clause
/* Without it open(2) on a 32-bit machine refuses files beyond 2 GiB. */
#define _FILE_OFFSET_BITS 64
#include "file/path.h"

#include <errno.h>
#include <fcntl.h>

#include "base/descriptor.h"
#include "base/error.h"

static const struct reason {
	int code;
	const char *text;
} reasons[] = {
	{ ENOENT, "no such file or directory: check the path" },
	{ ENOTDIR, "a part of the path is not a directory: check the path" },
	{ EISDIR, "is a directory: name a file in it" },
	{ EACCES, "no permission: check owner and mode of the file and of its "
		  "directory" },
	{ EPERM, "not allowed: the file is sealed, immutable or append-only" },
	{ EROFS, "on a read-only file system: choose another place" },
	{ ENOSPC, "no space left: free some or choose another disk" },
	{ EDQUOT, "quota used up: free some or choose another place" },
	{ EMFILE, "too many open files: raise the limit (ulimit -n)" },
	{ ENAMETOOLONG, "name too long: choose a shorter one" },
	{ EBADF, "not an open descriptor of the right direction" },
	{ ENOMEM, "no memory to read it" },
	{ EAGAIN, "nothing to read yet: try again later" },
	{ EIO, "input/output error: check the disk" },
};

int path_error(struct pktcap_error *error, uint64_t offset, int code,
	       const char *call, const char *name)
{
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (reasons[i].code == -code)
			return error_set_at(error, offset, code, call, "%s: %s",
					    name, reasons[i].text);
	return error_set_at(error, offset, code, call,
			    "%s: %s failed with errno %d", name, call, -code);
}

int path_open(const char *path, int flags, unsigned int mode,
	      struct pktcap_error *error)
{
	int fd;

	do
		fd = open(path, flags | O_CLOEXEC, (mode_t)mode);
	while (fd < 0 && errno == EINTR);
	fd = descriptor_above_stdio(fd);
	return fd < 0 ? path_error(error, 0, fd, "open", path) : fd;
}
