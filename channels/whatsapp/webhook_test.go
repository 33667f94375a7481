package whatsapp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/whatsapp/whatsapptest"
)

func TestVerification(t *testing.T) {
	t.Parallel()
	a := newWorld(t).open(t)
	for name, c := range map[string]struct {
		query  map[string]string
		status int
		body   string
	}{
		"right":        {map[string]string{"hub.mode": "subscribe", "hub.verify_token": meta.Verify, "hub.challenge": "1158201444"}, 200, "1158201444"},
		"wrong token":  {map[string]string{"hub.mode": "subscribe", "hub.verify_token": "guess", "hub.challenge": "1"}, 403, ""},
		"no token":     {map[string]string{"hub.mode": "subscribe", "hub.challenge": "1"}, 403, ""},
		"wrong mode":   {map[string]string{"hub.mode": "unsubscribe", "hub.verify_token": meta.Verify, "hub.challenge": "1"}, 403, ""},
		"endless":      {map[string]string{"hub.mode": "subscribe", "hub.verify_token": meta.Verify, "hub.challenge": strings.Repeat("1", 10_000)}, 403, ""},
		"no questions": {nil, 403, ""},
	} {
		r, err := a.Receive(t.Context(), channels.Request{Method: http.MethodGet, Query: c.query}, newInbox(a))
		if err != nil || r.Status != c.status || string(r.Body) != c.body {
			t.Errorf("%s: %d %q %v, want %d %q", name, r.Status, r.Body, err, c.status, c.body)
		}
	}
	if r, err := a.Receive(t.Context(), channels.Request{Method: http.MethodDelete}, newInbox(a)); err != nil || r.Status != http.StatusMethodNotAllowed {
		t.Errorf("DELETE is answered %d, %v", r.Status, err)
	}
}

func TestSignatures(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.open(t)
	body := w.Message(phone, "Ann", map[string]any{"type": "text", "text": map[string]any{"body": "hi"}})
	right := whatsapptest.Sign(meta.Secret, body)
	for name, c := range map[string]struct {
		header string
		body   []byte
		status int
	}{
		"right":           {right, body, 200},
		"none":            {"", body, 401},
		"other secret":    {whatsapptest.Sign("guess", body), body, 401},
		"other body":      {right, append(bytes.Clone(body), ' '), 401},
		"without its way": {strings.TrimPrefix(right, "sha256="), body, 401},
		"half":            {right[:40], body, 401},
	} {
		in := newInbox(a)
		r, err := a.Receive(t.Context(), channels.Request{Method: http.MethodPost, Body: c.body, Header: map[string]string{"x-hub-signature-256": c.header}}, in)
		if err != nil || r.Status != c.status || (len(in.Events()) > 0) != (c.status == 200) {
			t.Errorf("%s: %d, %d events, %v; want %d", name, r.Status, len(in.Events()), err, c.status)
		}
	}
}

func TestRefusedDeliveryIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := newInbox(w.open(t))
	body := w.Message(phone, "Ann", map[string]any{"type": "text", "text": map[string]any{"body": "hi"}})
	in.Next(channeltest.Refuse)
	if status := in.push(t, body); status != http.StatusServiceUnavailable {
		t.Errorf("answered %d to what was not stored", status)
	}
	if status := in.push(t, body); status != http.StatusOK || len(in.Events()) != 1 {
		t.Errorf("then %d, with %d events", status, len(in.Events()))
	}
}

// envelope writes several changes as one push.
func envelope(t testing.TB, changes ...map[string]any) []byte {
	t.Helper()
	var list []any
	for _, c := range changes {
		list = append(list, c)
	}
	text, err := json.Marshal(map[string]any{"object": "whatsapp_business_account", "entry": []any{
		map[string]any{"id": meta.BusinessID, "changes": list}, map[string]any{"id": meta.BusinessID, "changes": []any{}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func of(field string, value map[string]any) map[string]any {
	value["metadata"] = map[string]any{"display_phone_number": meta.Number, "phone_number_id": meta.NumberID}
	return map[string]any{"field": field, "value": value}
}

func text(id, from, body string) map[string]any {
	return map[string]any{"id": id, "from": from, "timestamp": "1749416383", "type": "text", "text": map[string]any{"body": body}}
}

// TestOneBadMessageTakesNoneWithIt pushes much at once, with rubbish in every place.
func TestOneBadMessageTakesNoneWithIt(t *testing.T) {
	t.Parallel()
	in := newInbox(newWorld(t).open(t))
	body := envelope(t,
		of("messages", map[string]any{
			"contacts": []any{map[string]any{"wa_id": phone, "profile": map[string]any{"name": "Ann"}}, map[string]any{"wa_id": "79990001122", "profile": map[string]any{"name": "Иван"}}},
			"messages": []any{
				text("wamid.1", phone, "one"), map[string]any{"id": 7}, text("wamid.2", "79990001122", "two"), text("", phone, "no id"), text("wamid.3", "", "nobody"),
				map[string]any{"id": "wamid.4", "from": phone, "timestamp": "soon", "type": "text"}, text(strings.Repeat("x", 600), phone, "long id"),
			},
			"statuses": []any{map[string]any{"id": "wamid.9", "status": "delivered", "timestamp": "1749416384", "recipient_id": phone}, map[string]any{"status": []any{}}},
		}),
		of("some_new_field", map[string]any{"x": 1}),
		map[string]any{"field": "messages", "value": "text"},
	)
	if status := in.push(t, body); status != http.StatusOK {
		t.Fatalf("answered %d", status)
	}
	good, bad, names := 0, 0, ""
	for _, ev := range in.Events() {
		if ev.Problem != "" {
			bad++
			continue
		}
		good++
		names += ev.Sender.Name + ","
	}
	if good != 3 || bad != 7 || names != "Ann,Иван,," {
		t.Errorf("%d understood (%s), %d in quarantine; want 3 (Ann,Иван,,) and 7", good, names, bad)
	}
}

func TestHistoryComesInBatches(t *testing.T) {
	t.Parallel()
	in := newInbox(newWorld(t).open(t))
	var messages []any
	for i := range 2500 {
		from := phone
		if i%2 == 1 {
			from = meta.Number
		}
		messages = append(messages, text(fmt.Sprint("wamid.H", i), from, fmt.Sprint("old ", i)))
	}
	body := envelope(t, of("history", map[string]any{"history": []any{
		map[string]any{"metadata": map[string]any{"phase": 0, "chunk_order": 1, "progress": 55}, "threads": []any{map[string]any{"id": phone, "messages": messages}}},
	}}))
	if status := in.push(t, body); status != http.StatusOK {
		t.Fatalf("answered %d", status)
	}
	events := in.Events()
	if len(events) != 2500 {
		t.Fatalf("%d events of 2500", len(events))
	}
	for i, ev := range events {
		want := channels.Inward
		if i%2 == 1 {
			want = channels.Echo
		}
		if !ev.Historic || ev.Direction != want || ev.Chat != "+"+phone || ev.Sender.Address != "+"+phone {
			t.Fatalf("event %d: historic %v, %s, chat %s of %s", i, ev.Historic, ev.Direction, ev.Chat, ev.Sender.Address)
		}
	}
	if st := in.Statuses(); len(st) != 1 || st[0].Progress == nil || *st[0].Progress != (channels.Progress{Done: 55, Total: 100}) {
		t.Errorf("reported %+v", st)
	}
}

// strict is an inbox that refuses what the house would.
type strict struct{ *channeltest.Recorder }

func (s strict) Deliver(ctx context.Context, b channels.Batch) ([]channels.Outcome, error) {
	if len(b.Events) > channels.MaxBatch {
		return nil, errors.New("too many events")
	}
	return s.Recorder.Deliver(ctx, b)
}

func TestBatchesAreBounded(t *testing.T) {
	t.Parallel()
	a := newWorld(t).open(t)
	var list []any
	for i := range 1001 {
		list = append(list, text(fmt.Sprint("wamid.B", i), phone, "x"))
	}
	body := envelope(t, of("messages", map[string]any{"messages": list}))
	in := strict{channeltest.NewRecorder(channeltest.NewJournal())}
	r, err := a.Receive(t.Context(), channels.Request{Method: http.MethodPost, Body: body, Header: map[string]string{"x-hub-signature-256": whatsapptest.Sign(meta.Secret, body)}}, in)
	if err != nil || r.Status != 200 || len(in.Events()) != 1001 {
		t.Errorf("answered %d, %d events, %v", r.Status, len(in.Events()), err)
	}
}

func TestAnotherNumbersMessagesAreSeen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	account := w.account()
	account.Config["phone_number_id"] = "999"
	in := newInbox(w.openAs(t, account))
	in.push(t, w.Message(phone, "Ann", map[string]any{"type": "text", "text": map[string]any{"body": "hi"}}))
	in.push(t, w.Status(whatsapptest.Call{ID: "wamid.1", To: phone}, "read"))
	events := in.Events()
	if len(events) != 1 || !strings.Contains(events[0].Problem, meta.NumberID) {
		t.Errorf("%+v, want the message alone, in quarantine", events)
	}
}

func TestAccountUpdates(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		value map[string]any
		state channels.StateName
		code  string
	}{
		"restricted": {map[string]any{"event": "ACCOUNT_RESTRICTION", "restriction_info": []any{map[string]any{"restriction_type": "RESTRICTED_BIZ_INITIATED_MESSAGING"}}}, channels.StateConnected, "account_restricted"},
		"violation":  {map[string]any{"event": "ACCOUNT_VIOLATION", "violation_info": map[string]any{"violation_type": "ADULT"}}, channels.StateConnected, "policy_violation"},
		"disabled":   {map[string]any{"event": "DISABLED_UPDATE", "ban_info": map[string]any{"waba_ban_state": "DISABLE"}}, channels.StateBroken, "account_disabled"},
		"reinstated": {map[string]any{"event": "DISABLED_UPDATE", "ban_info": map[string]any{"waba_ban_state": "REINSTATE"}}, channels.StateConnected, ""},
		"deleted":    {map[string]any{"event": "ACCOUNT_DELETED"}, channels.StateBroken, "account_deleted"},
		"partner":    {map[string]any{"event": "PARTNER_ADDED"}, "", ""},
	} {
		in := newInbox(newWorld(t).open(t))
		if status := in.push(t, envelope(t, map[string]any{"field": "account_update", "value": c.value})); status != 200 {
			t.Errorf("%s: answered %d", name, status)
		}
		var got channels.Status
		if st := in.Statuses(); len(st) > 0 {
			got = st[0]
		}
		if got.State != c.state || got.Code != c.code || (c.code != "") != (got.Text != "") {
			t.Errorf("%s: reported %+v", name, got)
		}
	}
}
