package email

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
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

// key identifies a mail by what its copies share.
func key(m imap.Mail, l *letter.Letter) channels.EventKey {
	if l.MessageID == "" {
		return channels.EventKey("raw:" + m.Original.Hash)
	}
	return channels.EventKey("m:" + short(l.MessageID) + ":" + m.Body)
}

// borrowed is the key of somebody else's mail that carries an id of ours: it may be word for word
// the mail that lies among those we sent.
func borrowed(k channels.EventKey, author string) channels.EventKey {
	sum := sha256.Sum256([]byte(strings.ToLower(author)))
	return k + channels.EventKey(":"+hex.EncodeToString(sum[:8]))
}

// remoteID is the mail's own id, or one that it has while it lies where it lies.
func remoteID(m imap.Mail, l *letter.Letter) string {
	if l.MessageID != "" {
		return short(l.MessageID)
	}
	return short(fmt.Sprintf("%d.%d@%s", m.Validity, m.UID, m.Mailbox))
}

// chat is the thread that the mail itself claims to belong to.
func chat(l *letter.Letter, id string) string {
	root := id
	switch {
	case len(l.References) > 0:
		root = l.References[0]
	case len(l.InReplyTo) > 0:
		root = l.InReplyTo[0]
	}
	return short(root)
}

// longestID is how long an id may be that is kept as it is.
const longestID = 200

// short replaces a long id by its hash, the same everywhere.
func short(id string) string {
	if len(id) <= longestID {
		return id
	}
	sum := sha256.Sum256([]byte(id))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// references are all earlier mails that this one names, the root first and what it answers last.
func references(l *letter.Letter) []string {
	var ids []string
	for _, id := range slices.Concat(l.References, l.InReplyTo) {
		if id = short(id); id != l.MessageID && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
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
