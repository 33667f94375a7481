package egress

import (
	"net/netip"
	"slices"
)

// Reason says what a refused address is.
type Reason string

// The reasons.
const (
	Loopback  Reason = "loopback"   // this machine
	Private   Reason = "private"    // a private network
	LinkLocal Reason = "link_local" // the local wire
	Carrier   Reason = "carrier"    // a provider's inner network
	Multicast Reason = "multicast"  // many receivers
	Metadata  Reason = "metadata"   // a cloud's own service
	Reserved  Reason = "reserved"   // not for use, or not known to be public
)

// span is a block of addresses and what it is.
type span struct {
	prefix netip.Prefix
	reason Reason
}

// The blocks that are not public, from the IANA special-purpose registries of
// IPv4 and IPv6 addresses (read 2026). The first that fits names the reason.
var special = []span{
	{netip.MustParsePrefix("169.254.169.254/32"), Metadata}, // AWS, Google, Azure, OpenStack
	{netip.MustParsePrefix("169.254.170.2/32"), Metadata},   // AWS, containers
	{netip.MustParsePrefix("100.100.100.200/32"), Metadata}, // Alibaba
	{netip.MustParsePrefix("192.0.0.192/32"), Metadata},     // Oracle
	{netip.MustParsePrefix("168.63.129.16/32"), Metadata},   // Azure's wire server, in public space
	{netip.MustParsePrefix("fd00:ec2::254/128"), Metadata},  // AWS over IPv6

	{netip.MustParsePrefix("127.0.0.0/8"), Loopback},
	{netip.MustParsePrefix("0.0.0.0/8"), Loopback}, // connects to this machine
	{netip.MustParsePrefix("10.0.0.0/8"), Private},
	{netip.MustParsePrefix("172.16.0.0/12"), Private},
	{netip.MustParsePrefix("192.168.0.0/16"), Private},
	{netip.MustParsePrefix("169.254.0.0/16"), LinkLocal},
	{netip.MustParsePrefix("100.64.0.0/10"), Carrier},
	{netip.MustParsePrefix("224.0.0.0/4"), Multicast},
	{netip.MustParsePrefix("192.0.0.0/24"), Reserved},
	{netip.MustParsePrefix("192.0.2.0/24"), Reserved},    // documentation
	{netip.MustParsePrefix("192.88.99.0/24"), Reserved},  // former 6to4 relays
	{netip.MustParsePrefix("198.18.0.0/15"), Reserved},   // benchmarks
	{netip.MustParsePrefix("198.51.100.0/24"), Reserved}, // documentation
	{netip.MustParsePrefix("203.0.113.0/24"), Reserved},  // documentation
	{netip.MustParsePrefix("240.0.0.0/4"), Reserved},     // and the broadcast address

	{netip.MustParsePrefix("::1/128"), Loopback},
	{netip.MustParsePrefix("::/128"), Loopback}, // connects to this machine
	{netip.MustParsePrefix("fc00::/7"), Private},
	{netip.MustParsePrefix("fec0::/10"), Private}, // former site-local
	{netip.MustParsePrefix("fe80::/10"), LinkLocal},
	{netip.MustParsePrefix("ff00::/8"), Multicast},
	{netip.MustParsePrefix("64:ff9b:1::/48"), Private}, // NAT64 of one site
	{netip.MustParsePrefix("2001::/23"), Reserved},     // Teredo, ORCHID and other protocols
	{netip.MustParsePrefix("2001:db8::/32"), Reserved}, // documentation
	{netip.MustParsePrefix("3fff::/20"), Reserved},     // documentation
}

// global is the part of IPv6 that is given out for public use.
var global = netip.MustParsePrefix("2000::/3")

// disguises are blocks of IPv6 that lead to the IPv4 address at an offset in
// bytes.
var disguises = []struct {
	prefix netip.Prefix
	offset int
}{
	{netip.MustParsePrefix("64:ff9b::/96"), 12},    // NAT64, RFC 6052
	{netip.MustParsePrefix("2002::/16"), 2},        // 6to4, RFC 3056
	{netip.MustParsePrefix("::ffff:0:0:0/96"), 12}, // translated, RFC 2765
}

// judge returns "" when an address may be called, and otherwise why not.
func judge(a netip.Addr, allow []netip.Prefix) Reason {
	if !a.IsValid() {
		return Reserved
	}
	a = a.Unmap().WithZone("")
	within := func(p netip.Prefix) bool { return p.Contains(a) }
	if slices.ContainsFunc(allow, within) {
		return ""
	}
	for _, d := range disguises {
		if d.prefix.Contains(a) {
			b := a.As16()
			return judge(netip.AddrFrom4([4]byte(b[d.offset:d.offset+4])), allow)
		}
	}
	for _, s := range special {
		if s.prefix.Contains(a) {
			return s.reason
		}
	}
	if a.Is6() && !global.Contains(a) {
		return Reserved
	}
	return ""
}
