// SPDX-License-Identifier: BSD-2-Clause
/*
 * Protocols made of lines of text: the first line, or all of them with -v, if
 * it is a request or a response; otherwise their name alone.
 */
#include "print/line_text.h"

#include <strings.h>

enum { TOKEN_MAX = 32 };

static const char *const http_commands[] = {
	"GET",	       "PUT",	      "COPY",	   "HEAD",	 "LOCK",
	"MOVE",	       "POLL",	      "POST",	   "BCOPY",	 "BMOVE",
	"MKCOL",       "TRACE",	      "LABEL",	   "MERGE",	 "PATCH",
	"DELETE",      "SEARCH",      "UNLOCK",	   "REPORT",	 "UPDATE",
	"NOTIFY",      "CONNECT",     "OPTIONS",   "CHECKIN",	 "PROPFIND",
	"CHECKOUT",    "SUBSCRIBE",   "PROPPATCH", "UNCHECKOUT", "MKACTIVITY",
	"MKWORKSPACE", "UNSUBSCRIBE", NULL,
};

static const char *const ftp_commands[] = {
	"ABOR", "ACCT", "ADAT", "ALLO", "APPE", "AUTH", "CCC",	"CDUP", "CLNT",
	"CONF", "CWD",	"DELE", "ENC",	"EPRT", "EPSV", "FEAT", "HASH", "HELP",
	"HOST", "LANG", "LIST", "LPRT", "LPSV", "MDTM", "MIC",	"MKD",	"MLSD",
	"MLST", "MODE", "NLST", "NOOP", "OPTS", "PASS", "PASV", "PBSZ", "PORT",
	"PROT", "PWD",	"QUIT", "REIN", "REST", "RETR", "RMD",	"RNFR", "RNTO",
	"SITE", "SIZE", "SMNT", "STAT", "STOR", "STOU", "STRU", "SYST", "TYPE",
	"USER", "XCWD", "XMKD", "XPWD", "XRMD", NULL,
};

static const char *const sip_commands[] = {
	"ACK",	   "BYE",      "CANCEL",    "INFO",   "INVITE",
	"MESSAGE", "NOTIFY",   "OPTIONS",   "PRACK",  "PUBLISH",
	"REFER",   "REGISTER", "SUBSCRIBE", "UPDATE", NULL,
};

static const char *const rtsp_commands[] = {
	"ANNOUNCE", "DESCRIBE", "GET_PARAMETER", "OPTIONS",
	"PAUSE",    "PLAY",	"RECORD",	 "REDIRECT",
	"SETUP",    "SET",	"SET_PARAMETER", "TEARDOWN",
	NULL,
};

const struct line_text line_text_http = { "HTTP", "http", http_commands, 1 };
static const struct line_text ftp = { "FTP", "ftp", ftp_commands, 0 };
static const struct line_text smtp = { "SMTP", "smtp", NULL, 0 };
static const struct line_text sip = { "SIP", "sip", sip_commands, 1 };
static const struct line_text rtsp = { "RTSP", "rtsp", rtsp_commands, 1 };

const struct line_text *line_text_of_tcp(uint16_t port)
{
	switch (port) {
	case 21:
		return &ftp;
	case 25:
	case 587:
		return &smtp;
	case 80:
	case 3128:
	case 8080:
		return &line_text_http;
	case 554:
	case 8554:
		return &rtsp;
	default:
		return NULL;
	}
}

const struct line_text *line_text_of_udp(uint16_t port)
{
	return port == 5060 || port == 5061 ? &sip : NULL;
}

static bool printable(uint8_t c)
{
	return c >= ' ' && c <= '~';
}

/*
 * The word at @at, terminated in @token; where the next one begins, or 0 if
 * this is none.
 */
static size_t parse_token(const uint8_t *data, size_t n, size_t at,
			  char token[static TOKEN_MAX])
{
	size_t len = 0;

	for (; at < n && data[at] > ' ' && printable(data[at]); at++) {
		if (len + 1 >= TOKEN_MAX)
			return 0;
		token[len++] = (char)data[at];
	}
	token[len] = '\0';
	while (at < n && data[at] == ' ')
		at++;
	return len ? at : 0;
}

static bool is_code(const char *token)
{
	size_t digits = strspn(token, "0123456789");

	/* "220-" begins a response of several lines. */
	return digits == 3 && (!token[3] || token[3] == '-');
}

static bool is_message(const struct line_text *protocol, const uint8_t *data,
		       size_t n)
{
	char token[TOKEN_MAX];
	size_t at;

	if (!protocol->commands)
		return true;
	at = parse_token(data, n, 0, token);
	if (!at)
		return false;
	for (const char *const *c = protocol->commands; *c; c++)
		if (!strcasecmp(token, *c))
			return true;
	if (protocol->code_at && !parse_token(data, n, at, token))
		return false;
	return is_code(token);
}

/* Its tabs do no harm, and have a meaning in a table. */
static void put_tabbed(struct line *l, const uint8_t *data, size_t n)
{
	const uint8_t *tab;

	for (; (tab = memchr(data, '\t', n)); data = tab + 1) {
		put_safe(&l->t, data, (size_t)(tab - data));
		put_char(&l->t, '\t');
		n -= (size_t)(tab - data) + 1;
	}
	put_safe(&l->t, data, n);
}

/*
 * A line with @prefix in front. Returns where the next one begins; 0 if this is
 * none, or has no end.
 */
static size_t put_text_line(struct line *l, const struct line_text *protocol,
			    const char *prefix, const uint8_t *data, size_t n,
			    size_t from, bool cut)
{
	size_t at = from, ending;

	while (at < n && (printable(data[at]) || data[at] == '\t'))
		at++;
	if (at == n) {
		if (!cut) {
			put_string(&l->t, prefix);
			put_tabbed(l, data + from, at - from);
		}
		line_truncated(l, protocol->short_name);
		return 0;
	}
	ending = data[at] == '\n' ? 1 : 2;
	if (ending == 2 &&
	    (data[at] != '\r' || at + 1 >= n || data[at + 1] != '\n'))
		return 0;
	put_string(&l->t, prefix);
	put_tabbed(l, data + from, at - from);
	return at + ending;
}

void line_put_text(struct line *l, const struct line_text *protocol,
		   const struct pktcap_layer *layer)
{
	size_t wire = line_wire(l, layer), at = 0;
	const uint8_t *data = layer->data;
	size_t n = layer->caplen < wire ? layer->caplen : wire;

	put_string(&l->t, protocol->name);
	l->ended = true;
	if (!is_message(protocol, data, n))
		return;
	if (!line_verbose(l)) {
		put_text_line(l, protocol, ": ", data, n, 0, n < wire);
		return;
	}
	line_told(l, ", length: ", wire, "");
	while (at < n &&
	       (at = put_text_line(l, protocol, "\n\t", data, n, at, n < wire)))
		;
}
