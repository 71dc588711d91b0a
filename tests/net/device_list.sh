#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Everything the list tells of interfaces of many kinds is what ip(8) tells.
set -eu

O=${O:-build}
if [ "${1:-}" != inside ]; then
	for tool in ip python3; do
		command -v "$tool" >/dev/null || {
			echo "skipped: $tool not installed" \
				"(tests/install-deps.sh)"
			exit 77
		}
	done
	exec "$O/tests/world" run "$0" inside
fi

# Kinds that this kernel does not have are left out.
try() {
	"$@" 2>/dev/null || echo "  not here: $*"
}

ip link add br0 type bridge
ip link set br0 up
ip link add v0 type veth peer name v1
ip link set v0 up
ip link set v1 master br0
try ip link add vx0 type vxlan id 5 dev v0 dstport 4789
try ip link add link v0 name mv0 type macvlan mode bridge
try ip link add link v0 name vlan5 type vlan id 5
try ip link add dm0 type dummy
try ip link add gre7 type gre local 10.9.0.1 remote 10.9.0.9
try ip link add ipip7 type ipip local 10.9.0.1 remote 10.9.0.9
try ip link add wg0 type wireguard
try ip tuntap add tun7 mode tun
try ip tuntap add tap7 mode tap
try ip link property add dev v0 altname a-name-longer-than-fifteen-bytes
try ip link property add dev v0 altname second
ip link set v0 alias 'the "first" one'
ip link set v1 promisc on
ip link set v1 allmulticast on
ip link set v1 mtu 9000
ip addr add 10.1.1.1/24 broadcast 10.1.1.255 dev v0
ip addr add 10.1.1.2/24 dev v0
ip addr add 10.3.1.1 peer 10.3.1.2/32 dev v0
ip addr add 10.1.4.1/30 scope link dev v0
for name in v0 tap7; do
	[ -d "/proc/sys/net/ipv6/conf/$name" ] || continue
	ip link set "$name" addrgenmode none
	echo 0 >"/proc/sys/net/ipv6/conf/$name/disable_ipv6"
done
try ip addr add 10.7.1.1/24 dev tap7
try ip addr add 2001:db8:7::1/64 dev tap7
ip addr add 2001:db8::5/64 dev v0 nodad
ip addr add 2001:db8::6 peer 2001:db8::7/128 dev v0 nodad
ip route add default via 10.9.0.2 metric 20
ip route add default via 10.1.1.254 metric 5
ip route add default via 10.1.1.250 metric 30
ip route add default via 10.1.1.253 table 77
ip -6 route add default via 2001:db8::1
"$O/tests/world" send pk0 7

O=$O exec python3 - <<'EOF'
import ipaddress, json, os, subprocess, sys

built = os.environ["O"] + "/examples/"
SCOPES = {"global": 0, "link": 253, "host": 254}
failures = 0


def run(*command):
    return subprocess.run(command, check=True, capture_output=True,
                          text=True).stdout


def by_ip(*command):
    return json.loads(run("ip", "-j", *command) or "[]")


def compare(name, what, ours, theirs):
    global failures
    if ours != theirs:
        failures += 1
        print(f"{name}: {what}: {ours!r}, but ip(8) has {theirs!r}")


def info(name):
    found = {}
    for line in run(built + "device_info", name).splitlines():
        key, value = line[:13].strip(), line[13:]
        found.setdefault(key, []).append(value)
    return found


def address_of(entry):
    text = f"{entry['local']}/{entry['prefixlen']} " \
           f"scope {SCOPES[entry['scope']]}"
    if "broadcast" in entry:
        text += f" broadcast {entry['broadcast']}"
    if "address" in entry:
        text += f" peer {entry['address']}"
    return text


def gateways(name):
    found = []
    for family in "-4", "-6":
        routes = [r for r in by_ip(family, "route", "show", "default")
                  if r["dev"] == name and "gateway" in r]
        routes.sort(key=lambda r: r.get("metric", 0))
        found += [routes[0]["gateway"]] if routes else []
    return found


def all_flags(links):
    return [link["flags"] for link in links]


def both_views():
    """The kernel may tell of a carrier a second late: of a time without."""
    for _ in range(100):
        links = by_ip("-d", "-s", "addr", "show")
        ours = {link["ifname"]: info(link["ifname"]) for link in links}
        if all_flags(by_ip("link", "show")) == all_flags(links):
            return links, ours
    sys.exit("interfaces come and go all the time")


links, infos = both_views()
numbers = {link["ifname"]: link["ifindex"] for link in links}
for link in links:
    name, flags = link["ifname"], link["flags"]
    ours = infos[name]
    stats = link["stats64"]

    def same(what, theirs):
        compare(name, what, ours.get(what, [""]), [str(theirs)])

    same("index", link["ifindex"])
    same("alias", link.get("ifalias", ""))
    same("kind", link.get("linkinfo", {}).get("info_kind", ""))
    same("mtu", link["mtu"])
    same("promiscuity", link["promiscuity"])
    if "allmulti" in link:  # kernels before 6.0 do not tell
        same("allmulti", link["allmulti"])
    same("parent", numbers.get(link.get("link"), 0))
    same("master", numbers.get(link.get("master"), 0))
    # All others may send IPv6 of their own meanwhile.
    if name in ("lo", "pk0", "pk1"):
        same("received", "%d packets, %d bytes" % (
            stats["rx"]["packets"], stats["rx"]["bytes"]))
        same("sent", "%d packets, %d bytes" % (
            stats["tx"]["packets"], stats["tx"]["bytes"]))
    mac = link.get("address", "")
    if link["link_type"] in ("ether", "loopback"):
        same("mac", mac)
    state = "up" if "UP" in flags else "down"
    # NO-CARRIER is how ip(8) says "up, but not running".
    state += " running" if "UP" in flags and "NO-CARRIER" not in flags else ""
    state += " carrier" if "LOWER_UP" in flags else ""
    state += " promiscuous" if "PROMISC" in flags else ""
    same("state", state)
    compare(name, "altnames", ours.get("altname", []),
            link.get("altnames", []))
    compare(name, "addresses", ours.get("address", []),
            [address_of(a) for a in link["addr_info"] if a.get("local")])
    compare(name, "gateways", ours.get("gateway", []), gateways(name))
    for other in [str(link["ifindex"])] + link.get("altnames", []):
        compare(name, f"found as {other}", info(other)["name"], [name])

shown = [line.split()[1] for line in run(built + "device_list").splitlines()
         if not line.startswith("    ")]
compare("device_list", "order", shown,
        sorted(numbers, key=numbers.get) + ["any"])
print(f"{len(links)} interfaces compared")
sys.exit(1 if failures else 0)
EOF
