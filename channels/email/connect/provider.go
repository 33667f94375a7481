package connect

import (
	"slices"
	"strings"

	"parley/channels"
)

// Provider is a mail service that many use, with what its users need to know.
type Provider struct {
	Name  string // stable; also names its OAuth 2 service where OAuth is set
	Title string
	// Domains of its own addresses, and the ends of the names of its mail exchangers, by
	// which the domains of its customers are known.
	Domains []string
	MX      []string
	IMAP    Endpoint
	SMTP    Endpoint
	// OAuth tells that it lets programs in by consent; OnlyOAuth that it has no other way.
	OAuth     bool
	OnlyOAuth bool
	// AppPassword tells that the ordinary password is refused, and HelpURL where to make
	// another for programs, or to let them in.
	AppPassword bool
	HelpURL     string
	Hint        channels.Words
	// Source is where the provider says so; all were read in November 2026.
	Source string
}

// ByDomain returns the provider whose own addresses have a domain.
func ByDomain(domain string) (Provider, bool) {
	return find(func(p Provider) bool { return slices.Contains(p.Domains, domain) })
}

// ByMX returns the provider that receives the mail of a mail exchanger's domains.
func ByMX(host string) (Provider, bool) {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return find(func(p Provider) bool {
		return slices.ContainsFunc(p.MX, func(end string) bool { return within(host, end) })
	})
}

// ByHost returns the provider whose IMAP or SMTP server a host is.
func ByHost(host string) (Provider, bool) {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	return find(func(p Provider) bool { return p.IMAP.Host == host || p.SMTP.Host == host })
}

func find(is func(Provider) bool) (Provider, bool) {
	all := providers()
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i], true
	}
	return Provider{}, false
}

// within tells whether a host is a domain or below it.
func within(host, domain string) bool {
	return host == domain || strings.HasSuffix(host, "."+domain)
}

// appPassword, switchOn and onlyOAuth are the three things people stumble over.
func appPassword(ru, en string) channels.Words {
	return channels.Words{
		RU: "Обычный пароль " + ru + " не примет. Создайте пароль приложения и вставьте его сюда.",
		EN: en + " refuses your ordinary password. Make an app password and paste it here.",
	}
}

func switchOn(ru, en string) channels.Words {
	return channels.Words{
		RU: "В настройках " + ru + " должен быть разрешён доступ почтовым программам (IMAP).",
		EN: "Mail programs (IMAP) have to be allowed in the settings of " + en + ".",
	}
}

func onlyOAuth(ru, en string) channels.Words {
	return channels.Words{
		RU: ru + " пускает программы только через вход на своей странице.",
		EN: en + " lets programs in only by signing in on its own page.",
	}
}
