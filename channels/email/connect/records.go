package connect

import (
	"context"
	"net"
	"strings"
)

// records asks for a domain's own records of mail services (RFC 6186, section 3; RFC 8314,
// section 5.1). Both a server to receive from and one to send by must be found.
func (f Finder) records(ctx context.Context, domain string) (found, bool) {
	if f.DNS == nil {
		return found{}, false
	}
	in, ok := f.service(ctx, domain, record{"imaps", TLS}, record{"imap", STARTTLS})
	if !ok {
		return found{}, false
	}
	out, ok := f.service(ctx, domain, record{"submissions", TLS}, record{"submission", STARTTLS})
	return found{imap: in, smtp: out}, ok
}

// record is a name of a service and how it is protected.
type record struct {
	service  string
	security Security
}

func (f Finder) service(ctx context.Context, domain string, names ...record) (Endpoint, bool) {
	for _, name := range names {
		within, cancel := context.WithTimeout(ctx, lookupTime)
		_, list, err := f.DNS.LookupSRV(within, name.service, "tcp", domain)
		cancel()
		if err != nil {
			continue
		}
		if e, ok := target(list, name.security); ok {
			return e, true
		}
	}
	return Endpoint{}, false
}

// target is the first usable server of a list, which the resolver has ordered. A target
// of "." says that there is no such service.
func target(list []*net.SRV, s Security) (Endpoint, bool) {
	for _, r := range list {
		host := strings.ToLower(strings.TrimSuffix(r.Target, "."))
		if hostname(host) && r.Port > 0 {
			return Endpoint{host, int(r.Port), s}, true
		}
	}
	return Endpoint{}, false
}
