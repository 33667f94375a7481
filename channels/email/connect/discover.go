package connect

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"parley/channels"
)

// Resolver asks DNS; net.Resolver is one.
type Resolver interface {
	LookupSRV(ctx context.Context, service, proto, name string) (string, []*net.SRV, error)
	LookupMX(ctx context.Context, name string) ([]*net.MX, error)
	LookupHost(ctx context.Context, name string) ([]string, error)
}

// Finder finds the servers of addresses. The zero value knows the well-known providers
// alone and guesses the rest.
type Finder struct {
	DNS  Resolver     // nil asks nobody
	HTTP *http.Client // the guarded client; nil asks nobody
}

// How the settings of an address were found.
const (
	SourceKnown      = "known"
	SourceSRV        = "srv"
	SourceMX         = "mx"
	SourceAutoconfig = "autoconfig"
	SourceGuess      = "guess"
)

// Bounds of one discovery and of one question in it.
const (
	discoverTime = 12 * time.Second
	lookupTime   = 4 * time.Second
)

// found are the servers of an address; a zero username is the address itself.
type found struct {
	imap, smtp Endpoint
	username   string
	title      string
}

// Discover finds the settings of an address: by its domain if it is a well-known one, by
// the domain's own SRV records (RFC 6186, RFC 8314), by who receives its mail, by the
// description that the domain or Mozilla's list publishes, or by guessing. The error is
// a *channels.ConfigError about an address that is none.
func (f Finder) Discover(ctx context.Context, address string) (channels.Discovery, error) {
	local, domain, err := split(address)
	if err != nil {
		return channels.Discovery{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, discoverTime)
	defer cancel()
	full := local + "@" + domain
	if p, ok := ByDomain(domain); ok {
		return p.discovery(full, SourceKnown), nil
	}
	if got, ok := f.records(ctx, domain); ok {
		return describe(got, full, SourceSRV), nil
	}
	exchanger := f.exchanger(ctx, domain)
	if p, ok := ByMX(exchanger); ok && exchanger != "" {
		return p.discovery(full, SourceMX), nil
	}
	if got, ok := f.published(ctx, local, domain, exchanger); ok {
		return describe(got, full, SourceAutoconfig), nil
	}
	return describe(f.guess(ctx, domain), full, SourceGuess), nil
}

// describe turns servers into a Discovery, with what is known of whose they are.
func describe(got found, address, source string) channels.Discovery {
	p, _ := ByHost(got.imap.Host)
	p.IMAP, p.SMTP = got.imap, got.smtp
	if p.Title == "" {
		p.Title = got.title
	}
	d := p.discovery(address, source)
	if got.username != "" {
		d.Config["username"] = got.username
	}
	return d
}

func (p Provider) discovery(address, source string) channels.Discovery {
	return channels.Discovery{
		Config: map[string]string{
			"address": address, "username": address,
			"imap_host": p.IMAP.Host, "imap_port": strconv.Itoa(p.IMAP.Port), "imap_security": string(p.IMAP.Security),
			"smtp_host": p.SMTP.Host, "smtp_port": strconv.Itoa(p.SMTP.Port), "smtp_security": string(p.SMTP.Security),
		},
		Provider: p.Name, Title: p.Title, Source: source,
		OAuth: p.OAuth, AppPassword: p.AppPassword, HelpURL: p.HelpURL, Hint: p.Hint,
	}
}

// exchanger returns the mail exchanger of a domain that is asked first; "" when unknown.
func (f Finder) exchanger(ctx context.Context, domain string) string {
	if f.DNS == nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	list, err := f.DNS.LookupMX(ctx, domain)
	if err != nil || len(list) == 0 {
		return ""
	}
	return strings.TrimSuffix(strings.ToLower(list[0].Host), ".")
}

// published asks for a description: the domain itself, then Mozilla's list for it and for
// the domain of its exchanger.
func (f Finder) published(ctx context.Context, local, domain, exchanger string) (found, bool) {
	if f.HTTP == nil {
		return found{}, false
	}
	query := "?emailaddress=" + url.QueryEscape(local+"@"+domain)
	places := []string{
		"https://autoconfig." + domain + "/mail/config-v1.1.xml" + query,
		"https://" + domain + "/.well-known/autoconfig/mail/config-v1.1.xml",
		"https://autoconfig.thunderbird.net/v1.1/" + domain,
	}
	if above := parent(exchanger); above != "" && above != domain {
		places = append(places, "https://autoconfig.thunderbird.net/v1.1/"+above)
	}
	for _, place := range places {
		data, err := f.fetch(ctx, place)
		if err != nil {
			continue
		}
		if got, err := parseAutoconfig(data, local, domain); err == nil {
			return got, true
		}
	}
	return found{}, false
}

func (f Finder) fetch(ctx context.Context, place string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, lookupTime)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, place, nil)
	if err != nil {
		return nil, fmt.Errorf("make request: %w", err)
	}
	res, err := f.HTTP.Do(r)
	if err != nil {
		return nil, fmt.Errorf("fetch description: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("fetch description: status %d", res.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, maxAutoconfig))
	if err != nil {
		return nil, fmt.Errorf("read description: %w", err)
	}
	return data, nil
}

// guess is what most domains of one's own have; a host that exists is preferred.
func (f Finder) guess(ctx context.Context, domain string) found {
	return found{
		imap: Endpoint{f.existing(ctx, "imap."+domain, "mail."+domain), portIMAPS, TLS},
		smtp: Endpoint{f.existing(ctx, "smtp."+domain, "mail."+domain), portSMTPS, TLS},
	}
}

// existing returns the first of the hosts that has an address, else the first.
func (f Finder) existing(ctx context.Context, hosts ...string) string {
	if f.DNS == nil {
		return hosts[0]
	}
	for _, host := range hosts {
		within, cancel := context.WithTimeout(ctx, lookupTime)
		list, err := f.DNS.LookupHost(within, host)
		cancel()
		if err == nil && len(list) > 0 {
			return host
		}
	}
	return hosts[0]
}

// parent is a host's name without its first label, if a domain of at least two is left.
func parent(host string) string {
	_, rest, ok := strings.Cut(host, ".")
	if !ok || !strings.Contains(rest, ".") {
		return ""
	}
	return rest
}
