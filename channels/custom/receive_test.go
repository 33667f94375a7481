package custom_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/custom"
	"parley/channels/custom/customtest"
)

// open returns an account that posts to a URL, with what it was lent.
func open(t *testing.T, out string) (*custom.Account, *channeltest.Files) {
	t.Helper()
	files := &channeltest.Files{}
	a, err := new(custom.Driver).Open(channels.Account{ID: 7, Kind: channels.KindCustom, Config: map[string]string{"outgoing_url": out, "secret": secret}},
		channels.Env{HTTP: http.DefaultClient, Now: time.Now, Files: files, Key: make([]byte, 32)})
	if err != nil {
		t.Fatal(err)
	}
	return a.(*custom.Account), files
}

// receive pushes one signed body and returns the answer and what was delivered.
func receive(t *testing.T, a *custom.Account, body string) (custom.Taken, []channels.Event) {
	t.Helper()
	rec := channeltest.NewRecorder(channeltest.NewJournal())
	r, err := a.Receive(t.Context(), signed([]byte(body)), rec)
	if err != nil || r.Status != http.StatusOK {
		t.Fatalf("%s: %d %s %v", body, r.Status, r.Body, err)
	}
	var taken custom.Taken
	if err := json.Unmarshal(r.Body, &taken); err != nil {
		t.Fatal(err)
	}
	if faults := rec.Faults(); len(faults) > 0 {
		t.Fatalf("%s: %v", body, faults)
	}
	return taken, rec.Events()
}

func TestEnvelopesBecomeEvents(t *testing.T) {
	t.Parallel()
	a, _ := open(t, "")
	for name, c := range map[string]struct {
		body string
		ok   func(ev channels.Event) bool
	}{
		"message": {`{"id":"1","type":"message","chat_id":"c","sender":{"id":"p","name":" Anna ","email":"A@b.ru","phone":"+7900"},"text":"hi","sent_at":"2026-11-22T10:00:00+03:00","page":"https://x/y","utm":{"utm_source":"z"}}`,
			func(ev channels.Event) bool {
				return ev.Key == "1" && ev.Chat == "c" && ev.Message.Text == "hi" && ev.Message.RemoteID == "1" && ev.Sender.Scope == "account:7" && ev.Sender.Address == "p" &&
					ev.Sender.Name == "Anna" && len(ev.Sender.Extra) == 2 && !ev.Sender.Extra[0].Verified && ev.At.Equal(time.Date(2026, 11, 22, 7, 0, 0, 0, time.UTC)) &&
					ev.Source.Page == "https://x/y" && ev.Source.UTM["utm_source"] == "z" && len(ev.Raw) > 0
			}},
		"sender is the chat": {`{"id":"1","type":"message","chat_id":"c","text":"x"}`, func(ev channels.Event) bool { return ev.Sender.Address == "c" }},
		"chat is the sender": {`{"id":"1","type":"message","sender":{"id":"p"},"text":"x"}`, func(ev channels.Event) bool { return ev.Chat == "p" }},
		"group":              {`{"id":"1","type":"message","chat_id":"g","subject":"Team","sender":{"id":"p"},"text":"x","reply_to":"0"}`, func(ev channels.Event) bool { return ev.Subject == "Team" && ev.Message.ReplyTo == "0" }},
		"echo":               {`{"id":"1","type":"message","chat_id":"c","text":"x","direction":"outbound"}`, func(ev channels.Event) bool { return ev.Direction == channels.Echo }},
		"historic":           {`{"id":"1","type":"message","chat_id":"c","text":"x","historic":true}`, func(ev channels.Event) bool { return ev.Historic }},
		"edit": {`{"id":"e1","type":"edit","message_id":"1","text":"new"}`, func(ev channels.Event) bool {
			return ev.Key == "edit:e1" && ev.Edit.RemoteID == "1" && ev.Edit.Text == "new"
		}},
		"edit by one id": {`{"id":"1","type":"edit","text":"new"}`, func(ev channels.Event) bool { return len(ev.Key) > len("edit:1:") && ev.Edit.RemoteID == "1" }},
		"delete":         {`{"id":"d","type":"delete","message_id":"1"}`, func(ev channels.Event) bool { return ev.Delete.RemoteID == "1" }},
		"reaction":       {`{"id":"r","type":"reaction","message_id":"1","emoji":"👍"}`, func(ev channels.Event) bool { return ev.Reaction.Emoji == "👍" && ev.Reaction.RemoteID == "1" }},
		"receipt": {`{"id":"r","type":"receipt","message_id":"1","state":"failed","reason":"no phone"}`, func(ev channels.Event) bool {
			return ev.Receipt.State == channels.DeliveryFailed && ev.Receipt.Text == "the receiving system did not deliver the message: no phone"
		}},
		"location": {`{"id":"1","type":"message","chat_id":"c","location":{"latitude":55.75,"longitude":37.61,"title":"Office"}}`, func(ev channels.Event) bool {
			return ev.Message.Location.Latitude == 55.75 && strings.Contains(ev.Message.Text, "Office\nhttps://")
		}},
		"contact": {`{"id":"1","type":"message","chat_id":"c","text":"him","contacts":[{"name":"Ivan","phones":["+7900"]}]}`, func(ev channels.Event) bool {
			return ev.Message.Cards[0].Name == "Ivan" && ev.Message.Text == "him\nIvan\n+7900"
		}},
		"press": {`{"id":"1","type":"message","chat_id":"c","press":{"message_id":"9","data":"yes"}}`, func(ev channels.Event) bool {
			return ev.Message.Press.Data == "yes" && ev.Message.Press.RemoteID == "9" && ev.Message.Text == "yes"
		}},
		"link to a file": {`{"id":"1","type":"message","chat_id":"c","attachments":[{"url":"https://x/a.png?sig=topsecret","kind":"photo","name":"a.png","type":"image/png","size":5}]}`,
			func(ev channels.Event) bool {
				m := ev.Message.Media[0]
				return m.Kind == channels.MediaPhoto && m.Name == "a.png" && m.Size == 5 && len(m.Ref) <= channels.MaxRef && !strings.Contains(m.Ref, "topsecret")
			}},
		"file": {`{"id":"1","type":"message","chat_id":"c","attachments":[{"name":"a.txt","content_base64":"` + base64.StdEncoding.EncodeToString([]byte("hello")) + `"}]}`,
			func(ev channels.Event) bool {
				f := ev.Message.Files[0]
				return f.Name == "a.txt" && f.Size == 5 && strings.HasPrefix(f.Type, "text/plain") && f.Hash != ""
			}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, events := receive(t, a, c.body)
			if len(events) != 1 || events[0].Problem != "" || !c.ok(events[0]) {
				t.Errorf("%+v", events)
			}
		})
	}
}

func TestNonsenseGoesToQuarantineWithWords(t *testing.T) {
	t.Parallel()
	a, _ := open(t, "")
	for body, says := range map[string]string{
		`{"id":"1","type":"message"`:                                                             "breaks at byte 26",
		`{"id":5,"type":"message"}`:                                                              "id: this is not a string",
		`{"id":"1","type":"message","sender":"Anna"}`:                                            "sender: this is not an object",
		`{"type":"message","chat_id":"c","text":"x"}`:                                            "id: it is missing",
		`{"id":"1","type":"message","text":"x"}`:                                                 "chat_id",
		`{"id":"1","type":"message","chat_id":"c"}`:                                              "needs a text",
		`{"id":"1","type":"poke","chat_id":"c"}`:                                                 "type: use",
		`{"id":"1","type":"receipt","message_id":"2","state":""}`:                                "state: use",
		`{"id":"1","type":"message","chat_id":"c","text":"x","sent_at":"yesterday"}`:             "sent_at",
		`{"id":"1","type":"message","chat_id":"c","text":"x","direction":"up"}`:                  "direction",
		`{"id":"1","type":"message","chat_id":"` + strings.Repeat("c", 201) + `","text":"x"}`:    "chat_id: at most 200",
		`{"id":"1","type":"message","chat_id":"c","attachments":[{"name":"a"}]}`:                 "attachments[0]",
		`{"id":"1","type":"message","chat_id":"c","attachments":[{"url":"file:///etc/passwd"}]}`: "attachments[0].url",
		`{"id":"1","type":"message","chat_id":"c","attachments":[{"content_base64":"%%%"}]}`:     "right form",
		`[{"id":"1"}]`: "right form",
	} {
		taken, events := receive(t, a, body)
		if taken.Outcome != "quarantined" || !strings.Contains(taken.Problem, says) || len(events) != 1 || string(events[0].Raw) != body {
			t.Errorf("%s: %+v %+v", body, taken, events)
		}
	}
}

func TestTypingIsTakenAndKeepsNothing(t *testing.T) {
	t.Parallel()
	a, _ := open(t, "")
	if taken, events := receive(t, a, `{"id":"1","type":"typing","chat_id":"c"}`); taken.Outcome != "ignored" || len(events) != 0 {
		t.Errorf("%+v %+v", taken, events)
	}
}

func TestOnlySignedBytesAreRead(t *testing.T) {
	t.Parallel()
	a, _ := open(t, "")
	body := []byte(`{"id":"1","type":"message","chat_id":"c","text":"x"}`)
	good := customtest.Sign(secret, body)
	for name, c := range map[string]struct {
		method, signature string
		status            int
	}{
		"fits":             {"POST", good, 200},
		"upper case":       {"POST", "sha256=" + strings.ToUpper(good[7:]), 200},
		"none":             {"POST", "", 401},
		"bare":             {"POST", good[7:], 401},
		"of another":       {"POST", customtest.Sign("another-secret", body), 401},
		"of another body":  {"POST", customtest.Sign(secret, append(body, '\n')), 401},
		"cut":              {"POST", good[:40], 401},
		"of the empty key": {"POST", customtest.Sign("", body), 401},
		"by GET":           {"GET", good, 405},
	} {
		rec := channeltest.NewRecorder(channeltest.NewJournal())
		r, err := a.Receive(t.Context(), channels.Request{Method: c.method, Body: body, Header: map[string]string{"x-parley-signature": c.signature}}, rec)
		if err != nil || r.Status != c.status || (len(rec.Events()) == 1) != (c.status == 200) {
			t.Errorf("%s: %d %s %v", name, r.Status, r.Body, err)
		}
		if strings.Contains(string(r.Body), good[7:]) && c.status != 200 {
			t.Errorf("%s: the answer tells the right signature", name)
		}
	}
}

func TestWhatIsNotStoredIsNotTaken(t *testing.T) {
	t.Parallel()
	a, _ := open(t, "")
	rec := channeltest.NewRecorder(channeltest.NewJournal())
	rec.Next(channeltest.Refuse)
	push := signed([]byte(`{"id":"1","type":"message","chat_id":"c","text":"x"}`))
	if r, err := a.Receive(t.Context(), push, rec); err != nil || r.Status != http.StatusServiceUnavailable {
		t.Errorf("%d %v", r.Status, err)
	}
}

func TestFetch(t *testing.T) {
	t.Parallel()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/a.png":
			w.Header().Set("Content-Type", "image/png")
			_, _ = w.Write([]byte("picture"))
		case "/busy":
			w.WriteHeader(http.StatusBadGateway)
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	t.Cleanup(site.Close)
	a, files := open(t, "")
	ref := func(path string) string {
		_, events := receive(t, a, `{"id":"1","type":"message","chat_id":"c","attachments":[{"url":"`+site.URL+path+`"}]}`)
		return events[0].Message.Media[0].Ref
	}
	if first, again := ref("/a.png"), ref("/a.png"); first != again {
		t.Error("a redelivery names another file")
	}
	f, err := a.Fetch(t.Context(), channels.Media{Ref: ref("/a.png?sig=topsecret")}, files)
	if err != nil || f.Name != "a.png" || f.Type != "image/png" || f.Size != 7 {
		t.Errorf("%+v %v", f, err)
	}
	gone := ref("/none")
	other, _ := new(custom.Driver).Open(channels.Account{Config: map[string]string{"secret": secret}}, channels.Env{HTTP: http.DefaultClient, Key: []byte(strings.Repeat("k", 32))})
	for name, c := range map[string]struct {
		a    channels.Fetcher
		ref  string
		kind channels.ErrorKind
	}{
		"gone": {a, gone, channels.Permanent}, "busy": {a, ref("/busy"), channels.Transient}, "no reference": {a, "AAAA", channels.Permanent},
		"another account's": {other.(channels.Fetcher), gone, channels.Permanent},
	} {
		_, err := c.a.Fetch(t.Context(), channels.Media{Ref: c.ref}, files)
		var e *channels.Error
		if !errors.As(err, &e) || e.Kind != c.kind {
			t.Errorf("%s: %v", name, err)
		}
	}
	site.Close()
	_, err = a.Fetch(context.WithoutCancel(t.Context()), channels.Media{Ref: ref("/x?sig=topsecret")}, files)
	if err == nil || strings.Contains(err.Error(), "topsecret") || channels.AsError(err).Kind != channels.Transient {
		t.Errorf("unreachable: %v", err)
	}
}
