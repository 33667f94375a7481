package form

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/nyaruka/phonenumbers"

	"parley/channels"
	"parley/internal/fault"
)

// maxTrapped is how much is kept of what the trap caught, in bytes.
const maxTrapped = 4 << 10

// Take stores a submission. Only after a nil error may anybody be told that it was taken; a
// fault of the kind Invalid names the fields that are wrong, any other means "again later",
// and the submission's key makes that harmless. What the trap caught is taken as well, as far
// as anybody can see.
func (a *Account) Take(ctx context.Context, in channels.Inbound, s Submission) (channels.Outcome, error) {
	if s.first(TrapField) != "" {
		return a.deliver(ctx, in, channels.Event{Key: a.key(s, "trap:"), Direction: channels.Inward, Ignored: true, Raw: s.raw(maxTrapped)})
	}
	if err := a.check(s); err != nil {
		return channels.Outcome{}, err
	}
	ev := a.event(s)
	for _, f := range s.Files {
		kept, err := a.env.Files.Put(ctx, f.Name, f.Type, bytes.NewReader(f.Content), MaxFileBytes)
		if err != nil {
			return channels.Outcome{}, busy().Because(fmt.Errorf("keep file of form: %w", err))
		}
		ev.Message.Files = append(ev.Message.Files, kept)
	}
	return a.deliver(ctx, in, ev)
}

func (a *Account) deliver(ctx context.Context, in channels.Inbound, ev channels.Event) (channels.Outcome, error) {
	outcomes, err := in.Deliver(ctx, channels.Batch{Events: []channels.Event{ev}})
	switch {
	case fault.KindOf(err) == fault.NotFound: // the account has just been deleted
		return channels.Outcome{}, err
	case err != nil:
		return channels.Outcome{}, busy().Because(err)
	case len(outcomes) != 1:
		return channels.Outcome{}, busy().Because(fmt.Errorf("deliver form: %d outcomes for one event", len(outcomes)))
	}
	return outcomes[0], nil
}

// retryAfter is when somebody whose form could not be stored comes again.
const retryAfter = 2 * time.Second

func busy() *fault.Error {
	return fault.New(fault.Unavailable, "not_stored", fault.T(
		"Форма пока не сохранена, отправьте её ещё раз.", "The form is not stored yet; send it again.")).After(retryAfter)
}

// event turns a submission into what intake takes.
func (a *Account) event(s Submission) channels.Event {
	key := a.key(s, "")
	sum := sha256.Sum256([]byte(key))
	chat := "form-" + hex.EncodeToString(sum[:12])
	page := s.first(fieldPage)
	if page == "" {
		page = s.Page
	}
	referrer := s.first(fieldReferrer)
	if referrer == "" {
		referrer = s.Referrer
	}
	subject := cut(line(s.first(subjectNames...)), 500)
	if subject == "" {
		subject = a.config.Title
	}
	return channels.Event{
		Key: key, Direction: channels.Inward, Chat: chat, Subject: subject, Sender: a.sender(s, chat), At: a.env.Now().UTC(),
		Source:  channels.Source{Page: cut(line(page), 2000), Referrer: cut(line(referrer), 2000), UTM: s.utm()},
		Message: &channels.Message{Text: a.text(s, page)}, Raw: s.raw(channels.MaxRaw),
	}
}

// sender is somebody new who has typed some addresses.
func (a *Account) sender(s Submission, chat string) channels.Sender {
	out := channels.Sender{Scope: "account:" + strconv.FormatInt(int64(a.id), 10), Address: chat, Verified: true}
	email, phone := strings.ToLower(s.first(emailNames...)), s.first(phoneNames...)
	for _, name := range []string{s.first(nameNames...), email, phone} {
		if out.Name = cut(line(name), 200); out.Name != "" {
			break
		}
	}
	if email != "" {
		out.Extra = append(out.Extra, channels.Address{Scope: "email", Address: email})
	}
	if number, err := phonenumbers.Parse(phone, a.config.Region); err == nil && phonenumbers.IsPossibleNumber(number) {
		out.Extra = append(out.Extra, channels.Address{Scope: "phone", Address: phonenumbers.Format(number, phonenumbers.E164)})
	}
	return out
}

// text is the submission as an agent reads it: what was said, then what was filled in besides.
func (a *Account) text(s Submission, page string) string {
	said := s.first(messageNames...)
	var lines []string
	for _, f := range s.Fields {
		value := strings.TrimSpace(f.Value)
		if value == "" || isService(fold(f.Name)) || value == said && isMessage(f.Name) {
			continue
		}
		lines = append(lines, Label(f.Name, a.config.Language)+": "+value)
	}
	if page != "" {
		lines = append(lines, Label(fieldPage, a.config.Language)+": "+cut(line(page), 2000))
	}
	filled := strings.Join(lines, "\n")
	switch {
	case said == "":
		return filled
	case filled == "":
		return said
	}
	return said + "\n\n" + filled
}

// UploadType is the media type of an attached file, where its sender does not say.
func UploadType(said string, content []byte) string {
	if said == "" || said == "application/octet-stream" {
		return http.DetectContentType(content)
	}
	return said
}
