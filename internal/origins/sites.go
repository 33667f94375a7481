package origins

import (
	"errors"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/idna"
)

// Sites are the origins that may show something of ours. Empty means any.
type Sites []Site

// Site is a host, or all hosts below one, by any scheme or by one alone.
type Site struct {
	scheme string // "http", "https" or "" for both
	host   string // ASCII, lower case
	port   string // "" is the scheme's own
	below  bool   // *.host
}

const maxSites = 100

// hostName is what may stand in a policy header: anything else could end it.
var hostName = regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$`)

var portNumber = regexp.MustCompile(`^[0-9]{1,5}$`)

// The reasons why a list of sites cannot be read.
var (
	ErrTooMany   = errors.New("there are more than 100 sites")
	ErrMalformed = errors.New("a site is not written as shop.com, *.shop.com or https://shop.com")
)

// Parse reads a list of sites.
func Parse(entries []string) (Sites, error) {
	if len(entries) > maxSites {
		return nil, ErrTooMany
	}
	var sites Sites
	for _, entry := range entries {
		s, ok := parseSite(entry)
		if !ok {
			return nil, ErrMalformed
		}
		sites = append(sites, s)
	}
	return sites, nil
}

func parseSite(entry string) (s Site, ok bool) {
	rest := strings.TrimSuffix(strings.ToLower(entry), "/")
	if scheme, host, found := strings.Cut(rest, "://"); found {
		if scheme != "http" && scheme != "https" {
			return Site{}, false
		}
		s.scheme, rest = scheme, host
	}
	rest, s.below = strings.CutPrefix(rest, "*.")
	host, port, hasPort := strings.Cut(rest, ":")
	if hasPort && !portNumber.MatchString(port) {
		return Site{}, false
	}
	ascii, err := idna.Lookup.ToASCII(host)
	if err != nil || !hostName.MatchString(ascii) {
		return Site{}, false
	}
	s.host, s.port = ascii, port
	return s, true
}

// Allow tells whether a page of an origin, as browsers name it ("https://shop.com"),
// is one of the sites.
func (s Sites) Allow(origin string) bool {
	if len(s) == 0 {
		return true
	}
	u, err := url.Parse(strings.ToLower(origin))
	if err != nil || u.Host == "" {
		return false
	}
	for _, site := range s {
		if site.matches(u) {
			return true
		}
	}
	return false
}

func (s Site) matches(u *url.URL) bool {
	if s.scheme != "" && u.Scheme != s.scheme || s.scheme == "" && u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	if u.Port() != s.port && (s.port != "" || !ownPort(u)) {
		return false
	}
	if s.below {
		return strings.HasSuffix(u.Hostname(), "."+s.host)
	}
	return u.Hostname() == s.host
}

// ownPort tells whether an address names its scheme's own port.
func ownPort(u *url.URL) bool {
	return u.Port() == "" || u.Scheme == "https" && u.Port() == "443" || u.Scheme == "http" && u.Port() == "80"
}

// FrameAncestors returns the sources of a Content-Security-Policy's frame-ancestors
// that say the same: "*" when any site may.
func (s Sites) FrameAncestors() []string {
	if len(s) == 0 {
		return []string{"*"}
	}
	sources := make([]string, 0, len(s))
	for _, site := range s {
		text := site.host
		if site.below {
			text = "*." + text
		}
		if site.port != "" {
			text += ":" + site.port
		}
		if site.scheme != "" {
			sources = append(sources, site.scheme+"://"+text)
			continue
		}
		// A source without a scheme means that of the framed page; name both.
		sources = append(sources, "https://"+text, "http://"+text)
	}
	return sources
}
