package egress_test

import (
	"net/netip"
	"testing"

	"parley/internal/egress"
)

func TestJudge(t *testing.T) {
	t.Parallel()
	cases := map[string]egress.Reason{
		// public
		"8.8.8.8": "", "93.184.216.34": "", "172.15.255.255": "", "172.32.0.0": "", "100.63.255.255": "", "100.128.0.0": "",
		"2606:4700::1111": "", "2a00:1450::1": "", "::ffff:8.8.8.8": "", "64:ff9b::808:808": "", "2002:808:808::1": "",
		// this machine
		"127.0.0.1": egress.Loopback, "127.255.255.255": egress.Loopback, "0.0.0.0": egress.Loopback, "0.1.2.3": egress.Loopback,
		"::1": egress.Loopback, "::": egress.Loopback,
		// neighbours
		"10.0.0.1": egress.Private, "172.16.0.1": egress.Private, "172.31.255.255": egress.Private, "192.168.1.1": egress.Private,
		"fd12::1": egress.Private, "fec0::1": egress.Private, "64:ff9b:1::808:808": egress.Private,
		"169.254.1.1": egress.LinkLocal, "fe80::1": egress.LinkLocal, "fe80::1%eth0": egress.LinkLocal,
		"100.64.0.1": egress.Carrier, "100.127.255.255": egress.Carrier,
		"224.0.0.1": egress.Multicast, "ff02::1": egress.Multicast,
		"255.255.255.255": egress.Reserved, "240.0.0.1": egress.Reserved, "198.18.0.1": egress.Reserved, "2001:db8::1": egress.Reserved,
		"2001::1": egress.Reserved, "100::1": egress.Reserved, "4000::1": egress.Reserved, "5f00::1": egress.Reserved,
		// clouds
		"169.254.169.254": egress.Metadata, "100.100.100.200": egress.Metadata, "fd00:ec2::254": egress.Metadata,
		"168.63.129.16": egress.Metadata, "192.0.0.192": egress.Metadata,
		// disguises
		"::ffff:127.0.0.1": egress.Loopback, "::ffff:10.0.0.1": egress.Private, "::ffff:169.254.169.254": egress.Metadata,
		"64:ff9b::7f00:1": egress.Loopback, "64:ff9b::a9fe:a9fe": egress.Metadata, "2002:a00:1::": egress.Private,
		"2002:7f00:1::5": egress.Loopback, "::ffff:0:192.168.0.1": egress.Private, "::127.0.0.1": egress.Reserved,
	}
	for addr, want := range cases {
		if got := egress.JudgeForTest(netip.MustParseAddr(addr), nil); got != want {
			t.Errorf("%s is %q, want %q", addr, got, want)
		}
	}
	if egress.JudgeForTest(netip.Addr{}, nil) == "" {
		t.Error("no address may be called")
	}
}

func TestAllow(t *testing.T) {
	t.Parallel()
	allow := []netip.Prefix{netip.MustParsePrefix("10.1.0.0/16"), netip.MustParsePrefix("fd00::/16"), netip.MustParsePrefix("169.254.169.254/32")}
	for addr, ok := range map[string]bool{
		"10.1.2.3": true, "10.2.0.1": false, "::ffff:10.1.2.3": true, "64:ff9b::a01:203": true, "fd00::1": true,
		"fd01::1": false, "169.254.169.254": true, "127.0.0.1": false, "8.8.8.8": true,
	} {
		if got := egress.JudgeForTest(netip.MustParseAddr(addr), allow) == ""; got != ok {
			t.Errorf("%s: %v, want %v", addr, got, ok)
		}
	}
}

// FuzzJudge compares the tables with what the standard library knows: nothing it
// calls private or local may pass.
func FuzzJudge(f *testing.F) {
	for _, s := range []string{"127.0.0.1", "::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:a00:1::", "8.8.8.8", "2606:4700::1111", "fe80::1"} {
		b := netip.MustParseAddr(s).AsSlice()
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		a, ok := netip.AddrFromSlice(b)
		if !ok {
			return
		}
		inner := a.Unmap()
		local := inner.IsLoopback() || inner.IsPrivate() || inner.IsLinkLocalUnicast() || inner.IsMulticast() ||
			inner.IsUnspecified() || inner.IsInterfaceLocalMulticast() || inner.IsLinkLocalMulticast()
		if local && egress.JudgeForTest(a, nil) == "" {
			t.Errorf("%s may be called", a)
		}
		if host := netip.PrefixFrom(inner.WithZone(""), inner.BitLen()); egress.JudgeForTest(a, []netip.Prefix{host}) != "" {
			t.Errorf("%s may not be called though allowed", a)
		}
	})
}
