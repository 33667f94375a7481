package smtp

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"parley/channels"
	"parley/channels/email/compose"
	"parley/channels/email/token"
)

// draft is a mail ready to leave: its envelope and its content.
type draft struct {
	id         string // Message-ID, without angle brackets
	from       string
	recipients []string
	wide       bool // an address needs SMTPUTF8
	message    *compose.Message
	signature  string
	attempt    int
	// problem is for whom the server did not accept a mail that goes to others; nil = for nobody.
	problem *channels.Error
}

// draft makes a mail of a message. An error is final: the same message makes the same mail.
func (s *Sender) draft(m channels.Outgoing) (*draft, *channels.Error) {
	from, err := s.sender(m.From)
	if err != nil {
		return nil, err
	}
	d := &draft{from: from, attempt: m.Attempt, id: token.MessageID(s.env.Key, m.MessageID, domain(from))}
	for _, list := range [][]channels.Address{m.To, m.Cc, m.Bcc} {
		for _, a := range list {
			spec, wide, bad := compose.Envelope(a.Address)
			if bad != nil {
				return nil, notAnAddress(bad)
			}
			if !slices.ContainsFunc(d.recipients, func(have string) bool { return strings.EqualFold(have, spec) }) {
				d.recipients = append(d.recipients, spec)
				d.wide = d.wide || wide
			}
		}
	}
	if len(d.recipients) == 0 {
		return nil, failure(channels.Permanent, CodeNoRecipients, "")
	}
	mail := compose.Mail{
		MessageID: d.id, Date: s.env.Now(), Subject: m.Subject, Text: m.Text, HTML: m.HTML, Automatic: m.Automatic,
		From: compose.Address{Name: cmp.Or(m.FromName, s.config.FromName), Address: from},
		To:   addresses(m.To), Cc: addresses(m.Cc), InReplyTo: m.ReplyTo, References: m.References,
	}
	if s.config.PlusAddress {
		if answers := token.PlusAddress(s.env.Key, m.MessageID, from); answers != from {
			mail.ReplyTo = []compose.Address{{Name: mail.From.Name, Address: answers}}
		}
	}
	for _, f := range m.Files {
		mail.Files = append(mail.Files, compose.File{
			Name: f.Name, Type: f.Type, Size: f.Size, ContentID: f.ContentID, Inline: f.Inline,
			Open: func(ctx context.Context) (io.ReadCloser, error) { return s.env.Files.Open(ctx, f) },
		})
	}
	message, bad := compose.New(mail)
	if bad != nil {
		return nil, notAnAddress(bad)
	}
	d.message = message
	d.wide = d.wide || message.UTF8()
	return d, nil
}

// sender returns the address of the account that a message asks for, as the account has it.
func (s *Sender) sender(wanted string) (string, *channels.Error) {
	if wanted == "" {
		return s.own[0], nil
	}
	spec, _, err := compose.Envelope(wanted)
	if err != nil {
		return "", notAnAddress(err)
	}
	for _, own := range s.own {
		if strings.EqualFold(own, spec) {
			return own, nil
		}
	}
	return "", failure(channels.Permanent, CodeFrom, spec)
}

func addresses(list []channels.Address) []compose.Address {
	var all []compose.Address
	for _, a := range list {
		all = append(all, compose.Address{Name: a.Name, Address: a.Address})
	}
	return all
}

func notAnAddress(err error) *channels.Error {
	detail := ""
	if bad, ok := errors.AsType[*compose.AddressError](err); ok {
		detail = bad.Address
	}
	return failure(channels.Permanent, CodeAddress, detail)
}
