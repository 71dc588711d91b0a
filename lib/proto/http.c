// SPDX-License-Identifier: BSD-2-Clause
/*
 * HTTP/1 (RFC 9112): lines that end in CR LF, or LF alone.
 *
 *	method SP target SP HTTP/1.1        or  HTTP/1.1 SP status SP reason
 *	name: value
 *	...
 *	(empty line)
 */
#include "proto/fields.h"

enum { METHOD_MAX = 24, VERSION = 8 /* HTTP/1.1 */ };

/* Behind the header of HTTP/2's preface. */
static const char preface_end[] = "SM\r\n\r\n";

/* Parts of the first line; empty where they are not there. */
struct start {
	struct bytes line, method, target, version, status, reason;
	bool ended; /* the line's end is there */
	bool response;
};

static bool begins(struct bytes b, const char *s)
{
	return bytes_has(b, 0, strlen(s)) && !memcmp(b.p, s, strlen(s));
}

static bool is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static size_t find(struct bytes b, char c)
{
	const uint8_t *at = b.n ? memchr(b.p, c, b.n) : NULL;

	return at ? (size_t)(at - b.p) : b.n;
}

/* Up to the line feed, which may have a carriage return in front. */
static struct bytes line_of(struct bytes b, bool *ended)
{
	struct bytes line = { b.p, find(b, '\n') };

	*ended = line.n < b.n;
	if (*ended && line.n && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

static bool is_version(struct bytes b)
{
	return b.n == VERSION && begins(b, "HTTP/") && is_digit(b.p[5]) &&
	       b.p[6] == '.' && is_digit(b.p[7]);
}

static struct bytes trim(struct bytes b)
{
	while (b.n && (*b.p == ' ' || *b.p == '\t'))
		b = bytes_slice(b, 1, b.n);
	while (b.n && strchr(" \t\r\n", b.p[b.n - 1]) && b.p[b.n - 1])
		b.n--;
	return b;
}

static void parse_response(struct start *s)
{
	struct bytes rest = trim(bytes_slice(s->line, VERSION, s->line.n));

	s->version = bytes_slice(s->line, 0, VERSION);
	s->status = bytes_slice(rest, 0, find(rest, ' '));
	s->reason = trim(bytes_slice(rest, s->status.n, rest.n));
}

/* Bytes of a version whose line was cut inside it: "HTT". */
static size_t cut_version(struct bytes rest)
{
	size_t n = 0;

	while (n < rest.n && rest.p[rest.n - 1 - n] != ' ')
		n++;
	if (n == rest.n || n >= VERSION)
		return 0;
	for (size_t i = 0; i < n; i++) {
		uint8_t c = rest.p[rest.n - n + i];

		if (i == 5 || i == 7 ? !is_digit(c) : c != "HTTP/1.1"[i])
			return 0;
	}
	return n;
}

static void parse_request(struct start *s)
{
	struct bytes rest;

	s->method = bytes_slice(s->line, 0, find(s->line, ' '));
	rest = trim(bytes_slice(s->line, s->method.n, s->line.n));
	if (rest.n > VERSION && rest.p[rest.n - VERSION - 1] == ' ') {
		s->version = bytes_slice(rest, rest.n - VERSION, VERSION);
		if (!is_version(s->version))
			s->version.n = 0;
	}
	if (!s->ended && !s->version.n)
		rest.n -= cut_version(rest);
	s->target = trim(bytes_slice(rest, 0, rest.n - s->version.n));
}

static struct start parse(struct bytes b)
{
	struct start s = { .response = begins(b, "HTTP/") };

	s.line = line_of(b, &s.ended);
	if (s.response)
		parse_response(&s);
	else
		parse_request(&s);
	return s;
}

/* Of RFC 9110, 9.3, PATCH and WebDAV: enough to believe half a line. */
static bool is_known_method(struct bytes method)
{
	static const char *const methods[] = {
		"GET",	    "HEAD",	  "POST",      "PUT",	 "DELETE",
		"CONNECT",  "OPTIONS",	  "TRACE",     "PATCH",	 "PRI",
		"PROPFIND", "PROPPATCH",  "MKCOL",     "COPY",	 "MOVE",
		"LOCK",	    "UNLOCK",	  "REPORT",    "SEARCH", "MERGE",
		"CHECKOUT", "MKACTIVITY", "SUBSCRIBE", "NOTIFY",
	};

	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++)
		if (method.n == strlen(methods[i]) &&
		    begins(method, methods[i]))
			return true;
	return false;
}

static bool is_token(struct bytes b)
{
	for (size_t i = 0; i < b.n; i++)
		if ((b.p[i] < 'A' || b.p[i] > 'Z') && b.p[i] != '-' &&
		    b.p[i] != '_')
			return false;
	return b.n > 1 && b.n <= METHOD_MAX;
}

static bool check_response(const struct start *s)
{
	if (!is_version(s->version))
		return false;
	for (size_t i = 0; i < s->status.n; i++)
		if (!is_digit(s->status.p[i]))
			return false;
	return s->status.n == 3 || (!s->ended && s->status.n < 3);
}

/*
 * A line is cut where the target is long: a path, or the URI that a proxy is
 * asked for. Other protocols have a GET, a DELETE or a LOCK with a name.
 */
static bool is_long_target(struct bytes target)
{
	return begins(target, "/") || begins(target, "http");
}

static bool check(struct bytes b)
{
	struct start s;

	/* Nearly all that is no HTTP has something else here. */
	if (b.n < 5 || b.p[0] < 'A' || b.p[0] > 'Z')
		return false;
	s = parse(b);
	if (s.response)
		return check_response(&s);
	if (!is_token(s.method) || !s.target.n)
		return false;
	if (s.version.n)
		return true;
	/* HTTP/0.9 had no version, and the target has no space in it. */
	if (s.ended)
		return begins(b, "GET /") && find(s.target, ' ') == s.target.n;
	return is_known_method(s.method) && is_long_target(s.target);
}

/* Bytes from the first line to the empty one; false if it is not there. */
static bool find_end(struct bytes b, size_t *len)
{
	const struct start s = parse(b);
	size_t at = 0;
	bool ended, empty;

	do {
		struct bytes rest = bytes_slice(b, at, b.n);

		*len = at + find(rest, '\n');
		empty = !line_of(rest, &ended).n;
		at = *len + 1;
	} while (ended && !empty && (at < b.n));
	*len = ended ? at : b.n;
	if (!(ended && empty))
		/* A simple request is a line. */
		return s.ended && !s.response && !s.version.n && at >= b.n;
	if (begins(s.method, "PRI") &&
	    begins(bytes_slice(b, *len, b.n), preface_end))
		*len += strlen(preface_end);
	return true;
}

static enum pktcap_status decode(struct step *step)
{
	size_t len;
	bool complete = find_end(step->b, &len);

	if (!complete && step->b.n < step->wire)
		return PKTCAP_STATUS_TRUNCATED;
	/* Another message behind it, or a body. */
	if (check(bytes_slice(step->b, len, step->b.n)))
		return step_next(step, len, NEXT_TCP, step->number);
	return step_next(step, len, NEXT_NOTHING, step->number);
}

static struct bytes header_bytes(const struct pktcap_layer *layer)
{
	return (struct bytes){ layer->data, layer->header_len };
}

/* The line at *offset, with the folded ones behind it. */
static int next_line(struct bytes b, uint32_t *offset, struct bytes *line)
{
	struct bytes rest = bytes_slice(b, *offset, b.n);
	size_t len = 0;
	bool ended;

	if (!line_of(rest, &ended).n)
		return ended ? 0 : -ENODATA;
	do
		len += find(bytes_slice(rest, len, rest.n), '\n') + 1;
	while (len < rest.n && (rest.p[len] == ' ' || rest.p[len] == '\t'));
	if (len > rest.n)
		return -ENODATA;
	*line = bytes_slice(rest, 0, len);
	*offset += (uint32_t)len;
	return 1;
}

int pktcap_http_header_next(const struct pktcap_layer *layer, uint32_t *offset,
			    struct pktcap_http_header *header)
{
	struct bytes b = header_bytes(layer), line, name, value;
	uint32_t at = *offset;
	int more;

	if (layer->proto != PKTCAP_PROTO_HTTP)
		return -EPROTOTYPE;
	if (!at)
		at = (uint32_t)find(b, '\n') + 1;
	*offset = at;
	/* The line of a simple request has nothing behind it. */
	if (at == b.n && layer->status == PKTCAP_STATUS_OK &&
	    !parse(b).version.n)
		return 0;
	more = next_line(b, offset, &line);
	if (more != 1)
		return more;
	name = bytes_slice(line, 0, find(line, ':'));
	value = trim(bytes_slice(line, name.n + 1, line.n));
	if (name.n == line.n) {
		value = trim(line);
		name.n = 0;
	}
	*header = (struct pktcap_http_header){
		.name = name.n ? name.p : NULL,
		.value = value.n ? value.p : NULL,
		.offset = at,
		.name_len = (uint32_t)name.n,
		.value_len = (uint32_t)value.n,
	};
	return 1;
}

static const struct label statuses[] = {
	/* clang-format off */
	{ 100, "Continue" }, { 101, "Switching Protocols" },
	{ 103, "Early Hints" }, { 200, "OK" }, { 201, "Created" },
	{ 202, "Accepted" }, { 204, "No Content" }, { 206, "Partial Content" },
	{ 207, "Multi-Status" }, { 301, "Moved Permanently" },
	{ 302, "Found" }, { 303, "See Other" }, { 304, "Not Modified" },
	{ 307, "Temporary Redirect" }, { 308, "Permanent Redirect" },
	{ 400, "Bad Request" }, { 401, "Unauthorized" }, { 403, "Forbidden" },
	{ 404, "Not Found" }, { 405, "Method Not Allowed" },
	{ 407, "Proxy Authentication Required" }, { 408, "Request Timeout" },
	{ 409, "Conflict" }, { 410, "Gone" }, { 411, "Length Required" },
	{ 412, "Precondition Failed" }, { 413, "Content Too Large" },
	{ 415, "Unsupported Media Type" }, { 416, "Range Not Satisfiable" },
	{ 421, "Misdirected Request" }, { 426, "Upgrade Required" },
	{ 429, "Too Many Requests" }, { 500, "Internal Server Error" },
	{ 501, "Not Implemented" }, { 502, "Bad Gateway" },
	{ 503, "Service Unavailable" }, { 504, "Gateway Timeout" },
	{ 505, "HTTP Version Not Supported" },
	{ 0, NULL },
	/* clang-format on */
};

static uint16_t status_of(struct bytes b)
{
	return b.n == 3 ? (uint16_t)((b.p[0] - '0') * 100 +
				     (b.p[1] - '0') * 10 + (b.p[2] - '0'))
			: 0;
}

static void text(struct fields *f, const char *name, struct bytes b)
{
	if (b.n)
		fields_data(f, name, PKTCAP_FIELD_TEXT, (size_t)(b.p - f->b.p),
			    b.n);
}

static void start_fields(struct fields *f, const struct start *s)
{
	uint16_t status = status_of(s->status);

	text(f, "method", s->method);
	text(f, "target", s->target);
	text(f, "version", s->version);
	if (s->status.n)
		fields_number(f, "status", PKTCAP_FIELD_UINT, status,
			      (size_t)(s->status.p - f->b.p), s->status.n,
			      label_of(statuses, status));
	text(f, "reason", s->reason);
}

static void fields(struct fields *f, const struct pktcap_layer *layer)
{
	struct bytes b = header_bytes(layer), line;
	struct pktcap_http_header header;
	struct start s = parse(b);
	uint32_t at = 0;
	int more = 0;

	start_fields(f, &s);
	fields_list(f, "headers");
	while (!f->stopped &&
	       (more = pktcap_http_header_next(layer, &at, &header)) == 1) {
		fields_group(f, "header", header.offset, at - header.offset);
		text(f, "name", (struct bytes){ header.name, header.name_len });
		text(f, "value",
		     (struct bytes){ header.value, header.value_len });
		fields_end(f);
	}
	fields_end(f);
	if (f->stopped)
		return;
	/* The line that has no end here. */
	line = bytes_slice(b, at, b.n);
	if (more && s.ended)
		text(f, "partial", line);
	fields_number(f, "complete", PKTCAP_FIELD_FLAG, !more, 0, 0, NULL);
}

int pktcap_http_get(const struct pktcap_layer *layer, struct pktcap_http *out)
{
	struct bytes b = header_bytes(layer);
	int err = layer_expect(layer, PKTCAP_PROTO_HTTP, 1);
	size_t len;
	struct start s;

	if (err)
		return err;
	s = parse(b);
	*out = (struct pktcap_http){
		.method = s.method.n ? s.method.p : NULL,
		.target = s.target.n ? s.target.p : NULL,
		.reason = s.reason.n ? s.reason.p : NULL,
		.method_len = (uint32_t)s.method.n,
		.target_len = (uint32_t)s.target.n,
		.reason_len = (uint32_t)s.reason.n,
		.status = status_of(s.status),
		.response = s.response,
		.complete = find_end(b, &len),
	};
	if (is_version(s.version)) {
		out->version_major = s.version.p[5] - '0';
		out->version_minor = s.version.p[7] - '0';
	}
	return 0;
}

const struct proto proto_http = {
	.name = "http",
	.title = "Hypertext Transfer Protocol",
	.level = PKTCAP_LEVEL_APPLICATION,
	.decode = decode,
	.check = check,
	.fields = fields,
};
