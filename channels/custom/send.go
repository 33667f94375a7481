package custom

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"parley/channels"
)

// maxAnswer is how much of an answer is read, in bytes.
const maxAnswer = 64 << 10

// Send implements channels.Adapter.
func (a *Account) Send(ctx context.Context, m channels.Outgoing) (channels.Sent, error) {
	if err := a.Limits().Check(m); err != nil {
		return channels.Sent{}, err
	}
	e := a.envelope(TypeMessage, m.Key, m.Chat)
	e.Text, e.HTML, e.ReplyTo, e.Subject = m.Text, m.HTML, m.ReplyTo, m.Subject
	e.Sender.Name, e.Buttons = m.FromName, buttons(m.Buttons)
	for _, f := range m.Files {
		content, err := a.read(ctx, f)
		if err != nil {
			return channels.Sent{}, failure(channels.Transient, codeFileNotRead, err)
		}
		e.Attachments = append(e.Attachments, Attachment{Name: f.Name, Type: f.Type, Size: f.Size, Content: content})
	}
	taken, err := a.post(ctx, e)
	if err != nil {
		return channels.Sent{}, err
	}
	if taken.ID == "" || len(taken.ID) > maxID {
		taken.ID = m.Key
	}
	return channels.Sent{RemoteID: taken.ID}, nil
}

func (a *Account) read(ctx context.Context, f channels.File) ([]byte, error) {
	r, err := a.env.Files.Open(ctx, f)
	if err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(r, maxFile))
	return content, errors.Join(err, r.Close())
}

func buttons(rows [][]channels.Button) [][]Button {
	var out [][]Button
	for _, row := range rows {
		var line []Button
		for _, b := range row {
			line = append(line, Button(b))
		}
		out = append(out, line)
	}
	return out
}

// Edit implements channels.Editor.
func (a *Account) Edit(ctx context.Context, remoteID string, m channels.Outgoing) error {
	if err := a.Limits().Check(m); err != nil {
		return err
	}
	e := a.about(TypeEdit, m.Chat, remoteID)
	e.Text, e.HTML = m.Text, m.HTML
	return a.do(ctx, e)
}

// Delete implements channels.Deleter.
func (a *Account) Delete(ctx context.Context, chat, remoteID string) error {
	return a.do(ctx, a.about(TypeDelete, chat, remoteID))
}

// React implements channels.Reactor.
func (a *Account) React(ctx context.Context, chat, remoteID, emoji string) error {
	e := a.about(TypeReaction, chat, remoteID)
	e.Emoji = emoji
	return a.do(ctx, e)
}

// MarkRead implements channels.ReadMarker.
func (a *Account) MarkRead(ctx context.Context, chat, remoteID string) error {
	e := a.about(TypeReceipt, chat, remoteID)
	e.State = string(channels.Read)
	return a.do(ctx, e)
}

// Typing implements channels.Typer.
func (a *Account) Typing(ctx context.Context, chat, agentName string) error {
	e := a.about(TypeTyping, chat, "")
	e.Sender.Name = agentName
	return a.do(ctx, e)
}

// Test implements channels.Tester: the other system shall answer a ping.
func (a *Account) Test(ctx context.Context) error {
	if a.out == "" {
		return nil
	}
	return a.do(ctx, a.about(TypePing, "", ""))
}

func (a *Account) envelope(t Type, id, chat string) Envelope {
	return Envelope{ID: id, Type: t, ChatID: chat, SentAt: a.env.Now().UTC().Format(time.RFC3339)}
}

// about is what concerns an earlier message, or none.
func (a *Account) about(t Type, chat, messageID string) Envelope {
	e := a.envelope(t, fmt.Sprintf("%s-%x", t, a.env.Now().UnixNano()), chat)
	e.MessageID = messageID
	return e
}

// do posts what needs no answer. It keeps a nil *Error from becoming an error that is not nil.
func (a *Account) do(ctx context.Context, e Envelope) error {
	if a.out == "" {
		return failure(channels.Permanent, codeReceivesOnly, nil)
	}
	if _, err := a.post(ctx, e); err != nil {
		return err
	}
	return nil
}

// post makes one attempt.
func (a *Account) post(ctx context.Context, e Envelope) (Taken, *channels.Error) {
	body, err := json.Marshal(e)
	if err != nil {
		return Taken{}, failure(channels.Permanent, codeNotWritten, err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.out, bytes.NewReader(body))
	if err != nil {
		return Taken{}, failure(channels.Permanent, codeBadAddress, nil)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Parley")
	req.Header.Set(SignatureHeader, Sign(a.secret, body))
	res, failure := channels.Exchange(a.env.HTTP, req, maxAnswer)
	if failure != nil {
		return Taken{}, failure
	}
	if refused := refusal(res, a.env.Now()); refused != nil {
		return Taken{}, refused
	}
	var taken Taken
	if json.Unmarshal(res.Body, &taken) != nil {
		taken = Taken{} // any answer of success will do
	}
	return taken, nil
}

// refusal says what a status means; nil is success. As in our API description: 2xx is taken,
// 4xx never will be, but those that ask to come again; what a broken server did with the
// message nobody knows.
func refusal(res channels.Answer, now time.Time) *channels.Error {
	e := &channels.Error{Kind: channels.Permanent, Code: fmt.Sprintf("http_%d", res.Status), Text: receiver.Of(res.Status).EN}
	switch s := res.Status; {
	case s >= 200 && s < 300:
		return nil
	case s == http.StatusUnauthorized || s == http.StatusForbidden:
		e.Kind, e.Scope = channels.AuthFailed, channels.ScopeAccount
	case s == http.StatusRequestTimeout || s == http.StatusTooEarly:
		e.Kind, e.RetryAfter = channels.Transient, res.Wait(now)
	case s == http.StatusTooManyRequests || s == http.StatusServiceUnavailable:
		e.Kind, e.RetryAfter, e.Scope = channels.Transient, res.Wait(now), channels.ScopeAccount
	case s >= 500:
		e.Kind, e.RetryAfter = channels.Uncertain, res.Wait(now)
	}
	return e
}
