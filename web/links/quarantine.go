package links

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"parley/accounts"
	"parley/channels"
	"parley/inbox"
	"parley/internal/fault"
	"parley/web/rest"
)

// QuarantinedEvent is something that arrived and could not be understood.
type QuarantinedEvent struct {
	ID        rest.ID           `json:"id"`
	AccountID rest.ID           `json:"account_id"`
	Key       channels.EventKey `json:"key"`
	At        time.Time         `json:"at"`
	Error     string            `json:"error" doc:"Why it was not understood, in the caller's language."`
	Raw       string            `json:"raw" doc:"What arrived; in lists the beginning of it."`
	RawURL    string            `json:"raw_url" doc:"What arrived, whole and as it is, as a download."`
}

func (l *Links) showQuarantined(who rest.Caller) func(inbox.ReceivedEvent) QuarantinedEvent {
	return func(r inbox.ReceivedEvent) QuarantinedEvent {
		return QuarantinedEvent{
			ID: rest.IDOf(r.ID), AccountID: rest.IDOf(r.AccountID), Key: r.Key, At: rest.Time(r.At),
			Error:  l.inOtherWords(who, r.AccountID, accounts.Problem{Code: channels.CodeProblem, Text: r.Error}),
			Raw:    strings.ToValidUTF8(r.Raw, "\uFFFD"),
			RawURL: rest.Base + "/quarantine/" + string(rest.IDOf(r.ID)) + "/raw",
		}
	}
}

var (
	errNotQuarantined = fault.New(fault.NotFound, "not_quarantined", fault.T(
		"Такого события в карантине нет.", "There is no such event in quarantine."))
	errCannotRetry = fault.New(fault.Conflict, "cannot_retry", fault.T(
		"Этот канал не умеет перечитывать принятое.", "This channel cannot read again what it received."))
	errNotUnderstood = fault.New(fault.Conflict, "not_understood", fault.T(
		"Событие по-прежнему не разобрать. Оно осталось в карантине.", "The event is still not understood. It stays in quarantine."))
)

func (l *Links) declareQuarantine(api *rest.API) {
	rest.Add(api, rest.Op{
		ID: "list-quarantine", Method: http.MethodGet, Path: "/quarantine", Need: rest.Read("quarantine").For(operators...),
		Summary: "What arrived and could not be understood, newest first",
	}, func(ctx context.Context, who rest.Caller, in *rest.Paging) (*rest.Body[rest.Page[QuarantinedEvent]], error) {
		items, next, err := l.log.Quarantine(ctx, who.Viewer, in.Cursor, orUsual(in.Limit))
		if err != nil {
			return nil, err
		}
		return rest.List(items, next, l.showQuarantined(who)), nil
	})
	rest.Add(api, rest.Op{
		ID: "get-quarantined", Method: http.MethodGet, Path: "/quarantine/{id}", Need: rest.Read("quarantine").For(operators...),
		Summary: "One event of the quarantine, raw",
	}, func(ctx context.Context, who rest.Caller, in *ByAccount) (*rest.Body[QuarantinedEvent], error) {
		ev, err := l.quarantined(ctx, who, in.ID)
		if err != nil {
			return nil, err
		}
		return rest.Reply(l.showQuarantined(who)(ev)), nil
	})
	rest.Add(api, rest.Op{
		ID: "get-quarantined-raw", Method: http.MethodGet, Path: "/quarantine/{id}/raw", Need: rest.Read("quarantine").For(operators...),
		Summary: "What arrived, whole and as it is, as a download",
	}, l.rawOfQuarantined)
	rest.Add(api, rest.Op{
		ID: "discard-quarantined", Method: http.MethodDelete, Path: "/quarantine/{id}", Need: rest.Write("quarantine").For(operators...),
		Summary: "Let an event leave the quarantine with nothing made of it; it is forgotten after two weeks",
	}, func(ctx context.Context, who rest.Caller, in *ByAccount) (*rest.None, error) {
		ev, err := l.quarantined(ctx, who, in.ID)
		if err != nil {
			return nil, err
		}
		return nil, l.log.LeaveQuarantine(ctx, ev.ID)
	})
	rest.Add(api, rest.Op{
		ID: "retry-quarantined", Method: http.MethodPost, Path: "/quarantine/{id}/retry", Need: rest.Write("quarantine").For(operators...),
		Summary: "Read an event of the quarantine again, as after an upgrade",
	}, func(ctx context.Context, who rest.Caller, in *ByAccount) (*rest.Body[rest.Page[ReceivedEvent]], error) {
		ev, err := l.quarantined(ctx, who, in.ID)
		if err != nil {
			return nil, err
		}
		out, err := l.retry(ctx, ev)
		if err != nil {
			return nil, err
		}
		return rest.List(out, "", l.showReceived(who)), nil
	})
}

// quarantineSizes are how many events of accounts lie in quarantine, for those who may look there.
func (l *Links) quarantineSizes(ctx context.Context, who rest.Caller) (map[channels.AccountID]int, error) {
	if !slices.Contains(operators, who.Auth.Role) {
		return nil, nil
	}
	return l.log.QuarantineSizes(ctx, who.Viewer)
}

func (l *Links) quarantined(ctx context.Context, who rest.Caller, id rest.ID) (inbox.ReceivedEvent, error) {
	ev, found, err := l.log.Quarantined(ctx, who.Viewer, rest.Num[int64](id))
	if err == nil && !found {
		err = errNotQuarantined
	}
	return ev, err
}

// retry lets the adapter read the raw bytes again, and takes in what it understands
// now. The row stays in quarantine until that is committed.
func (l *Links) retry(ctx context.Context, ev inbox.ReceivedEvent) ([]inbox.ReceivedEvent, error) {
	in, running := l.running.Inbound(ev.AccountID)
	if !running {
		return nil, errCannotRetry
	}
	events, err := l.reread(ctx, ev)
	if errors.Is(err, errCannotRetry) {
		return nil, err
	}
	if err != nil || len(events) == 0 || slices.ContainsFunc(events, func(e channels.Event) bool { return e.Problem != "" }) {
		return nil, errNotUnderstood.Because(err)
	}
	if err := l.log.FreeKey(ctx, ev.ID); err != nil {
		return nil, fmt.Errorf("free key of quarantined event: %w", err)
	}
	outcomes, err := in.Deliver(ctx, channels.Batch{Events: events})
	if err != nil {
		return nil, notTaken(fmt.Errorf("deliver quarantined event: %w", err))
	}
	if err := l.log.LeaveQuarantine(ctx, ev.ID); err != nil {
		return nil, fmt.Errorf("leave quarantine: %w", err)
	}
	return rest.Map(outcomes, func(o channels.Outcome) inbox.ReceivedEvent {
		return inbox.ReceivedEvent{
			ID: ev.ID, Key: o.Key, At: o.At, Outcome: o.Kind, MessageID: inbox.MessageID(o.MessageID),
			ConversationID: inbox.ConversationID(o.ConversationID),
		}
	}), nil
}

// reread lets the adapter read what is kept of an event. Its signature was looked at when it came.
func (l *Links) reread(ctx context.Context, ev inbox.ReceivedEvent) ([]channels.Event, error) {
	adapter, _ := l.running.Adapter(ev.AccountID)
	if r, ok := adapter.(channels.Rereader); ok {
		kept := channels.Kept{Raw: []byte(ev.Raw), At: ev.At}
		if ev.Original != "" {
			kept.Original = &channels.File{Hash: ev.Original}
		}
		return r.Reread(ctx, kept)
	}
	hook, ok := adapter.(channels.Webhook)
	if !ok {
		return nil, errCannotRetry
	}
	var read notebook
	_, err := hook.Receive(ctx, channels.Request{Method: http.MethodPost, Body: []byte(ev.Raw)}, &read)
	return read.events, err
}

// rawOfQuarantined hands out what arrived: the file it came in, or the bytes of its event.
func (l *Links) rawOfQuarantined(ctx context.Context, who rest.Caller, in *ByAccount) (*rest.Download, error) {
	ev, err := l.quarantined(ctx, who, in.ID)
	if err != nil {
		return nil, err
	}
	name := "event-" + string(in.ID)
	if ev.Original != "" && l.files != nil {
		return l.files.Open(ctx, inbox.File{Hash: ev.Original, Name: name + ".eml", Type: "message/rfc822"})
	}
	return rest.Send(ctx, rest.Content{
		Name: name + ".txt", Type: "application/octet-stream", Tag: name, Size: int64(len(ev.Raw)), Body: readSeekCloser{strings.NewReader(ev.Raw)},
	}), nil
}

// readSeekCloser is a text to be read, with nothing to close.
type readSeekCloser struct{ *strings.Reader }

// Close implements io.Closer.
func (readSeekCloser) Close() error { return nil }

// notebook is an Inbound that only writes down what an adapter hands in.
type notebook struct{ events []channels.Event }

var _ channels.Inbound = (*notebook)(nil)

func (n *notebook) Cursor(context.Context, string) (string, error) { return "", nil }
func (n *notebook) Report(context.Context, channels.Status)        {}

// Deliver keeps the events and takes none, so that nothing else the adapter would do
// after a commit happens.
func (n *notebook) Deliver(_ context.Context, b channels.Batch) ([]channels.Outcome, error) {
	n.events = append(n.events, b.Events...)
	out := make([]channels.Outcome, len(b.Events))
	for i, e := range b.Events {
		out[i] = channels.Outcome{Key: e.Key, Kind: channels.OutcomeIgnored}
	}
	return out, nil
}
