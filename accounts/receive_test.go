package accounts_test

import (
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"parley/accounts"
	"parley/channels"
	"parley/internal/fault"
)

func TestReceive(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		h := newHouse(m, newPuppet())
		h.start(t)
		a, err := h.Create(t.Context(), admin(), accounts.Draft{Kind: kindTest, Name: "pushed", Config: valid()})
		if err != nil {
			t.Fatal(err)
		}
		path := a.HookPath.Reveal()
		knock := path[strings.LastIndex(path, "/")+1:]
		if len(knock) < 26 {
			t.Fatalf("path %q", path)
		}
		r, err := h.sup.Receive(t.Context(), a.ID, knock, channels.Request{Body: []byte("hello")})
		if err != nil || string(r.Body) != "hello" {
			t.Errorf("answer %q, %v", r.Body, err)
		}
		for _, wrong := range []string{"", "x", knock[1:], strings.ToUpper(knock)} {
			if _, err := h.sup.Receive(t.Context(), a.ID, wrong, channels.Request{}); !errors.Is(err, accounts.ErrNotFound) {
				t.Errorf("secret %q: %v", wrong, err)
			}
			if err := h.sup.Knock(t.Context(), a.ID, wrong); !errors.Is(err, accounts.ErrNotFound) {
				t.Errorf("knock with %q: %v", wrong, err)
			}
		}
		if err := h.sup.Knock(t.Context(), a.ID, knock); err != nil {
			t.Errorf("knock: %v", err)
		}
		if _, err := h.sup.Receive(t.Context(), a.ID, knock, channels.Request{Body: []byte("poison")}); err == nil || fault.KindOf(err) != fault.Internal {
			t.Errorf("a panic became %v", err)
		}
		if _, err := h.Pause(t.Context(), admin(), a.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := h.sup.Receive(t.Context(), a.ID, knock, channels.Request{}); !errors.Is(err, accounts.ErrPaused) {
			t.Errorf("paused: %v", err)
		}
		if err := h.sup.Knock(t.Context(), a.ID, knock); !errors.Is(err, accounts.ErrPaused) {
			t.Errorf("knock while paused: %v", err)
		}
	})
}
