/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every call out of the library that can fail, or that gives back what another
 * one took. The Makefile reads the names; tests/lint/faults.sh sees that none
 * is missing. For fault.h only, which defines WRAP.
 *
 * WRAP(name, kind, type, parameters, arguments, held, failed, errno...)
 *
 * kind:   CALL fails instead of doing anything, PART may also do a part, LATE
 *         does it and fails then, GIVE cannot fail
 * held:   how much memory (ALLOC) or map (MAP) more is held after success
 * failed: what it returns when it fails
 *
 * ioctl, open, fcntl and syscall take any arguments; the few that are passed
 * to them here go the same way as named ones on every Linux.
 */
WRAP(malloc, CALL, void *, (size_t n), (n), ALLOC(result != NULL), NULL, ENOMEM)
WRAP(calloc, CALL, void *, (size_t n, size_t size), (n, size),
     ALLOC(result != NULL), NULL, ENOMEM)
WRAP(realloc, CALL, void *, (void *p, size_t n), (p, n),
     ALLOC(result != NULL && !p), NULL, ENOMEM)
WRAP(free, GIVE, void, (void *p), (p), ALLOC(-(p != NULL)), , 0)
WRAP(mmap, CALL, void *,
     (void *p, size_t n, int prot, int flags, int fd, off_t off),
     (p, n, prot, flags, fd, off), MAP(result != MAP_FAILED), MAP_FAILED,
     ENOMEM, EPERM, EAGAIN)
WRAP(mmap64, CALL, void *,
     (void *p, size_t n, int prot, int flags, int fd, int64_t off),
     (p, n, prot, flags, fd, off), MAP(result != MAP_FAILED), MAP_FAILED,
     ENOMEM, EPERM, EAGAIN)
WRAP(munmap, LATE, int, (void *p, size_t n), (p, n), MAP(-(result == 0)), -1, 0)
WRAP(if_nameindex, CALL, struct if_nameindex *, (void), (),
     ALLOC(result != NULL), NULL, ENOBUFS, ENOMEM)
WRAP(if_freenameindex, GIVE, void, (struct if_nameindex * p), (p),
     ALLOC(-(p != NULL)), , 0)
WRAP(pthread_create, CALL, int,
     (pthread_t * thread, const pthread_attr_t *attr, void *(*fn)(void *),
      void *arg),
     (thread, attr, fn, arg), NOTHING, EAGAIN, EAGAIN)
WRAP(socket, CALL, int, (int domain, int type, int protocol),
     (domain, type, protocol), NOTHING, -1, EPERM, EMFILE, ENOBUFS,
     EAFNOSUPPORT)
WRAP(bind, CALL, int, (int fd, const struct sockaddr *addr, socklen_t len),
     (fd, addr, len), NOTHING, -1, ENOMEM, EACCES)
WRAP(getsockname, CALL, int, (int fd, struct sockaddr *addr, socklen_t *len),
     (fd, addr, len), NOTHING, -1, ENOBUFS)
WRAP(setsockopt, CALL, int,
     (int fd, int level, int option, const void *value, socklen_t len),
     (fd, level, option, value, len), NOTHING, -1, ENOMEM, ENOPROTOOPT, EPERM)
WRAP(getsockopt, CALL, int,
     (int fd, int level, int option, void *value, socklen_t *len),
     (fd, level, option, value, len), NOTHING, -1, ENOPROTOOPT, ENOBUFS)
WRAP(ioctl, CALL, int, (int fd, unsigned long request, void *arg),
     (fd, request, arg), NOTHING, -1, ENODEV, EPERM, EIO, ENOTTY)
WRAP(sendto, CALL, ssize_t,
     (int fd, const void *p, size_t n, int flags, const struct sockaddr *addr,
      socklen_t len),
     (fd, p, n, flags, addr, len), NOTHING, -1, EINTR, ENOBUFS, EPERM)
WRAP(sendmmsg, CALL, int,
     (int fd, struct mmsghdr *messages, unsigned int n, int flags),
     (fd, messages, n, flags), NOTHING, -1, EINTR, ENOBUFS, EAGAIN, ENETDOWN,
     ENOMEM)
WRAP(recvmsg, CALL, ssize_t, (int fd, struct msghdr *message, int flags),
     (fd, message, flags), NOTHING, -1, EINTR, ENOBUFS, ENOMEM)
WRAP(recvmmsg, CALL, int,
     (int fd, struct mmsghdr *messages, unsigned int n, int flags,
      struct timespec *timeout),
     (fd, messages, n, flags, timeout), NOTHING, -1, EINTR, ENOBUFS, ENOMEM,
     ENETDOWN)
WRAP(poll, CALL, int, (struct pollfd * fds, nfds_t n, int timeout),
     (fds, n, timeout), NOTHING, -1, EINTR, ENOMEM)
WRAP(epoll_create1, CALL, int, (int flags), (flags), NOTHING, -1, EMFILE,
     ENOMEM)
WRAP(epoll_ctl, CALL, int,
     (int epoll_fd, int op, int fd, struct epoll_event *event),
     (epoll_fd, op, fd, event), NOTHING, -1, ENOMEM, ENOSPC)
WRAP(epoll_wait, CALL, int,
     (int epoll_fd, struct epoll_event *events, int n, int timeout),
     (epoll_fd, events, n, timeout), NOTHING, -1, EINTR, EINVAL)
WRAP(eventfd, CALL, int, (unsigned int value, int flags), (value, flags),
     NOTHING, -1, EMFILE, ENOMEM)
WRAP(syscall, CALL, long, (long number, long a, long b, long c),
     (number, a, b, c), NOTHING, -1, ENOSYS, EPERM)
WRAP(inotify_init1, CALL, int, (int flags), (flags), NOTHING, -1, EMFILE,
     ENOMEM)
WRAP(inotify_add_watch, CALL, int, (int fd, const char *path, uint32_t mask),
     (fd, path, mask), NOTHING, -1, ENOSPC, ENOENT, EACCES)
WRAP(inotify_rm_watch, CALL, int, (int fd, int watch), (fd, watch), NOTHING, -1,
     EINVAL)
WRAP(open, CALL, int, (const char *path, int flags, unsigned int mode),
     (path, flags, mode), NOTHING, -1, EACCES, EMFILE, EINTR)
WRAP(open64, CALL, int, (const char *path, int flags, unsigned int mode),
     (path, flags, mode), NOTHING, -1, EACCES, EMFILE, EINTR)
WRAP(close, LATE, int, (int fd), (fd), NOTHING, -1, EIO, EINTR)
WRAP(opendir, CALL, DIR *, (const char *path), (path), ALLOC(result != NULL),
     NULL, EACCES, EMFILE, ENOENT)
WRAP(readdir, CALL, struct dirent *, (DIR * dir), (dir), NOTHING, NULL, EIO)
WRAP(closedir, LATE, int, (DIR * dir), (dir), ALLOC(-1), -1, EINTR)
WRAP(readlinkat, CALL, ssize_t,
     (int fd, const char *path, char *buf, size_t size), (fd, path, buf, size),
     NOTHING, -1, EACCES, ENOENT)
WRAP(read, CALL, ssize_t, (int fd, void *p, size_t n), (fd, p, n), NOTHING, -1,
     EINTR, EIO)
WRAP(write, CALL, ssize_t, (int fd, const void *p, size_t n), (fd, p, n),
     NOTHING, -1, EINTR, EIO)
WRAP(writev, PART, ssize_t, (int fd, const struct iovec *iov, int n),
     (fd, iov, n), NOTHING, -1, EINTR, ENOSPC, EIO, SHORT, FULL)
WRAP(fdatasync, CALL, int, (int fd), (fd), NOTHING, -1, EINTR, EIO)
WRAP(fcntl, CALL, int, (int fd, int command, long arg), (fd, command, arg),
     NOTHING, -1, EBADF)
WRAP(fcntl64, CALL, int, (int fd, int command, long arg), (fd, command, arg),
     NOTHING, -1, EBADF)
WRAP(fstat, CALL, int, (int fd, struct stat *st), (fd, st), NOTHING, -1, EIO,
     ENOMEM)
WRAP(fstat64, CALL, int, (int fd, void *st), (fd, st), NOTHING, -1, EIO, ENOMEM)
WRAP(lseek, CALL, off_t, (int fd, off_t offset, int whence),
     (fd, offset, whence), NOTHING, -1, ESPIPE)
WRAP(lseek64, CALL, int64_t, (int fd, int64_t offset, int whence),
     (fd, offset, whence), NOTHING, -1, ESPIPE)
WRAP(ftruncate, CALL, int, (int fd, off_t length), (fd, length), NOTHING, -1,
     EIO)
WRAP(ftruncate64, CALL, int, (int fd, int64_t length), (fd, length), NOTHING,
     -1, EIO)
WRAP(unlink, CALL, int, (const char *path), (path), NOTHING, -1, EACCES, EIO)
WRAP(rename, CALL, int, (const char *from, const char *to), (from, to), NOTHING,
     -1, EACCES, ENOSPC)
WRAP(nanosleep, CALL, int, (const struct timespec *time, struct timespec *left),
     (time, left), NOTHING, -1, EINTR)
WRAP(clock_nanosleep, CALL, int,
     (clockid_t clock, int flags, const struct timespec *time,
      struct timespec *left),
     (clock, flags, time, left), NOTHING, err, EINTR)
WRAP(if_nametoindex, CALL, unsigned int, (const char *name), (name), NOTHING, 0,
     ENODEV)
