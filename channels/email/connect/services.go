package connect

import (
	"net/url"
	"strings"

	"golang.org/x/oauth2"
)

// The OAuth 2 services that are known by name. Custom is any other, with addresses of
// its own.
const (
	ServiceGoogle    = "google"
	ServiceMicrosoft = "microsoft"
	ServiceYandex    = "yandex"
	ServiceMailRu    = "mailru"
	ServiceCustom    = "custom"
)

// Service is where consent is asked for and tokens are given.
type Service struct {
	AuthURL  string
	TokenURL string
	Scopes   []string
	// Ask are further parameters of the page of consent.
	Ask map[string]string
	// Style is how the application names itself. Guessing costs a refused call, which may
	// use up the code of a consent.
	Style oauth2.AuthStyle
}

// service returns a known service. Microsoft's is for one organisation or for all. The
// pages were read in November 2026.
func service(name, tenant string) (Service, bool) {
	switch name {
	case ServiceGoogle: // https://developers.google.com/identity/protocols/oauth2/web-server
		return Service{
			AuthURL: "https://accounts.google.com/o/oauth2/v2/auth", TokenURL: "https://oauth2.googleapis.com/token",
			Scopes: []string{"https://mail.google.com/"},
			Ask:    map[string]string{"access_type": "offline", "prompt": "consent"}, Style: oauth2.AuthStyleInParams, // or no refresh token the second time
		}, true
	case ServiceMicrosoft: // https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
		if tenant == "" {
			tenant = "common"
		}
		base := "https://login.microsoftonline.com/" + url.PathEscape(tenant) + "/oauth2/v2.0/"
		return Service{
			AuthURL: base + "authorize", TokenURL: base + "token",
			Scopes: []string{"https://outlook.office.com/IMAP.AccessAsUser.All", "https://outlook.office.com/SMTP.Send", "offline_access"},
			Style:  oauth2.AuthStyleInParams,
		}, true
	case ServiceYandex: // https://yandex.ru/dev/id/doc/ru/codes/code-url
		return Service{
			AuthURL: "https://oauth.yandex.ru/authorize", TokenURL: "https://oauth.yandex.ru/token",
			Scopes: []string{"mail:imap_full", "mail:smtp"}, Ask: map[string]string{"force_confirm": "yes"}, Style: oauth2.AuthStyleInParams,
		}, true
	case ServiceMailRu: // https://id.vk.com/about/business/go/docs/ru/vkid/archive/oauth-mail/auth
		return Service{
			AuthURL: "https://oauth.mail.ru/login", TokenURL: "https://oauth.mail.ru/token",
			Scopes: []string{"mail.imap"}, Ask: map[string]string{"prompt_force": "1"}, Style: oauth2.AuthStyleInHeader,
		}, true
	}
	return Service{}, name == ServiceCustom
}

// webAddress tells whether a text is the address of a page or an API; one over http is
// for a server of one's own, which the guarded client must be allowed to reach.
func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && !strings.ContainsAny(s, " \t\r\n")
}
