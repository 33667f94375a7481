package connect

import (
	"fmt"
	"strings"

	"parley/channels"
)

// Refusal is how a mail server refused a sign-in.
type Refusal struct {
	Server  Endpoint
	Address string // of the mailbox; its provider's words are better than general ones
	OAuth   bool   // a token was refused, not a password
	Code    string // IMAP's response code or SMTP's enhanced status; may be empty
	Said    string // the server's own words, as they came
	// Field of the password; "" is "password".
	Field string
}

// Explain says in words why a sign-in was refused and what to do. The kind is AuthFailed
// unless the server said that trying later helps.
func (r Refusal) Explain() *channels.Error {
	said := strings.ToLower(r.Code + " " + r.Said)
	p, known := r.provider()
	switch {
	case has(said, "unavailable", "inuse", "try again", "temporarily", "too many", "rate limit"):
		return r.later()
	case r.OAuth:
		return problem(channels.AuthFailed, CodeConsent, "oauth", words(
			"Сервер не принял разрешение. Войдите заново на странице провайдера.",
			"The server refused the consent. Sign in on the provider's page again."))
	case has(said, "webalert", "web browser", "web login", "log in via your"):
		return r.auth(CodeBrowserNeeded, words(
			"Провайдер просит сначала войти в почту в браузере и подтвердить, что это вы.",
			"The provider asks you to sign in to the mailbox in a browser first and confirm that it is you."))
	case has(said, "application-specific", "app password", "app-specific", "application password", "neobhodim parol", "5.7.9"),
		known && p.AppPassword:
		return r.auth(CodeAppPassword, hint(p, words(
			"Нужен пароль приложения, а не обычный пароль. Создайте его в настройках почты.",
			"An app password is needed instead of the ordinary one. Make it in the mailbox's settings.")))
	case known && p.OnlyOAuth, has(said, "basic authentication is disabled", "basicauthblocked"):
		return problem(channels.AuthFailed, CodeAppPassword, "oauth", hint(p, onlyOAuth("Провайдер", "The provider")))
	case has(said, "not enabled", "disabled", "switched off", "access is denied", "imap access"):
		return r.auth(CodeSwitchedOff, hint(p, words(
			"Доступ почтовым программам выключен. Включите IMAP в настройках почты.",
			"Access for mail programs is switched off. Switch IMAP on in the mailbox's settings.")))
	}
	return r.auth(CodePassword, words(
		"Сервер не принял имя или пароль.", "The server refused the user name or the password."))
}

func (r Refusal) later() *channels.Error {
	e := r.auth(CodeBusy, words(
		fmt.Sprintf("%s просит попробовать войти позже.", r.Server.Host),
		fmt.Sprintf("%s asks to sign in later.", r.Server.Host)))
	e.Kind = channels.Transient
	return e
}

func (r Refusal) auth(code string, w channels.Words) *channels.Error {
	field := r.Field
	if field == "" {
		field = "password"
	}
	return problem(channels.AuthFailed, code, field, w)
}

func (r Refusal) provider() (Provider, bool) {
	if _, domain, err := split(r.Address); err == nil {
		if p, ok := ByDomain(domain); ok {
			return p, true
		}
	}
	return ByHost(r.Server.Host)
}

// hint are a provider's own words where there are any.
func hint(p Provider, general channels.Words) channels.Words {
	if p.Hint.EN != "" {
		return p.Hint
	}
	return general
}

func has(text string, parts ...string) bool {
	for _, part := range parts {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

// NeedsTLS says that a server takes no password over an open connection.
func (p Protocol) NeedsTLS() *channels.Error {
	return problem(channels.Permanent, CodeNeedsTLS, p.Field("security"), words(
		"Сервер не принимает пароль без шифрования. Выберите TLS или STARTTLS.",
		"The server takes no password over an open connection. Choose TLS or STARTTLS."))
}

// NoOAuth says that a server knows no sign-in by consent.
func NoOAuth(e Endpoint) *channels.Error {
	return problem(channels.AuthFailed, CodeNoOAuth, "oauth", words(
		fmt.Sprintf("%s не умеет входить по разрешению (XOAUTH2). Используйте пароль.", e.Host),
		fmt.Sprintf("%s knows no sign-in by consent (XOAUTH2). Use a password.", e.Host)))
}

// NoMailbox says that a mailbox does not exist.
func NoMailbox(name string) *channels.Error {
	return problem(channels.Permanent, CodeMailbox, "mailbox", words(
		fmt.Sprintf("Папки «%s» нет. Обычно она называется INBOX.", name),
		fmt.Sprintf("There is no mailbox %q. Usually it is called INBOX.", name)))
}
