package connect

import (
	"strings"

	"parley/channels"
)

// signIn says what is wrong with the way in, or with the mailbox behind it.
var signIn = channels.Phrases{
	CodeConsent:       {RU: "Сервер не принял разрешение. Войдите заново на странице провайдера.", EN: "The server refused the consent. Sign in on the provider's page again."},
	CodeBrowserNeeded: {RU: "Провайдер просит сначала войти в почту в браузере и подтвердить, что это вы.", EN: "The provider asks you to sign in to the mailbox in a browser first and confirm that it is you."},
	CodeAppPassword:   {RU: "Нужен пароль приложения, а не обычный пароль. Создайте его в настройках почты.", EN: "An app password is needed instead of the ordinary one. Make it in the mailbox's settings."},
	CodeSwitchedOff:   {RU: "Доступ почтовым программам выключен. Включите IMAP в настройках почты.", EN: "Access for mail programs is switched off. Switch IMAP on in the mailbox's settings."},
	CodePassword:      {RU: "Сервер не принял имя или пароль.", EN: "The server refused the user name or the password."},
	CodeNeedsTLS:      {RU: "Сервер не принимает пароль без шифрования. Выберите TLS или STARTTLS.", EN: "The server takes no password over an open connection. Choose TLS or STARTTLS."},
	CodeNoOAuth:       {RU: "{host} не умеет входить по разрешению (XOAUTH2). Используйте пароль.", EN: "{host} knows no sign-in by consent (XOAUTH2). Use a password."},
	CodeMailbox:       {RU: "Папки «{name}» нет. Обычно она называется INBOX.", EN: "There is no mailbox “{name}”. Usually it is called INBOX."},
}

var signInLater = words("{host} просит попробовать войти позже.", "{host} asks to sign in later.")

func anyOAuth() channels.Words { return onlyOAuth("Провайдер", "The provider") }

// signInPhrases are those of signIn, and what providers have to say of their own doors.
func signInPhrases() []channels.Phrase {
	list := append(signIn.List(), channels.Phrase{Code: CodeBusy, Words: signInLater}, channels.Phrase{Code: CodeAppPassword, Words: anyOAuth()})
	for _, p := range providers() {
		list = append(list, channels.Phrase{Code: CodeAppPassword, Words: p.Hint}, channels.Phrase{Code: CodeSwitchedOff, Words: p.Hint})
	}
	return list
}

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
		return problem(channels.AuthFailed, CodeConsent, "oauth", signIn[CodeConsent])
	case has(said, "webalert", "web browser", "web login", "log in via your"):
		return r.auth(CodeBrowserNeeded, signIn[CodeBrowserNeeded])
	case has(said, "application-specific", "app password", "app-specific", "application password", "neobhodim parol", "5.7.9"),
		known && p.AppPassword:
		return r.auth(CodeAppPassword, hint(p, signIn[CodeAppPassword]))
	case known && p.OnlyOAuth, has(said, "basic authentication is disabled", "basicauthblocked"):
		return problem(channels.AuthFailed, CodeAppPassword, "oauth", hint(p, anyOAuth()))
	case has(said, "not enabled", "disabled", "switched off", "access is denied", "imap access"):
		return r.auth(CodeSwitchedOff, hint(p, signIn[CodeSwitchedOff]))
	}
	return r.auth(CodePassword, signIn[CodePassword])
}

func (r Refusal) later() *channels.Error {
	e := r.auth(CodeBusy, signInLater.Fill(map[string]string{"host": r.Server.Host}))
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
	return problem(channels.Permanent, CodeNeedsTLS, p.Field("security"), signIn[CodeNeedsTLS])
}

// NoOAuth says that a server knows no sign-in by consent.
func NoOAuth(e Endpoint) *channels.Error {
	return problem(channels.AuthFailed, CodeNoOAuth, "oauth", signIn[CodeNoOAuth].Fill(map[string]string{"host": e.Host}))
}

// NoMailbox says that a mailbox does not exist.
func NoMailbox(name string) *channels.Error {
	return problem(channels.Permanent, CodeMailbox, "mailbox", signIn[CodeMailbox].Fill(map[string]string{"name": name}))
}
