package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"parley/channels"
	"parley/channels/telegram"
	"parley/channels/telegram/telegramtest"
)

// put stores a file as the house would.
func (w *world) put(t *testing.T, name, mediaType, data string) channels.File {
	t.Helper()
	f, err := w.files.Put(context.Background(), name, mediaType, strings.NewReader(data), 100<<20)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// outline names a call with those of its parameters that matter.
func outline(c telegramtest.Call) string {
	text := c.Method
	for _, name := range []string{"business_connection_id", "message_thread_id", "text", "caption", "entities", "caption_entities", "media", "reply_parameters", "reply_markup"} {
		if v := c.Params.Text[name]; v != "" {
			text += " " + name + "=" + v
		}
	}
	var files []string
	for name, f := range c.Params.Files {
		files = append(files, name+":"+f.Name+"="+string(f.Data))
	}
	slices.Sort(files)
	return strings.TrimSpace(text + " " + strings.Join(files, " "))
}

func TestSend(t *testing.T) {
	t.Parallel()
	buttons := [][]channels.Button{{{Text: "Yes", Data: "y"}, {Text: "Site", URL: "https://a.example/"}}}
	const markup = `reply_markup={"inline_keyboard":[[{"text":"Yes","callback_data":"y"},{"text":"Site","url":"https://a.example/"}]]}`
	for _, c := range []struct {
		name string
		make func(t *testing.T, w *world) channels.Outgoing
		want []string
	}{
		{"text", func(*testing.T, *world) channels.Outgoing { return channels.Outgoing{Text: `2 < 3 & "4"`} },
			[]string{`sendMessage text=2 < 3 & "4"`}},
		{"formatting", func(*testing.T, *world) channels.Outgoing {
			return channels.Outgoing{Text: "👋 bold", HTML: "<p>👋 <b>bold</b></p>"}
		}, []string{`sendMessage text=👋 bold entities=[{"type":"bold","offset":3,"length":4}]`}},
		{"answer", func(_ *testing.T, w *world) channels.Outgoing {
			w.Say(user(42, "Anna"), 42, object{"text": "?"})
			return channels.Outgoing{Text: "!", ReplyTo: "42:1"}
		}, []string{`sendMessage text=! reply_parameters={"message_id":1,"allow_sending_without_reply":true}`}},
		{"buttons", func(*testing.T, *world) channels.Outgoing { return channels.Outgoing{Text: "?", Buttons: buttons} },
			[]string{"sendMessage text=? " + markup}},
		{"business", func(_ *testing.T, w *world) channels.Outgoing {
			w.Connect(user(7, "Olga"), "conn1")
			return channels.Outgoing{Text: "!", Chat: "42@conn1"}
		}, []string{"sendMessage business_connection_id=conn1 text=!"}},
		{"topic", func(_ *testing.T, w *world) channels.Outgoing {
			w.Group(-1001000000500, "Forum")
			return channels.Outgoing{Text: "!", Chat: "-1001000000500/t9"}
		}, []string{"sendMessage message_thread_id=9 text=!"}},
		{"picture", func(t *testing.T, w *world) channels.Outgoing {
			return channels.Outgoing{Text: "look", HTML: "<i>look</i>", Buttons: buttons, Files: []channels.File{w.put(t, "a.png", "image/png", "A")}}
		}, []string{`sendPhoto caption=look caption_entities=[{"type":"italic","offset":0,"length":4}] ` + markup + " photo:a.png=A"}},
		{"every form", func(t *testing.T, w *world) channels.Outgoing {
			return channels.Outgoing{Files: []channels.File{
				w.put(t, "v.ogg", "audio/ogg; codecs=opus", "V"), w.put(t, "m.mp3", "audio/mpeg", "M"), w.put(t, "g.gif", "image/gif", "G"),
				w.put(t, "c.mp4", "video/mp4", "C"), w.put(t, "d.pdf", "application/pdf", "D"),
			}}
		}, []string{"sendVoice voice:v.ogg=V", "sendAudio audio:m.mp3=M", "sendAnimation animation:g.gif=G", "sendVideo video:c.mp4=C", "sendDocument document:d.pdf=D"}},
		{"album", func(t *testing.T, w *world) channels.Outgoing {
			return channels.Outgoing{Text: "two", Files: []channels.File{w.put(t, "a.jpg", "image/jpeg", "A"), w.put(t, "b.mp4", "video/mp4", "B")}}
		}, []string{`sendMediaGroup media=[{"type":"photo","media":"attach://file0.jpg","caption":"two"},{"type":"video","media":"attach://file1.mp4"}] ` +
			"file0.jpg:file0.jpg=A file1.mp4:file1.mp4=B"}},
		{"album with buttons", func(t *testing.T, w *world) channels.Outgoing {
			a := w.put(t, "a.pdf", "application/pdf", "A")
			return channels.Outgoing{Text: "two", Buttons: buttons, Files: []channels.File{a, a}}
		}, []string{`sendMediaGroup media=[{"type":"document","media":"attach://file0.pdf"},{"type":"document","media":"attach://file1.pdf"}] file0.pdf:file0.pdf=A file1.pdf:file1.pdf=A`,
			"sendMessage text=two " + markup}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, telegram.ModePoll)
			w.Person(42, "Anna", "")
			m := c.make(t, w)
			if m.Chat == "" {
				m.Chat = "42"
			}
			sent, err := w.open(t).Send(context.Background(), m)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasPrefix(sent.RemoteID, strings.Split(m.Chat, "/")[0]+":") || sent.At.IsZero() {
				t.Errorf("sent as %+v", sent)
			}
			if further := map[string]int{"album": 1, "album with buttons": 2, "every form": 4}; len(sent.Parts) != further[c.name] {
				t.Errorf("besides it is %q", sent.Parts)
			}
			var got []string
			for _, call := range w.Calls() {
				got = append(got, outline(call))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("the calls are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
		})
	}
}

func TestLimitsAtTheEdge(t *testing.T) {
	t.Parallel()
	w := newWorld(t, telegram.ModePoll)
	w.Person(42, "Anna", "")
	a := w.open(t)
	picture := []channels.File{w.put(t, "a.png", "image/png", "A")}
	row := func(n int) [][]channels.Button {
		return [][]channels.Button{slices.Repeat([]channels.Button{{Text: "x", Data: "y"}}, n)}
	}
	for _, c := range []struct {
		name string
		m    channels.Outgoing
		code string // "" = it goes
	}{
		{"text", channels.Outgoing{Text: strings.Repeat("я", 4096)}, ""},
		{"text in pairs", channels.Outgoing{Text: strings.Repeat("😀", 2048)}, ""},
		{"text, one over", channels.Outgoing{Text: strings.Repeat("😀", 2048) + "!"}, channels.CodeTextTooLong},
		{"tags count nothing", channels.Outgoing{Text: strings.Repeat("x", 4096), HTML: strings.Repeat("<b>x</b>", 4096)}, ""},
		{"marks of a list count", channels.Outgoing{Text: strings.Repeat("x", 4096), HTML: "<ul><li>" + strings.Repeat("x", 4096) + "</li></ul>"}, channels.CodeTextTooLong},
		{"caption", channels.Outgoing{Text: strings.Repeat("😀", 512), Files: picture}, ""},
		{"caption, one over", channels.Outgoing{Text: strings.Repeat("я", 1025), Files: picture}, channels.CodeTextTooLong},
		{"data", channels.Outgoing{Text: "x", Buttons: [][]channels.Button{{{Text: "x", Data: strings.Repeat("d", 64)}}}}, ""},
		{"data, one over", channels.Outgoing{Text: "x", Buttons: [][]channels.Button{{{Text: "x", Data: strings.Repeat("ж", 33)}}}}, telegram.CodeButton},
		{"buttons in a row", channels.Outgoing{Text: "x", Buttons: row(8)}, ""},
		{"buttons in a row, one over", channels.Outgoing{Text: "x", Buttons: row(9)}, telegram.CodeButton},
		{"a button of nothing", channels.Outgoing{Text: "x", Buttons: [][]channels.Button{{{Text: "x"}}}}, telegram.CodeButton},
		{"no chat", channels.Outgoing{Text: "x", Chat: "@anna"}, telegram.CodeNoChat},
	} {
		if c.m.Chat == "" {
			c.m.Chat = "42"
		}
		before := len(w.Calls())
		_, err := a.Send(context.Background(), c.m)
		switch e := channels.AsError(err); {
		case c.code == "" && e != nil:
			t.Errorf("%s: %v", c.name, e)
		case c.code != "" && (e == nil || e.Code != c.code || e.Kind != channels.Permanent):
			t.Errorf("%s: %v, want %s", c.name, e, c.code)
		case c.code != "" && len(w.Calls()) != before:
			t.Errorf("%s reached the network", c.name)
		}
	}
}

func TestPartlySentIsUncertain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, telegram.ModePoll)
	w.Person(42, "Anna", "")
	w.Next("", telegramtest.Reject)
	_, err := w.open(t).Send(context.Background(), channels.Outgoing{Chat: "42", Text: "both", Files: []channels.File{
		w.put(t, "a.png", "image/png", "A"), w.put(t, "d.pdf", "application/pdf", "D"),
	}})
	if e := channels.AsError(err); e == nil || e.Kind != channels.Uncertain || e.Code != telegram.CodePartly {
		t.Errorf("Send returned %v", err)
	}
}

// brokenFiles open, and fail on the way.
type brokenFiles struct {
	channels.Files
	missing bool
}

func (b brokenFiles) Open(context.Context, channels.File) (io.ReadCloser, error) {
	if b.missing {
		return nil, errors.New("no such file")
	}
	return io.NopCloser(io.MultiReader(bytes.NewReader(make([]byte, 1<<20)), failing{})), nil
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

func TestOurOwnFileFails(t *testing.T) {
	t.Parallel()
	for _, missing := range []bool{true, false} {
		w := newWorld(t, telegram.ModePoll)
		w.rubbish.Store(true) // a request that breaks off fits no schema
		w.Person(42, "Anna", "")
		a, err := driver().Open(w.account, channels.Env{HTTP: w.client, Files: brokenFiles{missing: missing}})
		if err != nil {
			t.Fatal(err)
		}
		_, err = a.Send(context.Background(), channels.Outgoing{Chat: "42", Files: []channels.File{{Hash: "1", Name: "a.pdf", Type: "application/pdf"}}})
		if e := channels.AsError(err); e == nil || e.Kind != channels.Transient || e.Code != telegram.CodeFile {
			t.Errorf("missing %v: Send returned %v", missing, err)
		}
		if w.Message(42, 1) != nil {
			t.Error("half a file was taken")
		}
	}
}

func TestGroupThatMoved(t *testing.T) {
	t.Parallel()
	w := newWorld(t, telegram.ModePoll)
	w.Group(-500, "Club")
	w.Upgrade(-500, -1001000000500)
	a := w.open(t)
	m := channels.Outgoing{Chat: "-500", Text: "hello"}
	_, err := a.Send(context.Background(), m)
	if e := channels.AsError(err); e == nil || e.Kind != channels.Transient || e.Code != telegram.CodeMoved {
		t.Fatalf("the first attempt returned %v", err)
	}
	if _, err := a.Send(context.Background(), m); err != nil {
		t.Fatalf("the second attempt: %v", err)
	}
	calls := w.Calls()
	equal(t, "chat", calls[len(calls)-1].Params.Text["chat_id"], "-1001000000500")
}
