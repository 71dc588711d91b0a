/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef BASE_DESCRIPTOR_H
#define BASE_DESCRIPTOR_H

/*
 * Moves a descriptor out of the way of standard input, output and error: in a
 * program that was started with one of them closed, what it prints would go
 * out on a packet socket, or into a capture file. Takes @fd, which may be -1
 * with errno set; returns a descriptor of at least 3 or a negative errno.
 */
int descriptor_above_stdio(int fd);

/* setsockopt(2) of an int: 0, or a negative errno. */
int socket_set(int fd, int level, int option, int value);

#endif
