package connect

import (
	"context"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Mailbox is what is tried of a mail account's receiving side.
type Mailbox struct {
	Server   Endpoint
	Address  string // of the account, to know its provider
	Username string
	Password string
	Tokens   TokenSource // instead of a password; nil = password
	Name     string      // of the mailbox; "" is INBOX
}

// probeTime bounds one try of a server.
const probeTime = 15 * time.Second

// ProbeIMAP signs in to a mailbox and opens it for reading, which changes nothing there.
// nil says that it works; otherwise the *channels.Error names the field to mend.
func (d Door) ProbeIMAP(ctx context.Context, m Mailbox) error {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	conn, err := d.Open(ctx, IMAP, m.Server)
	if err != nil {
		return err
	}
	defer conn.Close()
	until, _ := ctx.Deadline()
	conn.SetDeadline(until)
	stop := context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	if err := d.probe(ctx, newLine(conn), m); err != nil {
		return IMAP.Explain(m.Server, err)
	}
	return nil
}

func (d Door) probe(ctx context.Context, l *line, m Mailbox) error {
	greeting, err := l.read()
	if err != nil {
		return err
	}
	switch word, _, text := status(strings.TrimPrefix(greeting, "* ")); {
	case word == "BYE":
		return IMAP.Busy(m.Server, Said(text, m.Username, m.Address))
	case word != "OK" && word != "PREAUTH":
		return IMAP.otherService(m.Server)
	}
	if m.Server.Security == STARTTLS {
		if err := d.startTLS(l, m.Server); err != nil {
			return err
		}
	}
	if err := signIn(ctx, l, m); err != nil {
		return err
	}
	if err := examine(l, m); err != nil {
		return err
	}
	_, _ = l.command("LOGOUT") // what was to be known is known
	return nil
}

func (d Door) startTLS(l *line, e Endpoint) error {
	a, err := l.command("STARTTLS")
	if err != nil {
		return err
	}
	if !a.ok() {
		return IMAP.NoSTARTTLS(e)
	}
	return l.secure(d.TLSConfig(e.Host))
}

func signIn(ctx context.Context, l *line, m Mailbox) error {
	caps, err := capabilities(l)
	if err != nil {
		return err
	}
	var a answer
	if m.Tokens != nil {
		a, err = consented(ctx, l, m, caps)
	} else {
		a, err = withPassword(l, m, caps)
	}
	if err != nil || a.ok() {
		return err
	}
	if a.code == "PRIVACYREQUIRED" {
		return IMAP.NeedsTLS()
	}
	return Refusal{
		Server: m.Server, Address: m.Address, OAuth: m.Tokens != nil, Code: a.code, Said: a.text + " " + strings.Join(a.lines, " "),
	}.Explain()
}

func capabilities(l *line) ([]string, error) {
	a, err := l.command("CAPABILITY")
	if err != nil {
		return nil, err
	}
	var caps []string
	for _, text := range a.lines {
		if list, ok := strings.CutPrefix(strings.ToUpper(text), "* CAPABILITY "); ok {
			caps = append(caps, strings.Fields(list)...)
		}
	}
	return caps, nil
}

// consented signs in by a token, as Google and Microsoft describe XOAUTH2. A refused one
// is answered by a challenge that wants an empty line.
func consented(ctx context.Context, l *line, m Mailbox, caps []string) (answer, error) {
	if !slices.Contains(caps, "AUTH=XOAUTH2") {
		return answer{}, NoOAuth(m.Server)
	}
	user, token, err := m.Tokens.Token(ctx)
	if err != nil {
		return answer{}, err
	}
	return authenticate(l, caps, "XOAUTH2", "user="+user+"\x01auth=Bearer "+token+"\x01\x01")
}

func withPassword(l *line, m Mailbox, caps []string) (answer, error) {
	if slices.Contains(caps, "AUTH=PLAIN") {
		return authenticate(l, caps, "PLAIN", "\x00"+m.Username+"\x00"+m.Password)
	}
	if slices.Contains(caps, "LOGINDISABLED") {
		if m.Server.Security == None {
			return answer{}, IMAP.NeedsTLS()
		}
		return answer{}, Refusal{Server: m.Server, Address: m.Address, Said: "basic authentication is disabled"}.Explain()
	}
	user, easyUser := quote(m.Username)
	password, easyPassword := quote(m.Password)
	if easyUser && easyPassword {
		return l.command("LOGIN " + user + " " + password)
	}
	return l.command("LOGIN {"+strconv.Itoa(len(m.Username))+"}", m.Username+" {"+strconv.Itoa(len(m.Password))+"}", m.Password)
}

// authenticate sends a mechanism of one message, at once where the server allows it.
func authenticate(l *line, caps []string, mechanism, message string) (answer, error) {
	encoded := base64.StdEncoding.EncodeToString([]byte(message))
	if slices.Contains(caps, "SASL-IR") {
		return l.command("AUTHENTICATE " + mechanism + " " + encoded)
	}
	return l.command("AUTHENTICATE "+mechanism, encoded)
}

func examine(l *line, m Mailbox) error {
	name := m.Name
	if name == "" {
		name = "INBOX"
	}
	written, ok := quote(EncodeMailbox(name))
	if !ok {
		return NoMailbox(name)
	}
	a, err := l.command("EXAMINE " + written)
	switch {
	case err != nil:
		return err
	case !a.ok():
		return NoMailbox(name)
	}
	return nil
}
