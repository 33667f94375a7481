package vk_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"parley/channels"
	"parley/channels/vk"
	"parley/channels/vk/vktest"
)

func (l life) send(t *testing.T, m channels.Outgoing) (channels.Sent, *channels.Error) {
	t.Helper()
	if m.Key == "" {
		m.Key, m.MessageID = "11", 11
	}
	if m.Chat == "" {
		m.Chat = "1001"
	}
	sent, err := l.adapter.Send(t.Context(), m)
	return sent, channels.AsError(err)
}

func (l life) put(t *testing.T, name, mediaType, content string) channels.File {
	t.Helper()
	f, err := l.files.Put(t.Context(), name, mediaType, strings.NewReader(content), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestSend(t *testing.T) {
	t.Parallel()
	l := open(t, "longpoll")
	l.Write(ivan, ivan, "вопрос")
	sent, err := l.send(t, channels.Outgoing{
		Text: "Да, *есть*", HTML: "<p>Да, <b>есть</b></p>", ReplyTo: "1001_1",
		Files:   []channels.File{l.put(t, "a.jpg", "image/jpeg", "JPG"), l.put(t, "b.pdf", "application/pdf", "PDF"), l.put(t, "c.gif", "image/gif", "GIF")},
		Buttons: [][]channels.Button{{{Text: "Беру", Data: "buy"}, {Text: "Сайт", URL: "https://example.com/?a=1&b=2"}}},
	})
	if err != nil || sent.RemoteID != "1001_2" {
		t.Fatalf("sent %+v, %v", sent, err)
	}
	got := l.Shown(ivan)[1]
	if got.Text != "Да, есть" || got.Reply != 1 || got.Format != `{"version":"1","items":[{"type":"bold","offset":4,"length":4}]}` || len(got.Attachments) != 3 ||
		!strings.HasPrefix(got.Attachments[0], "photo") || !strings.HasPrefix(got.Attachments[1], "doc") || !strings.HasPrefix(got.Attachments[2], "doc") {
		t.Errorf("shown %+v", got)
	}
	if want := `{"inline":true,"one_time":false,"buttons":[[{"action":{"type":"text","label":"Беру","payload":"{\"d\":\"buy\",\"t\":\"Беру\"}"}},{"action":{"type":"open_link","label":"Сайт","link":"https://example.com/?a=1&b=2"}}]]}`; got.Keyboard != want {
		t.Errorf("keyboard\n%s, want\n%s", got.Keyboard, want)
	}
	// The echo of it is known for ours, and an edit keeps what is attached.
	if err := l.adapter.(channels.Editor).Edit(t.Context(), sent.RemoteID, channels.Outgoing{Text: "Да"}); err != nil {
		t.Fatal(err)
	}
	if got := l.Shown(ivan)[1]; got.Text != "Да" || len(got.Attachments) != 3 {
		t.Errorf("edited: %+v", got)
	}
	if err := l.adapter.(channels.Deleter).Delete(t.Context(), "1001", sent.RemoteID); err != nil || !l.Shown(ivan)[1].Deleted {
		t.Errorf("deleted: %v, %+v", err, l.Shown(ivan)[1])
	}
	if err := l.adapter.(channels.Deleter).Delete(t.Context(), "1001", sent.RemoteID); err != nil {
		t.Errorf("deleted once more, as after a lost answer: %v", err)
	}
	if err := channels.AsError(l.adapter.(channels.Deleter).Delete(t.Context(), "1001", "of another network")); err == nil || err.Kind != channels.Permanent {
		t.Errorf("an id that is none: %v", err)
	}
}

func TestEchoOfOursIsProven(t *testing.T) {
	t.Parallel()
	l := open(t, "longpoll")
	l.run(t)
	if _, err := l.send(t, channels.Outgoing{Text: "ответ"}); err != nil {
		t.Fatal(err)
	}
	l.Answer(ivan, 5, "со страницы")
	l.arrives(t, "со страницы")
	for _, ev := range l.rec.Events() {
		if want := map[string]int64{"ответ": 11, "со страницы": 0}[ev.Message.Text]; ev.Direction != channels.Echo || ev.Message.Ours != want {
			t.Errorf("%q is ours by %d, want %d", ev.Message.Text, ev.Message.Ours, want)
		}
	}
}

func TestLostReplyIsShownOnce(t *testing.T) {
	t.Parallel()
	l := open(t, "longpoll")
	m := channels.Outgoing{Key: "11", MessageID: 11, Text: "один раз", Attempt: 1}
	l.Script("messages.send", vktest.LoseReply())
	if _, err := l.send(t, m); err == nil || err.Kind != channels.Uncertain || err.Code != vk.CodeUnconfirmed {
		t.Fatalf("the lost answer: %v", err)
	}
	if found, ok, err := l.adapter.(channels.SendFinder).FindSent(t.Context(), withChat(m)); err != nil || !ok || found.RemoteID != "1001_1" {
		t.Errorf("found %+v, %v, %v", found, ok, err)
	}
	if found, ok, err := l.adapter.(channels.SendFinder).FindSent(t.Context(), withChat(channels.Outgoing{Key: "12"})); err != nil || ok {
		t.Errorf("found what was not sent: %+v, %v", found, err)
	}
	sent, err := l.send(t, m)
	if err != nil || sent.RemoteID != "1001_1" || len(l.Shown(ivan)) != 1 {
		t.Errorf("again: %+v, %v, %d shown", sent, err, len(l.Shown(ivan)))
	}
}

func withChat(m channels.Outgoing) channels.Outgoing {
	m.Chat = "1001"
	return m
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code  int
		kind  channels.ErrorKind
		is    string
		scope channels.Scope
		wait  time.Duration
	}{
		{5, channels.AuthFailed, vk.CodeToken, channels.ScopeAccount, 0},
		{6, channels.Transient, vk.CodeSlower, channels.ScopeAccount, time.Second},
		{7, channels.Permanent, vk.CodeRight, channels.ScopeChat, 0},
		{9, channels.Transient, vk.CodeFlood, channels.ScopeChat, time.Minute},
		{10, channels.Uncertain, vk.CodeInternal, channels.ScopeChat, 5 * time.Second},
		{15, channels.Permanent, vk.CodeRight, channels.ScopeChat, 0},
		{27, channels.AuthFailed, vk.CodeToken, channels.ScopeAccount, 0},
		{28, channels.AuthFailed, vk.CodeToken, channels.ScopeAccount, 0},
		{29, channels.Transient, vk.CodeDaily, channels.ScopeAccount, time.Hour},
		{100, channels.Permanent, vk.CodeParameter, channels.ScopeChat, 0},
		{900, channels.Permanent, vk.CodeBlacklisted, channels.ScopeChat, 0},
		{901, channels.Permanent, vk.CodeNotAllowed, channels.ScopeChat, 0},
		{902, channels.Permanent, vk.CodePrivacy, channels.ScopeChat, 0},
		{911, channels.Permanent, vk.CodeKeyboard, channels.ScopeChat, 0},
		{912, channels.Permanent, vk.CodeBotsOff, channels.ScopeChat, 0},
		{914, channels.Permanent, vk.CodeTooLong, channels.ScopeChat, 0},
		{917, channels.Permanent, vk.CodeNoChat, channels.ScopeChat, 0},
		{925, channels.Permanent, vk.CodeNotAdmin, channels.ScopeChat, 0},
		{936, channels.Permanent, vk.CodeNoContact, channels.ScopeChat, 0},
		{945, channels.Permanent, vk.CodeChatOff, channels.ScopeChat, 0},
		{962, channels.Permanent, vk.CodeDonut, channels.ScopeChat, 0},
		{983, channels.Permanent, vk.CodeChatOff, channels.ScopeChat, 0},
		{77777, channels.Permanent, vk.CodeRefused, channels.ScopeChat, 0},
	} {
		t.Run(strconv.Itoa(c.code), func(t *testing.T) {
			t.Parallel()
			l := open(t, "longpoll")
			l.Script("messages.send", vktest.Refuse(c.code))
			_, err := l.send(t, channels.Outgoing{Text: "тайна"})
			if err == nil || err.Kind != c.kind || err.Code != c.is || err.Scope != c.scope || err.RetryAfter != c.wait {
				t.Errorf("the method fails with %+v", err)
			}
			l.Block(ivan, c.code) // VK names the error of one peer inside a good answer
			_, inside := l.send(t, channels.Outgoing{Text: "тайна"})
			if inside == nil || inside.Kind != c.kind || inside.Code != c.is {
				t.Errorf("the peer fails with %+v", inside)
			}
			if err != nil && (strings.Contains(err.Error(), "тайна") || strings.Contains(err.Error(), token)) {
				t.Errorf("the error says too much: %v", err)
			}
		})
	}
}

func TestEveryErrorHasWords(t *testing.T) {
	t.Parallel()
	for _, n := range vk.Listed() {
		if e := vk.Refused(n); e.Text == "" || e.Code == "" {
			t.Errorf("%d has no words: %+v", n, e)
		}
	}
	for _, code := range vk.Codes() {
		w, ok := vk.Words(code)
		if !ok || w.EN == "" || !strings.ContainsFunc(w.RU, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
			t.Errorf("%s: %+v", code, w)
		}
	}
	var bad *channels.ConfigError
	if e := vk.Refused(5); !errors.As(e.Err, &bad) || bad.Field != "token" || bad.EN != e.Text || bad.RU == "" {
		t.Errorf("a refused token is no problem of the configuration: %+v", e)
	}
}

// TestUploadsReachNobody fails every step before the message itself: none of it is uncertain.
func TestUploadsReachNobody(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		method string
		fault  vktest.Fault
		kind   channels.ErrorKind
	}{
		"the place is not said":  {"photos.getMessagesUploadServer", vktest.LoseReply(), channels.Transient},
		"no right":               {"photos.getMessagesUploadServer", vktest.Refuse(15), channels.Permanent},
		"the upload is lost":     {"upload", vktest.LoseReply(), channels.Transient},
		"the upload is garbled":  {"upload", vktest.Garble(), channels.Transient},
		"the upload is refused":  {"upload", vktest.Unavailable(), channels.Transient},
		"saving is garbled":      {"photos.saveMessagesPhoto", vktest.Garble(), channels.Transient},
		"saving is refused":      {"photos.saveMessagesPhoto", vktest.Refuse(129), channels.Permanent},
		"too many calls, saving": {"photos.saveMessagesPhoto", vktest.Refuse(6), channels.Transient},
		"the address expired":    {"photos.saveMessagesPhoto", vktest.Refuse(121), channels.Transient},
		"token gone":             {"photos.saveMessagesPhoto", vktest.Refuse(5), channels.AuthFailed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := open(t, "longpoll")
			l.Script(c.method, c.fault)
			_, err := l.send(t, channels.Outgoing{Text: "a", Files: []channels.File{l.put(t, "a.jpg", "image/jpeg", "JPG")}})
			if err == nil || err.Kind != c.kind || len(l.Attempts()) != 0 {
				t.Errorf("%+v after %d attempts", err, len(l.Attempts()))
			}
		})
	}
}

// lateFiles are attachments whose bytes cannot be had.
type lateFiles struct{ channels.Files }

func (lateFiles) Open(context.Context, channels.File) (io.ReadCloser, error) {
	return nil, errors.New("not here yet")
}

func TestRandomIDs(t *testing.T) {
	t.Parallel()
	const many = 20_000
	seen := make(map[int32]bool, many)
	for i := range many {
		id := vk.RandomID(key, strconv.Itoa(1_000_000+i))
		if id == 0 || seen[id] {
			t.Fatalf("message %d has the id %d again", i, id)
		}
		seen[id] = true
	}
	first := vk.RandomID(key, "5")
	if again := vk.RandomID(key, "5"); again != first || first == vk.RandomID([]byte("another"), "5") || vk.RandomID(key, "x") == vk.RandomID(key, "y") {
		t.Error("the id must hold for a message, and for this installation alone")
	}
}

func TestRender(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ html, text, format string }{
		"plain":    {"<p>Раз</p><p>Два<br>три</p>", "Раз\nДва\nтри", ""},
		"styles":   {"😀 <b>b</b><i>i</i><u>u</u> <s>s</s> <code>c</code>", "😀 biu s c", `[{"type":"bold","offset":3,"length":1},{"type":"italic","offset":4,"length":1},{"type":"underline","offset":5,"length":1}]`},
		"link":     {`<a href="https://a.ru/?x&amp;y">сайт</a>`, "сайт", `[{"type":"url","offset":0,"length":4,"url":"https://a.ru/?x&y"}]`},
		"bad link": {`<a href="javascript:x">сайт</a>`, "сайт", ""},
		"lists":    {"<p>a</p><ul><li>x</li><li>y</li></ul><ol><li>p</li><li>q</li></ol>", "a\n• x\n• y\n1. p\n2. q", ""},
		"quote":    {"<blockquote>a<br>b</blockquote><p>c</p>", "> a\n> b\nc", ""},
		"pre":      {"<pre>a\n  b</pre>", "a\n  b", ""},
		"nested":   {"<b>a<i>b</i></b>", "ab", `[{"type":"bold","offset":0,"length":2},{"type":"italic","offset":1,"length":1}]`},
		"scripts":  {"a<script>x</script><style>y</style>", "a", ""},
		"blanks":   {"  a \n b  <b> c </b>", "a b c", `[{"type":"bold","offset":4,"length":1}]`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if text, format := vk.Render(c.html); text != c.text || format != c.format {
				t.Errorf("got %q %s\nwant %q %s", text, format, c.text, c.format)
			}
		})
	}
}

func TestLongMarkupGoesAsText(t *testing.T) {
	t.Parallel()
	l := open(t, "longpoll")
	text := strings.Repeat("ж", 4096)
	if _, err := l.send(t, channels.Outgoing{Text: text, HTML: "<ul><li>" + text + "</li></ul>"}); err != nil || l.Attempts()[0].Text != text {
		t.Errorf("sent %d units, %v", len(l.Attempts()[0].Text), err)
	}
}

func TestKeyboards(t *testing.T) {
	t.Parallel()
	button := channels.Button{Text: "x", Data: "d"}
	for name, c := range map[string]struct {
		rows [][]channels.Button
		want []int // buttons per row
	}{
		"none":          {nil, nil},
		"as it is":      {[][]channels.Button{{button}, {button, button}}, []int{1, 2}},
		"too many rows": {slices.Repeat([][]channels.Button{{button}}, 10), []int{2, 2, 2, 2, 2}},
		"too long":      {[][]channels.Button{slices.Repeat([]channels.Button{button}, 6)}, []int{2, 2, 2}},
		"an empty row":  {[][]channels.Button{{}, {button}}, []int{1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var k struct{ Buttons [][]json.RawMessage }
			text := vk.Keyboard(c.rows)
			if (text == "") != (c.want == nil) || text != "" && json.Unmarshal([]byte(text), &k) != nil {
				t.Fatalf("keyboard %q", text)
			}
			var got []int
			for _, row := range k.Buttons {
				got = append(got, len(row))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("rows of %v, want %v", got, c.want)
			}
		})
	}
	long := vk.Keyboard([][]channels.Button{{{Text: strings.Repeat("ж", 41), Data: strings.Repeat(`"`, 120)}}})
	var k struct {
		Buttons [][]struct {
			Action struct{ Label, Payload string }
		}
	}
	if err := json.Unmarshal([]byte(long), &k); err != nil {
		t.Fatal(err)
	}
	if a := k.Buttons[0][0].Action; len([]rune(a.Label)) != 40 || len([]rune(a.Payload)) > 255 || !json.Valid([]byte(a.Payload)) {
		t.Errorf("label of %d, payload of %d", len([]rune(a.Label)), len([]rune(a.Payload)))
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	s := start(t, "longpoll")
	a, err := (&vk.Driver{}).Open(channels.Account{Kind: channels.KindVK, Config: config(s, "longpoll")}, channels.Env{
		Now: time.Now, HTTP: s.Client(), Files: lateFiles{}, Key: key,
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = a.Send(t.Context(), channels.Outgoing{Key: "1", Chat: "1001", Files: []channels.File{{Name: "a.pdf", Type: "application/pdf", Size: 3}}})
	if e := channels.AsError(err); e == nil || e.Kind != channels.Transient || e.Code != vk.CodeFile || e.Scope != channels.ScopeChat || len(s.Attempts()) != 0 {
		t.Errorf("%+v", e)
	}
}

func TestAddresses(t *testing.T) {
	t.Parallel()
	l := open(t, "longpoll")
	if _, err := l.send(t, channels.Outgoing{Chat: "somebody", Text: "a"}); err == nil || err.Kind != channels.Permanent || err.Code != vk.CodeChat {
		t.Errorf("a chat that is none: %v", err)
	}
	_, err := l.adapter.Send(t.Context(), channels.Outgoing{Key: "1", Text: "первым", To: []channels.Address{{Scope: "phone", Address: "+7"}, {Scope: "vk", Address: "1001"}}})
	if err != nil || l.Attempts()[0].Peer != "1001" {
		t.Errorf("written first: %v", err)
	}
	r := l.adapter.(channels.Reactor)
	if e := channels.AsError(r.React(t.Context(), "1001", "1001_1", "🦄")); e == nil || e.Code != vk.CodeReaction {
		t.Errorf("a reaction that VK lacks: %v", e)
	}
	if e := r.React(t.Context(), "1001", "1001_1", "❤"); e != nil {
		t.Errorf("a heart without its colour: %v", e)
	}
	if l.Shown(ivan)[0].Reaction != 1 {
		t.Errorf("shown %+v", l.Shown(ivan)[0])
	}
}
