package outbox_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/channels"
	"parley/internal/outbox"
)

// changing is a script whose network changes messages too, and answers every change by fail.
type changing struct {
	script
	did  []string
	fail func(n int) error // of the n-th change, from 1; nil = all succeed
}

func (c *changing) note(what string) error {
	c.mu.Lock()
	c.did = append(c.did, what)
	n := len(c.did)
	c.mu.Unlock()
	if c.fail == nil {
		return nil
	}
	return c.fail(n)
}

func (c *changing) Edit(_ context.Context, remote string, m channels.Outgoing) error {
	return c.note("edit " + remote + " " + m.Text)
}

func (c *changing) Delete(_ context.Context, chat, remote string) error {
	return c.note("delete " + chat + " " + remote)
}

func (c *changing) React(_ context.Context, chat, remote, emoji string) error {
	return c.note(strings.TrimSpace("react " + chat + " " + remote + " " + emoji))
}

// act queues a change.
func (m *memory) act(a outbox.Act) int64 {
	id := m.put(1, 10, "a")
	m.mu.Lock()
	defer m.mu.Unlock()
	m.rows[id-1].item.Act = a
	return id
}

func TestDeedsGoByTheirAbilities(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src, a := &memory{}, &changing{}
		d := start(t, src, a)
		for _, act := range []outbox.Act{
			{Deed: outbox.Edit, RemoteIDs: []string{"r1"}},
			{Deed: outbox.React, RemoteIDs: []string{"r1"}, Emoji: "👍"},
			{Deed: outbox.React, RemoteIDs: []string{"r1"}},
			{Deed: outbox.Delete, RemoteIDs: []string{"r1", "r2", "r3"}},
		} {
			src.act(act)
		}
		d.Wake()
		time.Sleep(time.Second)
		d.Stop()
		want := []string{"edit r1 hello", "react a r1 👍", "react a r1", "delete a r3", "delete a r2", "delete a r1"}
		if !slices.Equal(a.did, want) {
			t.Errorf("did %q, want %q", a.did, want)
		}
		if len(a.attempts()) != 0 {
			t.Errorf("%d messages were sent", len(a.attempts()))
		}
	})
}

func TestDeedThatTheNetworkHasNotFails(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		src, a := &memory{}, &script{}
		d := start(t, src, a)
		ids := []int64{src.act(outbox.Act{Deed: outbox.Edit}), src.act(outbox.Act{Deed: outbox.Delete}), src.act(outbox.Act{Deed: outbox.React})}
		d.Wake()
		time.Sleep(time.Second)
		d.Stop()
		for _, id := range ids {
			state(t, src, id, "failed")
			if code := src.get(id).verdict.Code; code != outbox.CodeUnable {
				t.Errorf("item %d: %q", id, code)
			}
		}
		if len(a.attempts()) != 0 {
			t.Error("it was sent instead")
		}
	})
}

// TestUnknownDeedIsDoneAgain makes attempts whose outcome nobody knows: a change may be made twice, so it is, until it
// is given up and its outcome stays unknown.
func TestUnknownDeedIsDoneAgain(t *testing.T) {
	t.Parallel()
	lost := &channels.Error{Kind: channels.Uncertain, Code: "lost", Text: "the answer was lost"}
	for name, c := range map[string]struct {
		fail  func(n int) error
		state string
	}{
		"once": {func(n int) error {
			if n == 1 {
				return lost
			}
			return nil
		}, "sent"},
		"for ever": {func(int) error { return lost }, "uncertain"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				src, a := &memory{}, &changing{fail: c.fail}
				d := start(t, src, a)
				id := src.act(outbox.Act{Deed: outbox.Edit, RemoteIDs: []string{"r1"}})
				d.Wake()
				time.Sleep(time.Hour)
				d.Stop()
				state(t, src, id, c.state)
				if len(a.did) < 2 {
					t.Errorf("made %d times", len(a.did))
				}
			})
		})
	}
}
