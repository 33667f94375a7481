package telegram_test

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/channeltest"
	"parley/channels/telegram"
)

func TestAmend(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w := newWorld(t, telegram.ModePoll)
	w.Person(42, "Anna", "")
	a := w.open(t)
	sent, err := a.Send(ctx, channels.Outgoing{Chat: "42", Text: "helo"})
	if err != nil {
		t.Fatal(err)
	}
	photo, err := a.Send(ctx, channels.Outgoing{Chat: "42", Files: []channels.File{w.put(t, "a.png", "image/png", "A")}})
	if err != nil {
		t.Fatal(err)
	}
	better := channels.Outgoing{Chat: "42", Text: "hello", HTML: "<b>hello</b>"}
	for range 2 { // the second changes nothing, which is no failure
		if err := a.Edit(ctx, sent.RemoteID, better); err != nil {
			t.Fatalf("edit: %v", err)
		}
	}
	equal(t, "text", w.Message(42, 1)["text"], any("hello"))
	if err := a.Edit(ctx, photo.RemoteID, channels.Outgoing{Chat: "42", Text: "caption", Files: []channels.File{{Type: "image/png"}}}); err != nil {
		t.Fatalf("edit a caption: %v", err)
	}
	equal(t, "caption", w.Message(42, 2)["caption"], any("caption"))
	if err := a.React(ctx, "42", sent.RemoteID, "❤️"); err != nil {
		t.Fatalf("react: %v", err)
	}
	equal(t, "reaction", w.Reaction(42, 1), "❤")
	if err := a.React(ctx, "42", sent.RemoteID, ""); err != nil {
		t.Fatalf("take a reaction back: %v", err)
	}
	equal(t, "reaction", w.Reaction(42, 1), "")
	refusedWith(t, "an odd reaction", a.React(ctx, "42", sent.RemoteID, "🦖"), telegram.CodeReaction)
	if err := a.Typing(ctx, "42", "Olga"); err != nil {
		t.Fatalf("typing: %v", err)
	}
	if err := a.MarkRead(ctx, "42", sent.RemoteID); err != nil {
		t.Fatalf("mark read: %v", err)
	}
	if err := a.Delete(ctx, "42", sent.RemoteID); err != nil {
		t.Fatalf("delete: %v", err)
	}
	if w.Message(42, 1) != nil {
		t.Error("the message is still there")
	}
	if err := a.Delete(ctx, "42", sent.RemoteID); err != nil {
		t.Fatalf("a second deletion, as after a lost answer: %v", err)
	}
	refusedWith(t, "an edit of nothing", a.Edit(ctx, sent.RemoteID, better), telegram.CodeTooLate)
	refusedWith(t, "an id of another network", a.Delete(ctx, "42", "wamid.1"), telegram.CodeTooLate)
}

func TestAmendByABusinessConnection(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w := newWorld(t, telegram.ModePoll)
	w.Person(42, "Anna", "")
	w.Connect(user(7, "Olga"), "conn1")
	a := w.open(t)
	sent, err := a.Send(ctx, channels.Outgoing{Chat: "42@conn1", Text: "hello"})
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "remote id", sent.RemoteID, "42@conn1:1")
	if err := a.MarkRead(ctx, "42@conn1", sent.RemoteID); err != nil {
		t.Errorf("mark read: %v", err)
	}
	if err := a.Typing(ctx, "42@conn1", ""); err != nil {
		t.Errorf("typing: %v", err)
	}
	if err := a.Delete(ctx, "42@conn1", sent.RemoteID); err != nil {
		t.Errorf("delete: %v", err)
	}
	refusedWith(t, "a reaction", a.React(ctx, "42@conn1", sent.RemoteID, "👍"), telegram.CodeUnsupported)
	var methods []string
	for _, c := range w.Calls() {
		if c.Params.Text["business_connection_id"] != "conn1" {
			t.Errorf("%s does not name the connection", c.Method)
		}
		methods = append(methods, c.Method)
	}
	equal(t, "calls", strings.Join(methods, " "), "sendMessage readBusinessMessage sendChatAction deleteBusinessMessages")
}

func refusedWith(t *testing.T, what string, err error, code string) {
	t.Helper()
	if e := channels.AsError(err); e == nil || e.Kind != channels.Permanent || e.Code != code {
		t.Errorf("%s: %v, want %s", what, err, code)
	}
}

func TestFetch(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	w := newWorld(t, telegram.ModePoll)
	rec := channeltest.NewRecorder(channeltest.NewJournal())
	anna := w.Person(42, "Anna", "")
	a := w.open(t)
	w.run(t, a, rec)
	w.asked(t)
	data := bytes.Repeat([]byte("picture"), 1000)
	w.Say(anna, 42, w.Attachment("document", "plan.pdf", data))
	m := kept(t, rec, 1)[0].Message.Media[0]
	f, err := a.Fetch(ctx, m, w.files)
	if err != nil {
		t.Fatal(err)
	}
	equal(t, "name", f.Name, "plan.pdf")
	r, err := w.files.Open(ctx, f)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil || !bytes.Equal(got, data) {
		t.Errorf("%d bytes were fetched, want %d: %v", len(got), len(data), err)
	}
	m.Size = 21 << 20
	_, err = a.Fetch(ctx, m, w.files)
	refusedWith(t, "a file over the limit", err, channels.CodeFileTooLarge)
	_, err = a.Fetch(ctx, channels.Media{Ref: "no such file"}, w.files)
	if e := channels.AsError(err); e == nil || e.Kind != channels.Transient {
		t.Errorf("an unknown file: %v", err)
	}
	w.disconnect()
	_, err = a.Fetch(ctx, channels.Media{Ref: "file1"}, w.files)
	if e := channels.AsError(err); e == nil || e.Kind != channels.Transient || strings.Contains(err.Error(), token) {
		t.Errorf("without a network: %v", err)
	}
}
