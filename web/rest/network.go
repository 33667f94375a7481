package rest

import "net/netip"

// Local tells whether an address is this machine's own. What comes from there, and not through a
// proxy, is a person trying things out or an instrument measuring, and is not held back.
func Local(ip string) bool {
	a, err := netip.ParseAddr(ip)
	return err == nil && a.IsLoopback()
}

// Network is what one address counts as where rates are bounded: itself, or the /64 that one
// customer of IPv6 holds.
func Network(ip string) string {
	a, err := netip.ParseAddr(ip)
	if err != nil {
		return ip
	}
	if a = a.Unmap(); a.Is4() {
		return a.String()
	}
	p, err := a.WithZone("").Prefix(64)
	if err != nil {
		return ip
	}
	return p.String()
}
