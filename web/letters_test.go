package web_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/internal/auth"
	"parley/internal/config"
)

// dot is a picture of one dot.
const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="

// TestHostileLetter follows a letter from the network to the reader: with a script, with a
// picture that came with it and with one that is elsewhere.
func TestHostileLetter(t *testing.T) {
	t.Parallel()
	picture, err := base64.StdEncoding.DecodeString(dot)
	if err != nil {
		t.Fatal(err)
	}
	asked := make(chan *http.Request, 10)
	far := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.Clone(t.Context())
		_, _ = w.Write(picture)
	}))
	defer far.Close()
	h := bootWith(t, config.Config{EgressAllow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	ref, err := h.app.Blobs.Put(t.Context(), bytes.NewReader(picture), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.app.Intake.For(h.chat, func(context.Context, channels.Status) {}).Deliver(t.Context(), channels.Batch{Events: []channels.Event{{
		Key: "letter", Chat: "ann", At: time.Now(), Sender: channels.Sender{Scope: "email", Address: "ann@example.com", Name: "Ann"},
		Message: &channels.Message{
			RemoteID: "1", Text: "Hello",
			HTML:  `<p onclick="alert(1)">Hello</p><script>alert(1)</script><img src="cid:dot@x"><img src="` + far.URL + `/a.png">`,
			Files: []channels.File{{Hash: ref.Hash, Name: "dot.png", Type: "image/png", Size: ref.Size, ContentID: "dot@x", Inline: true}},
		},
	}}})
	if err != nil {
		t.Fatal(err)
	}

	talks := h.root.want(200, "GET", "/api/v1/conversations", nil).items()
	m := h.root.want(200, "GET", "/api/v1/conversations/"+talks[0]["id"].(string)+"/messages", nil).items()[0]
	own := m["attachments"].([]any)[0].(object)["url"].(string)
	at := "/api/v1/messages/" + m["id"].(string) + "/html"
	body := `<p>Hello</p><img src="` + own + `"><img class="parley-picture" data-parley-src="` + far.URL + `/a.png">`
	if m["html"] != body {
		t.Errorf("the message has %s, want %s", m["html"], body)
	}
	page := h.root.want(200, "GET", at, nil)
	if !strings.HasSuffix(string(page.raw), body+"</body></html>\n") || !strings.Contains(page.header.Get("Content-Security-Policy"), "sandbox allow-same-origin allow-popups") {
		t.Errorf("%v %s", page.header, page.raw)
	}
	h.agent(auth.NewAgent{Role: auth.RoleAgent}).want(200, "GET", at, nil)
	h.anybody().want(401, "GET", at, nil)
	h.key("files:read").want(403, "GET", at, nil)
	if got := h.root.want(200, "GET", own, nil); !bytes.Equal(got.raw, picture) || got.header.Get("Content-Type") != "image/png" {
		t.Errorf("its own picture is %v", got.header)
	}
	if len(asked) != 0 {
		t.Error("the far side was asked before anybody wanted its picture")
	}

	_, rest, _ := strings.Cut(string(h.root.want(200, "GET", at+"?images=true", nil).raw), ` src="/api/v1/pictures/`)
	token, _, _ := strings.Cut(rest, `"`)
	if got := h.root.want(200, "GET", "/api/v1/pictures/"+token, nil); !bytes.Equal(got.raw, picture) {
		t.Errorf("the far picture is %v", got.header)
	}
	h.anybody().want(401, "GET", "/api/v1/pictures/"+token, nil)
	if len(asked) != 1 {
		t.Errorf("the far side was asked %d times, want once", len(asked))
	}
}
