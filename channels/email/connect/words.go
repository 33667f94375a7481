package connect

import (
	"fmt"
	"strings"
	"unicode"

	"parley/channels"
	"parley/internal/fault"
)

// The codes of what can be wrong with a mail server or the way in.
const (
	CodeNameUnknown   = "name_not_found"
	CodeRefused       = "connection_refused"
	CodeUnreachable   = "unreachable"
	CodeTimeout       = "timeout"
	CodeEgress        = "egress_refused"
	CodeHungUp        = "hung_up"
	CodeSpeaksTLS     = "speaks_tls"
	CodeSpeaksNoTLS   = "speaks_no_tls"
	CodeNoSTARTTLS    = "no_starttls"
	CodeTLSFailed     = "tls_failed"
	CodeCertExpired   = "certificate_expired"
	CodeCertName      = "certificate_name"
	CodeCertUnknown   = "certificate_untrusted"
	CodeOtherService  = "other_service"
	CodeBusy          = "server_busy"
	CodePassword      = "password_refused"
	CodeAppPassword   = "app_password_needed"
	CodeSwitchedOff   = "access_switched_off"
	CodeBrowserNeeded = "browser_sign_in_needed"
	CodeNeedsTLS      = "sign_in_needs_tls"
	CodeNoOAuth       = "oauth_not_supported"
	CodeConsent       = "consent_needed"
	CodeMailbox       = "mailbox_not_found"
	CodeUnexpected    = "unexpected_answer"
)

// problem makes the error of one cause: its text for people in both languages and the
// field to mend. The cause stays out of what is shown and logged where it may quote the
// far side.
func problem(kind channels.ErrorKind, code, field string, words channels.Words) *channels.Error {
	return &channels.Error{
		Kind: kind, Code: code, Text: words.EN, Scope: channels.ScopeAccount,
		Err: &channels.ConfigError{Field: field, RU: words.RU, EN: words.EN},
	}
}

func words(ru, en string) channels.Words { return channels.Words{RU: ru, EN: en} }

// refusal is the shape of what the guarded dialer answers to an address that may not be
// called.
type refusal interface {
	error
	Text() fault.Text
}

func (p Protocol) unknownName(e Endpoint) *channels.Error {
	return problem(channels.Transient, CodeNameUnknown, p.Field("host"), words(
		fmt.Sprintf("Сервер %s не найден. Проверьте имя.", e.Host),
		fmt.Sprintf("There is no server %s. Check the name.", e.Host)))
}

func (p Protocol) refused(e Endpoint) *channels.Error {
	return problem(channels.Transient, CodeRefused, p.Field("port"), words(
		fmt.Sprintf("%s не отвечает на порту %d. Проверьте порт.", e.Host, e.Port),
		fmt.Sprintf("%s does not answer on port %d. Check the port.", e.Host, e.Port)))
}

func (p Protocol) unreachable(e Endpoint) *channels.Error {
	return problem(channels.Transient, CodeUnreachable, p.Field("host"), words(
		fmt.Sprintf("До %s не достучаться: сеть недоступна.", e.Host),
		fmt.Sprintf("%s cannot be reached: there is no way to its network.", e.Host)))
}

func (p Protocol) timeout(e Endpoint) *channels.Error {
	return problem(channels.Transient, CodeTimeout, p.Field("port"), words(
		fmt.Sprintf("%s молчит на порту %d. Проверьте порт и не закрыт ли он сетевым экраном.", e.Host, e.Port),
		fmt.Sprintf("%s is silent on port %d. Check the port and whether a firewall closes it.", e.Host, e.Port)))
}

func (p Protocol) forbidden(r refusal) *channels.Error {
	text := r.Text()
	return problem(channels.Permanent, CodeEgress, p.Field("host"), words(text.RU, text.EN))
}

func (p Protocol) hungUp(e Endpoint) *channels.Error {
	return problem(channels.Transient, CodeHungUp, p.Field("port"), words(
		fmt.Sprintf("%s:%d сразу закрывает соединение. Проверьте порт.", e.Host, e.Port),
		fmt.Sprintf("%s:%d closes the connection at once. Check the port.", e.Host, e.Port)))
}

func (p Protocol) speaksTLS(e Endpoint) *channels.Error {
	return problem(channels.Permanent, CodeSpeaksTLS, p.Field("security"), words(
		fmt.Sprintf("Порт %d говорит по TLS, выберите TLS.", e.Port),
		fmt.Sprintf("Port %d speaks TLS, choose TLS.", e.Port)))
}

func (p Protocol) speaksNoTLS(e Endpoint) *channels.Error {
	return problem(channels.Permanent, CodeSpeaksNoTLS, p.Field("security"), words(
		fmt.Sprintf("Порт %d не говорит по TLS, выберите STARTTLS.", e.Port),
		fmt.Sprintf("Port %d speaks no TLS, choose STARTTLS.", e.Port)))
}

// NoSTARTTLS says that a server does not offer to protect the connection.
func (p Protocol) NoSTARTTLS(e Endpoint) *channels.Error {
	return problem(channels.Permanent, CodeNoSTARTTLS, p.Field("security"), words(
		fmt.Sprintf("%s:%d не предлагает STARTTLS. Выберите TLS и порт %d.", e.Host, e.Port, p.tlsPort()),
		fmt.Sprintf("%s:%d does not offer STARTTLS. Choose TLS and port %d.", e.Host, e.Port, p.tlsPort())))
}

func (p Protocol) tlsPort() int {
	if p == SMTP {
		return portSMTPS
	}
	return portIMAPS
}

func (p Protocol) otherService(e Endpoint) *channels.Error {
	name := strings.ToUpper(string(p))
	return problem(channels.Permanent, CodeOtherService, p.Field("port"), words(
		fmt.Sprintf("На %s:%d отвечает не %s. Проверьте порт.", e.Host, e.Port, name),
		fmt.Sprintf("What answers on %s:%d is not %s. Check the port.", e.Host, e.Port, name)))
}

// Busy says that a server answered that it cannot serve now, in its own words.
func (p Protocol) Busy(e Endpoint, said string) *channels.Error {
	return problem(channels.Transient, CodeBusy, p.Field("host"), words(
		fmt.Sprintf("%s сейчас не принимает.%s", e.Host, quoted("Ответ", said)),
		fmt.Sprintf("%s cannot serve now.%s", e.Host, quoted("It said", said))))
}

func (p Protocol) unexpected(e Endpoint, said string) *channels.Error {
	return problem(channels.Transient, CodeUnexpected, p.Field("host"), words(
		fmt.Sprintf("%s ответил неожиданно.%s", e.Host, quoted("Ответ", said)),
		fmt.Sprintf("%s gave an unexpected answer.%s", e.Host, quoted("It said", said))))
}

func quoted(lead, said string) string {
	if said == "" {
		return ""
	}
	return " " + lead + ": " + said
}

// Said makes a server's own words fit to be shown: one line, short, and without the texts
// given, such as the user's name, which servers like to repeat.
func Said(text string, without ...string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	for _, secret := range without {
		if len(secret) > 2 {
			text = strings.ReplaceAll(text, secret, "…")
		}
	}
	return clip(strings.Join(strings.Fields(text), " "), 200)
}
