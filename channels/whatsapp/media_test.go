package whatsapp_test

import (
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"parley/channels"
	"parley/channels/whatsapp/whatsapptest"
)

func TestFetch(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.open(t)
	sum := sha256.Sum256([]byte("photo"))
	var stolen atomic.Int32
	thief := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { stolen.Add(1) }))
	t.Cleanup(thief.Close)
	for name, c := range map[string]struct {
		up   whatsapptest.Upload
		kind channels.ErrorKind
		code string // "" = it comes
	}{
		"hash in hex":    {whatsapptest.Upload{Type: "image/jpeg", Data: []byte("photo")}, 0, ""},
		"hash in Base64": {whatsapptest.Upload{Type: "image/jpeg", Data: []byte("photo"), SHA256: base64.StdEncoding.EncodeToString(sum[:])}, 0, ""},
		"damaged":        {whatsapptest.Upload{Type: "image/jpeg", Data: []byte("photo"), SHA256: strings.Repeat("0", 64)}, channels.Transient, "media_damaged"},
		"elsewhere":      {whatsapptest.Upload{Type: "image/jpeg", Data: []byte("photo"), Host: thief.URL}, channels.Permanent, "media_elsewhere"},
		"like Meta":      {whatsapptest.Upload{Type: "image/jpeg", Data: []byte("photo"), Host: "https://evilfbsbx.com"}, channels.Permanent, "media_elsewhere"},
		"with a name":    {whatsapptest.Upload{Type: "image/jpeg", Data: []byte("photo"), Host: "https://graph.facebook.com@evil.example"}, channels.Permanent, "media_elsewhere"},
		"without TLS":    {whatsapptest.Upload{Type: "image/jpeg", Data: []byte("photo"), Host: "http://lookaside.fbsbx.com"}, channels.Permanent, "media_elsewhere"},
	} {
		f, err := a.Fetch(t.Context(), channels.Media{Ref: w.Keep(c.up), Kind: channels.MediaPhoto}, w.files)
		if c.code != "" {
			if e := failureOf(t, err); e.Kind != c.kind || e.Code != c.code {
				t.Errorf("%s: %s %s, want %s %s", name, e.Kind, e.Code, c.kind, c.code)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		r, err := w.files.Open(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		if data, err := io.ReadAll(r); err != nil || string(data) != "photo" || f.Name != "image.jpg" || f.Type != "image/jpeg" {
			t.Errorf("%s: %q as %+v, %v", name, data, f, err)
		}
	}
	if stolen.Load() > 0 {
		t.Error("the token went to a stranger")
	}
}

func TestFetchOfWhatIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.open(t)
	id := w.Keep(whatsapptest.Upload{Type: "image/jpeg", Data: []byte("photo")})
	w.Lose(id)
	for name, c := range map[string]struct {
		ref  string
		kind channels.ErrorKind
	}{
		"forgotten":    {id, channels.Permanent},
		"no id":        {"", channels.Permanent},
		"a path":       {"../" + meta.NumberID, channels.Permanent},
		"an address":   {"https://example.org/x", channels.Permanent},
		"with queries": {"1?access_token=x", channels.Permanent},
	} {
		_, err := a.Fetch(t.Context(), channels.Media{Ref: c.ref}, w.files)
		if e := failureOf(t, err); e.Kind != c.kind || e.Code != "media_unavailable" {
			t.Errorf("%s: %s %s", name, e.Kind, e.Code)
		}
	}
	w.dead.Store(true)
	w.http.CloseIdleConnections()
	_, err := a.Fetch(t.Context(), channels.Media{Ref: "123"}, w.files)
	if e := failureOf(t, err); e.Kind != channels.Transient {
		t.Errorf("nothing can be reached: %s %s", e.Kind, e.Code)
	}
}
