package vktest_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/vk"
	"parley/channels/vk/vktest"
)

const (
	token = "vk1.a.token-of-the-community"
	group = 224466
	ivan  = 1001
	olga  = 1002
)

// everything is all abilities of the adapter.
type everything interface {
	channels.Adapter
	channels.Typer
	channels.Editor
	channels.Deleter
	channels.Reactor
	channels.ReadMarker
	channels.Fetcher
	channels.SendFinder
	channels.Tester
}

// TestEverythingFitsTheSchema holds every request of the adapter, every answer of the server and every
// event of it against VK's published schema.
func TestEverythingFitsTheSchema(t *testing.T) {
	t.Parallel()
	s := loadSchema(t)
	server := vktest.Start(vktest.Options{Token: token, Group: group, Wait: 50 * time.Millisecond})
	t.Cleanup(server.Close)
	server.Person(ivan, "Иван", "Петров")
	server.Person(olga, "Ольга", "Ким")
	methods, events := map[string]int{}, map[string]int{}
	var mu sync.Mutex
	server.Observe(func(c vktest.Call) {
		mu.Lock()
		defer mu.Unlock()
		methods[c.Method]++
		for _, wrong := range append(s.request(c.Method, c.Params), s.response(c.Method, c.Answer)...) {
			t.Errorf("%s", wrong)
		}
	})
	server.OnAcknowledge(func(body []byte) {
		mu.Lock()
		defer mu.Unlock()
		var e struct{ Type string }
		_ = json.Unmarshal(body, &e) // the check below says what is wrong with it
		events[e.Type]++
		for _, wrong := range s.event(body) {
			t.Errorf("%s", wrong)
		}
	})
	a, rec, journal := connect(t, server)
	converse(t, server, a, rec, journal)
	mu.Lock()
	defer mu.Unlock()
	for _, name := range []string{
		"messages.send", "messages.edit", "messages.delete", "messages.sendReaction", "messages.deleteReaction", "messages.setActivity",
		"messages.markAsRead", "messages.sendMessageEventAnswer", "messages.getHistory", "messages.getConversations",
		"messages.getConversationsById", "messages.getByConversationMessageId", "users.get", "groups.getById", "groups.getLongPollServer",
		"groups.getLongPollSettings", "groups.getTokenPermissions", "photos.getMessagesUploadServer", "photos.saveMessagesPhoto",
		"docs.getMessagesUploadServer", "docs.save",
	} {
		if methods[name] == 0 {
			t.Errorf("%s was never called", name)
		}
	}
	for _, kind := range []string{"message_new", "message_reply", "message_edit", "message_read", "message_event", "message_reaction_event", "market_order_new"} {
		if events[kind] == 0 {
			t.Errorf("%s was never acknowledged", kind)
		}
	}
	t.Logf("methods: %v; events: %v", methods, events)
}

// connect runs an account on a server until the test ends.
func connect(t *testing.T, server *vktest.Server) (everything, *channeltest.Recorder, *channeltest.Journal) {
	t.Helper()
	journal := channeltest.NewJournal()
	rec := channeltest.NewRecorder(journal)
	a, err := (&vk.Driver{}).Open(channels.Account{ID: 7, Kind: channels.KindVK, Config: map[string]string{
		"token": token, "group_id": "224466", "base_url": server.BaseURL(),
	}}, channels.Env{
		Log: slog.New(slog.DiscardHandler), Now: time.Now, HTTP: &http.Client{}, Files: files, Key: make([]byte, 32),
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx, rec) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	until(t, journal, "the connection", func() bool { return len(rec.Statuses()) > 0 })
	return a.(everything), rec, journal
}

var files = &channeltest.Files{}

func until(t *testing.T, j *channeltest.Journal, what string, cond func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if !j.Wait(ctx, cond) {
		t.Fatalf("waited in vain for %s", what)
	}
}

// events counts what was delivered with a payload of one kind.
func events(rec *channeltest.Recorder, is func(ev channels.Event) bool) (n int) {
	for _, ev := range rec.Events() {
		if is(ev) {
			n++
		}
	}
	return n
}

// converse has both sides do everything they can.
func converse(t *testing.T, server *vktest.Server, a everything, rec *channeltest.Recorder, j *channeltest.Journal) {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(a.Test(ctx))
	n, _ := server.Write(ivan, ivan, "Здравствуйте", vktest.Extra{"attachments": []any{server.Photo([]byte("picture")), server.Doc("счёт.pdf", []byte("%PDF"))}})
	server.Write(server.Chat(5, "Склад"), olga, "в беседе")
	server.Rewrite(ivan, n, "Здравствуйте!")
	server.Read(ivan, n)
	server.React(ivan, ivan, n, 2)
	server.Press(ivan, ivan, n, `{"d":"yes","t":"Да"}`)
	server.Tell("market_order_new", order())
	until(t, j, "the answered press", func() bool {
		return events(rec, func(ev channels.Event) bool { return ev.Message != nil && ev.Message.Press != nil }) > 0 &&
			events(rec, func(ev channels.Event) bool { return ev.Message != nil && strings.Contains(ev.Message.Text, "№ 42") }) > 0
	})
	for _, ev := range rec.Events() {
		if ev.Message == nil {
			continue
		}
		for _, m := range ev.Message.Media {
			_, err := a.Fetch(ctx, m, files)
			must(err)
		}
	}
	attach := func(name, mediaType string) channels.File {
		f, err := files.Put(ctx, name, mediaType, strings.NewReader(name), 1<<20)
		must(err)
		return f
	}
	m := channels.Outgoing{
		Key: "11", MessageID: 11, Chat: "1001", Text: "Ответ", HTML: "<p>От<b>вет</b></p>", ReplyTo: "1001_1", Attempt: 1,
		Files:   []channels.File{attach("a.jpg", "image/jpeg"), attach("b.pdf", "application/pdf")},
		Buttons: [][]channels.Button{{{Text: "Да", Data: "yes"}, {Text: "Сайт", URL: "https://example.com"}}},
	}
	sent, err := a.Send(ctx, m)
	must(err)
	if found, ok, err := a.FindSent(ctx, m); err != nil || !ok || found.RemoteID != sent.RemoteID {
		t.Errorf("FindSent = %v, %v, %v, want %s", found, ok, err, sent.RemoteID)
	}
	_, err = a.Send(ctx, channels.Outgoing{Key: "12", MessageID: 12, Chat: "1001", Files: []channels.File{attach("v.ogg", "audio/ogg")}, Attempt: 1})
	must(err)
	must(a.Edit(ctx, sent.RemoteID, channels.Outgoing{Text: "Ответ 2", MessageID: 11}))
	must(a.React(ctx, "1001", "1001_1", "👍"))
	must(a.React(ctx, "1001", "1001_1", ""))
	must(a.Typing(ctx, "1001", "Анна"))
	must(a.MarkRead(ctx, "1001", "1001_1"))
	must(a.Delete(ctx, "1001", sent.RemoteID))
	heard := func(text string) {
		t.Helper()
		until(t, j, text, func() bool {
			return events(rec, func(ev channels.Event) bool { return ev.Message != nil && ev.Message.Text == text }) == 1
		})
	}
	// A poll acknowledges what the one before it brought: two words, one after the other, have everything
	// before the first acknowledged.
	acknowledged := func(first, second string) {
		t.Helper()
		for _, text := range []string{first, second} {
			server.Write(ivan, ivan, text)
			heard(text)
		}
	}
	acknowledged("пока слышно", "всё ещё слышно") // before Forget takes away what waits to be acknowledged
	server.Quietly(ivan, ivan, "пока вас не было")
	server.Forget()
	heard("пока вас не было")
	acknowledged("конец", "совсем")
}

func order() map[string]any {
	price := func(amount, words string) map[string]any {
		return map[string]any{"amount": amount, "text": words, "currency": map[string]any{"id": 643, "name": "RUB", "title": "₽"}}
	}
	return map[string]any{
		"id": 42, "group_id": group, "user_id": ivan, "date": time.Now().Unix(), "status": 0, "items_count": 1, "total_price": price("25000", "250 ₽"),
		"preview_order_items": []any{map[string]any{
			"owner_id": -group, "item_id": 9, "price": price("12500", "125 ₽"), "quantity": 2, "title": "Чашка", "item": map[string]any{
				"id": 9, "owner_id": -group, "availability": 0, "title": "Чашка", "description": "", "price": price("12500", "125 ₽"),
				"category": map[string]any{"id": 1, "name": "Посуда", "inner_type": "market_market_category_nested"},
			},
		}},
	}
}
