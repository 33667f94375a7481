package whatsapp_test

import (
	"net/http"
	"strings"
	"testing"

	"parley/channels"
)

func sizes(f channels.File, size int64) channels.File {
	f.Size = size
	return f
}

// TestLimitsAtTheEdge tries each limit just within and just over.
func TestLimitsAtTheEdge(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.open(t)
	file := func(name, mediaType string) channels.File { return put(t, w, name, mediaType, "x") }
	jpeg, mp4, ogg := file("a.jpg", "image/jpeg"), file("a.mp4", "video/mp4"), file("a.ogg", "audio/ogg")
	pdf, webp := file("a.pdf", "application/pdf"), file("a.webp", "image/webp")
	rows := func(n int) (list [][]channels.Button) {
		for i := range n {
			list = append(list, []channels.Button{{Text: strings.Repeat("x", 5) + string(rune('a'+i)), Data: string(rune('a' + i))}})
		}
		return list
	}
	one := func(text, data string) [][]channels.Button { return [][]channels.Button{{{Text: text, Data: data}}} }
	for name, c := range map[string]struct {
		m    channels.Outgoing
		code string // "" = goes through
	}{
		"4096 units":               {channels.Outgoing{Text: strings.Repeat("😀", 2048)}, ""},
		"4097 units":               {channels.Outgoing{Text: strings.Repeat("😀", 2048) + "x"}, channels.CodeTextTooLong},
		"a caption of 1024":        {channels.Outgoing{Text: strings.Repeat("ж", 1024), Files: []channels.File{jpeg}}, ""},
		"a caption of 1025":        {channels.Outgoing{Text: strings.Repeat("ж", 1025), Files: []channels.File{jpeg}}, channels.CodeTextTooLong},
		"a picture of 5 MiB":       {channels.Outgoing{Files: []channels.File{sizes(jpeg, 5<<20)}}, ""},
		"a larger picture":         {channels.Outgoing{Files: []channels.File{sizes(jpeg, 5<<20+1)}}, channels.CodeFileTooLarge},
		"a film of 16 MiB":         {channels.Outgoing{Files: []channels.File{sizes(mp4, 16<<20)}}, ""},
		"a larger film":            {channels.Outgoing{Files: []channels.File{sizes(mp4, 16<<20+1)}}, channels.CodeFileTooLarge},
		"sound of 16 MiB":          {channels.Outgoing{Files: []channels.File{sizes(ogg, 16<<20)}}, ""},
		"larger sound":             {channels.Outgoing{Files: []channels.File{sizes(ogg, 16<<20+1)}}, channels.CodeFileTooLarge},
		"a document of 100 MiB":    {channels.Outgoing{Files: []channels.File{sizes(pdf, 100<<20)}}, ""},
		"a larger document":        {channels.Outgoing{Files: []channels.File{sizes(pdf, 100<<20+1)}}, channels.CodeFileTooLarge},
		"a sticker of 500 KiB":     {channels.Outgoing{Files: []channels.File{sizes(webp, 500<<10)}}, ""},
		"a larger sticker":         {channels.Outgoing{Files: []channels.File{sizes(webp, 500<<10+1)}}, channels.CodeFileTooLarge},
		"a program":                {channels.Outgoing{Files: []channels.File{file("a.exe", "application/x-msdownload")}}, channels.CodeFileType},
		"ten choices":              {channels.Outgoing{Text: "?", Buttons: rows(10)}, ""},
		"eleven choices":           {channels.Outgoing{Text: "?", Buttons: rows(11)}, "buttons_invalid"},
		"a title of 20":            {channels.Outgoing{Text: "?", Buttons: one(strings.Repeat("ж", 20), "a")}, ""},
		"a title of 21":            {channels.Outgoing{Text: "?", Buttons: one(strings.Repeat("ж", 21), "a")}, "buttons_invalid"},
		"data of 200":              {channels.Outgoing{Text: "?", Buttons: one("a", strings.Repeat("x", 200))}, ""},
		"data of 201":              {channels.Outgoing{Text: "?", Buttons: one("a", strings.Repeat("x", 201))}, "buttons_invalid"},
		"equal titles":             {channels.Outgoing{Text: "?", Buttons: [][]channels.Button{{{Text: "a", Data: "1"}, {Text: "a", Data: "2"}}}}, "buttons_invalid"},
		"a body of 1024":           {channels.Outgoing{Text: strings.Repeat("ж", 1024), Buttons: rows(2)}, ""},
		"a longer body":            {channels.Outgoing{Text: strings.Repeat("ж", 1025), Buttons: rows(2)}, ""},
		"one too long with a list": {channels.Outgoing{Text: strings.Repeat("ж", 4096), Buttons: rows(2)}, channels.CodeTextTooLong},
		"nobody":                   {channels.Outgoing{Text: "hi", Chat: "nobody"}, "chat_invalid"},
		"a group without an id":    {channels.Outgoing{Text: "hi", Chat: "group:"}, "chat_invalid"},
		"a name":                   {channels.Outgoing{Text: "hi", Chat: "../../me"}, "chat_invalid"},
	} {
		if c.m.Chat == "" {
			c.m.Chat = phone
		}
		before := len(w.Calls())
		_, err := a.Send(t.Context(), c.m)
		switch {
		case c.code == "" && err != nil:
			t.Errorf("%s: %v", name, err)
		case c.code != "" && err == nil:
			t.Errorf("%s was sent", name)
		case c.code != "":
			if e := failureOf(t, err); e.Code != c.code || e.Kind != channels.Permanent || e.Text == "" {
				t.Errorf("%s: %s %s %q, want %s", name, e.Kind, e.Code, e.Text, c.code)
			}
			if len(w.Calls()) != before {
				t.Errorf("%s reached the network", name)
			}
		}
	}
}

func TestSeveralFilesAreSeveralMessages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.open(t)
	files := []channels.File{put(t, w, "a.png", "image/png", "p"), put(t, w, "b.pdf", "application/pdf", "d")}
	sent, err := a.Send(t.Context(), channels.Outgoing{Key: "5", MessageID: 5, Chat: phone, Text: "two", Files: files, ReplyTo: "wamid.0"})
	if err != nil {
		t.Fatal(err)
	}
	calls := w.Calls()
	if len(calls) != 2 || calls[0].Text != "two" || calls[1].Text != "" || sent.RemoteID != calls[0].ID {
		t.Fatalf("%+v, named %s", calls, sent.RemoteID)
	}
	if calls[0].Body["biz_opaque_callback_data"] != nil || calls[1].Body["biz_opaque_callback_data"] == nil {
		t.Errorf("a status of a part would settle the whole: %v, %v", calls[0].Body, calls[1].Body)
	}
	document := calls[1].Body["document"].(map[string]any)
	if up := w.File(document["id"].(string)); string(up.Data) != "d" || up.Name != "b.pdf" || up.Type != "application/pdf" || document["filename"] != "b.pdf" {
		t.Errorf("the document arrived as %+v", up)
	}

	w.Refuse(http.StatusBadRequest, 131026, 0, "undeliverable") // the first: nothing went
	_, err = a.Send(t.Context(), channels.Outgoing{Chat: phone, Files: files})
	if e := failureOf(t, err); e.Kind != channels.Permanent || e.Code != "undeliverable" {
		t.Errorf("the first of two was refused: %s %s", e.Kind, e.Code)
	}
	w.Next("")
	w.Refuse(http.StatusBadRequest, 131056, 0, "pair rate") // the second: a half went
	_, err = a.Send(t.Context(), channels.Outgoing{Chat: phone, Files: files})
	if e := failureOf(t, err); e.Kind != channels.Uncertain || e.Code != "partly_sent" || strings.Contains(e.Text, "pair rate") {
		t.Errorf("the second of two was refused: %s %s %q", e.Kind, e.Code, e.Text)
	}
}

func TestSoundHasItsTextBeforeIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if _, err := w.open(t).Send(t.Context(), channels.Outgoing{Chat: "+" + phone, Text: "listen", Files: []channels.File{put(t, w, "a.mp3", "audio/mpeg", "s")}}); err != nil {
		t.Fatal(err)
	}
	calls := w.Calls()
	if len(calls) != 2 || calls[0].Text != "listen" || calls[1].Body["type"] != "audio" || calls[0].To != phone {
		t.Errorf("%+v", calls)
	}
}

func TestButtonsBecomeWhatFits(t *testing.T) {
	t.Parallel()
	rows := [][]channels.Button{{{Text: "Yes", Data: "y"}, {Text: "No", Data: "n"}}, {{Text: "Later", Data: "l"}}}
	more := append(rows, []channels.Button{{Text: "Never", Data: "x"}})
	for name, c := range map[string]struct {
		m          channels.Outgoing
		kind, want string
	}{
		"buttons":     {channels.Outgoing{Text: "Well?", Buttons: rows}, "button", "Well?"},
		"a list":      {channels.Outgoing{Text: "Well?", Buttons: more}, "list", "Well?"},
		"a long text": {channels.Outgoing{Text: strings.Repeat("x", 1025), Buttons: rows}, "", strings.Repeat("x", 1025) + "\n\n1. Yes\n2. No\n3. Later"},
		"much markup": {channels.Outgoing{Text: strings.Repeat("x", 1023), HTML: "<b>" + strings.Repeat("x", 1023) + "</b>", Buttons: rows}, "button", strings.Repeat("x", 1023)},
		"links":       {channels.Outgoing{Text: "Look", Buttons: [][]channels.Button{{{Text: "Site", URL: "https://example.org"}}}}, "", "Look\n\n1. Site https://example.org"},
	} {
		w := newWorld(t)
		c.m.Chat = phone
		if _, err := w.open(t).Send(t.Context(), c.m); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		call := w.Calls()[0]
		inner, _ := call.Body["interactive"].(map[string]any)
		kind, _ := inner["type"].(string)
		if kind != c.kind || call.Text != c.want {
			t.Errorf("%s: %q %q", name, kind, call.Text)
		}
	}
}

func TestTypingAnswersTheLastMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.open(t)
	if err := a.Typing(t.Context(), "+"+phone, "Ann"); err != nil || len(w.Receipts()) != 0 {
		t.Errorf("typing without a message: %v, %d calls", err, len(w.Receipts()))
	}
	in := newInbox(a)
	in.push(t, w.Message(phone, "Ann", map[string]any{"id": "wamid.77", "type": "text", "text": map[string]any{"body": "hi"}}))
	if err := a.Typing(t.Context(), "+"+phone, "Ann"); err != nil {
		t.Fatal(err)
	}
	got := w.Receipts()
	if len(got) != 1 || got[0].Body["message_id"] != "wamid.77" || got[0].Body["typing_indicator"] == nil {
		t.Errorf("%+v", got)
	}
}

// TestRefusalsAreUnderstood has the server give Meta's codes.
func TestRefusalsAreUnderstood(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.open(t)
	for _, c := range []struct {
		status, meta int
		kind         channels.ErrorKind
		code         string
		scope        channels.Scope
	}{
		{400, 1, channels.Uncertain, "unknown_error", channels.ScopeChat},
		{503, 2, channels.Transient, "network_unavailable", channels.ScopeAccount},
		{400, 10, channels.AuthFailed, "permission_missing", channels.ScopeAccount},
		{403, 200, channels.AuthFailed, "permission_missing", channels.ScopeAccount},
		{400, 100, channels.Permanent, "request_refused", channels.ScopeChat},
		{401, 190, channels.AuthFailed, "token_invalid", channels.ScopeAccount},
		{403, 368, channels.Permanent, "policy_violation", channels.ScopeChat},
		{400, 80007, channels.Transient, "rate_limited", channels.ScopeAccount},
		{400, 130429, channels.Transient, "rate_limited", channels.ScopeAccount},
		{500, 131000, channels.Uncertain, "unknown_error", channels.ScopeChat},
		{503, 131016, channels.Transient, "network_unavailable", channels.ScopeAccount},
		{400, 131026, channels.Permanent, "undeliverable", channels.ScopeChat},
		{400, 131047, channels.Permanent, "window_closed", channels.ScopeChat},
		{400, 131048, channels.Transient, "spam_limited", channels.ScopeAccount},
		{400, 131049, channels.Permanent, "kept_back", channels.ScopeChat},
		{400, 131050, channels.Permanent, "marketing_stopped", channels.ScopeChat},
		{400, 131056, channels.Transient, "chat_rate_limited", channels.ScopeChat},
		{400, 132000, channels.Permanent, "template_values", channels.ScopeChat},
		{404, 132001, channels.Permanent, "template_missing", channels.ScopeChat},
		{400, 132015, channels.Permanent, "template_paused", channels.ScopeChat},
		{400, 132016, channels.Permanent, "template_disabled", channels.ScopeChat},
		{400, 999999, channels.Permanent, "refused", channels.ScopeChat},
		{500, 999999, channels.Uncertain, "answer_unclear", channels.ScopeChat},
		{429, 999999, channels.Transient, "rate_limited", channels.ScopeAccount},
	} {
		w.Refuse(c.status, c.meta, 0, "Malformed access token "+meta.Token)
		_, err := a.Send(t.Context(), channels.Outgoing{Chat: phone, Text: "hi"})
		e := failureOf(t, err)
		if e.Kind != c.kind || e.Code != c.code || e.Scope != c.scope {
			t.Errorf("HTTP %d, code %d: %s %s of scope %d, want %s %s of %d", c.status, c.meta, e.Kind, e.Code, e.Scope, c.kind, c.code, c.scope)
		}
		if e.Text == "" || strings.Contains(e.Error()+e.Text, meta.Token) {
			t.Errorf("HTTP %d, code %d: says %q", c.status, c.meta, e.Text)
		}
		if e.Kind == channels.Transient && e.RetryAfter < 0 {
			t.Errorf("HTTP %d, code %d: wait %s", c.status, c.meta, e.RetryAfter)
		}
	}
}

func TestFailedUploadReachesNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.open(t)
	good := put(t, w, "a.png", "image/png", "p")
	for name, m := range map[string]channels.Outgoing{
		"lost bytes": {Chat: phone, Text: "x", Files: []channels.File{good, {Hash: "none", Name: "b.png", Type: "image/png", Size: 1}}},
		"no bytes":   {Chat: phone, Text: "x", Files: []channels.File{good, put(t, w, "c.png", "image/png", "")}},
	} {
		_, err := a.Send(t.Context(), m)
		if e := failureOf(t, err); e.Kind == channels.Uncertain {
			t.Errorf("%s: %s %s", name, e.Kind, e.Code)
		}
	}
	if n := len(w.Calls()); n != 0 {
		t.Errorf("%d messages reached the network", n)
	}
}

func TestCheckSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(w *world, config map[string]string)
		want  [2]string // of number and business
	}{
		"all is well":   {func(*world, map[string]string) {}, [2]string{"", ""}},
		"other number":  {func(_ *world, c map[string]string) { c["phone_number_id"] = "123" }, [2]string{"number_unknown", ""}},
		"other account": {func(_ *world, c map[string]string) { c["business_id"] = "123" }, [2]string{"", "business_unknown"}},
		"no app":        {func(w *world, _ map[string]string) { w.Unsubscribe() }, [2]string{"", "not_subscribed"}},
		"no token":      {func(w *world, _ map[string]string) { w.Deny() }, [2]string{"token_invalid", "token_invalid"}},
		"dead":          {func(w *world, _ map[string]string) { w.dead.Store(true) }, [2]string{"unreachable", "unreachable"}},
	} {
		w := newWorld(t)
		account := w.account()
		c.spoil(w, account.Config)
		for i, check := range w.openAs(t, account).Check(t.Context()) {
			code := ""
			if check.Err != nil {
				e := failureOf(t, check.Err)
				code = e.Code
				if strings.Contains(e.Error()+e.Text, meta.Token) {
					t.Errorf("%s: the token is told", name)
				}
			}
			if want := c.want[i]; code != want {
				t.Errorf("%s: %s is %q, want %q", name, check.Part, code, want)
			}
		}
	}
}
