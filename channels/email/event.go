package email

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"parley/channels"
	"parley/channels/email/imap"
	"parley/channels/email/letter"
	"parley/channels/email/quote"
	"parley/channels/email/report"
)

// scope is where mail addresses are unique.
const scope = "email"

// event makes an event of a mail. It fails only when the mail cannot be read for reasons that pass.
func (a *Account) event(ctx context.Context, m imap.Mail, r io.Reader) (channels.Event, error) {
	l, err := letter.Read(ctx, r, a.env.Files, letter.Bounds{File: imap.MaxMail, Files: channels.MaxMessageFiles})
	if err != nil {
		return channels.Event{}, fmt.Errorf("read mail: %w", err)
	}
	original := m.Original
	ev := channels.Event{
		Key: key(m, l), Direction: channels.Inward, Subject: l.Subject, Historic: historic(m, l), At: sentAt(m, l),
		Original: &original,
	}
	read := a.seen(l)
	verdict := report.Judge(read)
	msg := a.message(m, l, read, verdict)
	author, known := authorOf(l, read)
	if !known && verdict.Nature != channels.NaturePerson {
		author, known = machine(), true
	}
	switch {
	case m.Sent || a.writtenHere(l, read, msg.Ours):
		ev.Direction = channels.Echo
		if author, known = a.addressee(l); !known {
			ev.Problem = "the mail was sent from here and names nobody it went to"
		}
		ev.Nature = channels.NaturePerson
		if from, ok := authorOf(l, read); ok {
			at := party(from)
			msg.From = &at
		}
	case !known:
		ev.Problem = "the mail does not say who wrote it"
	default:
		ev.Nature = verdict.Nature
		if group := report.Group(read); ev.Nature == channels.NatureList && group != "" && !ev.Historic {
			ev.Hint = strings.ReplaceAll(unnamedGroup, "{group}", group)
		}
		msg.Reports = a.reports(verdict, msg.Answers)
		if verdict.Reached != "" && len(msg.Reports) > 0 { // a read receipt says nothing else
			ev.Receipt, ev.Nature = &msg.Reports[0], channels.NaturePerson
			return ev, nil
		}
		if msg.Ours != 0 && !a.settings.own.has(author.Address) {
			ev.Key = borrowed(ev.Key, author.Address)
		}
	}
	if ev.Problem != "" {
		ev.Raw, err = a.beginning(ctx, original)
		return ev, err
	}
	ev.Sender = channels.Sender{Scope: scope, Address: author.Address, Name: author.Name, Verified: msg.Warning == "" && !a.rewritten(l, read)}
	ev.Chat = chat(l, msg.RemoteID)
	ev.Message = &msg
	return ev, nil
}

// message takes over what a mail says.
func (a *Account) message(m imap.Mail, l *letter.Letter, read report.Mail, v report.Verdict) channels.Message {
	msg := channels.Message{
		RemoteID: remoteID(m, l), HTML: l.HTML, Files: l.Files,
		To: parties(l.To), Cc: parties(l.Cc), References: references(l),
		Warning: report.Authentication(read, a.settings.trusted), Damaged: l.Damaged,
	}
	msg.Text, msg.Quoted = quote.Split(l.Text)
	if len(l.InReplyTo) > 0 {
		msg.ReplyTo = short(l.InReplyTo[0])
	}
	if author, ok := authorOf(l, read); ok && !m.Sent {
		msg.Unanswerable = string(report.AnswerTo(read))
		if to := a.answerTo(l, read); len(to) > 0 && (len(to) > 1 || !strings.EqualFold(to[0].Address, author.Address)) {
			msg.AnswerTo = to
		}
	}
	if l.Calendar != nil && msg.Text == "" {
		msg.Text = l.Calendar.Summary
	}
	a.proofs(l, v, &msg)
	return msg
}

// historic tells whether a mail is from before its account. Where the server may have given old
// mails a new time, the author's counts as well.
func historic(m imap.Mail, l *letter.Letter) bool {
	return m.Historic || m.Renumbered && !l.Date.IsZero() && l.Date.Before(m.Connected.Add(-24*time.Hour))
}

// sentAt is the author's time, unless it cannot be: nobody sends after the server has it.
func sentAt(m imap.Mail, l *letter.Letter) time.Time {
	if l.Date.IsZero() || l.Date.After(m.Received) && !m.Received.IsZero() {
		return m.Received
	}
	return l.Date
}

// beginning is as much of a mail as is kept with an event in quarantine.
func (a *Account) beginning(ctx context.Context, f channels.File) (raw []byte, err error) {
	r, err := a.env.Files.Open(ctx, f)
	if err != nil {
		return nil, fmt.Errorf("open stored mail: %w", err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	if raw, err = io.ReadAll(io.LimitReader(r, channels.MaxRaw)); err != nil {
		return nil, fmt.Errorf("read stored mail: %w", err)
	}
	if len(raw) == 0 {
		return []byte("\n"), nil // an empty mail is an empty line
	}
	return raw, nil
}
