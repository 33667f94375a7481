package alert_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/channels"
	"parley/inbox"
	"parley/inbox/actor"
	"parley/internal/auth"
	"parley/internal/jobs"
	"parley/internal/notify"
	"parley/internal/store"
	"parley/internal/store/storetest"
	"parley/router/alert"
	"parley/router/assign"
	"parley/router/routertest"
)

// house is everything around telling people, over a real database: what they are told is
// kept there.
type house struct {
	*routertest.World
	alerts *alert.Service
	rang   []string // also what was rolled back
	people []alert.Colleague
}

const ann, bob, eve = inbox.AgentID(1), inbox.AgentID(2), inbox.AgentID(3)

func each(t *testing.T, run func(t *testing.T, h *house)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, db *store.DB) {
		h := &house{World: routertest.New(t, db, 0)}
		sees := func(id inbox.AgentID, name string, scope actor.Scope) alert.Colleague {
			return alert.Colleague{ID: id, Name: name, Viewer: actor.Viewer{AgentID: int64(id), Scope: scope}}
		}
		h.people = []alert.Colleague{sees(ann, "Ann Lee", actor.All), sees(bob, "Bob", actor.All), sees(eve, "Eve", actor.Own)}
		h.Write(func(ctx context.Context) error {
			for _, p := range h.people {
				a := auth.Agent{ID: auth.AgentID(p.ID), Email: fmt.Sprint(p.ID, "@example.com"), Name: p.Name, Role: auth.RoleAgent, Presence: auth.Online, CreatedAt: h.Now()}
				if err := db.InsertAgent(ctx, a); err != nil {
					return err
				}
			}
			return nil
		})
		h.alerts = alert.New(alert.Options{Store: db, Colleagues: func(context.Context) ([]alert.Colleague, error) { return h.people, nil }, Ring: h.ring})
		db.OnSave(alert.Listen)
		run(t, h)
	})
}

// mentioned counts the conversations that an agent finds among their mentions.
func (h *house) mentioned(id inbox.AgentID) int {
	h.T.Helper()
	for _, p := range h.people {
		if p.ID == id {
			page, err := h.DB.Conversations(h.T.Context(), p.Viewer, inbox.Filter{Mentioned: true, Limit: 10})
			if err != nil {
				h.T.Fatal(err)
			}
			return len(page.Items)
		}
	}
	return 0
}

func (h *house) ring(ctx context.Context, a alert.Alert) error {
	h.rang = append(h.rang, fmt.Sprint(a.Kind, " ", a.Agent))
	id, err := h.DB.NextID(ctx)
	if err != nil {
		return err
	}
	if a.As != "" {
		a.Key = a.AsKey
	}
	_, err = h.DB.AddTold(ctx, &notify.Told{ID: id, Badge: true, Alert: notify.Alert{
		Agent: int64(a.Agent), Key: a.Key, Kind: notify.Kind(a.Kind), Conversation: int64(a.Conversation), Number: a.Number, Message: int64(a.Message), By: int64(a.By), At: a.At,
	}})
	return err
}

// last is what somebody was told last.
func (h *house) last() notify.Told {
	h.T.Helper()
	rows, err := h.DB.FeedAfter(h.T.Context(), 0, 1000)
	if err != nil {
		h.T.Fatal(err)
	}
	for _, r := range slices.Backward(rows) {
		if r.Type == "notification.created" {
			t, _, err := h.DB.Told(h.T.Context(), r.ObjectID)
			if err != nil {
				h.T.Fatal(err)
			}
			return t
		}
	}
	return notify.Told{}
}

// told runs the jobs and says who was told what since the last time.
func (h *house) told() string {
	h.T.Helper()
	head, err := h.DB.FeedHead(h.T.Context())
	if err != nil {
		h.T.Fatal(err)
	}
	h.Pass(time.Millisecond) // messages of one moment are told apart by the next ones
	h.Work(h.alerts.Run, time.Millisecond)
	rows, err := h.DB.FeedAfter(h.T.Context(), head, 100)
	if err != nil {
		h.T.Fatal(err)
	}
	var ids []int64
	for _, r := range rows {
		if r.Type == "notification.created" {
			ids = append(ids, r.ObjectID)
		}
	}
	list, err := h.DB.FeedTold(h.T.Context(), ids)
	if err != nil {
		h.T.Fatal(err)
	}
	var out []string
	for _, t := range list {
		if t.Number == 0 || t.Conversation == 0 {
			h.T.Errorf("%+v is about no conversation", t)
		}
		out = append(out, fmt.Sprint(t.Kind, " ", t.Agent))
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

func (h *house) give(by, to inbox.AgentID, c inbox.ConversationID) {
	h.T.Helper()
	if _, err := h.Inbox.Patch(h.T.Context(), routertest.Viewer(auth.AgentID(by), "x"), c, inbox.Patch{Assignee: &to}); err != nil {
		h.T.Fatal(err)
	}
}

func (h *house) note(by inbox.AgentID, c inbox.ConversationID, text string) {
	h.T.Helper()
	if _, err := h.Inbox.Write(h.T.Context(), routertest.Viewer(auth.AgentID(by), "x"), c, inbox.Answer{Kind: inbox.KindNote, Text: text}); err != nil {
		h.T.Fatal(err)
	}
}

func TestWhoIsToldOfWhat(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		check := func(when, want string) {
			t.Helper()
			if got := h.told(); got != want {
				t.Errorf("%s: %q, want %q", when, got, want)
			}
		}
		c := h.Says("v", "1", "hello")
		if list := h.Claim("nobody's"); len(list) != 0 {
			t.Errorf("what is nobody's left %d jobs", len(list))
		}
		h.give(ann, ann, c)
		check("took it herself", "")
		h.Says("v", "2", "again")
		check("a message in hers", "message 1")
		h.give(ann, bob, c)
		check("passed it on", "assigned 2")
		h.give(ann, eve, c)
		h.give(bob, bob, c)
		check("nobody has it any more for whom it was meant", "")
		h.note(ann, c, "@bob and @Ann Lee, see this; @eve cannot; jane@bob.example")
		check("a note names colleagues", "mention 2")
		for who, want := range map[inbox.AgentID]int{ann: 0, bob: 1, eve: 0} { // Eve sees it once it is hers
			if n := h.mentioned(who); n != want {
				t.Errorf("agent %d finds %d conversations where they were named, want %d", who, n, want)
			}
		}
		h.give(ann, eve, c)
		if h.mentioned(eve) != 1 {
			t.Error("what names her is not among her mentions when she may see it")
		}
		h.give(ann, bob, c)
		check("given away and taken again", "assigned 2")
		h.note(ann, c, "nothing for anybody")
		check("a note names nobody", "")
		h.Deliver(channels.Event{
			Key: "3", Direction: channels.Inward, Chat: "v", Sender: channels.Sender{Scope: "visitor", Address: "v"},
			Message: &channels.Message{Text: "out of office"}, Nature: channels.NatureAutoReply,
		})
		check("a machine wrote", "")
		h.people = h.people[:1]
		h.Says("v", "4", "is anybody there?")
		check("who has it is disabled", "")
	})
}

// TestOnceWhateverFails has the work done again after it was rolled back, and the same
// events come twice.
func TestOnceWhateverFails(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		c := h.Says("v", "1", "hello")
		h.give(ann, bob, c)
		list := h.Claim("dies")
		broken := errors.New("the node died")
		err := h.DB.Write(t.Context(), func(ctx context.Context) error {
			if err := h.Do(ctx, h.alerts.Run, list, "dies"); err != nil {
				return err
			}
			return broken
		})
		if !errors.Is(err, broken) || len(h.rang) != 1 {
			t.Fatalf("rang %v, %v", h.rang, err)
		}
		h.Write(func(ctx context.Context) error { // another job that says the same
			return h.DB.AddJobs(ctx, []jobs.New{{Kind: alert.JobEvents, Key: "twin", Payload: list[0].Payload, Due: h.Now(), Together: true}})
		})
		h.Pass(time.Minute) // the claim runs out
		if got := h.told(); got != "assigned 2" || len(h.rang) != 3 {
			t.Errorf("told %q, rang %v", got, h.rang)
		}
	})
}

// TestHandedOverWithANote tells who gave a conversation away, and by which note; one's own taking, and what a schedule
// hands out, name nobody.
func TestHandedOverWithANote(t *testing.T) {
	t.Parallel()
	each(t, func(t *testing.T, h *house) {
		c, to := h.Says("v", "1", "hello"), bob
		if _, err := h.Inbox.Patch(t.Context(), routertest.Viewer(auth.AgentID(ann), "x"), c, inbox.Patch{Assignee: &to, Note: "the blue one"}); err != nil {
			t.Fatal(err)
		}
		if got := h.told(); got != "assigned 2" {
			t.Fatalf("told %q", got)
		}
		given := h.last()
		quote, found, err := h.DB.Quote(t.Context(), given.Message)
		if err != nil || !found || given.By != int64(ann) || quote.Text != "the blue one" {
			t.Errorf("told %+v, quoting %+v, %v", given, quote, err)
		}
		h.give(bob, ann, c)
		if got := h.told(); got != "assigned 1" || h.last().By != int64(bob) || h.last().Message != 0 {
			t.Errorf("given back without a word: %q, %+v", got, h.last())
		}
		if _, err := h.Inbox.Patch(t.Context(), routertest.Viewer(auth.AgentID(ann), "x"), c, inbox.Patch{Assignee: &to, Note: "@bob, this is yours; @Ann knows it"}); err != nil {
			t.Fatal(err)
		}
		if got := h.told(); got != "assigned 2" || h.mentioned(bob) != 1 {
			t.Errorf("handed over and named: %q, %d mentions", got, h.mentioned(bob))
		}
		h.give(bob, ann, c)
		h.told()
		h.Says("v", "2", "and?")
		if got := h.told(); got != "message 1" || h.last().By != 0 {
			t.Errorf("a message: %q, %+v", got, h.last())
		}
	})
}

func TestDecisionsOfRouting(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	entry := func(typ string, data map[string]any) inbox.Entry {
		return inbox.Entry{ID: 9, ConversationID: 5, At: at, Type: typ, Cause: actor.Cause{Kind: actor.Clock}, Data: data}
	}
	for name, c := range map[string]struct {
		entries []inbox.Entry
		want    string // in the payload
		not     string
	}{
		"handed out":    {[]inbox.Entry{entry("assignment", map[string]any{"to": "1"}), entry("routing", map[string]any{"agent_id": "1", "reason": assign.ByTurn})}, `"kind":"assigned"`, "escalation"},
		"to the head":   {[]inbox.Entry{entry("assignment", map[string]any{"to": "1"}), entry("routing", map[string]any{"agent_id": "1", "reason": assign.ByHead})}, `"kind":"escalation"`, "assigned"},
		"offered":       {[]inbox.Entry{entry("routing", map[string]any{"reason": assign.ByOffer, "offered": []any{"1", "2"}})}, `"agent":2`, "escalation"},
		"taken from":    {[]inbox.Entry{entry("assignment", map[string]any{"from": "1", "to": nil})}, "", "kind"},
		"another thing": {[]inbox.Entry{entry("priority", map[string]any{"to": "1"})}, "", "kind"},
	} {
		ch := &inbox.Changes{Timeline: c.entries}
		alert.Listen(ch)
		payload := ""
		for _, f := range ch.FollowUps {
			payload += f.Payload
		}
		if !strings.Contains(payload, c.want) || c.want == "" && payload != "" || strings.Contains(payload, c.not) {
			t.Errorf("%s: %s", name, payload)
		}
	}
}
