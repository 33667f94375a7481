package email

import (
	"net/mail"
	"strconv"
	"strings"
	"time"

	"parley/channels"
	"parley/channels/email/connect"
	"parley/channels/email/imap"
	"parley/channels/email/smtp"
)

// Bounds of the numbers of a configuration.
const (
	leastPoll   = 1
	mostPoll    = 20 * 60
	mostHistory = 10 * 366 // days
	mostPort    = 65535
	longestName = 500 // bytes of a host, a folder or a user's name
)

// settings are an account's configuration, read.
type settings struct {
	own     own
	trusted []string
	grant   *connect.Grant // nil = by password
	imap    imap.Config    // without Tokens
	smtp    smtp.Config
}

// reader takes values out of a configuration and keeps the first complaint.
type reader struct {
	values map[string]string
	wrong  *channels.ConfigError
}

// parse reads a configuration. The error is a *channels.ConfigError.
func parse(values map[string]string) (settings, error) {
	r := &reader{values: values}
	address := r.address("address", r.text("address"))
	var aliases []string
	for _, alias := range r.list("aliases") {
		aliases = append(aliases, r.address("aliases", alias))
	}
	s := settings{own: newOwn(address, aliases), trusted: r.list("trusted_authserv")}
	user := r.text("username")
	if user == "" {
		user = address
	}
	s.imap = imap.Config{
		Server: r.endpoint(connect.IMAP, 993), Address: address, Username: user, Password: values["password"],
		Mailbox: r.text("mailbox"), Sent: r.text("sent_mailbox"),
		Poll:     time.Duration(r.number("poll_seconds", 60, leastPoll, mostPoll)) * time.Second,
		Backfill: time.Duration(r.number("backfill_days", 0, 0, mostHistory)) * 24 * time.Hour,
	}
	s.smtp = smtp.Config{
		Server: r.endpoint(connect.SMTP, 465), Username: user, Password: values["password"],
		Address: address, FromName: r.text("from_name"), Aliases: s.own.aliases, PlusAddress: r.flag("plus_address"),
		DKIM: smtp.DKIM{Domain: r.text("dkim_domain"), Selector: r.text("dkim_selector"), Key: values["dkim_key"]},
	}
	if name := r.text("smtp_username"); name != "" {
		s.smtp.Username = name
	}
	if password := values["smtp_password"]; password != "" {
		s.smtp.Password, s.smtp.PasswordField = password, "smtp_password"
	}
	if text := values[connect.FieldOAuth]; text != "" && r.wrong == nil {
		grant, err := connect.ParseGrant(text)
		if err != nil {
			return settings{}, err
		}
		// Before the consent there is only the application that may ask for it.
		if grant.RefreshToken != "" || values["password"] == "" {
			s.grant = &grant
		}
	}
	if r.wrong != nil {
		return settings{}, r.wrong
	}
	return s, nil
}

func (r *reader) complain(field, ru, en string) {
	if r.wrong == nil {
		r.wrong = &channels.ConfigError{Field: field, RU: ru, EN: en}
	}
}

// text is a value on one line.
func (r *reader) text(field string) string {
	v := strings.TrimSpace(r.values[field])
	if len(v) > longestName || strings.ContainsFunc(v, func(c rune) bool { return c < ' ' || c == 0x7f }) {
		r.complain(field, "Слишком длинно или в несколько строк.", "Too long, or several lines.")
		return ""
	}
	return v
}

func (r *reader) list(field string) (parts []string) {
	for part := range strings.SplitSeq(r.values[field], ",") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// address is one mail address, without a name.
func (r *reader) address(field, text string) string {
	a, err := mail.ParseAddress(text)
	if err != nil || a.Address != text || len(text) > 320 {
		r.complain(field, "Нужен адрес почты вида name@example.com.", "An e-mail address like name@example.com is needed.")
		return ""
	}
	return text
}

func (r *reader) endpoint(p connect.Protocol, port int) connect.Endpoint {
	e := connect.Endpoint{
		Host:     r.text(p.Field("host")),
		Port:     r.number(p.Field("port"), port, 1, mostPort),
		Security: connect.Security(r.text(p.Field("security"))),
	}
	if e.Host == "" || strings.ContainsAny(e.Host, " /@") {
		r.complain(p.Field("host"), "Укажите имя сервера, например imap.example.com.", "Give the server's name, such as imap.example.com.")
	}
	switch e.Security {
	case "":
		e.Security = connect.TLS
	case connect.TLS, connect.STARTTLS, connect.None:
	default:
		r.complain(p.Field("security"), "Выберите tls, starttls или none.", "Choose tls, starttls or none.")
	}
	return e
}

func (r *reader) number(field string, ordinary, least, most int) int {
	text := strings.TrimSpace(r.values[field])
	if text == "" {
		return ordinary
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		r.complain(field, "Нужно целое число от "+strconv.Itoa(least)+" до "+strconv.Itoa(most)+".",
			"A whole number from "+strconv.Itoa(least)+" to "+strconv.Itoa(most)+" is needed.")
		return ordinary
	}
	return n
}

func (r *reader) flag(field string) bool {
	switch strings.TrimSpace(r.values[field]) {
	case "", "false":
		return false
	case "true":
		return true
	}
	r.complain(field, "Нужно true или false.", "True or false is needed.")
	return false
}
