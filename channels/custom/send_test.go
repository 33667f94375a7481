package custom_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/custom"
	"parley/channels/custom/customtest"
)

func TestAnswersTravelWhole(t *testing.T) {
	t.Parallel()
	partner := customtest.New(secret)
	partner.NameThem = true
	server := httptest.NewServer(partner)
	t.Cleanup(server.Close)
	a, files := open(t, server.URL)
	f, err := files.Put(t.Context(), "a.txt", "text/plain", strings.NewReader("hello"), 100)
	if err != nil {
		t.Fatal(err)
	}
	sent, err := a.Send(t.Context(), channels.Outgoing{
		Key: "42", Chat: "c", Text: "hi", HTML: "<b>hi</b>", Files: []channels.File{f}, ReplyTo: "r", FromName: "Olga",
		Buttons: [][]channels.Button{{{Text: "Yes", Data: "y"}, {Text: "Site", URL: "https://x"}}},
	})
	if err != nil || sent.RemoteID != "theirs-42" {
		t.Fatalf("%+v %v", sent, err)
	}
	for name, do := range map[string]func() error{
		"edit":     func() error { return a.Edit(t.Context(), "theirs-42", channels.Outgoing{Chat: "c", Text: "new"}) },
		"delete":   func() error { return a.Delete(t.Context(), "c", "theirs-42") },
		"reaction": func() error { return a.React(t.Context(), "c", "m1", "👍") },
		"receipt":  func() error { return a.MarkRead(t.Context(), "c", "m1") },
		"typing":   func() error { return a.Typing(t.Context(), "c", "Olga") },
		"ping":     func() error { return a.Test(t.Context()) },
	} {
		if err := do(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := partner.Got()
		if last := got[len(got)-1]; last.Body["type"] != name || !last.Signed || !last.New {
			t.Errorf("%s went out as %s", name, last.Raw)
		}
	}
	var e custom.Envelope
	if err := json.Unmarshal(partner.Got()[0].Raw, &e); err != nil {
		t.Fatal(err)
	}
	at, err := time.Parse(time.RFC3339, e.SentAt)
	if e.ID != "42" || e.Type != custom.TypeMessage || e.ChatID != "c" || e.Text != "hi" || e.HTML != "<b>hi</b>" || e.ReplyTo != "r" || e.Sender.Name != "Olga" ||
		!bytes.Equal(e.Attachments[0].Content, []byte("hello")) || e.Buttons[0][1].URL != "https://x" || err != nil || at.IsZero() {
		t.Errorf("%+v", e)
	}
}

func TestStatusesMeanWhatTheDescriptionSays(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status, _ := strconv.Atoi(strings.TrimPrefix(r.URL.Path, "/"))
		w.Header().Set("Retry-After", "9")
		w.WriteHeader(status)
	}))
	t.Cleanup(server.Close)
	const nine = 9 * time.Second
	for status, want := range map[int]channels.Error{
		307: {Kind: channels.Permanent}, 400: {Kind: channels.Permanent}, 404: {Kind: channels.Permanent}, 413: {Kind: channels.Permanent},
		401: {Kind: channels.AuthFailed, Scope: channels.ScopeAccount}, 403: {Kind: channels.AuthFailed, Scope: channels.ScopeAccount},
		408: {Kind: channels.Transient, RetryAfter: nine}, 425: {Kind: channels.Transient, RetryAfter: nine},
		429: {Kind: channels.Transient, RetryAfter: nine, Scope: channels.ScopeAccount}, 503: {Kind: channels.Transient, RetryAfter: nine, Scope: channels.ScopeAccount},
		500: {Kind: channels.Uncertain, RetryAfter: nine}, 502: {Kind: channels.Uncertain, RetryAfter: nine}, 504: {Kind: channels.Uncertain, RetryAfter: nine},
	} {
		a, _ := open(t, server.URL+"/"+strconv.Itoa(status))
		_, err := a.Send(t.Context(), channels.Outgoing{Key: "1", Chat: "c", Text: "x"})
		e := channels.AsError(err)
		if e == nil || e.Kind != want.Kind || e.RetryAfter != want.RetryAfter || e.Scope != want.Scope || e.Code != "http_"+strconv.Itoa(status) {
			t.Errorf("%d: %+v, want %+v", status, e, want)
		}
	}
	for _, status := range []int{200, 201, 202, 204} {
		a, _ := open(t, server.URL+"/"+strconv.Itoa(status))
		if sent, err := a.Send(t.Context(), channels.Outgoing{Key: "1", Chat: "c", Text: "x"}); err != nil || sent.RemoteID != "1" {
			t.Errorf("%d: %+v %v", status, sent, err)
		}
	}
}

func TestAccountWithoutAnAddressSendsNothing(t *testing.T) {
	t.Parallel()
	a, _ := open(t, "")
	if l := a.Limits(); l.Text.Max != 0 || l.Files.MaxCount != 0 || l.WriteFirst {
		t.Errorf("%+v", l)
	}
	_, err := a.Send(t.Context(), channels.Outgoing{Key: "1", Chat: "c", Text: "x"})
	if e := channels.AsError(err); e == nil || e.Kind != channels.Permanent {
		t.Errorf("%v", err)
	}
	if err := a.Delete(t.Context(), "c", "1"); channels.AsError(err).Kind != channels.Permanent {
		t.Errorf("%v", err)
	}
	if err := a.Test(t.Context()); err != nil {
		t.Errorf("%v", err)
	}
}
