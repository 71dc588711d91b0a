// SPDX-License-Identifier: BSD-2-Clause
/* Numbers of IANA's registries "DNS Parameters" and "DNSSEC Algorithms". */
#include "proto/dns.h"

/* clang-format off */
const struct label label_dns_type[] = {
	{ 1, "A" }, { 2, "NS" }, { 3, "MD" }, { 4, "MF" }, { 5, "CNAME" },
	{ 6, "SOA" }, { 7, "MB" }, { 8, "MG" }, { 9, "MR" }, { 10, "NULL" },
	{ 11, "WKS" }, { 12, "PTR" }, { 13, "HINFO" }, { 14, "MINFO" },
	{ 15, "MX" }, { 16, "TXT" }, { 17, "RP" }, { 18, "AFSDB" },
	{ 19, "X25" }, { 20, "ISDN" }, { 21, "RT" }, { 22, "NSAP" },
	{ 23, "NSAP-PTR" }, { 24, "SIG" }, { 25, "KEY" }, { 26, "PX" },
	{ 27, "GPOS" }, { 28, "AAAA" }, { 29, "LOC" }, { 30, "NXT" },
	{ 31, "EID" }, { 32, "NIMLOC" }, { 33, "SRV" }, { 34, "ATMA" },
	{ 35, "NAPTR" }, { 36, "KX" }, { 37, "CERT" }, { 38, "A6" },
	{ 39, "DNAME" }, { 40, "SINK" }, { 41, "OPT" }, { 42, "APL" },
	{ 43, "DS" }, { 44, "SSHFP" }, { 45, "IPSECKEY" }, { 46, "RRSIG" },
	{ 47, "NSEC" }, { 48, "DNSKEY" }, { 49, "DHCID" }, { 50, "NSEC3" },
	{ 51, "NSEC3PARAM" }, { 52, "TLSA" }, { 53, "SMIMEA" }, { 55, "HIP" },
	{ 56, "NINFO" }, { 57, "RKEY" }, { 58, "TALINK" }, { 59, "CDS" },
	{ 60, "CDNSKEY" }, { 61, "OPENPGPKEY" }, { 62, "CSYNC" },
	{ 63, "ZONEMD" }, { 64, "SVCB" }, { 65, "HTTPS" }, { 66, "DSYNC" },
	{ 99, "SPF" }, { 100, "UINFO" }, { 101, "UID" }, { 102, "GID" },
	{ 103, "UNSPEC" }, { 104, "NID" }, { 105, "L32" }, { 106, "L64" },
	{ 107, "LP" }, { 108, "EUI48" }, { 109, "EUI64" }, { 249, "TKEY" },
	{ 250, "TSIG" }, { 251, "IXFR" }, { 252, "AXFR" }, { 253, "MAILB" },
	{ 254, "MAILA" }, { 255, "ANY" }, { 256, "URI" }, { 257, "CAA" },
	{ 258, "AVC" }, { 259, "DOA" }, { 260, "AMTRELAY" }, { 261, "RESINFO" },
	{ 32768, "TA" }, { 32769, "DLV" },
	{ 0, NULL },
};

const struct label label_dns_class[] = {
	{ 1, "IN" }, { 2, "CS" }, { 3, "CH" }, { 4, "HS" }, { 254, "NONE" },
	{ 255, "ANY" },
	{ 0, NULL },
};

const struct label label_dns_opcode[] = {
	{ 0, "query" }, { 1, "inverse query" }, { 2, "status" },
	{ 4, "notify" }, { 5, "update" }, { 6, "stateful operations" },
	{ 0, NULL },
};

const struct label label_dns_rcode[] = {
	{ 0, "NOERROR" }, { 1, "FORMERR" }, { 2, "SERVFAIL" },
	{ 3, "NXDOMAIN" }, { 4, "NOTIMP" }, { 5, "REFUSED" },
	{ 6, "YXDOMAIN" }, { 7, "YXRRSET" }, { 8, "NXRRSET" },
	{ 9, "NOTAUTH" }, { 10, "NOTZONE" }, { 11, "DSOTYPENI" },
	{ 16, "BADSIG" }, /* and BADVERS, in OPT records */
	{ 17, "BADKEY" }, { 18, "BADTIME" }, { 19, "BADMODE" },
	{ 20, "BADNAME" }, { 21, "BADALG" }, { 22, "BADTRUNC" },
	{ 23, "BADCOOKIE" },
	{ 0, NULL },
};

const struct label label_dns_security[] = {
	{ 0, "DELETE" }, { 1, "RSAMD5" }, { 2, "DH" }, { 3, "DSA" },
	{ 5, "RSASHA1" }, { 6, "DSA-NSEC3-SHA1" },
	{ 7, "RSASHA1-NSEC3-SHA1" }, { 8, "RSASHA256" }, { 10, "RSASHA512" },
	{ 12, "ECC-GOST" }, { 13, "ECDSAP256SHA256" },
	{ 14, "ECDSAP384SHA384" }, { 15, "ED25519" }, { 16, "ED448" },
	{ 252, "INDIRECT" }, { 253, "PRIVATEDNS" }, { 254, "PRIVATEOID" },
	{ 0, NULL },
};

const struct label label_dns_digest[] = {
	{ 1, "SHA-1" }, { 2, "SHA-256" }, { 3, "GOST R 34.11-94" },
	{ 4, "SHA-384" },
	{ 0, NULL },
};

const struct label label_dns_ede[] = {
	{ 0, "Other" }, { 1, "Unsupported DNSKEY Algorithm" },
	{ 2, "Unsupported DS Digest Type" }, { 3, "Stale Answer" },
	{ 4, "Forged Answer" }, { 5, "DNSSEC Indeterminate" },
	{ 6, "DNSSEC Bogus" }, { 7, "Signature Expired" },
	{ 8, "Signature Not Yet Valid" }, { 9, "DNSKEY Missing" },
	{ 10, "RRSIGs Missing" }, { 11, "No Zone Key Bit Set" },
	{ 12, "NSEC Missing" }, { 13, "Cached Error" }, { 14, "Not Ready" },
	{ 15, "Blocked" }, { 16, "Censored" }, { 17, "Filtered" },
	{ 18, "Prohibited" }, { 19, "Stale NXDOMAIN Answer" },
	{ 20, "Not Authoritative" }, { 21, "Not Supported" },
	{ 22, "No Reachable Authority" }, { 23, "Network Error" },
	{ 24, "Invalid Data" }, { 25, "Signature Expired before Valid" },
	{ 26, "Too Early" }, { 27, "Unsupported NSEC3 Iterations Value" },
	{ 28, "Unable to Conform to Policy" }, { 29, "Synthesized" },
	{ 30, "Invalid Query Type" },
	{ 0, NULL },
};
/* clang-format on */

const char *pktcap_dns_type_name(uint16_t type)
{
	return label_of(label_dns_type, type);
}

const char *pktcap_dns_rcode_name(uint16_t rcode)
{
	return label_of(label_dns_rcode, rcode);
}
