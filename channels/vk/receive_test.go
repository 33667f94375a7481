package vk_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/vk"
	"parley/channels/vk/vktest"
)

// life is an account with its network and its inbox.
type life struct {
	*vktest.Server
	adapter channels.Adapter
	rec     *channeltest.Recorder
	journal *channeltest.Journal
	logs    *bytes.Buffer
	files   *channeltest.Files
}

func open(t *testing.T, mode string) life {
	t.Helper()
	l := life{Server: start(t, mode), journal: channeltest.NewJournal(), logs: &bytes.Buffer{}, files: &channeltest.Files{}}
	l.rec = channeltest.NewRecorder(l.journal)
	a, err := (&vk.Driver{}).Open(channels.Account{ID: 7, Kind: channels.KindVK, Config: config(l.Server, mode)}, channels.Env{
		Log: slog.New(slog.NewTextHandler(l.logs, nil)), Now: time.Now, HTTP: l.Client(), Files: l.files, Key: key,
	})
	if err != nil {
		t.Fatal(err)
	}
	l.adapter = a
	return l
}

// run runs the account until the function it returns is called.
func (l life) run(t *testing.T) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	before := len(l.rec.Statuses())
	go func() { done <- l.adapter.Run(ctx, l.rec) }()
	stopped := false
	stop = func() {
		if cancel(); !stopped {
			stopped = true
			if err := <-done; err != nil {
				t.Errorf("Run: %v", err)
			}
		}
	}
	t.Cleanup(stop)
	l.until(t, "the connection", func() bool { return len(l.rec.Statuses()) > before })
	return stop
}

func (l life) until(t *testing.T, what string, cond func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if !l.journal.Wait(ctx, cond) {
		t.Fatalf("waited in vain for %s", what)
	}
}

// texts are those of the messages that were kept, in order.
func (l life) texts() (list []string) {
	for _, ev := range l.rec.Events() {
		if ev.Message != nil {
			list = append(list, ev.Message.Text)
		}
	}
	return list
}

func (l life) arrives(t *testing.T, text string) {
	t.Helper()
	l.until(t, text, func() bool { return l.journal.Count(channeltest.StepCommitted, text) > 0 })
}

func TestLostHistoryIsReadAgain(t *testing.T) {
	t.Parallel()
	l := open(t, "longpoll")
	l.run(t)
	l.Write(ivan, ivan, "до")
	l.arrives(t, "до")
	chat := l.Chat(5, "Склад")
	for _, text := range []string{"раз", "два", "три"} {
		l.Quietly(ivan, ivan, text)
	}
	l.Quietly(chat, 1002, "в беседе")
	l.Quietly(ivan, -group, "наш ответ")
	l.Forget()
	for _, text := range []string{"раз", "два", "три", "в беседе", "наш ответ"} {
		l.arrives(t, text)
	}
	l.Write(ivan, ivan, "после")
	l.arrives(t, "после")
	if got := strings.Join(l.texts(), " "); !strings.Contains(got, "раз два три наш ответ") || strings.Count(got, "до") != 1 {
		t.Errorf("kept %s", got)
	}
	for _, ev := range l.rec.Events() {
		switch {
		case ev.Historic:
			t.Errorf("what was missed is not history: %+v", ev)
		case ev.Message.Text == "наш ответ" && ev.Direction != channels.Echo:
			t.Errorf("our answer came as %s", ev.Direction)
		case ev.Message.Text == "в беседе" && ev.Subject != "Склад":
			t.Errorf("the chat is called %q", ev.Subject)
		}
	}
}

func TestNewKey(t *testing.T) {
	t.Parallel()
	l := open(t, "longpoll")
	l.run(t)
	l.RenewKey()
	l.Write(ivan, ivan, "привет")
	l.arrives(t, "привет")
	if n := len(l.Calls("groups.getLongPollServer")); n != 2 {
		t.Errorf("%d sessions were asked for, want 2", n)
	}
	if n := len(l.Calls("messages.getConversations")); n != 1 {
		t.Errorf("conversations were read %d times, want once, at the beginning", n)
	}
}

func TestGoesOnWhereItEnded(t *testing.T) {
	t.Parallel()
	l := open(t, "longpoll")
	stop := l.run(t)
	l.Write(ivan, ivan, "раз")
	l.arrives(t, "раз")
	stop()
	l.Write(ivan, ivan, "два")
	n := len(l.Calls("messages.getConversations"))
	l.run(t)
	l.arrives(t, "два")
	if len(l.Calls("messages.getConversations")) != n {
		t.Error("history was read although the events are there")
	}
	// The other way of receiving reads from the conversations what it did not see pushed.
	cursor, err := l.rec.Cursor(t.Context(), "updates")
	if err != nil || !strings.Contains(cursor, `"ts"`) || strings.Contains(cursor, "session-key") {
		t.Errorf("cursor = %s, %v", cursor, err)
	}
}

// TestCursorOfAnotherCommunity gives an account another community's number: its count of events says nothing here.
func TestCursorOfAnotherCommunity(t *testing.T) {
	t.Parallel()
	for of, reads := range map[int64]bool{group: false, 0: false, group + 1: true} {
		l := open(t, "longpoll")
		stop := l.run(t)
		l.Write(ivan, ivan, "раз")
		l.arrives(t, "раз")
		stop()
		text, err := l.rec.Cursor(t.Context(), "updates")
		if err != nil {
			t.Fatal(err)
		}
		text = strings.Replace(text, fmt.Sprintf(`"group":%d`, group), fmt.Sprintf(`"group":%d`, of), 1)
		if _, err := l.rec.Deliver(t.Context(), channels.Batch{Stream: "updates", Cursor: text}); err != nil {
			t.Fatal(err)
		}
		before := len(l.Calls("messages.getConversations"))
		l.Write(ivan, ivan, "два")
		l.run(t)
		l.arrives(t, "два")
		if got := len(l.Calls("messages.getConversations")) > before; got != reads {
			t.Errorf("with the cursor %s the conversations were read: %v", text, got)
		}
	}
}

func TestPushesThatNeverCame(t *testing.T) {
	t.Parallel()
	l := open(t, "callback")
	l.Quietly(ivan, ivan, "мимо")
	l.run(t)
	l.arrives(t, "мимо")
}

func TestNamesAreAskedForOnce(t *testing.T) {
	t.Parallel()
	l := open(t, "longpoll")
	l.run(t)
	for _, text := range []string{"раз", "два", "три"} {
		l.Write(ivan, ivan, text)
		l.arrives(t, text)
	}
	if n := len(l.Calls("users.get")); n != 1 {
		t.Errorf("users.get was called %d times", n)
	}
	l.Script("users.get", vktest.Refuse(6))
	l.Write(1999, 1999, "без имени")
	l.arrives(t, "без имени")
}

func push(l life, t *testing.T, body string) (channels.Response, error) {
	t.Helper()
	return l.adapter.(channels.Webhook).Receive(t.Context(), channels.Request{Method: http.MethodPost, Path: "/hooks/7/x", Body: []byte(body)}, l.rec)
}

func TestPushes(t *testing.T) {
	t.Parallel()
	text := `"object":{"message":{"peer_id":1001,"from_id":1001,"conversation_message_id":1,"text":"a"}}`
	for name, c := range map[string]struct {
		body   string
		status int
		answer string
		kept   int
	}{
		"confirmation":              {`{"type":"confirmation","group_id":224466}`, 200, "a1b2c3d4", 0},
		"confirmation, secret":      {`{"type":"confirmation","group_id":224466,"secret":"` + secret + `"}`, 200, "a1b2c3d4", 0},
		"confirmation of another":   {`{"type":"confirmation","group_id":1}`, 403, "", 0},
		"confirmation, wrong":       {`{"type":"confirmation","group_id":224466,"secret":"x"}`, 403, "", 0},
		"message":                   {`{"type":"message_new","group_id":224466,"secret":"` + secret + `",` + text + `}`, 200, "ok", 1},
		"message, escaped":          {`{"type":"message_new","group_id":224466,"SECRET":"\u0073` + secret[1:] + `",` + text + `}`, 200, "ok", 1},
		"without a secret":          {`{"type":"message_new","group_id":224466,` + text + `}`, 403, "", 0},
		"with a wrong secret":       {`{"type":"message_new","group_id":224466,"secret":"` + secret + `x",` + text + `}`, 403, "", 0},
		"of another community":      {`{"type":"message_new","group_id":1,"secret":"` + secret + `",` + text + `}`, 403, "", 0},
		"of no conversation":        {`{"type":"group_join","group_id":224466,"secret":"` + secret + `","object":{}}`, 200, "ok", 0},
		"not understood":            {`{"type":"message_new","group_id":224466,"secret":"` + secret + `","object":{}}`, 200, "ok", 1},
		"rubbish":                   {`{`, 403, "", 0},
		"nothing":                   {``, 403, "", 0},
		"a secret that is no text":  {`{"type":"message_new","secret":["` + secret + `"],` + text + `}`, 403, "", 0},
		"an event without its type": {`{"secret":"` + secret + `",` + text + `}`, 403, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := open(t, "callback")
			r, err := push(l, t, c.body)
			events := l.rec.Events()
			if err != nil || r.Status != c.status || string(r.Body) != c.answer || len(events) != c.kept {
				t.Errorf("%d %s, %v, %d events; want %d %s and %d", r.Status, r.Body, err, len(events), c.status, c.answer, c.kept)
			}
			for _, ev := range events {
				if strings.Contains(string(ev.Raw), secret) || strings.Contains(string(ev.Raw), secret[1:]) {
					t.Errorf("the secret is kept: %s", ev.Raw)
				}
			}
		})
	}
}

func TestPushIsNotAcknowledgedUnlessKept(t *testing.T) {
	t.Parallel()
	l := open(t, "callback")
	l.rec.Next(channeltest.Refuse)
	r, err := push(l, t, `{"type":"message_event","secret":"`+secret+`","object":{"user_id":1001,"peer_id":1001,"event_id":"p1","payload":{}}}`)
	if err != nil || r.Status != http.StatusServiceUnavailable || string(r.Body) == "ok" {
		t.Errorf("%d %s, %v", r.Status, r.Body, err)
	}
	if len(l.Answered()) != 0 {
		t.Error("the press was answered before it was kept")
	}
}

func TestPressIsAnswered(t *testing.T) {
	t.Parallel()
	l := open(t, "callback")
	r, err := push(l, t, `{"type":"message_event","secret":"`+secret+`","object":{"user_id":1001,"peer_id":1001,"event_id":"p1","payload":{"d":"x"}}}`)
	if err != nil || r.Status != http.StatusOK || len(l.Answered()) != 1 || l.Answered()[0] != "p1" {
		t.Errorf("%d, %v, answered %v", r.Status, err, l.Answered())
	}
}

// TestQuarantineIsReadAgain lets the house read anew what it kept: the secret is gone from it.
func TestQuarantineIsReadAgain(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{"callback", "longpoll"} {
		l := open(t, mode)
		raw := `{"type":"message_new","object":{"message":{"peer_id":1001,"from_id":1001,"conversation_message_id":1,"text":"a"}}}`
		events, err := l.adapter.(channels.Rereader).Reread(t.Context(), channels.Kept{Raw: []byte(raw)})
		if err != nil || len(events) != 1 || events[0].Message == nil || events[0].Message.Text != "a" {
			t.Errorf("%s: %v, %+v", mode, err, events)
		}
		// From outside it is believed as little as anything else that does not know the secret.
		r, err := l.adapter.(channels.Webhook).Receive(t.Context(), channels.Request{Method: http.MethodPost, Body: []byte(raw)}, l.rec)
		if err != nil || r.Status == http.StatusOK || len(l.texts()) != 0 {
			t.Errorf("%s: pushed without the secret: %d, %v, %q", mode, r.Status, err, l.texts())
		}
	}
}

func TestLongPollTakesNoPushes(t *testing.T) {
	t.Parallel()
	l := open(t, "longpoll")
	r, err := push(l, t, `{"type":"message_new","secret":"`+secret+`","object":{"message":{"peer_id":1001,"from_id":1001,"text":"a"}}}`)
	if err != nil || r.Status != http.StatusNotFound || len(l.texts()) != 0 {
		t.Errorf("%d, %v, %q", r.Status, err, l.texts())
	}
}

// TestCorpusIsAccepted pushes every sample payload, with the secret that the account demands.
func TestCorpusIsAccepted(t *testing.T) {
	t.Parallel()
	l := open(t, "callback")
	for name, raw := range payloads(t) {
		var fields map[string]any
		if err := json.Unmarshal(raw, &fields); err != nil {
			t.Fatal(err)
		}
		fields["secret"], fields["group_id"] = secret, group
		body, _ := json.Marshal(fields)
		if r, err := push(l, t, string(body)); err != nil || r.Status != http.StatusOK {
			t.Errorf("%s: %d, %v", name, r.Status, err)
		}
	}
}

func TestFetch(t *testing.T) {
	t.Parallel()
	l := open(t, "longpoll")
	l.run(t)
	l.Write(ivan, ivan, "файлы", vktest.Extra{"attachments": []any{l.Photo([]byte("картинка")), l.Doc("a.pdf", []byte("%PDF")), l.Voice([]byte("OggS"))}})
	l.arrives(t, "файлы")
	media := l.rec.Events()[0].Message.Media
	if len(media) != 3 {
		t.Fatalf("media = %+v", media)
	}
	fetch := func(m channels.Media) (channels.File, *channels.Error) {
		f, err := l.adapter.(channels.Fetcher).Fetch(t.Context(), m, l.files)
		return f, channels.AsError(err)
	}
	for i, want := range []int64{16, 4, 4} {
		f, err := fetch(media[i])
		if err != nil || f.Size != want || f.Name != media[i].Name {
			t.Errorf("fetched %+v, %v", f, err)
		}
		if raw := string(l.rec.Events()[0].Raw); strings.Contains(media[i].Ref, vktest.AccessKey()) || raw == "" {
			t.Errorf("the reference %q holds a key", media[i].Ref)
		}
	}
	l.Script("files", vktest.Unavailable())
	if _, err := fetch(media[0]); err == nil || err.Kind != channels.Transient {
		t.Errorf("a file that is late: %v", err)
	}
	for _, ref := range []string{"1001_1 photo-1_99999", "1001_99 photo1_1", "rubbish", "", "1001_1"} {
		if _, err := fetch(channels.Media{Ref: ref}); err == nil || err.Kind != channels.Permanent {
			t.Errorf("%q: %v", ref, err)
		}
	}
	if strings.Contains(l.logs.String(), vktest.AccessKey()) {
		t.Error("the log holds an access key")
	}
}
