package connect

import (
	"strconv"
	"strings"

	"parley/channels"
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

// Phrases are what the codes of this package mean, for people.
func Phrases() []channels.Phrase {
	list := append(append(phrases.List(), further()...), signInPhrases()...)
	return append(list, consentPhrases()...)
}

// phrases say what is wrong with a server. {host}, {port} and {protocol} are of the
// endpoint, {tls} is the protocol's port for TLS, {said} the server's own words.
var phrases = channels.Phrases{
	CodeNameUnknown: {RU: "Сервер {host} не найден. Проверьте имя.", EN: "There is no server {host}. Check the name."},
	CodeRefused:     {RU: "{host} не отвечает на порту {port}. Проверьте порт.", EN: "{host} does not answer on port {port}. Check the port."},
	CodeUnreachable: {RU: "До {host} не достучаться: сеть недоступна.", EN: "{host} cannot be reached: there is no way to its network."},
	CodeTimeout:     {RU: "{host} молчит на порту {port}. Проверьте порт и не закрыт ли он сетевым экраном.", EN: "{host} is silent on port {port}. Check the port and whether a firewall closes it."},
	CodeHungUp:      {RU: "{host}:{port} сразу закрывает соединение. Проверьте порт.", EN: "{host}:{port} closes the connection at once. Check the port."},
	CodeSpeaksTLS:   {RU: "Порт {port} говорит по TLS, выберите TLS.", EN: "Port {port} speaks TLS, choose TLS."},
	CodeSpeaksNoTLS: {RU: "Порт {port} начинает без TLS и предлагает STARTTLS: выберите STARTTLS.", EN: "Port {port} begins without TLS and offers STARTTLS: choose STARTTLS."},
	CodeNoSTARTTLS:  {RU: "{host}:{port} не предлагает STARTTLS, а порт {tls} говорит по TLS: выберите TLS и порт {tls}.", EN: "{host}:{port} does not offer STARTTLS, and port {tls} speaks TLS: choose TLS and port {tls}."},
	CodeCertExpired: {RU: "Сертификат {host} просрочен или ещё не действует.", EN: "The certificate of {host} has expired or is not valid yet."},
	CodeCertName:    {RU: "Сертификат выдан не для {host}. Укажите имя сервера, на которое он выдан.", EN: "The certificate is not for {host}. Enter the server's name that it is for."},
	CodeCertUnknown: {
		RU: "Сертификату {host} нельзя доверять: неизвестно, кто его выдал. Поставьте на сервер сертификат известного центра, например бесплатный Let’s Encrypt; либо, если это сертификат вашей организации, добавьте его издателя в доверенные на компьютере с Parley (переменная SSL_CERT_FILE) и перезапустите Parley.",
		EN: "The certificate of {host} cannot be trusted: nobody known has issued it. Give the server one of a known authority, such as Let’s Encrypt, which is free; or, if it is your organisation’s own, have the computer that runs Parley trust its issuer (the variable SSL_CERT_FILE) and start Parley again.",
	},
	CodeTLSFailed:    {RU: "С {host} не удалось договориться о шифровании (нужен TLS 1.2 или новее).", EN: "No encryption could be agreed on with {host} (TLS 1.2 or later is needed)."},
	CodeOtherService: {RU: "На {host}:{port} отвечает не {protocol}. Проверьте порт.", EN: "What answers on {host}:{port} is not {protocol}. Check the port."},
	CodeBusy:         {RU: "{host} сейчас не принимает.", EN: "{host} cannot serve now."},
	CodeUnexpected:   {RU: "{host} ответил неожиданно.", EN: "{host} gave an unexpected answer."},
}

// What a code means besides, where the probe saw more.
var (
	busySaying       = words("{host} сейчас не принимает. Ответ: {said}", "{host} cannot serve now. It said: {said}")
	unexpectedSaying = words("{host} ответил неожиданно. Ответ: {said}", "{host} gave an unexpected answer. It said: {said}")

	// tlsElsewhere and openAtHome are for a port that knows no encryption at all, and openFar
	// for one whose server is not near.
	tlsElsewhere = words(
		"{host}:{port} не предлагает шифрования, а порт {tls} говорит по TLS: выберите TLS и порт {tls}.",
		"{host}:{port} offers no encryption, and port {tls} speaks TLS: choose TLS and port {tls}.")
	openAtHome = words(
		"{host}:{port} не предлагает шифрования. Сервер на этом компьютере или в вашей сети: в поле «Защита» выберите «Нет».",
		"{host}:{port} offers no encryption. The server is on this computer or in your own network: choose “None” for security.")
	openFar = words(
		"{host}:{port} не предлагает шифрования, и на порту {tls} его нет. Спросите, какой порт защищён; защита «Нет» годится только для своей сети: пароль пойдёт открыто.",
		"{host}:{port} offers no encryption, nor does port {tls}. Ask which port is protected; Security “None” is for your own network alone: the password travels readable.")
)

func further() []channels.Phrase {
	return []channels.Phrase{
		{Code: CodeBusy, Words: busySaying}, {Code: CodeUnexpected, Words: unexpectedSaying},
		{Code: CodeSpeaksNoTLS, Words: tlsElsewhere}, {Code: CodeSpeaksNoTLS, Words: openAtHome}, {Code: CodeSpeaksNoTLS, Words: openFar},
		{Code: CodeNoSTARTTLS, Words: openAtHome}, {Code: CodeNoSTARTTLS, Words: openFar},
	}
}

func words(ru, en string) channels.Words { return channels.Words{RU: ru, EN: en} }

// problem makes the error of one cause: its text for people in both languages and the
// field to mend. The cause stays out of what is shown and logged where it may quote the
// far side.
func problem(kind channels.ErrorKind, code, field string, words channels.Words) *channels.Error {
	return &channels.Error{
		Kind: kind, Code: code, Text: words.EN, Scope: channels.ScopeAccount,
		Err: &channels.ConfigError{Field: field, RU: words.RU, EN: words.EN},
	}
}

// failing makes the error of a server at an endpoint; field is what to mend, without the
// protocol's name.
func (p Protocol) failing(kind channels.ErrorKind, code, field string, e Endpoint) *channels.Error {
	return p.saying(kind, code, field, e, phrases[code], "")
}

// saying is failing in words of one's own, with the server's.
func (p Protocol) saying(kind channels.ErrorKind, code, field string, e Endpoint, w channels.Words, said string) *channels.Error {
	return problem(kind, code, p.Field(field), w.Fill(map[string]string{
		"host": e.Host, "port": strconv.Itoa(e.Port), "protocol": strings.ToUpper(string(p)), "tls": strconv.Itoa(p.tlsPort()), "said": said,
	}))
}

func (p Protocol) tlsPort() int {
	if p == SMTP {
		return portSMTPS
	}
	return portIMAPS
}

func (p Protocol) speaksTLS(e Endpoint) *channels.Error {
	return p.failing(channels.Permanent, CodeSpeaksTLS, "security", e)
}

// Busy says that a server answered that it cannot serve now, in its own words.
func (p Protocol) Busy(e Endpoint, said string) *channels.Error {
	if said == "" {
		return p.failing(channels.Transient, CodeBusy, "host", e)
	}
	return p.saying(channels.Transient, CodeBusy, "host", e, busySaying, said)
}

func (p Protocol) unexpected(e Endpoint, said string) *channels.Error {
	if said == "" {
		return p.failing(channels.Transient, CodeUnexpected, "host", e)
	}
	return p.saying(channels.Transient, CodeUnexpected, "host", e, unexpectedSaying, said)
}
