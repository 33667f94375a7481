package connect

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

// maxAutoconfig bounds a provider's description of itself, in bytes.
const maxAutoconfig = 256 << 10

// clientConfig is the part of Thunderbird's autoconfiguration (version 1.1) that is used.
type clientConfig struct {
	Provider struct {
		Name     string         `xml:"displayName"`
		Incoming []configServer `xml:"incomingServer"`
		Outgoing []configServer `xml:"outgoingServer"`
	} `xml:"emailProvider"`
}

type configServer struct {
	Type     string   `xml:"type,attr"`
	Host     string   `xml:"hostname"`
	Port     int      `xml:"port"`
	Socket   string   `xml:"socketType"`
	Username string   `xml:"username"`
	Auth     []string `xml:"authentication"`
}

// errNoServers says that a description names no usable pair of servers.
var errNoServers = errors.New("description names no IMAP and SMTP servers")

// parseAutoconfig reads a description. Servers without encryption are left out: nobody
// is to be led to one by a file.
func parseAutoconfig(data []byte, local, domain string) (found, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // names of hosts are ASCII in all of them
	var c clientConfig
	if err := d.Decode(&c); err != nil {
		return found{}, errNoServers // the parser's words would quote the file
	}
	fill := strings.NewReplacer("%EMAILADDRESS%", local+"@"+domain, "%EMAILLOCALPART%", local, "%EMAILDOMAIN%", domain)
	in, user, okIn := choose(c.Provider.Incoming, "imap", fill)
	out, _, okOut := choose(c.Provider.Outgoing, "smtp", fill)
	if !okIn || !okOut {
		return found{}, errNoServers
	}
	return found{imap: in, smtp: out, username: user, title: clip(strings.TrimSpace(fill.Replace(c.Provider.Name)), 100)}, nil
}

// choose takes the first server of a type, one with TLS from the first byte before others.
func choose(servers []configServer, kind string, fill *strings.Replacer) (Endpoint, string, bool) {
	for _, want := range []Security{TLS, STARTTLS} {
		for _, s := range servers {
			host := strings.ToLower(strings.TrimSpace(fill.Replace(s.Host)))
			if !strings.EqualFold(s.Type, kind) || security(s.Socket) != want || !hostname(host) || s.Port < 1 || s.Port > 65535 {
				continue
			}
			return Endpoint{host, s.Port, want}, clip(strings.TrimSpace(fill.Replace(s.Username)), maxAddress), true
		}
	}
	return Endpoint{}, "", false
}

func security(socket string) Security {
	switch {
	case strings.EqualFold(socket, "SSL"), strings.EqualFold(socket, "TLS"):
		return TLS
	case strings.EqualFold(socket, "STARTTLS"):
		return STARTTLS
	default:
		return None
	}
}

// hostname tells whether a text may be the name of a host.
func hostname(s string) bool {
	labels := strings.Split(s, ".")
	return len(s) <= 253 && len(labels) > 1 && !slices.ContainsFunc(labels, func(l string) bool {
		return l == "" || len(l) > 63 || strings.ContainsFunc(l, func(r rune) bool {
			return r != '-' && r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9')
		})
	})
}

func clip(s string, n int) string {
	if r := []rune(strings.ToValidUTF8(s, "")); len(r) > n {
		return string(r[:n])
	} else {
		return string(r)
	}
}
